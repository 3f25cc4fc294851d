//! A record with the people a test needs: an administrator with a password, and a safety manager.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The administrator's password.
pub const PASSWORD: &str = "correct horse battery";

/// The code that an administrator hands on: a line of its own.
pub fn code(told: &str) -> &str {
    told.lines().find(|line| line.len() == 16 && line.bytes().all(|byte| byte.is_ascii_alphanumeric())).unwrap_or_else(|| panic!("{told}"))
}

/// Runs the program with something typed.
pub fn typing(folder: &Path, typed: &str, arguments: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mimamori"))
        .args(arguments)
        .args(["--lang", "en"])
        .env("TZ", "Asia/Tokyo")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // a command that asks for nothing reads nothing
    let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
    child.wait_with_output().unwrap()
}

/// The same, which must succeed: what is told.
pub fn typed(folder: &Path, typed: &str, arguments: &[&str]) -> String {
    let output = typing(folder, typed, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Begins a record in `data`: the administrator `admin` has a password.
pub fn begin(folder: &Path, options: &[&str]) {
    let init = [&["init", "data", "--organisation", "見本バイオ製薬", "--name", "管理 太郎", "--as", "admin"], options].concat();
    let told = typed(folder, "", &init);
    typed(folder, &format!("{}\n{PASSWORD}\n{PASSWORD}\n", code(&told)), &["password", "data", "--as", "admin"]);
}

/// Makes a person known and gives them a role: the code with which they set a password.
pub fn employ(folder: &Path, person: &str, name: &str, role: &str) -> String {
    let told = typed(folder, &format!("{PASSWORD}\n"), &["person", "data", person, "--name", name, "--as", "admin"]);
    typed(folder, &format!("{PASSWORD}\n"), &["role", "data", person, role, "--as", "admin"]);
    code(&told).to_owned()
}
