use journal::Hash;
use serde::{Deserialize, Serialize};

/// The idempotency key of a command as the state keeps it: the first half of its SHA-256. There are as many as entries, and they are only
/// compared; what is found is compared with the entry itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CommandKey([u8; 16]);

impl CommandKey {
    /// The key of a command.
    #[must_use]
    pub fn of(command: &str) -> Self {
        let mut half = [0; 16];
        half.copy_from_slice(&Hash::of(&[command.as_bytes()]).0[..16]);
        Self(half)
    }
}
