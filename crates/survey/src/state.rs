use imbl::{OrdMap, Vector};
use jiff::civil::Date;
use journal::{Entry, Moment};
use plan::expression::Value;
use serde::{Deserialize, Serialize};

use crate::design::Design;
use crate::entry::{Code, Event, FormKey, Sex};
use crate::filled::value_of;

/// How a survey stands. What does not change shares its memory with every state before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// The sites, by number.
    pub sites: OrdMap<u32, Site>,
    /// The patients, by number.
    pub patients: OrdMap<u32, Patient>,
    /// The queries, by number.
    pub queries: OrdMap<u32, Query>,
    /// The data cuts, by number.
    pub cuts: OrdMap<u32, Cut>,
    /// Since when and why registration is stopped before its last day.
    pub stopped: Option<Stopped>,
}

/// A data cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// What it is for.
    pub name: String,
    /// The revision of the plan.
    pub revision: u32,
    /// The place of its entry in the chain: it holds what stands before.
    pub sequence: u64,
    /// Who cut.
    pub actor: String,
    /// When.
    pub recorded: Moment,
}

/// Registration was stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// Why.
    pub reason: String,
    /// Who decided.
    pub actor: String,
    /// When.
    pub recorded: Moment,
}

/// The last entry about something: its place, who, when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// Its place in the chain.
    pub sequence: u64,
    /// Who recorded it.
    pub actor: String,
    /// When.
    pub recorded: Moment,
}

/// An institution that takes part, with its department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// The institution.
    pub institution: String,
    /// The department.
    pub department: String,
    /// Who of the holder is in charge.
    pub in_charge: Option<String>,
    /// The contract that stands.
    pub contract: Option<Contract>,
    /// The last entry about it.
    pub last: Last,
}

/// A contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Date,
    /// How many patients it is about.
    pub patients: u32,
    /// The fee for a form, in yen.
    pub fee: Option<u64>,
    /// The day of the approval by an ethics review.
    pub ethics: Option<Date>,
    /// Whether a review is needed.
    pub ethics_needed: bool,
}

/// A registered patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patient {
    /// The site.
    pub site: u32,
    /// The day of registration.
    pub registered: Date,
    /// The day of the first dose.
    pub first_dose: Date,
    /// The year of birth.
    pub birth_year: i16,
    /// The sex.
    pub sex: Sex,
    /// Days past the limit of registration, and why.
    pub late: Option<(u32, String)>,
    /// Whether registration came on paper.
    pub paper: bool,
    /// The forms that were sent.
    pub forms: OrdMap<FormKey, Form>,
    /// From which populations the patient is left out, and why.
    pub excluded: OrdMap<String, Exclusion>,
    /// The last entry about the patient, forms apart.
    pub last: Last,
}

/// Why a patient is left out of a population.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// Why.
    pub reason: String,
    /// Who decided.
    pub actor: String,
    /// When.
    pub recorded: Moment,
}

/// A form that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// The version it was filled in with.
    pub version: String,
    /// The revision of the plan.
    pub revision: u32,
    /// The values that stand, by item.
    pub values: OrdMap<String, String>,
    /// Every change of a value after it was sent first, in order.
    pub changes: Vector<Change>,
    /// When it was received first: day 0 of what it reports.
    pub received: Moment,
    /// Who sent it first.
    pub sender: String,
    /// The place of the entry with which it was sent last.
    pub sent: u64,
    /// How often it was sent.
    pub times: u32,
    /// Whether it was transcribed from paper.
    pub paper: bool,
    /// Who fixed it, and when.
    pub locked: Option<(String, Moment)>,
    /// Who vouched for it: name, when, and for which sending.
    pub signed: Option<(String, Moment, u64)>,
    /// What the company has judged of a serious event.
    pub triage: Option<Triage>,
    /// What the name of its event was coded to, and by which dictionary.
    pub coded: Option<(Code, String)>,
    /// What was paid for it, and when.
    pub paid: Option<(u64, Date)>,
    /// The queries about it, in order.
    pub queries: Vector<u32>,
    /// The last entry about it.
    pub last: Last,
}

/// A value that was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The item.
    pub item: String,
    /// What it was.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
    /// Who.
    pub actor: String,
    /// When.
    pub recorded: Moment,
    /// Why.
    pub reason: String,
}

