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
    /// For each entry the part of the study: empty, an arm, a phase, or arm/phase. None where there are more patients than in the part.
    pub part_of: Vec<Option<String>>,
    /// The entries whose size is not that of their part, although it looks like it: 521 for 512.
    pub slips: Vec<usize>,
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
        let mut all = Self { part_of: vec![None; entries.len()], ..Self::default() };
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
            // a number said once that is less than those of its phases is one of a subset
            let times = |value: u64| of.iter().filter(|e| e.phase.is_none() && e.value == value).count();
            let plain = plain.filter(|&plain| times(plain) > 1 || of.iter().all(|e| e.phase.is_none() || e.value <= plain));
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
                all.part_of[n] = all.place(&entries[n], n);
            }
        }
        for (n, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.odd) {
            all.part_of[n] = Some(all.named_part(entry));
        }
        all
    }

    /// Finds the part that an entry is of, and adds it where there is none.
    fn place(&mut self, entry: &Entry, index: usize) -> Option<String> {
        let value = entry.value;
        // a subset of no arm is one of all of them
        if entry.arm.is_none() && self.arms.iter().all(|arm| !arm.name.is_empty()) && self.arms.len() > 1 {
            let known = entry.phase.is_none()
                && (self.whole == Some(value) || self.arms.iter().any(|arm| arm.size == value) || self.phase_of(value).is_some());
            if !known && let Some(whole) = self.whole {
                self.arms.insert(0, Arm { name: String::new(), size: whole, stated: true, phases: Vec::new() });
            }
        }
        let arm = match &entry.arm {
            Some(arm) => self.arms.iter().position(|a| a.name == *arm).unwrap_or(0),
            None => {
                if entry.phase.is_none() {
                    if self.whole == Some(value) {
                        return Some(String::new());
                    }
                    if let Some(arm) = self.arms.iter().find(|a| a.size == value) {
                        return Some(arm.name.clone());
                    }
                    if let Some(part) = self.phase_of(value) {
                        return Some(part);
                    }
                }
                0
            }
        };
        let several = self.arms.len() > 1;
        let arm = self.arms.get_mut(arm)?;
        if arm.stated && value > arm.size {
            if !alike(value, arm.size) {
                return None;
            }
            self.slips.push(index);
            return Some(arm.name.clone());
        }
        let within = |phase: &str| if arm.name.is_empty() { phase.to_owned() } else { format!("{}/{phase}", arm.name) };
        // a phase of no arm beside those of arms would be added to theirs
        let beside_arms = arm.name.is_empty() && several;
        let phase = entry.phase.as_ref().map(|phase| if beside_arms { format!("{phase}（全体）") } else { phase.clone() });
        let Some(phase) = &phase else {
            if arm.size == value {
                return Some(arm.name.clone());
            }
            let name = format!("{value}例");
            let part = within(&name);
            if !arm.phases.iter().any(|(known, _)| *known == name) {
                arm.phases.push((name, value));
                self.concluded.push(part.clone());
            }
            return Some(part);
        };
        Some(match arm.phases.iter().find(|(known, _)| known == phase) {
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
        })
    }

    fn phase_of(&self, value: u64) -> Option<String> {
        self.arms.iter().find_map(|arm| {
            let (phase, _) = arm.phases.iter().find(|(_, size)| *size == value)?;
            Some(if arm.name.is_empty() { phase.clone() } else { format!("{}/{phase}", arm.name) })
        })
    }

    /// The arms that have so many patients together, where there is one choice of them.
    pub fn arms_together(&self, value: u64) -> Option<Vec<String>> {
        /// More arms than any study has; they make up nearly every number.
        const MOST: usize = 8;
        let arms: Vec<&Arm> = self.arms.iter().filter(|arm| !arm.name.is_empty()).collect();
        if arms.len() > MOST {
            return None;
        }
        let chosen = |set: u32| arms.iter().enumerate().filter(move |(n, _)| set & (1 << n) != 0).map(|(_, arm)| *arm);
        let mut fits = (1..1_u32 << arms.len())
            .filter(|set| set.count_ones() > 1 && chosen(*set).fold(0_u64, |sum, arm| sum.saturating_add(arm.size)) == value);
        let first = fits.next()?;
        if fits.next().is_some() {
            return None;
        }
        let all = first.count_ones() as usize == arms.len();
        Some(if all && self.whole == Some(value) { vec![String::new()] } else { chosen(first).map(|arm| arm.name.clone()).collect() })
    }

    /// The part that has an entry's size, of the arm that it names, if it names one.
    pub fn exact(&self, entry: &Entry) -> Option<String> {
        let fits = |name: &str| entry.arm.as_ref().is_none_or(|arm| name.split('/').any(|part| part == arm));
        let mut parts = self.parts().into_iter().filter(|(part, size)| *size == entry.value && part.len() == 1);
        parts.find(|(part, _)| fits(&part[0])).and_then(|(mut part, _)| part.pop())
    }

    /// The part with the arm and the phase that an entry names; the whole where it names none that is known.
    fn named_part(&self, entry: &Entry) -> String {
        let arm = self.arms.iter().find(|arm| entry.arm.as_ref().is_none_or(|name| arm.name == *name));
        let phase = |arm: &Arm| arm.phases.iter().find(|(name, _)| entry.phase.as_ref() == Some(name)).map(|(name, _)| name.clone());
        arm.map(|arm| match phase(arm) {
            Some(phase) if arm.name.is_empty() => phase,
            Some(phase) => format!("{}/{phase}", arm.name),
            None => arm.name.clone(),
        })
        .unwrap_or_default()
    }

    /// Every choice of parts of this study that a pool may take, with its size, the whole first: the whole, each arm, the arms that are
    /// no control taken together, each phase.
    fn parts(&self) -> Vec<(Vec<String>, u64)> {
        let arms: Vec<&Arm> = self.arms.iter().filter(|arm| !arm.name.is_empty()).collect();
        // one arm of the size of the whole is the whole
        let whole = self.whole.filter(|&whole| arms.iter().all(|arm| arm.size != whole));
        let mut parts: Vec<(Vec<String>, u64)> = whole.map(|size| (vec![String::new()], size)).into_iter().collect();
        parts.extend(arms.iter().map(|arm| (vec![arm.name.clone()], arm.size)));
        let active: Vec<&&Arm> = arms.iter().filter(|arm| !is_control(&arm.name)).collect();
        if active.len() > 1 && active.len() < arms.len() {
            let sum = active.iter().fold(0_u64, |sum, arm| sum.saturating_add(arm.size));
            parts.push((active.iter().map(|arm| arm.name.clone()).collect(), sum));
        }
        for arm in &self.arms {
            let within = |phase: &str| if arm.name.is_empty() { phase.to_owned() } else { format!("{}/{phase}", arm.name) };
            parts.extend(arm.phases.iter().map(|(phase, size)| (vec![within(phase)], *size)));
        }
        parts
    }
}

