//! The page where a person makes an account: with their number, or with the employer's invitation. A password, twice.

use axum::http::StatusCode;
use axum::response::Response;

use super::{ERROR, Words, escape, language, page};

/// The shortest password that is taken.
const SHORTEST: usize = 8;

/// What stands on the page.
#[derive(Debug)]
pub(crate) struct Account<'a> {
    /// The sign-in it is part of; empty for an invitation that was opened outside of any.
    pub(crate) request: &'a str,
    /// The invitation, when there is one; then the number is not for the person to choose.
    pub(crate) token: Option<&'a str>,
    pub(crate) number: &'a str,
    pub(crate) ui_locales: &'a str,
    pub(crate) mistake: Option<Mistake>,
}

/// What the person is asked to mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mistake {
    /// No number of this operator.
    Number,
    /// The number has an account.
    Taken,
    /// The password is too short.
    Short,
    /// The passwords differ.
    Differ,
}

impl Mistake {
    pub(crate) fn in_passwords(password: &str, repeat: &str) -> Option<Self> {
        match password {
            _ if password.chars().count() < SHORTEST => Some(Self::Short),
            _ if password != repeat => Some(Self::Differ),
            _ => None,
        }
    }

    fn words(self) -> &'static Words {
        match self {
            Self::Number => &NO_NUMBER,
            Self::Taken => &TAKEN,
            Self::Short => &SHORT,
            Self::Differ => &DIFFER,
        }
    }
}

const REGISTER: Words = [
    "Create your Sandbox Mobile account",
    "Maak je account bij Sandbox Mobile",
    "Créer votre compte Sandbox Mobile",
    "Ihr Konto bei Sandbox Mobile anlegen",
];
const CHOOSE: Words = ["Choose your password", "Kies je wachtwoord", "Choisir votre mot de passe", "Passwort wählen"];
const INVITED: Words = [
    "Your employer invited you. This account is for the number {}.",
    "Je werkgever heeft je uitgenodigd. Dit account is voor het nummer {}.",
    "Votre employeur vous a invité. Ce compte est celui du numéro {}.",
    "Ihr Arbeitgeber hat Sie eingeladen. Dieses Konto gilt für die Nummer {}.",
];
const NUMBER: Words = ["Mobile number", "Mobiel nummer", "Numéro de mobile", "Mobilnummer"];
const EXAMPLE: Words = [
    "For example 0470 12 34 56",
    "Bijvoorbeeld 0470 12 34 56",
    "Par exemple 0470 12 34 56",
    "Zum Beispiel 0470 12 34 56",
];
const PASSWORD: Words = ["New password", "Nieuw wachtwoord", "Nouveau mot de passe", "Neues Passwort"];
const RULE: Words = ["At least 8 characters", "Minstens 8 tekens", "Au moins 8 caractères", "Mindestens 8 Zeichen"];
const REPEAT: Words = [
    "New password once more",
    "Nieuw wachtwoord nog eens",
    "Nouveau mot de passe, encore une fois",
    "Neues Passwort noch einmal",
];
const CREATE: Words = ["Create account", "Account maken", "Créer le compte", "Konto anlegen"];
const CANCEL: Words = ["Cancel", "Annuleren", "Annuler", "Abbrechen"];
const NO_NUMBER: Words = [
    "This is not a mobile number of Sandbox Mobile. Please check it and try again.",
    "Dit is geen mobiel nummer van Sandbox Mobile. Kijk het na en probeer opnieuw.",
    "Ce n’est pas un numéro de mobile de Sandbox Mobile. Vérifiez-le et réessayez.",
    "Das ist keine Mobilnummer von Sandbox Mobile. Bitte prüfen Sie sie und versuchen Sie es erneut.",
];
const TAKEN: Words = [
    "This number already has an account. Cancel here and sign in with it.",
    "Dit nummer heeft al een account. Annuleer hier en meld je ermee aan.",
    "Ce numéro a déjà un compte. Annulez ici et connectez-vous avec ce compte.",
    "Diese Nummer hat schon ein Konto. Brechen Sie hier ab und melden Sie sich damit an.",
];
const SHORT: Words = [
    "This password is too short. Please choose one of at least 8 characters.",
    "Dit wachtwoord is te kort. Kies er een van minstens 8 tekens.",
    "Ce mot de passe est trop court. Choisissez-en un d’au moins 8 caractères.",
    "Dieses Passwort ist zu kurz. Bitte wählen Sie eines mit mindestens 8 Zeichen.",
];
const DIFFER: Words = [
    "The two passwords are not the same. Please type both again.",
    "De twee wachtwoorden zijn niet gelijk. Typ ze allebei opnieuw.",
    "Les deux mots de passe ne sont pas identiques. Saisissez-les à nouveau.",
    "Die beiden Passwörter sind nicht gleich. Bitte geben Sie beide noch einmal ein.",
];

