//! Which request of the contract an exchange is.

use companion::operator::contract::{self, Contract, Place, Request};
use companion::operator::watch::Exchange;
use serde_json::Value;

/// Exchanges with their lines, in the contract's order and that of their addresses: what is asked at the same time comes back in
/// any order, and files under version control want one. Exchanges of one address keep theirs.
pub fn in_order<'c, 'e>(
    contract: &'c Contract,
    profile: &Value,
    exchanges: &'e [Exchange],
) -> Vec<(Option<&'c Request>, &'e Exchange)> {
    let mut place = Place { profile: profile.clone(), metadata: Value::Null };
    let discovery = |it: &&Exchange| it.url.path().ends_with("/.well-known/openid-configuration");
    let metadata = exchanges.iter().filter(discovery).filter(|it| it.status == Some(200));
    let metadata = metadata.filter_map(|it| serde_json::from_slice(&it.response_body).ok()).next_back();
    place.metadata = metadata.unwrap_or_default();
    let lined = exchanges.iter().map(|exchange| (line(contract, &place, exchange), exchange));
    let mut lined: Vec<_> = lined.collect();
    let order =
        |line: &Option<&Request>| contract.requests.iter().position(|it| line.is_some_and(|line| line.id == it.id));
    lined.sort_by_cached_key(|(line, exchange)| (order(line).unwrap_or(usize::MAX), exchange.url.to_string()));
    lined
}

fn line<'c>(contract: &'c Contract, place: &Place, exchange: &Exchange) -> Option<&'c Request> {
    let asked = contract::Asked {
        method: &exchange.method,
        origin: Some(&exchange.url.origin()),
        path: exchange.url.path(),
        bare: exchange.request_header("accept-encoding") == Some("identity"),
    };
    place.candidates(contract, &asked).into_iter().min_by_key(|request| misfits(place, request, exchange))
}

/// How much of a request is not as its line says: by its parameters, and by the members it carries.
fn misfits(place: &Place, request: &Request, exchange: &Exchange) -> usize {
    let pairs: Vec<(String, String)> = match &exchange.request_body {
        Some(body) => url::form_urlencoded::parse(body).into_owned().collect(),
        None => exchange.url.query_pairs().into_owned().collect(),
    };
    let listed: Vec<(String, &str, bool)> = request
        .query
        .iter()
        .chain(request.body.iter().flat_map(|body| &body.fields))
        .map(|part| (place.name(&part.name), part.value.as_str(), part.when.is_none()))
        .collect();
    let fits = |(name, value): &(String, String), (known, told, _): &(String, &str, bool)| {
        // A value between backticks is the only one.
        let only = told.strip_prefix('`').and_then(|told| told.split_once('`')).map(|(only, _)| only);
        name == known && only.is_none_or(|only| only == value || only.contains(' ') || only.contains('.'))
    };
    let strange = pairs.iter().filter(|pair| !listed.iter().any(|part| fits(pair, part))).count();
    let missing = listed.iter().filter(|part| part.2 && !pairs.iter().any(|pair| fits(pair, part))).count();
    strange.saturating_add(missing)
}
