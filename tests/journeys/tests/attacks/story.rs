//! A phone, its operator, and everything secret between them. A story that ends is searched for it.

use std::time::Duration;

use companion::Problem;
use companion::problem::{SecurityCheck, SessionEnd, SignInFailure};
use companion::session::{SessionPhase, SignInPage};
use companion_journeys::{Phone, START};
use companion_sandbox::{PersonCard, Sandbox, SandboxOptions, agent};
use serde_json::Value;

use crate::canaries::{Canaries, Kind};

/// Longer than an access token of the sandbox lives.
pub const TOKEN_LIFE_S: i64 = 301;
/// Where the browser comes back to.
pub const REDIRECT: &str = "be.companion.sandbox:/signed-in";

pub fn sign_in(reason: SignInFailure) -> Problem {
    Problem::SignIn { reason }
}

pub fn rejected(check: SecurityCheck) -> Problem {
    sign_in(SignInFailure::Rejected { check })
}

pub fn ended(reason: SessionEnd) -> Problem {
    Problem::SessionEnded { reason }
}

/// One parameter of an address.
pub fn parameter(url: &str, name: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// The same address with another value of a parameter, or without it.
pub fn with_parameter(url: &str, name: &str, value: Option<&str>) -> String {
    let mut url = url::Url::parse(url).unwrap();
    let mut pairs: Vec<(String, String)> = url.query_pairs().into_owned().filter(|(key, _)| key != name).collect();
    pairs.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    url.query_pairs_mut().clear().extend_pairs(pairs);
    url.into()
}

/// A phone and its operator.
pub struct Story {
    pub sandbox: Sandbox,
    pub phone: Phone,
    pub canaries: Canaries,
    searched: bool,
}

impl Story {
    pub async fn new() -> Story {
        Self::with(SandboxOptions::default(), |_| {}).await
    }

    /// With an operator of other habits, and a profile that says so.
    pub async fn with(options: SandboxOptions, change: impl FnOnce(&mut Value)) -> Story {
        let sandbox = Sandbox::start(options).await.unwrap();
        let mut profile: Value = serde_json::from_str(&sandbox.profile_json()).unwrap();
        change(&mut profile);
        let phone = Phone::with(&profile.to_string(), "en", START).at(&sandbox);
        let mut canaries = Canaries::new();
        sandbox.people().iter().for_each(|person| canaries.person(person));
        Story { sandbox, phone, canaries, searched: false }
    }

    /// Emma is signed in and sees her usage.
    pub async fn of_emma() -> Story {
        let mut story = Self::new().await;
        story.load("emma").await;
        story
    }

    pub async fn load(&mut self, person: &str) {
        self.sign_in(person).await.unwrap();
        self.refresh().await.unwrap();
    }

    /// Notes what a problem says.
    pub fn heard<T>(&mut self, outcome: Result<T, Problem>) -> Result<T, Problem> {
        if let Err(problem) = &outcome {
            self.canaries.problem(&self.phone, problem);
        }
        outcome
    }

    /// Asks for the sign-in page.
    pub async fn start(&mut self) -> Result<SignInPage, Problem> {
        let page = self.phone.core.session().start(Default::default(), None).await;
        if let Ok(page) = &page {
            self.canaries.address(&page.url);
            self.canaries.debug("the page", page);
        }
        self.heard(page)
    }

    /// Walks the operator's page up to the address the browser comes back with.
    pub async fn walk(&mut self, person: &str) -> String {
        let page = self.start().await.unwrap();
        self.browse(&page.url, person).await
    }

    /// A person at a page in the browser.
    pub async fn browse(&mut self, url: &str, person: &str) -> String {
        let PersonCard { number, password, .. } = self.sandbox.person(person).unwrap();
        let callback = agent::sign_in(&self.sandbox.ca_pem(), url, &number, &password).await.unwrap();
        self.canaries.address(&callback);
        callback
    }

    pub async fn finish(&mut self, callback: &str) -> Result<(), Problem> {
        self.canaries.address(callback);
        let outcome = self.phone.core.session().finish(callback.to_owned()).await;
        self.heard(outcome)
    }

    pub async fn sign_in(&mut self, person: &str) -> Result<(), Problem> {
        let callback = self.walk(person).await;
        self.finish(&callback).await
    }

    pub async fn refresh(&mut self) -> Result<(), Problem> {
        let outcome = self.phone.refresh().await;
        self.heard(outcome)
    }

    /// Time passes for both.
    pub fn pass(&self, seconds: i64) {
        self.sandbox.advance(seconds);
        self.phone.clock.advance(seconds);
    }

    pub fn phase(&self) -> SessionPhase {
        self.phone.core.session().state().phase
    }

    /// How often a path was asked for.
    pub fn asked(&self, path: &str) -> usize {
        self.sandbox.requests().iter().filter(|request| request.path == path).count()
    }

    /// Returns when a path was asked for more than `before` times.
    pub async fn until_asked(&self, path: &str, before: usize) {
        for _ in 0..1000 {
            if self.asked(path) > before {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("{path} was not asked for");
    }

    /// The refresh tokens that were presented, in order.
    pub fn presented(&self) -> Vec<String> {
        let bodies = self.sandbox.requests().into_iter().filter(|request| request.path == "/token");
        let form = |body: String| url::form_urlencoded::parse(body.as_bytes()).into_owned().collect::<Vec<_>>();
        let pairs = bodies.flat_map(|request| form(request.carried.body));
        pairs.filter(|(name, _)| name == "refresh_token").map(|(_, token)| token).collect()
    }

    /// The number of requests so far, and where somebody stands: to say that nothing happened.
    pub fn still(&self) -> (usize, SessionPhase, usize) {
        (self.sandbox.requests().len(), self.phase(), self.phone.secure_store.history().len())
    }

    /// Ends the story: nothing secret in it got anywhere it does not belong.
    pub fn end(mut self) {
        self.search();
        self.searched = true;
    }

    fn search(&mut self) {
        self.canaries.phone(&self.phone);
        let history = self.phone.secure_store.history();
        let stored = |prefix: &str| history.iter().any(|(key, value)| key.starts_with(prefix) && value.is_some());
        // A search for nothing would find nothing.
        assert!(!stored("attempt/") || self.canaries.count(Kind::Verifier) > 0);
        assert!(!stored("session") || self.canaries.count(Kind::Access) > 0);
        let leaks = self.canaries.leaks(&self.sandbox.requests());
        assert!(leaks.is_empty(), "secrets got out:\n{}", leaks.join("\n"));
    }
}

impl Drop for Story {
    fn drop(&mut self) {
        assert!(self.searched || std::thread::panicking(), "a story ends with a search");
    }
}
