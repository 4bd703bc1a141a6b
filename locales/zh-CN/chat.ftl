# 加入
join-stranger =
    您好！我是 <b>导育</b>，帮学校的导师、学生和家长保持联系。

    请点开学校发给您的邀请链接。还没有收到，请问一问班主任。
join-unknown-code = 这个邀请码不对。请点开学校发的链接，或请班主任再发一个。
join-used = 这个邀请码已经用过了。请班主任再发一个。
join-expired = 这个邀请码过期了。请班主任再发一个。
join-revoked = 这个邀请已经作废。请用学校最近发的那一个；没有的话，请班主任再发一个。
join-too-many = 试错的次数有点多，请一小时后再试，或请班主任再发一个。
join-welcome-student =
    你好，<b>{ $name }</b>！欢迎来到{ $school }的导师小天地。

    我会定期问你 { $taps } 个小问题，点 { $taps } 下就好。平时想和导师聊聊，发 /wish 就行。
join-welcome-guardian =
    您好，<b>{ $name }</b>！这里是{ $school }，您是{ $children }的家长。

    导师有话想告诉您，我会送到这里；您可以直接在这里回复。
join-welcome-mentor =
    <b>{ $name }</b>老师，您好！这里是{ $school }。

    有学生该谈谈、该联系了，我会在上学日早上告诉您；点三下就能记好。没有事就不打扰。
join-welcome-staff =
    您好，<b>{ $name }</b>！这里是{ $school }。

    您在这里可以：
    { $commands }

    这些也都在输入框旁的菜单里。

# 换手机、换账号
rebind-offer =
    这个邀请码已经用过了，或者过期了。

    换了手机或账号，而且<b>就是本人</b>？请按下面的按钮，我去请老师确认。不是的话，请班主任再发一个邀请。
button-rebind-ask = 是本人，请老师确认
rebind-asked =
    已经告诉老师了。老师会<b>当面或打电话</b>问一问；一确认，这里马上就能用。

    老师 24 小时内都可以确认。着急的话，请直接找老师。
rebind-waits = 老师已经收到了，请等一等。着急的话，请直接找老师。
rebind-too-often = 今天已经问过好几次了。请直接找班主任，再要一个新的邀请。
rebind-nobody = 现在没有老师能在这里确认。请找学校政教处，要一个新的邀请。
rebind-family = { $families }
rebind-confirm =
    🔑 <b>{ $who }</b>想换一个 Telegram 账号。

    请先<b>当面或打电话</b>问清楚是本人，再按。光有邀请纸条不算：纸条可能是捡来的。{ $hint }
rebind-guardians = { "" }
    这个孩子登记了 { $count } 位家长，请问清楚是哪一位。
button-rebind-yes = ✅ 问过了，是本人
button-rebind-no = ✋ 不是本人
rebind-granted = ✅ 已确认：<b>{ $who }</b>换到了新账号，旧账号不再收到消息。
rebind-granted-by = ✅ { $by }已确认：<b>{ $who }</b>换到了新账号，旧账号不再收到消息。
rebind-denied = ✋ 已拒绝：<b>{ $who }</b>的账号没有变。
rebind-denied-by = ✋ { $by }已拒绝：<b>{ $who }</b>的账号没有变。
rebind-told-denied = 老师没有确认是本人，所以这里还不能用。请当面找老师，或要一个新的邀请。
rebind-told-old =
    有人拿着「{ $name }」的邀请，想换到另一个 Telegram 账号。

    是您自己在换手机？不用管。<b>不是的话，请马上告诉班主任或导师。</b>
rebind-moved =
    「{ $name }」已经换到另一个 Telegram 账号，这里不会再收到学校关于{ $name }的消息。

    <b>不是您换的？请马上告诉班主任。</b>

# 菜单和帮助
menu = 菜单
help =
    可以这样用：

    { $lines }
help-line = /{ $command } { $does }
command-checkin = 小汇报
command-wish = 想和导师聊聊
command-today = 今天要做的事
command-talk = 记一次谈心
command-contact = 记一次家校联系
command-feedback = 给家长写反馈
command-record = 记别的：评价、计划、会议……
command-students = 我的学生
command-overview = 总览
command-messages = 老师的话
command-consent = 家长同意书
command-settings = 设置
command-help = 能做什么
command-cancel = 取消正在填的

