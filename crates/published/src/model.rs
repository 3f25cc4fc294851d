//! What a published plan states, view by view.
//!
//! The form tells the same facts in four views: the summary (概要), each concern (1.1, 1.2), each activity (2, 3, 4) and the
//! lists (5.1–5.3). A [`Published`] keeps what each view says, with its place, and draws no conclusion from it.

use std::ops::Range;

use calendar::{FoundDate, FoundPeriod};
use terminology::Text;

use crate::heading::{Section, Title};
use crate::input::CellAt;
use crate::source::{Line, Source};

/// A published risk management plan as it states itself.
#[derive(Clone, Debug)]
pub struct Published {
    /// The document.
    pub source: Source,
    /// The headings of the form that were found, in order.
    pub headings: Vec<Heading>,
    /// 概要.
    pub summary: Option<Summary>,
    /// 品目の概要.
    pub product: Option<Product>,
    /// 変更の履歴.
    pub history: Option<History>,
    /// 1.1, in the order of the document.
    pub concerns: Vec<Concern>,
    /// 1.2.
    pub efficacy: Vec<EfficacyConcern>,
    /// 2, 3 and 4.
    pub plans: [ActivityPlan; 3],
    /// 5.1, 5.2 and 5.3.
    pub lists: [ActivityList; 3],
    /// The list of attachments.
    pub attachments: Vec<Attachment>,
    /// What the running text says.
    pub prose: Prose,
    /// What could not be read for certain.
    pub doubts: Vec<Doubt>,
}

impl Published {
    /// The running text of the concerns and the activities, with the part of the form and the name of the one it is of, in the order
    /// of the document.
    pub fn passages(&self) -> impl Iterator<Item = (Section, &str, &Passage)> {
        let safety = self.concerns.iter().flat_map(|concern| {
            let boxes = [&concern.reason, &concern.pharmacovigilance, &concern.minimisation].into_iter().flatten();
            boxes.map(|part| (Section::Safety, concern.name.as_str(), &part.body))
        });
        let efficacy = self.efficacy.iter().flat_map(|concern| {
            let parts = [&concern.reason, &concern.activities, &concern.outline].into_iter().flatten();
            parts.map(|part| (Section::Efficacy, concern.name.as_str(), part))
        });
        let plans = self.plans.iter().zip([Section::Pharmacovigilance, Section::EfficacyStudies, Section::Minimisation]);
        let activities = plans.flat_map(|(plan, section)| {
            plan.activities
                .iter()
                .flat_map(move |activity| activity.parts.iter().map(move |part| (section, activity.name.as_str(), &part.body)))
        });
        safety.chain(efficacy).chain(activities)
    }
}

/// Something the document states: normalised text that knows its place, and whether the reading of it is sure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// The text.
    pub text: Text,
    /// False where the layout left room for another reading.
    pub sure: bool,
}

impl Stated {
    /// A sure statement.
    #[must_use]
    pub fn sure(text: Text) -> Self {
        Self { text, sure: true }
    }

    /// The normalised text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.text.as_str()
    }
}

/// A line of the list of attachments, or a row of its table.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// The line, or what stands in the cells of the row, from the left.
    pub cells: Vec<Stated>,
}

/// A heading of the form.
#[derive(Clone, Debug)]
pub struct Heading {
    /// Which one.
    pub section: Section,
    /// As it stands.
    pub text: Text,
    /// True for the headings of the summary, which repeat those of the body.
    pub in_summary: bool,
}

/// The class of a safety concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// 重要な特定されたリスク, important identified risk.
    Identified,
    /// 重要な潜在的リスク, important potential risk.
    Potential,
    /// 重要な不足情報, important missing information.
    Missing,
}

impl Class {
    /// As the form names it.
    #[must_use]
    pub fn ja(self) -> &'static str {
        match self {
            Self::Identified => "重要な特定されたリスク",
            Self::Potential => "重要な潜在的リスク",
            Self::Missing => "重要な不足情報",
        }
    }

    /// In English.
    #[must_use]
    pub fn en(self) -> &'static str {
        match self {
            Self::Identified => "important identified risk",
            Self::Potential => "important potential risk",
            Self::Missing => "important missing information",
        }
    }
}

