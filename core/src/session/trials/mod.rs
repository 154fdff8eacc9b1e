//! Random stories of a phone: people sign in and out, tokens run out, answers are lost, the keychain fails, the process
//! dies in the middle of anything, another process of the app renews. After every event the rules of the session hold.

pub(crate) mod device;
pub(crate) mod operator;
pub(super) mod signer;

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use self::device::Device;
use self::operator::{CANARY, Mishap, Operator, Policy, SENT_AGAIN};
use super::record::Record;
use super::view::SessionPhase;
use super::{SignInPurpose, SignInWish};
use crate::companion::CompanionCore;
use crate::problem::{Problem, SignInFailure};

/// What may happen.
#[derive(Debug, Clone, Copy)]
enum Event {
    /// A person signs in, up to the end; whoever finds another account takes its place, or does not.
    SignIn { person: u8, replaces: bool },
    /// A person shows once more who is there, up to the end; whoever it is that does, and whether the page asks or not.
    StepUp { person: u8, is_asked: bool },
    /// The page is opened, and the browser is left.
    Leave { person: u8 },
    /// The browser comes back after all; or again.
    ComeBack,
    /// Somebody else's callback.
    Stray,
    /// The person gives up in the app.
    GiveUp,
    /// A call needs a token; this many at the same time.
    Need { callers: u16 },
    /// The API refused the token before its time.
    Refused,
    /// Time passes.
    Pass { minutes: u8 },
    /// The next token request goes wrong.
    Mishap(Mishap),
    /// The next writes of the keychain fail.
    WritesFail { times: u8 },
    /// The phone is locked, or unlocked.
    Lock(bool),
    /// The process dies after so many more steps.
    DieAfter { steps: u8 },
    /// The process dies, and the app is started again.
    Restart,
    /// The operator ends every session.
    OperatorEnds,
    /// The person signs out.
    SignOut,
    /// Another process of the app needs a token; it goes on living.
    WidgetNeeds,
    /// Both processes need one at the same time.
    BothNeed,
    /// The other process wakes up, and finishes what it thinks is half done.
    WidgetWakes,
    /// The other process ends.
    WidgetEnds,
    /// The person signs out while the other process needs a token.
    SignOutMeanwhile,
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    use Event::{
        BothNeed, ComeBack, DieAfter, GiveUp, Leave, Lock, Need, OperatorEnds, Pass, Refused, Restart, SignIn, SignOut,
        SignOutMeanwhile, Stray, WidgetEnds, WidgetNeeds, WidgetWakes, WritesFail,
    };
    let mishap = prop_oneof![
        1 => Just(Mishap::NotSent),
        3 => Just(Mishap::Lost),
        1 => Just(Mishap::Unavailable),
        1 => Just(Mishap::Portal),
        1 => Just(Mishap::FalseAlarm),
    ];
    let event = prop_oneof![
        3 => (0..2u8, any::<bool>()).prop_map(|(person, replaces)| SignIn { person, replaces }),
        2 => (0..2u8, any::<bool>()).prop_map(|(person, is_asked)| Event::StepUp { person, is_asked }),
        1 => (0..2u8).prop_map(|person| Leave { person }),
        2 => Just(ComeBack),
        1 => Just(Stray),
        1 => Just(GiveUp),
        8 => prop_oneof![8 => Just(1), 2 => Just(4), 1 => Just(32)].prop_map(|callers| Need { callers }),
        1 => Just(Refused),
        8 => prop_oneof![Just(4), Just(6)].prop_map(|minutes| Pass { minutes }),
        3 => mishap.prop_map(Event::Mishap),
        2 => (1..4u8).prop_map(|times| WritesFail { times }),
        1 => Just(Lock(true)),
        2 => Just(Lock(false)),
        4 => (0..14u8).prop_map(|steps| DieAfter { steps }),
        2 => Just(Restart),
        1 => Just(OperatorEnds),
        1 => Just(SignOut),
        3 => Just(WidgetNeeds),
        2 => Just(BothNeed),
        1 => Just(WidgetWakes),
        1 => Just(WidgetEnds),
        1 => Just(SignOutMeanwhile),
    ];
    // Most stories are of somebody who signed in.
    prop::collection::vec(event, 1..14).prop_map(|mut story| {
        story.insert(0, SignIn { person: 0, replaces: true });
        story
    })
}

/// A story under way.
struct Story {
    runtime: tokio::runtime::Runtime,
    device: Arc<Device>,
    core: Option<Arc<CompanionCore>>,
    /// In which life of the phone's processes it was opened.
    life: u64,
    /// Another process of the app, and its life.
    widget: Option<(Arc<CompanionCore>, u64)>,
    /// Nothing but people's own doing has happened so far.
    undisturbed: bool,
    callback: Option<String>,
    /// Somebody is signed in, as the person at the phone believes: nothing they did or the operator said ended it.
    believes: bool,
    /// Signed out since the last sign-in was begun.
    left: bool,
    generation: u64,
    ended_by_operator: bool,
}

