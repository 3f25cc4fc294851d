//! The maximised sequential probability ratio test: looking at the cases after each of them, with one error for all looks together.
//!
//! M. Kulldorff, R. L. Davis, M. Kolczak, E. Lewis, T. Lieu and R. Platt, *Sequential Analysis* 30 (2011), 58–78. The logarithm of the
//! likelihood ratio, with the relative risk that the data themselves suggest but none below 1, is compared with one critical value
//! throughout. Against an expected number of cases ([`Poisson`]), or against controls ([`Binomial`]). Values agree with those of the R
//! package Sequential, which computes the same.

mod binomial;
mod poisson;

pub use binomial::Binomial;
pub use poisson::{Performance, Poisson};
