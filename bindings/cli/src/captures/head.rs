//! What stays of headers: those by which a request or an answer is another one, each only in a form that is its own.

use std::collections::BTreeMap;

use super::dates::is_date;
use super::redact::Redaction;

/// Headers of requests that change the answer.
const ASKED: [&str; 5] = ["accept", "content-type", "if-match", "if-none-match", "range"];
/// Headers of answers that the core heeds.
const ANSWERED: [&str; 7] = ["age", "cache-control", "content-type", "date", "etag", "retry-after", "www-authenticate"];
/// Media types.
const TYPES: [&str; 9] = [
    "application/json",
    "application/problem+json",
    "application/merge-patch+json",
    "application/json-patch+json",
    "application/x-www-form-urlencoded",
    "application/pdf",
    "application/octet-stream",
    "text/html",
    "text/plain",
];
/// Directives of `Cache-Control` (RFC 9111).
const DIRECTIVES: [&str; 8] =
    ["no-store", "no-cache", "private", "public", "must-revalidate", "proxy-revalidate", "immutable", "no-transform"];

/// What stays of a request's headers.
pub fn asked(redaction: &mut Redaction, headers: &[(String, String)]) -> BTreeMap<String, String> {
    kept(redaction, headers, &ASKED)
}

/// What stays of an answer's headers.
pub fn answered(redaction: &mut Redaction, headers: &[(String, String)]) -> BTreeMap<String, String> {
    kept(redaction, headers, &ANSWERED)
}

fn kept(redaction: &mut Redaction, headers: &[(String, String)], names: &[&str]) -> BTreeMap<String, String> {
    headers
        .iter()
        .filter(|(name, _)| names.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), of(redaction, name, value.trim())))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

fn of(redaction: &mut Redaction, name: &str, value: &str) -> String {
    let known = |known: bool| if known { value.to_owned() } else { String::new() };
    match name {
        "age" => known(is_short_number(value)),
        "date" => known(is_http_date(value)),
        "retry-after" => known(is_short_number(value) || is_http_date(value)),
        "accept" | "content-type" => media_type(value),
        "cache-control" => listed(value, |part| match part.split_once('=') {
            Some((name, value)) => matches!(name, "max-age" | "s-maxage") && is_short_number(value),
            None => DIRECTIVES.contains(&part),
        }),
        "etag" | "if-match" | "if-none-match" => entity_tag(redaction, value),
        "range" => String::new(),
        "www-authenticate" => challenge(redaction, value),
        _ => String::new(),
    }
}

fn is_short_number(value: &str) -> bool {
    !value.is_empty() && value.len() <= 7 && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// `Wed, 25 Nov 2026 13:05:00 GMT` (RFC 9110 §5.6.7).
fn is_http_date(value: &str) -> bool {
    let parsed = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(value);
    value.len() <= 29 && parsed.is_ok() || is_date(value)
}

fn media_type(value: &str) -> String {
    let mut parts = value.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
    let kind = TYPES.iter().find(|known| **known == kind).copied().unwrap_or("application/other");
    let charset = parts.find(|part| part.eq_ignore_ascii_case("charset=utf-8"));
    charset.map_or_else(|| kind.to_owned(), |_| format!("{kind};charset=utf-8"))
}

fn listed(value: &str, stays: impl Fn(&str) -> bool) -> String {
    let parts = value.split(',').map(str::trim);
    parts.filter(|part| stays(&part.to_ascii_lowercase())).collect::<Vec<_>>().join(", ")
}

/// A stand-in as weak or as strong.
fn entity_tag(redaction: &mut Redaction, value: &str) -> String {
    if value == "*" {
        return value.to_owned();
    }
    let (weak, tag) = match value.strip_prefix("W/") {
        Some(tag) => ("W/", tag),
        None => ("", value),
    };
    let is_quoted = tag.len() >= 2 && tag.starts_with('"') && tag.ends_with('"');
    let stand_in = redaction.stand_ins.of(tag.trim_matches('"'), "tag");
    // One without quotes is odd, and stays so.
    if is_quoted { format!("{weak}\"{stand_in}\"") } else { format!("{weak}{stand_in}") }
}

/// A challenge (RFC 9110 §11.6.1): scheme, and of its parameters what RFC 6750, 9449 and 9470 say.
fn challenge(redaction: &mut Redaction, value: &str) -> String {
    let (scheme, rest) = value.split_once(' ').unwrap_or((value, ""));
    if !["bearer", "dpop"].contains(&scheme.to_ascii_lowercase().as_str()) {
        return "Other".to_owned();
    }
    let parameters = rest.split(',').filter_map(|part| {
        let (name, told) = part.split_once('=')?;
        let (name, told) = (name.trim().to_ascii_lowercase(), told.trim().trim_matches('"'));
        match name.as_str() {
            "error" | "algs" if redaction.words.knows(told) => Some(format!("{name}=\"{told}\"")),
            "max_age" if is_short_number(told) => Some(format!("{name}=\"{told}\"")),
            "acr_values" => Some(format!("{name}=\"{}\"", redaction.stand_ins.of(told, "acr"))),
            _ => None,
        }
    });
    let parameters: Vec<String> = parameters.collect();
    format!("{scheme} {}", parameters.join(", ")).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use companion::operator::contract::Contract;
    use serde_json::json;

    use super::*;

    #[test]
    fn of_headers_stays_what_has_the_form_it_must_have() {
        let mut redaction = Redaction::new(&Contract::shipped().unwrap(), &json!({}), "");
        for (name, value, expected) in [
            ("date", "Wed, 25 Nov 2026 13:05:00 GMT", "Wed, 25 Nov 2026 13:05:00 GMT"),
            ("date", "Emma", ""),
            ("age", "7", "7"),
            ("age", "32470123456", ""),
            ("etag", "\"emma\"", "\"tag-1\""),
            ("etag", "W/\"emma\"", "W/\"tag-1\""),
            ("etag", "emma", "tag-1"),
            ("cache-control", "private, max-age=60, x=emma", "private, max-age=60"),
            ("content-type", "application/json; charset=UTF-8; emma", "application/json;charset=utf-8"),
            ("content-type", "application/vnd.emma+json", "application/other"),
            ("retry-after", "120", "120"),
            ("www-authenticate", "Bearer realm=\"Emma\", error=\"invalid_token\"", "Bearer error=\"invalid_token\""),
            (
                "www-authenticate",
                "DPoP acr_values=\"of emma\", max_age=\"60\"",
                "DPoP acr_values=\"acr-1\", max_age=\"60\"",
            ),
            ("www-authenticate", "Negotiate emma", "Other"),
        ] {
            assert_eq!(of(&mut redaction, name, value), expected, "{name}: {value}");
        }
        let kept = answered(&mut redaction, &[("x-customer".to_owned(), "Emma".to_owned())]);
        assert!(kept.is_empty());
    }
}
