#!/usr/bin/env bash
# Builds the core for Android into src/main/jniLibs and checks its pages: native.sh [ABI...]
# build/symbols is then the same by ABI, with what reads its crashes.
# Needs ANDROID_NDK_HOME (r28 or later) and the targets of rustup. Writes the bindings first: a stripped library has none.

set -euo pipefail

APP=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
ROOT=$(cd "$APP/../.." && pwd -P)
JNI=$APP/src/main/jniLibs
SYMBOLS=$APP/build/symbols
API=30
PAGE=0x4000

# The Rust target and the clang of an ABI.
target_of() {
  case $1 in
    arm64-v8a) echo aarch64-linux-android aarch64-linux-android ;;
    armeabi-v7a) echo armv7-linux-androideabi armv7a-linux-androideabi ;;
    x86_64) echo x86_64-linux-android x86_64-linux-android ;;
    *) echo "native.sh: no such ABI: $1" >&2 && return 2 ;;
  esac
}

build() {
  local abi=$1 target clang name
  read -r target clang < <(target_of "$abi")
  name=${target//-/_}
  local linker=$TOOLS/$clang$API-clang built=${CARGO_TARGET_DIR:-$ROOT/target}/$target/mobile/libcompanion.so
  env "CARGO_TARGET_${name^^}_LINKER=$linker" "CC_$name=$linker" "AR_$name=$TOOLS/llvm-ar" \
    "CARGO_TARGET_${name^^}_RUSTFLAGS=-C link-arg=-Wl,-z,max-page-size=16384 -C link-arg=-Wl,--pack-dyn-relocs=relr -C link-arg=-Wl,--build-id" \
    cargo --config "$ROOT/.cargo/config.toml" rustc --manifest-path "$ROOT/Cargo.toml" -p companion --profile mobile --target "$target" --crate-type cdylib
  mkdir -p "$JNI/$abi" "$SYMBOLS/$abi"
  "$TOOLS/llvm-strip" --strip-unneeded -o "$JNI/$abi/libcompanion.so" "$built"
  cp "$built" "$SYMBOLS/$abi/libcompanion.so"
  case $abi in *64*) check_pages "$JNI/$abi/libcompanion.so" ;; esac
}

# Phones with pages of 16 KB refuse a library whose segments begin in between.
check_pages() {
  local align count=0
  while read -r align; do
    count=$((count + 1))
    if ((align < PAGE)); then
      echo "native.sh: $1: a segment is aligned to $align, not to $PAGE" >&2
      return 1
    fi
  done < <("${READELF:-$TOOLS/llvm-readelf}" -lW "$1" | awk '$1 == "LOAD" { print $NF }')
  ((count > 0)) || { echo "native.sh: $1: no segment to load" >&2 && return 1; }
  echo "$1: $count segments on pages of 16 KB"
}

# check FILE: looks at the pages of a library that is there already.
if [ "${1:-}" = check ]; then
  READELF=${READELF:-readelf} check_pages "$2"
  exit
fi

TOOLS=$(echo "${ANDROID_NDK_HOME:?names no NDK}"/toolchains/llvm/prebuilt/*/bin)
cargo build --manifest-path "$ROOT/Cargo.toml" -p companion
cargo run --manifest-path "$ROOT/Cargo.toml" -p companion-bindgen
[ $# -gt 0 ] || set -- arm64-v8a armeabi-v7a x86_64
for abi in "$@"; do build "$abi"; done
