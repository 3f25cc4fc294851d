use jiff::civil::Date;

use crate::design::Design;
use crate::entry::FormKey;
use crate::schedule::{Expected, Standing, expected};
use crate::state::{Form, Patient, Survey};

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

/// The grid: every patient with every form, the patient who was registered first at its head.
pub fn grid<'a>(design: &'a Design, survey: &'a Survey, today: Date) -> impl DoubleEndedIterator<Item = Row<'a>> {
    survey.patients.iter().map(move |(number, patient)| of(design, survey, *number, patient, today))
}

/// The row of a patient.
#[must_use]
pub fn row<'a>(design: &'a Design, survey: &'a Survey, number: u32, today: Date) -> Option<Row<'a>> {
    survey.patients.get(&number).map(|patient| of(design, survey, number, patient, today))
}

fn of<'a>(design: &'a Design, survey: &'a Survey, number: u32, patient: &'a Patient, today: Date) -> Row<'a> {
    Row { number, patient, cells: cells(design, survey, patient, today) }
}

/// The forms of a patient and how they stand.
pub(super) fn cells(design: &Design, survey: &Survey, patient: &Patient, today: Date) -> Vec<Cell> {
    let stands = |expected: Option<&Expected>, form: Option<&Form>| Standing::of(expected, form, is_asked(survey, form), today);
    let expected = expected(design, patient);
    // what was sent and is not expected any more, and what is filled in at need
    let others = patient.forms.iter().filter(|(key, _)| expected.iter().all(|expected| expected.key != **key));
    let others: Vec<Cell> =
        others.map(|(key, form)| Cell { key: key.clone(), expected: None, standing: stands(None, Some(form)) }).collect();
    let mut all: Vec<Cell> = expected
        .into_iter()
        .map(|expected| {
            let standing = stands(Some(&expected), patient.forms.get(&expected.key));
            Cell { key: expected.key.clone(), expected: Some(expected), standing }
        })
        .collect();
    all.extend(others);
    all
}

/// Whether a query about a form is not over.
fn is_asked(survey: &Survey, form: Option<&Form>) -> bool {
    let mut numbers = form.into_iter().flat_map(|form| &form.queries);
    numbers.any(|number| survey.queries.get(number).is_some_and(|query| query.closed.is_none()))
}
