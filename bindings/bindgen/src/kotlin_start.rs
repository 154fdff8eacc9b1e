//! How generated Kotlin starts. The generator hands all of the core's functions and every interface that a phone may lend to JNA
//! at the first call, used or not, which is most of what a cold start takes. Here the functions of each object are handed over
//! when the first of them is called, an interface when the first of its kind is lent, and what nothing calls never.

use std::collections::BTreeMap;

const LIBRARY: &str = "internal object UniffiLib {";
const FUNCTION: &str = "    external fun ";
const INITIALISED: &str = "    IntegrityCheckingUniffiLib.ensureInitialized()\n";

/// The generated source, starting with as little as may be.
pub fn starting_by_parts(source: &str) -> Result<String, String> {
    let missing = |what: &str| format!("not in the generated Kotlin: {what}");
    let (before, rest) = source.split_once(LIBRARY).ok_or_else(|| missing(LIBRARY))?;
    let (library, after) = rest.split_once("\n}\n").ok_or_else(|| missing("the end of UniffiLib"))?;
    let (head, functions) = library.split_once(FUNCTION).ok_or_else(|| missing(FUNCTION))?;
    let callers = [before, after].concat();

    let mut own = String::new();
    let mut parts: BTreeMap<String, Vec<(&str, &str)>> = BTreeMap::new();
    for function in functions.split(FUNCTION) {
        let (name, _) = function.split_once('(').ok_or_else(|| missing("the name of a function"))?;
        if !calls(&callers, &format!("lib.{name}")) && !calls(&callers, &format!("UniffiLib.{name}")) {
            continue;
        }
        match part_of(name) {
            Some(part) => parts.entry(part).or_default().push((name, function)),
            None => own += &format!("{FUNCTION}{}\n", function.trim_end()),
        }
    }

    let (mut head, mut lent) = (head.to_owned(), Vec::new());
    while let Some((start, rest)) = head.split_once("        uniffiCallbackInterface") {
        let (name, rest) = rest.split_once(".register(this)\n").ok_or_else(|| missing("register(this)"))?;
        lent.push(name.to_owned());
        head = format!("{start}{rest}");
    }

    let mut source = format!("{before}{LIBRARY}{head}{own}}}\n");
    for (part, functions) in &parts {
        source += &format!(
            "\ninternal object UniffiLib_{part} {{\n    init {{\n        \
             Native.register(UniffiLib_{part}::class.java, findLibraryName(componentName = \"companion\"))\n    }}\n\n    \
             internal fun ensureInitialized() = Unit\n"
        );
        for (_, function) in functions {
            source += &format!("{FUNCTION}{}\n", function.trim_end());
        }
        source += "}\n";
    }
    source += after;

    for (part, functions) in &parts {
        for (name, _) in functions {
            for library in ["UniffiLib", "lib"] {
                source = source.replace(&format!(" {library}.{name}("), &format!(" UniffiLib_{part}.{name}("));
            }
        }
    }
    for name in lent {
        source = lending(&source, &name).ok_or_else(|| missing(&name))?;
    }
    let all: String = parts.keys().map(|part| format!("    UniffiLib_{part}.ensureInitialized()\n")).collect();
    let checked = source.split_once(INITIALISED).ok_or_else(|| missing(INITIALISED))?;
    Ok(format!("{}{INITIALISED}{all}{}", checked.0, checked.1))
}

fn calls(source: &str, function: &str) -> bool {
    source.contains(&format!(" {function}("))
}

/// The object, the trait or the kind of answer that a function belongs to. None: all need it.
fn part_of(function: &str) -> Option<String> {
    if let Some(future) = function.strip_prefix("ffi_companion_rust_future_") {
        return future.split_once('_').map(|(_, answer)| format!("future_{answer}"));
    }
    let (kind, name) = function.strip_prefix("uniffi_companion_fn_")?.split_once('_')?;
    let name = if kind == "init" { name.strip_prefix("callback_vtable_")? } else { name };
    // Functions without an object are parts of their own.
    Some(if kind == "func" { kind } else { name.split('_').next()? }.to_owned())
}

