//! Whatever stands in a folder, reading and checking it gives a report and never panics.

mod folders;

use diagnostic::Language;
use plan::check::{Check, check, repaired};
use plan::difference::{apply, difference};
use plan::figure::{FigureKind, Shown, figures, print_counts};
use plan::format::format;
use plan::prose::blocks;
use plan::read::read;
use plan::source::Place;
use plan::{Folder, Plan};
use proptest::collection::vec;
use proptest::prelude::*;

const DAY: calendar::Date = calendar::Date::constant(2026, 4, 1);

const PATHS: [&str; 9] = [
    "plan.toml",
    "studies.toml",
    "concerns/a.md",
    "concerns/a.en.md",
    "activities/a.md",
    "activities/b.md",
    "efficacy/a.md",
    "concerns/あ.md",
    "other/x",
];

/// Pieces of the language, right and wrong, put together anyhow.
const PIECES: [&str; 42] = [
    "+++\n",
    "# 理由\n",
    "# why\n",
    "# 監視\n",
    "class = ",
    "\"identified\"",
    "name = \"感染症\"\n",
    "concerns = [\"a\", ",
    "]\n",
    "{{ ",
    " }}",
    "3/58",
    " S ",
    "S:群",
    " + ",
    " as x",
    "x",
    "@a",
    "5.2%（3/58例）",
    "\n",
    "[[study]]\n",
    "id = \"S\"\n",
    "[[study.arm]]\n",
    "size = 58\n",
    "[period]\n",
    "start = 2026-04-01\n",
    "end = 9999-12-31\n",
    "observation = { weeks = 18446744073709551615 }\n",
    "[[sample_size]]\n",
    "kind = \"one-proportion\"\n",
    "threshold = { count = \"6/67\", study = \"S:群\" }\n",
    "alternative = 0.5\nalpha = 1e-9\nsides = 2\npower = 0.9999\nevaluable = 18446744073709551615\n",
    "[[pool]]\nid = \"P\"\nstudies = [\"P\", \"S\"]\n",
    "kind = \"eppv\"\n",
    "reexamination = { years = 4294967296 }\n",
    "**「",
    "」**",
    "| a |\n|---|\n",
    "\u{feff}",
    "format = 1\n",
    "<!-- ",
    " -->",
];

fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 0..200),
        vec(proptest::sample::select(PIECES.to_vec()), 0..30).prop_map(|pieces| pieces.concat().into_bytes()),
        vec(proptest::sample::select(PIECES.to_vec()), 0..12).prop_map(|pieces| format!(
            "+++\nkind = \"general-survey\"\n+++\n# 目的\n{}",
            pieces.concat()
        )
        .into_bytes()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(files in vec((proptest::sample::select(PATHS.to_vec()), any_bytes()), 0..8)) {
        let folder: Folder = files.into_iter().collect();
        let checked = check(&folder, DAY);
        for finding in &checked.report.findings {
            prop_assert!(!finding.message.ja.is_empty() && !finding.message.en.is_empty() && !finding.hint.ja.is_empty(), "{finding:?}");
        }
        for passage in checked.plan.passages() {
            let _ = blocks(&checked.plan.printed(passage, Language::Japanese));
        }
        for activity in &checked.plan.activities {
            let _ = checked.plan.status(activity, DAY);
        }
        let mended = repaired(&folder, &checked.repairs);
        for (path, bytes) in mended.iter() {
            prop_assert!(folder.get(path).is_some());
            prop_assert!(std::str::from_utf8(bytes).is_ok() || std::str::from_utf8(folder.get(path).unwrap()).is_err());
        }
    }

    #[test]
    fn figures_say_the_same_when_written_anew(
        x in 0_u64..1000, more in 0_u64..1000, decimals in 0_u32..=4, shown in 0..3_usize,
        sources in vec(("[A-Z]{2,3}-[0-9]{1,3}", proptest::option::of("[本群年 ]{1,4}群")), 0..4),
        name in proptest::option::of("[b-k][a-z0-9-]{2,8}"),
    ) {
        let written: Vec<String> = sources.iter().map(|(study, part)| match part {
            Some(part) => format!("{study}:\"{part}\""),
            None => study.clone(),
        }).collect();
        let option = ["", " bare", " percent"][shown];
        let name_part = name.as_ref().map_or(String::new(), |name| format!(" as {name}"));
        let among = if x % 2 == 0 { " among" } else { "" };
        let text = format!("{{{{ {x}/{} {} .{decimals}{option}{among}{name_part} }}}}", x + more, written.join(" + "));
        let found = figures(&text, Place::default());
        let Ok(FigureKind::Counts(counts)) = &found[0].kind else { panic!("{text}: {:?}", found[0].kind) };
        prop_assert_eq!((counts.x, counts.n, counts.decimals), (x, x + more, decimals));
        prop_assert_eq!(counts.shown, [Shown::Both, Shown::Counts, Shown::Percentage][shown]);
        prop_assert_eq!(counts.among, x % 2 == 0);
        prop_assert_eq!(counts.sources.len(), sources.len());
        let again = FigureKind::Counts(counts.clone()).to_string();
        let second = figures(&again, Place::default());
        let Ok(FigureKind::Counts(twice)) = &second[0].kind else { panic!("{again}: {:?}", second[0].kind) };
        prop_assert_eq!(FigureKind::Counts(twice.clone()).to_string(), again);
        prop_assert_eq!(print_counts(twice, Language::Japanese), print_counts(counts, Language::Japanese));
    }
}

