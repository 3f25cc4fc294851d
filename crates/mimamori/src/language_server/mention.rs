//! Everything in a plan that can be gone to or renamed, and every place that mentions it.

use diagnostic::Language;
use plan::figure::{FigureKind, Resolved, Source, cite};
use plan::id::Target;
use plan::model::Plan;
use plan::shape::{Key, Scalar, Shape, Stated, Table, Type};
use plan::source::{FileId, Place, Spanned};
use plan::tables::Study;

/// Something in a plan that has a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Symbol {
    /// Something with an id. Of a study, its number, also where it is mentioned by another name.
    Thing(Target, String),
    /// A part of a study: arm, phase, or arm/phase.
    Part(String, String),
    /// A named figure.
    Figure(String),
}

/// How a mention is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// The name of a file.
    File,
    /// A value of TOML.
    Value,
    /// The study in a value of TOML that names this part of it too, `"SMP-301:本剤群"`; the value's bytes.
    Cited(Option<String>, Place),
    /// A word in a figure.
    Word,
    /// The study of a source in a figure, with this part of it; the source's bytes.
    Source(Option<String>, Place),
    /// Another, which is not rewritten.
    Fixed,
}

/// A place that names something.
#[derive(Clone, Debug)]
pub struct Mention {
    /// What it names.
    pub symbol: Symbol,
    /// The name that stands there.
    pub written: String,
    /// Where.
    pub at: Place,
    /// How.
    pub form: Form,
    /// Whether it is the place that gives the name.
    pub defines: bool,
}

/// Every mention in a plan.
pub fn mentions(plan: &Plan) -> Vec<Mention> {
    let mut all = Collector { plan, mentions: Vec::new() };
    all.files();
    all.table(&plan.facts.stated(), "plan.toml");
    all.table(&plan.studies.stated(), "studies.toml");
    for study in &plan.studies.study {
        all.study(study);
    }
    for concern in &plan.concerns {
        all.table(&concern.facts.stated(), "concern");
    }
    for concern in &plan.efficacy {
        all.table(&concern.facts.stated(), "efficacy");
    }
    for activity in &plan.activities {
        all.table(&activity.facts.stated(), "activity");
    }
    for figure in plan.passages().flat_map(|passage| &passage.figures) {
        if let Ok(kind) = &figure.kind {
            all.figure(kind);
        }
    }
    all.mentions
}

/// The mention at a byte of a file, the shortest if one stands in another.
pub fn at(mentions: &[Mention], file: FileId, offset: usize) -> Option<&Mention> {
    let around = mentions.iter().filter(|mention| mention.at.file == file && (mention.at.start..=mention.at.end).contains(&offset));
    around.min_by_key(|mention| mention.at.end - mention.at.start)
}

struct Collector<'a> {
    plan: &'a Plan,
    mentions: Vec<Mention>,
}

