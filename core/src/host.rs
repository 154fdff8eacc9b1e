//! What a phone lends the core: a secure store, a clock and randomness.
//! Few, synchronous and fallible. The secure store is called from the core's blocking threads, once by whoever opens the
//! core, and for the session's own item from the thread that writes the database, within its transaction; the clock from any
//! thread, the caller's included, so it must answer at once. None is called under a lock that a caller of the core waits for.
//! Nothing outside this file reads a clock, draws randomness or sleeps.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;

/// Why the phone could not do what the core asked of it: what an implementation of what a phone lends throws. Whatever else it
/// throws counts as `Failed`. Which one it is decides what the person is told, and whether something is lost: `Locked` and `Busy`
/// are tried again, `KeyInvalidated`, `BiometryChanged`, `LockRemoved` and `Corrupt` end the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum HostError {
    /// The device has not been unlocked since it started, or the item needs an unlocked device. Try again after unlock.
    #[error("locked")]
    Locked,
    /// The store did not answer in time. Try again.
    #[error("busy")]
    Busy,
    /// The platform destroyed the key and does not say why. The item is lost for good.
    #[error("key invalidated")]
    KeyInvalidated,
    /// The platform destroyed the key because a fingerprint or face was added or removed.
    #[error("biometry changed")]
    BiometryChanged,
    /// The platform destroyed the key because the device's own lock was removed.
    #[error("lock removed")]
    LockRemoved,
    /// The person is not who they should be: too many wrong tries.
    #[error("presence denied")]
    PresenceDenied,
    /// The person closed the prompt.
    #[error("presence cancelled")]
    PresenceCancelled,
    /// The device cannot tell who is there: neither biometry nor a device lock is set up.
    #[error("presence unavailable")]
    PresenceUnavailable,
    /// The item is there but cannot be read, as after a restore from another phone.
    #[error("corrupt")]
    Corrupt,
    /// Anything else, including an exception the implementation did not expect.
    #[error("failed")]
    Failed,
}

impl From<uniffi::UnexpectedUniFFICallbackError> for HostError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        HostError::Failed
    }
}

/// Keychain on iOS, Keystore-wrapped storage on Android.
///
/// Items are for this device only, readable after the first unlock, excluded from backup and cloud sync.
/// `put` replaces atomically and is durable when it returns. Values are at most 64 KiB.
///
/// Each call may block and throws [`HostError`]: `Locked` while the device was not unlocked since it started, `Busy` where the
/// store did not answer in time, `KeyInvalidated` where the platform destroyed the key, `Corrupt` where the item is there and
/// cannot be read, else `Failed`. Called on threads of the core's, never on the main thread but while the core is opened there.
#[uniffi::export(foreign)]
pub trait SecureStore: Send + Sync {
    /// The item, or nothing when there is no such item. "Cannot be read now" is an error, never nothing.
    fn get(&self, key: String) -> Result<Option<Vec<u8>>, HostError>;
    /// Stores the item durably, replacing an older one.
    fn put(&self, key: String, value: Vec<u8>) -> Result<(), HostError>;
    /// Removes the item; removing what is not there is no error.
    fn delete(&self, key: String) -> Result<(), HostError>;
    /// The keys that begin with `prefix`.
    fn list(&self, prefix: String) -> Result<Vec<String>, HostError>;
}

/// What a presence key protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, uniffi::Enum)]
pub enum PresenceKey {
    /// The app lock: the key to what is kept of the person.
    AppLock,
    /// Single secrets such as PIN and PUK: asked for again each time.
    Secrets,
}

