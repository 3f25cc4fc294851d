//! From fields that were changed to the text.

use diagnostic::Words;
use plan::id::Target;
use plan::shape::{Shape, Type};
use toml_edit::{Array, ArrayOfTables, Datetime, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::fields::{is_scalar, shown};
use super::{sections, shape, toml_range};

/// A field that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Its name.
    pub field: String,
    /// What is wrong.
    pub what: Words,
}

/// The text with the fields that were changed: keys by `key:…`, sections of prose by `section:…`. Where a field says what stands there
/// already, nothing is changed.
///
/// # Errors
/// A field holds what its key cannot.
pub fn applied(path: &str, text: &str, fields: &[(String, String)]) -> Result<String, Mistake> {
    let mut text = sections::applied(text, path, fields);
    let (Some(shape), Some(range)) = (shape(path), toml_range(path, &text)) else { return Ok(text) };
    let Ok(mut document) = text[range.clone()].parse::<DocumentMut>() else { return Ok(text) };
    let keys = fields.iter().filter_map(|(name, value)| Some((name.strip_prefix("key:")?, value.replace("\r\n", "\n"))));
    for (name, value) in keys {
        let steps: Vec<&str> = name.split('/').collect();
        set(document.as_table_mut(), shape, &steps, value.trim_end(), name, false)?;
    }
    let changed = document.to_string();
    if changed != text[range.clone()] {
        text.replace_range(range, &changed);
    }
    Ok(text)
}

fn set(table: &mut dyn TableLike, shape: &'static Shape, steps: &[&str], value: &str, name: &str, inline: bool) -> Result<(), Mistake> {
    let Some((first, rest)) = steps.split_first() else { return Ok(()) };
    let Some(key) = shape.key(first) else { return Ok(()) };
    match (&key.kind, rest) {
        (Type::Table(inner), [_, ..]) => {
            if table.get(key.name).is_none_or(Item::is_none) {
                if value.is_empty() {
                    return Ok(());
                }
                table.insert(key.name, Item::Value(Value::InlineTable(InlineTable::new())));
            }
            let Some(below) = table.get_mut(key.name).and_then(Item::as_table_like_mut) else { return Ok(()) };
            let is_inline = table_is_inline(below);
            set(below, inner, rest, value, name, is_inline)?;
            if below.is_empty() {
                table.remove(key.name);
            }
            Ok(())
        }
        (Type::List(Type::Table(inner)), [index, rest @ ..]) => {
            let Ok(index) = index.parse::<usize>() else { return Ok(()) };
            in_list(table, key.name, inner, index, rest, value, name, inline)
        }
        (kind, []) => scalar(table, key.name, kind, value, name),
        _ => Ok(()),
    }
}

fn table_is_inline(table: &dyn TableLike) -> bool {
    // a table with a header of its own has a place among the headers; one in braces has none
    table.iter().next().is_none() || table.iter().all(|(_, item)| item.is_value())
}

#[expect(clippy::too_many_arguments, reason = "one step of the way down")]
fn in_list(
    table: &mut dyn TableLike,
    key: &str,
    inner: &'static Shape,
    index: usize,
    rest: &[&str],
    value: &str,
    name: &str,
    inline: bool,
) -> Result<(), Mistake> {
    if table.get(key).is_none_or(Item::is_none) {
        if value.is_empty() {
            return Ok(());
        }
        let new = if inline { Item::Value(Value::Array(Array::new())) } else { Item::ArrayOfTables(ArrayOfTables::new()) };
        table.insert(key, new);
    }
    let empty = match table.get_mut(key) {
        Some(Item::ArrayOfTables(all)) => {
            if index >= all.len() && !value.is_empty() {
                all.push(Table::new());
            }
            // what comes after the first new one belongs to it
            let last = all.len().saturating_sub(1);
            if index > last || all.is_empty() {
                return Ok(());
            }
            if let Some(one) = all.get_mut(index) {
                set(one, inner, rest, value, name, false)?;
            }
            if all.get(index).is_some_and(Table::is_empty) {
                all.remove(index);
            }
            all.is_empty()
        }
        Some(Item::Value(Value::Array(all))) => {
            if index >= all.len() && !value.is_empty() {
                all.push(Value::InlineTable(InlineTable::new()));
            }
            if let Some(one) = all.get_mut(index).and_then(Value::as_inline_table_mut) {
                set(one, inner, rest, value, name, true)?;
                if one.is_empty() {
                    all.remove(index);
                }
            }
            all.is_empty()
        }
        _ => false,
    };
    if empty {
        table.remove(key);
    }
    Ok(())
}

