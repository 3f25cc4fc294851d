//! The answers, on the minimal example and on what becomes of it while somebody types.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use calendar::Date;
use diagnostic::Language;
use lsp_types::{CodeActionOrCommand, CompletionTextEdit, DocumentChangeOperation, DocumentChanges, OneOf, Position, ResourceOp, TextEdit};
use lsp_types::{DiagnosticSeverity, HoverContents, Location, PrepareRenameResponse, Uri, WorkspaceEdit};
use plan::Folder;
use plan::check::{Check, check};
use proptest::prelude::*;

use super::actions::actions;
use super::completion::completion;
use super::definition::{definition, references};
use super::desk::{Client, Cursor, Desk};
use super::diagnostics::diagnostics;
use super::hover::hover;
use super::position::{Encoding, Lines};
use super::rename::{prepare, rename};
use super::uri;

const TODAY: Date = Date::constant(2026, 1, 15);
const INFECTION: &str = "concerns/infection.md";
const SURVEY: &str = "activities/survey.md";

/// A plan that somebody has open.
struct Room {
    folder: Folder,
    check: Check,
    root: PathBuf,
    open: BTreeMap<PathBuf, Uri>,
    client: Client,
}

impl Room {
    /// An example with pieces of text put in the place of others: file, old, new.
    fn new(edits: &[(&str, &str, &str)]) -> Self {
        let mut folder = example("minimal");
        for (path, old, new) in edits {
            let text = std::str::from_utf8(folder.get(path).unwrap()).unwrap();
            assert_eq!(text.matches(old).count(), 1, "{old}");
            let text = text.replacen(old, new, 1);
            folder.insert(*path, text);
        }
        Self::of(folder)
    }

    fn of(folder: Folder) -> Self {
        let client =
            Client { encoding: Encoding::Utf16, language: Language::Japanese, document_changes: true, renames_files: true, watches: false };
        Self { check: check(&folder, TODAY), folder, root: PathBuf::from("/計画/見本"), open: BTreeMap::new(), client }
    }

    fn english(mut self) -> Self {
        self.client.language = Language::English;
        self
    }

    fn desk(&self) -> Desk<'_> {
        Desk { check: &self.check, root: &self.root, open: &self.open, client: self.client }
    }

    fn text(&self, path: &str) -> &str {
        std::str::from_utf8(self.folder.get(path).unwrap()).unwrap()
    }

    /// The position at `|` in a piece of a file.
    fn position(&self, path: &str, marked: &str) -> Position {
        let piece = marked.replacen('|', "", 1);
        let text = self.text(path);
        assert_eq!(text.matches(&piece).count(), 1, "{piece} in {path}");
        Lines::new(text, self.client.encoding).position(text.find(&piece).unwrap() + marked.find('|').unwrap())
    }

    fn ask<T>(&self, path: &str, marked: &str, answer: impl FnOnce(&Desk<'_>, &Cursor<'_>) -> T) -> T {
        let desk = self.desk();
        let cursor = desk.cursor(&self.root.join(path), self.position(path, marked)).unwrap();
        answer(&desk, &cursor)
    }

    fn hover(&self, path: &str, marked: &str) -> String {
        match self.ask(path, marked, hover).map(|hover| hover.contents) {
            Some(HoverContents::Markup(markup)) => markup.value,
            _ => String::new(),
        }
    }

    /// What is offered: labels and texts.
    fn offered(&self, path: &str, marked: &str) -> Vec<(String, String)> {
        let text = |edit| match edit {
            Some(CompletionTextEdit::Edit(edit)) => edit.new_text,
            _ => panic!("no edit"),
        };
        self.ask(path, marked, completion).into_iter().map(|item| (item.label, text(item.text_edit))).collect()
    }

    fn labels(&self, path: &str, marked: &str) -> Vec<String> {
        self.offered(path, marked).into_iter().map(|(label, _)| label).collect()
    }

    /// The words at the definitions, and their files.
    fn defined(&self, path: &str, marked: &str) -> Vec<(String, String)> {
        self.ask(path, marked, definition).into_iter().map(|location| self.at(&location)).collect()
    }

    fn at(&self, location: &Location) -> (String, String) {
        let path = self.path(&location.uri);
        let text = self.text(&path);
        let lines = Lines::new(text, self.client.encoding);
        (path.clone(), text[lines.offset(location.range.start)..lines.offset(location.range.end)].to_owned())
    }

    fn path(&self, name: &Uri) -> String {
        uri::path(name).unwrap().strip_prefix(&self.root).unwrap().to_str().unwrap().to_owned()
    }

    /// The plan after an edit.
    fn after(&self, edit: WorkspaceEdit) -> Folder {
        let mut folder = self.folder.clone();
        let Some(DocumentChanges::Operations(operations)) = edit.document_changes else { panic!("no operations") };
        for operation in operations {
            match operation {
                DocumentChangeOperation::Edit(edit) => {
                    let path = self.path(&edit.text_document.uri);
                    let edits = edit.edits.into_iter().map(|edit| match edit {
                        OneOf::Left(edit) => edit,
                        OneOf::Right(_) => panic!("annotated"),
                    });
                    let text = applied(self.text(&path), edits.collect(), self.client.encoding);
                    folder.insert(path, text);
                }
                DocumentChangeOperation::Op(ResourceOp::Rename(rename)) => {
                    let bytes = folder.remove(&self.path(&rename.old_uri)).unwrap();
                    folder.insert(self.path(&rename.new_uri), bytes);
                }
                DocumentChangeOperation::Op(_) => panic!("another operation"),
            }
        }
        folder
    }

    /// The plan after another name is given to what stands at `|`.
    fn renamed(&self, path: &str, marked: &str, name: &str) -> Result<Self, String> {
        self.ask(path, marked, |desk, cursor| rename(desk, cursor, name))
            .map(|edit| Self::of(self.after(edit)))
            .map_err(|words| words.get(self.client.language).to_owned())
    }

    fn findings(&self) -> Vec<String> {
        self.check.report.findings.iter().map(|finding| format!("{} {}", finding.code, finding.message.ja)).collect()
    }
}

