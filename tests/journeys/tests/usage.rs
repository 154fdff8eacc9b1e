//! Seeing this cycle's usage: against the sandbox operator, over TLS.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use companion::frame::Place;
use companion::problem::StorageFailure;
use companion::usage::view::{BadgeKind, UsagePhase};
use companion::{CancelToken, HostError, Observer, Problem, Topic};
use companion_journeys::{Phone, facts};
use companion_sandbox::{Dialect, Faults, LoggedRequest, QueryMode, Sandbox, SandboxOptions};

const USAGE: &str = "/tmf-api/usageConsumption";

async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxOptions::default()).await.unwrap()
}

fn pass_time(sandbox: &Sandbox, phone: &Phone, seconds: i64) {
    sandbox.advance(seconds);
    phone.clock.advance(seconds);
}

/// The requests since `before`.
fn since(sandbox: &Sandbox, before: usize) -> Vec<LoggedRequest> {
    sandbox.requests().split_off(before)
}

#[tokio::test]
async fn fifty_refreshes_at_once_make_one_request() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    let before = sandbox.requests().len();
    for outcome in futures_util::future::join_all((0..50).map(|_| phone.refresh())).await {
        outcome.unwrap();
    }
    assert_eq!(since(&sandbox, before).len(), 1);
}

#[tokio::test]
async fn an_unchanged_refresh_is_one_304_that_moves_the_checked_time_alone() {
    let sandbox = sandbox().await;
    let mut phone = Phone::loaded(&sandbox, "emma").await;
    let line = |phone: &Phone| phone.core.usage().state().lines.remove(0);
    let first = line(&phone);
    pass_time(&sandbox, &phone, 60);
    let before = sandbox.requests().len();
    phone.refresh().await.unwrap();
    let statuses: Vec<u16> = since(&sandbox, before).iter().map(|request| request.status).collect();
    assert_eq!(statuses, [304]);
    for reopened in [false, true] {
        let second = line(&phone);
        assert_eq!(second.checked_at_ms, first.checked_at_ms.map(|ms| ms + 60_000), "reopened: {reopened}");
        assert_eq!((second.counted_at_ms, second.received_at_ms), (first.counted_at_ms, first.received_at_ms));
        assert_eq!(second.hero, first.hero);
        phone.reopen();
    }
}

#[tokio::test]
async fn coming_to_the_front_asks_only_when_the_figures_are_no_longer_good() {
    let sandbox = sandbox().await;
    let mut phone = Phone::loaded(&sandbox, "emma").await;
    for (passed, asked) in [(0, 0), (29, 0), (120, 1), (5, 0)] {
        pass_time(&sandbox, &phone, passed);
        let before = sandbox.requests().len();
        phone.core.usage().refresh_if_due(None).await.unwrap();
        assert_eq!(since(&sandbox, before).len(), asked, "after {passed} s more");
        phone.reopen();
    }
}

#[tokio::test]
async fn the_first_thing_after_a_failure_is_to_ask_again_whatever_screen_it_is() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    let (usage, preferences) = (phone.core.usage(), phone.core.preferences());
    preferences.clone().refresh(None).await.unwrap();
    sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
    assert_eq!(phone.refresh().await, Err(Problem::Offline));
    assert_eq!(preferences.clone().refresh(None).await, Err(Problem::Offline));
    assert!(usage.state().notice.is_some() && preferences.state().notice.is_some());
    sandbox.set_faults(Faults::default());
    phone.core.network_changed();
    usage.clone().refresh_if_due(None).await.unwrap();
    preferences.clone().refresh_if_due(None).await.unwrap();
    assert_eq!((usage.state().notice, preferences.state().notice), (None, None), "within the minute");
    let before = sandbox.requests().len();
    usage.clone().refresh_if_due(None).await.unwrap();
    preferences.clone().refresh_if_due(None).await.unwrap();
    assert_eq!(sandbox.requests().len(), before, "and then it is good again");
}

