//! Why something written like a date is none.

use std::{error, fmt};

use crate::{Era, PartialDate};

/// Why something written like a date names no day, month or year of the calendar.
///
/// `Display` is English; [`ImpossibleDate::in_japanese`] says the same in Japanese.
///
/// ```
/// use calendar::{ImpossibleDate, find_dates};
/// let wrong = find_dates("2023年2月30日")[0].value.unwrap_err();
/// assert_eq!(wrong, ImpossibleDate::NoSuchDay { year: 2023, month: 2, day: 30 });
/// assert_eq!(wrong.to_string(), "February 2023 has no day 30");
/// assert_eq!(wrong.in_japanese(), "2023年2月に30日はありません");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImpossibleDate {
    /// Year 0 of an era: eras begin with 元年.
    NoSuchYear {
        /// The era as written.
        era: Era,
    },
    /// A month outside 1 to 12.
    NoSuchMonth {
        /// The western year.
        year: i16,
        /// The month as written.
        month: u8,
    },
    /// A day which the month does not have.
    NoSuchDay {
        /// The western year.
        year: i16,
        /// The month, 1 to 12.
        month: i8,
        /// The day as written.
        day: u8,
    },
    /// A date that lies outside the era it is written in, as 平成32年 does. What is meant is clear all the same.
    OutsideEra {
        /// The era as written.
        era: Era,
        /// The era's year as written.
        year: u16,
        /// The date that is meant, in the western calendar.
        meant: PartialDate,
    },
    /// One year written twice, in both calendars, and differently: 2019年（平成30年）4月.
    YearsDisagree {
        /// The year written first, in the western calendar.
        first: i16,
        /// The year in brackets, in the western calendar.
        second: i16,
    },
}

impl ImpossibleDate {
    /// The date that is meant nevertheless, where that is certain.
    ///
    /// ```
    /// let wrong = calendar::find_dates("平成32年3月31日")[0].value.unwrap_err();
    /// assert_eq!(wrong.meant().unwrap().to_string(), "2020-03-31");
    /// ```
    pub fn meant(self) -> Option<PartialDate> {
        match self {
            ImpossibleDate::OutsideEra { meant, .. } => Some(meant),
            _ => None,
        }
    }

    /// The reason in Japanese, without a full stop.
    ///
    /// ```
    /// let wrong = calendar::find_dates("平成32年3月31日")[0].value.unwrap_err();
    /// assert_eq!(wrong.in_japanese(), "平成32年3月31日という日付はありません（西暦2020年3月31日、令和2年3月31日）");
    /// ```
    pub fn in_japanese(self) -> String {
        match self {
            ImpossibleDate::NoSuchYear { era } => {
                format!("{era}0年はありません（{era}元年から始まります）")
            }
            ImpossibleDate::NoSuchMonth { year, month } => {
                format!("{year}年に{month}月はありません")
            }
            ImpossibleDate::NoSuchDay { year, month, day } => {
                format!("{year}年{month}月に{day}日はありません")
            }
            ImpossibleDate::OutsideEra { era, year, meant } => {
                let written = match year {
                    1 => format!("{era}元年{}", meant.months_and_days()),
                    year => format!("{era}{year}年{}", meant.months_and_days()),
                };
                let right = meant.in_era().map(|right| format!("、{right}")).unwrap_or_default();
                format!("{written}という日付はありません（西暦{}{right}）", meant.in_japanese())
            }
            ImpossibleDate::YearsDisagree { first, second } => {
                format!("併記された年が一致しません（西暦{first}年と西暦{second}年）")
            }
        }
    }
}

impl fmt::Display for ImpossibleDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            ImpossibleDate::NoSuchYear { era } => {
                write!(f, "{} has no year 0: it begins with year 1", era.name_en())
            }
            ImpossibleDate::NoSuchMonth { year, month } => write!(f, "{year} has no month {month}"),
            ImpossibleDate::NoSuchDay { year, month, day } => {
                write!(f, "{} {year} has no day {day}", month_name(month))
            }
            ImpossibleDate::OutsideEra { era, year, meant } => {
                write!(f, "{meant} lies outside the era: ")?;
                match era.last() {
                    Some(last) if last < meant.first() => {
                        write!(f, "{} ended on {last}", era.name_en())?;
                    }
                    _ => write!(f, "{} began on {}", era.name_en(), era.start())?,
                }
                write!(f, " (written as year {year})")
            }
            ImpossibleDate::YearsDisagree { first, second } => {
                write!(f, "one year is written twice and differently: {first} and {second}")
            }
        }
    }
}

impl error::Error for ImpossibleDate {}

fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    usize::try_from(month - 1).ok().and_then(|index| NAMES.get(index).copied()).unwrap_or("the month")
}
