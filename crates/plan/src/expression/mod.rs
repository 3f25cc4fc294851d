//! The language of edit checks, branches and derived values in forms.
//!
//! ```text
//! missing(hbv_dna_date) or hbv_dna_date >= registration.first_dose
//! hbs_ag = '+' or hbc_ab = '+'
//! round(weight / power(height / 100, 2), 1)
//! ```
//!
//! Anything may be missing, and what is reckoned from a missing value is missing; `and` and `or` know that one side can be enough
//! (Kleene's logic). A check must say yes or no for every way in which values can be missing: [`Expression::undefined`] proves it, when
//! the check is written and not when a patient's form comes.

mod kinds;
mod parse;
mod total;
mod value;

pub use kinds::{Kind, Known};
pub use parse::parse;
pub use value::Value;

use std::ops::Range;

/// An expression that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// As it was written.
    pub text: String,
    root: Node,
}

/// What is wrong with an expression: where in its text, what, and what to do, each in Japanese and English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: (String, String),
    /// What to do.
    pub hint: (String, String),
}

impl Wrong {
    fn new(range: Range<usize>, message: (impl Into<String>, impl Into<String>), hint: (impl Into<String>, impl Into<String>)) -> Self {
        Self { range, message: (message.0.into(), message.1.into()), hint: (hint.0.into(), hint.1.into()) }
    }
}

/// A part of an expression, with its place in the text.
#[derive(Clone, Debug, PartialEq)]
struct Node {
    at: Range<usize>,
    part: Part,
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Literal(Value),
    /// An item of this form, or `form.item` of another.
    Name(String),
    Not(Box<Node>),
    Minus(Box<Node>),
    Both(Operator, Box<Node>, Box<Node>),
    /// One of a few values.
    In(Box<Node>, Vec<Node>),
    Call(Function, Vec<Node>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Or,
    And,
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Plus,
    Minus,
    Times,
    Over,
}

/// The functions of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Missing,
    Present,
    Has,
    Days,
    Months,
    Years,
    Year,
    Earliest,
    Latest,
    Min,
    Max,
    Round,
    Power,
}

impl Function {
    const ALL: [(&'static str, Self); 13] = [
        ("missing", Self::Missing),
        ("present", Self::Present),
        ("has", Self::Has),
        ("days", Self::Days),
        ("months", Self::Months),
        ("years", Self::Years),
        ("year", Self::Year),
        ("earliest", Self::Earliest),
        ("latest", Self::Latest),
        ("min", Self::Min),
        ("max", Self::Max),
        ("round", Self::Round),
        ("power", Self::Power),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, function)| *function == self).map_or("", |(name, _)| name)
    }
}

impl Expression {
    /// The names it speaks of, each once, in order.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        fn visit<'a>(node: &'a Node, all: &mut Vec<&'a str>) {
            match &node.part {
                Part::Literal(_) => {}
                Part::Name(name) if all.contains(&name.as_str()) => {}
                Part::Name(name) => all.push(name),
                Part::Not(inner) | Part::Minus(inner) => visit(inner, all),
                Part::Both(_, left, right) => [left, right].into_iter().for_each(|side| visit(side, all)),
                Part::In(inner, list) => std::iter::once(&**inner).chain(list).for_each(|side| visit(side, all)),
                Part::Call(_, given) => given.iter().for_each(|given| visit(given, all)),
            }
        }
        let mut all = Vec::new();
        visit(&self.root, &mut all);
        all
    }
}

#[cfg(test)]
mod tests;
