//! From a form and values to text: loops and conditions are gone, each value is one character, each line knows where it was written.

use std::error::Error as _;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use diagnostic::{Finding, Words};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};

use super::{Form, START};
use crate::fragment::Fragment;

/// Characters that stand for a fragment: the two supplementary planes for private use.
const FRAGMENTS: [std::ops::RangeInclusive<u32>; 2] = [0xF_0000..=0xF_FFFD, 0x10_0000..=0x10_FFFD];
/// Characters that say which line of the form a line of the text came from.
const LINES: std::ops::RangeInclusive<u32> = 0xE000..=0xF8FF;

/// A filled form before it is set.
pub struct Expanded {
    /// The lines, and the line of the form each came from.
    pub lines: Vec<(String, Written)>,
    /// What the characters stand for.
    pub fragments: Vec<Arc<Fragment>>,
}

/// A line of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

impl Expanded {
    /// What a character stands for.
    pub fn fragment(&self, c: char) -> Option<(usize, &Arc<Fragment>)> {
        let index = index(c)?;
        Some((index, self.fragments.get(index)?))
    }
}

/// Which fragment a character stands for.
fn index(c: char) -> Option<usize> {
    let mut before = 0;
    for plane in FRAGMENTS {
        if plane.contains(&u32::from(c)) {
            return Some(before + (u32::from(c) - plane.start()) as usize);
        }
        before += plane.count();
    }
    None
}

fn character(mut index: usize) -> Option<char> {
    for plane in FRAGMENTS {
        let length = plane.clone().count();
        if index < length {
            return char::from_u32(plane.start() + u32::try_from(index).ok()?);
        }
        index -= length;
    }
    None
}

/// True for the characters that this crate gives a meaning of its own.
pub fn is_reserved(c: char) -> bool {
    LINES.contains(&u32::from(c)) || index(c).is_some()
}

/// Steps of an expansion: a loop in a loop in a loop of a form would run on for ever. The largest example takes less than 1 % of them.
const MOST_STEPS: u64 = 20_000_000;

/// Expands the form.
pub fn expand(form: &Form, values: &Value) -> Result<Expanded, Box<Finding>> {
    let mut written = Vec::new();
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.set_keep_trailing_newline(true);
    environment.set_fuel(Some(MOST_STEPS));
    // what macros give is marked as expanded, so that it is not taken for a value again
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("tree"));
    let fragments: Arc<Mutex<Vec<Arc<Fragment>>>> = Arc::default();
    let kept = Arc::clone(&fragments);
    environment.set_formatter(move |out, _state, value| {
        if value.is_safe() {
            return Ok(out.write_str(&value.to_string())?);
        }
        if value.is_none() {
            return Ok(());
        }
        let mut fragments = kept.lock().unwrap_or_else(PoisonError::into_inner);
        let c =
            character(fragments.len()).ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "more values than a document can hold"))?;
        fragments.push(Fragment::of(value));
        Ok(out.write_char(c)?)
    });
    crate::view::functions(&mut environment);
    for (name, file) in &form.files {
        if let Some(line) = file.text.lines().position(|line| line.contains(is_reserved)) {
            return Err(Box::new(form.mistake(
                name,
                line_number(line),
                Words::new("様式に外字（私用領域の文字）があります", "the form holds a character of private use"),
                Words::new("通常の文字に置き換えてください。", "Replace it by an ordinary character."),
            )));
        }
        let marked = marked(name, &file.text, &mut written);
        if written.len() > LINES.count() {
            return Err(Box::new(form.mistake(
                name,
                1,
                Words::new("様式の行が多すぎます", "the form has too many lines"),
                Words::new("使わないファイルを除いてください。", "Take away files that are not used."),
            )));
        }
        if let Err(error) = environment.add_template_owned(name.clone(), marked) {
            return Err(Box::new(told(form, &error)));
        }
    }
    let text =
        environment.get_template(START).and_then(|template| template.render(values)).map_err(|error| Box::new(told(form, &error)))?;
    let mut last = Written { file: START.to_owned(), line: 1 };
    let mut lines = Vec::new();
    for line in text.lines() {
        if let Some(known) = line.chars().rev().find(|c| LINES.contains(&u32::from(*c))) {
            last = written[(u32::from(known) - LINES.start()) as usize].clone();
        }
        lines.push((line.chars().filter(|c| !LINES.contains(&u32::from(*c))).collect(), last.clone()));
    }
    let fragments = std::mem::take(&mut *fragments.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(Expanded { lines, fragments })
}

fn line_number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

/// The text with a mark at the end of each line that prints something.
fn marked(file: &str, text: &str, written: &mut Vec<Written>) -> String {
    let mut out = String::with_capacity(text.len() + 4 * text.lines().count());
    let mut open: Option<&str> = None; // what closes the tag that a line leaves open
    for (index, line) in text.lines().enumerate() {
        let mut rest = line;
        loop {
            match open {
                Some(close) => match rest.find(close) {
                    Some(at) => {
                        rest = &rest[at + close.len()..];
                        open = None;
                    }
                    None => break,
                },
                None => {
                    let tags = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];
                    match tags.into_iter().filter_map(|(open, close)| Some((rest.find(open)?, close))).min() {
                        Some((at, close)) => {
                            rest = &rest[at + 2..];
                            open = Some(close);
                        }
                        None => break,
                    }
                }
            }
        }
        out.push_str(line);
        let trimmed = line.trim();
        let silent = trimmed.starts_with("{%") && trimmed.ends_with("%}") || trimmed.ends_with("#}");
        if open.is_none() && !silent {
            let mark = u32::try_from(written.len()).ok().and_then(|offset| char::from_u32(LINES.start() + offset));
            out.extend(mark);
            written.push(Written { file: file.to_owned(), line: line_number(index) });
        }
        out.push('\n');
    }
    out
}

