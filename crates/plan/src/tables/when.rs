use calendar::{PartialDate, Period, Unit};
use toml::Spanned as Toml;
use toml::de::DeValue;

use crate::shape::{Reader, Scalar, Stated, Table, Type, Value, Variant, choice, quoted, table};
use crate::source::{Place, Spanned};

choice! {
    /// 節目の起点となる出来事。
    /// What a milestone waits for.
    AnchorEvent {
        /// 承認取得時
        /// the approval
        Approval = "approval",
        /// 販売開始時
        /// the launch
        Launch = "launch",
        /// 開始時
        /// the start of the activity
        Start = "start",
        /// 登録終了時
        /// the end of registration
        EndOfRegistration = "end-of-registration",
        /// 観察期間の終了時
        /// the end of observation
        EndOfObservation = "end-of-observation",
        /// 終了時
        /// the end of the activity
        End = "end",
        /// 調査票の収集
        /// forms collected
        FormsCollected = "forms-collected",
        /// 症例の登録
        /// patients registered
        Registered = "registered",
        /// 他の活動の結果報告時
        /// the report of another activity
        Report = "report",
        /// 新たな情報が得られたとき
        /// new information
        NewInformation = "new-information",
    }
}

table! {
    /// 出来事を起点とする時期。
    /// A time told by an event.
    Anchor = "when" {
        /// 起点。
        /// What it waits for.
        on: Option<Spanned<AnchorEvent>>, required, "\"end\"";
        /// その何日後か。
        /// So many days after it.
        days: Option<Spanned<u64>>, optional, "70";
        /// その何週後か。
        /// So many weeks after it.
        weeks: Option<Spanned<u64>>, optional, "24";
        /// その何か月後か。
        /// So many months after it.
        months: Option<Spanned<u64>>, optional, "3";
        /// その何年後か。
        /// So many years after it.
        years: Option<Spanned<u64>>, optional, "1";
        /// 何例に達したときか。
        /// At so many patients or forms.
        count: Option<Spanned<u64>>, optional, "100";
    }
}

table! {
    /// 期間の長さ。
    /// A length of time.
    Length = "observation" {
        /// 日数。
        /// Days.
        days: Option<Spanned<u64>>, optional, "90";
        /// 週数。
        /// Weeks.
        weeks: Option<Spanned<u64>>, optional, "48";
        /// 月数。
        /// Months.
        months: Option<Spanned<u64>>, optional, "6";
        /// 年数。
        /// Years.
        years: Option<Spanned<u64>>, optional, "1";
        /// 最長（同じ単位）。4～8 年なら years = 4, up_to = 8。
        /// The longest, in the same unit: 4 to 8 years is years = 4, up_to = 8.
        up_to: Option<Spanned<u64>>, optional, "8";
        /// 言葉での説明。
        /// In words.
        text: Option<Spanned<String>>, optional, "\"投与開始から\"";
    }
}

fn period(
    days: &Option<Spanned<u64>>,
    weeks: &Option<Spanned<u64>>,
    months: &Option<Spanned<u64>>,
    years: &Option<Spanned<u64>>,
) -> Option<Period> {
    [(days, Unit::Days), (weeks, Unit::Weeks), (months, Unit::Months), (years, Unit::Years)]
        .into_iter()
        .find_map(|(amount, unit)| Some(Period { amount: u32::try_from(amount.as_ref()?.value).ok()?, unit }))
}

impl Anchor {
    /// How long after the event; `None` for at once.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        period(&self.days, &self.weeks, &self.months, &self.years)
    }
}

impl Length {
    /// The length, the shortest where it is a range; `None` where only words are given.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        period(&self.days, &self.weeks, &self.months, &self.years)
    }
}

/// The time of a milestone or of a report.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    /// `"J-PSR"`: at each periodic safety report (安全性定期報告時).
    PeriodicReport(Spanned<()>),
    /// On a day or in a month.
    Date(Spanned<PartialDate>),
    /// At an event, or so long after it.
    Event(Box<Anchor>),
}

impl When {
    /// Where it is written.
    #[must_use]
    pub fn at(&self) -> Place {
        match self {
            Self::PeriodicReport(report) => report.at,
            Self::Date(date) => date.at,
            Self::Event(anchor) => anchor.at,
        }
    }
}

impl Value for When {
    const TYPE: Type = Type::Either(&[REPORT, Type::PartialDate, Type::Table(Anchor::SHAPE)]);

    fn read(reader: &mut Reader<'_>, value: &Toml<DeValue<'_>>) -> Option<Self> {
        let at = reader.place(value.span());
        match value.get_ref() {
            DeValue::String(text) if text == "J-PSR" => Some(Self::PeriodicReport(Spanned::new((), at))),
            DeValue::Table(_) => <Anchor as Value>::read(reader, value).map(|anchor| Self::Event(Box::new(anchor))),
            other => PartialDate::read(reader, other, at).map(|date| Self::Date(Spanned::new(date, at))),
        }
    }

    fn stated(&self) -> Stated {
        match self {
            Self::PeriodicReport(report) => Stated::Scalar(quoted("J-PSR"), report.at),
            Self::Date(date) => Value::stated(date),
            Self::Event(anchor) => Value::stated(anchor.as_ref()),
        }
    }
}

const REPORT: Type = Type::Choice(&[Variant { text: "J-PSR", doc: ("安全性定期報告時", "at each periodic safety report") }]);
