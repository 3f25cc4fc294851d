//! `mimamori build`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use diagnostic::{Finding, Problem, Report, Severity, Tool, Words};
use document::old_new::{Comparison, underlined};
use document::{Issue, Request, agenda, eu, evidence, issue, old_new, public};
use plan::check::{Check, check_reading};
use plan::read::read;
use plan::rules::code::{NOT_A_PLAN, OTHER_FORMAT};
use typeset::{Provenance, Tokens};

use crate::delivery::{Destination, Staged};
use crate::folder;
use crate::forms::{TOKENS, form, tokens, unused};
use crate::outcome::Outcome;
use crate::plan_arguments::{Build, BuildFormat, DocumentName};
use crate::speech::{language, say, tell};
use crate::terminal::{Colour, Surface};

/// Every document, in the order in which they are built.
const DOCUMENTS: [DocumentName; 6] =
    [DocumentName::JRmp, DocumentName::OldNew, DocumentName::Calendar, DocumentName::Evidence, DocumentName::Public, DocumentName::EuRmp];
/// Every format that was built in.
const FORMATS: &[BuildFormat] = if cfg!(feature = "pdf-output") {
    &[BuildFormat::Pdf, BuildFormat::Docx, BuildFormat::Html, BuildFormat::Text]
} else {
    &[BuildFormat::Docx, BuildFormat::Html, BuildFormat::Text]
};

/// Builds documents. Everything is written beside its target first and then put into place.
///
/// # Errors
/// The folder is no plan, a form has mistakes, or a file cannot be written.
pub fn run(options: &Build) -> Result<Outcome, Problem> {
    let Built { outcome, documents, .. } = built(options)?;
    let mut text = String::new();
    for target in documents.into_iter().flat_map(|(_, targets)| targets) {
        text.push_str(&format!("{}: {}\n", say("作成", "built"), diagnostic::harmless(&target.display().to_string())));
    }
    Destination::Standard.write(&text)?;
    Ok(outcome)
}