#[tokio::test]
async fn every_generation_of_the_format_and_every_way_to_ask_shows_the_same_screen() {
    let mut screens = Vec::new();
    for dialect in [Dialect::G1, Dialect::G2, Dialect::G3, Dialect::G4] {
        for query in [QueryMode::ReportGet, QueryMode::QueryGet, QueryMode::QueryPost] {
            let options = SandboxOptions { dialect, query, task_polls: 1, ..SandboxOptions::default() };
            let sandbox = Sandbox::start(options).await.unwrap();
            let phone = Phone::loaded(&sandbox, "emma").await;
            let mut screen = facts(&phone.core.usage().state());
            // Each generation has its own place, or none, for the rest of the screen.
            screen.retain(|name, _| name.starts_with("hero") || name == "dated" || name == "cycle" || name == "plan");
            screens.push((dialect, query, screen));
        }
    }
    let expected = &screens.last().unwrap().2;
    assert_eq!(expected["hero.headline"], "3.8 GB left");
    for (dialect, query, screen) in &screens {
        assert_eq!(screen, expected, "{dialect:?} {query:?}");
    }
}

#[tokio::test]
async fn of_a_shared_bundle_only_the_persons_own_share_arrives() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "luc").await;
    let luc = sandbox.person("luc").unwrap();
    let view = phone.core.usage().state();
    assert!(view.lines[0].hero.iter().chain(&view.lines[0].buckets).any(|bucket| bucket.title.text.contains("share")));
    let shown = format!("{view:?}");
    for colleague in sandbox.people().iter().filter(|person| person.sub != luc.sub) {
        assert!(!shown.contains(&colleague.sub) && !shown.contains(&colleague.name), "{}", colleague.key);
    }
}

#[tokio::test]
async fn a_line_without_entitlement_says_so_and_hides_no_other() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "tom").await;
    let view = phone.core.usage().state();
    assert_eq!(view.lines.len(), 2);
    assert_eq!(view.lines.iter().filter(|line| line.hero.is_some()).count(), 1);
    let other = view.lines.iter().find(|line| line.hero.is_none()).unwrap();
    assert!(other.empty.is_some());
    assert_eq!(view.notice, None);
}

#[tokio::test]
async fn nothing_counted_yet_is_neither_zero_nor_a_failure() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "ines").await;
    let view = phone.core.usage().state();
    assert_eq!((view.phase, view.notice), (UsagePhase::Loaded, None));
    assert!(view.lines[0].hero.is_none() && view.lines[0].empty.is_some());
}

#[tokio::test]
async fn beyond_the_allowance_the_overrun_is_told() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "nadia").await;
    let hero = phone.core.usage().state().lines.remove(0).hero.unwrap();
    assert!(hero.bar.as_ref().is_some_and(|bar| bar.over && bar.used_permille == 1000), "{hero:?}");
    assert_eq!(hero.remaining, Some(0));
    assert!(hero.headline.text.contains("over"), "{}", hero.headline.text);
}

#[tokio::test]
async fn a_hiccup_is_retried_and_a_request_to_wait_is_obeyed() {
    let sandbox = sandbox().await;
    let mut phone = Phone::loaded(&sandbox, "emma").await;
    let only = Some(vec![USAGE.to_owned()]);
    for hiccup in [
        Faults { status: Some(503), ..Faults::default() },
        Faults { drop: true, ..Faults::default() },
        Faults { cut_after_bytes: Some(40), ..Faults::default() },
    ] {
        pass_time(&sandbox, &phone, 3600);
        sandbox.set_faults(Faults { times: Some(1), only: only.clone(), ..hiccup });
        phone.refresh().await.unwrap();
    }
    let wait = Faults { status: Some(429), retry_after: Some("120".to_owned()), times: Some(1), ..Faults::default() };
    sandbox.set_faults(Faults { only, ..wait });
    assert_eq!(phone.refresh().await, Err(Problem::ServiceUnavailable { retry_after_seconds: Some(120) }));
    let before = sandbox.requests().len();
    // A tenth more at most, so that a fleet does not come back at one moment; and a new start knows of it.
    for (passed, left) in [(60, 60..=72), (59, 1..=13)] {
        pass_time(&sandbox, &phone, passed);
        phone.reopen();
        let Err(Problem::ServiceUnavailable { retry_after_seconds: Some(seconds) }) = phone.refresh().await else {
            panic!("asked too early");
        };
        assert!(left.contains(&seconds), "{seconds}");
    }
    assert_eq!(since(&sandbox, before).len(), 0, "nothing is sent while waiting");
    pass_time(&sandbox, &phone, 13);
    phone.refresh().await.unwrap();
}

