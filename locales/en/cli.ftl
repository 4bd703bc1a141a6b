# The command line: heads of columns, results, what is wrong in a roster
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
cli-no-name = Please give the school's name with --name.
cli-no-such-language = There is no such language. Choose one of: { $known }.
cli-no-such-policy = There is no policy and no file called "{ $name }". Policies: { $known }.
cli-policy-set = From { $day } on the new policy is in force at { $school }.
cli-policy-line = { $place }: expected { $expected }
cli-policy-right = Nothing is wrong in this policy.
cli-policy-wrong = { $count ->
    [one] One thing is wrong in this policy.
   *[other] { $count } things are wrong in this policy.
}
cli-file = The file { $file } cannot be read: { $fault }
cli-file-not-utf8 = The file { $file } is not UTF-8. Please save it as UTF-8.
cli-nobody = There is nobody to list.
cli-no-duties = Nothing stands open: every talk and every contact is done.
cli-no-moment = Please write --at as '2026-09-21 08:00' or 2026-09-21T08:00:00+08:00.

invite-state-none = none
invite-state-open = open
invite-state-used = joined
invite-state-expired = expired
invite-hidden = Open codes that are not shown were made earlier, and only a hash of them is kept. --renew makes new ones; the old ones then open nothing.
invite-no-bot = With --bot NAME each code comes with a link that opens the bot.

roster-what-classes = Classes
roster-what-staff = Staff
roster-what-students = Students
roster-what-guardians = Guardians
roster-what-pairings = Pairings (changed: end today)
roster-unused = Columns that were not read: { $heads }.
roster-nothing-new = The roster says what { $school } has already. There is nothing to change.
roster-dry-run = This was a rehearsal, nothing was written. Without --dry-run it is written to { $school }.
roster-written = Written to { $school }.
roster-refused = { $count ->
    [one] One thing needs to be put right.
   *[other] { $count } things need to be put right.
} Nothing was written; correct the file and import it again.

roster-file-too-large = The file is too large: unpacked it may have { $megabytes } MB.
roster-file-too-many-rows = Too many rows (sheet "{ $sheet }"): at most { $rows }.
roster-file-too-many-columns = Too many columns (sheet "{ $sheet }"): at most { $columns }.
roster-file-old-excel = This is an old Excel file (.xls). Please save it as .xlsx in Excel and import that.
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
roster-wrong-twice = The same person as in row { $row }.
roster-wrong-number-twice = The same number as in row { $row }.
roster-wrong-same-name = { $count } teachers are called "{ $name }"; please give the staff number.
roster-wrong-no-teacher = No teacher is called "{ $name }". Please add the teacher to the staff, or check the name or number.

roster-template =
    name,role,student number,staff number,grade,class,mentor,guardian,relation,phone,guardian 2,guardian 2 relation,guardian 2 phone
    Wang Fang,"mentor, head teacher",,T001,Grade 7,1,,,,13800000001,,,
    Zhao Min,counsellor,,T002,,,,,,13800000002,,,
    Li Lei,student,20260101,,Grade 7,1,Wang Fang,Li Jianguo,father,13900000001,Han Xue,mother,13900000002

policy-expected-toml = TOML ({ $detail })
policy-expected-key = one of the keys { $words }
policy-expected-present = something here: it is missing
policy-expected-section = a section
policy-expected-sections = one section or more, like [[rule]]
policy-expected-text = a text that is not empty
policy-expected-name = a name of a-z, 0-9 and _
policy-expected-own-name = a name that no other rule has
policy-expected-number = a whole number from { $min } to { $max }
policy-expected-one-of = one of { $words }
policy-expected-time = a time like 08:00
policy-expected-cron = a cron expression of six fields
policy-expected-cron-once-a-day = a cron expression with one time of day
policy-expected-cron-weekday-names = a cron expression with weekdays by name (Mon, Tue, ...)
policy-expected-one-cadence = exactly one of every, at_least and after_wish
policy-expected-checkin-once-per-period = for a check-in, at_least with times = 1
policy-expected-talk-after-wish = after_wish for a talk only
policy-expected-form-of-contact = a form for a contact only
policy-expected-one-checkin-rule = no second rule about check-ins

# The calendar
column-first = first day
column-last_day = last day
calendar-term = term
calendar-off = day off
calendar-school = make-up day
calendar-empty = No calendar yet: every weekday counts as a school day. Enter one with daoyu calendar import.
calendar-written = Written to the calendar of { $school }: { $terms } terms, { $days } special days.
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
    This database is not empty: { $schools } schools, { $people } people, { $records } records, { $rows } rows in all. Nothing was changed.
    Restore into a new one: name another file with --database sqlite:FILE, or make an empty PostgreSQL database.
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
