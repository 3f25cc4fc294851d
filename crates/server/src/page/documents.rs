//! Documents of a revision: looked at, downloaded, issued; what was issued is kept, with the origin of each figure.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::sync::Arc;

use access::Action;
use maud::{Markup, html};
use operation::product::{Command, DocumentSent, FileSent, Revision};

use super::of::{Shown, shown};
use crate::answer::{Answer, Reply, Trouble};
use crate::ask::Ask;
use crate::house::no_revision;
use crate::look::bits::{cut, day, empty, hidden};
use crate::look::frame;
use crate::record::documents::{DOCUMENTS, Rendered, Source, day as day_of, rendered};

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// What can be made of a revision, and what was issued.
///
/// # Errors
/// There is no plan.
pub fn list(ask: &Ask<'_>) -> Reply {
    let shown = shown(ask)?;
    let (id, number) = (shown.id, shown.number);
    let against = against(ask, &shown)?;
    let query = against.map_or_else(String::new, |against| format!("?against={against}"));
    let may = ask.may(Action::IssueDocument, Some(id)) && !ask.is_past();
    let body = html! {
        form.actions method="get" action=(ask.path) {
            @for (key, value) in ask.query.iter().filter(|(key, _)| ["recorded", "received"].contains(&key.as_str())) { input type="hidden" name=(key) value=(value); }
            (choice(ask, &shown, "revision", ask.say("改訂", "Revision"), Some(number)))
            (choice(ask, &shown, "against", ask.say("比べる改訂", "Compared with"), against))
            button.second { (ask.say("表示", "Show")) }
        }
        div.wide tabindex="0" { table.full.cards {
            thead { tr { th scope="col" { (ask.say("文書", "Document")) } th scope="col" { (ask.say("見る・ダウンロード", "See or download")) } } }
            tbody { @for (name, words) in DOCUMENTS {
                @let base = format!("/p/{id}/documents/{number}/{name}");
                tr {
                    th scope="row" { (ask.pair(*words)) }
                    td {
                        @if *name == "old-new" && against.is_none() { span.quiet { (ask.say("比べる改訂がありません", "nothing to compare with")) } }
                        @else {
                            a href=(ask.link(&format!("{base}.html{query}"))) { (ask.say("見る", "see")) }
                            @if cfg!(feature = "pdf") { "　" a href=(ask.link(&format!("{base}.pdf{query}"))) { "PDF" } }
                            "　" a href=(ask.link(&format!("{base}.docx{query}"))) { "Word" }
                        }
                    }
                }
            } }
        } }
        @if may {
            h2 { (ask.say("発行する", "Issue")) }
            p { (ask.say("この改訂から文書を作り、そのままの形で記録に残します。後から、だれが、いつ、どの改訂から発行したものか確かめられます。", "The documents are made of this revision and kept as they are: whoever holds one can find out when, by whom and from what it was issued.")) }
            form.stack method="post" action={ "/p/" (id) "/documents?revision=" (number) } {
                (hidden(ask, "issue", shown.product.sequence))
                input type="hidden" name="against" value=(against.map_or_else(String::new, |against| against.to_string()));
                fieldset { legend { (ask.say("文書", "Documents")) }
                    @for (name, words) in DOCUMENTS.iter().filter(|(name, _)| *name != "public" && *name != "eu-rmp" && (*name != "old-new" || against.is_some())) {
                        label.inline { input type="checkbox" name="document" value=(name) checked[*name == "j-rmp" || *name == "old-new"]; (ask.pair(*words)) }
                    }
                }
                p.actions { button { (ask.say("発行する", "Issue")) } }
            }
        }
        h2 #issued { (ask.say("発行したもの", "What was issued")) }
        @if shown.product.issues.is_empty() { (empty(ask.say("まだ発行した文書はありません。", "Nothing was issued yet."))) }
        @for (issue, issued) in shown.product.issues.iter().rev() {
            div.note {
                p { strong { (ask.say("発行", "Issue ")) (issue) } "　" (ask.say("改訂", "revision ")) (issued.revision) "　" (day(ask, issued.as_of)) "　" (ask.name_of(&issued.last.actor)) "　" (ask.local(issued.last.recorded)) }
                ul { @for (n, file) in issued.files.iter().enumerate() { li {
                    a href=(ask.link(&format!("/p/{id}/issued/{issue}/{n}"))) { (file.path) } " " span.small.quiet { (file.bytes / 1024 + 1) " KiB" }
                    @if let Some(hash) = file.sha256 { div.small.quiet { "SHA-256 " (hash) } }
                } } }
            }
        }
    };
    Ok(frame::product_page(ask, ask.say("文書", "Documents"), body))
}

