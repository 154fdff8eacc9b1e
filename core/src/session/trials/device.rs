//! A phone as a model: a keychain that fails and is locked, clocks moved by hand, a real folder with a real database, and
//! a process that dies in the middle of anything. What happened up to its death is what the next process finds.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tempfile::TempDir;

use super::operator::{Asked, Operator};
use crate::companion::{CompanionCore, CoreConfig};
use crate::host::{Clock, ClockReading, Host, HostError, PresenceKey, SecureStore, SystemEntropy, UserPresence};
use crate::operator::failure::Failure;
use crate::operator::http::Answer;
use crate::problem::Problem;

/// 2026-11-25 12:00 UTC.
pub const START_S: i64 = 1_795_608_000;

const PROFILE: &str = r#"{
    "schema": 1, "id": "model", "name": "Model Mobile", "languages": ["en"], "timeZone": "Europe/Brussels",
    "identity": {"issuer": "https://id.example", "clientId": "app", "redirectUri": "be.app:/cb", "scopes": ["openid"]},
    "apis": {"usage": {"baseUrl": "https://api.example/usage", "query": "report-get", "lineFilter": "x"},
        "activation": {"orderBaseUrl": "https://api.example/orders", "resourceBaseUrl": "https://api.example/inventory", "secrets": true}},
    "capabilities": ["usage", "activation"]
}"#;

/// What the phone is made of, whichever process runs on it.
pub struct Parts {
    pub items: BTreeMap<String, Vec<u8>>,
    pub folder: TempDir,
    pub passed_s: i64,
    /// How many writes of the keychain fail from now on.
    pub failing_writes: u32,
    /// The keychain answers nothing.
    pub locked: bool,
    /// No clock answers.
    pub clockless: bool,
    /// Steps of the process until it dies: calls of the keychain, requests and their answers.
    pub steps_left: Option<u32>,
    /// Which life of the app's processes it is: nothing that one of an earlier life does counts any more.
    pub life: u64,
    /// A write of tokens failed, or died: they may be lost with the process.
    pub unkept: bool,
    /// Tokens came that are not written yet: with the process they are lost.
    in_hand: bool,
    /// The reasons of the prompts that the phone showed.
    pub prompts: Vec<String>,
    /// What the phone says instead of who is there.
    pub absent: Option<HostError>,
}

/// The phone.
pub struct Device {
    pub parts: Mutex<Parts>,
    pub operator: Mutex<Operator>,
    /// What stands on the way to the operator.
    pub way: Mutex<Option<Way>>,
    /// The operator's profile, for processes that start from now on.
    pub profile: Mutex<String>,
}

/// May hold a request up, answer it in the operator's place, or hand it on and alter what comes back.
pub type Way = Arc<dyn Fn(Asked, Arc<Process>) -> BoxFuture<'static, Result<Answer, Failure>> + Send + Sync>;

/// A process on the phone.
pub struct Process {
    device: Arc<Device>,
    life: u64,
}

impl Device {
    pub fn new(operator: Operator) -> Arc<Device> {
        let parts = Parts {
            items: BTreeMap::new(),
            folder: folder(),
            passed_s: 0,
            failing_writes: 0,
            locked: false,
            clockless: false,
            steps_left: None,
            life: 0,
            unkept: false,
            in_hand: false,
            prompts: Vec::new(),
            absent: None,
        };
        Arc::new(Device {
            parts: Mutex::new(parts),
            operator: Mutex::new(operator),
            way: Mutex::default(),
            profile: Mutex::new(PROFILE.to_owned()),
        })
    }

    pub fn parts(&self) -> MutexGuard<'_, Parts> {
        self.parts.lock().unwrap()
    }

    pub fn operator(&self) -> MutexGuard<'_, Operator> {
        self.operator.lock().unwrap()
    }

    /// Starts a process of the app.
    pub fn open(self: &Arc<Self>, process: Option<&str>) -> Result<Arc<CompanionCore>, Problem> {
        self.open_lending(process, |host| host)
    }

    /// Starts a process on a phone that lends more or less.
    pub fn open_lending(
        self: &Arc<Self>,
        process: Option<&str>,
        lend: impl FnOnce(Host) -> Host,
    ) -> Result<Arc<CompanionCore>, Problem> {
        let config = CoreConfig {
            data_dir: self.parts().folder.path().to_string_lossy().into_owned(),
            profile_json: self.profile.lock().unwrap().clone(),
            languages: vec!["en".to_owned()],
            redirect_uri: None,
            process: process.map(str::to_owned),
        };
        let process = Arc::new(Process { device: self.clone(), life: self.parts().life });
        let host = Host { user_presence: Some(process.clone()), ..Host::new(process.clone(), process.clone()) };
        CompanionCore::assemble(config, lend(host), Arc::new(SystemEntropy), move |http| {
            http.stand_in = Some(Arc::new(move |request| process.clone().carry(Asked::new(request)).boxed()));
        })
    }

    /// Every process of the app dies here and now.
    pub fn die(&self) {
        self.parts().die();
    }
}

