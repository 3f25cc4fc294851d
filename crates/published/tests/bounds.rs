//! Nothing that is read can panic: not arbitrary bytes, not arbitrary text, not a plan cut up and put together otherwise.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::sync::LazyLock;

use calendar::Date;
use diagnostic::Language;
use proptest::collection::vec;
use proptest::prelude::*;

/// Lines of plans, and what the form and its readers look out for.
static LINES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let mut lines: Vec<String> = ["plans/G.layout.txt", "plans/H.raw.txt", "examples/mihon-rmp.txt"]
        .iter()
        .flat_map(|file| std::fs::read_to_string(format!("{folder}/{file}")).unwrap().lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    lines.extend(FORM.iter().map(|&line| line.to_owned()));
    lines
});

const FORM: &[&str] = &[
    "1.1 安全性検討事項",
    "１．２　有効性に関する検討事項",
    "5. 1 医薬品安全性監視計画の一覧",
    "重要な特定されたリスク",
    "重要な不足情報とした理由：",
    "【安全性検討事項】",
    "【内容】",
    "該当なし",
    "5.6%（18446744073709551615/18446744073709551616例）",
    "99999999999999999999.9999999999999%（1/0例）",
    "0例中0例（0%）",
    "承認年月日\t令和99年13月32日\t薬効分類\t",
    "調査期間：令和元年2月29日～9999年12月31日",
    "調査期間：9999999999ヵ月間",
    "発現頻度0%の副作用を100%の確率で1例検出するために必要な例数は0例",
    "発現頻度1e-9%の副作用を99.9999999999%の確率で少なくとも1例検出できる例数は18446744073709551615例",
    "片側有意水準0%、検出力100%、閾値50%、期待値50%とすると0例",
    "\t\t\t\t",
    "<p>\t</p><br/><table><tr><td>",
    "\u{c}",
    "（以下、「」）",
    "以下、以下、以下、",
    "試験番号：",
];

/// A line, perhaps cut and joined with a part of another.
fn line() -> impl Strategy<Value = String> {
    let any = any::<prop::sample::Index>;
    prop_oneof![
        6 => any().prop_map(|at| at.get(&LINES).clone()),
        2 => (any(), any(), any(), any()).prop_map(|(one, other, cut, join)| {
            let (one, other) = (one.get(&LINES), other.get(&LINES));
            let take = |text: &str, at: prop::sample::Index| at.index(text.chars().count() + 1);
            one.chars().take(take(one, cut)).chain(other.chars().skip(take(other, join))).collect()
        }),
        1 => "[0-9０-９%％./／,，()（）例中のヵ月年日～\\-\t 　]{0,40}",
        1 => "\\PC{0,40}",
    ]
}

fn plan() -> impl Strategy<Value = String> {
    vec((line(), prop_oneof![8 => Just("\n"), 1 => Just("\r\n"), 1 => Just(""), 1 => Just("\t")]), 0..60)
        .prop_map(|lines| lines.into_iter().flat_map(|(line, end)| [line, end.to_owned()]).collect())
}

/// Runs of lines of a plan in another order: whole parts move, as a careless editor moves them.
fn shuffled() -> impl Strategy<Value = String> {
    let any = any::<prop::sample::Index>;
    vec((any(), 1..80_usize), 1..12).prop_map(|runs| {
        let all = &*LINES;
        let run = |(at, length): (prop::sample::Index, usize)| {
            all[at.index(all.len())..].iter().take(length).cloned().collect::<Vec<_>>().join("\n")
        };
        runs.into_iter().map(run).collect::<Vec<_>>().join("\n")
    })
}

/// What is imported from it has no mistake of syntax or shape but what it lacks.
fn import(published: &published::model::Published) {
    let files = published::import::plan(published).files;
    let folder: plan::Folder = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    let report = plan::check(&folder, Date::constant(2026, 4, 1)).report;
    for finding in report.findings.iter().filter(|f| f.code.starts_with("PLN1") && f.code != "PLN108") {
        let at = finding.spans.first().map_or(("", None), |span| (&span.file, span.line));
        let text = files.get(at.0).map_or("", String::as_str);
        assert_eq!(finding.code, "", "{} {at:?}\n{text}", finding.message.en);
    }
}

fn read_and_review(text: &str) {
    let plan = published::read::text("plan.txt", text);
    let _ = (published::outline::text(&plan), published::outline::json(&plan));
    import(&plan);
    let report = published::review::review(&plan, None, Date::constant(2026, 4, 1));
    for finding in &report.findings {
        for words in [&finding.message, &finding.hint, &finding.why, &finding.source] {
            assert!(!words.ja.is_empty() && !words.en.is_empty(), "{}: a message is empty", finding.code);
        }
        for span in &finding.spans {
            assert!(
                span.line.is_some_and(|line| line as usize <= text.split('\n').count()),
                "{}: a line that does not exist",
                finding.code
            );
            assert!(span.excerpt.get(span.mark.clone()).is_some(), "{}: a mark outside its excerpt", finding.code);
        }
    }
    for language in [Language::Japanese, Language::English] {
        let _ = (diagnostic::human(&report, language, true, 80), diagnostic::jsonl(&report, language));
        let _ = (diagnostic::sarif(&report, language), diagnostic::html(&report, language));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_reviewed(text in "(\\PC|[\n\t\u{c}\u{3000}]){0,400}") {
        read_and_review(&text);
    }

    #[test]
    fn lines_of_plans_in_any_order_are_reviewed(text in plan()) {
        read_and_review(&text);
    }

    #[test]
    fn parts_of_plans_in_any_order_are_reviewed(text in shuffled()) {
        read_and_review(&text);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..2000), head in prop::sample::select(vec![&b""[..], b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"])) {
        if let Err(unreadable) = published::read::document("file", &[head, bytes.as_slice()].concat()) {
            let (japanese, english) = unreadable.words();
            prop_assert!(!japanese.is_empty() && !english.is_empty());
        }
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(name in prop::sample::select(vec!["H.pdf", "H.docx"]), flips in vec((any::<prop::sample::Index>(), any::<u8>()), 1..20), end in any::<prop::sample::Index>(), cut in prop::bool::weighted(0.2)) {
        let mut bytes = std::fs::read(format!("{}/../../plans/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cut {
            bytes.truncate(end.index(bytes.len()));
        }
        let _ = published::read::document(name, &bytes);
    }
}
