//! What needs a person now: what they may do and is due, by date.

use access::Action;
use calendar::Date;
use diagnostic::{Problem, Words};
use operation::deadline::{Deadline, Status};
use operation::product::{MAIN, Meaning, Product};

use super::due;
use crate::ask::Ask;

/// Something that needs a person.
#[derive(Clone, Debug)]
pub struct Need {
    /// By when, if there is a day.
    pub day: Option<Date>,
    /// The product.
    pub product: String,
    /// What is to be done.
    pub what: Words,
    /// Where it is done.
    pub link: String,
    /// How it stands: whether it is late, and by how much.
    pub standing: Option<Deadline>,
}

/// Everything that needs the person who asks, what is late first.
///
/// # Errors
/// The journal cannot be read.
pub fn of(ask: &Ask<'_>) -> Result<Vec<Need>, Problem> {
    let mut all = Vec::new();
    for id in ask.state.organisation.products.keys() {
        if ask.state.products.contains_key(id) {
            for (day, what, link) in crate::page::survey::needs(ask, id)? {
                all.push(Need { day, product: id.clone(), what, link, standing: None });
            }
        }
        if !ask.may(Action::ReadPlan, Some(id)) {
            continue;
        }
        if let Some(product) = ask.state.products.get(id) {
            of_product(ask, id, product, &mut all)?;
        }
    }
    all.sort_by_key(|need: &Need| (need.day.unwrap_or(Date::MAX), need.product.clone()));
    Ok(all)
}

fn of_product(ask: &Ask<'_>, id: &str, product: &Product, all: &mut Vec<Need>) -> Result<(), Problem> {
    let may = |action| ask.may(action, Some(id));
    let mut need = |day, what: Words, link: String, standing| all.push(Need { day, product: id.to_owned(), what, link, standing });
    for (line, standing) in &product.lines {
        let number = standing.head;
        let Some(revision) = product.revisions.get(&number).filter(|revision| revision.line == *line) else { continue };
        if product.submissions.values().any(|submission| submission.revision == number) {
            continue;
        }
        let link = format!("/p/{id}/versions/{number}");
        let signed = |meaning| product.signed(number, meaning).next().is_some();
        let mine = product
            .signatures
            .values()
            .any(|signature| signature.revision == number && signature.withdrawn.is_none() && signature.signer == ask.person());
        let words = |ja: &str, en: &str| Words::new(format!("改訂{number}{ja}"), format!("{en} revision {number}"));
        if revision.returned_by().is_some() {
            if revision.author == ask.person() {
                need(None, words("が差し戻されています。直してください", "mend"), link.clone(), None);
            }
            continue;
        }
        let reviewed = revision.reviews.iter().any(|review| review.reviewer == ask.person());
        if may(Action::ReviewRevision) && !reviewed && revision.author != ask.person() && !signed(Meaning::Approved) && *line == MAIN {
            need(None, words("を査読する", "review"), link.clone(), None);
        }
        let next = [
            (Meaning::Prepared, Action::SignPrepared, "に作成者として署名する", "sign as its author"),
            (Meaning::Confirmed, Action::SignConfirmed, "を確認して署名する", "confirm and sign"),
            (Meaning::Approved, Action::SignApproved, "を承認して署名する", "approve and sign"),
        ];
        let step = next.into_iter().find(|(meaning, ..)| !signed(*meaning));
        match step {
            Some((Meaning::Prepared, ..)) if revision.author != ask.person() => {}
            Some((_, action, ja, en)) if may(action) && !mine && *line == MAIN => need(None, words(ja, en), link.clone(), None),
            None if may(Action::SubmitPlan) && *line == MAIN => need(None, words("を提出し、記録する", "hand in"), link.clone(), None),
            _ => {}
        }
    }
    for (name, inquiry) in product.inquiries.iter().filter(|(_, inquiry)| inquiry.answered.is_none()) {
        if may(Action::AnswerInquiry) {
            let what = Words::new(format!("照会「{name}」に回答する"), format!("answer the question “{name}”"));
            need(inquiry.due, what, format!("/p/{id}/versions#inquiries"), None);
        }
    }
    for (cause, worklist) in product.worklists.iter().filter(|(_, worklist)| worklist.closed.is_none()) {
        let mine = worklist.items.iter().filter(|item| item.person.as_deref() == Some(ask.person()) && item.done.is_none());
        for item in mine {
            let what = Words::new(format!("{}：{}", worklist.title, item.name), format!("{}: {}", worklist.title, item.name));
            need(item.due, what, format!("/p/{id}/impact/{cause}"), None);
        }
        // what nobody does, and what is late with somebody else, is seen by those who answer for the plan
        let late = worklist.items.iter().filter(|item| item.is_late(ask.as_of()) && item.person.as_deref() != Some(ask.person()));
        let (count, first) =
            late.fold((0, None), |(count, first): (usize, Option<Date>), item| (count + 1, first.into_iter().chain(item.due).min()));
        if count > 0 && may(Action::RecordRevision) {
            let title = &worklist.title;
            let what = Words::new(format!("{title}：期限を過ぎた作業 {count} 件"), format!("{title}: {count} items past their day"));
            need(first, what, format!("/p/{id}/impact/{cause}"), None);
        }
    }
    if may(Action::RecordReceipt) {
        let as_of = ask.as_of();
        for deadline in due::of(ask.house, product, &ask.state.organisation.rhythms, as_of)?.iter() {
            let now = match &deadline.status {
                Status::Overdue { .. } => true,
                Status::Open { .. } => deadline.warn.is_some_and(|warn| warn <= as_of),
                _ => false,
            };
            if now {
                let link =
                    format!("/p/{id}/deadlines?id={}#one", form_urlencoded::byte_serialize(deadline.id.as_bytes()).collect::<String>());
                let what = Words::new(
                    format!("{}（{}）", deadline.title.ja, deadline.subject.ja),
                    format!("{} ({})", deadline.title.en, deadline.subject.en),
                );
                need(deadline.last_day(), what, link, Some(deadline.clone()));
            }
        }
    }
    Ok(())
}
