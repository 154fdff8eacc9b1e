//! A phone for tests: memory in place of the keychain, a clock that moves by hand, a real folder for the core's files.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use companion::host::ProbeNetwork;
use companion::problem::SignInFailure;
use companion::{
    Clock, ClockReading, CompanionCore, CoreConfig, Host, HostError, PresenceKey, Problem, SecureStore, UserPresence,
};
use companion_sandbox::{PersonCard, Sandbox, agent};
use jiff::Timestamp;

use crate::kept::KeepsToContract;

/// The sandbox's documented scene: 25 November 2026, 14:05 in Brussels.
pub const START: &str = "2026-11-25T14:05:00+01:00";

/// A secure store in memory that can be locked and made to refuse writes.
#[derive(Default)]
pub struct PhoneStore {
    items: Mutex<BTreeMap<String, Vec<u8>>>,
    /// Nothing answers, as before the first unlock.
    pub locked: AtomicBool,
    /// Reading works, writing does not.
    pub read_only: AtomicBool,
    /// How long storing takes, in milliseconds.
    pub slow_put_ms: AtomicU64,
    lost: Mutex<BTreeMap<String, HostError>>,
    history: Mutex<Vec<Change>>,
}

/// One change of the keychain: the key, and what was stored, or nothing where it was deleted.
pub type Change = (String, Option<Vec<u8>>);

impl PhoneStore {
    /// Every stored byte, to search for what must not be there or must be.
    pub fn contents(&self) -> Vec<(String, Vec<u8>)> {
        self.items.lock().expect("poisoned").clone().into_iter().collect()
    }

    /// Every change since the phone is new, in order: what was ever a secret here.
    pub fn history(&self) -> Vec<Change> {
        self.history.lock().expect("poisoned").clone()
    }

    /// The phone loses an item for good: reading it fails with `error` until it is replaced or removed.
    pub fn lose(&self, key: &str, error: HostError) {
        self.lost.lock().expect("poisoned").insert(key.to_owned(), error);
    }

    fn check(&self, refused: bool) -> Result<(), HostError> {
        if self.locked.load(Ordering::SeqCst) {
            Err(HostError::Locked)
        } else if refused {
            Err(HostError::Failed)
        } else {
            Ok(())
        }
    }
}

impl SecureStore for PhoneStore {
    fn get(&self, key: String) -> Result<Option<Vec<u8>>, HostError> {
        self.check(false)?;
        if let Some(error) = self.lost.lock().expect("poisoned").get(&key) {
            return Err(*error);
        }
        Ok(self.items.lock().expect("poisoned").get(&key).cloned())
    }

    fn put(&self, key: String, value: Vec<u8>) -> Result<(), HostError> {
        self.check(self.read_only.load(Ordering::SeqCst))?;
        std::thread::sleep(Duration::from_millis(self.slow_put_ms.load(Ordering::SeqCst)));
        self.lost.lock().expect("poisoned").remove(&key);
        self.history.lock().expect("poisoned").push((key.clone(), Some(value.clone())));
        self.items.lock().expect("poisoned").insert(key, value);
        Ok(())
    }

    fn delete(&self, key: String) -> Result<(), HostError> {
        self.check(self.read_only.load(Ordering::SeqCst))?;
        self.lost.lock().expect("poisoned").remove(&key);
        self.history.lock().expect("poisoned").push((key.clone(), None));
        self.items.lock().expect("poisoned").remove(&key);
        Ok(())
    }

    fn list(&self, prefix: String) -> Result<Vec<String>, HostError> {
        self.check(false)?;
        Ok(self.items.lock().expect("poisoned").keys().filter(|key| key.starts_with(&prefix)).cloned().collect())
    }
}

/// Who is there: the keys of a phone's hardware, and a person who answers its prompt.
#[derive(Default)]
pub struct PhonePresence {
    /// A key per use, by its generation: a key that was destroyed never opens again.
    keys: Mutex<BTreeMap<PresenceKey, u8>>,
    /// What the prompt comes to; nothing is a person who is there.
    pub refuses: Mutex<Option<HostError>>,
    /// The reasons shown in prompts.
    pub prompts: Mutex<Vec<String>>,
}

impl PhonePresence {
    fn seal_with(key: u8, bytes: &[u8]) -> Vec<u8> {
        bytes.iter().map(|byte| byte ^ key).collect()
    }
}

impl UserPresence for PhonePresence {
    fn seal(&self, key: PresenceKey, plain: Vec<u8>) -> Result<Vec<u8>, HostError> {
        let mut keys = self.keys.lock().expect("poisoned");
        let made = u8::try_from(keys.len()).expect("few keys") + 0x51;
        Ok(Self::seal_with(*keys.entry(key).or_insert(made), &plain))
    }

