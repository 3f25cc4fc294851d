//! Rules of case report forms: their expressions, and what they name.

use diagnostic::Severity;

use super::source::LANGUAGE;
use super::{Context, Rule, Sink};
use crate::expression::{Expression, Kind, Wrong, parse};
use crate::mistake::{Mark, Mistake};
use crate::model::{Form, Survey};
use crate::source::{Place, Spanned};
use crate::suggest;

/// See the manual page.
pub static WRONG: Rule = Rule {
    code: "PLN801",
    name: "expression-wrong",
    severity: Severity::Error,
    title: ("調査票の式が正しくない", "an expression of a form is wrong"),
    why: (
        "式は再調査基準、記入の条件、計算する値を決める。読めない式は何も確かめない。",
        "expressions are edit checks, branches and derived values; one that cannot be read checks nothing",
    ),
    reference: LANGUAGE,
    manual: include_str!("expression_wrong.md"),
    check: wrong,
};

/// See the manual page.
pub static PARTIAL: Rule = Rule {
    code: "PLN802",
    name: "expression-partial",
    severity: Severity::Error,
    title: ("値がないときに判定できない式", "an expression says nothing where a value is missing"),
    why: (
        "調査票の値はいつでも欠けうる。判定できない基準は、再調査にも合格にもならず、見落とされる。",
        "any value of a form can be missing; a check that then says neither yes nor no is overlooked",
    ),
    reference: LANGUAGE,
    manual: include_str!("expression_partial.md"),
    check: partial,
};

/// See the manual page.
pub static REFERENCE: Rule = Rule {
    code: "PLN803",
    name: "form-reference",
    severity: Severity::Error,
    title: ("調査票がないものを指している", "a form names what is not there"),
    why: (
        "時点にない調査票は記入されず、ない活動の調査は動かない。",
        "a form that stands at no visit is never filled in, and a survey without its activity does not run",
    ),
    reference: LANGUAGE,
    manual: include_str!("form_reference.md"),
    check: reference,
};

/// An expression that is written somewhere.
struct Written<'a> {
    survey: &'a Survey,
    within: Option<&'a Form>,
    text: &'a Spanned<String>,
    /// The kind its value should have; none for derived values of any kind.
    wanted: Option<Kind>,
    /// Whether it must say yes or no whatever is missing.
    total: bool,
}

fn written<'a>(context: &'a Context<'_>) -> impl Iterator<Item = Written<'a>> {
    context.plan.surveys.iter().flat_map(|survey| {
        let truth = move |within, text| Written { survey, within, text, wanted: Some(Kind::Truth), total: true };
        let visits = survey.facts.visit.iter().filter_map(move |visit| Some(truth(None, visit.when.as_ref()?)));
        let populations = survey.facts.population.iter().filter_map(move |population| Some(truth(None, population.when.as_ref()?)));
        let forms = survey.forms.iter().flat_map(move |form| {
            let branches = form.facts.item.iter().filter_map(move |item| Some(truth(Some(form), item.when.as_ref()?)));
            let derived = form.facts.item.iter().filter_map(move |item| {
                Some(Written { survey, within: Some(form), text: item.value.as_ref()?, wanted: item.value_kind(), total: false })
            });
            let checks = form.facts.check.iter().map(move |check| truth(Some(form), &check.that));
            let event = form.facts.event.iter().flat_map(|event| [&event.serious, &event.reaction]);
            let event = event.filter_map(move |text| Some(truth(Some(form), text.as_ref()?)));
            branches.chain(derived).chain(checks).chain(event)
        });
        visits.chain(populations).chain(forms)
    })
}

impl Written<'_> {
    /// A part of the text as a place in the file: right where the string has no escapes, else the whole string.
    fn at(&self, context: &Context<'_>, range: &std::ops::Range<usize>) -> Place {
        let at = self.text.at;
        let source = context.plan.sources.text(at);
        let open = source.find(self.text.value.as_str()).filter(|_| !self.text.value.is_empty());
        match open {
            Some(open) => Place::new(at.file, at.start + open + range.start..at.start + open + range.end.max(range.start)),
            None => at,
        }
    }

    fn read(&self) -> Result<Expression, Wrong> {
        let read = parse(&self.text.value)?;
        let kind = read.kind(&|name| self.survey.known(self.within, name), &self.survey.names(self.within))?;
        match self.wanted {
            Some(wanted) if wanted != kind => {
                let ((wanted_ja, wanted_en), (ja, en)) = (wanted.words(), kind.words());
                Err(Wrong {
                    range: 0..self.text.value.len(),
                    message: (
                        format!("この式の値は{wanted_ja}でなければなりませんが、{ja}です"),
                        format!("the value of this should be {wanted_en}, and is {en}"),
                    ),
                    hint: ("式か項目の種類を直してください。".into(), "mend the expression, or the kind of the item".into()),
                })
            }
            _ => Ok(read),
        }
    }
}

fn wrong(context: &Context<'_>, sink: &mut Sink) {
    for written in written(context) {
        sink.looked_at(1);
        if let Err(wrong) = written.read() {
            sink.report(Mistake::new(wrong.message, wrong.hint, Mark::at(written.at(context, &wrong.range))));
        }
    }
}

