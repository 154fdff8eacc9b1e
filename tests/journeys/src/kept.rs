//! The contract at the end of every journey: what the phone's core asked of its sandbox is in a line of it.

use companion_sandbox::{RequestWatch, Sandbox};
use serde_json::Value;

use crate::contract::{Meeting, place_of_sandbox};

/// Fails the journey where it ends, unless it failed already.
pub(crate) struct KeepsToContract {
    watch: RequestWatch,
    profile_json: String,
}

impl KeepsToContract {
    pub(crate) fn of(sandbox: &Sandbox, profile_json: &str) -> KeepsToContract {
        KeepsToContract { watch: sandbox.watch(), profile_json: profile_json.to_owned() }
    }

    /// What was asked and is in no line.
    pub(crate) fn strange(&self) -> Vec<String> {
        // A profile that is none opens no core.
        let profile = serde_json::from_str::<Value>(&self.profile_json).unwrap_or_default();
        let mut meeting = Meeting::default();
        meeting.take_asked(&place_of_sandbox(profile), self.watch.requests());
        meeting.strange().into_iter().map(str::to_owned).collect()
    }
}

impl Drop for KeepsToContract {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(self.strange(), Vec::<String>::new(), "asked, and in no line of core/profiles/contract.json");
        }
    }
}
