use crate::format::tables;
use crate::id::Target;
use crate::model::{English, Entry, Form, Plan, Survey};
use crate::prose::{Prose, SectionKind, without_comments};
use crate::shape::{Id, Key, Shape, Stated, Table, Type, quoted};
use crate::source::{Folder, Place};
use crate::tables::{ActivityFacts, ConcernFacts, EfficacyFacts, FormFacts, PlanFacts, StudyFacts, SurveyFacts, TranslationFacts};

/// What is stated somewhere in a plan. Two are equal if they state the same, wherever it is written.
#[derive(Clone, Debug)]
pub enum Node {
    /// Nothing.
    Nothing,
    /// A scalar as TOML writes it.
    Scalar(String, Place),
    /// Prose as it is written; comments state nothing.
    Prose(String, Place),
    /// Several, in order.
    List(Vec<Node>),
    /// Key by key, with the keys that state nothing.
    Table(Vec<(&'static Key, Node)>, Place),
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Nothing, Self::Nothing) => true,
            (Self::Scalar(a, _), Self::Scalar(b, _)) => a == b,
            (Self::Prose(a, _), Self::Prose(b, _)) => without_comments(a) == without_comments(b),
            (Self::List(a), Self::List(b)) => a == b,
            (Self::Table(a, _), Self::Table(b, _)) => {
                a.len() == b.len() && a.iter().zip(b).all(|((k, a), (l, b))| k.name == l.name && a == b)
            }
            _ => false,
        }
    }
}

impl Node {
    /// Where it is written; of nothing, `None`.
    #[must_use]
    pub fn at(&self) -> Option<Place> {
        match self {
            Self::Nothing => None,
            Self::Scalar(_, at) | Self::Prose(_, at) | Self::Table(_, at) => Some(*at),
            Self::List(items) => items.first().and_then(Self::at),
        }
    }

    /// What a key of a table states.
    #[must_use]
    pub fn get(&self, name: &str) -> &Self {
        match self {
            Self::Table(keys, _) => keys.iter().find(|(key, _)| key.name == name).map_or(&Self::Nothing, |(_, node)| node),
            _ => &Self::Nothing,
        }
    }

    /// The text of a string, a number as it is written; `None` for what is no scalar or empty.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        let Self::Scalar(written, _) = self else { return None };
        let value = toml::de::DeValue::parse(written).ok()?;
        let text = value.get_ref().as_str().map_or_else(|| written.clone(), str::to_owned);
        Some(text).filter(|text| !text.is_empty())
    }

    /// As inline TOML; `None` where nothing is stated.
    #[must_use]
    pub fn inline(&self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Scalar(text, _) => Some(text.clone()),
            Self::Prose(text, _) => Some(quoted(&without_comments(text))),
            Self::List(items) => Some(format!("[{}]", items.iter().filter_map(Self::inline).collect::<Vec<_>>().join(", "))),
            Self::Table(keys, _) => {
                let inner: Vec<_> = keys.iter().filter_map(|(key, node)| Some(format!("{} = {}", key.name, node.inline()?))).collect();
                Some(if inner.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", inner.join(", ")) })
            }
        }
    }

    fn list(items: Vec<Self>) -> Self {
        if items.is_empty() { Self::Nothing } else { Self::List(items) }
    }

    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            Self::Nothing => &[],
            one => std::slice::from_ref(one),
        }
    }
}

impl From<Stated> for Node {
    fn from(stated: Stated) -> Self {
        match stated {
            Stated::Nothing => Self::Nothing,
            Stated::Scalar(text, at) => Self::Scalar(text, at),
            Stated::List(items) => Self::list(items.into_iter().map(Self::from).collect()),
            Stated::Table(keys, at) => Self::Table(keys.into_iter().map(|(key, value)| (key, value.into())).collect(), at),
        }
    }
}

macro_rules! keys {
    ($($name:ident $key:literal $kind:expr, $ja:literal $en:literal;)+) => {
        $(pub(super) static $name: Key = Key { name: $key, kind: $kind, required: false, doc: ($ja, $en), example: "" };)+
    };
}

// what is told by a file's name and place, as keys of the tree
keys! {
    PLAN "plan" Type::Text, "計画" "The plan";
    STUDIES "studies" Type::Text, "試験" "The studies";
    CONCERNS "concerns" Type::Text, "安全性検討事項" "The safety concerns";
    EFFICACY "efficacy" Type::Text, "有効性に関する検討事項" "The efficacy concerns";
    ACTIVITIES "activities" Type::Text, "追加の活動" "The additional activities";
    CONCERN_ID "id" Type::Name(Target::Concern), "ID" "The id";
    EFFICACY_ID "id" Type::Name(Target::Efficacy), "ID" "The id";
    SURVEYS "surveys" Type::Text, "調査の進め方" "How surveys are run";
    FORMS "forms" Type::List(&Type::Table(FormFacts::SHAPE)), "調査票" "The case report forms";
    FORM_ID "id" Type::Name(Target::Form), "ID" "The id";
    ACTIVITY_ID "id" Type::Name(Target::Activity), "ID" "The id";
    PROSE "prose" Type::Text, "本文" "The prose";
    SECTION "section" Type::Text, "節" "The section";
    TEXT "text" Type::Markdown, "本文" "The text";
    ENGLISH "english" Type::Text, "英訳" "The translation";
    TITLE "title" Type::Text, "英語の名称" "The name in English";
}

/// What a plan states, as one tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// Its root: `plan`, `studies`, `concerns`, `efficacy`, `activities` and `surveys`.
    pub root: Node,
}

