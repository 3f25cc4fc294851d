//! The size of a test of one proportion that does not reproduce.

use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;
use statistics::sample_size::{NormalVariant, Sides, exact_test, exact_test_at, one_proportion, one_proportion_exact_sizes};

use crate::review::designs::{percent, percentages, rationales};
use crate::review::periods::{self, whole, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP502",
    name: "test-size-wrong",
    severity: Severity::Warning,
    title: ("割合の検定の例数が計算と合わない", "the size of a test of a proportion does not reproduce"),
    why: ("閾値、期待値、有意水準、検出力が定まれば、必要な例数は定まる。", "threshold, expectation, error and power determine the size"),
    reference: periods::BINOMIAL,
    manual: include_str!("test_size_wrong.md"),
    check,
};

fn regex(shape: &str) -> Option<Regex> {
    Regex::new(shape).ok()
}

static THRESHOLD: LazyLock<Option<Regex>> = LazyLock::new(|| regex(r"(?:閾値|帰無仮説|基準値)[^0-9%。]{0,12}([0-9]+(?:\.[0-9]+)?)%"));
static EXPECTED: LazyLock<Option<Regex>> = LazyLock::new(|| regex(r"(?:期待値|期待|対立仮説|想定)[^0-9%。]{0,12}([0-9]+(?:\.[0-9]+)?)%"));
static TIMES: LazyLock<Option<Regex>> = LazyLock::new(|| regex(r"([0-9]+(?:\.[0-9]+)?)倍(?:\(([0-9]+(?:\.[0-9]+)?)%\))?"));
static ERROR: LazyLock<Option<Regex>> =
    LazyLock::new(|| regex(r"(片側|両側)?有意水準[はをが:]?(片側|両側)?[^0-9%。]{0,3}([0-9]+(?:\.[0-9]+)?)%(?:\((片側|両側)\))?"));
static POWER: LazyLock<Option<Regex>> =
    LazyLock::new(|| regex(r"検出力[^0-9%。]{0,4}([0-9]+(?:\.[0-9]+)?)%|([0-9]+(?:\.[0-9]+)?)%の検出力"));
static SIZE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(
        r"(?:必要な?(?:症例数|例数|被験者数|症例)|症例数|例数)[^0-9。]{0,12}([0-9][0-9,]*)(?:例|人|名)|([0-9][0-9,]*)(?:例|人|名)(?:が|を)?必要|([0-9][0-9,]*)(?:例|人|名)と(?:なる|算出|計算)",
    )
});

fn number(text: &str) -> Option<f64> {
    text.parse::<f64>().ok()
}

fn check(context: &Context<'_>, sink: &mut Sink) {
    for rationale in rationales(context) {
        for sentence in &rationale.sentences {
            let words_of = &rationale.text.as_str()[sentence.clone()];
            if !words_of.contains("検出力") || !words_of.contains("有意水準") {
                continue;
            }
            let Some(test) = read(words_of) else { continue };
            sink.looked_at(1);
            judge(context, sink, &rationale, sentence.start, &test);
        }
    }
}

struct Test {
    p0: f64,
    p1: f64,
    alpha: f64,
    sides: Vec<Sides>,
    power: f64,
    n: u64,
    n_at: std::ops::Range<usize>,
    /// Where the figures stand that it is computed from.
    from: std::ops::Range<usize>,
}

fn read(text: &str) -> Option<Test> {
    let group = |shape: &LazyLock<Option<Regex>>, n: usize| {
        shape.as_ref().and_then(|r| r.captures(text)).and_then(|c| c.get(n).map(|m| m.as_str().to_owned()))
    };
    let p0 = number(&group(&THRESHOLD, 1)?)? / 100.0;
    let expected = group(&EXPECTED, 1).and_then(|v| number(&v)).map(|v| v / 100.0);
    let p1 = expected.or_else(|| {
        let times = TIMES.as_ref()?.captures(text)?;
        match times.get(2) {
            Some(stated) => number(stated.as_str()).map(|v| v / 100.0),
            None => number(times.get(1)?.as_str()).map(|v| v * p0),
        }
    })?;
    let error = ERROR.as_ref()?.captures(text)?;
    let alpha = number(error.get(3)?.as_str())? / 100.0;
    let side = [1, 2, 4].iter().find_map(|n| error.get(*n)).map(|m| m.as_str());
    let sides = match side {
        Some("片側") => vec![Sides::One],
        Some(_) => vec![Sides::Two],
        None if text.contains("片側") => vec![Sides::One],
        None if text.contains("両側") => vec![Sides::Two],
        None => vec![Sides::One, Sides::Two],
    };
    let power = POWER.as_ref()?.captures(text).and_then(|c| c.get(1).or(c.get(2)).and_then(|m| number(m.as_str())))? / 100.0;
    let figures = percentages(text);
    let (first, after) = (figures.first()?.range.start, figures.last()?.range.end);
    // the size follows the figures it is made of
    let found = SIZE.as_ref()?.captures_iter(text).find(|c| c.get(0).is_some_and(|m| m.end() > after))?;
    let digits = [1, 2, 3].iter().find_map(|n| found.get(*n))?;
    let unit = text[digits.end()..].chars().next().map_or(0, char::len_utf8);
    Some(Test { p0, p1, alpha, sides, power, n: whole(digits.as_str())?, n_at: digits.start()..digits.end() + unit, from: first..after })
}

