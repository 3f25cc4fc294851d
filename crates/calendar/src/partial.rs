//! Dates stated to the year, the month or the day.

use std::fmt;

use crate::{Date, Era, ImpossibleDate};

/// A date as far as it is stated: to the year, the month or the day.
///
/// Dates are ordered by their first day; of two with the same first day the less precise one comes first.
/// `Display` and [`PartialDate::parse_iso`] are each other's inverse.
///
/// The fields are public for reading and matching; [`PartialDate::new`] checks them. A value put together by hand
/// that is no date (month 13) is clamped by [`first`](PartialDate::first) and [`last`](PartialDate::last).
///
/// ```
/// use calendar::PartialDate;
/// let month = PartialDate { year: 2022, month: Some(5), day: None };
/// let day = PartialDate { year: 2022, month: Some(5), day: Some(2) };
/// assert!(month < day);
/// assert_eq!(month.to_string(), "2022-05");
/// assert_eq!(month.last().to_string(), "2022-05-31");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// The western year.
    pub year: i16,
    /// The month, 1 to 12, when stated.
    pub month: Option<i8>,
    /// The day of the month, when stated; only together with the month.
    pub day: Option<i8>,
}

impl PartialDate {
    /// Checks the parts. `day` without `month` is ignored.
    ///
    /// # Errors
    /// [`ImpossibleDate::NoSuchMonth`] and [`ImpossibleDate::NoSuchDay`].
    ///
    /// ```
    /// use calendar::PartialDate;
    /// assert!(PartialDate::new(2024, Some(2), Some(29)).is_ok());
    /// assert!(PartialDate::new(2023, Some(2), Some(29)).is_err());
    /// ```
    pub fn new(year: i16, month: Option<u8>, day: Option<u8>) -> Result<PartialDate, ImpossibleDate> {
        let Some(written_month) = month else {
            return Ok(PartialDate { year, month: None, day: None });
        };
        let month = match i8::try_from(written_month) {
            Ok(month @ 1..=12) => month,
            _ => {
                return Err(ImpossibleDate::NoSuchMonth { year, month: written_month });
            }
        };
        let day = match day {
            None => None,
            Some(written_day) => match i8::try_from(written_day) {
                Ok(day) if (1..=days_in_month(year, month)).contains(&day) => Some(day),
                _ => {
                    return Err(ImpossibleDate::NoSuchDay { year, month, day: written_day });
                }
            },
        };
        Ok(PartialDate { year, month: Some(month), day })
    }

    /// The date as an English document states it.
    ///
    /// ```
    /// use calendar::PartialDate;
    /// let said = |text| PartialDate::parse_iso(text).unwrap().in_english();
    /// assert_eq!((said("2025-04-12"), said("2025-04"), said("2025")), ("12 April 2025".into(), "April 2025".into(), "2025".into()));
    /// ```
    pub fn in_english(self) -> String {
        const MONTHS: [&str; 12] =
            ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
        let year = self.year;
        let month = |month: i8| MONTHS[usize::try_from(month.clamp(1, 12) - 1).unwrap_or(0)];
        match (self.month, self.day) {
            (Some(m), Some(day)) => format!("{day} {} {year}", month(m)),
            (Some(m), None) => format!("{} {year}", month(m)),
            (None, _) => year.to_string(),
        }
    }

