//! What a button can refer to: each with the right that it needs, and who answers.

use super::{
    checkin, consent, digest,
    doors::{
        Door,
        Opens::{Anybody, OfForm, Right},
    },
    entry, feedback, form,
    forms::{CONTACT, FEEDBACK, TALK},
    group, growth_file, guardian, invites, mentor, mydata, paper, put_off, rebind, relay, resolution,
    rosters, router, settings, staff, students, upload,
};
use crate::school::Act;
use futures_util::FutureExt;

/// What a button can refer to, by the first word of its data.
pub static BUTTONS: &[Door] = &[
    Door {
        name: "f",
        opens: Anybody("the form says what right it takes, and asks at its beginning and at its end", |it| {
            router::press_form(it).boxed()
        }),
    },
    Door {
        name: "mine",
        opens: Anybody("the code in it is the key, and a teacher decides", |it| {
            rebind::ask(it.desk, it.visitor, it.value, it.over).boxed()
        }),
    },
    Door {
        name: "rebind",
        opens: Right(Act::ConfirmAccount, |it, hat| {
            let (id, what) = (it.part(0), it.part(1));
            rebind::decide(it.desk, it.visitor, hat, id, what, it.over).boxed()
        }),
    },
    Door {
        name: "checkin",
        opens: Right(Act::CheckIn, |it, hat| {
            let (period, how, child) = (it.part(0), it.part(1), it.part(2));
            checkin::press(it.desk, hat, period, how, child, it.over).boxed()
        }),
    },
    Door {
        name: "today",
        opens: Right(Act::SeeDuties, |it, hat| digest::today(it.desk, hat, it.over).boxed()),
    },
    Door {
        name: "talk",
        opens: Right(Act::LogTalk, |it, hat| form::open_about(it.desk, hat, &TALK, Some(it.value)).boxed()),
    },
    Door {
        name: "contact",
        opens: Right(Act::LogContact, |it, hat| {
            form::open_about(it.desk, hat, &CONTACT, Some(it.value)).boxed()
        }),
    },
    Door {
        name: "feedback",
        opens: Right(Act::WriteFeedback, |it, hat| {
            form::open_about(it.desk, hat, &FEEDBACK, Some(it.value)).boxed()
        }),
    },
    Door {
        name: "log",
        opens: OfForm(|it, hat| entry::log(it.desk, hat, it.part(0), it.part(1), it.part(2)).boxed()),
    },
    Door {
        name: "record",
        opens: Right(Act::KeepFile, |it, hat| entry::about_student(it.desk, hat, it.value, it.over).boxed()),
    },
    Door {
        name: "file",
        opens: Right(Act::ReadFile, |it, hat| {
            let (student, page) = (it.part(0), it.part(1));
            growth_file::show(it.desk, hat, student, page, it.over).boxed()
        }),
    },
    Door {
        name: "pupils",
        opens: Right(Act::ReadClassFiles, |it, hat| {
            let (class, page) = (it.part(0), it.part(1));
            growth_file::of_class(it.desk, hat, class, page, it.over).boxed()
        }),
    },
    Door {
        name: "resolve",
        opens: Right(Act::LeadClass, |it, hat| resolution::open(it.desk, hat, it.value).boxed()),
    },
    Door {
        name: "decided",
        opens: Right(Act::LeadClass, |it, hat| {
            let (id, what) = (it.part(0), it.part(1));
            resolution::card(it.desk, hat, id, what, it.over).boxed()
        }),
    },
    Door {
        name: "group",
        opens: Right(Act::LeadGroup, |it, hat| {
            let (id, what) = (it.part(0), it.part(1));
            group::card(it.desk, hat, id, what, it.over).boxed()
        }),
    },
    Door {
        name: "done",
        opens: Right(Act::SeeDuties, |it, hat| resolution::done(it.desk, hat, it.value).boxed()),
    },
    Door {
        name: "paper",
        opens: Right(Act::LogCheckin, |it, hat| paper::open(it.desk, hat, it.value).boxed()),
    },
    Door { name: "sheets", opens: Right(Act::LogCheckin, |it, hat| paper::print(it.desk, hat).boxed()) },
    Door {
        name: "heard",
        opens: Right(Act::WriteFeedback, |it, hat| {
            let (feedback, guardian) = (it.part(0), it.part(1));
            paper::heard(it.desk, hat, feedback, guardian).boxed()
        }),
    },
    Door {
        name: "phoned",
        opens: Right(Act::WriteFeedback, |it, hat| {
            let (id, number) = it.value.split_once(':').unwrap_or((it.value, ""));
            feedback::phoned(it.desk, hat, id, number, it.over).boxed()
        }),
    },
    Door {
        name: "later",
        opens: Right(Act::Snooze, |it, hat| mentor::later(it.desk, hat, it.value, it.over).boxed()),
    },
    Door {
        name: "snooze",
        opens: Right(Act::Snooze, |it, hat| {
            let (student, reason) = (it.part(0), it.part(1));
            mentor::snooze(it.desk, hat, student, reason, it.over).boxed()
        }),
    },
    Door {
        name: "undo",
        opens: Right(Act::UndoRecord, |it, hat| {
            async move { mentor::undo(it.desk, hat, it.value, it.filling, it.over).await }.boxed()
        }),
    },
    Door {
        name: "student",
        opens: Right(Act::ReadStudents, |it, hat| students::card(it.desk, hat, it.value, it.over).boxed()),
    },
    Door {
        name: "students",
        opens: Right(Act::ReadStudents, |it, hat| students::list(it.desk, hat, it.value, it.over).boxed()),
    },
    Door {
        name: "overview",
        opens: Right(Act::ReadFigures, |it, hat| staff::overview(it.desk, hat, it.value, it.over).boxed()),
    },
    Door {
        name: "joined",
        opens: Right(Act::ManageInvites, |it, hat| {
            let (class, page) = (it.part(0), it.part(1));
            invites::of_class(it.desk, hat, class, page, it.over).boxed()
        }),
    },
    Door {
        name: "slips",
        opens: Right(Act::ManageInvites, |it, hat| {
            let (class, role, sure) = (it.part(0), it.part(1), it.part(2));
            invites::print(it.desk, hat, class, role, sure, it.over).boxed()
        }),
    },
    Door {
        name: "invite",
        opens: Right(Act::ManageInvites, |it, hat| {
            let (person, sure) = (it.part(0), it.part(1));
            invites::one(it.desk, hat, person, sure, it.over).boxed()
        }),
    },
    Door {
        name: "members",
        opens: Right(Act::ManageInvites, |it, hat| {
            let (class, page) = (it.part(0), it.part(1));
            invites::members(it.desk, hat, class, page, it.over).boxed()
        }),
    },
    Door {
        name: "unbind",
        opens: Right(Act::ManageInvites, |it, hat| {
            let (person, sure) = (it.part(0), it.part(1));
            invites::unbind(it.desk, it.visitor, hat, person, sure, it.over).boxed()
        }),
    },
    Door {
        name: "revoke",
        opens: Right(Act::ManageInvites, |it, hat| invites::revoke(it.desk, hat, it.value, it.over).boxed()),
    },
    Door {
        name: "roster",
        opens: Right(Act::ManageRoster, |it, hat| rosters::press(it.desk, hat, it.value).boxed()),
    },
    Door {
        name: "import",
        opens: Right(Act::ManageRoster, |it, hat| {
            let (upload, shown, message) = (it.part(0), it.part(1), it.over.unwrap_or_default());
            async move { upload::press(it.desk, it.visitor, hat, upload, shown, message).await }.boxed()
        }),
    },
    Door {
        name: "seen",
        opens: Right(Act::AnswerFeedback, |it, hat| guardian::seen(it.desk, hat, it.value, it.over).boxed()),
    },
    Door {
        name: "reply",
        opens: Right(Act::AnswerFeedback, |it, hat| relay::reply(it.desk, hat, it.value).boxed()),
    },
    Door {
        name: "answer",
        opens: Right(Act::AnswerGuardian, |it, hat| relay::answer(it.desk, hat, it.value).boxed()),
    },
    Door {
        name: "consent",
        opens: Right(Act::GiveConsent, |it, hat| {
            let (student, what, version) = (it.part(0), it.part(1), it.part(2));
            consent::press(it.desk, hat, student, what, version, it.over).boxed()
        }),
    },
    Door {
        name: "mydata",
        opens: Right(Act::AskForData, |it, hat| {
            let (person, what) = (it.part(0), it.part(1));
            mydata::press(it.desk, hat, person, what, it.over).boxed()
        }),
    },
    Door {
        name: "settle",
        opens: Right(Act::SettleRequests, |it, hat| mydata::settle(it.desk, hat, it.value, it.over).boxed()),
    },
    Door { name: "lang", opens: Right(Act::ChangeSettings, |it, hat| settings::language(it, hat).boxed()) },
    Door { name: "digest", opens: Right(Act::SeeDuties, |it, hat| settings::digest(it, hat).boxed()) },
    Door {
        name: "waiting",
        opens: Right(Act::Snooze, |it, hat| put_off::list(it.desk, hat, it.over).boxed()),
    },
    Door {
        name: "unsnooze",
        opens: Right(Act::Snooze, |it, hat| put_off::take_back(it.desk, hat, it.value, it.over).boxed()),
    },
    Door { name: "quiet", opens: Right(Act::ChangeSettings, |it, hat| settings::quiet(it, hat).boxed()) },
    Door {
        name: "hat",
        opens: Anybody("an account puts on what is its own already", |it| settings::wear(it).boxed()),
    },
];
