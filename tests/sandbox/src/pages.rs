//! The pages a person sees in the browser: sign-in, a refusal, and the captive portal of somebody else's Wi-Fi.
//! Plain HTML without scripts, pictures or other hosts; every field has its label.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

mod account;
mod notice;

pub(crate) use account::{Account, Mistake, account};
pub(crate) use notice::{Notice, notice, sign_out};

/// One text in the languages of [`TEXTS`], in that order.
type Words = [&'static str; 4];

/// Begins the window's title, the first thing a screen reader says, after a mistake.
const ERROR: Words = ["Error: ", "Fout: ", "Erreur\u{a0}: ", "Fehler: "];

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
    let (code, place) = language(ui_locales);
    let texts = TEXTS.get(place).unwrap_or(&TEXTS[0]);
    let (error, alert, number_described, password_described) = match wrong {
        true => (
            ERROR.get(place).copied().unwrap_or_default(),
            format!("<p id=\"wrong\" role=\"alert\">{}</p>", texts.wrong),
            r#"aria-describedby="wrong hint" aria-invalid="true""#,
            r#"aria-describedby="wrong" aria-invalid="true""#,
        ),
        false => ("", String::new(), r#"aria-describedby="hint""#, ""),
    };
    // The focus is where the person types next. After a failed try it is also what gets the message read aloud: a
    // message that is there from the start is not announced by itself.
    let (number_focus, password_focus) = if number.is_empty() { ("autofocus", "") } else { ("", "autofocus") };
    let body = format!(
        r#"<h1>{sign_in}</h1>
{alert}
<form method="post" action="/sign-in">
<input type="hidden" name="request" value="{request}">
<p><label for="number">{number_label}</label>
<span id="hint" class="hint">{hint}</span>
<input id="number" name="number" type="tel" inputmode="tel" autocomplete="username" enterkeyhint="next" required {number_described} {number_focus} value="{number}"></p>
<p><label for="password">{password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" enterkeyhint="go" required {password_described} {password_focus}></p>
<p><button name="action" value="sign-in">{sign_in}</button>
<button name="action" value="cancel" formnovalidate>{cancel}</button></p>
</form>"#,
        request = escape(request_id),
        number_label = texts.number,
        number = escape(number),
        hint = texts.hint,
        password = texts.password,
        sign_in = texts.sign_in,
        cancel = texts.cancel,
    );
    page(StatusCode::OK, code, &format!("{error}{}", texts.title), &body)
}

/// A request that cannot be answered by a redirect: whoever sent it is not known.
pub(crate) fn refusal(why: &str) -> Response {
    let body = format!("<h1>This link does not work</h1>\n<p>{}</p>", escape(why));
    page(StatusCode::BAD_REQUEST, "en", "This link does not work", &body)
}

/// What some operators answer with when a printed bill is asked for too early: a page, with success.
pub(crate) fn document_not_ready() -> Response {
    let body = "<h1>Your document is being prepared</h1>\n<p>Please try again later.</p>";
    document(StatusCode::OK, "en", "Your document", &format!("<main>{body}</main>"))
}

/// What a hotel's Wi-Fi answers instead of the operator.
pub(crate) fn captive_portal() -> Response {
    let body = "<h1>Welcome to Hotel Wi-Fi</h1>\n<form method=\"post\" action=\"/accept\"><p>\
        <label for=\"room\">Room number</label> <input id=\"room\" name=\"room\"></p>\
        <p><button>Go online</button></p></form>";
    document(StatusCode::OK, "en", "Hotel Wi-Fi", &format!("<main>{body}</main>"))
}

/// The first of the wanted languages we have: its code, and its place in [`TEXTS`] and every [`Words`].
fn language(ui_locales: &str) -> (&'static str, usize) {
    let wanted = ui_locales.split(' ').find_map(|locale| {
        let language = locale.split('-').next().unwrap_or_default();
        TEXTS.iter().position(|texts| texts.language.eq_ignore_ascii_case(language))
    });
    let place = wanted.unwrap_or_default();
    (TEXTS.get(place).map(|texts| texts.language).unwrap_or_default(), place)
}

/// A page of the operator, with its name above.
fn page(status: StatusCode, language: &str, title: &str, body: &str) -> Response {
    document(status, language, title, &format!("<header>Sandbox Mobile</header>\n<main>\n{body}\n</main>"))
}

const STYLE: &str = "
:root {
  color-scheme: light dark; font: 1.0625rem/1.5 system-ui, sans-serif;
  --ground: #f2f5f6; --sheet: #fff; --ink: #18222c; --quiet: #4c5966; --edge: #6e7b88;
  --accent: #0b5a66; --on-accent: #fff; --wrong: #9c1c16; --wrong-ground: #fdeeec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f151b; --sheet: #19212a; --ink: #e8edf1; --quiet: #b0bac4; --edge: #8793a0;
    --accent: #82d0d8; --on-accent: #06262b; --wrong: #ffb4ab; --wrong-ground: #3b1d1b;
  }
}
* { box-sizing: border-box }
body { margin: 0; padding: 0 min(1rem, 3vw) 2rem; background: var(--ground); color: var(--ink); overflow-wrap: anywhere }
header, main { max-width: 26rem; margin: 0 auto }
header { padding: 1.25rem 0; color: var(--accent); font-weight: 700 }
main { padding: min(2rem, 6vw) min(2rem, 4vw); background: var(--sheet); border-radius: 1rem }
h1 { margin: 0 0 1.25rem; font-size: min(1.5rem, 11vw); line-height: 1.25 }
p { margin: 0 0 1.25rem }
label { display: block; font-weight: 600 }
.hint { display: block; color: var(--quiet) }
input, button { width: 100%; min-height: 3rem; padding: .5rem min(.75rem, 3vw); border-radius: .5rem; font: inherit }
input { margin-top: .375rem; border: 1px solid var(--edge); background: var(--sheet); color: var(--ink) }
button { border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); font-weight: 600 }
button + button { margin-top: .75rem; border-color: var(--edge); background: var(--sheet); color: var(--accent) }
form p:last-child { margin: 2rem 0 0 }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
input:focus-visible { outline-offset: 0 }
[aria-invalid] { border: 2px solid var(--wrong) }
[role=alert] {
  padding: .75rem min(1rem, 3vw); border-left: .3rem solid var(--wrong); border-radius: .25rem .5rem .5rem .25rem;
  background: var(--wrong-ground); color: var(--wrong);
}
";

fn document(status: StatusCode, language: &str, title: &str, body: &str) -> Response {
    let html = format!(
        r#"<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
{body}
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

/// As text in HTML, also within an attribute.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
