//! Operators that are only profiles: another dialect, other units, thresholds and languages; and one without invoices and Wi-Fi
//! calling, of which nothing is drawn and nothing asked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use companion::Problem;
use companion::activation::view::screen::ActivationPhase;
use companion::frame::Place;
use companion::invoices::view::InvoicesPhase;
use companion::preferences::view::PreferencesPhase;
use companion::vowifi::facts::{PhoneFacts, PhonePlatform, SimFacts};
use companion::vowifi::view::WifiCallingPhase;
use companion_journeys::{Phone, START};
use companion_sandbox::{OperatorName, Sandbox, SandboxOptions};

async fn at(operator: OperatorName) -> Sandbox {
    Sandbox::start(SandboxOptions::of(operator)).await.unwrap()
}

async fn signed_in(sandbox: &Sandbox, language: &str, person: &str) -> Phone {
    let phone = Phone::with(&sandbox.profile_json(), language, START);
    phone.sign_in(sandbox, person).await.unwrap();
    phone
}

/// Asks for everything there is.
async fn refresh_all(phone: &Phone) {
    let core = &phone.core;
    core.usage().refresh(None).await.unwrap();
    core.invoices().refresh(None).await.unwrap();
    core.preferences().refresh(None).await.unwrap();
    core.wifi_calling().refresh(None).await.unwrap();
    core.activation().refresh(None).await.unwrap();
}

fn pixel(sim: &str) -> PhoneFacts {
    let sim = SimFacts { operator: Some(sim.to_owned()), ..SimFacts::default() };
    PhoneFacts { maker: "Google".to_owned(), sims: vec![sim], ..PhoneFacts::of(PhonePlatform::Android) }
}

#[tokio::test]
async fn what_a_prepaid_operator_does_not_offer_is_absent_and_nothing_of_it_is_ever_asked() {
    let sandbox = at(OperatorName::PrepaidPolder).await;
    let phone = signed_in(&sandbox, "nl", "emma").await;
    let core = &phone.core;
    core.wifi_calling().tell(pixel("00101"));
    refresh_all(&phone).await;

    let frame = core.frame();
    let places = |views: &[companion::frame::PlaceView]| views.iter().map(|view| view.place).collect::<Vec<_>>();
    assert_eq!(frame.operator_name, "Polder Prepaid");
    assert_eq!(places(&frame.bar), [Place::Usage, Place::More]);
    assert_eq!(places(&frame.more), [Place::Sim, Place::Notifications, Place::Plan, Place::Help, Place::Settings]);
    assert_eq!(frame.contacts.iter().map(|contact| contact.name.text.as_str()).collect::<Vec<_>>(), ["Chat met ons"]);
    assert_eq!(frame.pages.iter().map(|page| page.title.text.as_str()).collect::<Vec<_>>(), ["Herladen"]);

    assert_eq!(core.invoices().state().phase, InvoicesPhase::NotOffered);
    assert_eq!(core.wifi_calling().state().phase, WifiCallingPhase::NotOffered);
    assert_eq!(core.preferences().state().phase, PreferencesPhase::Loaded);
    assert_eq!(core.activation().state().phase, ActivationPhase::Ready);
    assert!(!core.activation().state().sims.is_empty());
    let usage = core.usage().state();
    assert_eq!(usage.lines[0].plan.as_ref().unwrap().text, "Prepaid 10 GB");

    // Whoever opens it all the same is answered, in words.
    let unexpected = |outcome: Result<(), Problem>| match outcome {
        Err(problem @ Problem::Unexpected { .. }) => core.explain(problem).code,
        other => panic!("{other:?}"),
    };
    let id = || "1".to_owned();
    assert_eq!(unexpected(core.invoices().refresh_invoice(id(), None).await), "no_such_invoice");
    assert_eq!(unexpected(core.invoices().mark_paid(id(), true).await), "no_such_invoice");
    assert_eq!(unexpected(core.wifi_calling().answer(id(), id()).await), "not_offered");
    assert_eq!(unexpected(core.wifi_calling().name_place("Thuis".to_owned()).await), "not_offered");
    assert!(core.invoices().invoice(id()).is_none() && core.invoices().payment(id(), false).is_none());
    assert!(core.wifi_calling().switch_on(None).await.is_err() && core.wifi_calling().report().is_none());
    assert_eq!(
        core.explain(Problem::Unexpected { code: "not_offered".to_owned() }).sentence,
        "Polder Prepaid biedt dit niet aan in de app."
    );

    let articles = core.help().articles(None, String::new());
    assert!(articles.len() > 5);
    let ids: Vec<&str> = articles.iter().map(|article| article.id.as_str()).collect();
    for absent in ["wifi-calling", "wifi-calling-abroad", "invoice", "paying"] {
        assert!(!ids.contains(&absent) && core.help().article(absent.to_owned()).is_none(), "{absent} of {ids:?}");
    }

    let requests = sandbox.requests();
    for (api, asked) in [
        ("/tmf-api/usageConsumption", true),
        ("/communicationManagement", true),
        ("/tmf-api/resourceInventoryManagement", true),
        ("/tmf-api/customerBillManagement", false),
        ("/tmf-api/accountManagement", false),
        ("/tmf-api/serviceInventory", false),
        ("/tmf-api/serviceOrdering", false),
        ("/tmf-api/productOrderingManagement", false),
        ("/guides", false),
    ] {
        assert_eq!(requests.iter().any(|request| request.path.starts_with(api)), asked, "{api}");
    }
}

