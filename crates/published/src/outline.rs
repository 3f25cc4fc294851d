//! What a document states, view by view, as readable text and as JSON.

use serde_json::{Map, Value, json};
use terminology::Text;

use crate::heading::Section;
use crate::model::{ActivityList, ActivityPlan, Count, Dated, Passage, Published, Section11, Stated};
use crate::source::Source;

/// A statement: its name, what stands there, and what belongs to it.
struct Node {
    name: String,
    text: Option<Text>,
    sure: bool,
    facts: Vec<(&'static str, Value)>,
    children: Vec<Node>,
}

impl Node {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), text: None, sure: true, facts: Vec::new(), children: Vec::new() }
    }

    fn stated(name: &str, stated: &Stated) -> Self {
        Self { text: Some(stated.text.clone()), sure: stated.sure, ..Self::new(name) }
    }

    fn text(name: &str, text: &Text) -> Self {
        Self { text: Some(text.clone()), ..Self::new(name) }
    }

    fn with(mut self, child: Option<Node>) -> Self {
        self.children.extend(child);
        self
    }

    fn fact(mut self, name: &'static str, value: Value) -> Self {
        self.facts.push((name, value));
        self
    }

    fn all(mut self, children: impl IntoIterator<Item = Node>) -> Self {
        self.children.extend(children);
        self
    }
}

/// The document as JSON: an object with `file` and `views`; each statement has `name`, `text` (verbatim), its place, `sure`,
/// what was understood of it, and `parts`.
#[must_use]
pub fn json(published: &Published) -> Value {
    let views: Vec<Value> = nodes(published).iter().map(|n| node_json(n, &published.source)).collect();
    json!({"file": published.source.file, "views": views})
}

/// The document as text for reading.
#[must_use]
pub fn text(published: &Published) -> String {
    let mut out = String::new();
    for node in nodes(published) {
        node_text(&node, &published.source, 0, &mut out);
        out.push('\n');
    }
    out
}

/// The original of a text, line ends left out, blanks made single.
#[must_use]
pub fn verbatim(text: &Text, source: &Source) -> String {
    let mut out = String::new();
    for place in text.places(0..text.len(), &source.text) {
        let part = source.text.get(place).unwrap_or_default();
        if !out.is_empty() && out.ends_with(|c: char| c.is_ascii_alphanumeric()) && part.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            out.push(' ');
        }
        for line in part.split(['\n', '\u{c}']) {
            let line = line.trim();
            let latin = |c: char| c.is_ascii_alphabetic();
            if out.ends_with(latin) && line.starts_with(latin) {
                out.push(' ');
            }
            let mut blank = false;
            for c in line.chars() {
                if c.is_whitespace() {
                    blank = true;
                } else {
                    if blank {
                        out.push(' ');
                    }
                    blank = false;
                    out.push(c);
                }
            }
        }
    }
    out
}

fn node_json(node: &Node, source: &Source) -> Value {
    let mut object = Map::new();
    object.insert("name".into(), json!(node.name));
    if let Some(text) = &node.text {
        object.insert("text".into(), json!(verbatim(text, source)));
        object.insert("sure".into(), json!(node.sure));
        if let Some(at) = text.origin(0) {
            let place = source.place(at);
            for (key, value) in
                [("line", json!(place.line)), ("column", json!(place.column)), ("page", json!(place.page)), ("path", json!(place.path))]
            {
                if !value.is_null() {
                    object.insert(key.into(), value);
                }
            }
        }
    }
    for (name, value) in &node.facts {
        object.insert((*name).to_owned(), value.clone());
    }
    if !node.children.is_empty() {
        object.insert("parts".into(), Value::Array(node.children.iter().map(|c| node_json(c, source)).collect()));
    }
    Value::Object(object)
}

fn node_text(node: &Node, source: &Source, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    out.push_str(&indent);
    out.push_str(&node.name);
    if let Some(text) = &node.text {
        out.push_str(if node.name.is_empty() { "" } else { ": " });
        out.push_str(&verbatim(text, source));
        if !node.sure {
            out.push_str("  [?]");
        }
    }
    for (name, value) in &node.facts {
        match value {
            Value::String(s) => out.push_str(&format!("  ({name} {s})")),
            Value::Null => {}
            other => out.push_str(&format!("  ({name} {other})")),
        }
    }
    out.push('\n');
    for child in &node.children {
        node_text(child, source, depth + 1, out);
    }
}

