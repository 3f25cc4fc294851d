//! The public page: the published version for pharmacists and physicians. It says what that version said on its own day and nothing
//! that came later, so the day asked for does not change it.

use std::cell::RefCell;

use diagnostic::{Finding, Reference, Rule, Severity, Words};
use minijinja::{Value, context};
use plan::Plan;
use plan::tables::{Submission, SubmissionState};

use crate::issue::{Issue, Request, filled};
use crate::view::View;

/// A page for the public of what is not public.
pub static NOT_PUBLISHED: Rule<()> = Rule {
    code: "FRM003",
    name: "not-published",
    severity: Severity::Error,
    title: ("公表された版ではない", "this version is not published"),
    why: (
        "公表用の頁は、公表された医薬品リスク管理計画書だけから作る。",
        "the public page is made of a published risk management plan alone",
    ),
    reference: Reference::since(
        calendar::Date::constant(2022, 5, 1),
        "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）",
        "Notice on risk management plans of 18 March 2022 (0318 No. 2 and No. 1)",
    ),
    manual: include_str!("../forms/public.md"),
    check: (),
};

/// The submission that a plan is the published version of; `None` if its last submission is not published.
#[must_use]
pub fn published(plan: &Plan) -> Option<&Submission> {
    let last = plan.facts.submission.iter().max_by_key(|submission| submission.date.as_ref().map(|date| date.value))?;
    last.state.as_ref().is_some_and(|state| state.value == SubmissionState::Published).then_some(last)
}

/// Makes the page.
///
/// # Errors
/// The version is not published, the plan has errors, or the form has mistakes.
pub fn public(request: &Request<'_>) -> Result<Issue, Vec<Finding>> {
    let plan = request.plan;
    let Some((submission, date)) = published(plan).and_then(|submission| Some((submission, submission.date.as_ref()?.value))) else {
        return Err(vec![refusal(
            (
                "最後の提出が公表されたと記されていないため、公表用の頁を作れません",
                "the last submission is not said to be published; there is no public page of it",
            ),
            (
                "公表された版の計画のフォルダーを指定してください。この版が公表済みなら、plan.toml の最後の [[submission]] に state = \"published\" と書いてください。",
                "Give the folder of the version that is published. If this is it, write state = \"published\" in the last [[submission]] of plan.toml.",
            ),
        )]);
    };
    if request.findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(vec![refusal(
            ("計画に要修正の指摘があるため、公表用の頁を作れません", "the plan has errors; no public page is made of it"),
            (
                "公表された版のまま手を加えていないフォルダーを指定するか、`mimamori check` の指摘を直してください。",
                "Give the folder of the published version as it was, or mend what `mimamori check` finds.",
            ),
        )]);
    }
    let view = View { plan, against: None, as_of: date, figures: RefCell::default() };
    let values: Value = context! {
        version => submission.version.as_ref().map(|version| version.value.as_str()),
        ..view.values()
    };
    let figures = view.figures.into_inner();
    filled(request, values, date, |title, file| vec![figures.attachment(title, file, date)])
}

fn refusal(message: (&str, &str), hint: (&str, &str)) -> Finding {
    Finding {
        code: NOT_PUBLISHED.code,
        name: NOT_PUBLISHED.name,
        severity: NOT_PUBLISHED.severity,
        message: Words::new(message.0, message.1),
        why: Words::new(NOT_PUBLISHED.why.0, NOT_PUBLISHED.why.1),
        hint: Words::new(hint.0, hint.1),
        source: Words::new(NOT_PUBLISHED.reference.ja, NOT_PUBLISHED.reference.en),
        spans: Vec::new(),
    }
}
