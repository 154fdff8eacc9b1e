//! What an invoice's document is called when the person hands it on: made of typed facts alone. Nothing that a server
//! names in a header ever gets here.

use crate::invoices::model::{BillingPeriod, DocumentKind};

/// No name is longer, its ending included.
pub const LONGEST: usize = 80;
const LONGEST_BRAND: usize = 20;
const LONGEST_NUMBER: usize = 25;

/// What a name is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// The operator's name, of the profile.
    pub brand: String,
    /// The bill's period; its last day gives the month.
    pub period: Option<BillingPeriod>,
    /// The number that the customer knows the bill by.
    pub bill_number: String,
    /// What it is.
    pub kind: DocumentKind,
}

impl Naming {
    /// `Brand_2026-11_1234567890.pdf`: ASCII letters, digits, `-`, `_` and the one dot of the ending. The second of a name
    /// and those after it are told apart by `-2`, `-3`…
    pub fn file_name(&self, nth: u32) -> String {
        let mut name = sanitised(&self.brand, LONGEST_BRAND, "Invoice");
        if let Some(last) = self.period.and_then(|period| period.next_start.yesterday().ok()) {
            // A year before Christ is nobody's billing period; its sign stays out of the name.
            name.push_str(&format!("_{:04}-{:02}", last.year().unsigned_abs(), last.month()));
        }
        name.push('_');
        name.push_str(&sanitised(&self.bill_number, LONGEST_NUMBER, "unnumbered"));
        name.push_str(match self.kind {
            DocumentKind::CreditNote => "_creditnote",
            DocumentKind::ThirdPartyStatement => "_thirdparty",
            DocumentKind::Reminder => "_reminder",
            DocumentKind::Invoice | DocumentKind::Unknown => "",
        });
        if nth > 1 {
            name.push_str(&format!("-{nth}"));
        }
        name.push_str(".pdf");
        name
    }
}

/// What is left of a text: its ASCII letters and digits, with one `-` for whatever stood between them.
fn sanitised(text: &str, longest: usize, otherwise: &str) -> String {
    let mut kept = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            kept.push(c);
        } else if !kept.is_empty() && !kept.ends_with('-') {
            kept.push('-');
        }
        if kept.len() >= longest {
            break;
        }
    }
    let kept = kept.trim_end_matches('-');
    if kept.is_empty() { otherwise.to_owned() } else { kept.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::path::{Component, Path};

    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    use super::*;

    fn naming(brand: &str, number: &str, kind: DocumentKind, next_start: Date) -> Naming {
        let period = BillingPeriod { start: next_start, next_start };
        Naming { brand: brand.to_owned(), period: Some(period), bill_number: number.to_owned(), kind }
    }

    #[test]
    fn a_name_tells_brand_month_number_and_kind() {
        let december = date(2026, 12, 1);
        let vectors = [
            ("Telenet", "600123", DocumentKind::Invoice, december, 1, "Telenet_2026-11_600123.pdf"),
            ("Telenet", "600123", DocumentKind::CreditNote, december, 1, "Telenet_2026-11_600123_creditnote.pdf"),
            ("Telenet", "600123", DocumentKind::Invoice, december, 2, "Telenet_2026-11_600123-2.pdf"),
            ("Telenet", "600123", DocumentKind::Invoice, date(2026, 12, 16), 1, "Telenet_2026-12_600123.pdf"),
            ("Telenet", "600123", DocumentKind::Invoice, date(2027, 1, 1), 1, "Telenet_2026-12_600123.pdf"),
            ("A & B", "Nº 12/34", DocumentKind::Reminder, december, 1, "A-B_2026-11_N-12-34_reminder.pdf"),
            ("..", "../../etc/passwd", DocumentKind::Unknown, december, 1, "Invoice_2026-11_etc-passwd.pdf"),
            ("", "", DocumentKind::ThirdPartyStatement, december, 3, "Invoice_2026-11_unnumbered_thirdparty-3.pdf"),
        ];
        for (brand, number, kind, next_start, nth, expected) in vectors {
            assert_eq!(naming(brand, number, kind, next_start).file_name(nth), expected);
        }
    }

    proptest! {
        #![proptest_config(crate::trials::config(2000))]

        #[test]
        fn whatever_the_number_says_a_name_stays_in_its_folder_short_and_plain(
            brand in "\\PC{0,40}", number in prop_oneof!["\\PC{0,120}", "[./\\\\\0-]{0,40}", "[A-Za-z0-9]{0,200}"],
            kind in 0..5usize, days in -3_000_000i32..2_900_000, nth in any::<u32>(),
        ) {
            use DocumentKind::{CreditNote, Invoice, Reminder, ThirdPartyStatement, Unknown};
            let kind = [Invoice, CreditNote, ThirdPartyStatement, Reminder, Unknown][kind];
            let next_start = Date::ZERO.saturating_add(jiff::Span::new().days(days));
            let name = naming(&brand, &number, kind, next_start).file_name(nth);
            prop_assert!(name.len() <= LONGEST, "{}", name);
            prop_assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)), "{}", name);
            prop_assert!(!name.starts_with('.') && name.ends_with(".pdf") && name.matches('.').count() == 1, "{}", name);
            let place = Path::new("folder").join(&name);
            prop_assert_eq!(place.parent(), Some(Path::new("folder")));
            prop_assert!(place.components().all(|part| matches!(part, Component::Normal(_))));
        }
    }
}
