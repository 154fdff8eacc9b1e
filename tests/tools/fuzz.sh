# Coverage-guided fuzzing of the parsers of foreign bytes, on the stable toolchain.

# Seconds of a normal run; a long one takes sixty times as long.
declare -A FUZZ_TARGETS=([usage_decoder]=10 [bill_decoder]=6 [service_decoder]=4 [guide_file]=6 [callback]=4 [token_answer]=4 [provider]=4 [keys]=4 [id_token]=4
  [ike_answer]=4 [entitlement]=4 [activation_code]=4 [phone_number]=4 [order_decoder]=6 [step_up]=4)

test_fuzz() {
  local target failed=0 triple seconds
  triple=$(rustc -vV | sed -n 's/^host: //p')
  step "rustfmt of the fuzz targets" '' cargo fmt --manifest-path tests/fuzz/Cargo.toml --check -- --color never || failed=1
  RUSTFLAGS=$(fuzz_flags) step "build the fuzz targets" '^(warning|error)' \
    cargo build --locked --manifest-path tests/fuzz/Cargo.toml --release --target "$triple" --target-dir "$TARGET/fuzz" ||
    return 1
  for target in "${!FUZZ_TARGETS[@]}"; do
    seconds=${FUZZ_TARGETS[$target]}
    [ "$LONG" = no ] || seconds=$((seconds * 60))
    step "fuzz $target for $seconds s" '^(Done |stat::number_of_executed|SUMMARY|==[0-9]+==)' \
      fuzz "$target" "$TARGET/fuzz/$triple/release/$target" $seconds || failed=1
  done
  return $failed
}

# What cargo-fuzz would set, without nightly: libFuzzer's coverage counters, and the checks of a debug build.
# Naming the target triple keeps these off build scripts and macros.
fuzz_flags() {
  printf -- '--cfg fuzzing -Cdebug-assertions -Cpasses=sancov-module -Ccodegen-units=1'
  printf -- ' -Cllvm-args=-sanitizer-coverage-%s' level=4 inline-8bit-counters pc-table trace-compares
}

# fuzz TARGET PROGRAM SECONDS. Inputs it finds interesting are kept and tried first next time; an input that crashes
# lands in tests/fuzz/artifacts.
fuzz() {
  local corpus=tests/fuzz/corpus/$1
  mkdir -p "$corpus" tests/fuzz/artifacts
  "$2" "$corpus" "tests/fuzz/seeds/$1" -max_total_time="$3" -use_value_profile=1 -timeout=10 -print_final_stats=1 \
    -dict="tests/fuzz/$1.dict" -artifact_prefix="tests/fuzz/artifacts/$1-"
}