/// What was built.
#[derive(Debug)]
pub struct Built {
    /// How it went.
    pub outcome: Outcome,
    /// Each document with its files.
    pub documents: Vec<(&'static str, Vec<PathBuf>)>,
    /// The day the documents are as of.
    pub as_of: calendar::Date,
}

impl Built {
    fn nothing(outcome: Outcome) -> Self {
        Self { outcome, documents: Vec::new(), as_of: calendar::Date::MIN }
    }
}

/// Builds documents, and says which files they are.
///
/// # Errors
/// As [`run`].
pub fn built(options: &Build) -> Result<Built, Problem> {
    let output = options.output.clone().unwrap_or_else(|| options.folder.join("out"));
    let mut documents = options.documents.clone();
    if documents.is_empty() {
        // nothing is compared without an earlier version; the forms are shown all
        documents =
            DOCUMENTS.into_iter().filter(|d| options.show_form || options.against.is_some() || *d != DocumentName::OldNew).collect();
    }
    let mut formats = if options.formats.is_empty() { FORMATS.to_vec() } else { options.formats.clone() };
    formats.sort_unstable();
    formats.dedup();
    if options.show_form {
        return show_forms(&documents, &output).map(Built::nothing);
    }
    if documents.contains(&DocumentName::OldNew) && options.against.is_none() {
        return Err(Problem::new(
            Words::new("新旧対照表には比べる版が要ります", "a comparison of old and new needs an earlier version"),
            Words::new(
                "--against に、前回提出した版の計画のフォルダーを指定してください",
                "give the folder of the plan as last submitted after --against",
            ),
        ));
    }
    let opened = folder::open(&options.folder)?;
    let against = match &options.against {
        Some(against) => Some(folder::plan(against)?),
        None => None,
    };
    let reading = read(&opened.folder);
    if let Some((old, ..)) = &against {
        earlier(&reading.plan, old)?;
    }
    let as_of = day(options.as_of, &reading.plan, against.as_ref().map(|(plan, ..)| plan));
    let Check { plan, report, .. } = check_reading(reading, as_of);
    for finding in &report.findings {
        match finding.code {
            NOT_A_PLAN => return Err(folder::no_plan(&options.folder)),
            OTHER_FORMAT => return folder::plan(&options.folder).map(|(_, outcome, _)| Built::nothing(outcome)),
            _ => {}
        }
    }
    let mut outcome = Outcome::Clean;
    for problem in &opened.problems {
        outcome = outcome.max(Outcome::failed(problem));
    }
    let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    if options.final_version && errors > 0 {
        return refuse(report, &options.folder, errors).map(Built::nothing);
    }
    // not asked for by name, the public page is left to published versions
    let published = public::published(&plan).is_some() && errors == 0 && options.is_published != Some(false);
    // nor is a plan in Japanese alone an EU-RMP
    let english = eu::has_english(&plan);
    if options.documents.is_empty() {
        documents.retain(|document| match document {
            DocumentName::Public => published,
            DocumentName::EuRmp => english,
            _ => true,
        });
    }
    let tokens = match tokens(&options.folder, options.forms.as_deref(), &opened.folder)? {
        Ok(tokens) => tokens,
        Err(mistakes) => {
            show(&mistakes)?;
            return Ok(Built::nothing(Outcome::Failed));
        }
    };
    for file in unused(&options.folder, options.forms.as_deref(), &opened.folder)? {
        let file = diagnostic::harmless(&file);
        tell(&Words::new(
            format!("注意: {file} はどの様式にも用いられません。`mimamori build --show-form` が書き出す名前と比べてください"),
            format!("note: {file} belongs to no form; compare its name with those that `mimamori build --show-form` writes out"),
        ));
    }
    if options.is_published.is_none() && documents.contains(&DocumentName::Public) && published {
        tell(&Words::new(
            "注意: 公表用の頁は、このフォルダーの今の内容から作ります。公表後に手を加えていないことを確かめてください（記録した計画なら `mimamori issue` が確かめます）",
            "note: the public page is made of this folder as it is now; see that nothing was changed since it was published (of a recorded plan, `mimamori issue` sees to it)",
        ));
    }
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut ends = Vec::new();
    let mut left: Vec<Finding> = Vec::new();
    for document in documents {
        let form_of = |document| form(name(document), &options.folder, options.forms.as_deref(), &opened.folder);
        let form = form_of(document)?;
        let old = against.as_ref().map(|(plan, ..)| plan);
        let request = Request { plan: &plan, findings: &report.findings, against: old, as_of, form: &form };
        let made = match (document, old) {
            (DocumentName::OldNew, Some(against)) => {
                let compared = form_of(DocumentName::JRmp)?;
                let plan = Request { form: &compared, ..request };
                old_new(&Comparison { plan, against, form: &form, pages: &|document| pages(document, &tokens) }).map(|(issue, found)| {
                    left.extend(found);
                    issue
                })
            }
            (DocumentName::Calendar, _) => agenda::calendar_of(&request),
            (DocumentName::Evidence, _) => evidence::evidence(&request),
            (DocumentName::Public, _) => public::public(&request),
            (DocumentName::EuRmp, _) => eu::eu_rmp(&request).map(|(issue, found)| {
                if !options.documents.is_empty() {
                    left.extend(found);
                } else if !found.is_empty() {
                    // who writes in Japanese day by day is not stopped by it
                    let count = found.len();
                    tell(&Words::new(
                        format!("EU-RMP に英語のない所が {count} か所あります。`--document eu-rmp` で一覧を示します"),
                        format!("{count} passages of the EU-RMP have no English; `--document eu-rmp` lists them"),
                    ));
                }
                issue
            }),
            _ => issue(&request),
        };
        match made {
            Ok(issue) => {
                let provenance = Provenance {
                    program: format!("mimamori {}", env!("CARGO_PKG_VERSION")),
                    document: name(document).to_owned(),
                    product: plan.name().to_owned(),
                    source: folder::fingerprint(&opened.folder),
                };
                // what derives, or quotes two versions, is not taken back into the source
                let provenance = Some(provenance).filter(|_| document == DocumentName::JRmp);
                rendered(&issue, &formats, &tokens, provenance.as_ref(), &mut files)?;
                ends.push((name(document), files.len()));
            }
            Err(mistakes) => {
                show(&mistakes)?;
                return Ok(Built::nothing(Outcome::Failed));
            }
        }
    }
    let mut targets = deliver(&files, &output, &options.folder)?.into_iter();
    let mut begin = 0;
    let documents = ends.into_iter().map(|(document, end)| {
        let these = targets.by_ref().take(end - begin).collect();
        begin = end;
        (document, these)
    });
    let documents = documents.collect();
    if errors > 0 {
        outcome = outcome.max(Outcome::Findings);
        tell(&Words::new(
            format!("計画に要修正の指摘が {errors} 件あるため、案として作りました。`mimamori check` で確かめてください"),
            format!("the plan has {errors} error{}, so this is a draft; `mimamori check` shows them", if errors == 1 { "" } else { "s" }),
        ));
    }
    if !left.is_empty() {
        outcome = outcome.max(Outcome::Findings);
        // what was taken out stands in the old version only
        let (gone, here): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|finding| finding.spans.iter().any(|span| opened.folder.get(&span.file).is_none()));
        let mut shown = shown_in(here, &options.folder);
        shown.extend(shown_in(gone, options.against.as_deref().unwrap_or(&options.folder)));
        show(&shown)?;
    }
    Ok(Built { outcome, documents, as_of })
}

