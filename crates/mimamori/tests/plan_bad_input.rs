//! Folders that are no plan, or hostile, or written while something goes wrong: diagnostics or a clear refusal, nothing outside the
//! folder read or written, and each file the old one or the new one.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test")]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const MINIMAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/minimal");

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mimamori"));
    command.env("MIMAMORI_LANG", "en").stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// A folder of this test, empty.
fn empty(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plan-bad-input").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A copy of an example.
fn example(example: &str, name: &str) -> PathBuf {
    let folder = empty(name);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(example), &folder);
    folder
}

/// Every ordinary file of a folder with its bytes, dot files too.
fn snapshot(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(directory).unwrap().map(Result::unwrap) {
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                open.push(entry.path());
            } else if kind.is_file() {
                all.push((entry.path(), fs::read(entry.path()).unwrap()));
            }
        }
    }
    all.sort();
    all
}

/// Every command that reads a plan.
fn commands(name: &str) -> Vec<Vec<&str>> {
    let check = vec!["check", name, "--as-of", "2026-04-01"];
    let fix = [check.clone(), vec!["--fix"]].concat();
    vec![check, fix, vec!["fmt", name], vec!["diff", name, MINIMAL], vec!["impact", name, "--cause", "study:MHN-301"]]
}

#[test]
fn chains_of_links_and_links_to_themselves() {
    let outside = empty("chain-outside");
    fs::write(outside.join("secret.md"), "+++\nname='SECRET'\n+++\n").unwrap();
    let folder = example("minimal", "chain");
    symlink(outside.join("secret.md"), folder.join("concerns/one.md")).unwrap();
    symlink(folder.join("concerns/one.md"), folder.join("concerns/two.md")).unwrap();
    symlink("three.md", folder.join("concerns/three.md")).unwrap();
    symlink(&outside, folder.join("deep")).unwrap();
    symlink(folder.join("deep"), folder.join("deeper")).unwrap();
    symlink("..", folder.join("concerns/up")).unwrap();
    symlink("nowhere", folder.join("efficacy")).unwrap();
    let (before, kept) = (snapshot(&outside), snapshot(&folder));
    for arguments in commands(folder.to_str().unwrap()) {
        let output = run(&arguments);
        assert_eq!((code(&output), err(&output).matches("is a symbolic link").count()), (2, 7), "{arguments:?}: {}", err(&output));
        assert!(!out(&output).contains("SECRET") && !err(&output).contains("SECRET"), "{arguments:?}");
    }
    assert!(snapshot(&outside) == before && snapshot(&folder) == kept);

    // a link that the user names is the plan it leads to; one that leads to itself is none
    let link = outside.join("plan");
    symlink(example("minimal", "chain-real"), &link).unwrap();
    assert_eq!(code(&run(&["check", link.to_str().unwrap(), "--as-of", "2026-04-01"])), 0);
    symlink("itself", outside.join("itself")).unwrap();
    let refused = run(&["check", outside.join("itself").to_str().unwrap()]);
    assert!(code(&refused) == 2 && err(&refused).contains("\n  do: "), "{}", err(&refused));
}

#[test]
fn a_link_in_the_place_of_a_file_is_not_written_through() {
    let outside = empty("through-outside");
    let target = outside.join("studies.toml");
    let folder = example("minimal", "through");
    fs::rename(folder.join("studies.toml"), &target).unwrap();
    fs::write(&target, fs::read_to_string(&target).unwrap().replace("id = ", "id   =   ")).unwrap();
    symlink(&target, folder.join("studies.toml")).unwrap();
    let before = snapshot(&outside);
    for arguments in commands(folder.to_str().unwrap()) {
        assert_eq!(code(&run(&arguments)), 2, "{arguments:?}");
    }
    assert!(snapshot(&outside) == before);
}

