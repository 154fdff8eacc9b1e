//! What debug text says: nothing of anybody. It ends in logs, and logs end anywhere.

use std::sync::Arc;
use std::time::Duration;

use crate::host::SystemEntropy;
use crate::operator::profile::Invitation;
use crate::operator::proof::ProofKey;
use crate::session::attempt::{Attempt, Callback, Kept};
use crate::session::id_token::Expected;
use crate::session::invitation;
use crate::session::machine::{Event, Standing, State};
use crate::session::page::Asks;
use crate::session::provider::Endpoints;
use crate::session::record::{Record, Who};
use crate::session::token::{Granted, TokenAnswer};
use crate::session::{SignInPage, SignInPurpose, SignInWish, SignedOut};
use crate::store::DataKey;

/// In everything that is somebody's or secret.
const CANARY: &str = "canary";
const NUMBER: &str = "+32470550123";

fn who() -> Who {
    Who { issuer: "https://id.example".to_owned(), sub: CANARY.to_owned(), nonce: CANARY.to_owned() }
}

fn granted() -> Granted {
    Granted {
        access: CANARY.into(),
        life: Duration::from_secs(300),
        refresh: Some(CANARY.into()),
        id_token: Some(CANARY.into()),
        proof_key: Some(ProofKey::generate().unwrap()),
    }
}

fn attempt() -> Attempt {
    Attempt {
        verifier: CANARY.to_owned(),
        nonce: CANARY.to_owned(),
        redirect_uri: "be.app:/cb".parse().unwrap(),
        endpoints: Endpoints::of("https://id.example"),
        proof_key: None,
        until_ms: 1,
        step_up: None,
    }
}

#[test]
fn debug_text_tells_nothing_of_anybody() {
    let page = format!("https://id.example/authorize?state={CANARY}&nonce={CANARY}");
    let record = Arc::new(Record::begin(who(), Endpoints::of("https://id.example"), granted(), 0));
    let subject = record.subject.clone();
    let answer = format!(r#"{{"access_token":"{CANARY}","token_type":"Bearer","refresh_token":"{CANARY}"}}"#);
    let invitation = Invitation {
        link: "https://id.example/invitation".to_owned(),
        token_parameter: "token".to_owned(),
        request_parameter: "invitation".to_owned(),
    };
    let key = DataKey::generate(&SystemEntropy).unwrap();
    let key_bytes = format!("{:?}", key.to_bytes());
    let standing =
        || Standing { state: State::SignedIn(record.clone()), data_key: Some(key.clone()), ..Standing::default() };
    let asks = Asks {
        ui_locales: "en",
        prompt: vec!["login"],
        step_up: None,
        pushed_only: vec![("login_hint", NUMBER), ("invitation", CANARY)],
    };
    let expected = Expected {
        issuer: "https://id.example",
        client_id: "app",
        algorithms: &[],
        nonce: CANARY,
        now_s: 0,
        wanted: None,
    };
    let purpose = SignInPurpose::Invitation { invitation: CANARY.to_owned() };
    let texts = [
        format!("{:?}", who()),
        format!("{:?}", granted()),
        format!("{record:?}"),
        format!("{:?}", standing().state),
        format!("{:?}", standing().subject().unwrap()),
        format!("{:?}", standing().on(Event::SignOut)),
        format!("{:?}", Event::Granted { record: record.clone(), epoch: 1, steps_up: false }),
        format!("{:?}", serde_json::from_str::<TokenAnswer>(&answer).unwrap()),
        format!("{:?}", attempt()),
        format!("{:?}", Kept::Waiting(Box::new(attempt()))),
        format!("{:?}", Callback::read(&format!("be.app:/cb?code={CANARY}&state={CANARY}")).unwrap()),
        format!("{asks:?}"),
        format!("{expected:?}"),
        format!("{:?}", invitation::parse(CANARY, &invitation).unwrap()),
        format!("{:?}", SignInWish { purpose: purpose.clone(), number: Some(NUMBER.to_owned()) }),
        format!("{purpose:?}"),
        format!("{:?}", SignInPage { url: page.clone(), redirect_uri: "be.app:/cb".to_owned(), comes_back: true }),
        format!("{:?}", SignedOut { end_session_url: Some(page.clone()), unsent_changes: 0 }),
        format!("{key:?}"),
    ];
    let secrets = [CANARY, &CANARY.to_uppercase(), NUMBER, "470550123", subject.as_str(), key_bytes.as_str()];
    let tells = |text: &&String| text.is_empty() || secrets.iter().any(|secret| text.contains(secret));
    let telling: Vec<&String> = texts.iter().filter(tells).collect();
    assert_eq!(telling, [""; 0]);
}
