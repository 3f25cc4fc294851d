//! `concerns/` and `efficacy/`.

use std::collections::BTreeMap;

use plan::prose::SectionKind;
use terminology::Text;

use super::draft::Draft;
use super::rules::VIEWS_DISAGREE;
use super::toml::{Lines, array};
use super::views::Side;
use super::words::paragraphs;
use crate::heading::Section;
use crate::model::{Class, Concern, EfficacyConcern, Passage, Section11, Stated, SummaryConcern};
use crate::review::Mark;
use crate::review::names::Relation;

/// Writes the concerns.
pub fn add(draft: &mut Draft<'_>) {
    let published = draft.published;
    let mut counted = [0; 3];
    for concern in &published.concerns {
        let class = word(concern.class).as_str();
        counted[concern.class as usize] += 1;
        let id = draft.ids.concern(&draft.quote(&concern.name.text), &format!("{class}-{}", counted[concern.class as usize]));
        draft.concern_ids.push(id);
    }
    for (n, concern) in published.efficacy.iter().enumerate() {
        let id = draft.ids.efficacy(&draft.quote(&concern.name.text), &format!("effectiveness-{}", n + 1));
        draft.efficacy_ids.push(id);
    }
    let stated: Vec<&SummaryConcern> = published.summary.iter().flat_map(|summary| &summary.concerns).collect();
    let names: Vec<&str> = published.concerns.iter().map(|c| c.name.as_str()).collect();
    let listed: Vec<&str> = stated.iter().map(|c| c.name.as_str()).collect();
    let pairs = draft.context.names.pair(&names, &listed);
    let mut labels = BTreeMap::new();
    for (n, concern) in published.concerns.iter().enumerate() {
        let beside = pairs.iter().find(|pair| pair.0 == n).map(|&(_, l, relation)| (stated[l], relation));
        safety(draft, n, concern, beside, &mut labels);
    }
    let mut out = Lines::default();
    for (id, title) in &labels {
        out.header("[[label]]");
        out.text("id", id);
        out.text("title", title);
    }
    if let Some(plan) = draft.files.get_mut("plan.toml") {
        plan.push_str(&out.0);
    }
    for (l, summary) in stated.iter().enumerate() {
        if !pairs.iter().any(|pair| pair.1 == l) {
            only_in_summary(draft, &summary.name, Section::Safety);
        }
        if let Some(page) = &summary.page {
            draft.restated(&page.text);
        }
    }
    let listed: Vec<&Stated> = published.summary.iter().flat_map(|summary| &summary.efficacy).collect();
    let keys: Vec<&str> = listed.iter().map(|s| s.as_str()).collect();
    let own: Vec<&str> = published.efficacy.iter().map(|c| c.name.as_str()).collect();
    let pairs = draft.context.names.pair(&own, &keys);
    for (n, concern) in published.efficacy.iter().enumerate() {
        let beside = pairs.iter().find(|pair| pair.0 == n).map(|&(_, l, relation)| (listed[l], relation));
        efficacy(draft, n, concern, beside);
    }
    for (l, stated) in listed.iter().enumerate() {
        if !pairs.iter().any(|pair| pair.1 == l) {
            only_in_summary(draft, stated, Section::Efficacy);
        }
    }
}

fn word(class: Class) -> plan::tables::Class {
    match class {
        Class::Identified => plan::tables::Class::Identified,
        Class::Potential => plan::tables::Class::Potential,
        Class::Missing => plan::tables::Class::Missing,
    }
}

fn only_in_summary(draft: &mut Draft<'_>, stated: &Stated, body: Section) {
    if !stated.sure || matches!(stated.as_str(), "該当なし" | "なし" | "該当なし。") {
        return;
    }
    let words = draft.quote(&stated.text);
    let mut marks = vec![Mark::whole(&stated.text, Section::Summary, "").label("採用せず", "not taken")];
    marks.extend(draft.context.heading(body, false).map(|mark| mark.label("ここにない", "missing here")));
    draft.tell(
        &VIEWS_DISAGREE,
        (
            format!("概要の「{words}」は本文にありません。取り込みませんでした"),
            format!("“{words}” of the summary is not in the body; it was not taken"),
        ),
        ("検討事項であれば、ファイルを加えてください。", "if it is a concern, add a file for it"),
        &marks,
    );
}