/// 概要.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// 販売名, 有効成分, 製造販売業者, 薬効分類, 提出年月日 and their values.
    pub fields: Vec<Field>,
    /// The concerns it lists, with their class.
    pub concerns: Vec<SummaryConcern>,
    /// The efficacy concerns it lists; empty where it says 該当なし.
    pub efficacy: Vec<Stated>,
    /// The additional activities it lists under 2, 3 and 4.
    pub activities: [Vec<Stated>; 3],
    /// False where the columns of the list of concerns could not be told apart.
    pub columns_sure: bool,
    /// False where it is not certain which section the listed activities belong to.
    pub activities_sure: bool,
    /// The whole summary as running text, to look a name up where the columns were not sure.
    pub text: Text,
}

/// A concern in the summary.
#[derive(Clone, Debug)]
pub struct SummaryConcern {
    /// The column it stands in.
    pub class: Class,
    /// True where it certainly stands in that column.
    pub class_sure: bool,
    /// Its name.
    pub name: Stated,
    /// The page it points to.
    pub page: Option<Stated>,
}

/// A label and its value.
#[derive(Clone, Debug)]
pub struct Field {
    /// The label, as the form names it.
    pub label: &'static str,
    /// What stands beside it.
    pub value: Stated,
    /// The lines of the value.
    pub lines: Vec<Text>,
}

impl Field {
    /// The lines put together to entries: a line goes on in the next while a bracket is open.
    #[must_use]
    pub fn lines_of_entries(&self) -> Vec<Text> {
        let mut entries: Vec<Text> = Vec::new();
        let mut open = 0i32;
        for line in &self.lines {
            let brackets = line.as_str().chars().map(|c| i32::from(c == '(') - i32::from(c == ')')).sum::<i32>();
            match entries.last_mut() {
                Some(last) if open > 0 => last.append(line),
                _ => entries.push(line.clone()),
            }
            open = (open + brackets).max(0);
        }
        entries
    }
}

/// 品目の概要.
#[derive(Clone, Debug, Default)]
pub struct Product {
    /// All fields.
    pub fields: Vec<Field>,
    /// 承認番号.
    pub approval_numbers: Vec<Stated>,
    /// 効能又は効果, one each.
    pub indications: Vec<Indication>,
    /// 再審査期間.
    pub reexaminations: Vec<Reexamination>,
    /// 備考: the regulatory history, an event each.
    pub events: Vec<RegulatoryEvent>,
}

impl Product {
    /// The field with this label.
    #[must_use]
    pub fn field(&self, label: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.label == label)
    }
}

/// An approved indication.
#[derive(Clone, Debug)]
pub struct Indication {
    /// Its number in the list, where it has one.
    pub number: Option<u32>,
    /// Its words.
    pub text: Stated,
}

/// An entry of 再審査期間.
#[derive(Clone, Debug)]
pub struct Reexamination {
    /// 効能 number; None where the entry holds for all.
    pub indication: Option<u32>,
    /// Years, where a number of years is stated.
    pub years: Option<u32>,
    /// First and last day, where stated.
    pub from: Option<Dated>,
    /// Last day.
    pub until: Option<Dated>,
    /// True for なし.
    pub none: bool,
    /// True for 残余期間, the rest of another indication's period.
    pub remaining: bool,
    /// The entry.
    pub text: Stated,
}

/// A date with its place.
#[derive(Clone, Debug)]
pub struct Dated {
    /// What stands there.
    pub text: Text,
    /// The date, as far as it is stated; None where it cannot exist.
    pub date: Option<calendar::PartialDate>,
}

/// An event of the regulatory history.
#[derive(Clone, Debug)]
pub struct RegulatoryEvent {
    /// When.
    pub date: Dated,
    /// The whole entry, with its date.
    pub text: Stated,
}

