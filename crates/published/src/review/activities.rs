//! Each additional activity once, with all the places that name it.

use std::collections::HashMap;

use crate::heading::Section;
use crate::model::{Activity, ListRow, Published, Stated};
use crate::review::names::{ActivityName, MOST_COMPARED, Names, Relation};

/// An additional activity, as the views of the document state it.
pub struct Entry<'a> {
    /// Its name where it is first stated: in 2, 3 or 4, else in a list, else in the summary.
    pub name: &'a Stated,
    /// Where that is.
    pub section: Section,
    /// Its names in the summary, under 2, 3 and 4.
    pub summary: [Option<&'a Stated>; 3],
    /// What 2, 3 and 4 say of it.
    pub plan: [Option<&'a Activity>; 3],
    /// Its rows in 5.1, 5.2 and 5.3.
    pub rows: [Option<&'a ListRow>; 3],
    /// All names it goes by, with where they stand and how they relate to [`Entry::name`].
    pub names: Vec<(&'a Stated, Section, bool, Relation)>,
}

/// Sections 2, 3 and 4.
pub const PLANS: [Section; 3] = [Section::Pharmacovigilance, Section::EfficacyStudies, Section::Minimisation];
/// Lists 5.1, 5.2 and 5.3.
pub const LISTS: [Section; 3] = [Section::PharmacovigilanceList, Section::EfficacyList, Section::MinimisationList];

/// Pairs the activities of all views.
#[must_use]
pub fn pairs<'a>(published: &'a Published, names: &Names<'_>) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for (n, plan) in published.plans.iter().enumerate() {
        let stated: Vec<&Stated> = plan.activities.iter().map(|a| &a.name).collect();
        for (activity, found) in place(names, &entries, &stated, |e| e.plan[n].is_some()).into_iter().enumerate() {
            let (entry, relation) = found.unwrap_or_else(|| (named(names, &mut entries, stated[activity]), Relation::Same));
            entries[entry].plan[n].get_or_insert(&plan.activities[activity]);
            entries[entry].add(stated[activity], PLANS[n], false, relation);
        }
    }
    for (n, list) in published.lists.iter().enumerate() {
        let stated: Vec<&Stated> = list.rows.iter().map(|r| &r.name).collect();
        for (row, found) in place(names, &entries, &stated, |e| e.rows[n].is_some()).into_iter().enumerate() {
            let (entry, relation) = found.unwrap_or_else(|| (named(names, &mut entries, stated[row]), Relation::Same));
            entries[entry].rows[n].get_or_insert(&list.rows[row]);
            entries[entry].add(stated[row], LISTS[n], false, relation);
        }
    }
    if let Some(summary) = &published.summary {
        for (n, listed) in summary.activities.iter().enumerate() {
            let stated: Vec<&Stated> = listed.iter().collect();
            for (at, found) in place(names, &entries, &stated, |e| e.summary[n].is_some()).into_iter().enumerate() {
                let (entry, relation) = found.unwrap_or_else(|| (named(names, &mut entries, stated[at]), Relation::Same));
                entries[entry].summary[n].get_or_insert(stated[at]);
                entries[entry].add(stated[at], PLANS[n], true, relation);
            }
        }
    }
    entries
}

/// The entry of this very name, a new one where there is none: stated twice in one view it is still one activity.
fn named(names: &Names<'_>, entries: &mut Vec<Entry<'_>>, name: &Stated) -> usize {
    let known = entries.iter().position(|e| names.name(e.name.as_str()).key == names.name(name.as_str()).key);
    known.unwrap_or_else(|| {
        entries.push(Entry {
            name: EMPTY,
            section: Section::Summary,
            summary: [None; 3],
            plan: [None; 3],
            rows: [None; 3],
            names: Vec::new(),
        });
        entries.len() - 1
    })
}

const EMPTY: &Stated = &Stated { text: terminology::Text::empty(), sure: false };

impl<'a> Entry<'a> {
    fn add(&mut self, name: &'a Stated, section: Section, in_summary: bool, relation: Relation) {
        if self.names.is_empty() {
            self.name = name;
            self.section = section;
        }
        self.names.push((name, section, in_summary, relation));
    }
}

/// For each name the entry it belongs to, if any: equal names first, then the most alike of what is left.
fn place(
    names: &Names<'_>,
    entries: &[Entry<'_>],
    stated: &[&Stated],
    taken: impl Fn(&Entry<'_>) -> bool,
) -> Vec<Option<(usize, Relation)>> {
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    for (e, entry) in entries.iter().enumerate() {
        by_key.entry(names.name(entry.name.as_str()).key.clone()).or_default().push(e);
    }
    // equal names need no comparing; of a text with more others than any plan has, the first are compared
    let equal = |s: usize| by_key.get(&names.name(stated[s].as_str()).key);
    let mut all: Vec<(usize, usize, Relation)> = Vec::new();
    let mut same: Vec<Option<usize>> = vec![None; stated.len()];
    let mut compared = 0;
    for (s, name) in stated.iter().enumerate() {
        if let Some(equal) = equal(s) {
            same[s] = equal.first().copied();
            all.extend(equal.iter().filter(|&&e| !taken(&entries[e])).map(|&e| (s, e, Relation::Same)));
        }
        if all.last().is_some_and(|last| last.0 == s) || compared >= MOST_COMPARED {
            continue;
        }
        compared += 1;
        for (e, entry) in entries.iter().enumerate().take(MOST_COMPARED) {
            let relation = names.activity(name.as_str(), entry.name.as_str());
            if relation == Relation::Same {
                same[s] = same[s].or(Some(e));
            }
            if relation != Relation::Different && !taken(entry) {
                all.push((s, e, relation));
            }
        }
    }
    all.sort_by(|a, b| b.2.partial_cmp(&a.2).unwrap_or(std::cmp::Ordering::Equal));
    let mut found: Vec<Option<(usize, Relation)>> = vec![None; stated.len()];
    let mut used = vec![false; entries.len()];
    for (s, e, relation) in all {
        if found[s].is_none() && !used[e] {
            found[s] = Some((e, relation));
            used[e] = true;
        }
    }
    for (found, same) in found.iter_mut().zip(same) {
        if found.is_none() {
            *found = same.map(|e| (e, Relation::Same));
        }
    }
    found
}

impl Names<'_> {
    /// Compares the names of two activities: 「X における一般使用成績調査」 and 「一般使用成績調査（X）」 are the same.
    #[must_use]
    pub fn activity(&self, one: &str, other: &str) -> Relation {
        let whole = self.relation(one, other);
        if whole == Relation::Same {
            return whole;
        }
        let (one, other) = (self.name(one), self.name(other));
        let (Some(a), Some(b)) = (&one.activity, &other.activity) else {
            return match whole {
                Relation::Near(n) if n < 0.7 => Relation::Different,
                other => other,
            };
        };
        let matched = a.topics.iter().filter(|t| b.topics.iter().any(|u| self.relation(t, u) == Relation::Same)).count();
        let all = a.topics.len().max(b.topics.len());
        if a.kind == b.kind {
            if matched == all {
                return Relation::Same;
            }
            if a.topics.is_empty() || b.topics.is_empty() {
                return Relation::Wider;
            }
            let wider = |x: &ActivityName, y: &ActivityName| {
                x.topics.iter().all(|t| {
                    y.topics.iter().any(|u| match self.relation(t, u) {
                        Relation::Same => true,
                        Relation::Wider => t.ends_with(u.as_str()) || u.ends_with(t.as_str()),
                        _ => false,
                    })
                })
            };
            if wider(a, b) || wider(b, a) {
                return Relation::Wider;
            }
            // a slip within the topic
            let alike = terminology::similarity(&a.topics.concat(), &b.topics.concat());
            return if alike >= 0.75 { Relation::Near(alike) } else { Relation::Different };
        }
        // another kind for the same topic
        if matched == all && all > 0 && kin(a.kind, b.kind) {
            return Relation::Near(0.8);
        }
        Relation::Different
    }
}

/// True for two kinds that one may be mistaken for the other: two surveys, two studies; not a survey and the 市販直後調査 beside it.
fn kin(one: &str, other: &str) -> bool {
    let survey = |k: &str| k.contains("使用成績") || k == "使用実態調査" || k == "調査" || k == "追跡調査";
    let base = |k: &str| k.contains("データベース調査");
    let material = |k: &str| k.contains("資材") || k == "適正使用ガイド";
    (survey(one) && survey(other)) || (base(one) && base(other)) || (material(one) && material(other))
}
