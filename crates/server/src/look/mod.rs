//! How pages look: the frame around them, one stylesheet, one script, and what many pages share.

pub mod bits;
pub mod frame;

use std::sync::OnceLock;

use crate::answer::{Answer, Reply, Trouble};
use crate::ask::Ask;
use crate::route::{Guard, Route};

/// Files that pages are made with, and the choice of the language.
pub const ROUTES: &[Route] = &[
    Route::get("/look/{version}/style.css", Guard::Open, style),
    Route::get("/look/{version}/script.js", Guard::Open, script),
    Route::get("/look/icon.svg", Guard::Open, icon),
    Route::get("/favicon.ico", Guard::Open, icon),
    Route::get("/robots.txt", Guard::Open, robots),
    Route::get("/language", Guard::Open, language),
];

const TOKENS: &str = include_str!("tokens.css");
const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><circle cx=\"16\" cy=\"16\" r=\"14\" fill=\"#0017c1\"/>\
                    <path d=\"M5 16c4-6 18-6 22 0-4 6-18 6-22 0z\" fill=\"#fff\"/><circle cx=\"16\" cy=\"16\" r=\"4\" fill=\"#0017c1\"/></svg>";
/// So long browsers may keep what has its version in its name.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The version of the files: a page of today never has the style of yesterday.
#[must_use]
pub fn version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| journal::Hash::of(&[TOKENS.as_bytes(), STYLE.as_bytes(), SCRIPT.as_bytes()]).to_string()[..12].to_owned())
}

fn style(_: &Ask<'_>) -> Reply {
    Ok(Answer::of("text/css; charset=utf-8", format!("{TOKENS}\n{STYLE}").into_bytes()).with("cache-control", FOR_EVER))
}

fn script(_: &Ask<'_>) -> Reply {
    Ok(Answer::of("text/javascript; charset=utf-8", SCRIPT.as_bytes().to_vec()).with("cache-control", FOR_EVER))
}

fn icon(_: &Ask<'_>) -> Reply {
    Ok(Answer::of("image/svg+xml", ICON.as_bytes().to_vec()).with("cache-control", "public, max-age=86400"))
}

fn robots(_: &Ask<'_>) -> Reply {
    Ok(Answer::of("text/plain; charset=utf-8", b"User-agent: *\nDisallow: /\n".to_vec()))
}

/// Chooses the language: `to` is the language, `back` the page that is gone back to.
fn language(ask: &Ask<'_>) -> Reply {
    let Some(to) = ask.query("to").filter(|to| ["ja", "en"].contains(to)) else {
        return Err(Trouble::unknown("この言語", "such language"));
    };
    let cookie = format!("{}={to}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{}", "language", secure(ask));
    Ok(Answer::go(ask.query("back").unwrap_or("/")).with("set-cookie", cookie))
}

/// What a cookie says where people reach the house by TLS.
#[must_use]
pub fn secure(ask: &Ask<'_>) -> &'static str {
    if ask.house.address.starts_with("https://") { "; Secure" } else { "" }
}
