//! When a private invoice is due: from period to period, what is pending and how many periods went without an invoice.
//!
//! The operator's words are that an invoice comes when the total exceeds € 5, and after two periods without one in any
//! case. They do not say which total; each reading is a policy.

use serde::{Deserialize, Serialize};

use crate::money::Cents;

/// An invoice comes when more than this is to be paid, VAT included: exactly € 5.00 is not more.
pub const THRESHOLD: Cents = Cents(500);
/// So many periods may go without an invoice; the next one brings it in any case.
pub const PERIODS_WITHOUT: u8 = 2;

/// What is compared with the threshold, and what becomes of small amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Policy {
    /// The total since the last invoice. Credits aside, no policy expects an invoice earlier, so it is the one to go by
    /// while nothing is known: a warned person who gets none is better off than the other way round.
    #[default]
    Cumulative,
    /// The total of one period; small amounts wait and join the next invoice.
    PerPeriod,
    /// The total of one period; small amounts are never billed.
    PerPeriodWaived,
}

impl Policy {
    /// All of them, in the order in which they are believed.
    pub const ALL: [Policy; 3] = [Policy::Cumulative, Policy::PerPeriod, Policy::PerPeriodWaived];
}

/// Why an invoice is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// There is more to pay than the threshold.
    Threshold,
    /// Two periods went without; it comes even when it is of nothing.
    ThirdPeriod,
}

/// Where an account stands between two periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct State {
    /// What was used and not billed, in eurocents; negative is a credit.
    pub pending: Cents,
    /// How many periods in a row went without an invoice: 0 to 2.
    pub streak: u8,
}

/// What a period brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Due {
    /// An invoice.
    Invoice {
        /// Why.
        reason: Reason,
        /// Of how much; may be nothing, or a credit.
        amount: Cents,
    },
    /// None.
    NoInvoice,
}

impl State {
    /// What is due once a period with this personal total is closed, and where the account stands then. A period in which
    /// nothing was used, and a first one that is not whole, are periods like any other. `None` when it does not fit.
    pub fn close(self, policy: Policy, personal: Cents) -> Option<(Due, State)> {
        let pending = self.pending.plus(personal)?;
        let (compared, amount) = match policy {
            Policy::Cumulative => (pending, pending),
            Policy::PerPeriod => (personal, pending),
            Policy::PerPeriodWaived => (personal, personal),
        };
        let reason = match (compared > THRESHOLD, self.streak >= PERIODS_WITHOUT) {
            (true, _) => Reason::Threshold,
            (false, true) => Reason::ThirdPeriod,
            (false, false) => return Some((Due::NoInvoice, self.without_invoice(policy, personal)?)),
        };
        Some((Due::Invoice { reason, amount }, State::default()))
    }

    /// Where the account stands after a period that brought no invoice, whatever was due.
    pub(super) fn without_invoice(self, policy: Policy, personal: Cents) -> Option<State> {
        let pending = match policy {
            Policy::Cumulative | Policy::PerPeriod => self.pending.plus(personal)?,
            Policy::PerPeriodWaived => Cents::ZERO,
        };
        // A third one in a row is against the rule; the next is then due no less.
        Some(State { pending, streak: self.streak.saturating_add(1).min(PERIODS_WITHOUT) })
    }
}
