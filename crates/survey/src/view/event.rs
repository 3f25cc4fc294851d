use jiff::civil::Date;
use plan::expression::Value;

use crate::design::{Design, EventDesign, FormDesign};
use crate::entry::{Code, FormKey};
use crate::filled::value_of;
use crate::state::{Form, Patient, Survey};

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
    pub term: &'a str,
    /// What it is coded to.
    pub code: Option<&'a Code>,
    /// The first day on which it can have begun, if that is known.
    pub onset: Option<Date>,
    /// Whether it is serious.
    pub serious: bool,
    /// Whether a causal relation is not excluded: an adverse drug reaction.
    pub reaction: bool,
    /// Whether it ended in death.
    pub fatal: bool,
}

impl AdverseEvent<'_> {
    /// The names by which it is counted, as they are compared: that which was sent, and those it is coded to.
    pub(super) fn keys(&self) -> Vec<String> {
        let codes = self.code.into_iter().flat_map(|code| [code.lowest.as_str(), &code.preferred, &code.class]);
        codes.chain([self.term]).map(terminology::key).collect()
    }
}

/// Every adverse event that was sent.
pub fn events<'a>(design: &'a Design, survey: &'a Survey) -> impl Iterator<Item = AdverseEvent<'a>> {
    survey.patients.iter().flat_map(move |(number, patient)| of_patient(design, *number, patient))
}

/// The adverse events of a patient.
pub(super) fn of_patient<'a>(design: &'a Design, number: u32, patient: &'a Patient) -> impl Iterator<Item = AdverseEvent<'a>> {
    patient.forms.iter().filter_map(move |(key, form)| read(design, number, patient, key, form))
}

/// The adverse event of a form, if it tells of one.
#[must_use]
pub fn event<'a>(design: &'a Design, survey: &'a Survey, number: u32, key: &FormKey) -> Option<AdverseEvent<'a>> {
    let patient = survey.patients.get(&number)?;
    let (key, form) = patient.forms.get_key_value(key)?;
    read(design, number, patient, key, form)
}

fn read<'a>(design: &'a Design, number: u32, patient: &'a Patient, key: &'a FormKey, form: &'a Form) -> Option<AdverseEvent<'a>> {
    let of: &FormDesign = design.form(&key.form)?;
    let told: &EventDesign = of.event.as_ref()?;
    let given = |name: &str| match name.contains('.') {
        true => patient.value(design, name),
        false => value_of(of, name, form.values.get(name)?),
    };
    let onset = told.onset.as_deref().and_then(given).and_then(|value| match value {
        Value::Date(day) => Some(day),
        Value::PartialDate(date) => Some(date.first()),
        _ => None,
    });
    let holds = |rule: &Option<plan::expression::Expression>| rule.as_ref().is_some_and(|rule| rule.holds(&given) == Some(true));
    let term = form.values.get(&told.term)?;
    Some(AdverseEvent {
        number,
        patient,
        key,
        form,
        term,
        code: form.code(term),
        onset,
        serious: holds(&told.serious),
        reaction: holds(&told.reaction),
        fatal: told.outcome.as_ref().and_then(|item| form.values.get(item)).is_some_and(|outcome| told.fatal.as_ref() == Some(outcome)),
    })
}
