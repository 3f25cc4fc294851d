use diagnostic::Language;

use super::{English, Plan};
use crate::figure::{Figure, FigureKind, print_counts};
use crate::prose::{Passage, cuts};

/// What `@id` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameOf {
    /// Its name in Japanese.
    pub ja: String,
    /// Its name in English; in Japanese if it has none.
    pub en: String,
}

fn name(ja: &str, en: Option<&str>) -> NameOf {
    NameOf { ja: ja.to_owned(), en: en.unwrap_or(ja).to_owned() }
}

impl Plan {
    /// The name that `{{ @id }}` prints: of a concern, an efficacy concern, an activity, a study or pool, or, as
    /// `indication:1`, of an indication (its short name if it has one).
    #[must_use]
    pub fn name_of(&self, id: &str) -> Option<NameOf> {
        let text = |value: &Option<crate::source::Spanned<String>>| value.as_ref().map(|text| text.value.clone());
        let title = |english: &Option<English>| english.as_ref().and_then(|english| text(&english.title));
        if let Some(number) = id.strip_prefix("indication:") {
            let indication = self.indication(number)?;
            let ja = text(&indication.short).unwrap_or_else(|| indication.name.value.clone());
            return Some(name(&ja, text(&indication.short_en).or_else(|| text(&indication.name_en)).as_deref()));
        }
        if let Some(concern) = self.concern(id) {
            return Some(name(&concern.name, text(&concern.name_en).or_else(|| title(&concern.english)).as_deref()));
        }
        if let Some(concern) = self.efficacy_concern(id) {
            return Some(name(&concern.name, text(&concern.name_en).or_else(|| title(&concern.english)).as_deref()));
        }
        if let Some(activity) = self.activity(id) {
            return Some(name(&activity.name, text(&activity.name_en).or_else(|| title(&activity.english)).as_deref()));
        }
        self.studies.find(id).map(|_| name(id, None))
    }

    /// A passage with its figures printed and without its comments, still Markdown. A name that is not known stays in its canonical
    /// spelling, and what cannot be read as it is written.
    #[must_use]
    pub fn printed(&self, passage: &Passage, language: Language) -> String {
        printed_by(passage, |figure| {
            let kind = figure.kind.as_ref().ok()?;
            let printed = self.print(kind, language).unwrap_or_else(|| kind.to_string());
            Some(if matches!(kind, FigureKind::Reference(_)) { in_a_line(printed.trim()) } else { printed })
        })
    }

    /// What a figure prints; `None` if its name is not known. A live figure stands open until a document is issued.
    #[must_use]
    pub fn print(&self, figure: &FigureKind, language: Language) -> Option<String> {
        match figure {
            FigureKind::Counts(counts) => Some(print_counts(counts, language)),
            FigureKind::Name(name) => self.figures.get(name).map(|counts| print_counts(counts, language)),
            FigureKind::Reference(id) => self.name_of(id).map(|name| match language {
                Language::Japanese => name.ja,
                Language::English => name.en,
            }),
            FigureKind::Live(what) => Some(match language {
                Language::Japanese => format!("［{}：発行時に算出］", what.value),
                Language::English => format!("[{}: computed on issue]", what.value),
            }),
        }
    }
}

/// A name as words of a sentence: on one line, and no heading, list or table, wherever it stands.
fn in_a_line(name: &str) -> String {
    let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = if name.contains('\n') { line } else { name.to_owned() };
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0 && line[digits..].starts_with(['.', ')']);
    match line.as_bytes().first() {
        _ if numbered => format!("{}\\{}", &line[..digits], &line[digits..]),
        Some(b'#' | b'-' | b'+' | b'*' | b'>' | b'=' | b'|' | b'~' | b'`') => format!("\\{line}"),
        _ => line,
    }
}

/// A passage without its comments, still Markdown, with what `print` puts in the place of each figure. What it prints nothing for stays
/// as it is written.
pub fn printed_by(passage: &Passage, mut print: impl FnMut(&Figure) -> Option<String>) -> String {
    let mut out = String::with_capacity(passage.text.len());
    let figures = passage
        .figures
        .iter()
        .filter_map(|figure| Some((figure.at.start - passage.at.start..figure.at.end - passage.at.start, print(figure)?)));
    let mut edits: Vec<_> = cuts(&passage.text).into_iter().map(|cut| (cut, String::new())).chain(figures).collect();
    edits.sort_by_key(|(range, _)| range.start);
    let mut from = 0;
    for (range, printed) in edits {
        // a comment inside of a figure goes with it
        if range.start >= from {
            out.push_str(&passage.text[from..range.start]);
            out.push_str(&printed);
            from = range.end;
        }
    }
    out.push_str(&passage.text[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::in_a_line;

    #[test]
    fn a_name_is_words() {
        assert_eq!(in_a_line("- 一\n- 二"), "\\- 一 - 二");
        assert_eq!(in_a_line("1. 一"), "1\\. 一");
        assert_eq!(in_a_line("感染症　全般"), "感染症　全般");
    }
}
