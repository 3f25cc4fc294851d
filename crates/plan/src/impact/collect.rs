use calendar::Date;
use diagnostic::{Span, Words};

use crate::id::{ActivityId, IndicationId};
use crate::model::{Activity, Concern, Plan, Status};
use crate::source::{Place, Spanned};
use crate::tables::{ActivityKind, Condition, Event, EventKind, Indication};

/// What a touched thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// A fact of `plan.toml` or `studies.toml`.
    Fact,
    /// A safety concern or an efficacy concern.
    Concern,
    /// An additional activity that is no material.
    Activity,
    /// A material.
    Material,
    /// A day by which something is due.
    Deadline,
    /// A document or a part of one.
    Document,
}

impl Area {
    /// Every area, in the order in which they are shown.
    pub const ALL: [Self; 6] = [Self::Fact, Self::Concern, Self::Activity, Self::Material, Self::Deadline, Self::Document];

    /// What it is called: Japanese and English.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Fact => ("事実", "facts"),
            Self::Concern => ("検討事項", "concerns"),
            Self::Activity => ("活動", "activities"),
            Self::Material => ("資材", "materials"),
            Self::Deadline => ("期限", "deadlines"),
            Self::Document => ("文書", "documents"),
        }
    }

    /// The word for programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Concern => "concern",
            Self::Activity => "activity",
            Self::Material => "material",
            Self::Deadline => "deadline",
            Self::Document => "document",
        }
    }
}

/// A thing that an event touches.
#[derive(Clone, Debug)]
pub struct Touched {
    /// What it is.
    pub area: Area,
    /// Its id, or what stands for one.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// Why it is touched; several reasons stand in order.
    pub why: Vec<Words>,
    /// The day by which it is due, if it has one.
    pub due: Option<Date>,
    /// Where it is stated.
    pub span: Option<Span>,
    /// True of an activity that is finished: it stands in the lists of section 5 only, and nothing of it is left to do.
    pub finished: bool,
}

impl Touched {
    /// Why it is touched, in a line: the first reasons, and how many more there are.
    #[must_use]
    pub fn reason(&self) -> Words {
        /// Characters, as Japanese has them, beyond which the further reasons are only counted.
        const LONGEST: usize = 120;
        let line = |pick: fn(&Words) -> &str, between: &str, longest: usize, more: fn(usize) -> String| {
            let mut line = String::new();
            for (index, why) in self.why.iter().enumerate() {
                let why = crate::difference::cut(pick(why), longest);
                if index > 0 && line.chars().count() + why.chars().count() > longest {
                    return line + &more(self.why.len() - index);
                }
                line += if index > 0 { between } else { "" };
                line += &why;
            }
            line
        };
        let ja = line(|words| &words.ja, "；", LONGEST, |left| format!("；ほか {left} 件"));
        let en = line(|words| &words.en, "; ", 2 * LONGEST, |left| format!("; and {left} more"));
        Words::new(ja, en)
    }
}

/// Collects what is touched, each thing once.
pub(super) struct Collector<'a> {
    pub(super) plan: &'a Plan,
    pub(super) as_of: Date,
    touched: Vec<Touched>,
    /// The activity whose end is the event: it is no matter of the past.
    ended: Option<&'a ActivityId>,
}

impl<'a> Collector<'a> {
    pub(super) fn new(plan: &'a Plan, as_of: Date) -> Self {
        Self { plan, as_of, touched: Vec::new(), ended: None }
    }

    /// What was collected, by area, deadlines by day; the order is otherwise the plan's.
    pub(super) fn finish(mut self) -> Vec<Touched> {
        self.touched.sort_by_key(|touched| (touched.area, touched.finished, touched.due.is_none(), touched.due));
        self.touched
    }

    /// Adds a thing with a reason; of a thing that is there, the reason.
    pub(super) fn add(&mut self, area: Area, id: &str, name: Words, at: Option<Place>, why: Words) {
        self.add_due(area, id, name, at, None, why);
    }

    pub(super) fn add_due(&mut self, area: Area, id: &str, name: Words, at: Option<Place>, due: Option<Date>, why: Words) {
        if let Some(before) = self.touched.iter_mut().find(|t| t.area == area && t.id == id && t.name == name && t.due == due) {
            if !before.why.contains(&why) {
                before.why.push(why);
            }
            return;
        }
        let span = at.map(|at| self.plan.sources.span(at, Words::default())).filter(|span| !span.file.is_empty());
        self.touched.push(Touched { area, id: id.to_owned(), name, why: vec![why], due, span, finished: false });
    }

