//! How far a survey is, and what was seen.

use std::collections::BTreeMap;

use diagnostic::Words;
use jiff::civil::Date;
use plan::expression::Value;
use statistics::enrolment::{Centre, Rates, fit, predict};

use crate::design::{ConcernDesign, Design, FormDesign};
use crate::entry::FormKey;
use crate::filled::value_of;
use crate::schedule::{Expected, Standing, expected};
use crate::state::{Form, Patient, Survey};

/// How far a survey is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// Patients registered.
    pub registered: usize,
    /// Of them past the limit of registration.
    pub late: usize,
    /// Sites with a contract that holds.
    pub sites: usize,
    /// Forms sent.
    pub sent: usize,
    /// Forms whose visit has come, sent or not: what could have been collected.
    pub come: usize,
    /// Of them past their day and not sent.
    pub overdue: usize,
    /// Queries that are not closed.
    pub queries: usize,
    /// Serious events that the company has not judged yet.
    pub untriaged: usize,
}

impl Progress {
    /// How many of the forms whose visit has come were sent; `None` where none has come.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "fewer forms than a float counts exactly")]
    pub fn collected(&self) -> Option<f64> {
        (self.come > 0).then(|| (self.come - self.overdue.min(self.come)).min(self.sent) as f64 / self.come as f64)
    }
}

/// A row of the grid: a patient with every form that is expected or was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'a> {
    /// The number of the patient.
    pub number: u32,
    /// The patient.
    pub patient: &'a Patient,
    /// The forms, by day of the visit; those that are filled in at need last.
    pub cells: Vec<Cell>,
}

/// A form of a patient and how it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Which form.
    pub key: FormKey,
    /// When it is expected; none for one that is filled in at need.
    pub expected: Option<Expected>,
    /// How it stands.
    pub standing: Standing,
}

/// The grid: every patient with every form.
pub fn grid<'a>(design: &'a Design, survey: &'a Survey, today: Date) -> impl Iterator<Item = Row<'a>> {
    let mut queried: BTreeMap<u32, Vec<&FormKey>> = BTreeMap::new();
    for query in survey.queries.values().filter(|query| query.closed.is_none()) {
        queried.entry(query.patient).or_default().push(&query.key);
    }
    survey.patients.iter().map(move |(number, patient)| {
        let asked = queried.get(number);
        let is_queried = |key: &FormKey| asked.is_some_and(|keys| keys.contains(&key));
        Row { number: *number, patient, cells: cells(design, patient, today, &is_queried) }
    })
}

fn cells(design: &Design, patient: &Patient, today: Date, queried: &dyn Fn(&FormKey) -> bool) -> Vec<Cell> {
    let mut all: Vec<Cell> = expected(design, patient)
        .into_iter()
        .map(|expected| {
            let form = patient.forms.get(&expected.key);
            let standing = Standing::of(Some(&expected), form, queried(&expected.key), today);
            Cell { key: expected.key.clone(), expected: Some(expected), standing }
        })
        .collect();
    // what was sent and is not expected any more, and what is filled in at need
    for (key, form) in &patient.forms {
        if all.iter().all(|cell| cell.key != *key) {
            all.push(Cell { key: key.clone(), expected: None, standing: Standing::of(None, Some(form), queried(key), today) });
        }
    }
    all
}

/// How far a survey is on a day.
#[must_use]
pub fn progress(design: &Design, survey: &Survey, today: Date) -> Progress {
    let mut progress = Progress {
        registered: survey.patients.len(),
        late: survey.patients.values().filter(|patient| patient.late.is_some()).count(),
        sites: survey
            .sites
            .values()
            .filter(|site| site.contract.as_ref().is_some_and(|contract| contract.from <= today && today <= contract.until))
            .count(),
        queries: survey.queries.values().filter(|query| query.closed.is_none()).count(),
        untriaged: events(design, survey).filter(|event| event.serious && event.form.triage.is_none()).count(),
        ..Progress::default()
    };
    for cell in grid(design, survey, today).flat_map(|row| row.cells) {
        let sent = !matches!(cell.standing, Standing::Ahead | Standing::Open | Standing::Overdue);
        progress.sent += usize::from(sent);
        if cell.expected.is_some() && cell.standing != Standing::Ahead {
            progress.come += 1;
            progress.overdue += usize::from(cell.standing == Standing::Overdue);
        }
    }
    progress
}

