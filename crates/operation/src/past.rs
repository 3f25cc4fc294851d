use std::ops::ControlFlow;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use journal::{Chain, Entry, Failure, Moment, Store};

use crate::desk::Snapshot;

/// A point on the two axes of time.
///
/// What was received before a data lock point may be recorded after it: the state *as received by* a day, *as recorded at* a moment, is
/// that of all entries recorded until the moment whose content had been received by the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// What was recorded until then; nothing limits it if absent.
    pub recorded: Option<Moment>,
    /// What had been received by that day; nothing limits it if absent.
    pub received: Option<Date>,
}

impl Point {
    /// Whether an entry belongs to the state at this point. Of what names no day of receipt, that is the day it was recorded where the
    /// person was.
    #[must_use]
    pub fn holds(&self, entry: &Entry) -> bool {
        self.recorded.is_none_or(|until| entry.draft.recorded <= until) && self.received.is_none_or(|by| received(entry) <= by)
    }
}

/// The day the content of an entry was received.
fn received(entry: &Entry) -> Date {
    let recorded = || {
        let zone = TimeZone::get(&entry.draft.zone).unwrap_or(TimeZone::UTC);
        entry.draft.recorded.timestamp().to_zoned(zone).date()
    };
    entry.draft.received.unwrap_or_else(recorded)
}

/// The state at a point of time, from the entries.
///
/// # Errors
/// If the store cannot be read, or holds an entry this program cannot read.
pub fn past(store: &mut dyn Store, point: Point) -> Result<Snapshot, Failure> {
    let mut state = Snapshot::default();
    let chains: Vec<_> = store.heads()?.into_iter().map(|head| head.chain).filter(|chain| *chain != Chain::Reads).collect();
    for chain in chains {
        let mut unreadable = None;
        store.read(&chain, 0, &mut |entry| {
            if !point.holds(&entry) {
                return ControlFlow::Continue(());
            }
            if let Err(problem) = state.apply(&entry) {
                unreadable = Some(problem.at(&entry));
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        })?;
        unreadable.map_or(Ok(()), Err)?;
    }
    Ok(state)
}
