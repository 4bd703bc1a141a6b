//! How a list of what stands open is said: a line for each student and thing, and a button that settles it.

use super::{
    Button, Message,
    digest::Open,
    feedback::Call,
    forms,
    lines::{self, Names, due, name},
};
use crate::{
    school::{About, Duty, Kind},
    text::Phrase,
};

/// So many students, and things, are named and have buttons; the others are counted.
const SHOWN: usize = 10;
/// What a button can refer to, in bytes.
const DATA: usize = 64;
/// So many phone calls are named.
const CALLS: usize = 5;

/// A line per student and thing and a button for each, worst first; then whom to phone.
pub fn list(head: Phrase, open: &Open, others: Option<Phrase>) -> Message {
    let (students, things) = open.split();
    let mut lines: Vec<Phrase> = Vec::new();
    if !students.is_empty() || !things.is_empty() {
        lines.extend([head, Phrase::new("nothing")]);
    }
    lines.extend(lines::capped(students.iter().map(|it| line(open, it)), SHOWN, |students| {
        Phrase::new("digest-more").number("students", students)
    }));
    lines.extend(lines::capped(things.iter().map(|it| line(open, it)), SHOWN, |things| {
        Phrase::new("digest-more-things").number("things", things)
    }));
    let call = |it: &Call| Phrase::new("digest-call").phrase("who", it.who.clone());
    lines.extend(open.calls.iter().take(CALLS).map(call));
    lines.extend(others);
    let mut message = Message::here(Phrase::new("lines").list("lines", lines, "\n"))
        .rows(buttons(&students, &open.names))
        .rows(thing_buttons(open, &things))
        .rows(open.calls.iter().take(CALLS).map(|it| vec![it.button()]));
    if !students.is_empty() {
        message = message.row(vec![Button::key("button-later", "later:")]);
    }
    message
}

/// What is due about one student, class, group ..., in one line. What is one's own or the school's needs no name.
fn line(open: &Open, duties: &[&Duty]) -> Phrase {
    let what = duties.iter().map(|it| due(it, &open.policy, open.today)).collect();
    let Some(first) = duties.first() else { return Phrase::new("nothing") };
    let line = match first.scope {
        About::Mentor | About::School => Phrase::new("digest-line-own").list("what", what, "joint-dot"),
        _ => {
            let student = name(&open.names, &first.about);
            Phrase::new("digest-line").text("student", student).list("what", what, "joint-dot")
        }
    };
    match open.put_off(first) {
        Some(until) => Phrase::new("digest-put-off").phrase("line", line).day("day", until),
        None => line,
    }
}

/// What can be put on record from the list: one tap less than a menu. Who is waited for several times has a row; of the
/// others two share one.
fn buttons(students: &[Vec<&Duty>], names: &Names) -> Vec<Vec<Button>> {
    let mut rows: Vec<Vec<Button>> = Vec::new();
    let mut alone = None;
    for duties in students.iter().take(SHOWN) {
        let mut row: Vec<Button> = Vec::new();
        if let (Some(first), 3..) = (duties.first(), duties.len()) {
            // More than two would fill the screen: the card has a button for each.
            let label = Phrase::new("button-all-about")
                .text("student", name(names, &first.about))
                .number("items", duties.len());
            rows.push(vec![Button::new(label, format!("student:{}", first.about))]);
            continue;
        }
        for button in duties.iter().filter_map(|it| student_button(it, name(names, &it.about))) {
            if row.iter().all(|other| other.data != button.data) {
                row.push(button);
            }
        }
        match (row.len(), alone) {
            (0, _) => {}
            (1, Some(at)) => {
                let waiting: &mut Vec<Button> = &mut rows[at];
                waiting.append(&mut row);
                alone = None;
            }
            (many, _) => {
                alone = (many == 1).then_some(rows.len()).or(alone);
                rows.extend(row.chunks(2).map(<[Button]>::to_vec));
            }
        }
    }
    rows
}

