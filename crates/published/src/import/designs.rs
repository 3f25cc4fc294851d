//! Sample sizes as data, where the rationale states them.

use std::sync::LazyLock;

use plan::tables::DesignKind;
use regex::{Captures, Regex};
use terminology::Text;

use super::draft::Draft;
use super::toml::{Lines, quoted};
use crate::review::designs::{patients, percentages, rationales};
use crate::review::periods::whole;
use crate::review::rules::detection_size_wrong::claims;

fn regex(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

static THRESHOLD: LazyLock<Option<Regex>> = LazyLock::new(|| regex(r"閾値(?:を|は|発現割合|:|として|が)*([0-9]+(?:\.[0-9]+)?)%"));
static ALTERNATIVE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(
        r"(?:期待(?:値|割合|発現割合)?|対立仮説|真の(?:発現)?割合|想定割合)(?:を|は|:|として|が)*([0-9]+(?:\.[0-9]+)?)%|([0-9]+(?:\.[0-9]+)?)%\)?程度",
    )
});
static ALPHA: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(r"有意水準(?:を|は|:)*(片側|両側)?([0-9]+(?:\.[0-9]+)?)%(?:\((片側|両側)\))?|(片側|両側)有意水準([0-9]+(?:\.[0-9]+)?)%")
});
static POWER: LazyLock<Option<Regex>> =
    LazyLock::new(|| regex(r"検出力(?:を|は|が|:|として)*([0-9]+(?:\.[0-9]+)?)%|([0-9]+(?:\.[0-9]+)?)%(?:以上)?の検出力"));
static NEEDED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(
        r"必要(?:な)?(?:症例数|例数|被験者数)?(?:は|が|:|として)?(?:1群あたり|1群|各群)?([0-9][0-9,]*)(?:例|人|名)|([0-9][0-9,]*)(?:例|人|名)(?:が|を)?必要",
    )
});
static WIDTH: LazyLock<Option<Regex>> =
    LazyLock::new(|| regex(r"(90|95|99)%信頼区間の(片側の?幅|半幅|全幅|両側幅|幅|精度)[^0-9%±。]{0,6}(±)?([0-9]+(?:\.[0-9]+)?)%"));

/// 95%信頼区間は4%±3.1%, 90±4.2%.
static ABOUT: LazyLock<Option<Regex>> =
    LazyLock::new(|| regex(r"(90|95|99)%信頼区間[^0-9%±。]{0,16}([0-9]+(?:\.[0-9]+)?)%?±([0-9]+(?:\.[0-9]+)?)%"));
/// 期待発現数は3.0例, 58例程度.
static EXPECTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(
        r"(?:期待(?:発現|症例)?(?:数|例数)は?|見込(?:み|まれる)(?:症例|発現)?(?:数|例数)は?)約?([0-9][0-9,]*(?:\.[0-9]+)?)(?:例|件)|([0-9][0-9,]*(?:\.[0-9]+)?)(?:例|件)(?:程度|前後)",
    )
});

fn found<'t>(shape: &LazyLock<Option<Regex>>, text: &'t str) -> Option<Captures<'t>> {
    shape.as_ref()?.captures(text)
}

fn first(captures: &Captures<'_>) -> Option<String> {
    captures.iter().skip(1).flatten().find(|m| m.as_str().starts_with(|c: char| c.is_ascii_digit())).map(|m| m.as_str().to_owned())
}

/// A percentage as a share, without the noise of binary fractions.
fn share(percent: &str) -> String {
    let value: f64 = percent.parse().unwrap_or(0.0);
    float(value / 100.0)
}

fn float(value: f64) -> String {
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0');
    if text.ends_with('.') { format!("{text}0") } else { text.to_owned() }
}

/// The sentences of a rationale, and each two that follow each other.
fn windows(text: &str, sentences: &[std::ops::Range<usize>]) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = sentences.iter().map(|s| (s.start, s.end)).collect();
    all.extend(sentences.windows(2).map(|pair| (pair[0].start, pair[1].end)));
    all.retain(|(start, end)| start < end && *end <= text.len());
    all
}