# 小提示
hint-no-form = 我听懂按钮和命令。看看能做什么：/help
hint-no-form-student = 我听懂按钮和命令，这句话没有转给任何人。想和导师说话，发 /wish；心里难受、等不及，就直接去找老师或家里人。
hint-no-form-family = 我听懂按钮和命令，这句话还没有转给老师。请点老师那条消息下面的“💬 回复老师”再写；找不到那条消息，发 /messages。
hint-unknown-command = 没有这个命令。看看能做什么：/help
hint-unexpected = 这个我看不懂，我只认得文字和按钮。看看能做什么：/help
hint-unexpected-in-form = 这个我看不懂，请按按钮或打字。刚才填的都还在。
hint-group = 为了保护学生，我只在私聊里说话。请点我的头像，单独找我。
hint-nothing-to-cancel = 没有正在填的内容。

refusal-stale-button = 这一步已经过去了，不用再按。想看能做什么，发 /help
refusal-not-allowed = 这件事现在不归您办。
refusal-not-found = 没有找到，可能已经变了。
refusal-too-late-to-undo = 已经过了 10 分钟，不能撤销了。
refusal-already-undone = 已经撤销过了。
refusal-too-long = 有点长了，请写短一些再发一次。
refusal-press-a-button = 请先按一个按钮。不想填了，发 /cancel。
refusal-not-for-you = 这个功能您现在用不上。看看能做什么：/help
refusal-no-students = 您现在还没有结对的学生。请问一问班主任。
refusal-no-mentor = 你还没有导师。请先告诉班主任，你想找人聊聊。
refusal-child-answers = 孩子的小汇报现在不用家长陪着答：孩子自己答，或用纸笔。
refusal-answered-by-other = 已经有人和孩子一起答好了，这里不用再填。不想留着，发 /cancel 就好。
refusal-marks = { $why }
marks-wrong-nothing = 没有看到分数。请写成：语文 92 数学 88.5 英语 76/120
marks-wrong-no-mark = “{ $words }”后面没有分数。缺考的写“缺考”。
marks-wrong-no-subject = “{ $words }”前面没有科目。
marks-wrong-no-number = “{ $words }”不像分数。分数写成 92、88.5 或 76/120，缺考的写“缺考”。
marks-wrong-too-high = “{ $words }”超过了满分，请核对。
marks-wrong-twice = “{ $words }”写了两次。
marks-wrong-not-kept = “{ $words }”不用写：总分会自己算，这里不排名。
marks-wrong-too-much = 太多了：最多 { $subjects } 科，科目名最多 { $signs } 个字。
refusal-choose-one = 请至少选一个。
refusal-has-joined = 已经加入了，不用再邀请。
refusal-nobody-on-paper = 大家都在这里，没有要打印的。
refusal-no-such-student = 没有找到这位学生。请写学号，或完整的姓名。
refusal-several-students = 有几位同名的学生，请写学号。
refusal-nobody-called = 没有找到这个名字。请点下面的名字，或发来姓名里的一两个字。
refusal-no-groups = 您还没有小组。发 /record，先“建一个小组”。
refusal-three-goals = 请写一到三个目标，一行一个。
refusal-already-done = 这件事已经了结了。
refusal-nothing-to-choose = 现在没有可选的：校历里还没有考试，或班里还没有老师。请先请政教处录入。
refusal-no-family = 这位学生还没有登记家长，反馈没有人能收到。请先请班主任补上。

# 设置
settings =
    <b>{ $name }</b> · { $school }
    语言：{ $language }
    免打扰：{ $quiet }
settings-quiet-own = { $from }–{ $to }（自己定的）
settings-quiet-school = { $from }–{ $to }（学校统一）
button-quiet = 🌙 { $from }–{ $to }
button-digest = 📋 { $time }
button-digest-now = 📋 { $time } ✓
button-put-off = ⏰ 放一放的学生
put-off = 这几位学生先放着。按一下，就回到名单上：
put-off-none = 没有放着的学生。
put-off-back = { $student } 回到名单上了。
button-unsnooze = ↩️ { $student }（到 { $day }）
button-hat = 👤 换成 { $name }（{ $school }）

