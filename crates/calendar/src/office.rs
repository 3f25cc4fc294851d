//! Days on which public offices are closed.

use crate::{Date, holiday};
use jiff::civil::Weekday;

/// Whether public offices are closed on that day: Saturdays and Sundays, the holidays of [`holiday`], and
/// 29 December to 3 January.
///
/// Source: 行政機関の休日に関する法律 (昭和63年法律第91号) 1条1項. The article of today is applied to every year,
/// although offices opened on most Saturdays until April 1992.
///
/// ```
/// use calendar::{Date, is_closed};
/// assert!(is_closed(Date::constant(2025, 1, 3)));
/// assert!(!is_closed(Date::constant(2025, 1, 6)));
/// ```
pub fn is_closed(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
        || matches!((date.month(), date.day()), (12, 29..) | (1, ..=3))
        || holiday(date).is_some()
}

/// The day itself when offices are open on it, otherwise the first open day after it.
///
/// This is where a time limit ends that falls on a closed day (行政機関の休日に関する法律2条; for limits between
/// private persons 民法142条, where that is the custom). Whether a given limit moves is for its rule to say.
///
/// In the last three days of the year 9999 there is no open day any more; the day itself is returned.
///
/// ```
/// use calendar::{Date, next_open_day};
/// // Saturday, 28 December 2024: the year's end follows, then a week-end.
/// assert_eq!(next_open_day(Date::constant(2024, 12, 28)).to_string(), "2025-01-06");
/// ```
pub fn next_open_day(date: Date) -> Date {
    let mut day = date;
    while is_closed(day) {
        match day.tomorrow() {
            Ok(tomorrow) => day = tomorrow,
            Err(_) => return date,
        }
    }
    day
}
