//! Random histories of a person, a second device and a bad network on a few switches: real rows in a real database, the
//! real room, and an operator that keeps account. However it goes, a wish is done once or told, never lost and never
//! taken back by something older; and what is stuck holds up nothing else.

mod addresses;
mod arrays;
mod damage;
mod kills;
mod lanes;
mod partings;
mod server;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

use futures_util::FutureExt;
use proptest::prelude::*;
use tempfile::TempDir;

use self::server::{Asked, Mishap, Server};
use super::Preferences;
use super::delivery::Step;
use super::machine::{Toggle, Trouble};
use super::model::{Change, Value};
use crate::companion::{CompanionCore, CoreConfig};
use crate::host::{Clock, ClockReading, Host, HostError, SecureStore, SystemEntropy};
use crate::operator::failure::Failure;
use crate::operator::http::Answer;
use crate::session::SignInWish;
use crate::session::trials::device::{Device, START_S};
use crate::session::trials::operator::{Operator, Policy};

const SWITCHES: usize = 3;

fn profile(resource: &str, idempotent: bool) -> String {
    format!(
        r#"{{
    "schema": 1, "id": "model", "name": "Model Mobile", "languages": ["en"], "timeZone": "Europe/Brussels",
    "identity": {{"issuer": "https://id.example", "clientId": "app", "redirectUri": "be.app:/cb", "scopes": ["openid"]}},
    "apis": {{
        "usage": {{"baseUrl": "https://api.example/usage", "query": "report-get", "lineFilter": "x"}},
        "preferences": {{"baseUrl": "https://api.example/p", "resource": "{resource}", "lineFilter": "x", "idempotent": {idempotent}}}
    }},
    "capabilities": ["usage", "notifications"]
}}"#
    )
}

/// What may happen.
#[derive(Debug, Clone, Copy)]
enum Event {
    /// The person turns a switch, or chooses a threshold.
    Wish { at: usize, change: Change },
    /// A second device of theirs does.
    Elsewhere { at: usize, change: Change },
    /// What waits is tried once.
    Try { at: usize },
    /// The next change goes wrong.
    Mishap(Mishap),
    /// The next reading fails.
    Unreadable,
    /// The screen is refreshed.
    Refresh,
    /// A moment passes.
    Pass { seconds: u8 },
    /// The process dies, and the app is started again.
    Restart,
    /// The person decides where there is something to decide.
    Decide { at: usize, mine: bool },
    /// One switch fails for ever.
    Wedge { at: usize },
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => any::<bool>().prop_map(|on| Change { enabled: Some(on), threshold_percent: None }),
        2 => prop_oneof![Just(70), Just(80), Just(90)]
            .prop_map(|percent| Change { enabled: None, threshold_percent: Some(percent) }),
    ]
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let at = || prop_oneof![4 => Just(0), 1 => 0..SWITCHES];
    let mishap = prop_oneof![
        Just(Mishap::NotSent),
        Just(Mishap::RequestLost),
        Just(Mishap::AnswerLost),
        Just(Mishap::Delayed),
        Just(Mishap::FailedAfter),
        Just(Mishap::Busy),
        Just(Mishap::Unconditional),
        Just(Mishap::TooMany),
        Just(Mishap::Unavailable),
        Just(Mishap::PutOff),
        Just(Mishap::DieBefore),
        Just(Mishap::DieAfter),
    ];
    let event = prop_oneof![
        8 => (at(), change()).prop_map(|(at, change)| Event::Wish { at, change }),
        3 => (at(), change()).prop_map(|(at, change)| Event::Elsewhere { at, change }),
        8 => at().prop_map(|at| Event::Try { at }),
        5 => mishap.prop_map(Event::Mishap),
        1 => Just(Event::Unreadable),
        2 => Just(Event::Refresh),
        3 => prop_oneof![Just(3), Just(60)].prop_map(|seconds| Event::Pass { seconds }),
        1 => Just(Event::Restart),
        2 => (at(), any::<bool>()).prop_map(|(at, mine)| Event::Decide { at, mine }),
        1 => (0..SWITCHES).prop_map(|at| Event::Wedge { at }),
    ];
    prop::collection::vec(event, 2..16)
}

/// A phone that somebody signed in on, as it lies there.
struct Template {
    items: BTreeMap<String, Vec<u8>>,
    files: Vec<(String, Vec<u8>)>,
}

