//! 変更の履歴.

use minijinja::{Value, context};
use plan::difference::{Change, difference};
use plan::tables::Submission;

use super::{View, era};

impl View<'_> {
    /// The day the document is handed in: the last submission that the plan records. A document of a later day is not what was handed
    /// in then, because what it tells may have changed since: it is the next submission, of its own day.
    pub fn submitted(&self) -> calendar::Date {
        self.plan.submitted().map_or(self.as_of, |last| last.max(self.as_of))
    }

    pub(super) fn history(&self) -> Value {
        let mut submissions: Vec<&Submission> = self.plan.facts.submission.iter().filter(|s| s.date.is_some()).collect();
        submissions.sort_by_key(|s| s.date.as_ref().map(|date| date.value));
        let day = |submission: &Submission| submission.date.as_ref().map(|date| date.value);
        let submitted = self.submitted();
        let own = submissions.iter().rev().find(|s| day(s) == Some(submitted));
        let previous = match self.against.and_then(plan::Plan::submitted) {
            Some(before) => Some(before),
            None => submissions.iter().filter_map(|s| day(s)).rfind(|day| *day < submitted),
        };
        let changes = self.against.map(|against| difference(against, self.plan).changes).unwrap_or_default();
        let told: Vec<&Change> =
            changes.iter().filter(|c| c.minor.is_none_or(|minor| !["record", "not-printed"].contains(&minor.name))).collect();
        let (minor, major): (Vec<&Change>, Vec<&Change>) = told.into_iter().partition(|change| change.minor.is_some());
        let line = |change: &&Change| Value::from(change.message.ja.clone());
        let minor: Vec<Value> =
            minor.iter().map(|change| context! { text => line(change), rule => change.minor.map(|minor| minor.title.0) }).collect();
        context! {
            submitted => era(submitted),
            previous => previous.map(era),
            changes => self.markdown(own.and_then(|s| s.changes.as_ref())),
            reason => self.markdown(own.and_then(|s| s.reason.as_ref())),
            compared => self.against.is_some(),
            major => major.iter().map(line).collect::<Vec<_>>(),
            minor,
        }
    }
}
