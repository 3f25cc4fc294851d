use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use imbl::ordmap::DiffItem;
use jiff::civil::Date;

use super::forecast::{Forecast, forecast};
use super::tally::{Progress, Tally};
use crate::design::Design;
use crate::state::Survey;

/// The counts of a survey, kept patient by patient: after a form was sent, one patient is counted anew and not three thousand.
///
/// Two states of a survey share the memory of all that did not change between them, so that what did is found without looking at
/// the rest.
#[derive(Clone, Debug)]
pub struct Kept {
    design: Arc<Design>,
    survey: Survey,
    today: Date,
    tallies: BTreeMap<u32, Tally>,
    forecast: Option<Forecast>,
}

impl Kept {
    /// Counts a survey on a day.
    #[must_use]
    pub fn new(design: Arc<Design>, survey: Survey, today: Date) -> Self {
        let mut kept = Self { design, survey, today, tallies: BTreeMap::new(), forecast: None };
        kept.anew();
        kept
    }

    /// Counts another state of it, on another day perhaps: what did not change is not looked at again.
    pub fn follow(&mut self, design: &Arc<Design>, survey: &Survey, today: Date) {
        if !Arc::ptr_eq(&self.design, design) || self.today != today || !fees(&self.survey).eq(fees(survey)) {
            (self.design, self.survey, self.today) = (Arc::clone(design), survey.clone(), today);
            return self.anew();
        }
        let mut changed = BTreeSet::new();
        for item in self.survey.patients.diff(&survey.patients) {
            match item {
                DiffItem::Add(number, _) | DiffItem::Update { new: (number, _), .. } => _ = changed.insert(*number),
                DiffItem::Remove(number, _) => _ = self.tallies.remove(number),
            }
        }
        for item in self.survey.queries.diff(&survey.queries) {
            let (DiffItem::Add(_, query) | DiffItem::Update { new: (_, query), .. } | DiffItem::Remove(_, query)) = item;
            changed.insert(query.patient);
        }
        let registration = |survey: &Survey| (survey.patients.len(), survey.stopped.is_some());
        let same = registration(&self.survey) == registration(survey) && self.survey.sites.ptr_eq(&survey.sites);
        self.survey = survey.clone();
        if !same {
            self.forecast = forecast(&self.design, &self.survey, today);
        }
        for number in changed {
            if let Some(patient) = self.survey.patients.get(&number) {
                self.tallies.insert(number, Tally::of(&self.design, &self.survey, number, patient, today));
            }
        }
    }

    fn anew(&mut self) {
        let Self { design, survey, today, .. } = self;
        self.forecast = forecast(design, survey, *today);
        let tally = |(number, patient): (&u32, _)| (*number, Tally::of(design, survey, *number, patient, *today));
        self.tallies = survey.patients.iter().map(tally).collect();
    }

    /// What each patient adds, by number.
    pub fn tallies(&self) -> impl Iterator<Item = (u32, &Tally)> {
        self.tallies.iter().map(|(number, tally)| (*number, tally))
    }

    /// How far the survey is, of the sites that count.
    #[must_use]
    pub fn progress(&self, counts: &dyn Fn(u32) -> bool) -> Progress {
        let of: Progress = self.tallies.values().filter(|tally| counts(tally.site)).map(|tally| tally.progress).sum();
        let holds = |site: &crate::state::Site| {
            site.contract.as_ref().is_some_and(|contract| contract.from <= self.today && self.today <= contract.until)
        };
        Progress { sites: self.survey.sites.iter().filter(|(number, site)| counts(**number) && holds(site)).count(), ..of }
    }

    /// What registration will come to.
    #[must_use]
    pub const fn forecast(&self) -> Option<&Forecast> {
        self.forecast.as_ref()
    }

    /// The design.
    #[must_use]
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// The day.
    #[must_use]
    pub const fn today(&self) -> Date {
        self.today
    }
}

/// Of each site, whether forms are paid for: the one thing of a site that is counted with its patients.
fn fees(survey: &Survey) -> impl Iterator<Item = (u32, bool)> + '_ {
    survey.sites.iter().map(|(number, site)| (*number, site.contract.as_ref().is_some_and(|contract| contract.fee.is_some())))
}
