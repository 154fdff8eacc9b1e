//! Wi-Fi calling through the public API, against the sandbox: the operator's side, the walk, signed guides, the check's limits.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::sync::Arc;

use companion::Problem;
use companion::vowifi::WifiCalling;
use companion::vowifi::facts::{PhoneFacts, PhonePlatform, SimFacts};
use companion::vowifi::view::{
    NetworkVerdict, PathKind, WifiCallingPhase, WifiCallingView, WifiLineState, WifiPhoneState,
};
use companion_journeys::Phone;
use companion_sandbox::{Faults, Instead, Sandbox, SandboxOptions};
use serde_json::{Value, json};

const NOW: &str = "2026-11-25T14:05:00+01:00";
const GUIDES: &str = "/guides/wifi-calling.json";
const ORDERS: &str = "/tmf-api/serviceOrdering";

async fn usual() -> Sandbox {
    Sandbox::start(SandboxOptions::default()).await.unwrap()
}

async fn phone_of(sandbox: &Sandbox, person: &str) -> Phone {
    let phone = Phone::with(&sandbox.profile_json(), "en", NOW).at(sandbox);
    phone.sign_in(sandbox, person).await.unwrap();
    phone.core.wifi_calling().refresh(None).await.unwrap();
    phone
}

fn room(phone: &Phone) -> Arc<WifiCalling> {
    phone.core.wifi_calling()
}

fn shown(phone: &Phone) -> WifiCallingView {
    room(phone).state()
}

/// A Pixel with a SIM of the sandbox.
fn pixel() -> PhoneFacts {
    let sim = SimFacts { operator: Some("00101".to_owned()), ..SimFacts::default() };
    PhoneFacts {
        maker: "Google".to_owned(),
        os_version: "15".to_owned(),
        sims: vec![sim],
        ..blank(PhonePlatform::Android)
    }
}

fn blank(platform: PhonePlatform) -> PhoneFacts {
    PhoneFacts { language: "fr".to_owned(), ..PhoneFacts::of(platform) }
}

fn step(phone: &Phone) -> String {
    shown(phone).step.unwrap().id
}

async fn answer(phone: &Phone, answer: &str) {
    room(phone).answer(step(phone), answer.to_owned()).await.unwrap();
}

#[tokio::test]
async fn the_operators_word_and_the_phones_are_two_facts_for_everybody() {
    let sandbox = usual().await;
    let cases = [
        ("emma", WifiLineState::Off, "not-provisioned"),
        ("luc", WifiLineState::On, "switch-on"),
        ("nadia", WifiLineState::Off, "not-provisioned"),
        ("tom", WifiLineState::Off, "not-provisioned"),
        ("ines", WifiLineState::InProgress, "being-provisioned"),
    ];
    for (person, line, first) in cases {
        let phone = phone_of(&sandbox, person).await;
        assert_eq!(shown(&phone).step, None, "nothing is said of a phone that told nothing");
        room(&phone).tell(pixel());
        let view = shown(&phone);
        assert_eq!((view.line, view.phone, view.notice), (line, WifiPhoneState::Off, None), "{person}");
        assert_eq!((view.headline.len(), step(&phone).as_str()), (3, first), "{person}");
    }
}