# 学生
button-checkin = 开始，{ $taps } 下就好
button-checkin-edit = ✏️ 改一改
checkin-done =
    ✅ 收到，谢谢你！
    { $answers }{ $line }

    还想说什么，直接发来就好。只有导师看得到。
checkin-done-low =
    ✅ 收到了。这周不容易，谢谢你说出来。
    { $answers }{ $line }

    想多说几句，直接发来就好，只有导师看得到。想当面聊，随时发 /wish。
checkin-added =
    ✅ 都收到了，谢谢你！
    { $answers }{ $line }
checkin-answered =
    你已经汇报过了：
    { $answers }{ $line }

    下一次汇报之前，都可以改。
checkin-done-together =
    ✅ 收到，谢谢您陪 <b>{ $student }</b> 一起答。
    { $answers }{ $line }

    孩子还想说什么，直接发来就好。只有导师看得到。
checkin-added-together =
    ✅ 都收到了，谢谢您和 <b>{ $student }</b>！
    { $answers }{ $line }
checkin-answered-together =
    您已经和 <b>{ $student }</b> 一起答过了：
    { $answers }{ $line }

    下一次之前，都可以改。
checkin-done-by-other = ✅ <b>{ $student }</b> 已经和{ $who }一起答好了，您不用再答。谢谢您！
checkin-which-child = 和哪个孩子一起答？
checkin-with = （和{ $who }一起答的）
said-mood = 心情 { $said }
said-study = 学习 { $said }
said-life = 生活 { $said }
said-sleep = 睡觉 { $said }
said-health = 身体 { $said }
said-friends = 朋友 { $said }
said-class = 班级 { $said }
said-family = 家里 { $said }
said-joy = 开心的事 { $said }
said-goals = 目标 { $said }
said-talk = 聊聊 { $said }
checkin-line = { "\u000A" }💬 { $line }
wish-done = 💛 已经告诉导师了，导师会来找你。
wish-known = 💛 导师已经知道你想聊聊了，会来找你的。
wish-head-knows = 💛 记下了。导师现在收不到这里的消息，我已经告诉班主任了。
wish-head-knows-together = 💛 记下了。导师现在收不到这里的消息，我已经告诉班主任了。
wish-noted-together = 💛 记下了。导师现在收不到这里的消息，请您直接和导师或班主任说一声。
wish-noted = 💛 记下了。导师现在收不到这里的消息，可以直接去找导师或班主任聊聊。
wish-told-head = 💛 <b>{ $student }</b> 想和导师聊聊，可是导师在这里收不到消息。请您转告导师，或者先去看看这位学生。这件事只告诉您。
wish-told = 💛 <b>{ $student }</b> 想和您谈谈。

# 导师：记录
button-today = 今天谁在等我
button-students = 我的学生
button-log-talk = 📝 记谈心
button-log-contact = 📞 记家校联系
button-write-feedback = 📨 写反馈
button-undo = ↩️ 撤销
record-done = ✅ 已记好：<b>{ $who }</b> · { $what } · { $day }
record-talk = 谈心（{ $topics }）
record-talk-by = 谈心（{ $way }；{ $topics }）
record-contact = 家校联系（{ $form }{ $joint }）
record-joint-head_teacher = {"，"}和班主任一起
record-joint-colleagues = {"，"}和同事一起
record-marks = 考试成绩（{ $exam }）
mark-line = { $subject } { $points }{ $moved }
mark-total = 总分 { $points }{ $moved }
mark-absent = 缺考
mark-up = { " " }↑{ $by }
mark-down = { " " }↓{ $by }
mark-same = { " " }＝
marks-compared = （和“{ $exam }”比）
record-hint = 想补一句，直接发来就好。10 分钟内可以撤销。
record-hint-undo = 10 分钟内可以撤销。
record-line = 💬 { $words }
record-afterthought = 📓 { $words }
record-place = 📍 { $words }
record-kept = 📝 补的话已经存进成长档案。
record-family = 🏠 家庭情况已经存进成长档案。
marks-undone = ↩️ 已撤销：{ $who } · { $what }。以前记的成绩还在。
record-undone = ↩️ 已撤销：{ $who } · { $what }

