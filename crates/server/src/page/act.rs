//! What people do to a plan: from forms to commands. Each answers by going to the page that shows what was done.

use diagnostic::{Problem, Words};
use operation::Context;
use operation::product::{
    Command, Confirmed, Event, InquiryAnswered, InquiryRecorded, ItemAssigned, ItemSettled, LineOpened, Meaning, ObligationMet, Published,
    ReviewRecorded, TrailReviewed, Verdict, WorklistClosed,
};

use super::account::proved;
use crate::answer::{Answer, Reply, Trouble};
use crate::ask::Ask;

fn done(ask: &Ask<'_>, command: &Command, context: &Context, back: &str) -> Reply {
    ask.house.desk.product(ask.part("product"), command, context)?;
    Ok(Answer::go(back))
}

fn here(ask: &Ask<'_>, rest: &str) -> String {
    format!("/p/{}/{rest}", ask.part("product"))
}

/// Opens a parallel draft.
///
/// # Errors
/// It is refused.
pub fn open_line(ask: &Ask<'_>) -> Reply {
    let line = ask.needed("line", "案の名前", "the name of the draft")?.to_owned();
    let title = ask.needed("title", "何のための案か", "what it is for")?.to_owned();
    let command = Command::OpenLine(LineOpened { line, title, base: ask.number("base")? });
    done(ask, &command, &ask.context(0)?, &here(ask, "versions#lines"))
}

/// Records a review.
///
/// # Errors
/// It is refused.
pub fn review(ask: &Ask<'_>) -> Reply {
    let revision = ask.number("revision")?;
    let verdict = match ask.field("verdict") {
        "accepted" => Verdict::Accepted,
        "returned" => Verdict::Returned,
        _ => return Err(chosen()),
    };
    let command = Command::Review(ReviewRecorded { revision, verdict, remarks: ask.typed("remarks").unwrap_or_default().to_owned() });
    done(ask, &command, &ask.context(0)?, &here(ask, &format!("versions/{revision}")))
}

/// Signs a revision.
///
/// # Errors
/// It is refused, or it was not proved who signs.
pub fn sign(ask: &Ask<'_>) -> Reply {
    let revision = ask.number("revision")?;
    let all = [Meaning::Prepared, Meaning::Confirmed, Meaning::Approved];
    let meaning = all.into_iter().find(|meaning| meaning.words().1 == ask.field("meaning")).ok_or_else(chosen)?;
    let context = proved(ask)?;
    done(ask, &Command::Sign { revision, meaning }, &context, &here(ask, &format!("versions/{revision}")))
}

/// Takes a signature back.
///
/// # Errors
/// It is refused, or it was not proved who does it.
pub fn withdraw(ask: &Ask<'_>) -> Reply {
    let revision = ask.number("revision")?;
    let signature = ask.field("signature").parse().map_err(|_| chosen())?;
    let context = proved(ask)?;
    done(ask, &Command::Withdraw { signature }, &context, &here(ask, &format!("versions/{revision}")))
}

/// Records that a revision was handed in.
///
/// # Errors
/// It is refused.
pub fn submit(ask: &Ask<'_>) -> Reply {
    let revision = ask.number("revision")?;
    let day = ask.day("day", "提出した日", "the day")?;
    let command = Command::Submit { revision, day, receipt: ask.typed("receipt").map(str::to_owned) };
    done(ask, &command, &ask.context(0)?, &here(ask, "versions#submissions"))
}

/// Records a question of the regulator, or the answer to one.
///
/// # Errors
/// It is refused.
pub fn inquiry(ask: &Ask<'_>) -> Reply {
    let inquiry = ask.needed("inquiry", "照会の名前", "the name of the question")?.to_owned();
    let mut context = ask.context(0)?;
    let command = if ask.field("form") == "answer" {
        let text = ask.needed("text", "回答", "the answer")?.to_owned();
        Command::Answer(InquiryAnswered { inquiry, text, day: ask.day("day", "回答した日", "the day")? })
    } else {
        let asked = ask.day("day", "受けた日", "the day")?;
        let due = ask.typed("due").map(|_| ask.day("due", "回答の期限", "the day of the answer")).transpose()?;
        let text = ask.needed("text", "照会の内容", "what is asked")?.to_owned();
        // what comes from the regulator was received on the day it bears
        context.received = Some(asked);
        Command::Ask(InquiryRecorded { inquiry, submission: ask.number("submission")?, text, asked, due })
    };
    done(ask, &command, &context, &here(ask, "versions#inquiries"))
}

/// Records that the regulator has confirmed the plan.
///
/// # Errors
/// It is refused.
pub fn confirm(ask: &Ask<'_>) -> Reply {
    let day = ask.day("day", "確認の日", "the day")?;
    let mut context = ask.context(0)?;
    context.received = Some(day);
    done(ask, &Command::Confirm(Confirmed { submission: ask.number("submission")?, day }), &context, &here(ask, "versions#submissions"))
}

