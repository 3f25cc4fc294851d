//! Which names of a document mean the same thing: its own abbreviations, brackets, and the two ways to name an activity.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

use regex::Regex;
use terminology::{Likeness, core, key, likeness_of_keys};

use crate::model::Published;

/// The names of a document, resolved.
pub struct Names<'a> {
    published: &'a Published,
    /// Short forms and what they stand for, as keys.
    short: Vec<(String, String)>,
    /// What was compared before; the same names meet in every view.
    known: RefCell<HashMap<String, HashMap<String, Relation>>>,
    /// The names that were taken apart before.
    read: RefCell<HashMap<String, Rc<Name>>>,
}

/// A name taken apart.
pub struct Name {
    /// As names are compared.
    pub key: String,
    /// What it says as the name of an activity, if it can be one.
    pub activity: Option<ActivityName>,
}

/// How two names relate.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub enum Relation {
    /// Two names.
    Different,
    /// Alike enough for one to be a slip of the other.
    Near(f32),
    /// One says more than the other.
    Wider,
    /// The same, by the document's own abbreviations or but for writing.
    Same,
}

impl<'a> Names<'a> {
    /// Collects the document's abbreviations.
    #[must_use]
    pub fn of(published: &'a Published) -> Self {
        let mut short: Vec<(String, String)> = published.prose.abbreviations.iter().map(|a| (key(&a.short), key(&a.long))).collect();
        short.extend(published.concerns.iter().filter_map(|c| Some((key(c.short.as_ref()?.as_str()), key(c.name.as_str())))));
        let activities = published.plans.iter().flat_map(|plan| &plan.activities);
        short.extend(activities.filter_map(|a| Some((key(a.short.as_ref()?.as_str()), key(a.name.as_str())))));
        // a short form that the reasons of a concern define for it after their last word
        for abbreviation in &published.prose.abbreviations {
            let view = published.prose.paragraphs.get(abbreviation.paragraph).map(|p| &p.view);
            let own = view.filter(|v| v.section == crate::heading::Section::Safety && !v.name.is_empty());
            let (word, long) = (key(&abbreviation.short), own.map_or_else(String::new, |v| key(&v.name)));
            if word.chars().count() >= 3 && long.ends_with(&word) && !key(&abbreviation.long).ends_with(&long) {
                short.push((word, long));
            }
        }
        // a name that carries its own short form: 進行性多巣性白質脳症（PML）
        let named = published
            .concerns
            .iter()
            .map(|c| c.name.as_str())
            .chain(published.summary.iter().flat_map(|s| s.concerns.iter().map(|c| c.name.as_str())));
        for name in named {
            for (long, inner) in bracketed(&key(name)) {
                let abbreviation = inner.rsplit(':').next().unwrap_or(&inner).to_owned();
                if is_abbreviation(&abbreviation) {
                    short.push((abbreviation, long));
                }
            }
        }
        short.sort_by_key(|(s, _)| std::cmp::Reverse(s.len()));
        short.dedup();
        Self { published, short, known: RefCell::default(), read: RefCell::default() }
    }

    /// True if the document defines this short form.
    #[must_use]
    pub fn defines(&self, short: &str) -> bool {
        let short = key(short);
        self.short.iter().any(|(s, _)| *s == short)
    }

    /// Takes a name apart, once for all that ask.
    #[must_use]
    pub fn name(&self, name: &str) -> Rc<Name> {
        if let Some(known) = self.read.borrow().get(name) {
            return Rc::clone(known);
        }
        let read = Rc::new(Name { key: key(name), activity: ActivityName::parse(name) });
        self.read.borrow_mut().insert(name.to_owned(), Rc::clone(&read));
        read
    }

    /// Compares two names.
    #[must_use]
    pub fn relation(&self, one: &str, other: &str) -> Relation {
        if one == other {
            return Relation::Same;
        }
        if let Some(relation) = self.known.borrow().get(one).and_then(|of| of.get(other)) {
            return *relation;
        }
        let relation = self.compare(&self.name(one).key, &self.name(other).key);
        self.known.borrow_mut().entry(one.to_owned()).or_default().insert(other.to_owned(), relation);
        relation
    }

    fn compare(&self, a: &str, b: &str) -> Relation {
        if a == b || self.same(a, b) || self.same(b, a) {
            return Relation::Same;
        }
        match likeness_of_keys(a, b) {
            Likeness::Same => Relation::Same,
            Likeness::Contained if core(a) == core(b) && !core(a).is_empty() => {
                // brackets that name different things tell two names apart
                let (x, y) = (brackets(a), brackets(b));
                if x.is_empty() || y.is_empty() { Relation::Wider } else { Relation::Near(0.8) }
            }
            Likeness::Contained => Relation::Wider,
            Likeness::Near(n) => Relation::Near(n),
            Likeness::Different => Relation::Different,
        }
    }