fn applied(text: &str, mut edits: Vec<TextEdit>, encoding: Encoding) -> String {
    let lines = Lines::new(text, encoding);
    edits.sort_by_key(|edit| std::cmp::Reverse((edit.range.start.line, edit.range.start.character)));
    let mut text = text.to_owned();
    for edit in edits {
        text.replace_range(lines.offset(edit.range.start)..lines.offset(edit.range.end), &edit.new_text);
    }
    text
}

fn example(name: &str) -> Folder {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    crate::folder::open(&root).unwrap().folder
}

#[test]
fn a_clean_plan_has_no_diagnostics() {
    assert!(diagnostics(&Room::new(&[]).desk()).is_empty());
}

#[test]
fn findings_stand_where_the_editor_counts_them() {
    let mut room = Room::new(&[(INFECTION, "加えて {{ @guide }}", "加えて、𠮟咤する {{ @guid }}")]);
    for encoding in [Encoding::Utf16, Encoding::Utf8] {
        room.client.encoding = encoding;
        let found = &diagnostics(&room.desk())[INFECTION];
        let wrong = found.iter().find(|found| found.message.contains("「@guid」")).unwrap();
        assert_eq!(wrong.severity, Some(DiagnosticSeverity::ERROR));
        let line = room.text(INFECTION).lines().find(|line| line.contains("@guid")).unwrap();
        let before = &line[..line.find("guid").unwrap()];
        let units = if encoding == Encoding::Utf16 { before.encode_utf16().count() } else { before.len() };
        let (start, end) = (wrong.range.start.character as usize, wrong.range.end.character as usize);
        assert_eq!((start, end), (units, units + 4), "{encoding:?}");
    }
}

#[test]
fn the_language_is_the_clients() {
    let edit = [(INFECTION, "class = \"identified\"", "class = \"identfied\"")];
    let message = |room: Room| diagnostics(&room.desk())[INFECTION][0].message.clone();
    assert_eq!(message(Room::new(&edit)), "「identfied」という値はありません\n「identified」ではありませんか。");
    assert_eq!(message(Room::new(&edit).english()), "there is no value “identfied”\ndid you mean “identified”?");
}

#[test]
fn both_sides_of_a_contradiction_are_shown() {
    let room = Room::new(&[("studies.toml", "country = \"日本\"", "country = \"日本\"\naliases = [\"MHN-301\"]")]);
    let found = diagnostics(&room.desk());
    let twice = &found["studies.toml"][0];
    let related = twice.related_information.as_ref().unwrap();
    assert_eq!((related.len(), related[0].message.as_str()), (1, "最初はここ"));
    assert_eq!(room.at(&related[0].location).1, "\"MHN-301\"");
}

