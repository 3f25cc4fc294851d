//! The document rounds its percentages otherwise than half-up.

use diagnostic::Severity;
use statistics::percentage::{Rounding, explains};

use crate::model::Prose;
use crate::review::{Context, Mark, Reference, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP310",
    name: "percentage-rounded-otherwise",
    severity: Severity::Info,
    title: ("割合の端数処理が四捨五入でない", "percentages are not rounded half-up"),
    why: (
        "読み手は四捨五入と考えて例数に戻す。別の端数処理は断りがいる。",
        "a reader takes percentages as rounded half-up; another way needs saying",
    ),
    reference: Reference::always("四捨五入（half-up）は実務の慣行による。", "half-up is the custom of the field"),
    manual: include_str!("percentage_rounded_otherwise.md"),
    check,
};

/// So many percentages make a custom.
const CUSTOM: usize = 3;

/// The rounding other than half-up that this document uses throughout: figures are cut off three times or more, and nowhere rounded
/// up to the next digit.
pub fn custom(prose: &Prose) -> Option<Rounding> {
    let (mut down, mut half) = (0, 0);
    for count in &prose.counts {
        let Some(printed) = &count.percentage else { continue };
        let (a, b) = (u128::from(count.numerator), u128::from(count.denominator));
        if b == 0 || a > b {
            continue;
        }
        let decimals = printed.split_once('.').map_or(0, |(_, d)| d.len()).min(12);
        let scaled = a * 100 * 10_u128.pow(u32::try_from(decimals).unwrap_or(0));
        match explains(printed, count.numerator, count.denominator) {
            Some(Rounding::Truncated) => down += 1,
            // only where cutting off would have printed another figure
            Some(Rounding::HalfUp) if (scaled % b) * 2 >= b => half += 1,
            _ => {}
        }
    }
    (down >= CUSTOM && half == 0).then_some(Rounding::Truncated)
}

fn check(context: &Context<'_>, sink: &mut Sink) {
    let prose = &context.published.prose;
    sink.looked_at(prose.counts.iter().filter(|c| c.percentage.is_some()).count());
    let Some(rounding) = custom(prose) else { return };
    let marks: Vec<Mark<'_>> = prose
        .counts
        .iter()
        .filter(|c| c.denominator > 0 && c.percentage.as_deref().is_some_and(|p| explains(p, c.numerator, c.denominator) == Some(rounding)))
        .take(CUSTOM)
        .map(|c| {
            let paragraph = &prose.paragraphs[c.paragraph];
            Mark::part(&paragraph.text, c.range.clone(), paragraph.view.section, &paragraph.view.name).label("切り捨て", "cut off")
        })
        .collect();
    sink.report(
        context,
        ("割合が四捨五入でなく切り捨てで示されています".to_owned(), "percentages are cut off, not rounded half-up".to_owned()),
        ("四捨五入に改めるか、端数処理を断ってください。".to_owned(), "round half-up, or say how the figures are rounded".to_owned()),
        &marks,
    );
}
