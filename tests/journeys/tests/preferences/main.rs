//! Notification switches between a phone and its operator: a tap counts at once and for good, whatever the network, a
//! second device, the employer or the process's end make of it, and wherever the operator keeps its preferences.

mod delivery;
mod elsewhere;
mod reach;

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
