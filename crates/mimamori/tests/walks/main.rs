//! Walks through the house in a real browser: what people do, and what they see.

#![expect(clippy::unwrap_used, reason = "a test")]

mod driver;
#[path = "../house/mod.rs"]
mod house;
mod pages;
mod roles;
mod stories;
