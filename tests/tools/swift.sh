# The Swift package, linted and tested on Linux; the iPhone app, linted and type-checked. Both inside the cached toolchain.

# swiftc's own folder of what it made of the stand-ins, beside the package's build.
CHECKS=/scratch/check

test_swift() {
  local failed=0
  need_tools bwrap:bubblewrap && need_swift_root && need_bindings && start_sandbox || return 1
  step "swift format lint" '' in_swift_root swift format lint --strict --configuration .swift-format \
    -r Sources Tests Package.swift ../../ios/{App,Shared,Widget} || failed=1
  begin_scenes swift
  step "swift test" '^(✔ Test|✘|.*error:)' test_swift_package || failed=1
  step "type-check the iPhone app" 'error:' check_ios || failed=1
  step "check the settings of an operator" 'error:' check_ios_settings || failed=1
  step "read the manifest of a release" 'error:' read_release || failed=1
  stop_sandbox
  return $failed
}

test_swift_package() {
  in_swift_root swift test --scratch-path /scratch --disable-xctest \
    -Xlinker -L/native -Xlinker -rpath -Xlinker /native -Xlinker --allow-shlib-undefined "$@"
}

# Everything behind Apple's frameworks, against declarations of them in ios/check: a view's field that is renamed, or an
# adapter that no longer fits the core, fails here. Needs the package's modules, which `swift test` has built.
check_ios() {
  in_swift_root mkdir -p $CHECKS &&
    check_swift CompanionPlatform -emit-module -emit-module-path $CHECKS/CompanionPlatform.swiftmodule \
      bindings/swift/Sources/CompanionPlatform &&
    check_swift CompanionApp -typecheck ios/App ios/Shared &&
    check_swift CompanionWidget -typecheck ios/Widget ios/Shared
}

# The package that ios/framework.sh makes on a Mac: its framework is not here, its manifest is.
read_release() {
  ios/framework.sh manifest &&
    in_swift_root swift package --package-path /src/ios/build/Companion --scratch-path /scratch/release describe
}

# check_swift MODULE OPTION... FOLDER...: compiles the Swift files of the folders as one module.
check_swift() {
  local module=$1 options=() folders=() word
  shift
  for word in "$@"; do if [ -d "$word" ]; then folders+=("$word"); else options+=("$word"); fi; done
  mapfile -t sources < <(find "${folders[@]}" -name '*.swift' -printf '/src/%p\n' | sort)
  # What was emitted with the stand-ins comes before the package's own, which has no adapters on Linux.
  in_swift_root env LC_ALL= swiftc -swift-version 6 -warnings-as-errors -parse-as-library -module-name "$module" \
    -module-cache-path $CHECKS/cache -I $CHECKS -I /src/ios/check/stand-ins -I /scratch/debug/Modules \
    -Xcc -fmodule-map-file=/src/bindings/swift/Generated/CompanionBindingsFFI/module.modulemap \
    "${options[@]}" "${sources[@]}"
}

# The toolchain and the checkout are read-only; what the build writes stays in the cache, so that a re-run is warm.
# A process namespace of its own ends with it. The checkout always stands at /src, because the build records absolute paths.
in_swift_root() {
  local scratch
  scratch=$CACHE/swift-build/$(printf '%s' "$CHECKOUT" | sha256sum | cut -c 1-12)
  mkdir -p "$scratch" "$LOGS/left/swift" && bwrap --die-with-parent --unshare-pid \
    --ro-bind "$SWIFT_ROOT" / --dev /dev --proc /proc --tmpfs /tmp \
    --ro-bind "$CHECKOUT" /src --bind "$scratch" /scratch --ro-bind "$TARGET/${NATIVE:-debug}" /native \
    --ro-bind "$SANDBOX_READY" /tmp/sandbox.json --setenv COMPANION_SANDBOX /tmp/sandbox.json \
    --bind "$LOGS/left/swift" /tmp/left --setenv COMPANION_LEFT /tmp/left \
    --setenv PATH /usr/libexec/swift/bin:/usr/bin --setenv HOME /tmp --setenv LC_ALL C.UTF-8 \
    --chdir /src/bindings/swift "$@"
}