#[tokio::test]
async fn work_nobody_wants_any_more_ends_at_once() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    sandbox.set_faults(Faults { latency_ms: 20_000, ..Faults::default() });
    let began = Instant::now();
    let token = CancelToken::new();
    let (usage, cancel) = (phone.core.usage(), token.clone());
    let refreshing = tokio::spawn(async move { usage.refresh(Some(cancel)).await });
    while !phone.core.usage().state().refreshing {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    token.cancel();
    assert_eq!(refreshing.await.unwrap(), Err(Problem::cancelled()));
    let waited = tokio::time::timeout(Duration::from_millis(100), phone.refresh()).await;
    assert!(waited.is_err(), "a caller who goes away takes the request along");
    while phone.core.usage().state().refreshing {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(began.elapsed() < Duration::from_secs(10));
    sandbox.set_faults(Faults::default());
    phone.refresh().await.unwrap();
}

#[tokio::test]
async fn one_caller_giving_up_leaves_the_others_their_answer() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    sandbox.set_faults(Faults { latency_ms: 300, ..Faults::default() });
    let token = CancelToken::new();
    let usage = phone.core.usage();
    let impatient = usage.refresh(Some(token.clone()));
    let patient = phone.refresh();
    let give_up = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        token.cancel();
    };
    let (impatient, patient, ()) = tokio::join!(impatient, patient, give_up);
    assert_eq!((impatient, patient), (Err(Problem::cancelled()), Ok(())));
}

#[tokio::test]
async fn asleep_the_figures_stay_readable_and_nothing_is_written() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    phone.core.suspend(5000).unwrap();
    let suspended = Problem::StorageUnavailable { reason: StorageFailure::Suspended };
    pass_time(&sandbox, &phone, 3600);
    assert_eq!(phone.refresh().await, Err(suspended));
    assert_eq!(phone.core.usage().state().phase, UsagePhase::Loaded);
    phone.core.resume().unwrap();
    phone.refresh().await.unwrap();
}

#[tokio::test]
async fn the_same_person_signing_in_again_starts_from_nothing_and_keeps_everything() {
    let sandbox = sandbox().await;
    let mut phone = Phone::loaded(&sandbox, "emma").await;
    phone.core.session().sign_out().await.unwrap();
    assert_eq!(phone.core.usage().state().lines.len(), 0);
    phone.sign_in(&sandbox, "emma").await.unwrap();
    assert_eq!(phone.core.usage().state().phase, UsagePhase::NeverLoaded);
    phone.refresh().await.unwrap();
    sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
    phone.reopen();
    let line = phone.core.usage().state().lines.remove(0);
    assert!(line.hero.is_some() && line.plan.is_some(), "kept anew, and read without a network");
}

#[tokio::test]
async fn whoever_only_signs_in_again_keeps_the_last_figures_on_the_screen() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    sandbox.end_sessions("emma");
    pass_time(&sandbox, &phone, 600);
    assert!(matches!(phone.refresh().await, Err(Problem::SessionEnded { .. })));
    phone.sign_in(&sandbox, "emma").await.unwrap();
    let view = phone.core.usage().state();
    assert_eq!((view.phase, view.notice), (UsagePhase::Loaded, None));
    assert_eq!(view.lines[0].dated.text, "Counted until 14:03");
}

