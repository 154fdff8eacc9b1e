//! Everything the running sandbox knows, behind one lock: who lives in it, what time it is, who is signed in,
//! what is broken, what was asked. A new scene replaces all of it at once.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::watch;

use crate::activation::Activations;
use crate::clock::{Clock, Cycle};
use crate::faults::{ActiveFaults, Faults};
use crate::ids::Minter;
use crate::oidc::{Browsers, Departures, Invitations, Ledger, Proofs, Pushed, Sessions, Signer};
use crate::options::{SandboxOptions, Scene};
use crate::people::{self, Person, PersonCard};
use crate::place::Place;
use crate::preferences::Preferences;
use crate::recordings::Recordings;
use crate::request_log::RequestLog;
use crate::tls::Identity;
use crate::tmf677::{Tasks, Wire};
use crate::usage_data::Moment;
use crate::wifi_calling::Orders;

pub(crate) struct Shared {
    start: SandboxOptions,
    started: Instant,
    /// "https://localhost:PORT", also the issuer.
    pub(crate) origin: String,
    /// "https://localhost:PORT" of the document host.
    pub(crate) document_origin: String,
    /// Where that and the control side are reached.
    pub(crate) place: Place,
    pub(crate) ca_pem: String,
    /// SHA-256 of the authority's certificate, in hexadecimal.
    pub(crate) ca_fingerprint: String,
    signer: Mutex<Signer>,
    /// Every open connection watches this: true closes it.
    pub(crate) cut_off: watch::Sender<bool>,
    world: Mutex<World>,
}

pub(crate) struct World {
    pub(crate) options: SandboxOptions,
    pub(crate) clock: Clock,
    pub(crate) first_cycle: Cycle,
    pub(crate) people: Vec<Person>,
    pub(crate) sessions: Sessions,
    pub(crate) pushed: Pushed,
    pub(crate) proofs: Proofs,
    pub(crate) ledger: Ledger,
    pub(crate) browsers: Browsers,
    pub(crate) departures: Departures,
    pub(crate) invitations: Invitations,
    pub(crate) tasks: Tasks,
    pub(crate) preferences: Preferences,
    pub(crate) orders: Orders,
    pub(crate) activations: Activations,
    pub(crate) faults: ActiveFaults,
    pub(crate) log: RequestLog,
    pub(crate) recordings: Recordings,
    pub(crate) minter: Minter,
    scenes: u64,
}

impl Shared {
    pub(crate) fn new(start: SandboxOptions, place: Place, identity: &Identity, signer: Signer) -> Self {
        let world = World::new(start.clone(), 0);
        Self {
            start,
            started: Instant::now(),
            origin: place.origin.clone(),
            document_origin: place.document_origin.clone(),
            place,
            ca_pem: identity.ca_pem.clone(),
            ca_fingerprint: identity.ca_fingerprint.clone(),
            signer: Mutex::new(signer),
            cut_off: watch::Sender::new(false),
            world: Mutex::new(world),
        }
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn signer(&self) -> MutexGuard<'_, Signer> {
        self.signer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_scene(&self, scene: &Scene) {
        {
            let mut world = self.world();
            let scenes = world.scenes + 1;
            *world = World::new(scene.over(&self.as_at_the_start()), scenes);
        }
        self.cut_off.send_replace(false);
    }

    /// How it started. A clock that runs along with this machine's went on since.
    fn as_at_the_start(&self) -> SandboxOptions {
        let now = Clock::begun(self.start.now, self.start.running_clock, self.started).now();
        SandboxOptions { now, ..self.start.clone() }
    }

    pub(crate) fn set_faults(&self, faults: Faults) {
        self.cut_off.send_replace(faults.cut_off);
        self.world().faults.replace(faults);
    }

    pub(crate) fn wire(&self) -> Wire {
        Wire { origin: self.origin.clone(), cycle_end: self.world().options.cycle_end }
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("origin", &self.origin).finish_non_exhaustive()
    }
}

impl World {
    fn new(options: SandboxOptions, scenes: u64) -> Self {
        let clock = Clock::new(options.now, options.running_clock);
        let people = people::everyone(options.seed);
        Self {
            first_cycle: Cycle::containing(options.now),
            preferences: Preferences::of(&people, options.now),
            people,
            sessions: Sessions::default(),
            pushed: Pushed::default(),
            proofs: Proofs::default(),
            ledger: Ledger::default(),
            browsers: Browsers::default(),
            departures: Departures::default(),
            invitations: Invitations::default(),
            tasks: Tasks::default(),
            orders: Orders::default(),
            activations: Activations::default(),
            faults: ActiveFaults::default(),
            log: RequestLog::default(),
            recordings: Recordings::default(),
            minter: Minter::new(options.seed, scenes),
            clock,
            options,
            scenes,
        }
    }

    /// Ends every session of a person, by key.
    pub(crate) fn end_sessions(&mut self, key: &str) {
        if let Some(person) = self.people.iter().find(|person| person.key == key) {
            self.sessions.end_all(&person.sub);
        }
    }

    /// How many sign-ins of a person are alive, by key.
    pub(crate) fn open_sessions(&self, key: &str) -> usize {
        let person = self.people.iter().find(|person| person.key == key);
        person.map(|person| self.sessions.alive(&person.sub)).unwrap_or_default()
    }

    /// From now on this person signs in with this password.
    pub(crate) fn open_account(&mut self, sub: &str, password: &str) {
        if let Some(person) = self.people.iter_mut().find(|person| person.sub == sub) {
            person.account = true;
            person.password = password.to_owned();
        }
    }

    /// Everybody who can sign in (true) or has no account yet (false).
    pub(crate) fn cards(&self, account: bool) -> Vec<PersonCard> {
        self.people.iter().filter(|person| person.account == account).map(Person::card).collect()
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.now().as_millisecond()
    }

    pub(crate) fn moment(&self) -> Moment {
        Moment {
            seed: self.options.seed,
            now: self.clock.now(),
            first_cycle: self.first_cycle,
            stale_cycle: self.faults.stale_cycle(),
            new_plan: self.faults.new_plan(),
        }
    }
}
