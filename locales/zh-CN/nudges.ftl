# 导师早上的名单，和 /today
greeting-morning = 早上好
greeting-day = 您好
digest-head = { $greeting }，{ $name }老师。今天有 { $waits }：
waits-students = { $students } 位学生等您
waits-things = { $things } 件事要办
waits-both = { $students } 位学生等您，还有 { $things } 件事要办
today-head = 现在有 { $waits }：
today-done = 都做到了，现在没有等着您的事。谢谢您把学生放在心上。🌿
digest-line = • <b>{ $student }</b> { $what }
digest-line-own = • { $what }
digest-put-off = { $line }（放到 { $day }）
digest-call = 📞 给{ $who }打个电话（反馈没送到）
digest-others = 另有 { $items } 项：/today
digest-done = 今天名单上的都处理好了，谢谢您。
digest-more = …还有 { $students } 位：/students
digest-more-things = …还有 { $things } 件
digest-waiting = 另有 { $items } 项，前几天提过，或您放了一放：/today
button-talk-with = 📝 { $student }
button-contact-about = 📞 { $student }
button-all-about = 👤 { $student } · { $items } 项
button-log-about = ✏️ { $student } · { $what }
button-log-own = ✏️ { $what }
button-done-with = ✅ 办好了：{ $what }

due-wish = 💛 想和您谈谈
due-wish-of-mentor =
    { $days ->
        [0] 想和导师谈谈
       *[other] 想和导师谈谈，已过 { $days } 天
    }
due-first =
    { $days ->
        [0] 首次{ $what }，今天到期
       *[other] 首次{ $what }，已过 { $days } 天
    }
due-again =
    { $days ->
        [0] { $what }，今天到期
       *[other] { $what }，已过 { $days } 天
    }
due-progress = { $what }（{ $done }/{ $of }）
due-resolved =
    { $days ->
        [0] 会上定的，今天到期
       *[other] 会上定的，已过 { $days } 天
    }
due-resolved-by = 会上定的，{ $day } 之前
due-by = { $what }，{ $day } 之前
due-was = { $what }，{ $day } 到期
due-resolved-was = 会上定的，{ $day } 到期

# 放一放
button-later = ⏰ 放一放
later-whom = 先放一放哪位学生？
later = <b>{ $student }</b>：什么时候再提醒您？
later-tomorrow = 明天
later-friday = 星期五
later-on_leave = 学生请假，下周再说
later-done = 好的，<b>{ $student }</b> 到 { $day } 再提醒您。该做的日子不变。
button-back-to-list = ‹ 回到名单

# 学生
checkin-ask =
    { $name }，一周辛苦啦 👋
    和导师说说这周过得怎么样？点 { $taps } 下就好。
checkin-reminder = { $name }，周末愉快！有空时点 { $taps } 下，和导师说说这周吧，晚一点也没关系。
checkin-ask-child =
    { $name }小朋友，你好呀 👋
    和导师说说你最近好不好？点 { $taps } 下就行。
checkin-reminder-child = { $name }小朋友，有空的时候点 { $taps } 下，和导师说说最近好不好。不着急，晚一点也可以。
checkin-ask-together =
    👪 请您和 <b>{ $name }</b> 一起回答：
    把问题念给孩子听，按孩子说的点，{ $taps } 下就好。最近心情怎么样？
checkin-reminder-together = 👪 有空时，请和 <b>{ $name }</b> 一起点 { $taps } 下，让导师知道孩子最近好不好。晚一点也没关系。

# 班主任、政教处
escalation =
    <b>这件事只告诉您</b>
    下面几项等得有点久了，也许可以帮导师一把：

    { $lines }
escalation-line = • { $student }（{ $mentor }老师）{ $what }；{ $last }{ $leave }
escalation-more = …还有 { $items } 项：/overview
escalation-last = 上次 { $day }
escalation-never = 还没有过
escalation-leave = 。导师说明：学生请假，到 { $day }
office-summary =
    <b>{ $name } · 每周小结</b>
    { $figures }

    { $lines }
office-class = <b>{ $class }</b>
office-none = 没有到期超过 { $days } 个上学日的事。
