//! Sealing: what the database holds of a person is unreadable without the subject's key, which lives in the phone's
//! secure store, and cannot be moved to another row. Signing out deletes the key: what is left is noise.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use ring::hmac;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::host::{Entropy, HostError};

const VERSION: u8 = 1;
const NONCE: usize = 24;

/// The key of one subject's data: 256 bits, random.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; 32]>);

/// A name for a person that gives none away: the first half of a SHA-256, as text. Only for what nobody can try out, as an
/// issuer's `sub`; for what may be a mobile number there is [`DataKey::name`].
pub fn pseudonym(name: &[u8]) -> String {
    let digest = Sha256::digest(name);
    URL_SAFE_NO_PAD.encode(digest.first_chunk::<16>().unwrap_or(&[0; 16]))
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(…)")
    }
}

impl DataKey {
    /// Whether both are one key.
    pub fn is(&self, other: &DataKey) -> bool {
        *self.0 == *other.0
    }

    /// A new key.
    pub fn generate(entropy: &dyn Entropy) -> Result<DataKey, HostError> {
        let mut key = Zeroizing::new([0; 32]);
        entropy.fill(&mut *key)?;
        Ok(DataKey(key))
    }

    /// The key as it was kept in the secure store; none when it has another length.
    pub fn from_bytes(bytes: &[u8]) -> Option<DataKey> {
        Some(DataKey(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// For keeping it in the secure store.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_vec()
    }

    /// A name for a line that gives nothing away without this key, however few numbers there are to try: half of an
    /// HMAC-SHA-256 (RFC 2104), as text. Keyed by a key of its own, since this one seals.
    pub fn name(&self, of: &[u8]) -> String {
        let name = self.derived(b"companion row name 1", of);
        URL_SAFE_NO_PAD.encode(name.first_chunk::<16>().unwrap_or(&[0; 16]))
    }

    /// A key for one purpose and one thing: HMAC-SHA-256 of the thing with the purpose's own key.
    pub(super) fn derived(&self, purpose: &[u8], of: &[u8]) -> Zeroizing<[u8; 32]> {
        let purpose_key = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &*self.0), purpose);
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, purpose_key.as_ref()), of);
        let mut derived = Zeroizing::new([0; 32]);
        derived.iter_mut().zip(tag.as_ref()).for_each(|(to, from)| *to = *from);
        derived
    }

    /// Seals `plain` for the place named by `place` (XChaCha20-Poly1305, random nonce, place as associated data).
    pub fn seal(&self, place: &[u8], plain: &[u8], entropy: &dyn Entropy) -> Result<Vec<u8>, HostError> {
        let mut nonce = [0; NONCE];
        entropy.fill(&mut nonce)?;
        let payload = Payload { msg: plain, aad: place };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| HostError::Failed)?;
        Ok([&[VERSION], nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed for the same place; none when the key, the place or a single bit differs.
    pub fn open(&self, place: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (&version, rest) = sealed.split_first()?;
        let (nonce, msg) = rest.split_first_chunk::<NONCE>()?;
        if version != VERSION {
            return None;
        }
        self.cipher().decrypt(&XNonce::from(*nonce), Payload { msg, aad: place }).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.0).into())
    }
}
