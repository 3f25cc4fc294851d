//! The record of an organisation, from the outside: the life of a plan as a story, and what is refused; in a file and in PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use journal::{Chain, Draft, Moment, SignedHeads, Sqlite, Store, seal};
use operation::organisation::OrganisationOpened;
use operation::product::ObligationMet;
use rehearsal::{Cluster, Database};

use places::{NewPlace, Place};
use staff::{PASSWORD, code};

mod places;
mod staff;

in_both_stores!(
    the_life_of_a_plan_is_recorded_and_verified,
    who_may_not_is_refused_and_it_is_noted,
    a_wrong_password_signs_nothing_and_locks_in_the_end,
    a_backup_is_restored_and_an_export_verified_by_others,
    what_is_no_record_is_said_and_left_alone,
    a_signed_head_holds_the_record_to_everything_before_it,
    who_takes_a_value_out_is_named,
    what_was_issued_is_kept_signed_and_known_again,
    a_sheet_shows_who_signed_what_when_and_whether_it_holds,
    deadlines_follow_from_the_record,
    two_people_change_one_plan_and_see_both_versions,
    what_is_done_twice_is_recorded_once_and_who_has_not_seen_a_change_is_told,
    everybody_who_reads_at_once_is_noted,
);

/// A folder with a record and a copy of an example.
struct Office {
    root: PathBuf,
    place: Place,
}

impl Drop for Office {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

impl Office {
    /// An organisation with an administrator, an officer, a safety manager and a supervisor, each with a password.
    fn new(name: &str, place: Place) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("record-{name}"));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).unwrap();
        let office = Self { root, place };
        staff::begin(&office.root, &office.place.options());
        for (person, name, role) in [
            ("ito", "伊藤 次郎", "safety-officer"),
            ("sato", "佐藤 花子", "safety-manager"),
            ("mori", "森 三郎", "general-marketing-supervisor"),
        ] {
            let code = staff::employ(&office.root, person, name, role);
            staff::typed(&office.root, &format!("{code}\n{PASSWORD}\n{PASSWORD}\n"), &["password", "data", "--as", person]);
        }
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/minimal");
        copy(&example, &office.root.join("mihon"));
        office
    }

    fn typing(&self, typed: &str, arguments: &[&str]) -> Output {
        staff::typing(&self.root, typed, arguments)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.typing("", arguments)
    }

    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        said(&output)
    }

    fn refused(&self, arguments: &[&str], words: &str) {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
        assert!(said(&output).contains(words), "{arguments:?}: {}", said(&output));
    }

    fn sign(&self, person: &str, meaning: &str) -> Output {
        self.typing(&format!("{PASSWORD}\n"), &["record", "data", "mihon", "sign", "1", meaning, "--as", person])
    }

    fn edit(&self, from: &str, to: &str) {
        let path = self.root.join("mihon/plan.toml");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn today() -> String {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::get("Asia/Tokyo").unwrap()).date().to_string()
}

