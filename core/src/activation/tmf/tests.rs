//! Orders and SIMs as operators write them, in documents of our own with the standard's traps.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::*;
use crate::activation::model::{LineOrder, LineState, OrderStage, ProfileState, RefusalReason, SimCard, Standing};
use crate::operator::tolerant::WarningKind;

fn zone() -> TimeZone {
    jiff::tz::get!("Europe/Brussels")
}

fn orders(document: &Value) -> Told<LineOrder> {
    read_orders(document.to_string().as_bytes(), "emma", &zone()).unwrap()
}

fn order(document: &Value) -> LineOrder {
    let told = orders(document);
    assert_eq!((told.found.len(), &told.warnings[..]), (1, &[][..]), "{document}");
    told.found[0].clone()
}

/// Version 4: the state is the item's and the order's, characteristics stand on the product.
fn version_4(state: &str) -> Value {
    json!([{
        "id": "po-1", "state": state, "orderDate": "2026-11-23T10:00:00Z", "requestedStartDate": "2026-11-26T08:00:00Z",
        "relatedParty": [{ "id": "boss", "role": "orderer" }, { "id": "emma", "role": "user" }],
        "productOrderItem": [{ "id": "1", "action": "add", "state": state, "product": { "productCharacteristic": [
            { "name": "simType", "value": "physical" }, { "name": "msisdn", "value": "32470123456" },
            { "name": "portIn.number", "value": "0470 12 34 56" }, { "name": "portIn.donor", "value": "Proximus\u{7}" },
            { "name": "portIn.requestedDate", "value": "2026-11-25T09:00:00+01:00" },
        ] } }],
    }])
}

/// Version 5: no state of its own, a move in one object, milestones and codes.
fn version_5(state: &str, code: &str) -> Value {
    json!({
        "id": "po-2", "creationDate": "2026-11-23T10:00:00Z", "@type": "ProductOrder",
        "relatedParty": [{ "role": "user", "partyOrPartyRole": { "id": "emma", "@type": "PartyRef" } }],
        "milestone": [
            { "name": "Eligibility", "status": "completed", "milestoneDate": "2026-11-24T10:00:00Z" },
            { "name": "Port-in launched", "status": "completed", "milestoneDate": "2026-11-25T08:00:00Z" },
            { "name": "Execution", "status": "planned", "milestoneDate": "2026-11-26T08:00:00Z" },
        ],
        "productOrderErrorMessage": [{ "code": code, "reason": "Klantnummer 123 onbekend", "message": "x" }],
        "productOrderItem": [
            { "id": "1", "action": "add", "state": state, "product": { "productCharacteristic": [
                { "name": "SIM_TYPE", "value": "eSIM", "@type": "StringCharacteristic" },
                { "name": "portIn", "value": { "number": "+32470123456", "donor": "Orange" } },
            ] } },
            { "id": "2", "action": "delete", "state": "completed" },
        ],
    })
}

#[test]
fn an_order_of_version_4_says_sim_number_move_and_moment() {
    let told = order(&version_4("inProgress"));
    assert_eq!((told.id.as_str(), told.sim, told.stage), ("po-1", SimKind::Card, OrderStage::UnderWay));
    assert_eq!(told.number.as_deref(), Some("+32470123456"));
    assert_eq!(told.kept.as_ref().unwrap().donor.as_deref(), Some("Proximus"));
    let starts_ms = 1_795_593_600_000;
    assert_eq!((told.starts_ms, told.launched_ms, told.reason), (Some(starts_ms), None, None));
    assert_eq!(
        told.standing(starts_ms - 1),
        Standing::Scheduled { at_ms: starts_ms },
        "the number's day, not the order's"
    );
}

#[test]
fn an_order_of_version_5_is_as_far_as_its_item_and_launched_by_its_milestone() {
    let told = order(&version_5("inProgress.accepted", ""));
    assert_eq!((told.sim, told.stage), (SimKind::Esim, OrderStage::UnderWay));
    assert_eq!(told.launched_ms, Some(1_795_593_600_000), "planned ones do not count");
    assert_eq!(told.kept.unwrap().donor.as_deref(), Some("Orange"));
    assert_eq!(told.number.as_deref(), Some("+32470123456"));
}

