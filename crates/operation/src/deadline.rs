//! Deadlines: what is due by the plan, the record and the rules, computed step by step. Pure: the same arguments give the same list.
//!
//! | question | item |
//! |---|---|
//! | what is due, when, and how does it stand? | [`deadlines`], [`Deadline`], [`Status`] |
//! | how was the day found? | [`Step`] |
//! | by which rule, and since when is it in force? | [`RuleInForce`] |
//! | what does the organisation state itself? | [`Rhythms`] |
//! | what does the record have to deliver? | [`Record`] |
//! | which receipts meet nothing that is due? | [`unmatched`] |
//!
//! An obligation has a stable id, made of what it is and of days or ids of the plan, never of words: `periodic-safety-report/2027-03-25`.
//! A receipt names it and meets it.

mod activities;
mod item;
mod periodic;
mod reckoning;
mod record;
mod reexamination;
mod requests;
mod rhythms;
mod series;
mod settle;
mod standing;

pub use item::{Anchor, Deadline, Due, Evidence, Kind, Met, RuleInForce, Status, Step, Weight};
pub use record::{Happened, Question, Receipt, Record, Submission};
pub use rhythms::{ClosedDay, ClosedDays, Mistake, Options, PeriodicAnchor, Product, Rhythms, Rule};

use std::collections::HashSet;

use calendar::Date;
use plan::Plan;

use settle::Case;

/// Everything that is due of a product by its plan and its record, as it stands on a day: the first due first, and what has no day last.
///
/// Receipts and submissions of days after `as_of` are not looked at, so that a day in the past can be asked for. Of series without an end
/// the reports of the next [`Options::horizon_years`] are told.
#[must_use]
pub fn deadlines(plan: &Plan, record: &Record, rules: &Rhythms, as_of: Date) -> Vec<Deadline> {
    let case = Case::new(plan, record, rules, as_of);
    let mut all = Vec::new();
    periodic::safety_reports(&case, &mut all);
    periodic::unexpected_non_serious(&case, &mut all);
    periodic::infections(&case, &mut all);
    reexamination::collect(&case, &mut all);
    activities::collect(&case, &mut all);
    requests::questions(&case, &mut all);
    all.sort_by(|a, b| (a.last_day().unwrap_or(Date::MAX), &a.id).cmp(&(b.last_day().unwrap_or(Date::MAX), &b.id)));
    all
}

/// The receipts that name nothing that is due, so that none is lost when a day of the plan moves.
#[must_use]
pub fn unmatched<'a>(record: &'a Record, deadlines: &[Deadline]) -> Vec<&'a Receipt> {
    let due: HashSet<&str> = deadlines.iter().map(|deadline| deadline.id.as_str()).collect();
    record.receipts.iter().filter(|receipt| !due.contains(receipt.obligation.as_str())).collect()
}
