# The Swift toolchain for Linux: Debian trixie's packages unpacked into the cache folder, entered with bubblewrap.
# Nothing on the host changes, no root is needed, and a run cannot write into it.

SWIFT_SUITE=trixie
SWIFT_PACKAGES=(swiftlang libc6-dev libstdc++-14-dev git bash coreutils base-files)

# Sets SWIFT_ROOT, fetching the toolchain the first time. The folder's name is the recipe, so a new recipe is a new folder.
need_swift_root() {
  local recipe
  recipe=$(printf '%s\n' "layout 2" "$SWIFT_SUITE" "${SWIFT_PACKAGES[@]}" | sha256sum | cut -c 1-12)
  SWIFT_ROOT=$CACHE/swift-$SWIFT_SUITE-$recipe
  [ -e "$SWIFT_ROOT" ] && return 0
  step "fetch the Swift toolchain (Debian $SWIFT_SUITE, about 575 MB)" '^(> |E: )' fetch_whole "$SWIFT_ROOT" fetch_swift_root
}

fetch_swift_root() {
  private_apt "$1/apt" "$SWIFT_SUITE" &&
    echo "> reading the package lists" && apt_get update &&
    echo "> downloading" && apt_get -y --download-only install "${SWIFT_PACKAGES[@]}" &&
    echo "> unpacking $(ls "$1"/apt/cache/archives/*.deb | wc -l) packages" && unpack_debs "$1/apt" "$1" &&
    # The root is bound read-only, so the mount points have to be there beforehand.
    mkdir -p "$1"/{src,scratch,native} &&
    # The core resolves "localhost" in there, and the packages bring no hosts file.
    echo "127.0.0.1 localhost" >"$1/etc/hosts" && echo "hosts: files" >"$1/etc/nsswitch.conf" &&
    rm -rf "$1/apt"
}
