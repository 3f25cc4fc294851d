use calendar::Date;

use super::time::is_made;
use super::{Activity, Plan};
use crate::tables::Family;

/// How an activity stands on a day. It is never typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// 計画中 (実施予定): it has not begun.
    Planned,
    /// 実施中: it has begun. Past its end without its final report it is overdue.
    Running {
        /// True past its end.
        overdue: bool,
    },
    /// 終了: it has ended, and its final report is made.
    Finished,
}

impl Status {
    /// The word: Japanese and English.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Planned => ("実施予定", "planned"),
            Self::Running { .. } => ("実施中", "ongoing"),
            Self::Finished => ("終了", "completed"),
        }
    }
}

impl Plan {
    /// How an activity stands on a day. Surveys, studies and EPPV need their final report to be finished; what only minimises
    /// risk is finished when it ended.
    #[must_use]
    pub fn status(&self, activity: &Activity, as_of: Date) -> Status {
        let reports = activity.kind.as_ref().is_none_or(|kind| kind.family() != Family::Minimisation);
        let end = self.end_of(activity);
        let ended = end.is_some_and(|end| end < as_of);
        let finished = if reports {
            (ended || end.is_none()) && self.final_report(activity).is_some_and(|report| is_made(report, as_of))
        } else {
            ended
        };
        if finished {
            return Status::Finished;
        }
        match self.start_of(activity) {
            Some(start) if start > as_of => Status::Planned,
            None if reports && activity.report.iter().all(|report| !is_made(report, as_of)) => Status::Planned,
            _ => Status::Running { overdue: ended },
        }
    }
}
