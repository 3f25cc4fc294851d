//! A printed percentage is not that of its counts.

use diagnostic::Severity;
use statistics::percentage::{Rounding, candidates, explains, half_up};

use super::percentage_rounded_otherwise;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP301",
    name: "percentage-disagrees",
    severity: Severity::Error,
    title: ("割合が例数と合わない", "a percentage is not that of its counts"),
    why: (
        "割合は例数から一意に決まる。食い違う場合は、割合か例数のどちらかが誤っている。",
        "a percentage follows from its counts; where they disagree, one of them is wrong",
    ),
    reference: plan::form!(" 1.1", ", section 1.1"),
    manual: include_str!("percentage_disagrees.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let prose = &context.published.prose;
    let custom = percentage_rounded_otherwise::custom(prose);
    for count in &prose.counts {
        let Some(printed) = &count.percentage else { continue };
        sink.looked_at(1);
        if count.denominator == 0 || count.numerator > count.denominator {
            continue;
        }
        let rounding = explains(printed, count.numerator, count.denominator);
        if rounding == Some(Rounding::HalfUp) || (custom.is_some() && rounding == custom) {
            continue;
        }
        let decimals = printed.split_once('.').map_or(0, |(_, d)| u32::try_from(d.len()).unwrap_or(0));
        let Some(right) = half_up(count.numerator, count.denominator, decimals) else { continue };
        let paragraph = &prose.paragraphs[count.paragraph];
        let counts = format!("{}/{}", count.numerator, count.denominator);
        let other = match (rounding, candidates(printed, count.denominator).as_slice()) {
            (Some(Rounding::Truncated), _) => {
                ("切り捨てれば印字された値になります。".to_owned(), "; cut off, it is what is printed".to_owned())
            }
            (Some(_), _) => ("切り上げれば印字された値になります。".to_owned(), "; rounded up, it is what is printed".to_owned()),
            (None, [first]) => (
                format!("割合が正しければ {first}/{} 例です。", count.denominator),
                format!("; if the percentage is right, the count is {first}/{}", count.denominator),
            ),
            (None, _) => (String::new(), String::new()),
        };
        let severity = if rounding.is_some() { Severity::Warning } else { Severity::Error };
        sink.report_as(
            severity,
            context,
            (format!("{counts} 例は {right}% であり、{printed}% ではありません"), format!("{counts} is {right} %, not {printed} %")),
            (
                format!("例数が正しければ {right}% に直してください。{}", other.0),
                format!("if the counts are right, write {right} %{}", other.1),
            ),
            &[Mark::part(&paragraph.text, count.range.clone(), paragraph.view.section, &paragraph.view.name)
                .label(format!("{counts} は {right}%"), format!("{counts} is {right} %"))],
        );
    }
}