    /// True if something is collected already.
    pub(super) fn has(&self, area: Area, id: &str) -> bool {
        self.touched.iter().any(|touched| touched.area == area && touched.id == id)
    }

    pub(super) fn concern(&mut self, concern: &Concern, why: Words) {
        let name = names(&concern.name, concern.name_en.as_ref());
        self.add(Area::Concern, concern.id.as_str(), name, Some(concern.name.at), why);
    }

    pub(super) fn activity(&mut self, activity: &Activity, why: Words) {
        let material = activity.kind.as_ref().is_some_and(|k| matches!(k.value, ActivityKind::Material | ActivityKind::PatientMaterial));
        let area = if material { Area::Material } else { Area::Activity };
        self.add(area, activity.id.as_str(), names(&activity.name, activity.name_en.as_ref()), Some(activity.name.at), why);
        if self.is_finished(activity)
            && let Some(touched) = self.touched.iter_mut().find(|touched| touched.area == area && touched.id == activity.id.as_str())
        {
            touched.finished = true;
        }
    }

    fn is_finished(&self, activity: &Activity) -> bool {
        self.ended != Some(&activity.id) && self.plan.status(activity, self.as_of) == Status::Finished
    }

    pub(super) fn is_touched(&self, activity: &Activity) -> bool {
        self.has(Area::Activity, activity.id.as_str()) || self.has(Area::Material, activity.id.as_str())
    }

    /// True if an activity is touched of which something is left to do.
    pub(super) fn is_touched_and_open(&self, activity: &Activity) -> bool {
        self.is_touched(activity) && !self.is_finished(activity)
    }

    /// The activities that cover touched concerns, of those in question.
    pub(super) fn covering(&mut self, asked: impl Fn(&Activity) -> bool) {
        let plan = self.plan;
        for activity in plan.activities.iter().filter(|activity| asked(activity)) {
            for concern in plan.concerns_for(activity) {
                if self.has(Area::Concern, concern.id.as_str()) {
                    let why = Words::new(
                        format!("検討事項「{}」を対象とする", concern.name.value),
                        format!("covers “{}”", names(&concern.name, concern.name_en.as_ref()).en),
                    );
                    self.activity(activity, why);
                }
            }
        }
    }

    /// An indication was approved.
    pub(super) fn approval(&mut self, id: &str) {
        let plan = self.plan;
        let Some(indication) = plan.indication(id) else { return };
        let why = |ja: &str, en: &str| Words::new(ja, en);
        let name = crate::difference::named(plan, crate::id::Target::Indication, id);
        self.add(
            Area::Fact,
            &format!("indication:{id}"),
            name.clone(),
            Some(indication.id.at),
            why("承認年月日と再審査期間を確かめる", "its date of approval and its re-examination period are to be checked"),
        );
        let (told, others) = self.approvals(indication);
        match told {
            Some(event) => {
                self.event(event, why("この承認の経緯", "the event of this approval"));
            }
            None => self.add(
                Area::Fact,
                "event",
                why("備考の経緯", "regulatory history"),
                None,
                why("この承認を経緯に書き加える", "the approval is to be added to the regulatory history"),
            ),
        }
        for event in others {
            let later = event.date.as_ref().is_some_and(|date| date.value > self.as_of);
            let why = if later {
                why("同じ効能又は効果の、基準日より後の承認", "a later approval of the same indication")
            } else {
                why("同じ効能又は効果の、以前の承認", "an earlier approval of the same indication")
            };
            self.event(event, why);
        }
        for condition in &plan.facts.condition {
            let why = if names_it(&condition.indications, id) {
                why("この効能又は効果に付された条件", "a condition set for this indication")
            } else if condition.indications.is_empty() {
                why("すべての効能又は効果に付された条件", "a condition set for every indication")
            } else {
                continue;
            };
            self.add(
                Area::Fact,
                &format!("condition:{}", condition.id.as_str()),
                Words::same(condition.text.value.clone()),
                Some(condition.at),
                why,
            );
        }
        self.of_indication(id);
        self.covered();
        // what names other indications only has nothing to do with this one
        self.covering(|activity| activity.indications.is_empty() || names_it(&activity.indications, id));
        self.reexamination(indication);
        self.dates(true);
        self.documents_of_approval();
    }

