//! What the person chose: thresholds of their own, and when they want to be left alone.

use serde::{Deserialize, Serialize};

use super::model::{Quiet, Rule, RuleSet, Threshold, Trigger};
use crate::operator::profile;
use crate::problem::Problem;
use crate::store::Snapshot;
use crate::text::{Language, typed};

/// More thresholds than this are no help.
pub(crate) const MOST_OWN: usize = 10;
/// Beyond the allowance as well: use goes on there, and costs.
pub(crate) const OWN_PERCENT: std::ops::RangeInclusive<u16> = 1..=200;
/// From one euro to ten thousand.
pub(crate) const OWN_CENTS: std::ops::RangeInclusive<u32> = 100..=1_000_000;

/// A threshold of the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum OwnThreshold {
    /// A share of each allowance.
    Share {
        /// In percent, 1 to 200; beyond 100 it is overage.
        percent: u16,
    },
    /// Costs beside the plan.
    Costs {
        /// In euro cents, 100 to 1 000 000.
        cents: u32,
    },
    /// Costs beside the plan, at each such step.
    EveryCosts {
        /// In euro cents, 100 to 1 000 000.
        cents: u32,
    },
}

/// A threshold as the person types it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum TypedThreshold {
    /// A share of each allowance.
    Share {
        /// In percent: "80", "80 %".
        percent: String,
    },
    /// Costs beside the plan.
    Costs {
        /// In euros, with cents where wanted: "12,50", "€ 15".
        euros: String,
    },
}

impl TypedThreshold {
    pub(super) fn read(&self, language: Language) -> Result<OwnThreshold, Problem> {
        match self {
            TypedThreshold::Share { percent } => {
                let percent = typed::percent(percent).ok_or_else(|| Problem::unexpected("not_a_percentage"))?;
                Ok(OwnThreshold::Share { percent })
            }
            TypedThreshold::Costs { euros } => {
                let cents = typed::euros(euros, language).ok_or_else(|| Problem::unexpected("not_an_amount"))?;
                Ok(OwnThreshold::Costs { cents })
            }
        }
    }
}

/// What the person chose, as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Settings {
    pub own: Vec<Trigger>,
    /// Grows with each change of `own`.
    pub revision: u32,
    pub quiet: Quiet,
}

impl Snapshot for Settings {
    const KIND: &'static str = "alert settings";
    const REVISION: u8 = 1;
}

impl Settings {
    /// With other thresholds of the person's own. The same ones change nothing.
    pub fn with_own(&self, wanted: &[OwnThreshold]) -> Result<Settings, Problem> {
        let mut own = wanted.iter().map(|threshold| threshold.trigger()).collect::<Result<Vec<_>, _>>()?;
        own.sort_unstable();
        own.dedup();
        if own.len() > MOST_OWN {
            return Err(Problem::unexpected("too_many_thresholds"));
        }
        let revision = if own == self.own { self.revision } else { self.revision.saturating_add(1) };
        Ok(Settings { own, revision, quiet: self.quiet })
    }

    /// With other quiet hours, in minutes after midnight.
    pub fn with_quiet(&self, from_minute: u16, to_minute: u16) -> Result<Settings, Problem> {
        let quiet = Quiet { from_minute, to_minute };
        if !quiet.is_possible() {
            return Err(Problem::unexpected("no_time_of_day"));
        }
        Ok(Settings { quiet, ..self.clone() })
    }

    /// All rules: the operator's and the person's.
    pub fn rules(&self, alerts: &profile::Alerts) -> Vec<Rule> {
        let (operator, own) = (RuleSet::Operator(alerts.revision), RuleSet::Own(self.revision));
        let of_operator = of_operator(alerts).into_iter().map(|trigger| Rule { trigger, set: operator });
        of_operator.chain(self.own.iter().map(|trigger| Rule { trigger: *trigger, set: own })).collect()
    }
}

/// When the app tells everybody.
pub(super) fn of_operator(alerts: &profile::Alerts) -> Vec<Trigger> {
    let shares = alerts.thresholds_percent.iter();
    let shares = shares.map(|percent| Trigger::At(Threshold::Percent(u16::from(*percent))));
    shares.chain(alerts.step_cents.map(|cents| Trigger::EveryCents(u64::from(cents)))).collect()
}

impl OwnThreshold {
    fn trigger(self) -> Result<Trigger, Problem> {
        let (possible, trigger) = match self {
            OwnThreshold::Share { percent } => {
                (OWN_PERCENT.contains(&percent), Trigger::At(Threshold::Percent(percent)))
            }
            OwnThreshold::Costs { cents } => {
                (OWN_CENTS.contains(&cents), Trigger::At(Threshold::Cents(u64::from(cents))))
            }
            OwnThreshold::EveryCosts { cents } => (OWN_CENTS.contains(&cents), Trigger::EveryCents(u64::from(cents))),
        };
        if possible { Ok(trigger) } else { Err(Problem::unexpected("threshold_out_of_range")) }
    }

    /// For the screen.
    pub(super) fn of(trigger: Trigger) -> OwnThreshold {
        let cents = |cents: u64| u32::try_from(cents).unwrap_or(u32::MAX);
        match trigger {
            Trigger::At(Threshold::Percent(percent)) => OwnThreshold::Share { percent },
            Trigger::At(Threshold::Cents(amount)) => OwnThreshold::Costs { cents: cents(amount) },
            Trigger::EveryCents(step) => OwnThreshold::EveryCosts { cents: cents(step) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_threshold_is_read_in_the_persons_language_or_refused_by_name() {
        let share = |percent: &str| TypedThreshold::Share { percent: percent.to_owned() };
        let costs = |euros: &str| TypedThreshold::Costs { euros: euros.to_owned() };
        let refused = |code| Err(Problem::unexpected(code));
        for (typed, language, expected) in [
            (share("80 %"), Language::French, Ok(OwnThreshold::Share { percent: 80 })),
            (share("half"), Language::English, refused("not_a_percentage")),
            (costs("12,50"), Language::Dutch, Ok(OwnThreshold::Costs { cents: 1_250 })),
            (costs("1.250"), Language::German, Ok(OwnThreshold::Costs { cents: 125_000 })),
            (costs("1.250"), Language::English, refused("not_an_amount")),
        ] {
            assert_eq!(typed.read(language), expected, "{typed:?}");
        }
        // What can be read is still held to what is possible.
        let zero = share("0").read(Language::English).unwrap();
        assert_eq!(Settings::default().with_own(&[zero]), Err(Problem::unexpected("threshold_out_of_range")));
    }
}
