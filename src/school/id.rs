//! What things are called: a UUIDv7 as 32 hex digits, so that one fits a Telegram button and sorts by age.

/// How long an id is, in characters.
pub const ID_LENGTH: usize = 32;

/// What all ids have in common, so that a button's payload can be read as whichever is expected.
pub trait Id: Sized + From<String> {
    /// Reads what a stranger sent: 32 lowercase hex digits, or nothing.
    fn parse(text: &str) -> Option<Self> {
        let digits = text.len() == ID_LENGTH && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        digits.then(|| Self::from(text.to_owned()))
    }

    /// The digits.
    fn as_str(&self) -> &str;
}

macro_rules! ids {
    ($($(#[$about:meta])* $Name:ident),+ $(,)?) => {$(
        $(#[$about])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $Name(String);

        impl Id for $Name {
            fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl $Name {
            /// The digits.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Reads what a stranger sent: 32 lowercase hex digits, or nothing.
            pub fn parse(text: &str) -> Option<Self> {
                Id::parse(text)
            }
        }

        impl From<String> for $Name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $Name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<uuid::Uuid> for $Name {
            fn from(uuid: uuid::Uuid) -> Self {
                Self(uuid.simple().to_string())
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// A school: everything else belongs to one, and tables are sharded by it.
    SchoolId,
    /// A class 班级.
    ClassId,
    /// A person at one school; a teacher who is also a parent elsewhere is two.
    PersonId,
    /// A pairing 导学关系 of one mentor and one student.
    PairingId,
    /// A group of students that a mentor leads, such as a happy-growth group 快乐成长小组 (D).
    GroupId,
    /// Whom or what a record or a duty is about: a student, a member of staff, a class, a group, or the school.
    AboutId,
    /// A record: something that happened.
    RecordId,
    /// Something a person has to do once, such as phoning a family that no message reaches.
    TaskId,
    /// A feedback from a mentor to a family.
    FeedbackId,
    /// A Telegram account; one may be several persons.
    AccountId,
    /// A case: a risk to a person, followed until it is closed.
    CaseId,
    /// Something that was said to the bot, as it lies in the inbox.
    IncomingId,
    /// Something the bot says, as it lies in the outbox.
    MessageId,
    /// An invitation that binds an account to a person.
    InviteId,
    /// An account that asks to be a person who has joined before with another.
    RebindId,
    /// What somebody asks the school about the data that is kept.
    RequestId,
    /// A version of a school's policy.
    PolicyId,
    /// A file that somebody sent, to be read into the books.
    UploadId,
}

macro_rules! can_be_about {
    ($($Name:ident),+) => {$(
        impl From<$Name> for AboutId {
            fn from(id: $Name) -> Self {
                Self(id.0)
            }
        }

        impl From<&$Name> for AboutId {
            fn from(id: &$Name) -> Self {
                Self(id.0.clone())
            }
        }

        impl PartialEq<$Name> for AboutId {
            fn eq(&self, other: &$Name) -> bool {
                self.0 == other.0
            }
        }
    )+};
}

can_be_about!(PersonId, ClassId, GroupId, SchoolId);

impl From<&AboutId> for AboutId {
    fn from(id: &AboutId) -> Self {
        id.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_32_lowercase_hex_digits_and_nothing_else() {
        let digits = "0198f3c2a4b57d6e8f9a0b1c2d3e4f50";
        assert_eq!(PersonId::parse(digits).unwrap().to_string(), digits);
        for wrong in
            ["", "0198f3c2", "0198F3C2A4B57D6E8F9A0B1C2D3E4F50", "0198f3c2-a4b5-7d6e-8f9a-0b1c2d3e4f50"]
        {
            assert_eq!(PersonId::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_id_in_json_is_its_digits() {
        assert_eq!(serde_json::to_string(&ClassId::from("ab")).unwrap(), "\"ab\"");
    }
}
