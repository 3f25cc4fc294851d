//! From what came back to proposals.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use plan::Plan;
use plan::difference::{Piece, reworded};
use plan::figure::{FigureKind, figures};
use plan::source::Place;

use super::align::{Group, align};
use super::source::{By, Kind, Source, string};
use super::values::Values;
use super::{Change, Edit, Part, Printed, Refusal, Returned, Verdict, Written};

/// Stands between two paragraphs while they are compared as one.
const PARAGRAPH: char = '\u{E000}';
/// Letters shown before and after a change.
const AROUND: usize = 24;
/// Changes with so few letters between them are one.
const NEAR: usize = 2;

/// Why not, and the place to change instead.
type Refused = (Refusal, Option<Place>);
/// A text of the source, and what prints its letters.
type Text = (Source, Vec<(Range<usize>, Option<Vec<By>>)>);

/// What changed between the document as it was printed and as it came back, in the order of the document. `same_source` if the plan is
/// that from which it was built.
#[must_use]
pub fn propose(plan: &Plan, printed: &[Printed], returned: &[Returned], same_source: bool) -> Vec<Change> {
    let groups = align(printed, returned);
    let mut proposer = Proposer {
        plan,
        values: Values::of(plan),
        printed,
        same_source,
        homes: homes(printed),
        texts: HashMap::new(),
        gone: HashMap::new(),
    };
    let mut found: BTreeMap<(usize, usize, usize), Change> = BTreeMap::new();
    // what is gone first: it may have come back elsewhere
    let mut deleted: HashMap<usize, Change> = HashMap::new();
    for group in groups.iter().filter(|group| group.returned.is_empty()) {
        let n = group.printed.start;
        if !printed[n].text.trim().is_empty() {
            let change = proposer.deletion(n);
            if matches!(change.verdict, Verdict::Proposed(_)) {
                proposer.gone.entry(printed[n].text.trim().to_owned()).or_insert(n);
            }
            deleted.insert(n, change);
        }
    }
    for (order, group) in groups.iter().enumerate() {
        if group.returned.is_empty() {
            continue;
        }
        let came: Vec<&Returned> = returned[group.returned.clone()].iter().collect();
        let authors: Vec<String> = came.iter().flat_map(|paragraph| paragraph.authors.clone()).collect();
        if group.printed.is_empty() {
            let text = came[0].text.trim();
            if text.is_empty() {
                continue;
            }
            let mut change = proposer.insertion(group.printed.start, text);
            change.authors = authors;
            if let Some(from) = proposer.gone.get(text).copied()
                && let (Verdict::Proposed(edits), Some(Change { verdict: Verdict::Proposed(away), .. })) =
                    (&mut change.verdict, deleted.get(&from))
            {
                edits.extend(away.clone());
                deleted.remove(&from);
                proposer.gone.remove(text);
            }
            found.insert((group.printed.start, 0, order), change);
            continue;
        }
        for (at, mut change) in proposer.rewording(group, &came) {
            change.authors.clone_from(&authors);
            found.insert((group.printed.start, at + 1, order), change);
        }
    }
    found.extend(deleted.into_iter().map(|(n, change)| ((n, 1, 0), change)));
    // what was taken in before is done
    found.into_values().filter(|change| change.verdict != Verdict::Refused(Refusal::Already)).collect()
}

/// The bookmark under which each text is told of: where it is printed first and not only named.
fn homes(printed: &[Printed]) -> HashSet<String> {
    let mut known: HashSet<String> = HashSet::new();
    let parts = printed.iter().flat_map(|paragraph| &paragraph.parts).filter(|part| !part.mention);
    parts.filter(|part| known.insert(part.written.to_string())).map(|part| part.bookmark.clone()).collect()
}

struct Proposer<'a> {
    plan: &'a Plan,
    values: Values,
    printed: &'a [Printed],
    same_source: bool,
    homes: HashSet<String>,
    texts: HashMap<String, Option<Text>>,
    /// Paragraphs that are gone and may be taken out, by their words.
    gone: HashMap<String, usize>,
}

/// A change of printed words: which bytes, and what came instead.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hunk {
    range: Range<usize>,
    new: String,
}

