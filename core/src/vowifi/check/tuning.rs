//! Ports and times of the check. The product has one set of them; tests on one machine have their own.

use std::net::IpAddr;
use std::time::Duration;

use super::packet::Door;

/// Ports and times.
#[derive(Debug, Clone)]
pub(super) struct Tuning {
    pub resolver_port: u16,
    pub ports: [u16; 2],
    /// How long a name may take: phones give up at five to six seconds.
    pub name: Duration,
    /// When a question is sent to a resolver, and anew to the next one where there is one.
    pub asked_at: [Duration; 3],
    /// How long the other family of addresses is waited for, once one is there.
    pub grace: Duration,
    /// How long an answer is waited for after each of the identical datagrams: sent at 0, 0.7 and 2 s, given up at 4 s.
    pub waits: [Duration; 3],
    /// How long the answer to a cookie, or to a long datagram, is waited for.
    pub once_more: Duration,
    /// How long one way has before the other is tried beside it.
    pub head_start: Duration,
    /// The longest a check takes.
    pub whole: Duration,
    /// Whether an address of this machine is as good as another.
    pub is_local: bool,
}

impl Default for Tuning {
    fn default() -> Self {
        Tuning {
            resolver_port: 53,
            ports: [Door::Ike.port(), Door::NatTraversal.port()],
            name: Duration::from_secs(5),
            asked_at: [0, 1000, 2500].map(Duration::from_millis),
            grace: Duration::from_millis(700),
            waits: [700, 1300, 2000].map(Duration::from_millis),
            once_more: Duration::from_secs(1),
            head_start: Duration::from_millis(700),
            whole: Duration::from_secs(8),
            is_local: false,
        }
    }
}

impl Tuning {
    pub(super) fn port(&self, door: Door) -> u16 {
        let [ike, nat_traversal] = self.ports;
        match door {
            Door::Ike => ike,
            Door::NatTraversal => nat_traversal,
        }
    }

    pub(super) fn is_sinkhole(&self, address: IpAddr, rule: impl Fn(IpAddr) -> bool) -> bool {
        rule(address) && !(self.is_local && address.is_loopback())
    }
}