#[test]
fn pipes_sockets_and_devices_are_not_opened() {
    let folder = example("minimal", "devices");
    assert!(Command::new("mkfifo").arg(folder.join("plan.pipe")).arg(folder.join("concerns/pipe.md")).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(folder.join("s")).unwrap();
    for arguments in commands(folder.to_str().unwrap()) {
        let output = run(&arguments);
        assert_eq!((code(&output), err(&output).matches("no ordinary file").count()), (2, 3), "{arguments:?}: {}", err(&output));
    }
    for device in ["/dev/null", "/dev/zero", "/dev/tty"] {
        assert_eq!(code(&run(&["check", device])), 2, "{device}");
    }
}

/// Permissions do not bind the superuser, who is somebody else for this test.
#[test]
fn what_may_not_be_read_is_told() {
    let folder = std::env::temp_dir().join(format!("mimamori-unreadable-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    copy(Path::new(MINIMAL), &folder.join("plan"));
    fs::copy(env!("CARGO_BIN_EXE_mimamori"), folder.join("mimamori")).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    let closed = folder.join("plan/studies.toml");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    fs::set_permissions(folder.join("plan/activities"), fs::Permissions::from_mode(0o000)).unwrap();
    let mut command = if fs::File::open(&closed).is_ok() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(folder.join("mimamori"));
        command
    } else {
        Command::new(folder.join("mimamori"))
    };
    let output = command.env("MIMAMORI_LANG", "en").arg("check").arg(folder.join("plan")).output().unwrap();
    fs::set_permissions(folder.join("plan/activities"), fs::Permissions::from_mode(0o755)).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!((code(&output), err(&output).matches("may not be opened").count()), (2, 2), "{}", err(&output));
}

#[test]
fn names_in_other_encodings_and_in_other_cases() {
    let folder = example("minimal", "names");
    // Shift_JIS, EUC-JP and a lone byte; two of them look alike when they are shown
    for name in [&b"\x8a\xb4\x90\xf5.md"[..], b"\xb4\xb6\xc0\xf7.md", b"\xff.md", b"\xfe.md"] {
        fs::write(folder.join("concerns").join(OsStr::from_bytes(name)), "+++\nclass = \"identified\"\n+++\n").unwrap();
    }
    for arguments in commands(folder.to_str().unwrap()) {
        let output = run(&arguments);
        assert_eq!((code(&output), err(&output).matches("is not UTF-8").count()), (2, 4), "{arguments:?}: {}", err(&output));
    }

    let cases = example("minimal", "cases");
    let concern = fs::read(cases.join("concerns/infection.md")).unwrap();
    // the same to a system that does not tell cases apart; and か with its mark as one letter and as two
    for name in
        ["concerns/Infection.md", "concerns/INFECTION.MD", "concerns/が.md", "concerns/か\u{3099}.md", "concerns/a\nb.md", "Plan.toml"]
    {
        fs::write(cases.join(name), &concern).unwrap();
    }
    let found = run(&["check", cases.to_str().unwrap(), "--as-of", "2026-04-01", "--format", "jsonl"]);
    assert_eq!((code(&found), out(&found).matches("PLN112").count() + out(&found).matches("PLN105").count()), (1, 6), "{}", out(&found));
    assert!(out(&found).lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
}

#[test]
fn thousands_of_files_links_and_folders() {
    let folder = example("minimal", "thousands");
    for index in 0..3000 {
        fs::write(folder.join(format!("concerns/c{index}.md")), "+++\nclass = \"identified\"\nname = \"\"\n+++\n# 理由\n。\n").unwrap();
    }
    let found = run(&["check", folder.to_str().unwrap(), "--format", "jsonl"]);
    assert_eq!(code(&found), 1, "{}", err(&found));

    let links = example("minimal", "thousands-of-links");
    for index in 0..3000 {
        symlink("nowhere", links.join(format!("l{index}"))).unwrap();
    }
    let told = run(&["check", links.to_str().unwrap()]);
    assert_eq!((code(&told), err(&told).matches("symbolic link").count()), (2, 20), "{}", err(&told));
    assert!(err(&told).contains("2980 more"), "{}", err(&told));

    let folders = example("minimal", "thousands-of-folders");
    for index in 0..20_001 {
        fs::create_dir(folders.join(format!("d{index}"))).unwrap();
    }
    let refused = run(&["check", folders.to_str().unwrap()]);
    assert!(code(&refused) == 2 && err(&refused).contains("larger than any plan"), "{}", err(&refused));
    fs::remove_dir_all(folders).unwrap();
}

#[test]
fn cycles_of_names() {
    let folder = example("minimal", "cycles");
    let studies = folder.join("studies.toml");
    let pools = "\n[[pool]]\nid = \"a\"\nstudies = [\"b\", \"MHN-301\"]\n\n[[pool]]\nid = \"b\"\nstudies = [\"c\"]\n\n\
                 [[pool]]\nid = \"c\"\nstudies = [\"a\", \"c\"]\n";
    fs::write(&studies, fs::read_to_string(&studies).unwrap() + pools).unwrap();
    let name = folder.to_str().unwrap();
    let found = run(&["check", name, "--as-of", "2026-04-01", "--format", "jsonl"]);
    assert_eq!((code(&found), out(&found).matches("PLN205").count()), (1, 3), "{}", out(&found));
    for arguments in commands(name) {
        assert!(matches!(code(&run(&arguments)), 0 | 1), "{arguments:?}");
    }
}

/// Random bytes, always the same for a seed (SplitMix64).
fn random(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed;
    let words = std::iter::repeat_with(|| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let word = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (word ^ (word >> 31)).to_le_bytes()
    });
    words.flatten().take(length).collect()
}

#[test]
fn any_bytes_in_any_file() {
    let clean = example("minimal", "bytes");
    for (seed, (file, whole)) in snapshot(&clean).into_iter().enumerate() {
        let middle = whole.len() / 2;
        let torn = [&whole[..middle], &random(seed as u64, 64), &whole[middle..]].concat();
        for bytes in [random(seed as u64, 5000), torn, vec![0; 3000], whole[..middle].to_vec(), Vec::new(), b"+++\n".repeat(500)] {
            fs::write(&file, &bytes).unwrap();
            for arguments in commands(clean.to_str().unwrap()) {
                let output = run(&arguments);
                assert!(matches!(output.status.code(), Some(0..=2)), "{}: {arguments:?}: {}", file.display(), err(&output));
                assert!(!err(&output).contains("panicked"), "{}: {arguments:?}: {}", file.display(), err(&output));
            }
        }
        fs::write(&file, &whole).unwrap();
    }
}

/// Commands that write are killed after any time. Whatever was done by then, each file is a whole one, the next command finds all of
/// them old or all of them new, and the command run again makes all of them new.
#[test]
fn killed_while_it_writes() {
    for (name, spoilt, to, arguments) in [
        ("kill-fmt", "name = ", "name    =    ", &["fmt"][..]),
        ("kill-fix", "name_en = ", "name_em = ", &["check", "--fix", "--as-of", "2025-04-09"]),
    ] {
        let folder = example("rituximab", name);
        for (file, bytes) in snapshot(&folder) {
            fs::write(file, String::from_utf8(bytes).unwrap().replacen(spoilt, to, 1)).unwrap();
        }
        let old = snapshot(&folder);
        let arguments = [&[arguments[0], folder.to_str().unwrap()], &arguments[1..]].concat();
        let started = std::time::Instant::now();
        run(&arguments);
        let whole = started.elapsed();
        let new = snapshot(&folder);
        assert_eq!(new.len(), old.len());
        assert!(new.iter().zip(&old).filter(|(new, old)| new != old).count() > 20, "there was much to write");
        for round in 1..=12_u32 {
            for (file, bytes) in &old {
                fs::write(file, bytes).unwrap();
            }
            let mut child = program().args(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * f64::from(round) / 12.0));
            // it may have ended by itself
            let _ = child.kill();
            child.wait().unwrap();
            for (file, bytes) in snapshot(&folder) {
                if file.strip_prefix(&folder).unwrap().components().any(|part| part.as_os_str().as_bytes().starts_with(b".")) {
                    continue;
                }
                let one_of = |all: &[(PathBuf, Vec<u8>)]| all.iter().any(|(other, was)| *other == file && *was == bytes);
                assert!(one_of(&old) || one_of(&new), "round {round}: {} is neither the old file nor the new one", file.display());
            }
            run(&["check", folder.to_str().unwrap()]);
            let files: Vec<_> = snapshot(&folder).into_iter().filter(|(file, _)| new.iter().any(|(other, _)| other == file)).collect();
            assert!(files == old || files == new, "round {round}: some files are old and some are new");
            run(&arguments);
            let files: Vec<_> = snapshot(&folder).into_iter().filter(|(file, _)| new.iter().any(|(other, _)| other == file)).collect();
            assert!(files == new, "round {round}: run again, it ends as if it had not been killed");
        }
    }
}

/// An import that is killed leaves no folder, or the whole of it.
#[test]
fn an_import_killed_leaves_nothing_or_all() {
    let parent = empty("kill-import");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/mihon-rmp.txt");
    let target = parent.join("plan");
    let arguments = ["import", source.to_str().unwrap(), "-o", target.to_str().unwrap()];
    let started = std::time::Instant::now();
    run(&arguments);
    let took = started.elapsed();
    let whole = snapshot(&target);
    assert!(whole.len() > 5);
    for round in 1..=12_u32 {
        fs::remove_dir_all(&target).unwrap_or_default();
        let mut child = program().args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_secs_f64(took.as_secs_f64() * f64::from(round) / 12.0));
        let _ = child.kill();
        child.wait().unwrap();
        assert!(!target.exists() || snapshot(&target) == whole, "round {round}");
    }
}

