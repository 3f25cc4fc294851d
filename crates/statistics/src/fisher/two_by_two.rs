//! Two rows, two columns.

use super::TOLERANCE;
use crate::hypergeometric::Margins;

/// What is held against "both rows are alike".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alternative {
    /// They differ.
    TwoSided,
    /// The first row has relatively fewer in the first column: an odds ratio below 1.
    Less,
    /// The first row has relatively more in the first column: an odds ratio above 1.
    Greater,
}

/// The p-value of Fisher's exact test of `[[a, b], [c, d]]`, rows being groups and the first column those with the event.
///
/// 1 where a row or a column is empty: only one table has these margins. `None` above
/// [`MAXIMUM_PATIENTS`](crate::hypergeometric::MAXIMUM_PATIENTS) patients.
#[must_use]
pub fn two_by_two(table: [[u64; 2]; 2], alternative: Alternative) -> Option<f64> {
    let [[a, b], [c, d]] = table;
    let margins = Margins::of(a.checked_add(c)?, b.checked_add(d)?, a.checked_add(b)?)?;
    Some(match alternative {
        Alternative::Less => margins.at_most(a),
        Alternative::Greater => margins.at_least(a),
        Alternative::TwoSided => two_sided(margins, a),
    })
}

/// Both tails of what is no more probable than `seen`.
fn two_sided(margins: Margins, seen: u64) -> f64 {
    let threshold = margins.ln_probability(seen) + TOLERANCE;
    let (lowest, highest) = margins.range();
    let mode = margins.mode();
    let counts = |k: u64| margins.ln_probability(k) <= threshold;
    if counts(mode) {
        return 1.0;
    }
    // The probabilities rise up to the mode and fall from it on.
    let below = counts(lowest).then(|| last(lowest, mode, counts)).map_or(0.0, |k| margins.sum_down(k));
    let above = counts(highest).then(|| last(highest, mode, counts)).map_or(0.0, |k| margins.sum_up(k));
    (below + above).min(1.0)
}

/// The `k` next to `to` for which `holds`, which it does at `from` and not at `to`, and changes once between.
fn last(from: u64, to: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut inside, mut outside) = (from, to);
    while inside.abs_diff(outside) > 1 {
        let middle = inside.midpoint(outside);
        if holds(middle) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lady_tasting_tea() {
        let tea = [[3, 1], [1, 3]];
        assert!((two_by_two(tea, Alternative::Greater).unwrap() - 17.0 / 70.0).abs() < 1e-15);
        assert!((two_by_two(tea, Alternative::TwoSided).unwrap() - 34.0 / 70.0).abs() < 1e-15);
        assert!((two_by_two(tea, Alternative::Less).unwrap() - 69.0 / 70.0).abs() < 1e-15);
    }

    #[test]
    fn one_table_alone_says_nothing() {
        for table in [[[0, 0], [0, 0]], [[5, 3], [0, 0]], [[5, 0], [7, 0]], [[0, 5], [0, 7]]] {
            for alternative in [Alternative::TwoSided, Alternative::Less, Alternative::Greater] {
                assert!((two_by_two(table, alternative).unwrap() - 1.0).abs() < 1e-14, "{table:?}");
            }
        }
        assert_eq!(two_by_two([[u64::MAX, 1], [1, 1]], Alternative::Less), None);
    }

    #[test]
    fn large_tables_end() {
        let quarter = 250_000_000_000;
        assert!(two_by_two([[quarter, quarter], [quarter, quarter]], Alternative::TwoSided).unwrap() > 0.999_999);
        let p = two_by_two([[quarter, quarter], [quarter - 1_000_000, quarter]], Alternative::TwoSided).unwrap();
        assert!(p > 0.0 && p < 1.0, "{p}");
    }
}
