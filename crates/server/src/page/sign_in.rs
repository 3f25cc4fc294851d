//! Signing in and out, and accepting an invitation.

use diagnostic::Words;
use maud::{Markup, html};

use crate::answer::{Answer, Reply, Trouble};
use crate::ask::Ask;
use crate::look::{frame, secure};
use crate::people::credentials::{self, Proof, Wrong};
use crate::people::session;

/// The page to sign in.
///
/// # Errors
/// None.
pub fn page(ask: &Ask<'_>) -> Reply {
    if ask.session.is_some() && !ask.is_post {
        return Ok(Answer::go("/"));
    }
    Ok(frame::page(ask, ask.say("サインイン", "Sign in"), form(ask)))
}

/// The form to sign in. What somebody was about to do is not lost: they come back to the page.
#[must_use]
pub fn form(ask: &Ask<'_>) -> Markup {
    // what was sent when the session had ended came from a page: there its draft is kept
    let page = ask.headers.get("referer").and_then(|from| from.split_once("://")?.1.split_once('/')).map(|(_, path)| format!("/{path}"));
    let here = if ask.is_post {
        page.unwrap_or_else(|| "/".to_owned())
    } else {
        format!("{}{}", ask.path, crate::look::bits::query_of(&ask.query))
    };
    let back = ask.typed("back").or(ask.query("back")).unwrap_or(&here);
    let back = if back.starts_with("/sign-in") { "/" } else { back };
    html! {
        form.stack method="post" action="/sign-in" {
            input type="hidden" name="back" value=(back);
            label for="person" { (ask.say("利用者の識別子", "Your identifier")) }
            input type="text" id="person" name="person" value=(ask.field("person")) autocomplete="username" autocapitalize="none" spellcheck="false" required;
            label for="password" { (ask.say("パスワード", "Password")) }
            input type="password" id="password" name="password" autocomplete="current-password" required;
            label for="number" { (ask.say("認証アプリの番号", "Number of your authenticator")) }
            p.hint id="number-hint" { (ask.say("設定している場合に入力してください。", "If you have set one up.")) }
            input.short type="text" id="number" name="number" inputmode="numeric" autocomplete="one-time-code" aria-describedby="number-hint";
            p.actions { button { (ask.say("サインイン", "Sign in")) } }
        }
        @if ask.is_post && ask.path != "/sign-in" { (frame::typed_again(ask)) }
        p { a href="/invitation" { (ask.say("受け取ったコードで初めてパスワードを設定する", "Set a first password with the code you were given")) } }
    }
}

/// Signs in.
///
/// # Errors
/// Person, password or number are wrong, or it was tried too often.
pub fn sign_in(ask: &Ask<'_>) -> Reply {
    limited(ask)?;
    let person = ask.needed("person", "利用者の識別子", "the identifier")?.to_owned();
    let proof = Proof { password: ask.field("password"), number: ask.field("number") };
    let noted = |kind: &str, ja: &str, en: &str| -> Result<(), Trouble> {
        let mut context = ask.context(0)?;
        context.actor = if ask.state.organisation.people.contains_key(&person) { person.clone() } else { String::new() };
        ask.house.desk.note(kind, &Words::new(ja, en), &context);
        Ok(())
    };
    match credentials::prove(&ask.house.keep, &person, proof, ask.now) {
        // somebody who is known no more is no more let in
        Ok(()) if ask.state.organisation.people.contains_key(&person) => {}
        Ok(()) => {
            noted("sign-in-failed", "登録のない利用者", "known here no more")?;
            // outside it looks like any wrong password
            return Err(diagnostic::Problem::from(Wrong::Tried(1)).into());
        }
        Err(wrong) => {
            match &wrong {
                Wrong::Tried(n) => {
                    noted("sign-in-failed", &format!("誤ったパスワードか番号（{n}回目）"), &format!("wrong password or number, the {n}th"))?
                }
                Wrong::Locked => noted("sign-in-failed", "停止中の試み", "tried while locked")?,
                _ => {}
            }
            return Err(diagnostic::Problem::from(wrong).into());
        }
    }
    noted("signed-in", "サインイン", "signed in")?;
    begun(ask, &person, ask.typed("back").unwrap_or("/"))
}

