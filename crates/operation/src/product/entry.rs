use jiff::civil::Date;
use journal::Hash;
use serde::{Deserialize, Serialize};

use survey::{
    CaseTriaged, ContractRecorded, DataCut, FormSent, FormSigned, FormsLocked, FormsPaid, FormsUnlocked, PatientExcluded,
    PatientRegistered, QueryAnswered, QueryClosed, QueryRaised, RegistrationStopped, SiteJoined, TermsCoded,
};

use crate::event::{Body, events};

/// The kinds of what comes from outside: they belong on the axis of what had been received.
pub const RECEIVED: &[&str] =
    &["inquiry-recorded", "confirmed", "survey-patient-registered", "survey-form-sent", "survey-query-answered", "survey-form-signed"];

/// The kinds of what the organisation did on a day that it names: until then it had not happened.
pub const DATED: &[&str] = &["submitted", "inquiry-answered", "published", "obligation-met", "survey-forms-paid"];

events! {
    /// What is recorded of a product.
    Event {
        /// A draft of the plan beside the one in force.
        LineOpened: "line-opened", 1,
        /// A revision of the plan's source.
        RevisionRecorded: "revision-recorded", 1,
        /// Somebody has read a revision.
        ReviewRecorded: "review-recorded", 1,
        /// Somebody has signed a revision.
        Signed: "signed", 1,
        /// Somebody has taken their signature back.
        SignatureWithdrawn: "signature-withdrawn", 1,
        /// A revision was handed in to the regulator.
        Submitted: "submitted", 1,
        /// The regulator asked something (照会).
        InquiryRecorded: "inquiry-recorded", 1,
        /// It was answered.
        InquiryAnswered: "inquiry-answered", 1,
        /// The regulator has confirmed the plan (確認済).
        Confirmed: "confirmed", 1,
        /// The plan is public.
        Published: "published", 1,
        /// A document was issued from a revision, as it was recorded at first.
        DocumentIssued: "document-issued", 1,
        /// Documents were issued together from a revision.
        DocumentsIssued: "documents-issued", 1,
        /// A deadline was met.
        ObligationMet: "obligation-met", 1,
        /// Somebody has gone through the trail.
        TrailReviewed: "trail-reviewed", 1,
        /// Something has happened that touches the plan: a list of what is to be done.
        WorklistOpened: "worklist-opened", 1,
        /// Somebody is to do an item of it, by a day.
        ItemAssigned: "item-assigned", 1,
        /// An item is done, or is open again.
        ItemSettled: "item-settled", 1,
        /// The list ended, with the submission it led to.
        WorklistClosed: "worklist-closed", 1,
        /// An institution takes part in a survey.
        SiteJoined: "survey-site-joined", 1,
        /// A contract with it, or a change of it.
        ContractRecorded: "survey-contract-recorded", 1,
        /// A patient was registered.
        PatientRegistered: "survey-patient-registered", 1,
        /// A form was sent, for the first time or again.
        FormSent: "survey-form-sent", 1,
        /// The institution is asked.
        QueryRaised: "survey-query-raised", 1,
        /// It has answered.
        QueryAnswered: "survey-query-answered", 1,
        /// The answer is enough, or the question is taken back.
        QueryClosed: "survey-query-closed", 1,
        /// Forms are fixed.
        FormsLocked: "survey-forms-locked", 1,
        /// Forms are open again.
        FormsUnlocked: "survey-forms-unlocked", 1,
        /// The survey physician vouches for a form.
        FormSigned: "survey-form-signed", 1,
        /// A patient is left out of the analysis, or is in it again.
        PatientExcluded: "survey-patient-excluded", 1,
        /// The company has judged a serious event.
        CaseTriaged: "survey-case-triaged", 1,
        /// The names of events were coded.
        TermsCoded: "survey-terms-coded", 1,
        /// The institution was paid for forms.
        FormsPaid: "survey-forms-paid", 1,
        /// The data of a survey were cut.
        DataCut: "survey-data-cut", 1,
        /// Registration was stopped before its last day, or goes on.
        RegistrationStopped: "survey-registration-stopped", 1,
    }
}

impl Event {
    /// Whether it is of a survey.
    #[must_use]
    pub fn is_of_survey(&self) -> bool {
        self.kind().0.starts_with("survey-")
    }