impl Proposer<'_> {
    fn deletion(&mut self, n: usize) -> Change {
        let text = self.printed[n].text.clone();
        let result = match self.whole(n).cloned() {
            Some(part) => self.edit(&[part], &text, &Hunk { range: 0..text.len(), new: String::new() }, true, None),
            None => Err(self.derived(n, &(0..text.len()))),
        };
        change((String::new(), text, String::new(), String::new()), result)
    }

    /// A new paragraph before the paragraph `next`.
    fn insertion(&mut self, next: usize, text: &str) -> Change {
        let moved = self.gone.get(text).copied().and_then(|n| self.raw(n));
        let mut result = None;
        if let Some(before) = next.checked_sub(1).and_then(|n| self.whole(n).cloned()).filter(|part| part.written.paragraph().is_some()) {
            let printed = self.printed[next - 1].text.clone();
            let hunk = Hunk { range: printed.len()..printed.len(), new: format!("{PARAGRAPH}{text}") };
            result = Some(self.edit(&[before], &printed, &hunk, false, moved.as_deref()));
        }
        if !matches!(result, Some(Ok(_)))
            && let Some(after) =
                (next < self.printed.len()).then(|| self.whole(next).cloned()).flatten().filter(|part| part.written.paragraph().is_some())
        {
            let printed = self.printed[next].text.clone();
            let hunk = Hunk { range: 0..0, new: format!("{text}{PARAGRAPH}") };
            result = Some(self.edit(&[after], &printed, &hunk, false, moved.as_deref()));
        }
        let result = result.unwrap_or_else(|| Err((Refusal::Form, self.near(next.saturating_sub(1)))));
        let before = next.checked_sub(1).map_or(String::new(), |n| last(&self.printed[n].text));
        change((before, String::new(), format!("¶{text}"), String::new()), result)
    }

    fn rewording(&mut self, group: &Group, came: &[&Returned]) -> Vec<(usize, Change)> {
        let join = |texts: Vec<&str>| texts.join(&PARAGRAPH.to_string());
        let old = join(self.printed[group.printed.clone()].iter().map(|paragraph| paragraph.text.as_str()).collect());
        let new = join(came.iter().map(|paragraph| paragraph.text.as_str()).collect());
        if plain(&old) == plain(&new) {
            return Vec::new();
        }
        let parts: Vec<Part> = if group.printed.len() == 1 {
            self.printed[group.printed.start].parts.clone()
        } else {
            group.printed.clone().filter_map(|n| self.whole(n).cloned()).collect()
        };
        let mut all = Vec::new();
        for hunk in hunks(&old, &new) {
            let result = if group.printed.len() > 1 {
                let beside = parts.len() == group.printed.len() && parts.windows(2).all(|pair| pair[0].written.is_beside(&pair[1].written));
                if beside { self.edit(&parts, &old, &hunk, false, None) } else { Err((Refusal::Form, self.near(group.printed.start))) }
            } else {
                let within = |part: &&Part| part.range.start <= hunk.range.start && hunk.range.end <= part.range.end;
                match parts.iter().find(|part| within(part) && self.homes.contains(&part.bookmark)) {
                    Some(part) => {
                        let local = hunk.range.start - part.range.start..hunk.range.end - part.range.start;
                        let hunk = Hunk { range: local, new: hunk.new.clone() };
                        self.edit(std::slice::from_ref(part), &old[part.range.clone()], &hunk, false, None)
                    }
                    None => Err(self.derived(group.printed.start, &hunk.range)),
                }
            };
            let shown = |text: &str| text.replace(PARAGRAPH, "¶");
            let words = (last(&old[..hunk.range.start]), shown(&old[hunk.range.clone()]), shown(&hunk.new), first(&old[hunk.range.end..]));
            all.push((hunk.range.start, change(words, result)));
        }
        all
    }

    /// The part that a paragraph is as a whole, if it is told of here.
    fn whole(&self, n: usize) -> Option<&Part> {
        let paragraph = &self.printed[n];
        paragraph.parts.iter().find(|part| part.range == (0..paragraph.text.len()) && self.homes.contains(&part.bookmark))
    }

    /// The place of what words derive from.
    fn derived(&mut self, n: usize, bytes: &Range<usize>) -> Refused {
        let paragraph = &self.printed[n];
        let over =
            |part: &&Part| part.range.start < bytes.end.max(bytes.start + 1) && bytes.start < part.range.end.max(part.range.start + 1);
        if let Some(part) = paragraph.parts.iter().find(over).cloned() {
            let place = self.text(&part.written).map(|(source, letters)| match part.written.paragraph().and_then(|n| letters.get(n)) {
                Some((range, _)) => source.place(range.clone()),
                None => source.place(0..source.text.len()),
            });
            return (Refusal::Derived, place);
        }
        match self.values.printing(&paragraph.text, bytes) {
            Some(place) => (Refusal::Derived, Some(place)),
            None => (Refusal::Form, self.near(n)),
        }
    }

    /// The nearest words of the plan before a paragraph.
    fn near(&mut self, n: usize) -> Option<Place> {
        let part = self.printed[..=n.min(self.printed.len().checked_sub(1)?)].iter().rev().flat_map(|paragraph| &paragraph.parts).next()?;
        let written = part.written.clone();
        let (source, _) = self.text(&written)?;
        Some(source.place(0..source.text.len()))
    }

    /// What a paragraph is written as, without the marks around it.
    fn raw(&mut self, n: usize) -> Option<String> {
        let part = self.whole(n)?.clone();
        let paragraph = part.written.paragraph()?;
        let (source, letters) = self.text(&part.written)?;
        Some(source.text[letters.get(paragraph)?.0.clone()].to_owned())
    }

    fn text(&mut self, written: &Written) -> Option<&Text> {
        let key = match written {
            Written::Section { file, section, .. } => format!("{file}#{section:?}"),
            Written::Text { file, at, .. } => format!("{file}@{at}"),
            Written::Words { file, at } => format!("{file}@{at}="),
        };
        let plan = self.plan;
        let load = || {
            let source = Source::of(plan, written)?;
            let letters = source.letters(plan);
            Some((source, letters))
        };
        self.texts.entry(key).or_insert_with(load).as_ref()
    }

    /// Where words are written now: a string that has moved in its file is found by what it says.
    fn now(&mut self, part: &Part, says: &str) -> Option<Written> {
        let (Written::Text { file, at, .. } | Written::Words { file, at }) = &part.written else { return Some(part.written.clone()) };
        let known = self.text(&part.written).is_some_and(|(source, _)| source.printed.iter().any(|printed| printed == says));
        if known || self.same_source {
            return Some(part.written.clone());
        }
        let id = self.plan.sources.find(file)?;
        let words = matches!(part.written, Written::Words { .. });
        let prints = |value: &str| if words { value == says } else { crate::prose::markdown(value).len() == 1 && value.trim() == says };
        let at = self.values.only(id, prints).map_or(*at, |place| place.start);
        Some(match &part.written {
            Written::Text { file, paragraph, .. } => Written::Text { file: file.clone(), at, paragraph: *paragraph },
            _ => Written::Words { file: file.clone(), at },
        })
    }

    /// The edits that make a change of words that were printed by parts; `says` are these words, `moved` how new ones are written
    /// elsewhere.
    fn edit(&mut self, parts: &[Part], says: &str, hunk: &Hunk, block: bool, moved: Option<&str>) -> Result<(Place, Vec<Edit>), Refused> {
        let gone = (Refusal::Gone, None);
        let written = parts.first().and_then(|part| self.now(part, says)).ok_or(gone)?;
        let same_source = self.same_source;
        let plan = self.plan;
        let Some((source, letters)) = self.text(&written).cloned() else { return Err(gone) };
        // the paragraphs of the text that print this
        let wanted: Vec<&str> = says.split(PARAGRAPH).collect();
        let first = written.paragraph().unwrap_or(0);
        let prints = |at: usize| source.printed.get(at..at + wanted.len()).is_some_and(|there| there == wanted);
        let places: Vec<usize> = (0..source.printed.len()).filter(|at| prints(*at)).collect();
        let first = match places.as_slice() {
            _ if prints(first) => first,
            [only] => *only,
            _ => first,
        };
        let taken = first..first + wanted.len();
        let (Some(now), Some(letters)) = (source.printed.get(taken.clone()), letters.get(taken.clone())) else { return Err(gone) };
        if !same_source && is_done(&source, says, &now.join(&PARAGRAPH.to_string()), hunk, block) {
            return Err((Refusal::Already, None));
        }
        let here = source.place(letters[0].0.start..letters[letters.len() - 1].0.end);
        let now = now.join(&PARAGRAPH.to_string());
        let range = match followed(says, &now, &hunk.range) {
            Some(range) if !block || range == (0..now.len()) => range,
            _ if same_source => return Err((Refusal::Derived, self.values.printing(says, &hunk.range).or(Some(here)))),
            _ => return Err((Refusal::ChangedSince, Some(here))),
        };
        let hunk = Hunk { range, new: hunk.new.clone() };
        // what prints each letter of it
        let mut by: Vec<By> = Vec::new();
        for (n, (bytes, own)) in letters.iter().enumerate() {
            if n > 0 {
                by.push(By::Bytes(letters[n - 1].0.end..bytes.start));
            }
            by.extend(own.clone().ok_or((Refusal::Unfollowed, Some(here)))?);
        }
        let (a, b) = (now[..hunk.range.start].chars().count(), now[..hunk.range.end].chars().count());
        if let Some(figure) = broken(&by, a, b, &hunk.new).filter(|_| !block) {
            return Err((Refusal::Figure, Some(self.figure(&source, figure))));
        }
        let bytes = |by: &By| match by {
            By::Bytes(range) | By::Figure(range) => range.clone(),
        };
        let outer = letters[0].0.start..letters[letters.len() - 1].0.end;
        let place = if a < b {
            bytes(&by[a]).start..bytes(&by[b - 1]).end
        } else if a == 0 {
            outer.start..outer.start
        } else if a == by.len() {
            outer.end..outer.end
        } else {
            // beyond the end of bold words, before their beginning
            let (left, right) = (bytes(&by[a - 1]).end, bytes(&by[a]).start);
            let inside = source.text[..left].matches("**").count() % 2 == 1;
            let at = if inside { right } else { left };
            at..at
        };
        let mut expected = source.printed.clone();
        let after = format!("{}{}{}", &now[..hunk.range.start], hunk.new, &now[hunk.range.end..]);
        expected.splice(taken, after.split(PARAGRAPH).filter(|text| !text.trim().is_empty()).map(str::to_owned));
        let mut tries: Vec<(Range<usize>, String)> = Vec::new();
        if block {
            tries.extend(whole_lines(&source.text, &outer).map(|lines| (lines, String::new())));
        }
        let between = separator(&source.text, &letters[0].0);
        for words in moved.map(|raw| vec![raw.to_owned()]).unwrap_or_else(|| {
            let words = hunk.new.trim_matches(PARAGRAPH);
            vec![words.to_owned(), escaped(words)]
        }) {
            if hunk.new.contains(PARAGRAPH) && between.is_none() {
                continue;
            }
            let between = between.as_deref().unwrap_or_default();
            let broken = words.replace(PARAGRAPH, between).replace('\n', "\\\n");
            let words = if moved.is_some() { words } else { broken };
            let lead = if hunk.new.starts_with(PARAGRAPH) { between } else { "" };
            let trail = if hunk.new.len() > PARAGRAPH.len_utf8() && hunk.new.ends_with(PARAGRAPH) { between } else { "" };
            let words = format!("{lead}{words}{trail}");
            // one empty line is enough
            let ended = words.ends_with("\n\n") && source.text[place.end..].starts_with('\n');
            let words = if ended { words[..words.len() - 1].to_owned() } else { words };
            tries.push((place.clone(), words.clone()));
            if words.is_empty() {
                tries.extend(around_marks(&source.text, &place).map(|wider| (wider, String::new())));
            }
        }
        let exact = hunk.new.trim().is_empty() && now[hunk.range.clone()].trim().is_empty();
        for (range, words) in tries {
            let text = format!("{}{words}{}", &source.text[..range.start], &source.text[range.end..]);
            if same(&source.reprinted(plan, &text), &expected, exact) && self.stays_a_string(&source, &written, &text) {
                let whole = source.place(range.clone());
                let file = plan.sources.path(whole).to_owned();
                return Ok((source.place(range), vec![Edit { file, range: whole.range(), text: words }]));
            }
        }
        Err((Refusal::Unfollowed, Some(here)))
    }

    /// Whether a string of TOML is still one with this text in it.
    fn stays_a_string(&self, source: &Source, written: &Written, text: &str) -> bool {
        let (Written::Text { at, .. } | Written::Words { at, .. }) = written else { return source.kind == Kind::Prose };
        let Some(file) = self.plan.sources.file(source.file) else { return false };
        let changed = format!("{}{text}{}", &file.text[..source.start], &file.text[source.start + source.text.len()..]);
        !text.contains('\\') && string(&changed, *at) == Some(source.start..source.start + text.len())
    }

    /// Where the counts of a figure are written, or the name it prints.
    fn figure(&self, source: &Source, range: Range<usize>) -> Place {
        let place = source.place(range.clone());
        let all = figures(&source.text[range], place);
        match all.first().and_then(|figure| figure.kind.as_ref().ok()) {
            Some(FigureKind::Counts(counts)) => counts.counts_at,
            Some(FigureKind::Name(name)) => self.plan.figures.get(name).map_or(place, |counts| counts.counts_at),
            Some(FigureKind::Reference(id)) => {
                self.plan.name_of(id).and_then(|name| self.values.printing(&name.ja, &(0..name.ja.len()))).unwrap_or(place)
            }
            _ => place,
        }
    }
}

