//! Identifiers and tokens derived from the seed: unguessable enough for loopback, and the same again for the
//! same seed, so that two runs of a test send the same bytes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Base64url without padding, as OAuth and JOSE write bytes.
pub(crate) fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn base64url_decoded(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A stable identifier in the shape of a UUID.
pub(crate) fn uuid(seed: u64, label: &str) -> String {
    let text = hex(&sha256(format!("{seed}/{label}").as_bytes()));
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default().to_owned();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}

/// Hands out tokens and codes, none twice, also not after the scene was reset.
#[derive(Debug)]
pub(crate) struct Minter {
    seed: u64,
    scene: u64,
    count: u64,
}

impl Minter {
    pub(crate) fn new(seed: u64, scene: u64) -> Self {
        Self { seed, scene, count: 0 }
    }

    pub(crate) fn next(&mut self, kind: &str) -> String {
        self.count += 1;
        let label = format!("{}/{}/{}/{kind}", self.seed, self.scene, self.count);
        format!("{kind}.{}", base64url(&sha256(label.as_bytes())))
    }
}
