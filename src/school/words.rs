//! Closed sets of words: what the store, the policies and the buttons call a thing.

/// A word that does not belong to the set it was looked up in.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("unknown {set}: {word}")]
pub struct UnknownWord {
    /// The set, as its Rust type is called.
    pub set: &'static str,
    /// What was given.
    pub word: String,
}

/// An enum whose variants are words: `ALL`, `as_str`, `Display`, `FromStr` and serde all speak the same words.
macro_rules! words {
    ($(#[$about:meta])* pub enum $Set:ident { $($(#[$doc:meta])* $Variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
        pub enum $Set { $($(#[$doc])* #[serde(rename = $word)] $Variant),+ }

        impl $Set {
            /// Every member, in the order in which people should see them.
            pub const ALL: &'static [$Set] = &[$($Set::$Variant),+];

            /// The word that files, tables and keys use.
            pub const fn as_str(self) -> &'static str {
                match self { $($Set::$Variant => $word),+ }
            }
        }

        impl std::fmt::Display for $Set {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl From<$Set> for &'static str {
            fn from(it: $Set) -> Self {
                it.as_str()
            }
        }

        impl std::str::FromStr for $Set {
            type Err = $crate::school::words::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|it| it.as_str() == word).ok_or_else(|| Self::Err {
                    set: stringify!($Set),
                    word: word.to_owned(),
                })
            }
        }
    };
}
