use std::borrow::Cow;

use super::{blanked, without_comments};
use crate::figure::Figure;
use crate::source::Place;

/// The sections that the language knows (level-1 headings).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectionKind {
    /// 理由: why it is a concern.
    Why,
    /// 監視: why it is watched as it is.
    Pharmacovigilance,
    /// 最小化: why its risk is minimised as it is.
    Minimisation,
    /// 調査: objective, content and methods of the studies of an efficacy concern, and why.
    Outline,
    /// 目的.
    Objective,
    /// 根拠 (実施計画の根拠).
    Rationale,
    /// 方法 (具体的な方法).
    Method,
    /// 節目 (節目となる予定の時期及びその根拠).
    Milestones,
    /// 措置 (追加の措置及びその開始の決定基準).
    Measures,
}

impl SectionKind {
    /// Every section.
    pub const ALL: [Self; 9] = [
        Self::Why,
        Self::Pharmacovigilance,
        Self::Minimisation,
        Self::Outline,
        Self::Objective,
        Self::Rationale,
        Self::Method,
        Self::Milestones,
        Self::Measures,
    ];
    /// The sections of a safety concern.
    pub const CONCERN: &[Self] = &[Self::Why, Self::Pharmacovigilance, Self::Minimisation];
    /// The sections of an efficacy concern.
    pub const EFFICACY: &[Self] = &[Self::Why, Self::Outline];
    /// The sections of additional pharmacovigilance.
    pub const SURVEILLANCE: &[Self] = &[Self::Objective, Self::Rationale, Self::Method, Self::Milestones, Self::Measures];
    /// The sections of additional risk minimisation.
    pub const MATERIAL: &[Self] = &[Self::Objective, Self::Method, Self::Milestones, Self::Measures];

    /// The heading: Japanese and English.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Why => ("理由", "why"),
            Self::Pharmacovigilance => ("監視", "pharmacovigilance"),
            Self::Minimisation => ("最小化", "minimisation"),
            Self::Outline => ("調査", "outline"),
            Self::Objective => ("目的", "objective"),
            Self::Rationale => ("根拠", "rationale"),
            Self::Method => ("方法", "method"),
            Self::Milestones => ("節目", "milestones"),
            Self::Measures => ("措置", "measures"),
        }
    }

    /// What the section holds: Japanese and English.
    #[must_use]
    pub const fn doc(self) -> (&'static str, &'static str) {
        match self {
            Self::Why => ("そのリスク又は検討事項とした理由。", "why it is a concern"),
            Self::Pharmacovigilance => (
                "医薬品安全性監視活動の選択理由。内容は活動から導かれる。",
                "why it is watched as it is; what is done is derived from the activities",
            ),
            Self::Minimisation => (
                "リスク最小化活動の選択理由。内容は活動から導かれる。",
                "why it is minimised as it is; what is done is derived from the activities",
            ),
            Self::Outline => {
                ("調査・試験の目的、内容及び手法の概要並びに選択理由。", "objective, content and methods of the studies, and why")
            }
            Self::Objective => ("目的。", "the objective"),
            Self::Rationale => {
                ("実施計画の根拠（症例数、観察期間など）。", "the rationale of the plan, such as of its size and observation")
            }
            Self::Method => ("具体的な方法。", "how it is done"),
            Self::Milestones => ("節目となる予定の時期の根拠。", "the basis of the milestones"),
            Self::Measures => ("追加の措置及びその開始の決定基準。", "further measures that may follow, and the criteria for them"),
        }
    }

    /// The section that a heading opens, in either language.
    #[must_use]
    pub fn parse(heading: &str) -> Option<Self> {
        let heading = heading.trim().to_lowercase();
        Self::ALL.into_iter().find(|kind| {
            let (ja, en) = kind.words();
            heading == ja || heading == en || heading == format!("{ja} / {en}")
        })
    }
}

/// A text in Markdown with its figures.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// Where it stands.
    pub at: Place,
    /// As it is written, with its comments.
    pub text: String,
    /// The `{{ … }}` in it, in order.
    pub figures: Vec<Figure>,
}

impl PartialEq for Passage {
    /// Equal if the same is written, whatever the comments.
    fn eq(&self, other: &Self) -> bool {
        self.words() == other.words()
    }
}

impl Passage {
    /// True if nothing is written but comments.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.seen().trim().is_empty()
    }

    /// The text without its comments.
    #[must_use]
    pub fn words(&self) -> Cow<'_, str> {
        without_comments(&self.text)
    }

    /// The text with blanks in the place of its comments, byte for byte: what rules look at.
    #[must_use]
    pub fn seen(&self) -> Cow<'_, str> {
        blanked(&self.text)
    }
}

/// A section of a file. Two are equal if the same is written, wherever they stand.
#[derive(Clone, Debug)]
pub struct Section {
    /// Which one.
    pub kind: SectionKind,
    /// Where its heading stands.
    pub heading: Place,
    /// What it says.
    pub body: Passage,
}

impl PartialEq for Section {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.body == other.body
    }
}

/// The sections of a file, in its own order.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// The sections.
    pub sections: Vec<Section>,
    /// The sections that an unknown heading seems to mean. Nothing says that they are missing.
    pub misspelt: Vec<SectionKind>,
}

impl PartialEq for Prose {
    /// Equal if the same is written; a heading that is no section says nothing.
    fn eq(&self, other: &Self) -> bool {
        self.sections == other.sections
    }
}

impl Prose {
    /// The passage of a section, if it is there.
    #[must_use]
    pub fn get(&self, kind: SectionKind) -> Option<&Passage> {
        self.section(kind).map(|section| &section.body)
    }

    /// A section, if it is there.
    #[must_use]
    pub fn section(&self, kind: SectionKind) -> Option<&Section> {
        self.sections.iter().find(|section| section.kind == kind)
    }

    /// Every passage.
    pub fn passages(&self) -> impl Iterator<Item = &Passage> {
        self.sections.iter().map(|section| &section.body)
    }
}
