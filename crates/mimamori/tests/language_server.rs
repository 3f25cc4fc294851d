//! The language server, as an editor talks to it: the real program, over its standard input and output.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

struct Editor {
    server: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    asked: i32,
}

impl Editor {
    /// Starts the server and introduces itself.
    fn start(capabilities: Value, locale: &str) -> (Self, Value) {
        let mut server = Command::new(env!("CARGO_BIN_EXE_mimamori"))
            .args(["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (server.stdin.take().unwrap(), BufReader::new(server.stdout.take().unwrap()));
        let mut editor = Self { server, input, output, asked: 0 };
        let agreed =
            editor.ask("initialize", json!({ "processId": null, "rootUri": null, "capabilities": capabilities, "locale": locale }));
        editor.tell("initialized", json!({}));
        (editor, agreed["capabilities"].clone())
    }

    fn send(&mut self, body: &str) {
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.input.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }).to_string());
    }

    /// Asks, passes over what is told meanwhile, and gives the result or the error.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string());
        loop {
            let message = self.next();
            if message["id"] == id && message["method"].is_null() {
                return if message["error"].is_null() { message["result"].clone() } else { message };
            }
        }
    }

    fn next(&mut self) -> Value {
        let mut header = String::new();
        while !header.ends_with("\r\n\r\n") {
            assert_ne!(self.output.read_line(&mut header).unwrap(), 0, "the server went away");
        }
        let length = header.trim().strip_prefix("Content-Length: ").unwrap().parse().unwrap();
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    /// The next diagnostics of a file.
    fn diagnostics(&mut self, file: &Path) -> Vec<Value> {
        loop {
            let told = self.next();
            if told["method"] == "textDocument/publishDiagnostics" && told["params"]["uri"] == uri(file) {
                return told["params"]["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    fn open(&mut self, file: &Path) -> String {
        let text = fs::read_to_string(file).unwrap();
        self.tell(
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": uri(file), "languageId": "markdown", "version": 1, "text": text } }),
        );
        text
    }

    /// Replaces a word that stands once on a line, and tells only that.
    fn replace(&mut self, file: &Path, text: &mut String, word: &str, other: &str) {
        let at = text.find(word).unwrap();
        let range = json!({ "start": position(text, at), "end": position(text, at + word.len()) });
        text.replace_range(at..at + word.len(), other);
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri(file), "version": 2 }, "contentChanges": [{ "range": range, "text": other }] }),
        );
    }

    fn end(mut self) -> Option<i32> {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.tell("exit", Value::Null);
        drop(self.input);
        self.server.wait().unwrap().code()
    }
}

/// UTF-16, counted here on its own.
fn position(text: &str, at: usize) -> Value {
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": line, "character": text[start..at].encode_utf16().count() })
}

