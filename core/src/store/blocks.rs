//! Sealing a large file block by block, in place: AES-256-GCM, which phones do in hardware, where a row of the database has
//! XChaCha20-Poly1305. Each file has a key of its own, so that nonces of 96 bits can be drawn and none comes twice.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use super::DataKey;
use crate::host::{Entropy, HostError};

const VERSION: u8 = 2;
/// What stands before the text of a block: version and nonce.
pub const HEAD: usize = 1 + NONCE_LEN;
/// What stands behind it.
const TAG: usize = 16;
/// What sealing adds to a block.
pub const OVERHEAD: usize = HEAD + TAG;

/// The key of one file.
#[derive(Clone)]
pub struct FileKey(LessSafeKey);

impl std::fmt::Debug for FileKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileKey(…)")
    }
}

impl FileKey {
    /// The key of the file that is named so, of one person's; none but on a machine without AES.
    pub fn new(key: &DataKey, file: &[u8]) -> Option<FileKey> {
        let key = key.derived(b"companion file key 1", file);
        UnboundKey::new(&AES_256_GCM, &*key).ok().map(|key| FileKey(LessSafeKey::new(key)))
    }

    /// Seals a block where it stands: [`HEAD`] bytes of room, then its text. The tag comes behind it.
    pub fn seal(&self, place: &[u8], block: &mut Vec<u8>, entropy: &dyn Entropy) -> Result<(), HostError> {
        let (head, text) = block.split_at_mut_checked(HEAD).ok_or(HostError::Failed)?;
        let mut nonce = [0; NONCE_LEN];
        entropy.fill(&mut nonce)?;
        if let Some((version, room)) = head.split_first_mut() {
            *version = VERSION;
            room.copy_from_slice(&nonce);
        }
        let nonce = Nonce::assume_unique_for_key(nonce);
        let tag = self.0.seal_in_place_separate_tag(nonce, Aad::from(place), text).map_err(|_| HostError::Failed)?;
        block.extend_from_slice(tag.as_ref());
        Ok(())
    }

    /// The text of a block that was sealed for the same file and place; none when the key, the place or a single bit differs.
    pub fn open(&self, place: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (head, sealed) = sealed.split_at_checked(HEAD)?;
        let (&version, nonce) = head.split_first()?;
        if version != VERSION {
            return None;
        }
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut text = sealed.to_vec();
        let length = self.0.open_in_place(nonce, Aad::from(place), &mut text).ok()?.len();
        text.truncate(length);
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::SystemEntropy;

    fn key(file: &[u8]) -> FileKey {
        FileKey::new(&DataKey::from_bytes(&[7; 32]).unwrap(), file).unwrap()
    }

    #[test]
    fn a_block_opens_in_its_file_and_its_place_alone_and_not_with_a_bit_changed() {
        let mut block = [[0; HEAD].as_slice(), b"Total: 12.90"].concat();
        key(b"a").seal(b"1", &mut block, &SystemEntropy).unwrap();
        assert_eq!(block.len(), b"Total: 12.90".len() + OVERHEAD);
        assert!(!block.windows(5).any(|bytes| bytes == b"Total"));
        assert_eq!(key(b"a").open(b"1", &block).unwrap(), b"Total: 12.90");
        assert_eq!(key(b"a").open(b"2", &block), None);
        assert_eq!(key(b"b").open(b"1", &block), None);
        for at in 0..block.len() {
            let mut damaged = block.clone();
            damaged[at] ^= 1;
            assert_eq!(key(b"a").open(b"1", &damaged), None, "{at}");
            assert_eq!(key(b"a").open(b"1", &block[..at]), None, "{at}");
        }
    }

    #[test]
    fn the_same_text_is_never_sealed_the_same_way() {
        let sealed = || {
            let mut block = [[0; HEAD].as_slice(), b"same"].concat();
            key(b"a").seal(b"1", &mut block, &SystemEntropy).unwrap();
            block
        };
        assert_ne!(sealed(), sealed());
    }
}
