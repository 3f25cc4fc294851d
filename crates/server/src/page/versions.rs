//! Versions: the life of the plan from draft to publication, each step done by the right role.

use access::Action;
use maud::{Markup, html};
use operation::product::{MAIN, Meaning, Product, Revision, SignatureStatus};

use crate::answer::{Reply, Trouble};
use crate::ask::Ask;
use crate::house::no_revision;
use crate::look::bits::{area, cut, day, day_field, empty, field, hidden, proof};
use crate::look::frame;
use crate::record::sentence::stage_words;

/// Revisions on a page.
const LISTED: usize = 100;

/// Every version, and what was handed in.
///
/// # Errors
/// There is no such product.
pub fn list(ask: &Ask<'_>) -> Reply {
    let (id, product) = ask.product()?;
    let before = ask.query("before").and_then(|number| number.parse::<u32>().ok()).unwrap_or(u32::MAX);
    let older = product.revisions.keys().rev().filter(|number| **number < before).nth(LISTED - 1).filter(|number| **number > 1);
    let submitted = |number: u32| product.submissions.iter().find(|(_, submission)| submission.revision == number);
    let body = html! {
        @if product.revisions.is_empty() { (empty(ask.say("まだ改訂はありません。", "There is no revision yet."))) }
        div.wide tabindex="0" { table.full.cards {
            thead { tr {
                th scope="col" { (ask.say("改訂", "Revision")) }
                th scope="col" { (ask.say("案", "Draft")) }
                th scope="col" { (ask.say("記録", "Recorded")) }
                th scope="col" { (ask.say("理由", "Why")) }
                th scope="col" { (ask.say("段階", "Stage")) }
                th scope="col" { (ask.say("前の版との違い", "Difference")) }
            } }
            tbody { @for (number, revision) in product.revisions.iter().rev().filter(|(number, _)| **number < before).take(LISTED) {
                tr data-row="" {
                    th.short scope="row" { a href=(ask.link(&format!("/p/{id}/versions/{number}"))) { (ask.say("改訂", "Revision ")) (number) } }
                    td { @if revision.line == MAIN { (ask.say("本体", "the plan")) } @else { (revision.line) } }
                    td.day { (ask.local(revision.recorded)) " " (ask.name_of(&revision.author)) }
                    td { (cut(revision.reason.as_deref().unwrap_or("—"), 60)) }
                    td.short { (stage(ask, product, *number, revision, submitted(*number).map(|(number, _)| *number))) }
                    td { @if let Some(parent) = revision.parent {
                        a href=(ask.link(&format!("/p/{id}/difference?from={parent}&to={number}"))) { @if ask.is_japanese() { "値 " (revision.changes.len()) " 個" } @else { (revision.changes.len()) @if revision.changes.len() == 1 { " value" } @else { " values" } } }
                    } }
                }
            } }
        } }
        @if let Some(older) = older { p.actions { a.button.second href=(ask.link(&format!("{}?before={older}", ask.path))) { (ask.say("さらに前の改訂", "Earlier revisions")) } } }
        h2 #lines { (ask.say("並行する案", "Parallel drafts")) }
        @let drafts: Vec<_> = product.lines.iter().filter(|(name, _)| *name != MAIN).collect();
        @if drafts.is_empty() { (empty(ask.say("申請中の効能などのために、今の計画とは別の案を並行して書けます。", "Write a draft beside the plan in force, such as for a pending application."))) }
        @for (name, line) in drafts {
            div.note {
                p { strong { (name) } " " (line.title) "　" (ask.say("現在は改訂", "stands at revision ")) (line.head) }
                p {
                    a href=(ask.link(&format!("/p/{id}?line={}", encoded(name)))) { (ask.say("計画を見る", "See it")) } "　"
                    @if ask.may(Action::RecordRevision, Some(id)) {
                        a href={ "/p/" (id) "/edit?line=" (encoded(name)) } { (ask.say("編集", "Edit")) } "　"
                        a href={ "/p/" (id) "/merge?line=" (encoded(name)) } { (ask.say("本体に取り込む", "Merge it into the plan in force")) }
                    }
                }
            }
        }
        @if ask.may(Action::OpenDraft, Some(id)) && !product.revisions.is_empty() {
            details {
                summary { (ask.say("並行する案を起こす", "Open a draft")) }
                form.stack method="post" action={ "/p/" (id) "/drafts" } {
                    (hidden(ask, "draft", product.sequence))
                    (field(ask, "draft", "line", ask.say("案の名前", "Its name"), ask.say("短く。例: 小児", "short, such as paediatric"), ""))
                    (field(ask, "draft", "title", ask.say("何のための案か", "What it is for"), "", ""))
                    input type="hidden" name="base" value=(product.lines.get(MAIN).map_or(0, |line| line.head));
                    p.actions { button { (ask.say("起こす", "Open it")) } }
                }
            }
        }
        (submissions(ask, id, product))
    };
    Ok(frame::product_page(ask, ask.say("版と署名", "Versions and signatures"), body))
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn stage(ask: &Ask<'_>, product: &Product, number: u32, revision: &Revision, submission: Option<u32>) -> Markup {
    if let Some((submission, of)) = submission.and_then(|number| Some((number, product.submissions.get(&number)?))) {
        let stage = product.stage(submission, of);
        let looks = if stage == operation::product::Stage::Asked { "state-due" } else { "state-met" };
        return html! { span class=(looks) { (ask.pair(stage_words(stage))) } " " span.quiet { (of.day) } };
    }
    if product.lines.get(&revision.line).is_some_and(|line| line.head != number) {
        return html! { span.quiet { (ask.say("後の改訂に代わった", "replaced by a later one")) } };
    }
    let signed = |meaning| product.signed(number, meaning).next().is_some();
    html! {
        @if revision.returned_by().is_some() { span.state-overdue { (ask.say("差戻し", "sent back")) } }
        @else if signed(Meaning::Approved) { (ask.say("承認済", "approved")) }
        @else if signed(Meaning::Confirmed) { (ask.say("確認済・承認待ち", "confirmed")) }
        @else if signed(Meaning::Prepared) { (ask.say("作成済・確認待ち", "prepared")) }
        @else { (ask.say("作成中", "being written")) }
    }
}

fn submissions(ask: &Ask<'_>, id: &str, product: &Product) -> Markup {
    let may = |action| ask.may(action, Some(id));
    html! {
        h2 #submissions { (ask.say("提出", "Submissions")) }
        @if product.submissions.is_empty() { (empty(ask.say("まだ提出の記録はありません。三つの署名がそろった改訂の頁から記録します。", "Nothing was handed in yet: a revision with three signatures can be."))) }
        @for (number, submission) in product.submissions.iter().rev() {
            div.note {
                p { strong { (ask.say("提出", "Submission ")) (number) } "　" (day(ask, submission.day)) "　"
                    a href=(ask.link(&format!("/p/{id}/versions/{}", submission.revision))) { (ask.say("改訂", "revision ")) (submission.revision) } "　"
                    @if let Some(receipt) = &submission.receipt { (ask.say("受付番号 ", "receipt ")) (receipt) "　" }
                    span.state-met { (ask.pair(stage_words(product.stage(*number, submission)))) }
                }
                @if let Some(confirmed) = submission.confirmed { p { (ask.say("確認済: ", "confirmed: ")) (day(ask, confirmed)) } }
                @if let Some((published, at)) = &submission.published { p { (ask.say("公表: ", "published: ")) (day(ask, *published)) @if let Some(at) = at { " " (at) } } }
                @if may(Action::RecordConfirmation) && submission.confirmed.is_none() {
                    details { summary { (ask.say("確認済を記録する", "Record the confirmation")) }
                        form.stack method="post" action={ "/p/" (id) "/submissions/" (number) "/confirm" } {
                            (hidden(ask, "confirm", submission.last.sequence))
                            (day_field(ask, "confirm", "day", ask.say("確認の連絡を受けた日", "The day it was confirmed"), ""))
                            p.actions { button { (ask.say("記録する", "Record it")) } }
                        }
                    }
                }
                @if may(Action::RecordPublication) && submission.confirmed.is_some() && submission.published.is_none() {
                    details { summary { (ask.say("公表を記録する", "Record the publication")) }
                        form.stack method="post" action={ "/p/" (id) "/submissions/" (number) "/publish" } {
                            (hidden(ask, "publish", submission.last.sequence))
                            (day_field(ask, "publish", "day", ask.say("公表された日", "The day it was published"), ""))
                            (field(ask, "publish", "address", ask.say("公表先（任意）", "Where, if you know"), "", ""))
                            p.actions { button { (ask.say("記録する", "Record it")) } }
                        }
                    }
                }
            }
        }
        h2 #inquiries { (ask.say("照会", "Questions of the regulator")) }
        @if product.inquiries.is_empty() { (empty(ask.say("照会の記録はありません。", "Nothing was asked."))) }
        @for (name, inquiry) in &product.inquiries {
            div class=(if inquiry.answered.is_some() { "note met" } else { "note due" }) {
                p { strong { (name) } "　" (ask.say("提出", "submission ")) (inquiry.submission) "　" (day(ask, inquiry.asked))
                    @if let Some(due) = inquiry.due { "　" (ask.say("回答期限 ", "answer by ")) (day(ask, due)) } }
                p { (inquiry.text) }
                @match &inquiry.answered {
                    Some((on, text)) => { p { span.state-met { (ask.say("回答済", "answered")) } " " (day(ask, *on)) } p { (text) } },
                    None if may(Action::AnswerInquiry) => {
                        form.stack method="post" action={ "/p/" (id) "/inquiries" } data-draft={ "answer " (name) } {
                            (hidden(ask, "answer", inquiry.last.sequence))
                            input type="hidden" name="inquiry" value=(name);
                            (area(ask, "answer", "text", ask.say("回答", "Answer"), "", 4))
                            (day_field(ask, "answer", "day", ask.say("回答した日", "The day it was answered"), &ask.today().to_string()))
                            p.actions { button { (ask.say("回答を記録する", "Record the answer")) } span.saved role="status" {} }
                        }
                    },
                    None => { p { span.state-due { (ask.say("未回答", "open")) } } },
                }
            }
        }
        @if may(Action::RecordInquiry) && !product.submissions.is_empty() {
            details { summary { (ask.say("照会を記録する", "Record a question")) }
                form.stack method="post" action={ "/p/" (id) "/inquiries" } {
                    (hidden(ask, "ask", product.sequence))
                    (field(ask, "ask", "inquiry", ask.say("照会の名前", "Its name"), ask.say("例: 照会2", "such as Q2"), ""))
                    label for="ask-submission" { (ask.say("提出", "Submission")) }
                    select id="ask-submission" name="submission" { @for number in product.submissions.keys().rev() { option value=(number) { (number) } } }
                    (area(ask, "ask", "text", ask.say("照会の内容", "What is asked"), "", 4))
                    (day_field(ask, "ask", "day", ask.say("受けた日", "The day it was asked"), &ask.today().to_string()))
                    (day_field(ask, "ask", "due", ask.say("回答の期限（あれば）", "Answer by, if named"), ""))
                    p.actions { button { (ask.say("記録する", "Record it")) } }
                }
            }
        }
    }
}

/// One version: what it changed, who has read and signed it, and the next step.
///
/// # Errors
/// There is no such revision.
pub fn one(ask: &Ask<'_>) -> Reply {
    let (id, product) = ask.product()?;
    let number = ask.number("revision")?;
    let revision = product.revisions.get(&number).ok_or_else(|| Trouble::new(404, no_revision(number)))?;
    let head = product.lines.get(&revision.line).map_or(0, |line| line.head);
    let body = html! {
        (steps(ask, product, number, revision))
        dl.facts {
            dt { (ask.say("記録", "Recorded")) } dd { (ask.local(revision.recorded)) "　" (ask.name_of(&revision.author)) }
            dt { (ask.say("理由", "Why")) } dd { (revision.reason.as_deref().unwrap_or("—")) }
            dt { (ask.say("もとの改訂", "Made from")) }
            dd { @match revision.parent {
                Some(parent) => {
                    a href=(ask.link(&format!("/p/{id}/versions/{parent}"))) { (ask.say("改訂", "revision ")) (parent) } "　"
                    a href=(ask.link(&format!("/p/{id}/difference?from={parent}&to={number}"))) { (ask.say("違いを見る", "See the difference")) (ask.say("（", " (")) (revision.changes.len()) (ask.say("）", ")")) }
                },
                None => { (ask.say("なし（最初の改訂）", "none: it is the first")) },
            } }
            dt { (ask.say("点検", "Check")) } dd { (ask.say("要修正 ", "errors: ")) (revision.errors) (ask.say("、要確認 ", ", warnings: ")) (revision.warnings) "　"
                a href=(ask.link(&format!("/p/{id}/read?revision={number}#findings"))) { (ask.say("指摘を見る", "See them")) } }
            dt { "SHA-256" } dd { code { (revision.content) } }
        }
        @if head != number { div.note.due { p { (ask.say("後の改訂があります。ここにある署名はこの改訂のもので、後の改訂には及びません。", "There is a later revision: the signatures here are of this one, and do not cover it.")) " "
            a href=(ask.link(&format!("/p/{id}/versions/{head}"))) { (ask.say("改訂", "Revision ")) (head) } } } }
        h2 { (ask.say("査読", "Reviews")) }
        @if revision.reviews.is_empty() { (empty(ask.say("まだ査読されていません。", "Nobody has reviewed it yet."))) }
        @for review in &revision.reviews {
            @let returned = review.verdict == operation::product::Verdict::Returned;
            div class=(if returned { "note due" } else { "note met" }) {
                p { strong { @if returned { (ask.say("差戻し", "sent back")) } @else { (ask.say("可", "accepted")) } } "　" (ask.name_of(&review.reviewer)) "　" (ask.local(review.recorded)) }
                p { (review.remarks) }
            }
        }
        h2 { (ask.say("署名", "Signatures")) }
        (signatures(ask, id, product, number))
        @if head == number { (next(ask, id, product, number, revision)) }
        h2 { (ask.say("文書", "Documents")) }
        p { a.button.second href=(ask.link(&format!("/p/{id}/documents?revision={number}"))) { (ask.say("この改訂の文書を見る・発行する", "See or issue documents of it")) } }
    };
    let title = match (revision.line.as_str(), ask.is_japanese()) {
        (MAIN, true) => format!("改訂{number}"),
        (MAIN, false) => format!("Revision {number}"),
        (line, true) => format!("改訂{number}（案「{line}」）"),
        (line, false) => format!("Revision {number} of the draft “{line}”"),
    };
    Ok(frame::product_page(ask, &title, body))
}

/// Where the revision stands in its life.
fn steps(ask: &Ask<'_>, product: &Product, number: u32, revision: &Revision) -> Markup {
    let signed = |meaning| product.signed(number, meaning).next().is_some();
    let submission = product.submissions.iter().find(|(_, submission)| submission.revision == number);
    let asked = |submission: u32| product.inquiries.values().filter(move |inquiry| inquiry.submission == submission);
    let all = [
        (ask.say("作成", "prepared"), signed(Meaning::Prepared)),
        (ask.say("査読", "reviewed"), !revision.reviews.is_empty() && revision.returned_by().is_none()),
        (ask.say("確認", "confirmed"), signed(Meaning::Confirmed)),
        (ask.say("承認", "approved"), signed(Meaning::Approved)),
        (ask.say("提出", "handed in"), submission.is_some()),
        (
            ask.say("照会対応", "questions answered"),
            submission
                .is_some_and(|(n, of)| of.confirmed.is_some() || asked(*n).next().is_some() && asked(*n).all(|one| one.answered.is_some())),
        ),
        (ask.say("確認済", "confirmed by the regulator"), submission.is_some_and(|(_, of)| of.confirmed.is_some())),
        (ask.say("公表", "published"), submission.is_some_and(|(_, of)| of.published.is_some())),
    ];
    // the step after the last that was taken: one that was left out is past
    let now = all.iter().rposition(|(_, done)| *done).map_or(0, |last| last + 1);
    html! { ol.steps { @for (n, (words, done)) in all.iter().enumerate() { li class=(if *done { "done" } else if n == now { "now" } else { "" }) { (words) } } } }
}

fn signatures(ask: &Ask<'_>, id: &str, product: &Product, number: u32) -> Markup {
    let all: Vec<_> = product.signatures.iter().filter(|(_, signature)| signature.revision == number).collect();
    html! {
        @if all.is_empty() { (empty(ask.say("まだ署名されていません。", "Nobody has signed it yet."))) } @else {
            div.wide tabindex="0" { table.full.cards {
                thead { tr {
                    th scope="col" { (ask.say("意味", "Meaning")) } th scope="col" { (ask.say("署名者", "Signer")) } th scope="col" { (ask.say("役割", "Role")) }
                    th scope="col" { (ask.say("日時", "When")) } th scope="col" { (ask.say("状態", "Holds")) }
                } }
                tbody { @for (signature, signed) in all { tr {
                    th scope="row" { (ask.pair(signed.meaning.words())) }
                    td { (signed.name) }
                    td { (access::Role::named(&signed.role).map_or("", |role| ask.pair(role.words()))) }
                    td.day { (ask.local(signed.recorded)) }
                    td { @match product.status(signed) {
                        SignatureStatus::Valid => {
                            span.state-met { (ask.say("有効", "valid")) }
                            @if signed.signer == ask.person() && !product.submissions.values().any(|submission| submission.revision == number) {
                                details { summary { (ask.say("取り下げる", "Take it back")) }
                                    form.stack method="post" action={ "/p/" (id) "/versions/" (number) "/withdraw" } {
                                        (hidden(ask, "withdraw", signed.last.sequence))
                                        input type="hidden" name="signature" value=(signature);
                                        (field(ask, "withdraw", "reason", ask.say("理由", "Why"), "", ""))
                                        (proof(ask, "withdraw"))
                                        p.actions { button { (ask.say("署名を取り下げる", "Take it back")) } }
                                    }
                                }
                            }
                        },
                        SignatureStatus::VoidedByChange(by) => { span.state-met { (ask.say("この改訂に対して有効", "holds for this revision")) } div.small.quiet { @if ask.is_japanese() { "改訂" (by) "には及ばない" } @else { "does not cover revision " (by) } } },
                        SignatureStatus::Withdrawn => span.state-none { (ask.say("取下げ", "taken back")) },
                    } }
                } } }
            } }
        }
    }
}

/// The steps that this person may do now.
fn next(ask: &Ask<'_>, id: &str, product: &Product, number: u32, revision: &Revision) -> Markup {
    let may = |action| ask.may(action, Some(id));
    let submitted = product.submissions.values().any(|submission| submission.revision == number);
    let signed = |meaning| product.signed(number, meaning).next().is_some();
    let meaning =
        [(Meaning::Prepared, Action::SignPrepared), (Meaning::Confirmed, Action::SignConfirmed), (Meaning::Approved, Action::SignApproved)];
    let next = meaning.into_iter().find(|(meaning, _)| !signed(*meaning));
    let base = format!("/p/{id}/versions/{number}");
    html! {
        @if !submitted {
            h2 #next { (ask.say("次の段階", "What can be done now")) }
            @if may(Action::ReviewRevision) && !signed(Meaning::Approved) {
                details open[ask.field("form") == "review"] { summary { (ask.say("査読する", "Review it")) }
                    form.stack method="post" action={ (base) "/review" } data-draft="review" {
                        (hidden(ask, "review", revision.last.sequence))
                        fieldset { legend { (ask.say("判断", "Verdict")) }
                            label.inline { input type="radio" name="verdict" value="accepted" checked[ask.shown("review", "verdict", "accepted") == "accepted"]; (ask.say("可とする", "accept")) }
                            label.inline { input type="radio" name="verdict" value="returned" checked[ask.shown("review", "verdict", "") == "returned"]; (ask.say("差し戻す", "send back")) }
                        }
                        (area(ask, "review", "remarks", ask.say("所見", "Remarks"), ask.say("差し戻すときは、直すべき点を書いてください。", "Say what has to be changed if you send it back."), 3))
                        p.actions { button { (ask.say("査読を記録する", "Record the review")) } span.saved role="status" {} }
                    }
                }
            }
            @if let Some((meaning, action)) = next {
                @if may(action) {
                    details open[ask.field("form") == "sign"] { summary { @if ask.is_japanese() { "「" (meaning.words().0) "」として署名する" } @else { "Sign as " (meaning.words().1) } }
                        form.stack method="post" action={ (base) "/sign" } {
                            (hidden(ask, "sign", revision.last.sequence))
                            input type="hidden" name="meaning" value=(meaning.words().1);
                            div.note {
                                p { @if ask.is_japanese() { "署名するもの: 改訂" (number) "（要修正 " (revision.errors) " 件、要確認 " (revision.warnings) " 件）" } @else { "You sign revision " (number) " (" (revision.errors) " errors, " (revision.warnings) " warnings)" } }
                                p.small { code { (revision.content) } }
                                p { (ask.say("署名は手書きの署名と同じ効力をもち、内容のハッシュ値に結び付きます。改訂されると、新しい改訂には及びません。", "It binds like one by hand, is bound to the hash of the content, and does not cover what is changed later.")) }
                            }
                            (proof(ask, "sign"))
                            p.actions { button { (ask.say("署名する", "Sign")) } }
                        }
                    }
                }
            } @else if may(Action::SubmitPlan) && revision.line == MAIN {
                details open[ask.field("form") == "submit"] { summary { (ask.say("提出を記録する", "Record the submission")) }
                    form.stack method="post" action={ (base) "/submit" } {
                        (hidden(ask, "submit", revision.last.sequence))
                        (day_field(ask, "submit", "day", ask.say("提出した日", "The day it was handed in"), &ask.today().to_string()))
                        (field(ask, "submit", "receipt", ask.say("受付番号（あれば）", "Number of the receipt, if there is one"), "", ""))
                        p.actions { button { (ask.say("提出を記録する", "Record it")) } }
                    }
                }
            }
        }
    }
}
