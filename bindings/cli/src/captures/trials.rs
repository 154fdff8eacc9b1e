//! Trials of the redaction: canaries in every place in which an operator could put something of a person's, and a search of
//! every byte that would be written, in every spelling. The search is another one than that of the product.

#![allow(clippy::arithmetic_side_effects)]

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use companion::operator::contract::{Contract, Place, Request};
use companion::operator::watch::Exchange;
use proptest::prelude::*;
use serde_json::{Value, json};
use url::Url;

use super::redacted;

const PROFILE: &str = include_str!("../../../../core/profiles/sandbox.json");

/// What must never be written: what it is, and how it may come.
const CANARIES: [(&str, &str); 17] = [
    ("a name", "Zyxwena Quorvikson"),
    ("a number", "+32470654321"),
    ("a number as people write it", "0470 65 43 21"),
    ("a number in short groups", "+32 470 65 43 21"),
    ("a SIM", "8932050000000098765"),
    ("an eUICC", "89049032004008882600004829876543"),
    ("a subscription", "206019876543210"),
    ("a mail address", "zyxwena@quorvikson.example"),
    ("a bank account", "BE71 0961 2345 6769"),
    ("a communication", "+++090/9337/55493+++"),
    ("an address", "Quorvikstraat 217, 9821 Zyxegem"),
    ("an id", "q7c0ffee-1234-4f6a-9abc-quorvik45678"),
    ("a token", "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJxdW9ydmlrc29uIn0.c2lnbmF0dXJlc2lnbmF0dXJl"),
    ("JSON within a text", "{\"customer\":\"Zyxwena\",\"msisdn\":\"+32470654321\"}"),
    ("a number of the national register", "85.07.30-033.28"),
    ("a printed document", "JVBERi0xLjcKWnl4d2VuYSBRdW9ydmlrc29uICgrMzI0NzA2NTQzMjEpCiUlRU9GCg=="),
    ("a page of the person's", "https://quorvikson.operator.example/line/+32470654321?code=zyxwena"),
];

/// Parts of canaries that are somebody's by themselves, in lower case without punctuation.
const PARTS: [&str; 16] = [
    "zyxwena",
    "quorvik",
    "zyxegem",
    "470654321",
    "8932050000000098765",
    "89049032004008882600004829876543",
    "206019876543210",
    "71096123456769",
    "090933755493",
    "q7c0ffee",
    "85073003328",
    "wnl4d2vuysbrdw9ydmlrc29u",
    "eyjhbgcioijfuzi1nij9",
    "eyjzdwiioijxdw9ydmlrc29uin0",
    "straat",
    "customer\\\"",
];

/// Why a written text is not clean.
fn leak(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let tight: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    let decoded = percent(&percent(&lower));
    let decoded: String = decoded.chars().filter(|c| c.is_alphanumeric()).collect();
    PARTS.into_iter().find(|part| {
        let encoded = [0, 1, 2].map(|before| {
            let whole = STANDARD.encode(format!("{}{part}", &"xxx"[..before]));
            // What depends on neither what is before nor what is behind.
            whole.get(4..whole.len().saturating_sub(4)).unwrap_or_default().to_owned()
        });
        tight.contains(part)
            || decoded.contains(part)
            || lower.contains(part)
            || encoded.iter().any(|encoded| encoded.len() >= 8 && text.contains(encoded.as_str()))
    })
}

fn percent(text: &str) -> String {
    let text = format!("a={}", text.replace('+', "%2B").replace(['&', '='], " "));
    url::form_urlencoded::parse(text.as_bytes()).map(|(_, value)| value.into_owned()).collect()
}

fn place() -> Place {
    let metadata = json!({
        "issuer": "https://localhost:8443",
        "authorization_endpoint": "https://localhost:8443/authorize",
        "token_endpoint": "https://localhost:8443/token",
        "userinfo_endpoint": "https://localhost:8443/userinfo",
        "jwks_uri": "https://localhost:8443/jwks",
        "revocation_endpoint": "https://localhost:8443/revoke",
        "pushed_authorization_request_endpoint": "https://localhost:8443/par",
        "end_session_endpoint": "https://localhost:8443/end-session",
    });
    Place { profile: serde_json::from_str(PROFILE).unwrap(), metadata }
}

