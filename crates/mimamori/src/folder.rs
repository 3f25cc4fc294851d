//! Plan folders on the disk: read within bounds, written whole.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use diagnostic::{Problem, Words};
use plan::Folder;
use plan::rules::code;

use crate::delivery::Staged;
use crate::outcome::Outcome;
use crate::speech;
use crate::undo::{self, Undo};

/// Files and folders that a plan may have.
const MOST_FILES: usize = 20_000;
/// Problems that are told one by one; of more, their number.
const MOST_PROBLEMS: usize = 20;
/// Bytes that its files may have together.
const MOST_BYTES: u64 = 64 << 20;
/// Folders inside folders.
const DEEPEST: usize = 8;

/// A plan folder as it was read.
pub struct Opened {
    /// Where it is, through links.
    root: PathBuf,
    /// Its files.
    pub folder: Folder,
    /// What of it was not read, and why.
    pub problems: Vec<Problem>,
}

/// Reads a plan folder. Symbolic links in it are not followed, so that nothing outside of it is read; dot files and `out/` are no
/// part of a plan.
///
/// # Errors
/// It is no folder, cannot be opened, or is larger than any plan.
pub fn open(given: &Path) -> Result<Opened, Problem> {
    let name = given.display();
    let metadata = fs::metadata(given).map_err(|error| system(given, &error))?;
    if !metadata.is_dir() {
        return Err(Problem::new(
            Words::new(format!("{name} はフォルダーではありません"), format!("{name} is no folder")),
            Words::new(
                "計画のフォルダーを指定してください。公表された計画書は `mimamori review` で点検できます",
                "give the folder of a plan; a published plan is reviewed by `mimamori review`",
            ),
        ));
    }
    let root = fs::canonicalize(given).map_err(|error| system(given, &error))?;
    match undo::recover(&root) {
        Ok(0) => {}
        Ok(files) => speech::tell(&Words::new(
            format!("途中で止まった書き込みを取り消し、{files} 個のファイルを元に戻しました"),
            format!("a change that was interrupted is undone: {files} files are as they were before it"),
        )),
        Err(error) => return Err(unwritten(&root, &error)),
    }
    let mut opened = Opened { root: root.clone(), folder: Folder::new(), problems: Vec::new() };
    let (mut seen, mut bytes) = (0, 0);
    let mut open = vec![(root, String::new(), 0)];
    while let Some((directory, prefix, depth)) = open.pop() {
        let entries = fs::read_dir(&directory).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
        let entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                opened.problems.push(system(&directory, &error));
                continue;
            }
        };
        for entry in entries {
            seen += 1;
            if seen > MOST_FILES {
                return Err(too_large(given));
            }
            let file_name = entry.file_name();
            let relative = format!("{prefix}{}", file_name.to_string_lossy());
            if file_name.to_string_lossy().starts_with('.') || relative == "out" {
                continue;
            }
            let path = entry.path();
            // two such names may look alike, and none of them can be written into
            if file_name.to_str().is_none() {
                opened.problems.push(unnamed(&path));
                continue;
            }
            let kind = match entry.file_type() {
                Ok(kind) => kind,
                Err(error) => {
                    opened.problems.push(system(&path, &error));
                    continue;
                }
            };
            if kind.is_dir() {
                if depth + 1 >= DEEPEST {
                    return Err(too_large(given));
                }
                open.push((path, format!("{relative}/"), depth + 1));
                continue;
            }
            if !kind.is_file() {
                opened.problems.push(no_file(&given.join(&relative), kind.is_symlink()));
                continue;
            }
            match read(&path, MOST_BYTES - bytes) {
                Ok(read) => {
                    bytes += read.len() as u64;
                    opened.folder.insert(relative, read);
                }
                Err(Refused::TooLarge) => return Err(too_large(given)),
                Err(Refused::System(error)) => opened.problems.push(system(&given.join(&relative), &error)),
            }
        }
    }
    let more = opened.problems.len().saturating_sub(MOST_PROBLEMS);
    if more > 0 {
        opened.problems.truncate(MOST_PROBLEMS);
        opened.problems.push(unread(given, more));
    }
    Ok(opened)
}

