//! What may be recorded of a product and what follows from it.
#![expect(clippy::unwrap_used, reason = "a test")]

mod checkpoints;
mod conflicts;
mod faults;
mod histories;
mod signatures;
mod versions;
mod world;
