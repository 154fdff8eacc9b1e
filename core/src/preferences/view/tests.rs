//! What the notifications screen says in each designed state, in four languages.

use std::fmt::Write;
use std::sync::LazyLock;

use insta::assert_snapshot;

use super::*;
use crate::preferences::machine::{Event, Outcome, Wish};
use crate::preferences::model::{AllowedBy, Change, Preference, Version};
use crate::session::{Line, Lines};
use crate::store::Dated;

const NOW: &str = "2026-11-25T14:05:00+01:00";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn preference(about: About, channel: Channel, value: Value) -> Preference {
    let allowed_by = AllowedBy::User;
    Preference { id: "p".to_owned(), about, channel, value, mandatory: false, allowed_by, version: Version::default() }
}

fn set(enabled: bool, threshold_percent: Option<u8>) -> Value {
    Value { enabled, threshold_percent }
}

fn toggle(preference: Preference) -> Toggle {
    Toggle::of("line-1", preference)
}

/// "SMS from 80%", on.
fn usage_sms() -> Preference {
    preference(About::UsageThreshold, Channel::Sms, set(true, Some(80)))
}

/// The person wishes it off and 90 %.
fn wished(mut toggle: Toggle) -> Toggle {
    let change = Change { enabled: Some(false), threshold_percent: Some(90) };
    toggle.on(Event::Wished(Wish { operation: "a".to_owned(), change, at_ms: now().as_millisecond() }));
    toggle
}

/// The wish was sent, and this came of it.
fn sent(outcome: Outcome) -> Toggle {
    let mut toggle = wished(toggle(usage_sms()));
    toggle.on(Event::Sending { now_ms: now().as_millisecond(), at_once: true });
    toggle.on(Event::Came { operation: "a".to_owned(), outcome });
    toggle
}

fn wait(reason: Reason) -> Wait {
    Wait { until_ms: now().as_millisecond() + 120_000, reason }
}

/// A screen with these switches.
fn screen(toggles: Vec<Toggle>) -> Memory {
    let mut memory = Memory::default();
    let lines = Lines(vec![Line { id: "line-1".to_owned(), msisdn: Some("+32470123456".to_owned()) }]);
    let now_ms = now().as_millisecond();
    memory.lines = Some(Dated { model: lines, etag: None, counted_ms: None, checked_ms: now_ms, received_ms: now_ms });
    memory.listed_ms.insert("line-1".to_owned(), now_ms);
    memory.toggles = (100..).map(|number: u32| number.to_string()).zip(toggles).collect();
    memory
}

fn lost(mut memory: Memory) -> Memory {
    memory.lost = true;
    memory
}

/// The screen as a phone would draw it, and in brackets as it would be spoken.
fn drawn(view: &PreferencesView) -> String {
    let mut all = String::new();
    let both = |text: &Text| match text.text == text.spoken {
        true => text.text.clone(),
        false => format!("{} ({})", text.text, text.spoken),
    };
    if let Some(notice) = &view.notice {
        let text = Text { text: notice.text.clone(), spoken: notice.spoken.clone() };
        writeln!(all, "! {:?}: {} [{}]", notice.kind, both(&text), notice.action.as_deref().unwrap_or("-")).unwrap();
    }
    for line in &view.lines {
        writeln!(all, "{}", both(&line.label)).unwrap();
        for topic in &line.topics {
            writeln!(all, "{}", both(&topic.title)).unwrap();
            for switch in &topic.switches {
                let mark = if switch.on { "[x]" } else { "[ ]" };
                let fixed = if switch.can_change { "" } else { " fixed" };
                writeln!(all, "  {mark} {} {:?}{fixed}", both(&switch.title), switch.phase).unwrap();
                if let Some(status) = &switch.status {
                    writeln!(all, "      {}", both(status)).unwrap();
                }
                if let Some(label) = &switch.dismiss_label {
                    writeln!(all, "      [{}]", label.text).unwrap();
                }
                if let Some(ConflictView { mine, theirs, keep_mine_label, keep_theirs_label }) = &switch.conflict {
                    writeln!(all, "      {}: {}", keep_mine_label.text, both(mine)).unwrap();
                    writeln!(all, "      {}: {}", keep_theirs_label.text, both(theirs)).unwrap();
                }
                if let Some(reach) = &switch.reach {
                    let missing = reach.missing.as_ref().map(both).unwrap_or_default();
                    let fix = reach.fix_label.as_ref().map(both).unwrap_or_default();
                    writeln!(all, "      reaches: {} {missing} [{fix}] {:?}", reach.reaches, reach.fix).unwrap();
                }
            }
            if let Some(note) = &topic.note {
                writeln!(all, "  {}", both(note)).unwrap();
            }
        }
    }
    all
}

/// A name, what is known, and what else decides the presentation.
type Case = (&'static str, Memory, fn(&mut Presentation<'_>));