impl Story {
    fn new(policy: Policy) -> Story {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let device = Device::new(Operator::new(policy));
        let core = device.open(None).ok();
        Story {
            runtime,
            device,
            core,
            life: 0,
            widget: None,
            undisturbed: true,
            callback: None,
            believes: false,
            left: false,
            generation: 0,
            ended_by_operator: false,
        }
    }

    /// The running app; a locked phone lets none start.
    fn core(&mut self) -> Option<Arc<CompanionCore>> {
        let life = self.device.parts().life;
        if self.core.is_none() || self.life != life {
            self.life = life;
            self.core = self.device.open(None).ok();
        }
        self.core.clone()
    }

    /// The other process; one that died is started again.
    fn widget(&mut self) -> Option<Arc<CompanionCore>> {
        let life = self.device.parts().life;
        if !matches!(&self.widget, Some((_, its_life)) if *its_life == life) {
            self.widget = self.device.open(Some("widget")).ok().map(|core| (core, life));
        }
        self.widget.as_ref().map(|(core, _)| core.clone())
    }

    fn happens(&mut self, event: Event) {
        use Event::{DieAfter, Lock, Mishap, Restart, WritesFail};
        self.undisturbed &= !matches!(event, DieAfter { .. } | Lock(_) | Mishap(_) | Restart | WritesFail { .. });
        match event {
            Event::Pass { minutes } => {
                self.come_to_rest();
                self.device.parts().passed_s += i64::from(minutes) * 60;
            }
            Event::Mishap(mishap) => self.device.operator().mishaps.push_back(mishap),
            Event::WritesFail { times } => self.device.parts().failing_writes = times.into(),
            Event::Lock(locked) => self.device.parts().locked = locked,
            Event::DieAfter { steps } => self.device.parts().steps_left = Some(steps.into()),
            Event::OperatorEnds => {
                self.device.operator().end_all();
                self.ended_by_operator = true;
            }
            Event::Restart => {
                self.device.die();
            }
            Event::WidgetNeeds => {
                if let Some(widget) = self.widget() {
                    let _ = self.runtime.block_on(need(&widget));
                }
            }
            Event::WidgetWakes => {
                if let Some((widget, _)) = &self.widget {
                    let _ = self.runtime.block_on(tidy_up(widget));
                }
            }
            Event::WidgetEnds => {
                if let Some((widget, _)) = self.widget.take() {
                    let _ = widget.suspend(2000);
                }
            }
            _ => {
                if let Some(core) = self.core() {
                    self.acts(&core, event);
                }
            }
        }
    }

    /// No time passes while a renewal is under way in the background: one that is frozen with new tokens in its hands, and
    /// for longer than its lease, is a story that nobody can save from a strict operator.
    fn come_to_rest(&self) {
        let widget = self.widget.as_ref().map(|(core, _)| core);
        for core in self.core.iter().chain(widget) {
            let core = core.clone();
            wait_until(move || !core.session().renewing.is_running());
        }
    }

    fn acts(&mut self, core: &Arc<CompanionCore>, event: Event) {
        let session = core.session();
        match event {
            Event::SignIn { person, replaces } => {
                self.leave_for_the_page(core, person);
                if let Some(callback) = self.callback.clone() {
                    let outcome = self.runtime.block_on(session.clone().finish(callback));
                    self.signed_in(&outcome);
                    if outcome == Err(Problem::SignIn { reason: SignInFailure::OtherAccount }) {
                        if replaces {
                            self.believes = false;
                            let outcome = self.runtime.block_on(session.replace_account());
                            self.signed_in(&outcome);
                        } else {
                            let _ = self.runtime.block_on(session.keep_account());
                        }
                    }
                }
            }
            Event::StepUp { person, is_asked } => self.steps_up(core, person, is_asked),
            Event::Leave { person } => self.leave_for_the_page(core, person),
            Event::ComeBack => {
                if let Some(callback) = self.callback.clone() {
                    let outcome = self.runtime.block_on(session.finish(callback));
                    self.signed_in(&outcome);
                }
            }
            Event::Stray => {
                let stray = "be.app:/cb?code=stray&state=foreign".to_owned();
                let outcome = self.runtime.block_on(session.finish(stray));
                assert!(outcome.is_err(), "a stray callback signed somebody in");
            }
            Event::GiveUp => drop(self.runtime.block_on(session.cancel_sign_in())),
            Event::Need { callers } => {
                let needs = (0..callers).map(|_| need(core)).collect::<Vec<_>>();
                self.runtime.block_on(async {
                    for need in needs {
                        let _ = need.await;
                    }
                });
            }
            Event::Refused => {
                let refused = session.standing().record().map(|record| record.generation);
                if let Some(used) = refused {
                    let session = session.clone();
                    let renew = async move { session.renew(used).await.map(|_| ()) };
                    let _ = self.runtime.block_on(core.engine.workers.run(renew));
                }
            }
            Event::BothNeed => {
                if let Some(widget) = self.widget() {
                    let _ = self.runtime.block_on(async { tokio::join!(need(core), need(&widget)) });
                }
            }
            Event::SignOut | Event::SignOutMeanwhile => {
                self.believes = false;
                let widget = self.widget().filter(|_| matches!(event, Event::SignOutMeanwhile));
                let needs = async {
                    if let Some(widget) = widget {
                        let _ = need(&widget).await;
                    }
                };
                let (_, outcome) = self.runtime.block_on(async { tokio::join!(needs, session.sign_out()) });
                // Whatever it says: a person who signed out is out. A process that died meanwhile returned nothing.
                self.left = self.device.parts().life == self.life || outcome.is_ok();
            }
            _ => {}
        }
    }

