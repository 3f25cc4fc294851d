//! Who people are: passwords, second factors, and the codes with which a first password is set.
//!
//! Passwords are kept as Argon2id (RFC 9106), one-time codes and tokens as SHA-256, as they are random. Five wrong tries in a row stop
//! somebody for a quarter of an hour (21 CFR 11.300(d)).

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Argon2, PasswordHash};
use diagnostic::{Problem, Words};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::second_factor;
use crate::chance;
use crate::keep::Keep;

const KIND: &str = "credential";
/// Of names that nobody has.
const STRANGER: &str = "stranger";
/// Wrong tries in a row after which nothing is tried for a while.
const ATTEMPTS: u32 = 5;
/// For how long.
const PAUSE: SignedDuration = SignedDuration::from_mins(15);
/// The fewest letters of a password.
const SHORTEST: usize = 12;
/// The most: a longer one costs time and adds nothing.
const LONGEST: usize = 256;
/// How long an invitation can be used.
const INVITATION: SignedDuration = SignedDuration::from_hours(24 * 14);

/// What is kept of one person.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Credential {
    /// Argon2id, as a PHC string; empty until a password is set.
    hash: String,
    /// Of the code that sets a first password. Empty: none was given, or it was used.
    #[serde(default)]
    code: String,
    /// When that code was given.
    #[serde(default)]
    code_given: Option<Timestamp>,
    /// The secret of the second factor, in base 32; empty while there is none.
    #[serde(default)]
    secret: String,
    /// The last step of time whose number was used: none is used twice (RFC 6238, 5.2).
    #[serde(default)]
    step: u64,
    /// Wrong tries in a row.
    wrong: u32,
    /// When the last of them was.
    last_wrong: Option<Timestamp>,
}

impl Credential {
    fn locked(&self, now: Timestamp) -> bool {
        self.wrong >= ATTEMPTS && self.last_wrong.is_some_and(|last| now.duration_since(last) < PAUSE)
    }
}

/// What somebody gives to show who they are.
#[derive(Clone, Copy)]
pub struct Proof<'a> {
    /// The password.
    pub password: &'a str,
    /// The number that the second factor shows; empty where there is none.
    pub number: &'a str,
}

/// How a try went, where it did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The person is stopped for a while.
    Locked,
    /// The password is right, and its number was used before: the next one is to be given.
    NumberUsed,
    /// Password or number are wrong: so many times in a row.
    Tried(u32),
    /// The password is right, the number is still to be given.
    NumberNeeded,
    /// It could not be found out.
    Failed(Box<Problem>),
}

impl From<Wrong> for Problem {
    fn from(wrong: Wrong) -> Self {
        let (ja, en, hint_ja, hint_en): (String, String, String, String) = match wrong {
            Wrong::Failed(problem) => return *problem,
            Wrong::Locked => (
                format!("誤りが{ATTEMPTS}回続いたため、一時的に止められています"),
                format!("locked for a while after {ATTEMPTS} wrong tries"),
                "15分待つか、システム管理者に再発行を依頼してください".into(),
                "wait 15 minutes, or ask an administrator for a new password".into(),
            ),
            Wrong::NumberUsed => (
                "この番号は、すでに使われました".into(),
                "this number was used already".into(),
                "認証アプリに次の番号が表示されるまで待ち、それを入力してください".into(),
                "wait until your authenticator shows the next one, and enter that".into(),
            ),
            Wrong::NumberNeeded => (
                "認証アプリの6桁の番号が要ります".into(),
                "the six-digit number of your authenticator is needed".into(),
                "認証アプリに今表示されている番号を入力してください".into(),
                "enter the number it shows now".into(),
            ),
            Wrong::Tried(wrong) => {
                let (ja, en) = match ATTEMPTS.saturating_sub(wrong) {
                    0 => ("15分止まります".into(), "it is locked for 15 minutes".into()),
                    left => (format!("あと{left}回まちがえると15分止まります"), format!("after {left} more it is locked for 15 minutes")),
                };
                ("パスワードか番号が違います".into(), "the password or the number is wrong".into(), ja, en)
            }
        };
        Self::new(Words::new(ja, en), Words::new(hint_ja, hint_en))
    }
}

