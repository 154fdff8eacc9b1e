//! Pages that only tell something and lead nowhere, and the question before signing out.

use axum::http::StatusCode;
use axum::response::Response;

use super::{Words, escape, language, page};

/// What there is to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notice {
    AccountReady,
    InvitationUsed,
    InvitationExpired,
    InvitationUnknown,
    InvitationOtherAccount,
    SignedOut,
    StillSignedIn,
}

type Said = (StatusCode, [(&'static str, &'static str); 4]);

const ACCOUNT_READY: Said = (
    StatusCode::OK,
    [
        ("Your account is ready", "Go back to the app and sign in with your number and your new password."),
        ("Je account is klaar", "Ga terug naar de app en meld je aan met je nummer en je nieuwe wachtwoord."),
        (
            "Votre compte est prêt",
            "Revenez dans l’app et connectez-vous avec votre numéro et votre nouveau mot de passe.",
        ),
        (
            "Ihr Konto ist bereit",
            "Gehen Sie zurück zur App und melden Sie sich mit Ihrer Nummer und dem neuen Passwort an.",
        ),
    ],
);
const INVITATION_USED: Said = (
    StatusCode::GONE,
    [
        (
            "This invitation was already used",
            "If that was you, go back to the app and sign in. If not, ask your employer for a new invitation.",
        ),
        (
            "Deze uitnodiging is al gebruikt",
            "Heb je dat zelf gedaan, ga dan terug naar de app en meld je aan. Zo niet, vraag je werkgever om een nieuwe uitnodiging.",
        ),
        (
            "Cette invitation a déjà servi",
            "Si c’était vous, revenez dans l’app et connectez-vous. Sinon, demandez une nouvelle invitation à votre employeur.",
        ),
        (
            "Diese Einladung wurde schon verwendet",
            "Waren Sie das selbst, gehen Sie zurück zur App und melden Sie sich an. Sonst bitten Sie Ihren Arbeitgeber um eine neue Einladung.",
        ),
    ],
);
const INVITATION_EXPIRED: Said = (
    StatusCode::GONE,
    [
        ("This invitation has expired", "Ask your employer to send you a new one."),
        ("Deze uitnodiging is verlopen", "Vraag je werkgever om je een nieuwe te sturen."),
        ("Cette invitation a expiré", "Demandez à votre employeur de vous en envoyer une nouvelle."),
        ("Diese Einladung ist abgelaufen", "Bitten Sie Ihren Arbeitgeber, Ihnen eine neue zu senden."),
    ],
);
const INVITATION_UNKNOWN: Said = (
    StatusCode::NOT_FOUND,
    [
        (
            "This invitation is not known",
            "Open the link in the e-mail once more, all of it. If it still does not work, ask your employer to send a new one.",
        ),
        (
            "Deze uitnodiging is niet bekend",
            "Open de volledige link in de e-mail nog eens. Werkt het nog niet, vraag je werkgever dan om een nieuwe te sturen.",
        ),
        (
            "Cette invitation n’est pas connue",
            "Ouvrez encore une fois le lien complet de l’e-mail. Si cela ne marche toujours pas, demandez à votre employeur d’en envoyer une nouvelle.",
        ),
        (
            "Diese Einladung ist nicht bekannt",
            "Öffnen Sie den ganzen Link in der E-Mail noch einmal. Geht es weiterhin nicht, bitten Sie Ihren Arbeitgeber um eine neue.",
        ),
    ],
);
const INVITATION_OTHER_ACCOUNT: Said = (
    StatusCode::FORBIDDEN,
    [
        (
            "This invitation is for another number",
            "Somebody else is signed in here. Sign out first, then open the link again.",
        ),
        (
            "Deze uitnodiging is voor een ander nummer",
            "Hier is iemand anders aangemeld. Meld eerst af en open de link dan opnieuw.",
        ),
        (
            "Cette invitation est pour un autre numéro",
            "Une autre personne est connectée ici. Déconnectez d’abord ce compte, puis ouvrez à nouveau le lien.",
        ),
        (
            "Diese Einladung gilt für eine andere Nummer",
            "Hier ist jemand anders angemeldet. Melden Sie sich zuerst ab und öffnen Sie den Link dann noch einmal.",
        ),
    ],
);
const SIGNED_OUT: Said = (
    StatusCode::OK,
    [
        ("You are signed out", "You can close this page."),
        ("Je bent afgemeld", "Je kan deze pagina sluiten."),
        ("Vous êtes déconnecté", "Vous pouvez fermer cette page."),
        ("Sie sind abgemeldet", "Sie können diese Seite schließen."),
    ],
);
const STILL_SIGNED_IN: Said = (
    StatusCode::OK,
    [
        ("You are still signed in in this browser", "You can go back to the app."),
        ("Je bent nog aangemeld in deze browser", "Je kan teruggaan naar de app."),
        ("Vous êtes toujours connecté dans ce navigateur", "Vous pouvez revenir dans l’app."),
        ("Sie sind in diesem Browser weiterhin angemeldet", "Sie können zur App zurückgehen."),
    ],
);

pub(crate) fn notice(notice: Notice, ui_locales: &str) -> Response {
    let (status, texts) = match notice {
        Notice::AccountReady => &ACCOUNT_READY,
        Notice::InvitationUsed => &INVITATION_USED,
        Notice::InvitationExpired => &INVITATION_EXPIRED,
        Notice::InvitationUnknown => &INVITATION_UNKNOWN,
        Notice::InvitationOtherAccount => &INVITATION_OTHER_ACCOUNT,
        Notice::SignedOut => &SIGNED_OUT,
        Notice::StillSignedIn => &STILL_SIGNED_IN,
    };
    let (code, place) = language(ui_locales);
    let (title, text) = texts.get(place).copied().unwrap_or_default();
    page(*status, code, title, &format!("<h1>{title}</h1>\n<p>{text}</p>"))
}

const LEAVE: Words = [
    "Sign out of Sandbox Mobile?",
    "Afmelden bij Sandbox Mobile?",
    "Se déconnecter de Sandbox Mobile\u{a0}?",
    "Bei Sandbox Mobile abmelden?",
];
const AFTERWARDS: Words = [
    "Next time, this browser will ask for your password again.",
    "De volgende keer vraagt deze browser je wachtwoord opnieuw.",
    "La prochaine fois, ce navigateur vous demandera à nouveau votre mot de passe.",
    "Beim nächsten Mal fragt dieser Browser wieder nach Ihrem Passwort.",
];
const SIGN_OUT: Words = ["Sign out", "Afmelden", "Se déconnecter", "Abmelden"];
const STAY: Words = ["Stay signed in", "Aangemeld blijven", "Rester connecté", "Angemeldet bleiben"];

/// Asks before signing out of this browser.
pub(crate) fn sign_out(request: &str, ui_locales: &str) -> Response {
    let (code, place) = language(ui_locales);
    let say = |words: &Words| words.get(place).copied().unwrap_or_default();
    let body = format!(
        r#"<h1>{title}</h1>
<form method="post" action="/end-session">
<input type="hidden" name="request" value="{request}">
<p>{afterwards}</p>
<p><button name="action" value="sign-out">{sign_out}</button>
<button name="action" value="stay">{stay}</button></p>
</form>"#,
        title = say(&LEAVE),
        request = escape(request),
        afterwards = say(&AFTERWARDS),
        sign_out = say(&SIGN_OUT),
        stay = say(&STAY),
    );
    page(StatusCode::OK, code, say(&LEAVE), &body)
}
