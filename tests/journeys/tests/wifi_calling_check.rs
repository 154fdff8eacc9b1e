//! What an installation keeps of Wi-Fi calling whoever is signed in: how often the network was checked, and what the operator
//! signed last. The network that is lent here leads nowhere: its resolver is an address of this machine where nobody answers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use companion::host::{BindFailure, HostError, NetworkPath, ProbeNetwork};
use companion::vowifi::facts::{PhoneFacts, PhonePlatform, SimFacts};
use companion::vowifi::guide::signature::GuidesRefusal;
use companion::vowifi::view::{NetworkCheckView, NetworkVerdict, WifiCallingView};
use companion_journeys::Phone;
use companion_sandbox::{Faults, Instead, Sandbox, SandboxOptions};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};

const NOW: &str = "2026-11-25T14:05:00+01:00";
const GUIDES: &str = "/guides/wifi-calling.json";

/// A Wi-Fi without a way out.
#[derive(Default)]
struct DeadEnd {
    refuses: AtomicBool,
    tied: AtomicUsize,
}

impl ProbeNetwork for DeadEnd {
    fn resolvers(&self, path: NetworkPath) -> Result<Vec<String>, HostError> {
        Ok(if path == NetworkPath::Wifi { vec!["127.0.0.99".to_owned()] } else { Vec::new() })
    }

