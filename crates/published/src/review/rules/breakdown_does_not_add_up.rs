//! The parts of a breakdown do not add up to its total.

use std::ops::Range;
use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;

use crate::model::Paragraph;
use crate::prose::counts::number;
use crate::prose::sentence::{before, sentence};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP305",
    name: "breakdown-does-not-add-up",
    severity: Severity::Error,
    title: ("内訳の合計が総数と合わない", "a breakdown does not add up"),
    why: (
        "内訳は総数を分けたものである。合わない場合は、総数か内訳のどれかが誤っているか、漏れがある。",
        "a breakdown divides its total; where it does not add up, a figure is wrong or a part is missing",
    ),
    reference: plan::form!(" 1.1", ", section 1.1"),
    manual: include_str!("breakdown_does_not_add_up.md"),
    check,
};

/// Words that announce a breakdown.
const ANNOUNCED: [&str; 20] = [
    "事象別にみると",
    "事象別には",
    "病型別には",
    "重症度別には",
    "重症度は",
    "グレード別には",
    "Grade別には",
    "症状別には",
    "症状別にみると",
    "転帰は",
    "内訳は",
    "内訳:",
    "内訳として",
    "内訳が",
    "その内容は",
    "の内容は",
    "内容:",
    "事象名は",
    "内訳(",
    "疾患は",
];
/// Words by which parts may overlap, so that they add up to more.
const OVERLAP: [&str; 9] = ["重複", "延べ", "のべ", "複数", "同一症例", "同一患者", "あり得る", "併発", "合併し"];
/// Words by which parts are left out, so that they add up to less.
const OPEN: [&str; 8] = ["主な", "主に", "など", "等で", "等が", "その他は", "残り", "代表"];

static FIGURE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?P<n>[0-9][0-9,]*)(?:/[0-9][0-9,]*)?(?P<u>例|件|人|名)").ok());

/// A figure in a sentence: what it counts, and where it stands.
#[derive(Clone, Debug)]
struct Figure {
    value: u64,
    unit: char,
    at: Range<usize>,
}

/// The parts of a breakdown: the least and the most they add up to, by how a list of names is read.
struct Parts {
    least: u64,
    most: u64,
    number: usize,
    at: Range<usize>,
    terms: String,
}

/// 女性551例、男性61例の計612例, A群24例及びB群81例、計105例
static SUMMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?P<parts>(?:[^。、,()]{1,30}?[0-9][0-9,]*(?:例|件|人|名)(?:、|,|及び|並びに|と){0,2}){2,8})(?:の計|の合計|、計|計|合計|合わせて)(?P<n>[0-9][0-9,]*)(?P<u>例|件|人|名)",
    )
    .ok()
});

/// Parts that a sentence adds up to the total after them.
fn summed(context: &Context<'_>, sink: &mut Sink, paragraph: &Paragraph) {
    let s = paragraph.text.as_str();
    if !s.contains('計') && !s.contains("合わせて") {
        return;
    }
    for found in SUMMED.iter().flat_map(|shape| shape.captures_iter(s)) {
        let (Some(all), Some(n), Some(u)) = (found.name("parts"), found.name("n"), found.name("u")) else { continue };
        let parts = figures(s, all.range());
        let (Some(total), Some(first), Some(last)) = (number(n.as_str()), parts.first(), parts.last()) else { continue };
        if parts.len() < 2 || parts.iter().any(|p| p.unit != first.unit) || all.as_str().contains("うち") {
            continue;
        }
        sink.looked_at(1);
        let values: Vec<u64> = parts.iter().map(|p| p.value).collect();
        let sum: u64 = values.iter().sum();
        // a series of parts may begin with what belongs to another sum
        if (0..values.len() - 1).any(|from| values[from..].iter().sum::<u64>() == total) || overlap(&s[sentence(s, n.start())]) {
            continue;
        }
        let terms = values.iter().map(u64::to_string).collect::<Vec<_>>().join(" + ");
        let view = (paragraph.view.section, paragraph.view.name.as_str());
        sink.report(
            context,
            (format!("合計は {sum} であり、{total} ではありません"), format!("the parts add up to {sum}, not to {total}")),
            (
                format!("{terms} = {sum}。総数か内訳を確かめ、重複や漏れがあれば断ってください。"),
                format!("{terms} = {sum}; check total and parts, and say so where patients are counted twice or left out"),
            ),
            &[
                Mark::part(&paragraph.text, first.at.start..last.at.end, view.0, view.1)
                    .label(format!("合計 {sum}"), format!("{sum} in all")),
                Mark::part(&paragraph.text, n.start()..u.end(), view.0, view.1).label(format!("総数 {total}"), format!("total {total}")),
            ],
        );
    }
}

