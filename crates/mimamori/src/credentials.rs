//! Passwords: how a person proves who they are at this machine. Not part of the record; only attempts are noted there.

use std::collections::BTreeMap;
use std::io::{BufRead, IsTerminal};
use std::path::Path;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use diagnostic::{Problem, Words};
use jiff::{SignedDuration, Timestamp};
use journal::Moment;
use operation::{Context, Desk};
use serde::{Deserialize, Serialize};

use crate::delivery::Staged;
use crate::speech::say;

const FILE: &str = "credentials.json";
/// Wrong passwords in a row after which nothing is tried for a while (21 CFR 11.300(d)).
const ATTEMPTS: u32 = 5;
/// For how long.
const PAUSE: SignedDuration = SignedDuration::from_mins(15);
/// The fewest letters of a password.
const SHORTEST: usize = 12;

/// What is kept of one person.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Credential {
    /// Argon2id, as a PHC string.
    hash: String,
    /// Wrong passwords in a row.
    wrong: u32,
    /// When the last of them was.
    last_wrong: Option<Timestamp>,
}

type Credentials = BTreeMap<String, Credential>;

/// Asks for the person's password, and says when it was right.
///
/// # Errors
/// It is wrong, there is none, or too many were wrong.
pub fn prove(data: &Path, desk: &Desk, context: &Context) -> Result<Moment, Problem> {
    let mut all = read(data)?;
    let person = &context.actor;
    let Some(credential) = all.get_mut(person) else {
        return Err(Problem::new(
            Words::new(format!("{person} のパスワードが設定されていません"), format!("{person} has no password")),
            Words::new("`mimamori password` で設定してください", "set one with `mimamori password`"),
        ));
    };
    let now = Timestamp::now();
    if credential.wrong >= ATTEMPTS && credential.last_wrong.is_some_and(|last| now.duration_since(last) < PAUSE) {
        return Err(Problem::new(
            Words::new(
                format!("{person} は、誤ったパスワードが{ATTEMPTS}回続いたため、一時的に止められています"),
                format!("{person} is locked for a while after {ATTEMPTS} wrong passwords"),
            ),
            Words::new(
                "15分待つか、システム管理者に再発行を依頼してください",
                "wait 15 minutes, or ask an administrator for a new password",
            ),
        ));
    }
    let password = ask(&format!("{}（{person}）: ", say("パスワード", "password")))?;
    let right = right(&credential.hash, &password);
    if right {
        credential.wrong = 0;
        credential.last_wrong = None;
    } else {
        credential.wrong += 1;
        credential.last_wrong = Some(now);
    }
    let wrong = credential.wrong;
    write(data, &all)?;
    if right {
        desk.note("signed-in", &Words::new("本人確認に成功", "proved who they are"), context);
        return Ok(Moment::of(now));
    }
    desk.note(
        "sign-in-failed",
        &Words::new(format!("誤ったパスワード（{wrong}回目）"), format!("wrong password, number {wrong}")),
        context,
    );
    Err(Problem::new(
        Words::new("パスワードが違います", "the password is wrong"),
        Words::new(
            format!("あと{}回まちがえると15分止まります", ATTEMPTS.saturating_sub(wrong)),
            format!("{} more wrong ones lock it for 15 minutes", ATTEMPTS.saturating_sub(wrong)),
        ),
    ))
}

/// Sets a person's password, having asked for the one before.
///
/// # Errors
/// The one before is wrong, or the new one is too short or not typed twice the same.
pub fn set(data: &Path, desk: &Desk, context: &Context) -> Result<(), Problem> {
    if read(data)?.contains_key(&context.actor) {
        prove(data, desk, context)?;
    }
    let new = ask(&format!("{}: ", say("新しいパスワード", "new password")))?;
    if new.chars().count() < SHORTEST {
        return Err(Problem::new(
            Words::new(format!("パスワードが{SHORTEST}文字より短いです"), format!("a password has at least {SHORTEST} letters")),
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
    let mut all = read(data)?;
    all.insert(context.actor.clone(), Credential { hash: hash.to_string(), ..Credential::default() });
    write(data, &all)?;
    desk.note("password-set", &Words::same(context.actor.clone()), context);
    Ok(())
}

/// Takes away the password of a person who lost it, so that they set a new one.
///
/// # Errors
/// The file cannot be written.
pub fn reset(data: &Path, desk: &Desk, person: &str, context: &Context) -> Result<(), Problem> {
    let mut all = read(data)?;
    all.remove(person);
    write(data, &all)?;
    desk.note("password-reset", &Words::same(person.to_owned()), context);
    Ok(())
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
        std::io::stdin().lock().read_line(&mut line).map(|_| line.trim_end_matches(['\r', '\n']).to_owned())
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
                "このファイルを退けると、全員がパスワードを設定し直せます。記録には影響しません",
                "if this file is put aside everybody sets a new password; the record is not touched",
            ),
        )
    };
    match std::fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| broken(&error)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Credentials::new()),
        Err(error) => Err(broken(&error)),
    }
}

fn write(data: &Path, all: &Credentials) -> Result<(), Problem> {
    let path = data.join(FILE);
    let text = serde_json::to_string_pretty(all).unwrap_or_default();
    Staged::new(&path, text.as_bytes()).and_then(Staged::commit).map_err(|error| crate::folder::unwritten(&path, &error))
}
