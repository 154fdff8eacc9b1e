//! Two hundred sessions of a person, an operator that writes secrets wherever a text may stand, and a search of everything the
//! core writes or says: files, what is kept in them once it is opened, names of items, debug texts, problems and their
//! explanations, letters, and the widget.

use super::evidence::{Evidence, Search};
use super::*;
use crate::activation::memory::{Told as ToldByPerson, Tracked};
use crate::problem::Remedy;
use crate::session::Subject;
use crate::session::trials::device::START_S;
use crate::session::wanted::Wanted;
use crate::store::{Row, Snapshot, Store};
use crate::text::request::RequestKind;
use crate::trials::times;
use crate::usage::widget::widget_view;

/// What must be nowhere, by name.
const SECRETS: [(&str, &str); 7] = [
    ("PIN", PIN),
    ("PUK", PUK),
    ("ICCID", ICCID),
    ("EID", EID),
    ("matching id", MATCHING_ID),
    ("activation code", CODE),
    ("confirmation code", CONFIRMATION),
];
/// What an operator says who wants a newer sign-in, with all of them beside it.
fn step_up() -> StepUp {
    let header = format!(
        "Bearer realm=\"{0}\", error=\"insufficient_user_authentication\", error_description=\"{0}\", max_age=\"300\", acr_values=\"urn:mfa\"",
        careless()
    );
    StepUp::read([header.as_str()]).unwrap()
}

/// An id of a SIM that says nothing.
const OPAQUE: &str = "sim-7";
const NUMBER: &str = "+32470123456";
const HOUR_S: i64 = 60 * 60;

/// Every secret in one text, as a careless operator writes it.
fn careless() -> String {
    SECRETS.map(|(name, secret)| format!("{name}: {secret}")).join("; ")
}

fn characteristics() -> Value {
    json!([
        { "name": "iccid", "value": ICCID }, { "name": "eid", "value": EID }, { "name": "pin1", "value": PIN },
        { "name": "puk1", "value": PUK }, { "name": "activationCode", "value": CODE },
        { "name": "matchingId", "value": MATCHING_ID }, { "name": "confirmationCode", "value": CONFIRMATION },
        { "name": "msisdn", "value": NUMBER }, { "name": "profileState", "value": "released" },
    ])
}

/// A SIM with all its secrets beside it (TMF639).
fn sim(id: &str, kind: &str) -> Value {
    json!({
        "id": id, "href": format!("https://api.example/inventory/{ICCID}"), "@type": kind, "name": "eSIM",
        "description": careless(), "serialNumber": ICCID, "value": ICCID, "resourceStatus": "available",
        "relatedParty": [{ "id": "emma", "role": "user" }], "note": [{ "text": careless() }],
        "resourceCharacteristic": characteristics(),
    })
}

/// An order with all of them in its notes, errors and characteristics (TMF622).
fn order(id: &str, state: &str, sim: &str, started: i64) -> Value {
    let at = |seconds: i64| jiff::Timestamp::from_second(START_S + seconds).unwrap().to_string();
    let mut told = characteristics();
    told.as_array_mut().unwrap().extend([
        json!({ "name": "simType", "value": sim }),
        json!({ "name": "portIn", "value": { "number": NUMBER, "donor": "Proximus", "simNumber": ICCID } }),
    ]);
    json!({
        "id": id, "state": state, "orderDate": at(started - 48 * HOUR_S), "description": careless(),
        "requestedStartDate": at(started), "note": [{ "text": careless() }],
        "productOrderErrorMessage": [{ "code": "DONOR_DATA_MISMATCH", "reason": careless(), "message": careless() }],
        "relatedParty": [{ "id": "emma", "role": "user" }],
        "productOrderItem": [{ "id": "1", "action": "add", "state": state, "product": {
            "productCharacteristic": told, "productSerialNumber": ICCID } }],
    })
}

fn usage() -> Value {
    json!({
        "publicIdentifier": NUMBER, "lastUpdate": "2026-11-25T08:00:00Z", "description": careless(),
        "logicalResource": [{ "id": ICCID, "value": NUMBER, "iccid": ICCID }], "note": careless(),
        "bucket": [{
            "id": ICCID, "usageType": "data", "name": "Data", "description": careless(),
            "validFor": { "startDateTime": "2026-10-31T23:00:00Z", "endDateTime": "2026-11-30T23:00:00Z" },
            "bucketCounter": [
                { "counterType": "used", "level": "global", "value": { "amount": 2, "units": "GB" } },
                { "counterType": "limit", "level": "global", "value": { "amount": 10, "units": "GB" } },
            ],
        }],
    })
}