fn change((before, old, new, after): (String, String, String, String), result: Result<(Place, Vec<Edit>), Refused>) -> Change {
    let (place, verdict) = match result {
        Ok((place, edits)) => (Some(place), Verdict::Proposed(edits)),
        Err((refusal, place)) => (place, Verdict::Refused(refusal)),
    };
    Change { before, old, new, after, place, authors: Vec::new(), verdict }
}

/// The words without what programs change by themselves: kinds of blanks, and blanks at the ends.
fn plain(text: &str) -> String {
    let text: String = text.chars().map(|c| if c == '\u{a0}' { ' ' } else { c }).collect();
    text.split(PARAGRAPH).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(&PARAGRAPH.to_string())
}

/// The changes between two texts; those that are near each other are one.
fn hunks(old: &str, new: &str) -> Vec<Hunk> {
    let mut all: Vec<Hunk> = Vec::new();
    let mut at = 0;
    let mut same = String::new();
    for piece in reworded(old, new) {
        let (gone, come) = match piece {
            Piece::Same(text) => {
                at += text.len();
                same = text;
                continue;
            }
            Piece::Removed(text) => (text, String::new()),
            Piece::Added(text) => (String::new(), text),
        };
        let range = at..at + gone.len();
        at = range.end;
        match all.last_mut() {
            Some(last) if same.chars().count() <= NEAR && !same.contains(PARAGRAPH) && last.range.end + same.len() == range.start => {
                last.range.end = range.end;
                last.new.push_str(&same);
                last.new.push_str(&come);
            }
            _ => all.push(Hunk { range, new: come }),
        }
        same.clear();
    }
    all
}

