# The Rust side: format, lints, all tests; and the binaries the other languages need.

need_rust() {
  # A build account's PATH may lack the usual place.
  PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
  command -v cargo >/dev/null || {
    note "Rust is needed: install rustup; rust-toolchain.toml names the version"
    return 1
  }
  # SQLite and ring are compiled from C; g++ brings the C library's headers and builds the fuzzer.
  need_tools cc:gcc c++:g++ || return 1
  export CARGO_TERM_COLOR=never
}

test_rust() {
  local failed=0
  # Many rounds of the long trials, and many cases for the property tests that set no number of their own.
  [ "$LONG" = no ] || export COMPANION_LONG_TRIALS=1 PROPTEST_CASES=50000
  note_samples
  need_browser || failed=1
  step "rustfmt" '' cargo fmt --all --check -- --color never || failed=1
  step "clippy" '^(warning|error)' cargo clippy --locked --workspace --all-targets -- -D warnings || failed=1
  build_rust && step "cargo test" '^( +Running| +Doc-tests|test result|test .*FAILED|error)' \
    cargo test --locked --workspace --no-fail-fast || failed=1
  [ $BUILT = no ] || test_check_digits || failed=1
  [ $BUILT = no ] || test_qr_codes || failed=1
  return $failed
}

# Official documents of TM Forum that may be read but not shipped: a test decodes those of a folder, when there is one.
note_samples() {
  local folder=${COMPANION_TMF_SAMPLES:-$CHECKOUT/../shared/tmf}
  if [ -e "$folder/tmf677-v4-queryUsageConsumption-sample.json" ]; then
    note "the official TMF documents in $(realpath "$folder") are checked too"
  else
    note "not run: the check of official TMF documents that may not be shipped; COMPANION_TMF_SAMPLES=FOLDER names them"
  fi
}

# The same set as `cargo test` builds: another set would unify features differently and compile everything again.
# Tried once in a run, however many parts ask for it.
build_rust() {
  case $BUILT in
    yes) return 0 ;;
    no) FAILED_STEPS+=("build Rust") && return 1 ;;
  esac
  BUILT=no
  step "build Rust" '^(warning|error)' cargo build --locked --workspace --all-targets && BUILT=yes
}
BUILT=''
