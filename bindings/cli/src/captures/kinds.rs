//! What may stay of a member: by the contract's own words for what kind of value it is, and for texts by the table here. What
//! neither names is free text, of which nothing stays.

/// What a member holds, as far as it decides what stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Members of its own.
    Inside,
    /// An amount: digits and a unit.
    Amount,
    /// A date or a moment.
    Date,
    /// A word of the closed vocabulary; another is replaced.
    Word,
    /// A name that says what kind of thing it names: its known words stay.
    Name,
    /// A telephone number.
    Phone,
    /// What refers to something: a stand-in of this kind.
    Id(&'static str),
    /// An edition: a moment, or any text.
    Edition,
    /// A value that its name tells the kind of.
    Named,
    /// An address.
    Address,
    /// A bank's identifier.
    Bic,
    /// The bytes of a document.
    Document,
    /// The digest of one.
    Digest,
    /// Nothing of it stays, not even which is the same.
    Secret,
    /// Free text: replaced whole.
    Free,
}

/// Texts, by how their way ends; the first that fits. A way begins with the name of the request, or `#` and the common type.
const TEXTS: [(&str, Kind); 109] = [
    ("provider-metadata.issuer", Kind::Address),
    (".code_challenge_methods_supported", Kind::Word),
    (".prompt_values_supported", Kind::Word),
    (".dpop_signing_alg_values_supported", Kind::Word),
    (".error", Kind::Word),
    (".request_uri", Kind::Secret),
    (".code", Kind::Word),
    (".keys.use", Kind::Word),
    (".keys.key_ops", Kind::Word),
    (".keys.alg", Kind::Word),
    (".keys.kid", Kind::Id("key")),
    ("userinfo.sub", Kind::Id("party")),
    ("userinfo.userAssets.id", Kind::Id("line")),
    (".userAssets.assetType", Kind::Word),
    (".role", Kind::Word),
    (".role.name", Kind::Word),
    (".@type", Kind::Word),
    (".@referredType", Kind::Word),
    (".attachmentType", Kind::Word),
    (".mimeType", Kind::Word),
    (".state", Kind::Word),
    (".status", Kind::Word),
    (".resourceStatus", Kind::Word),
    (".category", Kind::Word),
    (".topic", Kind::Word),
    (".channel", Kind::Word),
    (".action", Kind::Word),
    (".orderItemAction", Kind::Word),
    (".counterType", Kind::Word),
    (".level", Kind::Word),
    (".units", Kind::Word),
    (".taxCategory", Kind::Word),
    (".appliedBillingRateType", Kind::Word),
    (".usageType", Kind::Name),
    (".usageType.name", Kind::Name),
    (".remainingValueName", Kind::Name),
    (".valueName", Kind::Name),
    (".bucketCounter.description", Kind::Name),
    ("sim-secret.kind", Kind::Word),
    ("sim-secret.value", Kind::Secret),
    ("sim-secret.confirmationCode", Kind::Secret),
    (".keyId", Kind::Secret),
    (".publicIdentifier", Kind::Phone),
    (".productSerialNumber", Kind::Phone),
    (".logicalResource.id", Kind::Id("line")),
    ("#lineRef.id", Kind::Id("line")),
    ("#lineRef.name", Kind::Word),
    ("#lineRef.value", Kind::Named),
    ("#characteristic.name", Kind::Name),
    ("#characteristic.value", Kind::Named),
    ("#characteristic.value.value", Kind::Named),
    ("#value.value", Kind::Named),
    ("#party.id", Kind::Id("party")),
    ("#party.partyOrPartyRole.id", Kind::Id("party")),
    ("#party.name", Kind::Id("person")),
    ("#party.partyOrPartyRole.name", Kind::Id("person")),
    (".user.id", Kind::Id("party")),
    (".user.partyOrPartyRole.id", Kind::Id("party")),
    (".productCharacteristic.id", Kind::Id("line")),
    (".productCharacteristic.name", Kind::Name),
    (".productCharacteristic.value", Kind::Named),
    (".productCharacteristic.value.value", Kind::Named),
    (".characteristic.name", Kind::Name),
    (".characteristic.value", Kind::Named),
    (".featureCharacteristic.name", Kind::Name),
    (".featureCharacteristic.value", Kind::Named),
    (".partyCharacteristic.name", Kind::Name),
    (".partyCharacteristic.value", Kind::Word),
    (".feature.name", Kind::Name),
    (".milestone.name", Kind::Name),
    (".productOrderId", Kind::Id("order")),
    (".orderItemId", Kind::Id("item")),
    (".productOrderItem.product.id", Kind::Id("product")),
    (".productOrderItem.id", Kind::Id("item")),
    (".product.id", Kind::Id("product")),
    (".product.name", Kind::Name),
    (".productOffering.name", Kind::Name),
    (".bucket.id", Kind::Id("bucket")),
    (".bucket.name", Kind::Name),
    (".bucketCounter.name", Kind::Name),
    (".billingAccount.id", Kind::Id("account")),
    (".bill.id", Kind::Id("bill")),
    (".payment.id", Kind::Id("payment")),
    (".billDocument.id", Kind::Id("document")),
    (".attachment.id", Kind::Id("document")),
    (".billNo", Kind::Id("number")),
    (".version", Kind::Edition),
    (".externalId", Kind::Id("name")),
    (".externalReference.id", Kind::Id("name")),
    ("usage-report.id", Kind::Id("report")),
    ("products.id", Kind::Id("product")),
    ("products.name", Kind::Name),
    ("preferences.id", Kind::Id("preference")),
    ("person.id", Kind::Id("party")),
    ("line-service.id", Kind::Id("service")),
    ("billing-accounts.id", Kind::Id("account")),
    ("bills.id", Kind::Id("bill")),
    ("bill-lines.id", Kind::Id("rate")),
    ("bill-lines.name", Kind::Name),
    ("wifi-services.id", Kind::Id("service")),
    ("wifi-order.id", Kind::Id("order")),
    ("line-orders.id", Kind::Id("order")),
    ("sims.id", Kind::Id("sim")),
    ("sims.name", Kind::Name),
    ("payment.reference", Kind::Id("reference")),
    ("creditorName", Kind::Id("person")),
    ("originalBill", Kind::Id("bill")),
    ("contributionCategory", Kind::Word),
    (".isEnabled", Kind::Word),
];

