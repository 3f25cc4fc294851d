//! A strength that the name and the content state differently.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP242",
    name: "strength-differs",
    severity: Severity::Warning,
    title: ("販売名の含量が「含量及び剤形」と合わない", "the strength in a name is not that of the content"),
    why: ("販売名の含量と「含量及び剤形」は同じ製剤を示す。", "the strength in the name and the content describe one presentation"),
    reference: plan::form!(
        "「品目の概要」の「販売名」「含量及び剤形」",
        ", 販売名 and 含量及び剤形 in 品目の概要",
        "。販売名に含量を付すことは実務の慣行による",
        "; a strength in the name is a matter of practice"
    ),
    manual: include_str!("strength_differs.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let Some(product) = &context.published.product else { return };
    let (Some(names), Some(contents)) = (product.field("販売名"), product.field("含量及び剤形")) else { return };
    let (names_by, contents_by) = (numbered(names.value.as_str()), numbered(contents.value.as_str()));
    for (number, name) in &names_by {
        let Some((_, content)) = contents_by.iter().find(|(n, _)| n == number) else { continue };
        let (name_text, content_text) = (&names.value.as_str()[name.clone()], &contents.value.as_str()[content.clone()]);
        let Some((amount, unit)) = strength(name_text) else { continue };
        sink.looked_at(1);
        let comparable = content_text.contains(unit) || (unit == "%" && content_text.contains("1g") && content_text.contains("mg"));
        if states(content_text, amount, unit) || !comparable {
            continue;
        }
        let stated = format!("{amount}{unit}");
        sink.report(
            context,
            (
                format!("販売名の含量は{stated}ですが、「含量及び剤形」の対応する記載にこの量がありません"),
                format!("the name says {stated}, but the content of that presentation does not"),
            ),
            (
                "承認書の「販売名」「成分及び分量」と見比べ、誤っている側を改めてください。".to_owned(),
                "compare both with the approval, and mend the one that differs".to_owned(),
            ),
            &[
                Mark::part(&contents.value.text, content.clone(), Section::Product, "").label("この量がない", "not this strength"),
                Mark::part(&names.value.text, name.clone(), Section::Product, "").label("販売名の量", "the strength in the name"),
            ],
        );
    }
}

/// The entries that circled numbers part; one without number where there are none.
fn numbered(value: &str) -> Vec<(u32, std::ops::Range<usize>)> {
    let starts: Vec<(usize, char)> = value.char_indices().filter(|(_, c)| matches!(c, '①'..='⑳')).collect();
    if starts.is_empty() {
        return vec![(0, 0..value.len())];
    }
    starts.iter().enumerate().map(|(n, &(at, c))| (c as u32, at + c.len_utf8()..starts.get(n + 1).map_or(value.len(), |s| s.0))).collect()
}

/// The last amount with a unit of weight or share in a name: 100 and mg.
fn strength(name: &str) -> Option<(&str, &'static str)> {
    ["mg", "μg", "µg", "mL", "%", "g"].into_iter().find_map(|unit| {
        let at = name.rfind(unit)?;
        let start = name[..at]
            .rfind(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
            .map_or(0, |p| p + name[p..].chars().next().map_or(1, char::len_utf8));
        let amount = &name[start..at];
        (!amount.is_empty() && amount.as_bytes()[0].is_ascii_digit()).then_some((amount, unit))
    })
}

/// True if the content states the amount, as such or, for a share, as mg in 1 g.
fn states(content: &str, amount: &str, unit: &str) -> bool {
    let content = content.replace(',', "");
    let amount = amount.replace(',', "");
    let as_such =
        content.match_indices(&format!("{amount}{unit}")).any(|(at, _)| !content[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.'));
    let in_gram = unit == "%" && amount.parse::<f64>().is_ok_and(|a| content.contains(&format!("{}mg", a * 10.0)));
    let other_unit = unit == "mg" && amount.parse::<f64>().is_ok_and(|a| content.contains(&format!("{}g", a / 1000.0)));
    as_such || in_gram || other_unit
}
