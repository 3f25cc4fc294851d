//! More patients among some than there are of them.

use std::sync::LazyLock;

use diagnostic::Severity;
use regex::Regex;

use crate::prose::counts::number;
use crate::prose::sentence::{before, sentence};
use crate::review::{Context, Mark, Rule, Sink};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "RMP316",
    name: "subset-above-total",
    severity: Severity::Error,
    title: ("「うち」の例数が元の例数より多い", "a part is larger than its whole"),
    why: ("「うち」に挙げる例数は、元の例数を超えない。", "a part has no more patients than the whole it is taken from"),
    reference: plan::form!(" 1.1", ", section 1.1"),
    manual: include_str!("subset_above_total.md"),
    check,
};

/// このうち…は7例
static PART: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:この|その|これらの|、|。)うち、?[^0-9。、]{0,40}?(?P<n>[0-9][0-9,]*)(?P<u>例|件|人|名)(?P<of>中|のうち)?").ok()
});
static FIGURE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?P<n>[0-9][0-9,]*)(?P<u>例|件|人|名)").ok());

fn check(context: &Context<'_>, sink: &mut Sink) {
    for paragraph in context.published.prose.paragraphs.iter().filter(|p| p.text.as_str().contains("うち")) {
        let s = paragraph.text.as_str();
        for found in PART.iter().flat_map(|shape| shape.captures_iter(s)) {
            let (Some(whole), Some(n), Some(unit)) = (found.get(0), found.name("n"), found.name("u")) else { continue };
            let Some(part) = number(n.as_str()) else { continue };
            if found.name("of").is_some() || paragraph.between_seams(whole.range()).count() > 1 {
                continue;
            }
            // the whole stands before it in the sentence, or in the one before
            let lead = whole.start() + whole.as_str().find("うち").unwrap_or(0);
            let here = sentence(s, lead).start..lead;
            let mut totals = figures(s, here.clone());
            if totals.is_empty() {
                totals = figures(s, before(s, here.start));
            }
            // of several figures any may be meant: only one that is larger than all cannot be a part; of another unit, it can
            if totals.iter().any(|(_, u, _)| *u != unit.as_str()) {
                continue;
            }
            let Some((most, _, at)) = totals.into_iter().max_by_key(|(value, ..)| *value) else { continue };
            sink.looked_at(1);
            if part <= most {
                continue;
            }
            let view = (paragraph.view.section, paragraph.view.name.as_str());
            sink.report(
                context,
                (format!("{most}{0}のうちの例数が {part}{0}とされています", unit.as_str()), format!("{part} are said to be among {most}")),
                ("原資料でどちらの数が正しいか確かめてください。".to_owned(), "check in the study report which figure is right".to_owned()),
                &[
                    Mark::part(&paragraph.text, lead..unit.end(), view.0, view.1).label("うちの数", "the part"),
                    Mark::part(&paragraph.text, at, view.0, view.1).label("元の数", "the whole"),
                ],
            );
        }
    }
}

type Figure<'t> = (u64, &'t str, std::ops::Range<usize>);

fn figures(s: &str, range: std::ops::Range<usize>) -> Vec<Figure<'_>> {
    let start = range.start;
    FIGURE
        .iter()
        .flat_map(|shape| shape.captures_iter(&s[range.clone()]))
        .filter_map(|c| {
            let (n, u) = (c.name("n")?, c.name("u")?);
            Some((number(n.as_str())?, u.as_str(), start + n.start()..start + u.end()))
        })
        .collect()
}
