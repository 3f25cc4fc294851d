use serde_json::{Map, Value, json};

use super::{Shape, Type};

/// The JSON Schema (2020-12) of a file, for editors, with its `$id`.
#[must_use]
pub fn schema(id: &str, path: &str, shape: &'static Shape) -> Value {
    let mut schema = table(shape);
    if let Value::Object(map) = &mut schema {
        map.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        map.insert("$id".to_owned(), json!(id));
        map.insert("title".to_owned(), json!(path));
    }
    schema
}

fn table(shape: &Shape) -> Value {
    let mut properties = Map::new();
    for key in shape.keys {
        let mut value = kind(&key.kind);
        if let Value::Object(map) = &mut value {
            map.insert("description".to_owned(), json!(format!("{}\n{}", key.doc.0.trim(), key.doc.1.trim())));
        }
        properties.insert(key.name.to_owned(), value);
    }
    let required: Vec<&str> = shape.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    json!({
        "type": "object",
        "description": format!("{}\n{}", shape.doc.0.trim(), shape.doc.1.trim()),
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn kind(of: &Type) -> Value {
    match of {
        Type::Text | Type::Markdown => json!({ "type": "string" }),
        Type::Integer => json!({ "type": "integer", "minimum": 0 }),
        Type::Number => json!({ "type": "number" }),
        Type::Boolean => json!({ "type": "boolean" }),
        Type::Date => json!({ "type": "string", "format": "date" }),
        Type::PartialDate => json!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" }),
        Type::Choice(variants) => json!({ "enum": variants.iter().map(|variant| variant.text).collect::<Vec<_>>() }),
        Type::Name(_) | Type::Reference(_) => json!({ "type": ["string", "integer"] }),
        Type::Table(shape) => table(shape),
        Type::List(inner) => json!({ "type": "array", "items": kind(inner) }),
        Type::Several(inner) => json!({ "anyOf": [kind(inner), { "type": "array", "items": kind(inner) }] }),
        Type::Either(types) => json!({ "anyOf": types.iter().map(kind).collect::<Vec<_>>() }),
    }
}
