//! A figure, a pool or a design that cites a study, an arm or a phase that `studies.toml` does not have.

use diagnostic::Severity;

use super::{Context, Rule, Sink, cited::cited, source::LANGUAGE};
use crate::figure::{Resolved, SourceMistake};
use crate::mistake::{Mark, Mistake};
use crate::suggest;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN202",
    name: "unknown-study",
    severity: Severity::Error,
    title: ("知らない試験、群、時期", "a study, arm or phase is unknown"),
    why: ("出所の分からない例数は確かめられない。", "a count that comes from nowhere cannot be checked"),
    reference: LANGUAGE,
    manual: include_str!("unknown_study.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let studies = &context.plan.studies;
    for source in cited(context.plan) {
        sink.looked_at(1);
        match studies.size(source.study, source.part) {
            Err(SourceMistake::UnknownStudy) if studies.find(source.study).is_none() => {
                let names = studies.names();
                let mistake = Mistake::new(
                    (
                        format!("試験「{}」は studies.toml にありません", source.study),
                        format!("the study “{}” is not in studies.toml", source.study),
                    ),
                    suggest::hint(source.study, names.iter().copied()),
                    Mark::at(source.study_at),
                );
                sink.report(mistake);
            }
            Err(SourceMistake::UnknownPart) => {
                let parts: Vec<String> = match studies.find(source.study) {
                    Some(Resolved::Study(study)) => {
                        study.sizes().into_iter().map(|sized| sized.part).filter(|part| !part.is_empty()).collect()
                    }
                    _ => Vec::new(),
                };
                let part = source.part.unwrap_or("");
                sink.report(Mistake::new(
                    (
                        format!("試験「{}」に「{part}」という群も時期もありません", source.study),
                        format!("the study “{}” has no arm or phase “{part}”", source.study),
                    ),
                    suggest::hint(part, parts.iter().map(String::as_str)),
                    Mark::at(source.part_at),
                ));
            }
            _ => {}
        }
    }
}
