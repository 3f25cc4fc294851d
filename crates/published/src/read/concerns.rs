//! 1.1 and 1.2.

use crate::heading::{self, BoxKind, Title};
use crate::model::{Class, Concern, EfficacyConcern, Passage, Section11, Stated};
use crate::read::labels;
use crate::read::name::{self, Hints};
use crate::source::Line;

/// Reads 1.1.
#[must_use]
pub fn safety(lines: &[Line], hints: &Hints) -> Vec<Concern> {
    struct Open {
        at: usize,
        kind: BoxKind,
        class: Option<Class>,
        end: usize,
    }
    let (lines, _) = labels::unfold(lines, labels::CONCERN);
    let lines = lines.as_slice();
    let mut boxes: Vec<Open> = Vec::new();
    let mut groups: Vec<(usize, Class)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if let Some(class) = heading::class(line.key()) {
            groups.push((at, class));
        } else if let Some((kind, class, end)) = heading::concern_box(line.key()) {
            boxes.push(Open { at, kind, class, end });
        }
    }
    let mut concerns: Vec<Concern> = Vec::new();
    let mut names: Vec<std::ops::Range<usize>> = Vec::new();
    let mut opens: Vec<usize> = Vec::new();
    // a concern begins with its reason, or, where that is missing, with a box that the concern before has already
    let mut floor = 0;
    for (n, open) in boxes.iter().enumerate() {
        let last = opens.last().map_or(&boxes[0..0], |&first| &boxes[first..n]);
        let begins = open.kind == BoxKind::Reason
            || last.is_empty()
            || last.iter().any(|b| b.kind == open.kind || (b.kind == BoxKind::Minimisation && open.kind == BoxKind::Pharmacovigilance));
        if !begins {
            floor = open.at + 1;
            continue;
        }
        let group = groups.iter().rev().find(|g| g.0 < open.at);
        let floor_here = group.map_or(floor, |g| floor.max(g.0 + 1));
        let (range, sure) = name::before(lines, floor_here, open.at, hints);
        let class = group.map(|g| g.1).or(open.class).unwrap_or(Class::Identified);
        let mut text = name::join(&lines[range.clone()]);
        if let Some(cut) = text.as_str().strip_suffix(':') {
            text = text.slice(0..cut.len());
        }
        text = name::without_lead(text);
        let short = defined_short(&text);
        if let Some((end, _)) = &short {
            text = text.slice(0..*end);
        }
        let short = short.map(|(_, short)| short);
        concerns.push(Concern { class, name: Stated { text, sure }, short, reason: None, pharmacovigilance: None, minimisation: None });
        names.push(range);
        opens.push(n);
        floor = open.at + 1;
    }
    for (c, concern) in concerns.iter_mut().enumerate() {
        let end = names.get(c + 1).map_or(lines.len(), |n| n.start);
        let last = opens.get(c + 1).copied().unwrap_or(boxes.len());
        for n in opens[c]..last {
            let open = &boxes[n];
            let stop = if n + 1 < last { boxes[n + 1].at } else { end };
            let stop = groups.iter().map(|g| g.0).find(|&g| g > open.at).map_or(stop, |g| stop.min(g));
            let mut body = Passage::default();
            let first = &lines[open.at];
            body.push(first, open.end);
            for line in &lines[open.at + 1..stop.max(open.at + 1)] {
                body.push(line, 0);
            }
            let mut heading = first.text.slice(0..open.end);
            if heading.as_str().ends_with(':') && heading.len() > 1 {
                heading = heading.slice(0..heading.len());
            }
            let section = boxed(heading, body);
            match open.kind {
                BoxKind::Reason => concern.reason = concern.reason.take().or(Some(section)),
                BoxKind::Pharmacovigilance => concern.pharmacovigilance = concern.pharmacovigilance.take().or(Some(section)),
                BoxKind::Minimisation => concern.minimisation = concern.minimisation.take().or(Some(section)),
            }
        }
    }
    concerns
}

/// Parts the body of a box at 【内容】 and 【選択理由】, which may stand within a line.
fn boxed(heading: terminology::Text, body: Passage) -> Section11 {
    let mut marks: Vec<(Title, usize, usize)> = Vec::new();
    for n in 0..body.starts.len() {
        let line = body.line(n);
        let mut from = line.start;
        if let Some((title @ (Title::Content | Title::Choice), length)) = heading::title(&body.as_str()[line.clone()]) {
            marks.push((title, line.start, line.start + length));
            from = line.start + length;
        }
        for (word, title) in [
            ("【内容】", Title::Content),
            ("【選択理由】", Title::Choice),
            ("【選定理由】", Title::Choice),
            ("<選択理由>", Title::Choice),
            ("[選択理由]", Title::Choice),
        ] {
            if let Some(at) = body.as_str()[from..line.end].find(word) {
                marks.push((title, from + at, from + at + word.len()));
            }
        }
    }
    marks.sort_by_key(|m| m.1);
    let part = |wanted: Title| {
        let n = marks.iter().position(|m| m.0 == wanted)?;
        let end = marks.get(n + 1).map_or(body.text.len(), |m| m.1);
        Some((body.text.slice(marks[n].1..marks[n].2), cut(&body, marks[n].2..end)))
    };
    let (content, choice) = (part(Title::Content), part(Title::Choice));
    Section11 { heading, body, content, choice }
}

