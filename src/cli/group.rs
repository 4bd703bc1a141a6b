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
use chrono_tz::Tz;

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
    /// Change a group: its name, who leads it, who is in it; what it did stays on record
    #[command(after_help = "\
Examples:
  daoyu group change ID --school SCHOOL --leader T014
  daoyu group change ID --school SCHOOL --name 小树苗 --add 20260703 --remove 20260701")]
    Change {
        #[command(flatten)]
        school: AtSchool,
        /// The group's ID, as `daoyu group list --format csv` prints it
        #[arg(value_name = "ID")]
        group: String,
        /// What it is called from now on
        #[arg(long)]
        name: Option<String>,
        /// The number (or name) of the mentor who leads it from now on
        #[arg(long, value_name = "NUMBER")]
        leader: Option<String>,
        /// The number (or name) of a student who comes into it; may be given many times
        #[arg(long, value_name = "NUMBER")]
        add: Vec<String>,
        /// The number (or name) of a student who leaves it; may be given many times
        #[arg(long, value_name = "NUMBER")]
        remove: Vec<String>,
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
        Cmd::Change { school, group, name, leader, add, remove } => {
            let wanted = Wanted { name, leader, add, remove };
            change(common, &school, &group, wanted).await
        }
        Cmd::End { school, group } => end(common, &school, &group).await,
    }
}

async fn list(common: &Common, school: &AtSchool, output: &Output) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.read().await?;
    let (school, voice) = common::school(&mut tx, &school.id, output.language.as_deref()).await?;
    let today = Clock::System.now().day(school.zone);
    let groups = tx.every_group(&school.id, today).await?;
    let leaders: Vec<_> = groups.iter().map(|(it, _)| (&it.leader).into()).collect();
    let names = tx.names_of(&leaders).await?;
    let mut rows = Vec::new();
    for (it, is_led) in &groups {
        let members = tx.group_members(&it.id).await?;
        let members: Vec<String> = members.into_iter().map(|(_, name)| name).collect();
        // Whose leader has left waits for another.
        let leader = names.get(&(&it.leader).into()).filter(|_| *is_led).map_or("", String::as_str);
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
    let name = named(&name, &voice)?;
    let leader = one(&mut tx, &school.id, LEADS, leader, &voice).await?;
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

/// Whoever may lead a group.
const LEADS: &[Role] = &[Role::Mentor, Role::HeadTeacher, Role::ChiefMentor];

fn named(name: &str, voice: &Voice) -> Result<String, Stop> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        let phrase = Phrase::new("cli-group-name").number("longest", LONGEST_NAME);
        return Err(voice.refuse(&phrase));
    }
    Ok(name.to_owned())
}

/// What is to be changed about a group.
struct Wanted {
    name: Option<String>,
    leader: Option<String>,
    add: Vec<String>,
    remove: Vec<String>,
}

async fn change(common: &Common, school: &AtSchool, id: &str, wanted: Wanted) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.write().await?;
    let (school, voice) = common::school(&mut tx, &school.id, None).await?;
    let Wanted { name, leader, add, remove } = wanted;
    if name.is_none() && leader.is_none() && add.is_empty() && remove.is_empty() {
        return Err(Stop::Misused(voice.say(&Phrase::new("cli-group-nothing-to-change"))));
    }
    let mut group = there(&mut tx, &school.id, school.zone, id, &voice).await?;
    if let Some(name) = name {
        group.name = named(&name, &voice)?;
    }
    if let Some(leader) = leader {
        group.leader = one(&mut tx, &school.id, LEADS, &leader, &voice).await?;
    }
    let mut members: Vec<PersonId> =
        tx.group_members(&group.id).await?.into_iter().map(|(id, _)| id).collect();
    for student in &remove {
        let found = one(&mut tx, &school.id, &[Role::Student], student, &voice).await?;
        let Some(at) = members.iter().position(|it| *it == found) else {
            return Err(voice.refuse(&Phrase::new("cli-group-not-in-it").text("named", student)));
        };
        members.remove(at);
    }
    for student in &add {
        let found = one(&mut tx, &school.id, &[Role::Student], student, &voice).await?;
        if !members.contains(&found) {
            members.push(found);
        }
    }
    if members.is_empty() {
        return Err(voice.refuse(&Phrase::new("cli-group-nobody-in-it")));
    }
    tx.save_group(&school.id, &group, &members).await?;
    let leader = (&group.leader).into();
    let leaders = tx.names_of(std::slice::from_ref(&leader)).await?;
    let names = tx.group_members(&group.id).await?;
    tx.commit().await?;
    let said = Phrase::new("cli-group-changed")
        .text("name", &group.name)
        .text("leader", leaders.get(&leader).map_or("", String::as_str))
        .list(
            "who",
            names.into_iter().map(|(_, name)| Phrase::new("words-as-typed").text("words", name)).collect(),
            "joint-comma",
        );
    out::print(&voice.say(&said))
}

/// The group that is meant: one that is there today, also if who led it has left.
async fn there(tx: &mut Tx, school: &SchoolId, zone: Tz, id: &str, voice: &Voice) -> Result<Group, Stop> {
    let today = Clock::System.now().day(zone);
    let id = GroupId::parse(id).unwrap_or_else(|| "".into());
    let found = tx.group(school, &id, today).await?;
    found.ok_or_else(|| voice.refuse(&Phrase::new("cli-no-such-group")))
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
    let group = there(&mut tx, &school.id, school.zone, id, &voice).await?;
    let members: Vec<PersonId> = tx.group_members(&group.id).await?.into_iter().map(|(id, _)| id).collect();
    tx.save_group(&school.id, &Group { until: Some(today), ..group }, &members).await?;
    tx.commit().await?;
    out::print(&voice.say(&Phrase::new("group-ended")))
}