fn check(context: &Context<'_>, sink: &mut Sink) {
    let prose = &context.published.prose;
    for paragraph in &prose.paragraphs {
        summed(context, sink, paragraph);
        let s = paragraph.text.as_str();
        let mut done = 0;
        let mut announced: Vec<(usize, &str)> = ANNOUNCED.iter().flat_map(|w| s.match_indices(w)).collect();
        announced.sort_unstable();
        for (at, word) in announced {
            if at < done {
                continue;
            }
            let sentence = sentence(s, at);
            let start = at + word.len();
            let Some(parts) = parts(s, start..sentence.end) else { continue };
            let totals = totals(s, &sentence, at);
            let of_parts = s[parts.at.clone()].chars().rev().find(|c| matches!(c, '例' | '件' | '人' | '名'));
            let Some(total) = totals.iter().find(|f| Some(f.unit) == of_parts).or(totals.first()) else { continue };
            done = parts.at.end;
            sink.looked_at(1);
            if !totals.iter().any(|f| (parts.least..=parts.most).contains(&f.value)) {
                judge(context, sink, paragraph, &sentence, total, &parts);
            }
        }
    }
}

fn judge(context: &Context<'_>, sink: &mut Sink, paragraph: &Paragraph, sentence: &Range<usize>, total: &Figure, parts: &Parts) {
    let s = paragraph.text.as_str();
    let (least, most) = (parts.least, parts.most);
    if (least..=most).contains(&total.value) || parts.number < 2 {
        return;
    }
    let words = &s[before(s, sentence.start).start..sentence.end];
    let short = most < total.value;
    let severity = if short {
        let each_once = words.contains("1例につき");
        if !each_once && OPEN.iter().any(|w| s[sentence.clone()].contains(w)) {
            return;
        }
        if each_once { Severity::Warning } else { Severity::Error }
    } else {
        if overlap(words) {
            return;
        }
        // a patient may have several events; only what says otherwise makes it certain
        let events = s[parts.at.clone()].contains('件') && total.unit != '件';
        if events {
            Severity::Info
        } else if most == total.value + 1 || words.contains("1例につき") {
            Severity::Error
        } else {
            Severity::Warning
        }
    };
    let sum = if short { most } else { least };
    let view = (paragraph.view.section, paragraph.view.name.as_str());
    sink.report_as(
        severity,
        context,
        (
            format!("内訳の合計は {sum} であり、総数 {} と合いません", total.value),
            format!("the parts add up to {sum}, not to {}", total.value),
        ),
        (
            format!("{} = {sum}。総数か内訳を確かめ、重複や漏れがあれば断ってください。", parts.terms),
            format!("{} = {sum}; check total and parts, and say so where patients are counted twice or left out", parts.terms),
        ),
        &[
            Mark::part(&paragraph.text, parts.at.clone(), view.0, view.1).label(format!("合計 {sum}"), format!("{sum} in all")),
            Mark::part(&paragraph.text, total.at.clone(), view.0, view.1)
                .label(format!("総数 {}", total.value), format!("total {}", total.value)),
        ],
    );
}

/// True where patients may be counted in several parts.
fn overlap(words: &str) -> bool {
    !["重複なし", "重複はない", "重複例なし", "重複を除"].iter().any(|w| words.contains(w)) && OVERLAP.iter().any(|w| words.contains(w))
}

/// The totals that may be meant, the last one first: the figures before the word of announcement in its sentence, or else in the
/// sentence before. 全…例のうち…例 leaves two to choose from.
fn totals(s: &str, sentence: &Range<usize>, at: usize) -> Vec<Figure> {
    let whole = |range: Range<usize>| figures(s, range).into_iter().rev().collect::<Vec<_>>();
    let here = whole(sentence.start..at);
    if here.is_empty() { whole(before(s, sentence.start)) } else { here }
}