/// What a request of the contract would be at this operator, with a canary wherever something of a person's may be.
fn exchange(place: &Place, request: &Request, canary: &str, body: &Value) -> Option<Exchange> {
    let base = place.base(&request.base).unwrap_or_else(|| Url::parse("https://localhost:8444/documents").unwrap());
    let plain: String = url::form_urlencoded::byte_serialize(canary.as_bytes()).collect();
    let mut way = String::new();
    for part in request.path.split('/').filter(|part| !part.is_empty()) {
        way = format!("{way}/{}", if part.starts_with('{') { &plain } else { part });
    }
    let mut url = Url::parse(&format!("{}{way}", base.as_str().trim_end_matches('/'))).ok()?;
    for part in &request.query {
        url.query_pairs_mut().append_pair(&place.name(&part.name), canary);
    }
    let sent = request.body.as_ref().map(|body| {
        let fields = body.fields.iter().map(|field| (field.name.clone(), json!(canary)));
        Value::Object(fields.collect()).to_string().into_bytes()
    });
    let named = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), canary.to_owned())).collect();
    Some(Exchange {
        method: request.method.clone(),
        url,
        request_headers: named(&["authorization", "accept", "if-none-match", "content-type", "x-person", "dpop"]),
        request_body: sent,
        status: Some(200),
        response_headers: named(&["etag", "x-customer", "date", "set-cookie", "location", "www-authenticate", "age"]),
        response_body: body.to_string().into_bytes(),
        response_length: 1,
        response_sha256: None,
        failure: None,
    })
}

/// How the places of a document are changed.
struct Plant<'a> {
    canary: &'a str,
    /// Which texts are replaced, by their place in the document.
    replaces: &'a dyn Fn(usize) -> bool,
    seen: usize,
}

impl Plant<'_> {
    fn all(&mut self, value: &Value) -> Value {
        match value {
            Value::Array(elements) => elements.iter().map(|element| self.all(element)).collect(),
            Value::Object(members) => {
                let mut planted: serde_json::Map<_, _> =
                    members.iter().map(|(name, member)| (name.clone(), self.all(member))).collect();
                let canary = self.canary;
                // What nothing reads, also as a name, and within.
                for name in ["customerName", "note", "description", "href", canary] {
                    planted.entry(name.to_owned()).or_insert(json!(canary));
                }
                planted.insert("address".to_owned(), json!({ "street": [canary, { "line": canary }] }));
                planted.insert("encoded".to_owned(), json!(URL_SAFE_NO_PAD.encode(canary)));
                Value::Object(planted)
            }
            Value::String(_) | Value::Bool(_) | Value::Null => {
                self.seen += 1;
                if (self.replaces)(self.seen) { json!(self.canary) } else { value.clone() }
            }
            Value::Number(_) => value.clone(),
        }
    }
}

fn examples(contract: &Contract) -> Vec<(&Request, Value)> {
    let example = |request: &Request| {
        let read = request.reads_as.as_deref().and_then(|id| contract.request(id));
        request.example.clone().or_else(|| read?.example.clone())
    };
    contract.requests.iter().filter_map(|request| Some((request, example(request)?))).collect()
}

fn written(place: &Place, exchanges: &[Exchange]) -> String {
    let files = redacted(&place.profile.to_string(), exchanges).unwrap_or_else(|error| panic!("{error}"));
    files.into_iter().map(|(name, text)| format!("{name}\n{text}")).collect()
}

#[test]
fn nothing_of_a_person_is_written_wherever_the_operator_puts_it() {
    let contract = Contract::shipped().unwrap();
    let place = place();
    for (what, canary) in CANARIES {
        let exchanges = examples(&contract).into_iter().filter_map(|(request, example)| {
            let planted = Plant { canary, replaces: &|_| true, seen: 0 }.all(&example);
            exchange(&place, request, canary, &planted)
        });
        let written = written(&place, &exchanges.collect::<Vec<_>>());
        assert_eq!(leak(&written), None, "{what}");
    }
}

