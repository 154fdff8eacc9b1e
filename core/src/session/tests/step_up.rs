//! An API wants a newer sign-in for one thing (RFC 9470): the session goes on as it is, whatever becomes of that.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::FutureExt;
use url::Url;

use super::phone::{Phone, TOKEN_LIFE_S};
use crate::operator::challenge::StepUp;
use crate::operator::failure::Failure;
use crate::operator::http::{Change, Verb};
use crate::problem::{Problem, SessionEnd, SignInFailure};
use crate::session::trials::device::START_S;
use crate::session::trials::operator::Policy;
use crate::session::{Call, SessionPhase, SignInPurpose, SignInWish};

const REQUIRED: Problem = Problem::SignIn { reason: SignInFailure::StepUpRequired };
const OTHER_PERSON: Problem = Problem::SignIn { reason: SignInFailure::StepUpOtherPerson };
const TOO_OLD: Problem = Problem::SignIn { reason: SignInFailure::StepUpTooOld };
const SECRET: &str = "/usage/secret";

/// The API of secrets answers as it does where the sign-in is too old.
fn challenge(phone: &Phone) {
    phone.set_way(|asked, process| {
        let wanted = StepUp { max_age_s: Some(300), acr_values: Some("urn:mfa".to_owned()) };
        let is_secret = asked.path() == SECRET;
        async move { if is_secret { Err(Failure::StepUp(wanted)) } else { process.to_operator(asked).await } }.boxed()
    });
}

fn secret() -> Url {
    Url::parse(&format!("https://api.example{SECRET}")).unwrap()
}

/// Reads, then changes.
async fn ask(phone: &Phone) -> [Problem; 2] {
    let session = phone.session();
    let work = async move {
        let read = session.call(&secret(), Call::default()).await.unwrap_err();
        let post = Change { verb: Verb::Post, ..Change::default() };
        let changed = session.change(&secret(), post, None).await.unwrap_err();
        assert!(!changed.maybe_done && changed.status.is_none());
        Ok([read, changed.problem])
    };
    phone.core.engine.workers.run(work).await.unwrap()
}

async fn step_up_page(phone: &Phone) -> Result<Url, Problem> {
    let wish = SignInWish { purpose: SignInPurpose::StepUp, number: None };
    let page = phone.session().start(wish, None).await?;
    Ok(Url::parse(&page.url).unwrap())
}

/// Opens the page and walks it; the provider says that it asked `ago_s` seconds ago.
async fn walk(phone: &Phone, who: &str, ago_s: Option<i64>) -> String {
    let page = step_up_page(phone).await.unwrap();
    let now_s = START_S + phone.device.parts().passed_s;
    let mut operator = phone.device.operator();
    operator.auth_time_s = ago_s.map(|ago_s| now_s - ago_s);
    operator.sign_in(page.as_str(), who)
}

