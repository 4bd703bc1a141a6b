# 命令行：表头、结果、花名册里的问题
column-students = 学生
column-id = 编号
column-name = 姓名
column-zone = 时区
column-language = 语言
column-policy = 制度
column-number = 学号/工号
column-role = 角色
column-class = 班级
column-child = 孩子
column-state = 状态
column-until = 有效至
column-code = 邀请码（仅显示一次）
column-link = 链接
column-rule = 职责
column-owed_by = 由谁完成
column-mentor = 导师
column-student = 学生
column-last = 上次
column-due = 应在此日前
column-overdue_days = 逾期天数
column-file = 文件
column-line = 行
column-key = 键
column-expected = 应当是
column-sheet = 工作表
column-row = 行
column-column = 列
column-reason = 原因
column-what = 内容
column-new = 新增
column-changed = 更新
column-unchanged = 不变

cli-words = { $words }
cli-no-schools = 还没有学校。用 daoyu school new --name 校名 建一个。
cli-no-such-school = 没有编号为 { $id } 的学校。用 daoyu school list 可以查看所有学校。
cli-long-name = 校名最多 { $longest } 个字，写在一行里。
cli-no-name = 请用 --name 写上校名。
cli-no-such-language = 没有这种语言。可以选择：{ $known }。
cli-no-such-policy = 没有名为“{ $name }”的制度，也没有这个文件。现有制度：{ $known }。
cli-policy-set = 新制度自 { $day } 起在{ $school }生效。
cli-policy-line = { $place } 应为：{ $expected }
cli-did-you-mean = { $said }（是不是想写 { $word }？）
cli-policy-right = { $file } 没有问题：制度 { $name }，{ $rules } 条规则；每个键、词、数字和时间都查过了。想看它要求了什么：daoyu policy explain { $file }
cli-policy-wrong = 制度文件有 { $count } 处需要修改。
cli-file = 读不了文件 { $file }：{ $fault }
cli-fault-no-file = 没有这个文件。
cli-fault-folder = 这是一个文件夹，不是文件。
cli-fault-denied = 没有权限打开。
cli-fault-other = { $fault }
cli-file-not-utf8 = 文件 { $file } 从第 { $line } 行起不是 UTF-8 编码（也许是 GBK）。请用记事本打开，“另存为”时编码选 UTF-8，再试一次。
cli-nobody = 没有符合条件的人。
cli-no-groups = 还没有小组。用 daoyu group add 建一个，或在聊天里发 /record。
cli-group-name = 小组的名字要有 1 到 { $longest } 个字。
cli-no-such-group = 没有这个小组。daoyu group list --format csv 列出各组的编号。
cli-group-nothing-to-change = 要改什么？请写 --name、--leader、--add 或 --remove。
cli-group-not-in-it = { $named } 不在这个小组里。
cli-group-nobody-in-it = 小组里至少要有一位学生。要结束小组，用 daoyu group end。
cli-group-changed = 小组“{ $name }”：{ $leader }带，成员 { $who }。
cli-nobody-called = 没有找到“{ $named }”。请写学号、工号或完整的姓名。
cli-several-called = 有几位都叫“{ $named }”，请写学号或工号。
group-ended = 小组从今天起结束，记录都还在。
cli-no-duties = 没有待办：该谈的都谈了，该联系的都联系了。
cli-no-moment = --at 请写成 '2026-09-21 08:00' 或 2026-09-21T08:00:00+08:00。
cli-no-such-rule = 现行制度里没有规则“{ $name }”。可以写：{ $known }。
cli-nobody-of-this-name = 学校里没有叫“{ $name }”的人、班级或小组。请写花名册上的全名。

invite-state-none = 未生成
invite-state-open = 待使用
invite-state-used = 已加入
invite-state-expired = 已过期
invite-hidden = “待使用”但没有显示邀请码的，是之前生成的，库里只存了指纹；加 --renew 可换新码（旧码随即作废）。
invite-print-no-bot = 邀请条上要有链接：请加 --bot 机器人用户名，或设置 DAOYU_TELEGRAM_BOT。
invite-print-everybody = 都已经加入了，没有要打印的。
invite-no-such-class = 没有叫“{ $name }”的班级。
invite-printed = 共 { $count } 张邀请条。用浏览器打开这个文件，按 A4 打印。这些人以前的邀请码都作废了。
paper-no-such-mentor = 没有工号为“{ $number }”的导师。
paper-nobody = 大家都在聊天里，没有要打印的。
paper-printed = 共 { $count } 张。用浏览器打开这个文件，按 A4 打印，交给导师。
invite-no-bot = 加 --bot 机器人用户名，就会同时给出可以直接点开的链接。
unbind-done = { $name }现在没有绑定任何账号。`daoyu invite list` 会生成新的邀请码。
unbind-not-joined = { $name }还没有加入，没有账号可以解除。
unbind-nobody = 没有这个人。请核对编号、姓名、班级或孩子的姓名。
unbind-several = 有 { $count } 个人符合。请再加上 --number、--class 或 --child，直到只剩一个人。

