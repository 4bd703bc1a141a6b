//! What is asked about more than one student: kept, summed and named by the store.

use crate::support::{School, story};
use daoyu::{
    clock::fresh_id,
    school::{AboutId, Body, Entry, Group, Kind, PersonId, Post, Record, RecordId, Role},
};

story! {
    async fn the_staff_of_a_school_are_who_leads_and_which_classes_have_students(school) {
        let (li, wang) = (school.student("李雷").await, school.mentor("王芳").await);
        wang.mentors(&li).await;
        let (head, office) = (school.head_teacher("张敏").await, school.office("陈静").await);
        let gone = school.office("赵静").await;
        school.loses(&gone).await;
        let class = school.class("七年级1班").await;
        // A class that nobody is in any more is asked for nothing.
        let han = school.student("韩梅梅").in_class("九年级1班").await;
        school.loses(&han).await;

        let since = school.today();
        let group = Group { id: fresh_id(), name: "向日葵".into(), leader: wang.id.clone(), since, until: None };
        let mut tx = school.writes().await;
        tx.save_group(&school.id, &group, std::slice::from_ref(&li.id)).await.unwrap();
        let staff = tx.staff(&school.id, since).await.unwrap();
        assert_eq!(staff.classes, std::slice::from_ref(&class));
        assert_eq!(staff.groups, std::slice::from_ref(&group));
        let mut posts: Vec<(PersonId, Post)> =
            vec![(head.id.clone(), Post::in_class(Role::HeadTeacher, class.clone())), (office.id.clone(), Post::at_school(Role::Office))];
        posts.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(staff.posts, posts);

        let over = Group { until: Some(since), ..group.clone() };
        tx.save_group(&school.id, &over, &[]).await.unwrap();
        assert!(tx.staff(&school.id, since).await.unwrap().groups.is_empty(), "a group that is over is not there");

        let ids: [AboutId; 5] = [(&li.id).into(), (&class).into(), (&group.id).into(), (&school.id).into(), "nobody".into()];
        let names = tx.names_of(&ids).await.unwrap();
        let named: Vec<Option<&str>> = ids.iter().map(|id| names.get(id).map(String::as_str)).collect();
        let name = tx.school(&school.id).await.unwrap().unwrap().name;
        assert_eq!(named, [Some("李雷"), Some("七年级1班"), Some("向日葵"), Some(name.as_str()), None]);
    }

    async fn a_record_about_a_class_is_kept_whole_and_counts_for_it_and_the_school(school) {
        let (li, head) = (school.student("李雷").await, school.head_teacher("张敏").await);
        let class = school.class("七年级1班").await;
        let answers = [("topic".to_owned(), vec!["迟到".to_owned(), "手机".to_owned()])].into();
        let body = Body::Entry(Entry { kind: Kind::Meeting, form: "weekly".into(), answers });
        let about: [AboutId; 2] = [(&class).into(), (&school.id).into()];
        let id: RecordId = fresh_id();
        let today = school.today();
        let meeting = Record::new(id.clone(), head.id.clone(), about.clone(), today, school.now(), body);
        let mut tx = school.writes().await;
        tx.save_record(&school.id, &meeting, school.now()).await.unwrap();
        let kept = tx.record(&id).await.unwrap().unwrap().record;
        assert_eq!(kept.body, meeting.body);
        assert_eq!(kept.form(), Some("weekly"));

        let rules = tx.rules(&school.id).await.unwrap();
        let all = tx.standing(&rules, None, today).await.unwrap();
        for about in &about {
            assert_eq!(all.last(about, Kind::Meeting, Some("weekly")), Some(today));
            assert_eq!(all.last(about, Kind::Meeting, Some("huddle")), None);
        }
        assert_eq!(all.last(&(&li.id).into(), Kind::Meeting, None), None, "not about each student");
        let school_alone = tx.standing(&rules, Some(&about[1..]), today).await.unwrap();
        assert_eq!(school_alone.last(&about[0], Kind::Meeting, None), None, "only what was asked about");

        tx.undo_record(&id, school.now()).await.unwrap();
        assert_eq!(tx.standing(&rules, None, today).await.unwrap().last(&about[0], Kind::Meeting, None), None);
    }
}
