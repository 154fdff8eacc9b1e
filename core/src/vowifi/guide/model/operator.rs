//! What is known of an operator's Wi-Fi calling, and how its network may be asked.

use jiff::civil::Date;
use serde::Deserialize;

use super::text::at_most;
use super::{Id, Platform, Text, TextKey};
use crate::text::Language;

/// An operator, by its SIMs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Operator {
    /// Its name within the file.
    pub id: Id,
    /// Its name as phones show it.
    pub name: Text,
    /// Country and network codes of its SIMs (E.212), digits alone.
    #[serde(deserialize_with = "at_most::<20, _, _>")]
    pub plmns: Vec<Text>,
    /// Its evolved packet data gateways.
    #[serde(deserialize_with = "at_most::<8, _, _>")]
    pub epdg: Vec<Epdg>,
    /// Whether the name of 3GPP TS 23.003 §19.4.2.9 is there too. Where not, its absence says nothing.
    pub three_gpp_name_expected: bool,
    /// What its phones offer in IKE_SA_INIT.
    pub proposal: Proposal,
    /// UDP ports that calls need.
    #[serde(deserialize_with = "at_most::<2, _, _>")]
    pub ports: Vec<u16>,
    /// What a phone shows while registered over Wi-Fi, `%s` for the operator's name. Known of Pixel phones.
    pub spn_pattern: Text,
    /// Whether phones come with it switched on.
    pub default_on: bool,
    /// What phones prefer where both are there.
    pub default_mode: CallMode,
    /// Whether emergency calls go over Wi-Fi: the first that holds for the phone.
    #[serde(deserialize_with = "at_most::<8, _, _>")]
    pub emergency_over_wifi: Vec<Emergency>,
    /// What calls over Wi-Fi cost abroad.
    pub roaming_rule: RoamingRule,
    /// How its tunnels are, as far as is known.
    pub tunnel: Tunnel,
    /// Whom to turn to.
    pub support_contact_key: TextKey,
    /// The paths of the operator's published guide, in its own words.
    #[serde(default, deserialize_with = "at_most::<8, _, _>")]
    pub published: Vec<PublishedPath>,
    /// Where all this is from.
    #[serde(deserialize_with = "at_most::<12, _, _>")]
    pub sources: Vec<Id>,
    /// When it was compared with them.
    pub checked_on: Date,
}

/// A gateway that phones of the operator ask for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Epdg {
    /// Its name in the DNS, in lower case. Never an address: these change.
    pub host: Text,
    /// The first day it is known of.
    pub from: Date,
    /// The first day it is no longer used.
    #[serde(default)]
    pub until: Option<Date>,
    /// Which addresses it has.
    pub family: Family,
    /// Where that is from.
    #[serde(deserialize_with = "at_most::<8, _, _>")]
    pub sources: Vec<Id>,
}

/// Which addresses a host has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Family {
    /// Not known.
    Unknown,
    /// IPv4 alone.
    Ipv4,
    /// IPv6 alone.
    Ipv6,
    /// Both.
    Both,
}

/// One proposal of an IKE_SA_INIT (RFC 7296 §3.3), by the numbers of IANA's IKEv2 registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Proposal {
    /// Transform type 1: 12 is AES-CBC.
    pub encryption: u16,
    /// Bits of its key.
    pub key_bits: u16,
    /// Transform type 2: 2 is HMAC-SHA1.
    pub prf: u16,
    /// Transform type 3: 2 is HMAC-SHA1-96.
    pub integrity: u16,
    /// Transform type 4: 14 is MODP-2048.
    pub group: u16,
}

/// What a phone prefers to call over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CallMode {
    /// Wi-Fi and nothing else.
    WifiOnly,
    /// The mobile network: with good reception Wi-Fi calling is never shown.
    CellularPreferred,
    /// Wi-Fi.
    WifiPreferred,
}

/// Whether emergency calls go over Wi-Fi on some phones.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Emergency {
    /// Their makers, in lower case. Empty: all.
    #[serde(default, deserialize_with = "at_most::<8, _, _>")]
    pub maker: Vec<Text>,
    /// Whether they do.
    pub answer: EmergencyAnswer,
    /// Where that is from.
    #[serde(default, deserialize_with = "at_most::<8, _, _>")]
    pub sources: Vec<Id>,
}

/// Whether something is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EmergencyAnswer {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// Nobody said.
    Unknown,
}

/// What calls over Wi-Fi cost abroad.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RoamingRule {
    /// The operator has not said.
    Unknown,
    /// This text says it.
    Text(TextKey),
}

/// How tunnels are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Tunnel {
    /// The largest packet within, in bytes.
    pub mtu: Option<u16>,
    /// After how many seconds most phones negotiate anew: a call that ends then met a firewall.
    pub rekey_seconds: Option<u32>,
    /// What is to be said of it.
    pub note_key: Option<TextKey>,
}

/// A path of the operator's published guide, word by word.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PublishedPath {
    /// For which phones.
    pub platform: Platform,
    /// In which language.
    #[serde(deserialize_with = "language")]
    pub language: Language,
    /// What is opened, in order.
    #[serde(deserialize_with = "at_most::<8, _, _>")]
    pub steps: Vec<Text>,
    /// Where it is from.
    #[serde(deserialize_with = "at_most::<4, _, _>")]
    pub sources: Vec<Id>,
}

/// How the operator's network may be asked. The first of these is a switch for all who have the file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProbePolicy {
    /// Whether it may be asked at all.
    pub enabled: bool,
    /// How many checks an hour.
    pub max_per_hour: u8,
    /// Seconds between two checks.
    pub cool_down_seconds: u16,
    /// When the same datagram is sent, in milliseconds from the start.
    #[serde(deserialize_with = "at_most::<3, _, _>")]
    pub resend_ms: Vec<u16>,
    /// When a port counts as silent, in milliseconds from the start.
    pub give_up_ms: u16,
    /// How long the name is looked for, in milliseconds.
    pub dns_ms: u16,
    /// Whether one longer datagram may be tried after an answer.
    pub padded: bool,
}

fn language<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Language, D::Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    enum Tag {
        En,
        Fr,
        Nl,
        De,
    }
    Ok(match Tag::deserialize(deserializer)? {
        Tag::En => Language::English,
        Tag::Fr => Language::French,
        Tag::Nl => Language::Dutch,
        Tag::De => Language::German,
    })
}