#[test]
fn the_official_example_of_version_5_is_a_line_that_is_done_and_is_its_customers_alone() {
    let example = include_bytes!("../../../tests/documents/official/tmf622-v5-productOrder-retrieve.json");
    let of = |sub: &str| read_orders(example, sub, &zone()).unwrap();
    let told = of("ff55-hjy4");
    assert_eq!((told.found.len(), told.warnings.len()), (1, 0));
    let order = &told.found[0];
    assert_eq!((order.id.as_str(), order.stage, order.sim), ("30001", OrderStage::Done, SimKind::Unknown));
    assert_eq!((order.number.as_deref(), order.kept.is_some()), (None, false), "an American number is not shown");
    // 30 April and 2 May 2019.
    assert_eq!((order.ordered_ms, order.done_ms), (Some(1_556_612_039_506), Some(1_556_784_839_506)));
    assert_eq!(of("456-dd-df45").found, [], "whoever sold it does not use it");
}

#[test]
fn every_state_and_every_reason() {
    let stages = [
        ("acknowledged", OrderStage::Requested),
        ("draft", OrderStage::Requested),
        ("inProgress", OrderStage::UnderWay),
        ("inProgress.accepted.by.donor", OrderStage::UnderWay),
        ("pending", OrderStage::Waiting),
        ("held", OrderStage::Waiting),
        ("completed", OrderStage::Done),
        ("rejected", OrderStage::Refused),
        ("failed", OrderStage::Refused),
        ("partial", OrderStage::Refused),
        ("cancelled", OrderStage::Cancelled),
        ("pendingCancellation", OrderStage::Cancelled),
        ("assessingCancellation", OrderStage::Cancelled),
    ];
    for (state, expected) in stages {
        assert_eq!(order(&version_4(state)).stage, expected, "{state}");
        assert_eq!(order(&version_5(state, "")).stage, expected, "{state}");
    }
    let unknown = orders(&version_4("never heard of"));
    assert_eq!(unknown.found[0].stage, OrderStage::Requested);
    assert!(unknown.warnings.iter().all(|odd| odd.kind == WarningKind::UnknownOrderState), "{:?}", unknown.warnings);
    // The line is there, whatever else of the order is not.
    let mut partial = version_4("completed");
    partial[0]["state"] = json!("partial");
    assert_eq!(order(&partial).stage, OrderStage::Done);
    // Until the whole order has ended, the part that gives the line says how far it is.
    let mut lagging = version_4("completed");
    lagging[0]["state"] = json!("inProgress");
    assert_eq!(order(&lagging).stage, OrderStage::Done);
    let reasons = [
        ("DONOR_DATA_MISMATCH", RefusalReason::DonorData),
        ("DONOR_LINE_INACTIVE", RefusalReason::DonorLineInactive),
        ("NOT_PERMITTED", RefusalReason::NotPermitted),
        ("E4711", RefusalReason::Other),
        ("", RefusalReason::Other),
    ];
    for (code, expected) in reasons {
        assert_eq!(order(&version_5("rejected", code)).reason, Some(expected), "{code}");
    }
    assert_eq!(order(&version_4("rejected")).reason, Some(RefusalReason::Other), "version 4 tells none");
    let mut twice = version_5("rejected", "DONOR_DATA_MISMATCH");
    let later = json!({ "code": "DONOR_LINE_INACTIVE" });
    twice["productOrderErrorMessage"].as_array_mut().unwrap().push(later);
    assert_eq!(order(&twice).reason, Some(RefusalReason::DonorLineInactive), "the last one that is known");
    let done = |state: &str| {
        let mut told = version_4(state);
        told[0]["completionDate"] = json!("2026-11-25T08:00:00Z");
        order(&told).done_ms
    };
    assert_eq!((done("completed"), done("inProgress")), (Some(1_795_593_600_000), None), "what is planned is not done");
}