/// The signatures of a revision as a document of its own, in each format.
///
/// # Errors
/// The form has mistakes, or a file cannot be written.
pub fn signatures(options: &Build, sheet: &document::signatures::Sheet, as_of: calendar::Date) -> Result<Vec<PathBuf>, Problem> {
    let opened = folder::open(&options.folder)?;
    let plan = read(&opened.folder).plan;
    let form = form("signatures", &options.folder, options.forms.as_deref(), &opened.folder)?;
    let tokens = tokens(&options.folder, options.forms.as_deref(), &opened.folder)?;
    let request = Request { plan: &plan, findings: &[], against: None, as_of, form: &form };
    let made = tokens.and_then(|tokens| Ok((document::signatures::signatures(&request, sheet)?, tokens)));
    let (issue, tokens) = match made {
        Ok(made) => made,
        Err(mistakes) => {
            show(&mistakes)?;
            return Ok(Vec::new());
        }
    };
    let mut files = Vec::new();
    let formats = if options.formats.is_empty() { FORMATS } else { &options.formats };
    rendered(&issue, formats, &tokens, None, &mut files)?;
    deliver(&files, options.output.as_deref().unwrap_or(&options.folder), &options.folder)
}

/// That a plan is compared with an earlier version of itself. A product may be renamed; its substance is not at the same
/// time.
fn earlier(plan: &plan::Plan, old: &plan::Plan) -> Result<(), Problem> {
    let substance = |plan: &plan::Plan| plan.facts.product.substance.value.clone();
    if plan.name() != old.name() && substance(plan) != substance(old) {
        let (name, old) = (plan.name(), old.name());
        return Err(Problem::new(
            Words::new(
                format!("--against の計画は別の製品のものです（{old}。作る計画は {name}）"),
                format!("the plan after --against is of another product ({old}; the one to build is {name})"),
            ),
            Words::new("同じ製品の前の版を指定してください", "give an earlier version of the same product"),
        ));
    }
    match (plan.submitted(), old.submitted()) {
        (Some(new), Some(old)) if new < old => Err(Problem::new(
            Words::new(
                format!("--against の計画（{old}提出）は、作る計画（{new}提出）より新しいものです"),
                format!("the plan after --against (handed in on {old}) is newer than the one to build ({new})"),
            ),
            Words::new(
                "新しい版のフォルダーを先に、前の版を --against に指定してください",
                "give the newer version first, and the earlier one after --against",
            ),
        )),
        _ => Ok(()),
    }
}

