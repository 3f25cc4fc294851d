//! Sessions: who is signed in, since when, and where. A session ends after half an hour of silence and after twelve hours in any case.
//!
//! A browser holds a random token in a cookie; here its SHA-256 alone is kept, so that who reads the keep cannot act for anybody.

use diagnostic::Problem;
use jiff::{SignedDuration, Timestamp};
use journal::{Hash, Moment};
use serde::{Deserialize, Serialize};

use crate::chance;
use crate::keep::Keep;

const KIND: &str = "session";
/// A session that is not used for so long is over.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// A session is over after so long.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// How exactly it is kept when a session was used last: a write for every page would cost more than it tells.
const EXACTLY: SignedDuration = SignedDuration::from_secs(60);
/// Sessions of one person at a time; the oldest gives way.
const MOST: usize = 10;

/// Somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Who.
    pub person: String,
    /// Since when.
    pub since: Timestamp,
    /// When it was used last, to the minute.
    pub used: Timestamp,
    /// When the person last proved who they are.
    pub proved: Timestamp,
    /// What forms of this session carry, so that no other site can send them.
    pub form_key: String,
    /// What kind of program: told in the list of sessions, so that a person sees what is not theirs.
    pub program: String,
    /// The name of the session in lists: no secret.
    #[serde(skip)]
    pub name: String,
}

impl Session {
    /// Whether it is over.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        now.duration_since(self.used) > IDLE || now.duration_since(self.since) > LONGEST
    }

    /// When it was proved who the person is.
    #[must_use]
    pub fn authenticated(&self) -> Moment {
        Moment::of(self.proved)
    }
}

/// Begins a session: the token for the cookie.
///
/// # Errors
/// It cannot be kept.
pub fn begin(keep: &Keep, person: &str, program: &str, now: Timestamp) -> Result<String, Problem> {
    let mut mine = of(keep, person, now)?;
    mine.sort_by_key(|session| session.used);
    for oldest in mine.iter().take((mine.len() + 1).saturating_sub(MOST)) {
        keep.remove(KIND, &oldest.name)?;
    }
    let token = chance::hex(chance::bytes::<32>()?);
    let session = Session {
        person: person.to_owned(),
        since: now,
        used: now,
        proved: now,
        form_key: chance::hex(chance::bytes::<16>()?),
        program: program.chars().filter(|letter| !letter.is_control()).take(200).collect(),
        name: String::new(),
    };
    keep.put(KIND, &key(&token), session)?;
    Ok(token)
}

/// The session of a token, if it is not over; it is used with that.
///
/// # Errors
/// It cannot be read.
pub fn of_token(keep: &Keep, token: &str, now: Timestamp) -> Result<Option<Session>, Problem> {
    if token.len() != 64 {
        return Ok(None);
    }
    let name = key(token);
    let Some(mut session) = keep.get::<Session>(KIND, &name)? else { return Ok(None) };
    if session.is_over(now) {
        keep.remove(KIND, &name)?;
        return Ok(None);
    }
    if now.duration_since(session.used) > EXACTLY {
        session.used = now;
        // one that was ended meanwhile stays ended
        keep.change(KIND, &name, |kept: Option<Session>| Ok((kept.map(|kept| Session { used: now, ..kept }), ())))?;
    }
    session.name = name;
    Ok(Some(session))
}

/// Notes that the person proved anew who they are.
///
/// # Errors
/// It cannot be kept.
pub fn proved(keep: &Keep, name: &str, now: Timestamp) -> Result<(), Problem> {
    keep.change(KIND, name, |kept: Option<Session>| Ok((kept.map(|kept| Session { proved: now, ..kept }), ())))
}

/// The sessions of a person that are not over.
///
/// # Errors
/// They cannot be read.
pub fn of(keep: &Keep, person: &str, now: Timestamp) -> Result<Vec<Session>, Problem> {
    let all = keep.all::<Session>(KIND)?;
    let mine = all.into_iter().filter(|(_, session)| session.person == person && !session.is_over(now));
    Ok(mine.map(|(name, session)| Session { name, ..session }).collect())
}

/// Ends one session of a person.
///
/// # Errors
/// It cannot be ended.
pub fn end(keep: &Keep, person: &str, name: &str) -> Result<(), Problem> {
    keep.change(KIND, name, |kept: Option<Session>| Ok((kept.filter(|kept| kept.person != person), ())))
}

/// Ends all sessions of a person but one.
///
/// # Errors
/// They cannot be ended.
pub fn end_others(keep: &Keep, person: &str, but: &str, now: Timestamp) -> Result<(), Problem> {
    of(keep, person, now)?.iter().filter(|session| session.name != but).try_for_each(|session| end(keep, person, &session.name))
}

/// Takes away what is over. To be called now and then.
///
/// # Errors
/// The keep cannot be read.
pub fn sweep(keep: &Keep, now: Timestamp) -> Result<(), Problem> {
    let all = keep.all::<Session>(KIND)?;
    all.into_iter().filter(|(_, session)| session.is_over(now)).try_for_each(|(name, _)| keep.remove(KIND, &name))
}

fn key(token: &str) -> String {
    Hash::of(&[token.as_bytes()]).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_end_by_silence_by_age_and_by_hand() {
        let keep = Keep::in_memory().unwrap();
        let start: Timestamp = "2026-11-24T00:00:00Z".parse().unwrap();
        let token = begin(&keep, "sato", "Firefox", start).unwrap();
        let mut now = start;
        while now.duration_since(start) <= LONGEST {
            assert!(of_token(&keep, &token, now).unwrap().is_some(), "{now}");
            now += SignedDuration::from_mins(20);
        }
        assert!(of_token(&keep, &token, now).unwrap().is_none(), "too old");
        let token = begin(&keep, "sato", "", start).unwrap();
        assert!(of_token(&keep, &token, start + IDLE + SignedDuration::from_secs(1)).unwrap().is_none(), "too silent");
        assert!(of_token(&keep, &token, start).unwrap().is_none(), "what is over stays over");
        let token = begin(&keep, "sato", "", start).unwrap();
        let name = of_token(&keep, &token, start).unwrap().unwrap().name;
        end(&keep, "tanaka", &name).unwrap();
        assert!(of_token(&keep, &token, start).unwrap().is_some(), "nobody ends the session of somebody else");
        end(&keep, "sato", &name).unwrap();
        assert!(of_token(&keep, &token, start).unwrap().is_none());
        for token in ["", "0", &"0".repeat(64), "' OR 1=1"] {
            assert!(of_token(&keep, token, start).unwrap().is_none());
        }
        for _ in 0..12 {
            begin(&keep, "sato", "", start).unwrap();
        }
        assert_eq!(of(&keep, "sato", start).unwrap().len(), MOST);
    }
}
