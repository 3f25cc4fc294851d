//! A word for what a target counts that is nearly a known one.

use diagnostic::Severity;

use super::{Context, Rule, Sink, source::LANGUAGE};
use crate::mistake::{Mark, Mistake};
use crate::shape::quoted;
use crate::suggest;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN613",
    name: "counted-unlike",
    severity: Severity::Warning,
    title: ("何を数えるかの語が知られていない", "what a target counts is none of the usual words"),
    why: (
        "知られていない語では、目標が登録例数か解析対象かを機械が区別できない。",
        "with an unusual word nobody can tell whether a target counts registrations or those analysed",
    ),
    reference: LANGUAGE,
    manual: include_str!("counted_unlike.md"),
    check,
};

/// The words in use. `reached-week-48` and its like take any unit and number.
const USUAL: [&str; 8] = ["registered", "forms", "forms-collected", "evaluable", "treated", "completed", "extracted", "reached-week-48"];

fn check(context: &Context<'_>, sink: &mut Sink) {
    for activity in &context.plan.activities {
        let Some(counted) = &activity.counted else { continue };
        let word = counted.0.as_str();
        sink.looked_at(1);
        if USUAL.contains(&word) || reached(word) {
            continue;
        }
        let near = suggest::nearest(word, USUAL);
        let mistake = Mistake::new(
            (format!("counted の「{word}」は知られた語ではありません"), format!("“{word}” is none of the usual words for what is counted")),
            suggest::hint(word, USUAL),
            Mark::at(counted.at),
        );
        sink.report(match near {
            Some(near) => mistake.fix(counted.at, quoted(near)),
            // a word of the user's own is printed by target_note
            None => mistake.severity(Severity::Info),
        });
    }
}

/// `reached-week-48`.
fn reached(word: &str) -> bool {
    let Some((unit, number)) = word.strip_prefix("reached-").and_then(|rest| rest.split_once('-')) else { return false };
    matches!(unit, "day" | "week" | "month" | "year") && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
}
