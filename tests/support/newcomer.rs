//! People come to the school: into the roster, then through the door that everybody uses.

use super::{Person, School};
use chrono::NaiveDate;
use daoyu::{
    clock::fresh_id,
    sandbox::User,
    school::{Pairing, PersonId, Post, Relation, Role},
    store::{Family, Member, RosterWrite, SENT_GOOD_FOR, fresh_code, hash_code},
};
use std::{future::IntoFuture, pin::Pin};

type Boxed<T> = Pin<Box<dyn Future<Output = T>>>;

/// The class of everybody who is put into no other.
const CLASS: &str = "七年级1班";
/// Fourteen on the day before every story begins, so that nobody has to consent; a year older than most of the class.
const OF_AGE: &str = "2012-09-06";
const SINCE: &str = "2026-09-01";

/// Somebody who is about to come to the school. Awaiting it puts the person into the roster and lets them join.
pub struct Newcomer {
    school: School,
    name: String,
    role: Role,
    class: String,
    is_mentor_too: bool,
    children: Vec<(PersonId, Relation)>,
    phone: Option<User>,
    joins: bool,
    reads: bool,
    is_child: bool,
}

impl School {
    /// A teacher who looks after students.
    pub fn mentor(&self, name: &str) -> Newcomer {
        self.newcomer(name, Role::Mentor)
    }

    /// A student of 七年级1班, old enough to decide alone.
    pub fn student(&self, name: &str) -> Newcomer {
        self.newcomer(name, Role::Student)
    }

    /// A guardian of a student.
    pub fn guardian(&self, name: &str, child: &Person, relation: Relation) -> Newcomer {
        self.newcomer(name, Role::Guardian).and_of(child, relation)
    }

    /// Who leads 七年级1班.
    pub fn head_teacher(&self, name: &str) -> Newcomer {
        self.newcomer(name, Role::HeadTeacher)
    }

    /// One of the moral-education office.
    pub fn office(&self, name: &str) -> Newcomer {
        self.newcomer(name, Role::Office)
    }

    /// The principal, who reads figures and no names.
    pub fn principal(&self, name: &str) -> Newcomer {
        self.newcomer(name, Role::Principal)
    }

    /// Somebody with any role.
    pub fn somebody(&self, name: &str, role: Role) -> Newcomer {
        self.newcomer(name, role)
    }

    fn newcomer(&self, name: &str, role: Role) -> Newcomer {
        Newcomer {
            school: self.clone(),
            name: name.to_owned(),
            role,
            class: CLASS.to_owned(),
            is_mentor_too: false,
            children: Vec::new(),
            phone: None,
            joins: true,
            reads: true,
            is_child: false,
        }
    }

    /// Somebody with a Telegram account whom no school knows.
    pub fn stranger(&self, name: &str, language: &str) -> Person {
        let user = self.telegram().user(self.fresh_account(), name, language);
        Person::new(self.clone(), fresh_id(), name, user)
    }

    /// A fresh code for a person, as the office hands it out; an older one opens nothing any more.
    pub async fn invites(&self, person: &Person) -> String {
        let code = fresh_code();
        let mut tx = self.writes().await;
        let codes = [(person.id.clone(), hash_code(&code))];
        tx.add_invites(&self.id, &codes, self.now().plus(SENT_GOOD_FOR), self.now())
            .await
            .expect("an invitation");
        tx.commit().await.expect("an invitation");
        code
    }
}

impl Newcomer {
    /// In a class of this name.
    pub fn in_class(mut self, class: &str) -> Newcomer {
        class.clone_into(&mut self.class);
        self
    }

    /// Who looks after students, too.
    pub fn and_mentor(mut self) -> Newcomer {
        self.is_mentor_too = true;
        self
    }

    /// Of one more child.
    pub fn and_of(mut self, child: &Person, relation: Relation) -> Newcomer {
        self.children.push((child.id.clone(), relation));
        self
    }

    /// With the same Telegram account as somebody else: one human, several persons.
    pub fn who_is_also(mut self, other: &Person) -> Newcomer {
        self.phone = Some(other.user().clone());
        self
    }

    /// Whose age nobody wrote down, in a class of children: a guardian has to consent.
    pub fn who_is_a_child(mut self) -> Newcomer {
        self.is_child = true;
        self
    }

    /// Who is in the roster, and never opens the link.
    pub fn never_joins(mut self) -> Newcomer {
        self.joins = false;
        self
    }

    /// Who joins and has not looked at the phone yet.
    pub fn joins_unread(mut self) -> Newcomer {
        self.reads = false;
        self
    }

