//! A problem of the core's that no difference from the contract explains: which request it came from, as far as that can be
//! told from outside.

use companion::Problem;
use companion::operator::contract::Request;
use companion::operator::watch::Exchange;

use super::book::{Book, Clause};
use super::judge::{Findings, Said, capability_of, was_asked_for_nonce};
use super::report::{Level, SIGN_IN};

const CONSEQUENCE: &str = "The app shows it as a failure, and keeps what it has.";

/// Lays a problem of a capability on one of the requests of its step.
pub fn lay(book: &Book, name: &str, step: &[Exchange], problem: &Problem, findings: &mut Findings) {
    let came = problem.to_string();
    let mut note = |request: &Request, clause, at: &str, expected: &str, came: &str| {
        let said = Said { clause, at, expected, came, consequence: CONSEQUENCE };
        findings.note(book, request, Level::Fault, &said);
    };
    let code = match problem {
        Problem::NotUnderstood { code } | Problem::Unexpected { code } => code.as_str(),
        _ => "",
    };
    let of_document = match code {
        "document_damaged" => {
            Some((Clause::Request, "body", "bytes of the length and the digest that the bill and the answer tell"))
        }
        "document_not_pdf" | "document_page" => Some((Clause::Request, "body", "a PDF")),
        "document_not_ready" => Some((Clause::Request, "body", "a PDF, or 202 until there is one")),
        "document_redirects" => Some((Clause::Status(302), "header Location", "at most three redirects")),
        _ => None,
    };
    if let (Some((clause, at, expected)), Some(request)) = (of_document, book.request("document-bytes")) {
        return note(request, clause, at, expected, &came);
    }
    if code == "document_address"
        && let Some(request) = book.request("bill-document")
    {
        let at = "billDocument[].url";
        let expected = "an https address on the API's origins or on apis.invoices.documentOrigins";
        return note(request, Clause::Read(at), at, expected, "one of another origin");
    }
    let Some((request, exchange)) = culprit(book, name, step) else {
        let feature = if name == SIGN_IN { "identity" } else { name };
        if let Some(first) = book.first_of(feature) {
            note(first, Clause::Request, "body", "an answer that the app understands", &came);
        }
        return;
    };
    match exchange.status {
        _ if was_asked_for_nonce(exchange) => {
            let (at, expected) = ("header DPoP-Nonce", "a proof with the nonce that was just given is taken");
            note(request, Clause::Header("DPoP-Nonce"), at, expected, "another nonce each time");
        }
        Some(status) if !is_plain(exchange) => {
            note(request, Clause::Status(status), "status", "200", &status.to_string());
        }
        _ => note(request, Clause::Request, "body", "an answer that the app understands", &came),
    }
}

/// Where a step ended: at the first request of the contract that brought no plain answer, else at the last one made.
fn culprit<'b, 's>(book: &'b Book, name: &str, step: &'s [Exchange]) -> Option<(&'b Request, &'s Exchange)> {
    let of = step.iter().filter_map(|exchange| Some((book.request_of(exchange)?, exchange)));
    let of: Vec<_> = of.filter(|(request, _)| capability_of(request) == name).collect();
    let halting = of.iter().rev().filter(|(_, exchange)| !is_plain(exchange));
    halting.min_by_key(|(request, _)| book.place_of(request)).or(of.last()).copied()
}

/// A status of which nothing has to be made.
fn is_plain(exchange: &Exchange) -> bool {
    matches!(exchange.status, Some(200 | 201 | 206 | 304))
}
