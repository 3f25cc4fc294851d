use std::fmt;
use std::str::FromStr;

use diagnostic::{Problem, Words};

use crate::id::Target;
use crate::model::Plan;
use crate::suggest;

/// An event that touches a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// An indication was approved: its number.
    Approval(String),
    /// A condition of approval was lifted: its id.
    Condition(String),
    /// A section of the package insert was revised: its number.
    Label(String),
    /// An activity ended: its id.
    Ended(String),
    /// A study has another name, number or size: its number.
    Study(String),
}

impl Cause {
    fn parts(&self) -> (&'static str, &str, Target) {
        match self {
            Self::Approval(id) => ("approval", id, Target::Indication),
            Self::Condition(id) => ("condition", id, Target::Condition),
            Self::Label(id) => ("label", id, Target::Label),
            Self::Ended(id) => ("ended", id, Target::Activity),
            Self::Study(id) => ("study", id, Target::Study),
        }
    }

    /// The event in words, with the name of what it is about.
    #[must_use]
    pub fn words(&self, plan: &Plan) -> Words {
        let (_, id, target) = self.parts();
        let name = crate::difference::named(plan, target, id);
        let (ja, en) = match self {
            Self::Approval(_) => ("効能又は効果 {} の承認", "approval of indication {}"),
            Self::Condition(_) => ("承認条件 {} の解除", "lifting of the condition {}"),
            Self::Label(_) => ("電子添文 {} の改訂", "revision of package insert section {}"),
            Self::Ended(_) => ("活動 {} の終了", "end of the activity {}"),
            Self::Study(_) => ("試験 {} の名称等の変更", "change of the study {}"),
        };
        Words::new(ja.replacen("{}", &name.ja, 1), en.replacen("{}", &name.en, 1))
    }

    /// # Errors
    /// The plan has nothing with this id.
    pub(super) fn known(&self, plan: &Plan) -> Result<(), Problem> {
        let (_, id, target) = self.parts();
        let known: Vec<&str> = match self {
            Self::Approval(_) => plan.facts.indication.iter().map(|indication| indication.id.as_str()).collect(),
            Self::Condition(_) => plan.facts.condition.iter().map(|condition| condition.id.as_str()).collect(),
            Self::Label(_) => plan.facts.label.iter().map(|label| label.id.as_str()).collect(),
            Self::Ended(_) => plan.activities.iter().map(|activity| activity.id.as_str()).collect(),
            Self::Study(_) => plan.studies.names(),
        };
        if known.contains(&id) {
            return Ok(());
        }
        let (ja, en) = target.words();
        let hint = suggest::hint(id, known);
        let message = Words::new(format!("この計画に{ja}「{id}」はありません"), format!("this plan has no {en} “{id}”"));
        Err(Problem::new(message, Words::new(hint.0.trim_end_matches('。'), hint.1)))
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, id, _) = self.parts();
        write!(f, "{kind}:{id}")
    }
}

impl FromStr for Cause {
    type Err = String;

    /// Reads `approval:6`, `condition:ID`, `label:11.1.1`, `ended:ACTIVITY` or `study:ID`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            "approval:番号、condition:ID、label:項番、ended:活動、study:試験番号 のいずれか (one of approval:NUMBER, condition:ID, label:SECTION, ended:ACTIVITY, study:NUMBER)".to_owned()
        };
        let (kind, id) = text.split_once(':').ok_or_else(wrong)?;
        let id = id.trim().to_owned();
        if id.is_empty() {
            return Err(wrong());
        }
        match kind.trim() {
            "approval" => Ok(Self::Approval(id)),
            "condition" => Ok(Self::Condition(id)),
            "label" => Ok(Self::Label(id)),
            "ended" => Ok(Self::Ended(id)),
            "study" => Ok(Self::Study(id)),
            _ => Err(wrong()),
        }
    }
}
