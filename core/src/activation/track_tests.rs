use super::*;
use crate::activation::model::{KeptNumber, LineState, RefusalReason};
use crate::activation::samples::bare_order;

const NOW: i64 = 1_795_593_600_000;

fn order(sim: SimKind, is_kept: bool, stage: OrderStage) -> LineOrder {
    LineOrder { sim, kept: is_kept.then(KeptNumber::default), ..bare_order(stage) }
}

fn drawn(track: &Track) -> String {
    let mark = |state: StepState| match state {
        StepState::Done => '+',
        StepState::Current => '>',
        StepState::Ahead => '.',
        StepState::Failed => '!',
    };
    track.iter().map(|(step, state)| format!("{}{step:?}", mark(*state))).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_four_cases_of_the_guide_have_their_own_steps() {
    use OrderStage::Requested;
    let cases = [
        (order(SimKind::Card, false, Requested), "+Ordered >SimReceived .Works +Account .WifiCalling"),
        (
            order(SimKind::Card, true, Requested),
            "+Ordered >SimReceived .NumberRequested .OldSignalGone .Works +Account .WifiCalling",
        ),
        (order(SimKind::Esim, false, Requested), "+Ordered >SimReceived .EsimInstalled .Works +Account .WifiCalling"),
        (
            order(SimKind::Esim, true, Requested),
            "+Ordered >SimReceived .EsimInstalled .NumberRequested .OldSignalGone .Works +Account .WifiCalling",
        ),
        (order(SimKind::Unknown, false, Requested), "+Ordered >SimReceived .Works +Account .WifiCalling"),
    ];
    for (order, expected) in cases {
        assert_eq!(drawn(&track(&order, &Said::default(), None, NOW)), expected, "{order:?}");
    }
}

#[test]
fn the_first_day_of_a_number_that_moves_step_by_step() {
    let (requested, under_way) =
        (order(SimKind::Card, true, OrderStage::Requested), order(SimKind::Card, true, OrderStage::UnderWay));
    let scheduled = LineOrder { starts_ms: Some(NOW + 1), ..under_way.clone() };
    let done = order(SimKind::Card, true, OrderStage::Done);
    let said = |has_sim, old_signal_gone, works| Said { has_sim, old_signal_gone, works, ..Said::default() };
    let cases = [
        (&requested, said(false, false, false), Some((Step::SimReceived, StepState::Current))),
        (&requested, said(true, false, false), Some((Step::NumberRequested, StepState::Current))),
        (&scheduled, said(true, false, false), Some((Step::NumberRequested, StepState::Current))),
        (&under_way, said(true, false, false), Some((Step::OldSignalGone, StepState::Current))),
        (&under_way, said(true, true, false), Some((Step::Works, StepState::Current))),
        (&requested, said(true, true, false), Some((Step::Works, StepState::Current))),
        (&under_way, said(true, true, true), Some((Step::WifiCalling, StepState::Current))),
        (&done, said(false, false, false), Some((Step::WifiCalling, StepState::Current))),
    ];
    for (order, said, expected) in cases {
        assert_eq!(current(&track(order, &said, None, NOW)), expected, "{order:?} {said:?}");
    }
}

#[test]
fn what_holds_an_order_up_comes_before_all_else() {
    use OrderStage::{Cancelled, Refused, Waiting};
    let cases = [
        (order(SimKind::Card, true, Waiting), (Step::NumberRequested, StepState::Current)),
        (order(SimKind::Card, false, Waiting), (Step::Ordered, StepState::Current)),
        (order(SimKind::Esim, true, Refused), (Step::NumberRequested, StepState::Failed)),
        (order(SimKind::Esim, false, Refused), (Step::Ordered, StepState::Failed)),
        (order(SimKind::Card, true, Cancelled), (Step::Ordered, StepState::Failed)),
    ];
    for (order, expected) in cases {
        assert_eq!(current(&track(&order, &Said::default(), None, NOW)), Some(expected), "{order:?}");
        // Whoever calls with it knows better than an order that says it was refused.
        let works = Said { works: true, ..Said::default() };
        assert_eq!(current(&track(&order, &works, None, NOW)), Some((Step::WifiCalling, StepState::Current)));
    }
    let refused = LineOrder { reason: Some(RefusalReason::DonorData), ..order(SimKind::Card, true, Refused) };
    assert_eq!(refused.standing(NOW), Standing::Refused(RefusalReason::DonorData));
}

#[test]
fn a_line_that_is_paused_or_ended_is_told_wherever_the_person_is() {
    for line in [LineState::Suspended, LineState::Ended] {
        for stage in [OrderStage::Requested, OrderStage::UnderWay, OrderStage::Done] {
            for works in [false, true] {
                let order = LineOrder { line: Some(line), ..order(SimKind::Card, true, stage) };
                let track = track(&order, &Said { works, ..Said::default() }, None, NOW);
                assert_eq!(current(&track), Some((Step::Works, StepState::Failed)), "{line:?} {stage:?} {works}");
            }
        }
    }
    let coming = LineOrder { line: Some(LineState::Coming), ..order(SimKind::Card, false, OrderStage::Requested) };
    assert_eq!(current(&track(&coming, &Said::default(), None, NOW)), Some((Step::SimReceived, StepState::Current)));
}

#[test]
fn an_esim_that_the_operator_sees_on_a_phone_is_installed() {
    let order = order(SimKind::Esim, false, OrderStage::UnderWay);
    let seen = |profile| {
        let sim = SimCard { id: "s".to_owned(), kind: SimKind::Esim, profile, number: None };
        current(&track(&order, &Said::default(), Some(&sim), NOW)).map(|(step, _)| step)
    };
    let cases = [
        (None, Step::SimReceived),
        (Some(ProfileState::Released), Step::SimReceived),
        (Some(ProfileState::Downloaded), Step::SimReceived),
        (Some(ProfileState::Installed), Step::Works),
        (Some(ProfileState::Enabled), Step::Works),
    ];
    for (profile, expected) in cases {
        assert_eq!(seen(profile), Some(expected), "{profile:?}");
    }
}
