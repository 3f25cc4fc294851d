//! Takes the example plans into the program: the invented world of `mimamori demo` is furnished with them.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").canonicalize()?;
    let mut text = String::from("[");
    for name in ["mihon", "rituximab"] {
        let folder = examples.join(name);
        println!("cargo:rerun-if-changed={}", folder.display());
        let mut files = Vec::new();
        collect(&folder, &mut files)?;
        files.sort();
        for file in files {
            let path = file.strip_prefix(&examples).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            let _ = write!(text, "({path:?}, include_str!({:?})),", file.display().to_string());
        }
    }
    text.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("examples.rs"), text)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "toml" || ending == "md") {
            files.push(path);
        }
    }
    Ok(())
}
