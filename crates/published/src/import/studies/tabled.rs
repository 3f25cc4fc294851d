//! Counts in the cells of a table: their study, arm and phase are told by the heads of the row and the column, else by the sentence that
//! leads to the table.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use terminology::Text;

use super::sized::Entry;
use crate::model::{Count, Passage, Prose, Published};
use crate::prose::arms;
use crate::prose::counts::number;
use crate::prose::sentence::sentence;
use crate::prose::tables::{Table, tables};

/// What a cell is about.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Its studies; several were pooled. Empty where no head and no sentence names one.
    pub studies: Vec<usize>,
    /// The studies of the sentence before the table, where no head names one and the sentence names several: one of them.
    pub candidates: Vec<usize>,
    /// The arm and the phase.
    pub arm: Option<String>,
    pub phase: Option<String>,
    /// True where the other cells of the same heads have another denominator.
    pub odd: bool,
}

/// The counts that stand in tables, by their index, and the sizes that heads and rows of sizes give, each with its study.
#[derive(Default)]
pub struct Tabled {
    pub cells: HashMap<usize, Cell>,
    pub sizes: Vec<(usize, Entry)>,
}

/// N=486, 233例
static SIZE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[nN]=([0-9][0-9,]*)(?:例|人|名)?|([0-9][0-9,]*)(?:例|人|名)(?:$|\))").ok());
/// (0.05%群)
static IN_BRACKETS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\(([^()、]{1,20}群)[)、]").ok());

/// A larger table is no table of results: each cell is compared with the heads of all others.
const MOST_CELLS: usize = 600;

/// Reads the tables of a document.
pub fn read(published: &Published, canonical: &[usize]) -> Tabled {
    let prose = &published.prose;
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for (n, count) in prose.counts.iter().enumerate() {
        counts.extend(prose.paragraphs[count.paragraph].text.origin(count.numerator_at.start).map(|origin| (origin, n)));
    }
    let mut all = Tabled::default();
    for (_, _, passage) in published.passages() {
        for table in tables(passage) {
            let reading = Reading { prose, canonical, counts: &counts, lead: Lead::of(prose, canonical, passage, &table), table: &table };
            if table.rows.iter().map(Vec::len).sum::<usize>() <= MOST_CELLS {
                reading.read(&mut all);
            } else {
                let cells = table.rows.iter().flatten().flat_map(|cell| reading.counts_in(cell));
                all.cells.extend(cells.map(|n| (n, Cell::default())));
            }
        }
    }
    all
}

/// True for a count in a cell whose row takes those above it together, where the columns of its table are lost: the cell before the
/// figures of the row says so.
pub fn in_total_row(prose: &Prose, count: &Count) -> bool {
    /// Cells of a row at most.
    const MOST: usize = 12;
    let own = &prose.paragraphs[count.paragraph];
    let before = prose.paragraphs[..count.paragraph].iter().rev().take(MOST).take_while(|p| p.view == own.view && p.cell);
    let label = before.map(|p| p.text.as_str()).find(|text| !text.starts_with(|c: char| c.is_ascii_digit()) || text.contains("試験"));
    own.cell
        && label.is_some_and(|label| !label.contains('群') && (label == "計" || ["併合", "統合"].iter().any(|word| label.contains(word))))
}

/// The studies that a text names, each once.
fn named(prose: &Prose, canonical: &[usize], text: &str) -> Vec<usize> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (study, facts) in prose.registry.iter().enumerate().filter(|(_, facts)| !facts.citation) {
        for key in std::iter::once(&facts.key).chain(&facts.short) {
            let part = |c: char| c.is_ascii_alphanumeric() || c == '-';
            let whole = |&(at, _): &(usize, &str)| !text[..at].ends_with(part) && !text[at + key.len()..].starts_with(part);
            found.extend(text.match_indices(key.as_str()).find(whole).map(|(at, _)| (at, canonical[study])));
        }
    }
    found.sort_unstable();
    let mut studies = Vec::new();
    found.into_iter().for_each(|(_, study)| {
        if !studies.contains(&study) {
            studies.push(study)
        }
    });
    studies
}

/// The sentence that leads to a table.
struct Lead {
    studies: Vec<usize>,
    arm: Option<String>,
    phase: Option<String>,
}

