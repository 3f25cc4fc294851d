//! The eras (元号) of the Japanese calendar.

use std::fmt;

use crate::{Date, PartialDate};
use jiff::civil::date;

/// An era of the Japanese calendar, from Meiji on.
///
/// The legal ground is the Era Name Act (元号法, 昭和54年法律第43号) and the cabinet orders under it; before that,
/// imperial edicts. Meiji and Taishō end on the very day on which the next era begins, so that 1912-07-30 and
/// 1926-12-25 each have two right names.
///
/// ```
/// use calendar::Era;
/// assert_eq!(Era::Reiwa.start().to_string(), "2019-05-01");
/// assert_eq!(Era::Heisei.to_string(), "平成");
/// assert!(Era::Showa < Era::Reiwa);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Era {
    /// 明治: 1868-01-25 to 1912-07-30. Dates before 1873 followed the lunisolar calendar; they are read here as if
    /// they were Gregorian.
    Meiji,
    /// 大正: 1912-07-30 to 1926-12-25.
    Taisho,
    /// 昭和: 1926-12-25 to 1989-01-07.
    Showa,
    /// 平成: 1989-01-08 to 2019-04-30 (昭和64年政令第1号).
    Heisei,
    /// 令和: from 2019-05-01 (平成31年政令第143号).
    Reiwa,
}

impl Era {
    /// Every era, the oldest first.
    ///
    /// ```
    /// assert_eq!(calendar::Era::ALL.len(), 5);
    /// ```
    pub const ALL: [Era; 5] = [Era::Meiji, Era::Taisho, Era::Showa, Era::Heisei, Era::Reiwa];

    /// The first day of the era.
    ///
    /// ```
    /// assert_eq!(calendar::Era::Heisei.start().to_string(), "1989-01-08");
    /// ```
    pub const fn start(self) -> Date {
        match self {
            Era::Meiji => date(1868, 1, 25),
            Era::Taisho => date(1912, 7, 30),
            Era::Showa => date(1926, 12, 25),
            Era::Heisei => date(1989, 1, 8),
            Era::Reiwa => date(2019, 5, 1),
        }
    }

    /// The last day of the era; `None` for the present one.
    ///
    /// ```
    /// use calendar::Era;
    /// assert_eq!(Era::Showa.last().unwrap().to_string(), "1989-01-07");
    /// assert_eq!(Era::Reiwa.last(), None);
    /// ```
    pub const fn last(self) -> Option<Date> {
        match self {
            Era::Meiji => Some(date(1912, 7, 30)),
            Era::Taisho => Some(date(1926, 12, 25)),
            Era::Showa => Some(date(1989, 1, 7)),
            Era::Heisei => Some(date(2019, 4, 30)),
            Era::Reiwa => None,
        }
    }

    /// The era of a day; the younger one on the two days that have two names, `None` before Meiji.
    ///
    /// ```
    /// use calendar::{Date, Era};
    /// assert_eq!(Era::of(Date::constant(2019, 4, 30)), Some(Era::Heisei));
    /// assert_eq!(Era::of(Date::constant(1867, 12, 31)), None);
    /// ```
    pub fn of(day: Date) -> Option<Era> {
        Era::ALL.into_iter().rev().find(|era| era.start() <= day)
    }

    /// The western year in which the era's year `year` (1 = 元年) lies, whether the era lasted so long or not.
    ///
    /// ```
    /// assert_eq!(calendar::Era::Reiwa.western_year(7), 2025);
    /// ```
    pub fn western_year(self, year: u16) -> i16 {
        let western = i32::from(self.start().year()) + i32::from(year) - 1;
        i16::try_from(western).unwrap_or(i16::MAX)
    }

    /// Whether some day of `stated` lies within the era.
    ///
    /// ```
    /// use calendar::{Era, PartialDate};
    /// let may = PartialDate { year: 2019, month: Some(5), day: None };
    /// assert!(Era::Reiwa.contains(may) && !Era::Heisei.contains(may));
    /// ```
    pub fn contains(self, stated: PartialDate) -> bool {
        self.start() <= stated.last() && self.last().is_none_or(|last| stated.first() <= last)
    }

    /// The name in Japanese.
    ///
    /// ```
    /// assert_eq!(calendar::Era::Taisho.name(), "大正");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Era::Meiji => "明治",
            Era::Taisho => "大正",
            Era::Showa => "昭和",
            Era::Heisei => "平成",
            Era::Reiwa => "令和",
        }
    }

    /// The name in Latin letters.
    ///
    /// ```
    /// assert_eq!(calendar::Era::Showa.name_en(), "Showa");
    /// ```
    pub const fn name_en(self) -> &'static str {
        match self {
            Era::Meiji => "Meiji",
            Era::Taisho => "Taisho",
            Era::Showa => "Showa",
            Era::Heisei => "Heisei",
            Era::Reiwa => "Reiwa",
        }
    }

    /// Reads a name: 令和, its first character, the single-character form ㋿, the initial R or the name in Latin letters.
    ///
    /// ```
    /// use calendar::Era;
    /// assert_eq!(Era::parse("令和"), Some(Era::Reiwa));
    /// assert_eq!(Era::parse("H"), Some(Era::Heisei));
    /// assert_eq!(Era::parse("㍼"), Some(Era::Showa));
    /// assert_eq!(Era::parse("慶応"), None);
    /// ```
    pub fn parse(name: &str) -> Option<Era> {
        match name {
            "明治" | "明" | "㍾" | "M" | "Ｍ" | "Meiji" => Some(Era::Meiji),
            "大正" | "大" | "㍽" | "T" | "Ｔ" | "Taisho" => Some(Era::Taisho),
            "昭和" | "昭" | "㍼" | "S" | "Ｓ" | "Showa" => Some(Era::Showa),
            "平成" | "平" | "㍻" | "H" | "Ｈ" | "Heisei" => Some(Era::Heisei),
            "令和" | "令" | "㋿" | "R" | "Ｒ" | "Reiwa" => Some(Era::Reiwa),
            _ => None,
        }
    }
}

impl fmt::Display for Era {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A day in the Japanese calendar, as forms write it; the first year of an era is 元年. A day before Meiji is
/// written with its western year.
///
/// ```
/// use calendar::{Date, japanese_era};
/// assert_eq!(japanese_era(Date::constant(2026, 11, 22)), "令和8年11月22日");
/// assert_eq!(japanese_era(Date::constant(2019, 5, 1)), "令和元年5月1日");
/// assert_eq!(japanese_era(Date::constant(1989, 1, 7)), "昭和64年1月7日");
/// ```
pub fn japanese_era(date: Date) -> String {
    let (month, day) = (date.month(), date.day());
    match Era::of(date) {
        None => format!("{}年{month}月{day}日", date.year()),
        Some(era) => match date.year() - era.start().year() + 1 {
            1 => format!("{era}元年{month}月{day}日"),
            year => format!("{era}{year}年{month}月{day}日"),
        },
    }
}
