//! The sign-in page as a person meets it, and those beside it, in a real browser: with a mouse, with the keyboard alone,
//! read aloud, on a narrow screen, in the dark.

mod accounts;
mod app;
mod chromium;
mod spoken;
#[path = "../support/mod.rs"]
mod support;

use app::Loopback;
use chromium::{Chromium, ENTER, SPACE, TAB};
use companion_sandbox::{Sandbox, SandboxOptions};
use serde_json::{Value, json};
use support::{App, VERIFIER, parameter};
use url::Url;

struct Words {
    ui_locales: &'static str,
    language: &'static str,
    title: &'static str,
    title_when_wrong: &'static str,
    number: &'static str,
    hint: &'static str,
    password: &'static str,
    sign_in: &'static str,
    cancel: &'static str,
    wrong: &'static str,
}

const WORDS: [Words; 4] = [
    Words {
        ui_locales: "fr-BE nl",
        language: "fr",
        title: "Se connecter à Sandbox Mobile",
        title_when_wrong: "Erreur\u{a0}: Se connecter à Sandbox Mobile",
        number: "Numéro de mobile",
        hint: "Par exemple 0470 12 34 56",
        password: "Mot de passe",
        sign_in: "Se connecter",
        cancel: "Annuler",
        wrong: "Ce numéro et ce mot de passe ne vont pas ensemble. Vérifiez les deux et réessayez.",
    },
    Words {
        ui_locales: "nl-BE",
        language: "nl",
        title: "Aanmelden bij Sandbox Mobile",
        title_when_wrong: "Fout: Aanmelden bij Sandbox Mobile",
        number: "Mobiel nummer",
        hint: "Bijvoorbeeld 0470 12 34 56",
        password: "Wachtwoord",
        sign_in: "Aanmelden",
        cancel: "Annuleren",
        wrong: "Dit nummer en dit wachtwoord horen niet bij elkaar. Kijk beide na en probeer opnieuw.",
    },
    Words {
        ui_locales: "",
        language: "en",
        title: "Sign in to Sandbox Mobile",
        title_when_wrong: "Error: Sign in to Sandbox Mobile",
        number: "Mobile number",
        hint: "For example 0470 12 34 56",
        password: "Password",
        sign_in: "Sign in",
        cancel: "Cancel",
        wrong: "This number and this password do not belong together. Please check both and try again.",
    },
    Words {
        ui_locales: "it de-BE",
        language: "de",
        title: "Bei Sandbox Mobile anmelden",
        title_when_wrong: "Fehler: Bei Sandbox Mobile anmelden",
        number: "Mobilnummer",
        hint: "Zum Beispiel 0470 12 34 56",
        password: "Passwort",
        sign_in: "Anmelden",
        cancel: "Abbrechen",
        wrong: "Diese Nummer und dieses Passwort gehören nicht zusammen. Bitte prüfen Sie beides und versuchen Sie es erneut.",
    },
];

/// A person in front of a browser, and the app that sent them there.
struct Visit {
    browser: Chromium,
    loopback: Loopback,
    app: App,
    sandbox: Sandbox,
}

impl Visit {
    /// None where there is no browser.
    async fn begin() -> Option<Self> {
        let driver = chromium::driver()?;
        let sandbox = Sandbox::start(SandboxOptions { par: true, ..SandboxOptions::default() }).await.unwrap();
        let browser = Chromium::open(&driver, &sandbox.ca_pem()).await;
        Some(Self { browser, loopback: Loopback::listen().await, app: App::of(&sandbox), sandbox })
    }

    async fn end(self) {
        self.browser.close().await;
        self.sandbox.stop().await;
    }

    fn url(&self, words: &Words) -> Url {
        let redirect_uri = self.loopback.redirect_uri.as_str();
        // The form each time, though the browser remembers who signed in.
        let wanted = [("ui_locales", words.ui_locales), ("redirect_uri", redirect_uri), ("prompt", "login")];
        self.app.authorize_url_with(&wanted)
    }

    async fn show(&self, words: &Words) {
        self.browser.show(&self.url(words)).await;
    }