    /// True if the names are the same by the document's abbreviations.
    fn same(&self, a: &str, b: &str) -> bool {
        if b.contains('(') && shortened(b) == a {
            return true;
        }
        self.short.iter().any(|(short, long)| {
            let Some(at) = a.find(short.as_str()) else { return false };
            let (before, after) = (&a[..at], &a[at + short.len()..]);
            // PML in (PML) is the definition itself
            if b.len() < before.len() + after.len() || !b.starts_with(before) || !b.ends_with(after) {
                return false;
            }
            let middle = &b[before.len()..b.len() - after.len()];
            !middle.is_empty()
                && (long.ends_with(middle)
                    || (middle.chars().count() >= 3 && (core(long).ends_with(&core(middle)) && !core(middle).is_empty()))
                    || (middle.contains(short.as_str()) && core(middle) != *middle && long.ends_with(&core(middle))))
        })
    }

    /// The index of the name among `names` that means the same as `name`, else the one most like it.
    #[must_use]
    pub fn closest<'n>(&self, name: &str, names: impl Iterator<Item = &'n str>) -> Option<(usize, Relation)> {
        let mut best: Option<(usize, Relation)> = None;
        for (n, other) in names.enumerate() {
            let relation = self.relation(name, other);
            if relation != Relation::Different && best.is_none_or(|(_, r)| relation > r) {
                best = Some((n, relation));
            }
        }
        best
    }

    /// Pairs the names of two views: first those that mean the same, then, of what is left, those most alike.
    #[must_use]
    pub fn pair(&self, left: &[&str], right: &[&str]) -> Vec<(usize, usize, Relation)> {
        let mut all = self.equal(left, right);
        let (mut left_open, mut right_open) = (vec![true; left.len()], vec![true; right.len()]);
        for &(l, r, _) in &all {
            left_open[l] = false;
            right_open[r] = false;
        }
        let right_left: Vec<usize> = (0..right.len()).filter(|&r| right_open[r]).take(MOST_COMPARED).collect();
        for (l, one) in left.iter().enumerate().filter(|&(l, _)| left_open[l]).take(MOST_COMPARED) {
            for &r in &right_left {
                let relation = self.relation(one, right[r]);
                if relation != Relation::Different {
                    all.push((l, r, relation));
                }
            }
        }
        all.sort_by(|a, b| {
            b.2.partial_cmp(&a.2).unwrap_or(std::cmp::Ordering::Equal).then_with(|| a.0.abs_diff(a.1).cmp(&b.0.abs_diff(b.1)))
        });
        let (mut used_left, mut used_right) = (vec![false; left.len()], vec![false; right.len()]);
        all.retain(|&(l, r, _)| {
            let free = !used_left[l] && !used_right[r];
            if free {
                used_left[l] = true;
                used_right[r] = true;
            }
            free
        });
        all.sort_by_key(|p| p.0);
        all
    }

    /// The pairs of names that are equal and stand once on each side: most of any plan, and found without comparing all with all.
    fn equal(&self, left: &[&str], right: &[&str]) -> Vec<(usize, usize, Relation)> {
        let mut sides: HashMap<String, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (l, name) in left.iter().enumerate() {
            sides.entry(self.name(name).key.clone()).or_default().0.push(l);
        }
        for (r, name) in right.iter().enumerate() {
            sides.entry(self.name(name).key.clone()).or_default().1.push(r);
        }
        sides
            .into_values()
            .filter_map(|side| match side {
                (l, r) if l.len() == 1 && r.len() == 1 => Some((l[0], r[0], Relation::Same)),
                _ => None,
            })
            .collect()
    }

    /// The index in 1.1 of the concern that a name means.
    #[must_use]
    pub fn concern(&self, name: &str) -> Option<usize> {
        self.published.concerns.iter().position(|c| self.relation(name, c.name.as_str()) == Relation::Same)
    }
}

/// Names without an equal that are compared with each other name: far more than any plan has, and a bound for other texts.
pub(crate) const MOST_COMPARED: usize = 500;

fn is_abbreviation(s: &str) -> bool {
    (2..=10).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && s.bytes().any(|b| b.is_ascii_alphabetic())
}

fn brackets(key: &str) -> String {
    bracketed(key).into_iter().map(|(_, inner)| inner).collect()
}

