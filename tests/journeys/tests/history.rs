//! Day by day: what the operator tells of past days, kept on the phone, and asked for no more than needed.

use companion::usage::view::history::HistoryView;
use companion_journeys::Phone;
use companion_sandbox::{Dialect, Faults, LoggedRequest, QueryMode, Sandbox, SandboxOptions};

const DAYS: &str = "startDateTime.gte";

fn history(phone: &Phone) -> Option<HistoryView> {
    let usage = phone.core.usage();
    usage.history(usage.state().lines.first()?.line_id.clone())
}

/// The requests for days: from which day on.
fn asked_from(requests: &[LoggedRequest]) -> Vec<String> {
    let queries = requests.iter().filter_map(|request| Some(&request.query).filter(|query| query.contains(DAYS)));
    queries.map(|query| query.rsplit('=').next().unwrap().chars().take(10).collect()).collect()
}

fn pass_time(sandbox: &Sandbox, phone: &Phone, seconds: i64) {
    sandbox.advance(seconds);
    phone.clock.advance(seconds);
}

#[tokio::test]
async fn every_generation_tells_the_same_thirteen_months_with_their_gaps() {
    let mut pictures = Vec::new();
    for dialect in [Dialect::G1, Dialect::G2, Dialect::G3, Dialect::G4] {
        for query in [QueryMode::ReportGet, QueryMode::QueryGet] {
            let options = SandboxOptions { dialect, query, ..SandboxOptions::default() };
            let sandbox = Sandbox::start(options).await.unwrap();
            let phone = Phone::loaded(&sandbox, "emma").await;
            let mut history = history(&phone).unwrap();
            history.revision = 0;
            pictures.push((dialect, query, history));
        }
    }
    let expected = pictures.last().unwrap().2.clone();
    let data = &expected.buckets[0];
    assert_eq!(data.title.text, "Data");
    assert_eq!((data.months.len(), data.months[0].month.as_str()), (14, "2025-10"));
    // The thirteenth of every other month was never counted.
    let gap = data.months[12].gaps.as_ref().map(|gaps| gaps.text.as_str());
    assert_eq!(gap, Some("30 of 31 days"), "October 2026");
    assert!(data.forecast.is_some());
    for (dialect, query, history) in &pictures {
        assert_eq!(history, &expected, "{dialect:?} {query:?}");
    }
}

#[tokio::test]
async fn days_are_asked_for_whole_once_and_later_only_where_they_may_have_changed() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let mut phone = Phone::loaded(&sandbox, "emma").await;
    assert_eq!(asked_from(&sandbox.requests()), ["2025-10-25"]);
    pass_time(&sandbox, &phone, 3600);
    phone.refresh().await.unwrap();
    phone.reopen();
    phone.refresh().await.unwrap();
    assert_eq!(asked_from(&sandbox.requests()).len(), 1, "they are good for six hours, also after a restart");
    pass_time(&sandbox, &phone, 24 * 3600);
    phone.refresh().await.unwrap();
    assert_eq!(asked_from(&sandbox.requests())[1], "2026-11-19");
    let days = history(&phone).unwrap().buckets.remove(0).days;
    assert_eq!(days.last().map(|day| (day.day.as_str(), day.units.is_some())), Some(("2026-11-25", true)));
}

#[tokio::test]
async fn history_is_read_without_a_network_and_gone_with_its_person() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let mut phone = Phone::loaded(&sandbox, "emma").await;
    let before = history(&phone).unwrap();
    sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
    phone.reopen();
    let kept = history(&phone).unwrap();
    assert_eq!(kept.buckets, before.buckets);
    let line = phone.core.usage().state().lines[0].line_id.clone();
    let october =
        phone.core.usage().history_days(line.clone(), kept.buckets[0].bucket_id.clone(), "2026-10".to_owned());
    assert_eq!((october.len(), october[12].units), (31, None), "the thirteenth is a gap");
    phone.core.session().sign_out().await.unwrap();
    assert_eq!(phone.core.usage().history(line.clone()), None);
    assert!(phone.core.usage().history_days(line, kept.buckets[0].bucket_id.clone(), "2026-10".to_owned()).is_empty());
    phone.reopen();
    assert_eq!(phone.rows(), 0);
}

#[tokio::test]
async fn an_operator_that_tells_no_days_has_no_history_and_usage_all_the_same() {
    let options = SandboxOptions { query: QueryMode::QueryPost, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let phone = Phone::loaded(&sandbox, "emma").await;
    assert_eq!(history(&phone), None);
    let line = phone.core.usage().state().lines.remove(0);
    assert!(line.hero.is_some() && !line.has_history);
    assert_eq!(asked_from(&sandbox.requests()), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_in_the_plan_stands_on_the_screen() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let phone = Phone::loaded(&sandbox, "emma").await;
    let line = phone.core.usage().state().lines.remove(0);
    let rows: Vec<_> =
        line.plan_contents.iter().map(|row| format!("{}: {}", row.title.text, row.amount.text)).collect();
    assert_eq!(rows, ["Data: 10 GB", "Calls: 300 min", "SMS: Unlimited"]);
}