/// An operator that says too much everywhere.
fn say_too_much(phone: &Phone, at: usize) {
    let states = ["acknowledged", "inProgress.accepted", "held", "rejected", "completed", "inProgress"];
    let kinds = ["eSIM", "physical"];
    // Where the operator names a SIM by its number, the number is kept as a name: under seal, and said to nobody.
    let id = if at.is_multiple_of(2) { ICCID } else { OPAQUE };
    // Some moves are late: then there is a letter that claims compensation.
    let started = if at.is_multiple_of(3) { -14 * 24 * HOUR_S } else { HOUR_S };
    let orders = json!([
        order("po-1", states[at % 6], kinds[at % 2], started),
        order("po-2", states[(at / 6) % 6], kinds[(at + 1) % 2], started),
        { "id": "po-3", "note": careless(), "productOrderItem": careless() },
        careless(),
    ]);
    phone.tells("/orders/productOrder", orders);
    phone.tells("/inventory/physicalResource", json!([sim("sim-8", "SimCard"), careless()]));
    phone.tells(
        "/inventory/logicalResource",
        json!([sim(id, "LogicalResourceESim"), { "id": ICCID, "name": careless() }]),
    );
    let line =
        json!([{ "id": "line", "msisdn": NUMBER, "entityType": "mobileLine", "iccid": ICCID, "name": careless() }]);
    phone.tells("/userinfo", json!({ "sub": "emma", "phone_number": NUMBER, "userAssets": line, "note": careless() }));
    phone.tells("/usage/usageConsumptionReport", usage());
}

/// A problem as logs, screens and the support have it.
fn tell_problem(phone: &Phone, evidence: &mut Evidence, problem: &Problem) {
    evidence.says("problem", format!("{problem} {problem:?} {problem:#?}"));
    let explained = phone.core.explain(problem.clone());
    let texts = [&explained.sentence, &explained.spoken].map(String::as_str).join(" ");
    evidence.says("explanation", format!("{explained:?} {texts}"));
    if let Some(Remedy::AskEmployer { request }) = explained.remedy {
        tell_request(phone, evidence, request);
    }
}

fn tell_request(phone: &Phone, evidence: &mut Evidence, kind: RequestKind) {
    let request = phone.core.prepare_request(kind, Some(NUMBER.to_owned()));
    evidence.says("letter", [request.subject, request.body, request.mailto, request.share_text].join("\n"));
}

/// The screen, as it is drawn, and all that can be asked for from it.
fn tell_state(phone: &Phone, evidence: &mut Evidence) {
    let state = phone.room().state();
    evidence.says("screen", format!("{state:?} {state:#?}"));
    for sim in &state.sims {
        evidence.says("screen", format!("{} {} {}", sim.id, sim.label.text, sim.label.spoken));
    }
    for line in &state.lines {
        evidence.says("screen", line.id.clone());
        if let Some(claim) = &line.now.claim {
            evidence.says("letter", [&*claim.subject, &*claim.body, &*claim.mailto, &*claim.share_text].join("\n"));
        }
        line.now.request.into_iter().for_each(|kind| tell_request(phone, evidence, kind));
    }
}

fn tell<T: std::fmt::Debug>(phone: &Phone, evidence: &mut Evidence, outcome: Result<T, Problem>) {
    evidence.says("outcome", format!("{outcome:?} {outcome:#?}"));
    if let Err(problem) = outcome {
        tell_problem(phone, evidence, &problem);
    }
}

/// What came that holds a secret: without it there is nothing to be found.
fn tell_secret<T: std::fmt::Debug>(phone: &Phone, evidence: &mut Evidence, what: &str, outcome: Result<T, Problem>) {
    if let Ok(came) = &outcome {
        evidence.says(what, format!("{came:?}"));
    }
    tell(phone, evidence, outcome);
}

/// The secrets that come to the phone.
const CAME: [&str; 5] = ["a PIN", "a PUK", "a copy", "a typed code", "a fetched code"];

