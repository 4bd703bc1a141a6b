# The demo: a made-up school and the words of its page
demo-open = The demo is ready: open { $url } in a browser (Ctrl+C ends it)
demo-port-taken = Port { $port } is taken. Choose another with --port.
demo-school-default = Greenfield Middle School (demo)
demo-grade-default = Grade 7
demo-school-middle = Greenfield Middle School (demo)
demo-grade-middle = Grade 7
demo-school-primary = Greenfield Primary School (demo)
demo-grade-primary = Grade 3
demo-school-high = Greenfield High School (demo)
demo-grade-high = Grade 10
demo-school-district = Greenfield Middle School (demo)
demo-grade-district = Grade 7
demo-goal = read twenty minutes a day
demo-exam-month = October exams
demo-exam-mid = mid-term exams
demo-exam-end = end-of-term exams
demo-term = First term 2026/27
demo-family = { $student }’s { $relation }
demo-roles = { $roles }
demo-line-1 = I sleep badly these days and cannot listen in class.
demo-line-2 = I am falling behind in maths.
demo-line-3 = A lot of homework, but fine.
demo-line-4 = Our class won the basketball match!
demo-line-5 = A happy week, my English got better.

demo-roster =
    name,role,student number,staff number,grade,class,mentor,guardian,relation,guardian 2,guardian 2 relation
    Wang Jianguo,mentor,,T001,,,,,,,
    Chen Jing,mentor,,T002,,,,,,,
    Liu Qiang,mentor,,T003,,,,,,,
    Zhou Min,head teacher,,T004,{ $grade },1,,,,,
    Zhao Ya,counsellor,,T005,,,,,,,
    Sun Li,office,,T006,,,,,,,
    Li Lei,student,20260701,,{ $grade },1,Wang Jianguo,Li Jianmin,father,Han Xue,mother
    Han Meimei,student,20260702,,{ $grade },1,Wang Jianguo,Han Zhiyuan,father,,
    Lin Tao,student,20260703,,{ $grade },1,Wang Jianguo,Chen Guilan,grandmother,,
    Wei Hua,student,20260704,,{ $grade },1,Wang Jianguo,Wei Daming,father,Wang Xiuying,mother
    Zhang Wei,student,20260705,,{ $grade },1,Chen Jing,Zhang Hai,father,Li Juan,mother
    Liu Yang,student,20260706,,{ $grade },1,Chen Jing,Liu Fang,mother,,
    Wang Fang,student,20260707,,{ $grade },1,Chen Jing,Wang Jun,father,,
    Zhao Lei,student,20260708,,{ $grade },1,Chen Jing,Qian Li,mother,,
    Sun Yue,student,20260709,,{ $grade },1,Liu Qiang,Sun Hao,father,Zhou Li,mother
    Zhou Jie,student,20260710,,{ $grade },1,Liu Qiang,Zhou Jian,father,,
    Wu Qian,student,20260711,,{ $grade },1,Liu Qiang,Wu Min,mother,,
    Zheng Hao,student,20260712,,{ $grade },1,Liu Qiang,Zheng Guoqiang,grandfather,,

demo-clock-hour = +1 hour
demo-clock-morning = Next school morning
demo-clock-checkin = Friday’s check-in
demo-clock-month = +1 month
demo-clock-stuck = The time did not move. Please try again.

demo-page-lang = en
demo-page-choose = Choose phones
demo-page-done = Done
demo-page-message = Message
demo-page-send = Send
demo-page-menu = Menu
demo-page-more = More
demo-page-typing = typing…
demo-page-bot = bot
demo-page-edited = edited
demo-page-empty = No messages here yet
demo-page-start = Start
demo-page-block = Block the bot
demo-page-unblock = Unblock the bot
demo-page-sticker = Send a sticker
demo-page-voice = Send a voice message
demo-page-photo = Send a picture
demo-page-file = Send a file
demo-page-location = Send a location
demo-page-contact = Send a contact
demo-page-close = Close
demo-page-busy = Time is passing…
demo-page-offline = Connection lost, trying again…
demo-page-newest = To the newest message
demo-page-chat = Chat with daoyu
demo-page-alert = Notice
demo-page-clock = School time
demo-page-remove = Put away
