//! One file a command.

pub mod backup;
pub mod build;
pub mod check;
pub mod deadlines;
pub mod diff;
pub mod explain;
pub mod export;
pub mod fmt;
pub mod head;
pub mod impact;
pub mod import;
pub mod init;
pub mod log;
pub mod merge;
pub mod new;
pub mod people;
pub mod read;
pub mod record;
pub mod review;
pub mod rules;
pub mod schema;
pub mod status;
pub mod submit;
pub mod verify;
pub mod watch;