/// Whether anybody has a credential: where nobody has, the keep is new or was put aside.
///
/// # Errors
/// It cannot be read.
pub fn is_empty(keep: &Keep) -> Result<bool, Problem> {
    Ok(keep.all::<Credential>(KIND)?.is_empty())
}

/// How somebody stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Whether a password is set.
    pub password: bool,
    /// Whether a code was given that is still good.
    pub invited: bool,
    /// Whether there is a second factor.
    pub second_factor: bool,
    /// Whether too many tries were wrong.
    pub locked: bool,
}

/// How somebody stands.
///
/// # Errors
/// It cannot be read.
pub fn standing(keep: &Keep, person: &str, now: Timestamp) -> Result<Standing, Problem> {
    Ok(keep.get::<Credential>(KIND, person)?.map_or_else(Standing::default, |credential| Standing {
        password: !credential.hash.is_empty(),
        invited: is_good(&credential, now),
        second_factor: !credential.secret.is_empty(),
        locked: credential.locked(now),
    }))
}

/// Judges a proof. A second factor that is set is asked for; a number is used once.
///
/// # Errors
/// See [`Wrong`].
pub fn prove(keep: &Keep, person: &str, proof: Proof<'_>, now: Timestamp) -> Result<(), Wrong> {
    let credential = keep.get::<Credential>(KIND, person).map_err(|problem| Wrong::Failed(Box::new(problem)))?.unwrap_or_default();
    if credential.locked(now) {
        return Err(Wrong::Locked);
    }
    // as long for somebody who is not there as for somebody who is: nobody learns who works here
    let right = matches(if credential.hash.is_empty() { nobody() } else { &credential.hash }, proof.password);
    if credential.hash.is_empty() {
        return stranger(keep, person, now);
    }
    if right && !credential.secret.is_empty() && proof.number.trim().is_empty() {
        return Err(Wrong::NumberNeeded);
    }
    keep.change(KIND, person, |kept: Option<Credential>| {
        let mut kept = kept.unwrap_or_default();
        if kept.locked(now) {
            return Ok((Some(kept), Err(Wrong::Locked)));
        }
        let step = if kept.secret.is_empty() { Some(kept.step) } else { second_factor::step(&kept.secret, proof.number, now, kept.step) };
        // judged on what stood when it was read: a password changed meanwhile is another one
        if right
            && kept.hash == credential.hash
            && let Some(step) = step
        {
            (kept.wrong, kept.last_wrong, kept.step) = (0, None, step);
            return Ok((Some(kept), Ok(())));
        }
        if right && kept.hash == credential.hash && second_factor::step(&kept.secret, proof.number, now, 0).is_some() {
            return Ok((Some(kept), Err(Wrong::NumberUsed)));
        }
        (kept.wrong, kept.last_wrong) = (kept.wrong + 1, Some(now));
        let wrong = kept.wrong;
        Ok((Some(kept), Err(Wrong::Tried(wrong))))
    })
    .map_err(|problem| Wrong::Failed(Box::new(problem)))?
}

/// Somebody who has no password here is counted and stopped like anybody: nobody learns who works here.
fn stranger(keep: &Keep, person: &str, now: Timestamp) -> Result<(), Wrong> {
    keep.change(STRANGER, &digest(person), |kept: Option<Credential>| {
        let mut kept = kept.unwrap_or_default();
        if kept.locked(now) {
            return Ok((Some(kept), Err(Wrong::Locked)));
        }
        if kept.wrong >= ATTEMPTS {
            kept.wrong = 0;
        }
        (kept.wrong, kept.last_wrong) = (kept.wrong + 1, Some(now));
        let wrong = kept.wrong;
        Ok((Some(kept), Err(Wrong::Tried(wrong))))
    })
    .map_err(|problem| Wrong::Failed(Box::new(problem)))?
}

/// Forgets the names that nobody has and nobody tried of late. To be called now and then.
///
/// # Errors
/// It cannot be kept.
pub fn sweep(keep: &Keep, now: Timestamp) -> Result<(), Problem> {
    let all = keep.all::<Credential>(STRANGER)?;
    all.into_iter().filter(|(_, tried)| !tried.locked(now)).try_for_each(|(name, _)| keep.remove(STRANGER, &name))
}