fn cases() -> Vec<Case> {
    let push = |on| toggle(preference(About::UsageThreshold, Channel::Push, set(on, Some(80))));
    let decided = |allowed_by, mandatory| {
        let preference = preference(About::OutOfBundle, Channel::Sms, set(true, None));
        toggle(Preference { allowed_by, mandatory, ..preference })
    };
    let offline = |toggles| {
        let mut memory = screen(toggles);
        memory.failure = Some(Problem::Offline);
        memory
    };
    let refused = |reason| screen(vec![sent(Outcome::Refused(reason))]);
    let theirs = Preference { value: set(true, Some(70)), ..usage_sms() };
    let expired = Trouble::Expired { mine: set(false, Some(90)) };
    vec![
        (
            "confirmed, on and off, every topic",
            screen(
                [
                    (About::UsageThreshold, Channel::Push, set(false, Some(75))),
                    (About::UsageThreshold, Channel::Sms, set(true, Some(80))),
                    (About::BillReady, Channel::Email, set(true, None)),
                    (About::Payment, Channel::Push, set(false, None)),
                    (About::OrderStatus, Channel::Sms, set(true, None)),
                    (About::WifiCalling, Channel::Push, set(true, None)),
                    (About::Roaming, Channel::Sms, set(true, None)),
                    (About::Marketing, Channel::Email, set(false, None)),
                    (About::Other("moonPhase".to_owned()), Channel::Other("pigeon".to_owned()), set(true, None)),
                ]
                .map(|(about, channel, value)| toggle(preference(about, channel, value)))
                .into(),
            ),
            |_| {},
        ),
        ("the employer decides", screen(vec![decided(AllowedBy::Employer, false)]), |_| {}),
        ("mandatory", screen(vec![decided(AllowedBy::User, true)]), |_| {}),
        ("statutory", screen(vec![decided(AllowedBy::Regulator, true)]), |_| {}),
        ("pending: just turned", screen(vec![wished(toggle(usage_sms()))]), |_| {}),
        ("pending: being sent for a while", screen(vec![wished(toggle(usage_sms()))]), |presentation| {
            presentation.now += jiff::SignedDuration::from_secs(2);
        }),
        ("pending: without a network", offline(vec![wished(toggle(usage_sms()))]), |_| {}),
        (
            "pending: the operator asked for a pause",
            screen(vec![sent(Outcome::NotDone { wait: wait(Reason::Asked) })]),
            |_| {},
        ),
        ("pending: there was no way", screen(vec![sent(Outcome::NotDone { wait: wait(Reason::NoWay) })]), |_| {}),
        (
            "pending: the operator could not",
            screen(vec![sent(Outcome::NotDone { wait: wait(Reason::Unable) })]),
            |_| {},
        ),
        ("pending: something else", screen(vec![sent(Outcome::NotDone { wait: wait(Reason::Other) })]), |_| {}),
        ("pending: the answer was lost", screen(vec![sent(Outcome::Unsure { wait: wait(Reason::NoWay) })]), |_| {}),
        ("pending: the session is over", screen(vec![wished(toggle(usage_sms()))]), |presentation| {
            presentation.ended = Some(SessionEnd::Revoked);
        }),
        (
            "requested",
            screen(vec![sent(Outcome::Accepted {
                wait: wait(Reason::PutOff { asked: false }),
                at_ms: now().as_millisecond(),
            })]),
            |_| {},
        ),
        ("conflict", screen(vec![sent(Outcome::Stale { theirs, once: true })]), |_| {}),
        ("rejected: your employer manages this", refused(Refusal::Employer), |_| {}),
        ("rejected: the law", refused(Refusal::Law), |_| {}),
        ("rejected: not for this number", refused(Refusal::NotPermitted), |_| {}),
        ("rejected: no longer offered", refused(Refusal::NotOffered), |_| {}),
        ("rejected: not taken", refused(Refusal::NotAccepted), |_| {}),
        ("rejected: not confirmed", refused(Refusal::NotConfirmed), |_| {}),
        ("expired", screen(vec![Toggle { trouble: Some(expired), ..toggle(usage_sms()) }]), |_| {}),
        ("nobody was asked for the permission", screen(vec![push(true)]), |presentation| {
            presentation.settings = Some(&NOT_ASKED);
        }),
        ("the phone's permission is off", screen(vec![push(true), toggle(usage_sms())]), |presentation| {
            presentation.settings = Some(&DENIED);
        }),
        ("the phone's permission is off, and so is the switch", screen(vec![push(false)]), |presentation| {
            presentation.settings = Some(&DENIED);
        }),
        ("the phone's category is off", screen(vec![push(true)]), |presentation| {
            presentation.settings = Some(&TOPIC_OFF);
        }),
        ("no push token", screen(vec![push(true)]), |presentation| {
            presentation.settings = Some(&GRANTED);
            presentation.registered = false;
        }),
        ("it reaches", screen(vec![push(true)]), |presentation| presentation.settings = Some(&GRANTED)),
        ("what waited was lost with a damaged database", lost(screen(vec![toggle(usage_sms())])), |presentation| {
            presentation.ended = Some(SessionEnd::Revoked)
        }),
        ("nothing there", screen(Vec::new()), |_| {}),
    ]
}

static TOPIC_OFF: LazyLock<NotificationSettings> = LazyLock::new(|| NotificationSettings {
    topics_off: vec![PreferenceTopic::UsageThreshold],
    ..permission(NotificationPermission::Granted)
});

const fn permission(permission: NotificationPermission) -> NotificationSettings {
    NotificationSettings { permission, topics_off: Vec::new() }
}

static NOT_ASKED: NotificationSettings = permission(NotificationPermission::NotAsked);
static DENIED: NotificationSettings = permission(NotificationPermission::Denied);
static GRANTED: NotificationSettings = permission(NotificationPermission::Granted);

#[test]
fn states() {
    let zone = jiff::tz::get!("Europe/Brussels");
    for language in Language::ALL {
        let mut all = String::new();
        for (name, memory, adjust) in cases() {
            let mut presentation = Presentation {
                language,
                operator: "Sandbox Mobile",
                zone: &zone,
                now: now(),
                ended: None,
                settings: None,
                registered: true,
            };
            adjust(&mut presentation);
            let view = preferences_view(&memory, false, &presentation, 1);
            let spoken = format!("{view:?}");
            assert!(!spoken.contains("123456"), "the number is masked: {spoken}");
            writeln!(all, "## {name}\n{}", drawn(&view)).unwrap();
        }
        assert_snapshot!(format!("states@{}", language.locale()), all);
    }
}
