//! When what is due: the visits of a patient, from the plan's rule and the patient's own days.

use jiff::civil::Date;
use plan::expression::Value;
use plan::tables::VisitFrom;

use crate::design::{Design, VisitDesign, later};
use crate::entry::FormKey;
use crate::state::{Form, Patient};

/// A rule that comes again for ever would never end: of one visit, so many turns at most.
const TURNS: u32 = 400;

/// A form that is expected of a patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Which.
    pub key: FormKey,
    /// The day of the visit.
    pub day: Date,
    /// The first and the last good day of the visit.
    pub window: (Date, Date),
    /// The last day to send it.
    pub due: Date,
}

/// How an expected form stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// The visit has not come yet.
    Ahead,
    /// The visit has come; the form is not due yet.
    Open,
    /// It is due and was not sent.
    Overdue,
    /// It was sent, and is asked about.
    Queried,
    /// It was sent.
    Sent,
    /// It was sent and signed as it stands.
    Signed,
    /// It is fixed.
    Locked,
}

impl Standing {
    /// Every one, from the most pressing on.
    pub const ALL: [Self; 7] = [Self::Overdue, Self::Queried, Self::Open, Self::Sent, Self::Signed, Self::Locked, Self::Ahead];

    /// In Japanese and English.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Ahead => ("予定", "ahead"),
            Self::Open => ("未送信", "not sent"),
            Self::Overdue => ("期限超過", "overdue"),
            Self::Queried => ("再調査中", "queried"),
            Self::Sent => ("送信済", "sent"),
            Self::Signed => ("署名済", "signed"),
            Self::Locked => ("固定", "locked"),
        }
    }

    /// How a form stands on a day; `queried` tells whether a query about it is open.
    #[must_use]
    pub fn of(expected: Option<&Expected>, form: Option<&Form>, queried: bool, today: Date) -> Self {
        match (form, expected) {
            (Some(form), _) if form.locked.is_some() => Self::Locked,
            (Some(_), _) if queried => Self::Queried,
            (Some(form), _) if form.is_signed() => Self::Signed,
            (Some(_), _) => Self::Sent,
            (None, Some(expected)) if today > expected.due => Self::Overdue,
            (None, Some(expected)) if today < expected.window.0 => Self::Ahead,
            (None, _) => Self::Open,
        }
    }
}

/// The forms that are expected of a patient, by day. A visit that depends on something that is not known yet, such as the day of a third
/// dose, is not there before it is.
#[must_use]
pub fn expected(design: &Design, patient: &Patient) -> Vec<Expected> {
    let given = |name: &str| patient.value(design, name);
    let mut all = Vec::new();
    // who has left the survey is not waited for any more
    let left = design.observed_until.as_deref().and_then(given).and_then(|value| match value {
        Value::Date(day) => Some(day),
        _ => None,
    });
    for visit in &design.visits {
        if visit.when.as_ref().is_some_and(|when| when.holds(&given) != Some(true)) {
            continue;
        }
        let ends = visit.forms.iter().any(|form| design.observed_until.as_deref().is_some_and(|item| item.split('.').next() == Some(form)));
        for (turn, day) in days(design, visit, patient) {
            if left.is_some_and(|left| day > left) && !ends {
                break;
            }
            // of who has left, the last form is due from that day on
            let day = left.filter(|_| ends).map_or(day, |left| left.min(day));
            let shifted = |days: u64, sign: i64| i64::try_from(days).ok().and_then(|days| later_days(day, sign * days)).unwrap_or(day);
            let window = (shifted(visit.window_days, -1), shifted(visit.window_days, 1));
            let due = shifted(visit.due_days.max(visit.window_days), 1);
            all.extend(visit.forms.iter().map(|form| Expected {
                key: FormKey { visit: visit.id.clone(), turn, form: form.clone() },
                day,
                window,
                due,
            }));
        }
    }
    all.sort_by(|one, other| one.day.cmp(&other.day).then_with(|| one.key.cmp(&other.key)));
    all
}

fn later_days(day: Date, days: i64) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The turns of a visit and their days, up to the end of the survey.
fn days(design: &Design, visit: &VisitDesign, patient: &Patient) -> Vec<(u32, Date)> {
    let start = match visit.from {
        VisitFrom::FirstDose => Some(patient.first_dose),
        VisitFrom::Registration => Some(patient.registered),
        VisitFrom::End => design.period.1,
        VisitFrom::Item => visit.item.as_deref().and_then(|item| patient.value(design, item)).and_then(|value| match value {
            Value::Date(day) => Some(day),
            _ => None,
        }),
    };
    let Some(start) = start else { return Vec::new() };
    let Some(first) = visit.after.map_or(Some(start), |after| later(start, after, 1)) else { return Vec::new() };
    let end = [visit.until.and_then(|until| later(start, until, 1)), design.period.1].into_iter().flatten().min();
    let is_within = |day: Date| end.is_none_or(|end| day <= end);
    let Some(every) = visit.every else { return if is_within(first) { vec![(1, first)] } else { Vec::new() } };
    // each is counted from the first, so that the end of a month does not wander: 31 January, 28 February, 31 March
    let turns = (0..TURNS).map_while(|turn| Some((turn + 1, later(first, every, turn)?)));
    turns.take_while(|(_, day)| is_within(*day)).collect()
}
