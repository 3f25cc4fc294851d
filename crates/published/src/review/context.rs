//! What a rule sees of the document, and where it puts what it finds.

use std::collections::HashMap;
use std::ops::Range;

use calendar::Date;
use diagnostic::{Checked, Finding, Note, Report, Severity, Span, Tool, Words};
use terminology::Text;

use super::Rule;
use super::activities::{self, Entry};
use super::matrix::{self, Cell, Listed};
use super::names::Names;
use crate::heading::Section;
use crate::model::{DoubtKind, Field, Published};
use crate::outline::verbatim;

/// A document under review.
pub struct Context<'a> {
    /// What it states.
    pub published: &'a Published,
    /// The day it is judged as of.
    pub as_of: Date,
    /// Its names, resolved.
    pub names: Names<'a>,
    /// Its additional activities, each once.
    pub activities: Vec<Entry<'a>>,
    /// Concerns by activities.
    pub matrix: Vec<Cell<'a>>,
    /// The concerns that the activities list.
    pub listed: Vec<Listed<'a>>,
    /// The date of submission that it states.
    pub submitted: Option<Date>,
    /// The names of concerns and activities as they are written, by their normalised form.
    originals: HashMap<String, String>,
}

/// A place to show with a finding: a part of a statement, the view it stands in, and a short note.
#[derive(Clone)]
pub struct Mark<'a> {
    text: &'a Text,
    range: Range<usize>,
    view: (Section, String),
    label: Words,
}

impl<'a> Mark<'a> {
    /// The whole of a statement. `name` is the concern or activity it belongs to, or empty.
    #[must_use]
    pub fn whole(text: &'a Text, section: Section, name: &str) -> Self {
        Self::part(text, 0..text.len(), section, name)
    }

    /// A part of a statement, in bytes of its normalised text.
    #[must_use]
    pub fn part(text: &'a Text, range: Range<usize>, section: Section, name: &str) -> Self {
        Self { text, range, view: (section, name.to_owned()), label: Words::new("", "") }
    }

    /// With a note at the place.
    #[must_use]
    pub fn label(mut self, ja: impl Into<String>, en: impl Into<String>) -> Self {
        self.label = Words::new(ja, en);
        self
    }

    /// As a report shows it.
    pub(crate) fn span(&self, context: &Context<'_>) -> Span {
        let source = &context.published.source;
        let places = self.text.places(self.range.clone(), &source.text);
        let whole = self.text.place(self.range.clone(), &source.text);
        let first = places.first().cloned().unwrap_or(whole.start..whole.start);
        let place = source.place(first.start);
        let (excerpt, mark) = source.excerpt(&first);
        let number = self.view.0.number();
        let name = context.originals.get(&self.view.1).unwrap_or(&self.view.1);
        let view = if name.is_empty() { number.to_owned() } else { format!("{number} {name}") };
        Span {
            file: source.file.clone(),
            line: place.line,
            column: place.column,
            page: place.page,
            path: place.path,
            quote: verbatim(&self.text.slice(self.range.clone()), source),
            view: Words::new(view.clone(), view),
            excerpt,
            mark,
            label: self.label.clone(),
        }
    }
}

impl<'a> Context<'a> {
    /// Prepares a document for review.
    #[must_use]
    pub fn new(published: &'a Published, as_of: Option<Date>, today: Date) -> Self {
        let submitted = submitted(published).map(|(.., day)| day);
        let names = Names::of(published);
        let activities = activities::pairs(published, &names);
        let (matrix, listed) = matrix::of(published, &names);
        Self {
            published,
            as_of: as_of.or(submitted).unwrap_or(today),
            names,
            activities,
            matrix,
            listed,
            submitted,
            originals: originals(published),
        }
    }

    /// The original words of a statement, for messages.
    #[must_use]
    pub fn verbatim(&self, text: &Text) -> String {
        verbatim(text, &self.published.source)
    }