/// What is due about one student beside talks and contacts, which the card has buttons for anyway.
pub fn of_student(open: &[Duty]) -> Vec<Vec<Button>> {
    let others = open.iter().filter(|it| !matches!(it.kind, Kind::Talk | Kind::Contact));
    let mut buttons: Vec<Button> = Vec::new();
    for duty in others {
        let Some(form) = forms::that_makes(duty.kind, duty.scope) else { continue };
        let label = Phrase::new("button-log-own").phrase("what", Phrase::new(format!("form-{}", form.name)));
        let button = Button::new(label, format!("log:{}:{}", form.name, duty.about));
        if buttons.iter().all(|other| other.data != button.data) {
            buttons.push(button);
        }
    }
    buttons.chunks(2).map(<[Button]>::to_vec).collect()
}

/// The form that settles what is due about a student.
fn student_button(duty: &Duty, student: &str) -> Option<Button> {
    let label = |key: &'static str| Phrase::new(key).text("student", student);
    match duty.kind {
        Kind::Talk => Some(Button::new(label("button-talk-with"), format!("talk:{}", duty.about))),
        Kind::Contact => Some(Button::new(label("button-contact-about"), format!("contact:{}", duty.about))),
        kind => {
            let form = forms::that_makes(kind, duty.scope)?;
            let what = Phrase::new(format!("form-{}", form.name));
            let label = label("button-log-about").phrase("what", what);
            Some(Button::new(label, format!("log:{}:{}", form.name, duty.about)))
        }
    }
}

/// The same for what is due about no single student.
fn thing_buttons(open: &Open, things: &[Vec<&Duty>]) -> Vec<Vec<Button>> {
    let button = |duty: &&&Duty| {
        let about = name(&open.names, &duty.about);
        if duty.scope == About::Resolution {
            let label = Phrase::new("button-done-with").text("what", lines::short(about));
            return Some(Button::new(label, format!("done:{}", duty.about)));
        }
        let form = forms::that_makes(duty.kind, duty.scope)?;
        let bare = format!("log:{}:{}", form.name, duty.about);
        // A rule that asks for one form has it answered, where the button has room for it.
        let asked = open.policy.rule(&duty.rule).and_then(|rule| rule.form);
        let asked = asked.filter(|word| form.step("form").is_some() && bare.len() + 1 + word.len() <= DATA);
        let (what, data) = match asked {
            Some(word) => (format!("{}-{word}", duty.kind), format!("{bare}:{word}")),
            None => (format!("form-{}", form.name), bare),
        };
        let what = Phrase::new(what);
        let label = match duty.scope {
            About::Mentor | About::School => Phrase::new("button-log-own").phrase("what", what),
            _ => Phrase::new("button-log-about").text("student", about).phrase("what", what),
        };
        Some(Button::new(label, data))
    };
    let mut buttons: Vec<Button> = Vec::new();
    for button in things.iter().take(SHOWN).flatten().filter_map(|it| button(&it)) {
        // Two rules may ask for one form: a huddle each day and a meeting each week.
        if buttons.iter().all(|other| other.data != button.data) {
            buttons.push(button);
        }
    }
    buttons.chunks(2).map(<[Button]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::{digest::by_matter, tests::duty};

    #[test]
    fn who_is_waited_for_twice_has_a_row_and_two_others_share_one() {
        let open = [
            duty("han", Kind::Talk, false),
            duty("li", Kind::Talk, true),
            duty("li", Kind::Contact, false),
            duty("sun", Kind::Contact, false),
            duty("zhou", Kind::Contact, false),
        ];
        let rows = buttons(&by_matter(&open), &Names::default());
        let data: Vec<Vec<&str>> =
            rows.iter().map(|row| row.iter().map(|it| it.data.as_str()).collect()).collect();
        assert_eq!(
            data,
            [vec!["talk:han", "contact:sun"], vec!["talk:li", "contact:li"], vec!["contact:zhou"]]
        );
    }
}
