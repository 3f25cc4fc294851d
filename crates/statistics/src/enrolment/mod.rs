//! How many patients centres will have enrolled by a time, and when a target will be reached.
//!
//! The Poisson–gamma model of V. V. Anisimov and V. V. Fedorov, *Statistics in Medicine* 26 (2007), 4958–4975: each centre enrols at a
//! constant rate of its own, and the rates are drawn from one gamma distribution. Its shape and mean are estimated from what centres
//! have enrolled by maximum likelihood ([`fit`]) or stated beforehand ([`Rates::new`]); what a centre has enrolled changes what is
//! believed of that centre ([`Rates::of_centre`]); what is to come is predicted from both ([`predict`]).
//!
//! A prediction takes shape and mean as known. With few centres or few patients it is therefore too sure of itself, most of all where
//! the shape is infinite, for then it takes one rate as known exactly. It knows nothing of seasons, competing studies or centres that
//! tire.

mod centre;
mod fit;
mod prediction;
mod rates;
mod sum;

pub use centre::Centre;
pub use fit::{NoFit, fit};
pub use prediction::{Method, Prediction, predict, time_to_reach};
pub use rates::{CentreRate, Rates};
