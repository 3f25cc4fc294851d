//! What programs are given, as it is described to them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A product and how it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Product {
    /// Its identifier.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// How it stands, in a sentence, in the language asked for by `Accept-Language`.
    pub state: String,
    /// The revision that stands, if there is one.
    pub revision: Option<u32>,
    /// Whether everything of it is invented.
    pub simulated: bool,
}

/// A safety concern, or an efficacy concern.
#[derive(Debug, Serialize, ToSchema)]
pub struct Concern {
    /// Its id.
    pub id: String,
    /// Its name in Japanese.
    pub name: String,
    /// Its name in English, or again in Japanese.
    pub name_en: String,
    /// `identified`, `potential`, `missing`, or `efficacy`.
    pub class: String,
    /// The terms it covers.
    pub terms: Vec<String>,
    /// The ids of the additional activities that cover it.
    pub activities: Vec<String>,
}

/// An additional activity.
#[derive(Debug, Serialize, ToSchema)]
pub struct Activity {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// Its name in Japanese.
    pub name: String,
    /// Its name in English, or again in Japanese.
    pub name_en: String,
    /// `planned`, `ongoing` or `completed`.
    pub status: String,
    /// Whether it is past its end.
    pub overdue: bool,
    /// Its first day.
    pub start: Option<String>,
    /// Its last day.
    pub end: Option<String>,
    /// The target.
    pub target: Option<u64>,
    /// The ids of the concerns it covers.
    pub concerns: Vec<String>,
}

/// What the check finds.
#[derive(Debug, Serialize, ToSchema)]
pub struct Finding {
    /// The code of the rule.
    pub code: String,
    /// `error`, `warning` or `info`.
    pub severity: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// The file, if it points at one.
    pub file: Option<String>,
    /// The line in it.
    pub line: Option<u32>,
}

/// A revision of the plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct Revision {
    /// Its number.
    pub revision: u32,
    /// The draft it belongs to; `main` is the plan in force.
    pub line: String,
    /// What it was made from.
    pub parent: Option<u32>,
    /// The SHA-256 of its content.
    pub content: String,
    /// The identifier of who recorded it.
    pub author: String,
    /// When, in UTC.
    pub recorded: String,
    /// Why.
    pub reason: Option<String>,
    /// How many values it changed.
    pub changes: usize,
    /// The errors found.
    pub errors: u32,
    /// The warnings.
    pub warnings: u32,
    /// What signatures stand on it: `prepared`, `confirmed`, `approved`.
    pub signed: Vec<String>,
}

/// What was handed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Submission {
    /// Its number.
    pub submission: u32,
    /// The revision.
    pub revision: u32,
    /// The day.
    pub day: String,
    /// The number of the receipt.
    pub receipt: Option<String>,
    /// `handed in`, `asked about`, `answered`, `confirmed` or `published`.
    pub stage: String,
    /// What was asked about it.
    pub inquiries: Vec<Inquiry>,
}

/// A question of the regulator.
#[derive(Debug, Serialize, ToSchema)]
pub struct Inquiry {
    /// Its name.
    pub inquiry: String,
    /// What is asked.
    pub text: String,
    /// When.
    pub asked: String,
    /// By when an answer is expected.
    pub due: Option<String>,
    /// When it was answered.
    pub answered: Option<String>,
}

/// Something that is due.
#[derive(Debug, Serialize, ToSchema)]
pub struct Deadline {
    /// Its stable name.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Of what.
    pub subject: String,
    /// The last day, if it is known.
    pub due: Option<String>,
    /// `met`, `open`, `overdue`, `unrecorded` or `unknown`.
    pub state: String,
    /// How it stands, in words.
    pub standing: String,
    /// `obligation`, `promise` or `customary`.
    pub weight: String,
    /// By which rule.
    pub rule: String,
}

/// What is to be done because something happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct Worklist {
    /// Its number.
    pub worklist: u32,
    /// What happened, such as `approval:14`.
    pub cause: String,
    /// The same in words.
    pub title: String,
    /// When.
    pub day: String,
    /// Whether it has ended.
    pub closed: bool,
    /// What is to be done.
    pub items: Vec<Item>,
}

/// Something of a worklist.
#[derive(Debug, Serialize, ToSchema)]
pub struct Item {
    /// What it is.
    pub item: String,
    /// What it is called.
    pub name: String,
    /// Who does it.
    pub person: Option<String>,
    /// By when.
    pub due: Option<String>,
    /// Whether it is done.
    pub done: bool,
}

/// A deadline was met.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"obligation": "submission/1", "day": "2026-11-20", "receipt": "受付第1号"}))]
pub struct Receipt {
    /// The id of the deadline.
    #[schema(min_length = 1)]
    pub obligation: String,
    /// The day of the receipt.
    #[schema(format = Date)]
    pub day: String,
    /// The number of the receipt.
    pub receipt: Option<String>,
    /// Why, where one that was recorded is corrected.
    pub reason: Option<String>,
}

/// The regulator asked something.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"inquiry": "照会7", "submission": 1, "text": "用量の根拠を説明されたい。", "asked": "2026-11-20", "due": "2026-12-04"}))]
pub struct InquiryAsked {
    /// Its name.
    #[schema(min_length = 1)]
    pub inquiry: String,
    /// About which submission.
    #[schema(minimum = 1, maximum = 4294967295_i64)]
    #[serde(deserialize_with = "whole")]
    pub submission: u32,
    /// What is asked.
    #[schema(min_length = 1)]
    pub text: String,
    /// When.
    #[schema(format = Date)]
    pub asked: String,
    /// By when an answer is expected.
    #[schema(format = Date)]
    pub due: Option<String>,
}

/// A question was answered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"inquiry": "照会7", "text": "臨床試験成績に基づく。", "day": "2026-11-24"}))]
pub struct InquiryAnswer {
    /// The question.
    #[schema(min_length = 1)]
    pub inquiry: String,
    /// The answer.
    #[schema(min_length = 1)]
    pub text: String,
    /// When.
    #[schema(format = Date)]
    pub day: String,
}

/// What was recorded.
#[derive(Debug, Serialize, ToSchema)]
pub struct Recorded {
    /// The place in the chain.
    pub sequence: u64,
    /// The hash of the entry.
    pub hash: String,
}

/// What is wrong, and what to do (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`.
    pub r#type: String,
    /// What is wrong.
    pub title: String,
    /// The same in Japanese.
    pub title_ja: String,
    /// What to do.
    pub detail: String,
    /// The same in Japanese.
    pub detail_ja: String,
    /// The status of HTTP.
    pub status: u16,
}

/// A whole number as JSON Schema has it: 907.0 is one.
fn whole<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let number = f64::deserialize(deserializer)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "looked at first")]
    if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number) {
        Ok(number as u32)
    } else {
        Err(serde::de::Error::custom("no whole number"))
    }
}
