//! From a file to its fields.

use plan::shape::{Shape, Type};
use toml_edit::{DocumentMut, Item, TableLike, Value};

use super::{shape, toml_range};

/// What kind of field it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text on a line.
    Line,
    /// Text on several lines.
    Text,
    /// One of a few words.
    Choice(&'static [plan::shape::Variant]),
    /// True, false, or nothing.
    Boolean,
    /// A day.
    Day,
    /// One value a line.
    Lines,
    /// As TOML writes it.
    Toml,
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Where it belongs, as the name of a form field: `milestone/0/text`.
    pub name: String,
    /// The key.
    pub key: &'static str,
    /// What it states: Japanese and English.
    pub doc: (&'static str, &'static str),
    /// An example.
    pub example: &'static str,
    /// Whether the table is not complete without it.
    pub required: bool,
    /// What kind of field it is.
    pub kind: Kind,
    /// What stands there; empty if nothing does.
    pub value: String,
}

/// Fields that belong together: a table.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name, for a place in the page.
    pub name: String,
    /// What it is called: Japanese and English.
    pub title: (String, String),
    /// Whether anything is stated in it.
    pub is_stated: bool,
    /// Its fields and the tables in it, in canonical order.
    pub entries: Vec<Entry>,
}

/// A field, or a table in a table.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A field.
    Field(Field),
    /// A table.
    Group(Group),
}

/// The fields of a file; none where its TOML cannot be read, or where nothing is declared of it.
#[must_use]
pub fn fields(path: &str, text: &str) -> Option<Vec<Entry>> {
    let shape = shape(path)?;
    let document: DocumentMut = text.get(toml_range(path, text)?)?.parse().ok()?;
    Some(of_table(shape, Some(document.as_table()), ""))
}

fn of_table(shape: &'static Shape, table: Option<&dyn TableLike>, above: &str) -> Vec<Entry> {
    let mut all = Vec::new();
    for key in shape.keys {
        let name = if above.is_empty() { key.name.to_owned() } else { format!("{above}/{}", key.name) };
        let item = table.and_then(|table| table.get(key.name)).filter(|item| !item.is_none());
        match &key.kind {
            Type::Table(inner) => {
                let entries = of_table(inner, item.and_then(Item::as_table_like), &name);
                let title = (title(key.doc.0), title(key.doc.1));
                all.push(Entry::Group(Group { name, title, is_stated: item.is_some(), entries }));
            }
            Type::List(Type::Table(inner)) => {
                let tables = tables(item);
                for (index, table) in tables.iter().map(|table| Some(*table)).chain([None]).enumerate() {
                    let name = format!("{name}/{index}");
                    let number = index + 1;
                    let (ja, en) = (title(key.doc.0), title(key.doc.1));
                    let title = match table {
                        Some(_) => (format!("{ja} {number}"), format!("{en} {number}")),
                        None => (format!("{ja}（追加）"), format!("{en} (add)")),
                    };
                    all.push(Entry::Group(Group { entries: of_table(inner, table, &name), name, title, is_stated: table.is_some() }));
                }
            }
            kind => {
                let (kind, value) = shown(kind, item);
                let (doc, example, required) = (key.doc, key.example, key.required);
                all.push(Entry::Field(Field { name, key: key.name, doc, example, required, kind, value }));
            }
        }
    }
    all
}

/// The tables of an array, however it is written.
fn tables(item: Option<&Item>) -> Vec<&dyn TableLike> {
    match item {
        Some(Item::ArrayOfTables(tables)) => tables.iter().map(|table| table as &dyn TableLike).collect(),
        Some(Item::Value(Value::Array(values))) => {
            values.iter().filter_map(|value| value.as_inline_table().map(|table| table as &dyn TableLike)).collect()
        }
        _ => Vec::new(),
    }
}

/// The kind of field for a type, and what stands in it.
pub(super) fn shown(kind: &Type, item: Option<&Item>) -> (Kind, String) {
    let value = item.and_then(Item::as_value);
    match kind {
        Type::Text | Type::Name(_) | Type::Reference(_) => {
            let text = value.map(plain).unwrap_or_default();
            (if text.contains('\n') { Kind::Text } else { Kind::Line }, text)
        }
        Type::Markdown => (Kind::Text, value.map(plain).unwrap_or_default()),
        Type::Choice(variants) => (Kind::Choice(variants), value.map(plain).unwrap_or_default()),
        Type::Boolean => (Kind::Boolean, value.map(plain).unwrap_or_default()),
        Type::Date => (Kind::Day, value.map(plain).unwrap_or_default()),
        Type::PartialDate | Type::Integer | Type::Number => (Kind::Line, value.map(plain).unwrap_or_default()),
        Type::List(inner) if is_scalar(inner) => {
            let lines = value.and_then(Value::as_array).map(|all| all.iter().map(plain).collect::<Vec<_>>().join("\n"));
            (Kind::Lines, lines.unwrap_or_default())
        }
        _ => (Kind::Toml, item.map(raw).unwrap_or_default()),
    }
}

pub(super) fn is_scalar(kind: &Type) -> bool {
    !matches!(kind, Type::Table(_) | Type::List(_) | Type::Several(_) | Type::Either(_))
}

/// A scalar as a person types it.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.value().clone(),
        other => {
            let mut bare = other.clone();
            bare.decor_mut().clear();
            bare.to_string().trim().to_owned()
        }
    }
}

/// A value as TOML writes it.
fn raw(item: &Item) -> String {
    match item.clone().into_value() {
        Ok(value) => plain_toml(value),
        Err(_) => String::new(),
    }
}

fn plain_toml(mut value: Value) -> String {
    value.decor_mut().clear();
    value.to_string().trim().to_owned()
}

fn title(doc: &str) -> String {
    doc.trim().trim_end_matches(['。', '.']).split(['。', ';']).next().unwrap_or_default().to_owned()
}
