//! The manual page of a rule, which is its test.

/// The headings that the page of every rule has.
pub const PARTS: [&str; 5] =
    ["## 何を見るか / What it does", "## なぜ / Why is this bad?", "## 例 / Example", "## 直し方 / Instead", "## 出典 / References"];

/// An example of a page: what is examined, and the findings that must come out of it, one a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What is examined.
    pub given: String,
    /// A finding a line: its severity and its quotes, parted by ` | `.
    pub expected: Vec<String>,
}

/// The fenced blocks of a page: their language and text.
#[must_use]
pub fn blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => open = Some((language.trim().to_owned(), String::new())),
            (Some(_), Some("")) => blocks.extend(open.take()),
            (Some((_, text)), _) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

/// The examples of a page: every block in `language` that is followed by a block of `findings`.
#[must_use]
pub fn examples(page: &str, language: &str) -> Vec<Example> {
    blocks(page)
        .windows(2)
        .filter(|pair| pair[0].0 == language && pair[1].0 == "findings")
        .map(|pair| Example { given: pair[0].1.clone(), expected: pair[1].1.lines().map(str::to_owned).collect() })
        .collect()
}

/// A finding as the examples write it.
#[must_use]
pub fn line(finding: &crate::Finding) -> String {
    let quotes: Vec<&str> = finding.spans.iter().map(|span| span.quote.as_str()).collect();
    format!("{} {}", finding.severity.as_str(), quotes.join(" | ")).trim_end().to_owned()
}
