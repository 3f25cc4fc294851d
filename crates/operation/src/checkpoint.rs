use std::collections::BTreeMap;
use std::ops::ControlFlow;

use journal::{Chain, Failure, Hash, Head, HeadLine, Source};

use crate::desk::Snapshot;
use crate::fold::{fold, read_all};

/// The format of a checkpoint. It is raised whenever the state holds something else than before, or follows from the entries in another
/// way; a test compares a kept one.
const FORMAT: u32 = 8;
const MARK: &[u8] = b"mimamori checkpoint ";

/// A copy of the state at some heads, which spares reading every entry at the start.
///
/// It can be thrown away at any time: whatever is not exactly a checkpoint of this format, of this journal, counts as none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checkpoint {
    pub(crate) state: Snapshot,
    pub(crate) heads: BTreeMap<Chain, Head>,
}

impl Checkpoint {
    /// The checkpoint of a state that is recorded in this journal.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn of(state: Snapshot, source: &mut dyn Source) -> Result<Self, Failure> {
        let mut heads = BTreeMap::new();
        for (chain, sequence) in state.places() {
            if let Some(head) = head_at(source, &chain, sequence)? {
                heads.insert(chain, head);
            }
        }
        Ok(Self { state, heads })
    }

    /// The bytes to keep: a mark, the format, the SHA-256 of the rest, the heads, the state.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let heads: Vec<_> = self.heads.values().map(HeadLine::of).collect();
        let rest = postcard::to_allocvec(&(heads, &self.state)).unwrap_or_default();
        [MARK, &FORMAT.to_le_bytes(), &Hash::of(&[&rest]).0, &rest].concat()
    }

    /// The checkpoint that these bytes are, if its heads stand in this journal.
    #[must_use]
    pub fn read(bytes: &[u8], source: &mut dyn Source) -> Option<Self> {
        let rest = bytes.strip_prefix(MARK)?.strip_prefix(&FORMAT.to_le_bytes())?;
        let (hash, rest) = rest.split_at_checked(32)?;
        if Hash::of(&[rest]).0 != hash {
            return None;
        }
        let (lines, state): (Vec<HeadLine>, Snapshot) = postcard::from_bytes(rest).ok()?;
        let heads: BTreeMap<_, _> = lines.iter().map(|line| Some((line.head()?.chain, line.head()?))).collect::<Option<_>>()?;
        let stands = |(chain, sequence): (Chain, u64)| match (heads.get(&chain), head_at(source, &chain, sequence)) {
            (Some(held), Ok(Some(found))) => *held == found,
            _ => false,
        };
        (state.places().len() == heads.len() && state.places().into_iter().all(stands)).then_some(Self { state, heads })
    }

    /// Whether the state is what follows from the entries up to the heads, all of them read again.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn holds(&self, source: &mut dyn Source) -> Result<bool, Failure> {
        let mut state = Snapshot::default();
        if self.heads.is_empty() {
            return Ok(self.state == state);
        }
        fold(&mut state, |visit| {
            read_all(source, &mut |entry| match self.heads.get(&entry.draft.chain) {
                Some(head) if entry.sequence <= head.sequence => visit(entry),
                _ => ControlFlow::Continue(()),
            })
        })?;
        Ok(state == self.state)
    }

    /// The state.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.state.clone()
    }
}

/// The entry at a place, as a head.
fn head_at(source: &mut dyn Source, chain: &Chain, sequence: u64) -> Result<Option<Head>, Failure> {
    let mut head = None;
    source.read(chain, sequence.saturating_sub(1), &mut |entry| {
        head = (entry.sequence == sequence).then(|| entry.head());
        ControlFlow::Break(())
    })?;
    Ok(head)
}
