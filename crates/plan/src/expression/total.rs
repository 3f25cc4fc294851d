use super::{Expression, Function, Node, Operator, Part};

/// Names of one expression at most, of which each may be missing or not: 4,096 ways.
pub(super) const MOST: usize = 12;

/// What a part can be: bits of a set.
type Set = u8;
const TRUE: Set = 1;
const FALSE: Set = 2;
/// Some value that is neither yes nor no.
const VALUE: Set = 4;
const MISSING: Set = 8;

impl Expression {
    /// Names that leave it undefined if just they are missing; `None` if it is defined whatever is missing.
    ///
    /// Every name is taken as missing or not, in every way; what the values are is not looked at, so that a proof holds for all of them.
    /// An expression of more than twelve names is not looked at and gives all of them.
    #[must_use]
    pub fn undefined(&self) -> Option<Vec<&str>> {
        let names = self.names();
        if names.len() > MOST {
            return Some(names);
        }
        // the fewest first: the simplest example says most
        let mut ways: Vec<u32> = (0..1 << names.len()).collect();
        ways.sort_by_key(|way| way.count_ones());
        let missing = |way: u32| names.iter().enumerate().filter(move |(bit, _)| way >> bit & 1 == 1).map(|(_, name)| *name);
        ways.into_iter()
            .find(|way| {
                let gone: Vec<&str> = missing(*way).collect();
                set(&self.root, &gone) & MISSING != 0
            })
            .map(|way| missing(way).collect())
    }
}

fn set(node: &Node, gone: &[&str]) -> Set {
    let of = |node: &Node| set(node, gone);
    match &node.part {
        Part::Literal(super::Value::Truth(true)) => TRUE,
        Part::Literal(super::Value::Truth(false)) => FALSE,
        Part::Literal(_) => VALUE,
        Part::Name(name) if gone.contains(&name.as_str()) => MISSING,
        // a name of any kind: who asks for yes or no looks at those bits
        Part::Name(_) => VALUE | TRUE | FALSE,
        Part::Not(inner) => {
            let inner = of(inner);
            inner & MISSING | if inner & TRUE != 0 { FALSE } else { 0 } | if inner & FALSE != 0 { TRUE } else { 0 }
        }
        Part::Minus(inner) => VALUE & !(of(inner) >> 3) | of(inner) & MISSING,
        Part::Both(operator @ (Operator::Or | Operator::And), left, right) => kleene(*operator, of(left), of(right)),
        Part::Both(operator, left, right) => {
            let both = [of(left), of(right)];
            let can_be_missing = both.iter().any(|side| side & MISSING != 0) || *operator == Operator::Over && !is_safe_divisor(right);
            let can_be_there = both.iter().all(|side| side & !MISSING != 0);
            let there = match operator {
                Operator::Plus | Operator::Minus | Operator::Times | Operator::Over => VALUE,
                _ => TRUE | FALSE,
            };
            (if can_be_missing { MISSING } else { 0 }) | if can_be_there { there } else { 0 }
        }
        Part::In(inner, list) => {
            let can_be_missing = std::iter::once(&**inner).chain(list).any(|one| of(one) & MISSING != 0);
            TRUE | FALSE | if can_be_missing { MISSING } else { 0 }
        }
        Part::Call(Function::Missing, given) => presence(given, gone, TRUE, FALSE),
        Part::Call(Function::Present, given) => presence(given, gone, FALSE, TRUE),
        Part::Call(function, given) => {
            let can_be_missing = given.iter().any(|given| of(given) & MISSING != 0) || *function == Function::Power;
            let there = if *function == Function::Has { TRUE | FALSE } else { VALUE };
            there | if can_be_missing { MISSING } else { 0 }
        }
    }
}

fn presence(given: &[Node], gone: &[&str], missing: Set, there: Set) -> Set {
    let given = given.first().map_or(MISSING, |given| set(given, gone));
    (if given & MISSING != 0 { missing } else { 0 }) | if given & !MISSING != 0 { there } else { 0 }
}

fn kleene(operator: Operator, left: Set, right: Set) -> Set {
    // the value that decides alone, and the other
    let (strong, weak) = if operator == Operator::Or { (TRUE, FALSE) } else { (FALSE, TRUE) };
    let either = (left | right) & strong;
    let all = if left & weak != 0 && right & weak != 0 { weak } else { 0 };
    let can_be_missing = (left & MISSING != 0 && right & (weak | MISSING) != 0) || (right & MISSING != 0 && left & weak != 0);
    either | all | if can_be_missing { MISSING } else { 0 }
}

/// A number that is not 0.
fn is_safe_divisor(node: &Node) -> bool {
    matches!(&node.part, Part::Literal(super::Value::Number(number)) if *number != 0.0)
}
