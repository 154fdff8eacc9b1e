//! How a person signs in with the operator, as its profile has it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use url::Origin;

use super::fault::Faults;

/// The operator's OpenID provider and this app's registration there (RFC 8252: a public native client).
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Identity {
    /// Issuer, compared byte for byte with what discovery says (OpenID Connect Discovery §4.3).
    pub issuer: String,
    /// The client id of the app.
    pub client_id: String,
    /// Where the browser returns to; registered exactly so at the operator.
    pub redirect_uri: String,
    /// Scopes asked for; must hold `openid`.
    pub scopes: Vec<String>,
    /// Further origins the provider's endpoints may have; the issuer's own always may.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<String>,
    /// Where the browser returns to after signing out there (OpenID Connect RP-Initiated Logout 1.0).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_logout_redirect_uri: Option<String>,
    /// Tokens are bound to a key of this app (RFC 9449).
    #[serde(default)]
    pub dpop: bool,
    /// Asks for consent each time, where `offline_access` is granted only then (OpenID Connect Core §11).
    #[serde(default)]
    pub ask_consent: bool,
    /// How id tokens may be signed, whatever the provider's description says.
    #[serde(default = "id_token_algorithms")]
    pub id_token_algorithms: Vec<SigningAlgorithm>,
    /// Whether people make their account themselves, by mobile number.
    #[serde(default)]
    pub creates_accounts: bool,
    /// The page where they do, for a provider without `prompt=create`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration_url: Option<String>,
    /// How employees whose bill is split are invited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<Invitation>,
    /// The operator's own error codes in callbacks and in answers to pushed requests, by meaning.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub errors: BTreeMap<String, AccountError>,
}

impl Identity {
    /// Checks what types cannot say, and returns the origins of the provider.
    pub(super) fn check(&self, faults: &mut Faults) -> Vec<Origin> {
        let mut origins: Vec<Origin> = faults.https("identity.issuer", &self.issuer).into_iter().collect();
        for (at, origin) in self.origins.iter().enumerate() {
            origins.extend(faults.https(&format!("identity.origins[{at}]"), origin));
        }
        if faults.filled("identity.redirectUri", &self.redirect_uri) {
            faults.address("identity.redirectUri", &self.redirect_uri);
        }
        if let Some(uri) = &self.post_logout_redirect_uri {
            faults.address("identity.postLogoutRedirectUri", uri);
        }
        if let Some(url) = &self.registration_url {
            faults.https_page("identity.registrationUrl", url);
        }
        if let Some(invitation) = &self.invitation {
            faults.https("identity.invitation.link", &invitation.link);
        }
        if self.id_token_algorithms.is_empty() {
            faults.add("identity.idTokenAlgorithms", "names no algorithm: leave it out, or name ES256, RS256 or PS256");
        }
        if !self.scopes.iter().any(|scope| scope == "openid") {
            faults.add("identity.scopes", "lacks openid: add it");
        }
        origins
    }
}

fn id_token_algorithms() -> Vec<SigningAlgorithm> {
    vec![SigningAlgorithm::ES256, SigningAlgorithm::RS256, SigningAlgorithm::PS256]
}

/// An asymmetric signature over SHA-256 (RFC 7518 §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum SigningAlgorithm {
    /// ECDSA on P-256.
    ES256,
    /// RSASSA-PKCS1-v1_5.
    RS256,
    /// RSASSA-PSS.
    PS256,
}

/// The e-mail invitation of an employee whose bill is split.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Invitation {
    /// The link's address without its query.
    pub link: String,
    /// The query parameter of the link that holds the invitation.
    pub token_parameter: String,
    /// The parameter of a pushed authorization request that takes it (RFC 9126).
    pub request_parameter: String,
}

/// What an error of the operator's own means to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum AccountError {
    /// The account must be completed first.
    ProfileIncomplete,
    /// An account is made with the employer's invitation only.
    InvitationRequired,
    /// Not for this number.
    NotEligible,
    /// The invitation was used before.
    InvitationUsed,
    /// The invitation is too old.
    InvitationExpired,
    /// There is no such invitation.
    InvitationUnknown,
    /// The invitation is another person's.
    InvitationOtherAccount,
}
