//! Finding periods in Japanese text.

use std::ops::Range;

use crate::find_dates::{at_digit, follows_era};
use crate::scan::{Cursor, Skipped, digit_value, is_day_sign, is_month_sign, is_word, is_year_sign};
use crate::{Period, Unit, find_dates};

/// A period found in a text.
///
/// ```
/// use calendar::{Period, Unit, find_periods};
/// let text = "承認取得時から６ヵ月間";
/// let found = find_periods(text);
/// assert_eq!(&text[found[0].range.clone()], "６ヵ月間");
/// assert_eq!(found[0].period, Period { amount: 6, unit: Unit::Months });
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPeriod {
    /// Where it stands, in bytes of the text; both ends are character boundaries. 間 is included, 以内 or 後 is not.
    pub range: Range<usize>,
    /// The period.
    pub period: Period,
}

/// Finds the periods in a text, in order and without overlap, in time linear in its length.
///
/// Digits may be of either width, with commas between thousands; blanks and one end of line may stand before the unit.
/// Found are 6ヵ月 (か, カ, ヶ, ケ, 箇, 個, ｶ, ｹ …), 6月間, 10年, 48週, 90日, each with or without 間; 半年 (6 months);
/// 1年6か月 and 1年半 (18 months). Of a span such as 4～8年 only the number with the unit is found, 8年.
///
/// Not found are dates and their parts (2022年, 令和3年, 3月, 3月14日), ordinals (3年目, 第24週), fiscal years, ages
/// (3年生), dosages (1日2回), 28日まで at the beginning of a line or cell (the rest of a broken date), and numbers that are not whole (2.5年, 3か月半).
///
/// ```
/// use calendar::find_periods;
/// let found = find_periods("2022年3月1日から48週間、最長2年6か月");
/// let written: Vec<String> = found.iter().map(|found| found.period.in_japanese()).collect();
/// assert_eq!(written, ["48週", "30か月"]);
/// ```
pub fn find_periods(text: &str) -> Vec<FoundPeriod> {
    let mut dates = find_dates(text).into_iter().map(|date| date.range).peekable();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(begins) = next_candidate(text.as_bytes(), at) {
        while dates.next_if(|date| date.end <= begins).is_some() {}
        if let Some(date) = dates.peek().filter(|date| date.start <= begins) {
            at = date.end;
            continue;
        }
        let mut cursor = Cursor::new(text, begins);
        let read = if at_digit(cursor) { number_and_unit(&mut cursor) } else { half_year(&mut cursor) };
        // Digits and 半 have been read in any case, so this moves on.
        at = cursor.at();
        if let Some((period, end)) = read {
            found.push(FoundPeriod { range: begins..end, period });
            at = end;
        }
    }
    found
}

/// The next byte at which a digit or 半 begins.
fn next_candidate(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        match bytes.get(at..)? {
            [] => return None,
            [b'0'..=b'9', ..] | [0xef, 0xbc, 0x90..=0x99, ..] | [0xe5, 0x8d, 0x8a, ..] => {
                return Some(at);
            }
            _ => at += 1,
        }
    }
}

/// Reads 半年 and 半年間, not 半年度. The cursor ends beyond 半.
fn half_year(cursor: &mut Cursor<'_>) -> Option<(Period, usize)> {
    cursor.take('半');
    let mut rest = *cursor;
    rest.take_if(is_year_sign)?;
    if matches!(rest.peek(), Some('度' | '報')) {
        return None;
    }
    take_span_sign(&mut rest);
    let period = Period { amount: 6, unit: Unit::Months };
    Some((period, rest.at()))
}

