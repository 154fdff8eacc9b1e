//! The track on the model phone, where each part of what an operator tells can fail on its own, and two processes of the app ask.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::FutureExt;
use serde_json::{Value, json};

use crate::activation::Activation;
use crate::activation::refresh::first_failure;
use crate::activation::view::screen::{ActivationPhase, ActivationView};
use crate::activation::view::track::TrackStepState;
use crate::cancel::CancelToken;
use crate::companion::CompanionCore;
use crate::operator::failure::Failure;
use crate::operator::http::Answer;
use crate::problem::{Problem, SessionEnd};
use crate::session::SignInWish;
use crate::session::trials::device::{Device, Process};
use crate::session::trials::operator::{Asked, Operator, Policy};

const NUMBER: &str = "+32470123456";
const CODE: &str = "LPA:1$smdp.example.com$04386-AGYFT";
const NOT_FOUND: Failure = Failure::Status { status: 404, retry_after_seconds: None };
const BROKEN: Failure = Failure::Status { status: 400, retry_after_seconds: None };
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
const ORDERS: &str = "/orders/productOrder";
const PRODUCTS: &str = "/products/product";
const CARDS: &str = "/inventory/physicalResource";
const ESIMS: &str = "/inventory/logicalResource";

/// What is answered at a path.
#[derive(Clone)]
enum Told {
    Document(Value),
    /// A list that goes on elsewhere (206, as TMF630 pages).
    Part(Value),
    Fails(Failure),
    /// Nothing, ever.
    Hangs,
}

/// A phone with emma signed in, and an operator that tells of lines.
struct Phone {
    device: Arc<Device>,
    core: Arc<CompanionCore>,
    told: Arc<Mutex<BTreeMap<&'static str, Told>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Phone {
    async fn new() -> Phone {
        Self::of(&json!({
            "orderBaseUrl": "https://api.example/orders", "resourceBaseUrl": "https://api.example/inventory",
        }))
        .await
    }

    /// Of an operator whose profile has this of getting started.
    async fn of(activation: &Value) -> Phone {
        let device = Device::new(Operator::new(Policy::Strict));
        let mut profile: Value = serde_json::from_str(&device.profile.lock().unwrap()).unwrap();
        profile["apis"]["activation"] = activation.clone();
        profile["apis"]["product"] =
            json!({ "baseUrl": "https://api.example/products", "partyFilter": "relatedParty.id" });
        *device.profile.lock().unwrap() = profile.to_string();
        let core = device.open(None).unwrap();
        let phone = Phone { device, core, told: Arc::default(), asked: Arc::default() };
        for path in [ORDERS, PRODUCTS, CARDS, ESIMS] {
            phone.tell(path, &json!([]));
        }
        phone.serve();
        phone.sign_in().await;
        phone
    }

    async fn sign_in(&self) {
        let page = self.core.session().start(SignInWish::default(), None).await.unwrap();
        let callback = self.device.operator().sign_in(&page.url, "emma");
        self.core.session().finish(callback).await.unwrap();
    }

    fn serve(&self) {
        let (told, asked) = (self.told.clone(), self.asked.clone());
        let way = move |request: Asked, process: Arc<Process>| {
            let path = request.path().to_owned();
            let Some(answer) = told.lock().unwrap().get(path.as_str()).cloned() else {
                return Process::to_operator(process, request).boxed();
            };
            asked.lock().unwrap().push(path);
            async move {
                match answer {
                    Told::Document(document) => Ok(Answer::document(&document)),
                    Told::Part(document) => Ok(Answer { status: 206, ..Answer::document(&document) }),
                    Told::Fails(failure) => Err(failure),
                    Told::Hangs => futures_util::future::pending().await,
                }
            }
            .boxed()
        };
        *self.device.way.lock().unwrap() = Some(Arc::new(way));
    }

    fn tell(&self, path: &'static str, document: &Value) {
        self.told.lock().unwrap().insert(path, Told::Document(document.clone()));
    }

