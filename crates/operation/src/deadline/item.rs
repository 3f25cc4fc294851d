//! A deadline, and all that can be said of it.

use calendar::{Date, PartialDate};
use diagnostic::Words;

/// Something that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Its stable name: what it is, and of what, made of days and of ids of the plan. It never depends on wording.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// How binding it is.
    pub weight: Weight,
    /// What it is, in words.
    pub title: Words,
    /// Of what: the product, the indications, the activity.
    pub subject: Words,
    /// The day from which it is counted.
    pub anchor: Option<Anchor>,
    /// The first and last day of the period that is reported on.
    pub period: Option<(Date, Date)>,
    /// By when. None while a fact is missing: see [`Status::Unknown`].
    pub due: Option<Due>,
    /// The day from which it should be worked on: so long before the last day, on a day on which the organisation works.
    pub warn: Option<Date>,
    /// How it stands.
    pub status: Status,
    /// How the day was found. The last step with a day is the last day.
    pub steps: Vec<Step>,
    /// What is looked at with it, such as the milestones that are judged at a periodic safety report.
    pub with: Vec<Words>,
    /// What else is to be known of it.
    pub remarks: Vec<Words>,
    /// By which rule.
    pub rule: RuleInForce,
}

impl Deadline {
    /// The last day on which it can be done in time, if it is known: moved where it moves.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        self.due.map(Due::last_day)
    }
}

/// The kinds of obligations. Their names are parts of ids and stored: never renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 安全性定期報告.
    PeriodicSafetyReport,
    /// 市販直後調査の結果の報告.
    EppvReport,
    /// 市販直後調査の中間報告.
    EppvInterim,
    /// 活動の報告書.
    ActivityReport,
    /// 節目.
    Milestone,
    /// 再審査の申請.
    ReexaminationApplication,
    /// 再審査期間終了後の評価報告.
    EvaluationReport,
    /// 未知・非重篤副作用定期報告.
    UnexpectedNonSerious,
    /// 感染症定期報告.
    Infection,
    /// 新たな活動を加えた計画の提出.
    NewActivityNotice,
    /// 照会事項への回答.
    Question,
}

impl Kind {
    /// Its name: the first part of the ids.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::PeriodicSafetyReport => "periodic-safety-report",
            Self::EppvReport => "eppv-report",
            Self::EppvInterim => "eppv-interim",
            Self::ActivityReport => "activity-report",
            Self::Milestone => "milestone",
            Self::ReexaminationApplication => "re-examination-application",
            Self::EvaluationReport => "evaluation-report",
            Self::UnexpectedNonSerious => "unexpected-non-serious",
            Self::Infection => "infection",
            Self::NewActivityNotice => "new-activity-notice",
            Self::Question => "question",
        }
    }

    /// The id of its rule in the data.
    #[must_use]
    pub(crate) const fn rule(self) -> &'static str {
        match self {
            Self::EppvReport => "eppv",
            other => other.id(),
        }
    }

    /// Whether it ends with something that an office receives, so that the days on which offices are closed matter.
    #[must_use]
    pub const fn is_handed_in(self) -> bool {
        !matches!(self, Self::Milestone | Self::EppvInterim | Self::ActivityReport)
    }
}

/// How binding something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// 義務: the law, a notice or the regulator asks for it.
    Obligation,
    /// 計画: the plan promises it.
    Promise,
    /// 慣行: nobody asks for it.
    Customary,
}

impl Weight {
    /// Its name in data.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Obligation => "obligation",
            Self::Promise => "promise",
            Self::Customary => "customary",
        }
    }

    /// In words: Japanese, English.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Obligation => ("義務", "obligation"),
            Self::Promise => ("計画に定めたもの", "promised by the plan"),
            Self::Customary => ("慣行（義務ではない）", "customary, not an obligation"),
        }
    }
}

/// The day from which something is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The day.
    pub day: Date,
    /// What it is.
    pub what: Words,
}

/// By when something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last day as it is counted.
    pub counted: Date,
    /// The next day on which offices are open, if they are closed on the last day, whether or not the limit moves to it.
    pub next_open: Option<Date>,
    /// Whether the organisation's option moves the limit to that day.
    pub moves: bool,
}

impl Due {
    /// The last day on which it can be done in time.
    #[must_use]
    pub fn last_day(self) -> Date {
        self.next_open.filter(|_| self.moves).unwrap_or(self.counted)
    }
}

/// How something stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Done.
    Met(Met),
    /// Not done; so many days are left, 0 on the last day.
    Open {
        /// Days to the last day.
        left: i32,
    },
    /// Not done, so many days late.
    Overdue {
        /// Days since the last day.
        late: i32,
    },
    /// It was due before the record begins, and nothing is known of it.
    Unrecorded,
    /// When it is due is not yet known.
    Unknown {
        /// The fact that is missing.
        missing: Words,
    },
}

impl Status {
    /// Its name in data.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Met(_) => "met",
            Self::Open { .. } => "open",
            Self::Overdue { .. } => "overdue",
            Self::Unrecorded => "unrecorded",
            Self::Unknown { .. } => "unknown",
        }
    }
}

/// What was done, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// The day, or the month if no more is stated.
    pub on: PartialDate,
    /// True if it was done on that day or in that month; false if it is only known that it was done by then.
    pub exactly: bool,
    /// What shows it.
    pub by: Evidence,
    /// So many days before the last day at least; negative where it was late. None where the last day is not known, or where it cannot be
    /// told from a month.
    pub early: Option<i32>,
}

/// What shows that something was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A receipt with its reference.
    Receipt(String),
    /// The plan states it.
    Plan,
}

/// A step of the computation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is done in it.
    pub what: Words,
    /// The day after it, if the step gives one.
    pub day: Option<Date>,
    /// The article or notice it follows.
    pub basis: Option<Words>,
}

/// The version of a rule that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInForce {
    /// Its id in the data.
    pub id: String,
    /// Where it stands.
    pub source: Words,
    /// The first day of this version, if it is stated.
    pub from: Option<Date>,
    /// The last day of this version, if it has one.
    pub until: Option<Date>,
    /// Whether it was not compared with its source.
    pub unverified: bool,
    /// What is doubtful of it.
    pub doubt: Option<Words>,
}
