//! A person's own account: password, second factor, sessions.

use diagnostic::{Problem, Words};
use maud::{Markup, PreEscaped, html};

use crate::answer::{Answer, Reply, Trouble};
use crate::ask::Ask;
use crate::look::bits::{field, form_key, hidden, proof};
use crate::look::frame;
use crate::page::sign_in::same;
use crate::people::credentials::{self, Proof};
use crate::people::token::Scope;
use crate::people::{second_factor, session, token};

/// The page.
///
/// # Errors
/// What is kept cannot be read.
pub fn page(ask: &Ask<'_>) -> Reply {
    let keep = &ask.house.keep;
    let standing = credentials::standing(keep, ask.person(), ask.now)?;
    let sessions = session::of(keep, ask.person(), ask.now)?;
    let here = ask.session.as_ref().map_or("", |session| &session.name);
    let held = ask.state.organisation.people.get(ask.person()).map(|person| person.holdings.as_slice()).unwrap_or_default();
    let body = html! {
        dl.facts {
            dt { (ask.say("識別子", "Identifier")) } dd { (ask.person()) }
            dt { (ask.say("役割", "Roles")) }
            dd {
                @if held.is_empty() { (ask.say("まだありません。システム管理者に付与を依頼してください。", "None yet: ask an administrator.")) }
                @for held in held { div { (ask.pair(held.role.words())) @if let Some(product) = &held.product { " — " (product) } } }
            }
        }
        h2 #second-factor { (ask.say("第二の要素（認証アプリ）", "Second factor")) }
        @if standing.second_factor {
            p { span.state-met { (ask.say("設定済みです。", "It is set up.")) } " " (ask.say("端末を替えるときは、もう一度設定してください。", "Set it up again when you change your device.")) }
        } @else {
            div.note.due { p { (ask.say("まだ設定されていません。パスワードだけでは、知られたときに他人が署名できます。", "Not set up yet. With a password alone, whoever learns it can sign for you.")) } }
        }
        (factor(ask)?)
        h2 { (ask.say("サインインしている端末", "Where you are signed in")) }
        div.wide tabindex="0" { table.cards {
            thead { tr { th scope="col" { (ask.say("端末", "Program")) } th scope="col" { (ask.say("開始", "Since")) } th scope="col" { (ask.say("最後の利用", "Last used")) } th scope="col" { (ask.say("操作", "Action")) } } }
            tbody { @for one in &sessions { tr {
                td { (program(&one.program)) @if one.name == here { " " span.tag { (ask.say("この端末", "this one")) } } }
                td.day { (one.since.to_zoned(ask.house.zone()).strftime("%Y-%m-%d %H:%M").to_string()) }
                td.day { (one.used.to_zoned(ask.house.zone()).strftime("%Y-%m-%d %H:%M").to_string()) }
                td { form method="post" action="/account/sessions" { (form_key(ask)) input type="hidden" name="session" value=(one.name); button.second { (ask.say("終了させる", "End it")) } } }
            } } }
        } }
        @if sessions.len() > 1 {
            form method="post" action="/account/sessions" { (form_key(ask)) input type="hidden" name="session" value="others"; p.actions { button.second { (ask.say("この端末以外をすべて終了させる", "End all others")) } } }
        }
        (tokens(ask)?)
        h2 { (ask.say("パスワードの変更", "Change your password")) }
        form.stack method="post" action="/account/password" {
            (form_key(ask))
            input type="text" name="person" value=(ask.person()) autocomplete="username" hidden;
            label for="current-password" { (ask.say("現在のパスワード", "Current password")) }
            input type="password" id="current-password" name="current-password" autocomplete="current-password" required;
            label for="change-number" { (ask.say("認証アプリの番号（設定している場合）", "Number of your authenticator, if you have one")) }
            input.short type="text" inputmode="numeric" id="change-number" name="number" autocomplete="one-time-code";
            label for="new-password" { (ask.say("新しいパスワード（12文字以上）", "New password, 12 characters or more")) }
            input type="password" id="new-password" name="password" autocomplete="new-password" required minlength="12";
            label for="again" { (ask.say("もう一度", "Again")) }
            input type="password" id="again" name="again" autocomplete="new-password" required minlength="12";
            p.actions { button { (ask.say("変更する", "Change it")) } }
            p.hint { (ask.say("変更すると、ほかの端末のセッションは終わります。", "All other sessions end with that.")) }
        }
    };
    Ok(frame::page(ask, ask.name(), body))
}

