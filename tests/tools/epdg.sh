# The check of Wi-Fi calling against a real ePDG: strongSwan behind a real firewall and a real resolver, in network namespaces
# of its own. Debian's packages are unpacked into the cache, not installed; tests/servers/epdg holds how they are set up.

EPDG_SUITE=bookworm STRONGSWAN_VERSION='5.9.8-5+deb12u*'

test_epdg() {
  local lab=tests/servers/epdg/lab
  if ! why=$("$lab" --can 2>&1); then
    note "not run: the check against a real ePDG needs network namespaces (root, or user namespaces): $why"
    FAILED_STEPS=("not run: needs network namespaces, see above")
    return 0
  fi
  if ! need_server epdg; then
    [ -z "${CI:-}" ] || return 1
    note "not run: strongSwan, which could not be fetched"
    FAILED_STEPS[-1]="not run: strongSwan could not be fetched"
    return 0
  fi
  # The same set as all tests, see build_rust; without the namespaces, these trials are listed as ignored.
  build_rust && step "the check against a real ePDG" '^(test |error)' \
    "$lab" cargo test --locked --offline --workspace --lib -- --ignored --test-threads 1 vowifi::check::real::
}

recipe_of_epdg() { echo "$STRONGSWAN_VERSION $EPDG_SUITE"; }

fetch_epdg() {
  local package
  private_apt "$1/apt" "$EPDG_SUITE" && apt_get update &&
    apt_get -y --download-only install "charon-systemd=$STRONGSWAN_VERSION" strongswan-swanctl libcharon-extra-plugins \
      libstrongswan-standard-plugins nftables dnsmasq-base iproute2 base-files &&
    unpack_debs "$1/apt" "$1" && mkdir -p "$1"/{here,proc,dev,run,tmp} &&
    echo root:x:0:0:root:/:/bin/sh >"$1/etc/passwd" && echo root:x:0: >"$1/etc/group" || return 1
  package=$(basename "$1"/apt/cache/archives/charon-systemd_*.deb)
  rm -rf "$1/apt"
  echo "strongSwan $(cut -d _ -f 2 <<<"$package"), of Debian $EPDG_SUITE" >"$1/version"
}
