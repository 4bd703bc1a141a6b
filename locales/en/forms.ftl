# Forms: every name derives from those of form and step (form-<form>-<step>)
form-title = <b>{ $name }</b> { $step }/{ $of }
form-title-who = <b>{ $name }</b> · { $who }
form-title-who-day = <b>{ $name }</b> · { $who } · { $day }
form-screen =
    { $title }
    { $question }
form-resumed =
    Where you left off:
    { $screen }
form-cancelled = Cancelled. Nothing was saved.

button-done = ✅ Done
button-ticked = ✅ { $label }
button-back = ‹ Back
button-cancel = Cancel
button-close = That’s all
button-earlier = ‹ Earlier
button-more = More ›
button-everybody = Everybody
button-day = { $day }

# Steps that all forms share
step-day = On which day?
step-day-aside = 📅 Another day
step-others = Who else? Then press “Done”.
step-others-aside = 👥 Others too
step-line = Add a line: just send it.
step-line-add = ✏️ Add a line
step-afterthought = Write your afterthought: just send it.
step-afterthought-add = 📓 Afterthought
step-matter = Which one?
step-topic = What is the topic? One line is enough.
step-facts = What happened? Write what was seen, without a verdict.
step-analysis = How do you see it? What may be the reasons?
step-plan = How do we help? Who does what, and when do we look again?
step-what = What was resolved? One thing.
step-owner = Who does it? Press a name, or send a part of it.
step-until = Until when?

# A student's check-in
form-checkin = Check-in
form-checkin-mood = How was your week?
form-checkin-study = How is school work going?
form-checkin-life = And life: friends, home, sleep?
form-checkin-sleep = How do you sleep?
form-checkin-health = How is your body, and your energy?
form-checkin-friends = How is it with your friends?
form-checkin-class = How do you feel in your class?
form-checkin-family = How is it at home?
form-checkin-joy = Was there something to be glad of?
form-checkin-goals = Your goal “{ $words }”: how is it going?
form-checkin-talk = Would you like to talk with your mentor?
form-checkin-mood-child = How do you feel these days?
form-checkin-study-child = Lessons and homework: how are they?
form-checkin-life-child = How are your days? Eating, sleeping, playing.
form-checkin-sleep-child = Do you sleep well?
form-checkin-health-child = Do you feel well and strong?
form-checkin-friends-child = Is it fun with the other children?
form-checkin-class-child = Do you like it in your class?
form-checkin-family-child = Is it nice at home?
form-checkin-joy-child = Did something make you happy?
form-checkin-goals-child = You wanted to “{ $words }”: how is it going?
form-checkin-talk-child = Would you like to talk with your mentor?
form-checkin-line-child = Anything else? Write a line and send it. Only your mentor reads it.
form-checkin-line = Write a line if you like and just send it. Only your mentor reads it.
form-checkin-line-add = ✏️ Add a line

# A talk
form-talk = Talk
form-talk-who = With whom did you talk?
form-talk-others = Who else was there? Then press “Done”.
form-talk-others-aside = 👥 Others too
form-talk-way = How did you talk?
form-talk-way-aside = ✉️ Not in person
form-talk-place = Where, and when? Just send it.
form-talk-place-add = 📍 Place
form-talk-topics = What about? Choose one or more, then “Done”.

# A contact with the family
form-contact = Family contact
form-contact-who = Whose family was it?
form-contact-others = Which other families? Then press “Done”.
form-contact-others-aside = 👥 Others too
form-contact-joint = Who came along on this home visit?
form-contact-joint-add = 🚪 Who came along
form-contact-family = How is the family made up? Only mentors and the head teacher can see it; please tell nobody else.
form-contact-family-add = 🏠 The family
form-contact-form = How was it made?

# Feedback to the family
form-feedback = Feedback to the family
form-feedback-who = About whom?
form-feedback-fact =
    What did you see? One thing that happened.
    Such as: today he explained two problems to his neighbour.
form-feedback-next =
    What comes next? One small step.
    Such as: tonight, let him explain them to you.
form-feedback-send =
    This is what the family will see:

    <blockquote>{ $preview }</blockquote>

    Send it now?
form-feedback-send-yes = ✅ Send

# The family's reply, the mentor's answer
form-reply = Reply to the teacher
form-reply-words = Send what you would like to say. I carry it to the teacher word for word.
form-answer = Answer the family
form-answer-words = Send what you would like to say. I carry it to the family word for word.

# A family’s answer on paper or by phone
form-heard = The family’s answer
form-heard-words = What did they write or say? Please type it in their own words.

# The evaluation of a term, with words to the family
form-evaluation = Evaluation
form-evaluation-who = For which student and family?
form-evaluation-strengths = Where did the student shine? Choose one or more, then “Done”.
form-evaluation-words =
    Write a few words to child and family.
    Example: This term you learned to listen first, and everybody likes to work with you. Next term, try to read twenty minutes a day.
form-evaluation-send =
    This is exactly what the family will see:

    <blockquote>{ $preview }</blockquote>

    Send it now?
form-evaluation-send-yes = ✅ Send

# The growth file
form-profile = Open the growth file
form-profile-who = For which student?
form-profile-family = How is the family made up? Choose your words with care; only mentors and the head teacher can see it.
form-profile-nature = Personality, habits, conduct? Two or three sentences.
form-profile-interests = Interests and talents? Just send it.
form-profile-interests-add = 🎨 Interests
form-profile-health = Anything to mind about body and mind? Just send it.
form-profile-health-add = 🌱 Health

form-plan = Growth plan
form-plan-who = With which student did you make it?
form-plan-goals =
    The goals you agreed on, one a line, three at most.
    Example: read twenty minutes a day
form-plan-help = How will you help? Just send it.
form-plan-help-add = 🤝 How to help

form-performance = The month’s performance
form-performance-who = Which student?
form-performance-conduct = Conduct this month?
form-performance-study = School work this month?

form-marks = Exam marks
form-marks-who = Which student?
form-marks-exam = Which exam?
form-marks-marks =
    Send the marks in one line.
    Example: Chinese 92 Maths 88 English 95

form-case = Case review
form-case-who = About which student?
form-referral = Referral
form-referral-who = About which student?
form-referral-form = Referred to whom? Please talk it over with the head teacher and the school first.
form-buddy = Buddies
form-buddy-who = Which student is helped?
form-buddy-senior = Who is the senior student? Number or name, please.

# Of a class, a group, one’s own, the school
form-meeting = Class meeting
form-meeting-form = What kind of meeting?
form-school_meeting = School meeting
form-school_meeting-form = What kind of meeting?
form-resolution = Resolution
form-school_resolution = Resolution
form-class_case = Case review of the class
form-school_case = Case review of the school
form-own_case = My case review
form-group = New group
form-group-name = What is the group called?
form-group-members = Who is in it? Then press “Done”.
form-regroup = Group
form-regroup-name = What shall the group be called?
form-regroup-members = Who is in it? Press names to add or take off, then “Done”.
form-regroup-leader = Who leads it from now on? Press a name, or send a part of it.
form-activity = Group activity
form-activity-others = Take out who was missing, then press “Done”.
form-activity-others-aside = 👥 Somebody was missing
form-activity-what = What did you do?
form-parents_class = Parents’ class
form-session = Session for my families
form-work_plan = Work plan
form-work_plan-aims = What do you plan this term? Send it in one message.
form-training = Mentor training
form-training-form = Who held it?
form-report = Report on the system
form-report-findings = What was studied, and what was found? Send it in one message.
form-survey = Survey on mentors
form-survey-asked = Who was asked?
form-survey-findings = What came out? The whole picture, please, not who said what.