/// The day a document is as of: a version that is handed in is as of its own day, whenever it is built; one that is not yet is as of
/// today.
pub fn day(asked: Option<calendar::Date>, plan: &plan::Plan, against: Option<&plan::Plan>) -> calendar::Date {
    let handed_in = plan.submitted().filter(|day| against.is_none_or(|old| old.submitted() < Some(*day)));
    asked.or(handed_in).unwrap_or_else(|| jiff::Zoned::now().date())
}

fn name(document: DocumentName) -> &'static str {
    match document {
        DocumentName::JRmp => "j-rmp",
        DocumentName::OldNew => "old-new",
        DocumentName::Calendar => "calendar",
        DocumentName::Evidence => "evidence",
        DocumentName::Public => "public",
        DocumentName::EuRmp => "eu-rmp",
    }
}

/// A document in each format, and what is carried beside it.
fn rendered(
    issue: &Issue,
    formats: &[BuildFormat],
    tokens: &Tokens,
    provenance: Option<&Provenance>,
    files: &mut Vec<(String, Vec<u8>)>,
) -> Result<(), Problem> {
    let file = &issue.file;
    let (tracked, untracked) = (&issue.document, underlined(&issue.document));
    for format in formats {
        files.push(match format {
            BuildFormat::Pdf => (format!("{file}.pdf"), pdf(&untracked, tokens, file)?),
            BuildFormat::Docx => {
                let made = match provenance {
                    Some(provenance) => typeset::returnable_docx(tracked, tokens, provenance),
                    None => typeset::docx(tracked, tokens),
                };
                let bytes = made.map_err(|error| {
                    let words = error.to_string();
                    let (ja, en) = words.split_once(" / ").unwrap_or((&words, &words));
                    Problem::new(
                        Words::new(format!("{file}.docx を作れません（{ja}）"), format!("{file}.docx cannot be made: {en}")),
                        Words::new("計画か様式を直してください", "mend the plan or its form"),
                    )
                })?;
                (format!("{file}.docx"), bytes)
            }
            BuildFormat::Html => (format!("{file}.html"), typeset::html(&untracked, tokens).into_bytes()),
            BuildFormat::Text => (format!("{file}.txt"), document::text(&untracked).into_bytes()),
        });
    }
    for attachment in &issue.document.attachments {
        files.push((attachment.name.clone(), attachment.bytes.clone()));
    }
    Ok(())
}

/// The pages of a document, as its PDF has them.
#[cfg(feature = "pdf-output")]
fn pages(document: &typeset::Document, tokens: &Tokens) -> Option<BTreeMap<String, usize>> {
    typeset::pages(document, tokens).ok()
}

/// Without PDF nobody knows the pages.
#[cfg(not(feature = "pdf-output"))]
fn pages(_: &typeset::Document, _: &Tokens) -> Option<BTreeMap<String, usize>> {
    None
}

/// A document as PDF; `file` is what a message calls it.
///
/// # Errors
/// It holds what PDF cannot, or PDF was not built in.
#[cfg(feature = "pdf-output")]
pub fn pdf(document: &typeset::Document, tokens: &Tokens, file: &str) -> Result<Vec<u8>, Problem> {
    typeset::pdf(document, tokens).map_err(|failure| {
        let (ja, en) = (failure.japanese, failure.english);
        Problem::new(
            Words::new(format!("{file}.pdf を作れません（{ja}）"), format!("{file}.pdf cannot be made: {en}")),
            Words::new("計画か様式を直してください", "mend the plan or its form"),
        )
    })
}

