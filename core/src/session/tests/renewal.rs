//! Renewing where the operator, its keys or the way to it are not as they should be.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::ready;
use serde_json::{Value, json};
use url::Url;

use super::phone::{Phone, TOKEN_LIFE_S, status};
use crate::host::within;
use crate::operator::failure::Failure;
use crate::operator::http::Answer;
use crate::problem::{Problem, SecurityCheck, SessionEnd};
use crate::session::trials::operator::{ISSUER, Mishap, Policy, description};
use crate::session::trials::signer;
use crate::session::{Call, SessionPhase};

const EXPIRED: Problem = Problem::SessionEnded { reason: SessionEnd::Expired };

/// Removes the refresh token from an answer.
fn without_refresh_token(answer: &mut Value) {
    answer.as_object_mut().unwrap().remove("refresh_token");
}

#[tokio::test]
async fn a_session_without_a_refresh_token_ends_when_its_token_has_run_out_and_not_when_an_api_refuses_it() {
    let phone = Phone::new(Policy::Strict);
    phone.alter("/token", without_refresh_token);
    phone.sign_in("emma").await.unwrap();
    phone.set_way(|_, _| async { status(401) }.boxed());
    let (session, url) = (phone.session(), Url::parse("https://api.example/usage").unwrap());
    let call = async move { session.call(&url, Call::default()).await.map(|_| ()) };
    assert_eq!(phone.core.engine.workers.run(call).await, Err(Problem::NotPermitted));
    assert_eq!(phone.phase(), SessionPhase::SignedIn);
    assert_eq!(phone.need().await, Ok(()), "the token still lives");
    phone.pass(TOKEN_LIFE_S);
    assert_eq!(phone.need().await, Err(EXPIRED));
    assert_eq!(phone.phase(), SessionPhase::SignInAgain);
    assert_eq!(phone.asked("/token"), 1, "there was nothing to renew with");
}

#[tokio::test]
async fn keys_that_never_come_cost_a_renewal_no_more_than_their_bound() {
    let mut phone = Phone::of_emma(Policy::Strict).await;
    // A new life of the app knows no keys.
    phone.reopen();
    phone.pass(TOKEN_LIFE_S);
    phone.set_way(|asked, process| match asked.path() {
        "/jwks" => std::future::pending().boxed(),
        _ => process.to_operator(asked).boxed(),
    });
    let renewed = within(Duration::from_secs(20), phone.need()).await;
    assert_eq!(renewed, Some(Ok(())), "in time, and with new tokens");
    assert_eq!((phone.asked("/jwks"), phone.generation()), (2, 2));
}

#[tokio::test]
async fn an_answer_that_was_lost_is_remembered_though_the_repeat_never_left_the_phone() {
    for dies in [false, true] {
        let mut phone = Phone::of_emma(Policy::Grace).await;
        phone.device.operator().mishaps.extend([Mishap::Lost, Mishap::NotSent]);
        assert_eq!(phone.refused().await, Err(Problem::Offline));
        if dies {
            phone.reopen();
        }
        let (asked, generation) = (phone.asked("/token"), phone.generation());
        // The access token lives for minutes, and yet: the sooner it is asked for again, the likelier it is forgiven.
        assert_eq!(phone.need().await, Ok(()));
        assert_eq!((phone.asked("/token"), phone.generation()), (asked + 1, generation + 1), "dies: {dies}");
        assert_eq!(phone.need().await, Ok(()));
        assert_eq!(phone.asked("/token"), asked + 1, "once; dies: {dies}");
    }
}

const BUSY: Problem = Problem::ServiceUnavailable { retry_after_seconds: None };

/// What a provider describes whose endpoints are elsewhere.
#[derive(Debug, Clone, Copy)]
enum Now {
    /// The token endpoint has another path.
    Elsewhere,
    /// Where it was, and it is not there.
    Same,
    /// At somebody else's.
    Foreign,
    /// It is another provider's description.
    OtherIssuer,
    Silent,
}

/// The token endpoint is gone from where it was at the sign-in.
fn move_away(phone: &Phone, gone: u16, now: Now) {
    phone.set_way(move |asked, process| match asked.path() {
        "/token" => async move { status(gone) }.boxed(),
        "/.well-known/openid-configuration" => {
            let mut provider = description();
            match now {
                Now::Elsewhere => provider["token_endpoint"] = json!(format!("{ISSUER}/v2/token")),
                Now::Same => {}
                Now::Foreign => provider["token_endpoint"] = json!("https://evil.example/token"),
                Now::OtherIssuer => {
                    provider["token_endpoint"] = json!(format!("{ISSUER}/v2/token"));
                    provider["issuer"] = json!("https://evil.example");
                }
                Now::Silent => return std::future::pending().boxed(),
            }
            async move { Ok(Answer::document(&provider)) }.boxed()
        }
        "/v2/token" => process.to_operator(asked.at("/token")).boxed(),
        _ => process.to_operator(asked).boxed(),
    });
}