/// An example or a plan out of nothing, some of its files changed by hand.
fn any_plan() -> impl Strategy<Value = Folder> {
    let whole = prop_oneof![
        2 => folders::generated::plan(),
        1 => any::<proptest::sample::Index>().prop_map(|which| {
            let mut examples = folders::all();
            examples.swap_remove(which.index(examples.len())).1
        }),
    ];
    (whole, vec((0_usize..64, folders::edits()), 0..3)).prop_map(|(mut folder, edits)| {
        for (which, edits) in edits {
            let (path, bytes) = folders::file_of(&folder, which, &edits);
            folder.insert(path, bytes);
        }
        folder
    })
}

/// What a plan prints, passage by passage.
fn printed(plan: &Plan) -> Vec<String> {
    plan.passages().map(|passage| format!("{:?}", blocks(&plan.printed(passage, Language::Japanese)))).collect()
}

/// What was found, wherever it stands.
fn found(check: &Check) -> Vec<(&'static str, String)> {
    let mut found: Vec<_> = check.report.findings.iter().map(|finding| (finding.code, finding.message.en.clone())).collect();
    found.sort();
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// What is laid out states, prints and is told of as before, and is laid out.
    #[test]
    fn laying_out_changes_no_meaning(folder in any_plan()) {
        let formatted = format(&folder);
        let mut after = folder.clone();
        for (path, bytes) in formatted.changed.iter() {
            after.insert(path, bytes);
        }
        let again = format(&after);
        prop_assert_eq!(again.changed, Folder::new());
        prop_assert_eq!((again.files, &again.left), (formatted.files, &formatted.left));
        let (before, after) = (check(&folder, DAY), check(&after, DAY));
        prop_assert_eq!(&before.plan.facts, &after.plan.facts);
        prop_assert_eq!(&before.plan.studies, &after.plan.studies);
        for (a, b) in before.plan.concerns.iter().zip(&after.plan.concerns) {
            prop_assert_eq!((&a.id, &a.facts), (&b.id, &b.facts));
        }
        for (a, b) in before.plan.activities.iter().zip(&after.plan.activities) {
            prop_assert_eq!((&a.id, &a.facts), (&b.id, &b.facts));
        }
        prop_assert_eq!(printed(&before.plan), printed(&after.plan));
        prop_assert_eq!(found(&before), found(&after));
    }

    /// Of any two plans, whatever they have in common.
    #[test]
    fn a_difference_applied_gives_the_other_plan(a in any_plan(), b in any_plan()) {
        let (a, b) = (read(&a).plan, read(&b).plan);
        for plan in [&a, &b] {
            let none = difference(plan, plan);
            prop_assert!(none.is_empty() && none.changes.is_empty(), "{:?}", none.changes);
        }
        let between = difference(&a, &b);
        prop_assert_eq!(between.is_empty(), a == b);
        prop_assert_eq!(between.changes.is_empty(), a == b);
        let applied = read(&apply(&between, &a)).plan;
        prop_assert!(applied == b, "{:#?}", difference(&b, &applied).changes);
    }

    /// Laying out changes no fact: what a difference can see of it are blanks at the ends of lines of prose.
    #[test]
    fn a_difference_does_not_see_the_layout(folder in any_plan()) {
        let before = read(&folder).plan;
        let mut after = folder;
        let formatted = format(&after);
        for (path, bytes) in formatted.changed.iter() {
            after.insert(path, bytes);
        }
        for change in difference(&before, &read(&after).plan).changes {
            prop_assert!(change.path.starts_with("prose") || change.path.starts_with("english"), "{change:?}");
        }
    }
}
