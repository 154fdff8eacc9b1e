//! The whole check: the name, both doors, the operator's API over the same network, and the same over mobile data unless the
//! doors open at once. Eight seconds at most, whatever happens.

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::{Either, join, select};

use super::control::Control;
use super::dns::look_up;
use super::findings::{Findings, Internet, NameFinding, PathFindings};
use super::limits::{EpdgHost, Permit, ProbePolicy};
use super::probe::{End, Knocker, after_head_start};
use super::tuning::Tuning;
use super::verdict::{Judgement, NotTested, judge, not_tested};
use super::way::Way;
use crate::cancel::{CancelToken, unless_cancelled};
use crate::host::{BindFailure, Entropy, NetworkPath, ProbeNetwork, pause, within};
use crate::problem::Problem;

/// Is told how far the check is.
pub type Progress = Arc<dyn Fn(CheckStep) + Send + Sync>;

/// How far a check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CheckStep {
    /// The name is looked up.
    Name,
    /// The doors are tried.
    Doors,
    /// The same is tried over mobile data.
    MobileData,
}

/// One check.
pub struct NetworkCheck {
    /// That it may be made.
    pub permit: Permit,
    /// The operator's ePDG.
    pub host: EpdgHost,
    /// The name 3GPP foresees, where the operator's data says that it should be there: looked up for the record.
    pub three_gpp: Option<EpdgHost>,
    /// What the operator's data allows.
    pub policy: ProbePolicy,
    /// Wi-Fi and mobile data, where the phone lends them.
    pub network: Option<Arc<dyn ProbeNetwork>>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// The positive control.
    pub control: Control,
    /// Whether the phone says that a VPN is on.
    pub vpn: bool,
    /// Where progress is told.
    pub progress: Progress,
}

impl std::fmt::Debug for NetworkCheck {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NetworkCheck").field("host", &self.host).field("policy", &self.policy).finish_non_exhaustive()
    }
}

/// What came of a check.
#[derive(Debug)]
pub struct Checked {
    /// The verdict, its evidence and what to do.
    pub judgement: Judgement,
    /// All that was found; nothing when nothing was sent.
    pub findings: Option<Findings>,
    /// The permit, where nothing was sent to the ePDG: to be given back to the ledger.
    pub unused: Option<Permit>,
}

impl Checked {
    /// Of a check that was not made.
    pub fn not_made(why: NotTested) -> Checked {
        Checked { judgement: not_tested(why), findings: None, unused: None }
    }
}

impl NetworkCheck {
    /// Makes the check. Fails only when it is cancelled; everything else is a verdict.
    pub async fn run(self, cancel: Option<Arc<CancelToken>>) -> Result<Checked, Problem> {
        self.run_with(&Tuning::default(), cancel).await
    }

    pub(super) async fn run_with(self, tuning: &Tuning, cancel: Option<Arc<CancelToken>>) -> Result<Checked, Problem> {
        unless_cancelled(cancel, async move { Ok(self.checked(tuning).await) }).await
    }

    async fn checked(self, tuning: &Tuning) -> Checked {
        let why_not = if !self.policy.is_enabled {
            Some(NotTested::SwitchedOff)
        } else if self.vpn {
            Some(NotTested::Vpn)
        } else {
            None
        };
        let outcome = match why_not {
            Some(why) => Err((why, false)),
            None => self.find_out(tuning).await,
        };
        match outcome {
            Ok(findings) => Checked { judgement: judge(&findings), findings: Some(findings), unused: None },
            Err((why, was_sent)) => Checked { unused: (!was_sent).then_some(self.permit), ..Checked::not_made(why) },
        }
    }

