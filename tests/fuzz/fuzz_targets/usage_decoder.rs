//! The usage decoder on any bytes: it never panics, its answer is the same each time, and it keeps its word on what
//! comes out.
#![no_main]

use companion::operator::units::{CycleEnd, DataBase};
use companion::usage::model::{Allowance, Bucket};
use companion::usage::tmf::{Decoded, HowToRead, decode};
use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;

static BRUSSELS: TimeZone = jiff::tz::get!("Europe/Brussels");

fuzz_target!(|body: &[u8]| {
    let lines = ["+32470550123".to_owned()];
    let asked = HowToRead {
        lines: Some(&lines),
        line_id: None,
        me: Some("person-1"),
        time_zone: &BRUSSELS,
        data_base: DataBase::Decimal,
        cycle_end: CycleEnd::Exclusive,
    };
    let inspected =
        HowToRead { lines: None, me: None, data_base: DataBase::Binary, cycle_end: CycleEnd::Inclusive, ..asked };
    for how in [asked, inspected] {
        let read = decode(body, &how);
        assert_eq!(read, decode(body, &how), "the same bytes read twice differ");
        match read {
            Ok(decoded) => {
                check(&decoded);
                assert!(how.lines.is_none() || decoded.lines.len() <= 2, "lines nobody asked for");
            }
            Err(refusal) => assert!(!refusal.to_string().is_empty()),
        }
    }
});

fn check(decoded: &Decoded) {
    assert!(decoded.warnings.len() <= 101);
    for warning in &decoded.warnings {
        assert!(warning.to_string().is_ascii(), "a warning repeats the document");
    }
    for line in &decoded.lines {
        assert!(line.buckets.len() <= 220);
        for (index, bucket) in line.buckets.iter().enumerate() {
            check_bucket(bucket);
            assert!(line.buckets.iter().skip(index + 1).all(|other| other.id != bucket.id), "an id comes twice");
        }
    }
}

fn check_bucket(bucket: &Bucket) {
    if bucket.used_permille().is_some() {
        assert!(bucket.used.is_some() && matches!(bucket.allowance, Allowance::Finite(_)), "a percentage of nothing");
    }
    if bucket.allowance == Allowance::Unlimited {
        assert!(bucket.remaining.is_none(), "an end of what has none");
    }
    if let Some(cycle) = bucket.cycle
        && let (Some(start), Some(next)) = (cycle.start, cycle.next_start)
    {
        assert!(start < next, "a cycle of no day");
    }
}
