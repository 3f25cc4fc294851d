//! An international birth date after the approval.

use calendar::find_dates;
use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP245",
    name: "birth-date-after-approval",
    severity: Severity::Error,
    title: ("国際誕生日が承認年月日より後", "the international birth date is after the approval"),
    why: (
        "国際誕生日は世界で最初に承認された日であり、日本の承認より後にはならない。",
        "the international birth date is the first approval in the world, and cannot follow the approval in Japan",
    ),
    reference: plan::form!(" 品目の概要", ", product outline"),
    manual: include_str!("birth_date_after_approval.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let Some(product) = &context.published.product else { return };
    let (Some(birth), Some(approval)) = (product.field("国際誕生日"), product.field("承認年月日")) else { return };
    if !birth.value.sure || !approval.value.sure {
        return;
    }
    let dates = |text: &str| find_dates(text).into_iter().filter_map(|d| Some((d.range, d.value.ok()?))).collect::<Vec<_>>();
    let (born, approved) = (dates(birth.value.as_str()), dates(approval.value.as_str()));
    // several presentations may have been approved on several days: the first counts
    let (Some((range, born)), Some((at, first))) = (born.first().cloned(), approved.into_iter().min_by_key(|d| d.1.first())) else {
        return;
    };
    sink.looked_at(1);
    if born.first() <= first.last() {
        return;
    }
    sink.report(
        context,
        (
            format!("国際誕生日 {} が承認年月日 {} より後です", born.in_japanese(), first.in_japanese()),
            format!("the international birth date, {born}, is after the approval, {first}"),
        ),
        (
            "国際誕生日を確かめてください。日本が最初であれば承認年月日と同じ日になります。".to_owned(),
            "check the birth date; where Japan came first it is the day of the approval".to_owned(),
        ),
        &[
            Mark::part(&birth.value.text, range, Section::Product, "").label("国際誕生日", "international birth date"),
            Mark::part(&approval.value.text, at, Section::Product, "").label("承認年月日", "day of approval"),
        ],
    );
}
