//! `daoyu group`: the groups of students that mentors lead.

use super::{
    Common, Stop,
    common::{self, AtSchool, Output},
    listing::{Cell, Listing},
    out,
    voice::Voice,
};
use crate::{
    clock::{Clock, fresh_id},
    school::{Group, GroupId, PersonId, Role, SchoolId},
    store::Tx,
    text::Phrase,
};

/// As long as the chat lets it be, in characters.
const LONGEST_NAME: usize = 30;

/// What can be done with groups.
#[derive(clap::Subcommand, Debug)]
pub enum Cmd {
    /// The groups that are there today: who leads them and who is in them
    List {
        #[command(flatten)]
        school: AtSchool,
        #[command(flatten)]
        output: Output,
    },
    /// Begin a group, such as a happy-growth group 快乐成长小组; prints its ID
    #[command(after_help = "\
Example:
  daoyu group add --school ID --name 向日葵 --leader T012 --student 20260701 --student 20260702")]
    Add {
        #[command(flatten)]
        school: AtSchool,
        /// What it is called
        #[arg(long)]
        name: String,
        /// The number (or name) of the mentor who leads it
        #[arg(long, value_name = "NUMBER")]
        leader: String,
        /// The number (or name) of a student in it; may be given many times
        #[arg(long = "student", value_name = "NUMBER", required = true)]
        students: Vec<String>,
    },
    /// End a group from today on; what it did stays on record
    End {
        #[command(flatten)]
        school: AtSchool,
        /// The group's ID, as `daoyu group list --format csv` prints it
        #[arg(value_name = "ID")]
        group: String,
    },
}

/// Runs it.
pub async fn run(cmd: Cmd, common: &Common) -> Result<(), Stop> {
    match cmd {
        Cmd::List { school, output } => list(common, &school, &output).await,
        Cmd::Add { school, name, leader, students } => add(common, &school, name, &leader, &students).await,
        Cmd::End { school, group } => end(common, &school, &group).await,
    }
}

async fn list(common: &Common, school: &AtSchool, output: &Output) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.read().await?;
    let (school, voice) = common::school(&mut tx, &school.id, output.language.as_deref()).await?;
    let today = Clock::System.now().day(school.zone);
    let groups = tx.groups(&school.id, today).await?;
    let leaders: Vec<_> = groups.iter().map(|it| (&it.leader).into()).collect();
    let names = tx.names_of(&leaders).await?;
    let mut rows = Vec::new();
    for it in &groups {
        let members = tx.group_members(&it.id).await?;
        let members: Vec<String> = members.into_iter().map(|(_, name)| name).collect();
        let leader = names.get(&(&it.leader).into()).map_or("", String::as_str);
        rows.push(vec![
            Cell::text(it.id.as_str()),
            Cell::text(it.name.as_str()),
            Cell::text(leader),
            Cell::text(members.join(" ")),
            Cell::Day(Some(it.since)),
        ]);
    }
    tx.roll_back().await?;
    let columns = &["id", "name", "mentor", "students", "first"];
    Listing { columns, rows, empty: "cli-no-groups" }.print(output, &voice)
}

async fn add(
    common: &Common,
    school: &AtSchool,
    name: String,
    leader: &str,
    students: &[String],
) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.write().await?;
    let (school, voice) = common::school(&mut tx, &school.id, None).await?;
    let name = name.trim().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        let phrase = Phrase::new("cli-group-name").number("longest", LONGEST_NAME);
        return Err(voice.refuse(&phrase));
    }
    let leads = [Role::Mentor, Role::HeadTeacher, Role::ChiefMentor];
    let leader = one(&mut tx, &school.id, &leads, leader, &voice).await?;
    let mut members = Vec::new();
    for student in students {
        let found = one(&mut tx, &school.id, &[Role::Student], student, &voice).await?;
        if !members.contains(&found) {
            members.push(found);
        }
    }
    let since = Clock::System.now().day(school.zone);
    let group = Group { id: fresh_id(), name, leader, since, until: None };
    tx.save_group(&school.id, &group, &members).await?;
    tx.commit().await?;
    out::print(group.id.as_str())
}

/// The one person who is meant.
async fn one(
    tx: &mut Tx,
    school: &SchoolId,
    roles: &[Role],
    named: &str,
    voice: &Voice,
) -> Result<PersonId, Stop> {
    let found = tx.people_called(school, roles, named).await?;
    let refuse = |key: &'static str| Err(voice.refuse(&Phrase::new(key).text("named", named)));
    match found.as_slice() {
        [person] => Ok(person.id.clone()),
        [] => refuse("cli-nobody-called"),
        _ => refuse("cli-several-called"),
    }
}

async fn end(common: &Common, school: &AtSchool, id: &str) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.write().await?;
    let (school, voice) = common::school(&mut tx, &school.id, None).await?;
    let today = Clock::System.now().day(school.zone);
    let id = GroupId::parse(id).unwrap_or_else(|| "".into());
    let Some(group) = tx.group(&school.id, &id, today).await? else {
        return Err(voice.refuse(&Phrase::new("cli-no-such-group")));
    };
    let members: Vec<PersonId> = tx.group_members(&group.id).await?.into_iter().map(|(id, _)| id).collect();
    tx.save_group(&school.id, &Group { until: Some(today), ..group }, &members).await?;
    tx.commit().await?;
    out::print(&voice.say(&Phrase::new("group-ended")))
}
