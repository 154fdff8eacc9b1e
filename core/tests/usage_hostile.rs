//! What no operator's document may do, however broken or hostile: panic, invent a number, or bring other people's data in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects)]

#[path = "support/decode.rs"]
mod decode;
#[path = "support/mutants.rs"]
mod mutants;

use std::fs;
use std::path::{Path, PathBuf};

use companion::operator::tolerant::{ErrorBody, MAX_JSON_BYTES, Unreadable, WarningKind};
use companion::usage::model::{Allowance, Amount, Bucket, Origin, Reading, Scope};
use companion::usage::tmf::{Decoded, Dialect, Refusal, TaskState};
use proptest::prelude::*;
use serde_json::{Value, json};

use mutants::{documents, files, oddities, places, without, zeros_written};

const MY_LINE: &str = "+32470550123";

fn decode(body: &[u8], lines: Option<&[String]>, me: Option<&str>) -> Result<Decoded, Refusal> {
    decode::decode(body, lines, None, me)
}

fn asked(body: &[u8]) -> Result<Decoded, Refusal> {
    decode(body, Some(&[MY_LINE.to_owned()]), Some("person-1"))
}

#[test]
fn what_is_no_usage_is_refused_with_its_reason() {
    let deep = format!("{{\"bucket\":{}{}}}", "[".repeat(200), "]".repeat(200));
    let vectors: &[(&str, &str)] = &[
        ("", "empty"),
        (" \r\n\t ", "empty"),
        ("\u{feff}", "empty"),
        ("<!DOCTYPE html><html><body>Welcome to the hotel's Wi-Fi</body></html>", "html"),
        ("  <error/>", "html"),
        ("state,nonce", "not_json"),
        ("{\"bucket\": [{\"id\": \"a\", ", "not_json"),
        ("{\"bucket\": [{\"id\": physicalPort\"}]}", "not_json"),
        ("{\"bucket\": []} {\"bucket\": []}", "not_json"),
        ("{'bucket': []}", "not_json"),
        ("{\"remainingValue\": NaN}", "not_json"),
        (&deep, "not_json"),
        ("null", "not_usage"),
        ("true", "not_usage"),
        ("7", "not_usage"),
        ("\"usage\"", "not_usage"),
        ("{}", "not_usage"),
        ("{\"id\": \"45\", \"serialNumber\": \"123\"}", "not_usage"),
        ("[1, 2, 3]", "not_usage"),
        ("[{\"id\": \"product-1\", \"name\": \"Plan\", \"status\": \"active\"}]", "not_usage"),
        // Products, consents and payments (TMF637, TMF644, TMF676) have texts as errors do, and a status in words.
        ("{\"id\": \"p\", \"name\": \"Plan\", \"description\": \"Data\", \"status\": \"active\"}", "not_usage"),
        ("[{\"@type\": \"Product\", \"description\": \"Data\", \"status\": \"created\"}]", "not_usage"),
        ("{\"id\": \"u\", \"description\": \"Use\", \"status\": \"created\", \"reason\": \"new\"}", "not_usage"),
        ("{\"@type\": \"Payment\", \"description\": \"Top-up\", \"status\": \"done\"}", "not_usage"),
        ("{\"searchCriteria\": {\"bucket\": []}, \"@type\": \"QueryUsageConsumption\"}", "request_only"),
        ("{\"@type\": \"Error\", \"code\": \"ERR401\", \"reason\": \"Unauthorized\"}", "error_body"),
        ("{\"code\": 42, \"message\": \"Too many\", \"description\": \"…\"}", "error_body"),
        ("{\"timestamp\": \"2026\", \"status\": 404, \"error\": \"Not Found\", \"path\": \"/x\"}", "error_body"),
        ("{\"status\": 403, \"code\": \"INVALID_TOKEN_CONTEXT\", \"message\": \"…\"}", "error_body"),
        ("{\"code\": \"OCAPI-ERR-032\", \"cause\": \"maintenance\", \"correlationId\": \"a\"}", "error_body"),
        ("{\"error\": \"invalid_token\", \"error_description\": \"…\"}", "error_body"),
        ("{\"error\": {\"code\": \"E1\", \"message\": \"…\"}}", "error_body"),
        ("{\"status\": \"404\", \"message\": \"…\"}", "error_body"),
        ("{\"status\": 503, \"message\": \"…\"}", "error_body"),
        ("{\"status\": 503}", "not_usage"),
        ("[{\"code\": \"E1\", \"reason\": \"…\"}]", "error_body"),
        ("{\"resultCode\": \"5000\", \"resultDescription\": \"…\", \"message\": \"no\", \"data\": null}", "error_body"),
        ("{\"id\": \"t\", \"state\": \"Rejected\", \"usageConsumption\": []}", "task_failed"),
        ("[{\"id\": \"t\", \"state\": \"cancelled\", \"searchCriteria\": {\"x\": 1}}]", "task_failed"),
        ("{\"id\": \"t\", \"usageConsumption\": [{\"status\": \"terminatedWithError\"}]}", "task_failed"),
    ];
    for (body, code) in vectors {
        let refusal = asked(body.as_bytes()).expect_err(body);
        assert_eq!(refusal.code(), *code, "{body}");
        assert!(refusal.to_string().ends_with('.'), "{refusal}");
    }
}

