//! The one list of what can be asked of a running sandbox: the control API answers by it, its page and `companion control`
//! are drawn from it. A control that is added here is on both.

use std::sync::Arc;

use axum::routing::{MethodRouter, get, post};
use serde::Serialize;

use crate::faults::FAULTS;
use crate::state::Shared;

/// One control: `/control/{name}`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Door {
    /// Last part of its path.
    pub name: &'static str,
    /// "POST" changes something, "GET" tells something.
    pub method: &'static str,
    /// Where on the page it stands.
    pub group: Group,
    /// What it is called, for a person.
    pub title: &'static str,
    /// What it does.
    pub says: &'static str,
    /// What its body may hold, in parts with a heading each.
    pub parts: &'static [Part],
    #[serde(skip)]
    pub(super) route: fn() -> MethodRouter<Arc<Shared>>,
}

/// What controls are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Group {
    /// Moves time.
    Clock,
    /// Lets something happen.
    Act,
    /// Breaks and mends.
    Break,
    /// Begins anew.
    Begin,
    /// Tells what happened.
    Look,
}

/// Fields under one heading; the heading may be empty.
#[derive(Debug, Serialize)]
pub struct Part {
    /// What they have in common.
    pub heading: &'static str,
    /// In the order in which they are asked for.
    pub fields: &'static [Field],
}

/// A member of a control's body.
#[derive(Debug, Serialize)]
pub struct Field {
    /// Its name in JSON.
    pub name: &'static str,
    /// Whether it may be left out.
    pub optional: bool,
    /// What it means, with the unit.
    pub says: &'static str,
    /// What it takes.
    #[serde(flatten)]
    pub kind: Kind,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Kind {
    /// Key of a person: "emma".
    Person,
    /// Any text.
    Text {
        /// One that makes sense.
        example: &'static str,
    },
    /// A whole number.
    Whole {
        /// One that makes sense.
        example: i64,
        /// Usual ones by name; empty where there are none.
        usual: &'static [Usual],
    },
    /// True or false.
    Flag,
    /// One of these.
    Choice {
        /// As they stand in JSON.
        of: &'static [&'static str],
    },
    /// A civil day, "2026-11-26".
    Day {
        /// One that makes sense.
        example: &'static str,
    },
    /// Anything else, as JSON.
    Json {
        /// One that makes sense.
        example: &'static str,
    },
}

/// A usual number.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Usual {
    /// What people call it.
    pub name: &'static str,
    /// The number.
    pub value: i64,
}

impl Door {
    /// Its fields without their headings.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.parts.iter().flat_map(|part| part.fields)
    }
}

impl Field {
    pub(crate) const fn new(name: &'static str, kind: Kind, says: &'static str) -> Self {
        Self { name, optional: false, says, kind }
    }

    pub(crate) const fn or_not(name: &'static str, kind: Kind, says: &'static str) -> Self {
        Self { name, optional: true, says, kind }
    }
}

/// A number without usual ones.
pub(crate) const fn whole(example: i64) -> Kind {
    Kind::Whole { example, usual: &[] }
}

pub(crate) const fn text(example: &'static str) -> Kind {
    Kind::Text { example }
}

const fn usual(name: &'static str, value: i64) -> Usual {
    Usual { name, value }
}

const WHO: Field = Field::new("person", Kind::Person, "Who");