enum Refused {
    TooLarge,
    System(std::io::Error),
}

fn read(path: &Path, left: u64) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(Refused::System)?;
    file.take(left + 1).read_to_end(&mut bytes).map_err(Refused::System)?;
    if bytes.len() as u64 > left { Err(Refused::TooLarge) } else { Ok(bytes) }
}

impl Opened {
    /// Writes files that were read anew. All of them are written beside their targets first and then put into place. Each file is always
    /// a whole one, and [`open`] undoes a change of several files that was interrupted.
    ///
    /// # Errors
    /// A file is no longer what was read, or cannot be written. Nothing is changed then, except by the one who changed it meanwhile.
    pub fn write(&mut self, changed: &Folder) -> Result<(), Problem> {
        let mut staged = Vec::new();
        for (path, bytes) in changed.iter() {
            let target = self.target(path)?;
            staged.push(Staged::new(&target, bytes).map_err(|error| unwritten(&target, &error))?);
        }
        // one file changes at once anyway
        let undo = match changed.iter().count() {
            0 | 1 => None,
            _ => Some(Undo::begin(&self.root, &self.folder, changed).map_err(|error| unwritten(&self.root, &error))?),
        };
        let mut placed: Vec<PathBuf> = Vec::new();
        for file in staged {
            let target = file.target().to_path_buf();
            if let Err(error) = file.commit() {
                self.restore(&placed);
                let _ = undo.map(Undo::end);
                return Err(unwritten(&target, &error));
            }
            placed.push(target);
        }
        undo.map_or(Ok(()), Undo::end).map_err(|error| unwritten(&self.root, &error))?;
        for (path, bytes) in changed.iter() {
            self.folder.insert(path, bytes);
        }
        Ok(())
    }

    /// Puts back what stood in files before, as well as it can be done.
    fn restore(&self, placed: &[PathBuf]) {
        for target in placed {
            let old = target.strip_prefix(&self.root).ok().and_then(Path::to_str).and_then(|path| self.folder.get(path));
            // the first error is the one to tell
            let _ = old.map(|old| Staged::new(target, old).and_then(Staged::commit));
        }
    }

    /// Where a file is written: an ordinary file inside the folder that still holds what was read.
    fn target(&self, path: &str) -> Result<PathBuf, Problem> {
        let target = self.root.join(path);
        let ordinary = fs::symlink_metadata(&target).is_ok_and(|metadata| metadata.is_file());
        let inside = fs::canonicalize(&target).is_ok_and(|real| real == target);
        let before = self.folder.get(path).unwrap_or_default();
        let same = || read(&target, before.len() as u64).is_ok_and(|now| now == before);
        if ordinary && inside && same() {
            return Ok(target);
        }
        let name = target.display();
        Err(Problem::new(
            Words::new(
                format!("{name} は読み取った後に変わったため、書き込みません"),
                format!("{name} changed after it was read and is not written"),
            ),
            Words::new("もう一度実行してください", "run it again"),
        ))
    }
}

/// Makes a folder with files, whole or not at all.
///
/// # Errors
/// Something stands there already, or it cannot be written.
pub fn create(given: &Path, folder: &Folder) -> Result<(), Problem> {
    let name = given.display();
    let there = given.is_dir();
    sweep(given, there);
    let occupied = match fs::symlink_metadata(given) {
        Ok(metadata) if metadata.is_dir() => fs::read_dir(given).map_err(|error| system(given, &error))?.next().is_some(),
        Ok(_) => true,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(error) => return Err(system(given, &error)),
    };
    if occupied {
        return Err(Problem::new(
            Words::new(format!("{name} はすでにあります"), format!("{name} is there already")),
            Words::new("まだないか、空のフォルダーを指定してください", "give a folder that does not exist or is empty"),
        ));
    }
    let parent = given.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !parent.is_dir() {
        let parent = parent.display();
        return Err(Problem::new(
            Words::new(
                format!("{name} を作れません。{parent} というフォルダーがありません"),
                format!("{name} cannot be made: there is no folder {parent}"),
            ),
            Words::new("先にそのフォルダーを作るか、別の場所を指定してください", "make that folder first, or give another place"),
        ));
    }
    let mut beside = unfinished(given);
    beside.push(format!("{}.new", std::process::id()));
    // somebody may stand in a folder that is there, so that it must stay the same one
    let new = if there { given.join(beside) } else { parent.join(beside) };
    let made = fs::create_dir(&new).and_then(|()| {
        // held until the folder is whole; where folders cannot be locked, what an interrupted run left stays
        let _lock = File::open(&new).and_then(|folder| folder.lock().map(|()| folder));
        for (path, bytes) in folder.iter() {
            let file = new.join(path);
            fs::create_dir_all(file.parent().unwrap_or(&new))?;
            fs::write(file, bytes)?;
        }
        if there { place(&new, given) } else { fs::rename(&new, given) }
    });
    made.map_err(|error| {
        // what is left of the attempt is of no use; the first error is the one to tell
        let _ = fs::remove_dir_all(&new);
        unwritten(given, &error)
    })
}

