//! The figures of a document, each with where it comes from.

use std::collections::BTreeMap;

use calendar::Date;
use diagnostic::Language;
use plan::Plan;
use plan::figure::{Counts, FigureKind, Resolved};
use plan::source::Place;
use serde_json::{Value, json};
use typeset::{Attachment, Inline, Relationship};

/// The figures that were set, in the order in which they were met.
#[derive(Debug, Default)]
pub struct Figures {
    all: Vec<Value>,
    keys: BTreeMap<(String, usize), String>,
}

impl Figures {
    /// What a figure prints. A count is traced to its origin, a name leads to what it names. `None` if its name is not known.
    pub fn set(&mut self, plan: &Plan, kind: &FigureKind, at: Place, language: Language) -> Option<Vec<Inline>> {
        let printed = plan.print(kind, language)?;
        let content = vec![Inline::Text(printed.clone())];
        Some(match kind {
            FigureKind::Counts(counts) => vec![self.traced(plan, counts, &printed, content, language)],
            FigureKind::Name(name) => vec![self.traced(plan, plan.figures.get(name)?, &printed, content, language)],
            FigureKind::Reference(id) => match crate::view::place_of(plan, id) {
                Some(to) => vec![Inline::Link { to, content }],
                None => content,
            },
            FigureKind::Live(what) => vec![Inline::Traced {
                origin: format!("live:{}", what.value),
                told: match language {
                    Language::Japanese => format!("発行時に算出する値（{}）", place(plan, at)),
                    Language::English => format!("computed on issue ({})", place(plan, at)),
                },
                content,
            }],
        })
    }

    fn traced(&mut self, plan: &Plan, counts: &Counts, printed: &str, content: Vec<Inline>, language: Language) -> Inline {
        let written = (plan.sources.path(counts.counts_at).to_owned(), counts.counts_at.start);
        let next = format!("figure-{}", self.all.len() + 1);
        let known = self.keys.get(&written).cloned();
        let origin = known.clone().unwrap_or(next);
        if known.is_none() {
            self.keys.insert(written, origin.clone());
            self.all.push(entry(plan, counts, printed, &origin));
        }
        let sources: Vec<String> =
            counts.sources.iter().map(|source| told(&source.study, source.part.as_ref().map(|p| p.value.as_str()))).collect();
        let (x, n, place) = (counts.x, counts.n, place(plan, counts.counts_at));
        let told = match (language, sources.is_empty()) {
            (Language::Japanese, true) => format!("{x}/{n} 試験の記載なし（{place}）"),
            (Language::Japanese, false) => format!("{x}/{n} {}（{place}）", sources.join("＋")),
            (Language::English, true) => format!("{x}/{n}, no study told ({place})"),
            (Language::English, false) => format!("{x}/{n} {} ({place})", sources.join(" + ")),
        };
        Inline::Traced { origin, told, content }
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

fn told(study: &str, part: Option<&str>) -> String {
    match part {
        Some(part) => format!("{study}・{part}"),
        None => study.to_owned(),
    }
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
