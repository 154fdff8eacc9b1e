//! A person with a phone at a sandbox, and what of the contract they move.

use std::time::Duration;

use companion::Problem;
use companion::activation::view::secrets::SimSecretKind;
use companion::preferences::PushPlatform;
use companion::preferences::view::{PreferenceChannel, PreferenceTopic};
use companion::session::{SignInPurpose, SignInWish};
use companion_journeys::contract::{Meeting, Place, place_of_sandbox};
use companion_journeys::{Phone, START};
use companion_sandbox::{PersonCard, Sandbox, SandboxOptions, agent};
use serde_json::Value;

/// Longer than an access token lives.
pub const TOKEN_LIFE_S: i64 = 301;

pub struct Person {
    pub sandbox: Sandbox,
    pub phone: Phone,
    pub key: &'static str,
    pub place: Place,
}

impl Person {
    /// A person at a sandbox of these options, whose profile is changed so.
    pub async fn at(key: &'static str, options: SandboxOptions, change: impl FnOnce(&mut Value)) -> Person {
        let sandbox = Sandbox::start(options).await.unwrap();
        let mut profile: Value = serde_json::from_str(&sandbox.profile_json()).unwrap();
        change(&mut profile);
        let phone = Phone::with(&profile.to_string(), "en", START);
        let place = place_of_sandbox(profile);
        Person { sandbox, phone, key, place }
    }

    /// The same, signed in.
    pub async fn signed_in(key: &'static str, options: SandboxOptions) -> Person {
        let person = Person::at(key, options, |_| ()).await;
        person.sign_in(SignInWish::default()).await.unwrap();
        person
    }

    /// Goes to the operator's page and comes back.
    pub async fn sign_in(&self, wish: SignInWish) -> Result<(), Problem> {
        let page = self.phone.core.session().start(wish, None).await?;
        let PersonCard { number, password, .. } = self.sandbox.person(self.key).unwrap();
        match agent::sign_in(&self.sandbox.ca_pem(), &page.url, &number, &password).await {
            Ok(callback) => self.phone.core.session().finish(callback).await,
            Err(_) => Err(Problem::Offline),
        }
    }

    pub async fn step_up(&self) -> Result<(), Problem> {
        self.sign_in(SignInWish { purpose: SignInPurpose::StepUp, number: None }).await
    }

    pub fn pass(&self, seconds: i64) {
        self.sandbox.advance(seconds);
        self.phone.clock.advance(seconds);
    }

    /// Turns the switch of usage alerts by SMS the other way, and has it sent.
    pub async fn turn(&self) -> Result<(), Problem> {
        let room = self.phone.core.preferences();
        let topics = room.state().lines.into_iter().flat_map(|line| line.topics);
        let usage = topics.filter(|topic| topic.topic == PreferenceTopic::UsageThreshold);
        let switch = usage.flat_map(|topic| topic.switches).find(|switch| switch.channel == PreferenceChannel::Sms);
        let Some(switch) = switch else { return Err(Problem::Offline) };
        room.clone().set(switch.preference_id, !switch.on).await?;
        room.refresh(None).await
    }

    /// The platform gives the app another address for notifications.
    pub async fn register(&self, token: &str) {
        let room = self.phone.core.preferences();
        let _ = room.clone().register_push(token.to_owned(), PushPlatform::Fcm, "1.0".to_owned()).await;
        let _ = room.refresh(None).await;
    }

    pub async fn reveal(&self) -> Result<(), Problem> {
        let room = self.phone.core.activation();
        room.clone().refresh(None).await?;
        let sim = room.state().sims[0].id.clone();
        room.reveal(sim, SimSecretKind::Puk, None).await.map(drop)
    }

    /// The newest bill.
    pub fn bill(&self) -> Option<String> {
        self.bills().next()
    }

    /// The person's bills, the newest first.
    pub fn bills(&self) -> impl Iterator<Item = String> {
        self.phone.core.invoices().state().rows.into_iter().filter_map(|row| row.invoice_id)
    }

    pub async fn download(&self) -> Result<(), Problem> {
        let bill = self.bill().ok_or(Problem::Offline)?;
        self.phone.core.invoices().download(bill, false, None, None).await
    }

    /// Orders Wi-Fi calling; the operator takes a minute, which passes.
    pub async fn order(&self) -> Result<(), Problem> {
        let passing = async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            self.pass(61);
        };
        tokio::join!(self.phone.core.wifi_calling().switch_on(None), passing).0
    }

    /// Returns when a request of this method arrived at an address that begins so, or after five seconds.
    pub async fn until_asked(&self, method: &str, path: &str, before: usize) {
        for _ in 0..500 {
            if self.asked(method, path) > before {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    pub fn asked(&self, method: &str, path: &str) -> usize {
        let log = self.sandbox.requests();
        log.iter().filter(|it| it.method == method && it.path.starts_with(path) && it.status != 0).count()
    }

    /// Signs out, and waits until the operator was told of the token.
    pub async fn sign_out(&self) {
        let before = self.asked("POST", "/revoke");
        let out = self.phone.core.session().sign_out().await.unwrap();
        if let Some(page) = out.end_session_url {
            let _ = agent::Browser::new(&self.sandbox.ca_pem()).unwrap().open(&page, None, "", "").await;
        }
        self.until_asked("POST", "/revoke", before).await;
    }

    /// What arrived is held against the contract.
    pub fn meet(&self, meeting: &mut Meeting) {
        meeting.take(&self.place, &self.sandbox.requests());
    }
}
