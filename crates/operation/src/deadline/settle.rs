//! From what is due to how it stands.

use calendar::{Date, PartialDate, latest_day_before};
use diagnostic::Words;
use plan::Plan;

use super::reckoning::{Reckoning, told};
use super::rhythms::{ClosedDays, PeriodicAnchor, Product, Rhythms, Rule};
use super::{Anchor, Deadline, Due, Evidence, Kind, Met, Record, Status, Weight};

/// What all obligations of a product are judged by.
pub(super) struct Case<'a> {
    pub(super) plan: &'a Plan,
    pub(super) record: &'a Record,
    pub(super) rules: &'a Rhythms,
    pub(super) as_of: Date,
    pub(super) product: Product,
    pub(super) foreign_language: bool,
    pub(super) periodic_anchor: PeriodicAnchor,
}

/// An obligation of which it is not yet said how it stands.
pub(super) struct Draft<'a> {
    pub(super) kind: Kind,
    /// What tells it from others of its kind.
    pub(super) of: String,
    pub(super) weight: Weight,
    pub(super) title: Words,
    pub(super) subject: Words,
    pub(super) anchor: Option<Anchor>,
    pub(super) period: Option<(Date, Date)>,
    pub(super) reckoning: Reckoning,
    /// The last day as counted, or the fact that is missing.
    pub(super) day: Result<Date, Words>,
    pub(super) done: Option<Done>,
    /// True where the plan or the question itself would tell that it was done.
    pub(super) told_elsewhere: bool,
    pub(super) with: Vec<Words>,
    pub(super) remarks: Vec<Words>,
    pub(super) rule: &'a Rule,
}

/// What other than a receipt shows that something was done.
pub(super) struct Done {
    pub(super) on: PartialDate,
    pub(super) by: Evidence,
    /// True if it was done on that day or in that month; false if it is only known that it was done by then.
    pub(super) exactly: bool,
}

impl<'a> Case<'a> {
    pub(super) fn new(plan: &'a Plan, record: &'a Record, rules: &'a Rhythms, as_of: Date) -> Self {
        let product = rules.product(plan.name());
        Self {
            plan,
            record,
            rules,
            as_of,
            foreign_language: product.foreign_language.unwrap_or(rules.options().foreign_language),
            periodic_anchor: product.periodic_anchor.unwrap_or(rules.options().periodic_anchor),
            product,
        }
    }

    /// The name of the product, for titles.
    pub(super) fn name(&self) -> Words {
        let ja = self.plan.name().to_owned();
        let product = &self.plan.facts.product;
        let strength = self.plan.facts.strength.first();
        let en = product.name_en.as_ref().or_else(|| strength.filter(|_| product.name.is_none())?.name_en.as_ref());
        Words::new(ja.clone(), en.map_or(ja, |en| en.value.clone()))
    }

    /// The day on which the product was first approved.
    pub(super) fn approved(&self) -> Option<Date> {
        let product = self.plan.facts.product.approved.as_ref().map(|day| day.value);
        product.or_else(|| self.plan.facts.indication.iter().filter_map(|indication| self.plan.approval_of(indication)).min())
    }

    /// The first day on which the product was sold.
    pub(super) fn sold_from(&self) -> Option<Date> {
        let launched = self.plan.facts.product.launched.as_ref().map(|day| day.value);
        self.record.sold_from.iter().copied().min().or(launched)
    }

    /// Says how something stands.
    pub(super) fn settle(&self, draft: Draft<'_>) -> Deadline {
        let id = format!("{}/{}", draft.kind.id(), draft.of);
        let mut reckoning = draft.reckoning;
        let due = draft.day.as_ref().ok().map(|day| self.due(draft.kind, *day, &mut reckoning));
        let last = due.map(Due::last_day);
        let warn = last.zip(draft.rule.warn).and_then(|(last, long)| latest_day_before(last, long));
        let receipt = self.record.receipts.iter().filter(|receipt| receipt.obligation == id && receipt.on <= self.as_of).min();
        let met = match (receipt, draft.done) {
            (Some(receipt), _) => {
                let on = PartialDate::from(receipt.on);
                Some(Met { on, exactly: true, by: Evidence::Receipt(receipt.number.clone()), early: last.and_then(|last| early(on, last)) })
            }
            (None, Some(done)) if done.on.first() <= self.as_of => {
                let early = last.and_then(|last| early(done.on, last)).filter(|early| done.exactly || *early >= 0);
                Some(Met { on: done.on, exactly: done.exactly, by: done.by, early })
            }
            _ => None,
        };
        let status = match (met, last, draft.day) {
            (Some(met), ..) => Status::Met(met),
            (None, Some(last), _) if !draft.told_elsewhere && last < self.record.kept_since.unwrap_or(self.as_of) => Status::Unrecorded,
            (None, Some(last), _) if last < self.as_of => Status::Overdue { late: days(last, self.as_of) },
            (None, Some(last), _) => Status::Open { left: days(self.as_of, last) },
            (None, None, day) => Status::Unknown { missing: day.err().unwrap_or_default() },
        };
        Deadline {
            id,
            kind: draft.kind,
            weight: draft.weight,
            title: draft.title,
            subject: draft.subject,
            anchor: draft.anchor,
            period: draft.period,
            due,
            warn: warn.map(|day| self.rules.working_day_before(day)),
            status,
            steps: reckoning.steps,
            with: draft.with,
            remarks: draft.remarks,
            rule: draft.rule.cited(),
        }
    }

    /// The last day, and what becomes of it where offices are closed.
    fn due(&self, kind: Kind, counted: Date, reckoning: &mut Reckoning) -> Due {
        let moves = self.rules.options().closed_days == ClosedDays::NextOpenDay;
        let closed = kind.is_handed_in().then(|| self.rules.office_closed(counted)).flatten();
        let Some((why, open)) = closed.and_then(|why| Some((why, self.rules.next_open(counted)?))) else {
            return Due { counted, next_open: None, moves };
        };
        let (day, next) = (told(counted), told(open));
        let basis = Some(Words::new(
            "行政機関の休日に関する法律2条（組織の設定による）",
            "Act on holidays of administrative organs, article 2 (as the organisation chose)",
        ));
        if moves {
            reckoning.state(
                Words::new(
                    format!("{}は{}で行政機関の休日に当たるので、次の開庁日に移る", day.ja, why.ja),
                    format!("{} is {}, on which public offices are closed: it moves to the next open day", day.en, why.en),
                ),
                open,
                basis,
            );
        } else {
            reckoning.state(
                Words::new(
                    format!("{}で行政機関の休日に当たる（次の開庁日は{}）。組織の設定により、移さない", why.ja, next.ja),
                    format!(
                        "it is {}, on which public offices are closed (next open on {}); as the organisation chose, it does not move",
                        why.en, next.en
                    ),
                ),
                counted,
                basis,
            );
        }
        Due { counted, next_open: Some(open), moves }
    }
}

/// So many days before the last day something was done at least, or after it; None where its month does not tell.
fn early(on: PartialDate, last: Date) -> Option<i32> {
    if on.last() <= last {
        Some(days(on.last(), last))
    } else if on.first() > last {
        Some(-days(last, on.first()))
    } else {
        None
    }
}

/// Days from one day to another.
fn days(from: Date, to: Date) -> i32 {
    to.since(from).map_or(0, |span| span.get_days())
}
