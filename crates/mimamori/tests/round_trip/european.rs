//! The EU-RMP of any plan: all of the plan is in it, Japanese is told to be Japanese, and what has no English is marked and told of.

use calendar::Date;
use diagnostic::Finding;
use document::{Form, Request};
use plan::check::Check;
use typeset::{Block, Inline, Mark};

const MARK: &str = "[No English]";

/// The words of a document in the order in which they are read, and whether they are told to be Japanese.
#[derive(Default)]
struct Words(Vec<(bool, String)>);

impl Words {
    fn say(&mut self, foreign: bool, text: &str) {
        match self.0.last_mut() {
            Some((last, words)) if *last == foreign => words.push_str(text),
            _ => self.0.push((foreign, text.to_owned())),
        }
    }

    fn blocks(&mut self, blocks: &[Block], foreign: bool) {
        for block in blocks {
            match block {
                Block::Paragraph(content) => self.inlines(content, foreign),
                Block::Heading(heading) => self.inlines(&heading.content, foreign),
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item, foreign)),
                Block::Table(table) => {
                    self.inlines(&table.caption, foreign);
                    // a cell ends what stood before it
                    for cell in table.rows.iter().flat_map(|row| &row.cells) {
                        self.blocks(&cell.blocks, foreign);
                        self.say(foreign, "\n");
                        if !foreign {
                            self.0.push((true, String::new()));
                        }
                    }
                }
                Block::Box(blocks) => self.blocks(blocks, foreign),
                Block::Foreign(_, blocks) => self.blocks(blocks, true),
                Block::Picture(picture) => self.inlines(&picture.caption, foreign),
                Block::Contents { .. } | Block::PageBreak | Block::Note(_) => {}
            }
            self.say(foreign, "\n");
        }
    }

    fn inlines(&mut self, content: &[Inline], foreign: bool) {
        for inline in content {
            match inline {
                Inline::Text(text) => self.say(foreign, text),
                Inline::Marked(Mark::Foreign(_), content) => self.inlines(content, true),
                Inline::Marked(_, content)
                | Inline::Link { content, .. }
                | Inline::Traced { content, .. }
                | Inline::Sourced { content, .. } => self.inlines(content, foreign),
                Inline::Break => self.say(foreign, "\n"),
                Inline::PageOf(_) | Inline::Anchor(_) => {}
            }
        }
    }
}

fn is_japanese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3041}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}'))
}

/// Without what lines and lists add.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What is wrong with the EU-RMP of a plan, in words; and the gaps that were told.
pub fn wrong(check: &Check, day: Date) -> (Vec<String>, Vec<Finding>) {
    let plan = &check.plan;
    let form = Form::shipped("eu-rmp").unwrap();
    let request = Request { plan, findings: &check.report.findings, against: None, as_of: day, form: &form };
    let (issue, gaps) = document::eu::eu_rmp(&request).unwrap();
    let mut words = Words::default();
    words.blocks(&issue.document.body, false);
    let words: Vec<(bool, String)> = words.0.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect();
    let mut wrong = Vec::new();
    for (n, (foreign, text)) in words.iter().enumerate() {
        let marked = n.checked_sub(1).is_some_and(|before| !words[before].0 && words[before].1.trim_end().ends_with(MARK));
        let study = plan.studies.study.iter().any(|study| study.id.as_str() == text.trim());
        if *foreign && !marked && !study {
            wrong.push(format!("Japanese without a mark: {text}"));
        }
        if !*foreign && is_japanese(text) {
            wrong.push(format!("Japanese that is not told to be: {text}"));
        }
        if !*foreign && text.trim_end().ends_with(MARK) && words.get(n + 1).is_none_or(|(foreign, _)| !foreign) {
            wrong.push(format!("a mark of nothing: {text}"));
        }
    }
    for gap in &gaps {
        // the section of a file is told by its name, a fact by its first words
        let quoted = gap.message.en.strip_prefix('“').and_then(|words| words.split_once('”')).map(|(fact, _)| bare(fact));
        let Some(fact) = quoted else { continue };
        if !words.iter().any(|(foreign, text)| *foreign && bare(text).contains(&fact)) {
            wrong.push(format!("told of, but not in the document: {}", gap.message.en));
        }
    }
    // a section is there by its first line
    let concerns = plan.concerns.iter().map(|entry| &entry.prose);
    let efficacy = plan.efficacy.iter().map(|entry| &entry.prose);
    let activities = plan.activities.iter().map(|entry| &entry.prose);
    for section in concerns.chain(efficacy).chain(activities).flat_map(|prose| &prose.sections) {
        let (file, (line, _)) = (plan.sources.path(section.heading), plan.sources.line_and_column(section.heading));
        if !gaps.iter().any(|gap| gap.spans[0].file == file && gap.spans[0].line == Some(line)) {
            continue;
        }
        let printed = plan.printed(&section.body, diagnostic::Language::Japanese);
        let first = printed.lines().map(|line| bare(line.trim_start_matches(|c: char| c.is_ascii_digit()))).find(|line| !line.is_empty());
        let first = first.unwrap();
        if !words.iter().any(|(foreign, text)| *foreign && bare(text).contains(&first)) {
            wrong.push(format!("told of, but not in the document: {file}:{line}"));
        }
    }
    let all = bare(&words.iter().map(|(_, text)| text.as_str()).collect::<String>());
    let concerns = plan.concerns.iter().filter(|concern| concern.class.is_some()).map(|concern| concern.id.as_str());
    let efficacy = plan.efficacy.iter().map(|concern| concern.id.as_str());
    let activities = plan.activities.iter().filter(|activity| activity.kind.is_some()).map(|activity| activity.id.as_str());
    for id in concerns.chain(efficacy).chain(activities) {
        let name = plan.name_of(id).unwrap().en;
        if !all.contains(&bare(&name)) {
            wrong.push(format!("not in the document: {name}"));
        }
    }
    (wrong, gaps)
}
