//! From the wire to [`Ask`] and back: the only place that knows HTTP.
//!
//! Everything that is asked passes the same gates, in this order: the name of the house, the size, how often, who asks, whether the form
//! is ours, what they may. Pages are made on threads that may wait.

mod gate;
mod parse;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use diagnostic::{Problem, Words};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use crate::answer::{Answer, Content, Trouble};
use crate::house::House;
use crate::limits::DOCUMENT;
use crate::route::{Page, Route, routes};

/// What browsers may do with our pages: nothing but show them, with the style and the script that stand in files of this house
/// (Content Security Policy 3).
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
                          frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

/// Serves until it is told to stop: by a signal, or when `stop` is done.
///
/// # Errors
/// The listener fails.
pub fn serve(house: Arc<House>, listener: std::net::TcpListener) -> Result<(), Problem> {
    let failed = |error: std::io::Error| {
        Problem::new(
            Words::new(format!("サーバーを始められません（{error}）"), format!("the server cannot start ({error})")),
            Words::new("ポートとアドレスを確かめてください", "check the port and the address"),
        )
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().max_blocking_threads(64).build().map_err(failed)?;
    runtime.block_on(async move {
        listener.set_nonblocking(true).map_err(failed)?;
        let listener = tokio::net::TcpListener::from_std(listener).map_err(failed)?;
        let swept = Arc::clone(&house);
        tokio::spawn(async move {
            loop {
                let house = Arc::clone(&swept);
                let _ = tokio::task::spawn_blocking(move || {
                    let now = house.now();
                    crate::people::session::sweep(&house.keep, now).and_then(|()| crate::people::credentials::sweep(&house.keep, now))
                })
                .await;
                tokio::time::sleep(Duration::from_secs(600)).await;
            }
        });
        let service = router(house).into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service).with_graceful_shutdown(told_to_stop()).await.map_err(failed)
    })
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        if let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = interrupted.await;
}

fn router(house: Arc<House>) -> Router {
    let mut router = Router::new();
    for route in routes() {
        for (method, page) in [(MethodFilter::GET, route.get), (MethodFilter::POST, route.post)] {
            let Some(page) = page else { continue };
            router = router.route(
                route.path,
                on(method, move |state: Shared, from: From, parts: RawPathParams, request: Request| {
                    answer(state, from, parts, request, route, page)
                }),
            );
        }
    }
    router
        .fallback(|state: Shared, from: From, parts: RawPathParams, request: Request| answer(state, from, parts, request, NOWHERE, nowhere))
        .method_not_allowed_fallback(|state: Shared, from: From, parts: RawPathParams, request: Request| {
            answer(state, from, parts, request, NOWHERE, not_so)
        })
        .layer(DefaultBodyLimit::max(DOCUMENT))
        // pages are small: what compressing harder saves on the line it costs everybody in time
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .with_state(house)
}

type Shared = State<Arc<House>>;
type From = ConnectInfo<SocketAddr>;

const NOWHERE: Route = Route::get("", crate::route::Guard::Open, nowhere);

fn nowhere(_: &crate::ask::Ask<'_>) -> crate::answer::Reply {
    Err(Trouble::unknown("この頁", "such page"))
}

fn not_so(_: &crate::ask::Ask<'_>) -> crate::answer::Reply {
    Err(Trouble::new(
        405,
        Problem::new(
            Words::new("この頁では、その操作はできません", "that cannot be done at this address"),
            Words::new("前の頁に戻り、画面のボタンを使ってください", "go back and use the buttons of the page"),
        ),
    ))
}

async fn answer(
    State(house): State<Arc<House>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    parts: RawPathParams,
    request: Request,
    route: Route,
    page: Page,
) -> Response {
    let began = std::time::Instant::now();
    let parts: BTreeMap<String, String> = parts.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let asked = parse::request(from, parts, request, &route).await;
    let done = tokio::task::spawn_blocking(move || gate::through(&house, asked, &route, page)).await;
    let mut response = done.map_or_else(|_| panicked(), respond);
    if let Ok(took) = HeaderValue::from_str(&format!("total;dur={:.1}", began.elapsed().as_secs_f64() * 1e3)) {
        response.headers_mut().insert("server-timing", took);
    }
    response
}

/// A fault of ours: the thread that made the page is gone, the others go on.
fn panicked() -> Response {
    let words = "内部の誤りがありました。記録は損なわれていません。もう一度試し、続くときはシステム管理者に知らせてください。\n\
                 Something went wrong here. The record is unharmed. Try again; if it goes on, tell an administrator.\n";
    respond(Answer::of("text/plain; charset=utf-8", words.as_bytes().to_vec()).status(500))
}

fn respond(answer: Answer) -> Response {
    let Answer { status, headers, content } = answer;
    let body = match content {
        Content::Bytes(bytes) => Body::from(bytes),
        Content::Stream(stream) => {
            let (sender, receiver) = tokio::sync::mpsc::channel::<Result<Vec<u8>, std::io::Error>>(4);
            tokio::task::spawn_blocking(move || stream(&mut |piece| sender.blocking_send(Ok(piece)).is_ok()));
            Body::new(Pieces(receiver))
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let always = [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        // what is shown is of this person at this moment
        ("cache-control", "no-store"),
    ];
    let all: &mut HeaderMap = response.headers_mut();
    for (name, value) in always {
        all.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    for (name, value) in headers {
        // a value with a line break is no value: nothing can be written into our headers
        let Ok(value) = HeaderValue::from_str(&value) else { continue };
        match name {
            "set-cookie" => _ = all.append(HeaderName::from_static(name), value),
            _ => _ = all.insert(HeaderName::from_static(name), value),
        }
    }
    response
}

/// Pieces of a long answer as they come.
struct Pieces(tokio::sync::mpsc::Receiver<Result<Vec<u8>, std::io::Error>>);

impl axum::body::HttpBody for Pieces {
    type Data = axum::body::Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| piece.map(|bytes| http_body::Frame::data(bytes.into()))))
    }
}
