//! The program, started on a record.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::client::{Client, Taken};

/// A server that runs, and is told to stop when it is no longer needed.
pub struct Running {
    child: Child,
    /// Where it answers.
    pub host: String,
    /// From the start of the program to the first page in hand.
    pub first: Duration,
}

impl Running {
    /// Starts the program on a record, and asks at once for a page: as the person of the cookie, or for the page to sign in.
    pub fn start(data: &Path, cookie: Option<&str>) -> Self {
        let began = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_mimamori"))
            .arg("serve")
            .arg(data)
            .args(["--port", "0"])
            .env("TZ", "Asia/Tokyo")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (send, said) = std::sync::mpsc::channel();
        // both are read to the end, so that nothing it says ever waits
        let outputs: [Box<dyn std::io::Read + Send>; 2] = [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for output in outputs {
            let send = send.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    match line.split("http://").nth(1) {
                        Some(rest) => _ = send.send(rest.split(['/', ' ', '　']).next().unwrap_or_default().to_owned()),
                        None => eprintln!("  {line}"),
                    }
                }
            });
        }
        drop(send);
        let host = said.recv().expect("the server says where it answers");
        let mut client = Client::new(&host);
        client.cookie = cookie.map(str::to_owned);
        let answer = client.get(if cookie.is_some() { "/" } else { "/sign-in" }, Taken::Compressed).unwrap();
        let first = began.elapsed();
        assert_eq!(answer.status, 200, "the first page");
        Self { child, host, first }
    }

    /// The processor time it has had, in seconds, and the most memory, in megabytes.
    pub fn spent(&self) -> (f64, u64) {
        let read = |name: &str| fs::read_to_string(format!("/proc/{}/{name}", self.child.id())).unwrap_or_default();
        let stat = read("stat");
        // after the name, which may hold anything, in parentheses; in hundredths of a second on every Linux
        let fields: Vec<u64> =
            stat.rsplit(')').next().unwrap_or_default().split_whitespace().map(|text| text.parse().unwrap_or(0)).collect();
        let ticks = fields.get(11).copied().unwrap_or(0) + fields.get(12).copied().unwrap_or(0);
        let status = read("status");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse::<u64>().ok());
        (ticks as f64 / 100.0, peak.unwrap_or(0) / 1000)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // asked to stop, as an administrator would: what it leaves behind is what it leaves behind every evening
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let waited = Instant::now();
        while self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            if waited.elapsed() > Duration::from_secs(20) {
                let _ = self.child.kill();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}