#[tokio::test]
async fn from_not_allowed_to_it_works_at_home_and_over_a_restart() {
    let sandbox = usual().await;
    let mut phone = phone_of(&sandbox, "emma").await;
    room(&phone).tell(pixel());
    assert!(shown(&phone).step.unwrap().switch_on.is_some());
    // The order is under way for a minute of the operator's clock.
    let ordering = room(&phone).switch_on(None);
    let moving = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        sandbox.advance(61);
        phone.clock.advance(61);
    };
    let (ordered, ()) = tokio::join!(ordering, moving);
    ordered.unwrap();
    assert_eq!((shown(&phone).line, step(&phone).as_str()), (WifiLineState::On, "switch-on"));

    let paths = shown(&phone).step.unwrap().paths;
    let last = paths[0].crumbs.last().unwrap();
    assert_eq!(last.labels, ["Appels Wi-Fi"], "labels are in the phone's language");
    assert!(paths.iter().any(|path| path.kind == PathKind::Search), "the search is always there");
    assert!(!paths[0].intents.is_empty());

    for (given, next) in
        [("on", "network"), ("understood", "emergency"), ("understood", "proof-airplane-on"), ("works", "proof-probe")]
    {
        answer(&phone, given).await;
        assert_eq!(step(&phone), next);
    }
    assert_eq!((shown(&phone).phone, shown(&phone).asks_place), (WifiPhoneState::SaidOn, false));
    phone.reopen();
    room(&phone).tell(pixel());
    assert_eq!(step(&phone), "proof-probe", "the app was killed, and nothing is asked twice");
    for given in ["understood", "works", "later", "later", "done"] {
        answer(&phone, given).await;
    }
    assert_eq!((step(&phone).as_str(), shown(&phone).phone), ("works", WifiPhoneState::Works));
    assert_eq!(shown(&phone).works.unwrap().text, "Works since 25 November.");
    assert!(shown(&phone).asks_place);
    room(&phone).name_place(" home\n ".to_owned()).await.unwrap();
    phone.reopen();
    room(&phone).tell(pixel());
    assert_eq!(shown(&phone).works.unwrap().text, "Works since 25 November (home).");
    assert_eq!(shown(&phone).headline[2].text, "Works since 25 November (home).");
}

#[tokio::test]
async fn a_tap_that_comes_late_and_one_that_is_no_answer_change_nothing() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "luc").await;
    let unheard = room(&phone).answer("switch-on".to_owned(), "on".to_owned()).await;
    assert_eq!(unheard, Err(Problem::Unexpected { code: "no_facts".to_owned() }));
    room(&phone).tell(pixel());
    answer(&phone, "on").await;
    room(&phone).answer("switch-on".to_owned(), "grey".to_owned()).await.unwrap();
    assert_eq!(step(&phone), "network", "the second of two taps");
    let unknown = room(&phone).answer("network".to_owned(), "maybe".to_owned()).await;
    assert_eq!(unknown, Err(Problem::Unexpected { code: "no_such_answer".to_owned() }));
    room(&phone).back().await.unwrap();
    assert_eq!(step(&phone), "switch-on");
    room(&phone).back().await.unwrap();
    assert!(!shown(&phone).can_go_back);
    assert_eq!(step(&phone), "switch-on");
}

#[tokio::test]
async fn a_sim_of_another_operator_is_told_wherever_the_walk_is() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "luc").await;
    room(&phone).tell(pixel());
    for given in ["on", "understood", "understood", "works"] {
        answer(&phone, given).await;
    }
    assert_eq!(step(&phone), "proof-probe");
    let other = SimFacts { operator: Some("20601".to_owned()), ..SimFacts::default() };
    room(&phone).tell(PhoneFacts { sims: vec![other], ..pixel() });
    assert_eq!(step(&phone), "other-operator");
    // Airplane mode hides the SIM, and loses nobody their place.
    room(&phone).tell(PhoneFacts { sims: Vec::new(), airplane_mode: Some(true), ..pixel() });
    assert_eq!(step(&phone), "proof-probe");
    assert!(shown(&phone).step.unwrap().check.is_none(), "the operator switched the check off");
    let report = room(&phone).report().unwrap().body;
    assert!(report.contains("answered switch-on=on network=understood"), "{report}");
}

