//! One step of the walk in words.

use super::path::paths;
use super::path::unsure;
use super::{AnswerView, Drawing, WifiStepButton, WifiStepView, ids};
use crate::text::{Language, Text, messages as m};
use crate::vowifi::facts::PhonePlatform;
use crate::vowifi::guide::choose::expected;
use crate::vowifi::guide::model::{Check, RouteKind, VerifyKind};
use crate::vowifi::line::OrderState;
use crate::vowifi::walk::{self, Answer, Blocker, Greyed, Missing, Step, part_of, platform_of, symptom_of};

pub(super) fn view(step: &Step, drawing: &Drawing<'_>) -> WifiStepView {
    let language = drawing.language;
    let label = |answer: Answer| AnswerView {
        id: ids::of_answer(&answer),
        label: match &answer {
            Answer::Symptom(id) => question(id, drawing),
            Answer::SeenNow if matches!(step, Step::Greyed(_)) => m::wifi_answer_free_now(language),
            answer => said(answer, language),
        },
    };
    let mut view = WifiStepView {
        id: ids::of_step(step),
        stage: step.stage(),
        title: Text::plain(""),
        text: Vec::new(),
        paths: Vec::new(),
        notes: Vec::new(),
        answers: walk::answers(step, drawing.ground).into_iter().map(label).collect(),
        switch_on: None,
        check: None,
        main: None,
        ask_employer: false,
        report: false,
    };
    match step {
        Step::WhichSim => need(&mut view, Check::Ask, drawing),
        Step::OtherOperator => need(&mut view, Check::OperatorSim, drawing),
        Step::TooOld => need(&mut view, Check::OsMin, drawing),
        Step::NoCarrierProfile => need(&mut view, Check::CarrierWfc, drawing),
        Step::Abroad => need(&mut view, Check::Roaming, drawing),
        Step::Blocked(blocker) => need(&mut view, check_of(*blocker), drawing),
        Step::NotProvisioned => not_provisioned(&mut view, drawing),
        Step::BeingProvisioned => {
            view.title = m::wifi_being_provisioned(language);
            let waits = drawing.ground.order == Some(OrderState::Waiting);
            let unsent = drawing.ground.order == Some(OrderState::Unsent);
            view.text.extend(waits.then(|| m::wifi_order_waiting(language, &Text::foreign(drawing.operator))));
            view.text.extend(unsent.then(|| m::wifi_order_unsent(language)));
            view.text.push(m::wifi_being_provisioned_wait(language));
        }
        Step::SwitchOn => switch_on(&mut view, drawing),
        Step::Missing(missing) => missing_step(&mut view, *missing, drawing),
        Step::Greyed(greyed) => greyed_step(&mut view, *greyed, language),
        Step::Network => {
            view.title = m::wifi_network(language);
            view.text.push(match drawing.is_check_on {
                true => m::wifi_network_what(language),
                false => m::wifi_not_tested_switched_off(language),
            });
            view.check = drawing.is_check_on.then(|| m::wifi_action_check(language));
        }
        Step::Emergency => {
            view.title = m::wifi_emergency(language);
            // Also where it is known to go: whoever needs help must not depend on it.
            view.text.push(m::wifi_emergency_what(language));
        }
        Step::Proof(id) => proof(&mut view, id, drawing),
        Step::Works => {
            view.title = m::wifi_works(language);
            view.text.push(m::wifi_works_what(language));
        }
        Step::Symptoms => view.title = m::wifi_symptoms(language),
        Step::Advice(id, place) => advice(&mut view, id, *place, drawing),
        Step::Support => {
            view.title = m::wifi_support(language);
            view.text.push(m::wifi_support_what(language));
            let whom = drawing.block.and_then(|block| m::of_key(language, block.support_contact_key.as_str()));
            view.text.extend(whom);
            (view.report, view.ask_employer) = (true, true);
        }
    }
    view.main = main(&view);
    view
}

/// What leads on by itself comes before what the person can say.
fn main(view: &WifiStepView) -> Option<WifiStepButton> {
    let answer = (!view.answers.is_empty()).then_some(WifiStepButton::FirstAnswer);
    let check = view.check.is_some().then_some(WifiStepButton::Check);
    view.switch_on.is_some().then_some(WifiStepButton::SwitchOn).or(check).or(answer)
}

