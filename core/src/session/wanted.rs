//! What the operator wants of the next step-up (RFC 9470). The process that was told remembers it; another process of the app,
//! or the next one, finds it for ten minutes in what is kept of the person.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Session;
use crate::operator::challenge::StepUp;
use crate::operator::time::is_older;
use crate::store::{Amend, DataKey, Snapshot};

/// One that is older is asked for again by whatever wanted it.
const KEPT_MS: i64 = 10 * 60 * 1000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wanted {
    /// What it wants.
    pub step_up: StepUp,
    /// When the operator said so, in milliseconds since 1970 UTC.
    pub at_ms: i64,
}

impl Snapshot for Wanted {
    const KIND: &'static str = "step-up";
    const REVISION: u8 = 1;
}

impl Session {
    /// The operator wants a newer or stronger sign-in of whoever signed in under `epoch`.
    pub(super) async fn want(self: &Arc<Self>, step_up: StepUp, epoch: u64) {
        {
            let mut standing = self.standing();
            // One who has left, or signed in since, asks again.
            if standing.epoch != epoch {
                return;
            }
            standing.wanted = Some(step_up.clone());
        }
        let Some(subject) = self.subject().filter(|subject| subject.epoch == epoch) else { return };
        let wanted = Wanted { step_up, at_ms: self.engine.now_ms() };
        // Where that fails another process asks for what is usual, and is told again.
        let _ = self.amend_row(&subject, &name(&subject.key), |_| Amend::Keep(wanted, ())).await;
    }

    /// What the operator wants of the step-up that begins now. None: nobody was told lately.
    pub(super) async fn wanted(self: &Arc<Self>) -> Option<StepUp> {
        let told_here = self.standing().wanted.clone();
        if told_here.is_some() {
            return told_here;
        }
        let subject = self.subject()?;
        let look = |kept: Option<Wanted>| Amend::Leave(kept);
        let kept = self.amend_row(&subject, &name(&subject.key), look).await.ok().flatten()?;
        (!is_older(kept.at_ms, KEPT_MS, self.engine.now_ms())).then_some(kept.step_up)
    }

    /// A step-up was done, or given up: no process asks for it again.
    pub(super) async fn drop_wanted(self: &Arc<Self>) {
        let Some(subject) = self.subject() else { return };
        let drop = |_: Option<Wanted>| Amend::Drop(());
        // Where that fails, ten minutes end it.
        let _ = self.amend_row(&subject, &name(&subject.key), drop).await;
    }
}

fn name(key: &DataKey) -> String {
    key.name(Wanted::KIND.as_bytes())
}
