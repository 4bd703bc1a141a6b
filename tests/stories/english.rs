//! English, from the door to the last button: a school whose people all read English never meets a Chinese word.

use crate::support::{Person, School, story};
use daoyu::school::Relation;

/// Has nothing but English (and symbols) on the screen. The two names of languages in the settings are as they are.
fn is_english(person: &Person, what: &str) {
    let heard = person.hears().replace("[中文]", "");
    assert!(!heard.is_empty(), "{what}: {} hears nothing", person.name);
    let chinese =
        |it: &char| ('\u{3000}'..='\u{9fff}').contains(it) || ('\u{ff00}'..='\u{ffef}').contains(it);
    let found: String = heard.chars().filter(chinese).collect();
    assert!(found.is_empty(), "{what}: Chinese in English: {found}\n{heard}");
    assert!(
        person.user().commands().iter().all(|(_, says)| !says.chars().any(|it| chinese(&it))),
        "{what}: the menu"
    );
}

async fn english(school: &School) -> (Person, Person, Person, Person) {
    let school = school.another("Sunrise School").await;
    let mentor = school.mentor("Wang Fang").await;
    let student = school.student("Li Lei").await;
    let mother = school.guardian("Han Ying", &student, Relation::Mother).await;
    let head = school.head_teacher("Zhang Min").in_class("Class 1").await;
    mentor.mentors(&student).await;
    for person in [&mentor, &student, &mother, &head] {
        person.chooses_english().await;
    }
    (mentor, student, mother, head)
}

/// Presses the n-th button of the newest message.
async fn press(person: &Person, row: usize, column: usize) {
    let newest = person.newest();
    let button = newest.buttons[row][column].data.clone();
    person.presses_on(newest.message_id, &button).await;
}

story! {
    async fn every_screen_has_an_english_face(school) {
        let (mentor, student, mother, head) = english(&school).await;
        for person in [&mentor, &student, &mother, &head] {
            for command in ["/help", "/settings", "/cancel", "/dance", "hello"] {
                person.says(command).await;
                is_english(person, command);
            }
            person.acts(|phone| phone.sends_sticker()).await;
            is_english(person, "a sticker");
        }

        school.clock_reaches("Fri 2026-09-11 16:30").await;
        is_english(&student, "the question");
        school.clock_reaches("Sun 2026-09-13 18:00").await;
        is_english(&student, "the reminder");
        for step in ["study", "life", "talk"] {
            press(&student, 0, 0).await;
            is_english(&student, step);
        }
        press(&student, 0, 1).await;
        is_english(&student, "the receipt");
        is_english(&mentor, "the wish");
        student.says("a line").await;
        is_english(&student, "the line");
        student.says("/checkin").await;
        is_english(&student, "answered");
        student.says("/wish").await;
        is_english(&student, "known");

        school.clock_reaches("Tue 2026-09-15 08:00").await;
        is_english(&mentor, "the digest");
        mentor.says("/today").await;
        press(&mentor, 1, 0).await;
        is_english(&mentor, "later");
        press(&mentor, 0, 0).await;
        is_english(&mentor, "until when");
        press(&mentor, 0, 0).await;
        is_english(&mentor, "put off");
        mentor.says("/talk").await;
        press(&mentor, 0, 0).await;
        is_english(&mentor, "topics");
        press(&mentor, 0, 0).await;
        press(&mentor, 2, 0).await;
        is_english(&mentor, "talk");
        mentor.says("/contact").await;
        press(&mentor, 0, 0).await;
        is_english(&mentor, "forms of contact");
        press(&mentor, 0, 0).await;
        is_english(&mentor, "contact");
        for command in ["/students", "/overview", "/messages"] {
            mentor.says(command).await;
            is_english(&mentor, command);
        }
    }

    async fn a_feedback_between_english_readers_is_english(school) {
        let (mentor, _, mother, _) = english(&school).await;
        mother.says("/messages").await;
        is_english(&mother, "no letters");
        mentor.says("/feedback").await;
        press(&mentor, 0, 0).await;
        is_english(&mentor, "the fact");
        mentor.says("He explained two problems.").await;
        mentor.says("Ask him to show you.").await;
        is_english(&mentor, "the preview");
        press(&mentor, 0, 0).await;
        is_english(&mentor, "sent");
        is_english(&mother, "the letter");
        press(&mother, 0, 1).await;
        is_english(&mother, "the reply's form");
        mother.says("Thank you!").await;
        is_english(&mother, "carried");
        is_english(&mentor, "the reply");
    }

    async fn escalations_and_overviews_in_english(school) {
        let mentor = school.mentor("Wang Fang").await;
        let student = school.student("Li Lei").in_class("Class 1").never_joins().await;
        mentor.mentors(&student).await;
        let head = school.head_teacher("Zhang Min").in_class("Class 1").await;
        head.chooses_english().await;
        school.clock_reaches("Thu 2026-09-24 08:00").await;
        head.reads("escalation_in_english");
        head.says("/overview").await;
        is_english(&head, "the overview");
    }

    async fn pages_to_print_in_english(school) {
        let mentor = school.mentor("Wang Fang").await;
        let student = school.student("Li Lei").in_class("Class 1").never_joins().await;
        school.guardian("Han Ying", &student, Relation::Mother).never_joins().await;
        mentor.mentors(&student).await;
        let head = school.head_teacher("Zhang Min").in_class("Class 1").await;
        head.chooses_english().await;
        mentor.chooses_english().await;
        head.says("/overview").await;
        head.hears();
        for button in
            ["Who has joined", "Print slips", "Li Lei", "A new one", "Revoke", "‹ Who has joined", "Print slips", "Print again"]
        {
            head.presses(button).await;
            is_english(&head, button);
        }
        mentor.says("/students").await;
        is_english(&mentor, "students");
        mentor.presses("Print sheets").await;
        is_english(&mentor, "the sheets");
        mentor.says("/feedback").await;
        for said in ["[Li Lei]", "He helped others.", "Please let him tell you.", "[✅ Send]", "[Answer of]", "Thank you."] {
            mentor.does(said).await;
            is_english(&mentor, said);
        }
    }

    async fn the_language_is_the_persons_and_not_the_schools(school) {
        let (mentor, _, mother, _) = english(&school).await;
        mother.says("/settings").await;
        mother.presses("中文").await;
        mother.hears();
        mother.says("/help").await;
        assert!(mother.hears().contains("能做什么"));
        mentor.says("/help").await;
        is_english(&mentor, "help");
    }
}
