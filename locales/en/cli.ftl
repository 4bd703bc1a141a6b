# The command line: heads of columns, results, what is wrong in a roster
column-students = Students
column-id = ID
column-name = Name
column-zone = Zone
column-language = Language
column-policy = Policy
column-number = Number
column-role = Role
column-class = Class
column-child = Child
column-state = State
column-until = Good until
column-code = Code (shown once)
column-link = Link
column-rule = Duty
column-owed_by = Owed by
column-mentor = Mentor
column-student = Student
column-last = Last
column-due = Due
column-overdue_days = Days overdue
column-file = File
column-line = Line
column-key = Key
column-expected = Expected
column-sheet = Sheet
column-row = Row
column-column = Column
column-reason = Reason
column-what = What
column-new = New
column-changed = Changed
column-unchanged = Unchanged

cli-words = { $words }
cli-no-schools = There is no school yet. Begin one with: daoyu school new --name NAME
cli-no-such-school = No school has the ID { $id }. `daoyu school list` shows all of them.
cli-long-name = A school’s name has at most { $longest } characters, on one line.
cli-no-name = Please give the school's name with --name.
cli-no-such-language = There is no such language. Choose one of: { $known }.
cli-no-such-policy = There is no policy and no file called "{ $name }". Policies: { $known }.
cli-policy-set = From { $day } on the new policy is in force at { $school }.
cli-policy-line = { $place }: expected { $expected }
cli-did-you-mean = { $said } (did you mean { $word }?)
cli-policy-right =
    { $rules ->
        [one] { $file } is right: policy { $name } with one rule; every key, word, number and time was checked. What it demands: daoyu policy explain { $file }
       *[other] { $file } is right: policy { $name } with { $rules } rules; every key, word, number and time was checked. What it demands: daoyu policy explain { $file }
    }
cli-policy-wrong = { $count ->
    [one] One thing is wrong in this policy.
   *[other] { $count } things are wrong in this policy.
}
cli-file = The file { $file } cannot be read: { $fault }
cli-fault-no-file = there is no such file.
cli-fault-folder = this is a folder, not a file.
cli-fault-denied = it may not be opened from here.
cli-fault-other = { $fault }
cli-file-not-utf8 = The file { $file } is not UTF-8 from line { $line } on (perhaps it is GBK). Please open it in an editor, save it as UTF-8 and try again.
cli-nobody = There is nobody to list.
cli-no-groups = No groups yet. Begin one with daoyu group add, or with /record in the chat.
cli-group-name = A group’s name has 1 to { $longest } characters.
cli-no-such-group = No such group. daoyu group list --format csv prints the IDs.
cli-group-nothing-to-change = What shall change? Give --name, --leader, --add or --remove.
cli-group-not-in-it = { $named } is not in this group.
cli-group-nobody-in-it = A group has at least one student. To end it, use daoyu group end.
cli-group-changed = The group “{ $name }” is led by { $leader }, with { $who }.
cli-nobody-called = Nobody called “{ $named }” was found. Write a number, or the full name.
cli-several-called = Several are called “{ $named }”. Write the number.
group-ended = The group ends today. What it did stays on record.
cli-no-duties = Nothing stands open: every talk and every contact is done.
cli-no-moment = Please write --at as '2026-09-21 08:00' or 2026-09-21T08:00:00+08:00.
cli-no-such-rule = The policy in force has no rule called “{ $name }”. Rules: { $known }.
cli-nobody-of-this-name = Nobody at the school is called “{ $name }”, and no class or group. Please write the name as the roster has it.

invite-state-none = none
invite-state-open = open
invite-state-used = joined
invite-state-expired = expired
invite-hidden = Open codes that are not shown were made earlier, and only a hash of them is kept. --renew makes new ones; the old ones then open nothing.
invite-print-no-bot = A slip needs a link: add --bot with the bot's user name, or set DAOYU_TELEGRAM_BOT.
invite-print-everybody = Everybody has joined. There is nothing to print.
invite-no-such-class = There is no class called “{ $name }”.
invite-printed =
    { $count ->
        [one] One slip.
       *[other] { $count } slips.
    } Open the file in a browser and print it on A4. Codes that these people had before open nothing any more.
