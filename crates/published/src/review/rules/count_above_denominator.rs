//! A count is larger than its denominator.

use diagnostic::Severity;

use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP302",
    name: "count-above-denominator",
    severity: Severity::Error,
    title: ("例数が分母を超えている", "a count is larger than its denominator"),
    why: (
        "発現例数は対象例数を超えない。分子と分母が入れ替わったか、どちらかが誤っている。",
        "no more patients can have an event than were observed; the two were swapped, or one of them is wrong",
    ),
    reference: plan::form!(" 1.1", ", section 1.1"),
    manual: include_str!("count_above_denominator.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let prose = &context.published.prose;
    sink.looked_at(prose.counts.len());
    for count in &prose.counts {
        let (a, b) = (count.numerator, count.denominator);
        if a <= b {
            continue;
        }
        let paragraph = &prose.paragraphs[count.paragraph];
        let s = paragraph.text.as_str();
        // events are counted in 件, and a patient may have several
        if s[count.numerator_at.end..].starts_with('件') {
            continue;
        }
        let swapped = count.percentage.as_deref().is_some_and(|p| statistics::percentage::matches(p, b, a));
        let hint = if swapped {
            (format!("{b}/{a} 例であれば、印字された割合と合います。"), format!("{b}/{a} would give the percentage printed"))
        } else {
            ("原資料で例数を確かめてください。".to_owned(), "check the counts in the study report".to_owned())
        };
        sink.report(
            context,
            (format!("{a} 例が分母の {b} 例を超えています"), format!("{a} patients of {b}")),
            hint,
            &[Mark::part(&paragraph.text, count.range.clone(), paragraph.view.section, &paragraph.view.name)
                .label(format!("{a} > {b}"), format!("{a} > {b}"))],
        );
    }
}