/// 変更の履歴.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// 前回提出日.
    pub previous: Option<Dated>,
    /// 変更内容の概要.
    pub changes: Passage,
    /// 変更理由.
    pub reasons: Passage,
    /// All of it.
    pub text: Passage,
}

/// A safety concern in 1.1.
#[derive(Clone, Debug)]
pub struct Concern {
    /// Its class, by the group it stands in.
    pub class: Class,
    /// Its name, without the short form it may define.
    pub name: Stated,
    /// The short form that its heading defines: …（以下、X）.
    pub short: Option<Stated>,
    /// …とした理由.
    pub reason: Option<Section11>,
    /// 医薬品安全性監視活動の内容及びその選択理由.
    pub pharmacovigilance: Option<Section11>,
    /// リスク最小化活動の内容及びその選択理由.
    pub minimisation: Option<Section11>,
}

/// A box of a concern.
#[derive(Clone, Debug)]
pub struct Section11 {
    /// Its heading, as it stands.
    pub heading: Text,
    /// All that stands in it.
    pub body: Passage,
    /// 【内容】, with its heading.
    pub content: Option<(Text, Passage)>,
    /// 【選択理由】, with its heading.
    pub choice: Option<(Text, Passage)>,
}

/// A concern of 1.2.
#[derive(Clone, Debug)]
pub struct EfficacyConcern {
    /// Its name.
    pub name: Stated,
    /// …とした理由.
    pub reason: Option<Passage>,
    /// 有効性に関する調査・試験の名称.
    pub activities: Option<Passage>,
    /// 調査・試験の目的、内容及び手法の概要並びに選択理由.
    pub outline: Option<Passage>,
}

/// Section 2, 3 or 4.
#[derive(Clone, Debug, Default)]
pub struct ActivityPlan {
    /// The outline of the routine activities.
    pub routine: Option<Stated>,
    /// The additional activities.
    pub activities: Vec<Activity>,
    /// 該当なし, where it says so instead.
    pub none: Option<Stated>,
}

/// An additional activity in 2, 3 or 4.
#[derive(Clone, Debug)]
pub struct Activity {
    /// Its name.
    pub name: Stated,
    /// The short form that its heading defines: …（以下、「X」）.
    pub short: Option<Stated>,
    /// Its bracketed parts, in order.
    pub parts: Vec<ActivityPart>,
    /// The concerns it names in 【安全性検討事項】.
    pub concerns: Vec<Stated>,
    /// The concerns it names in 【有効性に関する検討事項】.
    pub efficacy_concerns: Vec<Stated>,
    /// The labelled entries of 【実施計画】.
    pub items: Vec<Item>,
}

impl Activity {
    /// Its name with the short form it defines, for the words that tell its kind.
    #[must_use]
    pub fn called(&self) -> String {
        format!("{}{}", self.name.as_str(), self.short.as_ref().map_or("", |short| short.as_str()))
    }

    /// The part with this title.
    #[must_use]
    pub fn part(&self, title: Title) -> Option<&ActivityPart> {
        self.parts.iter().find(|p| p.title == title)
    }

    /// The entry of the plan of this kind.
    #[must_use]
    pub fn item(&self, kind: ItemKind) -> Option<&Item> {
        self.items.iter().find(|i| i.kind == kind)
    }
}

/// A bracketed part of an activity.
#[derive(Clone, Debug)]
pub struct ActivityPart {
    /// What it announces.
    pub title: Title,
    /// The heading as it stands.
    pub heading: Text,
    /// What follows it.
    pub body: Passage,
}

/// A labelled entry of 【実施計画】.
#[derive(Clone, Debug)]
pub struct Item {
    /// What the label means.
    pub kind: ItemKind,
    /// The label.
    pub label: Text,
    /// What follows it.
    pub value: Text,
}

