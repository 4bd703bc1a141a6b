//! Every role tries everything on everybody, by commands, forged buttons, buttons of before and links; what happens is
//! compared with the one table of rights. An act that nobody has written a way for does not compile, and a door of the
//! router that no act here names fails.

use crate::support::{Person, School, story};
use daoyu::{
    chat::doors::{BUTTONS, COMMANDS, UNLISTED},
    clock::fresh_id,
    school::{Act, ClassId, RebindId, Relation, Role, Tie, access::tie},
    store::{Change, Rebind, TABLES},
};
use futures_util::TryStreamExt;
use std::collections::{BTreeMap, BTreeSet};

/// How an act can be tried in the chat.
#[derive(Clone, Copy)]
enum Way {
    /// A command.
    Types(&'static str),
    /// A button; `{student}` and the like are those of the target.
    Presses(&'static str),
    /// There is no door for it, since:
    NoDoor(&'static str),
}
use Way::{NoDoor, Presses, Types};

/// Every way to every act: whoever adds an act says here how it can be tried.
fn ways(act: Act) -> &'static [Way] {
    match act {
        Act::CheckIn => &[Types("checkin"), Presses("checkin:now")],
        Act::WishTalk => &[Types("wish")],
        Act::LogTalk => &[Types("today"), Types("talk"), Presses("today:"), Presses("talk:{student}")],
        Act::LogContact => &[Types("contact"), Presses("contact:{student}")],
        Act::LogCheckin => &[Presses("paper:{student}")],
        Act::UndoRecord => &[Presses("undo:{record}")],
        Act::Snooze => &[Presses("later:"), Presses("later:{student}"), Presses("snooze:{student}:friday")],
        Act::ReadStudents => &[Types("students"), Presses("students:0"), Presses("student:{student}")],
        Act::ReadStudentLines => &[NoDoor("the card and the own check-in show them: a story of their own")],
        Act::WriteFeedback => {
            &[Types("feedback"), Presses("feedback:{student}"), Presses("phoned:{feedback}:0")]
        }
        Act::ReadFeedback => &[NoDoor("it comes by itself, to the family and on the mentor's receipt")],
        Act::AnswerFeedback => &[Types("messages"), Presses("seen:{feedback}"), Presses("reply:{feedback}")],
        Act::AnswerGuardian => &[Presses("answer:{word}")],
        Act::GiveConsent => &[
            Types("consent"),
            Presses("consent:{student}:show:1"),
            Presses("consent:{student}:text:1"),
            Presses("consent:{student}:yes:1"),
            Presses("consent:{student}:no:1"),
        ],
        Act::ReadOverview => &[Presses("overview:{class}")],
        Act::ReadEscalation => &[NoDoor("the clock brings it")],
        Act::ReadFigures => &[Types("overview"), Presses("overview:")],
        Act::ManagePairings | Act::ManageRoster | Act::ChangeSchool => {
            &[NoDoor("whoever runs the program does it on the terminal")]
        }
        Act::ManageInvites => &[NoDoor("whoever runs the program does it on the terminal")],
        Act::ConfirmAccount => &[Presses("rebind:{rebind}:no"), Presses("rebind:{rebind}:yes")],
        Act::ChangeSettings => &[Types("settings"), Presses("lang:zh-CN"), Presses("quiet:school")],
    }
}

/// Whom or what something is tried on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum On {
    /// The actor's own: student, child, class, self.
    Own,
    /// Of another class of the same school.
    OtherClass,
    /// Of another school.
    OtherSchool,
}

/// A student with what can be referred to around him or her.
struct Target {
    on: On,
    school: School,
    student: Person,
    class: ClassId,
    feedback: String,
    word: String,
    record: String,
    rebind: String,
    stranger: Person,
}

impl Target {
    async fn new(
        on: On,
        school: &School,
        student: &Person,
        mentor: &Person,
        mother: &Person,
        class: &str,
    ) -> Target {
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
        let mut target = Target {
            on,
            school: school.clone(),
            student: student.clone(),
            class,
            feedback,
            word,
            record,
            rebind: String::new(),
            stranger,
        };
        target.somebody_asks_to_be_the_student().await;
        target
    }

