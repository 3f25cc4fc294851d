//! Everything known of one concern: for an inspector in the room, as a page and as a PDF, from one tree.

use calendar::Date;
use diagnostic::{Language, Words};
use document::evidence::{Limits, counted};
use jiff::tz::TimeZone;
use operation::product::Product;
use plan::Plan;
use plan::model::{Activity, Concern, List};
use plan::prose::{Block as Prose, Run, SectionKind, blocks};
use typeset::{Align, Block, Cell, Column, Document, Heading, Inline, Mark, Page, Row, Rules, Table, Tone, Weight};

/// What a dossier is made of.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The record of its product.
    pub product: &'a Product,
    /// The number of the revision whose plan it is.
    pub revision: u32,
    /// The day it is of.
    pub as_of: Date,
    /// The zone in which times are told.
    pub zone: &'a TimeZone,
    /// Its language.
    pub language: Language,
    /// Whether everything is invented.
    pub simulated: bool,
    /// The names of people.
    pub name: &'a dyn Fn(&str) -> String,
}

impl std::fmt::Debug for Source<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Source").field("revision", &self.revision).field("as_of", &self.as_of).finish_non_exhaustive()
    }
}

impl Source<'_> {
    fn say<'w>(&self, ja: &'w str, en: &'w str) -> &'w str {
        if self.language == Language::Japanese { ja } else { en }
    }

    fn name_of(&self, id: &str) -> String {
        self.plan.name_of(id).map_or_else(|| id.to_owned(), |name| self.say(&name.ja, &name.en).to_owned())
    }

    fn local(&self, moment: journal::Moment) -> String {
        moment.timestamp().to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }
}

/// Makes the dossier of a concern; none if the plan has no such concern.
#[must_use]
pub fn dossier(source: &Source<'_>, id: &str) -> Option<Document> {
    let plan = source.plan;
    let concern = plan.concern(id)?;
    let name = source.name_of(id);
    let mut body = vec![heading(1, &name)];
    facts(source, concern, &mut body);
    for (kind, passage) in SectionKind::ALL.iter().filter_map(|kind| Some((kind, concern.prose.get(*kind)?))) {
        let english =
            concern.english.as_ref().filter(|_| source.language == Language::English).and_then(|english| english.prose.get(*kind));
        let (ja, en) = kind.words();
        body.push(heading(2, source.say(ja, en)));
        body.extend(prose(&blocks(&plan.printed(english.unwrap_or(passage), source.language))));
    }
    evidence(source, concern, &mut body);
    let activities: Vec<&Activity> = plan.activities_for(concern).collect();
    let is_material = |activity: &&Activity| List::Minimisation.holds(activity);
    let (materials, watching): (Vec<&Activity>, Vec<&Activity>) = activities.into_iter().partition(is_material);
    activity_table(source, source.say("追加の監視活動", "Additional pharmacovigilance"), &watching, &mut body);
    activity_table(source, source.say("資材と追加の最小化活動", "Materials and additional risk minimisation"), &materials, &mut body);
    decisions(source, id, &mut body);
    history(source, id, &mut body);
    documents(source, &mut body);
    let title = format!("{}: {name}", source.say("検討事項の記録", "Dossier"));
    Some(Document {
        title: title.clone(),
        author: plan.facts.holder.name.value.clone(),
        language: if source.language == Language::Japanese { typeset::Language::Japanese } else { typeset::Language::English },
        date: source.as_of,
        page: Page::Portrait,
        head: vec![Inline::Text(format!("{}　{title}", plan.name()))],
        numbered: true,
        watermark: source.simulated.then(|| super::documents::SIMULATED.to_owned()),
        revision: None,
        body,
        attachments: Vec::new(),
    })
}

fn facts(source: &Source<'_>, concern: &Concern, body: &mut Vec<Block>) {
    let list = |all: Vec<String>| if all.is_empty() { source.say("—", "—").to_owned() } else { all.join(source.say("、", ", ")) };
    let class = concern.class.as_ref().map_or_else(String::new, |class| {
        let (ja, en) = class.value.words();
        source.say(ja, en).to_owned()
    });
    let indications = concern.indications.iter().map(|id| source.name_of(&format!("indication:{}", id.value.as_str()))).collect::<Vec<_>>();
    let rows = [
        (source.say("製品", "Product"), source.plan.name().to_owned()),
        (source.say("区分", "Class"), class),
        (source.say("用語", "Terms"), list(concern.terms.iter().map(|term| term.value.clone()).collect())),
        (
            source.say("効能又は効果", "Indications"),
            if indications.is_empty() { source.say("すべて", "all").to_owned() } else { list(indications) },
        ),
        (source.say("電子添文の項", "Package insert"), list(concern.label.iter().map(|label| label.value.as_str().to_owned()).collect())),
        (source.say("計画の改訂", "Revision of the plan"), source.revision.to_string()),
        (source.say("基準日", "As of"), source.as_of.to_string()),
    ];
    let rows =
        rows.into_iter().map(|(name, value)| vec![Cell { tone: Tone::Label, ..Cell::heading(words(name)) }, Cell::new(words(&value))]);
    body.push(table(&[Weight::Parts(1.0), Weight::Parts(3.0)], 0, rows.collect()));
}

