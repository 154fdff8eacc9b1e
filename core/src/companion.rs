//! The front door: opens the core on what the phone lends and hands out the features.

use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use tokio::runtime::Handle;
use url::Url;

use crate::activation::Activation;
use crate::alerts::Alerts;
pub use crate::changes::{Observer, Subscription, Topic};
use crate::engine::Engine;
use crate::frame::{self, Palette};
use crate::help::Help;
use crate::host::{Clock, CountedOn, Entropy, Host, SystemEntropy};
use crate::invoices::Invoices;
use crate::operator::http::Http;
use crate::operator::profile::Profile;
use crate::operator::time::OperatorTime;
#[cfg(feature = "watch")]
use crate::operator::watch::{Watch, Watcher};
use crate::preferences::Preferences;
use crate::problem::{Explanation, Problem};
use crate::session::{AppLock, Found, Remembered, Session, Standing};
use crate::store::Store;
use crate::text::Language;
use crate::text::explain::explain;
use crate::text::request::{self, PreparedRequest, RequestKind};
use crate::usage::Usage;
use crate::vowifi::WifiCalling;
use crate::workers::Workers;

/// What the app decides before it opens the core.
#[derive(Debug, Clone, uniffi::Record)]
pub struct CoreConfig {
    /// A private directory of the app, excluded from backup. Created when it is not there.
    pub data_dir: String,
    /// The operator profile, as JSON.
    pub profile_json: String,
    /// The person's languages, best first (BCP 47). The first that the core speaks is used: fr, nl, en or de; else the
    /// operator's first.
    pub languages: Vec<String>,
    /// Where the browser comes back to, when it is not the profile's redirect URI (a terminal listens on loopback).
    #[uniffi(default = None)]
    pub redirect_uri: Option<String>,
    /// What this process is among those of the app that open the same folder: nothing for the app itself, a name of its
    /// own for each extension. Only one process of a name runs at a time.
    #[uniffi(default = None)]
    pub process: Option<String>,
}

/// The core. One per process; opening reads what is kept and uses no network. To let go of it: `suspend`, then let go of this,
/// of what observes it, and of every feature that was asked of it, each of which keeps it alive.
#[derive(uniffi::Object)]
pub struct CompanionCore {
    pub(crate) engine: Arc<Engine>,
    pub(crate) session: Arc<Session>,
    usage: Arc<Usage>,
    alerts: Arc<Alerts>,
    invoices: Arc<Invoices>,
    preferences: Arc<Preferences>,
    wifi_calling: Arc<WifiCalling>,
    pub(crate) activation: Arc<Activation>,
    help: Arc<Help>,
    pub(crate) screen: Arc<Remembered<frame::Memory>>,
    pub(crate) colours: OnceLock<(Palette, Palette)>,
}

impl std::fmt::Debug for CompanionCore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CompanionCore")
    }
}

#[uniffi::export]
impl CompanionCore {
    /// Opens the core: reads the profile, the session and everything kept. Touches the disk and the secure store, so call
    /// it from a worker thread at start.
    ///
    /// Fails with `Configuration` (names the field of the profile), `StorageUnavailable` (locked since the device
    /// started: try again after unlock).
    #[uniffi::constructor]
    pub fn open(config: CoreConfig, host: Host) -> Result<Arc<CompanionCore>, Problem> {
        Self::open_with(config, host, Arc::new(SystemEntropy))
    }

    /// Sign-in, tokens, sign-out.
    pub fn session(&self) -> Arc<Session> {
        self.session.clone()
    }

    /// The app lock, and the person's presence for single secrets.
    pub fn app_lock(&self) -> Arc<AppLock> {
        AppLock::new(self.session.clone())
    }

    /// This cycle's consumption.
    pub fn usage(&self) -> Arc<Usage> {
        self.usage.clone()
    }

    /// What the person is told of their usage.
    pub fn alerts(&self) -> Arc<Alerts> {
        self.alerts.clone()
    }

    /// The person's own invoices.
    pub fn invoices(&self) -> Arc<Invoices> {
        self.invoices.clone()
    }

    /// What the person wants to be told of, and how.
    pub fn preferences(&self) -> Arc<Preferences> {
        self.preferences.clone()
    }

