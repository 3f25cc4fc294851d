//! The plan at a glance: concern × activity, with how each stands today.

use calendar::Date;
use diagnostic::Severity;
use maud::{Markup, html};
use plan::Plan;
use plan::model::{Activity, Concern, List, Status};
use plan::tables::Class;

use super::of::{Shown, shown};
use crate::answer::{Answer, Reply};
use crate::ask::Ask;
use crate::look::bits::{cut, empty};
use crate::look::frame;

/// The page.
///
/// # Errors
/// There is no plan.
pub fn page(ask: &Ask<'_>) -> Reply {
    let (id, product) = ask.product()?;
    if product.lines.is_empty() {
        let body = html! {
            (empty(ask.say("まだ計画の改訂が記録されていません。公表された計画書を取り込むか、ひな形から始めます。", "No revision of a plan is recorded yet: import a published plan, or begin with a template.")))
            p.actions { a.button href={ "/import?product=" (id) } { (ask.say("取り込む", "Import")) } }
        };
        return Ok(frame::product_page(ask, ask.say("計画", "Plan"), body));
    }
    let shown = shown(ask)?;
    let plan = &shown.plan.plan;
    let as_of = ask.as_of();
    let indication = ask.query("indication");
    let all = ask.query("finished").is_some();
    let is_of = |list: &[plan::source::Spanned<plan::id::IndicationId>]| {
        indication.is_none_or(|wanted| list.is_empty() || list.iter().any(|id| id.value.as_str() == wanted))
    };
    let mut columns: Vec<&Activity> = plan
        .activities
        .iter()
        .filter(|activity| is_of(&activity.indications) && (all || plan.status(activity, as_of) != Status::Finished))
        .collect();
    // what watches stands before what minimises, as in the lists of section 5
    columns.sort_by_key(|activity| List::Minimisation.holds(activity));
    let finished =
        plan.activities.iter().filter(|activity| is_of(&activity.indications) && plan.status(activity, as_of) == Status::Finished).count();
    let body = html! {
        (answer(ask, &shown, as_of))
        (filters(ask, plan, finished, all))
        div.wide tabindex="0" { table.matrix {
            thead { tr {
                th scope="col" { (ask.say("検討事項", "Concern")) }
                @for activity in &columns { (head(ask, &shown, activity, as_of)) }
            } }
            tbody {
                @for class in [Class::Identified, Class::Potential, Class::Missing] {
                    @let rows: Vec<_> = plan.concerns_of(class).filter(|concern| is_of(&concern.indications)).collect();
                    @if !rows.is_empty() {
                        tr.group { th scope="colgroup" colspan=(columns.len() + 1) { (ask.pair(class.words())) } }
                        @for concern in rows { (row(ask, &shown, concern, &columns, as_of)) }
                    }
                }
                @if !plan.efficacy.is_empty() {
                    tr.group { th scope="colgroup" colspan=(columns.len() + 1) { (ask.say("有効性に関する検討事項", "efficacy concerns")) } }
                    @for concern in &plan.efficacy {
                        tr {
                            th scope="row" { a href=(link(ask, &shown, "read", concern.id.as_str())) { (name(ask, concern.id.as_str(), plan)) } }
                            @for activity in &columns {
                                td { @if activity.efficacy.iter().any(|id| id.value == concern.id) { (cell(ask, &shown, activity, as_of)) } }
                            }
                        }
                    }
                }
            }
        } }
        @if columns.is_empty() { (empty(ask.say("この範囲に、続いている追加の活動はありません。", "No additional activity is going on in this part."))) }
        p.actions { a.button.second href=(ask.link(&format!("/p/{id}/matrix.csv"))) { (ask.say("表をダウンロード（CSV）", "Download the table (CSV)")) } }
        p.quiet { (ask.say("通常の監視活動（副作用・文献・外国措置の情報の収集）と、電子添文・患者向医薬品ガイドによる情報提供は、すべての検討事項で行います。", "Routine pharmacovigilance, and information by package insert and patient guide, are done for every concern.")) }
    };
    Ok(frame::product_page(ask, ask.say("計画", "Plan"), body))
}

