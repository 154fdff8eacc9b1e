//! The pages where accounts are made and the browser signs out, as a person meets them.

use serde_json::json;
use url::Url;

use crate::chromium::{ENTER, SPACE, TAB};
use crate::{Visit, WORDS, Words, spoken};

struct Account {
    register: &'static str,
    invitation: &'static str,
    password: &'static str,
    rule: &'static str,
    repeat: &'static str,
    create: &'static str,
    differ: &'static str,
    sign_out: &'static str,
    stay: &'static str,
    leave: &'static str,
}

/// In the order of [`WORDS`].
const ACCOUNT: [Account; 4] = [
    Account {
        register: "Créer votre compte Sandbox Mobile",
        invitation: "Choisir votre mot de passe",
        password: "Nouveau mot de passe",
        rule: "Au moins 8 caractères",
        repeat: "Nouveau mot de passe, encore une fois",
        create: "Créer le compte",
        differ: "Les deux mots de passe ne sont pas identiques. Saisissez-les à nouveau.",
        leave: "Se déconnecter de Sandbox Mobile\u{a0}?",
        sign_out: "Se déconnecter",
        stay: "Rester connecté",
    },
    Account {
        register: "Maak je account bij Sandbox Mobile",
        invitation: "Kies je wachtwoord",
        password: "Nieuw wachtwoord",
        rule: "Minstens 8 tekens",
        repeat: "Nieuw wachtwoord nog eens",
        create: "Account maken",
        differ: "De twee wachtwoorden zijn niet gelijk. Typ ze allebei opnieuw.",
        leave: "Afmelden bij Sandbox Mobile?",
        sign_out: "Afmelden",
        stay: "Aangemeld blijven",
    },
    Account {
        register: "Create your Sandbox Mobile account",
        invitation: "Choose your password",
        password: "New password",
        rule: "At least 8 characters",
        repeat: "New password once more",
        create: "Create account",
        differ: "The two passwords are not the same. Please type both again.",
        leave: "Sign out of Sandbox Mobile?",
        sign_out: "Sign out",
        stay: "Stay signed in",
    },
    Account {
        register: "Ihr Konto bei Sandbox Mobile anlegen",
        invitation: "Passwort wählen",
        password: "Neues Passwort",
        rule: "Mindestens 8 Zeichen",
        repeat: "Neues Passwort noch einmal",
        create: "Konto anlegen",
        differ: "Die beiden Passwörter sind nicht gleich. Bitte geben Sie beide noch einmal ein.",
        leave: "Bei Sandbox Mobile abmelden?",
        sign_out: "Abmelden",
        stay: "Angemeldet bleiben",
    },
];

fn languages() -> impl Iterator<Item = (&'static Words, &'static Account)> {
    WORDS.iter().zip(&ACCOUNT)
}

impl Visit {
    fn authorize(&self, words: &Words, prompt: &str) -> Url {
        let redirect_uri = self.loopback.redirect_uri.as_str();
        let wanted = [("ui_locales", words.ui_locales), ("redirect_uri", redirect_uri), ("prompt", prompt)];
        self.app.authorize_url_with(&wanted)
    }

    /// A sign-in that brings a fresh invitation of Pieter's.
    async fn invited(&self, words: &Words) -> Url {
        let token = self.sandbox.invite("pieter").unwrap().token;
        let redirect_uri = self.loopback.redirect_uri.as_str();
        let pushed = [("ui_locales", words.ui_locales), ("redirect_uri", redirect_uri), ("invitation", &token)];
        self.app.push(&pushed).await.unwrap()
    }

    fn end_url(&self, words: &Words) -> Url {
        let mut url = Url::parse(&format!("{}/end-session", self.app.origin)).unwrap();
        url.query_pairs_mut().append_pair("ui_locales", words.ui_locales);
        url
    }
}

