//! `mimamori deadlines`.

mod explained;
mod table;

use std::collections::BTreeMap;
use std::path::Path;

use calendar::Date;
use diagnostic::{Language, Problem, Words, harmless};
use journal::Store;
use operation::deadline::{Deadline, Record, Rhythms, Status, deadlines};
use operation::organisation::{Command, RhythmsSet};
use operation::product::{MAIN, Product as State};
use operation::{Point, Snapshot, Touch};
use server::record::due;

use super::status;
use crate::delivery::Destination;
use crate::outcome::Outcome;
use crate::plan_arguments::{DeadlineFormat, Deadlines as Options};
use crate::record_arguments::RhythmsOptions;
use crate::speech::{self, language, say};
use crate::terminal::Surface;
use crate::{data, folder, intake};

/// Lists what is due by a plan, or tells how one day was found.
///
/// # Errors
/// The folder is no plan, the settings have a mistake, nothing has the id that is asked for, or the list cannot be written.
pub fn run(options: &Options) -> Result<Outcome, Problem> {
    let Some(given) = options.folder.as_ref().filter(|_| !options.show_rhythms) else {
        Destination::of(options.delivery.output.as_deref(), &[])?.write(Rhythms::standard_text())?;
        return Ok(Outcome::Clean);
    };
    let (products, organisation, outcome, mut files) = if data::is_record(given) {
        let (products, organisation) = recorded(given, options.product.as_deref())?;
        (products, organisation, Outcome::Clean, vec![given.clone()])
    } else {
        let (plan, outcome, files) = folder::plan(given)?;
        (vec![Product { plan, ..Product::default() }], String::new(), outcome, files)
    };
    files.extend(options.rhythms.clone());
    let destination = Destination::of(options.delivery.output.as_deref(), &files)?;
    let rules = match &options.rhythms {
        Some(own) => rules(own)?,
        None => stated(&organisation)?,
    };
    let as_of = options.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
    if let (true, Some(_)) | (_, Some(DeadlineFormat::Json | DeadlineFormat::Ics)) =
        (options.explain.is_some(), (products.len() > 1).then_some(options.format))
    {
        return Err(Problem::new(
            Words::new("製品がいくつかあります", "there are several products"),
            Words::new("--product で一つを指定してください", "name one with --product"),
        ));
    }
    let surface = Surface::of(options.delivery.color, destination.is_file());
    let (mut text, mut found) = (String::new(), outcome);
    for product in &products {
        let all = deadlines(&product.plan, &product.record, &rules, as_of);
        if all.iter().any(|deadline| matches!(deadline.status, Status::Overdue { .. })) {
            found = found.max(Outcome::Findings);
        }
        let listed = match &options.explain {
            Some(id) => vec![named(&all, id)?.clone()],
            None => all,
        };
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&match options.format {
            DeadlineFormat::Json => format!("{:#}\n", due::json(product.plan.name(), as_of, &listed, language())),
            DeadlineFormat::Ics => due::calendar(product.plan.name(), as_of, &listed, language()),
            DeadlineFormat::Text => match (&options.explain, listed.first()) {
                (Some(_), Some(one)) => explained::text(one, product.receipts.get(&one.id), as_of, surface),
                _ => table::text(product, as_of, &listed, options.all, surface),
            },
        });
    }
    if products.is_empty() {
        text = say("まだ計画の記録はありません\n", "no plan has a record yet\n").to_owned();
    }
    destination.write(&text)?;
    Ok(found)
}

/// A plan, and what is on record of it.
#[derive(Default)]
pub struct Product {
    plan: plan::Plan,
    record: Record,
    /// The revision whose plan it is, if it comes from a record.
    revision: Option<u32>,
    /// Who recorded a receipt, by the id of the obligation.
    receipts: BTreeMap<String, Touch>,
}

