# The Swift toolchain for Linux: Debian trixie's packages unpacked into the cache folder, entered with bubblewrap.
# Nothing on the host changes, no root is needed, and a run cannot write into it.

SWIFT_SUITE=trixie
SWIFT_PACKAGES=(swiftlang libc6-dev libstdc++-14-dev git bash coreutils base-files)

# Sets SWIFT_ROOT, fetching the toolchain the first time. The folder's name is the recipe, so a new recipe is a new folder.
need_swift_root() {
  local recipe
  recipe=$(printf '%s\n' "layout 2" "$SWIFT_SUITE" "${SWIFT_PACKAGES[@]}" | sha256sum | cut -c 1-12)
  SWIFT_ROOT=$CACHE/swift-$SWIFT_SUITE-$recipe
  [ -e "$SWIFT_ROOT/.complete" ] && return 0
  step "fetch the Swift toolchain, once (Debian $SWIFT_SUITE, about 575 MB)" '^(> |E: )' fetch_swift_root "$SWIFT_ROOT"
}

# One process fetches, others wait for it; the folder appears whole or not at all.
fetch_swift_root() {
  (
    set -e
    flock 9
    [ -e "$1/.complete" ] && exit 0
    rm -rf "$CACHE"/.swift-root.*
    work=$(mktemp -d "$CACHE/.swift-root.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    private_apt "$work/apt" "$SWIFT_SUITE"
    echo "> reading the package lists"
    apt_get update
    echo "> downloading"
    apt_get -y --download-only install "${SWIFT_PACKAGES[@]}"
    echo "> unpacking $(ls "$work"/apt/cache/archives/*.deb | wc -l) packages"
    mkdir "$work/root"
    unpack_debs "$work/apt" "$work/root"
    # The root is bound read-only, so the mount points have to be there beforehand.
    mkdir -p "$work/root"/{src,scratch,native}
    # The core resolves "localhost" in there, and the packages bring no hosts file.
    echo "127.0.0.1 localhost" >"$work/root/etc/hosts"
    echo "hosts: files" >"$work/root/etc/nsswitch.conf"
    (cd "$work/apt/cache/archives" && ls *.deb) >"$work/root/.complete"
    rm -rf "$1"
    mv "$work/root" "$1"
    echo "> ready: $1"
  ) 9>"$CACHE/.swift-root.lock"
}
