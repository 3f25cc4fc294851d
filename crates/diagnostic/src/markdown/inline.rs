use crate::text::cell::{Cell, Cells};
use crate::text::style::Style;

/// The running text of a paragraph, a heading or a table's cell.
#[derive(Default)]
pub(super) struct Inline {
    cells: Cells,
    styles: Vec<Style>,
    /// The targets of the links that are open, and the text since the innermost began.
    links: Vec<(String, String)>,
    /// Whether the source's line ended after the text so far.
    broken: bool,
}

impl Inline {
    pub(super) fn begin(&mut self, style: Style) {
        self.styles.push(style);
    }

    pub(super) fn end(&mut self) {
        self.styles.pop();
    }

    pub(super) fn text(&mut self, text: &str) {
        let style = self.styles.last().copied().unwrap_or_default();
        self.push(text, style);
    }

    /// Code keeps its backticks: they show where it begins and ends without colour, and in a copy.
    pub(super) fn code(&mut self, code: &str) {
        self.push(&format!("`{code}`"), Style::Code);
    }

    /// A line break in the source is a blank between Latin words and nothing between Japanese characters.
    pub(super) fn soft_break(&mut self) {
        self.broken = true;
    }

    pub(super) fn begin_link(&mut self, target: &str) {
        self.links.push((target.to_owned(), String::new()));
    }

    /// A link's target follows its text, unless they are the same or the target is in the page.
    pub(super) fn end_link(&mut self) {
        if let Some((target, text)) = self.links.pop()
            && target != text
            && target.contains(':')
        {
            self.push(&format!(" <{target}>"), Style::Quiet);
        }
    }

    fn push(&mut self, text: &str, style: Style) {
        if std::mem::take(&mut self.broken) && !self.cells.joins(text) {
            self.cells.push(' ', Style::Plain);
        }
        self.cells.push_str(text, style);
        if let Some((_, seen)) = self.links.last_mut() {
            seen.push_str(text);
        }
    }

    pub(super) fn take(&mut self) -> Vec<Cell> {
        self.broken = false;
        std::mem::take(&mut self.cells).into_vec()
    }
}