impl Lead {
    fn of(prose: &Prose, canonical: &[usize], passage: &Passage, table: &Table) -> Self {
        let text = &passage.as_str()[..passage.starts[table.lines.start]];
        let mut end = text.trim_end_matches('。').len();
        for _ in 0..2 {
            let start = sentence(&text[..end], end).start;
            let words = &text[start..end];
            let studies = named(prose, canonical, words);
            if !studies.is_empty() {
                // of two arms none is meant for every column
                let arms = words.matches('群').count();
                return Self { studies, arm: arms::arm(words).filter(|_| arms == 1), phase: arms::phase(words) };
            }
            end = text[..start].trim_end_matches('。').len();
        }
        Self { studies: Vec::new(), arm: None, phase: None }
    }
}

/// True where the head of a row or a column takes studies or arms together.
fn totals(head: &str) -> bool {
    let head = head.trim_end_matches([')', '群', ':']);
    ["併合", "統合", "合計", "全体", "プール"].iter().any(|word| head.contains(word)) || head.ends_with('計')
}

/// A cell of figures alone.
fn is_value(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '(' | ')' | '%' | '/' | '例' | '人' | '名' | '件' | '-'))
}

struct Reading<'a> {
    prose: &'a Prose,
    canonical: &'a [usize],
    counts: &'a HashMap<usize, usize>,
    lead: Lead,
    table: &'a Table,
}