    fn fail(&self, path: &'static str, told: Told) {
        self.told.lock().unwrap().insert(path, told);
    }

    fn room(&self) -> Arc<Activation> {
        self.core.activation()
    }

    async fn refresh(&self) -> Result<(), Problem> {
        self.room().refresh(None).await
    }

    fn view(&self) -> ActivationView {
        self.room().state()
    }

    fn later(&self, seconds: i64) {
        self.device.parts().passed_s += seconds;
    }

    fn answers(&self) -> Vec<String> {
        self.view().lines[0].now.answers.iter().map(|answer| answer.id.clone()).collect()
    }

    async fn says(&self, answer: &str) {
        self.room().tell("po-1".to_owned(), answer.to_owned()).await.unwrap();
    }
}

fn order(state: &str, sim: &str, is_kept: bool) -> Value {
    let mut characteristics =
        vec![json!({ "name": "simType", "value": sim }), json!({ "name": "msisdn", "value": NUMBER })];
    if is_kept {
        characteristics.push(json!({ "name": "portIn.number", "value": NUMBER }));
    }
    json!([{
        "id": "po-1", "state": state, "orderDate": "2026-11-24T09:00:00Z",
        "productOrderItem": [{ "action": "add", "state": state, "product": { "productCharacteristic": characteristics } }],
    }])
}

fn product(status: &str) -> Value {
    json!([{ "id": "p-1", "status": status, "startDate": "2026-11-25T09:00:00Z", "publicIdentifier": NUMBER }])
}

fn sim() -> Value {
    json!([{ "id": "sim-1", "@type": "PhysicalResource", "category": "SIM card", "serialNumber": "…1236" }])
}

fn is_failed(view: &ActivationView) -> bool {
    view.lines[0].steps.iter().any(|step| step.state == TrackStepState::Failed)
}

#[tokio::test]
async fn an_order_that_lags_behind_an_active_line_is_finished_and_a_line_that_is_paused_is_told() {
    let phone = Phone::new().await;
    phone.tell(ORDERS, &order("inProgress", "physical", true));
    phone.tell(PRODUCTS, &product("pendingActive"));
    phone.refresh().await.unwrap();
    assert!(!phone.view().lines[0].finished && phone.view().is_first_place);
    phone.tell(PRODUCTS, &product("active"));
    phone.refresh().await.unwrap();
    assert!(phone.view().lines[0].finished && !phone.view().is_first_place);
    for (status, title) in
        [("suspended", "Model Mobile has suspended your line"), ("terminated", "Your line was ended")]
    {
        phone.tell(PRODUCTS, &product(status));
        phone.refresh().await.unwrap();
        let view = phone.view();
        assert_eq!((view.lines[0].now.title.text.as_str(), is_failed(&view)), (title, true), "{status}");
        assert!(view.lines[0].now.answers.is_empty());
    }
}

#[tokio::test]
async fn how_a_line_stands_is_told_also_where_its_order_is_not_and_asked_for_only_while_one_is_on_its_way() {
    let phone = Phone::new().await;
    phone.refresh().await.unwrap();
    assert!(!phone.asked.lock().unwrap().contains(&PRODUCTS.to_owned()), "nobody waits for a line");
    phone.tell(ORDERS, &order("inProgress", "physical", false));
    phone.refresh().await.unwrap();
    phone.fail(ORDERS, Told::Fails(NOT_FOUND));
    phone.tell(PRODUCTS, &product("active"));
    assert_eq!(phone.refresh().await, Err(Problem::unexpected("http_404")));
    assert!(phone.view().lines[0].finished && phone.view().notice.is_some());
    // Where nobody says how lines stand, their orders do.
    phone.tell(ORDERS, &order("completed", "physical", false));
    phone.fail(PRODUCTS, Told::Fails(NOT_FOUND));
    phone.refresh().await.unwrap();
    assert_eq!(phone.view().notice, None);
    phone.later(31 * DAY);
    phone.sign_in().await;
    phone.asked.lock().unwrap().clear();
    phone.refresh().await.unwrap();
    assert!(!phone.asked.lock().unwrap().contains(&PRODUCTS.to_owned()), "it came long ago");
}