roster-what-classes = 班级
roster-what-staff = 教职工
roster-what-students = 学生
roster-what-guardians = 家长
roster-what-pairings = 导学关系
roster-unused = 没有用到的列：{ $heads }。
roster-not-kept = 认得但不保存的列（导育用不到，依法不留）：{ $heads }。
roster-nothing-new = 花名册与{ $school }现有信息一致，没有需要改动的。
roster-dry-run = 以上只是预演，没有写入。去掉 --dry-run 就会写入{ $school }。
roster-written = 已写入{ $school }。
roster-refused = 有 { $count } 处需要修改。一条也没有写入；改好后再导入一次就行。

roster-file-too-large = 文件太大：最多 { $packed } MB，解压后最多 { $megabytes } MB。
roster-file-too-many-rows = 行数太多（工作表“{ $sheet }”）：最多 { $rows } 行。
roster-file-too-many-columns = 列数太多（工作表“{ $sheet }”）：最多 { $columns } 列。
roster-file-old-excel = 这是 Excel 95 或更早的文件。请在 Excel 里另存为 .xlsx 再导入。
roster-file-too-much = 内容太多：整个文件最多 { $cells } 个有内容的单元格。
roster-file-too-many-sheets = 工作表太多：最多 { $sheets } 个。
roster-file-broken = 这个 Excel 文件打不开，可能已损坏或加了密码。请另存一份再试。
roster-file-encoding = 看不懂这个文件的文字编码。请另存为 CSV UTF-8 或 .xlsx。

roster-wrong-nobody = 表里没有人。
roster-wrong-heads = 找不到表头：前几行里要有“姓名”和“学号”这样的列名。
roster-wrong-head-twice = 与“{ $other }”是同一个意思，请只留一列。
roster-wrong-fault = 单元格里的公式出错了，请改成文字。
roster-wrong-no-name = 姓名不能为空。
roster-wrong-no-number = 学号不能为空：同名的学生靠学号区分。
roster-wrong-no-class = 新学生要写上班级。
roster-wrong-no-guardian-name = 写了家长的电话或关系，也请写上家长姓名。
roster-wrong-no-class-for-role = “{ $role }”要写上所带的班级。
roster-wrong-student-and-staff = 一个人不能既是学生又是教职工。
roster-wrong-role = 不认识的角色“{ $word }”。可以写：学生、导师、班主任、首席导师、心理教师、政教处、校长、督学、校外导师。
roster-wrong-relation = 不认识的关系“{ $word }”。可以写：父亲、母亲、爷爷、奶奶、外公、外婆、哥哥、姐姐、亲戚、监护人。
roster-wrong-phone = 这不像电话号码。
roster-wrong-rounded = 这个长号码已被 Excel 改成近似值。请把整列设为“文本”，重新填写。
roster-wrong-long = 内容太长了。
roster-wrong-born = 看不懂这个日期。请写成 2012-05-06，年在前；只知道年月就写 2012-05。
roster-wrong-born-when = 学生不会是 { $day } 出生的（应为 4 到 30 岁），请核对。
roster-wrong-twice = 与第 { $row } 行是同一个人。
roster-wrong-number-twice = 学号与第 { $row } 行重复。
roster-wrong-same-name = 有 { $count } 位老师叫“{ $name }”，请写工号来区分。
roster-wrong-no-teacher = 找不到叫“{ $name }”的老师。请先在教师表里加上，或检查姓名、工号。

roster-template =
    姓名,角色,学号,工号,年级,班级,出生日期,导师,家长姓名,关系,联系电话,家长2姓名,家长2关系,家长2电话
    王芳,导师、班主任,,T001,七年级,1班,,,,,13800000001,,,
    赵敏,心理教师,,T002,,,,,,,13800000002,,,
    李雷,学生,20260101,,七年级,1班,2013-09-21,王芳,李建国,父亲,13900000001,韩雪,母亲,13900000002

