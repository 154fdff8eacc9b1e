//! What keeps the check polite and safe whatever the data says: hosts of the operator's own data alone, a minute between
//! two checks, five in an hour, and a switch to end it from afar. Data may ask for less traffic, never for more.

use serde::{Deserialize, Serialize};

use super::verdict::NotTested;
use crate::host::ClockReading;

/// The least time between two checks, in seconds.
pub const COOL_DOWN_S: u32 = 60;
/// The most checks in an hour.
pub const MOST_PER_HOUR: u32 = 5;
const HOUR_MS: i64 = 3_600_000;
/// The longest name (RFC 1035 §2.3.4), and its longest part.
const LONGEST_NAME: usize = 253;
const LONGEST_LABEL: usize = 63;

/// The name of an operator's ePDG. Only what reads the signed guide file and the app's own profile makes one, so that nobody can
/// have this phone knock elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EpdgHost(String);

impl EpdgHost {
    /// A name as it stands in the signed file or in the profile; nothing when it is no host name of at least two parts, when it is an
    /// address, or when it belongs to emergency calls (`sos.`), which are never probed.
    pub(crate) fn of_signed_data(name: &str) -> Option<EpdgHost> {
        let name = name.to_ascii_lowercase();
        let labels: Vec<&str> = name.split('.').collect();
        let top = labels.last()?;
        let is_sound = name.len() <= LONGEST_NAME
            && labels.len() >= 2
            && labels.iter().all(|label| is_label(label))
            // No top-level domain is all digits: that would be an address.
            && top.bytes().any(|byte| byte.is_ascii_alphabetic())
            && !labels.contains(&"sos");
        is_sound.then_some(EpdgHost(name))
    }

    /// The name, in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Letters, digits and inner hyphens (RFC 1123 §2.1).
fn is_label(label: &str) -> bool {
    (1..=LONGEST_LABEL).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// What the operator's data says of the check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbePolicy {
    /// Whether there is a check at all: the switch to end it from afar.
    pub is_enabled: bool,
    /// How many in an hour; more than [`MOST_PER_HOUR`] is that.
    pub most_per_hour: u32,
    /// Seconds between two; less than [`COOL_DOWN_S`] is that.
    pub cool_down_s: u32,
    /// Whether one long datagram follows once both doors are open. Experimental: what real ePDGs make of it is not known.
    pub sends_long_datagram: bool,
}

impl Default for ProbePolicy {
    fn default() -> Self {
        ProbePolicy {
            is_enabled: true,
            most_per_hour: MOST_PER_HOUR,
            cool_down_s: COOL_DOWN_S,
            sends_long_datagram: false,
        }
    }
}

/// That a check may be made, once. Only the ledger gives it, so that no check is made without being noted.
#[derive(Debug)]
pub struct Permit(Begun);

#[cfg(test)]
impl Permit {
    pub(super) fn of_a_test() -> Permit {
        Permit(Begun::default())
    }
}

/// When checks were begun, kept over restarts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    begun: Vec<Begun>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Begun {
    wall_ms: i64,
    elapsed_ms: i64,
    boot_id: String,
}

impl Ledger {
    /// Whether a check may begin now; when it may, it is noted. Keep the ledger before anything is sent.
    pub fn begin(&mut self, policy: &ProbePolicy, now: &ClockReading) -> Result<Permit, NotTested> {
        if !policy.is_enabled {
            return Err(NotTested::SwitchedOff);
        }
        for begun in &mut self.begun {
            begun.follow(now);
        }
        self.begun.retain(|begun| begun.age_ms(now) < HOUR_MS);
        let cool_down_ms = i64::from(policy.cool_down_s.max(COOL_DOWN_S)).saturating_mul(1000);
        if let Some(last) = self.begun.iter().map(|begun| begun.age_ms(now)).min()
            && last < cool_down_ms
        {
            return Err(NotTested::CoolingDown { wait_s: seconds(cool_down_ms.saturating_sub(last)) });
        }
        let most = usize::try_from(policy.most_per_hour.min(MOST_PER_HOUR)).unwrap_or_default();
        if self.begun.len() >= most {
            let oldest = self.begun.iter().map(|begun| begun.age_ms(now)).max().unwrap_or_default();
            return Err(NotTested::HourlyLimit { wait_s: seconds(HOUR_MS.saturating_sub(oldest)) });
        }
        let begun = Begun { wall_ms: now.wall_ms, elapsed_ms: now.elapsed_ms, boot_id: now.boot_id.clone() };
        self.begun.push(begun.clone());
        Ok(Permit(begun))
    }

    /// Takes back what was not used: a check that sent nothing costs nothing.
    pub fn give_back(&mut self, permit: Permit) {
        let Permit(unused) = permit;
        if let Some(at) = self.begun.iter().rposition(|begun| *begun == unused) {
            self.begun.remove(at);
        }
    }
}

impl Begun {
    fn age_ms(&self, now: &ClockReading) -> i64 {
        if self.boot_id == now.boot_id {
            now.elapsed_ms.saturating_sub(self.elapsed_ms)
        } else {
            now.wall_ms.saturating_sub(self.wall_ms)
        }
    }

    /// A clock that was turned back makes nobody wait for longer than once more.
    fn follow(&mut self, now: &ClockReading) {
        if self.age_ms(now) < 0 {
            *self = Begun { wall_ms: now.wall_ms, elapsed_ms: now.elapsed_ms, boot_id: now.boot_id.clone() };
        }
    }
}

