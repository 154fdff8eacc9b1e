//! A whole life with everything going wrong in it, and nothing secret of it in any log, error, panic or file.

use std::process::Command;

use companion::session::{SignInPurpose, SignInWish};
use companion::{CancelToken, Problem};
use companion_journeys::{Mood, MoodyStore};
use companion_sandbox::{Faults, IdentityFaults, Instead, SandboxOptions};
use serde_json::json;

use crate::canaries::{Canaries, Kind};
use crate::forge::instead;
use crate::story::{Story, TOKEN_LIFE_S};

/// Where a child process writes down what was secret in its story.
const SECRETS: &str = "COMPANION_SECRETS_OF_THE_STORY";

/// Every secret a hostile answer could bring, in places where a parser stumbles over it.
fn poisoned() -> Vec<(&'static str, Instead)> {
    let token = |answer: serde_json::Value| ("/token", Instead::json(answer));
    vec![
        token(json!({ "access_token": "poisoned-access-1", "token_type": 7 })),
        token(json!({ "access_token": ["poisoned-access-1"], "token_type": "Bearer" })),
        token(json!({ "access_token": "poisoned-access-1", "token_type": "poisoned-refresh-1" })),
        token(json!({ "access_token": "poisoned-access-1", "refresh_token": {"a": "poisoned-refresh-1"} })),
        token(json!({ "error": "poisoned-refresh-1", "error_description": "poisoned-access-1" })),
        ("/token", Instead::json("{\"access_token\":\"poisoned-access-1\",\"refresh_token\":\"poisoned-refresh-1\"")),
        ("/token", Instead::json("poisoned-access-1 poisoned-refresh-1")),
        ("/token", Instead { status: 400, ..Instead::json("{\"error\":\"poisoned-refresh-1\",\"error_uri\":7}") }),
        ("/token", Instead { status: 500, ..Instead::json("poisoned-access-1") }),
        ("/userinfo", Instead::json(json!({ "sub": "poisoned-access-1", "userAssets": "poisoned-refresh-1" }))),
        ("/tmf-api", Instead::json(json!([{ "bucket": "poisoned-access-1", "poisoned-refresh-1": [] }]))),
    ]
}

/// Signs in and out, renews, fails in every way, and looks at whatever can be looked at.
async fn life(options: SandboxOptions) -> Story {
    let mut story = Story::with(options, |_| {}).await;
    for poison in ["poisoned-access-1", "poisoned-refresh-1"] {
        story.canaries.add(Kind::Other, poison);
    }
    story.canaries.add(Kind::Invitation, "invitation-of-a-life-1");
    let number = story.sandbox.person("emma").unwrap().number;
    let purpose = SignInPurpose::Invitation { invitation: "invitation-of-a-life-1".to_owned() };
    let wish = SignInWish { purpose, number: Some(number.clone()) };
    story.canaries.debug("a wish", &wish);
    let page = story.phone.core.session().start(wish, None).await;
    story.canaries.debug("a page", &page);
    let _ = story.heard(page);
    let cancel = CancelToken::new();
    cancel.cancel();
    let cancelled = story.phone.core.session().start(SignInWish::default(), Some(cancel)).await;
    let _ = story.heard(cancelled);

    for (path, answer) in poisoned() {
        story.sandbox.set_faults(instead([(path, answer.clone())]));
        let _ = story.sign_in("emma").await;
        story.sandbox.set_faults(Faults::default());
        story.sign_in("emma").await.unwrap();
        story.pass(TOKEN_LIFE_S);
        story.sandbox.set_faults(instead([(path, answer)]));
        let _ = story.refresh().await;
        story.sandbox.set_faults(Faults::default());
        story.pass(3600);
        let _ = story.refresh().await;
        story.canaries.debug("a session", &story.phone.core.session().state());
    }
    let identity =
        IdentityFaults { callback_iss: Some("https://evil.example".to_owned()), ..IdentityFaults::default() };
    for faults in [
        Faults { identity, ..Faults::default() },
        Faults { cut_off: true, ..Faults::default() },
        Faults { html_portal: true, only: Some(vec!["/token".to_owned()]), ..Faults::default() },
    ] {
        let callback = story.walk("emma").await;
        story.sandbox.set_faults(faults);
        let _ = story.finish(&callback).await;
        let again = story.finish(&callback).await;
        assert!(again.is_err());
        story.sandbox.set_faults(Faults::default());
    }
    // The keychain throws in the middle of everything.
    story.load("emma").await;
    let store = MoodyStore::before(&story.phone.secure_store);
    let core = story.phone.open_as(None, story.phone.data.path(), store.clone()).unwrap();
    for step in 0..6 {
        story.pass(TOKEN_LIFE_S);
        store.set(move |nth, _| if nth == step { Mood::Panics } else { Mood::Well });
        let outcome = core.usage().refresh(None).await;
        let _: Result<(), Problem> = story.heard(outcome);
    }
    drop(core);
    story.phone.reopen();
    story.refresh().await.unwrap();
    let gone = story.phone.core.session().sign_out().await;
    story.canaries.debug("signing out", &gone);
    let _ = story.heard(gone);
    story
}