/// The matrix as a table: one row for each concern and each activity that covers it.
///
/// # Errors
/// There is no plan.
pub fn table(ask: &Ask<'_>) -> Reply {
    let shown = shown(ask)?;
    let plan = &shown.plan.plan;
    let mut csv = crate::record::csv::Csv::new(ask.house.simulated);
    csv.row(&["class", "concern", "name", "activity", "activity name", "status", "start", "end"]);
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    for concern in &plan.concerns {
        let class = concern.class.as_ref().map_or("", |class| class.value.as_str());
        let (id, title) = (concern.id.as_str(), name(ask, concern.id.as_str(), plan));
        let mut covered = false;
        for activity in plan.activities_for(concern) {
            covered = true;
            let status = ask.pair(plan.status(activity, ask.as_of()).words());
            let (start, end) = (day(plan.start_of(activity)), day(plan.end_of(activity)));
            csv.row(&[class, id, &title, activity.id.as_str(), &name(ask, activity.id.as_str(), plan), status, &start, &end]);
        }
        if !covered {
            csv.row(&[class, id, &title, "", "", "", "", ""]);
        }
    }
    Ok(Answer::file(&format!("{}-matrix.csv", shown.id), "text/csv; charset=utf-8", csv.bytes()))
}

fn answer(ask: &Ask<'_>, shown: &Shown<'_>, as_of: Date) -> Markup {
    let plan = &shown.plan.plan;
    let count = |severity| shown.plan.report.findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let running = plan.activities.iter().filter(|activity| matches!(plan.status(activity, as_of), Status::Running { .. })).count();
    let concerns = plan.concerns.len();
    html! {
        p.answer {
            @if ask.is_japanese() {
                "安全性検討事項 " (concerns) " 件に、追加の活動 " (running) " 件が進んでいます。"
            } @else {
                (running) " additional activities are going on for " (concerns) " safety concerns. "
            }
            a href=(ask.link(&format!("/p/{}/read?revision={}#findings", shown.id, shown.number))) {
                @if errors + warnings == 0 { (ask.say("点検の指摘はありません。", "The check finds nothing.")) }
                @else if ask.is_japanese() { "点検の指摘: 要修正 " (errors) " 件、要確認 " (warnings) " 件" }
                @else { "The check finds " (errors) " errors and " (warnings) " warnings" }
            }
        }
        p.quiet {
            (ask.say("改訂", "Revision ")) (shown.number) (ask.say("（", " (")) (ask.local(shown.revision.recorded)) (ask.say("、", ", ")) (ask.name_of(&shown.revision.author)) (ask.say("）", ") "))
            @if let Some(reason) = &shown.revision.reason { (cut(reason, 80)) }
        }
    }
}

fn filters(ask: &Ask<'_>, plan: &Plan, finished: usize, all: bool) -> Markup {
    html! {
        form method="get" action=(ask.path) class="actions" {
            @for (key, value) in ask.query.iter().filter(|(key, _)| ["revision", "line", "recorded", "received"].contains(&key.as_str())) {
                input type="hidden" name=(key) value=(value);
            }
            div {
                label for="indication" { (ask.say("効能又は効果", "Indication")) }
                select id="indication" name="indication" {
                    option value="" { (ask.say("すべて", "all")) }
                    @for indication in &plan.facts.indication {
                        @let short = indication.short.as_ref().map_or_else(|| cut(&indication.name.value, 24), |short| short.value.clone());
                        @let english = indication.short_en.as_ref().or(indication.name_en.as_ref()).map_or_else(|| short.clone(), |name| cut(&name.value, 40));
                        option value=(indication.id.as_str()) selected[ask.query("indication") == Some(indication.id.as_str())] {
                            (indication.id.as_str()) " " (ask.say(&short, &english))
                        }
                    }
                }
            }
            label.inline { input type="checkbox" name="finished" value="1" checked[all]; @if ask.is_japanese() { "終了した活動も表示（" (finished) "件）" } @else { "finished ones too (" (finished) ")" } }
            button.second { (ask.say("絞り込む", "Show")) }
        }
    }
}

