# 演示：虚构的学校与网页上的字
demo-open = 演示已就绪，请在浏览器打开 { $url }（按 Ctrl+C 结束）
demo-port-taken = 端口 { $port } 已被占用。请用 --port 换一个。
demo-school-default = 青禾中学（演示）
demo-grade-default = 七年级
demo-school-middle = 青禾初级中学（演示）
demo-grade-middle = 七年级
demo-school-primary = 青禾小学（演示）
demo-grade-primary = 三年级
demo-school-high = 青禾高级中学（演示）
demo-grade-high = 高一
demo-school-district = 青禾实验学校（演示）
demo-grade-district = 七年级
demo-goal = 每天读二十分钟书
demo-exam-month = 十月月考
demo-exam-mid = 期中考试
demo-exam-end = 期末考试
demo-term = 2026学年第一学期
demo-family = { $student }的{ $relation }
demo-roles = { $roles }
demo-line-1 = 最近晚上总睡不好，上课也听不进去。
demo-line-2 = 数学有点跟不上了。
demo-line-3 = 作业有点多，还行。
demo-line-4 = 篮球赛我们班赢了！
demo-line-5 = 这周很开心，英语进步了。

demo-roster =
    姓名,角色,学号,工号,年级,班级,导师,家长姓名,关系,家长2姓名,家长2关系
    王建国,导师,,T001,,,,,,,
    陈静,导师,,T002,,,,,,,
    刘强,导师,,T003,,,,,,,
    周敏,班主任,,T004,{ $grade },1班,,,,,
    赵雅,心理教师,,T005,,,,,,,
    孙立,政教处,,T006,,,,,,,
    李雷,学生,20260701,,{ $grade },1班,王建国,李建民,父亲,韩雪,母亲
    韩梅梅,学生,20260702,,{ $grade },1班,王建国,韩志远,父亲,,
    林涛,学生,20260703,,{ $grade },1班,王建国,陈桂兰,奶奶,,
    魏华,学生,20260704,,{ $grade },1班,王建国,魏大明,父亲,王秀英,母亲
    张伟,学生,20260705,,{ $grade },1班,陈静,张海,父亲,李娟,母亲
    刘洋,学生,20260706,,{ $grade },1班,陈静,刘芳,母亲,,
    王芳,学生,20260707,,{ $grade },1班,陈静,王军,父亲,,
    赵磊,学生,20260708,,{ $grade },1班,陈静,钱丽,母亲,,
    孙悦,学生,20260709,,{ $grade },1班,刘强,孙浩,父亲,周莉,母亲
    周杰,学生,20260710,,{ $grade },1班,刘强,周建,父亲,,
    吴倩,学生,20260711,,{ $grade },1班,刘强,吴敏,母亲,,
    郑浩,学生,20260712,,{ $grade },1班,刘强,郑国强,爷爷,,

demo-clock-hour = +1 小时
demo-clock-morning = 下个上学日早上
demo-clock-checkin = 周五小汇报
demo-clock-month = +1 个月
demo-clock-stuck = 时间没有走动，请再试一次。

demo-page-lang = zh-CN
demo-page-choose = 选择手机
demo-page-done = 好了
demo-page-message = 输入消息
demo-page-send = 发送
demo-page-menu = 菜单
demo-page-more = 更多
demo-page-typing = 正在输入…
demo-page-bot = 机器人
demo-page-edited = 已编辑
demo-page-empty = 这里还没有消息
demo-page-start = 开始
demo-page-block = 屏蔽机器人
demo-page-unblock = 取消屏蔽
demo-page-sticker = 发贴纸
demo-page-voice = 发语音
demo-page-photo = 发图片
demo-page-file = 发文件
demo-page-location = 发位置
demo-page-contact = 发联系人
demo-page-close = 关闭
demo-page-busy = 时间正在过去…
demo-page-offline = 连接断开，正在重连…
demo-page-newest = 到最新消息
demo-page-chat = 与导育的聊天
demo-page-alert = 提示
demo-page-clock = 学校时间
demo-page-remove = 收起
