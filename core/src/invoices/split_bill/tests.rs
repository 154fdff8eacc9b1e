//! Split bill's rules, as tables in files and as what holds whatever is used.

mod allocations;
mod histories;
mod periods;

/// A file of vectors, which other languages read too.
fn vectors<V: serde::de::DeserializeOwned>(file: &str) -> Vec<V> {
    #[derive(serde::Deserialize)]
    struct File<V> {
        vectors: Vec<V>,
    }
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/billing").join(file);
    serde_json::from_slice::<File<V>>(&std::fs::read(path).unwrap()).unwrap().vectors
}
