//! The whole surface the phones see, as one text under review: what changes it, on purpose or not, shows as a diff.
//! Read from the compiled core, as the bindings are. To accept a change: `INSTA_UPDATE=always cargo test -p
//! companion-bindgen`, then read the diff.

// The core must be built before it can be read.
use companion as _;

use std::collections::BTreeMap;
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};

use uniffi_bindgen::macro_metadata::extract_from_bytes;
use uniffi_meta::{EnumMetadata, FieldMetadata, FnParamMetadata, Metadata, Type, UniffiTraitMetadata};

/// What a phone can bear at start-up; each function that it can call costs time there. The methods of traits are the phone's own.
const BUDGET: usize = 120;

/// Where functions of no object stand.
const ALONE: &str = "functions";

#[test]
fn the_exported_surface_is_the_one_agreed() {
    // A test stands beside the libraries its dependencies were built into.
    let test = std::env::current_exe().unwrap();
    let library = test.with_file_name(format!("{DLL_PREFIX}companion{DLL_SUFFIX}"));
    let surface = surface(extract_from_bytes(&std::fs::read(library).unwrap()).unwrap());
    let called = surface.iter().filter(|(item, _)| !item.starts_with("trait "));
    let functions = called.flat_map(|(_, lines)| lines).filter(|line| line.contains('(')).count();

    assert!(functions > 0 && functions <= BUDGET, "{functions} exported functions");
    insta::assert_snapshot!(text(&surface));
}

/// Every exported item with its members, one line each.
fn surface(items: Vec<Metadata>) -> BTreeMap<String, Vec<String>> {
    let mut kinds: BTreeMap<String, String> = items.iter().filter_map(heading).collect();
    kinds.insert(ALONE.to_owned(), ALONE.to_owned());
    let mut surface: BTreeMap<String, Vec<String>> = kinds.values().map(|kind| (kind.clone(), Vec::new())).collect();
    for item in items {
        let (owner, lines) = members(item);
        if let Some(kind) = kinds.get(&owner) {
            surface.entry(kind.clone()).or_default().extend(lines);
        }
    }
    surface
}

fn text(surface: &BTreeMap<String, Vec<String>>) -> String {
    let mut text = String::new();
    for (item, lines) in surface {
        text += item;
        for line in lines {
            text += "\n    ";
            text += line;
        }
        text += "\n";
    }
    text
}

/// An item's name, and how it is headed.
fn heading(item: &Metadata) -> Option<(String, String)> {
    let (kind, name) = match item {
        Metadata::Record(record) => ("record", &record.name),
        Metadata::Enum(EnumMetadata { name, shape, .. }) if shape.is_error() => ("error", name),
        Metadata::Enum(EnumMetadata { name, .. }) => ("enum", name),
        Metadata::Object(object) if object.imp.is_trait_interface() => ("trait", &object.name),
        Metadata::Object(object) => ("object", &object.name),
        Metadata::CallbackInterface(callback) => ("callback", &callback.name),
        Metadata::CustomType(custom) => ("custom", &custom.name),
        _ => return None,
    };
    Some((name.clone(), format!("{kind} {name}")))
}

/// The item a line belongs under, and the lines.
fn members(item: Metadata) -> (String, Vec<String>) {
    match item {
        Metadata::Record(record) => (record.name, record.fields.iter().map(field).collect()),
        Metadata::Enum(variants) => {
            let lines = variants.variants.iter().map(|variant| match variant.fields.as_slice() {
                [] => variant.name.clone(),
                fields => format!("{} {{ {} }}", variant.name, fields.iter().map(field).collect::<Vec<_>>().join(", ")),
            });
            (variants.name, lines.collect())
        }
        Metadata::Constructor(new) => {
            let made = Some(format!(" -> {}", new.self_name));
            let line = function(new.is_async, &new.name, &new.inputs, made, new.throws);
            (new.self_name, vec![line])
        }
        Metadata::Method(method) => {
            let returned = method.return_type.map(|ty| format!(" -> {}", name(&ty)));
            let line = function(method.is_async, &method.name, &method.inputs, returned, method.throws);
            (method.self_name, vec![line])
        }
        Metadata::TraitMethod(method) => {
            let returned = method.return_type.map(|ty| format!(" -> {}", name(&ty)));
            let line = function(method.is_async, &method.name, &method.inputs, returned, method.throws);
            (method.trait_name, vec![line])
        }
        Metadata::Func(func) => {
            let returned = func.return_type.map(|ty| format!(" -> {}", name(&ty)));
            (ALONE.to_owned(), vec![function(func.is_async, &func.name, &func.inputs, returned, func.throws)])
        }
        Metadata::UniffiTrait(UniffiTraitMetadata::Display { fmt }) => {
            (fmt.self_name, vec!["displays itself".to_owned()])
        }
        _ => (String::new(), Vec::new()),
    }
}

fn function(
    is_async: bool,
    function: &str,
    inputs: &[FnParamMetadata],
    returned: Option<String>,
    throws: Option<Type>,
) -> String {
    let is_async = if is_async { "async " } else { "" };
    let inputs: Vec<_> = inputs.iter().map(|input| format!("{}: {}", input.name, name(&input.ty))).collect();
    let throws = throws.map(|ty| format!(" throws {}", name(&ty))).unwrap_or_default();
    format!("{is_async}{function}({}){}{throws}", inputs.join(", "), returned.unwrap_or_default())
}

fn field(field: &FieldMetadata) -> String {
    format!("{}: {}", field.name, name(&field.ty))
}

fn name(ty: &Type) -> String {
    match ty {
        Type::Optional { inner_type } => format!("{}?", name(inner_type)),
        Type::Sequence { inner_type } => format!("[{}]", name(inner_type)),
        Type::Map { key_type, value_type } => format!("[{}: {}]", name(key_type), name(value_type)),
        ty => ty.name().map_or_else(|| format!("{ty:?}"), str::to_owned),
    }
}
