//! Who looks on sees every request that arrives, repeats too, and nothing shows of it where it is printed.

use std::sync::Arc;

use companion::session::SignInWish;
use companion::{CompanionCore, CoreConfig, Host};
use companion_cli::host::{ComputerClock, FileStore};
use companion_cli::operator::check::recorder::Recorder;
use companion_sandbox::{BillDelivery, Faults, Sandbox, SandboxOptions, agent};

#[tokio::test(flavor = "multi_thread")]
async fn every_request_that_arrives_is_told_repeats_too_and_nothing_of_it_is_printed() {
    let options =
        SandboxOptions { bill_delivery: BillDelivery::Url, dpop: true, dpop_nonce: true, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let config = CoreConfig {
        data_dir: folder.path().join("data").to_string_lossy().into_owned(),
        profile_json: sandbox.profile_json(),
        languages: vec!["en".to_owned()],
        redirect_uri: None,
        process: None,
    };
    let store = FileStore::open(&folder.path().join("secure")).unwrap();
    let host = Host::new(Arc::new(store), Arc::new(ComputerClock));
    let recorder = Arc::new(Recorder::default());
    let core = CompanionCore::open_watched(config, host, recorder.clone()).unwrap();

    let card = sandbox.person("emma").unwrap();
    let page = core.session().start(SignInWish::default(), None).await.unwrap();
    let callback = agent::sign_in(&sandbox.ca_pem(), &page.url, &card.number, &card.password).await.unwrap();
    core.session().finish(callback).await.unwrap();
    let (only, times) = (Some(vec!["/tmf-api/usageConsumption".to_owned()]), Some(1));
    sandbox.set_faults(Faults { only, times, status: Some(503), ..Faults::default() });
    core.usage().refresh(None).await.unwrap();
    core.invoices().refresh(None).await.unwrap();
    let bill = core.invoices().state().rows.into_iter().find_map(|row| row.invoice_id).unwrap();
    core.invoices().download(bill, true, None, None).await.unwrap();

    let told = recorder.since(0);
    let mut seen: Vec<_> =
        told.iter().map(|it| (it.method.clone(), it.url.path().to_owned(), it.status.unwrap())).collect();
    let browsers = ["/authorize", "/sign-in"];
    let log = sandbox.requests();
    let arrived = log.iter().filter(|it| !browsers.contains(&it.path.as_str()));
    let mut arrived: Vec<_> = arrived.map(|it| (it.method.clone(), it.path.clone(), it.status)).collect();
    seen.sort();
    arrived.sort();
    assert_eq!(seen, arrived);
    assert!(seen.iter().any(|(_, path, status)| path.starts_with("/tmf-api/usage") && *status == 503), "{seen:?}");
    assert!(seen.iter().any(|(_, path, status)| path == "/par" && *status == 400), "a nonce was asked for: {seen:?}");

    let usage = told.iter().find(|it| it.url.path().contains("usageConsumption") && it.status == Some(200)).unwrap();
    assert!(usage.request_header("authorization").unwrap().starts_with("DPoP "));
    assert!(serde_json::from_slice::<serde_json::Value>(&usage.response_body).is_ok());
    assert_eq!(usage.response_length, u64::try_from(usage.response_body.len()).unwrap());
    let document = told.iter().find(|it| it.response_body.starts_with(b"%PDF-")).unwrap();
    assert!(document.response_body.len() <= 16 && document.response_length > 500, "of a document its head and length");

    let printed = format!("{told:?}");
    for secret in
        [&card.number[1..], &card.sub, &card.password, "DPoP ", "eyJ", "relatedParty", "127.0.0.1", "localhost"]
    {
        assert!(!printed.contains(secret), "{secret}");
    }
}
