//! 「調査期間終了後6ヵ月以内（2029年10月31日まで）」.

use std::ops::Range;

use calendar::{Counting, Date, Period, Unit, find_dates, find_periods, last_day};

use super::At;

/// What a deadline counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The end of the survey or trial.
    Survey,
    /// Another end, such as that of registration.
    Other,
}

/// A deadline counted from an end.
#[derive(Clone, Debug)]
pub struct Deadline {
    /// What it counts from.
    pub anchor: Anchor,
    /// How long after.
    pub period: Period,
    /// All of it, such as 調査期間終了後6ヵ月以内.
    pub range: Range<usize>,
    /// The day given in brackets.
    pub date: Option<At>,
}

impl Deadline {
    /// The deadline's length in a unit in which 1年 and 12ヵ月 are the same.
    #[must_use]
    pub fn length(&self) -> (Unit, u32) {
        match self.period.unit {
            Unit::Years => (Unit::Months, self.period.amount.saturating_mul(12)),
            Unit::Weeks => (Unit::Days, self.period.amount.saturating_mul(7)),
            unit => (unit, self.period.amount),
        }
    }

    /// The last day, where the end it counts from is known (民法140条: the day of the end is not counted).
    #[must_use]
    pub fn last_day(&self, end: Date) -> Option<Date> {
        last_day(end, self.period, Counting::FirstDayNotCounted)
    }
}

const BETWEEN: [&str; 17] =
    ["時点", "時", "日", "後", "から", "より", "の", "、", "概ね", "おおむね", "約", "およそ", "以降", "最長", "速やかに", "(", ":"];

/// The deadlines in a text (normalised).
#[must_use]
pub fn deadlines(text: &str) -> Vec<Deadline> {
    let mut found = Vec::new();
    for (at, end) in text.match_indices("終了") {
        let mut from = at + end.len();
        while let Some(word) = BETWEEN.iter().find(|w| text[from..].starts_with(**w)) {
            from += word.len();
        }
        if !text[from..].starts_with(|c: char| c.is_ascii_digit() || c == '半') {
            continue;
        }
        let stop = text[from..].char_indices().nth(16).map_or(text.len(), |(n, _)| from + n);
        let Some(period) = find_periods(&text[from..stop]).into_iter().next().filter(|p| p.range.start == 0) else { continue };
        let after = from + period.range.end;
        let rest = &text[after..];
        let Some(tail) =
            ["以内", "後", "を目途", "を目処", "を目安", "まで", "程度", "経過", "の時点", "頃"].into_iter().find(|t| rest.starts_with(t))
        else {
            continue;
        };
        let before = &text[..at];
        let clause = before.rfind(['。', '、', '・', ':', '(']).map_or(0, |n| n + before[n..].chars().next().map_or(1, char::len_utf8));
        let noun = &before[clause..];
        let start = if noun.chars().count() > 14 { before.char_indices().rev().nth(5).map_or(0, |(n, _)| n) } else { clause };
        let anchor = if [
            "調査",
            "調査期間",
            "試験",
            "試験期間",
            "調査対象期間",
            "調査実施期間",
            "研究",
            "研究期間",
            "実施期間",
            "本調査の",
            "調査の",
            "試験の",
        ]
        .iter()
        .any(|s| noun.ends_with(s))
        {
            Anchor::Survey
        } else {
            Anchor::Other
        };
        let end = after + tail.len();
        let date = text[end..].strip_prefix('(').and_then(|inner| inner.find(')').map(|close| &inner[..close])).and_then(|inner| {
            let date = find_dates(inner).into_iter().next()?;
            let value = date.value.ok()?;
            Some(At { range: end + 1 + date.range.start..end + 1 + date.range.end, date: value })
        });
        found.push(Deadline { anchor, period: period.period, range: start..end, date });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_of_reports() {
        for (text, length) in [
            ("調査期間終了後6ヵ月以内(2029年10月31日まで)に最終報告書を作成する。", 6),
            ("・調査期間終了3ヵ月後に本調査の報告書を作成・提出する。", 3),
            ("調査終了から9カ月後", 9),
            ("試験終了から1年後に総括報告書を作成する", 12),
            ("調査終了後、半年以内", 6),
        ] {
            let found = deadlines(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].length(), (Unit::Months, length), "{text}");
            assert_eq!(found[0].anchor, Anchor::Survey, "{text}");
        }
        assert_eq!(deadlines("調査期間終了後6ヵ月以内(2029年10月31日まで)")[0].date.as_ref().unwrap().date.to_string(), "2029-10-31");
        assert_eq!(deadlines("登録終了後6ヵ月以内")[0].anchor, Anchor::Other);
        assert!(deadlines("観察期間1年終了時の調査票収集完了時").is_empty());
        assert!(deadlines("調査終了時").is_empty());
    }
}
