//! From the body of an entry to what it says, by kind and version.

use journal::{Entry, Failure, NotCanonical};

/// An entry this program cannot read: of a kind or version it does not know, or damaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The kind.
    pub kind: String,
    /// The version.
    pub version: u32,
    /// What is wrong with the body; empty if kind or version are unknown.
    pub detail: String,
}

impl Unreadable {
    /// The failure of reading that entry.
    pub(crate) fn at(self, entry: &Entry) -> Failure {
        let Self { kind, version, detail } = self;
        if detail.is_empty() {
            return Failure::NewerEntry { place: format!("{} {}", entry.draft.chain, entry.sequence), kind, version };
        }
        Failure::Damaged { place: format!("{} {}", entry.draft.chain, entry.sequence), part: format!("{kind} {version} {detail}") }
    }
}

/// What an entry says.
pub(crate) trait Body: Sized {
    /// The kind and the version it is written in today.
    fn kind(&self) -> (&'static str, u32);
    /// The canonical text.
    fn body(&self) -> Result<String, NotCanonical>;
}

/// Declares what can be recorded: one enumeration, its kinds and versions, how it is written and read.
macro_rules! events {
    ($(#[$of_type:meta])* $type:ident { $($(#[$of_variant:meta])* $variant:ident: $kind:literal, $version:literal,)+ }) => {
        $(#[$of_type])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $type {
            $($(#[$of_variant])* $variant($variant),)+
        }

        impl $type {
            /// Every kind with the version it is written in.
            pub const KINDS: &[(&str, u32)] = &[$(($kind, $version)),+];

            /// What an entry says.
            ///
            /// # Errors
            /// If kind or version are unknown, or the body is of another shape.
            pub fn read(entry: &journal::Entry) -> Result<Self, $crate::event::Unreadable> {
                let unreadable = |detail: String| $crate::event::Unreadable {
                    kind: entry.draft.kind.clone(),
                    version: entry.draft.version,
                    detail,
                };
                match (entry.draft.kind.as_str(), entry.draft.version) {
                    $(($kind, $version) => entry.body().map(Self::$variant).map_err(|error| unreadable(error.to_string())),)+
                    _ => Err(unreadable(String::new())),
                }
            }
        }

        impl $crate::event::Body for $type {
            fn kind(&self) -> (&'static str, u32) {
                match self { $(Self::$variant(_) => ($kind, $version)),+ }
            }

            fn body(&self) -> Result<String, journal::NotCanonical> {
                match self { $(Self::$variant(body) => journal::canonical(body)),+ }
            }
        }
    };
}

pub(crate) use events;