/// True for two numbers of which one may be a slip of the other: the same digits, or nearly the same number.
pub fn alike(one: u64, other: u64) -> bool {
    let digits = |value: u64| {
        let mut digits: Vec<u8> = value.to_string().into_bytes();
        digits.sort_unstable();
        digits
    };
    digits(one) == digits(other) || one.abs_diff(other) <= one.min(other) / 20
}

/// True for an arm that is not given the medicine.
fn is_control(arm: &str) -> bool {
    ["プラセボ", "対照", "先行", "実薬", "無治療", "標準"].iter().any(|word| arm.contains(word))
}

/// A part of a study, by its index.
pub type Part = (usize, String);

/// The parts of several studies whose sizes add up to an entry's, else the one part of one study that has its size.
pub fn pooled(group: &[usize], entry: &Entry, known: &HashMap<usize, Sized>) -> Option<Vec<Part>> {
    const MOST: usize = 20_000;
    let parts: Vec<(usize, Choices)> = group.iter().map(|&study| (study, choices(study, entry, known, false))).collect();
    if parts.iter().all(|(_, parts)| !parts.is_empty()) {
        let mut tried = 0;
        let mut chosen = Vec::new();
        if sum(&parts, entry.value, &mut chosen, &mut tried, MOST) {
            return Some(chosen);
        }
    }
    let mut single: Vec<Part> = Vec::new();
    for (study, parts) in &parts {
        if let Some((part, _)) = parts.iter().find(|(part, size)| *size == entry.value && part.len() == 1) {
            single.push((*study, part[0].clone()));
        }
    }
    (single.len() == 1).then_some(single)
}

