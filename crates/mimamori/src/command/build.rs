//! `mimamori build`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use diagnostic::{Finding, Problem, Report, Severity, Tool, Words};
use document::old_new::{Comparison, underlined};
use document::signatures::Sheet;
use document::{Issue, Request, agenda, eu, evidence, issue, old_new, public};
use plan::check::{Check, check_reading};
use plan::read::read;
use plan::rules::code::{NOT_A_PLAN, OTHER_FORMAT};
use typeset::{Provenance, Tokens};

use crate::delivery::{Destination, Staged};
use crate::folder;
use crate::forms::{TOKENS, form, tokens, unused};
use crate::outcome::Outcome;
use crate::plan_arguments::{Build, BuildFormat, Choice, DocumentName};
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
    let output = options.output.clone().unwrap_or_else(|| options.folder.join("out"));
    let Choice { documents, forms, .. } = &options.choice;
    if options.show_form {
        return show_forms(documents, &output);
    }
    compared(documents, options.against.is_some())?;
    let opened = folder::open(&options.folder)?;
    let mut outcome = Outcome::Clean;
    for problem in &opened.problems {
        outcome = outcome.max(Outcome::failed(problem));
    }
    let against = match &options.against {
        Some(against) => Some((against.as_path(), folder::plan(against)?.0)),
        None => None,
    };
    let source = Source { root: &options.folder, folder: &opened.folder, forms: forms.as_deref(), published: None };
    let against = against.as_ref().map(|(root, plan)| (*root, plan));
    let Some(built) = built(&source, against, &options.choice, options.final_version)? else { return Ok(Outcome::Failed) };
    let files: Vec<_> = built.documents.into_iter().flat_map(|made| made.files).collect();
    let mut text = String::new();
    for target in place(stage(&files, &output, &options.folder)?)? {
        text.push_str(&format!("{}: {}\n", say("作成", "built"), diagnostic::harmless(&target.display().to_string())));
    }
    Destination::Standard.write(&text)?;
    Ok(outcome.max(built.outcome))
}

/// What documents are built of.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// What messages call the folder of the plan.
    pub root: &'a Path,
    /// Its files.
    pub folder: &'a plan::Folder,
    /// Forms of the company.
    pub forms: Option<&'a Path>,
    /// Whether it is known that the plan is the published version as it was; none where nobody knows.
    pub published: Option<bool>,
}

/// What was built.
#[derive(Debug)]
pub struct Built {
    /// How it went.
    pub outcome: Outcome,
    /// The documents.
    pub documents: Vec<Made>,
    /// The day they are as of.
    pub as_of: calendar::Date,
}

