//! A page number of the summary that points elsewhere.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP243",
    name: "summary-page-differs",
    severity: Severity::Warning,
    title: ("概要の頁番号が本文の位置と異なる", "a page number of the summary is not where the body has it"),
    why: ("読み手は概要の頁番号とリンクで本文を開く。", "readers open the body by the page numbers and links of the summary"),
    reference: plan::summary!("", ""),
    manual: include_str!("summary_page_differs.md"),
    check,
};

use crate::review::names::Relation;

fn check(context: &Context<'_>, sink: &mut Sink) {
    let published = context.published;
    let Some(summary) = &published.summary else { return };
    // the printed page and the page of the file may differ by a cover that is not counted
    let mut entries = Vec::new();
    for listed in &summary.concerns {
        let Some(page) = &listed.page else { continue };
        let Some(concern) =
            published.concerns.iter().find(|c| context.names.relation(c.name.as_str(), listed.name.as_str()) == Relation::Same)
        else {
            continue;
        };
        let (Ok(printed), Some(at)) = (page.as_str().parse::<i64>(), concern.name.text.origin(0)) else { continue };
        let Some(real) = published.source.place(at).page else { continue };
        entries.push((printed, i64::from(real), page, concern));
    }
    if entries.len() < 4 {
        return;
    }
    let mut offsets: Vec<i64> = entries.iter().map(|e| e.1 - e.0).collect();
    offsets.sort_unstable();
    let offset = offsets[offsets.len() / 2];
    let agree = offsets.iter().filter(|&&o| o == offset).count();
    if agree * 3 < offsets.len() * 2 {
        return;
    }
    for (printed, real, page, concern) in entries {
        sink.looked_at(1);
        if real - printed == offset {
            continue;
        }
        let right = real - offset;
        let name = context.verbatim(&concern.name.text);
        sink.report(
            context,
            (
                format!("概要は「{name}」を{printed}頁としていますが、本文では{right}頁です"),
                format!("the summary points to page {printed} for “{name}”, which stands on page {right}"),
            ),
            (
                format!("概要の頁番号を{right}に改め、リンク先も確かめてください。"),
                format!("write {right} in the summary, and check its link"),
            ),
            &[
                Mark::whole(&page.text, Section::Summary, concern.name.as_str()).label("概要の頁", "the page in the summary"),
                Mark::whole(&concern.name.text, Section::Safety, "").label("1.1での場所", "where 1.1 has it"),
            ],
        );
    }
}