#[tokio::test]
async fn what_the_phone_tells_moves_the_walk_by_itself() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "luc").await;
    room(&phone).tell(PhoneFacts { vpn: Some(true), ..pixel() });
    assert_eq!(step(&phone), "blocked-vpn");
    room(&phone).tell(pixel());
    assert_eq!(step(&phone), "switch-on", "the VPN was switched off");
    room(&phone).tell(PhoneFacts { roaming: Some(true), ..pixel() });
    assert_eq!(step(&phone), "abroad");
    let other = SimFacts { operator: Some("20601".to_owned()), ..SimFacts::default() };
    room(&phone).tell(PhoneFacts { sims: vec![other], ..pixel() });
    assert_eq!((step(&phone).as_str(), shown(&phone).step.unwrap().answers.len()), ("other-operator", 0));
    room(&phone).tell(blank(PhonePlatform::Ios));
    assert_eq!(step(&phone), "which-sim", "an iPhone tells nothing of its SIM");
    let on = SimFacts { on_wifi: Some(true), ..pixel().sims[0].clone() };
    room(&phone).tell(PhoneFacts { sims: vec![on], ..pixel() });
    assert_eq!(shown(&phone).phone, WifiPhoneState::OnNow);
}

fn orders_posted(sandbox: &Sandbox) -> usize {
    let log = sandbox.requests();
    log.iter().filter(|request| request.method == "POST" && request.path.starts_with(ORDERS)).count()
}

#[tokio::test]
async fn an_order_whose_answer_is_lost_is_found_again_and_never_made_twice() {
    let sandbox = usual().await;
    let mut phone = phone_of(&sandbox, "emma").await;
    room(&phone).tell(pixel());
    // It arrives, and the connection breaks within the answer.
    sandbox.set_faults(Faults {
        only: Some(vec![ORDERS.to_owned()]),
        method: Some("POST".to_owned()),
        cut_after_bytes: Some(5),
        ..Faults::default()
    });
    assert!(room(&phone).switch_on(None).await.is_err());
    assert_eq!((orders_posted(&sandbox), step(&phone).as_str()), (1, "being-provisioned"));
    assert_eq!(shown(&phone).line, WifiLineState::Off, "what nobody answered is not under way");
    sandbox.set_faults(Faults::default());
    phone.reopen();
    room(&phone).tell(pixel());
    sandbox.advance(61);
    phone.clock.advance(61);
    room(&phone).refresh_if_due(None).await.unwrap();
    assert_eq!(orders_posted(&sandbox), 1, "it was there already");
    room(&phone).refresh(None).await.unwrap();
    assert_eq!(shown(&phone).line, WifiLineState::On);
}

#[tokio::test]
async fn two_taps_make_one_order_whatever_becomes_of_it() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "nadia").await;
    let (one, two) = tokio::join!(room(&phone).switch_on(None), room(&phone).switch_on(None));
    one.unwrap();
    two.unwrap();
    assert_eq!(orders_posted(&sandbox), 1);
}

#[tokio::test]
async fn an_order_the_operator_no_longer_knows_keeps_nothing_else_from_being_read() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "emma").await;
    room(&phone).tell(pixel());
    let gone = |status| Faults {
        only: Some(vec![ORDERS.to_owned()]),
        method: Some("GET".to_owned()),
        status: Some(status),
        ..Faults::default()
    };
    sandbox.set_faults(gone(501));
    room(&phone).switch_on(None).await.unwrap();
    assert_eq!(orders_posted(&sandbox), 1);
    for status in [404, 501] {
        sandbox.set_faults(gone(status));
        room(&phone).refresh(None).await.unwrap();
        assert_eq!((shown(&phone).notice, orders_posted(&sandbox)), (None, 1), "{status}");
    }
    phone.clock.advance(15 * 24 * 60 * 60);
    sandbox.advance(15 * 24 * 60 * 60);
    room(&phone).refresh(None).await.unwrap();
    assert_eq!(step(&phone), "switch-on", "it is on meanwhile, whatever the order says");
}

#[tokio::test]
async fn processes_that_ask_at_once_send_one_order_however_slow_the_operator_is() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "emma").await;
    sandbox.set_faults(Faults {
        only: Some(vec![ORDERS.to_owned()]),
        method: Some("POST".to_owned()),
        latency_ms: 700,
        ..Faults::default()
    });
    let others = ["widget", "share"].map(|process| phone.try_open_as(process).unwrap());
    for other in &others {
        other.wifi_calling().refresh(None).await.unwrap();
    }
    let all = [room(&phone), others[0].wifi_calling(), others[1].wifi_calling()];
    let asked = all.map(|room| tokio::time::timeout(std::time::Duration::from_secs(3), room.switch_on(None)));
    futures_util::future::join_all(asked).await;
    assert_eq!(orders_posted(&sandbox), 1);
    for other in others {
        other.suspend(5_000).unwrap();
    }
}

