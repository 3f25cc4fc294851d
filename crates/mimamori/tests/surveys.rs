//! A survey as it runs: sites, contracts, registration, forms, queries, signatures and serious events, each by whom it belongs to.

#![expect(clippy::unwrap_used, reason = "a test")]

mod house;

use std::path::Path;
use std::process::Command;

use house::{Answer, Client, House};

const SURVEY: &str = "/p/watched/surveys/survey-nmosd";
const BACKGROUND: &str = "/p/watched/surveys/survey-nmosd/patients/1/forms/background?visit=start&turn=1";
const EVENT: &str = "/p/watched/surveys/survey-nmosd/patients/1/forms/adverse-event?visit=&turn=1";

/// The invented world with one more product, whose survey registers for ever: the test holds on any day.
fn opened() -> House {
    House::open_after(|data| {
        let folder = tempfile::tempdir().unwrap();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/rituximab"), folder.path());
        let path = folder.path().join("activities/survey-nmosd.md");
        let text = std::fs::read_to_string(&path)
            .unwrap()
            .replace("end = 2031-06-30", "end = 2995-06-30")
            .replace("end = 2026-11-30", "end = 2990-11-30");
        std::fs::write(&path, text).unwrap();
        let arguments = ["submit", data.to_str().unwrap(), folder.path().to_str().unwrap(), "--product", "watched", "--as", "takahashi"];
        let done = Command::new(env!("CARGO_BIN_EXE_mimamori")).args(arguments).output().unwrap();
        assert!(done.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&done.stderr));
    })
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &target) } else { _ = std::fs::copy(entry.path(), target).unwrap() }
    }
}

fn join(client: &mut Client, institution: &str) -> Answer {
    client.send(&format!("{SURVEY}/sites"), &[("form", "join"), ("institution", institution), ("department", "神経内科")])
}

fn contract(client: &mut Client, site: &str, more: &[(&str, &str)]) -> Answer {
    let form = format!("contract-{site}");
    let fields = [("form", form.as_str()), ("site", site), ("from", "2026-01-01"), ("until", "2995-06-30"), ("patients", "2")];
    client.send(&format!("{SURVEY}/sites"), &[&fields[..], more].concat())
}

fn register(client: &mut Client, site: &str, first_dose: &str, more: &[(&str, &str)]) -> Answer {
    let fields = [
        ("form", "register"),
        ("site", site),
        ("first-dose", first_dose),
        ("birth-year", "1975"),
        ("sex", "female"),
        ("criterion:nmosd", "yes"),
        ("criterion:first", "yes"),
    ];
    let trial: &[(&str, &str)] = if more.iter().any(|(name, _)| *name == "criterion:trial") { &[] } else { &[("criterion:trial", "no")] };
    client.send(&format!("{SURVEY}/register"), &[&fields[..], trial, more].concat())
}

/// A first dose that is not late.
fn recent() -> String {
    jiff::Zoned::now().date().yesterday().unwrap().to_string()
}

const FILLED: &[(&str, &str)] = &[
    ("form", "send"),
    ("visit", "start"),
    ("turn", "1"),
    ("item:first_dose_given", "yes"),
    ("item:weight", "６０．５"),
    ("item:height", "165"),
    ("item:diagnosed", "2024年5月"),
    ("item:aqp4", "positive"),
    ("item:complications", "infection"),
    ("item:complications", "lung"),
    ("item:hbs_ag", "negative"),
    ("item:hbc_ab", "positive"),
    ("item:hbs_ab", "negative"),
    ("item:hbv_dna", "0"),
    ("item:steroid", "yes"),
];

