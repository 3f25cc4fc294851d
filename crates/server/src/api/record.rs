//! What can be recorded by a program. The key of the command is the `Idempotency-Key`: sent twice, it is recorded once.

use calendar::Date;
use operation::product::{Command, InquiryAnswered, InquiryRecorded, ObligationMet};
use operation::{Context, Refusal, Undone};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::answered;
use super::types::{InquiryAnswer, InquiryAsked, Receipt, Recorded};
use crate::answer::{Answer, Reply, Trouble};
use crate::ask::Ask;

fn body<T: DeserializeOwned>(ask: &Ask<'_>) -> Result<T, Trouble> {
    serde_json::from_slice(&ask.body).map_err(|error| {
        Trouble::unfit(
            format!("送られた JSON を読めません（{error}）"),
            format!("the JSON cannot be read ({error})"),
            "/api/openapi.json の形にしてください",
            "send it as /api/openapi.json describes",
        )
    })
}

fn day(text: &str) -> Result<Date, Trouble> {
    let well = text.len() == 10;
    text.parse().ok().filter(|_| well).ok_or_else(|| {
        Trouble::unfit(
            format!("「{text}」は日付ではありません"),
            format!("“{text}” is no date"),
            "2026-11-24 の形で",
            "write it as 2026-11-24",
        )
    })
}

fn context(ask: &Ask<'_>) -> Result<Context, Trouble> {
    let mut context = ask.context(0)?;
    if let Some(key) = ask.headers.get("idempotency-key").filter(|key| !key.is_empty()) {
        // any key of a program becomes one of ours
        context.command = journal::Hash::of(&[ask.person().as_bytes(), b"/", key.as_bytes()]).to_string()[..32].to_owned();
    }
    Ok(context)
}

/// `sent` is what the entry will hold: a key that came with something else before does not stand for this.
fn done<T: Serialize>(ask: &Ask<'_>, sent: &T, command: &Command, mut context: Context, seen: u64) -> Reply {
    context.seen = seen;
    let entries = ask.house.desk.product(ask.part("product"), command, &context).map_err(|undone| {
        // what was sent is well-formed: it does not fit what stands
        let stands = matches!(undone, Undone::Refused(Refusal::Unfit(..) | Refusal::TooEarly(..) | Refusal::NoReason));
        let trouble = Trouble::from(undone);
        if stands { Trouble { status: 409, ..trouble } } else { trouble }
    })?;
    let Some(entry) = entries.first() else { return Err(Trouble::unknown("記録", "entry")) };
    let is_this = journal::canonical(sent).is_ok_and(|body| body == entry.draft.body) && entry.draft.reason == context.reason;
    if !is_this {
        let trouble = Trouble::unfit(
            format!("この Idempotency-Key は、別の内容で使われています（{} 番の記録）。今回の内容は記録していません", entry.sequence),
            format!("this Idempotency-Key came with something else before (entry {}); nothing was recorded now", entry.sequence),
            "新しい内容には新しい鍵を使ってください",
            "use another key for what is new",
        );
        return Err(Trouble { status: 409, ..trouble });
    }
    answered(&Recorded { sequence: entry.sequence, hash: entry.hash.to_string() }).map(|answer: Answer| answer.status(201))
}

/// A deadline was met.
pub fn receipt(ask: &Ask<'_>) -> Reply {
    let sent: Receipt = body(ask)?;
    let (_, product) = ask.product()?;
    let due = crate::record::due::of(ask.house, product, &ask.state.organisation.rhythms, ask.as_of())?;
    if !due.iter().any(|deadline| deadline.id == sent.obligation) {
        return Err(Trouble::unknown("この期限", "such deadline"));
    }
    crate::page::act::after_its_period(ask, &sent.obligation, day(&sent.day)?).map_err(|trouble| Trouble { status: 409, ..trouble })?;
    let met = ObligationMet { obligation: sent.obligation, day: day(&sent.day)?, receipt: sent.receipt };
    let mut context = context(ask)?;
    context.reason = sent.reason;
    done(ask, &met, &Command::Meet(met.clone()), context, product.sequence)
}

/// The regulator asked something.
pub fn inquiry(ask: &Ask<'_>) -> Reply {
    let sent: InquiryAsked = body(ask)?;
    let (_, product) = ask.product()?;
    let asked = day(&sent.asked)?;
    let due = sent.due.as_deref().map(day).transpose()?;
    let mut context = context(ask)?;
    context.received = Some(asked);
    let recorded = InquiryRecorded { inquiry: sent.inquiry, submission: sent.submission, text: sent.text, asked, due };
    done(ask, &recorded, &Command::Ask(recorded.clone()), context, product.sequence)
}

/// It was answered.
pub fn answer(ask: &Ask<'_>) -> Reply {
    let sent: InquiryAnswer = body(ask)?;
    let (_, product) = ask.product()?;
    let answered = InquiryAnswered { inquiry: sent.inquiry, text: sent.text, day: day(&sent.day)? };
    done(ask, &answered, &Command::Answer(answered.clone()), context(ask)?, product.sequence)
}
