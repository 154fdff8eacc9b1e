# Where downloads and toolchains live: outside the checkout, shared by all checkouts, safe to delete.

choose_cache() {
  CACHE=${COMPANION_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/companion}
  # A build account may have a home it cannot write to.
  mkdir -p "$CACHE" 2>/dev/null && [ -w "$CACHE" ] || CACHE=${TMPDIR:-/tmp}/companion-cache-$(id -u)
  mkdir -p "$CACHE"
  CACHE=$(cd "$CACHE" && pwd -P)
}

# fetch_whole FOLDER COMMAND...: has the command fill a folder, its last argument, that appears whole or not at all. One
# process fetches, others wait for it.
fetch_whole() {
  local folder=$1
  shift
  mkdir -p "${folder%/*}"
  (
    flock 9
    [ ! -e "$folder" ] || exit 0
    rm -rf "$folder".part.*
    work=$(mktemp -d "$folder.part.XXXXXX") || exit 1
    trap 'rm -rf "$work"' EXIT
    "$@" "$work" && chmod 755 "$work" && mv "$work" "$folder"
  ) 9>"$folder.lock"
}