fn head(ask: &Ask<'_>, shown: &Shown<'_>, activity: &Activity, as_of: Date) -> Markup {
    let list = if List::Minimisation.holds(activity) { "5.3" } else { "5.1" };
    let full = name(ask, activity.id.as_str(), &shown.plan.plan);
    // short names are Japanese
    let short = activity.short.as_ref().filter(|_| ask.is_japanese()).map_or_else(|| full.clone(), |short| short.value.clone());
    html! {
        th scope="col" {
            span.quiet { (list) } " "
            a href=(link(ask, shown, "read", activity.id.as_str())) title=(name(ask, activity.id.as_str(), &shown.plan.plan)) { (cut(&short, if ask.is_japanese() { 34 } else { 70 })) }
            div { (status(ask, &shown.plan.plan, activity, as_of)) }
        }
    }
}

fn row(ask: &Ask<'_>, shown: &Shown<'_>, concern: &Concern, columns: &[&Activity], as_of: Date) -> Markup {
    html! {
        tr {
            th scope="row" { a href=(ask.link(&format!("/p/{}/concerns/{}", shown.id, concern.id.as_str()))) { (name(ask, concern.id.as_str(), &shown.plan.plan)) } }
            @for activity in columns {
                td { @if activity.concerns.iter().any(|id| id.value == concern.id) { (cell(ask, shown, activity, as_of)) } }
            }
        }
    }
}

fn cell(ask: &Ask<'_>, shown: &Shown<'_>, activity: &Activity, as_of: Date) -> Markup {
    let (class, mark, words) = mark(&shown.plan.plan, activity, as_of);
    html! {
        a class=(class) href=(link(ask, shown, "read", activity.id.as_str())) title=(ask.pair(words)) { (mark) span.away { (ask.pair(words)) } }
    }
}

/// How an activity stands: a class, a shape, and words.
#[must_use]
pub fn mark(plan: &Plan, activity: &Activity, as_of: Date) -> (&'static str, &'static str, (&'static str, &'static str)) {
    match plan.status(activity, as_of) {
        Status::Planned => ("planned", "◇", ("実施予定", "planned")),
        Status::Running { overdue: false } => ("running", "●", ("実施中", "ongoing")),
        Status::Running { overdue: true } => ("running late", "▲", ("実施中（終了予定を過ぎています）", "ongoing, past its end")),
        Status::Finished => ("finished", "✓", ("終了", "completed")),
    }
}

/// How an activity stands, in a word with its shape.
#[must_use]
pub fn status(ask: &Ask<'_>, plan: &Plan, activity: &Activity, as_of: Date) -> Markup {
    let (class, shape, words) = mark(plan, activity, as_of);
    let end = plan.end_of(activity).filter(|_| plan.status(activity, as_of) != Status::Finished);
    let late = class == "running late";
    html! {
        span class=(if late { "small state-late" } else { "small quiet" }) {
            (shape) " " (ask.pair(words))
            @if let Some(end) = end { " –" (end.strftime("%Y-%m").to_string()) }
        }
    }
}

/// The name of something of the plan.
#[must_use]
pub fn name(ask: &Ask<'_>, id: &str, plan: &Plan) -> String {
    plan.name_of(id).map_or_else(|| id.to_owned(), |name| ask.say(&name.ja, &name.en).to_owned())
}

fn link(ask: &Ask<'_>, shown: &Shown<'_>, page: &str, anchor: &str) -> String {
    let revision = ask.query("revision").map_or_else(String::new, |number| format!("?revision={number}"));
    ask.link(&format!("/p/{}/{page}{revision}#{anchor}", shown.id))
}
