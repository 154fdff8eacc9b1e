# Programs of other people's making that know the answer to what a test asks. Each is pinned and fetched once into the cache.

# The test of check digits against python-stdnum. Whoever is offline tests the rest; continuous integration has no such excuse.
test_check_digits() {
  local python=tests/oracles/python-stdnum folder failed=${#FAILED_STEPS[@]}
  folder=$CACHE/oracles/python-stdnum-$({ declare -f fetch_stdnum && cat $python/requirements.txt; } | sha256sum | cut -c 1-12)
  if ! { need_tools_of_python && { [ -e "$folder" ] || step "fetch python-stdnum" '' fetch_whole "$folder" fetch_stdnum; }; }; then
    note "not run: check digits against python-stdnum, which could not be fetched"
    [ -z "${CI:-}" ] || return 1
    [ ${#FAILED_STEPS[@]} -eq "$failed" ] || FAILED_STEPS[-1]="not run: python-stdnum"
    return 0
  fi
  COMPANION_PYTHON_STDNUM=$folder step "check digits against python-stdnum" '^(test |error)' \
    cargo test --locked --workspace --test check_digits -- --ignored
}

fetch_stdnum() { fetch_wheels tests/oracles/python-stdnum/requirements.txt "$1"; }

# The test of payment QRs against zbar, from Debian.
test_qr_codes() {
  if ! need_tools zbarimg:zbar-tools; then
    [ -z "${CI:-}" ] || return 1
    note "not run: payment QRs against zbar, which needs: apt-get install zbar-tools"
    FAILED_STEPS[-1]="not run: zbar"
    return 0
  fi
  step "read payment QRs back with zbar" '^(test |error)' cargo test --locked --workspace --test qr_codes -- --ignored
}
