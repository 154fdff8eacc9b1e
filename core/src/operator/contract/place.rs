//! Where the contract's requests go at one operator: the profile and the provider's metadata put into its addresses.

use serde_json::Value;
use url::{Origin, Url};

use super::{Contract, Request};

/// What an operator's addresses begin with.
#[derive(Debug, Clone)]
pub struct Place {
    /// The profile.
    pub profile: Value,
    /// What the provider says of itself (OpenID Connect Discovery 1.0); null before it was asked.
    pub metadata: Value,
}

/// A request as far as it tells which one it is.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// `GET` and such.
    pub method: &'a str,
    /// Where. None where only the path is known.
    pub origin: Option<&'a Origin>,
    /// The path, encoded.
    pub path: &'a str,
    /// It is for the bytes of a document, with none of the headers that every request has.
    pub bare: bool,
}

impl Place {
    /// A field of the profile, by its way.
    pub fn field(&self, way: &str) -> Option<&Value> {
        way.split('.').try_fold(&self.profile, |value, name| value.get(name))
    }

    /// The address that requests of a base begin with.
    pub fn base(&self, base: &str) -> Option<Url> {
        let told = if base.contains('.') { self.field(base) } else { self.metadata.get(base) };
        Url::parse(told?.as_str()?).ok()
    }

    /// A name in which a field of the profile may stand for itself, with what stands there.
    pub fn name(&self, name: &str) -> String {
        let Some((before, rest)) = name.split_once('{') else { return name.to_owned() };
        let Some((field, after)) = rest.split_once('}') else { return name.to_owned() };
        let default = if field.ends_with("Filter") { default_filter(field) } else { "" };
        let value = self.field(field).and_then(Value::as_str).unwrap_or(default);
        format!("{before}{value}{after}")
    }

    /// Whether a request is one of the operator's dialect.
    pub fn offers(&self, request: &Request) -> bool {
        request.dialect.iter().all(|(field, value)| self.field(field).is_some_and(|told| value == "*" || told == value))
    }

    /// Whether a request may be this one: by dialect, method and address.
    pub fn is_at(&self, request: &Request, asked: &Asked<'_>) -> bool {
        if !self.offers(request) || request.method != asked.method {
            return false;
        }
        // Bytes of documents are asked for in a way of their own, wherever they are.
        if request.bare || asked.bare {
            return request.bare && asked.bare;
        }
        let Some(base) = self.base(&request.base) else { return false };
        if asked.origin.is_some_and(|origin| *origin != base.origin()) {
            return false;
        }
        let template = format!("{}{}", base.path().trim_end_matches('/'), request.path);
        let (template, path) = (template.split('/'), asked.path.split('/'));
        template.clone().count() == path.clone().count()
            && template.zip(path).all(|(known, came)| known == came || known.starts_with('{'))
    }

    /// The requests that this one may be, in the contract's order.
    pub fn candidates<'c>(&self, contract: &'c Contract, asked: &Asked<'_>) -> Vec<&'c Request> {
        contract.requests.iter().filter(|request| self.is_at(request, asked)).collect()
    }
}

/// What a filter is called where the profile does not say.
fn default_filter(field: &str) -> &'static str {
    match field.rsplit('.').next() {
        Some("accountFilter") => "billingAccount.id",
        Some("billFilter") => "bill.id",
        _ => "relatedParty.id",
    }
}
