//! A newer guide file than the bundled one: only the operator's, only whole, never an older one. Whatever is wrong with it, the
//! bundled file is used and a notice says why.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

use super::file::{self, FileError, MAX_BYTES};
use super::lint::{self, Fault};
use super::model::GuideFile;
use crate::operator::tolerant::typed;

/// The largest update: a payload in base64 and what is around it.
pub const MAX_UPDATE_BYTES: usize = MAX_BYTES.div_ceil(3) * 4 + 1024;
const MAX_KEY_ID: usize = 64;
/// How far the phone's clock may be behind the issuer's.
const CLOCK_SKEW: SignedDuration = SignedDuration::from_hours(24);

/// A key that signs guide files, from the operator's profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuideKey {
    /// By what an update names it.
    pub id: String,
    /// The Ed25519 public key (RFC 8032 §5.1.5), 32 bytes.
    pub public_key: [u8; 32],
}

/// What an update is held against.
#[derive(Debug, Clone, Copy)]
pub struct Trust<'t> {
    /// The keys that are believed. None: no update is.
    pub keys: &'t [GuideKey],
    /// The newest version ever accepted on this phone, so that nobody hands out an older one again.
    pub newest_accepted: Option<u64>,
    /// Now.
    pub now: Timestamp,
}

/// An update as it is sent: the signature is over the very bytes that `payload` stands for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Update {
    /// The file, in base64 (RFC 4648 §4).
    payload: String,
    /// Its Ed25519 signature, in base64.
    signature: String,
    /// Which key signed it.
    key_id: String,
}

/// Why an update is not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Notice {
    /// It is larger than an update may be.
    #[error("the update is too large")]
    TooLarge,
    /// It is no update: not JSON, or without payload, signature or key id.
    #[error("the update is not of the format")]
    NoUpdate,
    /// Its key is none that is believed.
    #[error("the update is signed with an unknown key")]
    UnknownKey,
    /// The signature is not of these bytes with this key.
    #[error("the update's signature is wrong")]
    BadSignature,
    /// What is signed is no file that this core reads; its schema or the core it needs may be too new.
    #[error("{0}")]
    File(#[from] FileError),
    /// It is older than the bundled file.
    #[error("the update is older than the bundled file")]
    OlderThanBundled,
    /// It is older than one that was accepted before.
    #[error("the update is older than one that was accepted before")]
    OlderThanAccepted,
    /// It is issued in the future.
    #[error("the update is not issued yet")]
    NotYetIssued,
    /// It has expired.
    #[error("the update has expired")]
    Expired,
    /// It breaks a rule.
    #[error("{0}")]
    Fault(#[from] Fault),
}

/// Why newer guides are not used, as far as a person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Enum)]
pub enum GuidesRefusal {
    /// Nobody knows whose they are: the signature is wrong, or of a key that is not the operator's.
    Untrusted,
    /// They are not as guides should be.
    Unreadable,
    /// They need a newer app.
    TooNew,
    /// They are older than those that were accepted before, have expired, or are dated in the future.
    OutOfDate,
}

impl Notice {
    /// What a person is told. None: nothing, for guides as old as the app's own are no news.
    pub fn refusal(&self) -> Option<GuidesRefusal> {
        Some(match self {
            Notice::UnknownKey | Notice::BadSignature => GuidesRefusal::Untrusted,
            Notice::File(FileError::Schema { .. } | FileError::MinCore) => GuidesRefusal::TooNew,
            Notice::TooLarge | Notice::NoUpdate | Notice::File(_) | Notice::Fault(_) => GuidesRefusal::Unreadable,
            Notice::OlderThanAccepted | Notice::NotYetIssued | Notice::Expired => GuidesRefusal::OutOfDate,
            Notice::OlderThanBundled => return None,
        })
    }
}

/// An update that may be used today: newer than the bundled file, or of its own version, and not older than what was accepted
/// before.
pub fn accept(bundled: &GuideFile, update: &[u8], trust: Trust<'_>) -> Result<GuideFile, Notice> {
    let file = verified(bundled, update, trust.keys)?;
    in_date(&file, trust.now)?;
    if trust.newest_accepted.is_some_and(|newest| file.version < newest) {
        return Err(Notice::OlderThanAccepted);
    }
    Ok(file)
}

/// An update with which all is right but, perhaps, the day. Nothing of it is read before its signature is.
pub fn verified(bundled: &GuideFile, update: &[u8], keys: &[GuideKey]) -> Result<GuideFile, Notice> {
    if update.len() > MAX_UPDATE_BYTES {
        return Err(Notice::TooLarge);
    }
    let Update { payload, signature, key_id } = typed("", update).map_err(|_| Notice::NoUpdate)?;
    if key_id.len() > MAX_KEY_ID {
        return Err(Notice::UnknownKey);
    }
    let key = keys.iter().find(|key| key.id == key_id).ok_or(Notice::UnknownKey)?;
    let payload = STANDARD.decode(&payload).map_err(|_| Notice::NoUpdate)?;
    let signature = STANDARD.decode(signature).map_err(|_| Notice::NoUpdate)?;
    let public = UnparsedPublicKey::new(&ED25519, key.public_key);
    public.verify(&payload, &signature).map_err(|_| Notice::BadSignature)?;

    let file = file::read(&payload)?;
    if file.version < bundled.version {
        return Err(Notice::OlderThanBundled);
    }
    match lint::faults(&file).into_iter().next() {
        Some(fault) => Err(fault.into()),
        None => Ok(file),
    }
}

/// Whether guides are valid at a moment.
pub fn in_date(file: &GuideFile, now: Timestamp) -> Result<(), Notice> {
    if file.issued.duration_since(now) > CLOCK_SKEW {
        return Err(Notice::NotYetIssued);
    }
    if file.expires <= now { Err(Notice::Expired) } else { Ok(()) }
}

#[cfg(test)]
pub(in crate::vowifi) mod tests;
