use diagnostic::{Span, Words};

use super::minor::Minor;
use super::words::Piece;

/// One change, in the plan's own terms.
#[derive(Clone, Debug)]
pub struct Change {
    /// What kind of change, such as `concern-added`, `target-raised`, `period-moved`, `sentence-reworded`; without a word of its own
    /// `value-added`, `value-removed` or `value-changed`.
    pub kind: String,
    /// What it is about.
    pub subject: Subject,
    /// The key, from the subject down, such as `period` or `milestone.criteria`; of prose the section. Empty for the subject itself.
    pub path: String,
    /// What changed, in a line without a full stop.
    pub message: Words,
    /// The old side.
    pub old: Side,
    /// The new side.
    pub new: Side,
    /// Of a text, what was reworded in it.
    pub pieces: Vec<Piece>,
    /// The rule by which it is a minor change (軽微変更); `None` if it is none, as far as the rules tell.
    pub minor: Option<&'static Minor>,
}

/// A thing of the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// What it is, such as `concern`, `activity`, `indication`, `product`.
    pub kind: &'static str,
    /// Its id, or what stands for one.
    pub id: String,
    /// What it is called, with its kind: 安全性検討事項「感染症」.
    pub words: Words,
}

/// One of the two plans in a change.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// What is stated there; `None` if nothing is.
    pub stated: Option<Words>,
    /// Where; if nothing is stated, where the thing it belongs to stands, and nowhere if that is missing too.
    pub span: Option<Span>,
}