/// What the company has judged of a serious event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Triage {
    /// Whether it is reported as a suspected reaction.
    pub suspected: bool,
    /// Whether it is unknown by the package insert.
    pub unexpected: bool,
    /// Why.
    pub remarks: String,
    /// Who.
    pub actor: String,
    /// When.
    pub recorded: Moment,
}

/// A question to the institution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// The patient.
    pub patient: u32,
    /// The form.
    pub key: FormKey,
    /// The item.
    pub item: Option<String>,
    /// The check and its version.
    pub check: Option<(String, String)>,
    /// The question.
    pub text: String,
    /// When it was asked.
    pub raised: Moment,
    /// What was answered, and when.
    pub answered: Option<(String, Moment)>,
    /// Why it is over, and since when.
    pub closed: Option<(String, Moment)>,
    /// The last entry about it.
    pub last: Last,
}

impl Survey {
    /// Folds one more event. What refers to what does not exist changes nothing.
    pub fn apply(&mut self, event: Event, entry: &Entry) {
        let (actor, recorded, reason) = (entry.draft.actor.clone(), entry.draft.recorded, entry.draft.reason.clone().unwrap_or_default());
        let last = Last { sequence: entry.sequence, actor: actor.clone(), recorded };
        match event {
            Event::SiteJoined(joined) => {
                let contract = self.sites.get(&joined.site).and_then(|site| site.contract.clone());
                let site =
                    Site { institution: joined.institution, department: joined.department, in_charge: joined.in_charge, contract, last };
                self.sites.insert(joined.site, site);
            }
            Event::ContractRecorded(contract) => {
                if let Some(site) = self.sites.get_mut(&contract.site) {
                    site.contract = Some(Contract {
                        from: contract.from,
                        until: contract.until,
                        patients: contract.patients,
                        fee: contract.fee,
                        ethics: contract.ethics,
                        ethics_needed: contract.ethics_needed,
                    });
                    site.last = last;
                }
            }
            Event::PatientRegistered(registered) => {
                let patient = Patient {
                    site: registered.site,
                    registered: registered.day,
                    first_dose: registered.first_dose,
                    birth_year: registered.birth_year,
                    sex: registered.sex,
                    late: registered.late.map(|days| (days, reason)),
                    paper: registered.paper,
                    forms: OrdMap::new(),
                    excluded: OrdMap::new(),
                    last,
                };
                self.patients.insert(registered.patient, patient);
            }
            Event::FormSent(sent) => {
                let Some(patient) = self.patients.get_mut(&sent.patient) else { return };
                match patient.forms.get_mut(&sent.key) {
                    Some(form) => {
                        for (item, new) in sent.values {
                            let old = match &new {
                                Some(value) => form.values.insert(item.clone(), value.clone()),
                                None => form.values.remove(&item),
                            };
                            form.changes.push_back(Change { item, old, new, actor: actor.clone(), recorded, reason: reason.clone() });
                        }
                        (form.version, form.revision, form.sent, form.last) = (sent.version, sent.revision, entry.sequence, last);
                        form.times += 1;
                        form.paper |= sent.paper;
                    }
                    None => {
                        let form = Form {
                            version: sent.version,
                            revision: sent.revision,
                            values: sent.values.into_iter().filter_map(|(item, value)| Some((item, value?))).collect(),
                            changes: Vector::new(),
                            received: recorded,
                            sender: actor.clone(),
                            sent: entry.sequence,
                            times: 1,
                            paper: sent.paper,
                            locked: None,
                            signed: None,
                            triage: None,
                            coded: None,
                            paid: None,
                            queries: Vector::new(),
                            last,
                        };
                        patient.forms.insert(sent.key, form);
                    }
                }
            }
            Event::QueryRaised(raised) => {
                self.each(&[(raised.patient, raised.key.clone())], |form| form.queries.push_back(raised.query));
                let query = Query {
                    patient: raised.patient,
                    key: raised.key,
                    item: raised.item,
                    check: raised.check,
                    text: raised.text,
                    raised: recorded,
                    answered: None,
                    closed: None,
                    last,
                };
                self.queries.insert(raised.query, query);
            }
            Event::QueryAnswered(answered) => {
                if let Some(query) = self.queries.get_mut(&answered.query) {
                    (query.answered, query.last) = (Some((answered.text, recorded)), last);
                }
            }
            Event::QueryClosed(closed) => {
                if let Some(query) = self.queries.get_mut(&closed.query) {
                    (query.closed, query.last) = (Some((closed.text, recorded)), last);
                }
            }
            Event::FormsLocked(locked) => {
                self.each(&locked.forms, |form| (form.locked, form.last) = (Some((actor.clone(), recorded)), last.clone()))
            }
            Event::FormsUnlocked(unlocked) => self.each(&unlocked.forms, |form| (form.locked, form.last) = (None, last.clone())),
            Event::FormSigned(signed) => {
                let signature = (signed.name, recorded, signed.sent);
                self.each(&[(signed.patient, signed.key)], |form| (form.signed, form.last) = (Some(signature.clone()), last.clone()));
            }
            Event::PatientExcluded(excluded) => {
                if let Some(patient) = self.patients.get_mut(&excluded.patient) {
                    match excluded.reason {
                        Some(reason) => _ = patient.excluded.insert(excluded.population, Exclusion { reason, actor, recorded }),
                        None => _ = patient.excluded.remove(&excluded.population),
                    }
                    patient.last = last;
                }
            }
            Event::CaseTriaged(triaged) => {
                let triage =
                    Triage { suspected: triaged.suspected, unexpected: triaged.unexpected, remarks: triaged.remarks, actor, recorded };
                self.each(&[(triaged.patient, triaged.key)], |form| (form.triage, form.last) = (Some(triage.clone()), last.clone()));
            }
            Event::TermsCoded(coded) => {
                for (patient, key, code) in coded.codes {
                    self.each(&[(patient, key)], |form| form.coded = Some((code.clone(), coded.dictionary.clone())));
                }
            }
            Event::FormsPaid(paid) => {
                for (patient, key, amount) in paid.forms {
                    self.each(&[(patient, key)], |form| form.paid = Some((amount, paid.day)));
                }
            }
            Event::DataCut(cut) => {
                let made = Cut { name: cut.name, revision: cut.revision, sequence: entry.sequence, actor, recorded };
                self.cuts.insert(cut.cut, made);
            }
            Event::RegistrationStopped(stopped) => {
                self.stopped = stopped.stopped.then_some(Stopped { reason, actor, recorded });
            }
        }
    }

