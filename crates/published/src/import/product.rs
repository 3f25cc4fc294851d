//! `plan.toml`.

use calendar::{Counting, Date, Period, Unit, find_dates, last_day};
use plan::tables::EventKind;
use terminology::{Text, key};

use super::draft::Draft;
use super::rules::{NOT_UNDERSTOOD, UNSURE};
use super::toml::{Lines, markdown, quoted};
use super::views::Side;
use crate::heading::Section;
use crate::model::{Field, Product, Reexamination, RegulatoryEvent};
use crate::review::Mark;
use crate::review::periods::{self, approvals};

/// Writes what holds for the whole plan.
pub fn add(draft: &mut Draft<'_>) {
    let published = draft.published;
    let empty = Product::default();
    let product = published.product.as_ref().unwrap_or(&empty);
    let mut out = Lines::default();
    out.comment("公表された計画書から取り込んだ。コメントは文書の記載と、取り込みで選んだこと。");
    out.key("format", plan::tables::FORMAT);
    facts(draft, product, &mut out);
    strengths(draft, product, &mut out);
    indications(draft, product, &mut out);
    conditions(draft, product, &mut out);
    events(draft, product, &mut out);
    abbreviations(draft, &mut out);
    submission(draft, &mut out);
    routine(draft, &mut out);
    draft.files.insert("plan.toml".to_owned(), out.0);
}

/// A field of the outline of the product, with that of the summary for comparison.
fn field<'d>(draft: &Draft<'d>, label: &str) -> (Option<&'d Field>, Option<&'d Field>) {
    let published = draft.published;
    let stated = |field: &&'d Field| !field.value.text.is_empty();
    let own = published.product.as_ref().and_then(|p| p.field(label)).filter(stated);
    let summary = published.summary.as_ref().and_then(|s| s.fields.iter().find(|f| f.label == label)).filter(stated);
    (own, summary)
}

/// Without numbers in circles, marks of lists and differences of writing.
fn bare(text: &Text) -> String {
    key(text.as_str()).chars().filter(|c| !matches!(c, '①'..='⑳' | '・' | '、' | ',' | '/')).collect()
}

/// The value of a field that both views state, with a comment where they disagree.
fn agreed(draft: &mut Draft<'_>, label: &'static str, english: &str, out: &mut Lines) -> Option<Text> {
    let (own, summary) = field(draft, label);
    let taken = own.or(summary)?;
    if let (Some(own), Some(summary)) = (own, summary) {
        if bare(&own.value.text) == bare(&summary.value.text) || !summary.value.sure {
            draft.restated(&summary.value.text);
        } else {
            let sides = [Side::of(Section::Product, &own.value.text), Side::summary(&summary.value.text)];
            let comment = draft.disagree((label, english), &sides);
            out.comment(&comment);
        }
    }
    let section = if own.is_some() { Section::Product } else { Section::Summary };
    if let Some(note) = draft.unsure(&taken.value, section, "", (label, english)) {
        out.comment(&note);
    }
    Some(taken.value.text.clone())
}

