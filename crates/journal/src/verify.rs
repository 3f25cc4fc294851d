use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::sync::mpsc::sync_channel;

use diagnostic::Words;

use crate::chain::Chain;
use crate::entry::{Entry, Head};
use crate::failure::Failure;
use crate::hash::Hash;
use crate::store::{ERASED, Erasure, Source};

/// What was looked at, and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// The last entry of each chain, by name. Every entry up to it was recomputed.
    pub heads: Vec<Head>,
    /// How many entries were recomputed.
    pub entries: u64,
    /// How many blobs were recomputed, and their bytes.
    pub blobs: u64,
    /// The bytes of the blobs.
    pub bytes: u64,
    /// How many blobs are gone by a recorded erasure.
    pub erased: u64,
    /// How many heads held by somebody were compared.
    pub held: u64,
    /// What does not hold, in the order it was met. Empty: the record is whole.
    pub damage: Vec<Damage>,
}

/// Something that does not hold, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Where: chain and sequence, or the address of a blob.
    pub place: String,
    /// What does not hold.
    pub what: Words,
}

/// Recomputes every chain and every blob; each head in `held`, which somebody keeps outside, must stand where it stood.
///
/// An end that was cut off leaves a shorter chain that holds in itself: only a head held outside shows it.
///
/// `step` hears how many entries and blobs were done, now and then, and may break off.
///
/// # Errors
/// If the source cannot be read at all. Damage is no error: it is told in the result.
pub fn verify(source: &mut dyn Source, held: &[Head], step: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Result<Verified, Failure> {
    let mut verified = Verified::default();
    source.at_one_moment(&mut |source| {
        verified = Work::default().run(source, held, step)?;
        Ok(())
    })?;
    Ok(verified)
}

/// How many entries are hashed at once.
const BATCH: usize = 512;
/// How many batches are read ahead of what is judged.
const AHEAD: usize = 8;

type Scanned = Result<Entry, Failure>;
type HeldAt<'a> = BTreeMap<(Chain, u64), Vec<&'a Head>>;
type Step<'a> = dyn FnMut(u64, u64) -> ControlFlow<()> + 'a;

#[derive(Default)]
struct Work {
    verified: Verified,
    heads: BTreeMap<Chain, Head>,
    /// Where each address is first spoken of.
    spoken: BTreeMap<Hash, String>,
    /// The entries that order an erasure, and of what.
    ordered: BTreeSet<Erasure>,
}

impl Work {
    fn run(
        mut self,
        source: &mut dyn Source,
        held: &[Head],
        step: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Verified, Failure> {
        let mut held_at = HeldAt::new();
        for head in held {
            held_at.entry((head.chain.clone(), head.sequence)).or_default().push(head);
        }
        let own_check = source.own_check();
        self.entries(source, &mut held_at, step)?;
        for ((chain, sequence), _) in held_at {
            let last = self.heads.get(&chain).map_or(0, |head| head.sequence);
            self.found(
                format!("{chain} {sequence}"),
                format!("控えの先頭値の位置に記録がありません。連鎖は{last}番で終わっています"),
                format!("a head held outside stands here, but the chain ends at {last}"),
            );
        }
        self.blobs(source, step)?;
        for words in own_check()? {
            let (ja, en) = (format!("データベースの検査：{}", words.ja), format!("the database's own check: {}", words.en));
            self.found("database".into(), ja, en);
        }
        self.verified.heads = self.heads.into_values().collect();
        Ok(self.verified)
    }

    /// Reads on this thread and hashes on another: each takes about as long.
    fn entries(&mut self, source: &mut dyn Source, held_at: &mut HeldAt<'_>, step: &mut Step<'_>) -> Result<(), Failure> {
        std::thread::scope(|scope| {
            let (send, batches) = sync_channel::<Vec<Scanned>>(AHEAD);
            let (hashed, receive) = sync_channel(AHEAD);
            scope.spawn(move || {
                let mut scratch = String::with_capacity(4096);
                for batch in batches {
                    let hash = |entry: &Scanned| entry.as_ref().ok().map(|entry| entry.compute_hash(&mut scratch));
                    let hashes: Vec<_> = batch.iter().map(hash).collect();
                    if hashed.send((batch, hashes)).is_err() {
                        return;
                    }
                }
            });
            let (mut batch, mut away) = (Vec::with_capacity(BATCH), 0);
            // some batches are hashed while the next is read; entries are judged in the order they come
            let mut judge = |work: &mut Self| {
                let (entries, hashes) = receive.recv().unwrap_or_default();
                for (entry, hash) in entries.into_iter().zip(hashes) {
                    work.entry(entry, hash, held_at);
                }
            };
            let mut going_on = ControlFlow::Continue(());
            source.scan(&mut |entry| {
                batch.push(entry);
                if batch.len() == BATCH {
                    if away == AHEAD {
                        judge(self);
                        away -= 1;
                    }
                    let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
                    away += usize::from(send.send(full).is_ok());
                    going_on = step(self.verified.entries, 0);
                }
                going_on
            })?;
            for _ in 0..away {
                judge(self);
            }
            if send.send(batch).is_ok() {
                judge(self);
            }
            Ok(())
        })
    }

    /// Judges one entry by its hash computed anew, which an entry that cannot be read does not have.
    fn entry(&mut self, entry: Scanned, hash: Option<Hash>, held_at: &mut HeldAt<'_>) {
        self.verified.entries += 1;
        let entry = match entry {
            Ok(entry) => entry,
            Err(failure) => return self.unreadable(failure),
        };
        let chain = &entry.draft.chain;
        let place = || format!("{chain} {}", entry.sequence);
        let mut found = Vec::new();
        if hash != Some(entry.hash) {
            found.push(("内容が記録時のハッシュと一致しません", "the content is not what was recorded: its hash differs".to_owned()));
        }
        let (expected, previous) = self.heads.get(chain).map_or((1, Hash::NONE), |head| (head.sequence + 1, head.hash));
        if entry.sequence != expected {
            found.push(("前の番号の記録がありません", format!("entry {expected} is missing before it")));
        } else if entry.previous != previous {
            found.push(("直前の記録とつながりません", "it does not follow the entry before: that one or the link was changed".to_owned()));
        }
        if !held_at.is_empty()
            && let Some(heads) = held_at.remove(&(chain.clone(), entry.sequence))
        {
            self.verified.held += heads.len() as u64;
            if heads.iter().any(|head| head.hash != entry.hash) {
                found.push(("控えの先頭値と一致しません", "a head held outside says otherwise".to_owned()));
            }
        }
        for address in &entry.draft.blobs {
            self.spoken.entry(*address).or_insert_with(place);
        }
        if entry.draft.kind == ERASED {
            let order = |address: &Hash| Erasure { address: *address, chain: chain.clone(), sequence: entry.sequence };
            self.ordered.extend(entry.draft.blobs.iter().map(order));
        }
        let where_ = (!found.is_empty()).then(place);
        match self.heads.get_mut(chain) {
            Some(head) => (head.sequence, head.recorded, head.hash) = (entry.sequence, entry.draft.recorded, entry.hash),
            None => _ = self.heads.insert(chain.clone(), entry.head()),
        }
        for (ja, en) in found {
            self.found(where_.clone().unwrap_or_default(), ja.into(), en);
        }
    }

    fn blobs(&mut self, source: &mut dyn Source, step: &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Result<(), Failure> {
        let mut kept = HashSet::new();
        source.blobs(&mut |blob| {
            self.verified.blobs += 1;
            match blob {
                Ok((address, blob)) => {
                    self.verified.bytes += blob.bytes.len() as u64;
                    kept.insert(address);
                    if blob.address() != address {
                        let place = self.blob_place(address);
                        self.found(place, "内容が記録時のハッシュと一致しません".into(), "the bytes are not those that were kept".into());
                    }
                }
                Err(failure) => self.unreadable(failure),
            }
            step(self.verified.entries, self.verified.blobs)
        })?;
        let erasures = source.erasures()?;
        let erased: BTreeSet<_> = erasures.iter().map(|erasure| erasure.address).collect();
        self.verified.erased = erased.len() as u64;
        for erasure in &erasures {
            if !self.ordered.contains(erasure) {
                let place = self.blob_place(erasure.address);
                self.found(place, "消去の根拠となる記録がありません".into(), "no entry orders its erasure".into());
            }
        }
        let missing: Vec<_> =
            self.spoken.keys().filter(|address| !kept.contains(*address) && !erased.contains(*address)).copied().collect();
        for address in missing {
            let place = self.blob_place(address);
            self.found(place, "記録が指す内容がありません".into(), "an entry speaks of it, but it is not there".into());
        }
        Ok(())
    }

    /// The address of a blob and where it is spoken of.
    fn blob_place(&self, address: Hash) -> String {
        self.spoken.get(&address).map_or_else(|| format!("blob {address}"), |place| format!("blob {address} ({place})"))
    }

    fn unreadable(&mut self, failure: Failure) {
        match failure {
            Failure::Damaged { place, part } => {
                self.found(place, format!("「{part}」が読めません"), format!("`{part}` cannot be read"));
            }
            other => {
                let problem = diagnostic::Problem::from(other);
                self.verified.damage.push(Damage { place: String::new(), what: problem.message });
            }
        }
    }

    fn found(&mut self, place: String, ja: String, en: String) {
        self.verified.damage.push(Damage { place, what: Words::new(ja, en) });
    }
}
