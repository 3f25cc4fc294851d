//! Names of things in a plan, each of a type of its own, so that one cannot be taken for another.

macro_rules! id_types {
    ($($(#[doc = $doc:literal])+ $name:ident => $target:ident;)+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(String);

            impl $name {
                /// From its text, which is taken as it is.
                #[must_use]
                pub fn new(text: impl Into<String>) -> Self {
                    Self(text.into())
                }

                /// Its text.
                #[must_use]
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl std::fmt::Display for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(&self.0)
                }
            }

            impl std::borrow::Borrow<str> for $name {
                fn borrow(&self) -> &str {
                    &self.0
                }
            }

            impl crate::shape::Id for $name {
                const TARGET: Target = Target::$target;
                fn from_text(text: String) -> Self {
                    Self(text)
                }
                fn text(&self) -> &str {
                    &self.0
                }
            }
        )+

        /// What an id names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Target {
            $($(#[doc = $doc])+ $target,)+
        }
    };
}

id_types! {
    /// A safety concern (安全性検討事項): the name of its file in `concerns/`.
    ConcernId => Concern;
    /// An efficacy concern (有効性に関する検討事項): the name of its file in `efficacy/`.
    EfficacyId => Efficacy;
    /// An additional activity (追加の活動): the name of its file in `activities/`.
    ActivityId => Activity;
    /// An indication (効能又は効果): its number as printed.
    IndicationId => Indication;
    /// A study (試験): its number as cited.
    StudyId => Study;
    /// Studies or arms taken together (併合).
    PoolId => Pool;
    /// A condition of approval (承認条件).
    ConditionId => Condition;
    /// A section of the package insert (電子添文の項).
    LabelId => Label;
    /// A case report form (調査票): the name of its file.
    FormId => Form;
}

impl Target {
    /// What it is called: Japanese and English.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Concern => ("安全性検討事項", "safety concern"),
            Self::Efficacy => ("有効性に関する検討事項", "efficacy concern"),
            Self::Activity => ("活動", "activity"),
            Self::Indication => ("効能又は効果", "indication"),
            Self::Study => ("試験", "study"),
            Self::Pool => ("併合解析", "pool"),
            Self::Condition => ("承認条件", "condition of approval"),
            Self::Form => ("調査票", "case report form"),
            Self::Label => ("電子添文の項", "section of the package insert"),
        }
    }
}

/// True for `[a-z0-9][a-z0-9-]*`, the form of ids that are names of files and of figures.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    text.bytes().next().is_some_and(plain) && text.bytes().all(|b| plain(b) || b == b'-')
}
