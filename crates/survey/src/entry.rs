use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What can be recorded of a survey. Every one names its survey: the id of the activity in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// An institution takes part.
    SiteJoined(SiteJoined),
    /// A contract with it, or a change of it.
    ContractRecorded(ContractRecorded),
    /// A patient was registered.
    PatientRegistered(PatientRegistered),
    /// A form was sent, for the first time or again.
    FormSent(FormSent),
    /// The institution is asked.
    QueryRaised(QueryRaised),
    /// It has answered.
    QueryAnswered(QueryAnswered),
    /// The answer is enough, or the question is taken back.
    QueryClosed(QueryClosed),
    /// Forms are fixed.
    FormsLocked(FormsLocked),
    /// Forms are open again; the reason is that of the entry.
    FormsUnlocked(FormsUnlocked),
    /// The survey physician vouches for a form.
    FormSigned(FormSigned),
    /// A patient is left out of the analysis, or is in it again.
    PatientExcluded(PatientExcluded),
    /// The company has judged a serious event.
    CaseTriaged(CaseTriaged),
    /// The names of events were coded.
    TermsCoded(TermsCoded),
    /// The institution was paid for forms.
    FormsPaid(FormsPaid),
    /// The data were cut.
    DataCut(DataCut),
    /// Registration was stopped before its last day, or goes on.
    RegistrationStopped(RegistrationStopped),
}

/// An institution, and the department of it, takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteJoined {
    /// The survey.
    pub survey: String,
    /// The site: its number in the survey, from 1.
    pub site: u32,
    /// The institution, as the organisation names it.
    pub institution: String,
    /// The department (診療科).
    pub department: String,
    /// The person of the holder who is in charge of it.
    pub in_charge: Option<String>,
}

/// A contract with a site, or a change of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractRecorded {
    /// The survey.
    pub survey: String,
    /// The site.
    pub site: u32,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Date,
    /// How many patients it is about.
    pub patients: u32,
    /// The fee for a form, in yen, without tax.
    pub fee: Option<u64>,
    /// The day on which an ethics review approved, where one was needed.
    pub ethics: Option<Date>,
    /// Whether an ethics review is needed there.
    pub ethics_needed: bool,
}

/// Sex, as it is asked at registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    /// 男性.
    Male,
    /// 女性.
    Female,
}

impl Sex {
    /// As expressions of forms name it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }

    /// In Japanese and English.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Male => ("男性", "male"),
            Self::Female => ("女性", "female"),
        }
    }
}

/// A patient was registered. Who it is, only the institution knows: no initials, and of the birthday only the year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatientRegistered {
    /// The survey.
    pub survey: String,
    /// The number of the patient, from 1, issued with the entry.
    pub patient: u32,
    /// The site.
    pub site: u32,
    /// The day of registration.
    pub day: Date,
    /// The day of the first dose.
    pub first_dose: Date,
    /// The year of birth.
    pub birth_year: i16,
    /// The sex.
    pub sex: Sex,
    /// The criteria that were answered, by id: yes or no.
    pub criteria: Vec<(String, bool)>,
    /// Days past the limit; such a patient is analysed apart. The reason is that of the entry.
    pub late: Option<u32>,
    /// Whether it came on paper, as when the line was down.
    pub paper: bool,
    /// The revision of the plan whose rules were applied.
    pub revision: u32,
}

/// Which form of a patient.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormKey {
    /// The visit, and its number where it comes again; empty for forms that are filled in as often as there is something to tell.
    pub visit: String,
    /// Which of them, from 1; 1 for a visit that comes once.
    pub turn: u32,
    /// The form.
    pub form: String,
}

/// A form was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormSent {
    /// The survey.
    pub survey: String,
    /// The patient.
    pub patient: u32,
    /// Which form.
    pub key: FormKey,
    /// The version of the form.
    pub version: String,
    /// The revision of the plan it stands in.
    pub revision: u32,
    /// What was changed since it was sent last, item by item; null where there is no value any more. Derived values are among them.
    pub values: Vec<(String, Option<String>)>,
    /// Whether it was transcribed from paper.
    pub paper: bool,
}

