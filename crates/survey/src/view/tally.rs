use std::iter::Sum;
use std::ops::AddAssign;

use jiff::civil::Date;
use plan::expression::Value;

use super::event::of_patient;
use super::grid::cells;
use crate::design::Design;
use crate::schedule::Standing;
use crate::state::{Patient, Survey};

/// How far a survey is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    /// Of the forms whose visit has come: those that were sent.
    pub collected: usize,
    /// Forms that are fixed.
    pub locked: usize,
    /// Forms that were sent and not paid for, of sites whose contract states a fee.
    pub unpaid: usize,
    /// Queries that are not closed.
    pub queries: usize,
    /// Of them those that were not answered yet.
    pub unanswered: usize,
    /// Serious events that the company has not judged yet.
    pub untriaged: usize,
    /// Events whose name is not coded.
    pub uncoded: usize,
}

impl Progress {
    /// How many of the forms whose visit has come were sent; `None` where none has come.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "fewer forms than a float counts exactly")]
    pub fn share_collected(&self) -> Option<f64> {
        (self.come > 0).then(|| self.collected as f64 / self.come as f64)
    }
}

impl AddAssign for Progress {
    fn add_assign(&mut self, other: Self) {
        self.registered += other.registered;
        self.late += other.late;
        self.sites += other.sites;
        self.sent += other.sent;
        self.come += other.come;
        self.overdue += other.overdue;
        self.collected += other.collected;
        self.locked += other.locked;
        self.unpaid += other.unpaid;
        self.queries += other.queries;
        self.unanswered += other.unanswered;
        self.untriaged += other.untriaged;
        self.uncoded += other.uncoded;
    }
}

impl Sum for Progress {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |mut sum, one| {
            sum += one;
            sum
        })
    }
}

/// What a patient adds to every count: it follows from the design, the patient, the queries about the patient's forms and the day.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// The site.
    pub site: u32,
    /// Whether registration came past its limit: such a patient is analysed apart.
    pub late: bool,
    /// What the patient adds to the progress.
    pub progress: Progress,
    /// The first day under observation.
    pub from: Date,
    /// The last day under observation that is known.
    pub until: Date,
    /// To which populations the patient belongs, in the order of the design.
    pub belongs: Vec<bool>,
    /// The adverse events.
    pub events: Vec<Counted>,
}

/// An adverse event as it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The concerns it counts to, by their place in the design.
    pub concerns: Vec<usize>,
    /// The first day on which it can have begun.
    pub onset: Option<Date>,
    /// Whether it is serious.
    pub serious: bool,
    /// Whether it is an adverse drug reaction.
    pub reaction: bool,
    /// Whether it ended in death.
    pub fatal: bool,
}

impl Tally {
    /// What a patient adds on a day.
    #[must_use]
    pub fn of(design: &Design, survey: &Survey, number: u32, patient: &Patient, today: Date) -> Self {
        let mut progress = Progress { registered: 1, late: usize::from(patient.late.is_some()), ..Progress::default() };
        let mut last: Option<Date> = None;
        for cell in cells(design, survey, patient, today) {
            let is_sent = !matches!(cell.standing, Standing::Ahead | Standing::Open | Standing::Overdue);
            progress.sent += usize::from(is_sent);
            progress.locked += usize::from(cell.standing == Standing::Locked);
            let Some(expected) = cell.expected else { continue };
            if is_sent {
                last = last.max(Some(expected.day));
            }
            if cell.standing != Standing::Ahead {
                progress.come += 1;
                progress.collected += usize::from(is_sent);
                progress.overdue += usize::from(cell.standing == Standing::Overdue);
            }
        }
        let pays = survey.sites.get(&patient.site).and_then(|site| site.contract.as_ref()?.fee).is_some();
        for form in patient.forms.values() {
            progress.unpaid += usize::from(pays && form.paid.is_none());
            for query in form.queries.iter().filter_map(|number| survey.queries.get(number)).filter(|query| query.closed.is_none()) {
                progress.queries += 1;
                progress.unanswered += usize::from(query.answered.is_none());
            }
        }
        let mut events = Vec::new();
        for event in of_patient(design, number, patient) {
            progress.untriaged += usize::from(event.serious && event.form.triage.is_none());
            progress.uncoded += usize::from(event.code.is_none());
            let names = event.keys();
            let concerns = design.concerns.iter().enumerate().filter(|(_, concern)| concern.keys.iter().any(|key| names.contains(key)));
            events.push(Counted {
                concerns: concerns.map(|(place, _)| place).collect(),
                onset: event.onset,
                serious: event.serious,
                reaction: event.reaction,
                fatal: event.fatal,
            });
        }
        Self {
            site: patient.site,
            late: patient.late.is_some(),
            progress,
            from: patient.first_dose,
            until: until(design, patient, last, today),
            belongs: design.populations.iter().map(|(id, _, _)| belongs(design, patient, id)).collect(),
            events,
        }
    }
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

/// The last day on which a patient was observed, as far as is known on a day.
#[must_use]
pub fn observed(design: &Design, patient: &Patient, today: Date) -> Date {
    let expected = crate::schedule::expected(design, patient);
    let last = expected.into_iter().filter(|expected| patient.forms.contains_key(&expected.key)).map(|expected| expected.day).max();
    until(design, patient, last, today)
}

/// Without word of an end, a patient is known of up to the last visit of which a form came.
fn until(design: &Design, patient: &Patient, last: Option<Date>, today: Date) -> Date {
    let left = design.observed_until.as_deref().and_then(|item| patient.value(design, item)).and_then(|value| match value {
        Value::Date(day) => Some(day),
        _ => None,
    });
    left.or(last).unwrap_or(patient.first_dose).min(today).max(patient.first_dose)
}
