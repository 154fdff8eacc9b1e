//! The other end of the control API, for `companion control`.

use serde_json::Value;

use super::Door;
use super::guard::KEY;

/// Asks a running sandbox, whose control side is at `at`: the status, and the answer as JSON.
pub async fn call(at: &str, door: &Door, body: &Value, key: Option<&str>) -> Result<(u16, Value), reqwest::Error> {
    // A client takes the provider of TLS also where it speaks plain HTTP.
    crate::tls::install_provider();
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build()?;
    let address = format!("{}/control/{}", at.trim_end_matches('/'), door.name);
    let request = match door.method {
        "GET" => client.get(address),
        _ => client.post(address).body(body.to_string()),
    };
    let request = key.into_iter().fold(request, |request, key| request.header(KEY, key));
    let answer = request.send().await?;
    let status = answer.status().as_u16();
    let text = answer.text().await?;
    Ok((status, serde_json::from_str(&text).unwrap_or_default()))
}
