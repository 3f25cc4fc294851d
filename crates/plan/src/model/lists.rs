use super::{Activity, Concern, Plan};
use crate::tables::{ActivityKind, Class, Indication, ListNumber, Milestone};

/// One of the lists of section 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum List {
    /// 5.1 医薬品安全性監視計画の一覧.
    Pharmacovigilance,
    /// 5.2 有効性に関する調査・試験の計画の一覧.
    Efficacy,
    /// 5.3 リスク最小化計画の一覧.
    Minimisation,
}

impl List {
    /// Its number in the form.
    #[must_use]
    pub const fn number(self) -> &'static str {
        match self {
            Self::Pharmacovigilance => "5.1",
            Self::Efficacy => "5.2",
            Self::Minimisation => "5.3",
        }
    }

    /// True if an activity stands in it.
    #[must_use]
    pub fn holds(self, activity: &Activity) -> bool {
        let Some(kind) = activity.kind.as_ref().map(|kind| kind.value) else { return false };
        match self {
            Self::Pharmacovigilance => kind.watches(),
            Self::Efficacy => {
                kind.watches() && (!activity.efficacy.is_empty() || activity.former_efficacy.as_ref().is_some_and(|former| former.value))
            }
            Self::Minimisation => kind.minimises(),
        }
    }
}

impl List {
    /// The list with this number.
    #[must_use]
    pub const fn of(number: ListNumber) -> Self {
        match number {
            ListNumber::Pharmacovigilance => Self::Pharmacovigilance,
            ListNumber::Efficacy => Self::Efficacy,
            ListNumber::Minimisation => Self::Minimisation,
        }
    }

    /// True if it prints a milestone of an activity that stands in it.
    #[must_use]
    pub fn prints(self, milestone: &Milestone) -> bool {
        milestone.lists.is_empty() || milestone.lists.iter().any(|list| Self::of(list.value) == self)
    }
}

impl Plan {
    /// The activities of a list, in the order in which they are printed.
    pub fn list(&self, list: List) -> impl Iterator<Item = &Activity> {
        self.activities.iter().filter(move |activity| list.holds(activity))
    }

    /// The safety concerns of a class, in the order in which they are printed.
    pub fn concerns_of(&self, class: Class) -> impl Iterator<Item = &Concern> {
        self.concerns.iter().filter(move |concern| concern.class.as_ref().is_some_and(|c| c.value == class))
    }

    /// The activities of a kind.
    pub fn activities_of(&self, kind: ActivityKind) -> impl Iterator<Item = &Activity> {
        self.activities.iter().filter(move |activity| activity.kind.as_ref().is_some_and(|k| k.value == kind))
    }

    /// The product's name: its own, or the first strength's.
    #[must_use]
    pub fn name(&self) -> &str {
        let own = self.facts.product.name.as_ref().map(|name| name.value.as_str());
        own.or_else(|| self.facts.strength.first().map(|strength| strength.name.value.as_str())).unwrap_or("")
    }

    /// The plan's own date: that of its last submission.
    #[must_use]
    pub fn submitted(&self) -> Option<calendar::Date> {
        self.facts.submission.iter().filter_map(|s| s.date.as_ref()).map(|date| date.value).max()
    }

    /// An indication by its number.
    #[must_use]
    pub fn indication(&self, id: &str) -> Option<&Indication> {
        self.facts.indication.iter().find(|indication| indication.id.as_str() == id)
    }

    /// The day on which an indication was approved: its own, or the product's.
    #[must_use]
    pub fn approval_of(&self, indication: &Indication) -> Option<calendar::Date> {
        indication.approved.as_ref().or(self.facts.product.approved.as_ref()).map(|date| date.value)
    }
}
