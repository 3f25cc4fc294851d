use std::collections::BTreeMap;
use std::ops::ControlFlow;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use journal::{Chain, Entry, Failure, Moment, Store};

use crate::checkpoint::Checkpoint;
use crate::desk::Snapshot;
use crate::fold::{fold, read_on};
use crate::product::RECEIVED;

/// A point on the two axes of time.
///
/// What was received before a data lock point may be recorded after it: the state *as received by* a day, *as recorded at* a moment, is
/// that of all entries recorded until the moment, without those received after the day. People, roles, plans and what
/// the organisation itself does are not received: for them there is the first axis alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// What was recorded until then; nothing limits it if absent.
    pub recorded: Option<Moment>,
    /// What had been received by that day; nothing limits it if absent.
    pub received: Option<Date>,
}

impl Point {
    /// Whether an entry belongs to the state at this point.
    #[must_use]
    pub fn holds(&self, entry: &Entry) -> bool {
        let by = |by| received(entry).is_none_or(|day| day <= by);
        self.recorded.is_none_or(|until| entry.draft.recorded <= until) && self.received.is_none_or(by)
    }
}

/// The day the content of an entry was received; of what is received and names no day, that it was recorded where the person was.
fn received(entry: &Entry) -> Option<Date> {
    let recorded = || {
        let zone = TimeZone::get(&entry.draft.zone).unwrap_or(TimeZone::UTC);
        entry.draft.recorded.timestamp().to_zoned(zone).date()
    };
    entry.draft.received.or_else(|| RECEIVED.contains(&entry.draft.kind.as_str()).then(recorded))
}

/// Looks back, and keeps at hand what it has seen.
#[derive(Debug, Default)]
pub struct Past {
    /// The one used last stands last.
    kept: Vec<Kept>,
}

/// A state, and how far the entries were read for it.
#[derive(Clone, Debug, Default)]
struct Kept {
    received: Option<Date>,
    /// When the last of the entries was recorded.
    until: Option<Moment>,
    read: BTreeMap<Chain, u64>,
    state: Snapshot,
}

/// How many entries the states kept may follow from in all: that bounds their memory, to about 300 MB.
const KEPT: u64 = 2_000_000;

impl From<Checkpoint> for Past {
    fn from(checkpoint: Checkpoint) -> Self {
        let Checkpoint { state, heads } = checkpoint;
        let until = heads.values().map(|head| head.recorded).max();
        let read = heads.into_iter().map(|(chain, head)| (chain, head.sequence)).collect();
        Self { kept: vec![Kept { received: None, until, read, state }] }
    }
}

impl Past {
    /// The state at a point of time, from the nearest state before it that is at hand.
    ///
    /// # Errors
    /// If the store cannot be read, or holds an entry this program cannot read.
    pub fn at(&mut self, store: &mut dyn Store, point: Point) -> Result<Snapshot, Failure> {
        let fits = |kept: &Kept| kept.received == point.received && point.recorded.is_none_or(|limit| kept.until <= Some(limit));
        let nearest = (0..self.kept.len()).filter(|index| fits(&self.kept[*index])).max_by_key(|index| self.kept[*index].entries());
        let mut at = nearest.map_or_else(Kept::default, |index| self.kept[index].clone());
        at.received = point.received;
        let known = at.entries();
        at.read_on(store, point)?;
        let state = at.state.clone();
        if let Some(index) = nearest.filter(|_| at.entries() == known) {
            self.kept[index..].rotate_left(1);
        } else {
            self.kept.push(at);
        }
        while self.kept.len() > 1 && self.kept.iter().map(Kept::entries).sum::<u64>() > KEPT {
            self.kept.remove(0);
        }
        Ok(state)
    }
}

impl Kept {
    fn entries(&self) -> u64 {
        self.read.values().sum()
    }

    fn read_on(&mut self, store: &mut dyn Store, point: Point) -> Result<(), Failure> {
        let Self { until, read, state, .. } = self;
        let known = read.clone();
        fold(state, |visit| {
            read_on(store, &known, &mut |entry| {
                // within a chain, time never runs backwards
                if point.recorded.is_some_and(|limit| entry.draft.recorded > limit) {
                    return ControlFlow::Break(());
                }
                match read.get_mut(&entry.draft.chain) {
                    Some(last) => *last = entry.sequence,
                    None => _ = read.insert(entry.draft.chain.clone(), entry.sequence),
                }
                if !point.holds(&entry) {
                    return ControlFlow::Continue(());
                }
                *until = (*until).max(Some(entry.draft.recorded));
                visit(entry)
            })
        })
    }
}

/// The state at a point of time, from the entries.
///
/// # Errors
/// If the store cannot be read, or holds an entry this program cannot read.
pub fn past(store: &mut dyn Store, point: Point) -> Result<Snapshot, Failure> {
    Past::default().at(store, point)
}
