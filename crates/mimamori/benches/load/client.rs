//! A browser without a screen: HTTP/1.1 on a connection that is kept, with the cookies of one person.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Who asks.
#[derive(Debug)]
pub struct Client {
    host: String,
    connection: Option<BufReader<TcpStream>>,
    /// The session, once there is one.
    pub cookie: Option<String>,
}

/// How an answer is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// As a browser asks for it, compressed; only counted.
    Compressed,
    /// As it is, to be read.
    Plain,
}

/// What came back.
#[derive(Debug, Default)]
pub struct Answer {
    /// The status; 0 if there was no answer.
    pub status: u16,
    /// Where to go on.
    pub location: Option<String>,
    /// Whether it came compressed.
    pub compressed: bool,
    /// What it holds, where it was to be read.
    pub text: String,
    /// How many bytes of it went over the wire.
    pub bytes: usize,
    /// From the request to the last byte.
    pub took: Duration,
    /// What the server says it took.
    pub server: Option<Duration>,
}

impl Client {
    /// Nobody yet.
    pub fn new(host: &str) -> Self {
        Self { host: host.to_owned(), connection: None, cookie: None }
    }

    /// The server is now at another address, and knows the session.
    pub fn moved(&mut self, host: &str) {
        (self.host, self.connection) = (host.to_owned(), None);
    }

    /// Looks at an address.
    pub fn get(&mut self, path: &str, taken: Taken) -> io::Result<Answer> {
        self.ask("GET", path, None, taken)
    }

    /// Sends a form.
    pub fn post(&mut self, path: &str, fields: &[(&str, String)]) -> io::Result<Answer> {
        let body: Vec<_> = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        self.ask("POST", path, Some(body.join("&")), Taken::Plain)
    }

    fn ask(&mut self, method: &str, path: &str, body: Option<String>, taken: Taken) -> io::Result<Answer> {
        let mut text = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nAccept-Language: ja\r\nUser-Agent: load\r\n", self.host);
        if taken == Taken::Compressed {
            text.push_str("Accept-Encoding: gzip\r\n");
        }
        if let Some(cookie) = &self.cookie {
            text.push_str(&format!("Cookie: mimamori={cookie}\r\n"));
        }
        if let Some(body) = &body {
            let length = body.len();
            text.push_str(&format!(
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\nSec-Fetch-Site: same-origin\r\n"
            ));
        }
        text.push_str("\r\n");
        text.push_str(body.as_deref().unwrap_or_default());
        let kept = self.connection.is_some();
        let answer = self.attempt(&text, taken);
        // a connection that was idle may have been closed meanwhile; what changes nothing is asked again, as browsers do
        if answer.is_err() && kept && method == "GET" { self.attempt(&text, taken) } else { answer }
    }

    fn attempt(&mut self, text: &str, taken: Taken) -> io::Result<Answer> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                let connection = TcpStream::connect(&self.host)?;
                connection.set_nodelay(true)?;
                connection.set_read_timeout(Some(Duration::from_secs(60)))?;
                BufReader::with_capacity(1 << 16, connection)
            }
        };
        let began = Instant::now();
        connection.get_mut().write_all(text.as_bytes())?;
        let mut answer = Answer::default();
        let head = self.head(&mut connection, &mut answer)?;
        let mut body = Vec::new();
        let keep = taken == Taken::Plain;
        match head.length {
            Some(length) => answer.bytes = take(&mut connection, length, keep.then_some(&mut body))?,
            None => loop {
                let length = usize::from_str_radix(line(&mut connection)?.split(';').next().unwrap_or_default().trim(), 16);
                let length = length.map_err(|_| io::Error::other("a chunk without its length"))?;
                answer.bytes += take(&mut connection, length, keep.then_some(&mut body))?;
                line(&mut connection)?;
                if length == 0 {
                    break;
                }
            },
        }
        answer.took = began.elapsed();
        answer.text = String::from_utf8_lossy(&body).into_owned();
        if !head.closes {
            self.connection = Some(connection);
        }
        Ok(answer)
    }

    fn head(&mut self, connection: &mut BufReader<TcpStream>, answer: &mut Answer) -> io::Result<Head> {
        let status = line(connection)?;
        answer.status = status.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        let mut head = Head { length: None, closes: false };
        loop {
            let line = line(connection)?;
            let Some((name, value)) = line.split_once(':') else { break };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => head.length = value.parse().ok(),
                "content-encoding" => answer.compressed = true,
                "connection" => head.closes = value.eq_ignore_ascii_case("close"),
                "location" => answer.location = Some(value.to_owned()),
                "set-cookie" => {
                    if let Some(token) = value.strip_prefix("mimamori=").and_then(|rest| rest.split(';').next()) {
                        self.cookie = Some(token.to_owned());
                    }
                }
                "server-timing" => {
                    let milliseconds = value.split("total;dur=").nth(1).and_then(|rest| rest.split([',', ';']).next()?.parse::<f64>().ok());
                    answer.server = milliseconds.map(|milliseconds| Duration::from_secs_f64(milliseconds / 1e3));
                }
                _ => {}
            }
        }
        Ok(head)
    }
}

struct Head {
    length: Option<usize>,
    closes: bool,
}

fn line(connection: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    if connection.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    line.truncate(line.trim_end_matches(['\r', '\n']).len());
    Ok(line)
}

/// Reads so many bytes, and keeps them if they are to be read.
fn take(connection: &mut BufReader<TcpStream>, length: usize, keep: Option<&mut Vec<u8>>) -> io::Result<usize> {
    let mut part = connection.take(length as u64);
    let read = match keep {
        Some(kept) => part.read_to_end(kept)? as u64,
        None => io::copy(&mut part, &mut io::sink())?,
    };
    if read == length as u64 { Ok(length) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// As forms and addresses write it.
pub fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// The value of a hidden field of a page.
pub fn hidden(page: &str, name: &str) -> Option<String> {
    let field = page.split("<input").find(|field| field.contains(&format!("name=\"{name}\"")))?;
    Some(plain(field.split("value=\"").nth(1)?.split('"').next()?))
}

/// What stands in a field of several lines.
pub fn typed_text(page: &str, name: &str) -> Option<String> {
    let field = page.split("<textarea").find(|field| field.contains(&format!("name=\"{name}\"")))?;
    let (_, text) = field.split_once('>')?;
    let text = text.split("</textarea").next()?;
    // the line break that begins it is none of it
    Some(plain(text.strip_prefix('\n').unwrap_or(text)))
}

fn plain(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}
