use diagnostic::Words;
use journal::{Entry, Moment};
use serde::{Deserialize, Serialize};

use crate::context::Context;
use crate::refusal::{Conflict, Refusal};

/// The last entry about a record: which, by whom, when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
        let entry = |sequence: u64| match sequence {
            0 => Words::new("何もない状態", "nothing"),
            _ => Words::new(format!("記録{sequence}番"), format!("entry {sequence}")),
        };
        Err(self.changed(record(), entry(context.seen), entry(self.sequence)))
    }

    /// That it has changed since: what the person saw, and what stands.
    pub(crate) fn changed(&self, record: Words, seen: Words, now: Words) -> Refusal {
        Refusal::Conflict(Box::new(Conflict { record, seen, now, by: (self.actor.clone(), self.recorded) }))
    }
}
