//! A sign-in on its way: kept in the secure store before the browser opens, so that the death of the process behind
//! the browser loses nothing; looked up by the `state` that comes back, used at most once.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use url::Url;

use super::provider::Endpoints;
use crate::host::{Entropy, HostError};
use crate::operator::challenge::StepUp;
use crate::operator::profile::AccountError;
use crate::operator::proof::ProofKey;
use crate::problem::{Problem, SecurityCheck, SignInFailure};

/// Prefix of the secure store's keys.
pub const KEY_PREFIX: &str = "attempt/";
/// How long a browser may stay away.
const LIFETIME_MS: i64 = 15 * 60 * 1000;
/// With an invitation there is an account to be made first, and an e-mail to be found.
const INVITATION_LIFETIME_MS: i64 = 24 * 60 * 60 * 1000;
const LONGEST_CALLBACK: usize = 4096;

/// What must be remembered between opening the browser and its return.
#[derive(Serialize, Deserialize)]
pub struct Attempt {
    /// PKCE code verifier (RFC 7636).
    pub verifier: String,
    /// Binds the id token to this attempt (OpenID Connect Core §3.1.2.1).
    pub nonce: String,
    /// Where the browser comes back to.
    pub redirect_uri: Url,
    /// The provider as it was when the attempt began.
    pub endpoints: Endpoints,
    /// The key that the tokens will be bound to (RFC 9449).
    pub proof_key: Option<ProofKey>,
    /// Until when the browser may come back, in milliseconds since 1970 UTC.
    pub until_ms: i64,
    /// What the sign-in has to be like, where the person who is signed in only shows once more who is there (RFC 9470).
    #[serde(default)]
    pub step_up: Option<StepUp>,
}

/// An attempt as the secure store keeps it.
#[derive(Serialize, Deserialize)]
pub enum Kept {
    /// The browser is out.
    Waiting(Box<Attempt>),
    /// The browser came back; nothing secret is left, and what comes again is recognised.
    Used {
        /// Until when it may come again.
        until_ms: i64,
    },
}

/// What the browser came back with.
pub struct Callback {
    state: String,
    iss: Option<String>,
    /// The code, or the provider's error code.
    pub outcome: Result<SecretString, String>,
    address: Url,
}

/// Random text of 256 bits, as `state`, nonce or verifier.
pub fn random_text(entropy: &dyn Entropy) -> Result<String, HostError> {
    let mut bytes = [0; 32];
    entropy.fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// The secure store's key of the attempt with this `state`; the state itself is not kept.
pub fn key(state: &str) -> String {
    format!("{KEY_PREFIX}{}", URL_SAFE_NO_PAD.encode(Sha256::digest(state)))
}

impl Callback {
    /// Reads the address a browser came back with. What is malformed belongs to no attempt.
    pub fn read(address: &str) -> Result<Callback, Problem> {
        Self::parse(address).ok_or_else(unknown)
    }

    fn parse(address: &str) -> Option<Callback> {
        if address.len() > LONGEST_CALLBACK {
            return None;
        }
        let url = Url::parse(address).ok()?;
        if url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
            return None;
        }
        let once = |name: &str| -> Option<Option<String>> {
            let mut values = url.query_pairs().filter(|(key, _)| key == name).map(|(_, value)| value.into_owned());
            let first = values.next();
            values.next().is_none().then_some(first)
        };
        let outcome = match (once("code")?, once("error")?) {
            (Some(code), None) => Ok(SecretString::from(code)),
            (None, Some(error)) => Err(error),
            _ => return None,
        };
        Some(Callback { state: once("state")??, iss: once("iss")?, outcome, address: url })
    }

    /// The secure store's key of the attempt this answers.
    pub fn attempt_key(&self) -> String {
        key(&self.state)
    }
}

impl Attempt {
    /// Whether the callback may complete this attempt: in time, at the right address, from the right issuer. Checked for
    /// errors as for codes: else any page could end a pending sign-in.
    pub fn accepts(&self, callback: &Callback, issuer: &str, now_ms: i64) -> Result<(), Problem> {
        if !same_place(&callback.address, &self.redirect_uri) {
            return Err(unknown());
        }
        if now_ms > self.until_ms {
            return Err(Problem::sign_in(SignInFailure::AttemptExpired));
        }
        match &callback.iss {
            Some(iss) if iss == issuer => Ok(()),
            None if !self.endpoints.iss_promised => Ok(()),
            _ => Err(Problem::rejected(SecurityCheck::Issuer)),
        }
    }
}

/// Scheme, host, port and path. Browsers write `app:/cb` as `app:///cb`; both have no host.
fn same_place(a: &Url, b: &Url) -> bool {
    let host = |url: &Url| url.host_str().unwrap_or_default().to_owned();
    a.scheme() == b.scheme() && host(a) == host(b) && a.port() == b.port() && a.path() == b.path()
}

/// Until when the browser may come back from an attempt that begins now.
pub fn until_ms(invited: bool, now_ms: i64) -> i64 {
    now_ms.saturating_add(if invited { INVITATION_LIFETIME_MS } else { LIFETIME_MS })
}

/// The callback belongs to no attempt that is waiting.
pub fn unknown() -> Problem {
    Problem::SignIn { reason: SignInFailure::AttemptUnknown }
}

impl std::fmt::Debug for Attempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Attempt(…)")
    }
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Kept(…)")
    }
}

impl std::fmt::Debug for Callback {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Callback(…)")
    }
}

