//! Messages in, messages out. What is answered is decided elsewhere.

use std::path::Path;

use calendar::Date;
use diagnostic::{Language, Problem};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument, Notification as Told,
    PublishDiagnostics, ShowMessage,
};
use lsp_types::request::{
    CodeActionRequest, Completion, GotoDefinition, HoverRequest, Initialize, PrepareRenameRequest, References, RegisterCapability, Rename,
    Request as Asked,
};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions, CompletionResponse,
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, GotoDefinitionResponse, HoverProviderCapability,
    InitializeParams, InitializeResult, MessageType, OneOf, Registration, RegistrationParams, RenameOptions, ServerCapabilities,
    ServerInfo, ShowMessageParams, TextDocumentPositionParams, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TextDocumentSyncSaveOptions, WorkDoneProgressOptions,
};

use super::actions::actions;
use super::completion::completion;
use super::definition::{definition, references};
use super::desk::{Client, Cursor, Desk};
use super::hover::hover;
use super::position::Encoding;
use super::rename::{prepare, rename};
use super::uri;
use super::workspace::Workspace;

/// Where the conversation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing was agreed yet.
    Begun,
    /// The client introduced itself.
    Open,
    /// The client asked to end.
    Closing,
    /// The client left.
    Ended {
        /// Whether it had asked to end.
        asked: bool,
    },
}

/// The server: what it knows between two messages.
pub struct Server {
    stage: Stage,
    client: Client,
    workspace: Workspace,
}

/// Why a request is not answered: a code of the protocol, and words for its user.
pub type Refusal = (ErrorCode, String);

impl Server {
    /// A server that speaks this language unless the client asks for another.
    pub fn new(language: Language) -> Self {
        let client = Client { encoding: Encoding::Utf16, language, document_changes: false, renames_files: false, watches: false };
        Self { stage: Stage::Begun, client, workspace: Workspace::default() }
    }

    /// Where the conversation stands.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// Takes a message, and gives what is to be sent for it.
    pub fn take(&mut self, message: Message, today: Date) -> Vec<Message> {
        match message {
            Message::Request(request) => vec![self.request(request, today).into()],
            Message::Notification(notification) => self.notification(notification),
            Message::Response(_) => Vec::new(),
        }
    }

    /// The diagnostics that changed, to be sent when no more messages wait.
    pub fn publish(&mut self, today: Date) -> Vec<Message> {
        self.workspace.publish(self.client, today).into_iter().filter_map(told::<PublishDiagnostics>).collect()
    }

    fn request(&mut self, request: Request, today: Date) -> Response {
        let id = request.id.clone();
        let refused = |code: ErrorCode, message: &str| Response::new_err(id.clone(), code as i32, message.to_owned());
        match (self.stage, request.method.as_str()) {
            (Stage::Begun, Initialize::METHOD) => answer::<Initialize>(request, |params| Ok(self.initialize(&params))),
            (Stage::Begun, _) => refused(ErrorCode::ServerNotInitialized, "initialize first"),
            (Stage::Open, "shutdown") => {
                self.stage = Stage::Closing;
                Response::new_ok(id, serde_json::Value::Null)
            }
            (Stage::Open, Initialize::METHOD) | (Stage::Closing | Stage::Ended { .. }, _) => {
                refused(ErrorCode::InvalidRequest, "not at this time")
            }
            (Stage::Open, _) => self.answer(request, today),
        }
    }