/// What a label in 【実施計画】 means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// 調査期間, 試験期間, 実施期間.
    Period,
    /// 登録期間.
    Registration,
    /// 目標症例数.
    Target,
    /// 実施方式.
    Method,
    /// 観察期間.
    Observation,
    /// 調査対象.
    Population,
    /// Another one.
    Other,
}

/// 5.1, 5.2 or 5.3.
#[derive(Clone, Debug, Default)]
pub struct ActivityList {
    /// The routine activities, as this list words them.
    pub routine: Option<Stated>,
    /// The rows.
    pub rows: Vec<ListRow>,
    /// 該当なし, where it says so instead.
    pub none: Option<Stated>,
    /// False where rows could not be told apart.
    pub sure: bool,
}

/// A row of 5.1, 5.2 or 5.3.
#[derive(Clone, Debug, Default)]
pub struct ListRow {
    /// Name of the activity.
    pub name: Stated,
    /// 節目となる症例数／目標症例数.
    pub target: Option<Stated>,
    /// 節目となる予定の時期.
    pub milestones: Option<Stated>,
    /// 実施状況.
    pub status: Option<Stated>,
    /// 報告書の作成予定日.
    pub report: Option<Stated>,
}

/// Running text of several lines.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// The lines, joined.
    pub text: Text,
    /// Where each line begins in the text.
    pub starts: Vec<usize>,
    /// For each line whether its end may be only that of the line.
    pub wrapped: Vec<bool>,
    /// Where each line stands on the page.
    pub places: Vec<LineAt>,
}

/// Where a line of a passage stands: in which cell, or its parts between wide gaps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineAt {
    /// The cell, where that is certain.
    pub cell: Option<CellAt>,
    /// Outside of cells, where on the page each part begins, in characters, and with which byte of the line.
    pub columns: Vec<(u16, usize)>,
}

impl Passage {
    /// The normalised text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.text.as_str()
    }

    /// True if nothing stands there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Appends a line from one of its bytes on.
    pub fn push(&mut self, line: &Line, from: usize) {
        let from = from.min(line.text.len());
        let mut columns = Vec::with_capacity(line.segments.len());
        let mut start = 0;
        for segment in line.segments.iter().filter(|_| line.cell.is_none()) {
            if start + segment.text.len() > from {
                columns.push((segment.x, start.max(from) - from));
            }
            start += segment.text.len();
        }
        self.push_at(&line.text.slice(from..line.text.len()), line.wrapped, LineAt { cell: line.cell, columns });
    }

    /// Appends a part of a line of another passage, given as its bytes there.
    pub fn push_part(&mut self, other: &Self, n: usize, part: Range<usize>) {
        let from = part.start - other.starts[n];
        let mut at = other.places[n].clone();
        let before = at.columns.iter().rposition(|(_, start)| *start <= from).unwrap_or(0);
        at.columns.drain(..before.min(at.columns.len()));
        at.columns.iter_mut().for_each(|(_, start)| *start = start.saturating_sub(from));
        at.columns.retain(|(_, start)| *start < part.len());
        self.push_at(&other.text.slice(part), other.wrapped[n], at);
    }

    fn push_at(&mut self, text: &Text, wrapped: bool, at: LineAt) {
        if text.is_empty() {
            return;
        }
        self.starts.push(self.text.len());
        self.wrapped.push(wrapped);
        self.places.push(at);
        self.text.append(text);
    }

    /// The range of the `n`th line in the text.
    #[must_use]
    pub fn line(&self, n: usize) -> Range<usize> {
        self.starts[n]..self.starts.get(n + 1).copied().unwrap_or(self.text.len())
    }

    /// The lines.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        (0..self.starts.len()).map(|n| &self.text.as_str()[self.line(n)])
    }
}

/// Where a piece of running text belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Part of the form.
    pub section: Section,
    /// The concern or activity, where it is of one.
    pub name: String,
}

