//! Finding dates in Japanese text.

use std::ops::Range;

use crate::scan::{Cursor, Number, Skipped, digit_value, is_day_sign, is_month_sign, is_word, is_year_sign};
use crate::{Era, ImpossibleDate, PartialDate};

/// A date found in a text.
///
/// ```
/// use calendar::{Era, find_dates};
/// let text = "提出年月日：令和７年 ４月９日（前回 2022年5月）";
/// let found = find_dates(text);
/// assert_eq!(&text[found[0].range.clone()], "令和７年 ４月９日");
/// assert_eq!(found[0].value.unwrap().to_string(), "2025-04-09");
/// assert_eq!(found[0].era, Some(Era::Reiwa));
/// assert_eq!(found[1].value.unwrap().to_string(), "2022-05");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// Where it stands, in bytes of the text; both ends are character boundaries.
    pub range: Range<usize>,
    /// The date, or why what is written names none.
    pub value: Result<PartialDate, ImpossibleDate>,
    /// The era, when the date is written with one (first).
    pub era: Option<Era>,
}

impl FoundDate {
    /// Whether a bare number follows on the same line, as where a column of a table broke the date: `2025年 1` with 月
    /// on the next line, behind other cells. Such a date is to be trusted only to its stated precision, if at all.
    ///
    /// `text` is the text the date was found in.
    ///
    /// ```
    /// use calendar::find_dates;
    /// for (text, broken) in [("作成済み（2025年 1\n息）", true), ("2025年 12例", false), ("2025年", false)] {
    ///     assert_eq!(find_dates(text)[0].is_broken_off(text), broken);
    /// }
    /// ```
    pub fn is_broken_off(&self, text: &str) -> bool {
        if self.value.is_ok_and(|date| date.day.is_some()) || !text.is_char_boundary(self.range.end) {
            return false;
        }
        let mut after = Cursor::new(text, self.range.end);
        if after.skip_blanks() == Skipped::LineEnd || after.number().and_then(Number::short).is_none() {
            return false;
        }
        after.peek().is_none_or(|next| matches!(next, ' ' | '\u{3000}' | '\t' | '\n' | '\r'))
    }
}

/// Finds the dates in a text, in order and without overlap, in time linear in its length.
///
/// Digits may be of either width; blanks and one end of line may stand between the parts of the 年月日 shapes. Found are
///
/// * 2022年3月1日, 2022年5月, 2021年; 令和7年4月9日, 令和元年, 昭和62年6月, also H30年6月1日 and 平30年6月1日;
/// * 2022/3/1, 2022-03-01, 2022.3.1; 令和7.4.9, 平30.6.1, H30.6.1, R7.4.9;
/// * a year in both calendars: 2019年（令和元年）5月, 2019（令和元）年.
///
/// Not found are durations (10年, 2000年以上), fiscal years (2022年度), decades (1990年代), parts of numbers
/// (ABC2019-01-02, vol.56), a year and a month in figures alone (2022.5), and what has two readings: M and T before
/// figures (M2.7.4 is a section of a CTD), S and H with a year of one digit, and what may be a version of the
/// program R (R4.3.1, but R7.4.9 and R4.03.01 are dates). A year alone counts only with an era or within 1900 to 2199.
///
/// Numbers in Chinese characters (令和七年) are not read.
///
/// ```
/// use calendar::find_dates;
/// assert!(find_dates("再審査期間は10年、2022年度から3年間").is_empty());
/// let impossible = &find_dates("平成32年3月31日まで")[0];
/// assert_eq!(impossible.value.unwrap_err().meant().unwrap().to_string(), "2020-03-31");
/// ```
pub fn find_dates(text: &str) -> Vec<FoundDate> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(candidate) = next_candidate(text.as_bytes(), at) {
        let (begins, kind) = candidate;
        let read = match kind {
            Candidate::Digits => western_date(text, begins),
            Candidate::Era => era_date(text, begins),
        };
        match read {
            Read::Date(date) => {
                at = date.range.end;
                found.push(date);
            }
            Read::Nothing { resume } => at = resume,
        }
    }
    found
}

/// What a date may begin with.
#[derive(Clone, Copy)]
enum Candidate {
    Digits,
    Era,
}

enum Read {
    Date(FoundDate),
    /// No date here; look on from this byte, which is beyond the candidate's first character.
    Nothing {
        resume: usize,
    },
}

