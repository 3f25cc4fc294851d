use calendar::{Date, PartialDate};
use toml::de::DeValue;

use super::{Choice, Reader, Type};
use crate::id::Target;
use crate::mistake::{Mark, Mistake};
use crate::rules::code;
use crate::source::Place;
use crate::suggest;

/// A value that is no table and no array.
pub trait Scalar: Sized {
    /// Its type.
    const TYPE: Type;
    /// Reads it; `None` if it is of another type.
    fn read(reader: &mut Reader<'_>, value: &DeValue<'_>, at: Place) -> Option<Self>;
    /// As TOML writes it.
    fn to_toml(&self) -> String;
}

/// An id of a thing in the plan.
pub trait Id: Sized {
    /// What it names.
    const TARGET: Target;
    /// From its text.
    fn from_text(text: String) -> Self;
    /// Its text.
    fn text(&self) -> &str;
}

/// A basic TOML string.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

impl Scalar for String {
    const TYPE: Type = Type::Text;

    fn read(_reader: &mut Reader<'_>, value: &DeValue<'_>, _at: Place) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }

    fn to_toml(&self) -> String {
        quoted(self)
    }
}

/// Text in Markdown inside a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markdown(pub String);

impl Scalar for Markdown {
    const TYPE: Type = Type::Markdown;

    fn read(_reader: &mut Reader<'_>, value: &DeValue<'_>, _at: Place) -> Option<Self> {
        value.as_str().map(|text| Self(text.to_owned()))
    }

    fn to_toml(&self) -> String {
        let plain = !self.0.contains("'''") && self.0.chars().all(|c| !c.is_control() || c == '\n' || c == '\t');
        if self.0.contains('\n') && plain && !self.0.ends_with('\'') { format!("'''\n{}'''", self.0) } else { quoted(&self.0) }
    }
}

impl std::ops::Deref for Markdown {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Scalar for u64 {
    const TYPE: Type = Type::Integer;

    fn read(_reader: &mut Reader<'_>, value: &DeValue<'_>, _at: Place) -> Option<Self> {
        let integer = value.as_integer()?;
        Self::from_str_radix(integer.as_str(), integer.radix()).ok()
    }

    fn to_toml(&self) -> String {
        self.to_string()
    }
}

impl Scalar for f64 {
    const TYPE: Type = Type::Number;

    fn read(_reader: &mut Reader<'_>, value: &DeValue<'_>, _at: Place) -> Option<Self> {
        let text = match value {
            DeValue::Float(float) => float.as_str(),
            DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
            _ => return None,
        };
        text.parse().ok().filter(|number: &Self| number.is_finite())
    }

    fn to_toml(&self) -> String {
        let text = self.to_string();
        if text.contains('.') { text } else { format!("{text}.0") }
    }
}

impl Scalar for bool {
    const TYPE: Type = Type::Boolean;

    fn read(_reader: &mut Reader<'_>, value: &DeValue<'_>, _at: Place) -> Option<Self> {
        value.as_bool()
    }

    fn to_toml(&self) -> String {
        self.to_string()
    }
}

fn date(value: &DeValue<'_>) -> Option<Date> {
    let stamp = value.as_datetime()?;
    let date = stamp.date.filter(|_| stamp.time.is_none() && stamp.offset.is_none())?;
    Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
}

impl Scalar for Date {
    const TYPE: Type = Type::Date;

    fn read(_reader: &mut Reader<'_>, value: &DeValue<'_>, _at: Place) -> Option<Self> {
        date(value)
    }

    fn to_toml(&self) -> String {
        self.to_string()
    }
}

impl Scalar for PartialDate {
    const TYPE: Type = Type::PartialDate;

    fn read(_reader: &mut Reader<'_>, value: &DeValue<'_>, _at: Place) -> Option<Self> {
        date(value).map(Self::from).or_else(|| Self::parse_iso(value.as_str()?))
    }

    fn to_toml(&self) -> String {
        if self.day.is_some() { self.to_string() } else { quoted(&self.to_string()) }
    }
}

impl<C: Choice> Scalar for C {
    const TYPE: Type = Type::Choice(C::VARIANTS);

    fn read(reader: &mut Reader<'_>, value: &DeValue<'_>, at: Place) -> Option<Self> {
        let text = value.as_str()?;
        reader.mistakes.looked_at(code::UNKNOWN_VALUE);
        let read = C::parse(text);
        if read.is_none() {
            let hint = suggest::hint(text, C::VARIANTS.iter().map(|v| v.text));
            let message = (format!("「{text}」という値はありません"), format!("there is no value “{text}”"));
            let mut mistake = Mistake::new(message, hint, Mark::at(at));
            if let Some(nearest) = suggest::nearest(text, C::VARIANTS.iter().map(|v| v.text)) {
                mistake = mistake.fix(at, quoted(nearest));
            }
            reader.mistakes.add(code::UNKNOWN_VALUE, mistake);
            reader.told = true;
        }
        read
    }

    fn to_toml(&self) -> String {
        quoted(self.as_str())
    }
}

/// An id where it is defined or referred to. Numbers may be written without quotation marks.
fn id_text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        // of a number that is no TOML, such as 05, the parser keeps nothing
        DeValue::Integer(integer) if integer.radix() == 10 && !integer.as_str().is_empty() => Some(integer.as_str().to_owned()),
        _ => None,
    }
}

/// The place where a thing of the plan gets its id.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Named<I>(pub I);

impl<I> std::ops::Deref for Named<I> {
    type Target = I;
    fn deref(&self) -> &I {
        &self.0
    }
}

macro_rules! id_scalars {
    ($($id:ident)+) => {
        $(
            impl Scalar for crate::id::$id {
                const TYPE: Type = Type::Reference(<Self as Id>::TARGET);

                fn read(_reader: &mut Reader<'_>, value: &DeValue<'_>, _at: Place) -> Option<Self> {
                    id_text(value).map(Self::new)
                }

                fn to_toml(&self) -> String {
                    quoted(self.as_str())
                }
            }

            impl Scalar for Named<crate::id::$id> {
                const TYPE: Type = Type::Name(<crate::id::$id as Id>::TARGET);

                fn read(reader: &mut Reader<'_>, value: &DeValue<'_>, at: Place) -> Option<Self> {
                    <crate::id::$id as Scalar>::read(reader, value, at).map(Self)
                }

                fn to_toml(&self) -> String {
                    quoted(self.0.as_str())
                }
            }
        )+
    };
}

id_scalars! { ConcernId EfficacyId ActivityId IndicationId StudyId PoolId ConditionId LabelId FormId }
