//! Where commands of many people meet one store.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Mutex, MutexGuard, PoisonError};

use diagnostic::{Problem, Words};
use imbl::OrdMap;
use journal::{Blob, Cause, Chain, ClockSetBack, Draft, Entry, Failure, Hash, Head, Store, Trouble, Writer, seal};
use serde::{Deserialize, Serialize};

use crate::command_key::CommandKey;
use crate::context::Context;
use crate::fold::{fold, read_on};
use crate::organisation::{self, Organisation};
use crate::product::{self, Product};
use crate::refusal::Refusal;

/// How often a command is decided anew because others were recorded meanwhile.
const ATTEMPTS: usize = 16;

/// Decides commands one after another and has them recorded together.
///
/// A command is decided on everything decided before it, recorded or on its way; its answer comes when it is durable. Whoever reads sees
/// only what is.
#[derive(Debug)]
pub struct Desk {
    writer: Writer,
    shared: Mutex<Shared>,
}

/// Everything that follows from the journal at one moment. Copies share their memory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The organisation.
    pub organisation: Organisation,
    /// Its products.
    pub products: OrdMap<String, Product>,
}

impl Snapshot {
    /// Folds one more entry, of whichever chain.
    ///
    /// # Errors
    /// If the entry cannot be read.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), crate::Unreadable> {
        match &entry.draft.chain {
            Chain::Organisation => self.organisation.apply(entry),
            Chain::Product(id) => self.products.entry(id.clone()).or_default().apply(entry),
            Chain::Reads => Ok(()),
        }
    }

    /// The part that follows from one chain.
    pub(crate) fn only(&self, chain: &Chain) -> Self {
        let mut part = Self::default();
        part.take(chain, self);
        part
    }

    /// Without the commands that led to it.
    pub(crate) fn forget_commands(&mut self) {
        self.organisation.commands = OrdMap::new();
        for id in self.products.keys().cloned().collect::<Vec<_>>() {
            if let Some(product) = self.products.get_mut(&id) {
                product.commands = OrdMap::new();
            }
        }
    }

    /// How many entries it follows from.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.places().into_iter().map(|(_, sequence)| sequence).sum()
    }

    /// The place of the last entry folded, of every chain that has any.
    pub(crate) fn places(&self) -> Vec<(Chain, u64)> {
        let products = self.products.iter().map(|(id, product)| (Chain::Product(id.clone()), product.sequence));
        std::iter::once((Chain::Organisation, self.organisation.sequence)).chain(products).filter(|(_, sequence)| *sequence > 0).collect()
    }

    fn sequence(&self, chain: &Chain) -> u64 {
        match chain {
            Chain::Organisation => self.organisation.sequence,
            Chain::Product(id) => self.products.get(id).map_or(0, |product| product.sequence),
            Chain::Reads => 0,
        }
    }

    /// Where the entries of a command begin, if it was recorded before.
    fn recorded(&self, chain: &Chain, command: &str) -> Option<u64> {
        match chain {
            Chain::Organisation => self.organisation.commands.get(&CommandKey::of(command)).copied(),
            Chain::Product(id) => self.products.get(id)?.commands.get(&CommandKey::of(command)).copied(),
            Chain::Reads => None,
        }
    }

    /// Takes over one chain from a later snapshot.
    fn take(&mut self, chain: &Chain, from: &Self) {
        if from.sequence(chain) <= self.sequence(chain) {
            return;
        }
        match chain {
            Chain::Organisation => self.organisation = from.organisation.clone(),
            Chain::Product(id) => {
                if let Some(product) = from.products.get(id) {
                    self.products.insert(id.clone(), product.clone());
                }
            }
            Chain::Reads => {}
        }
    }
}

/// Why a command was not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undone {
    /// It may not be, or does not fit.
    Refused(Refusal),
    /// The store failed; the failure says what is certain.
    Failed(Failure),
}

impl From<Undone> for Problem {
    fn from(undone: Undone) -> Self {
        match undone {
            Undone::Refused(refusal) => refusal.into(),
            Undone::Failed(failure) => failure.into(),
        }
    }
}

