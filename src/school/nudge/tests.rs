use super::*;
use crate::school::duty::duties;
use crate::school::record::Record;
use crate::school::standing::Standing;
use crate::school::testing::{autumn, day, nobody, pairing, preset, talk, wish};

/// Wang's duties about talks.
fn open(students: &[&str], records: &[Record], today: &str) -> Vec<Duty> {
    let mut all = all_open(students, records, today);
    all.retain(|it| it.owed_by == Role::Mentor);
    all
}

/// The same and the check-ins.
fn all_open(students: &[&str], records: &[Record], today: &str) -> Vec<Duty> {
    let (policy, calendar, today) = (preset("default"), autumn(), day(today));
    let pairs: Vec<_> = students.iter().map(|it| pairing(it)).collect();
    let standing = Standing::of(records, &policy, &calendar, today);
    let mut all = duties(&policy, &calendar, &pairs, &nobody(), &standing, today);
    all.retain(|it| it.rule != "contact");
    all
}

fn digest(duties: &[Duty], told: &Told, snoozes: &[Snooze], today: &str) -> (Vec<String>, usize) {
    let it = digest_items(&preset("default"), &autumn(), duties, told, snoozes, day(today));
    (it.items.iter().map(|it| format!("{} {}", it.rule, it.about)).collect(), it.waiting)
}

#[test]
fn the_same_item_returns_after_three_school_days() {
    let talked = [talk("li", "2026-09-08")];
    let mut told = Told::default();
    told.add_digest(episode_key(&open(&["li"], &talked, "2026-09-22")[0]), day("2026-09-22"));
    // Told on Tuesday: back on Friday.
    for (today, items, waiting) in [("2026-09-23", 0, 1), ("2026-09-24", 0, 1), ("2026-09-25", 1, 0)] {
        let (now, rest) = digest(&open(&["li"], &talked, today), &told, &[], today);
        assert_eq!((now.len(), rest), (items, waiting), "{today}");
    }
    // Talked with and due anew: another episode, told on its first day.
    let again = [talk("li", "2026-09-08"), talk("li", "2026-09-23")];
    assert_eq!(digest(&open(&["li"], &again, "2026-10-14"), &told, &[], "2026-10-14").0, ["talk li"]);
}

#[test]
fn a_holiday_does_not_count_towards_the_return() {
    let talked = [talk("li", "2026-09-15")];
    let mut told = Told::default();
    told.add_digest(episode_key(&open(&["li"], &talked, "2026-09-30")[0]), day("2026-09-30"));
    assert_eq!(digest(&open(&["li"], &talked, "2026-10-09"), &told, &[], "2026-10-09").1, 1);
    assert_eq!(digest(&open(&["li"], &talked, "2026-10-10"), &told, &[], "2026-10-10").1, 0);
}

#[test]
fn one_line_for_the_talk_that_is_due_and_wished() {
    let records = [talk("li", "2026-09-02"), wish("li", "2026-09-18")];
    let all = open(&["li", "han"], &records, "2026-09-21");
    assert_eq!(
        digest(&all, &Told::default(), &[], "2026-09-21"),
        (vec!["wish li".to_owned(), "talk han".to_owned()], 0)
    );
}

#[test]
fn a_snooze_hides_until_its_day_and_moves_nothing_else() {
    let talked = [talk("li", "2026-09-08")];
    let until = SnoozeReason::Friday.until(&autumn(), day("2026-09-22"));
    let snooze =
        [Snooze { mentor: "wang".into(), student: "li".into(), until, reason: SnoozeReason::Friday }];
    let on = |today| open(&["li"], &talked, today);
    assert_eq!(digest(&on("2026-09-24"), &Told::default(), &snooze, "2026-09-24").1, 1);
    assert_eq!(digest(&on("2026-09-25"), &Told::default(), &snooze, "2026-09-25").0, ["talk li"]);
    assert_eq!(on("2026-09-25")[0].due, day("2026-09-22"));
    let of_another = [Snooze { mentor: "zhao".into(), ..snooze[0].clone() }];
    assert_eq!(digest(&on("2026-09-24"), &Told::default(), &of_another, "2026-09-24").1, 0);
}

