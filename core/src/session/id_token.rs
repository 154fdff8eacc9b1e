//! Who signed in: the id token, verified in full (OpenID Connect Core §3.1.3.7, RFC 7515, RFC 8725). How it may be signed
//! is the profile's word, never the token's or the provider's own; what time it is, the operator's.
//!
//! Two concessions are made to a renewal, whose id token came straight from the token endpoint over TLS: where the keys
//! cannot be had at that moment the server's certificate stands for the signature (OpenID Connect Core §3.1.3.7 item 6), and
//! its times are not asked. To throw a rotated refresh token away would sign a person out because of a network, or a clock.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::{DeserializeOwned, Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value};
use sha2::{Digest, Sha256};

use super::keys::KeySet;
use crate::operator::challenge::StepUp;
use crate::operator::profile::SigningAlgorithm;
use crate::operator::tolerant::recorder;
use crate::problem::{Problem, SecurityCheck, SignInFailure};

const LEEWAY_S: i64 = 120;
const LONGEST: usize = 16 * 1024;
const LONGEST_SUB: usize = 255;

/// What any id token must say.
#[derive(Clone, Copy)]
pub struct Expected<'a> {
    /// The configured issuer.
    pub issuer: &'a str,
    /// Our client id.
    pub client_id: &'a str,
    /// How it may be signed.
    pub algorithms: &'a [SigningAlgorithm],
    /// The attempt's nonce.
    pub nonce: &'a str,
    /// The best known time, in seconds since 1970 UTC.
    pub now_s: i64,
    /// How recent and how strong the sign-in has to be, where that was asked for.
    pub wanted: Option<&'a StepUp>,
}

impl fmt::Debug for Expected<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Expected(…)")
    }
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    /// Extensions that must be understood. We understand none.
    crit: Option<Value>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: NumericDate,
    iat: NumericDate,
    nbf: Option<NumericDate>,
    nonce: Option<String>,
    at_hash: Option<String>,
    auth_time: Option<NumericDate>,
    /// A text, or what no sign-in fails for.
    acr: Option<Value>,
}

/// Seconds since 1970 UTC, a fraction of one dropped (RFC 7519 §2).
#[derive(Clone, Copy)]
struct NumericDate(i64);

impl<'de> Deserialize<'de> for NumericDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Number::deserialize(deserializer)?.to_string();
        let whole = written.split_once('.').map_or(written.as_str(), |(whole, _)| whole);
        let plain = !written.contains(['e', 'E']);
        let seconds = whole.parse().ok().filter(|_| plain);
        seconds.map(NumericDate).ok_or_else(|| Error::custom("no time"))
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// A token taken apart, nothing of it believed yet.
struct Parts<'t> {
    header: Header,
    claims: Claims,
    signed: &'t str,
    signature: Vec<u8>,
}

/// Whom an id token is about.
pub struct Identified {
    /// The person at the issuer.
    pub sub: String,
    /// Whether they showed who they are as lately and as strongly as was asked.
    pub is_enough: Result<(), Problem>,
}

impl fmt::Debug for Identified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identified").field("is_enough", &self.is_enough).finish_non_exhaustive()
    }
}

/// Verifies the id token of a sign-in. Any fault stops the sign-in.
pub fn verify_sign_in(
    token: &str,
    access_token: &str,
    expected: &Expected<'_>,
    keys: &KeySet,
) -> Result<Identified, Problem> {
    let parts = Parts::of(token).ok_or_else(wrong)?;
    parts.check_signature(expected, Some(keys))?;
    let nonce = parts.claims.nonce.as_deref();
    let claims = &parts.claims;
    let sound = claims.are_for_us(access_token, expected) && claims.are_timely(expected.now_s);
    if !sound || nonce != Some(expected.nonce) {
        return Err(wrong());
    }
    let is_enough = claims.are_enough(expected);
    Ok(Identified { sub: parts.claims.sub, is_enough })
}

/// Verifies the id token of a renewal, which must be about the same person; it may repeat the sign-in's nonce (OpenID
/// Connect Core §12.2). `keys` only where they could be had. What time it says is not asked: it comes straight from the
/// provider, and a phone whose clock is wrong would throw away a rotated refresh token for it.
pub fn verify_refresh(
    token: &str,
    access_token: &str,
    sub: &str,
    expected: &Expected<'_>,
    keys: Option<&KeySet>,
) -> Result<(), Problem> {
    let parts = Parts::of(token).ok_or_else(wrong)?;
    parts.check_signature(expected, keys)?;
    let claims = &parts.claims;
    let same = claims.sub == sub && claims.nonce.as_deref().is_none_or(|nonce| nonce == expected.nonce);
    if same && claims.are_for_us(access_token, expected) { Ok(()) } else { Err(wrong()) }
}

/// The name of the key a token wants, where it names one.
pub fn wanted_key(token: &str) -> Option<String> {
    Parts::of(token)?.header.kid
}

