//! What nobody expects: stickers and voices, stale and forged buttons, ten messages at once. Each gets a fitting answer
//! or a silence that is right, and none loses an open form.

use crate::support::{Person, School, story};
use daoyu::school::{Kind, Relation};

/// A mentor with a student, and a talk form that is open at its topics.
async fn an_open_form(school: &School) -> (Person, Person) {
    let (wang, li) = (school.mentor("王芳").await, school.student("李雷").await);
    wang.mentors(&li).await;
    wang.says("/talk").await;
    wang.presses("李雷").await;
    wang.hears();
    (wang, li)
}

impl Person {
    /// The talk form goes on as if nothing had been in between.
    async fn can_finish_the_talk_with(&self, student: &Person) {
        self.taps(["学业", "完成"]).await;
        assert!(student.latest(Kind::Talk).await.is_some(), "the form was lost: {}", self.chat());
    }
}

story! {
    async fn a_sticker_a_voice_a_picture_and_a_place_keep_the_form(school) {
        let (wang, li) = an_open_form(&school).await;
        wang.acts(|phone| phone.sends_sticker()).await;
        wang.reads("a_sticker_in_a_form");
        wang.acts(|phone| phone.sends_voice()).await;
        wang.acts(|phone| phone.sends_photo(Some("看这个"))).await;
        wang.acts(|phone| phone.sends_location()).await;
        wang.acts(|phone| phone.sends_contact("13800000000", "李雷妈妈")).await;
        wang.acts(|phone| phone.sends_document("作业.pdf", vec![1, 2, 3])).await;
        assert_eq!(wang.hears_messages(), 5, "each is answered once");
        wang.can_finish_the_talk_with(&li).await;
    }

    async fn a_sticker_out_of_the_blue_is_answered_kindly(school) {
        let wang = school.mentor("王芳").await;
        wang.acts(|phone| phone.sends_sticker()).await;
        assert!(wang.hears().contains("/help"));
    }

    async fn an_edited_message_is_passed_over_in_silence(school) {
        let (wang, li) = an_open_form(&school).await;
        let message = wang.says("想提高数学").await;
        wang.hears();
        wang.acts(|phone| phone.edits(message, "想提高英语")).await;
        wang.hears_nothing();
        wang.can_finish_the_talk_with(&li).await;
    }

    async fn words_in_a_group_keep_the_form(school) {
        let (wang, li) = an_open_form(&school).await;
        wang.acts(|phone| phone.says_in_group(-7, "大家好")).await;
        wang.acts(|phone| phone.says_in_group(-7, "/cancel@daoyu_sandbox_bot")).await;
        wang.hears_nothing();
        wang.can_finish_the_talk_with(&li).await;
    }

    async fn words_where_a_button_is_asked_for_show_the_question_again(school) {
        let (wang, li) = an_open_form(&school).await;
        wang.says("学业").await;
        wang.reads("words_instead_of_a_button");
        wang.can_finish_the_talk_with(&li).await;
    }

    async fn an_unknown_command_keeps_the_form(school) {
        let (wang, li) = an_open_form(&school).await;
        wang.says("/dance").await;
        assert!(wang.hears().contains("没有这个命令"));
        wang.says("/help").await;
        wang.hears();
        wang.can_finish_the_talk_with(&li).await;
    }

    async fn blocking_and_coming_back_keeps_the_form(school) {
        let (wang, li) = an_open_form(&school).await;
        wang.acts(|phone| phone.blocks()).await;
        wang.acts(|phone| phone.unblocks()).await;
        wang.hears_nothing();
        wang.can_finish_the_talk_with(&li).await;
    }

    async fn a_list_between_two_taps_keeps_the_form(school) {
        let (wang, li) = an_open_form(&school).await;
        let form = wang.newest().message_id;
        let topic = wang.data_of("学业");
        wang.says("/students").await;
        wang.presses_on(form, &topic).await;
        wang.presses_on(form, &topic.replace("study", "ok")).await;
        assert!(li.latest(Kind::Talk).await.is_some());
    }

    async fn a_button_of_a_form_that_is_over_says_so(school) {
        let (wang, li) = an_open_form(&school).await;
        let (message, topic) = (wang.newest().message_id, wang.data_of("学业"));
        wang.taps(["心理", "完成", "好了"]).await;
        let on_record = li.latest(Kind::Talk).await;
        wang.hears();
        wang.presses_on(message, &topic).await;
        wang.is_refused("stale-button");
        wang.hears_nothing();
        assert_eq!(li.latest(Kind::Talk).await, on_record);
    }

    async fn a_button_of_the_form_before_does_nothing_to_the_one_that_is_open(school) {
        let (wang, li) = an_open_form(&school).await;
        let (message, topic) = (wang.newest().message_id, wang.data_of("学业"));
        wang.says("/contact").await;
        wang.presses("李雷").await;
        wang.hears();
        wang.presses_on(message, &topic).await;
        wang.is_refused("stale-button");
        wang.presses("电话").await;
        assert!(li.latest(Kind::Contact).await.is_some());
        assert_eq!(li.latest(Kind::Talk).await, None);
    }

    async fn nonsense_on_a_button_is_a_stale_button(school) {
        let (wang, li) = an_open_form(&school).await;
        let id = wang.data_of("学业").split(':').nth(1).unwrap().to_owned();
        let wrong = [
            String::new(), ":".into(), "f".into(), "f:".into(), format!("f:{id}"), format!("f:{id}:topics"),
            format!("f:{id}:topics:dance"), format!("f:{id}:nothing:ok"), format!("f:{id}:_:dance"),
            format!("f:{id}:_:@dance"), "undo:".into(), "undo:1".into(), "talk".into(), "seen:x".into(),
            "overview".into(), "lang:xx".into(), "quiet:00:00-23:59".into(), "hat:x".into(), "dance:1:2:3".into(),
            "snooze::".into(), "学".repeat(21),
        ];
        for data in wrong {
            wang.presses_on(wang.newest().message_id, &data).await;
            assert!(!wang.toasts().is_empty(), "`{data}` is answered with {}", wang.newest());
        }
        wang.hears_nothing();
        wang.can_finish_the_talk_with(&li).await;
    }

    async fn a_mentor_cannot_touch_another_mentors_student(school) {
        let (wang, li) = an_open_form(&school).await;
        let zhao = school.mentor("赵静").await;
        let han = school.student("韩梅梅").never_joins().await;
        zhao.mentors(&han).await;
        zhao.hears();
        for verb in ["talk", "contact", "feedback", "student", "later"] {
            zhao.presses_on(1, &format!("{verb}:{}", li.id)).await;
            zhao.is_refused("not-allowed");
        }
        zhao.presses_on(1, &format!("snooze:{}:friday", li.id)).await;
        zhao.is_refused("not-allowed");
        // A student of somebody else, smuggled into the own form.
        zhao.says("/talk").await;
        let data = zhao.data_of("韩梅梅").replace(han.id.as_str(), li.id.as_str());
        zhao.presses_on(zhao.newest().message_id, &data).await;
        zhao.is_refused("not-allowed");
        // Somebody else's open form.
        zhao.presses_on(1, &wang.data_of("学业")).await;
        zhao.is_refused("stale-button");
        assert_eq!(li.latest(Kind::Talk).await, None);
    }

    async fn a_mentor_cannot_touch_a_student_of_another_school(school) {
        let (_, li) = an_open_form(&school).await;
        let other = school.another("朝阳小学").await;
        let zhao = other.mentor("赵静").await;
        zhao.mentors(&other.student("林涛").never_joins().await).await;
        let office = other.office("刘洋").await;
        for person in [&zhao, &office] {
            for verb in ["talk", "contact", "feedback", "student", "later"] {
                person.presses_on(1, &format!("{verb}:{}", li.id)).await;
                let toast = person.toasts();
                assert!(toast.contains("没有找到") || toast.contains("不归您办"), "{verb}: {toast}");
                assert!(!toast.contains("李雷"), "nothing is given away: {toast}");
            }
            let class = school.class("七年级1班").await;
            person.presses_on(1, &format!("overview:{class}")).await;
            assert!(!person.toasts().is_empty());
            person.hears_nothing();
        }
    }

    async fn a_guardian_and_a_student_have_no_mentors_buttons(school) {
        let (_, li) = an_open_form(&school).await;
        let mother = school.guardian("韩英", &li, Relation::Mother).await;
        for person in [&mother, &li] {
            for data in ["talk", "contact", "feedback", "student", "later"] {
                person.presses_on(1, &format!("{data}:{}", li.id)).await;
                person.is_refused("not-allowed");
            }
            for command in ["/talk", "/contact", "/feedback", "/students", "/today", "/overview"] {
                person.says(command).await;
                person.is_told("refusal-not-for-you");
            }
        }
    }

    async fn ten_messages_at_once_are_answered_one_by_one_in_order(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        school.guardian("韩英", &li, Relation::Mother).await;
        wang.says("/feedback").await;
        wang.presses("李雷").await;
        wang.hears();
        wang.says_at_once((1..=10).map(|n| format!("第 {n} 句"))).await;
        let heard = wang.hears();
        let preview = heard.find("第 1 句").expect("the first line is the fact");
        let next = heard.find("第 2 句").expect("the second line is the next step");
        assert!(preview < next, "{heard}");
        assert!(!heard.contains("第 3 句"), "nothing else belongs into the letter: {heard}");
        wang.presses("发送").await;
        assert!(wang.newest().text.contains("已送到"));
    }

    async fn a_whole_check_in_in_one_batch_is_a_whole_check_in(school) {
        let li = school.student("李雷").await;
        let wang = school.mentor("王芳").await;
        wang.mentors(&li).await;
        li.says("/checkin").await;
        let (form, mood) = (li.newest().message_id, li.data_of("不错"));
        for (step, value) in [("mood", "4"), ("study", "2"), ("life", "3"), ("talk", "no")] {
            li.user().press_raw(form, &mood.replace("mood:4", &format!("{step}:{value}")));
        }
        li.user().says("写一句");
        school.settles().await;
        let on_record = li.latest(Kind::Checkin).await.expect("a check-in");
        assert!(format!("{on_record:?}").contains("写一句"));
    }

    async fn people_who_speak_at_the_same_time_are_each_answered_in_their_own_chat(school) {
        let mut people = Vec::new();
        for n in 0..8 {
            people.push(school.student(&format!("学生{n}")).await);
        }
        for round in ["/checkin", "/help", "/settings"] {
            for person in &people {
                person.user().says(round);
            }
        }
        school.settles().await;
        for person in &people {
            person.hears_in_order(["心情", "/wish", &person.name]);
        }
    }

    async fn an_update_that_telegram_sends_twice_is_answered_once(school) {
        let wang = school.mentor("王芳").await;
        wang.says("/help").await;
        assert_eq!(wang.hears_messages(), 1);
        assert!(school.telegram().redeliver(school.telegram().last_update_id()));
        school.settles().await;
        wang.hears_nothing();
    }

    async fn what_nobody_can_read_is_set_aside_and_blocks_nobody(school) {
        let wang = school.mentor("王芳").await;
        school.may_log_faults();
        school.telegram().send_raw_update(serde_json::json!({ "message": "nonsense" }));
        school.telegram().send_raw_update(serde_json::json!({ "a_kind_of_the_future": { "x": 1 } }));
        wang.says("/help").await;
        assert!(wang.hears().contains("/talk"));
        let mut tx = school.reads().await;
        assert_eq!(tx.inbox_depth().await.unwrap(), (0, 1), "no second try would read it: left to the operator");
    }

    async fn words_that_look_like_markup_are_words(school) {
        let (wang, li) = an_open_form(&school).await;
        wang.taps(["学业", "完成"]).await;
        for words in ["<b>", "</b>&lt;", "{ $line }", "*_`[", "\u{202e}abc", "👨‍👩‍👧"] {
            wang.says("/talk").await;
            wang.taps(["李雷", "学业", "完成"]).await;
            wang.says(words).await;
            assert!(wang.chat().contains(words), "{words}");
        }
        assert!(li.latest(Kind::Talk).await.is_some());
    }
}
