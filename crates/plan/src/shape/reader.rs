use std::collections::HashSet;
use std::ops::Range;

use toml::Spanned as Toml;
use toml::de::{DeTable, DeValue};

use super::{Field, Shape, Type, Value};
use crate::mistake::{Mark, Mistake, Mistakes};
use crate::rules::code;
use crate::source::{FileId, Place};
use crate::suggest;

/// Of a table with more keys than this, only so many are compared with a key that is missing.
const MANY: usize = 200;

/// Reads the tables of one TOML text, and keeps what is wrong with them.
pub struct Reader<'a> {
    /// The file.
    pub file: FileId,
    /// Where the TOML begins in it, in bytes.
    pub offset: usize,
    /// What was found.
    pub mistakes: &'a mut Mistakes,
    /// True if the value just refused was told already.
    pub(super) told: bool,
    /// The words of the lines that are no TOML: a key among them is not missing.
    torn: HashSet<&'a str>,
}

impl<'a> Reader<'a> {
    /// A reader of TOML that begins at a byte of a file.
    #[must_use]
    pub fn new(file: FileId, offset: usize, mistakes: &'a mut Mistakes) -> Self {
        Self { file, offset, mistakes, told: false, torn: HashSet::new() }
    }

    /// With the words of the lines that are no TOML.
    #[must_use]
    pub fn torn(mut self, words: HashSet<&'a str>) -> Self {
        self.torn = words;
        self
    }

    /// A place in the TOML as a place in the file.
    #[must_use]
    pub fn place(&self, range: Range<usize>) -> Place {
        Place::new(self.file, range.start + self.offset..range.end + self.offset)
    }

    /// Tells the keys that the shape does not have.
    pub fn unknown_keys(&mut self, shape: &'static Shape, table: &DeTable<'_>) {
        if table.keys().all(|key| shape.key(key.get_ref()).is_some()) {
            table.keys().for_each(|_| self.mistakes.looked_at(code::UNKNOWN_KEY));
            return;
        }
        let there: HashSet<&str> = table.keys().map(|key| key.get_ref().as_ref()).collect();
        let open: Vec<&str> = shape.keys.iter().map(|key| key.name).filter(|name| !there.contains(name)).collect();
        for (key, value) in table.iter() {
            self.mistakes.looked_at(code::UNKNOWN_KEY);
            let written = key.get_ref().as_ref();
            if shape.key(written).is_some() || self.mistakes.is_full(code::UNKNOWN_KEY) {
                continue;
            }
            let at = self.place(key.span());
            // one more table of a list can still be what is there already
            let lists = shape.keys.iter().filter(|key| matches!(key.kind, Type::List(Type::Table(_))) && there.contains(key.name));
            let lists = lists.filter(|_| matches!(value.get_ref(), DeValue::Array(_))).map(|key| key.name);
            let open: Vec<&str> = open.iter().copied().chain(lists).collect();
            let hint = suggest::hint(written, open.iter().copied());
            let message =
                (format!("「{}」に「{written}」というキーはありません", shape.name), format!("“{}” has no key “{written}”", shape.name));
            let mut mistake = Mistake::new(message, hint, Mark::at(at));
            if let Some(nearest) = suggest::nearest(written, open.iter().copied()) {
                mistake = mistake.fix(at, nearest);
            }
            self.mistakes.add(code::UNKNOWN_KEY, mistake);
        }
    }

    /// Reads a key of a table. `at` is the table's place.
    pub fn field<F: Field>(&mut self, shape: &'static Shape, table: &DeTable<'_>, at: Place, key: &'static str, required: bool) -> F {
        if required {
            self.mistakes.looked_at(code::MISSING_KEY);
        }
        let Some((_, value)) = table.iter().find(|(k, _)| k.get_ref().as_ref() == key) else {
            // a slip in a key is told as an unknown key with its suggestion; that it is missing too would be said twice
            let slip = table.keys().take(MANY).any(|k| {
                let written = k.get_ref().as_ref();
                shape.key(written).is_none() && suggest::nearest(written, [key]).is_some()
            });
            if required && !slip && !self.torn.contains(key) {
                let example = shape.key(key).map_or("…", |k| k.example);
                self.mistakes.add(
                    code::MISSING_KEY,
                    Mistake::new(
                        (format!("「{}」に「{key}」がありません", shape.name), format!("“{}” lacks “{key}”", shape.name)),
                        (format!("例のように書き足してください：{key} = {example}"), format!("add it, such as {key} = {example}")),
                        Mark::at(at),
                    ),
                );
            }
            return F::missing(at);
        };
        self.mistakes.looked_at(code::WRONG_TYPE);
        if stands_in(value) {
            return F::missing(at);
        }
        self.told = false;
        match F::read(self, value) {
            Some(field) => field,
            None => {
                self.refuse(&F::TYPE, value);
                F::missing(self.place(value.span()))
            }
        }
    }

    /// Reads an item of an array; one of another type is told and left out.
    pub fn value<V: Value>(&mut self, value: &Toml<DeValue<'_>>) -> Option<V> {
        if stands_in(value) {
            return None;
        }
        self.told = false;
        let read = V::read(self, value);
        if read.is_none() {
            self.refuse(&V::TYPE, value);
            self.told = true;
        }
        read
    }

    fn refuse(&mut self, wanted: &Type, value: &Toml<DeValue<'_>>) {
        if std::mem::take(&mut self.told) {
            return;
        }
        let (ja, en) = wanted.words();
        let (is_ja, is_en) = match value.get_ref() {
            DeValue::String(_) => ("文字列", "a string"),
            DeValue::Integer(_) => ("整数", "an integer"),
            DeValue::Float(_) => ("小数", "a number with decimals"),
            DeValue::Boolean(_) => ("真偽値", "a boolean"),
            DeValue::Datetime(_) => ("日付・時刻", "a date or time"),
            DeValue::Array(_) => ("配列", "an array"),
            DeValue::Table(_) => ("表", "a table"),
        };
        let at = self.place(value.span());
        let hint = match (wanted, value.get_ref()) {
            (Type::List(Type::Table(table)), DeValue::Table(_)) => (
                format!("[[{0}]] のように二重の括弧で書いてください。", table.name),
                format!("write [[{}]], in double brackets", table.name),
            ),
            _ => (format!("{ja}に直してください。"), format!("write {en}")),
        };
        self.mistakes.add(
            code::WRONG_TYPE,
            Mistake::new(
                (format!("ここには{ja}を書きます（{is_ja}が書かれています）"), format!("this must be {en}; it is {is_en}")),
                hint,
                Mark::at(at),
            ),
        );
    }
}

/// True for what the parser puts where it could read no value; that was told as an error of syntax.
fn stands_in(value: &Toml<DeValue<'_>>) -> bool {
    value.span().is_empty()
}