/// What registration will come to by its last day.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The last day of registration.
    pub until: Date,
    /// The number expected by then.
    pub mean: f64,
    /// Limits between which it lies with 90 %.
    pub limits: (u64, u64),
    /// The probability to reach the target, if there is one.
    pub reaches: Option<f64>,
}

/// What registration will come to, by the Poisson–gamma model of the sites (Anisimov and Fedorov 2007): each registers at a pace of its
/// own, and what it did so far tells of its pace. `None` before anybody is registered, or after the end.
#[must_use]
pub fn forecast(design: &Design, survey: &Survey, today: Date) -> Option<Forecast> {
    let until = design.registration.1.filter(|until| today < *until)?;
    let origin = survey.sites.values().filter_map(|site| Some(site.contract.as_ref()?.from)).min()?;
    let days = |day: Date| f64::from(day.since(origin).map_or(0, |span| span.get_days()));
    let first = design.registration.0;
    let mut enrolled: BTreeMap<u32, u64> = BTreeMap::new();
    for patient in survey.patients.values() {
        *enrolled.entry(patient.site).or_default() += 1;
    }
    let centres: Vec<Centre> = survey
        .sites
        .iter()
        .filter_map(|(number, site)| {
            let contract = site.contract.as_ref()?;
            let opening = days(first.map_or(contract.from, |first| contract.from.max(first)));
            Some(Centre { opening, closing: Some(days(contract.until) + 1.0), enrolled: enrolled.get(number).copied().unwrap_or(0) })
        })
        .collect();
    let now = days(today) + 1.0;
    let rates: Rates = fit(&centres, now).ok()?;
    let prediction = predict(&rates, &centres, now, days(until) + 1.0)?;
    Some(Forecast {
        until,
        mean: prediction.mean(),
        limits: prediction.limits(0.9)?,
        reaches: design.target.map(|target| prediction.probability_to_reach(target)),
    })
}

/// An adverse event that was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct AdverseEvent<'a> {
    /// The patient.
    pub number: u32,
    /// The patient.
    pub patient: &'a Patient,
    /// Which form.
    pub key: &'a FormKey,
    /// The form.
    pub form: &'a Form,
    /// The name of the event, as it was sent.
    pub term: String,
    /// The first day on which it can have begun, if that is known.
    pub onset: Option<Date>,
    /// Whether it is serious.
    pub serious: bool,
    /// Whether a causal relation is not excluded: an adverse drug reaction.
    pub reaction: bool,
    /// Whether it ended in death.
    pub fatal: bool,
}

/// Every adverse event that was sent.
pub fn events<'a>(design: &'a Design, survey: &'a Survey) -> impl Iterator<Item = AdverseEvent<'a>> {
    survey
        .patients
        .iter()
        .flat_map(move |(number, patient)| patient.forms.iter().filter_map(move |(key, form)| event(design, *number, patient, key, form)))
}

fn event<'a>(design: &'a Design, number: u32, patient: &'a Patient, key: &'a FormKey, form: &'a Form) -> Option<AdverseEvent<'a>> {
    let of: &FormDesign = design.form(&key.form)?;
    let told = of.event.as_ref()?;
    let given = |name: &str| match name.contains('.') {
        true => patient.value(design, name),
        false => value_of(of, name, form.values.get(name)?),
    };
    let text = |item: &str| form.values.get(item).cloned();
    let onset = told.onset.as_deref().and_then(given).and_then(|value| match value {
        Value::Date(day) => Some(day),
        Value::PartialDate(date) => Some(date.first()),
        _ => None,
    });
    let holds = |rule: &Option<plan::expression::Expression>| rule.as_ref().is_some_and(|rule| rule.holds(&given) == Some(true));
    Some(AdverseEvent {
        number,
        patient,
        key,
        form,
        term: text(&told.term)?,
        onset,
        serious: holds(&told.serious),
        reaction: holds(&told.reaction),
        fatal: told.outcome.as_deref().and_then(text).is_some_and(|outcome| told.fatal.as_ref() == Some(&outcome)),
    })
}

/// Whether a patient belongs to a population, and was not left out of it.
#[must_use]
pub fn belongs(design: &Design, patient: &Patient, population: &str) -> bool {
    let rule = design.populations.iter().find(|(id, _, _)| id == population);
    let holds =
        rule.is_some_and(|(_, _, rule)| rule.as_ref().is_none_or(|rule| rule.holds(&|name| patient.value(design, name)) == Some(true)));
    // who is out of the first population is out of all that build on it
    let first = design.populations.first().map(|(id, _, _)| id.as_str());
    holds && !patient.excluded.contains_key(population) && first.is_none_or(|first| !patient.excluded.contains_key(first))
}