fn given(page: &Url, name: &str) -> Option<String> {
    page.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn a_challenge_renews_nothing_ends_nothing_and_is_what_the_page_is_asked_for() {
    let phone = Phone::of_emma(Policy::Strict).await;
    challenge(&phone);
    let (tokens, generation) = (phone.asked("/token"), phone.generation());
    assert_eq!(ask(&phone).await, [REQUIRED, REQUIRED]);
    assert_eq!((phone.asked("/token"), phone.generation(), phone.asked(SECRET)), (tokens, generation, 2));
    assert_eq!(phone.phase(), SessionPhase::SignedIn);
    let page = step_up_page(&phone).await.unwrap();
    assert_eq!(given(&page, "max_age").as_deref(), Some("300"));
    assert_eq!(given(&page, "acr_values").as_deref(), Some("urn:mfa"));
    assert_eq!(given(&page, "id_token_hint"), None, "not where a browser remembers it");
    assert_eq!(phone.phase(), SessionPhase::SignedIn, "no sign-in screen");
}

#[tokio::test]
async fn after_a_step_up_the_person_is_here_with_newer_tokens_and_the_same_data() {
    let phone = Phone::of_emma(Policy::Strict).await;
    let subject = phone.session().subject().unwrap();
    phone.pass(TOKEN_LIFE_S);
    let callback = walk(&phone, "emma", Some(10)).await;
    assert_eq!(phone.session().finish(callback.clone()).await, Ok(()));
    let after = phone.session().subject().unwrap();
    assert_eq!((after.id, after.data_epoch), (subject.id, subject.data_epoch));
    assert!(after.epoch > subject.epoch);
    assert_eq!(phone.need().await, Ok(()));
    let again = Problem::SignIn { reason: SignInFailure::AlreadyHandled };
    assert_eq!(phone.session().finish(callback).await, Err(again));
}

#[tokio::test]
async fn somebody_elses_step_up_and_one_that_asked_nothing_change_nothing() {
    for (who, ago_s, expected) in [
        ("luc", Some(10), OTHER_PERSON),
        ("emma", Some(3600), TOO_OLD),
        ("emma", None, TOO_OLD),
        ("luc", Some(3600), TOO_OLD),
    ] {
        let phone = Phone::of_emma(Policy::Strict).await;
        let (epoch, generation) = (phone.session().epoch(), phone.generation());
        let callback = walk(&phone, who, ago_s).await;
        assert_eq!(phone.session().finish(callback).await, Err(expected), "{who} {ago_s:?}");
        assert_eq!((phone.session().epoch(), phone.generation()), (epoch, generation));
        assert_eq!(phone.who().as_deref(), Some("emma"));
        assert!(!phone.session().state().other_account_waits, "nobody is asked to make room");
        phone.pass(TOKEN_LIFE_S);
        assert_eq!(phone.need().await, Ok(()), "her own tokens are as good as before");
    }
}

#[tokio::test]
async fn a_step_up_outlives_the_app_and_cancelled_leaves_the_session_untouched() {
    let mut phone = Phone::of_emma(Policy::Strict).await;
    let callback = walk(&phone, "emma", Some(0)).await;
    phone.reopen();
    assert_eq!(phone.session().finish(callback).await, Ok(()));
    assert_eq!(phone.who().as_deref(), Some("emma"));

    let callback = walk(&phone, "emma", Some(0)).await;
    let generation = phone.generation();
    phone.session().cancel_sign_in().await.unwrap();
    let unknown = Problem::SignIn { reason: SignInFailure::AttemptUnknown };
    assert_eq!(phone.session().finish(callback).await, Err(unknown));
    assert_eq!((phone.phase(), phone.generation()), (SessionPhase::SignedIn, generation));
}

#[tokio::test]
async fn nobody_steps_up_who_is_not_here() {
    let phone = Phone::new(Policy::Strict);
    let nobody = Problem::SessionEnded { reason: SessionEnd::SignedOut };
    assert_eq!(step_up_page(&phone).await.unwrap_err(), nobody);
    phone.sign_in("emma").await.unwrap();
    let callback = walk(&phone, "emma", Some(0)).await;
    phone.session().sign_out().await.unwrap();
    assert!(phone.session().finish(callback).await.is_err());
    assert_eq!(phone.phase(), SessionPhase::SignedOut);
}

#[tokio::test]
async fn a_process_that_heard_of_no_challenge_asks_for_what_is_usual() {
    let phone = Phone::of_emma(Policy::Strict).await;
    assert_eq!(given(&step_up_page(&phone).await.unwrap(), "max_age").as_deref(), Some("300"));
    // One that says nothing more is asked with the page's own prompt.
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    phone.set_way(move |request, process| {
        let is_secret = request.path() == SECRET;
        count.fetch_add(usize::from(is_secret), Ordering::SeqCst);
        async move {
            if is_secret { Err(Failure::StepUp(StepUp::default())) } else { process.to_operator(request).await }
        }
        .boxed()
    });
    ask(&phone).await;
    let page = step_up_page(&phone).await.unwrap();
    assert_eq!((given(&page, "max_age"), given(&page, "prompt").as_deref()), (None, Some("login")));
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}
