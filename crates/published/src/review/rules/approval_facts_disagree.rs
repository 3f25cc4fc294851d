//! Day of approval, approval number and regulatory history disagree.

use calendar::Era;
use diagnostic::Severity;

use crate::heading::Section;
use crate::model::RegulatoryEvent;
use crate::review::periods::{self, ja, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP405",
    name: "approval-facts-disagree",
    severity: Severity::Warning,
    title: ("承認の年月日・番号・経緯が合わない", "day, number and history of approval disagree"),
    why: (
        "承認番号の初めの 3 桁は承認の年（元号の符号と年）であり、承認年月日と備考の経緯に現れるはずである。経緯に提出日より後の出来事はない。",
        "the first three figures of an approval number are the year of approval (era and year), which the history must show; and it holds nothing later than the submission",
    ),
    reference: periods::PRODUCT,
    manual: include_str!("approval_facts_disagree.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let Some(product) = &context.published.product else { return };
    let approval = product.field("承認年月日").filter(|f| f.value.sure);
    let approved: Vec<_> =
        approval.iter().flat_map(|f| calendar::find_dates(f.value.as_str())).filter_map(|d| Some((d.value.ok()?, d.range))).collect();
    let events: Vec<_> = product.events.iter().filter(|e| e.text.sure).filter_map(|e| Some((e, e.date.date?))).collect();
    for (event, date) in &events {
        sink.looked_at(1);
        if date.first() > context.as_of && !event.text.as_str().contains("予定") {
            let mut marks = vec![Mark::whole(&event.date.text, Section::Product, "").label("提出より後", "after the submission")];
            marks.extend(context.day_of_submission());
            sink.report(
                context,
                words(
                    format!("{} は、この計画書の日付 {} より後です", date.in_japanese(), ja(context.as_of)),
                    format!("{date} is later than this document, {}", context.as_of),
                ),
                words("日付を確かめてください。", "check the date"),
                &marks,
            );
        }
    }
    if let Some(field) = approval
        && events.iter().any(|(event, _)| event.text.as_str().contains("承認"))
    {
        for (date, range) in &approved {
            sink.looked_at(1);
            if !events.iter().any(|(_, e)| e.contains(date.first()) || date.contains(e.first())) {
                let mut marks =
                    vec![Mark::part(&field.value.text, range.clone(), Section::Product, "").label("備考にない", "not in the history")];
                // the event that is meant, where one approval of the same year stands for no other day of approval
                let told = || events.iter().filter(|(event, _)| event.text.as_str().contains("承認"));
                let meant = told().filter(|(_, day)| day.year == date.year && !approved.iter().any(|(d, _)| day.contains(d.first())));
                marks.extend(meant.map(|(event, _)| by_history(event)));
                if marks.len() == 1 {
                    marks.extend(told().take(1).map(|(event, _)| by_history(event)));
                }
                sink.report(
                    context,
                    words(
                        format!("承認年月日 {} が備考の経緯にありません", date.in_japanese()),
                        format!("the day of approval, {date}, is not in the history"),
                    ),
                    words("承認年月日と備考の日付を確かめてください。", "check the day of approval and the history"),
                    &marks,
                );
            }
        }
    }
    for number in &product.approval_numbers {
        // the figures of the year are read for certain even where a cell has cut the end off
        let Some(year) = year(number.as_str()) else { continue };
        let mut known = approved.iter().map(|(d, _)| d.year).chain(events.iter().map(|(_, d)| d.year)).peekable();
        if known.peek().is_none() || approval.is_none() {
            continue;
        }
        sink.looked_at(1);
        if !known.any(|k| k == year) {
            let era = &number.as_str()[..3];
            let mut marks =
                vec![Mark::whole(&number.text, Section::Product, "").label(format!("{era} は {year} 年"), format!("{era} is {year}"))];
            if let (Some(field), Some((_, range))) = (approval, approved.first()) {
                marks.push(Mark::part(&field.value.text, range.clone(), Section::Product, "").label("承認年月日", "day of approval"));
            } else if let Some((event, _)) = events.first() {
                marks.push(Mark::whole(&event.date.text, Section::Product, "").label("備考の初め", "the history begins"));
            }
            sink.report(
                context,
                words(
                    format!("承認番号の {era} は {year} 年を示しますが、{year} 年の承認が承認年月日にも備考にもありません"),
                    format!("the approval number's {era} means {year}, but no approval of {year} is stated"),
                ),
                words("承認番号か承認年月日を承認書で確かめてください。", "check the number and the day of approval"),
                &marks,
            );
        }
    }
}

fn by_history(event: &RegulatoryEvent) -> Mark<'_> {
    Mark::whole(&event.date.text, Section::Product, "").label("備考の承認の日", "approval by the history")
}

/// The western year of an approval number's first three figures: 1 昭和, 2 平成, 3 令和, and the year of the era.
fn year(number: &str) -> Option<i16> {
    let figures = number.get(..5).filter(|f| f.bytes().all(|b| b.is_ascii_digit()))?;
    let era = match figures.as_bytes()[0] {
        b'1' => Era::Showa,
        b'2' => Era::Heisei,
        b'3' => Era::Reiwa,
        _ => return None,
    };
    let year: u16 = figures[1..3].parse().ok()?;
    (year > 0).then(|| era.western_year(year))
}