/// Records that the plan is public.
///
/// # Errors
/// It is refused.
pub fn publish(ask: &Ask<'_>) -> Reply {
    let address = ask.typed("address").map(str::to_owned);
    let command =
        Command::Publish(Published { submission: ask.number("submission")?, day: ask.day("day", "公表の日", "the day")?, address });
    done(ask, &command, &ask.context(0)?, &here(ask, "versions#submissions"))
}

/// Records that a deadline was met: by a receipt, never by a tick.
///
/// # Errors
/// It is refused, or there is no such deadline.
pub fn meet(ask: &Ask<'_>) -> Reply {
    let (_, product) = ask.product()?;
    let obligation = ask.needed("obligation", "期限", "the deadline")?.to_owned();
    let due = crate::record::due::of(ask.house, product, &ask.state.organisation.rhythms, ask.as_of())?;
    let Some(deadline) = due.iter().find(|deadline| deadline.id == obligation) else {
        return Err(Trouble::unknown("この期限", "such deadline"));
    };
    let receipt = ask.typed("receipt").map(str::to_owned);
    if deadline.kind.is_handed_in() && receipt.is_none() {
        return Err(Trouble::unfit(
            "受付番号がありません",
            "the number of the receipt is missing",
            "提出の控えにある受付番号を記入してください。期限は受領によって果たされます",
            "give the number on the receipt: a deadline is met by its receipt",
        ));
    }
    let day = ask.day("day", "受領の日", "the day")?;
    after_its_period(ask, &obligation, day)?;
    let back = here(ask, &format!("deadlines?id={}#one", form_urlencoded::byte_serialize(obligation.as_bytes()).collect::<String>()));
    done(ask, &Command::Meet(ObligationMet { obligation, day, receipt }), &ask.context(0)?, &back)
}

/// That what is reported was over when it was reported.
///
/// # Errors
/// The period went on then.
pub fn after_its_period(ask: &Ask<'_>, obligation: &str, day: calendar::Date) -> Result<(), Trouble> {
    let (_, product) = ask.product()?;
    let all = crate::record::due::of(ask.house, product, &ask.state.organisation.rhythms, ask.as_of())?;
    let period = all.iter().find(|deadline| deadline.id == obligation).and_then(|deadline| deadline.period);
    match period {
        Some((_, last)) if day <= last => Err(Trouble::unfit(
            format!("報告の対象期間は {last} に終わります。{day} の受領では果たせません"),
            format!("the period that is reported on ends on {last}: a receipt of {day} cannot be for it"),
            "受領の日を確かめてください",
            "look at the day of the receipt",
        )),
        _ => Ok(()),
    }
}

/// Says who does an item of a worklist, and by when.
///
/// # Errors
/// It is refused.
pub fn assign(ask: &Ask<'_>) -> Reply {
    let worklist = ask.number("worklist")?;
    let item = ask.needed("item", "作業", "the item")?.to_owned();
    let due = ask.typed("due").map(|_| ask.day("due", "期限", "the day")).transpose()?;
    let command = Command::Assign(ItemAssigned { worklist, item, person: ask.typed("person").map(str::to_owned), due });
    done(ask, &command, &ask.context(0)?, &here(ask, &format!("impact/{worklist}")))
}

/// Says that an item is done, or is open again.
///
/// # Errors
/// It is refused.
pub fn settle(ask: &Ask<'_>) -> Reply {
    let worklist = ask.number("worklist")?;
    let settled = ItemSettled {
        worklist,
        item: ask.needed("item", "作業", "the item")?.to_owned(),
        done: ask.field("done") == "yes",
        remarks: ask.typed("remarks").unwrap_or_default().to_owned(),
        revision: ask.typed("in-revision").and_then(|number| number.parse().ok()),
    };
    done(ask, &Command::Settle(settled), &ask.context(0)?, &here(ask, &format!("impact/{worklist}")))
}

/// Ends a worklist.
///
/// # Errors
/// It is refused.
pub fn close(ask: &Ask<'_>) -> Reply {
    let worklist = ask.number("worklist")?;
    let submission = ask.typed("submission").and_then(|number| number.parse().ok());
    let command = Command::CloseWorklist(WorklistClosed { worklist, submission });
    done(ask, &command, &ask.context(0)?, &here(ask, &format!("impact/{worklist}")))
}

/// Records that the trail was gone through.
///
/// # Errors
/// It is refused.
pub fn review_trail(ask: &Ask<'_>) -> Reply {
    let up_to = ask.field("up-to").parse().map_err(|_| chosen())?;
    let remarks = ask.needed("remarks", "所見", "what you remark")?.to_owned();
    done(ask, &Command::ReviewTrail(TrailReviewed { up_to, remarks }), &ask.context(0)?, &here(ask, "trail"))
}

/// The number of what a command recorded, as its entry says.
#[must_use]
pub fn first(entries: &[journal::Entry]) -> Option<Event> {
    entries.first().and_then(|entry| Event::read(entry).ok())
}

fn chosen() -> Trouble {
    Trouble::new(
        422,
        Problem::new(
            Words::new("選ばれていません", "nothing was chosen"),
            Words::new("選んでから送ってください", "choose, and send again"),
        ),
    )
}
