//! The sheet of signatures of a revision, to be printed with it: who signed, when, what it means, and whether it still holds.

use diagnostic::Finding;
use minijinja::{Value, context};
use serde::Serialize;

use crate::issue::{Issue, Request, common, filled};

/// What is on record of a revision, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// The number of the revision.
    pub revision: u32,
    /// The hash of its content: what signatures are bound to.
    pub content: String,
    /// Who recorded it.
    pub author: String,
    /// When, with the zone.
    pub recorded: String,
    /// Why; empty if no reason was asked for.
    pub reason: String,
    /// The last entry of the record, with its hash: what was recorded before it can be held to this paper.
    pub head: String,
    /// When this was printed, with the zone.
    pub printed: String,
    /// The signatures, in the order they were made.
    pub signatures: Vec<Line>,
}

/// A signature, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it means: 作成, 確認 or 承認.
    pub meaning: String,
    /// The name of the signer, then.
    pub name: String,
    /// Their identifier.
    pub signer: String,
    /// The role they signed in.
    pub role: String,
    /// When, with the zone.
    pub signed: String,
    /// Whether it holds, was voided by a change, or was taken back and why.
    pub state: String,
}

/// Makes the sheet.
///
/// # Errors
/// The form has mistakes.
pub fn signatures(request: &Request<'_>, sheet: &Sheet) -> Result<Issue, Vec<Finding>> {
    let values = context! { sheet => Value::from_serialize(sheet), ..common(request) };
    filled(request, values, request.as_of, |_, _| Vec::new())
}
