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
    private_apt "$work/apt"
    echo "> reading the package lists"
    apt_get update
    echo "> downloading"
    apt_get -y --download-only install "${SWIFT_PACKAGES[@]}"
    echo "> unpacking $(ls "$work"/apt/cache/archives/*.deb | wc -l) packages"
    mkdir "$work/root"
    # base-files brings the links /bin, /lib, ... that the others unpack through.
    dpkg-deb -x "$work"/apt/cache/archives/base-files_*.deb "$work/root"
    printf '%s\0' "$work"/apt/cache/archives/*.deb | xargs -0 -n 1 -P "$(nproc)" sh -c 'dpkg-deb -x "$1" "$0"' "$work/root"
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

# An apt of our own in folder $1: it shares nothing with the host's but the mirror and the archive keys.
private_apt() {
  local apt=$1 mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || { echo "E: no Debian mirror found in /etc/apt"; return 1; }
  mkdir -p "$apt"/lists/partial "$apt"/cache/archives/partial
  : >"$apt/status"
  echo "deb [signed-by=$keyring] $mirror $SWIFT_SUITE main" >"$apt/sources.list"
  APT_OPTIONS=(
    -o Dir::State="$apt" -o Dir::State::status="$apt/status" -o Dir::State::lists="$apt/lists"
    -o Dir::Cache="$apt/cache" -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::Etc::preferencesparts=/dev/null -o APT::Install-Recommends=0
    # An ordinary user may not hand the download to apt's own account.
    -o APT::Sandbox::User="$(id -un)"
  )
}

apt_get() { apt-get -q "${APT_OPTIONS[@]}" "$@"; }

# The mirror this machine already uses.
debian_mirror() {
  {
    sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/*.sources
    sed -n 's/^deb \(\[[^]]*\] *\)\?\([^ ]*\).*/\2/p' /etc/apt/sources.list /etc/apt/sources.list.d/*.list
  } 2>/dev/null | grep -E '/debian/?$' | head -n 1 || true
}
