//! A history of periods against what really came. What came replaces what was expected; where they disagree, that is told and
//! kept, and another reading of the rule is gone by when it explains what came. An unknown period makes all unknown, until
//! the next private invoice.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::documents::Observed;
use super::policy::{Due, PERIODS_WITHOUT, Policy, Reason, State};
use crate::invoices::model::BillingPeriod;
use crate::money::Cents;

/// One period of a private billing account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its days.
    pub period: BillingPeriod,
    /// What the employee pays of it in all, with VAT: the operator's rounded total where it gives one. None: not known.
    pub personal: Option<Cents>,
    /// What came.
    pub observed: Observed,
    /// Split bill ends with it, or the line or the employee leaves.
    pub account_ends: bool,
}

/// Where a history begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// With the first period in which the private account exists.
    AccountBegins,
    /// Somewhere later: nothing is expected before the first private invoice.
    Unknown,
}

/// What can be said of a period. All of it is what *may* happen, but for what was observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// A private invoice may come.
    Expected {
        /// Not before this day, the first after the period.
        earliest: Date,
        /// Why.
        reason: Reason,
        /// Of how much, with VAT, until a document says it.
        amount: Cents,
        /// It may include amounts of earlier periods.
        includes_earlier: bool,
        /// By which reading of the rule.
        assumption: Policy,
    },
    /// No private invoice is expected for this period.
    NotExpected {
        /// What waits for a later invoice; nothing when small amounts are waived.
        pending: Cents,
        /// After at most so many more periods an invoice comes in any case.
        at_most_more: u8,
        /// By which reading of the rule.
        assumption: Policy,
    },
    /// It came as expected.
    AsExpected {
        /// What was expected, and came.
        due: Due,
    },
    /// It came otherwise than expected. What came counts.
    Diverged {
        /// What was expected.
        expected: Due,
        /// The total of the private invoice that came; none: none came.
        came: Option<Cents>,
    },
    /// An invoice came, and nothing could be expected before.
    Came {
        /// Its total, with VAT.
        amount: Cents,
    },
    /// The account ends with this period: what is pending may be billed at once. How much is not computed.
    ClosingInvoicePossible,
    /// Nothing can be said.
    Unknown,
}

/// The reading of the rule that explains what came, where the former did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Switch {
    /// The former.
    pub from: Policy,
    /// The one gone by from now on.
    pub to: Policy,
}

/// What is said of one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Its days.
    pub period: BillingPeriod,
    /// What can be said of it.
    pub outcome: Outcome,
    /// The reading of the rule changed by what came of this period. Said here and nowhere else.
    pub switched: Option<Switch>,
}

/// A history, followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// Each period, in the order given.
    pub periods: Vec<Told>,
    /// The reading of the rule gone by in the end.
    pub policy: Policy,
    /// Where the account stands in the end; none: unknown.
    pub state: Option<State>,
}

/// What an amount means for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Settlement {
    /// There is something to pay.
    ToPay,
    /// A statement with nothing to pay.
    NothingToPay,
    /// A credit in the person's favour: nothing to pay.
    Credit,
}

impl Settlement {
    /// What this total means.
    pub fn of(total: Cents) -> Settlement {
        match total {
            Cents(..=-1) => Settlement::Credit,
            Cents::ZERO => Settlement::NothingToPay,
            Cents(1..) => Settlement::ToPay,
        }
    }
}

/// Follows the periods of one private account in their order. The policy is the operator's profile's, or the default.
///
/// The last period may still run: its total so far then says what is due if it closed like that.
pub fn follow(start: Start, policy: Policy, periods: &[Period]) -> Followed {
    let state = (start == Start::AccountBegins).then(State::default);
    let mut account =
        Account { policy, readings: Policy::ALL.map(|policy| Reading { policy, state, left: false }), next: None };
    let periods = periods.iter().map(|period| account.follow(period)).collect();
    Followed { periods, policy: account.policy, state: account.state() }
}

struct Account {
    policy: Policy,
    readings: [Reading; 3],
    /// The first day of the period that is to follow.
    next: Option<Date>,
}

/// The account as one reading of the rule sees it.
#[derive(Clone, Copy)]
struct Reading {
    policy: Policy,
    state: Option<State>,
    /// What came contradicted it; it is not gone back to.
    left: bool,
}

impl Account {
    fn state(&self) -> Option<State> {
        self.readings.iter().find(|reading| reading.policy == self.policy)?.state
    }

    fn follow(&mut self, period: &Period) -> Told {
        let BillingPeriod { start, next_start } = period.period;
        if start >= next_start || self.next.is_some_and(|next| next != start) {
            self.set(|_| None);
        }
        self.next = Some(next_start);
        let before = self.readings;
        let closed = |reading: &Reading| reading.state?.close(reading.policy, period.personal?);
        let expected = before.iter().find(|reading| reading.policy == self.policy).and_then(closed);
        let mut switched = None;
        let outcome = match (period.observed, expected) {
            (Observed::NotYet, _) if period.account_ends => Outcome::ClosingInvoicePossible,
            (Observed::NotYet, Some((due, after))) => self.expectation(due, after, period),
            (Observed::NotYet | Observed::Nothing, None) => Outcome::Unknown,
            (Observed::Invoice { amount }, None) => Outcome::Came { amount },
            (observed, Some((due, _))) if due.agrees(observed) => Outcome::AsExpected { due },
            (observed, Some((due, _))) => {
                let explains =
                    |reading: &&Reading| !reading.left && closed(reading).is_some_and(|(due, _)| due.agrees(observed));
                switched = before.iter().find(explains).map(|reading| self.switch(reading.policy));
                let came = match observed {
                    Observed::Invoice { amount } => Some(amount),
                    Observed::Nothing | Observed::NotYet => None,
                };
                Outcome::Diverged { expected: due, came }
            }
        };
        self.set(|reading| match (period.observed, period.account_ends) {
            (_, true) => None,
            (Observed::Invoice { .. }, _) => Some(State::default()),
            (Observed::Nothing, _) => reading.state?.without_invoice(reading.policy, period.personal?),
            (Observed::NotYet, _) => closed(reading).map(|(_, after)| after),
        });
        Told { period: period.period, outcome, switched }
    }

    fn expectation(&self, due: Due, after: State, period: &Period) -> Outcome {
        let assumption = self.policy;
        match due {
            Due::Invoice { reason, amount } => Outcome::Expected {
                earliest: period.period.next_start,
                reason,
                amount,
                includes_earlier: Some(amount) != period.personal,
                assumption,
            },
            Due::NoInvoice => Outcome::NotExpected {
                pending: after.pending,
                at_most_more: PERIODS_WITHOUT.saturating_sub(after.streak).saturating_add(1),
                assumption,
            },
        }
    }

    fn switch(&mut self, to: Policy) -> Switch {
        let from = self.policy;
        self.policy = to;
        for reading in self.readings.iter_mut().filter(|reading| reading.policy == from) {
            reading.left = true;
        }
        Switch { from, to }
    }

    fn set(&mut self, state: impl Fn(&Reading) -> Option<State>) {
        for reading in &mut self.readings {
            reading.state = state(reading);
        }
    }
}

impl Due {
    /// Whether what came is this.
    fn agrees(self, observed: Observed) -> bool {
        match (self, observed) {
            (Due::Invoice { amount, .. }, Observed::Invoice { amount: came }) => amount == came,
            (Due::NoInvoice, Observed::Nothing) => true,
            (Due::Invoice { .. } | Due::NoInvoice, _) => false,
        }
    }
}