    fn unseal(&self, key: PresenceKey, sealed: Vec<u8>, reason: String) -> Result<Vec<u8>, HostError> {
        self.prompts.lock().expect("poisoned").push(reason);
        if let Some(refusal) = *self.refuses.lock().expect("poisoned") {
            return Err(refusal);
        }
        let key = self.keys.lock().expect("poisoned").get(&key).copied().ok_or(HostError::KeyInvalidated)?;
        Ok(Self::seal_with(key, &sealed))
    }

    fn forget(&self, key: PresenceKey) -> Result<(), HostError> {
        self.keys.lock().expect("poisoned").remove(&key);
        Ok(())
    }
}

/// Clocks that move only by hand.
pub struct PhoneClock {
    wall_ms: AtomicI64,
    elapsed_ms: AtomicI64,
    boots: AtomicI64,
    /// The clock does not answer.
    pub failing: AtomicBool,
}

impl PhoneClock {
    /// Starts at an RFC 3339 time.
    pub fn at(start: &str) -> PhoneClock {
        let start: Timestamp = start.parse().expect("a time");
        PhoneClock {
            wall_ms: AtomicI64::new(start.as_millisecond()),
            elapsed_ms: AtomicI64::new(1_000_000),
            boots: AtomicI64::new(1),
            failing: AtomicBool::new(false),
        }
    }