#[test]
fn the_end_of_the_session_is_told_before_all_else_that_failed() {
    let ended = || Err(Problem::SessionEnded { reason: SessionEnd::Expired });
    let offline = || Err(Problem::Offline);
    for (outcomes, expected) in [
        ([Ok(()), Ok(()), Ok(())], Ok(())),
        ([Ok(()), offline(), ended()], ended()),
        ([ended(), Ok(()), offline()], ended()),
        ([Ok(()), offline(), Err(Problem::NotPermitted)], offline()),
    ] {
        assert_eq!(first_failure(outcomes.clone()), expected, "{outcomes:?}");
    }
}

#[tokio::test]
async fn a_session_that_ends_while_only_lines_are_left_to_be_asked_for_is_told() {
    let phone = Phone::of(&json!({ "orderBaseUrl": "https://api.example/orders" })).await;
    phone.tell(ORDERS, &order("inProgress", "physical", false));
    phone.refresh().await.unwrap();
    phone.fail(PRODUCTS, Told::Fails(Failure::Status { status: 401, retry_after_seconds: None }));
    phone.device.operator().end_all();
    assert!(matches!(phone.refresh().await, Err(Problem::SessionEnded { .. })));
}

#[tokio::test]
async fn a_list_that_goes_on_elsewhere_leaves_nothing_out() {
    let phone = Phone::new().await;
    phone.tell(ORDERS, &order("inProgress", "physical", false));
    phone.refresh().await.unwrap();
    let is_missed = || phone.view().lines[0].now.text.iter().any(|text| text.text.contains("does not list this order"));
    phone.fail(ORDERS, Told::Part(json!([])));
    phone.refresh().await.unwrap();
    assert!(!is_missed());
    phone.tell(ORDERS, &json!([]));
    phone.refresh().await.unwrap();
    assert!(is_missed());
    phone.tell(CARDS, &sim());
    phone.refresh().await.unwrap();
    phone.fail(CARDS, Told::Part(json!([])));
    phone.refresh().await.unwrap();
    assert_eq!(phone.view().sims.len(), 1);
    phone.tell(CARDS, &json!([]));
    phone.refresh().await.unwrap();
    assert_eq!(phone.view().sims.len(), 0);
}

#[tokio::test]
async fn what_failed_is_asked_for_again_at_once_and_what_was_told_is_not() {
    let phone = Phone::new().await;
    let due = async || {
        phone.asked.lock().unwrap().clear();
        let _ = phone.room().refresh_if_due(None).await;
        !phone.asked.lock().unwrap().is_empty()
    };
    assert!(due().await, "nothing is known yet");
    assert!(!due().await);
    phone.tell(ORDERS, &order("inProgress", "physical", false));
    phone.fail(PRODUCTS, Told::Fails(NOT_FOUND));
    phone.refresh().await.unwrap();
    assert!(!due().await, "that nobody says how lines stand is no failure");
    phone.fail(ESIMS, Told::Fails(BROKEN));
    phone.refresh().await.unwrap_err();
    assert!(due().await);
    phone.tell(ESIMS, &json!([]));
    assert!(due().await && !due().await);
    phone.later(11 * 60);
    assert!(due().await);
}

#[tokio::test]
async fn getting_started_comes_first_until_the_line_works_or_comes_no_more() {
    let phone = Phone::new().await;
    for (state, comes_first) in
        [("acknowledged", true), ("held", true), ("inProgress", true), ("rejected", true), ("cancelled", false)]
    {
        phone.tell(ORDERS, &order(state, "physical", false));
        phone.refresh().await.unwrap();
        assert_eq!(phone.view().is_first_place, comes_first, "{state}");
    }
    phone.tell(ORDERS, &order("inProgress", "physical", false));
    phone.refresh().await.unwrap();
    phone.says("has-sim").await;
    assert!(phone.view().is_first_place);
    phone.says("works").await;
    assert!(!phone.view().is_first_place);
}

