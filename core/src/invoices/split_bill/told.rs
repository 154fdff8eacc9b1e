//! What the operator's profile says of its split bill, as the rules take it.

use super::allocation::{Contribution, ContributionPart, Covers};
use super::policy::Policy;
use crate::money::Cents;
use crate::operator::profile::{ContributionCovers, SplitBill, SplitPolicy};

impl SplitBill {
    /// The reading of the rule to begin with.
    pub fn starting_policy(&self) -> Policy {
        match self.policy {
            SplitPolicy::Cumulative => Policy::Cumulative,
            SplitPolicy::PerPeriod => Policy::PerPeriod,
            SplitPolicy::PerPeriodWaived => Policy::PerPeriodWaived,
        }
    }

    /// What every employer contributes; none: not known.
    pub fn known_contribution(&self) -> Option<Contribution> {
        let parts = self.contribution.as_ref()?.iter().map(|part| ContributionPart {
            category: part.category.clone(),
            covers: match part.covers {
                ContributionCovers::All => Covers::All,
                ContributionCovers::UpToCents(cents) => Covers::UpTo(Cents(i64::from(cents))),
                ContributionCovers::ShareBasisPoints(share) => Covers::Share(share),
            },
        });
        Some(Contribution { parts: parts.collect() })
    }
}
