//! Which articles there are, what each consists of, and where it belongs. Only keys stand here: the words are in
//! `core/locales`, and what another screen says already is said with that screen's key.

use super::view::HelpTopic::{self, *};
use crate::operator::profile::{Capability, Profile};
use crate::text::request::RequestKind;

/// An article.
#[derive(Debug)]
pub struct Article {
    /// Its name, for good: apps link to it. Its title is `help-{id}-title`, what it is also searched by `help-{id}-words`.
    pub id: &'static str,
    pub topics: &'static [HelpTopic],
    pub needs: Needs,
    pub blocks: &'static [Block],
    /// Articles to read next, best first.
    pub related: &'static [&'static str],
    /// The request to the fleet manager that it ends in.
    pub request: Option<RequestKind>,
}

/// A part of an article.
#[derive(Debug)]
pub struct Block {
    pub kind: Kind,
    pub key: &'static str,
    pub needs: Needs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Paragraph,
    Step,
    Warning,
}

/// What an operator must offer for a text to be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    Nothing,
    Feature(Capability),
    /// People make their account themselves.
    OwnAccounts,
    /// Employees whose bill is split are invited.
    Invitations,
    /// The app tells everybody at some share of an allowance.
    Thresholds,
    /// The operator sends alerts too.
    SentAlerts,
    /// The app shows PIN and PUK.
    SimSecrets,
}

impl Needs {
    /// Whether this operator offers it.
    pub fn met_by(self, profile: &Profile) -> bool {
        match self {
            Needs::Nothing => true,
            Needs::Feature(capability) => profile.offers(capability),
            Needs::OwnAccounts => profile.identity.creates_accounts,
            Needs::Invitations => profile.identity.invitation.is_some(),
            Needs::Thresholds => !profile.alerts.thresholds_percent.is_empty(),
            Needs::SentAlerts => !profile.alerts.sent.is_empty(),
            Needs::SimSecrets => {
                let api = profile.apis.activation.as_ref().filter(|_| profile.offers(Capability::Activation));
                api.is_some_and(|api| api.secrets)
            }
        }
    }
}

const fn say(key: &'static str) -> Block {
    Block { kind: Kind::Paragraph, key, needs: Needs::Nothing }
}

const fn step(key: &'static str) -> Block {
    Block { kind: Kind::Step, ..say(key) }
}

const fn warn(key: &'static str) -> Block {
    Block { kind: Kind::Warning, ..say(key) }
}

const fn say_if(needs: Needs, key: &'static str) -> Block {
    Block { needs, ..say(key) }
}

const INVOICES: Needs = Needs::Feature(Capability::Invoices);
const WIFI_CALLING: Needs = Needs::Feature(Capability::WifiCalling);

