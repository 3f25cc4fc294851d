//! How something stands, in words.

use diagnostic::{Language, Words};

use super::{Evidence, Met, Status};

impl Status {
    /// How something stands, in Japanese and English: `あと12日`, `3 days late`.
    #[must_use]
    pub fn words(&self) -> Words {
        Words::new(standing(self, Language::Japanese), standing(self, Language::English))
    }
}

fn standing(status: &Status, language: Language) -> String {
    let japanese = language == Language::Japanese;
    let say = |ja: &str, en: &str| if japanese { ja.to_owned() } else { en.to_owned() };
    match status {
        Status::Met(met) => done(met, japanese),
        Status::Open { left: 0 } => say("本日まで", "due today"),
        Status::Open { left } if japanese => format!("あと{left}日"),
        Status::Open { left } => format!("in {left} {}", days(*left)),
        Status::Overdue { late } if japanese => format!("{late}日超過"),
        Status::Overdue { late } => format!("{late} {} late", days(*late)),
        Status::Unrecorded => say("記録なし", "no record"),
        Status::Unknown { .. } => say("未定", "not yet known"),
    }
}

fn days(n: i32) -> &'static str {
    if n == 1 { "day" } else { "days" }
}

fn done(met: &Met, japanese: bool) -> String {
    let on = match (met.exactly, japanese) {
        (true, _) => met.on.to_string(),
        (false, true) => format!("{}までに", met.on),
        (false, false) => format!("by {}", met.on),
    };
    // a month tells only the least of it
    let (least_ja, least_en) = if met.on.day().is_some() { ("", "") } else { ("以上", "at least ") };
    let by_how_much = match met.early {
        None => String::new(),
        Some(0) if japanese => "、期限の日まで".to_owned(),
        Some(0) => ", in time".to_owned(),
        Some(n) if n > 0 && japanese => format!("、{n}日{least_ja}前"),
        Some(n) if n > 0 => format!(", {least_en}{n} {} early", days(n)),
        Some(n) if japanese => format!("、{}日{least_ja}超過", -n),
        Some(n) => format!(", {least_en}{} {} late", -n, days(-n)),
    };
    let by = match &met.by {
        Evidence::Plan if japanese => "、計画による".to_owned(),
        Evidence::Plan => ", by the plan".to_owned(),
        Evidence::Receipt(number) if number.is_empty() => String::new(),
        Evidence::Receipt(number) if japanese => format!("、受付番号 {number}"),
        Evidence::Receipt(number) => format!(", receipt {number}"),
    };
    if japanese { format!("済（{on}{by_how_much}{by}）") } else { format!("done ({on}{by_how_much}{by})") }
}
