//! The plan of an activity compares with another medicine than its objective or rationale.

use std::ops::Range;
use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;

use crate::heading::Title;
use crate::model::{Activity, ActivityPart};
use crate::review::activities::PLANS;
use crate::review::names::Relation;
use crate::review::periods::{self, sentences, words};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP426",
    name: "comparator-differs",
    severity: Severity::Warning,
    title: ("対照とする薬剤が箇所により異なる", "the comparator differs within an activity"),
    why: (
        "対照は、目的、実施計画、その根拠を通じて同じである。異なれば、何と比べる調査か分からない。",
        "objective, plan and rationale speak of one comparator; else nobody knows what is compared",
    ),
    reference: periods::PLAN,
    manual: include_str!("comparator_differs.md"),
    check,
};

static LABEL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[・\-○〇●①-⑳]*(?:比較)?対照(?:群|薬|薬剤)?(?:の設定|の選択)?:").ok());
static MEDICINE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[A-Za-z0-9ァ-ヺー\-/一-鿿]{2,}[薬剤]").ok());
/// What ends like a medicine and names none.
const NO_NAMES: [&str; 12] = ["本剤", "対照薬", "併用薬", "類薬", "薬剤", "同種薬", "治療薬", "他剤", "同剤", "当該薬", "既存薬", "両剤"];

/// A medicine with its place in a part.
struct Named<'a> {
    part: &'a ActivityPart,
    name: &'a str,
    at: Range<usize>,
}

fn check(context: &Context<'_>, sink: &mut Sink) {
    for (plan, section) in context.published.plans.iter().zip(PLANS) {
        for activity in &plan.activities {
            let planned = labelled(activity, Title::Plan);
            let mut elsewhere = labelled(activity, Title::Rationale);
            elsewhere.extend(compared(activity));
            if planned.is_empty() || elsewhere.is_empty() {
                continue;
            }
            sink.looked_at(1);
            let agree = planned.iter().any(|p| elsewhere.iter().any(|e| context.names.relation(p.name, e.name) >= Relation::Wider));
            if agree {
                continue;
            }
            let (one, other) = (&planned[0], &elsewhere[0]);
            let name = activity.name.as_str();
            let mut marks = vec![Mark::part(&one.part.body.text, one.at.clone(), section, name).label("実施計画では", "in the plan")];
            marks.extend(
                elsewhere.iter().take(2).map(|e| Mark::part(&e.part.body.text, e.at.clone(), section, name).label("ここでは", "here")),
            );
            sink.report(
                context,
                words(
                    format!("対照が、実施計画では「{}」、ほかの箇所では「{}」です", one.name, other.name),
                    format!("the comparator is “{}” in the plan and “{}” elsewhere", one.name, other.name),
                ),
                words("実施計画書で対照を確かめ、すべての箇所を合わせてください。", "check the protocol, and let every place say the same"),
                &marks,
            );
        }
    }
}

/// The medicines that a line with the label 対照 names first.
fn labelled(activity: &Activity, title: Title) -> Vec<Named<'_>> {
    let Some(part) = activity.part(title) else { return Vec::new() };
    let text = part.body.as_str();
    (0..part.body.starts.len())
        .map(|n| part.body.line(n))
        .filter_map(|line| {
            let label = LABEL.as_ref()?.find(&text[line.clone()])?;
            let value = line.start + label.end()..line.end;
            medicines(part, value).into_iter().next()
        })
        .collect()
}

/// The medicine that the objective compares with: …を処方された患者と比べる.
fn compared(activity: &Activity) -> Vec<Named<'_>> {
    let Some(part) = activity.part(Title::Objective) else { return Vec::new() };
    let text = part.body.as_str();
    let mut found = Vec::new();
    for sentence in sentences(text) {
        let words_of = &text[sentence.clone()];
        let Some(at) = ["と比べ", "と比較", "に比べ", "を対照"].iter().filter_map(|w| words_of.find(w)).min() else { continue };
        found.extend(medicines(part, sentence.start..sentence.start + at).pop());
    }
    found
}

fn medicines(part: &ActivityPart, range: Range<usize>) -> Vec<Named<'_>> {
    let text = part.body.as_str();
    let found = MEDICINE.as_ref().into_iter().flat_map(|shape| shape.find_iter(&text[range.clone()]));
    found
        .filter(|m| !NO_NAMES.iter().any(|w| m.as_str().ends_with(w)))
        .map(|m| Named { part, name: m.as_str(), at: range.start + m.start()..range.start + m.end() })
        .collect()
}
