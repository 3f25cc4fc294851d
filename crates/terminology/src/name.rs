//! When two names mean the same thing.

/// A name as it is compared: normalised, without brackets of quotation and final stops, with 及び/および and other words that are
/// written in two ways made one.
///
/// ```
/// assert_eq!(terminology::key("「結膜炎および角膜炎」"), terminology::key("結膜炎 及び角膜炎"));
/// ```
#[must_use]
pub fn key(name: &str) -> String {
    let text = crate::Text::new(name, 0);
    let mut key = text
        .as_str()
        .trim_matches(|c| matches!(c, '「' | '」' | '『' | '』' | '"' | '“' | '”' | '。' | ':' | '・' | '*' | '※' | '-' | '<' | '>' | ','))
        .to_lowercase();
    for (one, other) in [
        ("および", "及び"),
        ("または", "又は"),
        ("もしくは", "若しくは"),
        ("ならびに", "並びに"),
        ("かつ", "且つ"),
        ("ヶ月", "か月"),
        ("ヵ月", "か月"),
        ("カ月", "か月"),
        ("ケ月", "か月"),
        ("箇月", "か月"),
        ("・", ""),
        ("[", "("),
        ("]", ")"),
        ("『", "「"),
        ("』", "」"),
        ("癌", "がん"),
        ("ガン", "がん"),
        ("蛋白", "たん白"),
        ("タンパク", "たん白"),
    ] {
        if key.contains(one) {
            key = key.replace(one, other);
        }
    }
    key
}

/// A key without what stands in brackets, and without final 等.
#[must_use]
pub fn core(key: &str) -> String {
    let mut depth = 0u32;
    let mut core = String::with_capacity(key.len());
    for c in key.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => core.push(c),
            _ => {}
        }
    }
    core
}

/// How alike two names are.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub enum Likeness {
    /// Nothing in common that would make one a slip for the other.
    Different,
    /// So alike that one may be a slip for the other; the share of the longer name that agrees.
    Near(f32),
    /// One holds the other, or they agree but for what stands in brackets.
    Contained,
    /// The same but for writing.
    Same,
}

/// Compares two names.
#[must_use]
pub fn likeness(one: &str, other: &str) -> Likeness {
    likeness_of_keys(&key(one), &key(other))
}

/// Compares two names that are keys already, as [`key`] makes them.
#[must_use]
pub fn likeness_of_keys(one: &str, other: &str) -> Likeness {
    if one == other {
        return Likeness::Same;
    }
    if one.is_empty() || other.is_empty() {
        return Likeness::Different;
    }
    let (a, b) = (core(one), core(other));
    if !a.is_empty() && a == b {
        return Likeness::Contained;
    }
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if short.chars().count() >= 3 && long.contains(short) {
        return Likeness::Contained;
    }
    // strings of very different length cannot be half alike
    if short.chars().count() * 2 < long.chars().count() {
        return Likeness::Different;
    }
    let alike = similarity(one, other);
    if alike >= 0.5 { Likeness::Near(alike) } else { Likeness::Different }
}

/// 1 for equal strings, 0 for strings without a common character in order: 1 − distance / length of the longer.
#[must_use]
pub fn similarity(one: &str, other: &str) -> f32 {
    let a: Vec<char> = one.chars().collect();
    let b: Vec<char> = other.chars().collect();
    let longer = a.len().max(b.len());
    if longer == 0 {
        return 1.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "names are short")]
    let share = distance(&a, &b) as f32 / longer as f32;
    1.0 - share
}

/// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours. Quadratic; longer strings
/// than 400 characters are compared by their first 400.
#[must_use]
pub fn distance(one: &[char], other: &[char]) -> usize {
    let (a, b) = (&one[..one.len().min(400)], &other[..other.len().min(400)]);
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut row = vec![0; b.len() + 1];
    for i in 1..=a.len() {
        row[0] = i;
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last[b.len()]
}
