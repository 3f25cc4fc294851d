//! What all parts of an import share.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use calendar::Date;
use diagnostic::{Checked, Finding, Severity, Span, Words};
use terminology::Text;

use super::coverage::Coverage;
use super::ids::Ids;
use super::rules::{NOT_UNDERSTOOD, RULES, Rule, UNSURE};
use super::words::Printed;
use crate::heading::Section;
use crate::model::{Published, Stated};
use crate::outline::verbatim;
use crate::review::{Context, Mark};

/// An import under way.
pub struct Draft<'a> {
    /// The document.
    pub published: &'a Published,
    /// Its names, its activities, its concerns by activities.
    pub context: Context<'a>,
    /// What was carried over so far.
    pub coverage: RefCell<Coverage<'a>>,
    /// The figures of the text, by the byte of the document at which they begin.
    pub figures: HashMap<usize, Printed>,
    /// The files.
    pub files: BTreeMap<String, String>,
    /// The id of each concern of 1.1.
    pub concern_ids: Vec<String>,
    /// The id of each concern of 1.2.
    pub efficacy_ids: Vec<String>,
    /// The id of each activity, in the order of the context.
    pub activity_ids: Vec<String>,
    /// Ids that were given to activities.
    pub ids: Ids,
    findings: Vec<Finding>,
    looked_at: HashMap<&'static str, usize>,
    told: HashSet<String>,
}

/// Bytes of a quote that another statement of the same part hardly repeats.
const LONG: usize = 12;

/// The day on which nothing depends: a document that states no date of its own is imported the same way every day.
const NO_DAY: Date = Date::constant(2000, 1, 1);

impl<'a> Draft<'a> {
    /// Nothing imported yet.
    pub fn new(published: &'a Published) -> Self {
        Self {
            published,
            context: Context::new(published, None, NO_DAY),
            coverage: RefCell::new(Coverage::new(&published.source.text)),
            figures: HashMap::new(),
            files: BTreeMap::new(),
            concern_ids: Vec::new(),
            efficacy_ids: Vec::new(),
            activity_ids: Vec::new(),
            ids: Ids::default(),
            findings: Vec::new(),
            looked_at: HashMap::new(),
            told: HashSet::new(),
        }
    }

    /// The document's words on one line; they are carried over.
    pub fn words(&self, text: &Text) -> String {
        self.coverage.borrow_mut().add(text);
        self.quote(text)
    }

    /// The document's words on one line, for messages only.
    pub fn quote(&self, text: &Text) -> String {
        verbatim(text, &self.published.source).replace(char::is_control, "")
    }

    /// A text is carried over by something that says the same.
    pub fn restated(&self, text: &Text) {
        self.coverage.borrow_mut().add(text);
    }

    /// Counts statements that were looked at for a rule.
    pub fn looked_at(&mut self, rule: &Rule, statements: usize) {
        *self.looked_at.entry(rule.code).or_default() += statements;
    }