    /// The first day that the statement covers.
    ///
    /// ```
    /// let year = calendar::PartialDate::parse_iso("2022").unwrap();
    /// assert_eq!(year.first().to_string(), "2022-01-01");
    /// ```
    pub fn first(self) -> Date {
        clamped(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day that the statement covers.
    ///
    /// ```
    /// let month = calendar::PartialDate::parse_iso("2024-02").unwrap();
    /// assert_eq!(month.last().to_string(), "2024-02-29");
    /// ```
    pub fn last(self) -> Date {
        match self.month {
            None => clamped(self.year, 12, 31),
            Some(month) => clamped(self.year, month, self.day.unwrap_or(31)),
        }
    }

    /// The day, when it is stated (and exists).
    ///
    /// ```
    /// use calendar::PartialDate;
    /// assert_eq!(PartialDate::parse_iso("2022-05").unwrap().day(), None);
    /// assert!(PartialDate::parse_iso("2022-05-01").unwrap().day().is_some());
    /// ```
    pub fn day(self) -> Option<Date> {
        Date::new(self.year, self.month?, self.day?).ok()
    }

    /// Whether `day` is one of the days that the statement covers.
    ///
    /// ```
    /// use calendar::{Date, PartialDate};
    /// assert!(PartialDate::parse_iso("2022-05").unwrap().contains(Date::constant(2022, 5, 31)));
    /// ```
    pub fn contains(self, day: Date) -> bool {
        self.first() <= day && day <= self.last()
    }

    /// Reads `2022`, `2022-05` or `2022-05-01`, and nothing else; `None` also when there is no such date.
    ///
    /// ```
    /// use calendar::PartialDate;
    /// assert_eq!(PartialDate::parse_iso("2022-05").unwrap().month, Some(5));
    /// assert_eq!(PartialDate::parse_iso("2022-5"), None);
    /// assert_eq!(PartialDate::parse_iso("2022-02-30"), None);
    /// ```
    pub fn parse_iso(text: &str) -> Option<PartialDate> {
        let mut parts = text.split('-');
        let year = iso_part(parts.next()?, 4)?;
        let month = parts.next().map(|part| iso_part(part, 2));
        let day = parts.next().map(|part| iso_part(part, 2));
        if parts.next().is_some() || month == Some(None) || day == Some(None) {
            return None;
        }
        let two_digits = |part: Option<i16>| part.and_then(|part| u8::try_from(part).ok());
        PartialDate::new(year, two_digits(month.flatten()), two_digits(day.flatten())).ok()
    }

    /// The date as Japanese texts write it: 2022年, 2022年5月, 2022年5月1日.
    ///
    /// ```
    /// assert_eq!(calendar::PartialDate::parse_iso("2022-05").unwrap().in_japanese(), "2022年5月");
    /// ```
    pub fn in_japanese(self) -> String {
        format!("{}年{}", self.year, self.months_and_days())
    }

    /// The date in the Japanese calendar, when one era holds all its days; 2019年 has two eras, so `None`.
    ///
    /// ```
    /// use calendar::PartialDate;
    /// assert_eq!(PartialDate::parse_iso("2019-05").unwrap().in_era().unwrap(), "令和元年5月");
    /// assert_eq!(PartialDate::parse_iso("2019").unwrap().in_era(), None);
    /// ```
    pub fn in_era(self) -> Option<String> {
        let era = Era::of(self.first())?;
        if Era::of(self.last()) != Some(era) {
            return None;
        }
        let rest = self.months_and_days();
        Some(match self.year - era.start().year() + 1 {
            1 => format!("{era}元年{rest}"),
            year => format!("{era}{year}年{rest}"),
        })
    }

    /// 5月1日, 5月 or nothing.
    pub(crate) fn months_and_days(self) -> String {
        match (self.month, self.day) {
            (None, _) => String::new(),
            (Some(month), None) => format!("{month}月"),
            (Some(month), Some(day)) => format!("{month}月{day}日"),
        }
    }
}

impl From<Date> for PartialDate {
    fn from(day: Date) -> PartialDate {
        PartialDate { year: day.year(), month: Some(day.month()), day: Some(day.day()) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

/// How many days the month (1 to 12) has.
pub(crate) fn days_in_month(year: i16, month: i8) -> i8 {
    Date::new(year, month, 1).map_or(31, Date::days_in_month)
}

fn clamped(year: i16, month: i8, day: i8) -> Date {
    let year = year.clamp(Date::MIN.year(), Date::MAX.year());
    let month = month.clamp(1, 12);
    let day = day.clamp(1, days_in_month(year, month));
    // Every part has been clamped to what the calendar has, so this cannot fail; MIN is never seen.
    Date::new(year, month, day).unwrap_or(Date::MIN)
}

fn iso_part(part: &str, digits: usize) -> Option<i16> {
    (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok()).flatten()
}
