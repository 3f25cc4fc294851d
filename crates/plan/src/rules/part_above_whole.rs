//! A phase or an arm that is larger than what it is a part of.

use diagnostic::Severity;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::source::Spanned;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN305",
    name: "part-above-whole",
    severity: Severity::Warning,
    title: ("部分の例数が全体より大きい、又は名が重なる", "a part of a study is larger than the whole, or two parts have one name"),
    why: ("部分は全体より大きくならない。", "a part is not larger than the whole"),
    reference: notice::FORM,
    manual: include_str!("part_above_whole.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    for study in &context.plan.studies.study {
        let mut names: Vec<&str> = Vec::new();
        for arm in &study.arm {
            sink.looked_at(1);
            if names.contains(&arm.name.as_str()) {
                sink.report(
                    Mistake::new(
                        (
                            format!("「{}」に群「{}」が二つあります", study.id.as_str(), arm.name.value),
                            format!("“{}” has two arms “{}”", study.id.as_str(), arm.name.value),
                        ),
                        ("群の名を区別できるようにしてください。", "give the arms names that differ"),
                        Mark::at(if arm.name.is_empty() { arm.at } else { arm.name.at }),
                    )
                    .severity(Severity::Error),
                );
            }
            names.push(arm.name.as_str());
            for phase in &arm.phase {
                compare(sink, &phase.size, &arm.size);
            }
        }
        // an arm without a name beside others is the whole
        let whole = study.arm.iter().find(|arm| arm.name.is_empty()).filter(|_| study.arm.len() > 1);
        for arm in study.arm.iter().filter(|arm| !arm.name.is_empty()) {
            compare(sink, &arm.size, &whole.and_then(|whole| whole.size.clone()));
        }
    }
}

fn compare(sink: &mut Sink, part: &Option<Spanned<u64>>, whole: &Option<Spanned<u64>>) {
    let (Some(part), Some(whole)) = (part, whole) else { return };
    sink.looked_at(1);
    if part.value > whole.value {
        sink.report(
            Mistake::new(
                (
                    format!("部分の {} 例は、全体の {} 例より多くなっています", part.value, whole.value),
                    format!("a part has {} patients, the whole {}", part.value, whole.value),
                ),
                ("原資料で例数を確かめてください。", "check the sizes in the report of the study"),
                Mark::at(part.at).label("部分", "part"),
            )
            .mark(Mark::at(whole.at).label("全体", "whole")),
        );
    }
}
