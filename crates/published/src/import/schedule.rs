//! Periods, targets, milestones and reports as data.

use std::sync::LazyLock;

use calendar::{Counting, Period, Unit, find_dates, find_periods, last_day};
use plan::tables::{AnchorEvent, Method, ReportKind};
use regex::Regex;
use terminology::Text;

use super::draft::Draft;
use super::rules::{NOT_UNDERSTOOD, VIEWS_DISAGREE};
use super::toml::{Lines, date, quoted};
use super::views::Side;
use super::words::{paragraphs, unbulleted};
use crate::heading::{Section, Title};
use crate::model::{Activity, ListRow};
use crate::review::Mark;
use crate::review::activities::LISTS;
use crate::review::designs::patients;
use crate::review::periods::{self, Anchor, Interval, Status, eppv, observation, own_event, schedule, status};

/// What the data of an activity is read from.
pub struct Sources<'d> {
    /// Its name.
    pub name: String,
    /// Its entries in 2, 3 and 4.
    pub plan: [Option<&'d Activity>; 3],
    /// Its rows in 5.1, 5.2 and 5.3.
    pub rows: [Option<&'d ListRow>; 3],
    /// True for a 市販直後調査.
    pub eppv: bool,
}

const SECTIONS: [Section; 3] = crate::review::activities::PLANS;

/// Writes the keys of the plan of an activity, and gives what of it stays prose.
pub fn keys(draft: &mut Draft<'_>, of: &Sources<'_>, out: &mut Lines) -> Vec<Text> {
    let mut prose = Vec::new();
    let mut target = None;
    let mut period = false;
    for (activity, section) in of.plan.iter().zip(SECTIONS) {
        let Some(activity) = activity else { continue };
        let Some(part) = activity.part(Title::Plan) else { continue };
        draft.restated(&part.heading);
        out.comment(&format!("{}の【実施計画】：", section.number()));
        for paragraph in paragraphs(&part.body) {
            out.comment(&draft.words(&paragraph));
        }
        let text = &part.body.text;
        for (at, _) in text.as_str().match_indices("ただし、") {
            let end = text.as_str()[at..].find('。').map_or(text.len(), |n| at + n + '。'.len_utf8());
            prose.push(text.slice(at..end));
        }
        let Some(plan) = schedule(activity) else { continue };
        if !period && let Some(interval) = &plan.period {
            span(draft, "period", interval, text, section, out);
            period = true;
        }
        if let Some(interval) = plan.registration.as_ref().filter(|_| !of.eppv) {
            span(draft, "registration", interval, text, section, out);
        }
        if let Some(range) = plan.observation.clone().filter(|_| !of.eppv) {
            let words = draft.quote(&text.slice(range.clone()));
            out.key("observation", length(&text.as_str()[range], observation(&plan).map(|o| o.period), &words));
        }
        if let Some(range) = plan.target.clone().filter(|_| target.is_none()) {
            target = Some((text.slice(range), section));
        }
        if let Some(range) = plan.method.clone().filter(|_| !of.eppv) {
            let words = text.slice(range);
            out.text("method", method(words.as_str()).as_str());
            out.text("method_text", &draft.quote(&words));
        }
    }
    // the form prints no target of an EPPV, nor how its patients are found
    if !of.eppv {
        targets(draft, of, target, out);
    } else if !period {
        vigilance(draft, of, out);
    }
    prose
}

fn span(draft: &mut Draft<'_>, key: &str, interval: &Interval, text: &Text, section: Section, out: &mut Lines) {
    if interval.is_reversed() {
        draft.tell(
            &VIEWS_DISAGREE,
            ("期間の終わりが始めより前です。そのまま取り込みました".to_owned(), "a period ends before it begins; it was kept".to_owned()),
            ("正しい日付を確かめてください。", "find out the right dates"),
            &[Mark::part(text, interval.range.clone(), section, "")],
        );
    }
    out.key(key, format!("{{ start = {}, end = {} }}", date(interval.from.date), date(interval.until.date)));
}

static RANGE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"([0-9]+)(?:年|[かカヵヶケ箇]?月|週|日)?~([0-9]+)(年|[かカヵヶケ箇]月|週|日)").ok());

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Years => "years",
        Unit::Months => "months",
        Unit::Weeks => "weeks",
        Unit::Days => "days",
    }
}

