//! Whether a notification reaches the person on this phone: the phone's settings, and its address at the operator.

use super::*;

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