    fn answer(&mut self, request: Request, today: Date) -> Response {
        match request.method.as_str() {
            Completion::METHOD => answer::<Completion>(request, |params| {
                let at = params.text_document_position;
                Ok(self.at(&at, today, completion).map(CompletionResponse::Array))
            }),
            HoverRequest::METHOD => {
                answer::<HoverRequest>(request, |params| Ok(self.at(&params.text_document_position_params, today, hover).flatten()))
            }
            GotoDefinition::METHOD => answer::<GotoDefinition>(request, |params| {
                Ok(self.at(&params.text_document_position_params, today, definition).map(GotoDefinitionResponse::Array))
            }),
            References::METHOD => answer::<References>(request, |params| {
                let declarations = params.context.include_declaration;
                Ok(self.at(&params.text_document_position, today, |desk, cursor| references(desk, cursor, declarations)))
            }),
            PrepareRenameRequest::METHOD => {
                answer::<PrepareRenameRequest>(request, |params| Ok(self.at(&params, today, prepare).flatten()))
            }
            Rename::METHOD => answer::<Rename>(request, |params| {
                let language = self.client.language;
                let edit = self.at(&params.text_document_position, today, |desk, cursor| rename(desk, cursor, &params.new_name));
                edit.transpose().map_err(|words| (ErrorCode::RequestFailed, words.get(language).to_owned()))
            }),
            CodeActionRequest::METHOD => answer::<CodeActionRequest>(request, |params| {
                let fixes = |kind: &CodeActionKind| CodeActionKind::QUICKFIX.as_str().starts_with(kind.as_str());
                if params.context.only.is_some_and(|only| !only.iter().any(fixes)) {
                    return Ok(None);
                }
                let at = TextDocumentPositionParams { text_document: params.text_document, position: params.range.start };
                Ok(self.at(&at, today, |desk, cursor| {
                    let end = desk.lines(cursor.text).offset(params.range.end);
                    actions(desk, cursor, &(cursor.offset..end))
                }))
            }),
            method => {
                let message = format!("{method} is not answered");
                Response::new_err(request.id, ErrorCode::MethodNotFound as i32, message)
            }
        }
    }

    /// Answers about a position from its plan as it stands; `None` if it is in no plan.
    fn at<T>(&mut self, at: &TextDocumentPositionParams, today: Date, answer: impl FnOnce(&Desk<'_>, &Cursor<'_>) -> T) -> Option<T> {
        let ask = |desk: &Desk<'_>, path: &Path| desk.cursor(path, at.position).map(|cursor| answer(desk, &cursor));
        self.workspace.ask(&at.text_document.uri, self.client, today, ask).flatten()
    }

    fn notification(&mut self, notification: Notification) -> Vec<Message> {
        let method = notification.method.as_str();
        if method == "exit" {
            self.stage = Stage::Ended { asked: self.stage == Stage::Closing };
            return Vec::new();
        }
        if self.stage != Stage::Open {
            return Vec::new();
        }
        let problems = match method {
            "initialized" => return self.watch(),
            DidOpenTextDocument::METHOD => params::<DidOpenTextDocument>(notification)
                .map(|params| self.workspace.open(params.text_document.uri, params.text_document.text)),
            DidChangeTextDocument::METHOD => params::<DidChangeTextDocument>(notification).map(|params| {
                self.workspace.change(&params.text_document.uri, params.content_changes, self.client);
                Vec::new()
            }),
            DidSaveTextDocument::METHOD => params::<DidSaveTextDocument>(notification)
                .and_then(|params| uri::path(&params.text_document.uri))
                .map(|path| self.workspace.reload([path])),
            DidCloseTextDocument::METHOD => {
                params::<DidCloseTextDocument>(notification).map(|params| self.workspace.close(&params.text_document.uri))
            }
            DidChangeWatchedFiles::METHOD => params::<DidChangeWatchedFiles>(notification)
                .map(|params| self.workspace.reload(params.changes.iter().filter_map(|change| uri::path(&change.uri)))),
            _ => None,
        };
        problems.into_iter().flatten().filter_map(|problem| self.show(&problem)).collect()
    }