fn evidence(source: &Source<'_>, concern: &Concern, body: &mut Vec<Block>) {
    let all = counted(source.plan, &concern.prose);
    body.push(heading(2, source.say("根拠となる集計", "Evidence")));
    if all.is_empty() {
        body.push(paragraph(
            source.say("この検討事項の記載に、例数で示された集計はありません。", "No counts stand in what is written of it."),
        ));
        return;
    }
    let mut rows = vec![head(&[
        source.say("記載（計画の文）", "As the plan says it"),
        source.say("対象", "Population"),
        source.say("割合", "Share"),
        source.say("95%信頼区間（Clopper–Pearson）", "95% limits (Clopper–Pearson)"),
    ])];
    for one in &all {
        let limits = match &one.limits {
            Limits::Exact { text, .. } => text.clone(),
            Limits::Populations => source.say("対象が異なるため計算しない", "not computed: different populations").to_owned(),
            Limits::NoSample => source.say("標本ではない", "not of a sample").to_owned(),
        };
        let (cases, patients) = (one.counts.x, one.counts.n);
        let share = one.percentage.as_ref().map_or_else(String::new, |share| format!("{share}%"));
        let share = source.say(&format!("{share}（{cases}/{patients}例）"), &format!("{share} ({cases}/{patients})")).to_owned();
        rows.push([one.sentence.clone(), one.population.clone(), share, limits].iter().map(|text| Cell::new(words(text))).collect());
    }
    body.push(table(&[Weight::Parts(2.0), Weight::Parts(2.0), Weight::Parts(1.0), Weight::Parts(1.5)], 1, rows));
}

fn activity_table(source: &Source<'_>, title: &str, activities: &[&Activity], body: &mut Vec<Block>) {
    body.push(heading(2, title));
    if activities.is_empty() {
        body.push(paragraph(source.say("ありません。", "None.")));
        return;
    }
    let mut rows = vec![head(&[
        source.say("活動", "Activity"),
        source.say("状況", "Status"),
        source.say("期間", "Period"),
        source.say("目標", "Target"),
    ])];
    for activity in activities {
        let (ja, en) = source.plan.status(activity, source.as_of).words();
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        let period = format!("{} – {}", day(source.plan.start_of(activity)), day(source.plan.end_of(activity)));
        let target = activity.target.as_ref().map_or_else(String::new, |target| target.value.to_string());
        let cells = [source.name_of(activity.id.as_str()), source.say(ja, en).to_owned(), period, target];
        rows.push(cells.iter().map(|text| Cell::new(words(text.trim_matches([' ', '–'])))).collect());
    }
    body.push(table(&[Weight::Parts(3.0), Weight::Parts(1.0), Weight::Parts(1.6), Weight::Parts(0.7)], 1, rows));
}

fn decisions(source: &Source<'_>, id: &str, body: &mut Vec<Block>) {
    body.push(heading(2, source.say("判断と作業", "Decisions and work")));
    let item = format!("concern/{id}");
    let mut rows = Vec::new();
    for worklist in source.product.worklists.values() {
        for one in worklist.items.iter().filter(|one| one.item == item || one.item.starts_with(&format!("{item}/"))) {
            let (done, by) = match &one.done {
                Some(done) => (format!("{}（{}）", done.remarks, source.local(done.recorded)), (source.name)(&done.person)),
                None => (source.say("未了", "open").to_owned(), one.person.as_deref().map(source.name).unwrap_or_default()),
            };
            rows.push([worklist.title.clone(), one.why.clone(), by, done]);
        }
    }
    for (number, submission) in &source.product.submissions {
        let asked = source.product.inquiries.iter().filter(|(_, inquiry)| inquiry.submission == *number);
        for (name, inquiry) in
            asked.filter(|(_, inquiry)| source.plan.concern(id).is_some_and(|concern| inquiry.text.contains(concern.name.value.as_str())))
        {
            let answer = inquiry.answered.as_ref().map_or_else(|| source.say("未回答", "open").to_owned(), |(_, text)| text.clone());
            rows.push([name.clone(), inquiry.text.clone(), submission.day.to_string(), answer]);
        }
    }
    if rows.is_empty() {
        body.push(paragraph(source.say("この検討事項を名指した作業・照会はまだありません。", "No work and no question has named it yet.")));
        return;
    }
    let mut all =
        vec![head(&[source.say("出来事", "Event"), source.say("なぜ", "Why"), source.say("だれが", "Who"), source.say("結果", "Result")])];
    all.extend(rows.iter().map(|row| row.iter().map(|text| Cell::new(words(text))).collect()));
    body.push(table(&[Weight::Parts(1.5), Weight::Parts(2.0), Weight::Parts(0.8), Weight::Parts(2.0)], 1, all));
}

