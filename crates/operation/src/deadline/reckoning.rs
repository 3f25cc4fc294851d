//! A day is counted, and every step of it is told.

use calendar::{Counting, Date, PartialDate, Period, Unit, last_day, latest_day_before};
use diagnostic::Words;

use super::Step;

/// Steps that lead to a day.
#[derive(Clone, Debug, Default)]
pub(super) struct Reckoning {
    pub(super) steps: Vec<Step>,
}

/// A day in words.
pub(super) fn told(day: Date) -> Words {
    let day = PartialDate::from(day);
    Words::new(day.in_japanese(), day.in_english())
}

/// A length in words.
fn length(period: Period) -> Words {
    Words::new(period.in_japanese(), period.to_string())
}

/// An article of the Civil Code.
fn civil_code(ja: &str, en: &str) -> Option<Words> {
    Some(Words::new(format!("民法{ja}"), format!("Civil Code, {en}")))
}

impl Reckoning {
    /// A step that states a day.
    pub(super) fn state(&mut self, what: Words, day: Date, basis: Option<Words>) {
        self.steps.push(Step { what, day: Some(day), basis });
    }

    /// A step without a day.
    pub(super) fn note(&mut self, what: Words, basis: Option<Words>) {
        self.steps.push(Step { what, day: None, basis });
    }

    /// The last day of a period that begins with a day.
    pub(super) fn lasting(&mut self, first: Date, period: Period) -> Option<Date> {
        let end = last_day(first, period, Counting::FirstDayCounted)?;
        let (day, long) = (told(first), length(period));
        self.note(
            Words::new(format!("{}を算入して{}を数える", day.ja, long.ja), format!("{} are counted, {} included", long.en, day.en)),
            civil_code("140条ただし書", "article 140, proviso"),
        );
        self.ends(first, period, end);
        Some(end)
    }

    /// The last day of a period after a day.
    pub(super) fn after(&mut self, day: Date, period: Period) -> Option<Date> {
        let first = day.tomorrow().ok()?;
        let end = last_day(day, period, Counting::FirstDayNotCounted)?;
        let long = length(period);
        self.state(
            Words::new(
                format!("初日を算入せず、翌日から{}を数える", long.ja),
                format!("{} are counted; the first day is not included, so from the day after it", long.en),
            ),
            first,
            civil_code("140条本文", "article 140"),
        );
        self.ends(first, period, end);
        Some(end)
    }

    /// The last day from which a whole period passes before a day.
    pub(super) fn before(&mut self, day: Date, period: Period) -> Option<Date> {
        let latest = latest_day_before(day, period)?;
        let (told, long) = (told(day), length(period));
        self.state(
            Words::new(
                format!("{}の前に{}が満了する、最も遅い日", told.ja, long.ja),
                format!("the latest day after which {} are over before {}", long.en, told.en),
            ),
            latest,
            civil_code("140条・141条・143条", "articles 140, 141 and 143"),
        );
        Some(latest)
    }

    /// How a period that begins with `first` ends.
    fn ends(&mut self, first: Date, period: Period, end: Date) {
        let by_calendar = matches!(period.unit, Unit::Months | Unit::Years);
        let eve_of_its_day = end.tomorrow().is_ok_and(|next| next.day() == first.day());
        let (what, basis) = if !by_calendar {
            (Words::new("最後の日の終了をもって満了する", "it ends at the end of the last day"), civil_code("141条", "article 141"))
        } else if first.day() == 1 {
            (
                Words::new(
                    "月の初めから数えるので、暦に従い月の末日をもって満了する",
                    "counted from the first of a month it ends on the last of one, by the calendar",
                ),
                civil_code("141条・143条1項", "articles 141 and 143, paragraph 1"),
            )
        } else if eve_of_its_day {
            (
                Words::new(
                    "起算日に応当する日の前日をもって満了する",
                    "it ends on the day before the one that corresponds to its first day",
                ),
                civil_code("141条・143条2項本文", "articles 141 and 143, paragraph 2"),
            )
        } else {
            (
                Words::new(
                    "最後の月に応当する日がないので、その月の末日をもって満了する",
                    "the last month has no corresponding day, so it ends on the last day of that month",
                ),
                civil_code("141条・143条2項ただし書", "articles 141 and 143, paragraph 2, proviso"),
            )
        };
        self.state(what, end, basis);
    }
}
