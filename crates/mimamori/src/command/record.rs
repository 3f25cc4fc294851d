//! `mimamori record` and `mimamori password`.

use access::{Action, Subject};
use diagnostic::{Problem, Words};
use operation::Refusal;
use operation::product::{
    Command, Confirmed, InquiryAnswered, InquiryRecorded, LineOpened, Meaning, ObligationMet, Published, ReviewRecorded, Revision,
    TrailReviewed, Verdict,
};

use super::deadlines;
use crate::delivery::Destination;
use crate::life_arguments::{MeaningWord, Password, Record, VerdictWord, What};
use crate::outcome::Outcome;
use crate::record_arguments::Actor;
use crate::speech::{local, say, tell};
use crate::{credentials, data};

/// Records something of the life of a plan.
///
/// # Errors
/// It is refused, or cannot be recorded.
pub fn run(options: &Record) -> Result<Outcome, Problem> {
    let (actor, command) = command(&options.what);
    let desk = data::desk(&options.data)?;
    let mut context = data::context(actor, 0)?;
    // what comes from the regulator was received on the day it bears, whenever it is recorded
    match &command {
        Command::Ask(asked) => context.received = Some(asked.asked),
        Command::Confirm(confirmed) => context.received = Some(confirmed.day),
        _ => {}
    }
    if let Command::Sign { revision, .. } = &command
        && let Some(signed) = desk.snapshot().products.get(&options.product).and_then(|product| product.revisions.get(revision))
    {
        let Revision { author, errors, warnings, content, .. } = signed;
        let day = local(signed.recorded);
        tell(&Words::new(
            format!(
                "署名するもの: {} の改訂{revision}（{author}、{day}、要修正 {errors} 件、要確認 {warnings} 件）\nSHA-256 {content}",
                options.product
            ),
            format!(
                "to be signed: revision {revision} of {} (by {author}, {day}; {errors} errors, {warnings} warnings)\nSHA-256 {content}",
                options.product
            ),
        ));
    }
    if matches!(command, Command::Sign { .. } | Command::Withdraw { .. }) {
        context.authenticated = Some(credentials::prove(&options.data, &desk, &context)?);
        context.now = journal::Moment::of(jiff::Timestamp::now());
    }
    let entries = desk.product(&options.product, &command, &context).map_err(data::undone)?;
    let told: String = entries
        .iter()
        .map(|entry| format!("{}\n{}\n", diagnostic::harmless(operation::told(entry).get(crate::speech::language())), entry.hash))
        .collect();
    Destination::Standard.write(&told)?;
    if let Command::Meet(met) = &command {
        let store = &mut *data::open_to_read(&options.data)?;
        deadlines::tell_unless_due(&desk.snapshot(), &options.product, &met.obligation, store)?;
    }
    Ok(Outcome::Clean)
}

/// Sets a password, or takes one away.
///
/// # Errors
/// It may not be, or the password does not do.
pub fn password(options: &Password) -> Result<Outcome, Problem> {
    let desk = data::desk(&options.data)?;
    let context = data::context(&options.actor, 0)?;
    let told = match &options.reset {
        Some(person) => {
            desk.allowed(Action::ResetCredential, &Subject::default(), &context).map_err(data::undone)?;
            if !desk.snapshot().organisation.people.contains_key(person) {
                let unknown = Words::new(format!("利用者「{person}」"), format!("person “{person}”"));
                return Err(Refusal::Unknown(unknown).into());
            }
            credentials::prove(&options.data, &desk, &context)?;
            let code = credentials::reset(&options.data, &desk, person, &context)?;
            let gone = say("パスワードを取り消しました。", "the password is taken away; ");
            format!("{gone}{}", credentials::told(person, &code))
        }
        None => {
            credentials::set(&options.data, &desk, &context)?;
            say("パスワードを設定しました\n", "the password is set\n").to_owned()
        }
    };
    Destination::Standard.write(&told)?;
    Ok(Outcome::Clean)
}

fn command(what: &What) -> (&Actor, Command) {
    match what {
        What::Draft { name, title, from, actor } => {
            (actor, Command::OpenLine(LineOpened { line: name.clone(), title: title.clone(), base: *from }))
        }
        What::Review { revision, verdict, remarks, actor } => {
            let verdict = match verdict {
                VerdictWord::Accepted => Verdict::Accepted,
                VerdictWord::Returned => Verdict::Returned,
            };
            (actor, Command::Review(ReviewRecorded { revision: *revision, verdict, remarks: remarks.clone() }))
        }
        What::Sign { revision, meaning, actor } => {
            let meaning = match meaning {
                MeaningWord::Prepared => Meaning::Prepared,
                MeaningWord::Confirmed => Meaning::Confirmed,
                MeaningWord::Approved => Meaning::Approved,
            };
            (actor, Command::Sign { revision: *revision, meaning })
        }
        What::Withdraw { signature, actor } => (actor, Command::Withdraw { signature: *signature }),
        What::HandedIn { revision, on, receipt, actor } => {
            (actor, Command::Submit { revision: *revision, day: *on, receipt: receipt.clone() })
        }
        What::Asked { inquiry, submission, on, due, text, actor } => {
            let asked = InquiryRecorded { inquiry: inquiry.clone(), submission: *submission, text: text.clone(), asked: *on, due: *due };
            (actor, Command::Ask(asked))
        }
        What::Answered { inquiry, on, text, actor } => {
            (actor, Command::Answer(InquiryAnswered { inquiry: inquiry.clone(), text: text.clone(), day: *on }))
        }
        What::Confirmed { submission, on, actor } => (actor, Command::Confirm(Confirmed { submission: *submission, day: *on })),
        What::Published { submission, on, at, actor } => {
            (actor, Command::Publish(Published { submission: *submission, day: *on, address: at.clone() }))
        }
        What::TrailReviewed { up_to, remarks, actor } => {
            (actor, Command::ReviewTrail(TrailReviewed { up_to: *up_to, remarks: remarks.clone() }))
        }
        What::Met { obligation, on, receipt, actor } => {
            (actor, Command::Meet(ObligationMet { obligation: obligation.clone(), day: *on, receipt: receipt.clone() }))
        }
    }
}
