//! What an operator's entitlement server answers about Wi-Fi calling (GSMA TS.43), for operators that have one: four codes,
//! and what they mean for the person. The app cannot ask itself, since asking needs the SIM; who can hands the answer in.

mod read;

pub use read::{Unreadable, read};

use std::fmt;

/// After a form was filled in the answer is asked for again so often, in seconds.
pub const ASK_AGAIN_EVERY_S: u32 = 5;
/// At most so many times.
pub const ASK_AGAIN_TIMES: u32 = 6;

/// A code as TS.43 numbers it; what a number means depends on the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// 0: disabled, not provisioned, not available.
    Zero,
    /// 1: enabled, provisioned, available.
    One,
    /// 2: incompatible, not required.
    Two,
    /// 3: being provisioned, in progress.
    Three,
    /// Not in the answer: an entitlement is then incompatible, all else not required.
    Absent,
    /// Something else.
    Unknown,
}

impl Code {
    fn of(text: &str) -> Code {
        match text.trim() {
            "0" => Code::Zero,
            "1" => Code::One,
            "2" => Code::Two,
            "3" => Code::Three,
            "" => Code::Absent,
            _ => Code::Unknown,
        }
    }

    /// Nothing is missing here.
    const fn is_done(self) -> bool {
        matches!(self, Code::One | Code::Two | Code::Absent)
    }

    const fn sign(self) -> char {
        match self {
            Code::Zero => '0',
            Code::One => '1',
            Code::Two => '2',
            Code::Three => '3',
            Code::Absent => '-',
            Code::Unknown => '?',
        }
    }
}

/// The answer about Wi-Fi calling (ap2004).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entitlement {
    /// EntitlementStatus.
    pub entitlement: Code,
    /// ProvStatus.
    pub provisioning: Code,
    /// TC_Status: terms and conditions.
    pub terms: Code,
    /// AddrStatus: the emergency address.
    pub address: Code,
    /// The operator's page for what is missing; nothing unless its address is https.
    pub service_flow: Option<ServiceFlow>,
}

/// A page to open in the system browser. Its address may identify the subscriber, so it is for nobody else's eyes.
#[derive(Clone, PartialEq, Eq)]
pub struct ServiceFlow {
    /// Where, https.
    pub url: String,
    /// What to post there; nothing when it is to be opened only.
    pub user_data: Option<String>,
}

impl fmt::Debug for ServiceFlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServiceFlow(redacted)")
    }
}

/// What the codes mean for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntitlementMessage {
    /// The line may use Wi-Fi calling.
    Entitled,
    /// Not on this phone, or not with this subscription.
    Incompatible,
    /// A form is missing: see the service flow, then ask again.
    DataMissing,
    /// Being activated, usually within a day.
    InProgress,
    /// The answer makes no sense: show the codes, contact support.
    Unclear,
}

impl Entitlement {
    /// The first that applies.
    pub fn message(&self) -> EntitlementMessage {
        let Entitlement { entitlement, provisioning, terms, address, .. } = *self;
        let forms = [terms, address];
        let are_forms_done = forms.iter().all(|form| form.is_done());
        match entitlement {
            Code::One if provisioning.is_done() && are_forms_done => EntitlementMessage::Entitled,
            Code::Two | Code::Absent => EntitlementMessage::Incompatible,
            Code::Zero if forms.contains(&Code::Zero) => EntitlementMessage::DataMissing,
            Code::Three => EntitlementMessage::InProgress,
            Code::Zero if forms.contains(&Code::Three) => EntitlementMessage::InProgress,
            Code::Zero if matches!(provisioning, Code::Zero | Code::Three) && are_forms_done => {
                EntitlementMessage::InProgress
            }
            _ => EntitlementMessage::Unclear,
        }
    }

    /// The codes for support, in the order entitlement, provisioning, terms, address: `1-0-?`, where `-` is not said and
    /// `?` not known.
    pub fn codes(&self) -> String {
        [self.entitlement, self.provisioning, self.terms, self.address].map(Code::sign).into_iter().collect()
    }
}

#[cfg(test)]
#[path = "entitlement_tests.rs"]
mod tests;
