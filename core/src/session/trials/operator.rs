//! An operator's identity provider as a model: what it remembers of codes and refresh tokens, and what it does to one
//! that is used twice. It keeps account of every rule the phone breaks.

use std::collections::{BTreeMap, VecDeque};

use serde_json::json;
use url::form_urlencoded;

use crate::operator::failure::Failure;
use crate::operator::http::{Answer, Request};

pub const ISSUER: &str = "https://id.example";
/// In every token, to be searched for where no token may be.
pub const CANARY: &str = "canary";

pub const SENT_AGAIN: &str = "a refresh token was sent again although its answer had come";

/// What the operator does with a refresh token that was used before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Ends the whole family: the worst case (RFC 9700 §4.14.2).
    Strict,
    /// Takes it once more, as within a grace period.
    Grace,
    /// Never rotates: tokens are bound to a key instead.
    Keep,
}

/// What happens to the next token request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mishap {
    /// It never leaves the phone.
    NotSent,
    /// The operator answers, and the answer is lost.
    Lost,
    /// 503; nothing has happened at the operator.
    Unavailable,
    /// A hotel's page in the operator's place.
    Portal,
    /// 500 with the words that end a session under 400.
    FalseAlarm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LastAnswer {
    Never,
    /// It reached the phone in this life of the process.
    Delivered(u64),
    Lost,
}

/// One sign-in and the tokens that came of it.
#[derive(Debug)]
struct Family {
    sub: String,
    alive: bool,
    /// The same person signed in again: the two may share a grant, so that neither is revoked for the other's sake.
    superseded: bool,
}

#[derive(Debug)]
struct Token {
    family: usize,
    spent: bool,
    /// In which life of the phone's processes a request with it is under way.
    under_way: Option<u64>,
    last: LastAnswer,
}

#[derive(Debug)]
struct Code {
    nonce: String,
    sub: String,
    uses: u32,
}

/// The provider.
pub struct Operator {
    pub policy: Policy,
    pub mishaps: VecDeque<Mishap>,
    /// The rules the phone broke.
    pub broken: Vec<String>,
    /// Whether a refusal for good was delivered in this story.
    pub refused: bool,
    /// Whether an answer with tokens was lost, on the way or with the process that got it.
    pub lost: bool,
    /// When people showed on the page who they are, as id tokens say; in seconds since 1970 UTC.
    pub auth_time_s: Option<i64>,
    /// All of a person's sign-ins share one grant, which ends with any of its tokens: the worst a provider may do (RFC 7009
    /// §2.1), and what every story is told with that does not say otherwise.
    pub one_grant: bool,
    /// How people showed it, as id tokens say (`acr`).
    pub acr: Option<String>,
    families: Vec<Family>,
    tokens: BTreeMap<String, Token>,
    codes: BTreeMap<String, Code>,
    minted: u64,
}

impl Operator {
    pub fn new(policy: Policy) -> Operator {
        Operator {
            policy,
            mishaps: VecDeque::new(),
            broken: Vec::new(),
            refused: false,
            lost: false,
            auth_time_s: None,
            one_grant: true,
            acr: None,
            families: Vec::new(),
            tokens: BTreeMap::new(),
            codes: BTreeMap::new(),
            minted: 0,
        }
    }