/// Signing in is another trial's story: done once.
fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let device = Device::new(Operator::new(Policy::Grace));
        let runtime = runtime();
        let core = device.open(None).unwrap();
        let page = runtime.block_on(core.session().start(SignInWish::default(), None)).unwrap();
        let callback = device.operator().sign_in(&page.url, "emma");
        runtime.block_on(core.session().finish(callback)).unwrap();
        core.suspend(5000).unwrap();
        let parts = device.parts();
        let files = std::fs::read_dir(parts.folder.path()).unwrap().map(|entry| {
            let path = entry.unwrap().path();
            (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap())
        });
        Template { items: parts.items.clone(), files: files.collect() }
    })
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// In memory where the system has such a place: thousands of histories write thousands of databases.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

#[derive(Default)]
struct Phone {
    items: Mutex<BTreeMap<String, Vec<u8>>>,
    passed_s: AtomicI64,
}

impl SecureStore for Phone {
    fn get(&self, key: String) -> Result<Option<Vec<u8>>, HostError> {
        Ok(self.items.lock().unwrap().get(&key).cloned())
    }
    fn put(&self, key: String, value: Vec<u8>) -> Result<(), HostError> {
        self.items.lock().unwrap().insert(key, value);
        Ok(())
    }
    fn delete(&self, key: String) -> Result<(), HostError> {
        self.items.lock().unwrap().remove(&key);
        Ok(())
    }
    fn list(&self, prefix: String) -> Result<Vec<String>, HostError> {
        Ok(self.items.lock().unwrap().keys().filter(|key| key.starts_with(&prefix)).cloned().collect())
    }
}

impl Clock for Phone {
    fn now(&self) -> Result<ClockReading, HostError> {
        let passed_ms = self.passed_s.load(Ordering::SeqCst) * 1000;
        let (wall_ms, elapsed_ms) = (START_S * 1000 + passed_ms, 1_000_000 + passed_ms);
        Ok(ClockReading { wall_ms, elapsed_ms, boot_id: "boot".to_owned() })
    }
}

/// What the person wished of a switch and has not seen settled.
#[derive(Debug, Clone, Copy, Default)]
struct Open {
    change: Change,
    /// How many writes the operator had done to it when each part was wished: the switch itself, and its threshold.
    writes_before: [usize; 2],
}

/// A history under way.
struct History {
    runtime: tokio::runtime::Runtime,
    idempotent: bool,
    phone: Arc<Phone>,
    server: Arc<Mutex<Server>>,
    folder: TempDir,
    /// What the process that died here left.
    left: Arc<Mutex<Option<TempDir>>>,
    core: Arc<CompanionCore>,
    keys: Vec<String>,
    open: Vec<Open>,
}

impl History {
    fn new(idempotent: bool) -> History {
        let (folder, phone) = signed_in();
        let server = Arc::new(Mutex::new(Server::new(idempotent, SWITCHES)));
        let left = Arc::new(Mutex::new(None));
        let core = open(&folder, idempotent, &phone, &server, &left);
        let mut history = History {
            runtime: runtime(),
            idempotent,
            phone,
            server,
            folder,
            left,
            core,
            keys: Vec::new(),
            open: vec![Open::default(); SWITCHES],
        };
        history.refresh().unwrap();
        let room = history.room();
        let subject = room.present().unwrap();
        history.keys = (0..SWITCHES).map(|at| room.key(&subject, "line", &format!("p{at}"))).collect();
        history
    }

    fn room(&self) -> Arc<Preferences> {
        self.core.preferences()
    }

