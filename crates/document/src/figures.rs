//! The figures of a document, each with where it comes from.

use std::collections::BTreeMap;

use calendar::Date;
use diagnostic::Language;
use plan::Plan;
use plan::figure::{Counts, FigureKind, Resolved};
use plan::source::{Place, Spanned};
use plan::tables::{Arm, Study};
use serde_json::{Value, json};
use typeset::{Attachment, Inline, Mark, Relationship};

/// The figures that were set, in the order in which they were met.
#[derive(Debug)]
pub struct Figures {
    /// The language in which origins are told: that of the document, whatever a passage of it is written in.
    told_in: Language,
    all: Vec<Value>,
    keys: BTreeMap<(String, usize), String>,
}

impl Default for Figures {
    fn default() -> Self {
        Self::told_in(Language::Japanese)
    }
}

impl Figures {
    /// No figures yet, of a document in this language.
    #[must_use]
    pub const fn told_in(language: Language) -> Self {
        Self { told_in: language, all: Vec::new(), keys: BTreeMap::new() }
    }

    /// What a figure prints. A count is traced to its origin, a name leads to what it names. `None` if its name is not known.
    pub fn set(&mut self, plan: &Plan, kind: &FigureKind, at: Place, language: Language) -> Option<Vec<Inline>> {
        let printed = plan.print(kind, language)?;
        let content = vec![Inline::Text(printed.clone())];
        Some(match kind {
            FigureKind::Counts(counts) => vec![self.traced(plan, counts, &printed, content)],
            FigureKind::Name(name) => vec![self.traced(plan, plan.figures.get(name)?, &printed, content)],
            FigureKind::Reference(id) => {
                // a name without English stays Japanese in an English passage
                let foreign = language == Language::English && !is_international(&printed);
                let content = if foreign { vec![Inline::Marked(Mark::Foreign(typeset::Language::Japanese), content)] } else { content };
                match crate::view::place_of(plan, id) {
                    Some(to) => vec![Inline::Link { to, content }],
                    None => content,
                }
            }
            FigureKind::Live(what) => vec![Inline::Traced {
                origin: format!("live:{}", what.value),
                told: match self.told_in {
                    Language::Japanese => format!("発行時に算出する値（{}）", place(plan, at)),
                    Language::English => format!("computed on issue ({})", place(plan, at)),
                },
                content,
            }],
        })
    }

    /// How many patients took part in a study or, as `arm`, in an arm of it: traced to where the size is stated or, if it is a sum, to
    /// the study. `None` if the plan does not say.
    pub fn size(&mut self, plan: &Plan, study: &Study, arm: Option<&Arm>) -> Option<Inline> {
        let part = arm.map_or("", |arm| arm.name.as_str());
        let size = study.sizes().into_iter().find(|sized| sized.part == part)?.size;
        let arms: Vec<&Arm> = match arm.or_else(|| study.arm.iter().find(|arm| arm.name.is_empty())) {
            Some(one) => vec![one],
            None => study.arm.iter().collect(),
        };
        let at = match arms.as_slice() {
            [one] => one.size.as_ref()?.at,
            _ => study.id.at,
        };
        let id = study.id.as_str();
        let printed = size.to_string();
        let origin = self.known(plan, at, |key| {
            let (line, column) = plan.sources.line_and_column(at);
            json!({
                "key": key,
                "printed": printed,
                "size": size,
                "studies": arms.iter().map(|arm| json!({
                    "study": id,
                    "part": Some(arm.name.as_str()).filter(|name| !name.is_empty()),
                    "title": study.title.as_ref().map(|title| title.value.as_str()),
                    "size": arm.size.as_ref().map(|size| size.value),
                })).collect::<Vec<_>>(),
                "source": { "file": plan.sources.path(at), "line": line, "column": column },
            })
        });
        let parts: Vec<String> = arms
            .iter()
            .filter(|arm| !arm.name.is_empty())
            .map(|arm| {
                let name = in_language(&arm.name, arm.name_en.as_ref(), self.told_in);
                arm.size.as_ref().filter(|_| arms.len() > 1).map_or_else(|| name.to_owned(), |size| format!("{name} {}", size.value))
            })
            .collect();
        let place = place(plan, at);
        let told = match (self.told_in, parts.is_empty()) {
            (Language::Japanese, true) => format!("{size}例 {id}（{place}）"),
            (Language::Japanese, false) => format!("{size}例 {id}：{}（{place}）", parts.join("＋")),
            (Language::English, true) => format!("{size} patients, {id} ({place})"),
            (Language::English, false) => format!("{size} patients, {id}: {} ({place})", parts.join(" + ")),
        };
        Some(Inline::Traced { origin, told, content: vec![Inline::Text(printed)] })
    }