/// The brackets of a key: what stands before each (since the last 、), and in it.
fn bracketed(key: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = key[from..].find('(') {
        let open = from + open;
        let Some(close) = key[open..].find(')') else { break };
        let close = open + close;
        let start = key[..open].rfind(['、', '(', ')']).map_or(0, |at| at + key[at..].chars().next().map_or(1, char::len_utf8));
        found.push((key[start..open].to_owned(), key[open + 1..close].to_owned()));
        from = close + 1;
    }
    found
}

/// A name with what carries a short form in brackets replaced by it: 皮膚粘膜眼症候群（…：SJS）、… becomes SJS、….
fn shortened(key: &str) -> String {
    let mut out = String::new();
    let mut segment = String::new();
    let mut rest = key;
    while let Some(c) = rest.chars().next() {
        if c == '('
            && let Some(close) = rest.find(')')
        {
            let inner = &rest[1..close];
            let short = inner.rsplit(':').next().unwrap_or(inner);
            if is_abbreviation(short) {
                segment = short.to_owned();
            } else {
                segment.push_str(&rest[..=close]);
            }
            rest = &rest[close + 1..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        segment.push(c);
        if c == '、' {
            out.push_str(&segment);
            segment.clear();
        }
    }
    out.push_str(&segment);
    out
}

/// The kinds of activity, longest first where one is part of another.
const KINDS: [&str; 26] = [
    "一般使用成績調査",
    "特定使用成績調査",
    "使用成績比較調査",
    "製造販売後データベース調査",
    "製造販売後臨床試験",
    "使用成績調査",
    "使用実態調査",
    "市販直後調査",
    "データベース調査",
    "追跡調査",
    "妊娠曝露追跡調査",
    "医療従事者向け資材",
    "医療関係者向け資材",
    "医師向け資材",
    "薬剤師向け資材",
    "患者向け資材",
    "患者家族向け資材",
    "患者及び家族向け資材",
    "患者及びその家族向け資材",
    "流通管理",
    "適正使用ガイド",
    "レジストリ",
    "臨床試験",
    "情報提供資材",
    "資材",
    "調査",
];

/// What may stand in brackets after an activity without making it another one.
const DETAILS: [&str; 10] =
    ["長期", "長期使用", "長期投与", "長期使用に関する調査", "全例", "全例調査", "全例調査方式", "中央登録方式", "レジストリ", "継続"];

/// An activity's name, taken apart: its kind, and what tells it from others of the kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityName {
    /// Such as 一般使用成績調査.
    pub kind: &'static str,
    /// The indication or population, and what stands in brackets.
    pub topics: Vec<String>,
}

impl ActivityName {
    /// Takes a name apart. None where it holds no known kind.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let key = key(name);
        let kind = KINDS.into_iter().filter(|k| key.contains(k)).max_by_key(|k| k.len())?;
        let at = key.find(kind)?;
        let mut topics = Vec::new();
        let before = &key[..at];
        let before =
            ["における", "を対象とした", "に対する", "に関する", "の"].iter().find_map(|w| before.strip_suffix(w)).unwrap_or(before);
        if !before.is_empty() {
            topics.push(before.to_owned());
        }
        topics.extend(bracketed(&key[at..]).into_iter().map(|(_, inner)| inner));
        Some(Self { kind, topics })
    }
}

/// A mention of activities in running text: one kind, with the topics it names.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The kind.
    pub kind: &'static str,
    /// The topics.
    pub topics: Vec<String>,
    /// Where it stands.
    pub range: std::ops::Range<usize>,
}

/// The kinds that name an activity wherever they stand, the longest first.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    let mut kinds: Vec<&str> =
        KINDS.into_iter().filter(|k| !matches!(*k, "調査" | "資材" | "臨床試験" | "適正使用ガイド" | "レジストリ")).collect();
    kinds.sort_by_key(|k| std::cmp::Reverse(k.len()));
    Regex::new(&kinds.join("|")).expect("words without signs")
});

/// Bytes of a topic before or behind a kind: no name of a study is longer.
const LONGEST_TOPIC: usize = 1_000;

