//! Which revision a plan's folder was made from: a line in a hidden file of the folder, which goes with its copies.

use std::fs;
use std::path::Path;

const FILE: &str = ".revision";

/// The revision of a product of this organisation that a folder was made from, if it says one.
pub fn of(folder: &Path, organisation: &str, product: &str) -> Option<u32> {
    let text = fs::read_to_string(folder.join(FILE)).ok()?;
    let mut words = text.split_whitespace();
    let ours = words.next() == Some(organisation) && words.next() == Some(product);
    words.next().filter(|_| ours)?.parse().ok()
}

/// Notes it.
///
/// # Errors
/// The folder cannot be written; who goes on from it says the revision with `--from`.
pub fn note(folder: &Path, organisation: &str, product: &str, revision: u32) -> std::io::Result<()> {
    fs::write(folder.join(FILE), format!("{organisation} {product} {revision}\n"))
}
