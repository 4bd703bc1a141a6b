//! Every role tries everything on everybody, by commands, forged buttons, buttons of before and links; what happens is
//! compared with the one table of rights. An act that nobody has written a way for does not compile, and a door of the
//! router that no act here names fails.

mod ways;
mod world;

use crate::support::{Person, School, story};
use daoyu::school::{Act, Role, Tie, access::tie};
use ways::{
    Way::{NoDoor, Presses, Types},
    all_ways,
};
use world::{Actor, On, World};

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

impl World {
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
            let account = format!("tg:{}", actor.person.user().id());
            let mut tx = school.writes().await;
            tx.bind(&account.as_str().into(), id, &school.id, now).await.unwrap();
            tx.erase(&school.id, id, now).await.unwrap();
            tx.commit().await.unwrap();
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
