//! What can be written at the cursor.

use std::ops::Range;

use diagnostic::Language;
use lsp_types::{CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation};
use plan::figure::{Resolved, cite, print_counts};
use plan::id::Target;
use plan::shape::{Scalar, Shape, Type};

use super::desk::{Cursor, Desk};
use super::grammar::{InFigure, InToml, in_figure, in_toml, sections};
use super::hover::key_lines;
use super::mention::{Symbol, cites, meaning, table_of};
use super::toml_cursor::At;

/// What can be written at the cursor, the likeliest first.
pub fn completion(desk: &Desk<'_>, cursor: &Cursor<'_>) -> Vec<CompletionItem> {
    if let Some(toml) = in_toml(cursor) {
        let table = toml.table(&toml.cursor.table);
        let Some(table) = table else { return Vec::new() };
        let mut list = List::new(desk, cursor, toml.cursor.word.clone());
        match &toml.cursor.at {
            At::Key => keys(&mut list, cursor, &toml, table),
            At::Header => headers(&mut list, table),
            At::Value(key) => {
                if let Some(key) = table.key(key) {
                    let bare = !cursor.text[toml.cursor.word.clone()].starts_with(['"', '\'']);
                    values(&mut list, &key.kind, bare, cites(table.name, key.name));
                }
            }
            At::Nothing => {}
        }
        return list.items;
    }
    if let Some(figure) = in_figure(cursor) {
        let mut list = List::new(desk, cursor, figure.word.clone());
        in_braces(&mut list, cursor, &figure);
        return list.items;
    }
    headings(desk, cursor)
}

/// The items for one word.
struct List<'a> {
    desk: &'a Desk<'a>,
    range: lsp_types::Range,
    items: Vec<CompletionItem>,
}

impl<'a> List<'a> {
    fn new(desk: &'a Desk<'a>, cursor: &Cursor<'_>, word: Range<usize>) -> Self {
        Self { desk, range: desk.lines(cursor.text).range(word), items: Vec::new() }
    }

    /// An item: what it is called, what is written for it, what it stands for.
    fn add(&mut self, label: &str, text: String, kind: CompletionItemKind, detail: Option<String>) -> &mut CompletionItem {
        let order = format!("{:06}", self.items.len() + 1);
        let edit = lsp_types::TextEdit { range: self.range, new_text: text.clone() };
        self.items.push(CompletionItem {
            label: label.to_owned(),
            kind: Some(kind),
            detail: detail.map(|detail| diagnostic::harmless(&detail)),
            sort_text: Some(order),
            // editors compare this with what stands in the range, quotation marks included
            filter_text: Some(text),
            text_edit: Some(CompletionTextEdit::Edit(edit)),
            ..CompletionItem::default()
        });
        let last = self.items.len() - 1;
        &mut self.items[last]
    }
}

fn keys(list: &mut List<'_>, cursor: &Cursor<'_>, toml: &InToml, table: &'static Shape) {
    let assigned = cursor.text[toml.cursor.word.end..].trim_start_matches([' ', '\t']).starts_with('=');
    let unused = || table.keys.iter().filter(|key| !toml.cursor.used.iter().any(|used| used == key.name));
    // what is still missing comes first
    for key in unused().filter(|key| key.required).chain(unused().filter(|key| !key.required)) {
        let path = || toml.cursor.table.iter().map(String::as_str).chain([key.name]).collect::<Vec<_>>().join(".");
        let text = match &key.kind {
            _ if assigned => key.name.to_owned(),
            Type::Table(_) if !toml.cursor.within => format!("[{}]", path()),
            Type::List(Type::Table(_)) if !toml.cursor.within => format!("[[{}]]", path()),
            _ => format!("{} = ", key.name),
        };
        let lines = key_lines(list.desk, key);
        let item = list.add(key.name, text, CompletionItemKind::PROPERTY, lines.get(1).cloned());
        item.documentation = Some(Documentation::String(lines.join("\n")));
        item.filter_text = Some(key.name.to_owned());
    }
}

fn headers(list: &mut List<'_>, table: &'static Shape) {
    for key in table.keys {
        if let Some(shape) = table_of(&key.kind) {
            let doc = list.desk.say(shape.doc).to_owned();
            list.add(key.name, key.name.to_owned(), CompletionItemKind::STRUCT, Some(doc));
        }
    }
}

