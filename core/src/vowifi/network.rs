//! The network check as the app makes it: whose gateway, whether it may be made now, and what is kept of it.

use std::sync::Arc;

use futures_util::FutureExt;

use super::WifiCalling;
use super::check::limits::{EpdgHost, ProbePolicy};
use super::check::verdict::{Judgement, NotTested, Verdict, not_tested};
use super::check::{CheckStep, Checked, NetworkCheck, Reachable};
use super::facts::PhoneFacts;
use super::guide::model::{GuideFile, Operator};
use super::memory::KeptCheck;
use super::walk::Outlook;
use crate::cancel::CancelToken;
use crate::host::HostError;
use crate::operator::address::address;
use crate::operator::failure::Failure;
use crate::operator::http::Request;
use crate::problem::Problem;
use crate::text::{Language, Text, messages};

/// Told how far the network check is, from a thread of the core.
#[uniffi::export(foreign)]
pub trait CheckProgress: Send + Sync {
    /// It is at this step, and the same in words. Steps may overlap; each is told once.
    fn at(&self, step: NetworkCheckStep, said: Text) -> Result<(), HostError>;
}

/// How far a network check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum NetworkCheckStep {
    /// The name is looked up.
    Name,
    /// The doors are tried.
    Doors,
    /// The same is tried over mobile data.
    MobileData,
}

impl WifiCalling {
    pub(super) async fn check_network(
        self: Arc<Self>,
        progress: Option<Arc<dyn CheckProgress>>,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<(), Problem> {
        let subject = self.session.subject().ok_or_else(|| self.session.nobody())?;
        let guides = self.guides(&mut *self.memory_of(&subject)?).ok_or_else(|| Problem::unexpected("no_guides"))?;
        let facts = self.facts();
        let told = self.host(&guides.file, facts.as_ref());
        let policy = policy(&guides.file);
        let has_vpn = facts.as_ref().is_some_and(|facts| facts.vpn == Some(true));
        let mut begun = None;
        let reading = self.engine.host.clock.now()?;
        self.note(&subject, |own| {
            // Noted before anything is sent: whatever happens then, it counts.
            begun = Some(match &told {
                // A check that is not made is not counted.
                Some(_) if has_vpn => Err(NotTested::Vpn),
                Some(_) => own.ledger.begin(&policy, &reading),
                None => Err(NotTested::NoHost),
            });
            Ok(())
        })
        .await?;
        let checked = match (told, begun) {
            (Some((host, three_gpp)), Some(Ok(permit))) => {
                let language = self.engine.language;
                let progress = Arc::new(move |step| {
                    let (step, said) = step_of(step, language);
                    // Whoever cannot be told is not the check's trouble.
                    let _ = progress.as_ref().map(|to| to.at(step, said));
                });
                let check = NetworkCheck {
                    permit,
                    host,
                    three_gpp,
                    policy,
                    network: self.engine.host.probe_network.clone(),
                    entropy: self.engine.entropy.clone(),
                    reachable: self.reachable(),
                    vpn: has_vpn,
                    progress,
                };
                check.run(cancel).await?
            }
            (_, Some(Err(why))) => Checked { judgement: not_tested(why), findings: None },
            (_, _) => Checked { judgement: not_tested(NotTested::NoHost), findings: None },
        };
        let at_ms = self.engine.now_ms();
        self.note(&subject, |own| {
            // A check that was not made takes nothing from the last one that was, but says why.
            let was_made = !matches!(checked.judgement.verdict, Verdict::NotTested(_));
            if was_made || own.check.as_ref().is_none_or(|kept| !kept.was_made()) {
                own.check = Some(KeptCheck { at_ms, judgement: checked.judgement.clone() });
            }
            Ok(())
        })
        .await?;
        self.memory_of(&subject)?.last_try = Some(checked.judgement.verdict);
        self.engine.mark(crate::changes::Topic::WifiCalling);
        Ok(())
    }

    /// The gateway of the operator of the SIM, and the name that 3GPP foresees where it should be there. Only from the guides.
    fn host(&self, file: &GuideFile, facts: Option<&PhoneFacts>) -> Option<(EpdgHost, Option<EpdgHost>)> {
        let operator = self.operator_of(file, facts)?;
        let today = self.engine.now().at.to_zoned_datetime(self.engine.zone.clone()).date();
        let host = operator.epdg_on(today).find_map(|epdg| EpdgHost::of_signed_data(epdg.host.as_str()))?;
        let three_gpp = operator.three_gpp_name_expected.then(|| three_gpp_name(operator)).flatten();
        Some((host, three_gpp))
    }

    /// The operator of the SIM in the guides; the profile's first where the phone does not tell its SIM's.
    pub(super) fn operator_of<'f>(&self, file: &'f GuideFile, facts: Option<&PhoneFacts>) -> Option<&'f Operator> {
        let networks = &self.api()?.networks;
        let of_sim = facts.and_then(|facts| facts.own_sims(networks).next()?.operator.clone());
        let network = of_sim.or_else(|| networks.first().cloned())?;
        file.operator(network.trim())
    }

    /// Whether the operator's own API answers, whatever it says: a network that lets nothing through proves nothing.
    fn reachable(self: &Arc<Self>) -> Reachable {
        let this = self.clone();
        Arc::new(move || {
            let this = this.clone();
            async move {
                let issuer = &this.engine.profile.identity.issuer;
                let Ok(url) = address(issuer, &[".well-known", "openid-configuration"]) else { return false };
                match this.engine.http.send_once(&Request::get(&url)).await {
                    // Over TLS that is believed even a page or a redirect is the operator's.
                    Ok(_) | Err(Failure::Status { .. } | Failure::TooLarge | Failure::Portal) => true,
                    Err(_) => false,
                }
            }
            .boxed()
        })
    }
}

impl KeptCheck {
    fn was_made(&self) -> bool {
        !matches!(self.judgement.verdict, Verdict::NotTested(_))
    }
}

/// What the walk goes by.
pub(super) fn outlook(judgement: &Judgement) -> Outlook {
    match judgement.verdict {
        Verdict::Open => Outlook::Open,
        Verdict::Blocked | Verdict::ProbablyBlocked => Outlook::Blocked,
        Verdict::Inconclusive | Verdict::NotTested(_) => Outlook::Unclear,
    }
}

fn policy(file: &GuideFile) -> ProbePolicy {
    let told = &file.probe_policy;
    ProbePolicy {
        is_enabled: told.enabled,
        most_per_hour: told.max_per_hour.into(),
        cool_down_s: told.cool_down_seconds.into(),
        sends_long_datagram: told.padded,
    }
}

/// TS 23.003 §19.4.2.9: the network code is three digits, a two-digit one with a zero before it.
fn three_gpp_name(operator: &Operator) -> Option<EpdgHost> {
    let (mcc, mnc) = operator.plmns.first()?.as_str().split_at_checked(3)?;
    EpdgHost::of_signed_data(&format!("epdg.epc.mnc{mnc:0>3}.mcc{mcc}.pub.3gppnetwork.org"))
}

fn step_of(step: CheckStep, language: Language) -> (NetworkCheckStep, Text) {
    match step {
        CheckStep::Name => (NetworkCheckStep::Name, messages::wifi_checking_name(language)),
        CheckStep::Doors => (NetworkCheckStep::Doors, messages::wifi_checking_doors(language)),
        CheckStep::MobileData => (NetworkCheckStep::MobileData, messages::wifi_checking_mobile(language)),
    }
}
