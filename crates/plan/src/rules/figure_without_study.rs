//! Counts that do not say where they come from.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::figure::FigureKind;
use crate::mistake::{Mark, Mistake};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN303",
    name: "figure-without-study",
    severity: Severity::Info,
    title: ("試験を示さない例数", "counts come without their study"),
    why: ("試験が示されなければ分母を確かめられない。", "without the study the denominator cannot be checked"),
    reference: notice::FORM,
    manual: include_str!("figure_without_study.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for figure in context.plan.passages().flat_map(|passage| &passage.figures) {
        let Ok(FigureKind::Counts(counts)) = &figure.kind else { continue };
        sink.looked_at(1);
        if counts.sources.is_empty() {
            sink.report(Mistake::new(
                (
                    format!("{}/{} の出所が示されていません", counts.x, counts.n),
                    format!("{}/{} does not say where it comes from", counts.x, counts.n),
                ),
                ("{{ 30/58 試験番号 }} のように試験を添えてください。", "add the study, as in {{ 30/58 STUDY }}"),
                Mark::at(figure.at),
            ));
        }
    }
}