/// Gives a code with which a person sets a password; password and second factor they had no longer hold.
///
/// # Errors
/// It cannot be kept.
pub fn invite(keep: &Keep, person: &str, now: Timestamp) -> Result<String, Problem> {
    // letters that are not mistaken for each other
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let code: String = chance::bytes::<16>()?.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect();
    keep.put(KIND, person, Credential { code: digest(&code), code_given: Some(now), ..Credential::default() })?;
    Ok(code)
}

/// Sets a first password with a code, which is used up.
///
/// # Errors
/// The code is wrong, or the password does not do.
pub fn accept(keep: &Keep, person: &str, code: &str, password: &str, now: Timestamp) -> Result<(), Problem> {
    long_enough(password)?;
    let hash = hashed(password)?;
    keep.change(KIND, person, |kept: Option<Credential>| {
        let Some(mut kept) = kept else { return Ok((None, Err(no_code()))) };
        if kept.locked(now) {
            return Ok((Some(kept), Err(Problem::from(Wrong::Locked))));
        }
        if !is_good(&kept, now) || kept.code != digest(code) {
            if !kept.code.is_empty() {
                (kept.wrong, kept.last_wrong) = (kept.wrong + 1, Some(now));
            }
            return Ok((Some(kept), Err(no_code())));
        }
        Ok((Some(Credential { hash, ..Credential::default() }), Ok(())))
    })?
}

/// Sets another password, after the one before was proved.
///
/// # Errors
/// The password does not do.
pub fn set(keep: &Keep, person: &str, password: &str) -> Result<(), Problem> {
    long_enough(password)?;
    let hash = hashed(password)?;
    keep.change(KIND, person, |kept: Option<Credential>| {
        let kept = kept.unwrap_or_default();
        Ok((Some(Credential { hash, code: String::new(), code_given: None, wrong: 0, last_wrong: None, ..kept }), ()))
    })
}

/// Sets a second factor, once the person has shown that their authenticator gives its numbers.
///
/// # Errors
/// The number is not the one of the secret.
pub fn set_second_factor(keep: &Keep, person: &str, secret: &str, number: &str, now: Timestamp) -> Result<(), Problem> {
    let Some(step) = second_factor::step(secret, number, now, 0) else {
        return Err(Problem::new(
            Words::new("番号が一致しません", "the number does not fit"),
            Words::new(
                "認証アプリにこの鍵を登録し、表示された6桁の番号を入力してください。時刻のずれも確かめてください",
                "enter this key into your authenticator and the six digits it shows; see that its clock is right",
            ),
        ));
    };
    keep.change(KIND, person, |kept: Option<Credential>| {
        Ok((Some(Credential { secret: secret.to_owned(), step, ..kept.unwrap_or_default() }), ()))
    })
}

/// Imports what an older program kept of a person.
///
/// # Errors
/// It cannot be kept.
pub fn import(keep: &Keep, person: &str, hash: &str) -> Result<(), Problem> {
    keep.put(KIND, person, Credential { hash: hash.to_owned(), ..Credential::default() })
}

fn is_good(credential: &Credential, now: Timestamp) -> bool {
    !credential.code.is_empty() && credential.code_given.is_none_or(|given| now.duration_since(given) < INVITATION)
}

fn no_code() -> Problem {
    Problem::new(
        Words::new("コードが違うか、期限が切れています", "the code is wrong, or no longer good"),
        Words::new(
            "受け取ったコードを確かめてください。見つからないときは、システム管理者に再発行を依頼してください",
            "look at the code you were given; if it does not work, ask an administrator for another",
        ),
    )
}

fn long_enough(password: &str) -> Result<(), Problem> {
    let letters = password.chars().count();
    if (SHORTEST..=LONGEST).contains(&letters) {
        return if is_one_thing_again(password) { Err(too_plain()) } else { Ok(()) };
    }
    Err(Problem::new(
        Words::new(
            format!("パスワードは{SHORTEST}文字以上{LONGEST}文字以内にしてください"),
            format!("a password has {SHORTEST} to {LONGEST} characters"),
        ),
        Words::new("いくつかの語をつなげると、長くても覚えやすくなります", "several words in a row are long and easy to remember"),
    ))
}