#[test]
fn ids_are_completed_in_toml() {
    let typed = Room::new(&[(SURVEY, "concerns = [\"infection\"]", "concerns = [\"in\"]")]);
    assert_eq!(typed.offered(SURVEY, "concerns = [\"in|\"]"), [("infection".to_owned(), "\"infection\"".to_owned())]);
    let open = Room::new(&[(SURVEY, "concerns = [\"infection\"]", "concerns = [")]);
    assert_eq!(open.labels(SURVEY, "concerns = [|\n"), ["infection"]);
    let number = Room::new(&[(SURVEY, "indications = [1]", "indications = []")]);
    assert_eq!(number.offered(SURVEY, "indications = [|]"), [("1".to_owned(), "1".to_owned())]);
    assert_eq!(Room::new(&[]).labels(INFECTION, "label = [\"11|.1.1\"]"), ["11.1.1"]);
    let threshold = Room::new(&[(SURVEY, "rate = 0.01", "rate = { count = \"3/84\", study = \"\" }")]);
    assert_eq!(threshold.labels(SURVEY, "study = \"|\""), ["MHN-301", "MHN-301:本剤群", "MHN-301:プラセボ群"]);
}

#[test]
fn a_completion_replaces_the_whole_word() {
    let room = Room::new(&[(SURVEY, "concerns = [\"infection\"]", "concerns = [\"in\"]")]);
    let item = room.ask(SURVEY, "concerns = [\"in|\"]", completion).remove(0);
    let Some(CompletionTextEdit::Edit(edit)) = item.text_edit else { panic!() };
    assert!(applied(room.text(SURVEY), vec![edit], Encoding::Utf16).contains("concerns = [\"infection\"]\n"));
    assert_eq!(item.detail.as_deref(), Some("重篤な感染症"));
}

#[test]
fn keys_and_words_are_completed() {
    let room = Room::new(&[(INFECTION, "patient_guide = true", "\npatient_guide = "), (INFECTION, "class = \"identified\"", "class = ")]);
    let keys = room.labels(INFECTION, "label = [\"11.1.1\"]\n|");
    assert!(keys.contains(&"indications".to_owned()) && !keys.contains(&"name".to_owned()), "{keys:?}");
    assert_eq!(room.labels(INFECTION, "patient_guide = |"), ["true", "false"]);
    assert_eq!(room.offered(INFECTION, "class = |\n")[1], ("potential".to_owned(), "\"potential\"".to_owned()));
    let room = Room::new(&[(SURVEY, "when = { on = \"end\" }", "when = { on = \"e\", }"), (SURVEY, "[observation]", "[obs")]);
    assert!(room.labels(SURVEY, "on = \"e|\"").contains(&"end-of-registration".to_owned()));
    let keys = room.labels(SURVEY, "on = \"e\", |}");
    assert!(keys.contains(&"months".to_owned()) && !keys.contains(&"on".to_owned()), "{keys:?}");
    assert!(room.labels(SURVEY, "[obs|").contains(&"observation".to_owned()));
    let room = Room::new(&[("studies.toml", "size = 41", "size = 41\n\n[[study.arm.")]);
    assert_eq!(room.labels("studies.toml", "[[study.arm.|"), ["phase"]);
}

#[test]
fn figures_are_completed() {
    let with = |typed: &str| Room::new(&[(INFECTION, "に認められた。", &format!("に認められた。叱責 {typed}"))]);
    let labels = with("{{ ").labels(INFECTION, "叱責 {{ |");
    assert_eq!(labels[..3], ["serious-infection", "@guide", "@survey"]);
    assert!(labels.contains(&"@indication:1".to_owned()) && labels.contains(&"@MHN-301".to_owned()), "{labels:?}");
    assert_eq!(with("{{ @su }}").labels(INFECTION, "叱責 {{ @su| }}")[1], "@survey");
    // the part whose size the denominator is comes first
    let labels = with("{{ 2/41 M }}").labels(INFECTION, "叱責 {{ 2/41 M| }}");
    assert_eq!(labels[..2], ["MHN-301:プラセボ群", "MHN-301"]);
    assert_eq!(with("{{ 2/84 MHN-301: }}").labels(INFECTION, "2/84 MHN-301:| }}"), ["MHN-301:本剤群", "MHN-301:プラセボ群"]);
    assert!(with("{{ 2/84 MHN-301 as x }}").labels(INFECTION, "MHN-301 as x| }}").is_empty());
    assert!(with("").labels(INFECTION, "認められた。|叱責").is_empty());
    // the name stands with what it prints
    let item = with("{{ ").ask(INFECTION, "叱責 {{ |", completion).remove(0);
    assert_eq!(item.detail.as_deref(), Some("3.6%（3/84例）"));
}

