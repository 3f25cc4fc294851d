use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::blob::Blob;
use crate::chain::Chain;
use crate::entry::{ClockSetBack, Draft, Entry, Head, seal};
use crate::failure::{Cause, Failure, Trouble};
use crate::hash::Hash;
use crate::store::Store;

/// How many entries are made durable together at most.
const TOGETHER: usize = 4096;
/// How often and after which pauses it is looked whether something uncertain was recorded.
const LOOKS: [Duration; 4] = [Duration::ZERO, Duration::from_millis(50), Duration::from_millis(250), Duration::from_secs(1)];

/// How often another place is sought where other programs take the places.
const ATTEMPTS: usize = 64;

/// Appends for many people at once: whatever waits when the disk is free again is made durable with one sync.
///
/// Nobody is told before the sync; and nobody is told more than is certain.
#[derive(Debug)]
pub struct Writer {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

struct Job {
    drafts: Vec<Draft>,
    blobs: Vec<Blob>,
    after: Option<Hash>,
    answer: SyncSender<Result<Vec<Entry>, Failure>>,
}

/// What will be known when the entries are durable.
#[derive(Debug)]
pub struct Ticket(Receiver<Result<Vec<Entry>, Failure>>);

impl Ticket {
    /// Waits for the answer: the entries as they are recorded.
    ///
    /// # Errors
    /// As [`Store::append`], and [`Failure::ClockSetBack`].
    pub fn wait(self) -> Result<Vec<Entry>, Failure> {
        self.0.recv().unwrap_or_else(|_| Err(Failure::Uncertain(Trouble { cause: Cause::Other, detail: "the writer stopped".into() })))
    }
}

impl Writer {
    /// A writer to a store, which it alone writes to from now on, as far as this program is concerned.
    #[must_use]
    pub fn new(store: Box<dyn Store>) -> Self {
        let (jobs, waiting) = channel();
        let thread = std::thread::spawn(move || Loop { store, heads: BTreeMap::new(), stale: true, unsettled: None }.run(&waiting));
        Self { jobs: Some(jobs), thread: Some(thread) }
    }

