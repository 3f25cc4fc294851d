use calendar::{Date, PartialDate};

use super::{Expression, Function, Node, Operator, Part};

/// A value of a form.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// Text, or the code of a choice.
    Text(String),
    /// The codes of a choice of several.
    Several(Vec<String>),
    /// A day.
    Date(Date),
    /// A day, a month or a year.
    PartialDate(PartialDate),
    /// Yes or no.
    Truth(bool),
}

impl Expression {
    /// Its value, where `given` tells the value of a name; `None` if it is missing.
    #[must_use]
    pub fn value(&self, given: &dyn Fn(&str) -> Option<Value>) -> Option<Value> {
        value(&self.root, given)
    }

    /// Whether it holds; `None` if that depends on a value that is missing.
    #[must_use]
    pub fn holds(&self, given: &dyn Fn(&str) -> Option<Value>) -> Option<bool> {
        truth(self.value(given))
    }
}

type Given<'a> = &'a dyn Fn(&str) -> Option<Value>;

fn truth(value: Option<Value>) -> Option<bool> {
    match value {
        Some(Value::Truth(truth)) => Some(truth),
        _ => None,
    }
}

fn number(value: Option<Value>) -> Option<f64> {
    match value {
        Some(Value::Number(number)) => Some(number),
        _ => None,
    }
}

fn date(value: Option<Value>) -> Option<Date> {
    match value {
        Some(Value::Date(day)) => Some(day),
        _ => None,
    }
}

fn value(node: &Node, given: Given<'_>) -> Option<Value> {
    match &node.part {
        Part::Literal(literal) => Some(literal.clone()),
        Part::Name(name) => given(name),
        Part::Not(inner) => Some(Value::Truth(!truth(value(inner, given))?)),
        Part::Minus(inner) => Some(Value::Number(-number(value(inner, given))?)),
        Part::Both(Operator::Or, left, right) => match truth(value(left, given)) {
            Some(true) => Some(Value::Truth(true)),
            left => match (left, truth(value(right, given))) {
                (_, Some(true)) => Some(Value::Truth(true)),
                (Some(_), Some(_)) => Some(Value::Truth(false)),
                _ => None,
            },
        },
        Part::Both(Operator::And, left, right) => match truth(value(left, given)) {
            Some(false) => Some(Value::Truth(false)),
            left => match (left, truth(value(right, given))) {
                (_, Some(false)) => Some(Value::Truth(false)),
                (Some(_), Some(_)) => Some(Value::Truth(true)),
                _ => None,
            },
        },
        Part::Both(operator, left, right) => both(*operator, &value(left, given)?, &value(right, given)?),
        Part::In(inner, list) => {
            let inner = value(inner, given)?;
            let mut is_unknown = false;
            for one in list {
                match value(one, given) {
                    Some(one) if one == inner => return Some(Value::Truth(true)),
                    Some(_) => {}
                    None => is_unknown = true,
                }
            }
            (!is_unknown).then_some(Value::Truth(false))
        }
        Part::Call(function, arguments) => call(*function, arguments, given),
    }
}

fn both(operator: Operator, left: &Value, right: &Value) -> Option<Value> {
    let order = match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.partial_cmp(right),
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        (Value::Truth(left), Value::Truth(right)) => Some(left.cmp(right)),
        _ => None,
    };
    let reckoned = |reckon: fn(f64, f64) -> f64| match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(reckon(*left, *right)).filter(|number| number.is_finite()).map(Value::Number),
        _ => None,
    };
    Some(Value::Truth(match operator {
        Operator::Equal => order?.is_eq(),
        Operator::Unequal => order?.is_ne(),
        Operator::Less => order?.is_lt(),
        Operator::AtMost => order?.is_le(),
        Operator::Greater => order?.is_gt(),
        Operator::AtLeast => order?.is_ge(),
        Operator::Plus => return reckoned(|left, right| left + right),
        Operator::Minus => return reckoned(|left, right| left - right),
        Operator::Times => return reckoned(|left, right| left * right),
        Operator::Over => return reckoned(|left, right| left / right),
        Operator::Or | Operator::And => return None,
    }))
}

fn call(function: Function, arguments: &[Node], given: Given<'_>) -> Option<Value> {
    let argument = |index: usize| arguments.get(index).and_then(|node| value(node, given));
    let days = || Some((date(argument(0))?, date(argument(1))?));
    let numbers = || Some((number(argument(0))?, number(argument(1))?));
    Some(Value::Number(match function {
        Function::Missing => return Some(Value::Truth(argument(0).is_none())),
        Function::Present => return Some(Value::Truth(argument(0).is_some())),
        Function::Has => match (argument(0)?, argument(1)?) {
            (Value::Several(all), Value::Text(one)) => return Some(Value::Truth(all.contains(&one))),
            _ => return None,
        },
        Function::Earliest | Function::Latest => match argument(0)? {
            Value::PartialDate(partial) => {
                return Some(Value::Date(if function == Function::Earliest { partial.first() } else { partial.last() }));
            }
            Value::Date(day) => return Some(Value::Date(day)),
            _ => return None,
        },
        Function::Days => {
            let (from, to) = days()?;
            f64::from(to.since(from).ok()?.get_days())
        }
        Function::Months | Function::Years => {
            let (from, to) = days()?;
            let months = whole_months(from, to);
            f64::from(if function == Function::Months { months } else { months / 12 })
        }
        Function::Year => f64::from(date(argument(0))?.year()),
        Function::Min => numbers().map(|(left, right)| left.min(right))?,
        Function::Max => numbers().map(|(left, right)| left.max(right))?,
        Function::Power => numbers().map(|(base, exponent)| base.powf(exponent)).filter(|number| number.is_finite())?,
        Function::Round => {
            let (number, decimals) = numbers()?;
            // half up, as Japanese tables round: 2.5 to 3, -2.5 to -3
            let scale = 10_f64.powf(decimals.clamp(0.0, 9.0).trunc());
            // what was meant as 1.005 is stored a little below
            let scaled = (number.abs() * scale * (1.0 + f64::EPSILON * 4.0) + 0.5).floor();
            (scaled / scale).copysign(number)
        }
    }))
}

/// Whole months from one day to another, below 0 if the other is earlier: 31 January to 28 February is none, to 1 March is one.
fn whole_months(from: Date, to: Date) -> i32 {
    if to < from {
        return -whole_months(to, from);
    }
    let months = (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month()) - i32::from(from.month());
    months - i32::from(to.day() < from.day())
}
