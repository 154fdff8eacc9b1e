//! One person's session and another's, and invitations that anybody may send.

use companion::Problem;
use companion::problem::SignInFailure;
use companion::session::{SessionPhase, SignInPurpose, SignInWish};
use companion::usage::view::UsagePhase;
use companion_journeys::Change;
use companion_sandbox::{Faults, IdTokenFaults, IdentityFaults, SandboxOptions};
use serde_json::json;

use crate::canaries::Kind;
use crate::story::{Story, TOKEN_LIFE_S, parameter, sign_in};

/// The names of the keychain's changes, deletions marked.
fn names(changes: &[Change]) -> Vec<String> {
    changes.iter().map(|(key, value)| format!("{}{key}", if value.is_none() { "-" } else { "+" })).collect()
}

/// What is kept of whoever is here: the rows in the files, by the pseudonym in the key's name.
fn pseudonym(story: &Story) -> String {
    let keys = story.phone.secure_store.contents().into_iter().map(|(key, _)| key);
    let mut names = keys.filter_map(|key| key.strip_prefix("data-key/").map(str::to_owned));
    names.next().unwrap()
}

/// Somebody else is about to sign in: asked first, nothing of either moves, then the first is gone before a byte of the
/// second is kept.
async fn is_replaced(story: &mut Story, phase: SessionPhase, callback: &str) {
    let emma = pseudonym(story);
    let (kept, before) = (story.phone.item("data-key/"), story.phone.secure_store.history().len());
    let other = Err(sign_in(SignInFailure::OtherAccount));
    assert_eq!(story.finish(callback).await, other);
    let view = story.phone.core.session().state();
    let asked = view.other_account.expect("it stays on the screen until the person has decided");
    assert_eq!((asked.remedy, asked.alternative.is_some()), (Some(companion::problem::Remedy::ReplaceAccount), true));
    assert_eq!(view.phase, phase, "who was here stays so");
    assert_eq!(story.phone.item("data-key/"), kept);
    let changes = names(&story.phone.secure_store.history()[before..]);
    assert!(changes.iter().all(|name| name.starts_with("+attempt/")), "only the attempt is marked: {changes:?}");
    assert_eq!(story.phone.core.usage().state().phase, UsagePhase::Loaded);

    let before = story.phone.secure_store.history().len();
    story.phone.core.session().replace_account().await.unwrap();
    let changes = names(&story.phone.secure_store.history()[before..]);
    let gone =
        changes.iter().position(|name| *name == format!("-data-key/{emma}")).expect("the first's key is deleted");
    let first = changes.iter().position(|name| name.starts_with("+data-key/") || name == "+session").unwrap();
    assert!(gone < first, "before the first byte of the second: {changes:?}");
    let view = story.phone.core.usage().state();
    assert_eq!((view.phase, view.lines.len()), (UsagePhase::NeverLoaded, 0));
    story.phone.core.suspend(5000).unwrap();
    let files = story.phone.file_contents();
    assert!(memchr::memmem::find(&files, emma.as_bytes()).is_none(), "no row of the first is left in the files");
    story.phone.reopen();
    assert_eq!(story.phase(), SessionPhase::SignedIn);
    assert_ne!(pseudonym(story), emma);
}

#[tokio::test]
async fn a23_another_person_is_asked_for_and_the_first_is_gone_before_a_byte_of_the_second_is_kept() {
    for first_has_ended in [false, true] {
        let mut story = Story::of_emma().await;
        if first_has_ended {
            story.sandbox.end_sessions("emma");
            story.pass(TOKEN_LIFE_S);
            story.refresh().await.unwrap_err();
            assert_eq!(story.phase(), SessionPhase::SignInAgain);
        }
        let phase = story.phase();
        let callback = story.walk("luc").await;
        is_replaced(&mut story, phase, &callback).await;
        story.refresh().await.unwrap();
        let emma = story.sandbox.person("emma").unwrap();
        assert!(!story.phone.core.usage().state().lines.iter().any(|line| line.line_id == emma.line_id));
        story.end();
    }
}

