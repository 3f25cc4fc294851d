//! On what it was measured.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Cores, memory, disk and commit, in one paragraph.
pub fn told(data: &Path) -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split(':').nth(1)).unwrap_or(" unknown").trim().to_owned();
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory = memory.lines().find_map(|line| line.strip_prefix("MemTotal:")?.split_whitespace().next()?.parse::<u64>().ok());
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    format!(
        "{cores} cores ({model}), {} GB of memory, load {} before; a sync of 4 KiB takes {:.2} ms on the disk of the record; commit {}",
        memory.unwrap_or_default() / 1_000_000,
        load.split(' ').next().unwrap_or_default(),
        sync(data),
        commit()
    )
}

/// How long the disk takes to make 4 KiB durable, in the middle, in milliseconds.
fn sync(folder: &Path) -> f64 {
    let path = folder.join("load-sync");
    let mut file = fs::File::create(&path).unwrap();
    let mut times: Vec<_> = (0..100)
        .map(|_| {
            file.write_all(&[7; 4096]).unwrap();
            let began = Instant::now();
            file.sync_data().unwrap();
            began.elapsed()
        })
        .collect();
    let _ = fs::remove_file(path);
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e3
}

fn commit() -> String {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let changed = git(&["status", "--porcelain", "--untracked-files=no"]).is_some_and(|changes| !changes.is_empty());
    format!("{}{}", git(&["rev-parse", "--short", "HEAD"]).unwrap_or_default(), if changed { ", with changes" } else { "" })
}
