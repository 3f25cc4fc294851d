//! Documents from files and from the standard input.

use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io::Read;
use std::path::Path;

use diagnostic::{Problem, Words};
use published::input::{LARGEST, Unreadable, unreadable::Limit};
use published::model::Published;

/// The name that stands for the standard input.
pub const STANDARD_INPUT: &str = "-";

/// Reads a plan.
///
/// # Errors
/// The file cannot be opened, is no file, is too large, or is no plan that can be read.
pub fn plan(path: &Path) -> Result<Published, Problem> {
    let name = if path.as_os_str() == STANDARD_INPUT { "stdin".to_owned() } else { path.display().to_string() };
    let bytes = bytes(path).map_err(|refused| refused.problem(&name))?;
    let read = guarded(&name, || published::read::document(&name, &bytes))?;
    read.map_err(|unreadable| Refused::Unreadable(unreadable).problem(&name))
}

/// The parts of a Word file whose names are wanted, as text.
///
/// # Errors
/// As of [`plan()`]: the file cannot be opened, or is no Word file.
pub fn unpacked(path: &Path, wanted: impl Fn(&str) -> bool) -> Result<BTreeMap<String, String>, Problem> {
    let name = path.display().to_string();
    let bytes = bytes(path).map_err(|refused| refused.problem(&name))?;
    published::input::docx::unpack(&bytes, wanted).map_err(|unreadable| Refused::Unreadable(unreadable).problem(&name))
}

/// Does something with a document: a fault of this program in one that nobody has seen must not take the other files with it.
///
/// # Errors
/// It panicked.
pub fn guarded<T>(name: &str, work: impl FnOnce() -> T) -> Result<T, Problem> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).map_err(|_| fault(name))
}

enum Refused {
    Folder,
    NoFile,
    Empty,
    System(std::io::Error),
    Unreadable(Unreadable),
}

/// Reads a text in UTF-8 that goes with a command, such as the settings of an organisation.
///
/// # Errors
/// The file cannot be read, or is no such text.
pub fn text(path: &Path) -> Result<String, Problem> {
    let name = path.display().to_string();
    let no_text = || {
        Problem::new(
            Words::new(format!("{name} は UTF-8 の文書ではありません"), format!("{name} is no text in UTF-8")),
            Words::new("UTF-8 のテキストファイルを指定してください", "give a text file in UTF-8"),
        )
    };
    match bytes(path) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| no_text()),
        Err(Refused::Folder | Refused::Empty) => Err(no_text()),
        Err(refused) => Err(refused.problem(&name)),
    }
}

/// Reads a file of any kind, whole.
///
/// # Errors
/// It cannot be read, is no file, empty or too large.
pub fn file(path: &Path) -> Result<Vec<u8>, Problem> {
    bytes(path).map_err(|refused| refused.problem(&path.display().to_string()))
}

fn bytes(path: &Path) -> Result<Vec<u8>, Refused> {
    if path.as_os_str() == STANDARD_INPUT {
        return bounded(std::io::stdin().lock(), 0);
    }
    let before = std::fs::metadata(path).map_err(Refused::System)?;
    // asked before it is opened, because opening a pipe waits for its other end
    ordinary(&before)?;
    let file = File::open(path).map_err(Refused::System)?;
    let metadata = file.metadata().map_err(Refused::System)?;
    ordinary(&metadata)?;
    if metadata.len() > LARGEST as u64 {
        return Err(Refused::too_large());
    }
    bounded(file, usize::try_from(metadata.len()).unwrap_or(0))
}

fn ordinary(metadata: &Metadata) -> Result<(), Refused> {
    if metadata.is_dir() {
        Err(Refused::Folder)
    } else if metadata.is_file() {
        Ok(())
    } else {
        Err(Refused::NoFile)
    }
}

/// Reads at most as much as is read at all, for what grows while it is read and for the standard input.
fn bounded(source: impl Read, expected: usize) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::with_capacity(expected);
    source.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(Refused::System)?;
    match bytes.len() {
        0 => Err(Refused::Empty),
        1..=LARGEST => Ok(bytes),
        _ => Err(Refused::too_large()),
    }
}

impl Refused {
    fn too_large() -> Self {
        Self::Unreadable(Unreadable::TooLarge { limit: Limit::Bytes(LARGEST as u64) })
    }

    fn problem(&self, name: &str) -> Problem {
        match self {
            Self::Folder => Problem::new(
                Words::new(format!("{name} はフォルダーです"), format!("{name} is a folder")),
                Words::new("計画書のファイルを指定してください（複数可）", "give the files of the plans; there may be several"),
            ),
            Self::NoFile => Problem::new(
                Words::new(format!("{name} は通常のファイルではありません"), format!("{name} is no ordinary file")),
                Words::new("パイプから読むときは - を指定してください", "to read from a pipe, give - instead"),
            ),
            Self::Empty => Problem::new(
                Words::new(format!("{name} は空です"), format!("{name} is empty")),
                Words::new("計画書のファイルを入手し直してください", "fetch the file of the plan again"),
            ),
            Self::System(error) if error.kind() == std::io::ErrorKind::NotFound => Problem::new(
                Words::new(format!("{name} が見つかりません"), format!("{name} does not exist")),
                Words::new("ファイル名と場所を確かめてください", "check the name and the folder"),
            ),
            Self::System(error) if error.kind() == std::io::ErrorKind::PermissionDenied => Problem::new(
                Words::new(format!("{name} を開く権限がありません"), format!("{name} may not be opened")),
                Words::new("ファイルのアクセス権を確かめてください", "check the permissions of the file"),
            ),
            Self::System(error) => {
                let cause = crate::delivery::cause(error);
                Problem::new(
                    Words::new(format!("{name} を読み取れません（{}）", cause.ja), format!("{name} cannot be read ({})", cause.en)),
                    Words::new("ファイルを手元に複写してから、もう一度試してください", "copy the file to a local disk and try again"),
                )
            }
            Self::Unreadable(unreadable) => unreadable.problem(name),
        }
    }
}

fn fault(name: &str) -> Problem {
    Problem::new(
        Words::new(format!("{name} を扱う途中で、プログラムの不具合が起きました"), format!("a fault of this program stopped it at {name}")),
        Words::new(
            "別の形式（.docx、テキスト）で試し、できればファイルを添えて不具合を報告してください",
            "try another form of the document (.docx, text), and report the fault, with the file if you may",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_says_what_to_do() {
        let damaged = Unreadable::Damaged("no cross-reference table".to_owned());
        let large = Unreadable::TooLarge { limit: Limit::Pages(10) };
        let all = [
            Unreadable::NotThisFormat,
            Unreadable::NotText,
            Unreadable::NotAPlan,
            Unreadable::OldWord,
            Unreadable::Encrypted,
            Unreadable::NoText,
            damaged,
            large,
        ];
        for unreadable in all {
            let problem = Refused::Unreadable(unreadable.clone()).problem("plan.pdf");
            for words in [&problem.message, &problem.hint] {
                assert!(!words.ja.is_empty() && !words.en.is_empty() && !words.ja.ends_with('。'), "{unreadable:?}: {words:?}");
            }
        }
    }
}
