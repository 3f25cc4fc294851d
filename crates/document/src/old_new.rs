//! 新旧対照表: what changed between two versions, side by side, in the order of the form.

mod reasons;
mod rows;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use diagnostic::{Finding, Reference, Rule, Severity, Span, Words};
use minijinja::{Value, context};
use plan::Plan;
use plan::difference::{Minor, difference};
use plan::tables::Submission;
use typeset::{Document, Inline, Language, Mark, Revision};

use crate::flat::paragraphs_mut;
use crate::form::{Form, Formed};
use crate::fragment::Fragment;
use crate::issue::{Issue, Request, issue};
use crate::view::era;
use reasons::{Asked, Reasons};
use rows::Change;
use walk::{Passage, name_passages, passages};

/// A change without a reason.
pub static NO_REASON: Rule<()> = Rule {
    code: "FRM002",
    name: "reason-missing",
    severity: Severity::Warning,
    title: ("変更理由が見当たらない", "a change without a reason"),
    why: (
        "新旧対照表には、軽微変更を除き、変更ごとに理由を書く。",
        "a comparison of old and new gives a reason for each change that is not minor",
    ),
    reference: Reference::since(
        calendar::Date::constant(2022, 5, 1),
        "医薬品リスク管理計画の策定及び公表について（令和4年3月18日 薬生薬審発0318第2号・薬生安発0318第1号）",
        "Notice on risk management plans of 18 March 2022 (0318 No. 2 and No. 1)",
    ),
    manual: include_str!("../forms/old-new.md"),
    check: (),
};

/// The pages on which the named places of a document stand, where they are known.
pub type Pages<'a> = &'a dyn Fn(&Document) -> Option<BTreeMap<String, usize>>;

/// What a comparison is made of.
#[derive(Clone, Copy)]
pub struct Comparison<'a> {
    /// The new version and the form of its J-RMP; `against` is the old version.
    pub plan: Request<'a>,
    /// The old version.
    pub against: &'a Plan,
    /// The days on which the old and the new version were handed in, where a record knows better than the plan; `None` leaves it to the plan.
    pub handed_in: (Option<calendar::Date>, Option<calendar::Date>),
    /// The form of the comparison.
    pub form: &'a Form,
    /// Tells pages.
    pub pages: Pages<'a>,
}

/// What a passage is called while its page is looked for.
const PASSAGE: &str = "passage-";