#[test]
fn what_gives_no_line_and_what_is_another_persons_is_dropped() {
    let mut other = version_4("inProgress");
    other[0]["relatedParty"] = json!([{ "id": "luc" }]);
    let told = orders(&other);
    assert_eq!((told.found.len(), told.warnings[0].kind), (0, WarningKind::AnotherPersons));
    let of = |sub: &str| read_orders(version_4("inProgress").to_string().as_bytes(), sub, &zone()).unwrap().found.len();
    assert_eq!((of("emma"), of("boss")), (1, 0), "whoever ordered it does not use it");
    let mut changed = version_4("inProgress");
    changed[0]["productOrderItem"][0]["action"] = json!("modify");
    assert!(orders(&changed).found.is_empty(), "a change of plan");
    let device = json!([{ "id": "1", "productOrderItem": [{ "action": "add", "product": { "name": "Phone" } }] }]);
    assert!(orders(&device).found.is_empty(), "a phone");
    let mixed = json!({ "productOrder": [7, version_4("held")[0], { "id": "" }] });
    let told = orders(&mixed);
    assert_eq!((told.found.len(), told.warnings[0].kind), (1, WarningKind::NotAnObject), "in an envelope");
    for broken in [&b""[..], b"<html>", b"[{\"id\": ", b"\xff", b"{}", b"{\"code\":\"60\",\"message\":\"x\"}"] {
        assert!(read_orders(broken, "emma", &zone()).is_err());
        assert!(read_sims(broken, "emma").is_err());
    }
    assert_eq!(read_orders(b"[]", "emma", &zone()).unwrap().found, [], "an empty list is an answer");
}

#[test]
fn the_newest_order_comes_first_and_a_date_that_cannot_be_read_stays_unknown() {
    let mut two = version_4("completed");
    let mut newer = version_4("inProgress")[0].clone();
    newer["id"] = json!("po-9");
    newer["orderDate"] = json!("2026-11-24T10:00:00Z");
    newer["productOrderItem"][0]["product"]["productCharacteristic"][4]["value"] = json!("tomorrow");
    two.as_array_mut().unwrap().push(newer);
    let told = orders(&two);
    assert_eq!(told.found.iter().map(|order| order.id.as_str()).collect::<Vec<_>>(), ["po-9", "po-1"]);
    assert_eq!((told.found[0].starts_ms, told.warnings[0].kind), (None, WarningKind::UnreadableDate));
    let mut a_day = version_4("inProgress");
    a_day[0]["productOrderItem"][0]["product"]["productCharacteristic"][4]["value"] = json!("2026-11-25");
    assert!(order(&a_day).starts_on_a_day && !told.found[1].starts_on_a_day);
}

/// How the line of an order stands that was ordered on 23 November, told by one product.
fn line_of(order: &LineOrder, products: &Value) -> Option<LineState> {
    let read = read_lines(products.to_string().as_bytes(), "emma", std::slice::from_ref(order), &zone()).unwrap();
    read.found.first().map(|(id, state)| {
        assert_eq!(*id, order.id);
        *state
    })
}

