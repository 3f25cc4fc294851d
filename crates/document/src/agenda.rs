//! The calendar: every day of a plan on which something begins, ends or is due, and how it stands.

mod dates;
mod gantt;
mod ics;

use calendar::{Counting, Date, Period, Unit, is_closed, last_day, next_open_day};
use diagnostic::Finding;
use minijinja::{Value, context};
use typeset::{Attachment, Block, Relationship};

use crate::fragment::Fragment;
use crate::issue::{Issue, Request, filled};
use crate::view::{era, stated};
pub use dates::{Agenda, Day, Kind, Lane, Open, Standing, agenda};
pub use gantt::pictures;
pub use ics::{Event, icalendar};

/// Makes the calendar: the table of the days, the picture of the periods, and beside them a file for calendars of people.
///
/// # Errors
/// The form has mistakes.
pub fn calendar_of(request: &Request<'_>) -> Result<Issue, Vec<Finding>> {
    let as_of = request.as_of;
    let agenda = agenda(request.plan, as_of);
    let pictures: Vec<Block> = gantt::pictures(&agenda, as_of).into_iter().map(Block::Picture).collect();
    let part = |holds: fn(&Standing) -> bool| agenda.days.iter().filter(|day| holds(&day.standing)).map(day).collect::<Vec<_>>();
    let soon = last_day(as_of, Period { amount: 1, unit: Unit::Years }, Counting::FirstDayNotCounted).unwrap_or(Date::MAX);
    let within = agenda.days.iter().filter(|day| matches!(day.standing, Standing::Ahead(_)) && day.date <= soon).count();
    let mut past = part(|standing| matches!(standing, Standing::Made | Standing::Passed));
    past.reverse();
    let values = context! {
        agenda => context! {
            overdue => part(|standing| matches!(standing, Standing::Overdue(_))),
            ahead => part(|standing| matches!(standing, Standing::Ahead(_))),
            past,
            within,
            open => agenda.open.iter().map(open).collect::<Vec<_>>(),
            rhythm => agenda.rhythm.iter().map(day).collect::<Vec<_>>(),
            pictures => Fragment::blocks(pictures, None),
        },
        ..crate::issue::common(request)
    };
    filled(request, values, as_of, |title, file| {
        vec![Attachment {
            name: format!("{file}.ics"),
            media_type: "text/calendar".to_owned(),
            description: "この予定表の期日（iCalendar 形式） / The days of this calendar as iCalendar".to_owned(),
            relationship: Relationship::Data,
            bytes: icalendar(ics::events(&agenda, as_of), title, as_of).into_bytes(),
        }]
    })
}

fn day(day: &Day) -> Value {
    let weekday = ["月", "火", "水", "木", "金", "土", "日"][usize::from(day.date.weekday().to_monday_zero_offset().unsigned_abs() % 7)];
    let told = match day.stated.day() {
        Some(_) => format!("{}（{weekday}）", era(day.date)),
        None => stated(day.stated),
    };
    let days = match day.standing {
        Standing::Ahead(days) | Standing::Overdue(days) => Some(days),
        Standing::Made | Standing::Passed => None,
    };
    // where the time limit of an office falls on a closed day people want to know; whether it moves is for its rule to say
    let next = (day.due && is_closed(day.date)).then(|| era(next_open_day(day.date)));
    context! {
        date => told,
        what => day.what,
        subject => day.subject,
        basis => day.basis,
        standing => day.standing.id(),
        days,
        next,
    }
}

fn open(open: &Open) -> Value {
    context! { what => open.what, subject => open.subject, waits_for => open.waits_for }
}
