use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::canonical::{NotCanonical, canonical, string};
use crate::chain::Chain;
use crate::hash::Hash;
use crate::moment::Moment;

/// What is to be recorded, before it has its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The chain it belongs to.
    pub chain: Chain,
    /// When, by the clock of who records.
    pub recorded: Moment,
    /// The zone of the person, such as `Asia/Tokyo` or `+09:00`; the time itself is UTC.
    pub zone: String,
    /// The day the content was received, where that is not the day it is recorded: the second axis of time. `YYYY-MM-DD`.
    pub received: Option<jiff::civil::Date>,
    /// Who.
    pub actor: String,
    /// In which role.
    pub role: String,
    /// Why.
    pub reason: Option<String>,
    /// The idempotency key of the command that led to the entry.
    pub command: String,
    /// What kind of entry: decides how the body is read. A kind is never used for something else.
    pub kind: String,
    /// The version of the kind's body.
    pub version: u32,
    /// The content, canonical JSON.
    pub body: String,
    /// The addresses of the blobs the content speaks of.
    pub blobs: Vec<Hash>,
}

impl Draft {
    /// A draft with the content given, by a person whose clock is UTC, without reason, command and blobs.
    ///
    /// # Errors
    /// If the content has no canonical text.
    pub fn new<T: Serialize + ?Sized>(
        chain: Chain,
        recorded: Moment,
        actor: &str,
        role: &str,
        kind: &str,
        version: u32,
        body: &T,
    ) -> Result<Self, NotCanonical> {
        Ok(Self {
            chain,
            recorded,
            zone: "UTC".into(),
            received: None,
            actor: actor.into(),
            role: role.into(),
            reason: None,
            command: String::new(),
            kind: kind.into(),
            version,
            body: canonical(body)?,
            blobs: Vec::new(),
        })
    }

    /// The part that holds the character U+0000, which not every store can keep. In a body it is escaped.
    pub(crate) fn with_nul(&self) -> Option<&'static str> {
        let parts = [
            ("zone", Some(&self.zone)),
            ("actor", Some(&self.actor)),
            ("role", Some(&self.role)),
            ("reason", self.reason.as_ref()),
            ("command", Some(&self.command)),
            ("kind", Some(&self.kind)),
            ("body", Some(&self.body)),
        ];
        parts.into_iter().find(|(_, text)| text.is_some_and(|text| text.contains('\0'))).map(|(part, _)| part)
    }
}

/// What is recorded: a draft with its place, its predecessor's hash and its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The content and its circumstances.
    pub draft: Draft,
    /// The place in the chain, from 1.
    pub sequence: u64,
    /// The hash of the entry before, [`Hash::NONE`] for the first.
    pub previous: Hash,
    /// The hash of [`Entry::canonical`].
    pub hash: Hash,
}

impl Entry {
    /// The text the hash is of: one JSON object with sorted keys that holds everything but the hash itself.
    ///
    /// Anybody can recompute it with a JSON library and SHA-256; `previous` makes the chain.
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut text = String::with_capacity(self.draft.body.len() + 512);
        self.write(&mut text, false);
        text
    }

    /// The line of an export: [`Entry::canonical`] with `hash` among its keys.
    #[must_use]
    pub fn line(&self) -> String {
        let mut text = String::with_capacity(self.draft.body.len() + 600);
        self.write(&mut text, true);
        text
    }

    pub(crate) fn compute_hash(&self, scratch: &mut String) -> Hash {
        scratch.clear();
        self.write(scratch, false);
        Hash::of(&[scratch.as_bytes()])
    }

    fn write(&self, into: &mut String, with_hash: bool) {
        use std::fmt::Write as _;
        let draft = &self.draft;
        let optional = |value: Option<&str>, into: &mut String| match value {
            Some(value) => string(value, into),
            None => into.push_str("null"),
        };
        into.push_str("{\"actor\":");
        string(&draft.actor, into);
        into.push_str(",\"blobs\":[");
        for (index, address) in draft.blobs.iter().enumerate() {
            into.push_str(if index > 0 { ",\"" } else { "\"" });
            address.write(into);
            into.push('"');
        }
        into.push_str("],\"body\":");
        into.push_str(&draft.body);
        let _ = write!(into, ",\"chain\":\"{}\",\"command\":", draft.chain);
        string(&draft.command, into);
        if with_hash {
            into.push_str(",\"hash\":\"");
            self.hash.write(into);
            into.push('"');
        }
        into.push_str(",\"kind\":");
        string(&draft.kind, into);
        into.push_str(",\"previous\":\"");
        self.previous.write(into);
        into.push_str("\",\"reason\":");
        optional(draft.reason.as_deref(), into);
        into.push_str(",\"received\":");
        match draft.received {
            Some(day) => _ = write!(into, "\"{day}\""),
            None => into.push_str("null"),
        }
        let _ = write!(into, ",\"recorded\":\"{}\",\"role\":", draft.recorded);
        string(&draft.role, into);
        let _ = write!(into, ",\"sequence\":{},\"version\":{},\"zone\":", self.sequence, draft.version);
        string(&draft.zone, into);
        into.push('}');
    }

    /// The content, read as a type.
    ///
    /// # Errors
    /// If it is of another shape.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&self.draft.body)
    }

    /// The place and hash of this entry.
    #[must_use]
    pub fn head(&self) -> Head {
        Head { chain: self.draft.chain.clone(), sequence: self.sequence, recorded: self.draft.recorded, hash: self.hash }
    }
}

/// The last entry of a chain: whoever holds it can hold us to everything before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The chain.
    pub chain: Chain,
    /// The place of the entry.
    pub sequence: u64,
    /// When it was recorded.
    pub recorded: Moment,
    /// Its hash.
    pub hash: Hash,
}

/// By how much clocks of people who work at once may differ, in seconds, before it is said that a clock was set back.
pub const CLOCK_TOLERANCE: i64 = 2;

/// The clock stands before the last entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockSetBack {
    /// What the clock says.
    pub now: Moment,
    /// When the last entry was recorded.
    pub last: Moment,
}

/// Gives a draft its place after `head`, the last entry of its chain or nothing.
///
/// Times in a chain never run backwards: a draft from a clock that is late by less than [`CLOCK_TOLERANCE`] gets the time of the entry
/// before.
///
/// # Errors
/// If the clock stands further back.
pub fn seal(mut draft: Draft, head: Option<&Head>) -> Result<Entry, ClockSetBack> {
    if let Some(head) = head.filter(|head| draft.recorded < head.recorded) {
        if draft.recorded.timestamp().duration_until(head.recorded.timestamp()).as_secs() >= CLOCK_TOLERANCE {
            return Err(ClockSetBack { now: draft.recorded, last: head.recorded });
        }
        draft.recorded = head.recorded;
    }
    let mut entry = Entry {
        draft,
        sequence: head.map_or(1, |head| head.sequence + 1),
        previous: head.map_or(Hash::NONE, |head| head.hash),
        hash: Hash::NONE,
    };
    entry.hash = entry.compute_hash(&mut String::with_capacity(1024));
    Ok(entry)
}
