# Joining
join-stranger =
    Hello! I am <b>daoyu</b>. I help mentors, students and families of a school to keep in touch.

    Please open the invitation link your school gave you. If you have none, ask the head teacher.
join-unknown-code = This code is not right. Open the link your school gave you, or ask the head teacher for a new one.
join-used = This code was used already. Please ask the head teacher for a new one.
join-expired = This code is too old. Please ask the head teacher for a new one.
join-revoked = This invitation opens nothing any more. Please use the latest one from your school, or ask the head teacher for one.
join-too-many = That was a wrong code a few times too often. Please try again in an hour, or ask the head teacher.
join-welcome-student =
    Hello <b>{ $name }</b>, welcome to the mentors of { $school }.

    Every now and then I ask you { $taps } small questions: { $taps } taps. Whenever you would like to talk with your mentor, send /wish.
join-welcome-guardian =
    Hello <b>{ $name }</b>! This is { $school }; you are family of { $children }.

    What the mentor would like to tell you arrives here, and you can reply right here.
join-welcome-mentor =
    Hello <b>{ $name }</b>! This is { $school }.

    When a talk or a contact with a family is due, I tell you in the morning of a school day; three taps put it on record. When nothing is due, I am quiet.
join-welcome-staff =
    Hello <b>{ $name }</b>! This is { $school }.

    What you can do here:
    { $commands }

    All of it is in the menu beside the input field, too.

# Another phone, another account
rebind-offer =
    This code was used already, or it is too old.

    Is it <b>you</b>, with another phone or account? Press the button below and I will ask your teacher. If not, ask the head teacher for a new invitation.
button-rebind-ask = It is me, ask my teacher
rebind-asked =
    Your teacher has been told, and will ask you <b>in person or by phone</b>. Once it is confirmed, everything works here at once.

    The teacher has 24 hours for it. If it is urgent, talk to the teacher directly.
rebind-waits = The teacher has your request; please wait a little. If it is urgent, talk to the teacher directly.
rebind-too-often = This was asked a few times today already. Please ask the head teacher for a new invitation.
rebind-nobody = There is no teacher who could confirm it here now. Please ask the school's office for a new invitation.
rebind-family = { $families }
rebind-confirm =
    🔑 <b>{ $who }</b> would like to use another Telegram account.

    Please make sure first, <b>in person or by phone</b>, that it is really that person. The slip alone proves nothing: it may have been found.{ $hint }
rebind-guardians = { "" }
    { $count } guardians are on record for this child; please ask which one it is.
button-rebind-yes = ✅ I asked: it is really them
button-rebind-no = ✋ It is somebody else
rebind-granted = ✅ Confirmed: <b>{ $who }</b> has a new account; the old one gets no more messages.
rebind-granted-by = ✅ { $by } confirmed: <b>{ $who }</b> has a new account; the old one gets no more messages.
rebind-denied = ✋ Refused: the account of <b>{ $who }</b> stays as it was.
rebind-denied-by = ✋ { $by } refused: the account of <b>{ $who }</b> stays as it was.
rebind-told-denied = The teacher did not confirm that it is you, so nothing works here yet. Please see the teacher, or ask for a new invitation.
rebind-told-old =
    Somebody who holds the invitation of { $name } asks to use another Telegram account in place of this one.

    Is it you, with a new phone? Then there is nothing to do. <b>If not, tell the head teacher or the mentor at once.</b>
rebind-moved =
    { $name } uses another Telegram account now. Nothing more about { $name } will come here from the school.

    <b>Was it not you? Tell the head teacher at once.</b>

# Menu and help
menu = Menu
help =
    What you can do here:

    { $lines }
help-line = /{ $command } { $does }
command-checkin = Check-in
command-wish = I would like to talk
command-today = What is to be done today
command-talk = Put a talk on record
command-contact = Put a family contact on record
command-feedback = Write to a family
command-record = Put something else on record
command-students = My students
command-overview = Overview
command-messages = What the teacher wrote
command-consent = Consent for your child
command-settings = Settings
command-help = What I can do
command-cancel = Cancel what is open

# Small hints
hint-no-form = I understand buttons and commands. See what you can do: /help
hint-no-form-student = I have passed this on to nobody. To talk with your mentor, send /wish; if it cannot wait, please go to a teacher or your family now.
hint-no-form-family = The teacher has not got this yet. Please press “💬 Reply” under the teacher’s message and write it there; /messages finds that message.
hint-unknown-command = There is no such command. See what you can do: /help
hint-unexpected = I cannot read this; I understand text and buttons. See what you can do: /help
hint-unexpected-in-form = I cannot read this. Please press a button or type; what you have filled in is still there.
hint-group = To protect students I only talk in private. Please open a chat with me.
hint-nothing-to-cancel = Nothing is open.