/// The institution is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueryRaised {
    /// The survey.
    pub survey: String,
    /// Its number, from 1.
    pub query: u32,
    /// The patient.
    pub patient: u32,
    /// The form.
    pub key: FormKey,
    /// The item, if it is about one.
    pub item: Option<String>,
    /// The edit check and its version that it cites; null where a person asks.
    pub check: Option<(String, String)>,
    /// The question.
    pub text: String,
}

/// The institution has answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueryAnswered {
    /// The survey.
    pub survey: String,
    /// The query.
    pub query: u32,
    /// The answer; a value that was mended is mended in the form.
    pub text: String,
}

/// A query is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueryClosed {
    /// The survey.
    pub survey: String,
    /// The query.
    pub query: u32,
    /// Why it is over.
    pub text: String,
}

/// Forms are fixed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormsLocked {
    /// The survey.
    pub survey: String,
    /// Which forms of which patients.
    pub forms: Vec<(u32, FormKey)>,
}

/// Forms are open again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormsUnlocked {
    /// The survey.
    pub survey: String,
    /// Which forms of which patients.
    pub forms: Vec<(u32, FormKey)>,
}

/// The survey physician vouches for a form as it stands: what is changed later is not covered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormSigned {
    /// The survey.
    pub survey: String,
    /// The patient.
    pub patient: u32,
    /// The form.
    pub key: FormKey,
    /// The place in the chain of the entry with which the form was sent last: what was signed.
    pub sent: u64,
    /// The name of the signer at that time.
    pub name: String,
}

/// A patient is left out of the analysis (症例構成), or is in it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatientExcluded {
    /// The survey.
    pub survey: String,
    /// The patient.
    pub patient: u32,
    /// From which population; the safety population stands for all that build on it.
    pub population: String,
    /// Why; null where the patient is in it again.
    pub reason: Option<String>,
}

/// The company has judged a serious event: the judgement is the company's, never the reporter's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseTriaged {
    /// The survey.
    pub survey: String,
    /// The patient.
    pub patient: u32,
    /// The form with the event.
    pub key: FormKey,
    /// Whether it is reported as a suspected reaction.
    pub suspected: bool,
    /// Whether it is unknown (未知) by the package insert.
    pub unexpected: bool,
    /// Why.
    pub remarks: String,
}

/// The names of events were coded by a medical dictionary. What the dictionary says of them is kept with them: the dictionary is the
/// user's, and another version of it changes nothing that was coded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermsCoded {
    /// The survey.
    pub survey: String,
    /// The dictionary and its version, as 「MedDRA/J 29.0」.
    pub dictionary: String,
    /// What was coded.
    pub codes: Vec<(u32, FormKey, Code)>,
}

/// What the name of an event was coded to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The name as it was sent: when another is sent, it is to be coded anew.
    pub verbatim: String,
    /// The code of the lowest level term.
    pub code: String,
    /// The lowest level term (LLT).
    pub lowest: String,
    /// The preferred term (PT).
    pub preferred: String,
    /// The system organ class (SOC), the primary one.
    pub class: String,
}

/// The institution was paid for forms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormsPaid {
    /// The survey.
    pub survey: String,
    /// The day of the payment.
    pub day: Date,
    /// Which forms, each with what was paid for it, in yen without tax.
    pub forms: Vec<(u32, FormKey, u64)>,
}

/// The data were cut: tables and exports of it are made of what was locked up to here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataCut {
    /// The survey.
    pub survey: String,
    /// Its number, from 1.
    pub cut: u32,
    /// What it is for, as 「第3回安全性定期報告」.
    pub name: String,
    /// The revision of the plan by which its tables are made.
    pub revision: u32,
}

/// Registration was stopped before its last day, or goes on; why is the reason of the entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistrationStopped {
    /// The survey.
    pub survey: String,
    /// Whether it is stopped.
    pub stopped: bool,
}
