//! Any bytes as the files of a plan folder: checking it, mending it, laying it out, comparing it and asking what an event touches.
//! A line `=== path` begins a file; what stands before the first such line is `plan.toml`.

#![no_main]

use calendar::Date;
use diagnostic::Language;
use plan::Folder;
use plan::check::{check, repaired};
use plan::difference::{apply, difference};
use plan::format::{format, format_file};
use plan::impact::{Cause, impact};
use plan::prose::blocks;
use plan::read::read;

const DAY: Date = Date::constant(2026, 4, 1);
/// So many ids of a kind are asked for what they touch.
const ASKED: usize = 3;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let folder = folder(bytes);
    let checked = check(&folder, DAY);
    let _ = repaired(&folder, &checked.repairs);
    let _ = diagnostic::human(&checked.report, Language::Japanese, true, 80);
    for passage in checked.plan.passages() {
        let _ = blocks(&checked.plan.printed(passage, Language::English));
    }

    let formatted = format(&folder);
    for (path, bytes) in formatted.changed.iter() {
        let again = format_file(path, bytes).expect("what was laid out can be laid out");
        assert_eq!(again.as_bytes(), bytes, "{path}: twice is once");
    }

    let plan = &checked.plan;
    assert!(difference(plan, plan).is_empty());
    let mut fewer = folder.clone();
    let last = folder.iter().last().map(|(path, _)| path.to_owned());
    last.and_then(|last| fewer.remove(&last));
    let fewer = read(&fewer).plan;
    for (old, new) in [(plan, &fewer), (&fewer, plan)] {
        let found = difference(old, new);
        assert!(read(&apply(&found, old)).plan == *new, "applying the difference gives the other plan");
    }

    let facts = &plan.facts;
    let mut causes: Vec<Cause> = Vec::new();
    causes.extend(facts.indication.iter().take(ASKED).map(|of| Cause::Approval(of.id.as_str().into())));
    causes.extend(facts.condition.iter().take(ASKED).map(|of| Cause::Condition(of.id.as_str().into())));
    causes.extend(facts.label.iter().take(ASKED).map(|of| Cause::Label(of.id.as_str().into())));
    causes.extend(plan.activities.iter().take(ASKED).map(|of| Cause::Ended(of.id.as_str().into())));
    causes.extend(plan.studies.study.iter().take(ASKED).map(|of| Cause::Study(of.id.as_str().into())));
    for cause in causes {
        let _ = impact(plan, &cause, DAY);
    }
});

fn folder(bytes: &[u8]) -> Folder {
    let mut folder = Folder::new();
    let (mut path, mut file) = ("plan.toml".to_owned(), Vec::new());
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        if let Some(name) = line.strip_prefix(b"=== ") {
            folder.insert(std::mem::replace(&mut path, String::from_utf8_lossy(name.trim_ascii()).into_owned()), std::mem::take(&mut file));
        } else {
            file.extend_from_slice(line);
        }
    }
    folder.insert(path, file);
    folder
}
