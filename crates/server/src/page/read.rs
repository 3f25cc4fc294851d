//! The plan to be read, with what the check finds in the margin.

use access::Action;
use diagnostic::{Finding, Language};
use maud::{Markup, html};
use plan::Plan;
use plan::figure::FigureKind;
use plan::model::printed_by;
use plan::prose::{Block, Passage, Run, blocks};

use super::of::{Shown, shown};
use super::plan::{name, status};
use crate::answer::Reply;
use crate::ask::Ask;
use crate::look::bits::{cut, empty, finding};
use crate::look::frame;

/// The page.
///
/// # Errors
/// There is no plan.
pub fn page(ask: &Ask<'_>) -> Reply {
    let shown = shown(ask)?;
    let plan = &shown.plan.plan;
    let margin = Margin { ask, shown: &shown };
    let body = html! {
        p.quiet {
            (ask.say("改訂", "Revision ")) (shown.number) "、" (ask.local(shown.revision.recorded))
            "　" a href="#findings" { (ask.say("指摘の一覧", "All findings")) }
            "　" a href=(ask.link(&format!("/p/{}/documents/{}/j-rmp.html", shown.id, shown.number))) { (ask.say("様式のとおりに見る", "As the form has it")) }
        }
        h2 { (ask.say("品目の概要", "The product")) }
        (facts(ask, plan))
        h2 { (ask.say("安全性検討事項", "Safety concerns")) }
        @for concern in &plan.concerns {
            (margin.entry(concern.id.as_str(), "concerns", concern.passages_of(ask.language)))
        }
        @if !plan.efficacy.is_empty() {
            h2 { (ask.say("有効性に関する検討事項", "Efficacy concerns")) }
            @for concern in &plan.efficacy { (margin.entry(concern.id.as_str(), "efficacy", concern.passages_of(ask.language))) }
        }
        h2 { (ask.say("追加の活動", "Additional activities")) }
        @for activity in &plan.activities {
            (margin.entry(activity.id.as_str(), "activities", activity.passages_of(ask.language)))
        }
        h2 #findings { (ask.say("点検の指摘", "What the check finds")) }
        (findings(ask, shown.id, &shown.plan.report.findings))
    };
    Ok(frame::product_page(ask, ask.say("計画を読む", "The plan"), body))
}

/// Every finding of a check, or that there is none, and of how many.
#[must_use]
pub fn findings(ask: &Ask<'_>, product: &str, all: &[Finding]) -> Markup {
    let edits = ask.may(Action::RecordRevision, Some(product));
    let edit = |file: &str, line: u32| edits.then(|| format!("/p/{product}/edit/{file}?place={line}#source"));
    html! {
        @if all.is_empty() { p.state-met { (ask.say("指摘はありません。", "Nothing was found.")) } }
        @for one in all { (finding(ask, one, &edit)) }
    }
}

/// Findings about a document that is no file of the plan: its places are pages, and nothing of it can be edited here.
#[must_use]
pub fn of_document(ask: &Ask<'_>, all: &[Finding]) -> Markup {
    html! {
        @if all.is_empty() { p.state-met { (ask.say("指摘はありません。", "Nothing was found.")) } }
        @for one in all { (finding(ask, one, &|_, _| None)) }
    }
}

fn facts(ask: &Ask<'_>, plan: &Plan) -> Markup {
    let product = &plan.facts.product;
    let english = |ja: &str, en: Option<&str>| ask.say(ja, en.unwrap_or(ja)).to_owned();
    html! {
        dl.facts {
            dt { (ask.say("品目名", "Product")) } dd { (english(plan.name(), product.name_en.as_ref().map(|name| name.value.as_str()))) }
            dt { (ask.say("有効成分", "Substance")) } dd { (english(&product.substance.value, product.substance_en.as_ref().map(|name| name.value.as_str()))) }
            dt { (ask.say("製造販売業者", "Holder")) } dd { (english(&plan.facts.holder.name.value, plan.facts.holder.name_en.as_ref().map(|name| name.value.as_str()))) }
            dt { (ask.say("効能又は効果", "Indications")) }
            dd { ol { @for indication in &plan.facts.indication {
                li value=(indication.id.as_str()) { (english(&indication.name.value, indication.name_en.as_ref().map(|name| name.value.as_str()))) }
            } } }
        }
    }
}

struct Margin<'a> {
    ask: &'a Ask<'a>,
    shown: &'a Shown<'a>,
}

/// The passages of a concern or an activity, by the headings of their sections.
pub trait Passages {
    /// In a language; in Japanese where it has no other.
    fn passages_of(&self, language: Language) -> Vec<((&'static str, &'static str), &Passage)>;
}

impl<Id, Facts> Passages for plan::model::Entry<Id, Facts> {
    fn passages_of(&self, language: Language) -> Vec<((&'static str, &'static str), &Passage)> {
        let english = self.english.as_ref().filter(|_| language == Language::English).map(|english| &english.prose);
        let kinds = plan::prose::SectionKind::ALL.into_iter();
        kinds.filter_map(|kind| Some((kind.words(), english.and_then(|prose| prose.get(kind)).or_else(|| self.prose.get(kind))?))).collect()
    }
}