#[tokio::test]
async fn two_processes_that_ask_at_once_make_one_order() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "emma").await;
    let second = phone.try_open_as("widget").unwrap();
    second.wifi_calling().refresh(None).await.unwrap();
    let (one, other) = (room(&phone), second.wifi_calling());
    let moving = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        sandbox.advance(61);
        phone.clock.advance(61);
    };
    let (one, other, ()) = tokio::join!(one.switch_on(None), other.switch_on(None), moving);
    one.unwrap();
    other.unwrap();
    let log = sandbox.requests();
    let posted = log.iter().filter(|request| request.method == "POST" && request.path.starts_with(ORDERS));
    let mut names: Vec<Value> = posted
        .map(|request| serde_json::from_str::<Value>(&request.carried.body).unwrap()["externalId"].clone())
        .collect();
    names.dedup();
    assert_eq!(names.len(), 1, "however many of them asked, it is one order");
    assert_eq!(shown(&phone).line, WifiLineState::On);
    second.suspend(5_000).unwrap();
}

#[tokio::test]
async fn an_order_that_is_done_or_was_refused_today_is_not_made_again_by_either_process() {
    for (person, state) in [("emma", "not-provisioned"), ("nadia", "not-provisioned")] {
        let sandbox = usual().await;
        let phone = phone_of(&sandbox, person).await;
        room(&phone).tell(pixel());
        let second = phone.try_open_as("widget").unwrap();
        second.wifi_calling().refresh(None).await.unwrap();
        assert_eq!(step(&phone), state);
        // Emma's is done at once, and her service says so a while later.
        let done = Instead { body: json!({ "id": "so-1", "state": "completed" }).to_string(), ..Instead::default() };
        let place = format!("{ORDERS}/v4/serviceOrder");
        let faults = Faults { method: Some("POST".to_owned()), instead: [(place, done)].into(), ..Faults::default() };
        if person == "emma" {
            sandbox.set_faults(faults);
        }
        room(&phone).switch_on(None).await.unwrap();
        assert_eq!(orders_posted(&sandbox), 1);
        for _ in 0..2 {
            let again = room(&phone).switch_on(None).await;
            assert!(matches!(&again, Ok(()) | Err(Problem::Unexpected { .. })), "{again:?}");
            let other = second.wifi_calling().switch_on(None).await;
            assert!(matches!(&other, Ok(()) | Err(Problem::Unexpected { .. })), "{other:?}");
        }
        assert_eq!(orders_posted(&sandbox), 1, "{person}");
        second.suspend(5_000).unwrap();
    }
}

#[tokio::test]
async fn an_order_that_never_arrived_is_sent_again_under_its_own_name() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "emma").await;
    room(&phone).tell(pixel());
    sandbox.set_faults(Faults { only: Some(vec![ORDERS.to_owned()]), status: Some(503), ..Faults::default() });
    assert!(room(&phone).switch_on(None).await.is_err());
    assert_eq!(step(&phone), "being-provisioned");
    sandbox.set_faults(Faults::default());
    phone.clock.advance(120);
    room(&phone).refresh(None).await.unwrap();
    let log = sandbox.requests();
    let bodies: Vec<Value> = log
        .iter()
        .filter(|request| request.method == "POST" && request.path.starts_with(ORDERS))
        .map(|request| serde_json::from_str(&request.carried.body).unwrap())
        .collect();
    assert_eq!(bodies.len(), 2);
    assert_eq!(bodies[0], bodies[1], "the same name, so that an operator who had it makes no second one");
}

