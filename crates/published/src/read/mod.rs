//! From lines to the views of the form.

pub mod activities;
pub mod concerns;
mod fields;
mod grid;
mod labels;
pub mod lists;
pub mod name;
pub mod product;
mod raw_cells;
mod raw_lists;
mod raw_product;
mod records;
mod sections;
mod summary;

use terminology::Text;

use crate::furniture;
use crate::heading::{self, Section};
use crate::input::unreadable::Limit;
use crate::input::{self, Unreadable};
use crate::model::{Attachment, Doubt, DoubtKind, Published, Stated};
use crate::prose;
use crate::source::{Kind, Line, Source};
use name::Hints;

/// First bytes of an OLE file: Word's format before 2007, and what Word wraps an encrypted document in.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Reads a document from its bytes. The kind is told from the bytes, not from the name.
///
/// # Errors
/// [`Unreadable`] where nothing can be read: another format, encrypted, without text, damaged, too large.
pub fn document(file: &str, bytes: &[u8]) -> Result<Published, Unreadable> {
    if bytes.len() > input::LARGEST {
        return Err(Unreadable::TooLarge { limit: Limit::Bytes(input::LARGEST as u64) });
    }
    let (source, lines) =
        if bytes.starts_with(b"%PDF") || bytes.get(..1024.min(bytes.len())).is_some_and(|b| b.windows(5).any(|w| w == b"%PDF-")) {
            Source::from_pieces(file, Kind::Pdf, input::pdf::read(bytes)?)
        } else if bytes.starts_with(b"PK\x03\x04") {
            Source::from_pieces(file, Kind::Docx, input::docx::read(bytes)?)
        } else if bytes.starts_with(OLE) {
            return Err(Unreadable::OldWord);
        } else {
            if bytes.len() > input::LONGEST_TEXT {
                return Err(Unreadable::TooLarge { limit: Limit::Bytes(input::LONGEST_TEXT as u64) });
            }
            let source = Source::from_text(file, input::text::decode(bytes)?);
            let lines = input::text::lines(&source);
            (source, lines)
        };
    if lines.is_empty() {
        return Err(Unreadable::NoText);
    }
    let published = lines_of(source, lines);
    if published.headings.iter().filter(|h| h.section != Section::Product).count() < 1 && published.concerns.is_empty() {
        return Err(Unreadable::NotAPlan);
    }
    Ok(published)
}

/// Reads text that is already decoded, whatever it holds.
#[must_use]
pub fn text(file: &str, text: &str) -> Published {
    let source = Source::from_text(file, text.to_owned());
    let lines = input::text::lines(&source);
    lines_of(source, lines)
}

fn lines_of(source: Source, lines: Vec<Line>) -> Published {
    let lines = furniture::remove(lines);
    let sections = sections::Sections::of(&lines);
    let part = |section| sections.part(section).map_or(&lines[0..0], |range| &lines[range]);

    // names that stand in brackets or in cells of their own tell where the others begin
    let mut concern_hints = Hints::default();
    let mut activity_hints = Hints::default();
    quoted_names(&lines, &sections, &mut concern_hints);
    summary_names(&source, &lines, &sections, &mut concern_hints, &mut activity_hints);
    list_names(&lines, &sections, &mut activity_hints);

    let concerns = concerns::safety(part(Section::Safety), &concern_hints);
    let efficacy = concerns::efficacy(part(Section::Efficacy), &concern_hints);
    for concern in &concerns {
        if concern.name.sure {
            concern_hints.add(concern.name.as_str());
        }
    }
    for concern in &efficacy {
        concern_hints.add(concern.name.as_str());
    }
    let mut listed_hints = concern_hints.clone();
    concerns.iter().flat_map(concerns::other_names).for_each(|name| listed_hints.add(&name));
    let plans = [Section::Pharmacovigilance, Section::EfficacyStudies, Section::Minimisation]
        .map(|s| activities::plan(part(s), &activity_hints, &listed_hints));
    for activity in plans.iter().flat_map(|p| &p.activities) {
        if activity.name.sure {
            activity_hints.add(activity.name.as_str());
        }
    }
    let parts = [Section::PharmacovigilanceList, Section::EfficacyList, Section::MinimisationList].map(part);
    let lists = lists::lists(&source, parts, &activity_hints);
    for row in lists.iter().flat_map(|l| &l.rows) {
        if row.name.sure {
            activity_hints.add(row.name.as_str());
        }
    }
    let mut summary = summary::summary(&source, &lines, &sections, &concern_hints, &activity_hints);
    let product = sections.part(Section::Product).map(|range| product::product(&source, &lines[range]));
    // the head of 概要 may stand among its concerns
    if let (Some(summary), Some(product)) = (&mut summary, &product) {
        let head = |name: &Stated| product.fields.iter().any(|f| f.value.as_str() == name.as_str());
        summary.concerns.retain(|c| !head(&c.name));
    }
    let history = sections.part(Section::History).map(|range| product::history(&lines[range]));
    let attachments = attachments(part(Section::Attachments));
    let mut published = Published {
        source,
        headings: sections.headings.clone(),
        summary,
        product,
        history,
        concerns,
        efficacy,
        plans,
        lists,
        attachments,
        prose: prose::Prose::default(),
        doubts: Vec::new(),
    };
    published.prose = prose::read(&published, &lines, &sections_of_prose(&sections));
    published.doubts = doubts(&published);
    published
}

