//! An entitlement document, any bytes: it never panics, and a page to open is always one over https that no log shows.
#![no_main]

use companion::vowifi::entitlement::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|document: &[u8]| {
    let Ok(entitlement) = read(document) else { return };
    assert_eq!(read(document).as_ref(), Ok(&entitlement), "the same bytes read twice differ");
    let _ = entitlement.message();
    assert_eq!(entitlement.codes().len(), 4);
    if let Some(flow) = &entitlement.service_flow {
        assert!(flow.url.starts_with("https://") && !flow.url.contains(char::is_whitespace));
        assert!(!format!("{entitlement:?}").contains(&flow.url), "a log shows the page");
    }
});
