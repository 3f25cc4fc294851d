//! What an event touches: the facts, concerns, activities, materials, deadlines and documents to look at, each with its reason.

mod cause;
mod collect;
mod deadlines;
mod documents;
mod study;

pub use cause::Cause;
pub use collect::{Area, Touched};

use calendar::Date;
use diagnostic::{Problem, Words};

use crate::model::Plan;
use collect::Collector;

/// Everything that an event touches.
#[derive(Clone, Debug)]
pub struct Impact {
    /// The event.
    pub cause: Words,
    /// The day as of which deadlines are told.
    pub as_of: Date,
    /// What is touched, by area.
    pub touched: Vec<Touched>,
}

/// What an event touches in a plan. Deadlines that have passed by `as_of` are left out.
///
/// # Errors
/// The plan has nothing with the id that the cause names.
pub fn impact(plan: &Plan, cause: &Cause, as_of: Date) -> Result<Impact, Problem> {
    cause.known(plan)?;
    let mut all = Collector::new(plan, as_of);
    match cause {
        Cause::Approval(id) => all.approval(id),
        Cause::Condition(id) => all.condition(id),
        Cause::Label(id) => all.label(id),
        Cause::Ended(id) => all.ended(id),
        Cause::Study(id) => all.study(id),
    }
    Ok(Impact { cause: cause.words(plan), as_of, touched: all.finish() })
}
