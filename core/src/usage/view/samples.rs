//! What tests of usage draw: lines, buckets and costs, and every designed state of the screen.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::*;
use crate::problem::{Problem, SessionEnd, StorageFailure};
use crate::usage::model::*;
use crate::usage::plan::Plan;
use crate::usage::state::{Failure, Kept, Line};

pub const GB: u64 = 1_000_000_000;

pub fn brussels() -> TimeZone {
    jiff::tz::get!("Europe/Brussels")
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// 25 November 2026, 14:05 in Brussels.
pub fn now() -> Now {
    Now { at: at("2026-11-25T14:05:00+01:00"), today: date(2026, 11, 25), clock_off_minutes: None }
}

fn november() -> Cycle {
    Cycle { start: Some(date(2026, 11, 1)), next_start: Some(date(2026, 12, 1)) }
}

fn reading(amount: Amount) -> Option<Reading> {
    Some(Reading { amount, origin: Origin::Counter })
}

fn finite(amount: Amount) -> Allowance {
    Allowance::Finite(Reading { amount, origin: Origin::Counter })
}

pub fn bucket(
    id: &str,
    service: Service,
    used: Option<Amount>,
    remaining: Option<Amount>,
    allowance: Allowance,
) -> Bucket {
    Bucket {
        service,
        used: used.and_then(reading),
        remaining: remaining.and_then(reading),
        allowance,
        cycle: Some(november()),
        ..Bucket::unknown(id)
    }
}

pub fn data(used: u64, total: u64) -> Bucket {
    let left = Amount::Bytes(total.saturating_sub(used));
    bucket("data", Service::Data, Some(Amount::Bytes(used)), Some(left), finite(Amount::Bytes(total)))
}

pub fn euros(cents: i64) -> Amount {
    Amount::Money(Money { cents, currency: "EUR".to_owned() })
}

pub fn cost(kind: OutOfBundleKind, cents: i64) -> OutOfBundle {
    OutOfBundle { kind, amount: euros(cents), name: None, cycle: Some(november()) }
}

pub fn line_with(buckets: Vec<Bucket>, out_of_bundle: Vec<OutOfBundle>) -> LineState {
    LineState {
        line: Line { id: "line-1".to_owned(), msisdn: Some("+32470123456".to_owned()) },
        plan: Some(Plan { name: "Business Mobile 10 GB".to_owned(), contents: Vec::new(), since: None }),
        days: Arc::default(),
        kept: Some(Kept {
            usage: LineUsage {
                line: None,
                counted_at: Some(CountedAt { at: at("2026-11-25T14:03:00+01:00"), zone_assumed: false }),
                buckets,
                out_of_bundle,
            },
            checked_at: at("2026-11-25T14:04:00+01:00"),
            received_at: at("2026-11-25T14:04:00+01:00"),
        }),
        not_entitled: false,
    }
}

/// An ordinary line: data, calls, SMS, a gift, data abroad, and some costs.
pub fn ordinary() -> LineState {
    let minutes = |minutes: u64| Amount::Seconds(minutes * 60);
    let calls = bucket(
        "calls",
        Service::Voice,
        Some(Amount::Seconds(42 * 60 + 10)),
        Some(Amount::Seconds(120 * 60 - 42 * 60 - 10)),
        finite(minutes(120)),
    );
    let sms = bucket("sms", Service::Sms, Some(Amount::Count(12)), None, Allowance::Unlimited);
    let gift = Bucket {
        kind: BucketKind::Gift,
        name: Some("Weekend 5 GB".to_owned()),
        id: "gift".to_owned(),
        ..data(500_000_000, 5 * GB)
    };
    let abroad = Bucket { zone: Zone::RoamingEu, id: "eu".to_owned(), ..data(120_000_000, 4 * GB) };
    line_with(
        vec![abroad, gift, sms, calls, data(6 * GB + 200_000_000, 10 * GB)],
        vec![
            cost(OutOfBundleKind::ThirdParty, 200),
            cost(OutOfBundleKind::Voice, 120),
            cost(OutOfBundleKind::Total, 320),
        ],
    )
}

pub fn signed_in(lines: Vec<LineState>) -> UsageState {
    UsageState { signed_in: true, lines, refreshing: false, failure: None }
}

pub fn presentation(language: Language, zone: &TimeZone) -> Presentation<'_> {
    Presentation {
        language,
        operator: "Example Mobile",
        zone,
        thresholds_percent: &[75, 90, 100],
        data_base: DataBase::Decimal,
    }
}