paper-no-such-mentor = There is no mentor with the staff number “{ $number }”.
paper-nobody = Everybody is in the chat. There is nothing to print.
paper-printed =
    { $count ->
        [one] One sheet.
       *[other] { $count } sheets.
    } Open the file in a browser, print it on A4 and give it to the mentor.
invite-no-bot = With --bot NAME each code comes with a link that opens the bot.
unbind-done = { $name } is bound to no account any more. `daoyu invite list` makes a new code.
unbind-not-joined = { $name } has not joined: there is no account to take away.
unbind-nobody = There is nobody like that. Look at the number, the name, the class or the child's name again.
unbind-several = { $count } people fit. Say more with --number, --class or --child, until one is left.

roster-what-classes = Classes
roster-what-staff = Staff
roster-what-students = Students
roster-what-guardians = Guardians
roster-what-pairings = Pairings
roster-unused = Columns that were not read: { $heads }.
roster-not-kept = Columns that are known and not kept, since daoyu does not need them: { $heads }.
roster-nothing-new = The roster says what { $school } has already. There is nothing to change.
roster-dry-run = This was a rehearsal, nothing was written. Without --dry-run it is written to { $school }.
roster-written = Written to { $school }.
roster-refused = { $count ->
    [one] One thing needs to be put right.
   *[other] { $count } things need to be put right.
} Nothing was written; correct the file and import it again.

roster-file-too-large = The file is too large: it may have { $packed } MB, and unpacked { $megabytes } MB.
roster-file-too-many-rows = Too many rows (sheet "{ $sheet }"): at most { $rows }.
roster-file-too-many-columns = Too many columns (sheet "{ $sheet }"): at most { $columns }.
roster-file-old-excel = This is a file of Excel 95 or before. Please save it as .xlsx in Excel and import that.
roster-file-too-much = There is too much in it: at most { $cells } cells that hold anything.
roster-file-too-many-sheets = Too many sheets: at most { $sheets }.
roster-file-broken = This Excel file cannot be opened; it may be damaged or have a password. Please save a copy and try that.
roster-file-encoding = The encoding of this file is unknown. Please save it as CSV UTF-8 or .xlsx.

roster-wrong-nobody = There is nobody in the file.
roster-wrong-heads = No heads of columns were found: the first rows must have some like "name" and "student number".
roster-wrong-head-twice = Means the same as "{ $other }"; please keep one of them.
roster-wrong-fault = The formula in this cell has failed; please write text.
roster-wrong-no-name = The name is missing.
roster-wrong-no-number = The student number is missing: it tells students of one name apart.
roster-wrong-no-class = A new student needs a class.
roster-wrong-no-guardian-name = With a guardian's phone or relation, please give the name too.
roster-wrong-no-class-for-role = For "{ $role }" please give the class.
roster-wrong-student-and-staff = Nobody is both a student and staff.
roster-wrong-role = The role "{ $word }" is unknown. Known are: student, mentor, head teacher, chief mentor, counsellor, office, principal, supervisor, external mentor.
roster-wrong-relation = The relation "{ $word }" is unknown. Known are: father, mother, grandfather, grandmother, sibling, relative, other.
roster-wrong-phone = This does not look like a phone number.
roster-wrong-rounded = Excel has rounded this long number. Please format the column as text and write it again.
roster-wrong-long = This is too long.
roster-wrong-born = This date cannot be read. Please write 2012-05-06, the year first; a month alone is 2012-05.
roster-wrong-born-when = No student is born on { $day } (students are 4 to 30 years old). Please check.
roster-wrong-twice = The same person as in row { $row }.
roster-wrong-number-twice = The same number as in row { $row }.
roster-wrong-same-name = { $count } teachers are called "{ $name }"; please give the staff number.
roster-wrong-no-teacher = No teacher is called "{ $name }". Please add the teacher to the staff, or check the name or number.

roster-template =
    name,role,student number,staff number,grade,class,date of birth,mentor,guardian,relation,phone,guardian 2,guardian 2 relation,guardian 2 phone
    Wang Fang,"mentor, head teacher",,T001,Grade 7,1,,,,,13800000001,,,
    Zhao Min,counsellor,,T002,,,,,,,13800000002,,,
    Li Lei,student,20260101,,Grade 7,1,2013-09-21,Wang Fang,Li Jianguo,father,13900000001,Han Xue,mother,13900000002