refusal-stale-button = This step is over; there is no need to press again. To see what you can do, send /help
refusal-not-allowed = This is not yours to do now.
refusal-not-found = Not found; it may have changed.
refusal-too-late-to-undo = More than 10 minutes have passed: it cannot be undone any more.
refusal-already-undone = It was undone already.
refusal-too-long = That is a little long. Please send a shorter one.
refusal-press-a-button = Please press a button first. To leave, send /cancel.
refusal-not-for-you = You do not need this one. See what you can do: /help
refusal-no-students = You have no students yet. Please ask the head teacher.
refusal-no-mentor = You have no mentor yet. Please tell your head teacher that you would like to talk.
refusal-child-answers = Your child needs no help with the check-in now: your child answers alone, or on paper.
refusal-answered-by-other = Somebody has answered together with your child already. Nothing more to fill in; /cancel closes it.
refusal-marks = { $why }
marks-wrong-nothing = There are no marks in it. Write them like this: Chinese 92 Maths 88.5 English 76/120
marks-wrong-no-mark = There is no mark behind “{ $words }”. For who was absent write “absent”.
marks-wrong-no-subject = There is no subject before “{ $words }”.
marks-wrong-no-number = “{ $words }” is no mark. Write 92, 88.5 or 76/120, and “absent” for who was absent.
marks-wrong-too-high = “{ $words }” is more than the paper gives. Please check it.
marks-wrong-twice = “{ $words }” stands there twice.
marks-wrong-not-kept = Leave out “{ $words }”: sums are computed, and nobody is ranked here.
marks-wrong-too-much = That is too much: at most { $subjects } subjects, and { $signs } letters for the name of one.
refusal-choose-one = Please choose at least one.
refusal-has-joined = Already here. No invitation is needed.
refusal-nobody-on-paper = Everybody is here. There is nothing to print.
refusal-no-such-student = No such student was found. Please write the number, or the full name.
refusal-several-students = Several students have this name. Please write the number.
refusal-nobody-called = Nobody of that name here. Press a name below, or send a part of it.
refusal-no-groups = You lead no group yet. Begin one with /record, “New group”.
refusal-three-goals = One to three goals, please, one a line.
refusal-already-done = That is settled already.
refusal-nothing-to-choose = There is nothing to choose from yet: no exam in the calendar, or nobody in the class. Please ask the office to enter it.
refusal-no-family = No family is on record for this student, so nobody would get it. Please ask the head teacher to add one first.

# Settings
settings =
    <b>{ $name }</b> · { $school }
    Language: { $language }
    Quiet hours: { $quiet }
settings-quiet-own = { $from }–{ $to } (your own)
settings-quiet-school = { $from }–{ $to } (the school’s)
button-quiet = 🌙 { $from }–{ $to }
button-digest = 📋 { $time }
button-digest-now = 📋 { $time } ✓
button-put-off = ⏰ Students put off
put-off = These students are put off. Press one to have it on the list again:
put-off-none = Nobody is put off.
put-off-back = { $student } is on the list again.
button-unsnooze = ↩️ { $student } (until { $day })
button-hat = 👤 Be { $name } ({ $school })

# Students
button-checkin = Start: { $taps } taps
button-checkin-edit = ✏️ Change
checkin-done =
    ✅ Got it, thank you!
    { $answers }{ $line }

    Anything to add? Just send it. Only your mentor reads it.
checkin-done-low =
    ✅ Got it. A hard week: thank you for saying so.
    { $answers }{ $line }

    If you want to say more, just send it; only your mentor reads it. If you want to talk, send /wish at any time.
checkin-added =
    ✅ Got it all, thank you!
    { $answers }{ $line }
checkin-answered =
    You have checked in:
    { $answers }{ $line }

    You can change it until the next one.
checkin-done-together =
    ✅ Got it. Thank you for answering with <b>{ $student }</b>.
    { $answers }{ $line }

    Anything your child wants to add? Just send it. Only the mentor reads it.
checkin-added-together =
    ✅ Got it all. Thank you both, you and <b>{ $student }</b>!
    { $answers }{ $line }
checkin-answered-together =
    You have answered together with <b>{ $student }</b>:
    { $answers }{ $line }

    You can change it until the next one.
