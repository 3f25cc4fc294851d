//! The page for a browser on this machine: one document, as HTML and as PDF, and a stream of events (`text/event-stream`, HTML Living
//! Standard 9.2) that says when there is a new one. The PDF is set when somebody asks for it.
//!
//! It listens at 127.0.0.1 and answers only who names it by that address or `localhost`, so that no page of another site can read a plan
//! by giving its own name this address.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use diagnostic::{Problem, Words};
use typeset::{Document, Tokens};

use crate::command::build::pdf;

/// Ports that are tried one after the other.
const TRIES: u16 = 20;
/// Bytes of a request that are read; browsers send a tenth of it.
const LONGEST_REQUEST: u64 = 16 << 10;
/// Connections at a time: a person's tabs.
const MOST_CONNECTIONS: usize = 32;
/// Time after which a silent stream says that it is still there, and notices that its reader is gone.
const STILL_THERE: Duration = Duration::from_secs(10);
/// Time for one to ask and to take the answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Where the PDF is.
const PDF: &str = "/j-rmp.pdf";
/// A page around the PDF that follows it, as no viewer does by itself.
const PDF_PAGE: &str = concat!(
    "<!DOCTYPE html><html lang=\"ja\"><head><meta charset=\"utf-8\"><title>PDF</title>",
    "<style>html,body,iframe{margin:0;border:0;width:100%;height:100%;display:block}</style></head>",
    "<body><iframe title=\"PDF\" src=\"/j-rmp.pdf\"></iframe>",
    "<script>let shown;new EventSource('/changes').onmessage=e=>{",
    "if(shown&&shown!==e.data)document.querySelector('iframe').src='/j-rmp.pdf?'+e.data;shown=e.data}</script></body></html>",
);

/// A document as it is shown.
pub struct Shown {
    document: Document,
    tokens: Tokens,
    html: String,
}

impl Shown {
    /// A document in its looks.
    pub fn new(document: Document, tokens: Tokens) -> Self {
        let html = typeset::html(&document, &tokens);
        Self { document, tokens, html }
    }
}

#[derive(Default)]
struct Current {
    number: u64,
    shown: Option<Arc<Shown>>,
}

/// The pages that are shown.
#[derive(Default)]
struct Desk {
    shown: Mutex<Current>,
    changed: Condvar,
    connections: AtomicUsize,
}

impl Desk {
    fn shown(&self) -> MutexGuard<'_, Current> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The server.
pub struct Server {
    desk: Arc<Desk>,
    port: u16,
}

impl Server {
    /// Begins to listen, at the port or the next one that is free.
    ///
    /// # Errors
    /// None of them is.
    pub fn open(port: u16) -> Result<Self, Problem> {
        let mut last = None;
        for port in (0..TRIES).filter_map(|step| port.checked_add(step)) {
            match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
                Ok(listener) => {
                    let port = listener.local_addr().map_or(port, |address| address.port());
                    let desk = Arc::<Desk>::default();
                    // a tab that is left over from an earlier run sees that its page is none of these
                    desk.shown().number = u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap_or(0);
                    let kept = Arc::clone(&desk);
                    std::thread::spawn(move || serve(&listener, &kept, port));
                    return Ok(Self { desk, port });
                }
                Err(error) => last = Some(error),
            }
        }
        let cause = last.map_or_else(|| Words::same(String::new()), |error| crate::delivery::cause(&error));
        Err(Problem::new(
            Words::new(
                format!("127.0.0.1 のポート {port} からの {TRIES} 個はどれも開けません（{}）", cause.ja),
                format!("none of the {TRIES} ports from {port} on at 127.0.0.1 can be opened ({})", cause.en),
            ),
            Words::new("--port に別の番号を指定してください", "give another number after --port"),
        ))
    }

    /// Where a browser finds it.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Shows a document from now on.
    pub fn show(&self, mut shown: Shown) {
        let mut current = self.desk.shown();
        current.number += 1;
        // at the very end: a script there waits for nothing and holds nothing up
        let number = current.number;
        let follow = format!("<script>new EventSource('/changes').onmessage=e=>{{if(e.data!=='{number}')location.reload()}}</script>");
        let end = shown.html.rfind("</body>").unwrap_or(shown.html.len());
        shown.html.insert_str(end, &follow);
        current.shown = Some(Arc::new(shown));
        self.desk.changed.notify_all();
    }
}