#[test]
fn how_a_line_stands_is_read_in_both_versions_spellings() {
    let order = order(&version_4("inProgress"));
    let cases = [
        ("created", Some(LineState::Coming)),
        ("pendingActive", Some(LineState::Coming)),
        (" ACTIVE", Some(LineState::InUse)),
        ("active.reduced", Some(LineState::InUse)),
        ("pendingTerminate", Some(LineState::InUse)),
        ("suspended", Some(LineState::Suspended)),
        ("terminated", Some(LineState::Ended)),
        ("cancelled", Some(LineState::Cancelled)),
        ("aborted", Some(LineState::Aborted)),
        ("aborted ", Some(LineState::Aborted)),
        ("almost", None),
    ];
    let v4 = |status: &str| {
        json!([{ "id": "p-1", "status": status, "startDate": "2026-11-26T08:00:00Z",
            "productCharacteristic": [{ "name": "msisdn", "value": "32470123456" }],
            "relatedParty": [{ "id": "emma", "role": "user" }] }])
    };
    let v5 = |status: &str| {
        json!({ "id": "p-1", "status": status, "@type": "Product", "startDate": "2026-11-26",
            "realizingResource": [{ "id": "r-1", "value": "+32 470 12 34 56", "@type": "LogicalResourceRef" }],
            "relatedParty": [{ "role": "user", "partyOrPartyRole": { "id": "emma", "@type": "PartyRef" } }] })
    };
    for (status, expected) in cases {
        assert_eq!(line_of(&order, &v4(status)), expected, "{status:?}");
        assert_eq!(line_of(&order, &v5(status)), expected, "{status:?}");
    }
    let mut anothers = v4("active");
    anothers[0]["relatedParty"] = json!([{ "id": "luc", "role": "user" }]);
    let read = read_lines(anothers.to_string().as_bytes(), "emma", std::slice::from_ref(&order), &zone()).unwrap();
    assert_eq!((read.found.len(), read.warnings[0].kind), (0, WarningKind::AnotherPersons));
    for broken in [&b"<html>"[..], b"{\"code\":\"60\",\"reason\":\"x\"}", b""] {
        assert!(read_lines(broken, "emma", std::slice::from_ref(&order), &zone()).is_err());
    }
}

#[test]
fn what_is_not_understood_of_an_order_is_told_and_no_order_vanishes_silently() {
    use WarningKind::*;

    type Change = fn(&mut Value);
    let cases: [(Change, usize, &[WarningKind]); 12] = [
        (|_| {}, 1, &[]),
        (|order| order["state"] = json!("sent to Mars"), 1, &[UnknownOrderState]),
        (|order| order["productOrderItem"][0]["state"] = json!("?"), 1, &[UnknownOrderState]),
        (|order| order["state"] = json!("inProgress.sentToMars"), 1, &[]),
        (
            |order| (order["state"], order["productOrderItem"][0]["state"]) = (Value::Null, Value::Null),
            1,
            &[NoOrderState],
        ),
        (|order| characteristic(order)[0]["value"] = json!("holographic"), 1, &[UnknownSimType]),
        (|order| *characteristic(order) = json!([{ "name": "simType", "value": "holographic" }]), 0, &[UnknownSimType]),
        (|order| *characteristic(order) = json!([{ "name": "colour", "value": "black" }]), 0, &[NoLineOrdered]),
        (|order| order["productOrderItem"][0]["action"] = json!("modify"), 0, &[NothingAdded]),
        (|order| order["productOrderItem"] = json!([]), 0, &[NothingAdded]),
        (|order| order["id"] = Value::Null, 0, &[NoId]),
        (
            |order| {
                (order["orderDate"], order["requestedStartDate"]) = (Value::Null, Value::Null);
                characteristic(order).as_array_mut().unwrap().retain(|one| one["name"] != "portIn.requestedDate");
            },
            1,
            &[NoOrderDate],
        ),
    ];
    for (change, found, expected) in cases {
        let mut document = version_4("inProgress");
        change(&mut document[0]);
        let told = orders(&document);
        let kinds: Vec<_> = told.warnings.iter().map(|odd| odd.kind).collect();
        assert_eq!((told.found.len(), kinds.as_slice()), (found, expected), "{document}");
    }
}

fn characteristic(order: &mut Value) -> &mut Value {
    &mut order["productOrderItem"][0]["product"]["productCharacteristic"]
}

