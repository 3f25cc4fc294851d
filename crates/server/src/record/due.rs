//! What is due of a product, and the list of it for programs and for the calendars of people.

use std::sync::Arc;

use calendar::Date;
use diagnostic::{Language, Problem, Words};
use document::agenda::{Event, icalendar};
use imbl::OrdMap;
use journal::Moment;
use operation::deadline::{Deadline, Evidence, Status, Weight};
use operation::deadline::{Record, deadlines};
use operation::product::{Inquiry, MAIN, Product, Receipt, Revision, Submission};
use plan::source::FileKind;
use serde_json::{Value, json};

use crate::house::House;

/// What is due of a product by the plan that stands last, submitted or not: what is promised in it will be due.
///
/// # Errors
/// The journal cannot be read, or what the organisation states has a mistake.
pub fn of(house: &House, product: &Product, rhythms: &str, as_of: Date) -> Result<Arc<Vec<Deadline>>, Problem> {
    let Some(head) = product.lines.get(MAIN).map(|line| line.head) else { return Ok(Arc::default()) };
    let Some(revision) = product.revisions.get(&head) else { return Ok(Arc::default()) };
    let key = (revision.content, as_of, rhythms.to_owned());
    let make = || {
        let plan = house.compiled(head, revision, as_of)?;
        let record = Record::of(product, &|number| product.revisions.get(&number).map(activities).unwrap_or_default());
        let deadlines = Arc::new(deadlines(&plan.plan, &record, &*house.rhythms(rhythms)?, as_of));
        Ok::<_, Problem>(Arc::new(Found { basis: Basis::of(product), deadlines }))
    };
    let found = house.dues.get_if(&key, |found| found.stands_for(product), make)?;
    Ok(Arc::clone(&found.deadlines))
}

/// What was found to be due, and on what.
#[derive(Debug)]
pub struct Found {
    basis: Basis,
    deadlines: Arc<Vec<Deadline>>,
}

/// On what deadlines depend beside the plan. It shares its memory with the product that stands, and holds no more of it, so that a product
/// of the past that was looked at does not stay.
#[derive(Debug)]
struct Basis {
    receipts: OrdMap<String, Receipt>,
    submissions: OrdMap<u32, Submission>,
    inquiries: OrdMap<String, Inquiry>,
    began: Option<Moment>,
}

impl Basis {
    fn of(product: &Product) -> Self {
        Self {
            receipts: product.receipts.clone(),
            submissions: product.submissions.clone(),
            inquiries: product.inquiries.clone(),
            began: product.revisions.get_min().map(|(_, revision)| revision.recorded),
        }
    }
}

impl Found {
    /// Whether nothing has changed on which it depends.
    fn stands_for(&self, product: &Product) -> bool {
        let Basis { receipts, submissions, inquiries, began } = &self.basis;
        receipts.ptr_eq(&product.receipts)
            && submissions.ptr_eq(&product.submissions)
            && inquiries.ptr_eq(&product.inquiries)
            && *began == product.revisions.get_min().map(|(_, revision)| revision.recorded)
    }
}

/// The ids of the activities of a revision. Their files are named after them, so that no plan is read for it: there are as many revisions
/// as there were submissions.
fn activities(revision: &Revision) -> Vec<String> {
    let id = |kind| match kind {
        FileKind::Activity(id) => Some(id),
        _ => None,
    };
    revision.files.iter().filter_map(|file| id(FileKind::of(&file.path))).collect()
}

/// One object.
#[must_use]
pub fn json(name: &str, as_of: Date, deadlines: &[Deadline], language: Language) -> Value {
    json!({
        "product": name,
        "as_of": as_of.to_string(),
        "deadlines": deadlines.iter().map(|deadline| one(deadline, language)).collect::<Vec<_>>(),
    })
}

/// One deadline as an object.
#[must_use]
pub fn one(deadline: &Deadline, language: Language) -> Value {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let words = |words: &Words| words.get(language).to_owned();
    let all = |list: &[Words]| list.iter().map(words).collect::<Vec<_>>();
    let status = match &deadline.status {
        Status::Met(met) => json!({
            "on": met.on.to_string(),
            "exactly": met.exactly,
            "early": met.early,
            "by": match &met.by {
                Evidence::Plan => json!({ "plan": true }),
                Evidence::Receipt(number) => json!({ "receipt": number }),
            },
        }),
        Status::Open { left } => json!({ "left": left }),
        Status::Overdue { late } => json!({ "late": late }),
        Status::Unrecorded => json!({}),
        Status::Unknown { missing } => json!({ "missing": words(missing) }),
    };
    json!({
        "id": deadline.id,
        "kind": deadline.kind.id(),
        "weight": deadline.weight.id(),
        "title": words(&deadline.title),
        "subject": words(&deadline.subject),
        "anchor": deadline.anchor.as_ref().map(|anchor| json!({ "day": anchor.day.to_string(), "what": words(&anchor.what) })),
        "period": deadline.period.map(|(first, last)| json!({ "first": first.to_string(), "last": last.to_string() })),
        "due": deadline.last_day().map(|last| last.to_string()),
        "counted": day(deadline.due.map(|due| due.counted)),
        "next_open_day": day(deadline.due.and_then(|due| due.next_open)),
        "warn": day(deadline.warn),
        "state": deadline.status.id(),
        "status": status,
        "steps": deadline.steps.iter().map(|step| json!({
            "what": words(&step.what),
            "day": day(step.day),
            "basis": step.basis.as_ref().map(words),
        })).collect::<Vec<_>>(),
        "with": all(&deadline.with),
        "remarks": all(&deadline.remarks),
        "rule": {
            "id": deadline.rule.id,
            "source": words(&deadline.rule.source),
            "from": day(deadline.rule.from),
            "until": day(deadline.rule.until),
            "unverified": deadline.rule.unverified,
            "doubt": deadline.rule.doubt.as_ref().map(words),
        },
    })
}

/// A whole-day event for everything that has a day and is not long past without a record.
#[must_use]
pub fn calendar(name: &str, as_of: Date, deadlines: &[Deadline], language: Language) -> String {
    let told = deadlines.iter().filter(|deadline| deadline.status != Status::Unrecorded);
    icalendar(told.filter_map(|deadline| event(deadline, language)), name, as_of)
}

fn event(deadline: &Deadline, language: Language) -> Option<Event> {
    let say = |ja: &'static str, en: &'static str| if language == Language::Japanese { ja } else { en };
    let words = |words: &Words| words.get(language).to_owned();
    let before = match deadline.status {
        Status::Met(_) => say("【済】", "[done] "),
        Status::Overdue { .. } => say("【超過】", "[overdue] "),
        _ => "",
    };
    let after = if deadline.weight == Weight::Customary { say("【慣行】", " [customary]") } else { "" };
    let mut lines = vec![format!("{}: {}", say("状況", "status"), deadline.status.words().get(language))];
    lines.extend(deadline.steps.iter().map(|step| {
        let day = step.day.map_or_else(String::new, |day| format!(" → {day}"));
        format!("{}{day}", words(&step.what))
    }));
    lines.push(format!("{}: {}", say("規則", "rule"), words(&deadline.rule.source)));
    if let Some(doubt) = &deadline.rule.doubt {
        lines.push(format!("{}{}", say("【未確認】", "UNVERIFIED: "), words(doubt)));
    }
    Some(Event {
        key: deadline.id.clone(),
        date: deadline.last_day()?,
        summary: format!("{before}{}（{}）{after}", words(&deadline.title), words(&deadline.subject)),
        description: lines.join("\n"),
    })
}
