//! Sections 2, 3 and 4.

use terminology::Text;

use crate::heading::{self, Layer, Title};
use crate::model::{Activity, ActivityPart, ActivityPlan, Item, ItemKind, Passage, Stated};
use crate::read::name::{self, Hints};
use crate::read::{concerns, labels};
use crate::source::Line;

/// Reads section 2, 3 or 4. `hints` are names of activities, `concerns` the names that other views give to concerns.
#[must_use]
pub fn plan(lines: &[Line], hints: &Hints, concerns: &Hints) -> ActivityPlan {
    let mut plan = ActivityPlan::default();
    let additional = lines.iter().position(|l| matches!(heading::layer(l.key()), Some((Layer::Additional, _))));
    plan.routine = routine(&lines[..additional.unwrap_or(lines.len())]);
    let start = additional.map_or_else(|| if plan.routine.is_some() { lines.len() } else { 0 }, |a| a + 1);
    let (lines, labels) = labels::unfold(&lines[start..], labels::ACTIVITY);
    let lines = lines.as_slice();
    plan.none = lines.iter().find(|l| is_none(l.key())).map(|l| Stated::sure(l.text.clone()));
    let mut titles: Vec<(usize, usize, Title, Text, usize)> = Vec::new(); // line, lines, title, heading, length in its last line
    let mut at = 0;
    while at < lines.len() {
        let mut taken = 1;
        let mut head = lines[at].text.clone();
        if labels.contains(&at) || alone(&lines[at..]) {
            if let Some(title) = heading::label(head.as_str()) {
                titles.push((at, 1, title, head.clone(), head.len()));
            }
            at += 1;
            continue;
        }
        if heading::title_is_cut(head.as_str()) {
            while taken < 4 && at + taken < lines.len() && heading::title_is_cut(head.as_str()) {
                head.append(&lines[at + taken].text);
                taken += 1;
            }
        }
        match heading::title(head.as_str()) {
            Some((title, length)) if !matches!(title, Title::Content | Title::Choice) => {
                let before: usize = lines[at..at + taken - 1].iter().map(|l| l.text.len()).sum();
                titles.push((at, taken, title, head.slice(0..length), length.saturating_sub(before)));
                at += taken;
            }
            _ => at += 1,
        }
    }
    let mut starts: Vec<(usize, std::ops::Range<usize>, bool)> = Vec::new(); // index in titles, lines of the name
    let mut floor = 0;
    for (n, (at, taken, title, ..)) in titles.iter().enumerate() {
        let since = starts.last().map_or(&titles[0..0], |s| &titles[s.0..n]);
        let begins = starts.is_empty()
            || (*title == Title::Concerns)
            || (*title == Title::EfficacyConcerns && !(since.len() == 1 && since[0].2 == Title::Concerns))
            || (*title == Title::Objective && since.iter().any(|t| t.2 == Title::Objective));
        if begins {
            let (range, sure) = name::before(lines, floor, *at, hints);
            starts.push((n, range, sure));
        }
        floor = at + taken;
    }
    for (a, (first, range, sure)) in starts.iter().enumerate() {
        let last = starts.get(a + 1).map_or(titles.len(), |s| s.0);
        let end = starts.get(a + 1).map_or(lines.len(), |s| s.1.start);
        let mut name = trim_name(name::join(&lines[range.clone()]));
        let short = concerns::defined_short(&name);
        if let Some((end, _)) = &short {
            name = name.slice(0..*end);
        }
        let mut activity = Activity {
            name: Stated { text: name, sure: *sure },
            short: short.map(|(_, short)| short),
            parts: Vec::new(),
            concerns: Vec::new(),
            efficacy_concerns: Vec::new(),
            items: Vec::new(),
        };
        for n in *first..last {
            let (at, taken, title, ref heading, length) = titles[n];
            let stop = if n + 1 < last { titles[n + 1].0 } else { end };
            let mut body = Passage::default();
            let line = &lines[at + taken - 1];
            body.push(line, length);
            for line in &lines[at + taken..stop.max(at + taken)] {
                body.push(line, 0);
            }
            match title {
                Title::Concerns => activity.concerns = named(&body, concerns),
                Title::EfficacyConcerns => activity.efficacy_concerns = named(&body, concerns),
                Title::Plan => activity.items = items(&body),
                _ => {}
            }
            activity.parts.push(ActivityPart { title, heading: heading.clone(), body });
        }
        plan.activities.push(activity);
    }
    if titles.is_empty() {
        plan.activities.extend(lines.windows(2).filter_map(|pair| described_elsewhere(pair, hints)));
    }
    if !plan.activities.is_empty() {
        plan.none = None;
    }
    plan
}

/// True for a heading that, without brackets, is trusted here only: alone in its line, and followed by another of an activity.
fn alone(lines: &[Line]) -> bool {
    matches!(lines[0].key(), "安全性検討事項" | "有効性に関する検討事項" | "実施計画")
        && lines[0].cell.is_none()
        && lines[1..].iter().take(60).find_map(|l| heading::label(l.key())).is_some_and(|next| next != Title::Concerns)
}

