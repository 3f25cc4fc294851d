//! A report for a terminal.
//!
//! The excerpts are drawn here and not by annotate-snippets (0.12.17 was tried): it numbers the lines of what it is given
//! and ends every place with `:line:column` of the excerpt, which is false for a page or a cell, and it does not wrap
//! the reasons and remedies, which here are Japanese sentences.

mod excerpt;
mod summary;

use crate::text::cell::{Cells, cells, width as columns};
use crate::text::style::Style;
use crate::text::wrap::write_hanging;
use crate::{Finding, Language, Report, Span, phrase};

/// Fewer columns than these are not tried.
const NARROWEST: usize = 32;

/// The report for a terminal of `width` columns, with or without colour: every finding with its excerpts and underlines,
/// and at the end what was found and checked. Lines are at most `width` columns wide (at least 32).
///
/// A full-width character counts two columns, one of ambiguous width one (Unicode Standard Annex 11).
#[must_use]
pub fn human(report: &Report, language: Language, colour: bool, width: usize) -> String {
    let mut page = Page { out: String::new(), language, colour, width: width.max(NARROWEST) };
    for finding in &report.findings {
        page.finding(finding, &report.tool.name);
        page.out.push('\n');
    }
    page.summary(report);
    page.out
}

/// The terminal page being written.
struct Page {
    out: String,
    language: Language,
    colour: bool,
    width: usize,
}

impl Page {
    fn finding(&mut self, finding: &Finding, tool: &str) {
        let weight = Style::Weight(finding.severity);
        let mut title = Cells::default();
        title.push_str(finding.severity.word(self.language), weight);
        title.push_str(&format!("[{}]: ", finding.code), weight);
        title.push_str(finding.message.get(self.language), Style::Strong);
        write_hanging(&mut self.out, &[], 4, &title.into_vec(), self.width, self.colour);

        let mut before: Option<&Span> = None;
        for span in &finding.spans {
            // a second mark in the same line needs its place no second time
            if !before.is_some_and(|before| same_place(before, span)) {
                self.place(span, before.is_none_or(|before| before.file != span.file));
            }
            before = Some(span);
            self.excerpt(span, finding.severity);
        }

        let (why, remedy) = self.language.pick(("理由", "対処"), ("why", "do"));
        self.labelled(why, finding.why.get(self.language));
        self.labelled(remedy, finding.hint.get(self.language));
        self.rule(finding, tool);
    }

    /// Where it is: the file, unless it was just named, then page or line or cell, then the part.
    fn place(&mut self, span: &Span, with_file: bool) {
        let mut parts = phrase::place(span, self.language);
        if (with_file || parts.is_empty()) && !span.file.is_empty() {
            parts.insert(0, span.file.clone());
        }
        if parts.is_empty() {
            return;
        }
        let text = cells(&parts.join(phrase::between(self.language)), Style::Plain);
        let prefix = cells("  ", Style::Plain);
        write_hanging(&mut self.out, &prefix, 4, &text, self.width, self.colour);
    }

    /// `why   text`, the text in a column of its own.
    fn labelled(&mut self, label: &str, text: &str) {
        if !text.is_empty() {
            self.labelled_cells(label, &cells(text, Style::Plain));
        }
    }

    fn labelled_cells(&mut self, label: &str, text: &[crate::text::cell::Cell]) {
        let mut prefix = cells("  ", Style::Plain);
        prefix.extend(cells(label, Style::Quiet));
        let gap = TEXT_COLUMN.saturating_sub(columns(&prefix)).max(1);
        prefix.extend(cells(&" ".repeat(gap), Style::Plain));
        let indent = columns(&prefix);
        write_hanging(&mut self.out, &prefix, indent, text, self.width, self.colour);
    }

    /// How to read more, and where the rule comes from.
    fn rule(&mut self, finding: &Finding, tool: &str) {
        let (rule, source) = self.language.pick(("規則", "出典"), ("rule", "source"));
        let mut text = Cells::default();
        text.push_str(&format!("`{tool} explain {}`", finding.code), Style::Code);
        let origin = finding.source.get(self.language);
        if !origin.is_empty() {
            text.push_str(&format!(" · {source} "), Style::Quiet);
            text.push_str(origin, Style::Plain);
        }
        self.labelled_cells(rule, &text.into_vec());
    }
}

/// The column in which reasons and remedies begin, from 0.
const TEXT_COLUMN: usize = 8;

fn same_place(one: &Span, other: &Span) -> bool {
    let place = |s: &Span| (s.file.clone(), s.page, s.line, s.path.clone(), s.view.clone(), s.excerpt.clone());
    !one.excerpt.is_empty() && place(one) == place(other)
}
