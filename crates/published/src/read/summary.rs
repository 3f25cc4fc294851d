//! 概要.

use terminology::Text;

use crate::heading::{self, Layer, Section};
use crate::model::{Class, Field, Stated, Summary, SummaryConcern};
use crate::read::activities::is_none;
use crate::read::fields;
use crate::read::grid;
use crate::read::name::{self, Hints};
use crate::read::sections::Sections;
use crate::source::{Line, Source};

const LABELS: [&str; 9] =
    ["販売名", "有効成分", "製造販売業者", "薬効分類", "提出年月日", "提出年月", "提出日", "製造販売業者名", "承認番号"];

/// Reads the summary.
#[must_use]
pub fn summary(source: &Source, lines: &[Line], sections: &Sections, concerns: &Hints, activities: &Hints) -> Option<Summary> {
    let range = sections.summary.clone()?;
    let safety = sections.summary_part(Section::Safety);
    let head = &lines[range.clone()];
    let head = &head[..head.iter().position(|l| heading::section(l.key()).is_some()).unwrap_or(head.len())];
    let mut summary = Summary { fields: fields::read(source, head, &LABELS), columns_sure: true, ..Summary::default() };
    lines[range.clone()].iter().for_each(|l| summary.text.append(&l.text));
    // where the columns are mixed, the date stands somewhere among the values
    for field in summary.fields.iter_mut().filter(|f| f.label.starts_with("提出")) {
        if let Some(found) = calendar::find_dates(field.value.as_str()).into_iter().next() {
            field.value.text = field.value.text.slice(found.range);
            field.value.sure = true;
        }
    }
    summary.fields.retain(|f| !f.label.starts_with("提出") || !calendar::find_dates(f.value.as_str()).is_empty());
    if !summary.fields.iter().any(|f| f.label.starts_with("提出")) {
        summary.fields.extend(submission_date(head));
    }
    let raw = lines[range.clone()].iter().all(|l| l.cell.is_none() && l.segments.len() < 2);
    if raw && let Some(code) = class_code(&lines[range.clone()]) {
        summary.fields.retain(|f| f.label != code.label);
        summary.fields.push(code);
    }
    if let Some(safety) = safety {
        let cells = lines[safety.clone()].iter().any(|l| l.cell.is_some());
        (summary.concerns, summary.columns_sure) = listed_concerns(source, &lines[safety.clone()], concerns);
        // columns told by blanks only are not to be trusted where most of their names are found nowhere else
        let strange = summary.concerns.iter().filter(|c| !concerns.know(c.name.as_str())).count();
        summary.columns_sure &= cells || strange < 3 || strange * 3 <= summary.concerns.len();
        if !raw && !summary.columns_sure {
            for concern in &mut summary.concerns {
                concern.name.sure &= concerns.know(concern.name.as_str());
                concern.class_sure = false;
            }
        }
        if raw {
            summary.concerns.extend(strayed(&lines[safety.end..range.end], concerns));
        }
    }
    if let Some(part) = sections.summary_part(Section::Efficacy) {
        let part = &lines[part];
        let end = part.iter().position(|l| is_arrow(l.key())).unwrap_or(part.len());
        summary.efficacy = listed_names(source, &part[..end], concerns);
    }
    summary.activities_sure = true;
    if let Some(activities) = side_by_side(source, &lines[range.clone()], activities) {
        summary.activities = activities;
        return Some(summary);
    }
    for (n, section) in PLANS.into_iter().enumerate() {
        let Some(part) = sections.summary_part(section) else { continue };
        let part = &lines[part];
        // the arrow above section 2 may come behind its heading
        let above = |key: &str| raw && n == 0 && key.contains("安全性監視");
        let ends = |l: &Line| is_arrow(l.key()) && !above(l.key()) || ends_summary(l.key());
        let end = part.iter().position(ends).unwrap_or(part.len());
        let start = part[..end].iter().position(|l| matches!(heading::layer(l.key()), Some((Layer::Additional, _)))).map_or(0, |a| a + 1);
        // a heading without anything under it shows that the columns of the page were mixed
        summary.activities_sure &= !part[..end].is_empty();
        let mut listed = part[start..end].to_vec();
        listed.retain(|l| !is_arrow(l.key()));
        if raw {
            // a column of concerns may stand in between
            while let Some(at) = listed.iter().position(|l| heading::class(l.key()).is_some()) {
                listed.drain(at..=at + column_below(&listed, at));
            }
        }
        summary.activities[n] = listed_names(source, &listed, activities);
    }
    Some(summary)
}

