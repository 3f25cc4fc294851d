//! A survey that 5.2 lists and 5.1 does not.

use diagnostic::Severity;

use crate::review::activities::LISTS;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP229",
    name: "survey-row-only-in-efficacy-list",
    severity: Severity::Warning,
    title: ("5.2の調査の行が5.1にない", "a survey of 5.2 has no row in 5.1"),
    why: (
        "有効性も調べる使用成績調査は安全性の監視活動でもあり、ほかの行と同じく5.1にも記載する。",
        "a use-results survey that also looks at efficacy is a pharmacovigilance activity, and stands in 5.1 as the other rows do",
    ),
    reference: plan::form!(" 5.1・5.2", ", sections 5.1 and 5.2"),
    manual: include_str!("survey_row_only_in_efficacy_list.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let published = context.published;
    let [vigilance, efficacy, _] = &published.lists;
    if !vigilance.sure || !efficacy.sure {
        return;
    }
    let surveys: Vec<_> = context.activities.iter().filter(|e| e.rows[1].is_some() && e.name.as_str().contains("使用成績")).collect();
    sink.looked_at(surveys.len());
    let only: Vec<_> = surveys.iter().filter(|e| e.rows[0].is_none()).collect();
    // one that departs from the others is a slip; several are a way to write
    let ([entry], true) = (only.as_slice(), surveys.len() >= 2) else { return };
    let Some(row) = entry.rows[1] else { return };
    let name = context.verbatim(&row.name.text);
    let mut marks = vec![Mark::whole(&row.name.text, LISTS[1], "").label("5.1にない", "not in 5.1")];
    marks.extend(context.heading(LISTS[0], false));
    sink.report(
        context,
        (format!("5.2の「{name}」の行が5.1にありません"), format!("“{name}” of 5.2 has no row in 5.1")),
        ("5.1に行を加えてください。".to_owned(), "add a row to 5.1".to_owned()),
        &marks,
    );
}
