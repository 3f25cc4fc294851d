//! Where in a TOML text the cursor stands. The text is being typed, so most of the time it is no TOML: only what stands before the
//! cursor counts, and what is not closed ends with its line.

use std::ops::Range;

/// What stands, or can be written, at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// The name of a table in a header, `[product]` or `[[study.arm]]`.
    Header,
    /// A key.
    Key,
    /// The value of this key, or an item of its array.
    Value(String),
    /// Nothing of the language: a comment, or the end of a statement.
    Nothing,
}

/// The cursor in a TOML text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TomlCursor {
    /// What it stands at.
    pub at: At,
    /// The table around it: keys from the file's own table on; of a header, those before the cursor's.
    pub table: Vec<String>,
    /// The bytes of the word around it, quotation marks included; empty where there is none yet.
    pub word: Range<usize>,
    /// The keys that its table has already.
    pub used: Vec<String>,
    /// Whether it is inside of brackets or behind a dot, where no header can stand.
    pub within: bool,
}

/// An open bracket.
enum Bracket {
    Array,
    /// A table in braces; so many keys lead to it, and these it has.
    Braces(usize, Vec<String>),
}

struct Scan<'a> {
    text: &'a str,
    /// The keys of the last header.
    header: Vec<String>,
    /// Where the statements below the header begin.
    header_end: usize,
    /// The keys of the statement, down to the cursor.
    keys: Vec<String>,
    brackets: Vec<Bracket>,
    expects: Expects,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Expects {
    Key,
    KeyEnd,
    Value,
    End,
}

/// Looks for the cursor in a text.
pub fn find(text: &str, offset: usize) -> TomlCursor {
    let offset = text.floor_char_boundary(offset);
    let mut scan = Scan { text, header: Vec::new(), header_end: 0, keys: Vec::new(), brackets: Vec::new(), expects: Expects::Key };
    let mut at = 0;
    while at < offset {
        match text.as_bytes()[at] {
            b'#' => {
                let end = line_end(text, at);
                if offset <= end {
                    return scan.cursor(At::Nothing, offset..offset);
                }
                at = end;
            }
            b'\n' => {
                scan.new_line(at + 1);
                at += 1;
            }
            quote @ (b'"' | b'\'') => {
                let end = string_end(text, at, quote);
                if offset < end || (offset == end && !is_closed(text, at..end, quote)) {
                    return scan.word(at..end);
                }
                scan.finish(text[at..end].trim_matches(char::from(quote)));
                at = end;
            }
            b'[' if scan.expects == Expects::Key && scan.brackets.is_empty() && scan.keys.is_empty() => {
                let end = line_end(text, at);
                if offset <= end {
                    return scan.in_header(at, offset);
                }
                let inside = text[at..end].split(['#', ']']).next().unwrap_or_default();
                scan.header = inside.trim_start_matches('[').split('.').map(bare).collect();
                scan.header_end = end;
                at = end;
            }
            byte => {
                if scan.mark(byte) {
                    at += 1;
                    continue;
                }
                let end = word_end(text, at, scan.expects);
                if offset <= end {
                    return scan.word(at..end);
                }
                scan.finish(&text[at..end]);
                at = end;
            }
        }
    }
    // nothing has begun before the cursor; what begins at it is the word
    let end = match text.as_bytes().get(offset) {
        Some(&quote @ (b'"' | b'\'')) => string_end(text, offset, quote),
        Some(byte) if !byte.is_ascii_whitespace() && !b"#[]{},=".contains(byte) => word_end(text, offset, scan.expects),
        _ => offset,
    };
    scan.word(offset..end)
}

