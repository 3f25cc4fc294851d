//! One file a command.

pub mod build;
pub mod check;
pub mod diff;
pub mod explain;
pub mod fmt;
pub mod impact;
pub mod import;
pub mod merge;
pub mod new;
pub mod read;
pub mod review;
pub mod rules;
pub mod schema;
pub mod watch;
