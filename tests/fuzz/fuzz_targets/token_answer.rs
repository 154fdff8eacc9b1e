//! A token endpoint's answer of any bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| companion::session::fuzzing::token_answer(body));