    /// Hands in entries to be recorded together, in the order of the calls; all of one chain.
    ///
    /// `after` is the hash of the last entry of the chain that whoever decided had seen, [`Hash::NONE`] if there was none: if others were
    /// recorded meanwhile, or one before failed, the answer is [`Failure::Taken`] and nothing is recorded. `None` asks for no such thing.
    ///
    /// Without drafts the answer comes when everything handed in before is settled.
    #[must_use]
    pub fn append(&self, drafts: Vec<Draft>, blobs: Vec<Blob>, after: Option<Hash>) -> Ticket {
        let (answer, ticket) = sync_channel(1);
        if let Some(jobs) = &self.jobs {
            // if the thread is gone the answer is dropped with the job, and the ticket says so
            let _ = jobs.send(Job { drafts, blobs, after, answer });
        }
        Ticket(ticket)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Loop {
    store: Box<dyn Store>,
    heads: BTreeMap<Chain, Head>,
    /// True if the heads must be read before anything is given a place.
    stale: bool,
    /// The last entry of an append of which it is not certain whether it is recorded.
    unsettled: Option<Entry>,
}

impl Loop {
    fn run(mut self, waiting: &Receiver<Job>) {
        while let Ok(first) = waiting.recv() {
            let mut jobs = vec![first];
            let mut entries = jobs[0].drafts.len();
            while entries < TOGETHER {
                let Ok(job) = waiting.try_recv() else { break };
                entries += job.drafts.len();
                jobs.push(job);
            }
            self.together(jobs);
        }
    }

    fn together(&mut self, mut jobs: Vec<Job>) {
        for _ in 0..ATTEMPTS {
            jobs = self.attempt(jobs);
            if jobs.is_empty() {
                return;
            }
        }
        for job in jobs {
            let chain = job.drafts.first().map_or(Chain::Reads, |draft| draft.chain.clone());
            let _ = job.answer.send(Err(Failure::Taken(chain)));
        }
    }

    /// Appends what the jobs hand in, and answers. Hands back the jobs if another program took a place meanwhile: who decided on what
    /// stood before is then told, and who did not, as a note of a read, gets another place.
    fn attempt(&mut self, jobs: Vec<Job>) -> Vec<Job> {
        if let Err(failure) = self.refresh() {
            let failure = match failure {
                Failure::Unreadable(trouble) => Failure::NotRecorded(trouble),
                other => other,
            };
            for job in jobs {
                let _ = job.answer.send(Err(failure.clone()));
            }
            return Vec::new();
        }
        let (mut entries, mut blobs, mut answers) = (Vec::new(), Vec::new(), Vec::new());
        let mut heads = self.heads.clone();
        for job in jobs {
            match place(job.drafts, job.after, &mut heads) {
                Ok(placed) => {
                    answers.push((job.answer, job.after, placed.len(), job.blobs.len()));
                    entries.extend(placed);
                    blobs.extend(job.blobs);
                }
                Err(failure) => {
                    // who is refused may know of what another program recorded
                    self.stale |= matches!(failure, Failure::Taken(_));
                    let _ = job.answer.send(Err(failure));
                }
            }
        }
        if answers.is_empty() {
            return Vec::new();
        }
        let result = match self.store.append(&entries, &blobs) {
            Err(Failure::Uncertain(trouble)) => self.settle(entries.last(), trouble),
            result => result,
        };
        match result {
            Ok(()) => self.heads = heads,
            Err(_) => self.stale = true,
        }
        let (mut entries, mut blobs) = (entries.into_iter(), blobs.into_iter());
        let mut again = Vec::new();
        for (answer, after, placed, kept) in answers {
            let (placed, kept) = (entries.by_ref().take(placed).collect::<Vec<_>>(), blobs.by_ref().take(kept).collect());
            if matches!(result, Err(Failure::Taken(_))) {
                again.push(Job { drafts: placed.into_iter().map(|entry| entry.draft).collect(), blobs: kept, after, answer });
            } else {
                // who no longer waits needs no answer
                let _ = answer.send(result.clone().map(|()| placed));
            }
        }
        again
    }

    /// Looks whether an append was recorded, for as long as somebody may be kept waiting.
    fn settle(&mut self, last: Option<&Entry>, trouble: Trouble) -> Result<(), Failure> {
        let Some(last) = last else { return Ok(()) };
        for pause in LOOKS {
            std::thread::sleep(pause);
            match self.store.settle(last) {
                Ok(true) => return Ok(()),
                Ok(false) => return Err(Failure::NotRecorded(trouble)),
                Err(_) => {}
            }
        }
        self.unsettled = Some(last.clone());
        Err(Failure::Uncertain(trouble))
    }

    fn refresh(&mut self) -> Result<(), Failure> {
        if let Some(entry) = &self.unsettled {
            self.store.settle(entry)?;
            self.unsettled = None;
        }
        if self.stale {
            self.heads = self.store.heads()?.into_iter().map(|head| (head.chain.clone(), head)).collect();
            self.stale = false;
        }
        Ok(())
    }
}

/// Gives the drafts of one job their places after the heads, which move on; if one has none, nothing has moved.
fn place(drafts: Vec<Draft>, after: Option<Hash>, heads: &mut BTreeMap<Chain, Head>) -> Result<Vec<Entry>, Failure> {
    let Some(chain) = drafts.first().map(|draft| draft.chain.clone()) else { return Ok(Vec::new()) };
    let mut head = heads.get(&chain).cloned();
    if after.is_some_and(|after| after != head.as_ref().map_or(Hash::NONE, |head| head.hash)) {
        return Err(Failure::Taken(chain));
    }
    // refused here, whatever the store, so that only who sent it is refused, and a record can move from one store to another
    if let Some(part) = drafts.iter().find_map(Draft::with_nul) {
        return Err(Failure::nul(part));
    }
    let mut entries = Vec::with_capacity(drafts.len());
    for draft in drafts {
        debug_assert_eq!(draft.chain, chain, "a job is of one chain");
        let entry = seal(draft, head.as_ref()).map_err(|ClockSetBack { now, last }| Failure::ClockSetBack { now, last })?;
        head = Some(entry.head());
        entries.push(entry);
    }
    heads.extend(head.map(|head| (chain, head)));
    Ok(entries)
}
