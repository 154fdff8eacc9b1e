//! The measured figures, as ratios against a baseline of the same run: never a gate, always a fact.
//! Prints a table, or with `--json` one last line for machines. Each `--also=FILE` adds figures that were measured elsewhere.

use std::borrow::Cow;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use companion::operator::units::{CycleEnd, DataBase};
use companion::usage::tmf::{HowToRead, decode};
use companion_journeys::Phone;
use companion_sandbox::{LoggedRequest, Sandbox, SandboxOptions};
use serde::{Deserialize, Serialize};

mod document;
mod fleet;
mod lines;
mod sleep;

const ROUNDS: usize = 400;
const LARGEST_DOCUMENT: &[u8] = include_bytes!(
    "../../../../../core/tests/documents/official/tmf677-v5.1-queryUsageConsumption-create-response.json"
);

#[derive(Serialize, Deserialize)]
struct Figure {
    name: Cow<'static, str>,
    value: f64,
    unit: Cow<'static, str>,
    goal: f64,
    holds: bool,
}

impl Figure {
    fn at_most(name: &'static str, value: f64, unit: &'static str, goal: f64) -> Figure {
        Figure { name: name.into(), value, unit: unit.into(), goal, holds: value <= goal }
    }

    fn at_least(name: &'static str, value: f64, unit: &'static str, goal: f64) -> Figure {
        Figure { name: name.into(), value, unit: unit.into(), goal, holds: value >= goal }
    }
}

#[tokio::main]
async fn main() {
    if document::part().await.is_some() {
        return;
    }
    let sandbox = Sandbox::start(SandboxOptions::default()).await.expect("a sandbox");
    let phone = Phone::new(&sandbox);
    phone.sign_in(&sandbox, "emma").await.expect("signed in");
    phone.refresh().await.expect("refreshed");

    let before = sandbox.requests().len();
    let refreshes = futures_util::future::join_all((0..50).map(|_| phone.refresh())).await;
    assert!(refreshes.iter().all(Result::is_ok), "a refresh failed");
    let concurrent = sandbox.requests().len() - before;

    let before = sandbox.requests().len();
    phone.refresh().await.expect("refreshed");
    let unchanged: Vec<LoggedRequest> = sandbox.requests().split_off(before);
    let not_304 = unchanged.iter().filter(|request| request.status != 304).count();

    let opening = opening(&phone);
    let slept = sleep::sleep(&phone, &sandbox).await;
    let [day, outage] = fleet::day(true);
    let [_, silent_outage] = fleet::day(false);
    let document = document::document().await;
    let mut figures = vec![
        Figure::at_most("open and read cached usage / raw open and read of the row", opening, "x", 1.5),
        Figure::at_most("decode the largest official TMF677 document / serde_json::Value", decoding(), "x", 2.0),
        Figure::at_most(
            "the usage screen of 20 lines with 13 months / of one with one month",
            lines::screen(),
            "x",
            1.2,
        ),
        Figure::at_most("a line among 20 with 13 months on the usage screen / alone with one", lines::many(), "x", 1.2),
        Figure::at_most("putting the app to sleep in the middle of everything, p99", slept.p99_ms, "ms", 2_000.0),
        Figure::at_most("descriptors and locks it holds asleep", count(slept.held), "", 0.0),
        Figure::at_most("requests of an app asleep", count(slept.requests), "requests", 0.0),
        Figure::at_most("requests of 50 concurrent refreshes", count(concurrent), "requests", 1.0),
        Figure::at_most("requests of an unchanged refresh", count(unchanged.len()), "requests", 1.0),
        Figure::at_most("of those, answered with a body instead of 304", count(not_304), "requests", 0.0),
        Figure::at_most("busiest minute of a day of 1 000 000 phones / its mean", day, "x", 1.5),
        Figure::at_most("busiest minute of the hours after an outage of 20 min / that mean", outage, "x", 3.0),
        Figure::at_most("the same where the operator said no Retry-After", silent_outage, "x", 3.0),
    ];
    if let Some(document) = document {
        figures.extend([
            Figure::at_least("speed of a document of 200 MB, sealed and verified / curl's", document.speed, "x", 0.9),
            Figure::at_most("memory that it takes beside the app without it", document.memory_mib, "MiB", 8.0),
        ]);
    }
    figures.extend(elsewhere());
    println!("{:<66} {:>8} {:<9} {:>6}  holds", "figure", "value", "unit", "goal");
    for Figure { name, value, unit, goal, holds } in &figures {
        println!("{name:<66} {value:>8.2} {unit:<9} {goal:>6.1}  {}", if *holds { "yes" } else { "NO" });
    }
    if std::env::args().any(|argument| argument == "--json") {
        println!("{}", serde_json::to_string(&figures).expect("figures are plain"));
    }
}

/// What was measured by others, in files of the same form as the line for machines.
fn elsewhere() -> Vec<Figure> {
    let files = std::env::args().filter_map(|argument| argument.strip_prefix("--also=").map(str::to_owned));
    let figures = |file| -> Vec<Figure> {
        serde_json::from_slice(&std::fs::read(file).expect("figures")).expect("figures are of one form")
    };
    files.flat_map(figures).collect()
}

fn count(requests: usize) -> f64 {
    f64::from(u32::try_from(requests).unwrap_or(u32::MAX))
}

/// The core's opening up to the view, against SQLite's own opening up to the sealed bytes of the same row.
fn opening(phone: &Phone) -> f64 {
    let file = phone.data.path().join("companion.db");
    paired(
        || {
            let core = phone.try_open().expect("the core opens");
            let view = core.usage().state();
            assert!(!black_box(view).lines.is_empty());
            core
        },
        || raw(&file),
    )
}

fn raw(file: &Path) -> rusqlite::Connection {
    let connection = rusqlite::Connection::open(file).expect("a database");
    let query = "SELECT sealed, etag, counted_ms, checked_ms, received_ms FROM snapshot WHERE kind = 'usage'";
    let row = connection.query_row(query, [], |row| {
        let times: [i64; 3] = [row.get(2)?, row.get(3)?, row.get(4)?];
        Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Option<String>>(1)?, times))
    });
    assert!(!black_box(row.expect("the row")).0.is_empty());
    connection
}

fn decoding() -> f64 {
    let how = HowToRead {
        lines: None,
        line_id: None,
        me: Some("CUST1"),
        time_zone: &jiff::tz::TimeZone::UTC,
        data_base: DataBase::Decimal,
        cycle_end: CycleEnd::Exclusive,
    };
    // Decoding frees the parsed document before it returns, so the baseline frees its own as well.
    paired(
        || decode(black_box(LARGEST_DOCUMENT), &how).expect("understood"),
        || drop(black_box(serde_json::from_slice::<serde_json::Value>(black_box(LARGEST_DOCUMENT)).expect("JSON"))),
    )
}

/// The median of ours over the median of the baseline, taken in turn so that a drifting machine hits both alike.
/// What a call returns is dropped outside the measured time.
fn paired<A, B>(mut ours: impl FnMut() -> A, mut baseline: impl FnMut() -> B) -> f64 {
    let (mut of_ours, mut of_baseline) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS + ROUNDS / 10 {
        let (our_time, theirs) = (time(&mut ours), time(&mut baseline));
        if round >= ROUNDS / 10 {
            of_ours.push(our_time);
            of_baseline.push(theirs);
        }
    }
    median(of_ours).as_secs_f64() / median(of_baseline).as_secs_f64()
}

fn time<T>(call: &mut impl FnMut() -> T) -> Duration {
    let began = Instant::now();
    let result = call();
    let took = began.elapsed();
    drop(result);
    took
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