    fn server(&self) -> MutexGuard<'_, Server> {
        self.server.lock().unwrap()
    }

    fn toggle(&self, at: usize) -> Toggle {
        self.room().memory().toggles[&self.keys[at]].clone()
    }

    fn refresh(&self) -> Result<(), crate::Problem> {
        self.runtime.block_on(self.room().refresh(None))
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::Wish { at, change } => self.wish(at, change),
            Event::Elsewhere { at, change } => self.server().change_elsewhere(at, change),
            Event::Try { at } => drop(self.try_once(at)),
            Event::Mishap(mishap) => self.server().mishaps.push_back(mishap),
            Event::Unreadable => self.server().unreadable += 1,
            Event::Refresh => drop(self.refresh()),
            Event::Pass { seconds } => {
                self.phone.passed_s.fetch_add(seconds.into(), Ordering::SeqCst);
            }
            Event::Restart => self.restart(None),
            Event::Decide { at, mine } => self.decide(at, mine),
            Event::Wedge { at } => self.server().wedged = Some(at),
        }
        self.die_if_due();
    }

    fn wish(&mut self, at: usize, change: Change) {
        let (room, key) = (self.room(), self.keys[at].clone());
        let wished = change;
        let done = match change {
            Change { enabled: Some(on), .. } => self.runtime.block_on(room.set(key, on)),
            Change { threshold_percent: Some(percent), .. } => {
                self.runtime.block_on(room.set_threshold(key, percent.to_string()))
            }
            Change { .. } => return,
        };
        done.unwrap();
        let now = self.server().kept[at].writes.len();
        // A part that was wished earlier may have been done since, and changed elsewhere again.
        let earlier = |part: usize, is_new: bool| if is_new { now } else { self.open[at].writes_before[part] };
        let writes_before = [earlier(0, wished.enabled.is_some()), earlier(1, wished.threshold_percent.is_some())];
        // What is back where it was is no wish any more.
        let toggle = self.toggle(at);
        let (base, before, shown) = (toggle.preference.value, toggle.before_the_queue(), toggle.shown());
        let change = Change::between(base, before).then(Change::between(before, shown));
        self.open[at] = Open { change, writes_before };
    }

    fn decide(&mut self, at: usize, mine: bool) {
        let (room, key) = (self.room(), self.keys[at].clone());
        let theirs = self.toggle(at).preference.value;
        let Some(trouble) = self.toggle(at).trouble else { return };
        if let (true, Trouble::Conflict { mine: value }) = (mine, trouble) {
            self.runtime.block_on(room.keep_mine(key)).unwrap();
            let now = self.server().kept[at].writes.len();
            self.open[at] = Open { change: Change::between(theirs, value), writes_before: [now, now] };
        } else {
            self.runtime.block_on(room.keep_theirs(key)).unwrap();
        }
    }

    fn try_once(&self, at: usize) -> Result<Step, crate::Problem> {
        let room = self.room();
        let subject = room.present()?;
        self.runtime.block_on(room.step(&subject, &self.keys[at], true))
    }

    fn die_if_due(&mut self) {
        let left = self.left.lock().unwrap().take();
        if left.is_some() {
            self.restart(left);
        }
    }

    /// The app is started again on what lies there, or on what lay there when it died.
    fn restart(&mut self, left: Option<TempDir>) {
        let _ = self.core.suspend(5000);
        if let Some(left) = left {
            self.folder = left;
        }
        self.core = open(&self.folder, self.idempotent, &self.phone, &self.server, &self.left);
    }

    /// The rules that hold after every event.
    fn check(&mut self) {
        for at in 0..SWITCHES {
            let toggle = self.toggle(at);
            let Open { change, writes_before } = self.open[at];
            let server = self.server();
            let writes = &server.kept[at].writes;
            let first = Value { enabled: false, threshold_percent: Some(80) };
            let since = |before: usize| {
                let since = writes.iter().skip(before.saturating_sub(1)).map(|write| write.value);
                since.chain((before == 0).then_some(first)).collect::<Vec<_>>()
            };
            // What is not done yet is shown (I6: nothing older takes it back), or the person is told.
            let seen = match &toggle.trouble {
                _ if toggle.is_pending() => Some(toggle.shown()),
                Some(Trouble::Conflict { mine } | Trouble::Refused { mine, .. } | Trouble::Expired { mine }) => {
                    Some(*mine)
                }
                None => None,
            };
            let parts = [Change { threshold_percent: None, ..change }, Change { enabled: None, ..change }];
            for (part, before) in parts.into_iter().zip(writes_before) {
                let is_in = |value: &Value| part.on(*value) == *value;
                let lost = !since(before).iter().any(is_in) && !seen.as_ref().is_some_and(is_in);
                assert!(!lost, "{at}: lost {part:?}, writes {writes:?} since {before}, {toggle:#?}");
            }
            drop(server);
            if !toggle.is_pending() {
                self.open[at].change = Change::default();
            }
        }
        // I18: whoever asked to be left alone is, also by the next run of the app.
        assert_eq!(self.server().asked_too_early, 0, "asked before the time the operator named");
        // I5: each operation is done once.
        for kept in &self.server().kept {
            for (at, again) in kept.writes.iter().enumerate().filter(|(_, write)| write.operation.is_some()) {
                let Some(first) = kept.writes[..at].iter().position(|write| write.operation == again.operation) else {
                    continue;
                };
                // Where the operator knows no operations, and another device put back what ours had done before its answer
                // was read, nobody can tell that from a change that never arrived.
                let put_back = kept.writes[first..at].iter().any(|write| write.operation.is_none());
                assert!(!self.idempotent && put_back, "an operation was done twice: {:?}", kept.writes);
            }
        }
    }

    fn come_to_rest(&mut self, but: Option<usize>) {
        for round in 0..70 {
            // What was put off and never done is waited for a day.
            self.phone.passed_s.fetch_add(if round < 40 { 61 } else { 3600 }, Ordering::SeqCst);
            for at in (0..SWITCHES).filter(|at| Some(*at) != but) {
                let _ = self.try_once(at);
            }
            if (0..SWITCHES).all(|at| Some(at) == but || !self.toggle(at).is_pending()) {
                return;
            }
        }
        panic!("never comes to rest: {:#?}", (0..SWITCHES).map(|at| self.toggle(at)).collect::<Vec<_>>());
    }

    /// All troubles end: everything is settled, and the phone shows what the operator has.
    fn ends_well(&mut self) {
        let wedged = {
            let mut server = self.server();
            server.mishaps.clear();
            server.unreadable = 0;
            server.all_arrives();
            server.wedged
        };
        // I6: the others go on while one is stuck.
        self.come_to_rest(wedged);
        self.check();
        self.server().wedged = None;
        self.restart(None);
        self.come_to_rest(None);
        self.check();
        // What the person decides may meet with yet another change from before.
        for _ in 0..2 {
            for at in 0..SWITCHES {
                self.decide(at, at % 2 == 0);
            }
            self.come_to_rest(None);
            self.check();
        }
        self.refresh().unwrap();
        for at in 0..SWITCHES {
            let (toggle, has) = (self.toggle(at), self.server().kept[at].value);
            assert_eq!((toggle.shown(), toggle.trouble.is_none()), (has, true), "{at}");
        }
        let _ = self.core.suspend(5000);
    }
}