const PLANS: [Section; 3] = [Section::Pharmacovigilance, Section::EfficacyStudies, Section::Minimisation];

/// The activities of a summary that has the headings of two sections beside each other, each with its list below.
fn side_by_side(source: &Source, lines: &[Line], hints: &Hints) -> Option<[Vec<Stated>; 3]> {
    let plan = |key: &str| heading::section(key).and_then(|s| PLANS.iter().position(|p| *p == s));
    let mut cut = "";
    let mut lists: [Vec<Line>; 3] = Default::default();
    let mut columns: Vec<(usize, usize)> = Vec::new(); // where a column begins, which section it is
    let mut table = None;
    let mut beside = false;
    for (n, line) in lines.iter().enumerate() {
        if ends_summary(line.key()) {
            break;
        }
        if let Some(cell) = line.cell {
            let row = |l: &&Line| l.cell.is_some_and(|c| (c.table, c.row) == (cell.table, cell.row));
            let heads: Vec<(usize, usize)> =
                lines.iter().filter(row).filter_map(|l| Some((l.cell?.column as usize, plan(l.key())?))).collect();
            if !heads.is_empty() {
                if table != Some(cell.table) || heads.len() >= 2 {
                    columns = heads.clone();
                } else {
                    columns.retain(|c| !heads.iter().any(|h| h.0 == c.0));
                    columns.extend(heads.iter().copied());
                    columns.sort_unstable();
                }
                // two headings in one cell stand below each other
                beside |= heads.iter().any(|h| h.0 != heads[0].0);
                table = Some(cell.table);
                continue;
            }
            if table != Some(cell.table) {
                continue;
            }
            if let Some(&(_, section)) = columns.iter().rev().find(|c| c.0 <= cell.column as usize) {
                lists[section].push(line.clone());
            }
            continue;
        }
        let mut heads: Vec<(usize, usize)> =
            line.segments.iter().filter_map(|s| Some((usize::from(s.x), plan(s.text.as_str())?))).collect();
        // the long title in the middle goes on in the next line
        if !heads.is_empty()
            && let Some((segment, rest)) = line.segments.iter().find_map(|s| Some((s, cut_title(s.text.as_str())?)))
            && heads.iter().all(|h| h.1 != 1)
        {
            heads.push((usize::from(segment.x), 1));
            heads.sort_unstable();
            cut = rest;
        }
        if heads.len() >= 2 {
            columns = heads;
            beside = true;
            continue;
        }
        if let [(x, section)] = heads.as_slice() {
            columns = vec![(*x, *section)];
            continue;
        }
        if columns.is_empty() || is_arrow(line.key()) {
            continue;
        }
        // a title may stand further in than its list: the lists begin where most of their lines do
        let starts: Vec<usize> =
            columns.iter().enumerate().map(|(c, col)| if c == 0 { 0 } else { second_start(&lines[n..], col.0) }).collect();
        let tokens = grid::tokens(source, line);
        for (text, (_, section)) in grid::columns(&tokens, &starts).into_iter().zip(&columns) {
            if !text.is_empty() {
                lists[*section].push(Line { segments: vec![crate::source::Segment { x: 1, text: text.clone() }], text, ..line.clone() });
            }
        }
    }
    if !cut.is_empty() {
        lists[1].retain(|l| l.key().trim_end_matches('頁') != cut);
    }
    beside.then(|| {
        lists.map(|list| {
            let start = list.iter().position(|l| matches!(heading::layer(l.key()), Some((Layer::Additional, _)))).map_or(0, |a| a + 1);
            listed_names(source, &list[start..], hints)
        })
    })
}

