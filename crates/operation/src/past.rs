use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use journal::{Chain, Entry, Failure, Moment, Store};

use crate::checkpoint::Checkpoint;
use crate::desk::Snapshot;
use crate::fold::{fold, read_all};
use crate::product::{DATED, RECEIVED};

/// A point on the two axes of time.
///
/// What was received before a data lock point may be recorded after it: the state *as received by* a day, *as recorded at* a moment, is
/// that of all entries recorded until the moment, without those received after the day. What is handed in, answered, published or
/// met counts on the day that it names. People, roles and plans are not received: for them there is the first axis alone.
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

/// What names the day on which it happened.
#[derive(serde::Deserialize)]
struct Named {
    day: Date,
}

/// The day the content of an entry was received; of what is received and names no day, that it was recorded where the person was.
fn received(entry: &Entry) -> Option<Date> {
    let recorded = || {
        let zone = TimeZone::get(&entry.draft.zone).unwrap_or(TimeZone::UTC);
        entry.draft.recorded.timestamp().to_zoned(zone).date()
    };
    let kind = entry.draft.kind.as_str();
    let named = || entry.body::<Named>().ok().map(|named| named.day);
    entry
        .draft
        .received
        .or_else(|| DATED.contains(&kind).then(named).flatten())
        .or_else(|| RECEIVED.contains(&entry.draft.kind.as_str()).then(recorded))
}

/// Looks back, and keeps at hand what it has seen: of every chain a state now and then along the way, from which the next look goes on.
/// They share their memory with each other.
///
/// What it gives holds no [commands](crate::product::Product::commands): nobody records in the past, and they share no memory.
#[derive(Debug)]
pub struct Past {
    /// The step of a chain of which there is no mark yet.
    step: u64,
    chains: Mutex<BTreeMap<Chain, Arc<Kept>>>,
}

/// What is kept of a chain.
#[derive(Debug)]
struct Kept {
    marks: Mutex<Marks>,
    /// Held while it is read where no mark is yet, so that many who look at once read it once.
    reading: Mutex<()>,
}

impl Default for Past {
    fn default() -> Self {
        Self::every(STEP)
    }
}

/// States along one chain.
#[derive(Debug)]
struct Marks {
    /// So many entries lie between two of them at least.
    step: u64,
    /// In order.
    marks: Vec<Mark>,
}

/// A state along a chain: of this chain alone, and of all its entries up to a place.
#[derive(Clone, Debug, Default)]
struct Mark {
    /// The place of the last entry.
    read: u64,
    /// When it was recorded; within a chain time never runs backwards.
    until: Option<Moment>,
    /// The last day on which any of them was received; nothing is known of it where the state comes from elsewhere.
    received: Option<Latest>,
    state: Snapshot,
}

/// The last of some days; `None` if there are none.
type Latest = Option<Date>;

/// The entries between two marks, at first.
const STEP: u64 = 1000;
/// The marks of a chain at most; then every second one goes, and they lie further apart. About 100 kB each, where a plan has forty files.
const MARKS: usize = 128;

impl From<Checkpoint> for Past {
    fn from(checkpoint: Checkpoint) -> Self {
        let Checkpoint { mut state, heads } = checkpoint;
        state.forget_commands();
        let marks = heads.into_iter().map(|(chain, head)| {
            let mark = Mark { read: head.sequence, until: Some(head.recorded), received: None, state: state.only(&chain) };
            let marks = Mutex::new(Marks { step: step_of(&chain, STEP), marks: vec![mark] });
            (chain, Arc::new(Kept { marks, reading: Mutex::default() }))
        });
        Self { step: STEP, chains: Mutex::new(marks.collect()) }
    }
}

impl Past {
    /// Keeps a state every so many entries, until there are too many.
    #[must_use]
    pub fn every(entries: u64) -> Self {
        Self { step: entries.max(1), chains: Mutex::default() }
    }

    /// The state at a point of time.
    ///
    /// # Errors
    /// If the store cannot be read, or holds an entry this program cannot read.
    pub fn at(&self, store: &mut dyn Store, point: Point) -> Result<Snapshot, Failure> {
        let chains = store.heads()?.into_iter().map(|head| head.chain).filter(|chain| *chain != Chain::Reads);
        self.together(store, chains.collect(), point)
    }

