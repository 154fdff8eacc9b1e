# Where downloads and toolchains live: outside the checkout, shared by all checkouts, safe to delete.

choose_cache() {
  local home=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
  CACHE=${COMPANION_CACHE:-${XDG_CACHE_HOME:-${home:-/nonexistent}/.cache}/companion}
  # A build account may have no home it can write to.
  mkdir -p "$CACHE" 2>/dev/null && [ -w "$CACHE" ] || CACHE=${TMPDIR:-/tmp}/companion-cache-$(id -u)
  mkdir -p "$CACHE"
  CACHE=$(cd "$CACHE" && pwd -P)
}
