//! Words for what a plan states.

use diagnostic::Words;

use super::node::Node;
use crate::id::Target;
use crate::model::Plan;
use crate::shape::{Key, Type};

/// A word as a noun: the first sentence of its description.
pub(super) fn noun(doc: (&str, &str)) -> Words {
    let ja = doc.0.trim().split(['。', '（']).next().unwrap_or_default();
    let en = doc.1.trim().split([';', ':', '.', ',', '(']).next().unwrap_or_default().trim();
    let en = ["The ", "Its ", "An ", "A ", "Their ", "Whether "].iter().find_map(|article| en.strip_prefix(article)).unwrap_or(en);
    let mut letters = en.chars();
    let en = letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect());
    Words::new(ja, en)
}

/// A text cut down to what fits a line.
pub(super) fn short(text: &str) -> String {
    cut(text, 60)
}

/// A text in one line of so many characters at most.
pub(crate) fn cut(text: &str, longest: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= longest { line } else { line.chars().take(longest - 1).chain(['…']).collect() }
}

/// What a key states, as people read it; `None` if nothing.
pub(super) fn shown(plan: &Plan, kind: &Type, node: &Node) -> Option<Words> {
    if let (Type::Several(of), Node::Scalar(..) | Node::Table(..)) = (kind, node) {
        return shown(plan, of, node);
    }
    match node {
        Node::Nothing => None,
        Node::Prose(text, _) => Some(Words::same(crate::prose::without_comments(text))).filter(|text| !text.ja.is_empty()),
        Node::Scalar(..) => node.text().map(|text| scalar(plan, kind, &text)),
        Node::List(items) => {
            let of = match kind {
                Type::List(of) | Type::Several(of) => of,
                other => other,
            };
            let all: Vec<Words> = items.iter().filter_map(|item| shown(plan, of, item)).collect();
            let join = |pick: fn(&Words) -> &str, between| all.iter().map(pick).collect::<Vec<_>>().join(between);
            Some(Words::new(join(|w| &w.ja, "、"), join(|w| &w.en, ", ")))
        }
        Node::Table(keys, _) => Some(table(plan, keys)),
    }
}

