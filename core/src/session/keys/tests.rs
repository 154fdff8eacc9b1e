//! Keys as providers publish them, and how often they are asked for.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use futures_util::FutureExt;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::json;

use super::*;
use crate::host::{ClockReading, HostError, SystemEntropy};
use crate::operator::failure::Failure;
use crate::operator::http::Answer;

/// A provider's key, for tests that need tokens.
pub struct Signer {
    pair: EcdsaKeyPair,
    kid: &'static str,
}

impl Signer {
    pub fn new(kid: &'static str) -> Signer {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap();
        Signer { pair, kid }
    }

    pub fn jwk(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..]));
        json!({"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.kid, "x": x, "y": y})
    }

    pub fn keys(&self) -> KeySet {
        KeySet::parse(json!({"keys": [self.jwk()]}).to_string().as_bytes()).unwrap()
    }

    /// A token of these claims, as text so that they may be anything.
    pub fn token(&self, claims: &str) -> String {
        self.signed(&json!({"alg": "ES256", "kid": self.kid, "typ": "JWT"}).to_string(), claims)
    }

    pub fn signed(&self, header: &str, claims: &str) -> String {
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

/// RFC 7515, appendix A.3.
const EC_KEY: (&str, &str) =
    ("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
const EC_TOKEN: &str = "eyJhbGciOiJFUzI1NiJ9.\
    eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
    DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
/// RFC 7515, appendix A.2.
const RSA_KEY: &str = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-\
    yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2\
    R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FR\
    WyuXpoQ";
const RSA_TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.\
    eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
    cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcA\
    cQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWE\
    sqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
/// Made with `openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32`.
const PSS_KEY: &str = "ogPDWxhV1Skwtuqa2hwxFwIhYlUGK-RSda7M43FWCO3PysPNcyy1gv9rH_BBWfB3_38__byGJ3adua_cAusUyioD0HC0zK9yY4TiYPIB\
    A3lkNuWeNWIZFmVKG05ncLX03LTKkp-z-d7F0rMGuvN426gKzwKQ2tOGYrJVPUcSm3GW4tyV6WxN5TaD1GLE0FcB9PltZ2wbROdv37tchasv_xMIWt48Vqp\
    HLErt20FZpTRak5-IiFzcZ_8TDfkKuk-0ORpxSCX4LsIHeGKSvmGW2iHujAgVtmoWYNlQb7Qyvw-YNch7xsoocYepFeTJhWoUdH0Ua99WZXzNfyD_L3wh_Q";
const PSS_TOKEN: &str = "eyJhbGciOiJQUzI1NiJ9.YW55IHBheWxvYWQ.\
    ViIZNP85ANDAurGE7Fa1TFSMjkixnx_xgMziGBrJjYAAjP2Cqifvsv7-Bot6NpYgGz77_fDUYEsiBk5JO4ABwXPD4PzRaTIsKXcIU-AgkM3DEARkF1w7bhI\
    mPlvBgaKi3PNP9fMg8OcI7AqZpaESPdlWgJj4Dcs2fbUrfsGN4tZHIDCoFpz15luuUe4JNhYAyb4k_ahtarODXBckIiHQalj6ueATISTjuAXNa92qUf91TO\
    ERIWl9fY6PjnvGURZ78BNvc4ilwniALcqERmz45NWZ7TW61TEnNM99tElLMzLmYA8TRKZOb4pErloA6GAHd1lNKR2iKXfURHnsWxWfKg";
const SHORT_RSA_KEY: &str = "uBnXULiFgiCw7e4JHYa3MPFc7mkKYBQPuzrq4er3ReEhEOwpZuGE6ZtBpufbi_La3fEUAe1n0tyciJVT5-VnsWuvWWpGnVnvr\
    Q5oc_fY-jOk8OinDVhX1jvC3oXMs976h-O2jtqk1ZLKQaeBd6smOjnQa1yCFD6v3imqITNt5OM";

fn ec(kid: &str) -> Value {
    json!({"kty": "EC", "crv": "P-256", "kid": kid, "x": EC_KEY.0, "y": EC_KEY.1})
}

fn rsa(kid: &str, n: &str) -> Value {
    json!({"kty": "RSA", "kid": kid, "n": n, "e": "AQAB"})
}

fn set(keys: &[Value]) -> KeySet {
    KeySet::parse(json!({"keys": keys, "something": "new"}).to_string().as_bytes()).unwrap()
}

fn verifies(keys: &KeySet, kid: Option<&str>, alg: SigningAlgorithm, token: &str) -> bool {
    let (signed, signature) = token.rsplit_once('.').unwrap();
    keys.verifies(kid, alg, signed.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).unwrap())
}

const ALL: [SigningAlgorithm; 3] = [SigningAlgorithm::ES256, SigningAlgorithm::RS256, SigningAlgorithm::PS256];

#[test]
fn published_signatures_verify_by_their_own_key_and_algorithm_alone() {
    let keys = set(&[ec("e"), rsa("r", RSA_KEY), rsa("p", PSS_KEY)]);
    for (right, token) in [(("e", ALL[0]), EC_TOKEN), (("r", ALL[1]), RSA_TOKEN), (("p", ALL[2]), PSS_TOKEN)] {
        for kid in ["e", "r", "p", "q"] {
            for alg in ALL {
                assert_eq!(verifies(&keys, Some(kid), alg, token), (kid, alg) == right, "{kid} {alg:?}");
            }
        }
        let altered = token.replacen(".", ".A", 1);
        assert!(!verifies(&keys, Some(right.0), right.1, &altered));
    }
}

#[test]
fn a_signature_without_a_name_needs_a_single_key_that_could_have_made_it() {
    let (es, rs) = (ALL[0], ALL[1]);
    assert!(verifies(&set(&[ec("e"), rsa("r", RSA_KEY)]), None, es, EC_TOKEN));
    assert!(verifies(&set(&[ec("e"), rsa("r", RSA_KEY)]), None, rs, RSA_TOKEN));
    assert!(!verifies(&set(&[rsa("r", RSA_KEY), rsa("p", PSS_KEY)]), None, rs, RSA_TOKEN));
    assert!(!verifies(&set(&[]), None, rs, RSA_TOKEN));
}

#[test]
fn one_name_for_two_keys_of_a_kind_is_a_name_for_neither() {
    let rs = ALL[1];
    assert!(!verifies(&set(&[rsa("k", RSA_KEY), rsa("k", PSS_KEY)]), Some("k"), rs, RSA_TOKEN));
    assert!(verifies(&set(&[rsa("k", RSA_KEY), rsa("k", RSA_KEY)]), Some("k"), rs, RSA_TOKEN), "the same key twice");
    assert!(verifies(&set(&[rsa("k", RSA_KEY), ec("k")]), Some("k"), rs, RSA_TOKEN), "told apart by kind");
}

#[test]
fn keys_of_other_kinds_and_uses_and_broken_ones_are_passed_over() {
    let with = |mut key: Value, name: &str, value: Value| {
        key[name] = value;
        key
    };
    let other = [
        with(ec("k"), "use", json!("enc")),
        with(ec("k"), "key_ops", json!(["encrypt"])),
        with(ec("k"), "crv", json!("P-384")),
        with(ec("k"), "crv", json!(null)),
        with(ec("k"), "x", json!("AAAA")),
        with(ec("k"), "y", json!("!")),
        with(ec("k"), "kty", json!("OKP")),
        with(ec("k"), "kid", json!(7)),
        with(ec("k"), "kid", json!("k".repeat(LONGEST_KID + 1))),
        json!({"kty": "oct", "kid": "k", "k": "AAAA"}),
        rsa("k", SHORT_RSA_KEY),
        rsa("k", &URL_SAFE_NO_PAD.encode([vec![0; 200], vec![255; 200]].concat())),
        rsa("k", &URL_SAFE_NO_PAD.encode([vec![0x7f], vec![255; 255]].concat())),
        rsa("k", &URL_SAFE_NO_PAD.encode(vec![255; 1025])),
        with(rsa("k", RSA_KEY), "e", json!("")),
        with(rsa("k", RSA_KEY), "e", json!(null)),
        json!({}),
        json!(7),
        json!(null),
        json!([]),
    ];
    for key in other {
        assert_eq!(set(std::slice::from_ref(&key)), KeySet::default(), "{key}");
    }
    let fine = with(with(ec("k"), "use", json!("sig")), "key_ops", json!(["sign", "verify"]));
    assert!(verifies(&set(&[json!(7), fine]), Some("k"), ALL[0], EC_TOKEN));
    assert!(verifies(&set(&[rsa("k", &format!("AAAA{RSA_KEY}"))]), Some("k"), ALL[1], RSA_TOKEN), "leading zeros");
}

#[test]
fn a_key_that_is_for_one_algorithm_is_for_no_other() {
    let mut key = rsa("k", RSA_KEY);
    for (alg, verified) in [("RS256", true), ("PS256", false), ("RS512", false), ("RSA-OAEP", false)] {
        key["alg"] = json!(alg);
        assert_eq!(verifies(&set(&[key.clone()]), Some("k"), ALL[1], RSA_TOKEN), verified, "{alg}");
    }
}

#[test]
fn a_point_that_is_not_on_the_curve_and_an_even_exponent_verify_nothing() {
    let off_curve = json!({"kty": "EC", "crv": "P-256", "x": EC_KEY.0, "y": EC_KEY.0});
    assert!(!verifies(&set(&[off_curve]), None, ALL[0], EC_TOKEN));
    for e in ["AQ", "Ag", "AQABAQABAQABAQABAQABAQAB"] {
        let key = json!({"kty": "RSA", "n": RSA_KEY, "e": e});
        assert!(!verifies(&set(&[key]), None, ALL[1], RSA_TOKEN), "{e}");
    }
}

#[test]
fn a_set_is_bounded_and_what_is_none_is_refused() {
    let many = |count: usize| json!({"keys": (0..count).map(|kid| ec(&kid.to_string())).collect::<Vec<_>>()});
    assert!(KeySet::parse(many(MAX_KEYS).to_string().as_bytes()).unwrap().knows("49"));
    assert_eq!(KeySet::parse(many(MAX_KEYS + 1).to_string().as_bytes()), None);
    let large = format!(r#"{{"keys": [], "x": "{}"}}"#, "a".repeat(IDENTITY_CAP));
    let deep = format!(r#"{{"keys": {}{}}}"#, "[".repeat(500), "]".repeat(500));
    for body in ["", "{}", "[]", "null", r#"{"keys": {}}"#, r#"{"keys": []"#, "<html>", &large, &deep] {
        assert_eq!(KeySet::parse(body.as_bytes()), None, "{:.40}", body);
    }
}

/// A boot clock to be turned.
struct Turned(AtomicI64);

impl Clock for Turned {
    fn now(&self) -> Result<ClockReading, HostError> {
        Ok(ClockReading { wall_ms: 0, elapsed_ms: self.0.load(Ordering::SeqCst), boot_id: "boot".to_owned() })
    }
}

/// A provider, and how it was asked.
struct Provider {
    http: Http,
    clock: Arc<Turned>,
    /// The names of its keys; none while it does not answer.
    kids: Arc<Mutex<Option<Vec<&'static str>>>>,
    asked: Arc<AtomicI64>,
    url: Url,
}

impl Provider {
    fn new() -> Provider {
        let clock = Arc::new(Turned(AtomicI64::new(0)));
        let url = Url::parse("https://id.example/jwks").unwrap();
        let origins = vec![url.origin()];
        let mut http = Http::new(None, origins, clock.clone(), Arc::new(SystemEntropy), Arc::default());
        let (kids, asked) = (Arc::new(Mutex::new(Some(vec!["a"]))), Arc::new(AtomicI64::new(0)));
        let (known, count) = (kids.clone(), asked.clone());
        http.stand_in = Some(Arc::new(move |_| {
            count.fetch_add(1, Ordering::SeqCst);
            let answered = known.lock().unwrap().clone();
            async move {
                tokio::task::yield_now().await;
                // A status that is not tried again, so that each ask counts once.
                let Some(kids) = answered else {
                    return Err(Failure::Status { status: 404, retry_after_seconds: None });
                };
                let keys: Vec<Value> = kids.into_iter().map(ec).collect();
                let body = json!({"keys": keys}).to_string().into_bytes();
                let (etag, max_age_seconds, retry_after_seconds) = (None, None, None);
                Ok(Answer { status: 200, etag, max_age_seconds, retry_after_seconds, is_json: true, body })
            }
            .boxed()
        }));
        Provider { http, clock, kids, asked, url }
    }

    async fn get(&self, keys: &Keys, kid: Option<&str>) -> Option<bool> {
        let keys = keys.get(&self.http, &*self.clock, &self.url, kid).await.ok()?;
        Some(kid.is_none_or(|kid| keys.knows(kid)))
    }

    fn asked(&self) -> i64 {
        self.asked.load(Ordering::SeqCst)
    }

    fn wait(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn keys_are_asked_for_once_a_day_and_old_ones_do_where_there_are_no_new_ones() {
    let (provider, keys) = (Provider::new(), Keys::default());
    for _ in 0..3 {
        assert_eq!(provider.get(&keys, Some("a")).await, Some(true));
        provider.wait(LIFETIME_MS / 3 - 1);
    }
    assert_eq!(provider.asked(), 1);
    provider.wait(3);
    *provider.kids.lock().unwrap() = None;
    for _ in 0..10 {
        assert_eq!(provider.get(&keys, Some("a")).await, Some(true), "stale");
    }
    assert_eq!(provider.asked(), 2, "one try, then five minutes of rest");
    provider.wait(REPEAT_MS);
    *provider.kids.lock().unwrap() = Some(vec!["b"]);
    assert_eq!(provider.get(&keys, Some("b")).await, Some(true));
    assert_eq!(provider.get(&keys, None).await, Some(true));
    assert_eq!(provider.asked(), 3);
}

#[tokio::test]
async fn a_flood_of_unknown_keys_is_one_question_every_five_minutes() {
    let (provider, keys) = (Provider::new(), Keys::default());
    assert_eq!(provider.get(&keys, Some("a")).await, Some(true));
    provider.wait(REPEAT_MS);
    for round in 2..5 {
        for kid in 0..100 {
            assert_eq!(provider.get(&keys, Some(&format!("unknown {kid}"))).await, Some(false));
        }
        assert_eq!(provider.asked(), round);
        provider.wait(REPEAT_MS);
    }
    *provider.kids.lock().unwrap() = Some(vec!["a", "new"]);
    assert_eq!(provider.get(&keys, Some("new")).await, Some(true), "rotated");
}

#[tokio::test]
async fn who_asks_meanwhile_shares_the_answer() {
    let (provider, keys) = (Provider::new(), Keys::default());
    let all = futures_util::future::join_all((0..32).map(|_| provider.get(&keys, Some("a")))).await;
    assert!(all.iter().all(|known| *known == Some(true)));
    assert_eq!(provider.asked(), 1);
}

#[tokio::test]
async fn without_any_keys_the_trouble_is_told_and_the_next_try_asks_again() {
    let (provider, keys) = (Provider::new(), Keys::default());
    *provider.kids.lock().unwrap() = None;
    let refused = keys.get(&provider.http, &*provider.clock, &provider.url, None).await;
    assert_eq!(refused.unwrap_err(), Problem::ServiceUnavailable { retry_after_seconds: None });
    *provider.kids.lock().unwrap() = Some(vec!["a"]);
    assert_eq!(provider.get(&keys, Some("a")).await, Some(true));
}