/// A document in its formats.
#[derive(Debug)]
pub struct Made {
    /// Which document.
    pub document: &'static str,
    /// Its language.
    pub language: typeset::Language,
    /// The names of its files, and their bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// That what compares has something to compare with.
fn compared(documents: &[DocumentName], against: bool) -> Result<(), Problem> {
    if against || !documents.contains(&DocumentName::OldNew) {
        return Ok(());
    }
    Err(Problem::new(
        Words::new("新旧対照表には比べる版が要ります", "a comparison of old and new needs an earlier version"),
        Words::new(
            "--against に、前回提出した版の計画のフォルダー（`mimamori issue` では改訂の番号）を指定してください",
            "give the folder of the plan as last submitted after --against; `mimamori issue` takes the number of its revision",
        ),
    ))
}

/// Builds documents; nothing is written. `None` if a form has mistakes, which are shown.
///
/// # Errors
/// The folder is no plan, it is to be handed in and has errors, or a document cannot be made.
pub fn built(
    source: &Source<'_>,
    against: Option<(&Path, &plan::Plan)>,
    choice: &Choice,
    final_version: bool,
) -> Result<Option<Built>, Problem> {
    let Source { root, folder: files, .. } = *source;
    compared(&choice.documents, against.is_some())?;
    let mut documents = choice.documents.clone();
    if documents.is_empty() {
        // nothing is compared without an earlier version; the forms are shown all
        documents = DOCUMENTS.into_iter().filter(|d| against.is_some() || *d != DocumentName::OldNew).collect();
    }
    documents.sort_unstable();
    documents.dedup();
    let formats = choice.formats();
    let reading = read(files);
    if let Some((_, old)) = against {
        earlier(&reading.plan, old)?;
    }
    let as_of = day(choice.as_of, &reading.plan, against.map(|(_, plan)| plan));
    let Check { plan, report, .. } = check_reading(reading, as_of);
    for finding in &report.findings {
        match finding.code {
            NOT_A_PLAN => return Err(folder::no_plan(root)),
            OTHER_FORMAT => return Err(folder::other_format(root)),
            _ => {}
        }
    }
    let mut outcome = Outcome::Clean;
    let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    if final_version && errors > 0 {
        return Err(refuse(report, root, errors)?);
    }
    // not asked for by name, the public page is left to published versions
    let published = public::published(&plan).is_some() && errors == 0 && source.published != Some(false);
    // nor is a plan in Japanese alone an EU-RMP
    let english = eu::has_english(&plan);
    if choice.documents.is_empty() {
        documents.retain(|document| match document {
            DocumentName::Public => published,
            DocumentName::EuRmp => english,
            _ => true,
        });
    }
    let Some(tokens) = source.tokens()? else { return Ok(None) };
    if formats.contains(&BuildFormat::Pdf) {
        not_shipped(&tokens);
    }
    for file in unused(root, source.forms, files)? {
        let file = diagnostic::harmless(&file);
        tell(&Words::new(
            format!("注意: {file} はどの様式にも用いられません。`mimamori build --show-form` が書き出す名前と比べてください"),
            format!("note: {file} belongs to no form; compare its name with those that `mimamori build --show-form` writes out"),
        ));
    }
    if source.published.is_none() && documents.contains(&DocumentName::Public) && published {
        tell(&Words::new(
            "注意: 公表用の頁は、このフォルダーの今の内容から作ります。公表後に手を加えていないことを確かめてください（記録した計画なら `mimamori issue` が確かめます）",
            "note: the public page is made of this folder as it is now; see that nothing was changed since it was published (of a recorded plan, `mimamori issue` sees to it)",
        ));
    }
    let mut ready = Vec::new();
    let mut left: Vec<Finding> = Vec::new();
    for document in documents {
        let form_of = |document| form(name(document), root, source.forms, files);
        let form = form_of(document)?;
        let old = against.map(|(_, plan)| plan);
        let request = Request { plan: &plan, findings: &report.findings, against: old, as_of, form: &form };
        let made = match (document, old) {
            (DocumentName::OldNew, Some(against)) => {
                let compared = form_of(DocumentName::JRmp)?;
                let plan = Request { form: &compared, ..request };
                old_new(&Comparison { plan, against, handed_in: (None, None), form: &form, pages: &|document| pages(document, &tokens) })
                    .map(|(issue, found)| {
                        left.extend(found);
                        issue
                    })
            }
            (DocumentName::Calendar, _) => agenda::calendar_of(&request),
            (DocumentName::Evidence, _) => evidence::evidence(&request),
            (DocumentName::Public, _) => public::public(&request),
            (DocumentName::EuRmp, _) => eu::eu_rmp(&request).map(|(issue, found)| {
                if !choice.documents.is_empty() {
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
                    source: folder::fingerprint(files),
                };
                // what derives, or quotes two versions, is not taken back into the source
                let provenance = Some(provenance).filter(|_| document == DocumentName::JRmp);
                ready.push(rendered(name(document), &issue, &formats, &tokens, provenance.as_ref())?);
            }
            Err(mistakes) => {
                show(&mistakes)?;
                return Ok(None);
            }
        }
    }
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
            left.into_iter().partition(|finding| finding.spans.iter().any(|span| files.get(&span.file).is_none()));
        let mut shown = shown_in(here, root);
        shown.extend(shown_in(gone, against.map_or(root, |(root, _)| root)));
        show(&shown)?;
    }
    Ok(Some(Built { outcome, documents: ready, as_of }))
}

impl Source<'_> {
    /// How documents look; `None` if a file of that has mistakes, which are shown.
    fn tokens(&self) -> Result<Option<Tokens>, Problem> {
        match tokens(self.root, self.forms, self.folder)? {
            Ok(tokens) => Ok(Some(tokens)),
            Err(mistakes) => show(&mistakes).map(|()| None),
        }
    }
}

impl Choice {
    /// The formats asked for, each once; all if none was.
    fn formats(&self) -> Vec<BuildFormat> {
        let mut formats = if self.formats.is_empty() { FORMATS.to_vec() } else { self.formats.clone() };
        formats.sort_unstable();
        formats.dedup();
        formats
    }
}

