//! An address below one of the operator's APIs. What comes from outside, as an id, stays one segment of it.

use url::Url;

use crate::problem::Problem;

/// The address of a resource: the API's base, and segments below it, each encoded. Fails with `Unexpected`: `base_url`,
/// which a checked profile keeps from happening, and `no_such_id` for a segment that is none.
pub fn address(base: &str, segments: &[&str]) -> Result<Url, Problem> {
    let fault = || Problem::unexpected("base_url");
    // These would be taken for steps in the path, and change something else (RFC 3986 §5.2.4).
    if segments.iter().any(|segment| matches!(*segment, "" | "." | "..")) {
        return Err(Problem::unexpected("no_such_id"));
    }
    let mut url = Url::parse(base).map_err(|_| fault())?;
    url.path_segments_mut().map_err(|()| fault())?.pop_if_empty().extend(segments);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_leave_its_place_in_the_address() {
        let cases = [
            ("https://api.example/v5", vec!["bill", "1"], "https://api.example/v5/bill/1"),
            ("https://api.example/v5/", vec!["bill"], "https://api.example/v5/bill"),
            ("https://api.example", vec!["bill", "../../x?y=1#z"], "https://api.example/bill/..%2F..%2Fx%3Fy=1%23z"),
        ];
        for (base, segments, expected) in cases {
            assert_eq!(address(base, &segments).unwrap().as_str(), expected);
        }
        for step in ["", ".", ".."] {
            assert!(address("https://api.example/v5", &["bill", step]).is_err(), "{step:?}");
        }
        assert!(address("mailto:a@b.example", &["bill"]).is_err() && address("", &["bill"]).is_err());
    }
}
