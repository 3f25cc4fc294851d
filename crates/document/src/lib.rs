//! From a plan to the documents that are handed in.
//!
//! | where | what |
//! |---|---|
//! | [`form`] | a document's words and order, as files of Markdown with placeholders, which a company can override |
//! | [`issue()`] | a plan and a form become a tree |
//! | [`figures`] | the figures of a document, each with its origin |
//! | [`changes`] | what is underlined against an earlier version |
//! | [`notes`] | findings beside the passages of a draft |
//! | [`old_new`](mod@old_new) | two versions side by side |
//! | [`merge`] | changes made in a Word file that was built, taken back into the source |
//! | [`text`](mod@text) | a tree as plain text |

mod abbreviations;
pub mod changes;
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
pub mod text;
mod view;

pub use form::Form;
pub use issue::{Issue, Request, issue};
pub use old_new::old_new;
pub use text::text;
