//! `mimamori status`.

use std::collections::BTreeSet;

use access::Action;
use diagnostic::{Problem, Words, harmless};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use journal::Moment;
use operation::Point;
use operation::product::{Product, SignatureStatus, Stage};

use crate::data;
use crate::delivery::Destination;
use crate::life_arguments::Status;
use crate::outcome::Outcome;
use crate::speech::{language, local, say};

/// Shows how plans stand.
///
/// # Errors
/// The record cannot be read, or holds no such product.
pub fn run(options: &Status) -> Result<Outcome, Problem> {
    data::reading(&options.data, &options.reader, Action::ReadPlan, options.product.as_deref(), "status")?;
    let point = point(options.recorded_by, options.received_by);
    let state = data::past(&options.data, &mut *data::open_to_read(&options.data)?, point)?;
    let mut text = String::new();
    for (id, name) in state.organisation.products.iter().filter(|(id, _)| options.product.as_ref().is_none_or(|asked| asked == *id)) {
        text.push_str(&format!("{}（{id}）\n", harmless(name)));
        if let Some(product) = state.products.get(id) {
            text.push_str(&told(product));
        }
    }
    if let (true, Some(asked)) = (text.is_empty(), &options.product) {
        return Err(unknown(asked));
    }
    if text.is_empty() {
        text = say("まだ製品の記録はありません\n", "no product has a record yet\n").to_owned();
    }
    Destination::Standard.write(&text)?;
    Ok(Outcome::Clean)
}

/// The point that two days name: recorded by the end of one, received by the other.
pub fn point(recorded_by: Option<calendar::Date>, received_by: Option<calendar::Date>) -> Point {
    let end = |day: calendar::Date| {
        let next = day.tomorrow().ok()?.to_zoned(TimeZone::system()).ok()?;
        Some(Moment::of(next.timestamp().checked_sub(SignedDuration::from_micros(1)).ok()?))
    };
    Point { recorded: recorded_by.and_then(end), received: received_by }
}

/// How a product stands, in lines.
pub fn told(product: &Product) -> String {
    let mut text = String::new();
    show(product, &mut text);
    text
}

fn show(product: &Product, text: &mut String) {
    let mut line = |ja: String, en: String| text.push_str(&format!("  {}\n", harmless(Words::new(ja, en).get(language()))));
    for (name, draft) in &product.lines {
        let Some(revision) = product.revisions.get(&draft.head) else { continue };
        let (of_ja, of_en) = if name == operation::product::MAIN {
            (String::new(), String::new())
        } else {
            (format!("案「{name}」（{}）: ", draft.title), format!("draft “{name}” ({}): ", draft.title))
        };
        let when = local(revision.recorded);
        line(
            format!("{of_ja}改訂{}、{}、{when}、要修正 {}、要確認 {}", draft.head, revision.author, revision.errors, revision.warnings),
            format!(
                "{of_en}revision {}, {}, {when}, {} errors, {} warnings",
                draft.head, revision.author, revision.errors, revision.warnings
            ),
        );
        if let Some(reviewer) = revision.returned_by() {
            line(format!("  {reviewer} が差し戻している"), format!("  sent back by {reviewer}"));
        }
        for (number, signature) in &product.signatures {
            let Some(signed) = product.revisions.get(&signature.revision).filter(|signed| signed.line == *name) else { continue };
            let (meaning_ja, meaning_en) = signature.meaning.words();
            let (name, at, of) = (&signature.name, local(signature.recorded), signature.revision);
            let (status_ja, status_en) = match product.status(signature) {
                SignatureStatus::Valid => ("有効".to_owned(), "valid".to_owned()),
                SignatureStatus::VoidedByChange(by) => (
                    format!("この改訂に対して有効（改訂{by}には及ばない）"),
                    format!("holds for this revision, does not cover revision {by}"),
                ),
                SignatureStatus::Withdrawn => {
                    let reason = signature.withdrawn.as_ref().map(|(_, reason)| reason.clone()).unwrap_or_default();
                    (format!("取下げ：{reason}"), format!("withdrawn: {reason}"))
                }
            };
            debug_assert_eq!(signed.content, signature.content, "a signature is bound to what was signed");
            line(
                format!("  署名{number} 改訂{of} {meaning_ja}: {name}、{at}、{status_ja}"),
                format!("  signature {number} of revision {of}, {meaning_en}: {name}, {at}, {status_en}"),
            );
        }
    }
    for (number, submission) in &product.submissions {
        let (ja, en) = match product.stage(*number, submission) {
            Stage::Submitted => ("提出済", "handed in"),
            Stage::Asked => ("照会中", "asked"),
            Stage::Answered => ("回答済", "answered"),
            Stage::Confirmed => ("確認済", "confirmed"),
            Stage::Published => ("公表済", "published"),
        };
        line(
            format!("提出{number}: 改訂{}、{}、{ja}", submission.revision, submission.day),
            format!("submission {number}: revision {}, {}, {en}", submission.revision, submission.day),
        );
    }
    for (number, issue) in &product.issues {
        let documents: BTreeSet<_> = issue.files.iter().map(|file| file.document.as_str()).collect();
        let list = |comma| Vec::from_iter(documents.iter().copied()).join(comma);
        let (revision, who, when) = (issue.revision, &issue.last.actor, local(issue.last.recorded));
        line(
            format!("発行{number}: 改訂{revision}、{}、{who}、{when}", list("・")),
            format!("issue {number}: revision {revision}, {}, {who}, {when}", list(" + ")),
        );
    }
    for (name, inquiry) in product.inquiries.iter().filter(|(_, inquiry)| inquiry.answered.is_none()) {
        let (due_ja, due_en) =
            inquiry.due.map_or_else(Default::default, |due| (format!("、回答期限 {due}"), format!(", answer expected by {due}")));
        line(
            format!("照会「{name}」: {}{due_ja}、未回答", inquiry.asked),
            format!("question “{name}”: {}{due_en}, not answered", inquiry.asked),
        );
    }
}

/// That no such product has a record.
pub fn unknown(product: &str) -> Problem {
    Problem::new(
        Words::new(format!("製品「{product}」の記録はありません"), format!("there is no record of a product “{product}”")),
        Words::new("`mimamori status DATA` で製品の一覧を表示します", "`mimamori status DATA` lists the products"),
    )
}