    /// The page after a wrong password.
    async fn show_wrong(&self, words: &Words) {
        self.show(words).await;
        self.fill("0470 12 34 56", "a wrong one").await;
        self.click(words.sign_in).await;
        self.browser.element("wrong").await;
    }

    async fn fill(&self, number: &str, password: &str) {
        for (id, text) in [("number", number), ("password", password)] {
            self.browser.element(id).await.send_keys(text).await.unwrap();
        }
    }

    /// Clicks the button that says so.
    async fn click(&self, button: &str) {
        let found = format!("//button[normalize-space()='{button}']");
        self.browser.client.find(fantoccini::Locator::XPath(&found)).await.unwrap().click().await.unwrap();
    }

    async fn value(&self, id: &str) -> String {
        self.browser.element(id).await.prop("value").await.unwrap().unwrap_or_default()
    }

    async fn judge(&self, scheme: &str) {
        self.browser.colour_scheme(scheme).await;
        let looked: Value = self.browser.script(include_str!("contrast.js")).await;
        assert_eq!(looked["faint"], json!([]), "{scheme}");
        // Operator, heading, hint, two labels, two fields, two buttons.
        assert!(looked["texts"].as_u64().unwrap() >= 9, "{looked}");
        assert_eq!(looked["edges"], 4, "{looked}");
    }

    fn assert_code(&self, callback: &str) -> String {
        assert!(callback.starts_with(&self.loopback.redirect_uri), "{callback}");
        assert_eq!(parameter(callback, "state").as_deref(), Some("the-state"));
        assert_eq!(parameter(callback, "iss").as_deref(), Some(self.app.origin.as_str()));
        parameter(callback, "code").unwrap_or_else(|| panic!("no code: {callback}"))
    }

    fn assert_cancelled(&self, callback: &str) {
        assert_eq!(parameter(callback, "error").as_deref(), Some("access_denied"), "{callback}");
        assert_eq!(parameter(callback, "state").as_deref(), Some("the-state"));
        assert_eq!(parameter(callback, "code"), None);
    }
}

#[tokio::test]
async fn a_person_signs_in_in_every_language_after_a_wrong_password() {
    let Some(mut visit) = Visit::begin().await else { return };
    let emma = visit.sandbox.person("emma").unwrap();
    for words in &WORDS {
        visit.show(words).await;
        assert_eq!(visit.browser.client.title().await.unwrap(), words.title);
        visit.fill("0470 12 34 56", "a wrong one").await;
        visit.click(words.sign_in).await;

        let alert = visit.browser.element("wrong").await;
        assert_eq!(alert.text().await.unwrap(), words.wrong);
        assert_eq!(visit.browser.client.title().await.unwrap(), words.title_when_wrong);
        assert_eq!(visit.value("number").await, "0470 12 34 56");
        assert_eq!(visit.value("password").await, "");
        assert!(visit.loopback.is_silent(), "a wrong password leads nowhere");

        visit.browser.element("password").await.send_keys(&emma.password).await.unwrap();
        visit.click(words.sign_in).await;
        let callback = visit.loopback.callback().await;
        let code = visit.assert_code(&callback);
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", "companion-app"),
            ("code", &code),
            ("redirect_uri", &visit.loopback.redirect_uri),
            ("code_verifier", VERIFIER),
        ];
        assert_eq!(visit.app.post_form("/token", &form).await.unwrap().status(), 200);
    }
    visit.end().await;
}

#[tokio::test]
async fn cancelling_leads_back_to_the_app_whatever_is_typed() {
    let Some(mut visit) = Visit::begin().await else { return };
    for (words, number) in WORDS.iter().zip(["", "0470", "0470 12 34 56", ""]) {
        visit.show(words).await;
        visit.fill(number, "").await;
        visit.click(words.cancel).await;
        let callback = visit.loopback.callback().await;
        visit.assert_cancelled(&callback);
    }
    visit.show_wrong(&WORDS[0]).await;
    visit.click(WORDS[0].cancel).await;
    let callback = visit.loopback.callback().await;
    visit.assert_cancelled(&callback);
    visit.end().await;
}

