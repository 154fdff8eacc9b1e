//! Proofs of possession over a real connection: a new one each time, the server's nonce in it, and an end to asking.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects)]

#[path = "support/server.rs"]
mod server;

use std::collections::BTreeSet;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use companion::host::{Clock, ClockReading, HostError, SystemEntropy};
use companion::operator::failure::Failure;
use companion::operator::http::{Answer, Body, Http, IDENTITY_CAP, Request};
use companion::operator::proof::ProofKey;
use companion::operator::time::OperatorTime;
use secrecy::SecretString;
use serde_json::Value;
use server::{Server, header, json};
use url::Url;

const NOW_S: i64 = 1_795_608_000;

/// A clock that stands.
struct Noon;

impl Clock for Noon {
    fn now(&self) -> Result<ClockReading, HostError> {
        Ok(ClockReading { wall_ms: NOW_S * 1000, elapsed_ms: 1000, boot_id: "boot".to_owned() })
    }
}

fn http(server: &Server) -> Http {
    let anchors = Some(server.anchor_pem.clone());
    Http::new(anchors, vec![server.url.origin()], Arc::new(Noon), Arc::new(SystemEntropy), Arc::default())
}

/// The claims of the proofs that came in; `None` where none came.
fn proofs(server: &Server) -> Vec<Option<Value>> {
    let claims = |request: &String| {
        let claims = URL_SAFE_NO_PAD.decode(header(request, "dpop")?.split('.').nth(1).unwrap()).unwrap();
        Some(serde_json::from_slice(&claims).unwrap())
    };
    server.requests.lock().unwrap().iter().map(claims).collect()
}

fn nonces(server: &Server) -> Vec<Option<String>> {
    let nonce = |proof: Option<Value>| proof.unwrap()["nonce"].as_str().map(str::to_owned);
    proofs(server).into_iter().map(nonce).collect()
}

async fn post(http: &Http, url: &Url, key: &ProofKey) -> Result<Answer, Failure> {
    let body = Body { content_type: "application/x-www-form-urlencoded", bytes: b"a=b".to_vec() };
    http.send_once(&Request { body: Some(body), proof: Some(key), cap: IDENTITY_CAP, ..Request::get(url) }).await
}

