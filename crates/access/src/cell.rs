use crate::Phrase;
use crate::action::Action;
use crate::matrix::row;
use crate::refused::{refused_in, refused_to};
use crate::role::Role;
use crate::scope::Grant;
use crate::source::Source;

/// Where in the matrix a cell is stated. The first that says something of a cell counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stated {
    /// In the row of the action.
    Row,
    /// For the role, wherever no row says otherwise.
    Role,
    /// For the room, wherever neither row nor role says anything.
    Group,
}

/// What the matrix says of one role and one action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Whether, and how far.
    pub grant: Grant,
    /// Why, in Japanese and English.
    pub reason: Phrase,
    /// By which rule.
    pub source: Source,
    /// Where it is stated.
    pub stated: Stated,
}

/// Whether the role may do this, and how far.
#[must_use]
pub fn may(role: Role, action: Action) -> Grant {
    cell(role, action).grant
}

/// Whether the role may do this, how far, why, and by which rule.
#[must_use]
pub fn cell(role: Role, action: Action) -> Cell {
    if let Some(&(_, grant, reason, source)) = row(action).iter().find(|(roles, ..)| roles.contains(&role)) {
        return Cell { grant, reason, source, stated: Stated::Row };
    }
    let ((reason, source), stated) =
        refused_to(role).map_or((refused_in(action.group()), Stated::Group), |refusal| (refusal, Stated::Role));
    Cell { grant: Grant::Denied, reason, source, stated }
}
