//! Plans whose faults are known.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The part of a `*.gt.json` that the measure needs; `plans/README.md` describes it.
#[derive(Deserialize)]
pub struct Truth {
    pub doc: String,
    pub files: BTreeMap<String, String>,
    pub as_of: calendar_day::Day,
    pub pages: usize,
    pub defects: Vec<Passage>,
    pub traps: Vec<Passage>,
    #[serde(skip)]
    pub folder: PathBuf,
}

/// A fault put in on purpose, or a passage that only looks like one.
#[derive(Deserialize)]
pub struct Passage {
    pub id: String,
    pub kind: String,
    pub quotes: Vec<String>,
}

/// The plans of a folder, by name.
pub fn plans(folder: &Path) -> Vec<Truth> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_str().is_some_and(|path| path.ends_with(".gt.json")))
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let mut truth: Truth = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            truth.folder = folder.to_path_buf();
            truth
        })
        .collect()
}

mod calendar_day {
    /// A day as `YYYY-MM-DD`.
    #[derive(serde::Deserialize)]
    #[serde(try_from = "String")]
    pub struct Day(pub calendar::Date);

    impl TryFrom<String> for Day {
        type Error = String;

        fn try_from(text: String) -> Result<Self, String> {
            text.parse().map(Self).map_err(|error| format!("{text}: {error}"))
        }
    }
}