/// A word written over and over, or few letters: as short as what it repeats.
fn is_one_thing_again(password: &str) -> bool {
    let letters: Vec<char> = password.chars().collect();
    let different: std::collections::BTreeSet<&char> = letters.iter().collect();
    let repeats = |length: usize| letters.iter().zip(&letters[length..]).all(|(one, other)| one == other);
    different.len() < 5 || (1..=letters.len() / 2).any(repeats)
}

fn too_plain() -> Problem {
    Problem::new(
        Words::new("同じ語や文字の繰り返しは、パスワードにできません", "one word or letter over and over is no password"),
        Words::new("別々の語をいくつかつなげてください", "put several different words in a row"),
    )
}

fn hashed(password: &str) -> Result<String, Problem> {
    Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|error| {
        Problem::new(
            Words::new(format!("パスワードを保存できません（{error}）"), format!("the password cannot be kept ({error})")),
            Words::default(),
        )
    })
}

fn matches(hash: &str, password: &str) -> bool {
    password.len() <= LONGEST * 4
        && PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// A hash that no password has.
fn nobody() -> &'static str {
    static HASH: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    HASH.get_or_init(|| hashed(&chance::bytes::<32>().map_or_else(|_| String::new(), chance::hex)).unwrap_or_default())
}

fn digest(code: &str) -> String {
    journal::Hash::of(&[code.trim().as_bytes()]).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWORD: &str = "correct horse battery";

    fn now() -> Timestamp {
        "2026-11-24T00:00:00Z".parse().unwrap()
    }

    fn proof(password: &str) -> Proof<'_> {
        Proof { password, number: "" }
    }

    // shows items 17
    #[test]
    fn five_wrong_tries_stop_somebody_for_a_quarter_of_an_hour() {
        let keep = Keep::in_memory().unwrap();
        let code = invite(&keep, "sato", now()).unwrap();
        accept(&keep, "sato", "wrong code", PASSWORD, now()).unwrap_err();
        accept(&keep, "sato", &code, "short", now()).unwrap_err();
        accept(&keep, "sato", &code, PASSWORD, now()).unwrap();
        accept(&keep, "sato", &code, PASSWORD, now()).unwrap_err();
        for tries in 1..=5 {
            assert_eq!(prove(&keep, "sato", proof("wrong wrong wrong"), now()), Err(Wrong::Tried(tries)));
        }
        assert_eq!(prove(&keep, "sato", proof(PASSWORD), now()), Err(Wrong::Locked));
        let later = now() + SignedDuration::from_mins(15);
        prove(&keep, "sato", proof(PASSWORD), later).unwrap();
        for tries in 1..=5 {
            assert_eq!(prove(&keep, "nobody", proof(PASSWORD), now()), Err(Wrong::Tried(tries)), "as anybody");
        }
        assert_eq!(prove(&keep, "nobody", proof(PASSWORD), now()), Err(Wrong::Locked));
        sweep(&keep, later).unwrap();
    }

    #[test]
    fn an_invitation_ends() {
        let keep = Keep::in_memory().unwrap();
        let code = invite(&keep, "sato", now()).unwrap();
        accept(&keep, "sato", &code, PASSWORD, now() + INVITATION).unwrap_err();
    }

    #[test]
    fn a_number_is_asked_for_and_used_once() {
        let keep = Keep::in_memory().unwrap();
        let code = invite(&keep, "sato", now()).unwrap();
        accept(&keep, "sato", &code, PASSWORD, now()).unwrap();
        let secret = second_factor::secret().unwrap();
        let number = |at| second_factor::number(&secret, at).unwrap();
        set_second_factor(&keep, "sato", &secret, "000000x", now()).unwrap_err();
        set_second_factor(&keep, "sato", &secret, &number(now()), now()).unwrap();
        assert_eq!(prove(&keep, "sato", proof(PASSWORD), now()), Err(Wrong::NumberNeeded));
        let later = now() + SignedDuration::from_mins(5);
        let given = number(later);
        let both = Proof { password: PASSWORD, number: &given };
        prove(&keep, "sato", both, later).unwrap();
        assert_eq!(prove(&keep, "sato", both, later), Err(Wrong::NumberUsed), "a number that was seen is of no use");
    }
}