/// Registers an interface with the core when the phone lends the first of its kind.
fn lending(source: &str, name: &str) -> Option<String> {
    let registers = format!("\ninternal object uniffiCallbackInterface{name} {{\n");
    let (before, after) = source.split_once(&registers)?;
    let source = format!("{before}{registers}    internal val registered by lazy {{ register(UniffiLib) }}\n\n{after}");
    let converter = format!("object FfiConverterType{name}:");
    let (before, after) = source.split_once(&converter)?;
    let inserts = "            return handleMap.insert(value)\n";
    let (start, end) = after.split_once(inserts)?;
    Some(format!("{before}{converter}{start}            uniffiCallbackInterface{name}.registered\n{inserts}{end}"))
}

#[cfg(test)]
mod tests {
    use super::{part_of, starting_by_parts};

    #[test]
    fn a_function_belongs_to_its_object() {
        for (function, part) in [
            ("uniffi_companion_fn_method_usage_refresh_if_due", Some("usage")),
            ("uniffi_companion_fn_clone_wificalling", Some("wificalling")),
            ("uniffi_companion_fn_constructor_companioncore_open", Some("companioncore")),
            ("uniffi_companion_fn_init_callback_vtable_clock", Some("clock")),
            ("uniffi_companion_fn_func_widget_view", Some("func")),
            ("ffi_companion_rust_future_poll_rust_buffer", Some("future_rust_buffer")),
            ("ffi_companion_rustbuffer_free", None),
        ] {
            assert_eq!(part_of(function).as_deref(), part, "{function}");
        }
    }

    #[test]
    fn functions_are_handed_over_with_their_object_and_never_where_nothing_calls_them() {
        let generated = "internal object UniffiLib {\n    init {\n        \
             Native.register(UniffiLib::class.java, findLibraryName(componentName = \"companion\"))\n        \
             uniffiCallbackInterfaceClock.register(this)\n    }\n    \
             external fun uniffi_companion_fn_method_usage_state(`ptr`: Long,\n    ): Long\n    \
             external fun uniffi_companion_fn_init_callback_vtable_clock(`vtable`: V,\n    ): Unit\n    \
             external fun ffi_companion_rustbuffer_free(`buf`: B,\n    ): Unit\n    \
             external fun ffi_companion_rust_future_poll_f32(`handle`: Long,\n    ): Unit\n}\n\
             fun free() = UniffiLib.ffi_companion_rustbuffer_free(b)\n\
             fun state() = UniffiLib.uniffi_companion_fn_method_usage_state(p)\n\
             \ninternal object uniffiCallbackInterfaceClock {\n    internal fun register(lib: UniffiLib) {\n        \
             lib.uniffi_companion_fn_init_callback_vtable_clock(vtable)\n    }\n}\n\
             public object FfiConverterTypeClock: FfiConverter<Clock, Long> {\n            \
             return handleMap.insert(value)\n}\n    IntegrityCheckingUniffiLib.ensureInitialized()\n";
        let source = starting_by_parts(generated).unwrap();
        for expected in [
            "= UniffiLib.ffi_companion_rustbuffer_free(b)",
            "= UniffiLib_usage.uniffi_companion_fn_method_usage_state(p)",
            "        UniffiLib_clock.uniffi_companion_fn_init_callback_vtable_clock(vtable)",
            "            uniffiCallbackInterfaceClock.registered\n            return handleMap.insert(value)",
            "    IntegrityCheckingUniffiLib.ensureInitialized()\n    UniffiLib_clock.ensureInitialized()\n    UniffiLib_usage",
        ] {
            assert!(source.contains(expected), "{expected}\n{source}");
        }
        assert!(!source.contains("f32") && !source.contains("register(this)"), "{source}");
        for piece in ["internal object UniffiLib {", "handleMap.insert", "IntegrityChecking"] {
            assert!(starting_by_parts(&generated.replace(piece, "")).is_err(), "{piece}");
        }
    }
}
