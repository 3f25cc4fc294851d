//! Automatic numbering: what number or bullet a paragraph carries that its text does not hold.

use std::collections::{HashMap, HashSet};

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::marks;
use super::package::attribute;

/// Levels of a list that Word knows.
const LEVELS: usize = 9;
/// Longest chain of styles followed.
const STYLE_DEPTH: usize = 32;

/// What a paragraph, a style or a level of a list says about numbering and indentation.
#[derive(Clone, Debug, Default)]
pub(super) struct Format {
    /// `w:numId`; 0 takes the numbering away.
    pub list: Option<u32>,
    /// `w:ilvl`.
    pub level: Option<usize>,
    /// Indentation from the left, in half-width characters.
    pub left: Option<f32>,
    /// Further indentation of the first line, in half-width characters; negative where it hangs.
    pub first: Option<f32>,
}

impl Format {
    /// Takes over what `w:ind` says.
    pub fn indent(&mut self, element: &BytesStart<'_>) {
        let measure = |chars: &str, twips: &[&str]| {
            let number = |name: &str| attribute(element, name).and_then(|value| value.parse::<f32>().ok());
            // Hundredths of a full-width character, or twentieths of a point at the 10.5 points of the form's text.
            number(chars)
                .filter(|value| *value != 0.0)
                .map(|value| value / 50.0)
                .or_else(|| twips.iter().find_map(|name| number(name)).map(|value| value / 105.0))
        };
        self.left = measure("leftChars", &["left", "start"]).or(self.left);
        self.first =
            measure("hangingChars", &["hanging"]).map(|value| -value).or_else(|| measure("firstLineChars", &["firstLine"])).or(self.first);
    }

    fn or(self, under: &Self) -> Self {
        Self {
            list: self.list.or(under.list),
            level: self.level.or(under.level),
            left: self.left.or(under.left),
            first: self.first.or(under.first),
        }
    }
}

#[derive(Clone, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
    bullet_font: Option<String>,
    bare: bool,
    decimal: bool,
    keeps_counting: bool,
    style: Option<String>,
    indent: Format,
}

#[derive(Clone, Default)]
struct Scheme {
    levels: Vec<Level>,
    /// The style that holds the real numbering, where this one only refers to it.
    style_link: Option<String>,
}

#[derive(Clone, Default)]
struct List {
    scheme: u32,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

#[derive(Default)]
struct Style {
    based_on: Option<String>,
    format: Format,
    /// One of Word's `toc 1` to `toc 9`.
    contents: bool,
}

/// Styles and lists of a document, and where its counters stand.
#[derive(Default)]
pub(super) struct Numbering {
    styles: HashMap<String, Style>,
    default_style: Option<String>,
    schemes: HashMap<u32, Scheme>,
    lists: HashMap<u32, List>,
    counters: HashMap<u32, [Option<u32>; LEVELS]>,
    restarted: HashSet<(u32, usize)>,
}

impl Numbering {
    /// Reads `styles.xml` and `numbering.xml`; what cannot be read is as if it were absent.
    pub fn new(styles: &str, numbering: &str) -> Self {
        let mut this = Self::default();
        this.read_styles(styles);
        this.read_numbering(numbering);
        this
    }

    /// The number or bullet of the next paragraph, with the blank after it, and how far the paragraph is set in. Counts on.
    pub fn next(&mut self, style: Option<&str>, own: &Format) -> (String, u16) {
        let style = style.or(self.default_style.as_deref()).map(str::to_owned);
        let inherited = self.inherited(style.as_deref());
        let direct = own.list.is_some();
        let format = own.clone().or(&inherited);
        let list = format.list.filter(|list| *list != 0 && self.lists.contains_key(list));
        let Some(list) = list else {
            return (String::new(), indentation(&format));
        };
        let linked = if direct { None } else { style.and_then(|style| self.linked_level(list, &style)) };
        let level = linked.or(format.level).unwrap_or(0).min(LEVELS - 1);
        let Some(shape) = self.level(list, level).cloned() else {
            return (String::new(), indentation(&format));
        };
        // Indentation of the list stands between the paragraph's own and the style's.
        let format = own.clone().or(&shape.indent).or(&inherited);
        (self.count(list, level, &shape), indentation(&format))
    }

