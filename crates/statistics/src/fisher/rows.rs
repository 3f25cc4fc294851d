//! Any number of rows, two columns.

use std::fmt;

use super::TOLERANCE;
use crate::binomial;

/// Steps of the tables of longest and shortest paths: (patients of a row + 1) × (cases + 1), summed over the rows.
const MAXIMUM_STEPS: u64 = 60_000_000;
/// Rows times cases: what those tables hold.
const MAXIMUM_NODES: u64 = 4_000_000;
/// Continuations of partial tables that are looked at altogether.
const MAXIMUM_LOOKS: usize = 100_000_000;
/// Partial tables of different probability that are kept at one time, and that are made in one stage.
const MAXIMUM_PARTS: usize = 2_000_000;
/// Partial tables whose probabilities agree to this part are taken together: far below the tolerance, far above rounding.
const SAME: f64 = 1e-11;

/// The table has more partial tables than are looked at: nothing exact is said.
///
/// Bounded are time, to about a second, and memory: two million partial tables at one time. Within reach are, for example, 20,000 patients in
/// each of two rows with 400 cases, 3,000 in each of three with 3,300, 1,000 in each of five with 240, 300 in each of eight with 110; beyond it
/// is, for example, 200 in each of eight with a third of them cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

impl fmt::Display for TooLarge {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the table is too large for the exact test")
    }
}

impl std::error::Error for TooLarge {}

/// A partial table: its rows so far, with this logarithm of a probability, and how many such there are.
#[derive(Clone, Copy, Debug)]
struct Part {
    ln_probability: f64,
    ways: f64,
}

/// The exact two-sided p-value of a table of `[with the event, without]`, one row a group (Freeman and Halton).
///
/// The network method of C. R. Mehta and N. R. Patel (*Journal of the American Statistical Association* 78, 1983): rows are taken one
/// after the other, and a partial table is decided as soon as all or none of its completions count. The answer is that of the full
/// enumeration. R's `fisher.test` forgives 3.45e-7 instead of 1e-7 here.
///
/// 1 where there is less than two rows or an empty column.
///
/// # Errors
/// [`TooLarge`] when the work would pass a fixed bound; never a wrong value.
pub fn rows_by_two(rows: &[[u64; 2]]) -> Result<f64, TooLarge> {
    let network = Network::of(rows)?;
    if network.sizes.len() < 2 || network.cases == 0 || network.cases == network.all {
        return Ok(1.0);
    }
    network.p_value()
}

/// Rows in falling size, and for each node the most and the least probable way to the end.
struct Network {
    /// Patients of each row.
    sizes: Vec<u64>,
    /// Logarithm of the probability of each count in each row, under one common proportion.
    terms: Vec<Vec<f64>>,
    cases: u64,
    all: u64,
    proportion: f64,
    seen: f64,
}

impl Network {
    fn of(rows: &[[u64; 2]]) -> Result<Self, TooLarge> {
        let mut all = 0_u64;
        let mut columns = [0_u64; 2];
        for row in rows {
            for (column, count) in columns.iter_mut().zip(row) {
                *column = column.checked_add(*count).ok_or(TooLarge)?;
                all = all.checked_add(*count).ok_or(TooLarge)?;
            }
        }
        // The rarer column makes fewer tables.
        let rare = usize::from(columns[1] < columns[0]);
        let cases = columns[rare];
        let mut groups: Vec<(u64, u64)> = rows.iter().map(|row| (row[0] + row[1], row[rare])).filter(|(size, _)| *size > 0).collect();
        groups.sort_unstable_by(|one, other| other.cmp(one));
        let steps = groups.iter().try_fold(0_u64, |sum, (size, _)| {
            (size.min(&cases) + 1).checked_mul(cases + 1).and_then(|steps| sum.checked_add(steps)).filter(|sum| *sum <= MAXIMUM_STEPS)
        });
        steps.ok_or(TooLarge)?;
        (groups.len() as u64 + 1).checked_mul(cases + 1).filter(|nodes| *nodes <= MAXIMUM_NODES).ok_or(TooLarge)?;
        let proportion = if all == 0 { 0.0 } else { cases as f64 / all as f64 };
        let terms: Vec<Vec<f64>> = groups
            .iter()
            .map(|(size, _)| (0..=(*size).min(cases)).map(|k| binomial::ln_probability(k, *size, proportion)).collect())
            .collect();
        let seen = terms.iter().zip(&groups).map(|(terms, (_, k))| terms[*k as usize]).sum();
        Ok(Self { sizes: groups.iter().map(|(size, _)| *size).collect(), terms, cases, all, proportion, seen })
    }

    /// For each row and each number of cases left for it and those after it: the best of all ways, by `better`.
    fn paths(&self, better: fn(f64, f64) -> f64, worst: f64) -> Vec<Vec<f64>> {
        let width = self.cases as usize + 1;
        let mut paths = vec![vec![worst; width]; self.terms.len() + 1];
        paths[self.terms.len()][0] = 0.0;
        for row in (0..self.terms.len()).rev() {
            for left in 0..width {
                let mut best = worst;
                for (k, term) in self.terms[row].iter().enumerate().take(left + 1) {
                    let rest = paths[row + 1][left - k];
                    if rest != worst {
                        best = better(best, term + rest);
                    }
                }
                paths[row][left] = best;
            }
        }
        paths
    }