/// Tells of fonts that a PDF cannot have: it embeds those of the program, whatever the machine has.
fn not_shipped(tokens: &Tokens) {
    let shipped = |family: &str| typeset::fonts::ALL.iter().any(|font| font.family.eq_ignore_ascii_case(family));
    let asked = [&tokens.fonts.text, &tokens.fonts.heading, &tokens.fonts.code].into_iter().filter(|family| !shipped(family));
    for family in asked.collect::<std::collections::BTreeSet<_>>() {
        tell(&Words::new(
            format!(
                "注意: 書体「{family}」は Word と HTML で用います。PDF には、プログラムが備える BIZ UDPMincho と BIZ UDPGothic を埋め込みます"
            ),
            format!(
                "note: the font “{family}” is asked for in Word and HTML; a PDF has those of the program, BIZ UDPMincho and BIZ UDPGothic"
            ),
        ));
    }
}

/// The signatures of a revision as a document of its own, in each format; `None` if a form has mistakes, which are shown.
///
/// # Errors
/// It cannot be made.
pub fn signatures(source: &Source<'_>, choice: &Choice, sheet: &Sheet, as_of: calendar::Date) -> Result<Option<Made>, Problem> {
    const NAME: &str = "signatures";
    let plan = read(source.folder).plan;
    let form = form(NAME, source.root, source.forms, source.folder)?;
    let request = Request { plan: &plan, findings: &[], against: None, as_of, form: &form };
    let Some(tokens) = source.tokens()? else { return Ok(None) };
    match document::signatures::signatures(&request, sheet) {
        Ok(issue) => rendered(NAME, &issue, &choice.formats(), &tokens, None).map(Some),
        Err(mistakes) => show(&mistakes).map(|()| None),
    }
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
    document: &'static str,
    issue: &Issue,
    formats: &[BuildFormat],
    tokens: &Tokens,
    provenance: Option<&Provenance>,
) -> Result<Made, Problem> {
    let mut files = Vec::new();
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
    Ok(Made { document, language: issue.document.language, files })
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

fn refuse(mut report: Report, root: &Path, errors: usize) -> Result<Problem, Problem> {
    report.findings.retain(|finding| finding.severity == Severity::Error);
    show(&shown_in(report.findings, root))?;
    Ok(Problem::new(
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

/// Writes files into a folder, each beside its target; `plan` is the folder that may not be written into.
///
/// # Errors
/// They cannot be written; nothing is left of them.
pub fn stage(files: &[(String, Vec<u8>)], output: &Path, plan: &Path) -> Result<Vec<Staged>, Problem> {
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
    let staged = files.iter().map(|(file, bytes)| {
        let target = output.join(file);
        Staged::new(&target, bytes).map_err(|error| unwritten(&target, &error))
    });
    staged.collect()
}

/// Puts each into its place.
///
/// # Errors
/// One cannot be put there.
pub fn place(staged: Vec<Staged>) -> Result<Vec<PathBuf>, Problem> {
    let placed = staged.into_iter().map(|file| {
        let target = file.target().to_path_buf();
        file.commit().map_err(|error| unwritten(&target, &error))?;
        Ok(target)
    });
    placed.collect()
}

fn unwritten(path: &Path, error: &std::io::Error) -> Problem {
    let name = path.display();
    Problem::new(
        Words::new(format!("{name} に書き込めません（{error}）"), format!("{name} cannot be written ({error})")),
        Words::new("-o で書き込めるフォルダーを指定してください", "give a folder that can be written after -o"),
    )
}

/// Writes out the original forms.
fn show_forms(documents: &[DocumentName], output: &Path) -> Result<Outcome, Problem> {
    let mut files = plan::Folder::new();
    let wanted = |shipped: &str| documents.is_empty() || documents.iter().any(|document| name(*document) == shipped);
    for (name, shipped) in document::form::SHIPPED.iter().filter(|(shipped, _)| wanted(shipped)) {
        for (file, text) in *shipped {
            files.insert(format!("{name}/{file}"), text.as_bytes());
        }
    }
    files.insert(TOKENS, Tokens::SHIPPED.as_bytes());
    folder::create(output, &files)?;
    tell(&Words::new(format!("様式を {} に書き出しました", output.display()), format!("the forms are in {}", output.display())));
    Ok(Outcome::Clean)
}