fn begun(ask: &Ask<'_>, person: &str, back: &str) -> Reply {
    // a session that was there before is another one: nobody can prepare a session for somebody else
    if let Some(old) = &ask.session {
        session::end(&ask.house.keep, &old.person, &old.name)?;
    }
    let program = ask.headers.get("user-agent").map_or("", String::as_str);
    let token = session::begin(&ask.house.keep, person, program, ask.now)?;
    let cookie = format!("{}={token}; Path=/; HttpOnly; SameSite=Lax{}", "mimamori", secure(ask));
    Ok(Answer::go(back).with("set-cookie", cookie))
}

/// Signs out: the session ends, and the browser forgets what it kept.
///
/// # Errors
/// The session cannot be ended.
pub fn sign_out(ask: &Ask<'_>) -> Reply {
    if let Some(session) = &ask.session {
        session::end(&ask.house.keep, &session.person, &session.name)?;
        ask.house.desk.note("signed-out", &Words::new("サインアウト", "signed out"), &ask.context(0)?);
    }
    let gone = format!("mimamori=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{}", secure(ask));
    Ok(Answer::go("/sign-in").with("set-cookie", gone).with("clear-site-data", "\"cache\", \"storage\""))
}

/// The page on which an invitation is accepted.
///
/// # Errors
/// None.
pub fn invitation(ask: &Ask<'_>) -> Reply {
    Ok(frame::page(
        ask,
        ask.say("パスワードの設定", "Set a password"),
        html! {
            p.answer { (ask.say("受け取ったコードで、一度だけ設定できます。コードは14日間有効です。", "The code you were given works once, within 14 days.")) }
            form.stack method="post" action="/invitation" {
                label for="person" { (ask.say("利用者の識別子", "Your identifier")) }
                input type="text" id="person" name="person" value=(ask.field("person")) autocomplete="username" autocapitalize="none" spellcheck="false" required;
                label for="code" { (ask.say("受け取ったコード（16文字）", "The code, 16 characters")) }
                input type="text" id="code" name="code" autocomplete="off" autocapitalize="none" spellcheck="false" required;
                label for="password" { (ask.say("新しいパスワード", "New password")) }
                p.hint id="password-hint" { (ask.say("12文字以上。いくつかの語をつなげると、長くても覚えやすくなります。", "12 characters or more; several words in a row are long and easy to remember.")) }
                input type="password" id="password" name="password" autocomplete="new-password" required minlength="12" aria-describedby="password-hint";
                label for="again" { (ask.say("もう一度", "Again")) }
                input type="password" id="again" name="again" autocomplete="new-password" required minlength="12";
                p.actions { button { (ask.say("設定してサインイン", "Set it and sign in")) } }
            }
        },
    ))
}

/// Accepts an invitation.
///
/// # Errors
/// The code is wrong, or the password does not do.
pub fn accept(ask: &Ask<'_>) -> Reply {
    limited(ask)?;
    let person = ask.needed("person", "利用者の識別子", "the identifier")?.to_owned();
    same(ask)?;
    credentials::accept(&ask.house.keep, &person, ask.field("code"), ask.field("password"), ask.now)?;
    let mut context = ask.context(0)?;
    context.actor.clone_from(&person);
    ask.house.desk.note("password-set", &Words::same(person.clone()), &context);
    // a second factor is the next thing to do
    begun(ask, &person, "/account#second-factor")
}

/// That a new password was typed twice the same.
///
/// # Errors
/// It was not.
pub fn same(ask: &Ask<'_>) -> Result<(), Trouble> {
    if ask.field("password") == ask.field("again") {
        return Ok(());
    }
    Err(Trouble::unfit("二つのパスワードが一致しません", "the two passwords differ", "もう一度入力してください", "type them again"))
}

fn limited(ask: &Ask<'_>) -> Result<(), Trouble> {
    ask.house.limits.take(crate::limits::Of::SignIns, &ask.from, ask.now).map_err(|seconds| {
        Trouble::new(
            429,
            diagnostic::Problem::new(
                Words::new("短い時間に多くの試みがありました", "too many tries in a short time"),
                Words::new(format!("{seconds} 秒待ってから、もう一度試してください"), format!("wait {seconds} s and try again")),
            ),
        )
    })
}
