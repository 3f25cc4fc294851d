//! What an entry says, in a line.

use diagnostic::Words;
use journal::{Chain, Entry};

use crate::{organisation, product};

/// What an entry says. One of a kind that this program does not know is shown as it is.
#[must_use]
pub fn told(entry: &Entry) -> Words {
    let words = match &entry.draft.chain {
        Chain::Organisation => organisation::Event::read(entry).ok().map(of_organisation),
        Chain::Product(_) => product::Event::read(entry).ok().map(of_product),
        Chain::Reads => of_read(entry),
    };
    words.unwrap_or_else(|| Words::same(format!("{} {}", entry.draft.kind, entry.draft.body)))
}

/// What was read, taken out or refused.
fn of_read(entry: &Entry) -> Option<Words> {
    let body: std::collections::BTreeMap<String, String> = entry.body().ok()?;
    let (ja, en) = match entry.draft.kind.as_str() {
        "refused" => ("拒否: ", "refused: "),
        "signed-in" => ("", ""),
        "sign-in-failed" => ("", ""),
        "signed-out" | "session-ended" | "token-made" | "token-revoked" => ("", ""),
        "second-factor-set" => ("第二の要素を設定した: ", "set up the second factor of "),
        "invited" => ("コードを発行した: ", "gave a code to "),
        "password-set" => ("パスワードを設定した: ", "set the password of "),
        "password-reset" => ("パスワードを取り消した: ", "took away the password of "),
        "read" => ("閲覧した: ", "read: "),
        "backup-taken" => ("バックアップを取った: ", "took a backup: "),
        "exported" => ("書き出した: ", "exported to "),
        "restored" => ("バックアップから復元した: ", "restored from a backup: "),
        _ => return None,
    };
    Some(Words::new(format!("{ja}{}", body.get("ja")?), format!("{en}{}", body.get("en")?)))
}

fn of_organisation(event: organisation::Event) -> Words {
    use organisation::Event::*;
    match event {
        RhythmsSet(set) => {
            let lines = set.text.lines().count();
            Words::new(format!("報告の周期と休日を定めた（{lines}行）"), format!("stated rhythms and closed days ({lines} lines)"))
        }
        OrganisationOpened(opened) => Words::new(
            format!("「{}」の記録を始めた。最初の管理者: {}（{}）", opened.name, opened.person, opened.person_name),
            format!("began the record of “{}”; first administrator: {} ({})", opened.name, opened.person, opened.person_name),
        ),
        PersonRegistered(registered) => Words::new(
            format!("利用者 {}（{}）を登録した", registered.person, registered.name),
            format!("made {} ({}) known", registered.person, registered.name),
        ),
        RoleGranted(granted) => {
            let (ja, en) = granted.role.words();
            let scope = [granted.product.into_iter().collect(), granted.institutions, granted.activities];
            let scope: Vec<_> = scope.into_iter().flatten().collect();
            let (of_ja, of_en) = if scope.is_empty() {
                (String::new(), String::new())
            } else {
                (format!("（{}）", scope.join("、")), format!(" ({})", scope.join(", ")))
            };
            Words::new(
                format!("{} に役割「{ja}」{of_ja}を付与した", granted.person),
                format!("gave {} the role of {en}{of_en}", granted.person),
            )
        }
        RoleRevoked(revoked) => {
            let (ja, en) = revoked.role.words();
            Words::new(format!("{} の役割「{ja}」を取り消した", revoked.person), format!("took the role of {en} from {}", revoked.person))
        }
        ProductListed(listed) => Words::new(
            format!("製品 {}（{}）の記録を始めた", listed.product, listed.name),
            format!("began the record of {} ({})", listed.product, listed.name),
        ),
        InstitutionRegistered(registered) => Words::new(
            format!("医療機関 {}（{}）を登録した", registered.institution, registered.name),
            format!("made the institution {} ({}) known", registered.institution, registered.name),
        ),
        DictionarySet(set) => Words::new(
            format!("辞書 {} を {} 版（ファイル {}）と定めた", set.dictionary, set.version, set.files),
            format!("set the dictionary {} to version {} ({} files)", set.dictionary, set.version, set.files),
        ),
        SignedHeads(signed) => Words::new(
            format!("{} 本の連鎖の先頭値に署名した", signed.heads.len()),
            format!("signed the heads of {} chains", signed.heads.len()),
        ),
    }
}

