use super::Plan;
use crate::expression::{Kind, Known};
use crate::source::{FileId, Place};
use crate::tables::{FormFacts, ItemFacts, ItemKind, SurveyFacts};

/// How a survey is run: `forms/<activity>/`.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// The id of its activity.
    pub activity: String,
    /// `survey.toml`, if there is one.
    pub file: Option<FileId>,
    /// The first line of that file, or of a form where it is missing.
    pub head: Place,
    /// What it states.
    pub facts: SurveyFacts,
    /// The forms, by name of file.
    pub forms: Vec<Form>,
}

/// A case report form (調査票).
#[derive(Clone, Debug)]
pub struct Form {
    /// Its id: the name of its file.
    pub id: String,
    /// The file.
    pub file: FileId,
    /// The first line of the file.
    pub head: Place,
    /// What it states.
    pub facts: FormFacts,
}

impl PartialEq for Survey {
    fn eq(&self, other: &Self) -> bool {
        self.activity == other.activity && self.facts == other.facts && self.forms == other.forms
    }
}

impl PartialEq for Form {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.facts == other.facts
    }
}

/// What registration asks of every patient, as names in expressions: `registration.first_dose`.
pub const REGISTRATION: &[(&str, Kind)] = &[
    ("registration.first_dose", Kind::Date),
    ("registration.registered", Kind::Date),
    ("registration.birth_year", Kind::Number),
    ("registration.sex", Kind::Text),
];

/// The codes of `registration.sex`.
pub const SEXES: [&str; 2] = ["male", "female"];

impl Plan {
    /// How the survey of an activity is run, if the plan says so.
    #[must_use]
    pub fn survey(&self, activity: &str) -> Option<&Survey> {
        self.surveys.iter().find(|survey| survey.activity == activity)
    }

    pub(crate) fn survey_mut(&mut self, activity: &str) -> &mut Survey {
        let index = self.surveys.iter().position(|survey| survey.activity == activity).unwrap_or_else(|| {
            self.surveys.push(Survey { activity: activity.to_owned(), ..Survey::default() });
            self.surveys.len() - 1
        });
        &mut self.surveys[index]
    }
}

impl Survey {
    /// A form.
    #[must_use]
    pub fn form(&self, id: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.id == id)
    }

    /// Whether a patient has one such form at most: it does not repeat, and stands at one visit that comes once.
    #[must_use]
    pub fn is_single(&self, form: &Form) -> bool {
        let mut visits = self.facts.visit.iter().filter(|visit| visit.forms.iter().any(|named| named.value == form.id));
        !form.repeats() && visits.next().is_none_or(|visit| visit.every.is_none()) && visits.next().is_none()
    }

    /// What is known of a name in an expression, within a form or outside of any.
    #[must_use]
    pub fn known(&self, within: Option<&Form>, name: &str) -> Option<Known<'_>> {
        if let Some((_, kind)) = REGISTRATION.iter().find(|(known, _)| *known == name) {
            let codes = if name == "registration.sex" { SEXES.to_vec() } else { Vec::new() };
            return Some(Known { kind: *kind, codes });
        }
        let (form, item) = match name.split_once('.') {
            Some((form, item)) => (self.forms.iter().find(|known| known.id == form && self.is_single(known))?, item),
            None => (self.form(&within?.id)?, name),
        };
        let item = form.item(item)?;
        Some(Known { kind: item.value_kind()?, codes: form.codes(item).map(|choice| choice.code.value.as_str()).collect() })
    }

    /// The names that an expression can use.
    #[must_use]
    pub fn names(&self, within: Option<&Form>) -> Vec<String> {
        let own = within.into_iter().flat_map(|form| form.facts.item.iter().map(|item| item.id.value.clone()));
        let others = self.forms.iter().filter(|form| self.is_single(form));
        let others = others.flat_map(|form| form.facts.item.iter().map(|item| format!("{}.{}", form.id, item.id.value)));
        own.chain(others).chain(REGISTRATION.iter().map(|(name, _)| (*name).to_owned())).collect()
    }
}

impl Form {
    /// An item.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&ItemFacts> {
        self.facts.item.iter().find(|item| item.id.value == id)
    }

    /// Whether it is filled in as often as there is something to tell.
    #[must_use]
    pub fn repeats(&self) -> bool {
        self.facts.repeats.as_ref().is_some_and(|repeats| repeats.value)
    }

    /// The choices of an item, its own or those of the item it names.
    pub fn codes<'a>(&'a self, item: &'a ItemFacts) -> impl Iterator<Item = &'a crate::tables::ChoiceFacts> {
        let other = item.choices_of.as_ref().and_then(|other| self.item(&other.value)).map(|other| &other.choice);
        item.choice.iter().chain(other.into_iter().flatten())
    }
}

impl ItemFacts {
    /// The kind of its value in expressions; `None` where its own kind is missing.
    #[must_use]
    pub fn value_kind(&self) -> Option<Kind> {
        Some(match self.kind.as_ref()?.value {
            ItemKind::Number => Kind::Number,
            ItemKind::Text | ItemKind::LongText | ItemKind::Choice => Kind::Text,
            ItemKind::Choices => Kind::Several,
            ItemKind::Date => Kind::Date,
            ItemKind::PartialDate => Kind::PartialDate,
        })
    }
}
