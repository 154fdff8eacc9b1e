//! Whether the app has anything to show after all: an answer may be as the contract has it, and say nothing of the person.

use companion::CompanionCore;
use companion::operator::profile::Capability;
use companion::vowifi::view::WifiLineState;

/// Whether a screen of this capability shows something of the operator's.
pub fn shows(core: &CompanionCore, capability: Capability) -> bool {
    match capability {
        Capability::Usage => core
            .usage()
            .state()
            .lines
            .iter()
            .any(|line| line.hero.is_some() || !line.buckets.is_empty() || line.out_of_bundle.is_some()),
        Capability::Plan => {
            core.usage().state().lines.iter().any(|line| line.plan.is_some() || !line.plan_contents.is_empty())
        }
        Capability::Notifications => core.preferences().state().lines.iter().any(|line| !line.topics.is_empty()),
        Capability::Invoices => {
            let screen = core.invoices().state();
            screen.running.is_some() || screen.rows.iter().any(|row| row.invoice_id.is_some())
        }
        Capability::WifiCalling => core.wifi_calling().state().line != WifiLineState::Unknown,
        Capability::Activation => {
            let screen = core.activation().state();
            !screen.lines.is_empty() || !screen.sims.is_empty()
        }
    }
}
