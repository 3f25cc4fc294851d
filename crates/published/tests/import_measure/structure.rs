//! What the plan states against what the document prints.

use plan::model::{Activity, List, Status};
use plan::tables::{ActivityKind, Class};
use serde_json::Value;

use crate::{Case, Table, add};

/// Letters and figures only, as they are compared.
fn key(text: &str) -> String {
    terminology::key(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(key).collect()
}

/// Counts the names that both have, and says which are missing and which are too many.
fn names(case: &Case, table: &mut Table, what: &'static str, stated: &[String], found: &[String]) {
    let missing: Vec<&String> = stated.iter().filter(|name| !found.contains(name)).collect();
    let others: Vec<&String> = found.iter().filter(|name| !stated.contains(name)).collect();
    if !missing.is_empty() || !others.is_empty() {
        println!("   {what}: lacks {missing:?}, has {others:?}");
    }
    add(table, what, stated.len() - missing.len(), stated.len().max(found.len()));
    let _ = case;
}

fn one(table: &mut Table, what: &'static str, stated: Option<&str>, found: Option<String>) {
    let Some(stated) = stated else { return };
    let same = found.as_deref().is_some_and(|found| key(found) == key(stated));
    if !same {
        println!("   {what}: {found:?} of {stated}");
    }
    add(table, what, usize::from(same), 1);
}

/// A value of the truth that may stand there by section: all it may be.
fn values(value: &Value) -> Vec<&Value> {
    match value {
        Value::Object(by_section) => by_section.values().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

fn kind(word: &str) -> Option<ActivityKind> {
    Some(match word {
        "市販直後調査" => ActivityKind::Eppv,
        "一般使用成績調査" => ActivityKind::GeneralSurvey,
        "特定使用成績調査" => ActivityKind::SpecifiedSurvey,
        "使用成績比較調査" => ActivityKind::ComparativeSurvey,
        "製造販売後データベース調査" => ActivityKind::DatabaseStudy,
        "製造販売後臨床試験" => ActivityKind::ClinicalTrial,
        _ => return None,
    })
}

pub fn measure(case: &Case, table: &mut Table) {
    let truth = &case.truth["structure"];
    let plan = &case.check.plan;
    for (class, word) in [(Class::Identified, "identified"), (Class::Potential, "potential"), (Class::Missing, "missing")] {
        let found: Vec<String> = plan.concerns_of(class).map(|concern| key(&concern.name.value)).collect();
        names(case, table, "concerns", &strings(&truth["concerns"][word]), &found);
    }
    let found: Vec<String> = plan.efficacy.iter().map(|concern| key(&concern.name.value)).collect();
    names(case, table, "efficacy concerns", &strings(&truth["efficacy_concerns"]), &found);
    let found: Vec<String> = plan.facts.indication.iter().map(|indication| key(&indication.name.value)).collect();
    names(case, table, "indications", &strings(&truth["indications"]), &found);
    let found: Vec<String> = plan.facts.strength.iter().map(|strength| key(&strength.approval_number.value)).collect();
    names(case, table, "approval numbers", &strings(&truth["approval_numbers"]), &found);
    let found: Vec<String> = plan.facts.strength.iter().map(|strength| key(&strength.name.value)).collect();
    names(case, table, "products", &strings(&truth["product"]), &found);
    let facts = &plan.facts.product;
    one(table, "substance", truth["ingredient"].as_str(), Some(facts.substance.value.clone()));
    one(table, "therapeutic category", truth["class"].as_str(), Some(facts.class.value.clone()));
    one(table, "holder", truth["company"].as_str(), Some(plan.facts.holder.name.value.clone()));
    one(table, "birth date", truth["ibd"].as_str(), facts.birth_date.as_ref().map(|date| date.value.to_string()));
    one(table, "approval date", truth["approval_date"].as_str(), facts.approved.as_ref().map(|date| date.value.to_string()));
    one(table, "submission date", truth["submission_date_iso"].as_str(), plan.submitted().map(|date| date.to_string()));
    for (list, word, what) in [
        (List::Pharmacovigilance, "rows_5_1", "rows of 5.1"),
        (List::Efficacy, "rows_5_2", "rows of 5.2"),
        (List::Minimisation, "rows_5_3", "rows of 5.3"),
    ] {
        let found = plan.list(list).count();
        let stated = strings(&truth[word]).len();
        if found != stated {
            println!("   {what}: {found} of {stated}");
        }
        add(table, what, found.min(stated), found.max(stated));
    }
    for material in strings(&truth["materials"]) {
        // a 市販直後調査 is one activity, whatever 4 calls the information it gives
        let eppv = |a: &Activity| a.kind.as_ref().is_some_and(|k| k.value == ActivityKind::Eppv) && material.contains("市販直後調査");
        let found = plan.activities.iter().any(|a| List::Minimisation.holds(a) && (key(&a.name.value) == material || eppv(a)));
        if !found {
            println!("   material {material}");
        }
        add(table, "minimisation activities", usize::from(found), 1);
    }
    for survey in truth["surveys"].as_array().into_iter().flatten() {
        activity(case, table, survey);
    }
    for (study, sizes) in truth["studies"].as_object().into_iter().flatten() {
        let wanted = key(study);
        let known = plan.studies.study.iter().find(|known| {
            let id = key(known.id.as_str());
            id == wanted || known.aliases.iter().any(|alias| key(&alias.value) == wanted)
        });
        add(table, "studies", usize::from(known.is_some()), 1);
        let Some(known) = known else {
            println!("   study {study}");
            continue;
        };
        let text = format!("{known:?}");
        for size in sizes.as_array().into_iter().flatten().filter_map(Value::as_u64) {
            let has = text.contains(&format!("value: {size},")) || text.contains(&format!("value: {size} "));
            if !has {
                println!("   study {study}: size {size}");
            }
            add(table, "sizes of studies", usize::from(has), 1);
        }
    }
}

fn activity(case: &Case, table: &mut Table, survey: &Value) {
    let plan = &case.check.plan;
    let name = key(survey["name"].as_str().unwrap());
    let found = plan.activities.iter().find(|a| key(&a.name.value) == name);
    let near = || plan.activities.iter().find(|a| key(&a.name.value).contains(&name) || name.contains(&key(&a.name.value)));
    let Some(activity) = found.or_else(near) else {
        println!("   activity {name}: none");
        add(table, "activities", 0, 1);
        return;
    };
    add(table, "activities", 1, 1);
    if let Some(wanted) = survey["type"].as_str().and_then(kind) {
        let has = activity.kind.as_ref().map(|kind| kind.value);
        if has != Some(wanted) {
            println!("   {name}: kind {has:?} of {wanted:?}");
        }
        add(table, "kinds", usize::from(has == Some(wanted)), 1);
    }
    let interval = |interval: &Option<plan::tables::Interval>| {
        let interval = interval.as_ref()?;
        Some([interval.start.as_ref()?.value.to_string(), interval.end.as_ref()?.value.to_string()])
    };
    for (word, what, found) in
        [("period", "periods", interval(&activity.period)), ("registration", "registrations", interval(&activity.registration))]
    {
        let stated = values(&survey[word]);
        if stated.is_empty() {
            continue;
        }
        let same = stated.iter().any(|stated| {
            let days: Vec<&str> = stated.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            found.as_ref().is_some_and(|found| days == *found)
        });
        if !same {
            println!("   {name}: {word} {found:?} of {}", survey[word]);
        }
        add(table, what, usize::from(same), 1);
    }
    let targets: Vec<u64> = values(&survey["target"]).into_iter().filter_map(Value::as_u64).collect();
    if !targets.is_empty() {
        let has = activity.target.as_ref().map(|target| target.value);
        let same = has.is_some_and(|has| targets.contains(&has));
        if !same {
            println!("   {name}: target {has:?} of {targets:?}");
        }
        add(table, "targets", usize::from(same), 1);
    }
    covered(case, table, survey, activity, &name);
    reported(case, table, survey, activity, &name);
}

fn covered(case: &Case, table: &mut Table, survey: &Value, activity: &Activity, name: &str) {
    let plan = &case.check.plan;
    let stated = strings(&survey["concerns"]);
    if stated.is_empty() {
        return;
    }
    let covered = plan.concerns.iter().filter(|concern| activity.concerns.iter().any(|id| id.value == concern.id));
    let covered: Vec<Vec<String>> = covered
        .map(|concern| {
            let short = concern.short.as_ref().map(|short| key(&short.value));
            std::iter::once(key(&concern.name.value)).chain(short).collect()
        })
        .collect();
    let same = |stated: &String| covered.iter().any(|names| names.iter().any(|n| n == stated || n.contains(stated.as_str())));
    let missing: Vec<&String> = stated.iter().filter(|stated| !same(stated)).collect();
    if !missing.is_empty() || covered.len() != stated.len() {
        println!("   {name}: concerns lack {missing:?}; {} of {}", covered.len(), stated.len());
    }
    add(table, "concerns covered", stated.len() - missing.len(), stated.len().max(covered.len()));
}

fn reported(case: &Case, table: &mut Table, survey: &Value, activity: &Activity, name: &str) {
    let status = match case.check.plan.status(activity, case.day) {
        Status::Planned => "計画中",
        Status::Running { .. } => "実施中",
        Status::Finished => "終了",
    };
    let stated: Vec<&str> = values(&survey["status"]).into_iter().filter_map(Value::as_str).collect();
    if !stated.is_empty() {
        let same = stated.contains(&status) || status == "計画中" && stated.contains(&"実施予定");
        if !same {
            println!("   {name}: status {status} of {stated:?}");
        }
        add(table, "statuses (derived)", usize::from(same), 1);
    }
    if !survey["report"].is_null() {
        if activity.report.is_empty() {
            println!("   {name}: no report of {}", survey["report"]);
        }
        add(table, "activities with reports", usize::from(!activity.report.is_empty()), 1);
    }
    if activity.period.is_some() {
        if activity.milestone.is_empty() {
            println!("   {name}: no milestone");
        }
        add(table, "activities with milestones", usize::from(!activity.milestone.is_empty()), 1);
    }
}
