//! A study number that is a slip of another.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use diagnostic::Severity;

use crate::model::Prose;
use crate::prose::sizes::Sizes;
use crate::prose::studies::words_of;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP306",
    name: "study-number-misspelt",
    severity: Severity::Warning,
    title: ("試験番号の誤記", "a study number is misspelt"),
    why: ("番号で試験を引く読み手が、存在しない試験を探すことになる。", "a reader looks studies up by their number and finds none"),
    reference: plan::form!("", ""),
    manual: include_str!("study_number_misspelt.md"),
    check,
};

/// How one number may have come of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    /// 0 and O, 1 and I.
    Lookalike,
    /// Two signs changed places.
    Swapped,
    /// A sign was typed twice, or one of two was not.
    Doubled,
    /// A sign within is missing or too many.
    Within,
    /// Only hyphens differ.
    Hyphen,
    /// A sign at the end is missing or too many: often another study.
    AtEnd,
    /// A letter stands for another.
    Letter,
}

/// Mentions of one number in the text.
#[derive(Default)]
struct Mentions {
    /// Paragraph and place of each.
    at: Vec<(usize, Range<usize>)>,
    /// Sizes stated with it.
    sizes: HashSet<u64>,
    /// Numbers beside it in a list.
    beside: HashSet<String>,
}

/// Pairs of names are compared by at most so many of their mentions.
const COMPARED: usize = 24;

fn check(context: &Context<'_>, sink: &mut Sink) {
    let numbers = mentions(&context.published.prose);
    sink.looked_at(numbers.len());
    for (wrong, right) in slips(&context.published.prose, &numbers) {
        report(context, sink, wrong, right, &numbers);
    }
}

/// The numbers that look like a slip of another, with that other.
pub(crate) fn misspelt(prose: &Prose) -> Vec<(String, String)> {
    let numbers = mentions(prose);
    slips(prose, &numbers).into_iter().map(|(wrong, right)| (wrong.to_owned(), right.to_owned())).collect()
}

fn slips<'n>(prose: &Prose, numbers: &'n HashMap<String, Mentions>) -> Vec<(&'n str, &'n str)> {
    let mut found = Vec::new();
    let mut keys: Vec<&str> = numbers.keys().map(String::as_str).collect();
    keys.sort_unstable();
    let lonely = Lonely::of(prose, numbers);
    let mut near: HashMap<String, Vec<&str>> = HashMap::new();
    for key in &keys {
        for variant in variants(key) {
            near.entry(variant).or_default().push(key);
        }
    }
    for rare in &keys {
        let mut others: Vec<&str> = variants(rare).iter().filter_map(|v| near.get(v)).flatten().copied().filter(|k| k != rare).collect();
        others.sort_unstable();
        others.dedup();
        let best = others
            .iter()
            .filter_map(|frequent| {
                let score = weigh(prose, numbers, rare, frequent).or_else(|| lonely.weigh(numbers, rare, frequent))?;
                Some((score, *frequent))
            })
            .max_by_key(|(score, k)| (*score, numbers[*k].at.len(), *k));
        if let Some((_, right)) = best {
            found.push((*rare, right));
        }
    }
    found
}

fn report(context: &Context<'_>, sink: &mut Sink, wrong: &str, right: &str, numbers: &HashMap<String, Mentions>) {
    let prose = &context.published.prose;
    let mark = |(paragraph, range): &(usize, Range<usize>)| {
        let p = &prose.paragraphs[*paragraph];
        Mark::part(&p.text, range.clone(), p.view.section, &p.view.name)
    };
    let times = numbers[right].at.len();
    // a hyphen that the end of a line ate is damage of the conversion; where it joins the lines, nothing tells the two apart
    let lost = plain(wrong) == plain(right) && wrong.len() < right.len();
    let eaten = lost && (wrapped(context) || numbers[wrong].at.iter().all(|(paragraph, range)| broken(context, *paragraph, range)));
    let severity = if eaten { Severity::Info } else { Severity::Warning };
    let mut marks: Vec<Mark<'_>> =
        numbers[wrong].at.iter().take(3).map(|m| mark(m).label(format!("「{right}」か"), format!("“{right}”?"))).collect();
    marks.extend(
        numbers[right].at.iter().take(1).map(|m| mark(m).label(format!("ほかに {times} か所"), format!("{times} times elsewhere"))),
    );
    sink.report_as(
        severity,
        context,
        (format!("試験番号「{wrong}」は「{right}」の誤記と思われます"), format!("study number “{wrong}” looks like a slip of “{right}”")),
        if eaten {
            (
                "行末のハイフンが変換で失われた可能性があります。".to_owned(),
                "the hyphen may have been lost at the end of a line by the conversion".to_owned(),
            )
        } else {
            (format!("別の試験でなければ「{right}」に直してください。"), format!("unless it is another study, write “{right}”"))
        },
        &marks,
    );
}