record-menu = 想记什么？
record-menu-about = 想给 <b>{ $student }</b> 记什么？
button-record = ✏️ 记别的
meeting-agenda =
    <b>还没办好的事</b>
    { $lines }
meeting-nothing-open = 没有拖着的事。🌿
meeting-item = • { $about }（{ $owes }）{ $what }
meeting-more = …还有 { $items } 项
button-resolve = ➕ 记一个决定
button-resolve-more = ➕ 再记一个决定
resolution-done = ✅ 记下了：{ $words }（{ $owner }，{ $day } 之前）。到时候我会提醒。
resolution-is-done = ✅ 办好了：{ $words }
button-resolution = ✏️ { $what }
button-resolution-change = ✏️ 改这一条
button-resolution-what = 改内容
button-resolution-owner = 换人办
button-resolution-until = 改日期
button-resolution-drop = 🗑 不办了
resolution-card =
    会上定的：<b>{ $words }</b>
    { $owner } · { $day } 之前
resolution-yours = 📌 会上定的一件事请您来办：{ $words }（{ $day } 之前）。发 /today 能看到。
resolution-is-dropped = 好的，这件事不办了：{ $words }
resolution-undone = ↩️ 这件事又等着办了：{ $who }
group-done = ✅ 小组“{ $name }”建好了：{ $who }。
button-group-change = ✏️ 改小组
button-groups = 👥 我的小组
button-group-name = 改名字
button-group-members = 换成员
button-group-leader = 换带组老师
button-group-end = 🏁 结束小组
button-group-end-sure = 🏁 结束
group-which = 看哪个小组？
group-card =
    👥 <b>{ $name }</b>
    带组：{ $leader }老师
    成员：{ $who }
group-changed = ✅ 小组“{ $name }”改好了：{ $leader }老师带，成员 { $who }。
group-yours = 👥 小组“{ $name }”以后请您来带。
group-end = “{ $name }”从今天起结束，以前的活动记录都还在。要结束吗？
group-is-ended = 🏁 小组“{ $name }”结束了，以前的活动记录都还在。
button-next-student = 下一位：{ $student } ›
names-more = { $items }等 { $count } 位
button-log-activity = ✏️ 记一次活动
plan-told =
    🌱 你和{ $mentor }老师一起定下了目标：
    { $goals }

    慢慢来，导师会陪着你。
plan-goal = • { $goal }
evaluation-letter =
    <b>{ $student }</b>的成长寄语

    闪光点：{ $strengths }

    { $words }

    —— { $signature }

# 成长档案
file =
    <b>{ $student }</b> · 成长档案{ $where }

    { $lines }

    看完请按“返回”，这些内容就从聊天里收起来了。
file-where = （第 { $first }–{ $last } 条，共 { $count } 条）
file-empty = 还没有记录。
file-line = <b>{ $day }</b> { $what }（{ $by }）{ $words }
file-words = {"\u000A"}{ $words }
file-said = {"\u000A"}{ $said }
file-answer = {"\u000A"}{ $step }：{ $answer }
answer-family = 家庭
answer-nature = 性格习惯
answer-interests = 兴趣特长
answer-health = 身心健康
answer-goals = 目标
answer-help = 怎么帮
answer-conduct = 品行
answer-study = 学习
answer-marks = 成绩
answer-exam = 考试
answer-topic = 主题
answer-facts = 情况
answer-analysis = 分析
answer-plan = 办法
answer-line = 补充
answer-senior = 学长
answer-strengths = 闪光点
answer-words = 寄语
answer-what = 活动
answer-aims = 打算
answer-findings = 发现
answer-asked = 问了
file-whose = <b>{ $class }</b> · 看谁的成长档案？
button-files = 📁 成长档案
button-file = 📁 成长档案
button-back-to-card = ‹ 返回