/// One thing that a person or a phone does.
async fn does(phone: &Phone, evidence: &mut Evidence, at: usize, what: usize) {
    let room = phone.room();
    match what {
        0 => tell_secret(phone, evidence, "a PIN", phone.reveal(SimSecretKind::Pin).await),
        1 => tell_secret(phone, evidence, "a PUK", phone.reveal(SimSecretKind::Puk).await),
        2 => {
            // A copy is made of what is shown. Of nothing, in the other sessions, there is none.
            if !at.is_multiple_of(3) {
                tell(phone, evidence, phone.reveal(SimSecretKind::Puk).await);
            }
            let kept = room.clone().offline_copy(phone.sim(), Some(true)).await;
            tell_secret(phone, evidence, "a copy", kept);
        }
        3 => {
            let read = room.clone().read_code(CODE.to_owned(), Some(CONFIRMATION.to_owned())).await;
            tell_secret(phone, evidence, "a typed code", read);
        }
        4 => tell_secret(phone, evidence, "a fetched code", room.clone().fetch_code(phone.sim(), None).await),
        5 => tell(phone, evidence, room.clone().handover(IPHONE, EsimReadiness::default()).await),
        6 => {
            // Errors that hold a secret, as a careless operator's do.
            let document = json!({"kind": "puk", "value": format!("{PUK}{PIN}"), "message": careless()});
            phone.answer(Ok(([201, 400, 404, 403][at % 4], document)));
            let outcome = phone.reveal(SimSecretKind::Puk).await;
            *phone.instead.lock().unwrap() = None;
            tell(phone, evidence, outcome);
        }
        7 => evidence.says("outcome", format!("{:?}{:?}", room.shown_secret(), room.shown.lock().unwrap())),
        8 => {
            let typed = format!("{CODE}{EID}\u{7}");
            tell(phone, evidence, room.clone().read_code(typed, Some(format!("{CONFIRMATION} {PIN}"))).await);
        }
        9 => {
            say_too_much(phone, at);
            tell(phone, evidence, room.clone().refresh(None).await);
            tell(phone, evidence, phone.core.usage().refresh(None).await);
        }
        10 => {
            // An answer that is none, and says everything.
            phone.tells(
                "/orders/productOrder",
                json!({ "code": careless(), "reason": careless(), "message": careless() }),
            );
            tell(phone, evidence, room.clone().refresh(None).await);
        }
        11 => tell_state(phone, evidence),
        12 => {
            // What is offered, and what is not; a line and an answer that are secrets.
            for line in room.state().lines {
                for answer in line.now.answers {
                    tell(phone, evidence, room.clone().tell(line.id.clone(), answer.id).await);
                }
            }
            tell(phone, evidence, room.clone().tell(ICCID.to_owned(), CODE.to_owned()).await);
            tell(phone, evidence, room.clone().tell(CODE.to_owned(), "works".to_owned()).await);
        }
        13 => {
            phone.core.suspend(5000).unwrap();
            evidence.says("outcome", format!("{:?}", room.shown_secret()));
            tell_state(phone, evidence);
            tell(phone, evidence, room.clone().refresh(None).await);
            phone.core.resume().unwrap();
        }
        14 => tell(phone, evidence, room.clone().set_confirmation_code(format!("{CONFIRMATION}{PIN}")).await),
        15 => tell(phone, evidence, room.clone().esim_code().await),
        16 => {
            for problem in [
                Problem::unexpected("no_such_answer"),
                Problem::SignIn { reason: SignInFailure::InvitationRequired },
                Problem::SignIn { reason: SignInFailure::StepUpTooWeak },
            ] {
                tell_problem(phone, evidence, &problem);
            }
        }
        17 => {
            phone.answer(Err(Failure::StepUp(step_up())));
            let outcome = phone.reveal(SimSecretKind::Pin).await;
            *phone.instead.lock().unwrap() = None;
            tell(phone, evidence, outcome);
        }
        _ => {
            phone.core.usage().write_widget().await;
            let folder = phone.device.parts().folder.path().to_string_lossy().into_owned();
            for hours in [0, 24, 24 * 14] {
                let widget = widget_view(folder.clone(), (START_S + hours * HOUR_S) * 1000);
                evidence.says("widget", format!("{widget:?}"));
            }
        }
    }
}

/// A prime: each stride comes by all of them.
const DEEDS: usize = 19;

/// What a session does, each thing once, in an order of its own.
async fn plays(phone: &Phone, evidence: &mut Evidence, at: usize) {
    evidence.says("outcome", format!("{:?}{:?}{:?}", phone.room(), phone.core, phone.core.session()));
    let stride = [1, 5, 7, 11, 13, 17][at % 6];
    for step in 0..DEEDS {
        does(phone, evidence, at, (at / 6 + step * stride) % DEEDS).await;
    }
    // And once more what may have come before anything was known.
    for what in [9, 12, 11, 17, 18] {
        does(phone, evidence, at, what).await;
    }
}

