//! What was written is read for ever: an export made by the program when a kind or version of entry was new is kept, and every later
//! program verifies it, folds it, and finds the state it held. `journal/VERSIONS.md` is the table of kinds.
//!
//! A new kind or version is added to the story below and kept by `MIMAMORI_WRITE=1 cargo test -p operation --test it versions`, which
//! writes a *new* folder: those that are there are never changed.

use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use diagnostic::Words;
use journal::{Exported, SignedHeads, Source, verify};
use operation::Snapshot;
use operation::organisation::{self, DictionarySet, InstitutionRegistered, RoleGranted, RoleRevoked};
use operation::product::{
    self, Command, Confirmed, DocumentSent, FileSent, InquiryAnswered, InquiryRecorded, ItemAssigned, ItemListed, ItemSettled, LineOpened,
    Meaning, ObligationMet, Published, ReviewRecorded, TrailReviewed, Verdict, WorklistClosed, WorklistOpened,
};
use survey::{ContractRecorded, Design, FormDesign, FormKey, ItemDesign};

use crate::world::{World, granted};

/// The story whose export is kept: every kind of entry in it.
fn story(world: &World) {
    let day = |text: &str| text.parse().unwrap();
    let done = |actor: &str, command: Command| world.product(actor, command).unwrap();
    world.revise("officer", None, "一").unwrap();
    done("manager", Command::Review(ReviewRecorded { revision: 1, verdict: Verdict::Accepted, remarks: "よい".into() }));
    world.sign("officer", 1, Meaning::Prepared).unwrap();
    world.sign("manager", 1, Meaning::Confirmed).unwrap();
    world.sign("supervisor", 1, Meaning::Approved).unwrap();
    done("manager", Command::Submit { revision: 1, day: day("2027-01-10"), receipt: Some("受付1".into()) });
    let asked = InquiryRecorded {
        inquiry: "照会1".into(),
        submission: 1,
        text: "根拠".into(),
        asked: day("2027-01-15"),
        due: Some(day("2027-01-29")),
    };
    done("officer", Command::Ask(asked));
    done("manager", Command::Answer(InquiryAnswered { inquiry: "照会1".into(), text: "回答".into(), day: day("2027-01-20") }));
    done("officer", Command::Confirm(Confirmed { submission: 1, day: day("2027-01-25") }));
    done("officer", Command::Publish(Published { submission: 1, day: day("2027-02-01"), address: None }));
    done("officer", Command::OpenLine(LineOpened { line: "追加効能".into(), title: "申請中".into(), base: 1 }));
    let file = FileSent { path: "j-rmp.pdf".into(), bytes: b"a document".to_vec() };
    let issue = Command::Issue {
        revision: 1,
        against: None,
        as_of: day("2027-02-01"),
        program: "mimamori 0.1.0".into(),
        files: vec![DocumentSent { document: "j-rmp".into(), language: "ja".into(), file }],
    };
    done("manager", issue);
    done("manager", Command::Withdraw { signature: 2 });
    done("manager", Command::Meet(ObligationMet { obligation: "報告/2027".into(), day: day("2027-02-02"), receipt: None }));
    done("study", Command::ReviewTrail(TrailReviewed { up_to: 10, remarks: "異状なし".into() }));
    let item = ItemListed { item: "concern/infection".into(), name: "感染症".into(), why: "効能の追加".into(), due: None };
    let opened = WorklistOpened {
        worklist: 0,
        cause: "approval:2".into(),
        title: "効能の承認".into(),
        day: day("2027-02-03"),
        revision: 1,
        items: vec![item],
    };
    done("manager", Command::OpenWorklist(opened));
    let assigned =
        ItemAssigned { worklist: 1, item: "concern/infection".into(), person: Some("officer".into()), due: Some(day("2027-02-05")) };
    done("manager", Command::Assign(assigned));
    let settled =
        ItemSettled { worklist: 1, item: "concern/infection".into(), done: true, remarks: "確かめた".into(), revision: Some(1) };
    done("officer", Command::Settle(settled));
    done("manager", Command::CloseWorklist(WorklistClosed { worklist: 1, submission: Some(1) }));
    let institution =
        InstitutionRegistered { institution: "mihon".into(), name: "見本病院".into(), address: "見本県見本市".into() };
    world.organisation("officer", organisation::Command::RegisterInstitution(institution)).unwrap();
    survey_story(world);
    let dictionary = DictionarySet {
        dictionary: "meddra-j".into(),
        version: "27.1".into(),
        folder: "dictionaries".into(),
        files: 3,
        content: journal::Hash::of(&[b"three files"]),
    };
    world.organisation("manager", organisation::Command::SetDictionary(dictionary)).unwrap();
    let revoked = RoleRevoked { person: "sales".into(), role: access::Role::MedicalRepresentative, product: None };
    world.organisation("admin", organisation::Command::RevokeRole(revoked)).unwrap();
    let heads = (world.open)().heads().unwrap();
    world.organisation("admin", organisation::Command::SignHeads(SignedHeads::sign(&heads, &[3; 32]))).unwrap();
    let rhythms = organisation::RhythmsSet { text: "format = 1\n[options]\nclosed_days = \"next-open-day\"\n".into() };
    world.organisation("manager", organisation::Command::SetRhythms(rhythms)).unwrap();
    // a refusal, for the chain of reads
    world.revise("sales", Some(1), "二").unwrap_err();
    world.revise("officer", Some(1), "二").unwrap();
}