#[tokio::test]
async fn the_keyboard_alone_is_enough() {
    let Some(mut visit) = Visit::begin().await else { return };
    let words = &WORDS[0];
    let password = visit.sandbox.person("emma").unwrap().password;

    // Enter, from the password.
    visit.show(words).await;
    visit.browser.press(&format!("0470 12 34 56{TAB}{password}{ENTER}")).await;
    let callback = visit.loopback.callback().await;
    visit.assert_code(&callback);

    // Space on the button; after the mistake the password is where one types on.
    visit.show(words).await;
    visit.browser.press(&format!("0470123456{TAB}wrong{TAB}{SPACE}")).await;
    visit.browser.element("wrong").await;
    visit.browser.press(&format!("{password}{ENTER}")).await;
    let callback = visit.loopback.callback().await;
    visit.assert_code(&callback);

    // A number the app already knows: only the password is missing.
    let mut url = visit.url(words);
    url.query_pairs_mut().append_pair("login_hint", "+32470123456");
    visit.browser.show(&url).await;
    visit.browser.press(&format!("{password}{ENTER}")).await;
    let callback = visit.loopback.callback().await;
    visit.assert_code(&callback);

    for press in [SPACE, ENTER] {
        visit.show(words).await;
        visit.browser.press(&format!("{TAB}{TAB}{TAB}{press}")).await;
        let callback = visit.loopback.callback().await;
        visit.assert_cancelled(&callback);
    }
    visit.end().await;
}

#[tokio::test]
async fn a_screen_reader_says_every_control_in_the_language_of_the_page() {
    let Some(visit) = Visit::begin().await else { return };
    for words in &WORDS {
        let Words { language, number, hint, password, sign_in, cancel, wrong, .. } = words;
        visit.show(words).await;
        assert_eq!(visit.browser.script("return document.documentElement.lang").await, *language);
        assert_eq!(
            spoken::lines(&visit.browser).await,
            [
                format!("heading: {sign_in}"),
                format!("textbox: {number} | {hint} | required focused"),
                format!("textbox: {password} | required"),
                format!("button: {sign_in}"),
                format!("button: {cancel}"),
            ]
        );
        visit.show_wrong(words).await;
        assert_eq!(visit.browser.script("return document.documentElement.lang").await, *language);
        // The focus is on a field that says what is wrong: a message that is there from the start is not announced.
        assert_eq!(
            spoken::lines(&visit.browser).await,
            [
                format!("heading: {sign_in}"),
                format!("alert: {wrong}"),
                format!("textbox: {number} | {wrong} {hint} | required invalid"),
                format!("textbox: {password} | {wrong} | required invalid focused"),
                format!("button: {sign_in}"),
                format!("button: {cancel}"),
            ]
        );
    }
    visit.end().await;
}

#[tokio::test]
async fn the_page_fits_a_narrow_window_a_zoomed_one_and_twice_the_letters() {
    let Some(visit) = Visit::begin().await else { return };
    let twice = "const root = document.documentElement; \
        root.style.fontSize = 2 * parseFloat(getComputedStyle(root).fontSize) + 'px'";
    for words in &WORDS {
        visit.show_wrong(words).await;
        // Zooming to 200 % leaves half the room, drawn twice as large.
        for (width, scale, script) in [(1280, 1, ""), (320, 1, ""), (320, 2, ""), (320, 1, twice)] {
            visit.browser.window(width, 720, scale).await;
            visit.browser.script(script).await;
            let faults = visit.browser.script(include_str!("fit.js")).await;
            assert_eq!(faults, json!([]), "{} in {width} pixels at {scale}, {script}", words.language);
        }
        visit.browser.picture(&format!("{}-narrow", words.language)).await;
    }
    visit.end().await;
}

#[tokio::test]
async fn everything_stands_out_in_light_and_dark_and_has_its_picture_taken() {
    let Some(visit) = Visit::begin().await else { return };
    visit.browser.window(390, 760, 2).await;
    for words in &WORDS {
        visit.show(words).await;
        visit.judge("dark").await;
        visit.judge("light").await;
        visit.browser.picture(words.language).await;
        visit.show_wrong(words).await;
        visit.judge("light").await;
        visit.judge("dark").await;
        visit.browser.picture(&format!("{}-wrong", words.language)).await;
    }
    visit.end().await;
}