    /// Whoever steps up: nobody else than who was here is here after it, and nobody is out for it.
    fn steps_up(&mut self, core: &Arc<CompanionCore>, person: u8, is_asked: bool) {
        let session = core.session();
        let who = || session.standing().record().map(|record| record.sub.clone());
        let before = who();
        let wish = SignInWish { purpose: SignInPurpose::StepUp, number: None };
        let Ok(page) = self.runtime.block_on(session.clone().start(wish, None)) else { return };
        let sub = ["emma", "luc"][usize::from(person)];
        let callback = {
            let mut operator = self.device.operator();
            let asked_ago_s = if is_asked { 0 } else { 3600 };
            operator.auth_time_s = Some(self::device::START_S + self.device.parts().passed_s - asked_ago_s);
            operator.sign_in(&page.url, sub)
        };
        self.callback = Some(callback.clone());
        let outcome = self.runtime.block_on(session.clone().finish(callback));
        self.signed_in(&outcome);
        if self.device.parts().life == self.life {
            assert_eq!(who(), before, "a step-up of {sub} changed who is here: {outcome:?}");
            assert!(outcome.is_err() || (is_asked && before.as_deref() == Some(sub)));
        }
    }

    fn leave_for_the_page(&mut self, core: &Arc<CompanionCore>, person: u8) {
        let page = self.runtime.block_on(core.session().start(SignInWish::default(), None));
        if let Ok(page) = page {
            self.left = false;
            let sub = ["emma", "luc"][usize::from(person)];
            self.callback = Some(self.device.operator().sign_in(&page.url, sub));
        }
    }

    fn signed_in(&mut self, outcome: &Result<(), Problem>) {
        // A process that died meanwhile returned nothing, and the person will see where they stand.
        if outcome.is_ok() && self.device.parts().life == self.life {
            self.believes = true;
            self.ended_by_operator = false;
            let mut operator = self.device.operator();
            operator.superseded();
            operator.refused = false;
            operator.lost = false;
            drop(operator);
            self.device.parts().unkept = false;
        }
    }

    /// The rules that hold after every event.
    fn check(&mut self) {
        self.no_rule_is_broken();
        let Some(core) = self.core.clone().filter(|_| self.device.parts().life == self.life) else { return };
        let phase = core.session().state().phase;
        let signed_in = matches!(phase, SessionPhase::SignedIn | SessionPhase::SignInAgain);
        assert!(!(self.left && signed_in), "signed out, and signed in again without a sign-in");
        // As it is kept: what a process that died had in memory only never was.
        let kept = self.device.parts().items.get("session").and_then(|item| Record::from_bytes(item));
        if let Some(generation) = kept.map(|record| record.generation) {
            assert!(generation >= self.generation, "a generation decreased: {generation} after {}", self.generation);
            self.generation = generation;
        }
        if phase == SessionPhase::SignInAgain {
            assert!(self.device.operator().refused, "a session ended that no operator ended");
        }
    }

    /// The operator saw nothing it should not. Of new tokens whose write failed no other process can know: it may send the
    /// old one once more.
    fn no_rule_is_broken(&self) {
        let unkept = self.device.parts().unkept;
        let mut broken = std::mem::take(&mut self.device.operator().broken);
        broken.retain(|rule| !(unkept && rule == SENT_AGAIN));
        assert!(broken.is_empty(), "{broken:?}");
    }