/// Writes the designs that the rationales of an activity state.
pub fn add(draft: &Draft<'_>, names: &[&str], target: Option<u64>, out: &mut Lines) {
    for rationale in rationales(&draft.context).iter().filter(|r| names.contains(&r.activity.name.as_str())) {
        let text = rationale.text;
        let mut told = Vec::new();
        for sentence in &rationale.sentences {
            let words = &text.as_str()[sentence.clone()];
            detection(draft, &text.slice(sentence.clone()), words, target, out);
            precision(draft, &text.slice(sentence.clone()), words, target, out);
            expected(draft, &text.slice(sentence.clone()), words, text.as_str(), target, out);
        }
        for (start, end) in windows(text.as_str(), &rationale.sentences) {
            let words = &text.as_str()[start..end];
            if told.iter().any(|&(from, to)| start < to && from < end) {
                continue;
            }
            if test(draft, &text.slice(start..end), words, text.as_str(), target, out) {
                told.push((start, end));
            }
        }
    }
}

fn head(draft: &Draft<'_>, kind: DesignKind, sentence: &Text, out: &mut Lines) {
    out.header("[[sample_size]]");
    out.comment(&draft.quote(sentence));
    out.key("kind", quoted(kind.as_str()));
}

fn registered(target: Option<u64>, evaluable: u64, out: &mut Lines) {
    if let Some(target) = target.filter(|&target| target >= evaluable) {
        out.key("registered", target);
    }
}

fn detection(draft: &Draft<'_>, sentence: &Text, words: &str, target: Option<u64>, out: &mut Lines) {
    for claim in claims(&draft.context, words) {
        head(draft, DesignKind::Detection, sentence, out);
        out.key("rate", float(claim.p));
        out.key("probability", float(claim.probability));
        if claim.cases != 1 {
            out.key("cases", claim.cases);
        }
        out.key("evaluable", claim.n);
        registered(target, claim.n, out);
    }
}

fn precision(draft: &Draft<'_>, sentence: &Text, words: &str, target: Option<u64>, out: &mut Lines) {
    if let Some(about) = found(&ABOUT, words) {
        let at = about.get(0).map_or(0, |m| m.start());
        let Some((n, _)) = patients(words).into_iter().rfind(|(_, place)| place.end <= at) else { return };
        let Ok(half) = about[3].parse::<f64>() else { return };
        head(draft, DesignKind::Precision, sentence, out);
        out.key("rate", share(&about[2]));
        out.key("half_width", float(half / 100.0));
        out.key("level", share(&about[1]));
        if words.contains("正規近似") {
            out.text("method", "normal");
        }
        out.key("evaluable", n);
        registered(target, n, out);
        return;
    }
    let Some(width) = found(&WIDTH, words) else { return };
    let (Some(all), Some(stated)) = (width.get(0), width[4].parse::<f64>().ok()) else { return };
    let both = (width[2].contains("全幅") || width[2].contains("両側") || &width[2] == "幅") && width.get(3).is_none();
    let half = if both { stated / 2.0 } else { stated } / 100.0;
    let rate = percentages(words).into_iter().rfind(|p| p.event && p.range.end <= all.start());
    let numbers = patients(words);
    let Some((n, _)) = numbers.iter().find(|(_, at)| at.start >= all.end()).or(numbers.last()) else { return };
    head(draft, DesignKind::Precision, sentence, out);
    if let Some(rate) = rate {
        out.key("rate", share(&rate.printed));
    }
    out.key("half_width", float(half));
    out.key("level", share(&width[1]));
    out.key("evaluable", n);
    registered(target, *n, out);
}

