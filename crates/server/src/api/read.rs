//! What can be read.

use access::Action;
use diagnostic::Severity;
use operation::product::{MAIN, Meaning};
use plan::model::Status;

use super::answered;
use super::types::{Activity, Concern, Deadline, Finding, Inquiry, Item, Product, Revision, Submission, Worklist};
use crate::answer::Reply;
use crate::ask::Ask;
use crate::page::of::shown;
use crate::record::sentence::stage_words;
use crate::record::{due, sentence};

fn product_of(ask: &Ask<'_>, id: &str, name: &str) -> Product {
    let head = ask.state.products.get(id).and_then(|product| product.lines.get(MAIN)).map(|line| line.head);
    Product {
        id: id.to_owned(),
        name: name.to_owned(),
        state: sentence::of_product(ask, id),
        revision: head,
        simulated: ask.house.simulated,
    }
}

/// Every product that may be read.
pub fn products(ask: &Ask<'_>) -> Reply {
    let all = ask.state.organisation.products.iter().filter(|(id, _)| ask.may(Action::ReadPlan, Some(id)));
    answered(&all.map(|(id, name)| product_of(ask, id, name)).collect::<Vec<_>>())
}

/// One product.
pub fn product(ask: &Ask<'_>) -> Reply {
    let (id, _) = ask.product()?;
    let name = ask.state.organisation.products.get(id).cloned().unwrap_or_default();
    answered(&product_of(ask, id, &name))
}

/// Safety concerns and efficacy concerns.
pub fn concerns(ask: &Ask<'_>) -> Reply {
    let shown = shown(ask)?;
    let plan = &shown.plan.plan;
    let name = |id: &str| plan.name_of(id).map_or_else(|| (id.to_owned(), id.to_owned()), |name| (name.ja, name.en));
    let safety = plan.concerns.iter().map(|concern| {
        let (ja, en) = name(concern.id.as_str());
        Concern {
            id: concern.id.as_str().to_owned(),
            name: ja,
            name_en: en,
            class: concern.class.as_ref().map_or("", |class| class.value.as_str()).to_owned(),
            terms: concern.terms.iter().map(|term| term.value.clone()).collect(),
            activities: plan.activities_for(concern).map(|activity| activity.id.as_str().to_owned()).collect(),
        }
    });
    let efficacy = plan.efficacy.iter().map(|concern| {
        let (ja, en) = name(concern.id.as_str());
        let activities = plan.activities_for_efficacy(concern).map(|activity| activity.id.as_str().to_owned()).collect();
        Concern { id: concern.id.as_str().to_owned(), name: ja, name_en: en, class: "efficacy".into(), terms: Vec::new(), activities }
    });
    answered(&safety.chain(efficacy).collect::<Vec<_>>())
}

/// Additional activities.
pub fn activities(ask: &Ask<'_>) -> Reply {
    let shown = shown(ask)?;
    let plan = &shown.plan.plan;
    let all = plan.activities.iter().map(|activity| {
        let name = plan.name_of(activity.id.as_str());
        let status = plan.status(activity, ask.as_of());
        Activity {
            id: activity.id.as_str().to_owned(),
            kind: activity.kind.as_ref().map_or("", |kind| kind.value.as_str()).to_owned(),
            name: name.as_ref().map_or_else(String::new, |name| name.ja.clone()),
            name_en: name.map_or_else(String::new, |name| name.en),
            status: status.words().1.to_owned(),
            overdue: status == Status::Running { overdue: true },
            start: plan.start_of(activity).map(|day| day.to_string()),
            end: plan.end_of(activity).map(|day| day.to_string()),
            target: activity.target.as_ref().map(|target| target.value),
            concerns: plan.concerns_for(activity).map(|concern| concern.id.as_str().to_owned()).collect(),
        }
    });
    answered(&all.collect::<Vec<_>>())
}