/// The bytes of `now` that are some bytes of `said`: `None` where the two differ.
fn followed(said: &str, now: &str, bytes: &Range<usize>) -> Option<Range<usize>> {
    if said == now {
        return Some(bytes.clone());
    }
    let (mut from, mut to) = (0, 0);
    for piece in reworded(said, now) {
        match piece {
            Piece::Same(text) => {
                if from <= bytes.start && bytes.end <= from + text.len() {
                    return Some(to + bytes.start - from..to + bytes.end - from);
                }
                from += text.len();
                to += text.len();
            }
            Piece::Removed(text) => from += text.len(),
            Piece::Added(text) => to += text.len(),
        }
    }
    None
}

/// Whether a text that has changed since it was printed has this very change.
fn is_done(source: &Source, says: &str, now: &str, hunk: &Hunk, block: bool) -> bool {
    let there = |text: &str| source.printed.iter().any(|printed| printed.trim() == text);
    if block {
        // neither as it was nor reworded
        return !source.printed.iter().any(|printed| is_alike(printed, says));
    }
    let new = hunk.new.trim_matches(PARAGRAPH);
    if hunk.range.is_empty() && new.len() < hunk.new.len() && !new.contains(PARAGRAPH) && there(new.trim()) {
        return true;
    }
    hunks(says, now).contains(hunk)
}