    /// A request can be decided once.
    async fn somebody_asks_to_be_the_student(&mut self) {
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

    fn data(&self, pattern: &str, actor: &Actor) -> String {
        let record = match &actor.record {
            Some(own) if self.on == On::Own => own,
            _ => &self.record,
        };
        pattern
            .replace("{student}", self.student.id.as_str())
            .replace("{class}", self.class.as_str())
            .replace("{feedback}", &self.feedback)
            .replace("{word}", &self.word)
            .replace("{record}", record)
            .replace("{rebind}", &self.rebind)
    }
}

/// One role, tied to the first target.
struct Actor {
    role: Role,
    person: Person,
    /// What the person has put on record.
    record: Option<String>,
}

/// What the table of rights says: read here once more, by somebody who does not know `may`.
fn allowed(act: Act, role: Role, on: Option<On>) -> bool {
    match (tie(act, role), on) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(_), Some(On::Own)) => true,
        (Some(tie), Some(On::OtherClass)) => tie == Tie::SameSchool,
        (Some(_), Some(On::OtherSchool)) => false,
    }
}

/// The words of a refusal for want of a right, or of one who is nobody here.
const REFUSALS: &[&str] =
    &["不归您办", "没有找到", "现在用不上", "已经过去了", "邀请链接", "邀请码不对", "一小时后再试"];

fn is_refusal(words: &str) -> bool {
    REFUSALS.iter().any(|it| words.contains(it))
}

struct World {
    school: School,
    actors: Vec<Actor>,
    targets: Vec<Target>,
}

