//! Every cell of the matrix, against a table that was written apart from it: a change needs two edits.

use std::collections::BTreeSet;

use access::{Action, Grant, Group, Role, Scope, cell, may};

/// A line an action, a column a role in the order of the first line: general marketing supervisor, safety manager, safety officer,
/// post-marketing study manager, monitor, medical representative, survey physician, contract research organisation, statistician,
/// inspector, administrator. `E` everything, `i` own institutions, `c` contracted activities, `o` one's own, `.` denied.
const GRID: &str = "
                        G S O P M R D C T I A
read-plan               E E E E E . . c E E .
record-revision         . E E E . . . . . . .
review-revision         E E E E . . . . E . .
sign-prepared           . E E E . . . . . . .
sign-confirmed          . E . E . . . . . . .
sign-approved           E E . . . . . . . . .
withdraw-signature      o o o o . . o . . . .
submit-plan             E E . . . . . . . . .
record-inquiry          . E E E . . . . . . .
answer-inquiry          . E . E . . . . . . .
record-confirmation     . E E . . . . . . . .
record-publication      . E E . . . . . . . .
open-draft              . E E . . . . . . . .
issue-document          . E E E . . . . . . .
record-receipt          . E E E . . . . . . .

register-person         . . . . . . . . . . E
grant-role              . . . . . . . . . . E
revoke-role             . . . . . . . . . . E
reset-credential        . . . . . . . . . . E
register-institution    . E E E E . . c . . .
set-calendar            . E . . . . . . . . .
record-training         . E . E . . . . . . .
record-outsourcing      . E . E . . . . . . .
record-self-inspection  . E . E . . . . . . .

read-trail              E E E E E . i c E E .
read-access-log         E E . E . . . . . E E
review-trail            . E . E . . . . . . .
verify                  E E E E . . . . . E E
export                  E E E E E i i c E E .
take-backup             . . . . . . . . . . E
restore-backup          . . . . . . . . . . E
print-head              E E . E . . . . . E E
erase-blob              E . . . . . . . . . .

read-surveys            E E E E E . i c E E .
record-contract         . . . E E . . c . . .
register-patient        . . . . . . i c . . .
enter-form              . . . . . . i . . . .
transcribe-form         . . . . E . . c . . .
sign-form               . . . . . . i . . . .
raise-query             . . . E E . . c . . .
answer-query            . . . . . . i . . . .
close-query             . . . E E . . c . . .
lock-data               . . . E . . . . . . .
unlock-data             . . . E . . . . . . .

read-cases              E E E E o o i c E E .
enter-case              E E E E E E i c E . .
triage-case             . E E . . . . c . . .
assess-case             . E . . . . . . . . .
send-case               . E E . . . . . . . .

read-materials          E E E E . i i c E E .
create-material         . E E . . . . . . . .
approve-material        E E . . . . . . . . .
distribute-material     . E E . . i . c . . .
acknowledge-material    . . . . . i i . . . .
record-visit            . E E . . i . . . . .

judge-signal            . E . . . . . . . . .
decide-measure          E . . . . . . . . . .
";

fn mark(grant: Grant) -> &'static str {
    match grant {
        Grant::Allowed(Scope::Everything) => "E",
        Grant::Allowed(Scope::OwnInstitution) => "i",
        Grant::Allowed(Scope::ContractedActivities) => "c",
        Grant::Allowed(Scope::Own) => "o",
        Grant::Denied => ".",
    }
}

#[test]
fn every_cell_is_as_written_here() {
    let lines = GRID.lines().skip(2).filter(|line| !line.is_empty());
    let grid: Vec<Vec<&str>> = lines.map(|line| line.split_whitespace().collect()).collect();
    let actual: Vec<Vec<&str>> = Action::ALL
        .iter()
        .map(|&action| [action.name()].into_iter().chain(Role::ALL.iter().map(|&role| mark(may(role, action)))).collect())
        .collect();
    for (written, actual) in grid.iter().zip(&actual) {
        assert_eq!(written, actual, "{}", actual[0]);
    }
    assert_eq!(grid.len(), actual.len());
}

#[test]
fn every_cell_has_its_reason_in_both_languages_and_its_source() {
    for &action in Action::ALL {
        for &role in Role::ALL {
            let cell = cell(role, action);
            let (ja, en) = cell.reason;
            assert!(ja.ends_with('。') && en.ends_with('.'), "{} {}: {ja} / {en}", role.name(), action.name());
            assert!(!ja.is_ascii() && en.is_ascii(), "{} {}: {ja} / {en}", role.name(), action.name());
            for (ja, en) in [cell.source.citation, cell.source.about] {
                assert!(!ja.is_empty() && !en.is_empty());
            }
        }
    }
}

