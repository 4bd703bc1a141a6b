//! Who tries, and on whom: one of each role around one student, another class, and another school.

use crate::support::{Person, School};
use daoyu::{
    clock::fresh_id,
    school::{
        Body, ClassId, Entry, Group, Kind, PersonId, RebindId, Record, RecordId, Relation, Resolution, Role,
    },
    store::{Asked, Change, Rebind, Request, TABLES},
};
use futures_util::TryStreamExt;
use std::collections::{BTreeMap, BTreeSet};

/// Whom or what something is tried on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum On {
    /// The actor's own: student, child, class, self.
    Own,
    /// Of another class of the same school.
    OtherClass,
    /// Of another school.
    OtherSchool,
}

/// One role, tied to the first target.
pub struct Actor {
    pub role: Role,
    pub person: Person,
    /// What the person has put on record.
    pub record: Option<String>,
    /// What a meeting resolved that the person shall do.
    pub resolution: Option<String>,
    /// A group that the person leads.
    pub group: Option<String>,
}

/// A student with what can be referred to around him or her.
pub struct Target {
    pub on: On,
    pub school: School,
    pub student: Person,
    pub class: ClassId,
    pub feedback: String,
    pub word: String,
    pub record: String,
    pub rebind: String,
    pub request: String,
    pub stranger: Person,
    pub group: String,
    pub meeting: String,
    pub resolution: String,
}

impl Target {
    pub async fn new(
        on: On,
        school: &School,
        student: &Person,
        mentor: &Person,
        mother: &Person,
        class: &str,
    ) -> Target {
        // Whose answers come on paper.
        school.guardian("奶奶", student, Relation::Grandmother).never_joins().await;
        mentor.says("/talk").await;
        mentor.taps([&student.name, "学业", "完成"]).await;
        let record = mentor.data_of("撤销").split_once(':').unwrap().1.to_owned();
        mentor.says("/feedback").await;
        mentor.presses(&student.name).await;
        mentor.says("今天主动帮同学搬书。").await;
        mentor.says("回家请夸一夸。").await;
        mentor.presses("发送").await;
        let feedback = mother.data_of("回复").split_once(':').unwrap().1.to_owned();
        mother.presses("回复").await;
        mother.says("谢谢老师").await;
        let mut answers = mentor.user().chat().into_iter().flat_map(|it| it.buttons).flatten();
        let word = answers.rfind(|it| it.data.starts_with("answer:")).unwrap().data[7..].to_owned();
        let stranger = school.stranger("新手机", "zh-hans");
        stranger.says("/start").await;
        let class = school.class(class).await;
        let group = leads(school, mentor, student).await;
        let (meeting, resolution) = meets(school, mentor, &class, mentor).await;
        let mut target = Target {
            on,
            school: school.clone(),
            student: student.clone(),
            class,
            feedback,
            word,
            record,
            rebind: String::new(),
            request: String::new(),
            stranger,
            group,
            meeting,
            resolution,
        };
        target.the_family_asks_for_a_correction(mother).await;
        target.somebody_asks_to_be_the_student().await;
        target
    }

