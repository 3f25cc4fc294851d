//! Writing to the standard output and to files.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use diagnostic::{Problem, Words};

use crate::intake::STANDARD_INPUT;
use crate::speech;

/// Where the result of a command goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// The standard output.
    Standard,
    /// A file, written whole or not at all.
    File(PathBuf),
}

impl Destination {
    /// The destination asked for.
    ///
    /// # Errors
    /// It is one of the files that are read or in a folder that is, or a folder, or its folder does not exist.
    pub fn of(output: Option<&Path>, inputs: &[PathBuf]) -> Result<Self, Problem> {
        let Some(output) = output.filter(|output| output.as_os_str() != STANDARD_INPUT) else { return Ok(Self::Standard) };
        let name = output.display();
        // through links, so that the file they lead to is compared and replaced, and not the link
        let whole = |path: &Path| std::fs::canonicalize(path).ok();
        let beside = || Some(whole(output.parent()?)?.join(output.file_name()?));
        let target = whole(output).or_else(beside).unwrap_or_else(|| output.to_path_buf());
        if let Some(folder) = inputs.iter().filter_map(|input| whole(input)).find(|input| input.is_dir() && target.starts_with(input)) {
            let folder = folder.display();
            return Err(Problem::new(
                Words::new(
                    format!("{name} は記録のフォルダー {folder} の中にあるので、書き込みません"),
                    format!("{name} is in the folder of the record, {folder}, and is not written"),
                ),
                Words::new("-o に別の場所を指定してください", "give another place after -o"),
            ));
        }
        if inputs.iter().any(|input| std::fs::canonicalize(input).is_ok_and(|input| input == target)) {
            return Err(Problem::new(
                Words::new(
                    format!("{name} は点検する文書そのものなので、上書きしません"),
                    format!("{name} is the document itself and is not overwritten"),
                ),
                Words::new("-o に別のファイル名を指定してください", "give another file after -o"),
            ));
        }
        if target.is_dir() {
            return Err(Problem::new(
                Words::new(format!("{name} はフォルダーです"), format!("{name} is a folder")),
                Words::new("-o にファイル名まで指定してください", "give the name of a file after -o"),
            ));
        }
        Ok(Self::File(target))
    }

    /// True for a file.
    #[must_use]
    pub fn is_file(&self) -> bool {
        matches!(self, Self::File(_))
    }

    /// Writes all of a text. A reader that goes away early, as `head` does, is no mistake.
    ///
    /// # Errors
    /// The text could not be written; a file that stood there before is unchanged.
    pub fn write(&self, text: &str) -> Result<(), Problem> {
        match self {
            Self::Standard => {
                let mut out = std::io::stdout().lock();
                match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
                    Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(failed("標準出力", "the standard output", &error)),
                    _ => Ok(()),
                }
            }
            Self::File(path) => {
                let name = path.display().to_string();
                file(path, text.as_bytes()).map_err(|error| failed(&name, &name, &error))?;
                speech::tell(&Words::new(format!("{name} に書き込みました"), format!("written to {name}")));
                Ok(())
            }
        }
    }
}

fn failed(japanese: &str, english: &str, error: &std::io::Error) -> Problem {
    let cause = cause(error);
    Problem::new(
        Words::new(format!("{japanese} に書き込めません（{}）", cause.ja), format!("{english} cannot be written ({})", cause.en)),
        Words::new(
            "保存先のフォルダーの有無、アクセス権と空き容量を確かめてください",
            "check that the folder exists, its permissions and the space left",
        ),
    )
}

/// What the system says of an error, in both languages where its Japanese is known.
pub fn cause(error: &std::io::Error) -> Words {
    let english = error.to_string();
    let japanese = match error.kind() {
        ErrorKind::NotFound => "ファイルかフォルダーがありません",
        ErrorKind::PermissionDenied => "権限がありません",
        ErrorKind::IsADirectory => "フォルダーです",
        ErrorKind::NotADirectory => "途中の名前がフォルダーではありません",
        ErrorKind::StorageFull => "空き容量がありません",
        ErrorKind::ReadOnlyFilesystem => "書き込みのできない場所です",
        ErrorKind::InvalidFilename => "使えないファイル名です",
        ErrorKind::AlreadyExists => "同じ名前のファイルがあります",
        ErrorKind::FileTooLarge => "ファイルが大きすぎます",
        ErrorKind::QuotaExceeded => "割り当てられた容量を超えます",
        _ => &english,
    };
    Words::new(japanese.to_owned(), english.clone())
}

/// Writes beside the target and renames, so that nobody ever sees half a file. What is no ordinary file, such as a device, is
/// written to as it is.
fn file(target: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if std::fs::metadata(target).is_ok_and(|metadata| !metadata.is_file()) {
        return OpenOptions::new().write(true).open(target)?.write_all(bytes);
    }
    Staged::new(target, bytes)?.commit()
}

/// A file that is written beside its target and not yet in its place. Dropped, it is gone.
pub struct Staged {
    new: Option<PathBuf>,
    target: PathBuf,
}

impl Staged {
    /// Writes bytes beside a target, with the target's permissions.
    ///
    /// # Errors
    /// They cannot be written; nothing is left of them.
    pub fn new(target: &Path, bytes: &[u8]) -> std::io::Result<Self> {
        Self::with(OpenOptions::new().write(true).create_new(true), target, bytes)
    }

    /// The same, for nobody else to read.
    ///
    /// # Errors
    /// As [`Staged::new`].
    pub fn secret(target: &Path, bytes: &[u8]) -> std::io::Result<Self> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Self::with(&options, target, bytes)
    }

    fn with(options: &OpenOptions, target: &Path, bytes: &[u8]) -> std::io::Result<Self> {
        let mut name = std::ffi::OsString::from(".");
        name.push(target.file_name().ok_or(ErrorKind::InvalidInput)?);
        name.push(format!(".{}.new", std::process::id()));
        let new = target.with_file_name(name);
        let mut out = options.open(&new)?;
        // from here on the file is ours to remove
        let staged = Self { new: Some(new), target: target.to_path_buf() };
        out.write_all(bytes)?;
        if let Ok(metadata) = std::fs::metadata(target) {
            out.set_permissions(metadata.permissions())?;
        }
        out.sync_all()?;
        Ok(staged)
    }

    /// Where it belongs.
    #[must_use]
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// It cannot be put there; what stood there before is unchanged.
    pub fn commit(mut self) -> std::io::Result<()> {
        if let Some(new) = &self.new {
            std::fs::rename(new, &self.target)?;
        }
        self.new = None;
        sync_folder(&self.target)
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if let Some(new) = &self.new {
            // what is left of the attempt is of no use; the first error is the one to tell
            let _ = std::fs::remove_file(new);
        }
    }
}

/// Makes the new name last, where folders can be synchronised.
fn sync_folder(target: &Path) -> std::io::Result<()> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // not every system opens folders; the file itself is safe by now
    File::open(folder).map_or(Ok(()), |folder| folder.sync_all().or(Ok(())))
}