policy-expected-policy = 一份制度，现在文件里什么都没有。可以从现成的改起：daoyu policy show middle > ours.toml
policy-expected-once = 只写一次，前面已经写过了
policy-expected-toml = 合乎 TOML 格式的写法，请看看这一行的引号、括号和等号（{ $detail }）
policy-expected-key = 认得的键：{ $words }
policy-expected-present = 必须写的一项，现在漏了
policy-expected-section = 一个小节（[名字] 另起一行，或 { "{" } 键 = 值 { "}" }）
policy-expected-sections = 至少一个小节，如 [[rule]]
policy-expected-text = 不为空的文字
policy-expected-name = 只含 a-z、0-9 和 _ 的名字
policy-expected-own-name = 不与其他规则重复的名字
policy-expected-number = 从 { $min } 到 { $max } 之间的整数
policy-expected-one-of = 这些词之一：{ $words }
policy-expected-choice = 一个列表，最多 { $most } 个词，每个词只写一次：{ $words }
policy-expected-time = 时间，如 08:00
policy-expected-cron = 六段的 cron 表达式（秒 分 时 日 月 星期），如 "0 0 8 * * *"
policy-expected-cron-once-a-day = 一天只响一次的 cron 表达式
policy-expected-cron-weekday-names = 星期写英文缩写的 cron 表达式（MON、TUE……），数字容易数错
policy-expected-one-cadence = 一种节奏，不多不少：every、at_least、at、after 里选一个
policy-expected-checkin-once-per-period = 汇报在一段时间里只问一次：at_least，times = 1
policy-expected-talk-after-wish = 学生说想聊聊（wish）之后只能是谈心：record = "talk"
policy-expected-no-form = 没有 form：这类记录不分形式，请删掉这一行
policy-expected-event-of-pairing = about = "pairing"：结对和考试之后要做的，只能是对每位学生的事
policy-expected-one-checkin-rule = 只能有一条关于汇报的规则

# 校历
column-first = 第一天
column-last_day = 最后一天
calendar-term = 学期
calendar-off = 放假
calendar-school = 调休上课
calendar-mid_term = 期中考试
calendar-end_of_term = 期末考试
calendar-week = 每周上课日
calendar-exam = 考试
calendar-empty = 还没有录入校历：现在每个工作日都算上学日。用 daoyu calendar import 录入。
calendar-written = 已写入{ $school }的校历：{ $terms } 个学期，{ $days } 个特别的日子，{ $exams } 次考试。
calendar-wrong-form = { $place }：{ $reason }。格式见 daoyu calendar import --help。
calendar-wrong-span = “{ $name }”的最后一天早于第一天，或超过一年。
calendar-wrong-overlap = 学期“{ $one }”和“{ $other }”的日子重叠了。
calendar-wrong-twice = { $day } 写了两次。

# 多个命令共用
cli-no-database = { $file } 处没有数据库。请检查 --database、DATABASE_URL 和 daoyu.toml。
cli-database-newer = 这个数据库已被更新版本的 daoyu 升级过，请改用那个版本。
cli-file-not-written = 写不了文件 { $file }：{ $fault }

# 备份与恢复
backup-progress = 正在备份…… { $percent }%，{ $rows } 行
backup-file-there = { $file } 已经存在。请换一个文件名，或加 --force 覆盖它。
backup-nothing = 这个数据库还是空的，没有可备份的内容。
backup-twice = 另一个备份正在写入 { $file }。
backup-stopped = 已停止，没有写出备份。
backup-done =
    备份完成，并已重新读取核对：{ $rows } 行，{ $size } MB，数据截至 { $at }。
    { $file }
    里面有孩子们的个人信息：请加密保存，并放到另一台机器上。
restore-checking = 正在核对…… { $percent }%，{ $rows } 行
restore-progress = 正在恢复…… { $percent }%，{ $rows } 行
restore-whole = 备份完好：{ $tables } 张表，{ $rows } 行，数据截至 { $at }，由 daoyu { $version } 生成。
restore-done = 恢复完成，并已核对：{ $tables } 张表，{ $rows } 行，数据截至 { $at }。现在可以启动 daoyu serve。
restore-replies = 有 { $count } 条当时的即时回复已没有人在等，没有恢复。
restore-open-again = 有 { $count } 条消息在备份时正在发送，下次启动后会再发；个别人可能收到两次。
restore-not-empty =
    这个数据库不是空的：{ $schools } 所学校，{ $people } 人，{ $records } 条记录，共 { $rows } 行。什么也没有改动。
    请恢复到新的数据库：用 --database sqlite:文件 另指定一个文件，或新建一个空的 PostgreSQL 数据库。