/// The rest of the title of section 3, where a piece of a line is only its beginning.
fn cut_title(key: &str) -> Option<&'static str> {
    const TITLE: &str = "有効性に関する調査・試験の計画の概要";
    let key = key.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '、' | ')' | '('));
    TITLE.strip_prefix(key).filter(|rest| key.chars().count() >= 8 && !rest.is_empty())
}

/// Where the second of two lists begins: the leftmost segment near its title.
fn second_start(lines: &[Line], title: usize) -> usize {
    lines
        .iter()
        .take(12)
        .flat_map(|l| l.segments.iter().skip(1))
        .map(|s| usize::from(s.x))
        .filter(|&x| x + 8 >= title && x <= title + 8)
        .min()
        .unwrap_or(title)
}

/// True for what stands after the summary: the head of the form itself.
fn ends_summary(key: &str) -> bool {
    key.contains("別紙様式") || key.contains("医薬品リスク管理計画書") || key.starts_with("会社名")
}

fn is_arrow(key: &str) -> bool {
    key.starts_with(['↓', '⇩', '⇓', '▼'])
        || key.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with("上記に基づく")
        || key.contains("各項目の内容はRMPの本文")
}

/// The date in the head of the summary, where its label could not be found beside it.
fn submission_date(head: &[Line]) -> Option<Field> {
    let at = head.iter().position(|l| l.key().contains("提出年月") || l.key().contains("提出日"))?;
    head.iter().skip(at).chain(head[..at].iter().rev()).find_map(|line| {
        let date = calendar::find_dates(line.key()).into_iter().find(|d| d.value.as_ref().is_ok_and(|v| v.day.is_some()))?;
        let text = line.text.slice(date.range);
        Some(Field { label: "提出年月日", lines: vec![text.clone()], value: Stated::sure(text) })
    })
}

fn is_page(key: &str) -> bool {
    matches!(key, "頁" | "ページ" | "p" | "P" | "-")
        || (!key.is_empty()
            && key.trim_start_matches(['p', 'P', '.']).bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'-')
            && key.len() < 8)
}

/// Names one below the other, with page numbers beside them.
fn listed_names(source: &Source, lines: &[Line], hints: &Hints) -> Vec<Stated> {
    let whole = source.kind == crate::source::Kind::Docx || lines.iter().any(|l| l.cell.is_some_and(|_| !l.wrapped));
    // in text without columns the cells of other tables may stand in between
    let columns = lines.iter().any(|l| l.cell.is_some() || l.segments.len() > 1 || l.indent > 0);
    let mut cells: Vec<(Option<crate::input::CellAt>, Vec<Text>)> = Vec::new();
    for line in lines {
        if heading::layer(line.key()).is_some() || line.key().chars().all(|c| c == '-') {
            continue;
        }
        for segment in &line.segments {
            let key = segment.text.as_str();
            if is_page(key) || is_none(key) || key.is_empty() {
                continue;
            }
            let lead = name::lead(key);
            let mut text = segment.text.slice(lead..key.len());
            if line.segments.len() == 1 {
                let bare = text.as_str().trim_end_matches(|c: char| c.is_ascii_digit());
                // a page number that follows the name in the same line
                if bare.len() < text.len() && (bare.ends_with([')', '供', '布', '査', '験']) || hints.know(bare)) {
                    text = text.slice(0..bare.len());
                }
            }
            match cells.last_mut() {
                Some((cell, parts)) if *cell == line.cell && lead == 0 => parts.push(text),
                _ => cells.push((line.cell, vec![text])),
            }
        }
    }
    cells
        .iter()
        .flat_map(|(cell, parts)| {
            let joined: String = parts.iter().map(Text::as_str).collect();
            if hints.know(&joined) || (cell.is_some() && !whole && parts.len() > 1 && name::open_brackets(parts[0].as_str()) > 0) {
                let mut text = Text::default();
                parts.iter().for_each(|p| text.append(p));
                return vec![Stated::sure(text)];
            }
            name::assemble(parts, whole, hints)
        })
        .filter(|s| columns || hints.know(s.as_str()) || is_activity(s.as_str()))
        .map(|mut s| {
            s.sure |= hints.know(s.as_str()) || source.kind == crate::source::Kind::Docx;
            s
        })
        .collect()
}