fn serve(listener: &TcpListener, desk: &Arc<Desk>, port: u16) {
    for connection in listener.incoming().flatten() {
        if desk.connections.fetch_add(1, Ordering::Relaxed) >= MOST_CONNECTIONS {
            desk.connections.fetch_sub(1, Ordering::Relaxed);
            continue;
        }
        let kept = Arc::clone(desk);
        std::thread::spawn(move || {
            // a reader that goes away has seen enough
            let _ = answer(connection, &kept, port);
            kept.connections.fetch_sub(1, Ordering::Relaxed);
        });
    }
}

fn answer(mut connection: TcpStream, desk: &Desk, port: u16) -> std::io::Result<()> {
    connection.set_read_timeout(Some(PATIENCE))?;
    connection.set_write_timeout(Some(PATIENCE))?;
    let mut request = BufReader::new((&connection).take(LONGEST_REQUEST));
    let mut line = String::new();
    request.read_line(&mut line)?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next().unwrap_or_default().to_owned(), words.next().unwrap_or_default().to_owned());
    let mut host = String::new();
    loop {
        line.clear();
        if request.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("host")
        {
            host = value.trim().to_lowercase();
        }
    }
    let known = [format!("127.0.0.1:{port}"), format!("localhost:{port}")].contains(&host);
    match (known, method.as_str(), path.split('?').next().unwrap_or_default()) {
        (false, ..) => reply(&mut connection, "403 Forbidden", "text/plain; charset=utf-8", "127.0.0.1\n"),
        (_, "GET", "/pdf") => reply(&mut connection, "200 OK", "text/html; charset=utf-8", PDF_PAGE),
        (_, "GET", path @ ("/" | PDF)) => {
            let shown = desk.shown().shown.clone();
            match shown {
                Some(shown) if path == "/" => reply(&mut connection, "200 OK", "text/html; charset=utf-8", &shown.html),
                Some(shown) => match pdf(&shown.document, &shown.tokens, "j-rmp") {
                    Ok(bytes) => reply(&mut connection, "200 OK", "application/pdf", bytes),
                    Err(Problem { message, hint }) => {
                        let words = format!("{}\n{}\n\n{}\n{}\n", message.ja, hint.ja, message.en, hint.en);
                        reply(&mut connection, "500 Internal Server Error", "text/plain; charset=utf-8", words)
                    }
                },
                None => reply(&mut connection, "404 Not Found", "text/plain; charset=utf-8", "まだありません / not yet\n"),
            }
        }
        (_, "GET", "/changes") => stream(&mut connection, desk),
        (_, "GET", _) => reply(&mut connection, "404 Not Found", "text/plain; charset=utf-8", "ここにはありません / not here\n"),
        _ => reply(&mut connection, "405 Method Not Allowed", "text/plain; charset=utf-8", "GET\n"),
    }
}

fn reply(connection: &mut TcpStream, status: &str, kind: &str, body: impl AsRef<[u8]>) -> std::io::Result<()> {
    let body = body.as_ref();
    let length = body.len();
    write!(
        connection,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    )?;
    connection.write_all(body)?;
    connection.flush()
}

/// Says the number of the page that is shown, and of each new one.
fn stream(connection: &mut TcpStream, desk: &Desk) -> std::io::Result<()> {
    write!(
        connection,
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\nretry: 500\n\n"
    )?;
    let mut said = 0;
    loop {
        let shown = desk.shown();
        let (shown, _) =
            desk.changed.wait_timeout_while(shown, STILL_THERE, |shown| shown.number == said).unwrap_or_else(PoisonError::into_inner);
        let number = shown.number;
        drop(shown);
        if number == said {
            connection.write_all(b": still there\n\n")?;
        } else {
            said = number;
            write!(connection, "data: {number}\n\n")?;
        }
        connection.flush()?;
    }
}