/// A length of time: its number and its words.
fn length(text: &str, period: Option<Period>, words: &str) -> String {
    let mut keys = Vec::new();
    if let Some(period) = period.filter(|p| p.amount > 0) {
        keys.push(format!("{} = {}", unit(period.unit), period.amount));
        let up_to =
            RANGE.as_ref().and_then(|range| range.captures(text)).and_then(|c| c[2].parse::<u32>().ok().zip(c[1].parse::<u32>().ok()));
        if let Some((most, _)) = up_to.filter(|&(most, least)| least == period.amount && most > least) {
            keys.push(format!("up_to = {most}"));
        }
    }
    keys.push(format!("text = {}", quoted(words)));
    format!("{{ {} }}", keys.join(", "))
}

fn method(text: &str) -> Method {
    if text.contains("中央登録") {
        Method::CentralRegistration
    } else if text.contains("連続") {
        Method::Consecutive
    } else if text.contains("全例") {
        Method::AllCase
    } else if text.contains("データベース") || text.contains("抽出") {
        Method::Database
    } else {
        Method::Other
    }
}

/// What a target counts, where its words tell it.
fn counted(text: &str) -> Option<&'static str> {
    if text.contains("回収") || text.contains("収集") {
        Some("forms")
    } else if text.contains("登録") {
        Some("registered")
    } else if text.contains("解析") || text.contains("評価") && !text.contains('(') {
        Some("evaluable")
    } else {
        None
    }
}

fn targets(draft: &mut Draft<'_>, of: &Sources<'_>, own: Option<(Text, Section)>, out: &mut Lines) {
    let cells: Vec<(&Text, Section)> =
        of.rows.iter().zip(LISTS).filter_map(|(row, section)| Some((&row.as_ref()?.target.as_ref()?.text, section))).collect();
    // 本剤群300例、先行品群300例（計600例）
    let total = |text: &str| patients(text).into_iter().find(|(_, at)| text[..at.start].ends_with('計')).map(|p| p.0);
    let number = |text: &Text| total(text.as_str()).or_else(|| patients(text.as_str()).first().map(|p| p.0));
    let all = |text: &Text| patients(text.as_str()).into_iter().map(|p| p.0).collect::<Vec<_>>();
    let taken = own.as_ref().map(|(text, section)| (text, *section)).or_else(|| cells.first().copied());
    let Some((text, section)) = taken else { return };
    for &(cell, list) in cells.iter().filter(|(cell, _)| !std::ptr::eq(*cell, text)) {
        let (stated, here) = (all(cell), all(text));
        if let (Some(first), Some(_)) = (stated.first(), here.first())
            && !here.contains(first)
            && !here.iter().any(|value| stated.contains(value))
        {
            let comment = draft.disagree(("目標症例数", "target"), &[Side::of(section, text), Side::of(list, cell)]);
            out.comment(&comment);
        }
    }
    let Some(value) = number(text) else { return };
    out.key("target", value);
    if let Some(what) = counted(text.as_str()) {
        out.text("counted", what);
    }
    let words = draft.quote(text);
    let bare = terminology::core(text.as_str());
    if bare != format!("{value}例") || text.as_str().contains('(') {
        out.text("target_note", &words);
    }
}

