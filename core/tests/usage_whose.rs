//! Whose a number is, and what is said of a document beside its numbers: a colleague's counter is never shown as one's own,
//! and what is missing is told apart from what is nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects)]

#[path = "support/decode.rs"]
mod decode;

use companion::operator::tolerant::{WarningKind, Weight};
use companion::usage::model::{Amount, Scope};
use companion::usage::tmf::Decoded;
use serde_json::{Value, json};

const MY_LINE: &str = "+32470550123";
const KATES_REPORT: &[u8] = include_bytes!("documents/official/tmf677-v5.1-usageConsumptionReport-retrieve.json");

fn decode(body: &[u8], me: Option<&str>) -> Decoded {
    decode_of(body, None, me)
}

fn decode_of(body: &[u8], line_id: Option<&str>, me: Option<&str>) -> Decoded {
    let lines = [MY_LINE.to_owned()];
    decode::decode(body, Some(&lines), line_id, me).unwrap()
}

fn report(buckets: Value) -> Vec<u8> {
    json!({ "lastUpdate": "2026-11-24T13:05:00+01:00", "logicalResource": [{ "value": MY_LINE }], "bucket": buckets })
        .to_string()
        .into_bytes()
}

fn has(decoded: &Decoded, kind: WarningKind) -> bool {
    decoded.warnings.iter().any(|warning| warning.kind == kind)
}

#[test]
fn a_report_that_names_one_person_is_for_that_person_alone() {
    for me in [None, Some("usr1"), Some(" usr1 ")] {
        let kates = decode(KATES_REPORT, me);
        assert_eq!((kates.lines[0].buckets.len(), kates.lines[0].out_of_bundle.len()), (5, 1), "{me:?}");
        assert!(kates.lines[0].buckets.iter().all(|bucket| bucket.scope == Scope::Own), "{me:?}");
        assert!(!has(&kates, WarningKind::AnotherPersons) && !kates.about_other_lines(), "{me:?}");
    }
    let somebody_elses = decode(KATES_REPORT, Some("usr2"));
    assert!(somebody_elses.lines.iter().all(|line| line.is_empty()), "{somebody_elses:?}");
    assert!(has(&somebody_elses, WarningKind::AnotherPersons) && somebody_elses.about_other_lines());
    assert_eq!(WarningKind::AnotherPersons.weight(), Weight::Lost);
    assert_eq!(WarningKind::SharedTotalLeftOut.weight(), Weight::Note, "a rule, and no fault of who writes it");
    assert!(!format!("{somebody_elses:?}").contains("Kate"));
}

/// What a bucket without `isShared` shows to `person-1`: gigabytes used and remaining and the scope; None when it is
/// dropped.
#[test]
fn an_unmarked_bucket_with_another_persons_counter_is_not_mine() {
    let used = |user: Value, level: Value| json!({ "counterType": "used", "level": level, "user": user, "value": { "amount": 2, "units": "GB" } });
    let left =
        |level: Value| json!({ "counterType": "remaining", "level": level, "value": { "amount": 5, "units": "GB" } });
    let other = json!({ "partyOrPartyRole": { "id": "colleague-2", "name": "Colleen" } });
    let vectors = [
        ("mine by id", json!([used(json!({ "id": "person-1" }), Value::Null)]), Some((Some(2), Some(9), Scope::Own))),
        ("mine by number", json!([used(json!("0470 55 01 23"), Value::Null)]), Some((Some(2), Some(9), Scope::Own))),
        ("nobody's name", json!([used(Value::Null, Value::Null)]), Some((Some(2), Some(9), Scope::Own))),
        (
            "a name without an id",
            json!([used(json!({ "name": "K." }), Value::Null)]),
            Some((Some(2), Some(9), Scope::Own)),
        ),
        ("another's", json!([used(other.clone(), Value::Null)]), None),
        ("another's number", json!([used(json!("+32470550124"), Value::Null)]), None),
        ("another's, as a whole", json!([used(other.clone(), json!("global"))]), None),
        ("another's, and what is left for them", json!([used(other.clone(), Value::Null), left(Value::Null)]), None),
        (
            "another's as a whole, and what is left",
            json!([used(other.clone(), json!("global")), left(json!("global"))]),
            None,
        ),
        (
            "another's part of a whole",
            json!([used(other.clone(), Value::Null), left(json!("global"))]),
            Some((None, Some(9), Scope::SharedTotal)),
        ),
        (
            "another's part, by its level",
            json!([used(other, json!("detailed by user"))]),
            Some((None, Some(9), Scope::SharedTotal)),
        ),
    ];
    let gigabytes =
        |reading: &Option<companion::usage::model::Reading>| match reading.as_ref().map(|reading| &reading.amount) {
            Some(Amount::Bytes(bytes)) => Some(bytes / 1_000_000_000),
            _ => None,
        };
    for (what, counters, expected) in vectors {
        for is_shared in [None, Some(false)] {
            let mut bucket = json!({ "id": "a", "name": "Data of Colleen", "usageType": "data",
                "remainingValue": { "amount": 9, "units": "GB" }, "bucketCounter": counters });
            if let Some(is_shared) = is_shared {
                bucket["isShared"] = json!(is_shared);
            }
            let decoded = decode(&report(json!([bucket])), Some("person-1"));
            let shown = decoded.lines[0].buckets.first();
            let shown = shown.map(|bucket| (gigabytes(&bucket.used), gigabytes(&bucket.remaining), bucket.scope));
            assert_eq!(shown, expected, "{what}");
            assert_eq!(has(&decoded, WarningKind::AnotherPersons), expected.is_none(), "{what}");
        }
    }
}