    /// The event of a survey, if it is one, with the id of the survey.
    #[must_use]
    pub fn into_survey(self) -> Option<(String, survey::Event)> {
        Some(match self {
            Self::SiteJoined(event) => (event.survey.clone(), survey::Event::SiteJoined(event)),
            Self::ContractRecorded(event) => (event.survey.clone(), survey::Event::ContractRecorded(event)),
            Self::PatientRegistered(event) => (event.survey.clone(), survey::Event::PatientRegistered(event)),
            Self::FormSent(event) => (event.survey.clone(), survey::Event::FormSent(event)),
            Self::QueryRaised(event) => (event.survey.clone(), survey::Event::QueryRaised(event)),
            Self::QueryAnswered(event) => (event.survey.clone(), survey::Event::QueryAnswered(event)),
            Self::QueryClosed(event) => (event.survey.clone(), survey::Event::QueryClosed(event)),
            Self::FormsLocked(event) => (event.survey.clone(), survey::Event::FormsLocked(event)),
            Self::FormsUnlocked(event) => (event.survey.clone(), survey::Event::FormsUnlocked(event)),
            Self::FormSigned(event) => (event.survey.clone(), survey::Event::FormSigned(event)),
            Self::PatientExcluded(event) => (event.survey.clone(), survey::Event::PatientExcluded(event)),
            Self::CaseTriaged(event) => (event.survey.clone(), survey::Event::CaseTriaged(event)),
            Self::TermsCoded(event) => (event.survey.clone(), survey::Event::TermsCoded(event)),
            Self::FormsPaid(event) => (event.survey.clone(), survey::Event::FormsPaid(event)),
            Self::DataCut(event) => (event.survey.clone(), survey::Event::DataCut(event)),
            Self::RegistrationStopped(event) => (event.survey.clone(), survey::Event::RegistrationStopped(event)),
            _ => return None,
        })
    }
}

impl From<survey::Event> for Event {
    fn from(event: survey::Event) -> Self {
        match event {
            survey::Event::SiteJoined(event) => Self::SiteJoined(event),
            survey::Event::ContractRecorded(event) => Self::ContractRecorded(event),
            survey::Event::PatientRegistered(event) => Self::PatientRegistered(event),
            survey::Event::FormSent(event) => Self::FormSent(event),
            survey::Event::QueryRaised(event) => Self::QueryRaised(event),
            survey::Event::QueryAnswered(event) => Self::QueryAnswered(event),
            survey::Event::QueryClosed(event) => Self::QueryClosed(event),
            survey::Event::FormsLocked(event) => Self::FormsLocked(event),
            survey::Event::FormsUnlocked(event) => Self::FormsUnlocked(event),
            survey::Event::FormSigned(event) => Self::FormSigned(event),
            survey::Event::PatientExcluded(event) => Self::PatientExcluded(event),
            survey::Event::CaseTriaged(event) => Self::CaseTriaged(event),
            survey::Event::TermsCoded(event) => Self::TermsCoded(event),
            survey::Event::FormsPaid(event) => Self::FormsPaid(event),
            survey::Event::DataCut(event) => Self::DataCut(event),
            survey::Event::RegistrationStopped(event) => Self::RegistrationStopped(event),
        }
    }
}

/// A draft of the plan beside the one in force, such as for a pending application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineOpened {
    /// The name of the line.
    pub line: String,
    /// What it is for.
    pub title: String,
    /// The revision it starts from.
    pub base: u32,
}

/// A file of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileKept {
    /// Its path in the plan's folder, or its name.
    pub path: String,
    /// The blob with its bytes.
    pub address: Hash,
    /// How many bytes.
    pub bytes: u64,
}

/// A value of the plan that a revision changed: audit trails show the old and the new one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueChanged {
    /// Where it belongs, such as `concerns/infection/terms`.
    pub path: String,
    /// What it was; null if there was none. An empty value is not none.
    pub old: Option<String>,
    /// What it is; null if there is none any more.
    pub new: Option<String>,
}

/// A revision of the plan's source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevisionRecorded {
    /// Its number, from 1, in all lines together.
    pub revision: u32,
    /// The line it belongs to.
    pub line: String,
    /// The revision it was made from; null for the first.
    pub parent: Option<u32>,
    /// The SHA-256 of its content: what signatures are bound to.
    pub content: Hash,
    /// Its files.
    pub files: Vec<FileKept>,
    /// The errors the check of the program found.
    pub errors: u32,
    /// The warnings.
    pub warnings: u32,
    /// The program that checked, with its version.
    pub program: String,
    /// What changed since the parent.
    pub changes: Vec<ValueChanged>,
}

/// What a reviewer finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It may go on.
    Accepted,
    /// It has to be changed.
    Returned,
}

/// Somebody has read a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewRecorded {
    /// The revision.
    pub revision: u32,
    /// What they find.
    pub verdict: Verdict,
    /// What they remark.
    pub remarks: String,
}

/// What a signature means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// 作成: this is my work.
    Prepared,
    /// 確認: I have examined it.
    Confirmed,
    /// 承認: I answer for it.
    Approved,
}

impl Meaning {
    /// As it is printed, in Japanese and English.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Prepared => ("作成", "prepared"),
            Self::Confirmed => ("確認", "confirmed"),
            Self::Approved => ("承認", "approved"),
        }
    }
}

/// Somebody has signed a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// Its number, from 1.
    pub signature: u32,
    /// The revision.
    pub revision: u32,
    /// What the signature means.
    pub meaning: Meaning,
    /// The content of the revision: what was signed.
    pub content: Hash,
    /// The signer's name at that time.
    pub name: String,
    /// When the signer had proved who they are.
    pub authenticated: String,
}