fn choice(ask: &Ask<'_>, shown: &Shown<'_>, name: &str, label: &str, chosen: Option<u32>) -> Markup {
    html! { div {
        label for=(name) { (label) }
        select id=(name) name=(name) {
            @if name == "against" { option value="none" { "—" } }
            @for (number, revision) in shown.product.revisions.iter().rev().take(300) {
                option value=(number) selected[chosen == Some(*number)] { (ask.say("改訂", "revision ")) (number) "　" (cut(revision.reason.as_deref().unwrap_or(""), 20)) }
            }
        }
    } }
}

/// The revision to compare with: the one that is named, or the last that was handed in before.
fn against(ask: &Ask<'_>, shown: &Shown<'_>) -> Result<Option<u32>, Trouble> {
    match ask.query("against").or_else(|| ask.typed("against")) {
        Some("none") => Ok(None),
        Some(number) => number.parse().map(Some).map_err(|_| Trouble::unknown("この番号の改訂", "revision of that number")),
        None => {
            Ok(shown.product.submissions.values().map(|submission| submission.revision).filter(|earlier| *earlier < shown.number).max())
        }
    }
}

/// The day on which a revision was handed in, if it was.
fn handed_in(product: &operation::product::Product, revision: u32) -> Option<calendar::Date> {
    product.submissions.values().filter(|submission| submission.revision == revision).map(|submission| submission.day).max()
}

/// A document in one of its formats, made when it is asked for.
///
/// # Errors
/// There is no such document, or it cannot be made.
pub fn one(ask: &Ask<'_>) -> Reply {
    let (id, product) = ask.product()?;
    let number = ask.number("revision")?;
    let revision = product.revisions.get(&number).ok_or_else(|| Trouble::new(404, no_revision(number)))?;
    let file = ask.part("file");
    let unknown = || Trouble::unknown("この文書", "such document");
    let (name, format) = file.rsplit_once('.').ok_or_else(unknown)?;
    if !DOCUMENTS.iter().any(|(known, _)| *known == name) || !["html", "pdf", "docx"].contains(&format) {
        return Err(unknown());
    }
    let made = make(ask, id, number, revision, name, format == "pdf")?;
    let context = ask.context(0)?;
    let words = format!("{name}.{format} {id} {number}");
    ask.house.desk.note("read", &diagnostic::Words::same(words), &context);
    match format {
        "html" => Ok(html_page(&made.html)),
        "docx" => Ok(Answer::file(&format!("{}.docx", made.file), WORD, made.docx.clone())),
        _ => match &made.pdf {
            Some(pdf) => Ok(Answer::of("application/pdf", pdf.clone()).with("content-disposition", "inline")),
            None => Err(Trouble::unfit(
                "このサーバーには PDF の作成が組み込まれていません",
                "making PDF is not built into this server",
                "Word 又は画面の表示をお使いください",
                "use the Word file, or look at it here",
            )),
        },
    }
}

/// A page of a document: with its own style, which it names by its hash, and no script.
fn html_page(html: &str) -> Answer {
    let style = html.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>")).map_or("", |(style, _)| style);
    let hash = BASE64.encode(journal::Hash::of(&[style.as_bytes()]).0);
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src 'self' data:; font-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
    );
    Answer::of("text/html; charset=utf-8", html.as_bytes().to_vec()).with("content-security-policy", policy)
}