/// An activity that is only named, with the place where it is described: 2.2.2 参照.
fn described_elsewhere(pair: &[Line], hints: &Hints) -> Option<Activity> {
    let place = pair[1].key();
    let refers = place.contains("参照") && place.chars().count() <= 40;
    let name = trim_name(pair[0].text.clone());
    (refers && hints.know(name.as_str())).then(|| Activity {
        name: Stated::sure(name),
        parts: Vec::new(),
        short: None,
        concerns: Vec::new(),
        efficacy_concerns: Vec::new(),
        items: Vec::new(),
    })
}

fn trim_name(text: Text) -> Text {
    let end = text.as_str().trim_end_matches([':', '。']).len();
    name::without_lead(text.slice(0..end))
}

/// True for the spellings of 該当なし.
#[must_use]
pub fn is_none(key: &str) -> bool {
    let key = key.trim_end_matches(['。', '.']).trim_start_matches(name::BULLETS);
    matches!(key, "該当なし" | "なし" | "該当せず" | "特になし" | "該当無し" | "無し" | "該当しない")
        || (key.starts_with("該当する") && key.ends_with("なし") && key.chars().count() < 20)
}

/// The routine activities' outline.
fn routine(lines: &[Line]) -> Option<Stated> {
    let at = lines
        .iter()
        .position(|l| matches!(heading::layer(l.key()), Some((Layer::RoutineText, _))))
        .or_else(|| lines.iter().position(|l| matches!(heading::layer(l.key()), Some((Layer::Routine, _)))))?;
    let length = heading::layer(lines[at].key()).map_or(0, |(_, length)| length);
    let mut text = lines[at].text.slice(length..lines[at].text.len());
    lines[at + 1..].iter().for_each(|l| text.append(&l.text));
    // the label of a table's only row
    if let Some(rest) = text.as_str().strip_prefix("概要") {
        let start = text.len() - rest.trim_start_matches(':').len();
        text = text.slice(start..text.len());
    }
    (!text.is_empty()).then(|| Stated::sure(text))
}

/// The names in a list of concerns: what stands in 「」, or, where nothing does, the lines and what 、 parts.
#[must_use]
pub fn named(body: &Passage, hints: &Hints) -> Vec<Stated> {
    let text = body.as_str();
    let mut names = Vec::new();
    let mut open: Option<(usize, char, u32)> = None;
    for (at, c) in text.char_indices() {
        match (open, c) {
            (None, '「' | '『') => open = Some((at + c.len_utf8(), if c == '「' { '」' } else { '』' }, 0)),
            (Some((start, close, depth)), c) if c == close => {
                if depth == 0 {
                    names.push(Stated::sure(body.text.slice(start..at)));
                    open = None;
                } else {
                    open = Some((start, close, depth - 1));
                }
            }
            (Some((start, close, depth)), '「') if close == '」' => open = Some((start, close, depth + 1)),
            _ => {}
        }
    }
    if names.is_empty() {
        for part in entries(body, hints) {
            let whole = trim_name(part.0);
            if is_none(whole.as_str()) || whole.is_empty() {
                continue;
            }
            if part.1 || hints.know(whole.as_str()) || !whole.as_str().contains('、') {
                names.push(Stated::sure(whole));
            } else {
                names.extend(parted(&whole, hints));
            }
        }
    }
    names
}

/// The entries of a list: what bullets, circled numbers, ends of paragraphs and of whole names part. Tells for each whether it had a mark.
fn entries(body: &Passage, hints: &Hints) -> Vec<(Text, bool)> {
    let text = body.as_str();
    let mut starts: Vec<(usize, usize, bool)> = Vec::new(); // where it begins, where its words begin, marked
    for n in 0..body.starts.len() {
        let line = body.line(n);
        let key = &text[line.clone()];
        let bullet = key.len() - key.trim_start_matches(name::BULLETS).len();
        let (number, length) = crate::read::product::number(key);
        if bullet > 0 {
            starts.push((line.start, line.start + bullet, true));
        } else if number.is_some() && length > 0 {
            starts.push((line.start, line.start + length, true));
        } else if starts.last().is_none_or(|last| !body.wrapped[n.saturating_sub(1)] || hints.know(&text[last.1..line.start])) {
            starts.push((line.start, line.start, false));
        }
        for (at, c) in key.char_indices().skip(1) {
            if matches!(c, '①'..='⑳') {
                starts.push((line.start + at, line.start + at + c.len_utf8(), true));
            }
        }
    }
    let ends: Vec<usize> = starts.iter().skip(1).map(|s| s.0).chain(std::iter::once(text.len())).collect();
    starts
        .iter()
        .zip(ends)
        .map(|(&(_, from, marked), end)| {
            let words = text[from..end].trim_end_matches(['、', '。', ',']);
            (body.text.slice(from..from + words.len()), marked)
        })
        .collect()
}

