//! Passwords: how a person proves who they are at this machine. Not part of the record; only attempts are noted there.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{BufRead, IsTerminal};
use std::path::Path;

use access::{Action, Subject};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use diagnostic::{Problem, Words};
use jiff::{SignedDuration, Timestamp};
use journal::Moment;
use operation::{Context, Desk};
use serde::{Deserialize, Serialize};

use crate::data::random;
use crate::delivery::Staged;
use crate::speech::say;

const FILE: &str = "credentials.json";
/// Held while that file is changed.
const LOCK: &str = "credentials.lock";
/// Wrong passwords in a row after which nothing is tried for a while (21 CFR 11.300(d)).
const ATTEMPTS: u32 = 5;
/// For how long.
const PAUSE: SignedDuration = SignedDuration::from_mins(15);
/// The fewest letters of a password.
const SHORTEST: usize = 12;

/// What is kept of one person.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Credential {
    /// Argon2id, as a PHC string; empty until a password is set.
    hash: String,
    /// Of the code that sets a first password: SHA-256, as the code is random. Empty: none was given, or it was used.
    #[serde(default)]
    code: String,
    /// Wrong passwords in a row.
    wrong: u32,
    /// When the last of them was.
    last_wrong: Option<Timestamp>,
}

impl Credential {
    fn locked(&self, now: Timestamp) -> bool {
        self.wrong >= ATTEMPTS && self.last_wrong.is_some_and(|last| now.duration_since(last) < PAUSE)
    }
}

type Credentials = BTreeMap<String, Credential>;

/// Asks for the person's password, and says when it was right.
///
/// # Errors
/// It is wrong, there is none, or too many were wrong.
pub fn prove(data: &Path, desk: &Desk, context: &Context) -> Result<Moment, Problem> {
    let person = &context.actor;
    match read(data)?.get(person) {
        Some(credential) if credential.hash.is_empty() => return Err(no_password(person)),
        None => return Err(no_password(person)),
        Some(credential) if credential.locked(Timestamp::now()) => {
            desk.note("sign-in-failed", &Words::new("停止中の試み", "tried while locked"), context);
            return Err(locked(person));
        }
        Some(_) => {}
    }
    let password = ask(&format!("{}（{person}）: ", say("パスワード", "password")))?;
    judged(data, desk, context, ("パスワード", "password"), |credential| right(&credential.hash, &password))
}

/// Judges what was typed, one attempt after another: many at once count as many.
fn judged(
    data: &Path,
    desk: &Desk,
    context: &Context,
    (ja, en): (&str, &str),
    right: impl FnOnce(&Credential) -> bool,
) -> Result<Moment, Problem> {
    let person = &context.actor;
    let (right, wrong, now) = changed(data, |all| {
        let now = Timestamp::now();
        let credential = all.get_mut(person).ok_or_else(|| no_password(person))?;
        if credential.locked(now) {
            return Err(locked(person));
        }
        let right = right(credential);
        (credential.wrong, credential.last_wrong) = if right { (0, None) } else { (credential.wrong + 1, Some(now)) };
        Ok((right, credential.wrong, now))
    })?;
    if right {
        desk.note("signed-in", &Words::new("本人確認に成功", "proved who they are"), context);
        return Ok(Moment::of(now));
    }
    desk.note("sign-in-failed", &Words::new(format!("誤った{ja}（{wrong}回目）"), format!("wrong {en}, number {wrong}")), context);
    let hint = match ATTEMPTS.saturating_sub(wrong) {
        0 => Words::new("15分止まります", "it is locked for 15 minutes"),
        left => Words::new(format!("あと{left}回まちがえると15分止まります"), format!("after {left} more it is locked for 15 minutes")),
    };
    Err(Problem::new(Words::new(format!("{ja}が違います"), format!("the {en} is wrong")), hint))
}

/// Sets a person's password, having asked for the one before, or for the code that was given. Where nothing is kept of anybody, as the
/// file was put aside, an administrator needs neither.
///
/// # Errors
/// The one before or the code is wrong, or the new one is too short or not typed twice the same.
pub fn set(data: &Path, desk: &Desk, context: &Context) -> Result<(), Problem> {
    let person = &context.actor;
    let all = read(data)?;
    let manages = desk.snapshot().organisation.role_for(person, Action::ResetCredential, &Subject::default()).is_ok();
    match all.get(person) {
        Some(credential) if !credential.hash.is_empty() => _ = prove(data, desk, context)?,
        None if all.is_empty() && manages => {}
        Some(credential) if !credential.code.is_empty() => {
            let code = ask(&format!("{}: ", say("受け取ったコード", "the code you were given")))?;
            judged(data, desk, context, ("コード", "code"), |credential| credential.code == digest(&code))?;
        }
        _ => {
            return Err(Problem::new(
                Words::new(
                    format!("{person} は、パスワードを設定するコードを受け取っていません"),
                    format!("{person} was given no code to set a password with"),
                ),
                Words::new(
                    format!("システム管理者に `mimamori password DATA --reset {person}` でコードの発行を依頼してください"),
                    format!("ask an administrator for one: `mimamori password DATA --reset {person}`"),
                ),
            ));
        }
    }
    let new = ask(&format!("{}: ", say("新しいパスワード", "new password")))?;
    if new.chars().count() < SHORTEST {
        return Err(Problem::new(
            Words::new(format!("パスワードが{SHORTEST}文字より短いです"), format!("a password has at least {SHORTEST} characters")),
            Words::new("いくつかの語をつなげると、長くても覚えやすくなります", "several words in a row are long and easy to remember"),
        ));
    }
    if ask(&format!("{}: ", say("もう一度", "again")))? != new {
        return Err(Problem::new(
            Words::new("二つのパスワードが一致しません", "the two passwords differ"),
            Words::new("もう一度やり直してください。何も変わっていません", "try again; nothing was changed"),
        ));
    }
    let hash = Argon2::default().hash_password(new.as_bytes()).map_err(|error| {
        Problem::new(
            Words::new(format!("パスワードを保存できません（{error}）"), format!("the password cannot be kept ({error})")),
            Words::default(),
        )
    })?;
    changed(data, |all| {
        all.insert(person.clone(), Credential { hash: hash.to_string(), ..Credential::default() });
        Ok(())
    })?;
    desk.note("password-set", &Words::same(person.clone()), context);
    Ok(())
}

