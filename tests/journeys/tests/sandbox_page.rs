//! The sandbox's page as an app developer has it beside their app: what is done there in a real browser shows in the core. And
//! a phone that reaches the sandbox by another address than this machine's own.

#[path = "../../sandbox/tests/browser/chromium.rs"]
#[allow(dead_code)]
mod chromium;

use std::time::Duration;

use chromium::Chromium;
use companion_journeys::{Phone, facts};
use companion_sandbox::{Sandbox, SandboxOptions};
use fantoccini::Locator;
use serde_json::json;

/// A person at the page.
struct Page {
    browser: Chromium,
}

impl Page {
    async fn open(sandbox: &Sandbox) -> Option<Page> {
        let driver = chromium::driver()?;
        let browser = Chromium::open(&driver, &sandbox.ca_pem()).await;
        browser.window(1280, 900, 1).await;
        browser.show(&format!("{}/", sandbox.control_url()).parse().unwrap()).await;
        Some(Page { browser })
    }

    async fn click(&self, css: &str) {
        self.browser.client.find(Locator::Css(css)).await.unwrap().click().await.unwrap();
    }

    /// Opens what is folded.
    async fn unfold(&self, css: &str) {
        let open = format!("document.querySelector({css:?}).closest('details').open = true");
        self.browser.script(&open).await;
    }

