//! Invitations of employees whose bill is split: a link with a token in an e-mail. Opening the link shows a page and
//! spends nothing, since mail scanners open links too; only the person who chooses a password on that page redeems it.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::authorize::{cancelled, enter, way_back};
use super::browser::{languages, signed_in_here};
use super::request::Wrong;
use crate::faults::IdentityFaults;
use crate::http::{pairs, single};
use crate::pages::{self, Account, Mistake, Notice};
use crate::people::{normalise_number, written_number};
use crate::state::{Shared, World};

/// How long an invitation is good, by the sandbox's clock.
const DAYS: i64 = 7;

/// An invitation as its e-mail holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    /// The code.
    pub token: String,
    /// The link with the code in it.
    pub link: String,
}

/// Invitations by token.
#[derive(Debug, Default)]
pub(crate) struct Invitations {
    sent: HashMap<String, Sent>,
}

#[derive(Debug)]
struct Sent {
    sub: String,
    expires_ms: i64,
    used: bool,
}

/// Why an invitation makes no account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Invalid {
    Used,
    Expired,
    Unknown,
    OtherAccount,
}

impl Invalid {
    /// The operator's own OAuth error; the profile says what each means.
    pub(super) fn error(self) -> Wrong {
        match self {
            Self::Used => ("invitation_used", "the invitation was used before"),
            Self::Expired => ("invitation_expired", "the invitation has expired"),
            Self::Unknown => ("invitation_unknown", "there is no such invitation"),
            Self::OtherAccount => ("invitation_other_account", "the invitation is another person's"),
        }
    }

    fn notice(self) -> Notice {
        match self {
            Self::Used => Notice::InvitationUsed,
            Self::Expired => Notice::InvitationExpired,
            Self::Unknown => Notice::InvitationUnknown,
            Self::OtherAccount => Notice::InvitationOtherAccount,
        }
    }
}

impl World {
    /// The fleet manager invites somebody, by key.
    pub(crate) fn invite(&mut self, key: &str, origin: &str) -> Option<Invitation> {
        let sub = self.people.iter().find(|person| person.key == key)?.sub.clone();
        let token = self.minter.next("invitation");
        let expires_ms = self.now_ms() + DAYS * 86_400_000;
        self.invitations.sent.insert(token.clone(), Sent { sub, expires_ms, used: false });
        let link = format!("{origin}/invitation?token={token}");
        Some(Invitation { token, link })
    }

    /// Whose account an invitation would make; `here` is who is signed in in the browser, `hint` the number the app
    /// has in mind.
    pub(super) fn invited(&self, token: &str, here: Option<&str>, hint: &str) -> Result<String, Invalid> {
        let sent = self.invitations.sent.get(token).ok_or(Invalid::Unknown)?;
        let person = self.people.iter().find(|person| person.sub == sent.sub).ok_or(Invalid::Unknown)?;
        if sent.used || person.account {
            return Err(Invalid::Used);
        }
        if self.now_ms() >= sent.expires_ms {
            return Err(Invalid::Expired);
        }
        let other_number = !hint.is_empty() && normalise_number(hint).is_none_or(|number| !person.has(&number));
        if here.is_some_and(|sub| sub != sent.sub) || other_number {
            return Err(Invalid::OtherAccount);
        }
        Ok(sent.sub.clone())
    }

    /// The account is made with this password.
    fn redeem(&mut self, token: &str, sub: &str, password: &str) {
        if let Some(sent) = self.invitations.sent.get_mut(token) {
            sent.used = true;
        }
        self.open_account(sub, password);
    }
}

/// The link of the e-mail, outside any sign-in.
pub(super) async fn open(State(shared): State<Arc<Shared>>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let query = pairs(query.unwrap_or_default().as_bytes());
    let token = single(&query, "token").unwrap_or_default();
    let world = shared.world();
    let here = signed_in_here(&world, &headers).map(|here| here.sub);
    match world.invited(token, here.as_deref(), "") {
        Ok(sub) => page(&world, "", token, &sub, &languages(&headers), None),
        Err(invalid) => pages::notice(invalid.notice(), &languages(&headers)),
    }
}

/// The page where the invited person chooses a password; `request` is the sign-in it is part of, if any.
pub(super) fn page(
    world: &World,
    request: &str,
    token: &str,
    sub: &str,
    ui_locales: &str,
    mistake: Option<Mistake>,
) -> Response {
    let number = world.people.iter().find(|person| person.sub == sub).map(|person| person.card().number);
    let number = written_number(&number.unwrap_or_default());
    pages::account(&Account { request, token: Some(token), number: &number, ui_locales, mistake })
}

pub(super) async fn redeem(
    State(shared): State<Arc<Shared>>,
    Extension(faults): Extension<IdentityFaults>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = pairs(&body);
    let text = |name| single(&form, name).unwrap_or_default();
    let (id, token) = (text("request"), text("token"));
    let mut world = shared.world();
    let request = world.sessions.pending(id);
    if request.is_none() && !id.is_empty() {
        return pages::refusal("This sign-in is over. Please start again from the app.");
    }
    let ui_locales = request.as_ref().map_or_else(|| languages(&headers), |request| request.ui_locales.clone());
    if let (Some(request), "cancel") = (&request, text("action")) {
        return cancelled(&mut world, id, &way_back(&shared, &faults, request));
    }
    let here = signed_in_here(&world, &headers).map(|here| here.sub);
    let hint = request.as_ref().map(|request| request.login_hint.as_str()).unwrap_or_default();
    // Whatever the page was opened with, it may have been used or grown too old since.
    let sub = match (world.invited(token, here.as_deref(), hint), &request) {
        (Ok(sub), _) => sub,
        (Err(invalid), Some(request)) => {
            world.sessions.cancel(id);
            return way_back(&shared, &faults, request).error(invalid.error());
        }
        (Err(invalid), None) => return pages::notice(invalid.notice(), &ui_locales),
    };
    if let Some(mistake) = Mistake::in_passwords(text("password"), text("repeat")) {
        return page(&world, id, token, &sub, &ui_locales, Some(mistake));
    }
    world.redeem(token, &sub, text("password"));
    match &request {
        Some(request) => enter(&mut world, id, &sub, &way_back(&shared, &faults, request)),
        None => pages::notice(Notice::AccountReady, &ui_locales),
    }
}
