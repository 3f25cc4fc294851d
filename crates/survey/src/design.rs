use calendar::{Period, Unit};
use diagnostic::Words;
use jiff::ToSpan;
use jiff::civil::Date;
use plan::Plan;
use plan::expression::{Expression, parse};
use plan::source::Spanned;
use plan::tables::{ItemKind, Length, Proportion, VisitFrom};

/// What the plan says of a survey, ready to run: its text is read once, not for every form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Design {
    /// The activity.
    pub activity: String,
    /// What it is called.
    pub name: Words,
    /// The first and the last day of the survey.
    pub period: (Option<Date>, Option<Date>),
    /// The first and the last day of registration.
    pub registration: (Option<Date>, Option<Date>),
    /// How many patients.
    pub target: Option<u64>,
    /// How long a patient is observed at least.
    pub observation: Option<Period>,
    /// The safety concerns it covers.
    pub concerns: Vec<ConcernDesign>,
    /// What the designs of its sample size assume.
    pub assumed: Vec<Assumed>,
    /// Days after the first dose within which a patient is registered.
    pub within_days: Option<u64>,
    /// Whether a patient whose treatment began before the contract can be registered.
    pub retrospective: bool,
    /// Whether registration goes on past the target.
    pub past_target: bool,
    /// The most patients of a site.
    pub most_per_site: Option<u64>,
    /// The criteria of registration: id, words, whether the answer has to be no.
    pub criteria: Vec<(String, Words, bool)>,
    /// The visits.
    pub visits: Vec<VisitDesign>,
    /// The forms.
    pub forms: Vec<FormDesign>,
    /// The populations: id, words, who belongs to it.
    pub populations: Vec<(String, Words, Option<Expression>)>,
    /// The item with the day on which observation really ended.
    pub observed_until: Option<String>,
}

/// A safety concern that a survey covers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConcernDesign {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// The terms by which events are counted to it.
    pub terms: Vec<String>,
    /// The terms as they are compared: however they are written.
    pub(crate) keys: Vec<String>,
}

impl ConcernDesign {
    /// A concern that is counted by some terms.
    #[must_use]
    pub fn new(id: String, name: Words, terms: Vec<String>) -> Self {
        let keys = terms.iter().map(|term| terminology::key(term)).collect();
        Self { id, name, terms, keys }
    }
}

/// What a design of the sample size assumes of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumed {
    /// The event, in the words of the plan.
    pub event: String,
    /// Its kind.
    pub kind: plan::tables::DesignKind,
    /// The shares that it names, from 0 to 1: of a test the threshold and the alternative, else what is expected.
    pub shares: Vec<f64>,
    /// How many patients it takes.
    pub evaluable: Option<u64>,
}

impl Assumed {
    /// Whether it speaks of a concern: the event names it, or one of its terms.
    #[must_use]
    pub fn is_of(&self, concern: &ConcernDesign) -> bool {
        let event = terminology::key(&self.event);
        let name = terminology::key(&concern.name.ja);
        std::iter::once(&name).chain(&concern.keys).any(|name| !name.is_empty() && event.contains(name))
    }
}

/// A visit.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitDesign {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// From when it is counted.
    pub from: VisitFrom,
    /// The item it is counted from.
    pub item: Option<String>,
    /// How long after that.
    pub after: Option<Period>,
    /// How often it comes again.
    pub every: Option<Period>,
    /// How long after the start it comes for the last time.
    pub until: Option<Period>,
    /// Days before and after that are good.
    pub window_days: u64,
    /// Days after it by which its forms are due.
    pub due_days: u64,
    /// Its forms.
    pub forms: Vec<String>,
    /// When there is this visit at all.
    pub when: Option<Expression>,
}

/// A form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormDesign {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// Its version.
    pub version: String,
    /// Whether it is filled in as often as there is something to tell.
    pub repeats: bool,
    /// Its items.
    pub items: Vec<ItemDesign>,
    /// Its edit checks.
    pub checks: Vec<CheckDesign>,
    /// Of a form for adverse events, which item tells what.
    pub event: Option<EventDesign>,
}

