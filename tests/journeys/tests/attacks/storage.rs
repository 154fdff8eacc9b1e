//! A keychain that fails, lies, forgets, dawdles or throws, and phones restored, emptied or sold.

use std::sync::Arc;
use std::time::Duration;

use companion::problem::SessionEnd;
use companion::session::SessionPhase;
use companion::usage::view::UsagePhase;
use companion::{CompanionCore, HostError, Problem, SecureStore};
use companion_journeys::{Mood, MoodyStore, Operation, Phone, PhoneStore, name_of};
use companion_sandbox::{Faults, SandboxOptions};

use crate::canaries::{Canaries, Kind};
use crate::story::{Story, TOKEN_LIFE_S, ended};

/// A core on a keychain of moods.
fn moody(story: &Story) -> (Arc<CompanionCore>, Arc<MoodyStore>) {
    let store = MoodyStore::before(&story.phone.secure_store);
    let core = story.phone.open_as(None, story.phone.data.path(), store.clone()).unwrap();
    (core, store)
}

/// What a keychain can do to one operation. A read can also give what was there before.
static MOODS: [(&str, Mood); 7] = [
    ("fails", Mood::Fails(HostError::Failed)),
    ("is locked", Mood::Fails(HostError::Locked)),
    ("is busy", Mood::Fails(HostError::Busy)),
    ("says it failed", Mood::Lies),
    ("forgets", Mood::Forgets),
    ("throws", Mood::Panics),
    ("dawdles", Mood::Takes(Duration::from_millis(300))),
];

/// Those among them that differ for what is done once, such as signing in and out.
fn few_moods() -> impl Iterator<Item = &'static (&'static str, Mood)> {
    MOODS.iter().filter(|(name, _)| ["fails", "says it failed", "forgets", "throws"].contains(name))
}

/// Whether an operation can be in that mood: only what is read can be forgotten.
fn can_be(mood: &Mood, operation: &Operation) -> bool {
    !matches!(mood, Mood::Forgets) || matches!(operation, Operation::Get(_))
}

/// Only the step's operation is in that mood.
fn set(store: &MoodyStore, step: usize, mood: &Mood) {
    let mood = mood.clone();
    store.set(move |nth, _| if nth == step { mood.clone() } else { Mood::Well });
}

#[tokio::test]
async fn a19_a_keychain_in_any_mood_at_any_step_of_a_renewal_ends_no_session_and_spends_no_token_twice() {
    let mut story = Story::of_emma().await;
    let (core, store) = moody(&story);
    store.heal();
    story.pass(TOKEN_LIFE_S);
    core.usage().refresh(None).await.unwrap();
    let steps = store.asked().len();
    assert!(steps >= 5, "{:?}", store.asked());
    for (name, mood) in &MOODS {
        for step in 0..steps {
            story.pass(TOKEN_LIFE_S);
            set(&store, step, mood);
            let outcome = core.usage().refresh(None).await;
            if let Err(problem) = story.heard(outcome) {
                assert_eq!(name_of(&problem), "storage_unavailable", "{name} at step {step}");
            }
            let phase = core.session().state().phase;
            assert_eq!(phase, SessionPhase::SignedIn, "{name} at step {step}");
            store.heal();
            core.usage().refresh(None).await.unwrap_or_else(|problem| panic!("{name} at step {step}: {problem:?}"));
            assert_eq!(core.session().state().notice, None, "{name} at step {step}: all is saved");
        }
    }
    let mut presented = story.presented();
    let all = presented.len();
    presented.sort();
    presented.dedup();
    assert_eq!(presented.len(), all, "each token once");
    // What memory held is what a restart finds.
    story.phone.reopen();
    story.refresh().await.unwrap();
    drop(core);
    story.end();
}

#[tokio::test]
async fn a19_a_keychain_in_any_mood_at_any_step_of_a_sign_in_leaves_all_or_nothing() {
    let mut story = Story::new().await;
    let (core, store) = moody(&story);
    let sign_in = async |story: &mut Story| {
        let page = core.session().start(Default::default(), None).await?;
        story.canaries.address(&page.url);
        let callback = story.browse(&page.url, "emma").await;
        core.session().finish(callback).await
    };
    store.heal();
    sign_in(&mut story).await.unwrap();
    let asked = store.asked();
    assert!(asked.len() >= 6, "{asked:?}");
    for (name, mood) in few_moods() {
        for step in (0..asked.len()).filter(|step| can_be(mood, &asked[*step])) {
            core.session().sign_out().await.unwrap();
            set(&store, step, mood);
            let outcome = sign_in(&mut story).await;
            let phase = core.session().state().phase;
            store.heal();
            match story.heard(outcome) {
                Ok(()) => assert_eq!(phase, SessionPhase::SignedIn, "{name} at step {step}"),
                Err(problem) => {
                    let expected = match mood {
                        // What was forgotten is an attempt, and looks like none.
                        Mood::Forgets => &["sign_in", "storage_unavailable"][..],
                        _ => &["storage_unavailable"],
                    };
                    assert!(expected.contains(&name_of(&problem)), "{name} at step {step}: {problem:?}");
                    assert_ne!(phase, SessionPhase::SignedIn, "{name} at step {step}");
                    sign_in(&mut story).await.unwrap_or_else(|problem| panic!("{name} at step {step}: {problem:?}"));
                }
            }
            core.usage().refresh(None).await.unwrap_or_else(|problem| panic!("{name} at step {step}: {problem:?}"));
        }
    }
    drop(core);
    story.end();
}

