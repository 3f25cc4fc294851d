//! Where a plan cites studies.

use crate::figure::{FigureKind, split};
use crate::model::Plan;
use crate::source::{Place, Spanned};
use crate::tables::{Observed, Proportion};

/// A study that is cited, and the part of it.
pub(super) struct Cited<'a> {
    pub(super) study: &'a str,
    pub(super) study_at: Place,
    pub(super) part: Option<&'a str>,
    pub(super) part_at: Place,
}

/// Every place where a study is cited: in figures, pools and designs.
pub(super) fn cited(plan: &Plan) -> Vec<Cited<'_>> {
    let mut all = Vec::new();
    for figure in plan.passages().flat_map(|passage| &passage.figures) {
        let Ok(FigureKind::Counts(counts)) = &figure.kind else { continue };
        all.extend(counts.sources.iter().map(|source| Cited {
            study: &source.study.value,
            study_at: source.study.at,
            part: source.part.as_ref().map(|part| part.value.as_str()),
            part_at: source.part.as_ref().map_or(source.study.at, |part| part.at),
        }));
    }
    all.extend(plan.studies.pool.iter().flat_map(|pool| &pool.studies).map(text));
    all.extend(observed(plan).filter_map(|observed| observed.study.as_ref()).map(text));
    all
}

/// A study written as one string of TOML; its place is that of the string.
fn text(source: &Spanned<String>) -> Cited<'_> {
    let (study, part) = split(&source.value);
    Cited { study, study_at: source.at, part, part_at: source.at }
}

/// Every proportion of a design that comes from a study.
pub(super) fn observed(plan: &Plan) -> impl Iterator<Item = &Observed> {
    let designs = plan.activities.iter().flat_map(|activity| &activity.facts.sample_size);
    designs.flat_map(|design| [&design.threshold, &design.alternative, &design.rate]).flatten().filter_map(|proportion| match proportion {
        Proportion::Observed(observed) => Some(observed),
        Proportion::Number(_) => None,
    })
}
