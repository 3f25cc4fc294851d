use std::collections::HashMap;

use super::{Counts, Figure, FigureKind, Source};
use crate::model::Plan;
use crate::source::Place;
use crate::tables::{Pool, Study, StudyFacts};

/// The named figures of a plan.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    named: HashMap<String, Counts>,
    again: Vec<(String, Place)>,
}

impl Figures {
    /// Collects the names that figures define. The first definition of a name holds.
    #[must_use]
    pub fn of<'a>(figures: impl Iterator<Item = &'a Figure>) -> Self {
        let mut all = Self::default();
        for figure in figures {
            let Ok(FigureKind::Counts(counts)) = &figure.kind else { continue };
            let Some(name) = &counts.name else { continue };
            if all.named.contains_key(&name.value) {
                all.again.push((name.value.clone(), name.at));
            } else {
                all.named.insert(name.value.clone(), counts.clone());
            }
        }
        all
    }

    /// The counts with a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Counts> {
        self.named.get(name)
    }

    /// The names, sorted.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.named.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// Names that were defined again, and where.
    #[must_use]
    pub fn defined_again(&self) -> &[(String, Place)] {
        &self.again
    }
}

/// A size that a study or a part of it has, and what it is the size of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sized {
    /// As it is written after the study: empty for the whole, an arm, a phase, or arm/phase.
    pub part: String,
    /// How many patients.
    pub size: u64,
}

/// What a source of a figure is.
#[derive(Clone, Copy, Debug)]
pub enum Resolved<'a> {
    /// A study.
    Study(&'a Study),
    /// A pool.
    Pool(&'a Pool),
}

/// Why a source gives no size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceMistake {
    /// There is no such study or pool.
    UnknownStudy,
    /// The study has no such arm or phase.
    UnknownPart,
    /// The study states no size for it.
    Unsized,
    /// The pool holds itself, or pools are nested more than 64 deep.
    Cycle,
}

impl Study {
    /// Every size that a denominator may have, part by part. The whole comes first: the size of an arm without a name, or the sum
    /// of the arms. A phase that several arms have is their sum.
    #[must_use]
    pub fn sizes(&self) -> Vec<Sized> {
        let mut all: Vec<Sized> = Vec::new();
        let arms: Vec<(&str, Option<u64>)> = self.arm.iter().map(|a| (a.name.as_str(), a.size.as_ref().map(|s| s.value))).collect();
        let whole = match arms.iter().find(|(name, _)| name.is_empty()) {
            Some((_, size)) => *size,
            None if arms.is_empty() => None,
            None => arms.iter().map(|(_, size)| *size).try_fold(0_u64, |sum, size| sum.checked_add(size?)),
        };
        all.extend(whole.map(|size| Sized { part: String::new(), size }));
        for arm in self.arm.iter().filter(|arm| !arm.name.is_empty()) {
            all.extend(arm.size.as_ref().map(|size| Sized { part: arm.name.value.clone(), size: size.value }));
        }
        let mut phases: Vec<(&str, u64)> = Vec::new();
        for arm in &self.arm {
            for phase in &arm.phase {
                let Some(size) = phase.size.as_ref().map(|size| size.value) else { continue };
                match phases.iter_mut().find(|(name, _)| *name == phase.name.as_str()) {
                    Some((_, sum)) => *sum = sum.saturating_add(size),
                    None => phases.push((phase.name.as_str(), size)),
                }
                if !arm.name.is_empty() {
                    all.push(Sized { part: format!("{}/{}", arm.name.value, phase.name.value), size });
                }
            }
        }
        all.extend(phases.into_iter().map(|(name, size)| Sized { part: name.to_owned(), size }));
        all
    }
}

/// Pools within pools; what is nested deeper is taken for a cycle.
const DEEPEST: usize = 64;

/// The pools on the way to the one that is being computed, and those whose size is known by now.
#[derive(Default)]
struct Way<'a> {
    open: Vec<&'a str>,
    known: HashMap<&'a str, u64>,
}

impl<'a> Way<'a> {
    fn from(pool: &'a Pool) -> Self {
        Self { open: vec![pool.id.as_str()], known: HashMap::new() }
    }
}

