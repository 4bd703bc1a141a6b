//! What head teachers and the office see by name, and what others see in figures.

use super::{
    Answer, Button, Message, Outcome, Refusal,
    desk::{Desk, actor},
    lines::{self, Names, capped, due_of_mentor, name, plain},
};
use crate::{
    school::{Act, At, ClassId, Day, Duty, Kind, PersonId, Policy, Subject, checkin_period, may},
    store::{Hat, Joined, PersonRow, RecordRow, SchoolRules, Tx, Whose},
    text::Phrase,
};
use anyhow::Result;
use std::collections::{BTreeMap, HashMap, HashSet};

/// So many lines of names fit a phone's screen; the others are counted.
const SHOWN: usize = 12;
/// So many students are named in one breath.
const NAMED: usize = 20;
/// Classes on one page.
const PAGE: usize = 24;

/// `/overview`: the school for who sees all of it, else the own class, else figures. `overview:<class>`: that class;
/// `overview:>1`: the second page of classes.
pub async fn overview(desk: &mut Desk<'_>, hat: &Hat, class: &str, over: Option<i64>) -> Answer {
    let is_allowed = |act, subject: &Subject<'_>| may(&actor(hat), act, subject);
    let school = Subject::school(&hat.school.id);
    let own: Vec<&ClassId> = hat.posts.iter().filter_map(|post| post.class.as_ref()).collect();
    let reads = |class: &ClassId| is_allowed(Act::ReadOverview, &Subject::class(&hat.school.id, class));
    let sees_all = is_allowed(Act::ReadOverview, &school);
    let mut own: Vec<&ClassId> = own.into_iter().filter(|class| reads(class)).collect();
    own.dedup();

    let rules = desk.rules(&hat.school).await?;
    let now = desk.now();
    let picture = Picture::of(desk.read().await?, &rules, now).await?;
    let page = class.strip_prefix('>').map(|page| page.parse().unwrap_or(0));
    if !class.is_empty() && page.is_none() {
        let class = ClassId::from(class);
        return match reads(&class) && picture.classes.contains_key(&class) {
            true => Ok(Outcome::say(of_class(desk, &picture, &class, &own, hat).await?.over(over))),
            false => Err(Refusal::NotAllowed.into()),
        };
    }
    let message = match own.first() {
        _ if sees_all => of_school(&picture, page.unwrap_or(0), true),
        Some(first) => of_class(desk, &picture, first, &own, hat).await?,
        None if is_allowed(Act::ReadFigures, &school) => of_school(&picture, page.unwrap_or(0), false),
        None => return Err(Refusal::NotForYou.into()),
    };
    Ok(Outcome::say(message.over(over)))
}

/// The figures of the school and a line per class; no student is named.
fn of_school(picture: &Picture, page: usize, may_open: bool) -> Message {
    let classes: Vec<(String, ClassId)> = picture.classes_by_name().into_iter().collect();
    let page = page.min(classes.len().saturating_sub(1) / PAGE);
    let shown = || classes.iter().skip(page * PAGE).take(PAGE);
    let phrase = Phrase::new("overview")
        .text("name", &picture.name)
        .phrase("figures", picture.figures(None).phrase())
        .list("lines", shown().map(|(name, id)| picture.class_line(name, id)).collect(), "\n");
    let mut message = Message::here(phrase);
    if may_open {
        let open = shown().map(|(name, id)| Button::new(plain(name), format!("overview:{id}")));
        message = message.rows(open.collect::<Vec<_>>().chunks(3).map(<[Button]>::to_vec));
    }
    let turn = |to: usize, key| Button::key(key, format!("overview:>{to}"));
    let earlier = (page > 0).then(|| turn(page.saturating_sub(1), "button-earlier"));
    let more = ((page + 1) * PAGE < classes.len()).then(|| turn(page + 1, "button-more"));
    message.row(earlier.into_iter().chain(more).collect())
}

