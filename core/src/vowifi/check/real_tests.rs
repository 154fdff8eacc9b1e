//! The check against a real strongSwan, behind a real firewall and real resolvers: `tests/run epdg` starts them in network
//! namespaces (`tests/servers/epdg/lab`) and runs these in there, one after the other.

#[path = "real_message_tests.rs"]
mod messages;
#[path = "real_network_tests.rs"]
mod networks;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::host::{BindFailure, HostError, NetworkPath, ProbeNetwork};

/// Where strongSwan is, by either network.
const EPDG: &str = "203.0.113.5";
const EPDG_V6: &str = "2001:db8:5::5";
/// One that asks for cookies once it is busy.
const BUSY_EPDG: &str = "203.0.113.6";

/// The phone of the laboratory, with Wi-Fi and perhaps mobile data.
struct Phone {
    has_mobile_data: bool,
}

impl ProbeNetwork for Phone {
    fn resolvers(&self, path: NetworkPath) -> Result<Vec<String>, HostError> {
        Ok(vec![if path == NetworkPath::Wifi { "192.0.2.2" } else { "198.51.100.2" }.to_owned()])
    }

    fn bind(&self, path: NetworkPath, socket: i32) -> Result<(), BindFailure> {
        let device: &[u8] = match path {
            NetworkPath::Wifi => b"wifi",
            NetworkPath::Mobile if self.has_mobile_data => b"mobile",
            NetworkPath::Mobile => return Err(BindFailure::NoNetwork),
        };
        // SAFETY: the bytes live as long as the call, and their length is told.
        let outcome = unsafe {
            libc::setsockopt(
                socket,
                libc::SOL_SOCKET,
                libc::SO_BINDTODEVICE,
                device.as_ptr().cast(),
                device.len() as libc::socklen_t,
            )
        };
        if outcome == 0 { Ok(()) } else { Err(BindFailure::Failed) }
    }
}

/// Rules at the far end, until it is dropped.
struct Firewall;

impl Firewall {
    /// `rules` of nftables, for what comes in there.
    fn with(rules: &[&str]) -> Firewall {
        let firewall = Firewall;
        in_epdg(&["nft", "add table inet t; add chain inet t in { type filter hook input priority 0; }"]);
        for rule in rules {
            in_epdg(&["nft", &format!("add rule inet t in {rule}")]);
        }
        firewall
    }

    /// The far end sees another address than the phone has.
    fn that_translates() -> Firewall {
        in_epdg(&["nft", "add table ip n; add chain ip n in { type nat hook input priority 100; }"]);
        in_epdg(&["nft", "add rule ip n in ip saddr 192.0.2.1 snat to 192.0.2.77"]);
        Firewall
    }

    fn and(self, rules: &[&str]) -> Firewall {
        let more = Firewall::with(rules);
        std::mem::forget(self);
        more
    }
}

impl Drop for Firewall {
    fn drop(&mut self) {
        in_epdg(&["nft", "flush ruleset"]);
    }
}

fn in_epdg(command: &[&str]) {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/servers/epdg/in-epdg");
    run(Command::new(program).args(command));
}

/// Changes the phone's own routes.
fn route(command: &str) {
    let root = PathBuf::from(std::env::var_os("COMPANION_EPDG").expect("use tests/run epdg"));
    run(Command::new("chroot").arg(root).arg("ip").args(command.split(' ')));
}

fn run(command: &mut Command) {
    let done = command.output().expect("use tests/run epdg");
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
}