    /// The heading of a part of the form, to show beside what is missing under it.
    #[must_use]
    pub fn heading(&self, section: Section, in_summary: bool) -> Option<Mark<'a>> {
        let heading = self.published.headings.iter().find(|h| h.section == section && h.in_summary == in_summary)?;
        let (ja, en) = if in_summary { ("概要", "the summary") } else { (section.number(), section.number()) };
        Some(Mark::whole(&heading.text, if in_summary { Section::Summary } else { section }, "").label(ja, en))
    }

    /// Where the document states the day it is judged as of; None where that day comes from elsewhere.
    #[must_use]
    pub fn day_of_submission(&self) -> Option<Mark<'a>> {
        let (field, range, _) = submitted(self.published).filter(|(.., day)| *day == self.as_of)?;
        Some(Mark::part(&field.value.text, range, Section::Summary, "").label("この計画書の提出日", "the submission of this document"))
    }

    /// The report of the findings, each once, the gravest first, in the order of the document.
    #[must_use]
    pub fn report(&self, mut findings: Vec<Finding>, checked: Vec<Checked>) -> Report {
        let at = |f: &Finding| f.spans.first().map_or((0, 0, 0), |s| (s.page.unwrap_or(0), s.line.unwrap_or(0), s.column.unwrap_or(0)));
        findings.sort_by(|a, b| a.severity.cmp(&b.severity).then_with(|| at(a).cmp(&at(b))).then_with(|| a.code.cmp(b.code)));
        Report {
            tool: Tool { name: "mimamori".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned(), information_uri: None },
            file: self.published.source.file.clone(),
            title: Words::new("医薬品リスク管理計画書の点検", "Review of a risk management plan"),
            as_of: self.as_of.to_string(),
            findings,
            notes: self.notes(),
            checked,
        }
    }

    fn notes(&self) -> Vec<Note> {
        self.published
            .doubts
            .iter()
            .map(|doubt| {
                let part = doubt.section.title();
                let (ja, en) = match doubt.what {
                    DoubtKind::Columns => (
                        format!("「{part}」の表の列を確実に区別できませんでした。"),
                        format!("the columns of the table in “{part}” could not be told apart for certain"),
                    ),
                    DoubtKind::Name => (
                        format!("「{part}」で名称の始まりを確実に決められませんでした。"),
                        format!("where a name begins in “{part}” is not certain"),
                    ),
                    DoubtKind::Rows => (
                        format!("「{part}」の表の行を確実に区別できませんでした。"),
                        format!("the rows of the table in “{part}” could not be told apart for certain"),
                    ),
                };
                let span = Mark::whole(&doubt.text, doubt.section, "").span(self);
                Note { message: Words::new(ja, en), span: Some(span) }
            })
            .collect()
    }
}

/// 提出年月日: where it stands, and the day; a month stands for its last day.
fn submitted(published: &Published) -> Option<(&Field, Range<usize>, Date)> {
    let field = published.summary.as_ref()?.fields.iter().find(|f| f.label.starts_with("提出"))?;
    let (date, range) = calendar::find_dates(field.value.as_str()).into_iter().find_map(|d| Some((d.value.ok()?, d.range)))?;
    date.month.map(|_| (field, range, date.last()))
}

/// Where a rule puts what it finds.
pub struct Sink {
    rule: &'static Rule,
    /// The findings so far.
    pub findings: Vec<Finding>,
    of: usize,
}

impl Sink {
    /// An empty one for a rule.
    #[must_use]
    pub fn new(rule: &'static Rule) -> Self {
        Self { rule, findings: Vec::new(), of: 0 }
    }

    /// Counts statements that were looked at: the denominator of the findings.
    pub fn looked_at(&mut self, statements: usize) {
        self.of += statements;
    }

    /// Reports a finding of the rule's severity. `message` says what is wrong and `hint` what to do: Japanese and English.
    pub fn report(&mut self, context: &Context<'_>, message: (String, String), hint: (String, String), marks: &[Mark<'_>]) {
        self.report_as(self.rule.severity, context, message, hint, marks);
    }

    /// Reports a finding of another severity.
    pub fn report_as(
        &mut self,
        severity: Severity,
        context: &Context<'_>,
        message: (String, String),
        hint: (String, String),
        marks: &[Mark<'_>],
    ) {
        let spans = marks.iter().map(|m| m.span(context)).collect();
        let (message, hint) = (Words::new(message.0, message.1), Words::new(hint.0, hint.1));
        self.findings.push(self.rule.finding(context.as_of, severity, message, hint, spans));
    }

    /// How much was looked at, and how much of it was found wanting.
    #[must_use]
    pub fn checked(&self) -> Checked {
        Checked {
            code: self.rule.code,
            name: self.rule.name,
            title: Words::new(self.rule.title.0, self.rule.title.1),
            found: self.findings.len(),
            of: self.of,
        }
    }
}

/// The names of concerns and activities as they are written first, by their normalised form.
fn originals(published: &Published) -> HashMap<String, String> {
    let concerns = published.concerns.iter().map(|c| &c.name).chain(published.efficacy.iter().map(|c| &c.name));
    let activities = published.plans.iter().flat_map(|p| &p.activities).map(|a| &a.name);
    let rows = published.lists.iter().flat_map(|l| &l.rows).map(|r| &r.name);
    let mut originals = HashMap::new();
    for name in concerns.chain(activities).chain(rows) {
        originals.entry(name.as_str().to_owned()).or_insert_with(|| verbatim(&name.text, &published.source));
    }
    originals
}
