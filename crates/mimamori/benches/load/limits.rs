//! What was promised, and what was measured.

use std::process::ExitCode;

/// Measured figures with their limits.
#[derive(Debug, Default)]
pub struct Limits(Vec<(String, f64, f64)>);

impl Limits {
    /// A figure that is to be at most so large.
    pub fn at_most(&mut self, what: &str, measured: f64, limit: f64) {
        self.0.push((what.to_owned(), measured, limit));
    }

    /// The table; a failure if any limit does not hold.
    pub fn told(&self) -> ExitCode {
        println!("| promised | at most | measured | |\n|---|--:|--:|---|");
        for (what, measured, limit) in &self.0 {
            println!("| {what} | {limit} | {measured:.2} | {} |", if measured <= limit { "holds" } else { "DOES NOT HOLD" });
        }
        if self.0.iter().all(|(_, measured, limit)| measured <= limit) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