/// What stands in the way and what to do, as the guides say it.
fn need(view: &mut WifiStepView, check: Check, drawing: &Drawing<'_>) {
    let (language, platform) = (drawing.language, platform_of(drawing.ground.facts.platform));
    let mut all = drawing.ground.file.prerequisites.iter().filter(|one| one.check == check);
    // A text for another platform is better than none.
    let one = all.clone().find(|one| one.platform.is_none_or(|own| own == platform)).or_else(|| all.next());
    let text = |key: Option<&str>| key.and_then(|key| m::of_key(language, key));
    view.title = one.and_then(|one| text(Some(one.text_key.as_str()))).unwrap_or_else(|| m::wifi_need_line(language));
    view.text.extend(one.and_then(|one| text(one.fix_key.as_ref().map(|key| key.as_str()))));
}

fn check_of(blocker: Blocker) -> Check {
    match blocker {
        Blocker::Vpn => Check::Vpn,
        Blocker::CaptivePortal => Check::Captive,
        Blocker::PrivateDns => Check::PrivateDns,
        Blocker::Ethernet => Check::Ethernet,
        Blocker::Restricted => Check::Admin,
    }
}

fn not_provisioned(view: &mut WifiStepView, drawing: &Drawing<'_>) {
    let (language, operator) = (drawing.language, Text::foreign(drawing.operator));
    view.title = m::wifi_not_provisioned(language);
    let refused = drawing.ground.order == Some(OrderState::Refused);
    if refused {
        view.text.push(m::wifi_order_refused(language, &operator));
    } else if matches!(drawing.ground.order, Some(OrderState::Failed | OrderState::Cancelled)) {
        view.text.push(m::wifi_order_failed(language, &operator));
    }
    let can_order = drawing.can_order && !refused;
    if can_order {
        view.text.push(m::wifi_not_provisioned_order(language, &operator));
        view.switch_on = Some(m::wifi_action_switch_on(language));
    } else if !refused {
        view.text.push(m::wifi_not_provisioned_ask(language, &operator));
    }
    view.ask_employer = !can_order;
}

fn switch_on(view: &mut WifiStepView, drawing: &Drawing<'_>) {
    let language = drawing.language;
    view.title = m::wifi_switch_on(language);
    view.text.push(m::wifi_switch_on_question(language));
    let Some(choice) = drawing.choice else { return };
    let to_the_switch = choice.routes.iter().filter(|route| route.kind != RouteKind::OtherDevices).cloned();
    view.paths = paths(&to_the_switch.collect::<Vec<_>>(), language);
    view.notes = choice.notes.iter().filter_map(|key| m::of_key(language, key)).collect();
    view.notes.extend(unsure(&choice.reasons, language));
}

fn missing_step(view: &mut WifiStepView, missing: Missing, drawing: &Drawing<'_>) {
    let language = drawing.language;
    view.title = m::wifi_missing(language);
    view.text.push(match missing {
        Missing::EsimRestart => m::wifi_missing_esim(language),
        Missing::CarrierUpdate => {
            of_platform("wifi-do-carrier-update", drawing).unwrap_or_else(|| m::wifi_do_carrier_update(language))
        }
        Missing::Restart => m::wifi_do_reboot(language),
        Missing::AskOperator => m::wifi_do_ask_provisioning(language),
    });
    (view.ask_employer, view.report) = (missing == Missing::AskOperator, missing == Missing::AskOperator);
    if missing == Missing::CarrierUpdate {
        view.notes.push(m::wifi_note_row_hidden(language));
        // The last thing before giving up: the search finds what a path misses.
        let search = drawing.choice.iter().flat_map(|choice| &choice.routes);
        let search: Vec<_> = search.filter(|route| route.kind == RouteKind::Search).cloned().collect();
        view.paths = paths(&search, language);
    }
}

