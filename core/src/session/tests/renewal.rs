//! Renewing where the operator, its keys or the way to it are not as they should be.

use std::time::Duration;

use futures_util::FutureExt;
use serde_json::Value;
use url::Url;

use super::phone::{Phone, TOKEN_LIFE_S, status};
use crate::host::within;
use crate::problem::{Problem, SessionEnd};
use crate::session::trials::operator::{Mishap, Policy};
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
