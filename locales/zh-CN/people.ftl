# 名册和每个人自己的资料：花名册文件、解绑重邀、看资料、改资料、删资料

# /roster
command-roster = 花名册：导入、导出
roster-card =
    <b>{ $school }</b> · 花名册（在校学生 { $students } 人）

    要导入：把 Excel（.xlsx、.xls）或 CSV 文件直接发给我。我先给您看会有哪些变化，您点头了才写入。
    要导出：点下面的按钮。导出的表改好以后可以再发给我。
button-roster-xlsx = 📤 导出 Excel
button-roster-csv = 📤 导出 CSV
button-roster-template = 📄 空白模板
button-requests = 📮 待办的资料申请（{ $count }）
roster-sent =
    📤 { $school }现在的花名册。改好可以再发给我。

    里面有电话和出生日期，请只存在学校的电脑上，用完把这条消息删掉。
roster-template-sent = 📄 花名册模板。里面的三个人是示例，请改成你们自己的，填好发给我。
roster-file = 花名册
roster-template-file = 花名册模板
roster-sheet = 花名册
roster-heads = 姓名,角色,学号,工号,年级,班级,出生日期,导师,班主任,学生电话,联系电话,家长姓名,关系,家长电话,家长2姓名,家长2关系,家长2电话
roster-written-as = { $file } 的结尾应是 .xlsx 或 .csv。
roster-change-parted = 不再是家长

# 发来的花名册：谁离校
button-import-leavers = ✅ 写入，其中 { $count } 人不再在册
button-import-many = ⚠️ { $count } 人真的要离开，下一步
button-import-really = ⚠️ 是的，{ $count } 人离开，写入
button-import-back = ‹ 再看看变化
button-import-part = 表里只是一部分人，谁也不离开
button-import-classes = 只看表里有的班
button-import-whole = 这是全校名单（再有 { $count } 人离开）
upload-really =
    ⚠️ <b>{ $of } 人里有 { $count } 人会离开：</b>

    { $lines }

    他们的导学关系今天结束，邀请码作废，以后什么也收不到；记录都还在。还什么都没有写入。

# 解绑和重新邀请
button-members = 👥 已加入的（{ $count }）
members =
    <b>{ $class }</b> · 已经加入的

    { $lines }

    手机丢了、换了账号、加错了人？点那个人。
members-line = • { $who }
members-none = <b>{ $class }</b>：还没有人加入。
button-back-to-members = ‹ 已加入的
member-card =
    <b>{ $who }</b> { $class }
    已经加入。
button-unbind = 🔄 解绑，重新邀请
unbind-sure =
    要把 <b>{ $who }</b> · { $class } 现在的账号解绑吗？

    那个账号马上什么也看不到了，会收到一句通知。新的邀请条会发给您，请当面交给本人。请先当面或打电话确认，是本人要换。
button-unbind-yes = 是的，解绑并发新邀请
button-unbind-no = 不解绑
unbind-done-here = 🔄 <b>{ $who }</b>：旧账号已解绑，新的邀请条马上发给您。
unbind-told =
    「{ $name }」在这个 Telegram 账号上已由{ $by }老师解绑，这里不会再收到学校关于{ $name }的消息。

    要换手机或重新加入，请向{ $by }老师要新的邀请条。<b>您没有提过？请马上告诉学校。</b>
slips-made = 刚刚已经在做了，请看下面的文件。

# 家长点头以后
consent-told-child = 🎉 { $name }，家长已经点了“同意”，现在你可以用了！想让导师知道你过得怎么样，点一下就开始；不想写也没关系。

# /mydata
command-mydata = 我的资料：看、改、删
button-mydata = 🗂 看、改、删孩子的资料
refusal-ask-the-family = 你还小，这件事请爸爸妈妈来办：他们在这里发 /mydata 就行。
mydata-child =
    🗂 <b>{ $name }</b> 和您在这里留下的资料

    可以要一份看，可以让学校改，也可以请学校删掉。
