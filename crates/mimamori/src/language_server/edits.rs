//! Edits of several files, in a form that the client understands.

use std::collections::{BTreeMap, HashMap};

use lsp_types::{
    DocumentChangeOperation, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, RenameFile, ResourceOp, TextDocumentEdit,
    TextEdit, Uri, WorkspaceEdit,
};

use super::desk::Desk;

/// Edits by file of the plan, then files or folders that get another name.
pub fn workspace_edit(desk: &Desk<'_>, edits: BTreeMap<String, Vec<TextEdit>>, renames: &[(String, String)]) -> WorkspaceEdit {
    let edits = edits.into_iter().filter_map(|(path, edits)| Some((desk.uri(&path)?, edits)));
    if !desk.client.document_changes {
        return plain(edits.collect());
    }
    let edit = |(uri, edits): (Uri, Vec<TextEdit>)| {
        let text_document = OptionalVersionedTextDocumentIdentifier { uri, version: None };
        DocumentChangeOperation::Edit(TextDocumentEdit { text_document, edits: edits.into_iter().map(OneOf::Left).collect() })
    };
    let rename = |(old, new): &(String, String)| {
        let rename = RenameFile { old_uri: desk.uri(old)?, new_uri: desk.uri(new)?, options: None, annotation_id: None };
        Some(DocumentChangeOperation::Op(ResourceOp::Rename(rename)))
    };
    let operations = edits.map(edit).chain(renames.iter().filter_map(rename)).collect();
    WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(operations)), ..WorkspaceEdit::default() }
}

#[expect(clippy::mutable_key_type, reason = "the protocol's own type; a URI that was read does not change")]
fn plain(changes: HashMap<Uri, Vec<TextEdit>>) -> WorkspaceEdit {
    WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
}