#[tokio::test]
async fn a_refresh_begun_for_one_person_leaves_nothing_with_the_next() {
    let sandbox = sandbox().await;
    let mut phone = Phone::loaded(&sandbox, "emma").await;
    let emma = sandbox.person("emma").unwrap().line_id;
    pass_time(&sandbox, &phone, 3600);
    sandbox.set_faults(Faults { latency_ms: 400, only: Some(vec![USAGE.to_owned()]), ..Faults::default() });
    let usage = phone.core.usage();
    let slow = tokio::spawn(async move { usage.refresh(None).await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    phone.sign_in_instead(&sandbox, "luc").await.unwrap();
    phone.refresh().await.unwrap();
    let of_emma = slow.await.unwrap();
    assert_eq!(of_emma, Err(Problem::cancelled()), "no reason for a sign-in screen: luc is signed in");
    for reopened in [false, true] {
        let view = phone.core.usage().state();
        assert_eq!(view.lines.len(), 1, "reopened: {reopened}");
        assert!(view.lines[0].line_id != emma && view.lines[0].hero.is_some());
        assert_eq!(view.notice, None);
        phone.reopen();
    }
}

#[tokio::test]
async fn a_capability_the_operator_lacks_is_absent_and_no_error() {
    let sandbox = sandbox().await;
    let mut profile: serde_json::Value = serde_json::from_str(&sandbox.profile_json()).unwrap();
    profile["capabilities"] = serde_json::json!(["plan"]);
    let phone = Phone::with(&profile.to_string(), "en", companion_journeys::START).at(&sandbox);
    phone.sign_in(&sandbox, "emma").await.unwrap();
    let before = sandbox.requests().len();
    phone.refresh().await.unwrap();
    assert_eq!(since(&sandbox, before).len(), 0);
    let frame = phone.core.frame();
    let places: Vec<Place> = frame.bar.iter().chain(&frame.more).map(|drawn| drawn.place).collect();
    assert_eq!(places, [Place::More, Place::Plan, Place::Help, Place::Settings]);
}

#[tokio::test]
async fn a_refused_line_is_asked_for_again_after_an_hour() {
    let sandbox = sandbox().await;
    let phone = Phone::new(&sandbox);
    phone.sign_in(&sandbox, "emma").await.unwrap();
    sandbox.set_faults(Faults { status: Some(403), only: Some(vec![USAGE.to_owned()]), ..Faults::default() });
    assert_eq!(phone.refresh().await, Err(Problem::NotPermitted));
    sandbox.set_faults(Faults::default());
    pass_time(&sandbox, &phone, 1800);
    phone.core.usage().refresh_if_due(None).await.unwrap();
    assert!(phone.core.usage().state().lines[0].hero.is_none(), "not asked yet");
    pass_time(&sandbox, &phone, 1801);
    phone.core.usage().refresh_if_due(None).await.unwrap();
    assert!(phone.core.usage().state().lines[0].hero.is_some());
}

#[tokio::test]
async fn a_plan_that_cannot_be_had_is_not_asked_for_at_every_refresh() {
    let sandbox = sandbox().await;
    let phone = Phone::new(&sandbox);
    phone.sign_in(&sandbox, "emma").await.unwrap();
    let only = Some(vec!["/tmf-api/productInventory".to_owned()]);
    sandbox.set_faults(Faults { status: Some(503), only: only.clone(), ..Faults::default() });
    phone.refresh().await.unwrap();
    assert_eq!(phone.core.usage().state().lines[0].plan_unknown, None, "it may be had another time");
    pass_time(&sandbox, &phone, 600);
    sandbox.set_faults(Faults { status: Some(404), only, ..Faults::default() });
    let before = sandbox.requests().len();
    for _ in 0..3 {
        phone.refresh().await.unwrap();
    }
    let asked = since(&sandbox, before).iter().filter(|request| request.path.contains("productInventory")).count();
    assert_eq!(asked, 1);
    let line = phone.core.usage().state().lines.remove(0);
    assert!(line.hero.is_some(), "usage is usage without it");
    let said = line.plan_unknown.unwrap().text;
    assert!(said.contains("does not show the plan"), "its own screen is no dead end: {said}");
}

#[tokio::test]
async fn a_task_that_never_ends_is_given_up_and_not_hammered() {
    let options = SandboxOptions { query: QueryMode::QueryPost, task_polls: 1_000_000, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let phone = Phone::new(&sandbox);
    phone.sign_in(&sandbox, "emma").await.unwrap();
    let outcome = phone.refresh().await;
    assert!(matches!(outcome, Err(Problem::ServiceUnavailable { .. })), "{outcome:?}");
    let asked = sandbox.requests().iter().filter(|request| request.path.contains("queryUsageConsumption")).count();
    assert!((2..=50).contains(&asked), "{asked} requests");
}

/// Draws at every signal, as a phone does, and remembers whether it saw a refresh running.
struct Spinner {
    core: std::sync::OnceLock<Arc<companion::CompanionCore>>,
    seen_running: Mutex<bool>,
}

impl Observer for Spinner {
    fn changed(&self, _topic: Topic, _revision: u64) -> Result<(), HostError> {
        if let Some(core) = self.core.get() {
            *self.seen_running.lock().unwrap() = core.usage().state().refreshing;
        }
        Ok(())
    }
}

#[tokio::test]
async fn whoever_draws_only_at_signals_never_keeps_a_spinner() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    let spinner = Arc::new(Spinner { core: std::sync::OnceLock::new(), seen_running: Mutex::new(false) });
    assert!(spinner.core.set(phone.core.clone()).is_ok());
    let _subscription = phone.core.observe(spinner.clone()).unwrap();
    for _ in 0..10 {
        phone.refresh().await.unwrap();
        tokio::time::sleep(Duration::from_millis(250)).await;
        assert!(!*spinner.seen_running.lock().unwrap());
    }
}

#[derive(Default)]
struct Notebook {
    signals: Mutex<Vec<(Topic, u64)>>,
    refusals: AtomicU32,
    refuse: bool,
}

impl Observer for Notebook {
    fn changed(&self, topic: Topic, revision: u64) -> Result<(), HostError> {
        if self.refuse {
            self.refusals.fetch_add(1, Ordering::SeqCst);
            return Err(HostError::Failed);
        }
        self.signals.lock().unwrap().push((topic, revision));
        Ok(())
    }
}

#[tokio::test]
async fn changes_are_signalled_few_and_growing_with_the_last_one_guaranteed() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    let notebook = Arc::new(Notebook::default());
    let bad = Arc::new(Notebook { refuse: true, ..Notebook::default() });
    let subscription = phone.core.observe(notebook.clone()).unwrap();
    let _kept = phone.core.observe(bad.clone()).unwrap();
    let began = Instant::now();
    for _ in 0..20 {
        pass_time(&sandbox, &phone, 3600);
        phone.refresh().await.unwrap();
    }
    let busy_for = began.elapsed();
    tokio::time::sleep(Duration::from_millis(400)).await;
    let last = phone.core.usage().state().revision;
    let signals = std::mem::take(&mut *notebook.signals.lock().unwrap());
    let of_usage: Vec<u64> =
        signals.iter().filter(|(topic, _)| *topic == Topic::Usage).map(|(_, revision)| *revision).collect();
    assert_eq!(of_usage.last(), Some(&last));
    assert!(of_usage.is_sorted_by(|a, b| a < b), "{of_usage:?}");
    let most = busy_for.as_millis() / 100 + 3;
    assert!(u128::try_from(of_usage.len()).unwrap() <= most, "{} signals in {busy_for:?}", of_usage.len());
    assert_eq!(bad.refusals.load(Ordering::SeqCst), 1, "an observer that fails is not called again");

    subscription.end();
    phone.refresh().await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(notebook.signals.lock().unwrap().is_empty(), "no signal after the end");
}

#[tokio::test]
async fn a_cycle_that_ended_is_never_shown_as_current_even_when_the_operator_still_serves_it() {
    let options = SandboxOptions { now: "2026-11-30T23:40:00+01:00".parse().unwrap(), ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let phone = Phone::with(&sandbox.profile_json(), "en", "2026-11-30T23:40:00+01:00").at(&sandbox);
    phone.sign_in(&sandbox, "emma").await.unwrap();
    phone.refresh().await.unwrap();
    sandbox.set_faults(Faults { stale_cycle: true, ..Faults::default() });
    pass_time(&sandbox, &phone, 3600);
    phone.refresh().await.unwrap();
    let line = phone.core.usage().state().lines.remove(0);
    assert_eq!(line.badge.kind, BadgeKind::RolloverPending, "asked since it ended, it still speaks of it");
    assert!(line.empty.is_some(), "no data for this cycle yet");
}

#[tokio::test]
async fn a_plan_changed_in_the_middle_of_a_cycle_explains_the_figures_that_stop_and_is_no_fault() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    assert_eq!(phone.core.usage().state().lines[0].plan_note, None, "an old plan needs no word");
    sandbox.set_faults(Faults { new_plan: Some("2026-11-26".parse().unwrap()), ..Faults::default() });
    pass_time(&sandbox, &phone, 24 * 3600);
    assert_eq!(phone.refresh().await, Ok(()));
    let line = phone.core.usage().state().lines.remove(0);
    assert!(line.hero.is_some(), "the last figures stay");
    assert_eq!(
        line.plan_note.map(|note| note.text).as_deref(),
        Some("This plan started on 26 November. The figures are from before; new ones may come with the next period.")
    );
    pass_time(&sandbox, &phone, 6 * 24 * 3600);
    assert_eq!(phone.refresh().await, Ok(()));
    let line = phone.core.usage().state().lines.remove(0);
    assert_eq!((line.badge.kind, line.plan_note), (BadgeKind::Fresh, None), "the next cycle counts as any");
}

#[tokio::test]
async fn figures_that_stop_without_a_new_plan_are_a_fault() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    sandbox.set_faults(Faults {
        status: Some(200),
        body: Some("[]".to_owned()),
        content_type: Some("application/json".to_owned()),
        only: Some(vec![USAGE.to_owned()]),
        ..Faults::default()
    });
    pass_time(&sandbox, &phone, 3600);
    assert_eq!(phone.refresh().await, Err(Problem::NotUnderstood { code: "emptied".to_owned() }));
    assert!(phone.core.usage().state().lines[0].hero.is_some(), "the last figures stay");
}