/// Makes the comparison, and what of it is left to a person.
///
/// # Errors
/// A form has mistakes.
pub fn old_new(comparison: &Comparison<'_>) -> Result<(Issue, Vec<Finding>), Vec<Finding>> {
    let Comparison { plan: request, against, handed_in, form, pages } = *comparison;
    let plan = request.plan;
    let mut new = issue(&Request { against: Some(against), ..request })?;
    let submitted = handed_in.0.or(against.submitted()).unwrap_or(request.as_of);
    let earlier = Request { plan: against, findings: &[], against: None, as_of: submitted, form: request.form };
    let mut old = issue(&earlier)?;
    // what the earlier plan would say on the day of the new version
    let later = issue(&Request { as_of: request.as_of, ..earlier })?;
    let later: BTreeSet<(Vec<String>, String)> =
        passages(&later.document.body, &later.unmarked).into_iter().map(|passage| (passage.section, passage.text)).collect();
    let (before, after) = (passages(&old.document.body, &old.unmarked), passages(&new.document.body, &new.unmarked));
    let changed = rows::changes(&before, &after);
    let page = |issue: &mut Issue| {
        let left_out = issue.unmarked.clone();
        name_passages(&mut issue.document.body, &left_out, PASSAGE);
        if changed.is_empty() { None } else { pages(&issue.document) }
    };
    let found = (page(&mut old), page(&mut new));
    let all = difference(against, plan).changes;
    let own = plan.facts.submission.iter().find(|s| s.date.as_ref().is_some_and(|date| date.value == new.document.date));
    let reasons = Reasons::of(against, plan, &all, own.filter(|_| new.document.date > submitted));
    let mut findings = Vec::new();
    let mut rules: Vec<(&'static Minor, usize)> = Vec::new();
    let rows: Vec<Value> = changed
        .iter()
        .map(|change| {
            let text = |all: &[Passage], which: &[usize]| which.iter().map(|n| all[*n].text.as_str()).collect::<Vec<_>>().join("\n");
            let by_time = !change.new.is_empty()
                && change.new.iter().all(|n| later.contains(&(after[*n].section.clone(), after[*n].text.clone())))
                && change.old.len() == change.new.len();
            let (was, is) = (text(&before, &change.old), text(&after, &change.new));
            let asked = Asked { section: &change.section, place: change.place.as_deref(), old: &was, new: &is, by_time };
            let told = reasons.tell(&asked);
            for rule in &told.minor {
                match rules.iter_mut().find(|(other, _)| other.name == rule.name) {
                    Some((_, count)) => *count += 1,
                    None => rules.push((rule, 1)),
                }
            }
            if told.minor.is_empty() && told.reason.is_none() {
                findings.push(missing(change, &told.causes, own));
            }
            let at = |pages: &Option<BTreeMap<String, usize>>, which: &[usize]| {
                pages.as_ref().and_then(|pages| which.first().and_then(|n| pages.get(&format!("{PASSAGE}{n}")).copied()))
            };
            context! {
                section => heading(&change.section),
                old_page => at(&found.0, &change.old),
                new_page => at(&found.1, &change.new),
                old => Fragment::blocks(change.before.clone(), None),
                new => Fragment::blocks(change.after.clone(), None),
                minor => told.minor.iter().map(|rule| rule.title.0).collect::<Vec<_>>(),
                reason => told.reason,
            }
        })
        .collect();
    let comparison = context! {
        old => era(submitted),
        // what nobody has handed in is a draft of its day
        handed_in => handed_in.1 == Some(new.document.date) || own.is_some(),
        old_version => version(against, submitted),
        new => era(new.document.date),
        new_version => version(plan, new.document.date),
        paged => found.1.is_some(),
        rows,
        rules => rules.iter().map(|(rule, count)| context! {
            title => rule.title.0, source => rule.reference.ja, count,
        }).collect::<Vec<_>>(),
    };
    let values = context! {
        product => context! { name => plan.name() },
        holder => plan.facts.holder.name.value,
        comparison,
        br => Fragment::inlines(vec![Inline::Break]),
    };
    let Formed { title, file, head, page, blocks: body, unmarked, .. } = form.fill(&values, &[])?;
    let holder = plan.facts.holder.name.value.clone();
    let document = Document {
        title,
        author: holder.clone(),
        language: Language::Japanese,
        date: new.document.date,
        page,
        head,
        numbered: true,
        watermark: new.document.watermark,
        revision: Some(Revision { author: holder, date: new.document.date }),
        body,
        attachments: Vec::new(),
    };
    Ok((Issue { document, file, unmarked }, findings))
}

/// The document with what is tracked only underlined, for formats that track no changes.
#[must_use]
pub fn underlined(document: &Document) -> Document {
    fn plain(content: &mut [Inline]) {
        for inline in content {
            match inline {
                Inline::Marked(mark, inner) => {
                    if *mark == Mark::Inserted {
                        *mark = Mark::Changed;
                    }
                    plain(inner);
                }
                Inline::Link { content, .. } | Inline::Traced { content, .. } | Inline::Sourced { content, .. } => plain(content),
                _ => {}
            }
        }
    }
    let mut document = document.clone();
    paragraphs_mut(&mut document.body).into_iter().for_each(|content| plain(content));
    document
}

/// Where a change stands, without the part that a numbered heading below it says already.
fn heading(section: &[String]) -> &[String] {
    match section {
        [part, below, ..] if [part, below].into_iter().all(|words| words.starts_with(|c: char| c.is_ascii_digit())) => &section[1..],
        _ => section,
    }
}

/// The version of a plan that was handed in on a day.
fn version(plan: &Plan, day: calendar::Date) -> Option<&str> {
    let submission = plan.facts.submission.iter().find(|s| s.date.as_ref().is_some_and(|date| date.value == day))?;
    Some(submission.version.as_ref()?.value.as_str())
}

fn missing(change: &Change, causes: &[&plan::difference::Change], own: Option<&Submission>) -> Finding {
    let section = heading(&change.section).join("　");
    let (hint_ja, hint_en) = if own.is_some() {
        (
            "plan.toml の [[submission]] の changes にこの変更を名を挙げて書き、同じ番号の reason に理由を書いてください。",
            "Name this change in `changes` of [[submission]] in plan.toml, and give the reason in `reason` under the same number.",
        )
    } else {
        (
            "plan.toml に今回の提出の [[submission]] を加え、changes に変更を、同じ番号の reason に理由を書いてください。",
            "Add the [[submission]] of this version to plan.toml, its changes, and in `reason` under the same number why.",
        )
    };
    let span = |cause: &&plan::difference::Change| cause.new.span.clone().or_else(|| cause.old.span.clone());
    let grave = causes.iter().filter(|cause| cause.minor.is_none());
    let span: Option<Span> = grave.chain(causes).find_map(span);
    Finding {
        code: NO_REASON.code,
        name: NO_REASON.name,
        severity: NO_REASON.severity,
        message: Words::new(format!("「{section}」の変更理由がありません"), format!("the change of “{section}” has no reason")),
        why: Words::new(NO_REASON.why.0, NO_REASON.why.1),
        hint: Words::new(hint_ja, hint_en),
        source: Words::new(NO_REASON.reference.ja, NO_REASON.reference.en),
        spans: span.into_iter().collect(),
    }
}