checkin-done-by-other = ✅ <b>{ $student }</b> has answered together with the { $who }. Nothing for you to do, thank you!
checkin-which-child = With which child?
checkin-with = { " " }(with the { $who })
said-mood = Mood { $said }
said-study = Study { $said }
said-life = Life { $said }
said-sleep = Sleep { $said }
said-health = Health { $said }
said-friends = Friends { $said }
said-class = Class { $said }
said-family = Home { $said }
said-joy = Joy { $said }
said-goals = Goals { $said }
said-talk = Talk? { $said }
checkin-line = { "\u000A" }💬 { $line }
wish-done = 💛 Your mentor knows now and will come to you.
wish-known = 💛 Your mentor knows that you would like to talk, and will come to you.
wish-head-knows = 💛 Noted. Your mentor gets no messages here now, so I have told your head teacher.
wish-head-knows-together = 💛 Noted. The mentor gets no messages here now, so I have told the head teacher.
wish-noted-together = 💛 Noted. The mentor gets no messages here now; please tell the mentor or the head teacher yourself.
wish-noted = 💛 Noted. Your mentor gets no messages here now; please go straight to your mentor or your head teacher.
wish-told-head = 💛 <b>{ $student }</b> would like to talk with the mentor, but the mentor cannot be reached here. Please pass it on, or see the student yourself. This is for you alone.
wish-told = 💛 <b>{ $student }</b> would like to talk with you.

# Mentors: records
button-today = Who is waiting for me
button-students = My students
button-log-talk = 📝 Log a talk
button-log-contact = 📞 Log a contact
button-write-feedback = 📨 Write feedback
button-undo = ↩️ Undo
record-done = ✅ On record: <b>{ $who }</b> · { $what } · { $day }
record-talk = talk ({ $topics })
record-talk-by = talk ({ $way }; { $topics })
record-contact = family contact ({ $form }{ $joint })
record-joint-head_teacher = {", "}with the head teacher
record-joint-colleagues = {", "}with colleagues
record-marks = exam marks ({ $exam })
mark-line = { $subject } { $points }{ $moved }
mark-total = Total { $points }{ $moved }
mark-absent = absent
mark-up = { " " }↑{ $by }
mark-down = { " " }↓{ $by }
mark-same = { " " }=
marks-compared = { " " }(compared with “{ $exam }”)
record-hint = To add a line, just send it. You can undo this for 10 minutes.
record-hint-undo = You can undo this for 10 minutes.
record-line = 💬 { $words }
record-afterthought = 📓 { $words }
record-place = 📍 { $words }
record-kept = 📝 Your words are in the growth file.
record-family = 🏠 The kind of family is in the growth file.
marks-undone = ↩️ Undone: { $who } · { $what }. The marks from before are still there.
record-undone = ↩️ Undone: { $who } · { $what }

record-menu = What would you like to put on record?
record-menu-about = What would you like to put on record about <b>{ $student }</b>?
button-record = ✏️ Something else
meeting-agenda =
    <b>What still stands open</b>
    { $lines }
meeting-nothing-open = Nothing is late. 🌿
meeting-item = • { $about } ({ $owes }) { $what }
meeting-more = … and { $items } more
button-resolve = ➕ Resolve something
button-resolve-more = ➕ Resolve something else
resolution-done = ✅ Noted: { $words } ({ $owner }, by { $day }). I shall remind.
resolution-is-done = ✅ Done: { $words }
button-resolution = ✏️ { $what }
button-resolution-change = ✏️ Change it
button-resolution-what = Other words
button-resolution-owner = Somebody else
button-resolution-until = Another day
button-resolution-drop = 🗑 Drop it
resolution-card =
    Resolved: <b>{ $words }</b>
    { $owner } · by { $day }
resolution-yours = 📌 This is yours to do now, resolved by a meeting: { $words } (by { $day }). /today lists it.
resolution-is-dropped = Fine, this is dropped: { $words }
resolution-undone = ↩️ This is to be done again: { $who }
group-done = ✅ The group “{ $name }” is there: { $who }.
button-group-change = ✏️ Change the group
button-groups = 👥 My groups
button-group-name = Name
button-group-members = Members
button-group-leader = Leader
button-group-end = 🏁 End the group
button-group-end-sure = 🏁 End it
group-which = Which group?
group-card =
    👥 <b>{ $name }</b>
    Led by { $leader }
    In it: { $who }
group-changed = ✅ The group “{ $name }” is changed: led by { $leader }, with { $who }.
group-yours = 👥 The group “{ $name }” is yours to lead from now on.
group-end = “{ $name }” would end today; what it did stays on record. End it?
group-is-ended = 🏁 The group “{ $name }” has ended. What it did stays on record.
button-next-student = Next: { $student } ›
names-more = { $items } and others, { $count } in all
button-log-activity = ✏️ Log an activity
plan-told =
    🌱 Together with { $mentor } you set these goals:
    { $goals }

    Step by step: your mentor is with you.
