//! Documents of a revision, made when somebody asks for them.

use std::collections::BTreeMap;

use calendar::Date;
use diagnostic::{Finding, Problem, Words};
use document::form::mistaken_token;
use document::old_new::{Comparison, underlined};
use document::{Form, Issue, Request, agenda, eu, evidence, issue, old_new, public};
use plan::{Folder, Plan};
use typeset::{Provenance, Tokens};

use crate::house::Compiled;

/// The documents, by the names that forms and addresses have, with what they are called.
pub const DOCUMENTS: &[(&str, (&str, &str))] = &[
    ("j-rmp", ("医薬品リスク管理計画書（概要を含む）", "Risk management plan (J-RMP) with its summary")),
    ("old-new", ("新旧対照表", "Comparison of old and new")),
    ("calendar", ("期限と期間の一覧", "Calendar")),
    ("evidence", ("根拠となる集計", "Evidence annex")),
    ("public", ("公表用の頁", "Public page")),
    ("eu-rmp", ("EU-RMP", "EU-RMP")),
];

/// What was drawn across everything in a house of invented data.
pub const SIMULATED: &str = "模擬データ";

/// A document in its formats.
#[derive(Debug)]
pub struct Rendered {
    /// Its language.
    pub language: typeset::Language,
    /// The names of its files, without ending.
    pub file: String,
    /// PDF, where that is built in.
    pub pdf: Option<Vec<u8>>,
    /// Word.
    pub docx: Vec<u8>,
    /// One page for browsers.
    pub html: String,
    /// Files that belong to it.
    pub attachments: Vec<(String, Vec<u8>)>,
}

/// What a document is made of.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The plan of the revision.
    pub plan: &'a Compiled,
    /// The plan with which it is compared.
    pub against: Option<&'a Compiled>,
    /// When the version it is compared with and this one were handed in, by the record.
    pub handed_in: (Option<Date>, Option<Date>),
    /// The day it is of.
    pub as_of: Date,
    /// Whether everything is invented.
    pub simulated: bool,
}

/// The day a document is as of: a version that is handed in, by the record or by its own words, is as of that day, whenever it is made.
#[must_use]
pub fn day(handed_in: Option<Date>, plan: &Plan, against: Option<&Plan>, today: Date) -> Date {
    handed_in.or(plan.submitted()).filter(|day| against.is_none_or(|old| old.submitted() < Some(*day))).unwrap_or(today)
}

/// Makes a document; what stands in the way of it is told.
///
/// # Errors
/// There is no such document, its form has mistakes, or it cannot be rendered.
pub fn made(source: &Source<'_>, name: &str) -> Result<Issue, Problem> {
    let form = form(name, &source.plan.folder);
    let Source { plan, against, handed_in, as_of, simulated } = *source;
    let request = Request { plan: &plan.plan, findings: &plan.report.findings, against: against.map(|old| &old.plan), as_of, form: &form };
    let tokens = tokens(&plan.folder)?;
    let made = match (name, against) {
        ("old-new", Some(old)) => {
            let compared = self::form("j-rmp", &plan.folder);
            let request = Request { form: &compared, ..request };
            let comparison =
                Comparison { plan: request, against: &old.plan, handed_in, form: &form, pages: &|document| pages(document, &tokens) };
            old_new(&comparison).map(|(issue, _)| issue)
        }
        ("old-new", None) => {
            return Err(Problem::new(
                Words::new("新旧対照表には比べる版が要ります", "a comparison of old and new needs an earlier version"),
                Words::new("比べる改訂を選んでください", "choose the revision to compare with"),
            ));
        }
        ("calendar", _) => agenda::calendar_of(&request),
        ("evidence", _) => evidence::evidence(&request),
        ("public", _) => public::public(&request),
        ("eu-rmp", _) => eu::eu_rmp(&request).map(|(issue, _)| issue),
        ("j-rmp", _) => issue(&request),
        _ => {
            return Err(Problem::new(
                Words::new(format!("「{name}」という文書はありません"), format!("there is no document “{name}”")),
                Words::new("一覧から選んでください", "choose from the list"),
            ));
        }
    };
    let mut issue = made.map_err(|mistakes| first(&mistakes))?;
    if simulated {
        let mark = issue.document.watermark.take().map_or_else(|| SIMULATED.to_owned(), |draft| format!("{draft}・{SIMULATED}"));
        issue.document.watermark = Some(mark);
    }
    Ok(issue)
}

