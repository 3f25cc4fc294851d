//! The rhythm of the periodic safety reports (安全性定期報告).

use crate::period::{days_after, last_day};
use crate::{Counting, Date, Period, Unit};

/// Days from the end of a unit period to the day on which its report is due.
///
/// Source: the amendment of the GVP and GPSP ordinances of 2013-03-11 and 2013-05-17 (平成25年厚生労働省令第26号,
/// 施行規則の一部改正 同第71号), which replaced two months by 70 days.
///
/// ```
/// assert_eq!(calendar::PERIODIC_REPORT_DUE_DAYS, 70);
/// ```
pub const PERIODIC_REPORT_DUE_DAYS: u32 = 70;

/// Unit periods of half a year before the yearly ones begin: two years' worth (施行規則63条).
const HALF_YEARLY_REPORTS: u32 = 4;

/// One periodic safety report (安全性定期報告, J-PSR).
///
/// ```
/// use calendar::{Date, periodic_safety_reports};
/// let reports = periodic_safety_reports(Date::constant(2026, 4, 1), Date::constant(2036, 3, 31));
/// assert_eq!(reports[0].number, 1);
/// assert_eq!(reports[0].last.to_string(), "2026-09-30");
/// assert_eq!(reports[0].due.to_string(), "2026-12-09");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PeriodicReport {
    /// Which report it is, from 1 (第1回).
    pub number: u32,
    /// First day of the unit period (調査単位期間).
    pub first: Date,
    /// Last day of the unit period.
    pub last: Date,
    /// The day by which it is due. Holidays are not looked at: see [`next_open_day`](crate::next_open_day).
    pub due: Date,
}

/// The periodic safety reports of the time from `from` to `until`, both days included.
///
/// The unit is half a year for two years, then a year (医薬品医療機器等法施行規則63条). Each unit ends where a period
/// counted from `from` itself ends, so that no end drifts after a short February. A last unit that `until` cuts short
/// ends on `until`. `from` is a setting of the product: the day of approval, or the day that keeps the rhythm of the
/// international birth date (薬生発0831第5号, 2020-08-31).
///
/// ```
/// use calendar::{Date, periodic_safety_reports};
/// let reports = periodic_safety_reports(Date::constant(2022, 6, 20), Date::constant(2032, 6, 19));
/// assert_eq!(reports.len(), 12);
/// assert_eq!(reports[4].first.to_string(), "2024-06-20");
/// assert_eq!(reports[4].last.to_string(), "2025-06-19");
/// ```
pub fn periodic_safety_reports(from: Date, until: Date) -> Vec<PeriodicReport> {
    let mut reports = Vec::new();
    let mut first = from;
    for number in 1.. {
        if first > until {
            break;
        }
        let last = unit_end(from, number).unwrap_or(until).min(until);
        let Some(due) = days_after(last, i64::from(PERIODIC_REPORT_DUE_DAYS)) else {
            break;
        };
        reports.push(PeriodicReport { number, first, last, due });
        let Ok(next) = last.tomorrow() else { break };
        first = next;
    }
    reports
}

fn unit_end(from: Date, number: u32) -> Option<Date> {
    let half_years = number.min(HALF_YEARLY_REPORTS);
    let years = number - half_years;
    let months = years.checked_mul(12)?.checked_add(half_years * 6)?;
    let period = Period { amount: months, unit: Unit::Months };
    last_day(from, period, Counting::FirstDayCounted)
}