#[test]
fn missing_sections_are_offered() {
    let room = Room::new(&[(INFECTION, "# 監視", "# ")]);
    assert_eq!(room.labels(INFECTION, "# |\n"), ["監視"]);
    let room = Room::new(&[("activities/guide.md", "# 方法", "# ほう")]);
    assert_eq!(room.labels("activities/guide.md", "# ほう|"), ["方法", "措置"]);
}

#[test]
fn figures_are_shown_as_they_print() {
    let room = Room::new(&[]);
    let shown = room.hover(INFECTION, "{{ 3/8|4 MHN-301:本剤群");
    assert_eq!(shown, "3.6%（3/84例）\nMHN-301:本剤群（84 例）  見本症候群患者を対象とした国内第III相試験");
    assert!(room.hover(SURVEY, "{{ serious-inf|ection }}").starts_with("3.6%（3/84例）\nMHN-301:本剤群（84 例）"));
    assert!(room.hover(INFECTION, "{{ @sur|vey }}").starts_with("見本症候群における一般使用成績調査\nsurvey（活動）"));
    let room = Room::new(&[(INFECTION, "{{ 0/41 MHN-301:プラセボ群 }}", "{{ 0/41 + }}")]);
    assert_eq!(room.hover(INFECTION, "0/41| +"), "「+」は試験と試験の間に書きます");
    let mut folder = example("minimal");
    folder.insert("concerns/infection.en.md", "# why\nSeen in {{ serious-infection }}.\n");
    assert!(Room::of(folder).hover("concerns/infection.en.md", "{{ |serious").starts_with("3.6% (3/84)\n"));
}

#[test]
fn keys_words_and_ids_are_explained() {
    let room = Room::new(&[]);
    assert_eq!(
        room.hover(INFECTION, "cla|ss = "),
        "class\n区分。\n\"identified\"、\"potential\"、\"missing\" のいずれか（必須）\n例: class = \"identified\""
    );
    assert_eq!(room.hover(INFECTION, "\"ident|ified\""), "identified\n重要な特定されたリスク");
    assert_eq!(room.hover(SURVEY, "[\"infec|tion\"]"), "infection（安全性検討事項）\n重篤な感染症");
    assert_eq!(room.hover(SURVEY, "indications = [|1]"), "1（効能又は効果）\n既存治療で効果不十分な見本症候群");
    assert!(room.hover("studies.toml", "[[study|]]").ends_with("試験。"));
    assert_eq!(room.hover(INFECTION, "# 監|視"), "監視\n医薬品安全性監視活動の選択理由。内容は活動から導かれる。");
    let room = room.english();
    assert!(room.hover(SURVEY, "counted = \"regis|tered\"").starts_with("counted\nWhat the target counts"));
    assert_eq!(room.hover(SURVEY, "[\"infec|tion\"]"), "infection (safety concern)\nserious infections（重篤な感染症）");
    assert!(room.hover(INFECTION, "patient_gu|ide").contains("true or false (optional)"));
    assert!(room.hover(INFECTION, "本剤は標的と|する").is_empty());
}

#[test]
fn words_of_a_plan_cannot_act_on_the_editor() {
    let room = Room::new(&[(INFECTION, "name = \"重篤な感染症\"", "name = \"\\u202e[x](command:y)\"")]);
    assert_eq!(room.hover(SURVEY, "[\"infec|tion\"]").lines().nth(1), Some("\u{fffd}[x](command:y)"));
}