    /// The events of the approvals of an indication: the last one by the day, and the others.
    fn approvals(&self, indication: &Indication) -> (Option<&'a Event>, Vec<&'a Event>) {
        let plan = self.plan;
        let approvals =
            || plan.facts.event.iter().filter(|event| event.kind.as_ref().is_some_and(|kind| kind.value == EventKind::Approval));
        let day = |event: &Event| event.date.as_ref().map(|date| date.value);
        let mut own: Vec<&Event> = approvals().filter(|event| names_it(&event.indications, indication.id.as_str())).collect();
        if own.is_empty() {
            // one that names no indication is told by its day
            let approved = plan.approval_of(indication);
            own = approvals().filter(|event| event.indications.is_empty() && approved.is_some() && day(event) == approved).collect();
        }
        let last = own.iter().copied().filter(|event| day(event).is_some_and(|day| day <= self.as_of)).max_by_key(|event| day(event));
        own.retain(|event| !last.is_some_and(|last| std::ptr::eq(*event, last)));
        (last, own)
    }

    /// An event of the regulatory history.
    fn event(&mut self, event: &Event, why: Words) {
        let day = event.date.as_ref().map_or_else(String::new, |date| format!("{} ", date.value));
        self.add(Area::Fact, "event", Words::same(day + &event.text.value), Some(event.at), why);
    }

    /// Concerns and activities of an indication.
    fn of_indication(&mut self, id: &str) {
        let plan = self.plan;
        let named = Words::new(format!("効能又は効果 {id} に関わる"), format!("concerns indication {id}"));
        let all = Words::new("すべての効能又は効果に関わる", "concerns every indication");
        for concern in &plan.concerns {
            if names_it(&concern.indications, id) {
                self.concern(concern, named.clone());
            } else if concern.indications.is_empty() {
                self.concern(concern, all.clone());
            }
        }
        for concern in plan.efficacy.iter().filter(|concern| names_it(&concern.indications, id) || concern.indications.is_empty()) {
            let why = if concern.indications.is_empty() { &all } else { &named };
            let name = names(&concern.name, concern.name_en.as_ref());
            self.add(Area::Concern, concern.id.as_str(), name, Some(concern.name.at), why.clone());
        }
        for activity in plan.activities.iter().filter(|activity| names_it(&activity.indications, id)) {
            self.activity(activity, named.clone());
        }
    }

    /// A condition was lifted.
    pub(super) fn condition(&mut self, id: &str) {
        let plan = self.plan;
        let Some(condition) = plan.facts.condition.iter().find(|condition| condition.id.as_str() == id) else { return };
        let why = if condition.lifted.is_some() {
            Words::new("解除日を確かめる", "the day it was lifted is to be checked")
        } else {
            Words::new("解除日（lifted）を書き加える", "the day it was lifted (lifted) is to be added")
        };
        self.add(Area::Fact, &format!("condition:{id}"), Words::same(condition.text.value.clone()), Some(condition.at), why);
        match self.lifting(condition) {
            Some(event) => self.event(event, Words::new("解除の経緯を確かめる", "the event of the lifting is to be checked")),
            None => {
                let why = Words::new("解除を経緯に書き加える", "the lifting is to be added to the regulatory history");
                self.add(Area::Fact, "event", Words::new("備考の経緯", "regulatory history"), None, why);
            }
        }
        let every = condition.indications.is_empty();
        let all_case = condition.all_case.as_ref().is_some_and(|all| all.value);
        for activity in &plan.activities {
            let shares = every || share(&condition.indications, &activity.indications);
            if all_case && activity.all_case.as_ref().is_some_and(|all| all.value) && shares {
                self.activity(activity, Words::new("この条件による全例調査", "all-case surveillance under this condition"));
            } else if every {
                self.activity(activity, Words::new("すべての効能又は効果に付された条件", "the condition is set for every indication"));
            } else if shares {
                self.activity(activity, Words::new("条件と同じ効能又は効果に関わる", "concerns an indication of the condition"));
            }
        }
        self.covered();
        self.dates(false);
        self.documents_of_condition();
    }