#[tokio::test]
async fn each_part_that_fails_is_told_and_keeps_no_other_from_being_told() {
    let phone = Phone::new().await;
    phone.tell(ORDERS, &order("inProgress", "physical", false));
    phone.fail(CARDS, Told::Fails(BROKEN));
    assert_eq!(phone.refresh().await, Err(Problem::unexpected("http_400")), "a failure is no empty list");
    let view = phone.view();
    assert_eq!((view.lines.len(), view.sims.len(), view.notice.is_some()), (1, 0, true));
    assert_eq!(view.sims_notice.unwrap().text, "Your SIMs could not be loaded just now.");
    phone.tell(CARDS, &sim());
    phone.fail(ESIMS, Told::Fails(BROKEN));
    assert!(phone.refresh().await.is_err());
    assert_eq!((phone.view().sims.len(), phone.view().sims_notice.is_some()), (1, true), "a card is seen all the same");
    phone.fail(ESIMS, Told::Fails(NOT_FOUND));
    phone.refresh().await.unwrap();
    assert_eq!(phone.view().sims_notice, None, "an operator without eSIMs has no list of them");
    phone.fail(ORDERS, Told::Fails(NOT_FOUND));
    assert_eq!(phone.refresh().await, Err(Problem::unexpected("http_404")));
    let view = phone.view();
    assert_eq!((view.lines.len(), view.sims.len(), view.sims_notice), (1, 1, None));
    phone.tell(ORDERS, &json!([]));
    phone.fail(ESIMS, Told::Document(json!({ "code": "60", "reason": "x" })));
    assert_eq!(phone.refresh().await, Err(Problem::NotUnderstood { code: "no_list".to_owned() }));
    let view = phone.view();
    assert_eq!(view.sims.len(), 1, "what was told of SIMs stays");
    assert!(view.sims_notice.unwrap().text.contains("was told today at"));
    phone.tell(ESIMS, &json!([]));
    phone.refresh().await.unwrap();
    assert_eq!((phone.view().sims_notice, phone.view().notice), (None, None));
}

#[tokio::test]
async fn an_api_that_is_never_answered_keeps_no_other_from_being_told() {
    let phone = Phone::new().await;
    phone.fail(ORDERS, Told::Hangs);
    phone.tell(CARDS, &sim());
    let cancel = CancelToken::new();
    let asking = tokio::spawn(phone.room().refresh(Some(cancel.clone())));
    let are_told = async {
        while phone.view().sims.is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), are_told).await.unwrap();
    assert!(phone.view().refreshing, "orders are still asked for");
    cancel.cancel();
    assert!(asking.await.unwrap().is_err());
}

#[tokio::test]
async fn an_operator_with_sims_and_without_orders_shows_the_sims() {
    let phone = Phone::of(&json!({ "resourceBaseUrl": "https://api.example/inventory" })).await;
    let view = phone.view();
    assert_eq!((view.phase, view.empty), (ActivationPhase::Ready, None), "nothing is said of orders");
    assert!(view.sims_notice.unwrap().text.contains("not known on this phone yet"));
    phone.refresh().await.unwrap();
    assert_eq!(phone.view().sims_notice.unwrap().text, "Model Mobile lists no SIM for you.");
    phone.tell(CARDS, &sim());
    phone.later(HOUR);
    phone.room().refresh_if_due(None).await.unwrap();
    let view = phone.view();
    assert_eq!((view.sims.len(), view.sims_notice, view.lines.len()), (1, None, 0));
    assert!(!phone.asked.lock().unwrap().iter().any(|path| path == ORDERS || path == PRODUCTS));
    let asked = phone.asked.lock().unwrap().len();
    phone.room().refresh_if_due(None).await.unwrap();
    assert_eq!(phone.asked.lock().unwrap().len(), asked, "it was told just now");
    let none = Phone::of(&json!({})).await;
    assert_eq!(none.view().phase, ActivationPhase::NotOffered);
}