    fn initialize(&mut self, params: &InitializeParams) -> InitializeResult {
        self.stage = Stage::Open;
        let general = params.capabilities.general.as_ref();
        let workspace = params.capabilities.workspace.as_ref();
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let renames = |operations: &Vec<_>| operations.contains(&lsp_types::ResourceOperationKind::Rename);
        self.client = Client {
            encoding: Encoding::choose(general.and_then(|general| general.position_encodings.as_deref())),
            language: params.locale.as_deref().map_or(self.client.language, language),
            document_changes: edit.and_then(|edit| edit.document_changes).unwrap_or(false),
            renames_files: edit.and_then(|edit| edit.resource_operations.as_ref()).is_some_and(renames),
            watches: workspace
                .and_then(|workspace| workspace.did_change_watched_files)
                .and_then(|watch| watch.dynamic_registration)
                .unwrap_or(false),
        };
        InitializeResult {
            capabilities: ServerCapabilities {
                position_encoding: Some(self.client.encoding.kind()),
                text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
                    open_close: Some(true),
                    change: Some(TextDocumentSyncKind::INCREMENTAL),
                    save: Some(TextDocumentSyncSaveOptions::Supported(true)),
                    ..TextDocumentSyncOptions::default()
                })),
                completion_provider: Some(CompletionOptions {
                    trigger_characters: Some(["\"", "@", ":", "{", "[", "=", " "].map(str::to_owned).to_vec()),
                    ..CompletionOptions::default()
                }),
                hover_provider: Some(HoverProviderCapability::Simple(true)),
                definition_provider: Some(OneOf::Left(true)),
                references_provider: Some(OneOf::Left(true)),
                rename_provider: Some(OneOf::Right(RenameOptions {
                    prepare_provider: Some(true),
                    work_done_progress_options: WorkDoneProgressOptions::default(),
                })),
                code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
                    code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
                    ..CodeActionOptions::default()
                })),
                ..ServerCapabilities::default()
            },
            server_info: Some(ServerInfo { name: "mimamori".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) }),
        }
    }

    /// Asks to be told of files that others change.
    fn watch(&self) -> Vec<Message> {
        if !self.client.watches {
            return Vec::new();
        }
        let watchers =
            ["**/*.toml", "**/*.md"].map(|glob| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind: None });
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: watchers.to_vec() };
        let registration = Registration {
            id: "files".to_owned(),
            method: DidChangeWatchedFiles::METHOD.to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        let params = serde_json::to_value(RegistrationParams { registrations: vec![registration] });
        let request = |params| Request { id: RequestId::from("files".to_owned()), method: RegisterCapability::METHOD.to_owned(), params };
        params.ok().map(|params| request(params).into()).into_iter().collect()
    }

    fn show(&self, problem: &Problem) -> Option<Message> {
        told::<ShowMessage>(ShowMessageParams { typ: MessageType::WARNING, message: problem.human(self.client.language) })
    }
}

/// The language of a locale such as `ja`, `ja-JP` or `en`.
fn language(locale: &str) -> Language {
    if locale.to_ascii_lowercase().starts_with("ja") { Language::Japanese } else { Language::English }
}

fn params<N: Told>(notification: Notification) -> Option<N::Params> {
    serde_json::from_value(notification.params).ok()
}

fn told<N: Told>(params: N::Params) -> Option<Message> {
    let params = serde_json::to_value(params).ok()?;
    Some(Notification { method: N::METHOD.to_owned(), params }.into())
}

