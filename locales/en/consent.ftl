# A guardian's consent: cards, the whole text, and what is said around them. Before changing the card or the text, read the
# test in src/chat/consent.rs.
consent-ask =
    📋 We need your decision about <b>{ $student }</b>.

    { $school } would like to ask your child a few short questions here, usually once a week: mood, study, life (such as sleep, health, friends, home), and whether to have a talk with the mentor. Only the mentor sees the answers.

    Your child is young, so we ask only if you agree. Saying no is fine: your child reports on paper and nothing else changes. You can change your mind at any time: /consent
consent-text-what =
    📄 <b>For guardians: the whole text</b> 1/2

    <b>What we ask</b>
    Every now and then we ask { $student } a few short questions, eight at most. Always: how the mood is, and whether to have a talk with the mentor. The school may choose from: study, life, sleep, health, friends, the class, home, something to be glad of, and the goals your child has set. Your child may add a line in own words, and may ask for a talk at any time. If your child is small and not here, the school may ask you to answer here together.

    <b>Why</b>
    So that the mentor knows early how your child is, and talks in time. No marks, no ranking, no advertising, and no other use.

    <b>Where it is stored</b>
    On a server run by { $school }. Messages travel through Telegram, whose servers are outside China.

    <b>How long</b>
    While your child is at the school. After that the school archives or deletes it as the rules say. If you withdraw your consent, the reports your child made here are deleted at once.

    <b>Who sees it</b>
    What your child answers and writes: only your child’s mentor. The head teacher and the moral-education office see how many reported, not what; if your child asked for a talk and the mentor has not found the time, the head teacher is asked to help. Those who maintain the system at the school are bound to secrecy. Nobody outside the school, unless the law demands it.
consent-text-rights =
    📄 <b>For guardians: the whole text</b> 2/2

    <b>If you say no</b>
    Nothing bad follows. Your child is asked nothing here and reports to the mentor on paper. From the paper the mentor notes only the answers to these questions, which is part of the school’s own duty. The mentor cares for your child as before; talks and contacts with the family go on.

    <b>If you change your mind</b>
    Send /consent at any time and press “Withdraw consent”. It holds at once. The reports your child made here are deleted and cannot be brought back. Talks, contacts with the family and reports noted from paper stay, because the school has to keep them. What is in the school’s backups leaves with the old backups.
    The word of each guardian counts; the last one holds.

    <b>To see, correct or delete</b>
    Your child can change a report until the next one is asked. To see or correct anything else, or to have everything deleted, tell the mentor, the head teacher or the moral-education office; the school will see to it.

    <b>Questions and complaints</b>
    First ask the head teacher or the moral-education office. If the school does not help, you can complain to the cyberspace authority: phone 12377.

    This is version { $version } of the text. When it changes we ask you again, and ask your child nothing until you have agreed.
consent-given = ✅ <b>{ $student }</b>: { $who } agreed on { $day } (version { $version } of the text). I ask your child a few short questions every now and then.
consent-refused =
    📝 <b>{ $student }</b>: { $who } said no on { $day } (version { $version } of the text).

    That is fine. Your child reports on paper and is asked nothing here.
consent-withdrawn =
    📝 <b>{ $student }</b>: { $who } withdrew the consent on { $day } (version { $version } of the text).

    It has stopped, and the reports your child made here are deleted. Talks, contacts with the family and reports on paper, which the school has to keep, are still there. Your child reports on paper.
consent-not-needed = <b>{ $student }</b> is old enough to decide alone. No consent of yours is needed.
consent-stop =
    Withdraw your consent for <b>{ $student }</b>?

    Your child is asked nothing from that moment on. The reports your child made here are deleted and cannot be brought back. The school has to keep the talks and the contacts with the family. Your child reports on paper, and nothing else changes.
consent-renewed = There is a new version of the text. Please look at it again.
consent-heard-given = ✅ { $who } has agreed that <b>{ $student }</b> reports here. If you think otherwise, you can change it at any time.
consent-heard-refused = 📝 { $who } has said no to <b>{ $student }</b> reporting here. Your child reports on paper. If you think otherwise, you can change it at any time.
consent-heard-withdrawn = 📝 { $who } has withdrawn the consent: <b>{ $student }</b> reports here no longer, what was reported is deleted, and your child uses paper. If you think otherwise, you can change it at any time.
consent-told-paper = 📝 The family of <b>{ $student }</b> would rather not have reports made here. Please use paper; when you have it, a few taps put it on record, and it counts like any other. Talks and contacts go on as before.
consent-told-online = ✅ The family of <b>{ $student }</b> now agrees to reports being made here. No more paper needed.
button-consent-yes = ✅ I agree
button-consent-no = No
button-consent-text = 📄 Whole text
button-consent-stop = ↩️ Withdraw consent
button-consent-end = Yes, withdraw
button-consent-keep = Keep it
button-consent-show = 📋 Have a look

# A child whose guardians have not agreed
join-welcome-child =
    Hello, <b>{ $name }</b>! Welcome to the mentors of { $school }.

    A guardian has to press “I agree” here before you can use this. There is nothing for you to do now. If you want to talk, just go to your mentor.
refusal-needs-consent = A guardian has to press “I agree” here before you can use this. If you want to talk with your mentor, just go to your teacher.

# Mentors: reports on paper
card-paper-open = 📝 No guardian has agreed yet: please use paper
card-paper-no = 📝 The family said no to reports here: please use paper
card-together = 👪 Still small: reports here together with the family
card-paper-not-here = 📝 Not here yet: may report on paper
button-log-paper = 📝 Paper report
refusal-answers-alone = This student reports here alone. Nothing for you to type in.
refusal-has-reported = This student has reported here already this time. Nothing for you to type in.
refusal-upload-expired = This file was sent more than half an hour ago and is not kept. Please send it again.
paper-done =
    ✅ On record: <b>{ $student }</b> · report on paper
    { $answers }{ $line }

    You can undo it within 10 minutes.
form-paper = Report on paper
form-paper-who = Whose is it?
form-paper-mood = What does the paper say about the mood?
form-paper-study = And study?
form-paper-life = And life?
form-paper-sleep = And sleep?
form-paper-health = And health?
form-paper-friends = And friends?
form-paper-class = And the class?
form-paper-family = And home?
form-paper-joy = Something to be glad of?
form-paper-goals = And the goals?
form-paper-talk = A talk with the mentor?