#[tokio::test]
async fn two_processes_keep_one_legal_clock_and_lose_nothing_of_each_other() {
    let phone = Phone::new().await;
    phone.tell(ORDERS, &order("inProgress", "physical", true));
    // The other process begins before anything is known, and goes on with what it remembers: nothing.
    let other = phone.device.open(Some("widget")).unwrap();
    assert_eq!(other.activation().state().lines.len(), 0);
    phone.refresh().await.unwrap();
    phone.says("has-sim").await;
    phone.later(50 * HOUR);
    other.activation().refresh(None).await.unwrap();
    let late = other.activation().state();
    assert!(late.lines[0].now.claim.is_some(), "since it was first seen, two days ago: {:?}", late.lines[0].now);
    // What the other one was told the app does not undo, though it remembers less.
    phone.tell(PRODUCTS, &product("active"));
    other.activation().refresh(None).await.unwrap();
    phone.fail(PRODUCTS, Told::Fails(NOT_FOUND));
    let _ = phone.refresh().await;
    assert!(phone.view().lines[0].finished);
}

#[tokio::test]
async fn an_order_that_is_not_listed_any_more_is_shown_as_it_was_told_last() {
    let phone = Phone::new().await;
    phone.tell(ORDERS, &order("inProgress", "physical", false));
    phone.refresh().await.unwrap();
    phone.tell(ORDERS, &json!([]));
    phone.later(DAY);
    phone.refresh().await.unwrap();
    let texts = phone.view().lines[0].now.text.clone();
    assert!(texts.iter().any(|text| text.text.contains("does not list this order any more")), "{texts:?}");
    phone.later(13 * DAY);
    phone.refresh().await.unwrap();
    assert_eq!(phone.view().lines.len(), 1);
    phone.later(2 * DAY);
    phone.refresh().await.unwrap();
    assert_eq!(phone.view().lines.len(), 0);
}

#[tokio::test]
async fn an_answer_is_taken_back_once_however_often_one_taps() {
    let phone = Phone::new().await;
    phone.tell(ORDERS, &order("inProgress", "physical", true));
    phone.refresh().await.unwrap();
    phone.says("works").await;
    assert_eq!(phone.answers(), ["has-sim"], "what is not offered is not taken");
    phone.says("has-sim").await;
    phone.says("old-signal-gone").await;
    assert_eq!(phone.answers(), ["works", "undo-old-signal-gone"]);
    let tap = || phone.says("undo-old-signal-gone");
    tokio::join!(tap(), tap());
    tap().await;
    assert_eq!(phone.answers(), ["old-signal-gone", "undo-has-sim"], "that the card is there stands");
    let gone = phone.room().tell("po-1".to_owned(), "undo".to_owned()).await;
    assert_eq!(gone, Err(Problem::unexpected("no_such_answer")));
}