    /// The event by which a condition was lifted: of one of its indications and of its day; while it states none, one by the day that
    /// no other condition accounts for.
    fn lifting(&self, condition: &Condition) -> Option<&'a Event> {
        let conditions = &self.plan.facts.condition;
        let alike = |event: &Event, condition: &Condition| {
            condition.indications.is_empty() || event.indications.is_empty() || share(&condition.indications, &event.indications)
        };
        let lifts = |event: &Event, condition: &Condition| {
            let (day, lifted) = (event.date.as_ref(), condition.lifted.as_ref());
            alike(event, condition) && day.zip(lifted).is_some_and(|(day, lifted)| day.value == lifted.value)
        };
        let mut events =
            self.plan.facts.event.iter().filter(|event| event.kind.as_ref().is_some_and(|kind| kind.value == EventKind::ConditionLifted));
        if condition.lifted.is_some() {
            return events.find(|event| lifts(event, condition));
        }
        events.rfind(|event| {
            let past = event.date.as_ref().is_some_and(|date| date.value <= self.as_of);
            past && alike(event, condition) && !conditions.iter().any(|other| lifts(event, other))
        })
    }

    /// The concerns that touched activities cover.
    fn covered(&mut self) {
        let plan = self.plan;
        for activity in &plan.activities {
            if !self.is_touched_and_open(activity) {
                continue;
            }
            let name = names(&activity.name, activity.name_en.as_ref());
            let why = Words::new(format!("活動「{}」の対象", name.ja), format!("is covered by “{}”", name.en));
            for concern in plan.concerns_for(activity) {
                self.concern(concern, why.clone());
            }
            for concern in plan.efficacy.iter().filter(|concern| activity.efficacy.iter().any(|id| id.value == concern.id)) {
                let name = names(&concern.name, concern.name_en.as_ref());
                self.add(Area::Concern, concern.id.as_str(), name, Some(concern.name.at), why.clone());
            }
        }
    }

    /// A section of the package insert was revised.
    pub(super) fn label(&mut self, id: &str) {
        let plan = self.plan;
        if let Some(label) = plan.facts.label.iter().find(|label| label.id.as_str() == id) {
            let why = Words::new("見出しと項番を確かめる", "its number and title are to be checked");
            self.add(Area::Fact, &format!("label:{id}"), Words::same(format!("{id} {}", label.title.value)), Some(label.at), why);
        }
        for concern in plan.concerns.iter().filter(|concern| concern.label.iter().any(|label| label.as_str() == id)) {
            self.concern(concern, Words::new(format!("電子添文 {id} を挙げている"), format!("names section {id}")));
        }
        self.covering(|_| true);
        self.dates(false);
        self.documents_of_label(id);
    }

    /// An activity ended.
    pub(super) fn ended(&mut self, id: &str) {
        let plan = self.plan;
        let Some(ended) = plan.activity(id) else { return };
        self.ended = Some(&ended.id);
        let why = if ended.ended.is_some() {
            Words::new(
                "終了日と、状況が「終了」になるための最終報告を確かめる",
                "its end, and the final report that makes it completed, are to be checked",
            )
        } else {
            Words::new("終了日（ended）を書き加える", "the day of its end (ended) is to be added")
        };
        self.activity(ended, why);
        self.covered();
        for other in &plan.activities {
            let waits = other.id != ended.id
                && other.milestone.iter().any(|m| {
                    let Some(crate::tables::When::Event(anchor)) = &m.when else { return false };
                    anchor.on.as_ref().is_some_and(|on| on.value == crate::tables::AnchorEvent::Report)
                })
                && plan.concerns_for(other).any(|concern| ended.concerns.iter().any(|id| id.value == concern.id));
            if waits {
                let why = Words::new(
                    "同じ検討事項について、他の活動の結果報告を節目とする",
                    "has the report of another activity on the same concern as a milestone",
                );
                self.activity(other, why);
            }
        }
        self.dates(false);
        self.documents_of_end(ended);
    }
}

/// A name in Japanese and, if there is one, in English.
pub(super) fn names(ja: &Spanned<String>, en: Option<&Spanned<String>>) -> Words {
    Words::new(ja.value.clone(), en.map_or_else(|| ja.value.clone(), |en| en.value.clone()))
}

/// True if both name an indication.
fn share(a: &[Spanned<IndicationId>], b: &[Spanned<IndicationId>]) -> bool {
    a.iter().any(|indication| names_it(b, indication.as_str()))
}

fn names_it(indications: &[Spanned<IndicationId>], id: &str) -> bool {
    indications.iter().any(|indication| indication.as_str() == id)
}