fn figures(s: &str, range: Range<usize>) -> Vec<Figure> {
    let Some(regex) = FIGURE.as_ref() else { return Vec::new() };
    let offset = range.start;
    let part = &s[range];
    regex
        .captures_iter(part)
        .filter_map(|found| {
            let (n, u) = (found.name("n")?, found.name("u")?);
            Some(Figure { value: number(n.as_str())?, unit: u.as_str().chars().next()?, at: offset + n.start()..offset + u.end() })
        })
        // 157例中2例: the first is the denominator
        .filter(|f| !s[f.at.end..].starts_with("中"))
        .collect()
}

/// What follows the announcement: names with figures, up to the verb.
fn parts(s: &str, range: Range<usize>) -> Option<Parts> {
    let text = &s[range.clone()];
    let stop = ["であ", "であり", "だった", "となっ", "でし", "、いずれ", "、うち", "。", "認められ", "発現した", "報告され"]
        .iter()
        .filter_map(|w| text.find(w))
        .min()
        .unwrap_or(text.len());
    let text = &text[..stop];
    let found = figures(s, range.start..range.start + stop);
    // outside brackets, or, where every figure stands in brackets of its own, within them
    let depth = depths(text);
    let outside: Vec<&Figure> =
        found.iter().filter(|f| depth[f.at.start - range.start] == 0 || counted(text, f.at.start - range.start)).collect();
    let figures: Vec<&Figure> =
        if outside.is_empty() { found.iter().filter(|f| depth[f.at.start - range.start] == 1).collect() } else { outside };
    let (mut least, mut most, mut items, mut from) = (0, 0, 0, 0);
    let mut terms: Vec<String> = Vec::new();
    let mut at: Option<Range<usize>> = None;
    for figure in figures {
        let start = figure.at.start - range.start;
        let lead = &text[from..start];
        from = figure.at.end - range.start;
        if lead.contains("うち") {
            continue;
        }
        let each = lead.contains('各') || lead.contains("それぞれ") || lead.contains("いずれも");
        let (few, many) = if each { names(lead) } else { (1, 1) };
        least += figure.value * few;
        most += figure.value * many;
        items += usize::try_from(many).unwrap_or(usize::MAX);
        terms.push(if few > 1 { format!("{}×{few}", figure.value) } else { figure.value.to_string() });
        at = Some(at.map_or(figure.at.clone(), |r| r.start..figure.at.end));
    }
    let first = range.start + (text.len() - text.trim_start_matches(['、', ',', '「']).len());
    Some(Parts { least, most, number: items, at: first..at?.end, terms: terms.join(" + ") })
}

/// For each byte how many brackets are open.
fn depths(text: &str) -> Vec<u8> {
    let mut depth = 0_u8;
    text.bytes()
        .map(|b| {
            match b {
                b'(' => depth = depth.saturating_add(1),
                b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth
        })
        .collect()
}

/// True for the count of a percentage: 1.5%(1/67例).
fn counted(text: &str, at: usize) -> bool {
    text[..at].ends_with("%(")
}

/// How many names a list before 各 holds: by 、 alone, and by 及び and its like as well.
fn names(lead: &str) -> (u64, u64) {
    let lead = lead.split(['各', 'そ']).next().unwrap_or(lead).trim_start_matches([')', '、', ',']);
    let lead = lead.trim_end_matches(['が', 'は', 'で', 'に', ':']);
    let mut depth = 0_i32;
    let mut flat = String::new();
    for c in lead.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 => flat.push(c),
            _ => {}
        }
    }
    for word in ["、及び", "、並びに", "、および"] {
        flat = flat.replace(word, "、");
    }
    let few = flat.split(['、', ',']).filter(|n| !n.is_empty()).count() as u64;
    let joins: usize = ["及び", "並びに", "および", "と"].iter().map(|w| flat.matches(w).count()).sum();
    (if few == 1 && joins > 0 { 2 } else { few.max(1) }, few.max(1) + joins as u64)
}
