use std::ops::ControlFlow;

use diagnostic::Words;

use crate::blob::Blob;
use crate::chain::Chain;
use crate::entry::{Entry, Head};
use crate::failure::Failure;
use crate::hash::Hash;

/// The newest format of a store that this program knows; an older store is brought up when it is opened.
pub const FORMAT: i64 = 1;

/// The kind of an entry that orders the erasure of the blobs it names.
pub const ERASED: &str = "blob-erased";

/// What can be read of a journal, from a store or from an export.
pub trait Source {
    /// Reads the entries of all chains, each in order, until `visit` breaks off. What is no entry comes as a failure and reading goes on.
    ///
    /// # Errors
    /// If the source cannot be read.
    fn scan(&mut self, visit: &mut Visit<'_, Result<Entry, Failure>>) -> Result<(), Failure>;

    /// Reads the entries of a chain after a place, in order, until `visit` breaks off.
    ///
    /// # Errors
    /// If the source cannot be read, or holds what is no entry.
    fn read(&mut self, chain: &Chain, after: u64, visit: &mut Visit<'_, Entry>) -> Result<(), Failure>;

    /// Reads every blob with the address it stands at.
    ///
    /// # Errors
    /// If the source cannot be read.
    fn blobs(&mut self, visit: &mut Visit<'_, Result<(Hash, Blob), Failure>>) -> Result<(), Failure>;

    /// The blobs erased, each with the entry that says so.
    ///
    /// # Errors
    /// If the source cannot be read.
    fn erasures(&mut self) -> Result<Vec<Erasure>, Failure>;

    /// Begins the medium's own check, which may run beside other reading.
    fn own_check(&mut self) -> OwnCheck;

    /// Reads several things as they stood at one moment, while others go on writing.
    ///
    /// # Errors
    /// If the source cannot be read, or the work fails.
    fn at_one_moment(&mut self, work: &mut Work<'_>) -> Result<(), Failure>;
}

/// Where entries and blobs are kept.
///
/// A store keeps what it is given; places, times and hashes are made by [`seal`](crate::seal) and judged by [`verify`](crate::verify).
/// It refuses to change or delete, by its own means and whoever asks.
pub trait Store: Source + Send {
    /// The last entry of every chain that has any, by name.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn heads(&mut self) -> Result<Vec<Head>, Failure>;

    /// Records all the entries and blobs, durably, or nothing. A blob that is kept already is not kept twice.
    ///
    /// # Errors
    /// [`Failure::Taken`] if a place is taken, [`Failure::Uncertain`] if only looking can tell; else nothing was recorded.
    fn append(&mut self, entries: &[Entry], blobs: &[Blob]) -> Result<(), Failure>;

    /// The blob at an address; nothing if it was erased or never kept.
    ///
    /// # Errors
    /// If the store cannot be read, or the bytes are not those of the address.
    fn blob(&mut self, address: Hash) -> Result<Option<Blob>, Failure>;

    /// Erases a blob and its salt for good, because an entry that is recorded says so: one of the kind [`ERASED`] that names the blob.
    ///
    /// # Errors
    /// If there is no such entry or the store fails; the blob is then still there.
    fn erase(&mut self, erasure: &Erasure) -> Result<(), Failure>;

    /// After [`Failure::Uncertain`]: connects anew, and says whether the entry is recorded, durably.
    ///
    /// # Errors
    /// If that cannot be found out yet.
    fn settle(&mut self, last: &Entry) -> Result<bool, Failure>;
}

/// A blob erased, and the entry that says so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Erasure {
    /// The address of the blob.
    pub address: Hash,
    /// The chain of the entry.
    pub chain: Chain,
    /// The place of the entry.
    pub sequence: u64,
}

/// Waits for the medium's own check: what it finds wrong.
pub type OwnCheck = Box<dyn FnOnce() -> Result<Vec<Words>, Failure>>;

/// Takes one item of what is read.
pub type Visit<'a, T> = dyn FnMut(T) -> ControlFlow<()> + 'a;

/// Reads several things of a source.
pub type Work<'a> = dyn FnMut(&mut dyn Source) -> Result<(), Failure> + 'a;