fn sections_of_prose(sections: &sections::Sections) -> Vec<(Section, std::ops::Range<usize>)> {
    [Section::Product, Section::Overview].into_iter().filter_map(|s| sections.part(s).map(|r| (s, r))).collect()
}

/// The list of attachments: what stands in one cell belongs together, however it is broken.
fn attachments(lines: &[Line]) -> Vec<Attachment> {
    let stated = |text: Text| Stated::sure(text);
    let table = |lines: &[Line]| -> Vec<Attachment> {
        let cells = |row: grid::Row| row.cells.keys().map(|column| stated(row.text(*column))).collect();
        grid::rows(lines).into_iter().map(|row| Attachment { cells: cells(row) }).collect()
    };
    let line = |line: &Line| Attachment { cells: vec![stated(line.text.clone())] };
    let parts = lines.chunk_by(|one, next| one.cell.is_some() == next.cell.is_some());
    parts.flat_map(|part| if part[0].cell.is_some() { table(part) } else { part.iter().map(line).collect() }).collect()
}

/// Names in 「」 under 【安全性検討事項】.
fn quoted_names(lines: &[Line], sections: &sections::Sections, hints: &mut Hints) {
    for section in [Section::Pharmacovigilance, Section::EfficacyStudies, Section::Minimisation] {
        let Some(range) = sections.part(section) else { continue };
        let mut all = Text::default();
        lines[range].iter().for_each(|l| all.append(&l.text));
        let s = all.as_str();
        let mut from = 0;
        while let Some(at) = s[from..].find("検討事項】") {
            let start = from + at + "検討事項】".len();
            let end = s[start..].find('【').map_or(s.len(), |e| start + e);
            for name in s[start..end].split(['「', '『']).skip(1) {
                if let Some((name, _)) = name.split_once(['」', '』']) {
                    hints.add(name);
                }
            }
            from = start;
        }
    }
}

/// Names that stand in cells or whole lines of the summary.
fn summary_names(source: &Source, lines: &[Line], sections: &sections::Sections, concerns: &mut Hints, activities: &mut Hints) {
    let none = Hints::default();
    let Some(summary) = summary::summary(source, lines, sections, concerns, &none) else { return };
    let cells = sections.summary_part(Section::Safety).is_some_and(|r| lines[r].iter().any(|l| l.cell.is_some()));
    if cells && source.kind != Kind::Pdf {
        for concern in &summary.concerns {
            concerns.add(concern.name.as_str());
        }
    }
    summary.efficacy.iter().for_each(|name| concerns.add(name.as_str()));
    summary.activities.iter().flatten().for_each(|name| activities.add(name.as_str()));
}

/// Names that stand in the first cells of 5.1 to 5.3, and activities that 1.1 lists a line each.
fn list_names(lines: &[Line], sections: &sections::Sections, hints: &mut Hints) {
    for section in [Section::PharmacovigilanceList, Section::EfficacyList, Section::MinimisationList] {
        let Some(range) = sections.part(section) else { continue };
        for row in grid::rows(&lines[range]) {
            let text = row.text(0);
            if row.cells.len() > 2 && heading::layer(text.as_str()).is_none() {
                hints.add(text.as_str());
            }
        }
    }
    let Some(range) = sections.part(Section::Safety) else { return };
    let mut bullet = String::new();
    for line in &lines[range] {
        let key = line.key();
        if key.starts_with(name::BULLETS) || product::number(key).0.is_some() {
            bullet = key[name::lead(key)..].to_owned();
        } else if !bullet.is_empty() && name::open_brackets(&bullet) > 0 {
            bullet.push_str(key);
        } else {
            bullet.clear();
        }
        if name::open_brackets(&bullet) == 0
            && bullet.chars().count() < 80
            && bullet.ends_with([')', '供', '布', '査', '験'])
            && !bullet.contains(['。', ':'])
        {
            hints.add(&bullet);
            bullet.clear();
        }
    }
}

fn doubts(published: &Published) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    if let Some(summary) = &published.summary
        && !summary.columns_sure
        && let Some(first) = summary.concerns.first()
    {
        doubts.push(Doubt { section: Section::Summary, text: first.name.text.clone(), what: DoubtKind::Columns });
    }
    for concern in published.concerns.iter().filter(|c| !c.name.sure) {
        doubts.push(Doubt { section: Section::Safety, text: concern.name.text.clone(), what: DoubtKind::Name });
    }
    for (plan, section) in published.plans.iter().zip([Section::Pharmacovigilance, Section::EfficacyStudies, Section::Minimisation]) {
        for activity in plan.activities.iter().filter(|a| !a.name.sure) {
            doubts.push(Doubt { section, text: activity.name.text.clone(), what: DoubtKind::Name });
        }
    }
    for (list, section) in published.lists.iter().zip([Section::PharmacovigilanceList, Section::EfficacyList, Section::MinimisationList]) {
        if !list.sure
            && let Some(row) = list.rows.first()
        {
            doubts.push(Doubt { section, text: row.name.text.clone(), what: DoubtKind::Rows });
        }
    }
    doubts
}
