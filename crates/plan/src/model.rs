//! The plan. All of it, on one screen:
//!
//! ```text
//! Plan ── facts: PlanFacts       product, holder, strengths, indications, conditions, events, submissions, routine, labels
//!      ├─ studies: StudyFacts    the studies cited, with every size that can be a denominator
//!      ├─ concerns               Entry<ConcernId,  ConcernFacts>    safety concerns: class, names, terms + prose
//!      ├─ efficacy               Entry<EfficacyId, EfficacyFacts>   efficacy concerns + prose
//!      ├─ activities             Entry<ActivityId, ActivityFacts>   what is done; each says which concerns it covers + prose
//!      ├─ surveys                Survey { SurveyFacts, forms }         how a survey is run: visits, case report forms, edit checks
//!      ├─ figures: Figures       the named figures of all prose
//!      └─ sources: Sources       the texts that every place points into
//!
//! derived, never stored:  lists (5.1, 5.2, 5.3) · concern × activity · status as of a day · deadlines · printed text
//! ```

mod entry;
mod forms;
mod lists;
mod matrix;
mod printed;
mod status;
mod time;

pub use entry::{English, Entry};
pub use forms::{Form, Survey};
pub use lists::List;
pub use printed::{NameOf, printed_by};
pub use status::Status;
pub use time::Deadline;
pub(crate) use time::is_of_kind;

use crate::figure::Figures;
use crate::id::{ActivityId, ConcernId, EfficacyId};
use crate::source::Sources;
use crate::tables::{ActivityFacts, ConcernFacts, EfficacyFacts, PlanFacts, StudyFacts};

/// A risk management plan. Reading always gives one, however much is wrong with its source.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// `plan.toml`.
    pub facts: PlanFacts,
    /// `studies.toml`.
    pub studies: StudyFacts,
    /// The safety concerns, in the order in which they are printed: by class, `order` and name of file.
    pub concerns: Vec<Concern>,
    /// The efficacy concerns, in the order in which they are printed.
    pub efficacy: Vec<EfficacyConcern>,
    /// The additional activities, in the order in which they are printed.
    pub activities: Vec<Activity>,
    /// How surveys are run, with their forms, by activity.
    pub surveys: Vec<Survey>,
    /// The named figures.
    pub figures: Figures,
    /// The texts.
    pub sources: Sources,
}

/// A safety concern (安全性検討事項).
pub type Concern = Entry<ConcernId, ConcernFacts>;
/// An efficacy concern (有効性に関する検討事項).
pub type EfficacyConcern = Entry<EfficacyId, EfficacyFacts>;
/// An additional activity (追加の活動).
pub type Activity = Entry<ActivityId, ActivityFacts>;

impl PartialEq for Plan {
    /// Equal if both state the same; where it is written does not matter.
    fn eq(&self, other: &Self) -> bool {
        self.facts == other.facts
            && self.studies == other.studies
            && self.concerns == other.concerns
            && self.efficacy == other.efficacy
            && self.activities == other.activities
            && self.surveys == other.surveys
    }
}