fn factor(ask: &Ask<'_>) -> Result<Markup, Problem> {
    // shown again with the same key after a wrong number
    let secret = match ask.typed("secret") {
        Some(secret) => secret.to_owned(),
        None => second_factor::secret()?,
    };
    let address = second_factor::address(&secret, ask.person(), &ask.state.organisation.name);
    Ok(html! {
        details open[ask.typed("secret").is_some()] {
            summary { (ask.say("認証アプリを設定する", "Set up an authenticator")) }
            p { (ask.say("認証アプリでこの図を読み取るか、鍵を入力してください。表示された6桁の番号で確かめます。", "Let your authenticator read this picture, or enter the key; the six digits it shows confirm it.")) }
            @if let Some(svg) = address.as_deref().and_then(second_factor::picture) { div.picture role="img" aria-label=(ask.say("鍵の二次元コード", "the key as a picture")) { (PreEscaped(svg)) } }
            p.secret { (secret) }
            form.stack method="post" action="/account/second-factor" {
                (form_key(ask))
                input type="hidden" name="secret" value=(secret);
                input type="text" name="who" value=(ask.person()) autocomplete="username" hidden;
                label for="factor-password" { (ask.say("パスワード", "Password")) }
                input type="password" id="factor-password" name="current-password" autocomplete="current-password" required;
                label for="factor-number" { (ask.say("表示された番号", "The number it shows")) }
                input.short type="text" inputmode="numeric" id="factor-number" name="new-number" autocomplete="one-time-code" required;
                label for="factor-old-number" { (ask.say("これまでの認証アプリの番号（設定していた場合）", "Number of the authenticator before, if there was one")) }
                input.short type="text" inputmode="numeric" id="factor-old-number" name="number" autocomplete="off";
                p.actions { button { (ask.say("設定する", "Set it up")) } }
            }
        }
    })
}

/// Tokens for programs; one that was just made is shown on this page alone.
fn tokens(ask: &Ask<'_>) -> Result<Markup, Problem> {
    let all = token::all(&ask.house.keep, ask.person(), ask.now)?;
    let day = |at: jiff::Timestamp| at.to_zoned(ask.house.zone()).strftime("%Y-%m-%d").to_string();
    Ok(html! {
        h2 #tokens { (ask.say("プログラムのためのトークン", "Tokens for programs")) }
        p { (ask.say("プログラムが、あなたの権限の中で、選んだ範囲だけを行えます。", "With one, a program may what you may, within the scopes you choose. ")) a href="/api" { (ask.say("使い方", "How")) } }
        @if let Some(made) = ask.headers.get("x-made-token") {
            div.note.due role="status" {
                p { (ask.say("このトークンは、今だけ表示されます。安全な所に写してください。", "This token is shown now and never again: keep it somewhere safe.")) }
                p.secret #token { (made) }
            }
        }
        @if !all.is_empty() {
            div.wide tabindex="0" { table.cards {
                thead { tr { th scope="col" { (ask.say("名前", "Name")) } th scope="col" { (ask.say("範囲", "Scopes")) } th scope="col" { (ask.say("期限", "Until")) } th scope="col" { (ask.say("操作", "Action")) } } }
                tbody { @for one in &all { tr {
                    td { (one.title) }
                    td { (one.scopes.iter().map(|scope| ask.pair(scope.words())).collect::<Vec<_>>().join(ask.say("、", ", "))) }
                    td.day { (day(one.until)) }
                    td { form method="post" action="/account/tokens" { (form_key(ask)) input type="hidden" name="revoke" value=(one.name); button.second { (ask.say("取り消す", "Revoke")) } } }
                } } }
            } }
        }
        details open[ask.field("form") == "token"] { summary { (ask.say("トークンを作る", "Make a token")) }
            form.stack method="post" action="/account/tokens" {
                (hidden(ask, "token", 0))
                (field(ask, "token", "title", ask.say("何に使うか", "What it is for"), "", ""))
                fieldset { legend { (ask.say("範囲", "Scopes")) }
                    @for scope in Scope::ALL { label.inline { input type="checkbox" name="scope" value=(scope.name()); (ask.pair(scope.words())) } }
                }
                (field(ask, "token", "days", ask.say("日数（1～366）", "Days, 1 to 366"), "", "90"))
                (proof(ask, "token"))
                p.actions { button { (ask.say("作る", "Make it")) } }
            }
        }
    })
}

