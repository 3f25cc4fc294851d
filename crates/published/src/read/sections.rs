//! Cutting a document into the parts of the form.

use std::ops::Range;

use terminology::Text;

use crate::heading::{self, Section};
use crate::model::Heading;
use crate::source::Line;

/// The parts of a document, as ranges of its lines.
#[derive(Debug, Default)]
pub struct Sections {
    /// All headings, in order.
    pub headings: Vec<Heading>,
    /// For each heading the lines after it, up to the next heading of its view.
    parts: Vec<Range<usize>>,
    /// The lines of the summary.
    pub summary: Option<Range<usize>>,
}

impl Sections {
    /// Finds the parts.
    #[must_use]
    pub fn of(lines: &[Line]) -> Self {
        let mut found: Vec<(usize, usize, Section, Text)> = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            let (taken, section) = heading_at(lines, at);
            if let Some(section) = section.map(|s| by_layer(lines, at + taken, s)) {
                let mut text = Text::default();
                lines[at..at + taken].iter().for_each(|l| text.append(&l.text));
                found.push((at, at + taken, section, text));
            }
            at += taken;
        }
        let body = body_start(lines, &found);
        let lost = by_layers(lines, body, &mut found);
        let mut sections = Self::default();
        let summary_start = found
            .iter()
            .find(|f| f.0 < body && f.2 == Section::Summary)
            .or_else(|| found.iter().find(|f| f.0 < body && f.2 == Section::Safety))
            .map(|f| if f.2 == Section::Summary { f.1 } else { f.0 });
        sections.summary = summary_start.filter(|&s| s < body).map(|s| s..body);
        // a heading of the body that comes again (in a running head, a table of contents) does not open its part anew
        let mut last = None;
        for (n, (start, end, section, text)) in found.iter().enumerate() {
            let in_summary = *start < body;
            if !in_summary {
                if *section == Section::Summary || last.is_some_and(|l| l >= *section) {
                    continue;
                }
                last = Some(*section);
            }
            let next =
                found[n + 1..].iter().find(|f| in_summary || (f.2 != Section::Summary && f.2 > *section)).map_or(lines.len(), |f| f.0);
            sections.headings.push(Heading { section: *section, text: text.clone(), in_summary });
            sections.parts.push(*end..next.max(*end));
        }
        // headings that were there, though nothing stands under them
        for (section, text) in lost {
            if !sections.headings.iter().any(|h| h.section == section && !h.in_summary) {
                sections.headings.push(Heading { section, text, in_summary: false });
                sections.parts.push(0..0);
            }
        }
        sections
    }

    /// The lines of a part of the body.
    #[must_use]
    pub fn part(&self, section: Section) -> Option<Range<usize>> {
        self.find(section, false)
    }

    /// The lines of a part of the summary.
    #[must_use]
    pub fn summary_part(&self, section: Section) -> Option<Range<usize>> {
        self.find(section, true)
    }

    fn find(&self, section: Section, in_summary: bool) -> Option<Range<usize>> {
        self.headings.iter().zip(&self.parts).find(|(h, _)| h.section == section && h.in_summary == in_summary).map(|(_, p)| p.clone())
    }
}

/// Where a converter mixed the headings of 2 and 4, the activities that follow tell which of them it is.
fn by_layer(lines: &[Line], next: usize, section: Section) -> Section {
    let follows = lines[next.min(lines.len())..].iter().take(2).find(|l| heading::layer(l.key()).is_some()).map(|l| l.key());
    match (section, follows) {
        (Section::Minimisation, Some(key)) if key.contains("医薬品安全性監視活動") => Section::Pharmacovigilance,
        (Section::Pharmacovigilance, Some(key)) if key.contains("リスク最小化活動") => Section::Minimisation,
        (section, _) => section,
    }
}

/// Adds the headings of 2 and 4 where a converter parted them from what they head, and takes out those left without anything.
fn by_layers(lines: &[Line], body: usize, found: &mut Vec<(usize, usize, Section, Text)>) -> Vec<(Section, Text)> {
    let plans = [Section::Pharmacovigilance, Section::EfficacyStudies, Section::Minimisation];
    let mut implied = Vec::new();
    for (at, line) in lines.iter().enumerate().skip(body) {
        let Some((heading::Layer::Routine, _)) = heading::layer(line.key()) else { continue };
        let meant = if line.key().contains("リスク最小化") { Section::Minimisation } else { Section::Pharmacovigilance };
        let current = implied
            .iter()
            .chain(found.iter())
            .filter(|f: &&(usize, usize, Section, Text)| f.0 >= body && f.0 <= at)
            .max_by_key(|f| f.0)
            .map(|f| f.2);
        if current.is_some_and(|c| plans.contains(&c) && c != meant) {
            implied.push((at, at, meant, line.text.clone()));
        }
    }
    // the headings that stand together without anything between them, and come again
    let empty = |n: usize, found: &[(usize, usize, Section, Text)]| {
        let end = found.get(n + 1).map_or(lines.len(), |f| f.0);
        lines[found[n].1..end].iter().all(|l| l.key().chars().count() <= 2)
    };
    let drop: Vec<bool> = (0..found.len())
        .map(|n| {
            let section = found[n].2;
            let again = implied.iter().chain(&found[n + 1..]).any(|f| f.2 == section);
            let out_of_order = found.get(n + 1).is_some_and(|next| plans.contains(&next.2) && next.2 < section);
            found[n].0 >= body && plans.contains(&section) && (again || out_of_order) && empty(n, found)
        })
        .collect();
    let lost = found.iter().zip(&drop).filter(|(_, d)| **d).map(|(f, _)| (f.2, f.3.clone())).collect();
    let mut drop = drop.into_iter();
    found.retain(|_| !drop.next().unwrap_or(false));
    found.extend(implied);
    found.sort_by_key(|f| f.0);
    lost
}

/// How many lines the heading at `at` takes, and which it is; one line where it is none.
fn heading_at(lines: &[Line], at: usize) -> (usize, Option<Section>) {
    let key = lines[at].key();
    if key.contains("....") || key.contains("・・・・") || key.contains("……") {
        return (1, None);
    }
    let one = heading::section(key);
    let mut joined = key.to_owned();
    if one.is_none() && heading::may_go_on(key) {
        for taken in 2..=4 {
            let Some(next) = lines.get(at + taken - 1) else { break };
            if next.cell != lines[at].cell {
                break;
            }
            joined.push_str(next.key());
            if let Some(section) = heading::section(&joined) {
                return (taken, Some(section));
            }
        }
    }
    (1, one)
}

/// The line with which the body begins: 品目の概要, or, where it is missing, the first part that is not of the summary.
fn body_start(lines: &[Line], found: &[(usize, usize, Section, Text)]) -> usize {
    if let Some(product) = found.iter().find(|f| f.2 == Section::Product) {
        return product.0;
    }
    if let Some(history) = found.iter().find(|f| matches!(f.2, Section::History | Section::Overview)) {
        return history.0;
    }
    let safety: Vec<_> = found.iter().filter(|f| f.2 == Section::Safety).collect();
    match safety.as_slice() {
        [_, second, ..] => second.0,
        [only] if lines[only.1..].iter().take(8).any(|l| l.key().starts_with("【重要な")) => lines.len(),
        [_] if found.iter().any(|f| f.2 == Section::Summary) => found.iter().find(|f| f.2 == Section::Safety).map_or(0, |f| f.0),
        _ => found.iter().find(|f| f.2 != Section::Summary).map_or(lines.len(), |f| f.0),
    }
}
