//! Every way in which an update is refused, with real keys.

use proptest::prelude::*;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};

use super::*;
use crate::vowifi::guide::file::{bundled, bundled_document};

const NOW: &str = "2026-12-01T12:00:00Z";

pub(in crate::vowifi) struct Signer {
    pair: Ed25519KeyPair,
    id: &'static str,
}

impl Signer {
    pub(in crate::vowifi) fn new(id: &'static str) -> Self {
        let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Signer { pair: Ed25519KeyPair::from_pkcs8(key.as_ref()).unwrap(), id }
    }

    pub(in crate::vowifi) fn key(&self) -> GuideKey {
        let public_key = self.pair.public_key().as_ref().try_into().unwrap();
        GuideKey { id: self.id.to_owned(), public_key }
    }

    pub(in crate::vowifi) fn sign(&self, payload: &[u8]) -> Vec<u8> {
        let signature = STANDARD.encode(self.pair.sign(payload));
        let update = json!({ "payload": STANDARD.encode(payload), "signature": signature, "keyId": self.id });
        serde_json::to_vec(&update).unwrap()
    }
}

/// The bundled file with other values.
pub(in crate::vowifi) fn payload(changes: Value) -> Vec<u8> {
    let mut document = bundled_document().unwrap();
    document.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    serde_json::to_vec(&document).unwrap()
}

fn tried(update: &[u8], keys: &[GuideKey], newest_accepted: Option<u64>) -> (u64, Option<Notice>) {
    let trust = Trust { keys, newest_accepted, now: NOW.parse().unwrap() };
    match accept(&bundled().unwrap(), update, trust) {
        Ok(file) => (file.version, None),
        Err(notice) => (bundled().unwrap().version, Some(notice)),
    }
}

