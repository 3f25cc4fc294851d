//! How far a survey is, and what was seen.

mod event;
mod forecast;
mod grid;
mod kept;
mod seen;
mod tally;

pub use event::{AdverseEvent, event, events};
pub use forecast::{Forecast, forecast};
pub use grid::{Cell, Row, grid, row};
pub use kept::Kept;
pub use seen::{Incidence, Registered, Seen};
pub use tally::{Counted, Progress, Tally, belongs, observed};
