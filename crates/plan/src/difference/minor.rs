//! Minor changes (軽微変更): they need not be submitted at once; the plan and its history are updated, and they travel with the next
//! submission.

use calendar::Date;
use diagnostic::Reference;
use terminology::Text;

/// A rule by which a change is minor.
#[derive(Debug)]
pub struct Minor {
    /// Its name.
    pub name: &'static str,
    /// What it says: Japanese and English.
    pub title: (&'static str, &'static str),
    /// Where it comes from, and since when.
    pub reference: Reference,
}

const fn source(ja: &'static str, en: &'static str) -> Reference {
    Reference::since(Date::constant(2022, 5, 1), ja, en)
}

/// 承認後に承認に関する事実を書き加える。
static APPROVAL_FACTS: Minor = Minor {
    name: "approval-facts",
    title: ("承認後の、承認に関する事実の追記", "facts of an approval added after it"),
    reference: source(
        "医薬品リスク管理計画の策定及び公表に関する質疑応答集 Q27、Q31",
        "Questions and answers on risk management plans, Q27 and Q31",
    ),
};

static STATUS: Minor = Minor {
    name: "status",
    title: ("計画どおりに始まった、終わった、又は報告したことの追記", "that something planned began, ended or was reported"),
    reference: source(
        "医薬品リスク管理計画の策定及び公表に関する質疑応答集 Q27～Q33",
        "Questions and answers on risk management plans, Q27 to Q33",
    ),
};

static TYPOGRAPHY: Minor = Minor {
    name: "typography",
    title: ("誤記や体裁の直し", "typographical repair"),
    reference: source(
        "医薬品リスク管理計画の策定及び公表に関する質疑応答集 Q27～Q33",
        "Questions and answers on risk management plans, Q27 to Q33",
    ),
};

static MATERIAL: Minor = Minor {
    name: "material-only",
    title: ("資材だけの改訂", "only a material changes"),
    reference: source(
        "医薬品リスク管理計画の策定及び公表に関する質疑応答集 Q32（本文と変更の履歴も更新する）",
        "Questions and answers on risk management plans, Q32 (the plan and its history are updated as well)",
    ),
};

static RECORD: Minor = Minor {
    name: "record",
    title: ("変更の履歴への記録", "the record of changes itself"),
    reference: source(
        "医薬品リスク管理計画の策定及び公表に関する質疑応答集 Q32、Q33",
        "Questions and answers on risk management plans, Q32 and Q33",
    ),
};

static NOT_PRINTED: Minor = Minor {
    name: "not-printed",
    title: ("別紙様式1に印刷されない事柄", "what the Japanese form does not print"),
    reference: Reference::always("別紙様式1（該当欄なし）", "form 1 has no place for it"),
};

/// The rule of typographical repair, if it is all that parts two texts of a plan of this day.
#[must_use]
pub fn typographical(old: &str, new: &str, day: Option<Date>) -> Option<&'static Minor> {
    Some(&TYPOGRAPHY).filter(|minor| bare(old) == bare(new) && in_force(minor, day))
}

/// The rule for what is told of differently only because its day has come: what was planned runs, or has ended.
#[must_use]
pub fn as_planned(day: Option<Date>) -> Option<&'static Minor> {
    Some(&STATUS).filter(|minor| in_force(minor, day))
}

/// True if a rule holds for a plan of this day; without a day, today's rules hold.
fn in_force(minor: &Minor, day: Option<Date>) -> bool {
    let Reference { from, until, .. } = minor.reference;
    day.is_none_or(|day| from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until))
}

/// The rules, in the order in which they are asked.
pub const MINOR: &[&Minor] = &[&TYPOGRAPHY, &NOT_PRINTED, &RECORD, &APPROVAL_FACTS, &STATUS, &MATERIAL];

/// What a change is about, for the rules.
pub(super) struct Asked<'a> {
    pub kind: &'a str,
    pub subject: &'a str,
    /// The key, without those above it.
    pub key: &'a str,
    pub old: Option<&'a str>,
    pub new: Option<&'a str>,
    /// True of what happened as it was planned, and of the event of an approval.
    pub as_told: bool,
}

/// The rule by which a change is minor in a plan of this day; without a day, by the rules of today.
pub(super) fn minor(asked: &Asked<'_>, day: Option<Date>) -> Option<&'static Minor> {
    rule(asked).filter(|minor| in_force(minor, day))
}

fn rule(asked: &Asked<'_>) -> Option<&'static Minor> {
    let Asked { kind, subject, key, old, new, as_told } = *asked;
    let typographic = || matches!((old, new), (Some(old), Some(new)) if bare(old) == bare(new));
    let recorded = old.is_none() && new.is_some();
    match (subject, key) {
        _ if kind.starts_with("translation-") || kind == "id-changed" || key.ends_with("_en") => Some(&NOT_PRINTED),
        _ if typographic() => Some(&TYPOGRAPHY),
        (_, "format" | "terms" | "file" | "aliases") => Some(&NOT_PRINTED),
        ("submission", _) => Some(&RECORD),
        ("indication" | "product" | "strength", "approved" | "approval_number" | "launched") if recorded => Some(&APPROVAL_FACTS),
        ("event", "") if recorded && as_told => Some(&APPROVAL_FACTS),
        ("activity", "started" | "ended" | "made") if recorded && as_told => Some(&STATUS),
        ("attachment", "status") => Some(&STATUS),
        ("activity", "version") => Some(&MATERIAL),
        _ => None,
    }
}

/// A text without what typographical repair changes: width, blanks and the marks between words.
fn bare(text: &str) -> String {
    let text = Text::new(text, 0);
    let chars: Vec<char> = text.as_str().chars().collect();
    // between digits a mark is a part of the number
    let number = |index: usize| {
        let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
        digit(index.checked_sub(1)) && digit(index.checked_add(1))
    };
    let mark = |c: char| matches!(c, '、' | '。' | '・' | ',' | '，');
    chars.iter().enumerate().filter(|(index, c)| !mark(**c) || number(*index)).map(|(_, c)| c).collect()
}
