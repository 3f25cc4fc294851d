//! From what is stated differently to changes in the plan's own terms.

use calendar::PartialDate;
use diagnostic::Words;

use super::change::{Change, Side, Subject};
use super::delta::partners;
use super::minor::{Asked, minor};
use super::node::Node;
use super::phrase::{filled, named, noun, shown};
use super::words::{reworded, sentences};
use crate::id::Target;
use crate::model::Plan;
use crate::prose::{SectionKind, blanked, without_comments};
use crate::shape::{Key, Type};
use crate::source::{Place, Sources};
use crate::tables::EventKind;

/// The changes from one tree to another, in the order of the plan.
pub(super) fn changes(old: &Plan, new: &Plan, a: &Node, b: &Node) -> Vec<Change> {
    let mut walk = Walk { old, new, changes: Vec::new(), subject: Subject::default(), home: (None, None) };
    for file in ["plan", "studies"] {
        let (Node::Table(x, _), Node::Table(y, _)) = (a.get(file), b.get(file)) else { continue };
        for ((key, x), (_, y)) in x.iter().zip(y).filter(|((_, x), (_, y))| x != y) {
            match key.kind {
                Type::List(Type::Table(_)) => walk.things(key.name, x, y),
                Type::Table(shape) => {
                    walk.subject = Subject { kind: key.name, id: String::new(), words: noun(shape.doc) };
                    walk.home = (x.at(), y.at());
                    match (x, y) {
                        (Node::Table(..), Node::Table(..)) => walk.table(x, y, &[], &[]),
                        _ => walk.leaf(key, x, y, &[], &[]),
                    }
                }
                _ => {
                    walk.subject = Subject { kind: "plan", id: String::new(), words: Words::new("計画", "the plan") };
                    walk.home = (a.get(file).at(), b.get(file).at());
                    walk.leaf(key, x, y, &[], &[]);
                }
            }
        }
    }
    for (name, kind) in [("concerns", "concern"), ("efficacy", "efficacy"), ("activities", "activity"), ("surveys", "survey")] {
        walk.things(kind, a.get(name), b.get(name));
    }
    walk.changes
}

struct Walk<'a> {
    old: &'a Plan,
    new: &'a Plan,
    changes: Vec<Change>,
    subject: Subject,
    /// Where the subject stands.
    home: (Option<Place>, Option<Place>),
}

/// What is said of a change beside its two sides.
struct Told<'a> {
    kind: String,
    key: &'a str,
    path: String,
    label: Words,
}

