//! That what was waiting here was lost with a database found damaged: an empty file beside it, until the person was told.

use std::path::Path;

use super::{Store, file};

const FILE: &str = "unsent-lost";

/// Notes it beside the database. Where even that cannot be written nobody is told, and the app opens all the same.
pub(super) fn note(database: &Path) {
    if let Some(dir) = database.parent() {
        let _ = file::replace(dir, FILE, &[]);
    }
}

/// Whether it is to be told.
pub(super) fn is_noted(dir: &Path) -> bool {
    dir.join(FILE).exists()
}

/// The person was told, or has left.
pub(super) fn forget(dir: &Path) -> std::io::Result<()> {
    file::remove(dir, FILE)
}

impl Store {
    /// The person was told that what waited here was lost. Blocks for a moment; one that cannot be written down is told again.
    pub fn loss_was_told(&self) {
        let _ = forget(&self.dir());
    }
}
