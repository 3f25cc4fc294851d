use super::{Activity, Concern, EfficacyConcern, Plan};

impl Plan {
    /// A safety concern by its id.
    #[must_use]
    pub fn concern(&self, id: &str) -> Option<&Concern> {
        self.concerns.iter().find(|concern| concern.id.as_str() == id)
    }

    /// An efficacy concern by its id.
    #[must_use]
    pub fn efficacy_concern(&self, id: &str) -> Option<&EfficacyConcern> {
        self.efficacy.iter().find(|concern| concern.id.as_str() == id)
    }

    /// An activity by its id.
    #[must_use]
    pub fn activity(&self, id: &str) -> Option<&Activity> {
        self.activities.iter().find(|activity| activity.id.as_str() == id)
    }

    /// The activities that cover a safety concern, in the order in which they are printed. The plan stores this with the
    /// activities only.
    pub fn activities_for<'a>(&'a self, concern: &'a Concern) -> impl Iterator<Item = &'a Activity> {
        self.activities.iter().filter(|activity| activity.concerns.iter().any(|id| id.value == concern.id))
    }

    /// The activities that cover an efficacy concern.
    pub fn activities_for_efficacy<'a>(&'a self, concern: &'a EfficacyConcern) -> impl Iterator<Item = &'a Activity> {
        self.activities.iter().filter(|activity| activity.efficacy.iter().any(|id| id.value == concern.id))
    }

    /// The safety concerns that an activity covers, in the order in which they are printed.
    pub fn concerns_for<'a>(&'a self, activity: &'a Activity) -> impl Iterator<Item = &'a Concern> {
        self.concerns.iter().filter(|concern| activity.concerns.iter().any(|id| id.value == concern.id))
    }
}
