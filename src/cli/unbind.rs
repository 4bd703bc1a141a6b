//! `daoyu invite unbind`: an account that is somebody here is nobody any more: somebody joined as the wrong person, or a
//! phone was stolen and nothing more may be read on it.

use super::{
    Common, Stop,
    common::{self, AtSchool},
    out,
    voice::Voice,
};
use crate::{
    clock::Clock,
    store::{InviteRow, InviteState, Invitees, Tx},
    text::Phrase,
};

/// Whose account is taken away.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
It takes effect at once: the account reads nothing more and can do nothing more, and what is on its way to it is dropped.
The person is asked nothing and told nothing. `daoyu invite list` then makes a new code.

Examples:
  daoyu invite unbind --school ID --number 20260101
  daoyu invite unbind --school ID --name 韩英 --child 李雷")]
pub struct Unbind {
    #[command(flatten)]
    whom: Whom,
    /// The language of what is printed, zh-CN or en; without it that of the terminal, or else of the school
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
}

/// Which person is meant, so that nobody is taken for somebody else of the same name.
#[derive(clap::Args, Debug)]
pub struct Whom {
    #[command(flatten)]
    pub(super) school: AtSchool,
    /// The person's number: 学号 or 工号
    #[arg(long, value_name = "NUMBER", required_unless_present = "name")]
    pub(super) number: Option<String>,
    /// The person's name
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    /// The person's class, or that of the child, where a name alone is not enough
    #[arg(long, value_name = "NAME")]
    pub(super) class: Option<String>,
    /// The name of the child, for a guardian
    #[arg(long, value_name = "NAME")]
    pub(super) child: Option<String>,
}

/// Runs it.
pub async fn run(args: Unbind, common: &Common) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.write().await?;
    let (_, voice) = common::school(&mut tx, &args.whom.school.id, args.language.as_deref()).await?;
    let now = Clock::System.now();
    let person = args.whom.find(&mut tx, &voice).await?;
    if person.state != Some(InviteState::Used) || !tx.unbind(&person.person, now).await? {
        return Err(voice.refuse(&Phrase::new("unbind-not-joined").text("name", &person.name)));
    }
    tx.commit().await?;
    out::print(&voice.say(&Phrase::new("unbind-done").text("name", &person.name)))
}

impl Whom {
    /// The one person who is meant.
    pub(super) async fn find(&self, tx: &mut Tx, voice: &Voice) -> Result<InviteRow, Stop> {
        let mut people = tx.invites(&self.school.id, Invitees::All, Clock::System.now()).await?;
        people.retain(|it| self.means(it));
        only_one(people, voice)
    }

    fn means(&self, it: &InviteRow) -> bool {
        let is = |wanted: &Option<String>, value: &str| wanted.as_ref().is_none_or(|it| it == value);
        is(&self.number, &it.number)
            && is(&self.name, &it.name)
            && is(&self.class, &it.class)
            && self.child.as_ref().is_none_or(|child| it.children.contains(child))
    }
}

fn only_one(mut people: Vec<InviteRow>, voice: &Voice) -> Result<InviteRow, Stop> {
    match (people.len(), people.pop()) {
        (1, Some(person)) => Ok(person),
        (_, None) => Err(voice.refuse(&Phrase::new("unbind-nobody"))),
        (count, Some(_)) => Err(voice.refuse(&Phrase::new("unbind-several").number("count", count))),
    }
}