/// What the running text says.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// The paragraphs, in the order of the document.
    pub paragraphs: Vec<Paragraph>,
    /// All counts with a denominator.
    pub counts: Vec<Count>,
    /// Evidence without a denominator.
    pub bare: Vec<Bare>,
    /// Mentions of studies.
    pub studies: Vec<StudyMention>,
    /// 以下、X.
    pub abbreviations: Vec<Abbreviation>,
    /// The numbers and citations of studies, each once.
    pub registry: Vec<Study>,
}

/// A paragraph of running text.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Where it belongs.
    pub view: View,
    /// Its text.
    pub text: Text,
    /// Dates in it.
    pub dates: Vec<FoundDate>,
    /// Periods in it.
    pub periods: Vec<FoundPeriod>,
    /// True for the cell of a table within the text.
    pub cell: bool,
    /// Where two figures meet that do not belong together: in a row of a table, once its blanks are gone.
    pub seams: Vec<usize>,
}

impl Paragraph {
    /// The parts of a range that the seams within it part.
    pub fn between_seams(&self, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let inner = self.seams.iter().copied().filter(move |at| range.start < *at && *at < range.end);
        let ends: Vec<usize> = inner.chain([range.end]).collect();
        let starts: Vec<usize> = [range.start].into_iter().chain(ends.iter().copied()).take(ends.len()).collect();
        starts.into_iter().zip(ends).map(|(start, end)| start..end)
    }
}

/// A count with its denominator, such as 97.8%（88/90例）.
#[derive(Clone, Debug)]
pub struct Count {
    /// Index of its paragraph.
    pub paragraph: usize,
    /// The whole of it in the paragraph.
    pub range: Range<usize>,
    /// The numerator.
    pub numerator: u64,
    /// Where it stands.
    pub numerator_at: Range<usize>,
    /// The denominator.
    pub denominator: u64,
    /// Where it stands.
    pub denominator_at: Range<usize>,
    /// The percentage as printed, without its sign.
    pub percentage: Option<String>,
    /// Where it stands.
    pub percentage_at: Option<Range<usize>>,
    /// The studies it belongs to, as indices of the registry; several where they were pooled.
    pub studies: Vec<usize>,
    /// The arm or phase that the sentence names before it.
    pub arm: Option<String>,
}

/// Evidence without a denominator.
#[derive(Clone, Debug)]
pub struct Bare {
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Where it stands.
    pub range: Range<usize>,
    /// What it is.
    pub kind: BareKind,
    /// The studies it belongs to.
    pub studies: Vec<usize>,
}

/// A kind of evidence without denominator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BareKind {
    /// A percentage alone, as printed.
    Percentage(String),
    /// So many patients (例).
    Patients(u64),
    /// So many events (件).
    Events(u64),
    /// No event was seen.
    NoneSeen,
}

/// A study: a number, a registry number, or a publication cited in its stead.
#[derive(Clone, Debug)]
pub struct Study {
    /// As it is compared.
    pub key: String,
    /// Short names that the document gives it: 「以下、301試験」.
    pub short: Vec<String>,
    /// How often it is named.
    pub mentions: usize,
    /// True for a publication.
    pub citation: bool,
    /// True where the document itself introduces it as a study's number (試験番号: …).
    pub introduced: bool,
}

/// A mention of a study.
#[derive(Clone, Debug)]
pub struct StudyMention {
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Where it stands.
    pub range: Range<usize>,
    /// Index in the registry.
    pub study: usize,
}

/// A short form that the document defines: …（以下、X）.
#[derive(Clone, Debug)]
pub struct Abbreviation {
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Where the short form stands.
    pub range: Range<usize>,
    /// The short form.
    pub short: String,
    /// What it stands for, as far as the text before it tells.
    pub long: String,
}

/// Something that could not be read for certain.
#[derive(Clone, Debug)]
pub struct Doubt {
    /// The part of the form.
    pub section: Section,
    /// Where.
    pub text: Text,
    /// What is in doubt.
    pub what: DoubtKind,
}

/// What is in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoubtKind {
    /// The columns of a table could not be told apart.
    Columns,
    /// Where a name begins.
    Name,
    /// Rows could not be told apart.
    Rows,
}
