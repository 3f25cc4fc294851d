use std::collections::BTreeMap;

use journal::Moment;
use survey::{Design, Form, FormKey, Patient, Survey};

/// A survey as it stood at a data cut, with all that has to be said of it when it is handed out.
#[derive(Clone, Debug)]
pub struct Cut<'a> {
    /// What the plan said of the survey.
    pub design: &'a Design,
    /// How it stood.
    pub survey: &'a Survey,
    /// The name of the cut, as 「第3回安全性定期報告」.
    pub name: String,
    /// The organisation that holds the plan.
    pub organisation: String,
    /// The product.
    pub product: String,
    /// The revision of the plan.
    pub revision: u32,
    /// When the data were cut.
    pub made: Moment,
    /// The place in the chain of the last entry that is in it.
    pub sequence: u64,
    /// The hash of that entry, in hexadecimal digits.
    pub head: String,
    /// The program and its version.
    pub software: String,
    /// What people and institutions are called, by id.
    pub names: BTreeMap<String, String>,
    /// Whether only forms that were locked are in it.
    pub locked: bool,
}

impl<'a> Cut<'a> {
    /// The patients, each with the forms that are in the cut.
    pub fn patients(&self) -> impl Iterator<Item = (u32, &'a Patient, impl Iterator<Item = (&'a FormKey, &'a Form)> + use<'a>)> + use<'a> {
        let locked = self.locked;
        self.survey.patients.iter().map(move |(number, patient)| {
            (*number, patient, patient.forms.iter().filter(move |(_, form)| !locked || form.locked.is_some()))
        })
    }

    /// What a person or an institution is called; its id where no name is known.
    #[must_use]
    pub fn name_of<'b>(&'b self, id: &'b str) -> &'b str {
        self.names.get(id).map_or(id, String::as_str)
    }
}
