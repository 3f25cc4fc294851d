//! Periods that follow one another without a gap.

use calendar::{Counting, Date, Period, Unit as Length, last_day};
use diagnostic::Words;
use plan::Plan;
use plan::tables::Reexamination;

use super::rhythms::{PeriodicAnchor, Rule};

/// Re-examination periods of a product that overlap or follow one another: one time in which it reports.
pub(super) struct Chain {
    pub(super) from: Date,
    pub(super) until: Date,
    pub(super) parts: Vec<Part>,
}

/// The re-examination period of an indication.
pub(super) struct Part {
    pub(super) from: Date,
    pub(super) until: Date,
    pub(super) indication: String,
    /// The rest of another period: it begins no rhythm of its own.
    pub(super) remaining: bool,
}

/// From where units are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follows {
    /// The first day of the time itself.
    Start,
    /// The international birth date.
    BirthDate,
    /// A day that somebody stated.
    Stated,
}

/// A period that is reported on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// From 1.
    pub(super) number: u32,
    pub(super) first: Date,
    pub(super) last: Date,
    /// The day from which its end is counted, first day included, and how many months.
    pub(super) anchor: Date,
    pub(super) follows: Follows,
    pub(super) months: u32,
    /// The end as it is counted; `last` where nothing cuts it.
    pub(super) counted: Date,
}

/// A period as months, if its unit allows it.
pub(super) fn in_months(period: Period) -> Option<u32> {
    match period.unit {
        Length::Months => Some(period.amount),
        Length::Years => period.amount.checked_mul(12),
        Length::Weeks | Length::Days => None,
    }
}

/// The re-examination periods of a plan, each with its indication, the first one first.
pub(super) fn parts(plan: &Plan) -> Vec<Part> {
    let mut parts = Vec::new();
    for indication in &plan.facts.indication {
        for period in indication.reexamination.iter() {
            let Some((from, until)) = period.days(plan.approval_of(indication)).filter(|(from, until)| from <= until) else { continue };
            let remaining = matches!(period, Reexamination::Period(told) if told.remaining.as_ref().is_some_and(|rest| rest.value));
            parts.push(Part { from, until, indication: indication.id.as_str().to_owned(), remaining });
        }
    }
    parts.sort_by(|a, b| (a.from, a.until, &a.indication).cmp(&(b.from, b.until, &b.indication)));
    parts
}

/// The indications of periods, each once, in the order of the plan.
pub(super) fn indications(plan: &Plan, of: impl Fn(&str) -> bool) -> Vec<&str> {
    plan.facts.indication.iter().map(|indication| indication.id.as_str()).filter(|id| of(id)).collect()
}

/// The name of a product with its indications.
pub(super) fn with_indications(name: &Words, ids: &[&str]) -> Words {
    let plural = if ids.len() == 1 { "" } else { "s" };
    Words::new(format!("{}（効能又は効果 {}）", name.ja, ids.join("、")), format!("{} (indication{plural} {})", name.en, ids.join(", ")))
}

/// The times in which a product reports.
pub(super) fn chains(plan: &Plan) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    for part in parts(plan) {
        match chains.last_mut() {
            Some(chain) if chain.until.tomorrow().is_ok_and(|next| part.from <= next) => {
                chain.until = chain.until.max(part.until);
                chain.parts.push(part);
            }
            _ => chains.push(Chain { from: part.from, until: part.until, parts: vec![part] }),
        }
    }
    chains
}

/// Where the cells of a rhythm end: so many months each, counted from one day.
#[derive(Clone, Copy)]
struct Grid {
    anchor: Date,
    follows: Follows,
    cell: u32,
}

impl Grid {
    /// The last day of a cell, from 1.
    fn end(self, cell: u32) -> Option<Date> {
        let amount = cell.checked_mul(self.cell)?;
        last_day(self.anchor, Period { amount, unit: Length::Months }, Counting::FirstDayCounted)
    }

    /// The cell that holds a day, which is not before the anchor.
    fn holding(self, day: Date) -> Option<u32> {
        let months = (i64::from(day.year()) - i64::from(self.anchor.year())) * 12 + i64::from(day.month()) - i64::from(self.anchor.month());
        // a cell before the one that the months alone would tell, so that the days are compared
        let mut cell = u32::try_from(months / i64::from(self.cell) - 1).unwrap_or(0).max(1);
        while self.end(cell)? < day {
            cell = cell.checked_add(1)?;
        }
        Some(cell)
    }
}