impl Tree {
    /// What a plan states.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let file = |stated: Vec<(&'static Key, Stated)>, at| Stated::Table(stated, at).into();
        let root = vec![
            (&PLAN, file(Table::stated(&plan.facts), plan.facts.at)),
            (&STUDIES, file(Table::stated(&plan.studies), plan.studies.at)),
            (&CONCERNS, Node::list(plan.concerns.iter().map(|entry| node(entry, &CONCERN_ID)).collect())),
            (&EFFICACY, Node::list(plan.efficacy.iter().map(|entry| node(entry, &EFFICACY_ID)).collect())),
            (&ACTIVITIES, Node::list(plan.activities.iter().map(|entry| node(entry, &ACTIVITY_ID)).collect())),
            (&SURVEYS, Node::list(plan.surveys.iter().map(survey).collect())),
        ];
        Self { root: Node::Table(root, Place::default()) }
    }

    /// The files that state it: TOML in canonical layout, prose as it is.
    #[must_use]
    pub fn source(&self) -> Folder {
        let mut folder = Folder::new();
        folder.insert("plan.toml", lines(self.root.get("plan"), PlanFacts::SHAPE));
        let studies = lines(self.root.get("studies"), StudyFacts::SHAPE);
        if !studies.is_empty() {
            folder.insert("studies.toml", studies);
        }
        for (name, shape) in [("concerns", ConcernFacts::SHAPE), ("efficacy", EfficacyFacts::SHAPE), ("activities", ActivityFacts::SHAPE)] {
            for entry in self.root.get(name).items() {
                let id = entry.get("id").text().unwrap_or_default();
                folder
                    .insert(format!("{name}/{id}.md"), format!("+++\n{}+++\n{}", lines(entry, shape), sections(entry.get("prose"), false)));
                let english = entry.get("english");
                if *english != Node::Nothing {
                    let head = lines(english, TranslationFacts::SHAPE);
                    let front = if head.is_empty() { head } else { format!("+++\n{head}+++\n") };
                    folder.insert(format!("{name}/{id}.en.md"), front + &sections(english.get("prose"), true));
                }
            }
        }
        for survey in self.root.get("surveys").items() {
            let activity = survey.get("id").text().unwrap_or_default();
            let facts = lines(survey, SurveyFacts::SHAPE);
            if !facts.is_empty() {
                folder.insert(format!("forms/{activity}/survey.toml"), facts);
            }
            for form in survey.get("forms").items() {
                let id = form.get("id").text().unwrap_or_default();
                folder.insert(format!("forms/{activity}/{id}.toml"), lines(form, FormFacts::SHAPE));
            }
        }
        folder
    }
}

fn survey(survey: &Survey) -> Node {
    let mut keys = vec![(&ACTIVITY_ID, Node::Scalar(quoted(&survey.activity), survey.head))];
    keys.extend(survey.facts.stated().into_iter().map(|(key, value)| (key, value.into())));
    keys.push((&FORMS, Node::list(survey.forms.iter().map(form).collect())));
    Node::Table(keys, survey.head)
}

fn form(form: &Form) -> Node {
    let mut keys = vec![(&FORM_ID, Node::Scalar(quoted(&form.id), form.head))];
    keys.extend(form.facts.stated().into_iter().map(|(key, value)| (key, value.into())));
    Node::Table(keys, form.head)
}

fn node<I: Id, F: Table>(entry: &Entry<I, F>, id: &'static Key) -> Node {
    let mut keys = vec![(id, Node::Scalar(quoted(entry.id.text()), entry.at()))];
    keys.extend(entry.facts.stated().into_iter().map(|(key, value)| (key, value.into())));
    keys.push((&PROSE, prose(&entry.prose)));
    keys.push((&ENGLISH, entry.english.as_ref().map_or(Node::Nothing, english)));
    Node::Table(keys, entry.at())
}

fn english(english: &English) -> Node {
    let title = english.title.as_ref().map_or(Node::Nothing, |title| Node::Scalar(quoted(title), title.at));
    Node::Table(vec![(&TITLE, title), (&PROSE, prose(&english.prose))], Place::new(english.file, 0..0))
}

fn prose(prose: &Prose) -> Node {
    let section = |section: &crate::prose::Section| {
        let kind = Node::Scalar(quoted(section.kind.words().1), section.heading);
        Node::Table(vec![(&SECTION, kind), (&TEXT, Node::Prose(section.body.text.clone(), section.body.at))], section.heading)
    };
    Node::list(prose.sections.iter().map(section).collect())
}

/// The TOML of a file.
fn lines(table: &Node, shape: &'static Shape) -> String {
    let Node::Table(keys, _) = table else { return String::new() };
    let facts = keys.iter().filter(|(key, _)| shape.key(key.name).is_some());
    let text: String = facts.filter_map(|(key, node)| Some(format!("{} = {}\n", key.name, node.inline()?))).collect();
    tables(&text, shape).unwrap_or(text)
}

fn sections(prose: &Node, english: bool) -> String {
    let sections = prose.items().iter().map(|section| {
        let name = section.get("section").text().unwrap_or_default();
        let heading = match SectionKind::parse(&name) {
            Some(kind) if !english => kind.words().0,
            _ => &name,
        };
        let Node::Prose(text, _) = section.get("text") else { return format!("# {heading}\n") };
        let bare = without_comments(text);
        // without the comment before it a # would begin a section
        let kept = if bare.lines().any(|line| line.trim_start().starts_with('#')) { text } else { bare.as_ref() };
        format!("# {heading}\n{kept}\n")
    });
    sections.collect::<Vec<_>>().join("\n")
}