/// Somebody has taken their signature back; the reason is that of the entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureWithdrawn {
    /// The signature.
    pub signature: u32,
}

/// A revision was handed in to the regulator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submitted {
    /// Its number, from 1.
    pub submission: u32,
    /// The revision.
    pub revision: u32,
    /// The day.
    pub day: Date,
    /// The number of the receipt, if there is one yet.
    pub receipt: Option<String>,
}

/// The regulator asked something (照会).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InquiryRecorded {
    /// Its name.
    pub inquiry: String,
    /// The submission it is about.
    pub submission: u32,
    /// What is asked.
    pub text: String,
    /// The day it was asked.
    pub asked: Date,
    /// The day by which an answer is expected, if one was named.
    pub due: Option<Date>,
}

/// An inquiry was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InquiryAnswered {
    /// The inquiry.
    pub inquiry: String,
    /// The answer.
    pub text: String,
    /// The day.
    pub day: Date,
}

/// The regulator has confirmed the plan (確認済).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmed {
    /// The submission.
    pub submission: u32,
    /// The day.
    pub day: Date,
}

/// The plan is public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// The submission.
    pub submission: u32,
    /// The day.
    pub day: Date,
    /// Where.
    pub address: Option<String>,
}

/// A document was issued from a revision; its bytes are kept. No longer written: [`DocumentsIssued`] is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentIssued {
    /// Its number, from 1.
    pub issue: u32,
    /// Which document, such as `j-rmp`.
    pub document: String,
    /// The revision it was made from.
    pub revision: u32,
    /// The day it is of.
    pub as_of: Date,
    /// The program that made it, with its version.
    pub program: String,
    /// Its files.
    pub files: Vec<FileKept>,
}

/// A file that was issued; its bytes are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileIssued {
    /// Which document it is of, such as `j-rmp`.
    pub document: String,
    /// Its name.
    pub path: String,
    /// The language of the document, `ja` or `en`; null where that was not recorded yet.
    pub language: Option<String>,
    /// How many bytes.
    pub bytes: u64,
    /// The SHA-256 of the bytes alone: whoever has the file can compare it without the record. An issued document leaves the house, so
    /// nothing is hidden by a salt here. Null where that was not recorded yet.
    pub sha256: Option<Hash>,
    /// The blob with its bytes.
    pub address: Hash,
}

/// Documents were issued together from a revision: all of them are on record, or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentsIssued {
    /// Its number, from 1.
    pub issue: u32,
    /// The revision they were made from.
    pub revision: u32,
    /// The SHA-256 of its content: what signatures are bound to.
    pub content: Hash,
    /// The revision with which they were compared.
    pub against: Option<u32>,
    /// The day they are of.
    pub as_of: Date,
    /// The program that made them, with its version.
    pub program: String,
    /// Their files.
    pub files: Vec<FileIssued>,
}

/// A deadline was met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObligationMet {
    /// The obligation, as the list of deadlines names it.
    pub obligation: String,
    /// The day it was met.
    pub day: Date,
    /// The number of the receipt.
    pub receipt: Option<String>,
}

/// Somebody has gone through the audit trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrailReviewed {
    /// The place of the last entry they saw.
    pub up_to: u64,
    /// What they remark.
    pub remarks: String,
}

/// Something has happened that touches the plan: a list of what is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorklistOpened {
    /// Its number, from 1.
    pub worklist: u32,
    /// What happened, such as `approval:14`.
    pub cause: String,
    /// The same in words.
    pub title: String,
    /// The day it happened.
    pub day: Date,
    /// The revision whose plan was looked at.
    pub revision: u32,
    /// What it touches.
    pub items: Vec<ItemListed>,
}

/// What is touched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemListed {
    /// What it is, such as `concern/infection`.
    pub item: String,
    /// What it is called.
    pub name: String,
    /// Why it is touched.
    pub why: String,
    /// By when it is due, if there is a day.
    pub due: Option<Date>,
}

/// Somebody is to do an item, by a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemAssigned {
    /// The list.
    pub worklist: u32,
    /// The item.
    pub item: String,
    /// Who; null if nobody any more.
    pub person: Option<String>,
    /// By when.
    pub due: Option<Date>,
}

/// An item is done, or is open again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemSettled {
    /// The list.
    pub worklist: u32,
    /// The item.
    pub item: String,
    /// Whether it is done.
    pub done: bool,
    /// What was done, or why nothing had to be.
    pub remarks: String,
    /// The revision in which it was done, if it was a change of the plan.
    pub revision: Option<u32>,
}

/// The list ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorklistClosed {
    /// The list.
    pub worklist: u32,
    /// The submission it led to; null if it led to none, for the reason of the entry.
    pub submission: Option<u32>,
}
