//! A real PostgreSQL for tests. Nothing that is shipped knows of it.
//!
//! Whoever asks for a [`Database`] gets one of their own, in a [`Cluster`] that the whole test program shares: it is made in a folder of
//! its own, listens on a socket in that folder and nowhere else, and is stopped and removed when the program ends, however it ends.
//! Without PostgreSQL the test fails; it is never skipped.

mod cluster;
mod database;

pub use cluster::Cluster;
pub use database::{Database, SERVER_ROLE};
