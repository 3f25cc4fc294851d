//! The tables of the evaluation of a survey in `golden/`, made by `golden/make_evaluation.R` with R 4.2.2 and survival 3.5-3; those of
//! enrolment by `golden/make_enrolment.py` with mpmath; those of surveillance by the R package Sequential. `golden/README.md` says more.

#![allow(clippy::unwrap_used)]

mod tables;

use std::collections::BTreeMap;

use statistics::enrolment::{self, Centre, Method, Rates};
use statistics::fisher::{self, Alternative};
use statistics::survival::{self, End, FollowUp, Scale};
use statistics::{interval, maxsprt, rate};
use tables::{Errors, number, rows, whole};

#[test]
fn fisher_two_by_two() {
    let mut errors = Errors::of("fisher::two_by_two");
    for row in rows(include_str!("golden/fisher.csv")) {
        let table = [[whole(row[0]), whole(row[1])], [whole(row[2]), whole(row[3])]];
        for (alternative, value) in [(Alternative::TwoSided, row[4]), (Alternative::Less, row[5]), (Alternative::Greater, row[6])] {
            let actual = fisher::two_by_two(table, alternative).unwrap();
            errors.add(actual, number(value), &|| format!("{alternative:?} {row:?}"));
        }
    }
    errors.at_most(1e-11, 1e-10);
}

#[test]
fn fisher_rows_by_two() {
    let mut errors = Errors::of("fisher::rows_by_two");
    for row in rows(include_str!("golden/fisher_rows.csv")) {
        let counts: Vec<u64> = row[0].split(' ').map(whole).collect();
        let table: Vec<[u64; 2]> = counts.chunks(2).map(|pair| [pair[0], pair[1]]).collect();
        errors.add(fisher::rows_by_two(&table).unwrap(), number(row[1]), &|| format!("{row:?}"));
    }
    errors.at_most(1e-10, 1e-9);
}

#[test]
fn one_sided_limits() {
    let mut errors = Errors::of("clopper_pearson_lower and upper");
    for row in rows(include_str!("golden/one_sided.csv")) {
        let (x, n, level) = (whole(row[0]), whole(row[1]), number(row[2]));
        errors.add(interval::clopper_pearson_lower(x, n, level).unwrap(), number(row[3]), &|| format!("lower {row:?}"));
        errors.add(interval::clopper_pearson_upper(x, n, level).unwrap(), number(row[4]), &|| format!("upper {row:?}"));
    }
    errors.at_most(1e-13, 1e-12);
}

#[test]
fn rates() {
    let mut errors = Errors::of("rate");
    for row in rows(include_str!("golden/rates.csv")) {
        let (count, time, level) = (whole(row[0]), number(row[1]), number(row[2]));
        let actual = rate::rate(count, time, level).unwrap();
        let values = [
            actual.estimate,
            actual.limits.lower,
            actual.limits.upper,
            rate::lower(count, time, level).unwrap(),
            rate::upper(count, time, level).unwrap(),
        ];
        for (value, expected) in values.into_iter().zip(&row[3..]) {
            errors.add(value, number(expected), &|| format!("{row:?}"));
        }
    }
    errors.at_most(f64::INFINITY, 1e-12);
}

/// The patients of each cohort.
fn cohorts() -> BTreeMap<&'static str, Vec<FollowUp>> {
    let mut cohorts: BTreeMap<_, Vec<FollowUp>> = BTreeMap::new();
    for row in rows(include_str!("golden/follow_up.csv")) {
        let end = if row[2] == "0" { End::Censored } else { End::Event(row[2].parse().unwrap()) };
        cohorts.entry(row[0]).or_default().push(FollowUp { time: number(row[1]), end });
    }
    cohorts
}

/// An empty field is a value that R does not give.
fn compare(errors: &mut Errors, actual: Option<f64>, expected: &str, place: &dyn Fn() -> String) {
    assert_eq!(actual.is_none(), expected.is_empty(), "{}", place());
    if let Some(actual) = actual {
        errors.add(actual, number(expected), place);
    }
}

#[test]
fn survival_curves() {
    let cohorts = cohorts();
    let (mut survival, mut limits, mut hazards) = (Errors::of("survival"), Errors::of("limits of survival"), Errors::of("hazard"));
    for row in rows(include_str!("golden/survival.csv")) {
        let (data, level, time) = (&cohorts[row[0]], number(row[1]), number(row[2]));
        let place = || format!("{row:?}");
        let step = survival::kaplan_meier(data).unwrap().at(time).unwrap();
        assert_eq!((step.time, step.at_risk, step.events, step.censored), (time, whole(row[3]), whole(row[4]), whole(row[5])), "{row:?}");
        survival.add(step.survival, number(row[6]), &place);
        compare(&mut survival, step.standard_error, row[7], &place);
        for (scale, fields) in [(Scale::LogLog, &row[8..10]), (Scale::Log, &row[10..12])] {
            let interval = step.limits(level, scale);
            compare(&mut limits, interval.map(|interval| interval.lower), fields[0], &place);
            compare(&mut limits, interval.map(|interval| interval.upper), fields[1], &place);
        }
        let step = survival::nelson_aalen(data).unwrap().at(time).unwrap();
        hazards.add(step.hazard, number(row[12]), &place);
        hazards.add(step.standard_error, number(row[13]), &place);
        let interval = step.limits(level);
        compare(&mut hazards, interval.map(|interval| interval.lower), row[14], &place);
        compare(&mut hazards, interval.map(|interval| interval.upper), row[15], &place);
    }
    survival.at_most(1e-13, 1e-12);
    limits.at_most(1e-13, 1e-11);
    hazards.at_most(1e-12, 1e-12);
}

