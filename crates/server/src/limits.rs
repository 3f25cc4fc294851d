//! How often something may be asked for: a bucket for each asker that fills again with time. What is asked too often is answered with how
//! long to wait.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

/// Bytes of a form.
pub const FORM: usize = 4 << 20;
/// Bytes of a document that is sent to be imported.
pub const DOCUMENT: usize = 64 << 20;
/// Askers that are remembered at most; then the ones with full buckets are forgotten.
const REMEMBERED: usize = 20_000;

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Of {
    /// Pages for somebody who is signed in.
    Pages,
    /// Pages for somebody who is not, by where they come from.
    Visits,
    /// Tries to sign in, by where they come from.
    SignIns,
    /// Work that takes a second or more: reading a document, setting a PDF.
    Work,
}

impl Of {
    /// How many at once, and how many a second.
    const fn bucket(self) -> (f64, f64) {
        match self {
            Self::Pages => (300.0, 100.0),
            Self::Visits => (200.0, 50.0),
            Self::SignIns => (60.0, 1.0),
            Self::Work => (20.0, 0.5),
        }
    }
}

/// Buckets of askers.
#[derive(Debug, Default)]
pub struct Limits(Mutex<HashMap<(Of, String), (f64, Timestamp)>>);

impl Limits {
    /// Takes one from a bucket.
    ///
    /// # Errors
    /// It is empty: so many seconds until there is one again.
    pub fn take(&self, of: Of, asker: &str, now: Timestamp) -> Result<(), u32> {
        let (most, rate) = of.bucket();
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |level: f64, since: Timestamp| (level + now.duration_since(since).as_secs_f64().max(0.0) * rate).min(most);
        if buckets.len() >= REMEMBERED {
            buckets.retain(|(of, _), (level, since)| {
                let (most, rate) = of.bucket();
                *level + now.duration_since(*since).as_secs_f64() * rate < most
            });
        }
        let (level, since) = buckets.entry((of, asker.to_owned())).or_insert((most, now));
        let left = full(*level, *since);
        *since = now;
        if left < 1.0 {
            *level = left;
            // at most a minute: the slowest bucket gives one every two seconds
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few seconds")]
            return Err(((1.0 - left) / rate).ceil() as u32);
        }
        *level = left - 1.0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let limits = Limits::default();
        let now: Timestamp = "2026-11-24T00:00:00Z".parse().unwrap();
        for _ in 0..60 {
            limits.take(Of::SignIns, "10.0.0.1", now).unwrap();
        }
        assert_eq!(limits.take(Of::SignIns, "10.0.0.1", now), Err(1));
        limits.take(Of::SignIns, "10.0.0.2", now).unwrap();
        limits.take(Of::SignIns, "10.0.0.1", now + jiff::SignedDuration::from_secs(1)).unwrap();
    }
}