policy-expected-policy = a policy, and nothing stands in the file. To begin with one of ours: daoyu policy show middle > ours.toml
policy-expected-once = this only once; it stands above already
policy-expected-toml = TOML; please look at the quotes, brackets and equals signs of this line ({ $detail })
policy-expected-key = one of the keys { $words }
policy-expected-present = something here: it is missing
policy-expected-section = a section ([name] on a line of its own, or { "{" } key = value { "}" })
policy-expected-sections = one section or more, like [[rule]]
policy-expected-text = a text that is not empty
policy-expected-name = a name of a-z, 0-9 and _
policy-expected-own-name = a name that no other rule has
policy-expected-number = a whole number from { $min } to { $max }
policy-expected-one-of = one of { $words }
policy-expected-choice = a list of at most { $most } of these words, each once: { $words }
policy-expected-time = a time like 08:00
policy-expected-cron = a cron expression of six fields (second minute hour day month weekday), like "0 0 8 * * *"
policy-expected-cron-once-a-day = a cron expression with one time of day
policy-expected-cron-weekday-names = a cron expression with weekdays by name (MON, TUE, ...): numbers are easily miscounted
policy-expected-one-cadence = exactly one of every, at_least, at and after
policy-expected-checkin-once-per-period = for a check-in, at_least with times = 1
policy-expected-talk-after-wish = a talk after a student’s wish: record = "talk"
policy-expected-no-form = no form: records of this kind have none
policy-expected-event-of-pairing = about = "pairing": what follows a pairing's beginning or an exam is about each student
policy-expected-one-checkin-rule = no second rule about check-ins

# The calendar
column-first = first day
column-last_day = last day
calendar-term = term
calendar-off = day off
calendar-school = make-up day
calendar-mid_term = mid-term exams
calendar-end_of_term = exams at the end of the term
calendar-week = weekdays
calendar-exam = exams
calendar-empty = No calendar yet: every weekday counts as a school day. Enter one with daoyu calendar import.
calendar-written = Written to the calendar of { $school }: { $terms ->
        [one] 1 term
       *[other] { $terms } terms
    }, { $days ->
        [one] 1 special day
       *[other] { $days } special days
    }, { $exams ->
        [one] 1 exam
       *[other] { $exams } exams
    }.
calendar-wrong-form = { $place }: { $reason }. For the form see daoyu calendar import --help.
calendar-wrong-span = “{ $name }” ends before it begins, or lasts over a year.
calendar-wrong-overlap = The terms “{ $one }” and “{ $other }” share days.
calendar-wrong-twice = { $day } is named twice.

# What several commands say
cli-no-database = There is no database at { $file }. Check --database, DATABASE_URL and daoyu.toml.
cli-database-newer = A newer daoyu has changed this database. Please use that version.
cli-file-not-written = The file { $file } cannot be written: { $fault }

# Backup and restore
backup-progress = Backing up … { $percent }%, { $rows } rows
backup-file-there = { $file } is there already. Choose another name, or write over it with --force.
backup-nothing = There is nothing in this database yet, so there is nothing to back up.
backup-twice = Another backup is just being written to { $file }.
backup-stopped = Stopped. No backup was written.
backup-done =
    Backed up and read again: { $rows } rows as of { $at }, { $size } MB.
    { $file }
    It holds personal data of children: keep it encrypted, and on another machine.
restore-checking = Checking … { $percent }%, { $rows } rows
restore-progress = Restoring … { $percent }%, { $rows } rows
restore-whole = This backup is whole: { $rows } rows in { $tables } tables as of { $at }, made by daoyu { $version }.
restore-done = Restored and checked: { $rows } rows in { $tables } tables, as everything was at { $at }. `daoyu serve` may start.
restore-replies = { $count ->
    [one] One answer that nobody waits for any more was
   *[other] { $count } answers that nobody waits for any more were
} left out.
restore-open-again = { $count ->
    [one] One message was on its way when the backup was made: it goes out
   *[other] { $count } messages were on their way when the backup was made: they go out
} with the next start, perhaps a second time.
restore-not-empty =
    This database is not empty (schools: { $schools }, people: { $people }, records: { $records }, rows in all: { $rows }). Nothing was changed.
    Restore into a new one: name another file with --database sqlite:FILE, or make an empty PostgreSQL database.