/// Whether the person is there, told by an operation of a hardware key and never by a yes or no: Secure Enclave with
/// LocalAuthentication on iOS, Keystore with `setUserAuthenticationRequired` on Android. The key dies when the enrolled
/// biometry changes or the device lock is removed; that is `BiometryChanged` or `LockRemoved`, never a new key.
///
/// Called on threads of the core's, which may block; a prompt is to be shown on the main thread, and waited for. Each call throws
/// [`HostError`]; besides the two above `PresenceCancelled` where the person closed the prompt, `PresenceDenied` after too many
/// wrong tries, `PresenceUnavailable` where neither biometry nor a device lock is set up, `Locked`, else `Failed`.
#[uniffi::export(foreign)]
pub trait UserPresence: Send + Sync {
    /// Encrypts under the key, which is made when it is not there. Asks nobody.
    fn seal(&self, key: PresenceKey, plain: Vec<u8>) -> Result<Vec<u8>, HostError>;
    /// Shows the phone's prompt with `reason`, and decrypts when the person proved to be there. Blocks until then.
    fn unseal(&self, key: PresenceKey, sealed: Vec<u8>, reason: String) -> Result<Vec<u8>, HostError>;
    /// Destroys the key; one that is not there is no error.
    fn forget(&self, key: PresenceKey) -> Result<(), HostError>;
}

/// Time to finish what may not be interrupted when the app leaves the screen (`beginBackgroundTask` on iOS; Android needs
/// none and may leave it out). Called on threads of the core's; throws [`HostError`], of any kind.
#[uniffi::export(foreign)]
pub trait BackgroundGuard: Send + Sync {
    /// Asks for time; the handle goes to `end`. A refusal is an error: what needed the time is then not begun.
    fn begin(&self) -> Result<u64, HostError>;
    /// The time is no longer needed.
    fn end(&self, handle: u64) -> Result<(), HostError>;
}

/// One look at the phone's clocks.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ClockReading {
    /// Wall clock: milliseconds since 1970-01-01T00:00:00Z.
    pub wall_ms: i64,
    /// Milliseconds since the device started, time asleep included.
    pub elapsed_ms: i64,
    /// Changes with every start of the device.
    pub boot_id: String,
}

/// The phone's clocks.
///
/// `elapsed_ms` must count time asleep (`CLOCK_BOOTTIME` on Android, `mach_continuous_time` on iOS): the core tells by it
/// how old a value is even when the wall clock was changed.
///
/// Called on any thread, the main thread included: it must answer at once. Throws [`HostError`], of any kind; the core then goes on
/// by the last reading.
#[uniffi::export(foreign)]
pub trait Clock: Send + Sync {
    /// Reads all clocks at once.
    fn now(&self) -> Result<ClockReading, HostError>;
}

/// A phone's clock that is asked seldom: where a call to the phone costs more than drawing a screen does (Java), the core counts
/// on from the last reading by the system's own clock of the same kind.
pub(crate) struct CountedOn {
    clock: Arc<dyn Clock>,
    lasts_ms: i64,
    elapsed_ms: fn() -> Option<i64>,
    last: Mutex<Option<(ClockReading, i64)>>,
}

impl CountedOn {
    pub fn new(clock: Arc<dyn Clock>, lasts_ms: u32) -> CountedOn {
        Self::by(clock, lasts_ms, system_elapsed_ms)
    }

    fn by(clock: Arc<dyn Clock>, lasts_ms: u32, elapsed_ms: fn() -> Option<i64>) -> CountedOn {
        CountedOn { clock, lasts_ms: lasts_ms.into(), elapsed_ms, last: Mutex::new(None) }
    }

    fn last(&self) -> MutexGuard<'_, Option<(ClockReading, i64)>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for CountedOn {
    fn now(&self) -> Result<ClockReading, HostError> {
        let now_ms = (self.elapsed_ms)();
        if let (Some(now_ms), Some((reading, read_ms))) = (now_ms, &*self.last()) {
            let passed_ms = now_ms.saturating_sub(*read_ms);
            if (0..self.lasts_ms).contains(&passed_ms) {
                return Ok(ClockReading {
                    wall_ms: reading.wall_ms.saturating_add(passed_ms),
                    elapsed_ms: reading.elapsed_ms.saturating_add(passed_ms),
                    boot_id: reading.boot_id.clone(),
                });
            }
        }
        // Not under the lock: it is the phone's.
        let reading = self.clock.now()?;
        *self.last() = now_ms.map(|now_ms| (reading.clone(), now_ms));
        Ok(reading)
    }
}