fn is_activity(key: &str) -> bool {
    ["調査", "試験", "資材", "提供", "配布", "管理", "ガイド", "における", "有効性", "レジストリ"].iter().any(|w| key.contains(w))
        && !key.ends_with('。')
}

/// The three columns of concerns.
fn listed_concerns(source: &Source, lines: &[Line], hints: &Hints) -> (Vec<SummaryConcern>, bool) {
    if lines.iter().any(|l| l.cell.is_some()) {
        return (from_cells(source, lines, hints), true);
    }
    let Some(head) = lines.iter().position(|l| l.segments.len() >= 2 && l.key().contains("重要な")) else {
        return from_lines(lines, hints);
    };
    let mut tokens: Vec<Vec<grid::Token>> = lines.iter().map(|l| grid::tokens(source, l)).collect();
    let mut starts: Vec<(usize, Option<Class>)> = Vec::new();
    for token in &tokens[head] {
        let key = token.text.as_str();
        if key.contains("特定") {
            starts.push((token.x, Some(Class::Identified)));
        } else if key.contains("潜在") {
            starts.push((token.x, Some(Class::Potential)));
        } else if key.contains("不足") {
            starts.push((token.x, Some(Class::Missing)));
        } else if is_page(key) {
            starts.push((token.x, None));
        }
    }
    if starts.iter().filter(|s| s.1.is_some()).count() < 3 {
        return from_lines(lines, hints);
    }
    // page numbers without a column title of their own
    if starts.iter().all(|s| s.1.is_some()) {
        tokens.iter_mut().for_each(|line| line.retain(|t| !is_page(t.text.as_str())));
    }
    if let Some(columns) = centred(&tokens, head, &starts) {
        return named(columns, &starts, hints);
    }
    // titles may be centred over their columns: the columns begin where most of their cells do
    let begins = |bullets: bool| -> Vec<usize> {
        tokens[head + 1..]
            .iter()
            .flat_map(|line| line.iter().enumerate())
            .filter(|(n, t)| if bullets { t.text.as_str().starts_with(name::BULLETS) } else { *n == 0 || t.gap >= 2 })
            .map(|(_, t)| t.x)
            .collect()
    };
    let (bullets, cells) = (begins(true), begins(false));
    for n in 1..starts.len() {
        let (before, own) = (starts[n - 1].0, starts[n].0);
        let often = |of: &[usize]| {
            let within: Vec<usize> = of.iter().copied().filter(|&x| x > before + 3 && x <= own + 1).collect();
            within.iter().copied().max_by_key(|x| (within.iter().filter(|y| *y == x).count(), std::cmp::Reverse(*x)))
        };
        if let Some(x) = often(&bullets).or_else(|| often(&cells)) {
            starts[n].0 = x;
        }
    }
    let mut columns: Vec<Vec<Text>> = vec![Vec::new(); starts.len()];
    let at: Vec<usize> = starts.iter().map(|s| s.0).collect();
    // the head may go on in the next line: 【重要な特定されたリ / スク】
    let open = lines[head].key().matches('【').count() > lines[head].key().matches('】').count();
    let first = head + 1 + usize::from(open);
    for (line, tokens) in lines.iter().zip(&tokens).skip(first) {
        if is_none(line.key()) || line.key().chars().all(|c| c == '-') {
            continue;
        }
        for (column, text) in grid::columns(tokens, &at).into_iter().enumerate() {
            if !text.is_empty() && !is_page(text.as_str()) {
                columns[column].push(text);
            }
        }
    }
    named(columns, &starts, hints)
}

