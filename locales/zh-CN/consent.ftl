# 家长同意：卡片、全文和各种说法。改动卡片或全文，请看 src/chat/consent.rs 里的测试。
consent-ask =
    📋 关于 <b>{ $student }</b>，想请您拿个主意。

    { $school }想定期（一般每周一次）在这里问孩子几个小问题：心情、学习、生活（比如睡觉、身体、同学、家里），想不想和导师聊聊。孩子怎么答，只有导师看得到。

    孩子还小，要家长同意，我们才会问。不同意也完全可以：孩子改用纸笔，别的都不变。哪天想改主意，发 /consent 就行。
consent-text-what =
    📄 <b>给家长的说明（全文）</b> 1/2

    <b>问什么</b>
    定期问 { $student } 几个小问题，最多八个。一定会问的是：心情怎么样，想不想和导师聊聊。学校还可以选着问：学习、生活、睡觉、身体、同学朋友、班级、家里、开心的事、孩子自己定的目标。孩子想说，还可以自己写一句话。年纪小、自己不在这里的孩子，学校可以请您在这里陪孩子一起答。孩子也可以随时点一下，说想和导师聊聊。

    <b>为什么</b>
    让导师早一点知道孩子过得好不好，该谈的时候及时谈。不打分、不排名、不做广告，也不用来做别的。

    <b>存在哪里</b>
    存在{ $school }管理的服务器上。消息要经过 Telegram 这个软件传送，它的服务器在境外。

    <b>存多久</b>
    孩子在校期间。离校以后，由学校按规定归档或删除。您撤回同意，孩子在这里填的汇报马上删除。

    <b>谁看得到</b>
    孩子怎么答、写了什么：只有孩子的导师。班主任和政教处只看到多少人汇报了，看不到内容；孩子想聊聊、导师一直没顾上时，会请班主任帮一把。学校里维护系统的人员要保密。不给学校以外的任何人；法律另有规定的除外。
consent-text-rights =
    📄 <b>给家长的说明（全文）</b> 2/2

    <b>不同意会怎样</b>
    没有任何坏处。孩子在这里什么都不会被问，改用纸笔向导师汇报；导师只从纸上记下这几个小问题的答案，这是学校该做的工作。导师照样关心孩子，谈心和家校联系照常。

    <b>反悔了怎么办</b>
    随时发 /consent，点“撤回同意”，马上生效。孩子在这里填过的汇报会删掉，找不回来。学校依规定要留的谈心、家校联系，还有导师从纸上记的汇报，会留下。学校备份里的，随旧备份一起清掉。
    两位家长的话都算数，以最后说的为准。

    <b>想看、想改、想删</b>
    孩子自己的汇报，下一次之前孩子都能自己改。想看或想改别的、想全部删除，请告诉导师、班主任或政教处，学校会办。

    <b>有疑问，或者不满意</b>
    先找班主任或政教处。学校不处理的，可以向网信部门举报：电话 12377。

    这是说明的第 { $version } 版。说明有变，会重新请您决定；您没有点头之前，不会再问孩子。
consent-given = ✅ <b>{ $student }</b>：{ $who }在{ $day }同意了（说明第 { $version } 版）。我会定期问孩子几个小问题。
consent-refused =
    📝 <b>{ $student }</b>：{ $who }在{ $day }选了不同意（说明第 { $version } 版）。

    没关系，孩子改用纸笔，在这里什么都不会被问。
consent-withdrawn =
    📝 <b>{ $student }</b>：{ $who }在{ $day }撤回了同意（说明第 { $version } 版）。

    已经停了，孩子在这里填过的汇报也删掉了。学校依规定要留的谈心、家校联系和纸上的汇报还在。孩子改用纸笔。
consent-not-needed = <b>{ $student }</b>：年龄够了，用不用由孩子自己决定，不用家长同意。
consent-stop =
    要撤回对 <b>{ $student }</b> 的同意吗？

    撤回以后，马上不再问孩子；孩子在这里填过的汇报会删掉，找不回来。谈心和家校联系的记录学校要依规定留着。孩子改用纸笔，别的都不变。
consent-renewed = 说明有了新的一版，请再看一看。
consent-heard-given = ✅ { $who }同意了 <b>{ $student }</b> 在这里做小汇报。您有别的想法，随时可以改。
consent-heard-refused = 📝 { $who }选了不同意 <b>{ $student }</b> 在这里做小汇报，孩子改用纸笔。您有别的想法，随时可以改。
consent-heard-withdrawn = 📝 { $who }撤回了同意：<b>{ $student }</b> 不再在这里做小汇报，填过的已经删掉，孩子改用纸笔。您有别的想法，随时可以改。
consent-told-paper = 📝 <b>{ $student }</b> 的家长希望孩子不在这里汇报。请改用纸笔，收到以后您点几下记好，和别的汇报一样算数。谈心和家校联系照常。
consent-told-online = ✅ <b>{ $student }</b> 的家长现在同意孩子在这里汇报了，不用再用纸。
button-consent-yes = ✅ 同意
button-consent-no = 不同意
button-consent-text = 📄 看全文
button-consent-stop = ↩️ 撤回同意
button-consent-end = 是的，撤回
button-consent-keep = 不撤回
button-consent-show = 📋 看一看

# 等家长点头的孩子
join-welcome-child =
    你好，<b>{ $name }</b>！欢迎来到{ $school }的导师小天地。

    要先请家长在这里点一下“同意”，你才能用。现在什么都不用做；想聊聊，直接去找导师就好。
refusal-needs-consent = 要先请家长在这里点一下“同意”，才能用这个。想和导师聊聊，直接去找老师就好。

# 导师：纸上的汇报
card-paper-open = 📝 家长还没有同意线上汇报：请用纸笔
card-paper-no = 📝 家长没有同意线上汇报：请用纸笔
card-together = 👪 年纪小，和家长一起在这里汇报
card-paper-not-here = 📝 还不在这里：可以用纸笔汇报
button-log-paper = 📝 记纸上的汇报
refusal-answers-alone = 这位学生自己在这里汇报，不用代记。
refusal-has-reported = 这位学生这次已经自己汇报过了，不用再记。
refusal-upload-expired = 这个文件发来超过半小时，已经不留着了。请再发一次。
paper-done =
    ✅ 已记好：<b>{ $student }</b> · 纸上的汇报
    { $answers }{ $line }

    10 分钟内可以撤销。
form-paper = 纸上的汇报
form-paper-who = 是哪位学生的？
form-paper-mood = 纸上写的心情怎么样？
form-paper-study = 学习呢？
form-paper-life = 生活呢？
form-paper-sleep = 睡觉呢？
form-paper-health = 身体呢？
form-paper-friends = 和同学朋友呢？
form-paper-class = 在班里呢？
form-paper-family = 家里呢？
form-paper-joy = 有开心的事吗？
form-paper-goals = 定的目标进展呢？
form-paper-talk = 想和导师聊一聊吗？
