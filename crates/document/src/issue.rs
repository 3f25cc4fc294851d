//! A plan and a form become a document.

use std::cell::RefCell;
use std::ops::Range;

use calendar::Date;
use diagnostic::{Finding, Severity};
use minijinja::{Value, context};
use plan::Plan;
use typeset::{Attachment, Block, Document, Inline, Language};

use crate::form::{Form, Formed};
use crate::fragment::Fragment;
use crate::notes::Remark;
use crate::view::{View, era};
use crate::{abbreviations, changes, links};

/// What a document is made of.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What the check found in it.
    pub findings: &'a [Finding],
    /// The version with which it is compared: the last one that was submitted.
    pub against: Option<&'a Plan>,
    /// The day of which statuses are told.
    pub as_of: Date,
    /// The form.
    pub form: &'a Form,
}

/// A document ready to be rendered.
#[derive(Clone, Debug)]
pub struct Issue {
    /// The document.
    pub document: Document,
    /// The name of its files, without their ending.
    pub file: String,
    /// Which blocks of the body are never underlined as changed.
    pub unmarked: Vec<Range<usize>>,
}

/// Drawn across a draft.
const DRAFT: &str = "案";

/// Makes the document. A plan with errors gives a draft: 案 across each page, and the findings beside their passages.
///
/// # Errors
/// The form has mistakes.
pub fn issue(request: &Request<'_>) -> Result<Issue, Vec<Finding>> {
    let Request { plan, findings, against, as_of, form } = *request;
    let draft = is_draft(findings);
    let told = |finding: &&Finding| draft && finding.severity <= Severity::Warning;
    let remarks: Vec<Remark> = findings.iter().filter(told).map(Remark::of).collect();
    let view = View { plan, against, as_of, figures: RefCell::default() };
    let values = view.values();
    let submitted = view.submitted();
    let figures = view.figures.into_inner();
    let Formed { title, file, head, page, blocks: mut body, unmarked, spelt_out: how } = form.fill(&values, &remarks)?;
    spelt_out(plan, &mut body, how);
    if let Some(old) = against {
        // statuses of the earlier version are those of the day it was submitted
        let earlier = View { plan: old, against: None, as_of: old.submitted().unwrap_or(as_of), figures: RefCell::default() };
        let mut before = form.fill(&earlier.values(), &[])?;
        spelt_out(old, &mut before.blocks, before.spelt_out);
        changes::mark(&before.blocks, &mut body, &unmarked);
    }
    links::mend(&mut body);
    let attachments = vec![figures.attachment(&title, &file, as_of)];
    let document = Document {
        title,
        author: plan.facts.holder.name.value.clone(),
        language: Language::Japanese,
        date: submitted,
        page,
        head,
        numbered: true,
        watermark: draft.then(|| DRAFT.to_owned()),
        revision: None,
        body,
        attachments,
    };
    Ok(Issue { document, file, unmarked })
}

/// What every form may say: the product, its holder and the day. `draft` is true for a plan with errors.
pub(crate) fn common(request: &Request<'_>) -> Value {
    let Request { plan, findings, as_of, .. } = *request;
    context! {
        product => context! { name => plan.name(), substance => plan.facts.product.substance.value },
        holder => plan.facts.holder.name.value,
        as_of => era(as_of),
        draft => is_draft(findings),
        br => Fragment::inlines(vec![Inline::Break]),
    }
}

/// A document that is no part of what is handed in: of its own day, with files beside it that are named by its title and its file.
///
/// # Errors
/// The form has mistakes.
pub(crate) fn filled(
    request: &Request<'_>,
    values: Value,
    date: Date,
    attachments: impl FnOnce(&str, &str) -> Vec<Attachment>,
) -> Result<Issue, Vec<Finding>> {
    let Formed { title, file, head, page, blocks: mut body, unmarked, .. } = request.form.fill(&values, &[])?;
    links::mend(&mut body);
    let attachments = attachments(&title, &file);
    let document = Document {
        title,
        author: request.plan.facts.holder.name.value.clone(),
        language: Language::Japanese,
        date,
        page,
        head,
        numbered: true,
        watermark: is_draft(request.findings).then(|| DRAFT.to_owned()),
        revision: None,
        body,
        attachments,
    };
    Ok(Issue { document, file, unmarked })
}

fn is_draft(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// Spells out the abbreviations of a plan from a block on.
fn spelt_out(plan: &Plan, body: &mut [Block], how: Option<(String, usize)>) {
    let Some((pattern, from)) = how else { return };
    let all: Vec<(String, String)> = plan.facts.abbreviation.iter().map(|a| (a.short.value.clone(), a.long.value.clone())).collect();
    abbreviations::spell_out(&mut body[from..], &all, &pattern);
}
