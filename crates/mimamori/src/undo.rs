//! What keeps a change of several files whole: their old state is kept beside them until all are in place, and the next command
//! that reads the folder puts it back if the change was interrupted.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use plan::Folder;

use crate::delivery::Staged;

/// The folder of the record, in the folder of the plan.
const RECORD: &str = ".mimamori-undo";
/// Locked while the change is being made, so that nobody undoes it meanwhile.
const LOCK: &str = "lock";
/// The files as they were.
const OLD: &str = "old";
/// The files as they are to be: what somebody else wrote since is not touched.
const NEW: &str = "new";

/// The record of a change that is being made.
pub struct Undo {
    record: PathBuf,
    lock: File,
}

impl Undo {
    /// Keeps what the files hold now and what they will hold.
    ///
    /// # Errors
    /// It cannot be written, or another change is being made; nothing is left of the attempt.
    pub fn begin(root: &Path, old: &Folder, new: &Folder) -> io::Result<Self> {
        let record = root.join(RECORD);
        let unfinished = root.join(format!("{RECORD}.{}.new", std::process::id()));
        let made = fs::create_dir(&unfinished).and_then(|()| {
            let lock = File::create_new(unfinished.join(LOCK))?;
            lock.lock()?;
            for (path, bytes) in new.iter() {
                keep(&unfinished.join(OLD).join(path), old.get(path).unwrap_or_default())?;
                keep(&unfinished.join(NEW).join(path), bytes)?;
            }
            // a record that is there is of a change under way: the reading before has undone any other
            fs::rename(&unfinished, &record)?;
            sync(root)?;
            Ok(lock)
        });
        match made {
            Ok(lock) => Ok(Self { record, lock }),
            Err(error) => {
                // the first error is the one to tell
                let _ = fs::remove_dir_all(&unfinished);
                Err(error)
            }
        }
    }

    /// The change is whole, or was put back: the record goes.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn end(self) -> io::Result<()> {
        drop_record(&self.record)?;
        drop(self.lock);
        Ok(())
    }
}

/// Puts back the files of a change that was interrupted. Returns how many; none where nothing was, or where the change is still being
/// made by another program.
///
/// # Errors
/// A file cannot be put back; the record stays, for another attempt.
pub fn recover(root: &Path) -> io::Result<usize> {
    let record = root.join(RECORD);
    if !fs::symlink_metadata(&record).is_ok_and(|metadata| metadata.is_dir()) {
        return Ok(0);
    }
    // one that lies elsewhere is not ours
    let Ok(lock) = File::open(record.join(LOCK)) else { return Ok(0) };
    match lock.try_lock() {
        Ok(()) => {}
        Err(fs::TryLockError::WouldBlock) => return Ok(0),
        Err(fs::TryLockError::Error(error)) => return Err(error),
    }
    let mut put_back = 0;
    let mut open = vec![PathBuf::new()];
    while let Some(folder) = open.pop() {
        let entries = match fs::read_dir(record.join(OLD).join(&folder)) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            let kind = entry.file_type()?;
            if kind.is_dir() {
                open.push(path);
            } else if kind.is_file() {
                put_back += usize::from(put_back_one(root, &record, &path)?);
            }
        }
    }
    drop_record(&record)?;
    Ok(put_back)
}

/// Puts one file back, unless it is an old one, somebody wrote it since, or it is none of the plan's own.
fn put_back_one(root: &Path, record: &Path, path: &Path) -> io::Result<bool> {
    let target = root.join(path);
    let inside = fs::canonicalize(&target).is_ok_and(|real| real == target) && target.is_file();
    if !inside || fs::read(&target)? != fs::read(record.join(NEW).join(path))? {
        return Ok(false);
    }
    Staged::new(&target, &fs::read(record.join(OLD).join(path))?)?.commit()?;
    Ok(true)
}

fn keep(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    fs::write(path, bytes)?;
    File::open(path)?.sync_all()
}

/// Removes a record at once, so that half of one is never taken for one.
fn drop_record(record: &Path) -> io::Result<()> {
    let gone = record.with_file_name(format!("{RECORD}.{}.gone", std::process::id()));
    fs::rename(record, &gone)?;
    fs::remove_dir_all(gone)
}

fn sync(folder: &Path) -> io::Result<()> {
    // not every system opens folders
    File::open(folder).map_or(Ok(()), |folder| folder.sync_all().or(Ok(())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str, files: &[(&str, &str)]) -> (PathBuf, Folder) {
        let root = fs::canonicalize(std::env::temp_dir()).unwrap().join(format!("mimamori-undo-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let mut folder = Folder::new();
        for (path, text) in files {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), text).unwrap();
            folder.insert(*path, text.as_bytes());
        }
        (root, folder)
    }

    fn text(root: &Path, path: &str) -> String {
        fs::read_to_string(root.join(path)).unwrap()
    }

    #[test]
    fn a_change_that_was_interrupted_is_put_back() {
        let (root, old) = folder("interrupted", &[("plan.toml", "a"), ("concerns/x.md", "b"), ("concerns/y.md", "c")]);
        let mut new = Folder::new();
        for (path, text) in [("plan.toml", "A"), ("concerns/x.md", "B"), ("concerns/y.md", "C")] {
            new.insert(path, text.as_bytes());
        }
        let undo = Undo::begin(&root, &old, &new).unwrap();
        fs::write(root.join("plan.toml"), "A").unwrap();
        // somebody typed meanwhile
        fs::write(root.join("concerns/x.md"), "mine").unwrap();
        assert_eq!(recover(&root).unwrap(), 0, "it is still being made");
        assert_eq!(text(&root, "plan.toml"), "A");
        // the program dies: its lock goes, the record stays
        drop(undo.lock);
        assert_eq!(recover(&root).unwrap(), 1);
        assert_eq!(text(&root, "plan.toml"), "a");
        assert_eq!(text(&root, "concerns/x.md"), "mine");
        assert_eq!(text(&root, "concerns/y.md"), "c");
        assert_eq!(recover(&root).unwrap(), 0);
        assert_eq!(fs::read_dir(&root).unwrap().count(), 2, "nothing is left of the record");
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_change_that_is_whole_stays() {
        let (root, old) = folder("whole", &[("plan.toml", "a"), ("x.md", "b")]);
        let mut new = Folder::new();
        new.insert("plan.toml", b"A".as_slice());
        let undo = Undo::begin(&root, &old, &new).unwrap();
        fs::write(root.join("plan.toml"), "A").unwrap();
        undo.end().unwrap();
        assert_eq!(recover(&root).unwrap(), 0);
        assert_eq!(text(&root, "plan.toml"), "A");
        fs::remove_dir_all(root).unwrap();
    }
}
