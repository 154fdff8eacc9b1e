//! I21: a backup of the files comes back without the key that opens them: to an empty keychain, to one that holds another
//! installation's items, or to one whose items cannot be read any more. The app starts clean, and does so once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use companion::invoices::documents::DownloadState;
use companion::invoices::view::InvoicesPhase;
use companion::preferences::view::SwitchPhase;
use companion::session::SessionPhase;
use companion::usage::view::UsagePhase;
use companion::{CompanionCore, HostError, Observer, SecureStore, Topic};
use companion_journeys::{Phone, PhoneStore};
use companion_sandbox::{BillDelivery, Faults, Sandbox, SandboxOptions, agent};

const TRIALS: usize = 100;
/// Which files come back: a backup may know only some.
const FILES: [&[&str]; 6] = [
    &["companion.db", "companion.db-wal", "companion.db-shm", "documents", "installation", "widget"],
    &["companion.db", "companion.db-wal", "documents", "installation", "widget"],
    &["companion.db", "companion.db-wal", "documents", "widget"],
    &["companion.db", "documents"],
    &["companion.db", "companion.db-wal", "installation"],
    &["documents", "installation", "widget"],
];
/// What the keychain holds on the phone they come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keychain {
    Empty,
    AnotherInstallations,
    /// It came along, and its own key did not.
    Unreadable,
}
const KEYCHAINS: [Keychain; 3] = [Keychain::Empty, Keychain::AnotherInstallations, Keychain::Unreadable];

struct Deaf;

impl Observer for Deaf {
    fn changed(&self, _: Topic, _: u64) -> Result<(), HostError> {
        Ok(())
    }
}

fn copy(from: &Path, to: &Path, wanted: &dyn Fn(&str) -> bool) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if !wanted(&name) {
            continue;
        }
        if entry.path().is_dir() {
            fs::create_dir_all(to.join(&name)).unwrap();
            copy(&entry.path(), &to.join(&name), &|_| true);
        } else {
            fs::copy(entry.path(), to.join(&name)).unwrap();
        }
    }
}

/// Somebody with usage, invoices, a document, and a wish that was not sent.
async fn lived_in(sandbox: &Sandbox, who: &str) -> Phone {
    let phone = Phone::loaded(sandbox, who).await;
    let invoices = phone.core.invoices();
    invoices.clone().refresh(None).await.unwrap();
    let invoice = invoices.state().rows.into_iter().find_map(|row| row.invoice_id).unwrap();
    invoices.clone().download(invoice, false, None, None).await.unwrap();
    let preferences = phone.core.preferences();
    preferences.clone().refresh(None).await.unwrap();
    sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
    let lines = preferences.state().lines;
    let mut switches = lines.iter().flat_map(|line| &line.topics).flat_map(|topic| &topic.switches);
    let switch = switches.find(|switch| switch.can_change).unwrap();
    let _ = preferences.clone().set(switch.preference_id.clone(), !switch.on).await;
    // A try under way would arrive once there is a network again, and be nobody's fault.
    let is_sending = || {
        let lines = preferences.state().lines;
        let switches = lines.into_iter().flat_map(|line| line.topics).flat_map(|topic| topic.switches);
        switches.into_iter().any(|switch| switch.phase == SwitchPhase::Sending)
    };
    while is_sending() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    phone
}

async fn sign_in(core: &Arc<CompanionCore>, sandbox: &Sandbox, who: &str) {
    let page = core.session().start(Default::default(), None).await.unwrap();
    let person = sandbox.person(who).unwrap();
    let callback = agent::sign_in(&sandbox.ca_pem(), &page.url, &person.number, &person.password).await.unwrap();
    core.session().finish(callback).await.unwrap();
}

#[tokio::test]
async fn i21_a_backup_without_its_key_is_a_clean_start_once() {
    let options = SandboxOptions { bill_delivery: BillDelivery::Url, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let old = lived_in(&sandbox, "emma").await;
    let backup = tempfile::tempdir().unwrap();
    // As it lies there while the app runs, or after it was put to sleep.
    let asleep = tempfile::tempdir().unwrap();
    copy(old.data.path(), backup.path(), &|_| true);
    old.core.suspend(5_000).unwrap();
    copy(old.data.path(), asleep.path(), &|_| true);
    sandbox.set_faults(Faults::default());
    let elsewhere = Phone::loaded(&sandbox, "tom").await;
    let changes = sandbox.preference_changes();
    let trials = if std::env::var_os("COMPANION_LONG_TRIALS").is_some() { 10 * TRIALS } else { TRIALS };
    for trial in 0..trials {
        let (files, keychain) = (FILES[trial % FILES.len()], KEYCHAINS[trial / FILES.len() % KEYCHAINS.len()]);
        let case = format!("trial {trial}: {files:?}, {keychain:?}");
        let folder = tempfile::tempdir().unwrap();
        let from = if trial % 2 == 0 { &backup } else { &asleep };
        copy(from.path(), folder.path(), &|name| files.iter().any(|file| name.starts_with(file)));
        let store = Arc::new(PhoneStore::default());
        match keychain {
            Keychain::Empty => {}
            Keychain::AnotherInstallations => {
                for (key, value) in elsewhere.secure_store.contents() {
                    store.put(key, value).unwrap();
                }
            }
            Keychain::Unreadable => {
                for (key, value) in old.secure_store.contents() {
                    store.put(key.clone(), value).unwrap();
                    store.lose(&key, HostError::Corrupt);
                }
            }
        }
        let core =
            old.open_as(None, folder.path(), store.clone()).unwrap_or_else(|problem| panic!("{case}: {problem:?}"));
        assert_eq!(core.session().state().phase, SessionPhase::SignedOut, "{case}");
        assert_eq!(core.usage().state().phase, UsagePhase::SignedOut, "{case}");
        assert_eq!(core.invoices().state().phase, InvoicesPhase::SignedOut, "{case}");
        let subscription = core.observe(Arc::new(Deaf)).unwrap();

        // The next person, who may be the same, starts with nothing of it.
        let who = if trial % 4 < 2 { "emma" } else { "nadia" };
        sign_in(&core, &sandbox, who).await;
        assert_eq!(core.usage().state().phase, UsagePhase::NeverLoaded, "{case}");
        core.invoices().refresh(None).await.unwrap();
        let states: Vec<_> = core.invoices().state().rows.iter().map(|row| row.document).collect();
        assert!(states.iter().all(|state| *state == DownloadState::NotHere), "{case}: {states:?}");
        core.preferences().refresh(None).await.unwrap();
        let documents = fs::read_dir(folder.path().join("documents")).map(|files| files.count()).unwrap_or_default();
        assert_eq!(documents, 0, "{case}: sealed documents of before");
        core.usage().refresh(None).await.unwrap();
        let shown = core.usage().state();
        core.suspend(5_000).unwrap();
        subscription.end();
        drop(core);

        // And once: the next start finds the session, and all that was kept since.
        let again = old.open_as(None, folder.path(), store).unwrap();
        assert_eq!(again.session().state().phase, SessionPhase::SignedIn, "{case}");
        assert_eq!(again.usage().state().lines, shown.lines, "{case}");
        assert_eq!(again.invoices().state().phase, InvoicesPhase::Loaded, "{case}");
        again.suspend(5_000).unwrap();
        assert_eq!(sandbox.preference_changes(), changes, "{case}: a wish of the backup was sent for somebody");
    }
}
