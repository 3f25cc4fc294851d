//! From the columns of a table to an entry: what is not exactly what was written is damage.

use crate::chain::Chain;
use crate::entry::{Draft, Entry};
use crate::failure::Failure;
use crate::hash::Hash;

/// The columns of an entry, as a database gives them: nothing is copied that is only looked at.
pub(crate) struct Row<'a> {
    pub chain: &'a str,
    pub sequence: i64,
    pub recorded: &'a str,
    pub zone: &'a str,
    pub received: Option<&'a str>,
    pub actor: &'a str,
    pub role: &'a str,
    pub reason: Option<&'a str>,
    pub command: &'a str,
    pub kind: &'a str,
    pub version: i64,
    pub body: &'a str,
    pub blobs: &'a [u8],
    pub previous: &'a [u8],
    pub hash: &'a [u8],
}

impl Row<'_> {
    pub(crate) fn entry(self) -> Result<Entry, Failure> {
        let place = || format!("{} {}", self.chain, self.sequence);
        let damaged = |part: &str| Failure::Damaged { place: place(), part: part.into() };
        let hash = |bytes: &[u8], part| bytes.try_into().map(Hash).map_err(|_| damaged(part));
        let chain = self.chain.parse::<Chain>().map_err(|_| damaged("chain"))?;
        let received = match self.received {
            None => None,
            // a day that is written otherwise than it is read would pass the hash
            Some(text) => match text.parse::<jiff::civil::Date>() {
                Ok(day) if day.to_string() == text => Some(day),
                _ => return Err(damaged("received")),
            },
        };
        if !self.blobs.len().is_multiple_of(32) {
            return Err(damaged("blobs"));
        }
        Ok(Entry {
            sequence: u64::try_from(self.sequence).map_err(|_| damaged("sequence"))?,
            previous: hash(self.previous, "previous")?,
            hash: hash(self.hash, "hash")?,
            draft: Draft {
                recorded: self.recorded.parse().map_err(|_| damaged("recorded"))?,
                version: u32::try_from(self.version).map_err(|_| damaged("version"))?,
                blobs: self.blobs.chunks_exact(32).map(|bytes| hash(bytes, "blobs")).collect::<Result<_, _>>()?,
                chain,
                received,
                zone: self.zone.to_owned(),
                actor: self.actor.to_owned(),
                role: self.role.to_owned(),
                reason: self.reason.map(str::to_owned),
                command: self.command.to_owned(),
                kind: self.kind.to_owned(),
                body: self.body.to_owned(),
            },
        })
    }
}

/// The addresses of an entry's blobs, one after another.
pub(crate) fn addresses(entry: &Entry) -> Vec<u8> {
    entry.draft.blobs.iter().flat_map(|address| address.0).collect()
}
