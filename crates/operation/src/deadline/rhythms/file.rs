//! The data as a file of TOML.

use std::collections::BTreeMap;

use calendar::{Date, Period, Unit};
use diagnostic::Words;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::{ClosedDay, ClosedDays, Mistake, Options, PeriodicAnchor, Product, RULES, Rhythms, Rule};

/// The version of the form.
const FORMAT: u64 = 1;
/// No interval of a rule is longer, in its own unit: 100 years are 36,525 days.
const LONGEST: u32 = 36_525;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: Spanned<u64>,
    #[serde(default)]
    options: OptionsFile,
    #[serde(default)]
    product: Vec<ProductFile>,
    #[serde(default)]
    office_closed: Vec<ClosedFile>,
    #[serde(default)]
    company_closed: Vec<ClosedFile>,
    #[serde(default)]
    rule: Vec<Spanned<RuleFile>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionsFile {
    closed_days: Option<Spanned<String>>,
    periodic_anchor: Option<Spanned<String>>,
    foreign_language: Option<bool>,
    horizon_years: Option<Spanned<u32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProductFile {
    name: String,
    periodic_anchor: Option<Spanned<String>>,
    foreign_language: Option<bool>,
    biological: Option<bool>,
    infection_anchor: Option<Spanned<Datetime>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClosedFile {
    on: Spanned<Datetime>,
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    id: Spanned<String>,
    title: Both,
    source: Both,
    from: Option<Spanned<Datetime>>,
    until: Option<Spanned<Datetime>>,
    #[serde(default)]
    unverified: bool,
    doubt: Option<Both>,
    warn: Option<Spanned<Length>>,
    #[serde(default)]
    lengths: BTreeMap<String, Spanned<Length>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    ja: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Length {
    days: Option<u32>,
    weeks: Option<u32>,
    months: Option<u32>,
    years: Option<u32>,
}

impl From<Both> for Words {
    fn from(both: Both) -> Self {
        Self::new(both.ja, both.en)
    }
}

/// Reads a file: a whole one, or one that is laid over `below`.
pub(super) fn read(text: &str, below: Option<&Rhythms>) -> Result<Rhythms, Mistake> {
    let file: File = toml::from_str(text).map_err(|error| Mistake {
        what: Words::new(
            format!("期限の規則のファイルを読めません：{}", error.message()),
            format!("the file of rhythms cannot be read: {}", error.message()),
        ),
        hint: Words::new(
            "`mimamori deadlines --show-rhythms` がもとのファイルと書き方を示します",
            "`mimamori deadlines --show-rhythms` shows the original and how it is written",
        ),
        line: error.span().map(|span| line(text, span.start)),
    })?;
    let at = |start: usize| Some(line(text, start));
    if *file.format.get_ref() != FORMAT {
        return Err(Mistake {
            what: Words::new(
                format!("この版の書式（format = {}）は読めません", file.format.get_ref()),
                format!("this version of the form (format = {}) is not known", file.format.get_ref()),
            ),
            hint: Words::new(format!("format = {FORMAT} と書いてください"), format!("write format = {FORMAT}")),
            line: at(file.format.span().start),
        });
    }
    let mut rules: Vec<Rule> = Vec::new();
    for rule in file.rule {
        let start = rule.span().start;
        let rule = checked(rule.into_inner(), text)?;
        let overlaps = |other: &Rule| {
            other.id == rule.id
                && other.from.unwrap_or(Date::MIN) <= rule.until.unwrap_or(Date::MAX)
                && rule.from.unwrap_or(Date::MIN) <= other.until.unwrap_or(Date::MAX)
        };
        if rules.iter().any(overlaps) || rule.from.zip(rule.until).is_some_and(|(from, until)| until < from) {
            return Err(Mistake {
                what: Words::new(
                    format!("規則「{}」の施行の期間が重なるか、逆です", rule.id),
                    format!("the days on which the versions of the rule \"{}\" are in force overlap or are reversed", rule.id),
                ),
                hint: Words::new("from と until を直してください", "correct from and until"),
                line: at(start),
            });
        }
        rules.push(rule);
    }
    if let Some(below) = below {
        let own: Vec<String> = rules.iter().map(|rule| rule.id.clone()).collect();
        rules.extend(below.rules.iter().filter(|rule| !own.contains(&rule.id)).cloned());
    }
    let days = |closed: Vec<ClosedFile>| -> Result<Vec<ClosedDay>, Mistake> {
        closed.into_iter().map(|closed| Ok(ClosedDay { on: day(&closed.on, text)?, name: closed.name })).collect()
    };
    let mut office_closed = days(file.office_closed)?;
    let mut company_closed = days(file.company_closed)?;
    let mut products = file.product.into_iter().map(|product| product_of(product, text)).collect::<Result<Vec<_>, _>>()?;
    let options = options(&file.options, below.map(|below| &below.options), text)?;
    if let Some(below) = below {
        office_closed.extend(below.office_closed.iter().cloned());
        company_closed.extend(below.company_closed.iter().cloned());
        products.extend(
            below.products.iter().filter(|product| products.iter().all(|own| own.name != product.name)).cloned().collect::<Vec<_>>(),
        );
    }
    Ok(Rhythms { options, products, office_closed, company_closed, rules })
}

fn product_of(product: ProductFile, text: &str) -> Result<Product, Mistake> {
    Ok(Product {
        name: product.name,
        periodic_anchor: product.periodic_anchor.map(|anchor| periodic_anchor(&anchor, text)).transpose()?,
        foreign_language: product.foreign_language,
        biological: product.biological,
        infection_anchor: product.infection_anchor.map(|stated| day(&stated, text)).transpose()?,
    })
}

fn options(file: &OptionsFile, below: Option<&Options>, text: &str) -> Result<Options, Mistake> {
    let standard =
        Options { closed_days: ClosedDays::Keep, periodic_anchor: PeriodicAnchor::Approval, foreign_language: false, horizon_years: 2 };
    let below = below.unwrap_or(&standard);
    let closed_days = match file.closed_days.as_ref().map(|word| (word.get_ref().as_str(), word.span().start)) {
        None => below.closed_days,
        Some(("keep", _)) => ClosedDays::Keep,
        Some(("next-open-day", _)) => ClosedDays::NextOpenDay,
        Some((other, start)) => return Err(unknown("closed_days", other, "\"keep\", \"next-open-day\"", start, text)),
    };
    let horizon_years = match &file.horizon_years {
        None => below.horizon_years,
        Some(years) if (1..=100).contains(years.get_ref()) => *years.get_ref(),
        Some(years) => return Err(unknown("horizon_years", &years.get_ref().to_string(), "1～100", years.span().start, text)),
    };
    Ok(Options {
        closed_days,
        periodic_anchor: file
            .periodic_anchor
            .as_ref()
            .map(|anchor| periodic_anchor(anchor, text))
            .transpose()?
            .unwrap_or(below.periodic_anchor),
        foreign_language: file.foreign_language.unwrap_or(below.foreign_language),
        horizon_years,
    })
}

fn periodic_anchor(stated: &Spanned<String>, text: &str) -> Result<PeriodicAnchor, Mistake> {
    match stated.get_ref().as_str() {
        "approval" => Ok(PeriodicAnchor::Approval),
        "birth-date" => Ok(PeriodicAnchor::BirthDate),
        other => match calendar::PartialDate::parse_iso(other).and_then(calendar::PartialDate::day) {
            Some(day) => Ok(PeriodicAnchor::Day(day)),
            None => Err(unknown("periodic_anchor", other, "\"approval\", \"birth-date\", \"2020-03-01\"", stated.span().start, text)),
        },
    }
}

fn checked(file: RuleFile, text: &str) -> Result<Rule, Mistake> {
    let id = file.id.get_ref().clone();
    let Some((_, wanted)) = RULES.iter().find(|(known, _)| *known == id) else {
        let known: Vec<&str> = RULES.iter().map(|(known, _)| *known).collect();
        return Err(unknown("id", &id, &known.join(", "), file.id.span().start, text));
    };
    if let Some(name) = wanted.iter().find(|name| !file.lengths.contains_key(**name)) {
        return Err(Mistake {
            what: Words::new(format!("規則「{id}」に lengths.{name} がありません"), format!("the rule \"{id}\" lacks lengths.{name}")),
            hint: Words::new(
                format!("例えば {name} = {{ months = 2 }} と書いてください"),
                format!("write, for instance, {name} = {{ months = 2 }}"),
            ),
            line: Some(line(text, file.id.span().start)),
        });
    }
    let lengths = file.lengths.into_iter().map(|(name, length)| Ok((name, period(&length, text)?))).collect::<Result<_, Mistake>>()?;
    let rule = Rule {
        title: file.title.into(),
        source: file.source.into(),
        from: file.from.map(|stated| day(&stated, text)).transpose()?,
        until: file.until.map(|stated| day(&stated, text)).transpose()?,
        unverified: file.unverified,
        doubt: file.doubt.map(Words::from),
        warn: file.warn.map(|length| period(&length, text)).transpose()?,
        lengths,
        id,
    };
    let months = |name: &str| rule.length(name).and_then(super::super::series::in_months);
    if rule.id == "periodic-safety-report" {
        let whole = months("first_unit").zip(months("unit")).is_some_and(|(first, unit)| unit % first == 0);
        if !whole {
            return Err(unit_unfit(&rule.id, file.id.span().start, text));
        }
    } else if rule.length("unit").is_some() && months("unit").is_none() {
        return Err(unit_unfit(&rule.id, file.id.span().start, text));
    }
    Ok(rule)
}

fn unit_unfit(id: &str, start: usize, text: &str) -> Mistake {
    Mistake {
        what: Words::new(
            format!("規則「{id}」の間隔では期間を区切れません"),
            format!("periods cannot be cut by the intervals of the rule \"{id}\""),
        ),
        hint: Words::new(
            "unit は月か年で、安全性定期報告では first_unit の整数倍で書いてください",
            "state unit in months or years, and for the periodic safety report as a multiple of first_unit",
        ),
        line: Some(line(text, start)),
    }
}

fn period(length: &Spanned<Length>, text: &str) -> Result<Period, Mistake> {
    let stated = length.get_ref();
    let mut all = [(stated.days, Unit::Days), (stated.weeks, Unit::Weeks), (stated.months, Unit::Months), (stated.years, Unit::Years)]
        .into_iter()
        .filter_map(|(amount, unit)| Some(Period { amount: amount?, unit }));
    match (all.next(), all.next()) {
        (Some(period), None) if (1..=LONGEST).contains(&period.amount) => Ok(period),
        _ => Err(Mistake {
            what: Words::new("期間の長さが正しくありません", "this length cannot be"),
            hint: Words::new(
                "{ days = 70 } のように、単位を一つ、1 以上で書いてください",
                "write one unit, at least 1, such as { days = 70 }",
            ),
            line: Some(line(text, length.span().start)),
        }),
    }
}

fn day(stated: &Spanned<Datetime>, text: &str) -> Result<Date, Mistake> {
    let datetime = stated.get_ref();
    let date = datetime.date.filter(|_| datetime.time.is_none()).and_then(|date| {
        let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
        Date::new(i16::try_from(date.year).ok()?, month, day).ok()
    });
    date.ok_or_else(|| unknown("date", &datetime.to_string(), "2027-05-06", stated.span().start, text))
}

fn unknown(key: &str, value: &str, known: &str, start: usize, text: &str) -> Mistake {
    Mistake {
        what: Words::new(format!("{key} に「{value}」は書けません"), format!("{key} does not take \"{value}\"")),
        hint: Words::new(format!("次のいずれかを書いてください：{known}"), format!("write one of: {known}")),
        line: Some(line(text, start)),
    }
}

fn line(text: &str, offset: usize) -> usize {
    text.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count() + 1
}