plan-goal = • { $goal }
evaluation-letter =
    Words for <b>{ $student }</b>

    Strengths: { $strengths }

    { $words }

    — { $signature }

# The growth file
file =
    <b>{ $student }</b> · growth file{ $where }

    { $lines }

    When you have read it, press “Back”: it leaves this chat then.
file-where = {" "}({ $first }–{ $last } of { $count })
file-empty = Nothing on record yet.
file-line = <b>{ $day }</b> { $what } ({ $by }){ $words }
file-words = {"\u000A"}{ $words }
file-said = {"\u000A"}{ $said }
file-answer = {"\u000A"}{ $step }: { $answer }
answer-family = Family
answer-nature = Personality
answer-interests = Interests
answer-health = Health
answer-goals = Goals
answer-help = Help
answer-conduct = Conduct
answer-study = Study
answer-marks = Marks
answer-exam = Exam
answer-topic = Topic
answer-facts = Facts
answer-analysis = Analysis
answer-plan = Plan
answer-line = Note
answer-senior = Senior
answer-strengths = Strengths
answer-words = Words
answer-what = Activity
answer-aims = Aims
answer-findings = Findings
answer-asked = Asked
file-whose = <b>{ $class }</b> · whose growth file?
button-files = 📁 Growth files
button-file = 📁 Growth file
button-back-to-card = ‹ Back

# Mentors: students
students =
    <b>My students</b> ({ $count }){ $pages ->
        [1] { "" }
       *[other] { " " }page { $page }/{ $pages }
    }

    { $lines }
students-line =
    <b>{ $student }</b> { $trend }
    talk { $talk } · family { $contact } · check-in { $checkin }
button-sheets = 🖨 Print sheets
sheets-sent =
    🖨 { $count ->
        [one] One sheet
       *[other] { $count } sheets
    } for students and families who are not here. A student ticks boxes, a family can write an answer.

    Open the file in a browser, print it on A4 and cut it up. When they come back: “Paper report” on the student’s card, and “Answer” under the feedback. Both count like any other.
button-back-to-students = ‹ My students
card =
    <b>{ $student }</b> { $class }
    { $lines }
card-last = talk { $talk } · family { $contact } · check-in { $checkin }
card-due = ⏳ { $what }
card-trend = Moods { $trend }
card-checkin =
    Latest check-in{ $with }:
    { $answers }{ $line }
card-wish = 💛 Would like to talk with you
card-family = { $who }: { $state }
card-no-family = Family: none on record
family-joined = joined, gets messages
family-not-joined = has not joined yet
family-unreachable = joined, but gets no messages now

# Mentors: feedback
feedback-letter =
    <b>Dear family of { $student },</b>

    { $fact }

    <b>Next:</b> { $next }

    — { $signature }
signature = { $mentor }, mentor
feedback-status =
    📨 <b>Feedback to the family of { $student }</b>
    { $fact }

    { $copies }
evaluation-status =
    📨 <b>Words on { $student }’s growth, to the family</b>
    { $fact }

    { $copies }
feedback-copy = { $who }: { $state }
copy-waiting = ⏳ on its way
copy-sent = ✉️ delivered
copy-seen = 👀 seen
copy-answered = 💬 answered
copy-unreachable = 📵 not reached, please phone
copy-phoned = ☎️ phoned
button-heard = ✍️ Answer of { $who }
heard-done =
    ✅ On record: <b>{ $who }</b> said:
    <blockquote>{ $words }</blockquote>
button-phoned = ☎️ I phoned { $who }
reply-told =
    💬 <b>{ $who }</b>:
    <blockquote>{ $words }</blockquote>
button-answer = ↩️ Answer
answer-done = ✅ Carried to the family, word for word.
answer-unreachable = The family gets no messages here now, so your words were not sent. Please phone.

# Families
button-seen = 👀 Seen
button-reply = 💬 Reply
feedback-seen = Thank you! The teacher will know that you have seen it.
answer-told =
    💬 <b>{ $mentor }</b> (about { $student }):
    <blockquote>{ $words }</blockquote>
reply-done = ✅ Carried to the teacher, word for word.
reply-unreachable = The teacher gets no messages here now, so your words were not sent. Please ask the head teacher.
messages-letter =
    { $day }

    { $letter }
messages-none = No feedback from the teacher yet. When there is one, it arrives here at once.

# Overview
overview =
    <b>{ $name }</b>
    { $figures }

    { $lines }
