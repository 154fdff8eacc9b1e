//! Notification switches between a phone and its operator: a tap counts at once and for good, whatever the network, a
//! second device, the employer or the process's end make of it, and wherever the operator keeps its preferences.

use std::time::Duration;

use companion::preferences::view::{
    PreferenceChannel, PreferenceSwitchView, PreferenceTopic, PreferencesPhase, SwitchPhase,
};
use companion::problem::SessionEnd;
use companion::{CompanionCore, Problem};
use companion_journeys::Phone;
use companion_sandbox::{ElsewhereChange, Faults, PreferenceHome, Sandbox, SandboxOptions};

const HOMES: [PreferenceHome; 3] =
    [PreferenceHome::CommunicationPreference, PreferenceHome::PartyCharacteristic, PreferenceHome::ServiceFeature];

/// Where its requests go.
fn room(home: PreferenceHome) -> &'static str {
    match home {
        PreferenceHome::CommunicationPreference => "/communicationManagement/v1/communicationPreference",
        PreferenceHome::PartyCharacteristic => "/tmf-api/party/v5/individual",
        PreferenceHome::ServiceFeature => "/tmf-api/serviceInventory/v5/service",
    }
}

fn only(home: PreferenceHome) -> Option<Vec<String>> {
    Some(vec![room(home).to_owned()])
}

async fn sandbox(home: PreferenceHome) -> Sandbox {
    Sandbox::start(SandboxOptions { preferences: home, ..SandboxOptions::default() }).await.unwrap()
}

/// What an app does not understand of the arrays is as it was, byte for byte.
fn assert_nothing_is_lost(sandbox: &Sandbox) {
    let found = sandbox.foreign_elements("emma");
    assert_eq!(found.len(), 4);
    for text in [r#"{ "name" : "hobby", "value":1.50 , "unknown":{"a":[1e400,null]} }"#, r#"caf\u00e9"#] {
        assert!(found.iter().any(|element| element.contains(text)), "{text}: {found:?}");
    }
}

/// A phone on which Emma sees her switches.
async fn loaded(sandbox: &Sandbox) -> Phone {
    let phone = Phone::new(sandbox);
    phone.sign_in(sandbox, "emma").await.unwrap();
    phone.core.preferences().refresh(None).await.unwrap();
    phone
}

fn switch(core: &CompanionCore, topic: PreferenceTopic, channel: PreferenceChannel) -> PreferenceSwitchView {
    let view = core.preferences().state();
    let topics = view.lines.into_iter().flat_map(|line| line.topics).filter(|found| found.topic == topic);
    topics.flat_map(|topic| topic.switches).find(|switch| switch.channel == channel).expect("a switch")
}

fn usage_sms(phone: &Phone) -> PreferenceSwitchView {
    switch(&phone.core, PreferenceTopic::UsageThreshold, PreferenceChannel::Sms)
}

async fn turn(phone: &Phone, switch: &PreferenceSwitchView, on: bool) {
    phone.core.preferences().set(switch.preference_id.clone(), on).await.unwrap();
}