#[test]
fn what_comes_with_a_line_says_nothing_of_it() {
    let item = |id: &str, state: &str, characteristics: Value| json!({ "id": id, "action": "add", "state": state, "product": { "productCharacteristic": characteristics } });
    let line = json!([{ "name": "simType", "value": "eSIM" }, { "name": "msisdn", "value": "+32470123456" }]);
    let handset = json!([{ "name": "colour", "value": "black" }]);
    let both = |line_state: &str, handset_state: &str| {
        json!([{ "id": "po-1", "orderDate": "2026-11-23T10:00:00Z", "productOrderItem": [
            item("10", handset_state, handset.clone()), item("20", line_state, line.clone()),
        ] }])
    };
    for (line_state, handset_state, expected) in [
        ("inProgress", "held", OrderStage::UnderWay),
        ("held", "completed", OrderStage::Waiting),
        ("completed", "inProgress", OrderStage::Done),
    ] {
        assert_eq!(order(&both(line_state, handset_state)).stage, expected, "{line_state}, {handset_state}");
    }
    let apart = json!([{ "id": "po-1", "orderDate": "2026-11-23T10:00:00Z", "productOrderItem": [
        item("10", "inProgress", json!([line[0]])), item("20", "inProgress", json!([line[1]])),
    ] }]);
    assert_eq!(order(&apart).item.as_deref(), Some("20"), "a card is no line, a number is one");
    let order = order(&both("inProgress", "inProgress"));
    assert_eq!(order.item.as_deref(), Some("20"));
    let product = |item: Option<&str>, number: &str, status: &str| {
        json!({ "id": number, "status": status, "publicIdentifier": number,
            "productOrderItem": [{ "productOrderId": "po-1", "orderItemId": item, "orderItemAction": "add" }] })
    };
    let cases = [
        // An option that is on already, beside a line that is not.
        (json!([product(Some("10"), "", "active"), product(Some("20"), "", "pendingActive")]), Some(LineState::Coming)),
        (json!([product(Some("10"), "", "active")]), None),
        (json!([product(Some("20"), "", "active")]), Some(LineState::InUse)),
        // Of several that the order gave, the one with the number; of one alone there is nothing to choose.
        (json!([product(None, "", "active"), product(None, "+32470123456", "pendingActive")]), Some(LineState::Coming)),
        (json!([product(None, "", "active"), product(None, "x", "active")]), None),
        (json!([product(None, "", "active")]), Some(LineState::InUse)),
    ];
    for (products, expected) in cases {
        assert_eq!(line_of(&order, &products), expected, "{products}");
    }
}

#[test]
fn a_move_begins_when_it_is_planned_else_when_it_is_wished_else_when_it_is_to_be_done() {
    let (wish, promise) = ("2026-11-25T09:00:00+01:00", "2026-12-03T09:00:00+01:00");
    let plan =
        |status: &str| json!([{ "name": "launch", "status": status, "milestoneDate": "2026-12-01T09:00:00+01:00" }]);
    let at = |day: i64| Some(1_795_593_600_000 + day * 24 * 60 * 60 * 1000);
    for (milestone, requested, expected_by, starts) in [
        (plan("planned"), Some(wish), Some(promise), at(6)),
        (plan("completed"), Some(wish), Some(promise), at(0)),
        (json!([]), Some(wish), Some(promise), at(0)),
        (json!([]), None, Some(promise), at(8)),
    ] {
        let document = json!([{ "id": "po-1", "state": "inProgress", "milestone": milestone, "requestedStartDate": requested,
            "expectedCompletionDate": expected_by, "requestedCompletionDate": wish,
            "productOrderItem": [{ "id": "1", "action": "add", "product": { "productCharacteristic": [
                { "name": "simType", "value": "eSIM" }, { "name": "portIn.number", "value": "+32470123456" }] } }] }]);
        assert_eq!(order(&document).starts_ms, starts, "{document}");
    }
}

