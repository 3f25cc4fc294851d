//! Laws that hold for every table and every rate.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use statistics::enrolment::{self, Centre, Rates};
use statistics::fisher::{Alternative, rows_by_two, two_by_two};
use statistics::survival::{End, FollowUp, Scale, cumulative_incidence, kaplan_meier, nelson_aalen};
use statistics::{binomial, gamma, hypergeometric, interval, maxsprt, poisson, rate};

fn cell() -> impl Strategy<Value = u64> {
    prop_oneof![0..=5_u64, 0..=60_u64, 0..=3000_u64]
}

fn follow_up() -> impl Strategy<Value = FollowUp> {
    let time = prop_oneof![Just(0.0), (0..40_u32).prop_map(f64::from), 0.0..40.0_f64];
    let end = prop_oneof![Just(End::Censored), (0..3_u32).prop_map(End::Event)];
    (time, end).prop_map(|(time, end)| FollowUp { time, end })
}

/// Centres as seen at time 10.
fn centre() -> impl Strategy<Value = Centre> {
    (-5.0..20.0_f64, prop::option::of(0.0..30.0_f64), 0..30_u64).prop_map(|(opening, open, enrolled)| {
        let centre = Centre { opening, closing: open.map(|open| opening + open), enrolled };
        if centre.active(10.0) > 0.0 { centre } else { Centre { enrolled: 0, ..centre } }
    })
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-11 * one.abs().max(other.abs())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn fisher_does_not_mind_how_a_table_lies([a, b, c, d] in prop::array::uniform4(cell())) {
        let p = two_by_two([[a, b], [c, d]], Alternative::TwoSided).unwrap();
        for table in [[[a, c], [b, d]], [[c, d], [a, b]], [[b, a], [d, c]]] {
            prop_assert!(close(two_by_two(table, Alternative::TwoSided).unwrap(), p));
        }
        let [less, greater] = [Alternative::Less, Alternative::Greater].map(|one| two_by_two([[a, b], [c, d]], one).unwrap());
        prop_assert!(close(two_by_two([[c, d], [a, b]], Alternative::Less).unwrap(), greater));
        // The table itself lies in both tails.
        prop_assert!((less + greater - 1.0 - hypergeometric::probability(a, a + c, b + d, a + b)).abs() < 1e-12);
        // A p-value below the smallest double is 0.
        prop_assert!(p <= 1.0 && p >= less.min(greater) * (1.0 - 1e-6));
    }

    #[test]
    fn fisher_of_rows_agrees_with_the_two_by_two([a, b, c, d] in prop::array::uniform4(0..=80_u64)) {
        let expected = two_by_two([[a, b], [c, d]], Alternative::TwoSided).unwrap();
        prop_assert!(close(rows_by_two(&[[a, b], [c, d]]).unwrap(), expected));
    }

    #[test]
    fn fisher_does_not_mind_the_order_of_rows(rows in prop::collection::vec(prop::array::uniform2(0..=12_u64), 0..6)) {
        let p = rows_by_two(&rows).unwrap();
        prop_assert!(p > 0.0 && p <= 1.0);
        let mut turned: Vec<[u64; 2]> = rows.iter().rev().map(|[with, without]| [*without, *with]).collect();
        turned.push([0, 0]);
        prop_assert!(close(rows_by_two(&turned).unwrap(), p));
    }

    #[test]
    fn limits_on_one_side_are_those_of_both_at_another_level(x in 0..200_u64, more in 0..2000_u64, level in 0.51..0.999) {
        let n = x + more + 1;
        let both = interval::clopper_pearson(x, n, 2.0 * level - 1.0).unwrap();
        prop_assert!((interval::clopper_pearson_lower(x, n, level).unwrap() - both.lower).abs() < 1e-13);
        prop_assert!((interval::clopper_pearson_upper(x, n, level).unwrap() - both.upper).abs() < 1e-13);
        let upper = interval::clopper_pearson_upper(x, n, level).unwrap();
        prop_assert!((binomial::cdf(x, n, upper) - (1.0 - level)).abs() < 1e-11);
    }

    #[test]
    fn limits_contain_the_rate(count in 0..100_000_u64, time in 0.001..1e6, level in 0.5..0.999) {
        let both = rate::rate(count, time, level).unwrap();
        prop_assert!(both.limits.contains(both.estimate));
        let (lower, upper) = (rate::lower(count, time, level).unwrap(), rate::upper(count, time, level).unwrap());
        prop_assert!(both.limits.lower <= lower && lower <= both.estimate && both.estimate <= upper && upper <= both.limits.upper);
        prop_assert!((poisson::cdf(count, upper * time) - (1.0 - level)).abs() < 1e-10);
        let later = rate::rate(count, 2.0 * time, level).unwrap().per(2.0);
        prop_assert!(close(later.limits.upper, both.limits.upper));
    }

    #[test]
    fn everybody_is_somewhere(data in prop::collection::vec(follow_up(), 0..60), level in 0.5..0.999) {
        let survival = kaplan_meier(&data).unwrap();
        let incidences: Vec<_> = (0..3).map(|cause| cumulative_incidence(&data, cause).unwrap()).collect();
        let hazard = nelson_aalen(&data).unwrap();
        prop_assert_eq!(survival.steps.iter().map(|step| step.events + step.censored).sum::<u64>(), data.len() as u64);
        let (mut before, mut had) = (1.0, [0.0; 3]);
        for (index, step) in survival.steps.iter().enumerate() {
            let sum: f64 = incidences.iter().map(|curve| curve.steps[index].incidence).sum();
            prop_assert!((sum + step.survival - 1.0).abs() < 1e-13);
            prop_assert!(step.survival <= before && step.survival >= 0.0 && (-hazard.steps[index].hazard).exp() >= step.survival * (1.0 - 1e-13));
            before = step.survival;
            for scale in [Scale::LogLog, Scale::Log] {
                if let Some(limits) = step.limits(level, scale) {
                    prop_assert!(limits.contains(step.survival) && limits.lower >= 0.0 && limits.upper <= 1.0, "{limits:?}");
                }
                for (cause, curve) in incidences.iter().enumerate() {
                    let step = curve.steps[index];
                    prop_assert!(step.incidence >= had[cause] && step.standard_error.is_finite());
                    had[cause] = step.incidence;
                    if let Some(limits) = step.limits(level, scale) {
                        prop_assert!(limits.contains(step.incidence.min(1.0)), "{limits:?} {step:?}");
                    }
                }
            }
        }
        for scale in [Scale::LogLog, Scale::Log] {
            let median = survival.median(level, scale).unwrap();
            prop_assert!(median.lower.is_none_or(|lower| median.estimate.is_none_or(|estimate| lower <= estimate)), "{median:?}");
            prop_assert!(median.upper.is_none_or(|upper| median.estimate.is_some_and(|estimate| estimate <= upper)), "{median:?}");
        }
    }

    #[test]
    fn with_one_cause_incidence_is_what_survival_leaves(data in prop::collection::vec(follow_up(), 1..60)) {
        let data: Vec<FollowUp> = data.into_iter()
            .map(|one| FollowUp { end: if one.end == End::Censored { End::Censored } else { End::Event(7) }, ..one }).collect();
        for (survival, incidence) in kaplan_meier(&data).unwrap().steps.iter().zip(cumulative_incidence(&data, 7).unwrap().steps) {
            prop_assert!((survival.survival + incidence.incidence - 1.0).abs() < 1e-13);
            // Greenwood's formula, by another way.
            prop_assert!((survival.standard_error.unwrap_or(0.0) - incidence.standard_error).abs() < 1e-8);
        }
    }

    #[test]
    fn no_follow_up_panics(data in prop::collection::vec((any::<f64>(), any::<u32>()), 0..9), x in any::<f64>()) {
        let data: Vec<FollowUp> = data.into_iter()
            .map(|(time, cause)| FollowUp { time: if cause % 3 == 0 { time } else { time.abs() }, end: End::Event(cause) }).collect();
        let survival = kaplan_meier(&data);
        prop_assert_eq!(survival.is_none(), data.iter().any(|one| one.time.is_nan() || one.time < 0.0 || one.time.is_infinite()));
        if let (Some(survival), Some(hazard), Some(incidence)) = (survival, nelson_aalen(&data), cumulative_incidence(&data, 0)) {
            let _ = (survival.at(x), hazard.at(x), incidence.at(x), survival.quantile(x, 0.95, Scale::Log), survival.median(x, Scale::LogLog));
        }
    }

    #[test]
    fn the_fitted_rates_are_the_most_probable(centres in prop::collection::vec(centre(), 1..20), step in prop::array::uniform2(-0.5..0.5_f64)) {
        prop_assume!(centres.iter().any(|centre| centre.enrolled > 0));
        let rates = enrolment::fit(&centres, 10.0).unwrap();
        prop_assume!(rates.shape().is_finite());
        let ln_likelihood = |shape: f64, mean: f64| -> f64 {
            centres.iter().map(|centre| (centre.enrolled as f64, centre.active(10.0))).filter(|(_, time)| *time > 0.0).map(|(n, time)| {
                let (expected, all) = (mean * time, shape + mean * time);
                gamma::ln_gamma(shape + n) - gamma::ln_gamma(shape) + n * (expected / all).ln() + shape * (shape / all).ln()
            }).sum()
        };
        let best = ln_likelihood(rates.shape(), rates.mean());
        let other = ln_likelihood(rates.shape() * step[0].exp(), rates.mean() * step[1].exp());
        prop_assert!(other <= best + 1e-7 + 1e-13 * rates.shape() * rates.shape().ln().abs(), "{rates:?}: {best} {other}");
        for factor in [1e-3, 0.1, 10.0, 1e3] {
            prop_assert!(rates.shape() > 1e4 || ln_likelihood(rates.shape() * factor, rates.mean()) <= best + 1e-9, "{rates:?} {factor}");
        }
    }

    #[test]
    fn predictions_grow_with_time(centres in prop::collection::vec(centre(), 0..12), shape in prop_oneof![Just(f64::INFINITY), 0.1..50.0_f64],
        mean in 0.01..3.0_f64, times in prop::array::uniform2(10.0..40.0_f64), target in 0..300_u64, level in 0.5..0.999_f64) {
        let rates = Rates::new(shape, mean).unwrap();
        let predict = |until| enrolment::predict(&rates, &centres, 10.0, until).unwrap();
        let (early, late) = (predict(times[0].min(times[1])), predict(times[0].max(times[1])));
        prop_assert!(early.mean() <= late.mean() && early.probability_to_reach(target) <= late.probability_to_reach(target) + 1e-11);
        let ((low, high), (later_low, later_high)) = (early.limits(level).unwrap(), late.limits(level).unwrap());
        prop_assert!(early.enrolled() <= low && low <= high && low <= later_low && high <= later_high);
        prop_assert!(early.variance() >= (early.mean() - early.enrolled() as f64) * (1.0 - 1e-12) - 1e-12);
        for prediction in [&early, &late] {
            let below = if target == 0 { 0.0 } else { prediction.probability_of_at_most(target - 1) };
            prop_assert!((below + prediction.probability_to_reach(target) - 1.0).abs() < 1e-11);
            prop_assert!(prediction.probability_to_reach(target + 1) <= prediction.probability_to_reach(target));
        }
        for centre in &centres {
            let rate = rates.of_centre(centre, 10.0);
            let limits = rate.limits(0.99).unwrap();
            prop_assert!(limits.lower <= limits.upper && rate.variance() >= 0.0);
            prop_assert!(rate.shape < 1.0 || limits.contains(rate.mean));
        }
    }

    #[test]
    fn no_centre_panics([a, b, c, d] in prop::array::uniform4(any::<f64>()), enrolled in any::<u64>(), small in 0..9_u64) {
        let centre = |opening, closing, enrolled| Centre { opening, closing, enrolled };
        let centres = [centre(a, Some(b), small), centre(c, None, enrolled), centre(a, None, small)];
        for some in [&centres[..], &centres[..1], &centres[2..]] {
            if let Ok(rates) = enrolment::fit(some, d) {
                let _ = enrolment::time_to_reach(&rates, some, d, d + 1.0, enrolled, 0.5);
            }
            if let Some(prediction) = Rates::new(a.abs(), b.abs()).and_then(|rates| enrolment::predict(&rates, some, d, c)) {
                let _ = (prediction.limits(0.95), prediction.probability_to_reach(enrolled), prediction.probability_of_at_most(small));
            }
        }
    }

    #[test]
    fn the_critical_value_keeps_the_error(length in 0.5..30.0_f64, minimum in 1..6_u64, late in prop_oneof![Just(0.0), 0.0..0.9_f64],
        alpha in 0.001..0.2_f64, risks in prop::array::uniform2(0.5..5.0_f64)) {
        let plan = maxsprt::Poisson::new(length, minimum, length * late).unwrap();
        if let Some(critical) = plan.critical_value(alpha) {
            let (error, less) = (plan.performance(critical, 1.0).unwrap().power, plan.performance(critical * 0.999_99, 1.0).unwrap().power);
            prop_assert!(error <= alpha && (late > 0.0 || error > alpha * (1.0 - 1e-9)) && less > alpha, "{error} {less}");
            let [low, high] = [risks[0].min(risks[1]), risks[0].max(risks[1])].map(|risk| plan.performance(critical, risk).unwrap());
            prop_assert!(low.power <= high.power + 1e-13 && high.power <= 1.0);
            prop_assert!(high.length <= low.length + 1e-12 && low.length <= length * (1.0 + 1e-12));
            prop_assert!(high.time_to_signal >= length * late * (1.0 - 1e-12) && high.time_to_signal <= length * (1.0 + 1e-12), "{high:?}");
        } else if late == 0.0 {
            prop_assert!(poisson::survival(minimum, length) <= alpha);
        }
    }

    #[test]
    fn the_critical_value_against_controls_keeps_the_error(events in 1..60_u64, minimum in 1..5_u64, ratio in 0.1..10.0_f64,
        alpha in 0.001..0.2_f64, risks in prop::array::uniform2(0.5..5.0_f64)) {
        prop_assume!(minimum <= events);
        let plan = maxsprt::Binomial::new(events, minimum, ratio).unwrap();
        if let Some(critical) = plan.critical_value(alpha) {
            let power = |critical, risk| plan.performance(critical, risk).unwrap().power;
            prop_assert!(power(critical, 1.0) <= alpha && power(critical * (1.0 - 1e-8), 1.0) > alpha);
            prop_assert!(power(critical, risks[0].min(risks[1])) <= power(critical, risks[0].max(risks[1])) + 1e-13);
        }
    }

    #[test]
    fn no_surveillance_panics([a, b, c, d] in prop::array::uniform4(any::<f64>()), minimum in 0..1200_u64, events in 0..1200_u64) {
        if let Some(plan) = maxsprt::Poisson::new(a.abs(), minimum, 0.0).or_else(|| maxsprt::Poisson::new(2.0, minimum, b.abs())) {
            let _ = (plan.critical_value(c), plan.performance(c.abs(), 1.0), plan.performance(1.0, d.abs()));
        }
        if let Some(plan) = maxsprt::Binomial::new(events % 70, minimum % 70, a.abs()) {
            let _ = (plan.critical_value(c), plan.critical_value(0.05), plan.performance(b.abs(), 1.0), plan.performance(1.0, d.abs()));
        }
        let _ = maxsprt::Poisson::ln_likelihood_ratio(minimum, a);
    }

    #[test]
    fn no_table_panics([a, b, c, d] in prop::array::uniform4(any::<u64>()), shift in prop::array::uniform4(0..=63_u32), x in any::<f64>()) {
        let table = [[a >> shift[0], b >> shift[1]], [c >> shift[2], d >> shift[3]]];
        for alternative in [Alternative::TwoSided, Alternative::Less, Alternative::Greater] {
            let _ = two_by_two(table, alternative);
        }
        let _ = rows_by_two(&[table[0], table[1], [a >> 60, b >> 60]]);
        let _ = hypergeometric::probability(table[0][0], table[0][1], table[1][0], table[1][1]);
        let _ = (rate::rate(a, x, 0.95), rate::lower(a, 1.0, x), rate::upper(b, x, x), interval::poisson_exact_upper(a, x));
        let _ = (interval::clopper_pearson_lower(a, b, x), interval::clopper_pearson_upper(table[0][0], table[0][1], x));
    }
}