struct Shared {
    reader: Box<dyn Store>,
    /// What is decided, recorded or on its way.
    live: Snapshot,
    heads: BTreeMap<Chain, Head>,
    /// What is recorded.
    durable: Snapshot,
    stale: bool,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Shared").field("stale", &self.stale).finish_non_exhaustive()
    }
}

type Decided = Result<(Vec<Draft>, Vec<Blob>), Refusal>;

impl Desk {
    /// A desk on a store, through one connection to write and one to read; `from` is a state known to be recorded, or the empty one.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn open(writer: Box<dyn Store>, reader: Box<dyn Store>, from: Snapshot) -> Result<Self, Failure> {
        let shared = Shared { reader, live: Snapshot::default(), heads: BTreeMap::new(), durable: from, stale: true };
        let desk = Self { writer: Writer::new(writer), shared: Mutex::new(shared) };
        desk.lock().refresh()?;
        Ok(desk)
    }

    /// What is recorded.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.lock().durable.clone()
    }

    /// Takes up what others have recorded on the same store.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn follow(&self) -> Result<(), Failure> {
        let mut shared = self.lock();
        shared.stale = true;
        shared.refresh()
    }

    /// Whether somebody may do something that is no command, such as take a backup. A refusal is noted.
    ///
    /// # Errors
    /// [`Undone::Refused`].
    pub fn allowed(&self, action: access::Action, about: &access::Subject<'_>, context: &Context) -> Result<access::Role, Undone> {
        let organisation = self.lock().durable.organisation.clone();
        organisation.role_for(&context.actor, action, about).map_err(|refusal| {
            self.note("refused", &Problem::from(refusal.clone()).message, context);
            Undone::Refused(refusal)
        })
    }

    /// The blob at an address.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn blob(&self, address: Hash) -> Result<Option<Blob>, Failure> {
        self.lock().reader.blob(address)
    }

    /// Carries out a command of the organisation.
    ///
    /// # Errors
    /// If it is refused or the store fails.
    pub fn organisation(&self, command: &organisation::Command, context: &Context) -> Result<Vec<Entry>, Undone> {
        self.run(&Chain::Organisation, context, |state, _| {
            organisation::handle(&state.organisation, command.clone(), context).map(|drafts| (drafts, Vec::new()))
        })
    }

    /// Carries out a command of a product.
    ///
    /// # Errors
    /// If it is refused or the store fails.
    pub fn product(&self, id: &str, command: &product::Command, context: &Context) -> Result<Vec<Entry>, Undone> {
        self.run(&Chain::Product(id.to_owned()), context, |state, organisation| {
            if !organisation.products.contains_key(id) {
                return Err(Refusal::Unknown(Words::new(format!("製品「{id}」"), format!("product “{id}”"))));
            }
            let product = state.products.get(id).cloned().unwrap_or_default();
            product::handle(id, &product, organisation, command.clone(), context)
        })
    }

    /// Notes in the chain of reads that somebody read, took out, was refused or signed in, in Japanese and English. Nobody waits for it.
    pub fn note(&self, kind: &str, what: &Words, context: &Context) {
        let body = BTreeMap::from([("ja", &what.ja), ("en", &what.en)]);
        if let Ok(draft) = Draft::new(Chain::Reads, context.now, &context.actor, "", kind, 1, &body) {
            drop(self.writer.append(vec![Draft { zone: context.zone.clone(), reason: context.reason.clone(), ..draft }], Vec::new(), None));
        }
    }

    /// `decide` sees what is decided, and the organisation as it is recorded: a role on its way opens no door.
    fn run(&self, chain: &Chain, context: &Context, decide: impl Fn(&Snapshot, &Organisation) -> Decided) -> Result<Vec<Entry>, Undone> {
        for _ in 0..ATTEMPTS {
            let mut shared = self.lock();
            shared.refresh().map_err(Undone::Failed)?;
            if let Some(first) = shared.live.recorded(chain, &context.command) {
                drop(shared);
                // what was sent twice may be on its way still
                let _ = self.writer.append(Vec::new(), Vec::new(), None).wait();
                match self.lock().entries_of(chain, first, &context.command).map_err(Undone::Failed)? {
                    entries if entries.is_empty() => continue,
                    // a key answers for the command it came with, and for no other
                    entries if entries.iter().all(|entry| entry.draft.actor == context.actor) => return Ok(entries),
                    _ => return Err(Undone::Refused(Refusal::Exists(Words::new("この鍵の操作", "a command with this key")))),
                }
            }
            let (drafts, blobs) = match decide(&shared.live, &shared.durable.organisation) {
                Ok(decided) => decided,
                Err(_) if shared.behind(chain).map_err(Undone::Failed)? => {
                    shared.stale = true;
                    continue;
                }
                Err(refusal) => {
                    drop(shared);
                    self.note("refused", &Problem::from(refusal.clone()).message, context);
                    return Err(Undone::Refused(refusal));
                }
            };
            let after = shared.heads.get(chain).map_or(Hash::NONE, |head| head.hash);
            let ticket = match shared.expect(chain, &drafts) {
                Ok(()) => self.writer.append(drafts, blobs, Some(after)),
                Err(failure) => return Err(Undone::Failed(failure)),
            };
            let state = shared.live.clone();
            drop(shared);
            let answer = ticket.wait();
            let mut shared = self.lock();
            match answer {
                Ok(entries) => {
                    shared.durable.take(chain, &state);
                    return Ok(entries);
                }
                Err(failure) => {
                    shared.stale = true;
                    if !matches!(failure, Failure::Taken(_)) {
                        return Err(Undone::Failed(failure));
                    }
                }
            }
        }
        Err(Undone::Failed(Failure::Taken(chain.clone())))
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        // whoever panicked left the state between two entries: it is read again
        self.shared.lock().unwrap_or_else(|poisoned: PoisonError<_>| {
            let mut shared = poisoned.into_inner();
            shared.stale = true;
            shared
        })
    }
}

