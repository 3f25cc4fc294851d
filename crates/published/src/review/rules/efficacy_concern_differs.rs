//! Efficacy concerns that differ between the summary and 1.2.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::names::Relation;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP207",
    name: "efficacy-concern-differs",
    severity: Severity::Error,
    title: ("有効性に関する検討事項が概要と1.2で異なる", "the efficacy concerns differ between the summary and 1.2"),
    why: ("概要は1.2の全ての有効性に関する検討事項を示す。", "the summary lists every efficacy concern of 1.2"),
    reference: plan::form!(" 1.2・概要", ", section 1.2 and the summary"),
    manual: include_str!("efficacy_concern_differs.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let published = context.published;
    let Some(summary) = published.summary.as_ref().filter(|s| s.columns_sure) else { return };
    let has = |in_summary: bool| published.headings.iter().any(|h| h.section == Section::Efficacy && h.in_summary == in_summary);
    if !has(true) || !has(false) {
        return;
    }
    let listed: Vec<&str> = summary.efficacy.iter().map(|s| s.as_str()).collect();
    let concerns: Vec<&str> = published.efficacy.iter().map(|c| c.name.as_str()).collect();
    let pairs = context.names.pair(&listed, &concerns);
    sink.looked_at(listed.len().max(concerns.len()));
    for (l, stated) in summary.efficacy.iter().enumerate() {
        let name = context.verbatim(&stated.text);
        match pairs.iter().find(|p| p.0 == l) {
            Some((_, _, Relation::Same)) => {}
            _ if !stated.sure => {}
            Some(&(_, c, _)) => {
                let other = context.verbatim(&published.efficacy[c].name.text);
                sink.report_as(
                    Severity::Warning,
                    context,
                    (
                        format!("1.2の「{other}」が概要では「{name}」と書かれています"),
                        format!("the efficacy concern “{other}” of 1.2 is called “{name}” in the summary"),
                    ),
                    ("名称をそろえてください。".to_owned(), "use one name".to_owned()),
                    &[
                        Mark::whole(&stated.text, Section::Summary, "").label("概要では", "in the summary"),
                        Mark::whole(&published.efficacy[c].name.text, Section::Efficacy, "").label("1.2では", "in 1.2"),
                    ],
                );
            }
            None => {
                let mut marks = vec![Mark::whole(&stated.text, Section::Summary, "").label("1.2にない", "not in 1.2")];
                marks.extend(context.heading(Section::Efficacy, false));
                sink.report(
                    context,
                    (format!("概要の「{name}」が1.2にありません"), format!("“{name}” of the summary is not in 1.2")),
                    ("1.2に加えるか、概要から除いてください。".to_owned(), "add it to 1.2, or take it out of the summary".to_owned()),
                    &marks,
                );
            }
        }
    }
    for (c, concern) in published.efficacy.iter().enumerate() {
        if pairs.iter().any(|p| p.1 == c) || !concern.name.sure {
            continue;
        }
        let name = context.verbatim(&concern.name.text);
        let mut marks = vec![Mark::whole(&concern.name.text, Section::Efficacy, "").label("概要にない", "not in the summary")];
        marks.extend(context.heading(Section::Efficacy, true));
        sink.report(
            context,
            (format!("1.2の「{name}」が概要に記載されていません"), format!("“{name}” of 1.2 is missing from the summary")),
            ("概要の1.2に加えてください。".to_owned(), "add it to the summary".to_owned()),
            &marks,
        );
    }
}
