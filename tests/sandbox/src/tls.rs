//! The sandbox's own certificate authority, made anew at every start and trusted by nobody but the profile
//! that carries it.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;

use crate::sandbox::StartError;

pub(crate) struct Identity {
    pub(crate) ca_pem: String,
    pub(crate) server: Arc<ServerConfig>,
}

/// Installs ring for the whole process, unless somebody chose a provider before.
pub(crate) fn install_provider() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

pub(crate) fn identity() -> Result<Identity, StartError> {
    let refused = |error: &dyn std::fmt::Display| StartError::Certificate(error.to_string());

    let mut ca = CertificateParams::default();
    ca.distinguished_name = name("Companion Sandbox CA");
    ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    ca.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    valid_in_every_scene(&mut ca);
    let ca_key = KeyPair::generate().map_err(|error| refused(&error))?;
    let ca = CertifiedIssuer::self_signed(ca, ca_key).map_err(|error| refused(&error))?;

    let hosts = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
    let mut leaf = CertificateParams::new(hosts).map_err(|error| refused(&error))?;
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
    Ok(Identity { ca_pem: ca.pem(), server: Arc::new(server) })
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
