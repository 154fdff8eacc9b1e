//! Secrets of a SIM on the model phone: who sees them, for how long, and that nothing of them is anywhere else.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use futures_util::FutureExt;
use serde_json::{Value, json};

use super::Activation;
use super::view::code::{EsimPhone, EsimReadiness};
use super::view::secrets::{SimSecretKind, SimSecretView};
use crate::companion::CompanionCore;
use crate::host::{Host, HostError};
use crate::operator::challenge::StepUp;
use crate::operator::failure::Failure;
use crate::operator::http::Answer;
use crate::problem::{Problem, SessionEnd, SignInFailure, StorageFailure};
use crate::session::SignInWish;
use crate::session::trials::device::Device;
use crate::session::trials::operator::{Operator, Policy};

mod canaries;
mod copies;
mod evidence;
mod screen;
mod step_up;
mod track;

const PIN: &str = "71935";
const PUK: &str = "48151623";
/// The operator names the SIM by it: the worst case.
const ICCID: &str = "8932050000000000013";
const EID: &str = "89049032123451234512345678901235";
const MATCHING_ID: &str = "KANARIE-04386-AGYFT";
const CODE: &str = "LPA:1$smdp.example.com$KANARIE-04386-AGYFT$$1";
const CONFIRMATION: &str = "confirm-77120";
const NOT_PRESENT: Problem = Problem::StorageUnavailable { reason: StorageFailure::NotPresent };

/// A status with its document, or why there is none.
type Told = Result<(u16, Value), Failure>;

/// A phone with emma signed in, and an operator that tells secrets.
struct Phone {
    device: Arc<Device>,
    core: Arc<CompanionCore>,
    /// Of which SIM which secret was asked for, in order.
    asked: Arc<Mutex<Vec<(String, Value)>>>,
    /// What is answered instead.
    instead: Arc<Mutex<Option<Told>>>,
    /// What else the operator answers, by path.
    documents: Arc<Mutex<BTreeMap<String, Value>>>,
}

impl Phone {
    async fn new() -> Phone {
        Self::lending(|host| host).await
    }

    async fn lending(lend: impl FnOnce(Host) -> Host) -> Phone {
        let device = Device::new(Operator::new(Policy::Strict));
        let core = device.open_lending(None, lend).unwrap();
        let phone = Phone { device, core, asked: Arc::default(), instead: Arc::default(), documents: Arc::default() };
        phone.serve();
        phone.tells("/orders/productOrder", json!([]));
        phone.tells("/inventory/physicalResource", json!([]));
        let sim = json!({ "id": ICCID, "@type": "ESIM", "relatedParty": [{ "id": "emma" }] });
        phone.tells("/inventory/logicalResource", json!([sim]));
        phone.sign_in().await;
        phone.room().refresh(None).await.unwrap();
        phone
    }

    async fn sign_in(&self) {
        let page = self.core.session().start(SignInWish::default(), None).await.unwrap();
        let callback = self.device.operator().sign_in(&page.url, "emma");
        self.core.session().finish(callback).await.unwrap();
    }

    fn serve(&self) {
        let (asked, instead, documents) = (self.asked.clone(), self.instead.clone(), self.documents.clone());
        let way = move |request: crate::session::trials::operator::Asked, process: Arc<_>| {
            if let Some(document) = documents.lock().unwrap().get(request.path()) {
                return futures_util::future::ready(Ok(Answer::document(document))).boxed();
            }
            let sim = request.path().strip_prefix("/inventory/resource/");
            let Some(sim) = sim.and_then(|rest| rest.strip_suffix("/simSecret")).map(str::to_owned) else {
                return crate::session::trials::device::Process::to_operator(process, request).boxed();
            };
            let body: Value = serde_json::from_slice(request.body()).unwrap();
            asked.lock().unwrap().push((sim, body["kind"].clone()));
            let (status, document) = match instead.lock().unwrap().clone() {
                Some(Ok(told)) => told,
                Some(Err(failure)) => return async move { Err(failure) }.boxed(),
                None => (201, told(body["kind"].as_str().unwrap())),
            };
            async move { Ok(Answer { status, ..Answer::document(&document) }) }.boxed()
        };
        *self.device.way.lock().unwrap() = Some(Arc::new(way));
    }