    /// Calls over Wi-Fi: the way to the switch, the network, the proof.
    pub fn wifi_calling(&self) -> Arc<WifiCalling> {
        self.wifi_calling.clone()
    }

    /// Getting started: SIM, eSIM, PIN and PUK.
    pub fn activation(&self) -> Arc<Activation> {
        self.activation.clone()
    }

    /// Articles on all of this, to read and to search without a network.
    pub fn help(&self) -> Arc<Help> {
        self.help.clone()
    }

    /// Tells `observer` of every change until the subscription ends or is dropped. With the first one, what an earlier run
    /// of the app left half done is finished in the background: a sign-out, telling the operator of it, and preferences that were not sent.
    pub fn observe(&self, observer: Arc<dyn Observer>) -> Result<Arc<Subscription>, Problem> {
        // First what can fail: telling is started once, and nobody is registered in vain.
        let workers = self.engine.workers.handle()?;
        let subscription = self.engine.changes.subscribe(observer);
        if self.engine.changes.to_be_told() {
            crate::workers::spawn(&workers, self.engine.changes.clone().tell());
            crate::workers::spawn(&workers, self.session.clone().tidy_up());
            self.redraw_widget(&workers);
            crate::workers::spawn(&workers, self.preferences.clone().tidy_up());
            crate::workers::spawn(&workers, self.invoices.clone().tidy_up());
        }
        Ok(Arc::new(subscription))
    }

    /// A problem in the person's language.
    pub fn explain(&self, problem: Problem) -> Explanation {
        explain(&problem, self.engine.language, &self.engine.profile.name)
    }

    /// A request to the fleet manager in the person's language, for their mail program or the share sheet. `number` is
    /// their mobile number, where they gave it.
    pub fn prepare_request(&self, kind: RequestKind, number: Option<String>) -> PreparedRequest {
        request::prepare(kind, &self.engine.profile.name, number.as_deref(), self.engine.language)
    }

    /// The phone's path to the network is another one: it went from Wi-Fi to mobile, or back, or there is one again. Call it
    /// from Android's `NetworkCallback` of the default network (`onAvailable`, `onLost`) and from the update handler of an
    /// `NWPathMonitor` on iOS; once too often does no harm. Idle connections are dropped, and what may be asked twice is
    /// asked again at once over the new path: views and documents, which go on from where they are. Changes and sign-in are
    /// left where they are, for they may be answered there. Without this call a path that went silent is noticed within ten
    /// seconds where the operator speaks HTTP/2, and by the timeouts where it does not. Does not block and does not fail.
    pub fn network_changed(&self) {
        self.engine.http.network_changed();
        self.invoices.network_changed();
    }

    /// Before the app is put to sleep, and before the last reference to the core goes: finishes what is being written,
    /// closes the database, holds no lock. Actions that write fail with `StorageUnavailable { Suspended }` until
    /// [`CompanionCore::resume`]; views stay readable. Blocks for up to `deadline_ms`; fails when that was not enough.
    pub fn suspend(&self, deadline_ms: u32) -> Result<(), Problem> {
        self.activation.hide();
        self.preferences.rest();
        let (landed, left) = self.invoices.rest(Duration::from_millis(deadline_ms.into()));
        self.engine.store.suspend(left).and(landed)
    }

    /// After the app woke up: opens the database again. Everything on the screen is re-evaluated against the clock.
    /// Fails with `StorageUnavailable` when the database cannot be opened, or when what an overrun suspend interrupted has
    /// not ended yet; nothing changes then, and it may be called again.
    pub fn resume(&self) -> Result<(), Problem> {
        self.engine.store.resume()?;
        self.preferences.wake_up();
        self.invoices.wake_up();
        if let Ok(workers) = self.engine.workers.handle() {
            crate::workers::spawn(&workers, self.session.clone().tidy_up());
            crate::workers::spawn(&workers, self.preferences.clone().tidy_up());
            crate::workers::spawn(&workers, self.invoices.clone().tidy_up());
            self.redraw_widget(&workers);
        }
        self.engine.mark(Topic::Session);
        self.engine.mark_data();
        Ok(())
    }
}

impl CompanionCore {
    /// Opens the core on randomness of one's own.
    pub fn open_with(config: CoreConfig, host: Host, entropy: Arc<dyn Entropy>) -> Result<Arc<CompanionCore>, Problem> {
        Self::assemble(config, host, entropy, |_| {})
    }