/// Without PDF, a problem that says so.
#[cfg(not(feature = "pdf-output"))]
pub fn pdf(_: &typeset::Document, _: &Tokens, file: &str) -> Result<Vec<u8>, Problem> {
    Err(Problem::new(
        Words::new(
            format!("{file}.pdf を作れません。このプログラムには PDF の作成が組み込まれていません"),
            format!("{file}.pdf cannot be made: making PDF is not built into this program"),
        ),
        Words::new(
            "--format docx,html,text を指定するか、機能 pdf を有効にして組み立て直したものをお使いください",
            "give --format docx,html,text, or use a program built with the feature pdf",
        ),
    ))
}

fn refuse(mut report: Report, root: &Path, errors: usize) -> Result<Outcome, Problem> {
    report.findings.retain(|finding| finding.severity == Severity::Error);
    show(&shown_in(report.findings, root))?;
    Err(Problem::new(
        Words::new(
            format!("計画に要修正の指摘が {errors} 件あるため、提出版を作りません"),
            format!("the plan has {errors} errors; nothing to hand in was built"),
        ),
        Words::new("指摘を直すか、--final を外して案を作ってください", "mend them, or build a draft without --final"),
    ))
}

/// Findings of a plan, their files told from where the user stands.
fn shown_in(mut findings: Vec<Finding>, root: &Path) -> Vec<Finding> {
    for span in findings.iter_mut().flat_map(|finding| &mut finding.spans) {
        span.file = folder::path(root, &span.file);
    }
    findings
}

/// Findings at the terminal.
fn show(findings: &[Finding]) -> Result<(), Problem> {
    let report = Report {
        tool: Tool { name: "mimamori".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned(), information_uri: None },
        findings: findings.to_vec(),
        ..Report::default()
    };
    let surface = Surface::of(Colour::Auto, false);
    Destination::Standard.write(&diagnostic::human(&report, language(), surface.colour, surface.width))
}

/// Writes the files into a folder: all of them beside their targets, then each into its place.
fn deliver(files: &[(String, Vec<u8>)], output: &Path, plan: &Path) -> Result<Vec<PathBuf>, Problem> {
    let unwritten = |path: &Path, error: &std::io::Error| {
        let name = path.display();
        Problem::new(
            Words::new(format!("{name} に書き込めません（{error}）"), format!("{name} cannot be written ({error})")),
            Words::new("-o で書き込めるフォルダーを指定してください", "give a folder that can be written after -o"),
        )
    };
    std::fs::create_dir_all(output).map_err(|error| unwritten(output, &error))?;
    let same =
        |one: &Path, other: &Path| std::fs::canonicalize(one).is_ok_and(|one| std::fs::canonicalize(other).is_ok_and(|other| one == other));
    if same(output, plan) {
        let name = output.display();
        return Err(Problem::new(
            Words::new(format!("{name} は計画そのもののフォルダーです"), format!("{name} is the folder of the plan itself")),
            Words::new("-o に別のフォルダーを指定してください", "give another folder after -o"),
        ));
    }
    let mut staged = Vec::new();
    for (file, bytes) in files {
        let target = output.join(file);
        staged.push(Staged::new(&target, bytes).map_err(|error| unwritten(&target, &error))?);
    }
    let mut targets = Vec::new();
    for file in staged {
        let target = file.target().to_path_buf();
        file.commit().map_err(|error| unwritten(&target, &error))?;
        targets.push(target);
    }
    Ok(targets)
}

/// Writes out the original forms.
fn show_forms(documents: &[DocumentName], output: &Path) -> Result<Outcome, Problem> {
    let mut files = plan::Folder::new();
    for (name, shipped) in document::form::SHIPPED.iter().filter(|(shipped, _)| documents.iter().any(|d| name(*d) == *shipped)) {
        for (file, text) in *shipped {
            files.insert(format!("{name}/{file}"), text.as_bytes());
        }
    }
    files.insert(TOKENS, Tokens::SHIPPED.as_bytes());
    folder::create(output, &files)?;
    tell(&Words::new(format!("様式を {} に書き出しました", output.display()), format!("the forms are in {}", output.display())));
    Ok(Outcome::Clean)
}
