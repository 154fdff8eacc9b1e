//! What the provider knows of the browser itself: who signed in in it before, by a cookie, and its languages.

use std::collections::HashMap;

use axum::http::{HeaderMap, HeaderName, header};

use crate::http::header_text;
use crate::state::World;

const COOKIE: &str = "__Host-sandbox-session";

/// Who signed in, by cookie.
#[derive(Debug, Default)]
pub(crate) struct Browsers {
    signed_in: HashMap<String, Here>,
}

/// Somebody who signed in in this browser.
#[derive(Debug, Clone)]
pub(super) struct Here {
    pub(super) sub: String,
    /// When they typed their password.
    pub(super) at_ms: i64,
}

/// From now on the browser needs no password; the header that tells it so.
pub(super) fn remember(world: &mut World, sub: &str) -> [(HeaderName, String); 1] {
    let value = world.minter.next("browser");
    let here = Here { sub: sub.to_owned(), at_ms: world.now_ms() };
    world.browsers.signed_in.insert(value.clone(), here);
    [(header::SET_COOKIE, format!("{COOKIE}={value}; Path=/; Secure; HttpOnly; SameSite=Lax"))]
}

/// Forgets who signed in in this browser.
pub(super) fn forget(world: &mut World, headers: &HeaderMap) -> [(HeaderName, String); 1] {
    if let Some(value) = cookie(headers) {
        world.browsers.signed_in.remove(&value);
    }
    [(header::SET_COOKIE, format!("{COOKIE}=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax"))]
}

/// Who signed in in this browser.
pub(super) fn signed_in_here(world: &World, headers: &HeaderMap) -> Option<Here> {
    world.browsers.signed_in.get(&cookie(headers)?).cloned()
}

fn cookie(headers: &HeaderMap) -> Option<String> {
    let all = header_text(headers, header::COOKIE)?;
    let mut pairs = all.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.find_map(|(name, value)| (name == COOKIE).then(|| value.to_owned()))
}

/// `Accept-Language` in the form of `ui_locales`, in the order it is written in.
pub(super) fn languages(headers: &HeaderMap) -> String {
    let wanted = header_text(headers, header::ACCEPT_LANGUAGE).unwrap_or_default();
    let tags: Vec<&str> = wanted.split(',').filter_map(|tag| tag.split(';').next()).map(str::trim).collect();
    tags.join(" ")
}
