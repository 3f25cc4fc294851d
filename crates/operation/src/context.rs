use diagnostic::Words;
use journal::{Blob, Chain, Draft, Moment};

use crate::event::Body;
use crate::refusal::Refusal;

/// How long ago, in seconds, a person may have proved who they are for a signature to count as made by them: long enough to read what is
/// signed once more, short enough that nobody else sits down meanwhile. 21 CFR 11.200(a)(1) asks for the proof at each signing.
pub const FRESH: i64 = 300;

/// Who asks for something, when, why, and what they had seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The idempotency key of the command: the same command sent twice is recorded once.
    pub command: String,
    /// The person.
    pub actor: String,
    /// The clock.
    pub now: Moment,
    /// The zone of the person.
    pub zone: String,
    /// Why.
    pub reason: Option<String>,
    /// The day what is recorded was received, where that is not today.
    pub received: Option<jiff::civil::Date>,
    /// The place in the chain of the last entry about the record that the person had before their eyes; 0 if there was none.
    pub seen: u64,
    /// When the person last proved who they are, with everything that takes.
    pub authenticated: Option<Moment>,
    /// Salts for what is kept as blobs, as many as there are files.
    pub salts: Vec<[u8; 32]>,
}

impl Context {
    /// A draft of an entry in this context.
    pub(crate) fn draft<E: Body>(&self, chain: Chain, role: &str, event: &E) -> Result<Draft, Refusal> {
        let (kind, version) = event.kind();
        Ok(Draft {
            chain,
            recorded: self.now,
            zone: self.zone.clone(),
            received: self.received,
            actor: self.actor.clone(),
            role: role.to_owned(),
            reason: self.reason.clone(),
            command: self.command.clone(),
            kind: kind.to_owned(),
            version,
            body: event.body().map_err(|what| Refusal::NotRecordable(format!("{what:?}")))?,
            blobs: Vec::new(),
        })
    }

    /// The reason, which a person must give where something is changed that was recorded before.
    pub(crate) fn reason(&self) -> Result<&str, Refusal> {
        self.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty()).ok_or(Refusal::NoReason)
    }

    /// The day, where the person is.
    pub(crate) fn today(&self) -> jiff::civil::Date {
        let zone = jiff::tz::TimeZone::get(&self.zone).unwrap_or(jiff::tz::TimeZone::UTC);
        self.now.timestamp().to_zoned(zone).date()
    }

    /// That a day has come, where the person is.
    pub(crate) fn come(&self, day: jiff::civil::Date) -> Result<(), Refusal> {
        let today = self.today();
        if day <= today {
            return Ok(());
        }
        Err(Refusal::Unfit(
            Words::new(format!("{day} はまだ来ていません（今日は {today}）"), format!("{day} has not come yet (today is {today})")),
            Words::new("起きたことだけを記録できます。日付を確かめてください", "only what has happened is recorded: check the date"),
        ))
    }

    /// That the person has just proved who they are.
    pub(crate) fn fresh(&self) -> Result<(), Refusal> {
        let age = |at: Moment| at.timestamp().duration_until(self.now.timestamp()).as_secs();
        if self.authenticated.map(age).is_some_and(|age| (0..=FRESH).contains(&age)) { Ok(()) } else { Err(Refusal::NotAuthenticated) }
    }

    /// A blob of the bytes, with the salt of that number.
    pub(crate) fn blob(&self, number: usize, bytes: Vec<u8>) -> Result<Blob, Refusal> {
        let salt = self.salts.get(number).copied().ok_or_else(|| Refusal::NotRecordable("a salt is missing".into()))?;
        Ok(Blob { salt, bytes })
    }
}
