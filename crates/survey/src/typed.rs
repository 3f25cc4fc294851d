//! What a person types into an item, and the value that it is.

use calendar::PartialDate;
use diagnostic::Words;
use plan::expression::Value;
use plan::tables::ItemKind;

use crate::design::ItemDesign;

/// Letters of a line of text, and of a text of several lines.
const LINE: usize = 400;
const TEXT: usize = 20_000;

/// What was typed as it is kept: full-width digits, signs and letters become the usual ones in numbers, dates and codes; blanks around
/// it go. Empty is no value.
#[must_use]
pub fn normal(item: &ItemDesign, typed: &str) -> Option<String> {
    let trimmed = typed.trim_matches(|c: char| c.is_whitespace() || c == '　');
    let text = match item.kind {
        ItemKind::Text | ItemKind::LongText => trimmed.replace("\r\n", "\n"),
        ItemKind::Choice | ItemKind::Choices => trimmed.to_owned(),
        ItemKind::Number => narrow(trimmed).trim_start_matches('+').replace(',', ""),
        ItemKind::Date | ItemKind::PartialDate => date(&narrow(trimmed)),
    };
    (!text.is_empty()).then_some(text)
}

/// Full-width letters of ASCII as the usual ones.
fn narrow(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
            '　' => ' ',
            '−' | 'ー' | '‐' => '-',
            letter => letter,
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

/// 2026/4/1, 2026.04.01 and 2026年4月1日 as 2026-04-01; what is none of these stays as it is.
fn date(text: &str) -> String {
    let parts: Vec<&str> = text.split(['/', '.', '-', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok()).collect();
    match numbers.as_deref() {
        Some([year @ 1000..=9999, month, day]) => format!("{year:04}-{month:02}-{day:02}"),
        Some([year @ 1000..=9999, month]) => format!("{year:04}-{month:02}"),
        Some([year @ 1000..=9999]) => format!("{year:04}"),
        _ => text.to_owned(),
    }
}

/// The value of what is kept.
///
/// # Errors
/// It is none of the item: what is wrong, in Japanese and English.
pub fn read(item: &ItemDesign, kept: &str) -> Result<Value, Words> {
    match item.kind {
        ItemKind::Number => number(item, kept).map(Value::Number),
        ItemKind::Text if kept.chars().count() > LINE => Err(long(LINE)),
        ItemKind::LongText if kept.chars().count() > TEXT => Err(long(TEXT)),
        ItemKind::Text | ItemKind::LongText => Ok(Value::Text(kept.to_owned())),
        ItemKind::Choice => code(item, kept).map(Value::Text),
        ItemKind::Choices => kept.split(' ').map(|one| code(item, one)).collect::<Result<_, _>>().map(Value::Several),
        ItemKind::Date => kept.parse().map(Value::Date).map_err(|_| {
            Words::new(
                format!("「{kept}」という日付はありません。2026-04-01 の形で記入してください"),
                format!("“{kept}” is no date; write it as 2026-04-01"),
            )
        }),
        ItemKind::PartialDate => PartialDate::parse_iso(kept).map(Value::PartialDate).ok_or_else(|| {
            Words::new(
                format!("「{kept}」という日付はありません。日が不明なら 2026-04、月も不明なら 2026 と記入してください"),
                format!("“{kept}” is no date; where the day is not known write 2026-04, or 2026"),
            )
        }),
    }
}

fn long(most: usize) -> Words {
    Words::new(format!("{most}文字を超えています"), format!("longer than {most} characters"))
}

fn code(item: &ItemDesign, kept: &str) -> Result<String, Words> {
    match item.choices.iter().any(|(code, _)| code == kept) {
        true => Ok(kept.to_owned()),
        false => Err(Words::new(format!("「{kept}」という選択肢はありません"), format!("there is no choice “{kept}”"))),
    }
}

fn number(item: &ItemDesign, kept: &str) -> Result<f64, Words> {
    let plain = !kept.is_empty() && kept.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    let number = kept.parse::<f64>().ok().filter(|number| plain && number.is_finite()).ok_or_else(|| {
        // a unit that was typed with it may be another one: it is not guessed at
        let unit = item.unit.as_deref().unwrap_or_default();
        let (of_ja, of_en) = if unit.is_empty() {
            (String::new(), String::new())
        } else {
            (format!("単位は {unit} です"), format!("; the unit is {unit}"))
        };
        Words::new(format!("「{kept}」は数ではありません。数だけを記入してください。{of_ja}"), format!("“{kept}” is no number{of_en}"))
    })?;
    let decimals = kept.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    if let Some(most) = item.decimals.filter(|most| decimals > *most) {
        return Err(Words::new(format!("小数は{most}桁までです"), format!("{most} decimals at most")));
    }
    let unit = item.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    match (item.min, item.max) {
        (Some(min), _) if number < min => Err(Words::new(
            format!("{min}{unit} 以上でなければなりません。単位も確かめてください"),
            format!("it cannot be below {min}{unit}; look at the unit too"),
        )),
        (_, Some(max)) if number > max => Err(Words::new(
            format!("{max}{unit} 以下でなければなりません。単位も確かめてください"),
            format!("it cannot be above {max}{unit}; look at the unit too"),
        )),
        _ => Ok(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(kind: ItemKind) -> ItemDesign {
        ItemDesign {
            kind,
            unit: Some("mg/dL".into()),
            min: Some(0.0),
            max: Some(300.0),
            decimals: Some(1),
            choices: vec![("yes".into(), Words::same("はい")), ("no".into(), Words::same("いいえ"))],
            ..ItemDesign::default()
        }
    }

    #[test]
    fn what_is_typed_in_japan_is_read() {
        for (kind, typed, kept, value) in [
            (ItemKind::Number, "　１２．５ ", "12.5", Value::Number(12.5)),
            (ItemKind::Number, "+1,2", "12", Value::Number(12.0)),
            (ItemKind::Date, "2026/4/1", "2026-04-01", Value::Date("2026-04-01".parse().unwrap())),
            (ItemKind::Date, "２０２６年４月１日", "2026-04-01", Value::Date("2026-04-01".parse().unwrap())),
            (ItemKind::PartialDate, "2026年4月", "2026-04", Value::PartialDate(PartialDate::parse_iso("2026-04").unwrap())),
            (ItemKind::Choice, "yes", "yes", Value::Text("yes".into())),
            (ItemKind::Choices, "yes no", "yes no", Value::Several(vec!["yes".into(), "no".into()])),
            (ItemKind::LongText, "一行\r\n二行", "一行\n二行", Value::Text("一行\n二行".into())),
        ] {
            let item = item(kind);
            assert_eq!(normal(&item, typed).as_deref(), Some(kept), "{typed}");
            assert_eq!(read(&item, kept), Ok(value), "{typed}");
        }
        assert_eq!(normal(&item(ItemKind::Number), " 　"), None);
    }

    #[test]
    fn what_cannot_be_is_refused_with_words() {
        for (kind, typed, told) in [
            (ItemKind::Number, "12 g/L", "単位は mg/dL です"),
            (ItemKind::Number, "1e5", "数ではありません"),
            (ItemKind::Number, "12.25", "小数は1桁までです"),
            (ItemKind::Number, "-1", "0 mg/dL 以上"),
            (ItemKind::Number, "301", "300 mg/dL 以下"),
            (ItemKind::Number, "nan", "数ではありません"),
            (ItemKind::Date, "2026-02-30", "という日付はありません"),
            (ItemKind::Date, "2026-04", "という日付はありません"),
            (ItemKind::PartialDate, "4月", "2026-04"),
            (ItemKind::Choice, "maybe", "という選択肢はありません"),
        ] {
            let item = item(kind);
            let kept = normal(&item, typed).unwrap();
            assert!(read(&item, &kept).unwrap_err().ja.contains(told), "{typed}: {:?}", read(&item, &kept));
        }
    }
}