restore-served = A daoyu serves this database. Stop it first, and start it again when everything is restored.
restore-other-columns = This backup is of daoyu { $version }, and this version keeps the table { $table } differently. Restore it with that version, then start this one.
restore-strange = { $file } is not a backup that daoyu made.
restore-cut-short = { $file } is damaged: its end is missing, or its index is broken. Perhaps it was not copied to the end. Please take another backup.
restore-damaged = { $file } is damaged: { $part } is not what was backed up. Nothing was restored. Please take another backup.
restore-too-new = { $file } was made by a newer daoyu. Please update daoyu first.
restore-changed = The file changed while it was read. Nothing was restored.

# What was set aside
column-message = Class
column-account = Account
column-since = Age
column-tries = Tries
message-alert = alert
message-reply = answer
message-notice = notice
lasted-minutes = { $count } min
lasted-hours = { $count } h
lasted-days = { $count } days
cli-yes = yes
cli-say-yes = Nobody can be asked here. If you are sure, add --yes.
cli-nothing-done = Nothing was changed.
outbox-none = No message was set aside.
outbox-none-open = No message waits.
outbox-unknown =
    No such message was set aside:
    { $ids }
    Nothing was changed. `daoyu outbox list` shows which there are.
outbox-open-again = { $count ->
    [one] One message stands
   *[other] { $count } messages stand
} open again. A running daoyu sends within seconds, otherwise they go with the next start.
outbox-drop-sure = { $count ->
    [one] One message is
   *[other] { $count } messages are
} deleted and will never arrive. Sure? [y/N]
outbox-dropped = { $count ->
    [one] One message was
   *[other] { $count } messages were
} deleted.
inbox-none = No update was set aside.
inbox-none-open = No update waits.
inbox-unknown =
    No such update was set aside:
    { $ids }
    Nothing was changed. `daoyu inbox list` shows which there are.
inbox-open-again = { $count ->
    [one] One update stands
   *[other] { $count } updates stand
} open again. A running daoyu answers within seconds, otherwise they are answered with the next start.

# The doctor
column-check = Looked at
column-says = Finding
column-remedy = What to do
doctor-state-ok = well
doctor-state-warning = warning
doctor-state-wrong = wrong
doctor-state-skipped = left out
doctor-well = All is well.
doctor-warnings = { $count ->
    [one] Nothing is wrong; one thing is
   *[other] Nothing is wrong; { $count } things are
} worth a look.
doctor-wrong = { $count ->
    [one] One thing is wrong.
   *[other] { $count } things are wrong.
}
doctor-broken = The check "{ $check }" could not be made: { $fault }
doctor-broken-do = If the database is well otherwise, please report this.
doctor-setting = A setting is wrong: { $wrong }
doctor-setting-do = Correct it in the environment or in daoyu.toml; `daoyu serve --help` names all settings.

doctor-database = The database answers: { $name } { $version }.
doctor-database-none = There is no database at { $file }.
doctor-database-none-do = If a school is there already, check --database, DATABASE_URL and daoyu.toml. Otherwise begin one with `daoyu school new`.
doctor-database-away = The database cannot be opened: { $fault }
doctor-database-away-do = Check DATABASE_URL, whether the server is up, and whether you may read the file.
doctor-schema = The schema is that of this version (step { $version }).
doctor-schema-none = The database is empty.
doctor-schema-older = The schema is older than this version: step { $version } of { $newest }.
doctor-schema-older-do = Make a backup. The next start of `daoyu serve`, or any other command, brings it up to date.
doctor-schema-newer = A newer daoyu has changed this database: it is at step { $version }, this version knows { $newest }.
doctor-schema-newer-do = Update this program; do not run it on this database.
doctor-schema-broken = An update of the schema was not finished: step { $version }.
doctor-schema-broken-do = Stop daoyu and restore the last backup into a new database, or ask for help.
doctor-clocks = The clocks of this machine and of the database agree.
doctor-clocks-apart = The clocks of this machine and of the database differ by { $seconds } seconds.
doctor-clocks-do = Have both set their clocks by NTP (`timedatectl`).
doctor-writable = PostgreSQL lets daoyu write.
doctor-read-only = PostgreSQL does not let daoyu write: it is a standby, read-only, or rights are missing.
doctor-read-only-do = Connect to the primary server, as the user that owns the tables.
doctor-sound = The SQLite file is sound, and all references in it hold.
doctor-unsound = The SQLite file is damaged ({ $count } findings, the first: { $first }).
doctor-unsound-do =
    Stop daoyu, keep a copy of the file, and check the disk.
    Then restore the last backup into a new file: daoyu restore FILE --database sqlite:NEW