/// A file that cannot be written beside keeps all the others from being written.
#[test]
fn a_write_that_fails_changes_nothing() {
    let folder = example("minimal", "fails");
    for (file, bytes) in snapshot(&folder) {
        fs::write(file, String::from_utf8(bytes).unwrap().replacen("name = ", "name    =    ", 1)).unwrap();
    }
    let before = snapshot(&folder);
    // files may grow to no more than a kilobyte: small ones are staged, the large one is not
    let limited = |arguments: &[&str]| {
        let program = env!("CARGO_BIN_EXE_mimamori");
        let script = "trap '' XFSZ; ulimit -f 1; exec \"$@\"";
        Command::new("bash").env("MIMAMORI_LANG", "en").args(["-c", script, "bash", program]).args(arguments).output().unwrap()
    };
    let failed = limited(&["fmt", folder.to_str().unwrap()]);
    assert!(code(&failed) == 2 && err(&failed).contains("cannot be written"), "{}", err(&failed));
    assert!(snapshot(&folder) == before, "the old state, and nothing left beside it");

    let parent = empty("fails-import");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/mihon-rmp.txt");
    let failed = limited(&["import", source.to_str().unwrap(), "-o", parent.join("plan").to_str().unwrap()]);
    assert!(code(&failed) == 2 && err(&failed).contains("cannot be written"), "{}", err(&failed));
    assert_eq!(fs::read_dir(&parent).unwrap().count(), 0, "nothing is left of the attempt");
}
