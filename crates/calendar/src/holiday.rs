//! The national holidays (国民の祝日に関する法律, 昭和23年法律第178号), computed.

use std::ops::RangeInclusive;

use crate::Date;
use jiff::civil::{Weekday, date};

/// The years for which [`holiday`] knows the law.
///
/// Equinoxes of years after the next one are astronomical forecasts: the day is announced each February for the
/// following year (国立天文台「暦要項」). And the law moves.
///
/// ```
/// assert!(calendar::HOLIDAY_YEARS.contains(&2035));
/// ```
pub const HOLIDAY_YEARS: RangeInclusive<i16> = 1955..=2099;

/// When in the year a holiday falls.
enum Fall {
    On(i8, i8),
    /// The n-th Monday of the month (平成10年法律第141号 and 平成13年法律第59号, "Happy Monday").
    Monday(i8, i8),
    VernalEquinox,
    AutumnalEquinox,
}

/// One line of article 2: a name, when it falls, and the years in which the line was in force.
struct Line {
    name: &'static str,
    falls: Fall,
    years: RangeInclusive<i16>,
}

const fn line(name: &'static str, falls: Fall, from: i16, to: i16) -> Line {
    Line { name, falls, years: from..=to }
}

const EVER: i16 = *HOLIDAY_YEARS.end();
const ALWAYS: i16 = *HOLIDAY_YEARS.start();

/// Article 2 of the Act with its amendments, and the Acts that gave single days or moved days for single years.
static LINES: &[Line] = &[
    // The Act as it was made in 1948.
    line("元日", Fall::On(1, 1), ALWAYS, EVER),
    line("成人の日", Fall::On(1, 15), ALWAYS, 1999),
    line("春分の日", Fall::VernalEquinox, ALWAYS, EVER),
    line("天皇誕生日", Fall::On(4, 29), ALWAYS, 1988),
    line("憲法記念日", Fall::On(5, 3), ALWAYS, EVER),
    line("こどもの日", Fall::On(5, 5), ALWAYS, EVER),
    line("秋分の日", Fall::AutumnalEquinox, ALWAYS, EVER),
    line("文化の日", Fall::On(11, 3), ALWAYS, EVER),
    line("勤労感謝の日", Fall::On(11, 23), ALWAYS, EVER),
    // 昭和41年法律第86号; the day of 建国記念の日 by 昭和41年政令第376号.
    line("建国記念の日", Fall::On(2, 11), 1967, EVER),
    line("敬老の日", Fall::On(9, 15), 1966, 2002),
    line("体育の日", Fall::On(10, 10), 1966, 1999),
    // 平成元年法律第5号.
    line("みどりの日", Fall::On(4, 29), 1989, 2006),
    line("天皇誕生日", Fall::On(12, 23), 1989, 2018),
    // 平成7年法律第22号.
    line("海の日", Fall::On(7, 20), 1996, 2002),
    // 平成10年法律第141号.
    line("成人の日", Fall::Monday(1, 2), 2000, EVER),
    line("体育の日", Fall::Monday(10, 2), 2000, 2019),
    // 平成13年法律第59号.
    line("海の日", Fall::Monday(7, 3), 2003, 2019),
    line("敬老の日", Fall::Monday(9, 3), 2003, EVER),
    // 平成17年法律第43号.
    line("昭和の日", Fall::On(4, 29), 2007, EVER),
    line("みどりの日", Fall::On(5, 4), 2007, EVER),
    // 平成26年法律第43号.
    line("山の日", Fall::On(8, 11), 2016, 2019),
    // 天皇の退位等に関する皇室典範特例法 (平成29年法律第63号) 附則10条: in 2019 nobody's birthday.
    line("天皇誕生日", Fall::On(2, 23), 2020, EVER),
    // 平成30年法律第57号: 体育の日 becomes スポーツの日.
    line("スポーツの日", Fall::Monday(10, 2), 2022, EVER),
    // The Olympic years: 平成27年法律第33号 as amended by 平成30年法律第55号 and 令和2年法律第68号.
    line("海の日", Fall::On(7, 23), 2020, 2020),
    line("スポーツの日", Fall::On(7, 24), 2020, 2020),
    line("山の日", Fall::On(8, 10), 2020, 2020),
    line("海の日", Fall::On(7, 22), 2021, 2021),
    line("スポーツの日", Fall::On(7, 23), 2021, 2021),
    line("山の日", Fall::On(8, 8), 2021, 2021),
    line("海の日", Fall::Monday(7, 3), 2022, EVER),
    line("山の日", Fall::On(8, 11), 2022, EVER),
    // Single days, each by an Act of its own: 昭和34年法律第16号, 平成元年法律第4号, 平成2年法律第24号,
    // 平成5年法律第32号, 平成30年法律第99号 (both days of 2019, which count as holidays of the Act).
    line("皇太子明仁親王の結婚の儀", Fall::On(4, 10), 1959, 1959),
    line("昭和天皇の大喪の礼", Fall::On(2, 24), 1989, 1989),
    line("即位礼正殿の儀", Fall::On(11, 12), 1990, 1990),
    line("皇太子徳仁親王の結婚の儀", Fall::On(6, 9), 1993, 1993),
    line("天皇の即位の日", Fall::On(5, 1), 2019, 2019),
    line("即位礼正殿の儀の行われる日", Fall::On(10, 22), 2019, 2019),
];