impl Product {
    /// The plan that stands last, submitted or not: what is promised in it will be due.
    fn of(state: &State, store: &mut dyn Store) -> Result<Option<Self>, Problem> {
        let Some(line) = state.lines.get(MAIN) else { return Ok(None) };
        let mut plans = BTreeMap::new();
        for number in state.submissions.values().map(|submission| submission.revision).chain([line.head]) {
            if let (Some(revision), false) = (state.revisions.get(&number), plans.contains_key(&number)) {
                plans.insert(number, data::plan(number, revision, &mut |address| store.blob(address))?);
            }
        }
        let activities = |number: u32| {
            let plan: Option<&plan::Plan> = plans.get(&number);
            plan.into_iter().flat_map(|plan| plan.activities.iter().map(|activity| activity.id.as_str().to_owned())).collect()
        };
        let record = Record::of(state, &activities);
        let Some(plan) = plans.remove(&line.head) else { return Ok(None) };
        let receipts = state.receipts.iter().map(|(id, receipt)| (id.clone(), receipt.last.clone())).collect();
        Ok(Some(Self { plan, record, revision: Some(line.head), receipts }))
    }
}

/// The plans of a record, or the one asked for, and the rhythms that the organisation states.
fn recorded(data: &Path, product: Option<&str>) -> Result<(Vec<Product>, String), Problem> {
    let mut store = data::open_to_read(data)?;
    let state = data::past(data, &mut *store, Point::default())?;
    if let Some(product) = product.filter(|product| !state.products.contains_key(*product)) {
        return Err(status::unknown(product));
    }
    let asked = state.products.iter().filter(|(id, _)| product.is_none_or(|product| product == *id));
    let products = asked.filter_map(|(_, state)| Product::of(state, &mut *store).transpose()).collect::<Result<_, _>>()?;
    Ok((products, state.organisation.rhythms))
}

/// Says so where an obligation that was met is none that is due: the receipt is kept, but meets nothing.
pub fn tell_unless_due(state: &Snapshot, product: &str, obligation: &str, store: &mut dyn Store) -> Result<(), Problem> {
    let Some(state_of) = state.products.get(product) else { return Ok(()) };
    let Some(product) = Product::of(state_of, store)? else { return Ok(()) };
    let all = deadlines(&product.plan, &product.record, &stated(&state.organisation.rhythms)?, jiff::Zoned::now().date());
    if let Err(problem) = named(&all, obligation) {
        let Problem { message, hint, .. } = problem;
        speech::tell(&Words::new(
            format!("注意: {}。記録はしましたが、どの期限にも当たりません。{}", message.ja, hint.ja),
            format!("note: {}; it is recorded, but meets nothing that is due. {}", message.en, hint.en),
        ));
    }
    Ok(())
}

/// States the rhythms and closed days of the organisation.
///
/// # Errors
/// The file has a mistake, or it may not be stated.
pub fn set_rhythms(options: &RhythmsOptions) -> Result<Outcome, Problem> {
    rules(&options.file)?;
    let text = intake::text(&options.file)?;
    let desk = data::desk(&options.data)?;
    desk.organisation(&Command::SetRhythms(RhythmsSet { text }), &data::context(&options.actor, 0)?).map_err(data::undone)?;
    Destination::Standard.write(say("報告の周期と休日を記録しました\n", "rhythms and closed days are recorded\n"))?;
    Ok(Outcome::Clean)
}

/// The rules of the program, with what the organisation states laid over them.
fn stated(organisation: &str) -> Result<Rhythms, Problem> {
    let standard = Rhythms::standard();
    if organisation.is_empty() {
        return Ok(standard);
    }
    standard.laid_over(organisation).map_err(|mistake| Problem::new(mistake.what, mistake.hint))
}

/// The rules of the program, with those of a file laid over them.
fn rules(path: &Path) -> Result<Rhythms, Problem> {
    Rhythms::standard().laid_over(&intake::text(path)?).map_err(|mistake| {
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
    harmless(status.words().get(language()))
}