fn uri(file: &Path) -> String {
    let encoded: String = file
        .to_str()
        .unwrap()
        .bytes()
        .map(|b| if b.is_ascii_alphanumeric() || b"/-._".contains(&b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect();
    format!("file://{encoded}")
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name).canonicalize().unwrap()
}

/// A copy of an example that may be changed, in a folder with a Japanese name.
fn copy(name: &str, to: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("言語サーバー").join(to);
    let _ = fs::remove_dir_all(&target);
    copy_folder(&example(name), &target);
    target.canonicalize().unwrap()
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_mistake_is_told_as_it_is_typed_and_taken_back_as_it_is_mended() {
    let folder = copy("minimal", "diagnostics");
    let concern = folder.join("concerns/infection.md");
    let (mut editor, agreed) = Editor::start(json!({}), "ja-JP");
    assert_eq!(agreed["positionEncoding"], "utf-16");
    let mut text = editor.open(&concern);
    editor.replace(&concern, &mut text, "@survey", "𠮟@servey");
    editor.replace(&concern, &mut text, "𠮟@servey", "@servey");
    let at = text.find("servey").unwrap();
    let range = json!({ "start": position(&text, at), "end": position(&text, at + 6) });
    let mut found = editor.diagnostics(&concern);
    if found.first().is_some_and(|first| first["range"] != range) {
        // where everything is slow, the text between the two changes is told of as well
        found = editor.diagnostics(&concern);
    }
    assert_eq!((found.len(), &found[0]["range"]), (1, &range), "{found:?}");
    assert_eq!(found[0]["code"], "PLN201");
    assert_eq!(found[0]["severity"], 1);
    assert!(found[0]["message"].as_str().unwrap().contains("「survey」ではありませんか"), "{found:?}");
    editor.replace(&concern, &mut text, "servey", "survey");
    assert!(editor.diagnostics(&concern).is_empty());
    // the file was never written
    assert_ne!(fs::read_to_string(&concern).unwrap(), "");
    assert_eq!(editor.end(), Some(0));
}

/// The place of a piece of text, at `|`.
fn place(file: &Path, text: &str, marked: &str) -> Value {
    let at = text.find(&marked.replacen('|', "", 1)).unwrap() + marked.find('|').unwrap();
    json!({ "textDocument": { "uri": uri(file) }, "position": position(text, at) })
}

fn with(mut params: Value, key: &str, value: Value) -> Value {
    params[key] = value;
    params
}

#[test]
fn every_question_is_answered_from_the_unsaved_text() {
    let folder = copy("minimal", "questions");
    let (concern, survey) = (folder.join("concerns/infection.md"), folder.join("activities/survey.md"));
    let capabilities = json!({ "workspace": {
        "workspaceEdit": { "documentChanges": true, "resourceOperations": ["rename"] },
        "didChangeWatchedFiles": { "dynamicRegistration": true },
    } });
    let (mut editor, agreed) = Editor::start(capabilities, "ja");
    assert_eq!(agreed["renameProvider"]["prepareProvider"], true);
    assert_eq!(editor.next()["method"], "client/registerCapability");
    editor.send(r#"{"jsonrpc":"2.0","id":"files","result":null}"#);
    let mut text = editor.open(&concern);
    editor.replace(&concern, &mut text, "重篤な感染症が本剤群の {{ 3/84", "𠮟責すべき感染症が本剤群の {{ 4/84");
    let hover = editor.ask("textDocument/hover", place(&concern, &text, "{{ 4|/84"));
    assert!(hover["contents"]["value"].as_str().unwrap().starts_with("4.8%（4/84例）"), "{hover}");
    let figure = text.find("{{ 4/84").unwrap();
    assert_eq!(hover["range"]["start"], position(&text, figure));
    // the other file is as it is on the disk, and prints the figure that is typed in this one
    let other = editor.open(&survey);
    let hover = editor.ask("textDocument/hover", place(&survey, &other, "{{ serious|-infection }}"));
    assert!(hover["contents"]["value"].as_str().unwrap().starts_with("4.8%（4/84例）"), "{hover}");
    let items = editor.ask("textDocument/completion", place(&survey, &other, "concerns = [\"in|fection\"]"));
    assert_eq!(items[0]["textEdit"]["newText"], "\"infection\"", "{items}");
    let found = editor.ask("textDocument/definition", place(&survey, &other, "{{ serious|-infection }}"));
    let name = text.find("serious-infection").unwrap();
    assert_eq!((&found[0]["uri"], &found[0]["range"]["start"]), (&json!(uri(&concern)), &position(&text, name)));
    let params = with(place(&survey, &other, "concerns = [\"in|fection\"]"), "newName", json!("severe"));
    let edit = editor.ask("textDocument/rename", params);
    let changes = edit["documentChanges"].as_array().unwrap();
    let renamed = changes.iter().find(|change| change["kind"] == "rename").unwrap();
    assert_eq!(renamed["newUri"], uri(&folder.join("concerns/severe.md")));
    let params = with(place(&survey, &other, "concerns = [\"in|fection\"]"), "newName", json!("重い"));
    assert!(editor.ask("textDocument/rename", params)["error"]["message"].as_str().unwrap().contains("a-z"));
    editor.replace(&concern, &mut text, "@survey", "@servey");
    let at = place(&concern, &text, "@ser|vey");
    let params = json!({
        "textDocument": at["textDocument"],
        "range": { "start": at["position"], "end": at["position"] },
        "context": { "diagnostics": [] },
    });
    let actions = editor.ask("textDocument/codeAction", params);
    assert_eq!(actions[0]["title"], "servey を survey に直す");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn what_others_write_is_seen() {
    let folder = copy("minimal", "others");
    let (concern, survey) = (folder.join("concerns/infection.md"), folder.join("activities/survey.md"));
    let utf8 = json!({ "general": { "positionEncodings": ["utf-16", "utf-8"] } });
    let (mut editor, agreed) = Editor::start(utf8, "en");
    assert_eq!(agreed["positionEncoding"], "utf-8");
    editor.open(&concern);
    fs::rename(&survey, folder.join("activities/study.md")).unwrap();
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri(&survey), "type": 3 }] }));
    let found = editor.diagnostics(&concern);
    assert!(found.iter().any(|found| found["message"].as_str().unwrap().contains("“@survey” names nothing")), "{found:?}");
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&concern) } }));
    assert!(editor.diagnostics(&concern).is_empty());
    // a plan that is not saved yet, and a file of no plan
    let new = folder.join("新/plan.toml");
    let open =
        |file: &Path| json!({ "textDocument": { "uri": uri(file), "languageId": "toml", "version": 1, "text": "format = 1\nx = 1\n" } });
    editor.tell("textDocument/didOpen", open(&new));
    assert!(!editor.diagnostics(&new).is_empty());
    editor.tell("textDocument/didOpen", json!({ "textDocument": { "uri": "untitled:1", "languageId": "toml", "version": 1, "text": "" } }));
    let nowhere = json!({ "textDocument": { "uri": "untitled:1" }, "position": { "line": 0, "character": 0 } });
    assert_eq!(editor.ask("textDocument/hover", nowhere), Value::Null);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_client_that_only_leaves_is_noticed() {
    let (mut editor, _) = Editor::start(json!({}), "en");
    editor.tell("exit", Value::Null);
    assert_eq!(editor.server.wait().unwrap().code(), Some(1));
}