#[test]
fn a_snooze_is_about_the_student_whatever_is_owed_and_what_is_done_waits_for_no_end_of_it() {
    let (policy, calendar) = (preset("default"), autumn());
    let until = day("2026-10-08");
    let snooze =
        [Snooze { mentor: "wang".into(), student: "li".into(), until, reason: SnoozeReason::Friday }];
    let told = |records: &[Record], today: &str| {
        let (pairs, today) = ([pairing("li"), pairing("han")], day(today));
        let standing = Standing::of(records, &policy, &calendar, today);
        let open = duties(&policy, &calendar, &pairs, &nobody(), &standing, today);
        let it = digest_items(&policy, &calendar, &open, &Told::default(), &snooze, today);
        (it.items.iter().map(|it| format!("{} {}", it.rule, it.about)).collect::<Vec<_>>(), it.waiting)
    };
    // A month that runs after 1 September is over on the 8th of October: both contacts are due then.
    let wished = [wish("li", "2026-09-29"), talk("han", "2026-09-29")];
    assert_eq!(told(&wished, "2026-09-30"), (vec![], 1), "wish and talk are one line, and it is put off");
    let (items, waiting) = told(&wished, "2026-10-08");
    assert_eq!((items, waiting), (["wish li", "contact han", "contact li"].map(str::to_owned).to_vec(), 0));
    let talked = [wish("li", "2026-09-29"), talk("li", "2026-09-30"), talk("han", "2026-09-29")];
    assert_eq!(told(&talked, "2026-09-30"), (vec![], 0), "had, so that nothing waits");
}

#[test]
fn a_snooze_ends_on_a_school_day() {
    for (reason, today, until) in [
        (SnoozeReason::Tomorrow, "2026-09-22", "2026-09-23"),
        (SnoozeReason::Tomorrow, "2026-09-25", "2026-09-28"),
        (SnoozeReason::Tomorrow, "2026-09-30", "2026-10-08"),
        (SnoozeReason::Friday, "2026-09-24", "2026-09-25"),
        (SnoozeReason::Friday, "2026-09-28", "2026-10-08"), // that Friday is off
        (SnoozeReason::Friday, "2026-10-09", "2026-10-16"), // on a Friday: the next
        (SnoozeReason::OnLeave, "2026-09-22", "2026-09-29"),
        (SnoozeReason::OnLeave, "2027-01-22", "2027-01-29"), // no school day ahead
    ] {
        assert_eq!(reason.until(&autumn(), day(today)), day(until), "{reason} from {today}");
    }
}

#[test]
fn the_ladder_climbs_by_school_days_and_each_episode_once() {
    // Due on Tuesday 2026-09-15; school days since: 16, 17, 18, 20 (make-up), 21, 22, 23 = 7.
    let talked = [talk("li", "2026-09-01")];
    let up = |today: &str, told: &Told| {
        let all = open(&["li"], &talked, today);
        let (policy, calendar) = (preset("default"), autumn());
        (escalations(&policy, &calendar, &all, told, day(today)).len(), office_items(&policy, &all).len())
    };
    let mut told = Told::default();
    assert_eq!(up("2026-09-22", &told), (0, 0));
    assert_eq!(up("2026-09-23", &told), (1, 0));
    told.add_escalation(episode_key(&open(&["li"], &talked, "2026-09-23")[0]));
    assert_eq!(up("2026-09-24", &told), (0, 0), "once");
    assert_eq!(up("2026-10-08", &told).1, 0, "thirteen");
    assert_eq!(up("2026-10-09", &told).1, 1, "fourteen");
    assert_eq!(up("2026-10-12", &told).1, 1, "for as long as it stands");
    assert_eq!(up("2026-10-05", &Told::default()).0, 0, "nothing climbs on a day off");
}

#[test]
fn a_student_who_does_not_check_in_is_in_no_digest_and_on_no_ladder() {
    let talked = [talk("li", "2026-09-20")];
    let all = all_open(&["li"], &talked, "2026-09-30");
    assert_eq!(all.iter().map(|it| it.rule.as_str()).collect::<Vec<_>>(), ["checkin"]);
    assert_eq!(digest(&all, &Told::default(), &[], "2026-09-30"), (vec![], 0));
}
