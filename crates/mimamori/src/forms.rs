//! The company's own forms and looks: files that lie over those of the program.

use std::path::Path;

use diagnostic::{Finding, Problem, Words};
use document::Form;
use document::form::mistaken_token;
use typeset::Tokens;

use crate::folder;

/// The file of fonts, sizes and colours, beside the folders of the forms.
pub const TOKENS: &str = "tokens.toml";

/// The form of a document: the original one, in it the files of the plan's own `forms/`, in it those of `--forms`.
pub fn form(name: &str, root: &Path, given: Option<&Path>, plan: &plan::Folder) -> Result<Form, Problem> {
    let mut form = Form::shipped(name).unwrap_or_default();
    let prefix = format!("forms/{name}/");
    let own = plan.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(&prefix)?, folder::path(root, path), bytes)));
    let own: Vec<(String, String, Vec<u8>)> = own.map(|(file, shown, bytes)| (file.to_owned(), shown, bytes.to_vec())).collect();
    let given = match given {
        Some(given) => {
            let read = folder::open(given)?;
            let prefix = format!("{name}/");
            read.folder
                .iter()
                .filter_map(|(path, bytes)| Some((path.strip_prefix(&prefix)?.to_owned(), folder::path(given, path), bytes.to_vec())))
                .collect()
        }
        None => Vec::new(),
    };
    for (file, shown, bytes) in own.into_iter().chain(given).filter(|(file, ..)| file.ends_with(".md")) {
        let text = text(&shown, bytes)?;
        form.insert(&file, shown, text);
    }
    Ok(form)
}

/// How documents look: as the program has it, over it `forms/tokens.toml` of the plan, over it `tokens.toml` of `--forms`. Inside, what is
/// wrong with a file of them.
pub fn tokens(root: &Path, given: Option<&Path>, plan: &plan::Folder) -> Result<Result<Tokens, Vec<Finding>>, Problem> {
    let own = format!("forms/{TOKENS}");
    let mut files: Vec<(String, Vec<u8>)> = plan.get(&own).map(|bytes| (folder::path(root, &own), bytes.to_vec())).into_iter().collect();
    if let Some(given) = given {
        files.extend(folder::open(given)?.folder.get(TOKENS).map(|bytes| (folder::path(given, TOKENS), bytes.to_vec())));
    }
    let mut tokens = Tokens::default();
    for (shown, bytes) in files {
        let text = text(&shown, bytes)?;
        match tokens.with(&text) {
            Ok(over) => tokens = over,
            Err(faults) => return Ok(Err(faults.iter().map(|fault| mistaken_token(&shown, &text, fault)).collect())),
        }
    }
    Ok(Ok(tokens))
}

/// Files of forms that nothing asks for, as a misspelt name has them.
pub fn unused(root: &Path, given: Option<&Path>, plan: &plan::Folder) -> Result<Vec<String>, Problem> {
    let mut all: Vec<(String, String, Vec<u8>)> = Vec::new();
    let own = plan.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("forms/")?, folder::path(root, path), bytes)));
    all.extend(own.map(|(file, shown, bytes)| (file.to_owned(), shown, bytes.to_vec())));
    if let Some(given) = given {
        all.extend(folder::open(given)?.folder.iter().map(|(path, bytes)| (path.to_owned(), folder::path(given, path), bytes.to_vec())));
    }
    let included = |document: &str, file: &str| {
        let quoted = [format!("\"{file}\""), format!("'{file}'")];
        let own = all.iter().filter(|(path, ..)| path.strip_prefix(document).is_some_and(|rest| rest.starts_with('/')));
        own.map(|(.., bytes)| String::from_utf8_lossy(bytes)).any(|text| quoted.iter().any(|name| text.contains(name)))
    };
    let used = |path: &str| {
        path == TOKENS
            || path.split_once('/').is_some_and(|(document, file)| {
                let shipped = document::form::SHIPPED.iter().find(|(name, _)| *name == document);
                shipped.is_some_and(|(_, files)| files.iter().any(|(name, _)| *name == file) || included(document, file))
            })
    };
    let business = |path: &str| path.ends_with(".md") || path.ends_with(".toml");
    let unused = all.iter().filter(|(path, ..)| business(path) && !path.ends_with("README.md") && !used(path));
    Ok(unused.map(|(_, shown, _)| shown.clone()).collect())
}

fn text(shown: &str, bytes: Vec<u8>) -> Result<String, Problem> {
    String::from_utf8(bytes).map_err(|_| {
        Problem::new(
            Words::new(format!("{shown} は UTF-8 の文書ではありません"), format!("{shown} is no text in UTF-8")),
            Words::new("UTF-8 で保存し直してください", "save it as UTF-8"),
        )
    })
}
