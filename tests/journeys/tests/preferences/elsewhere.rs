//! Changes from elsewhere: a second device, the employer, and whoever was faster.

use super::*;

#[tokio::test]
async fn a_change_elsewhere_of_the_same_part_is_shown_with_both_values() {
    let home = PreferenceHome::CommunicationPreference;
    for mine in [true, false] {
        let sandbox = sandbox(home).await;
        let phone = loaded(&sandbox).await;
        assert!(sandbox.change_elsewhere(&elsewhere(Some(70), None, None)));
        phone.core.preferences().set_threshold(usage_sms(&phone).preference_id, 90.to_string()).await.unwrap();
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
async fn a_threshold_that_is_part_of_a_name_is_not_the_persons_to_choose() {
    for home in [PreferenceHome::PartyCharacteristic, PreferenceHome::ServiceFeature] {
        let sandbox = sandbox(home).await;
        let phone = loaded(&sandbox).await;
        phone.core.preferences().set_threshold(usage_sms(&phone).preference_id, 90.to_string()).await.unwrap();
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
