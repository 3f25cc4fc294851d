//! What the pages show, for programs: JSON under `/api/v1`, described by OpenAPI 3.1. The same routes, gates and matrix; a token instead
//! of a session.

mod describe;
mod read;
mod record;
mod types;

use access::Action::{AnswerInquiry, ReadPlan, ReadTrail, RecordInquiry, RecordReceipt};
use serde::Serialize;
use serde_json::json;

use crate::answer::{Answer, Reply, Trouble};
use crate::people::token::Scope;
use crate::route::{Guard, Route};

/// Every address for programs, and what describes them.
pub const ROUTES: &[Route] = &[
    Route::get("/api", Guard::SignedIn, describe::page),
    Route::get("/api/openapi.json", Guard::Open, describe::openapi),
    Route::get("/api/v1/products", Guard::SignedIn, read::products).api(Scope::Read),
    Route::get("/api/v1/products/{product}", Guard::May(ReadPlan), read::product).api(Scope::Read),
    Route::get("/api/v1/products/{product}/concerns", Guard::May(ReadPlan), read::concerns).api(Scope::Read),
    Route::get("/api/v1/products/{product}/activities", Guard::May(ReadPlan), read::activities).api(Scope::Read),
    Route::get("/api/v1/products/{product}/findings", Guard::May(ReadPlan), read::findings).api(Scope::Read),
    Route::get("/api/v1/products/{product}/revisions", Guard::May(ReadPlan), read::revisions).api(Scope::Read),
    Route::get("/api/v1/products/{product}/submissions", Guard::May(ReadPlan), read::submissions).api(Scope::Read),
    Route::get("/api/v1/products/{product}/deadlines", Guard::May(ReadPlan), read::deadlines).api(Scope::Read),
    Route::get("/api/v1/deadlines.ics", Guard::SignedIn, read::calendar_of_all).api(Scope::Read),
    Route::get("/api/v1/products/{product}/deadlines.ics", Guard::May(ReadPlan), read::calendar).api(Scope::Read),
    Route::get("/api/v1/products/{product}/worklists", Guard::May(ReadPlan), read::worklists).api(Scope::Read),
    Route::get("/api/v1/products/{product}/trail", Guard::May(ReadTrail), read::trail).api(Scope::Trail),
    Route::post("/api/v1/products/{product}/receipts", Guard::May(RecordReceipt), record::receipt).api(Scope::Record),
    Route::post("/api/v1/products/{product}/inquiries", Guard::May(RecordInquiry), record::inquiry).api(Scope::Record),
    Route::post("/api/v1/products/{product}/answers", Guard::May(AnswerInquiry), record::answer).api(Scope::Record),
];

/// What is wrong and what to do (RFC 9457), in Japanese and English.
#[must_use]
pub fn problem(trouble: &Trouble, calendar: bool) -> Answer {
    let words = &trouble.problem;
    let body = json!({
        "type": "about:blank",
        "title": words.message.en,
        "title_ja": words.message.ja,
        "detail": words.hint.en,
        "detail_ja": words.hint.ja,
        "status": trouble.status,
    });
    let answer = Answer::of("application/problem+json", body.to_string().into_bytes()).status(trouble.status);
    match trouble.status {
        // a program for calendars asks for name and password only where it is told to
        401 if calendar => answer.with("www-authenticate", "Basic realm=\"Mimamori\", charset=\"UTF-8\""),
        401 => answer.with("www-authenticate", "Bearer"),
        429 => answer.with("retry-after", "1"),
        _ => answer,
    }
}

fn answered<T: Serialize>(value: &T) -> Reply {
    let text = serde_json::to_vec(value).map_err(|error| {
        Trouble::new(500, diagnostic::Problem::new(diagnostic::Words::same(error.to_string()), diagnostic::Words::default()))
    })?;
    Ok(Answer::of("application/json", text))
}