fn values(list: &mut List<'_>, kind: &Type, bare: bool, cites: bool) {
    match kind {
        Type::List(inner) | Type::Several(inner) => values(list, inner, bare, cites),
        Type::Either(kinds) => kinds.iter().for_each(|kind| values(list, kind, bare, cites)),
        Type::Choice(variants) => {
            for variant in *variants {
                let doc = list.desk.say(variant.doc).to_owned();
                list.add(variant.text, variant.text.to_owned().to_toml(), CompletionItemKind::ENUM_MEMBER, Some(doc));
            }
        }
        Type::Reference(target) => {
            for id in ids(list.desk, *target) {
                let name = meaning(&list.desk.check.plan, &Symbol::Thing(*target, id.clone()), list.desk.client.language);
                // numbers are written as numbers, unless a quotation mark stands there already
                let number = bare && !id.starts_with('0') && id.bytes().all(|b| b.is_ascii_digit());
                let text = if number { id.clone() } else { id.clone().to_toml() };
                list.add(&id, text, CompletionItemKind::REFERENCE, name);
            }
        }
        Type::Boolean if bare => {
            for text in ["true", "false"] {
                list.add(text, text.to_owned(), CompletionItemKind::VALUE, None);
            }
        }
        Type::Text if cites => {
            for (study, part, size) in sources(list.desk) {
                let cited = if part.is_empty() { study.clone() } else { format!("{study}:{part}") };
                let told = size_told(list.desk, size);
                list.add(&cited, cited.to_toml(), CompletionItemKind::REFERENCE, told);
            }
        }
        _ => {}
    }
}

/// The ids of one kind, in the order of the plan.
fn ids(desk: &Desk<'_>, target: Target) -> Vec<String> {
    let plan = &desk.check.plan;
    match target {
        Target::Concern => plan.concerns.iter().map(|concern| concern.id.to_string()).collect(),
        Target::Efficacy => plan.efficacy.iter().map(|concern| concern.id.to_string()).collect(),
        Target::Activity => plan.activities.iter().map(|activity| activity.id.to_string()).collect(),
        Target::Indication => plan.facts.indication.iter().map(|indication| indication.id.to_string()).collect(),
        Target::Condition => plan.facts.condition.iter().map(|condition| condition.id.to_string()).collect(),
        Target::Label => plan.facts.label.iter().map(|label| label.id.to_string()).collect(),
        Target::Study => plan.studies.study.iter().map(|study| study.id.to_string()).collect(),
        Target::Form => plan.surveys.iter().flat_map(|survey| &survey.forms).map(|form| form.id.clone()).collect(),
        Target::Pool => plan.studies.pool.iter().map(|pool| pool.id.to_string()).collect(),
    }
}

/// Everything that can be the source of counts: study or pool, part, size.
fn sources(desk: &Desk<'_>) -> Vec<(String, String, Option<u64>)> {
    let studies = &desk.check.plan.studies;
    let mut all = Vec::new();
    for study in &studies.study {
        let id = study.id.to_string();
        let sizes = study.sizes();
        if sizes.iter().all(|sized| !sized.part.is_empty()) {
            all.push((id.clone(), String::new(), None));
        }
        all.extend(sizes.into_iter().map(|sized| (id.clone(), sized.part, Some(sized.size))));
    }
    all.extend(studies.pool.iter().map(|pool| (pool.id.to_string(), String::new(), studies.sum(pool).ok())));
    all
}

fn size_told(desk: &Desk<'_>, size: Option<u64>) -> Option<String> {
    size.map(|size| match desk.client.language {
        Language::Japanese => format!("{size} 例"),
        Language::English => format!("{size} patients"),
    })
}

/// Inside of `{{ }}`.
fn in_braces(list: &mut List<'_>, cursor: &Cursor<'_>, figure: &InFigure<'_>) {
    let typed = &cursor.text[figure.word.start..cursor.offset.max(figure.word.start)];
    let Some(first) = figure.before.first() else {
        if !typed.contains('/') {
            if !typed.starts_with('@') {
                names(list);
            }
            references(list);
        }
        return;
    };
    if let Some((_, denominator)) = first.split_once('/')
        && figure.before.last() != Some(&"as")
    {
        counted(list, typed, denominator.parse().ok());
    }
}

