//! From entries to state.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use journal::{Chain, Entry, Failure, Source, Store, Visit};

use crate::desk::Snapshot;

/// Folds what `read` gives into a state.
///
/// # Errors
/// If reading fails, or an entry cannot be read by this program; the state then follows from the entries before.
pub(crate) fn fold(state: &mut Snapshot, read: impl FnOnce(&mut Visit<'_, Entry>) -> Result<(), Failure>) -> Result<(), Failure> {
    let mut unreadable = None;
    read(&mut |entry| {
        if unreadable.is_none() {
            unreadable = state.apply(&entry).err().map(|problem| problem.at(&entry));
        }
        if unreadable.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    unreadable.map_or(Ok(()), Err)
}

/// Reads the entries of organisation and products after the places known, each chain in order, until `visit` has enough of a chain.
///
/// Where nothing is known, all is read in the order it was recorded, which is quicker than chain by chain.
///
/// # Errors
/// If the store cannot be read, or holds what is no entry.
pub(crate) fn read_on(store: &mut dyn Store, known: &BTreeMap<Chain, u64>, visit: &mut Visit<'_, Entry>) -> Result<(), Failure> {
    if known.is_empty() {
        return read_all(store, visit);
    }
    for head in store.heads()?.into_iter().filter(|head| head.chain != Chain::Reads) {
        let after = known.get(&head.chain).copied().unwrap_or(0);
        if after < head.sequence {
            store.read(&head.chain, after, visit)?;
        }
    }
    Ok(())
}

/// Reads all entries of organisation and products in the order they were recorded.
///
/// # Errors
/// If the source cannot be read, or holds what is no entry.
pub(crate) fn read_all(source: &mut dyn Source, visit: &mut Visit<'_, Entry>) -> Result<(), Failure> {
    let mut damage = None;
    source.scan(&mut |entry| match entry {
        Ok(entry) if entry.draft.chain == Chain::Reads => ControlFlow::Continue(()),
        Ok(entry) => {
            // enough of one chain is not enough of the others
            let _ = visit(entry);
            ControlFlow::Continue(())
        }
        Err(failure) => {
            damage = Some(failure);
            ControlFlow::Break(())
        }
    })?;
    damage.map_or(Ok(()), Err)
}
