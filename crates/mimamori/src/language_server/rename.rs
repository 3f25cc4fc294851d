//! Another name for something, everywhere it is named.

use std::collections::BTreeMap;

use diagnostic::Words;
use lsp_types::{PrepareRenameResponse, TextEdit, WorkspaceEdit};
use plan::id::{Target, is_plain};

use super::desk::{Cursor, Desk};
use super::edits::workspace_edit;
use super::mention::{Form, Mention, Symbol, at, mentions};

/// The name at the cursor, if it can be changed.
pub fn prepare(desk: &Desk<'_>, cursor: &Cursor<'_>) -> Option<PrepareRenameResponse> {
    let all = mentions(&desk.check.plan);
    let mention = at(&all, cursor.file, cursor.offset).filter(|mention| mention.form != Form::Fixed)?;
    let range = desk.lines(cursor.text).range(mention.at.range());
    Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: mention.written.clone() })
}

/// The edits that give what is named at the cursor another name: all places that call it so, and the files that are called so.
///
/// # Errors
/// Nothing that has a name stands there, the name cannot be one, or something else has it.
pub fn rename(desk: &Desk<'_>, cursor: &Cursor<'_>, name: &str) -> Result<WorkspaceEdit, Words> {
    let name = name.trim();
    let plan = &desk.check.plan;
    let all = mentions(plan);
    let mention = at(&all, cursor.file, cursor.offset).filter(|mention| mention.form != Form::Fixed);
    let mention = mention.ok_or_else(|| Words::new("ここには変えられる名前がありません", "there is no name here that can be changed"))?;
    // a study may have several names: only the one that stands here changes
    let same = |other: &&Mention| other.symbol == mention.symbol && other.written == mention.written;
    let places: Vec<&Mention> = all.iter().filter(same).collect();
    if !places.iter().any(|place| place.defines) {
        let written = &mention.written;
        return Err(Words::new(format!("「{written}」はどこにも定義されていません"), format!("“{written}” is not defined anywhere")));
    }
    fits(&mention.symbol, name, places.iter().any(|place| place.form == Form::Word))?;
    let taken = |other: &Mention| other.defines && other.written == name && space(&other.symbol) == space(&mention.symbol);
    if name != mention.written && all.iter().any(taken) {
        return Err(Words::new(format!("「{name}」はすでに使われています"), format!("“{name}” is used already")));
    }
    let renames = files(desk, mention, name);
    let able = desk.client.renames_files && desk.client.document_changes;
    if !able && !renames.is_empty() {
        return Err(Words::new(
            "このエディターはファイルの名前を変えられないため、ID も変えられません",
            "this editor cannot rename files, and so the id cannot be changed",
        ));
    }
    let mut edits: BTreeMap<String, Vec<TextEdit>> = BTreeMap::new();
    for place in places {
        let Some((at, new)) = place.renamed(plan.sources.text(place.at), name) else { continue };
        let Some(file) = plan.sources.file(at.file) else { continue };
        edits.entry(file.path.clone()).or_default().push(desk.edit(&file.text, at.range(), new));
    }
    Ok(workspace_edit(desk, edits, &renames))
}

/// Whether a name can be one of its kind. `mentioned`: it also stands as a word in figures.
fn fits(symbol: &Symbol, name: &str, mentioned: bool) -> Result<(), Words> {
    let torn = mentioned && name.contains(|c: char| c.is_whitespace() || c == '+');
    let free = |c: char| !c.is_control() && !"\":{}".contains(c);
    let (fits, ja, en) = match symbol {
        Symbol::Thing(Target::Concern | Target::Efficacy | Target::Activity, _) => {
            (is_plain(name), "ID には a-z、0-9、- を用います", "an id is made of a-z, 0-9 and -")
        }
        Symbol::Figure(_) => (
            is_plain(name) && !matches!(name, "live" | "as" | "bare" | "percent"),
            "名前には a-z、0-9、- を用います",
            "a name is made of a-z, 0-9 and -",
        ),
        Symbol::Thing(Target::Study | Target::Pool, _) => (
            name.chars().all(free)
                && !name.starts_with(['.', '@'])
                && !name.starts_with("unit=")
                && !matches!(name, "as" | "bare" | "percent")
                && !torn,
            "試験番号に用いられない文字か語です",
            "a study cannot be called so",
        ),
        _ => (name.chars().all(free) && !torn, "ID に用いられない文字があります", "an id cannot have such characters"),
    };
    if fits && !name.is_empty() { Ok(()) } else { Err(Words::new(ja, en)) }
}

/// Names in one space cannot be alike, because `@name` and figures could not tell them apart.
fn space(symbol: &Symbol) -> u8 {
    match symbol {
        Symbol::Thing(Target::Concern | Target::Efficacy | Target::Activity | Target::Study | Target::Pool, _) => 0,
        Symbol::Thing(Target::Indication, _) => 1,
        Symbol::Thing(Target::Condition, _) => 2,
        Symbol::Thing(Target::Label, _) => 3,
        Symbol::Part(..) => 4,
        Symbol::Thing(Target::Form, _) => 6,
        Symbol::Figure(_) => 5,
    }
}

/// The files and folders that are called by the id: the file, its translation, the forms of an activity.
fn files(desk: &Desk<'_>, mention: &Mention, name: &str) -> Vec<(String, String)> {
    let Symbol::Thing(target, id) = &mention.symbol else { return Vec::new() };
    let folder = match target {
        Target::Concern => "concerns",
        Target::Efficacy => "efficacy",
        Target::Activity => "activities",
        _ => return Vec::new(),
    };
    let pairs = [".md", ".en.md"].map(|end| (format!("{folder}/{id}{end}"), format!("{folder}/{name}{end}")));
    let there = |(path, _): &(String, String)| desk.check.plan.sources.find(path).is_some();
    let mut all: Vec<_> = pairs.into_iter().filter(there).collect();
    let forms = format!("forms/{id}");
    if *target == Target::Activity && desk.root.join(&forms).is_dir() {
        all.push((forms, format!("forms/{name}")));
    }
    all
}
