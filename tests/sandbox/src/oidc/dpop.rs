//! Tokens bound to a key (RFC 9449): what a proof must say, where nonces come from, and the watch over the APIs
//! that no bound token is used without its key.

use std::collections::HashSet;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Map, Value};

use crate::http::{Refusal, header_text};
use crate::ids::{Minter, base64url, base64url_decoded, sha256};
use crate::state::{Shared, World};

pub(crate) const NONCE: HeaderName = HeaderName::from_static("dpop-nonce");
const PROOF: HeaderName = HeaderName::from_static("dpop");

/// How far a proof's `iat` may lie from the sandbox's clock.
const IAT_SECONDS: u64 = 300;
/// Uses and age after which a nonce has a successor; it is still taken until that one has a successor too.
const NONCE_USES: u32 = 4;
const NONCE_SECONDS: i64 = 120;

/// Which proofs were seen, and the nonces in force.
#[derive(Debug, Default)]
pub(crate) struct Proofs {
    seen: HashSet<(String, String)>,
    nonce: Option<Nonce>,
    nonce_before: Option<String>,
}

#[derive(Debug)]
struct Nonce {
    text: String,
    uses: u32,
    since_ms: i64,
}

impl Proofs {
    /// The nonce to use next.
    fn nonce(&mut self, minter: &mut Minter, now_ms: i64) -> String {
        let tired = |nonce: &Nonce| nonce.uses >= NONCE_USES || now_ms - nonce.since_ms >= NONCE_SECONDS * 1000;
        if self.nonce.as_ref().is_none_or(tired) {
            let next = Nonce { text: minter.next("nonce"), uses: 0, since_ms: now_ms };
            self.nonce_before = self.nonce.replace(next).map(|old| old.text);
        }
        self.nonce.as_ref().map(|nonce| nonce.text.clone()).unwrap_or_default()
    }

    fn knows_nonce(&mut self, text: &str) -> bool {
        match &mut self.nonce {
            Some(nonce) if nonce.text == text => {
                nonce.uses += 1;
                true
            }
            _ => self.nonce_before.as_deref() == Some(text),
        }
    }
}

