//! A view is drawn once and kept while everything that it is drawn from stays the same: writing its texts is most of what a
//! look at a screen costs.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The last view, and what it was drawn from. Of the time `K` holds what it comes to (today, how old a count is), not the time
/// itself: so no view stands still while a sentence of it changes, and none is drawn anew at every tick.
pub struct KeptView<K, V>(Mutex<Option<(K, V)>>);

impl<K: PartialEq, V: Clone> KeptView<K, V> {
    /// The kept view where it was drawn from the same, else what `draw` makes.
    pub fn of(&self, from: K, draw: impl FnOnce(&K) -> V) -> V {
        let mut kept = self.kept();
        match kept.as_ref() {
            Some((before, view)) if *before == from => view.clone(),
            _ => {
                let view = draw(&from);
                *kept = Some((from, view.clone()));
                view
            }
        }
    }

    /// Nothing is to be kept any more.
    pub fn forget(&self) {
        *self.kept() = None;
    }

    fn kept(&self) -> MutexGuard<'_, Option<(K, V)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K, V> Default for KeptView<K, V> {
    fn default() -> Self {
        KeptView(Mutex::new(None))
    }
}
