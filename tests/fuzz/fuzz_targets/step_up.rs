//! What an API wants of a sign-in, out of any `WWW-Authenticate`: what is read of it goes into the address of a page.
#![no_main]

use companion::operator::challenge::StepUp;
use libfuzzer_sys::fuzz_target;

/// The error that asks for a step-up; in a quoted string any of its letters may be escaped.
const ERROR: &str = "insufficient_user_authentication";

fuzz_target!(|text: &str| {
    // Several headers, as a server may send them.
    let headers: Vec<&str> = text.lines().collect();
    let read = StepUp::read(headers.iter().copied());
    let Some(wanted) = read else { return };
    assert!(text.replace('\\', "").contains(ERROR), "nobody asked");
    // The first header that asks is the one that counts, alone and before any other.
    let asking = headers.iter().find(|header| StepUp::read([**header]).is_some());
    assert_eq!(asking.and_then(|header| StepUp::read([*header])).as_ref(), Some(&wanted));
    if let Some(values) = &wanted.acr_values {
        assert!((1..=512).contains(&values.len()));
        let words: Vec<&str> = values.split(' ').collect();
        let is_sound = |word: &&str| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\')
        };
        assert!(words.iter().all(is_sound), "single blanks between class references");
    }
    // What was read asks for the same when it is written as the standard has it (RFC 9470 §3).
    let max_age = wanted.max_age_s.map(|seconds| format!(", max_age=\"{seconds}\"")).unwrap_or_default();
    let values = wanted.acr_values.as_ref().map(|values| format!(", acr_values=\"{values}\"")).unwrap_or_default();
    let written = format!("Bearer error=\"{ERROR}\"{max_age}{values}");
    assert_eq!(StepUp::read([written.as_str()]), Some(wanted));
});
