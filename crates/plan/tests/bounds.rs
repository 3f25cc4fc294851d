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

/// Pools that hold each pool below them twice name a study 2⁴⁰ times; pools 500 deep are a cycle to us. Both are told in no time.
#[test]
fn pools_of_pools() {
    let pools = |count: usize, of: &dyn Fn(usize) -> String| -> String {
        let pools = (0..count).map(|n| format!("[[pool]]\nid = \"p{n}\"\nstudies = [{}]\n", of(n)));
        std::iter::once("[[study]]\nid = \"X-0\"\n[[study.arm]]\nname = \"\"\nsize = 0\n".to_owned()).chain(pools).collect()
    };
    let twice = pools(40, &|n| if n == 0 { "\"X-0\", \"X-0\"".to_owned() } else { format!("\"p{0}\", \"p{0}\"", n - 1) });
    let deep = pools(500, &|n| if n == 0 { "\"X-0\"".to_owned() } else { format!("\"p{}\"", n - 1) });
    for studies in [twice, deep] {
        let mut folder = plan::Folder::new();
        folder.insert("plan.toml", b"format = 1\n".as_slice());
        folder.insert("studies.toml", studies.as_bytes());
        let checked = plan::check::check(&folder, calendar::Date::constant(2026, 4, 1));
        assert!(!checked.report.findings.is_empty());
    }
}