/// The operator answers an order with this instead.
async fn ordered_with(status: u16, body: &str) -> (Sandbox, Phone) {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "emma").await;
    room(&phone).tell(pixel());
    let place = format!("{ORDERS}/v4/serviceOrder");
    let instead = Instead { status, body: body.to_owned(), ..Instead::default() };
    sandbox.set_faults(Faults {
        method: Some("POST".to_owned()),
        instead: [(place, instead)].into(),
        ..Faults::default()
    });
    let ordering = tokio::time::timeout(std::time::Duration::from_millis(600), room(&phone).switch_on(None)).await;
    assert!(ordering.is_err() || status >= 400, "{ordering:?}");
    (sandbox, phone)
}

#[tokio::test]
async fn an_order_that_was_taken_is_never_sent_again_also_where_nobody_says_under_which_id() {
    for (status, body) in [(201, "{}"), (202, ""), (204, "")] {
        let (sandbox, phone) = ordered_with(status, body).await;
        for _ in 0..3 {
            room(&phone).refresh(None).await.unwrap();
        }
        assert_eq!((orders_posted(&sandbox), step(&phone).as_str()), (1, "being-provisioned"), "{status}");
        // After a day without a word it is offered again.
        sandbox.advance(25 * 60 * 60);
        phone.clock.advance(25 * 60 * 60);
        room(&phone).refresh(None).await.unwrap();
        assert_eq!((orders_posted(&sandbox), step(&phone).as_str()), (1, "not-provisioned"), "{status}");
        assert!(shown(&phone).step.unwrap().switch_on.is_some(), "{status}");
    }
}

#[tokio::test]
async fn a_refusal_is_told_for_a_day_and_a_question_that_was_not_understood_is_offered_again() {
    for (status, is_refusal) in [(403, true), (422, true), (400, false), (404, false), (409, false), (415, false)] {
        let (sandbox, phone) = ordered_with(status, "{}").await;
        let offered = || shown(&phone).step.unwrap().switch_on.is_some();
        assert_eq!((orders_posted(&sandbox), offered()), (1, !is_refusal), "{status}");
        phone.clock.advance(25 * 60 * 60);
        assert!(offered(), "{status}: employers change what they allow");
    }
}

#[tokio::test]
async fn an_order_that_arrived_is_no_failure_of_the_person_where_the_network_goes_afterwards() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "emma").await;
    room(&phone).tell(pixel());
    let ordering = room(&phone).switch_on(None);
    let goes = async {
        while orders_posted(&sandbox) == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
    };
    let (ordered, ()) = tokio::join!(ordering, goes);
    ordered.unwrap();
    assert_eq!((step(&phone).as_str(), shown(&phone).notice.is_some()), ("being-provisioned", true));
    sandbox.set_faults(Faults::default());
    sandbox.advance(61);
    phone.clock.advance(61);
    room(&phone).refresh_if_due(None).await.unwrap();
    assert_eq!((shown(&phone).line, shown(&phone).notice), (WifiLineState::On, None));
}

#[tokio::test]
async fn an_order_the_operator_refuses_is_told_and_the_employer_can_help() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "nadia").await;
    room(&phone).tell(pixel());
    room(&phone).switch_on(None).await.unwrap();
    let view = shown(&phone).step.unwrap();
    assert_eq!((view.id.as_str(), view.switch_on.is_some(), view.ask_employer), ("not-provisioned", false, true));
    assert!(view.text[0].text.contains("did not accept"), "{:?}", view.text);
}

