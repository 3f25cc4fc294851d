//! Why something changed: by which rule it is a minor change, or what the submission gives as its reason.

use plan::Plan;
use plan::difference::{Change, Minor, Piece, as_planned, typographical};
use plan::tables::Submission;

use crate::view::place_of;

/// What is known of a change of the document.
#[derive(Clone, Debug, Default)]
pub struct Told<'a> {
    /// The rules by which it is minor; none if it is not.
    pub minor: Vec<&'static Minor>,
    /// The reason that the submission gives.
    pub reason: Option<String>,
    /// The changes of the plan that make it.
    pub causes: Vec<&'a Change>,
}

/// A change of the document, as the reasons see it.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Its headings, row, column and label.
    pub section: &'a [String],
    /// The place that tells of a thing of the plan.
    pub place: Option<&'a str>,
    /// What was said.
    pub old: &'a str,
    /// What is said.
    pub new: &'a str,
    /// Whether the earlier plan would say the same today.
    pub by_time: bool,
}

/// The changes of a plan and the reasons of its submission.
pub struct Reasons<'a> {
    old: &'a Plan,
    new: &'a Plan,
    changes: &'a [Change],
    /// What the submission says changed, and why.
    items: Vec<(String, String)>,
}

impl<'a> Reasons<'a> {
    /// Of a submission; none if the version has not been entered as one.
    pub fn of(old: &'a Plan, new: &'a Plan, changes: &'a [Change], submission: Option<&Submission>) -> Self {
        let text = |pick: fn(&Submission) -> Option<&str>| submission.and_then(pick).map(items).unwrap_or_default();
        let changed = text(|s| s.changes.as_ref().map(|text| text.0.as_str()));
        let reasons = text(|s| s.reason.as_ref().map(|text| text.0.as_str()));
        // reasons stand beside the changes of the same number; else each speaks for itself
        let items = if changed.len() == reasons.len() {
            changed.into_iter().zip(reasons).collect()
        } else {
            reasons.into_iter().map(|reason| (reason.clone(), reason)).collect()
        };
        Self { old, new, changes, items }
    }

