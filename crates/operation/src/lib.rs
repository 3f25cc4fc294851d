//! What follows from the journal, and what may be added to it.
//!
//! `handle` decides, `apply` folds, nothing else: a [`Command`](product::Command) with its [`Context`] becomes drafts of entries or a
//! [`Refusal`]; entries become state. State is never stored but as a copy that can be thrown away.
//!
//! | question | item |
//! |---|---|
//! | who are the people, which roles do they hold? | [`organisation`] |
//! | how does the plan of a product stand: revisions, reviews, signatures, submissions, inquiries? | [`product`] |
//! | what is due, when, by which rule, and what met it? | [`deadline`] |
//! | who asks, when, why, having seen what? | [`Context`] |
//! | how did it stand, as recorded at a moment, as received by a day? | [`past`] |
//! | must everything be read at every start? | [`Checkpoint`] |
//! | why not? | [`Refusal`] |
//! | many people at once on one store? | [`Desk`] |
//! | what does an entry say, in a line? | [`told()`] |

mod checkpoint;
mod command_key;
mod context;
pub mod deadline;
mod desk;
mod event;
mod fold;
pub mod organisation;
mod past;
pub mod product;
mod refusal;
mod told;
mod touch;

pub use checkpoint::Checkpoint;
pub use command_key::CommandKey;
pub use context::{Context, FRESH};
pub use desk::{Desk, Snapshot, Undone};
pub use event::Unreadable;
pub use past::{Past, Point, past};
pub use refusal::{Conflict, Refusal};
pub use told::told;
pub use touch::Touch;