/// The part of a passage.
#[must_use]
pub fn cut(passage: &Passage, range: std::ops::Range<usize>) -> Passage {
    let mut part = Passage::default();
    for n in 0..passage.starts.len() {
        let line = passage.line(n);
        let (start, end) = (line.start.max(range.start), line.end.min(range.end));
        if start < end {
            part.push_part(passage, n, start..end);
        }
    }
    part
}

/// Reads 1.2. Empty where it says 該当なし.
#[must_use]
pub fn efficacy(lines: &[Line], hints: &Hints) -> Vec<EfficacyConcern> {
    #[derive(Clone, Copy, PartialEq)]
    enum Kind {
        Reason,
        Activities,
        Outline,
    }
    let (lines, _) = labels::unfold(lines, labels::CONCERN);
    let lines = lines.as_slice();
    let mut marks: Vec<(usize, usize, Kind)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let key = heading::without_number(line.key());
        let lead = line.key().len() - key.len();
        let kind = if key.starts_with("有効性に関する検討事項と") && key.contains("理由") {
            Kind::Reason
        } else if key.starts_with("有効性に関する調査・試験の名称") || key.starts_with("有効性に関する調査及び試験の名称")
        {
            Kind::Activities
        } else if key.contains("の目的、内容及び手法の概要") && !key.contains('。') {
            Kind::Outline
        } else {
            continue;
        };
        let end = key.find(':').map_or(line.text.len(), |colon| lead + colon + 1);
        marks.push((at, end, kind));
    }
    let mut concerns: Vec<EfficacyConcern> = Vec::new();
    let mut floor = 0;
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for (n, mark) in marks.iter().enumerate() {
        if mark.2 == Kind::Reason || concerns.is_empty() {
            let (range, sure) = name::before(lines, floor, mark.0, hints);
            if let Some(last) = ends.last_mut() {
                last.1 = range.start;
            }
            concerns.push(EfficacyConcern {
                name: Stated { text: name::without_lead(name::join(&lines[range])), sure },
                reason: None,
                activities: None,
                outline: None,
            });
            ends.push((n, lines.len()));
        }
        floor = mark.0 + 1;
    }
    for (c, concern) in concerns.iter_mut().enumerate() {
        let (first, end) = ends[c];
        let last = ends.get(c + 1).map_or(marks.len(), |e| e.0);
        for n in first..last {
            let (at, from, kind) = marks[n];
            let stop = if n + 1 < last { marks[n + 1].0 } else { end };
            let mut body = Passage::default();
            body.push(&lines[at], from);
            for line in &lines[at + 1..stop.max(at + 1)] {
                body.push(line, 0);
            }
            match kind {
                Kind::Reason => concern.reason = Some(body),
                Kind::Activities => concern.activities = Some(body),
                Kind::Outline => concern.outline = Some(body),
            }
        }
    }
    concerns
}

/// The other names under which a document lists a concern: its short form, its name without the bracket at its end and what stands in
/// that bracket, and the short form that its reason defines.
#[must_use]
pub fn other_names(concern: &Concern) -> Vec<String> {
    let name = concern.name.as_str();
    let mut names: Vec<String> = concern.short.iter().map(|short| short.as_str().to_owned()).collect();
    if let Some((before, bracket)) = name.strip_suffix(')').and_then(|name| name.rsplit_once('('))
        && !before.is_empty()
    {
        names.push(before.to_owned());
        // 進行性多巣性白質脳症(PML), Toxic Epidermal Necrolysis:TEN
        let short = bracket.rsplit(':').next().unwrap_or(bracket);
        if short.is_ascii() {
            names.push(short.to_owned());
        }
    }
    let reason = concern.reason.as_ref().map_or("", |reason| reason.body.as_str());
    let stem = name.split('(').next().unwrap_or(name);
    for (at, _) in reason.match_indices("(以下") {
        let rest = reason[at + "(以下".len()..].trim_start_matches(['、', ',', '「', '『']);
        let end = rest.find(['」', '』', ')']).unwrap_or(0);
        if end > 0 && reason[..at].ends_with(stem) {
            names.push(rest[..end].to_owned());
        }
    }
    names
}

/// The short form that a name carries at its end, （以下、「X」）, and where the name itself ends.
#[must_use]
pub fn defined_short(name: &terminology::Text) -> Option<(usize, Stated)> {
    let s = name.as_str();
    let open = s.find("(以下")?;
    let start = open + "(以下".len();
    let lead = s[start..].len() - s[start..].trim_start_matches(['、', ',', '「', '『', ':']).len();
    let end = s[start + lead..].find(['」', '』', ')'])? + start + lead;
    (open > 0 && end > start + lead).then(|| (open, Stated::sure(name.slice(start + lead..end))))
}