#[test]
fn nothing_of_a_person_is_written_of_errors_pages_and_documents() {
    let contract = Contract::shipped().unwrap();
    let place = place();
    let request = contract.request("bills").unwrap();
    for (what, canary) in CANARIES {
        let error = json!({ "error": canary, "code": canary, "reason": canary, "message": canary, "@type": canary });
        let within = json!({ "error": { "code": canary, "detail": canary } });
        let mut exchanges = Vec::new();
        for (status, body) in [
            (400, error.to_string()),
            (403, within.to_string()),
            (500, format!("<html><body>{canary}</body></html>")),
            (200, format!("%PDF-1.7 {canary}")),
            (200, canary.to_owned()),
            (200, json!(canary).to_string()),
            (200, json!([canary, [canary]]).to_string()),
        ] {
            let made = exchange(&place, request, canary, &json!({})).unwrap();
            exchanges.push(Exchange { status: Some(status), response_body: body.into_bytes(), ..made });
        }
        // Nothing that the contract speaks of.
        let url = Url::parse(&format!("https://zyxwena.example/{}", percent(canary))).unwrap();
        let made = exchange(&place, request, canary, &error).unwrap();
        exchanges.push(Exchange { url, ..made });
        assert_eq!(leak(&written(&place, &exchanges)), None, "{what}");
    }
}

/// A bill that carries its document, with all that may be told of it.
fn printed_bill(name: &str) -> Value {
    let printed = format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Page >>\nstream\n({name}, +32 470 65 43 21) Tj (6200000000) Tj\nendstream\nxref\n0 3\n\
         0000000000 65535 f\n0000000015 00000 n\n0000123456 00000 n\nstartxref\n123456\n%%EOF\n"
    );
    json!({
        "id": "b-7", "billNo": "2026-11-25-0001",
        "billDocument": [{
            "id": "doc-9", "attachmentType": "invoice", "mimeType": "application/pdf", "content": STANDARD.encode(&printed),
            "size": { "amount": printed.len(), "units": "bytes" },
            "checksum": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        }],
    })
}

#[test]
fn a_bill_that_carries_its_document_is_saved_without_it() {
    let contract = Contract::shipped().unwrap();
    let place = place();
    for id in ["bills", "bill-document"] {
        let request = contract.request(id).unwrap();
        let written = written(&place, &[exchange(&place, request, "x", &printed_bill("Zyxwena Quorvikson")).unwrap()]);
        assert_eq!(leak(&written), None, "{id}");
        assert!(written.contains(super::file::PRINTED) && written.contains(&"0".repeat(64)), "{written}");
        assert!(!written.contains("9f86d081"), "{written}");
    }
}

/// What ids may be the same as: amounts and moments of other answers.
#[test]
fn ids_that_are_the_same_as_an_amount_or_a_moment_keep_nothing_from_being_saved() {
    let contract = Contract::shipped().unwrap();
    let place = place();
    let usage = |amount: Value| {
        json!([{ "id": "r-1", "lastUpdate": "2026-11-25T13:05:00Z", "bucket": [{
            "id": "b-1", "usageType": "data", "remainingValue": { "amount": amount, "units": "KB" },
            "validFor": { "startDateTime": 1_764_075_600_000_u64, "endDateTime": "25/11/2026" },
        }] }])
    };
    for id in [
        "6200000",
        "620000000",
        "6200000000",
        "1764075600000",
        "20261125",
        "25112026",
        "2026-11-25T13:05:00Z",
        "20261125T130500Z",
        "202611251305",
        "INV-2026-11-25T13:05:00Z",
        "W/\"2026-11-25T13:05:00Z\"",
        "0000000001",
        "000000000000",
    ] {
        for amount in
            [json!(6_200_000), json!(620_000_000), json!(6_200_000_000_u64), json!("6200000"), json!("6200000000")]
        {
            let orders = json!([{ "id": id, "externalId": id, "state": "inProgress" }]);
            let of = |request: &str, body: &Value| {
                let mut made = exchange(&place, contract.request(request).unwrap(), "x", body).unwrap();
                made.response_headers.push(("etag".to_owned(), format!("\"{id}\"")));
                made
            };
            let (first, second) = (of("usage-report", &usage(amount.clone())), of("line-orders", &orders));
            let written = written(&place, &[first, second]);
            for stays in [amount.to_string(), "1764075600000".to_owned(), "2026-11-25T13:05:00Z".to_owned()] {
                assert!(written.contains(&stays), "{id}: {stays} is not in {written}");
            }
        }
    }
}