/// Whether two texts have half of their letters in common words.
fn is_alike(a: &str, b: &str) -> bool {
    let shared: usize = reworded(a, b).iter().map(|piece| if let Piece::Same(text) = piece { text.len() } else { 0 }).sum();
    shared * 2 >= a.len().max(b.len())
}

/// The figure that a change of letters would break: it reaches into it, or puts words in its place.
fn broken(by: &[By], a: usize, b: usize, new: &str) -> Option<Range<usize>> {
    let at = |n: usize| match by.get(n) {
        Some(By::Figure(range)) => Some(range.clone()),
        _ => None,
    };
    if a == b {
        let left = at(a.checked_sub(1)?)?;
        return (at(a) == Some(left.clone())).then_some(left);
    }
    (a..b).filter_map(at).find(|figure| {
        let beyond = |n: Option<usize>| n.and_then(at).as_ref() == Some(figure);
        !new.is_empty() || beyond(a.checked_sub(1)) || beyond(Some(b))
    })
}

/// The lines that hold nothing but a paragraph, its mark and the blank lines that part it.
fn whole_lines(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let start = text[..range.start].rfind('\n').map_or(0, |line| line + 1);
    let rest = &text[range.end..];
    let line = rest.find('\n').map_or(rest.len(), |end| end + 1);
    if text[start..range.start].contains('|') || rest[..line].contains('|') {
        return None;
    }
    let mut end = range.end + line;
    let parted = start == 0 || text[..start].ends_with("\n\n");
    while parted && text[end..].starts_with('\n') {
        end += 1;
    }
    if text[end..].trim().is_empty() {
        return Some(text[..start].trim_end().len()..text.len());
    }
    Some(start..end)
}

