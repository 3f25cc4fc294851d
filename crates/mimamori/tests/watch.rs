//! `mimamori watch` from the outside: a browser's requests, and saves as editors make them.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A program that watches a copy of the smallest example; ended and cleared away when it is dropped.
struct Watching {
    child: Child,
    plan: PathBuf,
    host: String,
    out: BufReader<std::process::ChildStdout>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.plan);
    }
}

impl Watching {
    fn new(name: &str, port: &str) -> Self {
        let plan = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("watch-{name}"));
        let _ = fs::remove_dir_all(&plan);
        let made = Command::new(env!("CARGO_BIN_EXE_mimamori")).arg("new").arg(&plan).output().unwrap();
        assert!(made.status.success());
        let mut child = Command::new(env!("CARGO_BIN_EXE_mimamori"))
            .arg("watch")
            .arg(&plan)
            .args(["--lang=ja", "--as-of=2026-04-01", "--port", port])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut said).unwrap();
        let host = said.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, plan, host, out }
    }

    fn ask(&self, line: &str, host: &str) -> TcpStream {
        let mut connection = TcpStream::connect(&self.host).unwrap();
        write!(connection, "{line} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        connection
    }

    fn get(&self, path: &str) -> String {
        let mut answer = String::new();
        self.ask(&format!("GET {path}"), &self.host).read_to_string(&mut answer).unwrap();
        answer
    }

    /// Saves as most editors do: a new file beside, then renamed.
    fn save(&self, file: &str, change: impl Fn(&str) -> String) {
        let target = self.plan.join(file);
        let text = change(&fs::read_to_string(&target).unwrap());
        let beside = target.with_extension("md~");
        fs::write(&beside, text).unwrap();
        fs::rename(beside, target).unwrap();
    }

    /// The lines told up to one with these words.
    fn told(&mut self, words: &str) -> String {
        let mut all = String::new();
        while !all.lines().next_back().is_some_and(|line| line.contains(words)) {
            assert!(self.out.read_line(&mut all).unwrap() > 0, "it ended: {all}");
        }
        all
    }
}

/// The number of the next page on a stream of changes.
fn next(stream: &mut impl BufRead) -> String {
    let mut line = String::new();
    loop {
        line.clear();
        assert!(stream.read_line(&mut line).unwrap() > 0, "the stream ended");
        if let Some(number) = line.strip_prefix("data: ") {
            return number.trim().to_owned();
        }
    }
}

/// A file of a concern of the plan.
fn concern(plan: &Path) -> String {
    let mut all: Vec<String> =
        fs::read_dir(plan.join("concerns")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    all.retain(|name| name.ends_with(".md") && !name.ends_with(".en.md"));
    all.sort();
    format!("concerns/{}", all[0])
}

#[test]
fn a_tab_follows_each_save_and_the_terminal_tells_what_was_found() {
    let mut watching = Watching::new("follows", "0");
    let file = concern(&watching.plan);
    assert!(watching.told("ミリ秒").contains("要修正 0 件"));
    let page = watching.get("/");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.contains("EventSource('/changes')"), "{page}");
    let mut changes = BufReader::new(watching.ask("GET /changes", &watching.host));
    let first = next(&mut changes);
    assert!(page.contains(&format!("e.data!=='{first}'")), "the page knows its number");
    watching.save(&file, |text| text.replacen("# 理由\n", "# 理由\n見守りの試しの一文である。\n", 1));
    let second = next(&mut changes);
    assert_ne!(first, second);
    assert!(watching.get("/").contains("見守りの試しの一文である。"));
    watching.told("作り直しました");
    // an edit that cannot be read yet is told of, and its draft is shown
    watching.save(&file, |text| text.replacen("name = ", "name = = ", 1));
    next(&mut changes);
    let told = watching.told("ミリ秒");
    assert!(told.contains("PLN") && told.contains("案として作り直しました") && !told.contains("要修正 0 件"), "{told}");
    watching.save(&file, |text| text.replacen("name = = ", "name = ", 1));
    next(&mut changes);
    assert!(watching.told("ミリ秒").contains("要修正 0 件"));
}

#[cfg(feature = "pdf-output")]
#[test]
fn the_pdf_is_of_the_last_save() {
    let mut watching = Watching::new("pdf", "0");
    let pdf = |watching: &Watching| {
        let mut answer = Vec::new();
        watching.ask("GET /j-rmp.pdf?1", &watching.host).read_to_end(&mut answer).unwrap();
        let body = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap() + 4;
        let head = String::from_utf8(answer[..body].to_vec()).unwrap();
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n") && head.contains("application/pdf"), "{head}");
        answer.split_off(body)
    };
    assert!(watching.get("/pdf").contains("src=\"/j-rmp.pdf\""));
    watching.told("ミリ秒");
    let first = pdf(&watching);
    assert!(first.starts_with(b"%PDF-"));
    assert_eq!(first, pdf(&watching), "asked twice, the same");
    let mut changes = BufReader::new(watching.ask("GET /changes", &watching.host));
    next(&mut changes);
    watching.save(&concern(&watching.plan), |text| text.replacen("# 理由\n", "# 理由\n見守りの試しの一文である。\n", 1));
    next(&mut changes);
    assert_ne!(first, pdf(&watching));
}

#[test]
fn only_this_machine_by_its_own_name_is_answered() {
    let watching = Watching::new("names", "0");
    let status = |line: &str, host: &str| {
        let mut answer = String::new();
        watching.ask(line, host).read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().to_owned()
    };
    let port = watching.host.split(':').nth(1).unwrap();
    assert_eq!(status("GET /", &format!("localhost:{port}")), "200");
    assert_eq!(status("GET /", "plans.example:80"), "403");
    assert_eq!(status("GET /changes", "plans.example"), "403");
    assert_eq!(status("GET /plan.toml", &watching.host), "404");
    assert_eq!(status("GET /../../etc/passwd", &watching.host), "404");
    assert_eq!(status("POST /", &watching.host), "405");
    // who asks without end is not listened to, and others are
    let mut long = TcpStream::connect(&watching.host).unwrap();
    let _ = long.write_all("a".repeat(100_000).as_bytes());
    assert_eq!(status("GET /", &watching.host), "200");
}

#[test]
fn a_port_in_use_gives_way_to_the_next() {
    let one = Watching::new("port-one", "0");
    let port: u16 = one.host.split(':').nth(1).unwrap().parse().unwrap();
    let other = Watching::new("port-other", &port.to_string());
    let next: u16 = other.host.split(':').nth(1).unwrap().parse().unwrap();
    assert!(next > port, "{port} {next}");
}

#[test]
fn a_folder_that_is_no_plan_is_told() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("watch-nothing");
    fs::create_dir_all(&folder).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_mimamori")).arg("watch").arg(&folder).args(["--lang=ja", "--port=0"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("plan.toml がありません"));
    fs::remove_dir_all(&folder).unwrap();
}