/// A survey with one of everything that is recorded of it.
fn survey_story(world: &World) {
    let physician = || RoleGranted { institutions: ["mihon".to_owned()].into(), ..granted("physician", access::Role::SurveyPhysician) };
    let person = organisation::Command::RegisterPerson { person: "physician".into(), name: "調査 担当".into() };
    world.organisation("admin", person).unwrap();
    world.organisation("admin", organisation::Command::GrantRole(physician())).unwrap();
    let form: FormDesign = FormDesign {
        id: "adverse-event".into(),
        version: "1".into(),
        repeats: true,
        items: vec![
            ItemDesign { id: "term".into(), required: true, ..ItemDesign::default() },
            ItemDesign { id: "outcome".into(), required: true, ..ItemDesign::default() },
        ],
        event: Some(survey::EventDesign { term: "term".into(), ..survey::EventDesign::default() }),
        ..FormDesign::default()
    };
    let design = Arc::new(Design {
        activity: "survey-mihon".into(),
        populations: vec![("safety".into(), Words::same("安全性解析対象"), None)],
        forms: vec![form],
        ..Design::default()
    });
    let done = |actor: &str, command: survey::Command| {
        let command = Command::Survey { design: Arc::clone(&design), revision: 1, command };
        world.product(actor, command).unwrap()
    };
    let day = |text: &str| text.parse().unwrap();
    done("study", survey::Command::Join { institution: "mihon".into(), department: "神経内科".into(), in_charge: Some("sales".into()) });
    let contract = ContractRecorded {
        survey: String::new(),
        site: 1,
        from: day("2027-01-01"),
        until: day("2030-12-31"),
        patients: 3,
        fee: Some(30_000),
        ethics: Some(day("2027-01-05")),
        ethics_needed: true,
    };
    done("study", survey::Command::Contract(contract));
    let register = survey::Command::Register {
        site: 1,
        first_dose: day("2027-02-01"),
        birth_year: 1970,
        sex: survey::Sex::Female,
        criteria: vec![("first".into(), true)],
        paper: false,
    };
    done("physician", register);
    let key = FormKey { visit: String::new(), turn: 1, form: "adverse-event".into() };
    let send = |typed: &[(&str, &str)]| survey::Command::Send {
        patient: 1,
        key: key.clone(),
        typed: typed.iter().map(|(item, value)| ((*item).to_owned(), (*value).to_owned())).collect(),
        paper: false,
    };
    // the outcome that is missing is asked for, and the question goes once it is there
    done("physician", send(&[("term", "肺炎")]));
    done("physician", send(&[("term", "肺炎"), ("outcome", "回復")]));
    done("study", survey::Command::Query { about: vec![(1, key.clone(), Some("term".into()))], text: "診断の根拠は。".into() });
    done("physician", survey::Command::Answer { query: 2, text: "胸部X線による。".into() });
    done("study", survey::Command::Close { queries: vec![2], text: "確認した".into() });
    done("physician", survey::Command::Sign { patient: 1, key: key.clone(), name: String::new() });
    done("study", survey::Command::Lock(vec![(1, key.clone())]));
    done("study", survey::Command::Unlock(vec![(1, key.clone())]));
    done("study", survey::Command::Exclude { patient: 1, population: "safety".into(), out: true });
    let triage =
        survey::Command::Triage { patient: 1, key: key.clone(), suspected: true, unexpected: false, remarks: "否定できない".into() };
    done("officer", triage);
    let code = survey::Code {
        verbatim: "肺炎".into(),
        code: "90000001".into(),
        lowest: "肺炎".into(),
        preferred: "肺炎".into(),
        class: "呼吸器".into(),
    };
    done("study", survey::Command::Code { dictionary: "見本辞書 1".into(), codes: vec![(1, key.clone(), code)] });
    done("study", survey::Command::Lock(vec![(1, key.clone())]));
    done("study", survey::Command::Pay { forms: vec![(1, key)], day: day("2027-02-05") });
    done("study", survey::Command::Cut { name: "第1回".into() });
    done("study", survey::Command::Stop(true));
    done("study", survey::Command::Stop(false));
}

fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kept")
}

fn kinds() -> BTreeSet<(String, u32)> {
    let all = [organisation::Event::KINDS, product::Event::KINDS].concat();
    all.into_iter().map(|(kind, version)| (kind.to_owned(), version)).collect()
}

/// What a program of any time must see in a state: said here in words of its own, so that what a later program adds changes nothing.
fn told(state: &Snapshot) -> String {
    let mut lines = vec![format!("organisation {} {}", state.organisation.sequence, state.organisation.name)];
    for (id, person) in &state.organisation.people {
        let roles: Vec<_> = person.holdings.iter().map(|holding| holding.role.name()).collect();
        lines.push(format!("person {id} {} {roles:?}", person.name));
    }
    for (id, product) in &state.products {
        lines.push(format!("product {id} {}", product.sequence));
        lines.extend(product.lines.iter().map(|(name, line)| format!("line {name} {} {}", line.head, line.title)));
        for (number, revision) in &product.revisions {
            let reviews: Vec<_> = revision.reviews.iter().map(|review| (&review.reviewer, review.verdict)).collect();
            let files: Vec<_> = revision.files.iter().map(|file| (&file.path, file.address)).collect();
            lines.push(format!("revision {number} {} {:?} {} {files:?} {reviews:?}", revision.line, revision.parent, revision.content));
        }
        for (number, signature) in &product.signatures {
            let (of, signer, status) = (signature.revision, &signature.signer, product.status(signature));
            lines.push(format!("signature {number} of {of} {:?} {signer} {status:?}", signature.meaning));
        }
        for (number, submission) in &product.submissions {
            lines.push(format!(
                "submission {number} of {} {} {:?}",
                submission.revision,
                submission.day,
                product.stage(*number, submission)
            ));
        }
        for (name, inquiry) in &product.inquiries {
            lines.push(format!("inquiry {name} {} {} {:?} {:?}", inquiry.text, inquiry.asked, inquiry.due, inquiry.answered));
        }
        for (number, issue) in &product.issues {
            let documents: BTreeSet<_> = issue.files.iter().map(|file| file.document.as_str()).collect();
            lines.push(format!("issue {number} {} of {}", Vec::from_iter(documents).join(" "), issue.revision));
        }
        for (name, survey) in &product.surveys {
            lines.extend(
                survey.sites.iter().map(|(number, site)| format!("survey {name} site {number} {} {:?}", site.institution, site.contract)),
            );
            for (number, patient) in &survey.patients {
                lines.push(format!(
                    "survey {name} patient {number} of {} {} {:?}",
                    patient.site,
                    patient.first_dose,
                    patient.excluded.keys().collect::<Vec<_>>()
                ));
                lines.extend(patient.forms.iter().map(|(key, form)| {
                    format!(
                        "form {key:?} {:?} {} {} {} {:?}",
                        form.values,
                        form.changes.len(),
                        form.is_signed(),
                        form.locked.is_some(),
                        form.triage.as_ref().map(|triage| triage.suspected)
                    )
                }));
                let later = patient.forms.values().filter(|form| form.coded.is_some() || form.paid.is_some());
                lines.extend(later.map(|form| {
                    let code = form.coded.as_ref().map(|(code, dictionary)| format!("{} by {dictionary}", code.code));
                    format!("coded {code:?} paid {:?}", form.paid)
                }));
            }
            lines.extend(
                survey
                    .queries
                    .iter()
                    .map(|(number, query)| format!("query {number} {} {:?} {}", query.text, query.check, query.closed.is_some())),
            );
            lines.extend(survey.cuts.iter().map(|(number, cut)| format!("cut {number} {} {}", cut.name, cut.sequence)));
        }
        lines.extend(product.receipts.iter().map(|(name, receipt)| format!("met {name} {}", receipt.day)));
        lines.push(format!("trail reviewed {:?}", product.trail_reviewed.map(|(up_to, _)| up_to)));
    }
    lines.join("\n") + "\n"
}

