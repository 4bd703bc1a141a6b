//! What is asked about more than one pairing, and at times of the term.

use crate::school::duty::*;
use crate::school::people::{Group, Post};
use crate::school::record::{Body, Entry, Record};
use crate::school::testing::{autumn, day, nobody, pairing, policy_of};

/// Sun leads class 7-1, nobody is its chief mentor; Qian is the office; Wang leads a group.
fn staff() -> Staff {
    let group = Group {
        id: "sunflowers".into(),
        name: "向日葵".into(),
        leader: "wang".into(),
        since: day("2026-09-10"),
        until: None,
    };
    Staff {
        classes: vec!["7-1".into(), "7-2".into()],
        posts: vec![
            ("sun".into(), Post::in_class(Role::HeadTeacher, "7-1")),
            ("qian".into(), Post::at_school(Role::Office)),
        ],
        groups: vec![group],
        ..nobody()
    }
}

/// What stands open by these rules, as `owes rule about due`.
fn owed(rules: &str, calendar: &Calendar, records: &[Record], today: &str) -> Vec<String> {
    let (policy, today) = (policy_of(rules), day(today));
    let standing = Standing::of(records, &policy, calendar, today);
    let open = duties(&policy, calendar, &[pairing("li")], &staff(), &standing, today);
    open.iter()
        .map(|it| {
            let progress = it.progress.map_or(String::new(), |(done, times)| format!(" {done}/{times}"));
            format!("{} {} {} {}{progress}", it.owes, it.rule, it.about, it.due.format("%m-%d"))
        })
        .collect()
}

fn entry(kind: Kind, form: &str, about: &str, on: &str) -> Record {
    let body = Body::Entry(Entry { kind, form: form.into(), answers: Default::default() });
    let written = crate::school::At(0);
    Record::new("record".into(), "sun".into(), [AboutId::from(about)], day(on), written, body)
}

const MEETING: &str = r#"[[rule]]
name = "weekly"
record = "meeting"
form = "weekly"
owed_by = "chief_mentor"
about = "class"
at_least = { times = 1, per = "week" }
source = "D"
"#;

#[test]
fn what_nobody_leads_falls_to_the_head_teacher_and_then_to_the_office() {
    let autumn = autumn();
    // A week of five school days: announced in its last quarter.
    assert_eq!(owed(MEETING, &autumn, &[], "2026-09-25"), ["sun weekly 7-1 09-25", "qian weekly 7-2 09-25"]);
    let held = [entry(Kind::Meeting, "weekly", "7-1", "2026-09-22")];
    assert_eq!(owed(MEETING, &autumn, &held, "2026-09-25"), ["qian weekly 7-2 09-25"]);
    let other = [entry(Kind::Meeting, "huddle", "7-1", "2026-09-22")];
    assert_eq!(owed(MEETING, &autumn, &other, "2026-09-25").len(), 2, "another form is another meeting");
    assert_eq!(owed(MEETING, &autumn, &[], "2027-01-29"), [""; 0], "holidays ask for nothing");
}

#[test]
fn a_group_is_asked_for_its_activities_and_its_leader_sees_how_many() {
    let rule = r#"[[rule]]
name = "activity"
record = "activity"
owed_by = "mentor"
about = "group"
at_least = { times = 4, per = "term" }
source = "D"
"#;
    let held = [
        entry(Kind::Activity, "", "sunflowers", "2026-09-20"),
        entry(Kind::Activity, "", "sunflowers", "2026-10-20"),
    ];
    // Three quarters of the 128 running days from the tenth of September on.
    assert_eq!(owed(rule, &autumn(), &held, "2026-12-18"), ["wang activity sunflowers 12-21 2/4"]);
    assert_eq!(owed(rule, &autumn(), &[], "2026-09-09"), [""; 0], "the group was not there yet");
}