/// The code, for the token request alone; or what the provider's error means, by the operator's own list first.
pub fn code_of<'c>(callback: &'c Callback, errors: &BTreeMap<String, AccountError>) -> Result<&'c str, Problem> {
    let error = match &callback.outcome {
        Ok(code) => return Ok(code.expose_secret()),
        Err(error) => error.as_str(),
    };
    if let Some(meant) = own_error(error, errors) {
        return Err(meant);
    }
    Err(match error {
        "access_denied" => Problem::sign_in(SignInFailure::Declined),
        "temporarily_unavailable" | "server_error" => Problem::ServiceUnavailable { retry_after_seconds: None },
        "unauthorized_client" => {
            Problem::Configuration { field: "identity.clientId".to_owned(), reason: "unauthorized_client".to_owned() }
        }
        _ => Problem::sign_in(SignInFailure::OperatorError),
    })
}

/// What an error code means to the person, where it is one of the operator's own list.
pub fn own_error(error: &str, errors: &BTreeMap<String, AccountError>) -> Option<Problem> {
    errors.get(error).map(|meaning| Problem::sign_in(failure(*meaning)))
}

fn failure(error: AccountError) -> SignInFailure {
    match error {
        AccountError::ProfileIncomplete => SignInFailure::ProfileIncomplete,
        AccountError::InvitationRequired => SignInFailure::InvitationRequired,
        AccountError::NotEligible => SignInFailure::NotEligible,
        AccountError::InvitationUsed => SignInFailure::InvitationUsed,
        AccountError::InvitationExpired => SignInFailure::InvitationExpired,
        AccountError::InvitationUnknown => SignInFailure::InvitationUnknown,
        AccountError::InvitationOtherAccount => SignInFailure::InvitationOtherAccount,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISSUER: &str = "https://id.example";

    fn attempt(redirect: &str, iss_promised: bool) -> Attempt {
        Attempt {
            verifier: "v".to_owned(),
            nonce: "n".to_owned(),
            redirect_uri: Url::parse(redirect).unwrap(),
            endpoints: Endpoints { iss_promised, ..Endpoints::of(ISSUER) },
            proof_key: None,
            until_ms: until_ms(false, 0),
            step_up: None,
        }
    }

    #[test]
    fn a_malformed_callback_belongs_to_no_attempt() {
        let long = format!("be.app:/cb?state=s&code={}", "x".repeat(5000));
        let malformed = [
            "",
            "not an address",
            "be.app:/cb",
            "be.app:/cb?code=c",
            "be.app:/cb?state=s",
            "be.app:/cb?state=s&code=c&code=d",
            "be.app:/cb?state=s&state=t&code=c",
            "be.app:/cb?state=s&code=c&error=e",
            "be.app:/cb?state=s&code=c&iss=a&iss=b",
            "be.app:/cb?state=s&code=c#x",
            "https://me@app.example/cb?state=s&code=c",
            &long,
        ];
        for address in malformed {
            assert_eq!(Callback::read(address).map(|_| ()), Err(unknown()), "{address}");
        }
    }

    #[test]
    fn only_the_registered_place_completes_an_attempt() {
        let cases = [
            ("be.app:/cb", "be.app:/cb", true),
            ("be.app:/cb", "be.app:///cb", true),
            ("be.app:/cb", "be.app://cb", false),
            ("be.app:/cb", "be.app:/other", false),
            ("be.app:/cb", "be.evil:/cb", false),
            ("https://app.example/cb", "https://app.example/cb", true),
            ("https://app.example/cb", "https://APP.example:443/cb", true),
            ("https://app.example/cb", "https://app.example./cb", false),
            ("https://app.example/cb", "https://app.example:444/cb", false),
            ("https://app.example/cb", "http://app.example/cb", false),
            ("https://app.example/cb", "https://app.example/cb%2f", false),
            ("http://127.0.0.1:5000/cb", "http://127.0.0.1:5000/cb", true),
            ("http://127.0.0.1:5000/cb", "http://127.0.0.1:5001/cb", false),
        ];
        for (registered, came, accepted) in cases {
            let callback = Callback::read(&format!("{came}?state=s&code=c")).unwrap();
            assert_eq!(
                attempt(registered, false).accepts(&callback, ISSUER, 0).is_ok(),
                accepted,
                "{registered} {came}"
            );
        }
    }

    #[test]
    fn the_issuer_must_be_ours_where_it_is_told_and_told_where_promised() {
        let cases = [
            (true, "&iss=https://id.example", true),
            (true, "&iss=https://id.example/", false),
            (true, "&iss=https://evil.example", false),
            (true, "", false),
            (false, "", true),
            (false, "&iss=https://id.example", true),
            (false, "&iss=https://evil.example", false),
        ];
        for (promised, iss, accepted) in cases {
            for outcome in ["code=c", "error=access_denied"] {
                let callback = Callback::read(&format!("be.app:/cb?state=s&{outcome}{iss}")).unwrap();
                let verdict = attempt("be.app:/cb", promised).accepts(&callback, ISSUER, 0);
                assert_eq!(verdict.is_ok(), accepted, "promised {promised}, {outcome}{iss}");
            }
        }
    }

    #[test]
    fn a_browser_may_stay_away_a_quarter_of_an_hour() {
        let callback = Callback::read("be.app:/cb?state=s&code=c").unwrap();
        let attempt = attempt("be.app:/cb", false);
        assert_eq!(attempt.accepts(&callback, ISSUER, LIFETIME_MS), Ok(()));
        let expired = Err(Problem::sign_in(SignInFailure::AttemptExpired));
        assert_eq!(attempt.accepts(&callback, ISSUER, LIFETIME_MS + 1), expired);
    }

    #[test]
    fn nothing_secret_shows_in_debug_text() {
        let callback = Callback::read("be.app:/cb?state=canary&code=canary").unwrap();
        assert!(!format!("{:?}{:?}", callback, attempt("be.app:/cb", true)).contains("canary"));
        assert!(!key("canary").contains("canary"));
    }
}