    fn count(&mut self, list: u32, level: usize, shape: &Level) -> String {
        let Some(entry) = self.lists.get(&list) else { return String::new() };
        let scheme = entry.scheme;
        let restart = entry.starts.get(&level).copied();
        let counters = self.counters.entry(scheme).or_default();
        let value = match restart {
            Some(start) if self.restarted.insert((list, level)) => start,
            _ => counters[level].map_or(shape.start, |value| value.saturating_add(1)),
        };
        counters[level] = Some(value);
        for (deeper, counter) in counters.iter_mut().enumerate().skip(level + 1) {
            let keeps = entry
                .levels
                .get(&deeper)
                .or_else(|| self.schemes.get(&scheme).and_then(|scheme| scheme.levels.get(deeper)))
                .is_some_and(|level| level.keeps_counting);
            if !keeps {
                *counter = None;
            }
        }
        let counters = *counters;
        let mut text = String::new();
        if shape.format == "bullet" {
            text.extend(shape.text.chars().map(|mark| marks::symbol(shape.bullet_font.as_deref(), mark)));
        } else {
            let mut characters = shape.text.chars().peekable();
            while let Some(character) = characters.next() {
                let place = characters.peek().and_then(|digit| digit.to_digit(10)).filter(|digit| (1..=9).contains(digit));
                let (true, Some(place)) = (character == '%', place) else {
                    text.push(character);
                    continue;
                };
                characters.next();
                let above = place as usize - 1;
                let Some(at) = self.level(list, above) else { continue };
                let format = if shape.decimal { "decimal" } else { at.format.as_str() };
                text.push_str(&marks::number(format, counters[above].unwrap_or(at.start)));
            }
        }
        if !text.is_empty() && !shape.bare {
            text.push(' ');
        }
        text
    }

    /// Whether a paragraph of this style is a line of a table of contents, which repeats headings.
    pub fn is_contents(&self, style: Option<&str>) -> bool {
        let mut next = style;
        for _ in 0..STYLE_DEPTH {
            let Some(style) = next.and_then(|name| self.styles.get(name)) else { return false };
            if style.contents {
                return true;
            }
            next = style.based_on.as_deref();
        }
        false
    }

    fn inherited(&self, style: Option<&str>) -> Format {
        let mut format = Format::default();
        let mut next = style;
        for _ in 0..STYLE_DEPTH {
            let Some(style) = next.and_then(|name| self.styles.get(name)) else { break };
            format = format.or(&style.format);
            next = style.based_on.as_deref();
        }
        format
    }

    /// The scheme of a list, after one reference to another list by way of a style.
    fn scheme(&self, list: u32) -> Option<&Scheme> {
        let scheme = self.schemes.get(&self.lists.get(&list)?.scheme)?;
        let Some(link) = &scheme.style_link else { return Some(scheme) };
        let other = self.styles.get(link)?.format.list?;
        self.schemes.get(&self.lists.get(&other)?.scheme)
    }

    fn level(&self, list: u32, level: usize) -> Option<&Level> {
        let overridden = self.lists.get(&list)?.levels.get(&level);
        overridden.or_else(|| self.scheme(list)?.levels.get(level))
    }

    fn linked_level(&self, list: u32, style: &str) -> Option<usize> {
        self.scheme(list)?.levels.iter().position(|level| level.style.as_deref() == Some(style))
    }