fn facts(draft: &mut Draft<'_>, product: &Product, out: &mut Lines) {
    out.header("[product]");
    match agreed(draft, "有効成分", "active substance", out) {
        Some(text) => out.text("substance", &joined(&draft.words(&text))),
        None => absent(draft, "substance", ("有効成分", "active substance"), out),
    }
    match agreed(draft, "薬効分類", "therapeutic category", out) {
        Some(text) => {
            // numbers are written in half width, whatever the document has
            let words = draft.words(&text);
            out.text("class", if text.as_str().bytes().all(|b| b.is_ascii_digit()) { text.as_str() } else { &words });
        }
        None => absent(draft, "class", ("薬効分類", "therapeutic category"), out),
    }
    for (key, label, english) in [("birth_date", "国際誕生日", "international birth date"), ("approved", "承認年月日", "date of approval")]
    {
        let text = agreed(draft, label, english, out);
        let dates = text.as_ref().map(|text| find_dates(text.as_str())).unwrap_or_default();
        let days: Vec<Date> = dates.iter().filter_map(|found| found.value.ok()?.day()).collect();
        if let Some(text) = &text {
            let words = draft.words(text);
            let plain = dates.first().is_some_and(|found| found.range == (0..text.len()) && words.starts_with(char::is_numeric));
            if days.len() != 1 || !plain {
                out.comment(&format!("{label}：{words}"));
            }
        }
        match days.iter().min() {
            Some(day) => out.key(key, day),
            None => absent(draft, key, (label, english), out),
        }
        if key == "approved"
            && let (Some(day), Some(text)) = (days.iter().min(), &text)
            && let Some((event, first)) = approvals(product).min_by_key(|(_, day)| *day)
            && first > *day
            && days.len() == 1
        {
            let sides = [Side::of(Section::Product, text), Side::of(Section::Product, &event.date.text)];
            let comment = draft.disagree(("承認年月日と備考の最初の承認", "date of approval and first approval of the history"), &sides);
            out.comment(&comment);
        }
    }
    if let Some((event, day)) = periods::launch(product) {
        let words = draft.quote(&event.text.text);
        out.comment(&format!("備考「{words}」から"));
        out.key("launched", day);
    }
    match product.field("用法及び用量").filter(|f| !f.value.text.is_empty()) {
        Some(field) => {
            if let Some(note) = draft.unsure(&field.value, Section::Product, "", ("用法及び用量", "dosage")) {
                out.comment(&note);
            }
            let paragraphs = lines_put_together(&field.lines);
            out.key("dosage", markdown(&draft.prose_of(&paragraphs)));
            leftovers(draft, &field.value.text, out);
        }
        None => absent(draft, "dosage", ("用法及び用量", "dosage"), out),
    }
    out.header("[holder]");
    match agreed(draft, "製造販売業者", "marketing authorisation holder", out) {
        Some(text) => out.text("name", &draft.words(&text)),
        None => match company(draft) {
            Some(text) => out.text("name", &draft.words(&text)),
            None => absent(draft, "name", ("製造販売業者", "marketing authorisation holder"), out),
        },
    }
}

/// 会社名：… on the cover.
fn company(draft: &Draft<'_>) -> Option<Text> {
    let source = draft.published.source.text.as_str();
    let at = source.find("会社名")?;
    let line = source[at..].lines().next()?;
    let text = Text::new(line, at);
    let colon = text.as_str().find(':')?;
    Some(text.slice(colon + 1..text.len())).filter(|text| !text.is_empty())
}

/// What the document does not tell is left out, and told.
fn absent(draft: &mut Draft<'_>, key: &str, what: (&str, &str), out: &mut Lines) {
    out.comment(&format!("{key}（{}）は文書から読み取れなかった。", what.0));
    let heading = draft.published.headings.first().map(|h| h.text.clone()).unwrap_or_default();
    draft.tell(
        &UNSURE,
        (format!("{}を読み取れませんでした", what.0), format!("the {} could not be read", what.1)),
        ("plan.toml に書いてください。", "write it into plan.toml"),
        &[Mark::whole(&heading, Section::Product, "")],
    );
}

/// Numbers in circles at the head of a value say nothing where there is one value only.
fn joined(text: &str) -> String {
    if text.contains('②') { text.to_owned() } else { text.trim_start_matches('①').trim().to_owned() }
}

/// The entries of a field: parted by numbers in circles, else its lines.
fn entries(field: &Field) -> Vec<Text> {
    let text = &field.value.text;
    let key = text.as_str();
    let circles: Vec<(usize, char)> = key.char_indices().filter(|(_, c)| matches!(c, '①'..='⑳')).collect();
    if circles.is_empty() {
        return field.lines_of_entries();
    }
    let ends = circles.iter().skip(1).map(|c| c.0).chain([key.len()]);
    circles.iter().zip(ends).map(|((at, c), end)| text.slice(at + c.len_utf8()..end)).filter(|t| !t.is_empty()).collect()
}