/// True for text whose lines a converter broke as they stood on the page.
fn wrapped(context: &Context<'_>) -> bool {
    const LONGER_THAN_A_PAGE_IS_WIDE: usize = 700;
    context.published.source.text.lines().all(|line| line.len() < LONGER_THAN_A_PAGE_IS_WIDE)
}

/// True where the number stands over the end of a line.
fn broken(context: &Context<'_>, paragraph: usize, range: &Range<usize>) -> bool {
    let source = &context.published.source;
    let place = context.published.prose.paragraphs[paragraph].text.place(range.clone(), &source.text);
    source.text.get(place).is_some_and(|s| s.contains('\n'))
}

/// All numbers of studies, and words that are one slip away from one.
fn mentions(prose: &Prose) -> HashMap<String, Mentions> {
    let mut numbers: HashMap<String, Mentions> = HashMap::new();
    for mention in prose.studies.iter().filter(|m| !prose.registry[m.study].citation) {
        numbers.entry(prose.registry[mention.study].key.clone()).or_default().at.push((mention.paragraph, mention.range.clone()));
    }
    for pair in prose.studies.windows(2) {
        let [a, b] = pair else { continue };
        if a.paragraph != b.paragraph || a.range.end > b.range.start || prose.registry[a.study].citation || prose.registry[b.study].citation
        {
            continue;
        }
        let between = &prose.paragraphs[a.paragraph].text.as_str()[a.range.end..b.range.start];
        if matches!(between, "、" | "及び" | "、及び" | "並びに" | "," | "及びプロトコルNo.:" | "試験及び" | "試験、")
        {
            let (one, other) = (prose.registry[a.study].key.clone(), prose.registry[b.study].key.clone());
            if let Some(m) = numbers.get_mut(&one) {
                m.beside.insert(other.clone());
            }
            if let Some(m) = numbers.get_mut(&other) {
                m.beside.insert(one);
            }
        }
    }
    let sizes = Sizes::of(prose);
    for size in sizes.all.iter().filter(|s| s.studies.len() == 1) {
        if let Some(m) = numbers.get_mut(&prose.registry[size.studies[0]].key) {
            m.sizes.insert(size.value);
        }
    }
    strays(prose, &mut numbers);
    numbers
}

/// Words that no one introduced as a number and that are one slip away from a long one.
fn strays(prose: &Prose, numbers: &mut HashMap<String, Mentions>) {
    let known: HashSet<String> = numbers.keys().filter(|k| k.len() >= 7).flat_map(|k| variants(k)).collect();
    if known.is_empty() {
        return;
    }
    let mut found: HashMap<String, Mentions> = HashMap::new();
    for (paragraph, p) in prose.paragraphs.iter().enumerate() {
        let s = p.text.as_str();
        for range in words_of(p) {
            let word = &s[range.clone()];
            let number = word.len() >= 6
                && word.len() <= 24
                && word.bytes().any(|b| b.is_ascii_digit())
                && word.bytes().any(|b| b.is_ascii_uppercase());
            if number && !numbers.contains_key(word) && variants(word).iter().any(|v| known.contains(v)) {
                found.entry(word.to_owned()).or_default().at.push((paragraph, range));
            }
        }
    }
    numbers.extend(found);
}

/// A number without its hyphens, and what is left of it without any one sign: numbers that are one slip apart share one of these.
fn variants(key: &str) -> HashSet<String> {
    let plain = plain(key);
    let mut all: HashSet<String> = plain.char_indices().map(|(at, c)| format!("{}{}", &plain[..at], &plain[at + c.len_utf8()..])).collect();
    all.insert(plain);
    all
}

/// Without hyphens.
fn plain(key: &str) -> String {
    key.chars().filter(|c| !matches!(c, '-' | '_')).collect()
}

