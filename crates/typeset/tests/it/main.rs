//! The renderers on invented documents.

#![expect(clippy::unwrap_used, reason = "a test")]

mod html;
#[cfg(feature = "pdf")]
mod pdf;
mod sample;
