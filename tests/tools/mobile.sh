# The core type-checked for the phones, with no Xcode and no NDK: Debian forky's Rust compiles its own standard library for
# each target. It moves, and is not the version the product is built with: this looks for what only one target's compiler
# sees, such as a mistake under `cfg(target_os = "ios")`. Nothing is linked.

MOBILE_TARGETS=(aarch64-linux-android armv7-linux-androideabi x86_64-linux-android aarch64-apple-ios aarch64-apple-ios-sim)
MOBILE_SUITE=forky
MOBILE_PACKAGES=(
  rustc cargo rust-src gcc libc6-dev clang llvm gcc-aarch64-linux-gnu libc6-dev-arm64-cross bash coreutils base-files
)

test_mobile() {
  need_tools bwrap:bubblewrap && need_mobile_root || return 1
  note "$(in_mobile_root rustc -V)"
  step "fetch the crates" '^error' in_mobile_root cargo fetch --locked || return 1
  step "type-check for ${#MOBILE_TARGETS[@]} phone targets" '^(warning|error)' check_mobile
}

check_mobile() {
  local target name flags=() compilers=()
  for target in "${MOBILE_TARGETS[@]}"; do
    name=${target//-/_}
    flags+=(--target "$target")
    compilers+=("CC_$name=/src/tests/mobile/stub-cc" "AR_$name=llvm-ar")
  done
  # RUSTC_BOOTSTRAP: the standard library is compiled from source, which stable offers to nobody else.
  in_mobile_root env RUSTC_BOOTSTRAP=1 SDKROOT=/tmp "${compilers[@]}" \
    cargo check --locked -Zbuild-std=std,panic_unwind -p companion "${flags[@]}"
}

# Sets MOBILE_ROOT, fetching the toolchain the first time.
need_mobile_root() {
  need_debian_root rust "layout 1" "$MOBILE_SUITE" "Debian $MOBILE_SUITE's Rust (about 400 MB)" "${MOBILE_PACKAGES[@]}" &&
    MOBILE_ROOT=$DEBIAN_ROOT
}

finish_rust_root() {
  # Maintainer scripts do not run here, so these links are missing; and the root is bound read-only later.
  ln -sf gcc "$1/usr/bin/cc" && ln -sf bash "$1/usr/bin/sh" &&
    mkdir -p "$1"/{src,scratch,cargo,etc/ssl/certs} && touch "$1"/etc/{resolv.conf,hosts}
}

# What the build writes stays in the cache. Crates come from, and stay in, the account's own cargo folder.
in_mobile_root() {
  local scratch=$CACHE/mobile-build cargo=${CARGO_HOME:-$HOME/.cargo}
  mkdir -p "$scratch" "$cargo" && bwrap --die-with-parent --unshare-pid \
    --ro-bind "$MOBILE_ROOT" / --dev /dev --proc /proc --tmpfs /tmp \
    --ro-bind /etc/resolv.conf /etc/resolv.conf --ro-bind /etc/hosts /etc/hosts --ro-bind /etc/ssl/certs /etc/ssl/certs \
    --ro-bind "$CHECKOUT" /src --bind "$scratch" /scratch --bind "$cargo" /cargo \
    --setenv CARGO_HOME /cargo --setenv CARGO_TARGET_DIR /scratch --setenv PATH /usr/bin --setenv HOME /tmp \
    --setenv LC_ALL C.UTF-8 --chdir /src "$@"
}