/// The first day on which a holiday on a Sunday was made up for (昭和48年法律第10号, in force that day).
const SUBSTITUTES_SINCE: Date = date(1973, 4, 12);
/// From here on a Sunday between two holidays is no longer excepted (平成17年法律第43号).
const BRIDGES_ON_SUNDAYS_SINCE: Date = date(2007, 1, 1);
/// The first day on which a day between two holidays was one (昭和60年法律第103号, in force that day).
const BRIDGES_SINCE: Date = date(1985, 12, 27);

/// The name of the holiday, in Japanese, when the day is one under the Act: a national holiday (国民の祝日), the day
/// that makes up for one on a Sunday (振替休日, 3条2項) or a day between two (国民の休日, 3条3項).
///
/// `None` outside [`HOLIDAY_YEARS`].
///
/// | lines | source |
/// |---|---|
/// | the nine of 1948 | 国民の祝日に関する法律 (昭和23年法律第178号) 2条 |
/// | 建国記念の日, 敬老の日, 体育の日 | 昭和41年法律第86号, 政令第376号 |
/// | 振替休日, since 1973-04-12 | 昭和48年法律第10号; moving on past holidays since 2007: 平成17年法律第43号 |
/// | 国民の休日, since 1985-12-27 | 昭和60年法律第103号 |
/// | 天皇誕生日 12-23, みどりの日 | 平成元年法律第5号 |
/// | 海の日 | 平成7年法律第22号 |
/// | Mondays of January and October | 平成10年法律第141号 |
/// | Mondays of July and September | 平成13年法律第59号 |
/// | 昭和の日, みどりの日 05-04 | 平成17年法律第43号 |
/// | 山の日 | 平成26年法律第43号 |
/// | 天皇誕生日 02-23 | 平成29年法律第63号 |
/// | スポーツの日 | 平成30年法律第57号 |
/// | 2019-05-01, 2019-10-22 | 平成30年法律第99号 |
/// | July and August of 2020 and 2021 | 平成27年法律第33号 (amended by 平成30年法律第55号, 令和2年法律第68号) |
///
/// ```
/// use calendar::{Date, holiday};
/// assert_eq!(holiday(Date::constant(2024, 5, 6)), Some("振替休日"));
/// assert_eq!(holiday(Date::constant(2026, 9, 22)), Some("国民の休日"));
/// assert_eq!(holiday(Date::constant(2026, 9, 24)), None);
/// ```
pub fn holiday(date: Date) -> Option<&'static str> {
    national_holiday(date).or_else(|| is_substitute(date).then_some("振替休日")).or_else(|| is_bridge(date).then_some("国民の休日"))
}

/// 国民の祝日 proper.
fn national_holiday(day: Date) -> Option<&'static str> {
    let here = |line: &&Line| line.years.contains(&day.year()) && falls_on(&line.falls, day);
    LINES.iter().find(here).map(|line| line.name)
}

/// 3条2項: a holiday was a Sunday, and every day since is one too. Until 2006 the Act named the Monday only, which comes
/// to the same: no two holidays stood side by side then.
fn is_substitute(day: Date) -> bool {
    if day < SUBSTITUTES_SINCE || national_holiday(day).is_some() {
        return false;
    }
    let mut earlier = day;
    loop {
        let Ok(eve) = earlier.yesterday() else {
            return false;
        };
        if eve < SUBSTITUTES_SINCE || national_holiday(eve).is_none() {
            return false;
        }
        if eve.weekday() == Weekday::Sunday {
            return true;
        }
        earlier = eve;
    }
}

/// 3条3項: the eve and the morrow are holidays. Until 2006 Sundays were excepted; they are closed anyway.
fn is_bridge(day: Date) -> bool {
    let is_national = |day: Result<Date, jiff::Error>| day.is_ok_and(|day| national_holiday(day).is_some());
    day >= BRIDGES_SINCE
        && (day >= BRIDGES_ON_SUNDAYS_SINCE || day.weekday() != Weekday::Sunday)
        && is_national(day.yesterday())
        && is_national(day.tomorrow())
}

fn falls_on(falls: &Fall, day: Date) -> bool {
    match *falls {
        Fall::On(month, number) => (day.month(), day.day()) == (month, number),
        Fall::Monday(month, nth) => day.month() == month && day.weekday() == Weekday::Monday && (day.day() + 6) / 7 == nth,
        Fall::VernalEquinox => day.month() == 3 && day.day() == equinox(day.year(), VERNAL),
        Fall::AutumnalEquinox => day.month() == 9 && day.day() == equinox(day.year(), AUTUMNAL),
    }
}

/// Time of the equinox of 1980 in Japan, in millionths of a day since the beginning of the month's day 0, for the
/// years before 1980 and from 1980 on.
const VERNAL: (i64, i64) = (20_835_700, 20_843_100);
const AUTUMNAL: (i64, i64) = (23_258_800, 23_248_800);
/// What the tropical year has beyond 365 days, in millionths of a day.
const YEARLY: i64 = 242_194;

/// Day of the month of an equinox in Japan: its time moves by the tropical year, and back by a day with each leap year.
/// The constants hold from 1900 to 2099. The days from 1955 on were compared with a list of the announced ones.
fn equinox(year: i16, (before_1980, since_1980): (i64, i64)) -> i8 {
    let years = i64::from(year) - 1980;
    let (base, leap_days) = if years < 0 { (before_1980, (years - 3) / 4) } else { (since_1980, years / 4) };
    let day = (base + YEARLY * years).div_euclid(1_000_000) - leap_days;
    i8::try_from(day).unwrap_or(21)
}