doctor-rights = Nobody else can read the database file.
doctor-rights-open = Other users of this machine can read { $file }, and it holds personal data of children.
doctor-rights-open-do = chmod go-rwx { $file }*, or close the folder: chmod go-rwx { $folder }
doctor-room = There is room on the disk: { $free } MB free, the database takes { $size } MB.
doctor-room-little = The disk is getting full: { $free } MB free, the database takes { $size } MB.
doctor-room-none = The disk is almost full: { $free } MB free, the database takes { $size } MB.
doctor-room-do = Make room before the disk is full: then nothing can be recorded any more.
doctor-room-unknown = How much room the disk has could not be asked (`df`).
doctor-serves = A daoyu serves this database.
doctor-serves-not = No daoyu serves this database: nobody is answered, and nobody is nudged.
doctor-serves-not-do = systemctl start daoyu
doctor-inbox-flows = Everything that came in was answered.
doctor-inbox-stuck = { $count } updates wait to be answered, the oldest for { $age }.
doctor-outbox-flows = Everything that could go out has gone.
doctor-outbox-stuck = { $count } messages wait to be sent, the oldest for { $age }.
doctor-stuck-do = Look into the log: journalctl -u daoyu -n 50. If it says nothing, restart it: systemctl restart daoyu
doctor-stuck-do-serve = They are done when daoyu runs: systemctl start daoyu
doctor-none-aside = Nothing was set aside.
doctor-inbox-aside = { $count } updates could not be answered and were set aside, the oldest { $age } ago.
doctor-inbox-aside-do = daoyu inbox list shows why; after an update of the program try them again: daoyu inbox retry --all
doctor-outbox-aside = { $count } messages could not be sent and were set aside, the oldest { $age } ago.
doctor-outbox-aside-do = daoyu outbox list shows why; then daoyu outbox retry or daoyu outbox drop
doctor-never = never
doctor-ago = { $age } ago
doctor-on-time = The schools' clocks are on time; their last round: { $done }.
doctor-late = The clock of the school { $school } is { $age } late; its last round: { $done }.

doctor-telegram-offline = Telegram was not asked (--offline).
doctor-telegram-no-token = Telegram was not asked: there is no token in these settings.
doctor-telegram-settings = Telegram was not asked: first the settings must be right.
doctor-bot = Telegram knows the bot: @{ $bot }.
doctor-bot-other = DAOYU_TELEGRAM_BOT says @{ $other }, but the token is that of @{ $bot }.
doctor-bot-other-do = Correct DAOYU_TELEGRAM_BOT: the links of `daoyu invite list` open the wrong bot.
doctor-token-unknown = Telegram does not know this token.
doctor-token-unknown-do = Ask @BotFather for it with /token, and put it into the settings.
doctor-telegram-away = Telegram could not be asked: { $failure }
doctor-telegram-away-do = Check the network and the firewall: api.telegram.org must be reachable by HTTPS, or DAOYU_TELEGRAM_API_URL.
doctor-polling = Updates are fetched by polling, and no webhook is in the way.
doctor-webhook = Updates are pushed to { $url }.
doctor-webhook-set = Polling is configured, but at Telegram a webhook is set: { $url }. So nothing can be fetched.
doctor-webhook-set-do = Restart daoyu: it takes the webhook away. If it comes back, another program uses this token: get a new one with /revoke at @BotFather.
doctor-webhook-none = A webhook is configured, but none is set at Telegram.
doctor-webhook-none-do = Restart daoyu: it sets the webhook. If that does not help, another program uses this token.
doctor-webhook-other = Telegram pushes updates to { $url }, and configured is { $ours }.
doctor-webhook-error = Telegram says of its last failed push: { $error }
doctor-webhook-error-do = Check the address, the certificate and the proxy of DAOYU_PUBLIC_URL. If nothing waits at Telegram, it is over.
doctor-pending-none = Nothing waits at Telegram.
doctor-pending = { $count } updates wait at Telegram.

