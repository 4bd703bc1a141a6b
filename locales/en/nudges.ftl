# A mentor's list of the morning, and /today
greeting-morning = Good morning
greeting-day = Hello
digest-head = { $greeting }, { $name }. Today { $waits }:
today-head = Now { $waits }:
waits-students =
    { $students ->
        [one] 1 student is waiting for you
       *[other] { $students } students are waiting for you
    }
waits-things =
    { $things ->
        [one] there is 1 thing to do
       *[other] there are { $things } things to do
    }
waits-both =
    { $students ->
        [one] 1 student is waiting for you
       *[other] { $students } students are waiting for you
    }, and { $things ->
        [one] there is 1 thing to do
       *[other] there are { $things } things to do
    }
today-done = All done: nothing is waiting for you. Thank you for keeping your students in mind. 🌿
digest-line = • <b>{ $student }</b> { $what }
digest-line-own = • { $what }
digest-put-off = { $line } (put off until { $day })
digest-call = 📞 Phone { $who } (the feedback did not arrive)
digest-others = { $items } more: /today
digest-done = Everything on this list is dealt with. Thank you.
digest-more = … and { $students } more: /students
digest-more-things = … and { $things } more
digest-waiting = { $items } more were mentioned lately, or put off: /today
button-talk-with = 📝 { $student }
button-contact-about = 📞 { $student }
button-all-about = 👤 { $student } · { $items } things
button-log-about = ✏️ { $student } · { $what }
button-log-own = ✏️ { $what }
button-done-with = ✅ Done: { $what }

due-wish = 💛 would like to talk with you
due-wish-of-mentor =
    { $days ->
        [0] would like to talk with the mentor
        [one] would like to talk with the mentor, 1 day late
       *[other] would like to talk with the mentor, { $days } days late
    }
due-first =
    { $days ->
        [0] first { $what } due today
        [one] first { $what } 1 day late
       *[other] first { $what } { $days } days late
    }
due-again =
    { $days ->
        [0] { $what } due today
        [one] { $what } 1 day late
       *[other] { $what } { $days } days late
    }
due-progress = { $what } ({ $done } of { $of })
due-resolved =
    { $days ->
        [0] resolved by a meeting, due today
        [one] resolved by a meeting, 1 day late
       *[other] resolved by a meeting, { $days } days late
    }
due-resolved-by = resolved by a meeting, by { $day }
due-by = { $what } by { $day }
due-was = { $what }, due { $day }
due-resolved-was = resolved by a meeting, due { $day }

# Later
button-later = ⏰ Later
later-whom = Whom shall I put off?
later = <b>{ $student }</b>: when shall I remind you?
later-tomorrow = Tomorrow
later-friday = On Friday
later-on_leave = Student on leave: next week
later-done = All right: <b>{ $student }</b> comes back on { $day }. The day it is due stays as it is.
button-back-to-list = ‹ Back to the list

# Students
checkin-ask =
    { $name }, that was the week 👋
    How was it? Tell your mentor: { $taps } taps.
checkin-reminder = { $name }, have a good Sunday! { $taps } taps when you like, so that your mentor knows how you are; late is fine.
checkin-ask-child =
    Hello { $name } 👋
    How are you? Tell your mentor: { $taps } taps.
checkin-reminder-child = { $name }, when you like: { $taps } taps tell your mentor how you are. Later is fine, too.
checkin-ask-together =
    👪 Please answer together with <b>{ $name }</b>:
    read each question aloud and tap what your child says, { $taps } taps. How does your child feel these days?
checkin-reminder-together = 👪 When you have a moment: { $taps } taps together with <b>{ $name }</b>, so that the mentor knows how your child is. Late is fine.

# Head teacher and office
escalation =
    <b>For you alone</b>
    These have waited for a while; perhaps the mentor could use a hand:

    { $lines }
escalation-line = • { $student } ({ $mentor }) { $what }; { $last }{ $leave }
escalation-more = … and { $items } more: /overview
escalation-last = last on { $day }
escalation-never = none so far
escalation-leave = . The mentor notes: student on leave until { $day }
office-summary =
    <b>{ $name } · the week</b>
    { $figures }

    { $lines }
office-class = <b>{ $class }</b>
office-none = Nothing is more than { $days } school days overdue.