impl Scan<'_> {
    /// Takes a mark of punctuation or a blank; false if a word begins.
    fn mark(&mut self, byte: u8) -> bool {
        match byte {
            b' ' | b'\t' | b'\r' => {}
            b'=' => self.expects = Expects::Value,
            b'.' if matches!(self.expects, Expects::Key | Expects::KeyEnd) => self.expects = Expects::Key,
            b'[' => self.brackets.push(Bracket::Array),
            b'{' => {
                self.brackets.push(Bracket::Braces(self.keys.len(), Vec::new()));
                self.expects = Expects::Key;
            }
            b']' | b'}' => {
                if let Some(Bracket::Braces(depth, _)) = self.brackets.pop() {
                    self.keys.truncate(depth);
                }
                self.expects = Expects::End;
            }
            b',' => match self.brackets.last() {
                Some(Bracket::Braces(depth, _)) => {
                    self.keys.truncate(*depth);
                    self.expects = Expects::Key;
                }
                Some(Bracket::Array) => self.expects = Expects::Value,
                None => self.expects = Expects::End,
            },
            _ => return false,
        }
        true
    }

    /// Takes a whole word.
    fn finish(&mut self, word: &str) {
        if self.expects == Expects::Key {
            if let Some(Bracket::Braces(depth, used)) = self.brackets.last_mut()
                && *depth == self.keys.len()
            {
                used.push(word.to_owned());
            }
            self.keys.push(word.to_owned());
            self.expects = Expects::KeyEnd;
        } else {
            self.expects = Expects::End;
        }
    }

    /// Begins a line. A bracket that was left open ends where another statement begins.
    fn new_line(&mut self, start: usize) {
        let line = self.text[start..line_end(self.text, start)].trim_start();
        let key = line.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(line.len());
        let statement = (key > 0 && line[key..].trim_start().starts_with('=')) || line.starts_with("[[");
        let in_braces = self.brackets.iter().any(|bracket| matches!(bracket, Bracket::Braces(..)));
        if self.brackets.is_empty() || (statement && !in_braces) {
            self.brackets.clear();
            self.keys.clear();
            self.expects = Expects::Key;
        }
    }

    fn in_header(self, start: usize, offset: usize) -> TomlCursor {
        let before = &self.text[start..offset];
        if before.contains(['#', ']']) {
            return self.cursor(At::Nothing, offset..offset);
        }
        let dot = before.rfind(['.', '[']).map_or(start, |at| start + at + 1);
        let blank = self.text[dot..offset].len() - self.text[dot..offset].trim_start().len();
        let word = dot + blank..word_end(self.text, offset, Expects::Key);
        let mut steps: Vec<String> = before.trim_start_matches('[').split('.').map(bare).collect();
        steps.pop();
        TomlCursor { at: At::Header, table: steps, word, used: Vec::new(), within: false }
    }

    /// The cursor in a word, or where one can begin.
    fn word(self, word: Range<usize>) -> TomlCursor {
        let at = match self.expects {
            Expects::Key => At::Key,
            Expects::Value => match self.keys.last() {
                Some(key) => At::Value(key.clone()),
                None => At::Nothing,
            },
            Expects::KeyEnd | Expects::End => At::Nothing,
        };
        self.cursor(at, word)
    }

    fn cursor(mut self, at: At, word: Range<usize>) -> TomlCursor {
        if matches!(at, At::Value(_)) {
            self.keys.pop();
        }
        let used = match self.brackets.last() {
            Some(Bracket::Braces(_, used)) => used.clone(),
            _ => self.below_header(&word),
        };
        let within = !self.brackets.is_empty() || !self.keys.is_empty();
        let mut table = self.header;
        table.append(&mut self.keys);
        TomlCursor { at, table, word, used, within }
    }

    /// The first keys of the statements below the last header, the cursor's own left out.
    fn below_header(&self, word: &Range<usize>) -> Vec<String> {
        let mut used = Vec::new();
        let mut at = self.header_end;
        for line in self.text[self.header_end..].split_inclusive('\n') {
            if line.starts_with('[') && at > self.header_end {
                break;
            }
            let own = at <= word.start && word.start < at + line.len();
            if let Some((key, _)) = line.split_once('=').filter(|_| !own) {
                used.extend(key.split('.').next().map(bare));
            }
            at += line.len();
        }
        used
    }
}

fn bare(key: &str) -> String {
    key.trim().trim_matches(['"', '\'']).to_owned()
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |at| from + at)
}

fn word_end(text: &str, from: usize, expects: Expects) -> usize {
    let ends = |c: char| c.is_whitespace() || "#[]{},=\"'".contains(c) || (c == '.' && expects == Expects::Key);
    text[from..].find(ends).map_or(text.len(), |at| from + at)
}

