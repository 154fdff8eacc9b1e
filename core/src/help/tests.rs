//! The articles in every language for every profile there is, and what a person finds by typing.

use std::collections::HashSet;
use std::fmt::Write;

use proptest::prelude::*;

use super::articles::{ARTICLES, Kind};
use super::*;
use crate::operator::profile::Profile;
use crate::text::{Language, Text};

/// The profiles that come along; the first operator's own addresses are filled in.
fn profiles() -> [(&'static str, Profile); 2] {
    let telenet = include_str!("../../profiles/telenet-business.json");
    let telenet = telenet
        .replace(r#""issuer": """#, r#""issuer": "https://id.example""#)
        .replace(r#""clientId": """#, r#""clientId": "app""#)
        .replace(r#""redirectUri": """#, r#""redirectUri": "be.example.app:/signed-in""#)
        .replace(r#""baseUrl": """#, r#""baseUrl": "https://api.example""#);
    [("sandbox", sandbox()), ("telenet-business", Profile::parse(&telenet).unwrap())]
}

fn sandbox() -> Profile {
    Profile::parse(include_str!("../../profiles/sandbox.json")).unwrap()
}

/// The sandbox's profile with these members in place of its own; without those that are `null`.
fn sandbox_with(changes: &[(&str, serde_json::Value)]) -> Profile {
    let mut json: serde_json::Value = serde_json::from_str(include_str!("../../profiles/sandbox.json")).unwrap();
    for (pointer, value) in changes {
        let (holder, name) = pointer.rsplit_once('/').unwrap();
        match json.pointer_mut(holder).unwrap() {
            serde_json::Value::Object(members) if value.is_null() => drop(members.remove(name)),
            holder => holder[name] = value.clone(),
        }
    }
    Profile::parse(&json.to_string()).unwrap()
}

fn ids(summaries: &[HelpArticleSummary]) -> Vec<&str> {
    summaries.iter().map(|summary| summary.id.as_str()).collect()
}

fn found(profile: &Profile, language: Language, words: &str) -> Vec<String> {
    let writer = Writer::new(profile, language);
    let hits = search(&writer, &index(&writer), words);
    ids(&hits).into_iter().map(str::to_owned).collect()
}

fn draw(text: &Text) -> String {
    if text.text == text.spoken { text.text.clone() } else { format!("{}\n      ({})", text.text, text.spoken) }
}

#[test]
fn every_article_reads_well_in_four_languages_at_every_operator() {
    for (name, profile) in profiles() {
        for language in Language::ALL {
            let writer = Writer::new(&profile, language);
            let mut all = String::new();
            for summary in articles(&writer, None) {
                let article = article(&writer, &summary.id).unwrap();
                writeln!(all, "{} ({})", article.title.text, article.id).unwrap();
                for block in &article.blocks {
                    let (mark, text) = match block {
                        HelpBlock::Paragraph { text } => ("-".to_owned(), text),
                        HelpBlock::Step { number, text } => (number.to_string(), text),
                        HelpBlock::Warning { text } => ("!".to_owned(), text),
                    };
                    writeln!(all, "    {mark} {}", draw(text)).unwrap();
                }
                writeln!(all, "    {:?} → {:?} {:?}\n", article.topics, ids(&article.related), article.request)
                    .unwrap();
            }
            let suffix = format!("{name}-{}", language.tag());
            insta::with_settings!({ snapshot_suffix => suffix }, { insta::assert_snapshot!("articles", all) });
        }
    }
}

#[test]
fn no_text_has_markup_left_and_none_is_said_twice() {
    for (_, profile) in profiles() {
        for language in Language::ALL {
            let writer = Writer::new(&profile, language);
            let mut titles = HashSet::new();
            for summary in articles(&writer, None) {
                let article = article(&writer, &summary.id).unwrap();
                assert!(titles.insert(article.title.text.clone()), "{}", article.title.text);
                let mut said = HashSet::new();
                for text in [&article.title].into_iter().chain(article.blocks.iter().map(HelpBlock::text)) {
                    assert!(said.insert(&text.text), "{}: {}", article.id, text.text);
                    for form in [&text.text, &text.spoken] {
                        assert!(!form.is_empty() && form.trim() == form && !form.contains("  "), "{form:?}");
                        let markup = ['{', '}', '$', '*', '_', '#', '<', '>', '~', '`', '"', '\'', '\n'];
                        assert!(!form.contains(markup), "{language:?} {}: {form}", article.id);
                        assert!(!form.contains("help-"), "a key is shown: {form}");
                    }
                }
                assert!(!article.title.text.ends_with('.'), "{}", article.title.text);
                for block in &article.blocks {
                    assert!(block.text().text.ends_with(['.', '?']), "{language:?}: {}", block.text().text);
                }
            }
        }
    }
}

#[test]
fn articles_are_short_and_each_belongs_to_a_screen() {
    let mut seen = HashSet::new();
    for article in ARTICLES {
        assert!(seen.insert(article.id), "{} comes twice", article.id);
        assert!(!article.topics.is_empty(), "{} belongs nowhere", article.id);
        let topics: HashSet<_> = article.topics.iter().collect();
        assert_eq!(topics.len(), article.topics.len(), "{} names a screen twice", article.id);
        assert!((2..=9).contains(&article.blocks.len()), "{} has {} blocks", article.id, article.blocks.len());
        assert_ne!(
            article.blocks.iter().filter(|block| block.kind == Kind::Step).count(),
            1,
            "{}: one step",
            article.id
        );
        assert!(!article.related.is_empty(), "{} leads nowhere", article.id);
        for id in article.related {
            assert!(ARTICLES.iter().any(|other| other.id == *id) && *id != article.id, "{} names {id}", article.id);
        }
    }
}

#[test]
fn every_screen_has_help_and_what_it_is_foremost_about_stands_first() {
    let profile = sandbox();
    let writer = Writer::new(&profile, Language::English);
    for (topic, first) in [
        (HelpTopic::Usage, "usage-and-alerts"),
        (HelpTopic::Alerts, "usage-and-alerts"),
        (HelpTopic::Invoices, "split-bill"),
        (HelpTopic::Pay, "paying"),
        (HelpTopic::WifiCalling, "wifi-calling"),
        (HelpTopic::GettingStarted, "sim-card"),
        (HelpTopic::Sim, "pin-and-puk"),
        (HelpTopic::SignIn, "account"),
        (HelpTopic::Plan, "plan"),
    ] {
        let of_topic = articles(&writer, Some(topic));
        assert_eq!(ids(&of_topic).first(), Some(&first), "{topic:?}");
        assert!(of_topic.iter().all(|summary| summary.topics.contains(&topic)), "{topic:?}");
        let all = articles(&writer, None);
        assert_eq!(all.iter().filter(|summary| summary.topics.contains(&topic)).count(), of_topic.len(), "{topic:?}");
    }
    assert_eq!(articles(&writer, None).len(), ARTICLES.len(), "the sandbox has everything");
}

#[test]
fn what_the_operator_does_not_offer_is_not_spoken_of() {
    use serde_json::json;

    let capabilities = |without: &str| {
        let all = ["usage", "plan", "notifications", "invoices", "wifiCalling"];
        json!(all.into_iter().filter(|one| *one != without).collect::<Vec<_>>())
    };
    for (pointer, value, gone) in [
        ("/capabilities", capabilities("usage"), &["usage-and-alerts"][..]),
        ("/capabilities", capabilities("plan"), &["plan"]),
        ("/capabilities", capabilities("invoices"), &["split-bill", "invoice", "paying"]),
        ("/capabilities", capabilities("wifiCalling"), &["wifi-calling", "wifi-calling-abroad"]),
        ("/identity/createsAccounts", json!(false), &["account"]),
        ("/identity/invitation", json!(null), &["account-with-split-bill"]),
    ] {
        let profile = sandbox_with(&[(pointer, value)]);
        let writer = Writer::new(&profile, Language::German);
        let left = articles(&writer, None);
        let expected: Vec<&str> = ARTICLES.iter().map(|article| article.id).filter(|id| !gone.contains(id)).collect();
        assert_eq!(ids(&left), expected);
        for id in gone {
            let title =
                Writer::new(&sandbox(), Language::German).summary(ARTICLES.iter().find(|one| one.id == *id).unwrap());
            assert!(!found(&profile, Language::German, &title.title.text).contains(&(*id).to_owned()), "nor found");
        }
        for id in gone {
            assert_eq!(article(&writer, id), None);
        }
        for id in expected {
            let article = article(&writer, id).unwrap();
            assert!(article.related.iter().all(|other| !gone.contains(&other.id.as_str())), "{id} leads to {gone:?}");
        }
    }
}

#[test]
fn a_sentence_is_left_out_where_it_would_not_be_true_and_figures_are_the_profiles() {
    use serde_json::json;

    let says = |profile: &Profile, id: &str| {
        let article = article(&Writer::new(profile, Language::English), id).unwrap();
        article.blocks.iter().map(|block| block.text().text.clone()).collect::<Vec<_>>().join(" ")
    };
    for (pointer, value, id, said, unsaid) in [
        ("/id", json!("x"), "usage-and-alerts", "tells you at 75%, 90% and 100% of an allowance", "nothing"),
        ("/alerts/thresholdsPercent", json!([80]), "usage-and-alerts", "tells you at 80% of an", "75%"),
        ("/alerts/thresholdsPercent", json!([]), "usage-and-alerts", "of your own", "The app tells you"),
        ("/alerts/sent", json!([]), "usage-and-alerts", "The app tells you", "by its own count"),
        ("/identity/invitation", json!(null), "account", "mobile number", "invitation"),
        ("/apis/activation/secrets", json!(false), "pin-and-puk", "printed on the holder", "Show PIN"),
        ("/id", json!("x"), "pin-and-puk", "choose “Show PIN” or “Show PUK”", "nothing"),
        ("/name", json!("Other\u{202E} Mobile"), "plan", "portal of Other Mobile", "Sandbox"),
    ] {
        let text = says(&sandbox_with(&[(pointer, value)]), id);
        assert!(text.contains(said) && !text.contains(unsaid), "{said:?}, not {unsaid:?}: {text}");
    }
}

/// Language, what is typed, and the first hits.
const SEARCHES: &[(Language, &str, &[&str])] = &[
    (Language::French, "portabilité", &["keep-number"]),
    (Language::French, "PORTABILITE", &["keep-number"]),
    (Language::French, "garder numéro", &["keep-number"]),
    (Language::French, "comment garder mon numéro ?", &["keep-number"]),
    (Language::French, "conserver le même numéro", &["keep-number"]),
    (Language::French, "changer de carte", &["sim-card"]),
    (Language::French, "GSM", &["sim-card"]),
    (Language::French, "code puk", &["pin-and-puk"]),
    (Language::French, "ma carte SIM est bloquée", &["pin-and-puk"]),
    (Language::French, "itinérance", &["wifi-calling-abroad"]),
    (Language::French, "domiciliation", &["paying"]),
    (Language::French, "payer ma facture", &["paying"]),
    (Language::French, "pourquoi ai-je une facture", &["invoice"]),
    (Language::French, "appels wifi", &["wifi-calling", "wifi-calling-abroad"]),
    (Language::French, "mot de passe", &["account", "account-with-split-bill"]),
    (Language::French, "invitation perdue", &["account-with-split-bill"]),
    (Language::French, "combien de gigas restants", &["usage-and-alerts"]),
    (Language::French, "eSIM", &["esim"]),
    (Language::Dutch, "gsm-nummer", &["keep-number", "new-number"]),
    (Language::Dutch, "GSM-nummer behouden", &["keep-number"]),
    (Language::Dutch, "gsmnummer houden", &["keep-number"]),
    (Language::Dutch, "hoe kan ik mijn nummer behouden?", &["keep-number"]),
    (Language::Dutch, "GSM", &["sim-card"]),
    (Language::Dutch, "nummerbehoud", &["keep-number"]),
    (Language::Dutch, "nieuwe simkaart", &["sim-card"]),
    (Language::Dutch, "factuur lezen", &["invoice"]),
    (Language::Dutch, "wanneer moet ik mijn rekening betalen", &["paying"]),
    (Language::Dutch, "bellen via wifi", &["wifi-calling", "wifi-calling-abroad"]),
    (Language::Dutch, "Wi-Fi", &["wifi-calling", "wifi-calling-abroad"]),
    (Language::Dutch, "uitnodiging kwijt", &["account-with-split-bill"]),
    (Language::Dutch, "paswoord vergeten", &["account"]),
    (Language::Dutch, "geblokkeerd", &["pin-and-puk"]),
    (Language::Dutch, "domicil", &["paying"]),
    (Language::Dutch, "hoeveel data heb ik nog over", &["usage-and-alerts"]),
    (Language::German, "Rufnummernmitnahme", &["keep-number"]),
    (Language::German, "rufnummer", &["keep-number", "new-number"]),
    (Language::German, "Handynummer behalten", &["keep-number"]),
    (Language::German, "Wie kann ich meine Nummer mitnehmen?", &["keep-number"]),
    (Language::German, "Handy", &["sim-card"]),
    (Language::German, "SIM-Karte gesperrt", &["pin-and-puk"]),
    (Language::German, "gro\u{DF}", &[]),
    (Language::German, "gesperrt", &["pin-and-puk"]),
    (Language::German, "uberweisung", &["paying"]),
    (Language::German, "Mahnung bekommen", &["paying"]),
    (Language::German, "Mehrwertsteuer", &["invoice"]),
    (Language::German, "Handyrechnung verstehen", &["invoice"]),
    (Language::German, "wie viel Datenvolumen habe ich noch", &["usage-and-alerts"]),
    (Language::German, "Vertrag wechseln", &["plan"]),
    (Language::German, "WLAN Anrufe Ausland", &["wifi-calling-abroad"]),
    (Language::German, "auslandsgesprach", &["wifi-calling-abroad"]),
    (Language::English, "porting", &["keep-number"]),
    (Language::English, "keep my number", &["keep-number"]),
    (Language::English, "How do I switch provider and keep my number?", &["keep-number"]),
    (Language::English, "GSM", &["sim-card"]),
    (Language::English, "my SIM is blocked", &["pin-and-puk"]),
    (Language::English, "invoice", &["invoice"]),
    (Language::English, "why did I get a bill", &["invoice"]),
    (Language::English, "112", &["wifi-calling-abroad"]),
    (Language::English, "wi-fi calling", &["wifi-calling", "wifi-calling-abroad"]),
    (Language::English, "wifi", &["wifi-calling", "wifi-calling-abroad"]),
    (Language::English, "travelling to Spain", &["wifi-calling-abroad"]),
    (Language::English, "guess", &["pin-and-puk"]),
    (Language::English, "how much data do I have left", &["usage-and-alerts"]),
    (Language::English, "scan the barcode", &["esim"]),
    (Language::English, "stop", &["keep-number", "usage-and-alerts"]),
    (Language::English, "parking", &["split-bill", "usage-and-alerts"]),
    (Language::English, "zebra", &[]),
    (Language::English, "puk zebra", &["pin-and-puk"]),
    (Language::English, "pay my bill", &["paying"]),
    (Language::English, "split bill", &["split-bill"]),
    (Language::English, "forgot my password", &["account"]),
    (Language::French, "pas de réseau", &["no-network"]),
    (Language::French, "pas de signal", &["no-network"]),
    (Language::French, "aucun service", &["no-network"]),
    (Language::Dutch, "geen netwerk", &["no-network"]),
    (Language::Dutch, "geen bereik", &["no-network"]),
    (Language::Dutch, "geen signaal", &["no-network"]),
    (Language::Dutch, "geen dienst", &["no-network"]),
    (Language::German, "kein Netz", &["no-network"]),
    (Language::German, "kein Empfang", &["no-network"]),
    (Language::German, "kein Signal", &["no-network"]),
    (Language::German, "kein Dienst", &["no-network"]),
    (Language::English, "no signal", &["no-network"]),
    (Language::English, "no service", &["no-network"]),
    (Language::English, "no network", &["no-network"]),
    (Language::French, "je n'ai pas reçu l'e-mail", &["esim"]),
    (Language::Dutch, "ik heb de e-mail niet gekregen", &["esim"]),
    (Language::Dutch, "e-mail niet ontvangen", &["esim"]),
    (Language::German, "ich habe die E-Mail nicht bekommen", &["esim"]),
    (Language::German, "E-Mail nicht erhalten", &["esim"]),
    (Language::English, "I did not get the e-mail", &["esim"]),
    (Language::English, "I have not received the e-mail", &["esim"]),
    (Language::French, "téléphone volé", &["lost-phone"]),
    (Language::French, "j'ai perdu mon GSM", &["lost-phone"]),
    (Language::Dutch, "gsm gestolen", &["lost-phone"]),
    (Language::Dutch, "ik ben mijn telefoon kwijt", &["lost-phone"]),
    (Language::German, "Handy verloren", &["lost-phone"]),
    (Language::German, "Telefon gestohlen", &["lost-phone"]),
    (Language::English, "lost phone", &["lost-phone"]),
    (Language::English, "my phone was stolen", &["lost-phone"]),
    (Language::English, "replace my SIM card", &["sim-card"]),
    (Language::Dutch, "factuur betalen", &["paying"]),
    (Language::Dutch, "kaart vervangen", &["sim-card"]),
    (Language::German, "Rechnung bezahlen", &["paying"]),
    (Language::German, "SIM-Karte wechseln", &["sim-card"]),
    (Language::English, "nobody can call me", &["no-network"]),
    (Language::English, "my number is gone", &["no-network"]),
    (Language::English, "I cannot make calls", &["no-network"]),
    (Language::English, "my phone does not work", &["no-network"]),
    (Language::English, "only emergency calls", &["no-network"]),
    (Language::English, "SIM not recognised", &["no-network"]),
    (Language::English, "how much does it cost to call abroad", &["wifi-calling-abroad"]),
    (Language::English, "roaming in Spain", &["wifi-calling-abroad"]),
    (Language::English, "I don't understand this amount", &["invoice"]),
    (Language::English, "what is this charge", &["invoice"]),
    (Language::English, "I forgot my PIN", &["pin-and-puk"]),
    (Language::English, "wrong pin three times", &["pin-and-puk"]),
    (Language::English, "new phone", &["sim-card"]),
    (Language::English, "my data is used up", &["usage-and-alerts"]),
    (Language::English, "pay with direct debit", &["paying"]),
    (Language::English, "bad reception at home", &["wifi-calling"]),
    (Language::English, "I want more data", &["plan"]),
    (Language::English, "QR code does not scan", &["esim"]),
    (Language::English, "when will my number be moved", &["keep-number"]),
    (Language::English, "what does my employer pay", &["split-bill"]),
    (Language::Dutch, "nummer werkt niet meer", &["no-network"]),
    (Language::Dutch, "ik kan niet bellen", &["no-network"]),
    (Language::Dutch, "niemand kan mij bellen", &["no-network"]),
    (Language::Dutch, "mijn nummer is weg", &["no-network"]),
    (Language::Dutch, "mijn gsm werkt niet", &["no-network"]),
    (Language::Dutch, "alleen noodoproepen", &["no-network"]),
    (Language::Dutch, "simkaart niet herkend", &["no-network"]),
    (Language::Dutch, "pincode vergeten", &["pin-and-puk"]),
    (Language::Dutch, "drie keer foute pin", &["pin-and-puk"]),
    (Language::Dutch, "nieuwe telefoon", &["sim-card"]),
    (Language::Dutch, "mijn data is op", &["usage-and-alerts"]),
    (Language::Dutch, "wat is dit bedrag", &["invoice"]),
    (Language::Dutch, "bellen in het buitenland", &["wifi-calling-abroad"]),
    (Language::Dutch, "slecht bereik thuis", &["wifi-calling"]),
    (Language::Dutch, "meer data", &["plan"]),
    (Language::Dutch, "QR-code scannen lukt niet", &["esim"]),
    (Language::Dutch, "wanneer wordt mijn nummer overgezet", &["keep-number"]),
    (Language::Dutch, "wat betaalt mijn werkgever", &["split-bill"]),
    (Language::Dutch, "aanmaning gekregen", &["paying"]),
    (Language::French, "je ne capte rien", &["no-network"]),
    (Language::French, "mon numéro ne marche plus", &["no-network"]),
    (Language::French, "personne ne peut m'appeler", &["no-network"]),
    (Language::French, "je ne peux pas appeler", &["no-network"]),
    (Language::French, "mon téléphone ne fonctionne pas", &["no-network"]),
    (Language::French, "appels d'urgence uniquement", &["no-network"]),
    (Language::French, "carte SIM non reconnue", &["no-network"]),
    (Language::French, "j'ai oublié mon PIN", &["pin-and-puk"]),
    (Language::French, "trois codes faux", &["pin-and-puk"]),
    (Language::French, "nouveau téléphone", &["sim-card"]),
    (Language::French, "je n'ai plus de data", &["usage-and-alerts"]),
    (Language::French, "c'est quoi ce montant", &["invoice"]),
    (Language::French, "téléphoner à l'étranger", &["wifi-calling-abroad"]),
    (Language::French, "mauvais réseau à la maison", &["wifi-calling"]),
    (Language::French, "le QR code ne fonctionne pas", &["esim"]),
    (Language::French, "quand mon numéro sera transféré", &["keep-number"]),
    (Language::French, "que paie mon employeur", &["split-bill"]),
    (Language::French, "j'ai reçu un rappel", &["paying"]),
    (Language::German, "ich kann nicht telefonieren", &["no-network"]),
    (Language::German, "Nummer weg", &["no-network"]),
    (Language::German, "niemand kann mich anrufen", &["no-network"]),
    (Language::German, "mein Handy geht nicht", &["no-network"]),
    (Language::German, "meine Nummer funktioniert nicht mehr", &["no-network"]),
    (Language::German, "nur Notrufe", &["no-network"]),
    (Language::German, "SIM nicht erkannt", &["no-network"]),
    (Language::German, "PIN vergessen", &["pin-and-puk"]),
    (Language::German, "PIN dreimal falsch", &["pin-and-puk"]),
    (Language::German, "neues Handy", &["sim-card"]),
    (Language::German, "Datenvolumen aufgebraucht", &["usage-and-alerts"]),
    (Language::German, "was ist das für ein Betrag", &["invoice"]),
    (Language::German, "im Ausland telefonieren", &["wifi-calling-abroad"]),
    (Language::German, "schlechter Empfang zu Hause", &["wifi-calling"]),
    (Language::German, "mehr Daten", &["plan"]),
    (Language::German, "QR-Code scannen klappt nicht", &["esim"]),
    (Language::German, "wann zieht meine Nummer um", &["keep-number"]),
    (Language::German, "was zahlt mein Arbeitgeber", &["split-bill"]),
    (Language::German, "Mahnung erhalten", &["paying"]),
    (Language::English, "people can't reach me", &["no-network"]),
    (Language::English, "my number stopped working", &["no-network"]),
    (Language::English, "I can't call anybody", &["no-network"]),
    (Language::English, "not reachable", &["no-network"]),
    (Language::English, "my number does not work any more", &["no-network"]),
    (Language::English, "calls over wifi do not work", &["wifi-calling"]),
    (Language::English, "keep my number with a new phone", &["keep-number"]),
    (Language::Dutch, "mijn nummer werkt niet meer", &["no-network"]),
    (Language::Dutch, "ik kan niemand bellen", &["no-network"]),
    (Language::Dutch, "ik ben niet bereikbaar", &["no-network"]),
    (Language::Dutch, "wifi bellen werkt niet", &["wifi-calling"]),
    (Language::Dutch, "pin werkt niet", &["pin-and-puk"]),
    (Language::Dutch, "ik kan mijn factuur niet betalen", &["paying"]),
    (Language::French, "on ne peut pas me joindre", &["no-network"]),
    (Language::French, "impossible d'appeler", &["no-network"]),
    (Language::French, "ma ligne est coupée", &["no-network"]),
    (Language::French, "mon GSM ne capte pas", &["no-network"]),
    (Language::French, "appels wifi ne marchent pas", &["wifi-calling"]),
    (Language::French, "mon code pin ne marche pas", &["pin-and-puk"]),
    (Language::French, "j'ai un nouveau GSM", &["sim-card"]),
    (Language::German, "ich bin nicht erreichbar", &["no-network"]),
    (Language::German, "mein Telefon funktioniert nicht", &["no-network"]),
    (Language::German, "meine Nummer ist weg", &["no-network"]),
    (Language::German, "WLAN-Anrufe gehen nicht", &["wifi-calling"]),
    (Language::German, "PIN geht nicht", &["pin-and-puk"]),
    (Language::German, "ich kann die Rechnung nicht bezahlen", &["paying"]),
    (Language::German, "ich habe ein neues Handy", &["sim-card"]),
    (Language::French, "dédommagement", &["keep-number"]),
    (Language::French, "dédommager", &["keep-number"]),
    (Language::French, "comment être dédommagé", &["keep-number"]),
    (Language::French, "sim pas reçue", &["sim-card"]),
    (Language::French, "ma carte n'est pas arrivée", &["sim-card"]),
    (Language::French, "je n'ai pas reçu ma carte SIM", &["sim-card"]),
    (Language::French, "carte SIM pas encore reçue", &["sim-card"]),
    (Language::French, "code d'activation", &["esim"]),
    (Language::French, "code d’activation eSIM", &["esim"]),
    (Language::French, "combien de temps", &["keep-number"]),
    (Language::French, "combien de temps dure le transfert", &["keep-number"]),
    (Language::French, "eSIM sur un nouveau téléphone", &["esim"]),
    (Language::French, "PUK perdu", &["pin-and-puk"]),
    (Language::French, "j'ai perdu mon code PIN", &["pin-and-puk"]),
    (Language::Dutch, "simkaart niet aangekomen", &["sim-card"]),
    (Language::Dutch, "mijn kaart is niet aangekomen", &["sim-card"]),
    (Language::Dutch, "simkaart niet ontvangen", &["sim-card"]),
    (Language::Dutch, "sim nog niet gekregen", &["sim-card"]),
    (Language::Dutch, "esim op nieuwe gsm", &["esim"]),
    (Language::Dutch, "eSIM op een nieuwe telefoon", &["esim"]),
    (Language::Dutch, "activatiecode", &["esim"]),
    (Language::Dutch, "activeringscode", &["esim"]),
    (Language::Dutch, "pukcode kwijt", &["pin-and-puk"]),
    (Language::Dutch, "pukcode verloren", &["pin-and-puk"]),
    (Language::Dutch, "pincode veranderen", &["pin-and-puk"]),
    (Language::English, "how do I change my PIN?", &["pin-and-puk"]),
    (Language::French, "changer mon pin", &["pin-and-puk"]),
    (Language::German, "PIN ändern", &["pin-and-puk"]),
    (Language::German, "Pin wechseln", &["pin-and-puk"]),
    (Language::German, "Karte sperren", &["lost-phone"]),
    (Language::German, "zu spät", &["keep-number"]),
    (Language::German, "Entschaedigung", &["keep-number"]),
    (Language::Dutch, "PUK-code kwijt", &["pin-and-puk"]),
    (Language::Dutch, "pincode kwijt", &["pin-and-puk"]),
    (Language::Dutch, "ik kan niet bellen via wifi", &["wifi-calling"]),
    (Language::Dutch, "bellen via wifi lukt niet", &["wifi-calling"]),
    (Language::Dutch, "hoe lang duurt het", &["keep-number"]),
    (Language::Dutch, "schadevergoeding", &["keep-number"]),
    (Language::German, "Karte nicht angekommen", &["sim-card"]),
    (Language::German, "Karte kommt nicht", &["sim-card"]),
    (Language::German, "SIM-Karte nicht erhalten", &["sim-card"]),
    (Language::German, "meine SIM-Karte ist noch nicht da", &["sim-card"]),
    (Language::German, "Aktivierungscode", &["esim"]),
    (Language::German, "eSIM auf neuem Handy", &["esim"]),
    (Language::German, "PUK verloren", &["pin-and-puk"]),
    (Language::German, "ich kann nicht über WLAN telefonieren", &["wifi-calling"]),
    (Language::German, "wie lange dauert es", &["keep-number"]),
    (Language::German, "Entschädigung", &["keep-number"]),
    (Language::German, "Schadenersatz", &["keep-number"]),
    (Language::English, "sim card has not arrived", &["sim-card"]),
    (Language::English, "my SIM did not arrive", &["sim-card"]),
    (Language::English, "SIM not received", &["sim-card"]),
    (Language::English, "I have not got my card", &["sim-card"]),
    (Language::English, "activation code", &["esim"]),
    (Language::English, "eSIM on a new phone", &["esim"]),
    (Language::English, "lost my PUK", &["pin-and-puk"]),
    (Language::English, "I cannot call over wifi", &["wifi-calling"]),
    (Language::English, "how long does it take", &["keep-number"]),
    (Language::English, "compensation", &["keep-number"]),
    (Language::English, "refund for a late move", &["keep-number"]),
];

#[test]
fn people_find_the_article_by_their_own_words() {
    let profile = sandbox();
    let mut missed = String::new();
    for (language, typed, expected) in SEARCHES {
        let hits = found(&profile, *language, typed);
        let is_found =
            hits.iter().take(expected.len()).eq(expected.iter()) && (!expected.is_empty() || hits.is_empty());
        if !is_found {
            writeln!(missed, "{language:?} {typed:?} finds {hits:?}, not {expected:?}").unwrap();
        }
    }
    assert!(missed.is_empty(), "{missed}");
}

#[test]
fn beside_what_has_all_of_a_sentence_stands_nothing_that_shares_a_word_with_it() {
    let hits = found(&sandbox(), Language::English, "keep my number");
    assert!(hits.len() < 5, "{hits:?}");
}

#[test]
fn what_is_typed_that_is_no_word_finds_nothing() {
    for typed in ["?!", "!!!", "\0\u{1B}", "—"] {
        assert_eq!(found(&sandbox(), Language::Dutch, typed), [""; 0], "{typed:?}");
    }
}

/// Whole words of articles, beginnings of them, and anything else.
fn typed() -> impl Strategy<Value = String> {
    let of_articles =
        (0..SEARCHES.len(), 1..8usize).prop_map(|(at, length)| SEARCHES[at].1.chars().take(length).collect::<String>());
    prop_oneof![
        any::<String>(),
        proptest::collection::vec(of_articles, 1..4).prop_map(|words| words.join(" ")),
        "(\\PC|[\\x00-\\x1F]){0,40}",
        "[a-zé]{1,3}( [a-zé]{1,3}){0,2}",
        ("\\PC", 1000..4000usize).prop_map(|(c, times)| c.repeat(times)),
    ]
}

proptest! {
    /// Each hit has a word that was typed, no worse one stands before a better one, and none says less than half of the best.
    #[test]
    fn search_takes_anything_and_what_fits_better_stands_first(typed in typed(), language in 0..Language::ALL.len()) {
        let (profile, language) = (sandbox(), Language::ALL[language]);
        let writer = Writer::new(&profile, language);
        let index = index(&writer);
        let hits = search(&writer, &index, &typed);
        prop_assert_eq!(&hits, &search(&writer, &index, &typed), "the same words find the same");
        let wanted = wanted(&typed, Vocabulary::of(language));
        let fits: Vec<Fit> = hits
            .iter()
            .map(|hit| writer.index(ARTICLES.iter().find(|article| article.id == hit.id).unwrap()).fit(&wanted).unwrap())
            .collect();
        prop_assert!(fits.is_sorted_by(|one, next| one >= next), "{fits:?}");
        prop_assert!(fits.iter().all(|fit| fit.words * 2 > fits[0].words), "{fits:?}");
    }
}
