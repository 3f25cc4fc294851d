//! The frame that every page has: product and its one-sentence state, where one is, as of when, who.

use access::Action;
use maud::{DOCTYPE, Markup, html};

use super::bits::{form_key, query_of};
use crate::answer::{Answer, Trouble, told};
use crate::ask::{Ask, alias};
use crate::page;

/// A page about the organisation.
#[must_use]
pub fn page(ask: &Ask<'_>, title: &str, body: Markup) -> Answer {
    Answer::page(framed(ask, title, html! {}, &html! { h1 { (title) } (body) }))
}

/// A page about the product in the path.
#[must_use]
pub fn product_page(ask: &Ask<'_>, title: &str, body: Markup) -> Answer {
    Answer::page(framed(ask, title, of_product(ask), &html! { h1 { (title) } (body) }))
}

/// What went wrong, with what was typed.
#[must_use]
pub fn trouble(ask: &Ask<'_>, trouble: &Trouble) -> Answer {
    let title = match trouble.status {
        401 => ask.say("サインイン", "Sign in"),
        403 => ask.say("行えない操作です", "This may not be done"),
        404 => ask.say("見つかりません", "Not found"),
        429 => ask.say("少しお待ちください", "One moment"),
        _ => ask.say("うまくいきませんでした", "This did not work"),
    };
    if ask.headers.contains_key("x-mimamori-fragment") {
        return Answer::page(told(&trouble.problem, ask.language)).status(trouble.status);
    }
    let body = html! {
        h1 { (title) }
        (told(&trouble.problem, ask.language))
        @if trouble.status == 401 { (page::sign_in::form(ask)) } @else {
            @if ask.is_post { (typed_again(ask)) }
            p.actions { a.button.second href="/" { (ask.say("今日の頁へ", "To today’s page")) } }
        }
    };
    let answer = Answer::page(framed(ask, title, html! {}, &body)).status(trouble.status);
    match (trouble.status, &trouble.problem.hint.en) {
        (429, hint) => {
            let seconds: String = hint.chars().filter(char::is_ascii_digit).collect();
            answer.with("retry-after", seconds)
        }
        _ => answer,
    }
}

/// What was typed and could not be taken, to be sent again or kept elsewhere. Secrets are not shown.
#[must_use]
pub fn typed_again(ask: &Ask<'_>) -> Markup {
    const OURS: &[&str] = &["key", "seen", "command", "form"];
    let secret = |name: &str| ["password", "number", "code", "again"].iter().any(|part| name.contains(part));
    let shown: Vec<_> =
        ask.form.iter().filter(|(name, value)| !secret(name) && !OURS.contains(&name.as_str()) && !value.is_empty()).collect();
    html! {
        @if !shown.is_empty() {
            h2 { (ask.say("入力したもの", "What you typed")) }
            p { (ask.say("失われないよう、ここに残しています。", "It is kept here, so that nothing is lost.")) }
            @if ask.session.is_some() {
                form.stack method="post" action=(ask.path) {
                    (form_key(ask))
                    @for (name, value) in &ask.form {
                        @if ["seen", "command", "form"].contains(&name.as_str()) { input type="hidden" name=(name) value=(value); }
                    }
                    @for (index, (name, value)) in shown.iter().enumerate() {
                        label for={ "typed-" (index) } { (name) }
                        textarea id={ "typed-" (index) } name=(name) rows=(value.lines().count().clamp(1, 12)) { (value) }
                    }
                    p.actions { button { (ask.say("もう一度送る", "Send again")) } }
                }
            } @else {
                @for (name, value) in &shown { h3 { (name) } pre { (value) } }
            }
        }
    }
}

fn framed(ask: &Ask<'_>, title: &str, of_product: Markup, body: &Markup) -> Markup {
    let organisation = &ask.state.organisation;
    let person = ask.session.as_ref().map(|session| alias(&organisation.id, &session.person));
    let version = super::version();
    let (language, other) = if ask.is_japanese() { ("ja", "en") } else { ("en", "ja") };
    html! {
        (DOCTYPE)
        html lang=(language) data-person=[person] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " — " (ask.say("見守り", "Mimamori")) }
                link rel="icon" href="/look/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href={ "/look/" (version) "/style.css" };
                script src={ "/look/" (version) "/script.js" } defer {}
            }
            body {
                a.skip href="#main" { (ask.say("本文へ進む", "Skip to the text")) }
                header.house {
                    @if ask.house.simulated { div.simulated { (ask.say("模擬データ", "SIMULATED DATA")) } }
                    div.row {
                        a.brand href=(ask.link("/")) { (ask.say("見守り", "Mimamori")) }
                        @if ask.session.is_some() { (rooms(ask)) }
                        div.who {
                            @if ask.session.is_some() { (as_of(ask)) a href="/account" { (ask.name()) } }
                            a href={ "/language?to=" (other) "&back=" (here(ask)) } lang=(other) hreflang=(other) {
                                @if other == "en" { "English" } @else { "日本語" }
                            }
                            @if ask.session.is_some() {
                                form method="post" action="/sign-out" data-sign-out="" {
                                    (form_key(ask))
                                    button.link { (ask.say("サインアウト", "Sign out")) }
                                }
                            }
                        }
                    }
                }
                (of_product)
                @if ask.is_past() { (past(ask)) }
                main id="main" tabindex="-1" {
                    @if let Some(problem) = &ask.problem { (told(problem, ask.language)) }
                    (body)
                }
                footer.house {
                    span { (organisation.name) }
                    span { "Mimamori " (env!("CARGO_PKG_VERSION")) }
                    @if ask.session.is_some() { span { (ask.say("時刻は ", "times are of ")) (ask.zone_name()) } }
                    @if inside(ask) { a href="/system" { (ask.say("このシステムについて", "About this system")) } }
                }
            }
        }
    }
}

