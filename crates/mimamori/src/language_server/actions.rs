//! Repairs that change no meaning, as quick fixes.

use std::collections::BTreeMap;
use std::ops::Range;

use diagnostic::{Language, harmless};
use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand};
use plan::check::Repair;

use super::desk::{Cursor, Desk};
use super::diagnostics::diagnostic;
use super::edits::workspace_edit;

/// The repairs of a file that touch a range of bytes of it.
pub fn actions(desk: &Desk<'_>, cursor: &Cursor<'_>, range: &Range<usize>) -> Vec<CodeActionOrCommand> {
    let touches = |repair: &&Repair| repair.path == cursor.path && repair.range.start <= range.end && range.start <= repair.range.end;
    desk.check.repairs.iter().filter(touches).filter_map(|repair| action(desk, cursor, repair)).collect()
}

fn action(desk: &Desk<'_>, cursor: &Cursor<'_>, repair: &Repair) -> Option<CodeActionOrCommand> {
    let finding = desk.check.report.findings.get(repair.finding)?;
    let edit = desk.edit(cursor.text, repair.range.clone(), repair.text.clone());
    let old = short(cursor.text.get(repair.range.clone())?);
    let new = short(&repair.text);
    let title = match (desk.client.language, old.is_empty(), new.is_empty()) {
        (Language::Japanese, true, _) => format!("{new} を書き足す"),
        (Language::Japanese, _, true) => format!("{old} を消す"),
        (Language::Japanese, ..) => format!("{old} を {new} に直す"),
        (Language::English, true, _) => format!("Add {new}"),
        (Language::English, _, true) => format!("Delete {old}"),
        (Language::English, ..) => format!("Change {old} to {new}"),
    };
    Some(CodeActionOrCommand::CodeAction(CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic(desk, finding)]),
        edit: Some(workspace_edit(desk, BTreeMap::from([(repair.path.clone(), vec![edit])]), &[])),
        is_preferred: Some(true),
        ..CodeAction::default()
    }))
}

/// So much of a text as a menu shows.
fn short(text: &str) -> String {
    const MOST: usize = 40;
    let mut shown: String = harmless(text.trim()).chars().take(MOST).collect();
    if text.trim().chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}