#[tokio::test]
async fn a_token_endpoint_that_moved_is_found_again_and_kept_with_the_session() {
    for gone in [404, 410] {
        let mut phone = Phone::of_emma(Policy::Strict).await;
        move_away(&phone, gone, Now::Elsewhere);
        let discovered = phone.asked("/.well-known/openid-configuration");
        phone.pass(TOKEN_LIFE_S);
        assert_eq!(phone.need().await, Ok(()), "{gone}");
        assert_eq!((phone.asked("/token"), phone.asked("/v2/token"), phone.generation()), (2, 1, 2), "{gone}");
        // Also after a restart, nobody asks at the old place again, nor where the new one is.
        phone.reopen();
        phone.pass(TOKEN_LIFE_S);
        assert_eq!(phone.need().await, Ok(()), "{gone}");
        assert_eq!((phone.asked("/token"), phone.asked("/v2/token"), phone.generation()), (2, 2, 3), "{gone}");
        assert_eq!(phone.asked("/.well-known/openid-configuration"), discovered + 1, "{gone}");
    }
}

#[tokio::test]
async fn a_token_endpoint_that_is_nowhere_to_be_found_ends_nothing_and_no_token_goes_astray() {
    let nows = [Now::Same, Now::Foreign, Now::OtherIssuer, Now::Silent];
    for (gone, now) in [404, 410].into_iter().flat_map(|gone| nows.map(|now| (gone, now))) {
        let phone = Phone::of_emma(Policy::Strict).await;
        move_away(&phone, gone, now);
        phone.pass(TOKEN_LIFE_S);
        let outcome = within(Duration::from_secs(20), phone.need()).await;
        assert_eq!(outcome, Some(Err(BUSY)), "{gone}, {now:?}");
        assert_eq!((phone.asked("/token"), phone.asked("/v2/token")), (2, 0), "{gone}, {now:?}");
        assert_eq!(phone.phase(), SessionPhase::SignedIn, "{gone}, {now:?}");
        phone.clear_way();
        assert_eq!(phone.need().await, Ok(()), "{gone}, {now:?}: once it is back");
    }
}

#[tokio::test]
async fn other_refusals_of_the_token_endpoint_are_no_reason_to_look_for_another() {
    for refused in [400, 401, 403, 405, 429, 500, 503] {
        let phone = Phone::of_emma(Policy::Strict).await;
        let discovered = phone.asked("/.well-known/openid-configuration");
        move_away(&phone, refused, Now::Elsewhere);
        phone.pass(TOKEN_LIFE_S);
        assert_eq!(phone.need().await, Err(BUSY), "{refused}");
        assert_eq!(phone.asked("/.well-known/openid-configuration"), discovered, "{refused}");
        assert_eq!(phone.phase(), SessionPhase::SignedIn, "{refused}");
    }
}

/// The provider signs a renewal's id token with another key of the name that the phone knows.
fn sign_with_a_namesake(phone: &Phone, published: Option<Published>) {
    let namesake = Arc::new(signer::namesake());
    let nonce = phone.session().standing().record().unwrap().nonce.clone();
    phone.set_way(move |asked, process| {
        let (namesake, nonce) = (namesake.clone(), nonce.clone());
        match (asked.path(), published) {
            ("/jwks", Some(Published::New)) => async move { Ok(Answer::document(&signer::keys_of(&namesake))) }.boxed(),
            ("/jwks", None) => std::future::pending().boxed(),
            ("/token", _) => async move {
                let mut answer = process.to_operator(asked).await?;
                let mut tokens: Value = serde_json::from_slice(&answer.body).unwrap();
                tokens["id_token"] = json!(signer::id_token_of(&namesake, "emma", &nonce));
                answer.body = tokens.to_string().into_bytes();
                Ok(answer)
            }
            .boxed(),
            _ => process.to_operator(asked).boxed(),
        }
    });
}

/// The keys that the provider publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Published {
    Old,
    New,
}

#[tokio::test]
async fn a_key_that_changed_and_kept_its_name_is_asked_for_once_before_a_renewal_is_refused() {
    let signature = Problem::rejected(SecurityCheck::Signature);
    for (published, expected) in
        [(Some(Published::New), Ok(())), (Some(Published::Old), Err(signature.clone())), (None, Err(signature.clone()))]
    {
        let phone = Phone::of_emma(Policy::Grace).await;
        phone.pass(TOKEN_LIFE_S);
        sign_with_a_namesake(&phone, published);
        let asked = phone.asked("/jwks");
        let outcome = within(Duration::from_secs(20), phone.need()).await;
        assert_eq!(outcome, Some(expected), "{published:?}");
        assert_eq!(phone.asked("/jwks"), asked + 1, "{published:?}");
        assert_eq!(phone.phase(), SessionPhase::SignedIn, "{published:?}");
        phone.clear_way();
        assert_eq!(phone.need().await, Ok(()), "{published:?}");
    }
}

#[tokio::test]
async fn i18_a_token_endpoint_that_asks_to_wait_is_left_alone_by_the_next_run_of_the_app_too() {
    let mut phone = Phone::of_emma(Policy::Strict).await;
    phone.pass(TOKEN_LIFE_S);
    let too_many = Failure::Status { status: 429, retry_after_seconds: Some(120) };
    phone.set_way(move |asked, process| match asked.path() {
        "/token" => ready(Err(too_many.clone())).boxed(),
        _ => process.to_operator(asked).boxed(),
    });
    let before = phone.asked("/token");
    assert!(phone.need().await.is_err());
    let asked = phone.asked("/token");
    assert_eq!(asked, before + 1);
    phone.reopen();
    phone.pass(119);
    assert!(phone.need().await.is_err());
    assert_eq!(phone.asked("/token"), asked, "asked before the time that was named");
    phone.pass(14);
    phone.clear_way();
    assert_eq!(phone.need().await, Ok(()));
}