restore-served = 有 daoyu 正在为这个数据库服务。请先停掉它，恢复完成后再启动。
restore-other-columns = 这个备份来自 daoyu { $version }，表 { $table } 的结构与当前版本不同。请先用那个版本恢复，再启动当前版本。
restore-strange = { $file } 不是 daoyu 的备份文件。
restore-cut-short = { $file } 已损坏：文件不完整，可能没有复制完。请换一份备份。
restore-damaged = { $file } 已损坏：{ $part } 与备份时不一致。什么也没有恢复，请换一份备份。
restore-too-new = { $file } 由更新版本的 daoyu 生成，请先升级 daoyu。
restore-changed = 读取过程中文件发生了变化。什么也没有恢复。

# 搁置的消息
column-message = 类别
column-account = 账号
column-since = 时长
column-tries = 尝试次数
message-alert = 警报
message-reply = 回复
message-notice = 通知
lasted-minutes = { $count } 分钟
lasted-hours = { $count } 小时
lasted-days = { $count } 天
cli-yes = 是
cli-say-yes = 这里没法询问确认。确定的话，请加上 --yes。
cli-nothing-done = 什么也没有改动。
outbox-none = 没有搁置的消息。
outbox-none-open = 没有等待发送的消息。
outbox-unknown =
    搁置的消息里没有这些编号：
    { $ids }
    什么也没有改动。用 daoyu outbox list 可以查看有哪些。
outbox-open-again = { $count } 条消息已重新排队。daoyu 正在运行的话几秒内就会发出，否则下次启动时发出。
outbox-drop-sure = 将删除 { $count } 条消息，对方不会再收到。确定吗？[y/N]
outbox-dropped = 已删除 { $count } 条消息。
inbox-none = 没有搁置的来信。
inbox-none-open = 没有等待处理的来信。
inbox-unknown =
    搁置的来信里没有这些编号：
    { $ids }
    什么也没有改动。用 daoyu inbox list 可以查看有哪些。
inbox-open-again = { $count } 条来信已重新排队。daoyu 正在运行的话几秒内就会处理，否则下次启动时处理。

# 体检
column-check = 检查项
column-says = 情况
column-remedy = 怎么办
doctor-state-ok = 正常
doctor-state-warning = 留意
doctor-state-wrong = 有问题
doctor-state-skipped = 跳过
doctor-well = 一切正常。
doctor-warnings = 没有问题，有 { $count } 处值得留意。
doctor-wrong = 有 { $count } 处问题需要处理。
doctor-broken = “{ $check }”这一项没能检查：{ $fault }
doctor-broken-do = 如果数据库其他方面都正常，请把这条告诉我们。
doctor-setting = 有一项设置不对：{ $wrong }
doctor-setting-do = 请在环境变量或 daoyu.toml 里改正；daoyu serve --help 列出了全部设置。

doctor-database = 数据库能连上：{ $name } { $version }。
doctor-database-none = { $file } 处没有数据库。
doctor-database-none-do = 如果学校早已建好，请检查 --database、DATABASE_URL 和 daoyu.toml；否则用 daoyu school new 建一个。
doctor-database-away = 数据库打不开：{ $fault }
doctor-database-away-do = 请检查 DATABASE_URL、数据库服务是否在运行，以及您有没有读取权限。
doctor-schema = 数据库结构与本版本一致（第 { $version } 步）。
doctor-schema-none = 数据库还是空的。
doctor-schema-older = 数据库结构比本版本旧：第 { $version } 步，共 { $newest } 步。
doctor-schema-older-do = 请先备份。下次启动 daoyu serve 或运行其他命令时会自动升级。
doctor-schema-newer = 数据库已被更新版本的 daoyu 升级到第 { $version } 步，本版本只认识到第 { $newest } 步。
doctor-schema-newer-do = 请升级本程序，升级之前不要用它打开这个数据库。
doctor-schema-broken = 数据库结构升级到第 { $version } 步时没有完成。
doctor-schema-broken-do = 请停掉 daoyu，把最近的备份恢复到新的数据库，或寻求帮助。
doctor-clocks = 本机与数据库的时钟一致。
doctor-clocks-apart = 本机与数据库的时钟相差 { $seconds } 秒。
doctor-clocks-do = 请让两边都用 NTP 自动校时（timedatectl）。
doctor-writable = PostgreSQL 允许写入。
doctor-read-only = PostgreSQL 不允许写入：可能是备库、只读，或权限不够。
doctor-read-only-do = 请连接主库，并使用拥有这些表的用户。
doctor-sound = SQLite 文件完好，数据之间的引用也都对得上。
doctor-unsound = SQLite 文件已损坏（{ $count } 处，第一处：{ $first }）。
doctor-unsound-do =
    请停掉 daoyu，留一份文件副本，并检查磁盘。
    然后把最近的备份恢复到新文件：daoyu restore 备份文件 --database sqlite:新文件
