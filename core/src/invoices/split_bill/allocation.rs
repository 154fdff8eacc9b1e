//! What of one period's charges the employer's contribution covers. It never reaches charges of third parties, and what is
//! left of it lapses: the next period's contribution never depends on this one's use.

use serde::{Deserialize, Serialize};

use crate::money::Cents;

/// Basis points of the whole.
const WHOLE: u32 = 10_000;

/// What the employer pays, as the operator tells it. Parts for one category are applied before general ones, each kind in
/// the order given; the operator's own split, where it tells one, wins over all of this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// Its parts; none: the employer contributes nothing.
    pub parts: Vec<ContributionPart>,
}

/// One part of a contribution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributionPart {
    /// Only for charges of this category, as the operator names it; none: for all that can be covered.
    pub category: Option<String>,
    /// How much.
    pub covers: Covers,
}

/// How much a part of a contribution covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Covers {
    /// Everything.
    All,
    /// At most so many eurocents in a period, VAT included.
    UpTo(Cents),
    /// A share of each charge in hundredths of a percent, rounded half away from zero per charge: the employee gets the
    /// rest, so that both together are exact.
    Share(u32),
}

/// One charge of a period, VAT included. A discount is a negative charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// In eurocents.
    pub amount: Cents,
    /// Who may pay for it.
    pub kind: ChargeKind,
}

/// Who may pay for a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChargeKind {
    /// The contribution may cover it.
    Coverable {
        /// The category the operator puts it in.
        category: Option<String>,
    },
    /// A third party's service, such as parking by SMS: always the employee's, also when contribution is left.
    ThirdParty,
    /// The employee's own, such as an instalment for a device, unless the operator calls it coverable.
    Personal,
    /// A correction of earlier periods on the employee's account, such as a credit note that names no invoice.
    Adjustment,
}

/// Who pays what of one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allocation {
    /// What the employer's contribution covers.
    pub covered: Cents,
    /// What of the coverable charges is left for the employee. Negative when discounts are larger than the charges.
    pub uncovered: Cents,
    /// Third parties' services.
    pub third_party: Cents,
    /// The employee's own charges and corrections.
    pub own: Cents,
    /// What the employee pays in all: the three before it together. Negative is a credit in the employee's favour.
    pub personal: Cents,
    /// What of a contribution of a fixed amount was not needed and is gone with the period.
    pub lapses: Cents,
}

/// Why there is no allocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AllocationError {
    /// There are charges that could be covered, and the operator does not say by how much, as when the plan changes within
    /// the period.
    #[error("the contribution is not known")]
    ContributionUnknown,
    /// A contribution is negative, or a share more than the whole.
    #[error("the contribution makes no sense")]
    ContributionInvalid,
    /// The amounts do not fit.
    #[error("the amounts do not fit")]
    OutOfRange,
}

/// Who pays what of the charges of one period, under the contribution of that period; none when it is not known.
///
/// Discounts come off the coverable charges before the contribution does: first within their category, then anywhere.
pub fn allocate(contribution: Option<&Contribution>, charges: &[Charge]) -> Result<Allocation, AllocationError> {
    let total = |of: fn(&ChargeKind) -> bool| {
        let amounts = charges.iter().filter(|charge| of(&charge.kind)).map(|charge| charge.amount);
        Cents::sum(amounts).ok_or(AllocationError::OutOfRange)
    };
    let coverable = total(|kind| matches!(kind, ChargeKind::Coverable { .. }))?;
    let third_party = total(|kind| matches!(kind, ChargeKind::ThirdParty))?;
    let own = total(|kind| matches!(kind, ChargeKind::Personal | ChargeKind::Adjustment))?;
    let contribution = match contribution {
        Some(contribution) => contribution,
        None if coverable == Cents::ZERO => &Contribution { parts: Vec::new() },
        None => return Err(AllocationError::ContributionUnknown),
    };
    let mut open = Open::of(charges)?;
    let (general, by_category): (Vec<_>, Vec<_>) = contribution.parts.iter().partition(|part| part.category.is_none());
    let (mut covered, mut lapses) = (Cents::ZERO, Cents::ZERO);
    for part in by_category.into_iter().chain(general) {
        let (applied, left) = open.cover(part)?;
        covered = covered.plus(applied).ok_or(AllocationError::OutOfRange)?;
        lapses = lapses.plus(left).ok_or(AllocationError::OutOfRange)?;
    }
    let uncovered = coverable.minus(covered).ok_or(AllocationError::OutOfRange)?;
    let personal = Cents::sum([uncovered, third_party, own]).ok_or(AllocationError::OutOfRange)?;
    Ok(Allocation { covered, uncovered, third_party, own, personal, lapses })
}