#[test]
fn each_mentor_owes_a_session_of_the_own() {
    let rule = r#"[[rule]]
name = "session"
record = "session"
form = "mentor_session"
owed_by = "mentor"
about = "mentor"
at_least = { times = 1, per = "term" }
source = "D"
"#;
    assert_eq!(owed(rule, &autumn(), &[], "2027-01-20"), ["wang session wang 01-22"]);
    let held = [entry(Kind::Session, "mentor_session", "wang", "2026-11-20")];
    assert_eq!(owed(rule, &autumn(), &held, "2027-01-20"), [""; 0]);
}

#[test]
fn mid_term_is_asked_for_from_its_exams_until_the_term_is_over() {
    let rule = r#"[[rule]]
name = "mid_term"
record = "meeting"
form = "mid_term"
owed_by = "head_teacher"
about = "class"
at = "mid_term"
source = "H"
"#;
    let exams = autumn().with_exam("mid", Some(Moment::MidTerm), day("2026-11-04"), day("2026-11-06"));
    let one = |records: &[Record], today: &str| owed(rule, &exams, records, today).len();
    assert_eq!(one(&[], "2026-11-03"), 0);
    assert_eq!(owed(rule, &exams, &[], "2026-11-04"), ["sun mid_term 7-1 11-24", "qian mid_term 7-2 11-24"]);
    assert_eq!(one(&[], "2027-01-22"), 2, "late is better than never");
    assert_eq!(one(&[], "2027-01-23"), 0);
    let held = [entry(Kind::Meeting, "mid_term", "7-1", "2026-12-20")];
    assert_eq!(one(&held, "2026-12-21"), 1);
    let early = [entry(Kind::Meeting, "mid_term", "7-1", "2026-10-20")];
    assert_eq!(one(&early, "2026-11-10"), 2, "before the exams it was another one");
}

#[test]
fn after_an_exam_its_marks_are_asked_for_and_after_a_pairing_the_growth_file() {
    let rules = r#"[[rule]]
name = "marks"
record = "marks"
owed_by = "mentor"
about = "pairing"
after = { event = "exam", school_days = 5 }
source = "M"

[[rule]]
name = "file"
record = "profile"
owed_by = "mentor"
about = "pairing"
after = { event = "pairing", school_days = 10 }
source = "M"
"#;
    let exams = autumn().with_exam("month", None, day("2026-10-12"), day("2026-10-13"));
    assert_eq!(owed(rules, &exams, &[], "2026-09-10"), [""; 0], "a quarter of the ten school days before");
    assert_eq!(owed(rules, &exams, &[], "2026-09-11"), ["wang file li 09-15"]);
    let opened = entry(Kind::Profile, "", "li", "2026-09-03");
    assert_eq!(owed(rules, &exams, std::slice::from_ref(&opened), "2026-10-12"), [""; 0]);
    assert_eq!(owed(rules, &exams, std::slice::from_ref(&opened), "2026-10-16"), [""; 0]);
    assert_eq!(owed(rules, &exams, std::slice::from_ref(&opened), "2026-10-19"), ["wang marks li 10-20"]);
    let marked = entry(Kind::Marks, "", "li", "2026-10-16");
    assert_eq!(owed(rules, &exams, &[opened, marked], "2026-10-19"), [""; 0]);
}

#[test]
fn a_work_plan_is_asked_for_when_the_term_begins_and_anew_in_the_next() {
    let rules = r#"[[rule]]
name = "plan"
record = "work_plan"
owed_by = "mentor"
about = "mentor"
after = { event = "term", school_days = 10 }
source = "M"
"#;
    let terms = autumn().with_term("spring", day("2027-02-22"), day("2027-07-02"));
    assert_eq!(owed(rules, &terms, &[], "2026-09-10"), [""; 0]);
    assert_eq!(owed(rules, &terms, &[], "2026-09-11"), ["wang plan wang 09-15"]);
    let planned = [entry(Kind::WorkPlan, "", "wang", "2026-09-14")];
    assert_eq!(owed(rules, &terms, &planned, "2026-09-21"), [""; 0]);
    assert_eq!(owed(rules, &terms, &planned, "2027-01-28"), [""; 0], "holidays");
    assert_eq!(owed(rules, &terms, &planned, "2027-03-08"), ["wang plan wang 03-08"]);
}
