//! A target below what the designs need, or a milestone above the target.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::tables::When;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN306",
    name: "target-disagrees",
    severity: Severity::Warning,
    title: ("目標症例数が例数設計や節目と合わない", "a target disagrees with its designs or milestones"),
    why: ("目標症例数は、例数設計で要るとした例数を満たす。", "a target meets the size that its design needs"),
    reference: notice::DESIGN,
    manual: include_str!("target_disagrees.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for activity in &context.plan.activities {
        let Some(target) = &activity.target else { continue };
        let registered = activity.counted.as_ref().is_none_or(|counted| counted.0 == "registered");
        for design in &activity.sample_size {
            // a target of anything but registrations is compared with what is evaluated
            let needed = design.registered.as_ref().filter(|_| registered).or(design.evaluable.as_ref());
            let Some(needed) = needed else { continue };
            sink.looked_at(1);
            if needed.value > target.value {
                sink.report(
                    Mistake::new(
                        (
                            format!("目標 {} 例は、例数設計の {} 例に足りません", target.value, needed.value),
                            format!("the target {} is below the {} of its design", target.value, needed.value),
                        ),
                        ("目標症例数か例数設計を直してください。", "mend the target or the design"),
                        Mark::at(target.at).label("目標症例数", "target"),
                    )
                    .mark(Mark::at(needed.at).label("例数設計", "design")),
                );
            }
        }
        for milestone in &activity.milestone {
            let Some(When::Event(anchor)) = &milestone.when else { continue };
            let Some(count) = &anchor.count else { continue };
            sink.looked_at(1);
            if count.value > target.value {
                sink.report(
                    Mistake::new(
                        (
                            format!("節目の {} 例は、目標 {} 例より多くなっています", count.value, target.value),
                            format!("the milestone waits for {}, above the target {}", count.value, target.value),
                        ),
                        ("節目か目標症例数を直してください。", "mend the milestone or the target"),
                        Mark::at(count.at).label("節目", "milestone"),
                    )
                    .mark(Mark::at(target.at).label("目標症例数", "target")),
                );
            }
        }
    }
}
