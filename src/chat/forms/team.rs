//! What is done for more than one student: by a class's mentors, by a mentor for all of his own, by a group, by the school.

use super::{Form, anybody};
use crate::{
    chat::{
        entry, group, meeting, resolution,
        steps::{
            Ask::{Ahead, Colleague, Day, Matter, One, Students, Text},
            after, aside, must,
        },
    },
    school::{About, Act, Kind},
};

/// A meeting of a class's mentors: daily huddle 日碰头, weekly 周例会, monthly review 月研判, at mid-term and end of term (D, H).
pub static MEETING: Form = Form {
    name: "meeting",
    act: Act::LeadClass,
    about: About::Class,
    makes: Some(Kind::Meeting),
    suits: anybody,
    steps: &[
        must("matter", Matter).common(),
        aside("day", Day).common(),
        must("form", One("meeting", Kind::Meeting.forms())),
        after("line", Text(500)).common(),
    ],
    brief: Some(meeting::agenda),
    preview: None,
    finish: meeting::finish,
};

/// A meeting of the school's mentors: exchange, case and commendation (H).
pub static SCHOOL_MEETING: Form = Form {
    name: "school_meeting",
    act: Act::LeadSchool,
    about: About::School,
    makes: Some(Kind::Meeting),
    suits: anybody,
    steps: &[
        aside("day", Day).common(),
        must("form", One("meeting", Kind::Meeting.forms())),
        after("line", Text(500)).common(),
    ],
    brief: Some(meeting::agenda),
    preview: None,
    finish: meeting::finish,
};

/// What a meeting resolved: what, by whom, until when.
pub static RESOLUTION: Form = resolved("resolution", Act::LeadClass, About::Class);

/// The same, of a meeting of the school.
pub static SCHOOL_RESOLUTION: Form = resolved("school_resolution", Act::LeadSchool, About::School);

const RESOLVED: &[super::Step] =
    &[must("what", Text(200)).common(), must("owner", Colleague).common(), must("until", Ahead).common()];

const fn resolved(name: &'static str, act: Act, about: About) -> Form {
    Form {
        name,
        act,
        about,
        makes: None,
        suits: anybody,
        steps: RESOLVED,
        brief: None,
        preview: None,
        finish: resolution::finish,
    }
}

/// A case review of a class 月研判 (D): topic, case, analysis, plan.
pub static CLASS_CASE: Form = case("class_case", Act::LeadClass, About::Class, CASE_OF_MATTER);

/// A case review of the whole school (M).
pub static SCHOOL_CASE: Form = case("school_case", Act::LeadSchool, About::School, CASE_STEPS);

/// What a mentor learned from a case of own students (H).
pub static OWN_CASE: Form = case("own_case", Act::LogOwnWork, About::Mentor, CASE_STEPS);

const CASE_STEPS: &[super::Step] = &[
    aside("day", Day).common(),
    must("topic", Text(60)).common(),
    must("facts", Text(1000)).common(),
    must("analysis", Text(1000)).common(),
    must("plan", Text(1000)).common(),
];

const CASE_OF_MATTER: &[super::Step] = &[
    must("matter", Matter).common(),
    aside("day", Day).common(),
    must("topic", Text(60)).common(),
    must("facts", Text(1000)).common(),
    must("analysis", Text(1000)).common(),
    must("plan", Text(1000)).common(),
];

const fn case(name: &'static str, act: Act, about: About, steps: &'static [super::Step]) -> Form {
    Form {
        name,
        act,
        about,
        makes: Some(Kind::Case),
        suits: anybody,
        steps,
        brief: None,
        preview: None,
        finish: entry::finish,
    }
}

/// A group of own students that one leads: 快乐成长小组 (D).
pub static GROUP: Form = Form {
    name: "group",
    act: Act::KeepFile,
    about: About::Pairing,
    makes: None,
    suits: anybody,
    steps: &[must("name", Text(30)), must("members", Students)],
    brief: None,
    preview: None,
    finish: group::finish,
};

/// The same later: its name, who is in it, who leads it.
pub static GROUP_CHANGE: Form = Form {
    name: "regroup",
    act: Act::LeadGroup,
    about: About::Group,
    makes: None,
    suits: anybody,
    steps: &[must("name", Text(30)), must("members", Students), must("leader", Colleague)],
    brief: None,
    preview: None,
    finish: group::finish_change,
};

/// An activity of a happy-growth group 快乐成长小组 (D): all of its members, unless some were missing.
pub static ACTIVITY: Form = Form {
    name: "activity",
    act: Act::LeadGroup,
    about: About::Group,
    makes: Some(Kind::Activity),
    suits: anybody,
    steps: &[
        must("matter", Matter).common(),
        aside("day", Day).common(),
        aside("others", Students),
        must(
            "what",
            One("activity", &["sport", "reading", "art", "work", "service", "outing", "talk", "other"]),
        ),
        after("line", Text(500)).common(),
    ],
    brief: None,
    preview: None,
    finish: entry::finish,
};

/// 家长课堂: a class's lesson for parents (D).
pub static PARENTS_CLASS: Form = Form {
    name: "parents_class",
    act: Act::LeadClass,
    about: About::Class,
    makes: Some(Kind::Session),
    suits: anybody,
    steps: &[
        must("matter", Matter).common(),
        aside("day", Day).common(),
        must("topic", Text(100)).common(),
        after("line", Text(500)).common(),
    ],
    brief: None,
    preview: None,
    finish: entry::finish,
};

/// A mentor's session for the families of own students (D).
pub static SESSION: Form = Form {
    name: "session",
    act: Act::LogOwnWork,
    about: About::Mentor,
    makes: Some(Kind::Session),
    suits: anybody,
    steps: &[
        aside("day", Day).common(),
        must("topic", Text(100)).common(),
        after("line", Text(500)).common(),
    ],
    brief: None,
    preview: None,
    finish: entry::finish,
};

/// A mentor's work plan of a term (M).
pub static WORK_PLAN: Form = Form {
    name: "work_plan",
    act: Act::LogOwnWork,
    about: About::Mentor,
    makes: Some(Kind::WorkPlan),
    suits: anybody,
    steps: &[must("aims", Text(1000)), after("line", Text(500)).common()],
    brief: None,
    preview: None,
    finish: entry::finish,
};

/// Mentors' training 导师培训, by the school or the bureau (G, D).
pub static TRAINING: Form = Form {
    name: "training",
    act: Act::LeadSchool,
    about: About::School,
    makes: Some(Kind::Training),
    suits: anybody,
    steps: &[
        aside("day", Day).common(),
        must("form", One("training", Kind::Training.forms())),
        must("topic", Text(100)).common(),
        after("line", Text(500)).common(),
    ],
    brief: None,
    preview: None,
    finish: entry::finish,
};

/// The school studied its mentor system (D).
pub static REPORT: Form = Form {
    name: "report",
    act: Act::LeadSchool,
    about: About::School,
    makes: Some(Kind::Report),
    suits: anybody,
    steps: &[aside("day", Day).common(), must("findings", Text(1000)), after("line", Text(500)).common()],
    brief: None,
    preview: None,
    finish: entry::finish,
};

/// What students and families said about the mentors, gathered (G, D).
pub static SURVEY: Form = Form {
    name: "survey",
    act: Act::LeadSchool,
    about: About::School,
    makes: Some(Kind::Survey),
    suits: anybody,
    steps: &[
        aside("day", Day).common(),
        must("asked", One("asked", &["students", "families", "both"])),
        must("findings", Text(1000)),
        after("line", Text(500)).common(),
    ],
    brief: None,
    preview: None,
    finish: entry::finish,
};
