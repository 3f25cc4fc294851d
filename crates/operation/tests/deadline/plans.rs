//! Plans for tests: the examples, and small ones written here.

use std::path::Path;

use calendar::Date;
use operation::deadline::{Deadline, Record, Rhythms, deadlines};
use plan::{Folder, Plan};

pub fn day(iso: &str) -> Date {
    iso.parse().unwrap()
}

/// The plan in a folder of `examples/`.
pub fn example(name: &str) -> Plan {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    let mut folder = Folder::new();
    let mut open = vec![root.clone()];
    while let Some(directory) = open.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                folder.insert(path.strip_prefix(&root).unwrap().to_str().unwrap(), std::fs::read(&path).unwrap());
            }
        }
    }
    plan::read::read(&folder).plan
}

/// A plan of these indications and activities: `plan.toml` after the product, and the front matter of each activity.
pub fn plan_of(product: &str, indications: &str, activities: &[(&str, &str)]) -> Plan {
    let mut folder = Folder::new();
    folder.insert("plan.toml", format!("format = 1\n[product]\nname = \"ミホン\"\n{product}\n{indications}\n").into_bytes());
    for (id, facts) in activities {
        folder.insert(format!("activities/{id}.md"), format!("+++\nname = \"{id}\"\n{facts}\n+++\n").into_bytes());
    }
    plan::read::read(&folder).plan
}

/// A plan of one indication with a re-examination period.
pub fn one(approved: &str, years: u32) -> Plan {
    plan_of(
        &format!("approved = {approved}"),
        &format!("[[indication]]\nid = 1\nname = \"見本症候群\"\nreexamination = {{ years = {years} }}"),
        &[],
    )
}

pub fn all(plan: &Plan, record: &Record, as_of: &str) -> Vec<Deadline> {
    deadlines(plan, record, &Rhythms::standard(), day(as_of))
}

pub fn of<'a>(deadlines: &'a [Deadline], id: &str) -> &'a Deadline {
    deadlines.iter().find(|deadline| deadline.id == id).unwrap_or_else(|| {
        let ids: Vec<&str> = deadlines.iter().map(|deadline| deadline.id.as_str()).collect();
        panic!("{id} is none of {ids:#?}")
    })
}
