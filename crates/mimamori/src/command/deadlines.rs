//! `mimamori deadlines`.

mod explained;
mod export;
mod table;

use std::path::Path;

use calendar::Date;
use diagnostic::{Language, Problem, Words, harmless};
use operation::deadline::{Deadline, Evidence, Met, Record, Rhythms, Status, deadlines};

use crate::delivery::Destination;
use crate::outcome::Outcome;
use crate::plan_arguments::{DeadlineFormat, Deadlines as Options};
use crate::speech::{language, say};
use crate::terminal::Surface;
use crate::{folder, intake};

/// Lists what is due by a plan, or tells how one day was found.
///
/// # Errors
/// The folder is no plan, the settings have a mistake, nothing has the id that is asked for, or the list cannot be written.
pub fn run(options: &Options) -> Result<Outcome, Problem> {
    let Some(given) = options.folder.as_ref().filter(|_| !options.show_rhythms) else {
        Destination::of(options.delivery.output.as_deref(), &[])?.write(Rhythms::standard_text())?;
        return Ok(Outcome::Clean);
    };
    let (plan, outcome, mut files) = folder::plan(given)?;
    files.extend(options.rhythms.clone());
    let destination = Destination::of(options.delivery.output.as_deref(), &files)?;
    let rules = rules(options.rhythms.as_deref())?;
    let as_of = options.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
    let all = deadlines(&plan, &Record::default(), &rules, as_of);
    let overdue = all.iter().any(|deadline| matches!(deadline.status, Status::Overdue { .. }));
    let found = if overdue { Outcome::Findings } else { Outcome::Clean };
    let surface = Surface::of(options.delivery.color, destination.is_file());
    let listed = match &options.explain {
        Some(id) => vec![named(&all, id)?.clone()],
        None => all,
    };
    let text = match options.format {
        DeadlineFormat::Json => export::json(plan.name(), as_of, &listed),
        DeadlineFormat::Ics => export::calendar(plan.name(), as_of, &listed),
        DeadlineFormat::Text => match (&options.explain, listed.first()) {
            (Some(_), Some(one)) => explained::text(one, as_of, surface),
            _ => table::text(plan.name(), as_of, &listed, options.all, surface),
        },
    };
    destination.write(&text)?;
    Ok(outcome.max(found))
}

/// The rules of the program, with those of the organisation laid over them.
fn rules(own: Option<&Path>) -> Result<Rhythms, Problem> {
    let standard = Rhythms::standard();
    let Some(path) = own else { return Ok(standard) };
    standard.laid_over(&intake::text(path)?).map_err(|mistake| {
        let place = format!("{}:{}", path.display(), mistake.line.unwrap_or(1));
        Problem::new(Words::new(format!("{place} {}", mistake.what.ja), format!("{place} {}", mistake.what.en)), mistake.hint)
    })
}

fn named<'a>(all: &'a [Deadline], id: &str) -> Result<&'a Deadline, Problem> {
    all.iter().find(|deadline| deadline.id == id).ok_or_else(|| {
        let near = plan::suggest::nearest(id, all.iter().map(|deadline| deadline.id.as_str()));
        let hint = match near {
            Some(near) => Words::new(format!("「{near}」ではありませんか"), format!("did you mean “{near}”?")),
            None => Words::new("`mimamori deadlines DIR --all` が ID の一覧を表示します", "`mimamori deadlines DIR --all` lists the IDs"),
        };
        Problem::new(Words::new(format!("「{id}」という期限はありません"), format!("there is no deadline “{id}”")), hint)
    })
}

/// Words of a plan on the user's terminal.
fn words(words: &Words) -> String {
    harmless(words.get(language()))
}

/// A day with its weekday.
fn weekday(day: Date) -> String {
    let n = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs() % 7);
    let ja = ["月", "火", "水", "木", "金", "土", "日"];
    let en = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    match language() {
        Language::Japanese => format!("{day}（{}）", ja[n]),
        Language::English => format!("{day} {}", en[n]),
    }
}

/// How something stands, in words.
fn standing(status: &Status) -> String {
    let japanese = language() == Language::Japanese;
    match status {
        Status::Met(met) => done(met),
        Status::Open { left: 0 } => say("本日まで", "due today").to_owned(),
        Status::Open { left } if japanese => format!("あと{left}日"),
        Status::Open { left } => format!("in {left} {}", days(*left)),
        Status::Overdue { late } if japanese => format!("{late}日超過"),
        Status::Overdue { late } => format!("{late} {} late", days(*late)),
        Status::Unrecorded => say("記録なし", "no record").to_owned(),
        Status::Unknown { .. } => say("未定", "not yet known").to_owned(),
    }
}

fn days(n: i32) -> &'static str {
    if n == 1 { "day" } else { "days" }
}

fn done(met: &Met) -> String {
    let japanese = language() == Language::Japanese;
    let on = match (met.exactly, japanese) {
        (true, _) => met.on.to_string(),
        (false, true) => format!("{}までに", met.on),
        (false, false) => format!("by {}", met.on),
    };
    // a month tells only the least of it
    let (least_ja, least_en) = if met.on.day().is_some() { ("", "") } else { ("以上", "at least ") };
    let by_how_much = match met.early {
        None => String::new(),
        Some(0) if japanese => "、期限の日まで".to_owned(),
        Some(0) => ", in time".to_owned(),
        Some(n) if n > 0 && japanese => format!("、{n}日{least_ja}前"),
        Some(n) if n > 0 => format!(", {least_en}{n} {} early", days(n)),
        Some(n) if japanese => format!("、{}日{least_ja}超過", -n),
        Some(n) => format!(", {least_en}{} {} late", -n, days(-n)),
    };
    let by = match &met.by {
        Evidence::Plan => say("、計画による", ", by the plan").to_owned(),
        Evidence::Receipt(number) if number.is_empty() => String::new(),
        Evidence::Receipt(number) if japanese => format!("、受付番号 {}", harmless(number)),
        Evidence::Receipt(number) => format!(", receipt {}", harmless(number)),
    };
    if japanese { format!("済（{on}{by_how_much}{by}）") } else { format!("done ({on}{by_how_much}{by})") }
}