fn date(name: &'static str, dated: Option<&Dated>) -> Option<Node> {
    dated.map(|d| Node::text(name, &d.text).fact("date", d.date.map_or(Value::Null, |d| json!(d.to_string()))))
}

fn passage(name: &str, passage: &Passage) -> Option<Node> {
    (!passage.is_empty()).then(|| Node::text(name, &passage.text))
}

fn nodes(p: &Published) -> Vec<Node> {
    let mut nodes = Vec::new();
    if let Some(summary) = &p.summary {
        nodes.push(
            Node::new("概要")
                .all(summary.fields.iter().map(|f| Node::stated(f.label, &f.value)))
                .with(Some(Node::new("1.1").all(summary.concerns.iter().map(|c| Node::stated(c.class.ja(), &c.name)))))
                .with(Some(Node::new("1.2").all(summary.efficacy.iter().map(|c| Node::stated("", c)))))
                .all(
                    ["2", "3", "4"]
                        .iter()
                        .zip(&summary.activities)
                        .map(|(n, names)| Node::new(n).all(names.iter().map(|s| Node::stated("", s)))),
                ),
        );
    }
    if let Some(product) = &p.product {
        nodes.push(
            Node::new("品目の概要")
                .all(
                    product
                        .fields
                        .iter()
                        .filter(|f| !matches!(f.label, "効能又は効果" | "再審査期間" | "備考" | "承認番号"))
                        .map(|f| Node::stated(f.label, &f.value)),
                )
                .with(Some(Node::new("承認番号").all(product.approval_numbers.iter().map(|n| Node::stated("", n)))))
                .with(Some(Node::new("再審査期間").all(product.reexaminations.iter().map(|r| {
                    Node::stated("", &r.text)
                        .fact("indication", json!(r.indication))
                        .fact("years", json!(r.years))
                        .with(date("from", r.from.as_ref()))
                        .with(date("until", r.until.as_ref()))
                }))))
                .with(Some(
                    Node::new("効能又は効果")
                        .all(product.indications.iter().map(|i| Node::stated(&i.number.map_or(String::new(), |n| n.to_string()), &i.text))),
                ))
                .with(Some(
                    Node::new("備考")
                        .all(product.events.iter().map(|e| Node::stated(&e.date.date.map_or(String::new(), |d| d.to_string()), &e.text))),
                )),
        );
    }
    if let Some(history) = &p.history {
        nodes.push(
            Node::new("変更の履歴")
                .with(date("前回提出日", history.previous.as_ref()))
                .with(passage("変更内容の概要", &history.changes))
                .with(passage("変更理由", &history.reasons)),
        );
    }
    nodes.push(Node::new(Section::Safety.title()).all(p.concerns.iter().map(|c| {
        Node::stated(c.class.ja(), &c.name)
            .with(boxed("理由", c.reason.as_ref()))
            .with(boxed("医薬品安全性監視活動", c.pharmacovigilance.as_ref()))
            .with(boxed("リスク最小化活動", c.minimisation.as_ref()))
    })));
    nodes.push(Node::new(Section::Efficacy.title()).all(p.efficacy.iter().map(|c| {
        Node::stated("", &c.name)
            .with(c.reason.as_ref().and_then(|r| passage("理由", r)))
            .with(c.activities.as_ref().and_then(|r| passage("調査・試験の名称", r)))
            .with(c.outline.as_ref().and_then(|r| passage("概要並びに選択理由", r)))
    })));
    for (plan, section) in p.plans.iter().zip([Section::Pharmacovigilance, Section::EfficacyStudies, Section::Minimisation]) {
        nodes.push(plan_node(plan, section));
    }
    for (list, section) in p.lists.iter().zip([Section::PharmacovigilanceList, Section::EfficacyList, Section::MinimisationList]) {
        nodes.push(list_node(list, section));
    }
    if !p.attachments.is_empty() {
        nodes.push(
            Node::new(Section::Attachments.title()).all(p.attachments.iter().flat_map(|a| &a.cells).map(|cell| Node::stated("", cell))),
        );
    }
    let (figures, counts): (Vec<&Count>, Vec<&Count>) = p.prose.counts.iter().partition(|c| c.percentage.is_some());
    nodes.push(Node::new("例数と割合").all(figures.into_iter().map(|c| count(p, c))));
    nodes.push(Node::new("割合のない例数").all(counts.into_iter().map(|c| count(p, c))));
    nodes.push(
        Node::new("試験・調査の番号と文献").all(
            p.prose.registry.iter().map(|s| Node::new(&s.key).fact("mentions", json!(s.mentions)).fact("citation", json!(s.citation))),
        ),
    );
    nodes.push(
        Node::new("略語").all(
            p.prose
                .abbreviations
                .iter()
                .map(|a| Node::text("", &p.prose.paragraphs[a.paragraph].text.slice(a.range.clone())).fact("stands_for", json!(a.long))),
        ),
    );
    nodes.push(Node::new("分母のない数値").all(p.prose.bare.iter().map(|b| {
        let paragraph = &p.prose.paragraphs[b.paragraph];
        Node::text(paragraph.view.section.number(), &paragraph.text.slice(b.range.clone()))
            .fact("studies", json!(b.studies.iter().map(|&s| p.prose.registry[s].key.clone()).collect::<Vec<_>>()))
    })));
    nodes
}

