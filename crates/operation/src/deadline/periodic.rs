//! Reports that come again: on safety, on unexpected non-serious reactions, on infections.

use calendar::{Counting, Date, Period, Unit as Length, last_day};
use diagnostic::Words;
use plan::model::{Activity, Status};
use plan::tables::When;

use super::reckoning::{Reckoning, told};
use super::rhythms::{PeriodicAnchor, Rule};
use super::series::{Chain, Follows, Part, Unit, cell_start, chains, in_months, indications, steady, units, with_indications};
use super::settle::{Case, Draft};
use super::{Anchor, Deadline, Kind, Weight, activities};

/// The periodic safety reports: one series for the product.
pub(super) fn safety_reports(case: &Case<'_>, all: &mut Vec<Deadline>) {
    for chain in chains(case.plan) {
        let units = safety_units(case, &chain);
        let number = units.len();
        let several = chain.parts.iter().any(|part| !part.remaining && part.from != chain.from);
        for (n, unit) in units.iter().enumerate() {
            let Some(rule) = case.rules.rule("periodic-safety-report", unit.last) else { continue };
            let foreign = case.foreign_language.then(|| case.rules.rule("periodic-safety-report-foreign", unit.last)).flatten();
            let due_rule = foreign.unwrap_or(rule);
            let mut reckoning = Reckoning::default();
            let anchor = begin(case, &mut reckoning, unit, &chain_start(&chain));
            reckoning.note(rhythm(rule), Some(rule.source.clone()));
            end(&mut reckoning, unit, chain.until);
            let day = limit(&mut reckoning, unit, due_rule, "due");
            let mut remarks = Vec::new();
            let notice = case.rules.rule("periodic-safety-report-rhythm", unit.last);
            if n + 1 == number
                && let Some(notice) = notice
            {
                remarks.push(Words::new(
                    format!("最後の報告は、再審査申請資料をもって代えることができる（{}）", notice.source.ja),
                    format!("the file for re-examination may take the place of the last report ({})", notice.source.en),
                ));
            }
            if case.periodic_anchor == PeriodicAnchor::BirthDate && unit.follows != Follows::BirthDate {
                remarks.push(match case.plan.facts.product.birth_date {
                    None => Words::new(
                        "計画に国際誕生日がないので、承認日から数えた",
                        "the plan states no international birth date, so it is counted from the approval",
                    ),
                    Some(_) => Words::new(
                        "国際誕生日に合わせられるようになる前の期間なので、承認日から数えた",
                        "the period began before units could follow the international birth date, so it is counted from the approval",
                    ),
                });
            }
            let runs = |part: &Part, id: &str| part.indication == id && part.from <= unit.last && unit.first <= part.until;
            let ids = indications(case.plan, |id| chain.parts.iter().any(|part| runs(part, id)));
            if several {
                remarks.push(Words::new(
                    "並行する再審査期間を、品目で一つの系列にまとめて数えた。承認の際に別の日が指定されていれば、組織の設定に書く",
                    "re-examination periods side by side are counted as one series of the product; a day that was named at an approval belongs into the organisation's settings",
                ));
            }
            let name = case.name();
            let subject = with_indications(&name, &ids);
            all.push(case.settle(Draft {
                kind: Kind::PeriodicSafetyReport,
                of: unit.last.to_string(),
                weight: Weight::Obligation,
                title: Words::new(format!("{}（第{}回）", rule.title.ja, unit.number), format!("{}, No. {}", rule.title.en, unit.number)),
                subject,
                anchor: Some(anchor),
                period: Some((unit.first, unit.last)),
                reckoning,
                day,
                done: None,
                told_elsewhere: false,
                with: reviewed(case, unit),
                remarks,
                rule: due_rule,
            }));
        }
    }
}

/// The unit periods of the safety reports in a time.
fn safety_units(case: &Case<'_>, chain: &Chain) -> Vec<Unit> {
    let Some(rule) = case.rules.rule("periodic-safety-report", chain.from) else { return Vec::new() };
    let birth = case.plan.facts.product.birth_date.as_ref().map(|day| day.value);
    let since = case.rules.latest("periodic-safety-report-rhythm").and_then(|rule| rule.from);
    units(chain, rule, case.periodic_anchor, birth, since)
}

fn chain_start(chain: &Chain) -> Words {
    let first: Vec<&str> = chain.parts.iter().filter(|part| part.from == chain.from).map(|part| part.indication.as_str()).collect();
    Words::new(
        format!("再審査期間の初日（効能又は効果 {}）", first.join("、")),
        format!("first day of the re-examination period (indication {})", first.join(", ")),
    )
}

