//! Being told of usage, once: against the sandbox operator, over TLS.

use companion::alerts::{Alert, AlertClass, AlertsPhase, AlertsView, OwnThreshold, ToldState};
use companion::problem::{Problem, SessionEnd};
use companion_journeys::Phone;
use companion_sandbox::{Sandbox, SandboxOptions};

const DAY: i64 = 24 * 3_600;
const HOUR: i64 = 3_600;

/// Tom's 20 GB: 71 % are used on 20 November, 95 % six days later; the EU's stays far below.
const START: &str = "2026-11-20T14:05:00+01:00";

/// The operator on the 20th, and a phone that has looked at those 71 %.
async fn seasoned() -> (Sandbox, Phone) {
    let options = SandboxOptions { now: START.parse().unwrap(), ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let phone = phone_of_tom(&sandbox).await;
    (sandbox, phone)
}

async fn phone_of_tom(sandbox: &Sandbox) -> Phone {
    let phone = Phone::with(&sandbox.profile_json(), "en", START).at(sandbox);
    phone.sign_in(sandbox, "tom").await.unwrap();
    phone.refresh().await.unwrap();
    assert_eq!(due(&phone).await, [], "71 % are no news");
    phone
}

async fn pass(sandbox: &Sandbox, phone: &Phone, seconds: i64) {
    sandbox.advance(seconds);
    phone.clock.advance(seconds);
    phone.refresh().await.unwrap();
}

async fn due(phone: &Phone) -> Vec<Alert> {
    phone.core.alerts().due_alerts().await.unwrap()
}

fn view(phone: &Phone) -> AlertsView {
    phone.core.alerts().state()
}

#[tokio::test]
async fn usage_that_passes_75_and_90_in_one_step_is_told_of_once_and_as_90() {
    let (sandbox, mut phone) = seasoned().await;
    pass(&sandbox, &phone, 6 * DAY).await;
    let alerts = due(&phone).await;
    let [alert] = alerts.as_slice() else { panic!("{alerts:?}") };
    assert_eq!(alert.title, "Data: 90% reached");
    let told = &alert.body;
    assert!(told.contains("of 20 GB used. Counted until ") && told.starts_with("0470 •• •• "), "{told}");
    assert!(alert.spoken.starts_with("Data: 90 percent reached. number ending in "), "{}", alert.spoken);
    assert_eq!(alert.lock_screen, "News about your usage. Open the app to read it.");

    let [waiting] = &view(&phone).told[..] else { panic!("{:?}", view(&phone)) };
    assert_eq!((waiting.state, &waiting.id), (ToldState::Waiting, &alert.id));
    phone.core.alerts().posted(alert.id.clone()).await.unwrap();
    for reopened in [false, true] {
        assert_eq!(due(&phone).await, [], "reopened: {reopened}");
        let [row] = &view(&phone).told[..] else { panic!("{:?}", view(&phone)) };
        assert_eq!((row.state, row.title.text.as_str()), (ToldState::Told, alert.title.as_str()));
        assert_eq!((row.body.text.as_str(), row.kind), (alert.body.as_str(), None));
        assert!(row.timing.text.starts_with("Sent today "), "{}", row.timing.text);
        phone.reopen();
    }
    pass(&sandbox, &phone, 2 * HOUR).await;
    assert_eq!(due(&phone).await, [], "a newer count beyond the same threshold is no news");
    pass(&sandbox, &phone, 3 * DAY).await;
    assert_eq!(due(&phone).await.iter().map(|alert| alert.title.as_str()).collect::<Vec<_>>(), ["Data: 100% reached"]);
    // The next cycle begins anew: nothing is told, and nothing of the last one is listed.
    pass(&sandbox, &phone, 2 * DAY).await;
    assert_eq!(due(&phone).await, []);
    assert_eq!(view(&phone).told, []);
}

#[tokio::test]
async fn on_a_new_phone_what_is_past_is_no_news() {
    let (sandbox, _) = seasoned().await;
    sandbox.advance(6 * DAY);
    let phone = Phone::with(&sandbox.profile_json(), "en", &sandbox.now().to_string()).at(&sandbox);
    phone.sign_in(&sandbox, "tom").await.unwrap();
    phone.refresh().await.unwrap();
    assert_eq!(due(&phone).await, []);
    assert_eq!(view(&phone).told, []);
    pass(&sandbox, &phone, 3 * DAY).await;
    assert_eq!(due(&phone).await[0].title, "Data: 100% reached");
}

#[tokio::test]
async fn an_app_that_dies_before_it_marked_an_alert_posts_the_same_one_again() {
    let (sandbox, mut phone) = seasoned().await;
    pass(&sandbox, &phone, 6 * DAY).await;
    let first = due(&phone).await;
    assert_eq!(due(&phone).await, [], "it is being posted");
    phone.reopen();
    assert_eq!(due(&phone).await, first, "the same id, the same words");
    phone.core.alerts().posted(first[0].id.clone()).await.unwrap();
    phone.reopen();
    assert_eq!(due(&phone).await, []);
}

#[tokio::test]
async fn an_app_and_its_extension_tell_once() {
    let (sandbox, phone) = seasoned().await;
    pass(&sandbox, &phone, 6 * DAY).await;
    let widget = phone.try_open_as("widget").unwrap();
    let (ours, theirs) = futures_util::future::join(due(&phone), widget.alerts().due_alerts()).await;
    assert_eq!(ours.len() + theirs.unwrap().len(), 1);
}

#[tokio::test]
async fn a_push_in_quiet_hours_is_told_once_afterwards() {
    let (sandbox, phone) = seasoned().await;
    let other = phone_of_tom(&sandbox).await;
    pass(&sandbox, &other, 6 * DAY).await;
    let id = due(&other).await.remove(0).id;
    phone.core.alerts().set_quiet_hours(13 * 60, 15 * 60).await.unwrap();
    phone.clock.advance(6 * DAY);
    assert!(!phone.core.alerts().received_push(id.clone()).await.unwrap(), "nobody is woken up");
    phone.refresh().await.unwrap();
    assert_eq!(due(&phone).await, []);
    phone.clock.advance(3600);
    assert_eq!(due(&phone).await.iter().map(|alert| &alert.id).collect::<Vec<_>>(), [&id]);
    assert!(!phone.core.alerts().received_push(id).await.unwrap(), "it is being told");
}

#[tokio::test]
async fn of_a_push_and_the_phone_whichever_is_first_tells() {
    let (sandbox, mut phone) = seasoned().await;
    let other = phone_of_tom(&sandbox).await;
    pass(&sandbox, &phone, 6 * DAY).await;
    let id = due(&phone).await.remove(0).id;
    assert!(!phone.core.alerts().received_push(id.clone()).await.unwrap(), "it is being posted here");
    phone.core.alerts().posted(id.clone()).await.unwrap();
    assert!(!phone.core.alerts().received_push(id).await.unwrap(), "it was posted here");

    // Ids are the person's, the same on each of their phones: what a server computes too.
    other.clock.advance(6 * DAY);
    pass(&sandbox, &other, 3 * DAY).await;
    let hundred = due(&other).await.remove(0).id;
    phone.clock.advance(3 * DAY);
    assert!(phone.core.alerts().received_push(hundred.clone()).await.unwrap(), "nobody knew it here");
    phone.refresh().await.unwrap();
    assert_eq!(due(&phone).await, [], "the push is being shown");
    // The handler dies before it marked it, or marks it.
    phone.reopen();
    assert_eq!(due(&phone).await.iter().map(|alert| &alert.id).collect::<Vec<_>>(), [&hundred]);
    phone.core.alerts().posted(hundred).await.unwrap();
    phone.reopen();
    assert_eq!(due(&phone).await, []);
}

#[tokio::test]
async fn in_quiet_hours_an_alert_waits_for_the_morning_and_for_no_later_than_the_evening() {
    let to_the_night_of_the_26th = 5 * DAY + 12 * HOUR;
    for (more, told, state) in [(5 * HOUR, 1, ToldState::Waiting), (18 * HOUR, 0, ToldState::InAppOnly)] {
        let (sandbox, phone) = seasoned().await;
        pass(&sandbox, &phone, to_the_night_of_the_26th).await;
        assert_eq!(due(&phone).await, [], "it is five past two at night");
        let night = view(&phone);
        let seven = "2026-11-26T07:00:00+01:00".parse::<jiff::Timestamp>().unwrap().as_millisecond();
        assert_eq!(night.next_due_ms, Some(seven));
        assert_eq!(night.told[0].timing.text, "Will be sent today at 07:00");
        // Asleep without a network until then.
        phone.clock.advance(more);
        assert_eq!(due(&phone).await.len(), told, "{more} s later");
        assert_eq!(view(&phone).told[0].state, state);
    }
    let (sandbox, phone) = seasoned().await;
    phone.core.alerts().set_quiet_hours(0, 0).await.unwrap();
    pass(&sandbox, &phone, to_the_night_of_the_26th).await;
    assert_eq!(due(&phone).await.len(), 1, "who wants no quiet hours has none");
}

#[tokio::test]
async fn thresholds_of_ones_own_are_kept_told_of_from_then_on_and_gone_with_the_person() {
    let (sandbox, mut phone) = seasoned().await;
    let own = vec![OwnThreshold::Share { percent: 50 }, OwnThreshold::Share { percent: 95 }];
    phone.core.alerts().set_own_thresholds(own.clone(), None).await.unwrap();
    let wrong = phone.core.alerts().set_own_thresholds(vec![OwnThreshold::Share { percent: 0 }], None).await;
    assert_eq!(wrong, Err(Problem::Unexpected { code: "threshold_out_of_range".to_owned() }));
    phone.reopen();
    assert_eq!(view(&phone).own.iter().map(|row| row.threshold).collect::<Vec<_>>(), own);
    pass(&sandbox, &phone, 6 * DAY).await;
    let alerts = due(&phone).await;
    assert_eq!(alerts.iter().map(|alert| alert.title.as_str()).collect::<Vec<_>>(), ["Data: 95% reached"]);
    phone.core.alerts().posted(alerts[0].id.clone()).await.unwrap();
    assert_eq!(view(&phone).told[0].kind, Some(AlertClass::Personal));

    phone.core.session().sign_out().await.unwrap();
    assert_eq!(view(&phone).phase, AlertsPhase::SignedOut);
    let nobody = Err(Problem::SessionEnded { reason: SessionEnd::SignedOut });
    assert_eq!(phone.core.alerts().due_alerts().await, nobody);
    phone.core.suspend(5_000).unwrap();
    let rows = |table: &str| {
        let file = rusqlite::Connection::open(phone.data.path().join("companion.db")).unwrap();
        file.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!((rows("alert"), rows("alert_mark"), rows("snapshot")), (0, 0, 0));
    phone.core.resume().unwrap();
    phone.sign_in(&sandbox, "emma").await.unwrap();
    phone.refresh().await.unwrap();
    assert_eq!(due(&phone).await, []);
    assert!(view(&phone).own.is_empty() && view(&phone).told.is_empty(), "the next person starts afresh");
}

#[tokio::test]
async fn what_the_operator_sends_itself_is_shown_as_the_operators() {
    let (_sandbox, phone) = seasoned().await;
    let view = view(&phone);
    assert_eq!(
        view.fixed.iter().map(|row| row.text.text.as_str()).collect::<Vec<_>>(),
        ["At 75% of an allowance", "At 90% of an allowance", "At 100% of an allowance"]
    );
    assert!(view.sent.iter().all(|row| row.kind == AlertClass::Statutory));
    assert!(view.sent.iter().all(|row| row.by.text == "Sent by Sandbox Mobile by SMS"));
    assert!(view.sent_note.unwrap().text.contains("does not change or stop them"));
    let sample = phone.core.alerts().try_one();
    assert_eq!((sample.id.as_str(), sample.title.as_str()), ("sample", "This is how an alert looks"));
    phone.core.alerts().posted(sample.id).await.unwrap();
    assert!(phone.core.alerts().state().told.is_empty());
}

#[tokio::test]
async fn the_file_says_nothing_of_what_was_told() {
    let (sandbox, phone) = seasoned().await;
    phone.core.alerts().set_own_thresholds(vec![OwnThreshold::Share { percent: 42 }], None).await.unwrap();
    pass(&sandbox, &phone, 6 * DAY).await;
    let alert = due(&phone).await.remove(0);
    phone.core.suspend(5_000).unwrap();
    let tom = sandbox.person("tom").unwrap();
    let bytes = phone.file_contents();
    for secret in [alert.id.as_str(), &alert.title, tom.line_id.as_str(), "data-national", "2026-12-01"] {
        let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "{secret} lies open");
    }
}
