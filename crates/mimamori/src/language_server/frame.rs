//! Messages as they come over the line: a header with the length, then JSON.

use std::io::{BufRead, Read};

use lsp_server::Message;

/// The longest message that is read, in bytes: as much as a whole plan may have. A longer one is passed over.
const LONGEST: u64 = 64 << 20;
/// The longest header line.
const LONGEST_LINE: u64 = 4096;

/// What came.
#[derive(Debug)]
pub enum Frame {
    /// A message.
    Message(Message),
    /// Something in a frame that is no message, or too long.
    Unreadable,
}

/// Reads the next frame; `None` at the end of the input, or where no more frames can be told apart.
pub fn read(input: &mut impl BufRead) -> Option<Frame> {
    let mut length: Option<u64> = None;
    loop {
        let mut line = Vec::new();
        input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).ok()?;
        let line = line.strip_suffix(b"\n")?;
        let line = std::str::from_utf8(line.strip_suffix(b"\r").unwrap_or(line)).ok()?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':')?;
        if name.trim().eq_ignore_ascii_case("content-length") {
            length = Some(value.trim().parse().ok()?);
        }
    }
    let length = length?;
    let mut body = input.take(length);
    if length > LONGEST {
        let passed = std::io::copy(&mut body, &mut std::io::sink()).ok()?;
        return (passed == length).then_some(Frame::Unreadable);
    }
    let mut bytes = Vec::new();
    body.read_to_end(&mut bytes).ok()?;
    if bytes.len() as u64 != length {
        return None;
    }
    Some(serde_json::from_slice(&bytes).map_or(Frame::Unreadable, Frame::Message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(mut input: &[u8]) -> Vec<Frame> {
        std::iter::from_fn(|| read(&mut input)).collect()
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn a_bad_message_does_not_spoil_the_next() {
        let exit = framed(r#"{"jsonrpc":"2.0","method":"exit"}"#);
        for bad in ["{", "[]", "null", "見本", r#"{"id":1.5}"#, &"[".repeat(10_000)] {
            let found = frames(format!("{}{exit}", framed(bad)).as_bytes());
            assert!(matches!(found.as_slice(), [Frame::Unreadable, Frame::Message(Message::Notification(_))]), "{bad:.20} {found:?}");
        }
    }

    #[test]
    fn what_is_no_frame_ends_the_input() {
        for bad in
            ["", "Content-Length: x\r\n\r\n{}", "Content-Length: 99\r\n\r\n{}", "Content-Length: 99999999999999\r\n\r\n{}", "\r\n{}", "a"]
        {
            assert!(frames(bad.as_bytes()).is_empty(), "{bad}");
        }
        assert!(frames(&vec![b'a'; 100_000]).is_empty());
    }
}
