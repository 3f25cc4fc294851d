//! Which test shows which requirement of the trusted-records checklist: a table made from the tests themselves.
//!
//! A test that shows a requirement says so in the line above its `#[test]`: `// shows items 1, 13`. The page `docs/compliance.md` is
//! written by `MIMAMORI_WRITE=1 cargo test -p mimamori --test compliance`; it fails if it is no longer what the tests say, or if an item
//! has neither a test nor a reason why it has none.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// The number of a requirement, what it asks in Japanese and English, where it comes from, and what is not shown yet.
struct Item(u8, &'static str, &'static str, &'static str, &'static str);

/// In the words of this project; the sources say it in theirs.
const ITEMS: &[Item] = &[
    Item(
        1,
        "作成・変更・削除のすべてを、時刻、人、旧値、新値、理由とともに自動で記録する",
        "every creation, change and deletion is logged with time, person, old and new value and reason",
        "21 CFR 11.10(e); Annex 11 §9",
        "",
    ),
    Item(
        2,
        "前の値は消えず、だれにも記録を止められない",
        "earlier values stay, and nobody can switch the trail off",
        "21 CFR 11.10(e); EDC管理シート",
        "",
    ),
    Item(
        3,
        "値なしと空の値を区別し、最初の値から記録する",
        "no value and an empty value differ, and the first value is logged",
        "checklist",
        "",
    ),
    Item(4, "値を取り除いた人が分かる", "who took a value out is named", "checklist", ""),
    Item(
        5,
        "計算された値は、規則とともにそれと分かる",
        "a computed value is marked, with what it was computed from",
        "EDC管理シート",
        "the version of a rule beside each figure: with live figures of surveys",
    ),
    Item(
        6,
        "取り込んだ値は、出所、ハッシュ、取り込んだ人を伴う",
        "what is loaded carries its source, hash and who loaded it",
        "EDC管理シート",
        "data of surveys and cases: with their rooms",
    ),
    Item(
        7,
        "証跡を、値ごと、対象ごと、全体で、画面とファイルで見られる",
        "the trail can be seen by value and as a whole, on screen and as a file",
        "21 CFR 11.10(e); EDC管理シート",
        "the view of an institution: with surveys",
    ),
    Item(
        8,
        "証跡は記録と同じだけ保たれ、業務を止めずに書き出せる",
        "the trail lasts as long as the record, and is taken out without stopping anybody",
        "21 CFR 11.10(e)",
        "",
    ),
    Item(
        9,
        "書き出しと個人データの閲覧も記録する",
        "exports are logged, and so is reading personal data",
        "Annex 11 §12.4",
        "the command line believes the name after `--as`, and notes nothing where there is none; in the browser a session stands behind every name",
    ),
    Item(10, "権限の付与、変更、取消しを記録する", "granting, changing and revoking access is logged", "Annex 11 §12.3", ""),
    Item(11, "監査証跡の点検を記録する", "a review of the trail is itself recorded", "Annex 11 §9", ""),
    Item(12, "署名は、氏名、日時、意味を示す", "a signature shows name, time and meaning", "21 CFR 11.50; ERES指針 4", ""),
    Item(
        13,
        "署名は内容に結びつき、変更で無効と分かる",
        "a signature is bound to what was signed, and a change voids it visibly",
        "21 CFR 11.70; Annex 11 §14; ERES指針 4",
        "",
    ),
    Item(14, "署名のたびに本人を確かめる", "signing asks again who signs", "21 CFR 11.200(a)(1)", ""),
    Item(
        15,
        "署名は一人のもので、他人に割り当て直さない",
        "a signature belongs to one person, and an identifier is never given to another",
        "21 CFR 11.100(a); ERES指針 4",
        "",
    ),
    Item(
        16,
        "署名を取り下げられるのは署名した本人だけで、理由が要る",
        "only the signer withdraws a signature, with a reason",
        "checklist",
        "",
    ),
    Item(
        17,
        "個人のアカウントだけを使い、誤りが続けば止める",
        "accounts are personal, and wrong passwords lock",
        "21 CFR 11.300(a)–(e)",
        "a second factor is offered to everybody and forced on nobody",
    ),
    Item(
        18,
        "役割と施設で権限を分け、管理者はデータに触れない",
        "roles and institutions limit what one may do, and administrators have no part in the data",
        "21 CFR 11.10(d), (g)",
        "who has the folder is believed by the name after `--as`, except to sign and to let others in; institutions: with surveys",
    ),
    Item(19, "順序を確かめる", "what must come first is checked", "21 CFR 11.10(f)", ""),
    Item(
        20,
        "一つの時計、UTCでの保存、時計の変化の検出",
        "one clock, stored in UTC with the person's zone; a clock set back is noticed",
        "21 CFR 11.10(e)",
        "",
    ),
    Item(
        21,
        "人が読め、機械でも読める完全な写しを、証跡と署名とともに作れる",
        "complete copies for people and programs, with trail and signatures",
        "21 CFR 11.10(b); Annex 11 §8.1",
        "",
    ),
    Item(22, "印刷物から、後に変更されたかが分かる", "a print shows whether what it shows was changed", "Annex 11 §8.2", ""),
    Item(
        23,
        "保存期間の前に消す方法がない",
        "there is no way to purge before the time",
        "GPSP省令; GVP省令",
        "retention periods and holds",
    ),
    Item(24, "バックアップと復元は検証される", "a backup is verified, and so is its restore", "Annex 11 §7.2", ""),
    Item(25, "媒体や形式の移行は、値ごとに検証される", "a move to another medium is verified value by value", "Annex 11 §4.8", ""),
    Item(
        26,
        "紙で受けたものを後から記録でき、それと分かる",
        "what came on paper can be recorded later, and shows as such",
        "Annex 11 §16",
        "forms for fax: with surveys and cases",
    ),
    Item(27, "要求から試験までたどれる", "requirements can be traced to tests", "Annex 11 §4.4", ""),
    Item(28, "版ごとの証拠一式", "a pack of evidence for each release", "Annex 11 §4.2, §10", "with the first release"),
    Item(
        29,
        "設置時の確認と、導入先での試験",
        "qualification at the place of use",
        "Annex 11 §4",
        "the tests run anywhere by `./test`; a script for the installed program: with the first release",
    ),
    Item(
        30,
        "システムの説明とEDC管理シートの生成",
        "a description of the system and the sheet for EDC",
        "Annex 11 §4.3; EDC管理シート",
        "what the sheet asks of forms: with surveys",
    ),
    Item(31, "定期的な評価の報告", "a periodic evaluation", "Annex 11 §11, §13", "with the first release"),
    Item(
        32,
        "計画の変更は、版と発効日とともに管理される",
        "changes of the plan are controlled, with versions and dates",
        "checklist",
        "of forms: with surveys",
    ),
    Item(40, "年齢か生年だけを集める", "only age or year of birth is collected", "個人情報保護法", "with surveys"),
    Item(41, "対応表は施設が持つ", "the key to the patient stays at the institution", "個人情報保護法", "with surveys"),
    Item(
        42,
        "自由記載の個人情報を点検し、書き出しを選べる",
        "free text is checked for personal data",
        "個人情報保護法",
        "with surveys; the store can erase a blob by an entry that orders it",
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The tests that say they show an item: file and name, by item.
fn shown() -> BTreeMap<u8, Vec<(String, String)>> {
    let (mut files, mut shown) = (Vec::new(), BTreeMap::<u8, Vec<_>>::new());
    sources(&root().join("crates"), &mut files);
    for path in &files {
        let text = fs::read_to_string(path).unwrap();
        let file = path.strip_prefix(root()).unwrap().display().to_string();
        let mut items = Vec::new();
        for line in text.lines().map(str::trim) {
            if let Some(list) = line.strip_prefix("// shows items ") {
                items = list.split(", ").map(|item| item.parse::<u8>().unwrap_or_else(|_| panic!("{file}: {line}"))).collect();
            } else if let Some(name) = line.strip_prefix("fn ").filter(|_| !items.is_empty()) {
                let name = name.split('(').next().unwrap().to_owned();
                for item in items.drain(..) {
                    shown.entry(item).or_default().push((file.clone(), name.clone()));
                }
            }
        }
        assert!(items.is_empty(), "{file}: `shows items` stands above no test");
    }
    shown
}

// shows items 27
#[test]
fn every_requirement_has_a_test_or_a_reason_and_the_page_says_which() {
    let shown = shown();
    let known: Vec<_> = ITEMS.iter().map(|item| item.0).collect();
    assert!(shown.keys().all(|item| known.contains(item)), "a test shows an item that the table does not have");
    let mut page = String::from(
        "# 要求と試験の対応 / Which test shows which requirement\n\n\
         Made from the tests by `MIMAMORI_WRITE=1 cargo test -p mimamori --test compliance`; `./test` fails when it is out of date.\n\
         信頼される記録の要求と、それを示す試験の一覧です。試験から生成しています。\n\n\
         What is sourced from 21 CFR 11, PIC/S Annex 11, the ER/ES guideline and PMDA's EDC sheet is told in this project's own words; the\n\
         sources were not all read in the original. Numbers 33 to 39 and 43 to 46 belong to rooms that are not built yet.\n\n\
         | | 要求 / requirement | 出典 / source | 示す試験 / shown by | まだ示していないこと / not yet |\n|--:|---|---|---|---|\n",
    );
    for Item(number, ja, en, source, open) in ITEMS {
        let tests = shown.get(number).map(Vec::as_slice).unwrap_or_default();
        assert!(!tests.is_empty() || !open.is_empty(), "item {number} has neither a test nor a reason");
        let tests: Vec<_> = tests.iter().map(|(file, name)| format!("[`{name}`](../{file})")).collect();
        writeln!(page, "| {number} | {ja}<br>{en} | {source} | {} | {open} |", tests.join("<br>")).unwrap();
    }
    let with_tests = ITEMS.iter().filter(|item| shown.contains_key(&item.0)).count();
    let wholly = ITEMS.iter().filter(|item| shown.contains_key(&item.0) && item.4.is_empty()).count();
    writeln!(page, "\n{with_tests} of {} are shown by at least one test, {wholly} of them with nothing left open.", ITEMS.len()).unwrap();
    let path = root().join("docs/compliance.md");
    if std::env::var_os("MIMAMORI_WRITE").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), page, "docs/compliance.md is out of date: write it anew");
}