/// How the name of a folder begins that is being made for another: `.NAME.`, before the number of the process and `.new`.
fn unfinished(given: &Path) -> std::ffi::OsString {
    let mut name = std::ffi::OsString::from(".");
    name.push(given.file_name().unwrap_or_default());
    name.push(".");
    name
}

/// Removes what a killed run left of the same folder: nobody holds its lock any more.
fn sweep(given: &Path, there: bool) {
    let parent = given.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Some(lead) = unfinished(given).to_str().map(str::to_owned) else { return };
    let Ok(entries) = fs::read_dir(if there { given } else { parent }) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix(&lead)?.strip_suffix(".new"));
        let ours = number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
        let folder = ours && entry.file_type().is_ok_and(|kind| kind.is_dir());
        if folder && File::open(entry.path()).is_ok_and(|folder| folder.try_lock().is_ok()) {
            // what cannot be removed stands beside, and is in nobody's way
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Moves what was made into an empty folder, `plan.toml` last: without it the folder is no plan.
fn place(new: &Path, given: &Path) -> std::io::Result<()> {
    let mut names = fs::read_dir(new)?.map(|entry| entry.map(|entry| entry.file_name())).collect::<std::io::Result<Vec<_>>>()?;
    names.sort_by_key(|name| name == "plan.toml");
    for name in &names {
        fs::rename(new.join(name), given.join(name))?;
    }
    fs::remove_dir(new)
}

fn system(path: &Path, error: &std::io::Error) -> Problem {
    let name = path.display();
    match error.kind() {
        std::io::ErrorKind::NotFound => Problem::new(
            Words::new(format!("{name} が見つかりません"), format!("{name} does not exist")),
            Words::new("計画のフォルダーの名前と場所を確かめてください", "check the name and the place of the plan's folder"),
        ),
        std::io::ErrorKind::PermissionDenied => Problem::new(
            Words::new(format!("{name} を開く権限がありません"), format!("{name} may not be opened")),
            Words::new("アクセス権を確かめてください", "check its permissions"),
        ),
        _ => Problem::new(
            Words::new(format!("{name} を読み取れません（{error}）"), format!("{name} cannot be read ({error})")),
            Words::new("フォルダーを手元に複写してから、もう一度試してください", "copy the folder to a local disk and try again"),
        ),
    }
}

pub fn unwritten(path: &Path, error: &std::io::Error) -> Problem {
    let name = path.display();
    Problem::new(
        Words::new(format!("{name} に書き込めません（{error}）"), format!("{name} cannot be written ({error})")),
        Words::new("アクセス権と空き容量を確かめてください", "check the permissions and the space left"),
    )
}

fn too_large(path: &Path) -> Problem {
    let name = path.display();
    Problem::new(
        Words::new(format!("{name} は計画としては大きすぎます"), format!("{name} is larger than any plan")),
        Words::new(
            format!("計画のフォルダーそのものを指定してください（{MOST_FILES} ファイル、{} MB まで）", MOST_BYTES >> 20),
            format!("give the folder of the plan itself (at most {MOST_FILES} files and {} MB)", MOST_BYTES >> 20),
        ),
    )
}

fn unnamed(path: &Path) -> Problem {
    let name = path.display();
    Problem::new(
        Words::new(
            format!("{name} の名前は UTF-8 ではないので、読みません"),
            format!("the name of {name} is not UTF-8, and it is not read"),
        ),
        Words::new("a-z、0-9、- からなる名前に変えてください", "give it a name of a-z, 0-9 and -"),
    )
}

fn unread(path: &Path, more: usize) -> Problem {
    let name = path.display();
    Problem::new(
        Words::new(format!("{name} には、読めないものが他に {more} 件あります"), format!("{more} more things in {name} are not read")),
        Words::new("計画のフォルダーそのものか確かめてください", "check that it is the folder of a plan"),
    )
}

fn no_file(path: &Path, link: bool) -> Problem {
    let name = path.display();
    if link {
        return Problem::new(
            Words::new(format!("{name} はシンボリックリンクなので読みません"), format!("{name} is a symbolic link and is not followed")),
            Words::new("リンクの代わりにファイルそのものを置いてください", "put the file itself in its place"),
        );
    }
    Problem::new(
        Words::new(format!("{name} は通常のファイルではありません"), format!("{name} is no ordinary file")),
        Words::new("計画のフォルダーから取り除いてください", "take it out of the plan's folder"),
    )
}

/// A plan to compare or to ask: its source, how well it could be read, and its files, which no report may overwrite.
///
/// # Errors
/// The folder cannot be read, or it is no plan of this version of the language.
pub fn plan(given: &Path) -> Result<(plan::Plan, Outcome, Vec<PathBuf>), Problem> {
    let opened = open(given)?;
    let mut outcome = Outcome::Clean;
    for problem in &opened.problems {
        outcome = outcome.max(Outcome::failed(problem));
    }
    // what stands in the source and cannot be read does not depend on the day
    let checked = plan::check::check(&opened.folder, calendar::Date::constant(2026, 1, 1));
    let codes = |codes: &[&str]| checked.report.findings.iter().filter(|finding| codes.contains(&finding.code)).count();
    if codes(&[code::NOT_A_PLAN]) > 0 {
        return Err(no_plan(given));
    }
    if codes(&[code::OTHER_FORMAT]) > 0 {
        return Err(other_format(given));
    }
    let unread =
        codes(&[code::NOT_TEXT, code::SYNTAX_ERROR, code::FRONT_MATTER_BROKEN, code::UNKNOWN_FILE, code::UNKNOWN_KEY, code::WRONG_TYPE]);
    if unread > 0 {
        let name = given.display();
        crate::speech::tell(&Words::new(
            format!("注意: {name} には読めない箇所が {unread} 件あります。`mimamori check` で確かめてください"),
            format!("note: {unread} parts of {name} could not be read; `mimamori check` shows them"),
        ));
        outcome = outcome.max(Outcome::Findings);
    }
    Ok((checked.plan, outcome, files(given, &opened.folder)))
}

/// A fingerprint of a plan (FNV-1a, 64 bits): two revisions are told apart by it. It proves nothing against who wants to deceive.
pub fn fingerprint(folder: &Folder) -> String {
    folder.fingerprint()
}

/// The files of a plan as they are named to the system.
pub fn files(given: &Path, folder: &Folder) -> Vec<PathBuf> {
    folder.iter().map(|(path, _)| given.join(path)).collect()
}

/// A path in a plan as its user can open it.
pub fn path(given: &Path, path: &str) -> String {
    given.join(path).display().to_string()
}

/// The problem of a plan in a version of the language that this program does not know.
pub fn other_format(given: &Path) -> Problem {
    let name = given.display();
    Problem::new(
        Words::new(format!("{name} は別の版の言語で書かれています"), format!("{name} is written in another version of the language")),
        Words::new("`mimamori check` で詳しく示します", "`mimamori check` tells more"),
    )
}

/// The problem of a folder without `plan.toml`.
pub fn no_plan(given: &Path) -> Problem {
    let name = given.display();
    Problem::new(
        Words::new(format!("{name} に plan.toml がありません"), format!("there is no plan.toml in {name}")),
        Words::new(
            "計画のフォルダーを指定してください。新しい計画は `mimamori new` で作れます",
            "give the folder of a plan; `mimamori new` begins one",
        ),
    )
}