/// Why a proof does not count.
#[derive(Debug)]
enum Flaw {
    Wrong(&'static str),
    /// It is in order but for the nonce.
    Nonce,
}

/// The thumbprint of the key the proof shows; `None` where there is no proof, or nothing is bound here at all.
pub(super) fn proven(
    world: &mut World,
    headers: &HeaderMap,
    method: &Method,
    htu: &str,
    token: Option<&str>,
) -> Result<Option<String>, Refusal> {
    if !world.options.dpop || !headers.contains_key(PROOF) {
        return Ok(None);
    }
    match check(world, headers, method, htu, token) {
        Ok(key) => Ok(Some(key)),
        Err(Flaw::Wrong(why)) => Err(Refusal::OAuth("invalid_dpop_proof", why)),
        Err(Flaw::Nonce) => Err(Refusal::UseNonce { nonce: next_nonce(world), at_api: false }),
    }
}

fn check(
    world: &mut World,
    headers: &HeaderMap,
    method: &Method,
    htu: &str,
    token: Option<&str>,
) -> Result<String, Flaw> {
    let mut proofs = headers.get_all(PROOF).iter();
    let proof = proofs.next().and_then(|proof| proof.to_str().ok()).ok_or(Flaw::Wrong("there is no proof"))?;
    if proofs.next().is_some() {
        return Err(Flaw::Wrong("there is more than one proof"));
    }
    let (key, claims) = read(proof)?;
    let claim = |name: &str| claims.get(name).and_then(Value::as_str);
    if claim("htm") != Some(method.as_str()) {
        return Err(Flaw::Wrong("htm is another method"));
    }
    if claim("htu") != Some(htu) {
        return Err(Flaw::Wrong("htu is another address"));
    }
    let now_ms = world.now_ms();
    let iat = claims.get("iat").and_then(Value::as_i64);
    if iat.is_none_or(|iat| now_ms.div_euclid(1000).abs_diff(iat) > IAT_SECONDS) {
        return Err(Flaw::Wrong("iat is missing or too far from now"));
    }
    if token.is_some_and(|token| claim("ath") != Some(base64url(&sha256(token.as_bytes())).as_str())) {
        return Err(Flaw::Wrong("ath is not this token's"));
    }
    let jti = claim("jti").filter(|jti| !jti.is_empty()).ok_or(Flaw::Wrong("jti is missing"))?;
    if world.options.dpop_nonce && !claim("nonce").is_some_and(|nonce| world.proofs.knows_nonce(nonce)) {
        return Err(Flaw::Nonce);
    }
    if !world.proofs.seen.insert((key.clone(), jti.to_owned())) {
        return Err(Flaw::Wrong("this proof was used before"));
    }
    Ok(key)
}

/// Signature and shape: thumbprint of the key (RFC 7638) and the claims.
fn read(proof: &str) -> Result<(String, Map<String, Value>), Flaw> {
    let header = proof.split('.').next().and_then(base64url_decoded);
    let header: Value =
        header.and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or(Flaw::Wrong("the proof is no JWT"))?;
    if header["typ"] != "dpop+jwt" || header["alg"] != "ES256" {
        return Err(Flaw::Wrong("typ or alg is not dpop+jwt, ES256"));
    }
    let jwk = &header["jwk"];
    if jwk.get("d").is_some() {
        return Err(Flaw::Wrong("the proof shows the private key"));
    }
    let (Some(x), Some(y), "EC", "P-256") = (
        jwk["x"].as_str(),
        jwk["y"].as_str(),
        jwk["kty"].as_str().unwrap_or_default(),
        jwk["crv"].as_str().unwrap_or_default(),
    ) else {
        return Err(Flaw::Wrong("the key is no P-256 key"));
    };
    let key = serde_json::from_value::<Jwk>(jwk.clone()).ok().and_then(|jwk| DecodingKey::from_jwk(&jwk).ok());
    let key = key.ok_or(Flaw::Wrong("the key cannot be read"))?;
    let mut checks = Validation::new(Algorithm::ES256);
    checks.required_spec_claims.clear();
    checks.validate_exp = false;
    checks.validate_aud = false;
    let claims = jsonwebtoken::decode::<Map<String, Value>>(proof, &key, &checks);
    let claims = claims.map_err(|_| Flaw::Wrong("the signature is wrong"))?.claims;
    let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
    Ok((base64url(&sha256(members.as_bytes())), claims))
}

pub(crate) fn next_nonce(world: &mut World) -> String {
    let now_ms = world.now_ms();
    world.proofs.nonce(&mut world.minter, now_ms)
}

/// Before the APIs: a bound token needs its proof. What is in order goes on as an ordinary bearer request.
pub(crate) async fn guard(State(shared): State<Arc<Shared>>, mut request: Request, next: Next) -> Response {
    let authorization = header_text(request.headers(), header::AUTHORIZATION).unwrap_or_default();
    let htu = format!("{}{}", shared.origin, request.uri().path());
    let verdict = {
        let mut world = shared.world();
        judge(&mut world, &authorization, request.headers(), request.method(), &htu)
    };
    match verdict {
        Ok(Some(token)) => {
            if let Ok(bearer) = HeaderValue::from_str(&format!("Bearer {token}")) {
                request.headers_mut().insert(header::AUTHORIZATION, bearer);
            }
        }
        Ok(None) => {}
        Err(refusal) => return refusal.into_response(),
    }
    next.run(request).await
}

/// The token of a request with a proof that is in order; `None` for a request that is no business of DPoP.
fn judge(
    world: &mut World,
    authorization: &str,
    headers: &HeaderMap,
    method: &Method,
    htu: &str,
) -> Result<Option<String>, Refusal> {
    if !world.options.dpop {
        return Ok(None);
    }
    let bound_to =
        |world: &World, token: &str| world.sessions.access(token, world.now_ms()).map(|access| access.bound_to.clone());
    let Some(token) = authorization.strip_prefix("DPoP ") else {
        let bearer = authorization.strip_prefix("Bearer ").and_then(|token| bound_to(world, token));
        return match bearer {
            Some(Some(_)) => Err(Refusal::Dpop("invalid_token")),
            _ => Ok(None),
        };
    };
    match check(world, headers, method, htu, Some(token)) {
        Err(Flaw::Wrong(_)) => Err(Refusal::Dpop("invalid_dpop_proof")),
        Err(Flaw::Nonce) => Err(Refusal::UseNonce { nonce: next_nonce(world), at_api: true }),
        Ok(key) => match bound_to(world, token) {
            Some(Some(bound)) if bound == key => Ok(Some(token.to_owned())),
            _ => Err(Refusal::Dpop("invalid_token")),
        },
    }
}

/// Tells the next nonce with every answer that took a proof, so that a client need not be refused to learn it.
pub(crate) async fn tell_nonce(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let proven = request.headers().contains_key(PROOF);
    let mut answer = next.run(request).await;
    let mut world = shared.world();
    let wanted = proven && world.options.dpop && world.options.dpop_nonce && !answer.headers().contains_key(NONCE);
    if wanted && let Ok(nonce) = HeaderValue::from_str(&next_nonce(&mut world)) {
        answer.headers_mut().insert(NONCE, nonce);
    }
    answer
}
