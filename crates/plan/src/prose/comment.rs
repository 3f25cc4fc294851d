//! Comments in prose: `<!-- … -->`, also over several lines. They print nothing, and nothing in them is looked at.
//!
//! They are found before Markdown is read, so that what stands beside one is Markdown as ever; in code they are none.

use std::borrow::Cow;
use std::ops::Range;

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// The comments of a Markdown text, and where one begins that is never closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comments {
    /// From `<!--` to `-->`, both included, in order.
    pub closed: Vec<Range<usize>>,
    /// The first `<!--` without `-->`. It is text.
    pub open: Option<usize>,
}

/// Finds the comments of a Markdown text.
#[must_use]
pub fn comments(text: &str) -> Comments {
    let mut found = Comments::default();
    if !text.contains(OPEN) {
        return found;
    }
    let runs = runs(text);
    let mut at = 0;
    while let Some(step) = text[at..].find(['`', '~', '\\', '<']) {
        at += step;
        let rest = &text[at..];
        match rest.as_bytes().first() {
            Some(b'`' | b'~') if fence(text, at) => at = end_of_fence(text, at),
            Some(b'`') => at = end_of_code(text, at, &runs),
            Some(b'\\') => at += 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            _ if rest.starts_with(OPEN) => {
                // `<!-->` is closed by its own dashes
                let Some(end) = rest[2..].find(CLOSE).map(|end| at + 2 + end + CLOSE.len()) else {
                    found.open = Some(at);
                    break;
                };
                found.closed.push(at..end);
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

/// The runs of backticks: where each begins, and how long it is.
fn runs(text: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, _) in text.match_indices('`') {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == at => *length += 1,
            _ => runs.push((at, 1)),
        }
    }
    runs
}

/// True if a fence of code begins here.
fn fence(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |line| line + 1);
    text[line..at].trim().is_empty() && (text[at..].starts_with("```") || text[at..].starts_with("~~~"))
}

fn end_of_fence(text: &str, at: usize) -> usize {
    let mark = &text[at..at + 3];
    let mut end = at;
    for (index, line) in text[at..].split_inclusive('\n').enumerate() {
        end += line.len();
        if index > 0 && line.trim_start().starts_with(mark) {
            break;
        }
    }
    end
}

/// The end of the code that a run of backticks opens: at the next run of its length in the paragraph; else that of the run.
fn end_of_code(text: &str, at: usize, runs: &[(usize, usize)]) -> usize {
    let index = runs.partition_point(|(start, length)| start + length <= at);
    let Some((start, length)) = runs.get(index) else { return at + 1 };
    let end = start + length;
    // after an escaped backtick only the rest of its run is looked at
    let length = end - at;
    let paragraph = text[end..].find("\n\n").map_or(text.len(), |gap| end + gap);
    let closing = runs[index + 1..].iter().take_while(|(start, _)| *start < paragraph).find(|(_, other)| *other == length);
    closing.map_or(end, |(start, length)| start + length)
}

/// The text with blanks in the place of its comments, byte for byte, so that places stay; their line ends stay too.
#[must_use]
pub fn blanked(text: &str) -> Cow<'_, str> {
    let comments = comments(text).closed;
    if comments.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for comment in comments {
        out.push_str(&text[from..comment.start]);
        out.extend(text[comment.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        from = comment.end;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// What goes where comments are left out: a comment with the blanks that only it parts from the ends of its line, and the whole of
/// the lines that hold nothing else.
pub(crate) fn cuts(text: &str) -> Vec<Range<usize>> {
    let mut cuts: Vec<Range<usize>> = Vec::new();
    for comment in comments(text).closed {
        match cuts.last_mut() {
            Some(before) if text[before.end..comment.start.max(before.end)].trim_matches([' ', '\t']).is_empty() => {
                before.end = before.end.max(comment.end);
            }
            _ => cuts.push(comment),
        }
    }
    for cut in &mut cuts {
        let blank = [' ', '\t'];
        let before = text[..cut.start].trim_end_matches(blank);
        let after = text[cut.end..].trim_start_matches(blank);
        let first = before.is_empty() || before.ends_with('\n');
        let last = after.is_empty() || after.starts_with('\n') || after.starts_with("\r\n");
        if last {
            cut.start = before.len();
        }
        if first || last {
            cut.end = text.len() - after.len();
        }
        if first && last {
            cut.end += after.find('\n').map_or(after.len(), |at| at + 1);
        }
    }
    cuts
}

/// The text without its comments.
///
/// ```
/// use plan::prose::without_comments;
/// assert_eq!(without_comments("本剤は、<!-- 要確認 -->国内で\n<!-- 次も\n見る -->\n用いる。"), "本剤は、国内で\n用いる。");
/// ```
#[must_use]
pub fn without_comments(text: &str) -> Cow<'_, str> {
    let cuts = cuts(text);
    if cuts.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for cut in cuts {
        out.push_str(&text[from..cut.start]);
        from = cut.end;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out() {
        assert_eq!(without_comments("あ <!-- x --> い"), "あ  い");
        assert_eq!(without_comments("あ。  <!-- x -->\nい"), "あ。\nい");
        assert_eq!(without_comments("<!-- x --> あ"), "あ");
        assert_eq!(without_comments("あ。\n\n<!-- x\n\ny -->\n\nい。"), "あ。\n\n\nい。");
        assert_eq!(without_comments("あ。\r\n<!-- x -->\r\nい。"), "あ。\r\nい。");
        assert_eq!(without_comments("<!-- x --><!-- y -->\nあ<!---->い<!--> う"), "あい う");
        assert_eq!(without_comments("<!-- only -->"), "");
    }

    #[test]
    fn code_is_none() {
        for text in ["`<!-- x -->`", "``a`<!-- x -->``", "```\n<!-- x -->\n```", "あ\n~~~\n`<!-- x -->", "\\<!-- x -->"] {
            assert_eq!(without_comments(text), text);
        }
        assert_eq!(without_comments("<!-- ` -->あ `<!-- x -->`"), "あ `<!-- x -->`");
        assert_eq!(without_comments("\\`<!-- x -->` `い\n\n<!-- x -->`"), "\\`` `い\n\n`");
    }

    #[test]
    fn places_stay() {
        let text = "あ<!-- い\nう -->え";
        let blank = blanked(text);
        assert_eq!((blank.len(), blank.find('え'), blank.matches('\n').count()), (text.len(), text.find('え'), 1));
        assert_eq!(comments("あ<!-- い").open, Some(3));
    }
}
