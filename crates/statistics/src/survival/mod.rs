//! Time to an event under observation: survival, hazard and cumulative incidence from follow-up that may be cut short.
//!
//! Times are in any one unit, and times are tied when they are equal. Who leaves at the time of an event was still under observation at
//! it. Follow-up of no length counts: who has time 0 is at risk at 0 and at no later time. Everybody is observed from 0 on; there is no
//! delayed entry. The figures and the limits are those of the R package survival (`survfit`, `conf.type` "log-log" and "log").

mod cumulative_incidence;
mod follow_up;
mod kaplan_meier;
mod limits;
mod nelson_aalen;

pub use cumulative_incidence::{CumulativeIncidence, IncidenceStep, cumulative_incidence};
pub use follow_up::{End, FollowUp};
pub use kaplan_meier::{QuantileTime, Survival, SurvivalStep, kaplan_meier};
pub use limits::Scale;
pub use nelson_aalen::{CumulativeHazard, HazardStep, nelson_aalen};