impl Walk<'_> {
    /// Things of the plan with an id or a name: concerns, indications, studies …
    fn things(&mut self, kind: &'static str, a: &Node, b: &Node) {
        let (a, b) = (a.items(), b.items());
        let partners = partners(a, b);
        for (node, partner) in b.iter().zip(&partners) {
            self.subject = subject(self.new, kind, node);
            match partner.map(|index| &a[index]) {
                Some(before) if before != node => {
                    self.home = (before.at(), node.at());
                    self.table(before, node, &[], &[]);
                }
                Some(_) => {}
                None => {
                    self.home = (None, node.at());
                    self.whole("added", &Node::Nothing, node);
                }
            }
        }
        for (_, node) in a.iter().enumerate().filter(|(index, _)| !partners.contains(&Some(*index))) {
            self.subject = subject(self.old, kind, node);
            self.home = (node.at(), None);
            self.whole("removed", node, &Node::Nothing);
        }
        if !in_order(&partners) {
            self.subject = Subject { kind: "plan", id: String::new(), words: Words::new("計画", "the plan") };
            self.home = (None, None);
            let label = subject_noun(kind);
            self.add(Told { kind: "order-changed".to_owned(), key: kind, path: kind.to_owned(), label }, (None, None), (None, None));
        }
    }

    /// A thing that came or went.
    fn whole(&mut self, how: &str, old: &Node, new: &Node) {
        let kind = format!("{}-{how}", self.subject.kind);
        let sides = (self.home.0, self.home.1);
        let text = |node: &Node| match node {
            Node::Nothing => None,
            _ => Some(self.subject.words.clone()),
        };
        let texts = (text(old), text(new));
        let told = Told { kind, key: "", path: String::new(), label: Words::default() };
        self.add(told, texts, sides);
        // its words are those of coming and going, whatever it is
        let words = self.subject.words.clone();
        if let Some(change) = self.changes.last_mut() {
            change.message = filled(&format!("entity-{how}"), &words, &Words::default(), None, None);
        }
    }

    /// The keys of a thing, or of a table in it.
    fn table(&mut self, a: &Node, b: &Node, path: &[String], label: &[Words]) {
        let (Node::Table(x, _), Node::Table(y, _)) = (a, b) else { return };
        for ((key, x), (_, y)) in x.iter().zip(y).filter(|((_, x), (_, y))| x != y) {
            match (key.name, &key.kind) {
                ("prose", _) => self.prose(x, y),
                ("english", _) => self.english(key, x, y),
                (_, Type::List(Type::Table(_))) => self.items(key, x, y, path, label),
                // no indication means every one, so that the first and the last say more than that one came or went
                ("indications", _) if *x == Node::Nothing || *y == Node::Nothing => self.leaf(key, x, y, path, label),
                (_, Type::List(of)) => self.set(key, of, x, y, path, label),
                _ => self.leaf(key, x, y, path, label),
            }
        }
    }

    /// Tables in a list of a thing: milestones, arms, reports …
    fn items(&mut self, key: &'static Key, a: &Node, b: &Node, path: &[String], label: &[Words]) {
        let (a, b) = (a.items(), b.items());
        let partners = partners(a, b);
        let shape = match key.kind {
            Type::List(Type::Table(shape)) => noun(shape.doc),
            _ => noun(key.doc),
        };
        let named = |plan: &Plan, node: &Node| {
            let name = item_name(plan, node);
            match name {
                Some(name) => Words::new(format!("{}「{}」", shape.ja, name.ja), format!("{} “{}”", shape.en, name.en)),
                None => shape.clone(),
            }
        };
        let path: Vec<String> = path.iter().cloned().chain([key.name.to_owned()]).collect();
        let labels = |own: Words| label.iter().cloned().chain([own]).collect::<Vec<_>>();
        for (node, partner) in b.iter().zip(&partners) {
            match partner.map(|index| &a[index]) {
                Some(before) if before != node => self.table(before, node, &path, &labels(named(self.old, before))),
                Some(_) => {}
                None => self.item("added", key, &path, &labels(shape.clone()), (&Node::Nothing, node)),
            }
        }
        for (_, node) in a.iter().enumerate().filter(|(index, _)| !partners.contains(&Some(*index))) {
            self.item("removed", key, &path, &labels(shape.clone()), (node, &Node::Nothing));
        }
        if !in_order(&partners) {
            let told =
                Told { kind: "order-changed".to_owned(), key: key.name, path: path.join("."), label: joined(&labels(shape.clone())) };
            self.add(told, (None, None), self.home);
        }
    }

    fn item(&mut self, how: &str, key: &'static Key, path: &[String], label: &[Words], (old, new): (&Node, &Node)) {
        let Type::List(of) = &key.kind else { return };
        let told =
            Told { kind: format!("{}-{how}", key.name.replace('_', "-")), key: key.name, path: path.join("."), label: joined(label) };
        let texts = (shown(self.old, of, old), shown(self.new, of, new));
        self.add(told, texts, (old.at().or(self.home.0), new.at().or(self.home.1)));
    }

    /// Scalars of which each came or went: the concerns an activity covers, terms, indications …
    fn set(&mut self, key: &'static Key, of: &Type, a: &Node, b: &Node, path: &[String], label: &[Words]) {
        let (a, b) = (a.items(), b.items());
        let partners = partners(a, b);
        let covers = matches!(of, Type::Reference(Target::Concern | Target::Efficacy));
        let refers = matches!(of, Type::Reference(_));
        let word = |how: &str| format!("{}-{how}", if covers { "coverage" } else { "value" });
        let path: Vec<String> = path.iter().cloned().chain([key.name.to_owned()]).collect();
        let label = joined(&label.iter().cloned().chain([noun(key.doc)]).collect::<Vec<_>>());
        let told = |kind: String| Told { kind, key: key.name, path: path.join("."), label: label.clone() };
        let mut gone: Vec<(&Node, Option<Words>)> = a
            .iter()
            .enumerate()
            .filter(|(index, _)| !partners.contains(&Some(*index)))
            .map(|(_, node)| (node, shown(self.old, of, node)))
            .collect();
        for (node, _) in b.iter().zip(&partners).filter(|(_, partner)| partner.is_none()) {
            let text = shown(self.new, of, node);
            // the same thing under another id
            let same = gone.iter().position(|(_, before)| refers && *before == text);
            let (kind, before) = match same {
                Some(index) => ("id-changed".to_owned(), Some(gone.remove(index).0)),
                None => (word("added"), None),
            };
            let texts = match before {
                Some(before) => (before.text().map(Words::same), node.text().map(Words::same)),
                None => (None, text),
            };
            self.add(told(kind), texts, (before.and_then(Node::at).or(self.home.0), node.at()));
        }
        for (node, text) in gone {
            self.add(told(word("removed")), (text, None), (node.at(), self.home.1));
        }
        if !in_order(&partners) {
            self.add(told("order-changed".to_owned()), (None, None), self.home);
        }
    }

    /// One key.
    fn leaf(&mut self, key: &'static Key, a: &Node, b: &Node, path: &[String], label: &[Words]) {
        let texts = (shown(self.old, &key.kind, a), shown(self.new, &key.kind, b));
        // another id of what has the same name
        let renamed = matches!(key.kind, Type::Reference(_)) && texts.0.is_some() && texts.0 == texts.1;
        let renamed = renamed || matches!(key.kind, Type::Name(_));
        let kind = match &key.kind {
            _ if renamed => "id-changed".to_owned(),
            _ => self.kind(key.name, path, a, b, texts.0.is_some(), texts.1.is_some()),
        };
        let texts = if renamed { (a.text().map(Words::same), b.text().map(Words::same)) } else { texts };
        let path: Vec<String> = path.iter().cloned().chain([key.name.to_owned()]).collect();
        let label = joined(&label.iter().cloned().chain([noun(key.doc)]).collect::<Vec<_>>());
        let told = Told { kind, key: key.name, path: path.join("."), label };
        self.add(told, texts, (a.at().or(self.home.0), b.at().or(self.home.1)));
    }

    fn kind(&self, key: &str, path: &[String], a: &Node, b: &Node, was: bool, is: bool) -> String {
        let number = |node: &Node| node.text().and_then(|text| text.parse::<u64>().ok());
        let within = path.last().map_or("", String::as_str);
        let special = match (self.subject.kind, within, key) {
            ("concern", "", "name") => "concern-renamed",
            ("efficacy", "", "name") => "efficacy-renamed",
            ("activity", "", "name") => "activity-renamed",
            ("concern", "", "class") if was && is => "concern-reclassified",
            ("activity", "", "target") if was && is && number(a) < number(b) => "target-raised",
            ("activity", "", "target") if was && is => "target-lowered",
            ("activity", "", "period") => "period-moved",
            ("activity", "", "registration") => "registration-moved",
            ("activity", "", "observation") => "observation-changed",
            ("activity", "", "started") if !was => "activity-started",
            ("activity", "", "ended") if !was => "activity-ended",
            ("activity", "", "version") => "material-version",
            ("activity", "report", "made") if !was => "report-made",
            ("activity", "report", "due") => "report-date",
            ("activity", "milestone", _) => "milestone-changed",
            ("activity", "sample_size", _) => "sample-size-changed",
            (_, "", "indications") => "indications-changed",
            ("indication", "", "name") => "indication-reworded",
            ("indication", "", "approved") => "approval-date",
            ("indication", "", "reexamination") => "re-examination-changed",
            ("condition", "", "lifted") if !was && is => "condition-lifted",
            ("routine", "", _) => "routine-reworded",
            ("study" | "pool", _, "size") if was && is => "study-size",
            _ if !was => "value-added",
            _ if !is => "value-removed",
            _ => "value-changed",
        };
        special.to_owned()
    }

    /// The sections of a thing, sentence by sentence.
    fn prose(&mut self, a: &Node, b: &Node) {
        let (a, b) = (a.items(), b.items());
        let partners = partners(a, b);
        for (node, partner) in b.iter().zip(&partners) {
            match partner.map(|index| &a[index]) {
                Some(before) if before != node => self.section(before, node),
                Some(_) => {}
                None => self.whole_section("section-added", &Node::Nothing, node),
            }
        }
        for (_, node) in a.iter().enumerate().filter(|(index, _)| !partners.contains(&Some(*index))) {
            self.whole_section("section-removed", node, &Node::Nothing);
        }
        if !in_order(&partners) {
            let told =
                Told { kind: "order-changed".to_owned(), key: "prose", path: "prose".to_owned(), label: Words::new("節", "sections") };
            self.add(told, (None, None), self.home);
        }
    }

    fn whole_section(&mut self, kind: &str, old: &Node, new: &Node) {
        let (path, label) = section_words(if *new == Node::Nothing { old } else { new });
        let text = |node: &Node| match node.get("text") {
            Node::Prose(text, _) => Some(Words::same(without_comments(text))),
            _ => None,
        };
        let sides = (old.at().or(self.home.0), new.at().or(self.home.1));
        self.add(Told { kind: kind.to_owned(), key: "prose", path, label }, (text(old), text(new)), sides);
    }

    fn section(&mut self, old: &Node, new: &Node) {
        let (path, label) = section_words(new);
        let (Node::Prose(x, x_at), Node::Prose(y, y_at)) = (old.get("text"), new.get("text")) else { return };
        let told = |kind: &str| Told { kind: kind.to_owned(), key: "prose", path: path.clone(), label: label.clone() };
        let changed = sentences(&blanked(x), &blanked(y));
        if changed.is_empty() {
            self.add(
                told("section-rewrapped"),
                (Some(Words::same(without_comments(x))), Some(Words::same(without_comments(y)))),
                (Some(*x_at), Some(*y_at)),
            );
        }
        for (before, after) in changed {
            let kind = match (&before, &after) {
                (None, _) => "sentence-added",
                (_, None) => "sentence-removed",
                _ => "sentence-reworded",
            };
            let text =
                |text: &str, range: &Option<std::ops::Range<usize>>| range.clone().map(|range| without_comments(&text[range]).into_owned());
            let (s, t) = (text(x, &before), text(y, &after));
            let sides = (before.map_or(old.at(), |range| Some(x_at.part(range))), after.map_or(new.at(), |range| Some(y_at.part(range))));
            self.add(told(kind), (s.map(Words::same), t.map(Words::same)), sides);
        }
    }

    /// A translation, told once: the Japanese prose is what is submitted.
    fn english(&mut self, key: &'static Key, a: &Node, b: &Node) {
        let part = |node: &Node| match node {
            Node::Nothing => None,
            _ => Some(Words::new("英訳", "translation")),
        };
        let how = match (part(a), part(b)) {
            (None, _) => Words::new("追加", "added"),
            (_, None) => Words::new("削除", "removed"),
            _ => Words::new("改訂", "revised"),
        };
        let kind = if rewrapped(a, b) { "translation-rewrapped" } else { "translation-changed" };
        let told = Told { kind: kind.to_owned(), key: key.name, path: key.name.to_owned(), label: how };
        self.add(told, (part(a), part(b)), (a.at().or(self.home.0), b.at().or(self.home.1)));
    }

    /// True if what is recorded at a place of the new plan is as the old one planned it: begun and ended on the day, reported in time.
    /// Of an event of the history, if it is an approval.
    fn as_told(&self, key: &str, at: Option<Place>) -> bool {
        let here = |place: Place| Some(place) == at;
        if self.subject.kind == "event" {
            let event = self.new.facts.event.iter().find(|event| here(event.at));
            return event.and_then(|event| event.kind.as_ref()).is_some_and(|kind| kind.value == EventKind::Approval);
        }
        let (Some(planned), Some(done)) = (self.old.activity(&self.subject.id), self.new.activity(&self.subject.id)) else { return false };
        match key {
            "started" => {
                let start = planned.period.as_ref().and_then(|period| period.start.as_ref());
                start.zip(done.started.as_ref()).is_some_and(|(start, started)| meet(start.value, started.value))
            }
            "ended" => {
                let end = Plan::stated_end(planned).map(|end| end.value).or_else(|| self.old.end_of(planned).map(PartialDate::from));
                end.zip(done.ended.as_ref()).is_some_and(|(end, ended)| meet(end, ended.value))
            }
            "made" => {
                let report = done.report.iter().find(|report| report.made.as_ref().is_some_and(|made| here(made.at)));
                let due = report.and_then(|report| self.old.day_of(report.due.as_ref()?, planned));
                due.zip(report.and_then(|report| report.made.as_ref())).is_some_and(|(due, made)| made.value.first() <= due)
            }
            _ => false,
        }
    }

    fn add(&mut self, told: Told<'_>, (old, new): (Option<Words>, Option<Words>), (was, is): (Option<Place>, Option<Place>)) {
        let Told { kind, key, path, label } = told;
        let text = |words: &Option<Words>| words.as_ref().map(|words| words.ja.clone());
        let (x, y) = (text(&old), text(&new));
        let minor = minor(
            &Asked { kind: &kind, subject: self.subject.kind, key, old: x.as_deref(), new: y.as_deref(), as_told: self.as_told(key, is) },
            self.new.submitted(),
        );
        let message = filled(&kind, &self.subject.words, &label, old.as_ref(), new.as_ref());
        let side = |stated: Option<Words>, at: Option<Place>, sources: &Sources| Side {
            stated,
            span: at.map(|at| sources.span(at, Words::default())).filter(|span| !span.file.is_empty()),
        };
        let pieces = match (&x, &y) {
            (Some(x), Some(y)) if kind.ends_with("reworded") => reworded(x, y),
            _ => Vec::new(),
        };
        let (old, new) = (side(old, was, &self.old.sources), side(new, is, &self.new.sources));
        self.changes.push(Change { kind, subject: self.subject.clone(), path, message, old, new, pieces, minor });
    }
}