/// 「令和5年12月4日から6か月間」.
fn from_day(text: &str) -> Option<(calendar::Date, calendar::Date)> {
    let dates = find_dates(text);
    let first = dates.first()?;
    let start = first.value.ok()?.day()?;
    let rest = text[first.range.end..].trim_start_matches("から").trim_start_matches("より");
    let length = find_periods(rest).into_iter().find(|found| found.range.start == 0)?;
    Some((start, last_day(start, length.period, Counting::FirstDayCounted)?))
}

/// The six months of vigilance: as stated, else from the approval.
fn vigilance(draft: &mut Draft<'_>, of: &Sources<'_>, out: &mut Lines) {
    let published = draft.published;
    for row in of.rows.iter().flatten() {
        let Some(cell) = &row.milestones else { continue };
        if let Some(interval) = eppv(cell.as_str()).interval.or_else(|| periods::intervals(cell.as_str()).into_iter().next()) {
            span(draft, "period", &interval, &cell.text, Section::MinimisationList, out);
            return;
        }
        if let Some((start, end)) = from_day(cell.as_str()) {
            out.comment("始めの日と期間の長さから終わりを計算した。");
            out.key("period", format!("{{ start = {start}, end = {end} }}"));
            return;
        }
    }
    let (event, day) = match own_event(&draft.context, &of.name) {
        Some((event, day)) => (draft.quote(&event.text.text), day),
        None => {
            // its report comes two months after its end
            let made = of.rows.iter().flatten().filter_map(|row| row.report.as_ref());
            let Some(made) = made.filter_map(|cell| periods::report(cell.as_str()).dates.first().map(|at| at.date)).next() else { return };
            let Some(product) = &published.product else { return };
            let due = |day: calendar::Date| last_day(day, Period { amount: 8, unit: Unit::Months }, Counting::FirstDayCounted);
            let hits: Vec<_> = periods::approvals(product).filter(|(_, day)| due(*day).is_some_and(|due| made.contains(due))).collect();
            let [(event, day)] = hits.as_slice() else { return };
            (format!("{}（報告書の時期から選んだ）", draft.quote(&event.text.text)), *day)
        }
    };
    let Some(end) = last_day(day, Period { amount: 6, unit: Unit::Months }, Counting::FirstDayCounted) else { return };
    out.comment(&format!("備考「{event}」から 6 か月として計算した。"));
    out.key("period", format!("{{ start = {day}, end = {end} }}"));
}

/// The entries of a cell: its bullets, else what 時 and a comma part.
fn entries(text: &Text) -> Vec<Text> {
    let key = text.as_str();
    let mut cuts: Vec<usize> = key
        .char_indices()
        .filter(|&(at, c)| {
            let before = key[..at].chars().next_back();
            let depth = key[..at].matches('(').count() > key[..at].matches(')').count();
            match c {
                '・' => {
                    !depth
                        && before.is_none_or(|b| {
                            matches!(
                                b,
                                '時' | '点'
                                    | '後'
                                    | ')'
                                    | '例'
                                    | '月'
                                    | '日'
                                    | '内'
                                    | '了'
                                    | '合'
                                    | '済'
                                    | '-'
                                    | '。'
                                    | 'み'
                                    | '定'
                                    | '予'
                                    | ':'
                                    | '出'
                            )
                        })
                }
                '①'..='⑳' => true,
                _ => false,
            }
        })
        .map(|(at, _)| at)
        .collect();
    if cuts.is_empty() {
        cuts.extend(key.match_indices("時、").map(|(at, found)| at + found.len()));
    }
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([key.len()]);
    starts
        .zip(ends)
        .filter(|(start, end)| start < end)
        .map(|(start, end)| {
            let part = &key[start..end];
            let head = part.trim_start_matches(|c: char| matches!(c, '・' | '-' | '○' | '●' | '◆' | '、' | '〇' | '①'..='⑳'));
            let tail = head.trim_end_matches(['、', '。', '・', '-']);
            let from = end - head.len();
            text.slice(from..from + tail.len())
        })
        .filter(|text| !text.is_empty())
        .collect()
}

