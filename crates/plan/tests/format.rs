//! The canonical layout.

#![expect(clippy::unwrap_used, reason = "a test")]

mod folders;

use plan::Folder;
use plan::format::{format, format_file};
use plan::read::read;
use proptest::prelude::*;

fn formatted(path: &str, text: &str) -> String {
    let once = format_file(path, text.as_bytes()).unwrap();
    assert_eq!(format_file(path, once.as_bytes()).unwrap(), once, "twice is once");
    once
}

#[test]
fn order_blank_lines_quoting_dates_and_arrays() {
    let text = r#"
[[submission]]
changes = '''初回'''
date=2026-03-02
reason = "初"
indication = [{name='b', id="2"}, { id = 1, name = 'a', reexamination=[ {years=0x8} ] }]
[ holder ]


name   = "見本"
"#
    .replace("[[submission]]", "format = 1\n[[submission]]");
    let expected = r#"format = 1

[holder]
name = "見本"

[[submission]]
date = 2026-03-02
changes = "初回"
reason = "初"
indication = [{ name = "b", id = "2" }, { id = 1, name = "a", reexamination = [{ years = 0x8 }] }]
"#;
    // the indications stand by mistake in the submission, which knows no such key: they are kept as they are
    assert_eq!(formatted("plan.toml", &text), expected.replace("name = \"b\", id", "name = 'b', id").replace("'b'", "\"b\""));
    assert_eq!(
        formatted("plan.toml", "indication = [{name='b', id=\"2\"}, { id = 1, name = 'a', reexamination=[ {years=0x8} ] }]"),
        "[[indication]]\nid = 2\nname = \"b\"\n\n[[indication]]\nid = 1\nname = \"a\"\nreexamination = { years = 8 }\n"
    );
    assert_eq!(
        formatted("activities/a.md", "+++\nstarted = '2026-04-01'\nended = '2026-05'\n[milestone]\n+++\n"),
        "+++\nstarted = 2026-04-01\nended = \"2026-05\"\n\n[milestone]\n+++\n"
    );
    let long = format!("[{}]", ["\"長い用語\""; 12].join(","));
    let lines = "  \"長い用語\",\n".repeat(12);
    assert_eq!(formatted("concerns/a.md", &format!("+++\nterms = {long}\n+++")), format!("+++\nterms = [\n{lines}]\n+++\n"));
}

#[test]
fn comments_stay_with_what_they_are_about() {
    let text = r##"# the plan
# of Mihon

# the version
format = 1 # always one
# not yet: launched

[holder] # who
# its name
name = "見本" # "quoted" # twice

# the first submission
[[submission]]
reason = "r"
# when
date = 2026-03-02
changes = "#c"
# [[submission]]

# the product
[product]
class = "874291"

# nothing more
"##;
    let expected = r##"# the plan
# of Mihon

# the version
format = 1 # always one
# not yet: launched

# the product
[product]
class = "874291"

[holder] # who
# its name
name = "見本" # "quoted" # twice

# the first submission
[[submission]]
# when
date = 2026-03-02
changes = "#c"
reason = "r"
# [[submission]]

# nothing more
"##;
    assert_eq!(formatted("plan.toml", text), expected);
    let text = "+++\nterms = [ # of MedDRA\n  \"b\", # second\n # third\n 'c'\n # , \"d\"\n] # all\nname = 'x'\n+++\n";
    let expected = "+++\nname = \"x\"\nterms = [\n  # of MedDRA\n  \"b\", # second\n  # third\n  \"c\",\n  # , \"d\"\n] # all\n+++\n";
    assert_eq!(formatted("concerns/a.md", text), expected);
    let text = "study = [ # here\n { arm = [ { size = 3 } # whole\n ], id = 'S' }, # S\n # last\n]\n";
    let expected = "# here\n[[study]] # S\nid = \"S\"\n\n[[study.arm]] # whole\nsize = 3\n# last\n";
    assert_eq!(formatted("studies.toml", text), expected);
}

#[test]
fn prose_keeps_what_means_something() {
    let text =
        "\u{feff}+++\r\nname = 'x'\r\n+++\r\n\r\n# 理由  \r\n一行目  \r\n二行目 \r\n\r\n```\r\ncode  \r\n```\r\n末尾\u{3000}\r\n\r\n\r\n";
    let expected = "+++\nname = \"x\"\n+++\n# 理由\n一行目\\\n二行目\n\n```\ncode  \n```\n\n末尾\u{3000}\n";
    assert_eq!(formatted("concerns/a.md", text), expected);
    assert_eq!(formatted("concerns/a.en.md", "\n\n# why\ntext"), "# why\ntext\n");
    // a line break before a comment, in a file that is no plan alone
    assert_eq!(formatted("concerns/a.en.md", "# why\nfirst,   \n<!-- later -->\nsecond\n"), "# why\nfirst,\\\n<!-- later -->\nsecond\n");
}

/// Words that look like front matter without their indentation.
#[test]
fn what_is_no_front_matter_stays_none() {
    assert_eq!(formatted("activities/a.en.md", " +++\n \n"), " +++\n \n");
}