fn event(command: &str, more: &[(&str, &str)]) -> Vec<(String, String)> {
    let fields = [("form", command), ("patient", "1"), ("visit", ""), ("turn", "1"), ("key-form", "adverse-event")];
    fields.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn act(client: &mut Client, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.send(&format!("{SURVEY}/queries"), &fields)
}

#[test]
fn a_survey_runs_from_contract_to_locked_form() {
    let house = opened();
    let (mut study, mut physician, mut manager) = (house.client("tanaka"), house.client("yamamoto"), house.client("suzuki"));
    // nobody of an institution sees a survey in which it takes no part
    assert_eq!(physician.get(SURVEY).status, 403);
    assert_eq!(join(&mut study, "mihon-univ").status, 303);
    assert_eq!(join(&mut study, "mihon-univ").status, 409, "a department takes part once");
    assert_eq!(join(&mut study, "nowhere").status, 404);
    let early = register(&mut physician, "1", &recent(), &[]);
    assert_eq!((early.status, early.body.contains("契約がありません")), (422, true), "{}", early.body);
    let needed = contract(&mut study, "1", &[("ethics-needed", "yes")]);
    assert_eq!(needed.status, 303, "{}", needed.body);
    assert!(register(&mut physician, "1", &recent(), &[]).body.contains("倫理審査の承認が記録されていません"));
    assert_eq!(contract(&mut study, "1", &[("ethics-needed", "yes"), ("ethics", "2026-01-05"), ("reason", "承認を得た")]).status, 303);

    // what the plan asks for decides who is registered
    for (first_dose, more, told) in [
        (recent(), &[("criterion:trial", "yes")][..], "登録の条件を満たしていません"),
        ("2990-01-01".to_owned(), &[], "未来です"),
        ("2025-12-31".to_owned(), &[], "契約より前"),
        (recent(), &[("birth-year", "75")], "合いません"),
        ("2026-02-30".to_owned(), &[], "日付を読めません"),
    ] {
        let more: Vec<_> = more.to_vec();
        // the field that is sent first counts
        let fields: Vec<_> = more.iter().filter(|(name, _)| *name == "birth-year").copied().collect();
        let answer = if fields.is_empty() {
            register(&mut physician, "1", &first_dose, &more)
        } else {
            let all = [("form", "register"), ("site", "1"), ("first-dose", first_dose.as_str()), ("birth-year", "75"), ("sex", "female")];
            physician.send(&format!("{SURVEY}/register"), &all)
        };
        assert!(answer.status == 422 && answer.body.contains(told), "{first_dose} {more:?}: {} {}", answer.status, answer.body);
    }
    let registered = register(&mut physician, "1", &recent(), &[("command", "0123456789abcdef0123456789abcdef")]);
    assert_eq!(registered.status, 303, "{}", registered.body);
    let again = register(&mut physician, "1", &recent(), &[("command", "0123456789abcdef0123456789abcdef")]);
    assert_eq!(again.header("location"), registered.header("location"), "sent twice, registered once");
    let late = register(&mut physician, "1", "2026-03-01", &[]);
    assert!(late.status == 422 && late.body.contains("理由"), "{}", late.body);
    assert_eq!(register(&mut physician, "1", "2026-03-01", &[("reason", "登録を失念した")]).status, 303);
    assert!(register(&mut physician, "1", &recent(), &[]).body.contains("上限"), "the contract is about two patients");
    let home = study.get(SURVEY).body;
    assert!(home.contains("200例中2例を登録") && home.contains("期限後の登録"), "{home}");

    // a form: what cannot be is refused with what was typed, what fails is asked, what is mended is asked no more
    let refused = physician
        .send(BACKGROUND, &[("form", "send"), ("visit", "start"), ("turn", "1"), ("item:weight", "60 kg"), ("item:hbs_ag", "maybe")]);
    assert!(refused.status == 422 && refused.body.contains("60 kg") && refused.body.contains("単位は kg"), "{}", refused.body);
    let sent = physician.send(BACKGROUND, FILLED);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let page = physician.get(BACKGROUND).body;
    assert!(page.contains(">22.2<") && page.contains("round(weight"), "the derived value with its rule: {page}");
    assert!(page.contains("NMO-B04 v1") && page.contains("1 日量をご記入ください"), "{page}");
    let mended = [FILLED, &[("item:steroid_dose", "20")]].concat();
    assert_eq!(physician.send(BACKGROUND, &mended).status, 422, "a change needs a reason");
    assert_eq!(physician.send(BACKGROUND, &[&mended[..], &[("reason", "追記")]].concat()).status, 303);
    let page = physician.get(BACKGROUND).body;
    assert!(page.contains("値の変更") && page.contains("基準を満たした"), "{page}");

    // a person asks, the institution answers
    let about = [
        ("form", "query"),
        ("patient", "1"),
        ("visit", "start"),
        ("turn", "1"),
        ("key-form", "background"),
        ("item", "igg"),
        ("text", "IgG は未測定ですか。"),
    ];
    assert_eq!(physician.send(&format!("{SURVEY}/queries"), &about).status, 403, "an institution does not ask itself");
    assert_eq!(study.send(&format!("{SURVEY}/queries"), &about).status, 303);
    let lock = [("form", "lock"), ("patient", "1"), ("visit", "start"), ("turn", "1"), ("key-form", "background")];
    let open = study.send(&format!("{SURVEY}/queries"), &lock);
    assert!(open.status == 422 && open.body.contains("再調査"), "nothing is locked while it is asked about: {}", open.body);
    assert!(physician.get("/").body.contains("回答を待つ再調査1件"), "it stands on the page of today");
    assert_eq!(
        physician.send(&format!("{SURVEY}/queries"), &[("form", "answer-2"), ("query", "2"), ("text", "測っていない。")]).status,
        303
    );
    assert_eq!(study.send(&format!("{SURVEY}/queries"), &[("form", "close-2"), ("query", "2"), ("text", "確認した")]).status, 303);

    // a serious event is with the company at once, and its judgement is the company's
    let told = [
        ("form", "send"),
        ("visit", ""),
        ("turn", "1"),
        ("item:term", "肺炎"),
        ("item:onset", "2026-11"),
        ("item:seriousness", "hospital"),
        ("item:causality", "unrelated"),
        ("item:outcome", "recovering"),
        ("item:narrative", "発熱し、入院した。"),
    ];
    let sent = physician.send(EVENT, &told);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let waits = "/p/watched/surveys/survey-nmosd/queries#triage";
    assert!(manager.get("/").body.contains(waits), "it stands on the page of today");
    let queries = manager.get(&format!("{SURVEY}/queries")).body;
    assert!(queries.contains("肺炎") && queries.contains("15日"), "{queries}");
    let judged = event("triage", &[("suspected", "yes"), ("remarks", "否定できない")]);
    assert_eq!(act(&mut physician, &judged).status, 403);
    assert_eq!(act(&mut manager, &judged).status, 303);
    assert!(!manager.get("/").body.contains(waits));

    // signed as it stands; changed, the signature no longer covers it; locked, nothing is changed
    let sign = event("sign", &[("password", "wrong password 12")]);
    assert_eq!(act(&mut physician, &sign).status, 422);
    assert_eq!(act(&mut physician, &event("sign", &[("password", house::PASSWORD)])).status, 303);
    assert!(physician.get(EVENT).body.contains("この内容に対して有効"));
    assert_eq!(physician.send(EVENT, &[&told[..], &[("item:grade", "3"), ("reason", "追記")]].concat()).status, 303);
    assert!(physician.get(EVENT).body.contains("署名の後に変更された"));
    assert_eq!(act(&mut study, &event("lock", &[])).status, 303);
    let locked = physician.send(EVENT, &[&told[..], &[("item:grade", "4"), ("reason", "x")]].concat());
    assert!(locked.status == 422 && locked.body.contains("固定されています"), "{}", locked.body);
    assert_eq!(act(&mut study, &event("unlock", &[])).status, 422, "a reason is needed");
    assert_eq!(act(&mut study, &event("unlock", &[("reason", "追加の情報")])).status, 303);

    // the data as tables: what was sent, with its words, and what stands in them
    let data = study.get(&format!("{SURVEY}/data/background.csv")).body;
    assert!(data.contains("22.2") && data.contains("\"positive\",\"陽性\"") && data.contains("infection lung"), "{data}");
    let codebook = study.get(&format!("{SURVEY}/data/codebook.csv")).body;
    assert!(codebook.contains("round(weight / power(height / 100, 2), 1)") && codebook.contains("log IU/mL"), "{codebook}");
    assert_eq!(study.get(&format!("{SURVEY}/data/nothing.csv")).status, 404);

    // every entry is in the trail, with words
    let trail = manager.get("/p/watched/trail").body;
    for words in ["症例1を登録した", "再調査2に回答した", "署名者: 山本 由紀", "固定を解除した", "重篤な事象を判断した"]
    {
        assert!(trail.contains(words), "{words}: {trail}");
    }
}

// shows items 18
#[test]
fn an_institution_sees_its_own_patients_and_no_others() {
    let house = opened();
    let (mut study, mut physician, mut representative) = (house.client("tanaka"), house.client("yamamoto"), house.client("watanabe"));
    for institution in ["mihon-univ", "kasetsu"] {
        assert_eq!(join(&mut study, institution).status, 303);
    }
    for site in ["1", "2"] {
        assert_eq!(contract(&mut study, site, &[]).status, 303);
    }
    assert_eq!(register(&mut physician, "1", &recent(), &[]).status, 303);
    // the other site is of an institution that is not the physician's
    let other = register(&mut physician, "2", &recent(), &[]);
    assert_eq!(other.status, 403, "{}", other.body);
    assert!(!physician.get(&format!("{SURVEY}/sites")).body.contains("仮設総合病院"));
    let contractor = house.client("nakamura").get(SURVEY).status;
    assert!([200, 403].contains(&contractor));
    for path in ["", "/sites", "/queries", "/register", "/patients/1", "/grid.csv"] {
        assert_eq!(representative.get(&format!("{SURVEY}{path}")).status, 403, "{path}");
    }
    assert_eq!(physician.get(&format!("{SURVEY}/patients/1")).status, 200);
    assert_eq!(physician.get(&format!("{SURVEY}/patients/99")).status, 404);
    // a physician reads nothing of the plan
    assert_eq!(physician.get("/p/miholitas").status, 403);
    let page = physician.get(SURVEY).body;
    assert!(!page.contains("確認待ち"), "how the plan stands is not told: {page}");
    // one of the holder enters nothing into a form of an institution
    let sent = study.send(BACKGROUND, FILLED);
    assert_eq!(sent.status, 403, "{}", sent.body);
}

#[test]
fn two_people_on_one_form_see_each_other() {
    let house = opened();
    let (mut study, mut one, mut other) = (house.client("tanaka"), house.client("yamamoto"), house.client("yamamoto"));
    assert_eq!(join(&mut study, "mihon-univ").status, 303);
    assert_eq!(contract(&mut study, "1", &[]).status, 303);
    assert_eq!(register(&mut one, "1", &recent(), &[]).status, 303);
    assert_eq!(one.send(BACKGROUND, FILLED).status, 303);
    let seen = other.get(BACKGROUND).body;
    let seen = seen.split("action=\"/p/watched/surveys/survey-nmosd/patients/1/forms/background").nth(1).unwrap();
    let seen = seen.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(one.send(BACKGROUND, &[FILLED, &[("item:igg", "900"), ("reason", "一人目")]].concat()).status, 303);
    let key = other.key.clone();
    let fields = [&[("key", key.as_str()), ("seen", seen.as_str())], FILLED, &[("item:igg", "800"), ("reason", "二人目")]].concat();
    let collided = other.post(BACKGROUND, &fields);
    assert_eq!(collided.status, 409, "{}", collided.body);
    assert!(collided.body.contains("value=\"800\""), "what was typed is kept: {}", collided.body);
}