#[tokio::test]
async fn a23_the_same_number_in_other_hands_is_another_person() {
    let mut story = Story::of_emma().await;
    let callback = story.walk("emma").await;
    // The number was given to somebody else: the page knows it, and the provider says another `sub`.
    let claims = Some(json!({ "sub": "somebody-who-got-the-number" }));
    let id_token = Some(IdTokenFaults { claims, ..IdTokenFaults::default() });
    let identity = IdentityFaults { id_token, ..IdentityFaults::default() };
    story.sandbox.set_faults(Faults { identity, ..Faults::default() });
    story.canaries.add(Kind::Sub, "somebody-who-got-the-number");
    is_replaced(&mut story, SessionPhase::SignedIn, &callback).await;
    story.end();
}

#[tokio::test]
async fn a23_who_keeps_what_is_here_keeps_all_of_it_and_the_other_is_revoked() {
    let mut story = Story::of_emma().await;
    let kept = story.phone.secure_store.contents();
    assert_eq!(story.sign_in("luc").await, Err(sign_in(SignInFailure::OtherAccount)));
    story.phone.core.session().keep_account().await.unwrap();
    story.until_asked("/revoke", 0).await;
    assert_eq!(story.phone.core.session().state().other_account, None);
    for (key, value) in kept {
        if !key.starts_with("attempt/") {
            assert_eq!(story.phone.item(&key), value, "{key}");
        }
    }
    story.pass(TOKEN_LIFE_S);
    story.refresh().await.unwrap();
    assert_eq!(story.phone.core.session().replace_account().await, Err(sign_in(SignInFailure::AttemptUnknown)));
    // A restart while somebody waited is a no.
    assert_eq!(story.sign_in("luc").await, Err(sign_in(SignInFailure::OtherAccount)));
    story.phone.reopen();
    assert_eq!(story.phone.core.session().state().other_account, None);
    assert_eq!(story.phase(), SessionPhase::SignedIn);
    story.refresh().await.unwrap();
    story.end();
}

/// Pieter is invited; the token of his e-mail.
async fn inviting(par: bool) -> (Story, String) {
    let mut story = Story::with(SandboxOptions { par, ..SandboxOptions::default() }, |_| {}).await;
    let token = story.sandbox.invite("pieter").unwrap().token;
    story.canaries.add(Kind::Invitation, &token);
    story.canaries.person(&story.sandbox.person("pieter").unwrap());
    (story, token)
}

/// Opens the link a hundred times, in all its forms, and sees that nothing happened.
fn opened_a_hundred_times(story: &mut Story, token: &str, what: &str) {
    let session = story.phone.core.session();
    let link = format!("{}/invitation?token={token}", story.sandbox.origin());
    let (still, state) = (story.still(), session.state());
    let keychain = story.phone.secure_store.contents();
    let first = session.invitation(link.clone()).unwrap();
    for _ in 0..100 {
        assert_eq!(session.invitation(link.clone()).as_ref(), Ok(&first), "{what}");
        assert_eq!(session.invitation(token.to_owned()).as_ref(), Ok(&first), "{what}");
        let foreign = session.invitation(format!("https://evil.example/invitation?token={token}"));
        let foreign = story.heard(foreign);
        assert_eq!(foreign, Err(sign_in(SignInFailure::InvitationUnknown)), "{what}");
    }
    story.canaries.debug("an invitation", &first);
    assert_eq!(story.still(), still, "{what}: no request, no change");
    assert_eq!(session.state(), state, "{what}: not even a revision");
    assert_eq!(story.phone.secure_store.contents(), keychain, "{what}: nothing is kept");
}

fn wish(token: &str) -> SignInWish {
    SignInWish { purpose: SignInPurpose::Invitation { invitation: token.to_owned() }, number: None }
}