doctor-rights = 数据库文件别人读不到。
doctor-rights-open = 本机的其他用户能读取 { $file }，里面有孩子们的个人信息。
doctor-rights-open-do = 运行 chmod go-rwx { $file }*，或收紧所在目录：chmod go-rwx { $folder }
doctor-room = 磁盘空间够用：剩余 { $free } MB，数据库占 { $size } MB。
doctor-room-little = 磁盘快不够了：剩余 { $free } MB，数据库占 { $size } MB。
doctor-room-none = 磁盘快满了：剩余 { $free } MB，数据库占 { $size } MB。
doctor-room-do = 请尽快腾出空间：磁盘一满，就什么也记不下来了。
doctor-room-unknown = 没能查到磁盘剩余空间（df）。
doctor-serves = daoyu 正在为这个数据库服务。
doctor-serves-not = 没有 daoyu 在为这个数据库服务：没有人会收到回复和提醒。
doctor-serves-not-do = systemctl start daoyu
doctor-inbox-flows = 收到的消息都处理完了。
doctor-inbox-stuck = 有 { $count } 条来信没有处理，最早的已等了 { $age }。
doctor-outbox-flows = 该发的消息都发出去了。
doctor-outbox-stuck = 有 { $count } 条消息没有发出，最早的已等了 { $age }。
doctor-stuck-do = 请看日志：journalctl -u daoyu -n 50。日志里没有线索的话，重启试试：systemctl restart daoyu
doctor-stuck-do-serve = daoyu 运行起来就会处理：systemctl start daoyu
doctor-none-aside = 没有搁置的消息。
doctor-inbox-aside = 有 { $count } 条来信处理不了，已搁置，最早的在 { $age }前。
doctor-inbox-aside-do = 用 daoyu inbox list 查看原因；升级程序后可重新处理：daoyu inbox retry --all
doctor-outbox-aside = 有 { $count } 条消息发不出去，已搁置，最早的在 { $age }前。
doctor-outbox-aside-do = 用 daoyu outbox list 查看原因，再决定重发（daoyu outbox retry）还是删除（daoyu outbox drop）
doctor-never = 从未
doctor-ago = { $age }前
doctor-on-time = 各校的定时工作都准时，最近一次：{ $done }。
doctor-late = 学校 { $school } 的定时工作晚了 { $age }，最近一次：{ $done }。

doctor-telegram-offline = 没有询问 Telegram（--offline）。
doctor-telegram-no-token = 没有询问 Telegram：设置里没有令牌。
doctor-telegram-settings = 没有询问 Telegram：请先把设置改对。
doctor-bot = Telegram 认识这个机器人：@{ $bot }。
doctor-bot-other = DAOYU_TELEGRAM_BOT 写的是 @{ $other }，而令牌属于 @{ $bot }。
doctor-bot-other-do = 请改正 DAOYU_TELEGRAM_BOT，否则 daoyu invite list 给出的链接会打开别的机器人。
doctor-token-unknown = Telegram 不认识这个令牌。
doctor-token-unknown-do = 请向 @BotFather 发送 /token 取得令牌，填进设置。
doctor-telegram-away = 联系不上 Telegram：{ $failure }
doctor-telegram-away-do = 请检查网络和防火墙：要能通过 HTTPS 访问 api.telegram.org，或设置 DAOYU_TELEGRAM_API_URL。
doctor-polling = 消息由程序主动去取（polling），没有 webhook 妨碍。
doctor-webhook = Telegram 会把消息推送到 { $url }。
doctor-webhook-set = 设置的是 polling，但 Telegram 那边设了 webhook：{ $url }，所以取不到消息。
doctor-webhook-set-do = 重启 daoyu 就会撤掉它。如果又出现，说明别的程序也在用这个令牌：请向 @BotFather 发送 /revoke 换一个。
doctor-webhook-none = 设置的是 webhook，但 Telegram 那边没有设。
doctor-webhook-none-do = 重启 daoyu 就会设好。如果不行，说明别的程序也在用这个令牌。
doctor-webhook-other = Telegram 把消息推送到 { $url }，而设置的是 { $ours }。
doctor-webhook-error = Telegram 最近一次推送失败的原因：{ $error }
doctor-webhook-error-do = 请检查 DAOYU_PUBLIC_URL 的地址、证书和代理。如果 Telegram 那边没有积压，就是已经过去了。
doctor-pending-none = Telegram 那边没有积压的消息。
doctor-pending = Telegram 那边有 { $count } 条消息等着处理。

