# The list of people, and what is kept about each: roster files, a new invitation, to see, correct and delete

# /roster
command-roster = The roster: import, export
roster-card =
    <b>{ $school }</b> · roster ({ $students ->
        [one] one student
       *[other] { $students } students
    })

    To import: send me an Excel (.xlsx, .xls) or CSV file. First I show you what would change; nothing is written before your yes.
    To export: press a button. What you get can be mended and sent to me again.
button-roster-xlsx = 📤 As Excel
button-roster-csv = 📤 As CSV
button-roster-template = 📄 Empty template
button-requests = 📮 Requests about data ({ $count })
roster-sent =
    📤 The roster of { $school } as it is now. Mend it and send it to me again.

    It holds phone numbers and dates of birth: keep it on the school’s computer alone, and delete this message when you are done.
roster-template-sent = 📄 A roster to fill in. Its three people are examples: write over them and send it to me.
roster-file = roster
roster-template-file = roster-template
roster-sheet = Roster
roster-heads = name,role,student number,staff number,grade,class,date of birth,mentor,head teacher,student phone,phone,guardian,relation,guardian phone,guardian 2,guardian 2 relation,guardian 2 phone
roster-written-as = { $file } should end in .xlsx or .csv.
roster-change-parted = guardian no more

# A roster that was sent: who leaves
button-import-leavers = { $count ->
    [one] ✅ Write it; one leaves
   *[other] ✅ Write it; { $count } leave
}
button-import-many = ⚠️ { $count } really leave: go on
button-import-really = ⚠️ Yes, { $count } leave: write it
button-import-back = ‹ The changes again
button-import-part = It lists only some: nobody leaves
button-import-classes = Only the classes in the file
button-import-whole = It is the whole school ({ $count } more leave)
upload-really =
    ⚠️ <b>{ $count } of { $of } would leave:</b>

    { $lines }

    Their pairings end today, their codes open nothing, and nothing more reaches them; the records stay. Nothing is written yet.

# A new invitation for who has joined
button-members = 👥 Who has joined ({ $count })
members =
    <b>{ $class }</b> · who has joined

    { $lines }

    A phone was lost, an account changed, somebody joined as the wrong person? Press the name.
members-line = • { $who }
members-none = <b>{ $class }</b>: nobody has joined yet.
button-back-to-members = ‹ Who has joined
member-card =
    <b>{ $who }</b> { $class }
    Has joined.
button-unbind = 🔄 Unbind and invite anew
unbind-sure =
    Unbind the account of <b>{ $who }</b> · { $class }?

    That account sees nothing more from this moment, and is told so. A new slip comes to you; hand it over in person. Please see or call the person first: is it really theirs to change?
button-unbind-yes = Yes, unbind and send a new slip
button-unbind-no = Do not unbind
unbind-done-here = 🔄 <b>{ $who }</b>: the old account is unbound, and a new slip is on its way to you.
unbind-told =
    { $by } has unbound { $name } from this Telegram account. Nothing more about { $name } will come here from the school.

    To join again, ask { $by } for a new slip. <b>You did not ask for this? Tell the school at once.</b>
slips-made = It is being made already. Please look at the file below.

# Once the family has agreed
consent-told-child = 🎉 { $name }, your family has said yes, and you can use this now! Tell your mentor how you are with four taps; if you would rather not, that is fine.

# /mydata
command-mydata = My data: see, correct, delete
button-mydata = 🗂 See, correct or delete the data
refusal-ask-the-family = You are young, so this is for your parents: they send /mydata here.
mydata-child =
    🗂 What is kept here about <b>{ $name }</b> and about you

    You can get a copy, have the school correct it, or ask the school to delete it.
mydata-own =
    🗂 What is kept here about you

    You can get a copy, have the school correct it, or ask the school to delete it.
button-mydata-copy = 📄 Get a copy
button-mydata-wrong = ✏️ Something is wrong
button-mydata-erase = 🗑 Ask for deletion
button-mydata-back = ‹ Back
button-mydata-erase-yes = Yes, ask the school to delete it
mydata-erase =
    🗑 Ask the school to delete what is kept about <b>{ $name }</b>?

    It goes: the reports, the wishes to talk, what the mentor wrote to the family and the answers, talks and contacts that are about this student alone, name, number, phone, date of birth, the account.
    It stays: who agreed or refused, when, and to which version of the text (by a number, without a name), since the law wants the school to be able to prove it. The school’s own student register is not kept here.

    It cannot be undone, and nothing more comes here afterwards. The request goes to the school’s office, which makes sure who is asking.
mydata-erase-staff =
    🗑 Ask the school to delete what is kept about <b>{ $name }</b>?

    It goes: name, staff number, phone, posts, the account. The talks, contacts and feedbacks that you put on record are the school’s and stay, without your name.

    It cannot be undone, and nothing more comes here afterwards. The request goes to the school’s office.
mydata-erase-asked = ✅ The office has your request to delete what is kept about <b>{ $name }</b>. You are told when it is done.
mydata-correct-asked =
    ✅ The school’s office has it, and you are told when it is done:
    <blockquote>{ $words }</blockquote>
mydata-sent = 📄 What is kept here about <b>{ $name }</b>. Open it in a browser to read or print it, and keep it safe.
mydata-file = data-{ $name }
form-correct = A correction
form-correct-words = What is wrong, and what would be right? Write it here; it goes to the school’s office.
request-correct =
    📮 <b>A correction is asked for</b> · { $who } ({ $class })
    About { $name }:
    <blockquote>{ $words }</blockquote>
    Please check it, mend the roster and send it to me, then press “Done”.
