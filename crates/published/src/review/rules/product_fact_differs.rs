//! A fact on the product that differs between views.

use diagnostic::Severity;

use crate::heading::Section;
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP241",
    name: "product-fact-differs",
    severity: Severity::Error,
    title: ("品目の基本情報が概要と品目の概要で異なる", "a fact on the product differs between the summary and 品目の概要"),
    why: (
        "概要の上段は品目の概要の写しであり、承認書の記載と一致する。",
        "the head of the summary repeats 品目の概要, and both follow the approval",
    ),
    reference: plan::summary!("の「販売名」「有効成分」「薬効分類」・計画書の「品目の概要」", ", its head, and of the plan, 品目の概要"),
    manual: include_str!("product_fact_differs.md"),
    check,
};

use terminology::key;

fn check(context: &Context<'_>, sink: &mut Sink) {
    let (Some(summary), Some(product)) = (&context.published.summary, &context.published.product) else { return };
    for label in ["販売名", "有効成分", "薬効分類", "承認番号"] {
        let (Some(one), Some(other)) = (summary.fields.iter().find(|f| f.label == label), product.field(label)) else { continue };
        sink.looked_at(1);
        if !one.value.sure || !other.value.sure || one.value.text.is_empty() || other.value.text.is_empty() {
            continue;
        }
        let (a, b) = (plain(one.value.as_str()), plain(other.value.as_str()));
        if a == b || a.contains(&b) || b.contains(&a) || (label == "販売名" && same_shortened(&a, &b)) {
            continue;
        }
        let lookalike = looks(&a) == looks(&b);
        let severity = if lookalike { Severity::Info } else { Severity::Error };
        let message = if lookalike {
            (
                format!("「{label}」が概要と品目の概要で異なりますが、形の似た字の違いであり、変換で損なわれたとみられます"),
                format!("{label} differs by look-alike characters between the summary and 品目の概要; probably damage of a conversion"),
            )
        } else {
            (format!("「{label}」が概要と品目の概要で異なります"), format!("{label} differs between the summary and 品目の概要"))
        };
        sink.report_as(
            severity,
            context,
            message,
            (
                format!("承認書の「{label}」と見比べ、誤っている側を改めてください。"),
                format!("compare 「{label}」 with the approval, and mend the one that differs"),
            ),
            &[
                Mark::whole(&one.value.text, Section::Summary, "").label("概要では", "in the summary"),
                Mark::whole(&other.value.text, Section::Product, "").label("品目の概要では", "in the outline of the product"),
            ],
        );
    }
}

/// True for 見本錠10mg、同20mg and 見本錠10mg、見本錠20mg: 同 stands for the name before it, so that the beginning and the strengths decide.
fn same_shortened(a: &str, b: &str) -> bool {
    let strengths = |s: &str| s.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '%')).collect::<String>();
    let begins = |s: &str| s.chars().take_while(|c| !c.is_ascii_digit()).collect::<String>();
    (a.contains('同') || b.contains('同')) && begins(a) == begins(b) && strengths(a) == strengths(b)
}

/// Without circled numbers, commas and 及び.
fn plain(value: &str) -> String {
    key(value).chars().filter(|c| !matches!(c, '①'..='⑳' | '、' | '及' | 'び' | '/' | ',')).collect()
}

/// Characters that a reader of pictures mixes up made one.
fn looks(value: &str) -> String {
    value
        .chars()
        .map(|c| match c {
            'シ' | 'ン' | 'ソ' | 'ツ' => 'ン',
            'ー' | '一' | '-' => '-',
            'カ' | '力' => 'カ',
            'ロ' | '口' | '0' | 'o' => '0',
            'ニ' | '二' => 'ニ',
            'エ' | '工' => 'エ',
            'ト' | '卜' => 'ト',
            'ハ' | '八' => 'ハ',
            'タ' | '夕' => 'タ',
            'l' | '1' | 'i' => '1',
            'べ' | 'ベ' => 'ベ',
            'へ' | 'ヘ' => 'ヘ',
            'り' | 'リ' => 'リ',
            c => c,
        })
        .collect()
}