fn partial(context: &Context<'_>, sink: &mut Sink) {
    for written in written(context).filter(|written| written.total) {
        let Ok(read) = written.read() else { continue };
        sink.looked_at(1);
        let Some(missing) = read.undefined() else { continue };
        let message = if missing.is_empty() {
            (
                "割り算や累乗の結果がないときに判定できません".to_owned(),
                "it says nothing where a quotient or a power has no value".to_owned(),
            )
        } else {
            let names = missing.join(", ");
            (format!("{names} がないときに判定できません"), format!("it says nothing where {names} is missing"))
        };
        let hint = match missing.first() {
            Some(name) => (
                format!("「missing({name}) or …」か「present({name}) and …」としてください。"),
                format!("write “missing({name}) or …” or “present({name}) and …”"),
            ),
            None => ("割り算を使わず、掛け算で比べてください。".to_owned(), "compare products instead of quotients".to_owned()),
        };
        sink.report(Mistake::new(message, hint, Mark::at(written.text.at)));
    }
}

fn reference(context: &Context<'_>, sink: &mut Sink) {
    let plan = context.plan;
    for survey in &plan.surveys {
        sink.looked_at(1);
        if plan.activities.iter().all(|activity| activity.id.as_str() != survey.activity) {
            sink.report(Mistake::new(
                (format!("活動「{}」がありません", survey.activity), format!("there is no activity “{}”", survey.activity)),
                suggest::hint(&survey.activity, plan.activities.iter().map(|activity| activity.id.as_str())),
                Mark::at(survey.head),
            ));
        }
        for named in survey.facts.visit.iter().flat_map(|visit| &visit.forms) {
            sink.looked_at(1);
            if survey.form(&named.value).is_none() {
                absent(sink, "調査票", "form", named, survey.forms.iter().map(|form| form.id.as_str()));
            }
        }
        let dates = survey.facts.visit.iter().filter_map(|visit| visit.item.as_ref()).chain(&survey.facts.observed_until);
        for named in dates {
            sink.looked_at(1);
            let names = survey.names(None);
            if survey.known(None, &named.value).is_none_or(|known| known.kind != Kind::Date) {
                absent(sink, "日付の項目", "date item", named, names.iter().map(String::as_str));
            }
        }
        for form in &survey.forms {
            items(survey, form, sink);
        }
    }
}

fn items(survey: &Survey, form: &Form, sink: &mut Sink) {
    sink.looked_at(1);
    let stands = survey.facts.visit.iter().flat_map(|visit| &visit.forms).any(|named| named.value == form.id);
    if !stands && !form.repeats() {
        sink.report(Mistake::new(
            (format!("調査票「{}」を記入する時点がありません", form.id), format!("form “{}” stands at no visit", form.id)),
            (
                "survey.toml の [[visit]] の forms に書くか、repeats = true としてください。",
                "name it in forms of a [[visit]] of survey.toml, or write repeats = true",
            ),
            Mark::at(form.head),
        ));
    }
    let ids = || form.facts.item.iter().map(|item| item.id.as_str());
    let event =
        form.facts.event.iter().flat_map(|event| [Some(&event.term), event.onset.as_ref(), event.outcome.as_ref(), event.grade.as_ref()]);
    for named in event.flatten().chain(form.facts.item.iter().filter_map(|item| item.choices_of.as_ref())) {
        sink.looked_at(1);
        if form.item(&named.value).is_none() {
            absent(sink, "項目", "item", named, ids());
        }
    }
    for item in &form.facts.item {
        sink.looked_at(1);
        let id = &item.id.value;
        let plain = id.starts_with(|c: char| c.is_ascii_lowercase())
            && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !plain && !id.is_empty() {
            sink.report(Mistake::new(
                (format!("「{id}」は項目の ID になりません"), format!("“{id}” cannot be the id of an item")),
                ("英小文字で始め、英小文字、数字、_ を用いてください。", "begin with a small letter and use small letters, digits and _"),
                Mark::at(item.id.at),
            ));
        }
        let chooses =
            item.kind.as_ref().is_some_and(|kind| matches!(kind.value, crate::tables::ItemKind::Choice | crate::tables::ItemKind::Choices));
        if chooses && form.codes(item).next().is_none() {
            sink.report(Mistake::new(
                (format!("「{}」に選択肢がありません", item.name.value), format!("“{id}” has no choices")),
                (
                    "choice = [{ code = \"yes\", name = \"はい\" }, …] か choices_of を書いてください。",
                    "write choice = [{ code = \"yes\", name = \"はい\" }, …] or choices_of",
                ),
                Mark::at(item.id.at),
            ));
        }
    }
}

fn absent<'a>(sink: &mut Sink, ja: &str, en: &str, named: &Spanned<String>, all: impl Iterator<Item = &'a str> + Clone) {
    sink.report(Mistake::new(
        (format!("{ja}「{}」がありません", named.value), format!("there is no {en} “{}”", named.value)),
        suggest::hint(&named.value, all),
        Mark::at(named.at),
    ));
}
