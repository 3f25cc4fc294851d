use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::canonical::canonical;
use crate::entry::Head;

/// The heads of all chains at one moment, signed with an organisation's key (Ed25519, RFC 8032).
///
/// Whoever holds them, on paper or in a safe, can hold the organisation to everything recorded before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedHeads {
    /// The heads, by name of their chains.
    pub heads: Vec<HeadLine>,
    /// The public key: 64 hexadecimal digits.
    pub key: String,
    /// The signature over the canonical text of `heads`: 128 hexadecimal digits.
    pub signature: String,
}

/// One head, as it is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadLine {
    /// The chain.
    pub chain: String,
    /// The place of its last entry.
    pub sequence: u64,
    /// The hash of that entry.
    pub hash: String,
    /// When it was recorded.
    pub recorded: String,
}

impl HeadLine {
    /// The line of a head.
    #[must_use]
    pub fn of(head: &Head) -> Self {
        Self { chain: head.chain.to_string(), sequence: head.sequence, hash: head.hash.to_string(), recorded: head.recorded.to_string() }
    }

    /// The head; nothing if it is not written as one.
    #[must_use]
    pub fn head(&self) -> Option<Head> {
        Some(Head {
            chain: self.chain.parse().ok()?,
            sequence: self.sequence,
            recorded: self.recorded.parse().ok()?,
            hash: self.hash.parse().ok()?,
        })
    }
}

impl SignedHeads {
    /// Signs heads with the key of these 32 secret bytes.
    #[must_use]
    pub fn sign(heads: &[Head], secret: &[u8; 32]) -> Self {
        let key = SigningKey::from_bytes(secret);
        let heads: Vec<_> = heads.iter().map(HeadLine::of).collect();
        let signature = key.sign(message(&heads).as_bytes());
        Self { heads, key: hexadecimal(key.verifying_key().as_bytes()), signature: hexadecimal(&signature.to_bytes()) }
    }

    /// What is signed, byte for byte, in UTF-8: with it, the key and the signature anybody can check.
    #[must_use]
    pub fn text(&self) -> String {
        message(&self.heads)
    }

    /// Whether the signature is that of the key over these heads. Whose key it is, only who published it can say.
    #[must_use]
    pub fn holds(&self) -> bool {
        let check = || {
            let key = VerifyingKey::from_bytes(&bytes(&self.key)?).ok()?;
            let signature = Signature::from_bytes(&bytes(&self.signature)?);
            key.verify_strict(message(&self.heads).as_bytes(), &signature).ok()
        };
        check().is_some()
    }
}

/// What is signed.
fn message(heads: &[HeadLine]) -> String {
    // names, whole numbers and times always have a canonical text
    canonical(heads).unwrap_or_default()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; N];
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::Chain;
    use crate::hash::Hash;

    #[test]
    fn a_signature_holds_for_what_was_signed_and_nothing_else() {
        let recorded = "2026-11-23T06:00:00.000000Z".parse().expect("a moment");
        let heads = [Head { chain: Chain::Organisation, sequence: 7, recorded, hash: Hash([9; 32]) }];
        let signed = SignedHeads::sign(&heads, &[1; 32]);
        assert!(signed.holds());
        assert_eq!(signed.heads[0].head().as_ref(), Some(&heads[0]));
        let mut other = signed.clone();
        other.heads[0].sequence = 8;
        assert!(!other.holds());
        let mut other = signed.clone();
        other.key = SignedHeads::sign(&heads, &[2; 32]).key;
        assert!(!other.holds());
        for broken in ["", "zz", "é", &"0".repeat(128), &"0".repeat(64)] {
            assert!(!SignedHeads { signature: broken.into(), ..signed.clone() }.holds());
            assert!(!SignedHeads { key: broken.into(), ..signed.clone() }.holds());
        }
    }

    /// RFC 8032, section 7.1, test 1: the key of a secret, as others compute it.
    #[test]
    fn the_key_is_that_of_the_standard() {
        let secret = bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").expect("32 bytes");
        let signed = SignedHeads::sign(&[], &secret);
        assert_eq!(signed.key, "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    }
}