# 导入前后的对比
column-change = 变动
column-who = 身份
column-was = 原来
column-becomes = 现在
column-left = 离校/结束
roster-change-left = 离校
roster-change-moved = 转班
roster-change-mentor = 换导师
roster-change-post = 换职务
roster-change-changed = 信息更新
roster-change-back = 回校
roster-change-new = 新增
roster-who-student = 学生
roster-who-staff = 教职工
roster-who-guardian = 家长
roster-post-in-class = { $role }（{ $class }）
roster-more = { $kind }：另有 { $count } 人没有列出；加 --output 变动.xlsx 可得到完整名单。
roster-will-leave = 将有 { $count } 人离校（范围内共 { $of } 人），随之离开的家长 { $guardians } 人：导学关系今天结束，未用的邀请码作废，教职工的职务取消；已有的记录一条也不删。
roster-many-leavers =
    表里少了 { $count } 人（范围内共 { $of } 人），没有写入。
    如果他们确实都离校了，请加 --leavers { $count }；如果表里只是一部分人，请加 --nobody-leaves。
roster-leavers-differ = --leavers 写的是 { $said } 人，而按这个表会有 { $count } 人离校，没有写入。
roster-sure = 要写入{ $school }吗？[y/N]
roster-say-yes = 这里没法询问确认，没有写入。看过以上变动后，请加上 --yes。
roster-changed-meanwhile = 刚才有别的改动写入了{ $school }，这次没有写入。请重新导入，再看一遍变动。
roster-progress = 正在写入…… { $percent }%，{ $rows } 行
roster-wrong-file = 有问题的行已写入 { $file }，原因写在每个单元格旁边。
roster-wrong-suffix = 错误
roster-wrong-row = 原表行号
roster-wrong-whole-row = 问题
roster-wrong-cell = 问题（{ $column }）
cli-output-terminal = XLSX 不能显示在终端里，请加 --output 文件名.xlsx。
cli-written = 已写入 { $file }。

# daoyu access
column-act = 做什么
column-external_mentor = 校外导师
column-head_teacher = 班主任
column-chief_mentor = 首席导师
column-counsellor = 心理教师
column-office = 政教处
column-principal = 校长
column-supervisor = 督学
column-guardian = 家长
tie-own = 自己的
tie-mentor_of = 自己带的学生
tie-class_of = 自己的班
tie-guardian_of = 自己的孩子
tie-same_school = 全校
act-check_in = 小汇报
act-wish_talk = 请导师谈谈
act-log_talk = 记谈心
act-log_contact = 记家校联系
act-log_checkin = 代录纸质汇报
act-keep_file = 记进成长档案
act-pair_buddies = 给学生结对学长
act-read_file = 看成长档案
act-read_class_files = 翻看一个班的成长档案
act-log_own_work = 记自己的计划、家长会、个案总结
act-lead_group = 记小组活动
act-lead_class = 记班级会议、家长课堂、个案分析
act-lead_school = 记全校会议、培训、研究
act-see_duties = 看自己要做的事
act-undo_record = 撤销刚记的
act-snooze = 暂不提醒
act-read_students = 看学生近况
act-read_student_lines = 看学生写的话
act-write_feedback = 给家长写反馈
act-read_feedback = 看反馈
act-answer_feedback = 回复反馈
act-answer_guardian = 答复家长
act-give_consent = 同意、不同意、撤回
act-read_overview = 看点名的总览
act-read_escalation = 看上报
act-read_figures = 看数字（不点名）
act-manage_pairings = 安排结对
act-manage_roster = 维护名册
act-manage_invites = 发邀请
act-confirm_account = 确认换账号
act-change_school = 改学校的设置
act-change_settings = 改自己的设置

