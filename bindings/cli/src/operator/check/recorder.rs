//! Who looks on at what the core asks and is answered.

use std::sync::{Mutex, PoisonError};

use companion::operator::watch::{Exchange, Watcher};

/// Everything that was exchanged so far, in order.
#[derive(Debug, Default)]
pub struct Recorder {
    exchanges: Mutex<Vec<Exchange>>,
}

impl Watcher for Recorder {
    fn told(&self, exchange: Exchange) {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner).push(exchange);
    }
}

impl Recorder {
    /// How many there were.
    pub fn count(&self) -> usize {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Those from this one on.
    pub fn since(&self, first: usize) -> Vec<Exchange> {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner).iter().skip(first).cloned().collect()
    }
}
