//! Markdown files with front matter.

use toml::de::DeTable;

use super::toml_text;
use crate::figure::figures;
use crate::mistake::{Mark, Mistake, Mistakes};
use crate::model::English;
use crate::prose::{Passage, Prose, Section, SectionKind, blanked, comments};
use crate::rules::code;
use crate::shape::{Reader, Table};
use crate::source::{FileId, FrontMatter, Place, RawSection, sections, split};
use crate::suggest;
use crate::tables::{ActivityFacts, Family, TranslationFacts};

/// The sections that an activity of this kind prints.
pub(super) fn activity_sections(facts: &ActivityFacts) -> &'static [SectionKind] {
    match facts.kind.as_ref().map(|kind| kind.family()) {
        Some(Family::Minimisation) => SectionKind::MATERIAL,
        _ => SectionKind::SURVEILLANCE,
    }
}

/// Reads front matter and sections. Of a file that is no text nothing is said any more.
pub(super) fn read<F: Table>(
    text: &str,
    file: FileId,
    allowed: impl Fn(&F) -> &'static [SectionKind],
    silent: bool,
    mistakes: &mut Mistakes,
) -> (F, Prose) {
    if silent {
        return (empty(file, 0..0), Prose::default());
    }
    let parts = split(text);
    mistakes.looked_at(code::FRONT_MATTER_BROKEN);
    let first_line = text.find('\n').unwrap_or(text.len());
    let head = Place::new(file, 0..first_line);
    let facts = match parts.front {
        FrontMatter::Found(range) => toml_text::read(&text[range.clone()], file, range.start, mistakes),
        FrontMatter::Unclosed(range) => {
            mistakes.add(
                code::FRONT_MATTER_BROKEN,
                Mistake::new(
                    ("ファイルの先頭の「+++」が閉じられていません", "the “+++” at the head of the file is not closed"),
                    ("TOML の後に「+++」だけの行を置いてください。", "put a line with only “+++” after the TOML"),
                    Mark::at(head),
                ),
            );
            toml_text::read(&text[range.clone()], file, range.start, mistakes)
        }
        FrontMatter::Absent => {
            let example: Vec<String> =
                F::SHAPE.keys.iter().filter(|key| key.required).map(|key| format!("{} = {}", key.name, key.example)).collect();
            mistakes.add(
                code::FRONT_MATTER_BROKEN,
                Mistake::new(
                    ("ファイルの先頭に「+++」で挟んだ TOML がありません", "the file does not begin with TOML between lines “+++”"),
                    (
                        format!("先頭に +++ の行、{} 、+++ の行を置いてください。", example.join("、")),
                        format!("begin with a line +++, then {}, then a line +++", example.join(", ")),
                    ),
                    Mark::at(head),
                ),
            );
            empty(file, 0..first_line)
        }
    };
    let prose = prose(text, parts.body.start, file, allowed(&facts), mistakes);
    (facts, prose)
}

/// Facts of which nothing is written, at the head of their file.
fn empty<F: Table>(file: FileId, head: std::ops::Range<usize>) -> F {
    F::read(&mut Reader::new(file, 0, &mut Mistakes::default()), &DeTable::new(), Place::new(file, head))
}

/// Reads a translation; it need not have front matter.
pub(super) fn translation(text: &str, file: FileId, mistakes: &mut Mistakes) -> English {
    let parts = split(text);
    let facts: TranslationFacts = match parts.front {
        FrontMatter::Found(range) | FrontMatter::Unclosed(range) => toml_text::read(&text[range.clone()], file, range.start, mistakes),
        FrontMatter::Absent => TranslationFacts::default(),
    };
    English { file, title: facts.title, prose: prose(text, parts.body.start, file, &SectionKind::ALL, mistakes) }
}