# 导师：学生
students =
    <b>我的学生</b>（{ $count } 人）{ $pages ->
        [1] { "" }
       *[other] { $page }/{ $pages } 页
    }

    { $lines }
students-line =
    <b>{ $student }</b> { $trend }
    谈心 { $talk } · 家校 { $contact } · 汇报 { $checkin }
button-sheets = 🖨 打印纸上的表
sheets-sent =
    🖨 给不在这里的学生和家长，{ $count } 张。学生的表打勾就好，家长的那张可以写回话。

    用浏览器打开，按 A4 打印，剪开。收回来以后：学生的汇报在学生卡片里点“记纸上的汇报”，家长的话在那条反馈下面点“记……的回话”，和别的一样算数。
button-back-to-students = ‹ 我的学生
card =
    <b>{ $student }</b> { $class }
    { $lines }
card-last = 谈心 { $talk } · 家校 { $contact } · 汇报 { $checkin }
card-due = ⏳ { $what }
card-trend = 心情走势 { $trend }
card-checkin =
    最近一次汇报{ $with }：
    { $answers }{ $line }
card-wish = 💛 想和您谈谈
card-family = { $who }：{ $state }
card-no-family = 家长：还没有登记
family-joined = 已加入，能收到消息
family-not-joined = 还没有加入
family-unreachable = 加入过，现在收不到消息

# 导师：反馈
feedback-letter =
    <b>{ $student }的家长，您好！</b>

    { $fact }

    <b>接下来：</b>{ $next }

    —— { $signature }
signature = 导师 { $mentor }
feedback-status =
    📨 <b>给{ $student }家长的反馈</b>
    { $fact }

    { $copies }
evaluation-status =
    📨 <b>{ $student }的成长寄语</b>
    { $fact }

    { $copies }
feedback-copy = { $who }：{ $state }
copy-waiting = ⏳ 正在送
copy-sent = ✉️ 已送到
copy-seen = 👀 看到了
copy-answered = 💬 回复了
copy-unreachable = 📵 送不到，请打个电话
copy-phoned = ☎️ 已打电话
button-heard = ✍️ 记{ $who }的回话
heard-done =
    ✅ 已记好：<b>{ $who }</b> 说：
    <blockquote>{ $words }</blockquote>
button-phoned = ☎️ 已给{ $who }打电话
reply-told =
    💬 <b>{ $who }</b> 说：
    <blockquote>{ $words }</blockquote>
button-answer = ↩️ 回复家长
answer-done = ✅ 已原样转给家长。
answer-unreachable = 家长现在收不到这里的消息，您的话没有送出去。请打个电话。

# 家长
button-seen = 👀 看到了
button-reply = 💬 回复老师
feedback-seen = 谢谢您！老师会知道您看到了。
answer-told =
    💬 <b>{ $mentor }老师</b>（关于{ $student }）：
    <blockquote>{ $words }</blockquote>
reply-done = ✅ 已原样转给老师。
reply-unreachable = 老师现在收不到这里的消息，您的话没有送出去。请联系班主任。
messages-letter =
    { $day }

    { $letter }
messages-none = 老师还没有发来反馈。有了，我马上送到这里。

# 总览
overview =
    <b>{ $name }</b>
    { $figures }

    { $lines }
overview-class = { $class }：汇报 { $rate }% · 超期 { $late } 人 · 没联系过 { $never } 人 · 加入：学生 { $joined }%、家长 { $homes }%
overview-line = • { $student }（{ $mentor }老师）{ $what }
overview-more = …还有 { $items } 项
overview-others = 另外 { $students } 位
overview-none = 没有超期的事。
overview-never = 还没谈过、也没联系过家长：{ $students }
figures =
    本次汇报 <b>{ $checkins }/{ $students }</b>（{ $rate }%）
    超期 <b>{ $late }</b> 人 · 没联系过 <b>{ $never }</b> 人
    已加入：学生 { $joined }/{ $pupils }（{ $pupils_rate }%） · 家长 { $homes }/{ $families }（{ $homes_rate }%）
button-overview = 📊 总览
button-back-to-school = ‹ 全校