fn of_product(event: product::Event) -> Words {
    use product::Event::*;
    match event {
        LineOpened(opened) => Words::new(
            format!("案「{}」（{}）を改訂{}から起こした", opened.line, opened.title, opened.base),
            format!("opened the draft “{}” ({}) from revision {}", opened.line, opened.title, opened.base),
        ),
        RevisionRecorded(revision) => {
            let (number, values) = (revision.revision, revision.changes.len());
            let line = |before: &str, after: &str| {
                if revision.line == product::MAIN { String::new() } else { format!("{before}{}{after}", revision.line) }
            };
            Words::new(
                format!(
                    "改訂{number}{}を記録した（ファイル {}、値の変更 {values}、要修正 {}、要確認 {}）",
                    line("（案「", "」）"),
                    revision.files.len(),
                    revision.errors,
                    revision.warnings
                ),
                format!(
                    "recorded revision {number}{} ({} files, {values} values changed, {} errors, {} warnings)",
                    line(" of the draft “", "”"),
                    revision.files.len(),
                    revision.errors,
                    revision.warnings
                ),
            )
        }
        ReviewRecorded(review) => {
            let (ja, en) = match review.verdict {
                product::Verdict::Accepted => ("可とした", "accepted"),
                product::Verdict::Returned => ("差し戻した", "sent back"),
            };
            Words::new(
                format!("改訂{}を査読し、{ja}：{}", review.revision, review.remarks),
                format!("reviewed revision {} and {en} it: {}", review.revision, review.remarks),
            )
        }
        Signed(signed) => {
            let (ja, en) = signed.meaning.words();
            Words::new(
                format!("改訂{}に「{ja}」として署名した（署名{}、{}、{}）", signed.revision, signed.signature, signed.name, signed.content),
                format!(
                    "signed revision {} as {en} (signature {}, {}, {})",
                    signed.revision, signed.signature, signed.name, signed.content
                ),
            )
        }
        SignatureWithdrawn(withdrawn) => {
            Words::new(format!("署名{}を取り下げた", withdrawn.signature), format!("withdrew signature {}", withdrawn.signature))
        }
        Submitted(submitted) => Words::new(
            format!("改訂{}を {} に提出した（提出{}）", submitted.revision, submitted.day, submitted.submission),
            format!("handed in revision {} on {} (submission {})", submitted.revision, submitted.day, submitted.submission),
        ),
        InquiryRecorded(asked) => Words::new(
            format!("提出{}について {} に照会「{}」を受けた：{}", asked.submission, asked.asked, asked.inquiry, asked.text),
            format!("the regulator asked “{}” about submission {} on {}: {}", asked.inquiry, asked.submission, asked.asked, asked.text),
        ),
        InquiryAnswered(answer) => Words::new(
            format!("照会「{}」に {} に回答した：{}", answer.inquiry, answer.day, answer.text),
            format!("answered “{}” on {}: {}", answer.inquiry, answer.day, answer.text),
        ),
        Confirmed(confirmed) => Words::new(
            format!("提出{}が {} に確認済となった", confirmed.submission, confirmed.day),
            format!("submission {} was confirmed on {}", confirmed.submission, confirmed.day),
        ),
        Published(published) => Words::new(
            format!("提出{}が {} に公表された", published.submission, published.day),
            format!("submission {} was published on {}", published.submission, published.day),
        ),
        DocumentIssued(issued) => Words::new(
            format!("改訂{}から {} を発行した（ファイル {}）", issued.revision, issued.document, issued.files.len()),
            format!("issued {} from revision {} ({} files)", issued.document, issued.revision, issued.files.len()),
        ),
        DocumentsIssued(issued) => {
            let documents: std::collections::BTreeSet<_> = issued.files.iter().map(|file| file.document.as_str()).collect();
            let (number, revision, files) = (issued.issue, issued.revision, issued.files.len());
            let list = |comma| Vec::from_iter(documents.iter().copied()).join(comma);
            Words::new(
                format!("改訂{revision}から {} を発行した（発行{number}、ファイル {files}）", list("、")),
                format!("issued {} from revision {revision} (issue {number}, {files} files)", list(", ")),
            )
        }
        TrailReviewed(reviewed) => Words::new(
            format!("監査証跡を{}番まで点検した：{}", reviewed.up_to, reviewed.remarks),
            format!("reviewed the trail up to entry {}: {}", reviewed.up_to, reviewed.remarks),
        ),
        WorklistOpened(opened) => Words::new(
            format!("作業一覧{}「{}」を始めた（{}件）", opened.worklist, opened.title, opened.items.len()),
            format!("opened worklist {}, “{}” ({} items)", opened.worklist, opened.title, opened.items.len()),
        ),
        ItemAssigned(assigned) => {
            let (ja, en) = match &assigned.person {
                Some(person) => (format!("{person} の担当にした"), format!("given to {person}")),
                None => ("担当を外した".to_owned(), "given to nobody".to_owned()),
            };
            Words::new(
                format!("作業一覧{}の {} を{ja}", assigned.worklist, assigned.item),
                format!("{} of worklist {} was {en}", assigned.item, assigned.worklist),
            )
        }
        ItemSettled(settled) => {
            let (ja, en) = if settled.done { ("済みとした", "is done") } else { ("未了に戻した", "is open again") };
            Words::new(
                format!("作業一覧{}の {} を{ja}：{}", settled.worklist, settled.item, settled.remarks),
                format!("{} of worklist {} {en}: {}", settled.item, settled.worklist, settled.remarks),
            )
        }
        WorklistClosed(closed) => match closed.submission {
            Some(submission) => Words::new(
                format!("作業一覧{}を提出{submission}で終えた", closed.worklist),
                format!("worklist {} ended with submission {submission}", closed.worklist),
            ),
            None => Words::new(format!("作業一覧{}を終えた", closed.worklist), format!("worklist {} ended", closed.worklist)),
        },
        ObligationMet(met) => {
            Words::new(format!("「{}」を {} に果たした", met.obligation, met.day), format!("met “{}” on {}", met.obligation, met.day))
        }
        other => other.into_survey().map_or_else(Words::default, |(survey, event)| of_survey(&survey, event)),
    }
}

