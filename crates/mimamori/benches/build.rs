//! How long a user waits for documents: `cargo bench -p mimamori`. The real program is started on folders on the disk.
//!
//! The limits: the J-RMP of `examples/rituximab` from a cold start, PDF in 2 s, DOCX and HTML in 0.3 s each; under `mimamori watch`, HTML
//! 0.2 s and PDF 1 s after a save; a plan ten times as large takes about ten times as long. Memory: `/usr/bin/time -v mimamori build …`.

#![expect(clippy::unwrap_used, reason = "a benchmark")]

#[path = "../../plan/tests/folders/large.rs"]
#[allow(dead_code, reason = "shared with the tests of the plan language")]
mod large;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};

const FORMATS: &[&str] = if cfg!(feature = "pdf-output") { &["html", "docx", "pdf"] } else { &["html", "docx"] };

/// What the plans of any size lack to be handed in.
const PLAN: &str = r#"format = 1
[product]
substance = "見本マブ"
class = "874291"
birth_date = 2019-03-08
approved = 2021-03-23
dosage = "点滴静注する。"
[holder]
name = "見本製薬株式会社"
[[strength]]
name = "ミホン点滴静注100mg"
content = "1 バイアル 10mL 中に 100mg 含有の注射剤"
approval_number = "30300AMX00001000"
[[indication]]
id = 1
name = "花粉症"
approved = 2021-03-23
reexamination = "none"
[[submission]]
date = 2026-04-01
changes = "初回提出"
reason = "初回提出のため"
[routine]
pharmacovigilance = "自発報告、文献・学会情報、外国措置情報の収集と検討"
minimisation = "電子添文及び患者向医薬品ガイドによる情報提供"
"#;

fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{name}"));
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn build(plan: &Path, format: &str, out: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mimamori"));
    command.arg("build").arg(plan).args(["--document=j-rmp", "--as-of=2026-04-01", "--format", format]).arg("-o").arg(out);
    let status = command.stdout(Stdio::null()).status().unwrap();
    assert!(status.success(), "{status}");
}

/// From nothing to the file.
fn cold(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("cold");
    group.sample_size(10);
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/rituximab");
    let mut plans = vec![("rituximab".to_owned(), example)];
    for count in [20, 200] {
        let folder = scratch(&format!("plan-{count}"));
        for (path, bytes) in large::large(count).iter() {
            let file = folder.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, if path == "plan.toml" { PLAN.as_bytes() } else { bytes }).unwrap();
        }
        plans.push((format!("{count} concerns, {count} activities"), folder));
    }
    let out = scratch("out");
    for (name, plan) in &plans {
        for format in FORMATS {
            group.bench_function(format!("{format}, {name}"), |bencher| bencher.iter(|| build(plan, format, &out)));
        }
    }
    group.finish();
}

/// A program that watches a copy of the example.
struct Watching {
    child: Child,
    plan: PathBuf,
    host: String,
    changes: BufReader<TcpStream>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ask(host: &str, path: &str) -> TcpStream {
    let mut connection = TcpStream::connect(host).unwrap();
    write!(connection, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    connection
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

impl Watching {
    fn new() -> Self {
        let plan = scratch("watched");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/rituximab"), &plan);
        let mut child = Command::new(env!("CARGO_BIN_EXE_mimamori"))
            .arg("watch")
            .arg(&plan)
            .args(["--as-of=2026-04-01", "--port=0"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut said).unwrap();
        let host = said.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let changes = BufReader::new(ask(&host, "/changes"));
        let mut watching = Self { child, plan, host, changes };
        watching.changed();
        watching
    }

    /// Waits until the page is another one.
    fn changed(&mut self) {
        let mut line = String::new();
        while !line.starts_with("data: ") {
            line.clear();
            assert!(self.changes.read_line(&mut line).unwrap() > 0, "the stream ended");
        }
    }

    /// Saves one more sentence, and gives the time until the whole answer is here.
    fn save(&mut self, number: u64, path: &str) -> Duration {
        // not always at the same moment between two looks
        std::thread::sleep(Duration::from_millis(50 + number * 7 % 60));
        let file = self.plan.join("concerns/infection.md");
        let text = fs::read_to_string(&file).unwrap();
        let changed = text.replacen("# 理由\n", &format!("# 理由\n{number}回目に保存した文である。\n"), 1);
        assert_ne!(text, changed);
        let began = Instant::now();
        fs::write(&file, changed).unwrap();
        self.changed();
        let mut answer = Vec::new();
        ask(&self.host, path).read_to_end(&mut answer).unwrap();
        let took = began.elapsed();
        assert!(answer.starts_with(b"HTTP/1.1 200 OK"));
        fs::write(&file, text).unwrap();
        self.changed();
        took
    }
}

/// From a save to the new document in the browser; the time a save takes to be noticed is part of it.
fn saved(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("after a save");
    group.sample_size(10);
    let mut watching = Watching::new();
    let mut number = 0;
    let mut pages = vec![("html", "/")];
    if cfg!(feature = "pdf-output") {
        pages.push(("pdf", "/j-rmp.pdf"));
    }
    for (name, path) in pages {
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|rounds| {
                (0..rounds)
                    .map(|_| {
                        number += 1;
                        watching.save(number, path)
                    })
                    .sum()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, cold, saved);
criterion_main!(benches);