/// An item.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemDesign {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// Its kind.
    pub kind: ItemKind,
    /// The heading it stands under.
    pub section: Option<Words>,
    /// How to fill it in.
    pub hint: Option<Words>,
    /// The unit.
    pub unit: Option<String>,
    /// The most decimals.
    pub decimals: Option<usize>,
    /// The least.
    pub min: Option<f64>,
    /// The most.
    pub max: Option<f64>,
    /// The choices: code and words.
    pub choices: Vec<(String, Words)>,
    /// Whether it has to be filled in.
    pub required: bool,
    /// When it applies.
    pub when: Option<Expression>,
    /// How it is derived.
    pub value: Option<Expression>,
}

impl Default for ItemDesign {
    fn default() -> Self {
        Self {
            id: String::new(),
            name: Words::default(),
            kind: ItemKind::Text,
            section: None,
            hint: None,
            unit: None,
            decimals: None,
            min: None,
            max: None,
            choices: Vec::new(),
            required: false,
            when: None,
            value: None,
        }
    }
}

/// An edit check.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckDesign {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// What should hold.
    pub that: Expression,
    /// The question.
    pub text: Words,
}

/// What of a form for adverse events tells what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventDesign {
    /// The item with the name of the event.
    pub term: String,
    /// The item with the day of onset.
    pub onset: Option<String>,
    /// When it is serious.
    pub serious: Option<Expression>,
    /// When it is an adverse drug reaction.
    pub reaction: Option<Expression>,
    /// The item with the outcome.
    pub outcome: Option<String>,
    /// The item with the grade.
    pub grade: Option<String>,
    /// The code of the outcome that is death.
    pub fatal: Option<String>,
}

impl Design {
    /// What a plan says of the survey of an activity; `None` if it has no such activity, or no forms for it.
    ///
    /// An expression that cannot be read is left out here; the check of the plan has told it.
    #[must_use]
    pub fn of(plan: &Plan, activity: &str) -> Option<Self> {
        let entry = plan.activities.iter().find(|entry| entry.id.as_str() == activity)?;
        let survey = plan.survey(activity)?;
        let days = |interval: &Option<plan::tables::Interval>| {
            let day = |date: &Option<Spanned<calendar::PartialDate>>| date.as_ref().map(|date| date.value);
            interval.as_ref().map_or((None, None), |interval| {
                (day(&interval.start).map(|date| date.first()), day(&interval.end).map(|date| date.last()))
            })
        };
        let rules = survey.facts.registration.clone().unwrap_or_default();
        let number = |number: &Option<Spanned<u64>>| number.as_ref().map(|number| number.value);
        let is = |flag: &Option<Spanned<bool>>| flag.as_ref().is_some_and(|flag| flag.value);
        Some(Self {
            activity: activity.to_owned(),
            name: words(&entry.facts.name, entry.facts.name_en.as_ref()),
            period: days(&entry.facts.period),
            registration: days(&entry.facts.registration),
            target: number(&entry.facts.target),
            observation: entry.facts.observation.as_ref().and_then(Length::period),
            concerns: plan
                .concerns_for(entry)
                .map(|concern| {
                    let terms = concern.facts.terms.iter().map(|term| term.value.clone()).collect();
                    ConcernDesign::new(concern.id.as_str().to_owned(), words(&concern.facts.name, concern.facts.name_en.as_ref()), terms)
                })
                .collect(),
            assumed: entry
                .facts
                .sample_size
                .iter()
                .filter_map(|size| {
                    let shares = [&size.threshold, &size.alternative, &size.rate].into_iter().flatten().filter_map(Proportion::value);
                    Some(Assumed {
                        event: size.event.as_ref()?.value.clone(),
                        kind: size.kind.as_ref()?.value,
                        shares: shares.collect(),
                        evaluable: number(&size.evaluable),
                    })
                })
                .collect(),
            within_days: number(&rules.within_days),
            retrospective: is(&rules.retrospective),
            past_target: is(&rules.past_target) || is(&entry.facts.all_case),
            most_per_site: number(&rules.most_per_site),
            criteria: survey
                .facts
                .criterion
                .iter()
                .map(|criterion| (criterion.id.value.clone(), words(&criterion.text, criterion.text_en.as_ref()), is(&criterion.excludes)))
                .collect(),
            visits: survey.facts.visit.iter().filter_map(visit).collect(),
            forms: survey.forms.iter().map(form).collect(),
            populations: survey
                .facts
                .population
                .iter()
                .map(|population| {
                    (population.id.value.clone(), words(&population.name, population.name_en.as_ref()), expression(&population.when))
                })
                .collect(),
            observed_until: survey.facts.observed_until.as_ref().map(|item| item.value.clone()),
        })
    }

