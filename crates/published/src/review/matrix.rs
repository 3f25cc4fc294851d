//! The relation of concerns and activities, as 1.1 states it and as sections 2 and 4 state it.

use std::collections::HashMap;
use std::ops::Range;

use crate::heading::{Section, Title};
use crate::model::{Activity, Concern, Passage, Published, Stated};
use crate::review::activities::PLANS;
use crate::review::names::{ActivityName, Names, Relation, mentions};
use crate::review::{Context, Mark, Reference};

/// Where the form asks for concerns by activities, twice.
pub const FORM: Reference = plan::form!(
    "「1.1 安全性検討事項」の【内容】、「2. 医薬品安全性監視計画の概要」「4. リスク最小化計画の概要」の「安全性検討事項」",
    ", 内容 in 1.1 and the concerns in sections 2 and 4",
    "。両者の一致は様式の構成と実務による",
    "; their agreement follows from the form and practice"
);
/// Why both sides are to agree: Japanese and English.
pub const WHY: (&str, &str) = (
    "1.1と2・4は同じ対応関係を示す。片側だけでは、その事項が監視・低減されるのか分からない。",
    "1.1 and sections 2 and 4 state the same relation; with one side missing nobody can tell whether the risk is covered",
);

/// A concern and an activity.
pub struct Cell<'a> {
    /// The concern.
    pub concern: &'a Concern,
    /// The activity.
    pub activity: &'a Activity,
    /// The section of the activity.
    pub section: Section,
    /// True if 1.1 chooses the activity for the concern.
    pub declared: bool,
    /// True if the activity lists the concern.
    pub listed: bool,
    /// False where either side was not read for certain.
    pub sure: bool,
    name: Option<&'a Stated>,
    mention: Option<(&'a terminology::Text, Range<usize>)>,
}

/// A concern as the list of an activity names it.
pub struct Listed<'a> {
    /// The section of the activity.
    pub section: Section,
    /// The activity.
    pub activity: &'a Activity,
    /// The name in its list.
    pub stated: &'a Stated,
    /// Index in 1.1 of the concern that is meant; None where there is none.
    pub concern: Option<usize>,
    /// How the names relate.
    pub relation: Relation,
}

/// All concerns by all activities of sections 2 and 4, and what the lists of the activities of 2, 3 and 4 name.
#[must_use]
pub fn of<'a>(published: &'a Published, names: &Names<'_>) -> (Vec<Cell<'a>>, Vec<Listed<'a>>) {
    let mut cells = Vec::new();
    let mut listed = Vec::new();
    let concerns: Vec<&str> = published.concerns.iter().map(|c| c.name.as_str()).collect();
    for (plan, section) in PLANS.into_iter().enumerate() {
        let all: Vec<&Activity> = published.plans[plan].activities.iter().collect();
        let activities: Vec<&str> = all.iter().map(|a| a.name.as_str()).collect();
        let bodies: Vec<Option<&Passage>> = published
            .concerns
            .iter()
            .map(|concern| {
                let section = if plan == 0 { &concern.pharmacovigilance } else { &concern.minimisation };
                section.as_ref().filter(|_| plan != 1).map(|s| s.content.as_ref().map_or(&s.body, |content| &content.1))
            })
            .collect();
        // the boxes of many concerns say the same
        let mut read: HashMap<&str, (Vec<bool>, Vec<bool>)> = HashMap::new();
        let kinds: Vec<Option<&str>> = activities.iter().map(|a| ActivityName::parse(a).map(|n| n.kind)).collect();
        let (mut declared, mut slips): (Vec<Vec<bool>>, Vec<Vec<bool>>) = (Vec::new(), Vec::new());
        for body in &bodies {
            let Some(body) = body else {
                declared.push(vec![false; all.len()]);
                slips.push(vec![false; all.len()]);
                continue;
            };
            let (named, slip) = read.entry(body.as_str()).or_insert_with(|| {
                let (mut named, unknown) = names.named_in(body.as_str(), &activities);
                // なし（…において副次的に情報を収集する）chooses nothing
                if chooses_nothing(body.as_str()) {
                    named.fill(false);
                }
                // a name of the same kind that no activity has: a slip, which is reported for itself
                let slip = kinds.iter().map(|k| unknown.iter().any(|m| Some(m.kind) == *k && !m.topics.is_empty())).collect();
                (named, slip)
            });
            declared.push(named.clone());
            slips.push(slip.clone());
        }
        for (a, activity) in all.iter().enumerate() {
            let stated: Vec<&str> = activity.concerns.iter().map(Stated::as_str).collect();
            let mut meant: Vec<Option<(usize, Relation)>> = vec![None; stated.len()];
            let mut by_concern: Vec<Option<&Stated>> = vec![None; concerns.len()];
            for (l, c, relation) in names.pair(&stated, &concerns) {
                if relation >= Relation::Near(0.5) {
                    meant[l] = Some((c, relation));
                    by_concern[c] = Some(&activity.concerns[l]);
                }
            }
            // one name and one concern are left, and 1.1 chooses the activity for it: another name for the same concern
            let names_left: Vec<usize> = (0..stated.len()).filter(|&l| meant[l].is_none()).collect();
            let concerns_left: Vec<usize> = (0..concerns.len()).filter(|&c| by_concern[c].is_none() && declared[c][a]).collect();
            if let ([l], [c]) = (names_left.as_slice(), concerns_left.as_slice()) {
                meant[*l] = Some((*c, Relation::Near(0.0)));
                by_concern[*c] = Some(&activity.concerns[*l]);
            }
            for (l, stated) in activity.concerns.iter().enumerate() {
                listed.push(Listed {
                    section,
                    activity,
                    stated,
                    concern: meant[l].map(|m| m.0),
                    relation: meant[l].map_or(Relation::Different, |m| m.1),
                });
            }
            if plan == 1 {
                continue;
            }
            // a list that only commas part is certain once each of its parts is a concern
            let certain = activity.concerns.iter().zip(&meant).all(|(s, m)| s.sure || m.is_some_and(|m| m.1 == Relation::Same));
            let lists = activity.part(Title::Concerns).is_some() && !activity.concerns.is_empty();
            for (c, concern) in published.concerns.iter().enumerate() {
                let named = declared[c][a];
                cells.push(Cell {
                    concern,
                    activity,
                    section,
                    declared: named,
                    listed: by_concern[c].is_some(),
                    sure: (named || !slips[c][a])
                        && bodies[c].is_some_and(|b| !b.is_empty())
                        && lists
                        && concern.name.sure
                        && activity.name.sure
                        && certain,
                    name: by_concern[c],
                    mention: bodies[c]
                        .filter(|_| named)
                        .map(|b| (&b.text, place_of(names, b.as_str(), activity.name.as_str()).unwrap_or(0..b.text.len().min(60)))),
                });
            }
        }
    }
    (cells, listed)
}

