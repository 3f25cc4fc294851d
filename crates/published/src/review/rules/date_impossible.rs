//! A date that the calendar does not have.

use calendar::{ImpossibleDate, find_dates};
use diagnostic::Severity;
use terminology::Text;

use crate::heading::Section;
use crate::model::Stated;
use crate::review::activities::LISTS;
use crate::review::periods::{self, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP401",
    name: "date-impossible",
    severity: Severity::Error,
    title: ("存在しない日付", "a date that does not exist"),
    why: (
        "暦にない日付は、年月日のいずれかの誤記である。期限も期間も計算できない。",
        "a date that the calendar does not have is a slip in its year, month or day; no deadline follows from it",
    ),
    reference: periods::PRODUCT,
    manual: include_str!("date_impossible.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let published = context.published;
    for paragraph in &published.prose.paragraphs {
        // the outline of the product is looked at field by field
        if paragraph.view.section != Section::Product {
            look(context, sink, &paragraph.text, paragraph.view.section, &paragraph.view.name);
        }
    }
    if let Some(summary) = &published.summary {
        summary.fields.iter().for_each(|f| stated(context, sink, &f.value, Section::Summary, ""));
    }
    if let Some(product) = &published.product {
        for field in product.fields.iter().filter(|f| f.value.sure && !matches!(f.label, "備考" | "用法及び用量" | "含量及び剤形"))
        {
            look(context, sink, &field.value.text, Section::Product, "");
        }
        product.events.iter().for_each(|e| stated(context, sink, &e.text, Section::Product, ""));
    }
    if let Some(previous) = published.history.as_ref().and_then(|h| h.previous.as_ref()) {
        look(context, sink, &previous.text, Section::History, "");
    }
    for (list, section) in published.lists.iter().zip(LISTS) {
        for row in &list.rows {
            for cell in [&row.target, &row.milestones, &row.report].into_iter().flatten() {
                stated(context, sink, cell, section, row.name.as_str());
            }
        }
    }
}

fn stated(context: &Context<'_>, sink: &mut Sink, stated: &Stated, section: Section, name: &str) {
    if stated.sure {
        look(context, sink, &stated.text, section, name);
    }
}

fn look(context: &Context<'_>, sink: &mut Sink, text: &Text, section: Section, name: &str) {
    let words_of = text.as_str();
    for found in find_dates(words_of) {
        sink.looked_at(1);
        let Err(wrong) = found.value else { continue };
        let severity = match wrong {
            // 平成32年: written before the era ended, and plain what is meant
            ImpossibleDate::OutsideEra { .. } => Severity::Info,
            _ if found.is_broken_off(words_of) => continue,
            _ => Severity::Error,
        };
        let hint = match wrong.meant() {
            Some(meant) => {
                words(format!("{} と書いてください。", meant.in_era().unwrap_or_else(|| meant.in_japanese())), format!("write {meant}"))
            }
            None => words("原資料で日付を確かめて直してください。", "check the date in its source and mend it"),
        };
        let mark = Mark::part(text, found.range.clone(), section, name);
        sink.report_as(severity, context, words(wrong.in_japanese(), wrong.to_string()), hint, &[mark]);
    }
}
