//! Tokens: by them a program asks as a person, within a scope, for a time. The token is shown once; its SHA-256 alone is kept.

use diagnostic::{Problem, Words};
use jiff::{SignedDuration, Timestamp};
use journal::Hash;
use serde::{Deserialize, Serialize};

use crate::chance;
use crate::keep::Keep;

const KIND: &str = "token";
/// The longest that a token holds.
pub const LONGEST_DAYS: i64 = 366;
/// Tokens of one person at a time.
const MOST: usize = 20;

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Plans, deadlines, documents: what pages show.
    Read,
    /// The audit trail.
    Trail,
    /// To record: receipts, questions of the regulator.
    Record,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 3] = [Self::Read, Self::Trail, Self::Record];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Trail => "trail",
            Self::Record => "record",
        }
    }

    /// What it is for: Japanese and English.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Read => ("計画・期限を読む", "read plans and deadlines"),
            Self::Trail => ("監査証跡を読む", "read the audit trail"),
            Self::Record => ("受領・照会を記録する", "record receipts and questions"),
        }
    }
}

/// A token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// As whom the program asks.
    pub person: String,
    /// What the token is called.
    pub title: String,
    /// What it is for.
    pub scopes: Vec<Scope>,
    /// Since when it holds.
    pub since: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// Its name in lists: no secret.
    #[serde(skip)]
    pub name: String,
}

/// Makes a token: what is shown once.
///
/// # Errors
/// There is no scope, it is to hold too long, there are too many, or it cannot be kept.
pub fn make(keep: &Keep, person: &str, title: &str, scopes: Vec<Scope>, days: i64, now: Timestamp) -> Result<String, Problem> {
    let unfit = |ja: &str, en: &str, hint: (&str, &str)| Err(Problem::new(Words::new(ja, en), Words::new(hint.0, hint.1)));
    if scopes.is_empty() {
        return unfit("範囲が選ばれていません", "no scope was chosen", ("一つ以上選んでください", "choose at least one"));
    }
    if !(1..=LONGEST_DAYS).contains(&days) {
        return unfit(
            "期間が長すぎるか、短すぎます",
            "that is too long, or no time at all",
            ("1日から366日にしてください", "between 1 and 366 days"),
        );
    }
    if all(keep, person, now)?.len() >= MOST {
        return unfit(
            "トークンが多すぎます",
            "there are too many tokens",
            ("使わないものを取り消してください", "revoke those that are not used"),
        );
    }
    let token = format!("mimamori_{}", chance::hex(chance::bytes::<32>()?));
    let until = now + SignedDuration::from_hours(24 * days);
    let title = title.chars().filter(|letter| !letter.is_control()).take(80).collect();
    keep.put(KIND, &key(&token), Token { person: person.to_owned(), title, scopes, since: now, until, name: String::new() })?;
    Ok(token)
}

/// The token that was given, if it holds.
///
/// # Errors
/// It cannot be looked for.
pub fn of(keep: &Keep, given: &str, now: Timestamp) -> Result<Option<Token>, Problem> {
    if given.len() > 200 {
        return Ok(None);
    }
    Ok(keep.get::<Token>(KIND, &key(given))?.filter(|token| now < token.until))
}

/// The tokens of a person that hold.
///
/// # Errors
/// They cannot be read.
pub fn all(keep: &Keep, person: &str, now: Timestamp) -> Result<Vec<Token>, Problem> {
    let all = keep.all::<Token>(KIND)?.into_iter().filter(|(_, token)| token.person == person && now < token.until);
    Ok(all.map(|(name, token)| Token { name, ..token }).collect())
}

/// Revokes a token of a person.
///
/// # Errors
/// It cannot be revoked.
pub fn revoke(keep: &Keep, person: &str, name: &str) -> Result<(), Problem> {
    keep.change(KIND, name, |kept: Option<Token>| Ok((kept.filter(|kept| kept.person != person), ())))
}

/// Revokes every token of a person, as when somebody else may know their password.
///
/// # Errors
/// They cannot be revoked.
pub fn revoke_all(keep: &Keep, person: &str, now: Timestamp) -> Result<(), Problem> {
    all(keep, person, now)?.iter().try_for_each(|token| revoke(keep, person, &token.name))
}

fn key(token: &str) -> String {
    Hash::of(&[token.as_bytes()]).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_holds_for_its_time_and_until_it_is_revoked() {
        let keep = Keep::in_memory().unwrap();
        let now: Timestamp = "2026-11-24T00:00:00Z".parse().unwrap();
        make(&keep, "sato", "x", Vec::new(), 1, now).unwrap_err();
        make(&keep, "sato", "x", vec![Scope::Read], 367, now).unwrap_err();
        let token = make(&keep, "sato", "x", vec![Scope::Read], 1, now).unwrap();
        assert_eq!(of(&keep, &token, now).unwrap().unwrap().person, "sato");
        assert!(of(&keep, &token, now + SignedDuration::from_hours(24)).unwrap().is_none());
        assert!(of(&keep, "mimamori_", now).unwrap().is_none());
        let name = all(&keep, "sato", now).unwrap()[0].name.clone();
        assert_ne!(name, token, "what is listed is no token");
        revoke(&keep, "tanaka", &name).unwrap();
        assert!(of(&keep, &token, now).unwrap().is_some(), "nobody revokes the token of somebody else");
        revoke(&keep, "sato", &name).unwrap();
        assert!(of(&keep, &token, now).unwrap().is_none());
    }
}