/// True if two things state the same but for blanks and line breaks in prose.
fn rewrapped(a: &Node, b: &Node) -> bool {
    match (a, b) {
        (Node::Prose(a, _), Node::Prose(b, _)) => {
            let (a, b) = (without_comments(a), without_comments(b));
            a.split_whitespace().eq(b.split_whitespace())
        }
        (Node::List(a), Node::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| rewrapped(a, b)),
        (Node::Table(a, _), Node::Table(b, _)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((k, a), (l, b))| k.name == l.name && rewrapped(a, b))
        }
        _ => a == b,
    }
}

/// True if two dates can be the same day.
fn meet(a: PartialDate, b: PartialDate) -> bool {
    a.first() <= b.last() && b.first() <= a.last()
}

/// True if what was kept stands in its old order.
fn in_order(partners: &[Option<usize>]) -> bool {
    partners.iter().flatten().is_sorted()
}

fn joined(labels: &[Words]) -> Words {
    Words::new(
        labels.iter().map(|w| w.ja.as_str()).collect::<Vec<_>>().join("の"),
        labels.iter().map(|w| w.en.as_str()).collect::<Vec<_>>().join(", "),
    )
}

fn section_words(section: &Node) -> (String, Words) {
    let name = section.get("section").text().unwrap_or_default();
    let (ja, en) = SectionKind::parse(&name).map_or(("", ""), SectionKind::words);
    (format!("prose.{en}"), Words::new(ja, en))
}