/// The first step: from where it is counted.
fn begin(case: &Case<'_>, reckoning: &mut Reckoning, unit: &Unit, start: &Words) -> Anchor {
    let (what, basis) = match unit.follows {
        Follows::Start => (start.clone(), None),
        Follows::BirthDate => (
            Words::new("国際誕生日", "international birth date"),
            case.rules.latest("periodic-safety-report-rhythm").map(|rule| rule.source.clone()),
        ),
        Follows::Stated => (Words::new("組織の設定による起算日", "the day that the organisation states"), None),
    };
    reckoning.state(Words::new(format!("起算日：{}", what.ja), format!("counted from: {}", what.en)), unit.anchor, basis);
    Anchor { day: unit.anchor, what }
}

/// How often, in words.
fn rhythm(rule: &Rule) -> Words {
    let words = |name: &str| rule.length(name).map(|long| Words::new(long.in_japanese(), long.to_string())).unwrap_or_default();
    let (span, half, year) = (words("first_span"), words("first_unit"), words("unit"));
    Words::new(
        format!("再審査期間の初めの{}は{}ごと、その後は{}ごとに区切る", span.ja, half.ja, year.ja),
        format!("cut every {} for the first {} of a re-examination period, then every {}", half.en, span.en, year.en),
    )
}

/// The steps to the last day of a unit.
fn end(reckoning: &mut Reckoning, unit: &Unit, until: Date) {
    reckoning.lasting(unit.anchor, Period { amount: unit.months, unit: Length::Months });
    if unit.last < unit.counted {
        let what = if unit.last == until {
            Words::new(
                "再審査期間がその前に満了するので、その末日で終わる",
                "the re-examination period ends before that, and the unit with it",
            )
        } else {
            Words::new("次の起算日の前日で終わる", "it ends on the eve of the next day from which is counted")
        };
        reckoning.state(what, unit.last, None);
    }
    let first = told(unit.first);
    let last = told(unit.last);
    reckoning.note(
        Words::new(format!("報告の対象は{}から{}まで", first.ja, last.ja), format!("it reports on {} to {}", first.en, last.en)),
        None,
    );
}

/// The steps from the last day of a unit to the limit.
fn limit(reckoning: &mut Reckoning, unit: &Unit, rule: &Rule, length: &str) -> Result<Date, Words> {
    let long = rule.length(length).ok_or_else(no_length)?;
    reckoning.note(
        Words::new(format!("期間の満了から{}以内", long.in_japanese()), format!("within {long} of the end of the period")),
        Some(rule.source.clone()),
    );
    reckoning.after(unit.last, long).ok_or_else(beyond)
}

/// What is missing where a rule states no length.
pub(super) fn no_length() -> Words {
    Words::new("期限の長さ（規則の lengths）", "the length of the limit (lengths of the rule)")
}

/// What is missing where days end.
pub(super) fn beyond() -> Words {
    Words::new("暦にある日付（年は9999まで）", "a day of the calendar, whose years end with 9999")
}

/// What is judged at a periodic report: milestones that say so, and those that wait for an event without a day.
fn reviewed(case: &Case<'_>, unit: &Unit) -> Vec<Words> {
    let mut with = Vec::new();
    for activity in &case.plan.activities {
        let begun = case.plan.start_of(activity).is_none_or(|start| start <= unit.last);
        let running = case.plan.end_of(activity).is_none_or(|end| unit.first <= end);
        if !begun || !running || case.plan.status(activity, unit.first) == Status::Finished {
            continue;
        }
        for milestone in activity.milestone.iter().filter(|milestone| waits(case, activity, milestone.when.as_ref())) {
            let name = activities::name(activity);
            with.push(Words::new(format!("{}：{}", name.ja, milestone.text.value), format!("{}: {}", name.en, milestone.text.value)));
        }
    }
    with
}

fn waits(case: &Case<'_>, activity: &Activity, when: Option<&When>) -> bool {
    match when {
        Some(When::PeriodicReport(_)) => true,
        Some(when @ When::Event(_)) => activities::day(case, activity, when, &mut Reckoning::default()).is_err(),
        _ => false,
    }
}

/// The last day for which series without an end are told.
fn horizon(case: &Case<'_>) -> Date {
    let period = Period { amount: case.rules.options().horizon_years, unit: Length::Years };
    last_day(case.as_of, period, Counting::FirstDayNotCounted).unwrap_or(Date::MAX)
}

