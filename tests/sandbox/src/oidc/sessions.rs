//! Who is signed in: pending sign-ins, codes, and families of tokens. One sign-in is one family; whatever kills
//! the family kills every token in it at once.

use std::collections::HashMap;

use super::request::AuthorizeRequest;
use crate::ids::Minter;
use crate::options::Rotation;

/// How long a code may take from the browser to the token endpoint.
const CODE_SECONDS: i64 = 60;

#[derive(Debug)]
struct Code {
    request: AuthorizeRequest,
    sub: String,
    /// When the person typed their password.
    typed_ms: i64,
    expires_ms: i64,
    /// The family it was exchanged for; a second use kills that family.
    used_for: Option<u64>,
}

/// An access token's meaning.
#[derive(Debug, Clone)]
pub(crate) struct Access {
    pub(crate) sub: String,
    pub(crate) scope: String,
    /// Thumbprint of the key it needs a proof of.
    pub(crate) bound_to: Option<String>,
    /// When the person typed their password (`auth_time`); a renewal does not change it.
    pub(crate) signed_in_ms: i64,
    family: u64,
    expires_ms: i64,
}

#[derive(Debug)]
struct Refresh {
    family: u64,
    /// 1 for the one of the sign-in, one more with each rotation.
    generation: u32,
    /// When it was exchanged for its successor.
    rotated_ms: Option<i64>,
}

#[derive(Debug)]
struct Family {
    sub: String,
    scope: String,
    nonce: String,
    signed_in_ms: i64,
    bound_to: Option<String>,
    alive: bool,
}

/// Fresh tokens of one family.
#[derive(Debug)]
pub(crate) struct Granted {
    pub(crate) access: String,
    pub(crate) refresh: Option<String>,
    pub(crate) sub: String,
    pub(crate) scope: String,
    pub(crate) nonce: String,
    pub(crate) signed_in_ms: i64,
    /// Whether the tokens are bound to a key.
    pub(crate) bound: bool,
}

/// A token that was given out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) kind: &'static str,
    pub(crate) sub: &'a str,
    pub(crate) generation: Option<u32>,
}

/// Moment, lifetimes and proven key for a grant.
#[derive(Debug, Clone)]
pub(crate) struct Terms {
    pub(crate) now_ms: i64,
    pub(crate) access_seconds: i64,
    pub(crate) grace_seconds: i64,
    pub(crate) rotation: Rotation,
    /// Thumbprint of the key whose proof came along.
    pub(crate) key: Option<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Sessions {
    pending: HashMap<String, AuthorizeRequest>,
    codes: HashMap<String, Code>,
    access: HashMap<String, Access>,
    refresh: HashMap<String, Refresh>,
    families: Vec<Family>,
}

impl Sessions {
    pub(crate) fn begin(&mut self, id: String, request: AuthorizeRequest) {
        self.pending.insert(id, request);
    }

    pub(crate) fn pending(&self, id: &str) -> Option<AuthorizeRequest> {
        self.pending.get(id).cloned()
    }

    pub(crate) fn cancel(&mut self, id: &str) {
        self.pending.remove(id);
    }

    /// The person is who they say: the pending sign-in becomes a code.
    pub(crate) fn grant_code(
        &mut self,
        id: &str,
        sub: &str,
        typed_ms: i64,
        now_ms: i64,
        minter: &mut Minter,
    ) -> Option<String> {
        let request = self.pending.remove(id)?;
        let code = minter.next("code");
        self.codes.insert(
            code.clone(),
            Code { request, sub: sub.to_owned(), typed_ms, expires_ms: now_ms + CODE_SECONDS * 1000, used_for: None },
        );
        Some(code)
    }

    /// Exchanges a code. A wrong verifier or redirect does not spend it; a second use kills what the first gave.
    pub(crate) fn exchange(
        &mut self,
        code: &str,
        redirect_uri: &str,
        challenge: &str,
        terms: &Terms,
        minter: &mut Minter,
    ) -> Result<Granted, &'static str> {
        let known = self.codes.get_mut(code).ok_or("unknown code")?;
        if let Some(family) = known.used_for {
            self.kill(family);
            return Err("the code was used before");
        }
        if terms.now_ms >= known.expires_ms {
            return Err("the code has expired");
        }
        if known.request.redirect_uri != redirect_uri {
            return Err("the redirect_uri is not the one the code was asked with");
        }
        if known.request.challenge != challenge {
            return Err("the code_verifier does not match");
        }
        if known.request.dpop_jkt.is_some() && known.request.dpop_jkt != terms.key {
            return Err("the code is bound to another key");
        }
        let family = self.families.len() as u64;
        known.used_for = Some(family);
        self.families.push(Family {
            sub: known.sub.clone(),
            scope: known.request.scope.clone(),
            nonce: known.request.nonce.clone(),
            signed_in_ms: known.typed_ms,
            bound_to: terms.key.clone(),
            alive: true,
        });
        self.issue(family, 1, terms, minter).ok_or("the session has ended")
    }