    fn bind(&self, path: NetworkPath, _: i32) -> Result<(), BindFailure> {
        if path == NetworkPath::Mobile {
            return Err(BindFailure::NoNetwork);
        }
        if self.refuses.load(Ordering::SeqCst) {
            return Err(BindFailure::Vpn);
        }
        self.tied.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

/// A sandbox whose guides this test signs.
struct Scene {
    sandbox: Sandbox,
    key: Ed25519KeyPair,
    /// The guides as the sandbox has them.
    guides: Value,
    wifi: Arc<DeadEnd>,
    phone: Phone,
}

impl Scene {
    async fn of(person: &str) -> Scene {
        let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
        let key = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
        let mut profile: Value = serde_json::from_str(&sandbox.profile_json()).unwrap();
        profile["apis"]["wifiCalling"]["guideKeys"] =
            json!([{ "id": "test", "ed25519": STANDARD.encode(key.public_key().as_ref()) }]);
        let signed: Value = serde_json::from_slice(&get(&sandbox, GUIDES).await).unwrap();
        let guides = serde_json::from_slice(&STANDARD.decode(signed["payload"].as_str().unwrap()).unwrap()).unwrap();
        let wifi = Arc::new(DeadEnd::default());
        let mut phone = Phone::with(&profile.to_string(), "en", NOW).at(&sandbox);
        phone.probe_network = Some(wifi.clone());
        phone.reopen();
        let scene = Scene { sandbox, key, guides, wifi, phone };
        scene.sign_in(person).await;
        scene
    }

    async fn sign_in(&self, person: &str) {
        self.phone.sign_in(&self.sandbox, person).await.unwrap();
        self.phone.core.wifi_calling().tell(pixel());
    }

    async fn sign_out(&self) {
        self.phone.core.session().sign_out().await.unwrap();
    }

    /// The operator issues guides, and the phone asks for them a day later.
    async fn issue(&self, version: u64, is_check_on: bool) {
        let mut guides = self.guides.clone();
        guides["version"] = json!(version);
        guides["probePolicy"]["enabled"] = json!(is_check_on);
        let payload = guides.to_string();
        let signature = STANDARD.encode(self.key.sign(payload.as_bytes()));
        let update = json!({ "payload": STANDARD.encode(payload), "signature": signature, "keyId": "test" });
        let instead = Instead { body: update.to_string(), ..Instead::default() };
        self.sandbox.set_faults(Faults { instead: [(GUIDES.to_owned(), instead)].into(), ..Faults::default() });
        self.phone.clock.advance(25 * 60 * 60);
        self.sandbox.advance(25 * 60 * 60);
        self.phone.core.wifi_calling().refresh(None).await.unwrap();
    }

    async fn check(&self) -> NetworkCheckView {
        self.phone.core.wifi_calling().check(None, None).await.unwrap();
        self.view().check.unwrap()
    }

    fn view(&self) -> WifiCallingView {
        self.phone.core.wifi_calling().state()
    }
}

async fn get(sandbox: &Sandbox, path: &str) -> Vec<u8> {
    let client = reqwest::Client::builder()
        .tls_certs_only([reqwest::Certificate::from_pem(sandbox.ca_pem().as_bytes()).unwrap()])
        .no_proxy()
        .build()
        .unwrap();
    client.get(format!("{}{path}", sandbox.origin())).send().await.unwrap().bytes().await.unwrap().to_vec()
}

/// A Pixel with a SIM of the sandbox.
fn pixel() -> PhoneFacts {
    let sim = SimFacts { operator: Some("00101".to_owned()), ..SimFacts::default() };
    PhoneFacts { maker: "Google".to_owned(), sims: vec![sim], ..PhoneFacts::of(PhonePlatform::Android) }
}

#[tokio::test]
async fn a_check_that_sent_something_counts_for_whoever_is_signed_in_next() {
    let mut scene = Scene::of("luc").await;
    scene.issue(3, true).await;
    let check = scene.check().await;
    assert_eq!((check.verdict, check.not_made), (NetworkVerdict::Inconclusive, None), "nothing came through");
    assert!(check.checked.is_some() && scene.wifi.tied.load(Ordering::SeqCst) > 0);

    // At once again: the last result stays, with how long to wait, second by second.
    let tied = scene.wifi.tied.load(Ordering::SeqCst);
    let again = scene.check().await;
    assert_eq!(again.verdict, NetworkVerdict::Inconclusive);
    assert!(again.not_made.unwrap().text.contains("60 seconds"));
    scene.phone.clock.advance(45);
    assert!(scene.view().check.unwrap().not_made.unwrap().text.contains("15 seconds"));

    // The app is started again, and then another person signs in: it is the same phone that knocks at the same gateway.
    scene.phone.reopen();
    scene.phone.core.wifi_calling().tell(pixel());
    assert!(scene.check().await.not_made.unwrap().text.contains("15 seconds"));
    scene.sign_out().await;
    scene.sign_in("nadia").await;
    let other = scene.check().await;
    assert_eq!((other.verdict, other.checked, other.not_made), (NetworkVerdict::NotTested, None, None));
    assert!(other.sentence.text.contains("15 seconds"), "{:?}", other.sentence);
    assert_eq!(scene.wifi.tied.load(Ordering::SeqCst), tied, "nothing was sent");
    scene.phone.clock.advance(16);
    assert_eq!(scene.check().await.verdict, NetworkVerdict::Inconclusive);
}

#[tokio::test]
async fn a_check_that_could_send_nothing_costs_nothing() {
    let scene = Scene::of("luc").await;
    scene.issue(3, true).await;
    let room = scene.phone.core.wifi_calling();
    room.tell(PhoneFacts { vpn: Some(true), ..pixel() });
    for _ in 0..7 {
        assert_eq!(scene.check().await.verdict, NetworkVerdict::NotTested);
    }
    room.tell(pixel());
    scene.wifi.refuses.store(true, Ordering::SeqCst);
    for _ in 0..7 {
        let check = scene.check().await;
        assert!(check.sentence.text.contains("VPN"), "{:?}", check.sentence);
    }
    scene.wifi.refuses.store(false, Ordering::SeqCst);
    assert_eq!(scene.check().await.verdict, NetworkVerdict::Inconclusive);
    assert!(scene.phone.core.wifi_calling().report().unwrap().body.contains("verdict inconclusive"));
}

#[tokio::test]
async fn what_the_operator_signed_last_holds_for_the_next_person_and_no_older_file_undoes_it() {
    let scene = Scene::of("luc").await;
    scene.issue(3, false).await;
    assert!(scene.view().short_version.is_some(), "the operator's guides are in use");
    assert_eq!(scene.check().await.verdict, NetworkVerdict::NotTested);
    scene.sign_out().await;
    scene.sign_in("emma").await;
    assert!(scene.view().short_version.is_some(), "before the first word of the operator");
    scene.issue(2, true).await;
    let view = scene.view();
    assert_eq!(view.guides_refused, Some(GuidesRefusal::OutOfDate));
    assert!(view.short_version.is_some());
    let check = scene.check().await;
    assert!(check.sentence.text.contains("switched this check off"), "{:?}", check.sentence);
    assert!(scene.phone.core.wifi_calling().report().unwrap().body.contains("guides refused outofdate"));
    scene.issue(4, true).await;
    assert_eq!(scene.view().guides_refused, None);
    assert_eq!(scene.check().await.verdict, NetworkVerdict::Inconclusive);
}