impl Process {
    async fn carry(self: Arc<Self>, asked: Asked) -> Result<Answer, Failure> {
        let way = self.device.way.lock().unwrap().clone();
        match way {
            Some(way) => way(asked, self).await,
            None => self.to_operator(asked).await,
        }
    }

    /// The whole way to the operator and back.
    pub async fn to_operator(self: Arc<Self>, asked: Asked) -> Result<Answer, Failure> {
        if self.device.parts().step(self.life) {
            // Not one that is tried again: the dead wait for nothing.
            return Err(Failure::Setup);
        }
        let reply = self.device.operator().arrives(&asked, self.life)?;
        // Others get a turn while it is under way.
        tokio::task::yield_now().await;
        let died = self.device.parts().step(self.life);
        let grants = reply.grants;
        let answer = self.device.operator().answered(reply, !died, self.life);
        if grants && answer.is_ok() {
            self.device.parts().came(self.life);
        }
        answer
    }
}

impl Parts {
    /// Tokens came to a process. It may have died just now.
    fn came(&mut self, life: u64) {
        if self.life == life {
            self.in_hand = true;
        } else {
            self.unkept = true;
        }
    }

    /// One step of a process; true when it is dead.
    fn step(&mut self, life: u64) -> bool {
        if self.life == life
            && let Some(left) = &mut self.steps_left
        {
            match left.checked_sub(1) {
                Some(fewer) => *left = fewer,
                None => self.die(),
            }
        }
        self.life != life
    }

    /// What lies in the folder at this moment is what stays; what the dying process still writes goes nowhere.
    fn die(&mut self) {
        self.life += 1;
        self.steps_left = None;
        // A busy machine may let the dead get to their write later than anybody looks.
        self.unkept |= std::mem::take(&mut self.in_hand);
        let left = folder();
        for entry in std::fs::read_dir(self.folder.path()).unwrap() {
            let entry = entry.unwrap();
            if !entry.file_name().to_string_lossy().ends_with("-shm") {
                std::fs::copy(entry.path(), left.path().join(entry.file_name())).unwrap();
            }
        }
        let dying = std::mem::replace(&mut self.folder, left);
        // Its own files stay for as long as it moves.
        std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(200));
            drop(dying);
        });
    }
}

/// In memory where the system has such a place: thousands of stories write thousands of databases.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

impl SecureStore for Process {
    fn get(&self, key: String) -> Result<Option<Vec<u8>>, HostError> {
        let mut parts = self.device.parts();
        if parts.step(self.life) || parts.locked {
            return Err(HostError::Locked);
        }
        Ok(parts.items.get(&key).cloned())
    }

    fn put(&self, key: String, value: Vec<u8>) -> Result<(), HostError> {
        let mut parts = self.device.parts();
        let failing = parts.failing_writes > 0 || parts.locked;
        parts.failing_writes = parts.failing_writes.saturating_sub(1);
        if parts.step(self.life) || failing {
            parts.unkept |= key == "session";
            return Err(HostError::Failed);
        }
        parts.in_hand &= key != "session";
        parts.items.insert(key, value);
        // It may die before it hears that all went well.
        parts.step(self.life);
        Ok(())
    }

    fn delete(&self, key: String) -> Result<(), HostError> {
        let mut parts = self.device.parts();
        let failing = parts.failing_writes > 0 || parts.locked;
        parts.failing_writes = parts.failing_writes.saturating_sub(1);
        if parts.step(self.life) || failing {
            return Err(HostError::Failed);
        }
        parts.items.remove(&key);
        Ok(())
    }

    fn list(&self, prefix: String) -> Result<Vec<String>, HostError> {
        let mut parts = self.device.parts();
        if parts.step(self.life) || parts.locked {
            return Err(HostError::Locked);
        }
        Ok(parts.items.keys().filter(|key| key.starts_with(&prefix)).cloned().collect())
    }
}

impl Clock for Process {
    fn now(&self) -> Result<ClockReading, HostError> {
        if self.device.parts().clockless {
            return Err(HostError::Failed);
        }
        let passed_ms = self.device.parts().passed_s * 1000;
        Ok(ClockReading {
            wall_ms: START_S * 1000 + passed_ms,
            elapsed_ms: 1_000_000 + passed_ms,
            boot_id: "boot".to_owned(),
        })
    }
}

/// A person who is there, unless the phone says otherwise.
impl UserPresence for Process {
    fn seal(&self, _key: PresenceKey, plain: Vec<u8>) -> Result<Vec<u8>, HostError> {
        Ok(plain.into_iter().map(|byte| !byte).collect())
    }

    fn unseal(&self, key: PresenceKey, sealed: Vec<u8>, reason: String) -> Result<Vec<u8>, HostError> {
        let mut parts = self.device.parts();
        parts.prompts.push(reason);
        parts.absent.map_or(Ok(()), Err)?;
        drop(parts);
        self.seal(key, sealed)
    }

    fn forget(&self, _key: PresenceKey) -> Result<(), HostError> {
        Ok(())
    }
}
