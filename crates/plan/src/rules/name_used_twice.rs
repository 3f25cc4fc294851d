//! Two concerns, activities, indications, abbreviations or submissions of one name.

use diagnostic::Severity;

use std::collections::HashMap;

use super::{Context, Rule, Sink, notice};
use crate::mistake::{Mark, Mistake};
use crate::source::Spanned;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN207",
    name: "name-used-twice",
    severity: Severity::Warning,
    title: ("同じ名称が二度使われている", "a name is used twice"),
    why: ("同じ名のものは、一覧や相互参照で区別できない。", "things of one name cannot be told apart in lists and cross-references"),
    reference: notice::FORM,
    manual: include_str!("name_used_twice.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let plan = context.plan;
    // the same words twice in 1.1, or an abbreviation of two things, is surely wrong; two activities may differ in their periods
    twice(sink, plan.concerns.iter().map(|entry| &entry.facts.name), Severity::Error);
    twice(sink, plan.efficacy.iter().map(|entry| &entry.facts.name), Severity::Error);
    twice(sink, plan.activities.iter().map(|entry| &entry.facts.name), Severity::Warning);
    twice(sink, plan.facts.indication.iter().map(|indication| &indication.name), Severity::Warning);
    twice(sink, plan.facts.indication.iter().filter_map(|indication| indication.short.as_ref()), Severity::Error);
    twice(sink, plan.facts.submission.iter().filter_map(|submission| submission.version.as_ref()), Severity::Error);
    twice(sink, plan.facts.abbreviation.iter().map(|abbreviation| &abbreviation.short), Severity::Error);
}

fn twice<'a>(sink: &mut Sink, names: impl Iterator<Item = &'a Spanned<String>>, severity: Severity) {
    let mut first: HashMap<String, &Spanned<String>> = HashMap::new();
    for name in names.filter(|name| !name.trim().is_empty()) {
        sink.looked_at(1);
        let Some(before) = first.get(&terminology::key(name)) else {
            first.insert(terminology::key(name), name);
            continue;
        };
        sink.report(
            Mistake::new(
                (format!("「{}」は二度使われています", name.value), format!("“{}” is used twice", name.value)),
                ("区別できる名称にするか、一つにまとめてください。", "give them names that differ, or make one of them"),
                Mark::at(name.at).label("ここで再び", "again here"),
            )
            .mark(Mark::at(before.at).label("最初はここ", "first here"))
            .severity(severity),
        );
    }
}
