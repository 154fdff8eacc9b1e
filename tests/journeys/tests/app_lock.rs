//! The app lock and the person's presence: what is kept opens only to whom it belongs, and locking is no signing out.

use companion::alerts::{AlertsPhase, AlertsView, OwnThreshold};
use companion::preferences::view::{PreferencesPhase, PreferencesView};
use companion::problem::{SessionEnd, StorageFailure};
use companion::session::SessionPhase;
use companion::usage::view::UsagePhase;
use companion::{HostError, Problem, SecureStore};
use companion_journeys::{Phone, PhoneStore};
use companion_sandbox::{Faults, Sandbox, SandboxOptions};

const APP_LOCKED: Problem = Problem::StorageUnavailable { reason: StorageFailure::AppLocked };
const NOT_PRESENT: Problem = Problem::StorageUnavailable { reason: StorageFailure::NotPresent };

async fn loaded() -> (Sandbox, Phone) {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let phone = Phone::loaded(&sandbox, "emma").await;
    (sandbox, phone)
}

/// Signed in, with the lock on and the usual minute of grace.
async fn locking() -> (Sandbox, Phone) {
    let (sandbox, phone) = loaded().await;
    phone.core.app_lock().turn_on(None).await.unwrap();
    (sandbox, phone)
}

fn usage_phase(phone: &Phone) -> UsagePhase {
    phone.core.usage().state().phase
}

fn phase(phone: &Phone) -> SessionPhase {
    phone.core.session().state().phase
}

fn items(store: &PhoneStore, prefix: &str) -> usize {
    store.list(prefix.to_owned()).unwrap().len()
}

#[tokio::test]
async fn after_a_restart_the_figures_open_only_to_a_person_who_is_there() {
    let (sandbox, mut phone) = locking().await;
    assert_eq!(usage_phase(&phone), UsagePhase::Loaded, "switching it on locks nobody out");
    assert_eq!(phone.core.app_lock().state().grace_seconds, 60);
    assert_eq!((items(&phone.secure_store, "data-key/"), items(&phone.secure_store, "locked-key/")), (0, 1));
    phone.reopen();
    assert_eq!((usage_phase(&phone), phase(&phone)), (UsagePhase::Locked, SessionPhase::SignedIn));
    let view = phone.core.usage().state();
    assert!(view.lines.is_empty() && view.notice.is_none());
    assert_eq!(phone.refresh().await, Err(APP_LOCKED));
    assert_eq!(phase(&phone), SessionPhase::SignedIn, "locked is not signed out");

    sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
    phone.core.app_lock().unlock().await.unwrap();
    let view = phone.core.usage().state();
    assert_eq!(view.phase, UsagePhase::Loaded, "what was kept is there, without a network");
    assert!(view.lines[0].hero.is_some());
    sandbox.set_faults(Faults::default());
    phone.refresh().await.unwrap();
    assert!(phone.presence.prompts.lock().unwrap().iter().all(|prompt| !prompt.is_empty()), "the prompt says why");
}

#[tokio::test]
async fn a_prompt_that_fails_leaves_the_app_locked_and_the_next_try_may_succeed() {
    for (refusal, expected) in [
        (HostError::PresenceDenied, NOT_PRESENT),
        (HostError::PresenceUnavailable, NOT_PRESENT),
        (HostError::PresenceCancelled, Problem::cancelled()),
        (HostError::Failed, Problem::StorageUnavailable { reason: StorageFailure::Failing }),
    ] {
        let (_sandbox, mut phone) = locking().await;
        phone.reopen();
        *phone.presence.refuses.lock().unwrap() = Some(refusal);
        assert_eq!(phone.core.app_lock().unlock().await, Err(expected.clone()), "{refusal:?}");
        assert_eq!(phone.core.app_lock().turn_off().await, Err(expected), "{refusal:?}");
        assert_eq!((usage_phase(&phone), phase(&phone)), (UsagePhase::Locked, SessionPhase::SignedIn), "{refusal:?}");
        *phone.presence.refuses.lock().unwrap() = None;
        phone.core.app_lock().unlock().await.unwrap();
        assert_eq!(usage_phase(&phone), UsagePhase::Loaded, "{refusal:?}");
    }
}

#[tokio::test]
async fn away_for_longer_than_the_grace_time_asleep_or_not_the_app_is_locked() {
    for (seconds, expected) in [(60, UsagePhase::Loaded), (61, UsagePhase::Locked)] {
        let (_sandbox, phone) = locking().await;
        let lock = phone.core.app_lock();
        lock.left_screen();
        phone.clock.advance(seconds);
        assert_eq!(usage_phase(&phone), expected, "{seconds} s, still away");
        lock.came_back();
        phone.clock.advance(3600);
        assert_eq!(usage_phase(&phone), expected, "{seconds} s, in use since");
    }
    let (_sandbox, phone) = locking().await;
    phone.core.app_lock().left_screen();
    phone.clock.set_wall_by(7200);
    assert_eq!(usage_phase(&phone), UsagePhase::Loaded, "setting the wall clock is not being away");
    phone.clock.reboot();
    assert_eq!(usage_phase(&phone), UsagePhase::Locked, "after a restart nobody can tell for how long");
}