fn scale(field: &str) -> Scale {
    match field {
        "log-log" => Scale::LogLog,
        "log" => Scale::Log,
        other => panic!("{other}"),
    }
}

#[test]
fn quantiles() {
    let cohorts = cohorts();
    let mut errors = Errors::of("quantile");
    for row in rows(include_str!("golden/quantiles.csv")) {
        let curve = survival::kaplan_meier(&cohorts[row[0]]).unwrap();
        let quantile = curve.quantile(number(row[3]), number(row[1]), scale(row[2])).unwrap();
        for (value, expected) in [quantile.estimate, quantile.lower, quantile.upper].into_iter().zip(&row[4..]) {
            compare(&mut errors, value, expected, &|| format!("{row:?}"));
        }
    }
    errors.at_most(0.0, 0.0);
}

#[test]
fn cumulative_incidences() {
    let cohorts = cohorts();
    let (mut incidences, mut limits) = (Errors::of("incidence"), Errors::of("limits of incidence"));
    for row in rows(include_str!("golden/incidence.csv")) {
        let curve = survival::cumulative_incidence(&cohorts[row[0]], row[3].parse().unwrap()).unwrap();
        let step = curve.at(number(row[4])).unwrap();
        let place = || format!("{row:?}");
        incidences.add(step.survival, number(row[5]), &place);
        incidences.add(step.incidence, number(row[6]), &place);
        incidences.add(step.standard_error, number(row[7]), &place);
        let interval = step.limits(number(row[1]), scale(row[2]));
        compare(&mut limits, interval.map(|interval| interval.lower), row[8], &place);
        compare(&mut limits, interval.map(|interval| interval.upper), row[9], &place);
    }
    incidences.at_most(1e-13, 1e-11);
    limits.at_most(1e-13, 1e-11);
}

/// The centres of each set.
fn centres() -> BTreeMap<&'static str, Vec<Centre>> {
    let mut sets: BTreeMap<_, Vec<Centre>> = BTreeMap::new();
    for row in rows(include_str!("golden/enrolment_centres.csv")) {
        let closing = (!row[2].is_empty()).then(|| number(row[2]));
        sets.entry(row[0]).or_default().push(Centre { opening: number(row[1]), closing, enrolled: whole(row[3]) });
    }
    sets
}

#[test]
fn rates_of_centres() {
    let sets = centres();
    let mut errors = Errors::of("enrolment::fit");
    for row in rows(include_str!("golden/enrolment_fit.csv")) {
        let rates = enrolment::fit(&sets[row[0]], number(row[1])).unwrap();
        errors.add(rates.shape(), number(row[2]), &|| format!("shape {row:?}"));
        errors.add(rates.mean(), number(row[3]), &|| format!("mean {row:?}"));
    }
    errors.at_most(f64::INFINITY, 1e-10);
}

#[test]
fn predictions() {
    let sets = centres();
    let mut errors = Errors::of("enrolment::predict");
    for row in rows(include_str!("golden/enrolment_prediction.csv")) {
        let rates = Rates::new(number(row[3]), number(row[4])).unwrap();
        let prediction = enrolment::predict(&rates, &sets[row[0]], number(row[1]), number(row[2])).unwrap();
        assert_eq!(prediction.method(), Method::Exact);
        errors.add(prediction.mean(), number(row[5]), &|| format!("mean {row:?}"));
        errors.add(prediction.variance(), number(row[6]), &|| format!("variance {row:?}"));
        assert_eq!(prediction.limits(0.95), Some((whole(row[7]), whole(row[8]))), "{row:?}");
        errors.add(prediction.probability_to_reach(whole(row[9])), number(row[10]), &|| format!("{row:?}"));
    }
    errors.at_most(f64::INFINITY, 1e-10);
}

#[test]
fn critical_values_against_an_expectation() {
    let mut errors = Errors::of("maxsprt::Poisson::critical_value");
    for row in rows(include_str!("golden/maxsprt_poisson.csv")) {
        let plan = maxsprt::Poisson::new(number(row[1]), whole(row[2]), number(row[3])).unwrap();
        compare(&mut errors, plan.critical_value(number(row[0])), row[4], &|| format!("{row:?}"));
    }
    errors.at_most(1e-5, 1e-5);
}

#[test]
fn critical_values_against_controls() {
    let mut errors = Errors::of("maxsprt::Binomial::critical_value");
    for row in rows(include_str!("golden/maxsprt_binomial.csv")) {
        let plan = maxsprt::Binomial::new(whole(row[1]), whole(row[2]), number(row[3])).unwrap();
        compare(&mut errors, plan.critical_value(number(row[0])), row[4], &|| format!("{row:?}"));
    }
    errors.at_most(1e-5, 1e-5);
}

#[test]
fn power_and_times_of_surveillance() {
    let mut errors = Errors::of("maxsprt::Poisson::performance");
    for row in rows(include_str!("golden/maxsprt_performance.csv")) {
        let plan = maxsprt::Poisson::new(number(row[0]), 1, 0.0).unwrap();
        let performance = plan.performance(number(row[1]), number(row[2])).unwrap();
        for (value, expected) in [performance.power, performance.time_to_signal, performance.length].into_iter().zip(&row[3..]) {
            errors.add(value, number(expected), &|| format!("{row:?}"));
        }
    }
    errors.at_most(1e-5, 1e-5);
}
