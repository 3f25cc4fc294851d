//! Re-examination: years, last day or indication disagree.

use calendar::{Counting, Period, Unit, last_day};
use diagnostic::Severity;

use crate::heading::Section;
use crate::model::{Product, Reexamination};
use crate::review::periods::{self, approvals, ja, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP406",
    name: "reexamination-period-wrong",
    severity: Severity::Error,
    title: ("再審査期間の年数・終期・効能番号が合わない", "re-examination: years, last day or indication disagree"),
    why: (
        "再審査期間は承認日を初日として数え、効能又は効果ごとに定まる。",
        "the re-examination period counts the day of approval as its first, and each indication has its own",
    ),
    reference: periods::REEXAMINATION,
    manual: include_str!("reexamination_period_wrong.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let Some(product) = &context.published.product else { return };
    let entries: Vec<&Reexamination> = product.reexaminations.iter().filter(|e| e.text.sure).collect();
    if entries.len() != product.reexaminations.len() {
        return;
    }
    for entry in &entries {
        sink.looked_at(1);
        length(context, sink, entry);
        beginning(context, sink, product, entry);
        if entry.remaining {
            remaining(context, sink, &entries, entry);
        }
    }
    coverage(context, sink, product, &entries);
}

/// Years against first and last day.
fn length(context: &Context<'_>, sink: &mut Sink, entry: &Reexamination) {
    let Some(years) = entry.years else { return };
    if !matches!(years, 4 | 5 | 6 | 8 | 10) && !entry.remaining {
        sink.report_as(
            Severity::Info,
            context,
            words(format!("再審査期間 {years} 年はあまり例のない長さです"), format!("{years} years is an unusual re-examination period")),
            words("承認書で確かめてください。", "check it in the approval"),
            &[Mark::whole(&entry.text.text, Section::Product, "")],
        );
    }
    let (Some(from), Some(until)) = (&entry.from, &entry.until) else { return };
    let (Some(first), Some(last)) = (from.date, until.date) else { return };
    let Some(start) = first.day().filter(|_| last.last() >= first.first()) else { return };
    let Some(end) = last_day(start, Period { amount: years, unit: Unit::Years }, Counting::FirstDayCounted) else { return };
    if !last.contains(end) {
        sink.report(
            context,
            words(
                format!("{} から {years} 年の期間は {} に終わります（承認日を算入）", ja(start), ja(end)),
                format!("{years} years from {start}, that day counted, end on {end}"),
            ),
            words("年数、始期、終期のいずれかを直してください。", "mend the years, the first or the last day"),
            &[
                Mark::whole(&until.text, Section::Product, "").label(format!("正しくは {}", ja(end)), format!("{end} by the Civil Code")),
                Mark::whole(&from.text, Section::Product, "").label("始期", "first day"),
            ],
        );
    }
}

/// The first day is that of an approval.
fn beginning(context: &Context<'_>, sink: &mut Sink, product: &Product, entry: &Reexamination) {
    let (Some(from), Some(_)) = (&entry.from, &entry.until) else { return };
    let Some(first) = from.date.and_then(|d| d.day()) else { return };
    let days: Vec<_> = approvals(product).map(|(_, day)| day).collect();
    if days.is_empty() || days.contains(&first) {
        return;
    }
    let field = product
        .field("承認年月日")
        .is_some_and(|f| calendar::find_dates(f.value.as_str()).iter().any(|d| d.value.is_ok_and(|d| d.contains(first))));
    if !field {
        let mut marks = vec![Mark::whole(&from.text, Section::Product, "").label("備考にない", "not in the history")];
        let near = approvals(product).min_by_key(|(_, day)| (*day - first).get_days().abs());
        marks.extend(
            near.map(|(event, _)| Mark::whole(&event.date.text, Section::Product, "").label("備考の承認の日", "approval by the history")),
        );
        sink.report_as(
            Severity::Warning,
            context,
            words(
                format!("再審査期間の始期 {} に当たる承認が備考にありません", ja(first)),
                format!("no approval of {first}, the first day of this period, is in the history"),
            ),
            words(
                "始期は効能又は効果の承認日です。備考の日付と照らしてください。",
                "the period begins on the day the indication was approved; compare the history",
            ),
            &marks,
        );
    }
}

/// The rest of another period ends with it.
fn remaining(context: &Context<'_>, sink: &mut Sink, entries: &[&Reexamination], entry: &Reexamination) {
    let Some(until) = &entry.until else { return };
    let Some(last) = until.date else { return };
    let words_of = entry.text.as_str();
    let named = entries.iter().find(|other| {
        !std::ptr::eq(**other, entry)
            && !other.none
            && other.indication.is_some_and(|n| Some(n) != entry.indication && words_of.contains(&format!("効能{n}の残")))
    });
    let ends: Vec<_> =
        entries.iter().filter(|o| !std::ptr::eq(**o, entry)).filter_map(|o| o.until.as_ref()).filter(|u| u.date.is_some()).collect();
    let wrong = match named {
        Some(other) => other.until.as_ref().filter(|u| u.date.is_some_and(|d| !d.contains(last.first()) && !last.contains(d.first()))),
        None if !ends.is_empty() && ends.len() + 1 == entries.iter().filter(|e| !e.none).count() => {
            let fits = ends.iter().any(|u| u.date.is_some_and(|d| d.contains(last.first())));
            if fits { None } else { ends.first().copied() }
        }
        None => None,
    };
    if let Some(other) = wrong {
        sink.report(
            context,
            words(
                format!("残余期間の終わり {} が、元の再審査期間の終わりと異なります", last.in_japanese()),
                format!("the rest of a period ends on {last}, but the period itself does not"),
            ),
            words("元の再審査期間の終期に合わせてください。", "let it end with the period it is the rest of"),
            &[
                Mark::whole(&until.text, Section::Product, "").label("残余期間の終わり", "end of the rest"),
                Mark::whole(&other.text, Section::Product, "").label("元の期間の終わり", "end of the period"),
            ],
        );
    }
}

/// Each indication has an entry, and each entry an indication.
fn coverage(context: &Context<'_>, sink: &mut Sink, product: &Product, entries: &[&Reexamination]) {
    let numbered: Vec<(u32, &Reexamination)> = entries.iter().filter_map(|e| Some((e.indication?, *e))).collect();
    if numbered.len() < 2 || numbered.len() != entries.len() {
        return;
    }
    // one entry for several, such as 効能1～3
    let several = |e: &Reexamination| {
        e.text.as_str().split(':').next().is_some_and(|head| head.contains(['~', '、', ',', '・', '-']) || head.contains("及び"))
    };
    if entries.iter().any(|e| several(e)) {
        return;
    }
    let count = indications(product);
    let highest = numbered.iter().map(|n| n.0).max().unwrap_or(0);
    for number in 1..=count.max(highest) {
        sink.looked_at(1);
        let own: Vec<_> = numbered.iter().filter(|n| n.0 == number).collect();
        let added = |e: &Reexamination| e.text.as_str().split(':').next().is_some_and(|head| head.contains("追加"));
        if !own.is_empty() && !own.iter().all(|n| added(n.1)) {
            continue;
        }
        let near = numbered.iter().rfind(|n| n.0 <= number).or_else(|| numbered.first());
        let Some((_, near)) = near else { continue };
        let mut marks = vec![
            Mark::whole(&near.text.text, Section::Product, "")
                .label(format!("効能{number} がない"), format!("indication {number} is missing")),
        ];
        let indication = product.indications.iter().find(|i| i.number == Some(number));
        marks.extend(
            indication
                .map(|i| Mark::part(&i.text.text, 0..head(i.text.as_str()), Section::Product, "").label("効能又は効果", "indication")),
        );
        sink.report(
            context,
            words(format!("効能{number} の再審査期間がありません"), format!("indication {number} has no re-examination entry")),
            words("効能又は効果の番号ごとに、年数又は「なし」を記載してください。", "state the years, or なし, for each indication"),
            &marks,
        );
    }
    let sure = product.indications.len() == count as usize && product.indications.iter().all(|i| i.text.sure);
    for (number, entry) in numbered.iter().filter(|n| sure && count >= 2 && n.0 > count) {
        let mut marks = vec![Mark::whole(&entry.text.text, Section::Product, "").label("効能又は効果にない番号", "no such indication")];
        marks.extend(product.indications.last().map(|i| {
            Mark::part(&i.text.text, 0..head(i.text.as_str()), Section::Product, "").label("最後の効能又は効果", "the last indication")
        }));
        sink.report(
            context,
            words(
                format!("効能{number} の再審査期間がありますが、効能又は効果は {count} までです"),
                format!("there is a re-examination entry for indication {number}, but only {count} indications"),
            ),
            words("効能又は効果と再審査期間の番号を照らしてください。", "compare the numbers of both lists"),
            &marks,
        );
    }
}

/// Where the first 24 characters of a text end: enough to know an indication by.
fn head(text: &str) -> usize {
    text.char_indices().nth(24).map_or(text.len(), |(at, _)| at)
}

/// How many numbered indications there are: the numbers in their order, also where several stand in one line. 0 where they have
/// none.
fn indications(product: &Product) -> u32 {
    let read = product.indications.iter().filter_map(|i| i.number).max().unwrap_or(0);
    let Some(field) = product.field("効能又は効果") else { return read };
    let text = field.value.as_str();
    let (mut count, mut from) = (0, 0);
    loop {
        let next: u32 = count + 1;
        let label = format!("{next}.");
        let hit = text[from..].match_indices(&label).map(|(at, _)| from + at).find(|&at| {
            !text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.')
                && !text[at + label.len()..].starts_with(|c: char| c.is_ascii_digit())
        });
        let Some(at) = hit else { break };
        from = at + label.len();
        count = next;
    }
    read.max(count)
}
