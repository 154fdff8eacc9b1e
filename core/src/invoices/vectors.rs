//! Tables of vectors in files, which tests in other languages read too.

use std::path::Path;

use serde::de::DeserializeOwned;

/// A file of `tests/documents/billing`.
pub(super) fn file<F: DeserializeOwned>(name: &str) -> F {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/billing").join(name);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The `vectors` of such a file.
pub(super) fn vectors<V: DeserializeOwned>(name: &str) -> Vec<V> {
    #[derive(serde::Deserialize)]
    struct File<V> {
        vectors: Vec<V>,
    }
    file::<File<V>>(name).vectors
}