    async fn arrives(self) -> Person {
        let school = self.school;
        let in_class = matches!(self.role, Role::Student | Role::HeadTeacher | Role::ChiefMentor);
        let post = match in_class {
            true => Post::in_class(self.role, school.class(&self.class).await),
            false => Post::at_school(self.role),
        };
        let account = || school.telegram().user(school.fresh_account(), &self.name, "zh-hans");
        let person = Person::new(school.clone(), fresh_id(), &self.name, self.phone.unwrap_or_else(account));
        let is_of_age = self.role == Role::Student && !self.is_child;
        let member = Member {
            id: person.id.clone(),
            name: self.name,
            number: String::new(),
            phone: String::new(),
            born: if is_of_age { OF_AGE.to_owned() } else { String::new() },
            posts: [post]
                .into_iter()
                .chain(self.is_mentor_too.then(|| Post::at_school(Role::Mentor)))
                .collect(),
            left: false,
        };
        let family = |(student, relation): (PersonId, Relation)| Family {
            guardian: person.id.clone(),
            student,
            relation,
        };
        let write = RosterWrite {
            members: vec![member],
            families: self.children.into_iter().map(family).collect(),
            ..RosterWrite::default()
        };
        let mut tx = school.writes().await;
        tx.write_roster(&school.id, &write, school.now()).await.expect("a new person");
        tx.commit().await.expect("a new person");
        match (self.joins, self.reads) {
            (true, true) => person.joins().await,
            (true, false) => {
                let code = school.invites(&person).await;
                person.says(&format!("/start {code}")).await;
            }
            (false, _) => {}
        }
        person
    }
}

impl IntoFuture for Newcomer {
    type Output = Person;
    type IntoFuture = Boxed<Person>;

    fn into_future(self) -> Boxed<Person> {
        Box::pin(self.arrives())
    }
}

/// A mentor is about to be given a student.
pub struct Pair {
    mentor: Person,
    student: Person,
    since: NaiveDate,
    primary: bool,
}

impl Person {
    /// This mentor looks after the student, since the first of September unless told.
    pub fn mentors(&self, student: &Person) -> Pair {
        let since = SINCE.parse().expect("a day");
        Pair { mentor: self.clone(), student: student.clone(), since, primary: true }
    }
}

impl Pair {
    /// Since this day.
    pub fn since(mut self, day: &str) -> Pair {
        self.since = day.parse().expect("a day like 2026-09-01");
        self
    }

    /// Beside another mentor, who owes the duties.
    pub fn beside_another(mut self) -> Pair {
        self.primary = false;
        self
    }

    async fn begins(self) {
        let school = self.mentor.school().clone();
        let mut tx = school.writes().await;
        let class = tx.class_of(&self.student.id).await.expect("the class").expect("a student in a class");
        let pairing = Pairing {
            id: fresh_id(),
            mentor: self.mentor.id.clone(),
            student: self.student.id.clone(),
            class,
            since: self.since,
            until: None,
            primary: self.primary,
        };
        let write = RosterWrite { pairings: vec![pairing], ..RosterWrite::default() };
        tx.write_roster(&school.id, &write, school.now()).await.expect("a pairing");
        tx.commit().await.expect("a pairing");
    }
}

impl IntoFuture for Pair {
    type Output = ();
    type IntoFuture = Boxed<()>;

    fn into_future(self) -> Boxed<()> {
        Box::pin(self.begins())
    }
}

impl School {
    /// Somebody is not at the school any more.
    pub async fn loses(&self, person: &Person) {
        // No room of the house can do this yet: the office's file only ever adds people.
        self.sql("UPDATE person SET left_at = $1 WHERE id = $2", self.now().0, person.id.as_str()).await;
    }

    /// Somebody holds no post any more, and is still at the school.
    pub async fn relieves(&self, person: &Person) {
        self.sql("DELETE FROM post WHERE $1 > 0 AND person_id = $2", self.now().0, person.id.as_str()).await;
    }

    /// Whoever looks after a student does so no longer, from today.
    pub async fn ends_pairings_of(&self, student: &Person) {
        let mut tx = self.writes().await;
        let open = tx.pairings_of(&student.id, self.today()).await.expect("pairings");
        let ended = open.into_iter().map(|it| (it.id, self.today())).collect();
        let write = RosterWrite { ended, ..RosterWrite::default() };
        tx.write_roster(&self.id, &write, self.now()).await.expect("the end of a pairing");
        tx.commit().await.expect("the end of a pairing");
    }
}