/// Makes a token, or revokes one.
///
/// # Errors
/// The person was not proved, or it does not do.
pub fn change_tokens(ask: &Ask<'_>) -> Reply {
    if let Some(name) = ask.typed("revoke") {
        token::revoke(&ask.house.keep, ask.person(), name)?;
        ask.house.desk.note("token-revoked", &Words::new("トークンを取り消した", "revoked a token"), &ask.context(0)?);
        return Ok(Answer::go("/account#tokens"));
    }
    let title = ask.needed("title", "何に使うか", "what it is for")?.to_owned();
    let days = ask.field("days").trim().parse().unwrap_or(0);
    let chosen = |scope: &Scope| ask.form.iter().any(|(key, value)| key == "scope" && value == scope.name());
    let scopes: Vec<Scope> = Scope::ALL.into_iter().filter(chosen).collect();
    let context = proved(ask)?;
    let made = token::make(&ask.house.keep, ask.person(), &title, scopes.clone(), days, ask.now)?;
    let names: Vec<_> = scopes.iter().map(|scope| scope.name()).collect();
    let words = Words::new(format!("トークンを作った（{}）", names.join("、")), format!("made a token ({})", names.join(", ")));
    ask.house.desk.note("token-made", &words, &context);
    page(&ask.again([("x-made-token", made)]))
}

/// What a person knows their browser by.
fn program(agent: &str) -> String {
    const KNOWN: &[(&str, &str)] = &[("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    const SYSTEMS: &[(&str, &str)] =
        &[("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Mac OS", "macOS"), ("Linux", "Linux")];
    let of = |list: &[(&str, &'static str)]| list.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let all: Vec<_> = [of(KNOWN), of(SYSTEMS)].into_iter().flatten().collect();
    if all.is_empty() { "—".to_owned() } else { all.join(", ") }
}

/// Sets a second factor.
///
/// # Errors
/// Password or number are wrong.
pub fn set_factor(ask: &Ask<'_>) -> Reply {
    current(ask)?;
    let secret = ask.needed("secret", "鍵", "the key")?;
    credentials::set_second_factor(&ask.house.keep, ask.person(), secret, ask.field("new-number"), ask.now)?;
    ask.house.desk.note("second-factor-set", &Words::same(ask.person().to_owned()), &ask.context(0)?);
    Ok(Answer::go("/account#second-factor"))
}

/// Changes the password.
///
/// # Errors
/// The one before is wrong, or the new one does not do.
pub fn set_password(ask: &Ask<'_>) -> Reply {
    same(ask)?;
    current(ask)?;
    credentials::set(&ask.house.keep, ask.person(), ask.field("password"))?;
    if let Some(here) = &ask.session {
        session::end_others(&ask.house.keep, ask.person(), &here.name, ask.now)?;
    }
    ask.house.desk.note("password-set", &Words::same(ask.person().to_owned()), &ask.context(0)?);
    Ok(Answer::go("/account"))
}

fn current(ask: &Ask<'_>) -> Result<(), Trouble> {
    let proof = Proof { password: ask.field("current-password"), number: ask.field("number") };
    credentials::prove(&ask.house.keep, ask.person(), proof, ask.now).map_err(|wrong| Problem::from(wrong).into())
}

/// Ends sessions of the person.
///
/// # Errors
/// They cannot be ended.
pub fn end_session(ask: &Ask<'_>) -> Reply {
    let here = ask.session.as_ref().map_or("", |session| &session.name);
    match ask.field("session") {
        "others" => session::end_others(&ask.house.keep, ask.person(), here, ask.now)?,
        name => session::end(&ask.house.keep, ask.person(), name)?,
    }
    ask.house.desk.note("session-ended", &Words::new("セッションを終了させた", "ended a session"), &ask.context(0)?);
    Ok(Answer::go("/account"))
}

/// Proves anew who the person is, for what is signed or who is let in: the context with that moment.
///
/// # Errors
/// Password or number are wrong.
pub fn proved(ask: &Ask<'_>) -> Result<operation::Context, Trouble> {
    let given = Proof { password: ask.field("password"), number: ask.field("number") };
    let judged = credentials::prove(&ask.house.keep, ask.person(), given, ask.now);
    let mut context = ask.context(0)?;
    if let Err(wrong) = judged {
        ask.house.desk.note("sign-in-failed", &Words::new("署名の本人確認に失敗", "could not prove who they are, to sign"), &context);
        return Err(Problem::from(wrong).into());
    }
    if let Some(session) = &ask.session {
        session::proved(&ask.house.keep, &session.name, ask.now)?;
    }
    context.authenticated = Some(journal::Moment::of(ask.now));
    Ok(context)
}