    /// Opens the core with somebody who looks on at every exchange with the operator. Not in what a phone ships.
    #[cfg(feature = "watch")]
    pub fn open_watched(
        config: CoreConfig,
        host: Host,
        watcher: Arc<dyn Watcher>,
    ) -> Result<Arc<CompanionCore>, Problem> {
        Self::assemble(config, host, Arc::new(SystemEntropy), |http| http.watch = Watch::by(watcher))
    }

    /// The language or the app lock may have changed since it was drawn.
    fn redraw_widget(&self, workers: &Handle) {
        let usage = self.usage.clone();
        crate::workers::spawn(workers, async move { usage.write_widget().await });
    }

    /// Opens the core with its way to the operator prepared.
    pub(crate) fn assemble(
        config: CoreConfig,
        host: Host,
        entropy: Arc<dyn Entropy>,
        prepare: impl FnOnce(&mut Http),
    ) -> Result<Arc<CompanionCore>, Problem> {
        let profile = Profile::parse(&config.profile_json)?;
        let redirect_uri = config.redirect_uri.as_deref().unwrap_or(&profile.identity.redirect_uri);
        let redirect_uri = Url::parse(redirect_uri)
            .map_err(|error| Problem::Configuration { field: "redirectUri".to_owned(), reason: error.to_string() })?;
        let clock: Arc<dyn Clock> = match host.clock_lasts_ms {
            0 => host.clock.clone(),
            lasts_ms => Arc::new(CountedOn::new(host.clock.clone(), lasts_ms)),
        };
        let host = Host { clock, ..host };
        let reading = host.clock.now()?;
        let found = Found::read(&*host.secure_store, &profile.identity.issuer)?;
        let (store, kept) = Store::open(Path::new(&config.data_dir), found.subject())?;
        let time = Arc::new(OperatorTime::new(kept.anchor.clone()));
        let anchors = profile.trust.as_ref().map(|trust| trust.anchors_pem.clone());
        let mut http =
            Http::new(anchors, profile.origins().to_vec(), host.clock.clone(), entropy.clone(), time.clone());
        http.gate.restore(&kept.waits, reading.elapsed_ms, time.best(&reading).at.as_millisecond());
        prepare(&mut http);
        let engine = Arc::new(Engine {
            http,
            zone: profile.zone(),
            language: Language::pick(&[config.languages, profile.languages.clone()].concat()),
            host,
            entropy,
            profile,
            time,
            store,
            changes: Arc::default(),
            workers: Workers::default(),
            last_reading: Mutex::new(reading),
        });
        let standing = Standing::at_start(found, &kept, engine.now_ms());
        let process = config.process.as_deref().unwrap_or("app");
        let session = Session::new(engine.clone(), redirect_uri, process, standing)?;
        let settings = kept.rows.iter().filter(|row| Alerts::keeps(row)).cloned().collect();
        let bills = kept.rows.iter().filter(|row| Invoices::keeps(row)).cloned().collect();
        let invoices = Invoices::new(engine.clone(), session.clone(), bills, kept.documents.clone());
        let preferences = Preferences::new(engine.clone(), session.clone(), &kept);
        let wifi = kept.rows.iter().filter(|row| WifiCalling::keeps(row)).cloned().collect();
        let wifi_calling = WifiCalling::new(engine.clone(), session.clone(), wifi, &kept.installed);
        let started = kept.rows.iter().filter(|row| Activation::keeps(row)).cloned().collect();
        let activation = Activation::new(engine.clone(), session.clone(), started);
        let screen = kept.rows.iter().filter(|row| frame::keeps(row)).cloned().collect();
        let usage = Usage::new(engine.clone(), session.clone(), kept.rows);
        let alerts = Alerts::new(engine.clone(), session.clone(), usage.clone(), settings, kept.alerts);
        let help = Help::new(engine.clone());
        let screen = Arc::new(Remembered::new(session.clone(), screen));
        Ok(Arc::new(CompanionCore {
            engine,
            session,
            usage,
            alerts,
            invoices,
            preferences,
            wifi_calling,
            activation,
            help,
            screen,
            colours: OnceLock::new(),
        }))
    }
}
