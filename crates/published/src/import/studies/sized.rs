//! From the denominators of a study to its arms and phases.

use std::collections::HashMap;

/// A size that the text states.
#[derive(Clone, Debug)]
pub struct Entry {
    /// So many patients.
    pub value: u64,
    /// The arm named.
    pub arm: Option<String>,
    /// The phase named.
    pub phase: Option<String>,
    /// The count of which it is the denominator.
    pub count: Option<usize>,
    /// True where it is rather that of another study.
    pub odd: bool,
}

/// An arm with its phases and subsets.
#[derive(Clone, Debug, Default)]
pub struct Arm {
    /// Its name; empty for the whole of a study.
    pub name: String,
    /// How many patients.
    pub size: u64,
    /// False where the size is only the largest of its phases.
    pub stated: bool,
    /// Name and size of phases and subsets.
    pub phases: Vec<(String, u64)>,
}

/// The arms and phases of a study, and which of them each entry is of.
#[derive(Clone, Debug, Default)]
pub struct Sized {
    /// The arms.
    pub arms: Vec<Arm>,
    /// For each entry the part of the study: empty, an arm, a phase, or arm/phase.
    pub part_of: Vec<String>,
    /// The parts that the text does not name.
    pub concluded: Vec<String>,
    /// The size of the whole.
    pub whole: Option<u64>,
}

/// The value stated most often; of those stated as often the largest.
fn most(values: impl Iterator<Item = u64>) -> Option<u64> {
    let mut tally: HashMap<u64, usize> = HashMap::new();
    values.for_each(|value| *tally.entry(value).or_default() += 1);
    tally.into_iter().max_by_key(|&(value, times)| (times, value)).map(|(value, _)| value)
}

impl Sized {
    /// Reads the arms and phases from the sizes of one study.
    pub fn of(entries: &[Entry]) -> Self {
        let mut all = Self { part_of: vec![String::new(); entries.len()], ..Self::default() };
        let mut names: Vec<&str> = Vec::new();
        for arm in entries.iter().filter(|e| !e.odd).filter_map(|e| e.arm.as_deref()) {
            if !names.contains(&arm) {
                names.push(arm);
            }
        }
        for name in &names {
            let of: Vec<&Entry> = entries.iter().filter(|e| !e.odd && e.arm.as_deref() == Some(name)).collect();
            let plain = most(of.iter().filter(|e| e.phase.is_none()).map(|e| e.value));
            let largest = of.iter().map(|e| e.value).max().unwrap_or(0);
            all.arms.push(Arm { name: (*name).to_owned(), size: plain.unwrap_or(largest), stated: plain.is_some(), phases: Vec::new() });
        }
        let named = all.arms.iter().fold(0_u64, |sum, arm| sum.saturating_add(arm.size));
        let whole = most(entries.iter().filter(|e| !e.odd && e.arm.is_none() && e.phase.is_none()).map(|e| e.value));
        if names.is_empty() {
            let largest = entries.iter().filter(|e| !e.odd).map(|e| e.value).max().unwrap_or(0);
            all.arms.push(Arm { name: String::new(), size: whole.unwrap_or(largest), stated: whole.is_some(), phases: Vec::new() });
        } else if let Some(whole) = whole.filter(|&whole| whole != named && all.arms.iter().all(|arm| whole > arm.size)) {
            all.arms.insert(0, Arm { name: String::new(), size: whole, stated: true, phases: Vec::new() });
        }
        all.whole = all.arms.iter().find(|arm| arm.name.is_empty()).map(|arm| arm.size).or(Some(named));
        // larger ones first, so that a phase has the size of its whole and not of a subset
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by_key(|&n| std::cmp::Reverse(entries[n].value));
        for n in order {
            if !entries[n].odd {
                all.part_of[n] = all.place(&entries[n]);
            }
        }
        all
    }

    /// Finds the part that an entry is of, and adds it where there is none.
    fn place(&mut self, entry: &Entry) -> String {
        let value = entry.value;
        let arm = match &entry.arm {
            Some(arm) => self.arms.iter().position(|a| a.name == *arm).unwrap_or(0),
            None => {
                if entry.phase.is_none() {
                    if self.whole == Some(value) {
                        return String::new();
                    }
                    if let Some(arm) = self.arms.iter().find(|a| a.size == value) {
                        return arm.name.clone();
                    }
                    if let Some(part) = self.phase_of(value) {
                        return part;
                    }
                }
                0
            }
        };
        let several = self.arms.len() > 1;
        let Some(arm) = self.arms.get_mut(arm) else { return String::new() };
        let within = |phase: &str| if arm.name.is_empty() { phase.to_owned() } else { format!("{}/{phase}", arm.name) };
        // a phase of no arm beside those of arms would be added to theirs
        let beside_arms = arm.name.is_empty() && several;
        let phase = entry.phase.as_ref().map(|phase| if beside_arms { format!("{phase}（全体）") } else { phase.clone() });
        let Some(phase) = &phase else {
            if arm.size == value {
                return arm.name.clone();
            }
            let name = format!("{value}例");
            let part = within(&name);
            if !arm.phases.iter().any(|(known, _)| *known == name) {
                arm.phases.push((name, value));
                self.concluded.push(part.clone());
            }
            return part;
        };
        match arm.phases.iter().find(|(known, _)| known == phase) {
            Some((_, size)) if *size == value => within(phase),
            Some(_) => {
                let name = format!("{phase}（{value}例）");
                let part = within(&name);
                if !arm.phases.iter().any(|(known, _)| *known == name) {
                    arm.phases.push((name, value));
                    self.concluded.push(part.clone());
                }
                part
            }
            None => {
                let part = within(phase);
                arm.phases.push((phase.clone(), value));
                part
            }
        }
    }

