use std::collections::BTreeMap;

use diagnostic::Words;
use plan::expression::Value;
use plan::tables::ItemKind;

use crate::design::{FormDesign, ItemDesign};
use crate::typed::{normal, read};

/// A form as it was filled in, with what follows from it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filled {
    /// The values as they are kept, derived ones among them, by item.
    pub values: BTreeMap<String, String>,
    /// What cannot be a value of its item: such a form is not sent.
    pub wrong: Vec<(String, Words)>,
    /// Edit checks that do not hold, and required items that are empty: each becomes a query.
    pub failing: Vec<Failing>,
    /// The items that apply.
    pub shown: Vec<String>,
}

/// An edit check that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failing {
    /// Its id; of a required item that is empty, `required:` and the item.
    pub check: String,
    /// Its version.
    pub version: String,
    /// The item it is shown at.
    pub item: Option<String>,
    /// The question.
    pub text: Words,
}

impl Filled {
    /// What was typed into a form. `others` tells the values of names that are not items of it: of registration and of other forms.
    ///
    /// An item that does not apply has no value, whatever was typed into it before it was hidden.
    #[must_use]
    pub fn of(form: &FormDesign, typed: &dyn Fn(&str) -> Option<String>, others: &dyn Fn(&str) -> Option<Value>) -> Self {
        let mut filled = Self::default();
        let mut known: BTreeMap<&str, Value> = BTreeMap::new();
        for item in &form.items {
            let given = |name: &str| known.get(name).cloned().or_else(|| others(name));
            // a condition that the plan did not prove is taken to apply: rather one question too many
            if item.when.as_ref().is_some_and(|when| when.holds(&given) == Some(false)) {
                continue;
            }
            filled.shown.push(item.id.clone());
            let value = match &item.value {
                Some(rule) => rule.value(&given).map(|value| (written(item, &value), Ok(value))),
                None => typed(&item.id).and_then(|typed| normal(item, &typed)).map(|kept| (kept.clone(), read(item, &kept))),
            };
            match value {
                Some((kept, Ok(value))) => {
                    filled.values.insert(item.id.clone(), kept);
                    known.insert(&item.id, value);
                }
                Some((kept, Err(words))) => {
                    filled.values.insert(item.id.clone(), kept);
                    filled.wrong.push((item.id.clone(), words));
                }
                None if item.required && item.value.is_none() => filled.failing.push(Failing {
                    check: format!("required:{}", item.id),
                    version: form.version.clone(),
                    item: Some(item.id.clone()),
                    text: Words::new(
                        format!("「{}」が記入されていません。ご記入ください。", item.name.ja),
                        format!("“{}” is empty: please fill it in.", item.name.en),
                    ),
                }),
                None => {}
            }
        }
        let given = |name: &str| known.get(name).cloned().or_else(|| others(name));
        filled.failing.extend(form.checks.iter().filter(|check| check.that.holds(&given) == Some(false)).map(|check| Failing {
            check: check.id.clone(),
            version: check.version.clone(),
            item: check.that.names().into_iter().find(|name| form.item(name).is_some()).map(str::to_owned),
            text: check.text.clone(),
        }));
        filled
    }
}

/// A derived value as it is kept.
fn written(item: &ItemDesign, value: &Value) -> String {
    match value {
        Value::Number(number) => match item.decimals {
            Some(decimals) => format!("{number:.decimals$}"),
            None => number.to_string(),
        },
        Value::Text(text) => text.clone(),
        Value::Several(codes) => codes.join(" "),
        Value::Date(day) => day.to_string(),
        Value::PartialDate(date) => date.to_string(),
        Value::Truth(truth) => if *truth { "yes" } else { "no" }.to_owned(),
    }
}

/// The value of what is kept of a form, for expressions elsewhere.
pub(crate) fn value_of(form: &FormDesign, item: &str, kept: &str) -> Option<Value> {
    let item = form.item(item)?;
    let free = ItemDesign { min: None, max: None, decimals: None, ..item.clone() };
    // what was good when it was sent is not refused because bounds have changed; a derived value has any of its kind
    let of = if item.value.is_some() || item.kind == ItemKind::Number { &free } else { item };
    read(of, kept).ok()
}
