//! Names of files as URIs.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use lsp_types::Uri;

/// The file that a URI names; `None` for anything that is no local file.
pub fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    let rest = rest.split(['?', '#']).next()?;
    let encoded = rest.strip_prefix("localhost").unwrap_or(rest);
    let decoded = decode(encoded.strip_prefix('/')?)?;
    // on Windows the path begins with its drive, c:/plan; elsewhere with a slash
    let path = if cfg!(windows) { PathBuf::from(decoded) } else { PathBuf::from(format!("/{decoded}")) };
    path.is_absolute().then_some(path)
}

/// The URI of a file; `None` if its name is no text.
pub fn uri(path: &Path) -> Option<Uri> {
    let text = path.to_str()?.replace('\\', if cfg!(windows) { "/" } else { "\\" });
    let mut uri = String::from(if text.starts_with('/') { "file://" } else { "file:///" });
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    Uri::from_str(&uri).ok()
}

/// Bytes for `%E4`; `None` if they are no text or a null.
fn decode(encoded: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
        let (high, low) = (digit()?, digit()?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_go_there_and_back() {
        for name in ["/計画/見本 1/plan.toml", "/a%b#c?d/concerns/x.md", "/𠮟/[x].md", "/"] {
            let uri = uri(Path::new(name)).unwrap();
            assert_eq!(path(&uri).as_deref(), Some(Path::new(name)), "{}", uri.as_str());
        }
    }

    #[test]
    fn what_names_no_local_file_is_none() {
        for text in
            ["untitled:Untitled-1", "https://example.org/plan.toml", "file://server/share/plan.toml", "file:///a%00b", "file:///a%ff"]
        {
            assert_eq!(path(&Uri::from_str(text).unwrap()), None, "{text}");
        }
        let local = Uri::from_str("file://localhost/a/plan.toml").unwrap();
        assert_eq!(path(&local).as_deref(), Some(Path::new("/a/plan.toml")));
    }
}
