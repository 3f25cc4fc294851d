use diagnostic::Words;
use journal::{Entry, Moment};

use crate::context::Context;
use crate::refusal::Refusal;

/// The last entry about a record: which, by whom, when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touch {
    /// Its place in the chain.
    pub sequence: u64,
    /// Who recorded it.
    pub actor: String,
    /// When.
    pub recorded: Moment,
}

impl Touch {
    pub(crate) fn of(entry: &Entry) -> Self {
        Self { sequence: entry.sequence, actor: entry.draft.actor.clone(), recorded: entry.draft.recorded }
    }

    /// That the person who asks had seen this entry.
    pub(crate) fn seen(&self, context: &Context, record: impl FnOnce() -> Words) -> Result<(), Refusal> {
        if context.seen >= self.sequence {
            return Ok(());
        }
        Err(self.changed(context, record()))
    }

    /// That it has changed since.
    pub(crate) fn changed(&self, context: &Context, record: Words) -> Refusal {
        Refusal::Conflict { record, seen: context.seen, now: (self.sequence, self.actor.clone(), self.recorded) }
    }
}
