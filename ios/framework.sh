#!/usr/bin/env bash
# Builds the Swift package of a release on a Mac: ios/framework.sh
# ios/build/Companion is then a package like bindings/swift, with the core inside as one dynamic framework that app and widget
# share, and with what reads its crashes, which Xcode takes into the archive of an app. Needs Xcode and rustup's targets
# aarch64-apple-ios and aarch64-apple-ios-sim.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
OUT=$ROOT/ios/build
TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
NAME=CompanionBindingsFFI
# As in the manifest of bindings/swift.
MINIMUM=17.0
export IPHONEOS_DEPLOYMENT_TARGET=$MINIMUM
# The lines of the code go into a dSYM of their own, beside the library.
export CARGO_PROFILE_MOBILE_SPLIT_DEBUGINFO=packed

# One framework for a target of Rust, under the folder that xcodebuild wants.
framework() {
  local target=$1 platform=$2 folder=$OUT/$1/$NAME.framework symbols=$OUT/$1/$NAME.framework.dSYM
  cargo --config "$ROOT/.cargo/config.toml" rustc --locked --manifest-path "$ROOT/Cargo.toml" -p companion --profile mobile --target "$target" \
    --crate-type cdylib
  rm -rf "$folder" "$symbols"
  mkdir -p "$folder/Headers" "$folder/Modules"
  cp "$TARGET/$target/mobile/libcompanion.dylib" "$folder/$NAME"
  install_name_tool -id "@rpath/$NAME.framework/$NAME" "$folder/$NAME"
  # After the bindings are written: they are read from the symbols that go here.
  strip -x -S "$folder/$NAME"
  cp -R "$TARGET/$target/mobile/libcompanion.dylib.dSYM" "$symbols"
  mv "$symbols/Contents/Resources/DWARF/libcompanion.dylib" "$symbols/Contents/Resources/DWARF/$NAME"
  belong_together "$folder/$NAME" "$symbols"
  cp "$ROOT/bindings/swift/Generated/$NAME/$NAME.h" "$folder/Headers/"
  module_map >"$folder/Modules/module.modulemap"
  information "$platform" >"$folder/Info.plist"
  cp "$ROOT/ios/Shared/PrivacyInfo.xcprivacy" "$folder/"
  printf '%s, stripped: %s bytes\n' "$target" "$(wc -c <"$folder/$NAME" | tr -d ' ')"
}

# A crash is read by the symbols of the very build that it came from.
belong_together() {
  local library symbols
  library=$(dwarfdump --uuid "$1" | awk '{ print $2 }') symbols=$(dwarfdump --uuid "$2" | awk '{ print $2 }')
  [ -n "$library" ] && [ "$library" = "$symbols" ] || { echo "framework.sh: $2 is not of $1" >&2 && return 1; }
}

module_map() { printf 'framework module %s {\n    header "%s.h"\n    export *\n}\n' "$NAME" "$NAME"; }

# The version is the workspace's.
information() {
  local version
  version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$ROOT/Cargo.toml" | head -n 1)
  cat <<PLIST
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
  <key>CFBundleIdentifier</key><string>mobile.companion.core</string>
  <key>CFBundleName</key><string>$NAME</string>
  <key>CFBundleExecutable</key><string>$NAME</string>
  <key>CFBundlePackageType</key><string>FMWK</string>
  <key>CFBundleShortVersionString</key><string>$version</string>
  <key>CFBundleVersion</key><string>$version</string>
  <key>CFBundleSupportedPlatforms</key><array><string>$1</string></array>
  <key>MinimumOSVersion</key><string>$MINIMUM</string>
</dict></plist>
PLIST
}

# The package of bindings/swift, with the framework in place of a library to link. Its tests stay where they run.
package() {
  local swift=$ROOT/bindings/swift
  rm -rf "$OUT/Companion"
  mkdir -p "$OUT/Companion"
  cp -R "$swift/Sources" "$swift/Generated" "$OUT/Companion/"
  rm -rf "$OUT/Companion/Generated/$NAME"
  mv "$OUT/$NAME.xcframework" "$OUT/Companion/"
  sed -e "s|\.systemLibrary(name: \"$NAME\", path: .*),|.binaryTarget(name: \"$NAME\", path: \"$NAME.xcframework\"),|" \
    -e '/linkerSettings:/d' -e 's|\(swiftLanguageMode(.v5)\]\),|\1|' -e '/\.testTarget(/d' \
    "$swift/Package.swift" >"$OUT/Companion/Package.swift"
}

# manifest: writes the package around an empty framework, to look at where there is no Mac.
if [ "${1:-}" = manifest ]; then
  mkdir -p "$OUT/$NAME.xcframework"
  printf '<plist version="1.0"><dict>%s%s%s</dict></plist>\n' '<key>AvailableLibraries</key><array/>' \
    '<key>CFBundlePackageType</key><string>XFWK</string>' '<key>XCFrameworkFormatVersion</key><string>1.0</string>' \
    >"$OUT/$NAME.xcframework/Info.plist"
  package
  exit
fi

# Both the core for this computer, which the bindings are read from, and the program that writes them.
cargo build --locked --manifest-path "$ROOT/Cargo.toml" -p companion
cargo run --locked --manifest-path "$ROOT/Cargo.toml" -p companion-bindgen
framework aarch64-apple-ios iPhoneOS
framework aarch64-apple-ios-sim iPhoneSimulator
rm -rf "$OUT/$NAME.xcframework"
xcodebuild -create-xcframework -output "$OUT/$NAME.xcframework" \
  -framework "$OUT/aarch64-apple-ios/$NAME.framework" -debug-symbols "$OUT/aarch64-apple-ios/$NAME.framework.dSYM" \
  -framework "$OUT/aarch64-apple-ios-sim/$NAME.framework" -debug-symbols "$OUT/aarch64-apple-ios-sim/$NAME.framework.dSYM"
package
# For a package that fetches the framework instead of holding it.
(cd "$OUT/Companion" && rm -f "../$NAME.zip" && zip -qry "../$NAME.zip" "$NAME.xcframework")
printf 'checksum: %s\n' "$(swift package compute-checksum "$OUT/$NAME.zip")"