fn of_survey(survey: &str, event: survey::Event) -> Words {
    use survey::Event::*;
    let place = |patient: u32, key: &survey::FormKey| {
        let turn = if key.turn > 1 || key.visit.is_empty() { format!(" {}", key.turn) } else { String::new() };
        let visit = if key.visit.is_empty() { String::new() } else { format!(" {}", key.visit) };
        (format!("症例{patient}の調査票 {}{visit}{turn}", key.form), format!("form {}{visit}{turn} of patient {patient}", key.form))
    };
    let (ja, en) = match event {
        SiteJoined(joined) => (
            format!("施設{}（{} {}）が加わった", joined.site, joined.institution, joined.department),
            format!("site {} ({} {}) takes part", joined.site, joined.institution, joined.department),
        ),
        ContractRecorded(contract) => (
            format!("施設{}の契約（{}～{}、{}例）を記録した", contract.site, contract.from, contract.until, contract.patients),
            format!(
                "recorded the contract of site {} ({} to {}, {} patients)",
                contract.site, contract.from, contract.until, contract.patients
            ),
        ),
        PatientRegistered(registered) => {
            let (late_ja, late_en) = registered
                .late
                .map_or_else(Default::default, |days| (format!("（期限を{days}日超過）"), format!(", {days} days past the limit")));
            (
                format!("施設{}の症例{}を登録した{late_ja}", registered.site, registered.patient),
                format!("registered patient {} of site {}{late_en}", registered.patient, registered.site),
            )
        }
        FormSent(sent) => {
            let (ja, en) = place(sent.patient, &sent.key);
            (format!("{ja}を送った（値{}個）", sent.values.len()), format!("sent {en} ({} values)", sent.values.len()))
        }
        QueryRaised(raised) => {
            let (ja, en) = place(raised.patient, &raised.key);
            let check = raised.check.map_or_else(String::new, |(check, version)| format!(" [{check} v{version}]"));
            (
                format!("再調査{}を{ja}に起こした{check}：{}", raised.query, raised.text),
                format!("query {} about {en}{check}: {}", raised.query, raised.text),
            )
        }
        QueryAnswered(answered) => (
            format!("再調査{}に回答した：{}", answered.query, answered.text),
            format!("answered query {}: {}", answered.query, answered.text),
        ),
        QueryClosed(closed) => {
            (format!("再調査{}を完了とした：{}", closed.query, closed.text), format!("closed query {}: {}", closed.query, closed.text))
        }
        FormsLocked(locked) => (format!("調査票{}件を固定した", locked.forms.len()), format!("locked {} forms", locked.forms.len())),
        FormsUnlocked(unlocked) => {
            (format!("調査票{}件の固定を解除した", unlocked.forms.len()), format!("unlocked {} forms", unlocked.forms.len()))
        }
        FormSigned(signed) => {
            let (ja, en) = place(signed.patient, &signed.key);
            (format!("{ja}に署名した（署名者: {}）", signed.name), format!("signed {en} ({})", signed.name))
        }
        TermsCoded(coded) => (
            format!("事象{}件を{}でコード化した", coded.codes.len(), coded.dictionary),
            format!("coded {} events by {}", coded.codes.len(), coded.dictionary),
        ),
        FormsPaid(paid) => {
            let sum: u64 = paid.forms.iter().map(|(_, _, fee)| fee).sum();
            (
                format!("調査票{}件の費用{sum}円を{}に支払った", paid.forms.len(), paid.day),
                format!("paid {sum} yen for {} forms on {}", paid.forms.len(), paid.day),
            )
        }
        DataCut(cut) => (format!("データカット{}「{}」", cut.cut, cut.name), format!("data cut {} “{}”", cut.cut, cut.name)),
        RegistrationStopped(stopped) if stopped.stopped => ("登録を終了とした".to_owned(), "stopped registration".to_owned()),
        RegistrationStopped(_) => ("登録を再開した".to_owned(), "registration goes on".to_owned()),
        PatientExcluded(excluded) => match excluded.reason {
            Some(reason) => (
                format!("症例{}を対象集団「{}」から除いた：{reason}", excluded.patient, excluded.population),
                format!("left patient {} out of “{}”: {reason}", excluded.patient, excluded.population),
            ),
            None => (
                format!("症例{}を対象集団「{}」に戻した", excluded.patient, excluded.population),
                format!("took patient {} into “{}” again", excluded.patient, excluded.population),
            ),
        },
        CaseTriaged(triaged) => {
            let (ja, en) = place(triaged.patient, &triaged.key);
            let (suspected_ja, suspected_en) = if triaged.suspected {
                ("副作用として扱う", "a suspected reaction")
            } else {
                ("副作用として扱わない", "no suspected reaction")
            };
            (
                format!("{ja}の重篤な事象を判断した（{suspected_ja}）：{}", triaged.remarks),
                format!("judged the serious event of {en} ({suspected_en}): {}", triaged.remarks),
            )
        }
    };
    Words::new(format!("［{survey}］{ja}"), format!("[{survey}] {en}"))
}