fn strengths(draft: &mut Draft<'_>, product: &Product, out: &mut Lines) {
    let mut comments = Lines::default();
    let names_stated = agreed(draft, "販売名", "brand name", &mut comments);
    let names = field(draft, "販売名").0.or(field(draft, "販売名").1).map(entries).unwrap_or_default();
    let contents = product.field("含量及び剤形").map(entries).unwrap_or_default();
    let numbers = &product.approval_numbers;
    let count = numbers.len().max(if numbers.is_empty() { names.len() } else { 0 }).max(1);
    for n in 0..count {
        out.header("[[strength]]");
        if n == 0 {
            out.0.push_str(&comments.0);
        }
        let nth = |all: &[Text]| -> Option<Text> {
            if all.len() == 1 || all.len() == count { all.get(n.min(all.len() - 1)).cloned() } else { None }
        };
        match nth(&names) {
            Some(text) => out.text("name", &draft.words(&text)),
            None => match &names_stated {
                Some(text) => {
                    let words = draft.words(text);
                    out.comment(&format!("販売名は分けられなかった：{words}"));
                    out.text("name", &words);
                }
                None => absent(draft, "name", ("販売名", "brand name"), out),
            },
        }
        match nth(&contents).or_else(|| product.field("含量及び剤形").map(|f| f.value.text.clone()).filter(|t| !t.is_empty())) {
            Some(text) => out.text("content", &draft.words(&text)),
            None => absent(draft, "content", ("含量及び剤形", "content and form"), out),
        }
        match numbers.get(n) {
            Some(number) => {
                if let Some(note) = draft.unsure(number, Section::Product, "", ("承認番号", "approval number")) {
                    out.comment(&note);
                }
                out.text("approval_number", number.as_str());
                draft.restated(&number.text);
            }
            None => absent(draft, "approval_number", ("承認番号", "approval number"), out),
        }
    }
    for label in ["販売名", "含量及び剤形", "承認番号"] {
        if let Some(field) = product.field(label) {
            leftovers(draft, &field.value.text, out);
        }
    }
}

/// What a field says beyond what became data, as a comment.
fn leftovers(draft: &Draft<'_>, text: &Text, out: &mut Lines) {
    let open = draft.coverage.borrow().open_parts(text);
    for part in open {
        let part = text.slice(part);
        if part.as_str().contains(char::is_alphabetic) {
            out.comment(&draft.words(&part));
        } else {
            draft.restated(&part);
        }
    }
}

/// Lines put together to paragraphs: one ends with a stop, or where the next begins with a bracket, a bullet or a number.
fn lines_put_together(lines: &[Text]) -> Vec<Text> {
    let mut all: Vec<Text> = Vec::new();
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let key = line.as_str();
        let begins = key.starts_with(['<', '・', '-', '○', '〈', '①', '②', '③', '④', '⑤']) || crate::read::product::number(key).0.is_some();
        match all.last_mut() {
            Some(last) if !begins && !last.as_str().ends_with(['。', '>', '〉']) => last.append(line),
            _ => all.push(line.clone()),
        }
    }
    all
}

/// The number of each indication: its own, else the first that no other has.
fn numbers(product: &Product) -> Vec<u32> {
    let mut given = std::collections::HashSet::new();
    product
        .indications
        .iter()
        .zip(1..)
        .map(|(indication, at)| {
            let wanted = indication.number.unwrap_or(at);
            let number = std::iter::once(wanted).chain(1..).find(|n| !given.contains(n)).unwrap_or(wanted);
            given.insert(number);
            number
        })
        .collect()
}

fn indications(draft: &mut Draft<'_>, product: &Product, out: &mut Lines) {
    let numbers = numbers(product);
    for (n, indication) in product.indications.iter().enumerate() {
        out.header("[[indication]]");
        let number = numbers[n];
        if indication.number.is_some_and(|stated| stated != number) {
            out.comment("文書の番号は先のものと同じなので、別の番号にした。");
        }
        out.key("id", number);
        if let Some(note) = draft.unsure(&indication.text, Section::Product, "", ("効能又は効果", "indication")) {
            out.comment(&note);
        }
        out.text("name", &draft.words(&indication.text.text));
        let name = key(indication.text.as_str());
        let approval = approvals(product).filter(|(event, _)| key(event.text.as_str()).contains(&name)).map(|(_, day)| day).min();
        let told = told_by_number(product, number);
        if let Some(day) = told.or(approval).filter(|_| product.indications.len() > 1) {
            let by = if told.is_some() {
                "備考の、この効能の再審査期間の起点から"
            } else {
                "備考の、この効能又は効果を挙げる最初の承認から"
            };
            out.comment(by);
            out.key("approved", day);
        }
        reexamination(draft, product, indication.number, out);
    }
    if product.indications.is_empty() {
        absent(draft, "indication", ("効能又は効果", "indications"), out);
    }
    if let Some(field) = product.field("効能又は効果") {
        leftovers(draft, &field.value.text, out);
    }
    if let Some(field) = product.field("再審査期間") {
        leftovers(draft, &field.value.text, out);
    }
}

