use calendar::{Counting, Date, Period, Unit, last_day};
use toml::Spanned as Toml;
use toml::de::DeValue;

use crate::shape::{Reader, Stated, Table, Type, Value, quoted, table};
use crate::source::{Place, Spanned};

table! {
    /// 再審査期間。`years` か、`from` と `until` を書く。
    /// A re-examination period: `years`, or `from` and `until`.
    ReexaminationPeriod = "reexamination" {
        /// 年数。承認日（`from` があればその日）から、初日を算入して数える。
        /// How many years, counted from the approval or from `from`, the first day included.
        years: Option<Spanned<u64>>, optional, "10";
        /// 初日。
        /// The first day.
        from: Option<Spanned<Date>>, optional, "2008-01-25";
        /// 末日。
        /// The last day.
        until: Option<Spanned<Date>>, optional, "2011-06-19";
        /// 残余期間か。
        /// Whether it is the rest of another period.
        remaining: Option<Spanned<bool>>, optional, "true";
        /// 区別のための注記（追加分など）。
        /// A note that tells it from another, such as 追加分.
        note: Option<Spanned<String>>, optional, "\"追加分\"";
    }
}

/// An indication's re-examination period (再審査期間).
#[derive(Clone, Debug, PartialEq)]
pub enum Reexamination {
    /// `"none"`: なし.
    None(Spanned<()>),
    /// A period.
    Period(ReexaminationPeriod),
}

impl Reexamination {
    /// Where it is written.
    #[must_use]
    pub fn at(&self) -> Place {
        match self {
            Self::None(none) => none.at,
            Self::Period(period) => period.at,
        }
    }

    /// First and last day, for an indication approved on that day; `None` where there is no period or it is not complete.
    ///
    /// The day of approval counts (民法140条 does not apply: the period is given from that day).
    #[must_use]
    pub fn days(&self, approved: Option<Date>) -> Option<(Date, Date)> {
        let Self::Period(period) = self else { return None };
        let from = period.from.as_ref().map(|d| d.value).or(approved)?;
        let until = match (&period.until, &period.years) {
            (Some(until), _) => until.value,
            (None, Some(years)) => {
                let amount = u32::try_from(years.value).ok()?;
                last_day(from, Period { amount, unit: Unit::Years }, Counting::FirstDayCounted)?
            }
            (None, None) => return None,
        };
        Some((from, until))
    }
}

impl Value for Reexamination {
    const TYPE: Type = Type::Either(&[NONE, Type::Table(ReexaminationPeriod::SHAPE)]);

    fn read(reader: &mut Reader<'_>, value: &Toml<DeValue<'_>>) -> Option<Self> {
        match value.get_ref() {
            DeValue::String(text) if text == "none" => Some(Self::None(Spanned::new((), reader.place(value.span())))),
            DeValue::Table(_) => <ReexaminationPeriod as Value>::read(reader, value).map(Self::Period),
            _ => None,
        }
    }

    fn stated(&self) -> Stated {
        match self {
            Self::None(none) => Stated::Scalar(quoted("none"), none.at),
            Self::Period(period) => Value::stated(period),
        }
    }
}

const NONE: Type = Type::Choice(&[crate::shape::Variant { text: "none", doc: ("なし", "none") }]);
