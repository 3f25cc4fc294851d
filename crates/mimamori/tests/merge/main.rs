//! `mimamori merge` from the outside: Word files as Word and LibreOffice hand them back.

#![expect(clippy::unwrap_used, reason = "a test")]

mod edits;
mod strange;

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use zip::write::SimpleFileOptions;

/// A copy of the invented example, and the Word file that was built from it. Gone when it is dropped.
pub struct Desk(PathBuf);

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Desk {
    /// A desk of its own for each test.
    pub fn new(name: &str) -> Self {
        let desk = Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("merge-{name}")));
        let _ = fs::remove_dir_all(&desk.0);
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/mihon");
        copy(&example, &desk.0.join("plan"));
        let built = desk.run(&["build", "plan", "--format", "docx", "-o", "built", "--as-of", "2026-04-01"]);
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        desk
    }

    /// A path on the desk.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The file that was built.
    pub fn built(&self) -> Vec<u8> {
        fs::read(self.path("built/m1-11-j-rmp.docx")).unwrap()
    }

    /// Runs the program.
    pub fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_mimamori")).current_dir(&self.0).args(arguments).arg("--lang=ja").output().unwrap()
    }

    /// Hands back a file whose text was changed, and gives what is listed and said.
    pub fn merge(&self, change: impl Fn(&str) -> String, more: &[&str]) -> (Option<i32>, String, String) {
        fs::write(self.path("back.docx"), changed(&self.built(), "word/document.xml", change)).unwrap();
        self.merge_file("back.docx", more)
    }

    /// Merges a file.
    pub fn merge_file(&self, file: &str, more: &[&str]) -> (Option<i32>, String, String) {
        let mut arguments = vec!["merge", "plan", file];
        arguments.extend(more);
        let output = self.run(&arguments);
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    /// A file of the plan.
    pub fn source(&self, file: &str) -> String {
        fs::read_to_string(self.path("plan").join(file)).unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A package with one part changed, or left out if nothing stays of it.
pub fn changed(bytes: &[u8], part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..package.len() {
        let mut file = package.by_index(index).unwrap();
        let name = file.name().unwrap().to_string();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        if name == part {
            content = change(std::str::from_utf8(&content).unwrap()).into_bytes();
            if content.is_empty() {
                continue;
            }
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// The text with the first of some words replaced; they must be there.
pub fn replaced(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "no {old}");
    text.replacen(old, new, 1)
}
