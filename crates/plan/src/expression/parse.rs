use std::ops::Range;

use calendar::Date;

use super::{Expression, Function, Node, Operator, Part, Value, Wrong};
use crate::suggest;

/// Brackets and signs within each other; deeper is no expression that a person wrote.
const DEEPEST: usize = 40;
/// Bytes of an expression.
const LONGEST: usize = 2_000;

/// Reads an expression.
///
/// # Errors
/// It is none; the error says where and what to do.
pub fn parse(text: &str) -> Result<Expression, Wrong> {
    if text.len() > LONGEST {
        return Err(Wrong::new(
            0..text.len(),
            ("式が長すぎます", "the expression is too long"),
            (
                format!("{LONGEST} バイト以内の、いくつかの式に分けてください。"),
                format!("split it into expressions of at most {LONGEST} bytes"),
            ),
        ));
    }
    let tokens = tokens(text)?;
    let mut parser = Parser { text, tokens: &tokens, next: 0, depth: 0 };
    let root = parser.or()?;
    match parser.peek() {
        None => Ok(Expression { text: text.to_owned(), root }),
        Some((token, at)) => Err(unexpected(token, at.clone())),
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token<'a> {
    Number(f64),
    Text(&'a str),
    Date(Date),
    Word(&'a str),
    Sign(&'static str),
}

const SIGNS: [&str; 13] = ["!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "(", ")", ","];

fn tokens(text: &str) -> Result<Vec<(Token<'_>, Range<usize>)>, Wrong> {
    let mut all = Vec::new();
    let mut start = 0;
    while let Some(first) = text[start..].chars().next() {
        let rest = &text[start..];
        let run = |fits: fn(char) -> bool| rest.find(|c: char| !fits(c)).unwrap_or(rest.len());
        let (token, length) = if first.is_whitespace() {
            start += first.len_utf8();
            continue;
        } else if first == '\'' || first == '"' {
            let Some(end) = rest[1..].find(first) else {
                return Err(Wrong::new(
                    start..text.len(),
                    ("引用符が閉じられていません", "the quotation mark is not closed"),
                    ("文字列の終わりに同じ引用符を書いてください。", "close the string with the same mark"),
                ));
            };
            (Token::Text(&rest[1..=end]), end + 2)
        } else if first.is_ascii_digit() {
            let length = run(|c| c.is_ascii_digit() || c == '.' || c == '-');
            // 2026-04-01 is a day; 3-1 is a difference
            match rest.get(..10).filter(|_| length >= 10).and_then(|day| day.parse::<Date>().ok()) {
                Some(day) => (Token::Date(day), 10),
                None => {
                    let length = run(|c| c.is_ascii_digit() || c == '.');
                    let number = rest[..length].parse::<f64>().ok().filter(|number| number.is_finite());
                    let Some(number) = number else {
                        return Err(Wrong::new(
                            start..start + length,
                            (format!("「{}」は数ではありません", &rest[..length]), format!("“{}” is no number", &rest[..length])),
                            ("1.5 のように書いてください。", "write it like 1.5"),
                        ));
                    };
                    (Token::Number(number), length)
                }
            }
        } else if first.is_ascii_alphabetic() {
            let length = run(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'));
            (Token::Word(&rest[..length]), length)
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (Token::Sign(sign), sign.len())
        } else {
            return Err(Wrong::new(
                start..start + first.len_utf8(),
                (format!("「{first}」は式に使えません"), format!("“{first}” has no meaning here")),
                (
                    "項目の名前、数、'文字'、= != < <= > >= + - * / and or not と、関数だけが使えます。",
                    "there are names of items, numbers, 'text', = != < <= > >= + - * / and or not, and functions",
                ),
            ));
        };
        all.push((token, start..start + length));
        start += length;
    }
    Ok(all)
}

fn unexpected(token: &Token<'_>, at: Range<usize>) -> Wrong {
    let what = match token {
        Token::Number(number) => number.to_string(),
        Token::Text(text) => format!("'{text}'"),
        Token::Date(day) => day.to_string(),
        Token::Word(word) => (*word).to_owned(),
        Token::Sign(sign) => (*sign).to_owned(),
    };
    Wrong::new(
        at,
        (format!("ここに「{what}」は置けません"), format!("“{what}” cannot stand here")),
        (
            "その前に演算子が抜けていないか、括弧が合っているかを確かめてください。",
            "look for an operator that is missing before it, and at the brackets",
        ),
    )
}

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [(Token<'a>, Range<usize>)],
    next: usize,
    depth: usize,
}

type Read = Result<Node, Wrong>;

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a (Token<'a>, Range<usize>)> {
        self.tokens.get(self.next)
    }

    /// Whether a word or a sign comes next, which is then passed.
    fn take(&mut self, what: &str) -> bool {
        let is_next = matches!(self.peek(), Some((Token::Word(word), _)) if *word == what)
            || matches!(self.peek(), Some((Token::Sign(sign), _)) if *sign == what);
        self.next += usize::from(is_next);
        is_next
    }

    fn end(&self) -> Range<usize> {
        self.text.len()..self.text.len()
    }

    fn needed(&mut self, sign: &str) -> Result<usize, Wrong> {
        let at = self.peek().map_or_else(|| self.end(), |(_, at)| at.clone());
        if self.take(sign) {
            return Ok(at.end);
        }
        Err(Wrong::new(
            at,
            (format!("「{sign}」がありません"), format!("“{sign}” is missing")),
            (format!("ここに {sign} を書いてください。"), format!("write {sign} here")),
        ))
    }

    fn or(&mut self) -> Read {
        self.row(&[("or", Operator::Or)], Self::and)
    }

    fn and(&mut self) -> Read {
        self.row(&[("and", Operator::And)], Self::not)
    }

    fn sum(&mut self) -> Read {
        self.row(&[("+", Operator::Plus), ("-", Operator::Minus)], Self::product)
    }

    fn product(&mut self) -> Read {
        self.row(&[("*", Operator::Times), ("/", Operator::Over)], Self::unary)
    }

    /// Operands with operators of one rank between them, from left to right.
    fn row(&mut self, operators: &[(&str, Operator)], operand: fn(&mut Self) -> Read) -> Read {
        let mut left = operand(self)?;
        while let Some((_, operator)) = operators.iter().find(|(word, _)| self.take(word)) {
            let right = operand(self)?;
            left = Node { at: left.at.start..right.at.end, part: Part::Both(*operator, Box::new(left), Box::new(right)) };
        }
        Ok(left)
    }

    fn not(&mut self) -> Read {
        let start = self.peek().map_or(self.text.len(), |(_, at)| at.start);
        if !self.take("not") {
            return self.comparison();
        }
        let inner = self.deeper(Self::not)?;
        Ok(Node { at: start..inner.at.end, part: Part::Not(Box::new(inner)) })
    }

    fn comparison(&mut self) -> Read {
        const COMPARISONS: [(&str, Operator); 6] = [
            ("=", Operator::Equal),
            ("!=", Operator::Unequal),
            ("<=", Operator::AtMost),
            (">=", Operator::AtLeast),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ];
        let left = self.sum()?;
        if self.take("in") {
            self.needed("(")?;
            let (list, end) = self.list()?;
            return Ok(Node { at: left.at.start..end, part: Part::In(Box::new(left), list) });
        }
        let Some((_, operator)) = COMPARISONS.iter().find(|(sign, _)| self.take(sign)) else { return Ok(left) };
        let right = self.sum()?;
        Ok(Node { at: left.at.start..right.at.end, part: Part::Both(*operator, Box::new(left), Box::new(right)) })
    }

    fn unary(&mut self) -> Read {
        let start = self.peek().map_or(self.text.len(), |(_, at)| at.start);
        if !self.take("-") {
            return self.primary();
        }
        let inner = self.deeper(Self::unary)?;
        Ok(Node { at: start..inner.at.end, part: Part::Minus(Box::new(inner)) })
    }

    /// What stands between brackets that are open, up to the closing one, and where that ends.
    fn list(&mut self) -> Result<(Vec<Node>, usize), Wrong> {
        let mut all = vec![self.deeper(Self::or)?];
        while self.take(",") {
            all.push(self.deeper(Self::or)?);
        }
        Ok((all, self.needed(")")?))
    }

    fn deeper(&mut self, read: fn(&mut Self) -> Read) -> Read {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Wrong::new(
                self.peek().map_or_else(|| self.end(), |(_, at)| at.clone()),
                ("括弧が深すぎます", "it is nested too deeply"),
                ("いくつかの式に分けてください。", "split it into several"),
            ));
        }
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn primary(&mut self) -> Read {
        let Some((token, at)) = self.peek() else {
            return Err(Wrong::new(
                self.end(),
                ("式が途中で終わっています", "the expression ends too early"),
                ("ここに値か項目の名前を書いてください。", "write a value or the name of an item here"),
            ));
        };
        self.next += 1;
        let part = match token {
            Token::Number(number) => Part::Literal(Value::Number(*number)),
            Token::Text(text) => Part::Literal(Value::Text((*text).to_owned())),
            Token::Date(day) => Part::Literal(Value::Date(*day)),
            Token::Word("true") => Part::Literal(Value::Truth(true)),
            Token::Word("false") => Part::Literal(Value::Truth(false)),
            Token::Word(word) if !matches!(*word, "and" | "or" | "not" | "in") => {
                if !self.take("(") {
                    return Ok(Node { at: at.clone(), part: Part::Name((*word).to_owned()) });
                }
                let Some((_, function)) = Function::ALL.iter().find(|(name, _)| name == word) else {
                    return Err(Wrong::new(
                        at.clone(),
                        (format!("「{word}」という関数はありません"), format!("there is no function “{word}”")),
                        suggest::hint(word, Function::ALL.iter().map(|(name, _)| *name)),
                    ));
                };
                let (given, end) = self.list()?;
                return Ok(Node { at: at.start..end, part: Part::Call(*function, given) });
            }
            Token::Sign("(") => {
                let inner = self.deeper(Self::or)?;
                let end = self.needed(")")?;
                return Ok(Node { at: at.start..end, ..inner });
            }
            token => return Err(unexpected(token, at.clone())),
        };
        Ok(Node { at: at.clone(), part })
    }
}