/// The next byte at which a digit or the name of an era begins.
fn next_candidate(bytes: &[u8], from: usize) -> Option<(usize, Candidate)> {
    let mut at = from;
    while let Some(&lead) = bytes.get(at) {
        let kind = match lead {
            b'0'..=b'9' => Some(Candidate::Digits),
            b'S' | b'H' | b'R' => digit_at(bytes, at + 1).then_some(Candidate::Era),
            0xe3..=0xe6 | 0xef => wide_candidate(bytes, at),
            _ => None,
        };
        if let Some(kind) = kind {
            return Some((at, kind));
        }
        at += 1;
    }
    None
}

/// The candidates of three bytes. No other byte of UTF-8 text than a first one is 0xe3 to 0xe6 or 0xef.
fn wide_candidate(bytes: &[u8], at: usize) -> Option<Candidate> {
    match bytes.get(at..at + 3)? {
        [0xef, 0xbc, 0x90..=0x99] => Some(Candidate::Digits),
        // Ｓ Ｈ Ｒ
        [0xef, 0xbc, 0xb3 | 0xa8 | 0xb2] => digit_at(bytes, at + 3).then_some(Candidate::Era),
        // 明 大 昭 平 令 ㍾ ㍽ ㍼ ㍻ ㋿
        [0xe6, 0x98, 0x8e]
        | [0xe5, 0xa4, 0xa7]
        | [0xe6, 0x98, 0xad]
        | [0xe5, 0xb9, 0xb3]
        | [0xe4, 0xbb, 0xa4]
        | [0xe3, 0x8d, 0xbb..=0xbe]
        | [0xe3, 0x8b, 0xbf] => Some(Candidate::Era),
        _ => None,
    }
}

fn digit_at(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at..), Some([b'0'..=b'9', ..] | [0xef, 0xbc, 0x90..=0x99, ..]))
}

/// 2022年3月1日 and 2022-03-01.
fn western_date(text: &str, begins: usize) -> Read {
    let mut cursor = Cursor::new(text, begins);
    let before = cursor.before();
    let number = cursor.number();
    let nothing = Read::Nothing { resume: cursor.at() };
    let Some(year) = number.and_then(Number::western_year) else {
        return nothing;
    };
    let read = |stated: Stated, disagrees: Option<ImpossibleDate>| {
        Read::Date(FoundDate {
            range: begins..stated.end,
            value: disagrees.map_or_else(|| PartialDate::new(year, stated.month, stated.day), Err),
            era: None,
        })
    };
    if let Some((rest, other_year)) = year_sign(cursor, WrittenIn::Era) {
        let stated = rest_of_date(rest, other_year, WrittenIn::Era);
        let is_plain_year = (1900..=2199).contains(&year) && !before.is_some_and(is_word) && !is_no_year(rest);
        if stated.month.is_none() && !is_plain_year {
            return nothing;
        }
        return read(stated, disagreement(year, stated.other_year));
    }
    let may_stand = !before.is_some_and(|before| is_word(before) || separator(before).is_some());
    match in_figures(cursor, &['/', '-', '.']) {
        Some(stated) if may_stand && (1900..=2199).contains(&year) && stated.is_within_calendar() => read(stated, None),
        _ => nothing,
    }
}

/// How the name of an era is written; the short ways have two readings more often.
#[derive(Clone, Copy, PartialEq, Eq)]
enum EraForm {
    /// 令和, ㋿.
    Name,
    /// 令.
    Character,
    /// R.
    Letter,
}

/// 令和7年4月9日, 令和7.4.9 and R7.4.9.
fn era_date(text: &str, begins: usize) -> Read {
    let mut cursor = Cursor::new(text, begins);
    let before = cursor.before();
    let Some((era, form)) = era_name(&mut cursor) else {
        cursor.take_if(|_| true);
        return Read::Nothing { resume: cursor.at() };
    };
    let nothing = Read::Nothing { resume: cursor.at() };
    let may_stand = match form {
        EraForm::Name => true,
        EraForm::Character => !before.is_some_and(|before| ('一'..='鿿').contains(&before)),
        EraForm::Letter => !before.is_some_and(|before| is_word(before) || separator(before).is_some()),
    };
    if form == EraForm::Name {
        cursor.skip_blanks();
    }
    let Some((number, year)) = era_year(&mut cursor).filter(|_| may_stand) else {
        return nothing;
    };
    if let Some((rest, other_year)) = year_sign(cursor, WrittenIn::West) {
        let stated = rest_of_date(rest, other_year, WrittenIn::West);
        if stated.month.is_none() && is_no_year(rest) {
            return nothing;
        }
        let value = match disagreement(era.western_year(year), stated.other_year) {
            Some(disagrees) => Err(disagrees),
            None => in_era(era, year, stated),
        };
        return Read::Date(FoundDate { range: begins..stated.end, value, era: Some(era) });
    }
    let separators: &[char] = match form {
        EraForm::Letter => &['/', '.'],
        _ => &['/', '-', '.'],
    };
    let Some(stated) = in_figures(cursor, separators).filter(|stated| stated.is_within_calendar()) else {
        return nothing;
    };
    let value = in_era(era, year, stated);
    if form != EraForm::Name && (value.is_err() || has_two_readings(era, number, stated)) {
        return nothing;
    }
    Read::Date(FoundDate { range: begins..stated.end, value, era: Some(era) })
}