#[test]
fn definitions_are_found() {
    let room = Room::new(&[(SURVEY, "rate = 0.01", "rate = { count = \"3/84\", study = \"MHN-301:本剤群\" }")]);
    let one = |path: &str, text: &str| vec![(path.to_owned(), text.to_owned())];
    assert_eq!(room.defined(INFECTION, "@sur|vey"), one(SURVEY, "+++"));
    assert_eq!(room.defined(SURVEY, "[\"infec|tion\"]"), one(INFECTION, "+++"));
    assert_eq!(room.defined(SURVEY, "indications = [|1]"), one("plan.toml", "1"));
    assert_eq!(room.defined(INFECTION, "label = [\"11.|1.1\"]"), one("plan.toml", "\"11.1.1\""));
    assert_eq!(room.defined(SURVEY, "{{ serious|-infection }}"), one(INFECTION, "serious-infection"));
    assert_eq!(room.defined(INFECTION, "3/84 MHN-|301"), one("studies.toml", "\"MHN-301\""));
    assert_eq!(room.defined(INFECTION, "MHN-301:プラ|セボ群"), one("studies.toml", "\"プラセボ群\""));
    assert_eq!(room.defined(SURVEY, "study = \"MHN|-301"), one("studies.toml", "\"MHN-301\""));
    assert_eq!(room.defined(SURVEY, "MHN-301:本|剤群"), one("studies.toml", "\"本剤群\""));
    assert!(room.defined(INFECTION, "本剤は標的と|する").is_empty());
    let used = room.ask("studies.toml", "id = \"MHN|-301\"", |desk, cursor| references(desk, cursor, false));
    assert_eq!(used.iter().map(|location| room.at(location).0).collect::<Vec<_>>(), [SURVEY, INFECTION, INFECTION]);
}

#[test]
fn a_concern_gets_another_name_everywhere() {
    let mut folder = example("minimal");
    folder.insert("concerns/infection.en.md", "# why\nIt is {{ @infection }}, seen in {{ serious-infection }}.\n");
    let room = Room::of(folder);
    let before = room.findings();
    let after = room.renamed(SURVEY, "[\"infec|tion\"]", "serious-infections").unwrap();
    assert_eq!(after.findings(), before);
    assert!(after.folder.get("concerns/infection.md").is_none());
    assert!(after.text("concerns/serious-infections.en.md").contains("{{ @serious-infections }}"));
    assert!(after.text(SURVEY).contains("concerns = [\"serious-infections\"]"));
    assert!(after.text("activities/guide.md").contains("concerns = [\"serious-infections\"]"));
    // and back, from the head of its file
    let back = after.renamed("concerns/serious-infections.md", "|+++\nclass", "infection").unwrap();
    assert_eq!(back.folder, room.folder);
}

#[test]
fn studies_and_figures_get_other_names() {
    let edits = [
        (SURVEY, "rate = 0.01", "rate = { count = \"3/84\", study = \"MHN-301:本剤群\", rounded = 0.01 }"),
        ("studies.toml", "country = \"日本\"", "aliases = [\"第III相試験\"]\ncountry = \"日本\""),
        (INFECTION, "{{ 0/41 MHN-301:プラセボ群 }}", "{{ 0/41 第III相試験:プラセボ群 }}"),
    ];
    let room = Room::new(&edits);
    let after = room.renamed(INFECTION, "3/84 MH|N-301", "見本 1").unwrap();
    assert_eq!(after.findings(), room.findings());
    assert!(after.text(INFECTION).contains("{{ 3/84 \"見本 1\":本剤群 as serious-infection }}"));
    assert!(after.text(INFECTION).contains("{{ 0/41 第III相試験:プラセボ群 }}"));
    assert!(after.text(SURVEY).contains("study = \"見本 1:本剤群\""));
    assert!(after.text("studies.toml").contains("id = \"見本 1\""));
    let after = room.renamed("studies.toml", "[\"第III|相試験\"]", "P3").unwrap();
    assert!(after.text(INFECTION).contains("{{ 0/41 P3:プラセボ群 }}") && after.text("studies.toml").contains("id = \"MHN-301\""));
    let after = room.renamed(SURVEY, "{{ serious|-infection", "severe").unwrap();
    assert!(after.text(SURVEY).contains("{{ severe }}") && after.text(INFECTION).contains("as severe }}"));
    let after = room.renamed(SURVEY, "indications = [|1]", "2").unwrap();
    assert!(after.text("plan.toml").contains("id = 2\n") && after.text(SURVEY).contains("indications = [2]"));
    assert_eq!(after.findings(), room.findings());
}