/// Gives a code with which a person sets a password; one they had no longer holds.
///
/// # Errors
/// The file cannot be written.
pub fn invite(data: &Path, person: &str) -> Result<String, Problem> {
    // letters that are not mistaken for each other
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let code: String = random::<16>()?.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect();
    changed(data, |all| {
        all.insert(person.to_owned(), Credential { code: digest(&code), ..Credential::default() });
        Ok(())
    })?;
    Ok(code)
}

/// What an administrator is told of a code.
pub fn told(person: &str, code: &str) -> String {
    match say("ja", "en") {
        "ja" => format!(
            "次のコードを {person} 本人に渡してください。`mimamori password` でパスワードを設定するときに一度だけ使えます\n{code}\n"
        ),
        _ => format!("hand this code to {person}, who sets a password with it once, by `mimamori password`\n{code}\n"),
    }
}

/// Takes away the password of a person who lost it, and gives a code for a new one.
///
/// # Errors
/// The file cannot be written.
pub fn reset(data: &Path, desk: &Desk, person: &str, context: &Context) -> Result<String, Problem> {
    let code = invite(data, person)?;
    desk.note("password-reset", &Words::same(person.to_owned()), context);
    Ok(code)
}

fn no_password(person: &str) -> Problem {
    Problem::new(
        Words::new(format!("{person} のパスワードが設定されていません"), format!("{person} has no password")),
        Words::new("`mimamori password` で設定してください", "set one with `mimamori password`"),
    )
}

fn locked(person: &str) -> Problem {
    Problem::new(
        Words::new(
            format!("{person} は、誤ったパスワードが{ATTEMPTS}回続いたため、一時的に止められています"),
            format!("{person} is locked for a while after {ATTEMPTS} wrong passwords"),
        ),
        Words::new("15分待つか、システム管理者に再発行を依頼してください", "wait 15 minutes, or ask an administrator for a new password"),
    )
}

fn digest(code: &str) -> String {
    journal::Hash::of(&[code.trim().as_bytes()]).to_string()
}

fn right(hash: &str, password: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Asks at the terminal without showing what is typed; where there is none, reads a line.
fn ask(prompt: &str) -> Result<String, Problem> {
    let read = if std::io::stdin().is_terminal() {
        rpassword::prompt_password(prompt)
    } else {
        let mut line = String::new();
        match std::io::stdin().lock().read_line(&mut line) {
            // nobody typed anything: that is no wrong password
            Ok(0) => {
                return Err(Problem::new(
                    Words::new(
                        "パスワードが入力されていません（端末も標準入力もありません）",
                        "no password was given: there is no terminal, and the standard input is empty",
                    ),
                    Words::new(
                        "端末で行うか、標準入力に一行で渡してください",
                        "do it at a terminal, or give it as a line of the standard input",
                    ),
                ));
            }
            read => read.map(|_| line.trim_end_matches(['\r', '\n']).to_owned()),
        }
    };
    read.map_err(|error| {
        Problem::new(
            Words::new(format!("パスワードを読み取れません（{error}）"), format!("the password cannot be read ({error})")),
            Words::default(),
        )
    })
}

fn read(data: &Path) -> Result<Credentials, Problem> {
    let path = data.join(FILE);
    let broken = |error: &dyn std::fmt::Display| {
        let name = path.display();
        Problem::new(
            Words::new(format!("{name} を読めません（{error}）"), format!("{name} cannot be read ({error})")),
            Words::new(
                "このファイルを退けると、管理者から順に全員がパスワードを設定し直します。記録には影響しません",
                "if this file is put aside everybody sets a new password, an administrator first; the record is not touched",
            ),
        )
    };
    match std::fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| broken(&error)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Credentials::new()),
        Err(error) => Err(broken(&error)),
    }
}

/// Changes what is kept, as it stands now: one program after another.
fn changed<T>(data: &Path, change: impl FnOnce(&mut Credentials) -> Result<T, Problem>) -> Result<T, Problem> {
    let path = data.join(FILE);
    let unwritten = |error: std::io::Error| crate::folder::unwritten(&path, &error);
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(data.join(LOCK)).map_err(unwritten)?;
    lock.lock().map_err(unwritten)?;
    let mut all = read(data)?;
    let result = change(&mut all)?;
    let text = serde_json::to_string_pretty(&all).unwrap_or_default();
    Staged::secret(&path, text.as_bytes()).and_then(Staged::commit).map_err(unwritten)?;
    Ok(result)
}
