//! Every fault by name, with what it does, for the page and for `companion control`. A test holds it to what is read.

use crate::control::{Field, Kind, Part, text, whole};

const fn switch(name: &'static str, says: &'static str) -> Field {
    Field::or_not(name, Kind::Flag, says)
}

const fn json(name: &'static str, example: &'static str, says: &'static str) -> Field {
    Field::or_not(name, Kind::Json { example }, says)
}

/// All of [`super::Faults`], under what they have in common.
pub(crate) const FAULTS: &[Part] = &[
    Part {
        heading: "The network",
        fields: &[
            switch("cutOff", "There is none: every connection is closed, whatever it asks"),
            Field::or_not("latencyMs", whole(3_000), "Every answer comes so many milliseconds late"),
            switch("drop", "The request is read, then the connection is closed without an answer"),
            Field::or_not("cutAfterBytes", whole(100), "The connection breaks after so many bytes of the body"),
            switch("slowDrip", "The answer comes one byte per 100 ms"),
            switch("htmlPortal", "A captive portal: 200 with a hotel’s Wi-Fi page instead of the answer"),
        ],
    },
    Part {
        heading: "The answer",
        fields: &[
            Field::or_not("status", whole(503), "Answers with this status and a TMF error"),
            Field::or_not("retryAfter", text("120"), "Beside status: when to come again, seconds or an HTTP date"),
            Field::or_not("location", text("https://elsewhere.example/"), "Beside a redirecting status: where to"),
            Field::or_not("body", text("<h1>Maintenance</h1>"), "Beside status: the body as it stands"),
            Field::or_not("contentType", text("text/html"), "The type that the answer claims to be"),
            switch("garbage", "200 application/json that is not JSON"),
            switch("emptyBody", "200 application/json without a byte"),
            switch("truncated", "The first half of the answer, as if it were all of it"),
            Field::or_not("hugeBodyBytes", whole(50_000_000), "Well-formed JSON of about so many bytes"),
            Field::or_not("gzipBombMib", whole(512), "So many MiB of JSON, packed into a few KiB"),
            json(
                "instead",
                r#"{"/userinfo": {"status": 200, "body": "{}"}}"#,
                "Whole answers by the start of a path: status, contentType, headers, body",
            ),
            json(
                "bend",
                r#"{"/userinfo": {"members": {"/phone_number": null}, "withoutHeaders": ["etag"]}}"#,
                "Its own answers changed, by the start of a path: members by JSON pointer, headers left out",
            ),
        ],
    },
    Part {
        heading: "Usage and invoices",
        fields: &[
            switch("staleCycle", "After the cycle rolled over, the one before is still served"),
            Field::or_not(
                "newPlan",
                Kind::Day { example: "2026-11-26" },
                "Every plan began on this day, and nothing is told of it before the next cycle",
            ),
            Field::or_not(
                "newPayee",
                Kind::Day { example: "2026-11-01" },
                "Bills issued from this day on are to be paid to another account",
            ),
            switch("wrongNumber", "The first bucket’s amounts are no numbers"),
            switch("invertedPeriod", "Every period ends before it starts"),
            switch("unknownUnit", "The first bucket counts in parsecs"),
            json(
                "documents",
                r#"{"expired": true}"#,
                "Printed bills: ignoreRange, wrongContentRange, notReady, expired, redirects, redirectTo, weakEtag, \
                 otherVersion, wrongDigest, noLength, msPerKib, paddingKib",
            ),
        ],
    },
    Part {
        heading: "Sign-in",
        fields: &[
            switch("refreshLost", "The renewal is done, and its answer is lost"),
            json(
                "tokenError",
                r#"{"status": 400, "body": "{\"error\": \"invalid_grant\"}"}"#,
                "The token endpoint refuses: status, contentType, body",
            ),
            json(
                "identity",
                r#"{"callbackState": "another"}"#,
                "Attacks: authorizeError, callbackIss, callbackState, discovery, tokenAnswer, bearerDowngrade, dpopNonceLoop, \
                 idToken, jwks",
            ),
        ],
    },
    Part {
        heading: "Which requests are struck",
        fields: &[
            json(
                "only",
                r#"["/tmf-api/usageConsumption"]"#,
                "Only paths that start with one of these. Not for cutOff, staleCycle, newPlan and newPayee",
            ),
            Field::or_not("method", text("POST"), "Only requests of this method"),
            Field::or_not("times", whole(1), "Only so many requests, then all is well again"),
        ],
    },
];
