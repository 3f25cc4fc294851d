//! After a re-examination period: the application, and the evaluation of the plan.

use std::collections::BTreeMap;

use calendar::{Date, PartialDate};
use diagnostic::Words;
use plan::tables::EventKind;

use super::periodic::beyond;
use super::reckoning::{Reckoning, told};
use super::series::{Part, indications, parts, with_indications};
use super::settle::{Case, Done, Draft};
use super::{Anchor, Deadline, Evidence, Kind, Weight};

/// What is due after each re-examination period; periods that end on one day are one.
pub(super) fn collect(case: &Case<'_>, all: &mut Vec<Deadline>) {
    let mut ends: BTreeMap<Date, Vec<Part>> = BTreeMap::new();
    for part in parts(case.plan) {
        ends.entry(part.until).or_default().push(part);
    }
    for (until, parts) in ends {
        for kind in [Kind::ReexaminationApplication, Kind::EvaluationReport] {
            all.extend(after(case, kind, until, &parts));
        }
    }
}

fn after(case: &Case<'_>, kind: Kind, until: Date, parts: &[Part]) -> Option<Deadline> {
    let rule = case.rules.rule(kind.rule(), until)?;
    let ids = indications(case.plan, |id| parts.iter().any(|part| part.indication == id));
    let name = case.name();
    let mut reckoning = Reckoning::default();
    for part in parts {
        let first = told(part.from);
        reckoning.state(
            Words::new(
                format!("効能又は効果 {} の再審査期間は{}から", part.indication, first.ja),
                format!("the re-examination period of indication {} runs from {}", part.indication, first.en),
            ),
            until,
            Some(Words::new(
                "医薬品医療機器等法14条の4（承認日を算入する）",
                "Pharmaceuticals and Medical Devices Act, article 14-4 (the day of approval counts)",
            )),
        );
    }
    let day = match rule.length("due") {
        Some(long) => {
            reckoning.note(
                Words::new(format!("期間の満了から{}以内", long.in_japanese()), format!("within {long} of the end of the period")),
                Some(rule.source.clone()),
            );
            reckoning.after(until, long).ok_or_else(beyond)
        }
        None => Err(Words::new(
            "提出の期限（規則 evaluation-report に lengths.due がない）",
            "by when it is due (the rule evaluation-report states no lengths.due)",
        )),
    };
    let mut remarks = Vec::new();
    if kind == Kind::ReexaminationApplication
        && let Some(last) = day.as_ref().ok()
        && let Some(file) = case.rules.rule("re-examination-file", *last)
    {
        remarks.push(Words::new(
            format!("申請資料に計画の実施状況と変更の経緯を記す（{}）", file.source.ja),
            format!("the file tells the status of the plan and the history of its changes ({})", file.source.en),
        ));
    }
    // a result shows that there was an application, not when
    let result =
        case.plan.facts.event.iter().filter(|event| event.kind.as_ref().is_some_and(|kind| kind.value == EventKind::ReexaminationResult));
    let result = result
        .filter(|event| event.indications.is_empty() || ids.iter().all(|id| event.indications.iter().any(|of| of.value.as_str() == *id)))
        .filter_map(|event| event.date.as_ref().map(|day| day.value))
        .filter(|day| *day > until)
        .min();
    let done = result.filter(|_| kind == Kind::ReexaminationApplication);
    Some(case.settle(Draft {
        kind,
        of: until.to_string(),
        weight: Weight::Obligation,
        title: rule.title.clone(),
        subject: with_indications(&name, &ids),
        anchor: Some(Anchor { day: until, what: Words::new("再審査期間の末日", "last day of the re-examination period") }),
        period: parts.iter().map(|part| part.from).min().map(|from| (from, until)),
        reckoning,
        day,
        done: done.map(|day| Done { on: PartialDate::from(day), by: Evidence::Plan, exactly: false }),
        told_elsewhere: false,
        with: Vec::new(),
        remarks,
        rule,
    }))
}
