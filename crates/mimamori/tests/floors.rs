//! A crate is a room of the house, and imports only rooms on lower floors.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

/// The rooms and their floors. A new crate is entered here first, with the floor that ARCHITECTURE.md gives it.
const FLOORS: &[(&str, u8)] = &[
    ("calendar", 0),
    ("statistics", 0),
    ("terminology", 0),
    ("rehearsal", 0),
    ("diagnostic", 1),
    ("typeset", 1),
    ("plan", 2),
    ("published", 3),
    ("document", 3),
    ("access", 3),
    ("journal", 3),
    ("survey", 4),
    ("minimisation", 4),
    ("casework", 4),
    ("reports", 4),
    ("exchange", 5),
    ("signal", 5),
    ("operation", 5),
    ("twin", 6),
    ("server", 7),
    ("mimamori", 8),
];

/// Crates that read clocks, files, threads or randomness for their users: only at the edges of the house.
const EDGES: &[(&str, &[&str])] = &[("jiff/tz-system", &["mimamori", "server"])];

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
            "--manifest-path",
            concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"),
        ])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn no_import_runs_upward() {
    let floors: BTreeMap<_, _> = FLOORS.iter().copied().collect();
    let metadata = metadata();
    let mut wrong = Vec::new();
    let packages = metadata["packages"].as_array().unwrap();
    let rooms: Vec<_> = packages.iter().map(|package| package["name"].as_str().unwrap()).collect();
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let Some(floor) = floors.get(name) else {
            wrong.push(format!("{name} has no floor: enter it in the table of floors.rs and in ARCHITECTURE.md"));
            continue;
        };
        for import in package["dependencies"].as_array().unwrap() {
            let import_name = import["name"].as_str().unwrap();
            if !rooms.contains(&import_name) && import["path"].is_null() {
                continue;
            }
            match floors.get(import_name) {
                Some(below) if below < floor => {}
                Some(other) => wrong.push(format!("{name} (floor {floor}) imports {import_name} (floor {other})")),
                None => wrong.push(format!("{name} imports {import_name}, which has no floor")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rooms.contains(&"mimamori") && rooms.contains(&"published"), "the rooms were not all seen: {rooms:?}");
}

#[test]
fn only_the_edges_have_a_clock() {
    let metadata = metadata();
    for (feature, allowed) in EDGES {
        let (krate, feature) = feature.split_once('/').unwrap();
        for package in metadata["packages"].as_array().unwrap() {
            let name = package["name"].as_str().unwrap();
            let uses =
                package["dependencies"].as_array().unwrap().iter().any(|import| {
                    import["name"] == krate && import["features"].as_array().unwrap().iter().any(|enabled| enabled == feature)
                });
            assert!(!uses || allowed.contains(&name), "{name} takes {krate} with {feature}");
        }
    }
}
