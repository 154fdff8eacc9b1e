//! Where the person was: a text of the app's own, theirs alone, gone when they sign out.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::problem::Problem;
use crate::session::{BelongsToOne, Remembered, Session, Subject};
use crate::store::{Row, Snapshot};

/// The longest text that is kept, in bytes.
const LONGEST: usize = 1024;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Screen(Option<String>);

impl Snapshot for Screen {
    const KIND: &'static str = "screen";
    const REVISION: u8 = 1;
}

/// What is known of where the person was.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    screen: Screen,
}

impl Memory {
    pub(super) fn kept(&self) -> Option<String> {
        self.screen.0.clone()
    }
}

impl BelongsToOne for Memory {
    fn unsealed(subject: &Subject, rows: &[Row]) -> Memory {
        let screen = rows.iter().find_map(|row| row.open::<Screen>(&subject.key));
        Memory { screen: screen.map(|kept| kept.model).unwrap_or_default() }
    }
}

/// Whether a row is this room's.
pub(crate) fn keeps(row: &Row) -> bool {
    row.kind == Screen::KIND
}

pub(super) async fn keep(
    engine: Arc<Engine>,
    session: Arc<Session>,
    memory: Arc<Remembered<Memory>>,
    text: Option<String>,
) -> Result<(), Problem> {
    if text.as_ref().is_some_and(|text| text.len() > LONGEST) {
        return Err(Problem::unexpected("too_large"));
    }
    let Some(subject) = session.subject() else { return Ok(()) };
    let work = async move {
        let change = move |screen: &mut Screen| {
            screen.0 = text;
            Ok(())
        };
        memory.change(&subject, |memory| &mut memory.screen, change).await
    };
    engine.workers.run_to_end(work).await?;
    Ok(())
}
