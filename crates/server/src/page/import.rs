//! Import: from a published plan to review, plan, documents and deadlines.

use diagnostic::{Finding, Problem, Severity, Words};
use maud::html;
use operation::organisation::Command;
use operation::product::{Event, MAIN};
use plan::Folder;

use super::read::of_document;
use crate::answer::{Answer, Reply, Trouble};
use crate::ask::Ask;
use crate::look::bits::{empty, field, hidden};
use crate::look::frame;
use crate::record::revise::revised;

/// The page.
///
/// # Errors
/// None.
pub fn page(ask: &Ask<'_>) -> Reply {
    let product = ask.query("product").unwrap_or_default();
    let body = html! {
        p.answer { (ask.say("公表された計画書を読み取り、点検し、計画・文書・期限にします。", "A published plan is read, reviewed, and becomes plan, documents and deadlines.")) }
        form.stack method="post" action="/import" enctype="multipart/form-data" {
            (hidden(ask, "import", 0))
            label for="document" { (ask.say("計画書（PDF、Word、テキスト）", "The plan: PDF, Word or text")) }
            p.hint id="document-hint" { (ask.say("64 MiB まで。この機械の外には送られません。", "Up to 64 MiB; it does not leave this server.")) }
            input type="file" id="document" name="document" accept=".pdf,.docx,.txt,application/pdf,text/plain" required aria-describedby="document-hint";
            @if product.is_empty() {
                (field(ask, "import", "product", ask.say("製品の識別子", "Identifier of the product"), ask.say("英数字と - _ 。例: mihonsa", "Letters, digits, - and _, such as mihonsa"), ""))
                (field(ask, "import", "name", ask.say("製品の名前（空欄なら計画書から）", "Its name; from the plan if left empty"), "", ""))
            } @else { input type="hidden" name="product" value=(product); p { (ask.say("製品: ", "Product: ")) strong { (product) } } }
            p.actions { button { (ask.say("取り込む", "Import")) } }
        }
        @if ask.problem.is_some() { (empty(ask.say("ファイルはもう一度選んでください。ほかの入力は残っています。", "Choose the file once more; the rest is kept."))) }
        h2 { (ask.say("ひな形から始める", "Begin with a template")) }
        form.stack method="post" action="/import" {
            (hidden(ask, "template", 0))
            (field(ask, "template", "product", ask.say("製品の識別子", "Identifier of the product"), "", ""))
            (field(ask, "template", "name", ask.say("製品の名前", "Its name"), "", ""))
            p.actions { button.second { (ask.say("ひな形で始める", "Begin")) } }
        }
    };
    Ok(frame::page(ask, ask.say("計画書の取り込み", "Import a plan"), body))
}

/// Imports a document, or begins with the template: a first revision is recorded.
///
/// # Errors
/// The document cannot be read, or it is refused.
pub fn import(ask: &Ask<'_>) -> Reply {
    let id = ask.needed("product", "製品の識別子", "the identifier of the product")?.to_owned();
    let known = ask.state.organisation.products.contains_key(&id);
    let product = ask.state.products.get(&id).cloned().unwrap_or_default();
    if product.lines.contains_key(MAIN) {
        return Err(Trouble::unfit(
            format!("製品「{id}」にはすでに計画があります"),
            format!("“{id}” has a plan already"),
            "別の識別子にするか、その製品の「編集」で改訂してください",
            "use another identifier, or edit that plan",
        ));
    }
    let (folder, report, read) = if ask.field("form") == "template" {
        (plan::template::template(), None, String::new())
    } else {
        let file = ask.files.iter().find(|file| file.field == "document" && !file.bytes.is_empty());
        let file = file
            .ok_or_else(|| Trouble::unfit("計画書が選ばれていません", "no file was chosen", "ファイルを選んでください", "choose a file"))?;
        // the name of a file is told, never opened
        let name = file.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let read = guarded(&name, || published::read::document(&name, &file.bytes))?;
        let published = read.map_err(|unreadable| unreadable.problem(&name))?;
        let reviewed = guarded(&name, || published::review::review(&published, None, ask.today()))?;
        let imported = guarded(&name, || published::import::plan(&published))?;
        let files: Folder = imported.files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
        (files, Some((reviewed.findings, imported.report.findings)), name)
    };
    let made = revised(MAIN, None, &folder, ask.today())?;
    if !known {
        let name = ask.typed("name").map_or_else(|| made.plan.name().to_owned(), str::to_owned);
        let name = if name.trim().is_empty() { id.clone() } else { name };
        let mut context = ask.context(0)?;
        context.command.push('p');
        ask.house.desk.organisation(&Command::ListProduct { product: id.clone(), name }, &context)?;
    }
    let mut context = ask.context(made.files)?;
    if context.reason.is_none() && !read.is_empty() {
        context.reason = Some(format!("{}{read}", ask.say("公表された計画書の取り込み: ", "imported from ")));
    }
    let entries = ask.house.desk.product(&id, &made.command, &context)?;
    let number = match super::act::first(&entries) {
        Some(Event::RevisionRecorded(revision)) => revision.revision,
        _ => 1,
    };
    match report {
        Some((reviewed, chosen)) => Ok(told(ask, &id, number, &reviewed, &chosen)),
        None => Ok(Answer::go(&format!("/p/{id}"))),
    }
}

/// What the review of the document found, what was chosen and what was left: told once, with the way on.
fn told(ask: &Ask<'_>, id: &str, number: u32, reviewed: &[Finding], chosen: &[Finding]) -> Answer {
    let count = |severity| reviewed.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let body = html! {
        p.answer data-drafted="/import" {
            @if ask.is_japanese() { "改訂" (number) "として記録しました。計画書の点検: 要修正 " (errors) " 件、要確認 " (warnings) " 件。" }
            @else { "Recorded as revision " (number) ". The review found " (errors) " errors and " (warnings) " warnings." }
        }
        p.actions {
            a.button href={ "/p/" (id) } { (ask.say("計画を見る", "See the plan")) }
            a.button.second href={ "/p/" (id) "/documents" } { (ask.say("文書", "Documents")) }
            a.button.second href={ "/p/" (id) "/deadlines" } { (ask.say("期限", "Deadlines")) }
        }
        h2 { (ask.say("計画書の点検", "Review of the document")) }
        p.quiet { (ask.say("様式・相互の食い違い・計算の点検です。場所は計画書の頁です。この頁は再び開けないため、必要なら印刷してください。", "What the document says of itself in several places, its form and its arithmetic; places are pages of the document. This page cannot be opened again: print it if you need it.")) }
        (of_document(ask, reviewed))
        h2 { (ask.say("読み取りで選んだこと・残したこと", "What reading chose and left")) }
        (of_document(ask, chosen))
    };
    frame::page(ask, ask.say("取り込みました", "Imported"), body)
}

/// A fault of ours in a document that nobody has seen must not take the server with it.
fn guarded<T>(name: &str, work: impl FnOnce() -> T) -> Result<T, Problem> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).map_err(|_| {
        Problem::new(
            Words::new(
                format!("{name} を扱う途中で、プログラムの不具合が起きました"),
                format!("a fault of this program stopped it at {name}"),
            ),
            Words::new(
                "別の形式（Word、テキスト）で試し、できればファイルを添えて不具合を報告してください",
                "try another form of the document (Word, text), and report the fault, with the file if you may",
            ),
        )
    })
}
