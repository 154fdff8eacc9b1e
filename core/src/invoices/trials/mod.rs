//! Downloads against a server that does what it can to spoil them: real TLS, a real database, real files.

mod cancels;
mod costs;
mod digests;
mod flips;
pub mod kills;
mod redirects;
mod scripts;
mod server;
mod sleeps;
mod told;
mod uses;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use secrecy::SecretString;
use serde_json::json;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use url::Url;

use super::download::names::Naming;
use super::download::origin::Rules;
use super::download::{DocumentId, Downloads, FileSystem, Limits, Surroundings, Ticket, Tickets, Wish};
use super::model::DocumentKind;
use crate::engine::Engine;
use crate::host::{Clock, ClockReading, Entropy, Host, HostError, SecureStore, SystemEntropy};
use crate::operator::documents::Authorization;
use crate::operator::http::Http;
use crate::operator::profile::Profile;
use crate::operator::time::OperatorTime;
use crate::problem::Problem;
use crate::store::{DataKey, DocumentOwner, Store};
use crate::text::Language;
use crate::workers::Workers;

/// Ten times as many with `tests/run --long`, and others each time.
fn counted(ordinary: usize) -> (usize, u64) {
    if std::env::var_os("COMPANION_LONG_TRIALS").is_some() {
        let mut seed = [0; 8];
        SystemEntropy.fill(&mut seed).unwrap();
        let seed = u64::from_le_bytes(seed);
        eprintln!("seed {seed}");
        (10 * ordinary, seed)
    } else {
        (ordinary, 20_261_126)
    }
}

/// Numbers that look drawn and are the same in every run (splitmix64).
#[derive(Clone)]
struct Drawn(u64);

impl Drawn {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound).unwrap()).unwrap()
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// Chance for the product, of which it makes no pause between two tries.
struct WithoutPauses(Mutex<Drawn>);

/// The bounds of the pauses after the first and the second try, in milliseconds, each counting from none.
const PAUSES: u64 = 501 * 1_001;

impl Entropy for WithoutPauses {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), HostError> {
        if bytes.len() != 8 {
            return SystemEntropy.fill(bytes);
        }
        let number = (self.0.lock().unwrap().next() >> 24) * PAUSES;
        bytes.copy_from_slice(&number.to_le_bytes());
        Ok(())
    }
}

struct RealClock(Instant);

impl Clock for RealClock {
    fn now(&self) -> Result<ClockReading, HostError> {
        let elapsed_ms = i64::try_from(self.0.elapsed().as_millis()).unwrap();
        Ok(ClockReading { wall_ms: 1_795_608_000_000 + elapsed_ms, elapsed_ms, boot_id: "boot".to_owned() })
    }
}

struct NoSecrets;

impl SecureStore for NoSecrets {
    fn get(&self, _: String) -> Result<Option<Vec<u8>>, HostError> {
        Ok(None)
    }
    fn put(&self, _: String, _: Vec<u8>) -> Result<(), HostError> {
        Ok(())
    }
    fn delete(&self, _: String) -> Result<(), HostError> {
        Ok(())
    }
    fn list(&self, _: String) -> Result<Vec<String>, HostError> {
        Ok(Vec::new())
    }
}

/// Small documents in small blocks, so that everything happens to them that happens to large ones.
fn small() -> Limits {
    Limits {
        largest: 64 * 1024,
        kept_bytes: u64::MAX,
        kept_documents: usize::MAX,
        spare_bytes: 1,
        sync_bytes: 4 * 1024,
        look_ms: 0,
        block: 1024,
        silence: Duration::from_secs(5),
        ..Limits::default()
    }
}

/// A phone of one person.
struct Phone {
    downloads: Arc<Downloads>,
    engine: Arc<Engine>,
    owner: DocumentOwner,
}

struct Setup<'a> {
    folder: &'a Path,
    ca_pem: &'a str,
    /// The API's first, then those of links.
    origins: Vec<String>,
    limits: Limits,
    surroundings: Arc<dyn Surroundings>,
    clock: Arc<dyn Clock>,
}