/// One class by name: who is overdue, and who was never reached.
async fn of_class(
    desk: &mut Desk<'_>,
    picture: &Picture,
    class: &ClassId,
    own: &[&ClassId],
    hat: &Hat,
) -> Result<Message> {
    let is_allowed = |act, subject: &Subject<'_>| may(&actor(hat), act, subject);
    let manages = is_allowed(Act::ManageInvites, &Subject::class(&hat.school.id, class));
    let sees_all = is_allowed(Act::ReadOverview, &Subject::school(&hat.school.id));

    let late: Vec<Duty> = picture.late().filter(|it| it.class.as_ref() == Some(class)).cloned().collect();
    let names = lines::names(desk.read().await?, &late).await?;
    let more = |items| Phrase::new("overview-more").number("items", items);
    let mut lines = capped(late.iter().map(|it| overdue_line(it, &names, picture)), SHOWN, more);
    if lines.is_empty() {
        lines.push(Phrase::new("overview-none"));
    }
    let never = picture.students_of(Some(class)).filter(|it| !picture.reached.contains(&it.id));
    let never: Vec<Phrase> = never.map(|it| plain(&it.name)).collect();
    let others = |students| Phrase::new("overview-others").number("students", students);
    let never = capped(never.into_iter(), NAMED, others);
    if !never.is_empty() {
        lines.push(Phrase::new("overview-never").list("students", never, "joint-comma"));
    }
    let phrase = Phrase::new("overview")
        .text("name", picture.classes.get(class).cloned().unwrap_or_default())
        .phrase("figures", picture.figures(Some(class)).phrase())
        .list("lines", lines, "\n");
    let other = |id: &&&ClassId| (**id != class).then(|| picture.classes.get(**id)).flatten().is_some();
    let others = own.iter().filter(other).map(|id| {
        let label = plain(picture.classes.get(*id).cloned().unwrap_or_default());
        Button::new(label, format!("overview:{id}"))
    });
    let invites = Button::key("button-joined", format!("joined:{class}"));
    let reads = is_allowed(Act::ReadClassFiles, &Subject::class(&hat.school.id, class));
    let files = Button::key("button-files", format!("pupils:{class}:0"));
    let row = manages.then_some(invites).into_iter().chain(reads.then_some(files)).collect();
    let message = Message::here(phrase).row(row);
    Ok(match sees_all {
        true => message.row(vec![Button::key("button-back-to-school", "overview:")]),
        false => message.rows(others.map(|it| vec![it])),
    })
}

/// Who is late with what, in one line.
pub fn overdue_line(it: &Duty, names: &Names, picture: &Picture) -> Phrase {
    Phrase::new("overview-line")
        .text("student", name(names, &it.about))
        .text("mentor", name(names, &it.owes))
        .phrase("what", due_of_mentor(it, &picture.policy, picture.today))
}

/// How a school stands now: everything that its overviews are drawn from.
pub struct Picture {
    /// The school's name.
    pub name: String,
    /// Today.
    pub today: Day,
    /// The policy in force.
    pub policy: std::sync::Arc<Policy>,
    /// What mentors owe, worst first.
    pub open: Vec<Duty>,
    /// The names of the classes.
    pub classes: HashMap<ClassId, String>,
    students: Vec<PersonRow>,
    reached: HashSet<PersonId>,
    checked_in: HashSet<PersonId>,
    joined: HashMap<ClassId, Joined>,
}

/// Figures, of a class or of the school.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Figures {
    students: usize,
    late: usize,
    never: usize,
    checked_in: usize,
    joined: Joined,
}

impl Picture {
    /// Reads it.
    pub async fn of(tx: &mut Tx, rules: &SchoolRules, now: At) -> Result<Picture> {
        let (school, today) = (&rules.school, rules.day(now));
        let policy = rules.policy(today);
        let period = checkin_period(&policy, &rules.calendar, school.zone, now);
        let mut open = tx.duties(rules, Whose::School, today).await?;
        open.retain(|it| it.owed_by.is_staff());
        let students = tx.students_in(&school.id, None).await?;
        // A late answer for last week has this week's day: what counts is which period's record it is.
        let record = |it: &PersonRow| RecordRow::checkin_id(&school.id, &it.id, &period);
        let stands = tx.which_stand(&students.iter().map(record).collect::<Vec<_>>()).await?;
        let checked_in =
            students.iter().filter(|it| stands.contains(&record(it))).map(|it| it.id.clone()).collect();
        Ok(Picture {
            name: school.name.clone(),
            today,
            policy,
            open,
            classes: tx.class_names(&school.id).await?,
            students,
            reached: tx.with_record(&school.id, &[Kind::Talk, Kind::Contact]).await?,
            checked_in,
            joined: tx.joined(&school.id, None).await?,
        })
    }