#[test]
fn only_the_line_that_an_order_gives_says_how_far_it_is() {
    let number = "+32470123456";
    let product = |id: &str, number: &str, status: &str, start: Option<&str>| json!({ "id": id, "status": status, "startDate": start, "publicIdentifier": number });
    let moving = order(&version_4("inProgress"));
    let mut new = version_4("inProgress");
    new[0]["productOrderItem"][0]["product"] = json!({ "id": "p-1", "productCharacteristic": [
        { "name": "simType", "value": "physical" }] });
    let new = order(&new);
    assert_eq!((new.product.as_deref(), new.awaited_number()), (Some("p-1"), None));
    assert_eq!(moving.awaited_number(), Some(number));
    let named = LineOrder { product: Some("p-1".to_owned()), ..moving.clone() };
    // Until its own number has moved, the line has another, and the order says both.
    let lent = LineOrder { number: Some("+32470999999".to_owned()), ..named.clone() };
    let day = Some("2026-11-23");
    let cases = [
        // A number that is not told yet: by the product that the order names.
        (&new, json!([product("p-1", "+32470999999", "active", day)]), Some(LineState::InUse)),
        (&new, json!([product("p-2", "+32470999999", "active", day)]), None),
        (&new, json!([product("p-1", "", "aborted", None)]), Some(LineState::Aborted)),
        // A line works with another number until its own has moved.
        (&named, json!([product("p-1", "+32470999999", "active", day)]), None),
        (&named, json!([product("p-1", number, "active", day)]), Some(LineState::InUse)),
        (&lent, json!([product("p-1", "+32470999999", "active", day)]), None),
        (&lent, json!([product("p-1", number, "active", day)]), Some(LineState::InUse)),
        (&moving, json!([product("p-7", "+32470999999", "active", day)]), None),
        (&moving, json!([product("p-7", number, "active", day)]), Some(LineState::InUse)),
        (&moving, json!([product("p-7", number, "active", None)]), Some(LineState::InUse)),
        // One that was there before is not what was ordered: a new SIM for a line of long ago.
        (&moving, json!([product("p-7", number, "active", Some("2024-03-01"))]), None),
        (&moving, json!([product("p-7", number, "terminated", None)]), None),
        (&moving, json!([product("p-7", number, "terminated", Some("2024-03-01"))]), None),
        (&moving, json!([product("p-7", number, "terminated", Some("2026-11-24"))]), Some(LineState::Ended)),
        (
            &moving,
            json!([product("p-6", number, "terminated", Some("2026-11-24")), product("p-7", number, "active", day)]),
            Some(LineState::InUse),
        ),
        (&moving, json!([]), None),
    ];
    for (order, products, expected) in cases {
        assert_eq!(line_of(order, &products), expected, "{products}");
    }
}

fn sims(document: &Value) -> Vec<SimCard> {
    read_sims(document.to_string().as_bytes(), "emma").unwrap().found
}

#[test]
fn a_sim_is_known_by_its_type_its_category_or_its_name_and_its_number_is_not_read() {
    let iccid = json!({ "name": "iccid", "value": "8932 0000 0000 0001 236" });
    let profile = |state| json!({ "name": "profileState", "value": state });
    let cases = [
        (json!({ "@type": "PhysicalResource", "category": "SIM card", "serialNumber": "…1236" }), SimKind::Card, None),
        (json!({ "@type": "Sim", "value": "8932000000000001236F" }), SimKind::Card, None),
        (
            json!({ "@type": "ESIM", "resourceCharacteristic": [iccid, profile("Installed")] }),
            SimKind::Esim,
            Some(ProfileState::Installed),
        ),
        (json!({ "name": "eSIM profile", "resourceCharacteristic": [profile("?")] }), SimKind::Esim, None),
    ];
    for (mut document, kind, profile) in cases {
        document["id"] = json!("sim-1");
        let expected = SimCard { id: "sim-1".to_owned(), kind, profile, number: None };
        assert!(sims(&document) == [expected], "{document}");
    }
    for none in [
        json!({ "id": "1", "@type": "LogicalResource", "category": "MSISDN", "value": "32470123456" }),
        json!({ "id": "1", "@type": "Sim", "resourceStatus": "terminated" }),
        json!({ "id": "1", "@type": "Sim", "relatedParty": [{ "id": "luc" }] }),
        json!([]),
    ] {
        assert_eq!(sims(&none), [], "{none}");
    }
}