    /// The person signs in on the page: the address the browser comes back with.
    pub fn sign_in(&mut self, page: &str, sub: &str) -> String {
        let page = url::Url::parse(page).unwrap();
        let given = |name: &str| page.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
        let code = self.mint("code");
        self.codes.insert(code.clone(), Code { nonce: given("nonce"), sub: sub.to_owned(), uses: 0 });
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("code", code.as_str()), ("state", &given("state")), ("iss", ISSUER)])
            .finish();
        format!("{}?{query}", given("redirect_uri"))
    }

    /// The operator ends every session, as when an employee leaves.
    pub fn end_all(&mut self) {
        self.families.iter_mut().for_each(|family| family.alive = false);
    }

    /// The newest sign-in counts; earlier ones of the same person are left alone.
    pub fn superseded(&mut self) {
        let Some((newest, earlier)) = self.families.split_last_mut() else { return };
        earlier.iter_mut().filter(|family| family.sub == newest.sub).for_each(|family| family.superseded = true);
    }

    /// Whose sessions live, but for those that were superseded.
    pub fn living(&self) -> Vec<String> {
        let living = self.families.iter().filter(|family| family.alive && !family.superseded);
        living.map(|family| family.sub.clone()).collect()
    }

    /// A request arrives; what becomes of it is told when it is answered.
    pub fn arrives(&mut self, request: &Asked, life: u64) -> Result<Reply, Failure> {
        if request.url.origin().ascii_serialization() != ISSUER {
            self.broken.push(format!("asked {}", request.url));
        }
        match request.url.path() {
            "/.well-known/openid-configuration" => Ok(Reply::json(200, &description())),
            "/jwks" => Ok(Reply::json(200, &super::signer::keys())),
            "/revoke" => {
                let family = self.tokens.get(&request.field("token")).map(|token| token.family);
                if let Some(family) = family {
                    let (one_grant, sub) = (self.one_grant, self.families[family].sub.clone());
                    let ends = |(at, other): &(usize, &mut Family)| *at == family || (one_grant && other.sub == sub);
                    self.families.iter_mut().enumerate().filter(ends).for_each(|(_, family)| family.alive = false);
                }
                Ok(Reply::json(200, &json!({})))
            }
            "/token" => self.token(request, life),
            other => {
                self.broken.push(format!("asked {other}"));
                Err(Failure::ForeignOrigin)
            }
        }
    }

    fn token(&mut self, request: &Asked, life: u64) -> Result<Reply, Failure> {
        let mishap = self.mishaps.pop_front();
        match mishap {
            Some(Mishap::NotSent) => return Err(Failure::Connect),
            Some(Mishap::Unavailable) => return Err(Failure::Status { status: 503, retry_after_seconds: None }),
            Some(Mishap::Portal) => return Err(Failure::Portal),
            Some(Mishap::FalseAlarm) => return Err(Failure::Status { status: 500, retry_after_seconds: None }),
            Some(Mishap::Lost) | None => {}
        }
        let mut reply = match request.field("grant_type").as_str() {
            "authorization_code" => self.exchange(&request.field("code")),
            _ => self.refresh(&request.field("refresh_token"), life),
        };
        reply.lost = mishap == Some(Mishap::Lost);
        Ok(reply)
    }

    fn exchange(&mut self, code: &str) -> Reply {
        let Some(known) = self.codes.get_mut(code) else { return Reply::refusal() };
        known.uses += 1;
        if known.uses > 1 {
            self.broken.push("a code was sent twice".to_owned());
            return Reply::refusal();
        }
        let (sub, nonce) = (known.sub.clone(), known.nonce.clone());
        self.families.push(Family { sub, alive: true, superseded: false });
        let family = self.families.len() - 1;
        self.grant(family, Some(nonce), None)
    }

    fn refresh(&mut self, token: &str, life: u64) -> Reply {
        let Some(known) = self.tokens.get_mut(token) else {
            self.broken.push("an unknown refresh token was sent".to_owned());
            return Reply::refusal();
        };
        if known.under_way == Some(life) {
            self.broken.push("two requests with one refresh token at a time".to_owned());
        }
        if known.last == LastAnswer::Delivered(life) && self.policy != Policy::Keep {
            self.broken.push(SENT_AGAIN.to_owned());
        }
        known.under_way = Some(life);
        let (family, spent) = (known.family, known.spent);
        known.spent = true;
        if spent && self.policy == Policy::Strict {
            self.families[family].alive = false;
        }
        if !self.families[family].alive {
            return Reply { token: Some(token.to_owned()), ..Reply::refusal() };
        }
        let kept = (self.policy == Policy::Keep).then(|| token.to_owned());
        Reply { token: Some(token.to_owned()), ..self.grant(family, None, kept) }
    }

    fn grant(&mut self, family: usize, nonce: Option<String>, kept: Option<String>) -> Reply {
        let access = self.mint("access");
        let refresh = kept.unwrap_or_else(|| {
            let refresh = self.mint("refresh");
            let fresh = Token { family, spent: false, under_way: None, last: LastAnswer::Never };
            self.tokens.insert(refresh.clone(), fresh);
            refresh
        });
        let mut answer = json!({
            "access_token": access, "token_type": "Bearer", "expires_in": 300, "refresh_token": refresh,
        });
        if let Some(nonce) = nonce {
            answer["id_token"] = json!(super::signer::id_token(
                &self.families[family].sub,
                &nonce,
                self.auth_time_s,
                self.acr.as_deref()
            ));
        }
        Reply { grants: true, ..Reply::json(200, &answer) }
    }

    /// The answer reaches the phone, or does not.
    pub fn answered(&mut self, reply: Reply, delivered: bool, life: u64) -> Result<Answer, Failure> {
        let delivered = delivered && !reply.lost;
        if let Some(token) = reply.token.as_ref().and_then(|token| self.tokens.get_mut(token)) {
            token.under_way = None;
            token.last = if delivered { LastAnswer::Delivered(life) } else { LastAnswer::Lost };
        }
        self.lost |= reply.grants && !delivered;
        self.refused |= reply.refuses && delivered;
        if delivered { Ok(reply.answer) } else { Err(Failure::Truncated) }
    }

    fn mint(&mut self, what: &str) -> String {
        self.minted += 1;
        format!("{what}-{CANARY}-{}", self.minted)
    }
}

/// A request as it leaves the phone.
pub struct Asked {
    url: url::Url,
    form: Vec<u8>,
}

impl Asked {
    pub fn new(request: &Request<'_>) -> Asked {
        let form = request.body.as_ref().map(|body| body.bytes.clone()).unwrap_or_default();
        Asked { url: request.url.clone(), form }
    }

    /// Where it goes, without the origin.
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// What is posted.
    pub fn body(&self) -> &[u8] {
        &self.form
    }

    /// The same at another path.
    pub fn at(mut self, path: &str) -> Asked {
        self.url.set_path(path);
        self
    }

    pub fn field(&self, name: &str) -> String {
        let mut fields = form_urlencoded::parse(&self.form);
        fields.find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
    }
}

/// An answer on its way.
pub struct Reply {
    answer: Answer,
    /// The refresh token it answers.
    token: Option<String>,
    lost: bool,
    refuses: bool,
    pub grants: bool,
}

impl Reply {
    fn json(status: u16, document: &serde_json::Value) -> Reply {
        let answer = Answer {
            status,
            etag: None,
            max_age_seconds: None,
            retry_after_seconds: None,
            is_json: true,
            body: document.to_string().into_bytes(),
        };
        Reply { answer, token: None, lost: false, refuses: false, grants: false }
    }

    fn refusal() -> Reply {
        Reply { refuses: true, ..Reply::json(400, &json!({"error": "invalid_grant"})) }
    }
}

pub fn description() -> serde_json::Value {
    json!({
        "issuer": ISSUER,
        "authorization_endpoint": format!("{ISSUER}/authorize"),
        "token_endpoint": format!("{ISSUER}/token"),
        "userinfo_endpoint": format!("{ISSUER}/userinfo"),
        "revocation_endpoint": format!("{ISSUER}/revoke"),
        "jwks_uri": format!("{ISSUER}/jwks"),
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    })
}