/// What is still to be covered of each coverable charge, after discounts: never negative.
struct Open<'c> {
    charges: Vec<(Option<&'c str>, Cents)>,
}

impl<'c> Open<'c> {
    fn of(charges: &'c [Charge]) -> Result<Self, AllocationError> {
        let coverable = charges.iter().filter_map(|charge| match &charge.kind {
            ChargeKind::Coverable { category } => Some((category.as_deref(), charge.amount)),
            ChargeKind::ThirdParty | ChargeKind::Personal | ChargeKind::Adjustment => None,
        });
        let (charges, mut discounts): (Vec<_>, Vec<_>) = coverable.partition(|(_, amount)| *amount >= Cents::ZERO);
        let mut open = Open { charges };
        for anywhere in [false, true] {
            for (category, discount) in &mut discounts {
                let size = Cents::ZERO.minus(*discount).ok_or(AllocationError::OutOfRange)?;
                let used = open.take(if anywhere { None } else { *category }, size)?;
                *discount = discount.plus(used).ok_or(AllocationError::OutOfRange)?;
            }
        }
        Ok(open)
    }

    /// Applies a part: what it covers, and what of it is not needed.
    fn cover(&mut self, part: &ContributionPart) -> Result<(Cents, Cents), AllocationError> {
        let category = part.category.as_deref();
        match part.covers {
            Covers::UpTo(most) if most < Cents::ZERO => Err(AllocationError::ContributionInvalid),
            Covers::UpTo(most) => {
                let applied = self.take(category, most)?;
                Ok((applied, most.minus(applied).ok_or(AllocationError::OutOfRange)?))
            }
            Covers::All => Ok((self.take_share(category, WHOLE)?, Cents::ZERO)),
            Covers::Share(share) if share > WHOLE => Err(AllocationError::ContributionInvalid),
            Covers::Share(share) => Ok((self.take_share(category, share)?, Cents::ZERO)),
        }
    }

    fn within(&mut self, category: Option<&str>) -> impl Iterator<Item = &mut Cents> {
        let within = self.charges.iter_mut().filter(move |(own, _)| category.is_none() || *own == category);
        within.map(|(_, amount)| amount)
    }

    /// Takes at most so much off the charges, one after the other.
    fn take(&mut self, category: Option<&str>, most: Cents) -> Result<Cents, AllocationError> {
        let mut left = most;
        for amount in self.within(category) {
            let part = left.min(*amount);
            *amount = amount.minus(part).ok_or(AllocationError::OutOfRange)?;
            left = left.minus(part).ok_or(AllocationError::OutOfRange)?;
        }
        most.minus(left).ok_or(AllocationError::OutOfRange)
    }

    /// Takes a share off each charge.
    fn take_share(&mut self, category: Option<&str>, share: u32) -> Result<Cents, AllocationError> {
        let mut taken = Cents::ZERO;
        for amount in self.within(category) {
            let part = amount.share(share).ok_or(AllocationError::OutOfRange)?;
            *amount = amount.minus(part).ok_or(AllocationError::OutOfRange)?;
            taken = taken.plus(part).ok_or(AllocationError::OutOfRange)?;
        }
        Ok(taken)
    }
}