fn scalar(table: &mut dyn TableLike, key: &str, kind: &Type, value: &str, name: &str) -> Result<(), Mistake> {
    let before = table.get(key).filter(|item| !item.is_none());
    if shown(kind, before).1.trim_end() == value {
        return Ok(());
    }
    if value.trim().is_empty() {
        table.remove(key);
        return Ok(());
    }
    let decor = before.and_then(Item::as_value).map(|value| value.decor().clone());
    let tall = before.and_then(Item::as_array).is_some_and(|array| array.to_string().contains('\n'));
    let mut new = match kind {
        Type::List(inner) if is_scalar(inner) => {
            let mut array = Array::new();
            for line in value.lines().map(str::trim).filter(|line| !line.is_empty()) {
                let mut one = one(inner, line).map_err(|what| Mistake { field: name.to_owned(), what })?;
                if tall {
                    one.decor_mut().set_prefix("\n  ");
                }
                array.push_formatted(one);
            }
            if tall {
                array.set_trailing("\n");
                array.set_trailing_comma(true);
            } else {
                array.fmt();
            }
            Value::Array(array)
        }
        kind => one(kind, value).map_err(|what| Mistake { field: name.to_owned(), what })?,
    };
    match decor {
        Some(decor) => *new.decor_mut() = decor,
        None => new.decor_mut().clear(),
    }
    match table.get_mut(key) {
        Some(item) => *item = Item::Value(new),
        None => {
            table.insert(key, Item::Value(new));
        }
    }
    Ok(())
}

fn one(kind: &Type, text: &str) -> Result<Value, Words> {
    let text = text.trim();
    let wrong = |ja: &str, en: &str| Words::new(format!("「{text}」は{ja}ではありません"), format!("“{text}” is not {en}"));
    Ok(match kind {
        Type::Text | Type::Markdown | Type::Choice(_) => Value::from(text),
        Type::Name(target) | Type::Reference(target) => match (target, text.parse::<i64>()) {
            (Target::Indication, Ok(number)) => Value::from(number),
            _ => Value::from(text),
        },
        Type::Integer => Value::from(text.replace(',', "").parse::<i64>().map_err(|_| wrong("整数", "a whole number"))?),
        Type::Number => number(text).ok_or_else(|| wrong("数値", "a number"))?,
        Type::Boolean => Value::from(text.parse::<bool>().map_err(|_| wrong("true か false", "true or false"))?),
        Type::Date => Value::from(day(text).ok_or_else(|| wrong("日付（2026-04-01）", "a date (2026-04-01)"))?),
        // a month or a year alone is text in TOML
        Type::PartialDate => day(text).map_or_else(|| Value::from(text), Value::from),
        _ => text
            .parse::<Value>()
            .map_err(|_| wrong("TOML の値（文字列は \"…\" で囲む）", "a value as TOML writes it (text stands in \"…\")"))?,
    })
}

fn day(text: &str) -> Option<Datetime> {
    let date: Datetime = text.parse().ok()?;
    (date.date.is_some() && date.time.is_none() && date.offset.is_none()).then_some(date)
}