#[tokio::test]
async fn a25_nothing_secret_is_said_in_a_whole_life_of_errors() {
    for options in [
        SandboxOptions::default(),
        SandboxOptions { par: true, dpop: true, dpop_nonce: true, ..SandboxOptions::default() },
    ] {
        let mut story = life(options).await;
        story.canaries.phone(&story.phone);
        let kinds = [Kind::Access, Kind::Refresh, Kind::IdToken, Kind::Code, Kind::Verifier, Kind::Nonce, Kind::Number];
        for kind in kinds {
            assert!(story.canaries.count(kind) >= 2, "{kind:?}: there is something to look for");
        }
        story.end();
    }
}

/// The same life in a process of its own, which writes its secrets down for whoever started it.
async fn a_whole_life_that_writes_down_its_secrets(file: &str) {
    let story = life(SandboxOptions::default()).await;
    let mut canaries = Canaries::new();
    canaries.keychain(&story.phone.secure_store.history());
    story.sandbox.people().iter().for_each(|person| canaries.person(person));
    let secrets = [story.canaries.in_hex(), canaries.in_hex()].concat();
    std::fs::write(file, secrets.join("\n")).unwrap();
    story.end();
}

/// Starts itself once more, as the process whose output it reads.
#[tokio::test]
async fn a25_a_process_writes_nothing_secret_to_its_output() {
    if let Ok(file) = std::env::var(SECRETS) {
        return a_whole_life_that_writes_down_its_secrets(&file).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secrets");
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["leaks::a25_a_process_writes_nothing_secret_to_its_output", "--exact", "--nocapture"])
        .env(SECRETS, &file)
        .env("RUST_LOG", "trace")
        .env("RUST_BACKTRACE", "full")
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    let (out, err) = (output.stdout.clone(), output.stderr.clone());
    assert!(output.status.success() && String::from_utf8_lossy(&out).contains("1 passed"), "{errors}");
    assert!(errors.contains("the keychain threw"), "the output is what a crash report would be made of: {errors}");
    let mut canaries = Canaries::new();
    let secrets = std::fs::read_to_string(file).unwrap();
    for secret in secrets.lines() {
        let bytes = (0..secret.len() / 2).map(|at| u8::from_str_radix(&secret[2 * at..2 * at + 2], 16).unwrap());
        canaries.add(Kind::Other, bytes.collect::<Vec<u8>>());
    }
    assert!(canaries.count(Kind::Other) > 50, "{}", canaries.count(Kind::Other));
    canaries.said("the output", [out, err].concat());
    assert_eq!(canaries.leaks(&[]), [""; 0]);
}