fn judge(context: &Context<'_>, sink: &mut Sink, rationale: &crate::review::designs::Rationale<'_>, start: usize, test: &Test) {
    let mut sizes: Vec<u64> = Vec::new();
    for &sides in &test.sides {
        for variant in NormalVariant::ALL {
            if let Some(size) = one_proportion(test.p0, test.p1, test.alpha, sides, test.power, variant) {
                sizes.push(size.n);
                sizes.push(size.exact.round() as u64);
            }
        }
        if let Some(exact) = one_proportion_exact_sizes(test.p0, test.p1, test.alpha, sides, test.power) {
            sizes.extend([exact.first, exact.always]);
        }
    }
    let sides = test.sides[0];
    let Some(usual) = one_proportion(test.p0, test.p1, test.alpha, sides, test.power, NormalVariant::NullAndAlternative) else { return };
    let from =
        Mark::part(rationale.text, start + test.from.start..start + test.from.end, rationale.section, rationale.activity.name.as_str())
            .label("計算の条件", "the figures it is computed from");
    let mark =
        Mark::part(rationale.text, start + test.n_at.start..start + test.n_at.end, rationale.section, rationale.activity.name.as_str());
    if sizes.contains(&test.n) {
        let Some(exact) = exact_test(test.n, test.p0, test.p1, test.alpha, sides) else { return };
        let toward = if test.p1 > test.p0 { exact.critical.checked_sub(1) } else { exact.critical.checked_add(1) };
        let looser = toward.and_then(|critical| exact_test_at(test.n, critical, test.p0, test.p1));
        if exact.power >= test.power - 0.005 {
            return;
        }
        let next = looser.map_or((String::new(), String::new()), |l| {
            (
                format!("棄却域を {} 例からとすると検出力 {}%、誤り {}% です。", l.critical, percent(l.power), percent(l.error)),
                format!("; rejecting from {} cases gives {} % at {} % error", l.critical, percent(l.power), percent(l.error)),
            )
        });
        sink.report_as(
            Severity::Info,
            context,
            words(
                format!(
                    "{} 例は正規近似による例数です。二項分布では、{} 例から棄却して検出力 {}%、第一種の過誤 {}% です",
                    test.n,
                    exact.critical,
                    percent(exact.power),
                    percent(exact.error)
                ),
                format!(
                    "{} patients follow from the normal approximation; exactly, rejecting from {} cases gives {} % power at {} % error",
                    test.n,
                    exact.critical,
                    percent(exact.power),
                    percent(exact.error)
                ),
            ),
            words(format!("近似によることを示すとよいでしょう。{}", next.0), format!("say that it is an approximation{}", next.1)),
            &[mark.label("正規近似では合う", "right by the normal approximation"), from],
        );
        return;
    }
    sink.report(
        context,
        words(
            format!(
                "閾値 {}%、期待値 {}%、検出力 {}% から必要な例数は {} 例で、{} 例は得られません",
                percent(test.p0),
                percent(test.p1),
                percent(test.power),
                usual.n,
                test.n
            ),
            format!(
                "a threshold of {} %, an expectation of {} % and {} % power need {} patients, not {}",
                percent(test.p0),
                percent(test.p1),
                percent(test.power),
                usual.n,
                test.n
            ),
        ),
        words(
            "計算に用いた値と方法を確かめ、例数か条件を直してください。正規近似の諸式と正確な二項検定のどれによっても合いません。",
            "check figures and method; no usual approximation nor the exact test gives this number",
        ),
        &[mark.label(format!("計算では {} 例", usual.n), format!("computed {}", usual.n)), from],
    );
}