fn table(plan: &Plan, keys: &[(&'static Key, Node)]) -> Words {
    let stated: Vec<(&Key, Words)> = keys.iter().filter_map(|(key, node)| Some((*key, shown(plan, &key.kind, node)?))).collect();
    let names: Vec<&str> = keys.iter().map(|(key, _)| key.name).collect();
    let find = |name: &str| stated.iter().find(|(key, _)| key.name == name).map(|(_, words)| words.clone());
    if names == ["start", "end"] {
        let side = |name| find(name).unwrap_or_default();
        return Words::new(format!("{}～{}", side("start").ja, side("end").ja), format!("{} to {}", side("start").en, side("end").en));
    }
    let lengths = [("days", "日", "days"), ("weeks", "週", "weeks"), ("months", "か月", "months"), ("years", "年", "years")];
    let length =
        lengths.iter().find_map(|(name, ja, en)| find(name).map(|n| Words::new(format!("{}{ja}", n.ja), format!("{} {en}", n.en))));
    if let Some(event) = find("on") {
        let event = match find("count") {
            Some(n) => Words::new(format!("{}（{} 例）", event.ja, n.ja), format!("{} ({})", event.en, n.en)),
            None => event,
        };
        return match length {
            Some(length) => Words::new(format!("{}から{}", event.ja, length.ja), format!("{} after {}", length.en, event.en)),
            None => event,
        };
    }
    let rest = stated.iter().filter(|(key, _)| !(length.is_some() && lengths.iter().any(|(name, ..)| *name == key.name)));
    let rest: Vec<Words> = rest
        .map(|(key, value)| {
            let label = noun(key.doc);
            Words::new(format!("{} {}", label.ja, value.ja), format!("{} {}", label.en, value.en))
        })
        .collect();
    let all: Vec<Words> = length.into_iter().chain(rest).collect();
    Words::new(
        all.iter().map(|w| w.ja.as_str()).collect::<Vec<_>>().join("、"),
        all.iter().map(|w| w.en.as_str()).collect::<Vec<_>>().join(", "),
    )
}

fn scalar(plan: &Plan, kind: &Type, text: &str) -> Words {
    match kind {
        Type::Choice(variants) => match variants.iter().find(|variant| variant.text == text) {
            Some(variant) => Words::new(variant.doc.0.trim(), variant.doc.1.trim()),
            None => Words::same(text),
        },
        Type::Boolean if text == "true" => Words::new("はい", "yes"),
        Type::Boolean => Words::new("いいえ", "no"),
        Type::Reference(target) | Type::Name(target) => named(plan, *target, text),
        Type::Either(types) => {
            let choice = types.iter().find(|kind| matches!(kind, Type::Choice(variants) if variants.iter().any(|v| v.text == text)));
            choice.map_or_else(|| Words::same(text), |choice| scalar(plan, choice, text))
        }
        _ => Words::same(text),
    }
}

/// What has an id, by its name: 「感染症」.
pub(crate) fn named(plan: &Plan, target: Target, id: &str) -> Words {
    let name = match target {
        Target::Indication => plan.name_of(&format!("indication:{id}")),
        Target::Concern | Target::Efficacy | Target::Activity => plan.name_of(id),
        Target::Label => {
            let label = plan.facts.label.iter().find(|label| label.id.as_str() == id);
            return Words::same(label.map_or_else(|| id.to_owned(), |label| format!("{id} {}", label.title.value)));
        }
        _ => None,
    };
    match name {
        Some(name) if target == Target::Indication => Words::new(format!("{id} {}", name.ja), format!("{id} {}", name.en)),
        Some(name) => Words::new(format!("「{}」", name.ja), format!("“{}”", name.en)),
        None => Words::same(id),
    }
}

/// The words for a kind of change: Japanese and English, with the subject `{s}`, the key `{l}` and both values.
pub(super) fn template(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "concern-renamed" => ("安全性検討事項「{old}」の名称を「{new}」に変更", "safety concern “{old}” renamed to “{new}”"),
        "efficacy-renamed" => ("有効性に関する検討事項「{old}」の名称を「{new}」に変更", "efficacy concern “{old}” renamed to “{new}”"),
        "activity-renamed" => ("活動「{old}」の名称を「{new}」に変更", "activity “{old}” renamed to “{new}”"),
        "concern-reclassified" => ("{s}の区分を「{old}」から「{new}」に変更", "{s} reclassified from {old} to {new}"),
        "target-raised" => ("{s}の目標症例数を {old} 例から {new} 例に引上げ", "{s}: target raised from {old} to {new}"),
        "target-lowered" => ("{s}の目標症例数を {old} 例から {new} 例に引下げ", "{s}: target lowered from {old} to {new}"),
        "coverage-added" => ("{s}の対象に{new}を追加", "{s} now covers {new}"),
        "coverage-removed" => ("{s}の対象から{old}を除外", "{s} no longer covers {old}"),
        "activity-started" => ("{s}が {new} に開始", "{s} began on {new}"),
        "activity-ended" => ("{s}が {new} に終了", "{s} ended on {new}"),
        "report-made" => ("{s}の報告書を {new} に作成", "{s}: report made on {new}"),
        "condition-lifted" => ("{s}を {new} に解除", "{s} lifted on {new}"),
        "study-size" => ("{s}：{l}を {old} から {new} に変更", "{s}: {l} changed from {old} to {new}"),
        "sentence-added" => ("{s}：{l}に文を追加", "{s}: a sentence added in “{l}”"),
        "sentence-removed" => ("{s}：{l}から文を削除", "{s}: a sentence removed from “{l}”"),
        "sentence-reworded" | "routine-reworded" | "indication-reworded" => ("{s}：{l}の文言を変更", "{s}: “{l}” reworded"),
        "section-rewrapped" => ("{s}：{l}の改行や空白を変更", "{s}: line breaks or blanks changed in “{l}”"),
        "section-added" => ("{s}：節「{l}」を追加", "{s}: section “{l}” added"),
        "section-removed" => ("{s}：節「{l}」を削除", "{s}: section “{l}” removed"),
        "translation-rewrapped" => ("{s}：英訳の改行や空白を変更", "{s}: line breaks or blanks changed in the translation"),
        "translation-changed" => ("{s}：英訳（{l}）を変更", "{s}: the translation changed ({l})"),
        "order-changed" => ("{s}：{l}の並びを変更", "{s}: order of {l} changed"),
        "id-changed" => ("{s}：ID を {old} から {new} に変更", "{s}: id changed from {old} to {new}"),
        "entity-added" => ("{s}を追加", "{s} added"),
        "entity-removed" => ("{s}を削除", "{s} removed"),
        kind if kind.ends_with("-added") => ("{s}：{l}を追加（{new}）", "{s}: {l} added ({new})"),
        kind if kind.ends_with("-removed") => ("{s}：{l}を削除（{old}）", "{s}: {l} removed ({old})"),
        _ => ("{s}：{l}を「{old}」から「{new}」に変更", "{s}: {l} changed from “{old}” to “{new}”"),
    }
}

/// A value without its brackets where brackets of the template are open already.
fn unbracketed<'a>(before: &str, value: &'a str) -> &'a str {
    let inner = |open: char, close: char| {
        let inner = value.strip_prefix(open)?.strip_suffix(close)?;
        (before.ends_with(open) && !inner.contains([open, close])).then_some(inner)
    };
    inner('「', '」').or_else(|| inner('“', '”')).unwrap_or(value)
}

/// Fills a template.
pub(super) fn filled(kind: &str, subject: &Words, label: &Words, old: Option<&Words>, new: Option<&Words>) -> Words {
    let (ja, en) = match (kind, old, new) {
        (kind, None, Some(_)) if template(kind).0.contains("「{old}」から") => ("{s}：{l}を「{new}」とする", "{s}: {l}: now “{new}”"),
        (kind, Some(_), None) if template(kind).0.contains("「{old}」から") => ("{s}：{l}（{old}）を削除", "{s}: {l} removed ({old})"),
        _ => template(kind),
    };
    let fill = |text: &str, pick: fn(&Words) -> &str| {
        let value = |words: Option<&Words>| words.map_or_else(String::new, |words| short(pick(words)));
        // one pass, so that what is filled in is never taken for a place to fill
        let mut out = String::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            let close = rest[open..].find('}').map_or(rest.len(), |i| open + i + 1);
            match &rest[open..close] {
                "{s}" => out.push_str(pick(subject)),
                "{l}" => out.push_str(pick(label)),
                "{old}" => out.push_str(unbracketed(&out, &value(old))),
                "{new}" => out.push_str(unbracketed(&out, &value(new))),
                other => out.push_str(other),
            }
            rest = &rest[close..];
        }
        out + rest
    };
    Words::new(fill(ja, |w| &w.ja), fill(en, |w| &w.en))
}
