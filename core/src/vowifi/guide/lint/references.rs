//! Whatever a file refers to is there: labels, routes, families, steps of the proof, symptoms, texts.

use super::{Faults, Rule};
use crate::vowifi::guide::model::{Menus, Next, RoamingRule};

pub(super) fn check(faults: &mut Faults<'_>) {
    let file = faults.file;
    for route in &file.routes {
        for step in &route.steps {
            let place = format!("routes.{}.{}", route.id.as_str(), step.id.as_str());
            if let Some(label) = &step.label {
                faults.require(file.label(label).is_some(), &place, Rule::Dangling);
            }
            faults.text(step.text_key(), &place);
        }
    }
    for guide in &file.guides {
        let place = format!("guides.{}", guide.id.as_str());
        faults.require(file.label(&guide.airplane).is_some(), &place, Rule::Dangling);
        for note in &guide.notes {
            faults.text(note.as_str(), &place);
        }
        match &guide.menus {
            Menus::Own(own) => {
                for way in &own.ways {
                    faults.require(file.route(&way.route).is_some(), &place, Rule::Dangling);
                }
            }
            Menus::As(family) => {
                let is_there = file.family(guide.platform, family).next().is_some();
                faults.require(is_there, &place, Rule::Dangling);
            }
        }
    }
    support(faults);
}

fn support(faults: &mut Faults<'_>) {
    let file = faults.file;
    faults.once("prerequisites", file.prerequisites.iter().map(|one| one.id.as_str()));
    for one in &file.prerequisites {
        let place = format!("prerequisites.{}", one.id.as_str());
        for key in std::iter::once(&one.text_key).chain(&one.fix_key) {
            faults.text(key.as_str(), &place);
        }
    }
    faults.once("verify", file.verify.iter().map(|step| step.id.as_str()));
    for (index, step) in file.verify.iter().enumerate() {
        let place = format!("verify.{}", step.id.as_str());
        faults.text(step.text_key.as_str(), &place);
        for expected in &step.expected {
            faults.text(expected.text_key.as_str(), &place);
            faults.sourced(&expected.sources, &place);
        }
        for next in [&step.next_ok, &step.next_fail] {
            let is_there = match next {
                Next::Done | Next::Check => true,
                // Only a later step, so that the proof ends.
                Next::Step(id) => file.verify.iter().skip(index).skip(1).any(|later| later.id == *id),
                Next::Symptom(id) => file.symptoms.iter().any(|symptom| symptom.id == *id),
            };
            faults.require(is_there, &place, Rule::Dangling);
        }
    }
    faults.once("symptoms", file.symptoms.iter().map(|symptom| symptom.id.as_str()));
    for symptom in &file.symptoms {
        let place = format!("symptoms.{}", symptom.id.as_str());
        faults.text(symptom.question_key.as_str(), &place);
        faults.require(!symptom.answers.is_empty(), &place, Rule::LeadsNowhere);
        for answer in &symptom.answers {
            faults.require(!answer.actions.is_empty(), &place, Rule::LeadsNowhere);
            for key in answer.causes.iter().chain(&answer.actions) {
                faults.text(key.as_str(), &place);
            }
        }
    }
    for operator in &file.operators {
        let place = format!("operators.{}", operator.id.as_str());
        faults.text(operator.support_contact_key.as_str(), &place);
        let rule = match &operator.roaming_rule {
            RoamingRule::Unknown => None,
            RoamingRule::Text(key) => Some(key),
        };
        for key in rule.into_iter().chain(&operator.tunnel.note_key) {
            faults.text(key.as_str(), &place);
        }
    }
}