#[tokio::test]
async fn a19_a_keychain_in_any_mood_at_any_step_of_a_sign_out_says_so_and_the_next_try_leaves_nothing() {
    let mut story = Story::of_emma().await;
    let (core, store) = moody(&story);
    store.heal();
    core.session().sign_out().await.unwrap();
    let asked = store.asked();
    assert!(asked.len() >= 6, "{asked:?}");
    drop(core);
    for (name, mood) in few_moods() {
        for step in (0..asked.len()).filter(|step| can_be(mood, &asked[*step])) {
            story.phone.reopen();
            story.load("emma").await;
            let (core, store) = moody(&story);
            set(&store, step, mood);
            let outcome = core.session().sign_out().await;
            assert_eq!(core.session().state().phase, SessionPhase::SignedOut, "{name} at step {step}");
            assert_eq!(core.usage().state().phase, UsagePhase::SignedOut, "{name} at step {step}");
            if let Err(problem) = &outcome {
                assert_eq!(name_of(problem), "storage_unavailable", "{name} at step {step}");
            }
            store.heal();
            if outcome.is_err() {
                // The app may die before it is repeated.
                let again = story.phone.try_open().unwrap();
                assert_eq!(again.session().state().phase, SessionPhase::SignedOut, "{name} at step {step}");
                assert_eq!(again.usage().refresh(None).await, Err(ended(SessionEnd::SignedOut)));
            }
            // Also tells the operator what it could not be told.
            core.session().sign_out().await.unwrap();
            let left = story.phone.left_in_keychain().await;
            assert_eq!(left, [""; 0], "{name} at step {step}: {outcome:?}");
        }
    }
    story.phone.reopen();
    story.end();
}

#[tokio::test]
async fn a19_a_keychain_that_does_not_answer_at_start_is_told_apart_from_an_empty_one() {
    let story = Story::of_emma().await;
    let store = MoodyStore::before(&story.phone.secure_store);
    store.heal();
    let open = || story.phone.open_as(None, story.phone.data.path(), store.clone());
    open().unwrap();
    let steps = store.asked().len();
    for error in [HostError::Failed, HostError::Locked, HostError::Busy] {
        for step in 0..steps {
            set(&store, step, &Mood::Fails(error));
            let problem = open().unwrap_err();
            assert_eq!(name_of(&problem), "storage_unavailable", "{error:?} at step {step}");
            store.heal();
            assert_eq!(open().unwrap().session().state().phase, SessionPhase::SignedIn);
        }
    }
    story.end();
}

#[tokio::test]
async fn a19_ten_seconds_of_a_keychain_lose_nothing() {
    let mut story = Story::of_emma().await;
    let (core, store) = moody(&story);
    story.pass(TOKEN_LIFE_S);
    store.set(|_, operation| match operation {
        Operation::Put(key) if key == "session" => Mood::Takes(Duration::from_secs(10)),
        _ => Mood::Well,
    });
    let begun = std::time::Instant::now();
    core.usage().refresh(None).await.unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(10));
    drop(core);
    story.phone.reopen();
    story.refresh().await.unwrap();
    assert_eq!(story.presented().len(), 1);
    story.end();
}

/// Empties a keychain.
fn empty(store: &PhoneStore) {
    store.contents().into_iter().for_each(|(key, _)| store.delete(key).unwrap());
}

#[tokio::test]
async fn a22_a_database_without_its_keys_is_a_clean_start() {
    let mut story = Story::of_emma().await;
    story.phone.core.suspend(5000).unwrap();
    empty(&story.phone.secure_store);
    story.phone.reopen();
    let state = (story.phase(), story.phone.core.usage().state().phase);
    assert_eq!(state, (SessionPhase::SignedOut, UsagePhase::SignedOut));
    assert_eq!(story.refresh().await, Err(ended(SessionEnd::SignedOut)));
    // Whoever comes next finds nothing of the old rows.
    story.sign_in("luc").await.unwrap();
    assert_eq!(story.phone.core.usage().state().lines.len(), 0);
    story.refresh().await.unwrap();
    assert_eq!(story.phase(), SessionPhase::SignedIn);
    story.end();
}