/// The time of a milestone, as the language writes it.
fn when(text: &str) -> Option<String> {
    let dates = find_dates(text);
    let event = |event: AnchorEvent, more: &str| format!("{{ on = {}{more} }}", quoted(event.as_str()));
    let after = |text: &str| {
        find_periods(text)
            .first()
            .filter(|p| p.period.amount > 0)
            .map(|p| format!(", {} = {}", unit(p.period.unit), p.period.amount))
            .unwrap_or_default()
    };
    let count = || patients(text).first().map(|p| format!(", count = {}", p.0)).unwrap_or_default();
    if text.contains("安全性定期報告") {
        return Some("\"J-PSR\"".to_owned());
    }
    if dates.len() >= 2 || (!dates.is_empty() && text.contains("月間")) {
        return Some(event(AnchorEvent::End, ""));
    }
    if let [only] = dates.as_slice() {
        return only.value.ok().map(date);
    }
    if text.contains("承認取得")
        || text.contains("承認後")
        || text.contains("承認時")
        || text.contains("承認から")
        || text.contains("追加から")
    {
        return Some(event(AnchorEvent::Approval, &after(text)));
    }
    if text.contains("販売開始") || text.contains("発売") {
        return Some(event(AnchorEvent::Launch, &after(text)));
    }
    if text.contains("新たな")
        || text.contains("認められた場合")
        || text.contains("得られた場合")
        || text.contains("得られたとき")
        || text.contains("得られた時")
        || text.contains("必要に応じ")
        || text.contains("改訂")
    {
        return Some(event(AnchorEvent::NewInformation, ""));
    }
    if ["収集", "回収", "集積", "調査票"].iter().any(|word| text.contains(word)) {
        return Some(event(AnchorEvent::FormsCollected, &format!("{}{}", after(text), count())));
    }
    if text.contains("登録") {
        let tail = if text.contains("終了") || text.contains("完了") && patients(text).is_empty() {
            event(AnchorEvent::EndOfRegistration, &after(text))
        } else {
            event(AnchorEvent::Registered, &count())
        };
        return Some(tail);
    }
    if text.contains("結果報告") || text.contains("報告書") || text.contains("結果が得られ") || text.contains("結果の報告")
    {
        return Some(event(AnchorEvent::Report, ""));
    }
    if text.contains("観察") && (text.contains("終了") || text.contains("完了")) {
        return Some(event(AnchorEvent::EndOfObservation, &after(text)));
    }
    if text.contains("終了") || text.contains("完了") {
        let tail = text.split_once("終了").map_or("", |(_, tail)| tail);
        return Some(event(AnchorEvent::End, &after(tail)));
    }
    if !patients(text).is_empty() {
        return Some(event(AnchorEvent::Registered, &count()));
    }
    if text.contains("開始") {
        return Some(event(AnchorEvent::Start, &after(text)));
    }
    None
}

/// Writes the milestones and reports of an activity, and what its rows say as comments.
pub fn tables(draft: &mut Draft<'_>, of: &Sources<'_>, out: &mut Lines) {
    compared(draft, of, out);
    milestones(draft, of, out);
    reports(draft, of, out);
}