#[test]
fn an_errors_code_is_repeated_only_when_it_looks_like_one() {
    for (code, repeated) in [
        (json!("ERR401"), Some("ERR401")),
        (json!(4021), Some("4021")),
        (json!("OCAPI-ERR-032"), Some("OCAPI-ERR-032")),
        (json!("The number +32470999888 is unknown"), None),
        (json!("32470999888"), None),
        (json!("x".repeat(41)), None),
    ] {
        let body = json!({ "code": code, "reason": "Colleen Colleague" }).to_string();
        let refusal = asked(body.as_bytes()).unwrap_err();
        assert_eq!(refusal, Refusal::ErrorBody(ErrorBody { code: repeated.map(str::to_owned) }));
        assert!(!format!("{refusal}{refusal:?}").contains("Colleen"));
    }
}

#[test]
fn an_empty_collection_is_an_answer_without_usage() {
    for body in ["[]", "[{}]", "[null]", "{\"data\": []}", "{\"resultCode\": \"0\", \"data\": []}"] {
        let decoded = asked(body.as_bytes()).unwrap();
        assert_eq!((decoded.lines.len(), decoded.dialect), (0, Dialect::Unclear), "{body}");
        assert_eq!(decoded.warnings[0].kind, WarningKind::EmptyAnswer, "{body}");
    }
}

#[test]
fn a_task_that_is_not_done_has_its_id_and_no_lines() {
    let bucket =
        json!({ "bucket": [{ "id": "a", "usageType": "data", "remainingValue": { "amount": 1, "units": "GB" } }] });
    for (task, state) in [
        (json!({ "id": "t", "state": "acknowledged", "usageConsumption": [bucket] }), TaskState::Accepted),
        (json!({ "id": "t", "status": "InProgress", "searchCriteria": { "x": 1 } }), TaskState::InProgress),
        (json!({ "id": "t", "state": "inProgress.waiting", "usageConsumption": [] }), TaskState::InProgress),
        (json!({ "id": "t", "usageConsumption": [] }), TaskState::InProgress),
        (json!({ "id": "t", "usageConsumption": [{ "status": "accepted", "bucket": [] }] }), TaskState::InProgress),
    ] {
        let decoded = asked(task.to_string().as_bytes()).unwrap();
        let read = decoded.task.unwrap();
        assert_eq!((read.id.as_deref(), read.state, decoded.lines.len()), (Some("t"), state, 0), "{task}");
    }
    let done =
        json!([{ "id": "t", "state": "inProgress" }, { "id": "u", "state": "Done", "usageConsumption": [bucket] }]);
    let mut done = done;
    done[0]["searchCriteria"] = json!({ "x": 1 });
    let decoded = asked(done.to_string().as_bytes()).unwrap();
    assert_eq!(decoded.task.unwrap().id.as_deref(), Some("u"));
    assert_eq!(decoded.lines.len(), 1);
}

#[test]
fn more_than_two_mebibytes_are_not_parsed() {
    let mut body = vec![b' '; MAX_JSON_BYTES];
    body[0] = b'[';
    body[1] = b']';
    assert!(asked(&body).is_ok());
    body.push(b' ');
    assert_eq!(asked(&body), Err(Refusal::Unreadable(Unreadable::TooLarge)));
}

