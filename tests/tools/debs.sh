# Debian packages of any suite, downloaded and unpacked in a folder of their own: no root, and nothing on the host changes.

# private_apt FOLDER SUITE: an apt of our own in that folder. It shares nothing with the host's but the mirror and the archive keys.
private_apt() {
  local apt=$1 suite=$2 mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || { echo "E: no Debian mirror found in /etc/apt"; return 1; }
  mkdir -p "$apt"/lists/partial "$apt"/cache/archives/partial
  : >"$apt/status"
  echo "deb [signed-by=$keyring] $mirror $suite main" >"$apt/sources.list"
  APT_OPTIONS=(
    -o Dir::State="$apt" -o Dir::State::status="$apt/status" -o Dir::State::lists="$apt/lists"
    -o Dir::Cache="$apt/cache" -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::Etc::preferencesparts=/dev/null -o APT::Install-Recommends=0
    # An ordinary user may not hand the download to apt's own account.
    -o APT::Sandbox::User="$(id -un)"
  )
}

# unpack_debs APT ROOT: unpacks what the private apt downloaded; base-files must be among it.
unpack_debs() {
  local archives=$1/cache/archives
  # base-files brings the links /bin, /lib, ... that the others unpack through.
  dpkg-deb -x "$archives"/base-files_*.deb "$2" &&
    printf '%s\0' "$archives"/*.deb | xargs -0 -n 1 -P "$(nproc)" sh -c 'dpkg-deb -x "$1" "$0"' "$2"
}

# need_debian_root NAME LAYOUT SUITE TITLE PACKAGE...: sets DEBIAN_ROOT to a folder of the cache with these packages unpacked,
# fetching them the first time; finish_NAME_root does what is missing then. The folder's name is the recipe, so a new
# recipe is a new folder.
need_debian_root() {
  local name=$1 layout=$2 suite=$3 title=$4 recipe
  shift 4
  recipe=$(printf '%s\n' "$layout" "$suite" "$@" | sha256sum | cut -c 1-12)
  DEBIAN_ROOT=$CACHE/$name-$suite-$recipe
  [ -e "$DEBIAN_ROOT" ] && return 0
  step "fetch $title" '^(> |E: )' fetch_whole "$DEBIAN_ROOT" fetch_debian_root "$name" "$suite" "$@"
}

# fetch_debian_root NAME SUITE PACKAGE... FOLDER
fetch_debian_root() {
  local name=$1 suite=$2 root=${!#}
  private_apt "$root/apt" "$suite" &&
    echo "> reading the package lists" && apt_get update &&
    echo "> downloading" && apt_get -y --download-only install "${@:3:$#-3}" &&
    echo "> unpacking $(ls "$root"/apt/cache/archives/*.deb | wc -l) packages" && unpack_debs "$root/apt" "$root" &&
    "finish_${name}_root" "$root" && rm -rf "$root/apt"
}

apt_get() { apt-get -q "${APT_OPTIONS[@]}" "$@"; }

# The mirror this machine already uses.
debian_mirror() {
  {
    sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/*.sources
    sed -n 's/^deb \(\[[^]]*\] *\)\?\([^ ]*\).*/\2/p' /etc/apt/sources.list /etc/apt/sources.list.d/*.list
  } 2>/dev/null | grep -E '/debian/?$' | head -n 1 || true
}
