use toml::Spanned as Toml;
use toml::de::DeValue;

use super::{Reader, Scalar, Stated, Type};
use crate::source::{Place, Spanned};

/// What can stand as one value: a scalar with its place, or a table.
pub trait Value: Sized {
    /// Its type.
    const TYPE: Type;
    /// Reads it; `None` if it is of another type. What is wrong inside of it is told to the reader.
    fn read(reader: &mut Reader<'_>, value: &Toml<DeValue<'_>>) -> Option<Self>;
    /// What it states.
    fn stated(&self) -> Stated;
}

impl<T: Scalar> Value for Spanned<T> {
    const TYPE: Type = T::TYPE;

    fn read(reader: &mut Reader<'_>, value: &Toml<DeValue<'_>>) -> Option<Self> {
        let at = reader.place(value.span());
        T::read(reader, value.get_ref(), at).map(|value| Self { value, at })
    }

    fn stated(&self) -> Stated {
        Stated::Scalar(self.value.to_toml(), self.at)
    }
}

/// What can be the type of a key.
pub trait Field: Sized {
    /// Its type.
    const TYPE: Type;
    /// Reads it; `None` if it is of another type.
    fn read(reader: &mut Reader<'_>, value: &Toml<DeValue<'_>>) -> Option<Self>;
    /// What stands for it where it is missing.
    fn missing(at: Place) -> Self;
    /// What it states.
    fn stated(&self) -> Stated;
}

/// A value that is always there: empty if it is missing.
impl<T: Scalar + Default> Field for Spanned<T> {
    const TYPE: Type = T::TYPE;

    fn read(reader: &mut Reader<'_>, value: &Toml<DeValue<'_>>) -> Option<Self> {
        <Self as Value>::read(reader, value)
    }

    fn missing(at: Place) -> Self {
        Self { value: T::default(), at }
    }

    fn stated(&self) -> Stated {
        Value::stated(self)
    }
}

/// A value that may be missing.
impl<V: Value> Field for Option<V> {
    const TYPE: Type = V::TYPE;

    fn read(reader: &mut Reader<'_>, value: &Toml<DeValue<'_>>) -> Option<Self> {
        V::read(reader, value).map(Some)
    }

    fn missing(_at: Place) -> Self {
        None
    }

    fn stated(&self) -> Stated {
        self.as_ref().map_or(Stated::Nothing, V::stated)
    }
}

/// An array; what is wrong in it is left out.
impl<V: Value> Field for Vec<V> {
    const TYPE: Type = Type::List(&V::TYPE);

    fn read(reader: &mut Reader<'_>, value: &Toml<DeValue<'_>>) -> Option<Self> {
        let DeValue::Array(array) = value.get_ref() else { return None };
        let mut all = Self::new();
        for item in array.iter() {
            all.extend(reader.value::<V>(item));
        }
        Some(all)
    }

    fn missing(_at: Place) -> Self {
        Self::new()
    }

    fn stated(&self) -> Stated {
        if self.is_empty() { Stated::Nothing } else { Stated::List(self.iter().map(V::stated).collect()) }
    }
}

/// One value, or an array of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Several<V>(pub Vec<V>);

impl<V> Default for Several<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V> std::ops::Deref for Several<V> {
    type Target = [V];
    fn deref(&self) -> &[V] {
        &self.0
    }
}

impl<V: Value> Field for Several<V> {
    const TYPE: Type = Type::Several(&V::TYPE);

    fn read(reader: &mut Reader<'_>, value: &Toml<DeValue<'_>>) -> Option<Self> {
        if let DeValue::Array(_) = value.get_ref() {
            return <Vec<V> as Field>::read(reader, value).map(Self);
        }
        V::read(reader, value).map(|one| Self(vec![one]))
    }

    fn missing(_at: Place) -> Self {
        Self::default()
    }

    fn stated(&self) -> Stated {
        match self.0.as_slice() {
            [one] => one.stated(),
            _ => self.0.stated(),
        }
    }
}
