//! From a tap to the operator: without a network, through lost and odd answers, in its turn, and for one person only.

use super::*;

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
        // Nobody has to look at the screen for it; a try that came too early is made again as time passes.
        for _ in 0..40 {
            if usage_sms(&phone).phase == SwitchPhase::Confirmed {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
            phone.clock.advance(1);
        }
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
async fn a_change_that_the_operator_puts_off_is_told_as_its_work_until_it_is_done_or_a_day_is_over() {
    for home in HOMES {
        for done in [true, false] {
            let sandbox = sandbox(home).await;
            let phone = loaded(&sandbox).await;
            let (method, retry_after) = (Some("PATCH".to_owned()), Some("600".to_owned()));
            let status = Some(202);
            let times = Some(1);
            sandbox.set_faults(Faults { status, retry_after, only: only(home), method, times, ..Faults::default() });
            turn(&phone, &usage_sms(&phone), false).await;
            let requested = until_usage_sms(&phone, SwitchPhase::Requested).await;
            assert_eq!(requested.status.unwrap().text, "Sandbox Mobile is working on it", "{home:?}");
            // Pulled at again and again: the operator named its time, and nothing is used up.
            for _ in 0..25 {
                phone.core.preferences().refresh(None).await.unwrap();
            }
            assert_eq!(usage_sms(&phone).phase, SwitchPhase::Requested, "{home:?}");
            for hours in 0..24 {
                phone.clock.advance(3600);
                sandbox.advance(3600);
                phone.core.preferences().refresh(None).await.unwrap();
                assert_eq!(
                    (usage_sms(&phone).phase, usage_sms(&phone).on),
                    (SwitchPhase::Requested, false),
                    "{hours} h"
                );
            }
            if done {
                assert!(sandbox.change_elsewhere(&elsewhere(None, Some(false), None)));
            }
            phone.clock.advance(3600);
            sandbox.advance(3600);
            phone.core.preferences().refresh(None).await.unwrap();
            let told = usage_sms(&phone);
            let expected = if done { SwitchPhase::Confirmed } else { SwitchPhase::Refused };
            assert_eq!((told.phase, told.on), (expected, !done), "{home:?}");
            if !done {
                let text = "Sandbox Mobile took this but has not confirmed it within a day";
                assert_eq!(told.status.unwrap().text, text);
                // It was done late after all.
                assert!(sandbox.change_elsewhere(&elsewhere(None, Some(false), None)));
                phone.core.preferences().refresh(None).await.unwrap();
                let late = usage_sms(&phone);
                assert_eq!((late.phase, late.on), (SwitchPhase::Confirmed, false), "{home:?}");
            }
            assert_eq!(patches(&sandbox), 1, "{home:?}");
        }
    }
}
