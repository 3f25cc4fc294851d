//! What the server stands on: the desk of the record, the keep beside it, and caches that can be thrown away.

use std::collections::BTreeMap;
use std::hash::Hash as StdHash;
use std::sync::{Arc, Mutex, PoisonError};

use calendar::Date;
use diagnostic::{Problem, Report, Words};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use journal::{Hash, Moment, Store};
use operation::deadline::Rhythms;
use operation::product::Revision;
use operation::{Desk, Past, Point, Refusal, Snapshot};
use plan::{Folder, Plan};

use crate::keep::Keep;
use crate::limits::Limits;

/// How a house is furnished.
pub struct Furnishing {
    /// The desk, open.
    pub desk: Desk,
    /// What is kept beside the record.
    pub keep: Keep,
    /// Opens the journal to read, one more time.
    pub reader: Box<dyn Fn() -> Result<Box<dyn Store>, Problem> + Send + Sync>,
    /// Signs the heads of the day, if that has not been done.
    pub sign_daily: Box<dyn Fn(&Desk) + Send + Sync>,
    /// Under which address people reach it, such as `https://rmp.example.jp`.
    pub address: String,
    /// Further names under which it answers, such as `localhost:8080`.
    pub hosts: Vec<String>,
    /// Whether everything in it is invented: said on every page, print and export.
    pub simulated: bool,
    /// What the person who set it up sees of it: where it stands, its backup.
    pub place: Place,
    /// The clock.
    pub clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
}

/// Where the record stands, for administrators.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The folder.
    pub folder: std::path::PathBuf,
    /// `SQLite` or `PostgreSQL`.
    pub store: &'static str,
    /// The program with its version.
    pub program: String,
}

/// What pages are made from.
pub struct House {
    /// Where commands are decided and recorded.
    pub desk: Desk,
    /// Credentials and sessions.
    pub keep: Keep,
    /// What people may ask for how often.
    pub limits: Limits,
    /// The address of the house.
    pub address: String,
    /// Names under which it answers.
    pub hosts: Vec<String>,
    /// Whether everything in it is invented.
    pub simulated: bool,
    /// Where the record stands.
    pub place: Place,
    /// Since when it runs.
    pub began: Timestamp,
    clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
    reader: Box<dyn Fn() -> Result<Box<dyn Store>, Problem> + Send + Sync>,
    sign_daily: Box<dyn Fn(&Desk) + Send + Sync>,
    signed: Mutex<Option<Date>>,
    past: Past,
    watcher: Mutex<Option<Box<dyn Store>>>,
    plans: Cache<(Hash, Date), Arc<Compiled>>,
    rhythms: Cache<String, Arc<Rhythms>>,
    /// What is due, by the content of the plan, the day and the rhythms.
    pub(crate) dues: Cache<(Hash, Date, String), Arc<crate::record::due::Found>>,
    /// Where in the chains what stands.
    pub(crate) places: crate::record::places::Places,
    /// What plans say of their surveys, by their content and the activity.
    pub(crate) designs: Cache<(Hash, String), Option<Arc<survey::Design>>>,
    /// The counts of surveys, by product and activity: they follow what is sent.
    pub(crate) counts: crate::record::counts::Counts,
    /// The differences of two plans, by their content.
    pub(crate) differences: Cache<(Hash, Hash), Arc<plan::difference::Difference>>,
    /// Rendered documents, by what they are made of.
    pub documents: Cache<String, Arc<crate::record::documents::Rendered>>,
}

impl std::fmt::Debug for House {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("House").field("address", &self.address).finish_non_exhaustive()
    }
}

/// A plan as it was recorded, read and checked.
#[derive(Debug)]
pub struct Compiled {
    /// Its source.
    pub folder: Folder,
    /// What it states.
    pub plan: Plan,
    /// What the check found.
    pub report: Report,
}

impl House {
    /// A house with its furniture.
    #[must_use]
    pub fn new(furnishing: Furnishing) -> Self {
        let Furnishing { desk, keep, reader, sign_daily, address, hosts, simulated, place, clock } = furnishing;
        let began = clock();
        Self {
            desk,
            keep,
            limits: Limits::default(),
            address,
            hosts,
            simulated,
            place,
            began,
            clock,
            reader,
            sign_daily,
            signed: Mutex::default(),
            past: Past::default(),
            watcher: Mutex::default(),
            plans: Cache::new(160),
            rhythms: Cache::new(4),
            dues: Cache::new(160),
            places: crate::record::places::Places::default(),
            designs: Cache::new(160),
            counts: crate::record::counts::Counts::default(),
            differences: Cache::new(512),
            documents: Cache::new(32),
        }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The zone in which days are told.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        TimeZone::system()
    }

    /// The day.
    #[must_use]
    pub fn today(&self) -> Date {
        self.now().to_zoned(self.zone()).date()
    }