    fn each(&mut self, forms: &[(u32, FormKey)], mut change: impl FnMut(&mut Form)) {
        for (patient, key) in forms {
            if let Some(form) = self.patients.get_mut(patient).and_then(|patient| patient.forms.get_mut(key)) {
                change(form);
            }
        }
    }

    /// A form of a patient.
    #[must_use]
    pub fn form(&self, patient: u32, key: &FormKey) -> Option<&Form> {
        self.patients.get(&patient)?.forms.get(key)
    }

    /// The queries about a form, by number.
    pub fn queries_about<'a>(&'a self, patient: u32, key: &'a FormKey) -> impl Iterator<Item = (u32, &'a Query)> {
        let numbers = self.form(patient, key).into_iter().flat_map(|form| &form.queries);
        numbers.filter_map(|number| Some((*number, self.queries.get(number)?)))
    }

    /// The queries about a form that are not over, by number.
    pub fn open_queries<'a>(&'a self, patient: u32, key: &'a FormKey) -> impl Iterator<Item = (u32, &'a Query)> {
        self.queries_about(patient, key).filter(|(_, query)| query.closed.is_none())
    }
}

impl Patient {
    /// The value of a name in expressions: of registration, or of a form that a patient has once.
    #[must_use]
    pub fn value(&self, design: &Design, name: &str) -> Option<Value> {
        match name {
            "registration.first_dose" => return Some(Value::Date(self.first_dose)),
            "registration.registered" => return Some(Value::Date(self.registered)),
            "registration.birth_year" => return Some(Value::Number(self.birth_year.into())),
            "registration.sex" => return Some(Value::Text(self.sex.code().to_owned())),
            _ => {}
        }
        let (form, item) = name.split_once('.')?;
        let (_, filled) = self.forms.iter().find(|(key, _)| key.form == form)?;
        value_of(design.form(form)?, item, filled.values.get(item)?)
    }
}

impl Form {
    /// What the name of its event is coded to, if it is the name that stands.
    #[must_use]
    pub fn code(&self, term: &str) -> Option<&Code> {
        self.coded.as_ref().map(|(code, _)| code).filter(|code| code.verbatim == term)
    }

    /// Whether the signature covers what stands.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.signed.as_ref().is_some_and(|(_, _, sent)| *sent == self.sent)
    }
}
