//! The network check as the app makes it: whose gateway, whether it may be made now, and what is kept of it.

use std::sync::Arc;

use futures_util::FutureExt;

use super::WifiCalling;
use super::check::findings::Internet;
use super::check::limits::{EpdgHost, Ledger, Permit, ProbePolicy};
use super::check::verdict::{NotTested, Verdict};
use super::check::{CheckStep, Checked, Control, Neighbour, NetworkCheck, Reachable};
use super::facts::PhoneFacts;
use super::guide::model::{GuideFile, Operator};
use super::memory::{KeptCheck, NotMade};
use super::shelf::{Guides, KeptGuides};
use crate::cancel::CancelToken;
use crate::changes::Topic;
use crate::host::HostError;
use crate::operator::address::address;
use crate::operator::failure::Failure;
use crate::operator::http::Request;
use crate::operator::profile::WifiCallingApi;
use crate::problem::Problem;
use crate::store::{Amend, Snapshot};
use crate::text::{Language, Text, messages};

/// The operator's gateway, and the name that 3GPP foresees where it should be there.
type Gateway = (EpdgHost, Option<EpdgHost>);

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
        let guides = self.guides().ok_or_else(|| Problem::unexpected("no_guides"))?;
        let facts = self.facts();
        let checked = match self.permit(&guides, facts.as_ref()).await? {
            Ok((permit, (host, three_gpp))) => {
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
                    policy: policy(&guides),
                    vpn: has_vpn(facts.as_ref()),
                    network: self.engine.host.probe_network.clone(),
                    entropy: self.engine.entropy.clone(),
                    control: self.control(facts.as_ref()),
                    progress,
                };
                check.run(cancel).await?
            }
            Err(why) => Checked::not_made(why),
        };
        let reading = self.engine.host.clock.now()?;
        if let Some(permit) = checked.unused {
            self.amend_ledger(move |ledger| ledger.give_back(permit)).await?;
        }
        if let Verdict::NotTested(why) = checked.judgement.verdict {
            // A check that was not made takes nothing from the last one that was, but says why.
            self.memory_of(&subject)?.not_made = Some(NotMade { why, at: reading });
        } else {
            if checked.judgement.is_data_stale {
                // What the operator changed is perhaps in newer guides already.
                self.keep_guides(KeptGuides::ask_anew).await?;
            }
            let kept = KeptCheck { at_ms: self.engine.now_ms(), judgement: checked.judgement };
            let row = self.engine.received(kept.clone(), None, None);
            self.session.keep_row(&subject, &subject.key.name(KeptCheck::KIND.as_bytes()), &row).await?;
            let mut memory = self.memory_of(&subject)?;
            (memory.check, memory.not_made) = (Some(kept), None);
        }
        self.engine.mark(Topic::WifiCalling);
        Ok(())
    }

    /// Whether a check may be made now, and of what. It is noted before anything is sent: whatever happens then, it counts.
    async fn permit(
        &self,
        guides: &Guides,
        facts: Option<&PhoneFacts>,
    ) -> Result<Result<(Permit, Gateway), NotTested>, Problem> {
        if has_vpn(facts) {
            return Ok(Err(NotTested::Vpn));
        }
        // Without a network that the phone lends, everything goes where its traffic goes anyway.
        let is_off = facts.is_some_and(|facts| facts.wifi == Some(false) && facts.ethernet != Some(true));
        if is_off && self.engine.host.probe_network.is_none() {
            return Ok(Err(NotTested::NoNetwork));
        }
        let Some(gateway) = self.gateway(&guides.file, facts) else { return Ok(Err(NotTested::NoHost)) };
        let (policy, reading) = (policy(guides), self.engine.host.clock.now()?);
        let begun = self.amend_ledger(move |ledger| ledger.begin(&policy, &reading)).await?;
        Ok(begun.map(|permit| (permit, gateway)))
    }

    async fn amend_ledger<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Ledger) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let amend = move |found: Option<Ledger>| {
            let mut ledger = found.unwrap_or_default();
            let told = change(&mut ledger);
            Amend::Keep(ledger, told)
        };
        self.engine.store.amend_installed(amend).await
    }

    /// The gateway of the operator of the SIM, and the name that 3GPP foresees where it should be there. Only from the guides,
    /// or from the profile where they do not know the network.
    fn gateway(&self, file: &GuideFile, facts: Option<&PhoneFacts>) -> Option<Gateway> {
        let network = self.network_of(facts)?;
        let Some(operator) = file.operator(network.trim()) else { return own_gateway(self.api()?, &network) };
        let today = self.engine.now().at.to_zoned_datetime(self.engine.zone.clone()).date();
        let host = operator.epdg_on(today).find_map(|epdg| EpdgHost::of_signed_data(epdg.host.as_str()))?;
        let three_gpp =
            operator.three_gpp_name_expected.then(|| three_gpp_name(operator.plmns.first()?.as_str())).flatten();
        Some((host, three_gpp))
    }

    /// The operator of the SIM in the guides; the profile's first where the phone does not tell its SIM's.
    pub(super) fn operator_of<'f>(&self, file: &'f GuideFile, facts: Option<&PhoneFacts>) -> Option<&'f Operator> {
        file.operator(self.network_of(facts)?.trim())
    }

    /// The network of the SIM, where it is one of the operator's; else the profile's first.
    fn network_of(&self, facts: Option<&PhoneFacts>) -> Option<String> {
        let networks = &self.api()?.networks;
        let of_sim = facts.and_then(|facts| facts.own_sims(networks).next()?.operator.clone());
        of_sim.or_else(|| networks.first().cloned())
    }

    /// The positive control: whether the operator is reached at all, since a network that lets nothing through proves nothing.
    fn control(self: &Arc<Self>, facts: Option<&PhoneFacts>) -> Control {
        if facts.is_some_and(|facts| facts.captive_portal == Some(true)) {
            return Control::Portal;
        }
        if self.engine.host.probe_network.is_none() {
            return Control::Default(self.reachable());
        }
        let issuer = &self.engine.profile.identity.issuer;
        let neighbour = self.engine.http.tls().ok().and_then(|tls| Neighbour::of(issuer, tls));
        neighbour.map_or(Control::None, Control::Over)
    }

    /// Whether the operator answers over the phone's default network, whatever it says.
    fn reachable(self: &Arc<Self>) -> Reachable {
        let this = self.clone();
        Arc::new(move || {
            let this = this.clone();
            async move {
                let issuer = &this.engine.profile.identity.issuer;
                let Ok(url) = address(issuer, &[".well-known", "openid-configuration"]) else {
                    return Internet::NotTried;
                };
                match this.engine.http.send_once(&Request::get(&url)).await {
                    // Over TLS that is believed even a page or a redirect is the operator's.
                    Ok(_) | Err(Failure::Status { .. } | Failure::TooLarge | Failure::Portal) => Internet::Works,
                    // It asked to be left alone, and nothing was sent.
                    Err(Failure::Waiting { .. }) => Internet::NotTried,
                    Err(_) => Internet::Fails,
                }
            }
            .boxed()
        })
    }
}

