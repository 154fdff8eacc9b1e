//! The snapshot for the phone's widgets: a file of its own, since a widget never opens the database. It is deleted with
//! the person's rows, in the same turn of the writer.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::{Store, file};
use crate::problem::Problem;

const FILE: &str = "widget.json";
/// The largest snapshot there is.
pub const LARGEST: usize = 8 * 1024;

impl Store {
    /// Replaces the snapshot, or removes it. `wanted` is asked when its turn has come, behind every wipe that was queued
    /// before it.
    pub async fn keep_widget(
        &self,
        snapshot: Option<Vec<u8>>,
        wanted: impl FnOnce() -> bool + Send + 'static,
    ) -> Result<(), Problem> {
        let dir = self.dir();
        let kept = self.write(move |_| {
            Ok(match snapshot {
                _ if !wanted() => Ok(()),
                Some(bytes) => file::replace(&dir, FILE, &bytes),
                None => file::remove(&dir, FILE),
            })
        });
        kept.await?.map_err(|error| super::file_problem(&error))
    }
}

/// Removes the snapshot.
pub(super) fn remove(dir: &Path) -> std::io::Result<()> {
    file::remove(dir, FILE)
}

/// Reads the snapshot without the database; none when there is none.
pub fn read(dir: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let longest = u64::try_from(LARGEST).ok()?.saturating_add(1);
    File::open(dir.join(FILE)).ok()?.take(longest).read_to_end(&mut bytes).ok()?;
    (bytes.len() <= LARGEST).then_some(bytes)
}