/// Rounded up: a second is over when it is over.
fn seconds(ms: i64) -> u32 {
    u32::try_from(ms.saturating_add(999) / 1000).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(boot: &str, second: i64) -> ClockReading {
        ClockReading { wall_ms: 1_800_000_000_000 + second * 1000, elapsed_ms: second * 1000, boot_id: boot.to_owned() }
    }

    fn begin(ledger: &mut Ledger, policy: &ProbePolicy, now: &ClockReading) -> Result<(), NotTested> {
        ledger.begin(policy, now).map(|_permit| ())
    }

    #[test]
    fn only_sound_host_names_that_are_not_for_emergencies_can_be_probed() {
        let good = ["epdg.telco.example", "EPDG.Telco.Example", "epdg.epc.mnc005.mcc206.pub.3gppnetwork.org", "a-b.c1"];
        for name in good {
            assert_eq!(EpdgHost::of_signed_data(name).unwrap().as_str(), name.to_lowercase());
        }
        let long = format!("{}.example", "a".repeat(64));
        let longer = vec!["abcdefg"; 32].join(".");
        let bad = [
            "",
            ".",
            "localhost",
            "epdg",
            "192.0.2.1",
            "2001:db8::1",
            "[2001:db8::1]",
            "1.2.3",
            "0x7f.1",
            "epdg.example.",
            "epdg..example",
            "-a.example",
            "a-.example",
            "a_b.example",
            "é.example",
            "epdg.example:500",
            "a b.example",
            "sos.epdg.epc.mnc005.mcc206.pub.3gppnetwork.org",
            "SOS.epdg.example",
            "epdg.sos.example",
            "epdg.example/x",
            "user@epdg.example",
            &long,
            &longer,
        ];
        for name in bad {
            assert_eq!(EpdgHost::of_signed_data(name), None, "{name}");
        }
    }

    #[test]
    fn a_minute_lies_between_two_checks_and_an_hour_holds_five() {
        let (mut ledger, policy) = (Ledger::default(), ProbePolicy::default());
        assert_eq!(begin(&mut ledger, &policy, &at("a", 0)), Ok(()));
        assert_eq!(begin(&mut ledger, &policy, &at("a", 59)), Err(NotTested::CoolingDown { wait_s: 1 }));
        for minute in 1..5 {
            assert_eq!(begin(&mut ledger, &policy, &at("a", minute * 60)), Ok(()), "{minute}");
        }
        assert_eq!(begin(&mut ledger, &policy, &at("a", 300)), Err(NotTested::HourlyLimit { wait_s: 3300 }));
        assert_eq!(begin(&mut ledger, &policy, &at("a", 3599)), Err(NotTested::HourlyLimit { wait_s: 1 }));
        assert_eq!(begin(&mut ledger, &policy, &at("a", 3600)), Ok(()));
    }

    #[test]
    fn data_can_make_it_less_and_never_more() {
        let generous = ProbePolicy { most_per_hour: 1000, cool_down_s: 0, ..ProbePolicy::default() };
        let mut ledger = Ledger::default();
        assert_eq!((0..3600).filter(|second| ledger.begin(&generous, &at("a", *second)).is_ok()).count(), 5);
        let strict = ProbePolicy { most_per_hour: 2, cool_down_s: 600, ..ProbePolicy::default() };
        let mut ledger = Ledger::default();
        assert_eq!((0..3600).filter(|second| ledger.begin(&strict, &at("a", *second)).is_ok()).count(), 2);
        assert!(ledger.begun[1].elapsed_ms - ledger.begun[0].elapsed_ms == 600_000);
        let off = ProbePolicy { is_enabled: false, ..ProbePolicy::default() };
        assert_eq!(begin(&mut Ledger::default(), &off, &at("a", 0)), Err(NotTested::SwitchedOff));
    }

    #[test]
    fn the_ledger_holds_over_a_restart_and_a_clock_turned_back_costs_one_hour_at_most() {
        let (mut ledger, policy) = (Ledger::default(), ProbePolicy::default());
        for minute in 0..5 {
            ledger.begin(&policy, &at("a", minute * 60)).unwrap();
        }
        let kept = serde_json::to_string(&ledger).unwrap();
        let mut ledger: Ledger = serde_json::from_str(&kept).unwrap();
        let restarted = |wall_s: i64, elapsed_s: i64| ClockReading { elapsed_ms: elapsed_s * 1000, ..at("b", wall_s) };
        assert_eq!(begin(&mut ledger, &policy, &restarted(420, 1)), Err(NotTested::HourlyLimit { wait_s: 3180 }));
        // Turned back by a year: as if they had been begun just now.
        let year = 365 * 86_400;
        assert_eq!(begin(&mut ledger, &policy, &restarted(-year, 2)), Err(NotTested::CoolingDown { wait_s: 60 }));
        assert!(ledger.begin(&policy, &restarted(3599 - year, 3601)).is_err());
        assert_eq!(begin(&mut ledger, &policy, &restarted(3600 - year, 3602)), Ok(()));
    }

    #[test]
    fn the_wall_clock_turned_forward_gains_nothing() {
        let (mut ledger, policy) = (Ledger::default(), ProbePolicy::default());
        ledger.begin(&policy, &at("a", 0)).unwrap();
        let forward = ClockReading { wall_ms: at("a", 86_400).wall_ms, ..at("a", 10) };
        assert_eq!(begin(&mut ledger, &policy, &forward), Err(NotTested::CoolingDown { wait_s: 50 }));
    }
}