/// The kinds in an export, and the state it holds.
fn read(folder: &Path) -> (BTreeSet<(String, u32)>, Snapshot) {
    let mut exported = Exported::open(folder).unwrap();
    let (mut kinds, mut state) = (BTreeSet::new(), Snapshot::default());
    exported
        .scan(&mut |entry| {
            let entry = entry.unwrap();
            state.apply(&entry).unwrap();
            kinds.insert((entry.draft.kind, entry.draft.version));
            ControlFlow::Continue(())
        })
        .unwrap();
    (kinds, state)
}

// shows items 8
#[test]
fn everything_ever_written_is_read() {
    if std::env::var_os("MIMAMORI_WRITE").is_some() {
        let world = World::in_sqlite();
        story(&world);
        let snapshot = world.desk.snapshot();
        let number = 1 + fs::read_dir(kept()).map_or(0, Iterator::count);
        let folder = kept().join(format!("{number:03}"));
        let mut store = (world.open)();
        journal::export(&mut *store, &folder, &mut |_| ControlFlow::Continue(())).unwrap();
        fs::write(folder.join("state.txt"), told(&snapshot)).unwrap();
    }
    let mut seen = BTreeSet::new();
    for folder in fs::read_dir(kept()).unwrap() {
        let folder = folder.unwrap().path();
        let verified = verify(&mut Exported::open(&folder).unwrap(), &[], &mut |_, _| ControlFlow::Continue(())).unwrap();
        assert_eq!(verified.damage, [], "{}", folder.display());
        let (kinds, state) = read(&folder);
        let before = fs::read_to_string(folder.join("state.txt")).unwrap();
        assert_eq!(told(&state), before, "{}: the state is no longer what it was", folder.display());
        seen.extend(kinds);
    }
    let missing: Vec<_> = kinds().difference(&seen).cloned().collect();
    assert!(missing.is_empty(), "no kept entry of {missing:?}: add them to the story, and keep it");
}

#[test]
fn the_table_of_kinds_is_complete() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../journal/VERSIONS.md");
    let table = fs::read_to_string(path).unwrap();
    for (kind, version) in kinds() {
        assert!(table.contains(&format!("| `{kind}` | {version} |")), "VERSIONS.md says nothing of `{kind}` {version}");
    }
}

#[test]
fn a_kind_of_the_future_is_refused_with_its_name() {
    let world = World::in_sqlite();
    let draft = journal::Draft {
        command: String::new(),
        ..journal::Draft::new(
            journal::Chain::Product("mihonsa".into()),
            world.context("x").now,
            "x",
            "",
            "of-the-future",
            7,
            &serde_json::json!({}),
        )
        .unwrap()
    };
    let entry = journal::seal(draft, None).unwrap();
    let unreadable = Snapshot::default().apply(&entry).unwrap_err();
    assert_eq!((unreadable.kind.as_str(), unreadable.version), ("of-the-future", 7));
    let draft = journal::Draft::new(
        journal::Chain::Organisation,
        world.context("x").now,
        "x",
        "",
        "person-registered",
        1,
        &serde_json::json!({ "person": 1 }),
    );
    let entry = journal::seal(draft.unwrap(), None).unwrap();
    assert!(!Snapshot::default().apply(&entry).unwrap_err().detail.is_empty());
}
