//! What the record of a product has to deliver, plain values without a store.

use calendar::Date;
use jiff::tz::{TimeZone, offset};
use plan::tables::AnchorEvent;

use super::Kind;

/// What is on record of a product, as far as deadlines follow from it. The order of the lists does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The first day from which receipts are kept. What was due before, or up to the day asked for if there is none, and has no receipt is
    /// [`Status::Unrecorded`](super::Status::Unrecorded): nobody knows.
    pub kept_since: Option<Date>,
    /// What was received by the regulator, or done, with its reference.
    pub receipts: Vec<Receipt>,
    /// Submissions of the plan.
    pub submissions: Vec<Submission>,
    /// Days on which the product was first sold; the first one counts. Without any the plan's day of launch counts.
    pub sold_from: Vec<Date>,
    /// What happened that milestones and reports wait for.
    pub events: Vec<Happened>,
    /// Questions of the regulator.
    pub questions: Vec<Question>,
    /// The day from which the reports on unexpected non-serious reactions are counted, where it is not the approval.
    pub unexpected_non_serious_from: Option<Date>,
    /// The day from which the infection reports are counted, where it is not the approval.
    pub infections_from: Option<Date>,
}

impl Record {
    /// What the journal holds of a product. `activities` gives the ids of the activities in the plan of a revision.
    ///
    /// The record begins with the first revision; an answer is the receipt of its question.
    #[must_use]
    pub fn of(product: &crate::product::Product, activities: &dyn Fn(u32) -> Vec<String>) -> Self {
        let answered = product.inquiries.iter().filter_map(|(id, inquiry)| {
            let (on, _) = inquiry.answered.as_ref()?;
            Some(Receipt { on: *on, obligation: format!("{}/{id}", Kind::Question.id()), number: String::new() })
        });
        let met = product.receipts.iter().map(|(obligation, receipt)| Receipt {
            on: receipt.day,
            obligation: obligation.clone(),
            number: receipt.receipt.clone().unwrap_or_default(),
        });
        // the offices that receive are in Japan
        let day = |moment: journal::Moment| moment.timestamp().to_zoned(TimeZone::fixed(offset(9))).date();
        Self {
            kept_since: product.revisions.get_min().map(|(_, revision)| day(revision.recorded)),
            receipts: answered.chain(met).collect(),
            submissions: product
                .submissions
                .values()
                .map(|submission| Submission {
                    on: submission.day,
                    number: submission.receipt.clone().unwrap_or_default(),
                    activities: activities(submission.revision),
                })
                .collect(),
            questions: product
                .inquiries
                .iter()
                .map(|(id, inquiry)| Question {
                    id: id.clone(),
                    asked: inquiry.asked,
                    due: inquiry.due,
                    subject: inquiry.text.lines().next().unwrap_or_default().to_owned(),
                })
                .collect(),
            ..Self::default()
        }
    }
}

/// The receipt that meets an obligation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Receipt {
    /// The day of the receipt, or on which it was done.
    pub on: Date,
    /// The id of the obligation.
    pub obligation: String,
    /// The reference of the receipt; empty where there is none.
    pub number: String,
}

/// A submission of the plan to the regulator.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Submission {
    /// The day of its receipt.
    pub on: Date,
    /// The reference of the receipt.
    pub number: String,
    /// The ids of the activities that the plan as submitted holds.
    pub activities: Vec<String>,
}

/// Something that milestones wait for has happened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Happened {
    /// When.
    pub on: Date,
    /// The id of the activity in which it happened.
    pub activity: String,
    /// What.
    pub event: AnchorEvent,
    /// At how many patients or forms; None where the event is not counted.
    pub count: Option<u64>,
}

/// A question of the regulator (照会事項).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// Its id in the record.
    pub id: String,
    /// When it was asked.
    pub asked: Date,
    /// By when it is to be answered, if that was said.
    pub due: Option<Date>,
    /// What it is about.
    pub subject: String,
}