/// What the check finds.
pub fn findings(ask: &Ask<'_>) -> Reply {
    let shown = shown(ask)?;
    let all = shown.plan.report.findings.iter().map(|finding| Finding {
        code: finding.code.to_owned(),
        severity: match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
        .to_owned(),
        message: ask.words(&finding.message).to_owned(),
        hint: ask.words(&finding.hint).to_owned(),
        file: finding.spans.first().map(|span| span.file.clone()),
        line: finding.spans.first().and_then(|span| span.line),
    });
    answered(&all.collect::<Vec<_>>())
}

/// Every revision.
pub fn revisions(ask: &Ask<'_>) -> Reply {
    let (_, product) = ask.product()?;
    let all = product.revisions.iter().map(|(number, revision)| Revision {
        revision: *number,
        line: revision.line.clone(),
        parent: revision.parent,
        content: revision.content.to_string(),
        author: revision.author.clone(),
        recorded: revision.recorded.to_string(),
        reason: revision.reason.clone(),
        changes: revision.changes.len(),
        errors: revision.errors,
        warnings: revision.warnings,
        signed: [Meaning::Prepared, Meaning::Confirmed, Meaning::Approved]
            .into_iter()
            .filter(|meaning| product.signed(*number, *meaning).next().is_some())
            .map(|meaning| meaning.words().1.to_owned())
            .collect(),
    });
    answered(&all.collect::<Vec<_>>())
}

/// What was handed in, and asked about it.
pub fn submissions(ask: &Ask<'_>) -> Reply {
    let (_, product) = ask.product()?;
    let all = product.submissions.iter().map(|(number, submission)| Submission {
        submission: *number,
        revision: submission.revision,
        day: submission.day.to_string(),
        receipt: submission.receipt.clone(),
        stage: stage_words(product.stage(*number, submission)).1.to_owned(),
        inquiries: product
            .inquiries
            .iter()
            .filter(|(_, inquiry)| inquiry.submission == *number)
            .map(|(name, inquiry)| Inquiry {
                inquiry: name.clone(),
                text: inquiry.text.clone(),
                asked: inquiry.asked.to_string(),
                due: inquiry.due.map(|day| day.to_string()),
                answered: inquiry.answered.as_ref().map(|(day, _)| day.to_string()),
            })
            .collect(),
    });
    answered(&all.collect::<Vec<_>>())
}

/// What is due.
pub fn deadlines(ask: &Ask<'_>) -> Reply {
    let (_, product) = ask.product()?;
    let all = due::of(ask.house, product, &ask.state.organisation.rhythms, ask.as_of())?;
    let all = all.iter().map(|deadline| Deadline {
        id: deadline.id.clone(),
        title: ask.words(&deadline.title).to_owned(),
        subject: ask.words(&deadline.subject).to_owned(),
        due: deadline.last_day().map(|day| day.to_string()),
        state: deadline.status.id().to_owned(),
        standing: ask.words(&deadline.status.words()).to_owned(),
        weight: deadline.weight.id().to_owned(),
        rule: ask.words(&deadline.rule.source).to_owned(),
    });
    answered(&all.collect::<Vec<_>>())
}

/// What is to be done because something happened.
pub fn worklists(ask: &Ask<'_>) -> Reply {
    let (_, product) = ask.product()?;
    let all = product.worklists.iter().map(|(number, worklist)| Worklist {
        worklist: *number,
        cause: worklist.cause.clone(),
        title: worklist.title.clone(),
        day: worklist.day.to_string(),
        closed: worklist.closed.is_some(),
        items: worklist
            .items
            .iter()
            .map(|item| Item {
                item: item.item.clone(),
                name: item.name.clone(),
                person: item.person.clone(),
                due: item.due.map(|day| day.to_string()),
                done: item.done.is_some(),
            })
            .collect(),
    });
    answered(&all.collect::<Vec<_>>())
}

/// The audit trail, as JSON Lines, while it is read.
pub fn trail(ask: &Ask<'_>) -> Reply {
    crate::page::trail::download(ask)
}

/// The deadlines of a product for calendars of people.
pub fn calendar(ask: &Ask<'_>) -> Reply {
    crate::page::deadlines::feed(ask)
}

/// The deadlines of every product that may be read, for calendars of people.
pub fn calendar_of_all(ask: &Ask<'_>) -> Reply {
    crate::page::deadlines::feed_of_all(ask)
}