#[test]
fn every_action_can_be_done_by_somebody() {
    for &action in Action::ALL {
        assert!(Role::ALL.iter().any(|&role| may(role, action) != Grant::Denied), "{}", action.name());
    }
}

/// The names are stored in the journal for ever. This list may grow; nothing in it changes or goes.
#[test]
fn names_are_stable() {
    let roles = "general-marketing-supervisor safety-manager safety-officer post-marketing-study-manager monitor medical-representative \
                 survey-physician contract-research-organisation statistician inspector administrator";
    let actions = "read-plan record-revision review-revision sign-prepared sign-confirmed sign-approved withdraw-signature submit-plan \
                   record-inquiry answer-inquiry record-confirmation record-publication open-draft issue-document record-receipt \
                   register-person grant-role revoke-role reset-credential register-institution set-calendar record-training \
                   record-outsourcing record-self-inspection \
                   read-trail read-access-log review-trail verify export take-backup restore-backup print-head erase-blob \
                   read-surveys record-contract register-patient enter-form transcribe-form sign-form raise-query answer-query \
                   close-query lock-data unlock-data \
                   read-cases enter-case triage-case assess-case send-case \
                   read-materials create-material approve-material distribute-material acknowledge-material record-visit \
                   judge-signal decide-measure";
    assert_eq!(Role::ALL.iter().map(|role| role.name()).collect::<Vec<_>>(), roles.split_whitespace().collect::<Vec<_>>());
    assert_eq!(Action::ALL.iter().map(|action| action.name()).collect::<Vec<_>>(), actions.split_whitespace().collect::<Vec<_>>());
    for &role in Role::ALL {
        let json = serde_json::to_string(&role).unwrap();
        assert_eq!(json, format!("\"{}\"", role.name()));
        assert_eq!(serde_json::from_str::<Role>(&json).unwrap(), role);
        assert_eq!(Role::named(role.name()), Some(role));
    }
    for &action in Action::ALL {
        let json = serde_json::to_string(&action).unwrap();
        assert_eq!(json, format!("\"{}\"", action.name()));
        assert_eq!(serde_json::from_str::<Action>(&json).unwrap(), action);
        assert_eq!(Action::named(action.name()), Some(action));
    }
    assert_eq!(Action::named("delete"), None);
}

/// 21 CFR 11.10(e): nobody edits the trail or switches it off, because there is no such action.
#[test]
fn no_action_changes_what_was_recorded() {
    let verbs: BTreeSet<&str> = Action::ALL.iter().map(|action| action.name().split('-').next().unwrap()).collect();
    for verb in ["delete", "edit", "change", "update", "remove", "disable", "stop", "purge", "truncate", "rewrite"] {
        assert!(!verbs.contains(verb), "{verb}");
    }
    let on_the_trail: Vec<_> = Action::ALL.iter().map(|action| action.name()).filter(|name| name.ends_with("-trail")).collect();
    assert_eq!(on_the_trail, ["read-trail", "review-trail"]);
    let erasing: Vec<_> = Action::ALL.iter().map(|action| action.name()).filter(|name| name.starts_with("erase")).collect();
    assert_eq!(erasing, ["erase-blob"], "bodies beside the chain, never the chain");
}

/// 21 CFR 11.10(d): the administrator looks after people and integrity, and has no part in data.
#[test]
fn an_administrator_enters_and_reads_no_data() {
    for &action in Action::ALL {
        let about_data = !matches!(action.group(), Group::Organisation | Group::Journal);
        assert!(!about_data || may(Role::Administrator, action) == Grant::Denied, "{}", action.name());
    }
}

#[test]
fn an_inspector_reads_everything_and_changes_nothing() {
    let harmless = ["verify", "export", "print-head"];
    for &action in Action::ALL {
        let reads = action.name().starts_with("read-") || harmless.contains(&action.name());
        let expected = if reads { Grant::Allowed(Scope::Everything) } else { Grant::Denied };
        assert_eq!(may(Role::Inspector, action), expected, "{}", action.name());
    }
}

/// EMA/INS/GCP/112288/2023: the investigator controls the data of the institution.
#[test]
fn only_the_institution_enters_corrects_and_signs_its_forms() {
    for action in [Action::EnterForm, Action::AnswerQuery, Action::SignForm] {
        for &role in Role::ALL {
            assert_eq!(may(role, action) != Grant::Denied, role == Role::SurveyPhysician, "{} {}", role.name(), action.name());
        }
    }
}

/// GPSP, article 4: surveys are not subordinate to sales.
#[test]
fn sales_has_no_part_in_surveys() {
    for &action in Action::ALL.iter().filter(|action| action.group() == Group::Surveys) {
        assert_eq!(may(Role::MedicalRepresentative, action), Grant::Denied, "{}", action.name());
    }
}
