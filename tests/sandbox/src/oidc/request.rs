//! What an app asks for at the authorize endpoint, whether it came through the browser or was pushed before
//! (RFC 9126): one set of rules for both.

use url::Url;

use super::{REDIRECT_URI, SCOPES};
use crate::http::single;

/// A request that was found in order.
#[derive(Debug, Clone)]
pub(crate) struct AuthorizeRequest {
    pub(crate) redirect_uri: String,
    pub(crate) state: String,
    pub(crate) nonce: String,
    pub(crate) challenge: String,
    pub(crate) scope: String,
    pub(crate) ui_locales: String,
    /// Words of `prompt`.
    pub(crate) prompt: Vec<String>,
    pub(crate) login_hint: String,
    /// Seconds since the person typed their password after which they are asked for it again (OpenID Connect Core §3.1.2.1).
    pub(crate) max_age: Option<i64>,
    /// The invitation that makes the account; only in a pushed request, so that it never stands in an address.
    pub(crate) invitation: Option<String>,
    /// Thumbprint of the key the code will be bound to (RFC 9449 §10).
    pub(crate) dpop_jkt: Option<String>,
}

impl AuthorizeRequest {
    /// Whether a password that was typed at that moment is too long ago for this request.
    pub(crate) fn is_over(&self, typed_ms: i64, now_ms: i64) -> bool {
        // 0 asks for it in any case, also within the same second.
        self.max_age.is_some_and(|seconds| seconds == 0 || now_ms - typed_ms > seconds * 1000)
    }

    pub(crate) fn prompts(&self, word: &str) -> bool {
        self.prompt.iter().any(|prompt| prompt == word)
    }
}

/// OAuth error code and description.
pub(super) type Wrong = (&'static str, &'static str);

/// Reads everything but the client, which comes first and is refused differently at each endpoint.
pub(super) fn check(query: &[(String, String)], redirect_uri: &str) -> Result<AuthorizeRequest, Wrong> {
    let names = [
        "response_type",
        "scope",
        "state",
        "nonce",
        "code_challenge",
        "code_challenge_method",
        "prompt",
        "max_age",
        "dpop_jkt",
    ];
    let twice = |name: &&str| query.iter().filter(|(key, _)| key == name).count() > 1;
    if names.iter().any(twice) {
        return Err(("invalid_request", "a parameter stands there twice"));
    }
    if single(query, "response_type") != Some("code") {
        return Err(("unsupported_response_type", "only code"));
    }
    let wanted = single(query, "scope").unwrap_or_default();
    let scope: Vec<&str> = wanted.split(' ').filter(|scope| SCOPES.contains(scope)).collect();
    if !scope.contains(&"openid") {
        return Err(("invalid_scope", "openid is missing"));
    }
    let challenge = single(query, "code_challenge").unwrap_or_default();
    if single(query, "code_challenge_method") != Some("S256") || challenge.len() != 43 {
        return Err(("invalid_request", "PKCE with S256 is required"));
    }
    let (Some(state), Some(nonce)) = (single(query, "state"), single(query, "nonce")) else {
        return Err(("invalid_request", "state and nonce are required"));
    };
    let max_age = match single(query, "max_age").map(str::parse::<u32>) {
        Some(Err(_)) => return Err(("invalid_request", "max_age is a number of seconds")),
        seconds => seconds.and_then(Result::ok).map(i64::from),
    };
    let text = |name| single(query, name).unwrap_or_default().to_owned();
    Ok(AuthorizeRequest {
        redirect_uri: redirect_uri.to_owned(),
        state: state.to_owned(),
        nonce: nonce.to_owned(),
        challenge: challenge.to_owned(),
        scope: scope.join(" "),
        ui_locales: text("ui_locales"),
        prompt: text("prompt").split(' ').map(str::to_owned).collect(),
        login_hint: text("login_hint"),
        max_age,
        invitation: None,
        dpop_jkt: single(query, "dpop_jkt").map(str::to_owned),
    })
}

/// The app's own redirect, exactly; or the loopback interface on any port (RFC 8252 §7.3).
pub(super) fn registered(uri: &str) -> bool {
    uri == REDIRECT_URI || loopback(uri).unwrap_or(false)
}

pub(super) fn loopback(uri: &str) -> Option<bool> {
    let url = Url::parse(uri).ok()?;
    let host = matches!(url.host_str()?, "127.0.0.1" | "[::1]");
    let plain = url.scheme() == "http" && url.fragment().is_none();
    Some(host && plain && url.username().is_empty() && url.password().is_none())
}
