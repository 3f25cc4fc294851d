//! One text for one value: JSON with sorted keys, no spaces, explicit nulls, whole numbers only.
//!
//! The form is that of RFC 8785 without fractions: decimal fractions are written as text, because two programs need not agree on the
//! shortest form of a binary fraction, and a record must not depend on that. Keys are ASCII, so that all orders of keys agree.

use serde::Serialize;
use serde_json::Value;

/// Why a value has no canonical text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotCanonical {
    /// A number with a fraction or beyond 2^53.
    Number(String),
    /// A key with other characters than ASCII.
    Key(String),
    /// A value that is not JSON.
    Shape(String),
}

/// The canonical text of a value.
///
/// # Errors
/// If the value holds a number that is not whole or a key that is not ASCII.
///
/// ```
/// # #[derive(serde::Serialize)] struct Dose { mg: Option<u32>, drug: &'static str }
/// assert_eq!(journal::canonical(&Dose { mg: None, drug: "A" }).unwrap(), r#"{"drug":"A","mg":null}"#);
/// assert!(journal::canonical(&0.1).is_err());
/// ```
pub fn canonical<T: Serialize + ?Sized>(value: &T) -> Result<String, NotCanonical> {
    let value = serde_json::to_value(value).map_err(|error| NotCanonical::Shape(error.to_string()))?;
    let mut text = String::new();
    write(&value, &mut text)?;
    Ok(text)
}

fn write(value: &Value, into: &mut String) -> Result<(), NotCanonical> {
    match value {
        Value::Null => into.push_str("null"),
        Value::Bool(true) => into.push_str("true"),
        Value::Bool(false) => into.push_str("false"),
        Value::Number(number) => {
            let whole = number.as_i64().filter(|number| number.unsigned_abs() <= 1 << 53);
            let whole = whole.ok_or_else(|| NotCanonical::Number(number.to_string()))?;
            into.push_str(&whole.to_string());
        }
        Value::String(text) => string(text, into),
        Value::Array(items) => {
            into.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    into.push(',');
                }
                write(item, into)?;
            }
            into.push(']');
        }
        Value::Object(fields) => {
            // a dependency may make serde_json keep the order of insertion: sorted here, whatever it does
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(key, _)| *key);
            into.push('{');
            for (index, (key, field)) in fields.into_iter().enumerate() {
                if index > 0 {
                    into.push(',');
                }
                if !key.is_ascii() {
                    return Err(NotCanonical::Key(key.clone()));
                }
                string(key, into);
                into.push(':');
                write(field, into)?;
            }
            into.push('}');
        }
    }
    Ok(())
}

/// A string as JSON: only what must be escaped is.
pub(crate) fn string(text: &str, into: &mut String) {
    into.push('"');
    let mut plain = 0;
    for (index, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            8 => "\\b",
            12 => "\\f",
            0..32 => "",
            _ => continue,
        };
        into.push_str(&text[plain..index]);
        plain = index + 1;
        if escape.is_empty() {
            into.push_str("\\u00");
            into.push(if byte < 16 { '0' } else { '1' });
            into.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
        } else {
            into.push_str(escape);
        }
    }
    into.push_str(&text[plain..]);
    into.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn reads_back_and_is_the_same_again(text in any::<String>(), number in -(1_i64 << 53)..=(1_i64 << 53), key in "[ -~]{0,12}") {
            let value = serde_json::json!({ key: [text, number, null, true], "a": {} });
            let written = canonical(&value).expect("whole numbers and ASCII keys");
            let again: Value = serde_json::from_str(&written).expect("JSON");
            prop_assert_eq!(&again, &value);
            prop_assert_eq!(canonical(&again).expect("the same"), written);
        }
    }

    #[test]
    fn keys_are_sorted_whatever_the_order_of_insertion() {
        let value: Value = serde_json::from_str(r#"{"b":1,"a":{"z":null,"y":"\u0000\u001f\n"},"B":[]}"#).expect("JSON");
        assert_eq!(canonical(&value).expect("canonical"), r#"{"B":[],"a":{"y":"\u0000\u001f\n","z":null},"b":1}"#);
    }

    #[test]
    fn what_has_no_one_text_is_refused() {
        assert!(matches!(canonical(&1.5), Err(NotCanonical::Number(_))));
        assert!(matches!(canonical(&u64::MAX), Err(NotCanonical::Number(_))));
        assert!(matches!(canonical(&serde_json::json!({ "名": 1 })), Err(NotCanonical::Key(_))));
    }
}
