//! How random stories are played: the same ones in every ordinary run, so that a change is blamed for what it broke;
//! others each time, and ten times as many, with `tests/run --long`.

use std::sync::Arc;

use proptest::test_runner::{Config, RngSeed};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, KeyUsagePurpose};
use rustls::pki_types::PrivatePkcs8KeyDer;

fn is_long() -> bool {
    std::env::var_os("COMPANION_LONG_TRIALS").is_some()
}

/// How often a trial is made: ten times as often in a long run.
pub(crate) fn times(ordinary: usize) -> usize {
    if is_long() { ordinary * 10 } else { ordinary }
}

/// `cases` stories in an ordinary run.
pub(crate) fn config(cases: u32) -> Config {
    let rng_seed = if is_long() { RngSeed::Random } else { RngSeed::Fixed(20_261_126) };
    let cases = u32::try_from(times(cases as usize)).unwrap();
    Config { cases, rng_seed, failure_persistence: None, ..Config::default() }
}

/// Numbers that look drawn and are the same in every run (splitmix64).
pub(crate) struct Drawn(pub u64);

impl Drawn {
    /// Any 64 bits.
    pub(crate) fn any(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Less than `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.any() % bound as u64).unwrap()
    }
}

/// Who vouches for a server of this machine (`localhost`, `127.0.0.1`), and how it proves who it is.
pub(crate) fn identity() -> (String, Arc<rustls::ServerConfig>) {
    let mut ca = CertificateParams::default();
    ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    ca.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let ca = CertifiedIssuer::self_signed(ca, KeyPair::generate().unwrap()).unwrap();
    let leaf = CertificateParams::new(["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
    let key = KeyPair::generate().unwrap();
    let leaf = leaf.signed_by(&key, &ca).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let server = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], PrivatePkcs8KeyDer::from(key.serialize_der()).into())
        .unwrap();
    (ca.pem(), Arc::new(server))
}