    /// A form.
    #[must_use]
    pub fn form(&self, id: &str) -> Option<&FormDesign> {
        self.forms.iter().find(|form| form.id == id)
    }

    /// A visit.
    #[must_use]
    pub fn visit(&self, id: &str) -> Option<&VisitDesign> {
        self.visits.iter().find(|visit| visit.id == id)
    }
}

impl FormDesign {
    /// An item.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&ItemDesign> {
        self.items.iter().find(|item| item.id == id)
    }
}

fn words(ja: &Spanned<String>, en: Option<&Spanned<String>>) -> Words {
    Words::new(ja.value.clone(), en.map_or_else(|| ja.value.clone(), |en| en.value.clone()))
}

fn expression(text: &Option<Spanned<String>>) -> Option<Expression> {
    text.as_ref().and_then(|text| parse(&text.value).ok())
}

fn visit(visit: &plan::tables::VisitFacts) -> Option<VisitDesign> {
    let length = |length: &Option<Length>| length.as_ref().and_then(Length::period);
    Some(VisitDesign {
        id: visit.id.value.clone(),
        name: words(&visit.name, visit.name_en.as_ref()),
        from: visit.from.as_ref()?.value,
        item: visit.item.as_ref().map(|item| item.value.clone()),
        after: length(&visit.after),
        every: length(&visit.every),
        until: length(&visit.until),
        window_days: visit.window_days.as_ref().map_or(0, |days| days.value),
        due_days: visit.due_days.as_ref().map_or(0, |days| days.value),
        forms: visit.forms.iter().map(|form| form.value.clone()).collect(),
        when: expression(&visit.when),
    })
}

fn form(form: &plan::model::Form) -> FormDesign {
    let own = |text: &Option<Spanned<String>>| text.as_ref().map(|text| text.value.clone());
    let both = |ja: &Option<Spanned<String>>, en: &Option<Spanned<String>>| ja.as_ref().map(|ja| words(ja, en.as_ref()));
    let items = form.facts.item.iter().map(|item| ItemDesign {
        id: item.id.value.clone(),
        name: words(&item.name, item.name_en.as_ref()),
        kind: item.kind.as_ref().map_or(ItemKind::Text, |kind| kind.value),
        section: both(&item.section, &item.section_en),
        hint: both(&item.hint, &item.hint_en),
        unit: own(&item.unit),
        decimals: item.decimals.as_ref().and_then(|decimals| usize::try_from(decimals.value).ok()),
        min: item.min.as_ref().map(|min| min.value),
        max: item.max.as_ref().map(|max| max.value),
        choices: form.codes(item).map(|choice| (choice.code.value.clone(), words(&choice.name, choice.name_en.as_ref()))).collect(),
        required: item.required.as_ref().is_some_and(|required| required.value),
        when: expression(&item.when),
        value: expression(&item.value),
    });
    let checks = form.facts.check.iter().filter_map(|check| {
        Some(CheckDesign {
            id: check.id.value.clone(),
            version: check.version.value.clone(),
            that: parse(&check.that.value).ok()?,
            text: words(&check.text, check.text_en.as_ref()),
        })
    });
    let event = form.facts.event.as_ref().map(|event| EventDesign {
        term: event.term.value.clone(),
        onset: own(&event.onset),
        serious: expression(&event.serious),
        reaction: expression(&event.reaction),
        outcome: own(&event.outcome),
        grade: own(&event.grade),
        fatal: own(&event.fatal),
    });
    FormDesign {
        id: form.id.clone(),
        name: words(&form.facts.name, form.facts.name_en.as_ref()),
        version: form.facts.version.value.clone(),
        repeats: form.repeats(),
        items: items.collect(),
        checks: checks.collect(),
        event,
    }
}

/// The day so long after another: 24 weeks after a Monday is a Monday; a month after 31 January is the last of February. This is when a
/// patient is seen, no period of law.
#[must_use]
pub fn later(day: Date, period: Period, times: u32) -> Option<Date> {
    let amount = i64::from(period.amount.checked_mul(times)?);
    let span = match period.unit {
        Unit::Days => amount.days(),
        Unit::Weeks => amount.weeks(),
        Unit::Months => amount.months(),
        Unit::Years => amount.years(),
    };
    day.checked_add(span).ok()
}