/// 「効能6の再審査期間は、2014年8月29日承認…による」.
fn told_by_number(product: &Product, number: u32) -> Option<Date> {
    let phrase = format!("効能{number}の再審査期間は");
    product.events.iter().find_map(|event| {
        let text = event.text.as_str();
        let after = &text[text.find(&phrase)? + phrase.len()..];
        find_dates(after).first()?.value.ok()?.day()
    })
}

fn reexamination(draft: &mut Draft<'_>, product: &Product, number: Option<u32>, out: &mut Lines) {
    let of = |entry: &&Reexamination| entry.indication.is_none() || number.is_none() || entry.indication == number;
    let mut values = Vec::new();
    for entry in product.reexaminations.iter().filter(of) {
        out.comment(&format!("再審査期間：{}", draft.words(&entry.text.text)));
        let mut keys = Vec::new();
        if entry.none {
            values.push("\"none\"".to_owned());
            continue;
        }
        let day = |dated: &Option<crate::model::Dated>| dated.as_ref().and_then(|d| d.date?.day());
        let (from, until) = (day(&entry.from), day(&entry.until));
        let counted = entry
            .years
            .zip(from)
            .and_then(|(years, from)| last_day(from, Period { amount: years, unit: Unit::Years }, Counting::FirstDayCounted));
        match (entry.years, until) {
            (Some(years), Some(until)) if counted != Some(until) => {
                out.comment(&format!("{years}年と末日 {until} が合わない。末日を採った。"));
                draft.tell(
                    &super::rules::VIEWS_DISAGREE,
                    (
                        format!("再審査期間の {years}年と末日 {until} が合いません。末日を採りました"),
                        format!("{years} years of re-examination do not end on {until}; the day was taken"),
                    ),
                    ("正しい方を残してください。", "keep the right one"),
                    &[Mark::whole(&entry.text.text, Section::Product, "")],
                );
                keys.extend(from.map(|from| format!("from = {from}")));
                keys.push(format!("until = {until}"));
            }
            (Some(years), _) => {
                keys.push(format!("years = {years}"));
                keys.extend(from.map(|from| format!("from = {from}")));
            }
            (None, until) => {
                keys.extend(from.map(|from| format!("from = {from}")));
                keys.extend(until.map(|until| format!("until = {until}")));
            }
        }
        if keys.is_empty() {
            continue;
        }
        if entry.remaining {
            keys.push("remaining = true".to_owned());
        }
        let text = entry.text.as_str();
        // the days are data already
        let note = text.split_once('(').and_then(|(head, rest)| rest.split_once(')').filter(|_| !head.contains(':')));
        if let Some((note, _)) = note.filter(|(note, _)| find_dates(note).is_empty()) {
            keys.push(format!("note = {}", quoted(note)));
        }
        values.push(format!("{{ {} }}", keys.join(", ")));
    }
    match values.as_slice() {
        [] => {
            out.comment("再審査期間は読み取れなかった。「なし」とした。");
            let stated = product.field("再審査期間").map(|f| f.value.clone()).unwrap_or_default();
            if !stated.as_str().contains("なし") {
                draft.tell(
                    &UNSURE,
                    (
                        "再審査期間を読み取れず「なし」としました".to_owned(),
                        "no re-examination period could be read; “none” was written".to_owned(),
                    ),
                    ("plan.toml で確かめてください。", "look at it in plan.toml"),
                    &[Mark::whole(&stated.text, Section::Product, "")],
                );
            }
            out.key("reexamination", "\"none\"");
        }
        [one] => out.key("reexamination", one),
        several => out.key("reexamination", format!("[{}]", several.join(", "))),
    }
}