/// The same bytes with the marks of bold or slanted words that nothing would be left between.
fn around_marks(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    ["**", "*", "`"].into_iter().find_map(|mark| {
        let whole = text[..range.start].ends_with(mark) && text[range.end..].starts_with(mark);
        whole.then(|| range.start - mark.len()..range.end + mark.len())
    })
}

/// What parts a paragraph from one like it after it; `None` in a table.
fn separator(text: &str, range: &Range<usize>) -> Option<String> {
    let start = text[..range.start].rfind('\n').map_or(0, |line| line + 1);
    let lead = text[start..range.start].trim_end_matches(['*', '`']);
    if lead.contains('|') {
        return None;
    }
    let mark = lead.trim();
    let item = matches!(mark, "-" | "*" | "+")
        || (mark.ends_with(['.', ')']) && mark.len() > 1 && mark[..mark.len() - 1].bytes().all(|b| b.is_ascii_digit()));
    Some(if item {
        format!("\n{lead}")
    } else if mark.is_empty() {
        format!("\n\n{lead}")
    } else {
        "\n\n".to_owned()
    })
}

/// Words that mean nothing to Markdown and hold no figure.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|' | '-' | '+' | '{' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    // a number at the beginning of a line begins a list
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && out[digits..].starts_with(['.', ')']) {
        out.insert(digits, '\\');
    }
    out
}

/// Whether two texts print the same; blanks count only where nothing else has changed.
fn same(printed: &[String], expected: &[String], exact: bool) -> bool {
    let bare = |text: &String| text.split_whitespace().collect::<String>();
    printed.len() == expected.len() && printed.iter().zip(expected).all(|(a, b)| a == b || !exact && bare(a) == bare(b))
}

fn last(text: &str) -> String {
    let text = text.rsplit(PARAGRAPH).next().unwrap_or_default();
    let skip = text.chars().count().saturating_sub(AROUND);
    let cut: String = text.chars().skip(skip).collect();
    if skip > 0 { format!("…{cut}") } else { cut }
}

fn first(text: &str) -> String {
    let text = text.split(PARAGRAPH).next().unwrap_or_default();
    let cut: String = text.chars().take(AROUND).collect();
    if text.chars().count() > AROUND { format!("{cut}…") } else { cut }
}