/// An error of the expansion, with its place in the form.
fn told(form: &Form, error: &Error) -> Finding {
    // of an included file the error stands inside the error of the file that includes it
    let mut inner = error;
    while let Some(deeper) = inner.source().and_then(|source| source.downcast_ref::<Error>()) {
        inner = deeper;
    }
    let detail: String = inner.detail().unwrap_or_default().chars().filter(|c| !is_reserved(*c)).collect();
    let (ja, en) = match inner.kind() {
        ErrorKind::UndefinedError => ("値のない名前を用いています", "a name is used that has no value"),
        ErrorKind::SyntaxError => ("波括弧の中の書き方が正しくありません", "what stands in the braces is not written correctly"),
        ErrorKind::OutOfFuel => ("繰返しや取込みが終わりません", "a loop or an include does not come to an end"),
        ErrorKind::TemplateNotFound | ErrorKind::BadInclude => ("取り込むファイルがありません", "the file to include does not exist"),
        ErrorKind::UnknownFilter | ErrorKind::UnknownFunction | ErrorKind::UnknownTest | ErrorKind::UnknownMethod => {
            ("知らない関数を用いています", "a function is used that is not known")
        }
        _ => ("様式を当てはめられません", "the form cannot be filled"),
    };
    let line = inner.line().and_then(|line| u32::try_from(line).ok()).unwrap_or(1);
    let file = inner.name().unwrap_or(START);
    if inner.kind() == ErrorKind::SyntaxError
        && let Some((line, bytes)) = unclosed(form.text(file), line as usize)
    {
        return form.mistake_within(
            file,
            line_number(line),
            bytes,
            Words::new("閉じられていません", "it is not closed"),
            Words::new(
                "「{{」は「}}」で、「{% if … %}」は「{% endif %}」で、「{% for … %}」は「{% endfor %}」で閉じてください。",
                "Close “{{” by “}}”, “{% if … %}” by “{% endif %}” and “{% for … %}” by “{% endfor %}”.",
            ),
        );
    }
    let told = |words: &str, open: &str, close: &str| {
        if detail.is_empty() { words.to_owned() } else { format!("{words}{open}{detail}{close}") }
    };
    // marks stand at the ends of lines only, so that bytes of a line are those of the form
    let within = inner.template_source().zip(inner.range()).and_then(|(text, bytes)| {
        let begin = text.get(..bytes.start)?.rfind('\n').map_or(0, |at| at + 1);
        (1 + text[..begin].matches('\n').count() == line as usize).then(|| bytes.start - begin..bytes.end - begin)
    });
    let whole = form.text(file).lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
    form.mistake_within(
        file,
        line,
        within.unwrap_or(whole.len() - whole.trim_start().len()..whole.len()),
        Words::new(told(ja, "（", "）"), told(en, " (", ")")),
        Words::new(
            "この行を直してください。使える名前は、もとの様式に用いられているものです。",
            "Mend this line. The names that can be used are those of the original form.",
        ),
    )
}

/// What stands open in a form up to a line, counted from 1: braces without their end before that line or in it, or else a block without
/// its end in the whole. Its line, counted from 0, and its bytes there. An error of the expansion tells only where it was noticed.
fn unclosed(text: &str, noticed: usize) -> Option<(usize, Range<usize>)> {
    let mut blocks: Vec<(String, usize)> = Vec::new();
    let mut at = 0;
    let last = text.split_inclusive('\n').take(noticed).map(str::len).sum::<usize>();
    let mut found = None;
    while let Some((begin, close)) =
        [("{{", "}}"), ("{%", "%}"), ("{#", "#}")].into_iter().filter_map(|(open, close)| Some((at + text[at..].find(open)?, close))).min()
    {
        let inner = begin + 2;
        let end = text[inner..].find(close).map(|end| inner + end);
        // another beginning before the end: the end belongs to that one
        let Some(end) = end.filter(|end| close == "#}" || !text[inner..*end].contains('{')) else {
            found = (begin < last).then_some(begin);
            break;
        };
        if close == "%}" {
            let words = text[inner..end].trim_matches(['-', '+']).trim();
            let word = words.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
            if let Some(ended) = word.strip_prefix("end") {
                blocks.pop_if(|(open, _)| open == ended);
            } else if ["if", "for", "macro", "with", "filter", "call", "block", "autoescape"].contains(&word)
                || word == "set" && !words.contains('=')
            {
                blocks.push((word.to_owned(), begin));
            }
        }
        at = end + 2;
    }
    let begin = found.or_else(|| blocks.last().map(|(_, begin)| *begin))?;
    let line = text[..begin].matches('\n').count();
    let start = text[..begin].rfind('\n').map_or(0, |at| at + 1);
    let length = text[begin..].find('\n').unwrap_or(text.len() - begin);
    Some((line, begin - start..begin - start + length))
}
