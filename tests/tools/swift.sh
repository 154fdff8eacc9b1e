# The Swift package: linted and tested on Linux, inside the cached toolchain.

test_swift() {
  local failed=0
  need_tools bwrap:bubblewrap && need_swift_root && need_bindings && start_sandbox || return 1
  step "swift format lint" '' in_swift_root swift format lint --strict -r Sources Tests Package.swift || failed=1
  step "swift test" '^(✔ Test|✘|.*error:)' in_swift_root \
    swift test --scratch-path /scratch --disable-xctest \
    -Xlinker -L/native -Xlinker -rpath -Xlinker /native -Xlinker --allow-shlib-undefined || failed=1
  stop_sandbox
  return $failed
}

# The toolchain and the checkout are read-only; what the build writes stays in the cache, so that a re-run is warm.
# A process namespace of its own ends with it. The checkout always stands at /src, because the build records absolute paths.
in_swift_root() {
  local scratch
  scratch=$CACHE/swift-build/$(printf '%s' "$CHECKOUT" | sha256sum | cut -c 1-12)
  mkdir -p "$scratch" && bwrap --die-with-parent --unshare-pid \
    --ro-bind "$SWIFT_ROOT" / --dev /dev --proc /proc --tmpfs /tmp \
    --ro-bind "$CHECKOUT" /src --bind "$scratch" /scratch --ro-bind "$TARGET/debug" /native \
    --ro-bind "$SANDBOX_READY" /tmp/sandbox.json --setenv COMPANION_SANDBOX /tmp/sandbox.json \
    --setenv PATH /usr/libexec/swift/bin:/usr/bin --setenv HOME /tmp --setenv LC_ALL C.UTF-8 \
    --chdir /src/bindings/swift "$@"
}