#[test]
fn nothing_that_is_said_ends_the_conversation_but_exit() {
    let folder = copy("minimal", "nonsense");
    let concern = folder.join("concerns/infection.md");
    let (mut editor, _) = Editor::start(json!({}), "en");
    for body in ["{", "[]", "見本", r#"{"id":1}"#, r#"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":[1]}"#] {
        editor.send(body);
    }
    assert_eq!(editor.ask("no/such", json!({}))["error"]["code"], -32601);
    assert_eq!(editor.ask("initialize", json!({ "capabilities": {} }))["error"]["code"], -32600);
    editor.open(&concern);
    assert_eq!(editor.end(), Some(0));
}

/// Prints how long a keystroke takes from the editor to its diagnostics; nothing is asserted of it.
#[test]
fn a_keystroke_is_answered() {
    let folder = copy("rituximab", "keystroke");
    let file =
        fs::read_dir(folder.join("concerns")).unwrap().map(|entry| entry.unwrap().path()).max_by_key(|path| path.metadata().unwrap().len());
    let file = file.unwrap();
    let (mut editor, _) = Editor::start(json!({}), "ja");
    let mut text = editor.open(&file);
    let mut longest = Duration::ZERO;
    for round in 0..20 {
        let (word, other) = if round % 2 == 0 { ("\n# 監視", "\n# 監視x") } else { ("\n# 監視x", "\n# 監視") };
        let start = Instant::now();
        editor.replace(&file, &mut text, word, other);
        let found = editor.diagnostics(&file);
        longest = longest.max(start.elapsed());
        assert_eq!(found.iter().any(|found| found["message"].as_str().unwrap().contains("監視x")), round % 2 == 0);
    }
    println!("a keystroke in examples/rituximab is answered within {longest:?}");
    assert_eq!(editor.end(), Some(0));
}
