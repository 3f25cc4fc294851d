//! What stands under the pointer, explained.

use diagnostic::{Language, harmless};
use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};
use plan::figure::{Counts, Figure, FigureKind};
use plan::id::Target;
use plan::prose::SectionKind;
use plan::shape::{Key, Type, Variant};
use plan::source::{FileKind, Place};

use super::desk::{Cursor, Desk};
use super::grammar::{in_toml, sections};
use super::mention::{Mention, Symbol, at, meaning, mentions, table_of};
use super::toml_cursor::At;

/// Explains what stands at the cursor.
pub fn hover(desk: &Desk<'_>, cursor: &Cursor<'_>) -> Option<Hover> {
    let (lines, range) = explained(desk, cursor)?;
    // plain text: words of a plan must not become links or commands
    let value = lines.iter().map(|line| harmless(line)).collect::<Vec<_>>().join("\n");
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::PlainText, value }),
        range: Some(desk.lines(cursor.text).range(range.start..range.end)),
    })
}

fn explained(desk: &Desk<'_>, cursor: &Cursor<'_>) -> Option<(Vec<String>, Place)> {
    let plan = &desk.check.plan;
    let all = mentions(plan);
    let mention = at(&all, cursor.file, cursor.offset);
    let inside = |place: Place| place.file == cursor.file && (place.start..=place.end).contains(&cursor.offset);
    if let Some(figure) = plan.passages().flat_map(|passage| &passage.figures).find(|figure| inside(figure.at)) {
        return Some((figure_lines(desk, cursor, figure, mention), figure.at));
    }
    if let Some(mention) = mention {
        return Some((mention_lines(desk, mention)?, mention.at));
    }
    if let Some(lines) = toml_lines(desk, cursor) {
        return Some(lines);
    }
    heading_lines(desk, cursor)
}

/// What the figure prints, where its counts come from, and what the word at the cursor means.
fn figure_lines(desk: &Desk<'_>, cursor: &Cursor<'_>, figure: &Figure, mention: Option<&Mention>) -> Vec<String> {
    let plan = &desk.check.plan;
    let kind = match &figure.kind {
        Ok(kind) => kind,
        Err(wrong) => return vec![desk.say(wrong.message).to_owned()],
    };
    // a translation prints in English, whatever the user speaks
    let printed_in = if matches!(FileKind::of(cursor.path), FileKind::English(..)) { Language::English } else { Language::Japanese };
    let mut lines: Vec<String> = plan.print(kind, printed_in).into_iter().collect();
    let counts = match kind {
        FigureKind::Counts(counts) => Some(counts),
        FigureKind::Name(name) => plan.figures.get(name),
        FigureKind::Reference(_) | FigureKind::Live(_) => None,
    };
    match (counts, mention) {
        (Some(counts), _) => lines.extend(sources(desk, counts)),
        (None, Some(mention)) => lines.extend(mention_lines(desk, mention).unwrap_or_default()),
        (None, None) => {}
    }
    if lines.is_empty() {
        lines.push(desk.say(("まだ何も指していません", "it names nothing yet")).to_owned());
    }
    lines
}

/// The studies of counts: number, part, size, title.
fn sources(desk: &Desk<'_>, counts: &Counts) -> Vec<String> {
    let plan = &desk.check.plan;
    let line = |source: &plan::figure::Source| {
        let size = source.size(plan).map_or(String::new(), |size| match desk.client.language {
            Language::Japanese => format!("（{size} 例）"),
            Language::English => format!(" ({size} patients)"),
        });
        let symbol = Symbol::Thing(Target::Study, source.study.value.clone());
        let title = meaning(plan, &symbol, desk.client.language).map_or(String::new(), |title| format!("  {title}"));
        format!("{source}{size}{title}")
    };
    counts.sources.iter().map(line).collect()
}

