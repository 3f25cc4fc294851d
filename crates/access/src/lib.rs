//! Who may do what: the roles of the field and the actions of the product in one matrix, each cell with its reason and source.
//!
//! Who is logged in, and what is being done to which record, is the business of the caller. This room answers, and stores nothing.
//!
//! | question | item |
//! |---|---|
//! | which roles and actions are there? | [`Role`], [`Action`] |
//! | may this role do this, why, by which source? | [`may`], [`cell`] |
//! | may this person do this to that record? | [`decide`] with their [`Holding`]s and the [`Subject`] |
//! | may one person be, or do, both? | [`may_also_hold`], [`may_also_do`], [`may_do_for_oneself`] |
//!
//! No action changes or deletes what was recorded, or switches the trail off: what does not exist cannot be granted.
//!
//! ```
//! use access::{Action, Grant, Role, Scope, may};
//!
//! assert_eq!(may(Role::Administrator, Action::EnterForm), Grant::Denied);
//! assert_eq!(may(Role::SurveyPhysician, Action::EnterForm), Grant::Allowed(Scope::OwnInstitution));
//! ```

mod action;
mod cell;
mod decision;
mod matrix;
mod named;
mod refused;
mod role;
mod scope;
mod separation;
mod source;

pub use action::{Action, Group};
pub use cell::{Cell, Stated, cell, may};
pub use decision::{Decision, Holding, Refusal, Subject, decide};
pub use role::Role;
pub use scope::{Grant, Scope};
pub use separation::{Between, SEPARATIONS, Separation, may_also_do, may_also_hold, may_do_for_oneself};
pub use source::Source;

/// Words that the program itself states: Japanese, English.
pub type Phrase = (&'static str, &'static str);
