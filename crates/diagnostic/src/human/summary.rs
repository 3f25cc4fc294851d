use super::Page;
use crate::text::cell::{Cells, cells};
use crate::text::style::Style;
use crate::text::wrap::write_hanging;
use crate::{Checked, Language, Note, Report, Severity, phrase};

impl Page {
    /// What was found, what was checked, and what else the reader must know.
    pub(super) fn summary(&mut self, report: &Report) {
        let mut line = Cells::default();
        if !report.file.is_empty() {
            line.push_str(&format!("{}: ", report.file), Style::Plain);
        }
        self.counts(report, &mut line);
        // what is found while something is made has not been looked for by rules
        if !report.checked.is_empty() {
            line.push_str(&format!(" · {}", phrase::extent(report, self.language)), Style::Plain);
        }
        if !report.as_of.is_empty() {
            let as_of = self.language.pick(" · 基準日 ", " · as of ");
            line.push_str(&format!("{as_of}{}", report.as_of), Style::Plain);
        }
        write_hanging(&mut self.out, &[], 2, &line.into_vec(), self.width, self.colour);

        if report.findings.is_empty() {
            let language = self.language;
            let checked = report.checked.iter().filter(|row| row.of > 0);
            self.listed(language.pick("確認", "found"), checked.map(|row| outcome(row, language)));
        }
        let idle: Vec<&str> = report.idle().map(|row| row.code).collect();
        if !idle.is_empty() {
            let (between, end) = self.language.pick(("、", " は該当する記載なし"), (", ", " had nothing to check"));
            let text = format!("{}{end}", idle.join(between));
            self.labelled(self.language.pick("対象", "idle"), &text);
        }
        for note in &report.notes {
            self.note(note);
        }
    }

    /// The findings counted, each severity in its colour, or that there are none.
    fn counts(&self, report: &Report, line: &mut Cells) {
        if report.findings.is_empty() {
            line.push_str(self.language.pick("指摘なし", "no findings"), Style::Strong);
        }
        let mut first = true;
        for severity in Severity::ALL {
            let count = report.count(severity);
            if count == 0 {
                continue;
            }
            if !first {
                line.push_str(phrase::between(self.language), Style::Plain);
            }
            first = false;
            let counted = phrase::count(severity, count, self.language);
            line.push_str(&counted, Style::Weight(severity));
        }
    }

    /// Lines of one kind; the label stands at the first only.
    fn listed(&mut self, label: &str, lines: impl Iterator<Item = String>) {
        for (index, line) in lines.enumerate() {
            self.labelled(if index == 0 { label } else { "" }, &line);
        }
    }

    fn note(&mut self, note: &Note) {
        self.labelled(self.language.pick("注記", "note"), note.message.get(self.language));
        let Some(span) = &note.span else { return };
        let mut parts = phrase::place(span, self.language);
        if !span.file.is_empty() {
            parts.insert(0, span.file.clone());
        }
        let place = cells(&parts.join(phrase::between(self.language)), Style::Quiet);
        if !place.is_empty() {
            self.labelled_cells("", &place);
        }
    }
}

/// `0 of 178 counts with percentages (RMP301)`.
fn outcome(row: &Checked, language: Language) -> String {
    let title = match row.title.get(language) {
        "" => row.name,
        title => title,
    };
    let (found, of) = (phrase::number(row.found), phrase::number(row.of));
    match language {
        Language::Japanese => format!("{title} {of}件中{found}件（{}）", row.code),
        Language::English => format!("{found} of {of} {title} ({})", row.code),
    }
}
