//! The plan as the values of a form: facts as they are, dates as documents state them, prose as pieces of the tree. Words of a form are
//! not here: they are in its files.

mod activity;
mod concern;
mod history;
mod product;

pub(crate) use activity::{minimisation_name as measure_name, unit};

use std::cell::RefCell;

use calendar::{Date, PartialDate};
use diagnostic::Language;
use minijinja::{Environment, Value, context};
use plan::Plan;
use plan::model::List;
use plan::prose::{Prose, SectionKind};
use plan::shape::Markdown;
use plan::source::{FileId, Place, Spanned};
use plan::tables::{ActivityKind, Class};
use typeset::{Inline, Mark};

use crate::figures::Figures;
use crate::fragment::{Content, Fragment, Origin};
use crate::merge::{Written, sourced};
use crate::prose;

/// What the values of a form are taken from.
pub struct View<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The version it is compared with.
    pub against: Option<&'a Plan>,
    /// The day statuses are told of.
    pub as_of: Date,
    /// The figures met so far.
    pub figures: RefCell<Figures>,
}

impl View<'_> {
    /// The values of a form.
    pub fn values(&self) -> Value {
        let plan = self.plan;
        let unfinished =
            |list: List| plan.list(list).filter(|activity| self.unfinished(activity)).map(|a| self.activity(a)).collect::<Vec<_>>();
        let all = |list: List| plan.list(list).map(|activity| self.activity(activity)).collect::<Vec<_>>();
        let classes: Vec<Value> = [Class::Identified, Class::Potential, Class::Missing]
            .into_iter()
            .map(|class| {
                let concerns: Vec<Value> = plan.concerns_of(class).map(|concern| self.concern(concern)).collect();
                context! { id => class.as_str(), concerns }
            })
            .collect();
        let efficacy: Vec<Value> = plan.efficacy.iter().map(|concern| self.efficacy(concern)).collect();
        context! {
            product => self.product(),
            holder => plan.facts.holder.name.value,
            history => self.history(),
            routine => self.routine(),
            classes,
            efficacy,
            surveillance => unfinished(List::Pharmacovigilance),
            studies => unfinished(List::Efficacy),
            minimisation => unfinished(List::Minimisation),
            lists => context! {
                surveillance => all(List::Pharmacovigilance),
                studies => all(List::Efficacy),
                minimisation => all(List::Minimisation),
            },
            attachments => self.attachments(),
            as_of => era(self.as_of),
            br => Fragment::inlines(vec![Inline::Break]),
        }
    }

    /// A section of prose, set; empty if it is not there.
    fn section(&self, prose: &Prose, kind: SectionKind) -> Value {
        let Some(section) = prose.section(kind).filter(|section| !section.body.is_empty()) else {
            return Fragment::blocks(Vec::new(), None);
        };
        let file = self.plan.sources.path(section.body.at).to_owned();
        let set = prose::passage(self.plan, &section.body, &mut self.figures.borrow_mut(), Language::Japanese);
        let set = sourced(set, |paragraph| Written::Section { file: file.clone(), section: kind, paragraph });
        let first = self.plan.sources.line_and_column(section.heading).0;
        let end = Place { start: section.body.end(), ..section.body.at };
        Fragment::blocks(set, Some(Origin { file, first, last: self.plan.sources.line_and_column(end).0 }))
    }

    /// Markdown of a fact.
    fn markdown(&self, value: Option<&Spanned<Markdown>>) -> Value {
        let Some(value) = value else { return Fragment::blocks(Vec::new(), None) };
        let file = self.plan.sources.path(value.at).to_owned();
        let at = value.at.start;
        Fragment::blocks(sourced(prose::markdown(&value.0), |paragraph| Written::Text { file: file.clone(), at, paragraph }), None)
    }

    /// Words of a fact, where it is told of.
    fn words(&self, value: &Spanned<String>) -> Value {
        let origin = Written::Words { file: self.plan.sources.path(value.at).to_owned(), at: value.at.start }.to_string();
        Fragment::inlines(vec![Inline::Sourced { origin, content: vec![Inline::text(value.value.as_str())] }])
    }

    /// The name of a place, for all that is said of a file.
    fn place(&self, name: String, file: FileId) -> Value {
        let path = self.plan.sources.file(file).map(|file| file.path.clone()).unwrap_or_default();
        let content = Content::Inlines(vec![Inline::Anchor(name)]);
        Value::from_object(Fragment { content, origin: Some(Origin { file: path, first: 1, last: u32::MAX }) })
    }
}

/// The end of a passage in its file.
trait End {
    fn end(&self) -> usize;
}

impl End for plan::prose::Passage {
    fn end(&self) -> usize {
        self.at.start + self.text.trim_end().len()
    }
}

/// A day as documents state it: 令和8年11月22日.
pub(crate) fn era(day: Date) -> String {
    calendar::japanese_era(day)
}

/// A date as documents state it, in the Japanese calendar where it lies in one era.
pub(crate) fn stated(date: PartialDate) -> String {
    date.in_era().unwrap_or_else(|| date.in_japanese())
}

/// The place in the document that tells of a thing of the plan; `None` for what has none.
pub fn place_of(plan: &Plan, id: &str) -> Option<String> {
    if plan.concern(id).is_some() {
        return Some(concern::name(id));
    }
    if plan.efficacy_concern(id).is_some() {
        return Some(concern::efficacy_name(id));
    }
    let activity = plan.activity(id)?;
    let watches = activity.kind.as_ref().is_some_and(|kind| ActivityKind::watches(kind.value));
    Some(if watches { activity::surveillance_name(id) } else { activity::minimisation_name(id) })
}

/// The functions of forms.
pub fn functions(environment: &mut Environment<'_>) {
    environment.add_function("link", |to: &str, content: Value| {
        Fragment::inlines(vec![Inline::Link { to: to.to_owned(), content: Fragment::of(&content).line() }])
    });
    environment.add_function("page", |to: &str| Fragment::inlines(vec![Inline::Marked(Mark::Quiet, vec![Inline::PageOf(to.to_owned())])]));
    environment.add_function("anchor", |name: &str| Fragment::inlines(vec![Inline::Anchor(name.to_owned())]));
    environment.add_function("quiet", |content: Value| Fragment::inlines(vec![Inline::Marked(Mark::Quiet, Fragment::of(&content).line())]));
    environment.add_function("lines", |all: Vec<Value>| {
        let mut inlines = Vec::new();
        for value in &all {
            if !inlines.is_empty() {
                inlines.push(Inline::Break);
            }
            inlines.extend(Fragment::of(value).line());
        }
        Fragment::inlines(inlines)
    });
    // rows of several lists side by side; none where a list has ended
    environment.add_function("rows", |lists: Vec<Vec<Value>>| -> Vec<Vec<Value>> {
        let longest = lists.iter().map(Vec::len).max().unwrap_or(0);
        (0..longest).map(|n| lists.iter().map(|list| list.get(n).cloned().unwrap_or(Value::from(()))).collect()).collect()
    });
    // ①, ② … for the parts of a list that has more than one
    environment.add_function("circled", |all: Vec<Value>| -> Vec<Value> {
        if all.len() < 2 {
            return all;
        }
        let sign = |n: usize| {
            u32::try_from(n).ok().filter(|n| *n < 20).and_then(|n| char::from_u32(0x2460 + n)).map_or(format!("({})", n + 1), String::from)
        };
        all.iter().enumerate().map(|(n, value)| Value::from(format!("{}{value}", sign(n)))).collect()
    });
}
