//! Which revision a plan's folder was made from: a line in a hidden file of the folder, which goes with its copies.

use std::fs;
use std::path::Path;

const FILE: &str = ".revision";

/// The product of this organisation and its revision that a folder was made from, if it says so.
pub fn of(folder: &Path, organisation: &str) -> Option<(String, u32)> {
    let text = fs::read_to_string(folder.join(FILE)).ok()?;
    let mut words = text.split_whitespace();
    let ours = words.next() == Some(organisation);
    let product = words.next().filter(|_| ours)?.to_owned();
    Some((product, words.next()?.parse().ok()?))
}

/// Notes it.
///
/// # Errors
/// The folder cannot be written; who goes on from it says the revision with `--from`.
pub fn note(folder: &Path, organisation: &str, product: &str, revision: u32) -> std::io::Result<()> {
    fs::write(folder.join(FILE), format!("{organisation} {product} {revision}\n"))
}