fn greyed_step(view: &mut WifiStepView, greyed: Greyed, language: Language) {
    view.title = m::wifi_greyed(language);
    view.text.push(match greyed {
        Greyed::EndCall => m::wifi_greyed_call(language),
        Greyed::AskIt => m::wifi_fix_admin(language),
        Greyed::AskOperator => m::wifi_do_ask_operator(language),
    });
    (view.ask_employer, view.report) = (greyed == Greyed::AskOperator, greyed == Greyed::AskOperator);
}

fn proof(view: &mut WifiStepView, id: &str, drawing: &Drawing<'_>) {
    let language = drawing.language;
    view.title = m::wifi_proof(language);
    let Some(part) = part_of(&drawing.ground.file, id) else { return };
    view.text.extend(m::of_key(language, part.text_key.as_str()));
    if let Some(expected) = expected(part, &drawing.ground.facts.phone()) {
        let shown = drawing.block.filter(|_| expected.shows_spn).map(|block| {
            let name = block.spn_pattern.as_str().replace("%s", block.name.as_str());
            m::wifi_expect_network_name(language, &Text::foreign(&name))
        });
        view.text.extend(shown.or_else(|| m::of_key(language, expected.text_key.as_str())));
        let airplane = drawing.choice.and_then(|choice| choice.airplane.as_ref());
        let name = airplane.and_then(|label| label.variants.first());
        view.notes.extend(name.map(|name| m::wifi_airplane_name(language, &Text::foreign(name))));
        let in_airplane_mode = drawing.ground.facts.airplane_mode == Some(true);
        view.notes.extend(in_airplane_mode.then(|| m::wifi_airplane_on_now(language)));
        view.notes.extend(drawing.on_wifi_now.then(|| m::wifi_registered_now(language)));
    }
    if part.kind == VerifyKind::Auto {
        view.check = drawing.is_check_on.then(|| m::wifi_action_check(language));
    }
}

fn advice(view: &mut WifiStepView, id: &str, place: u8, drawing: &Drawing<'_>) {
    let language = drawing.language;
    view.title = question(id, drawing);
    let Some(symptom) = symptom_of(&drawing.ground.file, id) else { return };
    let action = walk::actions(symptom).get(usize::from(place)).and_then(|key| of_platform(key, drawing));
    view.text.extend(action);
    let causes = symptom.answers.iter().flat_map(|answer| &answer.causes);
    view.notes = causes.filter_map(|key| m::of_key(language, key.as_str())).collect();
}

/// The text of a key in the words of this platform, where there are such, else in those for all.
fn of_platform(key: &str, drawing: &Drawing<'_>) -> Option<Text> {
    let platform = match drawing.ground.facts.platform {
        PhonePlatform::Ios => "ios",
        PhonePlatform::Android => "android",
    };
    let of = |key: &str| m::of_key(drawing.language, key);
    of(&format!("{key}-{platform}")).or_else(|| of(key))
}

fn question(id: &str, drawing: &Drawing<'_>) -> Text {
    let symptom = symptom_of(&drawing.ground.file, id);
    let said = symptom.and_then(|symptom| m::of_key(drawing.language, symptom.question_key.as_str()));
    said.unwrap_or_else(|| m::wifi_symptoms(drawing.language))
}

fn said(answer: &Answer, language: Language) -> Text {
    match answer {
        Answer::Yes => m::wifi_answer_yes(language),
        Answer::No => m::wifi_answer_no(language),
        Answer::Understood | Answer::Saw(_) => m::wifi_answer_understood(language),
        Answer::Done => m::wifi_answer_done(language),
        Answer::Anyway => m::wifi_answer_anyway(language),
        Answer::On => m::wifi_answer_on(language),
        Answer::NotThere => m::wifi_answer_not_there(language),
        Answer::Grey => m::wifi_answer_grey(language),
        Answer::SeenNow => m::wifi_answer_seen_now(language),
        Answer::StillNot => m::wifi_answer_still_not(language),
        Answer::Works => m::wifi_answer_works(language),
        Answer::Fails => m::wifi_answer_fails(language),
        Answer::Later => m::wifi_answer_later(language),
        Answer::Helped => m::wifi_answer_helped(language),
        Answer::Trouble => m::wifi_answer_trouble(language),
        Answer::Symptom(_) | Answer::Again => m::wifi_answer_again(language),
    }
}