request-erase =
    📮 <b>A deletion is asked for</b> · { $who } ({ $class })
    Everything that is kept here about { $name } shall be deleted.

    Please make sure first that it is the person or the guardian. Whoever maintains the system runs daoyu person erase; then press “Done”. If not everything can be deleted, explain why in person.
button-settle = ✅ Done
request-settled = ✅ The request about { $name } is answered, and who asked is told.
request-done-correct = ✅ The school has seen to your correction ({ $name }). /mydata gives you another copy.
request-done-erase = ✅ The school has seen to your request for deletion ({ $name }). Questions? Please ask the office.

# The page of what is kept
kept-title = { $school } · what is kept about { $name }
kept-day = { $day }, in daoyu
kept-entry = Who it is
kept-you = You
kept-consent = Consent
kept-checkins = Reports
kept-talks = Talks and contacts with the family
kept-feedbacks = What the mentor wrote to the family
kept-words = Words that went back and forth
kept-records = Records that you wrote
kept-nothing = None.
kept-name = Name: { $value }
kept-number = Number: { $value }
kept-class = Class: { $value }
kept-born = Date of birth: { $value }
kept-phone = Phone: { $value }
kept-quiet = Own quiet hours: { $value }
kept-roles = Here as: { $roles }
kept-since = Known here since { $day }
kept-guardian = Guardian: { $relation } { $name }
kept-mentor = Mentor: { $name }, from { $since } { $until }
kept-until-now = until now
kept-until = to { $day }
kept-account = Telegram account: { $account }, joined { $day }
kept-account-old = Telegram account of before: { $account }, joined { $day }, unbound
kept-consent-given = { $day }: { $relation } agreed (version { $version } of the text)
kept-consent-refused = { $day }: { $relation } said no (version { $version } of the text)
kept-consent-withdrawn = { $day }: { $relation } withdrew it (version { $version } of the text)
kept-consent-not-needed = Old enough: no consent of a guardian is needed
kept-checkin = { $day }: { $answers }. { $line }
kept-checkin-made = { $day }: a report was made
kept-wish = { $day }: asked for a talk with the mentor
kept-talk = { $day }: a talk with { $mentor } ({ $topics })
kept-contact = { $day }: { $mentor } was in touch with the family ({ $form })
kept-others = { $count ->
    [one] One other record
   *[other] { $count } other records
}
kept-feedback = { $day }, { $mentor }: { $fact } Next: { $next }
kept-feedback-made = { $day }: { $mentor } wrote to the family
kept-word-by-you = { $day }, by you: { $words }
kept-word-to-you = { $day }, to you: { $words }
kept-written = { $count ->
    [one] You wrote one record.
   *[other] You wrote { $count } records.
} They are about students and stand under their names.
kept-not-here = What is not on this page, and why
kept-why-guardian = What your child answered and wrote in the reports, and whether it asked for a talk, is not here: the child was promised that only the mentor reads it, and the law protects a minor’s privacy (Law on the Protection of Minors, art. 4 and 63). The mentor’s own working notes are not here; to see them, ask the school, which answers by its rules. The phone numbers and accounts of others are not here.
kept-why-student = The mentor’s own working notes are not here; to see them, ask the school, which answers by its rules. Of what the mentor wrote to your family only the days are listed; your family can show you the words. The phone numbers and accounts of others are not here.
kept-why-staff = Records about students are not here: they are the students’ personal information and the school’s records. The phone numbers and accounts of others are not here.
kept-why-technical = Some numbers are kept besides: when whom a reminder went to, and fingerprints of invitation codes. They hold nothing else. Messages pass through Telegram, which answers for what it keeps; backups of the school leave with the old backups.
kept-rights = To correct or delete: send /mydata in the chat, or tell the mentor, the head teacher or the moral-education office (Personal Information Protection Law, art. 45 to 47). If the school does not help, you can complain to the cyberspace authority: phone 12377.

# The terminal
act-ask_for_data = see the own data, ask for correction and deletion
act-settle_requests = answer requests about data
column-count = Count
column-fate = What becomes of it
column-asked_by = Asked by
column-asked = Asked for
column-words = Words
request-kind-correct = correction
request-kind-erase = deletion
request-none = Nobody waits for an answer.
erased-entry = name, number, phone, date of birth
erased-records = talks, contacts, reports
erased-about = mentions in records
erased-feedback = feedbacks to the family
erased-copies = copies to guardians
erased-answers = words back and forth
erased-tasks = tasks
erased-nudges = traces of reminders
erased-groups = groups
erased-family = guardianships
erased-invites = invitations and requests for another account
erased-queue = messages not sent yet
erased-account = accounts
erased-posts = posts
erased-pairings = pairings
erased-ended = pairings
erased-proofs = decisions about consent
erased-fate-gone = deleted
erased-fate-ended = end today
erased-fate-proofs = id, time and version stay
erase-dry-run = This was a rehearsal: nothing of { $name } was deleted.
erase-sure = Delete what is kept about { $name }? It cannot be undone. [y/N]
erase-done = What was kept about { $name } is deleted. Keep this number with the written request as the proof of the answer: { $id }. Take the person out of the school’s own list, too, or the next import brings the person back.
part-no-guardian = { $name } is no guardian of a student here.
part-sure = { $name }: guardian of this student no more? [y/N]
part-done = { $name } is a guardian no more and sees nothing of the child.
person-say-yes = Nobody can be asked here, so nothing was done. Once you have looked at it, add --yes.
