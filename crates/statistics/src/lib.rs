//! Distributions, exact intervals and sample sizes: what a reviewer needs to recompute the figures of a plan; and exact tests, rates,
//! survival, enrolment and sequential tests: what the evaluation of a survey needs.
//!
//! Everything is computed in double precision by this crate itself, without tables and without other crates.
//! Every loop is bounded, so no argument can make a function run for ever or panic. Functions that return a bare
//! `f64` answer `NaN` outside their domain; functions that return an [`Option`] answer `None`; where the reason matters to people, it is
//! an error of its own.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod beta;
pub mod binomial;
pub mod enrolment;
pub mod fisher;
pub mod gamma;
pub mod hypergeometric;
pub mod interval;
pub mod maxsprt;
pub mod negative_binomial;
pub mod normal;
pub mod percentage;
pub mod poisson;
pub mod rate;
pub mod sample_size;
pub mod survival;

mod root;

pub use interval::Interval;
