//! `mimamori demo`: an invented world to look around in.

use diagnostic::{Problem, Words};

use crate::outcome::Outcome;
use crate::serve_arguments::Demo;

/// Furnishes an invented world in an empty folder, and serves it.
///
/// # Errors
/// The folder is not empty, or the address cannot be listened at.
pub fn run(options: &Demo) -> Result<Outcome, Problem> {
    let _ = options;
    Err(Problem::new(Words::new("x", "x"), Words::default()))
}
