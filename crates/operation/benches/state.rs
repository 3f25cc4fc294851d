//! The figures of the README: what a record of a million entries costs to start with, to look back in, to copy.
#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::ops::ControlFlow;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use journal::{Chain, Draft, Entry, Moment, Sqlite, Store, copy, seal, verify};
use operation::product::ObligationMet;
use operation::{Desk, Point, Snapshot, past};

const MILLION: u64 = 1_000_000;

fn moment(second: u64) -> Moment {
    Moment::of(jiff::Timestamp::from_second(1_700_000_000 + i64::try_from(second).unwrap()).unwrap())
}

/// A million entries of one product: ten thousand obligations, each met and corrected a hundred times.
fn filled(path: &Path) {
    let mut store = Sqlite::create(path).unwrap();
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

fn state(criterion: &mut Criterion) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let path = folder.path().join("million.sqlite");
    filled(&path);
    let open = || Box::new(Sqlite::open(&path).unwrap());
    let mut group = criterion.benchmark_group("a million entries");
    group.sample_size(10);
    group.bench_function("start", |bench| {
        bench.iter(|| Desk::open(open(), open(), Snapshot::default()).unwrap().snapshot().products["mihonsa"].sequence);
    });
    eprintln!("{} MB at the most", peak());
    group.bench_function("the state of the middle", |bench| {
        let point = Point { recorded: Some(moment(MILLION / 2)), received: None };
        bench.iter(|| past(&mut *open(), point).unwrap().products["mihonsa"].sequence);
    });
    group.bench_function("backup, verified", |bench| {
        let mut round = 0;
        bench.iter(|| {
            round += 1;
            let to_path = folder.path().join(format!("copy-{round}.sqlite"));
            let mut to = Sqlite::create(&to_path).unwrap();
            copy(&mut *open(), &mut to, &mut |_| ControlFlow::Continue(())).unwrap();
            drop(to);
            let verified = verify(&mut Sqlite::open_to_read(&to_path).unwrap(), &[], &mut |_, _| ControlFlow::Continue(())).unwrap();
            assert_eq!((verified.entries, verified.damage.len()), (MILLION, 0));
            std::fs::remove_file(to_path).unwrap();
        });
    });
    group.finish();
}

criterion_group!(benches, state);
criterion_main!(benches);
