//! Clocks that are wrong, are set, jump in the middle of everything, or start anew.

use std::time::Duration;

use companion::problem::SignInFailure;
use companion::session::SessionPhase;
use companion::usage::view::NoticeKind;
use companion_sandbox::Faults;

use crate::story::{Story, TOKEN_LIFE_S, sign_in};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

#[tokio::test]
async fn a20_a_phone_that_is_hours_or_days_off_signs_in_and_says_so() {
    for off_s in [HOUR, -HOUR, DAY, -DAY, 30 * DAY, -30 * DAY] {
        let mut story = Story::new().await;
        story.phone.clock.set_wall_by(off_s);
        story.load("emma").await;
        let view = story.phone.core.usage().state();
        assert_eq!(view.notice.map(|notice| notice.kind), Some(NoticeKind::Clock), "{off_s}");
        let notice = story.phone.core.session().state().notice;
        assert!(notice.is_some(), "{off_s}");
        assert_eq!(view.lines[0].dated.text, "Counted until 14:03", "{off_s}: dated by the operator's clock");
        // Renewed when it is time at the operator's, not by the phone's clock.
        let asked = story.asked("/token");
        story.pass(200);
        story.refresh().await.unwrap();
        assert_eq!(story.asked("/token"), asked, "{off_s}");
        story.pass(TOKEN_LIFE_S);
        story.refresh().await.unwrap();
        assert_eq!(story.asked("/token"), asked + 1, "{off_s}");
        story.end();
    }
    let mut right = Story::of_emma().await;
    assert_eq!(right.phone.core.session().state().notice, None, "a clock that is right is nothing to speak of");
    right.refresh().await.unwrap();
    right.end();
}

#[tokio::test]
async fn a20_a_clock_that_jumps_during_the_exchange_loses_no_sign_in() {
    for jump_s in [HOUR, -HOUR, DAY, -DAY] {
        let mut story = Story::new().await;
        let callback = story.walk("emma").await;
        let only = Some(vec!["/token".to_owned()]);
        story.sandbox.set_faults(Faults { latency_ms: 300, only, ..Faults::default() });
        let finish = tokio::spawn(story.phone.core.session().finish(callback));
        story.until_asked("/token", 0).await;
        story.phone.clock.set_wall_by(jump_s);
        assert_eq!(finish.await.unwrap(), Ok(()), "{jump_s}");
        story.sandbox.set_faults(Faults::default());
        story.refresh().await.unwrap();
        assert_eq!(story.phase(), SessionPhase::SignedIn, "{jump_s}");
        story.pass(TOKEN_LIFE_S);
        story.phone.clock.set_wall_by(-jump_s);
        story.refresh().await.unwrap();
        assert_eq!(story.phase(), SessionPhase::SignedIn, "{jump_s}, and back");
        story.end();
    }
}

#[tokio::test]
async fn a20_a_clock_that_jumps_while_the_browser_is_out_ages_no_attempt() {
    for jump_s in [HOUR, -HOUR, DAY, -DAY] {
        for dies in [false, true] {
            let mut story = Story::new().await;
            let callback = story.walk("emma").await;
            story.phone.clock.set_wall_by(jump_s);
            if dies {
                story.phone.reopen();
            }
            assert_eq!(story.finish(&callback).await, Ok(()), "{jump_s} {dies}");
            story.end();
        }
    }
    // Time that really passed does.
    let mut story = Story::new().await;
    let callback = story.walk("emma").await;
    story.phone.clock.set_wall_by(-DAY);
    story.pass(15 * 60 + 1);
    assert_eq!(story.finish(&callback).await, Err(sign_in(SignInFailure::AttemptExpired)));
    story.end();
}

#[tokio::test]
async fn a20_a_restarted_phone_stays_signed_in_whatever_its_clock_says() {
    for off_s in [0, HOUR, -HOUR, DAY, -DAY] {
        let mut story = Story::of_emma().await;
        for _ in 0..3 {
            story.pass(TOKEN_LIFE_S);
            story.phone.clock.set_wall_by(off_s);
            story.phone.clock.reboot();
            story.phone.reopen();
            assert_eq!(story.phase(), SessionPhase::SignedIn, "{off_s}");
            let mut outcome = story.refresh().await;
            if outcome.is_err() {
                // A wait that was asked for ends, asleep or not.
                story.pass(HOUR);
                outcome = story.refresh().await;
            }
            assert_eq!(outcome, Ok(()), "{off_s}");
            assert_eq!(story.phase(), SessionPhase::SignedIn, "{off_s}");
        }
        story.end();
    }
}

#[tokio::test]
async fn a20_a_clock_that_jumps_and_restarts_during_a_renewal_spends_no_token_twice() {
    for jump_s in [HOUR, -HOUR, DAY, -DAY] {
        let mut story = Story::of_emma().await;
        story.pass(TOKEN_LIFE_S);
        let only = Some(vec!["/token".to_owned()]);
        story.sandbox.set_faults(Faults { latency_ms: 300, only, times: Some(1), ..Faults::default() });
        let before = story.asked("/token");
        let refresh = tokio::spawn(story.phone.core.usage().refresh(None));
        story.until_asked("/token", before).await;
        story.phone.clock.set_wall_by(jump_s);
        tokio::time::sleep(Duration::from_millis(50)).await;
        story.phone.clock.set_wall_by(-jump_s / 2);
        assert_eq!(refresh.await.unwrap(), Ok(()), "{jump_s}");
        assert_eq!(story.presented().len(), 1, "{jump_s}");
        story.refresh().await.unwrap();
        assert_eq!(story.presented().len(), 1, "{jump_s}");
        story.end();
    }
}
