//! The provider's keys (RFC 7517): read with a bound, kept in memory for a day, and asked for again at most every five
//! minutes when a token names one that is not among them, however many tokens do.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use crate::host::Clock;
use crate::operator::http::{Http, IDENTITY_CAP, Request};
use crate::operator::profile::SigningAlgorithm;
use crate::operator::tolerant::{recorder, typed};
use crate::problem::Problem;

/// How long keys are good for without asking.
const LIFETIME_MS: i64 = 24 * 60 * 60 * 1000;
/// How often may be asked for a key that is not there.
const REPEAT_MS: i64 = 5 * 60 * 1000;
/// A provider has a handful.
const MAX_KEYS: usize = 50;
/// RSA moduli of less than 2048 bits sign nothing here, of more than 8192 neither (RFC 7518 §3.3).
const RSA_BYTES: std::ops::RangeInclusive<usize> = 256..=1024;
const LONGEST_KID: usize = 512;

/// The keys of a provider, of those kinds that can sign an id token.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct KeySet(Vec<Key>);

#[derive(Debug, PartialEq, Eq)]
struct Key {
    kid: Option<String>,
    /// The only algorithm it may be used with, where the provider says so.
    alg: Option<String>,
    public: Public,
}

#[derive(Debug, PartialEq, Eq)]
enum Public {
    /// A point of P-256, uncompressed.
    P256(Vec<u8>),
    Rsa {
        n: Vec<u8>,
        e: Vec<u8>,
    },
}

/// A key as JSON writes it. All members optional: keys of other kinds have others.
#[derive(Deserialize)]
struct Jwk {
    kty: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    key_ops: Option<Vec<String>>,
    alg: Option<String>,
    kid: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
    n: Option<String>,
    e: Option<String>,
}

impl KeySet {
    /// Reads a document; none when it is no JWK set, or has more keys than any provider. A key that is of another kind,
    /// for another use, or broken, is passed over: it may be for somebody else.
    pub fn parse(body: &[u8]) -> Option<KeySet> {
        #[derive(Deserialize)]
        struct Set {
            keys: Vec<Value>,
        }
        if body.len() > IDENTITY_CAP {
            return None;
        }
        let set: Set = typed("", body).ok()?;
        if set.keys.len() > MAX_KEYS {
            return None;
        }
        let mut keys: Vec<Key> = Vec::new();
        recorder::typed::<Jwk>("keys");
        for key in set.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok().and_then(read)) {
            // The same key twice is one.
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        Some(KeySet(keys))
    }

    /// Whether there is a key of this name.
    pub fn knows(&self, kid: &str) -> bool {
        self.0.iter().any(|key| key.kid.as_deref() == Some(kid))
    }

    /// Whether the key of this name made the signature. Without a name there must be a single key that could have. Two
    /// different keys of one name and kind name none: nobody can tell which one the provider means.
    pub fn verifies(&self, kid: Option<&str>, alg: SigningAlgorithm, signed: &[u8], signature: &[u8]) -> bool {
        let mut fitting =
            self.0.iter().filter(|key| key.fits(alg) && kid.is_none_or(|kid| key.kid.as_deref() == Some(kid)));
        match (fitting.next(), fitting.next()) {
            (Some(key), None) => key.verifies(alg, signed, signature),
            _ => false,
        }
    }
}

impl Key {
    fn fits(&self, alg: SigningAlgorithm) -> bool {
        let (name, is_kind) = match alg {
            SigningAlgorithm::ES256 => ("ES256", matches!(self.public, Public::P256(_))),
            SigningAlgorithm::RS256 => ("RS256", matches!(self.public, Public::Rsa { .. })),
            SigningAlgorithm::PS256 => ("PS256", matches!(self.public, Public::Rsa { .. })),
        };
        is_kind && self.alg.as_deref().is_none_or(|alg| alg == name)
    }

    fn verifies(&self, alg: SigningAlgorithm, signed: &[u8], signature: &[u8]) -> bool {
        let verified = match (&self.public, alg) {
            (Public::P256(point), SigningAlgorithm::ES256) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature)
            }
            (Public::Rsa { n, e }, SigningAlgorithm::RS256) => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature)
            }
            (Public::Rsa { n, e }, SigningAlgorithm::PS256) => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PSS_2048_8192_SHA256, signed, signature)
            }
            _ => return false,
        };
        verified.is_ok()
    }
}