impl Collector<'_> {
    fn add(&mut self, symbol: Symbol, written: &str, at: Place, form: Form, defines: bool) {
        if !written.is_empty() {
            self.mentions.push(Mention { symbol, written: written.to_owned(), at, form, defines });
        }
    }

    /// What is named by its file.
    fn files(&mut self) {
        let plan = self.plan;
        let thing = |target, id: &str| Symbol::Thing(target, id.to_owned());
        for entry in &plan.concerns {
            self.add(thing(Target::Concern, entry.id.as_str()), entry.id.as_str(), entry.at(), Form::File, true);
        }
        for entry in &plan.efficacy {
            self.add(thing(Target::Efficacy, entry.id.as_str()), entry.id.as_str(), entry.at(), Form::File, true);
        }
        for entry in &plan.activities {
            self.add(thing(Target::Activity, entry.id.as_str()), entry.id.as_str(), entry.at(), Form::File, true);
        }
    }

    fn table(&mut self, keys: &[(&'static Key, Stated)], table: &str) {
        for (key, stated) in keys {
            self.value(table, key, &key.kind, stated);
        }
    }

    fn value(&mut self, table: &str, key: &Key, kind: &Type, stated: &Stated) {
        match (kind, stated) {
            (_, Stated::Nothing) => {}
            (Type::List(inner) | Type::Several(inner), Stated::List(items)) => {
                items.iter().for_each(|item| self.value(table, key, inner, item));
            }
            (Type::Several(inner), one) => self.value(table, key, inner, one),
            (Type::Table(shape), Stated::Table(keys, _)) => self.table(keys, shape.name),
            (Type::Either(kinds), Stated::Table(..)) => {
                if let Some(shape) = kinds.iter().find_map(table_of) {
                    self.value(table, key, &Type::Table(shape), stated);
                }
            }
            (kind, Stated::Scalar(toml, at)) => {
                // what a plan states is written as basic strings, which JSON reads alike
                let Ok(text) = serde_json::from_str::<String>(toml) else { return };
                match kind {
                    Type::Name(target) => self.add(Symbol::Thing(*target, text.clone()), &text, *at, Form::Value, true),
                    Type::Reference(target) => self.add(Symbol::Thing(*target, text.clone()), &text, *at, Form::Value, false),
                    _ if cites(table, key.name) => self.cited(&text, *at),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// A value of TOML that cites a study.
    fn cited(&mut self, text: &str, at: Place) {
        let (study, part) = text.split_once(':').map_or((text, None), |(study, part)| (study, Some(part)));
        // the halves have places of their own if nothing is escaped
        let plain = at.end - at.start == text.len() + 2;
        let colon = at.start + 1 + study.len();
        let of_study = if plain && part.is_some() { Place { end: colon, ..at } } else { at };
        let symbol = study_symbol(self.plan, study);
        let form = Form::Cited(part.map(str::to_owned), at);
        if let (Some(part), Symbol::Thing(_, id), true) = (part, &symbol, plain) {
            self.add(Symbol::Part(id.clone(), part.to_owned()), part, Place { start: colon + 1, ..at }, Form::Fixed, false);
        }
        self.add(symbol, study, of_study, form, false);
    }

    /// The other names of a study, and its parts.
    fn study(&mut self, study: &Study) {
        let id = study.id.as_str();
        for alias in &study.aliases {
            self.add(Symbol::Thing(Target::Study, id.to_owned()), alias, alias.at, Form::Value, true);
        }
        let mut part = |name: &Spanned<String>| {
            self.add(Symbol::Part(id.to_owned(), name.value.clone()), name, name.at, Form::Fixed, true);
        };
        for arm in &study.arm {
            part(&arm.name);
            arm.phase.iter().for_each(|phase| part(&phase.name));
        }
    }

    fn figure(&mut self, kind: &FigureKind) {
        match kind {
            FigureKind::Counts(counts) => {
                counts.sources.iter().for_each(|source| self.source(source));
                if let Some(name) = &counts.name {
                    self.add(Symbol::Figure(name.value.clone()), name, name.at, Form::Word, true);
                }
            }
            FigureKind::Name(name) => self.add(Symbol::Figure(name.value.clone()), name, name.at, Form::Word, false),
            FigureKind::Reference(id) => self.reference(id),
            FigureKind::Live(_) => {}
        }
    }

    fn source(&mut self, source: &Source) {
        let symbol = study_symbol(self.plan, &source.study);
        let part = source.part.as_ref().map(|part| part.value.clone());
        let whole = Place { end: source.part.as_ref().map_or(source.study.at.end, |part| part.at.end), ..source.study.at };
        if let (Some(part), Symbol::Thing(_, id)) = (&source.part, &symbol) {
            self.add(Symbol::Part(id.clone(), part.value.clone()), part, part.at, Form::Fixed, false);
        }
        self.add(symbol, &source.study, source.study.at, Form::Source(part, whole), false);
    }

    /// `@id`, in the order in which ids are looked up for printing.
    fn reference(&mut self, id: &Spanned<String>) {
        const INDICATION: &str = "indication:";
        if let Some(number) = id.strip_prefix(INDICATION) {
            let at = id.at.part(INDICATION.len()..id.len());
            return self.add(Symbol::Thing(Target::Indication, number.to_owned()), number, at, Form::Word, false);
        }
        let target = if self.plan.concern(id).is_some() {
            Target::Concern
        } else if self.plan.efficacy_concern(id).is_some() {
            Target::Efficacy
        } else if self.plan.activity(id).is_some() {
            Target::Activity
        } else {
            return self.add(study_symbol(self.plan, id), id, id.at, Form::Word, false);
        };
        self.add(Symbol::Thing(target, id.value.clone()), id, id.at, Form::Word, false);
    }
}

/// The study or pool that a name stands for; one that is not known stands for itself.
fn study_symbol(plan: &Plan, name: &str) -> Symbol {
    match plan.studies.find(name) {
        Some(Resolved::Study(study)) => Symbol::Thing(Target::Study, study.id.as_str().to_owned()),
        Some(Resolved::Pool(pool)) => Symbol::Thing(Target::Pool, pool.id.as_str().to_owned()),
        None => Symbol::Thing(Target::Study, name.to_owned()),
    }
}

/// True for the keys whose text cites a study, although their type is text.
pub fn cites(table: &str, key: &str) -> bool {
    matches!((table, key), ("pool", "studies") | ("proportion", "study"))
}

/// The table that a value of this type is, or is made of.
pub fn table_of(kind: &Type) -> Option<&'static Shape> {
    match kind {
        Type::Table(shape) => Some(shape),
        Type::List(inner) | Type::Several(inner) => table_of(inner),
        Type::Either(kinds) => kinds.iter().find_map(table_of),
        _ => None,
    }
}

impl Mention {
    /// The bytes to replace, and what stands there then, when the name that is written becomes another; `None` where the name
    /// follows from elsewhere.
    pub fn renamed(&self, text: &str, name: &str) -> Option<(Place, String)> {
        match &self.form {
            Form::File | Form::Fixed => None,
            Form::Value => {
                // the number of an indication stays a number
                let bare = !text.is_empty()
                    && text.bytes().all(|b| b.is_ascii_digit())
                    && !name.starts_with('0')
                    && name.bytes().all(|b| b.is_ascii_digit());
                Some((self.at, if bare { name.to_owned() } else { name.to_owned().to_toml() }))
            }
            Form::Cited(part, whole) => {
                let cited = part.as_ref().map_or(name.to_owned(), |part| format!("{name}:{part}"));
                Some((*whole, cited.to_toml()))
            }
            Form::Word => Some((self.at, name.to_owned())),
            Form::Source(part, whole) => Some((*whole, cite(name, part.as_deref()))),
        }
    }
}

/// What a name stands for, in the user's language as far as the plan says it.
pub fn meaning(plan: &Plan, symbol: &Symbol, language: Language) -> Option<String> {
    let text = |value: &Option<Spanned<String>>| value.as_ref().map(|text| text.value.clone());
    let pick = |ja: &str, en: Option<String>| match (language, en) {
        (Language::English, Some(en)) => format!("{en}（{ja}）"),
        _ => ja.to_owned(),
    };
    match symbol {
        Symbol::Thing(Target::Concern | Target::Efficacy | Target::Activity, id) => {
            let name = plan.name_of(id)?;
            Some(pick(&name.ja, (name.en != name.ja).then_some(name.en)))
        }
        Symbol::Thing(Target::Indication, id) => {
            let indication = plan.indication(id)?;
            Some(pick(&indication.name, text(&indication.name_en)))
        }
        Symbol::Thing(Target::Condition, id) => {
            plan.facts.condition.iter().find(|condition| condition.id.as_str() == id).map(|condition| condition.text.value.clone())
        }
        Symbol::Thing(Target::Label, id) => {
            plan.facts.label.iter().find(|label| label.id.as_str() == id).map(|label| label.title.value.clone())
        }
        Symbol::Thing(Target::Form, id) => {
            let form = plan.surveys.iter().find_map(|survey| survey.form(id))?;
            Some(pick(&form.facts.name, text(&form.facts.name_en)))
        }
        Symbol::Thing(Target::Study | Target::Pool, id) => match plan.studies.find(id)? {
            Resolved::Study(study) => text(&study.title).map(|title| pick(&title, text(&study.title_en))),
            Resolved::Pool(pool) => Some(pool.studies.iter().map(|study| study.value.as_str()).collect::<Vec<_>>().join(" + ")),
        },
        Symbol::Part(study, part) => {
            let size = plan.studies.size(study, Some(part)).ok()?;
            Some(match language {
                Language::Japanese => format!("{size} 例"),
                Language::English => format!("{size} patients"),
            })
        }
        Symbol::Figure(name) => plan.figures.get(name).map(|counts| plan::figure::print_counts(counts, Language::Japanese)),
    }
}