#[tokio::test]
async fn an_account_is_made_by_keyboard_alone_after_a_slip_and_the_browser_remembers_it() {
    let Some(mut visit) = Visit::begin().await else { return };
    let words = &WORDS[1];
    visit.browser.show(&visit.authorize(words, "create")).await;
    visit.browser.press(&format!("0470 79 01 22{TAB}a-long-one{TAB}another-long-one{ENTER}")).await;
    let alert = visit.browser.element("wrong").await;
    assert_eq!(alert.text().await.unwrap(), ACCOUNT[1].differ);
    assert_eq!(visit.value("number").await, "0470 79 01 22");
    assert_eq!((visit.value("password").await, visit.value("repeat").await), (String::new(), String::new()));
    assert!(visit.loopback.is_silent(), "a mistake leads nowhere");
    // The focus is on the password.
    visit.browser.press(&format!("a-long-one{TAB}a-long-one{TAB}{SPACE}")).await;
    let callback = visit.loopback.callback().await;
    visit.assert_code(&callback);

    visit.browser.show(&visit.authorize(words, "")).await;
    let callback = visit.loopback.callback().await;
    visit.assert_code(&callback);

    // Signing out of the browser brings the page back.
    visit.browser.show(&visit.end_url(words)).await;
    visit.click(ACCOUNT[1].sign_out).await;
    visit.browser.client.wait().for_element(fantoccini::Locator::Css("h1")).await.unwrap();
    visit.browser.show(&visit.authorize(words, "")).await;
    visit.browser.element("number").await;
    visit.end().await;
}

#[tokio::test]
async fn an_invitation_is_taken_or_left_in_the_middle_of_a_sign_in() {
    let Some(mut visit) = Visit::begin().await else { return };
    let words = &WORDS[0];
    visit.browser.show(&visit.invited(words).await).await;
    visit.click(words.cancel).await;
    let callback = visit.loopback.callback().await;
    visit.assert_cancelled(&callback);

    visit.browser.show(&visit.invited(words).await).await;
    visit.browser.press(&format!("a-long-one{TAB}a-long-one{ENTER}")).await;
    let callback = visit.loopback.callback().await;
    visit.assert_code(&callback);
    visit.end().await;
}

#[tokio::test]
async fn a_screen_reader_says_every_control_of_these_pages_too() {
    let Some(visit) = Visit::begin().await else { return };
    for (words, account) in languages() {
        let Words { number, hint, cancel, .. } = words;
        let Account { register, invitation, password, rule, repeat, create, differ, leave, sign_out, stay } = account;
        visit.browser.show(&visit.authorize(words, "create")).await;
        assert_eq!(
            spoken::lines(&visit.browser).await,
            [
                format!("heading: {register}"),
                format!("textbox: {number} | {hint} | required focused"),
                format!("textbox: {password} | {rule} | required"),
                format!("textbox: {repeat} | required"),
                format!("button: {create}"),
                format!("button: {cancel}"),
            ]
        );
        visit.browser.show(&visit.invited(words).await).await;
        visit.browser.press(&format!("a-long-one{TAB}another-long-one{ENTER}")).await;
        visit.browser.element("wrong").await;
        assert_eq!(
            spoken::lines(&visit.browser).await,
            [
                format!("heading: {invitation}"),
                format!("alert: {differ}"),
                format!("textbox: {password} | {differ} {rule} | required invalid focused"),
                format!("textbox: {repeat} | {differ} | required invalid"),
                format!("button: {create}"),
                format!("button: {cancel}"),
            ]
        );
        visit.browser.show(&visit.end_url(words)).await;
        let said = [format!("heading: {leave}"), format!("button: {sign_out}"), format!("button: {stay}")];
        assert_eq!(spoken::lines(&visit.browser).await, said);
        assert_eq!(visit.browser.script("return document.documentElement.lang").await, words.language);
    }
    visit.end().await;
}

#[tokio::test]
async fn these_pages_fit_a_narrow_window_with_twice_the_letters_and_stand_out_in_light_and_dark() {
    let Some(visit) = Visit::begin().await else { return };
    let twice = "const root = document.documentElement; \
        root.style.fontSize = 2 * parseFloat(getComputedStyle(root).fontSize) + 'px'";
    visit.browser.window(320, 720, 1).await;
    for (place, (words, _)) in languages().enumerate() {
        for (name, url) in [
            ("register", visit.authorize(words, "create")),
            ("invitation", visit.invited(words).await),
            ("sign-out", visit.end_url(words)),
        ] {
            visit.browser.colour_scheme(["light", "dark"][place % 2]).await;
            visit.browser.show(&url).await;
            let looked = visit.browser.script(include_str!("contrast.js")).await;
            assert_eq!(looked["faint"], json!([]), "{name} {}", words.language);
            visit.browser.picture(&format!("{}-{name}", words.language)).await;
            visit.browser.script(twice).await;
            let faults = visit.browser.script(include_str!("fit.js")).await;
            assert_eq!(faults, json!([]), "{name} {}", words.language);
        }
    }
    visit.end().await;
}
