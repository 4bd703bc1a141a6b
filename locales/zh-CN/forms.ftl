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
button-everybody = 全部
button-day = { $day }

# 各种表格共用的步骤
step-day = 是哪一天？
step-day-aside = 📅 不是今天
step-others = 还有谁一起？选好后按“完成”。
step-others-aside = 👥 还有别人
step-line = 补一句要点，直接发来就好。
step-line-add = ✏️ 补一句
step-afterthought = 写下您的工作后记，直接发来就好。
step-afterthought-add = 📓 工作后记
step-matter = 是哪一个？
step-topic = 主题是什么？一句话就好。
step-facts = 情况是怎样的？请写下看到的事，不下结论。
step-analysis = 您怎么看？可能是什么原因？
step-plan = 接下来怎么帮？谁来做，什么时候再看？
step-what = 决定了什么？请写一件事。
step-owner = 谁来办？点名字，或发来姓名里的一两个字。
step-until = 什么时候之前？

# 学生汇报
form-checkin = 小汇报
form-checkin-mood = 这周心情怎么样？
form-checkin-study = 学习感觉怎么样？
form-checkin-life = 生活呢？比如同学、家里、睡觉。
form-checkin-sleep = 晚上睡得怎么样？
form-checkin-health = 身体和精神怎么样？
form-checkin-friends = 和同学、朋友相处得怎么样？
form-checkin-class = 在班里感觉怎么样？
form-checkin-family = 和家里人相处得怎么样？
form-checkin-joy = 这段时间有让你开心的事吗？
form-checkin-goals = 你定的目标「{ $words }」进展怎么样？
form-checkin-talk = 想和导师聊一聊吗？
form-checkin-mood-child = 最近心情怎么样？
form-checkin-study-child = 上课、写作业，感觉怎么样？
form-checkin-life-child = 平时过得怎么样？吃饭、睡觉、一起玩。
form-checkin-sleep-child = 晚上睡得好吗？
form-checkin-health-child = 身体舒服吗？有力气玩吗？
form-checkin-friends-child = 和小朋友们玩得好吗？
form-checkin-class-child = 在班里开心吗？
form-checkin-family-child = 在家里开心吗？
form-checkin-joy-child = 最近有让你高兴的事吗？
form-checkin-goals-child = 你说要「{ $words }」，做得怎么样啦？
form-checkin-talk-child = 想和导师说说话吗？
form-checkin-line-child = 还想说什么，写一句发来就好。只有导师看得到。
form-checkin-line = 想说什么，写一句发来就好。只有导师看得到。
form-checkin-line-add = ✏️ 写一句

# 谈心
form-talk = 谈心
form-talk-who = 和哪位学生谈的？
form-talk-others = 还有谁一起？选好后按“完成”。
form-talk-others-aside = 👥 还有别人
form-talk-way = 怎么谈的？
form-talk-way-aside = ✉️ 不是当面
form-talk-place = 在哪里、什么时候谈的？直接发来就好。
form-talk-place-add = 📍 地点
form-talk-topics = 谈了什么？可以选几项，再按“完成”。

# 家校联系
form-contact = 家校联系
form-contact-who = 联系了哪位学生的家长？
form-contact-others = 还有哪些学生的家长？选好后按“完成”。
form-contact-others-aside = 👥 还有别人
form-contact-joint = 这次家访，和谁一起去的？
form-contact-joint-add = 🚪 谁一起去的
form-contact-family = 孩子的家庭是哪一种？只有导师和班主任看得到，请不要对外说。
form-contact-family-add = 🏠 家庭情况
form-contact-form = 怎么联系的？

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

# 学期评价（成长寄语）
form-evaluation = 评价和寄语
form-evaluation-who = 写给哪位学生和家长？
form-evaluation-strengths = 这段时间的闪光点在哪里？可以选几项，再按“完成”。
form-evaluation-words =
    写一段成长寄语，送给孩子和家长。
    例：这学期你学会了先听再说，同学都愿意和你一组。下学期，试着每天读二十分钟书。
form-evaluation-send =
    家长看到的就是这样：

    <blockquote>{ $preview }</blockquote>

    现在发送吗？
form-evaluation-send-yes = ✅ 发送

# 成长档案
form-profile = 建成长档案
form-profile-who = 为哪位学生建档？
form-profile-family = 家庭是哪一种？请留心措辞，只有导师和班主任看得到。
form-profile-nature = 性格、习惯、品行怎么样？两三句就好。
form-profile-interests = 喜欢什么、擅长什么？直接发来就好。
form-profile-interests-add = 🎨 兴趣特长
form-profile-health = 身体和心理上有什么要留心的？直接发来就好。
form-profile-health-add = 🌱 身心健康

form-plan = 成长计划
form-plan-who = 和哪位学生一起定的？
form-plan-goals =
    一起定下的目标，一行一个，最多三个。
    例：每天读二十分钟书
form-plan-help = 您怎么帮？直接发来就好。
form-plan-help-add = 🤝 怎么帮

form-performance = 月度表现
form-performance-who = 哪位学生？
form-performance-conduct = 这个月品行怎么样？
form-performance-study = 这个月学习怎么样？

form-marks = 考试成绩
form-marks-who = 哪位学生？
form-marks-exam = 哪次考试？
form-marks-marks =
    各科成绩写一行发来。
    例：语文 92 数学 88.5 英语 76/120 物理 缺考

form-case = 个案分析
form-case-who = 关于哪位学生？
form-referral = 转介
form-referral-who = 关于哪位学生？
form-referral-form = 转介给哪里？请先和班主任、学校商量过。
form-buddy = 学长结对
form-buddy-who = 帮的是哪位学生？
form-buddy-senior = 学长（学姐）是谁？请写学号或姓名。

# 班级、小组、自己、学校
form-meeting = 班级会议
form-meeting-form = 是哪一种会？
form-school_meeting = 全校会议
form-school_meeting-form = 是哪一种会？
form-resolution = 会议决定
form-school_resolution = 会议决定
form-class_case = 班级个案分析
form-school_case = 全校个案分析
form-own_case = 我的个案总结
form-group = 建一个小组
form-group-name = 小组叫什么名字？
form-group-members = 小组里有谁？选好后按“完成”。
form-regroup = 改小组
form-regroup-name = 小组改叫什么名字？
form-regroup-members = 小组里有谁？点名字加上或去掉，再按“完成”。
form-regroup-leader = 以后谁来带？点名字，或发来姓名里的一两个字。
form-activity = 小组活动
form-activity-others = 去掉没来的同学，再按“完成”。
form-activity-others-aside = 👥 有人没来
form-activity-what = 做了什么？
form-parents_class = 家长课堂
form-session = 导师家长会
form-work_plan = 工作计划
form-work_plan-aims = 这学期打算怎么做？分点写，一段发来就好。
form-training = 导师培训
form-training-form = 谁组织的？
form-report = 工作研究
form-report-findings = 研究了什么，有什么发现？一段发来就好。
form-survey = 导师评价
form-survey-asked = 问了谁？
form-survey-findings = 结果怎么样？请写总体情况，不写谁说的。
