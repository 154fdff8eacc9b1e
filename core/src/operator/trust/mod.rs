//! Whose word a connection goes by: the authorities that the profile names, or those that the phone trusts.

#[cfg(any(test, target_os = "android"))]
mod folders;

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use super::failure::Failure;

/// Certificates that TLS can go by, at least one.
pub fn anchors(pem: &str) -> Result<RootCertStore, Failure> {
    let mut anchors = RootCertStore::empty();
    for anchor in CertificateDer::pem_slice_iter(pem.as_bytes()) {
        let anchor = anchor.map_err(|_| Failure::Setup)?;
        anchors.add(anchor).map_err(|_| Failure::Setup)?;
    }
    if anchors.is_empty() { Err(Failure::Setup) } else { Ok(anchors) }
}

/// TLS that believes only `anchors_pem`, or what the phone trusts.
pub(super) fn tls(anchors_pem: Option<&str>) -> Result<ClientConfig, Failure> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(|_| Failure::Setup)?;
    let builder = match anchors_pem {
        Some(pem) => builder.with_root_certificates(anchors(pem)?),
        // Android's own verifier is Java, which every app would have to start first, and calls certificates revoked whose
        // authority publishes a list of revoked ones alone. Its authorities are files that each app may read.
        #[cfg(target_os = "android")]
        None => builder.with_root_certificates(folders::of_this_phone()?),
        #[cfg(not(target_os = "android"))]
        None => {
            use rustls_platform_verifier::BuilderVerifierExt;
            builder.with_platform_verifier().map_err(|_| Failure::Setup)?
        }
    };
    Ok(builder.with_no_client_auth())
}