fn prose(text: &str, start: usize, file: FileId, allowed: &[SectionKind], mistakes: &mut Mistakes) -> Prose {
    let mut prose = Prose::default();
    mistakes.looked_at(code::COMMENT_OPEN);
    if let Some(open) = comments(&text[start..]).open {
        mistakes.add(
            code::COMMENT_OPEN,
            Mistake::new(
                ("「<!--」が「-->」で閉じられていません", "“<!--” is not closed by “-->”"),
                ("コメントの終わりに「-->」を書いてください。", "write “-->” at the end of the comment"),
                Mark::at(Place::new(file, start + open..start + open + 4)),
            ),
        );
    }
    for raw in sections(&text[start..]) {
        let place = |range: std::ops::Range<usize>| Place::new(file, range.start + start..range.end + start);
        mistakes.looked_at(code::UNKNOWN_SECTION);
        let Some(kind) = SectionKind::parse(&raw.title).filter(|kind| allowed.contains(kind)) else {
            let first_line = text[place(raw.body.clone()).range()].lines().next().unwrap_or("").len();
            let before = raw.title.is_empty() && raw.heading.is_empty();
            let at = if before { raw.body.start..raw.body.start + first_line } else { raw.heading.clone() };
            prose.misspelt.extend(unknown(&raw, place(at), allowed, mistakes));
            continue;
        };
        let heading = place(raw.heading.clone());
        if let Some(before) = prose.section(kind) {
            let mistake = Mistake::new(
                (format!("節「{}」が二度あります", kind.words().0), format!("the section “{}” stands twice", kind.words().1)),
                ("一つにまとめてください。", "make one of them"),
                Mark::at(heading).label("ここで再び", "again here"),
            );
            mistakes.add(code::UNKNOWN_SECTION, mistake.mark(Mark::at(before.heading).label("最初はここ", "first here")));
        }
        let at = place(raw.body.clone());
        let body = &text[at.range()];
        let found = figures(&blanked(body), at);
        for figure in &found {
            mistakes.looked_at(code::FIGURE_MALFORMED);
            if let Err(wrong) = &figure.kind {
                mistakes.add(
                    code::FIGURE_MALFORMED,
                    Mistake::new(
                        wrong.message,
                        (
                            "{{ 30/58 試験番号 }}、{{ 30/58 試験番号:群 as 名前 }}、{{ 名前 }}、{{ @ID }} のように書きます。",
                            "write {{ 30/58 STUDY }}, {{ 30/58 STUDY:ARM as NAME }}, {{ NAME }} or {{ @ID }}",
                        ),
                        Mark::at(wrong.at),
                    ),
                );
            }
        }
        prose.sections.push(Section { kind, heading, body: Passage { at, text: body.to_owned(), figures: found } });
    }
    prose
}

/// Tells a section that the file does not have. Gives the one that it seems to be.
fn unknown(raw: &RawSection, heading: Place, allowed: &[SectionKind], mistakes: &mut Mistakes) -> Option<SectionKind> {
    if raw.title.is_empty() && raw.heading.is_empty() {
        mistakes.add(
            code::UNKNOWN_SECTION,
            Mistake::new(
                ("最初の見出しの前に文があります", "there is text before the first heading"),
                ("見出し（# 理由 など）の下に移してください。", "move it below a heading, such as # 理由"),
                Mark::at(heading),
            ),
        );
        return None;
    }
    let names: Vec<&str> = allowed.iter().flat_map(|kind| [kind.words().0, kind.words().1]).collect();
    let elsewhere = SectionKind::parse(&raw.title).is_some();
    let message = if elsewhere {
        (
            format!("節「{}」はこの種類のファイルでは印刷されません", raw.title),
            format!("the section “{}” is not printed for this kind of file", raw.title),
        )
    } else {
        (format!("「{}」という節はありません", raw.title), format!("there is no section “{}”", raw.title))
    };
    let (mut ja, mut en) = suggest::hint(&raw.title, names.iter().copied());
    ja.push_str(" 小見出しには ## を用います。");
    en.push_str("; headings of your own begin with ##");
    mistakes.add(code::UNKNOWN_SECTION, Mistake::new(message, (ja, en), Mark::at(heading)));
    suggest::nearest(&raw.title, names).and_then(SectionKind::parse)
}