/// The reports on unexpected non-serious reactions: within re-examination in step with the safety reports, otherwise yearly.
pub(super) fn unexpected_non_serious(case: &Case<'_>, all: &mut Vec<Deadline>) {
    let (Some(rule), Some(start)) =
        (case.rules.latest("unexpected-non-serious"), case.record.unexpected_non_serious_from.or_else(|| case.approved()))
    else {
        return;
    };
    let Some(months) = rule.length("unit").and_then(in_months) else { return };
    let horizon = horizon(case);
    let mut series: Vec<(Unit, Option<Words>)> = Vec::new();
    let mut first = start;
    for chain in chains(case.plan).into_iter().filter(|chain| chain.until >= start) {
        if first < chain.from
            && let Ok(eve) = chain.from.yesterday()
        {
            series.extend(steady(start, first, eve, months).map(|unit| (unit, None)));
        }
        let words = chain_start(&chain);
        for unit in safety_units(case, &chain).into_iter().filter(|unit| unit.last >= start) {
            series.push((Unit { first: unit.first.max(start), ..unit }, Some(words.clone())));
        }
        match chain.until.tomorrow() {
            Ok(next) => first = next,
            Err(_) => break,
        }
    }
    if first <= horizon {
        // the last one is told whole, although it ends beyond the horizon
        let units = steady(start, first, Date::MAX, months);
        series.extend(units.take_while(|unit| unit.first <= horizon).map(|unit| (unit, None)));
    }
    let approval = Words::new("承認日（又は記録にある起算日）", "the approval, or the day on record");
    for (unit, within) in series.into_iter().filter(|(unit, _)| unit.first <= horizon) {
        let Some(rule) = case.rules.rule("unexpected-non-serious", unit.last) else { continue };
        let mut reckoning = Reckoning::default();
        let anchor = begin(case, &mut reckoning, &unit, within.as_ref().unwrap_or(&approval));
        reckoning.note(
            match within {
                Some(_) => Words::new(
                    "再審査期間中は安全性定期報告と同じ期間で区切る",
                    "within re-examination cut as the periodic safety report is",
                ),
                None => Words::new("再審査期間の外では起算日から1年ごとに区切る", "outside re-examination cut every year from the anchor"),
            },
            Some(rule.source.clone()),
        );
        end(&mut reckoning, &unit, if within.is_some() { unit.last } else { Date::MAX });
        let day = limit(&mut reckoning, &unit, rule, if within.is_some() { "due_in_reexamination" } else { "due" });
        all.push(case.settle(Draft {
            kind: Kind::UnexpectedNonSerious,
            of: unit.last.to_string(),
            weight: Weight::Obligation,
            title: rule.title.clone(),
            subject: case.name(),
            anchor: Some(anchor),
            period: Some((unit.first, unit.last)),
            reckoning,
            day,
            done: None,
            told_elsewhere: false,
            with: Vec::new(),
            remarks: Vec::new(),
            rule,
        }));
    }
}

/// The infection reports of a biological product.
pub(super) fn infections(case: &Case<'_>, all: &mut Vec<Deadline>) {
    let Some(rule) = case.rules.latest("infection") else { return };
    let anchor = case.record.infections_from.or(case.product.infection_anchor);
    match case.product.biological {
        Some(false) => return,
        None if anchor.is_none() => {
            // nothing on record says whether there is such an obligation: said, not guessed
            let missing = Words::new(
                "生物由来製品か否か（設定の [[product]] biological）",
                "whether it is a biological product ([[product]] biological in the settings)",
            );
            all.push(case.settle(infection(case, "not-stated".to_owned(), rule, Reckoning::default(), Err(missing))));
            return;
        }
        _ => {}
    }
    let (Some(approved), Some(months)) = (case.approved(), rule.length("unit").and_then(in_months)) else { return };
    let anchor = anchor.unwrap_or(approved);
    // counted from before the approval, the period in which it was approved is reported on as a whole
    let first = if anchor < approved { cell_start(anchor, approved, months).unwrap_or(anchor) } else { anchor };
    let horizon = horizon(case);
    let words = Words::new("感染症定期報告の起算日", "the day from which infection reports are counted");
    for unit in steady(anchor, first, Date::MAX, months).take_while(|unit| unit.first <= horizon) {
        let Some(rule) = case.rules.rule("infection", unit.last) else { continue };
        let due_rule = case.foreign_language.then(|| case.rules.rule("infection-foreign", unit.last)).flatten().unwrap_or(rule);
        let mut reckoning = Reckoning::default();
        let anchor = begin(case, &mut reckoning, &unit, &words);
        end(&mut reckoning, &unit, Date::MAX);
        let day = limit(&mut reckoning, &unit, due_rule, "due");
        let draft = infection(case, unit.last.to_string(), due_rule, reckoning, day);
        all.push(case.settle(Draft { anchor: Some(anchor), period: Some((unit.first, unit.last)), ..draft }));
    }
}

fn infection<'a>(case: &Case<'_>, of: String, rule: &'a Rule, reckoning: Reckoning, day: Result<Date, Words>) -> Draft<'a> {
    Draft {
        kind: Kind::Infection,
        of,
        weight: Weight::Obligation,
        title: rule.title.clone(),
        subject: case.name(),
        anchor: None,
        period: None,
        reckoning,
        day,
        done: None,
        told_elsewhere: false,
        with: Vec::new(),
        remarks: Vec::new(),
        rule,
    }
}
