//! 品目の概要 and 変更の履歴.

use calendar::find_dates;
use terminology::Text;

use crate::model::{Dated, Field, History, Indication, Product, Reexamination, RegulatoryEvent, Stated};
use crate::read::{fields, raw_product};
use crate::source::{Line, Source};

const LABELS: [&str; 14] = [
    "承認年月日",
    "薬効分類",
    "再審査期間",
    "承認番号",
    "国際誕生日",
    "販売名",
    "有効成分",
    "含量及び剤形",
    "用法及び用量",
    "効能又は効果",
    "承認条件",
    "備考",
    "製造販売業者",
    "承認番号等",
];

/// Reads 品目の概要.
#[must_use]
pub fn product(source: &Source, lines: &[Line]) -> Product {
    let fields = raw_product::fields(lines).unwrap_or_else(|| fields::read(source, lines, &LABELS));
    let mut product = Product { fields, ..Product::default() };
    give_back(&mut product.fields, "承認年月日", "再審査期間", |line| line.starts_with("効能") && line.contains(':'));
    give_back(&mut product.fields, "承認条件", "備考", is_event);
    // lines of the re-examination period that its column put beside another label
    for field in product.fields.iter_mut().filter(|f| matches!(f.label, "承認年月日" | "国際誕生日")) {
        field.value.sure &= !field.value.as_str().contains(['~', ':']);
    }
    let take = |label: &str| -> Option<Field> { product.fields.iter().find(|f| f.label == label).cloned() };
    let mut numbers = take("承認番号").map(|f| approval_numbers(&f.value.text)).unwrap_or_default();
    if numbers.is_empty() {
        let mut all = Text::default();
        lines.iter().for_each(|l| all.append(&l.text));
        numbers = approval_numbers(&all);
    }
    let indications = take("効能又は効果").map(|f| indications(&f.lines, &source.text)).unwrap_or_default();
    let reexaminations = match take("再審査期間") {
        Some(f) if !f.value.text.is_empty() && !f.value.as_str().contains("効能") => {
            f.lines_of_entries().iter().flat_map(|line| reexaminations(line, f.value.sure)).collect()
        }
        Some(f) if !f.value.text.is_empty() => reexaminations(&f.value.text, f.value.sure),
        _ => {
            let mut all = Text::default();
            lines.iter().for_each(|l| all.append(&l.text));
            reexaminations(&all, false)
        }
    };
    let events = take("備考").map(|f| events(&f.lines, f.value.sure)).unwrap_or_default();
    // where the columns are mixed the history is still told by its lines: a date, and what happened
    let events = if events.len() < 2 {
        let told: Vec<Text> = lines.iter().map(|l| l.text.clone()).filter(|t| is_event(t.as_str())).collect();
        if told.len() >= 2 { self::events(&told, true) } else { events }
    } else {
        events
    };
    product.approval_numbers = numbers;
    product.indications = indications;
    product.reexaminations = reexaminations;
    product.events = events;
    product
}

/// A label in the middle of its row stands below the first lines of its value, which then are with the label above: those from
/// the first that `is_first` tells, which no line of that label is, go back to the value they are of.
fn give_back(fields: &mut [Field], above: &str, label: &str, is_first: impl Fn(&str) -> bool) {
    let own = fields.iter().position(|f| f.label == label && f.lines.iter().any(|l| is_first(l.as_str())));
    let (Some(own), Some(above)) = (own, fields.iter().position(|f| f.label == above)) else { return };
    let Some(first) = fields[above].lines.iter().position(|l| is_first(l.as_str())) else { return };
    let mut lines = fields[above].lines.split_off(first);
    lines.append(&mut fields[own].lines);
    fields[own].lines = lines;
    for field in [above, own] {
        let mut text = Text::default();
        fields[field].lines.iter().for_each(|l| text.append(l));
        fields[field].value.text = text;
    }
    // its own first line may stand above it too
    fields[above].value.sure = false;
}

/// Approval numbers: three figures of the year, two of the kind, a letter triple, five of the number, three zeros, as in
/// 30600AMX00901000; also older and shorter forms.
fn approval_numbers(text: &Text) -> Vec<Stated> {
    let s = text.as_str();
    let bytes = s.as_bytes();
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let letters = bytes[at + digits..].iter().take_while(|b| b.is_ascii_uppercase()).count();
        let tail = bytes[at + digits + letters..].iter().take_while(|b| b.is_ascii_digit()).count();
        if (3..=6).contains(&digits) && (2..=4).contains(&letters) && (5..=9).contains(&tail) {
            let end = at + digits + letters + tail;
            numbers.push(Stated { text: text.slice(at..end), sure: tail >= 8 });
            at = end;
        } else {
            at += (digits + letters + tail).max(1);
            while at < bytes.len() && !s.is_char_boundary(at) {
                at += 1;
            }
        }
    }
    numbers
}

