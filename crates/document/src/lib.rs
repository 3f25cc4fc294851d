//! From a plan to the documents that are handed in.
//!
//! | where | what |
//! |---|---|
//! | [`form`] | a document's words and order, as files of Markdown with placeholders, which a company can override |
//! | [`issue()`] | a plan and a form become a tree |
//! | [`eu`] | the EU-RMP, from the same plan |
//! | [`evidence`](mod@evidence) | the counts of each concern with exact limits
//! | [`figures`] | the figures of a document, each with its origin |
//! | [`agenda`] | the calendar of a plan: its days, the picture of its periods, a file for calendars of people
//! | [`changes`] | what is underlined against an earlier version |
//! | [`notes`] | findings beside the passages of a draft |
//! | [`old_new`](mod@old_new) | two versions side by side |
//! | [`merge`] | changes made in a Word file that was built, taken back into the source |
//! | [`public`](mod@public) | the published version for pharmacists and physicians
//! | [`text`](mod@text) | a tree as plain text |

mod abbreviations;
pub mod agenda;
pub mod changes;
pub mod eu;
pub mod evidence;
pub mod figures;
mod flat;
pub mod form;
mod fragment;
pub mod issue;
mod links;
pub mod merge;
pub mod notes;
pub mod old_new;
mod prose;
pub mod public;
pub mod signatures;
mod svg;
pub mod text;
mod view;

pub use form::Form;
pub use issue::{Issue, Request, issue};
pub use old_new::old_new;
pub use text::text;
