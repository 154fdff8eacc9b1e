//! The page at the control side's root, and the one list of controls it is drawn from.

mod support;

use companion_sandbox::control::{DOORS, Door, Field, Kind};
use companion_sandbox::{Sandbox, SandboxOptions};
use reqwest::{Client, Method};
use serde_json::{Map, Value, json};
use support::{App, bucket, parameter};

async fn started() -> Sandbox {
    Sandbox::start(SandboxOptions::default()).await.unwrap()
}

async fn page(sandbox: &Sandbox) -> String {
    reqwest::get(format!("{}/", sandbox.control_url())).await.unwrap().text().await.unwrap()
}

async fn post(sandbox: &Sandbox, name: &str, body: Value) -> (u16, Value) {
    let url = format!("{}/control/{name}", sandbox.control_url());
    let answer = Client::new().post(url).body(body.to_string()).send().await.unwrap();
    (answer.status().as_u16(), serde_json::from_str(&answer.text().await.unwrap()).unwrap())
}

/// What is said of a body.
async fn told(sandbox: &Sandbox, door: &Door, body: Value) -> String {
    post(sandbox, door.name, body).await.1["error"].as_str().unwrap_or_default().to_owned()
}

/// What stands in backticks.
fn quoted(told: &str) -> Vec<String> {
    told.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn sorted<T: ToString>(names: impl IntoIterator<Item = T>) -> Vec<String> {
    let mut names: Vec<String> = names.into_iter().map(|name| name.to_string()).collect();
    names.sort();
    names
}

/// Controls that change something and take a body.
fn with_body() -> impl Iterator<Item = &'static Door> {
    DOORS.iter().filter(|door| door.method == "POST" && door.name != "rotate-key")
}