#[tokio::test]
async fn a_plan_dated_back_to_before_the_last_count_explains_the_figures_that_stop_as_well() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    sandbox.set_faults(Faults { new_plan: Some("2026-11-12".parse().unwrap()), ..Faults::default() });
    pass_time(&sandbox, &phone, 2 * 3600);
    for what in ["as soon as it is told of", "and at every later look"] {
        assert_eq!(phone.refresh().await, Ok(()), "{what}");
        let line = phone.core.usage().state().lines.remove(0);
        assert!(line.hero.is_some(), "the last figures stay");
        assert_eq!(
            line.plan_note.map(|note| note.text).as_deref(),
            Some("This plan started on 12 November. Allowances may be for part of the period.")
        );
        pass_time(&sandbox, &phone, 2 * 3600);
    }
}

#[tokio::test]
async fn a_line_that_is_never_answered_costs_the_others_neither_their_figures_nor_the_rest() {
    let sandbox = sandbox().await;
    let phone = Phone::new(&sandbox);
    phone.sign_in(&sandbox, "tom").await.unwrap();
    sandbox.set_faults(Faults {
        latency_ms: 60_000,
        times: Some(1),
        only: Some(vec![USAGE.to_owned()]),
        ..Faults::default()
    });
    // Tom's other line is one the operator shows no usage of.
    let outcome = phone.refresh().await;
    let view = phone.core.usage().state();
    let asked: Vec<String> = sandbox.requests().into_iter().map(|request| request.path).collect();
    let first_plan = asked.iter().position(|path| path.contains("productInventory")).unwrap();
    let last_figures = asked.iter().rposition(|path| path.starts_with(USAGE) && !path.contains("day")).unwrap();
    assert!(last_figures < first_plan, "figures first, then the rest: {asked:#?}");
    assert_eq!(outcome, Err(Problem::ServiceUnavailable { retry_after_seconds: None }), "{asked:#?}");
    assert_eq!(view.lines.iter().filter(|line| line.empty.is_some()).count(), 2);
}

