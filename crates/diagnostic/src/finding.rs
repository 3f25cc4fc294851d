use crate::{Severity, Span, Words};

/// One thing found, with its reason, its remedy and its places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's code. A code is never given to another rule.
    pub code: &'static str,
    /// The rule's name, in kebab case.
    pub name: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What is the matter, in a line without a full stop.
    pub message: Words,
    /// Why it matters, or how it follows.
    pub why: Words,
    /// What to do.
    pub hint: Words,
    /// The notice and clause the rule comes from.
    pub source: Words,
    /// The places concerned; of a contradiction, one for each side.
    pub spans: Vec<Span>,
}

/// What the reader must be told besides the findings, such as a part that could not be read surely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What is to be told.
    pub message: Words,
    /// Where, if it has a place.
    pub span: Option<Span>,
}