#[tokio::test]
async fn the_code_of_an_esim_goes_when_the_person_says_that_the_line_works_also_after_the_operator_did() {
    let phone = Phone::new().await;
    phone.room().read_code(CODE.to_owned(), None).await.unwrap();
    // Only that answer, and only of a line with an eSIM.
    for (sim, answers) in [("eSIM", &["has-sim", "has-profile"][..]), ("physical", &["works", "undo-works"])] {
        phone.tell(ORDERS, &order("inProgress", sim, false));
        phone.refresh().await.unwrap();
        for answer in answers {
            assert!(phone.answers().contains(&(*answer).to_owned()), "{sim} {answer}");
            phone.says(answer).await;
            assert!(phone.room().esim_code().await.unwrap().is_some(), "{sim} {answer}");
        }
    }
    phone.tell(ORDERS, &order("completed", "eSIM", false));
    phone.refresh().await.unwrap();
    assert!(phone.view().lines[0].finished && phone.room().esim_code().await.unwrap().is_some());
    assert_eq!(phone.answers(), ["works"]);
    phone.says("works").await;
    assert!(phone.room().esim_code().await.unwrap().is_none());
    assert_eq!(phone.answers(), ["undo-works"], "and is not asked again");
    phone.says("undo-works").await;
    assert_eq!(phone.answers(), ["works"], "after a tap by mistake it is, and the way to a code is back");
}

/// The answer is kept and the code is not yet deleted: there the app may end.
#[tokio::test]
async fn an_app_that_ends_between_the_answer_and_the_code_loses_neither() {
    for steps in 0..8 {
        let mut phone = Phone::new().await;
        phone.room().read_code(CODE.to_owned(), None).await.unwrap();
        phone.tell(ORDERS, &order("completed", "eSIM", false));
        phone.refresh().await.unwrap();
        phone.device.parts().steps_left = Some(steps);
        let _ = phone.room().tell("po-1".to_owned(), "works".to_owned()).await;
        phone.device.die();
        phone.core = phone.device.open(None).unwrap();
        let is_told = phone.answers() == ["undo-works"];
        let has_code = phone.room().esim_code().await.unwrap().is_some();
        assert!(is_told || has_code, "{steps}: the code is gone, and what the person said");
        if is_told {
            phone.refresh().await.unwrap();
            assert!(phone.room().esim_code().await.unwrap().is_none(), "{steps}: it goes the next time");
        }
    }
}

#[tokio::test]
async fn the_code_of_an_esim_stays_until_no_line_wants_it() {
    let phone = Phone::new().await;
    let [one] = order("inProgress", "eSIM", false).as_array().unwrap().clone().try_into().unwrap();
    let mut other = one.clone();
    other["id"] = json!("po-2");
    phone.room().read_code(CODE.to_owned(), None).await.unwrap();
    phone.tell(ORDERS, &json!([one, other]));
    phone.refresh().await.unwrap();
    let is_kept = async || phone.room().esim_code().await.unwrap().is_some();
    for line in ["po-1", "po-2"] {
        for answer in ["has-sim", "has-profile"] {
            phone.room().tell(line.to_owned(), answer.to_owned()).await.unwrap();
            assert!(is_kept().await, "{line} {answer}");
        }
    }
    phone.says("works").await;
    assert!(is_kept().await, "nobody knows whose code it is");
    phone.room().tell("po-2".to_owned(), "works".to_owned()).await.unwrap();
    assert!(!is_kept().await);
}

#[tokio::test]
async fn where_nobody_says_that_it_works_the_code_goes_a_month_after_the_line_was_done() {
    let phone = Phone::new().await;
    phone.room().read_code(CODE.to_owned(), None).await.unwrap();
    phone.tell(ORDERS, &order("inProgress", "eSIM", false));
    phone.later(40 * DAY);
    phone.sign_in().await;
    phone.refresh().await.unwrap();
    assert!(phone.room().esim_code().await.unwrap().is_some(), "however long the line is on its way");
    phone.tell(ORDERS, &order("completed", "eSIM", false));
    for (days, is_kept) in [(0, true), (29, true), (2, false)] {
        phone.later(days * DAY);
        phone.sign_in().await;
        phone.refresh().await.unwrap();
        assert_eq!(phone.room().esim_code().await.unwrap().is_some(), is_kept, "{days}");
    }
    // One that came since is another line's, or the same's on a new phone.
    phone.room().read_code(CODE.to_owned(), None).await.unwrap();
    phone.refresh().await.unwrap();
    assert!(phone.room().esim_code().await.unwrap().is_some());
}