    /// The figures of a class, or of the school.
    pub fn figures(&self, class: Option<&ClassId>) -> Figures {
        let students: Vec<&PersonId> = self.students_of(class).map(|it| &it.id).collect();
        let is_here = |it: &&Duty| class.is_none_or(|class| it.class.as_ref() == Some(class));
        let late: HashSet<PersonId> = self.late().filter(is_here).filter_map(Duty::student).collect();
        let joined = self.joined.iter().filter(|(id, _)| class.is_none_or(|class| *id == class));
        Figures {
            students: students.len(),
            late: late.len(),
            never: students.iter().filter(|id| !self.reached.contains(**id)).count(),
            checked_in: students.iter().filter(|id| self.checked_in.contains(**id)).count(),
            joined: joined.fold(Joined::default(), |sum, (_, it)| Joined {
                students: add(sum.students, it.students),
                guardians: add(sum.guardians, it.guardians),
            }),
        }
    }

    /// A class in one line of figures.
    fn class_line(&self, name: &str, id: &ClassId) -> Phrase {
        let it = self.figures(Some(id));
        Phrase::new("overview-class")
            .text("class", name)
            .number("late", it.late)
            .number("never", it.never)
            .number("rate", it.rate())
            .number("joined", percent(it.joined.students))
            .number("homes", percent(it.joined.guardians))
    }

    fn classes_by_name(&self) -> BTreeMap<String, ClassId> {
        self.classes.iter().map(|(id, name)| (name.clone(), id.clone())).collect()
    }

    /// What is past its day.
    fn late(&self) -> impl Iterator<Item = &Duty> {
        self.open.iter().filter(|it| it.overdue_days > 0)
    }

    fn students_of(&self, class: Option<&ClassId>) -> impl Iterator<Item = &PersonRow> {
        let class = class.map(|id| self.classes.get(id).map_or("", String::as_str));
        self.students.iter().filter(move |it| class.is_none_or(|class| it.class == class))
    }
}

impl Figures {
    /// The share of the students who checked in, in percent.
    fn rate(&self) -> usize {
        (self.checked_in * 100).checked_div(self.students).unwrap_or(0)
    }

    /// The figures as people read them.
    pub fn phrase(&self) -> Phrase {
        Phrase::new("figures")
            .number("students", self.students)
            .number("late", self.late)
            .number("never", self.never)
            .number("checkins", self.checked_in)
            .number("rate", self.rate())
            .number("pupils", self.joined.students.0)
            .number("joined", self.joined.students.1)
            .number("families", self.joined.guardians.0)
            .number("homes", self.joined.guardians.1)
            .number("pupils_rate", percent(self.joined.students))
            .number("homes_rate", percent(self.joined.guardians))
    }
}

/// The share of those who have joined: (how many there are, how many have).
pub fn percent((all, joined): (i64, i64)) -> i64 {
    (joined * 100).checked_div(all).unwrap_or(0)
}

fn add(a: (i64, i64), b: (i64, i64)) -> (i64, i64) {
    (a.0 + b.0, a.1 + b.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_a_share_of_the_students_and_of_none_it_is_nought() {
        let figures = Figures { students: 12, checked_in: 10, ..Figures::default() };
        assert_eq!(figures.rate(), 83);
        assert_eq!(Figures::default().rate(), 0);
        assert_eq!((percent((3, 2)), percent((3, 3)), percent((0, 0))), (66, 100, 0));
    }
}