#[test]
fn a_cost_that_names_another_person_is_not_mine_and_one_beside_it_is() {
    let cost = |amount: u32, user: Value| json!({ "counterType": "outOfBucket", "value": { "amount": amount, "units": "EUR" }, "user": user });
    let costs = json!([cost(3, Value::Null), cost(7, json!({ "id": "colleague-2" }))]);
    let document = json!({ "product": [{ "publicIdentifier": MY_LINE, "consumptionSummary": costs }] });
    let decoded = decode(document.to_string().as_bytes(), Some("person-1"));
    let cents: Vec<Option<u64>> = decoded.lines[0].out_of_bundle.iter().map(|cost| cost.amount.units()).collect();
    assert_eq!(cents, [Some(300)]);
    assert!(has(&decoded, WarningKind::AnotherPersons));
}

#[test]
fn what_was_left_out_of_an_empty_answer_is_told() {
    let other_line =
        json!({ "logicalResource": [{ "value": "+32470550124" }], "bucket": [{ "id": "a", "usageType": "data" }] });
    let account = json!({ "@type": "AccountUsageConsumption", "bucket": [{ "id": "a", "usageType": "data" }] });
    // So many oddities that the one that matters is no longer listed.
    let many: Vec<Value> = (0..120).map(|_| json!("?")).chain([other_line.clone()]).collect();
    let mine = json!({ "logicalResource": [{ "value": MY_LINE }], "bucket": [] });
    for (document, expected) in [
        (json!([other_line]), true),
        (json!([account]), true),
        (json!([mine, other_line]), true),
        (json!(many), true),
        (json!([mine]), false),
        (json!([]), false),
    ] {
        let decoded = decode(document.to_string().as_bytes(), Some("person-1"));
        assert!(decoded.lines.iter().all(|line| line.is_empty()));
        assert_eq!(decoded.about_other_lines(), expected, "{document}");
    }
}

/// What names no line is mine only where nothing in the document names one.
#[test]
fn a_bucket_without_a_line_is_not_mine_beside_one_that_names_a_line() {
    let bucket = |id: &str, line: Option<&str>| {
        let mut bucket = json!({ "id": id, "usageType": "data", "remainingValue": { "amount": 1, "units": "GB" } });
        if let Some(line) = line {
            bucket["product"] = json!([{ "publicIdentifier": line }]);
        }
        bucket
    };
    let (foreign, mine, nobodys) =
        (bucket("foreign", Some("+32499000001")), bucket("mine", Some(MY_LINE)), bucket("nobodys", None));
    let mut around = bucket("around", None);
    around["bucketRelationship"] = json!([{ "bucket": foreign }]);
    let foreign_report = json!({ "logicalResource": [{ "value": "+32499000001" }], "bucket": [] });
    let asked_for = |lines: &[&str]| {
        let resources: Vec<Value> = lines.iter().map(|line| json!({ "value": line })).collect();
        json!({ "id": "t", "state": "done", "searchCriteria": { "logicalResource": resources },
            "usageConsumption": [{ "bucket": [nobodys] }] })
    };
    let none: &[&str] = &[];
    for (document, expected, is_unclear) in [
        (json!({ "bucket": [nobodys] }), &["nobodys"][..], false),
        (json!({ "bucket": [foreign, nobodys] }), none, true),
        (json!({ "bucket": [nobodys, foreign] }), none, true),
        (json!({ "bucket": [mine, nobodys] }), &["mine"], true),
        (json!({ "bucket": [around, nobodys] }), none, true),
        (json!({ "bucket": [nobodys], "service": [{ "publicIdentifier": "+32499000001" }] }), none, true),
        (json!([foreign_report, { "bucket": [nobodys] }]), none, false),
        (asked_for(&[MY_LINE]), &["nobodys"], false),
        (asked_for(&[MY_LINE, "0470 55 01 23"]), &["nobodys"], false),
        (asked_for(&[MY_LINE, "+32499000001"]), none, true),
    ] {
        let decoded = decode(document.to_string().as_bytes(), None);
        let shown: Vec<&str> =
            decoded.lines.iter().flat_map(|line| &line.buckets).map(|bucket| bucket.id.as_str()).collect();
        assert_eq!(shown, expected, "{document}");
        assert_eq!(has(&decoded, WarningKind::LineUnclear), is_unclear, "{document}");
        assert!(!is_unclear || !has(&decoded, WarningKind::NoLineNamed), "{document}");
    }
    assert_eq!(WarningKind::LineUnclear.weight(), Weight::Lost);
}