// shows items 1, 6, 7, 12, 13, 22, 32
fn the_life_of_a_plan_is_recorded_and_verified(store: &str, new_place: NewPlace) {
    let office = Office::new(&format!("life-{store}"), new_place());
    let submitted = office.run(&["submit", "data", "mihon", "--as", "ito"]);
    assert!(said(&submitted).contains("revision 1 of mihon is recorded"), "{}", said(&submitted));
    let errors = submitted.status.code() == Some(1);
    assert!(!errors, "the smallest example has no errors: {}", said(&submitted));
    office.refused(&["submit", "data", "mihon", "--as", "ito", "--reason", "again"], "nothing has changed");
    office.refused(&["record", "data", "mihon", "handed-in", "1", "--on", &today(), "--as", "sato"], "not signed as prepared");
    assert_eq!(office.sign("sato", "approved").status.code(), Some(2));
    assert!(office.sign("ito", "prepared").status.success());
    office.done(&["record", "data", "mihon", "review", "1", "returned", "--remarks", "why?", "--as", "mori"]);
    assert!(said(&office.sign("sato", "confirmed")).contains("was sent back by mori"));
    office.done(&["record", "data", "mihon", "review", "1", "accepted", "--as", "mori"]);
    assert!(office.sign("sato", "confirmed").status.success());
    assert!(office.sign("mori", "approved").status.success());
    office.refused(&["record", "data", "mihon", "handed-in", "1", "--on", "2999-01-01", "--as", "sato"], "has not come yet");
    office.done(&["record", "data", "mihon", "handed-in", "1", "--on", &today(), "--as", "sato"]);
    office.done(&["record", "data", "mihon", "asked", "Q1", "--submission", "1", "--on", &today(), "--text", "why?", "--as", "ito"]);
    assert!(office.done(&["status", "data", "mihon"]).contains("asked"));
    // what was received today had not been yesterday; what the organisation itself has is not received
    let received_by = |day: &str| office.done(&["status", "data", "mihon", "--received-by", day]);
    let yesterday = today().parse::<jiff::civil::Date>().unwrap().yesterday().unwrap().to_string();
    assert!(received_by(&today()).contains("Q1") && !received_by(&yesterday).contains("Q1"));
    assert!(received_by(&yesterday).contains("revision 1"), "{}", received_by(&yesterday));
    office.done(&["record", "data", "mihon", "answered", "Q1", "--on", &today(), "--text", "because", "--as", "sato"]);
    office.refused(&["record", "data", "mihon", "handed-in", "1", "--on", &today(), "--as", "sato"], "a reason is missing");
    office.refused(&["record", "data", "mihon", "confirmed", "1", "--on", "2020-01-01", "--as", "ito"], "is before the submission");
    office.done(&["record", "data", "mihon", "confirmed", "1", "--on", &today(), "--as", "ito"]);
    office.refused(&["record", "data", "mihon", "published", "1", "--on", "2020-01-01", "--as", "ito"], "is before the confirmation");
    office.done(&["record", "data", "mihon", "published", "1", "--on", &today(), "--as", "ito"]);
    let status = office.done(&["status", "data", "mihon"]);
    assert!(status.contains("published") && status.contains("prepared: 伊藤 次郎") && status.contains("valid"), "{status}");

    // a change voids what was signed, visibly, and shows its value with both sides
    office.edit("substance = \"", "substance = \"新");
    office.refused(&["submit", "data", "mihon", "--as", "ito"], "a reason is missing");
    let plan = fs::read(office.root.join("mihon/plan.toml")).unwrap();
    fs::write(office.root.join("mihon/plan.toml"), "broken [").unwrap();
    office.refused(&["submit", "data", "mihon", "--as", "ito", "--reason", "x"], "plan.toml cannot be read");
    fs::write(office.root.join("mihon/plan.toml"), plan).unwrap();
    office.done(&["submit", "data", "mihon", "--as", "ito", "--reason", "renamed"]);
    assert!(office.done(&["status", "data", "mihon"]).contains("does not cover revision 2"));
    let again = ["record", "data", "mihon", "handed-in", "1", "--on", &today(), "--as", "sato", "--reason", "again"];
    office.refused(&again, "voids its signatures");
    let history = office.done(&["log", "data", "--product", "mihon", "--value", "plan/product/substance"]);
    assert!(history.contains("(none) → \"") && history.contains("→ \"新") && history.contains("reason: renamed"), "{history}");

    let trail = office.done(&["log", "data", "--product", "mihon", "--by", "sato"]);
    assert!(trail.contains("handed in revision 1") && !trail.contains("recorded revision"), "{trail}");
    let lines = office.done(&["log", "data", "--product", "mihon", "--format", "jsonl"]);
    assert_eq!(lines.lines().count(), 12, "{lines}");
    let verified = office.done(&["verify", "data"]);
    assert!(verified.contains("the record is whole") && verified.contains("product/mihon: up to 12"), "{verified}");
}

// shows items 9, 10, 18
fn who_may_not_is_refused_and_it_is_noted(store: &str, new_place: NewPlace) {
    let office = Office::new(&format!("refused-{store}"), new_place());
    office.refused(&["submit", "data", "mihon", "--as", "admin"], "you may not record a revision");
    office.refused(&["submit", "data", "mihon", "--as", "nobody"], "there is no person “nobody”");
    office.refused(&["role", "data", "ito", "monitor", "--as", "sato"], "you may not grant a role");
    office.refused(&["role", "data", "ito", "chief", "--as", "admin"], "give one of");
    office.refused(&["backup", "data", "b.mimamori", "--as", "sato"], "you may not take a backup");
    assert!(!office.root.join("b.mimamori").exists());
    let reads = office.done(&["log", "data", "--reads"]);
    assert_eq!(reads.matches("refused: ").count(), 4, "{reads}");
    office.refused(&["log", "data", "--product", "mihon"], "there is no product");
    office.done(&["submit", "data", "mihon", "--as", "ito"]);
    // who says who they are is asked whether they may read, and it is noted
    office.refused(&["log", "data", "--product", "mihon", "--as", "admin"], "you may not read the audit trail");
    office.refused(&["status", "data", "--as", "nobody"], "there is no person “nobody”");
    office.done(&["log", "data", "--product", "mihon", "--as", "sato"]);
    office.done(&["status", "data", "--as", "sato"]);
    let reads = office.done(&["log", "data", "--reads", "--as", "admin"]);
    assert!(reads.contains("read: log mihon") && reads.contains("read: status") && reads.contains("read: log --reads"), "{reads}");
    let granted = office.done(&["log", "data", "--kind", "role-granted"]);
    assert!(granted.contains("admin (administrator)") && granted.contains("gave sato the role of safety manager"), "{granted}");
}