/// What was changed of it, the latest first: so many changes at most, and how many more there are.
fn history(source: &Source<'_>, id: &str, body: &mut Vec<Block>) {
    const MOST: usize = 60;
    body.push(heading(2, source.say("変更の履歴", "History")));
    let prefix = format!("concerns/{id}/");
    let mut rows = Vec::new();
    let mut all = 0;
    for (number, revision) in source.product.revisions.iter().rev() {
        for change in revision.changes.iter().filter(|change| change.path.starts_with(&prefix)) {
            all += 1;
            if rows.len() >= MOST {
                continue;
            }
            let value = |value: &Option<String>| value.as_deref().map_or_else(|| "—".to_owned(), |text| crate::look::bits::cut(text, 160));
            rows.push([
                format!("{number}　{}　{}", source.local(revision.recorded), (source.name)(&revision.author)),
                change.path[prefix.len()..].to_owned(),
                value(&change.old),
                value(&change.new),
            ]);
        }
    }
    let more = Words::new(format!("ほか {} か所", all - rows.len()), format!("and {} more", all - rows.len()));
    let mut cells =
        vec![head(&[source.say("改訂", "Revision"), source.say("項目", "Value"), source.say("前", "Before"), source.say("後", "After")])];
    cells.extend(rows.iter().map(|row| row.iter().map(|text| Cell::new(words(text))).collect()));
    body.push(table(&[Weight::Parts(1.3), Weight::Parts(1.0), Weight::Parts(2.0), Weight::Parts(2.0)], 1, cells));
    if all > rows.len() {
        body.push(paragraph(more.get(source.language)));
    }
}

fn documents(source: &Source<'_>, body: &mut Vec<Block>) {
    body.push(heading(2, source.say("提出と発行した文書", "Submissions and documents issued")));
    let submitted = source.product.submissions.iter().rev().map(|(number, of)| {
        let (ja, en) = super::sentence::stage_words(source.product.stage(*number, of));
        let words = Words::new(
            format!("提出{number}　{}　改訂{}　{ja}", of.day, of.revision),
            format!("Submission {number}, {}, revision {}, {en}", of.day, of.revision),
        );
        vec![paragraph(words.get(source.language))]
    });
    let issued = source.product.issues.iter().rev().flat_map(|(number, issue)| issue.files.iter().map(move |file| (number, issue, file)));
    let issued = issued.map(|(number, issue, file)| {
        let hash = file.sha256.map_or_else(String::new, |hash| format!("　SHA-256 {hash}"));
        vec![paragraph(&format!("{}{number}　{}　{}{hash}", source.say("発行", "Issue "), issue.as_of, file.path))]
    });
    let items: Vec<Vec<Block>> = submitted.chain(issued).take(40).collect();
    if items.is_empty() {
        body.push(paragraph(source.say("まだありません。", "None yet.")));
    } else {
        body.push(Block::List { ordered: false, items });
    }
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading(Heading { level, id: None, content: vec![Inline::Text(text.to_owned())] })
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Inline::Text(text.to_owned())])
}

fn words(text: &str) -> Vec<Block> {
    vec![paragraph(text)]
}

fn head(names: &[&str]) -> Vec<Cell> {
    names.iter().map(|name| Cell { tone: Tone::Label, ..Cell::heading(words(name)) }).collect()
}

fn table(widths: &[Weight], head: usize, rows: Vec<Vec<Cell>>) -> Block {
    let columns = widths.iter().map(|width| Column { width: *width, align: Align::Start }).collect();
    let rows = rows.into_iter().map(|cells| Row { cells, breakable: true }).collect();
    Block::Table(Table { caption: Vec::new(), columns, head, rows, rules: Rules::All })
}

/// Prose of the plan as blocks.
fn prose(all: &[Prose]) -> Vec<Block> {
    all.iter()
        .map(|block| match block {
            Prose::Paragraph(runs) => Block::Paragraph(inlines(runs)),
            Prose::Heading(_, runs) => Block::Paragraph(vec![Inline::Marked(Mark::Strong, inlines(runs))]),
            Prose::List(first, items) => Block::List { ordered: first.is_some(), items: items.iter().map(|item| prose(item)).collect() },
            Prose::Table(rows) => {
                let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
                let cells = rows.iter().map(|row| {
                    let mut cells: Vec<Cell> = row.iter().map(|runs| Cell::new(vec![Block::Paragraph(inlines(runs))])).collect();
                    cells.resize(columns, Cell::new(Vec::new()));
                    cells
                });
                table(&vec![Weight::Parts(1.0); columns], 1.min(rows.len()), cells.collect())
            }
        })
        .collect()
}

fn inlines(runs: &[Run]) -> Vec<Inline> {
    let one = |run: &Run| {
        let text = Inline::Text(run.text.replace('\n', " "));
        match (run.bold, run.italic) {
            (true, _) => Inline::Marked(Mark::Strong, vec![text]),
            (_, true) => Inline::Marked(Mark::Emphasis, vec![text]),
            _ => text,
        }
    };
    runs.iter().map(one).collect()
}
