//! Who proves who they are, at a terminal. What is kept of it is the keep of the server, which is no part of the record.

use std::io::{BufRead, IsTerminal};
use std::path::Path;

use access::{Action, Subject};
use diagnostic::{Problem, Words};
use jiff::Timestamp;
use journal::Moment;
use operation::{Context, Desk};
use server::Keep;
use server::people::credentials::{self, Proof, Wrong};

use crate::data;
use crate::speech::say;

/// Asks for the person's password, and for the number of their authenticator if they have one, and says when both were right.
///
/// # Errors
/// One is wrong, there is none, or too many were wrong.
pub fn prove(data: &Path, desk: &Desk, context: &Context) -> Result<Moment, Problem> {
    proved(&data::keep(data)?, desk, context)
}

fn proved(keep: &Keep, desk: &Desk, context: &Context) -> Result<Moment, Problem> {
    let person = &context.actor;
    let standing = credentials::standing(keep, person, Timestamp::now())?;
    if !standing.password {
        return Err(no_password(person));
    }
    if standing.locked {
        desk.note("sign-in-failed", &Words::new("停止中の試み", "tried while locked"), context);
        return Err(Wrong::Locked.into());
    }
    let password = ask(&format!("{}（{person}）: ", say("パスワード", "password")))?;
    let number = match standing.second_factor {
        true => ask(&format!("{}: ", say("認証アプリの番号", "number of your authenticator")))?,
        false => String::new(),
    };
    let now = Timestamp::now();
    match credentials::prove(keep, person, Proof { password: &password, number: &number }, now) {
        Ok(()) => {
            desk.note("signed-in", &Words::new("本人確認に成功", "proved who they are"), context);
            Ok(Moment::of(now))
        }
        Err(wrong) => {
            if let Wrong::Tried(n) = wrong {
                let words = Words::new(format!("誤ったパスワードか番号（{n}回目）"), format!("wrong password or number, try {n}"));
                desk.note("sign-in-failed", &words, context);
            }
            Err(wrong.into())
        }
    }
}

/// Sets a person's password, having asked for the one before, or for the code that was given. Where nothing is kept of anybody, as the
/// keep was put aside, an administrator needs neither.
///
/// # Errors
/// The one before or the code is wrong, or the new one is too short or not typed twice the same.
pub fn set(data: &Path, desk: &Desk, context: &Context) -> Result<(), Problem> {
    let person = &context.actor;
    let keep = data::keep(data)?;
    let standing = credentials::standing(&keep, person, Timestamp::now())?;
    let manages = desk.snapshot().organisation.role_for(person, Action::ResetCredential, &Subject::default()).is_ok();
    let first = credentials::is_empty(&keep)? && manages;
    let code = match standing {
        _ if standing.password => proved(&keep, desk, context).map(|_| None)?,
        _ if first => None,
        _ if standing.invited => Some(ask(&format!("{}: ", say("受け取ったコード", "the code you were given")))?),
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
    };
    let new = ask(&format!("{}: ", say("新しいパスワード", "new password")))?;
    if ask(&format!("{}: ", say("もう一度", "again")))? != new {
        return Err(Problem::new(
            Words::new("二つのパスワードが一致しません", "the two passwords differ"),
            Words::new("もう一度やり直してください。何も変わっていません", "try again; nothing was changed"),
        ));
    }
    match code {
        Some(code) => credentials::accept(&keep, person, &code, &new, Timestamp::now())?,
        None => credentials::set(&keep, person, &new)?,
    }
    desk.note("password-set", &Words::same(person.clone()), context);
    Ok(())
}

/// Gives a code with which a person sets a password; one they had no longer holds.
///
/// # Errors
/// It cannot be kept.
pub fn invite(data: &Path, person: &str) -> Result<String, Problem> {
    credentials::invite(&data::keep(data)?, person, Timestamp::now())
}

/// What an administrator is told of a code.
pub fn told(person: &str, code: &str) -> String {
    match say("ja", "en") {
        "ja" => format!(
            "次のコードを {person} 本人に渡してください。`mimamori password` か画面の「パスワードの設定」で、一度だけ使えます\n{code}\n"
        ),
        _ => format!("hand this code to {person}, who sets a password with it once, by `mimamori password` or in the browser\n{code}\n"),
    }
}

/// Takes away the password and second factor of a person who lost one, and gives a code for new ones.
///
/// # Errors
/// It cannot be kept.
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