/// Parts a list at the commas outside brackets, and at 及び, where names that other views state say so.
fn parted(whole: &Text, hints: &Hints) -> Vec<Stated> {
    let text = whole.as_str();
    let mut cuts: Vec<(usize, &str)> = ["、", "及び", "並びに"].iter().flat_map(|word| text.match_indices(word)).collect();
    cuts.sort_unstable();
    cuts.push((text.len(), ""));
    let mut names = Vec::new();
    let mut from = 0;
    for (at, word) in cuts {
        if at < from {
            continue;
        }
        let candidate = &text[from..at];
        let known = hints.know(candidate);
        // the parts of a name are no names: ショック in ショック、アナフィラキシー
        let ends = known || at == text.len() || (word == "、" && !hints.goes_on(candidate));
        if name::open_brackets(candidate) == 0 && ends && !candidate.is_empty() {
            names.push(Stated { text: whole.slice(from..at), sure: known });
            from = at + word.len();
        }
    }
    // the one name that no other view states is told by those around it
    let unknown = names.iter().filter(|n| !n.sure).count();
    if unknown == 1 && names.len() >= 3 {
        names.iter_mut().for_each(|n| n.sure = true);
    }
    if names.iter().any(|n| n.sure) { names } else { vec![Stated { text: whole.clone(), sure: !text.contains('、') }] }
}

const LABELS: [(&str, ItemKind); 32] = [
    ("調査期間", ItemKind::Period),
    ("調査対象期間", ItemKind::Period),
    ("調査実施期間", ItemKind::Period),
    ("調査予定期間", ItemKind::Period),
    ("試験期間", ItemKind::Period),
    ("実施期間", ItemKind::Period),
    ("研究期間", ItemKind::Period),
    ("登録期間", ItemKind::Registration),
    ("症例登録期間", ItemKind::Registration),
    ("患者登録期間", ItemKind::Registration),
    ("組入れ期間", ItemKind::Registration),
    ("登録予定期間", ItemKind::Registration),
    ("目標症例数", ItemKind::Target),
    ("予定症例数", ItemKind::Target),
    ("調査予定症例数", ItemKind::Target),
    ("登録予定症例数", ItemKind::Target),
    ("登録目標症例数", ItemKind::Target),
    ("目標登録症例数", ItemKind::Target),
    ("予定登録症例数", ItemKind::Target),
    ("目標例数", ItemKind::Target),
    ("症例数", ItemKind::Target),
    ("目標被験者数", ItemKind::Target),
    ("実施方式", ItemKind::Method),
    ("調査方式", ItemKind::Method),
    ("調査方法", ItemKind::Method),
    ("実施方法", ItemKind::Method),
    ("登録方法", ItemKind::Method),
    ("観察期間", ItemKind::Observation),
    ("追跡期間", ItemKind::Observation),
    ("観察予定期間", ItemKind::Observation),
    ("調査対象", ItemKind::Population),
    ("対象患者", ItemKind::Population),
];

/// The entries that a converter ran together in one line: 調査期間：…まで登録期間：…まで目標症例数：40例.
fn entries_of_line(text: &str, line: std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
    const ENDS: [char; 15] = [')', '。', '日', '間', '年', '月', '例', '式', '週', 'で', '定', '人', '」', ']', '後'];
    let key = &text[line.clone()];
    let mut starts = vec![line.start];
    for (at, _) in key.match_indices(':') {
        let before = &key[..at];
        let label = LABELS.iter().map(|(label, _)| *label).filter(|label| before.ends_with(label)).max_by_key(|label| label.len());
        if let Some(label) = label
            && key[..at - label.len()].ends_with(ENDS)
        {
            starts.push(line.start + at - label.len());
        }
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([line.end]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| start..end).collect()
}

/// The labelled entries of 【実施計画】.
#[must_use]
pub fn items(body: &Passage) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for line in (0..body.starts.len()).flat_map(|n| entries_of_line(body.as_str(), body.line(n))) {
        let key = &body.as_str()[line.clone()];
        let lead = key.len()
            - key.trim_start_matches(|c: char| name::BULLETS.contains(&c) || matches!(c, '<' | '[') || matches!(c, '①'..='⑳')).len();
        let rest = &key[lead..];
        let labelled =
            rest.find([':', '>', ']']).filter(|&colon| rest[..colon].chars().count() <= 20 && !rest[..colon].contains(['。', '、', '「']));
        match labelled {
            Some(colon) => {
                let label = &rest[..colon];
                let bare = terminology::core(label);
                let bare = bare.trim_end_matches("(予定)");
                let kind = LABELS.iter().find(|(l, _)| *l == bare).map_or(ItemKind::Other, |(_, k)| *k);
                let from = line.start + lead;
                let value = body.text.slice(from + colon + 1..line.end);
                let value_lead = value.len() - value.as_str().trim_start_matches(':').len();
                items.push(Item { kind, label: body.text.slice(from..from + colon), value: value.slice(value_lead..value.len()) });
            }
            None => {
                if let Some(last) = items.last_mut() {
                    last.value.append(&body.text.slice(line));
                }
            }
        }
    }
    items
}