// shows items 14, 17
fn a_wrong_password_signs_nothing_and_locks_in_the_end(store: &str, new_place: NewPlace) {
    let office = Office::new(&format!("password-{store}"), new_place());
    office.done(&["submit", "data", "mihon", "--as", "ito"]);
    let wrong = || office.typing("wrong\n", &["record", "data", "mihon", "sign", "1", "prepared", "--as", "ito"]);
    for left in (1..5).rev() {
        let output = wrong();
        assert!(said(&output).contains(&format!("after {left} more it is locked")), "{}", said(&output));
    }
    assert!(said(&wrong()).contains("locked for 15 minutes"));
    let locked = office.sign("ito", "prepared");
    assert!(said(&locked).contains("locked for a while"), "the right one is not tried either: {}", said(&locked));
    assert!(!office.done(&["status", "data", "mihon"]).contains("signature"));
    assert_eq!(office.done(&["log", "data", "--reads"]).matches("wrong password").count(), 5);
    office.refused(&["password", "data", "--reset", "ito", "--as", "sato"], "you may not");
    // nobody takes it away by a name alone, and nobody else sets a new one
    let claimed = office.typing("wrong\n", &["password", "data", "--reset", "ito", "--as", "admin"]);
    assert!(!claimed.status.success() && said(&claimed).contains("the password or the number is wrong"), "{}", said(&claimed));
    let reset = said(&office.typing(&format!("{PASSWORD}\n"), &["password", "data", "--reset", "ito", "--as", "admin"]));
    let setting = |code: &str, new: &str| office.typing(&format!("{code}\n{new}\n{new}\n"), &["password", "data", "--as", "ito"]);
    assert!(said(&setting("abcdefghijkmnpqr", PASSWORD)).contains("the code is wrong"));
    assert!(said(&setting(code(&reset), "short")).contains("12 to 256"));
    assert!(setting(code(&reset), PASSWORD).status.success());
    assert!(!setting(code(&reset), PASSWORD).status.success(), "a code is used once");
    for (typed, words) in [("wrong\n", "the password or the number is wrong"), ("", "no password was given")] {
        let output = office.typing(typed, &["person", "data", "x", "--name", "X", "--as", "admin"]);
        assert!(said(&output).contains(words), "{}", said(&output));
    }
    assert!(office.sign("ito", "prepared").status.success());
    let kept: Vec<String> = fs::read_dir(office.root.join("data"))
        .unwrap()
        .map(|entry| String::from_utf8_lossy(&fs::read(entry.unwrap().path()).unwrap()).into_owned())
        .collect();
    assert!(kept.iter().all(|file| !file.contains(PASSWORD)), "a password stands nowhere");
    // beside a database the keep stands in the database
    assert!(store == "postgres" || kept.iter().any(|file| file.contains("$argon2id$")));
}

