//! A pool that is not the sum of its studies, or that holds itself.

use diagnostic::Severity;

use super::{Context, Rule, Sink, source::LANGUAGE};
use crate::figure::SourceMistake;
use crate::mistake::{Mark, Mistake};

/// See the manual page.
pub static RULE: Rule = Rule {
    code: "PLN205",
    name: "pool-disagrees",
    severity: Severity::Error,
    title: ("併合した例数が合計と合わない", "a pool is not the sum of its studies"),
    why: ("併合解析の分母は、含まれる試験の例数の合計である。", "the denominator of a pool is the sum of what it holds"),
    reference: LANGUAGE,
    manual: include_str!("pool_disagrees.md"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let studies = &context.plan.studies;
    for pool in &studies.pool {
        sink.looked_at(1);
        match (studies.sum(pool), &pool.size) {
            (Err(SourceMistake::Cycle), _) => sink.report(Mistake::new(
                (format!("併合「{}」は自分自身を含んでいます", pool.id.as_str()), format!("the pool “{}” holds itself", pool.id.as_str())),
                ("含まれる試験だけを並べてください。", "list the studies it holds"),
                Mark::at(pool.id.at),
            )),
            (Ok(sum), Some(size)) if sum != size.value => sink.report(Mistake::new(
                (
                    format!("併合「{}」の合計は {sum} 例で、{} 例ではありません", pool.id.as_str(), size.value),
                    format!("the studies of the pool “{}” add up to {sum}, not {}", pool.id.as_str(), size.value),
                ),
                ("試験の例数か、併合の例数を直してください。", "mend the size of a study or of the pool"),
                Mark::at(size.at).label(format!("合計 {sum}"), format!("sum {sum}")),
            )),
            (Err(_), Some(size)) if studies.sum_known(pool) > size.value => {
                let sum = studies.sum_known(pool);
                sink.report(Mistake::new(
                    (
                        format!("併合「{}」は {} 例ですが、例数の分かる試験だけで {sum} 例あります", pool.id.as_str(), size.value),
                        format!(
                            "the pool “{}” has {}, but those of its studies that state a size have {sum}",
                            pool.id.as_str(),
                            size.value
                        ),
                    ),
                    ("試験の例数か、併合の例数を直してください。", "mend the size of a study or of the pool"),
                    Mark::at(size.at).label(format!("{sum} 例以上"), format!("at least {sum}")),
                ));
            }
            _ => {}
        }
    }
}
