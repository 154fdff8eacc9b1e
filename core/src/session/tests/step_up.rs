//! An API wants a newer sign-in for one thing (RFC 9470): the session goes on as it is, whatever becomes of that.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use futures_util::FutureExt;
use url::Url;

use super::phone::{Phone, TOKEN_LIFE_S, tidy_up, until};
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
const TOO_WEAK: Problem = Problem::SignIn { reason: SignInFailure::StepUpTooWeak };
const OTHER_ACCOUNT: Problem = Problem::SignIn { reason: SignInFailure::OtherAccount };
const SECRET: &str = "/usage/secret";

/// The API of secrets answers as it does where the sign-in is too old or too weak.
fn challenge_with(phone: &Phone, max_age_s: Option<u32>, acr_values: Option<&str>) {
    let wanted = StepUp { max_age_s, acr_values: acr_values.map(str::to_owned) };
    phone.set_way(move |asked, process| {
        let (is_secret, wanted) = (asked.path() == SECRET, wanted.clone());
        async move { if is_secret { Err(Failure::StepUp(wanted)) } else { process.to_operator(asked).await } }.boxed()
    });
}

fn challenge(phone: &Phone) {
    challenge_with(phone, Some(300), Some("urn:mfa"));
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
        assert!(phone.session().state().other_account.is_none(), "nobody is asked to make room");
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
async fn another_process_asks_for_what_the_operator_wanted_until_it_is_done_and_for_ten_minutes() {
    let acr = |page: &Url| given(page, "acr_values");
    for (passed_s, expected) in [(9 * 60, Some("urn:mfa")), (11 * 60, None)] {
        let mut phone = Phone::of_emma(Policy::Strict).await;
        challenge(&phone);
        assert_eq!(ask(&phone).await, [REQUIRED, REQUIRED]);
        phone.pass(passed_s);
        phone.reopen();
        assert_eq!(acr(&step_up_page(&phone).await.unwrap()).as_deref(), expected, "{passed_s}");
        // The app dies behind the browser.
        phone.reopen();
        assert_eq!(acr(&step_up_page(&phone).await.unwrap()).as_deref(), expected, "{passed_s}: once more");
    }
    // Done, it is done with in every process.
    let mut phone = Phone::of_emma(Policy::Strict).await;
    challenge(&phone);
    assert_eq!(ask(&phone).await, [REQUIRED, REQUIRED]);
    phone.reopen();
    phone.device.operator().acr = Some("urn:mfa".to_owned());
    let callback = walk(&phone, "emma", Some(0)).await;
    phone.session().finish(callback).await.unwrap();
    phone.reopen();
    assert_eq!(acr(&step_up_page(&phone).await.unwrap()), None);
    // Given up in the app, it is given up in every process.
    let mut phone = Phone::of_emma(Policy::Strict).await;
    challenge(&phone);
    assert_eq!(ask(&phone).await, [REQUIRED, REQUIRED]);
    phone.session().cancel_sign_in().await.unwrap();
    phone.reopen();
    assert_eq!(acr(&step_up_page(&phone).await.unwrap()), None);
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

/// What shows that tokens cost nobody a session: her own still renew, though the operator ends a whole grant for one of its
/// tokens, and everything that is to be told is told when she signs out.
async fn costs_nothing(phone: &Phone, case: &str) {
    tidy_up(&phone.core).await;
    phone.pass(TOKEN_LIFE_S);
    assert_eq!((phone.need().await, phone.phase()), (Ok(()), SessionPhase::SignedIn), "{case}");
    phone.session().sign_out().await.unwrap();
    until(|| !phone.has_to_revoke()).await;
    assert_eq!(phone.device.operator().living(), [""; 0], "{case}");
}

#[tokio::test]
async fn a_step_up_done_or_failed_revokes_nothing_that_may_share_the_grant_of_what_is_lived_by() {
    let without_id_token = |answer: &mut serde_json::Value| drop(answer.as_object_mut().unwrap().remove("id_token"));
    for (case, ago_s, is_identified, finished) in [
        ("done", Some(0), true, true),
        ("too old", Some(3600), true, false),
        ("nobody knows whose", Some(0), false, false),
    ] {
        let phone = Phone::of_emma(Policy::Strict).await;
        if !is_identified {
            phone.alter("/token", without_id_token);
        }
        let callback = walk(&phone, "emma", ago_s).await;
        assert_eq!(phone.session().finish(callback).await.is_ok(), finished, "{case}");
        phone.clear_way();
        tidy_up(&phone.core).await;
        assert!(phone.has_to_revoke(), "{case}: it waits");
        costs_nothing(&phone, case).await;
    }
}

#[tokio::test]
async fn of_many_step_ups_the_tokens_are_revoked_at_the_sign_out_and_none_costs_another_person_theirs() {
    // Of more than ten the oldest make way; one that is being told just then may come back.
    for (step_ups, most_given_up) in [(6, 0), (12, 3)] {
        let phone = Phone::new(Policy::Strict);
        // What is told is counted by what it ends: here a token ends its own sign-in alone.
        phone.device.operator().one_grant = false;
        let (is_reached, counted) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let (way_is_open, count) = (is_reached.clone(), counted.clone());
        phone.set_way(move |asked, process| {
            let is_revoked = asked.path() == "/revoke";
            let is_lost = is_revoked && !way_is_open.load(Ordering::SeqCst);
            count.fetch_add(usize::from(is_revoked && !is_lost), Ordering::SeqCst);
            async move { if is_lost { Err(Failure::Connect) } else { process.to_operator(asked).await } }.boxed()
        });
        phone.sign_in("luc").await.unwrap();
        phone.session().sign_out().await.unwrap();
        phone.sign_in("emma").await.unwrap();
        for _ in 0..step_ups {
            phone.pass(1);
            let callback = walk(&phone, "emma", Some(0)).await;
            assert_eq!(phone.session().finish(callback).await, Ok(()));
        }
        is_reached.store(true, Ordering::SeqCst);
        phone.session().sign_out().await.unwrap();
        until(|| !phone.has_to_revoke()).await;
        let living = phone.device.operator().living();
        assert!(living.len() <= most_given_up && living.iter().all(|whose| whose == "emma"), "{step_ups}: {living:?}");
        // Luc's, each that a step-up replaced, and the last.
        assert_eq!(counted.load(Ordering::SeqCst) + living.len(), 1 + step_ups + 1, "{step_ups}");
    }
}

#[tokio::test]
async fn a_sign_in_that_fails_beside_a_session_ends_no_grant_of_hers() {
    let phone = Phone::of_emma(Policy::Strict).await;
    phone.alter("/token", |answer| drop(answer.as_object_mut().unwrap().remove("id_token")));
    assert!(phone.sign_in("emma").await.is_err());
    phone.clear_way();
    costs_nothing(&phone, "sign-in").await;
    // With nobody here there is nobody to spare.
    let phone = Phone::new(Policy::Strict);
    phone.alter("/token", |answer| drop(answer.as_object_mut().unwrap().remove("id_token")));
    assert!(phone.sign_in("emma").await.is_err());
    until(|| phone.asked("/revoke") == 1 && !phone.has_to_revoke()).await;
}

#[tokio::test]
async fn what_another_person_got_by_a_step_up_is_told_at_once() {
    for ago_s in [0, 3600] {
        let phone = Phone::of_emma(Policy::Strict).await;
        let callback = walk(&phone, "luc", Some(ago_s)).await;
        phone.session().finish(callback).await.unwrap_err();
        until(|| phone.device.operator().living() == ["emma"] && !phone.has_to_revoke()).await;
        costs_nothing(&phone, "luc").await;
    }
}

#[tokio::test]
async fn a_step_up_in_another_way_than_was_asked_for_is_told_as_not_enough_and_changes_nothing() {
    for (acr, expected) in [
        (Some("urn:mfa"), Ok(())),
        (Some("urn:hwk"), Ok(())),
        (Some("urn:password"), Err(TOO_WEAK)),
        (Some("urn"), Err(TOO_WEAK)),
        (None, Err(TOO_WEAK)),
    ] {
        let phone = Phone::of_emma(Policy::Strict).await;
        challenge_with(&phone, None, Some("urn:hwk urn:mfa"));
        assert_eq!(ask(&phone).await, [REQUIRED, REQUIRED]);
        phone.device.operator().acr = acr.map(str::to_owned);
        let generation = phone.generation();
        let callback = walk(&phone, "emma", None).await;
        let outcome = phone.session().finish(callback).await;
        assert_eq!(outcome, expected, "{acr:?}");
        assert_eq!(phone.generation() > generation, outcome.is_ok(), "{acr:?}");
        costs_nothing(&phone, "acr").await;
    }
}

#[tokio::test]
async fn whoever_waits_for_a_decision_is_still_there_after_a_step_up() {
    for replaces in [true, false] {
        let phone = Phone::of_emma(Policy::Strict).await;
        assert_eq!(phone.sign_in("luc").await, Err(OTHER_ACCOUNT));
        let callback = walk(&phone, "emma", Some(0)).await;
        assert_eq!(phone.session().finish(callback).await, Ok(()));
        assert!(phone.session().state().other_account.is_some(), "nobody has decided");
        if replaces {
            phone.session().replace_account().await.unwrap();
        } else {
            phone.session().keep_account().await.unwrap();
        }
        let who = if replaces { "luc" } else { "emma" };
        assert_eq!((phone.who().as_deref(), phone.session().state().other_account.is_some()), (Some(who), false));
        until(|| phone.device.operator().living().iter().all(|living| living == who)).await;
        costs_nothing(&phone, who).await;
    }
}

/// The next page after something: whether it asks for what the challenge wanted, or for what is usual.
async fn is_still_wanted(phone: &Phone) -> bool {
    given(&step_up_page(phone).await.unwrap(), "acr_values").is_some()
}

#[tokio::test]
async fn what_a_step_up_is_for_is_forgotten_when_it_is_done_given_up_or_the_person_leaves() {
    let phone = Phone::of_emma(Policy::Strict).await;
    challenge(&phone);
    ask(&phone).await;
    phone.device.operator().acr = Some("urn:mfa".to_owned());
    // The page may be opened once more: too old, or declined there.
    let callback = walk(&phone, "emma", Some(3600)).await;
    assert_eq!(phone.session().finish(callback).await, Err(TOO_OLD));
    let declined = walk(&phone, "emma", Some(0)).await.replace("code=", "error=access_denied&x=");
    assert_eq!(phone.session().finish(declined).await, Err(Problem::sign_in(SignInFailure::Declined)));
    assert!(is_still_wanted(&phone).await);

    let callback = walk(&phone, "emma", Some(0)).await;
    assert_eq!(phone.session().finish(callback).await, Ok(()));
    assert!(!is_still_wanted(&phone).await, "done");

    ask(&phone).await;
    phone.session().cancel_sign_in().await.unwrap();
    assert!(!is_still_wanted(&phone).await, "given up");

    ask(&phone).await;
    phone.session().sign_out().await.unwrap();
    phone.sign_in("luc").await.unwrap();
    assert!(!is_still_wanted(&phone).await, "it was wanted of somebody else");
}

#[tokio::test]
async fn a_challenge_that_comes_late_is_nothing_to_whoever_is_here_by_then() {
    let phone = Phone::of_emma(Policy::Strict).await;
    let epoch = phone.session().epoch();
    phone.session().sign_out().await.unwrap();
    phone.sign_in("luc").await.unwrap();
    let wanted = StepUp { max_age_s: None, acr_values: Some("urn:mfa".to_owned()) };
    phone.session().want(wanted.clone(), epoch).await;
    assert!(!is_still_wanted(&phone).await);
    phone.session().want(wanted, phone.session().epoch()).await;
    assert!(is_still_wanted(&phone).await);
}