/// Milliseconds since the device started, time asleep included. None where the system is not asked.
#[cfg(any(target_os = "android", target_os = "linux"))]
fn system_elapsed_ms() -> Option<i64> {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    now.tv_sec.checked_mul(1000)?.checked_add(now.tv_nsec.checked_div(1_000_000)?)
}

#[cfg(not(any(target_os = "android", target_os = "linux")))]
fn system_elapsed_ms() -> Option<i64> {
    None
}

/// Where unguessable bytes come from. The product uses [`SystemEntropy`]; tests may inject their own.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` with unguessable bytes.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), HostError>;
}

/// The operating system's random number generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), HostError> {
        getrandom::fill(bytes).map_err(|_| HostError::Failed)
    }
}

/// What the phone knows of its network. Called on threads of the core's; throws [`HostError`], of any kind: then every byte
/// costs.
#[uniffi::export(foreign)]
pub trait NetworkFacts: Send + Sync {
    /// Whether every byte costs, or the person wants data saved (Android `isActiveNetworkMetered` and Data Saver, iOS
    /// `isExpensive` and `isConstrained`). A document is then fetched only when the person says so.
    fn is_metered(&self) -> Result<bool, HostError>;
}

/// A way out of the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum NetworkPath {
    /// The Wi-Fi the phone is on.
    Wifi,
    /// Mobile data, also while on Wi-Fi.
    Mobile,
}

/// Why a socket could not be tied to a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum BindFailure {
    /// There is no such network now: Wi-Fi or mobile data is off, or not to be had.
    #[error("no network")]
    NoNetwork,
    /// A VPN keeps apps from using the network beside it (Android: always-on with "block connections without VPN").
    #[error("vpn")]
    Vpn,
    /// Anything else, including an exception the implementation did not expect.
    #[error("failed")]
    Failed,
}

impl From<uniffi::UnexpectedUniFFICallbackError> for BindFailure {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        BindFailure::Failed
    }
}

/// Lends the check of Wi-Fi calling a particular network, whatever the phone uses by default. The core makes the sockets.
/// Called on threads of the core's, which may block. `resolvers` throws [`HostError`], `bind` throws [`BindFailure`].
#[uniffi::export(foreign)]
pub trait ProbeNetwork: Send + Sync {
    /// The addresses of that network's own resolvers, best first (Android `LinkProperties.getDnsServers`, iOS
    /// `res_ninit`); none when they cannot be known or there is no such network. IPv4, or IPv6 with the number of the
    /// interface after `%` where it is link-local.
    fn resolvers(&self, path: NetworkPath) -> Result<Vec<String>, HostError>;
    /// Ties a socket to that network (Android `Network.bindSocket`, iOS `IP_BOUND_IF` and `IPV6_BOUND_IF`). `socket` is a
    /// file descriptor that stays the core's own: it is not to be closed, and not to be kept. On Android mobile data is
    /// had beside Wi-Fi by `requestNetwork`; waiting for it is bounded by two seconds.
    fn bind(&self, path: NetworkPath, socket: i32) -> Result<(), BindFailure>;
}

