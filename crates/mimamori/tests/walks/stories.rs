//! What people do, from end to end.

use std::process::{Command, Stdio};

use serde_json::json;

use crate::driver::Browser;
use crate::house::{House, PASSWORD};

fn mimamori(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mimamori"));
    command.args(arguments).args(["--lang", "en"]).env("TZ", "Asia/Tokyo").stdin(Stdio::null());
    command
}

/// The number of the revision that stands, as the page says.
fn revision(browser: &Browser) -> u32 {
    let path = browser.path();
    path.rsplit('/')
        .next()
        .unwrap()
        .split(['?', '#'])
        .next()
        .unwrap()
        .parse()
        .unwrap_or_else(|_| panic!("no revision: {path} {}", browser.text()))
}

#[test]
fn a_published_plan_is_imported_and_becomes_plan_documents_and_deadlines() {
    let house = House::open();
    let browser = Browser::open(&house);
    browser.sign_in("takahashi");
    browser.go("/import");
    let text = include_str!("../../../../examples/mihon-rmp.txt");
    // as a person drops a file into the field
    let drop = "const file = new File([arguments[0]], 'mihon-rmp.txt', { type: 'text/plain' }), all = new DataTransfer();\
                all.items.add(file); document.querySelector('#document').files = all.files";
    browser.script(drop, &[json!(text)]);
    browser.send("import", &[("product", "newcomer"), ("name", "新製品")]);
    assert!(browser.text().contains("改訂1として記録しました"), "{}", browser.text());
    for (page, words) in [("", "安全性検討事項"), ("/read", "安全性検討事項"), ("/documents", "新旧対照表"), ("/deadlines", "期限")]
    {
        browser.go(&format!("/p/newcomer{page}"));
        assert!(browser.text().contains(words), "{page}: {}", browser.text());
    }
    browser.go("/p/newcomer/documents/1/j-rmp.html");
    assert!(browser.script("return document.body.innerText.length", &[]).as_u64().unwrap() > 3000);
    // what cannot be read is said, and the rest of the form is kept
    browser.go("/import");
    browser.script(drop, &[json!("this is no plan")]);
    browser.send("import", &[("product", "another"), ("name", "別の製品")]);
    assert!(browser.text().contains("計画書"), "{}", browser.text());
    assert_eq!(browser.script("return document.querySelector('#import-product').value", &[]), json!("another"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn two_people_edit_by_field_and_in_the_source_and_nothing_is_lost() {
    let house = House::open();
    let (one, other) = (Browser::open(&house), Browser::open(&house));
    one.sign_in("takahashi");
    other.sign_in("suzuki");
    let page = "/p/miholitas/edit/concerns/pml.md";
    one.go(page);
    other.go(page);
    // by a field: the smallest change of the text
    one.send("fields", &[("key:short", "進行性PML"), ("reason", "略称を改める")]);
    assert_eq!(revision(&one), 4);
    one.go("/p/miholitas/difference?from=3&to=4");
    assert!(one.text().contains("進行性PML"), "{}", one.text());
    // meanwhile another place of the same file, in the source: both stand
    let source = other.script("return document.querySelector('#source-text').value", &[]).as_str().unwrap().to_owned();
    other.send(
        "source",
        &[("source", &source.replace("国内の自発報告を見直した。", "国内外の自発報告を見直した。")), ("reason", "外国の報告も見た")],
    );
    assert_eq!(revision(&other), 5);
    other.go(page);
    let merged = other.script("return document.querySelector('#source-text').value", &[]).as_str().unwrap().to_owned();
    assert!(merged.contains("short = \"進行性PML\"") && merged.contains("国内外の"), "{merged}");
    // the same line by both: each sees both, and what was typed is there
    one.go(page);
    other.go(page);
    one.send("fields", &[("key:short", "PML一"), ("reason", "一人目")]);
    other.send("fields", &[("key:short", "PML二"), ("reason", "二人目")]);
    let told = other.text();
    assert!(told.contains("記録された版") && told.contains("PML一") && told.contains("PML二"), "{told}");
    let typed = other.script("return document.querySelector('#source-text').value", &[]).as_str().unwrap().to_owned();
    assert!(typed.contains("PML二"), "what was typed stands in the source: {typed}");
    // sent as it is, with its marks, it is not recorded: nobody takes the other's words away by mistake
    other.send("source", &[("source", &typed), ("reason", "そのまま")]);
    assert!(other.text().contains("食い違いの印"), "{}", other.text());
    let gone = ["<<<<<<<", "|||||||", "=======", ">>>>>>>", "short = \"進行性PML\"", "short = \"PML一\""];
    let decided: Vec<&str> = typed.lines().filter(|line| !gone.iter().any(|start| line.starts_with(start))).collect();
    other.send("source", &[("source", &(decided.join("\n") + "\n").replace("PML二", "PML一・二")), ("reason", "二人で決めた")]);
    assert_eq!(revision(&other), 7, "{}", other.text());
    other.go("/p/miholitas/trail?value=concerns/pml/short");
    for words in ["PML一・二", "PML一", "進行性PML", "二人で決めた", "一人目"] {
        assert!(other.text().contains(words), "{words}: {}", other.text());
    }
    for browser in [&one, &other] {
        assert_eq!(browser.complaints(), Vec::<String>::new());
    }
}

#[test]
fn what_is_typed_is_checked_while_one_types_and_kept_until_it_is_recorded() {
    let house = House::open();
    let browser = Browser::open(&house);
    browser.sign_in("takahashi");
    let page = "/p/miholitas/edit/concerns/pml.md";
    browser.go(page);
    let source = browser.script("return document.querySelector('#source-text').value", &[]).as_str().unwrap().to_owned();
    browser.fill("#source-text", &source.replace("class = \"identified\"", "class = \"identfied\""));
    browser.until("a finding appears", "return document.querySelector('#findings').innerText.includes('identified')");
    browser.until("the draft is kept", "return [...document.querySelectorAll('.saved')].some(s => s.textContent.includes('下書き'))");
    // the page is left and come back to
    browser.go("/");
    browser.go(page);
    let kept = browser.script("return document.querySelector('#source-text').value", &[]).as_str().unwrap().to_owned();
    assert!(kept.contains("identfied"), "the draft is shown again");
    // signing out clears what the browser kept
    browser.click("form[data-sign-out] button");
    assert_eq!(browser.script("return localStorage.length", &[]), json!(0));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_parallel_draft_is_opened_edited_and_merged() {
    let house = House::open();
    let browser = Browser::open(&house);
    browser.sign_in("takahashi");
    browser.go("/p/miholitas/versions");
    browser.send("draft", &[("line", "paediatric"), ("title", "小児の申請")]);
    browser.go("/p/miholitas/edit/concerns/infection.md?line=paediatric");
    browser.send("fields", &[("key:short", "感染"), ("reason", "小児のため")]);
    assert_eq!(revision(&browser), 4);
    browser.go("/p/miholitas/edit/concerns/pml.md");
    browser.send("fields", &[("key:short", "PML（進行性）"), ("reason", "本体の改訂")]);
    assert_eq!(revision(&browser), 5);
    browser.go("/p/miholitas/merge?line=paediatric");
    assert!(browser.text().contains("食い違いなく取り込めます"), "{}", browser.text());
    browser.send("merge", &[]);
    assert_eq!(revision(&browser), 6);
    browser.go("/p/miholitas/edit/concerns/infection.md");
    assert_eq!(browser.script("return document.querySelector('[name=\"key:short\"]').value", &[]), json!("感染"));
    browser.go("/p/miholitas/edit/concerns/pml.md");
    assert_eq!(browser.script("return document.querySelector('[name=\"key:short\"]').value", &[]), json!("PML（進行性）"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

/// The story of the plan's own history: an indication is approved, what it touches is listed the same day, the guide is revised, the new
/// plan and its comparison are made, signed by three people, and handed in.
///
// shows items 14, 19
#[test]
fn the_approval_day_from_the_cause_to_the_submission() {
    let house = House::open();
    let browser = Browser::open(&house);
    browser.sign_in("suzuki");
    browser.go("/p/miholitas/impact?cause=approval:6");
    browser.send("open", &[("due", "2026-12-01")]);
    let list = browser.path();
    let items = browser.script("return document.querySelectorAll('tbody tr').length", &[]).as_u64().unwrap();
    assert!(items > 5, "{}", browser.text());
    // people and days
    browser.send("assign", &[("person", "takahashi"), ("due", "2026-11-30")]);
    assert!(browser.text().contains("高橋 直人"), "{}", browser.text());
    browser.change("takahashi");
    assert!(
        browser.text().contains("ネフローゼ") || browser.text().contains("効能又は効果"),
        "it waits for the person: {}",
        browser.text()
    );
    // the guide is revised, and the plan says so
    browser.go("/p/miholitas/edit/activities/guide-nephrotic.md");
    let objective = "承認された使い方を含めて安全性情報を届け、適正な使用を進める。";
    browser.send("fields", &[("key:version", "3.0"), ("section:目的", objective), ("reason", "承認を受けてガイドを改訂")]);
    let guide = revision(&browser);
    browser.go("/p/miholitas/edit/plan.toml");
    let source = browser.script("return document.querySelector('#source-text').value", &[]).as_str().unwrap().to_owned();
    let today = browser.script("return new Date(Date.now() + 9 * 3600e3).toISOString().slice(0, 10)", &[]).as_str().unwrap().to_owned();
    let submission = format!(
        "[[submission]]\ndate = {today}\nchanges = \"ネフローゼ症候群の適正使用ガイドを改めた。\"\nreason = \"承認を受けて、資材を改めたため。\"\n\n[routine]"
    );
    browser.send("source", &[("source", &source.replacen("[routine]", &submission, 1)), ("reason", "提出の記載")]);
    let number = revision(&browser);
    assert_eq!(number, guide + 1);
    for n in 0..items {
        browser.go(&list);
        assert!(browser.text().contains(&format!("あと{}件", items - n)), "{}", browser.text());
        browser.send_where("settle", "[name=done][value=yes]", &[("remarks", "承認の内容に照らして確かめた")]);
    }
    browser.go(&list);
    assert!(browser.text().contains("すべて済みました"), "{}", browser.text());
    // documents: the plan with its summary, and the comparison with what was handed in last
    browser.go(&format!("/p/miholitas/documents/{number}/old-new.html"));
    let compared = browser.script("return document.body.innerText", &[]).as_str().unwrap().to_owned();
    assert!(compared.contains("新旧対照表") && compared.contains("承認された使い方を含めて"), "{compared}");
    browser.go(&format!("/p/miholitas/documents?revision={number}"));
    browser.send("issue", &[]);
    assert!(browser.text().contains("SHA-256"), "{}", browser.text());
    // three signatures by three people, in order, each with the password
    for (person, words) in [("takahashi", "作成"), ("suzuki", "確認"), ("sato", "承認")] {
        browser.change(person);
        browser.go(&format!("/p/miholitas/versions/{number}"));
        assert!(browser.text().contains(words));
        browser.send("sign", &[("password", "wrong wrong wrong")]);
        assert!(browser.text().contains("パスワードか番号が違います"), "{}", browser.text());
        browser.send("sign", &[("password", PASSWORD)]);
        let signed = browser.script("return document.querySelectorAll('.state-met').length", &[]).as_u64().unwrap();
        assert!(signed >= 1, "{person}: {}", browser.text());
    }
    // handed in, and the list ends with it
    browser.send("submit", &[("day", &today), ("receipt", "模擬-1124")]);
    assert!(browser.text().contains("提出 3") || browser.text().contains("提出3"), "{}", browser.text());
    browser.change("suzuki");
    browser.go(&list);
    browser.send("close", &[("submission", "3")]);
    assert!(browser.text().contains("この作業は終わりました"), "{}", browser.text());
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn the_past_is_shown_as_it_stood_on_both_axes() {
    let house = House::open();
    let browser = Browser::open(&house);
    browser.sign_in("kato");
    browser.go("/p/miholitas/versions?recorded=2025-04-01");
    let text = browser.text();
    assert!(text.contains("改訂1") && !text.contains("改訂2"), "{text}");
    // links keep the point of time
    browser.click("tbody tr a");
    assert!(browser.path().contains("recorded=2025-04-01"), "{}", browser.path());
    browser.go("/p/miholitas/versions?received=2025-05-01");
    let text = browser.text();
    assert!(text.contains("照会1") && !text.contains("確認済: 2025-05-08"), "received later: {text}");
    browser.go("/p/miholitas/versions?received=2025-05-10");
    assert!(browser.text().contains("確認済: 2025-05-08"), "{}", browser.text());
    browser.go("/?recorded=2025-03-05");
    assert!(!browser.text().contains("ミホリタス"), "{}", browser.text());
    browser.click(".past a");
    assert!(browser.text().contains("ミホリタス"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

// shows items 24
#[test]
fn a_backup_that_is_restored_is_the_same_house() {
    let house = House::open();
    let folder = tempfile::tempdir().unwrap();
    let (backup, restored) = (folder.path().join("backup.sqlite"), folder.path().join("restored"));
    let done = mimamori(&["backup", house.data.to_str().unwrap(), backup.to_str().unwrap(), "--as", "kanri"]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let done = mimamori(&["restore", backup.to_str().unwrap(), restored.to_str().unwrap(), "--as", "kanri"]).output().unwrap();
    let told = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{told} {}", String::from_utf8_lossy(&done.stderr));
    let code = told.lines().find(|line| line.len() == 16 && line.bytes().all(|byte| byte.is_ascii_alphanumeric())).unwrap().to_owned();
    let again = House::on(folder, restored);
    let browser = Browser::open(&again);
    // passwords are no part of a backup: the administrator sets one with the code, and invites the others
    browser.go("/invitation");
    for (field, value) in [("person", "kanri"), ("code", &code), ("password", PASSWORD), ("again", PASSWORD)] {
        browser.fill(&format!("#{field}"), value);
    }
    browser.click("main form button");
    browser.go("/administration/people");
    browser.click("tbody tr:nth-child(7) a");
    browser.send("reset", &[("password", PASSWORD)]);
    let invited = browser.script("return document.querySelector('dl.facts dd').innerText", &[]).as_str().unwrap().to_owned();
    let code = browser.script("return document.querySelector('#code').innerText", &[]).as_str().unwrap().to_owned();
    browser.click("form[data-sign-out] button");
    browser.go("/invitation");
    for (field, value) in [("person", invited.as_str()), ("code", &code), ("password", PASSWORD), ("again", PASSWORD)] {
        browser.fill(&format!("#{field}"), value);
    }
    browser.click("main form button");
    assert_eq!(browser.path(), "/account");
    browser.go("/");
    let restored = browser.text();
    let first = Browser::open(&house);
    first.sign_in(&invited);
    let before = first.text();
    let products = |text: &str| text.split("製品").last().unwrap_or_default().to_owned();
    assert_eq!(products(&restored), products(&before), "the same products in the same state");
}

// shows items 30
#[test]
fn the_system_describes_itself_from_its_configuration_and_its_tests() {
    let house = House::open();
    let browser = Browser::open(&house);
    browser.sign_in("kato");
    browser.go("/system");
    let text = browser.text();
    for words in ["EDC管理シート", "Argon2id", "SQLite", "21 CFR 11.300", "wrong_passwords_lock", "無操作 30 分"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