# What an import changes
column-change = Change
column-who = Who
column-was = Before
column-becomes = Now
column-left = Leave or end
roster-change-left = leaves
roster-change-moved = other class
roster-change-mentor = other mentor
roster-change-post = other post
roster-change-changed = corrected
roster-change-back = is back
roster-change-new = new
roster-who-student = student
roster-who-staff = staff
roster-who-guardian = guardian
roster-post-in-class = { $role } ({ $class })
roster-more = { $kind }: { $count } more are not listed here; --output changes.xlsx gives the whole list.
roster-will-leave = { $count ->
    [one] One person leaves
   *[other] { $count } people leave
} (of { $of } in the scope), and { $guardians ->
    [one] one guardian
   *[other] { $guardians } guardians
} with them: pairings end today, open invitations open nothing, staff lose their posts. No record is deleted.
roster-many-leavers =
    { $count } of { $of } people are missing in the file. Nothing was written.
    If all of them have left, add --leavers { $count }; if the file lists only some people, add --nobody-leaves.
roster-leavers-differ = --leavers says { $said }, but by this file { $count } would leave. Nothing was written.
roster-sure = Write this to { $school }? [y/N]
roster-say-yes = Nobody can be asked here, so nothing was written. Once you have looked at the changes, add --yes.
roster-changed-meanwhile = Something else was written to { $school } just now, so nothing was written this time. Please import again and look at the changes once more.
roster-progress = Writing … { $percent }%, { $rows } rows
roster-wrong-file = The wrong rows are in { $file }, with the reason beside each cell.
roster-wrong-suffix = wrong
roster-wrong-row = row in the file
roster-wrong-whole-row = problem
roster-wrong-cell = problem ({ $column })
cli-output-terminal = XLSX cannot be shown on a terminal. Please add --output FILE.xlsx.
cli-written = Written to { $file }.

# daoyu access
column-act = What
column-external_mentor = External mentor
column-head_teacher = Head teacher
column-chief_mentor = Chief mentor
column-counsellor = Counsellor
column-office = Office
column-principal = Principal
column-supervisor = Supervisor
column-guardian = Guardian
tie-own = own
tie-mentor_of = own students
tie-class_of = own class
tie-guardian_of = own child
tie-same_school = the school
act-check_in = check in
act-wish_talk = ask for a talk
act-log_talk = log a talk
act-log_contact = log a family contact
act-log_checkin = type in a report on paper
act-keep_file = write into a growth file
act-pair_buddies = find a senior student for an own one
act-read_file = read a growth file
act-read_class_files = look through the growth files of a class
act-log_own_work = log own plans, sessions, case reviews
act-lead_group = log a group’s activities
act-lead_class = log a class’s meetings, lessons, case reviews
act-lead_school = log the school’s meetings, training, reports
act-see_duties = see one’s own duties
act-undo_record = undo what was just logged
act-snooze = put off
act-read_students = read how a student does
act-read_student_lines = read a student's own words
act-write_feedback = write to a family
act-read_feedback = read a feedback
act-answer_feedback = answer a feedback
act-answer_guardian = answer a family
act-give_consent = consent, refuse, withdraw
act-read_overview = overview by name
act-read_escalation = read escalations
act-read_figures = figures without names
act-manage_pairings = manage pairings
act-manage_roster = manage the roster
act-manage_invites = hand out invitations
act-confirm_account = confirm a new account
act-change_school = change the school's settings
act-change_settings = change own settings

