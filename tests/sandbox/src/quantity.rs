//! Amounts as the operator counts them: whole thousandths of a unit, written as JSON decimals from their
//! digits, so that 6.2 never becomes 6.199999.

use serde_json::{Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quantity {
    pub(crate) thousandths: i64,
    pub(crate) units: &'static str,
}

impl Quantity {
    pub(crate) fn new(thousandths: i64, units: &'static str) -> Self {
        Self { thousandths, units }
    }

    /// "6.2", "80", "-1.72".
    pub(crate) fn digits(&self) -> String {
        let sign = if self.thousandths < 0 { "-" } else { "" };
        let size = self.thousandths.unsigned_abs();
        let text = format!("{sign}{}.{:03}", size / 1000, size % 1000);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// The bare JSON number.
    pub(crate) fn number(&self) -> Value {
        serde_json::from_str(&self.digits()).unwrap_or(Value::Null)
    }

    /// TMF `Quantity`: `{"amount": 6.2, "units": "GB"}`.
    pub(crate) fn json(&self) -> Value {
        json!({ "amount": self.number(), "units": self.units })
    }

    /// The text an operator writes for people: "6.2 GB".
    pub(crate) fn label(&self) -> String {
        format!("{} {}", self.digits(), self.units)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_from_their_digits() {
        for (thousandths, text) in
            [(6_200, "6.2"), (80_000, "80"), (-1_720, "-1.72"), (3_270, "3.27"), (5, "0.005"), (0, "0")]
        {
            let quantity = Quantity::new(thousandths, "GB");
            assert_eq!(quantity.number().to_string(), text);
        }
    }
}
