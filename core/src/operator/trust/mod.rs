//! Whose word a connection goes by: the authorities that the profile names, or those that the phone trusts.

#[cfg(any(test, target_os = "android"))]
mod folders;

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};

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
    match anchors_pem {
        Some(pem) => believing(anchors(pem)?),
        // Android's own verifier is Java, which every app would have to start first, and calls certificates revoked whose
        // authority publishes a list of revoked ones alone. Its authorities are files that each app may read.
        #[cfg(target_os = "android")]
        None => believing(folders::of_this_phone()?),
        #[cfg(not(target_os = "android"))]
        None => {
            use rustls_platform_verifier::BuilderVerifierExt;
            let verifying = versions()?.with_platform_verifier().map_err(|_| Failure::Setup)?;
            Ok(verifying.with_no_client_auth())
        }
    }
}

/// TLS that believes these authorities.
fn believing(authorities: impl Into<Arc<RootCertStore>>) -> Result<ClientConfig, Failure> {
    Ok(versions()?.with_root_certificates(authorities).with_no_client_auth())
}

fn versions() -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, Failure> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    builder.map_err(|_| Failure::Setup)
}