/// The columns where their cells are centred, so that a cell stands below its title but does not begin where it does. None where
/// the cells of the first column begin at the same place, or where a cell is not below one title alone.
fn centred(tokens: &[Vec<grid::Token>], head: usize, starts: &[(usize, Option<Class>)]) -> Option<Vec<Vec<Text>>> {
    let titles: Vec<std::ops::Range<usize>> = tokens[head].iter().map(width).filter(|r| starts.iter().any(|s| s.0 == r.start)).collect();
    let cells: Vec<Vec<(std::ops::Range<usize>, Text)>> = tokens[head + 1..].iter().map(|line| spans(line)).collect();
    let first: Vec<usize> = cells.iter().filter_map(|line| line.first()).map(|c| c.0.start).filter(|&x| x < titles[0].end).collect();
    let most = first.iter().map(|x| first.iter().filter(|y| x == *y).count()).max()?;
    if most * 2 > first.len() || first.len() < 2 || titles.len() != starts.len() {
        return None;
    }
    let mut columns = vec![Vec::new(); starts.len()];
    for (range, text) in cells.into_iter().flatten() {
        let key = text.as_str();
        if is_none(key) || is_page(key) || key.starts_with(name::BULLETS) {
            continue;
        }
        let shared = |t: &std::ops::Range<usize>| range.end.min(t.end).saturating_sub(range.start.max(t.start));
        let mut below = titles.iter().enumerate().filter(|(_, t)| shared(t) > 0);
        let (own, None) = (below.next()?.0, below.next()) else { return None };
        columns[own].push(text);
    }
    Some(columns)
}

fn width(token: &grid::Token) -> std::ops::Range<usize> {
    token.x..token.x + token.text.as_str().chars().count()
}

/// The words of a line that no wide gap parts.
fn spans(line: &[grid::Token]) -> Vec<(std::ops::Range<usize>, Text)> {
    let mut spans: Vec<(std::ops::Range<usize>, Text)> = Vec::new();
    for token in line {
        match spans.last_mut() {
            Some((range, text)) if token.gap < 2 => {
                range.end = width(token).end;
                text.append(&token.text);
            }
            _ => spans.push((width(token), token.text.clone())),
        }
    }
    spans
}

/// The names of each column; not sure where a column of pages holds one.
fn named(columns: Vec<Vec<Text>>, starts: &[(usize, Option<Class>)], hints: &Hints) -> (Vec<SummaryConcern>, bool) {
    let mut concerns = Vec::new();
    let mut sure = true;
    for (parts, (_, class)) in columns.iter().zip(starts) {
        let Some(class) = class else {
            sure &= parts.is_empty();
            continue;
        };
        for name in name::assemble(&without_crumbs(parts), false, hints) {
            if is_none(name.as_str()) {
                continue;
            }
            let name = Stated { sure: true, ..name };
            concerns.push(SummaryConcern { class: *class, class_sure: true, name, page: None });
        }
    }
    (concerns, sure)
}

/// Joins one or two characters that a narrow column put into a line of their own to the line before.
fn without_crumbs(parts: &[Text]) -> Vec<Text> {
    let mut whole: Vec<Text> = Vec::new();
    for part in parts {
        match whole.last_mut() {
            Some(last) if part.as_str().chars().count() <= 2 || part.as_str().starts_with("(以下") => last.append(part),
            _ => whole.push(part.clone()),
        }
    }
    whole
}

