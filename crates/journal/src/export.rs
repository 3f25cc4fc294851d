//! A journal as files that anybody can check without us: one JSON object a line, and the blobs by address.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Error, ErrorKind, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::blob::Blob;
use crate::canonical::canonical;
use crate::chain::Chain;
use crate::copy::Copied;
use crate::entry::{Draft, Entry};
use crate::failure::{Cause, Failure, Trouble};
use crate::hash::Hash;
use crate::store::{Erasure, OwnCheck, Source, Visit, Work};

/// The folder of the chains.
const CHAINS: &str = "chains";
/// The folder of the blobs: salt and bytes, so that the SHA-256 of a file is its name.
const BLOBS: &str = "blobs";
/// The list of blobs erased.
const ERASURES: &str = "erasures.jsonl";

/// Writes everything into a folder that is new or empty.
///
/// # Errors
/// If the source cannot be read, is damaged, or the files cannot be written; what is half written is for the caller to throw away.
pub fn export(from: &mut dyn Source, folder: &Path, step: &mut dyn FnMut(Copied) -> ControlFlow<()>) -> Result<Copied, Failure> {
    let mut copied = Copied::default();
    from.at_one_moment(&mut |from| {
        for part in [CHAINS, BLOBS] {
            fs::create_dir_all(folder.join(part)).map_err(not_written)?;
        }
        let (mut files, mut failure): (BTreeMap<Chain, BufWriter<File>>, _) = (BTreeMap::new(), None);
        from.scan(&mut |entry| {
            let result = entry.and_then(|entry| {
                let chain = &entry.draft.chain;
                if !files.contains_key(chain) {
                    let file = File::create(folder.join(CHAINS).join(name(chain))).map_err(not_written)?;
                    files.insert(chain.clone(), BufWriter::new(file));
                }
                if let Some(file) = files.get_mut(chain) {
                    writeln!(file, "{}", entry.line()).map_err(not_written)?;
                }
                copied.entries += 1;
                Ok(())
            });
            stop(result, &mut failure, copied, step)
        })?;
        failure.take().map_or(Ok(()), Err)?;
        for file in files.into_values() {
            file.into_inner().map_err(|error| not_written(error.into_error()))?.sync_all().map_err(not_written)?;
        }
        from.blobs(&mut |blob| {
            let result = blob.and_then(|(address, blob)| {
                copied.blobs += 1;
                fs::write(folder.join(BLOBS).join(address.to_string()), [&blob.salt[..], &blob.bytes].concat()).map_err(not_written)
            });
            stop(result, &mut failure, copied, step)
        })?;
        failure.take().map_or(Ok(()), Err)?;
        let mut erasures = String::new();
        for erasure in from.erasures()? {
            let Erasure { address, chain, sequence } = erasure;
            erasures.push_str(&format!("{{\"address\":\"{address}\",\"chain\":\"{chain}\",\"sequence\":{sequence}}}\n"));
        }
        fs::write(folder.join(ERASURES), erasures).map_err(not_written)
    })?;
    Ok(copied)
}

/// The file of a chain.
fn name(chain: &Chain) -> String {
    format!("{}.jsonl", chain.to_string().replace('/', "."))
}

fn not_written(error: Error) -> Failure {
    let cause = match error.kind() {
        ErrorKind::StorageFull => Cause::Full,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Cause::ReadOnly,
        _ => Cause::Other,
    };
    Failure::NotRecorded(Trouble { cause, detail: error.to_string() })
}

fn stop(
    result: Result<(), Failure>,
    failure: &mut Option<Failure>,
    copied: Copied,
    step: &mut dyn FnMut(Copied) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let result = result.and_then(|()| {
        let interrupted = || Failure::NotRecorded(Trouble { cause: Cause::Other, detail: "interrupted".into() });
        if (copied.entries + copied.blobs).is_multiple_of(4096) && step(copied).is_break() { Err(interrupted()) } else { Ok(()) }
    });
    match result {
        Ok(()) => ControlFlow::Continue(()),
        Err(stopped) => {
            *failure = Some(stopped);
            ControlFlow::Break(())
        }
    }
}

/// An export, to be read and verified.
#[derive(Debug)]
pub struct Exported {
    folder: PathBuf,
}

/// The line of an export.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    actor: String,
    blobs: Vec<Hash>,
    body: serde_json::Value,
    chain: String,
    command: String,
    hash: Hash,
    kind: String,
    previous: Hash,
    reason: Option<String>,
    received: Option<String>,
    recorded: String,
    role: String,
    sequence: u64,
    version: u32,
    zone: String,
}

impl Exported {
    /// The export in a folder.
    ///
    /// # Errors
    /// If there is none.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        if !folder.join(CHAINS).is_dir() {
            return Err(Failure::NotAJournal(folder.display().to_string()));
        }
        Ok(Self { folder: folder.to_owned() })
    }

    fn files(&self, part: &str) -> Result<Vec<PathBuf>, Failure> {
        let read = || -> Result<Vec<_>, Error> { fs::read_dir(self.folder.join(part))?.map(|entry| Ok(entry?.path())).collect() };
        let mut files = read().map_err(unreadable)?;
        files.sort();
        Ok(files)
    }
}