    /// Tells of something, once.
    pub fn tell(&mut self, rule: &Rule, message: (String, String), hint: (&str, &str), marks: &[Mark<'_>]) {
        self.tell_as(rule.severity, rule, message, hint, marks);
    }

    /// Tells of something, once, as grave as said.
    pub fn tell_as(&mut self, severity: Severity, rule: &Rule, message: (String, String), hint: (&str, &str), marks: &[Mark<'_>]) {
        let spans: Vec<_> = marks.iter().map(|mark| mark.span(&self.context)).collect();
        if self.told.insert(format!("{} {} {:?}", rule.code, message.0, spans.first().map(|s| (s.line, s.column, s.page, &s.path)))) {
            self.findings.push(rule.finding(
                self.context.as_of,
                severity,
                Words::new(message.0, message.1),
                Words::new(hint.0, hint.1),
                spans,
            ));
        }
    }

    /// True if a disagreement was told that shows one of these places.
    pub fn is_told(&self, spans: &[Span]) -> bool {
        let same = |one: &Span, other: &Span| {
            let place = |span: &Span| (span.line, span.page, span.path.clone());
            let within = one.quote.contains(&other.quote) || other.quote.contains(&one.quote);
            // an entry of several lines may be quoted whole or in part
            let near = place(one) == place(other) || one.view == other.view && one.quote.len().min(other.quote.len()) >= LONG;
            near && within && !one.quote.is_empty() && !other.quote.is_empty()
        };
        let told = self.findings.iter().filter(|finding| finding.code.starts_with("IMP2") || finding.code == NOT_UNDERSTOOD.code);
        told.flat_map(|finding| &finding.spans).any(|one| spans.iter().any(|other| same(one, other)))
    }

    /// Tells of what the review found, with what the plan took.
    pub fn tell_of(&mut self, finding: &Finding, rule: &Rule, taken: (&str, &str)) {
        let stop = |text: &str| text.trim_end_matches(['。', '.']).to_owned();
        let message =
            Words::new(format!("{}。{}", stop(&finding.message.ja), taken.0), format!("{}; {}", stop(&finding.message.en), taken.1));
        self.findings.push(rule.finding(self.context.as_of, rule.severity, message, finding.hint.clone(), finding.spans.clone()));
    }

    /// The file of the activity or concern that places are of: the one whose name is the longest they show.
    pub fn file_of(&self, spans: &[Span]) -> Option<String> {
        let shown = |name: &Text| {
            let name = terminology::key(name.as_str());
            let shows = |text: &str| !name.is_empty() && terminology::key(text).contains(&name);
            spans.iter().any(|span| shows(&span.view.ja) || shows(&span.quote)).then_some(name.len())
        };
        let activities = self.context.activities.iter().zip(&self.activity_ids).filter_map(|(entry, id)| {
            let longest = entry.names.iter().filter_map(|(stated, ..)| shown(&stated.text)).max()?;
            Some((longest, format!("activities/{id}.md")))
        });
        if let Some((_, path)) = activities.max_by_key(|(longest, _)| *longest) {
            return Some(path);
        }
        let safety =
            self.published.concerns.iter().map(|c| &c.name.text).zip(self.concern_ids.iter().map(|id| format!("concerns/{id}.md")));
        let efficacy =
            self.published.efficacy.iter().map(|c| &c.name.text).zip(self.efficacy_ids.iter().map(|id| format!("efficacy/{id}.md")));
        safety
            .chain(efficacy)
            .filter_map(|(name, path)| Some((shown(name)?, path)))
            .max_by_key(|(longest, _)| *longest)
            .map(|(_, path)| path)
    }

    /// Tells of a statement that was not read surely, and gives the comment for its place; nothing for a sure one.
    pub fn unsure(&mut self, stated: &Stated, section: Section, name: &str, what: (&str, &str)) -> Option<String> {
        self.looked_at(&UNSURE, 1);
        if stated.sure {
            return None;
        }
        let message = (format!("{}の読み取りは確実ではありません", what.0), format!("the reading of the {} is not sure", what.1));
        let hint = ("文書と見比べてください。", "compare it with the document");
        self.tell(&UNSURE, message, hint, &[Mark::whole(&stated.text, section, name)]);
        Some(format!("{}の読み取りは確実ではない。", what.0))
    }

    /// What was found, the gravest first.
    pub fn findings(&self) -> Vec<Finding> {
        let at = |f: &Finding| f.spans.first().map_or((0, 0, 0), |s| (s.page.unwrap_or(0), s.line.unwrap_or(0), s.column.unwrap_or(0)));
        let mut findings = self.findings.clone();
        findings.sort_by(|a, b| a.severity.cmp(&b.severity).then_with(|| at(a).cmp(&at(b))).then_with(|| a.code.cmp(b.code)));
        findings
    }

    /// How much was looked at, rule by rule.
    pub fn checked(&self) -> Vec<Checked> {
        let row = |rule: &&'static Rule| {
            let found = self.findings.iter().filter(|f| f.code == rule.code).count();
            let of = self.looked_at.get(rule.code).copied().unwrap_or(0).max(found);
            Checked { code: rule.code, name: rule.name, title: Words::new(rule.title.0, rule.title.1), found, of }
        };
        RULES.iter().map(row).collect()
    }
}
