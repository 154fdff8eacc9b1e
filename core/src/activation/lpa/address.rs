//! The name of an SM-DP+ server. A phone connects to whatever stands there, so it is a full name and nothing else.

use super::ActivationCodeFault;

const LONGEST_NAME: usize = 253;
const LONGEST_LABEL: usize = 63;

/// A full server name (RFC 1123 §2.1), as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmDpAddress(String);

impl SmDpAddress {
    /// Fails with `NoAddress` and `Address`.
    pub(super) fn read(text: &str) -> Result<SmDpAddress, ActivationCodeFault> {
        match text {
            "" => Err(ActivationCodeFault::NoAddress),
            name if is_full_name(name) => Ok(SmDpAddress(name.to_owned())),
            _ => Err(ActivationCodeFault::Address),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_full_name(name: &str) -> bool {
    // No top-level domain begins with a digit; what ends in a number is an address.
    let top = name.rsplit('.').next().unwrap_or_default();
    name.len() <= LONGEST_NAME
        && name.contains('.')
        && name.split('.').all(is_label)
        && top.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn is_label(label: &str) -> bool {
    let is_of_a_label = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=LONGEST_LABEL).contains(&label.len())
        && label.bytes().all(is_of_a_label)
        && !label.starts_with('-')
        && !label.ends_with('-')
}
