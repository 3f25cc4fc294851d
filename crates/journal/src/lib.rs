//! Entries that are appended and never changed: who did what, in which role, when and why, each with the hash of its predecessor.
//!
//! The journal knows order, time and bytes; what an entry *means* is the business of the rooms above.
//!
//! | question | item |
//! |---|---|
//! | what is recorded? | [`Draft`] before, [`Entry`] after it has its place in a [`Chain`] |
//! | what exactly does the hash cover? | [`Entry::canonical`] |
//! | where do large or personal bytes go? | [`Blob`], addressed by a salted hash |
//! | where is it kept? | a [`Store`]: [`Sqlite`] or [`Postgres`] |
//! | what do other servers record? | a [`Follower`] hears it |
//! | how do many people append at once? | [`Writer`]: group commit |
//! | is it undamaged? | [`verify`] |
//! | how does it get somewhere else, whole? | [`copy`]; as files for others: [`export`], [`Exported`] |
//!
//! ```
//! use journal::{Chain, Draft, Sqlite, Store, seal};
//!
//! let mut store = Sqlite::in_memory().unwrap();
//! let draft = Draft::new(Chain::Organisation, "2026-11-23T06:00:00.000000Z".parse().unwrap(), "sato", "administrator", "opened", 1, &()).unwrap();
//! let entry = seal(draft, None).unwrap();
//! store.append(std::slice::from_ref(&entry), &[]).unwrap();
//! let head = store.heads().unwrap().remove(0);
//! assert_eq!((head.sequence, head.hash), (1, entry.hash));
//! ```

mod blob;
mod canonical;
mod chain;
mod copy;
mod entry;
mod export;
mod failure;
mod hash;
mod moment;
mod postgres;
mod row;
mod signed;
mod sqlite;
mod store;
mod verify;
mod writer;

pub use blob::Blob;
pub use canonical::{NotCanonical, canonical};
pub use chain::{Chain, NotAChain};
pub use copy::{Copied, copy};
pub use entry::{CLOCK_TOLERANCE, ClockSetBack, Draft, Entry, Head, seal};
pub use export::{Exported, export};
pub use failure::{Cause, Failure, Trouble};
pub use hash::{Hash, NotAHash};
pub use moment::{Moment, NotAMoment};
pub use postgres::{Follower, Postgres};
pub use signed::{HeadLine, SignedHeads};
pub use sqlite::Sqlite;
pub use store::{ERASED, Erasure, FORMAT, OwnCheck, Source, Store, Visit, Work};
pub use verify::{Damage, Verified, verify};
pub use writer::{Ticket, Writer};
