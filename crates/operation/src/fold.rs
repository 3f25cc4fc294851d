//! From entries to state: reading takes about as long as folding, so they go side by side.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::mpsc::sync_channel;

use journal::{Chain, Entry, Failure, Source, Store, Visit};

use crate::desk::Snapshot;

/// How many entries are handed over at once.
const BATCH: usize = 1024;

/// Folds what `read` gives into a state.
///
/// # Errors
/// If reading fails, or an entry cannot be read by this program; the state then follows from the entries before.
pub(crate) fn fold(state: &mut Snapshot, read: impl FnOnce(&mut Visit<'_, Entry>) -> Result<(), Failure>) -> Result<(), Failure> {
    std::thread::scope(|scope| {
        let (send, batches) = sync_channel::<Vec<Entry>>(2);
        let (folded, receive) = sync_channel::<Vec<Entry>>(8);
        let folding = scope.spawn(move || {
            for batch in batches {
                for entry in &batch {
                    state.apply(entry).map_err(|problem| problem.at(entry))?;
                }
                // memory is given back where it was taken: anything else makes both threads wait for each other
                let _ = folded.try_send(batch);
            }
            Ok(())
        });
        let mut batch = Vec::with_capacity(BATCH);
        let reading = read(&mut |entry| {
            batch.push(entry);
            if batch.len() < BATCH {
                return ControlFlow::Continue(());
            }
            let mut next = receive.try_recv().unwrap_or_default();
            next.clear();
            // who folds is gone once it has met what it cannot read
            if send.send(std::mem::replace(&mut batch, next)).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        let _ = send.send(batch);
        drop(send);
        let folded = folding.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        reading.and(folded)
    })
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