/// Renders a document in every format.
///
/// # Errors
/// It holds what a format cannot.
pub fn rendered(source: &Source<'_>, name: &str, product: &str, with_pdf: bool) -> Result<Rendered, Problem> {
    let issue = made(source, name)?;
    let tokens = tokens(&source.plan.folder)?;
    let untracked = underlined(&issue.document);
    let provenance = Provenance {
        program: format!("mimamori {}", env!("CARGO_PKG_VERSION")),
        document: name.to_owned(),
        product: product.to_owned(),
        source: source.plan.folder.fingerprint(),
    };
    let docx = match name {
        "j-rmp" => typeset::returnable_docx(&issue.document, &tokens, &provenance),
        _ => typeset::docx(&issue.document, &tokens),
    };
    let docx = docx.map_err(|error| {
        let words = error.to_string();
        let (ja, en) = words.split_once(" / ").unwrap_or((&words, &words));
        Problem::new(
            Words::new(format!("Word の文書を作れません（{ja}）"), format!("the Word file cannot be made: {en}")),
            Words::new("計画か様式を直してください", "mend the plan or its form"),
        )
    })?;
    Ok(Rendered {
        language: issue.document.language,
        pdf: if with_pdf { pdf(&untracked, &tokens)? } else { None },
        docx,
        html: typeset::html(&untracked, &tokens),
        attachments: issue.document.attachments.iter().map(|file| (file.name.clone(), file.bytes.clone())).collect(),
        file: issue.file,
    })
}

/// A document as PDF, where that is built in.
///
/// # Errors
/// It holds what PDF cannot.
#[cfg(feature = "pdf")]
pub fn pdf(document: &typeset::Document, tokens: &Tokens) -> Result<Option<Vec<u8>>, Problem> {
    typeset::pdf(document, tokens).map(Some).map_err(|failure| {
        Problem::new(
            Words::new(format!("PDF を作れません（{}）", failure.japanese), format!("the PDF cannot be made: {}", failure.english)),
            Words::new("計画か様式を直してください", "mend the plan or its form"),
        )
    })
}

/// Without PDF there is none.
///
/// # Errors
/// None.
#[cfg(not(feature = "pdf"))]
pub fn pdf(_: &typeset::Document, _: &Tokens) -> Result<Option<Vec<u8>>, Problem> {
    Ok(None)
}

#[cfg(feature = "pdf")]
fn pages(document: &typeset::Document, tokens: &Tokens) -> Option<BTreeMap<String, usize>> {
    typeset::pages(document, tokens).ok()
}

#[cfg(not(feature = "pdf"))]
fn pages(_: &typeset::Document, _: &Tokens) -> Option<BTreeMap<String, usize>> {
    None
}

/// The form of a document: that of the program, over it the files of the plan's own `forms/`.
#[must_use]
pub fn form(name: &str, folder: &Folder) -> Form {
    let mut form = Form::shipped(name).unwrap_or_default();
    let prefix = format!("forms/{name}/");
    for (path, bytes) in folder.iter() {
        if let Some(file) = path.strip_prefix(&prefix).filter(|file| file.ends_with(".md")) {
            form.insert(file, path.to_owned(), String::from_utf8_lossy(bytes).into_owned());
        }
    }
    form
}

/// How documents look: as the program has it, over it `forms/tokens.toml` of the plan.
///
/// # Errors
/// That file has mistakes.
pub fn tokens(folder: &Folder) -> Result<Tokens, Problem> {
    const FILE: &str = "forms/tokens.toml";
    let Some(bytes) = folder.get(FILE) else { return Ok(Tokens::default()) };
    let text = String::from_utf8_lossy(bytes);
    Tokens::default()
        .with(&text)
        .map_err(|faults| first(&faults.iter().map(|fault| mistaken_token(FILE, &text, fault)).collect::<Vec<_>>()))
}

fn first(mistakes: &[Finding]) -> Problem {
    mistakes.first().map_or_else(
        || Problem::new(Words::new("文書を作れません", "the document cannot be made"), Words::default()),
        |finding| Problem::new(finding.message.clone(), finding.hint.clone()),
    )
}
