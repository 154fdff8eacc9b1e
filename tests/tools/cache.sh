# Where downloads and toolchains live: outside the checkout, shared by all checkouts, safe to delete.

choose_cache() {
  CACHE=${COMPANION_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/companion}
  # A build account may have a home it cannot write to.
  mkdir -p "$CACHE" 2>/dev/null && [ -w "$CACHE" ] || CACHE=${TMPDIR:-/tmp}/companion-cache-$(id -u)
  mkdir -p "$CACHE"
  CACHE=$(cd "$CACHE" && pwd -P)
}
