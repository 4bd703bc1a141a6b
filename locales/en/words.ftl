# Days, weekdays, joints and all fixed words
day = { $weekday } { $day } { $month }
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
words-as-typed = { $words }
joint-comma = , { "" }

language-zh-CN = 中文
language-en = English

role-mentor = mentor
role-external_mentor = external mentor
role-head_teacher = head teacher
role-chief_mentor = chief mentor
role-counsellor = counsellor
role-office = moral-education office
role-principal = principal
role-supervisor = district supervisor
role-guardian = family
role-student = student

relation-father = father
relation-mother = mother
relation-grandfather = grandfather
relation-grandmother = grandmother
relation-sibling = elder brother or sister
relation-relative = relative
relation-other = guardian

topic-values = values
topic-study = study
topic-life = life
topic-mind = mind
topic-career = career

talk-in_person = in person
talk-letter = by letter or e-mail
talk-online = online
talk-phone = by phone

contact-phone = phone
contact-in_person = at school
contact-online = online
contact-letter = letter
contact-home_visit = home visit
contact-feedback = feedback

meeting-huddle = daily huddle
meeting-weekly = weekly meeting
meeting-monthly_review = monthly review
meeting-mid_term = mid-term meeting with students
meeting-end_of_term = end-of-term meeting with students
meeting-exchange = exchange meeting
meeting-other = meeting
session-parents_class = parents' class
session-mentor_session = session for own families
training-school = training at school
training-bureau = training by the bureau
referral-community = referral to the community
referral-womens_federation = referral to the women's federation
referral-civil_affairs = referral to civil affairs

joint-head_teacher = with the head teacher
joint-colleagues = with colleagues
household-parents = both parents
household-single = single parent
household-reformed = re-formed family
household-grandparents = grandparents
household-other = other
strength-moral = character
strength-study = study
strength-sport = sport
strength-art = arts
strength-work = work
grade-great = 🌟 great
grade-good = 🙂 good
grade-fair = 😐 fair
grade-help = 🤝 needs help
activity-sport = sport
activity-reading = reading
activity-art = arts
activity-work = work
activity-service = volunteering
activity-outing = an outing
activity-talk = a talk together
activity-other = other
asked-students = students
asked-families = families
asked-both = students and families

joint-dot = { " · " }
lines = { $lines }
list = { $items }
nothing = { "" }
ago =
    { $days ->
        [0] today
        [1] yesterday
       *[other] { $days } days ago
    }
ago-never = not yet
family-name = { $student }’s { $relation }
as-hat = <b>[{ $name }]</b>
    { $words }

duty-talk = talk
duty-contact = family contact
duty-checkin = check-in
duty-wish = wished talk
duty-evaluation = evaluation
duty-profile = growth file
duty-plan = growth plan
duty-performance = monthly performance
duty-marks = exam marks
duty-case = case review
duty-meeting = meeting
duty-activity = group activity
duty-session = session for parents
duty-training = mentor training
duty-report = report on the mentor system
duty-survey = feedback on mentors
duty-work_plan = work plan
duty-referral = referral
duty-buddy = senior-junior buddies
duty-resolution = resolution
resolution-dropped = resolution that was dropped

mood-1 = 😞 low
mood-2 = 😕 meh
mood-3 = 😐 okay
mood-4 = 🙂 good
mood-5 = 😄 great
study-1 = 😣 hard
study-2 = 😐 okay
study-3 = 😎 well
life-1 = 🌧 not great
life-2 = ⛅ okay
life-3 = ☀️ fine
sleep-1 = 🥱 badly
sleep-2 = 😐 okay
sleep-3 = 🌙 well
health-1 = 🤒 not well
health-2 = 😐 okay
health-3 = 💪 well
friends-1 = 😔 hard
friends-2 = 🙂 okay
friends-3 = 🤝 fine
class-1 = 😔 not at ease
class-2 = 🙂 okay
class-3 = 🏫 at home
family-1 = 🌧 not great
family-2 = ⛅ okay
family-3 = 🏠 fine
joy-1 = 😶 no
joy-2 = 🙂 a little
joy-3 = 🎉 a lot
goals-1 = 🐢 hard
goals-2 = 🚶 slowly
goals-3 = 🚀 well
wants-no = Not now
wants-yes = 💛 Yes, please