#[test]
fn names_that_cannot_be_are_refused() {
    let room = Room::new(&[(INFECTION, "{{ @guide }}", "{{ @gide }}")]);
    for (path, marked, name) in [
        (SURVEY, "[\"infec|tion\"]", "感染症"),
        (SURVEY, "[\"infec|tion\"]", ""),
        (SURVEY, "[\"infec|tion\"]", "survey"),
        (SURVEY, "[\"infec|tion\"]", "../x"),
        (SURVEY, "{{ serious|-infection", "live"),
        (INFECTION, "3/84 MH|N-301", "a\"b"),
        (INFECTION, "3/84 MH|N-301", "a:b"),
        (INFECTION, "@gi|de", "x"),
        (INFECTION, "MHN-301:本|剤群", "x"),
        (INFECTION, "本剤は標的と|する", "x"),
    ] {
        assert!(room.renamed(path, marked, name).is_err(), "{marked} {name}");
    }
    let mut room = Room::new(&[]);
    room.client.renames_files = false;
    assert!(room.renamed(SURVEY, "[\"infec|tion\"]", "x").err().unwrap().contains("エディター"));
    assert!(room.renamed(SURVEY, "{{ serious|-infection", "x").is_ok());
    let asked = room.ask(INFECTION, "as serious|-infection", prepare);
    assert!(matches!(asked, Some(PrepareRenameResponse::RangeWithPlaceholder { placeholder, .. }) if placeholder == "serious-infection"));
}

#[test]
fn repairs_are_offered_where_they_are_needed() {
    let room = Room::new(&[(INFECTION, "{{ @guide }}", "𠮟 {{ @gide }}"), (INFECTION, "patient_guide", "patient_gide")]);
    let offered = |marked| room.ask(INFECTION, marked, |desk, cursor| actions(desk, cursor, &(cursor.offset..cursor.offset)));
    assert!(offered("# 理|由").is_empty());
    let mut found = offered("@gi|de");
    let CodeActionOrCommand::CodeAction(action) = found.remove(0) else { panic!() };
    assert_eq!(action.title, "gide を guide に直す");
    assert_eq!(action.diagnostics.unwrap()[0].code, Some(lsp_types::NumberOrString::String("PLN201".to_owned())));
    let after = Room::of(room.after(action.edit.unwrap()));
    assert!(after.text(INFECTION).contains("𠮟 {{ @guide }}"));
    assert_eq!(after.findings().len(), room.findings().len() - 1);
}

#[test]
fn a_client_that_knows_only_changes_gets_them() {
    let mut room = Room::new(&[]);
    room.client.document_changes = false;
    let edit = room.ask(SURVEY, "{{ serious|-infection", |desk, cursor| rename(desk, cursor, "severe")).unwrap();
    assert!(edit.document_changes.is_none());
    assert_eq!(edit.changes.unwrap().len(), 2);
}

/// Asks everything about a byte of a file.
fn ask_all(room: &Room, path: &str, position: Position) {
    let desk = room.desk();
    let Some(cursor) = desk.cursor(&room.root.join(path), position) else { return };
    completion(&desk, &cursor);
    hover(&desk, &cursor);
    definition(&desk, &cursor);
    references(&desk, &cursor, true);
    prepare(&desk, &cursor);
    let _ = rename(&desk, &cursor, "x");
    actions(&desk, &cursor, &(0..cursor.offset));
}

#[test]
fn every_place_of_the_example_can_be_asked_about() {
    let room = Room::new(&[]);
    for path in [INFECTION, "studies.toml"] {
        for (line, text) in (0..).zip(room.text(path).lines()) {
            for character in (0..=text.chars().count() + 1).step_by(3) {
                ask_all(&room, path, Position::new(line, u32::try_from(character).unwrap()));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Whatever is typed or deleted anywhere, every question has an answer.
    #[test]
    fn nothing_typed_can_end_the_server(
        file in prop::sample::select(vec!["plan.toml", "studies.toml", INFECTION, SURVEY]),
        at in any::<prop::sample::Index>(),
        gone in 0_usize..40,
        typed in "([\\[\\]{}\"'=#@:+./\\\\ \r\n]|\\{\\{|\\}\\}|\\+\\+\\+|感|𠮟|as|MHN-301|[a-z0-9]){0,8}",
        asked in any::<prop::sample::Index>(),
    ) {
        let mut folder = example("minimal");
        let mut text = String::from_utf8(folder.get(file).unwrap().to_vec()).unwrap();
        let start = text.floor_char_boundary(at.index(text.len() + 1));
        let end = text.ceil_char_boundary((start + gone).min(text.len()));
        text.replace_range(start..end, &typed);
        let lines = Lines::new(&text, Encoding::Utf16);
        let positions = [lines.position(start), lines.position(start + typed.len()), lines.position(asked.index(text.len() + 1))];
        folder.insert(file, text.as_bytes());
        let room = Room::of(folder);
        diagnostics(&room.desk());
        for position in positions {
            ask_all(&room, file, position);
        }
    }
}