fn read(jwk: Jwk) -> Option<Key> {
    let to_verify = jwk.usage.as_deref().is_none_or(|usage| usage == "sig")
        && jwk.key_ops.as_ref().is_none_or(|operations| operations.iter().any(|operation| operation == "verify"));
    if !to_verify || jwk.kid.as_ref().is_some_and(|kid| kid.len() > LONGEST_KID) {
        return None;
    }
    let bytes = |member: &Option<String>| URL_SAFE_NO_PAD.decode(member.as_deref()?).ok();
    let public = match jwk.kty.as_deref()? {
        "EC" if jwk.crv.as_deref() == Some("P-256") => {
            let (x, y) = (bytes(&jwk.x)?, bytes(&jwk.y)?);
            if x.len() != 32 || y.len() != 32 {
                return None;
            }
            Public::P256([vec![4], x, y].concat())
        }
        "RSA" => {
            let (n, e) = (without_zeros(bytes(&jwk.n)?), without_zeros(bytes(&jwk.e)?));
            let long_enough = RSA_BYTES.contains(&n.len()) && (n.len() > 256 || n.first()? & 0x80 != 0);
            if !long_enough || e.is_empty() {
                return None;
            }
            Public::Rsa { n, e }
        }
        _ => return None,
    };
    Some(Key { kid: jwk.kid, alg: jwk.alg, public })
}

/// Some write a number with a sign byte (RFC 7518 §6.3.1.1 forbids it).
fn without_zeros(number: Vec<u8>) -> Vec<u8> {
    number.into_iter().skip_while(|byte| *byte == 0).collect()
}

/// The keys of the one provider, kept in memory.
#[derive(Debug, Default)]
pub struct Keys {
    // Held while asking: who comes meanwhile shares the answer. Whoever asks is bounded by the request's own timeouts.
    kept: tokio::sync::Mutex<Option<Kept>>,
}

#[derive(Debug)]
struct Kept {
    url: Url,
    keys: Arc<KeySet>,
    /// When they came, on the boot clock.
    came_ms: i64,
    /// When they were last asked for, with or without an answer.
    asked_ms: i64,
}

impl Keys {
    /// The keys in memory, where the one named `kid` is among them. Asks nobody.
    pub fn known(&self, url: &Url, kid: Option<&str>) -> Option<Arc<KeySet>> {
        // Who is just asking knows no more yet.
        let kept = self.kept.try_lock().ok()?;
        let keys = &kept.as_ref().filter(|kept| kept.url == *url)?.keys;
        kid.is_none_or(|kid| keys.knows(kid)).then(|| keys.clone())
    }

    /// The keys at `url`, with the one named `kid` where the provider has it. Old keys do where no new ones can be had.
    pub async fn get(
        &self,
        http: &Http,
        clock: &dyn Clock,
        url: &Url,
        kid: Option<&str>,
    ) -> Result<Arc<KeySet>, Problem> {
        let mut kept = self.kept.lock().await;
        let now_ms = clock.now()?.elapsed_ms;
        if let Some(kept) = kept.as_ref().filter(|kept| kept.url == *url) {
            let good = is_within(kept.came_ms, LIFETIME_MS, now_ms) && kid.is_none_or(|kid| kept.keys.knows(kid));
            if good || is_within(kept.asked_ms, REPEAT_MS, now_ms) {
                return Ok(kept.keys.clone());
            }
        }
        renew(&mut kept, http, url, now_ms).await
    }

    /// Keys other than `than`, which verified nothing though they have the right name: a provider may give a new key an old
    /// one's name. None when there are none to be had, or none yet.
    pub async fn newer(&self, http: &Http, clock: &dyn Clock, url: &Url, than: &Arc<KeySet>) -> Option<Arc<KeySet>> {
        let mut kept = self.kept.lock().await;
        let now_ms = clock.now().ok()?.elapsed_ms;
        let known = kept.as_ref().filter(|kept| kept.url == *url)?;
        if known.keys == *than && !is_within(known.asked_ms, REPEAT_MS, now_ms) {
            renew(&mut kept, http, url, now_ms).await.ok()?;
        }
        kept.as_ref().map(|kept| kept.keys.clone()).filter(|keys| keys != than)
    }
}

/// Asks for the keys. Old ones do where no new ones can be had.
async fn renew(kept: &mut Option<Kept>, http: &Http, url: &Url, now_ms: i64) -> Result<Arc<KeySet>, Problem> {
    let asked = ask(http, url).await;
    match (asked, kept.as_mut().filter(|kept| kept.url == *url)) {
        (Ok(keys), _) => {
            let keys = Arc::new(keys);
            *kept = Some(Kept { url: url.clone(), keys: keys.clone(), came_ms: now_ms, asked_ms: now_ms });
            Ok(keys)
        }
        (Err(_), Some(kept)) => {
            kept.asked_ms = now_ms;
            Ok(kept.keys.clone())
        }
        (Err(problem), None) => Err(problem),
    }
}

/// Whether less than `length_ms` has passed; a clock that ran backwards has passed nothing that counts.
fn is_within(since_ms: i64, length_ms: i64, now_ms: i64) -> bool {
    (0..length_ms).contains(&now_ms.saturating_sub(since_ms))
}

async fn ask(http: &Http, url: &Url) -> Result<KeySet, Problem> {
    let request = Request { cap: IDENTITY_CAP, ..Request::get(url) };
    let answer = http.send_repeatable(&request).await.map_err(super::provider::unavailable)?;
    KeySet::parse(&answer.body).ok_or_else(|| Problem::NotUnderstood { code: "provider_keys".to_owned() })
}

#[cfg(test)]
pub(super) mod tests;