/// The cells of a document.
pub fn cells<'a, 'c>(context: &'c Context<'a>) -> impl Iterator<Item = &'c Cell<'a>> {
    context.matrix.iter()
}

impl<'a> Cell<'a> {
    /// The mention in 1.1.
    #[must_use]
    pub fn mention_mark(&self) -> Mark<'a> {
        match &self.mention {
            Some((text, range)) => Mark::part(text, boundary(text.as_str(), range.clone()), Section::Safety, self.concern.name.as_str()),
            None => Mark::whole(&self.concern.name.text, Section::Safety, ""),
        }
    }

    /// The list of the activity.
    #[must_use]
    pub fn list_mark(&self) -> Option<Mark<'a>> {
        let part = self.activity.part(Title::Concerns)?;
        Some(Mark::whole(&part.body.text, self.section, self.activity.name.as_str()))
    }

    /// The concern in the list of the activity.
    #[must_use]
    pub fn listed_mark(&self) -> Option<Mark<'a>> {
        self.name.map(|n| Mark::whole(&n.text, self.section, self.activity.name.as_str()))
    }
}

fn boundary(s: &str, mut range: Range<usize>) -> Range<usize> {
    while !s.is_char_boundary(range.end) {
        range.end += 1;
    }
    range
}

/// Where a text names an activity.
#[must_use]
pub fn mention(context: &Context<'_>, text: &str, activity: &str) -> Option<Range<usize>> {
    place_of(&context.names, text, activity)
}

fn place_of(names: &Names<'_>, text: &str, activity: &str) -> Option<Range<usize>> {
    if let Some(at) = text.find(activity) {
        return Some(at..at + activity.len());
    }
    let name = ActivityName::parse(activity)?;
    mentions(text)
        .into_iter()
        .filter(|m| name.kind.ends_with(m.kind) || m.kind.ends_with(name.kind))
        .find(|m| {
            m.topics.is_empty()
                || name.topics.is_empty()
                || m.topics.iter().any(|t| name.topics.iter().any(|u| names.relation(t, u) >= Relation::Wider))
        })
        .map(|m| m.range)
}

/// The sentence around a place.
#[must_use]
pub fn sentence<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    let start = text[..range.start].rfind('。').map_or(0, |at| at + '。'.len_utf8());
    let end = text[range.end..].find('。').map_or(text.len(), |at| range.end + at);
    &text[start..end]
}

/// True where a mention stands as an entry of a list or as what is to be done, not within a remark.
#[must_use]
pub fn names_an_activity(text: &str, range: &Range<usize>) -> bool {
    let before = &text[..range.start];
    before.is_empty()
        || before.ends_with(['・', '-', '、', '。', ':', '○', '●'])
        || before.ends_with(|c| matches!(c, '①'..='⑳'))
        || before.ends_with("における")
        || before.ends_with("として")
        || before.ends_with("を対象とした")
}

/// True for 【内容】 that says なし, whatever remark follows in brackets.
fn chooses_nothing(content: &str) -> bool {
    let content = content.trim_start_matches(['・', '-', '○']);
    ["なし(", "該当なし(", "なし。", "該当なし。"].iter().any(|none| content.starts_with(none))
}