#[test]
fn two_mebibytes_of_buckets_lines_and_oddities_stay_bounded() {
    let bucket = r#"{"id":"N","usageType":"data","remainingValue":{"amount":"x","units":"y"}},"#;
    let mut body = String::from("{\"logicalResource\":[");
    for n in 0..20_000 {
        body.push_str(&format!("{{\"value\":\"+3247{n:07}\"}},"));
    }
    body.push_str("{}],\"bucket\":[");
    let mut n = 0;
    while body.len() < MAX_JSON_BYTES - 200 {
        body.push_str(&bucket.replace('N', &n.to_string()));
        n += 1;
    }
    body.push_str("{}]}");
    let decoded = decode(body.as_bytes(), None, None).unwrap();
    assert!(decoded.lines.len() <= 200, "{}", decoded.lines.len());
    assert!(decoded.lines.iter().all(|line| line.buckets.len() <= 220));
    assert!(decoded.warnings.len() <= 101, "{}", decoded.warnings.len());
}

/// Everything a document holds of others, and of secrets, that must never come out.
const NEVER: &[&str] = &[
    "Colleen",
    "Colin",
    "Colleague",
    "colleague-",
    "4711",
    "88887777",
    "89320011",
    "8932012345",
    "Helen",
    "Shawn",
    "Water",
    "CUST2",
    "CUST3",
    "John Doe",
    "Bob Smith",
    "Kate\"",
    "Lara",
    "999888",
    "agent-1",
    "Call +32",
];

#[test]
fn other_peoples_data_and_secrets_never_come_out() {
    for (name, document) in documents("tmf677") {
        let written = document.to_string();
        for me in [None, Some("person-1"), Some("CUST1")] {
            let read = decode(written.as_bytes(), Some(&[MY_LINE.to_owned()]), me);
            let mut out = format!("{read:?}");
            match &read {
                Ok(decoded) => {
                    out.push_str(&serde_json::to_string(decoded).unwrap());
                    decoded.warnings.iter().for_each(|warning| out.push_str(&warning.to_string()));
                }
                Err(refusal) => out.push_str(&refusal.to_string()),
            }
            for secret in NEVER {
                assert!(!out.contains(secret), "{secret} of {name} for {me:?} came out: {out}");
            }
        }
    }
}

#[test]
fn the_secrets_looked_for_are_in_the_documents() {
    let all: String = documents("tmf677").iter().map(|(_, document)| document.to_string()).collect();
    for secret in NEVER {
        assert!(all.contains(secret), "{secret} proves nothing");
    }
}

fn readings(bucket: &Bucket) -> impl Iterator<Item = &Reading> {
    let total = match &bucket.allowance {
        Allowance::Finite(total) | Allowance::FairUse(total) => Some(total),
        Allowance::Unlimited | Allowance::Unknown => None,
    };
    [bucket.used.as_ref(), bucket.remaining.as_ref(), bucket.over.as_ref(), total].into_iter().flatten()
}

/// Values that are zero by an operator's word. A derived zero needs two values that are there.
fn zeros(decoded: &Decoded) -> usize {
    let is_zero = |amount: &Amount| match amount {
        Amount::Bytes(n) | Amount::Seconds(n) | Amount::Count(n) => *n == 0,
        Amount::Money(money) => money.cents == 0,
        Amount::Raw { .. } => false,
    };
    let lines = || decoded.lines.iter();
    let in_buckets = lines()
        .flat_map(|line| &line.buckets)
        .flat_map(readings)
        .filter(|reading| reading.origin != Origin::Derived && is_zero(&reading.amount))
        .count();
    in_buckets + lines().flat_map(|line| &line.out_of_bundle).filter(|cost| is_zero(&cost.amount)).count()
}