/// Everything the phone lends, in one hand.
#[derive(Clone, uniffi::Record)]
pub struct Host {
    /// Keys, tokens and other secrets.
    pub secure_store: Arc<dyn SecureStore>,
    /// Wall and boot time.
    pub clock: Arc<dyn Clock>,
    /// Whether the person is there. Without it there is no app lock, and no secret is shown.
    #[uniffi(default = None)]
    pub user_presence: Option<Arc<dyn UserPresence>>,
    /// Time to finish a renewal when the app leaves the screen.
    #[uniffi(default = None)]
    pub background_guard: Option<Arc<dyn BackgroundGuard>>,
    /// What the phone knows of its network. Without it no byte costs.
    #[uniffi(default = None)]
    pub network: Option<Arc<dyn NetworkFacts>>,
    /// Wi-Fi and mobile data, each for itself. Without it the check of Wi-Fi calling uses what the phone uses by default,
    /// and compares nothing with mobile data.
    #[uniffi(default = None)]
    pub probe_network: Option<Arc<dyn ProbeNetwork>>,
    /// For how many milliseconds a reading of `clock` serves: until then the core counts on by the system's clock
    /// (`CLOCK_BOOTTIME`), so that a screen costs no call of the phone. A wall clock that somebody sets is noticed that much
    /// later: a second is right on Android. 0, and anything on iOS, where the call costs nothing: it is asked each time.
    #[uniffi(default = 0)]
    pub clock_lasts_ms: u32,
}

impl Host {
    /// A phone that lends the two things it must.
    pub fn new(secure_store: Arc<dyn SecureStore>, clock: Arc<dyn Clock>) -> Host {
        Host {
            secure_store,
            clock,
            user_presence: None,
            background_guard: None,
            network: None,
            probe_network: None,
            clock_lasts_ms: 0,
        }
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Host")
    }
}

/// Waits. The only sleeping timer of the core: tokio's timers stand still while a phone sleeps, so nothing may
/// depend on it for freshness, only for pacing of work in the foreground.
pub(crate) async fn pause(duration: Duration) {
    tokio::time::sleep(duration).await;
}

/// Gives work a bound in the foreground; nothing when it took longer.
pub(crate) async fn within<T>(bound: Duration, work: impl Future<Output = T> + Send) -> Option<T> {
    // Boxed: compiled for each kind of answer, not for each piece of work.
    tokio::time::timeout(bound, work.boxed()).await.ok()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    /// Counts how often it is asked, in `wall_ms`.
    #[derive(Default)]
    struct Asked(AtomicI64);

    impl Clock for Asked {
        fn now(&self) -> Result<ClockReading, HostError> {
            let asked = self.0.fetch_add(1, Ordering::SeqCst);
            Ok(ClockReading { wall_ms: asked * 1_000_000, elapsed_ms: 0, boot_id: "boot".to_owned() })
        }
    }

    #[test]
    fn the_phone_is_asked_again_once_its_reading_is_too_old_or_time_ran_back() {
        static NOW_MS: AtomicI64 = AtomicI64::new(0);
        let clock = CountedOn::by(Arc::new(Asked::default()), 1000, || Some(NOW_MS.load(Ordering::SeqCst)));
        for (now_ms, wall_ms, elapsed_ms) in [
            (5000, 0, 0),
            (5000, 0, 0),
            (5001, 1, 1),
            (5999, 999, 999),
            (6000, 1_000_000, 0),
            (6100, 1_000_100, 100),
            (5999, 2_000_000, 0),
            (3_600_000, 3_000_000, 0),
        ] {
            NOW_MS.store(now_ms, Ordering::SeqCst);
            let read = clock.now().unwrap();
            assert_eq!((read.wall_ms, read.elapsed_ms), (wall_ms, elapsed_ms), "at {now_ms}");
        }
    }

    #[test]
    fn where_the_system_tells_no_time_the_phone_is_asked_each_time() {
        let clock = CountedOn::by(Arc::new(Asked::default()), 1000, || None);
        assert_eq!([0, 1_000_000], [(); 2].map(|()| clock.now().unwrap().wall_ms));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_system_tells_a_time_that_goes_on() {
        let first = system_elapsed_ms().unwrap();
        assert!(first > 0 && system_elapsed_ms().unwrap() >= first);
    }
}