/// All of them.
pub const DOORS: &[Door] = &[
    Door {
        name: "advance",
        method: "POST",
        group: Group::Clock,
        title: "Move time",
        says: "Moves the sandbox’s clock. A negative number moves it back.",
        parts: &[Part {
            heading: "",
            fields: &[Field::new(
                "seconds",
                Kind::Whole {
                    example: 3_600,
                    usual: &[
                        usual("15 minutes", 900),
                        usual("1 hour", 3_600),
                        usual("1 day", 86_400),
                        usual("1 week", 604_800),
                        usual("30 days", 2_592_000),
                        usual("1 day back", -86_400),
                    ],
                },
                "So many seconds",
            )],
        }],
        route: || post(super::advance),
    },
    Door {
        name: "use",
        method: "POST",
        group: Group::Act,
        title: "Use data, minutes or SMS",
        says: "Somebody uses up some of their plan; it is counted at once.",
        parts: &[Part {
            heading: "",
            fields: &[
                WHO,
                Field::new(
                    "what",
                    Kind::Choice { of: &["data", "dataEu", "dataShared", "calls", "sms"] },
                    "What: data in Belgium, in the EU or of the team, calls or SMS. Each plan counts some of these",
                ),
                Field::new(
                    "amount",
                    Kind::Whole {
                        example: 500,
                        usual: &[usual("10", 10), usual("100", 100), usual("500", 500), usual("5000", 5_000)],
                    },
                    "How many megabytes, minutes or messages",
                ),
            ],
        }],
        route: || post(super::use_up),
    },
    Door {
        name: "invoice",
        method: "POST",
        group: Group::Act,
        title: "Send an invoice",
        says: "Sends an invoice of one line, issued today and to be paid within 25 days.",
        parts: &[Part {
            heading: "",
            fields: &[
                WHO,
                Field::new("cents", whole(1_250), "Amount with VAT, in cents"),
                Field::or_not("name", text("Calls to abroad"), "What it charges for"),
                Field::or_not("thirdParty", Kind::Flag, "Whether a third party charges, which no employer pays"),
            ],
        }],
        route: || post(super::invoice),
    },
    Door {
        name: "activation",
        method: "POST",
        group: Group::Act,
        title: "Move an order",
        says: "Moves an order of a line: what Tom’s or Pieter’s waits for happens, or Ines’s takes a week longer.",
        parts: &[Part {
            heading: "",
            fields: &[
                WHO,
                Field::new(
                    "event",
                    Kind::Choice { of: &["donorDataCorrected", "mandateAnswered", "delayed"] },
                    "The employer corrected Tom’s data, Pieter agreed, or it is delayed",
                ),
            ],
        }],
        route: || post(super::activation),
    },
    Door {
        name: "second-device",
        method: "POST",
        group: Group::Act,
        title: "Change a preference on another device",
        says: "A second device of the person changes a notification preference of their first line.",
        parts: &[Part {
            heading: "",
            fields: &[
                Field::or_not("person", Kind::Person, "Who"),
                Field::or_not("topic", text("usageThreshold"), "Topic: usageThreshold, outOfBundle, billReady, …"),
                Field::or_not("channel", Kind::Choice { of: &["sms", "push", "email"] }, "Channel"),
                Field::or_not("enabled", Kind::Flag, "On or off from now on"),
                Field::or_not("threshold", whole(90), "The threshold from now on, in percent"),
                Field::or_not(
                    "allowedBy",
                    Kind::Choice { of: &["user", "employer", "regulator"] },
                    "Who decides from now on",
                ),
            ],
        }],
        route: || post(super::second_device),
    },
    Door {
        name: "invite",
        method: "POST",
        group: Group::Act,
        title: "Invite somebody to make an account",
        says: "The fleet manager invites somebody: tells a link that makes one account within seven days.",
        parts: &[Part { heading: "", fields: &[WHO] }],
        route: || post(super::invite),
    },
    Door {
        name: "end-sessions",
        method: "POST",
        group: Group::Act,
        title: "End somebody’s sign-ins",
        says: "Ends every sign-in of a person, as on leaving the company: their next renewal is refused.",
        parts: &[Part { heading: "", fields: &[WHO] }],
        route: || post(super::end_sessions),
    },
    Door {
        name: "rotate-key",
        method: "POST",
        group: Group::Act,
        title: "Sign with another key",
        says: "From now on another key signs id tokens; the key set has both.",
        parts: &[],
        route: || post(super::rotate_key),
    },
    Door {
        name: "sign-in",
        method: "POST",
        group: Group::Act,
        title: "Sign in without a browser",
        says: "Walks the sign-in page without a browser, and tells the address that it leads back to.",
        parts: &[Part {
            heading: "",
            fields: &[
                Field::new("url", text("https://localhost:8443/authorize?…"), "Where the app sends the browser"),
                Field::new("number", text("0470 12 34 56"), "Mobile number"),
                Field::new("password", text("emma-sandbox"), "Password"),
            ],
        }],
        route: || post(super::sign_in),
    },
    Door {
        name: "faults",
        method: "POST",
        group: Group::Break,
        title: "Set faults",
        says: "Puts these faults in force instead of the ones before. None at all heals everything.",
        parts: FAULTS,
        route: || post(super::faults),
    },
    Door {
        name: "scene",
        method: "POST",
        group: Group::Begin,
        title: "Set a scene",
        says: "Begins anew: people, figures, sign-ins, faults, requests and clock. What is left out is as at the start.",
        parts: SCENE,
        route: || post(super::scene),
    },
    look("faults-in-force", "The faults in force.", || get(super::faults_in_force)),
    look("requests", "Every request since the scene began.", || get(super::requests)),
    look("token-requests", "Every request to the token endpoint.", || get(super::token_requests)),
    look("revocations", "Every token that was given back.", || get(super::revocations)),
    look("open-sessions", "How many sign-ins of each person are alive.", || get(super::open_sessions)),
    look("preferences", "What is on and off on everybody’s first line.", || get(super::preferences)),
    look("reveals", "Which secret of a SIM was shown when, never its value.", || get(super::reveals)),
];

