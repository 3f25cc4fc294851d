//! Plans for tests: the examples, and examples with something changed.

#![allow(dead_code, clippy::unwrap_used, reason = "a part of several tests")]

pub mod generated;
pub mod large;

use std::path::{Path, PathBuf};

use plan::Folder;
use proptest::prelude::*;

/// Every plan in `examples/`.
pub fn all() -> Vec<(String, Folder)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut all = Vec::new();
    for entry in std::fs::read_dir(root).unwrap() {
        let root = entry.unwrap().path();
        if root.join("plan.toml").is_file() {
            all.push((root.file_name().unwrap().to_str().unwrap().to_owned(), folder(&root)));
        }
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

/// The plan in `examples/minimal`.
pub fn minimal() -> Folder {
    example("minimal")
}

/// The plan in a folder of `examples/`.
pub fn example(name: &str) -> Folder {
    folder(&place(name))
}

/// Where the plan of that name stands.
pub fn place(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

/// The plan in a folder on the disk.
pub fn folder(root: &Path) -> Folder {
    let mut folder = Folder::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(directory) = open.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                folder.insert(path.strip_prefix(root).unwrap().to_str().unwrap(), std::fs::read(&path).unwrap());
            }
        }
    }
    folder
}

/// An edit: where, how many bytes go, and what comes.
pub type Edit = (prop::sample::Index, usize, String);

/// Some edits with what a hand at the keyboard leaves.
pub fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let word = prop::sample::select(vec![
        "",
        "\n",
        " ",
        "\"",
        "'",
        "'''",
        "\"\"\"",
        "#",
        "# 理由\n",
        "[",
        "]",
        "[[",
        "]]\n",
        "{",
        "}",
        ",",
        "=",
        "1",
        "2026-02-28",
        "true",
        "\\",
        "。",
        "感染症",
        "name = \"a\"\n",
        "id = 3\n",
        "# note\n",
        " # note",
        "\n\n",
        "\r\n",
        "[period]\n",
        "[[milestone]]\n",
        "[[study]]\n",
        "+++\n",
        "\t",
        "  \n",
        ".",
        "a.b = 1\n",
        "{{ 3/84 MHN-301:本剤群 }}",
        "**",
        "`",
        "<!--",
        "-->",
        "<!-- 要確認\n# 監視\n-->",
        "\u{feff}",
        "\u{3000}",
    ]);
    prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, word.prop_map(str::to_owned)), 0..4)
}

/// A text with edits, whole characters kept.
pub fn edited(text: &str, edits: &[Edit]) -> String {
    let mut text = text.to_owned();
    for (at, length, word) in edits {
        let start = text.floor_char_boundary(at.index(text.len() + 1));
        let end = text.ceil_char_boundary((start + length).min(text.len()));
        text.replace_range(start..end, word);
    }
    text
}

/// One file of a plan, edited.
pub fn file_of(folder: &Folder, which: usize, edits: &[Edit]) -> (String, Vec<u8>) {
    let files: Vec<_> = folder.iter().collect();
    let (path, bytes) = files[which % files.len()];
    (path.to_owned(), edited(std::str::from_utf8(bytes).unwrap(), edits).into_bytes())
}