impl Margin<'_> {
    fn entry(&self, id: &str, folder: &str, passages: Vec<((&'static str, &'static str), &Passage)>) -> Markup {
        let Self { ask, shown } = *self;
        let plan = &shown.plan.plan;
        let file = format!("{folder}/{id}.md");
        let here: Vec<&Finding> =
            shown.plan.report.findings.iter().filter(|finding| finding.spans.first().is_some_and(|span| span.file == file)).collect();
        let edits = ask.may(Action::RecordRevision, Some(shown.id));
        let edit = |file: &str, line: u32| edits.then(|| format!("/p/{}/edit/{file}?place={line}#source", shown.id));
        html! {
            section.reading id=(id) {
                div.text {
                    h3 {
                        @if folder == "concerns" { a href=(ask.link(&format!("/p/{}/concerns/{id}", shown.id))) { (name(ask, id, plan)) } }
                        @else { (name(ask, id, plan)) }
                    }
                    @if let Some(activity) = plan.activity(id) { p { (status(ask, plan, activity, ask.as_of())) } (covers(ask, plan, id)) }
                    @if passages.is_empty() { (empty(ask.say("（未記載）", "(nothing is written yet)"))) }
                    @for (heading, passage) in &passages {
                        h4 { (ask.pair(*heading)) }
                        (prose(ask, plan, passage))
                    }
                    @if edits { p.small { a href={ "/p/" (shown.id) "/edit/" (file) } { (ask.say("編集", "Edit")) } } }
                }
                div.margin { @for one in here { (finding(ask, one, &edit)) } }
            }
        }
    }
}

fn covers(ask: &Ask<'_>, plan: &Plan, id: &str) -> Markup {
    let Some(activity) = plan.activity(id) else { return html! {} };
    let concerns: Vec<String> = plan.concerns_for(activity).map(|concern| name(ask, concern.id.as_str(), plan)).collect();
    html! {
        dl.facts {
            @if !concerns.is_empty() { dt { (ask.say("対象の検討事項", "Concerns")) } dd { (concerns.join(ask.say("、", ", "))) } }
            @if let Some(target) = &activity.target { dt { (ask.say("目標", "Target")) } dd { (target.value) (ask.say(" 例", " patients")) } }
            @if let (Some(start), end) = (plan.start_of(activity), plan.end_of(activity)) {
                dt { (ask.say("期間", "Period")) } dd { (start) " – " @if let Some(end) = end { (end) } }
            }
        }
    }
}

/// A passage with its figures, each with where it comes from.
#[must_use]
pub fn prose(ask: &Ask<'_>, plan: &Plan, passage: &Passage) -> Markup {
    // figures are set apart by characters that no text has, so that each can be shown with its source
    let mut origins = Vec::new();
    let text = printed_by(passage, |figure| {
        let kind = figure.kind.as_ref().ok()?;
        let printed = plan.print(kind, ask.language)?;
        let is_number = matches!(kind, FigureKind::Counts(_) | FigureKind::Name(_) | FigureKind::Live(_));
        if !is_number {
            return Some(printed);
        }
        origins.push(kind.to_string());
        Some(format!("\u{2}{}\u{3}{printed}\u{4}", origins.len() - 1))
    });
    set(&blocks(&text), &origins)
}

fn set(all: &[Block], origins: &[String]) -> Markup {
    html! {
        @for block in all {
            @match block {
                Block::Paragraph(runs) => p { (inline(runs, origins)) },
                Block::Heading(_, runs) => p { strong { (inline(runs, origins)) } },
                Block::List(first, items) => {
                    @if let Some(first) = first { ol start=(first) { @for item in items { li { (set(item, origins)) } } } }
                    @else { ul { @for item in items { li { (set(item, origins)) } } } }
                },
                Block::Table(rows) => {
                    div.wide tabindex="0" { table {
                        @for (n, row) in rows.iter().enumerate() { tr { @for cell in row {
                            @if n == 0 { th scope="col" { (inline(cell, origins)) } } @else { td { (inline(cell, origins)) } }
                        } } }
                    } }
                },
            }
        }
    }
}

fn inline(runs: &[Run], origins: &[String]) -> Markup {
    html! {
        @for run in runs {
            @let text = figures(&run.text, origins);
            @match (run.bold, run.italic) {
                (true, _) => strong { (text) },
                (_, true) => em { (text) },
                _ => (text),
            }
        }
    }
}

fn figures(text: &str, origins: &[String]) -> Markup {
    html! {
        @for (n, part) in text.split('\u{2}').enumerate() {
            @if n == 0 { (part) } @else {
                @let (index, rest) = part.split_once('\u{3}').unwrap_or(("", part));
                @let (printed, rest) = rest.split_once('\u{4}').unwrap_or((rest, ""));
                span.figure title=[index.parse::<usize>().ok().and_then(|index| origins.get(index))] { (printed) }
                (rest)
            }
        }
    }
}

/// A short piece of a passage, for lists.
#[must_use]
pub fn gist(plan: &Plan, passage: &Passage, language: Language) -> String {
    cut(&plan.printed(passage, language), 120)
}
