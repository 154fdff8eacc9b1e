//! The pages a person sees in the browser: sign-in, a refusal, and the captive portal of somebody else's Wi-Fi.
//! Plain HTML without scripts, pictures or other hosts; every field has its label.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

struct Texts {
    language: &'static str,
    title: &'static str,
    number: &'static str,
    hint: &'static str,
    password: &'static str,
    sign_in: &'static str,
    cancel: &'static str,
    wrong: &'static str,
}

const TEXTS: [Texts; 4] = [
    Texts {
        language: "en",
        title: "Sign in to Sandbox Mobile",
        number: "Mobile number",
        hint: "For example 0470 12 34 56",
        password: "Password",
        sign_in: "Sign in",
        cancel: "Cancel",
        wrong: "This number and this password do not belong together. Please check both and try again.",
    },
    Texts {
        language: "nl",
        title: "Aanmelden bij Sandbox Mobile",
        number: "Mobiel nummer",
        hint: "Bijvoorbeeld 0470 12 34 56",
        password: "Wachtwoord",
        sign_in: "Aanmelden",
        cancel: "Annuleren",
        wrong: "Dit nummer en dit wachtwoord horen niet bij elkaar. Kijk beide na en probeer opnieuw.",
    },
    Texts {
        language: "fr",
        title: "Se connecter à Sandbox Mobile",
        number: "Numéro de mobile",
        hint: "Par exemple 0470 12 34 56",
        password: "Mot de passe",
        sign_in: "Se connecter",
        cancel: "Annuler",
        wrong: "Ce numéro et ce mot de passe ne vont pas ensemble. Vérifiez les deux et réessayez.",
    },
    Texts {
        language: "de",
        title: "Bei Sandbox Mobile anmelden",
        number: "Mobilnummer",
        hint: "Zum Beispiel 0470 12 34 56",
        password: "Passwort",
        sign_in: "Anmelden",
        cancel: "Abbrechen",
        wrong: "Diese Nummer und dieses Passwort gehören nicht zusammen. Bitte prüfen Sie beides und versuchen Sie es erneut.",
    },
];

/// The sign-in page, in the first of the wanted languages we have; `wrong` after a failed try.
pub(crate) fn sign_in(request_id: &str, ui_locales: &str, number: &str, wrong: bool) -> Response {
    let texts = texts(ui_locales);
    let alert = match wrong {
        true => format!("<p id=\"wrong\" role=\"alert\">{}</p>", texts.wrong),
        false => String::new(),
    };
    let described = if wrong { "wrong hint" } else { "hint" };
    let body = format!(
        r#"<h1>{title}</h1>
{alert}
<form method="post" action="/sign-in">
<input type="hidden" name="request" value="{request}">
<p><label for="number">{number_label}</label><br>
<input id="number" name="number" type="tel" inputmode="tel" autocomplete="username" required aria-describedby="{described}" value="{number}"></p>
<p id="hint">{hint}</p>
<p><label for="password">{password}</label><br>
<input id="password" name="password" type="password" autocomplete="current-password" required></p>
<p><button name="action" value="sign-in">{sign_in}</button>
<button name="action" value="cancel" formnovalidate>{cancel}</button></p>
</form>"#,
        title = texts.title,
        request = escape(request_id),
        number_label = texts.number,
        number = escape(number),
        hint = texts.hint,
        password = texts.password,
        sign_in = texts.sign_in,
        cancel = texts.cancel,
    );
    page(StatusCode::OK, texts.language, texts.title, &body)
}

/// A request that cannot be answered by a redirect: whoever sent it is not known.
pub(crate) fn refusal(why: &str) -> Response {
    let body = format!("<h1>This link does not work</h1>\n<p>{}</p>", escape(why));
    page(StatusCode::BAD_REQUEST, "en", "This link does not work", &body)
}

/// What a hotel's Wi-Fi answers instead of the operator.
pub(crate) fn captive_portal() -> Response {
    let body = "<h1>Welcome to Hotel Wi-Fi</h1>\n<form method=\"post\" action=\"/accept\"><p>\
        <label for=\"room\">Room number</label> <input id=\"room\" name=\"room\"></p>\
        <p><button>Go online</button></p></form>";
    page(StatusCode::OK, "en", "Hotel Wi-Fi", body)
}

fn texts(ui_locales: &str) -> &'static Texts {
    let wanted = ui_locales.split(' ').find_map(|locale| {
        let language = locale.split('-').next().unwrap_or_default();
        TEXTS.iter().find(|texts| texts.language == language)
    });
    wanted.unwrap_or(&TEXTS[0])
}

fn page(status: StatusCode, language: &str, title: &str, body: &str) -> Response {
    let html = format!(
        r#"<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }}
main {{ max-width: 24rem; margin: 2rem auto; padding: 0 1rem }}
input, button {{ font: inherit; min-height: 3rem; box-sizing: border-box; padding: 0 .75rem }}
input {{ width: 100% }}
[role=alert] {{ border-left: .3rem solid; padding-left: .75rem }}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"#
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (status, headers, html).into_response()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