# Marks of exams
column-marks = Marks
column-subject = Subject
column-sat = Sat it
column-absent = Absent
column-average = Average
column-change_of_average = Change
marks-change-new = new
marks-change-changed = changed
marks-more = And { $count } more students.
marks-figures = “{ $exam }”: { $new } new, { $changed } changed, { $unchanged } unchanged.
marks-nothing-new = { $school } has the marks of “{ $exam }” as they are in the file. Nothing to change.
marks-dry-run = Only looked at: no marks of “{ $exam }” were written for { $school }.
marks-sure = Write the marks of “{ $exam }” for { $school }? [y/N]
marks-written = The marks of “{ $exam }” are in the growth files of { $school }.
marks-unused = Columns that were not read: { $heads }. If one is a subject, add --subject HEAD.
marks-none-yet = There are no marks of “{ $exam }” ({ $day }) yet.
marks-beside = Compared with “{ $exam }” ({ $day }), over the students who sat both.
marks-exam-name = --exam: expected the name of an exam, { $signs } letters at most.
marks-exam-ahead = “{ $name }” begins on { $day } only. There can be no marks yet.
marks-no-such-exam = The calendar has no exam “{ $name }”. Enter it with daoyu calendar import, or name its first day with --day.
marks-several-exams = The calendar has several exams “{ $name }”: { $days }. Say with --day which one.
marks-no-author = Nobody of the moral-education office is in the roster. Say with --by whose import it is (staff number).
marks-no-such-author = There is no member of staff with the number { $number }.
marks-wrong-nobody = There are no marks in it.
marks-wrong-heads = No heads of columns: among the first rows there has to be a student number or a name, and a subject like Chinese or Maths.
marks-wrong-no-student = Neither number nor name.
marks-wrong-no-such-number = There is no student with the number { $words }.
marks-wrong-no-such-student = There is no student called “{ $words }”. Check name and class, or give the number.
marks-wrong-several = There are { $count } students called “{ $words }”. Give the number or the class.
marks-wrong-other-name = The number { $number } is that of { $name }. Please check.
marks-template =
    student number,name,class,Chinese(120),Maths(120),English(120)
    20260101,Li Lei,Grade 7 (1),98,105.5,88
    20260102,Han Meimei,Grade 7 (1),101,absent,96

# A policy in plain words (daoyu policy explain)
explain-head = What “{ $name }” demands
explain-rules = Who owes what:
explain-rule = • { $who }{ $whom }: { $what }, { $cadence }. (Source: { $source })
explain-about-pairing = , for each student
explain-about-mentor = , for their own work
explain-about-class = , for each class
explain-about-group = , for each group
explain-about-school = , for the whole school
explain-checkin = The check-in, once a { $period }, asks for: { $questions }.
explain-words-child = It speaks as to a child.
explain-words-teen = It speaks as to a teenager.
explain-words-by_stage = It speaks as to a child or a teenager, by age.
explain-together = A child under { $age } who is not in the chat answers together with a guardian.
explain-times = When people are written to:
explain-digest = • What is to be done: on school days ({ $when }), and nothing when nothing is due.
explain-ask = • The check-in: { $when }.
explain-reminder = • One reminder to whoever has not checked in: { $when }, and no other.
explain-summary = • The office’s summary: { $when }.
explain-quiet = • From { $from } to { $to } nobody is written to.
explain-ladder = • The same thing comes back after { $again } school days; after { $head } school days overdue the head teacher is told, privately; after { $office } it stands in the office’s summary.
explain-consent = • A child under { $age } is asked nothing before a guardian agreed.
explain-sources = A “plan” is what schools and an education bureau published about their mentor system; “this program’s proposal” stands where a plan gives no figure. A school may change it.
policy-default = General policy
policy-primary = Primary school
policy-middle = Middle school
policy-high = Senior high school
policy-district = City education bureau
source = { $parts }
source-general = general framework
source-primary = primary school’s plan
source-middle = middle school’s plan
source-high = senior high school’s plan
source-district = city education bureau’s plan
source-ours = this program’s proposal
source-figure = the figure is this program’s proposal
joint-source = {"; "}
cadence-days = within { $days } days of the last (holidays do not count)
cadence-months =
    { $months ->
        [one] within a month of the last (holidays do not count)
       *[other] within { $months } months of the last (holidays do not count)
    }
