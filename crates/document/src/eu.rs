//! The EU-RMP: the integrated template of GVP Module V (Rev 2), filled from the plan as far as it goes. Where the plan has no English the
//! Japanese stands, marked as Japanese, and is told of; what the template asks and the plan does not hold is said to be missing. What
//! exists in Japan alone keeps its own place and takes no European category by itself.

mod english;
mod values;

use std::cell::RefCell;

use diagnostic::{Finding, Reference, Rule, Severity};
use plan::Plan;
use typeset::Language;

use crate::figures::Figures;
use crate::issue::{Issue, Request, filled};
use english::Gaps;
use values::European;

/// A passage that the EU-RMP prints in Japanese, because the plan has no English of it.
pub static NO_ENGLISH: Rule<()> = Rule {
    code: "FRM004",
    name: "no-english",
    severity: Severity::Warning,
    title: ("EU-RMP に載る文章に英語がない", "the EU-RMP prints a passage that has no English"),
    why: (
        "EU のリスク管理計画は英語で書く。英語のない文章は、日本語のまま印を付けて載る。",
        "an EU risk management plan is written in English; a passage without it is printed in Japanese, with a mark",
    ),
    reference: Reference::since(
        calendar::Date::constant(2017, 3, 31),
        "GVP Module V（Rev 2）とその様式",
        "GVP Module V (Rev 2) and its template",
    ),
    manual: include_str!("../forms/eu-rmp.md"),
    check: (),
};

/// Drawn across a draft.
const DRAFT: &str = "DRAFT";

/// True if a plan has prose in English: one that has none is no EU-RMP yet.
#[must_use]
pub fn has_english(plan: &Plan) -> bool {
    plan.concerns.iter().any(|entry| entry.english.is_some())
        || plan.efficacy.iter().any(|entry| entry.english.is_some())
        || plan.activities.iter().any(|entry| entry.english.is_some())
}

/// Makes the EU-RMP, and tells each passage that has no English.
///
/// # Errors
/// The form has mistakes.
pub fn eu_rmp(request: &Request<'_>) -> Result<(Issue, Vec<Finding>), Vec<Finding>> {
    let Request { plan, as_of, .. } = *request;
    let european = European {
        plan,
        as_of,
        figures: RefCell::new(Figures::told_in(diagnostic::Language::English)),
        gaps: RefCell::new(Gaps::default()),
    };
    let values = european.values();
    let (figures, gaps) = (european.figures.into_inner(), european.gaps.into_inner());
    let date = plan.submitted().map_or(as_of, |last| last.max(as_of));
    let mut issue = filled(request, values, date, |title, file| vec![figures.attachment(title, file, as_of)])?;
    issue.document.language = Language::English;
    if let Some(name) = &plan.facts.holder.name_en {
        issue.document.author.clone_from(&name.value);
    }
    if let Some(watermark) = &mut issue.document.watermark {
        DRAFT.clone_into(watermark);
    }
    Ok((issue, gaps.found))
}