/// A name without the short form it defines: …（以下、X）; its bracket may be cut by the end of a cell.
fn bare_name(name: &str) -> &str {
    name.find("(以下").map_or(name, |at| &name[..at])
}

/// The name, compared with that of the summary.
fn named(draft: &mut Draft<'_>, name: &Stated, section: Section, summary: Option<(&Stated, Relation)>, out: &mut Lines) {
    match summary {
        Some((listed, Relation::Same)) => {
            let comment = draft.other_name("概要", &name.text, &listed.text);
            comment.iter().for_each(|comment| out.comment(comment));
        }
        // with the short form that 1.1 defines after the name
        Some((listed, _)) if bare_name(listed.as_str()) == bare_name(name.as_str()) => {
            let comment = draft.other_name("概要", &name.text, &listed.text);
            comment.iter().for_each(|comment| out.comment(comment));
        }
        Some((listed, _)) if listed.sure => {
            let comment = draft.disagree(("名称", "name"), &[Side::of(section, &name.text), Side::summary(&listed.text)]);
            out.comment(&comment);
        }
        Some((listed, _)) => {
            let comment = draft.other_name("概要", &name.text, &listed.text);
            comment.iter().for_each(|comment| out.comment(comment));
        }
        None => {
            if draft.published.summary.as_ref().is_some_and(|s| s.columns_sure) {
                let words = draft.quote(&name.text);
                let mut marks = vec![Mark::whole(&name.text, section, "").label("取り込みました", "taken")];
                marks.extend(draft.context.heading(section, true).map(|mark| mark.label("ここにない", "missing here")));
                draft.tell(
                    &VIEWS_DISAGREE,
                    (
                        format!("概要に「{words}」がありません。本文から取り込みました"),
                        format!("the summary lacks “{words}”; it was taken from the body"),
                    ),
                    (
                        "概要は計画から作られるので、検討事項でなければファイルを消してください。",
                        "the summary is derived from the plan; if it is no concern, delete its file",
                    ),
                    &marks,
                );
                out.comment("概要にはない。");
            }
        }
    }
    if let Some(note) = draft.unsure(name, section, "", ("名称", "name")) {
        out.comment(&note);
    }
    out.text("name", &draft.words(&name.text));
}

fn safety(
    draft: &mut Draft<'_>,
    n: usize,
    concern: &Concern,
    beside: Option<(&SummaryConcern, Relation)>,
    labels: &mut BTreeMap<String, String>,
) {
    let mut front = Lines::default();
    if let Some((summary, _)) = beside
        && summary.class != concern.class
        && summary.class_sure
        && summary.name.sure
    {
        let words = draft.quote(&concern.name.text);
        let (own, other) = (concern.class, summary.class);
        front.comment(&format!("区分：1.1では「{}」、概要では「{}」。1.1 の区分を採った。", own.ja(), other.ja()));
        draft.tell(
            &VIEWS_DISAGREE,
            (
                format!("「{words}」は 1.1 で{}、概要で{}です。1.1 の区分を採りました", own.ja(), other.ja()),
                format!("“{words}” is an {} in 1.1 and an {} in the summary; that of 1.1 was taken", own.en(), other.en()),
            ),
            ("正しい区分を確かめてください。", "find out the right class"),
            &[
                Mark::whole(&concern.name.text, Section::Safety, "").label("こちらを採用", "taken"),
                Mark::whole(&summary.name.text, Section::Summary, "").label("採用せず", "not taken"),
            ],
        );
    }
    front.text("class", word(concern.class).as_str());
    named(draft, &concern.name, Section::Safety, beside.map(|(summary, relation)| (&summary.name, relation)), &mut front);
    if let Some(short) = &concern.short {
        front.text("short", &draft.words(&short.text));
    }
    let content = concern.minimisation.as_ref().map_or("", |s| s.content.as_ref().map_or(s.body.as_str(), |content| content.1.as_str()));
    let sections = super::label::sections(content);
    if !sections.is_empty() {
        front.key("label", array(sections.iter().map(|(id, _)| id.as_str())));
    } else if content.contains("電子添文") || content.contains("添付文書") {
        front.key("in_label", true);
    }
    labels.extend(sections);
    if content.contains("患者向医薬品ガイド") {
        front.key("patient_guide", true);
    }
    if let Some(number) = indication(draft, concern.name.as_str()) {
        front.key("indications", format!("[{number}]"));
    }
    front.key("order", (n + 1) * 10);
    let mut body = String::new();
    let parts = [
        (SectionKind::Why, &concern.reason),
        (SectionKind::Pharmacovigilance, &concern.pharmacovigilance),
        (SectionKind::Minimisation, &concern.minimisation),
    ];
    for (kind, part) in parts {
        if let Some(part) = part {
            section(&mut body, kind, &boxed(draft, part));
        }
    }
    let id = draft.concern_ids[n].clone();
    draft.files.insert(format!("concerns/{id}.md"), document(&front, &body));
}

