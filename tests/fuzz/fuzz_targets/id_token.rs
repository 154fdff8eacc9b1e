//! Id tokens of any text; and of any header and claims, which a line break parts, in the encoding that would hide them
//! from the fuzzer.
#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use companion::session::fuzzing::id_token;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match text.split_once('\n') {
        None => id_token(text),
        Some((header, claims)) => {
            let (header, claims) = (URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
            id_token(&format!("{header}.{claims}.AAAA"));
        }
    }
});