/// The rows as they stand, and where two of them disagree.
fn compared(draft: &mut Draft<'_>, of: &Sources<'_>, out: &mut Lines) {
    let mut statuses: Vec<(&Text, Section)> = Vec::new();
    for (row, section) in of.rows.iter().zip(LISTS) {
        let Some(row) = row else { continue };
        let cells = [("目標", &row.target), ("節目", &row.milestones), ("実施状況", &row.status), ("報告書", &row.report)];
        let words: Vec<String> = cells
            .iter()
            .filter_map(|(label, cell)| Some(format!("{label} {}", draft.words(&cell.as_ref().filter(|c| !c.text.is_empty())?.text))))
            .collect();
        if !words.is_empty() {
            out.comment(&format!("{}：{}", section.number(), words.join("｜")));
        }
        for (label, cell) in cells {
            let Some(cell) = cell else { continue };
            if let Some(note) = draft.unsure(cell, section, &of.name, (label, "cell of the list")) {
                out.comment(&note);
            }
        }
        statuses.extend(row.status.as_ref().map(|s| (&s.text, section)));
    }
    if let Some(&(first, section)) = statuses.first() {
        for &(other, list) in &statuses[1..] {
            if let (Some(a), Some(b)) = (status(first.as_str()), status(other.as_str()))
                && a != b
            {
                let comment = draft.disagree(("実施状況", "status"), &[Side::of(section, first), Side::of(list, other)]);
                out.comment(&comment);
            }
        }
    }
    // the report of a 市販直後調査, in 5.1 and in 5.3
    let made = of.rows[0].and_then(|row| row.report.as_ref());
    let planned = of.rows[2].and_then(|row| row.milestones.as_ref());
    if let (Some(made), Some(planned)) = (made, planned) {
        let one = periods::report(made.as_str()).dates.first().map(|at| at.date);
        let other = eppv(planned.as_str()).report;
        if let (Some(one), Some(other)) = (one, other)
            && (one.last() < other.date.first() || other.date.last() < one.first())
        {
            let part = planned.text.slice(other.range.clone());
            let comment = draft.disagree(
                ("市販直後調査の報告の時期", "time of the EPPV's report"),
                &[Side::of(LISTS[0], &made.text), Side::of(LISTS[2], &part)],
            );
            out.comment(&comment);
        }
    }
    // 安全性定期報告時, in the text and in the list
    for n in [0, 1, 2] {
        let (Some(activity), Some(row)) = (of.plan[n], of.rows[n]) else { continue };
        let (Some(part), Some(cell)) = (activity.part(Title::Milestones), &row.milestones) else { continue };
        let says = |text: &Text| text.as_str().contains("安全性定期報告");
        if cell.sure && !part.body.is_empty() && says(&part.body.text) != says(&cell.text) {
            let sides = [Side::of(LISTS[n], &cell.text), Side::of(SECTIONS[n], &part.body.text)];
            let comment = draft.disagree(("節目となる予定の時期（安全性定期報告時）", "milestones (periodic safety report)"), &sides);
            out.comment(&comment);
        }
    }
}

fn milestones(draft: &mut Draft<'_>, of: &Sources<'_>, out: &mut Lines) {
    let mut known: Vec<String> = Vec::new();
    for (row, section) in of.rows.iter().zip(LISTS) {
        let Some(cell) = row.and_then(|row| row.milestones.as_ref()) else { continue };
        let labelled = eppv(cell.as_str());
        let items = match &labelled.period {
            Some(range) => vec![cell.text.slice(range.clone())],
            None => entries(&cell.text),
        };
        for item in items {
            let name = terminology::core(item.as_str());
            if matches!(name.as_str(), "" | "該当せず" | "該当なし" | "なし") || known.contains(&name) {
                continue;
            }
            let first = known.is_empty() || section == LISTS[0];
            let Some(when) = when(item.as_str()) else {
                let words = draft.quote(&item);
                out.comment(&format!("節目「{words}」は時期として読めなかった。"));
                draft.tell(
                    &NOT_UNDERSTOOD,
                    (
                        format!("節目「{words}」を時期として読めませんでした"),
                        format!("the milestone “{words}” could not be read as a time"),
                    ),
                    ("[[milestone]] に直してください。", "make it a [[milestone]]"),
                    &[Mark::whole(&item, section, &of.name)],
                );
                continue;
            };
            // 5.3 repeats the period of a 市販直後調査 in other words
            if !first && of.eppv {
                continue;
            }
            known.push(name);
            out.header("[[milestone]]");
            out.key("when", when);
            out.text("text", &draft.quote(&item));
        }
    }
}