/// Returns when the switch is in this phase.
async fn until(
    phone: &Phone,
    topic: PreferenceTopic,
    channel: PreferenceChannel,
    phase: SwitchPhase,
) -> PreferenceSwitchView {
    for _ in 0..500 {
        let found = switch(&phone.core, topic, channel);
        if found.phase == phase {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("never {phase:?}: {:?}", switch(&phone.core, topic, channel));
}

async fn until_usage_sms(phone: &Phone, phase: SwitchPhase) -> PreferenceSwitchView {
    until(phone, PreferenceTopic::UsageThreshold, PreferenceChannel::Sms, phase).await
}

fn patches(sandbox: &Sandbox) -> usize {
    // One that is not understood at all is asked in another way.
    sandbox.requests().iter().filter(|request| request.method == "PATCH" && request.status != 415).count()
}

fn elsewhere(threshold: Option<u8>, enabled: Option<bool>, allowed_by: Option<&str>) -> ElsewhereChange {
    ElsewhereChange {
        person: "emma".to_owned(),
        topic: "usageThreshold".to_owned(),
        channel: "sms".to_owned(),
        enabled,
        threshold,
        allowed_by: allowed_by.map(str::to_owned),
    }
}

#[tokio::test]
async fn a_tap_without_a_network_outlives_the_process_and_is_confirmed_after_reconnect() {
    for home in HOMES {
        let sandbox = sandbox(home).await;
        let mut phone = loaded(&sandbox).await;
        assert!(usage_sms(&phone).on);
        sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
        turn(&phone, &usage_sms(&phone), false).await;
        let shown = usage_sms(&phone);
        assert!(!shown.on && shown.pending_since_ms.is_some(), "the wish is shown at once");
        let waiting = until_usage_sms(&phone, SwitchPhase::Waiting).await;
        assert_eq!(waiting.status.unwrap().text, "Will be sent when you are online");
        phone.reopen();
        let found = usage_sms(&phone);
        assert!(!found.on && found.pending_since_ms.is_some(), "and after a restart");
        assert_eq!(sandbox.preference_changes(), 0);
        sandbox.set_faults(Faults::default());
        phone.core.preferences().refresh(None).await.unwrap();
        let confirmed = usage_sms(&phone);
        assert!(!confirmed.on && confirmed.phase == SwitchPhase::Confirmed, "{confirmed:?}");
        assert_eq!((sandbox.preferences("emma")["usageThreshold/sms"], sandbox.preference_changes()), (false, 1));
    }
}

#[tokio::test]
async fn what_an_earlier_run_left_unsent_is_sent_by_the_next_one_by_itself() {
    for home in HOMES {
        struct Nobody;
        impl companion::Observer for Nobody {
            fn changed(&self, _: companion::Topic, _: u64) -> Result<(), companion::HostError> {
                Ok(())
            }
        }
        let sandbox = sandbox(home).await;
        let mut phone = loaded(&sandbox).await;
        sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
        turn(&phone, &usage_sms(&phone), false).await;
        phone.reopen();
        sandbox.set_faults(Faults::default());
        let _observing = phone.core.observe(std::sync::Arc::new(Nobody)).unwrap();
        until_usage_sms(&phone, SwitchPhase::Confirmed).await;
        assert!(!sandbox.preferences("emma")["usageThreshold/sms"]);
        // And after the app slept.
        turn(&phone, &usage_sms(&phone), true).await;
        phone.core.suspend(5000).unwrap();
        phone.core.resume().unwrap();
        until_usage_sms(&phone, SwitchPhase::Confirmed).await;
        assert!(sandbox.preferences("emma")["usageThreshold/sms"]);
    }
}

#[tokio::test]
async fn taps_that_follow_each_other_are_one_change_and_back_is_none() {
    for home in HOMES {
        let sandbox = sandbox(home).await;
        let phone = loaded(&sandbox).await;
        let switch = usage_sms(&phone);
        for on in [false, true, false] {
            turn(&phone, &switch, on).await;
        }
        until_usage_sms(&phone, SwitchPhase::Confirmed).await;
        assert_eq!(patches(&sandbox), 1);
        for on in [true, false] {
            turn(&phone, &switch, on).await;
        }
        assert_eq!(usage_sms(&phone).phase, SwitchPhase::Confirmed);
        phone.core.preferences().refresh(None).await.unwrap();
        assert_eq!((patches(&sandbox), sandbox.preference_changes()), (1, 1));
        assert_nothing_is_lost(&sandbox);
    }
}

#[tokio::test]
async fn an_answer_that_got_lost_makes_no_second_change() {
    for home in HOMES {
        for idempotent in [true, false] {
            let sandbox = Sandbox::start(SandboxOptions { idempotent, preferences: home, ..SandboxOptions::default() })
                .await
                .unwrap();
            let phone = loaded(&sandbox).await;
            turn(&phone, &usage_sms(&phone), false).await;
            until_usage_sms(&phone, SwitchPhase::Confirmed).await;
            let (method, only) = (Some("PATCH".to_owned()), only(home));
            sandbox.set_faults(Faults { cut_after_bytes: Some(0), only, method, times: Some(1), ..Faults::default() });
            turn(&phone, &usage_sms(&phone), true).await;
            until_usage_sms(&phone, SwitchPhase::Waiting).await;
            assert_eq!(sandbox.preference_changes(), 2, "it was done");
            phone.clock.advance(31);
            until_usage_sms(&phone, SwitchPhase::Confirmed).await;
            assert_eq!(sandbox.preference_changes(), 2, "{home:?}, idempotent: {idempotent}");
            // An array is looked at before it is changed.
            let asked_twice = usize::from(home == PreferenceHome::CommunicationPreference);
            assert_eq!(patches(&sandbox), 2 + asked_twice, "{home:?}, idempotent: {idempotent}");
            assert!(sandbox.preferences("emma")["usageThreshold/sms"]);
            assert_nothing_is_lost(&sandbox);
        }
    }
}

#[tokio::test]
async fn a_change_elsewhere_of_the_same_part_is_shown_with_both_values() {
    let home = PreferenceHome::CommunicationPreference;
    for mine in [true, false] {
        let sandbox = sandbox(home).await;
        let phone = loaded(&sandbox).await;
        assert!(sandbox.change_elsewhere(&elsewhere(Some(70), None, None)));
        phone.core.preferences().set_threshold(usage_sms(&phone).preference_id, 90).await.unwrap();
        let asked = until_usage_sms(&phone, SwitchPhase::Conflict).await;
        let conflict = asked.conflict.unwrap();
        assert_eq!((conflict.mine.text.as_str(), conflict.theirs.text.as_str()), ("On from 90%", "On from 70%"));
        assert_eq!(asked.threshold_percent, Some(70), "shown as the operator has it");
        let switches = phone.core.preferences();
        if mine {
            switches.keep_mine(asked.preference_id).await
        } else {
            switches.keep_theirs(asked.preference_id).await
        }
        .unwrap();
        let settled = until_usage_sms(&phone, SwitchPhase::Confirmed).await;
        assert_eq!(settled.threshold_percent, Some(if mine { 90 } else { 70 }));
        phone.core.preferences().refresh(None).await.unwrap();
        assert_eq!(usage_sms(&phone).threshold_percent, settled.threshold_percent);
    }
}

#[tokio::test]
async fn a_change_elsewhere_of_another_part_stays_beside_mine() {
    for home in HOMES {
        let sandbox = sandbox(home).await;
        let phone = loaded(&sandbox).await;
        // In an array another threshold is another name, and still the same switch.
        assert!(sandbox.change_elsewhere(&elsewhere(Some(70), None, None)));
        let other = ElsewhereChange { topic: "orderStatus".to_owned(), ..elsewhere(None, Some(false), None) };
        assert!(sandbox.change_elsewhere(&other));
        let before = usage_sms(&phone).preference_id;
        turn(&phone, &usage_sms(&phone), false).await;
        let settled = until_usage_sms(&phone, SwitchPhase::Confirmed).await;
        assert_eq!((settled.on, settled.threshold_percent), (false, Some(70)), "{home:?}");
        assert!(!sandbox.preferences("emma")["orderStatus/sms"]);
        assert!(sandbox.change_elsewhere(&elsewhere(Some(60), None, None)));
        phone.core.preferences().refresh(None).await.unwrap();
        let read = usage_sms(&phone);
        assert_eq!((read.preference_id, read.threshold_percent), (before, Some(60)), "{home:?}");
        assert_nothing_is_lost(&sandbox);
    }
}

#[tokio::test]
async fn what_the_employer_took_over_goes_back_and_says_why() {
    for home in HOMES {
        let sandbox = sandbox(home).await;
        let phone = loaded(&sandbox).await;
        assert!(sandbox.change_elsewhere(&elsewhere(None, None, Some("employer"))));
        turn(&phone, &usage_sms(&phone), false).await;
        let refused = until_usage_sms(&phone, SwitchPhase::Refused).await;
        assert_eq!((refused.on, refused.status.unwrap().text.as_str()), (true, "Set by your employer"));
        // Once it is known, the switch cannot be turned at all.
        phone.core.preferences().refresh(None).await.unwrap();
        assert!(!usage_sms(&phone).can_change);
        let outcome = phone.core.preferences().set(refused.preference_id.clone(), false).await;
        assert_eq!(outcome, Err(Problem::NotPermitted));
        phone.core.preferences().keep_theirs(refused.preference_id).await.unwrap();
        let read = usage_sms(&phone);
        assert_eq!((read.phase, read.status.unwrap().text.as_str()), (SwitchPhase::Confirmed, "Set by your employer"));
    }
}

#[tokio::test]
async fn the_operators_wish_to_be_left_alone_outlives_the_process() {
    for home in HOMES {
        let sandbox = sandbox(home).await;
        let mut phone = loaded(&sandbox).await;
        let only = only(home);
        let faults = Faults {
            status: Some(429),
            retry_after: Some("120".to_owned()),
            only,
            times: Some(1),
            ..Faults::default()
        };
        sandbox.set_faults(faults);
        turn(&phone, &usage_sms(&phone), false).await;
        let waiting = until_usage_sms(&phone, SwitchPhase::Waiting).await;
        assert_eq!(waiting.status.unwrap().text, "Will be sent after 14:07");
        let asked = sandbox.requests().len();
        phone.reopen();
        assert_eq!(usage_sms(&phone).phase, SwitchPhase::Waiting);
        // Nothing of it, and nothing else, is sent before.
        let other = switch(&phone.core, PreferenceTopic::BillReady, PreferenceChannel::Push);
        turn(&phone, &other, true).await;
        tokio::time::sleep(Duration::from_millis(700)).await;
        assert_eq!(
            sandbox.requests()[asked..].iter().filter(|request| request.path.starts_with(room(home))).count(),
            0
        );
        // A tenth more at most, so that a fleet does not come back at one moment.
        phone.clock.advance(133);
        sandbox.advance(133);
        phone.core.preferences().refresh(None).await.unwrap();
        assert_eq!(sandbox.preference_changes(), 2);
    }
}

#[tokio::test]
async fn one_switch_that_is_stuck_holds_up_no_other() {
    let home = PreferenceHome::CommunicationPreference;
    let sandbox = sandbox(home).await;
    let phone = loaded(&sandbox).await;
    // The first of Emma's line.
    let line = sandbox.person("emma").unwrap().line_id;
    let only = Some(vec![format!("{}/{line}-1", room(home))]);
    sandbox.set_faults(Faults { status: Some(500), only, ..Faults::default() });
    for on in [true, false] {
        turn(&phone, &usage_sms(&phone), !on).await;
        turn(&phone, &switch(&phone.core, PreferenceTopic::BillReady, PreferenceChannel::Push), on).await;
        until(&phone, PreferenceTopic::BillReady, PreferenceChannel::Push, SwitchPhase::Confirmed).await;
        assert_ne!(usage_sms(&phone).phase, SwitchPhase::Confirmed);
        turn(&phone, &usage_sms(&phone), false).await;
    }
    sandbox.set_faults(Faults::default());
    phone.core.preferences().refresh(None).await.unwrap();
    assert_eq!(usage_sms(&phone).phase, SwitchPhase::Confirmed);
}

#[tokio::test]
async fn nothing_is_sent_for_another_person_and_the_same_one_finds_it_again() {
    for home in HOMES {
        let sandbox = sandbox(home).await;
        let phone = loaded(&sandbox).await;
        sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
        turn(&phone, &usage_sms(&phone), false).await;
        until_usage_sms(&phone, SwitchPhase::Waiting).await;
        sandbox.set_faults(Faults::default());
        // The operator ends the session: what waits waits on, for her.
        sandbox.end_sessions("emma");
        phone.clock.advance(301);
        sandbox.advance(301);
        let ended = phone.core.preferences().refresh(None).await;
        assert_eq!(ended, Err(Problem::SessionEnded { reason: SessionEnd::Revoked }));
        let waiting = usage_sms(&phone);
        assert_eq!((waiting.on, waiting.phase), (false, SwitchPhase::Waiting));
        assert_eq!(waiting.status.unwrap().text, "Will be sent when you have signed in again");
        phone.sign_in(&sandbox, "emma").await.unwrap();
        // Nobody has to look at the screen for it.
        until_usage_sms(&phone, SwitchPhase::Confirmed).await;
        assert_eq!(sandbox.preference_changes(), 1);

        sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
        turn(&phone, &usage_sms(&phone), true).await;
        until_usage_sms(&phone, SwitchPhase::Waiting).await;
        sandbox.set_faults(Faults::default());
        phone.sign_in_instead(&sandbox, "luc").await.unwrap();
        phone.core.preferences().refresh(None).await.unwrap();
        tokio::time::sleep(Duration::from_millis(700)).await;
        assert_eq!(sandbox.preference_changes(), 1, "nothing of Emma's was sent");
        phone.core.session().sign_out().await.unwrap();
        assert_eq!(phone.core.preferences().state().phase, PreferencesPhase::SignedOut);
        let set = phone.core.preferences().set("anything".to_owned(), true).await;
        assert_eq!(set, Err(Problem::SessionEnded { reason: SessionEnd::SignedOut }));
    }
}

#[tokio::test]
async fn an_answer_that_is_none_loses_nothing() {
    for home in HOMES {
        let sandbox = sandbox(home).await;
        let phone = loaded(&sandbox).await;
        let before = phone.core.preferences().state().lines;
        let body = |body: &str| Faults {
            status: Some(200),
            body: Some(body.to_owned()),
            content_type: Some("application/json".to_owned()),
            only: only(home),
            ..Faults::default()
        };
        for (faults, expected) in [
            (Faults { garbage: true, only: only(home), ..Faults::default() }, "preferences"),
            (Faults { empty_body: true, only: only(home), ..Faults::default() }, "preferences"),
            (body("{\"id\": 1, "), "preferences"),
        ] {
            sandbox.set_faults(faults);
            let outcome = phone.core.preferences().refresh(None).await;
            assert_eq!(outcome, Err(Problem::NotUnderstood { code: expected.to_owned() }));
            assert_eq!(phone.core.preferences().state().lines, before);
        }
        // What is JSON and no list is no word of what there is either.
        for odd in ["{}", "{\"code\": \"x\"}"] {
            sandbox.set_faults(body(odd));
            let _ = phone.core.preferences().refresh(None).await;
            assert_eq!(phone.core.preferences().state().lines, before, "{odd}");
        }
    }
}

#[tokio::test]
async fn a_yes_that_is_not_the_apis_is_checked_by_reading_and_never_told_as_a_change_elsewhere() {
    for home in HOMES {
        for (body, kind) in [
            ("OK", "text/plain"),
            ("{\"status\": \"accepted\"}", "application/json"),
            ("<html>Thank you</html>", "text/html"),
            ("[1,", "application/json"),
        ] {
            let sandbox = sandbox(home).await;
            let phone = loaded(&sandbox).await;
            let (body, content_type) = (Some(body.to_owned()), Some(kind.to_owned()));
            let method = Some("PATCH".to_owned());
            let status = Some(200);
            // It was not done.
            sandbox.set_faults(Faults {
                status,
                body: body.clone(),
                content_type,
                only: only(home),
                method,
                times: Some(1),
                ..Faults::default()
            });
            turn(&phone, &usage_sms(&phone), false).await;
            let waiting = until_usage_sms(&phone, SwitchPhase::Waiting).await;
            assert!(!waiting.on && waiting.conflict.is_none(), "{home:?} {body:?}");
            phone.clock.advance(31);
            until_usage_sms(&phone, SwitchPhase::Confirmed).await;
            assert_eq!(sandbox.preference_changes(), 1, "{home:?} {body:?}");
            assert!(!sandbox.preferences("emma")["usageThreshold/sms"], "{home:?} {body:?}");
        }
    }
}

#[tokio::test]
async fn a_gateway_that_takes_no_token_for_a_while_refuses_no_wish() {
    for home in HOMES {
        let sandbox = sandbox(home).await;
        let phone = loaded(&sandbox).await;
        sandbox.set_faults(Faults { status: Some(401), method: Some("PATCH".to_owned()), ..Faults::default() });
        turn(&phone, &usage_sms(&phone), false).await;
        until_usage_sms(&phone, SwitchPhase::Waiting).await;
        sandbox.set_faults(Faults::default());
        phone.core.preferences().refresh(None).await.unwrap();
        let switch = usage_sms(&phone);
        assert_eq!((switch.on, switch.phase), (false, SwitchPhase::Confirmed));
    }
}

#[tokio::test]
async fn a_notification_reaches_the_person_only_when_every_link_is_there() {
    for home in HOMES {
        use companion::preferences::PushPlatform;
        use companion::preferences::view::{NotificationPermission, NotificationSettings, ReachFix};
        let sandbox = sandbox(home).await;
        let phone = loaded(&sandbox).await;
        let switches = phone.core.preferences();
        let push = || switch(&phone.core, PreferenceTopic::UsageThreshold, PreferenceChannel::Push);
        let usage_push = PreferenceTopic::UsageThreshold;
        assert_eq!(push().reach, None, "nobody told the phone's settings");
        let tell = |permission, topics_off| {
            switches.clone().set_notification_settings(NotificationSettings { permission, topics_off })
        };
        turn(&phone, &push(), true).await;
        until(&phone, usage_push, PreferenceChannel::Push, SwitchPhase::Confirmed).await;
        // Off until the person agrees, whatever the operator has.
        tell(NotificationPermission::NotAsked, Vec::new());
        let shown = push();
        assert_eq!((shown.on, shown.reach.unwrap().fix), (false, Some(ReachFix::AskPermission)));
        for (permission, off, fix) in [
            (NotificationPermission::Denied, Vec::new(), Some(ReachFix::OpenSettings)),
            (NotificationPermission::Granted, vec![usage_push], Some(ReachFix::OpenSettings)),
            (NotificationPermission::Granted, Vec::new(), Some(ReachFix::RegisterPush)),
        ] {
            tell(permission, off);
            let reach = push().reach.unwrap();
            assert_eq!((push().on, reach.reaches, reach.fix, reach.missing.is_some()), (true, false, fix, true));
        }
        switches.clone().register_push("token-1".to_owned(), PushPlatform::Apns, "1.0".to_owned()).await.unwrap();
        switches.clone().refresh(None).await.unwrap();
        let reach = push().reach.unwrap();
        assert_eq!((reach.reaches, reach.fix, reach.missing), (true, None, None));
        let sub = sandbox.person("emma").unwrap().sub;
        assert_eq!(sandbox.push_addresses(), [(sub.clone(), "token-1".to_owned())]);
        // The platform rotates it: the operator forgets the old one.
        switches.clone().register_push("token-2".to_owned(), PushPlatform::Apns, "1.0".to_owned()).await.unwrap();
        switches.clone().refresh(None).await.unwrap();
        assert_eq!(sandbox.push_addresses(), [(sub, "token-2".to_owned())]);
        let puts = || sandbox.requests().iter().filter(|request| request.method == "PUT").count();
        let before = puts();
        switches.clone().refresh(None).await.unwrap();
        assert_eq!(puts(), before, "it is known");
        phone.clock.advance(8 * 24 * 3600);
        sandbox.advance(8 * 24 * 3600);
        switches.clone().refresh(None).await.unwrap();
        assert_eq!(puts(), before + 1, "and told again after a week");
    }
}

/// Returns when the operator has forgotten every address for notifications.
async fn until_no_phone_is_known(sandbox: &Sandbox) {
    for _ in 0..200 {
        if sandbox.push_addresses().is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the operator was never told");
}

#[tokio::test]
async fn whoever_signs_out_is_not_notified_any_more_even_when_the_operator_hears_of_it_late() {
    for home in HOMES {
        use companion::preferences::PushPlatform;
        let sandbox = sandbox(home).await;
        let mut phone = loaded(&sandbox).await;
        let room = phone.core.preferences();
        room.clone().register_push("token-canary".to_owned(), PushPlatform::Fcm, "1.0".to_owned()).await.unwrap();
        room.refresh(None).await.unwrap();
        assert_eq!(sandbox.push_addresses().len(), 1);
        sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
        phone.core.session().sign_out().await.unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
        phone.core.suspend(5000).unwrap();
        let files = phone.file_contents();
        assert!(!files.windows(12).any(|window| window == b"token-canary"), "the address is still here");
        phone.reopen();
        sandbox.set_faults(Faults::default());
        phone.core.resume().unwrap();
        until_no_phone_is_known(&sandbox).await;
    }
}

#[tokio::test]
async fn a_threshold_that_is_part_of_a_name_is_not_the_persons_to_choose() {
    for home in [PreferenceHome::PartyCharacteristic, PreferenceHome::ServiceFeature] {
        let sandbox = sandbox(home).await;
        let phone = loaded(&sandbox).await;
        phone.core.preferences().set_threshold(usage_sms(&phone).preference_id, 90).await.unwrap();
        let refused = until_usage_sms(&phone, SwitchPhase::Refused).await;
        assert_eq!((refused.threshold_percent, patches(&sandbox)), (Some(80), 0));
        assert_eq!(refused.status.unwrap().text, "Sandbox Mobile did not take this");
    }
}

#[tokio::test]
async fn a_conflict_is_settled_by_looking_again_and_the_change_is_made_once() {
    for home in HOMES {
        for status in [409, 412, 428] {
            let sandbox = sandbox(home).await;
            let phone = loaded(&sandbox).await;
            let method = Some("PATCH".to_owned());
            let faults = Faults { status: Some(status), only: only(home), method, times: Some(1), ..Faults::default() };
            sandbox.set_faults(faults);
            turn(&phone, &usage_sms(&phone), false).await;
            // Busy is waited out.
            if status == 409 && home == PreferenceHome::CommunicationPreference {
                until_usage_sms(&phone, SwitchPhase::Waiting).await;
                phone.clock.advance(31);
            }
            until_usage_sms(&phone, SwitchPhase::Confirmed).await;
            assert_eq!(sandbox.preference_changes(), 1, "{home:?} {status}");
            assert!(!sandbox.preferences("emma")["usageThreshold/sms"], "{home:?} {status}");
        }
    }
}

#[tokio::test]
async fn a_change_elsewhere_while_mine_is_on_its_way_is_not_overwritten() {
    // Without an entity tag nothing can tell: whoever writes the array last has it.
    for home in [PreferenceHome::CommunicationPreference, PreferenceHome::ServiceFeature] {
        let sandbox = sandbox(home).await;
        let phone = loaded(&sandbox).await;
        let method = Some("PATCH".to_owned());
        let faults = Faults { latency_ms: 500, only: only(home), method, times: Some(1), ..Faults::default() };
        sandbox.set_faults(faults);
        turn(&phone, &usage_sms(&phone), false).await;
        while patches(&sandbox) == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let allowed_by = Some("user");
        let other = ElsewhereChange { topic: "orderStatus".to_owned(), ..elsewhere(None, Some(false), allowed_by) };
        assert!(sandbox.change_elsewhere(&other));
        assert!(sandbox.change_elsewhere(&elsewhere(None, None, allowed_by)), "the version moves, the value does not");
        until_usage_sms(&phone, SwitchPhase::Confirmed).await;
        let now = sandbox.preferences("emma");
        assert_eq!((now["usageThreshold/sms"], now["orderStatus/sms"]), (false, false), "{home:?}");
        assert!(sandbox.requests().iter().any(|request| request.status == 412), "{home:?}");
        assert_eq!(sandbox.preference_changes(), 1, "{home:?}");
    }
}

#[tokio::test]
async fn switches_that_lie_in_one_array_are_all_changed_when_they_are_sent_at_once() {
    for home in HOMES {
        let sandbox = sandbox(home).await;
        let phone = loaded(&sandbox).await;
        sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
        let before = sandbox.preferences("emma");
        let view = phone.core.preferences().state();
        let switches = view.lines.iter().flat_map(|line| &line.topics).flat_map(|topic| &topic.switches);
        let free: Vec<_> = switches.filter(|switch| switch.can_change).cloned().collect();
        assert_eq!(free.len(), 8);
        for switch in &free {
            turn(&phone, switch, !switch.on).await;
        }
        // Slow enough that they would meet.
        let latency_ms = 30;
        sandbox.set_faults(Faults { latency_ms, only: only(home), ..Faults::default() });
        phone.core.preferences().refresh(None).await.unwrap();
        for _ in 0..500 {
            if phone.core.preferences().state().waiting == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let changed = sandbox.preferences("emma").iter().filter(|(name, on)| before[*name] != **on).count();
        assert_eq!((changed, sandbox.preference_changes()), (8, 8), "{home:?}");
        assert_nothing_is_lost(&sandbox);
    }
}

#[tokio::test]
async fn what_the_phone_told_holds_from_the_first_frame_of_the_next_run_until_it_is_told_anew() {
    use companion::preferences::PushPlatform;
    use companion::preferences::view::{NotificationPermission, NotificationSettings, ReachFix};
    let sandbox = sandbox(PreferenceHome::CommunicationPreference).await;
    let mut phone = Phone::new(&sandbox);
    let tell = |phone: &Phone, permission| {
        let settings = NotificationSettings { permission, topics_off: vec![PreferenceTopic::Roaming] };
        phone.core.preferences().set_notification_settings(settings);
    };
    let push = |phone: &Phone| switch(&phone.core, PreferenceTopic::UsageThreshold, PreferenceChannel::Push);
    // Told before anybody is there to keep it for.
    tell(&phone, NotificationPermission::NotAsked);
    phone.sign_in(&sandbox, "emma").await.unwrap();
    phone.core.preferences().refresh(None).await.unwrap();
    turn(&phone, &push(&phone), true).await;
    until(&phone, PreferenceTopic::UsageThreshold, PreferenceChannel::Push, SwitchPhase::Confirmed).await;
    phone.reopen();
    let first = push(&phone);
    assert_eq!((first.on, first.reach.unwrap().fix), (false, Some(ReachFix::AskPermission)), "off until consent");

    // What is told is kept by itself, and the operator's knowing the phone as well.
    tell(&phone, NotificationPermission::Granted);
    let room = phone.core.preferences();
    room.clone().register_push("token".to_owned(), PushPlatform::Fcm, "1.0".to_owned()).await.unwrap();
    let reaches = |phone: &Phone| push(phone).reach.unwrap().reaches;
    for _ in 0..500 {
        if reaches(&phone) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    // Whatever is written down next comes after it.
    phone.core.preferences().keep_theirs(push(&phone).preference_id).await.unwrap();
    sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
    for seconds in [0, 8 * 24 * 3600] {
        phone.clock.advance(seconds);
        phone.reopen();
        let first = push(&phone);
        let reach = first.reach.unwrap();
        assert_eq!((first.on, reach.reaches, reach.fix), (true, true, None), "{seconds} s later");
    }
    tell(&phone, NotificationPermission::Denied);
    assert_eq!(push(&phone).reach.unwrap().fix, Some(ReachFix::OpenSettings), "what is told now counts");
    phone.reopen();

    // It goes with the person's data.
    sandbox.set_faults(Faults::default());
    phone.clock.set_wall_by(-8 * 24 * 3600);
    phone.sign_in_instead(&sandbox, "luc").await.unwrap();
    phone.core.preferences().refresh(None).await.unwrap();
    assert_eq!(push(&phone).reach, None);
    until_no_phone_is_known(&sandbox).await;
}
