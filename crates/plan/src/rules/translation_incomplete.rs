//! A translation that lacks a section or a figure, or has one more.

use diagnostic::Severity;

use super::{Context, Rule, Sink, source::LANGUAGE};
use crate::figure::FigureKind;
use crate::mistake::{Mark, Mistake};
use crate::model::English;
use crate::prose::{Passage, Prose};
use crate::source::{Place, Spanned};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN610",
    name: "translation-incomplete",
    severity: Severity::Warning,
    title: ("訳文の節、数値、名称が元と合わない", "sections, figures or the name of a translation differ from the original"),
    why: ("訳文に欠けるものは、英語の文書から黙って抜け落ちる。", "what a translation lacks is missing in the English document in silence"),
    reference: LANGUAGE,
    manual: include_str!("translation_incomplete.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let plan = context.plan;
    for entry in &plan.concerns {
        compare(context, sink, &entry.prose, entry.english.as_ref());
        title(sink, entry.facts.name_en.as_ref(), entry.english.as_ref());
    }
    for entry in &plan.efficacy {
        compare(context, sink, &entry.prose, entry.english.as_ref());
        title(sink, entry.facts.name_en.as_ref(), entry.english.as_ref());
    }
    for entry in &plan.activities {
        compare(context, sink, &entry.prose, entry.english.as_ref());
        title(sink, entry.facts.name_en.as_ref(), entry.english.as_ref());
    }
}

/// The title of a translation and the English name of what it translates are one name.
fn title(sink: &mut Sink, name: Option<&Spanned<String>>, english: Option<&English>) {
    let (Some(name), Some(title)) = (name, english.and_then(|english| english.title.as_ref())) else { return };
    sink.looked_at(1);
    if terminology::key(name) != terminology::key(title) {
        sink.report(
            Mistake::new(
                (
                    format!("訳文の title「{}」が name_en「{}」と違います", title.value, name.value),
                    format!("the title “{}” of the translation is not name_en, “{}”", title.value, name.value),
                ),
                ("どちらかに揃えるか、title を消してください。", "make them one, or delete title"),
                Mark::at(title.at),
            )
            .mark(Mark::at(name.at)),
        );
    }
}

fn compare(context: &Context<'_>, sink: &mut Sink, original: &Prose, english: Option<&English>) {
    let Some(english) = english else { return };
    let head = Place::new(english.file, 0..0);
    for section in original.sections.iter().filter(|section| !section.body.is_empty()) {
        sink.looked_at(1);
        let (ja, en) = section.kind.words();
        let Some(translated) = english.prose.section(section.kind) else {
            if english.prose.misspelt.contains(&section.kind) {
                continue;
            }
            sink.report(
                Mistake::new(
                    (format!("訳文に節「{ja}」がありません"), format!("the translation lacks the section “{en}”")),
                    (format!("「# {en}」の下に訳してください。"), format!("translate it below “# {en}”")),
                    Mark::at(head),
                )
                .mark(Mark::at(section.heading)),
            );
            continue;
        };
        let (mut before, after) = (counts(context, &section.body), counts(context, &translated.body));
        let more: Vec<_> = after
            .into_iter()
            .filter(|(figure, _)| match before.iter().position(|(other, _)| other == figure) {
                Some(index) => {
                    before.swap_remove(index);
                    false
                }
                None => true,
            })
            .collect();
        for ((x, n), at) in more {
            sink.report(Mistake::new(
                (format!("訳文の {x}/{n} は元の節「{ja}」にありません"), format!("{x}/{n} is not in the section “{en}” of the original")),
                ("元の文と同じ例数にしてください。", "give the counts of the original"),
                Mark::at(at),
            ));
        }
        for ((x, n), at) in before {
            sink.report(
                Mistake::new(
                    (
                        format!("元の節「{ja}」の {x}/{n} が訳文にありません"),
                        format!("{x}/{n} of the original is not in the translation of “{en}”"),
                    ),
                    (
                        "訳文に加えてください。名前を付けた数値は {{ 名前 }} でまた印刷できます。",
                        "add it; a named figure is printed again by {{ NAME }}",
                    ),
                    Mark::at(translated.heading),
                )
                .mark(Mark::at(at)),
            );
        }
    }
    for section in english.prose.sections.iter().filter(|section| original.get(section.kind).is_none_or(Passage::is_empty)) {
        if original.misspelt.contains(&section.kind) {
            continue;
        }
        sink.looked_at(1);
        let (ja, en) = section.kind.words();
        sink.report(Mistake::new(
            (format!("訳文の節「{ja}」が元の文にありません"), format!("the original has no section “{en}”")),
            ("元の文に書くか、訳文から除いてください。", "write it in the original, or take it out of the translation"),
            Mark::at(section.heading),
        ));
    }
}

/// The counts that a passage prints.
fn counts(context: &Context<'_>, passage: &Passage) -> Vec<((u64, u64), Place)> {
    let of = |kind: &FigureKind| match kind {
        FigureKind::Counts(counts) => Some((counts.x, counts.n)),
        FigureKind::Name(name) => context.plan.figures.get(name).map(|counts| (counts.x, counts.n)),
        _ => None,
    };
    passage.figures.iter().filter_map(|figure| Some((of(figure.kind.as_ref().ok()?)?, figure.at))).collect()
}