impl Shared {
    /// Reads what is recorded, if that is not certain to be known.
    fn refresh(&mut self) -> Result<(), Failure> {
        if !self.stale {
            return Ok(());
        }
        let heads = self.reader.heads()?;
        let known = self.durable.places().into_iter().collect();
        fold(&mut self.durable, |visit| read_on(&mut *self.reader, &known, visit))?;
        self.heads = heads.into_iter().map(|head| (head.chain.clone(), head)).collect();
        // more may have been recorded between the two looks; a command decided on older ground is told so and decided again
        self.live = self.durable.clone();
        self.stale = false;
        Ok(())
    }

    /// Whether others have recorded more than is known here, of a chain or of the organisation.
    fn behind(&mut self, chain: &Chain) -> Result<bool, Failure> {
        let known =
            |head: &Head| head.chain != *chain && head.chain != Chain::Organisation || head.sequence <= self.live.sequence(&head.chain);
        Ok(!self.reader.heads()?.iter().all(known))
    }

    /// Goes on as if the drafts were recorded already.
    fn expect(&mut self, chain: &Chain, drafts: &[Draft]) -> Result<(), Failure> {
        for draft in drafts {
            let head = self.heads.get(chain);
            let entry = seal(draft.clone(), head).map_err(|ClockSetBack { now, last }| Failure::ClockSetBack { now, last })?;
            self.live.apply(&entry).map_err(|problem| {
                self.stale = true;
                Failure::NotRecorded(Trouble { cause: Cause::Other, detail: format!("{} {}", problem.kind, problem.detail) })
            })?;
            self.heads.insert(chain.clone(), entry.head());
        }
        Ok(())
    }

    fn entries_of(&mut self, chain: &Chain, first: u64, command: &str) -> Result<Vec<Entry>, Failure> {
        let mut entries = Vec::new();
        self.reader.read(chain, first - 1, &mut |entry| {
            if entry.draft.command != command {
                return ControlFlow::Break(());
            }
            entries.push(entry);
            ControlFlow::Continue(())
        })?;
        Ok(entries)
    }
}