/// Parts a line that holds several numbered entries, such as `1.A2.B3.C`, where each number follows the one before; `last` is the
/// number of the entry that the line may go on with.
fn unrolled(line: &Text, last: Option<u32>) -> Vec<Text> {
    let s = line.as_str();
    let Some(first) = number(s).0.or(last) else { return vec![line.clone()] };
    let mut parts = Vec::new();
    let (mut start, mut next) = (0, first + 1);
    for (at, _) in s.char_indices().skip(1) {
        let before = s[..at].chars().next_back();
        if before.is_some_and(|c| !c.is_ascii_digit() && c != '.' && c != '-')
            && s.as_bytes()[at].is_ascii_digit()
            && number(&s[at..]).0 == Some(next)
            && !s[at..].starts_with(&format!("{next}.0"))
        {
            parts.push(line.slice(start..at));
            start = at;
            next += 1;
        }
    }
    parts.push(line.slice(start..s.len()));
    parts
}

/// Indications that a number and a blank begin, without a stop: `1 てんかん`; a PDF may have lost the blank. Empty where they are not
/// numbered so from one.
fn plainly_numbered(lines: &[Text], source: &str) -> Vec<Indication> {
    /// What a figure counts or names, as in 1型糖尿病 and 2歳以上.
    const COUNTED: &str = "型歳才回日年次期度例か箇カヵヶ錠種時分秒週月類級群相番";
    let mut indications: Vec<Indication> = Vec::new();
    for line in lines {
        let wanted = u32::try_from(indications.len()).unwrap_or(0) + 1;
        let digits = line.as_str().bytes().take_while(u8::is_ascii_digit).count().min(wanted.to_string().len());
        let follows = |at: usize| {
            let end = line.origin(at)?;
            let width = source.get(end..)?.chars().next()?.len_utf8();
            source.get(end + width..)?.chars().next()
        };
        let apart = |c: char| terminology::is_blank(c) || !c.is_ascii() && c.is_alphabetic() && !COUNTED.contains(c);
        let stands_apart = digits > 0 && follows(digits - 1).is_some_and(apart);
        if stands_apart && line.as_str()[..digits].parse() == Ok(wanted) {
            indications.push(Indication { number: Some(wanted), text: Stated::sure(line.slice(digits..line.len())) });
        } else if let Some(last) = indications.last_mut() {
            last.text.text.append(line);
        } else {
            return Vec::new();
        }
    }
    if indications.len() > 1 { indications } else { Vec::new() }
}

fn indications(lines: &[Text], source: &str) -> Vec<Indication> {
    let plain = plainly_numbered(lines, source);
    if !plain.is_empty() {
        return plain;
    }
    let mut indications: Vec<Indication> = Vec::new();
    let mut parts: Vec<Text> = Vec::new();
    let mut counted = None;
    for line in lines {
        parts.extend(unrolled(line, counted));
        counted = parts.last().and_then(|part| number(part.as_str()).0).max(counted);
    }
    for line in &parts {
        let key = line.as_str();
        let (number, lead) = number(key);
        let bullet = key.starts_with(['・', '-', '○', '●']);
        match (number, indications.last_mut()) {
            (Some(n), last) if last.as_ref().is_none_or(|l| l.number.is_none_or(|l| n == l + 1)) => {
                indications.push(Indication { number: Some(n), text: Stated::sure(line.slice(lead..key.len())) });
            }
            (_, Some(last)) if last.number.is_some() => last.text.text.append(line),
            (_, last) => {
                // without numbers a bullet or a closed line is an indication of its own
                if bullet || last.is_none() {
                    let lead = key.len() - key.trim_start_matches(['・', '-', '○', '●']).len();
                    indications.push(Indication { number: None, text: Stated::sure(line.slice(lead..key.len())) });
                } else if let Some(last) = last {
                    last.text.text.append(line);
                    last.text.sure = false;
                }
            }
        }
    }
    indications
}

/// The number a line begins with, such as `1.`, `(2)` or ③, and its length.
#[must_use]
pub fn number(key: &str) -> (Option<u32>, usize) {
    let mut chars = key.chars();
    match chars.next() {
        Some(c @ '①'..='⑳') => (Some(c as u32 - '①' as u32 + 1), c.len_utf8()),
        Some(c) if c.is_ascii_digit() || c == '(' => {
            let open = usize::from(c == '(');
            let digits = key[open..].bytes().take_while(u8::is_ascii_digit).count();
            let after = key[open + digits..].chars().next();
            match (key[open..open + digits].parse().ok(), after) {
                (Some(n), Some('.' | ')' | '、' | ':')) if n < 100 && digits > 0 => {
                    (Some(n), open + digits + if after == Some('、') { '、'.len_utf8() } else { 1 })
                }
                _ => (None, 0),
            }
        }
        _ => (None, 0),
    }
}