#[tokio::test]
async fn a24_opening_an_invitation_a_hundred_times_redeems_nothing_and_moves_nobody() {
    let (mut story, token) = inviting(false).await;
    opened_a_hundred_times(&mut story, &token, "signed out");
    // While authorising, the sign-in that is on its way completes all the same.
    let callback = story.walk("emma").await;
    opened_a_hundred_times(&mut story, &token, "while the browser is out");
    story.finish(&callback).await.unwrap();
    story.refresh().await.unwrap();
    opened_a_hundred_times(&mut story, &token, "signed in");
    let link = format!("{}/invitation?token={token}", story.sandbox.origin());
    let view = story.phone.core.session().invitation(link).unwrap();
    assert!(view.notice.is_some(), "it may be another's, and says so");
    // While somebody else waits for the person's decision.
    assert_eq!(story.sign_in("luc").await, Err(sign_in(SignInFailure::OtherAccount)));
    opened_a_hundred_times(&mut story, &token, "while another account waits");
    story.phone.core.session().keep_account().await.unwrap();
    story.until_asked("/revoke", 0).await;
    story.phone.core.session().sign_out().await.unwrap();
    assert_eq!(story.asked("/invitation"), 0);
    story.end();
}

#[tokio::test]
async fn a24_a_link_can_not_sign_anybody_in_whatever_it_brings() {
    let (mut story, token) = inviting(false).await;
    let theirs = companion_journeys::Phone::new(&story.sandbox).walk(&story.sandbox, "luc").await.unwrap();
    let (code, state) = (parameter(&theirs, "code").unwrap(), parameter(&theirs, "state").unwrap());
    story.canaries.address(&theirs);
    let link = format!("{}/invitation?token={token}", story.sandbox.origin());
    for extra in [
        format!("&code={code}&state={state}&iss={}", story.sandbox.origin()),
        "&access_token=abc&id_token=def".to_owned(),
        "&session=fixed&refresh_token=ghi".to_owned(),
        "&redirect_uri=https://evil.example".to_owned(),
    ] {
        let opened = format!("{link}{extra}");
        story.phone.core.session().invitation(opened.clone()).unwrap();
        assert_eq!(story.finish(&opened).await, Err(sign_in(SignInFailure::AttemptUnknown)), "{extra}");
        let wish = SignInWish { purpose: SignInPurpose::Invitation { invitation: opened }, number: None };
        let page = story.phone.core.session().start(wish, None).await.unwrap();
        // Without pushed requests it is the operator's own link, made anew with the token alone.
        assert_eq!((page.url, page.comes_back), (link.clone(), false), "{extra}");
    }
    assert_eq!((story.phase(), story.asked("/token")), (SessionPhase::SignedOut, 0));
    story.end();
}

#[tokio::test]
async fn a24_a_pushed_invitation_is_in_no_address() {
    let (mut story, token) = inviting(true).await;
    let page = story.phone.core.session().start(wish(&token), None).await.unwrap();
    assert!(page.comes_back && !page.url.contains(&token), "{}", page.url);
    let pushed = story.sandbox.requests().into_iter().find(|request| request.path == "/par").unwrap();
    assert!(pushed.carried.body.contains(&token));
    story.canaries.debug("the wish", &wish(&token));
    story.canaries.debug("the page", &page);
    // A scanner opens what is in the mail; the person redeems it all the same.
    let link = format!("{}/invitation?token={token}", story.sandbox.origin());
    let ca = reqwest::Certificate::from_pem(story.sandbox.ca_pem().as_bytes()).unwrap();
    let scanner = reqwest::Client::builder().tls_certs_only([ca]).no_proxy().build().unwrap();
    for _ in 0..100 {
        assert_eq!(scanner.get(&link).send().await.unwrap().status(), 200);
    }
    let callback = story.browse(&page.url, "pieter").await;
    story.finish(&callback).await.unwrap();
    assert_eq!(story.phase(), SessionPhase::SignedIn);
    story.end();
}

#[tokio::test]
async fn a24_who_is_signed_in_stays_so_until_an_invitations_sign_in_is_another_persons_and_wanted() {
    let (mut story, token) = inviting(true).await;
    story.load("emma").await;
    let page = story.phone.core.session().start(wish(&token), None).await.unwrap();
    story.refresh().await.unwrap();
    let callback = story.browse(&page.url, "pieter").await;
    let other: Result<(), Problem> = Err(sign_in(SignInFailure::OtherAccount));
    assert_eq!(story.finish(&callback).await, other);
    story.phone.core.session().keep_account().await.unwrap();
    story.until_asked("/revoke", 0).await;
    story.refresh().await.unwrap();
    assert_eq!(story.phase(), SessionPhase::SignedIn);
    story.end();
}