/// Reads a number and the unit after it. The cursor ends beyond the number.
fn number_and_unit(cursor: &mut Cursor<'_>) -> Option<(Period, usize)> {
    let begins = *cursor;
    let amount = whole_number(cursor);
    let mut rest = *cursor;
    let amount = amount.filter(|_| may_begin_period(begins))?;
    let skipped = rest.skip_blanks();
    let unit = take_unit(&mut rest)?;
    if unit == ReadUnit::Year
        && let Some(read) = years_and_months(amount, rest)
    {
        return Some(read);
    }
    let is_span = take_span_sign(&mut rest);
    if !is_span {
        if is_something_else(unit, amount, begins, rest) {
            return None;
        }
        // At the end of a line a number may be the last cell of a row, and what follows the next row's title.
        let is_sure = unit == ReadUnit::Month || rest.peek().is_some_and(|next| "以後時毎".contains(next));
        if skipped == Skipped::LineEnd && !is_sure {
            return None;
        }
    }
    let unit = match unit {
        ReadUnit::Year => Unit::Years,
        ReadUnit::Month => Unit::Months,
        ReadUnit::Week => Unit::Weeks,
        ReadUnit::Day => Unit::Days,
        ReadUnit::PlainMonth if is_span => Unit::Months,
        ReadUnit::PlainMonth => return None,
    };
    Some((Period { amount, unit }, rest.at()))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ReadUnit {
    Year,
    /// か月.
    Month,
    /// 月 alone, which is a month of the calendar unless 間 follows.
    PlainMonth,
    Week,
    Day,
}

/// Reads 1,095 or 24; `None`, with the cursor beyond it, for 2.5 and for numbers too long to mean a period. In a
/// list such as 12,24 only the first number is read.
fn whole_number(cursor: &mut Cursor<'_>) -> Option<u32> {
    let first = cursor.number()?;
    let mut value = (first.digits <= 6).then_some(first.value);
    loop {
        let mut group = *cursor;
        let Some(sign) = group.take_if(|next| ",，.．".contains(next)) else {
            return value;
        };
        let Some(digits) = group.number() else {
            return value;
        };
        let is_group = matches!(sign, ',' | '，');
        if is_group && digits.digits != 3 {
            return None;
        }
        value = value.filter(|_| is_group).and_then(|value| value.checked_mul(1000)?.checked_add(digits.value));
        *cursor = group;
    }
}

fn may_begin_period(number: Cursor<'_>) -> bool {
    let before = number.before();
    if before.is_some_and(|before| is_word(before) || before == '.') {
        return false;
    }
    let mut eve = number;
    eve.back_over_blanks();
    let is_ordinal = eve.before() == Some('第');
    !is_ordinal && !follows_era(number)
}

fn take_unit(cursor: &mut Cursor<'_>) -> Option<ReadUnit> {
    if cursor.take_if(is_year_sign).is_some() {
        return Some(ReadUnit::Year);
    }
    if cursor.take('週') {
        return Some(ReadUnit::Week);
    }
    if cursor.take_if(is_day_sign).is_some() {
        return Some(ReadUnit::Day);
    }
    if cursor.take_if(is_month_sign).is_some() {
        return Some(ReadUnit::PlainMonth);
    }
    cursor.take_if(|next| "ヵカヶケかゕゖｶｹ箇個".contains(next))?;
    cursor.skip_blanks();
    cursor.take_if(is_month_sign).map(|_| ReadUnit::Month)
}

/// Reads 間, but not that of 間隔 (in 2週間隔; 2週間間隔 has one of each).
fn take_span_sign(cursor: &mut Cursor<'_>) -> bool {
    let mut rest = *cursor;
    if !rest.take('間') || rest.peek() == Some('隔') {
        return false;
    }
    *cursor = rest;
    true
}

/// Reads what follows 年 in 1年6か月 and 1年半.
fn years_and_months(years: u32, mut cursor: Cursor<'_>) -> Option<(Period, usize)> {
    let mut months = 6;
    if !cursor.take('半') {
        cursor.skip_blanks();
        if cursor.take('と') {
            cursor.skip_blanks();
        }
        months = cursor.number().filter(|number| number.digits <= 3)?.value;
        cursor.skip_blanks();
        if take_unit(&mut cursor)? != ReadUnit::Month || cursor.peek() == Some('半') {
            return None;
        }
    }
    take_span_sign(&mut cursor);
    let amount = years.checked_mul(12)?.checked_add(months)?;
    let period = Period { amount, unit: Unit::Months };
    Some((period, cursor.at()))
}

/// Whether a number and unit without 間 are something else than a period.
fn is_something_else(unit: ReadUnit, amount: u32, number: Cursor<'_>, rest: Cursor<'_>) -> bool {
    let next = rest.peek();
    let follows = |signs: &str| next.is_some_and(|next| signs.contains(next));
    match unit {
        ReadUnit::PlainMonth => true,
        ReadUnit::Month => follows("半目齢"),
        ReadUnit::Week => follows("半目齢数刊末明報"),
        ReadUnit::Year => {
            let is_class = follows("生") && !rest.rest().starts_with("生存");
            amount > 999 || is_class || follows("度目代次齢版号月金報会末始令長") || is_month_of_year(rest)
        }
        ReadUnit::Day => {
            let mut eve = number;
            eve.back_over_blanks();
            let is_kanji = next.is_some_and(|next| ('一'..='鿿').contains(&next));
            let begins_cell = matches!(eve.before(), None | Some(' ' | '\u{3000}' | '\n' | '\t'));
            let is_rest_of_date = begins_cell && rest.rest().starts_with("まで");
            is_rest_of_date
                || eve.before().is_some_and(is_month_sign)
                || (is_kanji && !follows("以後前未程時毎超経連分休投観間"))
                || (amount == 1 && !follows("以後前未程超経"))
        }
    }
}

/// 10年3月: a year of an era named before.
fn is_month_of_year(mut cursor: Cursor<'_>) -> bool {
    cursor.skip_blanks();
    cursor.peek().and_then(digit_value).is_some() && cursor.number().is_some() && {
        cursor.skip_blanks();
        cursor.take_if(is_month_sign).is_some()
    }
}
