//! What a command says to the shell when it ends.

use std::io::Write;
use std::process::ExitCode;

use diagnostic::Problem;

use crate::speech;

/// How a command ended; the worst is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing graver than information was found: exit 0.
    Clean,
    /// There are errors or warnings: exit 1.
    Findings,
    /// Something could not be read, written or understood: exit 2.
    Failed,
}

impl Outcome {
    /// Tells the user of a problem, on the error stream.
    pub fn failed(problem: &Problem) -> Self {
        // when even the error stream is closed, the exit code is all that is left to say
        let _ = writeln!(std::io::stderr().lock(), "{}", problem.human(speech::language()));
        Self::Failed
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Clean => 0,
            Outcome::Findings => 1,
            Outcome::Failed => 2,
        })
    }
}
