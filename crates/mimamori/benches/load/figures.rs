//! Times and sizes, and what is told of many of them.

use std::collections::BTreeMap;
use std::time::Duration;

/// One answer.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// Of which kind the page is: its place in the list of pages.
    pub page: usize,
    /// The status; 0 if the connection failed.
    pub status: u16,
    /// What the server says it took, where it says so.
    pub server: Option<Duration>,
    /// From the request to the last byte, where it was asked.
    pub client: Duration,
    /// Bytes on the wire.
    pub bytes: usize,
}

impl Sample {
    /// Whether it was no answer, or one that tells of a mistake.
    pub fn is_error(&self) -> bool {
        !(200..400).contains(&self.status)
    }
}

/// Everything of one walk.
#[derive(Debug, Default)]
pub struct Walked {
    /// The answers.
    pub samples: Vec<Sample>,
    /// How long all walked.
    pub took: Duration,
}

/// Where most of the times lie, in milliseconds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spread {
    /// The middle.
    pub middle: f64,
    /// 95 of a hundred are at most this.
    pub p95: f64,
    /// 99 of a hundred are at most this.
    pub p99: f64,
    /// The longest.
    pub longest: f64,
}

impl Spread {
    /// Of some times.
    pub fn of(times: impl Iterator<Item = Duration>) -> Self {
        let mut all: Vec<_> = times.map(|time| time.as_secs_f64() * 1e3).collect();
        all.sort_by(f64::total_cmp);
        let at = |share: f64| all.get(((all.len() as f64 * share).ceil() as usize).saturating_sub(1)).copied().unwrap_or_default();
        Self { middle: at(0.5), p95: at(0.95), p99: at(0.99), longest: all.last().copied().unwrap_or_default() }
    }
}

impl Walked {
    /// What the server says, where it says so.
    pub fn server(&self) -> Spread {
        Spread::of(self.samples.iter().filter_map(|sample| sample.server))
    }

    /// The most bytes of an answer.
    pub fn largest(&self) -> usize {
        self.samples.iter().map(|sample| sample.bytes).max().unwrap_or(0)
    }

    /// Only the answers of one page.
    pub fn of_page(&self, page: usize) -> Self {
        Self { samples: self.samples.iter().filter(|sample| sample.page == page).copied().collect(), took: self.took }
    }

    /// Answers that were none, or told of a mistake, by status.
    pub fn errors(&self) -> BTreeMap<u16, usize> {
        let mut errors = BTreeMap::new();
        for sample in self.samples.iter().filter(|sample| sample.is_error()) {
            *errors.entry(sample.status).or_default() += 1;
        }
        errors
    }

    /// Answers in a second.
    pub fn rate(&self) -> f64 {
        self.samples.len() as f64 / self.took.as_secs_f64().max(f64::EPSILON)
    }

    /// The table: a line a page, and all of them.
    pub fn table(&self, names: &[&str]) -> String {
        let mut lines = String::from(
            "| page | answers | server p50 | p95 | p99 | longest | seen p50 | p95 | p99 | longest | bytes p50 | most |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
        );
        for (page, name) in names.iter().enumerate() {
            let samples: Vec<_> = self.samples.iter().filter(|sample| sample.page == page).copied().collect();
            if !samples.is_empty() {
                lines.push_str(&row(name, &samples));
            }
        }
        lines.push_str(&row("all", &self.samples));
        let errors = self.errors();
        let told: Vec<_> = errors.iter().map(|(status, count)| format!("{count} × {status}")).collect();
        lines.push_str(&format!(
            "\n{:.1} pages a second in {:.0} s; {}\n",
            self.rate(),
            self.took.as_secs_f64(),
            if told.is_empty() { "no error".to_owned() } else { format!("ERRORS: {}", told.join(", ")) }
        ));
        lines
    }
}

fn row(name: &str, samples: &[Sample]) -> String {
    let server = Spread::of(samples.iter().filter_map(|sample| sample.server));
    let client = Spread::of(samples.iter().map(|sample| sample.client));
    let mut bytes: Vec<_> = samples.iter().map(|sample| sample.bytes).collect();
    bytes.sort_unstable();
    format!(
        "| {name} | {} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {} | {} |\n",
        samples.len(),
        server.middle,
        server.p95,
        server.p99,
        server.longest,
        client.middle,
        client.p95,
        client.p99,
        client.longest,
        bytes[bytes.len() / 2],
        bytes[bytes.len() - 1]
    )
}
