//! What changed between two plans, in the plan's own terms.
//!
//! A plan is compared as what it states, [`Tree`]: tables and keys as the language declares them, and prose section by section. Where
//! and how that is written does not matter. The [`Delta`] says how one tree becomes the other and can be applied; the [`Change`]s say
//! it to a person, each with its places in both plans and whether it is a minor change (軽微変更).

mod change;
mod delta;
mod describe;
mod minor;
mod node;
mod phrase;
mod trail;
mod words;

pub use change::{Change, Side, Subject};
pub use delta::{Delta, Item};
pub use minor::{MINOR, Minor, as_planned, typographical};
pub use node::{Node, Tree};
pub(crate) use phrase::{cut, named};
pub use trail::{ValueChange, trail};
pub use words::{Piece, reworded};

use crate::model::Plan;
use crate::source::Folder;

/// What changed between two plans.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The changes, in the order of the plan.
    pub changes: Vec<Change>,
    /// How what the old plan states becomes what the new one states.
    pub delta: Delta,
}

impl Difference {
    /// True if both state the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.delta == Delta::Same
    }

    /// True if there are changes and every one is a minor change (軽微変更).
    #[must_use]
    pub fn is_minor(&self) -> bool {
        !self.changes.is_empty() && self.changes.iter().all(|change| change.minor.is_some())
    }
}

/// Compares two plans.
#[must_use]
pub fn difference(old: &Plan, new: &Plan) -> Difference {
    let (a, b) = (Tree::of(old), Tree::of(new));
    let delta = Delta::between(&a.root, &b.root);
    let changes = describe::changes(old, new, &a.root, &b.root);
    Difference { changes, delta }
}

/// The source of the plan that a difference makes of a plan: what it states is the new plan's, its layout canonical, without comments.
///
/// ```
/// use plan::{Folder, difference::{apply, difference}, read::read};
/// let plan = |target: u64| read(&Folder::from_iter([("activities/survey.md", format!("+++\nname = \"調査\"\ntarget = {target}\n+++\n"))])).plan;
/// let (old, new) = (plan(300), plan(400));
/// let difference = difference(&old, &new);
/// assert_eq!(difference.changes[0].kind, "target-raised");
/// assert_eq!(read(&apply(&difference, &old)).plan, new);
/// ```
#[must_use]
pub fn apply(difference: &Difference, plan: &Plan) -> Folder {
    Tree { root: difference.delta.apply(&Tree::of(plan).root) }.source()
}