cadence-per =
    { $times ->
        [one] at least once a { $period }
       *[other] at least { $times } times a { $period }
    }
cadence-at-mid_term = once at mid-term
cadence-once = once a { $period }
cadence-at-end_of_term = once at the end of the term
cadence-after-wish = within { $days } school days of a student’s wish for a talk
cadence-after-pairing = within { $days } school days of the pairing’s beginning
cadence-after-exam = within { $days } school days of each exam
cadence-after-term = within { $days } school days of the term’s beginning
period-day = school day
period-week = week
period-fortnight = fortnight
period-month = month
period-quarter = quarter
period-term = term
period-year = school year
when-daily = every day at { $time }
when-weekly = { $days } at { $time }
when-cron = at “{ $cron }”
question-mood = mood
question-talk = whether a talk is wanted
question-study = study
question-life = life
question-sleep = sleep
question-health = health
question-friends = friends
question-class = class
question-family = family
question-joy = what was good
question-goals = goals
column-counted = Record that counted
column-counted_by = Written by
column-asks = What asks for it
column-holidays = Moved by holidays (days; below 0: earlier)
column-source = Source
calendar-not-official = The official days of { $year } do not come with the program (it has { $known }). When the notice is published, write a file and enter it with daoyu calendar import.
cli-school-set = { $school } is changed.
cli-wrong-signature = A signature has at most { $longest } characters, has {"{"}mentor{"}"} in it and may have {"{"}school{"}"}, and no other braces.
column-signature = Signature
version-in_force = in force
version-past = past
version-ahead = ahead
performance-template =
    student number,name,conduct,study
    20260701,Li Lei,great,good
    20260702,Han Meimei,fair,needs help
performance-wrong-month = --month: write it like 2026-09, and of no month that is still to come.
performance-wrong-row = { $place }: { $reason }
performance-wrong-heads = No heads were found: one of the first rows has to name a number or a name, and conduct and study.
performance-wrong-nobody = There is no student in this table.
performance-wrong-unnamed = Number and name are both empty.
performance-wrong-student = No student “{ $words }” was found; check number and name.
performance-wrong-several = Several students are called “{ $words }”; write the number.
performance-wrong-twice = { $name } has two rows.
performance-wrong-grade = “{ $words }” is not known; write great, good, fair or needs help.
performance-dry-run = Nothing was written: { $school } would get { $count } students’ { $month }.
performance-sure = Write { $count } students’ { $month } to { $school }? [y/N]
performance-written = { $count } students’ { $month } is written to { $school }.

# daoyu bench
column-bot = Bot
column-updates_per_second = Updates/s
column-checkins = Check-ins
column-p50_ms = p50 ms
column-p95_ms = p95 ms
column-p99_ms = p99 ms
column-cpu_ms_per_1000 = CPU ms per 1,000
column-peak_mb = Peak MB
column-commits_per_update = Commits each
column-statements_per_update = Statements each
column-calls_per_update = Calls each
column-stolen_percent = Stolen %
column-messages = Messages
column-seconds = Seconds
column-messages_per_second = Messages/s
column-most_in_a_second = Most in 1 s
column-most_in_a_chat_and_second = Most in 1 s and chat
column-schools = Schools
column-pairings = Pairings
column-told = Told
column-sweep_ms = Sweep ms
column-group_by_ms = One GROUP BY ms
column-times_group_by = Times it
column-school_ms = One school ms
column-worst_school_ms = Slowest school ms
column-quiet_minute_ms = Quiet minute ms
column-ready_ms = Ready ms
column-demo_ms = Demo ready ms
column-idle_mb = Idle MB
column-idle_cpu_percent = Idle CPU %
column-program_mb = Program MB
bench-filling = Making up students: { $rows } ({ $percent } %)
bench-measuring = Measuring: { $percent } %
bench-picture-unread = { $file } cannot be read as what a bench prints with --format json.
bench-picture-no-figure = Not every file has the figure { $figure } as a number.
bench-median = { $name }, median
bench-one-core = The bot and its load share the cores here (two are needed, and taskset): do not compare these figures with others.
bench-not-empty = There are people in this database. A bench makes its people up: name an empty database.
