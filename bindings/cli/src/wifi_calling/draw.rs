//! Wi-Fi calling in a terminal, and as JSON.

use companion::PreparedRequest;
use companion::vowifi::view::path::PhoneGuide;
use companion::vowifi::view::{
    CrumbView, IntentView, NetworkCheckView, NetworkVerdict, PathView, WifiCallingView, WifiStepView,
};
use serde_json::{Value, json};

use super::why;
use crate::draw::canvas::{Canvas, Style};
use crate::draw::json::{notice, text};
use crate::inspect::snake_case;

/// The screen: what is known, the step, the last check, and what to type next.
pub(crate) fn screen(view: &WifiCallingView, width: usize, colour: bool) -> String {
    let mut canvas = Canvas::new(width, colour);
    head(&mut canvas, view);
    if let Some(step) = &view.step {
        canvas.text(Style::Plain, "");
        step_on(&mut canvas, step);
    }
    if let Some(check) = &view.check {
        canvas.text(Style::Plain, "");
        check_on(&mut canvas, check);
    }
    if let Some(path) = &view.short_version {
        canvas.text(Style::Plain, "");
        path_on(&mut canvas, path);
    }
    if let Some(step) = &view.step {
        canvas.text(Style::Plain, "");
        for (command, why) in commands(step) {
            canvas.hanging(Style::Quiet, "→ ", &format!("companion wifi-calling {command} ({why})"));
        }
    }
    canvas.finish()
}

/// What may be typed at a step, and what it is called.
fn commands(step: &WifiStepView) -> Vec<(&'static str, &str)> {
    let asks = !step.answers.is_empty() || step.ask_employer;
    let all = [
        ("walk", asks.then_some(WALK)),
        ("switch-on", step.switch_on.as_ref().map(|label| label.text.as_str())),
        ("check", step.check.as_ref().map(|label| label.text.as_str())),
        ("report", step.report.then_some(REPORT)),
    ];
    all.into_iter().filter_map(|(command, why)| Some((command, why?))).collect()
}

const WALK: &str = "Go on, step by step";
const REPORT: &str = "Write what was found, for support";
const MESSAGE: &str = "Write a message to your employer";

/// One step, to be answered.
pub(super) fn step(view: &WifiCallingView, width: usize, colour: bool) -> String {
    let mut canvas = Canvas::new(width, colour);
    head(&mut canvas, view);
    let Some(step) = &view.step else { return canvas.finish() };
    canvas.text(Style::Plain, "");
    step_on(&mut canvas, step);
    if step.check.is_some()
        && let Some(check) = &view.check
    {
        canvas.text(Style::Plain, "");
        check_on(&mut canvas, check);
    }
    canvas.text(Style::Plain, "");
    for (at, answer) in step.answers.iter().enumerate() {
        canvas.hanging(Style::Plain, &format!("  {}  ", at.saturating_add(1)), &answer.label.text);
    }
    let buttons = [
        ("c", step.check.as_ref().map(|label| label.text.as_str())),
        ("o", step.switch_on.as_ref().map(|label| label.text.as_str())),
        ("m", step.ask_employer.then_some(MESSAGE)),
        ("r", step.report.then_some(REPORT)),
    ];
    for (key, label) in buttons.into_iter().filter_map(|(key, label)| Some((key, label?))) {
        canvas.hanging(Style::Strong, &format!("  {key}  "), label);
    }
    canvas.text(Style::Quiet, if view.can_go_back { "  b  ←   q  ×" } else { "  q  ×" });
    canvas.finish()
}

/// A letter, as a mail program would show it.
pub(super) fn letter(letter: &PreparedRequest) -> String {
    format!("{}\n\n{}\n", letter.subject, letter.body.trim_end())
}

/// A network check.
pub(super) fn check(check: &NetworkCheckView, width: usize, colour: bool) -> String {
    let mut canvas = Canvas::new(width, colour);
    check_on(&mut canvas, check);
    canvas.finish()
}

/// The guide of a phone.
pub(super) fn guide(guide: &PhoneGuide, why: bool, width: usize, colour: bool) -> String {
    let mut canvas = Canvas::new(width, colour);
    for (at, path) in guide.paths.iter().enumerate() {
        if at > 0 {
            canvas.text(Style::Plain, "");
        }
        path_on(&mut canvas, path);
    }
    for note in &guide.notes {
        canvas.hanging(Style::Quiet, "- ", &note.text);
    }
    if why {
        canvas.text(Style::Plain, "");
        canvas.text(Style::Quiet, &format!("Guide {}", guide.guide));
        for reason in &guide.reasons {
            canvas.hanging(Style::Quiet, "- ", &why::sentence(reason));
        }
        let mut typed: Vec<String> = guide.paths.iter().flat_map(|path| &path.intents).map(shell).collect();
        typed.dedup();
        for command in typed {
            // Never cut: it is to be copied whole.
            canvas.spans(&[(Style::Quiet, format!("→ {command}"))]);
        }
    }
    canvas.finish()
}

/// An intent as it is typed on a computer that the phone hangs on by a cable. Which SIM is the person's to fill in.
fn shell(intent: &IntentView) -> String {
    let package = intent.package.iter().map(|package| format!(" -p {package}"));
    let sim = intent.with_subscription.then(|| " --ei android.provider.extra.SUB_ID SUBSCRIPTION".to_owned());
    format!("adb shell am start -a {}{}", intent.action, package.chain(sim).collect::<String>())
}

