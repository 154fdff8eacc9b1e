//! The one line at the top: what is the matter and since when, and that the figures are still there. Calm: it goes away
//! by itself, and says things once however many lines are affected.

use jiff::{SignedDuration, Timestamp};

use super::super::freshness::freshness;
use super::super::state::{Failure, LineState, Now, UsageState};
use super::{Notice, NoticeKind, Presentation};
use crate::problem::{Problem, Remedy};
use crate::text::dates::{self, Role};
use crate::text::{Text, explain, messages};

/// Times are said in whole minutes, the rest left off.
const TO_THE_MINUTE: SignedDuration = SignedDuration::from_millis(59_999);

/// What is the matter, if anything. A failure comes before a wrong clock, unless the clock explains the failure.
pub(super) fn notice(
    state: &UsageState,
    lines: &[LineState],
    now: &Now,
    presentation: &Presentation<'_>,
) -> Option<Notice> {
    let clock = now.clock_off_minutes.map(|minutes| wrong_clock(minutes, presentation));
    match &state.failure {
        // A certificate check fails under a wrong clock just as it does behind a hostile network.
        Some(Failure { problem: Problem::BlockedNetwork, .. }) if clock.is_some() => clock,
        Some(failure) if state.signed_in => of_failure(failure, lines, now, presentation).or(clock),
        Some(_) | None => clock.filter(|_| state.signed_in),
    }
}

fn of_failure(failure: &Failure, lines: &[LineState], now: &Now, presentation: &Presentation<'_>) -> Option<Notice> {
    let language = presentation.language;
    let operator = &Text::foreign(presentation.operator);
    let since = dates::moment(language, Role::Since, failure.since, now.today, presentation.zone);
    let retry_at = retry_at(failure, now);
    let (kind, sentence) = match &failure.problem {
        Problem::Offline => (NoticeKind::Offline, messages::notice_offline(language, &since)),
        Problem::ServiceUnavailable { .. } | Problem::TooOften { .. } => {
            let sentence = match retry_at {
                Some(at) => {
                    // "After 09:48" must be true in all of 09:48.
                    let at = at.checked_add(TO_THE_MINUTE).unwrap_or(at);
                    let after = dates::moment(language, Role::After, at, now.today, presentation.zone);
                    messages::notice_wait(language, operator, &after)
                }
                None => messages::notice_unavailable(language, operator, &since),
            };
            (NoticeKind::Maintenance, sentence)
        }
        Problem::BlockedNetwork => (NoticeKind::BlockedNetwork, messages::notice_blocked(language, operator, &since)),
        Problem::SessionEnded { .. } | Problem::SignIn { .. } => {
            (NoticeKind::SignInAgain, messages::notice_sign_in(language))
        }
        // Lines that say so themselves need no line at the top.
        Problem::NotPermitted if lines.iter().any(|line| line.not_entitled) => return None,
        Problem::NotPermitted => (NoticeKind::NotPermitted, messages::notice_not_permitted(language, operator)),
        Problem::NotUnderstood { .. } => {
            (NoticeKind::NotUnderstood, messages::notice_not_understood(language, operator, &since))
        }
        Problem::Unexpected { .. } if failure.problem.is_cancelled() => return None,
        Problem::StorageUnavailable { .. } | Problem::Configuration { .. } | Problem::Unexpected { .. } => {
            let (title, _) = explain::title_and_sentence(&failure.problem, language, operator);
            (NoticeKind::Device, Text { text: format!("{}.", title.text), spoken: format!("{}.", title.spoken) })
        }
    };
    let whole = Text::sentences(&[sentence, figures(kind, lines, now, presentation)]);
    let remedy = match failure.problem {
        // The wait is over, or there was none to keep.
        Problem::ServiceUnavailable { .. } if retry_at.is_none() => Some(Remedy::TryAgain),
        _ => Remedy::of(&failure.problem),
    };
    Some(Notice::new(kind, whole, remedy, language))
}

/// What has become of the figures: from when they are where that is one time, else that they are still there.
fn figures(kind: NoticeKind, lines: &[LineState], now: &Now, presentation: &Presentation<'_>) -> Text {
    let language = presentation.language;
    let times: Vec<Option<Text>> = lines
        .iter()
        .filter_map(|line| line.kept.as_ref())
        .map(|kept| {
            let counted = freshness(kept, now, presentation.zone).counted_at?;
            Some(dates::moment(language, Role::From, counted.at, now.today, presentation.zone))
        })
        .collect();
    match times.as_slice() {
        [] if matches!(kind, NoticeKind::NotPermitted | NoticeKind::SignInAgain) => Text::plain(""),
        [] => messages::figures_come(language),
        _ if kind == NoticeKind::SignInAgain => messages::figures_stay(language),
        [Some(time), others @ ..] if others.iter().all(|other| other.as_ref() == Some(time)) => {
            messages::figures_from(language, time)
        }
        _ => messages::figures_stay(language),
    }
}

/// When the operator allows another try, if that is still to come.
pub(in crate::usage) fn retry_at(failure: &Failure, now: &Now) -> Option<Timestamp> {
    let Problem::ServiceUnavailable { retry_after_seconds } = failure.problem else { return None };
    let wait = SignedDuration::from_secs(i64::from(retry_after_seconds?));
    failure.at.checked_add(wait).ok().filter(|at| *at > now.at)
}

fn wrong_clock(minutes: i64, presentation: &Presentation<'_>) -> Notice {
    let language = presentation.language;
    let off = explain::duration(language, minutes.unsigned_abs().saturating_mul(60));
    let sentence = messages::notice_clock(language, &off);
    Notice::new(NoticeKind::Clock, sentence, Some(Remedy::OpenSettings), language)
}
