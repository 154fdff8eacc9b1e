//! A certificate authority for one run, trusted by nobody but the profile that carries it.

use std::path::Path;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair};

/// Writes `ca.pem`, and `cert.pem` and `key.pem` for a server on this machine; returns the authority's certificate.
pub fn write(folder: &Path) -> String {
    let mut ca = CertificateParams::default();
    ca.distinguished_name.push(DnType::CommonName, "Companion test CA");
    ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    let ca = CertifiedIssuer::self_signed(ca, KeyPair::generate().expect("a key")).expect("an authority");

    let mut leaf = CertificateParams::new(["localhost".to_owned(), "127.0.0.1".to_owned()]).expect("names");
    leaf.use_authority_key_identifier_extension = true;
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let key = KeyPair::generate().expect("a key");
    let leaf = leaf.signed_by(&key, &ca).expect("a certificate");

    for (name, pem) in [("ca.pem", ca.pem()), ("cert.pem", leaf.pem()), ("key.pem", key.serialize_pem())] {
        std::fs::write(folder.join(name), pem).expect("written");
    }
    ca.pem()
}