fn head(canvas: &mut Canvas, view: &WifiCallingView) {
    let notice = view.notice.as_ref().map(|notice| &notice.text);
    for text in notice.into_iter().chain(view.guides_note.as_ref().map(|note| &note.text)) {
        canvas.text(Style::Warning, text);
    }
    for sentence in &view.headline {
        canvas.text(Style::Plain, &sentence.text);
    }
}

fn step_on(canvas: &mut Canvas, step: &WifiStepView) {
    canvas.text(Style::Strong, &step.title.text);
    for sentence in &step.text {
        canvas.text(Style::Plain, &sentence.text);
    }
    for path in &step.paths {
        path_on(canvas, path);
    }
    for note in &step.notes {
        canvas.hanging(Style::Quiet, "- ", &note.text);
    }
}

/// Labels of the phone in quotation marks, the rest in our words, the last crumb strong where the terminal has colour.
fn path_on(canvas: &mut Canvas, path: &PathView) {
    canvas.text(Style::Quiet, &path.title.text);
    let crumbs: Vec<String> = path
        .crumbs
        .iter()
        .map(|crumb| {
            let labels: Vec<String> = crumb.labels.iter().map(|label| format!("“{label}”")).collect();
            let labels = (!labels.is_empty()).then(|| labels.join(" / "));
            let said = crumb.said.iter().map(|said| said.text.clone());
            let text = said.chain(labels).collect::<Vec<_>>().join(" ");
            if crumb.optional { format!("({text})") } else { text }
        })
        .collect();
    canvas.hanging(Style::Strong, "  ", &crumbs.join(" › "));
    if let Some(unsure) = &path.unsure {
        canvas.hanging(Style::Quiet, "  ", &unsure.text);
    }
}

fn check_on(canvas: &mut Canvas, check: &NetworkCheckView) {
    let style = match check.verdict {
        NetworkVerdict::Open => Style::Strong,
        NetworkVerdict::Blocked => Style::Alarm,
        NetworkVerdict::ProbablyBlocked | NetworkVerdict::Inconclusive | NetworkVerdict::NotTested => Style::Warning,
    };
    if let Some(why) = &check.not_made {
        canvas.text(Style::Warning, &why.text);
    }
    canvas.text(style, &check.sentence.text);
    for line in &check.evidence {
        canvas.hanging(Style::Plain, "  ", &line.text);
    }
    if let Some(action) = &check.action {
        canvas.text(Style::Plain, &action.text);
    }
    if let Some(checked) = &check.checked {
        canvas.text(Style::Quiet, &checked.text);
    }
}

/// The screen as JSON. Names are those of the records, in snake case; what is absent is `null`.
pub(crate) fn json(view: &WifiCallingView) -> Value {
    json!({
        "revision": view.revision,
        "phase": snake(&view.phase),
        "refreshing": view.refreshing,
        "notice": view.notice.as_ref().map(notice),
        "headline": view.headline.iter().map(text).collect::<Vec<_>>(),
        "line": snake(&view.line),
        "phone": snake(&view.phone),
        "works": view.works.as_ref().map(text),
        "step": view.step.as_ref().map(step_json),
        "can_go_back": view.can_go_back,
        "check": view.check.as_ref().map(check_json),
        "short_version": view.short_version.as_ref().map(path_json),
        "guides_refused": view.guides_refused.as_ref().map(snake),
        "guides_note": view.guides_note.as_ref().map(text),
    })
}

fn step_json(step: &WifiStepView) -> Value {
    json!({
        "id": step.id,
        "stage": snake(&step.stage),
        "title": text(&step.title),
        "text": step.text.iter().map(text).collect::<Vec<_>>(),
        "paths": step.paths.iter().map(path_json).collect::<Vec<_>>(),
        "notes": step.notes.iter().map(text).collect::<Vec<_>>(),
        "answers": step.answers.iter().map(|one| json!({ "id": one.id, "label": text(&one.label) })).collect::<Vec<_>>(),
        "switch_on": step.switch_on.as_ref().map(text),
        "check": step.check.as_ref().map(text),
        "ask_employer": step.ask_employer,
        "report": step.report,
    })
}

fn path_json(path: &PathView) -> Value {
    let crumb = |crumb: &CrumbView| json!({ "said": crumb.said.as_ref().map(text), "labels": crumb.labels, "optional": crumb.optional });
    let intent = |intent: &IntentView| {
        json!({
            "action": intent.action,
            "package": intent.package,
            "with_subscription": intent.with_subscription,
            "shell": shell(intent),
        })
    };
    json!({
        "kind": snake(&path.kind),
        "title": text(&path.title),
        "crumbs": path.crumbs.iter().map(crumb).collect::<Vec<_>>(),
        "spoken": path.spoken,
        "unsure": path.unsure.as_ref().map(text),
        "intents": path.intents.iter().map(intent).collect::<Vec<_>>(),
    })
}

fn check_json(check: &NetworkCheckView) -> Value {
    json!({
        "verdict": snake(&check.verdict),
        "sentence": text(&check.sentence),
        "action": check.action.as_ref().map(text),
        "evidence": check.evidence.iter().map(text).collect::<Vec<_>>(),
        "checked": check.checked.as_ref().map(text),
        "not_made": check.not_made.as_ref().map(text),
    })
}

/// A case's name: `ProbablyBlocked` is `probably_blocked`.
fn snake(case: &impl std::fmt::Debug) -> String {
    snake_case(&format!("{case:?}"))
}