fn number(text: &str) -> Option<Value> {
    let _: f64 = text.parse().ok()?;
    // as it was typed: 0.10 stays 0.10
    text.parse::<Value>().ok().filter(|value| value.is_float() || value.is_integer())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Entry, fields};

    const ACTIVITY: &str = "+++\n# a comment\nkind = \"general-survey\"   # of its own\nname = \"調査\"\nconcerns = [\n  \"infection\",\n  \"pml\",\n]\ntarget = 125\nperiod = { start = 2022-06-01, end = 2030-05-31 }\n\n[[milestone]]\nwhen = \"J-PSR\"\ntext = \"見直す\"\n+++\n# 目的\n調べる。\n\n# 方法\n- 一つ\n- 二つ\n";

    fn with(name: &str, value: &str) -> String {
        applied("activities/survey.md", ACTIVITY, &[(name.to_owned(), value.to_owned())]).unwrap()
    }

    /// The lines that differ.
    fn changed(text: &str) -> Vec<String> {
        let (old, new): (Vec<_>, Vec<_>) = (ACTIVITY.lines().collect(), text.lines().collect());
        let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("-{line}"));
        let come = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+{line}"));
        gone.chain(come).collect()
    }

    #[test]
    fn what_is_not_touched_stays_letter_by_letter() {
        fn walk(entries: &[Entry], all: &mut Vec<(String, String)>) {
            for entry in entries {
                match entry {
                    Entry::Field(field) => all.push((format!("key:{}", field.name), field.value.replace('\n', "\r\n"))),
                    Entry::Group(group) => walk(&group.entries, all),
                }
            }
        }
        let mut all = Vec::new();
        walk(&fields("activities/survey.md", ACTIVITY).unwrap(), &mut all);
        for section in crate::edit::sections("activities/survey.md", ACTIVITY) {
            all.push((format!("section:{}", section.name), section.text.replace('\n', "\r\n")));
        }
        assert!(all.len() > 30);
        assert_eq!(applied("activities/survey.md", ACTIVITY, &all).unwrap(), ACTIVITY);
    }

    #[test]
    fn a_change_is_as_small_as_a_person_would_make_it() {
        assert_eq!(changed(&with("key:target", "400")), ["-target = 125", "+target = 400"]);
        assert_eq!(changed(&with("key:kind", "specified-survey")).len(), 2);
        assert!(with("key:kind", "specified-survey").contains("kind = \"specified-survey\"   # of its own"));
        assert_eq!(changed(&with("key:concerns", "infection\r\npml\r\ncytopenia")), ["+  \"cytopenia\","]);
        assert_eq!(
            changed(&with("key:period/end", "2031-05-31")),
            ["-period = { start = 2022-06-01, end = 2030-05-31 }", "+period = { start = 2022-06-01, end = 2031-05-31 }"]
        );
        assert_eq!(changed(&with("key:milestone/0/text", "改める")), ["-text = \"見直す\"", "+text = \"改める\""]);
        assert_eq!(changed(&with("key:target", "")), ["-target = 125"]);
        assert_eq!(changed(&with("section:目的", "よく調べる。")), ["-調べる。", "+よく調べる。"]);
        assert!(with("section:措置", "改める。").ends_with("- 二つ\n\n# 措置\n改める。\n"));
        let two = [("key:milestone/1/when".to_owned(), "\"J-PSR\"".to_owned()), ("key:milestone/1/text".to_owned(), "二つ目".to_owned())];
        let text = applied("activities/survey.md", ACTIVITY, &two).unwrap();
        assert_eq!(text.matches("[[milestone]]").count(), 2, "{text}");
        assert_eq!(changed(&text), ["+text = \"二つ目\""]);
    }

    #[test]
    fn what_a_key_cannot_hold_is_told() {
        for (field, value) in [("key:target", "many"), ("key:all_case", "ja"), ("key:sample_size/0/rate", "x")] {
            let mistake = applied("activities/survey.md", ACTIVITY, &[(field.to_owned(), value.to_owned())]).unwrap_err();
            assert_eq!(format!("key:{}", mistake.field), field);
        }
        for field in ["key:../../x", "key:milestone/99/text", "key:milestone/x", "key:nothing", "section:", "key:"] {
            let text = applied("activities/survey.md", ACTIVITY, &[(field.to_owned(), "x".to_owned())]).unwrap();
            assert!(text.starts_with("+++\n# a comment"), "{field}");
        }
    }
}
