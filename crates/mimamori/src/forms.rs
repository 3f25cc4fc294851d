//! The company's own forms and looks: files that lie over those of the program.

use std::ops::Range;
use std::path::Path;

use diagnostic::{Finding, Problem, Words};
use document::Form;
use document::form::MISTAKE;
use plan::source::{Place, Sources};
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

/// How documents look: as the program has it, and as `forms/tokens.toml` of the plan or, before it, `tokens.toml` of `--forms` says.
/// Mistakes in that file point into it.
pub fn tokens(root: &Path, given: Option<&Path>, plan: &plan::Folder) -> Result<Result<Tokens, Vec<Finding>>, Problem> {
    let given = match given {
        Some(given) => folder::open(given)?.folder.get(TOKENS).map(|bytes| (folder::path(given, TOKENS), bytes.to_vec())),
        None => None,
    };
    let own = format!("forms/{TOKENS}");
    let own = plan.get(&own).map(|bytes| (folder::path(root, &own), bytes.to_vec()));
    let Some((shown, bytes)) = given.or(own) else { return Ok(Ok(Tokens::default())) };
    let text = text(&shown, bytes)?;
    Ok(Tokens::read(&text).map_err(|faults| {
        let mut sources = Sources::default();
        let file = sources.add(&shown, &text);
        let finding = |at: Range<usize>, words: Words| Finding {
            code: MISTAKE.code,
            name: MISTAKE.name,
            severity: MISTAKE.severity,
            message: words,
            why: Words::new(MISTAKE.why.0, MISTAKE.why.1),
            hint: Words::new(
                "`--show-form` がもとの tokens.toml も書き出します。",
                "`--show-form` writes out the original tokens.toml too.",
            ),
            source: Words::new(MISTAKE.reference.ja, MISTAKE.reference.en),
            spans: vec![sources.span(Place::new(file, at), Words::same(String::new()))],
        };
        faults.into_iter().map(|fault| finding(fault.at, Words::new(fault.japanese, fault.english))).collect()
    }))
}

fn text(shown: &str, bytes: Vec<u8>) -> Result<String, Problem> {
    String::from_utf8(bytes).map_err(|_| {
        Problem::new(
            Words::new(format!("{shown} は UTF-8 の文書ではありません"), format!("{shown} is no text in UTF-8")),
            Words::new("UTF-8 で保存し直してください", "save it as UTF-8"),
        )
    })
}