#[test]
fn a_missing_or_odd_member_never_panics_and_never_becomes_a_zero() {
    let (mut read, oddities, mine) = (0, oddities(), [MY_LINE.to_owned()]);
    for (name, document) in documents("tmf677") {
        let mut all = Vec::new();
        places(&document, "", &mut all);
        for (turn, place) in all.into_iter().enumerate() {
            let mut check = |mutant: &Value, lines: Option<&[String]>| {
                let Ok(decoded) = decode(mutant.to_string().as_bytes(), lines, Some("person-1")) else { return };
                read += 1;
                let (out, written) = (zeros(&decoded), zeros_written(mutant));
                assert!(out <= written, "{name} without {place}: {out} zeros of {written}: {decoded:#?}");
            };
            let mut mutant = without(&document, &place);
            check(&mutant, Some(&mine));
            check(&mutant, None);
            mutant = document.clone();
            // Each place gets four of the oddities, each oddity every fourth place.
            for oddity in oddities.iter().skip(turn % 4).step_by(4) {
                oddity.clone_into(mutant.pointer_mut(&place).unwrap());
                check(&mutant, Some(&mine));
            }
        }
    }
    assert!(read > 10_000, "{read} mutants read");
}

#[test]
fn a_document_cut_anywhere_is_refused_whole() {
    for (name, document) in documents("tmf677") {
        let body = document.to_string();
        for end in (0..body.len()).step_by(7) {
            let refusal = asked(&body.as_bytes()[..end]).expect_err(&name);
            assert!(
                matches!(refusal, Refusal::Unreadable(Unreadable::NotJson { .. } | Unreadable::Empty)),
                "{name} cut at {end}: {refusal:?}"
            );
        }
    }
}

/// Two reports of one line, of which one has the counters of a bucket and the other its balance.
#[test]
fn two_answers_never_make_one_percentage() {
    let counter = json!([{ "counterType": "used", "level": "global", "value": { "amount": 4, "units": "GB" } }]);
    let balance = json!({ "amount": 6, "units": "GB" });
    let report = |at: &str, bucket: Value| json!({ "lastUpdate": at, "logicalResource": [{ "value": MY_LINE }], "bucket": [bucket] });
    let used = json!({ "id": "a", "usageType": "data", "bucketCounter": counter });
    let left = json!({ "id": "a", "usageType": "data", "remainingValue": balance });
    let both = json!({ "id": "a", "usageType": "data", "bucketCounter": counter, "remainingValue": balance });
    let share = |reports: Value| {
        let decoded = asked(reports.to_string().as_bytes()).unwrap();
        assert_eq!(decoded.lines.len(), 1);
        assert_eq!(decoded.lines[0].buckets.len(), 1);
        decoded.lines[0].buckets[0].used_permille()
    };
    assert_eq!(share(json!([report("2026-03-15T10:00:00Z", both)])), Some(400));
    for (first, second) in [(&used, &left), (&left, &used)] {
        for at in ["2026-03-15T10:00:00Z", "2026-03-15T11:00:00Z"] {
            let reports = json!([report("2026-03-15T10:00:00Z", first.clone()), report(at, second.clone())]);
            assert_eq!(share(reports.clone()), None, "{reports}");
        }
    }
}

#[test]
fn only_the_line_asked_for_is_answered_for() {
    let entry = |line: Value| {
        let mut entry =
            json!({ "bucket": [{ "id": "a", "usageType": "data", "remainingValue": { "amount": 1, "units": "GB" } }] });
        entry["logicalResource"] = line;
        entry
    };
    let vectors = [
        (json!([{ "value": "0470550123" }]), 1),
        (json!([{ "id": "470550123" }]), 1),
        (json!([{ "id": "1754", "value": "32470550123" }]), 1),
        (json!([{ "id": "1754" }]), 1),
        (json!({}), 1),
        (json!([{ "value": "0470550123" }, { "value": "0470550124" }]), 1),
        (json!([{ "value": "0470550124" }]), 0),
        (json!([{ "id": "1754", "value": "32470550124" }]), 0),
        (json!([{ "value": "+33470550123" }]), 0),
    ];
    for (line, expected) in vectors {
        let decoded = asked(entry(line.clone()).to_string().as_bytes()).unwrap();
        assert_eq!(decoded.lines.len(), expected, "{line}");
        assert!(decoded.lines.iter().all(|line| line.buckets.len() == 1));
    }
    // A sum over several lines is never shown as the person's own.
    let several = entry(json!([{ "value": "0470550123" }, { "value": "0470550124" }]));
    let decoded = asked(several.to_string().as_bytes()).unwrap();
    assert_eq!(decoded.lines[0].buckets[0].scope, Scope::SharedTotal);
    // Whose an answer without a line is, is clear only when one was asked for.
    let both = [MY_LINE.to_owned(), "+32470550124".to_owned()];
    let unclear = decode(entry(json!({})).to_string().as_bytes(), Some(&both), None).unwrap();
    assert!(unclear.lines.is_empty());
    assert!(unclear.warnings.iter().any(|warning| warning.kind == WarningKind::LineUnclear));
}