const fn look(name: &'static str, says: &'static str, route: fn() -> MethodRouter<Arc<Shared>>) -> Door {
    Door { name, method: "GET", group: Group::Look, title: name, says, parts: &[], route }
}

const SCENE: &[Part] = &[
    Part {
        heading: "People and time",
        fields: &[
            Field::or_not(
                "operator",
                Kind::Choice { of: &["sandbox", "v4-meuse", "prepaid-polder"] },
                "Which of the operators that the core has profiles of it is",
            ),
            Field::or_not("seed", whole(2), "Decides numbers, identifiers and how much was used"),
            Field::or_not("now", text("2026-12-24T18:00:00+01:00"), "The time it begins at, standing still"),
            Field::or_not(
                "cycleEnd",
                Kind::Choice { of: &["exclusive", "inclusive"] },
                "How the end of a cycle is written: the first moment after it, or its last day",
            ),
        ],
    },
    Part {
        heading: "APIs",
        fields: &[
            Field::or_not("dialect", Kind::Choice { of: &["g1", "g2", "g3", "g4"] }, "Generation of TMF677"),
            Field::or_not(
                "query",
                Kind::Choice { of: &["report-get", "query-get", "query-post"] },
                "How the profile has usage asked for",
            ),
            Field::or_not("taskPolls", whole(2), "So many reads of a task answer “in progress”"),
            Field::or_not("dataBase", Kind::Choice { of: &["decimal", "binary"] }, "What the profile says a GB is"),
            Field::or_not(
                "preferences",
                Kind::Choice { of: &["communicationPreference", "partyCharacteristic", "serviceFeature"] },
                "Where preferences are kept, as the profile has it",
            ),
            Field::or_not("idempotent", Kind::Flag, "Whether a repeated change is done once"),
            Field::or_not("billDialect", Kind::Choice { of: &["v4", "v5"] }, "Version of TMF678"),
            Field::or_not(
                "billDelivery",
                Kind::Choice { of: &["byPerson", "url", "content", "store"] },
                "How printed bills can be had",
            ),
            Field::or_not(
                "activation",
                Kind::Choice { of: &["v4", "v5"] },
                "Version of orders, products and SIMs, as the profile has it",
            ),
        ],
    },
    Part {
        heading: "Sign-in",
        fields: &[
            Field::or_not("accessSeconds", whole(300), "Lifetime of an access token, in seconds"),
            Field::or_not("graceSeconds", whole(60), "So many seconds a rotated refresh token is still taken"),
            Field::or_not("rotation", Kind::Choice { of: &["rotate", "keep"] }, "What a renewal does to the token"),
            Field::or_not("par", Kind::Flag, "Whether requests may be pushed (RFC 9126)"),
            Field::or_not("requirePar", Kind::Flag, "Whether they must be"),
            Field::or_not("dpop", Kind::Flag, "Whether tokens are bound to a key (RFC 9449)"),
            Field::or_not("dpopNonce", Kind::Flag, "Whether proofs need a nonce"),
        ],
    },
];