fn conditions(draft: &mut Draft<'_>, product: &Product, out: &mut Lines) {
    let Some(field) = product.field("承認条件").filter(|f| !f.value.text.is_empty()) else { return };
    let mut conditions: Vec<Text> = Vec::new();
    for line in lines_put_together(&field.lines) {
        let (_, lead) = crate::read::product::number(line.as_str());
        let (line, _) = super::words::unbulleted(&line.slice(lead..line.len()));
        conditions.push(line);
    }
    let none = |text: &Text| matches!(key(text.as_str()).trim_matches('。'), "なし" | "該当なし" | "-" | "");
    let mut ids = std::collections::HashSet::new();
    for (n, text) in conditions.iter().enumerate() {
        if none(text) {
            out.comment(&format!("承認条件：{}", draft.words(text)));
            continue;
        }
        let all_case = ["全例", "全症例", "全投与症例"].iter().any(|word| text.as_str().contains(word));
        let wanted = if all_case {
            "all-case"
        } else if text.as_str().contains("リスク管理計画") {
            "rmp"
        } else {
            "condition"
        };
        let id = if ids.insert(wanted.to_owned()) { wanted.to_owned() } else { format!("{wanted}-{}", n + 1) };
        ids.insert(id.clone());
        out.header("[[condition]]");
        out.text("id", &id);
        out.text("text", &draft.words(text));
        if all_case {
            out.key("all_case", true);
        }
    }
    leftovers(draft, &field.value.text, out);
}

/// What kind of event an entry of the history is.
fn event_kind(event: &RegulatoryEvent) -> EventKind {
    let text = event.text.as_str();
    if text.contains("名称変更") || text.contains("販売名変更") || text.contains("代替新規") {
        EventKind::Renamed
    } else if text.contains("再審査結果") || text.contains("再審査") && !text.contains("承認") {
        EventKind::ReexaminationResult
    } else if text.contains("承認条件") && ["削除", "解除"].iter().any(|word| text.contains(word)) {
        EventKind::ConditionLifted
    } else if !text.contains("承認") && !text.contains("追加") {
        EventKind::Other
    } else if text.contains("効能又は効果") || text.contains("効能・効果") || text.contains("効能追加") || text.contains("適応追加")
    {
        EventKind::Approval
    } else if text.contains("一部変更") || text.contains("用法及び用量") {
        EventKind::Change
    } else {
        EventKind::Approval
    }
}

fn events(draft: &mut Draft<'_>, product: &Product, out: &mut Lines) {
    let numbers = numbers(product);
    for event in &product.events {
        let whole = &event.text.text;
        let Some(day) = event.date.date.and_then(calendar::PartialDate::day) else {
            out.comment(&format!("備考：{}", draft.words(whole)));
            draft.tell(
                &NOT_UNDERSTOOD,
                ("日まで読めない経緯をコメントにしました".to_owned(), "an event without a full date became a comment".to_owned()),
                ("日を補って [[event]] に直してください。", "give it its day and make it an [[event]]"),
                &[Mark::whole(whole, Section::Product, "")],
            );
            continue;
        };
        out.header("[[event]]");
        if !event.date.text.as_str().starts_with(|c: char| c.is_ascii_digit()) {
            out.comment(&draft.words(&event.date.text));
        }
        out.key("date", day);
        out.key("kind", quoted(event_kind(event).as_str()));
        if let Some(note) = draft.unsure(&event.text, Section::Product, "", ("経緯", "event")) {
            out.comment(&note);
        }
        draft.restated(&event.date.text);
        let date = event.date.text.as_str();
        let lead = if whole.as_str().starts_with(date) { date.len() } else { 0 };
        let rest = whole.as_str()[lead..].trim_start_matches([':', '、', '・', '-']);
        let text = whole.slice(whole.len() - rest.len()..whole.len());
        let words = draft.words(&text);
        // a rule of the table that a converter left
        let words = words.trim_end_matches(['-', ' ']);
        out.text("text", if words.is_empty() { "―" } else { words });
        let stated = key(whole.as_str());
        let of: Vec<String> = product
            .indications
            .iter()
            .enumerate()
            .filter(|(_, indication)| stated.contains(&key(indication.text.as_str())))
            .map(|(n, _)| numbers[n].to_string())
            .collect();
        if !of.is_empty() {
            out.key("indications", format!("[{}]", of.join(", ")));
        }
    }
    if let Some(field) = product.field("備考") {
        leftovers(draft, &field.value.text, out);
    }
}