pub(crate) fn account(account: &Account) -> Response {
    let (code, place) = language(account.ui_locales);
    let say = |words: &Words| words.get(place).copied().unwrap_or_default();
    let title = if account.token.is_some() { say(&CHOOSE) } else { say(&REGISTER) };
    let (error, alert) = match account.mistake {
        Some(mistake) => (say(&ERROR), format!("<p id=\"wrong\" role=\"alert\">{}</p>\n", say(mistake.words()))),
        None => ("", String::new()),
    };
    let wrong = Fields::of(account.mistake);
    // Where the person types next; after a mistake that is the field it is in, which then says so.
    let focus = match account.mistake {
        Some(_) => wrong.first(),
        None if account.token.is_none() && account.number.is_empty() => "number",
        None => "password",
    };
    let state = |id: &str, is_wrong: bool, hint: &str| {
        let described: Vec<&str> =
            [if is_wrong { "wrong" } else { "" }, hint].into_iter().filter(|id| !id.is_empty()).collect();
        let describes = match described.is_empty() {
            true => String::new(),
            false => format!(" aria-describedby=\"{}\"", described.join(" ")),
        };
        let invalid = if is_wrong { " aria-invalid=\"true\"" } else { "" };
        let focused = if id == focus { " autofocus" } else { "" };
        format!("{describes}{invalid}{focused}")
    };
    let number = escape(account.number);
    let (action, of) = match account.token {
        Some(token) => (
            "/invitation",
            format!(
                "<p>{}</p>\n<input type=\"hidden\" name=\"token\" value=\"{}\">",
                say(&INVITED).replace("{}", &format!("<strong>{number}</strong>")),
                escape(token)
            ),
        ),
        None => (
            "/register",
            format!(
                r#"<p><label for="number">{}</label>
<span id="example" class="hint">{}</span>
<input id="number" name="number" type="tel" inputmode="tel" autocomplete="username" enterkeyhint="next" required value="{number}"{}></p>"#,
                say(&NUMBER),
                say(&EXAMPLE),
                state("number", wrong.number, "example"),
            ),
        ),
    };
    let cancel = match account.request.is_empty() {
        true => String::new(),
        false => format!("\n<button name=\"action\" value=\"cancel\" formnovalidate>{}</button>", say(&CANCEL)),
    };
    let body = format!(
        r#"<h1>{title}</h1>
{alert}<form method="post" action="{action}">
<input type="hidden" name="request" value="{request}">
{of}
<p><label for="password">{password}</label>
<span id="rule" class="hint">{rule}</span>
<input id="password" name="password" type="password" autocomplete="new-password" enterkeyhint="next" required{password_state}></p>
<p><label for="repeat">{repeat}</label>
<input id="repeat" name="repeat" type="password" autocomplete="new-password" enterkeyhint="go" required{repeat_state}></p>
<p><button name="action" value="create">{create}</button>{cancel}</p>
</form>"#,
        request = escape(account.request),
        password = say(&PASSWORD),
        rule = say(&RULE),
        password_state = state("password", wrong.password, "rule"),
        repeat = say(&REPEAT),
        repeat_state = state("repeat", wrong.repeat, ""),
        create = say(&CREATE),
    );
    page(StatusCode::OK, code, &format!("{error}{title}"), &body)
}

/// The fields a mistake is in.
#[derive(Debug, Default)]
struct Fields {
    number: bool,
    password: bool,
    repeat: bool,
}

impl Fields {
    fn of(mistake: Option<Mistake>) -> Self {
        let number = matches!(mistake, Some(Mistake::Number | Mistake::Taken));
        let repeat = mistake == Some(Mistake::Differ);
        Self { number, password: repeat || mistake == Some(Mistake::Short), repeat }
    }

    fn first(&self) -> &'static str {
        if self.number { "number" } else { "password" }
    }
}