#[tokio::test]
async fn an_operator_on_version_four_counts_warns_and_speaks_in_its_own_way() {
    let sandbox = at(OperatorName::V4Meuse).await;
    // Spanish is nobody's here: the operator's own first language is spoken.
    let phone = signed_in(&sandbox, "es", "emma").await;
    let core = &phone.core;
    core.wifi_calling().tell(pixel("00102"));
    refresh_all(&phone).await;
    let frame = core.frame();
    assert_eq!(frame.bar.first().unwrap().label.text, "Consommation");
    assert_eq!(frame.bar.len() + frame.more.len(), 10);
    assert_eq!(frame.contacts.len(), 2);

    let usage = core.usage().state();
    let line = &usage.lines[0];
    assert_eq!(line.plan.as_ref().unwrap().text, "Meuse Pro 10 GB");
    // 2^30 bytes are a GB here: what was written as 10 is drawn as 10.
    let hero = line.hero.as_ref().unwrap();
    assert_eq!(
        (hero.total, hero.detail.as_ref().unwrap().text.as_str()),
        (Some(10 << 30), "Vous avez utilisé 6,2 sur 10\u{202f}Go")
    );
    let alerts = core.alerts().state();
    let fixed: Vec<&str> = alerts.fixed.iter().map(|threshold| threshold.text.text.as_str()).collect();
    assert_eq!(alerts.fixed.len(), 4, "three shares and a step: {fixed:?}");
    assert_eq!(core.invoices().state().phase, InvoicesPhase::Loaded);
    assert_eq!(core.preferences().state().phase, PreferencesPhase::Loaded);
    assert_eq!(core.wifi_calling().state().phase, WifiCallingPhase::Ready);
    assert!(!core.activation().state().sims.is_empty());
    let article = core.help().articles(Some(companion::help::HelpTopic::Invoices), String::new()).remove(0);
    let article = core.help().article(article.id).unwrap();
    assert_eq!(article.pages.iter().map(|page| page.title.text.as_str()).collect::<Vec<_>>(), ["Tarifs à l’étranger"]);

    let requests = sandbox.requests();
    let asked = |method: &str, path: &str| requests.iter().any(|it| it.method == method && it.path.ends_with(path));
    assert!(
        asked("POST", "/queryUsageConsumption")
            && asked("GET", "/physicalResource")
            && asked("GET", "/logicalResource")
    );
    assert!(requests.iter().any(|request| request.path.contains("/individual/")));
}