/// What kind of value the contract's type and the member's way make it.
pub fn kind(way: &str, kind: &str) -> Kind {
    let has = |part: &str| kind.contains(part);
    let table = || TEXTS.iter().find(|(end, _)| way.ends_with(end)).map(|(_, kind)| *kind);
    if let Some(listed) = table().filter(|_| !has("list of keys")) {
        return listed;
    }
    match kind {
        "list" | "object" | "reference" | "period" | "list of keys" | "list of reports" => Kind::Inside,
        _ if has("E.164") => Kind::Phone,
        _ if has("Base64, at most") => Kind::Document,
        _ if has("hexadecimal") => Kind::Digest,
        _ if has("ASCII") || has("JWS") || has("ase64") => Kind::Secret,
        _ if has("https address") => Kind::Address,
        "IBAN" => Kind::Id("iban"),
        "BIC" => Kind::Bic,
        _ if has("date") => Kind::Date,
        _ if has("number") || has("quantity") || has("money") || has("seconds") || has("percent") => Kind::Amount,
        _ if has("true or false") || kind.starts_with('`') || kind.starts_with("see ") => Kind::Word,
        _ => Kind::Free,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use companion::operator::contract::Contract;

    use super::*;

    #[test]
    fn each_line_of_the_table_is_of_a_member_that_is_read() {
        let contract = Contract::shipped().unwrap();
        let mut ways: BTreeSet<String> = BTreeSet::new();
        for request in &contract.requests {
            ways.extend(request.reads.iter().map(|read| format!("{}.{}", request.id, read.path.replace("[]", ""))));
            ways.extend(request.characteristics.iter().map(|told| told.name.clone()));
        }
        for (name, reads) in &contract.common.types {
            ways.extend(reads.iter().map(|read| format!("#{name}.{}", read.path.replace("[]", ""))));
        }
        for (end, _) in TEXTS {
            let decides = ways
                .iter()
                .any(|way| TEXTS.iter().find(|(end, _)| way.ends_with(end)).is_some_and(|(first, _)| *first == end));
            assert!(decides, "{end}");
        }
    }

    #[test]
    fn free_text_is_what_is_shown_to_nobody_and_what_other_people_write() {
        let contract = Contract::shipped().unwrap();
        let mut free = BTreeSet::new();
        for request in
            contract.requests.iter().filter(|it| it.method != "–" && it.by == companion::operator::contract::By::Core)
        {
            for read in &request.reads {
                let way = format!("{}.{}", request.id, read.path.replace("[]", ""));
                if kind(&way, &read.kind) == Kind::Free {
                    free.insert(way);
                }
            }
            for told in &request.characteristics {
                if kind(&told.name, &told.kind) == Kind::Free {
                    free.insert(told.name.clone());
                }
            }
        }
        let expected = ["portIn.donor", "pushed-request.error_description", "pushed-request.error_uri"];
        let expected = expected.into_iter().chain(["token-exchange.error_description", "token-exchange.error_uri"]);
        assert_eq!(free, expected.map(str::to_owned).collect());
    }
}
