//! A file of nothing but mistakes is read to its end, and told of within bounds. The times are printed and nothing is asserted of them.

use std::time::Instant;

use plan::Folder;
use plan::check::check;
use plan::mistake::MOST;
use plan::prose::blocks;

const DAY: calendar::Date = calendar::Date::constant(2026, 4, 1);
/// About so many bytes.
const LENGTH: usize = 1_000_000;

fn repeated(piece: &str) -> String {
    piece.repeat(LENGTH / piece.len())
}

#[test]
fn much_of_anything_is_read_in_time() {
    let head = "+++\nclass = \"identified\"\nname = \"感染症\"\n+++\n# 理由\n";
    let pieces =
        ["{{", "{{ 1/2 }}", "}}", "- ", "> ", "# 理由\n", "# 理\n", "**", "5.2%（3/58例）", "|a|\n|-|\n", "[", "`", "a\n\n", "\u{0}"];
    let tables = [
        "a = = 1\n",
        "a",
        "\n[[",
        "a.",
        "[a]\n",
        "[[indication]]\n",
        "\"",
        "'''",
        "{",
        "[[[",
        "あ = 1\n",
        "#",
        "x = 1979-05-27T07:32:00Z\n",
    ];
    let mut cases: Vec<(&str, String, &str)> =
        pieces.iter().map(|piece| ("concerns/a.md", format!("{head}{}", repeated(piece)), *piece)).collect();
    cases.extend(tables.iter().map(|piece| ("plan.toml", repeated(piece), *piece)));
    cases.push(("plan.toml", (0..LENGTH / 10).map(|index| format!("k{index} = 1\n")).collect(), "many keys"));
    for (path, text, piece) in cases {
        let start = Instant::now();
        let checked = check(&[(path, text)].into_iter().collect::<Folder>(), DAY);
        for passage in checked.plan.passages() {
            let _ = blocks(&passage.text);
        }
        let time = start.elapsed();
        println!("{path} {piece:?} {time:?} {}", checked.report.findings.len());
        for row in &checked.report.checked {
            assert!(checked.report.findings.iter().filter(|finding| finding.code == row.code).count() <= MOST);
        }
    }
}
