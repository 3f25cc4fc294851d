//! A journal in a file that is not whole yet, beside where it belongs; gone if it does not become so.

use std::fs::File;
use std::path::{Path, PathBuf};

use diagnostic::Problem;

use crate::folder::unwritten;

/// How the name of such a file ends.
const ENDING: &str = ".partial";

/// A file that is not whole yet.
#[derive(Debug)]
pub struct Partial(PathBuf);

impl Partial {
    /// One of this program alone.
    pub fn beside(file: &Path) -> Self {
        let mut name = prefix(file);
        name.push(format!("{}{ENDING}", std::process::id()));
        Self(file.with_file_name(name))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Puts it in its place, durably.
    ///
    /// # Errors
    /// It cannot be put there.
    pub fn keep_as(self, file: &Path) -> Result<(), Problem> {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(&self.0)
            .and_then(|partial| {
                // everything is in it, also what is personal
                #[cfg(unix)]
                partial.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
                partial.sync_all()
            })
            .and_then(|()| std::fs::rename(&self.0, file))
            .and_then(|()| File::open(folder)?.sync_all())
            .map_err(|error| unwritten(file, &error))
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm", "-journal"] {
            let mut name = self.0.as_os_str().to_owned();
            name.push(ending);
            let _ = std::fs::remove_file(name);
        }
    }
}

/// Whether a name is that of a file which a program that was killed left on its way to becoming `file`.
pub fn is_left_of(name: &std::ffi::OsStr, file: &Path) -> bool {
    let (name, prefix) = (name.to_string_lossy(), prefix(file));
    let rest = name.strip_prefix(&*prefix.to_string_lossy());
    let rest = rest.map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.is_some_and(|rest| [ENDING, ".partial-wal", ".partial-shm", ".partial-journal"].contains(&rest))
}

fn prefix(file: &Path) -> std::ffi::OsString {
    let mut name = std::ffi::OsString::from(".");
    name.push(file.file_name().unwrap_or_default());
    name.push(".");
    name
}
