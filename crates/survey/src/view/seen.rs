use diagnostic::Words;
use jiff::civil::Date;
use statistics::survival::{CumulativeIncidence, End, FollowUp, cumulative_incidence};

use super::kept::Kept;
use super::tally::{Counted, Tally};
use crate::design::Assumed;

/// Which patients are counted: those past the limit of registration are analysed apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Registered {
    /// Those registered in time.
    InTime,
    /// Those past the limit.
    Late,
}

/// How often something was seen in a population.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The concern; empty for all events together.
    pub concern: String,
    /// What it is called.
    pub name: Words,
    /// Patients of the population.
    pub patients: u64,
    /// Adverse events of it.
    pub events: Incidence,
    /// Adverse drug reactions of it.
    pub reactions: Incidence,
    /// Serious adverse drug reactions of it.
    pub serious: Incidence,
    /// Patients with a reaction of it that ended in death.
    pub fatal: u64,
    /// Days from the first dose to the first reaction, of each patient with one whose onset is known, in order.
    pub onsets: Vec<f64>,
    /// The cumulative incidence of the first reaction over days since the first dose, death before it taken as a competing event (Aalen
    /// and Johansen). `None` where nobody was observed.
    pub cumulative: Option<CumulativeIncidence>,
    /// What the plan assumed of it.
    pub assumed: Vec<Assumed>,
}

/// How often something was seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Incidence {
    /// Patients with it.
    pub patients: u64,
    /// Exact two-sided 95 % limits of their share (Clopper and Pearson).
    pub limits: Option<(f64, f64)>,
    /// The upper one-sided 95 % limit: a higher share is excluded by what was seen.
    pub excluded_above: Option<f64>,
    /// Patient-years at risk: of each up to the first of it.
    pub years: f64,
    /// First ones in a hundred patient-years, with exact two-sided 95 % limits (Garwood).
    pub rate: Option<(f64, f64, f64)>,
}

impl Kept {
    /// What was seen in a population: of all events together, and of each concern the survey covers that has terms to count by.
    #[must_use]
    pub fn seen(&self, population: &str, registered: Registered) -> Vec<Seen> {
        let place = self.design().populations.iter().position(|(id, _, _)| id == population);
        let late = registered == Registered::Late;
        let is_in = |tally: &&Tally| tally.late == late && place.is_some_and(|place| tally.belongs.get(place) == Some(&true));
        let members: Vec<&Tally> = self.tallies().map(|(_, tally)| tally).filter(is_in).collect();
        let any = seen(&members, None, "", Words::new("すべての事象", "Any event"), Vec::new());
        let concerns = self.design().concerns.iter().enumerate().filter(|(_, concern)| !concern.terms.is_empty());
        let each = concerns.map(|(place, concern)| {
            let assumed = self.design().assumed.iter().filter(|assumed| assumed.is_of(concern)).cloned().collect();
            seen(&members, Some(place), &concern.id, concern.name.clone(), assumed)
        });
        std::iter::once(any).chain(each).collect()
    }
}

fn seen(members: &[&Tally], concern: Option<usize>, id: &str, name: Words, assumed: Vec<Assumed>) -> Seen {
    let is_of = |event: &&Counted| concern.is_none_or(|concern| event.concerns.contains(&concern));
    let count = members.len() as u64;
    let incidence = |fits: &dyn Fn(&Counted) -> bool| {
        let (mut patients, mut years) = (0, 0.0);
        for tally in members {
            let mut first: Option<Option<Date>> = None;
            for event in tally.events.iter().filter(is_of).filter(|event| fits(event)) {
                first = Some(match (first, event.onset) {
                    (Some(Some(before)), Some(onset)) => Some(before.min(onset)),
                    (Some(before), onset) => before.or(onset),
                    (None, onset) => onset,
                });
            }
            patients += u64::from(first.is_some());
            // an event whose day is not known ends nothing
            let end = first.flatten().map_or(tally.until, |onset| onset.max(tally.from));
            years += days(tally.from, end) / 365.25;
        }
        let rate = statistics::rate::rate(patients, years, 0.95).map(|rate| rate.per(100.0));
        Incidence {
            patients,
            limits: statistics::interval::clopper_pearson(patients, count, 0.95).map(|limits| (limits.lower, limits.upper)),
            excluded_above: statistics::interval::clopper_pearson_upper(patients, count, 0.95),
            years,
            rate: rate.map(|rate| (rate.estimate, rate.limits.lower, rate.limits.upper)),
        }
    };
    let reacted = |tally: &&Tally| {
        let onsets = tally.events.iter().filter(is_of).filter(|event| event.reaction).filter_map(|event| event.onset);
        onsets.min().map(|onset| days(tally.from, onset))
    };
    let follow_ups: Vec<FollowUp> = members
        .iter()
        .map(|tally| match reacted(tally) {
            Some(time) => FollowUp { time, end: End::Event(REACTION) },
            None => {
                let died = tally.events.iter().any(|event| event.fatal);
                FollowUp { time: days(tally.from, tally.until), end: if died { End::Event(DEATH) } else { End::Censored } }
            }
        })
        .collect();
    let mut onsets: Vec<f64> = members.iter().filter_map(reacted).collect();
    onsets.sort_by(f64::total_cmp);
    Seen {
        concern: id.to_owned(),
        name,
        patients: count,
        events: incidence(&|_| true),
        reactions: incidence(&|event| event.reaction),
        serious: incidence(&|event| event.reaction && event.serious),
        fatal: incidence(&|event| event.reaction && event.fatal).patients,
        onsets,
        cumulative: cumulative_incidence(&follow_ups, REACTION).filter(|_| count > 0),
        assumed,
    }
}

const REACTION: u32 = 0;
const DEATH: u32 = 1;

fn days(from: Date, to: Date) -> f64 {
    f64::from(to.since(from).map_or(0, |span| span.get_days()).max(0))
}