fn subject_noun(kind: &str) -> Words {
    let (ja, en) = match kind {
        "concern" => Target::Concern.words(),
        "efficacy" => Target::Efficacy.words(),
        "activity" => Target::Activity.words(),
        "indication" => Target::Indication.words(),
        "condition" => Target::Condition.words(),
        "label" => Target::Label.words(),
        "study" => Target::Study.words(),
        "pool" => Target::Pool.words(),
        "survey" => ("調査の進め方", "how a survey is run"),
        "strength" => ("販売名", "strength"),
        "event" => ("経緯", "event"),
        "abbreviation" => ("略語", "abbreviation"),
        "submission" => ("提出", "submission"),
        "attachment" => ("添付資料", "attachment"),
        _ => ("", ""),
    };
    Words::new(ja, en)
}

/// A thing of the plan with its name.
fn subject(plan: &Plan, kind: &'static str, node: &Node) -> Subject {
    let text = |key: &str| node.get(key).text();
    let id = ["id", "short", "version", "name", "title", "date"].iter().find_map(|key| text(key)).unwrap_or_default();
    let name = match kind {
        "concern" | "efficacy" | "activity" => {
            let ja = text("name").unwrap_or_else(|| id.clone());
            let en = text("name_en").unwrap_or_else(|| ja.clone());
            Words::new(ja, en)
        }
        "indication" => named(plan, Target::Indication, &id),
        "label" => named(plan, Target::Label, &id),
        "survey" => named(plan, Target::Activity, &id),
        "event" => {
            let day = text("date").unwrap_or_default();
            Words::same(format!("{day} {}", text("text").unwrap_or_default()).trim().to_owned())
        }
        "submission" => {
            let parts: Vec<String> = ["version", "date"].iter().filter_map(|key| text(key)).collect();
            Words::same(parts.join(" "))
        }
        "strength" => {
            let ja = text("name").unwrap_or_default();
            Words::new(ja.clone(), text("name_en").unwrap_or(ja))
        }
        _ => Words::same(id.clone()),
    };
    let noun = subject_noun(kind);
    let words = Words::new(format!("{}「{}」", noun.ja, name.ja), format!("{} “{}”", noun.en, name.en));
    Subject { kind, id, words }
}

/// What an item of a list is called.
fn item_name(plan: &Plan, node: &Node) -> Option<Words> {
    let Node::Table(keys, _) = node else { return None };
    let of = |name: &str| keys.iter().find(|(key, _)| key.name == name).and_then(|(key, node)| shown(plan, &key.kind, node));
    ["name", "text", "event", "due", "when", "kind"].iter().find_map(|key| of(key))
}
