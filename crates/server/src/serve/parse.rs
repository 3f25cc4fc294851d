//! From a request to what is asked: address, form, files. What is too long or cannot be read is told, not guessed.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Multipart, Request};

use crate::answer::Trouble;
use crate::ask::Sent;
use crate::route::Route;

/// What came over the wire.
#[derive(Debug, Default)]
pub struct Asked {
    pub is_post: bool,
    pub path: String,
    pub parts: BTreeMap<String, String>,
    pub query: Vec<(String, String)>,
    pub form: Vec<(String, String)>,
    pub files: Vec<Sent>,
    pub body: Vec<u8>,
    pub headers: BTreeMap<String, String>,
    pub from: String,
    /// What could not be read of it.
    pub unread: Option<Trouble>,
}

/// Headers that rooms above may want.
const WANTED: &[&str] = &[
    "accept-language",
    "authorization",
    "content-type",
    "cookie",
    "host",
    "idempotency-key",
    "referer",
    "if-none-match",
    "origin",
    "sec-fetch-site",
    "user-agent",
    "x-mimamori-fragment",
];

pub async fn request(from: SocketAddr, parts: BTreeMap<String, String>, request: Request, route: &Route) -> Asked {
    let mut asked = head(from, parts, &request);
    if !asked.is_post {
        return asked;
    }
    let kind = asked.headers.get("content-type").map(|kind| kind.to_ascii_lowercase()).unwrap_or_default();
    let read = if kind.starts_with("multipart/form-data") {
        files(request, route.most, &mut asked).await
    } else {
        match to_bytes(request.into_body(), route.most).await {
            Err(_) => Err(too_large(route.most)),
            Ok(bytes) if kind.starts_with("application/x-www-form-urlencoded") => {
                asked.form = pairs(&bytes);
                Ok(())
            }
            Ok(bytes) => {
                asked.body = bytes.to_vec();
                Ok(())
            }
        }
    };
    asked.unread = read.err();
    asked
}

fn pairs(text: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(text).into_owned().collect()
}

/// What stands before the body.
fn head(from: SocketAddr, parts: BTreeMap<String, String>, request: &Request) -> Asked {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    Asked {
        is_post: request.method() == axum::http::Method::POST,
        path: request.uri().path().to_owned(),
        parts,
        query: pairs(request.uri().query().unwrap_or_default().as_bytes()),
        headers: WANTED.iter().filter_map(|name| Some(((*name).to_owned(), header(name)?))).collect(),
        from: from.ip().to_string(),
        ..Asked::default()
    }
}

async fn files(request: Request, most: usize, asked: &mut Asked) -> Result<(), Trouble> {
    let mut left = most;
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| malformed())?;
    loop {
        let Some(mut part) = parts.next_field().await.map_err(|error| broken(&error, most))? else { return Ok(()) };
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.file_name().map(str::to_owned);
        let mut bytes: Vec<u8> = Vec::new();
        while let Some(piece) = part.chunk().await.map_err(|error| broken(&error, most))? {
            let piece: Bytes = piece;
            left = left.checked_sub(piece.len()).ok_or_else(|| too_large(most))?;
            bytes.extend_from_slice(&piece);
        }
        match name {
            Some(name) => asked.files.push(Sent { field, name, bytes }),
            None => asked.form.push((field, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
}

fn broken(error: &axum::extract::multipart::MultipartError, most: usize) -> Trouble {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE { too_large(most) } else { malformed() }
}

fn malformed() -> Trouble {
    let mut trouble = Trouble::unfit(
        "送られた内容を読めません",
        "what was sent cannot be read",
        "もう一度送ってください。途中で切れた可能性があります",
        "send it again: it may have been cut off",
    );
    trouble.status = 400;
    trouble
}

fn too_large(most: usize) -> Trouble {
    let mib = most >> 20;
    let mut trouble = Trouble::unfit(
        format!("送られた内容が大きすぎます（上限 {mib} MiB）"),
        format!("what was sent is too large (at most {mib} MiB)"),
        "分けるか、小さくしてから送ってください",
        "send less, or in parts",
    );
    trouble.status = 413;
    trouble
}
