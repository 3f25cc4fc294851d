//! The cells of 5.1 to 5.3.

use std::ops::Range;

use calendar::{Period, find_dates, find_periods};

use super::{At, Deadline, Interval, deadlines, intervals};

/// What 実施状況 says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 計画中, 実施予定.
    Planned,
    /// 実施中.
    Ongoing,
    /// 終了.
    Finished,
}

/// Reads 実施状況; None where it says something else or several things.
#[must_use]
pub fn status(cell: &str) -> Option<Status> {
    let cell = cell.trim_start_matches(['・', '-']).trim_end_matches('。');
    let bare = terminology::core(cell);
    Some(match bare.as_str() {
        "終了" | "調査終了" | "試験終了" | "終了済み" | "終了済" | "完了" | "実施済み" | "実施済" | "終了した" => {
            Status::Finished
        }
        "実施中" | "継続中" | "調査中" | "試験中" | "登録中" | "実施" | "実施している" | "調査実施中" | "試験実施中" | "継続実施中" => {
            Status::Ongoing
        }
        "計画中" | "実施予定" | "予定" | "未実施" | "開始前" | "準備中" | "未開始" | "計画" | "実施準備中" => {
            Status::Planned
        }
        _ => return None,
    })
}

/// What 報告書の作成予定日 says.
#[derive(Clone, Debug)]
pub struct Report {
    /// True where a report is said to be made or submitted.
    pub done: bool,
    /// Its dates.
    pub dates: Vec<At>,
    /// Deadlines counted from an end.
    pub deadlines: Vec<Deadline>,
}

/// Reads 報告書の作成予定日, such as 「作成済み（2025年1月提出）」.
#[must_use]
pub fn report(cell: &str) -> Report {
    let dates = find_dates(cell).into_iter().filter_map(|d| Some(At { date: d.value.ok()?, range: d.range })).collect();
    let done = ["済", "完了", "作成した", "提出した"].iter().any(|w| cell.contains(w))
        || (cell.contains("提出") && !cell.contains("予定") && !cell.contains("終了"));
    Report { done, dates, deadlines: deadlines(cell) }
}

/// What a row of 5.3 says of a 市販直後調査.
#[derive(Clone, Debug, Default)]
pub struct Eppv {
    /// 実施期間.
    pub period: Option<Range<usize>>,
    /// Its length, where it is stated as one.
    pub length: Option<(Range<usize>, Period)>,
    /// Its first and last day, where they are stated.
    pub interval: Option<Interval>,
    /// 評価の予定時期, where it is a date.
    pub evaluation: Option<At>,
    /// 報告の予定時期, where it is a date.
    pub report: Option<At>,
}

/// Reads 「実施期間：…6ヵ月間 評価の予定時期：… 報告の予定時期：…」.
#[must_use]
pub fn eppv(cell: &str) -> Eppv {
    let labels = ["実施期間", "調査期間", "評価の予定時期", "評価予定時期", "報告の予定時期", "報告予定時期"];
    let mut starts: Vec<(usize, usize, &str)> = labels
        .into_iter()
        .flat_map(|label| cell.match_indices(label).map(move |(at, l)| (at, at + l.len(), label)))
        .filter_map(|(at, end, label)| cell[end..].starts_with(':').then_some((at, end + 1, label)))
        .collect();
    starts.sort_unstable();
    let mut eppv = Eppv::default();
    for (n, &(_, from, label)) in starts.iter().enumerate() {
        let to = starts.get(n + 1).map_or(cell.len(), |s| s.0);
        let value = &cell[from..to];
        let shifted = |range: &Range<usize>| from + range.start..from + range.end;
        if label.ends_with("期間") {
            if eppv.period.is_some() {
                continue;
            }
            eppv.period = Some(from..to);
            eppv.length = find_periods(value).into_iter().next().map(|p| (shifted(&p.range), p.period));
            eppv.interval = intervals(cell).into_iter().find(|i| i.range.start >= from && i.range.end <= to).or_else(|| {
                // A から 6ヵ月間（B まで）
                let dates: Vec<At> =
                    find_dates(value).into_iter().filter_map(|d| Some(At { range: shifted(&d.range), date: d.value.ok()? })).collect();
                match dates.as_slice() {
                    [a, b] if cell[b.range.end..].starts_with("まで") => {
                        Some(Interval { range: a.range.start..b.range.end, from: a.clone(), until: b.clone() })
                    }
                    _ => None,
                }
            });
        } else {
            let dates = find_dates(value);
            let date = match dates.as_slice() {
                [only] if !only.is_broken_off(value) => only.value.ok().map(|date| At { range: shifted(&only.range), date }),
                _ => None,
            };
            let slot = if label.starts_with("評価") { &mut eppv.evaluation } else { &mut eppv.report };
            if slot.is_none() {
                *slot = date;
            }
        }
    }
    eppv
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses() {
        assert_eq!(status("実施中"), Some(Status::Ongoing));
        assert_eq!(status("終了(2025年3月)"), Some(Status::Finished));
        assert_eq!(status("実施予定"), Some(Status::Planned));
        assert_eq!(status("終了実施中"), None);
    }

    #[test]
    fn reports() {
        let cell = report("作成済み(2025年1月提出)");
        assert!(cell.done && cell.dates[0].date.to_string() == "2025-01");
        let cell = report("調査終了後6ヵ月以内に提出");
        assert!(!cell.done && cell.dates.is_empty() && cell.deadlines.len() == 1);
    }

    #[test]
    fn eppv_cells() {
        let cell = eppv("実施期間:令和5年6月1日から6ヵ月間(令和5年11月30日まで)評価の予定時期:令和6年1月報告の予定時期:令和6年1月");
        assert_eq!(cell.length.unwrap().1.amount, 6);
        assert_eq!(cell.interval.unwrap().until.date.to_string(), "2023-11-30");
        assert_eq!(cell.report.unwrap().date.to_string(), "2024-01");
        let cell = eppv("実施期間:2026年5月20日~2026年11月19日評価の予定時期:調査終了後2カ月以内");
        assert!(cell.length.is_none() && cell.interval.is_some() && cell.evaluation.is_none());
    }
}
