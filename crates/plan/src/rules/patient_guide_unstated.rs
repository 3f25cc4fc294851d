//! Prose that names the patient guide for a concern that is said not to be in it.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::prose::SectionKind;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN614",
    name: "patient-guide-unstated",
    severity: Severity::Warning,
    title: (
        "本文は患者向医薬品ガイドを挙げるが、記載ありとされていない",
        "prose names the patient guide, and the concern is not said to be in it",
    ),
    why: (
        "患者向医薬品ガイドの記載の有無は patient_guide から印刷され、本文と食い違う。",
        "whether the patient guide covers a concern is printed from patient_guide, and contradicts the prose",
    ),
    reference: notice::FORM,
    manual: include_str!("patient_guide_unstated.md"),
    check,
};

const GUIDE: &str = "患者向医薬品ガイド";

fn check(context: &Context<'_>, sink: &mut Sink) {
    for concern in &context.plan.concerns {
        let Some(passage) = concern.prose.get(SectionKind::Minimisation) else { continue };
        let text = passage.seen();
        let Some(at) = text.find(GUIDE) else { continue };
        sink.looked_at(1);
        let sentence = text[at..].split(['。', '\n']).next().unwrap_or_default();
        let denied = ["ない", "ません", "なし", "対象外"].iter().any(|word| sentence.contains(word));
        if denied || concern.patient_guide.as_ref().is_some_and(|stated| stated.value) {
            continue;
        }
        let mistake = Mistake::new(
            (
                format!("「{}」の本文は{GUIDE}を挙げますが、patient_guide = true とされていません", concern.name.value),
                format!("the prose of “{}” names the patient guide, and patient_guide is not true", concern.name.value),
            ),
            (
                "ガイドに記載があれば patient_guide = true と書き、なければ本文を直してください。",
                "write patient_guide = true if the guide covers it, else mend the prose",
            ),
            Mark::at(passage.at.part(at..at + GUIDE.len())),
        );
        sink.report(match &concern.patient_guide {
            Some(stated) => mistake.mark(Mark::at(stated.at)),
            None => mistake,
        });
    }
}