/// How likely `rare` is a slip of `frequent`; None if it is not.
fn weigh(prose: &Prose, numbers: &HashMap<String, Mentions>, rare: &str, frequent: &str) -> Option<i32> {
    // a hyphen lost by the conversion hides no other slip
    let slip =
        slip(rare, frequent).or_else(|| slip(&plain(rare), &plain(frequent)).filter(|s| matches!(s, Slip::Swapped | Slip::Lookalike)))?;
    let (few, many) = (&numbers[rare], &numbers[frequent]);
    let often = many.at.len() >= 2 && few.at.len() * 2 <= many.at.len();
    // one mention against one: the number that the document introduced is right
    let introduced = |key: &str| prose.registry.iter().any(|s| s.key == key && s.introduced);
    let once = few.at.len() == 1 && matches!(slip, Slip::Lookalike | Slip::Swapped) && !introduced(rare) && introduced(frequent);
    if few.at.len() > 3 || !(often || once) {
        return None;
    }
    let together = few.at.iter().any(|(p, r)| {
        many.at[many.at.partition_point(|(q, _)| q < p)..].iter().take_while(|(q, _)| q == p).any(|(_, s)| s.start.abs_diff(r.start) <= 40)
    });
    let sizes = match (few.sizes.is_empty(), few.sizes.is_disjoint(&many.sizes)) {
        (false, false) => 1,
        (false, true) if !many.sizes.is_empty() => -2,
        _ => 0,
    };
    let beside = i32::try_from(few.beside.intersection(&many.beside).count().min(2)).unwrap_or(0);
    let words = i32::from(few.at.iter().any(|one| many.at.iter().take(COMPARED).any(|other| same_words(prose, one, other))));
    let score = sizes + beside + 2 * words - 2 * i32::from(together && beside == 0);
    let least = match slip {
        Slip::Hyphen if rare.contains("--") => -2,
        Slip::Hyphen => i32::from(together),
        Slip::Lookalike => 0,
        // patients of a subgroup tell nothing against letters that changed places in a number never introduced
        Slip::Swapped if letters(rare, frequent) && !together && !introduced(rare) && introduced(frequent) => -2,
        // letters are the sponsor's or the project's: no two studies differ by two of them swapped or one typed twice
        Slip::Swapped | Slip::Doubled if letters(rare, frequent) && !together => 0,
        Slip::Swapped | Slip::Doubled | Slip::Within => 1,
        Slip::AtEnd | Slip::Letter => 2,
    };
    // far more often and long: nothing else is needed
    let bare = matches!(slip, Slip::Swapped | Slip::Within | Slip::Doubled)
        && rare.len() >= 9
        && sizes >= 0
        && !together
        && (letters(rare, frequent) || !introduced(rare));
    (score >= least || (bare && score >= 0)).then_some(score)
}

/// Numbers that the document uses and never introduces, where it introduces its others by 試験番号, in brackets or in a table.
struct Lonely<'n> {
    /// One or two; none where introducing is not this document's habit.
    numbers: Vec<&'n str>,
    /// True where at least twice as many are introduced.
    habit: bool,
}

impl<'n> Lonely<'n> {
    fn of(prose: &Prose, numbers: &'n HashMap<String, Mentions>) -> Self {
        let introduced: HashSet<&str> = prose.registry.iter().filter(|s| s.introduced).map(|s| s.key.as_str()).collect();
        let numbered = numbers.iter().filter(|(key, _)| key.bytes().any(|b| b.is_ascii_digit()));
        let (known, unknown): (Vec<_>, Vec<_>) = numbered.partition(|(key, mentions)| {
            introduced.contains(key.as_str()) || mentions.at.iter().any(|(paragraph, range)| bracketed(prose, *paragraph, range))
        });
        let usual = unknown.len() <= 2 && known.len() >= unknown.len();
        let numbers = if usual { unknown.iter().map(|(key, _)| key.as_str()).collect() } else { Vec::new() };
        Self { habit: known.len() >= 2 * unknown.len() && known.len() >= 2, numbers }
    }

    /// A number that is never introduced beside an introduced one that is one slip away: one of the two is wrong, the rarer sooner.
    fn weigh(&self, numbers: &HashMap<String, Mentions>, rare: &str, frequent: &str) -> Option<i32> {
        // AB-2 and AB-12 may be two studies
        let slip = slip(rare, frequent)?;
        let swapped = matches!(slip, Slip::Swapped);
        let sure = match slip {
            Slip::Within | Slip::AtEnd => letters(rare, frequent) || self.habit,
            Slip::Letter => false,
            _ => true,
        };
        let (few, many) = (&numbers[rare], &numbers[frequent]);
        let [rare_lonely, frequent_lonely] = [rare, frequent].map(|key| self.numbers.contains(&key));
        let rarer = few.at.len() < many.at.len() || (few.at.len() == many.at.len() && rare_lonely);
        let sizes_agree = few.sizes.is_empty() || many.sizes.is_empty() || !few.sizes.is_disjoint(&many.sizes);
        // part of a study has a size of its own: two signs that changed places in a number named once tell enough
        let once = swapped && self.habit && few.at.len() == 1;
        (sure && rarer && few.at.len() <= 2 && rare_lonely != frequent_lonely && (sizes_agree || once)).then_some(0)
    }
}

/// True within brackets or in the cell of a table.
fn bracketed(prose: &Prose, paragraph: usize, range: &Range<usize>) -> bool {
    let paragraph = &prose.paragraphs[paragraph];
    let before = &paragraph.text.as_str()[..range.start];
    let sentence = before.rsplit('。').next().unwrap_or(before);
    paragraph.cell || sentence.matches('(').count() > sentence.matches(')').count()
}

