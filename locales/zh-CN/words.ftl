# 日期、星期、连接词和各种固定词语
day = { $month }{ $day }日 { $weekday }
weekday-1 = 周一
weekday-2 = 周二
weekday-3 = 周三
weekday-4 = 周四
weekday-5 = 周五
weekday-6 = 周六
weekday-7 = 周日
month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月
words-as-typed = { $words }
joint-comma = 、

language-zh-CN = 中文
language-en = English

role-mentor = 导师
role-external_mentor = 校外导师
role-head_teacher = 班主任
role-chief_mentor = 首席导师
role-counsellor = 心理教师
role-office = 政教处
role-principal = 校长
role-supervisor = 督学
role-guardian = 家长
role-student = 学生

relation-father = 爸爸
relation-mother = 妈妈
relation-grandfather = 爷爷/外公
relation-grandmother = 奶奶/外婆
relation-sibling = 哥哥/姐姐
relation-relative = 亲戚
relation-other = 监护人

topic-values = 思想
topic-study = 学业
topic-life = 生活
topic-mind = 心理
topic-career = 生涯

talk-in_person = 当面
talk-letter = 书信、邮件
talk-online = 网上
talk-phone = 电话

contact-phone = 电话
contact-in_person = 到校面谈
contact-online = 线上
contact-letter = 书信
contact-home_visit = 家访
contact-feedback = 成长反馈

meeting-huddle = 日碰头
meeting-weekly = 周例会
meeting-monthly_review = 月研判
meeting-mid_term = 期中师生会
meeting-end_of_term = 期末师生会
meeting-exchange = 交流会
meeting-other = 其他会议
session-parents_class = 家长课堂
session-mentor_session = 导师家长会
training-school = 校级培训
training-bureau = 局级培训
referral-community = 转介社区
referral-womens_federation = 转介妇联
referral-civil_affairs = 转介民政

joint-head_teacher = 和班主任一起
joint-colleagues = 和同事一起
household-parents = 父母同住
household-single = 单亲
household-reformed = 重组家庭
household-grandparents = 祖辈照顾
household-other = 其他
strength-moral = 品德
strength-study = 学习
strength-sport = 体育
strength-art = 艺术
strength-work = 劳动
grade-great = 🌟 很好
grade-good = 🙂 好
grade-fair = 😐 一般
grade-help = 🤝 需要帮助
activity-sport = 运动
activity-reading = 阅读
activity-art = 艺术
activity-work = 劳动
activity-service = 志愿服务
activity-outing = 研学
activity-talk = 谈心会
activity-other = 其他
asked-students = 学生
asked-families = 家长
asked-both = 学生和家长

joint-dot = { " · " }
lines = { $lines }
list = { $items }
nothing = { "" }
ago =
    { $days ->
        [0] 今天
        [1] 昨天
       *[other] { $days }天前
    }
ago-never = 还没有
family-name = { $student }{ $relation }
as-hat = <b>【{ $name }】</b>
    { $words }

duty-talk = 谈心
duty-contact = 家校联系
duty-checkin = 小汇报
duty-wish = 约谈
duty-evaluation = 学生评价
duty-profile = 建立成长档案
duty-plan = 成长计划
duty-performance = 月度表现
duty-marks = 考试成绩
duty-case = 个案分析
duty-meeting = 会议
duty-activity = 小组活动
duty-session = 家长课堂
duty-training = 导师培训
duty-report = 工作研究报告
duty-survey = 对导师的评价
duty-work_plan = 工作计划
duty-referral = 转介
duty-buddy = 学长结对
duty-resolution = 会议决定
resolution-dropped = 不办了的会议决定

mood-1 = 😞 低落
mood-2 = 😕 不好
mood-3 = 😐 一般
mood-4 = 🙂 不错
mood-5 = 😄 很棒
study-1 = 😣 吃力
study-2 = 😐 还行
study-3 = 😎 顺利
life-1 = 🌧 有点烦
life-2 = ⛅ 还行
life-3 = ☀️ 挺好
sleep-1 = 🥱 睡不好
sleep-2 = 😐 还行
sleep-3 = 🌙 睡得香
health-1 = 🤒 不太好
health-2 = 😐 还行
health-3 = 💪 很好
friends-1 = 😔 有点难
friends-2 = 🙂 还行
friends-3 = 🤝 很好
class-1 = 😔 不太自在
class-2 = 🙂 还行
class-3 = 🏫 很自在
family-1 = 🌧 有点烦
family-2 = ⛅ 还行
family-3 = 🏠 很好
joy-1 = 😶 没有
joy-2 = 🙂 有一点
joy-3 = 🎉 有好多
goals-1 = 🐢 有点难
goals-2 = 🚶 慢慢来
goals-3 = 🚀 很顺利
wants-no = 暂时不用
wants-yes = 💛 想聊聊