// shows items 8, 9, 21, 24
fn a_backup_is_restored_and_an_export_verified_by_others(store: &str, new_place: NewPlace) {
    let office = Office::new(&format!("backup-{store}"), new_place());
    office.done(&["submit", "data", "mihon", "--as", "ito"]);
    office.done(&["backup", "data", "b.mimamori", "--as", "admin"]);
    office.refused(&["backup", "data", "b.mimamori", "--as", "admin"], "is not overwritten");
    let elsewhere = new_place();
    let mut restore = vec!["restore", "b.mimamori", "data2", "--as", "admin"];
    restore.extend(elsewhere.options());
    office.refused(&["restore", "b.mimamori", "data2", "--as", "sato"], "you may not restore");
    // passwords are not in a backup: who restores it begins anew with a code
    let restored = office.done(&restore);
    let set = office.typing(&format!("{}\n{PASSWORD}\n{PASSWORD}\n", code(&restored)), &["password", "data2", "--as", "admin"]);
    assert!(set.status.success(), "{}", said(&set));
    office.refused(&["restore", "b.mimamori", "data2", "--as", "admin"], "is not empty");
    assert_eq!(office.done(&["log", "data2", "--product", "mihon"]), office.done(&["log", "data", "--product", "mihon"]));
    let head = office.done(&["log", "data", "--product", "mihon", "--format", "jsonl"]);
    let hash = head.split("\"hash\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(office.done(&["verify", "data2", "--head", &format!("product/mihon:1:{hash}")]).contains("1 held heads compared"));
    let zeros = "0".repeat(64);
    let other = office.run(&["verify", "data2", "--head", &format!("product/mihon:1:{zeros}")]);
    assert_eq!(other.status.code(), Some(1));
    assert!(said(&other).contains("a head held outside says otherwise"), "{}", said(&other));

    // a damaged backup is not restored
    let mut bytes = fs::read(office.root.join("b.mimamori")).unwrap();
    let at = bytes.windows(12).position(|window| window == b"safety-offic").unwrap();
    bytes[at] ^= 1;
    fs::write(office.root.join("damaged"), bytes).unwrap();
    let refused = office.run(&["restore", "damaged", "data3", "--as", "admin"]);
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(said(&refused).contains("the record is damaged") && !office.root.join("data3").exists(), "{}", said(&refused));

    office.refused(&["export", "data", "-o", "out", "--as", "ghost"], "there is no person");
    office.done(&["export", "data", "-o", "out", "--as", "sato"]);
    let reads = office.done(&["log", "data", "--reads"]);
    assert!(reads.contains("took a backup: b.mimamori") && reads.contains("exported to out"), "{reads}");
    assert!(office.done(&["verify", "out"]).contains("the record is whole"));
    assert!(office.root.join("out/state/mihon/revision-1/plan.toml").is_file());
    let plan = |folder: &str| fs::read(office.root.join(folder).join("plan.toml")).unwrap();
    assert_eq!(plan("out/state/mihon/revision-1"), plan("mihon"));
    let chain = office.root.join("out/chains/product.mihon.jsonl");
    let text = fs::read_to_string(&chain).unwrap();
    fs::write(&chain, text.replacen("\"actor\":\"ito\"", "\"actor\":\"eto\"", 1)).unwrap();
    let found = office.run(&["verify", "out"]);
    assert_eq!(found.status.code(), Some(1));
    assert!(said(&found).contains("product/mihon 1"), "{}", said(&found));
}

fn what_is_no_record_is_said_and_left_alone(store: &str, new_place: NewPlace) {
    let office = Office::new(&format!("bad-{store}"), new_place());
    fs::create_dir(office.root.join("empty")).unwrap();
    fs::write(office.root.join("text"), "not a record").unwrap();
    for place in ["empty", "missing", "text", "mihon"] {
        office.refused(&["log", place], "is no record of Mimamori");
        office.refused(&["verify", place], "is no record of Mimamori");
        office.refused(&["submit", place, "mihon", "--as", "ito"], "is no record of Mimamori");
    }
    assert!(!office.root.join("missing").exists() && fs::read_dir(office.root.join("empty")).unwrap().next().is_none());
    office.refused(&["init", "mihon", "--organisation", "X", "--name", "Y", "--as", "z"], "is not empty");
    office.refused(&["submit", "data", "text", "--as", "ito"], "is no folder");
    office.refused(&["submit", "data", "empty", "--as", "ito"], "");
    office.refused(&["status", "data", "ghost"], "there is no record of a product");
}

// shows items 11
fn a_signed_head_holds_the_record_to_everything_before_it(store: &str, new_place: NewPlace) {
    let office = Office::new(&format!("head-{store}"), new_place());
    office.done(&["submit", "data", "mihon", "--as", "ito"]);
    office.refused(&["head", "data", "--as", "ito"], "you may not");
    let paper = office.done(&["head", "data", "--as", "admin"]);
    let line = paper.lines().find(|line| line.starts_with("product/mihon:1:")).unwrap().to_owned();
    assert!(paper.contains("見本バイオ製薬") && paper.contains("(Ed25519)"), "{paper}");
    // with what is on the paper alone, anybody checks the signature
    let below = |head: &str| paper.lines().skip_while(|line| !line.starts_with(head)).nth(1).unwrap().to_owned();
    let (text, key, signature) = (below("what is signed"), below("public key"), below("signature"));
    let printed = SignedHeads { heads: serde_json::from_str(&text).unwrap(), key: key.clone(), signature };
    assert!(printed.holds() && printed.text() == text, "{paper}");
    assert!(office.done(&["verify", "data", "--key", &key]).contains(&format!("signed with the key {key}")));
    let other = office.run(&["verify", "data", "--key", &key.chars().rev().collect::<String>()]);
    assert!(other.status.code() == Some(1) && said(&other).contains("signed with another key"), "{}", said(&other));
    for inside in ["data/head.key", "data/keep.sqlite", "data/new"] {
        office.refused(&["log", "data", "-o", inside], "in the folder of the record");
    }
    // what was signed in one chain holds the others from then on
    assert!(office.done(&["verify", "data"]).contains("3 held heads compared"), "{}", office.done(&["verify", "data"]));
    assert!(office.done(&["verify", "data", "--head", &line]).contains("4 held heads compared"));
    assert!(
        office
            .done(&["record", "data", "mihon", "trail-reviewed", "1", "--remarks", "nothing unusual", "--as", "sato"])
            .contains("reviewed")
    );
    fs::write(office.root.join("data/head.key"), "short").unwrap();
    office.refused(&["head", "data", "--as", "admin"], "cannot be read as a key");
    assert_eq!(fs::read(office.root.join("data/head.key")).unwrap(), b"short", "and is left alone");
}

// shows items 32
fn two_people_change_one_plan_and_see_both_versions(store: &str, new_place: NewPlace) {
    let office = Office::new(&format!("conflict-{store}"), new_place());
    office.done(&["submit", "data", "mihon", "--as", "ito"]);
    copy(&office.root.join("mihon"), &office.root.join("copy"));
    let edit = |folder: &str, from: &str, to: &str| {
        let path = office.root.join(folder).join("plan.toml");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    };
    edit("mihon", "substance = \"", "substance = \"甲");
    office.done(&["submit", "data", "mihon", "--as", "ito", "--reason", "named anew"]);
    edit("copy", "substance = \"", "substance = \"乙");
    let mine = ["submit", "data", "copy", "--product", "mihon", "--as", "sato", "--reason", "mine"];
    let refused = office.run(&mine);
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    let told = said(&refused);
    let sides = ["revision 2 was recorded after revision 1", "by ito", "reason: named anew", "revision 2: \"甲", "yours: \"乙"];
    assert!(sides.iter().all(|side| told.contains(side)), "{told}");
    assert!(told.contains("nothing was recorded") && office.done(&["status", "data"]).contains("revision 2"), "{told}");
    assert!(fs::read_to_string(office.root.join("copy/plan.toml")).unwrap().contains("substance = \"乙"));
    // a copy of a folder is a plan of the same product, whatever it is called; the plan of another is not
    let copied = office.run(&["submit", "data", "copy", "--as", "sato", "--reason", "mine"]);
    assert!(said(&copied).contains("mihon has changed since"), "{}", said(&copied));
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/mihon"), &office.root.join("other"));
    let other = ["submit", "data", "other", "--product", "mihon", "--from", "2", "--as", "sato", "--reason", "x"];
    office.refused(&other, "is the plan of");
    // having seen both, somebody says so
    office.done(&[&mine[..], &["--from", "2"]].concat());
    // a folder that was never recorded does not pass for the newest
    fs::remove_file(office.root.join("mihon/.revision")).unwrap();
    office.refused(&["submit", "data", "mihon", "--as", "ito", "--reason", "old"], "does not say which revision it was made from");
    // what is taken out can be gone on from
    office.done(&["export", "data", "-o", "out", "--as", "sato"]);
    edit("out/state/mihon/revision-3", "substance = \"", "substance = \"丙");
    office.done(&["submit", "data", "out/state/mihon/revision-3", "--product", "mihon", "--as", "ito", "--reason", "from the export"]);
}

// shows items 12, 21, 22
fn what_was_issued_is_kept_signed_and_known_again(store: &str, new_place: NewPlace) {
    let office = Office::new(&format!("issued-{store}"), new_place());
    office.done(&["submit", "data", "mihon", "--as", "ito"]);
    assert!(office.sign("ito", "prepared").status.success());
    let text = ["--format", "text", "--as", "ito"];
    let issue = |folder: &str, more: &[&str]| office.done(&[&["issue", "data", "mihon", "-o", folder][..], more, &text].concat());
    let told = issue("first", &["--document", "j-rmp"]);
    assert!(told.contains("issue 1: first/m1-11-j-rmp.txt") && told.contains("issue 1: first/signatures.txt"), "{told}");
    let sheet = fs::read_to_string(office.root.join("first/signatures.txt")).unwrap();
    let signature = ["作成 / prepared", "伊藤 次郎（ito）", "安全管理実施責任者 / safety officer", "+09:00（Asia/Tokyo）", "有効 / valid"];
    assert!(signature.iter().all(|part| sheet.contains(part)), "{sheet}");
    // the paper names what was signed, the entry of the signature and the files that go out with it
    let lines = office.done(&["log", "data", "--product", "mihon", "--format", "jsonl"]);
    let entry = |number: usize| lines.lines().nth(number - 1).unwrap();
    let value = |line: &str, key: &str| line.split(&format!("\"{key}\":\"")).nth(1).unwrap()[..64].to_owned();
    let issued = entry(3);
    assert!(issued.contains("\"kind\":\"documents-issued\"") && issued.contains("\"language\":\"ja\""), "{issued}");
    for hash in [value(entry(1), "content"), value(entry(2), "hash"), value(issued, "sha256")] {
        assert!(sheet.contains(&hash), "{hash}: {sheet}");
    }
    assert_eq!(value(entry(1), "content"), value(issued, "content"));
    assert!(office.done(&["status", "data", "mihon"]).contains("issue 1: revision 1, j-rmp + signatures, ito, "));
    let origin = office.done(&["origin", "data", "first/m1-11-j-rmp.txt"]);
    assert!(
        origin.contains("issue 1 of mihon (j-rmp, m1-11-j-rmp.txt), revision 1, by ito, ") && origin.contains("the last revision"),
        "{origin}"
    );
    assert!(
        office.done(&["log", "data", "--product", "mihon"]).contains("issued j-rmp"),
        "{}",
        office.done(&["log", "data", "--product", "mihon"])
    );

    // of a file that was changed by hand, or of a plan revised since, that is said
    let file = office.root.join("first/m1-11-j-rmp.txt");
    let bytes = fs::read(&file).unwrap();
    fs::write(office.root.join("other.txt"), [&bytes[..bytes.len() - 1], b"x"].concat()).unwrap();
    let other = office.run(&["origin", "data", "other.txt"]);
    assert_eq!(other.status.code(), Some(1));
    assert!(said(&other).contains("nothing that was issued from this record"), "{}", said(&other));
    office.edit("substance = \"", "substance = \"新");
    office.done(&["submit", "data", "mihon", "--as", "ito", "--reason", "renamed"]);
    let old = office.run(&["origin", "data", "first/m1-11-j-rmp.txt"]);
    assert_eq!(old.status.code(), Some(1));
    assert!(said(&old).contains("revised since: revision 2"), "{}", said(&old));

    // an earlier revision is issued as it was, its signature shown as void
    issue("again", &["--document", "j-rmp", "--revision", "1"]);
    assert_eq!(fs::read(office.root.join("again/m1-11-j-rmp.txt")).unwrap(), bytes);
    let again = fs::read_to_string(office.root.join("again/signatures.txt")).unwrap();
    assert!(
        again.contains("改訂2には及ばない") && again.contains("does not cover revision 2") && again.contains("The plan has changed since"),
        "{again}"
    );
    assert!(!sheet.contains("The plan has changed since"), "{sheet}");
    // the difference to an earlier one needs no folder
    let against =
        office.run(&[&["issue", "data", "mihon", "-o", "against", "--document", "old-new", "--against", "1"][..], &text].concat());
    assert!(said(&against).contains("issue 3: against/m1-11-old-new.txt"), "{}", said(&against));
    assert!(fs::read_to_string(office.root.join("against/m1-11-old-new.txt")).is_ok_and(|text| text.contains('新')));
    office.refused(&["issue", "data", "mihon", "-o", "x", "--document", "public", "--as", "ito"], "is not recorded as published");
    office.refused(&["issue", "data", "mihon", "-o", "x", "--as", "admin"], "you may not issue a document");
    office.refused(&["issue", "data", "mihon", "-o", "x", "--revision", "9", "--as", "ito"], "there is no revision 9");
    office.refused(&["issue", "data", "ghost", "-o", "x", "--as", "ito"], "there is no record of a product");
    assert!(!office.root.join("x").exists());
    // what is not on record is not put into its place
    fs::create_dir(office.root.join("x")).unwrap();
    office.refused(&["issue", "data", "mihon", "-o", "x", "--document", "old-new", "--as", "ito"], "needs an earlier version");
    assert_eq!(fs::read_dir(office.root.join("x")).unwrap().count(), 0);
    assert!(office.done(&["verify", "data"]).contains("the record is whole"));
}

// shows items 12, 13, 16, 22
fn a_sheet_shows_who_signed_what_when_and_whether_it_holds(store: &str, new_place: NewPlace) {
    let office = Office::new(&format!("sheet-{store}"), new_place());
    office.done(&["submit", "data", "mihon", "--as", "ito"]);
    let sheet = |more: &[&str]| {
        office.done(&[&["sheet", "data", "mihon", "-o", "sheet.txt"][..], more].concat());
        fs::read_to_string(office.root.join("sheet.txt")).unwrap()
    };
    assert!(sheet(&[]).contains("This revision is not signed."));
    assert!(office.sign("ito", "prepared").status.success() && office.sign("sato", "confirmed").status.success());
    let withdrawn = ["record", "data", "mihon", "withdraw", "2", "--as", "sato", "--reason", "a figure is wrong"];
    assert!(office.typing(&format!("{PASSWORD}\n"), &withdrawn).status.success());
    let told = sheet(&["--as", "sato"]);
    assert!(told.contains("取下げ / withdrawn") && told.contains("理由 / reason: a figure is wrong"), "{told}");
    assert!(told.contains("作成 / prepared") && told.contains("有効 / valid"), "{told}");
    assert!(office.done(&["log", "data", "--reads"]).contains("read: sheet mihon"));
    // the head on the paper is one that the record can be held to
    let head = told.lines().find(|line| line.contains("Head of the record")).unwrap_or_else(|| panic!("{told}"));
    let after = &told[told.find(head).unwrap()..];
    let hash = after.split(|letter: char| !letter.is_ascii_hexdigit()).find(|word| word.len() == 64).unwrap();
    assert!(office.done(&["verify", "data", "--head", &format!("product/mihon:4:{hash}")]).contains("1 held heads compared"));

    office.edit("substance = \"", "substance = \"新");
    office.done(&["submit", "data", "mihon", "--as", "ito", "--reason", "renamed"]);
    let first = sheet(&["--revision", "1"]);
    assert!(
        first.contains("改訂2には及ばない") && first.contains("does not cover revision 2") && first.contains("取下げ / withdrawn"),
        "{first}"
    );
    assert!(sheet(&[]).contains("This revision is not signed."));
    for (format, start) in [("html", &b"<!DOCTYPE html>"[..]), ("docx", b"PK")] {
        office.done(&["sheet", "data", "mihon", "-o", &format!("sheet.{format}")]);
        assert!(fs::read(office.root.join(format!("sheet.{format}"))).unwrap().starts_with(start), "{format}");
    }
    office.refused(&["sheet", "data", "mihon", "-o", "sheet"], "tells no format");
    office.refused(&["sheet", "data", "mihon", "-o", "x.txt", "--revision", "9"], "there is no revision 9");
    office.refused(&["sheet", "data", "mihon", "-o", "x.txt", "--as", "nobody"], "there is no person “nobody”");
}

fn deadlines_follow_from_the_record(store: &str, new_place: NewPlace) {
    let office = Office::new(&format!("deadlines-{store}"), new_place());
    assert_eq!(office.done(&["deadlines", "data"]), "no plan has a record yet\n");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/mihon"), &office.root.join("mihonsa"));
    office.done(&["submit", "data", "mihonsa", "--as", "ito"]);
    let list = |arguments: &[&str]| said(&office.run(&[&["deadlines", "data"][..], arguments].concat()));
    let all = list(&["--all"]);
    assert!(all.contains("Without a record of a receipt") && all.contains("Computed from the plan of revision 1"), "{all}");
    // an answer and a receipt meet what they name; the receipt says who recorded it
    let met = ["record", "data", "mihonsa", "met", "eppv-report/eppv-ra", "--on", "2026-07-01", "--receipt", "R-7", "--as", "sato"];
    assert!(!office.done(&met).contains("note:"));
    let explained = list(&["--explain", "eppv-report/eppv-ra"]);
    assert!(explained.contains("done (2026-07-01") && explained.contains("receipt R-7"), "{explained}");
    assert!(explained.contains("recorded: entry 2, by sato") && explained.contains("Computation"), "{explained}");
    for (person, meaning) in [("ito", "prepared"), ("sato", "confirmed"), ("mori", "approved")] {
        let signed = office.typing(&format!("{PASSWORD}\n"), &["record", "data", "mihonsa", "sign", "1", meaning, "--as", person]);
        assert!(signed.status.success(), "{}", said(&signed));
    }
    office.done(&["record", "data", "mihonsa", "handed-in", "1", "--on", "2026-11-01", "--as", "sato"]);
    let asked = ["asked", "Q7", "--submission", "1", "--on", "2026-11-02", "--due", "2026-11-10", "--text", "why?", "--as", "ito"];
    office.done(&[&["record", "data", "mihonsa"][..], &asked].concat());
    let open = list(&[]);
    assert!(open.contains("Overdue (1)") && open.contains("question/Q7"), "{open}");
    office.done(&["record", "data", "mihonsa", "answered", "Q7", "--on", "2026-11-09", "--text", "so", "--as", "sato"]);
    assert!(list(&["--explain", "question/Q7"]).contains("done (2026-11-09, 1 day early"), "{}", list(&["--explain", "question/Q7"]));
    // a slip of the pen is kept, and told
    let slip = ["record", "data", "mihonsa", "met", "eppv-report/eppv-rs", "--on", "2026-07-01", "--as", "sato"];
    let told = office.done(&slip);
    assert!(told.contains("meets nothing that is due") && told.contains("did you mean “eppv-report/eppv-ra”?"), "{told}");
    assert!(list(&[]).contains("Receipts that meet nothing that is due (1)"), "{}", list(&[]));

    // the organisation's own days and rhythms
    let file = office.root.join("rhythms.toml");
    fs::write(&file, "format = 1\n[options]\nclosed_days = \"sometimes\"\n").unwrap();
    office.refused(&["rhythms", "data", "rhythms.toml", "--as", "sato"], "rhythms.toml:3");
    fs::write(&file, "format = 1\n[options]\nhorizon_years = 9\n").unwrap();
    office.refused(&["rhythms", "data", "rhythms.toml", "--as", "ito"], "you may not set holidays and rhythms");
    let before = list(&["--format", "json"]).matches("periodic").count();
    office.done(&["rhythms", "data", "rhythms.toml", "--as", "sato"]);
    assert!(list(&["--format", "json"]).matches("\"id\"").count() >= before);
    office.refused(&["rhythms", "data", "rhythms.toml", "--as", "sato", "--reason", "again"], "it stands like that already");
    assert!(office.done(&["log", "data"]).contains("stated rhythms and closed days (3 lines)"));

    // of several products one has to be named where the list is for programs
    office.done(&["submit", "data", "mihon", "--as", "ito"]);
    assert!(list(&[]).contains("revision 1") && list(&["--format", "ics"]).contains("name one with --product"));
    assert!(list(&["--format", "ics", "--product", "mihonsa"]).starts_with("BEGIN:VCALENDAR"));
    office.refused(&["deadlines", "data", "--product", "ghost"], "there is no record of a product");
}

// shows items 4
fn who_takes_a_value_out_is_named(store: &str, new_place: NewPlace) {
    let office = Office::new(&format!("taken-out-{store}"), new_place());
    office.done(&["submit", "data", "mihon", "--as", "ito"]);
    let path = office.root.join("mihon/plan.toml");
    let text = fs::read_to_string(&path).unwrap();
    let line = text.lines().find(|line| line.starts_with("name = ") || line.starts_with("holder = ")).unwrap().to_owned();
    fs::write(&path, text.replacen(&line, "", 1)).unwrap();
    let key = line.split(' ').next().unwrap();
    let output = office.run(&["submit", "data", "mihon", "--as", "sato", "--reason", "taken out"]);
    assert!(said(&output).contains("revision 2"), "{}", said(&output));
    let trail = office.done(&["log", "data", "--product", "mihon", "--by", "sato", "--value", "plan"]);
    assert!(trail.contains("→ (none)") && trail.contains(key) && trail.contains("sato (safety manager)"), "{trail}");
}

// shows items 20
#[test]
fn a_clock_set_back_is_said_and_reading_goes_on() {
    let office = Office::new("clock", Place::in_the_folder());
    office.done(&["submit", "data", "mihon", "--as", "ito"]);
    // somebody whose clock was an hour ahead has recorded something
    let mut store = Sqlite::open(&office.root.join("data/journal.sqlite")).unwrap();
    let head = store.heads().unwrap().into_iter().find(|head| head.chain == Chain::Product("mihon".into())).unwrap();
    let ahead = Moment::of(jiff::Timestamp::now() + jiff::SignedDuration::from_hours(1));
    let met = ObligationMet { obligation: "x".into(), day: "2026-01-01".parse().unwrap(), receipt: None };
    let draft = Draft::new(head.chain.clone(), ahead, "sato", "safety-manager", "obligation-met", 1, &met).unwrap();
    store.append(&[seal(draft, Some(&head)).unwrap()], &[]).unwrap();
    drop(store);
    office.refused(&["record", "data", "mihon", "review", "1", "accepted", "--as", "sato"], "the clock was set back");
    assert!(office.done(&["status", "data"]).contains("revision 1"));
    assert!(office.done(&["verify", "data"]).contains("the record is whole"));
}

fn what_is_done_twice_is_recorded_once_and_who_has_not_seen_a_change_is_told(store: &str, new_place: NewPlace) {
    let office = Office::new(&format!("key-{store}"), new_place());
    office.done(&["submit", "data", "mihon", "--as", "ito"]);
    let met = ["record", "data", "mihon", "met", "x", "--on", "2026-01-01", "--as", "sato", "--key", "k1"];
    let first = office.done(&met);
    assert_eq!(office.done(&met), first, "the same answer, and nothing more is recorded");
    assert_eq!(office.done(&["log", "data", "--product", "mihon", "--format", "jsonl"]).lines().count(), 2);
    let taken = ["record", "data", "mihon", "review", "1", "accepted", "--as", "ito", "--key", "k1"];
    office.refused(&taken, "a command with this key exists already");
    let review = |seen: &'static str| ["record", "data", "mihon", "review", "1", "accepted", "--as", "sato", "--seen", seen];
    office.done(&review("2"));
    office.refused(&review("2"), "has changed since you looked");
    office.done(&review("3"));
}

fn everybody_who_reads_at_once_is_noted(store: &str, new_place: NewPlace) {
    let office = Office::new(&format!("readers-{store}"), new_place());
    std::thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| office.done(&["status", "data", "--as", "sato"]));
        }
    });
    assert_eq!(office.done(&["log", "data", "--reads"]).matches("read: status").count(), 12);
}