/// The named figures.
fn names(list: &mut List<'_>) {
    let figures = &list.desk.check.plan.figures;
    for name in figures.names() {
        let printed = figures.get(name).map(|counts| print_counts(counts, Language::Japanese));
        list.add(name, name.to_owned(), CompletionItemKind::CONSTANT, printed);
    }
}

/// `@id` of everything that has a name to print.
fn references(list: &mut List<'_>) {
    let plan = &list.desk.check.plan;
    let language = list.desk.client.language;
    for target in [Target::Activity, Target::Concern, Target::Efficacy, Target::Indication, Target::Study, Target::Pool] {
        for id in ids(list.desk, target) {
            let name = meaning(plan, &Symbol::Thing(target, id.clone()), language);
            let text = if target == Target::Indication { format!("@indication:{id}") } else { format!("@{id}") };
            if !text.contains(char::is_whitespace) {
                list.add(&text.clone(), text, CompletionItemKind::REFERENCE, name);
            }
        }
    }
}

/// The studies that counts may come from, those of the denominator first; of a study that is typed, its parts.
fn counted(list: &mut List<'_>, typed: &str, denominator: Option<u64>) {
    let studies = &list.desk.check.plan.studies;
    let clean = typed.replace('"', "");
    let study = clean.split_once(':').map(|(study, _)| study);
    // an alias that is typed stays
    let known = |id: &str| match study.and_then(|study| studies.find(study)) {
        Some(Resolved::Study(found)) => found.id.as_str() == id,
        Some(Resolved::Pool(found)) => found.id.as_str() == id,
        None => false,
    };
    let all = sources(list.desk).into_iter().filter(|(id, part, size)| match study {
        Some(_) => known(id) && !part.is_empty(),
        None => part.is_empty() || (denominator.is_some() && *size == denominator),
    });
    let (fitting, others): (Vec<_>, Vec<_>) = all.partition(|(.., size)| denominator.is_some() && *size == denominator);
    for (id, part, size) in fitting.into_iter().chain(others) {
        let text = cite(study.unwrap_or(&id), Some(&part));
        let told = size_told(list.desk, size);
        list.add(&text.clone(), text, CompletionItemKind::REFERENCE, told);
    }
    if study.is_none() {
        for (text, doc) in [
            ("as", ("名前を付ける", "give it a name")),
            ("percent", ("割合だけを印刷", "print the percentage only")),
            ("bare", ("例数だけを印刷", "print the counts only")),
            (".2", ("小数点以下の桁数", "decimals")),
            ("unit=", ("例の代わりの単位", "what is counted")),
        ] {
            let doc = list.desk.say(doc).to_owned();
            list.add(text, text.to_owned(), CompletionItemKind::KEYWORD, Some(doc));
        }
    }
}

/// The sections that the file does not have yet, where a heading begins.
fn headings(desk: &Desk<'_>, cursor: &Cursor<'_>) -> Vec<CompletionItem> {
    let Some((allowed, english)) = sections(desk, cursor) else { return Vec::new() };
    let start = cursor.text[..cursor.offset].rfind('\n').map_or(0, |at| at + 1);
    if !cursor.text[start..cursor.offset].starts_with("# ") {
        return Vec::new();
    }
    let end = cursor.text[start..].find(['\n', '\r']).map_or(cursor.text.len(), |at| start + at);
    let word = start + 2..end;
    let mut list = List::new(desk, cursor, word);
    let there = |kind| {
        plan::source::sections(&cursor.text[plan::source::split(cursor.text).body])
            .iter()
            .any(|section| plan::prose::SectionKind::parse(&section.title) == Some(kind))
    };
    for kind in allowed.iter().filter(|kind| !there(**kind)) {
        let (ja, en) = kind.words();
        let heading = if english { en } else { ja };
        let doc = desk.say(kind.doc()).to_owned();
        list.add(heading, heading.to_owned(), CompletionItemKind::STRUCT, Some(doc));
    }
    list.items
}