/// The end of a string, its closing mark included; of one that is not closed, the end of its line.
fn string_end(text: &str, start: usize, quote: u8) -> usize {
    let three = [quote; 3];
    let bytes = text.as_bytes();
    if bytes[start..].starts_with(&three) {
        let inside = start + 3;
        return bytes[inside..].windows(3).position(|window| window == three).map_or(text.len(), |at| inside + at + 3);
    }
    let mut at = start + 1;
    while at < bytes.len() && bytes[at] != b'\n' {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            byte if byte == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    // an escape at the end of the line, or of the text, reaches beyond it
    line_end(text, start)
}

fn is_closed(text: &str, range: Range<usize>, quote: u8) -> bool {
    range.len() > 1 && text.as_bytes()[range.end - 1] == quote
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cursor stands at `|`.
    fn cursor(marked: &str) -> (At, String, String) {
        let offset = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        let found = find(&text, offset);
        (found.at, found.table.join("."), text[found.word].to_owned())
    }

    fn value(key: &str) -> At {
        At::Value(key.to_owned())
    }

    #[test]
    fn keys_and_values_are_told_apart() {
        for (text, at, table, word) in [
            ("|", At::Key, "", ""),
            ("na|me = 1", At::Key, "", "name"),
            ("name| = 1", At::Key, "", "name"),
            ("name |= 1", At::Nothing, "name", ""),
            ("name = |", value("name"), "", ""),
            ("name = |\"感染症\"", value("name"), "", "\"感染症\""),
            ("name = \"感|染症\" # 例", value("name"), "", "\"感染症\""),
            ("name = \"感染症\"|", At::Nothing, "name", ""),
            ("name = \"感|\nclass = 1", value("name"), "", "\"感"),
            ("class = ide|", value("class"), "", "ide"),
            ("# class = |", At::Nothing, "", ""),
            ("a = 1\n\n|", At::Key, "", ""),
            ("dosage = '''\n例 = |\n'''", value("dosage"), "", "'''\n例 = \n'''"),
            ("a.b|.c = 1", At::Key, "a", "b"),
            ("a.b.c = |", value("c"), "a.b", ""),
        ] {
            assert_eq!(cursor(text), (at, table.to_owned(), word.to_owned()), "{text}");
        }
    }

    #[test]
    fn tables_and_arrays_are_followed() {
        for (text, at, table, word) in [
            ("[[study]]\n[[study.arm]]\nna|", At::Key, "study.arm", "na"),
            ("[[study.ar|m]]\n", At::Header, "study", "arm"),
            ("[|", At::Header, "", ""),
            ("[product] |", At::Nothing, "", ""),
            ("concerns = [\"a\", \"in|f\"]", value("concerns"), "", "\"inf\""),
            ("concerns = [\n  \"a\",\n  |\n]", value("concerns"), "", ""),
            ("concerns = [\"a\"]\ncl|", At::Key, "", "cl"),
            ("concerns = [\"a\",\nclass = |", value("class"), "", ""),
            ("concerns = [\"a\",\n[[milestone]]\n|", At::Key, "milestone", ""),
            ("when = { o|n = \"end\" }", At::Key, "when", "on"),
            ("when = { on = \"e|nd\" }", value("on"), "when", "\"end\""),
            ("when = { on = \"end\", |", At::Key, "when", ""),
            ("arm = [{ name = \"本剤群\", size = 5|8 }]", value("size"), "arm", "58"),
            ("arm = [{ name = \"本剤群\" }, { |", At::Key, "arm", ""),
            ("a = { b = { c = 1 }, d = |", value("d"), "a", ""),
        ] {
            assert_eq!(cursor(text), (at, table.to_owned(), word.to_owned()), "{text}");
        }
    }

    #[test]
    fn keys_that_are_there_are_known() {
        let text = "format = 1\n[[study]]\nid = \"a\"\n\ntitle = \"例\"\n[[study.arm]]\nsize = 1\n";
        let found = find(text, text.find("\n\ntitle").unwrap() + 1);
        assert_eq!(found.used, ["id", "title"]);
        assert_eq!(find("when = { on = \"end\",  }", 21).used, ["on"]);
    }

    #[test]
    fn anything_can_be_typed_anywhere() {
        let pieces = ["[", "]", "{", "}", "\"", "'", "'''", "=", ",", ".", "#", "\n", "\r\n", "\\", "感", "a", " ", "𠮟"];
        for a in pieces {
            for b in pieces {
                for c in pieces {
                    for d in pieces {
                        let text = format!("{a}{b}{c}{d}k = 1\n");
                        for offset in 0..=text.len() + 1 {
                            let found = find(&text, offset);
                            assert!(text.get(found.word.clone()).is_some(), "{text:?} {offset} {found:?}");
                        }
                    }
                }
            }
        }
    }
}