fn reports(draft: &mut Draft<'_>, of: &Sources<'_>, out: &mut Lines) {
    let mut known: Vec<String> = Vec::new();
    // the end of the last report's time, if the report is made
    let mut last_made = None;
    // what the document calls completed has its final report, whether or not it tells when it ended
    let finished =
        of.rows.iter().flatten().filter_map(|row| row.status.as_ref()).any(|cell| status(cell.as_str()) == Some(Status::Finished));
    let submitted = draft.context.submitted;
    for (row, section) in of.rows.iter().zip(LISTS) {
        let Some(cell) = row.and_then(|row| row.report.as_ref()) else { continue };
        for item in entries(&cell.text) {
            let (item, _) = unbulleted(&item);
            let name = terminology::key(item.as_str());
            if matches!(name.as_str(), "" | "該当せず" | "該当なし" | "なし" | "-") || known.contains(&name) {
                continue;
            }
            let read = periods::report(item.as_str());
            let mut keys = Lines::default();
            let due = read.deadlines.iter().find(|d| d.anchor == Anchor::Survey).or(read.deadlines.first());
            // 「2022年4月作成」 of what is completed; 「2030年4月作成予定」 is not made
            let past = |at: &periods::At| submitted.is_some_and(|day| at.date.first() <= day);
            let made = finished && !item.as_str().contains("予定") && read.dates.first().is_some_and(past);
            let done = read.done || made && due.is_none();
            match (done, read.dates.first(), due) {
                (true, Some(at), _) => keys.key("made", date(at.date)),
                (false, _, Some(deadline)) => {
                    let on = if deadline.anchor == Anchor::Survey { AnchorEvent::End } else { AnchorEvent::EndOfRegistration };
                    let sure = deadline.anchor == Anchor::Survey || item.as_str().contains("登録");
                    if sure {
                        keys.key(
                            "due",
                            format!("{{ on = {}, {} = {} }}", quoted(on.as_str()), unit(deadline.period.unit), deadline.period.amount),
                        );
                    }
                }
                (false, Some(at), None) => keys.key("due", date(at.date)),
                _ => keys.0.push_str(&when(item.as_str()).filter(|_| !done).map_or_else(String::new, |when| format!("due = {when}\n"))),
            }
            if section != LISTS[0] && !known.is_empty() {
                continue;
            }
            known.push(name);
            if let Some(day) = submitted.filter(|_| keys.0.is_empty() && done && finished) {
                keys.comment("作成日は文書にない。遅くとも提出年月日までに作成されている。");
                keys.key("made", day);
                let message = (
                    format!("報告書「{}」の作成日が文書にないため、提出年月日としました", draft.quote(&item)),
                    format!(
                        "the document does not tell when the report “{}” was made; the date of submission was taken",
                        draft.quote(&item)
                    ),
                );
                let hint = ("作成日に直してください。", "write the day it was made");
                draft.tell(&NOT_UNDERSTOOD, message, hint, &[Mark::whole(&item, section, &of.name)]);
            }
            if keys.0.is_empty() {
                let words = draft.quote(&item);
                out.comment(&format!("報告書「{words}」は時期として読めなかった。"));
                draft.tell(
                    &NOT_UNDERSTOOD,
                    (format!("報告書「{words}」の時期を読めませんでした"), format!("the time of the report “{words}” could not be read")),
                    ("[[report]] の made か due に書いてください。", "write it as made or due of a [[report]]"),
                    &[Mark::whole(&item, section, &of.name)],
                );
                continue;
            }
            out.header("[[report]]");
            let interim = item.as_str().contains("中間");
            out.0.push_str(&keys.0);
            last_made = (done && !interim).then_some(out.0.len());
            out.text("text", &draft.quote(&item));
        }
    }
    if let Some(at) = last_made.filter(|_| finished) {
        out.0.insert_str(at, &format!("kind = {}\n", quoted(ReportKind::Final.as_str())));
    }
}
