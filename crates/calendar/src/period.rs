//! Periods (期間) and the day on which they end.

use std::fmt;

use crate::Date;
use crate::partial::days_in_month;
use jiff::Span;

/// The unit in which a period is stated (民法143条: weeks, months and years are counted by the calendar).
///
/// ```
/// assert_eq!(calendar::Unit::Months.in_japanese(), "か月");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// 年.
    Years,
    /// か月.
    Months,
    /// 週.
    Weeks,
    /// 日.
    Days,
}

impl Unit {
    /// The unit as it stands after a number in Japanese.
    ///
    /// ```
    /// assert_eq!(calendar::Unit::Weeks.in_japanese(), "週");
    /// ```
    pub const fn in_japanese(self) -> &'static str {
        match self {
            Unit::Years => "年",
            Unit::Months => "か月",
            Unit::Weeks => "週",
            Unit::Days => "日",
        }
    }
}

/// A period as written: 6か月, 10年, 48週, 90日. Two periods are equal only when written in the same unit.
///
/// ```
/// use calendar::{Period, Unit};
/// let period = Period { amount: 6, unit: Unit::Months };
/// assert_eq!(period.to_string(), "6 months");
/// assert_eq!(period.in_japanese(), "6か月");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// How many units.
    pub amount: u32,
    /// The unit.
    pub unit: Unit,
}

impl Period {
    /// The period in Japanese.
    ///
    /// ```
    /// use calendar::{Period, Unit};
    /// assert_eq!(Period { amount: 48, unit: Unit::Weeks }.in_japanese(), "48週");
    /// ```
    pub fn in_japanese(self) -> String {
        format!("{}{}", self.amount, self.unit.in_japanese())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Years => "year",
            Unit::Months => "month",
            Unit::Weeks => "week",
            Unit::Days => "day",
        };
        let plural = if self.amount == 1 { "" } else { "s" };
        write!(f, "{} {unit}{plural}", self.amount)
    }
}

/// Whether the first day belongs to the period (民法140条).
///
/// ```
/// use calendar::{Counting, Date, Period, Unit, last_day};
/// let two_days = Period { amount: 2, unit: Unit::Days };
/// let start = Date::constant(2026, 3, 30);
/// assert_eq!(last_day(start, two_days, Counting::FirstDayCounted).unwrap().to_string(), "2026-03-31");
/// assert_eq!(last_day(start, two_days, Counting::FirstDayNotCounted).unwrap().to_string(), "2026-04-01");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counting {
    /// The period begins at 0:00 of its first day (140条ただし書), or a rule says so: the re-examination period
    /// counts the day of approval.
    FirstDayCounted,
    /// The rule (初日不算入, 140条本文): 調査期間終了3か月後 counts from the day after the end.
    FirstDayNotCounted,
}

/// The last day of a period; the period ends with that day (民法141条).
///
/// Weeks and days are counted out. Months and years follow the calendar (143条): the period ends on the day before
/// the one that corresponds to its first counted day, and where the last month has no such day, on that month's last
/// day. So a period that begins on the first of a month ends on the last of one.
///
/// Whether an end on a holiday moves (142条, 行政機関の休日に関する法律2条) is another question: see
/// [`next_open_day`](crate::next_open_day).
///
/// A period of no length ends on the day before its first counted day. `None` when the end lies beyond the year 9999.
///
/// ```
/// use calendar::{Counting, Date, Period, Unit, last_day};
/// let six_months = Period { amount: 6, unit: Unit::Months };
/// let three_months = Period { amount: 3, unit: Unit::Months };
/// // There is no 29 February 2015, so the period ends on the 28th.
/// let end = last_day(Date::constant(2014, 8, 29), six_months, Counting::FirstDayCounted);
/// assert_eq!(end.unwrap().to_string(), "2015-02-28");
/// // Counting begins on 1 March, so the period ends on the last of May, not on the 28th.
/// let end = last_day(Date::constant(2029, 2, 28), three_months, Counting::FirstDayNotCounted);
/// assert_eq!(end.unwrap().to_string(), "2029-05-31");
/// ```
pub fn last_day(start: Date, period: Period, counting: Counting) -> Option<Date> {
    let first = match counting {
        Counting::FirstDayCounted => start,
        Counting::FirstDayNotCounted => start.tomorrow().ok()?,
    };
    let amount = i64::from(period.amount);
    match period.unit {
        Unit::Days => days_after(first, amount - 1),
        Unit::Weeks => days_after(first, amount * 7 - 1),
        Unit::Months => before_corresponding_day(first, amount),
        Unit::Years => before_corresponding_day(first, amount * 12),
    }
}

/// The last day from which a whole period passes before a day begins (少なくとも…前まで, 民法140条本文, 143条): the latest day after which
/// the period, its first day not counted, ends on the eve of `day` or earlier.
///
/// `None` when that lies before the calendar begins.
///
/// ```
/// use calendar::{Date, Period, Unit, latest_day_before};
/// let month = Period { amount: 1, unit: Unit::Months };
/// assert_eq!(latest_day_before(Date::constant(2026, 5, 15), month).unwrap().to_string(), "2026-04-14");
/// // A month from 28 February ends with 31 March itself, which is not before it.
/// assert_eq!(latest_day_before(Date::constant(2026, 3, 31), month).unwrap().to_string(), "2026-02-27");
/// ```
pub fn latest_day_before(day: Date, period: Period) -> Option<Date> {
    let amount = i64::from(period.amount);
    // no period is shorter than this, so that the search begins late enough and steps back from there
    let shortest = match period.unit {
        Unit::Days => amount,
        Unit::Weeks => amount * 7,
        Unit::Months => amount * 28,
        Unit::Years => amount * 365,
    };
    let mut latest = days_after(day, -shortest - 1)?;
    while last_day(latest, period, Counting::FirstDayNotCounted)? >= day {
        latest = latest.yesterday().ok()?;
    }
    Some(latest)
}

/// `day` and `days` more (or fewer); `None` beyond the calendar.
pub(crate) fn days_after(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

fn before_corresponding_day(first: Date, months: i64) -> Option<Date> {
    let month_index = i64::from(first.year()) * 12 + i64::from(first.month()) - 1 + months;
    let year = i16::try_from(month_index.div_euclid(12)).ok()?;
    let month = i8::try_from(month_index.rem_euclid(12) + 1).ok()?;
    let month_begins = Date::new(year, month, 1);
    match month_begins {
        // The corresponding day would be 10000-01-01 at the latest that counts: its eve is the calendar's last day.
        Err(_) if year == Date::MAX.year() + 1 && month == 1 && first.day() == 1 => Some(Date::MAX),
        Err(_) => None,
        Ok(_) if first.day() > days_in_month(year, month) => Some(month_begins.ok()?.last_of_month()),
        Ok(_) => Date::new(year, month, first.day()).ok()?.yesterday().ok(),
    }
}