/// Where an operator names lines by technical ids alone: several ids are several lines, and only the one asked for is
/// shown. A single id may be what this operator calls the line in usage.
#[test]
fn of_several_technical_ids_only_the_one_asked_for_is_mine() {
    let bucket = |id: &str| json!({ "id": id, "usageType": "data", "remainingValue": { "amount": 1, "units": "GB" } });
    let of = |name: &str, id: &str| match name {
        "resource" => json!({ "logicalResource": [{ "id": id }], "bucket": [bucket(id)] }),
        "resource value" => json!({ "logicalResource": [{ "id": "1", "value": id }], "bucket": [bucket(id)] }),
        "product" => json!({ "product": [{ "id": id, "name": "Plan" }], "bucket": [bucket(id)] }),
        "product identifier" => json!({ "product": { "publicIdentifier": id }, "bucket": [bucket(id)] }),
        _ => json!({ "publicIdentifier": id, "bucket": [bucket(id)] }),
    };
    let none: &[&str] = &[];
    for name in ["resource", "resource value", "product", "product identifier", "report"] {
        let (a, b) = (of(name, "LR-a"), of(name, "LR-b"));
        for (document, line_id, expected) in [
            (json!([a]), None, &["LR-a"][..]),
            (json!([a]), Some("LR-a"), &["LR-a"]),
            (json!([a]), Some("asset-7"), &["LR-a"]),
            (json!([a, b]), None, none),
            (json!([a, b]), Some("asset-7"), none),
            (json!([a, b]), Some("LR-a"), &["LR-a"]),
            (json!([b, a]), Some("LR-a"), &["LR-a"]),
            (json!([a, a]), Some("asset-7"), &["LR-a"]),
        ] {
            let decoded = decode_of(document.to_string().as_bytes(), line_id, None);
            let shown: Vec<&str> =
                decoded.lines.iter().flat_map(|line| &line.buckets).map(|bucket| bucket.id.as_str()).collect();
            assert_eq!(shown, expected, "{name}, asked for {line_id:?}: {document}");
            let left_out = document.as_array().unwrap().contains(&b);
            assert_eq!(decoded.about_other_lines(), left_out, "{name}, {line_id:?}: {document}");
        }
    }
}

#[test]
fn a_bucket_of_another_technical_id_is_not_mine_and_an_option_of_my_plan_is() {
    let bucket = |id: &str, resource: Option<&str>, product: &str| {
        let mut bucket = json!({ "id": id, "usageType": "data", "remainingValue": { "amount": 1, "units": "GB" },
            "product": [{ "id": product }] });
        if let Some(resource) = resource {
            bucket["logicalResource"] = json!([{ "id": resource }]);
        }
        bucket
    };
    let none: &[&str] = &[];
    for (report_of, buckets, line_id, expected) in [
        // A plan and its option are two products of one line.
        (None, json!([bucket("plan", None, "p-1"), bucket("option", None, "p-2")]), None, &["plan", "option"][..]),
        (None, json!([bucket("a", Some("LR-a"), "p"), bucket("b", Some("LR-b"), "p")]), None, none),
        (None, json!([bucket("a", Some("LR-a"), "p"), bucket("b", Some("LR-b"), "p")]), Some("LR-b"), &["b"]),
        (Some("LR-a"), json!([bucket("a", None, "p"), bucket("b", Some("LR-b"), "p")]), Some("LR-a"), &["a"]),
        (Some("LR-a"), json!([bucket("a", None, "p"), bucket("b", Some("LR-b"), "p")]), None, none),
    ] {
        let mut report = json!({ "bucket": buckets });
        if let Some(resource) = report_of {
            report["logicalResource"] = json!([{ "id": resource }]);
        }
        let decoded = decode_of(report.to_string().as_bytes(), line_id, None);
        let shown: Vec<&str> =
            decoded.lines.iter().flat_map(|line| &line.buckets).map(|bucket| bucket.id.as_str()).collect();
        assert_eq!(shown, expected, "asked for {line_id:?}: {report}");
    }
}

