//! What the check finds out, before anything is made of it. Codes only: no address, no network name, nothing that says
//! where a person was, so that a result may be kept and shown to support.

use serde::{Deserialize, Serialize};

use super::answer::Unproven;

/// What the resolver said of the ePDG's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NameFinding {
    /// There are public addresses.
    Found,
    /// Only addresses that lead nowhere: this machine, private ranges, 0.0.0.0. A filter or a sign-in page answers so.
    Sinkhole,
    /// The resolver says that there is no such name, or that it has no address.
    NotFound,
    /// SERVFAIL, REFUSED, or an answer that is none.
    ServerFailure,
    /// Nothing came within the five seconds after which phones give up.
    Timeout,
    /// The phone's own resolver did not find it and does not say why.
    Unresolved,
    /// There are addresses, of a family that this network has no route for.
    FamilyMismatch,
    /// There is no network to ask on.
    NotAsked,
}

/// How an ePDG proved to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Proof {
    /// The exchange was taken.
    SaInit,
    /// It asked for a cookie.
    Cookie,
    /// It takes another proposal: the data of the operator is out of date.
    NoProposal,
    /// It wants another group.
    InvalidKe,
    /// It wants another version.
    InvalidMajor,
    /// It could not read the request.
    InvalidSyntax,
    /// It names another gateway, which is not asked.
    Redirect,
    /// Another IKEv2 error.
    OtherError(u16),
}

/// What was found at one door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DoorFinding {
    /// An ePDG answered.
    Open(Proof),
    /// Something else answered.
    Unproven(Unproven),
    /// Nothing came.
    Silent,
    /// "Port unreachable": a firewall that rejects, or a host without the service.
    Refused,
    /// "Administratively prohibited", by a device on the way or by this phone.
    Prohibited,
    /// This network has no route there.
    NoRoute,
    /// The datagram is too long for the way.
    TooLarge,
    /// Not tried.
    NotTried,
}

impl DoorFinding {
    /// Whether an ePDG answered.
    pub const fn is_open(self) -> bool {
        matches!(self, DoorFinding::Open(_))
    }

    /// Whether the way is closed, as far as can be seen.
    pub const fn is_shut(self) -> bool {
        matches!(self, DoorFinding::Silent | DoorFinding::Refused | DoorFinding::Prohibited)
    }
}

/// Whether the operator's own API answers over the same network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Internet {
    /// It answers: the network leads out.
    Works,
    /// It does not.
    Fails,
    /// Not tried.
    NotTried,
}

/// What was found on one way out, Wi-Fi or mobile data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PathFindings {
    /// The ePDG's name.
    pub name: NameFinding,
    /// UDP 500.
    pub door_500: DoorFinding,
    /// UDP 4500.
    pub door_4500: DoorFinding,
    /// Whether addresses are translated on the way; nothing when no answer told.
    pub nat: Option<bool>,
    /// Whether a long datagram came through; nothing when none was sent.
    pub long_datagram: Option<bool>,
}

impl PathFindings {
    /// Nothing came of the name, so no door was tried.
    pub const fn name_only(name: NameFinding) -> PathFindings {
        let not_tried = DoorFinding::NotTried;
        PathFindings { name, door_500: not_tried, door_4500: not_tried, nat: None, long_datagram: None }
    }

    /// Whether an ePDG answered at both doors.
    pub const fn is_open(&self) -> bool {
        self.door_500.is_open() && self.door_4500.is_open()
    }
}

/// Everything that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Findings {
    /// On the network in question.
    pub here: PathFindings,
    /// The same over mobile data; nothing when it was not tested.
    pub mobile: Option<PathFindings>,
    /// Whether anything else comes through on the network in question.
    pub internet: Internet,
    /// What the resolver said of the name that 3GPP foresees. For the record: many operators do not have it.
    pub three_gpp_name: Option<NameFinding>,
    /// Whether a VPN is on: it carries other traffic than the phone's own calls, so nothing is tested.
    pub vpn: bool,
}