pub fn kept(line: &mut LineState) -> &mut Kept {
    line.kept.as_mut().unwrap()
}

fn counted_at(mut line: LineState, time: Option<&str>) -> LineState {
    kept(&mut line).usage.counted_at = time.map(|time| CountedAt { at: at(time), zone_assumed: false });
    line
}

fn failing(mut state: UsageState, problem: Problem, since: &str) -> UsageState {
    state.failure = Some(Failure { problem, since: at(since), at: at("2026-11-25T14:05:00+01:00") });
    state
}

fn other_line(msisdn: Option<&str>) -> LineState {
    LineState { line: Line { id: "line-2".to_owned(), msisdn: msisdn.map(str::to_owned) }, ..ordinary_data() }
}

fn ordinary_data() -> LineState {
    line_with(vec![data(6 * GB + 200_000_000, 10 * GB)], vec![])
}

fn never_loaded() -> LineState {
    LineState { kept: None, plan: None, ..ordinary_data() }
}

fn in_cycle(mut line: LineState, start: Option<Date>, next_start: Option<Date>) -> LineState {
    let cycle = Some(Cycle { start, next_start });
    let usage = &mut kept(&mut line).usage;
    usage.buckets.iter_mut().for_each(|bucket| bucket.cycle = cycle);
    usage.out_of_bundle.iter_mut().for_each(|cost| cost.cycle = cycle);
    line
}

fn october(line: LineState) -> LineState {
    let line = in_cycle(line, Some(date(2026, 10, 1)), Some(date(2026, 11, 1)));
    let mut line = counted_at(line, Some("2026-10-31T23:40:00+01:00"));
    kept(&mut line).checked_at = at("2026-10-31T23:45:00+01:00");
    line
}

/// Since the 12th, in a cycle that began on the first.
fn on_a_new_plan(line: LineState) -> LineState {
    let plan = line.plan.map(|plan| Plan { since: Some(date(2026, 11, 12)), ..plan });
    LineState { plan, ..line }
}

fn named(id: &str, name: &str, bucket: Bucket) -> Bucket {
    Bucket { id: id.to_owned(), name: Some(name.to_owned()), ..bucket }
}

fn fair_use(amount: Amount) -> Allowance {
    Allowance::FairUse(Reading { amount, origin: Origin::Counter })
}

pub fn lines(buckets: Vec<Bucket>) -> UsageState {
    signed_in(vec![line_with(buckets, vec![])])
}

