//! Intervals, offsets and options: data with sources and periods of validity, over which an organisation lays its own.

mod file;

use std::collections::BTreeMap;

use calendar::{Date, Period, holiday, is_closed};
use diagnostic::Words;

use super::RuleInForce;

/// The data that come with the program.
const STANDARD: &str = include_str!("rhythms.toml");

/// The rules, and the lengths that each has to state.
const RULES: &[(&str, &[&str])] = &[
    ("periodic-safety-report", &["first_unit", "first_span", "unit", "due"]),
    ("periodic-safety-report-foreign", &["due"]),
    ("periodic-safety-report-rhythm", &[]),
    ("eppv", &["period", "due"]),
    ("eppv-interim", &["after"]),
    ("activity-report", &[]),
    ("milestone", &[]),
    ("re-examination-application", &["due"]),
    ("re-examination-file", &[]),
    ("evaluation-report", &[]),
    ("unexpected-non-serious", &["unit", "due", "due_in_reexamination"]),
    ("infection", &["unit", "due"]),
    ("infection-foreign", &["due"]),
    ("new-activity-notice", &["before"]),
    ("question", &[]),
];

/// Rules and options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rhythms {
    options: Options,
    products: Vec<Product>,
    office_closed: Vec<ClosedDay>,
    company_closed: Vec<ClosedDay>,
    rules: Vec<Rule>,
}

/// What the organisation chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether a limit that ends on a closed day moves.
    pub closed_days: ClosedDays,
    /// From where the unit periods of the periodic safety report are counted.
    pub periodic_anchor: PeriodicAnchor,
    /// Whether reports have to be translated from a foreign language.
    pub foreign_language: bool,
    /// How many years ahead series without an end are told.
    pub horizon_years: u32,
}

/// What happens to a limit that ends on a day on which offices are closed (行政機関の休日に関する法律2条).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosedDays {
    /// It stays where it is.
    Keep,
    /// It ends on the next open day.
    NextOpenDay,
}

/// From where the unit periods of the periodic safety report are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodicAnchor {
    /// From the first day of the re-examination period.
    Approval,
    /// In step with the international birth date.
    BirthDate,
    /// From a day, such as the one that the Minister named.
    Day(Date),
}

/// What holds for one product. What it does not state, the options state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Product {
    /// The product's name as the plan states it.
    pub name: String,
    /// See [`Options::periodic_anchor`].
    pub periodic_anchor: Option<PeriodicAnchor>,
    /// See [`Options::foreign_language`].
    pub foreign_language: Option<bool>,
    /// Whether it is a biological product (生物由来製品), for which infection reports are due.
    pub biological: Option<bool>,
    /// The day from which its infection reports are counted, where it is not the approval.
    pub infection_anchor: Option<Date>,
}

/// A day on which somebody is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedDay {
    /// The day.
    pub on: Date,
    /// Why.
    pub name: String,
}

/// A version of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// What it asks for.
    pub title: Words,
    /// Where it stands.
    pub source: Words,
    /// The first day on which a period may end that it judges; None from of old.
    pub from: Option<Date>,
    /// The last such day; None where it is in force.
    pub until: Option<Date>,
    /// Whether it was not compared with its source.
    pub unverified: bool,
    /// What is doubtful.
    pub doubt: Option<Words>,
    /// How long before the last day the warning is.
    pub warn: Option<Period>,
    lengths: BTreeMap<String, Period>,
}

impl Rule {
    /// A length that it states.
    #[must_use]
    pub fn length(&self, name: &str) -> Option<Period> {
        self.lengths.get(name).copied()
    }

    /// True if it judges what ends on that day.
    #[must_use]
    pub fn is_in_force(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    pub(super) fn cited(&self) -> RuleInForce {
        RuleInForce {
            id: self.id.clone(),
            source: self.source.clone(),
            from: self.from,
            until: self.until,
            unverified: self.unverified,
            doubt: self.doubt.clone(),
        }
    }
}

/// Why data cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong, and where.
    pub what: Words,
    /// What to do.
    pub hint: Words,
    /// The line, from 1, if it is known.
    pub line: Option<usize>,
}

impl Rhythms {
    /// What comes with the program, as its file: the pattern for an organisation's own.
    #[must_use]
    pub const fn standard_text() -> &'static str {
        STANDARD
    }

    /// What comes with the program.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "it cannot: a test reads the data that are compiled in")]
    pub fn standard() -> Self {
        file::read(STANDARD, None).expect("the test `the_standard_can_be_read` reads it")
    }

    /// With the data of an organisation laid over it: options and products it states, closed days beside those there are, and its rules,
    /// each in the place of all versions there were.
    ///
    /// # Errors
    /// The text is no TOML, or states something that cannot be.
    pub fn laid_over(&self, text: &str) -> Result<Self, Mistake> {
        file::read(text, Some(self))
    }

    /// The options.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// All versions of all rules.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The version of a rule that judges what ends on that day.
    #[must_use]
    pub fn rule(&self, id: &str, day: Date) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id && rule.is_in_force(day))
    }

    /// The last version of a rule.
    #[must_use]
    pub fn latest(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().filter(|rule| rule.id == id).max_by_key(|rule| rule.from)
    }

    /// What is stated of a product.
    pub(super) fn product(&self, name: &str) -> Product {
        self.products.iter().find(|product| product.name == name).cloned().unwrap_or_default()
    }

    /// Why public offices are closed on a day.
    #[must_use]
    pub fn office_closed(&self, day: Date) -> Option<Words> {
        if let Some(own) = self.office_closed.iter().find(|closed| closed.on == day) {
            return Some(Words::same(own.name.clone()));
        }
        if !is_closed(day) {
            return None;
        }
        let weekday = match day.weekday() {
            weekday if weekday.to_monday_zero_offset() == 5 => Some(("土曜日", "a Saturday")),
            weekday if weekday.to_monday_zero_offset() == 6 => Some(("日曜日", "a Sunday")),
            _ => None,
        };
        Some(match (holiday(day), weekday) {
            (Some(name), _) => Words::new(name, format!("a holiday, {name}")),
            (None, Some((ja, en))) => Words::new(ja, en),
            (None, None) => Words::new("年末年始の休日", "the turn of the year"),
        })
    }

    /// The first day after a closed one on which public offices are open.
    pub(super) fn next_open(&self, day: Date) -> Option<Date> {
        let mut day = day;
        while self.office_closed(day).is_some() {
            day = day.tomorrow().ok()?;
        }
        Some(day)
    }

    /// The day itself or the last one before it on which the organisation works.
    pub(super) fn working_day_before(&self, day: Date) -> Date {
        let mut found = day;
        while self.office_closed(found).is_some() || self.company_closed.iter().any(|closed| closed.on == found) {
            match found.yesterday() {
                Ok(yesterday) => found = yesterday,
                Err(_) => return day,
            }
        }
        found
    }
}