    fn p_value(&self) -> Result<f64, TooLarge> {
        let longest = self.paths(f64::max, f64::NEG_INFINITY);
        let shortest = self.paths(f64::min, f64::INFINITY);
        let threshold = self.seen + TOLERANCE;
        let total = binomial::ln_probability(self.cases, self.all, self.proportion);
        let width = self.cases as usize + 1;
        let mut remaining = self.all;
        let mut here: Vec<Vec<Part>> = vec![Vec::new(); width];
        here[width - 1].push(Part { ln_probability: 0.0, ways: 1.0 });
        let (mut value, mut looks) = (0.0, 0);
        for (row, terms) in self.terms.iter().enumerate() {
            remaining -= self.sizes[row];
            // How probable it is that the rows to come have so many cases together.
            let completions: Vec<f64> = (0..width).map(|left| binomial::ln_probability(left as u64, remaining, self.proportion)).collect();
            let mut next: Vec<Vec<Part>> = vec![Vec::new(); width];
            let mut made = 0;
            for (left, parts) in here.iter().enumerate() {
                for part in parts {
                    looks += terms.len().min(left + 1);
                    if looks > MAXIMUM_LOOKS {
                        return Err(TooLarge);
                    }
                    for (k, term) in terms.iter().enumerate().take(left + 1) {
                        let rest = left - k;
                        let (most, least) = (longest[row + 1][rest], shortest[row + 1][rest]);
                        let ln_probability = part.ln_probability + term;
                        if most == f64::NEG_INFINITY || ln_probability + least > threshold {
                            continue;
                        }
                        if ln_probability + most <= threshold {
                            value += part.ways * (ln_probability + completions[rest] - total).exp();
                            continue;
                        }
                        next[rest].push(Part { ln_probability, ways: part.ways });
                        made += 1;
                        if made > MAXIMUM_PARTS {
                            return Err(TooLarge);
                        }
                    }
                }
            }
            for parts in &mut next {
                merge(parts);
            }
            here = next;
        }
        Ok(value.min(1.0))
    }
}

/// Takes together what is equally probable.
fn merge(parts: &mut Vec<Part>) {
    parts.sort_unstable_by(|one, other| one.ln_probability.total_cmp(&other.ln_probability));
    parts.dedup_by(|part, first| {
        let same = part.ln_probability - first.ln_probability <= SAME;
        if same {
            first.ways += part.ways;
        }
        same
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fisher::{Alternative, two_by_two};

    #[test]
    fn two_rows_are_the_two_by_two_test() {
        for table in [[[3, 1], [1, 3]], [[10, 2], [3, 15]], [[0, 40], [5, 37]], [[120, 300], [90, 310]]] {
            let expected = two_by_two(table, Alternative::TwoSided).unwrap();
            let actual = rows_by_two(&table).unwrap();
            assert!((actual / expected - 1.0).abs() < 1e-12, "{table:?}: {actual} {expected}");
        }
    }

    #[test]
    fn nothing_to_compare() {
        for rows in [&[][..], &[[3, 4]], &[[0, 0], [0, 0]], &[[3, 4], [0, 0]], &[[3, 0], [9, 0], [1, 0]]] {
            assert_eq!(rows_by_two(rows), Ok(1.0));
        }
        assert_eq!(rows_by_two(&[[u64::MAX, 1], [1, 1]]), Err(TooLarge));
        assert_eq!(rows_by_two(&vec![[1, 1]; 100_000]), Err(TooLarge));
        assert_eq!(rows_by_two(&[[1_000_000, 1_000_000], [1_000_000, 1_000_001], [3, 4]]), Err(TooLarge));
    }

    /// All tables one by one, with probabilities from factorials.
    fn enumerated(rows: &[[u64; 2]]) -> f64 {
        fn choose(n: u64, k: u64) -> f64 {
            (0..k).fold(1.0, |product, i| product * (n - i) as f64 / (i + 1) as f64)
        }
        fn walk(rows: &[[u64; 2]], left: u64, product: f64, all: &mut Vec<f64>) {
            let Some((row, rest)) = rows.split_first() else {
                if left == 0 {
                    all.push(product);
                }
                return;
            };
            for k in 0..=left.min(row[0] + row[1]) {
                walk(rest, left - k, product * choose(row[0] + row[1], k), all);
            }
        }
        let mut all = Vec::new();
        walk(rows, rows.iter().map(|row| row[0]).sum(), 1.0, &mut all);
        let seen: f64 = rows.iter().map(|row| choose(row[0] + row[1], row[0])).product();
        all.iter().filter(|product| **product <= seen * (1.0 + 1e-7)).sum::<f64>() / all.iter().sum::<f64>()
    }

    #[test]
    fn the_network_is_the_enumeration() {
        let tables: [&[[u64; 2]]; 5] = [
            &[[1, 9], [4, 8], [0, 7]],
            &[[2, 3], [2, 3], [2, 3], [2, 3]],
            &[[0, 5], [1, 5], [2, 5], [5, 1], [0, 2]],
            &[[12, 3], [9, 6], [14, 2], [15, 1]],
            &[[1, 1], [0, 2], [2, 0], [1, 3], [3, 1], [2, 2]],
        ];
        for table in tables {
            let (actual, expected) = (rows_by_two(table).unwrap(), enumerated(table));
            assert!((actual / expected - 1.0).abs() < 1e-12, "{table:?}: {actual} {expected}");
        }
    }
}
