//! How the server holds out: `cargo bench -p mimamori --bench load`, with `-- --help` for what can be chosen.
//!
//! It makes a record of twenty products and a million entries, starts the program on it, and lets fifty people sign in and walk the
//! pages: with a second of thought, then without any. What they saw and what the server said is printed as tables.

#![expect(clippy::unwrap_used, reason = "a benchmark")]

mod chance;
mod client;
mod exporting;
mod figures;
mod limits;
mod machine;
mod pages;
mod people;
mod plan_course;
mod product_course;
mod running;
mod walk;
mod world;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use journal::{Chain, Source, Sqlite, Store};
use operation::product::Event;

use exporting::Exporting;
use figures::{Spread, Walked};
use limits::Limits;
use pages::{PAGES, Place, VALUE};
use running::Running;
use walk::{Pace, Walker};

/// How the server holds out with many people on a large record.
#[derive(Debug, Parser)]
struct Options {
    /// The folder of the record, made if it is not there.
    #[arg(long, default_value = concat!(env!("CARGO_TARGET_TMPDIR"), "/load"))]
    data: PathBuf,
    /// Make the record, and no more.
    #[arg(long)]
    world: bool,
    /// Products of a record that is made.
    #[arg(long, default_value_t = 20)]
    products: usize,
    /// Entries of a record that is made.
    #[arg(long, default_value_t = 1_000_000)]
    entries: usize,
    /// How many people walk.
    #[arg(long, default_value_t = 50)]
    people: usize,
    /// Seconds of each walk.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Only the page of this name.
    #[arg(long)]
    page: Option<String>,
    /// What `cargo bench` says to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    let options = Options::parse();
    if !options.data.exists() {
        let size = world::Size { products: options.products, entries: options.entries };
        world::make(&options.data, size, jiff::Timestamp::now());
    }
    if options.world {
        return ExitCode::SUCCESS;
    }
    println!("{}\n", machine::told(&options.data));
    let names: Vec<_> = PAGES.iter().map(|page| page.name).collect();
    let place = place(&options.data);
    let mut limits = Limits::default();

    let mut first = started(&options.data, options.page.as_deref());
    let server = Running::start(&options.data, first.client.cookie.as_deref());
    limits.at_most("the next start, from a checkpoint: seconds to the first page, signed in", server.first.as_secs_f64(), 1.0);
    first.client.moved(&server.host);
    let mut walkers = vec![first];
    // the first of them is signed in already, and no number is taken twice
    let others = people::everybody().into_iter().enumerate().filter(|(_, somebody)| somebody.walks).take(options.people).skip(1);
    walkers.extend(others.map(|(at, somebody)| Walker::sign_in(&server.host, at, somebody, options.page.as_deref())));
    println!("{} people signed in, each with password and second factor\n", walkers.len());

    let time = Duration::from_secs(options.seconds);
    let (thoughtful, hasty) = (Pace { thought: Duration::from_secs(1), time }, Pace { thought: Duration::ZERO, time });
    // nothing is measured of the first look at everything, as on every morning
    walk::all(&mut walkers, Pace { time: Duration::from_secs(10), ..hasty }, &place);
    let cookie = walkers[0].client.cookie.clone();
    let mut walked = |title: &str, pace: Pace| {
        let before = server.spent().0;
        let walked = walk::all(&mut walkers, pace, &place);
        let share = 100.0 * (server.spent().0 - before) / walked.took.as_secs_f64();
        println!("{} people, {title}; milliseconds, bytes as sent:\n\n{}", options.people, walked.table(&names));
        println!("the server used {share:.0} % of one core\n");
        walked
    };
    let calm = walked("a second of thought", thoughtful);
    limits.at_most("pages, with thought: p95 at the server, ms", calm.server().p95, 30.0);
    limits.at_most("pages, with thought: p99 at the server, ms", calm.server().p99, 100.0);
    limits.at_most("pages, with thought: errors", calm.errors().values().sum::<usize>() as f64, 0.0);
    limits.at_most("the largest page, kB as sent", calm.largest() as f64 / 1000.0, 100.0);
    if let Some(page) = names.iter().position(|name| *name == VALUE) {
        limits.at_most("the trail of a value: p95 at the server, ms", calm.of_page(page).server().p95, 20.0);
    }
    let exporting = Exporting::begin(&server.host, cookie, &place.products[0].0);
    let beside = walked("a second of thought, beside one who takes out whole trails", thoughtful);
    println!("{}\n", exporting.end());
    limits.at_most("pages beside the export: p50 at the server, % more", more(&calm, &beside, |spread| spread.middle), 20.0);
    limits.at_most("pages beside the export: p95 at the server, % more", more(&calm, &beside, |spread| spread.p95), 20.0);
    let rushed = walked("no thought", hasty);
    limits.at_most("pages, without thought: errors", rushed.errors().values().sum::<usize>() as f64, 0.0);
    println!("the server had {} MB of memory at the most\n", server.spent().1);
    limits.told()
}

/// The start without a checkpoint, and somebody who signs in then.
fn started(data: &Path, only: Option<&str>) -> Walker {
    let _ = std::fs::remove_file(data.join("checkpoint"));
    let server = Running::start(data, None);
    println!("the first start, every entry read: the page to sign in after {:.2} s", server.first.as_secs_f64());
    let (at, somebody) = people::everybody().into_iter().enumerate().find(|(_, somebody)| somebody.walks).unwrap();
    Walker::sign_in(&server.host, at, somebody, only)
}

/// By how many parts of a hundred a walk was slower than another.
fn more(calm: &Walked, other: &Walked, of: impl Fn(Spread) -> f64) -> f64 {
    100.0 * (of(other.server()) / of(calm.server()).max(0.1) - 1.0)
}

/// What the addresses of the pages are made of.
fn place(data: &Path) -> Place {
    let mut store = Sqlite::open_to_read(&data.join("journal.sqlite")).unwrap();
    let heads = store.heads().unwrap();
    let mut products = Vec::new();
    for head in heads {
        let Chain::Product(id) = &head.chain else { continue };
        // among the last of any product there is a revision
        let (mut revision, after) = (0, head.sequence.saturating_sub(100_000));
        let found = &mut |entry: journal::Entry| {
            if let Ok(Event::RevisionRecorded(recorded)) = Event::read(&entry) {
                revision = recorded.revision;
            }
            ControlFlow::Continue(())
        };
        store.read(&head.chain, after, found).unwrap();
        products.push((id.clone(), revision));
    }
    let concerns = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/mihon/concerns");
    let concerns = std::fs::read_dir(concerns).unwrap().filter_map(|file| {
        let name = file.unwrap().file_name().to_string_lossy().into_owned();
        name.strip_suffix(".md").filter(|id| !id.ends_with(".en")).map(str::to_owned)
    });
    Place { products, concerns: concerns.collect() }
}