fn asks(nonce: &str) -> String {
    json(400, &format!("dpop-nonce: {nonce}\r\n"), r#"{"error":"use_dpop_nonce"}"#)
}

#[tokio::test]
async fn a_token_endpoint_that_asks_for_its_nonce_gets_it_at_once_and_from_then_on() {
    let server = Server::start(|index, _| {
        Some(if index == 0 { asks("one") } else { json(200, &format!("dpop-nonce: n{index}\r\n"), "{}") })
    })
    .await;
    let (http, key) = (http(&server), ProofKey::generate().unwrap());
    let url = server.url.join("token?x=y").unwrap();
    for _ in 0..3 {
        assert_eq!(post(&http, &url, &key).await.unwrap().status, 200);
    }
    let of = |text: &str| Some(text.to_owned());
    assert_eq!(nonces(&server), [None, of("one"), of("n1"), of("n2")]);
    let proofs = proofs(&server).into_iter().map(Option::unwrap).collect::<Vec<_>>();
    let ids: BTreeSet<_> = proofs.iter().map(|proof| proof["jti"].to_string()).collect();
    assert_eq!(ids.len(), 4, "each proof once");
    for proof in &proofs {
        assert_eq!(proof["htm"], "POST");
        assert_eq!(proof["htu"], server.url.join("token").unwrap().as_str());
        assert_eq!(proof["iat"], NOW_S);
        assert_eq!(proof.get("ath"), None);
    }
    let requests = server.requests.lock().unwrap();
    assert!(requests.iter().all(|request| request.ends_with("a=b") && header(request, "authorization").is_none()));
}

#[tokio::test]
async fn an_api_that_asks_for_its_nonce_gets_it_with_the_token_bound_to_the_key() {
    let challenge =
        "www-authenticate: Bearer\r\nwww-authenticate: DPoP error=\"use_dpop_nonce\"\r\ndpop-nonce: one\r\n";
    let server = Server::start(move |index, _| {
        Some(if index == 0 {
            json(401, challenge, "{}")
        } else {
            json(200, "date: Wed, 25 Nov 2026 13:05:00 GMT\r\n", "{}")
        })
    })
    .await;
    let (http, key) = (http(&server), ProofKey::generate().unwrap());
    let token = SecretString::from("token");
    let request = Request { bearer: Some(&token), proof: Some(&key), ..Request::get(&server.url) };
    for _ in 0..2 {
        assert_eq!(http.send_repeatable(&request).await.unwrap().status, 200);
    }
    assert_eq!(nonces(&server), [None, Some("one".to_owned()), Some("one".to_owned())]);
    let proofs = proofs(&server).into_iter().map(Option::unwrap).collect::<Vec<_>>();
    assert!(
        proofs
            .iter()
            .all(|proof| proof["htm"] == "GET" && proof["ath"] == "PEaenWxYddN6Q_NT1PiOYfz4EsZu7jRXRlpAsNpBU-A")
    );
    // The operator's time, as soon as it is known.
    assert_eq!(proofs[2]["iat"], 1_795_611_900);
    let requests = server.requests.lock().unwrap();
    assert!(requests.iter().all(|request| header(request, "authorization") == Some("DPoP token")));
}

#[tokio::test]
async fn a_server_that_never_has_enough_is_asked_three_times_and_its_answer_is_no_refusal() {
    let server = Server::start(|index, _| Some(asks(&format!("n{index}")))).await;
    let (http, key) = (http(&server), ProofKey::generate().unwrap());
    assert_eq!(post(&http, &server.url, &key).await.unwrap_err(), Failure::ProofRefused);
    assert_eq!(server.requests.lock().unwrap().len(), 3);

    for (nonce, tries) in [("the-same", 2), ("no nonce at all", 1)] {
        let server = Server::start(move |_, _| Some(asks(nonce))).await;
        let http = self::http(&server);
        assert_eq!(post(&http, &server.url, &key).await.unwrap_err(), Failure::ProofRefused);
        assert_eq!(server.requests.lock().unwrap().len(), tries, "without a new nonce there is no better proof");
    }
}

#[tokio::test]
async fn other_refusals_are_handed_on_and_nothing_is_sent_twice() {
    for answer in [json(400, "dpop-nonce: n\r\n", r#"{"error":"invalid_grant"}"#), json(401, "dpop-nonce: n\r\n", "{}")]
    {
        let expected = answer.clone();
        let server = Server::start(move |_, _| Some(answer.clone())).await;
        let (http, key) = (http(&server), ProofKey::generate().unwrap());
        let answer = post(&http, &server.url, &key).await.unwrap();
        assert!(expected.contains(&answer.status.to_string()));
        assert_eq!(server.requests.lock().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn without_a_key_the_token_goes_alone_and_a_wish_for_a_nonce_is_an_answer() {
    let server = Server::start(|_, _| Some(asks("one"))).await;
    let token = SecretString::from("token");
    let request = Request { bearer: Some(&token), ..Request::get(&server.url) };
    assert_eq!(http(&server).send_once(&request).await.unwrap().status, 400);
    assert_eq!(proofs(&server), [None]);
    assert_eq!(header(&server.requests.lock().unwrap()[0], "authorization"), Some("Bearer token"));
}

#[tokio::test]
async fn what_was_sent_is_told_from_what_was_not() {
    let key = ProofKey::generate().unwrap();
    // The connection ends instead of an answer, or within one.
    for cut in [None, Some("HTTP/1.1 200 x\r\ncontent-length: 99\r\n\r\n{"), Some("HTTP/1.1 2")] {
        let server = Server::start(move |_, _| cut.map(str::to_owned)).await;
        let failure = post(&http(&server), &server.url, &key).await.unwrap_err();
        assert!(failure.was_sent() && failure.is_ambiguous(), "{cut:?}: {failure:?}");
    }
    // Nobody listens; who listens has another certificate; who listens speaks no TLS.
    let server = Server::start(|_, _| None).await;
    let stranger = Server::start(|_, _| None).await;
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let mut free = server.url.clone();
    free.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
    drop(listener);
    for (url, expected) in [(&free, Failure::Connect), (&stranger.url, Failure::Tls)] {
        let anchors = Some(server.anchor_pem.clone());
        let time = Arc::<OperatorTime>::default();
        let http = Http::new(anchors, vec![url.origin()], Arc::new(Noon), Arc::new(SystemEntropy), time);
        let failure = post(&http, url, &key).await.unwrap_err();
        assert_eq!(failure, expected);
        assert!(!failure.was_sent());
    }
    assert!(stranger.requests.lock().unwrap().is_empty());
}