# 邀请：谁还没有加入
button-joined = 📇 谁加入了
joined =
    <b>{ $class }</b> · 谁加入了
    学生 { $joined }/{ $pupils }（{ $pupils_rate }%） · 家长 { $homes }/{ $families }（{ $homes_rate }%）

    还没有加入：
    { $lines }
joined-line = • { $who }：{ $state }
joined-guardian = { $who }（{ $name }）
joined-everybody = 没有，都加入了。🌿
invite-none = 还没有邀请
invite-open = 已邀请，到{ $day }有效
invite-expired = 邀请过期了
button-slips = 🖨 打印邀请条
button-slips-families = 🖨 只打印家长的
slips-sure =
    <b>{ $class }</b>：有 { $open } 位手里的邀请还能用。

    重新打印，他们手里的就作废了，要把新的发给他们。只是少了一两张？请在名单里点那个人，单独再发。
button-slips-yes = 🖨 重新打印
button-slips-no = 不打印
slips-coming = 马上发给您。
slips-file = 邀请条-{ $name }
slips-sent =
    🖨 <b>{ $class }</b>的邀请条，{ $count } 张，到{ $day }有效。

    用浏览器打开，按 A4 打印，剪开，亲手交给本人。谁拿到都能进来，所以印好后请删掉这条消息。
invite-card =
    <b>{ $who }</b> { $class }
    { $state }
button-invite-new = 📨 发一张新的
button-invite-revoke = 🚫 作废
button-back-to-joined = ‹ 谁加入了
invite-revoked = 已作废，打不开了。
invite-sent =
    📨 <b>{ $who }</b>的新邀请，到{ $day }有效，只能用一次，以前的作废了。

    可以打印这张，也可以把链接发给本人：
    <code>{ $link }</code>

word-undelivered =
    这段话没能送到 { $name }，对方现在收不到消息。请换个方式联系：
    <blockquote>{ $words }</blockquote>

# 发来的花名册
hint-file = 文件我只收学校政教处发来的花名册。想说什么，直接打字就可以。
upload-received = 收到《{ $file }》，正在和现有名单比对。先给您看会有哪些变化，您点头了才写入。
upload-no-table = 这个文件我读不了。花名册请发 Excel 表格（.xlsx、.xls）或 CSV。
upload-unfetched = 《{ $file }》没能取下来，什么都没有写入。请过一会儿再发一次。
upload-lead = <b>《{ $file }》会给{ $school }带来这些变化</b>
upload-lead-again = <b>刚才名单有了别的改动，所以这次没有写入。</b>《{ $file }》现在会给{ $school }带来这些变化：
upload-changes =
    { $lead }

    { $lines }

    { $end }
upload-lines = { $lines }
upload-figures = { $what }：{ $figures }
upload-new = 新增 { $count }
upload-changed = 变更 { $count }
upload-left = 离校 { $count }
upload-ended = 结束 { $count }
upload-kind = • { $kind }：{ $names }
upload-person = { $name }（{ $class }）
upload-moved = { $name }（{ $was } → { $becomes }）
upload-others = 另外 { $count } 人
upload-sure = 还什么都没有写入。要写入吗？
upload-sure-of-leavers = 还什么都没有写入。离开的人请逐个看过：导学关系会结束，邀请码会作废，记录都还在。要写入吗？
upload-too-many-leave = ⚠️ 会有 { $count } 人离开（范围内共 { $of } 人），超过五分之一。发错文件了？还什么都没有写入。真的都离开了，请点下面第一个按钮，我再问一次。
upload-nothing = 《{ $file }》和{ $school }现有的名单一致，没有要改的。
upload-wrong = 《{ $file }》里有 { $count } 处要改，一条也没有写入。原因写在这张表里每个单元格的旁边，改好再发给我就行。
upload-dropped = 好的，《{ $file }》没有写入。
upload-writing = 正在写入……
upload-is-written = 这份名单已经写进去了。
upload-written = ✅ 《{ $file }》已写入{ $school }。聊天里的文件用不着了，建议删掉。
button-import = ✅ 写入
button-import-not = 不写入
