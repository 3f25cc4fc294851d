use std::ops::Range;

/// A Markdown file in its two parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// What stands between the `+++` lines.
    pub front: FrontMatter,
    /// The bytes of the Markdown after them.
    pub body: Range<usize>,
}

/// The TOML at the head of a Markdown file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FrontMatter {
    /// Its bytes, without the `+++` lines.
    Found(Range<usize>),
    /// The file does not begin with a line `+++`.
    Absent,
    /// It begins with one, and there is no second. The bytes up to the first heading are taken for it.
    Unclosed(Range<usize>),
}

/// Splits a Markdown file at its `+++` lines.
///
/// ```
/// let text = "+++\nname = \"感染症\"\n+++\n# 理由\n";
/// let split = plan::source::split(text);
/// assert_eq!(&text[split.body], "# 理由\n");
/// ```
#[must_use]
pub fn split(text: &str) -> Split {
    let text_start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut at = text_start;
    let mut lines = text[text_start..].split_inclusive('\n');
    let is_fence = |line: &str| line.trim_end() == "+++";
    match lines.next() {
        Some(line) if is_fence(line) => at += line.len(),
        _ => return Split { front: FrontMatter::Absent, body: text_start..text.len() },
    }
    let front = at;
    let mut heading = None;
    for line in lines {
        if is_fence(line) {
            return Split { front: FrontMatter::Found(front..at), body: at + line.len()..text.len() };
        }
        // a level-1 heading of the language; a comment of TOML looks the same, so only its known words count
        if heading.is_none() && line.strip_prefix("# ").is_some_and(|name| crate::prose::SectionKind::parse(name.trim()).is_some()) {
            heading = Some(at);
        }
        at += line.len();
    }
    let end = heading.unwrap_or(text.len());
    Split { front: FrontMatter::Unclosed(front..end), body: end..text.len() }
}
