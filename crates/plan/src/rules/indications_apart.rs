//! An activity that covers a concern of other indications.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::id::IndicationId;
use crate::mistake::{Mark, Mistake};
use crate::source::{Place, Spanned};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN208",
    name: "indications-apart",
    severity: Severity::Warning,
    title: ("検討事項と活動の効能が重ならない", "a concern and its activity share no indication"),
    why: (
        "検討事項と活動の効能が重ならなければ、その活動では何も分からない。",
        "an activity in other patients tells nothing of the concern",
    ),
    reference: notice::FORM,
    manual: include_str!("indications_apart.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let index = &context.index;
    for activity in &context.plan.activities {
        let concerns = activity.concerns.iter().filter_map(|id| Some((id.at, &index.concerns.get(id.as_str())?.facts.indications)));
        let efficacy = activity.efficacy.iter().filter_map(|id| Some((id.at, &index.efficacy.get(id.as_str())?.facts.indications)));
        for (at, indications) in concerns.chain(efficacy) {
            judge(sink, at, indications, &activity.indications);
        }
    }
}

fn judge(sink: &mut Sink, at: Place, concern: &[Spanned<IndicationId>], activity: &[Spanned<IndicationId>]) {
    sink.looked_at(1);
    let (Some(first), Some(second)) = (concern.first(), activity.first()) else { return };
    if concern.iter().any(|id| activity.contains(id)) {
        return;
    }
    sink.report(
        Mistake::new(
            ("この検討事項の効能を、活動は対象としていません", "the activity is about none of the indications of this concern"),
            ("どちらかの indications を直すか、対象から除いてください。", "mend the indications of one of them, or take the concern out"),
            Mark::at(at),
        )
        .mark(Mark::at(second.at).label("活動の効能", "of the activity"))
        .mark(Mark::at(first.at).label("検討事項の効能", "of the concern")),
    );
}