/// A bucket, and whether it is hollow.
#[test]
fn a_bucket_is_hollow_when_a_number_it_gives_cannot_be_read() {
    let gb = |amount: Value| json!({ "amount": amount, "units": "GB" });
    let counter = |kind: &str, value: Value| json!({ "counterType": kind, "value": value });
    let vectors = [
        (
            "all is well",
            json!({ "remainingValue": gb(json!(3)), "bucketCounter": [counter("used", gb(json!(1)))] }),
            false,
        ),
        ("nothing is given", json!({}), false),
        ("null is nothing", json!({ "remainingValue": gb(Value::Null) }), false),
        ("unlimited is a word", json!({ "remainingValue": gb(json!("unlimited")) }), false),
        ("no number", json!({ "remainingValue": gb(json!("soon")) }), true),
        ("two numbers in one", json!({ "remainingValue": gb(json!("1.234")) }), true),
        ("beyond any number", json!({ "remainingValue": gb(json!("1e400")) }), true),
        ("an unknown unit", json!({ "remainingValue": { "amount": 3, "units": "bananas" } }), true),
        ("an unknown unit below zero", json!({ "remainingValue": { "amount": -3, "units": "bananas" } }), true),
        (
            "used below zero",
            json!({ "remainingValue": gb(json!(3)), "bucketCounter": [counter("used", gb(json!(-1)))] }),
            true,
        ),
        ("used beyond use", json!({ "bucketCounter": [counter("used", gb(json!(1e9)))] }), true),
        (
            "no total",
            json!({ "bucketCounter": [counter("used", gb(json!(1))), counter("global", gb(json!("lots")))] }),
            true,
        ),
        (
            "a total that can be derived",
            json!({ "remainingValue": gb(json!(3)),
            "bucketCounter": [counter("used", gb(json!(1))), counter("global", gb(json!("lots")))] }),
            false,
        ),
        (
            "what the counter says too",
            json!({ "remainingValue": gb(json!("soon")),
            "bucketCounter": [counter("used", gb(json!(1))), counter("remaining", gb(json!(3)))] }),
            false,
        ),
    ];
    for (what, mut bucket, expected) in vectors {
        (bucket["id"], bucket["usageType"]) = (json!("a"), json!("data"));
        let healthy = json!({ "id": "b", "usageType": "sms", "remainingValue": { "amount": 5 } });
        let decoded = decode(&report(json!([bucket, healthy])), Some("person-1"));
        assert_eq!(decoded.lines[0].buckets.len(), 2, "{what}");
        let hollow: &[&str] = if expected { &["a"] } else { &[] };
        assert_eq!(decoded.hollow, hollow, "{what}");
    }
}

/// Of two buckets with one id only one can be shown; the other counts as lost unless it says the same or is the older.
#[test]
fn a_bucket_that_comes_twice_is_lost_once_unless_it_is_repeated_or_older() {
    let of = |at: Option<&str>, amount: u32| {
        let mut report = json!({ "logicalResource": [{ "value": MY_LINE }],
            "bucket": [{ "id": "a", "usageType": "data", "remainingValue": { "amount": amount, "units": "GB" } }] });
        if let Some(at) = at {
            report["lastUpdate"] = json!(at);
        }
        report
    };
    let (ten, eleven) = (Some("2026-11-24T10:00:00+01:00"), Some("2026-11-24T11:00:00+01:00"));
    for (first, second, expected, shown) in [
        (of(ten, 5), of(ten, 5), WarningKind::DuplicateBucket, 5),
        (of(None, 5), of(None, 5), WarningKind::DuplicateBucket, 5),
        (of(ten, 5), of(eleven, 4), WarningKind::DuplicateBucket, 4),
        (of(eleven, 4), of(ten, 5), WarningKind::DuplicateBucket, 4),
        (of(ten, 5), of(ten, 4), WarningKind::DuplicateBucketDiffers, 5),
        (of(None, 5), of(None, 4), WarningKind::DuplicateBucketDiffers, 5),
        (of(None, 5), of(ten, 4), WarningKind::DuplicateBucketDiffers, 4),
        (of(ten, 5), of(None, 4), WarningKind::DuplicateBucketDiffers, 5),
    ] {
        let decoded = decode(json!([first, second]).to_string().as_bytes(), None);
        let kinds = [WarningKind::DuplicateBucket, WarningKind::DuplicateBucketDiffers];
        let noted: Vec<_> = decoded.warnings.iter().map(|warning| warning.kind).filter(|k| kinds.contains(k)).collect();
        assert_eq!(noted, [expected], "{first} {second}");
        let remaining = decoded.lines[0].buckets[0].remaining.as_ref().map(|reading| &reading.amount);
        assert_eq!(remaining, Some(&Amount::Bytes(shown * 1_000_000_000)), "{first} {second}");
    }
    assert_eq!(WarningKind::DuplicateBucketDiffers.weight(), Weight::Lost);
    assert_eq!(WarningKind::DuplicateBucket.weight(), Weight::Note);
}