/// What a person writes, and how it is laid out.
#[test]
fn prose_has_one_layout() {
    let cases = [
        // blocks
        (
            "#  理由\n\n\n  一行目\n    二行目\n\n\n\n三行目\n## 小見出し ##\n本文\n",
            "# 理由\n一行目\n二行目\n\n三行目\n\n## 小見出し\n本文\n",
        ),
        ("理由\n===\n本文\n\n小見出し\n---\n本文\n", "# 理由\n本文\n\n## 小見出し\n本文\n"),
        // figures
        ("{{3/58   SMP-301: }}、{{  30/58 SMP-301:\"維持期\"  .1 as   x}}。", "{{ 3/58 SMP-301 }}、{{ 30/58 SMP-301:維持期 as x }}。\n"),
        (
            "{{3/58 A+B:\"a b\"}}、{{ x}}、{{@survey }}、{{ 1/2 unit=\"a b\" }}",
            "{{ 3/58 A + B:\"a b\" }}、{{ x }}、{{ @survey }}、{{ 1/2 unit=\"a b\" }}\n",
        ),
        // lists
        ("* 一\n*   二\n    三\n\n    * 四\n+ 五\n", "- 一\n- 二\n  三\n  - 四\n\n* 五\n"),
        ("3) 一\n3) 二\n\n   二の二\n", "3. 一\n\n4. 二\n\n   二の二\n"),
        ("- 一\n\n- 二\n本文\n1. 三\n", "- 一\n- 二\n  本文\n\n1. 三\n"),
        // tables
        (
            "|群|例数|割合|\n|-|:-:|--:|\n|本剤群|58|{{30/58 S}}|\n|ｶﾅ\n",
            "| 群     | 例数 |          割合 |\n| ------ | :--: | ------------: |\n| 本剤群 | 58   | {{ 30/58 S }} |\n| ｶﾅ     |      |               |\n",
        ),
        // comments
        (
            "あ。\n<!-- 要確認 -->\n\nい。\n\n\n<!-- a\n   b -->\nう。<!-- c -->\n",
            "あ。\n<!-- 要確認 -->\n\nい。\n\n<!-- a\n   b -->\nう。<!-- c -->\n",
        ),
        ("*  一\n<!-- あ -->\n*  <!-- い -->二\n   <!-- う -->\n   三\n", "- 一\n<!-- あ -->\n- <!-- い -->二\n  <!-- う -->\n  三\n"),
        // what Markdown would read differently stays
        ("一\n      - 二\n", "一\n      - 二\n"),
        ("> 引用\nの続き\n\n[a]: b\n\n***\n    code  \n", "> 引用\nの続き\n\n[a]: b\n\n***\n\n    code  \n"),
        ("| a |\n|---|\n| b | dropped |\n", "| a |\n|---|\n| b | dropped |\n"),
    ];
    for (written, expected) in cases {
        let body = |text: &str| formatted("concerns/a.en.md", text);
        assert_eq!(body(written), expected, "{written}");
    }
}

#[test]
fn what_cannot_be_read_is_left_alone() {
    let folder: Folder = [
        ("plan.toml", b"format = ".to_vec()),
        ("studies.toml", b"\xff".to_vec()),
        ("concerns/a.md", b"+++\nname = 'x'\n# \xe7\x90\x86\xe7\x94\xb1\n".to_vec()),
        ("README.md", b"  x  ".to_vec()),
    ]
    .into_iter()
    .collect();
    let formatted = format(&folder);
    assert_eq!((formatted.changed, formatted.files), (Folder::new(), 3));
    let codes: Vec<_> = formatted.left.iter().map(|left| (left.path.as_str(), left.code)).collect();
    assert_eq!(codes, [("concerns/a.md", "PLN104"), ("plan.toml", "PLN103"), ("studies.toml", "PLN102")]);
}

#[test]
fn depth_is_bounded() {
    for text in [
        format!("a = {}", "[".repeat(100_000)),
        format!("{} = 1", vec!["a"; 20_000].join(".")),
        format!("[{}]", vec!["a"; 20_000].join(".")),
    ] {
        let _ = format_file("plan.toml", text.as_bytes());
    }
}

#[test]
fn the_examples_are_laid_out() {
    for (name, folder) in folders::all() {
        let formatted = format(&folder);
        assert!(formatted.left.is_empty(), "{name}");
        let changed: Vec<_> = formatted.changed.iter().map(|(path, _)| path).collect();
        assert!(changed.is_empty(), "{name}: run `mimamori fmt`: {changed:?}");
    }
}

proptest! {
    /// Any change of a plan's bytes: no panic, the same meaning, and formatting again changes nothing.
    #[test]
    fn mutated_examples(example in any::<prop::sample::Index>(), which in 0usize..64, edits in folders::edits()) {
        let examples = folders::all();
        let (path, text) = folders::file_of(&examples[example.index(examples.len())].1, which, &edits);
        if let Ok(once) = format_file(&path, &text) {
            prop_assert_eq!(&format_file(&path, once.as_bytes()).unwrap(), &once);
            let before = String::from_utf8(text).unwrap();
            prop_assert_eq!(before.matches("# note").count(), once.matches("# note").count(), "comments are kept");
            let plan = |text: &str| read(&[(path.as_str(), text)].into_iter().collect()).plan;
            let (a, b) = (plan(&before), plan(&once));
            prop_assert_eq!(&a.facts, &b.facts);
            prop_assert_eq!(&a.studies, &b.studies);
            let facts = |plan: &plan::Plan| format!("{}{:?}", plan.concerns.len(), plan.concerns.first().map(|c| c.name.value.clone()));
            prop_assert_eq!(facts(&a), facts(&b));
        }
    }

    #[test]
    fn any_bytes(path in "(plan.toml|studies.toml|concerns/a.md|activities/a.en.md)", bytes in any::<Vec<u8>>(), text in "[a\\[\\]{}#'\"= \\n.,1+\\\\]{0,60}") {
        let _ = format_file(&path, &bytes);
        if let Ok(once) = format_file(&path, text.as_bytes()) {
            prop_assert_eq!(&format_file(&path, once.as_bytes()).unwrap(), &once);
        }
    }
}
