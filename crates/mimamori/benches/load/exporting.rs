//! Somebody who takes out whole trails, one after another, while others work.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::client::{Client, Taken};

/// They go on until they are told to stop.
pub struct Exporting {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<Vec<(Duration, usize)>>,
}

impl Exporting {
    /// Begins, as the person of a session.
    pub fn begin(host: &str, cookie: Option<String>, product: &str) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, path) = (Arc::clone(&stop), format!("/p/{product}/trail/download"));
        let mut client = Client::new(host);
        client.cookie = cookie;
        let thread = std::thread::spawn(move || {
            let mut exports = Vec::new();
            while !stopped.load(Ordering::Relaxed) {
                let began = Instant::now();
                let answer = client.get(&path, Taken::Compressed).unwrap();
                assert_eq!(answer.status, 200, "an export");
                exports.push((began.elapsed(), answer.bytes));
            }
            exports
        });
        Self { stop, thread }
    }

    /// Ends, and says what was taken out.
    pub fn end(self) -> String {
        self.stop.store(true, Ordering::Relaxed);
        let exports = self.thread.join().unwrap();
        let time: Duration = exports.iter().map(|(time, _)| *time).sum();
        let bytes: usize = exports.iter().map(|(_, bytes)| *bytes).sum();
        format!(
            "{} whole trails were taken out meanwhile, {:.1} MB each as sent, in {:.2} s each",
            exports.len(),
            bytes as f64 / 1e6 / exports.len() as f64,
            time.as_secs_f64() / exports.len() as f64
        )
    }
}
