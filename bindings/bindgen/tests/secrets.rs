//! A field whose name tells of a secret belongs to a type that does not write it: the core writes such a type's `Debug` by
//! hand, and the Kotlin of it is redacted. Read from the compiled core, as the bindings are.

// The core must be built before it can be read.
use companion as _;

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};

use uniffi_bindgen::macro_metadata::extract_from_bytes;
use uniffi_meta::{FieldMetadata, Metadata, Type};

/// Words of which a field with a secret is named, here or by whoever adds the next one.
const TELLING: [&str; 17] = [
    "body",
    "code",
    "codes",
    "data",
    "digits",
    "invitation",
    "keypad",
    "link",
    "mailto",
    "number",
    "password",
    "pin",
    "plain",
    "puk",
    "secret",
    "token",
    "url",
];

/// Fields that are named so, and hold none.
const HARMLESS: [(&str, &str, &str); 9] = [
    ("Alert", "body", "what is posted for everybody beside the phone to see"),
    ("ContactView", "link", "the operator's number or address for everybody"),
    ("CoreConfig", "data_dir", "a folder"),
    ("Explanation", "code", "a fixed word of the program's"),
    ("HelpPage", "url", "the operator's page for everybody"),
    ("InvoiceRow", "number", "printed on the paper"),
    ("PaymentLinkView", "url", "the operator's page of one payment"),
    ("Problem", "code", "a fixed word of the program's"),
    ("ToldView", "body", "what was posted"),
];

#[test]
fn a_field_named_as_a_secret_is_in_a_redacted_type_or_known_to_hold_none() {
    let test = std::env::current_exe().unwrap();
    let library = test.with_file_name(format!("{DLL_PREFIX}companion{DLL_SUFFIX}"));
    let items = extract_from_bytes(&std::fs::read(library).unwrap()).unwrap();
    let redacted = include_str!("../src/redacted.rs");
    let named: Vec<(String, String)> = items.iter().flat_map(telling).collect();
    let is_harmless = |of: &str, field: &str| HARMLESS.iter().any(|known| (known.0, known.1) == (of, field));

    let open: Vec<_> = named.iter().filter(|(of, _)| !redacted.contains(&format!("\"{of}\""))).collect();
    let unknown: Vec<_> = open.iter().filter(|(of, field)| !is_harmless(of, field)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    for (of, field, _) in HARMLESS {
        assert!(open.contains(&&(of.to_owned(), field.to_owned())), "there is no {of}.{field} any more");
    }
}

/// The fields of a record or an enum that are named so, and hold text.
fn telling(item: &Metadata) -> Vec<(String, String)> {
    let (name, fields): (&str, Vec<&FieldMetadata>) = match item {
        Metadata::Record(record) => (&record.name, record.fields.iter().collect()),
        Metadata::Enum(of) => (&of.name, of.variants.iter().flat_map(|variant| &variant.fields).collect()),
        _ => return Vec::new(),
    };
    // The words of buttons and fields.
    let fields = fields.into_iter().filter(|_| name != "Labels");
    let named =
        fields.filter(|field| holds_text(&field.ty) && field.name.split('_').any(|word| TELLING.contains(&word)));
    named.map(|field| (name.to_owned(), field.name.clone())).collect()
}

fn holds_text(ty: &Type) -> bool {
    match ty {
        Type::String | Type::Bytes => true,
        Type::Optional { inner_type } | Type::Sequence { inner_type } => holds_text(inner_type),
        ty => ty.name().is_some_and(|name| name == "Text"),
    }
}