fn reexaminations(text: &Text, sure: bool) -> Vec<Reexamination> {
    let s = text.as_str();
    let mut starts: Vec<(usize, usize, Option<u32>)> = Vec::new(); // entry, its content, number
    let mut from = 0;
    while let Some(found) = s[from..].find("効能") {
        let at = from + found;
        let mut rest = &s[at + "効能".len()..];
        for word in ["又は効果", "・効果", "効果"] {
            rest = rest.strip_prefix(word).unwrap_or(rest);
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let circled = rest.chars().next().filter(|c| matches!(c, '①'..='⑳'));
        from = at + "効能".len();
        let (number, mut after) = match circled {
            Some(c) => (Some(c as u32 - '①' as u32 + 1), &rest[c.len_utf8()..]),
            None => (rest[..digits].parse().ok(), &rest[digits..]),
        };
        if number.is_none() {
            continue;
        }
        if after.starts_with('(')
            && let Some(close) = after.find(')')
        {
            after = &after[close + 1..];
        }
        if let Some(content) = after.strip_prefix(':') {
            starts.push((at, s.len() - content.len(), number));
        }
    }
    if starts.is_empty() {
        let mut at = 0;
        for (n, c) in s.char_indices() {
            if matches!(c, '①'..='⑳') {
                starts.push((n, n + c.len_utf8(), Some(c as u32 - '①' as u32 + 1)));
                at = n;
            }
        }
        if starts.is_empty() && !s.is_empty() && at == 0 && sure {
            starts.push((0, 0, None));
            // 8年(…) 2024年8月28日~2029年9月26日(残余期間): a period after the bracket of the one before it
            let next = find_dates(s).into_iter().filter(|d| s[..d.range.start].ends_with(')') && s[d.range.end..].starts_with('~'));
            starts.extend(next.map(|d| (d.range.start, d.range.start, None)));
        }
    }
    let mut entries = Vec::new();
    for (n, &(start, content, indication)) in starts.iter().enumerate() {
        let end = starts.get(n + 1).map_or(s.len(), |next| next.0);
        let end = if sure { end } else { end.min(start + floor_char(s, start, 150)) };
        let entry = text.slice(start..end);
        let body = &s[content.min(end)..end];
        let dates = find_dates(body);
        let dated = |d: &calendar::FoundDate| Dated {
            text: text.slice(content + d.range.start..content + d.range.end),
            date: d.value.as_ref().ok().copied(),
        };
        let years = years(body);
        let (from, until) = match dates.as_slice() {
            [a, b, ..] => (Some(dated(a)), Some(dated(b))),
            [a] => (Some(dated(a)), None),
            [] => (None, None),
        };
        entries.push(Reexamination {
            indication,
            years,
            from,
            until,
            none: body.starts_with("なし")
                || body.starts_with("該当なし")
                || body.starts_with("無")
                || body.starts_with("該当しない")
                || body.starts_with("該当せず")
                || body == "-",
            remaining: body.contains("残余") || body.contains("残りの期間"),
            // two dates and no number of an approval between them: the other columns did not come in between
            text: Stated {
                sure: sure || (dates.len() == 2 && entry.as_str().matches('(').count() == 1 && !entry.as_str().contains("00AM")),
                text: entry,
            },
        });
    }
    entries
}

fn floor_char(s: &str, start: usize, length: usize) -> usize {
    let mut end = (start + length).min(s.len());
    while !s.is_char_boundary(end) {
        end -= 1;
    }
    end - start
}

/// The number of years that an entry begins with, as in 10年（…）.
fn years(body: &str) -> Option<u32> {
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let after = &body[digits..];
    if digits == 0 || digits > 2 || !after.starts_with('年') {
        return None;
    }
    // 8年3月…日 would be a date
    if after["年".len()..].starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    body[..digits].parse().ok()
}

/// True for a line of the history: a full date, and then what happened.
fn is_event(key: &str) -> bool {
    let Some(first) = find_dates(key).into_iter().next() else { return false };
    let rest = &key[first.range.end..];
    first.range.start == 0
        && first.value.as_ref().is_ok_and(|d| d.day.is_some())
        && ["承認", "追加", "販売開始", "変更", "削除", "受領", "発売", "通知"].iter().any(|w| rest.contains(w))
        && !rest.contains("前回提出")
}

/// What an entry of the history calls an event.
const EVENTS: [&str; 9] = ["承認取得", "承認", "販売開始", "発売", "効能追加", "追加", "変更", "受領", "通知"];

/// The length of what names an event before its date: 「販売開始：2024年5月22日」, 「承認年月日 2024年3月26日」.
fn label(key: &str) -> usize {
    let Some(event) = EVENTS.iter().find(|event| key.starts_with(**event)) else { return 0 };
    let rest = &key[event.len()..];
    let rest = rest.strip_prefix("年月日").or_else(|| rest.strip_prefix('日')).unwrap_or(rest);
    let rest = rest.trim_start_matches([':', '、', ',']);
    if rest.starts_with(|c: char| c.is_ascii_digit()) || ["令和", "平成", "昭和"].iter().any(|era| rest.starts_with(era)) {
        key.len() - rest.len()
    } else {
        0
    }
}

/// The entries of one line: 「2024年3月26日 承認 2024年5月22日 販売開始」 are two.
fn entries(line: &Text) -> Vec<Text> {
    let key = line.as_str();
    let dates = find_dates(key);
    let ends = |text: &str| {
        let text = text.trim_end_matches(['、', '。', ',', ';', '/', '・', ')']);
        EVENTS.iter().any(|event| text.ends_with(event))
    };
    let mut cuts = Vec::new();
    for pair in dates.windows(2) {
        let between = &key[pair[0].range.end..pair[1].range.start];
        let open = key[..pair[1].range.start].matches('(').count() > key[..pair[1].range.start].matches(')').count();
        // a label that belongs to the second date
        let labelled = EVENTS.iter().filter_map(|event| between.rfind(event)).min().filter(|at| {
            let from = pair[0].range.end + at;
            label(&key[from..]) + from == pair[1].range.start
        });
        let head = key[..pair[0].range.start].trim_end_matches([':', '、', ',']);
        let head = head.strip_suffix("年月日").or_else(|| head.strip_suffix('日')).unwrap_or(head);
        let before_first = EVENTS.iter().any(|event| head.ends_with(event));
        match labelled.filter(|&at| before_first || ends(&between[..at])) {
            Some(at) if !open => cuts.push(pair[0].range.end + at),
            None if !open && ends(between) && !before_first => cuts.push(pair[1].range.start),
            _ => {}
        }
    }
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([key.len()]);
    starts.zip(ends).map(|(start, end)| line.slice(start..end)).collect()
}

fn events(lines: &[Text], sure: bool) -> Vec<RegulatoryEvent> {
    let mut events: Vec<RegulatoryEvent> = Vec::new();
    for line in lines.iter().flat_map(entries) {
        let line = &line;
        let key = line.as_str();
        let marks =
            key.len() - key.trim_start_matches(|c: char| matches!(c, '・' | '-' | '○' | '●' | '(' | '※') || matches!(c, '①'..='⑳')).len();
        let lead = marks + label(&key[marks..]);
        let first = find_dates(key).into_iter().next().filter(|d| d.range.start == lead);
        match (first, events.last_mut()) {
            (Some(found), _) => events.push(RegulatoryEvent {
                date: Dated { text: line.slice(found.range.clone()), date: found.value.as_ref().ok().copied() },
                text: Stated { text: line.clone(), sure },
            }),
            (None, Some(last)) => last.text.text.append(line),
            (None, None) => {}
        }
    }
    events
}

/// Reads 変更の履歴.
#[must_use]
pub fn history(lines: &[Line]) -> History {
    let mut history = History::default();
    #[derive(Clone, Copy)]
    enum Part {
        None,
        Changes,
        Reasons,
    }
    let mut part = Part::None;
    for line in lines {
        let key = line.key();
        history.text.push(line, 0);
        let mut rest = line.text.clone();
        if key.starts_with("前回提出") {
            let colon = key.find(':').map_or(key.len(), |c| c + 1).min(key.len());
            if let Some(found) = find_dates(key).into_iter().next() {
                history.previous = Some(Dated { text: line.text.slice(found.range.clone()), date: found.value.as_ref().ok().copied() });
            } else {
                rest = line.text.slice(colon..key.len());
                part = Part::None;
                if rest.is_empty() {
                    continue;
                }
            }
            continue;
        }
        if key.starts_with("変更内容") {
            part = Part::Changes;
            rest = line.text.slice(key.find(':').map_or(key.len(), |c| c + 1)..key.len());
        } else if key.starts_with("変更理由") || key.starts_with("変更の理由") {
            part = Part::Reasons;
            rest = line.text.slice(key.find(':').map_or(key.len(), |c| c + 1)..key.len());
        } else if history.previous.is_none()
            && let Some(found) = find_dates(key).into_iter().next().filter(|d| d.range.start == 0)
        {
            history.previous = Some(Dated { text: line.text.slice(found.range.clone()), date: found.value.as_ref().ok().copied() });
        }
        match part {
            Part::Changes => history.changes.push(line, line.text.len() - rest.len()),
            Part::Reasons => history.reasons.push(line, line.text.len() - rest.len()),
            Part::None => {}
        }
    }
    history
}
