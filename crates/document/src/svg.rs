//! Drawings: what the pictures of documents share. Black, white and grey only, so that every print tells the same.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar;

/// A drawing that grows downwards.
pub struct Drawing {
    /// Its width, in units.
    pub width: f64,
    body: String,
}

/// How words stand at their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// They begin there.
    Start,
    /// Their middle is there.
    Middle,
    /// They end there.
    End,
}

impl Drawing {
    /// An empty drawing.
    pub fn new(width: f64) -> Self {
        Self { width, body: String::new() }
    }

    /// Words, their base line at `y`.
    pub fn words(&mut self, x: f64, y: f64, size: f64, anchor: Anchor, words: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let words = escaped(words);
        let _ = write!(self.body, r##"<text x="{x:.1}" y="{y:.1}" font-size="{size}" text-anchor="{anchor}" fill="#000">{words}</text>"##);
    }

    /// Words that begin at a place, on a white ground of their own.
    pub fn label(&mut self, x: f64, y: f64, size: f64, words: &str) {
        let (wide, top) = (width(words) * size, y - size * 0.9);
        let _ = write!(self.body, r##"<rect x="{x:.1}" y="{top:.1}" width="{wide:.1}" height="{:.1}" fill="#fff"/>"##, size * 1.1);
        self.words(x, y, size, Anchor::Start, words);
    }

    /// A line; `dashes` such as `4 3`, empty for none.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), thick: f64, grey: &str, dashes: &str) {
        let dashes = if dashes.is_empty() { String::new() } else { format!(r#" stroke-dasharray="{dashes}""#) };
        let _ = write!(
            self.body,
            r#"<line x1="{:.1}" y1="{:.1}" x2="{:.1}" y2="{:.1}" stroke="{grey}" stroke-width="{thick}"{dashes}/>"#,
            from.0, from.1, to.0, to.1
        );
    }

    /// A framed rectangle.
    pub fn bar(&mut self, x: f64, y: f64, width: f64, height: f64, ground: &str) {
        let _ = write!(
            self.body,
            r##"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" fill="{ground}" stroke="#000" stroke-width="0.8"/>"##
        );
    }

    /// A closed shape.
    pub fn shape(&mut self, points: &[(f64, f64)], ground: &str) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let points = points.join(" ");
        let _ = write!(self.body, r##"<polygon points="{points}" fill="{ground}" stroke="#000" stroke-width="1.1"/>"##);
    }

    /// The picture, so high.
    pub fn finish(self, height: f64) -> String {
        let Self { width, body } = self;
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0} {height:.0}" width="{width:.0}" height="{height:.0}" font-family="'BIZ UDPGothic', sans-serif"><rect width="{width:.0}" height="{height:.0}" fill="#fff"/>{body}</svg>"##
        )
    }
}

/// Words as XML holds them. A character that XML cannot hold is left out.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// How wide words are, in sizes of their letters; a little more rather than less, as the reader's font may be another.
pub fn width(words: &str) -> f64 {
    words.chars().map(letter).sum()
}

fn letter(c: char) -> f64 {
    match c.width() {
        Some(2) => 1.0,
        Some(1) => 0.68,
        _ => 0.0,
    }
}

/// Words in at most so many lines of so many letters; what does not fit ends with …
pub fn fitted(words: &str, wide: f64, lines: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut room = wide;
    for c in words.chars().filter(|c| !c.is_control()) {
        let w = letter(c);
        // what closes stays with what it closes
        if w > room && !(room > -1.0 && matches!(c, '）' | '」' | '』' | '、' | '。' | ')')) {
            if all.len() == lines {
                let last = &mut all[lines - 1];
                while !last.is_empty() && width(last) + 1.0 > wide {
                    last.pop();
                }
                last.push('…');
                return all;
            }
            // and what opens, with what it opens
            let full = all.last_mut().filter(|last| last.chars().count() > 1);
            let opening = full.and_then(|last| if last.ends_with(['（', '「', '『', '(']) { last.pop() } else { None });
            room = wide - opening.map_or(0.0, letter);
            all.push(opening.map(String::from).unwrap_or_default());
        }
        room -= w;
        if let Some(last) = all.last_mut() {
            last.push(c);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_said_becomes_a_part_of_the_drawing() {
        let mut drawing = Drawing::new(100.0);
        drawing.words(0.0, 0.0, 10.0, Anchor::Start, "</text><script>\u{0}&\"");
        let svg = drawing.finish(10.0);
        assert!(svg.contains("&lt;/text&gt;&lt;script&gt;&amp;&quot;</text>"), "{svg}");
    }

    #[test]
    fn words_are_cut_to_their_room() {
        assert_eq!(fitted("見本症候群の調査", 4.0, 2), ["見本症候", "群の調査"]);
        assert_eq!(fitted("見本症候群の調査結果", 4.0, 2), ["見本症候", "群の調…"]);
        assert_eq!(fitted("見本（調査）の", 5.0, 2), ["見本（調査）", "の"]);
        assert_eq!(fitted("見本の（調査）", 4.0, 2), ["見本の", "（調査）"]);
        assert_eq!(fitted("", 4.0, 2), [""]);
    }
}
