use crate::hash::Hash;

/// Bytes that do not stand in an entry: files of a plan, issued documents, anything personal.
///
/// The address is the hash of salt and bytes. The salt, 32 random bytes kept beside the bytes and erased with them, hides what the bytes
/// were: after a lawful erasure nobody can try guesses against the address, and the chain, which holds only the address, stays valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// 32 random bytes.
    pub salt: [u8; 32],
    /// What is kept.
    pub bytes: Vec<u8>,
}

impl Blob {
    /// Where the blob is found.
    #[must_use]
    pub fn address(&self) -> Hash {
        Hash::of(&[&self.salt, &self.bytes])
    }
}