fn from_cells(source: &Source, lines: &[Line], hints: &Hints) -> Vec<SummaryConcern> {
    let rows = grid::rows(lines);
    let mut classes: Vec<(u32, Class)> = Vec::new();
    let mut columns: Vec<(Class, Vec<Vec<Text>>, Option<Text>)> = Vec::new();
    for row in &rows {
        let head: Vec<(u32, Class)> =
            row.cells.keys().filter_map(|&c| heading::class(row.text(c).as_str()).map(|class| (c, class))).collect();
        if !head.is_empty() {
            classes = head;
            continue;
        }
        for (&c, texts) in &row.cells {
            let Some(&(_, class)) = classes.iter().rev().find(|(h, _)| *h <= c) else { continue };
            let parts: Vec<Text> = texts.iter().filter(|t| !is_page(t.as_str()) && !is_none(t.as_str())).cloned().collect();
            let page = row
                .cells
                .range(c + 1..)
                .next()
                .map(|(&next, _)| row.text(next))
                .filter(|t| !t.is_empty() && t.as_str().bytes().all(|b| b.is_ascii_digit()));
            if !parts.is_empty() {
                columns.push((class, vec![parts], page));
            }
        }
    }
    // a last row of one cell, which a converter leaves without a tab
    if let Some(&(_, class)) = classes.first() {
        for line in lines.iter().filter(|l| l.cell.is_none() && source.kind == crate::source::Kind::Text && hints.know(l.key())) {
            columns.push((class, vec![vec![line.text.clone()]], None));
        }
    }
    let whole = source.kind != crate::source::Kind::Pdf;
    let mut concerns: Vec<SummaryConcern> = Vec::new();
    for (class, cells, page) in columns {
        for parts in cells {
            // each bullet begins a name
            let bullets = parts.iter().filter(|p| name::lead(p.as_str()) > 0).count();
            let mut whole_names: Vec<Text> = Vec::new();
            for part in &parts {
                let lead = name::lead(part.as_str());
                let words = part.slice(lead..part.len());
                match whole_names.last_mut() {
                    Some(last) if bullets > 0 && lead == 0 => last.append(&words),
                    _ => whole_names.push(words),
                }
            }
            let parts = whole_names;
            if bullets > 0 {
                concerns.extend(parts.into_iter().map(|text| SummaryConcern {
                    class,
                    class_sure: true,
                    name: Stated::sure(text),
                    page: None,
                }));
                continue;
            }
            let mut joined = Text::default();
            parts.iter().for_each(|p| joined.append(p));
            let known = hints.know(joined.as_str());
            // a cell of several lines is one name, unless its lines are names
            let names = if known || (!whole && !parts.iter().any(|p| hints.know(p.as_str()))) {
                vec![Stated::sure(joined)]
            } else {
                name::assemble(&parts, whole, hints)
            };
            let page = page.clone().filter(|_| names.len() == 1).map(Stated::sure);
            concerns.extend(names.into_iter().map(|name| SummaryConcern {
                class,
                class_sure: true,
                name: Stated { sure: true, ..name },
                page: page.clone(),
            }));
        }
    }
    concerns.sort_by_key(|c| c.class);
    concerns
}