fn boxed(name: &str, section: Option<&Section11>) -> Option<Node> {
    let section = section?;
    Some(match (&section.content, &section.choice) {
        (None, None) => Node::text(name, &section.body.text),
        (content, choice) => Node::new(name)
            .with(content.as_ref().map(|(_, p)| Node::text("内容", &p.text)))
            .with(choice.as_ref().map(|(_, p)| Node::text("選択理由", &p.text))),
    })
}

fn plan_node(plan: &ActivityPlan, section: Section) -> Node {
    Node::new(section.title())
        .with(plan.routine.as_ref().map(|r| Node::stated("通常", r)))
        .with(plan.none.as_ref().map(|n| Node::stated("追加", n)))
        .all(plan.activities.iter().map(|a| {
            Node::stated("", &a.name)
                .with(Some(Node::new("安全性検討事項").all(a.concerns.iter().map(|c| Node::stated("", c)))))
                .with(
                    (!a.efficacy_concerns.is_empty())
                        .then(|| Node::new("有効性に関する検討事項").all(a.efficacy_concerns.iter().map(|c| Node::stated("", c)))),
                )
                .all(a.items.iter().map(|i| Node::text(i.label.as_str(), &i.value)))
                .all(
                    a.parts
                        .iter()
                        .skip(1)
                        .filter(|p| p.title != crate::heading::Title::Plan)
                        .map(|p| Node::text(p.heading.as_str(), &p.body.text)),
                )
        }))
}

fn list_node(list: &ActivityList, section: Section) -> Node {
    Node::new(section.title())
        .with(list.routine.as_ref().map(|r| Node::stated("通常", r)))
        .with(list.none.as_ref().map(|n| Node::stated("追加", n)))
        .all(list.rows.iter().map(|r| {
            Node::stated("", &r.name)
                .with(r.target.as_ref().map(|s| Node::stated("節目となる症例数／目標症例数", s)))
                .with(r.milestones.as_ref().map(|s| Node::stated("節目となる予定の時期", s)))
                .with(r.status.as_ref().map(|s| Node::stated("実施状況", s)))
                .with(r.report.as_ref().map(|s| Node::stated("報告書の作成予定日", s)))
        }))
}

fn count(p: &Published, count: &Count) -> Node {
    let paragraph = &p.prose.paragraphs[count.paragraph];
    Node::text(&format!("{} {}", paragraph.view.section.number(), paragraph.view.name), &paragraph.text.slice(count.range.clone()))
        .fact("numerator", json!(count.numerator))
        .fact("denominator", json!(count.denominator))
        .fact("percentage", json!(count.percentage))
        .fact("studies", json!(count.studies.iter().map(|&s| p.prose.registry[s].key.clone()).collect::<Vec<_>>()))
        .fact("arm", json!(count.arm))
}