/// All articles, in the order of a person's first weeks.
pub const ARTICLES: &[Article] = &[
    Article {
        id: "sim-card",
        topics: &[GettingStarted, Sim],
        needs: Needs::Nothing,
        blocks: &[
            say("help-sim-card-keep"),
            say("help-sim-card-when"),
            step("help-sim-card-insert"),
            step("help-sim-card-pin"),
            step("help-test-call"),
            say("help-sim-card-missing"),
            say("help-no-network"),
        ],
        related: &["pin-and-puk", "keep-number", "new-number"],
        request: Some(RequestKind::SimCardMissing),
    },
    Article {
        id: "esim",
        topics: &[GettingStarted, Sim],
        needs: Needs::Nothing,
        blocks: &[
            say("help-esim-what"),
            step("help-esim-prepare"),
            step("help-esim-complete"),
            step("help-esim-code"),
            step("help-test-call"),
            warn("help-esim-once"),
            say("help-esim-keep"),
            say("help-esim-lost"),
            say("help-esim-new-phone"),
        ],
        related: &["pin-and-puk", "keep-number", "new-number"],
        request: Some(RequestKind::EsimMailMissing),
    },
    Article {
        id: "keep-number",
        topics: &[GettingStarted, Sim],
        needs: Needs::Nothing,
        blocks: &[
            say("help-keep-number-what"),
            step("help-keep-number-both"),
            step("help-keep-number-signal"),
            step("help-test-call"),
            say("help-keep-number-usual"),
            say("help-keep-number-law"),
            warn("help-keep-number-stop"),
            say("help-keep-number-late"),
            say("help-keep-number-compensation"),
        ],
        related: &["sim-card", "esim"],
        request: None,
    },
    Article {
        id: "new-number",
        topics: &[GettingStarted, Sim],
        needs: Needs::Nothing,
        blocks: &[
            say("help-new-number-when"),
            step("help-new-number-sim"),
            step("help-new-number-wait"),
            step("help-test-call"),
            say("help-new-number-ask"),
        ],
        related: &["sim-card", "esim"],
        request: None,
    },
    Article {
        id: "pin-and-puk",
        topics: &[Sim, GettingStarted],
        needs: Needs::Nothing,
        blocks: &[
            say("help-pin-and-puk-what"),
            say("help-pin-and-puk-card"),
            say("help-pin-and-puk-esim"),
            say_if(Needs::SimSecrets, "help-pin-and-puk-app"),
            say("help-pin-and-puk-change"),
            say("help-pin-and-puk-blocked"),
            warn("help-pin-and-puk-guess"),
            warn("help-pin-and-puk-secret"),
        ],
        related: &["sim-card", "esim"],
        request: None,
    },
    Article {
        id: "no-network",
        topics: &[Sim, GettingStarted],
        needs: Needs::Nothing,
        blocks: &[
            step("help-no-network-settings"),
            step("help-no-network-restart"),
            say("help-sim-card-when"),
            say_if(WIFI_CALLING, "help-no-network-indoors"),
            say("help-no-network-ask"),
        ],
        related: &["sim-card", "esim", "pin-and-puk"],
        request: None,
    },
    Article {
        id: "lost-phone",
        topics: &[Sim],
        needs: Needs::Nothing,
        blocks: &[
            step("help-lost-phone-tell"),
            step("help-lost-phone-new"),
            say("help-lost-phone-esim"),
            say("help-lost-phone-pin"),
            warn("help-pin-and-puk-secret"),
        ],
        related: &["pin-and-puk", "esim", "sim-card"],
        request: None,
    },
    Article {
        id: "account",
        topics: &[SignIn, GettingStarted],
        needs: Needs::OwnAccounts,
        blocks: &[
            say_if(Needs::Invitations, "help-account-split"),
            step("help-account-create"),
            step("help-account-number"),
            step("help-account-sign-in"),
        ],
        related: &["account-with-split-bill"],
        request: None,
    },
    Article {
        id: "account-with-split-bill",
        topics: &[SignIn, GettingStarted],
        needs: Needs::Invitations,
        blocks: &[
            say("help-account-with-split-bill-what"),
            step("help-account-with-split-bill-find"),
            step("help-account-with-split-bill-open"),
            step("help-account-sign-in"),
            say("help-account-with-split-bill-lost"),
        ],
        related: &["split-bill", "account"],
        request: Some(RequestKind::InvitationLost),
    },
    Article {
        id: "usage-and-alerts",
        topics: &[Usage, Alerts],
        needs: Needs::Feature(Capability::Usage),
        blocks: &[
            say("help-usage-and-alerts-what"),
            say("help-usage-and-alerts-counted"),
            say("help-usage-and-alerts-out"),
            say_if(Needs::Thresholds, "help-usage-and-alerts-told"),
            say("help-usage-and-alerts-own"),
            say_if(Needs::SentAlerts, "help-usage-and-alerts-sent"),
        ],
        related: &["plan", "split-bill"],
        request: None,
    },
    Article {
        id: "plan",
        topics: &[Plan, Usage],
        needs: Needs::Feature(Capability::Plan),
        blocks: &[say("help-plan-what"), say("help-plan-employer"), say("help-plan-ask")],
        related: &["usage-and-alerts"],
        request: Some(RequestKind::PlanDoesNotFit),
    },
    Article {
        id: "split-bill",
        topics: &[Invoices],
        needs: INVOICES,
        blocks: &[
            say("why-split-bill"),
            say("help-split-bill-without"),
            say("help-split-bill-third-parties"),
            say("why-lapses"),
            say("help-split-bill-limit"),
            say("help-split-bill-third-period"),
        ],
        related: &["invoice", "paying"],
        request: None,
    },
    Article {
        id: "invoice",
        topics: &[Invoices],
        needs: INVOICES,
        blocks: &[
            say("help-invoice-first"),
            say("help-invoice-detail"),
            say("help-invoice-out"),
            say("help-invoice-none"),
            say("help-invoice-dispute"),
            say("help-invoice-offline"),
        ],
        related: &["split-bill", "paying"],
        request: None,
    },
    Article {
        id: "paying",
        topics: &[Pay, Invoices],
        needs: INVOICES,
        blocks: &[
            say("help-paying-when"),
            say("help-paying-how"),
            say("help-paying-debit"),
            warn("help-paying-account"),
            say("help-paying-reminder"),
            say("help-paying-unpaid"),
        ],
        related: &["invoice", "split-bill"],
        request: None,
    },
    Article {
        id: "wifi-calling",
        topics: &[HelpTopic::WifiCalling, GettingStarted],
        needs: WIFI_CALLING,
        blocks: &[
            say("help-wifi-calling-what"),
            say("help-wifi-calling-two"),
            say("help-wifi-calling-iphone"),
            say("help-wifi-calling-android"),
            say("wifi-note-each-sim"),
            say("help-wifi-calling-walk"),
        ],
        related: &["wifi-calling-abroad"],
        request: Some(RequestKind::WifiCalling),
    },
    Article {
        id: "wifi-calling-abroad",
        topics: &[HelpTopic::WifiCalling],
        needs: WIFI_CALLING,
        blocks: &[say("help-wifi-calling-abroad-what"), say("wifi-fix-roaming"), warn("wifi-emergency-what")],
        related: &["wifi-calling"],
        request: None,
    },
];
