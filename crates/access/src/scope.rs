use crate::Phrase;

/// How far a grant reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// All records of the product or the organisation that the role is held for.
    Everything,
    /// Records of the institutions that the role is held for: where a physician practises, which a representative is in charge of.
    OwnInstitution,
    /// Records of the activities that are contracted to who holds the role.
    ContractedActivities,
    /// What the person has recorded or signed.
    Own,
}

impl Scope {
    /// In Japanese and English.
    #[must_use]
    pub const fn words(self) -> Phrase {
        match self {
            Self::Everything => ("すべて", "everything"),
            Self::OwnInstitution => ("自施設・担当施設のみ", "own institutions only"),
            Self::ContractedActivities => ("受託した活動のみ", "contracted activities only"),
            Self::Own => ("本人のもののみ", "only one's own"),
        }
    }

    /// The mark of the scope in the matrix of the manual.
    #[must_use]
    pub const fn mark(self) -> char {
        match self {
            Self::Everything => '●',
            Self::OwnInstitution => '◐',
            Self::ContractedActivities => '◇',
            Self::Own => '○',
        }
    }
}

/// What the matrix says of a role and an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grant {
    /// The role may do it, so far.
    Allowed(Scope),
    /// The role may not do it.
    Denied,
}