#[test]
fn an_update_is_used_only_when_all_is_right_with_it() {
    let signer = Signer::new("2026-a");
    let other = Signer::new("2026-b");
    let impostor = Signer::new("2026-a");
    let keys = [other.key(), signer.key()];
    let mut cut = signer.sign(&payload(json!({ "version": 7 })));
    cut.truncate(cut.len() / 2);
    let dates = |issued: &str, expires: &str| payload(json!({ "version": 7, "issued": issued, "expires": expires }));
    let malformed = |place: &str, what| Notice::File(FileError::Malformed { place: file::Place::new(place), what });
    let short = |signature: &str| {
        let update = json!({ "payload": "e30=", "signature": signature, "keyId": "2026-a" });
        serde_json::to_vec(&update).unwrap()
    };
    let fault = |place: &str, rule| Notice::Fault(Fault { place: file::Place::new(place), rule });
    /// What it is, the update, the newest version accepted before, and what comes of it.
    type Row = (&'static str, Vec<u8>, Option<u64>, Result<u64, Notice>);
    let vectors: Vec<Row> = vec![
        ("newer", signer.sign(&payload(json!({ "version": 7 }))), None, Ok(7)),
        ("by another key", other.sign(&payload(json!({ "version": 7 }))), None, Ok(7)),
        ("accepted before", signer.sign(&payload(json!({ "version": 7 }))), Some(7), Ok(7)),
        ("the bundled one", signer.sign(&payload(json!({}))), None, Ok(1)),
        ("issued within the skew", signer.sign(&dates("2026-12-02T11:59:00Z", "2027-01-01T00:00:00Z")), None, Ok(7)),
        ("another's key", impostor.sign(&payload(json!({ "version": 7 }))), None, Err(Notice::BadSignature)),
        ("nobody's key", Signer::new("x").sign(&payload(json!({ "version": 7 }))), None, Err(Notice::UnknownKey)),
        ("a signature too short", short("AAAA"), None, Err(Notice::BadSignature)),
        ("no base64", short("%%%%"), None, Err(Notice::NoUpdate)),
        ("nothing", Vec::new(), None, Err(Notice::NoUpdate)),
        ("no JSON", b"<html>".to_vec(), None, Err(Notice::NoUpdate)),
        ("an array", b"[]".to_vec(), None, Err(Notice::NoUpdate)),
        ("cut off", cut, None, Err(Notice::NoUpdate)),
        ("unsigned", payload(json!({ "version": 7 })), None, Err(Notice::NoUpdate)),
        ("too large", vec![b' '; MAX_UPDATE_BYTES + 1], None, Err(Notice::TooLarge)),
        ("a payload too large", signer.sign(&vec![b' '; MAX_BYTES + 1]), None, Err(FileError::TooLarge.into())),
        ("no file", signer.sign(b"{}"), None, Err(malformed(".", file::Wrong::Data))),
        (
            "a newer format",
            signer.sign(&payload(json!({ "schema": 2, "new": 1 }))),
            None,
            Err(FileError::Schema { schema: 2 }.into()),
        ),
        (
            "for a newer core",
            signer.sign(&payload(json!({ "minCore": "9.0.0" }))),
            None,
            Err(FileError::MinCore.into()),
        ),
        ("an older one", signer.sign(&payload(json!({ "version": 0 }))), None, Err(Notice::OlderThanBundled)),
        ("a roll-back", signer.sign(&payload(json!({ "version": 7 }))), Some(8), Err(Notice::OlderThanAccepted)),
        (
            "too early",
            signer.sign(&dates("2026-12-02T12:01:00Z", "2027-01-01T00:00:00Z")),
            None,
            Err(Notice::NotYetIssued),
        ),
        ("expired", signer.sign(&dates("2026-11-26T00:00:00Z", NOW)), None, Err(Notice::Expired)),
        (
            "with a fault",
            signer.sign(&payload(json!({ "version": 7, "search": { "ios": "x", "android": "android-search" } }))),
            None,
            Err(fault("search.ios", lint::Rule::Dangling)),
        ),
    ];
    for (what, update, newest_accepted, expected) in vectors {
        let expected = match expected {
            Ok(version) => (version, None),
            Err(notice) => (1, Some(notice)),
        };
        assert_eq!(tried(&update, &keys, newest_accepted), expected, "{what}");
    }
    assert_eq!(tried(&signer.sign(&payload(json!({ "version": 7 }))), &[], None), (1, Some(Notice::UnknownKey)));
}

#[test]
fn a_switched_off_check_arrives_with_an_update() {
    let signer = Signer::new("k");
    let mut policy = bundled_document().unwrap()["probePolicy"].clone();
    policy["enabled"] = json!(false);
    let update = signer.sign(&payload(json!({ "version": 2, "probePolicy": policy })));
    let trust = Trust { keys: &[signer.key()], newest_accepted: None, now: NOW.parse().unwrap() };
    assert!(!accept(&bundled().unwrap(), &update, trust).unwrap().probe_policy.enabled);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_flipped_bit_of_what_is_signed_or_of_the_signature_is_refused(at in any::<prop::sample::Index>(), bit in 0_u32..8) {
        let signer = Signer::new("k");
        let payload = payload(json!({ "version": 7 }));
        let signature = signer.pair.sign(&payload).as_ref().to_vec();
        let mut both = [payload.clone(), signature].concat();
        let at = at.index(both.len());
        both[at] ^= 1 << bit;
        let (payload, signature) = both.split_at(payload.len());
        let update = json!({ "payload": STANDARD.encode(payload), "signature": STANDARD.encode(signature), "keyId": "k" });
        let (version, notice) = tried(&serde_json::to_vec(&update).unwrap(), &[signer.key()], None);
        prop_assert_eq!((version, notice), (1, Some(Notice::BadSignature)));
    }

    #[test]
    fn no_flipped_byte_of_an_update_leads_to_another_file(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let signer = Signer::new("k");
        let mut update = signer.sign(&payload(json!({ "version": 7 })));
        let at = at.index(update.len());
        prop_assume!(update[at] != byte);
        update[at] = byte;
        // White space, which JSON overlooks, is the only change that is none.
        prop_assume!(!byte.is_ascii_whitespace());
        let (version, notice) = tried(&update, &[signer.key()], None);
        prop_assert!(version == 1 && notice.is_some(), "{:?}", notice);
    }
}