fn has_vpn(facts: Option<&PhoneFacts>) -> bool {
    facts.is_some_and(|facts| facts.vpn == Some(true))
}

fn policy(guides: &Guides) -> ProbePolicy {
    let told = &guides.file.probe_policy;
    ProbePolicy {
        is_enabled: guides.is_check_on,
        most_per_hour: told.max_per_hour.into(),
        cool_down_s: told.cool_down_seconds.into(),
        sends_long_datagram: told.padded,
    }
}

/// The gateway of a network that no guide knows, as far as the profile tells of it.
fn own_gateway(api: &WifiCallingApi, network: &str) -> Option<Gateway> {
    let epdg = api.epdg.as_ref()?;
    let host = epdg.hosts.iter().find_map(|host| EpdgHost::of_signed_data(host))?;
    let three_gpp = epdg.three_gpp_name.then(|| three_gpp_name(network.trim())).flatten();
    Some((host, three_gpp))
}

/// TS 23.003 §19.4.2.9: the network code is three digits, a two-digit one with a zero before it.
fn three_gpp_name(network: &str) -> Option<EpdgHost> {
    let (mcc, mnc) = network.split_at_checked(3)?;
    EpdgHost::of_signed_data(&format!("epdg.epc.mnc{mnc:0>3}.mcc{mcc}.pub.3gppnetwork.org"))
}

fn step_of(step: CheckStep, language: Language) -> (NetworkCheckStep, Text) {
    match step {
        CheckStep::Name => (NetworkCheckStep::Name, messages::wifi_checking_name(language)),
        CheckStep::Doors => (NetworkCheckStep::Doors, messages::wifi_checking_doors(language)),
        CheckStep::MobileData => (NetworkCheckStep::MobileData, messages::wifi_checking_mobile(language)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn of_a_network_that_no_guide_knows_the_profile_tells_the_gateway() {
        let asked = |epdg: Value| {
            let mut api = json!({ "networks": ["00102", "206099"] });
            if !epdg.is_null() {
                api["epdg"] = epdg;
            }
            let gateway = own_gateway(&serde_json::from_value(api).unwrap(), "206099");
            gateway.map(|(host, three_gpp)| (host.as_str().to_owned(), three_gpp.map(|name| name.as_str().to_owned())))
        };
        let host = "epdg.operator.example".to_owned();
        let three_gpp = "epdg.epc.mnc099.mcc206.pub.3gppnetwork.org".to_owned();
        assert_eq!(asked(Value::Null), None);
        assert_eq!(asked(json!({ "hosts": [host] })), Some((host.clone(), None)));
        assert_eq!(asked(json!({ "hosts": [host], "threeGppName": true })), Some((host, Some(three_gpp))));
        // A profile like this is refused when it is read; nobody is asked all the same.
        assert_eq!(asked(json!({ "hosts": ["192.0.2.1", "sos.epdg.example"] })), None);
    }
}