/// This page, as part of an address.
fn here(ask: &Ask<'_>) -> String {
    let whole = if ask.is_post { ask.path.clone() } else { format!("{}{}", ask.path, query_of(&ask.query)) };
    form_urlencoded::byte_serialize(whole.as_bytes()).collect()
}

fn inside(ask: &Ask<'_>) -> bool {
    ask.session.is_some() && page::INSIDE.iter().any(|action| ask.may(*action, None))
}

fn rooms(ask: &Ask<'_>) -> Markup {
    let first = ask.path.split('/').nth(1).unwrap_or_default();
    let rooms = [
        ("", ask.say("今日", "Today"), true),
        ("deadlines", ask.say("期限", "Deadlines"), ask.may(Action::ReadPlan, None)),
        ("trail", ask.say("記録", "Record"), ask.may(Action::ReadTrail, None)),
        ("import", ask.say("取り込む", "Import"), ask.may(Action::RecordRevision, None)),
        ("administration", ask.say("管理", "Administration"), inside(ask)),
    ];
    html! {
        nav.rooms aria-label=(ask.say("部屋", "Rooms")) {
            @for (path, words, shown) in rooms {
                @if shown { a href=(ask.link(&format!("/{path}"))) aria-current=[(first == path).then_some("page")] { (words) } }
            }
        }
    }
}

fn of_product(ask: &Ask<'_>) -> Markup {
    let id = ask.part("product");
    let Some(name) = ask.state.organisation.products.get(id) else { return html! {} };
    let at = ask.path.split('/').nth(3).unwrap_or_default();
    let parts = [
        ("", ask.say("計画", "Plan"), Action::ReadPlan),
        ("read", ask.say("読む", "Read"), Action::ReadPlan),
        ("edit", ask.say("編集", "Edit"), Action::RecordRevision),
        ("versions", ask.say("版と署名", "Versions"), Action::ReadPlan),
        ("documents", ask.say("文書", "Documents"), Action::ReadPlan),
        ("impact", ask.say("影響", "Impact"), Action::ReadPlan),
        ("deadlines", ask.say("期限", "Deadlines"), Action::ReadPlan),
        ("trail", ask.say("記録", "Record"), Action::ReadTrail),
    ];
    let surveys = page::survey::any(ask, id);
    html! {
        div.of-product role="region" aria-label=(name) {
            div.row {
                span.product { (name) }
                // how the plan stands is told to those who may read it
                @if ask.may(Action::ReadPlan, Some(id)) { span.state { (crate::record::sentence::of_product(ask, id)) } }
                nav.of-product aria-label=(ask.say("この製品", "This product")) {
                    @for (path, words, action) in parts {
                        @if ask.may(action, Some(id)) {
                            a href=(ask.link(format!("/p/{id}/{path}").trim_end_matches('/'))) aria-current=[(at == path).then_some("page")] { (words) }
                        }
                        @if path == "deadlines" && surveys { a href=(ask.link(&format!("/p/{id}/surveys"))) aria-current=[(at == "surveys").then_some("page")] { (ask.say("調査", "Surveys")) } }
                    }
                }
            }
        }
    }
}

/// The choice of a point of time, on every page.
fn as_of(ask: &Ask<'_>) -> Markup {
    let value = |name: &str| ask.query(name).unwrap_or_default().to_owned();
    html! {
        details.as-of {
            summary { (ask.say("時点", "As of")) }
            form method="get" action=(ask.path) {
                @for (key, kept) in ask.query.iter().filter(|(key, _)| !["recorded", "received"].contains(&key.as_str())) {
                    input type="hidden" name=(key) value=(kept);
                }
                div {
                    label for="as-of-recorded" { (ask.say("いつまでに記録されたもの", "as recorded by")) }
                    input.short id="as-of-recorded" name="recorded" value=(value("recorded")) placeholder="2026-11-24T18:00";
                }
                div {
                    label for="as-of-received" { (ask.say("いつまでに受領・実施したもの", "as received or done by")) }
                    input.short id="as-of-received" type="date" name="received" value=(value("received"));
                }
                button.second { (ask.say("表示", "Show")) }
            }
        }
    }
}

fn past(ask: &Ask<'_>) -> Markup {
    let recorded = ask.point.recorded.map(|moment| ask.local(moment));
    let kept: Vec<_> = ask.query.iter().filter(|(key, _)| !["recorded", "received"].contains(&key.as_str())).cloned().collect();
    html! {
        div.past role="status" {
            strong { (ask.say("過去の時点を表示しています", "You are looking back")) } " "
            @if let Some(moment) = recorded { (ask.say("記録: ", "recorded by ")) (moment) "　" }
            @if let Some(day) = ask.point.received { (ask.say("受領: ", "received by ")) (day) "　" }
            a href={ (ask.path) (query_of(&kept)) } { (ask.say("現在に戻る", "Back to the present")) }
        }
    }
}