impl<'a> Setup<'a> {
    fn new(folder: &'a Path, ca_pem: &'a str, origins: Vec<String>) -> Setup<'a> {
        let clock = Arc::new(RealClock(Instant::now()));
        Setup { folder, ca_pem, origins, limits: small(), surroundings: Arc::new(FileSystem), clock }
    }

    fn open(self) -> Phone {
        let profile = json!({
            "schema": 1, "id": "trial", "name": "Trial Mobile", "languages": ["en"], "timeZone": "Europe/Brussels",
            "identity": {"issuer": "https://id.example", "clientId": "app", "redirectUri": "be.app:/cb", "scopes": ["openid"]},
            "apis": {"usage": {"baseUrl": "https://api.example/usage", "query": "report-get", "lineFilter": "x"}},
            "capabilities": ["usage"],
            "trust": {"anchorsPem": self.ca_pem},
        });
        let profile = Profile::parse(&profile.to_string()).unwrap();
        let host = Host::new(Arc::new(NoSecrets), self.clock);
        let entropy: Arc<dyn Entropy> = Arc::new(WithoutPauses(Mutex::new(Drawn(rand_seed()))));
        let time = Arc::new(OperatorTime::new(None));
        let origins: Vec<_> = self.origins.iter().map(|origin| Url::parse(origin).unwrap().origin()).collect();
        let engine = Arc::new(Engine {
            http: Http::new(
                Some(self.ca_pem.to_owned()),
                origins.clone(),
                host.clock.clone(),
                entropy.clone(),
                time.clone(),
            ),
            zone: profile.zone(),
            language: Language::pick(&[]),
            last_reading: Mutex::new(host.clock.now().unwrap()),
            host,
            entropy,
            profile,
            time,
            store: Store::open(self.folder, None).unwrap().0,
            changes: Arc::default(),
            workers: Workers::default(),
        });
        let mut origins = origins.into_iter();
        let rules = Rules::new(origins.by_ref().take(1).collect(), origins.collect());
        Phone {
            downloads: Downloads::new(engine.clone(), rules, self.limits, self.surroundings),
            engine,
            owner: DocumentOwner {
                subject: "emma".to_owned(),
                key: DataKey::from_bytes(&[7; 32]).unwrap(),
                still: Arc::new(|| true),
            },
        }
    }
}

/// Two processes draw different names.
fn rand_seed() -> u64 {
    let mut seed = [0; 8];
    SystemEntropy.fill(&mut seed).unwrap();
    u64::from_le_bytes(seed)
}

impl Phone {
    fn wish(&self, document: usize, tickets: Arc<dyn Tickets>) -> Wish {
        Wish { owner: self.owner.clone(), document: document_id(document), tickets, on_metered: false }
    }

    /// What another app would read.
    async fn shared(&self, document: usize) -> Vec<u8> {
        let copy = self.downloads.share(&self.owner, &document_id(document), &naming(document)).await.unwrap();
        let bytes = std::fs::read(copy.path()).unwrap();
        std::fs::remove_file(copy.path()).unwrap();
        bytes
    }
}

fn document_id(document: usize) -> DocumentId {
    DocumentId { bill: format!("bill{document}"), document: "pdf".to_owned(), last_update: "2026-11-01".to_owned() }
}

fn naming(document: usize) -> Naming {
    Naming { brand: "Trial".to_owned(), period: None, bill_number: document.to_string(), kind: DocumentKind::Invoice }
}

/// A PDF as far as anybody looks.
fn pdf(drawn: &mut Drawn, length: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    while bytes.len() + 7 < length {
        bytes.extend_from_slice(&drawn.next().to_le_bytes());
    }
    bytes.truncate(length.saturating_sub(7).max(9));
    bytes.extend_from_slice(b"\n%%EOF\n");
    bytes
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    ring::digest::digest(&ring::digest::SHA256, bytes).as_ref().try_into().unwrap()
}

/// A link, told again as often as asked.
struct Link {
    url: String,
    digest: Option<[u8; 32]>,
    token: Option<&'static str>,
    told: Mutex<u32>,
}

impl Link {
    fn new(url: String) -> Arc<Link> {
        Arc::new(Link { url, digest: None, token: None, told: Mutex::new(0) })
    }
}

impl Tickets for Link {
    fn ticket(&self) -> BoxFuture<'_, Result<Ticket, Problem>> {
        *self.told.lock().unwrap() += 1;
        let ticket = Ticket::Url { url: self.url.clone(), digest: self.digest, size_hint: None };
        async { Ok(ticket) }.boxed()
    }

    fn authorization<'a>(&'a self, _: &'a Url) -> BoxFuture<'a, Result<Option<Authorization>, Problem>> {
        let token = self.token.map(|token| Authorization { value: SecretString::from(token), proof: None });
        async { Ok(token) }.boxed()
    }
}

fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// The files of the folder of sealed documents.
fn sealed_files(folder: &Path) -> Vec<PathBuf> {
    crate::store::documents::files(&folder.join("documents"))
}
