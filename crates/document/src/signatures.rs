//! The sheet of signatures of a revision, to be printed with it: who signed what, when, what it means, and whether it still holds.

use diagnostic::Finding;
use minijinja::{Value, context};
use serde::Serialize;

use crate::issue::{Issue, Request, common, filled};

/// What is on record of a revision, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// The name of the organisation whose record it is.
    pub organisation: String,
    /// The identifier of the product.
    pub product: String,
    /// The number of the revision.
    pub revision: u32,
    /// The draft it belongs to; empty for the plan in force.
    pub draft: String,
    /// The hash of its content: what signatures are bound to.
    pub content: String,
    /// Who recorded it.
    pub author: String,
    /// When, with the zone.
    pub recorded: String,
    /// Why; empty if no reason was asked for.
    pub reason: String,
    /// The last revision, if there is a later one: what is printed was changed.
    pub revised: Option<u32>,
    /// The last entry of the record, with its hash: what was recorded before it can be held to this paper.
    pub head: String,
    /// When this was printed, with the zone.
    pub printed: String,
    /// The signatures, in the order they were made.
    pub signatures: Vec<Line>,
    /// The files that were issued from the revision.
    pub files: Vec<FileOnSheet>,
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
    /// The entry that says so, with its hash.
    pub entry: String,
    /// Whether it holds, was voided by a change, or was taken back.
    pub state: String,
    /// When it was taken back, with the zone; empty if it was not.
    pub withdrawn: String,
    /// Why.
    pub reason: String,
}

/// A file that was issued, so that whoever has it can tell that it is of this revision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FileOnSheet {
    /// Its name.
    pub name: String,
    /// Its SHA-256.
    pub sha256: String,
    /// The number of the issue; none if it goes out with this sheet.
    pub issue: Option<u32>,
}

/// Makes the sheet.
///
/// # Errors
/// The form has mistakes.
pub fn signatures(request: &Request<'_>, sheet: &Sheet) -> Result<Issue, Vec<Finding>> {
    let values = context! { sheet => Value::from_serialize(sheet), ..common(request) };
    filled(request, values, request.as_of, |_, _| Vec::new())
}