/// How often something was seen in a population.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The concern; empty for all events together.
    pub concern: String,
    /// What it is called.
    pub name: Words,
    /// Patients of the population.
    pub patients: u64,
    /// With an adverse event of it.
    pub events: u64,
    /// With an adverse drug reaction of it.
    pub reactions: u64,
    /// With a serious adverse drug reaction of it.
    pub serious: u64,
    /// Exact two-sided 95 % limits of the share with a reaction (Clopper and Pearson).
    pub limits: Option<(f64, f64)>,
    /// The upper one-sided 95 % limit: a higher share is excluded by what was seen.
    pub excluded_above: Option<f64>,
    /// Years at risk of all patients, each up to the first reaction.
    pub years: f64,
    /// Reactions a hundred patient-years, by first reactions, with exact two-sided 95 % limits (Garwood).
    pub rate: Option<(f64, f64, f64)>,
}

/// What was seen in a population by a day: of all events together, and of each concern the survey covers that has terms to count by.
#[must_use]
pub fn seen(design: &Design, survey: &Survey, population: &str, today: Date) -> Vec<Seen> {
    let members: BTreeMap<u32, &Patient> = survey
        .patients
        .iter()
        .filter(|(_, patient)| belongs(design, patient, population))
        .map(|(number, patient)| (*number, patient))
        .collect();
    let all: Vec<AdverseEvent<'_>> = events(design, survey).filter(|event| members.contains_key(&event.number)).collect();
    let same = |one: &str, other: &str| terminology::key(one) == terminology::key(other);
    let anything = ConcernDesign { id: String::new(), name: Words::new("すべての事象", "Any event"), terms: Vec::new() };
    let concerns = design.concerns.iter().filter(|concern| !concern.terms.is_empty());
    std::iter::once(&anything)
        .chain(concerns)
        .map(|concern| {
            let is_of = |event: &&AdverseEvent<'_>| concern.id.is_empty() || concern.terms.iter().any(|term| same(term, &event.term));
            let of: Vec<&AdverseEvent<'_>> = all.iter().filter(is_of).collect();
            let patients = |fits: &dyn Fn(&AdverseEvent<'_>) -> bool| {
                let mut numbers: Vec<u32> = of.iter().filter(|event| fits(event)).map(|event| event.number).collect();
                numbers.sort_unstable();
                numbers.dedup();
                numbers.len() as u64
            };
            let reactions = patients(&|event| event.reaction);
            let years: f64 = members
                .iter()
                .map(|(number, patient)| {
                    let first = of.iter().filter(|event| event.number == *number && event.reaction).filter_map(|event| event.onset).min();
                    years_between(
                        patient.first_dose,
                        first.map_or_else(|| observed(design, patient, today), |first| first.max(patient.first_dose)),
                    )
                })
                .sum();
            let count = members.len() as u64;
            let limits = statistics::interval::clopper_pearson(reactions, count, 0.95);
            let rate = statistics::rate::rate(reactions, years, 0.95).map(|rate| rate.per(100.0));
            Seen {
                concern: concern.id.clone(),
                name: concern.name.clone(),
                patients: count,
                events: patients(&|_| true),
                reactions,
                serious: patients(&|event| event.reaction && event.serious),
                limits: limits.map(|limits| (limits.lower, limits.upper)),
                excluded_above: statistics::interval::clopper_pearson_upper(reactions, count, 0.95),
                years,
                rate: rate.map(|rate| (rate.estimate, rate.limits.lower, rate.limits.upper)),
            }
        })
        .collect()
}

/// The last day on which a patient was observed, as far as is known on a day.
#[must_use]
pub fn observed(design: &Design, patient: &Patient, today: Date) -> Date {
    let left = design.observed_until.as_deref().and_then(|item| patient.value(design, item)).and_then(|value| match value {
        Value::Date(day) => Some(day),
        _ => None,
    });
    // without word of an end, a patient is known of up to the last visit of which a form came
    let last = expected(design, patient)
        .into_iter()
        .filter(|expected| patient.forms.contains_key(&expected.key))
        .map(|expected| expected.day)
        .max();
    left.or(last).unwrap_or(patient.first_dose).min(today).max(patient.first_dose)
}

fn years_between(from: Date, to: Date) -> f64 {
    f64::from(to.since(from).map_or(0, |span| span.get_days()).max(0)) / 365.25
}