fn mention_lines(desk: &Desk<'_>, mention: &Mention) -> Option<Vec<String>> {
    let plan = &desk.check.plan;
    let language = desk.client.language;
    let meaning = meaning(plan, &mention.symbol, language);
    let (kind, name) = match &mention.symbol {
        Symbol::Thing(target, _) => (desk.say(target.words()), mention.written.clone()),
        Symbol::Part(study, part) => (desk.say(("試験の群・時期", "part of a study")), format!("{study}:{part}")),
        Symbol::Figure(name) => (desk.say(("名前のある数値", "named figure")), name.clone()),
    };
    let mut lines = vec![match language {
        Language::Japanese => format!("{name}（{kind}）"),
        Language::English => format!("{name} ({kind})"),
    }];
    lines.extend(meaning);
    if let Symbol::Thing(Target::Study, id) = &mention.symbol
        && let Some(study) = plan.studies.study.iter().find(|study| study.id.as_str() == id)
    {
        lines.extend(study.sizes().into_iter().map(|sized| {
            let part = if sized.part.is_empty() { desk.say(("全体", "whole")).to_owned() } else { sized.part };
            format!("{part}: {}", sized.size)
        }));
    }
    Some(lines)
}

/// The documentation of a key, a table or a word that a key may have.
fn toml_lines(desk: &Desk<'_>, cursor: &Cursor<'_>) -> Option<(Vec<String>, Place)> {
    let toml = in_toml(cursor)?;
    let word = toml.cursor.word.clone();
    let written = cursor.text.get(word.clone())?.trim_matches(['"', '\'']);
    let lines = match &toml.cursor.at {
        At::Key => key_lines(desk, toml.key(written)?),
        At::Header => {
            let key = toml.key(written)?;
            let table = table_of(&key.kind)?;
            vec![written.to_owned(), desk.say(table.doc).to_owned()]
        }
        At::Value(key) => {
            let key = toml.key(key)?;
            match variants(&key.kind).into_iter().find(|variant| variant.text == written) {
                Some(variant) => vec![variant.text.to_owned(), desk.say(variant.doc).to_owned()],
                None => key_lines(desk, key),
            }
        }
        At::Nothing => return None,
    };
    Some((lines, Place::new(cursor.file, word)))
}

/// The words that a value of this type may be.
pub fn variants(kind: &Type) -> Vec<&'static Variant> {
    match kind {
        Type::Choice(variants) => variants.iter().collect(),
        Type::List(inner) | Type::Several(inner) => variants(inner),
        Type::Either(kinds) => kinds.iter().flat_map(variants).collect(),
        _ => Vec::new(),
    }
}

/// The documentation of a key.
pub fn key_lines(desk: &Desk<'_>, key: &Key) -> Vec<String> {
    let words = key.kind.words();
    let kind = desk.say((&words.0, &words.1));
    let need = desk.say(if key.required { ("必須", "required") } else { ("任意", "optional") });
    vec![
        key.name.to_owned(),
        desk.say(key.doc).to_owned(),
        match desk.client.language {
            Language::Japanese => format!("{kind}（{need}）"),
            Language::English => format!("{kind} ({need})"),
        },
        desk.say(("例", "example")).to_owned() + ": " + key.name + " = " + key.example,
    ]
}

fn heading_lines(desk: &Desk<'_>, cursor: &Cursor<'_>) -> Option<(Vec<String>, Place)> {
    sections(desk, cursor)?;
    let start = cursor.text[..cursor.offset].rfind('\n').map_or(0, |at| at + 1);
    let end = cursor.text[cursor.offset..].find('\n').map_or(cursor.text.len(), |at| cursor.offset + at);
    let line = cursor.text[start..end].trim_end();
    let kind = SectionKind::parse(line.strip_prefix("# ")?)?;
    let lines = vec![desk.say(kind.words()).to_owned(), desk.say(kind.doc()).to_owned()];
    Some((lines, Place::new(cursor.file, start..start + line.len())))
}
