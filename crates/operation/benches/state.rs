//! The figures of the README: what a record of a million entries costs to start with, to look back in, to copy.
#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::ops::ControlFlow;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use journal::{Chain, Draft, Entry, Moment, Postgres, Sqlite, Store, copy, seal, verify};
use operation::product::ObligationMet;
use operation::{Checkpoint, Desk, Past, Point, Snapshot, past};

const MILLION: u64 = 1_000_000;

fn moment(second: u64) -> Moment {
    Moment::of(jiff::Timestamp::from_second(1_700_000_000 + i64::try_from(second).unwrap()).unwrap())
}

/// A million entries of one product: ten thousand obligations, each met and corrected a hundred times.
fn fill(store: &mut dyn Store) {
    let (mut head, mut batch) = (None, Vec::<Entry>::new());
    for number in 0..MILLION {
        let met = ObligationMet { obligation: format!("報告/{}", number % 10_000), day: "2027-01-01".parse().unwrap(), receipt: None };
        let chain = Chain::Product("mihonsa".into());
        let mut draft = Draft::new(chain, moment(number), "sato", "safety-manager", "obligation-met", 1, &met).unwrap();
        draft.command = format!("{number:032x}");
        let entry = seal(draft, head.as_ref()).unwrap();
        head = Some(entry.head());
        batch.push(entry);
        if batch.len() == 10_000 {
            store.append(&batch, &[]).unwrap();
            batch.clear();
        }
    }
}

/// The most memory this process has had, in megabytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) / 1024
}

type Open<'a> = &'a dyn Fn() -> Box<dyn Store>;

/// Copies everything into a new file, and verifies the copy.
fn copied(from: &mut dyn Store, to: &Path) {
    let mut store = Sqlite::create(to).unwrap();
    copy(from, &mut store, &mut |_| ControlFlow::Continue(())).unwrap();
    drop(store);
    verified(to);
}

fn verified(path: &Path) {
    let verified = verify(&mut Sqlite::open_to_read(path).unwrap(), &[], &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!((verified.entries, verified.damage.len()), (MILLION, 0));
}

fn measured(criterion: &mut Criterion, store: &str, open: Open<'_>) {
    let mut group = criterion.benchmark_group(format!("a million entries in {store}"));
    group.sample_size(10);
    let point = |entry: u64| Point { recorded: Some(moment(entry)), received: None };
    group.bench_function("start", |bench| {
        bench.iter(|| Desk::open(open(), open(), Snapshot::default()).unwrap().snapshot().products["mihonsa"].sequence);
    });
    eprintln!("{} MB at the most", peak());
    let bytes = Checkpoint::of(past(&mut *open(), Point::default()).unwrap(), &mut *open()).unwrap().bytes();
    eprintln!("a checkpoint of {} MB", bytes.len() / 1_000_000);
    group.bench_function("start from a checkpoint", |bench| {
        bench.iter(|| {
            let mut reader = open();
            let checkpoint = Checkpoint::read(&bytes, &mut *reader).unwrap();
            Desk::open(open(), reader, checkpoint.snapshot()).unwrap().snapshot().products["mihonsa"].sequence
        });
    });
    for (name, entry) in [("the state of the middle", MILLION / 2), ("the state of the last entry but one", MILLION - 2)] {
        group.bench_function(name, |bench| {
            bench.iter(|| past(&mut *open(), point(entry)).unwrap().products["mihonsa"].sequence);
        });
    }
    group.bench_function("the state of the middle, once more", |bench| {
        let (past, mut store) = (Past::default(), open());
        past.at(&mut *store, point(MILLION / 2)).unwrap();
        bench.iter(|| past.at(&mut *store, point(MILLION / 2)).unwrap().products["mihonsa"].sequence);
    });
    eprintln!("{} MB at the most", peak());
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let mut round = 0;
    group.bench_function("backup and restore, verified on both ends", |bench| {
        bench.iter(|| {
            round += 1;
            let [backup, restored] = ["backup", "restored"].map(|name| folder.path().join(format!("{name}-{round}.sqlite")));
            copied(&mut *open(), &backup);
            verified(&backup);
            copied(&mut Sqlite::open_to_read(&backup).unwrap(), &restored);
            std::fs::remove_file(backup).unwrap();
            std::fs::remove_file(restored).unwrap();
        });
    });
    group.finish();
}

fn sqlite(criterion: &mut Criterion) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let path = folder.path().join("million.sqlite");
    fill(&mut Sqlite::create(&path).unwrap());
    measured(criterion, "SQLite", &|| Box::new(Sqlite::open(&path).unwrap()));
}

fn postgres(criterion: &mut Criterion) {
    let database = rehearsal::Database::new();
    Postgres::create(&database.owner, rehearsal::SERVER_ROLE).unwrap();
    fill(&mut Postgres::open(&database.server).unwrap());
    measured(criterion, "PostgreSQL", &|| Box::new(Postgres::open(&database.server).unwrap()));
}

criterion_group!(benches, sqlite, postgres);
criterion_main!(benches);