/// The number of the one indication of several that the name of a concern speaks of.
fn indication(draft: &Draft<'_>, name: &str) -> Option<u32> {
    /// Shorter ones stand within other words.
    const SHORTEST: usize = 3;
    let indications = &draft.published.product.as_ref()?.indications;
    let name = terminology::key(name);
    let said = |text: &str| text.chars().count() >= SHORTEST && name.contains(text);
    let mut of = indications.iter().filter(|one| one.text.sure && said(&terminology::key(one.text.as_str())));
    let first = of.next().filter(|_| indications.len() > 1)?;
    of.next().is_none().then_some(first.number).flatten()
}

/// A box of 1.1: the reason for the choice as prose, what is chosen as a comment, since the plan derives it.
fn boxed(draft: &Draft<'_>, part: &Section11) -> String {
    draft.restated(&part.heading);
    let mut out = Vec::new();
    if let Some((heading, content)) = &part.content {
        draft.restated(heading);
        if !content.is_empty() {
            out.push(draft.comment("文書の【内容】（活動から導かれる）：", &paragraphs(content)));
        }
    }
    if let Some((heading, choice)) = &part.choice {
        draft.restated(heading);
        out.push(draft.prose(choice));
    }
    if part.content.is_none() && part.choice.is_none() {
        out.push(draft.prose(&part.body));
    } else {
        out.push(draft.prose_of(&rest(draft, &part.body)));
    }
    out.retain(|text| !text.is_empty());
    out.join("\n\n")
}

/// The parts of a passage that were not carried over and say something.
pub fn rest(draft: &Draft<'_>, passage: &Passage) -> Vec<Text> {
    let open = draft.coverage.borrow().open_parts(&passage.text);
    let says = |text: &Text| text.as_str().contains(char::is_alphanumeric);
    open.into_iter().map(|range| passage.text.slice(range)).filter(says).collect()
}

fn efficacy(draft: &mut Draft<'_>, n: usize, concern: &EfficacyConcern, beside: Option<(&Stated, Relation)>) {
    let mut front = Lines::default();
    named(draft, &concern.name, Section::Efficacy, beside, &mut front);
    front.key("order", (n + 1) * 10);
    let mut body = String::new();
    if let Some(reason) = &concern.reason {
        section(&mut body, SectionKind::Why, &draft.prose(reason));
    }
    let mut outline = Vec::new();
    if let Some(activities) = concern.activities.as_ref().filter(|a| !a.is_empty()) {
        outline.push(draft.comment("文書の調査・試験の名称（活動から導かれる）：", &paragraphs(activities)));
    }
    if let Some(passage) = &concern.outline {
        outline.push(draft.prose(passage));
    }
    outline.retain(|text| !text.is_empty());
    section(&mut body, SectionKind::Outline, &outline.join("\n\n"));
    let id = draft.efficacy_ids[n].clone();
    draft.files.insert(format!("efficacy/{id}.md"), document(&front, &body));
}

/// Adds a section, unless nothing stands in it.
pub fn section(body: &mut String, kind: SectionKind, text: &str) {
    if text.is_empty() {
        return;
    }
    if !body.is_empty() {
        body.push('\n');
    }
    body.push_str(&format!("# {}\n{text}\n", kind.words().0));
}

/// A file: front matter and prose.
pub fn document(front: &Lines, body: &str) -> String {
    format!("+++\n{}+++\n{body}", front.0)
}
