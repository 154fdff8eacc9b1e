//! What a phone lends the core: a secure store, a clock and randomness.
//! Few, synchronous and fallible, never called under a lock: the secure store from the core's blocking threads (and once
//! by whoever opens the core), the clock from any thread, the caller's included, so it must answer at once.
//! Nothing outside this file reads a clock, draws randomness or sleeps.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Why the phone could not do what the core asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum HostError {
    /// The device has not been unlocked since it started, or the item needs an unlocked device. Try again after unlock.
    #[error("locked")]
    Locked,
    /// The store did not answer in time. Try again.
    #[error("busy")]
    Busy,
    /// The platform destroyed the key (biometry changed, device lock removed). The item is lost for good.
    #[error("key invalidated")]
    KeyInvalidated,
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
#[uniffi::export(foreign)]
pub trait Clock: Send + Sync {
    /// Reads all clocks at once.
    fn now(&self) -> Result<ClockReading, HostError>;
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

/// Everything the phone lends, in one hand.
#[derive(Clone)]
pub struct Host {
    /// Keys, tokens and other secrets.
    pub secure_store: Arc<dyn SecureStore>,
    /// Wall and boot time.
    pub clock: Arc<dyn Clock>,
    /// Unguessable bytes.
    pub entropy: Arc<dyn Entropy>,
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
pub(crate) async fn within<T>(bound: Duration, work: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(bound, work).await.ok()
}