    fn traced(&mut self, plan: &Plan, counts: &Counts, printed: &str, content: Vec<Inline>) -> Inline {
        let origin = self.known(plan, counts.counts_at, |key| entry(plan, counts, printed, key));
        let sources: Vec<String> = counts
            .sources
            .iter()
            .map(|source| told(plan, &source.study, source.part.as_ref().map(|part| part.value.as_str()), self.told_in))
            .collect();
        let (x, n, place) = (counts.x, counts.n, place(plan, counts.counts_at));
        let told = match (self.told_in, sources.is_empty()) {
            (Language::Japanese, true) => format!("{x}/{n} 試験の記載なし（{place}）"),
            (Language::Japanese, false) => format!("{x}/{n} {}（{place}）", sources.join("＋")),
            (Language::English, true) => format!("{x}/{n}, no study told ({place})"),
            (Language::English, false) => format!("{x}/{n} {} ({place})", sources.join(" + ")),
        };
        Inline::Traced { origin, told, content }
    }

    /// The key of what is written at a place, entered into the list where it is met first.
    fn known(&mut self, plan: &Plan, at: Place, entry: impl FnOnce(&str) -> Value) -> String {
        let written = (plan.sources.path(at).to_owned(), at.start);
        if let Some(key) = self.keys.get(&written) {
            return key.clone();
        }
        let key = format!("figure-{}", self.all.len() + 1);
        self.all.push(entry(&key));
        self.keys.insert(written, key.clone());
        key
    }

    /// The list of all figures as a file beside a document.
    #[must_use]
    pub fn attachment(&self, title: &str, file: &str, as_of: Date) -> Attachment {
        let list = json!({
            "format": 1,
            "document": title,
            "as_of": as_of.to_string(),
            "figures": self.all,
        });
        let mut bytes = serde_json::to_vec_pretty(&list).unwrap_or_default();
        bytes.push(b'\n');
        Attachment {
            name: format!("{file}.figures.json"),
            media_type: "application/json".to_owned(),
            description: "この文書に印刷した数値の一覧と、それぞれの出所 / The figures of this document and their origins".to_owned(),
            relationship: Relationship::Data,
            bytes,
        }
    }
}

/// Whether words need no translation: numbers, codes, and names in Latin letters.
pub fn is_international(text: &str) -> bool {
    !text
        .chars()
        .any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'))
}

fn in_language<'a>(japanese: &'a str, english: Option<&'a Spanned<String>>, language: Language) -> &'a str {
    english.filter(|_| language == Language::English).map_or(japanese, |english| english.value.as_str())
}

/// A study and the part of it that a count is of: an arm, a phase, or `arm/phase`.
fn told(plan: &Plan, study: &str, part: Option<&str>, language: Language) -> String {
    let Some(part) = part else { return study.to_owned() };
    let Some(Resolved::Study(found)) = plan.studies.find(study).filter(|_| language == Language::English) else {
        return format!("{study}・{part}");
    };
    let name = |part: &str| {
        let arms = found.arm.iter().map(|arm| (&arm.name, arm.name_en.as_ref()));
        let phases = found.arm.iter().flat_map(|arm| &arm.phase).map(|phase| (&phase.name, phase.name_en.as_ref()));
        arms.chain(phases).find(|(name, _)| name.value == part).map(|(name, english)| in_language(name, english, language).to_owned())
    };
    let whole = name(part).or_else(|| {
        let (arm, phase) = part.split_once('/')?;
        Some(format!("{}, {}", name(arm)?, name(phase)?))
    });
    format!("{study}, {}", whole.unwrap_or_else(|| part.to_owned()))
}

/// A place as people name it: file and line.
fn place(plan: &Plan, at: Place) -> String {
    format!("{}:{}", plan.sources.path(at), plan.sources.line_and_column(at).0)
}

fn entry(plan: &Plan, counts: &Counts, printed: &str, key: &str) -> Value {
    let sources: Vec<Value> = counts
        .sources
        .iter()
        .map(|source| {
            let title = match plan.studies.find(&source.study) {
                Some(Resolved::Study(study)) => study.title.as_ref().map(|title| title.value.clone()),
                Some(Resolved::Pool(pool)) => Some(pool.studies.iter().map(|study| study.value.as_str()).collect::<Vec<_>>().join(" + ")),
                None => None,
            };
            json!({
                "study": source.study.value,
                "part": source.part.as_ref().map(|part| part.value.as_str()),
                "title": title,
                "size": source.size(plan).ok(),
            })
        })
        .collect();
    let (line, column) = plan.sources.line_and_column(counts.counts_at);
    json!({
        "key": key,
        "printed": printed,
        "count": counts.x,
        "denominator": counts.n,
        "name": counts.name.as_ref().map(|name| name.value.as_str()),
        "studies": sources,
        "source": { "file": plan.sources.path(counts.counts_at), "line": line, "column": column },
    })
}
