use toml::Spanned as Toml;
use toml::de::DeValue;

use crate::shape::{Reader, Scalar, Stated, Table, Type, Value, choice, table};
use crate::source::{Place, Spanned};

choice! {
    /// 例数設計の種類。
    /// How a sample size was found.
    DesignKind {
        /// 一群の割合の検定
        /// a test of one proportion
        OneProportion = "one-proportion",
        /// 二群の割合の比較
        /// a comparison of two proportions
        TwoProportions = "two-proportions",
        /// 事象の検出
        /// detecting an event
        Detection = "detection",
        /// 割合の推定の精度
        /// precision of an estimated proportion
        Precision = "precision",
        /// 平均値の推定の精度
        /// precision of an estimated mean
        MeanPrecision = "mean-precision",
        /// 期待される件数
        /// the number of cases to expect
        ExpectedCount = "expected-count",
    }
}

choice! {
    /// 計算の方法。
    /// How it was computed.
    DesignMethod {
        /// 正規近似
        /// by the normal approximation
        Normal = "normal",
        /// 正確な方法
        /// exactly
        Exact = "exact",
    }
}

table! {
    /// 試験で見られた割合。
    /// A proportion as seen in a study.
    Observed = "proportion" {
        /// 例数／分母。
        /// Count and denominator.
        count: Spanned<String>, required, "\"6/67\"";
        /// 試験。`試験:群` でもよい。
        /// The study, or `study:arm`.
        study: Option<Spanned<String>>, optional, "\"SMP-301:本剤群\"";
        /// 計算に用いた、丸めた値。
        /// The rounded value that was used.
        rounded: Option<Spanned<f64>>, optional, "0.09";
    }
}

/// A proportion: a number, or what a study saw.
#[derive(Clone, Debug, PartialEq)]
pub enum Proportion {
    /// A number from 0 to 1.
    Number(Spanned<f64>),
    /// From a study.
    Observed(Observed),
}

impl Proportion {
    /// Where it is written.
    #[must_use]
    pub fn at(&self) -> Place {
        match self {
            Self::Number(number) => number.at,
            Self::Observed(observed) => observed.at,
        }
    }

    /// Its value: the rounded one where one is given. `None` if the count cannot be read.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number.value),
            Self::Observed(observed) => match (&observed.rounded, observed.counts()) {
                (Some(rounded), _) => Some(rounded.value),
                (None, Some((x, n))) if n > 0 => Some(x as f64 / n as f64),
                _ => None,
            },
        }
    }
}

impl Observed {
    /// Numerator and denominator.
    #[must_use]
    pub fn counts(&self) -> Option<(u64, u64)> {
        let (x, n) = self.count.split_once('/')?;
        Some((x.trim().parse().ok()?, n.trim().parse().ok()?))
    }
}

impl Value for Proportion {
    const TYPE: Type = Type::Either(&[Type::Number, Type::Table(Observed::SHAPE)]);

    fn read(reader: &mut Reader<'_>, value: &Toml<DeValue<'_>>) -> Option<Self> {
        let at = reader.place(value.span());
        match value.get_ref() {
            DeValue::Table(_) => <Observed as Value>::read(reader, value).map(Self::Observed),
            other => f64::read(reader, other, at).map(|number| Self::Number(Spanned::new(number, at))),
        }
    }

    fn stated(&self) -> Stated {
        match self {
            Self::Number(number) => Value::stated(number),
            Self::Observed(observed) => Value::stated(observed),
        }
    }
}

table! {
    /// 例数設計。種類により要るキーが異なる。
    /// The design of a sample size; which keys it needs depends on its kind.
    SampleSize = "sample_size" {
        /// 種類。
        /// Its kind.
        kind: Option<Spanned<DesignKind>>, required, "\"one-proportion\"";
        /// 対象の事象。
        /// The event.
        event: Option<Spanned<String>>, optional, "\"重篤な感染症\"";
        /// 閾値（検定）、対照群の割合（比較）。
        /// The threshold of a test; of a comparison, the proportion in the control group.
        threshold: Option<Proportion>, optional, "{ count = \"6/67\", study = \"SMP-301:本剤群\", rounded = 0.09 }";
        /// 期待値（検定）、本剤群の割合（比較）。
        /// The alternative of a test; of a comparison, the proportion in the treated group.
        alternative: Option<Proportion>, optional, "0.18";
        /// 有意水準。
        /// The error of the first kind.
        alpha: Option<Spanned<f64>>, optional, "0.05";
        /// 片側 1、両側 2。
        /// One-sided 1, two-sided 2.
        sides: Option<Spanned<u64>>, optional, "1";
        /// 検出力。
        /// The power.
        power: Option<Spanned<f64>>, optional, "0.90";
        /// 計算の方法。
        /// How it was computed.
        method: Option<Spanned<DesignMethod>>, optional, "\"normal\"";
        /// 想定する発現割合（検出、精度、期待件数）。
        /// The expected proportion (detection, precision, expected count).
        rate: Option<Proportion>, optional, "0.01";
        /// 検出する確率。
        /// The probability of detection.
        probability: Option<Spanned<f64>>, optional, "0.95";
        /// 少なくとも何例を検出するか。書かなければ 1。
        /// At least so many cases; 1 if left out.
        cases: Option<Spanned<u64>>, optional, "1";
        /// 想定する標準偏差（平均値の精度）。
        /// The expected standard deviation (precision of a mean).
        sd: Option<Spanned<f64>>, optional, "15.0";
        /// 平均値の標準誤差（平均値の精度）。`half_width` とどちらか。
        /// The standard error of the mean (precision of a mean), or else `half_width`.
        standard_error: Option<Spanned<f64>>, optional, "1.5";
        /// 信頼区間の片側の幅。
        /// The half width of the interval.
        half_width: Option<Spanned<f64>>, optional, "0.05";
        /// 信頼水準。書かなければ 0.95。
        /// The level of the interval; 0.95 if left out.
        level: Option<Spanned<f64>>, optional, "0.95";
        /// 期待される件数。
        /// The number of cases to expect.
        expected: Option<Spanned<f64>>, optional, "10.0";
        /// 要る例数（評価対象。比較では 1 群あたり）。
        /// The number of patients needed for evaluation; of a comparison, in each group.
        evaluable: Option<Spanned<u64>>, required, "115";
        /// 登録する例数。
        /// The number of patients to register.
        registered: Option<Spanned<u64>>, optional, "125";
    }
}
