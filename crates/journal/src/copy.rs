use std::ops::ControlFlow;

use crate::blob::Blob;
use crate::entry::Entry;
use crate::failure::{Cause, Failure, Trouble};
use crate::store::{Source, Store};

/// How many entries, and how many bytes of blobs, are copied with one sync.
const TOGETHER: usize = 8192;
const BYTES_TOGETHER: usize = 16 << 20;

/// What was copied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Entries.
    pub entries: u64,
    /// Blobs.
    pub blobs: u64,
}

/// Copies everything into an empty store, as it stands at one moment, while others go on writing: a backup, a restore, a move from one
/// database to another. Whether the copy is whole is for [`verify`](crate::verify) to say.
///
/// `step` hears how many entries and blobs were copied, now and then, and may break off; what is half copied is then for the caller to
/// throw away.
///
/// # Errors
/// If the source is damaged or cannot be read, or the copy cannot be written.
pub fn copy(from: &mut dyn Source, to: &mut dyn Store, step: &mut dyn FnMut(Copied) -> ControlFlow<()>) -> Result<Copied, Failure> {
    if !to.heads()?.is_empty() {
        return Err(not_recorded("the target is not empty"));
    }
    let mut copied = Copied::default();
    from.at_one_moment(&mut |from| {
        blobs(from, to, &mut copied, step)?;
        entries(from, to, &mut copied, step)?;
        for erasure in from.erasures()? {
            to.erase(&erasure)?;
        }
        Ok(())
    })?;
    Ok(copied)
}

fn entries(
    from: &mut dyn Source,
    to: &mut dyn Store,
    copied: &mut Copied,
    step: &mut dyn FnMut(Copied) -> ControlFlow<()>,
) -> Result<(), Failure> {
    let mut batch: Vec<Entry> = Vec::with_capacity(TOGETHER);
    let mut failure = None;
    from.scan(&mut |entry| {
        let result = entry.and_then(|entry| {
            batch.push(entry);
            if batch.len() < TOGETHER {
                return Ok(());
            }
            copied.entries += batch.len() as u64;
            to.append(&std::mem::take(&mut batch), &[])?;
            if step(*copied).is_break() { Err(not_recorded("interrupted")) } else { Ok(()) }
        });
        stop_at(result, &mut failure)
    })?;
    failure.map_or(Ok(()), Err)?;
    copied.entries += batch.len() as u64;
    to.append(&batch, &[])
}

fn blobs(
    from: &mut dyn Source,
    to: &mut dyn Store,
    copied: &mut Copied,
    step: &mut dyn FnMut(Copied) -> ControlFlow<()>,
) -> Result<(), Failure> {
    let (mut batch, mut bytes): (Vec<Blob>, usize) = (Vec::new(), 0);
    let mut failure = None;
    from.blobs(&mut |blob| {
        let result = blob.and_then(|(address, blob)| {
            if blob.address() != address {
                return Err(Failure::Damaged { place: format!("blob {address}"), part: "bytes".into() });
            }
            bytes += blob.bytes.len();
            batch.push(blob);
            if bytes < BYTES_TOGETHER {
                return Ok(());
            }
            copied.blobs += batch.len() as u64;
            bytes = 0;
            to.append(&[], &std::mem::take(&mut batch))?;
            if step(*copied).is_break() { Err(not_recorded("interrupted")) } else { Ok(()) }
        });
        stop_at(result, &mut failure)
    })?;
    failure.map_or(Ok(()), Err)?;
    copied.blobs += batch.len() as u64;
    to.append(&[], &batch)
}

fn stop_at(result: Result<(), Failure>, failure: &mut Option<Failure>) -> ControlFlow<()> {
    match result {
        Ok(()) => ControlFlow::Continue(()),
        Err(stopped) => {
            *failure = Some(stopped);
            ControlFlow::Break(())
        }
    }
}

fn not_recorded(detail: &str) -> Failure {
    Failure::NotRecorded(Trouble { cause: Cause::Other, detail: detail.into() })
}
