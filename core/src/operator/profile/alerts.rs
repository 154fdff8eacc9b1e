//! When the person is told of their usage, as the operator's profile has it.

use serde::{Deserialize, Serialize};

use super::fault::Faults;

/// What people are told of their usage: by this app, and by the operator itself.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Alerts {
    /// Where the app tells everybody: shares of an allowance, in percent, ascending.
    #[serde(default = "thresholds_percent")]
    pub thresholds_percent: Vec<u8>,
    /// The app also tells at each such step of costs beside the plan, in cents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step_cents: Option<u32>,
    /// The revision of the thresholds and the step: grows with each change of them.
    #[serde(default = "first_revision")]
    pub revision: u32,
    /// What is sent whatever this app does: shown, never sent nor stopped by it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sent: Vec<SentAlert>,
}

impl Default for Alerts {
    fn default() -> Self {
        Alerts { thresholds_percent: thresholds_percent(), step_cents: None, revision: 1, sent: Vec::new() }
    }
}

impl Alerts {
    /// Checks what types cannot say.
    pub(super) fn check(&self, faults: &mut Faults) {
        let thresholds = &self.thresholds_percent;
        if !thresholds.iter().all(|percent| (1..=100).contains(percent)) || !thresholds.is_sorted() {
            faults.add("alerts.thresholdsPercent", "are not ascending percentages from 1 to 100");
        }
        if self.step_cents == Some(0) {
            faults.add("alerts.stepCents", "is no step: leave it out where there is none");
        }
        for (at, sent) in self.sent.iter().enumerate() {
            if let SentAt::AllowancePercent(share) | SentAt::RoamingLimitPercent(share) = sent.at
                && !(1..=100).contains(&share)
            {
                faults.add(format!("alerts.sent[{at}].at"), "is no percentage from 1 to 100");
            }
        }
    }
}

fn thresholds_percent() -> Vec<u8> {
    vec![75, 90, 100]
}

const fn first_revision() -> u32 {
    1
}

/// An alert that the operator sends itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SentAlert {
    /// On whose behalf.
    pub class: SentClass,
    /// When.
    pub at: SentAt,
    /// How it reaches the person.
    pub channel: SentChannel,
}

/// On whose behalf an alert is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SentClass {
    /// The law's: nobody can switch it off here.
    Statutory,
    /// The employer's, as the customer.
    Employer,
}

/// When an alert is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SentAt {
    /// A share of an allowance.
    AllowancePercent(u8),
    /// Costs beside the plan, in cents, VAT included.
    OutOfBundleCents(u32),
    /// A share of the limit on data roaming costs.
    RoamingLimitPercent(u8),
}

/// How an alert reaches a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SentChannel {
    /// By SMS.
    Sms,
    /// By e-mail.
    Email,
}
