# Debian packages of the host: asks apt only for what is missing, so that a warm run makes no traffic.

# need_packages PACKAGE...
need_packages() {
  local missing=() package as_root=()
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || {
      note "missing Debian packages and not root; please run: apt-get install ${missing[*]}"
      return 1
    }
    as_root=(sudo -n)
  fi
  run_logged "install Debian packages: ${missing[*]}" '' apt_install "${missing[@]}"
}

apt_install() {
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=120)
  # The package lists of a fresh image are empty or old: refresh them only when the install needs it.
  "${apt[@]}" install --no-install-recommends "$@" || {
    "${apt[@]}" update && "${apt[@]}" install --no-install-recommends "$@"
  }
}
