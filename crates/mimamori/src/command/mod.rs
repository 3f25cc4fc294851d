//! One file a command.

pub mod explain;
pub mod read;
pub mod review;
pub mod rules;