/// The unit periods of the periodic safety report in a time: one series without gaps for the product.
///
/// Half-yearly cells are counted from the anchor. A cell that ends within two years of the beginning of any re-examination period of its own
/// is a unit; of the others a year's cells are one unit, ended on anniversaries of the anchor. So each period that begins has its four
/// half-yearly reports, and the rhythm of the product does not move.
pub(super) fn units(chain: &Chain, rule: &Rule, anchor: PeriodicAnchor, birth: Option<Date>, birth_since: Option<Date>) -> Vec<Unit> {
    let lengths = || Some((in_months(rule.length("first_unit")?)?, in_months(rule.length("unit")?)?, rule.length("first_span")?));
    let Some((cell, unit, span)) = lengths() else { return Vec::new() };
    let group = unit / cell;
    let first_years: Vec<(Date, Date)> = chain
        .parts
        .iter()
        .filter(|part| !part.remaining)
        .map(|part| (part.from, last_day(part.from, span, Counting::FirstDayCounted).unwrap_or(Date::MAX)))
        .collect();
    let is_frequent = |end: Date| first_years.iter().any(|(from, until)| *from <= end && end <= *until);
    let own = Grid { anchor: chain.from, follows: Follows::Start, cell };
    let mut units: Vec<Unit> = Vec::new();
    let mut first = chain.from;
    while first <= chain.until {
        let other = match anchor {
            PeriodicAnchor::Approval => None,
            PeriodicAnchor::BirthDate => {
                birth.filter(|_| birth_since.is_none_or(|since| since <= first)).map(|day| (day, Follows::BirthDate))
            }
            PeriodicAnchor::Day(day) => Some((day, Follows::Stated)),
        };
        let (grid, cut) = match other {
            Some((anchor, follows)) if anchor <= first => (Grid { anchor, follows, cell }, None),
            // what is stated begins later: until its eve the time's own rhythm
            Some((anchor, _)) => (own, anchor.yesterday().ok()),
            None => (own, None),
        };
        let Some((number, mut end)) = grid.holding(first).and_then(|number| Some((number, grid.end(number)?))) else { break };
        let mut cells = number;
        let last_of_group = number.div_ceil(group) * group;
        let of_group: Vec<(u32, Date)> = (number..=last_of_group).map_while(|number| Some((number, grid.end(number)?))).collect();
        if !of_group.iter().any(|(_, end)| is_frequent(*end))
            && let Some(&last) = of_group.last()
        {
            (cells, end) = last;
        }
        let last = end.min(chain.until).min(cut.unwrap_or(Date::MAX));
        units.push(Unit {
            number: u32::try_from(units.len() + 1).unwrap_or(u32::MAX),
            first,
            last,
            anchor: grid.anchor,
            follows: grid.follows,
            months: cells * cell,
            counted: end,
        });
        let Ok(next) = last.tomorrow() else { break };
        first = next;
    }
    units
}

/// Units of one length from a day to another, cut off at its end, in step with an anchor that is not later.
pub(super) fn steady(anchor: Date, from: Date, until: Date, months: u32) -> impl Iterator<Item = Unit> {
    let grid = Grid { anchor, follows: Follows::Start, cell: months };
    let mut next = Some((from, 1_u32));
    std::iter::from_fn(move || {
        let (first, number) = next.filter(|(first, _)| *first <= until)?;
        let cell = grid.holding(first)?;
        let counted = grid.end(cell)?;
        let last = counted.min(until);
        next = last.tomorrow().ok().zip(number.checked_add(1));
        Some(Unit { number, first, last, anchor, follows: grid.follows, months: cell * months, counted })
    })
}

/// The first day of the cell that holds a day.
pub(super) fn cell_start(anchor: Date, day: Date, months: u32) -> Option<Date> {
    let grid = Grid { anchor, follows: Follows::Start, cell: months };
    match grid.holding(day)? {
        1 => Some(anchor),
        cell => grid.end(cell - 1)?.tomorrow().ok(),
    }
}