overview-class = { $class }: check-in { $rate }% · overdue { $late } · never reached { $never } · joined: students { $joined }%, families { $homes }%
overview-line = • { $student } ({ $mentor }) { $what }
overview-more = … and { $items } more
overview-others = { $students } more
overview-none = Nothing is overdue.
overview-never = No talk and no contact so far: { $students }
figures =
    Check-ins <b>{ $checkins }/{ $students }</b> ({ $rate }%)
    Overdue <b>{ $late }</b> · never reached <b>{ $never }</b>
    Joined: students { $joined }/{ $pupils } ({ $pupils_rate }%) · families { $homes }/{ $families } ({ $homes_rate }%)
button-overview = 📊 Overview
button-back-to-school = ‹ School

# Invitations: who has not joined
button-joined = 📇 Who has joined
joined =
    <b>{ $class }</b> · who has joined
    Students { $joined }/{ $pupils } ({ $pupils_rate }%) · guardians { $homes }/{ $families } ({ $homes_rate }%)

    Not here yet:
    { $lines }
joined-line = • { $who }: { $state }
joined-guardian = { $who } ({ $name })
joined-everybody = Nobody. Everybody has joined. 🌿
invite-none = no invitation yet
invite-open = invited, good until { $day }
invite-expired = the invitation is too old
button-slips = 🖨 Print slips
button-slips-families = 🖨 Families only
slips-sure =
    <b>{ $class }</b>: { $open } of them hold an invitation that still works.

    Printing again makes those void, and the new ones have to be handed out. Only one or two are lost? Press that person's name in the list instead.
button-slips-yes = 🖨 Print again
button-slips-no = Do not print
slips-coming = On its way to you.
slips-file = slips-{ $name }
slips-sent =
    🖨 Slips for <b>{ $class }</b>: { $count }, good until { $day }.

    Open the file in a browser, print it on A4, cut it up and hand each slip to its person. Whoever holds one can come in, so please delete this message once it is printed.
invite-card =
    <b>{ $who }</b> { $class }
    { $state }
button-invite-new = 📨 A new one
button-invite-revoke = 🚫 Revoke
button-back-to-joined = ‹ Who has joined
invite-revoked = Revoked. It opens nothing any more.
invite-sent =
    📨 A new invitation for <b>{ $who }</b>, good until { $day }. It works once, and the older ones are void.

    Print this slip, or send the link to that person:
    <code>{ $link }</code>

word-undelivered =
    These words did not reach { $name }, whom no message reaches now. Please try another way:
    <blockquote>{ $words }</blockquote>

# A roster that was sent
hint-file = The only file I can take is a roster from the school's office. If you want to tell something, just type it.
upload-received = I have "{ $file }" and am comparing it with the school's list. First I show you what would change; nothing is written before your yes.
upload-no-table = I cannot read this file. Please send the roster as an Excel sheet (.xlsx, .xls) or CSV.
upload-unfetched = "{ $file }" could not be fetched, and nothing was written. Please send it again in a while.
upload-lead = <b>What "{ $file }" would change at { $school }</b>
upload-lead-again = <b>Something else has changed meanwhile, so nothing was written this time.</b> What "{ $file }" would change at { $school } now:
upload-changes =
    { $lead }

    { $lines }

    { $end }
upload-lines = { $lines }
upload-figures = { $what }: { $figures }
upload-new = { $count } new
upload-changed = { $count } changed
upload-left = { $count } leaving
upload-ended = { $count } ending
upload-kind = • { $kind }: { $names }
upload-person = { $name } ({ $class })
upload-moved = { $name } ({ $was } → { $becomes })
upload-others = { $count } more
upload-sure = Nothing is written yet. Shall I write it?
upload-sure-of-leavers = Nothing is written yet. Please look at everybody who leaves: their pairings end, their open codes open nothing, their records stay. Shall I write it?
upload-too-many-leave = ⚠️ { $count } of { $of } would leave, more than a fifth. Is it the wrong file? Nothing is written yet. If all of them really leave, press the first button, and I ask once more.
upload-nothing = "{ $file }" says what { $school } has already. There is nothing to change.
upload-wrong = { $count ->
        [one] One thing
       *[other] { $count } things
    } in "{ $file }" must be mended, and nothing was written. The reason stands beside each cell of this sheet; mend it and send it to me again.
upload-dropped = All right, "{ $file }" was not written.
upload-writing = Writing…
upload-is-written = This roster is written already.
upload-written = ✅ "{ $file }" is written to { $school }. The file in this chat is not needed any more; better delete it.
button-import = ✅ Write it
button-import-not = Do not write it
