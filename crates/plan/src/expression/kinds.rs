use super::{Expression, Function, Node, Operator, Part, Value, Wrong};
use crate::suggest;

/// What kind of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number.
    Number,
    /// Text, or the code of a choice.
    Text,
    /// The codes of a choice of several.
    Several,
    /// A day.
    Date,
    /// A day, a month or a year.
    PartialDate,
    /// Yes or no.
    Truth,
}

impl Kind {
    /// Its name in Japanese and English.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Number => ("数", "a number"),
            Self::Text => ("文字・選択肢", "text or a choice"),
            Self::Several => ("複数の選択肢", "several choices"),
            Self::Date => ("日付", "a date"),
            Self::PartialDate => ("日付（年月まででもよい）", "a date that may be a month"),
            Self::Truth => ("はい・いいえ", "yes or no"),
        }
    }
}

/// What is known of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<'a> {
    /// The kind of its value.
    pub kind: Kind,
    /// The codes of its choices, if it has any.
    pub codes: Vec<&'a str>,
}

/// What tells which names there are.
pub type Names<'a> = &'a dyn Fn(&str) -> Option<Known<'a>>;

impl Expression {
    /// The kind of its value, if everything in it fits together; `all` lists the names there are, for suggestions.
    ///
    /// # Errors
    /// A name that is not there, a value that does not fit, a code that is none of the choices.
    pub fn kind(&self, names: Names<'_>, all: &[String]) -> Result<Kind, Wrong> {
        kind(&self.root, names, all)
    }
}

fn kind(node: &Node, names: Names<'_>, all: &[String]) -> Result<Kind, Wrong> {
    let of = |node: &Node| kind(node, names, all);
    let wanted = |node: &Node, kind: Kind| match of(node)? {
        found if found == kind => Ok(()),
        found => Err(other(node, kind, found)),
    };
    Ok(match &node.part {
        Part::Literal(Value::Number(_)) => Kind::Number,
        Part::Literal(Value::Text(_)) => Kind::Text,
        Part::Literal(Value::Several(_)) => Kind::Several,
        Part::Literal(Value::Date(_)) => Kind::Date,
        Part::Literal(Value::PartialDate(_)) => Kind::PartialDate,
        Part::Literal(Value::Truth(_)) => Kind::Truth,
        Part::Name(name) => match names(name) {
            Some(known) => known.kind,
            None => {
                return Err(Wrong::new(
                    node.at.clone(),
                    (format!("「{name}」という項目はありません"), format!("there is no item “{name}”")),
                    suggest::hint(name, all.iter().map(String::as_str)),
                ));
            }
        },
        Part::Not(inner) => {
            wanted(inner, Kind::Truth)?;
            Kind::Truth
        }
        Part::Minus(inner) => {
            wanted(inner, Kind::Number)?;
            Kind::Number
        }
        Part::Both(Operator::Or | Operator::And, left, right) => {
            wanted(left, Kind::Truth)?;
            wanted(right, Kind::Truth)?;
            Kind::Truth
        }
        Part::Both(Operator::Plus | Operator::Minus | Operator::Times | Operator::Over, left, right) => {
            wanted(left, Kind::Number)?;
            wanted(right, Kind::Number)?;
            Kind::Number
        }
        Part::Both(operator, left, right) => {
            let found = of(left)?;
            wanted(right, found)?;
            let ordered = matches!(found, Kind::Number | Kind::Date);
            if matches!(found, Kind::Several | Kind::PartialDate) || !ordered && !matches!(operator, Operator::Equal | Operator::Unequal) {
                return Err(unordered(node, found));
            }
            codes(left, right, names)?;
            codes(right, left, names)?;
            Kind::Truth
        }
        Part::In(inner, list) => {
            let found = of(inner)?;
            if matches!(found, Kind::Several | Kind::PartialDate) {
                return Err(unordered(inner, found));
            }
            for one in list {
                wanted(one, found)?;
                codes(inner, one, names)?;
            }
            Kind::Truth
        }
        Part::Call(function, given) => call(node, *function, given, names, all)?,
    })
}

fn call(node: &Node, function: Function, given: &[Node], names: Names<'_>, all: &[String]) -> Result<Kind, Wrong> {
    let (wanted, result): (&[Option<Kind>], Kind) = match function {
        Function::Missing | Function::Present => (&[None], Kind::Truth),
        Function::Has => (&[Some(Kind::Several), Some(Kind::Text)], Kind::Truth),
        Function::Days | Function::Months | Function::Years => (&[Some(Kind::Date), Some(Kind::Date)], Kind::Number),
        Function::Year => (&[Some(Kind::Date)], Kind::Number),
        Function::Earliest | Function::Latest => (&[Some(Kind::PartialDate)], Kind::Date),
        Function::Min | Function::Max | Function::Round | Function::Power => (&[Some(Kind::Number), Some(Kind::Number)], Kind::Number),
    };
    if given.len() != wanted.len() {
        let name = function.name();
        return Err(Wrong::new(
            node.at.clone(),
            (
                format!("{name} には値を {} 個渡します（{} 個あります）", wanted.len(), given.len()),
                format!("{name} takes {} values, here are {}", wanted.len(), given.len()),
            ),
            ("値の数を合わせてください。", "give it as many as it takes"),
        ));
    }
    for (given, wanted) in given.iter().zip(wanted) {
        let found = kind(given, names, all)?;
        match wanted {
            Some(wanted) if *wanted != found => return Err(other(given, *wanted, found)),
            _ => {}
        }
    }
    if let (Function::Has, [several, one]) = (function, given) {
        codes(several, one, names)?;
    }
    Ok(result)
}

/// That a text which is compared with a choice is one of its codes.
fn codes(choice: &Node, text: &Node, names: Names<'_>) -> Result<(), Wrong> {
    let (Part::Name(name), Part::Literal(Value::Text(code))) = (&choice.part, &text.part) else { return Ok(()) };
    match names(name) {
        Some(known) if !known.codes.is_empty() && !known.codes.contains(&code.as_str()) => Err(Wrong::new(
            text.at.clone(),
            (format!("「{name}」に「{code}」という選択肢はありません"), format!("“{name}” has no choice “{code}”")),
            suggest::hint(code, known.codes.iter().copied()),
        )),
        _ => Ok(()),
    }
}

fn other(node: &Node, wanted: Kind, found: Kind) -> Wrong {
    let ((wanted_ja, wanted_en), (found_ja, found_en)) = (wanted.words(), found.words());
    let hint = match (wanted, found) {
        (Kind::Date, Kind::PartialDate) => (
            "earliest(…) か latest(…) で、その最初の日か最後の日にしてください。",
            "take its first or its last day with earliest(…) or latest(…)",
        ),
        _ => ("同じ種類の値どうしで書いてください。", "write it with values of one kind"),
    };
    Wrong::new(
        node.at.clone(),
        (format!("ここには{wanted_ja}が要りますが、これは{found_ja}です"), format!("this should be {wanted_en}, and is {found_en}")),
        hint,
    )
}

fn unordered(node: &Node, found: Kind) -> Wrong {
    let (ja, en) = found.words();
    let hint = match found {
        Kind::PartialDate => ("earliest(…) か latest(…) を使ってください。", "use earliest(…) or latest(…)"),
        Kind::Several => ("has(項目, '選択肢') を使ってください。", "use has(item, 'choice')"),
        _ => ("= か != を使ってください。", "use = or !="),
    };
    Wrong::new(node.at.clone(), (format!("{ja}はこのように比べられません"), format!("{en} cannot be compared like this")), hint)
}