/// The choices of parts that a study offers, with their sizes.
type Choices = Vec<(Vec<String>, u64)>;

/// The choices of a study, those of the arm and phase that the sentence names first; of whole arms only, where asked.
fn choices(study: usize, entry: &Entry, known: &HashMap<usize, Sized>, arms_only: bool) -> Choices {
    let Some(sized) = known.get(&study) else { return Vec::new() };
    let mut parts = sized.parts();
    let named = |part: &[String]| {
        let names = || [&entry.arm, &entry.phase].into_iter().flatten();
        part.iter().map(|part| names().filter(|name| part.split('/').any(|p| p == name.as_str())).count()).sum::<usize>()
    };
    if arms_only {
        // what is said of 本剤群 holds for no control, and for no phase
        let controls = entry.arm.as_ref().is_some_and(|arm| is_control(arm));
        let fits = |name: &str| name.is_empty() && !(controls && sized.arms.len() > 1) || is_control(name) == controls;
        parts.retain(|(part, _)| {
            part.iter().all(|name| !name.contains('/') && (name.is_empty() || sized.arms.iter().any(|a| a.name == *name)) && fits(name))
        });
    }
    parts.sort_by_key(|(part, _)| std::cmp::Reverse(named(part)));
    parts
}

/// The one way in which two studies or more of some make up an entry's size; nothing where there are several ways.
pub fn only_sum(of: &[usize], entry: &Entry, known: &HashMap<usize, Sized>) -> Option<Vec<Part>> {
    const MOST: usize = 200_000;
    let parts: Vec<(usize, Choices)> = of.iter().map(|&study| (study, choices(study, entry, known, true))).collect();
    let mut ways: Vec<Vec<Part>> = Vec::new();
    let mut tried = 0;
    ways_of(&parts, entry.value, &mut Vec::new(), &mut tried, MOST, &mut ways);
    (ways.len() == 1 && tried <= MOST).then(|| ways.remove(0))
}

fn ways_of(parts: &[(usize, Choices)], value: u64, chosen: &mut Vec<Part>, tried: &mut usize, most: usize, ways: &mut Vec<Vec<Part>>) {
    *tried += 1;
    if *tried > most || ways.len() > 1 {
        return;
    }
    let Some(((study, own), rest)) = parts.split_first() else {
        let mut studies: Vec<usize> = chosen.iter().map(|(study, _)| *study).collect();
        studies.dedup();
        if value == 0 && studies.len() > 1 {
            ways.push(chosen.clone());
        }
        return;
    };
    ways_of(rest, value, chosen, tried, most, ways);
    for (part, size) in own {
        let Some(left) = value.checked_sub(*size) else { continue };
        let before = chosen.len();
        chosen.extend(part.iter().map(|part| (*study, part.clone())));
        ways_of(rest, left, chosen, tried, most, ways);
        chosen.truncate(before);
    }
}

fn sum(parts: &[(usize, Choices)], value: u64, chosen: &mut Vec<Part>, tried: &mut usize, most: usize) -> bool {
    let Some(((study, own), rest)) = parts.split_first() else { return value == 0 };
    for (part, size) in own {
        *tried += 1;
        if *tried > most {
            return false;
        }
        let Some(left) = value.checked_sub(*size) else { continue };
        let before = chosen.len();
        chosen.extend(part.iter().map(|part| (*study, part.clone())));
        if sum(rest, left, chosen, tried, most) {
            return true;
        }
        chosen.truncate(before);
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
        assert_eq!(one.part_of, ["", "", "導入期", "維持期", "導入期（6例）"].map(|part| Some(part.to_owned())));
        assert_eq!(one.concluded, ["導入期（6例）"]);
        let two = Sized::of(&[entry(31, "本剤群", ""), entry(24, "プラセボ群", ""), entry(55, "", ""), entry(20, "本剤群", "")]);
        assert_eq!(two.part_of, ["本剤群", "プラセボ群", "", "本剤群/20例"].map(|part| Some(part.to_owned())));
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