    async fn fill(&self, css: &str, text: &str) {
        let field = self.browser.client.find(Locator::Css(css)).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    async fn text(&self, css: &str) -> String {
        self.browser.client.find(Locator::Css(css)).await.unwrap().text().await.unwrap()
    }

    /// Waits until it says so; the page takes itself anew.
    async fn until(&self, css: &str, part: &str) -> String {
        for _ in 0..100 {
            let text = self.text(css).await;
            if text.contains(part) {
                return text;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{css} does not say {part}, but: {}", self.text(css).await);
    }

    async fn is_on(&self, fault: &str) -> bool {
        let switch = self.browser.client.find(Locator::Css(&format!("#faults-{fault}"))).await.unwrap();
        switch.attr("aria-checked").await.unwrap().as_deref() == Some("true")
    }
}

/// A fact of the first screen, by the names that scenarios use.
fn fact(phone: &Phone, name: &str) -> String {
    facts(&phone.core.usage().state()).remove(name).unwrap_or_default()
}

#[tokio::test]
async fn what_is_done_on_the_page_shows_in_the_app() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let Some(page) = Page::open(&sandbox).await else { return };
    let phone = Phone::loaded(&sandbox, "emma").await;
    assert_eq!(
        (fact(&phone, "hero.headline").as_str(), fact(&phone, "dated").as_str()),
        ("3.8 GB left", "Counted until 14:03")
    );
    page.until("#log", "/usageConsumptionReport").await;
    page.until("#now", "14:05:00").await;

    // Time.
    page.click("form[data-door=advance] button[value='3600']").await;
    page.until("#now", "14:05:00").await;
    page.click("form[data-door=advance] p > button").await;
    page.until("#now", "15:05:00").await;
    assert_eq!(sandbox.now().to_string(), "2026-11-25T14:05:00Z");
    phone.clock.advance(3_600);
    phone.refresh().await.unwrap();
    assert_eq!(fact(&phone, "dated"), "Counted until 15:03");

    // Data.
    page.fill("#use-amount", "1250").await;
    page.click("form[data-door=use] p > button").await;
    page.until("form[data-door=use] output", "Done.").await;
    phone.refresh().await.unwrap();
    assert_eq!(
        (fact(&phone, "hero.headline").as_str(), fact(&phone, "dated").as_str()),
        ("2.53 GB left", "Counted until 15:05")
    );

    // An invoice.
    page.unfold("#invoice-cents").await;
    page.fill("#invoice-cents", "4321").await;
    page.click("form[data-door=invoice] p > button").await;
    page.until("form[data-door=invoice] output", "2026-11-25").await;
    phone.core.invoices().refresh(None).await.unwrap();
    assert!(format!("{:?}", phone.core.invoices().state()).contains("€43.21"));

    // A mistake is told where it was made.
    page.fill("#use-amount", "many").await;
    page.click("form[data-door=use] p > button").await;
    page.until("form[data-door=use] output", "Not done: `amount` is a whole number, not \"many\"").await;

    // A fault, what the app says of it, and its end.
    page.unfold("#faults-status").await;
    page.click("#faults-status").await;
    page.until("#in-force", "503").await;
    assert!(page.is_on("status").await);
    let said = phone.core.explain(phone.refresh().await.unwrap_err());
    assert_eq!(said.title, "Sandbox Mobile is not available");
    assert_eq!(fact(&phone, "hero.headline"), "2.53 GB left", "a failure takes nothing away");
    page.click("#faults-status").await;
    page.until("#in-force", "All is well").await;
    assert!(!page.is_on("status").await);
    phone.clock.advance(3_600);
    phone.refresh().await.unwrap();

    // No network at all, which the page itself outlives.
    page.unfold("#faults-cutOff").await;
    page.click("#faults-cutOff").await;
    page.until("#in-force", "cutOff").await;
    assert!(phone.refresh().await.is_err());
    page.click("form[data-heal] button").await;
    page.until("#in-force", "All is well").await;
    phone.refresh().await.unwrap();

    page.browser.close().await;
    sandbox.stop().await;
}

#[tokio::test]
async fn the_page_fits_a_phone_and_a_desk_in_light_and_dark() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let Some(page) = Page::open(&sandbox).await else { return };
    let _phone = Phone::loaded(&sandbox, "emma").await;
    page.click("form[data-heal] button").await;
    page.until("#log", "/usageConsumptionReport").await;
    page.unfold("#faults-status").await;
    page.click("#faults-status").await;
    page.until("#in-force", "503").await;
    let browser = &page.browser;
    for (name, width, height) in [("phone", 390, 844), ("narrow", 320, 720), ("desk", 1280, 900)] {
        browser.window(width, height, 1).await;
        for scheme in ["light", "dark"] {
            browser.colour_scheme(scheme).await;
            browser.script("scrollTo(0, 0)").await;
            browser.picture(&format!("page-{name}-{scheme}")).await;
        }
    }
    browser.script("document.querySelectorAll('details').forEach((details) => { details.open = true })").await;
    for (width, scale) in [(1280, 1), (390, 1), (320, 1), (320, 2)] {
        browser.window(width, 720, scale).await;
        let faults = browser.script(include_str!("../../sandbox/tests/browser/fit.js")).await;
        assert_eq!(faults, json!([]), "in {width} pixels at {scale}");
    }
    for scheme in ["light", "dark"] {
        browser.colour_scheme(scheme).await;
        let looked = browser.script(include_str!("../../sandbox/tests/browser/contrast.js")).await;
        assert_eq!(looked["faint"], json!([]), "{scheme}");
        assert!(looked["texts"].as_u64().unwrap() > 200, "{looked}");
    }
    page.browser.close().await;
    sandbox.stop().await;
}

/// In a real browser, which sends along what the guard looks at.
#[tokio::test]
async fn a_page_of_another_origin_in_the_same_browser_controls_nothing() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let Some(page) = Page::open(&sandbox).await else { return };
    let advance = format!(
        "return fetch('{}/control/advance', {{ method: 'POST', mode: 'no-cors', body: '{{\"seconds\": 60}}' }})\
         .then((answer) => answer.status, (error) => String(error))",
        sandbox.control_url()
    );
    let before = sandbox.now();
    assert_eq!(page.browser.script(&advance).await, json!(200), "the page itself may");
    assert_eq!(sandbox.now().as_second() - before.as_second(), 60);
    // A page of the operator itself is of another origin already. An answer of no status is one that a page may not look at:
    // the request was sent.
    page.browser.show(&format!("{}/nothing", sandbox.origin()).parse().unwrap()).await;
    assert_eq!(page.browser.script(&advance).await, json!(0));
    assert_eq!(sandbox.now().as_second() - before.as_second(), 60);
    page.browser.close().await;
    sandbox.stop().await;
}

#[tokio::test]
async fn a_phone_on_the_network_signs_in_at_the_address_that_the_sandbox_was_given() {
    let options = SandboxOptions { listen: "127.0.0.2".parse().unwrap(), ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    assert!(sandbox.origin().starts_with("https://127.0.0.2:"), "{}", sandbox.origin());
    let phone = Phone::loaded(&sandbox, "emma").await;
    assert_eq!(fact(&phone, "hero.headline"), "3.8 GB left");
    phone.core.invoices().refresh(None).await.unwrap();
    let hosts = sandbox.requests().into_iter().flat_map(|request| request.carried.headers);
    let hosts: Vec<String> = hosts.filter(|(name, _)| name == "host").map(|(_, host)| host).collect();
    assert!(hosts.len() > 5 && hosts.iter().all(|host| sandbox.origin().ends_with(host)), "{hosts:?}");
    sandbox.stop().await;
}