#[tokio::test]
async fn behind_the_lock_of_a_running_app_renewing_and_refreshing_go_on() {
    let (sandbox, phone) = locking().await;
    phone.core.app_lock().lock();
    assert_eq!(usage_phase(&phone), UsagePhase::Locked);
    sandbox.advance(400);
    phone.clock.advance(400);
    phone.refresh().await.unwrap();
    assert_eq!((usage_phase(&phone), phase(&phone)), (UsagePhase::Locked, SessionPhase::SignedIn));
    phone.core.app_lock().unlock().await.unwrap();
    assert_eq!(usage_phase(&phone), UsagePhase::Loaded);
}

#[tokio::test]
async fn a_wish_that_waited_behind_the_lock_is_sent_when_the_person_opens_it() {
    let (sandbox, mut phone) = locking().await;
    phone.core.preferences().refresh(None).await.unwrap();
    let lines = phone.core.preferences().state().lines;
    let mut switches = lines.iter().flat_map(|line| &line.topics).flat_map(|topic| &topic.switches);
    let switch = switches.find(|switch| switch.can_change).unwrap();
    sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
    phone.core.preferences().set(switch.preference_id.clone(), !switch.on).await.unwrap();
    phone.reopen();
    sandbox.set_faults(Faults::default());
    assert_eq!(sandbox.preference_changes(), 0);
    phone.core.app_lock().unlock().await.unwrap();
    for _ in 0..100 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        if sandbox.preference_changes() == 1 {
            return;
        }
    }
    panic!("the wish still waits");
}

#[tokio::test]
async fn behind_the_lock_alerts_and_switches_show_nothing_and_are_as_they_were_after_it() {
    let (sandbox, mut phone) = locking().await;
    phone.core.preferences().refresh(None).await.unwrap();
    phone.core.alerts().set_own_thresholds(vec![OwnThreshold::Share { percent: 42 }], None).await.unwrap();
    phone.core.alerts().due_alerts().await.unwrap();
    let alerts = |phone: &Phone| AlertsView { revision: 0, ..phone.core.alerts().state() };
    let switches = |phone: &Phone| PreferencesView { revision: 0, ..phone.core.preferences().state() };
    let before = (alerts(&phone), switches(&phone));
    assert_eq!((before.0.phase, before.1.phase), (AlertsPhase::Ready, PreferencesPhase::Loaded));
    let id = before.1.lines[0].topics[0].switches[0].preference_id.clone();
    for restarted in [false, true] {
        phone.core.app_lock().lock();
        if restarted {
            phone.reopen();
        }
        let AlertsView { phase, fixed, own, sent, sent_note, quiet, told, next_due_ms, .. } = alerts(&phone);
        assert_eq!((phase, fixed, own, sent, sent_note), (AlertsPhase::Locked, vec![], vec![], vec![], None));
        assert_eq!((told, next_due_ms, quiet.text.text.as_str()), (vec![], None, ""), "restarted: {restarted}");
        let PreferencesView { phase, lines, notice, waiting, .. } = switches(&phone);
        assert_eq!((phase, lines, notice, waiting), (PreferencesPhase::Locked, vec![], None, 0));
        if restarted {
            // Whatever is called meanwhile, nothing is answered and nothing is lost.
            let (alerts, preferences) = (phone.core.alerts(), phone.core.preferences());
            assert_eq!(alerts.clone().due_alerts().await, Err(APP_LOCKED));
            assert_eq!(alerts.clone().received_push("id".to_owned()).await, Err(APP_LOCKED));
            assert_eq!(alerts.clone().posted("id".to_owned()).await, Err(APP_LOCKED), "to be said again");
            assert_eq!(alerts.set_quiet_hours(0, 0).await, Err(APP_LOCKED));
            assert_eq!(preferences.clone().set(id.clone(), false).await, Err(APP_LOCKED));
            assert_eq!(preferences.refresh_if_due(None).await, Err(APP_LOCKED));
        }
        phone.core.app_lock().unlock().await.unwrap();
        assert_eq!((alerts(&phone), switches(&phone)), before, "restarted: {restarted}");
    }
    assert_eq!(sandbox.preference_changes(), 0);
}

#[tokio::test]
async fn a_changed_biometry_or_a_removed_lock_asks_for_one_sign_in_and_the_lock_is_off() {
    for (change, reason) in [
        (HostError::BiometryChanged, SessionEnd::BiometryChanged),
        (HostError::LockRemoved, SessionEnd::LockRemoved),
        (HostError::KeyInvalidated, SessionEnd::KeyLost),
    ] {
        let (sandbox, mut phone) = locking().await;
        phone.reopen();
        *phone.presence.refuses.lock().unwrap() = Some(change);
        assert_eq!(phone.core.app_lock().unlock().await, Err(Problem::SessionEnded { reason }));
        assert_eq!(phase(&phone), SessionPhase::SignInAgain, "{change:?}");
        phone.reopen();
        assert_eq!(phase(&phone), SessionPhase::SignInAgain, "{change:?}, also after a restart");
        *phone.presence.refuses.lock().unwrap() = None;
        phone.sign_in(&sandbox, "emma").await.unwrap();
        phone.refresh().await.unwrap();
        let lock = phone.core.app_lock().state();
        assert!(lock.available && !lock.on && !lock.locked, "{change:?}");
        assert_eq!(items(&phone.secure_store, "locked-key/"), 0);
    }
}

