//! `mimamori watch`.
//!
//! The folder is looked at again and again: a plan is a few dozen small files, read in about a millisecond, and so every save is seen
//! the same way, whether an editor writes a file in place or renames a new one over it, on a local disk or on one of a network. Notices of
//! the system would be a dependency for each system, and network disks give none.
//!
//! Nothing is written, so that there is nothing to put in order when Ctrl-C ends the program.

mod server;

use std::io::Write;
use std::time::{Duration, Instant};

use diagnostic::{Finding, Problem, Report, Severity, Words};
use document::old_new::underlined;
use document::{Request, issue};
use plan::Folder;
use plan::check::{Check, check_reading};
use plan::read::read;
use plan::rules::code::{NOT_A_PLAN, OTHER_FORMAT};

use self::server::{Server, Shown};
use super::build::day;
use crate::delivery::Destination;
use crate::forms::{form, tokens};
use crate::outcome::Outcome;
use crate::plan_arguments::Watch;
use crate::speech::{language, say, tell};
use crate::terminal::{Colour, Surface};
use crate::{folder, intake};

/// Time between two looks.
const PAUSE: Duration = Duration::from_millis(60);
/// So many times longer than a look takes is the pause after it, that watching a large folder on a slow disk leaves it time for others.
const REST: u32 = 20;
/// A folder counts as saved when it stays the same for so long; editors write a file in several steps.
const SETTLED: Duration = Duration::from_millis(30);
/// Steps that are waited for.
const MOST_STEPS: usize = 20;

/// Checks and rebuilds on every save, until it is ended.
///
/// # Errors
/// The folder is no plan, the earlier version is none, or no port is free.
pub fn run(options: &Watch) -> Result<Outcome, Problem> {
    let against = match &options.against {
        Some(against) => Some(folder::plan(against)?),
        None => None,
    };
    let mut watcher = Watcher { options, against: against.as_ref().map(|(plan, ..)| plan), shown: None };
    let first = folder::open(&options.folder)?;
    let server = Server::open(options.port)?;
    let began = Instant::now();
    let mut seen = first.folder;
    // at the beginning a folder that is no plan is a mistake of who called; later it is an edit that is not done yet
    let page = watcher.built(&seen)?;
    let address = server.address();
    let (ja, en) = if cfg!(feature = "pdf-output") {
        (format!("、PDF は {address}pdf に"), format!(", the PDF at {address}pdf"))
    } else {
        Default::default()
    };
    tell(&Words::new(
        format!("{address} に{ja}表示しています。保存するたびに作り直します（Ctrl-C で終了）"),
        format!("shown at {address}{en}; every save rebuilds it (Ctrl-C ends)"),
    ));
    watcher.told(page, &server, began)?;
    loop {
        let looked = Instant::now();
        let now = folder::open(&options.folder);
        std::thread::sleep(PAUSE.max(looked.elapsed() * REST));
        let changed = match &now {
            Ok(opened) => opened.folder != seen,
            Err(_) => true,
        };
        if !changed {
            continue;
        }
        let began = Instant::now();
        let Some(settled) = settled(options) else { continue };
        if settled == seen {
            continue;
        }
        seen = settled;
        match intake::guarded(&options.folder.display().to_string(), || watcher.built(&seen)) {
            Ok(Ok(page)) => watcher.told(page, &server, began)?,
            Ok(Err(problem)) | Err(problem) => drop(Outcome::failed(&problem)),
        }
    }
}

/// The folder once it has stopped changing; `None` while it cannot be read.
fn settled(options: &Watch) -> Option<Folder> {
    let mut last = folder::open(&options.folder).ok()?.folder;
    for _ in 0..MOST_STEPS {
        std::thread::sleep(SETTLED);
        let now = folder::open(&options.folder).ok()?.folder;
        if now == last {
            break;
        }
        last = now;
    }
    Some(last)
}

