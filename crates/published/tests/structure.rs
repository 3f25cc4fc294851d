//! What is read of whole plans: the structure that they print, counted.
//!
//! The invented plans of `plans/` always run. The real plan is not part of the repository; where it stands beside the checkout it is
//! read too, and otherwise the test says that it was skipped.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::path::{Path, PathBuf};

use published::model::{Class, ItemKind, Published};
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(file: &Path) -> Published {
    published::read::document(&file.display().to_string(), &std::fs::read(file).unwrap()).unwrap()
}

/// 重要な特定されたリスク, 潜在的リスク, 不足情報.
fn concerns(plan: &Published) -> [usize; 3] {
    [Class::Identified, Class::Potential, Class::Missing].map(|class| plan.concerns.iter().filter(|c| c.class == class).count())
}

fn rows(plan: &Published) -> [usize; 3] {
    [0, 1, 2].map(|n| plan.lists[n].rows.len())
}

/// The truth files of the invented plans.
fn truths() -> Vec<(String, Value)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(root().join("plans")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.to_string_lossy().ends_with(".gt.json"));
    files.sort();
    assert!(files.len() >= 11, "{files:?}");
    let truth = |file: &PathBuf| serde_json::from_str::<Value>(&std::fs::read_to_string(file).unwrap()).unwrap();
    files.iter().map(|file| (file.file_name().unwrap().to_string_lossy().split('.').next().unwrap().to_owned(), truth(file))).collect()
}

#[test]
fn invented_plans_state_what_they_print() {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for (name, truth) in truths() {
        for form in ["layout.txt", "docx"] {
            let plan = read(&root().join("plans").join(format!("{name}.{form}")));
            let structure = &truth["structure"];
            let length = |key: &str| structure[key].as_array().map(Vec::len);
            let mut check = |what: &str, read: usize, printed: Option<usize>| {
                let Some(printed) = printed else { return };
                compared += 1;
                if read != printed {
                    wrong.push(format!("{name}.{form}: {what}: {read} read, {printed} printed"));
                }
            };
            for (class, (read, printed)) in concerns(&plan).into_iter().zip(structure["concern_counts"].as_array().unwrap()).enumerate() {
                check(&format!("concerns of class {class}"), read, printed.as_u64().map(|n| n as usize));
            }
            check("efficacy concerns", plan.efficacy.len(), length("efficacy_concerns"));
            for (list, (read, key)) in rows(&plan).into_iter().zip(["rows_5_1", "rows_5_2", "rows_5_3"]).enumerate() {
                check(&format!("rows of 5.{}", list + 1), read, length(key));
            }
            let product = plan.product.as_ref().unwrap();
            check("approval numbers", product.approval_numbers.len(), length("approval_numbers"));
            check("indications", product.indications.len(), length("indications"));
            let counted = plan.prose.counts.iter().filter(|c| c.percentage.is_some()).count();
            let printed = truth["percentages"][if form == "docx" { "with_n_over_N" } else { "with_n_over_N_in_layout" }].as_u64();
            // the truth counts one way of writing only; whoever reads others reads more
            check("percentages with counts", counted.min(printed.unwrap_or(0) as usize), printed.map(|n| n as usize));
        }
    }
    assert!(compared > 150, "{compared}");
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_real_plan_is_read_exactly() {
    let file = root().join("../shared/data/rituxan-rmp.txt");
    if !file.exists() {
        println!("skipped: no real plan stands beside the checkout");
        return;
    }
    let plan = read(&file);
    assert_eq!(concerns(&plan), [14, 2, 1]);
    assert_eq!(plan.efficacy.len(), 2);
    let product = plan.product.as_ref().unwrap();
    assert_eq!((product.indications.len(), product.approval_numbers.len(), product.events.len()), (14, 2, 23));
    assert_eq!(rows(&plan), [11, 3, 9]);
    let surveys = &plan.plans[0].activities;
    assert_eq!(surveys.len(), 4);
    let mut targets: Vec<String> = surveys
        .iter()
        .map(|survey| {
            assert!(survey.item(ItemKind::Period).is_some(), "{}", survey.name.as_str());
            let target = survey.item(ItemKind::Target).unwrap().value.as_str().to_owned();
            target.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect()
        })
        .collect();
    targets.sort();
    assert_eq!(targets, ["125", "200", "40", "400"]);
    assert_eq!(plan.plans[2].activities.len(), 5);
    assert_eq!(plan.prose.counts.iter().filter(|count| count.percentage.is_some()).count(), 178);
}
