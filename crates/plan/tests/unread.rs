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

/// One slip in a plan that checks clean gives one finding.
#[test]
fn one_mistake_gives_one_finding() {
    let (_, clean) = folders::all().into_iter().find(|(name, _)| name == "minimal").unwrap();
    let told = found(&clean);
    let slips = [
        ("activities/guide.md", "# 方法", "# 方放", "PLN113"),
        ("concerns/infection.md", "# 最小化", "# 最少化", "PLN113"),
        ("plan.toml", "{ years = 8", "{ yaers = 8", "PLN106"),
        ("plan.toml", "[[indication]]", "[[indication]", "PLN103"),
        ("plan.toml", "[[submission]]", "[submission]", "PLN107"),
        ("plan.toml", "[product]", "[product", "PLN103"),
        ("plan.toml", "[holder]", "[holdr]", "PLN106"),
        ("plan.toml", "[[label]]", "[[lable]]", "PLN106"),
        ("plan.toml", "class = \"874291\"", "class = 874291", "PLN107"),
        ("studies.toml", "[[study.arm]]", "[[study.amr]]", "PLN106"),
        ("studies.toml", "size = 84", "siez = 84", "PLN106"),
        ("studies.toml", "size = 84", "size = \"84\"", "PLN107"),
        ("studies.toml", "id = \"MHN-301\"", "id = \"MHN-301", "PLN103"),
        ("activities/survey.md", "kind = \"general-survey\"", "kind = \"genral-survey\"", "PLN109"),
        ("activities/survey.md", "concerns = [", "concens = [", "PLN106"),
        ("activities/survey.md", "[period]", "[preiod]", "PLN106"),
        ("activities/survey.md", "start = 2026-04-01", "start = 2026-04-31", "PLN103"),
        ("activities/survey.md", "indications = [1]", "indications = [9]", "PLN201"),
        ("activities/survey.md", "concerns = [\"infection\"]", "concerns = [\"infecton\"]", "PLN201"),
        ("concerns/infection.md", "3/84 ", "85/84 ", "PLN302"),
        ("concerns/infection.md", "3/84 ", "3/85 ", "PLN301"),
        ("concerns/infection.md", "{{ 0/41 MHN-301:プラセボ群 }}", "102.4%（42/41例）", "PLN304"),
        ("concerns/infection.md", "class = \"identified\"", "class = \"identifed\"", "PLN109"),
    ];
    let mut wrong = Vec::new();
    for (path, old, new, code) in slips {
        let text = std::str::from_utf8(clean.get(path).unwrap()).unwrap();
        assert!(text.contains(old), "{path}: {old}");
        let mut folder = clean.clone();
        folder.insert(path, text.replacen(old, new, 1));
        let more: Vec<_> = found(&folder).difference(&told).map(|(file, code, words)| format!("{file} {code} {words}")).collect();
        if more.len() != 1 || !more[0].contains(code) {
            wrong.push(format!("{path}, {new}: {more:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A number that is no TOML is no id, not even an empty one.
#[test]
fn a_number_that_is_none_is_no_id() {
    let folder: Folder = [("activities/a.md", "+++\nkind = \"eppv\"\nindications = [05]\n+++\n")].into_iter().collect();
    let checked = check(&folder, DAY);
    assert!(checked.plan.activities[0].indications.is_empty());
    assert!(found(&folder).iter().any(|(file, code, _)| file == "activities/a.md" && *code == "PLN103"));
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
