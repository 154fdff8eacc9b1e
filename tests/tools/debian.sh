# Debian packages of the host: asks apt only for what is missing, so that a warm run makes no traffic.

# need_tools COMMAND:PACKAGE...: sees to it that the commands are there.
need_tools() {
  local tool missing=()
  for tool in "$@"; do
    command -v "${tool%%:*}" >/dev/null || missing+=("${tool##*:}")
  done
  [ ${#missing[@]} -eq 0 ] || step "install Debian packages: ${missing[*]}" '' apt_install "${missing[@]}"
}

apt_install() {
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=120)
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true || {
      echo "not root, and sudo asks for a password; please run: apt-get install $*"
      return 1
    }
    apt=(sudo -n "${apt[@]}")
  fi
  # The package lists of a fresh image are empty or old; refreshing them is only worth it when the install fails.
  "${apt[@]}" install --no-install-recommends "$@" || {
    "${apt[@]}" update && "${apt[@]}" install --no-install-recommends "$@"
  }
}
