//! A server on the invented world, and a plain client: what goes over the wire is what a test writes.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// Everybody's password in the invented world.
pub const PASSWORD: &str = "mimamori demo 2026";

/// A running server; it ends with this.
pub struct House {
    child: Child,
    /// Such as `127.0.0.1:41234`.
    pub host: String,
    /// The folder of the record.
    pub data: PathBuf,
    _folder: tempfile::TempDir,
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts the program and waits for its address.
fn started(arguments: &[&str]) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mimamori"))
        .args(arguments)
        .args(["--port", "0", "--lang", "en"])
        .env("TZ", "Asia/Tokyo")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut told = Vec::new();
    let host = loop {
        let Some(Ok(line)) = lines.next() else { panic!("the server did not start: {told:?}") };
        if let Some(rest) = line.strip_prefix("serving at http://") {
            break rest.split(' ').next().unwrap().to_owned();
        }
        told.push(line);
    };
    // what it tells later is read, so that it never waits for a reader
    std::thread::spawn(move || lines.for_each(drop));
    (child, host)
}

/// The invented world, furnished once for a test program.
fn furnished() -> &'static Path {
    static WORLD: OnceLock<PathBuf> = OnceLock::new();
    WORLD.get_or_init(|| {
        let folder = tempfile::Builder::new().prefix("mimamori-world").tempdir().unwrap().keep();
        let data = folder.join("world");
        let (mut child, _) = started(&["demo", data.to_str().unwrap()]);
        child.kill().unwrap();
        child.wait().unwrap();
        data
    })
}

fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

impl House {
    /// A server on a copy of the invented world.
    pub fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        copied(furnished(), &data);
        Self::on(folder, data)
    }

    /// A server on a copy of the invented world in which something was done before.
    #[allow(dead_code, reason = "each test program uses what it needs")]
    pub fn open_after(arrange: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        copied(furnished(), &data);
        arrange(&data);
        Self::on(folder, data)
    }

    /// A server on a record.
    pub fn on(folder: tempfile::TempDir, data: PathBuf) -> Self {
        Self::with(folder, data, &[])
    }

    /// A server on a record, with further options.
    pub fn with(folder: tempfile::TempDir, data: PathBuf, options: &[&str]) -> Self {
        let (child, host) = started(&[&["serve", data.to_str().unwrap()], options].concat());
        Self { child, host, data, _folder: folder }
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self) -> Client {
        Client { host: self.host.clone(), cookies: Vec::new(), key: String::new() }
    }

    /// Somebody who is.
    pub fn client(&self, person: &str) -> Client {
        let mut client = self.stranger();
        let answer = client.post("/sign-in", &[("person", person), ("password", PASSWORD)]);
        assert_eq!(answer.status, 303, "{person} signs in: {}", answer.body);
        let page = client.get("/");
        client.key = page.field("key");
        client
    }

    /// A token of a person with all scopes.
    pub fn token(&self, person: &str) -> String {
        let mut client = self.client(person);
        let fields = [("title", "test"), ("scope", "read"), ("scope", "trail"), ("scope", "record"), ("days", "2"), ("password", PASSWORD)];
        let answer = client.send("/account/tokens", &fields);
        answer.after("id=\"token\">", "<")
    }
}

/// A browser without a face.
pub struct Client {
    pub host: String,
    pub cookies: Vec<(String, String)>,
    /// The key that forms of this session carry.
    pub key: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The value of the first field of a name.
    pub fn field(&self, name: &str) -> String {
        self.after(&format!("name=\"{name}\" value=\""), "\"")
    }

    /// What stands after a text, up to another.
    pub fn after(&self, start: &str, end: &str) -> String {
        let (_, rest) = self.body.split_once(start).unwrap_or_else(|| panic!("no {start} in {}", self.body));
        rest.split(end).next().unwrap().to_owned()
    }
}

/// A form as browsers send it.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| -> String {
        text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
    };
    fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&")
}

impl Client {
    /// Looks at a page.
    pub fn get(&mut self, path: &str) -> Answer {
        self.request("GET", path, &[], b"")
    }

    /// Sends a form as it is given.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.request("POST", path, &[("Content-Type", "application/x-www-form-urlencoded")], encoded(fields).as_bytes())
    }

    /// Sends a form as a page of ours does, with the key of the session and having seen everything.
    pub fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let key = self.key.clone();
        let all = [&[("key", key.as_str()), ("seen", "99999999")], fields].concat();
        self.post(path, &all)
    }

    /// Sends a request with its headers; the host is ours unless another is given.
    pub fn request(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut head = format!("{method} {path} HTTP/1.0\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| *name == "Host") {
            head.push_str(&format!("Host: {}\r\n", self.host));
        }
        if !self.cookies.is_empty() && !headers.iter().any(|(name, _)| *name == "Cookie") {
            let all: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            head.push_str(&format!("Cookie: {}\r\n", all.join("; ")));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let answer = raw(&self.host, &[head.as_bytes(), b"\r\n", body].concat());
        for (_, cookie) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        answer
    }
}

/// Sends bytes and reads what comes back.
pub fn raw(host: &str, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
    // who is refused early may have been hung up on
    let _ = stream.write_all(bytes);
    let mut all = Vec::new();
    let mut piece = [0; 1 << 16];
    // not everybody hangs up when they are done: what says its length is read so far
    while let Ok(read) = stream.read(&mut piece) {
        all.extend(&piece[..read]);
        if read == 0 || is_whole(&all) {
            break;
        }
    }
    let text = String::from_utf8_lossy(&all).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok()).unwrap_or(0);
    let headers = lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
    Answer { status, headers: headers.collect(), body: body.to_owned() }
}

/// Whether all of an answer that says its length is there.
fn is_whole(all: &[u8]) -> bool {
    let Some(end) = all.windows(4).position(|four| four == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&all[..end]).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    length.is_some_and(|length| all.len() >= end + 4 + length)
}
