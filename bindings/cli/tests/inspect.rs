//! `companion inspect` as an operator's API team runs it: what it prints and its exit status.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn document(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/tests/documents").join(name)
}

fn inspect(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_companion")).arg("inspect").args(arguments).output().unwrap()
}

fn inspect_text(text: &str, arguments: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_companion"))
        .arg("inspect")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What it was given and with which exit status it ends.
#[test]
fn the_exit_status_says_how_well_a_document_was_understood() {
    let understood = 0;
    let in_part = 1;
    let refused = 2;
    for (name, expected) in [
        ("tmf677/g4-report.json", understood),
        ("official/tmf677-v5.1-usageConsumptionReport-retrieve.json", understood),
        ("official/tmf677-v5.1-queryUsageConsumption-create-response.json", understood),
        ("tmf677/trap-numbers.json", in_part),
        ("tmf677/trap-units.json", in_part),
        ("tmf677/task-failed.json", refused),
        ("official/tmf677-v5.1-error-401.json", refused),
        ("official/tmf677-v5.1-queryUsageConsumption-create-request.json", refused),
        ("official/ATTRIBUTION.md", refused),
        ("no/such/file.json", refused),
    ] {
        for form in [&[][..], &["--json"][..]] {
            let path = document(name);
            let arguments: Vec<&str> = form.iter().copied().chain([path.to_str().unwrap()]).collect();
            let output = inspect(&arguments);
            assert_eq!(status(&output), expected, "{name}: {}", text(&output));
        }
    }
}

#[test]
fn text_tells_every_value_where_it_came_from_and_every_oddity() {
    let output = inspect(&[document("official/tmf677-v5.1-queryUsageConsumption-retrieve.json").to_str().unwrap()]);
    let text = text(&output);
    for part in [
        "understood\n",
        "Format   G4 (TMF677 v5",
        "Task     7655: done",
        "Line •••••1043",
        "Counted until 2021-06-18 18:04:09 +02:00",
        "BK2  \"RED Data Plus Bucket - Data\"",
        "used       2000000000 bytes (2 GB)            from a counter",
        "remaining  3000000000 bytes (3 GB)            from the balance",
        "allowance  5000000000 bytes (5 GB)            derived from the other two",
        "allowance  unlimited",
        "share used 40.0 %",
        "cycle      2021-06-01 to unknown (last day)",
        "usageConsumption[0].bucket[0].bucketCounter[0].consumptionPeriod\n      The period starts after it ends",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
}

#[test]
fn json_is_one_object_a_document() {
    let good = document("tmf677/g1-report.json");
    let bad = document("official/tmf677-v5.1-error-401.json");
    let output = inspect(&["--json", good.to_str().unwrap(), bad.to_str().unwrap()]);
    let objects: Vec<Value> = text(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(status(&output), 2, "the worst counts");
    assert_eq!(objects.len(), 2);
    assert_eq!(objects[0]["outcome"], "understood");
    assert!(objects.iter().all(|object| object["schema"] == 1), "{objects:?}");
    assert_eq!(objects[0]["dialect"]["code"], "g1");
    let bucket = &objects[0]["lines"][0]["buckets"][0];
    assert_eq!(bucket["allowance"]["total"]["amount"].to_string(), "20000000000");
    assert_eq!(bucket["allowance"]["total"]["origin"], "derived");
    assert_eq!(bucket["cycle"]["last_day"], "2026-03-31");
    assert_eq!(objects[0]["warnings"][0]["kind"], "zone_assumed");
    assert_eq!(objects[0]["warnings"][0]["weight"], "note");
    assert_eq!(objects[1]["refusal"]["code"], "error_body");
}

#[test]
fn the_standard_input_is_a_document_too() {
    for (given, code, expected) in [
        ("", "empty", 2),
        ("<!doctype html><title>Sign in</title>", "html", 2),
        ("{\"bucket\": [", "not_json", 2),
        ("{\"product\": 1}", "not_usage", 2),
    ] {
        let output = inspect_text(given, &["-"]);
        assert_eq!(status(&output), expected, "{given}");
        assert!(text(&output).contains(&format!("[{code}]")), "{}", text(&output));
    }
    let report = std::fs::read_to_string(document("tmf677/g4-report.json")).unwrap();
    assert_eq!(status(&inspect_text(&report, &["-"])), 0);
}

#[test]
fn usage_of_a_task_that_is_not_done_is_told_and_not_read() {
    let usage = r#"[{"lastUpdate":"2026-11-24T13:05:00Z","bucketRefOrValue":[{"id":"a","usageType":"data"}]}]"#;
    for (state, usage, expected) in
        [("acknowledged", usage, 1), ("inProgress", usage, 1), ("acknowledged", "[{}]", 0), ("inProgress", "[]", 0)]
    {
        let task = format!(r#"{{"id":"t-1","state":"{state}","usageConsumption":{usage}}}"#);
        let output = inspect_text(&task, &["-"]);
        assert_eq!(status(&output), expected, "{task}: {}", text(&output));
        if expected == 1 {
            for part in
                ["Format   G3", "No usage in it was read.", "usageConsumption[0]\n      It holds usage although"]
            {
                assert!(text(&output).contains(part), "{part:?} is not in\n{}", text(&output));
            }
        } else {
            assert!(text(&output).contains("No usage of any line is in it."), "{}", text(&output));
        }
    }
}

#[test]
fn lines_users_and_conventions_are_options() {
    let shared = document("tmf677/g4-shared.json");
    let shared = shared.to_str().unwrap();
    let output = inspect(&[shared, "--line", "0470 55 01 23", "--user", "person-1"]);
    assert!(text(&output).contains("2500000000 bytes (2.5 GB)"), "{}", text(&output));
    assert!(!text(&output).contains("Colleague"), "{}", text(&output));
    let output = inspect(&[shared, "--line", "+32470999888"]);
    assert!(text(&output).contains("No usage of any line is in it."), "{}", text(&output));

    let report = document("tmf677/trap-periods.json");
    let report = report.to_str().unwrap();
    let output = text(&inspect(&[report, "--unit-base", "binary", "--cycle-end", "inclusive"]));
    assert!(output.contains("1073741824 bytes"), "{output}");
    assert!(output.contains("2026-03-01 to 2026-03-31 (last day)"), "{output}");
}

#[test]
fn a_line_that_is_no_number_is_refused_before_a_document_is_read() {
    for line in ["abc", "", "+", "+32", "0470-no", "8932012345678901234"] {
        let output = inspect(&["no/such/file.json", "--line", line]);
        let error = String::from_utf8(output.stderr.clone()).unwrap();
        assert_eq!(status(&output), 2, "{line}: {error}");
        assert!(error.contains("--line") && error.contains("write one such as +32470123456"), "{line}: {error}");
        assert_eq!(text(&output), "", "{line}");
    }
}

#[test]
fn a_bucket_lost_to_another_with_its_id_ends_with_status_one() {
    let bucket =
        |amount: u32| format!(r#"{{"id":"a","usageType":"data","remainingValue":{{"amount":{amount},"units":"GB"}}}}"#);
    for (second, expected) in [(1, 0), (2, 1)] {
        let report = format!(
            r#"{{"logicalResource":[{{"value":"+32470550123"}}],"bucket":[{},{}]}}"#,
            bucket(1),
            bucket(second)
        );
        let output = inspect_text(&report, &["-"]);
        assert_eq!(status(&output), expected, "{}", text(&output));
    }
}

#[test]
fn a_number_is_printed_in_full_only_to_who_named_it() {
    let report = document("tmf677/g4-report.json");
    let report = report.to_str().unwrap();
    for form in [&[][..], &["--json"][..]] {
        let printed = |more: &[&str]| text(&inspect(&[&[report], form, more].concat()));
        let (masked, full) = (printed(&[]), printed(&["--line", "+32470550123"]));
        assert!(masked.contains("+32•••••0123") && !masked.contains("470550123"), "{masked}");
        assert!(full.contains("+32470550123"), "{full}");
    }
}

#[test]
fn a_document_cannot_play_tricks_on_the_terminal() {
    let report = r#"{"bucket":[{"id":"a\u001b[2Jb","name":"x\u202ey\r","usageType":"data","remainingValue":{"amount":1,"units":"\u0007"}}]}"#;
    let output = inspect_text(report, &["-"]);
    assert!(text(&output).contains("a\u{fffd}[2Jb"));
    assert!(!text(&output).chars().any(|c| c.is_control() && c != '\n'), "{:?}", text(&output));
}

#[test]
fn a_file_larger_than_the_core_reads_is_refused_without_being_read_whole() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.as_file_mut().set_len(8 << 30).unwrap();
    let output = inspect(&[file.path().to_str().unwrap()]);
    assert_eq!(status(&output), 2);
    assert!(text(&output).contains("[too_large]"), "{}", text(&output));
}

#[test]
fn notification_preferences_are_inspected_with_everything_odd_in_them() {
    let list = r#"[
        {"id": "1", "topic": "usageThreshold", "threshold": 750, "channel": "sms", "isEnabled": true,
         "logicalResource": [{"value": "+32470550117"}]},
        {"id": "2", "topic": "billReady", "channel": "email", "isEnabled": "perhaps"}]"#;
    let person = r#"{"id": "e", "partyCharacteristic": [
        {"name": "hobby", "value": "chess"}, {"name": "usageAlert.75.sms", "value": "on", "allowedBy": "employer"}]}"#;
    let service = r#"{"id": "s", "feature": [{"name": "roaming.sms", "isEnabled": false, "isMandatory": true}]}"#;
    let not_read = "\n  Not fully understood\n    [0].threshold\n";
    for (text_of, resource, expected, holds) in [
        (list, "communicationPreference", 1, "  [x] usage_threshold by sms: user decides (1)\n"),
        (list, "communicationPreference", 1, not_read),
        (list, "communicationPreference", 1, "\n    [1]\n"),
        (
            person,
            "partyCharacteristic",
            0,
            "  [x] usage_threshold by sms from 75%: employer decides (usageAlert.sms)\n",
        ),
        (service, "serviceFeature", 0, "  [ ] roaming by sms: user decides, mandatory (roaming.sms)\n"),
        (service, "partyCharacteristic", 1, "  No notification preference is in it.\n"),
        ("<html>", "serviceFeature", 2, "refused"),
    ] {
        let output = inspect_text(text_of, &["-", "--preferences", resource]);
        assert_eq!(status(&output), expected, "{resource} {}", text(&output));
        assert!(text(&output).contains(holds), "{resource}: {holds}\n{}", text(&output));
    }
    let other_line = inspect_text(list, &["-", "--preferences", "communicationPreference", "--line", "+32470999999"]);
    assert!(!text(&other_line).contains("(1)"), "{}", text(&other_line));
    let json = inspect_text(list, &["-", "--json", "--preferences", "communicationPreference"]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["preferences"][0]["topic"], "usage_threshold");
    assert_eq!(json["warnings"].as_array().unwrap().len(), 2);
}

#[test]
fn services_are_inspected_for_the_lines_that_are_named() {
    let (first, second) = ("+32470550123", "+32499000000");
    let list = std::fs::read_to_string(document("tmf638/several-lines.json")).unwrap();
    for (text_of, line, expected, holds) in [
        (
            list.as_str(),
            first,
            0,
            "  Line +32470550123: Wi-Fi calling off (svc-2; isEnabled of the feature Wi-Fi Calling)\n\n  Notes\n    data[0]\n",
        ),
        (&list, "+32477000000", 0, "  No service of the line is in it.\n"),
        (
            r#"{"id": "s", "feature": [{"name": "Calls", "featureCharacteristic": [{"name": "voWifi", "value": "maybe"}]}]}"#,
            first,
            1,
            "Wi-Fi calling unknown (s; no place that is written)\n\n  Not fully understood\n    feature[0]",
        ),
        ("<html>", first, 2, "refused"),
    ] {
        let lines: &[&str] = if text_of == list { &["--line", second] } else { &[] };
        let output = inspect_text(text_of, &[&["-", "--services", "--line", line], lines].concat());
        assert_eq!(status(&output), expected, "{}", text(&output));
        assert!(text(&output).contains(holds), "{holds}\n{}", text(&output));
    }
    let mobile = document("tmf638/mobile-line.json");
    let json = inspect(&[mobile.to_str().unwrap(), "--json", "--services", "--line", first]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["services"][0]["wifi_calling"], "off");
    assert_eq!(json["services"][0]["place"], "voWifi in VoiceFeatureCharacteristic of the feature Voice");
    assert!(!text(&inspect(&[mobile.to_str().unwrap(), "--services", "--line", first])).contains("A Person"));
    assert_eq!(status(&inspect(&[mobile.to_str().unwrap(), "--services"])), 2, "whose line is to be said");
}

#[test]
fn what_is_not_understood_of_an_order_is_told() {
    const ORDER: &str = r#"[{"id":"po-1","state":"inProgress","orderDate":"2026-11-23T10:00:00Z","productOrderItem":[
        {"action":"add","product":{"productCharacteristic":[{"name":"simType","value":"eSIM"}]}}]}]"#;
    for (part, in_its_place, kind, expected) in [
        ("sent to Mars", "", None, 0),
        ("inProgress", "sent to Mars", Some("unknown_order_state"), 1),
        ("eSIM", "holographic", Some("unknown_sim_type"), 1),
        (r#""orderDate":"2026-11-23T10:00:00Z","#, "", Some("no_order_date"), 0),
        (r#""add""#, r#""modify""#, Some("nothing_added"), 0),
    ] {
        let given = ORDER.replace(part, in_its_place);
        let output = inspect_text(&given, &["--orders", "--user", "emma", "--json", "-"]);
        assert_eq!(status(&output), expected, "{given}");
        let report: Value = serde_json::from_str(&text(&output)).unwrap();
        let told: Vec<_> = report["warnings"].as_array().unwrap().iter().map(|odd| odd["kind"].as_str()).collect();
        assert_eq!(told, kind.map(Some).into_iter().collect::<Vec<_>>(), "{given}");
    }
}

#[test]
fn orders_and_sims_are_named_as_the_person_would_see_them_and_no_secret_number_is() {
    let orders = r#"[{"id":"po-1","state":"inProgress","orderDate":"2026-11-23T10:00:00Z",
        "relatedParty":[{"id":"emma","role":"user"}],
        "productOrderItem":[{"id":"1","action":"add","state":"inProgress","product":{"productCharacteristic":[
            {"name":"simType","value":"eSIM"},{"name":"msisdn","value":"32470123456"},
            {"name":"portIn.requestedDate","value":"2026-11-25T09:00:00+01:00"}]}}]},
        {"id":"po-2","state":"held","relatedParty":[{"id":"luc","role":"user"}],"productOrderItem":[]}]"#;
    let output = inspect_text(orders, &["--orders", "--user", "emma", "-"]);
    let told = text(&output);
    for part in [
        "Order po-1: under way\n",
        "line       +32•••••3456, kept\n",
        "SIM        esim\n",
        "starts     2026-11-25 09:00:00 +01:00\n",
        "[1]\n",
    ] {
        assert!(told.contains(part), "{part:?} is not in\n{told}");
    }
    assert!(!told.contains("po-2") && !told.contains("470123456"), "{told}");
    let output = inspect_text(orders, &["--orders", "--user", "emma", "--json", "-"]);
    let report: Value = serde_json::from_str(&text(&output)).unwrap();
    assert_eq!(
        (&report["orders"][0]["stage"], &report["orders"][0]["keeps_number"]),
        (&"under_way".into(), &true.into())
    );

    let sims = r#"[{"id":"8932010000000000004","@type":"PhysicalResource","name":"SIM card","serialNumber":"8932010000000000004",
        "resourceCharacteristic":[{"name":"msisdn","value":"32470123456"}],"relatedParty":[{"id":"emma"}]}]"#;
    let output = inspect_text(sims, &["--sims", "--user", "emma", "-"]);
    assert!(text(&output).contains("card of +32•••••3456"), "{}", text(&output));
    for form in [&[][..], &["--json"][..]] {
        let told = text(&inspect_text(sims, &[&["--sims", "--user", "emma", "-"], form].concat()));
        assert!(!told.contains("8932") && !told.contains("0004"), "{told}");
    }
    for (given, arguments, code) in [
        ("{\"code\":\"60\"}", ["--orders", "--user", "emma", "-"], "[no_list]"),
        ("<html>", ["--sims", "--user", "emma", "-"], "[html]"),
    ] {
        let output = inspect_text(given, &arguments);
        assert_eq!(status(&output), 2, "{}", text(&output));
        assert!(text(&output).contains(code), "{}", text(&output));
    }
    for needs in ["--orders", "--sims"] {
        assert_eq!(status(&inspect(&[needs, "-"])), 2, "whose they are is to be said");
    }
}
