//! A guide file, an update and a phone's words of any bytes: nothing panics, what is read and without fault leads every phone
//! somewhere, the same way each time, to gateways with names alone; and no update is believed without a key.
#![no_main]

use std::sync::{Arc, LazyLock};

use companion::vowifi::guide::choose::{Choice, StepLabel, choose};
use companion::vowifi::guide::file::{bundled, read};
use companion::vowifi::guide::lint::faults;
use companion::vowifi::guide::model::{GuideFile, Platform, RouteKind};
use companion::vowifi::guide::phone::{Phone, Sims};
use companion::vowifi::guide::signature::{GuideKey, Trust, accept};
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;

static BUNDLED: LazyLock<Arc<GuideFile>> = LazyLock::new(|| bundled().unwrap());

fuzz_target!(|body: &[u8]| {
    match read(body) {
        Ok(file) => check_file(&file),
        Err(error) => assert!(error.to_string().is_ascii(), "an error repeats the file"),
    }
    // Of this key nobody has the other half.
    let keys = [GuideKey { id: "k".to_owned(), public_key: [7; 32] }];
    let trust = Trust { keys: &keys, newest_accepted: None, now: Timestamp::UNIX_EPOCH };
    assert!(accept(&BUNDLED, body, trust).is_err(), "an update without a key is believed");
    check_phone(&BUNDLED, &phone(&String::from_utf8_lossy(body)));
});

/// Lines of a text as what a phone says of itself.
fn phone(text: &str) -> Phone {
    let mut lines = text.split('\n').map(str::to_owned);
    let mut line = || lines.next().unwrap_or_default();
    Phone {
        platform: if line().starts_with('i') { Platform::Ios } else { Platform::Android },
        maker: line(),
        brand: line(),
        model: line(),
        os_version: line(),
        skin: line(),
        skin_version: line(),
        language: line(),
        sims: Sims { count: line().parse().ok(), plmns: vec![line(), line()] },
        is_managed: false,
    }
}

fn check_file(file: &GuideFile) {
    let found = faults(file);
    assert!(found.iter().all(|fault| fault.to_string().is_ascii()), "a fault repeats the file");
    if !found.is_empty() {
        return;
    }
    for text in [
        "i\nApple\n\n\n18.1\n\n\nfr\n1",
        "a\nsamsung\n\nSM-S918B\n14\nOne UI\n6.1\nnl\n2\n20605",
        "a\nSony\n\n\n13\n\n\nde",
    ] {
        check_phone(file, &phone(text));
    }
    for host in file.operators.iter().flat_map(|operator| &operator.epdg).map(|epdg| epdg.host.as_str()) {
        assert!(host.contains('.') && host.parse::<std::net::IpAddr>().is_err() && !host.starts_with("sos."), "{host}");
    }
    assert!(file.probe_policy.max_per_hour <= 5 && file.probe_policy.resend_ms.len() <= 3, "asked too often");
}

fn check_phone(file: &GuideFile, phone: &Phone) {
    let choice = choose(file, phone).expect("a guide for every phone");
    assert_eq!(choose(file, phone).as_ref(), Some(&choice), "the same phone is led elsewhere");
    let searches = choice.routes.iter().filter(|route| route.kind == RouteKind::Search).count();
    assert_eq!(searches, 1, "one search");
    check_labels(&choice);
}

fn check_labels(choice: &Choice) {
    for step in choice.routes.iter().flat_map(|route| &route.steps) {
        if let StepLabel::Shown(label) = &step.label {
            assert!(!label.variants.is_empty() && label.variants.iter().all(|text| !text.is_empty()), "an empty label");
        }
    }
}