/// Answers a request whose parameters can be read.
fn answer<R: Asked>(request: Request, answer: impl FnOnce(R::Params) -> Result<R::Result, Refusal>) -> Response {
    let refused = |(code, message): Refusal| Response::new_err(request.id.clone(), code as i32, message);
    let params = match serde_json::from_value(request.params) {
        Ok(params) => params,
        Err(error) => return refused((ErrorCode::InvalidParams, error.to_string())),
    };
    let result = answer(params).map(serde_json::to_value);
    match result {
        Ok(Ok(result)) => Response::new_ok(request.id, result),
        Ok(Err(error)) => refused((ErrorCode::InternalError, error.to_string())),
        Err(refusal) => refused(refusal),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const TODAY: Date = Date::constant(2026, 1, 15);
    const REQUESTS: [&str; 7] = [
        Completion::METHOD,
        HoverRequest::METHOD,
        GotoDefinition::METHOD,
        References::METHOD,
        PrepareRenameRequest::METHOD,
        Rename::METHOD,
        CodeActionRequest::METHOD,
    ];

    fn ask(server: &mut Server, method: &str, params: Value) -> Result<Value, i32> {
        let request = Request { id: RequestId::from(1), method: method.to_owned(), params };
        match server.take(request.into(), TODAY).remove(0) {
            Message::Response(response) => response.response_result.map_err(|error| error.code),
            other => panic!("{other:?}"),
        }
    }

    fn tell(server: &mut Server, method: &str, params: Value) -> Vec<Message> {
        server.take(Notification { method: method.to_owned(), params }.into(), TODAY)
    }

    /// A server that has a plan open, which is nowhere on the disk.
    fn open(name: &str, text: &str) -> Server {
        let mut server = Server::new(Language::Japanese);
        ask(&mut server, Initialize::METHOD, json!({ "capabilities": {} })).unwrap();
        let document = json!({ "uri": name, "languageId": "toml", "version": 1, "text": text });
        tell(&mut server, DidOpenTextDocument::METHOD, json!({ "textDocument": document }));
        server
    }

    const PLAN: &str = "file:///%E8%A8%88%E7%94%BB/none/plan.toml";

    #[test]
    fn the_stages_follow_each_other() {
        let mut server = Server::new(Language::English);
        assert_eq!(ask(&mut server, HoverRequest::METHOD, json!({})), Err(ErrorCode::ServerNotInitialized as i32));
        assert!(tell(&mut server, DidOpenTextDocument::METHOD, json!({})).is_empty());
        assert!(ask(&mut server, Initialize::METHOD, json!({ "capabilities": {} })).is_ok());
        assert_eq!(ask(&mut server, "shutdown", Value::Null), Ok(Value::Null));
        assert_eq!(ask(&mut server, HoverRequest::METHOD, json!({})), Err(ErrorCode::InvalidRequest as i32));
        tell(&mut server, "exit", Value::Null);
        assert_eq!(server.stage(), Stage::Ended { asked: true });
    }

    #[test]
    fn every_request_survives_every_position() {
        let mut server = open(PLAN, "format = 1\r\nname = \"𠮟\"\n");
        let positions = [(0, 0), (1, 9), (1, 10), (1, 11), (2, 0), (9, 9), (u32::MAX, u32::MAX)];
        for method in REQUESTS {
            for (line, character) in positions {
                let position = json!({ "line": line, "character": character });
                let params = json!({
                    "textDocument": { "uri": PLAN }, "position": position, "newName": "x", "context": { "triggerKind": 1, "includeDeclaration": true, "diagnostics": [] },
                    "range": { "start": position, "end": { "line": 0, "character": 0 } },
                });
                match ask(&mut server, method, params) {
                    Ok(_) => {}
                    Err(code) => assert_eq!((method, code), (Rename::METHOD, ErrorCode::RequestFailed as i32)),
                }
            }
            for params in [json!(null), json!([]), json!({}), json!("見本"), json!({ "textDocument": { "uri": "::" } })] {
                assert_eq!(ask(&mut server, method, params), Err(ErrorCode::InvalidParams as i32), "{method}");
            }
        }
    }

    #[test]
    fn every_change_is_survived() {
        let mut server = open(PLAN, "𠮟\r\n感染症");
        let at = |line: u32, character: u32| json!({ "line": line, "character": character });
        for (start, end) in [(at(0, 1), at(0, 1)), (at(1, 3), at(0, 0)), (at(9, 9), at(u32::MAX, 0)), (at(0, 0), at(0, 1))] {
            let change = json!({ "range": { "start": start, "end": end }, "text": "a\n例" });
            let document = json!({ "uri": PLAN, "version": 2 });
            tell(&mut server, DidChangeTextDocument::METHOD, json!({ "textDocument": document, "contentChanges": [change] }));
            server.publish(TODAY);
        }
        for method in
            [DidChangeTextDocument::METHOD, DidCloseTextDocument::METHOD, DidSaveTextDocument::METHOD, DidChangeWatchedFiles::METHOD]
        {
            for params in
                [json!(null), json!({ "textDocument": { "uri": "file:///x" } }), json!({ "changes": [{ "uri": "x:y", "type": 9 }] })]
            {
                assert!(tell(&mut server, method, params).is_empty());
            }
        }
    }

    #[test]
    fn diagnostics_are_told_once_and_taken_back() {
        let mut server = open(PLAN, "format = 1\nx = 1\n");
        assert_eq!(server.publish(TODAY).len(), 1);
        assert!(server.publish(TODAY).is_empty());
        tell(&mut server, DidCloseTextDocument::METHOD, json!({ "textDocument": { "uri": PLAN } }));
        let Some(Message::Notification(taken)) = server.publish(TODAY).pop() else { panic!() };
        assert_eq!(taken.params["diagnostics"], json!([]));
        assert!(server.publish(TODAY).is_empty());
    }
}
