//! By which doors each act can be tried. Whoever adds an act says it here, or nothing compiles.

use daoyu::{
    chat::doors::{BUTTONS, COMMANDS, UNLISTED},
    school::Act,
};
use std::collections::BTreeSet;

/// How an act can be tried in the chat.
#[derive(Clone, Copy)]
pub enum Way {
    /// A command.
    Types(&'static str),
    /// A button; `{student}` and the like are those of the target.
    Presses(&'static str),
    /// There is no door for it, since:
    NoDoor(&'static str),
}
use Way::{NoDoor, Presses, Types};

/// Every way to every act: whoever adds an act says here how it can be tried.
pub fn ways(act: Act) -> &'static [Way] {
    match act {
        Act::CheckIn => &[Types("checkin"), Presses("checkin:now"), Presses("checkin:now::{student}")],
        Act::WishTalk => &[Types("wish")],
        Act::LogTalk => &[Types("talk"), Presses("talk:{student}")],
        Act::LogContact => &[Types("contact"), Presses("contact:{student}")],
        Act::LogCheckin => &[Presses("paper:{student}"), Presses("sheets:")],
        Act::KeepFile => &[
            Presses("record:{student}"),
            Presses("log:profile:{student}"),
            Presses("log:plan:{student}"),
            Presses("log:case:{student}"),
            Presses("log:performance:"),
        ],
        Act::PairBuddies => &[Presses("log:buddy:{student}")],
        Act::ReadFile => &[Presses("file:{student}:0")],
        Act::ReadClassFiles => &[Presses("pupils:{class}:0")],
        Act::LogOwnWork => &[Presses("log:work_plan:"), Presses("log:session:")],
        Act::LeadGroup => &[Presses("log:activity:{group}"), Presses("group:{group}")],
        Act::LeadClass => &[
            Presses("log:meeting:{class}"),
            Presses("log:parents_class:{class}"),
            Presses("resolve:{meeting}"),
            Presses("decided:{resolution}"),
        ],
        Act::LeadSchool => &[Presses("log:training:"), Presses("log:school_meeting:")],
        Act::SeeDuties => &[
            Types("today"),
            Types("record"),
            Presses("today:"),
            Presses("done:{resolution}"),
            Presses("digest:school"),
        ],
        Act::UndoRecord => &[Presses("undo:{record}")],
        Act::Snooze => &[
            Presses("waiting:"),
            Presses("unsnooze:{student}"),
            Presses("later:"),
            Presses("later:{student}"),
            Presses("snooze:{student}:friday"),
        ],
        Act::ReadStudents => &[Types("students"), Presses("students:0"), Presses("student:{student}")],
        Act::ReadStudentLines => &[NoDoor("the card and the own check-in show them: a story of their own")],
        Act::WriteFeedback => &[
            Types("feedback"),
            Presses("feedback:{student}"),
            Presses("phoned:{feedback}:0"),
            Presses("heard:{feedback}:1"),
        ],
        Act::ReadFeedback => &[NoDoor("it comes by itself, to the family and on the mentor's receipt")],
        Act::AnswerFeedback => &[Types("messages"), Presses("seen:{feedback}"), Presses("reply:{feedback}")],
        Act::AnswerGuardian => &[Presses("answer:{word}")],
        Act::GiveConsent => &[
            Types("consent"),
            Presses("consent:{student}:show:2"),
            Presses("consent:{student}:text:2"),
            Presses("consent:{student}:yes:2"),
            Presses("consent:{student}:no:2"),
        ],
        Act::ReadOverview => &[Presses("overview:{class}")],
        Act::ReadEscalation => &[NoDoor("the clock brings it")],
        Act::ReadFigures => &[Types("overview"), Presses("overview:")],
        Act::ManagePairings | Act::ChangeSchool => {
            &[NoDoor("whoever runs the program does it on the terminal")]
        }
        Act::ManageRoster => {
            &[Types("roster"), Presses("roster:template"), Presses("import:a file of yesterday:its changes")]
        }
        Act::AskForData => &[
            Types("mydata"),
            Presses("mydata:{data}"),
            Presses("mydata:{data}:copy"),
            Presses("mydata:{data}:wrong"),
            Presses("mydata:{data}:erase"),
        ],
        Act::SettleRequests => &[Presses("settle:{request}")],
        Act::ManageInvites => &[
            Presses("joined:{class}"),
            Presses("invite:{student}"),
            Presses("members:{class}"),
            Presses("unbind:{student}"),
            Presses("revoke:{student}"),
            Presses("slips:{class}"),
        ],
        Act::ConfirmAccount => &[Presses("rebind:{rebind}:no"), Presses("rebind:{rebind}:yes")],
        Act::ChangeSettings => &[Types("settings"), Presses("lang:zh-CN"), Presses("quiet:school")],
    }
}

/// All of them.
pub fn all_ways() -> impl Iterator<Item = (Act, Way)> {
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
