//! Said to be more often where the figures say less.

use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;

use crate::model::Count;
use crate::prose::arms::arm;
use crate::prose::sentence::sentence;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP318",
    name: "comparison-reversed",
    severity: Severity::Warning,
    title: ("高低の記述が割合と逆", "a comparison says the reverse of its figures"),
    why: (
        "「本剤群で高かった」と記すなら、本剤群の割合の方が高い。数字か記述のどちらかが誤っている。",
        "where an arm is said to be higher its percentage is higher; figure or word is wrong",
    ),
    reference: plan::form!(" 1.1", ", section 1.1"),
    manual: include_str!("comparison_reversed.md"),
    check,
};

/// 本剤群で対照群より高かった
static VERDICT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<who>[^、。]{1,24}?)(?:で|の方が|の方で|のほうが|が|は|では|において)(?:[^、。]{1,20}より)?[もや]{0,2}(?P<how>高|低|多|少な)(?:かった|く、|い(?:結果|傾向|割合|値)?(?:であ|が|を))").ok()
});

fn check(context: &Context<'_>, sink: &mut Sink) {
    let prose = &context.published.prose;
    let mut from = 0;
    while let Some(first) = prose.counts.get(from) {
        let paragraph = &prose.paragraphs[first.paragraph];
        let s = paragraph.text.as_str();
        let here = sentence(s, first.range.start);
        let counts: Vec<&Count> =
            prose.counts[from..].iter().take_while(|c| c.paragraph == first.paragraph && c.range.start < here.end).collect();
        from += counts.len().max(1);
        // with more than two figures, or without arms, nobody can say which two are compared
        let &[one, other] = counts.as_slice() else { continue };
        let (Some(a), Some(b)) = (&one.arm, &other.arm) else { continue };
        if a == b || one.studies != other.studies {
            continue;
        }
        let Some(tail) = s.get(other.range.end..here.end) else { continue };
        let Some(verdict) = VERDICT.as_ref().and_then(|shape| shape.captures(tail)) else { continue };
        let (Some(whole), Some(who), Some(how)) = (verdict.get(0), verdict.name("who"), verdict.name("how")) else { continue };
        let (named, against) = match arm(who.as_str()) {
            Some(named) if named == *a => (one, other),
            Some(named) if named == *b => (other, one),
            _ => continue,
        };
        sink.looked_at(1);
        // x/n against y/m without rounding
        let share = |count: &Count, of: &Count| u128::from(count.numerator) * u128::from(of.denominator);
        let (left, right) = (share(named, against), share(against, named));
        let reversed = if matches!(how.as_str(), "高" | "多") { left < right } else { left > right };
        if !reversed {
            continue;
        }
        let (ja, en) = if left < right { ("低く", "lower") } else { ("高く", "higher") };
        let arm = named.arm.as_deref().unwrap_or_default();
        let view = (paragraph.view.section, paragraph.view.name.as_str());
        let said = other.range.end + whole.start()..other.range.end + whole.end();
        sink.report(
            context,
            (
                format!(
                    "「{}」とありますが、割合は「{arm}」の方が{ja}なっています",
                    whole.as_str().trim_start_matches(['、', 'で', 'あ', 'り'])
                ),
                format!("the percentage of {arm} is {en}, and the sentence says the reverse"),
            ),
            (
                "原資料で、二つの割合と高低の記述のどちらが正しいか確かめてください。".to_owned(),
                "check in the study report whether the two figures or the comparison is right".to_owned(),
            ),
            &[
                Mark::part(&paragraph.text, said, view.0, view.1).label("この記述", "what is said"),
                Mark::part(&paragraph.text, named.range.clone(), view.0, view.1).label(arm.to_owned(), arm.to_owned()),
                Mark::part(&paragraph.text, against.range.clone(), view.0, view.1).label("比べる相手", "compared with"),
            ],
        );
    }
}
