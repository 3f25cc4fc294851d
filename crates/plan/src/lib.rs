//! A risk management plan as source: a folder of TOML for facts and Markdown for prose, read like a program.
//!
//! No clock, no files: the caller hands in a [`Folder`] of bytes and the day.
//!
//! | where | what |
//! |---|---|
//! | [`model`] | the plan on one screen; what is derived from it (lists, concern × activity, status, deadlines, printed text) |
//! | [`tables`] | the language: every table and key, declared once |
//! | [`shape`] | what follows from a declaration: typed reading, manual, JSON Schema, and what a table states, key by key |
//! | [`id`] | the names of things, each of its own type |
//! | [`source`] | the folder, its texts, the places in them; front matter and sections |
//! | [`read`](mod@read) | from a folder to a plan and the mistakes in its source |
//! | [`prose`] | sections, and the blocks that are printed from Markdown |
//! | [`figure`] | `{{ 30/58 STUDY:PART }}`: parsed, resolved, computed, printed; typed figures recognised |
//! | [`rules`] | the rules of `check`: one rule, one file, one page |
//! | [`format`](mod@format) | one canonical layout of the files |
//! | [`difference`](mod@difference) | what changed between two plans |
//! | [`impact`](mod@impact) | everything that an event touches |
//! | [`template`](mod@template) | a minimal plan to begin with |
//! | [`check`](mod@check) | reading and all rules: a report, and repairs |
//! | [`mistake`], [`suggest`] | what is found before it is put into a report; "did you mean …?" |

pub mod check;
pub mod difference;
pub mod expression;
pub mod figure;
pub mod format;
pub mod id;
pub mod impact;
pub mod mistake;
pub mod model;
pub mod notice;
pub mod prose;
pub mod read;
pub mod rules;
pub mod shape;
pub mod source;
pub mod suggest;
pub mod tables;
pub mod template;

pub use check::check;
pub use model::Plan;
pub use source::Folder;
