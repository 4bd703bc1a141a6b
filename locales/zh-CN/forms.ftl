# 表格：每个名字都由表格和步骤的名字得来（form-<表格>-<步骤>）
form-title = <b>{ $name }</b> { $step }/{ $of }
form-title-who = <b>{ $name }</b> · { $who }
form-title-who-day = <b>{ $name }</b> · { $who } · { $day }
form-screen =
    { $title }
    { $question }
form-resumed =
    接着写：
    { $screen }
form-cancelled = 已取消，什么都没有保存。

button-done = ✅ 完成
button-ticked = ✅ { $label }
button-back = ‹ 返回
button-cancel = 取消
button-close = 好了
button-earlier = ‹ 上一页
button-more = 下一页 ›
button-day = { $day }

# 学生汇报
form-checkin = 每周小汇报
form-checkin-mood = 这周心情怎么样？
form-checkin-study = 学习感觉怎么样？
form-checkin-life = 生活呢？比如同学、家里、睡觉。
form-checkin-talk = 想和导师聊一聊吗？
form-checkin-line = 想说什么，写一句发来就好。只有导师看得到。
form-checkin-line-add = ✏️ 写一句

# 谈心
form-talk = 谈心
form-talk-who = 和哪位学生谈的？
form-talk-others = 还有谁一起？选好后按“完成”。
form-talk-others-aside = 👥 还有别人
form-talk-day = 是哪一天？
form-talk-day-aside = 📅 不是今天
form-talk-topics = 谈了什么？可以选几项，再按“完成”。
form-talk-line = 补一句要点，直接发来就好。
form-talk-line-add = ✏️ 补一句
form-talk-afterthought = 写下您的工作后记，直接发来就好。
form-talk-afterthought-add = 📓 工作后记

# 家校联系
form-contact = 家校联系
form-contact-who = 联系了哪位学生的家长？
form-contact-others = 还有哪些学生的家长？选好后按“完成”。
form-contact-others-aside = 👥 还有别人
form-contact-day = 是哪一天？
form-contact-day-aside = 📅 不是今天
form-contact-form = 怎么联系的？
form-contact-line = 补一句要点，直接发来就好。
form-contact-line-add = ✏️ 补一句
form-contact-afterthought = 写下您的工作后记，直接发来就好。
form-contact-afterthought-add = 📓 工作后记

# 成长反馈
form-feedback = 给家长的反馈
form-feedback-who = 关于哪位学生？
form-feedback-fact =
    您看到了什么？请写一件具体的事。
    例：今天他主动给同桌讲了两道题。
form-feedback-next =
    接下来做什么？请写一小步。
    例：今晚请听他讲讲这两道题。
form-feedback-send =
    家长看到的就是这样：

    <blockquote>{ $preview }</blockquote>

    现在发送吗？
form-feedback-send-yes = ✅ 发送

# 家长回复、导师答复
form-reply = 给老师回话
form-reply-words = 请把想说的话发来，我会原样转给老师。
form-answer = 回复家长
form-answer-words = 请把想说的话发来，我会原样转给家长。

# 家长在纸上或电话里的回话
form-heard = 家长的回话
form-heard-words = 家长写了什么、说了什么？请照原话打下来。
