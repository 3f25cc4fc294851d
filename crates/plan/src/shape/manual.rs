use std::fmt::Write as _;

use super::{Key, Shape, Type};

/// The reference manual of some files: every table, every key with its type, whether it must be there, and an example.
#[must_use]
pub fn manual(files: &[(&str, &'static Shape)]) -> String {
    let mut out = String::new();
    for (path, shape) in files {
        table(&mut out, 2, path, shape);
    }
    out
}

fn table(out: &mut String, level: usize, title: &str, shape: &'static Shape) {
    // writing to a string cannot fail
    let _ = writeln!(out, "{} `{title}`\n{}\n{}\n", "#".repeat(level.min(6)), shape.doc.0.trim(), shape.doc.1.trim());
    let _ = writeln!(out, "| キー / key | 型 / type | 必須 / required | 意味 / meaning | 例 / example |\n|---|---|---|---|---|");
    for key in shape.keys {
        let (ja, en) = kind(&key.kind);
        let required = if key.required { "✓" } else { "" };
        let _ = writeln!(
            out,
            "| `{}` | {ja}<br>{en} | {required} | {}<br>{} | `{}` |",
            key.name,
            key.doc.0.trim(),
            key.doc.1.trim(),
            example(key).replace('|', "\\|")
        );
    }
    out.push('\n');
    for key in shape.keys {
        choices(out, key);
        for inner in tables(&key.kind) {
            table(out, level + 1, &format!("{title} → {}", key.name), inner);
        }
    }
}

fn example(key: &Key) -> String {
    format!("{} = {}", key.name, key.example)
}

/// The type in a word or two; tables are described below their own heading.
fn kind(of: &Type) -> (String, String) {
    match of {
        Type::Table(_) => ("表（下記）".to_owned(), "table, see below".to_owned()),
        Type::List(inner) => {
            let (ja, en) = kind(inner);
            (format!("配列：{ja}"), format!("array of {en}"))
        }
        Type::Several(inner) => {
            let (ja, en) = kind(inner);
            (format!("{ja}、又はその配列"), format!("{en}, or an array of them"))
        }
        Type::Either(types) => {
            let (ja, en): (Vec<_>, Vec<_>) = types.iter().map(kind).unzip();
            (ja.join("、又は"), en.join(", or "))
        }
        Type::Choice(variants) if variants.len() > 1 => ("下記の語".to_owned(), "a word, see below".to_owned()),
        other => other.words(),
    }
}

fn choices(out: &mut String, key: &Key) {
    let mut of = &key.kind;
    while let Type::List(inner) | Type::Several(inner) = of {
        of = inner;
    }
    let Type::Choice(variants) = of else { return };
    if variants.len() < 2 {
        return;
    }
    let _ = writeln!(out, "`{}`:\n", key.name);
    for variant in *variants {
        let _ = writeln!(out, "- `\"{}\"` {} / {}", variant.text, variant.doc.0.trim(), variant.doc.1.trim());
    }
    out.push('\n');
}

fn tables(of: &Type) -> Vec<&'static Shape> {
    match of {
        Type::Table(shape) => vec![*shape],
        Type::List(inner) | Type::Several(inner) => tables(inner),
        Type::Either(types) => types.iter().flat_map(tables).collect(),
        _ => Vec::new(),
    }
}
