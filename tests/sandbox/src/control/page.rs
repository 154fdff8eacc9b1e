//! The page for people: who lives here, where everything is, what time it is, and a form for every control. Drawn from
//! [`DOORS`], with a script and a style sheet of its own and nothing of anybody else's. What it changes goes through the controls.

use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::Timestamp;

use super::{Door, Group, nowhere};
use crate::clock::brussels;
use crate::http::{pairs, single};
use crate::pages::escape;
use crate::people::{Person, written_number};
use crate::profile;
use crate::state::{Shared, World};

mod forms;

/// Two clocks that differ by no more seconds show the same.
const A_BLINK: i64 = 2;
/// So many of the last requests are shown.
const SHOWN: usize = 25;

/// Nothing but what comes from here, and nobody frames it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'none'; \
                      base-uri 'none'; frame-ancestors 'none'";

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/", get(show).fallback(nowhere))
        .route("/page.css", get(|| file("text/css; charset=utf-8", include_str!("page/page.css"))))
        .route("/page.js", get(|| file("text/javascript; charset=utf-8", include_str!("page/page.js"))))
        .route("/ca.pem", get(ca))
        .route("/profile.json", get(profile_json))
}

/// No guessing of types, no keeping.
async fn file(kind: &'static str, body: impl IntoResponse) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (headers, body).into_response()
}

/// Of this type a phone offers to install the certificate.
async fn ca(State(shared): State<Arc<Shared>>) -> Response {
    file("application/x-x509-ca-cert", shared.ca_pem.clone()).await
}

async fn profile_json(State(shared): State<Arc<Shared>>) -> Response {
    file("application/json", profile::profile(&shared).to_string()).await
}

async fn show(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    let query = pairs(query.unwrap_or_default().as_bytes());
    // Links to what is told need the key as the page did; the script takes it from the page's own address.
    let key = single(&query, "key").map(|key| format!("?key={}", escape(key))).unwrap_or_default();
    let html = html(&shared, &key);
    file("text/html; charset=utf-8", html).await
}

fn html(shared: &Shared, key: &str) -> String {
    let world = shared.world();
    let doing = [clock(&world), acts(&world), faults(&world), scene(&world)];
    let telling = [people(&world), addresses(shared, &world, key), requests(&world, key)];
    let links =
        telling.iter().chain(&doing).map(|section| format!("<a href=\"#{}\">{}</a>", section.id, section.title));
    let links: String = links.collect();
    let column = |sections: &[Section]| sections.iter().map(Section::html).collect::<String>();
    let (doing, telling) = (column(&doing), column(&telling));
    format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox Mobile</title>
<link rel="stylesheet" href="/page.css">
<script src="/page.js" defer></script>
</head>
<body>
<header>
<h1>Sandbox Mobile</h1>
<p>An operator on this machine, with invented people, to build and try the apps on. Everything here can be done from the
terminal too: <code>companion control</code>, or the same paths with any HTTP client.</p>
<nav aria-label="On this page">{links}</nav>
</header>
<noscript><p class="wrong">Without JavaScript this page tells everything and changes nothing.</p></noscript>
<main>
<div>
{doing}</div>
<div>
{telling}</div>
</main>
</body>
</html>
"#
    )
}

/// A part of the page.
struct Section {
    id: &'static str,
    title: &'static str,
    body: String,
}

impl Section {
    fn html(&self) -> String {
        let Self { id, title, body } = self;
        format!(
            "<section id=\"{id}\" aria-labelledby=\"{id}-title\">\n<h2 id=\"{id}-title\">{title}</h2>\n{body}</section>\n"
        )
    }
}

fn of_group(group: Group) -> impl Iterator<Item = &'static Door> {
    super::DOORS.iter().filter(move |door| door.group == group)
}

/// What changes by itself is taken anew by the script, by its id.
fn live(id: &str, body: &str) -> String {
    format!("<div id=\"{id}\" data-live>{body}</div>\n")
}

fn clock(world: &World) -> Section {
    let now = world.clock.now().to_zoned_datetime(brussels());
    let (day, time) = (now.strftime("%A %-d %B %Y"), now.strftime("%H:%M:%S"));
    let runs = if world.clock.runs() {
        running(world.clock.now(), Timestamp::now())
    } else {
        "It stands still until it is moved.".to_owned()
    };
    let told = live("now", &format!("<p class=\"now\"><strong>{time}</strong> {day}, in Brussels</p><p>{runs}</p>"));
    let forms: String = of_group(Group::Clock).map(|door| forms::door(door, world)).collect();
    Section { id: "clock", title: "Clock", body: format!("{told}{forms}") }
}

/// Of a clock that runs: how it stands beside this machine's.
fn running(here: Timestamp, machines: Timestamp) -> String {
    let ahead = here.as_second() - machines.as_second();
    if ahead.abs() <= A_BLINK {
        return "It shows this machine’s time, and runs with it.".to_owned();
    }
    let minutes = (ahead.abs() + 30) / 60;
    let parts = [(minutes / 1_440, "day"), (minutes / 60 % 24, "hour"), (minutes % 60, "minute")];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let told: Vec<_> =
        parts.map(|(count, unit)| format!("{count} {unit}{}", if count == 1 { "" } else { "s" })).collect();
    let told = if told.is_empty() { "less than a minute".to_owned() } else { told.join(" ") };
    let side = if ahead > 0 { "ahead of" } else { "behind" };
    format!("It is the sandbox’s own: {told} {side} this machine’s, at whose pace it runs.")
}