# 考试成绩
column-marks = 成绩
column-subject = 科目
column-sat = 参考人数
column-absent = 缺考人数
column-average = 平均分
column-change_of_average = 比上次
marks-change-new = 新增
marks-change-changed = 更新
marks-more = 另外还有 { $count } 位学生。
marks-figures = “{ $exam }”：新增 { $new } 位学生，更新 { $changed } 位，{ $unchanged } 位不变。
marks-nothing-new = “{ $exam }”的成绩和{ $school }已有的一样，没有要改的。
marks-dry-run = 只是看看：{ $school }“{ $exam }”的成绩没有写入。
marks-sure = 要把“{ $exam }”的成绩写入{ $school }吗？[y/N]
marks-written = “{ $exam }”的成绩已写入{ $school }的成长档案。
marks-unused = 没有读的列：{ $heads }。是科目的话，加上 --subject 列名。
marks-none-yet = 还没有“{ $exam }”（{ $day }）的成绩。
marks-beside = 对比的是“{ $exam }”（{ $day }），按两次都参考的学生算。
marks-exam-name = --exam：请写考试的名称，最多 { $signs } 个字。
marks-exam-ahead = “{ $name }”{ $day }才开始，还没有成绩。
marks-no-such-exam = 校历里没有叫“{ $name }”的考试。请用 daoyu calendar import 加上，或用 --day 写明第一天。
marks-several-exams = 校历里有几次考试叫“{ $name }”：{ $days }。请用 --day 写明是哪一次。
marks-no-author = 名册里没有政教处的人。请用 --by 写明是谁导入的（工号）。
marks-no-such-author = 没有工号是 { $number } 的教职工。
marks-wrong-nobody = 表里没有成绩。
marks-wrong-heads = 找不到表头：前几行里要有“学号”或“姓名”，还要有科目，如“语文”“数学”。
marks-wrong-no-student = 学号和姓名都是空的。
marks-wrong-no-such-number = 没有学号是 { $words } 的学生。
marks-wrong-no-such-student = 没有叫“{ $words }”的学生，请检查姓名、班级，或写学号。
marks-wrong-several = 有 { $count } 位学生叫“{ $words }”，请写学号或班级来区分。
marks-wrong-other-name = 学号 { $number } 是{ $name }，请核对。
marks-template =
    学号,姓名,班级,语文(120),数学(120),英语(120)
    20260101,李雷,七年级1班,98,105.5,88
    20260102,韩梅梅,七年级1班,101,缺考,96

# 政策讲给人听（daoyu policy explain）
explain-head = 《{ $name }》的要求
explain-rules = 谁要做什么：
explain-rule = • { $who }{ $whom }：{ $what }，{ $cadence }。（依据：{ $source }）
explain-about-pairing = 对每位学生
explain-about-mentor = 自己
explain-about-class = 在每个班
explain-about-group = 在每个小组
explain-about-school = （全校）
explain-checkin = 小汇报每{ $period }问一次：{ $questions }。
explain-words-child = 问题用小朋友听得懂的话来问。
explain-words-teen = 问题用跟中学生说话的口气来问。
explain-words-by_stage = 小学生和中学生，各用他们习惯的话来问。
explain-together = 未满 { $age } 岁、自己没有加入聊天的孩子，由家长陪着一起答。
explain-times = 什么时候发消息：
explain-digest = • 待办提醒：{ $when }，只在上学日；没有事就不打扰。
explain-ask = • 小汇报：{ $when }。
explain-reminder = • 还没交小汇报的：{ $when } 再提醒一次，之后不再催。
explain-summary = • 政教处小结：{ $when }。
explain-quiet = • 免打扰：{ $from } 到 { $to } 不给任何人发消息。
explain-ladder = • 到期还没做的：每隔 { $again } 个上学日再提一次；超过 { $head } 个上学日，私下告诉班主任；超过 { $office } 个上学日，写进政教处小结。
explain-consent = • 未满 { $age } 岁的孩子：家长同意以后才问。
explain-sources = 依据里说的“方案”，是学校和市教育局公开的导师制文件；“程序建议”是方案没有写明、由本程序补上的，学校可以改。
policy-default = 通用制度
policy-primary = 小学制度
policy-middle = 初中制度
policy-high = 高中制度
policy-district = 市教育局制度
source = { $parts }
source-general = 总体框架
source-primary = 小学方案
source-middle = 初中方案
source-high = 高中方案
source-district = 市教育局方案
source-ours = 程序建议
source-figure = 具体数字是程序建议
joint-source = ；
cadence-days = 离上一次不超过 { $days } 天（假期不算）
cadence-months =
    { $months ->
        [1] 离上一次不超过一个月（假期不算）
       *[other] 离上一次不超过 { $months } 个月（假期不算）
    }