/// The folder is another: restored from elsewhere, or new after the app was removed and installed again.
#[tokio::test]
async fn a22_keys_without_their_database_are_nobodys_and_the_old_token_is_revoked() {
    for restored in [false, true] {
        let mut story = Story::of_emma().await;
        let session: serde_json::Value = serde_json::from_slice(&story.phone.item("session")).unwrap();
        let old = session["refresh"].as_str().unwrap().to_owned();
        // A folder of another installation, of another person.
        let mut other = Phone::new(&story.sandbox);
        if restored {
            other.sign_in(&story.sandbox, "luc").await.unwrap();
            other.refresh().await.unwrap();
        }
        other.core.suspend(5000).unwrap();
        story.canaries.keychain(&other.secure_store.history());
        std::mem::swap(&mut story.phone.data, &mut other.data);
        story.phone.reopen();
        let state = (story.phase(), story.phone.core.usage().state().phase);
        assert_eq!(state, (SessionPhase::SignedOut, UsagePhase::SignedOut), "restored: {restored}");
        assert_eq!(story.refresh().await, Err(ended(SessionEnd::SignedOut)), "restored: {restored}");
        let tmf = story.sandbox.requests().into_iter().filter(|request| request.path.starts_with("/tmf-api")).count();
        story.sign_in("tom").await.unwrap();
        let revoked = || {
            let requests = story.sandbox.requests();
            requests.iter().any(|request| request.path == "/revoke" && request.carried.body.contains(&old))
        };
        for _ in 0..200 {
            if revoked() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(revoked(), "restored: {restored}: emma's token is revoked");
        let after = story.sandbox.requests().into_iter().filter(|request| request.path.starts_with("/tmf-api")).count();
        assert_eq!(after, tmf, "restored: {restored}: nobody's data was asked for with it");
        let keys = story.phone.secure_store.list("data-key/".to_owned()).unwrap();
        assert_eq!(keys.len(), 1, "restored: {restored}: tom's alone");
        story.refresh().await.unwrap();
        drop(other);
        story.end();
    }
}

#[tokio::test]
async fn a22_an_app_installed_again_while_offline_shows_nothing_and_revokes_when_it_can() {
    let mut story = Story::of_emma().await;
    story.phone.core.suspend(5000).unwrap();
    story.phone.data = tempfile::tempdir().unwrap();
    story.sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
    story.phone.reopen();
    assert_eq!(story.phase(), SessionPhase::SignedOut);
    assert_eq!(story.start().await.map(|_| ()), Err(Problem::Offline));
    let left = story.phone.secure_store.contents().into_iter().map(|(key, _)| key).collect::<Vec<_>>();
    assert!(left.iter().all(|key| key.starts_with("revoke/")), "what is to be revoked alone: {left:?}");
    assert_eq!(left.len(), 1);
    story.sandbox.set_faults(Faults::default());
    story.start().await.unwrap();
    story.until_asked("/revoke", 0).await;
    story.end();
}

#[tokio::test]
async fn a22_a_backup_of_the_files_alone_gives_a_stranger_nothing() {
    let mut story = Story::of_emma().await;
    story.phone.core.suspend(5000).unwrap();
    let backup = story.phone.copy_of_folder();
    let stranger = Arc::new(PhoneStore::default());
    let core = story.phone.open_as(None, backup.path(), stranger).unwrap();
    assert_eq!(core.session().state().phase, SessionPhase::SignedOut);
    assert_eq!(core.usage().state().lines.len(), 0);
    drop(core);
    let mut canaries = Canaries::new();
    canaries.keychain(&story.phone.secure_store.history());
    assert!(canaries.count(Kind::Access) > 0 && canaries.count(Kind::Key) > 0);
    for entry in std::fs::read_dir(backup.path()).unwrap() {
        canaries.said("the backup", std::fs::read(entry.unwrap().path()).unwrap());
    }
    assert_eq!(canaries.leaks(&[]), [""; 0]);
    story.phone.reopen();
    story.end();
}

#[tokio::test]
async fn a19_an_operators_grace_does_not_hide_a_token_spent_twice() {
    // The same as above with an operator who would forgive: what is counted is what was asked.
    let options = SandboxOptions { grace_seconds: 3600, ..SandboxOptions::default() };
    let mut story = Story::with(options, |_| {}).await;
    story.load("emma").await;
    let (core, store) = moody(&story);
    for step in 0..6 {
        story.pass(TOKEN_LIFE_S);
        set(&store, step, &Mood::Forgets);
        let _ = core.usage().refresh(None).await;
        store.heal();
        core.usage().refresh(None).await.unwrap();
    }
    let mut presented = story.presented();
    presented.sort();
    let all = presented.len();
    presented.dedup();
    assert_eq!(presented.len(), all);
    drop(core);
    story.phone.reopen();
    story.end();
}