    /// What is known of a change.
    pub fn tell(&self, asked: &Asked<'_>) -> Told<'a> {
        let causes = self.causes(asked);
        let printed = |change: &&&Change| change.minor.is_none_or(|minor| !["record", "not-printed"].contains(&minor.name));
        let grave: Vec<&Change> = causes.iter().filter(printed).copied().collect();
        let mut minor: Vec<&'static Minor> = Vec::new();
        let day = self.new.submitted();
        let by_time = as_planned(day).filter(|_| asked.by_time);
        if let Some(rule) = typographical(asked.old, asked.new, day).or(by_time) {
            minor.push(rule);
        } else if grave.iter().all(|change| change.minor.is_some()) {
            for rule in grave.iter().filter_map(|change| change.minor) {
                if !minor.iter().any(|other| other.name == rule.name) {
                    minor.push(rule);
                }
            }
        }
        let reason = if minor.is_empty() { self.reason(asked, &causes) } else { None };
        Told { minor, reason, causes }
    }

    /// The changes of the plan that make a change of the document: those whose words stand in it, of the same thing of the plan first;
    /// else all of that thing.
    fn causes(&self, asked: &Asked<'_>) -> Vec<&'a Change> {
        let (old, new) = (letters(asked.old), letters(asked.new));
        let stands = |stated: &Option<diagnostic::Words>, text: &str| {
            stated
                .as_ref()
                .map(|words| letters(&words.ja))
                .filter(|words| words.chars().count() >= LEAST)
                .map(|words| text.contains(&words))
        };
        let said = |change: &&Change| {
            // figures and names stand otherwise in the source: what was reworded around them tells
            let mut words = (0, true);
            for piece in &change.pieces {
                let (piece, text) = match piece {
                    Piece::Added(piece) => (letters(piece), &new),
                    Piece::Removed(piece) => (letters(piece), &old),
                    Piece::Same(_) => continue,
                };
                words = (words.0 + piece.chars().count(), words.1 && text.contains(&piece));
            }
            if words.0 > 0 {
                return words.1 && (words.0 >= LEAST || self.tells_of(change, asked));
            }
            let sides = (stands(&change.old.stated, &old), stands(&change.new.stated, &new));
            !matches!(sides, (Some(false), _) | (_, Some(false)) | (None, None))
        };
        let own: Vec<&'a Change> = self.changes.iter().filter(|change| self.tells_of(change, asked)).collect();
        let told: Vec<&'a Change> = own.iter().filter(|change| said(change)).copied().collect();
        if !told.is_empty() {
            return told;
        }
        let elsewhere: Vec<&'a Change> = self.changes.iter().filter(said).collect();
        if elsewhere.is_empty() { own } else { elsewhere }
    }

    /// True if a change of the plan is about the thing that a place of the document tells of.
    fn tells_of(&self, change: &Change, asked: &Asked<'_>) -> bool {
        let subject = &change.subject;
        let within = |heading: &str| asked.section.iter().any(|part| part.contains(heading));
        match (asked.place, subject.kind) {
            (_, "product" | "strength" | "indication" | "condition" | "event" | "holder") => within("品目の概要"),
            (Some(place), "routine") => place.starts_with("routine"),
            (Some(place), _) => {
                let (kind, id) = place.split_once('-').unwrap_or((place, ""));
                let known = |plan: &Plan| place_of(plan, &subject.id).is_some();
                // an activity is told of in several sections
                let same_kind = (kind == subject.kind) || subject.kind == "activity" && matches!(kind, "measure" | "study");
                same_kind && id == subject.id && (known(self.new) || known(self.old))
            }
            (None, _) => false,
        }
    }

    /// The reason whose change names what changed.
    fn reason(&self, asked: &Asked<'_>, causes: &[&Change]) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        for change in causes {
            names.extend(quoted(&change.subject.words.ja));
        }
        for plan in [self.new, self.old] {
            for concern in &plan.concerns {
                names.extend((asked.place == Some(&format!("concern-{}", concern.id.as_str()))).then(|| concern.name.value.clone()));
            }
            for activity in &plan.activities {
                let places = ["activity", "measure", "study"].map(|kind| format!("{kind}-{}", activity.id.as_str()));
                names.extend(asked.place.filter(|place| places.iter().any(|p| p == place)).map(|_| activity.name.value.clone()));
            }
        }
        // the words of the form for a row of 品目の概要 and the like
        names.extend(asked.section.iter().rev().take(2).cloned());
        let long = |text: &str| self.spelt(text);
        let names: Vec<Vec<String>> = names.iter().map(|name| parts(&long(name))).filter(|parts| !parts.is_empty()).collect();
        self.items
            .iter()
            .find(|(change, _)| {
                let told = letters(&long(change));
                names.iter().any(|name| name.iter().all(|part| told.contains(part.as_str())))
            })
            .map(|(_, reason)| reason.clone())
    }

    /// A text with the plan's abbreviations spelt out, so that names meet however they are written.
    fn spelt(&self, text: &str) -> String {
        let facts = &self.new.facts.abbreviation;
        facts.iter().fold(letters(text), |text, a| text.replace(&letters(&a.short.value), &letters(&a.long.value)))
    }
}

/// Fewer letters say nothing of where words come from.
const LEAST: usize = 4;

/// A text without blanks and in one width.
fn letters(text: &str) -> String {
    terminology::Text::new(text, 0).as_str().chars().filter(|c| !c.is_whitespace()).collect()
}

/// What stands in 「」.
fn quoted(words: &str) -> Option<String> {
    let from = words.find('「')? + '「'.len_utf8();
    let to = words.rfind('」')?;
    words.get(from..to).map(str::to_owned)
}

/// The words of a name, each of which must be said for the name to be told: what its brackets and particles part.
fn parts(name: &str) -> Vec<String> {
    let mut name = letters(name);
    for particle in ["における", "に対する", "に関する", "を対象とした", "のための", "による"] {
        name = name.replace(particle, "、");
    }
    let apart = |c: char| "（）()「」『』【】［］[]、・，,／/：:".contains(c);
    name.split(apart).filter(|part| part.chars().count() > 1).map(str::to_owned).collect()
}

/// The items of a list in a text: numbered or dotted lines; a text without them is one item.
fn items(text: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    let mut listed = false;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match item(line) {
            Some(rest) => {
                listed = true;
                items.push(rest.to_owned());
            }
            None => match items.last_mut() {
                Some(last) => last.push_str(line),
                None => items.push(line.to_owned()),
            },
        }
    }
    // what introduces the list is no item
    let first = text.lines().map(str::trim).find(|line| !line.is_empty());
    if listed && first.is_some_and(|line| item(line).is_none()) {
        items.remove(0);
    }
    items
}

/// The words of a line that begins an item.
fn item(line: &str) -> Option<&str> {
    let digits = line.trim_start_matches(['(', '（']).trim_start_matches(|c: char| c.is_numeric());
    let numbered = digits.len() < line.len() && !digits.is_empty();
    let after = digits.strip_prefix(['.', '．', ')', '）', '、']).filter(|_| numbered);
    let circled = line.starts_with(|c: char| ('①'..='⑳').contains(&c)).then(|| &line['①'.len_utf8()..]);
    let dotted = line.strip_prefix(['-', '*', '・', '•', '+']);
    circled.or(after).or(dotted).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_a_list_are_told_apart() {
        assert_eq!(items("1. 甲の設定\n2. 乙の更新\n   及び丙"), ["甲の設定", "乙の更新及び丙"]);
        assert_eq!(items("次のとおり。\n（1）甲\n（2）乙"), ["甲", "乙"]);
        assert_eq!(items("①甲\n②乙"), ["甲", "乙"]);
        assert_eq!(items("効能が追加されたため"), ["効能が追加されたため"]);
        assert!(items("").is_empty());
    }

    #[test]
    fn a_name_is_told_when_its_words_are() {
        assert_eq!(parts("市販直後調査（関節リウマチ）"), ["市販直後調査", "関節リウマチ"]);
        assert_eq!(parts("関節リウマチにおける製造販売後臨床試験"), ["関節リウマチ", "製造販売後臨床試験"]);
    }
}
