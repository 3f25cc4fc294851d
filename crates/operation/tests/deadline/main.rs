//! Deadlines of plans, worked out by hand and for plans of any kind.

#![expect(clippy::unwrap_used, reason = "a test")]

mod cases;
mod plans;
mod properties;
mod rhythms;