impl World {
    async fn new(school: School) -> World {
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
            actors.push(Actor { role: *role, person, record: None });
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

    fn is_quiet(&self) {
        for actor in &self.actors {
            actor.person.hears();
            actor.person.toasts();
        }
    }

    /// What must not change when nobody may: everything but the queues, wrong codes, and that an account has spoken.
    async fn books(&self) -> BTreeMap<&'static str, BTreeSet<String>> {
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

    /// Everything that this actor may not do, all at once: each is refused, and nothing has changed.
    async fn is_refused(&self, actor: &Actor, why: &str, may: impl Fn(Act, Option<On>) -> bool) {
        let before = self.books().await;
        // A button of before stands under a message that is there; a forged one does not.
        let stale = actor.person.newest().message_id;
        let mut pressed = Vec::new();
        let mut typed = Vec::new();
        for (act, way) in all_ways() {
            match way {
                // A stranger may choose the language of the one sentence that strangers read.
                Presses("lang:zh-CN") => {}
                Types(command) if !may(act, None) => typed.push(format!("/{command}")),
                Presses(pattern) if !pattern.contains('{') && !may(act, None) => {
                    pressed.push((1, pattern.to_owned()));
                    pressed.push((stale, pattern.to_owned()));
                }
                Presses(pattern) if pattern.contains('{') => {
                    for target in self.targets.iter().filter(|it| !may(act, Some(it.on))) {
                        pressed.push((stale, target.data(pattern, actor)));
                    }
                    let own = &self.targets[0];
                    if !may(act, Some(own.on)) {
                        pressed.push((1, own.data(pattern, actor)));
                    }
                }
                _ => {}
            }
        }
        for (message, data) in &pressed {
            actor.person.user().press_raw(*message, data);
        }
        self.school.settles().await;
        let toasts = actor.person.user().toasts();
        let said: Vec<&str> = toasts.iter().map(|it| it.text.as_str()).collect();
        let heard = actor.person.hears();
        assert!(
            said.len() == pressed.len() && heard.is_empty(),
            "{why}: {said:?} to {pressed:?}, and:\n{heard}"
        );
        for (said, (_, data)) in said.iter().zip(&pressed) {
            assert!(is_refusal(said), "{why}: `{data}` is answered with {said}");
        }
        // A link is a command of the messenger's own: it opens what a code opens, and nothing else.
        let links = pressed.iter().map(|(_, data)| format!("/start {}", data.replace(':', "_")));
        typed.extend(links.take(8));
        for line in &typed {
            actor.person.says(line).await;
            let answer = actor.person.hears();
            assert!(is_refusal(&answer), "{why}: {line} is answered with {answer}");
        }
        assert_eq!(before, self.books().await, "{why}");
    }

    /// Everything that this actor may do, one after the other: none is refused for want of a right.
    async fn is_let(&mut self, at: usize) -> usize {
        let mut tried = 0;
        for (act, way) in all_ways() {
            let role = self.actors[at].role;
            let targets: Vec<usize> = match way {
                Presses(pattern) if pattern.contains('{') => (0..self.targets.len())
                    .filter(|it| allowed(act, role, Some(self.targets[*it].on)))
                    .collect(),
                NoDoor(_) => Vec::new(),
                _ if allowed(act, role, None) => vec![0],
                _ => Vec::new(),
            };
            for target in targets {
                if matches!(way, Presses(pattern) if pattern.contains("{rebind}")) {
                    self.targets[target].somebody_asks_to_be_the_student().await;
                }
                let (actor, target) = (&self.actors[at], &self.targets[target]);
                let tried_what = match way {
                    Types(command) => {
                        actor.person.says(&format!("/{command}")).await;
                        format!("/{command}")
                    }
                    Presses(pattern) => {
                        let data = target.data(pattern, actor);
                        actor.person.presses_on(1, &data).await;
                        data
                    }
                    NoDoor(_) => continue,
                };
                let answer = format!("{}{}", actor.person.hears(), actor.person.toasts());
                assert!(
                    !answer.is_empty() && !is_refusal(&answer),
                    "{role}, {act} by {tried_what}: {answer}"
                );
                tried += 1;
                if matches!(way, Presses("rebind:{rebind}:yes")) {
                    self.is_who_it_was(target.student.clone()).await;
                }
            }
        }
        tried
    }

    /// The student whose place was just given away has it again.
    async fn is_who_it_was(&self, student: Person) {
        let account = format!("tg:{}", student.user().id());
        let school = student.school();
        let mut tx = school.writes().await;
        tx.bind(&account.as_str().into(), &student.id, &school.id, school.now()).await.unwrap();
        tx.commit().await.unwrap();
        self.is_quiet();
    }
}

fn all_ways() -> impl Iterator<Item = (Act, Way)> {
    Act::ALL.iter().flat_map(|act| ways(*act).iter().map(|way| (*act, *way)))
}

#[test]
fn every_door_that_needs_a_right_is_tried() {
    let named = |doors: fn(&Way) -> Option<&'static str>| -> BTreeSet<&'static str> {
        all_ways().filter_map(|(_, way)| doors(&way)).collect()
    };
    let commands = named(|way| if let Types(name) = way { Some(name) } else { None });
    let buttons = named(|way| if let Presses(data) = way { data.split(':').next() } else { None });
    for door in COMMANDS.iter().chain(UNLISTED).filter(|door| door.act().is_some()) {
        assert!(commands.contains(door.name), "nobody tries /{}", door.name);
    }
    for door in BUTTONS.iter().filter(|door| door.act().is_some()) {
        assert!(buttons.contains(door.name), "nobody tries the button `{}`", door.name);
    }
    for (act, way) in all_ways() {
        if let NoDoor(why) = way {
            let doors = COMMANDS.iter().chain(UNLISTED).chain(BUTTONS);
            assert!(doors.filter_map(|door| door.act()).all(|it| it != act), "{act} has a door: {why}");
        }
    }
}

story! {
    async fn everybody_may_do_what_the_table_says_and_nothing_else(school) {
        let mut world = World::new(school).await;
        for actor in &world.actors {
            let role = actor.role;
            world.is_refused(actor, role.as_str(), |act, on| allowed(act, role, on)).await;
        }
        let mut tried = 0;
        for at in 0..world.actors.len() {
            tried += world.is_let(at).await;
        }
        assert!(tried > 60, "only {tried} rights were used");
    }

    async fn who_is_nobody_any_more_may_do_nothing(school) {
        let world = World::new(school).await;
        let school = &world.school;
        for actor in &world.actors {
            let (id, now) = (&actor.person.id, school.now());
            school.loses(&actor.person).await;
            world.is_refused(actor, &format!("{} left", actor.role), |_, _| false).await;
            school.sql("UPDATE person SET left_at = $1 WHERE id = $2", 0, id.as_str()).await;
            let mut tx = school.writes().await;
            assert!(tx.unbind(id, now).await.unwrap());
            tx.commit().await.unwrap();
            world.is_refused(actor, &format!("{} unbound", actor.role), |_, _| false).await;
            // Nothing erases yet. What it will leave is somebody who has left, without a name and without an account.
            let sql = "UPDATE person SET left_at = $1, name = '', number = '', phone = '' WHERE id = $2";
            school.sql(sql, now.0, id.as_str()).await;
            world.is_refused(actor, &format!("{} erased", actor.role), |_, _| false).await;
        }
    }

    async fn what_a_student_wrote_is_read_by_the_mentor_and_by_no_external_one(school) {
        let (li, wang) = (school.student("李雷").await, school.mentor("王芳").await);
        let xu = school.somebody("徐明", Role::ExternalMentor).await;
        wang.mentors(&li).await;
        xu.mentors(&li).beside_another().await;
        li.says("/checkin").await;
        li.taps(["不错", "还行", "还行", "暂时"]).await;
        li.says("同桌最近不理我").await;
        li.hears();
        for (reader, reads) in [(&wang, true), (&xu, false)] {
            reader.presses_on(1, &format!("student:{}", li.id)).await;
            assert_eq!(reader.hears().contains("同桌最近不理我"), reads, "{}", reader.name);
        }
        li.says("/checkin").await;
        assert!(li.hears().contains("同桌最近不理我"), "one's own words are one's own");
    }
}
