//! A real process that is killed at any instant (SIGKILL): what it said was written down is there afterwards.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::server::Server;
use super::{Phone, SWITCHES, open_with, profile, runtime, signed_in};
use crate::companion::CompanionCore;
use crate::operator::failure::Failure;

const FOLDER: &str = "COMPANION_KILLED_CHILD";

/// Numbers that look drawn and are the same in every run (splitmix64).
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB) % bound
    }
}

fn open(folder: &tempfile::TempDir, phone: &Arc<Phone>) -> Arc<CompanionCore> {
    open_with(folder, profile("communicationPreference", true), phone, |_| Err(Failure::Connect))
}

fn keys(core: &CompanionCore) -> Vec<String> {
    let mut toggles: Vec<_> = core.preferences().memory().toggles.clone().into_iter().collect();
    toggles.sort_by(|(_, one), (_, other)| one.preference.id.cmp(&other.preference.id));
    toggles.into_iter().map(|(key, _)| key).collect()
}

/// The process that is killed: wishes without end, each told once it is written down. No test of its own.
#[test]
fn child_that_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let folder = Path::new(&folder);
    let items = postcard::from_bytes(&std::fs::read(folder.join("items")).unwrap()).unwrap();
    let phone = Arc::new(Phone { items: Mutex::new(items), ..Phone::default() });
    let core = super::open_in(folder, profile("communicationPreference", true), &phone, |_| Err(Failure::Connect));
    let (runtime, keys) = (runtime(), keys(&core));
    let mut told = std::io::stdout();
    for round in 1.. {
        let (at, percent) = (round % SWITCHES, u8::try_from(round % 99 + 1).unwrap());
        runtime.block_on(core.preferences().set_threshold(keys[at].clone(), percent.to_string())).unwrap();
        writeln!(told, "\nkept {at} {percent}").unwrap();
        told.flush().unwrap();
    }
}

#[test]
fn i04_a_wish_that_was_acknowledged_outlives_a_kill_at_any_instant() {
    let times = crate::trials::times(1_000);
    // Once for all: a phone that has loaded its switches.
    let (template, phone) = signed_in();
    let server = Mutex::new(Server::new(true, SWITCHES));
    let core = open_with(&template, profile("communicationPreference", true), &phone, move |asked| {
        server.lock().unwrap().arrives(asked)
    });
    runtime().block_on(core.preferences().refresh(None)).unwrap();
    core.suspend(5000).unwrap();
    let items = postcard::to_stdvec(&*phone.items.lock().unwrap()).unwrap();
    std::fs::write(template.path().join("items"), items).unwrap();

    let mut drawn = Drawn(1);
    let mut after_acknowledging = 0;
    for trial in 0..times {
        let folder = super::copy(template.path());
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "preferences::trials::kills::child_that_is_killed", "--nocapture", "--test-threads=1"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let told = BufReader::new(child.stdout.take().unwrap());
        let kept = |line: &str| {
            let mut words = line.strip_prefix("kept ")?.split(' ').map(|word| word.parse::<usize>().unwrap());
            Some((words.next()?, words.next()?))
        };
        // Some are killed before the first, most between two.
        let until = drawn.below(6);
        let mut last: BTreeMap<usize, usize> = BTreeMap::new();
        let mut lines = told.lines();
        for (at, percent) in lines.by_ref().map_while(Result::ok).filter_map(|line| kept(&line)).take(until as usize) {
            last.insert(at, percent);
        }
        std::thread::sleep(Duration::from_micros(drawn.below(1500)));
        child.kill().unwrap();
        child.wait().unwrap();
        // What it told before it died counts as well.
        for (at, percent) in lines.map_while(Result::ok).filter_map(|line| kept(&line)) {
            last.insert(at, percent);
        }
        after_acknowledging += usize::from(!last.is_empty());
        if trial % 2 == 0 {
            tear(&folder, drawn.below(4000));
        }
        let core = open(&folder, &phone);
        let keys = keys(&core);
        assert_eq!(keys.len(), SWITCHES, "trial {trial}: rows are gone");
        for (at, percent) in last {
            let found = core.preferences().memory().toggles[&keys[at]].shown().threshold_percent;
            // The next wish of the same switch may have been written and not told.
            let next = (percent - 1 + SWITCHES) % 99 + 1;
            let found = usize::from(found.unwrap());
            assert!(found == percent || found == next, "trial {trial}: told {percent}, found {found}");
        }
        core.suspend(5000).unwrap();
    }
    assert!(after_acknowledging > times / 2, "most were killed after something was told: {after_acknowledging}");
}

/// What a write that was cut short leaves behind the last whole one.
fn tear(folder: &tempfile::TempDir, bytes: u64) {
    let log = folder.path().join("companion.db-wal");
    let Ok(mut log) = std::fs::File::options().append(true).open(log) else { return };
    log.write_all(&vec![0xA5; usize::try_from(bytes).unwrap()]).unwrap();
}