#[test]
fn the_last_administrator_stays_and_a_wrong_guess_counts_however_many_guess_at_once() {
    let office = Office::new("administrator", Place::in_the_folder());
    let revoke = ["role", "data", "admin", "administrator", "--revoke", "--reason", "x", "--as", "admin"];
    let refused = office.typing(&format!("{PASSWORD}\n"), &revoke);
    assert!(said(&refused).contains("the last administrator"), "{}", said(&refused));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| office.typing("wrong\n", &["password", "data", "--reset", "ito", "--as", "admin"]));
        }
    });
    assert!(said(&office.typing(&format!("{PASSWORD}\n"), &revoke)).contains("locked for a while"));
}

#[test]
fn on_a_new_day_the_heads_are_signed_before_anything_is_recorded() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("data")).unwrap();
    let mut store = Sqlite::create(&root.path().join("data/journal.sqlite")).unwrap();
    let yesterday = Moment::of(jiff::Timestamp::now() - jiff::SignedDuration::from_hours(24));
    let opened = OrganisationOpened { id: "1".into(), name: "見本".into(), person: "admin".into(), person_name: "管理 太郎".into() };
    let draft = Draft::new(Chain::Organisation, yesterday, "admin", "administrator", "organisation-opened", 1, &opened).unwrap();
    store.append(&[seal(draft, None).unwrap()], &[]).unwrap();
    drop(store);
    let run = |arguments: &[&str]| said(&staff::typing(root.path(), &format!("{PASSWORD}\n{PASSWORD}\n"), arguments));
    assert!(run(&["password", "data", "--as", "admin"]).contains("the password is set"), "an administrator begins where nothing is kept");
    for person in ["sato", "ito"] {
        assert!(run(&["person", "data", person, "--name", "X", "--as", "admin"]).contains("is known"));
    }
    let log = run(&["log", "data"]);
    let places =
        ["admin (administrator)", "mimamori\n", "sato", "ito"].map(|word| log.find(word).unwrap_or_else(|| panic!("{word}: {log}")));
    assert!(places.is_sorted(), "{log}");
    assert_eq!(log.matches("mimamori\n").count(), 1, "{log}");
    assert!(run(&["verify", "data"]).contains("1 held heads compared"));
    assert!(run(&["person", "data", "mimamori", "--name", "X", "--as", "admin"]).contains("cannot be an identifier"));
}