/// The id token is not for us, now, or there at all.
pub fn wrong() -> Problem {
    Problem::rejected(SecurityCheck::IdToken)
}

impl Parts<'_> {
    /// JWS in its compact form (RFC 7515 §7.1).
    fn of(token: &str) -> Option<Parts<'_>> {
        if token.len() > LONGEST {
            return None;
        }
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        Some(Parts { header: object("header", header)?, claims: object("claims", claims)?, signed, signature })
    }

    fn check_signature(&self, expected: &Expected<'_>, keys: Option<&KeySet>) -> Result<(), Problem> {
        let alg = expected.algorithms.iter().find(|alg| name(**alg) == self.header.alg);
        let verified = alg.filter(|_| self.header.crit.is_none()).is_some_and(|alg| {
            let kid = self.header.kid.as_deref();
            keys.is_none_or(|keys| keys.verifies(kid, *alg, self.signed.as_bytes(), &self.signature))
        });
        if verified { Ok(()) } else { Err(Problem::rejected(SecurityCheck::Signature)) }
    }
}

fn name(alg: SigningAlgorithm) -> &'static str {
    match alg {
        SigningAlgorithm::ES256 => "ES256",
        SigningAlgorithm::RS256 => "RS256",
        SigningAlgorithm::PS256 => "PS256",
    }
}

impl Claims {
    /// Issued to us, about these tokens.
    fn are_for_us(&self, access_token: &str, expected: &Expected<'_>) -> bool {
        let ours_alone = match &self.aud {
            Audience::One(aud) => aud == expected.client_id,
            Audience::Many(all) => !all.is_empty() && all.iter().all(|aud| aud == expected.client_id),
        };
        self.iss == expected.issuer
            && ours_alone
            && self.azp.as_deref().is_none_or(|azp| azp == expected.client_id)
            && self.at_hash.as_deref().is_none_or(|hash| hash == half_hash(access_token))
            && (1..=LONGEST_SUB).contains(&self.sub.len())
            && self.sub.is_ascii()
    }

    /// Whether the person showed who they are as lately and as strongly as was asked, which the token must then say. A
    /// provider need not heed what it is asked for (OpenID Connect Core §5.5.1.1): silence is no proof.
    fn are_enough(&self, expected: &Expected<'_>) -> Result<(), Problem> {
        let Some(StepUp { max_age_s, acr_values }) = expected.wanted else { return Ok(()) };
        if !max_age_s.is_none_or(|max_age_s| self.is_recent(max_age_s, expected)) {
            return Err(Problem::sign_in(SignInFailure::StepUpTooOld));
        }
        let acr = self.acr.as_ref().and_then(Value::as_str);
        let is_asked = |values: &str| acr.is_some_and(|acr| values.split_ascii_whitespace().any(|value| value == acr));
        if acr_values.as_deref().is_none_or(is_asked) {
            Ok(())
        } else {
            Err(Problem::sign_in(SignInFailure::StepUpTooWeak))
        }
    }

    /// OpenID Connect Core §2 `auth_time`, §3.1.3.7 item 13.
    fn is_recent(&self, max_age_s: u32, expected: &Expected<'_>) -> bool {
        let earliest = expected.now_s.saturating_sub(max_age_s.into()).saturating_sub(LEEWAY_S);
        let latest = expected.now_s.saturating_add(LEEWAY_S);
        self.auth_time.is_some_and(|at| (earliest..=latest).contains(&at.0))
    }

    /// Valid now, give or take two minutes.
    fn are_timely(&self, now_s: i64) -> bool {
        let (earliest, latest) = (now_s.saturating_sub(LEEWAY_S), now_s.saturating_add(LEEWAY_S));
        self.exp.0 > earliest && self.iat.0 < latest && self.nbf.is_none_or(|nbf| nbf.0 < latest)
    }
}

/// The left half of the token's hash (OpenID Connect Core §3.1.3.6); SHA-256 for every algorithm we know.
fn half_hash(access_token: &str) -> String {
    let hash = Sha256::digest(access_token);
    URL_SAFE_NO_PAD.encode(hash.get(..16).unwrap_or_default())
}

/// An encoded JSON object whose member names are unique (RFC 7515 §4, RFC 7519 §4): of two, readers differ about which
/// counts.
fn object<T: DeserializeOwned>(part: &str, encoded: &str) -> Option<T> {
    recorder::typed::<T>(part);
    let Members(members) = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(encoded).ok()?).ok()?;
    serde_json::from_value(Value::Object(members)).ok()
}

struct Members(Map<String, Value>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members(Map::new()))
    }
}

impl<'de> Visitor<'de> for Members {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Members, A::Error> {
        while let Some((name, value)) = map.next_entry()? {
            if self.0.insert(name, value).is_some() {
                return Err(A::Error::custom("a name comes twice"));
            }
        }
        Ok(self)
    }
}

#[cfg(test)]
pub(super) mod tests;