    /// Time passes.
    pub fn advance(&self, seconds: i64) {
        self.set_wall_by(seconds);
        self.elapsed_ms.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    /// What the wall clock says, in milliseconds since 1970 UTC.
    pub fn wall_ms(&self) -> i64 {
        self.wall_ms.load(Ordering::SeqCst)
    }

    /// The person sets the wall clock, forward or back.
    pub fn set_wall_by(&self, seconds: i64) {
        self.wall_ms.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    /// The phone is restarted.
    pub fn reboot(&self) {
        self.boots.fetch_add(1, Ordering::SeqCst);
        self.elapsed_ms.store(5_000, Ordering::SeqCst);
    }
}

impl Clock for PhoneClock {
    fn now(&self) -> Result<ClockReading, HostError> {
        if self.failing.load(Ordering::SeqCst) {
            return Err(HostError::Failed);
        }
        Ok(ClockReading {
            wall_ms: self.wall_ms.load(Ordering::SeqCst),
            elapsed_ms: self.elapsed_ms.load(Ordering::SeqCst),
            boot_id: self.boots.load(Ordering::SeqCst).to_string(),
        })
    }
}

/// A phone with the core on it.
pub struct Phone {
    /// Where the core keeps its files.
    pub data: tempfile::TempDir,
    /// The keychain.
    pub secure_store: Arc<PhoneStore>,
    /// The clocks.
    pub clock: Arc<PhoneClock>,
    /// Who is there.
    pub presence: Arc<PhonePresence>,
    /// What it lends the check of Wi-Fi calling, from the next start of the app on.
    pub probe_network: Option<Arc<dyn ProbeNetwork>>,
    /// The open core.
    pub core: Arc<CompanionCore>,
    profile_json: String,
    language: String,
    /// Held against the contract when the phone goes.
    kept: Option<KeepsToContract>,
}

impl Phone {
    /// A new phone at the sandbox's documented time, in English.
    pub fn new(sandbox: &Sandbox) -> Phone {
        Self::with(&sandbox.profile_json(), "en", START).at(sandbox)
    }

    /// Whose operator is this sandbox: what it asks there is held against the contract in the end.
    pub fn at(mut self, sandbox: &Sandbox) -> Phone {
        self.kept = Some(KeepsToContract::of(sandbox, &self.profile_json));
        self
    }

    /// What it asked so far, and is in no line of the contract.
    pub fn strange(&self) -> Vec<String> {
        self.kept.as_ref().map(KeepsToContract::strange).unwrap_or_default()
    }

    /// A new phone.
    pub fn with(profile_json: &str, language: &str, now: &str) -> Phone {
        let data = tempfile::tempdir().expect("a folder");
        let secure_store = Arc::new(PhoneStore::default());
        let clock = Arc::new(PhoneClock::at(now));
        let presence = Arc::new(PhonePresence::default());
        let host = host(secure_store.clone(), &clock, &presence);
        let core = open(data.path(), profile_json, language, None, host).expect("the core opens");
        let (profile_json, language) = (profile_json.to_owned(), language.to_owned());
        Phone { data, secure_store, clock, presence, probe_network: None, core, profile_json, language, kept: None }
    }

    /// A new phone on which a person is signed in and sees usage.
    pub async fn loaded(sandbox: &Sandbox, person: &str) -> Phone {
        let phone = Self::new(sandbox);
        phone.sign_in(sandbox, person).await.expect("signed in");
        phone.refresh().await.expect("refreshed");
        phone
    }

    /// The app is started again, as after its process died.
    pub fn reopen(&mut self) {
        self.core = self.try_open().expect("the core opens");
    }

    /// Opens another core on the same phone.
    pub fn try_open(&self) -> Result<Arc<CompanionCore>, Problem> {
        self.open_as(None, self.data.path(), self.secure_store.clone())
    }

    /// Opens the core in another process of the app.
    pub fn try_open_as(&self, process: &str) -> Result<Arc<CompanionCore>, Problem> {
        self.open_as(Some(process), self.data.path(), self.secure_store.clone())
    }

    /// Opens the core as a process of the app, on a folder and a keychain of its own.
    pub fn open_as(
        &self,
        process: Option<&str>,
        folder: &Path,
        secure_store: Arc<dyn SecureStore>,
    ) -> Result<Arc<CompanionCore>, Problem> {
        let host = host(secure_store, &self.clock, &self.presence);
        let host = Host { probe_network: self.probe_network.clone(), ..host };
        open(folder, &self.profile_json, &self.language, process, host)
    }

    /// What the core keeps in files, as it lies there now, in another folder: what a process that dies now leaves.
    pub fn copy_of_folder(&self) -> tempfile::TempDir {
        let copy = tempfile::tempdir().expect("a folder");
        for entry in std::fs::read_dir(self.data.path()).expect("a folder") {
            let entry = entry.expect("an entry");
            std::fs::copy(entry.path(), copy.path().join(entry.file_name())).expect("copied");
        }
        copy
    }

    /// Signs a person in at the operator's page.
    pub async fn sign_in(&self, sandbox: &Sandbox, person: &str) -> Result<(), Problem> {
        let callback = self.walk(sandbox, person).await?;
        self.core.session().finish(callback).await
    }

    /// Walks the operator's page up to the address the browser comes back with.
    pub async fn walk(&self, sandbox: &Sandbox, person: &str) -> Result<String, Problem> {
        let page = self.core.session().start(Default::default(), None).await?;
        let PersonCard { number, password, .. } = sandbox.person(person).expect("a person of the sandbox");
        Ok(agent::sign_in(&sandbox.ca_pem(), &page.url, &number, &password).await.expect("the page lets the person in"))
    }

    /// Another person signs in on this phone, and wants what was on it gone.
    pub async fn sign_in_instead(&self, sandbox: &Sandbox, person: &str) -> Result<(), Problem> {
        let asked = self.sign_in(sandbox, person).await;
        assert_eq!(asked, Err(Problem::SignIn { reason: SignInFailure::OtherAccount }), "they are asked first");
        self.core.session().replace_account().await
    }

    /// Refreshes usage.
    pub async fn refresh(&self) -> Result<(), Problem> {
        self.core.usage().refresh(None).await
    }

    /// The first item of the keychain whose key begins with `prefix`.
    pub fn item(&self, prefix: &str) -> Vec<u8> {
        let mut items = self.secure_store.contents().into_iter();
        items.find(|(key, _)| key.starts_with(prefix)).expect("an item").1
    }

    /// What the keychain holds once the operator was told of what is no longer wanted.
    pub async fn left_in_keychain(&self) -> Vec<String> {
        let mut left = Vec::new();
        for _ in 0..100 {
            left = self.secure_store.contents().into_iter().map(|(key, _)| key).collect();
            if left.is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        left
    }

    /// How many rows the core keeps; closes its database for good.
    pub fn rows(&self) -> i64 {
        self.core.suspend(5000).expect("closed");
        let database = rusqlite::Connection::open(self.data.path().join("companion.db")).expect("a database");
        database.query_row("SELECT count(*) FROM snapshot", [], |row| row.get(0)).expect("a count")
    }

    /// Every byte of every file of the core.
    pub fn file_contents(&self) -> Vec<u8> {
        let entries = std::fs::read_dir(self.data.path()).expect("a folder");
        entries.flat_map(|entry| std::fs::read(entry.expect("an entry").path()).expect("a file")).collect()
    }
}

fn host(secure_store: Arc<dyn SecureStore>, clock: &Arc<PhoneClock>, presence: &Arc<PhonePresence>) -> Host {
    Host { user_presence: Some(presence.clone()), ..Host::new(secure_store, clock.clone()) }
}

fn open(
    data: &Path,
    profile_json: &str,
    language: &str,
    process: Option<&str>,
    host: Host,
) -> Result<Arc<CompanionCore>, Problem> {
    let config = CoreConfig {
        data_dir: data.to_string_lossy().into_owned(),
        profile_json: profile_json.to_owned(),
        languages: vec![language.to_owned()],
        redirect_uri: None,
        process: process.map(str::to_owned),
    };
    CompanionCore::open(config, host)
}
