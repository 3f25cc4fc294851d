//! Two figures with one name.

use diagnostic::Severity;

use super::{Context, Rule, Sink, source::LANGUAGE};
use crate::mistake::{Mark, Mistake};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN204",
    name: "figure-named-twice",
    severity: Severity::Error,
    title: ("同じ名前の数値", "two figures have one name"),
    why: ("どちらの例数を印刷するのか定まらない。", "nobody can tell which of them is to be printed"),
    reference: LANGUAGE,
    manual: include_str!("figure_named_twice.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let figures = &context.plan.figures;
    sink.looked_at(figures.names().len() + figures.defined_again().len());
    for (name, again) in figures.defined_again() {
        let mistake = Mistake::new(
            (format!("数値の名前「{name}」は二度定義されています"), format!("the figure “{name}” is defined twice")),
            (
                format!("同じ数値なら {{{{ {name} }}}} と書き、違う数値なら別の名前にしてください。"),
                format!("if it is the same figure write {{{{ {name} }}}}, else give it another name"),
            ),
            Mark::at(*again).label("ここで再び", "again here"),
        );
        let first = figures.get(name).and_then(|counts| counts.name.as_ref());
        sink.report(match first {
            Some(first) => mistake.mark(Mark::at(first.at).label("最初はここ", "first here")),
            None => mistake,
        });
    }
}