/// Documents that may be read here but not kept: a folder named by COMPANION_TMF_SAMPLES, or `shared/tmf` beside the
/// checkout. Without it there is nothing to check.
#[test]
fn official_samples_beside_the_checkout_decode() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/tmf");
    let folder = std::env::var_os("COMPANION_TMF_SAMPLES").map_or(beside, PathBuf::from);
    let Ok(query) = fs::read(folder.join("tmf677-v4-queryUsageConsumption-sample.json")) else {
        eprintln!("no samples in {}: skipped", folder.display());
        return;
    };
    let decoded = decode(&query, None, None).unwrap();
    assert_eq!(decoded.dialect, Dialect::G3);
    assert_eq!(decoded.warnings.iter().filter(|warning| warning.kind == WarningKind::PeriodInverted).count(), 4);
    let line = &decoded.lines[0];
    assert_eq!(line.line.as_deref(), Some("963161043"));
    assert_eq!(line.counted_at.unwrap().at.to_string(), "2021-06-18T16:04:09.084Z");
    let data = &line.buckets[1];
    assert_eq!(data.used.as_ref().unwrap().amount, Amount::Bytes(2_000_000_000));
    assert_eq!(data.remaining.as_ref().unwrap().amount, Amount::Bytes(3_000_000_000));
    assert_eq!(data.used_permille(), Some(400));
    assert_eq!(line.buckets[0].remaining, None, "the MMS bucket says nothing of what is left");
    let unlimited = line.buckets.iter().filter(|bucket| bucket.allowance == Allowance::Unlimited).count();
    assert_eq!((unlimited, line.buckets.len()), (2, 4));
    for name in ["CUST34", "Lara"] {
        assert!(!format!("{decoded:?}").contains(name));
    }

    for file in files(&folder) {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let read = decode(&fs::read(&file).unwrap(), None, None);
        match name.as_str() {
            name if name.contains("MALFORMED") => {
                assert!(matches!(read, Err(Refusal::Unreadable(Unreadable::NotJson { line: 27, .. }))), "{read:?}");
            }
            name if name.starts_with("tmf677") => {
                let is_usage = !name.contains("error") && !name.contains("request");
                assert_eq!(read.is_ok(), is_usage, "{name}: {read:?}");
            }
            _ => assert!(read.is_err(), "{name} is of another API: {read:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_bytes_never_panic(body in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = asked(&body);
    }

    #[test]
    fn damaged_documents_never_panic(pick in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let documents = documents("tmf677");
        let mut body = pick.get(&documents).1.to_string().into_bytes();
        let at = at.index(body.len());
        body[at] = byte;
        let _ = asked(&body);
        let _ = decode(&body, None, None);
    }

    #[test]
    fn amounts_survive_the_way_through_a_document(bytes in 0u64..900_000_000_000_000, cents in 0i64..1_000_000_000) {
        let gigabytes = format!("{}.{:09}", bytes / 1_000_000_000, bytes % 1_000_000_000);
        let euros = format!("{}.{:02}", cents / 100, cents % 100);
        let body = format!(
            r#"{{"lastUpdate":"2026-03-15T10:00:00Z","bucket":[
                {{"id":"d","usageType":"data","remainingValue":{{"amount":{gigabytes},"units":"GB"}}}},
                {{"id":"c","usageType":"monetary","remainingValue":{{"amount":"{}","units":"EUR"}}}}]}}"#,
            euros.replace('.', ",")
        );
        let decoded = asked(body.as_bytes()).unwrap();
        let amount = |n: usize| decoded.lines[0].buckets[n].remaining.as_ref().map(|reading| reading.amount.clone());
        prop_assert_eq!(amount(0), Some(Amount::Bytes(bytes)));
        prop_assert_eq!(amount(1).and_then(|amount| amount.units()), Some(u64::try_from(cents).unwrap()));
    }
}
