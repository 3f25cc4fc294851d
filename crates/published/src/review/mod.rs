//! Reviewing a published plan: the rules that an expert reader applies.

pub mod activities;
mod context;
pub(crate) mod designs;
mod manual;
pub mod matrix;
pub mod names;
pub(crate) mod periods;
mod rule;
pub(crate) mod rules;
mod tables;

use calendar::Date;
use diagnostic::{Finding, Report};

pub use context::{Context, Mark, Sink};
pub use rule::{Reference, Rule};
pub use rules::RULES;

use crate::model::Published;

/// Reviews a document as of a date: its own date of submission, unless asked otherwise.
///
/// `today` judges a document that states no date of its own.
#[must_use]
pub fn review(published: &Published, as_of: Option<Date>, today: Date) -> Report {
    apply(&Context::new(published, as_of, today), |_| true)
}

/// Applies the rules that are wanted.
pub(crate) fn apply(context: &Context<'_>, wanted: impl Fn(&Rule) -> bool) -> Report {
    let mut findings: Vec<Finding> = Vec::new();
    let mut checked = Vec::new();
    for rule in RULES.iter().filter(|r| r.in_force(context.as_of) && wanted(r)) {
        let mut sink = Sink::new(rule);
        (rule.check)(context, &mut sink);
        checked.push(sink.checked());
        findings.append(&mut sink.findings);
    }
    context.report(findings, checked)
}

/// The rule with this code, in any case of letters.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|r| r.code.eq_ignore_ascii_case(code) || r.name.eq_ignore_ascii_case(code))
}