mydata-own =
    🗂 您在这里留下的资料

    可以要一份看，可以让学校改，也可以请学校删掉。
button-mydata-copy = 📄 要一份
button-mydata-wrong = ✏️ 有错要改
button-mydata-erase = 🗑 请学校删除
button-mydata-back = ‹ 返回
button-mydata-erase-yes = 是的，请学校删除
mydata-erase =
    🗑 要请学校删除 <b>{ $name }</b> 的资料吗？

    会删掉：填过的汇报、说过想聊聊、导师写给家里的话和回话、只关于这一位的谈心和家校联系记录、姓名、学号、电话、出生日期、账号的绑定。
    会留下：谁在哪天同意或不同意哪一版说明（只留编号，不留姓名），这是法律要学校能证明的；学校自己的学籍档案不在这里，也不受影响。

    删了找不回来，以后这里也不再收到任何消息。申请会送到学校政教处，由老师核对身份后办理。
mydata-erase-staff =
    🗑 要请学校删除 <b>{ $name }</b> 的资料吗？

    会删掉：姓名、工号、电话、职务、账号的绑定。您给学生记的谈心、联系和反馈是学校的工作记录，会留下，但不再带您的名字。

    删了找不回来，以后这里也不再收到任何消息。申请会送到学校政教处办理。
mydata-erase-asked = ✅ 删除 <b>{ $name }</b> 资料的申请已送到学校政教处。办好了会告诉您。
mydata-correct-asked =
    ✅ 已送到学校政教处，改好了会告诉您：
    <blockquote>{ $words }</blockquote>
mydata-sent = 📄 这里留着的 <b>{ $name }</b> 的资料。用浏览器打开就能看，也能打印。看完请收好。
mydata-file = 资料-{ $name }
form-correct = 资料更正
form-correct-words = 哪里不对？应该是什么？请直接写下来，我送到学校政教处。
request-correct =
    📮 <b>资料更正申请</b> · { $who }（{ $class }）
    关于 { $name }：
    <blockquote>{ $words }</blockquote>
    请核对后，在花名册里改好再导入，然后点“办好了”。
request-erase =
    📮 <b>删除资料申请</b> · { $who }（{ $class }）
    请求删除 { $name } 在这里的全部资料。

    请先核对是本人或监护人。要删时，由维护系统的人运行 daoyu person erase，再点“办好了”。不能全删的，请当面说明原因。
button-settle = ✅ 办好了
request-settled = ✅ 关于 { $name } 的申请已办好，已告诉提出的人。
request-done-correct = ✅ 学校已处理您提的资料更正（{ $name }）。发 /mydata 可以再看一份。
request-done-erase = ✅ 学校已处理您提的删除申请（{ $name }）。有疑问请找政教处。