fn era_name(cursor: &mut Cursor<'_>) -> Option<(Era, EraForm)> {
    let rest = cursor.rest();
    for era in Era::ALL {
        if rest.starts_with(era.name()) {
            cursor.take_if(|_| true);
            cursor.take_if(|_| true);
            return Some((era, EraForm::Name));
        }
    }
    let first = cursor.peek()?;
    let form = match first {
        '㍾' | '㍽' | '㍼' | '㍻' | '㋿' => EraForm::Name,
        'S' | 'H' | 'R' | 'Ｓ' | 'Ｈ' | 'Ｒ' => EraForm::Letter,
        '昭' | '平' | '令' => EraForm::Character,
        _ => return None,
    };
    let era = Era::parse(first.encode_utf8(&mut [0; 4]))?;
    cursor.take_if(|_| true);
    Some((era, form))
}

/// 7 or 元; `None` for the number when it is 元.
fn era_year(cursor: &mut Cursor<'_>) -> Option<(Option<Number>, u16)> {
    if cursor.take('元') {
        return Some((None, 1));
    }
    let number = cursor.number().filter(|number| number.digits <= 3)?;
    Some((Some(number), u16::try_from(number.value).ok()?))
}

/// The rest of a date after its year, as read.
#[derive(Clone, Copy)]
struct Stated {
    month: Option<u8>,
    day: Option<u8>,
    /// The year in brackets, in the western calendar.
    other_year: Option<i16>,
    end: usize,
    /// Whether month or day is written with a leading zero.
    padded: bool,
}

impl Stated {
    /// Whether month and day are such as some month has; figures that are not are no date at all.
    fn is_within_calendar(&self) -> bool {
        matches!(self.month, Some(1..=12)) && matches!(self.day, Some(1..=31))
    }
}

/// Which calendar a year is written in.
#[derive(Clone, Copy)]
enum WrittenIn {
    West,
    Era,
}

/// Reads 年, before which the year may stand again in brackets: 2019（令和元）年.
fn year_sign(mut cursor: Cursor<'_>, brackets_in: WrittenIn) -> Option<(Cursor<'_>, Option<i16>)> {
    cursor.skip_blanks();
    let other_year = year_in_brackets(&mut cursor, brackets_in);
    if other_year.is_some() {
        cursor.skip_blanks();
    }
    cursor.take_if(is_year_sign)?;
    Some((cursor, other_year))
}

/// Reads （令和元年） or （2019年）, with or without 年; the cursor stays where it is when there is no such thing.
fn year_in_brackets(cursor: &mut Cursor<'_>, written_in: WrittenIn) -> Option<i16> {
    let mut inside = *cursor;
    inside.take_if(|next| matches!(next, '(' | '（' | '[' | '［' | '〔'))?;
    inside.skip_blanks();
    let year = match written_in {
        WrittenIn::Era => {
            let (era, _) = era_name(&mut inside)?;
            inside.skip_blanks();
            era.western_year(era_year(&mut inside)?.1)
        }
        WrittenIn::West => {
            if inside.take('西') && !inside.take('暦') {
                return None;
            }
            inside.number()?.western_year()?
        }
    };
    inside.skip_blanks();
    if inside.take_if(is_year_sign).is_some() {
        inside.skip_blanks();
    }
    inside.take_if(|next| matches!(next, ')' | '）' | ']' | '］' | '〕'))?;
    *cursor = inside;
    Some(year)
}

