//! From a file to tokens.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Fault, Token, Tokens};

/// A table of the file.
pub(super) trait Section: Sized {
    type Kind: Token;
    const KEYS: &'static [&'static str];
    fn bounds() -> <Self::Kind as Token>::Bounds;
    fn build(value: impl FnMut(&'static str) -> Result<Self::Kind, Fault>) -> Result<Self, Fault>;
    fn get(&self, key: &str) -> Option<Self::Kind>;
}

const SECTIONS: &[&str] = &["fonts", "sizes", "lines", "spacing", "page", "light", "dark"];

/// Reads a file. What it does not say is taken from `below`, or is missing if there is nothing below.
pub(super) fn read(source: &str, below: Option<&Tokens>) -> Result<Tokens, Vec<Fault>> {
    let (table, errors) = DeTable::parse_recoverable(source);
    let mut faults: Vec<Fault> = errors
        .iter()
        .map(|error| {
            let message = error.message();
            Fault::new(
                error.span().unwrap_or(0..0),
                format!("TOMLとして読めません。書き方を直してください（{message}）"),
                format!("this is not TOML; correct it: {message}"),
            )
        })
        .collect();
    let table = table.get_ref();
    for key in table.keys() {
        if !SECTIONS.contains(&key.get_ref().as_ref()) {
            faults.push(unknown(key, SECTIONS));
        }
    }
    let fonts = section(table, "fonts", below.map(|tokens| &tokens.fonts), &mut faults);
    let sizes = section(table, "sizes", below.map(|tokens| &tokens.sizes), &mut faults);
    let lines = section(table, "lines", below.map(|tokens| &tokens.lines), &mut faults);
    let spacing = section(table, "spacing", below.map(|tokens| &tokens.spacing), &mut faults);
    let page = section(table, "page", below.map(|tokens| &tokens.page), &mut faults);
    let light = section(table, "light", below.map(|tokens| &tokens.light), &mut faults);
    let dark = section(table, "dark", below.map(|tokens| &tokens.dark), &mut faults);
    faults.sort_by_key(|fault| fault.at.start);
    match (fonts, sizes, lines, spacing, page, light, dark) {
        (Some(fonts), Some(sizes), Some(lines), Some(spacing), Some(page), Some(light), Some(dark)) if faults.is_empty() => {
            Ok(Tokens { fonts, sizes, lines, spacing, page, light, dark })
        }
        _ => Err(faults),
    }
}

fn section<S: Section>(file: &DeTable<'_>, name: &str, below: Option<&S>, faults: &mut Vec<Fault>) -> Option<S> {
    let found = file.iter().find(|(key, _)| key.get_ref().as_ref() == name);
    let table = match found.map(|(_, value)| (value.span(), value.get_ref())) {
        Some((_, DeValue::Table(table))) => Some(table),
        Some((at, _)) => {
            faults.push(Fault::new(
                at,
                format!("{name} は表です。[{name}] と書いてください"),
                format!("{name} is a table; write [{name}]"),
            ));
            None
        }
        None => None,
    };
    for key in table.into_iter().flat_map(DeTable::keys) {
        if !S::KEYS.iter().any(|known| is(key, known)) {
            faults.push(unknown(key, S::KEYS));
        }
    }
    let bounds = S::bounds();
    S::build(|key| {
        let stated = table.into_iter().flat_map(DeTable::iter).find(|(stated, _)| is(stated, key));
        let Some((_, value)) = stated else {
            return below.and_then(|section| section.get(key)).ok_or_else(|| {
                let key = written(key);
                Fault::new(0..0, format!("[{name}] に {key} がありません"), format!("[{name}] lacks {key}"))
            });
        };
        <S::Kind as Token>::read(value.get_ref(), &bounds).ok_or_else(|| {
            let (japanese, english) = <S::Kind as Token>::wanted(&bounds);
            let key = written(key);
            Fault::new(
                value.span(),
                format!("{name}.{key} を読めません。{japanese}を書いてください"),
                format!("{name}.{key} cannot be read; write {english}"),
            )
        })
    })
    .map_err(|fault| faults.push(fault))
    .ok()
}

/// A key as the file writes it.
fn written(key: &str) -> String {
    key.replace('_', "-")
}

fn is(stated: &Spanned<impl AsRef<str>>, key: &str) -> bool {
    stated.get_ref().as_ref() == written(key)
}

fn unknown(key: &Spanned<impl AsRef<str>>, known: &[&str]) -> Fault {
    let name = key.get_ref().as_ref();
    let known = known.iter().map(|key| written(key)).collect::<Vec<_>>().join(", ");
    Fault::new(
        key.span(),
        format!("{name} というトークンはありません。書けるのは {known} です"),
        format!("there is no token {name}; those there are: {known}"),
    )
}
