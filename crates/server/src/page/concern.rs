//! A concern's dossier: everything known of it, on one page and as one PDF.

use maud::{PreEscaped, html};
use typeset::Tokens;

use super::of::shown;
use super::plan::name;
use crate::answer::{Answer, Reply, Trouble};
use crate::ask::Ask;
use crate::look::frame;
use crate::record::documents::pdf;
use crate::record::dossier::{Source, dossier};

fn made(ask: &Ask<'_>) -> Result<(typeset::Document, String), Trouble> {
    let shown = shown(ask)?;
    let id = ask.part("concern");
    let zone = ask.house.zone();
    let names = |person: &str| ask.name_of(person).to_owned();
    let source = Source {
        plan: &shown.plan.plan,
        product: shown.product,
        revision: shown.number,
        as_of: ask.as_of(),
        zone: &zone,
        language: ask.language,
        simulated: ask.house.simulated,
        name: &names,
    };
    let document = dossier(&source, id).ok_or_else(|| Trouble::unknown("この検討事項", "such concern"))?;
    Ok((document, name(ask, id, &shown.plan.plan)))
}

/// The page.
///
/// # Errors
/// There is no such concern.
pub fn page(ask: &Ask<'_>) -> Reply {
    let (mut document, name) = made(ask)?;
    let (product, id) = (ask.part("product"), ask.part("concern"));
    // the page has the name as its title
    document.body.remove(0);
    let body = html! {
        p.actions {
            @if cfg!(feature = "pdf") { a.button.second href=(ask.link(&format!("/p/{product}/concerns/{id}/dossier.pdf"))) { (ask.say("一つの PDF にする", "As one PDF")) } }
            a.button.second href=(ask.link(&format!("/p/{product}/read#{id}"))) { (ask.say("計画の中で読む", "Read it in the plan")) }
            a.button.second href=(ask.link(&format!("/p/{product}/trail?value=concerns/{id}"))) { (ask.say("値の履歴をすべて見る", "The whole trail of its values")) }
        }
        div.dossier { (PreEscaped(typeset::piece(&document))) }
    };
    Ok(frame::product_page(ask, &name, body))
}

/// The same as PDF.
///
/// # Errors
/// There is no such concern, or the PDF cannot be made.
pub fn file(ask: &Ask<'_>) -> Reply {
    let (document, _) = made(ask)?;
    let (product, id) = (ask.part("product"), ask.part("concern"));
    let words = format!("dossier {product} {id}");
    ask.house.desk.note("exported", &diagnostic::Words::same(words), &ask.context(0)?);
    match pdf(&document, &Tokens::default())? {
        Some(bytes) => Ok(Answer::of("application/pdf", bytes).with("content-disposition", "inline")),
        None => Err(Trouble::unfit(
            "このサーバーには PDF の作成が組み込まれていません",
            "making PDF is not built into this server",
            "画面から印刷してください",
            "print the page instead",
        )),
    }
}
