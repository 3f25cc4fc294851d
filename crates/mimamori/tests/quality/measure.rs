//! Reviews every plan in every form it comes in, and holds the findings against what is known.

use std::collections::BTreeSet;

use diagnostic::{Finding, Severity};

use crate::matching::{Lines, Pointed, Sought};
use crate::truth::{Passage, Truth};

/// The forms, in the order of the tables.
const FORMS: [&str; 4] = ["layout", "raw", "docx", "pdf"];

/// A plan in one form, measured.
pub struct Measured {
    pub plan: String,
    pub form: &'static str,
    pub pages: usize,
    pub defects: Vec<(String, String)>,
    pub traps: usize,
    /// Errors and warnings.
    pub findings: usize,
    /// Findings of information, which are not counted.
    pub remarks: usize,
    /// Defects found, by quote or line.
    pub found: BTreeSet<String>,
    /// Defects found by quote.
    pub quoted: BTreeSet<String>,
    pub traps_hit: BTreeSet<String>,
    pub judged: Vec<Judged>,
}

/// One error or warning.
pub struct Judged {
    pub code: &'static str,
    pub quote: String,
    pub defects: BTreeSet<String>,
    pub traps: BTreeSet<String>,
}

impl Judged {
    pub fn is_false(&self) -> bool {
        self.defects.is_empty()
    }
}

impl Measured {
    pub fn wrong(&self) -> usize {
        self.judged.iter().filter(|judged| judged.is_false()).count()
    }

    pub fn missed(&self) -> impl Iterator<Item = &(String, String)> {
        self.defects.iter().filter(|(id, _)| !self.found.contains(id))
    }

    /// Share of the faults found, over all.
    pub fn recall(all: &[Self]) -> f64 {
        ratio(all.iter().map(|one| one.found.len()).sum(), all.iter().map(|one| one.defects.len()).sum())
    }

    /// Findings about what is right, in ten pages, over all.
    pub fn false_in_ten_pages(all: &[Self]) -> f64 {
        10.0 * ratio(all.iter().map(Self::wrong).sum(), all.iter().map(|one| one.pages).sum())
    }
}

pub fn ratio(part: usize, whole: usize) -> f64 {
    // counts of findings and pages are far below 2^52
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Every plan in every form.
pub fn all(plans: &[Truth]) -> Vec<Measured> {
    plans
        .iter()
        .flat_map(|truth| FORMS.into_iter().filter(|form| truth.files.contains_key(*form)).map(|form| measured(truth, form)))
        .collect()
}

fn measured(truth: &Truth, form: &'static str) -> Measured {
    let name = &truth.files[form];
    let bytes = std::fs::read(truth.folder.join(name)).unwrap();
    // in a document that cannot be read everything is missed; the page says so
    let findings = match published::read::document(name, &bytes) {
        Ok(plan) => published::review::review(&plan, None, truth.as_of.0).findings,
        Err(unreadable) => {
            println!("{name}: {unreadable}");
            Vec::new()
        }
    };
    let lines = form_has_lines(form).then(|| Lines::of(&String::from_utf8(bytes).unwrap()));
    let seek = |passages: &[Passage]| -> Vec<(String, Sought)> {
        passages.iter().map(|passage| (passage.id.clone(), Sought::of(&passage.quotes, lines.as_ref()))).collect()
    };
    let (defects, traps) = (seek(&truth.defects), seek(&truth.traps));
    let (counted, remarks): (Vec<_>, Vec<_>) = findings.iter().partition(|finding| finding.severity != Severity::Info);
    let mut measured = Measured {
        plan: truth.doc.clone(),
        form,
        pages: truth.pages,
        defects: truth.defects.iter().map(|defect| (defect.id.clone(), defect.kind.clone())).collect(),
        traps: traps.len(),
        findings: counted.len(),
        remarks: remarks.len(),
        found: BTreeSet::new(),
        quoted: BTreeSet::new(),
        traps_hit: BTreeSet::new(),
        judged: Vec::new(),
    };
    for finding in counted {
        let (judged, quoted) = judge(finding, lines.as_ref(), &defects, &traps);
        measured.found.extend(judged.defects.iter().cloned());
        measured.quoted.extend(quoted);
        measured.traps_hit.extend(judged.traps.iter().cloned());
        measured.judged.push(judged);
    }
    measured
}

fn form_has_lines(form: &str) -> bool {
    matches!(form, "layout" | "raw")
}

fn judge(finding: &Finding, lines: Option<&Lines>, defects: &[(String, Sought)], traps: &[(String, Sought)]) -> (Judged, BTreeSet<String>) {
    let pointed: Vec<_> = finding.spans.iter().map(|span| Pointed::of(&span.quote, span.line, lines)).collect();
    let hit = |passages: &[(String, Sought)], touches: &dyn Fn(&Sought, &Pointed) -> bool| -> BTreeSet<String> {
        passages.iter().filter(|(_, sought)| pointed.iter().any(|pointed| touches(sought, pointed))).map(|(id, _)| id.clone()).collect()
    };
    let quoted = hit(defects, &Sought::quoted);
    let found = hit(defects, &|sought, pointed| sought.quoted(pointed) || sought.on_line(pointed));
    let traps = if found.is_empty() { hit(traps, &Sought::quoted) } else { BTreeSet::new() };
    let quote = finding.spans.first().map(|span| span.quote.clone()).unwrap_or_default();
    (Judged { code: finding.code, quote, defects: found, traps }, quoted)
}