#[tokio::test]
async fn a_refusal_is_still_known_after_a_restart_and_forgotten_once_the_line_is_shown() {
    let sandbox = sandbox().await;
    let mut phone = Phone::new(&sandbox);
    phone.sign_in(&sandbox, "emma").await.unwrap();
    let refused = Faults { status: Some(403), only: Some(vec![USAGE.to_owned()]), ..Faults::default() };
    sandbox.set_faults(refused);
    assert_eq!(phone.refresh().await, Err(Problem::NotPermitted));
    let empty = |phone: &Phone| phone.core.usage().state().lines[0].empty.as_ref().map(|empty| empty.text.clone());
    let said = empty(&phone);
    assert!(said.as_ref().is_some_and(|said| said.contains("does not show usage")), "{said:?}");
    phone.reopen();
    assert_eq!(empty(&phone), said);
    sandbox.set_faults(Faults::default());
    phone.refresh().await.unwrap();
    assert_eq!(empty(&phone), None);
    phone.reopen();
    assert_eq!(empty(&phone), None);
}

#[tokio::test]
async fn in_the_background_a_line_that_is_refused_holds_up_no_other() {
    let sandbox = sandbox().await;
    let mut phone = Phone::loaded(&sandbox, "tom").await;
    let mut answered = 0;
    for _ in 0..4 {
        pass_time(&sandbox, &phone, 4 * 3600);
        // A run in the background is often the process's first.
        phone.reopen();
        answered += u32::from(phone.core.usage().refresh_in_background(25_000).await.answered);
    }
    assert_eq!(answered, 4, "the refusal is known, also by a new process");
}

