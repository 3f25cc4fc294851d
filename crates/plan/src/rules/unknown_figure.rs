//! The name of a figure that no figure has.

use diagnostic::Severity;

use super::{Context, Rule, Sink, source::LANGUAGE};
use crate::figure::FigureKind;
use crate::mistake::{Mark, Mistake};
use crate::suggest;

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN203",
    name: "unknown-figure",
    severity: Severity::Error,
    title: ("定義されていない数値の名前", "a figure is not defined"),
    why: ("名前の指す例数がなければ印刷できない。", "without its counts it cannot be printed"),
    reference: LANGUAGE,
    manual: include_str!("unknown_figure.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let figures = &context.plan.figures;
    let activities = || context.plan.activities.iter().map(|activity| activity.id.as_str());
    for figure in context.plan.passages().flat_map(|passage| &passage.figures) {
        if let Ok(FigureKind::Live(what)) = &figure.kind {
            sink.looked_at(1);
            let id = what.value.split(':').next().unwrap_or_default();
            if !activities().any(|activity| activity == id) {
                let (ja, en) = suggest::hint(id, activities());
                let message = (format!("「{id}」という活動はありません"), format!("no activity is called “{id}”"));
                sink.report(Mistake::new(message, (ja, en), Mark::at(what.at)));
            }
            continue;
        }
        let Ok(FigureKind::Name(name)) = &figure.kind else { continue };
        sink.looked_at(1);
        if figures.get(name).is_some() {
            continue;
        }
        let (mut ja, mut en) = suggest::hint(name, figures.names());
        ja.push_str(" 最初に現れるところで {{ 30/58 試験番号 as 名前 }} と名付けます。");
        en.push_str("; name it where it stands first, as {{ 30/58 STUDY as NAME }}");
        let message = (format!("「{}」という名前の数値はありません", name.value), format!("no figure is named “{}”", name.value));
        let mistake = Mistake::new(message, (ja, en), Mark::at(name.at));
        sink.report(match suggest::nearest(name, figures.names()) {
            Some(nearest) => mistake.fix(name.at, nearest),
            None => mistake,
        });
    }
}
