//! 「A より B まで」 and 「A～B」.

use std::ops::Range;

use calendar::{PartialDate, find_dates};

/// A date with its place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// Where it stands.
    pub range: Range<usize>,
    /// The date. One outside its era, such as 平成32年, is the one that is meant.
    pub date: PartialDate,
}

/// A period stated by its first and last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// From the first to the last of its dates.
    pub range: Range<usize>,
    /// Its first day.
    pub from: At,
    /// Its last day.
    pub until: At,
}

impl Interval {
    /// True if it ends before it begins, whatever the days are that months leave open.
    #[must_use]
    pub fn is_reversed(&self) -> bool {
        self.until.date.last() < self.from.date.first()
    }
}

/// The periods in a text (normalised).
#[must_use]
pub fn intervals(text: &str) -> Vec<Interval> {
    let dates: Vec<At> = find_dates(text)
        .into_iter()
        .filter_map(|d| {
            let date = d.value.or_else(|wrong| wrong.meant().ok_or(wrong)).ok()?;
            Some(At { range: d.range, date })
        })
        .collect();
    dates
        .windows(2)
        .filter(|pair| joins(&text[pair[0].range.end..pair[1].range.start]))
        .map(|pair| Interval { range: pair[0].range.start..pair[1].range.end, from: pair[0].clone(), until: pair[1].clone() })
        .collect()
}

/// True for what stands between the first and the last day of a period.
fn joins(between: &str) -> bool {
    let bare = terminology::core(between);
    matches!(bare.trim_start_matches("頃").trim_start_matches('、').trim_end_matches('、'), "より" | "から" | "~" | "-" | "→" | "以降")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_of_a_plan() {
        for text in [
            "2024年9月1日より2030年8月31日まで(予定)",
            "2024年9月1日~2030年8月31日",
            "2024年9月1日(予定)から令和12年8月31日まで",
            "2024/9/1~2030/8/31",
        ] {
            let found = intervals(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(
                (found[0].from.date.to_string(), found[0].until.date.to_string()),
                ("2024-09-01".to_owned(), "2030-08-31".to_owned())
            );
        }
        assert!(intervals("2024年9月1日、2030年8月31日").is_empty());
        assert!(intervals("2030年8月31日より2024年9月1日まで")[0].is_reversed());
        assert!(!intervals("2024年9月~2024年9月")[0].is_reversed());
    }
}
