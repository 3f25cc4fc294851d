//! The figures of the README: appending with fifty people at once, and verifying a million entries.
#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use journal::{Chain, Draft, Entry, Moment, Postgres, Source, Sqlite, Store, Writer, seal, verify};
use rehearsal::{Database, SERVER_ROLE};

const PEOPLE: u64 = 50;
const MILLION: u64 = 1_000_000;

fn now() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Moment::of(jiff::Timestamp::from_microsecond(i64::try_from(since.as_micros()).unwrap()).unwrap())
}

/// An entry as a survey makes them: a value of a form with its old value.
fn draft(number: u64) -> Draft {
    let body = serde_json::json!({
        "form": "baseline", "institution": format!("site-{:03}", number % 400), "item": "neutrophils", "new": "1200", "old": null,
        "subject": format!("{:05}", number % 10_000), "unit": "/µL",
    });
    let mut draft =
        Draft::new(Chain::Product("rituximab".into()), now(), "physician-0042", "survey-physician", "form-value", 1, &body).unwrap();
    draft.command = format!("{number:032x}");
    draft
}

/// Everybody appends, waits for the answer, appends again.
fn appending(entries: u64, store: Box<dyn Store>) -> (Duration, Vec<Duration>) {
    let writer = Writer::new(store);
    let start = Instant::now();
    let waits = std::thread::scope(|scope| {
        let people: Vec<_> = (0..PEOPLE)
            .map(|person| {
                let writer = &writer;
                scope.spawn(move || {
                    let mut waits = Vec::new();
                    for number in 0..entries.div_ceil(PEOPLE) {
                        let start = Instant::now();
                        writer.append(vec![draft(number * PEOPLE + person)], Vec::new(), None).wait().unwrap();
                        waits.push(start.elapsed());
                    }
                    waits
                })
            })
            .collect();
        people.into_iter().flat_map(|person| person.join().unwrap()).collect::<Vec<_>>()
    });
    (start.elapsed(), waits)
}

/// How long the disk takes to make 4 KiB durable, in the middle.
fn sync_time(folder: &Path) -> Duration {
    use std::io::Write;
    let mut file = std::fs::File::create(folder.join("sync")).unwrap();
    let mut times: Vec<_> = (0..200)
        .map(|_| {
            file.write_all(&[7; 4096]).unwrap();
            let start = Instant::now();
            file.sync_data().unwrap();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[100]
}

fn filled(store: &mut dyn Store, entries: u64) {
    let (mut head, mut batch) = (None, Vec::<Entry>::new());
    for number in 0..entries {
        let entry = seal(draft(number), head.as_ref()).unwrap();
        head = Some(entry.head());
        batch.push(entry);
        if batch.len() == 10_000 || number + 1 == entries {
            store.append(&batch, &[]).unwrap();
            batch.clear();
        }
    }
}

type Group<'a> = criterion::BenchmarkGroup<'a, criterion::measurement::WallTime>;

fn made() -> Database {
    let database = Database::new();
    Postgres::create(&database.owner, SERVER_ROLE).unwrap();
    database
}

fn appended(group: &mut Group<'_>, name: &str, mut store: impl FnMut() -> Box<dyn Store>) {
    group.throughput(Throughput::Elements(1));
    let mut waits = Vec::new();
    group.bench_function(format!("an entry acknowledged, 50 people, {name}"), |bench| {
        bench.iter_custom(|entries| {
            // everybody at least forty times, however few are asked for: the first of all also waits for the store to be read
            let (time, more) = appending(entries.max(PEOPLE * 40), store());
            let done = more.len() as f64;
            waits.extend(more);
            time.mul_f64(entries as f64 / done)
        });
    });
    waits.sort();
    // nothing waited if only the other benchmark was asked for
    if !waits.is_empty() {
        eprintln!(
            "of {} waits: median {:?}, p95 {:?}, longest {:?}",
            waits.len(),
            waits[waits.len() / 2],
            waits[waits.len() * 95 / 100],
            waits[waits.len() - 1]
        );
    }
}

fn verified(group: &mut Group<'_>, name: &str, store: &mut dyn Source) {
    group.throughput(Throughput::Elements(MILLION));
    group.bench_function(format!("verify 1,000,000 entries, {name}"), |bench| {
        bench.iter(|| {
            let verified = verify(store, &[], &mut |_, _| ControlFlow::Continue(())).unwrap();
            assert_eq!((verified.entries, verified.damage.len()), (MILLION, 0));
        });
    });
}

fn journal(criterion: &mut Criterion) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    eprintln!("a sync of 4 KiB takes {:?} on this disk", sync_time(folder.path()));
    let mut group = criterion.benchmark_group("journal");
    group.sample_size(10);

    let mut round = 0;
    appended(&mut group, "SQLite", || {
        round += 1;
        Box::new(Sqlite::create(&folder.path().join(format!("append-{round}.sqlite"))).unwrap())
    });
    let mut databases = Vec::new();
    appended(&mut group, "PostgreSQL", || {
        let database = made();
        let store = Postgres::open(&database.server).unwrap();
        databases.push(database);
        Box::new(store)
    });
    drop(databases);

    let path = folder.path().join("million.sqlite");
    filled(&mut Sqlite::create(&path).unwrap(), MILLION);
    verified(&mut group, "SQLite", &mut Sqlite::open_to_read(&path).unwrap());
    let database = made();
    filled(&mut Postgres::open(&database.server).unwrap(), MILLION);
    verified(&mut group, "PostgreSQL", &mut Postgres::open_to_read(&database.server).unwrap());
    group.finish();
}

criterion_group!(benches, journal);
criterion_main!(benches);
