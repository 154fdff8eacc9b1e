# The Swift toolchain for Linux: Debian trixie's packages unpacked into the cache folder, entered with bubblewrap.
# Nothing on the host changes, no root is needed, and a run cannot write into it.

SWIFT_SUITE=trixie
SWIFT_PACKAGES=(swiftlang libc6-dev libstdc++-14-dev git bash coreutils base-files)

# Sets SWIFT_ROOT, fetching the toolchain the first time.
need_swift_root() {
  need_debian_root swift "layout 2" "$SWIFT_SUITE" "the Swift toolchain (Debian $SWIFT_SUITE, about 575 MB)" "${SWIFT_PACKAGES[@]}" &&
    SWIFT_ROOT=$DEBIAN_ROOT
}

finish_swift_root() {
  # The root is bound read-only, so the mount points have to be there beforehand.
  mkdir -p "$1"/{src,scratch,native} &&
    # The core resolves "localhost" in there, and the packages bring no hosts file.
    echo "127.0.0.1 localhost" >"$1/etc/hosts" && echo "hosts: files" >"$1/etc/nsswitch.conf"
}