fn unreadable(error: Error) -> Failure {
    not_written(error).while_reading()
}

/// An entry from its line: it must be the line that would be written for it, byte for byte.
fn entry(text: &str, place: impl Fn() -> String) -> Result<Entry, Failure> {
    let damaged = |part: &str| Failure::Damaged { place: place(), part: part.into() };
    let line: Line = serde_json::from_str(text).map_err(|error| damaged(&error.to_string()))?;
    let entry = Entry {
        sequence: line.sequence,
        previous: line.previous,
        hash: line.hash,
        draft: Draft {
            chain: line.chain.parse().map_err(|_| damaged("chain"))?,
            recorded: line.recorded.parse().map_err(|_| damaged("recorded"))?,
            zone: line.zone,
            received: line.received.map(|day| day.parse().map_err(|_| damaged("received"))).transpose()?,
            actor: line.actor,
            role: line.role,
            reason: line.reason,
            command: line.command,
            kind: line.kind,
            version: line.version,
            body: canonical(&line.body).map_err(|_| damaged("body"))?,
            blobs: line.blobs,
        },
    };
    if entry.line() == text { Ok(entry) } else { Err(damaged("line")) }
}

/// Reads the file of one chain: whether `visit` broke off.
fn entries(path: &Path, visit: &mut Visit<'_, Result<Entry, Failure>>) -> Result<ControlFlow<()>, Failure> {
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut lines = BufReader::new(File::open(path).map_err(unreadable)?);
    let (mut number, mut line) = (0, Vec::new());
    loop {
        number += 1;
        line.clear();
        if lines.read_until(b'\n', &mut line).map_err(unreadable)? == 0 {
            return Ok(ControlFlow::Continue(()));
        }
        let place = || format!("{file}:{number}");
        let result = match line.strip_suffix(b"\n").map(str::from_utf8) {
            Some(Ok(text)) => entry(text, place).and_then(|entry| {
                if name(&entry.draft.chain) == file { Ok(entry) } else { Err(Failure::Damaged { place: place(), part: "chain".into() }) }
            }),
            Some(Err(_)) => Err(Failure::Damaged { place: place(), part: "UTF-8".into() }),
            None => Err(Failure::Damaged { place: place(), part: "end".into() }),
        };
        if visit(result).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
}

impl Source for Exported {
    fn scan(&mut self, visit: &mut Visit<'_, Result<Entry, Failure>>) -> Result<(), Failure> {
        for path in self.files(CHAINS)? {
            if entries(&path, visit)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn read(&mut self, chain: &Chain, after: u64, visit: &mut Visit<'_, Entry>) -> Result<(), Failure> {
        let path = self.folder.join(CHAINS).join(name(chain));
        if !path.exists() {
            return Ok(());
        }
        let mut damage = None;
        let _ = entries(&path, &mut |entry| match entry {
            Ok(entry) if entry.sequence <= after => ControlFlow::Continue(()),
            Ok(entry) => visit(entry),
            Err(failure) => {
                damage = Some(failure);
                ControlFlow::Break(())
            }
        })?;
        damage.map_or(Ok(()), Err)
    }

    fn blobs(&mut self, visit: &mut Visit<'_, Result<(Hash, Blob), Failure>>) -> Result<(), Failure> {
        for path in self.files(BLOBS)? {
            let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let mut bytes = fs::read(&path).map_err(unreadable)?;
            let damaged = |part: &str| Failure::Damaged { place: format!("blob {file}"), part: part.into() };
            let result = match (file.parse::<Hash>(), bytes.len() >= 32) {
                (Err(_), _) => Err(damaged("address")),
                (_, false) => Err(damaged("salt")),
                (Ok(address), true) => {
                    let rest = bytes.split_off(32);
                    bytes.try_into().map(|salt| (address, Blob { salt, bytes: rest })).map_err(|_| damaged("salt"))
                }
            };
            if visit(result).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn erasures(&mut self) -> Result<Vec<Erasure>, Failure> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Line {
            address: Hash,
            chain: String,
            sequence: u64,
        }
        let text = fs::read_to_string(self.folder.join(ERASURES)).map_err(unreadable)?;
        let erasure = |(index, line): (usize, &str)| {
            let damaged = || Failure::Damaged { place: format!("{ERASURES}:{}", index + 1), part: "line".into() };
            let Line { address, chain, sequence } = serde_json::from_str(line).map_err(|_| damaged())?;
            Ok(Erasure { address, chain: chain.parse().map_err(|_| damaged())?, sequence })
        };
        text.lines().enumerate().map(erasure).collect()
    }

    fn own_check(&mut self) -> OwnCheck {
        Box::new(|| Ok(Vec::new()))
    }

    fn at_one_moment(&mut self, work: &mut Work<'_>) -> Result<(), Failure> {
        work(self)
    }
}