    async fn the_family_asks_for_a_correction(&mut self, mother: &Person) {
        let request = Request {
            school: self.school.id.clone(),
            id: fresh_id(),
            by: mother.id.clone(),
            about: self.student.id.clone(),
            asked: Asked::Correct,
            words: "名字写错了".to_owned(),
            at: self.school.now(),
            done: false,
        };
        self.request = request.id.to_string();
        let mut tx = self.school.writes().await;
        tx.apply(vec![Change::Request(request)], self.school.now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A request can be decided once.
    pub async fn somebody_asks_to_be_the_student(&mut self) {
        let id: RebindId = fresh_id();
        let account = format!("tg:{}", self.stranger.user().id());
        let asked = Rebind {
            school: self.school.id.clone(),
            id: id.clone(),
            person: self.student.id.clone(),
            account: account.as_str().into(),
            asked: self.school.now(),
            open: true,
        };
        let mut tx = self.school.writes().await;
        tx.apply(vec![Change::AskRebind(asked)], self.school.now()).await.unwrap();
        tx.commit().await.unwrap();
        self.rebind = id.to_string();
    }

    /// A guardian asks about the child, everybody else about nobody but himself.
    fn whose_data<'a>(&'a self, actor: &'a Actor) -> &'a PersonId {
        let is_own = self.on == On::Own && actor.role != Role::Guardian;
        if is_own { &actor.person.id } else { &self.student.id }
    }

    pub fn data(&self, pattern: &str, actor: &Actor) -> String {
        let record = match &actor.record {
            Some(own) if self.on == On::Own => own,
            _ => &self.record,
        };
        let resolution = match &actor.resolution {
            Some(own) if self.on == On::Own => own,
            _ => &self.resolution,
        };
        let group = match &actor.group {
            Some(own) if self.on == On::Own => own,
            _ => &self.group,
        };
        pattern
            .replace("{student}", self.student.id.as_str())
            .replace("{class}", self.class.as_str())
            .replace("{feedback}", &self.feedback)
            .replace("{word}", &self.word)
            .replace("{record}", record)
            .replace("{rebind}", &self.rebind)
            .replace("{group}", group)
            .replace("{meeting}", &self.meeting)
            .replace("{resolution}", resolution)
            .replace("{request}", &self.request)
            .replace("{data}", self.whose_data(actor).as_str())
    }
}

/// A group that somebody leads, with one student in it.
async fn leads(school: &School, leader: &Person, student: &Person) -> String {
    let (id, name, leader) = (fresh_id(), "向日葵".into(), leader.id.clone());
    let group = Group { id, name, leader, since: school.today(), until: None };
    let mut tx = school.writes().await;
    tx.save_group(&school.id, &group, std::slice::from_ref(&student.id)).await.unwrap();
    tx.commit().await.unwrap();
    group.id.to_string()
}

/// A meeting of a class, put on record by one, that resolved something for another to do.
async fn meets(school: &School, by: &Person, class: &ClassId, owner: &Person) -> (String, String) {
    let entry = Entry { kind: Kind::Meeting, form: "weekly".into(), answers: [].into() };
    let meeting: RecordId = fresh_id();
    let (today, now) = (school.today(), school.now());
    let record = Record::new(meeting.clone(), by.id.clone(), [class], today, now, Body::Entry(entry));
    let resolution = Resolution {
        id: fresh_id::<RecordId>().as_str().into(),
        meeting: meeting.clone(),
        owner: owner.id.clone(),
        class: Some(class.clone()),
        words: "整理图书角".into(),
        due: today,
    };
    let id = resolution.id.to_string();
    let mut tx = school.writes().await;
    let changes =
        vec![Change::Record(school.id.clone(), record), Change::Resolve(school.id.clone(), resolution)];
    tx.apply(changes, now).await.unwrap();
    tx.commit().await.unwrap();
    (meeting.to_string(), id)
}

pub struct World {
    pub school: School,
    pub actors: Vec<Actor>,
    pub targets: Vec<Target>,
}

impl World {
    pub async fn new(school: School) -> World {
        let li = school.student("李雷").await;
        let mother = school.guardian("韩英", &li, Relation::Mother).await;
        let (wang, xu) = (school.mentor("王芳").await, school.somebody("徐明", Role::ExternalMentor).await);
        wang.mentors(&li).await;
        xu.mentors(&li).beside_another().await;
        let mut actors = Vec::new();
        for role in Role::ALL {
            let person = match role {
                Role::Mentor => wang.clone(),
                Role::ExternalMentor => xu.clone(),
                Role::Guardian => mother.clone(),
                Role::Student => li.clone(),
                role => school.somebody(&format!("同事{role}"), *role).await,
            };
            actors.push(Actor { role: *role, person, record: None, resolution: None, group: None });
        }
        let class = school.class("七年级1班").await;
        let work = [Role::Mentor, Role::ExternalMentor, Role::HeadTeacher, Role::ChiefMentor, Role::Office];
        for actor in actors.iter_mut().filter(|it| work.contains(&it.role)) {
            let (meeting, resolution) = meets(&school, &actor.person, &class, &actor.person).await;
            actor.record = Some(meeting);
            actor.resolution = Some(resolution);
            actor.group = Some(leads(&school, &actor.person, &li).await);
        }
        let mut targets = vec![Target::new(On::Own, &school, &li, &wang, &mother, "七年级1班").await];
        xu.says("/talk").await;
        xu.taps(["李雷", "学业", "完成"]).await;
        let record = xu.data_of("撤销").split_once(':').unwrap().1.to_owned();
        actors.iter_mut().find(|it| it.role == Role::ExternalMentor).unwrap().record = Some(record);

        let (han, zhao) = (school.student("韩梅梅").in_class("七年级2班").await, school.mentor("赵静").await);
        zhao.mentors(&han).await;
        let hers = school.guardian("韩雪", &han, Relation::Mother).await;
        targets.push(Target::new(On::OtherClass, &school, &han, &zhao, &hers, "七年级2班").await);

        let there = school.another("朝阳小学").await;
        let (tom, lin) = (there.student("林涛").await, there.mentor("林静").await);
        lin.mentors(&tom).await;
        let father = there.guardian("林强", &tom, Relation::Father).await;
        targets.push(Target::new(On::OtherSchool, &there, &tom, &lin, &father, "七年级1班").await);
        let world = World { school, actors, targets };
        world.is_quiet();
        world
    }

    pub fn is_quiet(&self) {
        for actor in &self.actors {
            actor.person.hears();
            actor.person.toasts();
        }
    }

    /// What must not change when nobody may: everything but the queues, wrong codes, and that an account has spoken.
    pub async fn books(&self) -> BTreeMap<&'static str, BTreeSet<String>> {
        let mut tx = self.school.reads().await;
        let mut books = BTreeMap::new();
        for table in
            TABLES.iter().filter(|it| !["inbox", "outbox", "wrong_code", "account", "process"].contains(it))
        {
            let columns = tx.columns(table).await.unwrap();
            let rows: Vec<_> = tx.dump(table, &columns).unwrap().try_collect().await.unwrap();
            books.insert(*table, rows.iter().map(|row| format!("{row:?}")).collect());
        }
        books
    }
}