fn acts(world: &World) -> Section {
    let forms: String = of_group(Group::Act).map(|door| forms::folded(door, world)).collect();
    Section { id: "actions", title: "Let something happen", body: forms }
}

fn faults(world: &World) -> Section {
    let body: String = of_group(Group::Break).map(|door| forms::switches(door, world)).collect();
    Section { id: "faults", title: "Break things", body }
}

fn requests(world: &World, key: &str) -> Section {
    let all = world.log.entries();
    let rows = all.iter().rev().take(SHOWN).map(|request| {
        let status = match request.status {
            0 => "no answer".to_owned(),
            status => status.to_string(),
        };
        let class = if (200..400).contains(&request.status) { "" } else { " class=\"bad\"" };
        let (method, path) = (escape(&request.method), escape(&request.path));
        format!("<tr><td>{method}</td><td><code>{path}</code></td><td{class}>{status}</td></tr>")
    });
    let rows: String = rows.collect();
    let table = match all.len() {
        0 => "<p>Nobody has asked for anything yet.</p>".to_owned(),
        count => format!(
            "<p>{count} since the scene began, the last first.</p>\n<table><thead><tr><th scope=\"col\">Method</th>\
             <th scope=\"col\">Path</th><th scope=\"col\">Status</th></tr></thead><tbody>{rows}</tbody></table>"
        ),
    };
    let links = of_group(Group::Look).map(|door| {
        let Door { name, says, .. } = door;
        format!("<li><a href=\"/control/{name}{key}\" data-door=\"{name}\">{name}</a> <span>{says}</span></li>")
    });
    let links: String = links.collect();
    let body = format!(
        "{}<details><summary>More to look at, as JSON</summary><ul class=\"links\">{links}</ul></details>\n",
        live("log", &table)
    );
    Section { id: "requests", title: "Last requests", body }
}

fn people(world: &World) -> Section {
    let cards: String = world.people.iter().map(card).collect();
    let body =
        format!("{}<p>A number may be typed with or without spaces, and with +32.</p>\n", live("people-cards", &cards));
    Section { id: "people", title: "People", body }
}

fn card(person: &Person) -> String {
    let Person { key, name, situation, password, .. } = person;
    let number = person.lines.first().map(|line| written_number(&line.number)).unwrap_or_default();
    let password = match person.account {
        true => format!("<code>{}</code>", escape(password)),
        false => "chosen when the account is made".to_owned(),
    };
    let plan = person.lines.first().map(|line| line.plan.name).unwrap_or_default();
    format!(
        "<article class=\"card\"><h3>{name} <small>{key}</small></h3><dl><div><dt>Mobile number</dt>\
         <dd><code>{number}</code></dd></div><div><dt>Password</dt><dd>{password}</dd></div>\
         <div><dt>Plan</dt><dd>{plan}</dd></div></dl><p>{situation}</p></article>\n"
    )
}

fn addresses(shared: &Shared, world: &World, key: &str) -> Section {
    let Shared { origin, document_origin, ca_fingerprint, place, .. } = shared;
    let profile = profile::of(shared, &world.options);
    let apis = profile["apis"].as_object().into_iter().flatten();
    let bases = apis.flat_map(|(api, fields)| {
        let bases = fields
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(name, _)| name.ends_with("BaseUrl") || *name == "baseUrl");
        bases.filter_map(move |(field, base)| Some((format!("{api}.{field}"), base.as_str()?.to_owned())))
    });
    let row = |(name, address): (String, String)| {
        format!("<div><dt>{}</dt><dd><code>{}</code></dd></div>", escape(&name), escape(&address))
    };
    let fixed = [
        ("Issuer".to_owned(), origin.clone()),
        ("Discovery".to_owned(), format!("{origin}/.well-known/openid-configuration")),
        ("Printed bills".to_owned(), format!("{document_origin}/documents/…")),
        ("This page".to_owned(), format!("{}/", place.control_url)),
    ];
    let rows: String = fixed.into_iter().chain(bases).map(row).collect();
    let body = format!(
        "<p class=\"files\"><a href=\"/ca.pem\" download=\"sandbox-ca.pem\">CA certificate</a> \
         <a href=\"/profile.json\" download=\"companion-profile.json\">Profile for the app</a> \
         <a href=\"/control{key}\">All controls as JSON</a></p>\n\
         <p>The profile carries the certificate of this sandbox’s own authority, which is another one at every start, unless <code>--ca-key</code> keeps it. SHA-256: <code class=\"long\">{ca_fingerprint}</code></p>\n\
         <dl class=\"rows\">{rows}</dl>\n"
    );
    Section { id: "addresses", title: "Addresses", body }
}

fn scene(world: &World) -> Section {
    let forms: String = of_group(Group::Begin).map(|door| forms::door(door, world)).collect();
    Section { id: "scene", title: "Begin anew", body: forms }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_moved_is_not_said_to_be_this_machines() {
        let at = |second: i64| Timestamp::from_second(1_800_000_000 + second).unwrap();
        for (ahead, expected) in [
            (0, "It shows this machine’s time, and runs with it."),
            (-1, "It shows this machine’s time, and runs with it."),
            (10, "It is the sandbox’s own: less than a minute ahead of this machine’s, at whose pace it runs."),
            (3_600, "It is the sandbox’s own: 1 hour ahead of this machine’s, at whose pace it runs."),
            (-90_061, "It is the sandbox’s own: 1 day 1 hour 1 minute behind this machine’s, at whose pace it runs."),
            (172_800, "It is the sandbox’s own: 2 days ahead of this machine’s, at whose pace it runs."),
        ] {
            assert_eq!(running(at(ahead), at(0)), expected, "{ahead}");
        }
    }
}