#[test]
fn an_amount_that_is_a_number_of_somebodys_is_replaced() {
    let contract = Contract::shipped().unwrap();
    let place = place();
    let request = contract.request("usage-report").unwrap();
    for (canary, amount) in [
        ("+32470654321", json!(32_470_654_321_u64)),
        ("0470 65 43 21", json!("470654321")),
        ("85.07.30-033.28", json!(85_073_003_328_u64)),
        ("206019876543210", json!(206_019_876_543_210_u64)),
    ] {
        let body = json!([{ "note": canary, "bucket": [{ "remainingValue": { "amount": amount, "units": "GB" } }] }]);
        let written = written(&place, &[exchange(&place, request, canary, &body).unwrap()]);
        assert_eq!(leak(&written), None, "{canary}");
    }
}

#[test]
fn a_number_of_somebodys_is_known_from_a_page_and_from_what_was_cut() {
    let contract = Contract::shipped().unwrap();
    let place = place();
    let request = contract.request("usage-report").unwrap();
    let amount = json!([{ "bucket": [{ "remainingValue": { "amount": 32_470_654_321_u64, "units": "GB" } }] }]);
    for came in
        [r#"[{"note":"0470 65 43 21","bucket":[{"id":"b"#, "<p>Hello <b>+32 470 65 43 21</b></p>", "\"0470654321"]
    {
        let mut other = exchange(&place, request, "x", &json!({})).unwrap();
        other.response_body = came.as_bytes().to_vec();
        let written = written(&place, &[other, exchange(&place, request, "x", &amount).unwrap()]);
        assert_eq!(leak(&written), None, "{came}");
    }
}

#[test]
fn a_value_that_only_an_unknown_name_tells_of_is_replaced_where_it_is_long() {
    let contract = Contract::shipped().unwrap();
    let place = place();
    for (request, list) in [("bills", "characteristic"), ("sims", "resourceCharacteristic")] {
        let request = contract.request(request).unwrap();
        for value in [json!("620123456"), json!(620_123_456), json!({ "value": "620123456" }), json!([620_123_456])] {
            let body = json!([{ "id": "x", list: [{ "name": "contractNumber", "value": value }] }]);
            let written = written(&place, &[exchange(&place, request, "x", &body).unwrap()]);
            assert!(!written.contains("620123456"), "{written}");
        }
    }
}

#[test]
fn an_answer_is_saved_wherever_it_was_cut() {
    let contract = Contract::shipped().unwrap();
    let place = place();
    for id in ["usage-report", "bills", "line-orders"] {
        let request = contract.request(id).unwrap();
        let whole = exchange(&place, request, "x", &request.example.clone().unwrap()).unwrap();
        let length = whole.response_body.len();
        for cut in (1..length).step_by(41).chain(length.saturating_sub(9)..length) {
            let mut part = whole.clone();
            part.response_body.truncate(cut);
            part.failure = Some("answer cut short".to_owned());
            assert!(
                written(&place, &[whole.clone(), part]).contains("\"failure\": \"answer cut short\""),
                "{id} {cut}"
            );
        }
    }
}

#[test]
fn only_guides_that_the_operator_signed_are_kept() {
    let contract = Contract::shipped().unwrap();
    let mut place = place();
    place.profile["apis"]["wifiCalling"]["guideUrl"] = json!("https://localhost:8443/guides.json");
    let request = contract.request("guides").unwrap();
    for body in [
        json!({ "payload": STANDARD.encode("{\"note\":\"Zyxwena Quorvikson\"}"), "signature": "AAAA", "keyId": "zyxwena" }),
        json!({ "payload": "Zyxwena Quorvikson", "customer": "Zyxwena Quorvikson" }),
    ] {
        let written = written(&place, &[exchange(&place, request, "x", &body).unwrap()]);
        assert!(written.contains("\"line\": \"guides\""), "{written}");
        assert_eq!(leak(&written), None, "{written}");
    }
}

#[test]
fn of_the_profile_nothing_is_written_that_people_wrote_for_each_other() {
    let mut profile = place().profile;
    profile["//"] = json!("owner Jan Peeters, jan.peeters@operator.be");
    profile["apis"]["usage"]["// note"] = json!("ask Jan Peeters");
    profile["support"] = json!({ "contacts": [{ "kind": "mail", "to": "jan.peeters@operator.be" }] });
    let files = redacted(&profile.to_string(), &[]).unwrap();
    let text: String = files.into_iter().map(|(_, text)| text).collect();
    assert!(text.contains("apis") && !text.to_lowercase().contains("peeters"), "{text}");
}

#[test]
fn what_is_the_point_stays() {
    let contract = Contract::shipped().unwrap();
    let place = place();
    let request = contract.request("usage-report").unwrap();
    let example = request.example.clone().unwrap();
    let written = written(&place, &[exchange(&place, request, "x", &example).unwrap()]);
    let mut stays = Vec::new();
    super::texts(&example, &mut |text| stays.push(text.to_owned()));
    let is_point = |text: &String| super::dates::is_date(text) || ["GB", "used", "active"].contains(&text.as_str());
    let stays: Vec<String> = stays.into_iter().filter(is_point).collect();
    assert!(stays.len() > 3, "{stays:?}");
    for text in stays {
        assert!(written.contains(&text), "{text} is not in {written}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// The rest of the document as it should be: members are read by what stands beside them.
    #[test]
    fn nothing_of_a_person_is_written_from_some_places(
        which in 0..CANARIES.len(),
        line in 0..200_usize,
        places in prop::collection::btree_set(1..60_usize, 1..6),
    ) {
        let contract = Contract::shipped().unwrap();
        let place = place();
        let all = examples(&contract);
        let (request, example) = all.get(line % all.len()).unwrap();
        let (what, canary) = CANARIES[which];
        let planted = Plant { canary, replaces: &|place| places.contains(&place), seen: 0 }.all(example);
        let exchanges: Vec<_> = exchange(&place, request, canary, &planted).into_iter().collect();
        prop_assert_eq!(leak(&written(&place, &exchanges)), None, "{} in {}", what, request.id);
    }

    /// The same of an answer whose end did not come.
    #[test]
    fn nothing_of_a_person_is_written_of_what_was_cut(
        which in 0..CANARIES.len(),
        line in 0..200_usize,
        places in prop::collection::btree_set(1..60_usize, 1..6),
        permille in 1..1000_usize,
    ) {
        let contract = Contract::shipped().unwrap();
        let place = place();
        let all = examples(&contract);
        let (request, example) = all.get(line % all.len()).unwrap();
        let (what, canary) = CANARIES[which];
        let planted = Plant { canary, replaces: &|place| places.contains(&place), seen: 0 }.all(example);
        if let Some(whole) = exchange(&place, request, canary, &planted) {
            let mut part = whole.clone();
            part.response_body.truncate(whole.response_body.len() * permille / 1000);
            let clean = exchange(&place, request, "x", example).unwrap();
            prop_assert_eq!(leak(&written(&place, &[part, clean])), None, "{} in {}", what, request.id);
        }
    }

    /// Documents of any shape.
    #[test]
    fn nothing_of_a_person_is_written_of_any_document(document in documents(), line in 0..200_usize) {
        let contract = Contract::shipped().unwrap();
        let place = place();
        let request = contract.requests.get(line % contract.requests.len()).unwrap();
        if request.method != "–" {
            let exchanges: Vec<_> = exchange(&place, request, "active", &document).into_iter().collect();
            prop_assert_eq!(leak(&written(&place, &exchanges)), None, "{}", request.id);
        }
    }
}

/// Documents with names of the contract and canaries, nested at random.
fn documents() -> impl Strategy<Value = Value> {
    let canary = (0..CANARIES.len()).prop_map(|which| json!(CANARIES[which].1));
    let leaf = prop_oneof![4 => canary, 1 => any::<u32>().prop_map(|it| json!(it)), 1 => Just(json!("active"))];
    let names = prop_oneof![
        Just("id"),
        Just("name"),
        Just("value"),
        Just("data"),
        Just("bucket"),
        Just("bucketCounter"),
        Just("usageType"),
        Just("relatedParty"),
        Just("partyOrPartyRole"),
        Just("characteristic"),
        Just("productCharacteristic"),
        Just("state"),
        Just("@type"),
        Just("units"),
        Just("amount"),
        Just("lastUpdate"),
        Just("url"),
        Just("content"),
        Just("role"),
        Just("billDocument"),
        Just("error"),
        Just("code"),
        Just("message"),
        Just("unknown"),
        Just("+32470654321"),
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        let members = prop::collection::vec((names.clone(), inner.clone()), 1..5);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Value::Array),
            members.prop_map(|all| Value::Object(all.into_iter().map(|(name, it)| (name.to_owned(), it)).collect())),
        ]
    })
}
