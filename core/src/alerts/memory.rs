//! What is known of one person's alerts, in memory: loaded when the core opens, replaced by each decision, read by the
//! screen. It belongs to one person until their data is deleted.

use super::settings::Settings;
use crate::session::Subject;
use crate::store::{AlertBook, Row};

/// Everything known of one person's alerts.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Whose it is, and since which deletion.
    owner: Option<(String, u64)>,
    pub settings: Settings,
    pub book: AlertBook,
    /// What is kept of a person whose key is under the app lock, still sealed.
    sealed: Option<(Vec<Row>, AlertBook)>,
}

impl Memory {
    /// What is kept of the person signed in; without a key it waits, sealed.
    pub fn of(subject: Option<&Subject>, rows: Vec<Row>, book: AlertBook) -> Memory {
        let mut memory = Memory { sealed: Some((rows, book)), ..Memory::default() };
        memory.belong_to(subject);
        memory
    }

    /// Empties a memory that is of somebody else, or of data that was deleted.
    pub fn belong_to(&mut self, subject: Option<&Subject>) {
        let owner = subject.map(|subject| (subject.id.clone(), subject.data_epoch));
        if self.owner == owner {
            return;
        }
        let sealed = self.sealed.take();
        *self = match subject.zip(sealed) {
            // What waited for its key; somebody else's does not open.
            Some((subject, (rows, book))) => {
                let settings = rows.iter().find_map(|row| row.open::<Settings>(&subject.key));
                Memory { owner, settings: settings.map(|kept| kept.model).unwrap_or_default(), book, sealed: None }
            }
            None => Memory { owner, ..Memory::default() },
        };
    }
}