    fn room(&self) -> Arc<Activation> {
        self.core.activation()
    }

    async fn reveal(&self, kind: SimSecretKind) -> Result<SimSecretView, Problem> {
        self.room().reveal(self.sim(), kind, None).await
    }

    /// The SIM, as the screen has it; of nobody, or of a locked app, none.
    fn sim(&self) -> String {
        self.room().state().sims.first().map(|sim| sim.id.clone()).unwrap_or_default()
    }

    /// What the operator answers at a path.
    fn tells(&self, path: &str, document: Value) {
        self.documents.lock().unwrap().insert(path.to_owned(), document);
    }

    fn answer(&self, answer: Told) {
        *self.instead.lock().unwrap() = Some(answer);
    }

    fn asked(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    fn prompts(&self) -> usize {
        self.device.parts().prompts.len()
    }

    /// The names of what the secure store has of secrets.
    fn kept(&self) -> Vec<String> {
        let is_secret = |key: &&String| key.starts_with("secret/") || key.starts_with("sealed/");
        self.device.parts().items.keys().filter(is_secret).cloned().collect()
    }

    fn reopen(&mut self) {
        self.device.die();
        self.core = self.device.open(None).unwrap();
    }
}

fn told(kind: &str) -> Value {
    let value = match kind {
        "pin" => PIN,
        "puk" => "4815 1623",
        _ => CODE,
    };
    json!({"kind": kind, "value": value, "confirmationCode": CONFIRMATION, "eid": EID, "expiresAt": "2026-12-01T00:00:00Z"})
}

const IPHONE: EsimPhone = EsimPhone::Ios { major: Some(18), minor: None };

#[tokio::test]
async fn a_secret_is_shown_for_half_a_minute_to_a_person_who_is_there() {
    let phone = Phone::new().await;
    assert_eq!(phone.room().shown_secret(), None);
    let puk = phone.reveal(SimSecretKind::Puk).await.unwrap();
    assert_eq!((puk.digits.text.as_str(), puk.plain.as_str(), puk.seconds_left), ("4815\u{a0}1623", PUK, 30));
    assert_eq!(*phone.asked.lock().unwrap(), [(ICCID.to_owned(), json!("puk"))]);
    assert_eq!((phone.prompts(), phone.asked()), (1, 1));
    assert_eq!(phone.device.parts().prompts, ["Show the PUK"]);
    phone.device.parts().passed_s += 29;
    assert_eq!(phone.room().shown_secret().unwrap().seconds_left, 1);
    phone.device.parts().passed_s += 1;
    assert_eq!(phone.room().shown_secret(), None);
    phone.device.parts().passed_s -= 30;
    assert_eq!(phone.room().shown_secret(), None, "it is not there any more, whatever the clock says");
}

#[tokio::test]
async fn two_taps_ask_the_person_and_the_operator_once() {
    let phone = Phone::new().await;
    let (first, second) = tokio::join!(phone.reveal(SimSecretKind::Pin), phone.reveal(SimSecretKind::Pin));
    assert_eq!((first.unwrap().plain, second.unwrap().plain), (PIN.to_owned(), PIN.to_owned()));
    assert_eq!((phone.prompts(), phone.asked()), (1, 1));
    // Another one is another question, and takes the place of the first.
    phone.reveal(SimSecretKind::Puk).await.unwrap();
    assert_eq!((phone.prompts(), phone.asked()), (2, 2));
    assert_eq!(phone.room().shown_secret().unwrap().kind, SimSecretKind::Puk);
}

#[tokio::test]
async fn without_the_person_the_operator_is_not_even_asked() {
    let absences = [
        (HostError::PresenceDenied, NOT_PRESENT),
        (HostError::PresenceUnavailable, NOT_PRESENT),
        (HostError::PresenceCancelled, Problem::cancelled()),
    ];
    for (absent, expected) in absences {
        let phone = Phone::new().await;
        phone.device.parts().absent = Some(absent);
        assert_eq!(phone.reveal(SimSecretKind::Pin).await.unwrap_err(), expected);
        assert_eq!(phone.asked(), 0);
    }
    let phone = Phone::lending(|host| Host { user_presence: None, ..host }).await;
    assert_eq!(phone.reveal(SimSecretKind::Pin).await.unwrap_err(), NOT_PRESENT);
    assert_eq!(phone.asked(), 0);
    phone.core.session().sign_out().await.unwrap();
    let nobody = Problem::SessionEnded { reason: SessionEnd::SignedOut };
    assert_eq!(phone.reveal(SimSecretKind::Pin).await.unwrap_err(), nobody);
}

#[tokio::test]
async fn what_leads_the_person_away_takes_the_secret_off_the_screen() {
    for how in ["hide", "suspend", "sign out", "lock", "sign in again"] {
        let phone = Phone::new().await;
        phone.core.app_lock().turn_on(Some(0)).await.unwrap();
        phone.reveal(SimSecretKind::Pin).await.unwrap();
        match how {
            "hide" => phone.room().hide(),
            "suspend" => phone.core.suspend(5000).unwrap(),
            "sign out" => drop(phone.core.session().sign_out().await.unwrap()),
            "lock" => phone.core.app_lock().lock(),
            _ => phone.sign_in().await,
        }
        // In memory, not only in the view.
        assert!(!format!("{:?}", phone.room().shown.lock().unwrap()).contains("Shown("), "{how}");
        assert_eq!(phone.room().shown_secret(), None, "{how}");
    }
}

#[tokio::test]
async fn a_locked_app_tells_nothing() {
    let phone = Phone::new().await;
    phone.core.app_lock().turn_on(Some(0)).await.unwrap();
    phone.core.app_lock().lock();
    let locked = Problem::StorageUnavailable { reason: StorageFailure::AppLocked };
    assert_eq!(phone.reveal(SimSecretKind::Puk).await.unwrap_err(), locked);
    assert_eq!(phone.room().esim_code().await.unwrap_err(), locked);
    assert_eq!((phone.prompts(), phone.asked()), (0, 0));
}

#[tokio::test]
async fn an_answer_that_is_no_secret_is_told_apart_and_shows_nothing() {
    let not_understood = || Problem::NotUnderstood { code: "sim_secret".to_owned() };
    let status = |status, retry_after_seconds| Err(Failure::Status { status, retry_after_seconds });
    let of = |document: Value| Ok((201, document));
    let vectors = [
        (of(json!({"kind": "puk", "value": "123"})), not_understood()),
        (of(json!({"kind": "puk", "value": "1234567a"})), not_understood()),
        (of(json!({"kind": "pin", "value": PUK})), not_understood()),
        (of(json!({"kind": "puk", "value": 48_151_623})), not_understood()),
        (of(json!({"kind": "puk"})), not_understood()),
        (of(json!([])), not_understood()),
        (Ok((404, json!({}))), Problem::unexpected("http_404")),
        (Ok((403, json!({}))), Problem::NotPermitted),
        (status(429, Some(60)), Problem::TooOften { retry_after_seconds: Some(60) }),
        (status(503, None), Problem::ServiceUnavailable { retry_after_seconds: None }),
        (Err(Failure::Connect), Problem::Offline),
        (Err(Failure::StepUp(StepUp::default())), Problem::SignIn { reason: SignInFailure::StepUpRequired }),
    ];
    for (answer, expected) in vectors {
        let phone = Phone::new().await;
        phone.answer(answer.clone());
        assert_eq!(phone.reveal(SimSecretKind::Puk).await.unwrap_err(), expected, "{answer:?}");
        assert_eq!(phone.room().shown_secret(), None);
    }
}

#[tokio::test]
async fn a_puk_is_kept_only_when_the_person_wants_it_and_then_needs_no_network() {
    let mut phone = Phone::new().await;
    let keep = |phone: &Phone, keep| phone.room().offline_copy(phone.sim(), Some(keep));
    assert_eq!(keep(&phone, true).await, Err(Problem::unexpected("puk_not_shown")));
    phone.reveal(SimSecretKind::Pin).await.unwrap();
    assert_eq!(keep(&phone, true).await, Err(Problem::unexpected("puk_not_shown")), "a PIN is never kept");
    phone.reveal(SimSecretKind::Puk).await.unwrap();
    assert!(phone.kept().is_empty(), "off until it is wanted");
    let of_another = phone.room().offline_copy("another".to_owned(), Some(true)).await;
    assert_eq!(of_another, Err(Problem::unexpected("puk_not_shown")), "the one that is shown is no other SIM's");
    keep(&phone, true).await.unwrap();
    assert!(phone.room().offline_copy(phone.sim(), None).await.unwrap());

    phone.reopen();
    phone.answer(Err(Failure::Connect));
    let (prompts, asked) = (phone.prompts(), phone.asked());
    let puk = phone.reveal(SimSecretKind::Puk).await.unwrap();
    assert_eq!((puk.plain.as_str(), puk.source.is_some()), (PUK, true));
    assert_eq!((phone.prompts(), phone.asked()), (prompts + 1, asked), "presence was asked for, and no network");
    phone.room().hide();
    phone.device.parts().absent = Some(HostError::PresenceCancelled);
    assert_eq!(phone.reveal(SimSecretKind::Puk).await.unwrap_err(), Problem::cancelled());
    phone.device.parts().absent = None;
    let pin = phone.reveal(SimSecretKind::Pin).await;
    assert_eq!(pin.unwrap_err(), Problem::Offline);

    keep(&phone, false).await.unwrap();
    assert!(phone.kept().is_empty());
    assert_eq!(phone.reveal(SimSecretKind::Puk).await.unwrap_err(), Problem::Offline);
}

#[tokio::test]
async fn a_copy_goes_with_the_key_that_seals_it() {
    for lost in [HostError::BiometryChanged, HostError::LockRemoved, HostError::KeyInvalidated] {
        let phone = Phone::new().await;
        phone.reveal(SimSecretKind::Puk).await.unwrap();
        phone.room().offline_copy(phone.sim(), Some(true)).await.unwrap();
        phone.room().hide();
        phone.device.parts().absent = Some(lost);
        assert!(matches!(phone.reveal(SimSecretKind::Puk).await, Err(Problem::SessionEnded { .. })), "{lost}");
        assert!(phone.kept().is_empty(), "{lost}");
    }
}

#[tokio::test]
async fn a_copy_goes_two_weeks_after_its_sim_has_and_not_for_a_list_with_a_gap() {
    const DAY_S: i64 = 24 * 60 * 60;
    let phone = Phone::new().await;
    let sim = json!([{ "id": ICCID, "@type": "ESIM", "relatedParty": [{ "id": "emma" }] }]);
    phone.reveal(SimSecretKind::Puk).await.unwrap();
    phone.room().offline_copy(phone.sim(), Some(true)).await.unwrap();
    // Time without a network says nothing of it.
    phone.device.parts().passed_s += DAY_S;
    phone.tells("/inventory/logicalResource", json!([]));
    phone.room().refresh(None).await.unwrap();
    phone.device.parts().passed_s += 20 * DAY_S;
    phone.documents.lock().unwrap().remove("/inventory/logicalResource");
    assert!(phone.room().refresh(None).await.is_err());
    assert!(!phone.kept().is_empty());
    phone.tells("/inventory/logicalResource", sim.clone());
    phone.room().refresh(None).await.unwrap();
    // It is left out, comes back, and is left out again: the two weeks begin anew.
    for (days, listed, is_kept) in
        [(1, json!([]), true), (12, sim, true), (2, json!([]), true), (13, json!([]), true), (2, json!([]), false)]
    {
        phone.device.parts().passed_s += days * DAY_S;
        phone.tells("/inventory/logicalResource", listed.clone());
        phone.room().refresh(None).await.unwrap();
        assert_eq!(!phone.kept().is_empty(), is_kept, "{days} {listed}");
    }
}

#[tokio::test]
async fn a_copy_goes_also_where_nothing_tells_any_more_whose_it_was() {
    const DAY_S: i64 = 24 * 60 * 60;
    let phone = Phone::new().await;
    phone.reveal(SimSecretKind::Puk).await.unwrap();
    phone.room().offline_copy(phone.sim(), Some(true)).await.unwrap();
    // As after the database was lost, and the SIM replaced meanwhile.
    let own = phone.kept().concat();
    // Names are random: this one comes after each of them.
    let stray = own.replace("puk-", "puk-~");
    let item = phone.device.parts().items[&own].clone();
    phone.device.parts().items.insert(stray.clone(), item);
    // A list that failed says nothing of it.
    let cards = phone.documents.lock().unwrap().remove("/inventory/physicalResource").unwrap();
    phone.room().refresh(None).await.unwrap_err();
    phone.device.parts().passed_s += 20 * DAY_S;
    phone.tells("/inventory/physicalResource", cards);
    for (days, kept) in [(0, vec![&own, &stray]), (13, vec![&own, &stray]), (2, vec![&own])] {
        phone.device.parts().passed_s += days * DAY_S;
        phone.room().refresh(None).await.unwrap();
        assert_eq!(phone.kept().iter().collect::<Vec<_>>(), kept, "{days}");
    }
}

#[tokio::test]
async fn a_code_is_kept_before_it_is_handed_over_and_until_its_line_works() {
    let mut phone = Phone::new().await;
    assert_eq!(phone.room().esim_code().await, Ok(None));
    let none = Err(Problem::unexpected("no_esim_code"));
    assert_eq!(phone.room().handover(IPHONE, EsimReadiness::default()).await, none);
    let read = phone.room().read_code(format!(" {CODE}\r\n"), None).await.unwrap();
    assert_eq!(
        (read.server.as_str(), read.asks_confirmation, read.has_confirmation),
        ("smdp.example.com", true, false)
    );
    assert_eq!(read.handed_over_ms, None);
    phone.reopen();
    let odd = phone.room().set_confirmation_code("  ".to_owned()).await;
    assert_eq!(odd, Err(Problem::unexpected("confirmation_code")));
    assert!(phone.room().set_confirmation_code(format!(" {CONFIRMATION} ")).await.unwrap().has_confirmation);

    // Where it cannot be written down that it was handed over, it is not.
    phone.device.parts().failing_writes = 1;
    assert!(phone.room().handover(IPHONE, EsimReadiness::default()).await.is_err());
    assert_eq!(phone.room().esim_code().await.unwrap().unwrap().handed_over_ms, None);
    let handed = phone.room().handover(IPHONE, EsimReadiness::default()).await.unwrap();
    let link = handed.routes[0].link.as_deref().unwrap();
    assert!(link.starts_with("https://esimsetup.apple.com/") && link.contains(MATCHING_ID));
    let values: Vec<_> = handed.routes[1].fields.iter().map(|field| (field.value.as_str(), field.is_secret)).collect();
    assert_eq!(values, [("smdp.example.com", false), (MATCHING_ID, true), (CONFIRMATION, true)]);

    // Nobody knows yet whether it was installed: it is there after a restart, and the same code keeps what belongs to it.
    phone.reopen();
    assert!(phone.room().esim_code().await.unwrap().unwrap().handed_over_ms.is_some());
    let again = phone.room().read_code(CODE.to_owned(), None).await.unwrap();
    assert!(again.has_confirmation && again.handed_over_ms.is_some());
    let other = phone.room().read_code("1$smdp.example.com$OTHER".to_owned(), None).await.unwrap();
    assert!(!other.has_confirmation && other.handed_over_ms.is_none());
    phone.room().line_works().await.unwrap();
    phone.room().line_works().await.unwrap();
    assert_eq!((phone.room().esim_code().await, phone.kept().len()), (Ok(None), 0));
}

#[tokio::test]
async fn what_was_odd_in_the_text_with_a_code_is_told_until_its_line_works() {
    let mut phone = Phone::new().await;
    for (text, part) in [
        (CODE.to_owned(), None),
        (format!("{CODE}. Regards"), Some("Other text stood beside the code")),
        ("LPA:1$smdp.example.com$04386-\nX9".to_owned(), Some("A line break stood in the code")),
    ] {
        let read = phone.room().read_code(text.clone(), None).await.unwrap();
        phone.room().handover(IPHONE, EsimReadiness::default()).await.unwrap();
        phone.reopen();
        assert_eq!(phone.room().esim_code().await.unwrap().unwrap().warnings, read.warnings, "{text}");
        let told: Vec<_> = read.warnings.iter().map(|warning| warning.text.as_str()).collect();
        assert!(
            told.len() == usize::from(part.is_some()) && told.iter().all(|told| told.contains(part.unwrap())),
            "{text}: {told:?}"
        );
    }
}

#[tokio::test]
async fn what_is_no_code_is_refused_with_what_can_be_done() {
    let phone = Phone::new().await;
    for (text, confirmation, code) in [
        ("", None, "esim_code"),
        ("hello", None, "esim_code"),
        ("LPA:2$smdp.example.com$X", None, "esim_code_version"),
        ("LPA:1$https://smdp.example.com$X", None, "esim_code_address"),
        ("LPA:1$smdp.example.com$X LPA:1$smdp.example.com$Y", None, "esim_code_several"),
        ("LPA:1$smdp.example.com$04386–PIN", None, "esim_code_unclear"),
        (CODE, Some(" "), "confirmation_code"),
    ] {
        let read = phone.room().read_code(text.to_owned(), confirmation.map(str::to_owned)).await;
        assert_eq!(read.unwrap_err(), Problem::unexpected(code), "{text}");
        assert!(phone.kept().is_empty());
    }
}

#[tokio::test]
async fn a_fetched_code_comes_with_its_confirmation_code_and_nothing_of_it_is_shown() {
    let phone = Phone::new().await;
    let code = phone.room().fetch_code(phone.sim(), None).await.unwrap();
    assert!(code.has_confirmation);
    assert_eq!(phone.device.parts().prompts, ["Get the code of your eSIM"]);
    assert_eq!(phone.room().shown_secret(), None);
    phone.answer(Ok((201, json!({"kind": "activationCode", "value": "nothing"}))));
    let odd = phone.room().fetch_code(phone.sim(), None).await;
    assert_eq!(odd.unwrap_err(), Problem::NotUnderstood { code: "sim_secret".to_owned() });
}

#[tokio::test]
async fn who_comes_after_finds_no_secret() {
    let phone = Phone::new().await;
    phone.reveal(SimSecretKind::Puk).await.unwrap();
    phone.room().offline_copy(phone.sim(), Some(true)).await.unwrap();
    phone.room().read_code(CODE.to_owned(), None).await.unwrap();
    assert_eq!(phone.kept().len(), 2);
    phone.sign_in().await;
    assert_eq!(phone.kept().len(), 2, "the same person signed in again");
    let page = phone.core.session().start(SignInWish::default(), None).await.unwrap();
    let callback = phone.device.operator().sign_in(&page.url, "luc");
    phone.core.session().finish(callback).await.unwrap_err();
    assert_eq!(phone.kept().len(), 2, "nobody decided yet");
    phone.core.session().replace_account().await.unwrap();
    assert!(phone.kept().is_empty());
}

#[tokio::test]
async fn whoever_has_the_code_is_not_sent_to_look_for_the_e_mail() {
    let phone = Phone::new().await;
    let line = |id: &str| {
        let told = json!([{ "name": "simType", "value": "eSIM" }, { "name": "msisdn", "value": "+32470123456" }]);
        let item = json!({ "id": "1", "action": "add", "product": { "productCharacteristic": told } });
        json!({ "id": id, "state": "inProgress", "relatedParty": [{ "id": "emma", "role": "user" }], "productOrderItem": [item] })
    };
    let here =
        |phone: &Phone| phone.room().state().lines.iter().map(|line| line.now.title.text.clone()).collect::<Vec<_>>();
    // Of two lines nobody knows whose code it is.
    for (lines, after) in [
        (json!([line("a")]), "Put the eSIM on your phone"),
        (json!([line("b"), line("c")]), "Look for the activation e-mail"),
    ] {
        phone.tells("/orders/productOrder", lines);
        phone.room().refresh(None).await.unwrap();
        let before = here(&phone);
        assert!(before.iter().any(|title| title == "Look for the activation e-mail"), "{before:?}");
        phone.room().line_works().await.unwrap();
        phone.room().read_code(CODE.to_owned(), None).await.unwrap();
        assert_eq!(here(&phone).first().map(String::as_str), Some(after));
        phone.core.session().sign_out().await.unwrap();
        phone.sign_in().await;
    }
}
