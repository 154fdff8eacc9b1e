//! What was once accepted is undone by nobody.

use serde_json::json;

use super::*;
use crate::vowifi::guide::file::{bundled, bundled_document};
use crate::vowifi::guide::signature::tests::{Signer, payload};
use crate::vowifi::guide::signature::{Trust, accept};

const NOW: &str = "2026-12-01T12:00:00Z";
const LATER: &str = "2031-12-01T12:00:00Z";

fn signed(signer: &Signer, version: u64, is_check_on: bool) -> Vec<u8> {
    let mut policy = bundled_document().unwrap()["probePolicy"].clone();
    policy["enabled"] = json!(is_check_on);
    signer.sign(&payload(json!({ "version": version, "probePolicy": policy, "expires": "2027-12-01T00:00:00Z" })))
}

fn take(kept: KeptGuides, signer: &Signer, bytes: Vec<u8>) -> KeptGuides {
    let trust = Trust { keys: &[signer.key()], newest_accepted: None, now: NOW.parse().unwrap() };
    let read = accept(&bundled().unwrap(), &bytes, trust);
    kept.take(Delivery { bytes, read }, 1)
}

/// Version, refusal, and whether the check is on.
fn used(kept: &KeptGuides, signer: &Signer, now: &str) -> (u64, Option<GuidesRefusal>, bool) {
    let shelf = Shelf { held: Mutex::new(Held { kept: kept.clone(), read: None }) };
    // What is read is read once; whether it is valid is asked each time.
    for earlier in ["2020-01-01T00:00:00Z", LATER] {
        shelf.guides(&[signer.key()], earlier.parse().unwrap()).unwrap();
    }
    let guides = shelf.guides(&[signer.key()], now.parse().unwrap()).unwrap();
    (guides.file.version, guides.refused, guides.is_check_on)
}

#[test]
fn the_newest_that_was_accepted_stays_whatever_comes_after_it() {
    let signer = Signer::new("k");
    let third = take(KeptGuides::default(), &signer, signed(&signer, 3, true));
    assert_eq!(used(&third, &signer, NOW), (3, None, true));
    let stranger = Signer::new("k");
    let after = [
        ("an older one", signed(&signer, 2, true), Some(GuidesRefusal::OutOfDate)),
        ("one of a stranger", signed(&stranger, 4, true), Some(GuidesRefusal::Untrusted)),
        ("a page", b"<html>".to_vec(), Some(GuidesRefusal::Unreadable)),
        (
            "one for a newer app",
            signer.sign(&payload(json!({ "version": 4, "minCore": "99.0.0" }))),
            Some(GuidesRefusal::TooNew),
        ),
        ("the same", signed(&signer, 3, true), None),
    ];
    for (what, bytes, refused) in after {
        assert_eq!(used(&take(third.clone(), &signer, bytes), &signer, NOW), (3, refused, true), "{what}");
    }
    let fifth = take(third, &signer, signed(&signer, 5, true));
    assert_eq!(used(&fifth, &signer, NOW), (5, None, true));
}

#[test]
fn a_check_that_was_switched_off_stays_off_until_newer_guides_switch_it_on() {
    let signer = Signer::new("k");
    let off = take(KeptGuides::default(), &signer, signed(&signer, 3, false));
    assert_eq!(used(&off, &signer, NOW), (3, None, false));
    assert_eq!(used(&off, &signer, LATER), (1, Some(GuidesRefusal::OutOfDate), false), "expired, and still off");
    let older = take(off.clone(), &signer, signed(&signer, 2, true));
    assert!(!used(&older, &signer, NOW).2);
    let same = take(off.clone(), &signer, signed(&signer, 3, true));
    assert!(!used(&same, &signer, NOW).2, "the same version in other bytes");
    let newer = take(off.clone(), &signer, signed(&signer, 4, true));
    assert_eq!(used(&newer, &signer, NOW), (4, None, true));
    // The app itself brings newer guides than those that switched it off.
    let mut fresh = GuideFile::clone(&bundled().unwrap());
    fresh.version = 9;
    let read = off.read(&fresh, &[signer.key()]);
    let guides = off.in_use(read.as_ref(), Arc::new(fresh), NOW.parse().unwrap());
    assert_eq!((guides.file.version, guides.refused, guides.is_check_on), (9, None, true));
}

#[test]
fn guides_are_valid_from_the_day_they_are_issued_to_the_day_they_expire() {
    let signer = Signer::new("k");
    let kept = take(KeptGuides::default(), &signer, signed(&signer, 3, true));
    let cases = [
        ("2020-01-01T00:00:00Z", (1, Some(GuidesRefusal::OutOfDate), true)),
        (NOW, (3, None, true)),
        ("2027-11-30T23:59:59Z", (3, None, true)),
        ("2027-12-01T00:00:00Z", (1, Some(GuidesRefusal::OutOfDate), true)),
    ];
    for (now, expected) in cases {
        assert_eq!(used(&kept, &signer, now), expected, "{now}");
    }
}

#[test]
fn guides_as_old_as_the_apps_own_are_no_news_and_a_refusal_ends_with_the_next_good_answer() {
    let signer = Signer::new("k");
    let mut document = bundled_document().unwrap();
    document["version"] = json!(0);
    let older = take(KeptGuides::default(), &signer, signer.sign(document.to_string().as_bytes()));
    assert_eq!(used(&older, &signer, NOW), (1, None, true));
    let refused = take(older, &signer, b"{}".to_vec());
    assert_eq!(used(&refused, &signer, NOW).1, Some(GuidesRefusal::Unreadable));
    let same = take(refused, &signer, signed(&signer, 1, true));
    assert_eq!(used(&same, &signer, NOW), (1, None, true));
}

#[test]
fn guides_are_asked_for_once_a_day_and_at_once_when_they_are_out_of_date() {
    let kept = take(KeptGuides::default(), &Signer::new("k"), Vec::new());
    assert!(kept.is_fresh(1000, 900) && !kept.is_fresh(1000, 2000));
    assert!(!kept.ask_anew().is_fresh(1000, 900));
    assert!(!KeptGuides::default().is_fresh(1000, 0));
}