    /// All troubles end, the app starts once more, and whoever was not signed out is signed in: at once where the operator
    /// takes a token whose answer got lost, and otherwise unless one did get lost.
    fn ends_well(&mut self, policy: Policy) {
        self.device.operator().mishaps.clear();
        {
            let mut parts = self.device.parts();
            parts.locked = false;
            parts.failing_writes = 0;
            parts.steps_left = None;
        }
        self.come_to_rest();
        self.device.parts().passed_s += 120;
        if self.undisturbed {
            self.nobodys_session_lives_on();
        }
        self.device.die();
        // Long enough for the lease of a process that died with it.
        self.device.parts().passed_s += 60;
        let core = self.core().expect("opens");
        if self.left {
            assert_eq!(
                core.session().state().phase,
                SessionPhase::SignedOut,
                "signed out, and in again after a restart"
            );
        }
        let outcome = self.runtime.block_on(need(&core));
        let phase = core.session().state().phase;
        match &outcome {
            Ok(()) => assert!(!self.left),
            Err(Problem::SessionEnded { .. }) => {}
            Err(problem) => panic!("neither works nor says why: {problem:?}"),
        }
        let lost = {
            let operator = self.device.operator();
            policy == Policy::Strict && (operator.lost || self.device.parts().unkept)
        };
        if self.believes && !self.ended_by_operator && !lost {
            assert_eq!((outcome, phase), (Ok(()), SessionPhase::SignedIn), "signed out by mistake");
        }
        self.no_rule_is_broken();
        self.nothing_leaked(&core);
    }

    /// Whoever signed out, or made way for another, or was turned away, has no session at the operator any more.
    fn nobodys_session_lives_on(&mut self) {
        let Some(core) = self.core() else { return };
        // Somebody who still waits for the person's decision is turned away.
        let _ = self.runtime.block_on(core.session().keep_account());
        let _ = self.runtime.block_on(tidy_up(&core));
        let present = core.session().standing().record().cloned();
        let (present, subject) =
            present.map_or((None, None), |record| (Some(record.sub.clone()), Some(record.subject.clone())));
        // What is of whoever is signed in waits until they sign out.
        let is_of_present =
            |item: &[u8]| subject.as_ref().is_some_and(|subject| String::from_utf8_lossy(item).contains(&**subject));
        wait_until(|| {
            let items = &self.device.parts().items;
            items.iter().all(|(key, item)| !key.starts_with("revoke/") || is_of_present(item))
        });
        let living = self.device.operator().living();
        assert!(living.iter().all(|sub| Some(sub) == present.as_ref()), "{living:?} live on, {present:?} is here");
    }

    /// No token lies in a file, and no key of anybody who is not signed in is kept.
    fn nothing_leaked(&self, core: &Arc<CompanionCore>) {
        let _ = core.suspend(2000);
        let parts = self.device.parts();
        for entry in std::fs::read_dir(parts.folder.path()).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(!bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes()), "a token in a file");
        }
        let subjects: BTreeSet<&str> = parts.items.keys().filter_map(|key| key.strip_prefix("data-key/")).collect();
        assert!(subjects.len() <= 1, "keys of several people: {subjects:?}");
    }
}

/// A call that needs a token, on the core's own workers.
fn need(core: &Arc<CompanionCore>) -> impl Future<Output = Result<(), Problem>> + use<> {
    let (core, session) = (core.clone(), core.session());
    async move {
        let work = async move { session.access().await.map(|_| ()) };
        core.engine.workers.run(work).await
    }
}

/// What the app does in the background when it starts or wakes up.
fn tidy_up(core: &Arc<CompanionCore>) -> impl Future<Output = Result<(), Problem>> + use<> {
    let (core, session) = (core.clone(), core.session());
    async move {
        let work = async move {
            session.tidy_up().await;
            Ok(())
        };
        core.engine.workers.run(work).await
    }
}

/// Waits for what another thread does: as long as a busy machine may need for it.
fn wait_until(done: impl Fn() -> bool) {
    let began = std::time::Instant::now();
    while !done() && began.elapsed() < std::time::Duration::from_secs(30) {
        std::thread::sleep(std::time::Duration::from_micros(200));
    }
}

fn play(policy: Policy, story: &[Event]) {
    let mut under_way = Story::new(policy);
    for event in story {
        under_way.happens(*event);
        under_way.check();
    }
    under_way.ends_well(policy);
}

proptest! {
    #![proptest_config(crate::trials::config(3_400))]

    #[test]
    fn with_an_operator_that_ends_a_session_for_a_token_used_twice_the_rules_hold(story in events()) {
        play(Policy::Strict, &story);
    }

    #[test]
    fn with_an_operator_that_takes_a_token_once_more_nobody_is_signed_out_by_mistake(story in events()) {
        play(Policy::Grace, &story);
    }

    #[test]
    fn with_an_operator_that_never_rotates_nobody_is_signed_out_by_mistake(story in events()) {
        play(Policy::Keep, &story);
    }
}
