//! What is said of a move that took longer than the law allows, and the letter that asks for compensation.

use super::drawing::{Drawing, last_moment};
use super::now::TrackNowView;
use crate::activation::lateness::{DAILY_CENTS, LateEnd, Lateness};
use crate::activation::model::LineOrder;
use crate::activation::track::Step;
use crate::money::Money;
use crate::text::money::money;
use crate::text::request::{PreparedRequest, letter};
use crate::text::{Text, messages as m};

/// What to do about a move that is late, or was, and what is due, wherever the person is.
pub(super) fn tell_late(now: &mut TrackNowView, step: Step, order: &LineOrder, late: &Lateness, drawing: &Drawing<'_>) {
    let language = drawing.language;
    let allowed = drawing.day_that_ends(late.allowed_until);
    match late.end {
        LateEnd::Open => {
            // There it stands beside what is usual.
            if !matches!(step, Step::OldSignalGone | Step::SimReceived) {
                now.text.push(m::start_late_since(language, &allowed));
            }
            now.if_not.push(m::start_late_ask(language, &drawing.operator()));
        }
        LateEnd::Done(_) | LateEnd::AfterAll(_) => now.text.push(m::start_late_was(language, &allowed)),
    }
    if drawing.now < late.claim_until {
        let [daily, most] = DAILY_CENTS.map(|cents| money(language, &Money { cents, currency: "EUR".to_owned() }));
        let until = drawing.day_that_ends(late.claim_until);
        now.if_not.push(m::start_late_right(language, &daily, &most, &drawing.operator(), &until));
        now.claim = Some(claim(order, late, drawing));
    }
}

/// A letter to the operator that asks for compensation.
fn claim(order: &LineOrder, late: &Lateness, drawing: &Drawing<'_>) -> PreparedRequest {
    let (language, operator) = (drawing.language, drawing.operator());
    let number = Text::foreign(order.number.as_deref().unwrap_or("…"));
    let launched = drawing.day(late.launched);
    let latest = drawing.day(last_moment(late.allowed_until));
    let (moves, end, ask) = match late.end {
        LateEnd::Open => {
            (m::start_claim(language, &operator, &number), m::start_claim_open(language), m::start_claim_ask(language))
        }
        LateEnd::Done(at) => (
            m::start_claim_moved(language, &operator, &number),
            m::start_claim_done(language, &drawing.day(at)),
            m::start_claim_pay(language),
        ),
        LateEnd::AfterAll(at) => (
            m::start_claim_moved(language, &operator, &number),
            m::start_claim_undone(language, &drawing.day(at)),
            m::start_claim_pay(language),
        ),
    };
    // The day on which it was first seen is no day of launch.
    let launch = match late.is_launch_told {
        true => m::start_claim_launched(language, &launched, &latest),
        false => m::start_claim_under_way(language, &launched, &latest),
    };
    let hello = m::start_claim_hello(language).text;
    let body = format!("{hello}\n\n{} {} {}\n\n{}\n", moves.text, launch.text, end.text, ask.text);
    letter(m::start_claim_subject(language).text, body)
}