    fn read_styles(&mut self, text: &str) {
        let mut reader = Reader::from_str(text);
        let mut name = String::new();
        let mut old = 0usize;
        loop {
            let (element, empty) = match reader.read_event() {
                Ok(Event::Start(element)) => (element, false),
                Ok(Event::Empty(element)) => (element, true),
                Ok(Event::End(element)) => {
                    old -= usize::from(old > 0 && element.local_name().as_ref() == "pPrChange");
                    continue;
                }
                Ok(Event::Eof) | Err(_) => return,
                Ok(_) => continue,
            };
            let value = attribute(&element, "val");
            match element.local_name().as_ref() {
                "style" => {
                    name = attribute(&element, "styleId").unwrap_or_default();
                    if attribute(&element, "type").is_none_or(|kind| kind == "paragraph")
                        && attribute(&element, "default").is_some_and(|value| is_on(&value))
                    {
                        self.default_style = Some(name.clone());
                    }
                    self.styles.insert(name.clone(), Style::default());
                }
                "pPrChange" if !empty => old += 1,
                local if old == 0 => {
                    let Some(style) = self.styles.get_mut(&name) else { continue };
                    match local {
                        "basedOn" => style.based_on = value,
                        "name" => style.contents = value.is_some_and(|name| is_contents(&name)),
                        "numId" => style.format.list = value.and_then(|value| value.parse().ok()),
                        "ilvl" => style.format.level = value.and_then(|value| value.parse().ok()),
                        "ind" => style.format.indent(&element),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
    }

    fn read_numbering(&mut self, text: &str) {
        let mut reader = Reader::from_str(text);
        let mut scheme: Option<u32> = None;
        let mut list: Option<u32> = None;
        let mut level = 0usize;
        loop {
            let element = match reader.read_event() {
                Ok(Event::Start(element) | Event::Empty(element)) => element,
                Ok(Event::Eof) | Err(_) => return,
                Ok(_) => continue,
            };
            let value = attribute(&element, "val");
            let figure = |name: &str| attribute(&element, name).and_then(|value| value.parse::<u32>().ok());
            match element.local_name().as_ref() {
                "abstractNum" => {
                    scheme = figure("abstractNumId");
                    list = None;
                    if let Some(id) = scheme {
                        self.schemes.insert(id, Scheme::default());
                    }
                }
                "num" => {
                    list = figure("numId");
                    scheme = None;
                    if let Some(id) = list {
                        self.lists.insert(id, List::default());
                    }
                }
                "abstractNumId" => {
                    if let Some(entry) = list.and_then(|id| self.lists.get_mut(&id)) {
                        entry.scheme = figure("val").unwrap_or_default();
                    }
                }
                "numStyleLink" => {
                    if let Some(entry) = scheme.and_then(|id| self.schemes.get_mut(&id)) {
                        entry.style_link = value;
                    }
                }
                "lvlOverride" => level = (figure("ilvl").unwrap_or(0) as usize).min(LEVELS - 1),
                "startOverride" => {
                    if let (Some(entry), Some(start)) = (list.and_then(|id| self.lists.get_mut(&id)), figure("val")) {
                        entry.starts.insert(level, start);
                    }
                }
                "lvl" => {
                    level = (figure("ilvl").unwrap_or(0) as usize).min(LEVELS - 1);
                    let fresh = Level { start: 0, format: "decimal".into(), ..Level::default() };
                    if let Some(entry) = list.and_then(|id| self.lists.get_mut(&id)) {
                        entry.levels.insert(level, fresh);
                    } else if let Some(entry) = scheme.and_then(|id| self.schemes.get_mut(&id)) {
                        while entry.levels.len() <= level {
                            entry.levels.push(fresh.clone());
                        }
                    }
                }
                local => {
                    let current = if let Some(entry) = list.and_then(|id| self.lists.get_mut(&id)) {
                        entry.levels.get_mut(&level)
                    } else {
                        scheme.and_then(|id| self.schemes.get_mut(&id)).and_then(|entry| entry.levels.get_mut(level))
                    };
                    let Some(current) = current else { continue };
                    match local {
                        "start" => current.start = figure("val").unwrap_or(0),
                        "numFmt" => current.format = value.unwrap_or_default(),
                        "lvlText" => current.text = value.unwrap_or_default().chars().take(64).collect(),
                        "suff" => current.bare = value.as_deref() == Some("nothing"),
                        "isLgl" => current.decimal = value.is_none_or(|value| is_on(&value)),
                        "lvlRestart" => current.keeps_counting = value.as_deref() == Some("0"),
                        "pStyle" => current.style = value,
                        "rFonts" => current.bullet_font = attribute(&element, "ascii"),
                        "ind" => current.indent.indent(&element),
                        _ => {}
                    }
                }
            }
        }
    }
}

/// Whether a style is that of lines of a table of contents: `toc 1` to `toc 9` whatever Word's language, only ids are translated.
fn is_contents(name: &str) -> bool {
    let level = name.get(..4).filter(|word| word.eq_ignore_ascii_case("toc ")).and_then(|_| name[4..].parse::<u8>().ok());
    level.is_some_and(|level| (1..=9).contains(&level))
}

/// Whether a switch of WordprocessingML is on.
pub(super) fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off")
}

fn indentation(format: &Format) -> u16 {
    let characters = format.left.unwrap_or(0.0) + format.first.unwrap_or(0.0);
    // The cast saturates: a negative indentation is none.
    characters.round() as u16
}