cadence-per = 每{ $period }至少 { $times } 次
cadence-once = 每{ $period } 1 次
cadence-at-mid_term = 期中一次
cadence-at-end_of_term = 期末一次
cadence-after-wish = 学生说想聊聊后 { $days } 个上学日内
cadence-after-pairing = 结对后 { $days } 个上学日内
cadence-after-exam = 每次考试后 { $days } 个上学日内
cadence-after-term = 开学后 { $days } 个上学日内
period-day = 个上学日
period-week = 周
period-fortnight = 两周
period-month = 月
period-quarter = 季度
period-term = 学期
period-year = 学年
when-daily = 每天 { $time }
when-weekly = { $days } { $time }
when-cron = 按“{ $cron }”
question-mood = 心情
question-talk = 想不想聊聊
question-study = 学习
question-life = 生活
question-sleep = 睡眠
question-health = 身体
question-friends = 朋友
question-class = 班级
question-family = 家里
question-joy = 开心的事
question-goals = 目标进展
column-counted = 上次算数的记录
column-counted_by = 谁记的
column-asks = 为什么要做
column-holidays = 因假期推迟（天，负数为提前）
column-source = 依据
calendar-not-official = 程序里没有 { $year } 年的官方放假安排（有：{ $known }）。通知公布以后，可以写成文件用 daoyu calendar import 录入。
cli-school-set = { $school }：改好了。
cli-wrong-signature = 落款最多 { $longest } 个字，要有 {"{"}mentor{"}"}，可以有 {"{"}school{"}"}，不能有别的花括号。
column-signature = 落款
version-in_force = 现行
version-past = 以前的
version-ahead = 以后的
performance-template =
    学号,姓名,品行,学习
    20260701,李雷,很好,好
    20260702,韩梅梅,一般,需要帮助
performance-wrong-month = --month 请写成 2026-09 这样，不能是还没到的月份。
performance-wrong-row = { $place }：{ $reason }
performance-wrong-heads = 找不到表头：前几行里要有“学号”或“姓名”，还要有“品行”和“学习”。
performance-wrong-nobody = 表里没有学生。
performance-wrong-unnamed = 学号和姓名都是空的。
performance-wrong-student = 没有找到学生“{ $words }”，请核对学号和姓名。
performance-wrong-several = 有几位学生叫“{ $words }”，请写学号。
performance-wrong-twice = { $name }在表里有两行。
performance-wrong-grade = “{ $words }”看不懂，请写：很好、好、一般、需要帮助。
performance-dry-run = 只是看看：{ $school }{ $month }有 { $count } 位学生的月度表现可以写入，没有写入。
performance-sure = 要把 { $count } 位学生{ $month }的月度表现写入{ $school }吗？[y/N]
performance-written = { $count } 位学生{ $month }的月度表现已写入{ $school }的成长档案。

# daoyu bench
column-bot = 机器人
column-updates_per_second = 每秒更新
column-checkins = 汇报
column-p50_ms = p50 毫秒
column-p95_ms = p95 毫秒
column-p99_ms = p99 毫秒
column-cpu_ms_per_1000 = 每千次 CPU 毫秒
column-peak_mb = 内存峰值 MB
column-commits_per_update = 每次提交
column-statements_per_update = 每次语句
column-calls_per_update = 每次调用
column-stolen_percent = 被占 %
column-messages = 消息
column-seconds = 秒
column-messages_per_second = 每秒消息
column-most_in_a_second = 一秒最多
column-most_in_a_chat_and_second = 同一聊天一秒最多
column-schools = 学校
column-pairings = 结对
column-told = 提醒
column-sweep_ms = 清点毫秒
column-group_by_ms = 一次 GROUP BY 毫秒
column-times_group_by = 倍数
column-school_ms = 每校毫秒
column-worst_school_ms = 最慢一校毫秒
column-quiet_minute_ms = 无事一分钟毫秒
column-ready_ms = 就绪毫秒
column-demo_ms = 演示就绪毫秒
column-idle_mb = 空闲内存 MB
column-idle_cpu_percent = 空闲 CPU %
column-program_mb = 程序 MB
bench-filling = 正在编造学生：{ $rows } 名（{ $percent } %）
bench-measuring = 正在测量：{ $percent } %
bench-picture-unread = { $file } 读不出来：它要是 bench 用 --format json 输出的文件。
bench-picture-no-figure = 不是每个文件都有 { $figure } 这一项数字。
bench-median = { $name }，中位数
bench-one-core = 这台机器上机器人和负载共用核心（要两个核心和 taskset），测得的数字不宜与别处相比。
bench-not-empty = 这个数据库里已经有人。测量用的是编造的人，请指定一个空数据库。
