//! What must hold for every plan and every record.

use calendar::Date;
use operation::deadline::{Deadline, Kind, Receipt, Record, Rhythms, Status, deadlines};
use plan::Plan;
use proptest::prelude::*;

use crate::plans::plan_of;

fn date() -> impl Strategy<Value = Date> {
    // the ends of months more often than chance has them
    (1990_i16..2040, 1_i8..=12, prop_oneof![1_i8..=28, Just(31_i8)]).prop_map(|(year, month, day)| {
        let first = Date::constant(year, month, 1);
        Date::new(year, month, day.min(first.days_in_month())).unwrap_or(first)
    })
}

/// A product with indications of its own periods, an EPPV and a survey.
fn plan() -> impl Strategy<Value = Plan> {
    let indication = (date(), 1_u32..=10, any::<bool>());
    (date(), date(), proptest::collection::vec(indication, 0..4), date()).prop_map(|(approved, birth, indications, start)| {
        let mut text = String::new();
        for (n, (day, years, remaining)) in indications.iter().enumerate() {
            text.push_str(&format!(
                "[[indication]]\nid = {}\nname = \"甲{n}\"\napproved = {day}\nreexamination = {{ years = {years}, remaining = {remaining} }}\n",
                n + 1
            ));
        }
        let end = start.last_of_year();
        let activities = [
            ("eppv", format!("kind = \"eppv\"\nperiod = {{ start = {start} }}\nreport = [{{ due = {{ on = \"end\", months = 2 }} }}]")),
            (
                "survey",
                format!(
                    "kind = \"general-survey\"\nperiod = {{ start = {start}, end = {end} }}\n\
                     milestone = [{{ when = \"J-PSR\", text = \"定期\" }}, {{ when = {{ on = \"registered\", count = 9 }}, text = \"9例\" }}]\n\
                     report = [{{ due = {{ on = \"end\", months = 3 }} }}]"
                ),
            ),
        ];
        let activities: Vec<(&str, &str)> = activities.iter().map(|(id, facts)| (*id, facts.as_str())).collect();
        plan_of(&format!("approved = {approved}\nbirth_date = {birth}"), &text, &activities)
    })
}

fn rules() -> impl Strategy<Value = Rhythms> {
    let anchor = prop_oneof![Just("approval".to_owned()), Just("birth-date".to_owned()), date().prop_map(|day| day.to_string())];
    (anchor, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(anchor, moves, foreign, biological)| {
        let closed = if moves { "next-open-day" } else { "keep" };
        let text = format!(
            "format = 1\n[options]\nclosed_days = \"{closed}\"\nperiodic_anchor = \"{anchor}\"\nforeign_language = {foreign}\n[[product]]\n\
             name = \"ミホン\"\nbiological = {biological}"
        );
        Rhythms::standard().laid_over(&text).unwrap()
    })
}

/// Periods of one series: each begins on the day after the one before it.
fn gapless(periods: &mut [(Date, Date)]) -> Result<(), TestCaseError> {
    periods.sort();
    for pair in periods.windows(2) {
        prop_assert_eq!(pair[0].1.tomorrow().unwrap(), pair[1].0, "{:?}", pair);
    }
    Ok(())
}

fn periods(deadlines: &[Deadline], kind: Kind) -> Vec<(Date, Date)> {
    deadlines.iter().filter(|deadline| deadline.kind == kind).filter_map(|deadline| deadline.period).collect()
}

/// The re-examination periods of a plan, as days that are covered.
fn in_reexamination(plan: &Plan, day: Date) -> bool {
    plan.facts.indication.iter().any(|indication| {
        let approved = plan.approval_of(indication);
        indication.reexamination.iter().filter_map(|period| period.days(approved)).any(|(from, until)| from <= day && day <= until)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn safety_reports_cover_re_examination_and_nothing_else(plan in plan(), rules in rules(), as_of in date(), offset in 0_i32..20_000) {
        let deadlines = deadlines(&plan, &Record::default(), &rules, as_of);
        let all = periods(&deadlines, Kind::PeriodicSafetyReport);
        // any day is reported on once if it lies in a re-examination period, and else never
        let any = Date::constant(1990, 1, 1).checked_add(std::time::Duration::from_secs(u64::try_from(offset).unwrap() * 86_400)).unwrap();
        let reported = all.iter().filter(|(first, last)| *first <= any && any <= *last).count();
        prop_assert_eq!(reported, usize::from(in_reexamination(&plan, any)), "{} in {:?}", any, all);
        for (first, last) in &all {
            prop_assert!(first <= last && in_reexamination(&plan, *first) && in_reexamination(&plan, *last));
            prop_assert!(*last <= first.checked_add(std::time::Duration::from_secs(366 * 86_400)).unwrap(), "longer than a year: {first} {last}");
        }
    }

    #[test]
    fn endless_series_have_no_gaps(plan in plan(), rules in rules(), as_of in date()) {
        let deadlines = deadlines(&plan, &Record::default(), &rules, as_of);
        gapless(&mut periods(&deadlines, Kind::UnexpectedNonSerious))?;
        gapless(&mut periods(&deadlines, Kind::Infection))?;
    }

    #[test]
    fn nothing_is_due_before_what_it_reports_on_has_ended(plan in plan(), rules in rules(), as_of in date()) {
        let deadlines = deadlines(&plan, &Record::default(), &rules, as_of);
        for deadline in &deadlines {
            let Some(due) = deadline.due else { continue };
            prop_assert!(due.last_day() >= due.counted, "a limit never moves forward: {:?}", deadline);
            prop_assert!(due.next_open.is_none_or(|open| open > due.counted));
            prop_assert!(deadline.period.is_none_or(|(_, last)| due.counted > last), "{:?}", deadline);
            prop_assert!(deadline.warn.is_none_or(|warn| warn <= due.last_day()));
            prop_assert_eq!(deadline.steps.iter().filter_map(|step| step.day).next_back(), deadline.last_day(), "{:?}", deadline);
        }
        let mut ids: Vec<&str> = deadlines.iter().map(|deadline| deadline.id.as_str()).collect();
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        prop_assert_eq!(ids.len(), count, "an id is there once");
    }

    #[test]
    fn what_is_met_stays_met_and_order_does_not_matter(
        plan in plan(),
        rules in rules(),
        as_of in date(),
        picks in proptest::collection::vec((any::<proptest::sample::Index>(), date()), 1..12),
    ) {
        let empty = deadlines(&plan, &Record::default(), &rules, as_of);
        prop_assume!(!empty.is_empty());
        let receipts: Vec<Receipt> = picks
            .iter()
            .map(|(index, on)| Receipt { on: *on, obligation: index.get(&empty).id.clone(), number: on.to_string() })
            .collect();
        let mut before: Vec<Deadline> = empty;
        for n in 1..=receipts.len() {
            let record = Record { receipts: receipts[..n].to_vec(), ..Record::default() };
            let now = deadlines(&plan, &record, &rules, as_of);
            for (old, new) in before.iter().zip(&now) {
                prop_assert_eq!(&old.id, &new.id);
                prop_assert!(!matches!(old.status, Status::Met(_)) || matches!(new.status, Status::Met(_)), "{:?}", new);
            }
            before = now;
        }
        let reversed = Record { receipts: receipts.iter().rev().cloned().collect(), ..Record::default() };
        prop_assert_eq!(deadlines(&plan, &reversed, &rules, as_of), before);
    }
}
