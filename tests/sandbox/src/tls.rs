//! The sandbox's own certificate authority, made anew at every start, unless its key is kept in a file, and trusted by nobody
//! but the profile that carries it.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;

use crate::ids::{hex, sha256};
use crate::sandbox::StartError;

pub(crate) struct Identity {
    pub(crate) ca_pem: String,
    /// SHA-256 of its DER, in hexadecimal.
    pub(crate) ca_fingerprint: String,
    pub(crate) server: Arc<ServerConfig>,
}

/// Installs ring for the whole process, unless somebody chose a provider before.
pub(crate) fn install_provider() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// A server of `localhost` and of these names and addresses. With a file for its key the authority is the same at every start.
pub(crate) fn identity(names: &[String], ca_key: Option<&Path>) -> Result<Identity, StartError> {
    let refused = |error: &dyn std::fmt::Display| StartError::Certificate(error.to_string());

    let mut ca = CertificateParams::default();
    ca.distinguished_name = name("Companion Sandbox CA");
    ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    ca.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    valid_in_every_scene(&mut ca);
    let ca_key = match ca_key {
        Some(file) => kept(file)?,
        None => KeyPair::generate().map_err(|error| refused(&error))?,
    };
    let ca = CertifiedIssuer::self_signed(ca, ca_key).map_err(|error| refused(&error))?;

    let hosts = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into_iter().chain(names.iter().cloned());
    let mut leaf = CertificateParams::new(hosts.collect::<Vec<_>>()).map_err(|error| refused(&error))?;
    leaf.distinguished_name = name("localhost");
    leaf.use_authority_key_identifier_extension = true;
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    valid_in_every_scene(&mut leaf);
    let leaf_key = KeyPair::generate().map_err(|error| refused(&error))?;
    let leaf = leaf.signed_by(&leaf_key, &ca).map_err(|error| refused(&error))?;

    let key = PrivatePkcs8KeyDer::from(leaf_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let server = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| refused(&error))?
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], key.into())
        .map_err(|error| refused(&error))?;
    let ca_fingerprint = hex(&sha256(ca.der()));
    Ok(Identity { ca_pem: ca.pem(), ca_fingerprint, server: Arc::new(server) })
}

/// The key in this file; a new one goes there, for its owner alone.
fn kept(file: &Path) -> Result<KeyPair, StartError> {
    let refused = |error: &dyn std::fmt::Display| StartError::AuthorityKey(file.to_owned(), error.to_string());
    match std::fs::read_to_string(file) {
        Ok(pem) => KeyPair::from_pem(&pem).map_err(|error| refused(&error)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let key = KeyPair::generate().map_err(|error| refused(&error))?;
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let written = options.open(file).and_then(|mut file| file.write_all(key.serialize_pem().as_bytes()));
            written.map(|()| key).map_err(|error| refused(&error))
        }
        Err(error) => Err(refused(&error)),
    }
}

fn name(common_name: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common_name);
    name
}

/// TLS looks at the machine's real clock, not at the scene's: valid on any day either may stand on.
fn valid_in_every_scene(params: &mut CertificateParams) {
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2049, 12, 31);
}