#[tokio::test]
async fn the_list_has_the_very_fields_that_each_control_reads() {
    let sandbox = started().await;
    for door in with_body() {
        let read = quoted(&told(&sandbox, door, json!({ "?": null })).await);
        let (_, read) = read.split_first().unwrap();
        assert_eq!(sorted(door.fields().map(|field| field.name)), sorted(read), "{}", door.name);
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn the_list_has_the_very_values_that_a_field_takes_and_says_which_fields_may_be_left_out() {
    let sandbox = started().await;
    for door in with_body() {
        for field in door.fields() {
            let what = format!("{} {}", door.name, field.name);
            if let Kind::Choice { of } = field.kind {
                let said = told(&sandbox, door, json!({ field.name: "?" })).await;
                let of_text = quoted(&said);
                // A choice that the reader takes as any text is a help for whoever fills it in.
                let is_any = ["second-device channel", "second-device allowedBy"].contains(&what.as_str());
                assert!(is_any || sorted(&of_text[1..of_text.len() - 1]) == sorted(of), "{what}: {said}");
            }
        }
        // The first that is missing is named; whatever is optional never is.
        let mut body = Map::new();
        for needed in door.fields().filter(|field| !field.optional) {
            let said = told(&sandbox, door, Value::Object(body.clone())).await;
            assert_eq!(said, format!("the field `{}` is missing", needed.name), "{}", door.name);
            body.insert(needed.name.to_owned(), sensible(needed));
        }
        let (status, said) = post(&sandbox, door.name, Value::Object(body.clone())).await;
        assert!(
            !said["error"].as_str().unwrap_or_default().contains("missing"),
            "{} {body:?}: {status} {said}",
            door.name
        );
    }
    sandbox.stop().await;
}

/// The example of each field is one that is read.
fn sensible(field: &Field) -> Value {
    match field.kind {
        Kind::Person => json!("emma"),
        Kind::Text { example } | Kind::Day { example } => json!(example),
        Kind::Whole { example, .. } => json!(example),
        Kind::Flag => json!(true),
        Kind::Choice { of } => json!(of[0]),
        Kind::Json { example } => serde_json::from_str(example).unwrap(),
    }
}

#[tokio::test]
async fn every_example_is_one_that_is_taken() {
    let sandbox = started().await;
    for door in DOORS.iter().filter(|door| ["faults", "scene"].contains(&door.name)) {
        for field in door.fields() {
            let (status, said) = post(&sandbox, door.name, json!({ field.name: sensible(field) })).await;
            assert_eq!(status, 200, "{} {}: {said}", door.name, field.name);
        }
    }
    sandbox.stop().await;
}

/// What has fields of its own says which.
#[tokio::test]
async fn a_fault_with_fields_names_them_all() {
    let sandbox = started().await;
    let faults = DOORS.iter().find(|door| door.name == "faults").unwrap();
    for (name, body) in [
        ("identity", json!({ "identity": { "?": null } })),
        ("documents", json!({ "documents": { "?": null } })),
        ("tokenError", json!({ "tokenError": { "?": null } })),
        ("instead", json!({ "instead": { "/token": { "?": null } } })),
    ] {
        let said = told(&sandbox, faults, body).await;
        let field = faults.fields().find(|field| field.name == name).unwrap();
        for part in quoted(&said).iter().filter(|part| *part != "?") {
            assert!(field.says.contains(part.as_str()), "{name} does not name {part}");
        }
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn the_page_has_every_control_every_fault_and_everybody() {
    let sandbox = started().await;
    let html = page(&sandbox).await;
    let listed = reqwest::get(format!("{}/control", sandbox.control_url())).await.unwrap().text().await.unwrap();
    let listed: Vec<Value> = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed.len(), DOORS.len());
    for door in &listed {
        let name = door["name"].as_str().unwrap();
        assert!(html.contains(&format!("data-door=\"{name}\"")), "no {name}");
    }
    for door in DOORS.iter().filter(|door| door.name != "faults") {
        for field in door.fields() {
            let field = field.name;
            assert!(
                html.contains(&format!("id=\"{}-{field}\" name=\"{field}\"", door.name)),
                "no {} {field}",
                door.name
            );
        }
    }
    for fault in DOORS.iter().find(|door| door.name == "faults").unwrap().fields() {
        assert!(html.contains(&format!("data-fault=\"{}\"", fault.name)), "no {}", fault.name);
    }
    for person in sandbox.people() {
        for told in [&person.name, &person.password] {
            assert!(html.contains(told.as_str()), "no {told}");
        }
    }
    for told in [sandbox.origin(), sandbox.document_origin(), "14:05:00".into(), "Wednesday 25 November 2026".into()] {
        assert!(html.contains(&told), "no {told}");
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn the_page_needs_nothing_of_others_and_runs_no_script_but_its_own() {
    let sandbox = started().await;
    let answer = reqwest::get(format!("{}/", sandbox.control_url())).await.unwrap();
    let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let html = answer.text().await.unwrap();
    for inline in [" onclick", " style=", "<style", "javascript:"] {
        assert!(!html.contains(inline), "{inline}");
    }
    for (path, kind) in [
        ("page.css", "text/css; charset=utf-8"),
        ("page.js", "text/javascript; charset=utf-8"),
        ("ca.pem", "application/x-x509-ca-cert"),
        ("profile.json", "application/json"),
    ] {
        let file = reqwest::get(format!("{}/{path}", sandbox.control_url())).await.unwrap();
        assert_eq!((file.status().as_u16(), file.headers()["content-type"].to_str().unwrap()), (200, kind), "{path}");
        let text = file.text().await.unwrap();
        match path {
            "ca.pem" => assert_eq!(text, sandbox.ca_pem()),
            "profile.json" => assert_eq!(text, sandbox.profile_json()),
            _ => assert!(!text.contains("http"), "{path} leads elsewhere"),
        }
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn the_last_requests_are_shown_without_their_secrets() {
    let sandbox = started().await;
    let app = App::of(&sandbox);
    let tokens = app.signed_in(&sandbox, "emma").await;
    app.usage("+32470123456", &tokens).send().await.unwrap();
    app.client.get(format!("{}/<script>alert(1)</script>", app.origin)).send().await.unwrap();
    let html = page(&sandbox).await;
    let log = html.split("id=\"log\"").nth(1).unwrap().split("</table>").next().unwrap();
    for shown in ["/authorize", "/token", "/tmf-api/usageConsumption/v5/usageConsumptionReport", "404"] {
        assert!(log.contains(shown), "no {shown}");
    }
    for secret in [&tokens.access, &tokens.refresh, "code=", "the-state", "logicalResource"] {
        assert!(!html.contains(secret), "{secret}");
    }
    assert!(!html.contains("alert(1)</script>"));
    sandbox.stop().await;
}

#[tokio::test]
async fn no_other_site_moves_the_clock_or_reads_what_was_asked() {
    let sandbox = started().await;
    let control = sandbox.control_url();
    let own = control.as_str();
    let before = sandbox.now();
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://localhost:1"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        // A name of somebody else that was made to lead here.
        ("host", "evil.example"),
        ("host", "evil.example:80"),
    ] {
        for (method, path) in [
            (Method::POST, "advance"),
            (Method::POST, "faults"),
            (Method::POST, "scene"),
            (Method::GET, "requests"),
            (Method::GET, "token-requests"),
        ] {
            let request = Client::new().request(method, format!("{own}/control/{path}")).header(name, value);
            let answer = request.body(r#"{"seconds": 60}"#).send().await.unwrap();
            assert_eq!(answer.status(), 403, "{name}: {value} {path}");
            let said = answer.text().await.unwrap();
            assert!(said.contains("\"error\":"), "{said}");
        }
    }
    assert_eq!(sandbox.now(), before);
    for headers in [vec![], vec![("origin", own), ("sec-fetch-site", "same-origin")]] {
        let request = Client::new().post(format!("{own}/control/advance")).body(r#"{"seconds": 60}"#);
        let request = headers.into_iter().fold(request, |request, (name, value)| request.header(name, value));
        assert_eq!(request.send().await.unwrap().status(), 200);
    }
    assert_eq!(sandbox.now().as_second() - before.as_second(), 120);
    sandbox.stop().await;
}

#[tokio::test]
async fn one_button_alone_moves_time_and_a_usual_number_only_fills_in() {
    let sandbox = started().await;
    let page = page(&sandbox).await;
    let form = page.split_once("data-door=\"advance\"").unwrap().1.split_once("</form>").unwrap().0;
    let buttons: Vec<&str> = form.split("<button").skip(1).map(|rest| rest.split_once('>').unwrap().0).collect();
    let (sends, fills): (Vec<&str>, Vec<&str>) = buttons.into_iter().partition(|it| !it.contains("type=\"button\""));
    assert_eq!((sends.as_slice(), fills.len()), (&[""][..], 6), "{form}");
    assert!(fills.iter().all(|it| it.contains("data-fills=\"seconds\" value=\"")), "{fills:?}");
}

#[tokio::test]
async fn a_clock_that_runs_goes_on_from_this_machines_when_everything_begins_anew() {
    let began = std::time::Instant::now();
    let start = jiff::Timestamp::now();
    let sandbox = Sandbox::start(SandboxOptions { now: start, running_clock: true, ..SandboxOptions::default() });
    let sandbox = sandbox.await.unwrap();
    let shows = async |part: &str| {
        let page = page(&sandbox).await;
        assert!(page.contains(part), "{part}: {page}");
    };
    shows("It shows this machine’s time, and runs with it.").await;
    sandbox.advance(-7_200);
    shows("It is the sandbox’s own: 2 hours behind this machine’s, at whose pace it runs.").await;
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    let before = began.elapsed();
    assert_eq!(post(&sandbox, "scene", json!({})).await.0, 200);
    // What went by since the start is not gone.
    let went_by = sandbox.now().duration_since(start).unsigned_abs();
    assert!(went_by + std::time::Duration::from_millis(500) >= before, "{went_by:?} of {before:?}");
    shows("It shows this machine’s time, and runs with it.").await;
    assert_eq!(post(&sandbox, "scene", json!({ "now": "2026-12-24T18:00:00+01:00" })).await.0, 200);
    shows("It stands still until it is moved.").await;
}

#[tokio::test]
async fn what_is_used_on_request_is_counted_at_once_and_stays() {
    let options = SandboxOptions { access_seconds: 86_400 * 365, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let app = App::of(&sandbox);
    let tokens = app.signed_in(&sandbox, "emma").await;
    let used = async |key: &str| {
        let report = app.usage_json("+32470123456", &tokens).await;
        let counters = bucket(&report[0], key)["bucketCounter"].as_array().unwrap().clone();
        let counter = counters.iter().find(|counter| counter["counterType"] == "used").unwrap_or(&counters[0]).clone();
        (counter["value"]["amount"].to_string(), report[0].to_string())
    };
    let (before, _) = used("data").await;
    let use_up = |what: &str, amount: i64| json!({ "person": "emma", "what": what, "amount": amount });
    sandbox.advance(60);
    let (status, said) = post(&sandbox, "use", use_up("data", 500)).await;
    assert_eq!((status, said), (200, json!({ "countedUntil": "2026-11-25T14:06:00+01:00" })));
    let (after, report) = used("data").await;
    let figure = |text: &str| text.parse::<f64>().unwrap();
    assert_eq!(((figure(&after) - figure(&before)) * 1_000.0).round(), 500.0, "{before} {after}");
    assert!(report.contains("2026-11-25T14:06:00+01:00"), "{report}");
    // Quarters of an hour go on from there.
    sandbox.advance(3_600);
    assert!(used("data").await.0.parse::<f64>().unwrap() >= figure(&after));
    for (body, part) in [
        (use_up("sms", 1), "the plan of emma does not count that; it counts data-national, data-eu, voice-national"),
        (use_up("data", 0), "`amount` is 1 to 1000000, not 0"),
        (use_up("data", -1), "`amount` is 1 to 1000000, not -1"),
        (use_up("data", i64::MAX), "`amount` is 1 to 1000000"),
        (json!({ "person": "nobody", "what": "data", "amount": 1 }), "there is nobody of that name"),
    ] {
        let (status, said) = post(&sandbox, "use", body.clone()).await;
        assert!(status == 422 && said["error"].as_str().unwrap().contains(part), "{body}: {said}");
    }
    // Another cycle begins with nothing of it, another scene too.
    sandbox.advance(86_400 * 10);
    assert!(figure(&used("data").await.0) < figure(&after));
    sandbox.stop().await;
}

#[tokio::test]
async fn an_invoice_that_is_sent_on_request_is_the_first_of_the_list_and_to_be_paid() {
    let sandbox = started().await;
    let app = App::of(&sandbox);
    let tokens = app.signed_in(&sandbox, "emma").await;
    let bills = async || {
        let path = "/tmf-api/customerBillManagement/v5/customerBill";
        let text = app.get(path, &tokens).send().await.unwrap().text().await.unwrap();
        serde_json::from_str::<Vec<Value>>(&text).unwrap()
    };
    let before = bills().await;
    for cents in [1_250, 1_250] {
        let body = json!({ "person": "emma", "cents": cents, "name": "Parking by SMS", "thirdParty": true });
        assert_eq!(post(&sandbox, "invoice", body).await, (200, json!({ "issued": "2026-11-25" })));
    }
    let after = bills().await;
    assert_eq!(after.len(), before.len() + 2);
    assert_eq!(after[2..], before[..], "what was there stays as it was");
    assert_ne!(after[0]["id"], after[1]["id"]);
    assert_ne!(after[0]["billNo"], after[1]["billNo"]);
    for bill in &after[..2] {
        assert!(bill["billDate"].as_str().unwrap().starts_with("2026-11-25"), "{bill}");
        assert_eq!(bill["state"], "sent");
        assert_eq!(bill["amountDue"]["value"].to_string(), "12.50", "{bill}");
    }
    let id = after[0]["id"].as_str().unwrap();
    assert!(sandbox.document(id).is_some_and(|pdf| pdf.starts_with(b"%PDF-")));
    for (body, part) in [
        (json!({ "person": "luc", "cents": 100 }), "luc has no account to pay: the employer pays all"),
        (json!({ "person": "emma", "cents": 0 }), "`cents` is 1 to 1000000, not 0"),
        (json!({ "person": "nobody", "cents": 1 }), "there is nobody of that name"),
    ] {
        let (status, said) = post(&sandbox, "invoice", body.clone()).await;
        assert!(status == 422 && said["error"].as_str().unwrap().contains(part), "{body}: {said}");
    }
    sandbox.stop().await;
}

/// As a phone on the network would: by another address than this machine's usual one.
#[tokio::test]
async fn a_phone_signs_in_at_the_address_that_the_sandbox_was_named_by() {
    let options = SandboxOptions {
        listen: "127.0.0.2".parse().unwrap(),
        names: vec!["127.0.0.2".to_owned(), "laptop.test".to_owned()],
        ..SandboxOptions::default()
    };
    let sandbox = Sandbox::start(options).await.unwrap();
    assert!(sandbox.origin().starts_with("https://127.0.0.2:"), "{}", sandbox.origin());
    let app = App::of(&sandbox);
    let discovery = app.discovery().await;
    let port = sandbox.origin().rsplit(':').next().unwrap().to_owned();
    for (name, told) in discovery.as_object().unwrap() {
        if let Some(address) = told.as_str().filter(|text| text.starts_with("https:")) {
            assert!(address.starts_with(&sandbox.origin()), "{name}: {address}");
        }
    }
    assert!(!sandbox.profile_json().contains("localhost"));
    let tokens = app.signed_in(&sandbox, "emma").await;
    assert_eq!(app.usage("+32470123456", &tokens).send().await.unwrap().status(), 200);

    // The second name is in the certificate too, and the page is found from there.
    let named = Client::builder()
        .tls_certs_only([reqwest::Certificate::from_pem(sandbox.ca_pem().as_bytes()).unwrap()])
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .resolve("laptop.test", "127.0.0.2:0".parse().unwrap())
        .resolve("other.test", "127.0.0.2:0".parse().unwrap())
        .build()
        .unwrap();
    let answer = named.get(format!("https://laptop.test:{port}/")).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    let page = answer.headers()["location"].to_str().unwrap().to_owned();
    assert!(page.starts_with("http://laptop.test:"), "{page}");
    assert_eq!(named.get(page).send().await.unwrap().status(), 200);
    assert!(named.get(format!("https://other.test:{port}/")).send().await.is_err(), "a name that is in no certificate");
    // From this machine the page is where it always is.
    assert_eq!(reqwest::get(format!("{}/", sandbox.control_url())).await.unwrap().status(), 200);
    sandbox.stop().await;
}

#[tokio::test]
async fn whoever_opens_the_operator_itself_is_led_to_the_page() {
    let sandbox = started().await;
    let app = App::of(&sandbox);
    for (host, page) in [
        (None, format!("{}/", sandbox.control_url())),
        (Some("evil.example"), format!("{}/", sandbox.control_url())),
        // As an Android emulator calls this machine.
        (Some("10.0.2.2:8443"), sandbox.control_url().replace("127.0.0.1", "10.0.2.2") + "/"),
    ] {
        let request = app.client.get(format!("{}/", app.origin));
        let request = host.into_iter().fold(request, |request, host| request.header("host", host));
        let answer = request.send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), answer.headers()["location"].to_str().unwrap()),
            (303, page.as_str()),
            "{host:?}"
        );
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn a_name_that_is_none_is_refused_at_start() {
    for (listen, names, part) in [
        ("0.0.0.0", vec![], "--name 192.168.1.20"),
        ("127.0.0.1", vec!["https://laptop.test".to_owned()], "is no host name and no address"),
    ] {
        let options = SandboxOptions { listen: listen.parse().unwrap(), names, ..SandboxOptions::default() };
        let error = Sandbox::start(options).await.unwrap_err().to_string();
        assert!(error.contains(part), "{error}");
    }
}

/// The key is only for those who were given it: another of each start, and in no answer.
#[tokio::test]
async fn a_sandbox_for_others_prints_an_address_with_a_key_for_them() {
    let start = || {
        Sandbox::start(SandboxOptions {
            listen: "0.0.0.0".parse().unwrap(),
            names: vec!["laptop.test".to_owned()],
            ..SandboxOptions::default()
        })
    };
    let (one, other) = (start().await.unwrap(), start().await.unwrap());
    let key = |sandbox: &Sandbox| {
        let urls = sandbox.page_urls();
        assert_eq!(urls.len(), 2, "{urls:?}");
        assert!(urls[1].starts_with("http://laptop.test:"), "{urls:?}");
        parameter(&urls[1], "key").unwrap()
    };
    assert!(key(&one).len() >= 20);
    assert_ne!(key(&one), key(&other));
    assert!(one.introduction().contains(&key(&one)) && one.introduction().contains("BEGIN CERTIFICATE"));
    for told in [page(&one).await, one.ready_json(), one.profile_json()] {
        assert!(!told.contains(&key(&one)));
    }
    assert_eq!(started().await.page_urls().len(), 1);
    one.stop().await;
    other.stop().await;
}

#[tokio::test]
async fn a_phone_that_believes_the_authority_still_does_after_a_restart_where_its_key_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ca.key");
    let start = || Sandbox::start(SandboxOptions { ca_key: Some(file.clone()), ..SandboxOptions::default() });
    let first = start().await.unwrap();
    let believed = reqwest::Certificate::from_pem(first.ca_pem().as_bytes()).unwrap();
    first.stop().await;
    let client = Client::builder().tls_certs_only([believed]).no_proxy().build().unwrap();
    let discovery = |sandbox: &Sandbox| client.get(format!("{}/.well-known/openid-configuration", sandbox.origin()));
    let again = start().await.unwrap();
    assert_eq!(discovery(&again).send().await.unwrap().status(), 200);
    let another = started().await;
    assert!(discovery(&another).send().await.is_err(), "another authority");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    std::fs::write(&file, "no key").unwrap();
    let error = start().await.unwrap_err().to_string();
    assert!(error.contains("ca.key"), "{error}");
    again.stop().await;
    another.stop().await;
}
