use super::Key;
use crate::source::Place;

/// What a key states, whatever its type: for writing, comparing and showing a plan without knowing its tables.
#[derive(Clone, Debug)]
pub enum Stated {
    /// It is not there.
    Nothing,
    /// A scalar as TOML writes it.
    Scalar(String, Place),
    /// An array.
    List(Vec<Stated>),
    /// A table, key by key in canonical order, with the keys that state nothing.
    Table(Vec<(&'static Key, Stated)>, Place),
}

impl Stated {
    /// As inline TOML; `None` where nothing is stated.
    #[must_use]
    pub fn inline(&self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Scalar(text, _) => Some(text.clone()),
            Self::List(items) => Some(format!("[{}]", items.iter().filter_map(Self::inline).collect::<Vec<_>>().join(", "))),
            Self::Table(keys, _) => {
                let inner: Vec<_> = keys.iter().filter_map(|(key, value)| Some(format!("{} = {}", key.name, value.inline()?))).collect();
                Some(if inner.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", inner.join(", ")) })
            }
        }
    }
}
