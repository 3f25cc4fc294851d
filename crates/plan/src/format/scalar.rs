use calendar::PartialDate;
use toml::de::DeValue;

use crate::id::Target;
use crate::shape::{Markdown, Scalar, Type, quoted};

/// A scalar as it is written in its key. `source` is how it was written.
pub(super) fn scalar(value: &DeValue<'_>, source: &str, kind: Option<&Type>) -> String {
    match value {
        DeValue::String(text) => match kind {
            Some(Type::Reference(Target::Indication) | Type::Name(Target::Indication)) if is_number(text.trim()) => text.trim().to_owned(),
            Some(kind) if takes_dates(kind) => match PartialDate::parse_iso(text).filter(|date| date.day.is_some()) {
                Some(date) => date.to_toml(),
                None => quoted(text),
            },
            _ => Markdown(text.to_string()).to_toml(),
        },
        DeValue::Integer(integer) if matches!(kind, Some(Type::Integer)) => {
            u64::from_str_radix(integer.as_str(), integer.radix()).map_or_else(|_| source.to_owned(), |number| number.to_string())
        }
        _ => source.to_owned(),
    }
}

fn takes_dates(kind: &Type) -> bool {
    match kind {
        Type::PartialDate => true,
        Type::Either(types) => types.iter().any(takes_dates),
        _ => false,
    }
}

/// True for a number that TOML can write without quotation marks and that reads back as the same text.
fn is_number(text: &str) -> bool {
    text.len() <= 18 && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'))
}
