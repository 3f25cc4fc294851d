//! Dates as documents state them, periods as the Civil Code (民法) counts them, eras, public holidays and the
//! rhythm of periodic reports. Civil dates only: no clock, no zone, no I/O.
//!
//! | question | item |
//! |---|---|
//! | which dates stand in this text? | [`find_dates`] |
//! | which periods stand in this text? | [`find_periods`] |
//! | when does a period end? | [`last_day`] |
//! | by when has something to be done so that a period passes before a day? | [`latest_day_before`] |
//! | is the office open that day? | [`is_closed`], [`next_open_day`], [`holiday`] |
//! | what is this day in the Japanese calendar? | [`japanese_era`], [`Era`] |
//! | when are the periodic safety reports due? | [`periodic_safety_reports`] |
//!
//! ```
//! use calendar::{Counting, Period, Unit, find_dates, last_day};
//!
//! let found = find_dates("承認年月日　令和３年９月２７日");
//! let approval = found[0].value.unwrap().day().unwrap();
//! let end = last_day(approval, Period { amount: 10, unit: Unit::Years }, Counting::FirstDayCounted);
//! assert_eq!(end.unwrap().to_string(), "2031-09-26");
//! ```

mod era;
mod find_dates;
mod find_periods;
mod holiday;
mod impossible;
mod office;
mod partial;
mod period;
mod report;
mod scan;

pub use era::{Era, japanese_era};
pub use find_dates::{FoundDate, find_dates};
pub use find_periods::{FoundPeriod, find_periods};
pub use holiday::{HOLIDAY_YEARS, holiday};
pub use impossible::ImpossibleDate;
pub use jiff::civil::Date;
pub use office::{is_closed, next_open_day};
pub use partial::PartialDate;
pub use period::{Counting, Period, Unit, last_day, latest_day_before};
pub use report::{PERIODIC_REPORT_DUE_DAYS, PeriodicReport, periodic_safety_reports};