fn open(
    folder: &TempDir,
    idempotent: bool,
    phone: &Arc<Phone>,
    server: &Arc<Mutex<Server>>,
    left: &Arc<Mutex<Option<TempDir>>>,
) -> Arc<CompanionCore> {
    let (server, left, place, clock) = (server.clone(), left.clone(), folder.path().to_owned(), phone.clone());
    open_with(folder, profile("communicationPreference", idempotent), phone, move |asked| {
        let mut server = server.lock().unwrap();
        server.now_s = clock.passed_s.load(Ordering::SeqCst);
        let answered = server.arrives(asked);
        if std::mem::take(&mut server.dies) {
            *left.lock().unwrap() = Some(copy(&place));
        }
        answered
    })
}

/// The app on a folder, with an operator that answers so.
fn open_with(
    folder: &TempDir,
    profile_json: String,
    phone: &Arc<Phone>,
    answers: impl Fn(&Asked) -> Result<Answer, Failure> + Send + Sync + 'static,
) -> Arc<CompanionCore> {
    open_in(folder.path(), profile_json, phone, answers)
}

fn open_in(
    folder: &Path,
    profile_json: String,
    phone: &Arc<Phone>,
    answers: impl Fn(&Asked) -> Result<Answer, Failure> + Send + Sync + 'static,
) -> Arc<CompanionCore> {
    let host = Host::new(phone.clone(), phone.clone());
    let core = CompanionCore::assemble(config(folder, profile_json), host, Arc::new(SystemEntropy), |http| {
        http.stand_in =
            Some(Arc::new(move |request| futures_util::future::ready(answers(&Asked::new(request))).boxed()));
    });
    let core = core.unwrap();
    // The history itself says when something is tried.
    core.preferences().rest();
    core
}

fn config(folder: &Path, profile_json: String) -> CoreConfig {
    CoreConfig {
        data_dir: folder.to_string_lossy().into_owned(),
        profile_json,
        languages: vec!["en".to_owned()],
        redirect_uri: None,
        process: None,
    }
}

/// A phone that somebody is signed in on.
fn signed_in() -> (TempDir, Arc<Phone>) {
    let folder = folder();
    for (name, bytes) in &template().files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    (folder, Arc::new(Phone { items: Mutex::new(template().items.clone()), ..Phone::default() }))
}

/// What lies in the folder at this moment is what a process that dies now leaves.
fn copy(place: &Path) -> TempDir {
    let left = folder();
    for entry in std::fs::read_dir(place).unwrap() {
        let entry = entry.unwrap();
        if !entry.file_name().to_string_lossy().ends_with("-shm") {
            std::fs::copy(entry.path(), left.path().join(entry.file_name())).unwrap();
        }
    }
    left
}

fn play(idempotent: bool, events: &[Event]) {
    let mut history = History::new(idempotent);
    for event in events {
        history.happens(*event);
        history.check();
    }
    history.ends_well();
}

proptest! {
    #![proptest_config(crate::trials::config(5_000))]

    #[test]
    fn i05_i06_i18_with_an_operator_that_does_each_operation_once_no_wish_is_lost_doubled_or_taken_back(events in events()) {
        play(true, &events);
    }

    #[test]
    fn i05_i06_i18_with_an_operator_that_knows_no_operations_no_wish_is_lost_doubled_or_taken_back(events in events()) {
        play(false, &events);
    }
}