    /// Rotates a refresh token. One that was rotated before is still taken within the grace; after it, its use
    /// means the token was stolen or lost, and the whole family ends.
    pub(crate) fn rotate(&mut self, token: &str, terms: &Terms, minter: &mut Minter) -> Result<Granted, &'static str> {
        let known = self.refresh.get_mut(token).ok_or("unknown refresh token")?;
        let (family, generation) = (known.family, known.generation);
        let bound_to = usize::try_from(family).ok().and_then(|place| self.families.get(place)?.bound_to.clone());
        // Refused without harm: whoever holds the token without the key learns and spends nothing.
        if bound_to.is_some() && bound_to != terms.key {
            return Err("the refresh token is bound to a key that was not proven");
        }
        if terms.rotation == Rotation::Keep {
            return self.issue(family, 0, terms, minter).ok_or("the session has ended");
        }
        if let Some(rotated) = known.rotated_ms {
            let grace_over = terms.now_ms - rotated >= terms.grace_seconds * 1000;
            if grace_over {
                self.kill(family);
                return Err("the refresh token was used before");
            }
        } else {
            known.rotated_ms = Some(terms.now_ms);
        }
        self.issue(family, generation + 1, terms, minter).ok_or("the session has ended")
    }

    /// RFC 7009: a refresh token takes its family along, an access token only itself.
    pub(crate) fn revoke(&mut self, token: &str) {
        self.access.remove(token);
        if let Some(family) = self.refresh.get(token).map(|known| known.family) {
            self.kill(family);
        }
    }

    /// What a token is, dead or alive.
    pub(crate) fn known(&self, token: &str) -> Option<Known<'_>> {
        if let Some(refresh) = self.refresh.get(token) {
            let family = self.families.get(usize::try_from(refresh.family).ok()?)?;
            return Some(Known { kind: "refresh", sub: &family.sub, generation: Some(refresh.generation) });
        }
        let access = self.access.get(token)?;
        Some(Known { kind: "access", sub: &access.sub, generation: None })
    }

    /// How many sign-ins of a person are alive.
    pub(crate) fn alive(&self, sub: &str) -> usize {
        self.families.iter().filter(|family| family.alive && family.sub == sub).count()
    }

    pub(crate) fn end_all(&mut self, sub: &str) {
        self.families.iter_mut().filter(|family| family.sub == sub).for_each(|family| family.alive = false);
    }

    pub(crate) fn access(&self, token: &str, now_ms: i64) -> Option<&Access> {
        let access = self.access.get(token)?;
        let alive = self.families.get(usize::try_from(access.family).ok()?)?.alive;
        (alive && now_ms < access.expires_ms).then_some(access)
    }

    fn kill(&mut self, family: u64) {
        if let Some(family) = usize::try_from(family).ok().and_then(|place| self.families.get_mut(place)) {
            family.alive = false;
        }
    }

    /// Tokens for a family that is alive; generation 0 gives no refresh token.
    fn issue(&mut self, number: u64, generation: u32, terms: &Terms, minter: &mut Minter) -> Option<Granted> {
        let family = self.families.get(usize::try_from(number).ok()?).filter(|family| family.alive)?;
        let refreshes = generation > 0 && family.scope.split(' ').any(|scope| scope == "offline_access");
        let granted = Granted {
            access: minter.next("at"),
            refresh: refreshes.then(|| minter.next("rt")),
            sub: family.sub.clone(),
            scope: family.scope.clone(),
            nonce: family.nonce.clone(),
            signed_in_ms: family.signed_in_ms,
            bound: family.bound_to.is_some(),
        };
        let bound_to = family.bound_to.clone();
        self.access.insert(
            granted.access.clone(),
            Access {
                sub: granted.sub.clone(),
                scope: granted.scope.clone(),
                bound_to,
                signed_in_ms: granted.signed_in_ms,
                family: number,
                expires_ms: terms.now_ms + terms.access_seconds * 1000,
            },
        );
        if let Some(token) = &granted.refresh {
            let fresh = Refresh { family: number, generation, rotated_ms: None };
            self.refresh.insert(token.clone(), fresh);
        }
        Some(granted)
    }
}
