use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use statistics::enrolment::{Centre, Rates, fit, predict, time_to_reach};

use crate::design::Design;
use crate::state::Survey;

/// What registration will come to by its last day.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The last day of registration.
    pub until: Date,
    /// The number expected by then.
    pub mean: f64,
    /// Limits between which it lies with 90 %.
    pub limits: (u64, u64),
    /// The probability to reach the target, if there is one.
    pub reaches: Option<f64>,
    /// From today to the last day: what is expected, and the limits between which it lies with 90 %.
    pub band: Vec<(Date, f64, (u64, u64))>,
    /// The first day by which the target is more likely reached than not, if that is before the last day of registration.
    pub reached_by: Option<Date>,
}

/// So many points of the band after today.
const POINTS: i32 = 24;

/// What registration will come to, by the Poisson–gamma model of the sites (Anisimov and Fedorov 2007): each registers at a pace of its
/// own, and what it did so far tells of its pace. `None` before anybody is registered, or after the end.
#[must_use]
pub fn forecast(design: &Design, survey: &Survey, today: Date) -> Option<Forecast> {
    let until = design.registration.1.filter(|until| today < *until && survey.stopped.is_none())?;
    let origin = survey.sites.values().filter_map(|site| Some(site.contract.as_ref()?.from)).min()?;
    let days = |day: Date| f64::from(day.since(origin).map_or(0, |span| span.get_days()));
    let first = design.registration.0;
    let mut enrolled: BTreeMap<u32, u64> = BTreeMap::new();
    for patient in survey.patients.values() {
        *enrolled.entry(patient.site).or_default() += 1;
    }
    let centres: Vec<Centre> = survey
        .sites
        .iter()
        .filter_map(|(number, site)| {
            let contract = site.contract.as_ref()?;
            let opening = days(first.map_or(contract.from, |first| contract.from.max(first)));
            Some(Centre { opening, closing: Some(days(contract.until) + 1.0), enrolled: enrolled.get(number).copied().unwrap_or(0) })
        })
        .collect();
    let now = days(today) + 1.0;
    let rates: Rates = fit(&centres, now).ok()?;
    let prediction = predict(&rates, &centres, now, days(until) + 1.0)?;
    let ahead = until.since(today).map_or(0, |span| span.get_days());
    let registered = survey.patients.len() as u64;
    #[expect(clippy::cast_precision_loss, reason = "fewer patients than a float counts exactly")]
    let mut band = vec![(today, registered as f64, (registered, registered))];
    for point in 1..=POINTS.min(ahead) {
        let day = today.checked_add((ahead * point / POINTS.min(ahead)).days()).ok()?;
        let by = predict(&rates, &centres, now, days(day) + 1.0)?;
        band.push((day, by.mean(), by.limits(0.9)?));
    }
    #[expect(clippy::cast_possible_truncation, reason = "days within the registration period")]
    let reached_by = design
        .target
        .and_then(|target| time_to_reach(&rates, &centres, now, days(until) + 1.0, target, 0.5))
        .and_then(|time| origin.checked_add((time.ceil() as i32 - 1).days()).ok());
    Some(Forecast {
        band,
        reached_by,
        until,
        mean: prediction.mean(),
        limits: prediction.limits(0.9)?,
        reaches: design.target.map(|target| prediction.probability_to_reach(target)),
    })
}
