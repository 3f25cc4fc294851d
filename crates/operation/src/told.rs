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
    }
}