    /// The state of the organisation and of one product at a point of time; of the other products nothing is read.
    ///
    /// # Errors
    /// As [`Past::at`].
    pub fn of_product(&self, store: &mut dyn Store, product: &str, point: Point) -> Result<Snapshot, Failure> {
        self.together(store, vec![Chain::Organisation, Chain::Product(product.to_owned())], point)
    }

    fn together(&self, store: &mut dyn Store, chains: Vec<Chain>, point: Point) -> Result<Snapshot, Failure> {
        let mut all = Snapshot::default();
        for chain in chains {
            let state = self.of_chain(store, &chain, point)?;
            match chain {
                Chain::Organisation => all.organisation = state.organisation,
                _ => all.products.extend(state.products),
            }
        }
        Ok(all)
    }

    /// The state of one chain, read from the nearest mark.
    fn of_chain(&self, store: &mut dyn Store, chain: &Chain, point: Point) -> Result<Snapshot, Failure> {
        let kept = self.kept(chain);
        let (mut at, step, last) = kept.nearest(point);
        // beyond the last mark the way may be long; between two of them it is short
        let _reading = last.then(|| locked(&kept.reading));
        if last {
            at = kept.nearest(point).0;
        }
        let mut passed = Vec::new();
        let mut unreadable = None;
        let after = at.read;
        store.read(chain, after, &mut |entry| {
            if point.recorded.is_some_and(|limit| entry.draft.recorded > limit) {
                return ControlFlow::Break(());
            }
            (at.read, at.until) = (entry.sequence, Some(entry.draft.recorded));
            at.received = at.received.map(|latest| latest.max(received(&entry)));
            if point.holds(&entry)
                && let Err(problem) = at.state.apply(&entry)
            {
                unreadable = Some(problem.at(&entry));
                return ControlFlow::Break(());
            }
            // only what all entries led to is a mark for others
            if point.received.is_none() && entry.sequence % step == 0 {
                at.state.forget_commands();
                passed.push(at.clone());
            }
            ControlFlow::Continue(())
        })?;
        unreadable.map_or(Ok(()), Err)?;
        kept.keep(passed);
        at.state.forget_commands();
        Ok(at.state)
    }

    fn kept(&self, chain: &Chain) -> Arc<Kept> {
        let step = step_of(chain, self.step);
        let new = || Arc::new(Kept { marks: Mutex::new(Marks { step, marks: Vec::new() }), reading: Mutex::default() });
        Arc::clone(locked(&self.chains).entry(chain.clone()).or_insert_with(new))
    }
}

/// The entries of the organisation are few, and those that sign heads are long.
fn step_of(chain: &Chain, step: u64) -> u64 {
    if *chain == Chain::Organisation { step.div_ceil(16) } else { step }
}

impl Kept {
    /// The last mark before a point, how far marks lie apart, and whether there is none after it.
    fn nearest(&self, point: Point) -> (Mark, u64, bool) {
        let Marks { step, marks } = &*locked(&self.marks);
        let fits = |mark: &Mark| {
            point.recorded.is_none_or(|limit| mark.until <= Some(limit))
                && point.received.is_none_or(|day| mark.received.is_some_and(|latest| latest.is_none_or(|latest| latest <= day)))
        };
        let found = marks.iter().rposition(fits);
        let last = found.is_none_or(|found| found + 1 == marks.len()) && point.received.is_none();
        (found.map_or_else(Mark::first, |found| marks[found].clone()), *step, last)
    }

    fn keep(&self, passed: Vec<Mark>) {
        let Marks { step, marks } = &mut *locked(&self.marks);
        for mark in passed {
            if let Err(place) = marks.binary_search_by_key(&mark.read, |known| known.read) {
                marks.insert(place, mark);
            }
        }
        while marks.len() > MARKS {
            *step *= 2;
            marks.retain(|mark| mark.read % *step == 0);
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // marks are put in whole, or not at all
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Mark {
    /// Before the first entry.
    fn first() -> Self {
        Self { received: Some(None), ..Self::default() }
    }
}

/// The state at a point of time, from the entries.
///
/// # Errors
/// If the store cannot be read, or holds an entry this program cannot read.
pub fn past(store: &mut dyn Store, point: Point) -> Result<Snapshot, Failure> {
    let mut state = Snapshot::default();
    fold(&mut state, |visit| read_all(store, &mut |entry| if point.holds(&entry) { visit(entry) } else { ControlFlow::Continue(()) }))?;
    Ok(state)
}