#[tokio::test]
async fn switched_off_it_asks_nobody_and_signing_out_takes_it_along() {
    let (sandbox, mut phone) = locking().await;
    phone.core.app_lock().turn_off().await.unwrap();
    phone.reopen();
    assert_eq!(usage_phase(&phone), UsagePhase::Loaded);
    phone.core.app_lock().turn_on(Some(0)).await.unwrap();
    phone.core.session().sign_out().await.unwrap();
    assert_eq!(phone.left_in_keychain().await, [""; 0]);
    phone.sign_in(&sandbox, "luc").await.unwrap();
    assert!(!phone.core.app_lock().state().on, "the next person decides for themselves");
}

#[tokio::test]
async fn who_signs_in_again_on_a_locked_phone_still_has_to_unlock_what_was_kept() {
    let (sandbox, mut phone) = locking().await;
    phone.reopen();
    phone.sign_in(&sandbox, "emma").await.unwrap();
    assert_eq!(usage_phase(&phone), UsagePhase::Locked);
    phone.core.app_lock().unlock().await.unwrap();
    assert_eq!(usage_phase(&phone), UsagePhase::Loaded);
}

#[tokio::test]
async fn a_kill_between_the_two_keys_leaves_the_lock_on_and_loses_nothing() {
    let (_sandbox, mut phone) = loaded().await;
    let open = phone.item("data-key/");
    phone.core.app_lock().turn_on(Some(60)).await.unwrap();
    let name = phone.secure_store.list("locked-key/".to_owned()).unwrap()[0].replace("locked-key/", "data-key/");
    // The second write, of switching on or of switching off, never came.
    phone.secure_store.put(name, open).unwrap();
    phone.reopen();
    assert_eq!(usage_phase(&phone), UsagePhase::Locked);
    phone.core.app_lock().unlock().await.unwrap();
    assert_eq!(usage_phase(&phone), UsagePhase::Loaded);
}

#[tokio::test]
async fn single_secrets_need_the_person_each_time_and_for_half_a_minute() {
    let (sandbox, phone) = loaded().await;
    let lock = phone.core.app_lock();
    let grant = lock.clone().authorise().await.unwrap();
    assert_eq!(lock.seconds_left(grant.clone()), 30);
    phone.clock.advance(29);
    assert_eq!(lock.seconds_left(grant.clone()), 1);
    phone.clock.advance(1);
    assert_eq!(lock.seconds_left(grant), 0);

    let again = lock.clone().authorise().await.unwrap();
    assert_eq!(phone.presence.prompts.lock().unwrap().len(), 2, "asked again");
    phone.core.session().sign_out().await.unwrap();
    assert_eq!(lock.seconds_left(again), 0, "a grant ends with the sign-in it was given in");
    assert!(matches!(lock.clone().authorise().await, Err(Problem::SessionEnded { .. })));

    phone.sign_in(&sandbox, "emma").await.unwrap();
    *phone.presence.refuses.lock().unwrap() = Some(HostError::PresenceDenied);
    assert_eq!(lock.clone().authorise().await.err(), Some(NOT_PRESENT));
    *phone.presence.refuses.lock().unwrap() = Some(HostError::BiometryChanged);
    let ended = Problem::SessionEnded { reason: SessionEnd::BiometryChanged };
    assert_eq!(lock.authorise().await.err(), Some(ended), "a new finger proves at the operator whose it is");
}

#[tokio::test]
async fn a_phone_that_lies_about_presence_opens_nothing() {
    let (_sandbox, mut phone) = locking().await;
    phone.core.app_lock().authorise().await.unwrap();
    phone.reopen();
    // Says yes without the key: what comes back is not what was sealed.
    let item = phone.item("locked-key/");
    let forged = String::from_utf8(item).unwrap().replace("\"sealed\":[", "\"sealed\":[1,");
    let name = phone.secure_store.list("locked-key/".to_owned()).unwrap()[0].clone();
    phone.secure_store.put(name, forged.into_bytes()).unwrap();
    phone.reopen();
    assert!(phone.core.app_lock().unlock().await.is_err());
    assert_eq!(usage_phase(&phone), UsagePhase::Locked);
    let challenge = String::from_utf8(phone.item("presence")).unwrap().replace("\"sealed\":[", "\"sealed\":[1,");
    phone.secure_store.put("presence".to_owned(), challenge.into_bytes()).unwrap();
    assert_eq!(phone.core.app_lock().authorise().await.err(), Some(NOT_PRESENT));
}
