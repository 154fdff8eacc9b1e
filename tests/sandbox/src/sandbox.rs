//! The handle a test or a demo holds: start, look, break, move time, stop. The servers run on their own thread
//! and runtime, so it makes no difference whether the caller is async, blocking, or busy.

use std::collections::BTreeMap;
use std::net::{IpAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use jiff::Timestamp;
use tokio::sync::oneshot;

use crate::activation::{ActivationEvent, Reveal, SimCard};
use crate::faults::Faults;
use crate::oidc::{Invitation, Revocation, Signer, TokenRequest};
use crate::options::{SandboxOptions, Scene};
use crate::people::{Person, PersonCard};
use crate::place::{self, Sockets};
use crate::preferences::ElsewhereChange;
use crate::recordings::{Recording, Recordings};
use crate::request_log::{LoggedRequest, RequestWatch};
use crate::state::Shared;
use crate::tls::{self, Identity};
use crate::{control, profile, server};

/// A running sandbox operator. Dropping it stops it.
#[derive(Debug)]
pub struct Sandbox {
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    stopped: oneshot::Receiver<()>,
}

/// Why a sandbox could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken, or not ours to take.
    #[error("cannot listen on {address} port {port}: {source}")]
    Listen {
        /// The address asked for.
        address: IpAddr,
        /// The port asked for; 0 is any.
        port: u16,
        /// What the machine says.
        source: std::io::Error,
    },
    /// The machine gives no sockets or threads.
    #[error("cannot start: {0}")]
    Machine(#[from] std::io::Error),
    /// The certificate authority could not be made.
    #[error("cannot make the certificate: {0}")]
    Certificate(String),
    /// The file of the authority's key cannot be read or written, or holds something else.
    #[error("the key of the certificate authority in {0}: {1}")]
    AuthorityKey(PathBuf, String),
    /// It cannot go by that name.
    #[error("`{0}` is no host name and no address; without https://, port and path it may be one")]
    Name(String),
    /// It listens on every address of the machine, and does not know which of them a phone reaches.
    #[error("it listens on every address: name the one a phone reaches, such as --name 192.168.1.20")]
    NoName,
}

impl Sandbox {
    /// Starts a sandbox; it listens when this returns.
    pub async fn start(options: SandboxOptions) -> Result<Self, StartError> {
        Self::start_blocking(options)
    }

    /// [`Self::start`] for callers without a runtime.
    pub fn start_blocking(options: SandboxOptions) -> Result<Self, StartError> {
        tls::install_provider();
        let (place, sockets) = place::take(&options)?;
        let identity = tls::identity(&place.names, options.ca_key.as_deref())?;
        let signer = Signer::new()?;
        let shared = Arc::new(Shared::new(options, place, &identity, signer));

        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopping) = oneshot::channel::<()>();
        let (done, stopped) = oneshot::channel::<()>();
        let served = shared.clone();
        thread::Builder::new().name("companion-sandbox".into()).spawn(move || {
            runtime.block_on(async {
                if serve(sockets, &identity, &served).is_ok() {
                    let _ = stopping.await;
                }
            });
            // Open connections end with their runtime.
            drop(runtime);
            let _ = done.send(());
        })?;
        Ok(Self { shared, stop: Some(stop), stopped })
    }

    /// The operator profile the core opens, as JSON text.
    pub fn profile_json(&self) -> String {
        profile::profile(&self.shared).to_string()
    }

    /// Everybody who can sign in, in a fixed order.
    pub fn people(&self) -> Vec<PersonCard> {
        self.shared.world().cards(true)
    }

    /// Anybody by key: "emma", "luc", "nadia", "tom", "ines"; and without an account "sara", who can make one, and
    /// "pieter", who needs an invitation.
    pub fn person(&self, key: &str) -> Option<PersonCard> {
        self.shared.world().people.iter().find(|person| person.key == key).map(Person::card)
    }

    /// The fleet manager invites somebody, by key: good for seven days of the sandbox's clock and for one account.
    pub fn invite(&self, key: &str) -> Option<Invitation> {
        self.shared.world().invite(key, &self.shared.origin)
    }

    /// Puts these faults in force instead of the ones before; `Faults::default()` heals everything.
    pub fn set_faults(&self, faults: Faults) {
        self.shared.set_faults(faults);
    }

    /// From now on recordings answer what this operator itself does not, and a person, by key, is the one they speak of.
    pub fn play(&self, key: &str, sub: &str, recordings: Vec<Recording>) {
        let mut world = self.shared.world();
        if let Some(person) = world.people.iter_mut().find(|person| person.key == key) {
            sub.clone_into(&mut person.sub);
        }
        world.recordings = Recordings::new(recordings);
    }

    /// Moves the sandbox's clock on; not beyond the years 2000 to 2099.
    pub fn advance(&self, seconds: i64) {
        let _ = self.shared.world().clock.advance(seconds);
    }

    /// A second device of a person changes a preference; false when there is no such preference.
    pub fn change_elsewhere(&self, change: &ElsewhereChange) -> bool {
        self.shared.world().change_elsewhere(change)
    }

    /// What is on and off on a person's first line, by "topic/channel".
    pub fn preferences(&self, key: &str) -> BTreeMap<String, bool> {
        self.shared.world().preferences_of(key)
    }

    /// What lies beside the preferences in a person's `partyCharacteristic` and in their first line's `feature`, as text:
    /// nothing an app understands, and nothing it may lose.
    pub fn foreign_elements(&self, key: &str) -> Vec<String> {
        self.shared.world().foreign_elements(key)
    }

    /// Something happens outside that a person's order waits for: the employer corrects Tom's, Pieter answers his mandate.
    /// False when the order does not wait for that.
    pub fn activation_event(&self, key: &str, event: ActivationEvent) -> bool {
        self.shared.world().activation_event(key, event).is_ok()
    }

    /// Every secret of a SIM that was shown, in order; never its value.
    pub fn reveals(&self) -> Vec<Reveal> {
        self.shared.world().activations.reveals.clone()
    }

    /// The SIM of a person's first line, with what must stand nowhere but on the screen.
    pub fn sim_card(&self, key: &str) -> Option<SimCard> {
        self.shared.world().sim_card(key)
    }

    /// The phones' addresses for notifications: party and token.
    pub fn push_addresses(&self) -> Vec<(String, String)> {
        self.shared.world().preferences.push.values().cloned().collect()
    }

    /// How many changes of preferences were done so far, a second device's not among them.
    pub fn preference_changes(&self) -> u64 {
        self.shared.world().preferences.changes.values().sum()
    }

    /// The sandbox's time.
    pub fn now(&self) -> Timestamp {
        self.shared.world().clock.now()
    }

    /// Every request since the scene began, in order of arrival.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.shared.world().log.entries()
    }

    /// The requests, for whoever looks at them after the sandbox is gone.
    pub fn watch(&self) -> RequestWatch {
        RequestWatch(self.shared.clone())
    }

    /// Every request to the token endpoint since the scene began, in order of arrival.
    pub fn token_requests(&self) -> Vec<TokenRequest> {
        self.shared.world().ledger.token_requests.clone()
    }

    /// Every request to the revocation endpoint since the scene began, in order of arrival.
    pub fn revocations(&self) -> Vec<Revocation> {
        self.shared.world().ledger.revocations.clone()
    }

    /// How many sign-ins of a person are alive.
    pub fn open_sessions(&self, key: &str) -> usize {
        self.shared.world().open_sessions(key)
    }

    /// Begins anew: people, data, sessions, faults, request log and clock. Address and certificate stay.
    pub fn scene(&self, scene: &Scene) {
        self.shared.set_scene(scene);
    }

    /// The operator ends every session of a person, as on leaving the company: the next refresh is refused.
    pub fn end_sessions(&self, key: &str) {
        self.shared.world().end_sessions(key);
    }

    /// From now on another key signs id tokens; the key set has both.
    pub fn rotate_key(&self) -> Result<(), StartError> {
        self.shared.signer().rotate()
    }

    /// The certificate authority to trust, PEM; also within the profile.
    pub fn ca_pem(&self) -> String {
        self.shared.ca_pem.clone()
    }

    /// Address and issuer of the operator: "https://localhost:PORT".
    pub fn origin(&self) -> String {
        self.shared.origin.clone()
    }

    /// Address of the document host, another origin: "https://localhost:PORT".
    pub fn document_origin(&self) -> String {
        self.shared.document_origin.clone()
    }

    /// The bytes of a bill's printed document, as they are handed out now.
    pub fn document(&self, bill: &str) -> Option<Vec<u8>> {
        crate::tmf678::document_of_bill(&self.shared, bill)
    }

    /// Address of the control API: "http://127.0.0.1:PORT".
    pub fn control_url(&self) -> String {
        self.shared.place.control_url.clone()
    }

    /// Address of the page that tells and does all this: for a browser on this machine, and, where it listens to others, for
    /// theirs, with the key.
    pub fn page_urls(&self) -> Vec<String> {
        let place = &self.shared.place;
        let outside = place.outside_url.as_ref().map(|url| format!("{url}/?key={}", place.key));
        [format!("{}/", place.control_url)].into_iter().chain(outside).collect()
    }

    /// What `--ready-file` holds: profile, control address, people and time, as JSON text.
    pub fn ready_json(&self) -> String {
        control::ready(&self.shared).to_string()
    }

    /// Where it listens and who can sign in, for a person at a terminal.
    pub fn introduction(&self) -> String {
        let [name, _] = self.shared.world().options.operator.names();
        let mut text = format!("{name} is open.\n  operator  {}\n  control   {}\n", self.origin(), self.control_url());
        for page in self.page_urls() {
            text.push_str(&format!("  page      {page}\n"));
        }
        text.push_str(&format!("  CA        {}/ca.pem, SHA-256 {}\n", self.control_url(), self.shared.ca_fingerprint));
        if !self.shared.place.names.is_empty() {
            text.push_str(&format!(
                "\nA phone believes it with this certificate, which the profile holds too:\n{}",
                self.ca_pem()
            ));
        }
        text.push_str("\nWho can sign in:\n");
        for person in self.people() {
            let PersonCard { name, number, password, .. } = person;
            text.push_str(&format!("  {name:<14} {number}  password {password}\n"));
        }
        text
    }

    /// Stops and waits until every socket is closed.
    pub async fn stop(mut self) {
        self.stop.take();
        let _ = (&mut self.stopped).await;
    }
}

/// Until the runtime goes away.
fn serve(sockets: Sockets, identity: &Identity, shared: &Arc<Shared>) -> std::io::Result<()> {
    let tls = [(sockets.operator, server::operator(shared)), (sockets.documents, server::document_host(shared))];
    for (listener, app) in tls {
        let (listener, server, shared) = (into_tokio(listener)?, identity.server.clone(), shared.clone());
        tokio::spawn(async move { server::serve_tls(listener, app, server, &shared).await });
    }
    for listener in sockets.control {
        tokio::spawn(server::serve_control(into_tokio(listener)?, control::router(shared)));
    }
    Ok(())
}

fn into_tokio(listener: TcpListener) -> std::io::Result<tokio::net::TcpListener> {
    tokio::net::TcpListener::from_std(listener)
}