/// Cases to expect: the share named last before them, of so many patients as give them, else of the target.
fn expected(draft: &Draft<'_>, sentence: &Text, words: &str, whole_text: &str, target: Option<u64>, out: &mut Lines) {
    let Some(shape) = EXPECTED.as_ref() else { return };
    let shares = percentages(words);
    let mut floor = 0;
    for captures in shape.captures_iter(words) {
        let (Some(all), Some(digits)) = (captures.get(0), captures.get(1).or(captures.get(2))) else { continue };
        let from = std::mem::replace(&mut floor, all.end());
        let before = &words[..digits.start()];
        // 年間110例程度, 収集例数として70例程度: no cases of an event
        if ["年間", "年間約", "初年度に", "として", "毎年", "月間", "各年", "1群"].iter().any(|word| before.ends_with(word))
        {
            continue;
        }
        let Ok(cases) = digits.as_str().replace(',', "").parse::<f64>() else { continue };
        let Some(rate) = shares.iter().rfind(|p| p.event && p.range.start >= from && p.range.end <= digits.start()) else { continue };
        let stated = patients(whole_text).into_iter().map(|(n, _)| n);
        let gives = |n: &u64| ((*n as f64) * rate.share - cases).abs() <= 0.75;
        let Some(n) = target.filter(gives).or_else(|| stated.filter(gives).max()).or(target) else { continue };
        head(draft, DesignKind::ExpectedCount, sentence, out);
        out.key("rate", share(&rate.printed));
        out.key("expected", float(cases));
        out.key("evaluable", n);
        registered(target, n, out);
    }
}

/// A test of one proportion, or a comparison of two.
fn test(draft: &Draft<'_>, sentence: &Text, words: &str, whole_text: &str, target: Option<u64>, out: &mut Lines) -> bool {
    let (Some(power), Some(needed)) = (found(&POWER, words).and_then(|c| first(&c)), found(&NEEDED, words).and_then(|c| first(&c))) else {
        return false;
    };
    let (Some(threshold), Some(evaluable)) = (found(&THRESHOLD, words).and_then(|c| first(&c)), whole(&needed)) else { return false };
    head(draft, DesignKind::OneProportion, sentence, out);
    out.key("threshold", observed(draft, &threshold, whole_text));
    let alternative = found(&ALTERNATIVE, words).and_then(|c| first(&c)).filter(|value| *value != threshold);
    if let Some(alternative) = alternative {
        out.key("alternative", share(&alternative));
    }
    if let Some(alpha) = found(&ALPHA, words) {
        if let Some(value) = first(&alpha) {
            out.key("alpha", share(&value));
        }
        if let Some(sides) = alpha.iter().skip(1).flatten().map(|m| m.as_str()).find(|s| s.ends_with('側')) {
            out.key("sides", if sides == "片側" { 1 } else { 2 });
        }
    }
    out.key("power", share(&power));
    if ["正確な", "正確検定", "二項検定", "exact"].iter().any(|word| words.contains(word)) {
        out.text("method", "exact");
    } else if words.contains("正規近似") {
        out.text("method", "normal");
    }
    out.key("evaluable", evaluable);
    registered(target, evaluable, out);
    true
}

/// A threshold: the counts in the rationale of which it is the rounded share, else the number.
fn observed(draft: &Draft<'_>, threshold: &str, whole_text: &str) -> String {
    let value: f64 = threshold.parse().unwrap_or(0.0);
    let prose = &draft.published.prose;
    let decimals = threshold.split_once('.').map_or(0, |(_, d)| d.len());
    let shares = |count: &&crate::model::Count| {
        count.denominator > 0
            && count.studies.len() <= 1
            && format!("{:.decimals$}", count.numerator as f64 * 100.0 / count.denominator as f64)
                .parse::<f64>()
                .is_ok_and(|s| (s - value).abs() < 1e-9)
            && prose.paragraphs[count.paragraph].text.as_str().len() <= whole_text.len()
            && whole_text.contains(prose.paragraphs[count.paragraph].text.as_str())
    };
    let Some(count) = prose.counts.iter().find(shares) else { return share(threshold) };
    let text = &prose.paragraphs[count.paragraph].text;
    let figure = text.origin(count.range.start).and_then(|origin| draft.figures.get(&origin));
    let study = figure.and_then(|printed| printed.figure.split_whitespace().nth(2)).filter(|word| word.starts_with(char::is_alphanumeric));
    let study = study.map_or_else(String::new, |study| format!(", study = {}", quoted(study)));
    format!("{{ count = \"{}/{}\"{study}, rounded = {} }}", count.numerator, count.denominator, share(threshold))
}
