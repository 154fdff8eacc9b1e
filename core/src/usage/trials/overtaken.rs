//! An answer that was long on its way meets what a later question has brought meanwhile: what is kept by then counts, not
//! what was there when it was asked for.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::FutureExt;
use jiff::civil::date;
use serde_json::json;
use tokio::sync::Notify;

use super::{NUMBER, midnight};
use crate::operator::http::Answer;
use crate::session::SignInWish;
use crate::session::trials::device::Device;
use crate::session::trials::operator::{Operator, Policy};

/// So many megabytes were used as of this time.
fn counted(at: &str, used: u32) -> Answer {
    let period = |day| midnight(day).to_string();
    Answer::document(&json!({"publicIdentifier": NUMBER, "lastUpdate": at, "bucket": [{
        "id": "a", "usageType": "data", "validFor": {"endDateTime": period(date(2026, 12, 1))},
        "bucketCounter": [{
            "counterType": "used", "level": "global", "value": {"amount": used, "units": "MB"},
            "consumptionPeriod": {"startDateTime": period(date(2026, 11, 1))},
        }],
    }]}))
}

#[test]
fn an_answer_that_a_newer_one_overtook_takes_nothing_back_on_the_screen_or_on_the_disk() {
    let device = Device::new(Operator::new(Policy::Grace));
    let core = device.open(None).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let page = runtime.block_on(core.session().start(SignInWish::default(), None)).unwrap();
    let callback = device.operator().sign_in(&page.url, "emma");
    runtime.block_on(core.session().finish(callback)).unwrap();

    let (asked, overtaken) = (Arc::new(AtomicU32::new(0)), Arc::new(Notify::new()));
    let goes_on = overtaken.clone();
    *device.way.lock().unwrap() = Some(Arc::new(move |request, process| {
        if request.path() == "/userinfo" {
            let lines = json!([{"id": "line", "msisdn": NUMBER, "entityType": "mobileLine"}]);
            let info = Answer::document(&json!({"sub": "emma", "phone_number": NUMBER, "userAssets": lines}));
            return futures_util::future::ready(Ok(info)).boxed();
        }
        if !request.path().starts_with("/usage") {
            return process.to_operator(request).boxed();
        }
        let (nth, overtaken) = (asked.fetch_add(1, Ordering::SeqCst), overtaken.clone());
        async move {
            match nth {
                0 => Ok(counted("2026-11-25T08:00:00Z", 50)),
                1 => {
                    overtaken.notified().await;
                    Ok(counted("2026-11-25T09:00:00Z", 100))
                }
                _ => Ok(counted("2026-11-25T10:00:00Z", 200)),
            }
        }
        .boxed()
    }));
    let (usage, subject) = (core.usage(), core.session.subject().unwrap());
    let line = runtime.block_on(core.session.lines()).unwrap().0.remove(0);
    runtime.block_on(usage.clone().refresh(None)).unwrap();
    let newer = async {
        usage.refresh_usage(&subject, &line, true).await.unwrap();
        goes_on.notify_one();
    };
    let (older, ()) = runtime.block_on(async { tokio::join!(usage.refresh_usage(&subject, &line, false), newer) });
    older.unwrap();
    let is_the_newer = |usage: &crate::usage::Usage| {
        let kept = usage.memory().usage["line"].model.counted_at.unwrap();
        assert_eq!(kept.at.to_string(), "2026-11-25T10:00:00Z");
    };
    is_the_newer(&usage);
    core.suspend(5000).unwrap();
    let next = device.open(None).unwrap();
    let subject = next.session.subject();
    next.usage().memory().belong_to(subject.as_ref());
    is_the_newer(&next.usage());
    next.suspend(5000).unwrap();
}
