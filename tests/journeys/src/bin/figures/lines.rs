//! What the usage screen costs a line, with many lines and a long history beside one line and a short one.

use std::hint::black_box;
use std::sync::Arc;

use companion::operator::units::{CycleEnd, DataBase};
use companion::text::Language;
use companion::usage::history::History;
use companion::usage::state::{Kept, Line, LineState, Now, UsageState};
use companion::usage::tmf::{HowToRead, decode};
use companion::usage::view::{Presentation, usage_view};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::json;

use crate::paired;

const LINES: usize = 20;
const TODAY: Date = date(2026, 11, 25);

/// The time that a line takes on a screen of twenty lines with thirteen months each, over that on one of a line with a month.
pub fn many() -> f64 {
    drawn(LINES)
}

/// The time of the whole screen over that of the other: a view is handed over by value, so twenty lines are twenty times one.
pub fn screen() -> f64 {
    drawn(1)
}

/// The screen of many lines against so many screens of one line.
fn drawn(times: usize) -> f64 {
    let zone = jiff::tz::get!("Europe/Brussels");
    let (many, one) = (state(LINES, 13, &zone), state(1, 1, &zone));
    let now = Now { at: instant("2026-11-25T14:05:00+01:00"), today: TODAY, clock_off_minutes: None };
    let presentation = Presentation {
        language: Language::Dutch,
        operator: "Sandbox Mobile",
        zone: &zone,
        thresholds_percent: &[75, 90, 100],
        data_base: DataBase::Decimal,
    };
    let draw = |state: &UsageState| black_box(usage_view(black_box(state), &now, &presentation, 1));
    paired(|| draw(&many), || (0..times).map(|_| draw(&one)).collect::<Vec<_>>())
}

fn state(lines: usize, months: i64, zone: &TimeZone) -> UsageState {
    let kept = |number: usize| {
        let msisdn = format!("+324701234{number:02}");
        let how = HowToRead {
            lines: Some(std::slice::from_ref(&msisdn)),
            line_id: None,
            me: Some("emma"),
            time_zone: zone,
            data_base: DataBase::Decimal,
            cycle_end: CycleEnd::Exclusive,
        };
        let mut decoded = decode(report(&msisdn, months).as_bytes(), &how).expect("understood");
        let mut usage = decoded.lines.remove(0);
        let mut days = History::default();
        days.take(&usage, TODAY);
        usage.buckets.iter_mut().for_each(|bucket| bucket.days.clear());
        let received_at = instant("2026-11-25T14:04:00+01:00");
        LineState {
            line: Line { id: format!("line-{number}"), msisdn: Some(msisdn) },
            plan: None,
            days: Arc::new(days),
            kept: Some(Kept { usage, checked_at: received_at, received_at }),
            not_entitled: false,
        }
    };
    UsageState { signed_in: true, lines: (0..lines).map(kept).collect(), ..UsageState::default() }
}

/// Data, calls and SMS in November, with every day since so many months.
fn report(msisdn: &str, months: i64) -> String {
    let period = |from: Date, to: Date| json!({"startDateTime": from.to_string(), "endDateTime": to.to_string()});
    let from = TODAY.checked_sub(months.months()).expect("a date");
    let days: Vec<Date> = from.series(1.day()).take_while(|day| *day < TODAY).collect();
    let bucket = |id: &str, unit: &str, left: u32| {
        let used = |amount: u32, period: serde_json::Value| json!({"counterType": "used", "level": "global", "value": {"amount": amount, "units": unit}, "consumptionPeriod": period});
        let total = used(60, period(date(2026, 11, 1), date(2026, 12, 1)));
        let counters = days.iter().map(|day| used(2, period(*day, *day))).chain([total]);
        json!({
            "id": id, "usageType": id, "remainingValue": {"amount": left, "units": unit},
            "validFor": period(date(2026, 11, 1), date(2026, 12, 1)), "bucketCounter": counters.collect::<Vec<_>>(),
        })
    };
    json!([{
        "lastUpdate": "2026-11-25T14:03:00+01:00",
        "logicalResource": [{"value": msisdn}],
        "bucket": [bucket("data", "GB", 40), bucket("voice", "min", 300), bucket("sms", "SMS", 100)],
    }])
    .to_string()
}

fn instant(text: &str) -> Timestamp {
    text.parse().expect("a time")
}