fn abbreviations(draft: &mut Draft<'_>, out: &mut Lines) {
    let published = draft.published;
    let mut known: Vec<(String, String)> = Vec::new();
    for abbreviation in &published.prose.abbreviations {
        let text = &published.prose.paragraphs[abbreviation.paragraph].text;
        let before = &text.as_str()[..abbreviation.range.start];
        let short = draft.quote(&text.slice(abbreviation.range.clone()));
        let long = match before.rfind(&abbreviation.long) {
            Some(at) if !abbreviation.long.is_empty() => {
                let lead = lead(&abbreviation.long);
                draft.quote(&text.slice(at + lead..at + abbreviation.long.len()))
            }
            _ => continue,
        };
        match known.iter().find(|(other, _)| key(other) == key(&short)) {
            Some((_, other)) if key(other) == key(&long) => {}
            Some((other, stated)) => {
                out.comment(&format!("「{other}」は「{long}」の略ともされている（「{stated}」を採った）。"));
            }
            None => {
                out.header("[[abbreviation]]");
                out.text("short", &short);
                out.text("long", &long);
                known.push((short, long));
            }
        }
    }
}

/// How much of what stands before an abbreviation leads up to what it stands for.
fn lead(long: &str) -> usize {
    const WORDS: [&str; 12] = [
        "において、",
        "における",
        "に関する",
        "で実施した",
        "で実施された",
        "に実施された",
        "を対象とした",
        "又は",
        "」",
        ")、",
        ")及び",
        "として、",
    ];
    let words = WORDS.iter().filter_map(|word| long.rfind(word).map(|at| at + word.len()));
    words.filter(|&at| at < long.len()).max().unwrap_or(0)
}

fn submission(draft: &mut Draft<'_>, out: &mut Lines) {
    let published = draft.published;
    out.header("[[submission]]");
    let stated = published.summary.as_ref().and_then(|s| s.fields.iter().find(|f| f.label.starts_with("提出")));
    if let Some(field) = stated {
        out.comment(&format!("提出年月日：{}", draft.words(&field.value.text)));
    }
    match draft.context.submitted {
        Some(day) => out.key("date", day),
        None => absent(draft, "date", ("提出年月日", "date of submission"), out),
    }
    let Some(history) = &published.history else {
        out.text("changes", "文書に変更の履歴はない。");
        out.text("reason", "文書に変更の履歴はない。");
        return;
    };
    if let Some(previous) = &history.previous {
        out.comment(&format!("前回提出日：{}", draft.words(&previous.text)));
    }
    for (key, passage) in [("changes", &history.changes), ("reason", &history.reasons)] {
        let prose = draft.prose(passage);
        out.key(key, markdown(if prose.is_empty() { "―" } else { &prose }));
    }
    let labels = ["前回提出日", "変更内容の概要", "変更内容", "変更理由", ":", "(", ")"];
    let open = draft.coverage.borrow().open_parts(&history.text.text);
    for part in open {
        let part = history.text.text.slice(part);
        if labels.iter().fold(part.as_str().to_owned(), |rest, label| rest.replace(label, "")).contains(char::is_alphanumeric) {
            out.comment(&draft.words(&part));
        } else {
            draft.restated(&part);
        }
    }
}

