//! Guides of Wi-Fi calling that the operator signed are the same for everybody, and public: they stay whole, since their signature
//! is over their very bytes. Others do not.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use companion::vowifi::guide::file::bundled;
use companion::vowifi::guide::signature::{GuideKey, Notice, verified};
use serde_json::Value;

/// Their request in the contract.
pub const GUIDES: &str = "guides";

/// Whether an answer is signed with a key of the profile. What is wrong with the guides otherwise is worth keeping.
pub fn are_signed(profile: &Value, body: &[u8]) -> bool {
    let unsigned =
        |notice| matches!(notice, Notice::TooLarge | Notice::NoUpdate | Notice::UnknownKey | Notice::BadSignature);
    bundled().is_ok_and(|bundled| !verified(&bundled, body, &keys(profile)).is_err_and(unsigned))
}

/// The keys of a profile, as the core reads them.
pub fn keys(profile: &Value) -> Vec<GuideKey> {
    let listed = profile.pointer("/apis/wifiCalling/guideKeys").and_then(Value::as_array);
    let keys = listed.into_iter().flatten().filter_map(|key| {
        let public_key = STANDARD.decode(key.get("ed25519")?.as_str()?).ok()?.try_into().ok()?;
        Some(GuideKey { id: key.get("id")?.as_str()?.trim().to_owned(), public_key })
    });
    keys.collect()
}
