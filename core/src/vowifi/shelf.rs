//! Which guides are in use on this installation, whoever is signed in: the app's own, or newer ones that the operator signed.
//! What was once accepted is never undone by an older one, by another person or by a date: neither the version nor that the
//! network check was switched off.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::guide::file;
use super::guide::model::GuideFile;
use super::guide::signature::{GuideKey, GuidesRefusal, Notice, in_date, verified};
use crate::operator::time::is_older;
use crate::store::{Installed, Snapshot};

/// The guides in use.
#[derive(Debug, Clone)]
pub(super) struct Guides {
    /// They.
    pub file: Arc<GuideFile>,
    /// Others came, and were not taken.
    pub refused: Option<GuidesRefusal>,
    /// Whether the network check may be made at all.
    pub is_check_on: bool,
}

/// What is kept of newer guides than the app's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptGuides {
    /// The newest that were accepted, as they came: verified again at every start. Empty: none were.
    bytes: Vec<u8>,
    /// Their version.
    newest: u64,
    /// They switch the network check off.
    is_check_off: bool,
    /// What came last was refused.
    refused: Option<GuidesRefusal>,
    /// When they were last asked for, in milliseconds since 1970 UTC. None: never, or they are to be asked for anew.
    asked_ms: Option<i64>,
}

impl Snapshot for KeptGuides {
    const KIND: &'static str = "wifi-guides";
    const REVISION: u8 = 1;
}

/// What came when newer guides were asked for.
#[derive(Debug, Clone)]
pub(super) struct Delivery {
    /// As it came.
    pub bytes: Vec<u8>,
    /// What it is.
    pub read: Result<GuideFile, Notice>,
}

impl KeptGuides {
    /// What came takes its place beside what is kept, which another process of the app may have renewed meanwhile.
    pub fn take(mut self, came: Delivery, now_ms: i64) -> KeptGuides {
        self.asked_ms = Some(now_ms);
        match came.read {
            // An operator whose file is as old as the app's, or older, has nothing newer yet.
            Err(Notice::OlderThanBundled) => self.refused = None,
            Err(notice) => self.refused = notice.refusal(),
            Ok(file) if file.version < self.newest => self.refused = Notice::OlderThanAccepted.refusal(),
            Ok(file) => {
                // Only a newer version switches the check on again.
                let was_off = file.version == self.newest && self.is_check_off;
                let (newest, is_check_off) = (file.version, was_off || !file.probe_policy.enabled);
                self = KeptGuides { bytes: came.bytes, newest, is_check_off, refused: None, asked_ms: self.asked_ms };
            }
        }
        self
    }

    /// They are asked for at the next occasion: what they say of the operator is out of date.
    pub fn ask_anew(self) -> KeptGuides {
        KeptGuides { asked_ms: None, ..self }
    }

    /// Whether they were asked for within the last `ms`.
    pub fn is_fresh(&self, ms: i64, now_ms: i64) -> bool {
        self.asked_ms.is_some_and(|asked_ms| !is_older(asked_ms, ms, now_ms))
    }

    /// They were asked for, and there were none.
    pub fn asked(self, now_ms: i64) -> KeptGuides {
        KeptGuides { asked_ms: Some(now_ms), ..self }
    }

    /// What is kept, read: none where nothing was accepted. It costs a few milliseconds.
    fn read(&self, bundled: &GuideFile, keys: &[GuideKey]) -> Option<Result<Arc<GuideFile>, Notice>> {
        (!self.bytes.is_empty()).then(|| verified(bundled, &self.bytes, keys).map(Arc::new))
    }

    /// The guides to use at a moment: what was accepted while it is valid, else the app's.
    fn in_use(&self, read: Option<&Result<Arc<GuideFile>, Notice>>, bundled: Arc<GuideFile>, now: Timestamp) -> Guides {
        let is_newest = self.newest >= bundled.version;
        let update = read.map(|read| read.clone().and_then(|file| in_date(&file, now).map(|()| file)));
        let (file, refused) = match update {
            Some(Ok(file)) if file.version > bundled.version => (file, None),
            // The app's own became newer than what was once accepted.
            None | Some(Ok(_) | Err(Notice::OlderThanBundled)) => (bundled, None),
            Some(Err(notice)) => (bundled, notice.refusal()),
        };
        let is_check_on = file.probe_policy.enabled && !(is_newest && self.is_check_off);
        Guides { file, refused: self.refused.or(refused), is_check_on }
    }
}

/// Where guides are had.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    kept: KeptGuides,
    /// What is kept, read by whoever came first. Whether it is valid is asked at every look.
    read: Option<Option<Result<Arc<GuideFile>, Notice>>>,
}

impl Shelf {
    /// From what is kept.
    pub fn of(kept: &[Installed]) -> Shelf {
        let kept = kept.iter().find_map(Installed::read).unwrap_or_default();
        Shelf { held: Mutex::new(Held { kept, read: None }) }
    }

    /// The guides in use at a moment. Nothing when not even the app's own can be read, which a test keeps from happening.
    pub fn guides(&self, keys: &[GuideKey], now: Timestamp) -> Option<Guides> {
        let bundled = file::bundled().ok()?;
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let Held { kept, read } = &mut *held;
        let read = read.get_or_insert_with(|| kept.read(&bundled, keys));
        Some(kept.in_use(read.as_ref(), bundled, now))
    }

    /// What is kept now.
    pub fn kept(&self) -> KeptGuides {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).kept.clone()
    }

    /// Puts down what is kept from now on.
    pub fn put(&self, kept: KeptGuides) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.kept.bytes != kept.bytes {
            held.read = None;
        }
        held.kept = kept;
    }
}

#[cfg(test)]
#[path = "shelf_tests.rs"]
mod tests;