# 资料这一页
kept-title = { $school } · { $name } 的资料
kept-day = { $day }，导育系统里留着的内容
kept-entry = 基本信息
kept-you = 您自己
kept-consent = 家长同意书
kept-checkins = 汇报
kept-talks = 谈心和家校联系
kept-feedbacks = 导师写给家里的话
kept-words = 来往的话
kept-records = 您写的记录
kept-nothing = 没有。
kept-name = 姓名：{ $value }
kept-number = 学号/工号：{ $value }
kept-class = 班级：{ $value }
kept-born = 出生日期：{ $value }
kept-phone = 电话：{ $value }
kept-quiet = 自己设的免打扰：{ $value }
kept-roles = 身份：{ $roles }
kept-since = 从{ $day }起在这里
kept-guardian = 家长：{ $relation } { $name }
kept-mentor = 导师：{ $name }，{ $since }起{ $until }
kept-until-now = 至今
kept-until = ，到{ $day }
kept-account = Telegram 账号：{ $account }，{ $day }加入
kept-account-old = 以前的 Telegram 账号：{ $account }，{ $day }加入，已解绑
kept-consent-given = { $day }，{ $relation }同意（说明第 { $version } 版）
kept-consent-refused = { $day }，{ $relation }不同意（说明第 { $version } 版）
kept-consent-withdrawn = { $day }，{ $relation }撤回同意（说明第 { $version } 版）
kept-consent-not-needed = 年龄够了，不需要家长同意
kept-checkin = { $day }：{ $answers }。{ $line }
kept-checkin-made = { $day }：做了一次汇报
kept-wish = { $day }：说想和导师聊聊
kept-talk = { $day }：和导师{ $mentor }谈心（{ $topics }）
kept-contact = { $day }：导师{ $mentor }联系家长（{ $form }）
kept-others = 另有 { $count } 条其他记录
kept-feedback = { $day }，{ $mentor }：{ $fact } 接下来：{ $next }
kept-feedback-made = { $day }：{ $mentor }给家里写了反馈
kept-word-by-you = { $day }，您写的：{ $words }
kept-word-to-you = { $day }，写给您的：{ $words }
kept-written = 您记下了 { $count } 条。内容是关于学生的，在各位学生名下。
kept-not-here = 这一页里没有什么，为什么
kept-why-guardian = 孩子在汇报里怎么答、自己写了什么、说没说过想聊聊，不在这里：系统答应过孩子只有导师看得到，未成年人的隐私也受法律保护（《未成年人保护法》第四条、第六十三条）。导师自己写的工作要点和后记不在这里；想查阅，请向学校提出，由学校按规定答复。别人（其他家长、老师）的电话和账号不在这里。
kept-why-student = 导师自己写的工作要点和后记不在这里；想查阅，请向学校提出，由学校按规定答复。导师写给家里的话只列了日期，内容可以问爸爸妈妈。别人的电话和账号不在这里。
kept-why-staff = 关于学生的记录不在这里，它们是学生的个人信息和学校的工作记录。别人的电话和账号不在这里。
kept-why-technical = 另外还留着一些编号：什么时候提醒过谁、邀请码的指纹。里面没有别的内容。消息经过 Telegram，它那里留什么由它负责；学校的备份随旧备份一起清掉。
kept-rights = 有错要改、想删除：在聊天里发 /mydata，或告诉导师、班主任、政教处（《个人信息保护法》第四十五条至第四十七条）。学校不处理的，可以向网信部门举报：电话 12377。

# 命令行
act-ask_for_data = 看自己的资料，申请更正、删除
act-settle_requests = 办理资料申请
column-count = 数量
column-fate = 结果
column-asked_by = 申请人
column-asked = 申请
column-words = 内容
request-kind-correct = 更正
request-kind-erase = 删除
request-none = 没有等着办的申请。
erased-entry = 姓名、编号、电话、出生日期
erased-records = 谈心、联系、汇报
erased-about = 记录里提到的地方
erased-feedback = 导师写给家里的话
erased-copies = 送给家长的份数
erased-answers = 来往的话
erased-tasks = 待办
erased-nudges = 提醒的痕迹
erased-groups = 小组成员
erased-family = 家长关系
erased-invites = 邀请和换账号的痕迹
erased-queue = 还没发出的消息
erased-account = 账号的绑定
erased-posts = 身份
erased-pairings = 导学关系
erased-ended = 导学关系
erased-proofs = 家长同意书的决定
erased-fate-gone = 删除
erased-fate-ended = 今天结束
erased-fate-proofs = 只留编号、时间和版本
erase-dry-run = 以上只是预演，{ $name }的资料没有删。
erase-sure = 要删除 { $name } 的资料吗？删了找不回来。[y/N]
erase-done = 已删除 { $name } 的资料。请把这个编号和书面申请一起留存，作为已答复的证明：{ $id }。学校自己的花名册里也请去掉，否则下次导入会再出现。
part-no-guardian = { $name }不是这里哪位学生的家长。
part-sure = { $name }：不再是这位学生的家长？[y/N]
part-done = { $name }：已不再是家长，看不到孩子的任何内容了。
person-say-yes = 这里没法询问确认，什么也没有做。看过以后，请加上 --yes。
