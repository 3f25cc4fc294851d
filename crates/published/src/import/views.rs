//! Where views disagree: one finding with each side, and the comment that stands at the place.

use super::draft::Draft;
use super::rules::VIEWS_DISAGREE;
use crate::heading::Section;
use crate::review::Mark;
use diagnostic::Severity;
use terminology::Text;

/// A view and what it says.
#[derive(Clone, Copy)]
pub struct Side<'t> {
    /// The part of the form.
    pub section: Section,
    /// True for the summary.
    pub in_summary: bool,
    /// What it says; nothing where it lacks it.
    pub text: &'t Text,
}

impl<'t> Side<'t> {
    /// What a part of the form says.
    pub fn of(section: Section, text: &'t Text) -> Self {
        Self { section, in_summary: false, text }
    }

    /// What the summary says.
    pub fn summary(text: &'t Text) -> Self {
        Self { section: Section::Summary, in_summary: true, text }
    }

    fn view(&self) -> &'static str {
        if self.in_summary { "概要" } else { self.section.number() }
    }
}

impl Draft<'_> {
    /// The comment for another wording of the same name; nothing where only writing differs.
    pub fn other_name(&self, view: &str, name: &Text, other: &Text) -> Option<String> {
        let words = self.words(other);
        (name.as_str() != other.as_str()).then(|| format!("{view}では「{words}」（同じものとみた）。"))
    }

    /// Tells of views that disagree; the first is taken. Gives the comment for the place.
    pub fn disagree(&mut self, what: (&str, &str), sides: &[Side<'_>]) -> String {
        self.disagree_as(Severity::Warning, what, sides)
    }

    /// The same, as grave as said.
    pub fn disagree_as(&mut self, severity: Severity, what: (&str, &str), sides: &[Side<'_>]) -> String {
        let quotes: Vec<String> = sides.iter().map(|side| format!("{}では「{}」", side.view(), self.words(side.text))).collect();
        let views: Vec<&str> = sides.iter().map(Side::view).collect();
        let chosen = views.first().copied().unwrap_or_default();
        let marks: Vec<Mark<'_>> = sides
            .iter()
            .enumerate()
            .map(|(n, side)| {
                let mark = Mark::whole(side.text, side.section, "");
                if n == 0 { mark.label("こちらを採用", "taken") } else { mark.label("採用せず", "not taken") }
            })
            .collect();
        let message = (
            format!("{}が食い違います（{}）。{chosen} の記載を採りました", what.0, views.join("、")),
            format!("views disagree on the {} ({}); that of {chosen} was taken", what.1, views.join(", ")),
        );
        let hint = ("正しい方を計画に書き、コメントを消してください。", "keep the right one in the plan and delete the comment");
        self.tell_as(severity, &VIEWS_DISAGREE, message, hint, &marks);
        format!("{}：{}。{chosen} の記載を採った。", what.0, quotes.join("、"))
    }
}
