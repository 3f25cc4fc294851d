//! How a plan changes over the years: the example, one small change after another.

use std::fs;
use std::path::Path;

use diagnostic::Severity;
use operation::product::{FileSent, ValueChanged};
use plan::Folder;
use plan::check::check_on_its_day;
use plan::difference::trail;

/// One step of the plan.
#[derive(Clone, Debug)]
pub struct Step {
    /// Which file changes.
    pub file: usize,
    /// Its bytes from then on.
    pub bytes: Vec<u8>,
    /// What that changes, as the program finds it.
    pub changes: Vec<ValueChanged>,
    /// The errors and warnings of the whole plan.
    pub found: (u32, u32),
}

/// The plan as it begins, and its steps. No step touches what names the product, so that all products can share them.
#[derive(Clone, Debug)]
pub struct Course {
    /// The files at the beginning.
    pub files: Vec<FileSent>,
    /// What the first revision states.
    pub changes: Vec<ValueChanged>,
    /// The errors and warnings of the first revision.
    pub found: (u32, u32),
    /// The steps.
    pub steps: Vec<Step>,
    /// The plan as it stands at the end.
    pub last: plan::Plan,
}

/// What is noted in a file again and again.
const WORDS: [&str; 4] = [
    "医療機関から寄せられた質問を踏まえ、記載を整えた",
    "電子添文の改訂に合わせて記載を整えた",
    "安全管理部門の定期の見直しにより記載を整えた",
    "文献の検討の結果を踏まえ、記載を整えた",
];

impl Course {
    /// The course of the example with so many steps.
    pub fn of_example(steps: usize, today: jiff::civil::Date) -> Self {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/mihon");
        let mut files = Vec::new();
        read_into(&example, "", &mut files);
        files.sort_by(|a: &FileSent, b| a.path.cmp(&b.path));
        let original = files.clone();
        let changing: Vec<usize> = (0..files.len())
            .filter(|file| !files[*file].path.ends_with(".en.md") && files[*file].path.contains('/'))
            .filter(|file| !String::from_utf8_lossy(&files[*file].bytes).contains("ミホンサ"))
            .collect();
        let checked = |files: &[FileSent]| {
            let mut folder = Folder::new();
            for file in files {
                folder.insert(file.path.clone(), file.bytes.clone());
            }
            let checked = check_on_its_day(&folder, today);
            let count = |severity| checked.report.findings.iter().filter(|finding| finding.severity == severity).count() as u32;
            let found = (count(Severity::Error), count(Severity::Warning));
            (checked.plan, found)
        };
        let changed = |old: Option<&plan::Plan>, new: &plan::Plan| -> Vec<ValueChanged> {
            trail(old, new).into_iter().map(|change| ValueChanged { path: change.path, old: change.old, new: change.new }).collect()
        };
        let (mut before, found) = checked(&files);
        let first = (files.clone(), changed(None, &before), found);
        let steps = (0..steps)
            .map(|number| {
                let file = changing[number % changing.len()];
                let round = number / changing.len();
                let mut text = String::from_utf8(original[file].bytes.clone()).unwrap();
                if round % 5 == 4 && text.contains("terms = [\"") {
                    // the title of what is looked for changes more rarely than its prose
                    text = text.replacen("terms = [\"", &format!("terms = [\"見本の用語{}\", \"", letters(round)), 1);
                }
                text = format!("{}\n{}（{}）。\n", text.trim_end(), WORDS[round % WORDS.len()], letters(round));
                files[file].bytes = text.into_bytes();
                let (after, found) = checked(&files);
                let changes = changed(Some(&before), &after);
                assert!(!changes.is_empty(), "{} changes nothing", files[file].path);
                before = after;
                Step { file, bytes: files[file].bytes.clone(), changes, found }
            })
            .collect();
        Self { files: first.0, changes: first.1, found: first.2, steps, last: before }
    }
}

/// A number in words that are no figures: a plan states no figure without its source.
fn letters(number: usize) -> String {
    const KANA: [&str; 10] = ["ア", "イ", "ウ", "エ", "オ", "カ", "キ", "ク", "ケ", "コ"];
    number.to_string().bytes().map(|digit| KANA[usize::from(digit - b'0')]).collect()
}

fn read_into(folder: &Path, below: &str, files: &mut Vec<FileSent>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read_into(&entry.path(), &format!("{name}/"), files);
        } else {
            files.push(FileSent { path: name, bytes: fs::read(entry.path()).unwrap() });
        }
    }
}