#[tokio::test]
async fn guides_the_operator_signed_are_used_and_any_others_are_refused() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "luc").await;
    room(&phone).tell(pixel());
    let view = shown(&phone);
    assert_eq!(view.guides_note, None);
    let short = view.short_version.unwrap();
    assert_eq!((short.kind, short.title.text.as_str()), (PathKind::Published, "The short version of Sandbox Mobile"));

    let good: Value = serde_json::from_slice(&sandbox_guides(&sandbox).await).unwrap();
    let with = |member: &str, value: Value| {
        let mut update = good.clone();
        update[member] = value;
        update.to_string()
    };
    let signature = good["signature"].as_str().unwrap();
    let flipped = format!("{}{}", if signature.starts_with('A') { "B" } else { "A" }, &signature[1..]);
    let bad = [
        ("another signature", with("signature", json!(flipped))),
        ("another payload", with("payload", json!("e30="))),
        ("another key", with("keyId", json!("somebody"))),
        ("no update", "{}".to_owned()),
        ("a web page", "<html>".to_owned()),
    ];
    for (why, body) in bad {
        let phone = Phone::with(&sandbox.profile_json(), "en", NOW).at(&sandbox);
        phone.sign_in(&sandbox, "luc").await.unwrap();
        let instead = Instead { body, ..Instead::default() };
        sandbox.set_faults(Faults { instead: [(GUIDES.to_owned(), instead)].into(), ..Faults::default() });
        room(&phone).refresh(None).await.unwrap();
        sandbox.set_faults(Faults::default());
        room(&phone).tell(pixel());
        let view = shown(&phone);
        assert!(view.guides_note.is_some() || why == "a web page", "{why}");
        assert_eq!(view.short_version, None, "{why}: the app's own guides, which do not know the sandbox");
        assert!(view.step.unwrap().paths.iter().any(|path| path.kind == PathKind::Settings), "{why}: they still lead");
    }
}

async fn sandbox_guides(sandbox: &Sandbox) -> Vec<u8> {
    let pem = sandbox.ca_pem();
    let client = reqwest::Client::builder()
        .tls_certs_only([reqwest::Certificate::from_pem(pem.as_bytes()).unwrap()])
        .no_proxy()
        .build()
        .unwrap();
    client.get(format!("{}{GUIDES}", sandbox.origin())).send().await.unwrap().bytes().await.unwrap().to_vec()
}

#[tokio::test]
async fn the_check_is_not_made_where_the_operator_switched_it_off_and_says_so() {
    let sandbox = usual().await;
    let phone = phone_of(&sandbox, "luc").await;
    room(&phone).tell(pixel());
    let before = sandbox.requests().len();
    room(&phone).check(None, None).await.unwrap();
    let check = shown(&phone).check.unwrap();
    assert_eq!((check.verdict, check.evidence.len()), (NetworkVerdict::NotTested, 4));
    assert!(check.sentence.text.contains("switched this check off"), "{:?}", check.sentence);
    assert_eq!(sandbox.requests().len(), before, "nothing was sent");
    let report = room(&phone).report().unwrap();
    assert!(report.body.contains("verdict nottested") && report.body.contains("step switch-on"), "{}", report.body);
    assert!(report.body.contains("guide aosp-15\nbecause [maker, os(15), onesim]"), "{}", report.body);
    let line = sandbox.person("luc").unwrap();
    for private in [&line.number, &line.number[3..], "Luc", "Dubois", &line.sub] {
        assert!(!report.body.contains(private), "{private}");
    }
}

#[tokio::test]
async fn without_a_network_what_is_known_stays_and_says_why_it_is_not_newer() {
    let sandbox = usual().await;
    let mut phone = phone_of(&sandbox, "luc").await;
    room(&phone).tell(pixel());
    let before = shown(&phone);
    sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
    phone.reopen();
    room(&phone).tell(pixel());
    assert_eq!(room(&phone).refresh(None).await, Err(Problem::Offline));
    let after = shown(&phone);
    assert!(after.notice.is_some());
    assert_eq!((after.line, &after.short_version, after.step), (before.line, &before.short_version, before.step));
    // Somebody else on this phone sees nothing of it.
    sandbox.set_faults(Faults::default());
    phone.core.session().sign_out().await.unwrap();
    assert_eq!(shown(&phone).phase, WifiCallingPhase::SignedOut);
    phone.sign_in(&sandbox, "emma").await.unwrap();
    assert_eq!((shown(&phone).line, shown(&phone).works), (WifiLineState::Unknown, None));
}
