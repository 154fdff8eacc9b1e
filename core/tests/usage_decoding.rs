//! Operators' documents, read into the model. What each says was read by hand against the document.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects)]

#[path = "support/decode.rs"]
mod decode;
#[path = "support/told.rs"]
mod told;

use std::fs;
use std::path::{Path, PathBuf};

use companion::usage::tmf::{Decoded, Refusal};
use told::told;

const MY_LINE: &str = "+32470550123";

fn documents() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents")
}

fn read(body: &[u8], lines: Option<&[String]>, me: Option<&str>) -> Result<Decoded, Refusal> {
    decode::decode(body, lines, None, me)
}

/// As `inspect` reads: every line, nobody in particular.
fn inspected(file: &str) -> String {
    told(&read(&fs::read(documents().join(file)).unwrap(), None, None))
}

/// As the product reads: one line asked for, for one person.
fn asked(file: &str, me: &str) -> String {
    told(&read(&fs::read(documents().join(file)).unwrap(), Some(&[MY_LINE.to_owned()]), Some(me)))
}

macro_rules! says {
    ($($name:ident: $told:expr;)+) => {
        $(#[test] fn $name() { insta::assert_snapshot!(stringify!($name), $told); })+
    };
}

says! {
    official_report: inspected("official/tmf677-v5.1-usageConsumptionReport-retrieve.json");
    official_query: inspected("official/tmf677-v5.1-queryUsageConsumption-retrieve.json");
    official_shared_bucket_of_nobody: inspected("official/tmf677-v5.1-queryUsageConsumption-create-response.json");
    official_shared_bucket_of_cust1: asked("official/tmf677-v5.1-queryUsageConsumption-create-response.json", "CUST1");
    official_error: inspected("official/tmf677-v5.1-error-401.json");
    official_request: inspected("official/tmf677-v5.1-queryUsageConsumption-create-request.json");
    first_generation: inspected("tmf677/g1-report.json");
    second_generation: inspected("tmf677/g2-report.json");
    second_generation_in_an_envelope: inspected("tmf677/g2-envelope.json");
    third_generation: inspected("tmf677/g3-query.json");
    fourth_generation: inspected("tmf677/g4-report.json");
    shared_buckets_of_person_1: asked("tmf677/g4-shared.json", "person-1");
    shared_buckets_of_nobody: inspected("tmf677/g4-shared.json");
    costs: asked("tmf677/costs.json", "person-1");
    task_pending: asked("tmf677/task-pending.json", "person-1");
    task_failed: asked("tmf677/task-failed.json", "person-1");
    trap_buckets: inspected("tmf677/trap-buckets.json");
    trap_lines: asked("tmf677/trap-lines.json", "person-1");
    trap_lines_inspected: inspected("tmf677/trap-lines.json");
    trap_numbers: inspected("tmf677/trap-numbers.json");
    trap_periods: inspected("tmf677/trap-periods.json");
    trap_sensitive: asked("tmf677/trap-sensitive.json", "person-1");
    trap_units: inspected("tmf677/trap-units.json");
    trap_unlimited: inspected("tmf677/trap-unlimited.json");
}

/// As a report that is late at the turn of the cycle has it: what is left is valid from the report on, until before it.
#[test]
fn a_validity_that_begins_with_a_late_report_is_over_as_written() {
    let cases = [
        // Valid from, valid until, first day after.
        ("2026-04-01T08:00:00+02:00", "2026-04-01T00:00:00+02:00", "2026-04-01"),
        ("2026-04-03T08:00:00+02:00", "2026-04-01T00:00:00+02:00", "2026-04-01"),
        // Written the wrong way about: an end in the future is an end.
        ("2026-04-15T00:00:00+02:00", "2026-04-03T08:00:00+02:00", "2026-04-15"),
        ("2026-04-03T08:00:00+02:00", "2026-04-15T00:00:00+02:00", "2026-04-15"),
    ];
    for (from, until, expected) in cases {
        let body = format!(
            r#"{{"publicIdentifier": "{MY_LINE}", "lastUpdate": "2026-04-03T08:00:00+02:00", "bucket": [{{
                "id": "a", "usageType": "data", "remainingValue": {{"amount": 1, "units": "GB"}},
                "validFor": {{"startDateTime": "{from}", "endDateTime": "{until}"}}}}]}}"#
        );
        let decoded = read(body.as_bytes(), Some(&[MY_LINE.to_owned()]), None).unwrap();
        let cycle = decoded.lines[0].buckets[0].cycle.unwrap();
        assert_eq!(cycle.next_start.unwrap().to_string(), expected, "{from} until {until}");
    }
}
