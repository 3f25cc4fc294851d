//! The plan that a page is about: that which stands, or the revision that the address names.

use std::sync::Arc;

use operation::product::{MAIN, Product, Revision};

use crate::answer::Trouble;
use crate::ask::Ask;
use crate::house::{Compiled, no_revision};

/// A revision of a product with its plan.
pub struct Shown<'a> {
    /// The product's identifier.
    pub id: &'a str,
    /// The product.
    pub product: &'a Product,
    /// The number of the revision.
    pub number: u32,
    /// The revision.
    pub revision: &'a Revision,
    /// Its plan.
    pub plan: Arc<Compiled>,
}

/// What is shown: `revision` of the address, or the head of `line`, or of the plan in force.
///
/// # Errors
/// There is none.
pub fn shown<'a>(ask: &'a Ask<'_>) -> Result<Shown<'a>, Trouble> {
    let (id, product) = ask.product()?;
    let number = match ask.query("revision").map(str::parse::<u32>) {
        Some(Ok(number)) => number,
        Some(Err(_)) => return Err(Trouble::unknown("この番号の改訂", "revision of that number")),
        None => {
            let line = ask.query("line").unwrap_or(MAIN);
            product.lines.get(line).map(|line| line.head).ok_or_else(|| {
                Trouble::unknown("計画の改訂", "revision of a plan").with_hint(
                    "この時点では、まだ何も記録されていません。計画書を取り込むか、現在に戻ってください",
                    "nothing was recorded by then: import a plan, or go back to the present",
                )
            })?
        }
    };
    let revision = product.revisions.get(&number).ok_or_else(|| Trouble::new(404, no_revision(number)))?;
    let plan = ask.house.compiled(number, revision, ask.as_of())?;
    Ok(Shown { id, product, number, revision, plan })
}
