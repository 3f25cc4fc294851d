use std::collections::{HashMap, HashSet};

use calendar::Date;
use diagnostic::{Checked, Finding, Words};

use super::Rule;
use crate::check::Repair;
use crate::mistake::{Mistake, Mistakes, Tally};
use crate::model::{Activity, Concern, EfficacyConcern, Plan};
use crate::source::Sources;
use crate::suggest;

/// What a rule sees.
pub struct Context<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The day it is judged as of.
    pub as_of: Date,
    /// The day of the check, where it is known: what lies after it is still to come.
    pub today: Option<Date>,
    /// Where the things of the plan are, by id.
    pub index: Index<'a>,
    /// What reading found.
    pub(crate) mistakes: &'a Mistakes,
}

/// The things of a plan by their ids.
#[derive(Default)]
pub struct Index<'a> {
    /// Safety concerns.
    pub concerns: HashMap<&'a str, &'a Concern>,
    /// Efficacy concerns.
    pub efficacy: HashMap<&'a str, &'a EfficacyConcern>,
    /// Activities.
    pub activities: HashMap<&'a str, &'a Activity>,
    /// The activities that cover a safety concern, or mean to.
    pub covering: HashMap<&'a str, Vec<&'a Activity>>,
}

impl<'a> Index<'a> {
    fn of(plan: &'a Plan) -> Self {
        let known: HashSet<&str> = plan.concerns.iter().map(|entry| entry.id.as_str()).collect();
        let mut covering: HashMap<&str, Vec<&Activity>> = HashMap::new();
        for activity in &plan.activities {
            for id in &activity.concerns {
                let id = id.as_str();
                // a misspelt id is told as such; that its concern is not covered would be told twice
                let meant = if known.contains(id) { Some(id) } else { suggest::nearest(id, known.iter().copied()) };
                covering.entry(meant.unwrap_or(id)).or_default().push(activity);
            }
        }
        Self {
            concerns: plan.concerns.iter().map(|entry| (entry.id.as_str(), entry)).collect(),
            efficacy: plan.efficacy.iter().map(|entry| (entry.id.as_str(), entry)).collect(),
            activities: plan.activities.iter().map(|entry| (entry.id.as_str(), entry)).collect(),
            covering,
        }
    }
}

impl<'a> Context<'a> {
    /// Prepares a plan for its rules.
    #[must_use]
    pub fn new(plan: &'a Plan, mistakes: &'a Mistakes, as_of: Date, today: Option<Date>) -> Self {
        Self { plan, as_of, today, index: Index::of(plan), mistakes }
    }
}

/// Where a rule puts what it finds.
pub struct Sink {
    rule: &'static Rule,
    tally: Tally,
}

impl Sink {
    /// An empty one for a rule.
    #[must_use]
    pub fn new(rule: &'static Rule) -> Self {
        Self { rule, tally: Tally::default() }
    }

    /// Counts statements that were looked at: the denominator of the findings.
    pub fn looked_at(&mut self, statements: usize) {
        self.tally.of += statements;
    }

    /// Reports what is wrong.
    pub fn report(&mut self, mistake: Mistake) {
        self.tally.add(mistake);
    }

    /// Takes over what reading found for this rule.
    pub(super) fn take(&mut self, context: &Context<'_>) {
        self.tally = context.mistakes.of(self.rule.code);
    }

    /// The findings with their repairs, and how much was looked at.
    pub(crate) fn finish(self, as_of: Date, sources: &Sources) -> (Vec<(Finding, Option<Repair>)>, Checked) {
        let rule = self.rule;
        let checked = Checked {
            code: rule.code,
            name: rule.name,
            title: Words::new(rule.title.0, rule.title.1),
            found: self.tally.found,
            of: self.tally.of,
        };
        let findings = self.tally.mistakes.into_iter().map(|mistake| {
            let spans = mistake.marks.iter().map(|mark| sources.span(mark.at, mark.label.clone())).collect();
            let repair = mistake.fix.map(|fix| Repair {
                code: rule.code,
                path: sources.path(fix.at).to_owned(),
                range: fix.at.range(),
                text: fix.text,
                finding: 0,
            });
            (rule.finding(as_of, mistake.severity.unwrap_or(rule.severity), mistake.message, mistake.hint, spans), repair)
        });
        (findings.collect(), checked)
    }
}