/// True where only letters differ.
fn letters(one: &str, other: &str) -> bool {
    let digits = |s: &str| s.chars().filter(|c| !c.is_ascii_alphabetic()).collect::<String>();
    digits(one) == digits(other)
}

/// True where the same words lead to both mentions: twelve characters, and some of them that not every study has.
fn same_words(prose: &Prose, one: &(usize, Range<usize>), other: &(usize, Range<usize>)) -> bool {
    let lead = |(paragraph, range): &(usize, Range<usize>)| {
        let s = prose.paragraphs[*paragraph].text.as_str();
        let words: Vec<char> = s[..range.start].chars().rev().take(60).collect();
        words
    };
    let (a, b) = (lead(one), lead(other));
    let length = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let shared: String = a[..length].iter().rev().collect();
    if shared.chars().count() < 12 {
        return false;
    }
    let mut own = shared.rsplit('。').next().unwrap_or(&shared).to_owned();
    for word in BOILERPLATE {
        own = own.replace(word, "");
    }
    own.chars().count() >= 3
}

/// Words that introduce any study, the longer before the shorter.
const BOILERPLATE: [&str; 40] = [
    "使用実態調査",
    "使用成績調査",
    "製造販売後",
    "対象とした",
    "における",
    "国際共同",
    "試験番号",
    "プロトコルNo.",
    "において",
    "に関する",
    "実施した",
    "臨床試験",
    "非盲検",
    "比較試験",
    "一般臨床",
    "薬物動態",
    "患者",
    "国内",
    "国外",
    "海外",
    "外国",
    "第III相",
    "第II相",
    "第I相",
    "試験",
    "調査",
    "では",
    "また",
    "及び",
    "並びに",
    "を",
    "の",
    "に",
    "で",
    "、",
    "(",
    ")",
    ":",
    "と",
    "つ",
];

/// How `wrong` may have come of `right` by one slip.
fn slip(wrong: &str, right: &str) -> Option<Slip> {
    let (w, r): (Vec<char>, Vec<char>) = (wrong.chars().collect(), right.chars().collect());
    if wrong == right {
        return None;
    }
    if plain(wrong) == plain(right) {
        return Some(Slip::Hyphen);
    }
    let like = |s: &[char]| {
        s.iter()
            .map(|c| match c {
                'O' | 'o' => '0',
                'I' | 'l' => '1',
                c => *c,
            })
            .collect::<Vec<char>>()
    };
    if like(&w) == like(&r) {
        return Some(Slip::Lookalike);
    }
    let head = w.iter().zip(&r).take_while(|(a, b)| a == b).count();
    let tail = w.iter().rev().zip(r.iter().rev()).take_while(|(a, b)| a == b).count();
    if w.len() == r.len() {
        let differ = w.len() - head - tail.min(w.len() - head);
        return match differ {
            2 if w[head] == r[head + 1] && w[head + 1] == r[head] => Some(Slip::Swapped),
            1 if !(w[head].is_ascii_digit() && r[head].is_ascii_digit()) => Some(Slip::Letter),
            _ => None,
        };
    }
    let (long, short) = if w.len() > r.len() { (&w, &r) } else { (&r, &w) };
    if long.len() != short.len() + 1 || head + tail < short.len() {
        return None;
    }
    let extra = head.min(long.len() - 1);
    let doubled = (extra > 0 && long[extra] == long[extra - 1]) || long.get(extra + 1) == Some(&long[extra]);
    let within = tail > 0 && long[long.len() - tail..].iter().any(char::is_ascii_alphanumeric) && extra + 1 < long.len();
    // KP-03 and KP-033, AB-1 and AB-11 may well be two studies
    Some(match (doubled, within) {
        (_, false) => Slip::AtEnd,
        (true, true) => Slip::Doubled,
        (false, true) => Slip::Within,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_slips() {
        for (wrong, right, what) in [
            ("AB-C2B-6", "AB-C2B8-6", Some(Slip::Within)),
            ("KP-013", "KP-031", Some(Slip::Swapped)),
            ("VK-210", "VK-21", Some(Slip::AtEnd)),
            ("VK-21", "VK-210", Some(Slip::AtEnd)),
            ("SMP-2O1", "SMP-201", Some(Slip::Lookalike)),
            ("KP031", "KP-031", Some(Slip::Hyphen)),
            ("SMP-202", "SMP-201", None),
            ("SMP-2201", "SMP-201", Some(Slip::Doubled)),
            ("SMQ-201", "SMP-201", Some(Slip::Letter)),
            ("ABX-201", "SMP-201", None),
        ] {
            assert_eq!(slip(wrong, right), what, "{wrong} {right}");
        }
    }
}