struct Watcher<'a> {
    options: &'a Watch,
    against: Option<&'a plan::Plan>,
    /// The findings told last.
    shown: Option<Vec<Finding>>,
}

/// What a save gave.
struct Page {
    /// What is shown; `None` where the form has mistakes.
    shown: Option<Shown>,
    report: Report,
}

impl Watcher<'_> {
    fn built(&self, folder: &Folder) -> Result<Page, Problem> {
        let options = self.options;
        let reading = read(folder);
        let as_of = day(options.as_of, &reading.plan, self.against);
        let Check { plan, mut report, .. } = check_reading(reading, as_of);
        if report.findings.iter().any(|finding| finding.code == NOT_A_PLAN) {
            return Err(folder::no_plan(&options.folder));
        }
        if let Some(other) = report.findings.iter().find(|finding| finding.code == OTHER_FORMAT) {
            return Err(Problem::new(other.message.clone(), other.hint.clone()));
        }
        let form = form("j-rmp", &options.folder, options.forms.as_deref(), folder)?;
        let request = Request { plan: &plan, findings: &report.findings, against: self.against, as_of, form: &form };
        let tokens = tokens(&options.folder, options.forms.as_deref(), folder)?;
        let shown = match issue(&request).and_then(|issue| Ok((issue, tokens?))) {
            Ok((issue, tokens)) => Some(Shown::new(underlined(&issue.document), tokens)),
            Err(mistakes) => {
                report.findings.extend(mistakes);
                None
            }
        };
        report.file = options.folder.display().to_string();
        for span in report.findings.iter_mut().filter(|finding| !finding.code.starts_with("FRM")).flat_map(|finding| &mut finding.spans) {
            span.file = folder::path(&options.folder, &span.file);
        }
        report.findings.retain(|finding| finding.severity <= Severity::Warning);
        Ok(Page { shown, report })
    }

    /// Shows a page, and tells what was found and how long it took. What was found before and stands still is only counted.
    fn told(&mut self, page: Page, server: &Server, began: Instant) -> Result<(), Problem> {
        let Page { shown, report } = page;
        let built = shown.is_some();
        if let Some(shown) = shown {
            server.show(shown);
        }
        let took = began.elapsed();
        let count = |severity| report.findings.iter().filter(|finding| finding.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let known = self.shown.take().unwrap_or_default();
        let new: Vec<Finding> = report.findings.iter().filter(|finding| !known.iter().any(|old| is_same(old, finding))).cloned().collect();
        let mut text = String::new();
        if !new.is_empty() {
            let surface = Surface::of(Colour::Auto, false);
            let fresh = Report { findings: new, file: report.file.clone(), tool: report.tool.clone(), ..Report::default() };
            text.push_str(&diagnostic::human(&fresh, language(), surface.colour, surface.width));
        }
        let time = jiff::Zoned::now().strftime("%H:%M:%S").to_string();
        let state = match (built, errors) {
            (false, _) => say("様式に誤りがあり、前の表示のままです", "the form has mistakes; the page stays as it was"),
            (true, 0) => say("作り直しました", "rebuilt"),
            (true, _) => say("案として作り直しました", "rebuilt as a draft"),
        };
        let words = Words::new(
            format!("{time}  {state}  要修正 {errors} 件・要確認 {warnings} 件  {} ミリ秒\n", took.as_millis()),
            format!("{time}  {state}  errors: {errors}, warnings: {warnings}  {} ms\n", took.as_millis()),
        );
        text.push_str(words.get(language()));
        self.shown = Some(report.findings);
        Destination::Standard.write(&text)?;
        // nobody reads on: the page is still followed
        let _ = std::io::stdout().flush();
        Ok(())
    }
}

/// Whether two findings are the same, though lines were put in before.
fn is_same(one: &Finding, other: &Finding) -> bool {
    let place = |finding: &Finding| finding.spans.first().map(|span| (span.file.clone(), span.excerpt.clone()));
    one.code == other.code && one.message == other.message && place(one) == place(other)
}