    /// What was found; else why nothing was, and whether anything was sent all the same.
    async fn find_out(&self, tuning: &Tuning) -> Result<Findings, (NotTested, bool)> {
        let end: End = pause(tuning.whole).boxed().shared();
        let here = self.here(tuning, end.clone());
        let mobile = self.over_mobile_data(tuning, end.clone());
        let ways = Box::pin(join(self.three_gpp_name(tuning), after_head_start(here, mobile, tuning)));
        let ((three_gpp_name, (here, mobile)), internet) =
            match select(ways, Box::pin(self.internet(tuning, end))).await {
                Either::Left((ways, internet)) => {
                    // Where it changes nothing any more, it is not waited for.
                    let (_, (here, _)) = &ways;
                    let is_settled = here.as_ref().map_or(true, PathFindings::is_open);
                    let internet = if is_settled {
                        within(tuning.once_more, internet).await.unwrap_or(Internet::NotTried)
                    } else {
                        internet.await
                    };
                    (ways, internet)
                }
                Either::Right((internet, ways)) => (ways.await, internet),
            };
        let here = here.map_err(|failure| (not_tested_because(failure), matches!(mobile, Some(Ok(_)))))?;
        // Mobile data that is off is no finding.
        let mobile = mobile.and_then(Result::ok).filter(|mobile| mobile.name != NameFinding::NotAsked);
        Ok(Findings { here, mobile, internet, three_gpp_name, vpn: self.vpn })
    }

    async fn here(&self, tuning: &Tuning, end: End) -> Result<PathFindings, BindFailure> {
        (self.progress)(CheckStep::Name);
        let way = Way::new(self.network.clone(), NetworkPath::Wifi);
        let looking = look_up(self.host.as_str(), &way, &*self.entropy, tuning);
        let Either::Left((named, _)) = select(Box::pin(looking), end.clone()).await else {
            return Ok(PathFindings::name_only(NameFinding::Timeout));
        };
        if let Some(failure) = named.refused {
            return Err(failure);
        }
        if named.finding != NameFinding::Found {
            return Ok(PathFindings::name_only(named.finding));
        }
        (self.progress)(CheckStep::Doors);
        self.knocker(&way, tuning, end, self.policy.sends_long_datagram).knock_at(&named.addresses).await
    }

    async fn over_mobile_data(&self, tuning: &Tuning, end: End) -> Result<PathFindings, BindFailure> {
        if self.network.is_none() {
            return Err(BindFailure::NoNetwork);
        }
        (self.progress)(CheckStep::MobileData);
        let way = Way::new(self.network.clone(), NetworkPath::Mobile);
        let looking = look_up(self.host.as_str(), &way, &*self.entropy, tuning);
        let Either::Left((named, _)) = select(Box::pin(looking), end.clone()).await else {
            return Ok(PathFindings::name_only(NameFinding::Timeout));
        };
        match named.refused {
            Some(failure) => Err(failure),
            None if named.finding == NameFinding::Found => {
                self.knocker(&way, tuning, end, false).knock_at(&named.addresses).await
            }
            None => Ok(PathFindings::name_only(named.finding)),
        }
    }

    fn knocker<'a>(&'a self, way: &'a Way, tuning: &'a Tuning, end: End, sends_long_datagram: bool) -> Knocker<'a> {
        Knocker { way, entropy: &*self.entropy, tuning, end, sends_long_datagram }
    }

    /// For the record, so nobody waits for it for long.
    async fn three_gpp_name(&self, tuning: &Tuning) -> Option<NameFinding> {
        let name = self.three_gpp.as_ref()?;
        let way = Way::new(self.network.clone(), NetworkPath::Wifi);
        let named = within(tuning.once_more, look_up(name.as_str(), &way, &*self.entropy, tuning)).await;
        Some(named.map_or(NameFinding::Timeout, |named| named.finding))
    }

    async fn internet(&self, tuning: &Tuning, end: End) -> Internet {
        let way = Way::new(self.network.clone(), NetworkPath::Wifi);
        let asking = Box::pin(self.control.internet(&way, &*self.entropy, tuning));
        match select(asking, end).await {
            Either::Left((internet, _)) => internet,
            Either::Right(_) => Internet::Fails,
        }
    }
}

fn not_tested_because(failure: BindFailure) -> NotTested {
    match failure {
        BindFailure::Vpn => NotTested::Vpn,
        BindFailure::NoNetwork => NotTested::NoNetwork,
        BindFailure::Failed => NotTested::Phone,
    }
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
