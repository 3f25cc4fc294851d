use std::fmt;
use std::str::FromStr;

/// The chain an entry stands in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chain {
    /// People, roles, institutions, calendars: what concerns all products.
    Organisation,
    /// One product, by its identifier.
    Product(String),
    /// Who read, exported, was refused or signed in. Nothing folds it, and nothing waits for it.
    Reads,
}

impl fmt::Display for Chain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Organisation => formatter.write_str("organisation"),
            Self::Product(id) => write!(formatter, "product/{id}"),
            Self::Reads => formatter.write_str("reads"),
        }
    }
}

/// A text that names no chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAChain;

impl FromStr for Chain {
    type Err = NotAChain;

    /// An identifier of a product is of ASCII letters, digits, `-`, `_` and `.`, at most 64, and does not begin with a dot: it can be a
    /// file name everywhere.
    fn from_str(text: &str) -> Result<Self, NotAChain> {
        match text {
            "organisation" => Ok(Self::Organisation),
            "reads" => Ok(Self::Reads),
            _ => {
                let id = text.strip_prefix("product/").ok_or(NotAChain)?;
                let plain = (1..=64).contains(&id.len())
                    && !id.starts_with('.')
                    && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
                if plain { Ok(Self::Product(id.to_owned())) } else { Err(NotAChain) }
            }
        }
    }
}