impl StudyFacts {
    /// The study with this number or alias, or the pool with this id.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Resolved<'_>> {
        self.study
            .iter()
            .find(|study| study.id.as_str() == name)
            .or_else(|| self.study.iter().find(|study| study.aliases.iter().any(|alias| alias.value == name)))
            .map(Resolved::Study)
            .or_else(|| self.pool.iter().find(|pool| pool.id.as_str() == name).map(Resolved::Pool))
    }

    /// Every number, alias and id that can be a source.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let studies = self.study.iter().flat_map(|s| std::iter::once(s.id.as_str()).chain(s.aliases.iter().map(|a| a.value.as_str())));
        studies.chain(self.pool.iter().map(|pool| pool.id.as_str())).collect()
    }

    /// The size of a study, of a part of it, or of a pool: the sum of its studies, or what it states where that is not known.
    ///
    /// # Errors
    /// A [`SourceMistake`] if it has none.
    pub fn size(&self, study: &str, part: Option<&str>) -> Result<u64, SourceMistake> {
        self.size_within(study, part, &mut Way::default())
    }

    fn size_within<'a>(&'a self, study: &str, part: Option<&str>, way: &mut Way<'a>) -> Result<u64, SourceMistake> {
        match self.find(study).ok_or(SourceMistake::UnknownStudy)? {
            Resolved::Study(study) => {
                let part = part.unwrap_or("");
                let known = part.is_empty() || study.has_part(part);
                let size = study.sizes().into_iter().find(|sized| sized.part == part).map(|sized| sized.size);
                size.ok_or(if known { SourceMistake::Unsized } else { SourceMistake::UnknownPart })
            }
            Resolved::Pool(pool) => {
                if part.is_some() {
                    return Err(SourceMistake::UnknownPart);
                }
                let id = pool.id.as_str();
                if let Some(size) = way.known.get(id) {
                    return Ok(*size);
                }
                if way.open.contains(&id) || way.open.len() >= DEEPEST {
                    return Err(SourceMistake::Cycle);
                }
                way.open.push(id);
                let sum = self.sum_within(pool, way);
                way.open.pop();
                let size = match (sum, &pool.size) {
                    // what the studies do not tell, the pool may
                    (Err(SourceMistake::Cycle), _) => Err(SourceMistake::Cycle),
                    (Err(_), Some(size)) => Ok(size.value),
                    (sum, _) => sum,
                }?;
                way.known.insert(id, size);
                Ok(size)
            }
        }
    }

    fn sum_within<'a>(&'a self, pool: &'a Pool, way: &mut Way<'a>) -> Result<u64, SourceMistake> {
        let mut sum = 0_u64;
        for source in &pool.studies {
            let (study, part) = split(source);
            sum = sum.checked_add(self.size_within(study, part, way)?).ok_or(SourceMistake::Unsized)?;
        }
        Ok(sum)
    }

    /// The sum of the studies of a pool, whatever its own size.
    ///
    /// # Errors
    /// A [`SourceMistake`] if one of them has none.
    pub fn sum(&self, pool: &Pool) -> Result<u64, SourceMistake> {
        self.sum_within(pool, &mut Way::from(pool))
    }

    /// The sum of those studies of a pool that have a size.
    #[must_use]
    pub fn sum_known(&self, pool: &Pool) -> u64 {
        let mut way = Way::from(pool);
        let sizes = pool.studies.iter().filter_map(|source| {
            let (study, part) = split(source);
            self.size_within(study, part, &mut way).ok()
        });
        sizes.fold(0, u64::saturating_add)
    }
}

impl Study {
    /// True if an arm or a phase is called so, with or without a size.
    #[must_use]
    pub fn has_part(&self, part: &str) -> bool {
        self.arm.iter().any(|arm| {
            (!arm.name.is_empty() && arm.name.value == part)
                || arm.phase.iter().any(|phase| phase.name.value == part || format!("{}/{}", arm.name.value, phase.name.value) == part)
        })
    }
}

/// `study:part` in its two halves.
#[must_use]
pub(crate) fn split(source: &str) -> (&str, Option<&str>) {
    source.split_once(':').map_or((source, None), |(study, part)| (study, Some(part)))
}

impl Source {
    /// Its size.
    ///
    /// # Errors
    /// A [`SourceMistake`] if it has none.
    pub fn size(&self, plan: &Plan) -> Result<u64, SourceMistake> {
        plan.studies.size(&self.study, self.part.as_ref().map(|part| part.value.as_str()))
    }
}
