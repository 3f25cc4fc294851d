//! Fisher's exact test: are the rows of a table of counts alike, given its margins?
//!
//! R. A. Fisher, *Statistical Methods for Research Workers* (1925), § 21.02; for more rows G. H. Freeman and J. H. Halton,
//! *Biometrika* 38 (1951). A two-sided value is the probability of all tables with the same margins that are no more probable than the one
//! seen. Two tables count as equally probable when their probabilities differ by less than a ten-millionth, as in R's `fisher.test`.

mod rows;
mod two_by_two;

pub use rows::{TooLarge, rows_by_two};
pub use two_by_two::{Alternative, two_by_two};

/// `ln(1 + 1e-7)`: what a logarithm of a probability may be above the one seen and still count as no larger.
const TOLERANCE: f64 = 9.999_999_500_000_033e-8;
