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
button-day = { $day }

# A student's check-in
form-checkin = Weekly check-in
form-checkin-mood = How was your week?
form-checkin-study = How is school work going?
form-checkin-life = And life: friends, home, sleep?
form-checkin-talk = Would you like to talk with your mentor?
form-checkin-line = Write a line if you like and just send it. Only your mentor reads it.
form-checkin-line-add = ✏️ Add a line

# A talk
form-talk = Talk
form-talk-who = With whom did you talk?
form-talk-others = Who else was there? Then press “Done”.
form-talk-others-aside = 👥 Others too
form-talk-day = On which day?
form-talk-day-aside = 📅 Another day
form-talk-topics = What about? Choose one or more, then “Done”.
form-talk-line = Add a line: just send it.
form-talk-line-add = ✏️ Add a line
form-talk-afterthought = Write your afterthought: just send it.
form-talk-afterthought-add = 📓 Afterthought

# A contact with the family
form-contact = Family contact
form-contact-who = Whose family was it?
form-contact-others = Which other families? Then press “Done”.
form-contact-others-aside = 👥 Others too
form-contact-day = On which day?
form-contact-day-aside = 📅 Another day
form-contact-form = How was it made?
form-contact-line = Add a line: just send it.
form-contact-line-add = ✏️ Add a line
form-contact-afterthought = Write your afterthought: just send it.
form-contact-afterthought-add = 📓 Afterthought

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