fn routine(draft: &mut Draft<'_>, out: &mut Lines) {
    let published = draft.published;
    out.header("[routine]");
    let parts = [
        (
            "pharmacovigilance",
            0,
            Section::Pharmacovigilance,
            Section::PharmacovigilanceList,
            ("通常の医薬品安全性監視活動", "routine pharmacovigilance"),
        ),
        ("minimisation", 2, Section::Minimisation, Section::MinimisationList, ("通常のリスク最小化活動", "routine risk minimisation")),
    ];
    for (name, n, section, list, what) in parts {
        let filled = |stated: &&crate::model::Stated| !stated.text.is_empty();
        let own = published.plans[n].routine.as_ref().filter(filled);
        let listed = published.lists[n].routine.as_ref().filter(filled);
        let taken = own.or(listed);
        if let (Some(own), Some(listed)) = (own, listed) {
            let plain = |text: &Text| key(text.as_str()).trim_end_matches('。').replace("および", "及び");
            if plain(&own.text) == plain(&listed.text) {
                draft.restated(&listed.text);
            } else {
                let sides = [Side::of(section, &own.text), Side::of(list, &listed.text)];
                let comment = draft.disagree_as(diagnostic::Severity::Info, what, &sides);
                out.comment(&comment);
            }
        }
        match taken {
            Some(stated) => {
                if let Some(note) = draft.unsure(stated, section, "", what) {
                    out.comment(&note);
                }
                let words = draft.prose_of(std::slice::from_ref(&stated.text));
                out.key(name, markdown(&words));
            }
            None => absent(draft, name, what, out),
        }
    }
    for (plan, section) in published.plans.iter().zip(["2", "3", "4"]) {
        if let Some(none) = &plan.none {
            out.comment(&format!("{section}：{}", draft.words(&none.text)));
        }
    }
    for (list, section) in published.lists.iter().zip(["5.1", "5.2", "5.3"]) {
        if let Some(none) = &list.none {
            out.comment(&format!("{section}：{}", draft.words(&none.text)));
        }
    }
}

/// Words of the head of the table of attachments.
const HEADS: [&str; 8] = ["資料番号", "添付資料番号", "番号", "資料名", "添付資料名", "対象の活動", "備考", "別紙様式3"];

/// How an attachment is said to be handed in.
fn handed_in(said: &str) -> Option<&'static str> {
    match said {
        "提出済み" | "提出済" | "既提出" => Some("submitted"),
        "今回添付" | "今回提出" | "添付" | "添付あり" | "新規" | "改訂" => Some("enclosed"),
        _ => None,
    }
}

/// Writes the attachments, once the activities have their ids.
pub fn attachments(draft: &mut Draft<'_>) {
    let mut out = Lines::default();
    for row in &draft.published.attachments {
        let cells: Vec<&Text> = row.cells.iter().map(|cell| &cell.text).filter(|text| !text.is_empty()).collect();
        let is_head = |text: &&Text| HEADS.contains(&key(text.as_str()).trim_matches(['(', ')', '※', ' ']));
        if cells.iter().all(is_head) {
            cells.iter().for_each(|text| draft.restated(text));
            continue;
        }
        let (mut title, mut activity, mut status) = (None, None, None);
        for text in cells {
            let (words, _) = super::words::unbulleted(text);
            let said = words.as_str();
            if crate::heading::section(said).is_some() || matches!(said, "該当なし" | "該当なし。" | "なし") {
                out.comment(&format!("添付資料：{}", draft.words(text)));
                continue;
            }
            draft.restated(text);
            if said.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '(' | ')' | '資' | '料')) {
                continue;
            }
            if let Some(stated) = handed_in(said.trim_matches(['(', ')', '※'])) {
                status = status.or(Some(stated));
                continue;
            }
            if title.is_none() {
                // 1 実施計画書（提出済み）: the number before the title, and how it stands behind it
                let (_, start) = crate::read::product::number(said);
                let remark = said.strip_suffix(')').and_then(|rest| rest.rfind('(')).filter(|at| *at > start);
                let stated = remark.and_then(|at| handed_in(&said[at + 1..said.len() - 1]));
                status = status.or(stated);
                let end = remark.filter(|_| stated.is_some()).unwrap_or(said.len());
                title = Some(words.slice(start..end));
                continue;
            }
            let named = draft.context.activities.iter().position(|entry| key(entry.name.as_str()) == key(said));
            match named.and_then(|n| draft.activity_ids.get(n)) {
                Some(id) if activity.is_none() => activity = Some(id.clone()),
                _ => out.comment(&format!("添付資料：{}", draft.words(text))),
            }
        }
        let Some(title) = title else { continue };
        out.header("[[attachment]]");
        out.text("title", &draft.quote(&title));
        if let Some(status) = status {
            out.text("status", status);
        }
        if let Some(activity) = activity {
            out.text("activity", &activity);
        }
    }
    draft.files.entry("plan.toml".to_owned()).or_default().push_str(&out.0);
}