/// Without columns only the names that another view states can be told, and, where nothing but one run of lines is left, that
/// this run is a name too. A page number is of the name right before it. Sure of all where a number or a bullet begins each name.
fn from_lines(lines: &[Line], hints: &Hints) -> (Vec<SummaryConcern>, bool) {
    let mut concerns: Vec<SummaryConcern> = Vec::new();
    let mut class = Class::Identified;
    let mut pending: Option<Text> = None;
    let mut before = Before::Other;
    let mut pages_follow_names = true;
    // lines without an empty one between are of one column, if they stand under one heading
    let (mut under, mut headed) = (false, false);
    let mut began_under = false;
    let mut marked = 0;
    // in text without columns a bullet may stand apart from its name
    let columns = lines.iter().any(|l| l.segments.len() > 1 || l.indent > 0);
    let add = |concerns: &mut Vec<SummaryConcern>, class, class_sure, text: Text, sure| {
        concerns.push(SummaryConcern { class, class_sure, name: Stated { text, sure }, page: None });
    };
    for (n, line) in lines.iter().enumerate() {
        let key = line.key();
        under &= !line.blank_before;
        headed &= !line.blank_before;
        let was = std::mem::replace(&mut before, Before::Other);
        if let Some(new) = heading::class(key) {
            class = new;
            let next = lines[n + 1..].iter().position(|l| heading::class(l.key()).is_some());
            under = !headed && next.is_none_or(|next| lines[n + 1..=n + 1 + next].iter().any(|l| l.blank_before));
            headed = true;
            continue;
        }
        if key.bytes().all(|b| b.is_ascii_digit()) && key.len() <= 3 {
            match concerns.last_mut().filter(|c| was == Before::Name && c.page.is_none()) {
                Some(concern) => concern.page = Some(Stated::sure(line.text.clone())),
                None => pages_follow_names = false,
            }
            continue;
        }
        // the head of the summary may come in between
        if LABELS.contains(&key) {
            before = Before::Label;
            continue;
        }
        // the number of a heading, and headings that their column cuts
        let cut = (key.starts_with("重要な") && key.chars().count() <= 14) || key.starts_with('【') || key.ends_with('】');
        if cut {
            before = Before::Cut;
            under = false;
            continue;
        }
        let rest_of_cut = was == Before::Cut && key.chars().count() <= 2;
        if was == Before::Label || rest_of_cut || is_page(key) || is_none(key) || heading::without_number(key).is_empty() {
            continue;
        }
        // a number or a bullet begins a name, and lines without go on with it
        let lead = name::lead(key);
        if lead > 0 && lead < key.len() && (columns || super::product::number(key).1 > 0) {
            pending = None;
            let text = line.text.slice(lead..line.text.len());
            before = if hints.know(text.as_str()) { Before::Name } else { Before::Rest };
            let class_sure = under || marked == concerns.len();
            add(&mut concerns, class, class_sure, text, true);
            marked += 1;
            continue;
        }
        before = Before::Name;
        if let Some(open) = &mut pending {
            let joined = format!("{}{key}", open.as_str());
            if hints.know(&joined) || hints.goes_on(&joined) {
                open.append(&line.text);
                if hints.know(&joined) {
                    add(&mut concerns, class, began_under && under, open.clone(), true);
                    pending = None;
                }
                continue;
            }
        }
        if hints.know(key) {
            add(&mut concerns, class, under, line.text.clone(), true);
        } else if hints.goes_on(key) {
            began_under = under;
            pending = Some(line.text.clone());
        } else if was == Before::Rest
            && let Some(last) = concerns.last_mut()
        {
            last.name.text.append(&line.text);
            before = Before::Rest;
        } else {
            add(&mut concerns, class, false, line.text.clone(), false);
            before = Before::Rest;
        }
    }
    if !pages_follow_names || concerns.iter().any(|c| c.page.is_none() || !c.name.sure) {
        concerns.iter_mut().for_each(|c| c.page = None);
    }
    if let (1, None) = (concerns.iter().filter(|c| !c.name.sure).count(), &pending)
        && let Some(only) = concerns.iter_mut().find(|c| !c.name.sure)
    {
        only.name.sure = name::open_brackets(only.name.as_str()) == 0 && (4..=60).contains(&only.name.as_str().chars().count());
    }
    let all = marked > 0 && marked == concerns.len();
    (concerns, all)
}

/// Concerns whose column stands, heading and all, behind the part 1.1 of the summary.
fn strayed(lines: &[Line], hints: &Hints) -> Vec<SummaryConcern> {
    let mut found = Vec::new();
    for n in (0..lines.len()).filter(|&n| heading::class(lines[n].key()).is_some()) {
        found.extend(from_lines(&lines[n..=n + column_below(lines, n)], hints).0.into_iter().filter(|c| hints.know(c.name.as_str())));
    }
    found
}

/// How many lines stand below a heading without an empty one between.
fn column_below(lines: &[Line], heading: usize) -> usize {
    lines[heading + 1..].iter().take_while(|l| !l.blank_before && heading::section(l.key()).is_none()).count()
}

/// What stood in the line before.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// A name, or the last line of one.
    Name,
    /// A line that no other view knows.
    Rest,
    /// A label of the summary's head, so that its value comes next.
    Label,
    /// A heading that its column may have cut.
    Cut,
    Other,
}

/// The code of 薬効分類, which tells itself by its shape, where the labels of the head stand apart from their values.
fn class_code(lines: &[Line]) -> Option<Field> {
    lines.iter().find(|l| l.key() == "薬効分類")?;
    let mut codes = lines.iter().filter(|l| l.key().len() == 6 && l.key().bytes().all(|b| b.is_ascii_digit()));
    let code = codes.next().filter(|_| codes.next().is_none())?;
    Some(Field { label: "薬効分類", lines: vec![code.text.clone()], value: Stated::sure(code.text.clone()) })
}