    fn phase_of(&self, value: u64) -> Option<String> {
        self.arms.iter().find_map(|arm| {
            let (phase, _) = arm.phases.iter().find(|(_, size)| *size == value)?;
            Some(if arm.name.is_empty() { phase.clone() } else { format!("{}/{phase}", arm.name) })
        })
    }

    /// Every part with its size, the whole first.
    fn parts(&self) -> Vec<(String, u64)> {
        let mut parts: Vec<(String, u64)> = self.whole.map(|size| (String::new(), size)).into_iter().collect();
        for arm in &self.arms {
            if !arm.name.is_empty() {
                parts.push((arm.name.clone(), arm.size));
            }
            let within = |phase: &str| if arm.name.is_empty() { phase.to_owned() } else { format!("{}/{phase}", arm.name) };
            parts.extend(arm.phases.iter().map(|(phase, size)| (within(phase), *size)));
        }
        parts
    }
}

/// The parts of several studies whose sizes add up to an entry's, else the one part of one study that has its size.
pub fn pooled(group: &[usize], entry: &Entry, known: &HashMap<usize, Sized>) -> Option<Vec<(usize, String)>> {
    const MOST: usize = 20_000;
    let parts: Vec<(usize, Vec<(String, u64)>)> =
        group.iter().map(|&study| (study, known.get(&study).map(Sized::parts).unwrap_or_default())).collect();
    if parts.iter().all(|(_, parts)| !parts.is_empty()) {
        // parts of the arm and phase that the sentence names come first
        let sorted: Vec<(usize, Vec<(String, u64)>)> = parts
            .iter()
            .map(|(study, parts)| {
                let mut parts = parts.clone();
                let named = |part: &str| {
                    [&entry.arm, &entry.phase].into_iter().flatten().filter(|name| part.split('/').any(|p| p == name.as_str())).count()
                };
                parts.sort_by_key(|(part, _)| std::cmp::Reverse(named(part)));
                (*study, parts)
            })
            .collect();
        let mut tried = 0;
        let mut chosen = Vec::new();
        if sum(&sorted, entry.value, &mut chosen, &mut tried, MOST) {
            return Some(chosen);
        }
    }
    let mut single: Vec<(usize, String)> = Vec::new();
    for (study, parts) in &parts {
        if let Some((part, _)) = parts.iter().find(|(_, size)| *size == entry.value) {
            single.push((*study, part.clone()));
        }
    }
    (single.len() == 1).then_some(single)
}

fn sum(parts: &[(usize, Vec<(String, u64)>)], value: u64, chosen: &mut Vec<(usize, String)>, tried: &mut usize, most: usize) -> bool {
    let Some(((study, own), rest)) = parts.split_first() else { return value == 0 };
    for (part, size) in own {
        *tried += 1;
        if *tried > most {
            return false;
        }
        let Some(left) = value.checked_sub(*size) else { continue };
        chosen.push((*study, part.clone()));
        if sum(rest, left, chosen, tried, most) {
            return true;
        }
        chosen.pop();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(value: u64, arm: &str, phase: &str) -> Entry {
        let named = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        Entry { value, arm: named(arm), phase: named(phase), count: None, odd: false }
    }

    #[test]
    fn sizes_become_arms_and_phases() {
        let one =
            Sized::of(&[entry(62, "", ""), entry(62, "", ""), entry(62, "", "導入期"), entry(58, "", "維持期"), entry(6, "", "導入期")]);
        assert_eq!(one.part_of, ["", "", "導入期", "維持期", "導入期（6例）"]);
        assert_eq!(one.concluded, ["導入期（6例）"]);
        let two = Sized::of(&[entry(31, "本剤群", ""), entry(24, "プラセボ群", ""), entry(55, "", ""), entry(20, "本剤群", "")]);
        assert_eq!(two.part_of, ["本剤群", "プラセボ群", "", "本剤群/20例"]);
        assert_eq!(two.whole, Some(55));
    }

    #[test]
    fn pooled_sizes_are_sums_of_parts() {
        let known =
            HashMap::from([(1, Sized::of(&[entry(31, "本剤群", ""), entry(24, "プラセボ群", "")])), (2, Sized::of(&[entry(23, "", "")]))]);
        let found = pooled(&[1, 2], &entry(54, "", ""), &known);
        assert_eq!(found, Some(vec![(1, "本剤群".to_owned()), (2, String::new())]));
        assert_eq!(pooled(&[1, 2], &entry(24, "", ""), &known), Some(vec![(1, "プラセボ群".to_owned())]));
        assert_eq!(pooled(&[1, 2], &entry(500, "", ""), &known), None);
    }
}