    /// Opens the journal to read, apart from everybody else.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn reader(&self) -> Result<Box<dyn Store>, Problem> {
        (self.reader)()
    }

    /// Signs the heads as the day before left them, when something is recorded on a new day.
    pub fn sign_daily(&self) {
        let today = self.today();
        let mut signed = self.signed.lock().unwrap_or_else(PoisonError::into_inner);
        if *signed != Some(today) {
            *signed = Some(today);
            (self.sign_daily)(&self.desk);
        }
    }

    /// The state at a point of time; that of now if nothing limits it. Where one product is asked for, the others are not looked at.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn state(&self, point: Point, product: Option<&str>) -> Result<Snapshot, Problem> {
        if point == Point::default() {
            return Ok(self.desk.snapshot());
        }
        let mut store = self.reader()?;
        Ok(match product {
            Some(product) => self.past.of_product(&mut *store, product, point)?,
            None => self.past.at(&mut *store, point)?,
        })
    }

    /// Whether another program recorded something that is not known here yet.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn is_behind(&self) -> Result<bool, Problem> {
        let mut watcher = self.watcher.lock().unwrap_or_else(PoisonError::into_inner);
        let store = match &mut *watcher {
            Some(store) => store,
            empty => empty.insert(self.reader()?),
        };
        let known = self.desk.snapshot();
        let heads = store.heads()?;
        Ok(heads.iter().any(|head| match &head.chain {
            journal::Chain::Organisation => head.sequence > known.organisation.sequence,
            journal::Chain::Product(id) => head.sequence > known.products.get(id).map_or(0, |product| product.sequence),
            journal::Chain::Reads => false,
        }))
    }

    /// What a revision says of the survey of an activity, if anything.
    ///
    /// # Errors
    /// The plan cannot be read.
    pub fn design(&self, number: u32, revision: &Revision, activity: &str, day: Date) -> Result<Option<Arc<survey::Design>>, Problem> {
        self.designs.get(&(revision.content, activity.to_owned()), || {
            let plan = self.compiled(number, revision, day)?;
            Ok(survey::Design::of(&plan.plan, activity).map(Arc::new))
        })
    }

    /// The plan of a revision, as it is judged on a day.
    ///
    /// # Errors
    /// The journal cannot be read, or a file of the revision was erased.
    pub fn compiled(&self, number: u32, revision: &Revision, day: Date) -> Result<Arc<Compiled>, Problem> {
        self.plans.get(&(revision.content, day), || {
            let folder = self.files(number, revision)?;
            let check = plan::check::check_on_its_day(&folder, day);
            Ok(Arc::new(Compiled { folder, plan: check.plan, report: check.report }))
        })
    }

    /// The files of a revision.
    ///
    /// # Errors
    /// The journal cannot be read, or a file was erased.
    pub fn files(&self, number: u32, revision: &Revision) -> Result<Folder, Problem> {
        files(number, revision, &mut |address| self.desk.blob(address))
    }

    /// The rhythms that hold: those of the program, over them what the organisation states.
    ///
    /// # Errors
    /// What the organisation states has a mistake.
    pub fn rhythms(&self, stated: &str) -> Result<Arc<Rhythms>, Problem> {
        self.rhythms.get(&stated.to_owned(), || {
            if stated.is_empty() {
                return Ok(Arc::new(Rhythms::standard()));
            }
            Rhythms::standard().laid_over(stated).map(Arc::new).map_err(|mistake| Problem::new(mistake.what, mistake.hint))
        })
    }

    /// The moment of now.
    #[must_use]
    pub fn moment(&self) -> Moment {
        Moment::of(self.now())
    }
}

/// The files of a revision, all of them.
///
/// # Errors
/// The journal cannot be read, or a file is no longer in it.
pub fn files(
    number: u32,
    revision: &Revision,
    blob: &mut dyn FnMut(Hash) -> Result<Option<journal::Blob>, journal::Failure>,
) -> Result<Folder, Problem> {
    let mut folder = Folder::new();
    for file in &revision.files {
        let Some(blob) = blob(file.address)? else {
            let path = &file.path;
            return Err(Problem::new(
                Words::new(
                    format!("改訂{number}の {path} の内容が記録にありません"),
                    format!("the content of {path} in revision {number} is not in the record"),
                ),
                Words::new(
                    "消去されたか、損なわれています。`mimamori verify` で確かめてください",
                    "it was erased or damaged: look with `mimamori verify`",
                ),
            ));
        };
        folder.insert(file.path.clone(), blob.bytes);
    }
    Ok(folder)
}

/// That a product has no revision of that number.
#[must_use]
pub fn no_revision(number: u32) -> Problem {
    Refusal::Unknown(Words::new(format!("改訂{number}"), format!("revision {number}"))).into()
}

/// What was made last, by what it was made of. The one used longest ago gives way.
#[derive(Debug)]
pub struct Cache<K, V> {
    most: usize,
    kept: Mutex<Kept<K, V>>,
}

#[derive(Debug)]
struct Kept<K, V> {
    uses: u64,
    values: BTreeMap<K, (u64, V)>,
}

impl<K: Ord + Clone + StdHash, V: Clone> Cache<K, V> {
    /// An empty one for so many values.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { most, kept: Mutex::new(Kept { uses: 0, values: BTreeMap::new() }) }
    }

    /// The value of a key, made if it is not there. Two who ask at once may both make it; one of them stays.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn get<E>(&self, key: &K, make: impl FnOnce() -> Result<V, E>) -> Result<V, E> {
        self.get_if(key, |_| true, make)
    }

    /// The value of a key, made anew if it is not there or does not hold any more.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn get_if<E>(&self, key: &K, holds: impl FnOnce(&V) -> bool, make: impl FnOnce() -> Result<V, E>) -> Result<V, E> {
        let found = {
            let mut kept = self.lock();
            kept.uses += 1;
            let now = kept.uses;
            kept.values.get_mut(key).map(|(used, value)| {
                *used = now;
                value.clone()
            })
        };
        if let Some(value) = found.filter(holds) {
            return Ok(value);
        }
        let value = make()?;
        let mut kept = self.lock();
        let now = kept.uses;
        kept.values.insert(key.clone(), (now, value.clone()));
        if kept.values.len() > self.most
            && let Some(oldest) = kept.values.iter().min_by_key(|(_, (used, _))| *used).map(|(key, _)| key.clone())
        {
            kept.values.remove(&oldest);
        }
        Ok(value)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept<K, V>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
