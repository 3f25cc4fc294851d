//! The tables of the language. Each is declared once; see [`shape`](crate::shape) for what follows from a declaration.

mod activity;
mod activity_kind;
mod concern;
mod design;
mod form;
mod plan;
mod reexamination;
mod study;
mod survey;
mod when;

pub use activity::{ActivityFacts, EuCategory, Interval, ListNumber, Milestone, ReportFacts, ReportKind};
pub use activity_kind::{ActivityKind, Audience, Counted, Family, Method};
pub use concern::{Class, ConcernFacts, EfficacyFacts, TranslationFacts};
pub use design::{DesignKind, DesignMethod, Observed, Proportion, SampleSize};
pub use form::{AdverseEvent, CheckFacts, ChoiceFacts, FormFacts, ItemFacts, ItemKind};
pub use plan::{
    Abbreviation, Attachment, AttachmentStatus, Condition, Event, EventKind, Holder, Indication, LabelSection, PlanFacts, Product, Routine,
    Strength, Submission, SubmissionState,
};
pub use reexamination::{Reexamination, ReexaminationPeriod};
pub use study::{Arm, Phase, Pool, Study, StudyFacts, StudyKind};
pub use survey::{CriterionFacts, PopulationFacts, RegistrationFacts, SurveyFacts, VisitFacts, VisitFrom};
pub use when::{Anchor, AnchorEvent, Length, When};

use crate::shape::{Shape, Table, schema};
use crate::source::Folder;

/// The version of the language that this crate reads.
pub const FORMAT: u64 = 1;

/// The shapes of the language's files, with the paths they are for.
pub const FILES: &[(&str, &Shape)] = &[
    ("plan.toml", PlanFacts::SHAPE),
    ("studies.toml", StudyFacts::SHAPE),
    ("concerns/<id>.md", ConcernFacts::SHAPE),
    ("efficacy/<id>.md", EfficacyFacts::SHAPE),
    ("activities/<id>.md", ActivityFacts::SHAPE),
    ("<folder>/<id>.en.md", TranslationFacts::SHAPE),
    ("forms/<activity>/survey.toml", SurveyFacts::SHAPE),
    ("forms/<activity>/<form>.toml", FormFacts::SHAPE),
];

/// The JSON Schemas of the language's files, for editors: `plan.schema.json`, `studies.schema.json` and those of the front matter.
#[must_use]
pub fn schemas() -> Folder {
    let file = |(path, shape): &(&str, &'static Shape)| {
        let name = shape.name.trim_end_matches(".toml");
        let schema = schema(&format!("urn:mimamori:plan:{FORMAT}:{name}"), path, shape);
        (format!("{name}.schema.json"), format!("{schema:#}\n"))
    };
    FILES.iter().map(file).collect()
}