/// Every designed state of the screen: the five of the whole screen, then those of a line, a bucket and the costs.
pub fn states() -> Vec<(&'static str, UsageState, Now)> {
    let offline = || Problem::Offline;
    let bytes = |bytes| Some(Amount::Bytes(bytes));
    let raw = |digits: &str| Amount::Raw { digits: digits.to_owned(), unit: "Coins".to_owned() };
    let fault = |problem| failing(signed_in(vec![ordinary_data()]), problem, "2026-11-25T13:10:00+01:00");
    let wrong_clock = |minutes| Now { clock_off_minutes: Some(minutes), ..now() };
    let two_lines = || vec![ordinary_data(), other_line(Some("+32471000078"))];
    let refused = LineState { not_entitled: true, ..never_loaded() };
    let assumed = {
        let mut line = ordinary_data();
        kept(&mut line).usage.counted_at = Some(CountedAt { at: at("2026-11-25T14:03:00+01:00"), zone_assumed: true });
        line
    };
    let undated = |received: &str| {
        let mut line = counted_at(ordinary_data(), None);
        kept(&mut line).received_at = at(received);
        line
    };
    let with_costs = |costs| signed_in(vec![line_with(vec![data(GB, 10 * GB)], costs)]);
    let chf = OutOfBundle {
        amount: Amount::Money(Money { cents: 90, currency: "CHF".to_owned() }),
        ..cost(OutOfBundleKind::Data, 0)
    };
    let december = Some(Cycle { start: Some(date(2026, 12, 1)), next_start: Some(date(2027, 1, 1)) });
    let early_november = Some(Cycle { start: Some(date(2026, 11, 1)), next_start: Some(date(2026, 11, 13)) });
    let noon = CountedAt { at: at("2026-11-25T12:00:00+01:00"), zone_assumed: false };
    let counted_at_noon = Some(Carried { counted_at: Some(noon) });
    let to_december = Some(Cycle { start: Some(date(2026, 11, 11)), next_start: Some(date(2026, 12, 11)) });
    let states = vec![
        ("signed out", UsageState { failure: None, signed_in: false, ..signed_in(vec![ordinary_data()]) }),
        ("never loaded, first refresh running", UsageState { refreshing: true, ..signed_in(vec![never_loaded()]) }),
        ("never loaded, offline", failing(signed_in(vec![never_loaded()]), offline(), "2026-11-25T14:05:00+01:00")),
        ("no lines known yet", signed_in(vec![])),
        ("offline", fault(offline())),
        (
            "offline since yesterday, old",
            failing(
                signed_in(vec![counted_at(ordinary_data(), Some("2026-11-24T13:40:00+01:00"))]),
                offline(),
                "2026-11-24T18:00:00+01:00",
            ),
        ),
        (
            "offline for days",
            failing(
                signed_in(vec![counted_at(ordinary_data(), Some("2026-11-21T23:40:00+01:00"))]),
                offline(),
                "2026-11-22T08:00:00+01:00",
            ),
        ),
        ("maintenance", fault(Problem::ServiceUnavailable { retry_after_seconds: None })),
        ("too many requests", fault(Problem::ServiceUnavailable { retry_after_seconds: Some(1_500) })),
        // 14:05 and 90 seconds: nobody is sent back within 14:06.
        ("a wait within a minute", fault(Problem::ServiceUnavailable { retry_after_seconds: Some(90) })),
        (
            "the wait is over",
            UsageState {
                failure: Some(Failure {
                    problem: Problem::ServiceUnavailable { retry_after_seconds: Some(60) },
                    since: at("2026-11-25T13:10:00+01:00"),
                    at: at("2026-11-25T14:02:00+01:00"),
                }),
                ..signed_in(vec![ordinary_data()])
            },
        ),
        ("a Wi-Fi page in between", fault(Problem::BlockedNetwork)),
        ("session ended", fault(Problem::SessionEnded { reason: SessionEnd::Revoked })),
        (
            "session ended before anything was loaded",
            failing(
                signed_in(vec![never_loaded()]),
                Problem::SessionEnded { reason: SessionEnd::KeyLost },
                "2026-11-25T13:10:00+01:00",
            ),
        ),
        ("answer not understood", fault(Problem::NotUnderstood { code: "not_json".to_owned() })),
        ("storage full", fault(Problem::StorageUnavailable { reason: StorageFailure::Full })),
        ("unexpected", fault(Problem::unexpected("http_418"))),
        ("cancelled by the person", fault(Problem::cancelled())),
        ("not permitted", failing(signed_in(vec![]), Problem::NotPermitted, "2026-11-25T13:10:00+01:00")),
        ("two lines, one not entitled", signed_in(vec![ordinary_data(), refused.clone()])),
        (
            "one line, not entitled",
            failing(signed_in(vec![refused]), Problem::NotPermitted, "2026-11-25T13:10:00+01:00"),
        ),
        ("two lines, one failing refresh", failing(signed_in(two_lines()), offline(), "2026-11-25T13:10:00+01:00")),
        (
            "two lines of different times, one failing refresh",
            failing(
                signed_in(vec![
                    ordinary_data(),
                    counted_at(other_line(Some("+31612345678")), Some("2026-11-25T11:00:00+01:00")),
                ]),
                offline(),
                "2026-11-25T13:10:00+01:00",
            ),
        ),
        ("lines without a number", signed_in(vec![other_line(None), other_line(None)])),
        (
            "counted more than an hour ago",
            signed_in(vec![counted_at(ordinary_data(), Some("2026-11-25T09:00:00+01:00"))]),
        ),
        ("time zone assumed", signed_in(vec![assumed])),
        ("no time given", signed_in(vec![undated("2026-11-25T14:04:00+01:00")])),
        ("no time given, received long ago", signed_in(vec![undated("2026-11-23T09:00:00+01:00")])),
        ("previous cycle", signed_in(vec![october(ordinary())])),
        (
            "previous cycle, of which the operator still speaks",
            signed_in(vec![{
                let mut line = october(ordinary_data());
                kept(&mut line).checked_at = at("2026-11-25T14:04:00+01:00");
                line
            }]),
        ),
        ("a plan that began within the cycle", signed_in(vec![on_a_new_plan(ordinary_data())])),
        (
            "a plan that began after what was counted",
            signed_in(vec![counted_at(on_a_new_plan(ordinary_data()), Some("2026-11-11T23:40:00+01:00"))]),
        ),
        ("a plan of which nothing is counted yet", signed_in(vec![on_a_new_plan(line_with(vec![], vec![]))])),
        (
            "previous cycle beside an option of now",
            signed_in(vec![{
                let mut line = october(ordinary_data());
                let option = Bucket { kind: BucketKind::Option, cycle: to_december, ..data(GB, 5 * GB) };
                kept(&mut line).usage.buckets.push(named("option", "Extra 5 GB", option));
                line
            }]),
        ),
        (
            "previous cycle with an allowance and a cost that name no end",
            signed_in(vec![{
                let mut line = october(line_with(vec![data(GB, 10 * GB)], vec![cost(OutOfBundleKind::Total, 320)]));
                let open = Some(Cycle { start: Some(date(2026, 10, 1)), next_start: None });
                let usage = &mut kept(&mut line).usage;
                usage.out_of_bundle[0].cycle = open;
                let sms = bucket("sms", Service::Sms, Some(Amount::Count(12)), None, Allowance::Unlimited);
                usage.buckets.push(Bucket { cycle: open, ..sms });
                line
            }]),
        ),
        (
            "both cycles in one answer at the turn",
            signed_in(vec![{
                let mut line = october(ordinary_data());
                kept(&mut line).usage.buckets.push(Bucket { id: "new".to_owned(), ..data(GB, 10 * GB) });
                line
            }]),
        ),
        ("nothing counted in the answer", lines(vec![])),
        (
            "figures of an earlier answer than the line's, with and without a time",
            lines(vec![
                Bucket { carried: counted_at_noon, ..data(GB, 10 * GB) },
                Bucket { carried: Some(Carried { counted_at: None }), id: "more".to_owned(), ..data(GB, 5 * GB) },
            ]),
        ),
        (
            "only the end of the cycle is known",
            signed_in(vec![in_cycle(ordinary_data(), None, Some(date(2026, 12, 1)))]),
        ),
        (
            "only the start of the cycle is known",
            signed_in(vec![in_cycle(ordinary_data(), Some(date(2026, 11, 1)), None)]),
        ),
        ("no cycle", signed_in(vec![in_cycle(ordinary_data(), None, None)])),
        ("last day", signed_in(vec![in_cycle(ordinary_data(), Some(date(2026, 10, 26)), Some(date(2026, 11, 26)))])),
        (
            "a cycle over the turn of the year",
            signed_in(vec![in_cycle(ordinary_data(), Some(date(2026, 11, 20)), Some(date(2027, 1, 20)))]),
        ),
        (
            "a cycle that has not begun",
            signed_in(vec![in_cycle(ordinary_data(), Some(date(2026, 12, 1)), Some(date(2027, 1, 1)))]),
        ),
        ("warning", lines(vec![data(7 * GB + 500_000_000, 10 * GB)])),
        ("just below the warning", lines(vec![data(7 * GB + 499_999_999, 10 * GB)])),
        ("a trace left", lines(vec![data(10 * GB - 1, 10 * GB)])),
        ("used up", lines(vec![data(10 * GB, 10 * GB)])),
        ("over", lines(vec![data(11 * GB + 200_000_000, 10 * GB)])),
        (
            "used beyond the plan, but a bonus is left",
            lines(vec![bucket("data", Service::Data, bytes(11 * GB), bytes(GB), finite(Amount::Bytes(10 * GB)))]),
        ),
        ("a small bundle in megabytes", lines(vec![data(120_500_000, 500_000_000)])),
        (
            "used and allowance only",
            lines(vec![bucket("data", Service::Data, bytes(6 * GB), None, finite(Amount::Bytes(10 * GB)))]),
        ),
        (
            "remaining and allowance only",
            lines(vec![bucket("data", Service::Data, None, bytes(4 * GB), finite(Amount::Bytes(10 * GB)))]),
        ),
        ("allowance only", lines(vec![bucket("data", Service::Data, None, None, finite(Amount::Bytes(10 * GB)))])),
        ("used only", lines(vec![bucket("data", Service::Data, bytes(6 * GB), None, Allowance::Unknown)])),
        ("no figure at all", lines(vec![bucket("data", Service::Data, None, None, Allowance::Unknown)])),
        (
            "unlimited and fair use",
            lines(vec![
                bucket("a", Service::Data, bytes(6 * GB + 200_000_000), None, fair_use(Amount::Bytes(40 * GB))),
                bucket("b", Service::Voice, Some(Amount::Seconds(3_000 * 60)), None, Allowance::Unlimited),
                bucket("c", Service::Sms, None, None, Allowance::Unlimited),
            ]),
        ),
        (
            "beyond fair use",
            lines(vec![
                bucket("a", Service::Data, bytes(41 * GB), None, fair_use(Amount::Bytes(40 * GB))),
                bucket("b", Service::Voice, Some(Amount::Seconds(180_060)), None, fair_use(Amount::Seconds(180_000))),
            ]),
        ),
        (
            "shares, suspended, expired, ended, upcoming, another end",
            lines(vec![
                Bucket { scope: Scope::SharedMyShare, ..data(GB, 10 * GB) },
                named(
                    "all",
                    "Team",
                    Bucket { scope: Scope::SharedTotal, kind: BucketKind::Option, ..data(70 * GB, 100 * GB) },
                ),
                named(
                    "pause",
                    "Night data",
                    Bucket { status: BucketStatus::Suspended, kind: BucketKind::Option, ..data(GB, 5 * GB) },
                ),
                named(
                    "expired",
                    "Welcome",
                    Bucket { status: BucketStatus::Expired, kind: BucketKind::Gift, ..data(GB, 2 * GB) },
                ),
                named(
                    "ended",
                    "Festival",
                    Bucket { cycle: early_november, kind: BucketKind::Gift, ..data(GB, 2 * GB) },
                ),
                named(
                    "unlimited",
                    "Weekend",
                    Bucket {
                        cycle: early_november,
                        kind: BucketKind::Gift,
                        ..bucket("", Service::Data, None, None, Allowance::Unlimited)
                    },
                ),
                named("next", "Holiday", Bucket { cycle: december, kind: BucketKind::Gift, ..data(0, 3 * GB) }),
                named(
                    "other end",
                    "Extra",
                    Bucket { cycle: to_december, kind: BucketKind::Option, ..data(GB, 5 * GB) },
                ),
            ]),
        ),
        (
            "credit, unknown units, unknown services, abroad",
            lines(vec![
                bucket("credit", Service::Credit, Some(euros(750)), Some(euros(1_250)), finite(euros(2_000))),
                bucket("coins", Service::Other("loyalty".to_owned()), Some(raw("12,50")), None, finite(raw("100"))),
                bucket("mystery", Service::Other(String::new()), Some(Amount::Count(3)), None, Allowance::Unknown),
                Bucket {
                    zone: Zone::RoamingWorld,
                    ..bucket("world", Service::Voice, None, Some(Amount::Seconds(59)), finite(Amount::Seconds(600)))
                },
                Bucket {
                    zone: Zone::International,
                    ..bucket(
                        "int",
                        Service::Sms,
                        Some(Amount::Count(1)),
                        Some(Amount::Count(1)),
                        finite(Amount::Count(2)),
                    )
                },
            ]),
        ),
        (
            "two buckets of the plan would be called the same",
            lines(vec![named("a", "Day data", data(GB, 10 * GB)), named("b", "Night data", data(2 * GB, 10 * GB))]),
        ),
        ("costs said to be zero", with_costs(vec![cost(OutOfBundleKind::Total, 0)])),
        ("costs of third parties only", with_costs(vec![cost(OutOfBundleKind::ThirdParty, 150)])),
        (
            "costs without a sum",
            with_costs(vec![cost(OutOfBundleKind::Voice, 150), cost(OutOfBundleKind::Data, 1_000)]),
        ),
        ("costs in two currencies", with_costs(vec![cost(OutOfBundleKind::Voice, 150), chf])),
        ("a credit note", with_costs(vec![cost(OutOfBundleKind::Total, -1_250)])),
    ];
    let states = states.into_iter().map(|(name, state)| (name, state, now()));
    let clocks = [
        ("clock 12 minutes off", signed_in(vec![ordinary_data()]), wrong_clock(12)),
        ("clock two days slow, and the network seems to block", fault(Problem::BlockedNetwork), wrong_clock(-3_000)),
    ];
    states.chain(clocks).collect()
}
