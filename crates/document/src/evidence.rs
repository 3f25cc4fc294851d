//! The evidence annex: per concern the counts of its prose, each with its study and exact limits. Nothing is pooled here, and what the
//! plan itself pools across populations gets no limits: a share of unlike patients is nobody's risk.

mod counted;
mod forest;

use std::cell::RefCell;

use diagnostic::{Finding, Language};
use minijinja::{Value, context};
use plan::Plan;
use plan::figure::FigureKind;
use typeset::{Block, Inline};

use crate::figures::Figures;
use crate::fragment::Fragment;
use crate::issue::{Issue, Request, common, filled};
pub use counted::{Counted, Limits, counted};

/// The level of the limits.
pub const LEVEL: f64 = 0.95;

/// Makes the annex.
///
/// # Errors
/// The form has mistakes.
pub fn evidence(request: &Request<'_>) -> Result<Issue, Vec<Finding>> {
    let Request { plan, as_of, .. } = *request;
    let figures = RefCell::new(Figures::default());
    let mut number = 0;
    let safety = plan.concerns.iter().map(|concern| {
        let class = concern.class.as_ref().map_or("", |class| class.value.words().0);
        told(plan, &concern.name, class, &counted(plan, &concern.prose), &figures, &mut number)
    });
    let safety: Vec<Value> = safety.collect();
    let efficacy = plan.efficacy.iter();
    let efficacy: Vec<Value> = efficacy
        .map(|concern| told(plan, &concern.name, "有効性に関する検討事項", &counted(plan, &concern.prose), &figures, &mut number))
        .collect();
    let concerns: Vec<Value> = safety.into_iter().chain(efficacy).collect();
    let values = context! { concerns, ..common(request) };
    let figures = figures.into_inner();
    filled(request, values, as_of, |title, file| vec![figures.attachment(title, file, as_of)])
}

/// A concern and its counts.
fn told(plan: &Plan, name: &str, class: &str, counts: &[Counted<'_>], figures: &RefCell<Figures>, number: &mut usize) -> Value {
    let rows: Vec<Value> = counts
        .iter()
        .enumerate()
        .map(|(n, row)| {
            let kind = FigureKind::Counts(row.counts.clone());
            let at = row.counts.counts_at;
            let printed = format!("{}/{}", row.counts.x, row.counts.n);
            // the figure keeps its origin, printed as bare counts
            let traced = figures.borrow_mut().set(plan, &kind, at, Language::Japanese).unwrap_or_default();
            let bare: Vec<Inline> = traced
                .into_iter()
                .map(|inline| match inline {
                    Inline::Traced { origin, told, .. } => Inline::Traced { origin, told, content: vec![Inline::text(printed.as_str())] },
                    other => other,
                })
                .collect();
            context! {
                number => n + 1,
                study => row.study,
                population => row.population,
                counts => Fragment::inlines(bare),
                percentage => row.percentage,
                limits => match &row.limits {
                    Limits::Exact { text, .. } => Some(text.as_str()),
                    _ => None,
                },
                without => match &row.limits {
                    Limits::Exact { .. } => None,
                    Limits::Populations => Some("populations"),
                    Limits::NoSample => Some("no-sample"),
                },
                event => row.event,
            }
        })
        .collect();
    let pictures: Vec<Block> = forest::pictures(name, counts, number).into_iter().map(Block::Picture).collect();
    let mut sentences: Vec<(usize, usize, &str)> = Vec::new();
    for (n, row) in counts.iter().enumerate() {
        match sentences.last_mut() {
            Some((_, last, sentence)) if *sentence == row.sentence => *last = n + 1,
            _ => sentences.push((n + 1, n + 1, &row.sentence)),
        }
    }
    let told = |(first, last, sentence): (usize, usize, &str)| {
        let which = if first == last { first.to_string() } else { format!("{first}～{last}") };
        context! { which, sentence }
    };
    let sentences: Vec<Value> = sentences.into_iter().map(told).collect();
    context! { name, class, rows, sentences, pictures => Fragment::blocks(pictures, None) }
}