#[test]
fn a_database_that_cannot_be_had_is_said_and_nothing_is_left_behind() {
    let root = tempfile::tempdir().unwrap();
    let init = |options: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_mimamori"))
            .args(["init", "data", "--organisation", "X", "--name", "Y", "--as", "z", "--lang", "en"])
            .args(options)
            .current_dir(root.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(!root.path().join("data").exists(), "{options:?}");
        said(&output)
    };
    assert!(init(&["--database", "postgres://a@localhost/x"]).contains("go together"));
    assert!(init(&["--database", "postgres://a@localhost/x", "--server", "postgres://localhost/x"]).contains("names no role"));
    let nobody = ["--database", "postgres://a@localhost:1/x", "--server", "postgres://b@localhost:1/x"];
    assert!(init(&nobody).contains("see that the database runs"));
}

#[test]
fn a_database_gone_is_said_and_recording_goes_on_once_it_is_back() {
    let cluster = Cluster::start("");
    let office = Office::new("gone", Place::in_database(Database::alone_in(&cluster)));
    office.done(&["submit", "data", "mihon", "--as", "ito"]);
    cluster.run(false);
    for arguments in [&["status", "data"][..], &["verify", "data"], &["record", "data", "mihon", "review", "1", "accepted", "--as", "sato"]]
    {
        office.refused(arguments, "see that the database runs");
    }
    cluster.run(true);
    assert!(office.done(&["status", "data"]).contains("mihon"));
    office.done(&["record", "data", "mihon", "review", "1", "accepted", "--as", "sato"]);
    assert!(office.done(&["verify", "data"]).contains("the record is whole"));
}
