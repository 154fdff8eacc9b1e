//! Which digest counts: the API's more than a header's, and of a header's own any that does not fit keeps the document out.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::download::verify::Flaw;
use super::super::download::{DownloadError, Standing};
use super::server::{End, Reply};
use super::uses::{scripted, setup, some_pdf, standing};
use super::{Link, digest, folder, runtime};

#[test]
fn a_digest_that_does_not_fit_keeps_a_document_out_unless_the_api_told_the_right_one() {
    let bytes = some_pdf(5_000);
    let (right, wrong) = (digest(&bytes), [0; 32]);
    let damaged = Err(DownloadError::Damaged(Flaw::Digest));
    let vectors = [
        (None, None, Ok(())),
        (None, Some(right), Ok(())),
        (None, Some(wrong), damaged.clone()),
        (Some(right), None, Ok(())),
        (Some(right), Some(right), Ok(())),
        (Some(right), Some(wrong), Ok(())),
        (Some(wrong), None, damaged.clone()),
        (Some(wrong), Some(right), damaged.clone()),
        (Some(wrong), Some(wrong), damaged),
    ];
    let runtime = runtime();
    for field in ["Repr-Digest", "Content-Digest"] {
        for (of_api, of_header, expected) in vectors.clone() {
            let mut headers = vec![("Content-Length", bytes.len().to_string())];
            headers.extend(of_header.map(|digest| (field, format!("sha-256=:{}:", STANDARD.encode(digest)))));
            let (server, _) = scripted(vec![Reply::new(200, &headers, bytes.clone(), End::Keep)]);
            let folder = folder();
            let phone = setup(folder.path(), &server).open();
            let url = format!("{}/document", server.origin(0));
            let link = Arc::new(Link { digest: of_api, ..Arc::into_inner(Link::new(url)).unwrap() });
            let fetch = || runtime.block_on(phone.downloads.download(phone.wish(0, link.clone()), None, None));
            let case = format!("{field}: {:?} {:?}", of_api.map(|of| of == right), of_header.map(|of| of == right));
            assert_eq!(fetch().map(|_| ()), expected, "{case}");
            assert_eq!(standing(&phone, 0) == Standing::Ready, expected.is_ok(), "{case}");
            assert_eq!(fetch().map(|_| ()), expected, "{case}, again");
        }
    }
}
