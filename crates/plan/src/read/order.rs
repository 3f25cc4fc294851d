use crate::model::Plan;
use crate::source::Spanned;

/// Puts what is printed into its order: concerns by class, all by `order`, then by name of file. What has no `order` comes last.
pub(super) fn sort(plan: &mut Plan) {
    let order = |order: &Option<Spanned<u64>>| order.as_ref().map_or(u64::MAX, |order| order.value);
    plan.concerns
        .sort_by_key(|c| (c.class.as_ref().map(|class| class.value).is_none(), c.class.as_ref().map(|class| class.value), order(&c.order)));
    plan.efficacy.sort_by_key(|c| order(&c.order));
    plan.activities.sort_by_key(|a| order(&a.order));
}