impl Reading<'_> {
    fn read(&self, all: &mut Tabled) {
        let first = all.sizes.len();
        let mut found: Vec<(usize, Cell, u64)> = Vec::new();
        for (row, cells) in self.table.rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let here = self.counts_in(cell);
                let heads = self.heads(row, column);
                if here.is_empty() {
                    let sized = heads.0.iter().chain(&heads.1).any(|head| head.contains("例数") || head == "N" || head == "n");
                    let value = is_value(cell.as_str()).then(|| cell.as_str().trim_end_matches(['例', '人', '名'])).and_then(number);
                    if let Some(value) = value.filter(|&value| sized && value > 0 && column > 0) {
                        self.size(all, self.about(&heads), value);
                    }
                }
                for n in here {
                    found.push((n, self.about(&heads), self.prose.counts[n].denominator));
                }
            }
        }
        for (column, head) in self.table.rows[0].iter().enumerate().skip(1) {
            let value = SIZE.as_ref().and_then(|shape| shape.captures(head.as_str())).and_then(|c| number(c.get(1).or(c.get(2))?.as_str()));
            let Some(value) = value.filter(|&value| value > 0 && self.counts_in(head).is_empty()) else { continue };
            let about = self.about(&(vec![head.as_str().to_owned()], Vec::new()));
            let counted = self.counts_in_column(column);
            // a head above rows of several studies gives the size of none
            if found.iter().filter(|(n, ..)| counted.contains(n)).all(|(_, cell, _)| cell.studies == about.studies) {
                self.size(all, about, value);
            }
        }
        // how often the heads of a cell stand over each denominator
        let key = |cell: &Cell| (cell.studies.clone(), cell.arm.clone(), cell.phase.clone());
        let mut tally: HashMap<_, HashMap<u64, usize>> = HashMap::new();
        found.iter().for_each(|(_, cell, value)| *tally.entry(key(cell)).or_default().entry(*value).or_default() += 1);
        for (study, entry) in &all.sizes[first..] {
            *tally.entry((vec![*study], entry.arm.clone(), entry.phase.clone())).or_default().entry(entry.value).or_default() += 1;
        }
        for (n, mut cell, value) in found {
            if let Some(times) = tally.get(&key(&cell)) {
                cell.odd = times.get(&value) == Some(&1) && times.values().any(|&times| times > 1);
            }
            all.cells.insert(n, cell);
        }
    }

    fn size(&self, all: &mut Tabled, about: Cell, value: u64) {
        if let [study] = about.studies.as_slice() {
            all.sizes.push((*study, Entry { value, arm: about.arm, phase: about.phase, count: None, odd: false }));
        }
    }

    fn counts_in(&self, cell: &Text) -> Vec<usize> {
        (0..cell.len()).filter_map(|at| self.counts.get(&cell.origin(at)?).copied()).collect()
    }

    fn counts_in_column(&self, column: usize) -> Vec<usize> {
        self.table.rows.iter().flat_map(|row| self.counts_in(&row[column])).collect()
    }

    /// What stands above a cell and to its left, the counts left out.
    fn heads(&self, row: usize, column: usize) -> (Vec<String>, Vec<String>) {
        let words = |cell: &&Text| !cell.is_empty() && !is_value(cell.as_str()) && self.counts_in(cell).is_empty();
        let own = |cell: &Text| cell.as_str().to_owned();
        let above = self.table.above(row, column).filter(words).map(own).collect();
        let beside = self.table.beside(row, column).into_iter().filter(words).map(own).collect();
        (above, beside)
    }

    fn named(&self, heads: &[String]) -> Vec<usize> {
        named(self.prose, self.canonical, &heads.join("\n"))
    }

    /// The studies that the heads of all rows name, or those of all columns.
    fn members(&self, rows: bool) -> Vec<usize> {
        let heads: Vec<String> = if rows {
            (0..self.table.rows.len()).flat_map(|row| self.heads(row, self.table.rows[row].len() - 1).1).collect()
        } else {
            (1..self.table.rows[0].len()).flat_map(|column| self.heads(self.table.rows.len() - 1, column).0).collect()
        };
        self.named(&heads)
    }

    fn about(&self, (above, beside): &(Vec<String>, Vec<String>)) -> Cell {
        let pools = |heads: &[String], rows: bool| {
            let total = heads.iter().any(|head| totals(head) && self.named(std::slice::from_ref(head)).is_empty());
            total.then(|| self.members(rows)).filter(|members| members.len() > 1)
        };
        let mut cell = Cell::default();
        let mut from_lead = false;
        let own = self.named(&[beside.as_slice(), above.as_slice()].concat());
        if let Some(members) = pools(beside, true).or_else(|| pools(above, false)) {
            cell.studies = members;
        } else if !own.is_empty() {
            cell.studies = own;
        } else {
            let corner = named(self.prose, self.canonical, self.table.rows[0][0].as_str());
            let total = above.iter().chain(beside).any(|head| ["併合", "統合", "プール"].iter().any(|word| head.contains(word)));
            from_lead = corner.is_empty();
            match (if from_lead { &self.lead.studies } else { &corner }).as_slice() {
                several if several.len() > 1 && !total => cell.candidates = several.to_vec(),
                studies => cell.studies = studies.to_vec(),
            }
        }
        let bare: Vec<String> = beside.iter().rev().chain(above.iter().rev()).map(|head| self.without_studies(head)).collect();
        let bracket = |head: &String| IN_BRACKETS.as_ref()?.captures(head).map(|c| c[1].to_owned());
        cell.phase = bare.iter().find_map(|head| arms::phase(head)).filter(|phase| !phase.contains('群'));
        let arm = bare.iter().find_map(|head| bracket(head).or_else(|| arms::arm(head)));
        let arm = arm.map(|arm| {
            let arm = cell.phase.as_ref().and_then(|phase| arm.strip_prefix(phase.as_str())).unwrap_or(&arm);
            let arm = ["合計", "併合", "統合"].iter().find_map(|word| arm.strip_prefix(word)).unwrap_or(arm);
            arm.replace(['"', ':'], "")
        });
        let active = || bare.iter().any(|head| head.starts_with("本剤")).then(|| "本剤群".to_owned());
        cell.arm = arm.filter(|arm| arm != "群").or_else(active).or_else(|| self.lead.arm.clone());
        if from_lead {
            cell.phase = cell.phase.or_else(|| self.lead.phase.clone());
        }
        cell
    }

    /// A head without the numbers of studies and without sizes, so that what is left may name an arm.
    fn without_studies(&self, head: &str) -> String {
        let mut head = head.to_owned();
        let mut keys: Vec<&String> = self.prose.registry.iter().filter(|study| !study.citation).map(|study| &study.key).collect();
        keys.sort_by_key(|key| std::cmp::Reverse(key.len()));
        for key in keys {
            head = head.replace(&format!("{key}試験"), "").replace(key.as_str(), "");
        }
        head
    }
}
