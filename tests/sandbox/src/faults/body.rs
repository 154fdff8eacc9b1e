//! Bodies that are wrong in one particular way, so that a reader shows what it does with just that.

use std::io::Write;
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http_body_util::channel::Channel;
use serde_json::Value;

use super::Faults;

const CHUNK: usize = 64 * 1024;

/// A JSON array of strings, well formed, as long as asked for.
pub(super) fn huge(bytes: u64) -> Body {
    let (mut sender, body) = Channel::<Bytes, std::io::Error>::new(4);
    tokio::spawn(async move {
        let text = format!("\"{}\",", "x".repeat(CHUNK - 3));
        let chunk = Bytes::from(text);
        let mut sent: u64 = 0;
        let mut ok = sender.send_data(Bytes::from_static(b"[")).await.is_ok();
        while ok && sent < bytes {
            sent += CHUNK as u64;
            ok = sender.send_data(chunk.clone()).await.is_ok();
        }
        let _ = sender.send_data(Bytes::from_static(b"\"end\"]")).await;
    });
    Body::new(body)
}

/// A JSON string of zeros, this many MiB long once it is unpacked.
pub(super) fn gzip_bomb(mib: u64) -> Body {
    let zeros = [b'0'; CHUNK];
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail.
    let _ = packer.write_all(b"\"");
    for _ in 0..mib * (1024 * 1024 / CHUNK as u64) {
        let _ = packer.write_all(&zeros);
    }
    let _ = packer.write_all(b"\"");
    Body::from(packer.finish().unwrap_or_default())
}

/// One byte at a time, slowly, for as long as somebody listens.
pub(super) fn drip(bytes: Bytes) -> Body {
    let (mut sender, body) = Channel::<Bytes, std::io::Error>::new(1);
    tokio::spawn(async move {
        for place in 0..bytes.len() {
            if sender.send_data(bytes.slice(place..place + 1)).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    Body::new(body)
}

/// Bends a usage body; what is not JSON stays as it is.
pub(super) fn mutate(bytes: &Bytes, faults: &Faults) -> Bytes {
    let Ok(mut document) = serde_json::from_slice::<Value>(bytes) else {
        return bytes.clone();
    };
    if faults.inverted_period {
        invert_periods(&mut document);
    }
    if let Some(bucket) = first_bucket(&mut document) {
        if faults.wrong_number {
            replace_all(bucket, &["amount", "remainingValue", "value"], "a lot");
        }
        if faults.unknown_unit {
            replace_all(bucket, &["units", "unit"], "parsec");
        }
    }
    serde_json::to_vec(&document).map(Bytes::from).unwrap_or_else(|_| bytes.clone())
}

fn invert_periods(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(invert_periods),
        Value::Object(members) => {
            let (start, end) = (members.remove("startDateTime"), members.remove("endDateTime"));
            if let Some(end) = end {
                members.insert("startDateTime".into(), end);
            }
            if let Some(start) = start {
                members.insert("endDateTime".into(), start);
            }
            members.values_mut().for_each(invert_periods);
        }
        _ => {}
    }
}

fn first_bucket(value: &mut Value) -> Option<&mut Value> {
    match value {
        Value::Array(items) => items.iter_mut().find_map(first_bucket),
        Value::Object(members) => {
            let key = ["bucket", "bucketRefOrValue"]
                .into_iter()
                .find(|key| members.get(*key).and_then(Value::as_array).is_some_and(|list| !list.is_empty()));
            match key {
                Some(key) => members.get_mut(key)?.get_mut(0),
                None => members.get_mut("usageConsumption").and_then(first_bucket),
            }
        }
        _ => None,
    }
}

/// Replaces the named members that are no objects themselves.
fn replace_all(value: &mut Value, names: &[&str], text: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| replace_all(item, names, text)),
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                if names.contains(&name.as_str()) && !member.is_object() && !member.is_boolean() {
                    *member = text.into();
                } else {
                    replace_all(member, names, text);
                }
            }
        }
        _ => {}
    }
}