/// The mentions of activities in a text (normalised).
#[must_use]
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    let mut at = 0;
    while let Some(found) = NAMED.find_at(text, at) {
        let start = found.start();
        let Some(kind) = KINDS.into_iter().find(|k| *k == found.as_str()) else { break };
        let mut end = start + kind.len();
        let mut topics = Vec::new();
        // brackets after it, also after の作成と提供 and the like
        loop {
            let rest = &text[end..];
            if let Some(inner) = rest.strip_prefix('(')
                && let Some(close) = matching(inner)
            {
                let inner = &inner[..close];
                let whole = key(inner);
                topics.push(whole.clone());
                topics.extend(whole.split('、').map(str::to_owned));
                end += close + 2;
                continue;
            }
            let tail = [
                "の作成、改訂及び提供",
                "の作成、改訂、提供",
                "の作成と提供",
                "の作成及び提供",
                "の作成・提供",
                "の作成及び配布",
                "の作成・配布",
                "の作成と配布",
                "の作成、配布",
                "の提供",
                "の配布",
                "の作成",
            ]
            .into_iter()
            .find(|t| rest.starts_with(t));
            match tail {
                Some(tail) => end += tail.len(),
                None => break,
            }
        }
        let from = text.floor_char_boundary(start.saturating_sub(LONGEST_TOPIC));
        let line = text[from..start].rfind(['。', '・', ')', '\n']);
        let line = line.map_or(from, |p| from + p + text[from + p..].chars().next().map_or(1, char::len_utf8));
        let before = &text[line..start];
        let before = before.trim_start_matches('-');
        if let Some(topic) = ["における", "を対象とした", "に対する"].iter().find_map(|w| before.strip_suffix(w)) {
            topics.push(key(topic));
            topics.extend(key(topic).split('、').map(str::to_owned));
        }
        topics.dedup();
        mentions.push(Mention { kind, topics, range: start..end });
        at = end;
    }
    mentions
}

fn matching(inner: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in inner[..inner.floor_char_boundary(LONGEST_TOPIC.min(inner.len()))].char_indices() {
        match c {
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

impl Names<'_> {
    /// The activities that a text names, of those given by name. Also the mentions that mean none of them.
    #[must_use]
    pub fn named_in(&self, text: &str, activities: &[&str]) -> (Vec<bool>, Vec<Mention>) {
        let mut named = vec![false; activities.len()];
        let read: Vec<Rc<Name>> = activities.iter().map(|a| self.name(a)).collect();
        let folded = key(text);
        let within: Vec<usize> = (0..read.len()).filter(|&n| folded.contains(read[n].key.as_str())).collect();
        for &n in &within {
            // exactly, unless it only ends the name of another
            let k = &read[n].key;
            named[n] = !within.iter().any(|&other| read[other].key.len() > k.len() && read[other].key.ends_with(k.as_str()));
        }
        let parsed: Vec<Option<&ActivityName>> = read.iter().map(|name| name.activity.as_ref()).collect();
        let mut unknown = Vec::new();
        for mention in mentions(text) {
            let of_kind: Vec<usize> = (0..activities.len())
                .filter(|&n| {
                    parsed[n]
                        .is_some_and(|p| p.kind == mention.kind || (p.kind.ends_with(mention.kind) && mention.kind.chars().count() >= 6))
                })
                .collect();
            let shared: Vec<&String> = mention
                .topics
                .iter()
                .filter(|t| !of_kind.is_empty() && of_kind.iter().all(|&n| parsed[n].is_some_and(|p| p.topics.contains(t))))
                .collect();
            let own: Vec<&String> = mention.topics.iter().filter(|t| of_kind.len() < 2 || !shared.contains(t)).collect();
            let mut hit = false;
            for &n in &of_kind {
                let Some(name) = parsed[n] else { continue };
                let topics_agree = own.iter().any(|t| name.topics.iter().any(|topic| self.topic_matches(t, topic)));
                if topics_agree || (own.is_empty() && of_kind.len() == 1) {
                    named[n] = true;
                    hit = true;
                }
            }
            if !hit && of_kind.len() == 1 {
                // one of its kind: another topic in brackets may be a detail, such as （長期）
                let name = parsed[of_kind[0]];
                let detail = own.iter().all(|t| DETAILS.contains(&t.as_str())) || name.is_some_and(|n| n.topics.is_empty());
                if detail {
                    named[of_kind[0]] = true;
                    hit = true;
                }
            }
            if !hit {
                let mention = key(&text[mention.range.clone()]);
                hit = read.iter().zip(&named).any(|(name, named)| *named && name.key.contains(&mention));
            }
            if !hit {
                unknown.push(mention);
            }
        }
        (named, unknown)
    }

    fn topic_matches(&self, one: &str, other: &str) -> bool {
        match self.relation(one, other) {
            Relation::Same => true,
            Relation::Wider => {
                let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
                // CD20陽性のCLL and CLL; but not 肝移植 in ABOi肝移植 and 心移植、肝移植
                long.ends_with(short) || long.starts_with(short)
            }
            _ => false,
        }
    }
}