/// What the database has of a person, once it is opened with their key.
fn opened(phone: &Phone, subject: &Subject) -> Vec<(&'static str, String)> {
    let folder = phone.device.parts().folder.path().to_path_buf();
    let (_store, kept) = Store::open(&folder, Some(&subject.id)).unwrap();
    let row = |row: &Row| {
        let told = plain::<Tracked>(row, subject).or_else(|| plain::<ToldByPerson>(row, subject));
        told.or_else(|| plain::<Wanted>(row, subject))
    };
    kept.rows.iter().filter_map(row).collect()
}

fn plain<T: Snapshot>(row: &Row, subject: &Subject) -> Option<(&'static str, String)> {
    let kept = row.open::<T>(&subject.key)?;
    Some((T::KIND, serde_json::to_string(&kept.model).unwrap()))
}

#[tokio::test]
async fn in_two_hundred_sessions_no_secret_of_a_sim_is_written_or_said_anywhere() {
    let search = Search::of(&SECRETS);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for at in 0..times(200) {
        let phone = Phone::new().await;
        let mut evidence = Evidence::default();
        plays(&phone, &mut evidence, at).await;
        *seen.entry("kept").or_default() += phone.kept().len();
        for name in phone.device.parts().items.keys() {
            evidence.says("name of an item", name.clone());
        }
        let subject = phone.core.session.subject().unwrap();
        phone.core.suspend(5000).unwrap();
        evidence.lies_in(phone.device.parts().folder.path());
        for (kind, plain) in opened(&phone, &subject) {
            *seen.entry(kind).or_default() += 1;
            *seen.entry("stray copy").or_default() += usize::from(plain.contains("\"stray\":[{"));
            // The name that the operator gives a SIM is its business; under seal it is kept as it is.
            let plain = if at.is_multiple_of(2) { plain.replace(&format!("\"id\":\"{ICCID}\""), "") } else { plain };
            evidence.says("row", plain);
        }
        assert_eq!(evidence.leaks(&search), [""; 0], "session {at}");
        for place in ["outcome", "problem", "explanation", "screen", "letter", "widget", "row", "file"] {
            *seen.entry(place).or_default() += usize::from(evidence.size_of(place) > 100);
        }
        for what in CAME {
            *seen.entry(what).or_default() += usize::from(evidence.size_of(what) > 0);
        }
        phone.core.resume().unwrap();
        phone.core.session().sign_out().await.unwrap();
        assert_eq!(phone.kept(), [""; 0], "session {at} left something behind");
    }
    // The search went through something of each kind, and secrets were kept.
    assert!(seen["kept"] > 200, "{seen:?}");
    for what in CAME {
        assert!(seen[what] > 100, "{what}: {seen:?}");
    }
    for place in [Tracked::KIND, "outcome", "problem", "explanation", "screen", "letter", "widget", "row", "file"] {
        assert!(seen[place] >= 200, "{place}: {seen:?}");
    }
    assert!(seen[ToldByPerson::KIND] >= 50 && seen[Wanted::KIND] >= 50 && seen["stray copy"] >= 30, "{seen:?}");
}

/// The secrets did come to the phone: what is searched for in vain is what was there to be found.
#[tokio::test]
async fn a_leak_of_any_secret_in_any_place_would_be_found() {
    let phone = Phone::new().await;
    say_too_much(&phone, 0);
    let documents = phone.documents.lock().unwrap().clone();
    let search = Search::of(&SECRETS);
    for (what, secret) in SECRETS {
        let one = Search::of(&[(what, secret)]);
        for (path, document) in &documents {
            let mut evidence = Evidence::default();
            evidence.says(path, document.to_string());
            assert!(!evidence.leaks(&one).is_empty(), "{what} is in what {path} answers");
        }
        let folder = phone.device.parts().folder.path().to_path_buf();
        let mut evidence = Evidence::default();
        evidence.lies_in(&folder);
        assert_eq!(evidence.leaks(&search), [""; 0], "before");
        // Beside what is sealed, as each of the files that there are.
        for file in std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file())
        {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let leaking = tempfile::tempdir().unwrap();
            let written = [&std::fs::read(&file).unwrap()[..], secret.as_bytes()].concat();
            std::fs::write(leaking.path().join(&name), written).unwrap();
            let mut evidence = Evidence::default();
            evidence.lies_in(leaking.path());
            assert_eq!(evidence.leaks(&one), [format!("{what} as it is in file {name}")]);
        }
    }
    for place in ["outcome", "problem", "explanation", "screen", "letter", "widget", "row", "name of an item"] {
        let mut evidence = Evidence::default();
        evidence.says(place, format!("Problem {{ code: \"{}\" }}", careless()));
        assert!(evidence.leaks(&search).iter().any(|leak| leak.ends_with(place)), "{place}");
    }
}
