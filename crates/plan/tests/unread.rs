//! A file that cannot be read is told as such, and nothing elsewhere is.

mod folders;

use std::collections::BTreeSet;

use plan::Folder;
use plan::check::check;
use proptest::prelude::*;

const DAY: calendar::Date = calendar::Date::constant(2026, 4, 1);
/// Not text, no TOML, front matter missing or not closed.
const UNREAD: [&str; 3] = ["PLN102", "PLN103", "PLN104"];

/// What is found, and in which file.
fn found(folder: &Folder) -> BTreeSet<(String, &'static str, String)> {
    let file = |finding: &diagnostic::Finding| finding.spans.first().map_or(String::new(), |span| span.file.clone());
    check(folder, DAY).report.findings.iter().map(|finding| (file(finding), finding.code, finding.message.en.clone())).collect()
}

/// Puts other bytes into a file and looks what is found elsewhere that was not before. `None` if it can still be read.
fn elsewhere(folder: &Folder, path: &str, bytes: Vec<u8>) -> Option<Vec<String>> {
    let mut broken = folder.clone();
    broken.insert(path, bytes);
    let (before, after) = (found(folder), found(&broken));
    let unread = after.iter().any(|(file, code, _)| file == path && UNREAD.contains(code));
    let new = after.difference(&before).filter(|(file, ..)| file != path);
    unread.then(|| new.map(|finding| format!("{finding:?}")).collect())
}

#[test]
fn a_file_that_cannot_be_read_causes_no_findings_elsewhere() {
    let mut wrong = Vec::new();
    for (name, folder) in folders::all() {
        for (path, bytes) in folder.iter() {
            let text = std::str::from_utf8(bytes).unwrap();
            let first = text.split_inclusive('\n').next().unwrap_or("");
            let mut broken = vec![b"\xff\xfe\x00".to_vec(), [bytes, b"\xff"].concat()];
            if !path.ends_with(".en.md") {
                broken.push(format!("{first}= = 1\n").into_bytes());
            }
            if path.ends_with(".md") && !path.ends_with(".en.md") {
                broken.push(text.replacen("+++", "++", 2).into_bytes());
                broken.push(text.replacen("\n+++\n", "\n", 1).into_bytes());
            }
            for (how, bytes) in broken.into_iter().enumerate() {
                let new = elsewhere(&folder, path, bytes).unwrap_or_else(|| panic!("{name}/{path}, {how}: nothing is told"));
                if !new.is_empty() {
                    wrong.push(format!("{name}/{path}, {how}: {new:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    /// Any bytes anywhere in a file, or only its beginning.
    #[test]
    fn any_bytes_cause_no_findings_elsewhere(
        example in any::<prop::sample::Index>(), which in 0_usize..64, at in any::<prop::sample::Index>(),
        bytes in prop::collection::vec(any::<u8>(), 1..40), cut in any::<bool>(),
    ) {
        let mut examples = folders::all();
        let (_, folder) = examples.swap_remove(example.index(examples.len()));
        let files: Vec<_> = folder.iter().collect();
        let (path, written) = files[which % files.len()];
        let at = at.index(written.len() + 1);
        let rest = if cut { &[][..] } else { &written[at..] };
        if let Some(new) = elsewhere(&folder, path, [&written[..at], &bytes, rest].concat()) {
            prop_assert_eq!(new, Vec::<String>::new(), "{}", path);
        }
    }
}
