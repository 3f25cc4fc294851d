//! A published risk management plan, as it states itself: reading it view by view, and reviewing it.

mod furniture;
pub mod heading;
pub mod import;
pub mod input;
pub mod model;
pub mod outline;
pub mod prose;
pub mod read;
pub mod review;
pub mod source;