#[tokio::test]
async fn in_the_background_what_fails_is_not_tried_again_at_once() {
    let sandbox = sandbox().await;
    let phone = Phone::loaded(&sandbox, "emma").await;
    pass_time(&sandbox, &phone, 4 * 3600);
    sandbox.set_faults(Faults { status: Some(500), only: Some(vec![USAGE.to_owned()]), ..Faults::default() });
    let asked =
        |before: usize| since(&sandbox, before).iter().filter(|request| request.path.starts_with(USAGE)).count();
    let before = sandbox.requests().len();
    let run = phone.core.usage().refresh_in_background(25_000).await;
    assert_eq!((run.asked, run.answered, asked(before)), (true, false, 1));
    let before = sandbox.requests().len();
    assert!(phone.refresh().await.is_err());
    assert_eq!(asked(before), 3, "a person who waits is worth another try");
}

#[tokio::test]
async fn in_the_background_one_small_request_is_made_and_only_when_it_is_worth_one() {
    let sandbox = sandbox().await;
    let mut phone = Phone::loaded(&sandbox, "emma").await;
    let before = sandbox.requests().len();
    let run = phone.core.usage().refresh_in_background(25_000).await;
    assert_eq!((run.asked, since(&sandbox, before).len()), (false, 0), "the figures are young");

    pass_time(&sandbox, &phone, 4 * 3600);
    phone.reopen();
    phone.core.session().state();
    let before = sandbox.requests().len();
    let run = phone.core.usage().refresh_in_background(25_000).await;
    let asked = since(&sandbox, before);
    let usage: Vec<_> = asked.iter().filter(|request| request.path.starts_with("/tmf-api")).collect();
    assert_eq!((run.asked, run.answered, usage.len()), (true, true, 1), "{asked:?}");
    assert!(usage[0].if_none_match.is_some(), "it is conditional");
    assert_eq!(phone.core.usage().state().background_at_ms, Some(run.next_ms));
    phone.reopen();
    let counted = phone.core.usage().state().lines[0].counted_at_ms;
    assert_eq!(counted.map(|ms| ms + 2 * 60_000), Some(phone.clock.wall_ms()), "and is written down");

    pass_time(&sandbox, &phone, 4 * 3600);
    let down = Faults { status: Some(503), retry_after: Some("600".to_owned()), ..Faults::default() };
    sandbox.set_faults(Faults { only: Some(vec![USAGE.to_owned()]), ..down });
    let now_ms = phone.clock.wall_ms();
    let run = phone.core.usage().refresh_in_background(25_000).await;
    assert_eq!((run.asked, run.answered), (true, false));
    assert!(run.next_ms >= now_ms + 900_000, "not before a quarter of an hour");
    phone.core.session().sign_out().await.unwrap();
    assert_eq!(phone.core.usage().state().background_at_ms, None);
    assert!(!phone.core.usage().refresh_in_background(25_000).await.asked);
}
