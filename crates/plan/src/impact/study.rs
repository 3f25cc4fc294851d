use std::collections::HashSet;

use diagnostic::Words;

use super::collect::{Area, Collector, names};
use crate::figure::{FigureKind, Resolved, split};
use crate::model::{English, Plan};
use crate::prose::{Passage, Prose};
use crate::source::Place;
use crate::tables::{ActivityKind, Pool, Proportion};

/// What names a study: its number and its other names, or the id of a pool; and the pools that it is in.
struct Known<'a> {
    words: Vec<&'a str>,
    /// The pools that count it, through other pools too.
    pools: Vec<&'a str>,
    /// The figures with a name that count in it.
    figures: HashSet<&'a str>,
}

impl Collector<'_> {
    /// A study has another name, number or size: everything that cites it.
    pub(super) fn study(&mut self, id: &str) {
        let plan = self.plan;
        let known = Known::new(plan, id);
        let at = match plan.studies.find(id) {
            Some(Resolved::Study(study)) => study.id.at,
            Some(Resolved::Pool(pool)) => pool.id.at,
            None => return,
        };
        self.add(
            Area::Fact,
            &format!("study:{id}"),
            Words::same(id),
            Some(at),
            Words::new("試験の番号、名称、例数", "its number, title and sizes"),
        );
        for pool in &plan.studies.pool {
            if known.pools.contains(&pool.id.as_str()) {
                let itself = pool.studies.iter().any(|source| known.words.contains(&split(source).0));
                let why = if itself {
                    Words::new("この試験を併合している", "pools this study")
                } else {
                    Words::new("この試験を含む併合を併合している", "pools a pool with this study")
                };
                self.add(Area::Fact, &format!("pool:{}", pool.id.as_str()), Words::same(pool.id.as_str()), Some(pool.at), why);
            }
        }
        for concern in &plan.concerns {
            for (at, why) in known.cited(&concern.prose, concern.english.as_ref()) {
                let name = names(&concern.name, concern.name_en.as_ref());
                self.add(Area::Concern, concern.id.as_str(), name, Some(at), why);
            }
        }
        for concern in &plan.efficacy {
            for (at, why) in known.cited(&concern.prose, concern.english.as_ref()) {
                let name = names(&concern.name, concern.name_en.as_ref());
                self.add(Area::Concern, concern.id.as_str(), name, Some(at), why);
            }
        }
        for activity in &plan.activities {
            for (_, why) in known.cited(&activity.prose, activity.english.as_ref()) {
                self.activity(activity, why);
            }
            let designs = activity.sample_size.iter().flat_map(|design| [&design.threshold, &design.alternative, &design.rate]).flatten();
            let uses = designs.into_iter().any(|proportion| match proportion {
                Proportion::Observed(observed) => observed.study.as_ref().is_some_and(|study| known.is(split(study).0)),
                Proportion::Number(_) => false,
            });
            if uses {
                self.activity(activity, Words::new("例数設計に用いている", "its sample size uses it"));
            }
        }
        // a material repeats figures of the concerns that it is about
        self.covering(|activity| {
            activity.kind.as_ref().is_some_and(|k| matches!(k.value, ActivityKind::Material | ActivityKind::PatientMaterial))
        });
        self.documents_of_study();
    }
}

impl<'a> Known<'a> {
    fn new(plan: &'a Plan, id: &'a str) -> Self {
        let words = match plan.studies.find(id) {
            Some(Resolved::Study(study)) => {
                std::iter::once(study.id.as_str()).chain(study.aliases.iter().map(|alias| alias.value.as_str())).collect()
            }
            _ => vec![id],
        };
        let mut known = Self { words, pools: Vec::new(), figures: HashSet::new() };
        loop {
            let counts = |pool: &&Pool| !known.is(pool.id.as_str()) && pool.studies.iter().any(|source| known.is(split(source).0));
            let Some(pool) = plan.studies.pool.iter().find(counts) else { break };
            known.pools.push(pool.id.as_str());
        }
        for figure in plan.passages().flat_map(|passage| &passage.figures) {
            if let Ok(FigureKind::Counts(counts)) = &figure.kind
                && let Some(name) = &counts.name
                && counts.sources.iter().any(|source| known.is(&source.study))
            {
                known.figures.insert(&name.value);
            }
        }
        known
    }

    fn is(&self, name: &str) -> bool {
        self.words.contains(&name) || self.pools.contains(&name)
    }

    /// The sections that cite it, each with its first place.
    fn cited(&self, prose: &Prose, english: Option<&English>) -> Vec<(Place, Words)> {
        let sections = prose.sections.iter().chain(english.iter().flat_map(|english| &english.prose.sections));
        let told = sections.filter_map(|section| {
            let places = self.places(&section.body);
            let (ja, en) = section.kind.words();
            let many = if places.len() == 1 { "1 place".to_owned() } else { format!("{} places", places.len()) };
            let why = Words::new(format!("「{ja}」で {} か所に引用", places.len()), format!("cited in “{en}”, {many}"));
            places.first().map(|at| (*at, why))
        });
        told.collect()
    }

    /// Where a passage cites it: in figures, by the name of a figure, and in words.
    fn places(&self, passage: &Passage) -> Vec<Place> {
        let mut places = Vec::new();
        for figure in &passage.figures {
            let cites = match &figure.kind {
                Ok(FigureKind::Counts(counts)) => counts.sources.iter().any(|source| self.is(&source.study)),
                Ok(FigureKind::Name(name)) => self.figures.contains(name.value.as_str()),
                Ok(FigureKind::Reference(id)) => self.is(id),
                _ => false,
            };
            if cites {
                places.push(figure.at);
            }
        }
        let letter = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let text = passage.seen();
        for word in &self.words {
            for (start, found) in text.match_indices(word) {
                let end = start + found.len();
                let at = passage.at.part(start..end);
                let whole = !text[..start].ends_with(letter) && !text[end..].starts_with(letter);
                let counted = passage.figures.iter().any(|figure| figure.at.start <= at.start && at.end <= figure.at.end);
                if whole && !counted {
                    places.push(at);
                }
            }
        }
        places.sort_unstable();
        places
    }
}