/// Reads month and day after 年, as far as they are there.
fn rest_of_date(year_read: Cursor<'_>, other_year: Option<i16>, brackets_in: WrittenIn) -> Stated {
    let mut stated = Stated { month: None, day: None, other_year, end: year_read.at(), padded: false };
    let mut cursor = year_read;
    cursor.skip_blanks();
    let second_year = year_in_brackets(&mut cursor, brackets_in);
    if second_year.is_some() {
        cursor.skip_blanks();
    }
    let Some(month) = cursor.number().and_then(Number::short) else {
        return stated;
    };
    cursor.skip_blanks();
    if cursor.take_if(is_month_sign).is_none() || cursor.peek() == Some('間') {
        return stated;
    }
    stated.month = Some(month);
    stated.other_year = other_year.or(second_year);
    stated.end = cursor.at();

    let apart = cursor.skip_blanks() != Skipped::Nothing;
    let Some(day) = cursor.number().and_then(Number::short) else {
        return stated;
    };
    cursor.skip_blanks();
    if cursor.take_if(is_day_sign).is_none() || matches!(cursor.peek(), Some('間' | '目')) {
        return stated;
    }
    if apart && is_times_a_day(cursor) {
        return stated;
    }
    stated.day = Some(day);
    stated.end = cursor.at();
    stated
}

/// 1日2回 after a month and a blank is a dosage.
fn is_times_a_day(mut cursor: Cursor<'_>) -> bool {
    cursor.skip_blanks();
    cursor.number().is_some() && {
        cursor.skip_blanks();
        cursor.take('回')
    }
}

/// Reads -03-01 after the year, with one and the same separator, not running on into something longer.
fn in_figures(mut cursor: Cursor<'_>, separators: &[char]) -> Option<Stated> {
    let sign = separator(cursor.peek()?).filter(|sign| separators.contains(sign))?;
    let same = |next| separator(next) == Some(sign);
    cursor.take_if(same)?;
    let month = cursor.number()?;
    cursor.take_if(same)?;
    let day = cursor.number()?;
    let stated = Stated {
        month: Some(month.short()?),
        day: Some(day.short()?),
        other_year: None,
        end: cursor.at(),
        padded: month.padded || day.padded,
    };
    let mut after = cursor;
    let ends = match after.take_if(|_| true) {
        None => true,
        // 2022-03-01T09:00
        Some('T') => after.peek().is_some_and(|next| next.is_ascii_digit()),
        Some('%' | '％') => false,
        Some(next) if separator(next).is_some() => !after.peek().is_some_and(is_word),
        Some(next) => !is_word(next),
    };
    ends.then_some(stated)
}

/// The half-width form of a sign that parts a date in figures.
fn separator(character: char) -> Option<char> {
    match character {
        '/' | '／' => Some('/'),
        '-' | '－' | '‐' | '−' => Some('-'),
        '.' | '．' => Some('.'),
        _ => None,
    }
}

/// Whether what follows 年 makes it something else than a year of the calendar: 年間, 年度, 年以内, 年前.
fn is_no_year(after_year_sign: Cursor<'_>) -> bool {
    let rest = after_year_sign.rest();
    if ["前半", "前期", "後半", "後期"].iter().any(|half| rest.starts_with(half)) {
        return false;
    }
    let one = |next| matches!(next, '間' | '度' | '後' | '前' | '代' | '目' | '齢' | '余');
    after_year_sign.peek().is_some_and(one) || ["以内", "未満", "以上", "以下", "ごと", "おき"].iter().any(|word| rest.starts_with(word))
}

/// Whether a date in figures after a short form of an era may be something else: H2.1.3 a heading, R4.3.1 a version.
fn has_two_readings(era: Era, year: Option<Number>, stated: Stated) -> bool {
    let Some(year) = year else { return false };
    if year.padded || stated.padded {
        return false;
    }
    match era {
        Era::Reiwa => year.value <= 4 && stated.day.is_some_and(|day| day <= 3),
        _ => year.digits < 2,
    }
}

fn disagreement(first: i16, second: Option<i16>) -> Option<ImpossibleDate> {
    second.filter(|&second| second != first).map(|second| ImpossibleDate::YearsDisagree { first, second })
}

fn in_era(era: Era, year: u16, stated: Stated) -> Result<PartialDate, ImpossibleDate> {
    if year == 0 {
        return Err(ImpossibleDate::NoSuchYear { era });
    }
    let meant = PartialDate::new(era.western_year(year), stated.month, stated.day)?;
    if era.contains(meant) { Ok(meant) } else { Err(ImpossibleDate::OutsideEra { era, year, meant }) }
}

/// Whether the text before a number ends in the name of an era, so that the number is a year of it.
pub(crate) fn follows_era(number: Cursor<'_>) -> bool {
    let mut before = number;
    before.back_over_blanks();
    Era::ALL.iter().any(|era| before.ends_with(era.name()))
        || before.before().is_some_and(|sign| matches!(sign, '㍾' | '㍽' | '㍼' | '㍻' | '㋿'))
}

/// Whether the cursor stands on a digit.
pub(crate) fn at_digit(cursor: Cursor<'_>) -> bool {
    cursor.peek().and_then(digit_value).is_some()
}