fn make(ask: &Ask<'_>, id: &str, number: u32, revision: &Revision, name: &str, with_pdf: bool) -> Result<Arc<Rendered>, Trouble> {
    let (_, product) = ask.product()?;
    let last = || product.submissions.values().map(|submission| submission.revision).filter(|earlier| *earlier < number).max();
    let against = match ask.query("against").or_else(|| ask.typed("against")) {
        Some("none") => None,
        Some(text) => Some(text.parse::<u32>().map_err(|_| Trouble::unknown("この番号の改訂", "revision of that number"))?),
        None => last(),
    };
    let plan = ask.house.compiled(number, revision, ask.as_of())?;
    let old = match against {
        Some(against) => {
            let revision = product.revisions.get(&against).ok_or_else(|| Trouble::new(404, no_revision(against)))?;
            Some(ask.house.compiled(against, revision, ask.as_of())?)
        }
        None => None,
    };
    let handed_in = (against.and_then(|against| handed_in(product, against)), handed_in(product, number));
    let as_of = day_of(handed_in.1, &plan.plan, old.as_ref().map(|old| &old.plan), ask.as_of());
    let key = format!("{name} {id} {} {} {as_of} {handed_in:?} {with_pdf}", revision.content, against.unwrap_or(0));
    let simulated = ask.house.simulated;
    let source = Source { plan: &plan, against: old.as_deref(), handed_in, as_of, simulated };
    Ok(ask.house.documents.get(&key, || rendered(&source, name, id, with_pdf).map(Arc::new))?)
}

/// Issues documents: made of the revision, kept as they are.
///
/// # Errors
/// It is refused, or they cannot be made.
pub fn issue(ask: &Ask<'_>) -> Reply {
    let shown = shown(ask)?;
    let against = against(ask, &shown)?;
    let wanted: Vec<&str> = DOCUMENTS
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| ask.form.iter().any(|(key, value)| key == "document" && value == name))
        .collect();
    if wanted.is_empty() {
        return Err(Trouble::unfit(
            "文書が選ばれていません",
            "no document was chosen",
            "発行する文書を選んでください",
            "choose what is issued",
        ));
    }
    let mut files = Vec::new();
    for name in &wanted {
        let made = make(ask, shown.id, shown.number, shown.revision, name, true)?;
        let language = made.language.code().to_owned();
        let mut add = |path: String, bytes: Vec<u8>| {
            files.push(DocumentSent { document: (*name).to_owned(), language: language.clone(), file: FileSent { path, bytes } });
        };
        if let Some(pdf) = &made.pdf {
            add(format!("{}.pdf", made.file), pdf.clone());
        }
        add(format!("{}.docx", made.file), made.docx.clone());
        add(format!("{}.html", made.file), made.html.clone().into_bytes());
        for (path, bytes) in &made.attachments {
            add(path.clone(), bytes.clone());
        }
    }
    let old = against.and_then(|against| Some((against, shown.product.revisions.get(&against)?)));
    let old = old.map(|(number, revision)| ask.house.compiled(number, revision, ask.as_of())).transpose()?;
    let as_of = day_of(handed_in(shown.product, shown.number), &shown.plan.plan, old.as_ref().map(|old| &old.plan), ask.as_of());
    let context = ask.context(files.len())?;
    let program = ask.house.place.program.clone();
    let command = Command::Issue { revision: shown.number, against, as_of, program, files };
    ask.house.desk.product(shown.id, &command, &context)?;
    Ok(Answer::go(&format!("/p/{}/documents?revision={}#issued", shown.id, shown.number)))
}

/// A file that was issued, as it was.
///
/// # Errors
/// There is none, or it was erased.
pub fn issued(ask: &Ask<'_>) -> Reply {
    let (_, product) = ask.product()?;
    let unknown = || Trouble::unknown("この文書", "such document");
    let issue = product.issues.get(&ask.number("issue")?).ok_or_else(unknown)?;
    let file = issue.files.get(usize::try_from(ask.number("file")?).unwrap_or(usize::MAX)).ok_or_else(unknown)?;
    let blob = ask.house.desk.blob(file.address)?.ok_or_else(unknown)?;
    ask.house.desk.note("exported", &diagnostic::Words::same(file.path.clone()), &ask.context(0)?);
    let kind = match file.path.rsplit('.').next() {
        Some("pdf") => "application/pdf",
        Some("docx") => WORD,
        // whatever it is, it is kept and not shown: it was issued by this house, and is no page of it
        _ => "application/octet-stream",
    };
    Ok(Answer::file(&file.path, kind, blob.bytes))
}
